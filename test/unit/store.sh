#!/bin/sh
# Builds and runs the checks of store_unit.c against the library; 'store.sh all' leaves no failure out (a minute).
B=${B:-build}
INCS="-Iinclude -Isrc -Isrc/base -Isrc/read -Isrc/store"
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
${CC:-cc} -std=c11 -D_GNU_SOURCE ${CFLAGS:--O1 -g} $INCS -o "$B/store-unit" test/unit/store_unit.c "$B/libnestor.a" \
    $(pkg-config --libs jansson nettle libutf8proc libxxhash sqlite3 zlib libzstd) -lpthread -lm || exit 1
"$B/store-unit" "$tmp" $1
