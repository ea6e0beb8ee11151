"""Keeps of two taggers' names only what both say; elsewhere the tag is left open ("?").

    python3 agree.py silver_ner.conllu N FIRST.conllu      the first N sentences, with dummy trees, to be parsed
    python3 agree.py silver_ner.conllu N FIRST.conllu PARSED.conllu > agreed_ner.conllu
PARSED: the same words after `nestor parse --entities --conllu --model accurate FIRST.conllu`.
"""
import sys

import corpus


def main():
    ss = corpus.read_conllu(sys.argv[1], ner_col=True)[:int(sys.argv[2])]
    if len(sys.argv) == 4:
        with open(sys.argv[3], "w") as f:
            for s in ss:
                for i, w in enumerate(s.words):
                    f.write(f"{i + 1}\t{w}\t_\tX\t_\t_\t{0 if i == 0 else 1}\tdep\t_\t{'_' if s.space[i] else 'SpaceAfter=No'}\n")
                f.write("\n")
        return
    for s, t in zip(ss, corpus.read_conllu(sys.argv[4], ner_col="ours")):
        if s.words != t.words:
            continue
        for i, w in enumerate(s.words):
            tag = s.ner[i] if s.ner[i] == t.ner[i] else "?"
            misc = "|".join(x for x in ("NER=" + tag if tag != "O" else "", "" if s.space[i] else "SpaceAfter=No") if x) or "_"
            print(f"{i + 1}\t{w}\t_\t_\t_\t_\t0\t_\t_\t{misc}")
        print()


main()
