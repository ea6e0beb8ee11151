# Reports go into a chronicle once; what comes out of it is what coding prints.
C=$TMP/c.nestor A="--actors test/data/actors.tsv"
nestor ingest -c "$C" $A samples/*.jsonl | head -n 1
echo "-- the same again"
nestor ingest -c "$C" $A samples/*.jsonl | head -n 1
echo "-- a folder, with a line that is broken"
mkdir "$TMP/in" "$TMP/in/deep"
cp samples/agency.jsonl "$TMP/in/a.jsonl"
printf '{"id":"x","text":\n{"id":"y","text":""}\n' >"$TMP/in/b.jsonl"
printf 'Borduria attacked Syldavia on Monday.' >"$TMP/in/deep/c.txt"
cp Makefile "$TMP/in/Makefile"
nestor ingest -q -c "$C" $A --date 1894-05-15 --source 'Zenda Gazette' "$TMP/in" | head -n 1
nestor rejects -c "$C" -f csv 2>/dev/null | sed "s|$TMP/||"
nestor rejects -c "$C" -f jsonl 2>/dev/null | sed "s|$TMP/||"
echo "-- every outcome has its report"
nestor query -c "$C" --sql "SELECT run, outcome, count(*), count(report) FROM outcomes GROUP BY 1, 2"
echo "-- the lines are those of coding"
nestor code $A -f jsonl samples/*.jsonl >"$TMP/coded"
for f in samples/*.jsonl; do
    nestor show -c "$C" -f jsonl "$(sed 's/^{"id": *"\([^"]*\)".*/\1/' "$f")"
done >"$TMP/kept"
[ -s "$TMP/kept" ] && cmp "$TMP/coded" "$TMP/kept" && echo same
echo "-- and the same for any number of threads"
nestor ingest -j 3 -q -c "$TMP/d.nestor" $A samples/*.jsonl >/dev/null
for c in "$C" "$TMP/d.nestor"; do nestor query -c "$c" -n 0 -f jsonl report:agency 2>/dev/null; done | sort | uniq -c | awk '{print $1}' | sort -u
echo "-- reports without a date or a source, on a narrow terminal"
printf 'Borduria attacked Syldavia.' >"$TMP/bare.txt"
nestor ingest -q -c "$TMP/bare.nestor" $A "$TMP/bare.txt" "$TMP/in/a.jsonl" | head -n 1
COLUMNS=80 nestor reports -c "$TMP/bare.nestor"
COLUMNS=80 nestor query -c "$TMP/bare.nestor" -n 2
