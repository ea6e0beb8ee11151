"""Lemma tables from the treebanks: exceptions (form, tag) -> lemma, and edits by ending.

An edit is one byte (how many bytes to cut from the end) and the bytes to add. The longest ending known
under the tag decides; an ending is kept only where it says something else than its shorter ones.
"""
import glob
import re
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


IRREGULAR = """undergo underwent undergone|overthrow overthrew overthrown|withhold withheld|withdraw withdrew withdrawn|
forbid forbade forbidden|forswear forswore forsworn|slay slew slain|flee fled|strive strove striven|shake shook shaken|
sink sank sunk|swear swore sworn|uphold upheld|beset beset|overrun overran|foresee foresaw foreseen|retake retook retaken|
undertake undertook undertaken|overtake overtook overtaken|seek sought|fight fought|catch caught|deal dealt|leap leapt|
kneel knelt|light lit|hang hung|string strung|fling flung|stick stuck|strike struck|shrink shrank shrunk|tread trod trodden|
weave wove woven|freeze froze frozen|steal stole stolen|break broke broken|speak spoke spoken|forsake forsook forsaken|
mistake mistook mistaken|mislead misled|lay laid|pay paid|repay repaid|breed bred|bleed bled|feed fed|lead led|bind bound|
grind ground|wind wound|rebuild rebuilt|outdo outdid outdone|undo undid undone|overcome overcame overcome|override overrode
overridden|foreshadow foreshadowed|shoot shot|overshoot overshot|stand stood|withstand withstood|misunderstand
misunderstood|bring brought|teach taught|bend bent|spend spent|rend rent|send sent|shed shed|spread spread|split split|
thrust thrust|burst burst|cast cast|broadcast broadcast|forecast forecast|swing swung|sting stung|wring wrung|cling clung|
tear tore torn|bear bore borne|wear wore worn|rise rose risen|arise arose arisen|drive drove driven|ride rode ridden|
hide hid hidden|bite bit bitten|beat beat beaten|eat ate eaten|fall fell fallen|befall befell befallen|hit hit|hurt hurt|
quit quit|rid rid|set set|reset reset|upset upset|shut shut|sell sold|resell resold|tell told|hold held|behold beheld""".replace("\n", " ")


def doubles(stem):
    """One vowel between consonants, as in stop, bar: such a stem doubles its end before -ed and -ing."""
    v = "aeiou"
    return len(stem) > 2 and stem[-1] not in v + "wxy" and stem[-2] in v and stem[-3] not in v


def short(stem):
    return doubles(stem) and sum(c in "aeiouy" for c in stem) == 1


def forms(lemma, verb):
    """Regular inflections: (form, tags)."""
    l = lemma
    cy = len(l) > 1 and l[-1] == "y" and l[-2] not in "aeiou"
    s = l[:-1] + "ies" if cy else l + ("es" if l.endswith(("s", "x", "z", "ch", "sh")) else "s")
    yield s, ("VBZ",) if verb else ("NNS",)
    if not verb:
        return
    for stem in {l, l + l[-1]} if doubles(l) else {l}:
        if doubles(l) and stem == l and short(l):
            continue
        yield (l[:-1] + "ied" if cy else stem + "d" if l.endswith("e") else stem + "ed"), ("VBD", "VBN")
        yield (l[:-2] + "ying" if l.endswith("ie") else stem[:-1] + "ing" if l.endswith("e") and not l.endswith(("ee", "oe", "ye"))
               else stem + "ing"), ("VBG",)


def guesses(w):
    """Possible lemmas of a regular form, by its ending: (tags, [lemma, ...])."""
    if w.endswith("ed") and len(w) > 4:
        st = w[:-2]
        c = [st + "e"] + ([] if short(st) else [st])
        if st[-1] == st[-2]:
            c.append(st[:-1])
        if st.endswith("i"):
            c = [st[:-1] + "y"]
        return ("VBD", "VBN"), c
    if w.endswith("ing") and len(w) > 5:
        st = w[:-3]
        return ("VBG",), [st + "e"] + ([] if short(st) else [st]) + ([st[:-1]] if st[-1] == st[-2] else [])
    if w.endswith("s") and len(w) > 3 and not w.endswith(("ss", "us", "is")):
        c = [w[:-1]] + ([w[:-2]] if w.endswith("es") else []) + ([w[:-3] + "y"] if w.endswith("ies") else [])
        return ("VBZ", "NNS"), c
    return (), []


def lexicon(folder):
    """(verbs, nouns) that the frames of data/lexicon are keyed by."""
    verbs, nouns = set(), set()
    for f in sorted(glob.glob(folder + "/*.tsv")):
        for line in open(f, encoding="utf-8"):
            c = line.split("\t")
            if len(c) > 2 and c[1] in ("v", "n") and re.fullmatch("[a-z]+", c[0].split(" ")[0]):
                (verbs if c[1] == "v" else nouns).add(c[0].split(" ")[0] if c[1] == "v" else c[0].split(" ")[-1])
    return verbs, nouns


def extend(lemma, suffix, seen, counts, verbs, nouns):
    """Adds what the treebanks do not hold: irregular verbs, forms of the lexicon, frequent words of the news."""
    known = {k: c for k, c in seen.items()}
    def put(form, tag, l):
        key = form.encode() + b"\t" + tag.encode()
        if (form, tag) not in known and key not in lemma and lemmatise((lemma, suffix), form, tag, True) != l:
            lemma[key] = l.encode()
    for w in ("series species means headquarters crossroads barracks politics economics news corps gallows ethics "
              "athletics mathematics physics tactics logistics aircraft spacecraft hovercraft offspring".split()):
        put(w, "NNS", w)
    for v in IRREGULAR.split("|"):
        w = v.split()
        put(w[1], "VBD", w[0]); put(w[-1], "VBN", w[0]); put(w[1], "VBN", w[0])
    for l in sorted(verbs):
        for f, tags in forms(l, True):
            for t in tags:
                put(f, t, l)
    for l in sorted(nouns):
        for f, tags in forms(l, False):
            put(f, tags[0], l)
    for w, n in sorted(counts.items()):
        tags, cand = guesses(w) if n >= 2 else ((), [])
        best = max(cand, key=lambda c: (counts.get(c, 0), c), default=None)
        if best and counts.get(best, 0) >= 2:
            for t in tags:
                have = lemmatise((lemma, suffix), w, t, True)
                if counts.get(best, 0) > 4 * counts.get(have, 0):
                    put(w, t, best)
    return lemma


def build(sents, text=None, lexicon_folder=None):
    """Returns (lemma table, suffix table) as {key bytes: value bytes}. text: a file to count words in."""
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
        small = x == "JJ" and l == f.lower() and f.isalpha()      # "Great" at the head of a title is no name
        if (guess != l or small) and len(f.encode()) < 60 and len(l.encode()) < 60:
            lemma[f.encode() + b"\t" + x.encode()] = l.encode()
    suffix = {s + b"\t" + x.encode(): bytes([e[0]]) + e[1] for (s, x), e in suffix.items()}
    if text:
        words = Counter(re.findall(r"\b[a-z]{2,30}\b", open(text, encoding="utf-8").read()))
        verbs, nouns = lexicon(lexicon_folder)
        extend(lemma, suffix, seen, words, verbs, nouns)
    return lemma, suffix


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
    t = build(corpus.read_conllu(ud + "/en_ewt-ud-train.conllu") + corpus.read_conllu(ud + "/gum_open-ud-train.conllu"),
              *sys.argv[2:4])
    for w, x in (("interfered", "VBD"), ("provoking", "VBG"), ("faded", "VBN"), ("barred", "VBD"), ("overthrew", "VBD"), ("agreed", "VBD"),
                 ("referred", "VBN"), ("series", "NNS"), ("bombing", "VBG"), ("sanctions", "NNS"), ("envoys", "NNS"), ("allies", "NNS")):
        print(w, x, lemmatise(t, w, x, True), end="; ")
    print(len(t[0]), "exceptions", len(t[1]), "endings")
    for d in ("en_ewt", "gum_open"):
        ok, n, bad = 0, 0, Counter()
        for s in corpus.read_conllu(f"{ud}/{d}-ud-dev.conllu"):
            for i, (w, l, x) in enumerate(zip(s.words, s.lemma, s.xpos)):
                g = lemmatise(t, w, x, i == 0)
                ok, n = ok + (g == l), n + 1
                bad[(w, x, l, g)] += g != l
        print(d, round(100 * ok / n, 2), bad.most_common(25))
