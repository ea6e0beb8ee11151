# A short run of the fuzz harnesses of reading and text over the samples, damaged, and over every find.
B=${B:-build}
pass=0 fail=0
for h in text read; do
    if "$B/fuzz-$h" -n 60 samples/*.* test/"$h"/*.txt; then pass=$((pass + 1)); else
        fail=$((fail + 1)); echo "FAIL fuzz-$h"; fi
    for find in fuzz/finds/"$h"-*; do
        [ -e "$find" ] || continue
        if "$B/fuzz-$h" "$find"; then pass=$((pass + 1)); else
            fail=$((fail + 1)); echo "FAIL fuzz-$h $find"; fi
    done
done
echo "$pass passed, $fail failed"
