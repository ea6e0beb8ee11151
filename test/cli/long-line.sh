# A line of 200 MB, a text of 17 MB is a rejection with its line, and the lines around it are coded.
cd "$TMP" || exit 9
ok='{"id":"good","date":"1894-05-15","text":"Graustark expelled two Ruritanian envoys."}'
{ echo "$ok"; printf '{"id":"long","text":"'; head -c 200000000 /dev/zero | tr '\0' a; printf '"}\n'; echo "$ok"; } >long.jsonl
nestor code --format jsonl long.jsonl 2>&1 >out.jsonl
echo "mentions: $(grep -c '"level":"mention"' out.jsonl)"
{ echo "$ok"; printf '{"id":"long","text":"'; head -c 17000000 /dev/zero | tr '\0' a; printf '"}\n'; echo "$ok"; } >long.jsonl
nestor code -m fast --format jsonl long.jsonl 2>&1 >out.jsonl
echo "mentions: $(grep -c '"level":"mention"' out.jsonl)"
