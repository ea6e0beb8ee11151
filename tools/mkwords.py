#!/usr/bin/env python3
"""Writes src/entities/entities_words.inc, the sorted table of time and number words, from
data/words/words.txt. Each word carries at most one time class and one number class."""
import re
import sys




def main(src, dst):
    """Reads the classes, merges each word's two sides and prints one row a word."""
    words = {}
    for line in open(src, encoding="utf-8"):
        line = line.split("#")[0].strip()
        if not line:
            continue
        cls, rest = line.split(":", 1)
        for item in rest.split():
            word, value = item.split("=")
            for side in words.setdefault(word, []):
                if side[0] == cls:
                    sys.exit(f"{word} stands twice in {cls}")
            words[word].append((cls, int(value)))
    with open(dst, "w", encoding="utf-8") as out:
        out.write("/* Written by tools/mkwords.py from data/words/words.txt: do not edit. */\n")
        for word in sorted(words):
            sides = (words[word] + [("NONE", 0)] * 5)[:5]
            if len(words[word]) > 5:
                sys.exit(f"{word} stands in more than five classes")
            row = ", ".join(f"{{NST_W_{c}, {v}}}" for c, v in sides)
            out.write(f'{{"{word}", {{{row}}}}},\n')


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
