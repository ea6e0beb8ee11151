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
exec 2>&1                                   # from here on, messages among the output
echo "an array:"; printf '[{"id":"x","text":"Graustark expelled two envoys."}]' >array.json; nestor code --format jsonl array.json; echo "exit $?"
echo "a full disk:"; nestor code --format jsonl broken.jsonl 2>/dev/null >/dev/full; echo "exit $?"; nestor help >/dev/full; echo "exit $?"
echo "a model, actors, a lexicon that are none:"
nestor code --model nosuch empty.txt; echo "exit $?"; nestor code --model array.json empty.txt; echo "exit $?"
nestor code --actors nowhere.tsv empty.txt; echo "exit $?"; nestor code --lexicon . empty.txt; echo "exit $?"
nestor code --lexicon array.json empty.txt; echo "exit $?"
echo "at a bound, and beyond it:"; for j in 0 1 64 65; do nestor code -m fast -j $j empty.txt 2>&1 | head -n 1; done
echo "gold that is none:"
for task in mentions ud ner who coref when where numbers plover; do
    for f in nowhere . empty.txt; do nestor eval -m fast --task $task $f 2>&1 >/dev/null; echo "$task exit $?"; done; done
printf '{"text":"Borduria attacked Syldavia."}\n{"id":\n{"id":"b"}\n' >gold.jsonl; nestor eval -m fast gold.jsonl >out; echo "exit $?"; head -n 1 out
printf '{"text":"Borduria attacked Syldavia."}\n{"id":"b"}\n' >gold.jsonl; nestor eval -m fast gold.jsonl >out; echo "exit $?"
