# The ten questions of doc/schema.md run and find something in the fixture.
nestor ingest -q -c "$TMP/c.nestor" --coded test/data/store/lines.jsonl test/data/store/reports.jsonl >/dev/null
awk -v dir="$TMP" '/^```sql/ {n++; on = 1; next} /^```/ {on = 0} on {print > (dir "/" n ".sql")}' doc/schema.md
for i in 1 2 3 4 5 6 7 8 9 10; do
    echo "-- $i"
    nestor query -c "$TMP/c.nestor" --sql "$(cat "$TMP/$i.sql")"
done
