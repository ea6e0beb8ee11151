"""Documents for coref-dump: GAP's table, OntoGUM, or plain news, as "DOC ID BYTES LABELS", text, labels.

`parts` cuts texts that label themselves (coref-dump -s -t) into short ones, as a reader may meet them; and adds,
for each name that comes only after its pronoun in a sentence, a text that begins where it was not named yet.

usage: coref_texts.py gap TABLE | gum FOLDER... | news FILE.jsonl.zst FROM TO | parts TEXTS...
"""
import csv
import glob
import io
import json
import random
import re
import subprocess
import sys

OUT = sys.stdout.buffer
HE = re.compile(rb"(?i)(he|she|his|her|him|himself|herself)$")
END = re.compile(rb'[a-z0-9)\]"\x9d][.?!]["\x9d]?\s+(?=[A-Z"\xe2])|\n+')


def put(name, raw, labels):
    OUT.write(f"DOC {name} {len(raw)} {len(labels)}\n".encode() + raw + b"\n")
    for a, b, k in labels:
        OUT.write(f"{a} {b} {k}\n".encode())


def gap(path):
    def at(text, a, s):
        x = len(text[:a].encode())
        return x, x + len(s.encode())
    for r in csv.reader(open(path), delimiter="\t", quoting=csv.QUOTE_NONE):
        if r[0] == "ID":
            continue
        who = 1 if r[6] == "TRUE" else 2 if r[9] == "TRUE" else 3
        put(r[0], r[1].encode(), [(*at(r[1], int(r[5]), r[4]), 1), (*at(r[1], int(r[8]), r[7]), 2),
                                  (*at(r[1], int(r[3]), r[2]), who)])


def gum_words(path):
    """(word, its number, its head's, text before it, entity brackets) of each token."""
    par, sent, glue, until = "", "", "", 0
    for line in open(path):
        c = line.rstrip("\n").split("\t")
        par = "\n\n" if line.startswith("# newpar") else par
        if len(c) != 10 or "." in c[0]:
            continue
        if "-" in c[0]:
            until, wide = int(c[0].split("-")[1]), " " if "SpaceAfter=No" not in c[9] else ""
            continue
        i = int(c[0])
        before = (par or " ") if i == 1 else glue
        par = "" if i == 1 else par
        m = re.search(r"(?:^|\|)Entity=([^|]*)", c[9])
        yield c[1], i, int(c[6]), before, m[1] if m else ""
        glue = "" if i < until or "SpaceAfter=No" in c[9] else wide if i == until else " "
        until = 0 if i == until else until


def gum(folders):
    """One text a document; each entity mention gives its head word the number of its entity."""
    for path in sorted(p for f in folders for p in glob.glob(f + "/*.conllu")):
        raw, toks, open_, spans = b"", [], [], []
        for word, i, head, before, marks in gum_words(path):
            raw += (before if raw else "").encode()
            toks.append((len(raw), len(raw) + len(word.encode()), len(toks) + head - i if head else -1))
            raw += word.encode()
            for x in re.findall(r"\(\d+[^()]*\)?|\d+\)", marks):
                k = int(re.search(r"\d+", x)[0])
                if x[0] == "(":
                    open_.append((k, len(toks) - 1))
                at = [j for j, o in enumerate(open_) if o[0] == k]
                if x[-1] == ")" and at:
                    spans.append((open_.pop(at[-1])[1], len(toks), k))
        heads = [(next((t for t in range(a, b) if not a <= toks[t][2] < b), a), k) for a, b, k in spans]
        put(path.split("/")[-1][:-7], raw, [(toks[t][0], toks[t][1], k) for t, k in heads])


def news(path, lo, hi):
    p = subprocess.Popen(["zstd", "-dc", path], stdout=subprocess.PIPE)
    rows = list(io.TextIOWrapper(p.stdout))
    random.Random(5).shuffle(rows)
    for k, line in enumerate(rows[int(lo):int(hi)]):
        text = json.loads(line)["text"]
        if len(text) > 6000:
            cut = text.rfind("\n", 0, 6000)
            text = text[:cut if cut > 2000 else 6000]
        put(f"n{k}", text.encode(), [])


def texts(path):
    raw, at = open(path, "rb").read(), 0
    head = re.compile(rb"\s*DOC (\S+) (\d+) (\d+)\n")
    while m := head.match(raw, at):
        text = raw[m.end():m.end() + int(m[2])]
        at = m.end() + int(m[2]) + 1
        labels = []
        for _ in range(int(m[3])):
            end = raw.find(b"\n", at)
            labels.append(tuple(map(int, raw[at:end].split())))
            at = end + 1
        yield m[1].decode(), text, labels


def part(name, t, labels, a, b):
    """Writes bytes [a, b) of a text if they hold a pronoun and two people's names."""
    ls = [(s - a, e - a, k) for s, e, k in labels if s >= a and e <= b]
    names = {k for s, e, k in ls if not HE.match(t[a + s:a + e])}
    if len(names) > 1 and any(HE.match(t[a + s:a + e]) for s, e, k in ls):
        put(name, t[a:b], ls)


def parts(paths):
    dice = random.Random(4)
    for name, t, labels in (x for p in paths for x in texts(p)):
        cuts = [0] + [m.end() for m in END.finditer(t)] + [len(t)]
        i = 0
        while i < len(cuts) - 1:
            j = min(len(cuts) - 1, i + dice.choice([1, 2, 3, 3, 4, 4, 5, 6, 7]))
            part(name, t, labels, cuts[i], cuts[j])
            i = j
        for i in range(len(cuts) - 1):
            here = [(s, k, bool(HE.match(t[s:e]))) for s, e, k in labels if s >= cuts[i] and e <= cuts[i + 1]]
            late = [k for s, k, he in here if he and any(q == k and r > s for r, q, h in here if not h) and
                    not any(q == k and r < s for r, q, h in here if not h)]
            lo = i
            while late and lo and i - lo < 4 and not any(q == late[0] and cuts[lo - 1] <= s < cuts[lo] for s, e, q in labels):
                lo -= 1
            if late:
                part(name, t, labels, cuts[lo], cuts[i + 1])


if __name__ == "__main__":
    {"gap": lambda: gap(sys.argv[2]), "gum": lambda: gum(sys.argv[2:]), "parts": lambda: parts(sys.argv[2:]),
     "news": lambda: news(*sys.argv[2:5])}[sys.argv[1]]()
