"""Given names that tell he from she, from three open lists -> data/words/given_names.tsv.

Sources: the name frequencies of the US census of 1990 (public domain, by way of the package `names`), and the
given names that the packages Faker and mimesis (both MIT) know by country. A name counts as telling when no list
holds it for the other gender, or the census knows it as ten times more frequent for one.

usage: given_names.py OUT KNOWN.tsv   (KNOWN.tsv: names written from general knowledge, which win where they differ)
"""
import collections
import importlib
import json
import os
import re
import sys
import unicodedata

import faker
import mimesis
import names


# Names of public life that the lists miss, from general knowledge.
MORE = {
    "m": "mitt jeb newt rand steny beto bibi binyamin benyamin dzhokhar tamerlan trayvon ahmaud reince xi hu kofi ban "
         "recep moammar muammar osama ayman abu lindsey sheldon devin orrin scooter dwight strom thad saxby ehud ariel "
         "shimon yitzhak menachem hosni anwar gamal saddam tariq qassem qasem ruhollah mahmoud hassan ebrahim shinzo "
         "junichiro yoshihide naoto fumio deng mao zhou emmanuel nicolas jacques francois olaf gerhard helmut evo "
         "lula jair nestor hugo nicolas fidel raul robert thabo jacob cyril uhuru raila yoweri goodluck muhammadu "
         "volodymyr viktor petro leonid boris dmitry dmitri sergei sergey vladimir alexei mikhail nursultan ilham "
         "heydar islam emomali kurmanbek almazbek imran nawaz asif pervez narendra manmohan rajiv atal mahathir anwar "
         "joko susilo rodrigo benigno ferdinand lee nguyen najib thaksin prayuth hun aung-san ratko slobodan radovan "
         "franjo alija recep abdullah bashar hafez rafik saad nabih michel walid moqtada nouri haider adel barham "
         "jalal massoud elvis snoop kanye jay lebron kobe tiger mookie".split(),
    "f": "ivanka omarosa melania kamala tulsi kellyanne condoleezza breonna huma chelsea tipper nancy michelle hillary "
         "angela theresa indira benazir golda cristina dilma michelle ellen joyce aung wanjiru wangari yingluck megawati sheikh-hasina "
         "khaleda chandrika corazon gloria kersti dalia helle jacinda julia ursula federica christine catherine ngozi "
         "malala greta oprah rihanna beyonce madonna shakira serena venus simone megyn rachel sonia ruth elena ketanji "
         "loretta valerie samantha susan madeleine janet geraldine sarah marine segolene anne".split()}


def fold(w):
    """First word, lower case, without diacritics; None when it is not in Latin letters."""
    w = re.split(r"[\s\-.]", w.strip())[0]
    for a, b in (("ø", "o"), ("ł", "l"), ("đ", "d"), ("ß", "ss"), ("æ", "ae"), ("ı", "i"), ("ð", "d")):
        w = w.lower().replace(a, b)
    w = "".join(c for c in unicodedata.normalize("NFD", w) if unicodedata.category(c) != "Mn")
    return w if re.fullmatch(r"[a-z']{3,}", w) else None


def census():
    base = os.path.dirname(names.__file__)
    share = {"m": {}, "f": {}}
    for g, f in (("m", "dist.male.first"), ("f", "dist.female.first")):
        for line in open(os.path.join(base, f)):
            c = line.split()
            share[g][c[0].lower()] = float(c[1])
    return share


def lists():
    """name -> Counter of gender over the countries' lists."""
    seen = collections.defaultdict(collections.Counter)
    base = os.path.join(os.path.dirname(faker.__file__), "providers", "person")
    for loc in sorted(os.listdir(base)):
        if "_" not in loc or loc.startswith("__"):
            continue
        p = importlib.import_module(f"faker.providers.person.{loc}").Provider
        for g, word in (("m", "male"), ("f", "female")):
            for n in set(getattr(p, f"first_names_{word}", ())):
                if fold(n):
                    seen[fold(n)][g] += 1
    base = os.path.join(os.path.dirname(mimesis.__file__), "datasets")
    for loc in sorted(os.listdir(base)):
        f = os.path.join(base, loc, "person.json")
        if not os.path.exists(f):
            continue
        d = json.load(open(f)).get("names", {})
        for g, word in (("m", "male"), ("f", "female")):
            for n in set(d.get(word, ()) if isinstance(d, dict) else ()):
                if fold(n):
                    seen[fold(n)][g] += 1
    return seen


def main(out, known):
    share, seen = census(), lists()
    tell = {}
    for n in set(share["m"]) | set(share["f"]) | set(seen):
        m, f = share["m"].get(n, 0), share["f"].get(n, 0)
        cm, cf = seen[n]["m"], seen[n]["f"]
        if m + f:
            g = "m" if m > 10 * f else "f" if f > 10 * m else None
            if g and (cm if g == "f" else cf) > (cf if g == "f" else cm):
                g = None
        else:
            g = "m" if cm >= 1 and not cf else "f" if cf >= 1 and not cm else None
            if not g and cm + cf >= 6:
                g = "m" if cm >= 5 * cf else "f" if cf >= 5 * cm else None
        if g and len(n) > 2:
            tell[n] = g
    for line in open(known):
        n, g = line.rstrip("\n").split("\t")
        tell[n] = g
    for g, more in MORE.items():
        for n in more:
            if "-" not in n:
                tell[n] = g
    with open(out, "w") as f:
        for n in sorted(tell):
            f.write(f"{n}\t{tell[n]}\n")
    print(len(tell), "names", sum(g == "f" for g in tell.values()), "of them hers")


main(*sys.argv[1:])
