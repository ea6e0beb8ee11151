# Verdicts outlive a new coding; copies, merges; what is forgotten is gone from the file and stays away.
C=$TMP/c.nestor A="--coded test/data/store/lines.jsonl" R=test/data/store/reports.jsonl
nestor ingest -q -c "$C" $A $R >/dev/null
lines() { for r in r1 r2 r3; do nestor show -c "$1" -f jsonl $r 2>/dev/null; done; }
first=m_0000000000000001 second=m_0000000000000002

echo "-- verdicts"
nestor verdict -c "$C" wrong "$first" --note "a cup match"
nestor verdict -c "$C" actor "$second" recipient:1=SYL --note "of the guard"
nestor verdict -c "$C" merge "$first" "$second"
nestor query -c "$C" report:r1
nestor query -c "$C" verdict:wrong
nestor verdict -c "$C" wrong m_0000000000000000; nestor verdict -c "$C" actor "$first" recipient:9=SYL
nestor verdict -c "$C" maybe "$first" 2>&1 | head -n 1
nestor verdict -c "$C" list
nestor show -c "$C" "$second" | tail -n 2 | sed 's/, 20[0-9-]*)/)/'
nestor verdict -c "$C" undo 2; nestor verdict -c "$C" undo 1; nestor verdict -c "$C" undo 1
lines "$C" | cmp - test/data/store/lines.jsonl && echo "as coded"
echo "-- coded again: verdicts stand where the mention is found, the others wait"
nestor ingest -q -c "$TMP/v.nestor" --actors test/data/actors.tsv samples/agency.jsonl >/dev/null
some=$(nestor query -c "$TMP/v.nestor" -n 1 -f csv 2>/dev/null | tail -n 1 | cut -d, -f 1)
nestor verdict -c "$TMP/v.nestor" wrong "$some"
nestor ingest -q -c "$TMP/v.nestor" --recode old --actors test/data/actors.tsv | head -n 1
nestor ingest -q -c "$TMP/v.nestor" --recode all --actors test/data/actors.tsv | head -n 1
nestor query -c "$TMP/v.nestor" --count verdict:wrong
nestor verify -c "$TMP/v.nestor" --recode --actors test/data/actors.tsv | tail -n 1
nestor verify -c "$TMP/v.nestor" --recode >/dev/null; echo "exit $?"
sed -e '1d' -e 's/"modality":"negated"/"modality":"asserted"/' -e 's/000000000004/00000000000a/' test/data/store/lines.jsonl >"$TMP/new.jsonl"
nestor ingest -q -c "$TMP/new.nestor" --coded "$TMP/new.jsonl" $R >/dev/null
nestor merge "$TMP/new.nestor" "$C"
nestor verdict -c "$TMP/new.nestor" list
echo "-- what another coding changed"
nestor diff "$C" "$TMP/new.nestor"; echo "exit $?"
nestor diff "$C" "$C"; echo "exit $?"
cp "$C" "$TMP/now.nestor"

echo "-- backup"
nestor backup -c "$TMP/now.nestor" "$TMP/copy.nestor"
lines "$TMP/now.nestor" >"$TMP/1"; lines "$TMP/copy.nestor" >"$TMP/2"; cmp "$TMP/1" "$TMP/2" && echo same
nestor backup -c "$TMP/now.nestor" "$TMP/copy.nestor" 2>&1 | sed "s|$TMP/||"
nestor backup -c "$TMP/now.nestor" "$TMP/no/copy.nestor" 2>&1 | sed "s|$TMP/||"

echo "-- merge"
head -n 1 $R >"$TMP/one.jsonl"
nestor ingest -q -c "$TMP/half.nestor" $A "$TMP/one.jsonl" >/dev/null
nestor merge --dry-run "$TMP/half.nestor" "$TMP/now.nestor"
nestor merge "$TMP/half.nestor" "$TMP/now.nestor"
nestor merge "$TMP/half.nestor" "$TMP/now.nestor"
lines "$TMP/half.nestor" >"$TMP/2"; cmp "$TMP/1" "$TMP/2" && echo same
nestor verify -c "$TMP/half.nestor"

echo "-- forget"
C=$TMP/now.nestor
grep -q Elphberg "$C" && echo "the name is there"
nestor verdict -c "$C" right "$first" --note "asked Flavia Elphberg" >/dev/null
nestor forget -c "$C" --person "Flavia Elphberg" 2>&1 | head -n 1
nestor forget -c "$C" --reason "her request" --person "flavia ELPHBERG"
grep -q -i Elphberg "$C" "$C"-* 2>/dev/null || echo "the name is gone"
grep -q Kropka "$C" && echo "another is there"
nestor query -c "$C" --sql "SELECT count(*) AS hashes_that_give_names_away FROM spans WHERE hash IS NOT NULL AND report NOT IN (SELECT report FROM texts)"
nestor query -c "$C" --sql "SELECT count(*) AS authors_and_addresses FROM reports WHERE coalesce(author, url, file) IS NOT NULL AND id NOT IN (SELECT report FROM texts)"
nestor forget -c "$C" --reason "outlet's request" r2
grep -q Kropka "$C" "$C"-* 2>/dev/null || echo "and is gone"
nestor forget -c "$C" --reason "none" nothing 2>&1
nestor verify -c "$C"
nestor ingest -q -c "$C" $A $R | head -n 1
sed 's/Zenda Gazette/Another Paper/' $R >"$TMP/again.jsonl"
nestor ingest -q -c "$C" $A "$TMP/again.jsonl" | head -n 1
grep -q -i -e Elphberg -e Kropka "$C" "$C"-* 2>/dev/null || echo "both stay away"
nestor rejects -c "$C" -f csv 2>/dev/null | cut -d, -f 1,2,6
nestor query -c "$C" --sql "SELECT kind, reason FROM tombstones ORDER BY id"
nestor query -c "$C" report:r1

echo "-- without texts"
nestor ingest -q --no-text -c "$TMP/bare.nestor" $A $R >/dev/null
grep -q -e "had expelled" -e Elphberg "$TMP/bare.nestor" || echo "no text"
nestor verify -c "$TMP/bare.nestor"
nestor query -c "$TMP/bare.nestor" report:r2
nestor diff --summary "$TMP/half.nestor" "$TMP/bare.nestor"
nestor ingest -q -c "$TMP/first.nestor" $A "$TMP/one.jsonl" >/dev/null
nestor merge "$TMP/first.nestor" "$TMP/bare.nestor"
nestor merge "$TMP/first.nestor" "$TMP/now.nestor"
nestor query -c "$TMP/first.nestor" --sql "SELECT kind, count(*) FROM tombstones GROUP BY 1"
nestor query -c "$TMP/first.nestor" --count verdict:right

echo "-- packed files"
gzip -c $R >"$TMP/a.jsonl.gz"; head -c 300 "$TMP/a.jsonl.gz" >"$TMP/cut.jsonl.gz"
echo "no packed file" >"$TMP/b.txt.zst"
nestor ingest -q -c "$TMP/packed.nestor" $A "$TMP/a.jsonl.gz" "$TMP/cut.jsonl.gz" "$TMP/b.txt.zst" | head -n 1
nestor rejects -c "$TMP/packed.nestor" -f csv 2>/dev/null | cut -d, -f 2,6

echo "-- an id is explained"
nestor explain -c "$TMP/half.nestor" --stage events "$first" | head -n 3 | sed 's/m_.*/ID/'
