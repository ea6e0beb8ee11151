# Bad input: one clear message each, the run goes on, the exit code says that something was rejected.
cd "$TMP" || exit 9
ok='{"id":"good","date":"1894-05-15","text":"Graustark expelled two Ruritanian envoys."}'
count() { grep -c '"level":"mention"'; }
printf '%s\n%s\n{"id":"x",\n%s\n' "$ok" "$ok" "$ok" >broken.jsonl
echo "broken JSON in line 3:"; nestor code --format jsonl broken.jsonl 2>&1 >out.jsonl | sed 's/^/  /'; count <out.jsonl
printf 'Graustark \377\376 expelled two envoys.\n' >latin.txt
echo "not UTF-8:"; nestor code --format jsonl latin.txt 2>&1; echo "exit $?"
printf 'Graustark\000 expelled two envoys.\n' >nul.txt
echo "NUL byte:"; nestor code --format jsonl nul.txt 2>&1; echo "exit $?"
echo "missing file:"; nestor code --format jsonl nowhere.txt broken.jsonl 2>&1 >out.jsonl | sed 's/^/  /'; count <out.jsonl
: >empty.txt
echo "empty file:"; nestor code --format jsonl empty.txt 2>&1; echo "exit $?"
echo "a folder:"; nestor code --format jsonl . 2>&1; echo "exit $?"
echo "bad date:"; printf '{"id":"d","date":"15 May","text":"Graustark expelled two envoys."}\n' | nestor code --format jsonl - 2>&1; echo "exit $?"
echo "no text:"; printf '{"id":"d"}\n' | nestor code --format jsonl - 2>&1; echo "exit $?"
echo "bad option:"; nestor code --frmat jsonl empty.txt 2>&1; echo "exit $?"
echo "bad choice:"; nestor code --format xml empty.txt 2>&1; echo "exit $?"
echo "no operand:"; nestor code 2>&1; echo "exit $?"
echo "no command:"; nestor cod 2>&1; echo "exit $?"
echo "closed pipe:"; nestor code --format jsonl broken.jsonl 2>/dev/null | head -c 1 >/dev/null; echo "done"
