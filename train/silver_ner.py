"""Silver names: runs an openly licensed name tagger (spaCy's en_core_web_sm 3.6, MIT) over unlabelled news.

    python silver_ner.py news.jsonl.zst N > silver_ner.conllu
Out: CoNLL-U with words and MISC NER=...; every other column "_". Tokenised roughly as UD does.
"""
import json
import random
import re
import subprocess
import sys

import spacy
from spacy.tokens import Doc

KIND = dict(PERSON="PER", ORG="ORG", GPE="LOC", LOC="LOC", FAC="LOC", NORP="NORP", EVENT="EVENT", LAW="DOC", WORK_OF_ART="DOC")
ABBR = set("""mr. mrs. ms. dr. prof. sen. rep. gov. gen. col. lt. sgt. capt. adm. st. jr. sr. u.s. u.k. u.n. e.u. d.c. inc. corp. co. ltd.
jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. no. vs. etc. a.m. p.m. i.e. e.g. rev. maj. cmdr. p.""".split())
TOKEN = re.compile(r"""https?://\S+|www\.\S+|\S+@\S+\.\w+|[#@]\w+|(?:[A-Za-z]\.){2,}|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?|
    [A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)*|\.{2,}|…|--+|.""", re.X)
CONTR = re.compile(r"^(.+?)(n['’]t|['’](?:s|re|ve|ll|d|m|S|RE|VE|LL))$", re.I)
KEEP = set("e re co ex non anti pre post multi un".split())


def tokens(text):
    """Words and whether white space follows each."""
    out = []
    for chunk in text.split():
        parts = []
        for m in TOKEN.finditer(chunk):
            t = m.group()
            c = CONTR.match(t)
            if t.lower() == "cannot":
                parts += [t[:3], t[3:]]
            elif c and t.lower() not in ("o'clock",):
                parts += [c.group(1), c.group(2)]
            else:
                parts.append(t)
        i = 0
        while i < len(parts):  # abbreviations keep their full stop, some prefixes their hyphen
            t = parts[i]
            if i + 1 < len(parts) and parts[i + 1] == "." and (t.lower() + "." in ABBR or re.fullmatch("[A-Z]", t)):
                parts[i:i + 2] = [t + "."]
            elif i + 2 < len(parts) and parts[i + 1] == "-" and t.lower() in KEEP and parts[i + 2].isalpha():
                parts[i:i + 3] = [t + "-" + parts[i + 2]]
            i += 1
        out += [[p, False] for p in parts]
        out[-1][1] = True
    return out


def sentences(par):
    """Splits a paragraph's tokens at sentence ends."""
    cur, toks = [], tokens(par)
    for i, (w, sp) in enumerate(toks):
        cur.append((w, sp))
        nxt = toks[i + 1][0] if i + 1 < len(toks) else None
        closing = w in ('"', "”", "'", "’", ")") and i and toks[i - 1][0] in (".", "!", "?")
        if nxt and sp and (w in (".", "!", "?", "…") or closing) and (nxt[0].isupper() or nxt[0].isdigit() or nxt in '"“‘(['):
            yield cur
            cur = []
    if cur:
        yield cur


def news(path):
    """Paragraphs of the articles, in random order of articles."""
    p = subprocess.Popen(["zstd", "-dc", path], stdout=subprocess.PIPE)
    arts = [json.loads(l)["text"] for l in p.stdout]
    random.Random(7).shuffle(arts)
    for t in arts:
        yield from (q.strip() for q in re.split(r"\n+", t) if q.strip())


def trimmed(doc):
    """Name tags without leading articles, quotes and trailing 's, as our scheme has them."""
    tags = ["O"] * len(doc)
    for e in doc.ents:
        k, a, b = KIND.get(e.label_), e.start, e.end
        while a < b and (doc[a].lower_ in ("the", "a", "an") or not doc[a].text[0].isalnum()):
            a += 1
        while b > a and (doc[b - 1].lower_ in ("'s", "’s") or not doc[b - 1].text[-1].isalnum() and doc[b - 1].text[-1] != "."):
            b -= 1
        for i in range(a, b if k else a):
            tags[i] = ("B-" if i == a else "I-") + k
    return tags


def main():
    nlp = spacy.load(sys.argv[3], exclude=["tagger", "parser", "senter", "lemmatizer", "attribute_ruler"])
    want, done, batch = int(sys.argv[2]), 0, []
    rng = random.Random(3)
    for par in news(sys.argv[1]):
        for s in sentences(par):
            if 5 <= len(s) <= 60 and rng.random() < 0.25:
                batch.append(Doc(nlp.vocab, [w for w, _ in s], [x for _, x in s]))
        if len(batch) >= 500:
            for d in nlp.pipe(batch):
                for i, (t, k) in enumerate(zip(d, trimmed(d))):
                    tag = "NER=" + k if k != "O" else ""
                    misc = "|".join(x for x in (tag, "" if t.whitespace_ else "SpaceAfter=No") if x) or "_"
                    print(f"{i + 1}\t{t.text}\t_\t_\t_\t_\t0\t_\t_\t{misc}")
                print()
                done += 1
            batch = []
            if done >= want:
                return


main()
