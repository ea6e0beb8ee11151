#!/usr/bin/env python3
"""Fits the judge's weights (data/lexicon/judge.tsv) to verdict sheets.

In: eval/verdicts/*.tsv (features and verdicts, no publisher's words). Out: the weights' third column, in
place, and the calibration error in ten bins, cross-validated over reports.
Idea: logistic regression, weights drawn towards the hand-set prior in the fourth column, because a few
hundred verdicts can not settle forty weights. Target: type, actor and recipient are all right.
Usage: train/judge.py [--pull X] SHEET...
"""
import math
import sys

PATH = "data/lexicon/judge.tsv"
SCALE = 0.6          # the prior's steps are larger than verdicts bear out


def read_sheet(path):
    """Rows of (report, features, right)."""
    rows = []
    with open(path) as f:
        next(f)
        for line in f:
            c = line.rstrip("\n").split("\t")
            if c[8] not in "01":
                continue
            feats = dict((k, float(v)) for k, v in (w.split("=") for w in c[12].split()))
            rows.append((c[1], feats, all(c[i] != "0" for i in (8, 9, 10))))
    return rows


def score(w, feats):
    z = sum(w.get(k, 0.0) * v for k, v in feats.items())
    return 1 / (1 + math.exp(-max(-30, min(30, z))))


def fit(rows, prior, pull):
    """Gradient descent on the log loss plus pull * |w - prior|^2 / 2; the bias is free."""
    w = dict(prior)
    step = 1.0 / (len(rows) * 1.5 + pull)
    for _ in range(3000):
        g = dict((k, pull * (w[k] - prior[k]) * (0.05 if k == "bias" else 1)) for k in w)
        for _, feats, right in rows:
            d = score(w, feats) - right
            for k, v in feats.items():
                g[k] = g.get(k, 0) + d * v
        for k in w:
            w[k] -= step * g[k]
    return w


def calibration(pairs):
    """Mean gap between confidence and share right over ten bins."""
    bins = [[0, 0.0, 0] for _ in range(10)]
    for p, right in pairs:
        b = bins[min(9, int(p * 10))]
        b[0] += 1
        b[1] += p
        b[2] += right
    return sum(abs(b[1] - b[2]) for b in bins) / max(1, len(pairs))


def main():
    args = sys.argv[1:]
    pull = 4.0
    if args and args[0] == "--pull":
        pull, args = float(args[1]), args[2:]
    rows = [r for p in args for r in read_sheet(p)]
    lines = open(PATH).read().split("\n")
    prior = {}
    for line in lines:
        c = line.split("\t")
        if c[0] == "weight":
            prior[c[1]] = float(c[3]) * SCALE
    reports = sorted(set(r[0] for r in rows))
    pairs = []
    for k in range(10):
        held = set(reports[k::10])
        w = fit([r for r in rows if r[0] not in held], prior, pull)
        pairs += [(score(w, r[1]), r[2]) for r in rows if r[0] in held]
    loss = -sum(math.log(p if y else 1 - p) for p, y in pairs) / len(pairs)
    print("%d verdicts, %.3f right; held out: calibration error %.3f, log loss %.3f" %
          (len(rows), sum(r[2] for r in rows) / len(rows), calibration(pairs), loss))
    for floor in (0.2, 0.3, 0.4, 0.5, 0.6):
        kept = [y for p, y in pairs if p >= floor]
        print("  from %.1f: %d kept, %.3f right" % (floor, len(kept), sum(kept) / max(1, len(kept))))
    w = fit(rows, prior, pull)
    out = []
    for line in lines:
        c = line.split("\t")
        if c[0] == "weight":
            c[2] = "%.3f" % w[c[1]]
        out.append("\t".join(c))
    open(PATH, "w").write("\n".join(out))


main()
