#!/bin/sh
# The library as others use it: eight threads share one engine and give what one thread gives alone.
B=${B:-build}
make -s B="$B" "$B/embed" >/dev/null 2>&1 || { echo "FAIL embed: does not build"; echo "0 passed, 1 failed"; exit 1; }
"$B/embed" >"${TMPDIR:-/tmp}/embed.$$" || { echo "FAIL embed: exit $?"; echo "0 passed, 1 failed"; exit 1; }
lines=$(grep -c '"level":"mention"' "${TMPDIR:-/tmp}/embed.$$")
bad=$(grep -c '^differs' "${TMPDIR:-/tmp}/embed.$$")
rm -f "${TMPDIR:-/tmp}/embed.$$"
if [ "$lines" -ge 5 ] && [ "$bad" = 0 ]; then echo "1 passed, 0 failed"
else echo "FAIL embed: $lines mentions, $bad texts that differ between rounds"; echo "0 passed, 1 failed"; fi
