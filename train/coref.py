"""Learns the weights of he and she: a small net over the signs that coref-dump writes -> models/pronoun.bin.

For a rival with signs S:  h = relu(b + sum of S's rows),  score = w . h + sum of S's own weights. The net is
trained to give the right chain's mentions the greatest part of exp(score) (Denis and Baldridge 2008, with the sum
over a chain's mentions in place of the nearest one). Examples in which both the right name and another stand near
the pronoun count fully, the rest little: there is nothing to learn from a name alone in its place.
Gender is not learned, for texts that label themselves tell nothing of it: an unknown gender costs UNKNOWN.
GAP's development part joins the news with the share GAP of all weight; where GAP says that neither name
is meant, everybody else is right. With --fold K (0 to 4) a fifth of GAP, by page, stays out and its rows are
written to OUT.tsv: five nets, each scored on its own fifth with `nestor eval --task coref`, give the
cross-validated figure.

usage: coref.py [--fold K] OUT SIGNS KIND WHERE GENDER TABLE GAP.bin NEWS.bin...
       (first sign of each group: see src/entities/pronoun.h; TABLE: GAP's, whose rows GAP.bin was made of)
       coref.py --score NET.pt FILE.bin   share of pronouns whose right chain is chosen
"""
import struct
import sys
import zlib

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

HIDDEN, EPOCHS, RATE, BATCH, UNKNOWN, EASY = 24, 4, 2e-3, 64, 0.7, 0.15
GAP, FOLDS = 0.35, 5


def load(path):
    """Examples: signs of each rival, which are right, label and chain of each, which stand ahead."""
    raw = open(path, "rb").read()
    at, out = 0, []
    while at < len(raw):
        n, = struct.unpack_from("<I", raw, at)
        text = raw[at + 4:at + 4 + n].decode()
        at += 4 + n
        size, = struct.unpack_from("<I", raw, at)
        e = np.frombuffer(raw, "<u4", size // 4, at + 4).astype(np.int64)
        at += 4 + size
        i = 0
        while i < len(e):
            k = e[i + 1]
            i += 2
            x = dict(text=text, signs=[], gold=[], label=[], chain=[], ahead=[])
            for _ in range(k):
                for key in ("gold", "label", "chain", "ahead"):
                    x[key].append(e[i])
                    i += 1
                x["signs"].append(e[i + 1:i + 1 + e[i]])
                i += 1 + e[i]
            if k:
                out.append({a: b if a in ("signs", "text") else np.array(b) for a, b in x.items()})
    return out


class Net(nn.Module):
    def __init__(self, n_sign, hidden=HIDDEN, drop=0.3):
        super().__init__()
        self.sign = nn.EmbeddingBag(n_sign, hidden, mode="sum")
        nn.init.normal_(self.sign.weight, std=0.05)
        self.b = nn.Parameter(torch.zeros(hidden))
        self.lin = nn.EmbeddingBag(n_sign, 1, mode="sum")
        nn.init.zeros_(self.lin.weight)
        self.out = nn.Linear(hidden, 1)
        self.drop = nn.Dropout(drop)

    def forward(self, b):
        h = F.relu(self.b + self.sign(b["signs"], b["off"]))
        return self.lin(b["signs"], b["off"])[:, 0] + self.out(self.drop(h))[:, 0]


def batch(ex):
    signs, off, of, n = [], [], [], 0
    for i, e in enumerate(ex):
        for s in e["signs"]:
            off.append(n)
            signs.append(s)
            n += len(s)
        of += [i] * len(e["signs"])
    return dict(signs=torch.from_numpy(np.concatenate(signs)), off=torch.tensor(off), of=torch.tensor(of), n=len(ex),
                gold=torch.from_numpy(np.concatenate([e["gold"] for e in ex]).astype(bool)))


def loss_of(s, b, w):
    m = torch.full((b["n"],), -1e9).scatter_reduce(0, b["of"], s, "amax").detach()
    e = (s - m[b["of"]]).exp()
    z = torch.zeros(b["n"]).index_add(0, b["of"], e)
    g = torch.zeros(b["n"]).index_add(0, b["of"], e * b["gold"])
    return (-(g.clamp(min=1e-9).log() - z.log()) * w).sum() / w.sum()


def contested(e, kind, where):
    """Do the right name and another one stand in the pronoun's sentence or the one before?"""
    near = [any(kind + 3 <= k < kind + 8 for k in s) and any(k - where in (0, 1, 5) for k in s) for s in e["signs"]]
    return any(n and g for n, g in zip(near, e["gold"])) and any(n and not g for n, g in zip(near, e["gold"]))


def export(net, path):
    q = lambda x: np.clip(np.round(x.detach().numpy() * 256), -32768, 32767).astype("<i2").tobytes()
    rows = torch.cat([net.sign.weight, net.lin.weight], 1)
    with open(path, "wb") as f:
        f.write(b"NSTP" + struct.pack("<IHH", 1, len(rows), HIDDEN) + q(net.b) + q(rows) + q(net.out.weight[0]))


def fold(name):
    """The fold that a page is of."""
    return zlib.crc32(name.encode()) % FOLDS


def useful(ex):
    """Only a choice between right and wrong teaches."""
    return [e for e in ex if e["gold"].any() and not e["gold"].all()]


def weigh(ex, total):
    """Shares a total of weight out evenly."""
    for e in ex:
        e["w"] = total / len(ex)
    return ex


def from_news(files, kind, where, gender):
    """Pronouns of texts that label themselves, whose gender tells nothing."""
    ex = useful(e for f in files for e in load(f))
    for e in ex:
        e["w"] = 1.0 if contested(e, kind, where) else EASY
        e["signs"] = [s[(s != gender) & (s != gender + 1)] for s in e["signs"]]
    return ex


def from_gap(path, table, out, k):
    """GAP's pronouns outside of fold k, whose rows are written to OUT.tsv."""
    rows = [line.rstrip("\n").split("\t") for line in open(table)][1:]
    held = {r[0] for r in rows if fold(r[10]) == k}
    if k >= 0:
        with open(out + ".tsv", "w") as f:
            f.writelines("\t".join(r) + "\n" for r in rows if r[0] in held)
    ex = [e for e in load(path) if e["text"] not in held]
    for e in ex:
        if not e["gold"].any():
            e["gold"] = np.isin(e["label"], (1, 2), invert=True).astype(int)
    return useful(ex)


def train(k, out, n_sign, kind, where, gender, table, gap, files):
    torch.manual_seed(1), torch.set_num_threads(1)
    rng = np.random.default_rng(1)
    ex = from_news(files, kind, where, gender)
    all_ = sum(e["w"] for e in ex) / (1 - GAP)
    ex += weigh(from_gap(gap, table, out, k), GAP * all_)
    net = Net(n_sign)
    opt = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.05)
    steps, t = EPOCHS * (len(ex) // BATCH + 1), 0
    for ep in range(EPOCHS):
        net.train()
        order, total = rng.permutation(len(ex)), 0.0
        for i in range(0, len(order), BATCH):
            part = [ex[j] for j in order[i:i + BATCH]]
            for g in opt.param_groups:
                g["lr"] = RATE * max(0.05, 1 - t / steps)
            t += 1
            b = batch(part)
            loss = loss_of(net(b), b, torch.tensor([e["w"] for e in part]))
            opt.zero_grad()
            loss.backward()
            opt.step()
            with torch.no_grad():
                net.lin.weight[gender:gender + 2] = torch.tensor([[0.0], [-UNKNOWN]])
                net.sign.weight[gender:gender + 2] = 0
            total += loss.item()
        print(f"epoch {ep}: {len(ex)} pronouns, loss {total * BATCH / len(order):.3f}", flush=True)
    export(net, out)
    torch.save(net.state_dict(), out + ".pt")


def score(path, data):
    state = torch.load(path)
    net = Net(len(state["lin.weight"]))
    net.load_state_dict(state)
    net.eval()
    ex = [e for e in load(data) if e["gold"].any()]
    right = sum(bool(e["gold"][int(net(batch([e])).argmax())]) for e in ex)
    print(f"{right / len(ex):.3f} of {len(ex)} pronouns right")


if __name__ == "__main__":
    if sys.argv[1] == "--score":
        score(sys.argv[2], sys.argv[3])
    else:
        args, k = sys.argv[1:], -1
        if args[0] == "--fold":
            args, k = args[2:], int(args[1])
        train(k, args[0], *map(int, args[1:5]), *args[5:7], args[7:])
