# A short run of the harnesses of the parse stage over the samples and its own seeds, damaged.
B=${B:-build}
pass=0 fail=0
if "$B/fuzz-parse" -n 15 samples/*.jsonl fuzz/seeds/text/*; then pass=1; else fail=1; echo "FAIL fuzz-parse"; fi
if "$B/fuzz-conllu" -n 200 fuzz/seeds/conllu/*; then pass=$((pass + 1)); else fail=$((fail + 1)); echo "FAIL fuzz-conllu"; fi
echo "$pass passed, $fail failed"
