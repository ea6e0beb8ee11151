# Whatever happens to the file, the disk or the neighbours: a clear message, exit code 5, the chronicle intact.
C=$TMP/c.nestor A="--coded test/data/store/lines.jsonl" R=test/data/store/reports.jsonl
# Runs nestor, prints its last word without the folder's name, and the exit code.
try() { "$@" >"$TMP/o" 2>&1; code=$?; tail -n 1 "$TMP/o" | sed "s|$TMP/||g; s|$TMP|FOLDER|g"; echo "exit $code"; }
# SQL that nestor does not offer: damage.
sql() { python3 -c 'import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); d.executescript(sys.argv[2]); d.commit(); d.close()' "$1" "$2"; }
# Many reports out of few: the outlet differs.
for i in $(seq 1 200); do sed "s/\"source\": \"/\"source\": \"$i /" "$R"; done >"$TMP/many.jsonl"
total() { nestor query -c "$1" --sql "SELECT count(*) FROM reports" | tail -n 1; }

echo "-- no chronicle"
try nestor query -c "$TMP/none" actor:GRK
try nestor query -c Makefile actor:GRK
try nestor ingest -c Makefile $A $R
try nestor ingest -c "$TMP" $A $R
sql "$TMP/other.db" "CREATE TABLE t (x)"
try nestor ingest -c "$TMP/other.db" $A $R
try nestor ingest -c "$TMP/no/such/folder.nestor" $A $R
: >"$TMP/empty"
try nestor query -c "$TMP/empty" actor:GRK

echo "-- another version"
nestor ingest -q -c "$C" $A $R >/dev/null
cp "$C" "$TMP/new.nestor"; sql "$TMP/new.nestor" "PRAGMA user_version = 99"
try nestor query -c "$TMP/new.nestor" actor:GRK
try nestor ingest -c "$TMP/new.nestor" $A $R
python3 -c 'import sqlite3,sys
d = sqlite3.connect(sys.argv[1]); d.execute("PRAGMA journal_mode = WAL"); d.executescript(open("data/schema/1.sql").read())
d.executescript("PRAGMA application_id = 1314083922; PRAGMA user_version = 1")' "$TMP/old.nestor"
try nestor query -c "$TMP/old.nestor" actor:GRK
nestor ingest -q -c "$TMP/old.nestor" $A $R >/dev/null
try nestor verify -c "$TMP/old.nestor"

echo "-- damaged"
cp "$C" "$TMP/torn.nestor"
head -c 20000 "$C" >"$TMP/torn.nestor"
try nestor verify -c "$TMP/torn.nestor" | tail -n 1
for what in "UPDATE texts SET text = replace(text, 'border', 'bolder')" "UPDATE spans SET hash = hash + 1 WHERE start = 0" \
    "UPDATE spans SET \"end\" = \"end\" + 99999 WHERE in_title" "DELETE FROM claims" "DELETE FROM outcomes" \
    "UPDATE members SET start = start + 1" "PRAGMA foreign_keys = OFF; UPDATE mentions SET report = 77" \
    "INSERT INTO words (words) VALUES ('delete-all')"; do
    cp "$C" "$TMP/bad.nestor"; sql "$TMP/bad.nestor" "$what"
    nestor verify -c "$TMP/bad.nestor" >"$TMP/o" 2>&1; code=$?
    grep -c . "$TMP/o" >/dev/null && [ "$code" = 1 ] && head -n 1 "$TMP/o" | sed 's/[0-9][0-9]*/N/g'
done

echo "-- read-only"
mkdir "$TMP/ro"; cp "$C" "$TMP/ro/c.nestor"
as=; [ "$(id -u)" = 0 ] && as="setpriv --reuid 65534 --regid 65534 --clear-groups"
chmod a+rx "$TMP" "$TMP/.." 2>/dev/null; chmod a+r "$TMP/ro/c.nestor"; chmod a-w "$TMP/ro" "$TMP/ro/c.nestor"; chmod a+x "$TMP/ro"
cp "$(command -v nestor)" "$TMP/nestor"; chmod a+rx "$TMP/nestor"; cp $R test/data/store/lines.jsonl "$TMP"; chmod a+r "$TMP"/*.jsonl
(cd "$TMP" && $as ./nestor query -c ro/c.nestor --count actor:GRK; $as ./nestor ingest -c ro/c.nestor --coded lines.jsonl reports.jsonl; echo "exit $?") 2>&1

echo "-- the disk is full"
(ulimit -f 500; nestor ingest -q -c "$TMP/full.nestor" $A "$TMP/many.jsonl" >/dev/null 2>"$TMP/o"; echo "exit $?"); sed "s|$TMP/||" "$TMP/o"
try nestor verify -c "$TMP/full.nestor" | tail -n 1
nestor ingest -q -c "$TMP/full.nestor" $A "$TMP/many.jsonl" >"$TMP/o"; echo "exit $?, $(total "$TMP/full.nestor") reports"
try nestor verify -c "$TMP/full.nestor" | tail -n 1

echo "-- killed, and run again"
nestor ingest -q -c "$TMP/kill.nestor" $A "$TMP/many.jsonl" >/dev/null 2>&1 & p=$!
sleep 0.1; kill -9 $p; wait $p 2>/dev/null
nestor ingest -q -c "$TMP/kill.nestor" $A "$TMP/many.jsonl" >/dev/null; echo "$(total "$TMP/kill.nestor") reports"
try nestor verify -c "$TMP/kill.nestor" | tail -n 1
nestor query -c "$TMP/kill.nestor" --sql "SELECT count(*) FROM (SELECT 1 FROM outcomes WHERE outcome = 'coded' GROUP BY report HAVING count(*) > 1)"

echo "-- asked to end, and run again"
mkfifo "$TMP/pipe"
nestor ingest -q -c "$TMP/end.nestor" $A - <"$TMP/pipe" >"$TMP/w" 2>"$TMP/o" & p=$!
exec 8>"$TMP/pipe"; cat "$TMP/many.jsonl" >&8; kill -TERM $p; wait $p; echo "exit $?"; exec 8>&-
cat "$TMP/o"; kept=$(sed -n 's/.*: \([0-9]*\) coded.*/\1/p' "$TMP/w")
[ "$kept" -gt 0 ] && [ "$kept" -lt 600 ] && [ "$kept" = "$(total "$TMP/end.nestor")" ] && echo "what it counted is kept"
nestor ingest -q -c "$TMP/end.nestor" $A "$TMP/many.jsonl" >/dev/null; echo "exit $?, $(total "$TMP/end.nestor") reports"
try nestor verify -c "$TMP/end.nestor" | tail -n 1

echo "-- two writers and a reader"
nestor ingest -q -c "$TMP/two.nestor" $A $R >/dev/null
for i in 1 2; do nestor ingest -q -c "$TMP/two.nestor" $A "$TMP/many.jsonl" >"$TMP/w$i" 2>&1 & eval "p$i=$!"; [ $i = 1 ] && sleep 0.05; done
ok=0; for i in 1 2 3 4 5; do nestor query -c "$TMP/two.nestor" --count >/dev/null 2>&1 && ok=$((ok + 1)); done
wait $p1; echo "exit $?"; wait $p2; echo "exit $?, $(total "$TMP/two.nestor") reports, $ok of 5 reads"
nestor query -c "$TMP/two.nestor" --sql "SELECT outcome, count(*) FROM outcomes GROUP BY 1"
try nestor verify -c "$TMP/two.nestor" | tail -n 1
