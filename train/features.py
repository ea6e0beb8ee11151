"""Hashed features of the fast net; src/parse/parse_fast.c computes the same numbers from the bytes.

All on the UTF-8 bytes of the word, ASCII letters lower-cased (other bytes as they are), digits written as '0'.
hash: FNV-1a of 32 bits over slot number and bytes, then a final mix; row = hash % rows.
"""
import numpy as np

import corpus

SLOTS = ["word", "suf2", "suf3", "suf4", "pre2", "pre3", "pre4", "shape"]
ROWS = [32000, 1500, 6000, 11000, 1500, 6000, 11000, 12]


def fnv(slot, data):
    h = (2166136261 ^ slot) * 16777619 & 0xFFFFFFFF
    for c in data:
        h = (h ^ c) * 16777619 & 0xFFFFFFFF
    h ^= h >> 15
    return h * 0x2C1B3C6D & 0xFFFFFFFF ^ (h >> 13)


def norm(w):
    """Typographic quotes and dashes as ASCII, letters lower, digits 0; at most 64 bytes."""
    for a, b in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-")):
        w = w.replace(a, b)
    b = bytearray(w.encode("utf-8"))
    for i, c in enumerate(b):
        if 65 <= c <= 90:
            b[i] = c + 32
        elif 48 <= c <= 57:
            b[i] = 48
    return bytes(b) if len(b) <= 64 else bytes(b[:32] + b[-32:])


class Hasher:
    def __init__(self):
        self.rows, self.memo = ROWS, {}

    def word(self, w):
        r = self.memo.get(w)
        if r is None:
            b = norm(w)
            parts = [b, b[-2:], b[-3:], b[-4:], b[:2], b[:3], b[:4]]
            r = [fnv(k, p) % ROWS[k] for k, p in enumerate(parts)]
            r.append(corpus.shape(w))
            self.memo[w] = r
        return r

    def sentence(self, words):
        return np.array([self.word(w) for w in words], np.int64)
