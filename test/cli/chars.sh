# --offsets chars counts code points where bytes and characters differ.
printf '{"id":"c","text":"\\u00c9lys\\u00e9e \\u2013 Graustark expelled two Ruritanian envoys."}\n' >"$TMP/r.jsonl"
for o in bytes chars; do nestor code 2>/dev/null --actors samples/actors.tsv --format jsonl --offsets $o "$TMP/r.jsonl" | grep -o '"trigger":{[^}]*}'; done
# The title is a field of its own; what JSON has to escape is escaped, and comes back as it went in.
printf '{"id":"t","title":"\\u00c9lys\\u00e9e: Graustark expels two envoys","source":"Zenda \\"Gazette\\" \\\\ \\u0001\\t\\u007f","text":"Graustark expelled two envoys."}\n' >"$TMP/t.jsonl"
for o in bytes chars; do nestor code 2>/dev/null --actors samples/actors.tsv --format jsonl --offsets $o "$TMP/t.jsonl" >"$TMP/$o"; grep -o '"trigger":{[^}]*}' "$TMP/$o"; done
grep -o '"outlet":"Z[^}]*' "$TMP/bytes" | head -n 1
python3 -c 'import json,sys
for l in open(sys.argv[1]): print(ascii(json.loads(l)["said_by"][-1]["outlet"]))' "$TMP/bytes"
