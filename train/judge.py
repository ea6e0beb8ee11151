#!/usr/bin/env python3
"""Fits the judge's weights (data/lexicon/judge.tsv) to verdict sheets.

In: eval/verdicts/*.tsv (features and verdicts, no publisher's words). Out: both columns of weights, in
place, and the calibration errors in ten bins, cross-validated over reports.
Idea: two logistic regressions, weights drawn towards the hand-set priors in the last two columns, because
some hundred verdicts can not settle seventy weights; "-" as a prior leaves a feature out. Targets: type, actor and recipient are all right;
there is an act of this type. A sheet of soft articles or of every modality is a draw of its own, so a sheet
can be given a weight ("eval/verdicts/soft_1.tsv=0.5").
Usage: train/judge.py [--pull ALL,ACT] [--dry] SHEET[=WEIGHT]...
"""
import math
import sys

PATH = "data/lexicon/judge.tsv"
SCALE = 0.6          # the priors' steps are larger than verdicts bear out
# How specific a frame is and how near the main clause it stands: what ranks the mentions of one sentence
# against each other. Sheets of single mentions say little of that, so these keep near their priors.
STIFF = ("amount_conditions", "words", "types", "stops", "main", "deep", "violent", "passive")


def read_sheet(arg):
    """Rows of (report, features, (all right, act right), weight)."""
    path, _, weight = arg.partition("=")
    rows = []
    with open(path) as f:
        next(f)
        for line in f:
            c = line.rstrip("\n").split("\t")
            if c[8] not in "01":
                continue
            feats = dict((k, float(v)) for k, v in (w.split("=") for w in c[12].split()))
            right = all(c[i] != "0" for i in (8, 9, 10))
            if right and "?" in (c[9], c[10]):     # whoever stands there now, nobody has judged it
                right = None
            rows.append((c[1], feats, (right, c[8] == "1"), float(weight or 1)))
    return rows


def score(w, feats):
    z = sum(w.get(k, 0.0) * v for k, v in feats.items())
    return 1 / (1 + math.exp(-max(-30, min(30, z))))


def solve(a, b):
    """x of a x = b, for a symmetric positive definite, by elimination."""
    n = len(b)
    a, x = [row[:] for row in a], b[:]
    for i in range(n):
        for j in range(i + 1, n):
            if a[j][i] == 0:
                continue
            q = a[j][i] / a[i][i]
            for k in range(i, n):
                a[j][k] -= q * a[i][k]
            x[j] -= q * x[i]
    for i in range(n - 1, -1, -1):
        x[i] = (x[i] - sum(a[i][k] * x[k] for k in range(i + 1, n))) / a[i][i]
    return x


def fit(rows, which, prior, pull):
    """Newton's method on the log loss plus pull * |w - prior|^2 / 2; the bias is nearly free."""
    names = sorted(prior)
    at = dict((k, i) for i, k in enumerate(names))
    pulls = [pull * (0.05 if k == "bias" else 10 if k in STIFF and which == 0 else 1) for k in names]
    w = dict(prior)
    coded = [([(at[k], v) for k, v in r[1].items() if k in at], r[2][which], r[3]) for r in rows]
    for _ in range(7):
        x = [w[k] for k in names]
        g = [pulls[i] * (x[i] - prior[k]) for i, k in enumerate(names)]
        h = [[pulls[i] if i == j else 0.0 for j in range(len(names))] for i in range(len(names))]
        for feats, right, weight in coded:
            p = 1 / (1 + math.exp(-max(-30, min(30, sum(x[i] * v for i, v in feats)))))
            d, c = (p - right) * weight, p * (1 - p) * weight
            for i, v in feats:
                g[i] += d * v
                row, cv = h[i], c * v
                for j, u in feats:
                    row[j] += cv * u
        step = solve(h, g)
        for i, k in enumerate(names):
            w[k] -= step[i]
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


def report(name, pairs):
    loss = -sum(math.log(p if y else 1 - p) for p, y in pairs) / len(pairs)
    print("%s: %d verdicts, %.3f right; held out: calibration error %.3f, log loss %.3f" %
          (name, len(pairs), sum(y for _, y in pairs) / len(pairs), calibration(pairs), loss))
    for floor in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        kept = [y for p, y in pairs if p >= floor]
        print("  from %.1f: %d kept, %.3f right, %.3f of the right kept" %
              (floor, len(kept), sum(kept) / max(1, len(kept)), sum(kept) / max(1, sum(y for _, y in pairs))))


def main():
    args, pulls, dry = sys.argv[1:], (7.0, 4.0), False
    while args and args[0].startswith("--"):
        if args[0] == "--dry":
            dry, args = True, args[1:]
        else:
            pulls, args = tuple(float(x) for x in args[1].split(",")), args[2:]
    sheets = [r for a in args for r in read_sheet(a)]
    lines = open(PATH).read().split("\n")
    cells = [line.split("\t") for line in lines]
    reports = sorted(set(r[0] for r in sheets))
    for which, name in ((0, "all of it"), (1, "the act")):
        pull, rows = pulls[which], [r for r in sheets if r[2][which] is not None]
        prior = dict((c[1], float(c[4 + which]) * SCALE) for c in cells
                     if c[0] == "weight" and c[4 + which] != "-")
        pairs = []
        for k in range(8):
            held = set(reports[k::8])
            w = fit([r for r in rows if r[0] not in held], which, prior, pull)
            pairs += [(score(w, r[1]), r[2][which]) for r in rows if r[0] in held]
        report(name, pairs)
        w = fit(rows, which, prior, pull)
        for c in cells:
            if c[0] == "weight":
                c[2 + which] = "%.3f" % w.get(c[1], 0)
    if not dry:
        open(PATH, "w").write("\n".join("\t".join(c) for c in cells))


main()
