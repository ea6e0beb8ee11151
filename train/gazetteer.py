"""Names whose kind is known: states, their people and capitals, large cities, organisations.

Out: {name as tokens joined by blanks: kind number, weight}; src/parse/parse_names.c lets it vote on a name's kind.
"""
import glob
import json
import re

PLACE, NORP, ORG = 2, 3, 1
STRONG, WEAK = 30, 10   # tenths of a sure occurrence


def tokens(name):
    """Blanks between tokens, as our tokeniser splits them."""
    name = name.replace("’", "'")
    out = []
    for w in re.sub(r"([A-Za-z])-([A-Za-z])", r"\1 - \2", name).split():
        m = re.match(r"^(.+)('s)$", w)
        out += [m.group(1), m.group(2)] if m else [w.rstrip(",")]
    return " ".join(out)


def rows(path):
    for line in open(path, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            yield line.rstrip("\n").split("\t")


def names(cell):
    return [n for n in cell.split("|") if n not in ("-", "") and not n.endswith("*") and n[0].isupper()]


def build(actors, geo=None):
    out = {}

    def put(name, kind, weight):
        k = tokens(name).encode()
        if 2 <= len(k) <= 90 and k.decode()[0].isupper():
            if k in out and out[k][0] != kind:          # known as two things: no vote, unless one is strong
                if out[k][1] >= weight:
                    return
            out[k] = (kind, weight)

    people = set()
    for f in glob.glob(actors + "/people/*.tsv"):
        for c in rows(f):
            people.update(w for n in [c[1]] + c[2].split("|") for w in n.split())
    if geo:
        for c in json.load(open(geo + "/cities15000.json")).values():
            if c["population"] > 150000 and len(c["name"]) > 3 and c["name"] not in people:
                put(c["name"], PLACE, WEAK)
    for f, kind in (("orgs", ORG), ("companies", ORG), ("media", ORG), ("groups", ORG), ("parties", ORG)):
        for c in rows(f"{actors}/{f}.tsv"):
            for n in [c[4]] + names(c[5]) + names(c[6] if len(c) > 6 else "-"):
                if f == "parties" and " " not in n and not n.isupper():
                    continue
                if " " in n or (n.isupper() and len(n) > 2) or f in ("companies", "media"):
                    put(n, kind, WEAK + 5)
    for c in rows(actors + "/states.tsv"):
        for n in [c[1]] + names(c[2]):
            put(n, PLACE, STRONG if n not in ("Georgia", "Jordan", "Chad") else WEAK)
        for n in names(c[3]) + names(c[4]):
            put(n, NORP, STRONG)
        for n in names(c[5]):
            put(n, PLACE, WEAK if n in people else STRONG)
    for n in "US U.S. USA UAE UK U.K. DRC PRC Africa Asia Europe Crimea Kashmir Gaza Donbas Tibet Xinjiang".split():
        put(n, PLACE, STRONG)
    return {k: bytes(v) for k, v in out.items()}


if __name__ == "__main__":
    import sys
    g = build(*sys.argv[1:])
    print(len(g), [(k.decode(), tuple(v)) for k, v in list(g.items())[::97]])
