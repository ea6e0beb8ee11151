#!/bin/sh
# Installs what building (or, with "tests", testing) Nestor needs on Debian 12, and nothing when nothing is missing.
# Says what and why first; uses sudo only when not root.
set -e
build="gcc:the_compiler make:the_build pkg-config:finds_the_libraries libc6-dev:the_C_library
libjansson-dev:JSON_in libsqlite3-dev:the_chronicle nettle-dev:SHA-256 libutf8proc-dev:Unicode
libxxhash-dev:hashing zlib1g-dev:compression libzstd-dev:compression"
tests="python3:JSON_schema_check_of_the_output python3-jsonschema:the_same"
want=$build
[ "$1" = tests ] && want="$build $tests"
if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This is not Debian: please install a C compiler, make, pkg-config, jansson, sqlite3, nettle, utf8proc," \
         "xxhash, zlib and zstd with their headers yourself; then run make." >&2
    exit 0
fi
missing=
for item in $want; do
    name=${item%%:*}
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q "install ok installed" || missing="$missing $item"
done
[ -z "$missing" ] && exit 0
echo "Nestor needs these Debian packages, which are not installed yet:"
names=
for item in $missing; do
    names="$names ${item%%:*}"
    printf '  %-20s %s\n' "${item%%:*}" "$(echo "${item#*:}" | tr _ ' ')"
done
sudo=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "Run as root, or install them: apt-get install$names" >&2; exit 1; }
    sudo=sudo
fi
DEBIAN_FRONTEND=noninteractive
export DEBIAN_FRONTEND
# shellcheck disable=SC2086
$sudo apt-get install -y -q --no-install-recommends $names >/dev/null 2>&1 || {
    $sudo apt-get update -q
    $sudo apt-get install -y -q --no-install-recommends $names
}
