#!/bin/sh
# The knowledge base: kb_unit.c against the library, the checker against good and bad files, codes against
# another implementation where Python has it.
B=${B:-build}
INCS="-Iinclude -Isrc -Isrc/base -Isrc/text -Isrc/parse -Isrc/entities"
${CC:-cc} -std=c11 -D_GNU_SOURCE ${CFLAGS:--O1 -g} $INCS -o "$B/kb-unit" test/unit/kb_unit.c "$B/libnestor.a" \
    $(pkg-config --libs jansson nettle libutf8proc libxxhash sqlite3 zlib libzstd) -lpthread -lm || exit 1
"$B/kb-unit" test/actors/own.tsv >"$B/kb-unit.out" || true
grep -v passed "$B/kb-unit.out"
line=$(tail -n 1 "$B/kb-unit.out")
pass=${line%% passed*} rest=${line#*, } fail=${rest%% failed*}

tools/check_actors >"$B/check.out" 2>&1 && pass=$((pass + 1)) || { fail=$((fail + 1)); head -n 20 "$B/check.out"; }
# The checker's answer to each kind of bad row, in the order of the lines; and it must fail.
if tools/check_actors test/actors/bad.tsv >/dev/null 2>"$B/bad.out"; then fail=$((fail + 1)); echo "FAIL bad.tsv passed"; fi
sort -t: -k2n "$B/bad.out" | diff test/actors/bad.expect - && pass=$((pass + 1)) || fail=$((fail + 1))

# Damaged actor files: nothing crashes, what is kept is sound.
"$B/fuzz-actors" -n 150 fuzz/seeds/actors/* && pass=$((pass + 1)) || fail=$((fail + 1))

out=$(python3 tools/check_codes.py data/actors/codes.tsv test/actors/codes_exceptions.txt 2>&1)
case $? in
0) pass=$((pass + 1)); echo "$out" ;;
77) echo "codes not compared with another implementation: $out" ;;
*) fail=$((fail + 1)); echo "FAIL $out" ;;
esac
echo "$pass passed, $fail failed"
[ "$fail" = 0 ]
