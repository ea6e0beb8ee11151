"""Corpora for the parser's trainers: CoNLL-U in, lists of sentences out.

In:  UD English EWT and the open part of GUM (gold), and any text we label ourselves (silver), all CoNLL-U.
Out: Sent objects: words and, per word, UPOS, XPOS, FEATS, lemma, head (0 = root), deprel, name tag (BIO).
A column may be missing (None): the trainers then leave that loss out.
"""
import re
import random

NAMES = ["PER", "ORG", "LOC", "NORP", "EVENT", "DOC"]
NER_TAGS = ["O"] + [p + n for n in NAMES for p in ("B-", "I-")]
GUM_NAMES = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT"}
TITLES = set("""mr mrs ms dr president prime minister king queen prince princess sir lord lady general colonel
captain senator judge justice professor pope governor mayor secretary chancellor rev sen gov gen rep""".split())


class Sent:
    """One sentence: parallel lists; a list is None where the corpus does not have that layer."""

    def __init__(self, words):
        self.words = words
        self.space = [True] * len(words)
        self.upos = self.xpos = self.feats = self.lemma = self.head = self.rel = self.ner = None
        self.text = None
        self.weight = 1.0


def _gum_spans(rows):
    """(start, end, type, head) of the bracketed spans of GUM's Entity= column; end inclusive."""
    open_, out = [], []
    for i, misc in enumerate(rows):
        m = re.search(r"(?:^|\|)Entity=([^|]*)", misc)
        if not m:
            continue
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", m.group(1)):
            if part.startswith("("):
                f = part.strip("()").split("-")
                open_.append((f[0], i, f))
                if part.endswith(")"):
                    e = open_.pop()
                    out.append((e[1], i, e[2]))
            else:
                key = part.rstrip(")")
                for k in range(len(open_) - 1, -1, -1):
                    if open_[k][0] == key:
                        e = open_.pop(k)
                        out.append((e[1], i, e[2]))
                        break
    return out


def _gum_ner(s, miscs):
    """Names of a GUM sentence: entities whose head is a proper noun, cut down to the proper-noun run."""
    tags = ["O"] * len(s.words)
    spans = []
    for a, b, f in _gum_spans(miscs):
        typ = GUM_NAMES.get(f[1])
        if not typ:
            continue
        try:
            h = a + int(re.match(r"\d+", f[5]).group()) - 1
        except (AttributeError, IndexError, ValueError):
            continue
        if h > b or not s.xpos[h].startswith("NNP"):
            continue
        lo = hi = h
        link = lambda k: s.words[k].lower() in ("of", "the", "-", "&", "and", "for", "'s", ".", "de", "al")
        while lo > a and (s.xpos[lo - 1].startswith("NNP") or
                          (lo - 1 > a and link(lo - 1) and s.xpos[lo - 2].startswith("NNP"))):
            lo -= 1
        while hi < b and (s.xpos[hi + 1].startswith("NNP") or
                          (hi + 1 < b and link(hi + 1) and any(s.xpos[k].startswith("NNP") for k in range(hi + 2, min(b, hi + 3) + 1)))):
            hi += 1
        while lo < hi and (s.words[lo].lower().rstrip(".") in TITLES and typ == "PER" or not s.xpos[lo].startswith("NNP")):
            lo += 1
        while hi > lo and not s.xpos[hi].startswith("NNP"):
            hi -= 1
        spans.append((hi - lo, lo, hi, typ))
    for _, lo, hi, typ in sorted(spans, reverse=True):
        if any(tags[k] != "O" for k in range(lo, hi + 1)):
            continue
        for k in range(lo, hi + 1):
            tags[k] = ("B-" if k == lo else "I-") + typ
    # What GUM's scheme does not mark as we do is left open, not called "no name".
    for k, w in enumerate(s.words):
        if tags[k] == "O" and w[:1].isupper() and (s.xpos[k] in ("JJ", "NNPS") or s.xpos[k] == "NNP"):
            tags[k] = None
    s.ner = tags


OWN = dict(PERSON="PER", ORGANISATION="ORG", PLACE="LOC", NATIONALITY="NORP", EVENT="EVENT", DOCUMENT="DOC")


def _own_ner(miscs):
    """Tags from our own dump's Entity=(KIND ... KIND)."""
    tags, kind = [], None
    for m in miscs:
        e = re.search(r"Entity=([^|]+)", m)
        e = e.group(1) if e else ""
        if e.startswith("("):
            kind = OWN[e.strip("()")]
            tags.append("B-" + kind)
        else:
            tags.append("I-" + kind if kind else "O")
        if e.endswith(")"):
            kind = None
    return tags


def read_conllu(path, gum=False, ner_col=False):
    """All sentences of a CoNLL-U file. gum: take names from Entity=; ner_col: from MISC NER=."""
    out, rows, text = [], [], None
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# text = "):
            text = line[9:]
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            mwt = {}
            for r in rows:
                if "-" in r[0]:
                    a, b = map(int, r[0].split("-"))
                    mwt[a] = (b, "SpaceAfter=No" not in r[9])
            w = [r for r in rows if r[0].isdigit()]
            s = Sent([r[1] for r in w])
            s.text, s.upos, s.xpos, s.feats = text, [r[3] for r in w], [r[4] for r in w], [r[5] for r in w]
            s.lemma, s.head, s.rel = [r[2] for r in w], [int(r[6]) for r in w], [r[7] for r in w]
            s.space = ["SpaceAfter=No" not in r[9] for r in w]
            for a, (b, sp) in mwt.items():
                for k in range(a - 1, b - 1):
                    s.space[k] = False
                s.space[b - 1] = sp
            if gum:
                _gum_ner(s, [r[9] for r in w])
            if ner_col and any("Entity=" in r[9] for r in rows) or ner_col == "ours":
                s.ner = _own_ner([r[9] for r in w])
            elif ner_col:
                s.ner = [re.search(r"NER=([^|]+)", r[9]).group(1) if "NER=" in r[9] else "O" for r in w]
            out.append(s)
            rows, text = [], None
    return out


def read_iob2(path):
    """Universal NER's layer of EWT dev: words and PER, ORG, LOC tags."""
    out, w, t = [], [], []
    for line in list(open(path, encoding="utf-8")) + ["\n"]:
        line = line.rstrip("\n")
        if not line:
            if w:
                s = Sent(w)
                s.ner = [x if x[2:] in ("PER", "ORG", "LOC") else "O" for x in t]
                out.append(s)
            w, t = [], []
        elif not line.startswith("#"):
            f = line.split("\t")
            w.append(f[1])
            t.append(f[2])
    return out


def shape(w):
    """Letter case and character class of a word: one of 12, the same function as nst_parse_shape() in C."""
    if not w:
        return 0
    has_d = any(c.isdigit() for c in w)
    has_a = any(c.isalpha() for c in w)
    if not has_a:
        return 1 if has_d else 2
    if has_d:
        return 3
    letters = [c for c in w if c.isalpha()]
    up = sum(c.isupper() for c in letters)
    if up == 0:
        return 4 if len(letters) == len(w) else 5
    if up == len(letters):
        return 6 if len(letters) == 1 else (7 if len(letters) == len(w) else 8)
    if letters[0].isupper() and up == 1:
        return 9 if len(letters) == len(w) else 10
    return 11


def vocab(sents, col, least=1):
    """Values of a column, most frequent first."""
    n = {}
    for s in sents:
        for v in getattr(s, col) or []:
            n[v] = n.get(v, 0) + 1
    return [v for v, k in sorted(n.items(), key=lambda x: (-x[1], x[0])) if k >= least]


def batches(items, lens, budget, rng):
    """Index lists of about `budget` units, similar lengths together, in random order."""
    order = sorted(range(len(items)), key=lambda i: (lens[i] + rng.random() * 4))
    out, cur, mx = [], [], 0
    for i in order:
        m = max(mx, lens[i])
        if cur and m * (len(cur) + 1) > budget:
            out.append(cur)
            cur, m = [], lens[i]
        cur.append(i)
        mx = m
    if cur:
        out.append(cur)
    rng.shuffle(out)
    return out
