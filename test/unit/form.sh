#!/bin/sh
# The text form of the entities reads back: dump, read as gold, dump again gives the same lines, and the
# events found on the gold mentions are there.
pass=0 fail=0
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
for f in samples/*.jsonl; do
    ./nestor explain --stage entities --actors samples/actors.tsv "$f" | grep -P '^(actor|time|place|number)\t' >"$tmp/form"
    ./nestor explain --stage entities --actors samples/actors.tsv --entities "$tmp/form" "$f" | grep -P '^(actor|time|place|number)\t' >"$tmp/again"
    if [ -s "$tmp/form" ] && cmp -s "$tmp/form" "$tmp/again"; then pass=$((pass + 1))
    else fail=$((fail + 1)); echo "FAIL form of $f"; diff "$tmp/form" "$tmp/again" | head -4; fi
done
printf 'actor\t3-7\tnot a token\tstate\tGRK GOV\n' >"$tmp/form"
if ./nestor explain --entities "$tmp/form" samples/agency.jsonl >/dev/null 2>"$tmp/err"; then fail=$((fail + 1)); echo "FAIL a span that is no token was taken"
elif grep -q "line 1 of the form" "$tmp/err"; then pass=$((pass + 1)); else fail=$((fail + 1)); cat "$tmp/err"; fi
echo "$pass passed, $fail failed"
