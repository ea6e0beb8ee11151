"""The two networks of the parser, in PyTorch: a small transformer (accurate) and a recurrent net over hashes (fast).

Both end in the same heads, so that one C program (src/parse) can serve both:
  tags   three linear classifiers: UPOS, XPOS, FEATS; names: BIO classifier
  arcs   score(i, j) = dep_i . hd_j / sqrt(d) + bias of the distance j - i;  head 0 is a learned vector
  rels   relu(dep'_i + hd'_head(i)) -> label
After Dozat and Manning (2017), without the bilinear label tensor: sums are cheap to pre-compute.
"""
import json
import math
import struct
import unicodedata

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

DIST = 33  # buckets of the signed distance


def dist_bucket(d):
    """Signed distance -> bucket: exact to 8, then doubling steps; the same as dist_bucket() in C."""
    a = d.abs()
    b = torch.where(a <= 8, a, 8 + torch.log2(a.clamp(min=1).float() / 8).ceil().long()).clamp(max=13)
    return 16 + torch.sign(d) * b


class Heads(nn.Module):
    """Everything after the encoder. x: [B, T, D], one row per word."""

    def __init__(self, d, n, arc=96, rel=96, drop=0.2):
        super().__init__()
        self.tag = nn.ModuleDict({k: nn.Linear(d, n[k]) for k in ("upos", "xpos", "feats", "ner")})
        self.arc_d, self.arc_h = nn.Linear(d, arc), nn.Linear(d, arc)
        self.rel_d, self.rel_h = nn.Linear(d, rel), nn.Linear(d, rel)
        self.root = nn.Parameter(torch.randn(d) * 0.1)
        self.dist = nn.Parameter(torch.zeros(DIST + 1))
        self.rel_out = nn.Linear(rel, n["rel"])
        self.drop = nn.Dropout(drop)
        self.arc_dim = arc

    def arcs(self, x, mask):
        """Scores [B, T, T + 1]; column 0 is the root."""
        B, T, D = x.shape
        xr = torch.cat([self.root.expand(B, 1, D), x], 1)
        s = self.arc_d(x) @ self.arc_h(xr).transpose(1, 2) / math.sqrt(self.arc_dim)
        i = torch.arange(T)
        b = torch.cat([torch.full((T, 1), DIST), dist_bucket(i[None, :] - i[:, None])], 1)
        s = s + self.dist[b]
        m = torch.cat([torch.ones(B, 1, dtype=torch.bool), mask], 1)
        s = s.masked_fill(~m[:, None, :], -1e4)
        eye = torch.cat([torch.zeros(T, 1, dtype=torch.bool), torch.eye(T, dtype=torch.bool)], 1)
        return s.masked_fill(eye[None], -1e4), xr

    def rels(self, x, xr, head):
        """Label scores [B, T, R] for the given heads."""
        h = self.rel_h(xr)
        h = h.gather(1, head.clamp(min=0)[:, :, None].expand(-1, -1, h.shape[2]))
        return self.rel_out(self.drop(F.relu(self.rel_d(x) + h)))

    def forward(self, x, mask, head=None):
        x = self.drop(x)
        out = {k: m(x) for k, m in self.tag.items()}
        out["arc"], xr = self.arcs(x, mask)
        out["rel"] = self.rels(x, xr, head if head is not None else out["arc"].argmax(-1))
        return out


def loss(out, gold, weights, soft=None):
    """Sum of the cross-entropies; -100 marks what a corpus does not say."""
    total = 0.0
    for k, w in weights.items():
        key = "head" if k == "arc" else k
        o, g = out[k].flatten(0, 1), gold[key].flatten()
        if (g >= 0).any():
            total = total + w * F.cross_entropy(o, g, ignore_index=-100)
    return total


# ---- the transformer -------------------------------------------------------------------------------------------

def load_safetensors(path):
    """A .safetensors file as a dict of float32 tensors."""
    raw = open(path, "rb").read()
    n = struct.unpack("<Q", raw[:8])[0]
    head = json.loads(raw[8:8 + n])
    return {k: torch.from_numpy(np.frombuffer(raw, np.float32, offset=8 + n + v["data_offsets"][0],
                                              count=(v["data_offsets"][1] - v["data_offsets"][0]) // 4)
                                .reshape(v["shape"]).copy())
            for k, v in head.items() if k != "__metadata__" and v["dtype"] == "F32"}


class WordPiece:
    """BERT's uncased word pieces of one word: lower-cased, accents off, longest match first, punctuation apart."""

    def __init__(self, vocab):
        self.v, self.memo = vocab, {}

    def pieces(self, w):
        if w in self.memo:
            return self.memo[w]
        t = "".join(c for c in unicodedata.normalize("NFD", w.lower()) if unicodedata.category(c) != "Mn")
        out = []
        for part in self.split(t):
            i = 0
            while i < len(part) and len(part) <= 64:
                j = min(len(part), i + 24)
                while j > i and (("##" if i else "") + part[i:j]) not in self.v:
                    j -= 1
                if j == i:
                    break
                out.append(self.v[("##" if i else "") + part[i:j]])
                i = j
            if i < len(part):
                out.append(self.v["[UNK]"])
        self.memo[w] = out[:12] or [self.v["[UNK]"]]
        return self.memo[w]

    @staticmethod
    def split(t):
        """Runs of letters and digits; every other character alone."""
        out, run = [], ""
        for c in t:
            if unicodedata.category(c)[0] in "PS":
                out += [run] if run else []
                out.append(c)
                run = ""
            elif not c.isspace():
                run += c
        return out + ([run] if run else [])


class MiniLM(nn.Module):
    """Six layers of BERT shape, width 384; shape of the word (case) added to its pieces."""

    def __init__(self, sd=None, layers=6, d=384, ff=1536, nh=12, vocab=30522, drop=0.1):
        super().__init__()
        self.d, self.nh = d, nh
        self.word, self.pos = nn.Embedding(vocab, d), nn.Embedding(512, d)
        self.shape, self.typ = nn.Embedding(26, d), nn.Parameter(torch.zeros(d))
        nn.init.zeros_(self.shape.weight)
        self.ln0 = nn.LayerNorm(d, eps=1e-12)
        self.L = nn.ModuleList(nn.ModuleDict(dict(
            qkv=nn.Linear(d, 3 * d), o=nn.Linear(d, d), ln1=nn.LayerNorm(d, eps=1e-12),
            f1=nn.Linear(d, ff), f2=nn.Linear(ff, d), ln2=nn.LayerNorm(d, eps=1e-12))) for _ in range(layers))
        self.drop = nn.Dropout(drop)
        if sd:
            self.load_bert(sd)

    def load_bert(self, sd):
        sd = {k.replace("bert.", ""): v for k, v in sd.items()}
        self.word.weight.data = sd["embeddings.word_embeddings.weight"]
        self.pos.weight.data = sd["embeddings.position_embeddings.weight"]
        self.typ.data = sd["embeddings.token_type_embeddings.weight"][0]
        def cp(m, k):
            m.weight.data, m.bias.data = sd[k + ".weight"], sd[k + ".bias"]
        cp(self.ln0, "embeddings.LayerNorm")
        for i, l in enumerate(self.L):
            p = f"encoder.layer.{i}."
            l["qkv"].weight.data = torch.cat([sd[p + f"attention.self.{k}.weight"] for k in ("query", "key", "value")])
            l["qkv"].bias.data = torch.cat([sd[p + f"attention.self.{k}.bias"] for k in ("query", "key", "value")])
            cp(l["o"], p + "attention.output.dense"); cp(l["ln1"], p + "attention.output.LayerNorm")
            cp(l["f1"], p + "intermediate.dense"); cp(l["f2"], p + "output.dense"); cp(l["ln2"], p + "output.LayerNorm")

    def forward(self, ids, shp, mask, first):
        """ids, shp, mask: [B, S] pieces; first: [B, T] index of each word's first piece. Returns [B, T, d]."""
        B, S = ids.shape
        x = self.word(ids) + self.pos.weight[:S] + self.typ + self.shape(shp)
        x = self.drop(self.ln0(x))
        bias = (~mask).float()[:, None, None, :] * -1e4
        for l in self.L:
            q, k, v = l["qkv"](x).view(B, S, 3, self.nh, self.d // self.nh).permute(2, 0, 3, 1, 4)
            a = (q @ k.transpose(2, 3) / math.sqrt(self.d // self.nh) + bias).softmax(-1)
            a = (self.drop(a) @ v).transpose(1, 2).reshape(B, S, self.d)
            x = l["ln1"](x + self.drop(l["o"](a)))
            x = l["ln2"](x + self.drop(l["f2"](F.gelu(l["f1"](x)))))
        return x.gather(1, first[:, :, None].expand(-1, -1, self.d))


# ---- the fast net ----------------------------------------------------------------------------------------------

SLOTS = ["word", "suf2", "suf3", "suf4", "pre2", "pre3", "pre4", "shape"]


class Fast(nn.Module):
    """Sum of hashed embeddings -> convolution of width 3 -> quasi-recurrent layers both ways."""

    def __init__(self, rows, d=192, layers=3, drop=0.2):
        super().__init__()
        self.d = d
        self.emb = nn.ModuleList(nn.Embedding(r, d, sparse=True) for r in rows)
        for e in self.emb:
            nn.init.normal_(e.weight, std=0.3)
        self.ln0 = nn.LayerNorm(d)
        self.conv = nn.Linear(3 * d, d)
        self.ln1 = nn.LayerNorm(d)
        self.rnn = nn.ModuleList(nn.ModuleDict(dict(w=nn.Linear(d, 3 * d), ln=nn.LayerNorm(d))) for _ in range(layers))
        self.drop = nn.Dropout(drop)

    def forward(self, ids, mask):
        """ids: [B, T, len(SLOTS)]; mask: [B, T]. Returns [B, T, d]."""
        x = sum(e(ids[:, :, k]) for k, e in enumerate(self.emb))
        if self.training:  # sometimes the word itself is unknown
            keep = (torch.rand(ids.shape[:2] + (1,)) > 0.1).float()
            x = x - (1 - keep) * self.emb[0](ids[:, :, 0])
        m = mask[:, :, None].float()
        x = self.drop(self.ln0(x)) * m
        p = F.pad(x, (0, 0, 1, 1))
        x = self.ln1(x + F.relu(self.conv(torch.cat([p[:, :-2], x, p[:, 2:]], 2))))
        h = self.d // 2
        for l in self.rnn:
            z, f, o = l["w"](self.drop(x)).chunk(3, 2)
            f = torch.sigmoid(f) * m            # padding forgets nothing and adds nothing
            z = torch.tanh(z) * m
            y = torch.cat([scan(f[:, :, :h], z[:, :, :h], False), scan(f[:, :, h:], z[:, :, h:], True)], 2)
            x = l["ln"](x + torch.sigmoid(o) * y)
        return x


class Scan(torch.autograd.Function):
    """c_t = c_{t-1} + f_t (z_t - c_{t-1}); written out, for autograd through many small steps is slow."""

    @staticmethod
    def forward(ctx, f, z):
        c, prev = torch.empty_like(z), torch.zeros_like(z[0])
        for t in range(z.shape[0]):
            prev = torch.lerp(prev, z[t], f[t])
            c[t] = prev
        ctx.save_for_backward(f, z, c)
        return c

    @staticmethod
    def backward(ctx, g):
        f, z, c = ctx.saved_tensors
        gf, gz, acc = torch.empty_like(f), torch.empty_like(z), torch.zeros_like(z[0])
        zero = torch.zeros_like(z[0])
        for t in range(z.shape[0] - 1, -1, -1):
            acc = acc + g[t]
            prev = c[t - 1] if t else zero
            gf[t] = acc * (z[t] - prev)
            gz[t] = acc * f[t]
            acc = acc * (1 - f[t])
        return gf, gz


def scan(f, z, back):
    f, z = f.transpose(0, 1), z.transpose(0, 1)
    if back:
        f, z = f.flip(0), z.flip(0)
    c = Scan.apply(f.contiguous(), z.contiguous())
    return (c.flip(0) if back else c).transpose(0, 1)
