#!/bin/sh
# Fails on an #include that src/LAYERS does not allow, on printing or exiting outside cli and serve, and on
# a header that does not compile alone in C and C++.
cd "$(dirname "$0")/.." || exit 2
bad=0
# The folder that owns a header name.
owner() { ls src/*/"$1" 2>/dev/null | head -n 1 | sed 's|src/||; s|/.*||'; }
for f in src/*.c src/*.h src/*/*.c src/*/*.h; do
    case $f in src/*/*) layer=${f#src/}; layer=${layer%%/*} ;; *) layer=pipeline ;; esac
    allowed=" base $layer $(sed -n "s/^$layer://p" src/LAYERS) "
    for h in $(sed -n 's/^#include "\(.*\)"/\1/p' "$f"); do
        [ "$h" = nestor.h ] && continue
        if [ "$h" = pipeline.h ]; then o=pipeline; else o=$(owner "$h"); fi
        [ -n "$o" ] || continue
        case $allowed in *" $o "*) ;; *)
            # events_json.c writes whole documents: it may see the conductor's record.
            [ "$f" = src/events/events_json.c ] && [ "$o" = pipeline ] && continue
            echo "$f includes $h of layer $o, which src/LAYERS does not allow"; bad=1 ;;
        esac
    done
    case $layer in cli|serve) continue ;; esac
    if grep -nE '(^|[^a-z_n])(printf|puts|exit|abort|getenv|time|clock_gettime)\(' "$f" | grep -vE '^\S+:\s*(\*|/\*)' | grep -v 'format(printf' >/dev/null; then
        echo "$f prints, exits or looks at the world:"; grep -nE '(^|[^a-z_n])(printf|puts|exit|abort|getenv|time|clock_gettime)\(' "$f" | grep -v 'format(printf'; bad=1
    fi
done
incs=$(for d in src/*/; do printf -- '-I%s ' "$d"; done)
for h in include/nestor.h src/*/*.h src/*.h; do
    printf '#include "%s"\n' "$(basename "$h")" >"${TMPDIR:-/tmp}/header.$$.c"
    # shellcheck disable=SC2086
    cc -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wno-unused-parameter -Iinclude -Isrc $incs -fsyntax-only "${TMPDIR:-/tmp}/header.$$.c" ||
        { echo "$h does not compile alone"; bad=1; }
done
if command -v g++ >/dev/null 2>&1; then
    printf '#include "nestor.h"\n' >"${TMPDIR:-/tmp}/header.$$.cc"
    g++ -Wall -Wextra -Iinclude -fsyntax-only "${TMPDIR:-/tmp}/header.$$.cc" || { echo "nestor.h does not compile as C++"; bad=1; }
fi
rm -f "${TMPDIR:-/tmp}/header.$$.c" "${TMPDIR:-/tmp}/header.$$.cc"
[ $bad = 0 ] && echo "layers and headers: ok"
exit $bad
