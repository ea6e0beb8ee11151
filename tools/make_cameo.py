#!/usr/bin/env python3
"""make_cameo.py - writes data/lexicon/cameo.tsv: PLOVER type, mode and context to CAMEO and scores.

In:  three tables of facts: cameo_to_plover.tsv (CAMEO code to PLOVER), goldstein_cameo.tsv (CAMEO
     code to Goldstein score), plover_scores.tsv (PLOVER type and mode to conflict-cooperation score).
Out: one row for each type and mode ("-": none), and one more for each context that names another code.
     SANCTION  expel  -  166  -8.0  4  -5.5

Idea. The conversion table is many-to-one; it is inverted so that a code never says more than the
mention does:
  1. type, mode and context all equal: the shortest such code; of several equally short ones that do not
     share a listed parent with this very meaning, none (the next rule decides).
  2. the code of type and mode without a context.
  3. the nearest code above all codes of that type and mode, if the table gives it the same type
     (THREATEN has none for "arrest").
  4. the root code of the type.
CHOSEN holds the pairs where CAMEO has a plain word for the pair and the conversion table spreads it.
Goldstein is that of the code, else of its nearest listed parent, else empty.

Usage: make_cameo.py DIRECTORY_OF_THE_TABLES > data/lexicon/cameo.tsv
"""
import csv
import os
import sys

ROOT = {"AGREE": "030", "CONSULT": "040", "SUPPORT": "050", "CONCEDE": "080", "COOPERATE": "060",
        "AID": "070", "RETREAT": "084", "REQUEST": "100", "ACCUSE": "110", "REJECT": "120",
        "THREATEN": "130", "PROTEST": "140", "SANCTION": "160", "MOBILIZE": "150", "COERCE": "170",
        "ASSAULT": "180"}
QUAD = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2,
        "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4,
        "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4}
# CAMEO's own words: 042 make a visit, 112 accuse, 106 appeal to meet, 125 reject a meeting, 105 demand
# to yield, 124 refuse to yield, 172 administrative sanctions, 186 assassinate, 153 and 154 mobilise
# police and armed forces, 161 break diplomatic relations.
CHOSEN = {("CONSULT", "visit"): "042", ("ACCUSE", "allege"): "112", ("REQUEST", "meet"): "106",
          ("REJECT", "meet"): "125", ("REQUEST", "yield"): "105", ("REJECT", "yield"): "124",
          ("COERCE", "restrict"): "172", ("ASSAULT", "targeted"): "186",
          ("MOBILIZE", "troops"): "154", ("MOBILIZE", "police"): "153",
          ("SANCTION", "withdraw", "diplomatic"): "161"}


def rows(path):
    """The rows of a table as dictionaries."""
    with open(path, encoding="utf-8") as f:
        return list(csv.DictReader(f, delimiter="\t"))


def shortest(codes):
    """The one shortest code; a trailing 0 means "not further specified". None when several are equal."""
    keys = sorted({c.rstrip("0") if len(c) == 3 else c for c in codes}, key=len)
    least = [k for k in keys if len(k) == len(keys[0])] if keys else []
    if len(least) != 1:
        return None
    return next(c for c in sorted(codes) if (c.rstrip("0") if len(c) == 3 else c) == least[0])


def above(codes, types, event_type):
    """The nearest listed code above all codes that the table gives the same type."""
    prefix = os.path.commonprefix(sorted(codes))
    while len(prefix) >= 2:
        for code in (prefix, prefix + "0"):
            if len(code) >= 3 and types.get(code) == event_type:
                return code
        prefix = prefix[:-1]
    return None


def goldstein_of(code, goldstein):
    """The score of the code or of its nearest listed parent; "-" if there is none."""
    while code:
        if code in goldstein:
            return goldstein[code]
        code = code[:-1]
    return "-"


def main(directory):
    table = rows(os.path.join(directory, "cameo_to_plover.tsv"))
    goldstein = {r["cameo"]: r["goldstein"] for r in rows(os.path.join(directory, "goldstein_cameo.tsv"))}
    scores = {(r["category"], r["mode"] or ""): r["score"]
              for r in rows(os.path.join(directory, "plover_scores.tsv"))}
    types = {r["cameo"]: r["event_type"] for r in table}
    print("#nestor-lexicon 1 cameo")
    print("# Made by tools/make_cameo.py; do not edit. Derived from PLOVER's conversion table and manual")
    print("# (Open Event Data Alliance, CC BY-SA 4.0); this file is under the same licence, CC BY-SA 4.0.")
    print("# type\tmode\tcontext\tcameo\tgoldstein\tquad\tevent_scale")
    for (event_type, mode), score in sorted(scores.items(), key=lambda x: (list(ROOT).index(x[0][0]), x[0][1])):
        pair = [r for r in table if r["event_type"] == event_type and (r["mode"] or "") == mode]
        plain = [r["cameo"] for r in pair if not r["context"]]
        code = CHOSEN.get((event_type, mode)) if mode else ROOT[event_type]
        code = code or shortest(plain) or (above([r["cameo"] for r in pair], types, event_type) if pair else None)
        code = code or ROOT[event_type]
        found = [("-", code)]
        for context in sorted({c for r in pair for c in (r["context"] or "").split(";") if c}):
            # A row of several contexts fits a mention with one of them only if they mean one thing.
            fit = [r["cameo"] for r in pair if context in (r["context"] or "").split(";")
                   and (r["context"] == context or r["context"] == "crime;corruption")]
            best = CHOSEN.get((event_type, mode, context)) or shortest(fit)
            if best and best != code:
                found.append((context, best))
        for context, c in found:
            print("\t".join([event_type, mode or "-", context, c, goldstein_of(c, goldstein),
                             str(QUAD[event_type]), score]))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
