# --offsets chars counts code points where bytes and characters differ.
printf '{"id":"c","text":"\\u00c9lys\\u00e9e \\u2013 Graustark expelled two Ruritanian envoys."}\n' >"$TMP/r.jsonl"
for o in bytes chars; do nestor code 2>/dev/null --actors samples/actors.tsv --format jsonl --offsets $o "$TMP/r.jsonl" | grep -o '"trigger":{[^}]*}'; done
