# The same bytes for any number of threads.
nestor code --format jsonl 2>/dev/null --actors samples/actors.tsv samples/*.jsonl >"$TMP/1" &&
nestor code 2>/dev/null -j 8 --format jsonl --actors samples/actors.tsv samples/*.jsonl >"$TMP/8" &&
cmp "$TMP/1" "$TMP/8" && echo same
