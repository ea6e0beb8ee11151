#!/bin/sh
# Runs every test and ends with "N passed, N failed". --accept rewrites the expectations instead.
# Block tests: test/STAGE/*.txt. Command line: test/cli/*.sh with .out (and .err, .exit). Unit: test/unit/*.
cd "$(dirname "$0")/.." || exit 2
accept=
[ "$1" = --accept ] && accept=--accept
pass=0 fail=0 B=${B:-build}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT

# Adds the "N passed, N failed" line that ends file $1; a run without that line is one failure.
add() {
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$1" | tail -n 1)
    [ -n "$line" ] || line="0 passed, 1 failed"
    pass=$((pass + ${line%% passed*})); rest=${line#*, }; fail=$((fail + ${rest%% failed*}))
}

blocks=$(ls test/*/*.txt 2>/dev/null)
if [ -n "$blocks" ]; then
    "$B/test-runner" $accept --actors test/data/actors.tsv $blocks >"$tmp/blocks" 2>&1
    add "$tmp/blocks"; grep -vE '^[0-9]+ passed' "$tmp/blocks"
fi

for t in test/unit/*.sh; do
    [ -e "$t" ] || continue
    B=$B sh "$t" >"$tmp/unit" 2>&1
    add "$tmp/unit"; grep -vE '^[0-9]+ passed' "$tmp/unit"
done

for t in test/cli/*.sh; do
    [ -e "$t" ] || continue
    base=${t%.sh}
    mkdir "$tmp/work"
    (PATH="$PWD:$PATH"; export PATH TMP="$tmp/work" LC_ALL=C; sh "$t") >"$tmp/out" 2>"$tmp/err"
    echo $? >"$tmp/exit"
    rm -rf "$tmp/work"
    if [ -n "$accept" ]; then
        cp "$tmp/out" "$base.out"
        if [ -s "$tmp/err" ]; then cp "$tmp/err" "$base.err"; else rm -f "$base.err"; fi
        if [ "$(cat "$tmp/exit")" != 0 ]; then cp "$tmp/exit" "$base.exit"; else rm -f "$base.exit"; fi
    fi
    ok=1
    diff -u "$base.out" "$tmp/out" >"$tmp/diff" 2>&1 || ok=
    if [ -e "$base.err" ]; then diff -u "$base.err" "$tmp/err" >>"$tmp/diff" || ok=
    elif [ -s "$tmp/err" ]; then cat "$tmp/err" >>"$tmp/diff"; ok=; fi
    want=0; [ -e "$base.exit" ] && want=$(cat "$base.exit")
    [ "$(cat "$tmp/exit")" = "$want" ] || { echo "exit $(cat "$tmp/exit"), not $want" >>"$tmp/diff"; ok=; }
    if [ -n "$ok" ]; then pass=$((pass + 1)); else fail=$((fail + 1)); echo "FAIL $t"; cat "$tmp/diff"; fi
done

echo "$pass passed, $fail failed"
[ "$fail" = 0 ]
