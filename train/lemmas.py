"""Lemma tables from the treebanks: exceptions (form, tag) -> lemma, and edits by ending.

An edit is one byte (how many bytes to cut from the end) and the bytes to add. The longest ending known
under the tag decides; an ending is kept only where it says something else than its shorter ones.
"""
from collections import Counter, defaultdict

LONGEST = 5


def lower(w):
    """ASCII letters to lower case, curly apostrophes straight, as the C code does."""
    w = w.replace("’", "'")
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in w)


def edit(form, lemma):
    """(cut, add) that turns form into lemma, None if it is no change at the end."""
    f, l = form.encode(), lemma.encode()
    i = 0
    while i < min(len(f), len(l)) and f[i] == l[i]:
        i += 1
    return (len(f) - i, l[i:]) if i or not f else None


def keeps(form, tag, first):
    if tag.startswith("NNP"):
        return True
    if first or not ("A" <= form[0] <= "Z"):
        return False
    return tag == "JJ" or tag.startswith("NN") and len(form) > 1 and not any("a" <= c <= "z" for c in form)


def suffix_edit(table, form, tag):
    b = form.encode()
    for n in range(min(LONGEST, len(b)), -1, -1):
        e = table.get((b[len(b) - n:], tag))
        if e is not None and (e[0] < len(b) or e[0] == len(b) and e[1]):
            return e
    return (0, b"")


def build(sents):
    """Returns (lemma table, suffix table) as {key bytes: value bytes}."""
    seen, first = defaultdict(Counter), {}
    for s in sents:
        for i, (w, l, x) in enumerate(zip(s.words, s.lemma, s.xpos)):
            if l and l != "_" and (w != "_"):
                key = (lower(w), x)
                seen[key][(w if x.startswith("NNP") else lower(w), l)] += 1
    counts = defaultdict(Counter)
    for (f, x), c in seen.items():
        if x in ("GW", "FW", "XX", "ADD") or not f.replace("-", "").replace("'", "").isalpha():
            continue
        for (form, l), k in c.items():
            e = edit(form if x.startswith("NNP") else f, l if x.startswith("NNP") else lower(l))
            if e and e[0] <= 6 and len(e[1]) <= 4:
                for n in range(LONGEST + 1):
                    if n <= len(f):
                        counts[(f.encode()[len(f.encode()) - n:], x)][e] += 1  # types, not tokens
    suffix = {}
    for n in range(LONGEST + 1):
        for (suf, x), c in sorted(counts.items()):
            if len(suf) != n or (n and sum(c.values()) < 2):
                continue
            e, k = max(c.items(), key=lambda t: (t[1], t[0]))
            parent = next((suffix[(suf[j:], x)] for j in range(1, n + 1) if (suf[j:], x) in suffix), None)
            if e != parent and (n == 0 or k * 2 > sum(c.values())):
                suffix[(suf, x)] = e
    lemma = {}
    for (f, x), c in sorted(seen.items()):
        if x.startswith("NNP"):
            continue
        (form, l), k = max(c.items(), key=lambda t: (t[1], t[0]))
        e = suffix_edit(suffix, f, x)
        b = f.encode()
        guess = (b[:len(b) - e[0]] + e[1]).decode("utf-8", "replace")
        if guess != l and len(f.encode()) < 60 and len(l.encode()) < 60:
            lemma[f.encode() + b"\t" + x.encode()] = l.encode()
    return lemma, {s + b"\t" + x.encode(): bytes([e[0]]) + e[1] for (s, x), e in suffix.items()}


def lemmatise(tables, w, x, first):
    """The Python twin of pm_lemma(), for scoring."""
    lemma, suffix = tables
    known = lemma.get(lower(w).encode() + b"\t" + x.encode())
    if known and not x.startswith("NNP"):
        return known.decode()
    b = lower(w).encode()
    for n in range(min(LONGEST, len(b)), -1, -1):
        e = suffix.get(b[len(b) - n:] + b"\t" + x.encode())
        if e and e[0] < len(b) + (len(e) > 1) and all(c < 128 for c in b[len(b) - e[0]:]):
            break
    else:
        e = b"\0"
    p = (w if keeps(w, x, first) else lower(w)).encode()
    return (p[:len(p) - e[0]] + e[1:]).decode("utf-8", "replace")


if __name__ == "__main__":
    import sys
    import corpus
    ud = sys.argv[1]
    t = build(corpus.read_conllu(ud + "/en_ewt-ud-train.conllu") + corpus.read_conllu(ud + "/gum_open-ud-train.conllu"))
    print(len(t[0]), "exceptions", len(t[1]), "endings")
    for d in ("en_ewt", "gum_open"):
        ok, n, bad = 0, 0, Counter()
        for s in corpus.read_conllu(f"{ud}/{d}-ud-dev.conllu"):
            for i, (w, l, x) in enumerate(zip(s.words, s.lemma, s.xpos)):
                g = lemmatise(t, w, x, i == 0)
                ok, n = ok + (g == l), n + 1
                bad[(w, x, l, g)] += g != l
        print(d, round(100 * ok / n, 2), bad.most_common(25))
