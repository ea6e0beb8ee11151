"""Writes src/parse/parse_case.inc: the words that running text writes in small letters.

usage: train/case.py NEWS.jsonl... (texts in the report format, one a line). A word counts where it follows a small
letter or a comma, so that no sentence begins with it. Kept: seen at least 15 times in small letters and at most a
sixth as often with a capital; the 12,000 most frequent. Only counts are taken from the texts.
"""
import collections
import json
import re
import sys

SMALL = re.compile(r"(?<=[a-z,] )([A-Za-z][a-z]+(?:-[a-z]+)?)\b")


def main(paths, out="src/parse/parse_case.inc"):
    small, large = collections.Counter(), collections.Counter()
    for path in paths:
        for line in open(path, encoding="utf-8"):
            for word in SMALL.findall(json.loads(line).get("text", "")):
                (large if word[0].isupper() else small)[word.lower()] += 1
    words = [w for w, n in small.most_common() if n >= 15 and n > 6 * large[w] and len(w) > 1][:12000]
    with open(out, "w", encoding="utf-8") as f:
        f.write("/* Written by train/case.py: do not edit. */\n")
        row = ""
        for word in sorted(words):
            item = f'W("{word}")'
            if len(row) + len(item) > 99:
                f.write(row + "\n")
                row = ""
            row += (" " if row else "") + item
        f.write(row + "\n")


main(sys.argv[1:])
