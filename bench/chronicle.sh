#!/bin/sh
# A chronicle of a whole corpus: reports/s, size, outcomes; the same again; ten questions; proof. Figures are
# appended to bench/results.csv. A chronicle that is there already is used (its own first run is then not timed here).
# usage: bench/chronicle.sh REPORTS.jsonl[.zst] CHRONICLE [jobs]
cd "$(dirname "$0")/.." || exit 2
[ -n "$2" ] || { echo "usage: bench/chronicle.sh REPORTS.jsonl[.zst] CHRONICLE [jobs]" >&2; exit 2; }
in=$1 c=$2 jobs=${3:-2} day=$(date -u +%F)
[ -e bench/results.csv ] || echo "date,what,figure,unit,command" >bench/results.csv
row() { echo "$day,$1,$2,$3,$4" | tee -a bench/results.csv; }
now() { date +%s%N; }
select_one() { ./nestor query -c "$c" --sql "$1" | tail -n 1; }

# One ingest: seconds, and the summary's numbers.
ingest() {
    t=$(now); ./nestor ingest -q -j "$jobs" -c "$c" "$in" >"$c.log" 2>/dev/null; ms=$((($(now) - t) / 1000000))
    n=$(sed -n 's/^read \([0-9]*\) .*/\1/p' "$c.log")
    row "chronicle $1" "$((n * 1000 / (ms + 1)))" reports/s "nestor ingest -j $jobs"
    for o in coded duplicate skipped rejected; do
        row "chronicle $1: $o" "$(sed -n "s/.*[ :]\([0-9]*\) $o.*/\1/p" "$c.log")" reports "nestor ingest -j $jobs"
    done
}
[ -e "$c" ] || ingest "first time"
ingest "again"
row "chronicle size" "$(($(wc -c <"$c") / 1000000))" MB "wc -c"
row "chronicle texts" "$(($(select_one 'SELECT sum(bytes) FROM reports') / 1000000))" MB "nestor query --sql"
for t in reports mentions members links numbers indicators spans actors; do
    row "chronicle rows of $t" "$(select_one "SELECT count(*) FROM $t")" rows "nestor query --sql"
done
# Ten questions: wall time of the whole command, best of five.
for q in "actor:USA" "actor:RUS recipient:UKR" "actor:RUS recipient:UKR type:ASSAULT since:2014-02 -modality:future" \
    "who:IRN type:SANCTION,THREATEN" "says:vladimir_putin" "type:ASSAULT since:2016-01-01 until:2016-01-31" \
    "\"nuclear deal\" actor:IRN" "country:SYR type:ASSAULT" "modality:negated who:PRK min-confidence:0.7" \
    "source:CNN actor:donald_trump recipient:CHN"; do
    best=
    for k in 1 2 3 4 5; do
        t=$(now); ./nestor query -c "$c" "$q" >"$c.rows" || exit 1; ms=$((($(now) - t) / 1000000))
        [ -z "$best" ] || [ "$ms" -lt "$best" ] && best=$ms
    done
    row "chronicle question" "$best" ms "nestor query '$(echo "$q" | tr ',' '+' | tr -d '"')' ($(tail -n 1 "$c.rows" | cut -d' ' -f 1) rows)"
done
t=$(now); ./nestor verify -c "$c" >"$c.log"; rc=$?
row "chronicle verify" "$((($(now) - t) / 1000000000))" s "nestor verify (exit $rc: $(tail -n 1 "$c.log" | tr -d ','))"
rm -f "$c.log" "$c.rows"
