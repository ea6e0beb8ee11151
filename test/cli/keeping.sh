# Verdicts outlive a new coding; copies, merges; what is forgotten is gone from the file and stays away.
C=$TMP/c.nestor A="--actors test/data/actors.tsv"
nestor ingest -q -c "$C" $A samples/*.jsonl >/dev/null
one() { nestor query -c "$1" -n 1 -f csv $2 2>/dev/null | tail -n 1 | cut -d, -f1; }
last() { tail -n 1; }
lines() { for r in agency commentary ministry newspaper page sports; do nestor show -c "$1" -f jsonl $r 2>/dev/null; done; }
first=$(one "$C" "report:agency type:SANCTION") second=$(one "$C" "report:agency type:ACCUSE")

echo "-- verdicts"
nestor verdict -c "$C" wrong "$first" --note "a cup match"
nestor verdict -c "$C" actor "$second" recipient:1=SYL
nestor verdict -c "$C" merge "$first" "$second"
nestor query -c "$C" report:agency type:SANCTION,ACCUSE
nestor query -c "$C" verdict:wrong
nestor verdict -c "$C" wrong m_0000000000000000; nestor verdict -c "$C" actor "$first" recipient:9=SYL
nestor verdict -c "$C" maybe "$first" 2>&1 | head -n 1
echo "-- coded again, without the actor file: they still stand"
nestor ingest -q -c "$C" --recode old $A | head -n 1
nestor ingest -q -c "$C" --recode all | head -n 1
nestor verdict -c "$C" list
nestor query -c "$C" --count verdict:wrong
nestor show -c "$C" "$second" | grep -c "code=SYL"
nestor verdict -c "$C" undo 2; nestor verdict -c "$C" undo 1; nestor verdict -c "$C" undo 1
nestor query -c "$C" --count verdict:wrong
nestor show -c "$C" "$second" | grep -c "code=SYL"
echo "-- what another coding changed"
nestor ingest -q -c "$TMP/now.nestor" $A samples/*.jsonl >/dev/null
nestor diff "$C" "$TMP/now.nestor" | grep -A 1 "$second" | sed 's/confidence: .*//'
nestor diff "$TMP/now.nestor" "$TMP/now.nestor"
nestor verify -c "$TMP/now.nestor" --recode $A
nestor verify -c "$TMP/now.nestor" --recode | last | sed 's/[0-9]* differ/some differ/'

echo "-- backup"
nestor backup -c "$TMP/now.nestor" "$TMP/copy.nestor"
lines "$TMP/now.nestor" >"$TMP/1"; lines "$TMP/copy.nestor" >"$TMP/2"; cmp "$TMP/1" "$TMP/2" && echo same
nestor backup -c "$TMP/now.nestor" "$TMP/copy.nestor" 2>&1 | sed "s|$TMP/||"
nestor backup -c "$TMP/now.nestor" "$TMP/no/copy.nestor" 2>&1 | sed "s|$TMP/||"

echo "-- merge"
nestor ingest -q -c "$TMP/half.nestor" $A samples/agency.jsonl >/dev/null
nestor merge "$TMP/half.nestor" "$TMP/now.nestor"
nestor merge "$TMP/half.nestor" "$TMP/now.nestor"
lines "$TMP/half.nestor" >"$TMP/2"; cmp "$TMP/1" "$TMP/2" && echo same
nestor verify -c "$TMP/half.nestor"

echo "-- forget"
C=$TMP/now.nestor
grep -q Elphberg "$C" && echo "the name is there"
nestor forget -c "$C" --person "Flavia Elphberg" 2>&1 | head -n 1
nestor forget -c "$C" --reason "her request" --person "flavia ELPHBERG"
grep -q -i Elphberg "$C" "$C"-* 2>/dev/null || echo "the name is gone"
grep -q Ganlook "$C" && echo "another is there"
nestor forget -c "$C" --reason "outlet's request" newspaper
grep -q Ganlook "$C" "$C"-* 2>/dev/null || echo "and is gone"
nestor forget -c "$C" --reason "none" nothing 2>&1
nestor verify -c "$C"
nestor ingest -q -c "$C" $A samples/*.jsonl | head -n 1
sed 's/Zenda Gazette/Another Paper/' samples/agency.jsonl >"$TMP/again.jsonl"
nestor ingest -q -c "$C" $A "$TMP/again.jsonl" | head -n 1
grep -q -i -e Elphberg -e Ganlook "$C" "$C"-* 2>/dev/null || echo "both stay away"
nestor rejects -c "$C" -f csv 2>/dev/null | cut -d, -f 1,2,6
nestor query -c "$C" --sql "SELECT kind, reason FROM tombstones ORDER BY id"
nestor query -c "$C" report:agency type:SANCTION

echo "-- without texts"
nestor ingest -q --no-text -c "$TMP/bare.nestor" $A samples/*.jsonl >/dev/null
grep -q -e "expelled two" -e Elphberg "$TMP/bare.nestor" || echo "no text"
nestor verify -c "$TMP/bare.nestor"
nestor query -c "$TMP/bare.nestor" -n 2 report:agency
nestor diff --summary "$TMP/half.nestor" "$TMP/bare.nestor"

echo "-- packed files"
gzip -c samples/agency.jsonl >"$TMP/a.jsonl.gz"; head -c 300 "$TMP/a.jsonl.gz" >"$TMP/cut.jsonl.gz"
echo "no packed file" >"$TMP/b.txt.zst"
nestor ingest -q -c "$TMP/packed.nestor" $A "$TMP/a.jsonl.gz" "$TMP/cut.jsonl.gz" "$TMP/b.txt.zst" | head -n 1
nestor rejects -c "$TMP/packed.nestor" -f csv 2>/dev/null | cut -d, -f 2,6

echo "-- an id is explained"
nestor explain -c "$TMP/half.nestor" $A --stage events "$first" | head -n 3 | sed 's/m_.*/ID/'
