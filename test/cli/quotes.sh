# Who said what in a text, in its order: verbatim or not, unnamed sources, all formats.
A="--actors test/data/actors.tsv -m fast"
cat >"$TMP/t.txt" <<'END'
Minister: talks failed

STRELSAU, May 15 (Ruritanian Wire) - "We will not yield," Otto Strel told reporters. "We have waited long enough."

He added that the border would stay closed. Officials said the army was ready. Graustark neither confirmed nor denied it.

According to Borduria's envoy, the truce holds. What Borduria calls a rescue was a raid.
END
nestor quotes $A "$TMP/t.txt"
echo "-- word by word"
nestor quotes $A --verbatim -f tsv "$TMP/t.txt" 2>&1
nestor quotes $A -q -f jsonl "$TMP/t.txt" 2>/dev/null | cut -d, -f 3- | sed 's/,"engine":"[^"]*"//'
echo "-- others"
nestor quotes $A -f md "$TMP/t.txt" 2>/dev/null | head -n 4
nestor quotes $A -f csv - <"$TMP/t.txt" 2>/dev/null | wc -l
nestor quotes 2>&1 | head -n 1
