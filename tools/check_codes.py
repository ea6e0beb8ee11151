#!/usr/bin/env python3
"""check_codes.py CODES.tsv EXCEPTIONS - our present codes against Python's country_converter (GPL; only
read here, nothing of it is kept). Each difference must be in EXCEPTIONS ("STATE SYSTEM theirs ours: why"),
and each exception must still be a difference. Exit 77: country_converter is not installed."""
import csv
import importlib.util
import os
import sys

SYSTEMS = {"iso2": "ISO2", "isonum": "ISOnumeric", "m49": "UNcode", "gw": "GWcode"}


def ours(path):
    """Codes valid today: (state, system) -> set of codes."""
    codes = {}
    for line in open(path, encoding="utf-8"):
        if not line.startswith("#") and line.strip():
            state, system, code, _, end = (line.rstrip("\n").split("\t") + ["-"] * 5)[:5]
            if end == "-":
                codes.setdefault((state, system), set()).add(code.rstrip("?").lstrip("0") or "0")
    return codes


def main():
    spec = importlib.util.find_spec("country_converter")
    if not spec:
        print("country_converter is not installed (pip install country_converter)")
        return 77
    table = os.path.join(os.path.dirname(spec.origin), "country_data.tsv")
    known = {tuple(x.split(":")[0].split()) for x in open(sys.argv[2], encoding="utf-8") if x.strip() and x[0] != "#"}
    mine, differ, compared = ours(sys.argv[1]), set(), 0
    states = {s for s, _ in mine}
    for row in csv.DictReader(open(table, encoding="utf-8"), delimiter="\t"):
        state = {"ESH": "WESTERN_SAHARA"}.get(row["ISO3"], row["ISO3"])
        for system, column in SYSTEMS.items():
            theirs = (row[column] or "").lstrip("0") or "-"
            if theirs == "-" or state not in states:
                continue
            compared += 1
            have = mine.get((state, system), {"-"})
            if theirs not in have:
                differ.add((state, system, theirs, "/".join(sorted(have))))
    for d in sorted(differ - known):
        print("not listed as an exception:", *d)
    for d in sorted(known - differ):
        print("listed, but no difference any more:", *d)
    print(f"{compared} codes compared with country_converter, {len(differ)} known exceptions" if differ == known else "codes differ")
    return 0 if differ == known else 1


if __name__ == "__main__":
    sys.exit(main())
