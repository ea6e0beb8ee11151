# Who says what: claims with their acts, sayings without one, the same from files and from a chronicle; older chronicles.
A="--actors test/data/actors.tsv -m fast" C=$TMP/c.nestor
cat >"$TMP/r.jsonl" <<'END'
{"id":"r1","date":"1894-05-15","source":"Zenda Gazette","text":"Ruritania's foreign minister denied on Tuesday that Graustark had expelled two envoys. Graustark was a good neighbour, Otto Strel said. He denied any knowledge of Graustark's plans."}
{"id":"r2","date":"1894-05-16","source":"Ruritanian Wire","text":"\"We know nothing of a treaty with Ruritania,\" Bordurian President Hugo Klow said. Ruritania denied that the treaty mentions Borduria."}
END
echo "-- from files"
nestor says $A "$TMP/r.jsonl"
nestor says $A --denies -f tsv "$TMP/r.jsonl" 2>&1
nestor says $A --by Strel -f jsonl "$TMP/r.jsonl" 2>/dev/null | sed 's/,"engine":"[^"]*"//'
echo "-- from a chronicle: the same"
nestor ingest -q -c "$C" $A "$TMP/r.jsonl" >/dev/null
for o in "" "--denies" "--by RUR" "--about GRK" "--by RUR --about BRD --denies" "--by Klow" "--about treaty" "--by Nobody"; do
    nestor says $A $o -f tsv "$TMP/r.jsonl" >"$TMP/1" 2>&1
    nestor says -c "$C" $o -f tsv >"$TMP/2" 2>&1
    echo "$o: $(grep -c '^r[0-9]' "$TMP/1") rows"; sort "$TMP/1" >"$TMP/3"; sort "$TMP/2" | diff "$TMP/3" -
done
nestor says $A -f jsonl "$TMP/r.jsonl" 2>/dev/null | sort >"$TMP/1"; nestor says -c "$C" -f jsonl 2>/dev/null | sort | cmp - "$TMP/1" && echo "line by line"
nestor says -c "$C" --by RUR --about BRD --denies
echo "-- merged, coded again, forgotten"
nestor ingest -q -c "$TMP/into.nestor" $A samples/agency.jsonl >/dev/null
nestor merge "$TMP/into.nestor" "$C" >/dev/null
nestor says -c "$TMP/into.nestor" --by RUR --about BRD --denies -f tsv 2>/dev/null
nestor ingest -q -c "$C" --recode all $A >/dev/null
nestor says -c "$C" -f jsonl 2>/dev/null | sort | cmp - "$TMP/1" && echo "the same again"
nestor verify -c "$C" | tail -n 1; nestor verify -c "$TMP/into.nestor" >/dev/null && echo "sound"
nestor forget -c "$C" --reason request r2 >/dev/null; nestor says -c "$C" --by BRD -f tsv 2>/dev/null
nestor query -c "$C" --sql "SELECT count(*) AS of_r2 FROM attributions WHERE report = 2"
echo "-- a chronicle from before sayings were kept"
python3 -c 'import sqlite3,sys
d = sqlite3.connect(sys.argv[1]); d.execute("PRAGMA journal_mode = WAL")
for v in "12": d.executescript(open("data/schema/%s.sql" % v).read())
d.executescript("PRAGMA application_id = 1314083922; PRAGMA user_version = 2")
d.execute("INSERT INTO runs (id, command, engine, started) VALUES (1, ?, ?, ?)", ("ingest", "old", "1894"))
text = "Ruritania denied that the treaty mentions Borduria."
import hashlib
h = hashlib.sha256(b"\0" + text.encode()).hexdigest()
d.execute("INSERT INTO reports (id, report, sha256, bytes, text_sha256, mentions, run) VALUES (1, ?, ?, ?, ?, 0, 1)", ("old", h, len(text), h))
d.execute("INSERT INTO texts VALUES (1, NULL, ?)", (text,))
d.execute("INSERT INTO outcomes (run, outcome, report, mentions) VALUES (1, ?, 1, 0)", ("coded",)); d.commit()' "$TMP/old.nestor"
nestor says -c "$TMP/old.nestor" 2>&1 | sed "s|$TMP/||"
nestor ingest -q -c "$TMP/old.nestor" $A "$TMP/r.jsonl" >/dev/null
nestor says -c "$TMP/old.nestor" --by RUR --denies -f tsv 2>&1 | cut -f 1,2,3,5
nestor ingest -q -c "$TMP/old.nestor" --recode all $A >/dev/null
nestor says -c "$TMP/old.nestor" --by RUR --denies -f tsv 2>&1 | cut -f 1,2,3,5
nestor verify -c "$TMP/old.nestor" | tail -n 1
echo "-- misuse"
nestor says 2>&1 | head -n 1; nestor says -c "$C" "$TMP/r.jsonl" 2>&1 | head -n 1
