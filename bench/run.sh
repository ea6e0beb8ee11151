#!/bin/sh
# Speed of `nestor code` over a corpus: sentences/s and MB/s per stage and core, peak memory; appended to
# bench/results.csv. Clocks differ between machines: compare ratios of rows made in one run.
# usage: bench/run.sh REPORTS.jsonl[.zst] [N reports]
cd "$(dirname "$0")/.." || exit 2
[ -n "$1" ] || { echo "usage: bench/run.sh REPORTS.jsonl[.zst] [N]" >&2; exit 2; }
n=${2:-1000}
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
case $1 in *.zst) zstd -dc "$1" ;; *) cat "$1" ;; esac | awk -v n="$n" 'NR % 30 == 1 && k++ < n' >"$tmp/in.jsonl"
[ -e bench/results.csv ] || echo "date,what,figure,unit,command" >bench/results.csv
day=$(date -u +%F)
for model in fast accurate; do
    # peak memory of the whole process from the system's own accounting
    /usr/bin/env time -v true >/dev/null 2>&1 && timer="time -v" || timer=
    command="nestor code -j 1 --model $model --stats --format jsonl"
    # shellcheck disable=SC2086
    /usr/bin/env $timer ./nestor code -j 1 --model $model --stats --format jsonl "$tmp/in.jsonl" >/dev/null 2>"$tmp/stats" || continue
    echo "== $model"; grep -E 'sentences|reports' "$tmp/stats"
    awk -v day="$day" -v model="$model" -v command="$command" '
        /^(text|parse|entities|events) / { printf "%s,%s %s,%s,sentences/s,%s\n", day, model, $1, $(NF-1), command }
        /^all / { printf "%s,%s all,%s,sentences/s,%s\n%s,%s all,%s,MB/s,%s\n", day, model, $4, command, day, model, $6, command }
        /Maximum resident/ { printf "%s,%s peak memory,%d,MB,%s\n", day, model, $NF / 1024, command }' "$tmp/stats" >>bench/results.csv
done
