"""Unlabelled text for self-training: documents separated by form feeds, to be parsed by the accurate model.

    python3 silver_text.py DATA N_ARTICLES > text.txt ;  nestor parse --model accurate ... > silver.conllu
News: some paragraphs of each of N random articles. MASC, WikiWars, ECB+: all, put back into plain text.
"""
import glob
import io
import json
import random
import re
import subprocess
import sys
import tarfile
import zipfile

LEFT = set(""", . ; : ! ? ) ] % 's n't 're 've 'll 'm 'd ’s ” '' ...""".split())
RIGHT = set("( [ $ `` “".split())


def join(words):
    """Words as English is written."""
    out, glue = "", True
    for w in words:
        if not (glue or w in LEFT or w.lower() in LEFT):
            out += " "
        out += {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}.get(w, w)
        glue = w in RIGHT or w == "-LRB-"
    return out


def news(path, n, rng):
    p = subprocess.Popen(["zstd", "-dc", path], stdout=subprocess.PIPE)
    arts = rng.sample([json.loads(l) for l in p.stdout], n)
    for a in arts:
        par = [q.strip() for q in a["text"].split("\n") if len(q.strip()) > 40]
        if par:
            i = rng.randrange(max(1, len(par) - 4)) if rng.random() < 0.7 else 0
            yield "\n\n".join(([a["title"]] if i == 0 and a.get("title") else []) + par[i:i + 5])


def masc(path):
    z = zipfile.ZipFile(path)
    cat = dict(l.split(None, 1) for l in z.read("masc_tagged/categories.txt").decode().splitlines() if l.strip())
    skip = {"spam", "movie-script", "technical", "telephone", "face-to-face", "court-transcript"}
    for name, c in sorted(cat.items()):
        if c.strip() in skip or c.strip() == "jokes":
            continue
        lines = z.read("masc_tagged/" + name).decode("utf-8", "replace").splitlines()
        yield "\n\n".join(join([t.rsplit("_", 1)[0] for t in l.split()]) for l in lines if l.strip())


def wikiwars(path):
    for m in tarfile.open(path).getmembers():
        if m.name.endswith(".sgm") or m.name.endswith(".sgml"):
            t = tarfile.open(path).extractfile(m).read().decode("utf-8", "replace")
            t = re.sub(r"<[^>]+>", "", t[t.find("<TEXT>"):])
            if "key" not in m.name:
                yield t


def ecb(path):
    t = tarfile.open(path)
    for m in t.getmembers():
        if m.name.endswith(".xml"):
            x = t.extractfile(m).read().decode("utf-8", "replace")
            sents = {}
            for s, w in re.findall(r'sentence="(\d+)" number="\d+">([^<]*)</token>', x):
                sents.setdefault(int(s), []).append(w.replace("&amp;", "&").replace("&quot;", '"').replace("&apos;", "'"))
            yield "\n\n".join(join(w) for _, w in sorted(sents.items()) if not w[0].startswith("http"))


def main():
    data, n = sys.argv[1], int(sys.argv[2])
    rng = random.Random(11)
    docs = list(masc(data + "/pos/masc_tagged.zip")) + list(wikiwars(data + "/temporal/wikiwars.tar.xz")) + \
        list(ecb(data + "/clusters/ecbplus.tar.xz"))
    docs += news(data + "/news/us_politics_2012_2020.jsonl.zst", n, rng)
    rng.shuffle(docs)
    sys.stdout.write("\f".join(d.replace("\f", " ").replace("\0", " ") for d in docs))


main()
