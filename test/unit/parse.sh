#!/bin/sh
# Builds and runs the checks of parse_unit.c against the library.
B=${B:-build}
INCS="-Iinclude -Isrc -Isrc/base -Isrc/text -Isrc/parse"
${CC:-cc} -std=c11 -D_GNU_SOURCE ${CFLAGS:--O1 -g} $INCS -o "$B/parse-unit" test/unit/parse_unit.c "$B/libnestor.a" \
    $(pkg-config --libs jansson nettle libutf8proc libxxhash sqlite3 zlib libzstd) -lpthread -lm || exit 1
"$B/parse-unit" "$B/parse-unit.tmp"
