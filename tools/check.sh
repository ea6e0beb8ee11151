#!/bin/sh
# The slower checks: layers and headers, ASan and UBSan over all tests, failing allocations, 1 and 8 threads.
cd "$(dirname "$0")/.." || exit 2
status=0
sh tools/check-layers.sh || status=1
make -s -j2 B=build-asan CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer" \
    build-asan/test-runner build-asan/nestor build-asan/oom >build-asan.log 2>&1 || { tail -n 30 build-asan.log; exit 1; }
rm -f build-asan.log
blocks=$(ls test/*/*.txt)
# shellcheck disable=SC2086
build-asan/test-runner --actors test/data/actors.tsv $blocks || status=1
build-asan/nestor code --format jsonl --actors samples/actors.tsv samples/*.jsonl >build-asan/one.jsonl || status=1
build-asan/nestor code -j 8 --format jsonl --actors samples/actors.tsv samples/*.jsonl >build-asan/eight.jsonl || status=1
cmp build-asan/one.jsonl build-asan/eight.jsonl && echo "1 and 8 threads: the same bytes" || status=1
build-asan/oom samples/agency.jsonl || status=1
exit $status
