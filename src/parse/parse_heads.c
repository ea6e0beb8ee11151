/* parse_heads.c - from a row of numbers a word to tags, trees and names.
 *
 * In: the encoder's rows. Out: said VERB root <- expelled VERB ccomp <- Graustark PROPN nsubj.
 * The idea: one product gives all classifiers' scores and the vectors of dependents and heads; the
 * score of an arc is a dot product plus a learned bias for its distance, the tree is the best one
 * over all arcs (Dozat and Manning, 2017); its label comes from the sum of the two ends. Names are
 * BIO tags with the best allowed path (Viterbi).
 * Invariants: (1) exactly one root a sentence; (2)
 * names are runs B I I of one kind, inside a sentence.
 */
#include "parse_model.h"

#include <math.h>

/* Bucket of a signed distance: exact to 8, then doubling steps; as dist_bucket() in train/model.py.
 */
static uint32_t dist_bucket(int32_t d) {
    int32_t a = d < 0 ? -d : d, b = a;
    if (a > 8) {
        b = 8;
        for (int32_t lim = 8; lim < a; lim *= 2) b++;
        if (b > 13) b = 13;
    }
    return (uint32_t)(16 + (d > 0 ? b : d < 0 ? -b : 0));
}

/* ---- arcs -------------------------------------------------------------------------------- */

/* Scores of all arcs of a sentence of n words, rows y; score is [n][n + 1], column 0 the root. */
static void arc_scores(const pm_batch *b, const float *y, uint32_t n, float *score) {
    const nst_parse_model *m = b->m;
    float scale = 1.0f / sqrtf((float)m->arc);
    for (uint32_t i = 0; i < n; i++) {
        const float *d = y + (size_t)i * m->n_out + m->at_arc_d;
        float *row = score + (size_t)i * (n + 1);
        row[0] = b->k->dot(d, m->root_arc, m->arc) * scale + m->dist[33];
        for (uint32_t j = 0; j < n; j++) {
            if (i == j) {
                row[j + 1] = -1e4f;
                continue;
            }
            float s = b->k->dot(d, y + (size_t)j * m->n_out + m->at_arc_h, m->arc);
            row[j + 1] = s * scale + m->dist[dist_bucket((int32_t)j - (int32_t)i)];
        }
    }
}

/* Labels of the arcs of a sentence; head as pm_tree gives it. */
static void label_arcs(pm_batch *b, const float *y, uint32_t n, const uint32_t *head,
                       uint8_t *rel) {
    const nst_parse_model *m = b->m;
    float *sum = NST_ARRAY(b->scratch, float, (size_t)n * m->rel);
    float *out = NST_ARRAY(b->scratch, float, (size_t)n * m->rel_out.n16);
    uint8_t *q = NST_ARRAY(b->scratch, uint8_t, (size_t)n * m->rel + 64);
    float *s = NST_ARRAY(b->scratch, float, n);
    for (uint32_t i = 0; i < n; i++) {
        const float *h = head[i] ? y + (size_t)(head[i] - 1) * m->n_out + m->at_rel_h : m->root_rel;
        memcpy(sum + (size_t)i * m->rel, y + (size_t)i * m->n_out + m->at_rel_d,
               m->rel * sizeof *sum);
        b->k->add(sum + (size_t)i * m->rel, h, m->rel);
    }
    b->k->relu(sum, n * m->rel);
    b->k->linear(&m->rel_out, sum, m->rel, n, out, m->rel_out.n16, q, s);
    for (uint32_t i = 0; i < n; i++) {
        float *o = out + (size_t)i * m->rel_out.n16;
        uint8_t r = m->rel_id[b->k->best(o, m->rels.n)];
        for (uint32_t k = 0; k < m->rels.n; k++)      /* "root" belongs to the root alone */
            if (m->rel_id[k] == NST_D_ROOT) o[k] = -1e9f;
        if (head[i] && r == NST_D_ROOT) r = m->rel_id[b->k->best(o, m->rels.n)];
        rel[i] = head[i] ? r : NST_D_ROOT;
    }
}

/* ---- names ------------------------------------------------------------------------------- */

/* May tag b follow tag a? Tags: O, then B- and I- of each kind. */
static bool may_follow(uint32_t a, uint32_t b) {
    if (b == 0 || b % 2 == 1) return true;
    return a == b || a == b - 1;
}

/* Best allowed path through the log-probabilities p [n][PM_N_NER]; tag[i] out. */
static void viterbi(const float *p, uint32_t n, uint8_t *tag, nst_arena *scratch) {
    float best[PM_N_NER], next[PM_N_NER];
    uint8_t *from = NST_ARRAY(scratch, uint8_t, (size_t)n * PM_N_NER);
    for (uint32_t t = 0; t < PM_N_NER; t++) best[t] = may_follow(0, t) ? p[t] : -1e9f;
    for (uint32_t i = 1; i < n; i++) {
        for (uint32_t t = 0; t < PM_N_NER; t++) {
            uint32_t b = 0;
            for (uint32_t a = 1; a < PM_N_NER; a++)
                if (may_follow(a, t) && best[a] > best[b]) b = a;
            if (!may_follow(b, t)) b = t - 1;         /* I-x after O: only from its own kind */
            if (t && t % 2 == 0) b = best[t] > best[t - 1] ? t : t - 1;
            from[i * PM_N_NER + t] = (uint8_t)b;
            next[t] = best[b] + p[i * PM_N_NER + t];
        }
        memcpy(best, next, sizeof best);
    }
    uint32_t t = 0;
    for (uint32_t k = 1; k < PM_N_NER; k++)
        if (best[k] > best[t]) t = k;
    for (uint32_t i = n; i-- > 0; t = from[i * PM_N_NER + t]) tag[i] = (uint8_t)t;
}

/* Names of one sentence, appended to out->names; first: its first token in the document. */
static void read_names(pm_batch *b, const float *y, uint32_t n, uint32_t first, nst_parse *out,
                       nst_arena *doc, uint32_t *cap) {
    const nst_parse_model *m = b->m;
    float *p = NST_ARRAY(b->scratch, float, (size_t)n * PM_N_NER);
    uint8_t *tag = NST_ARRAY(b->scratch, uint8_t, n);
    for (uint32_t i = 0; i < n; i++) {
        float t[16];
        memcpy(t, y + (size_t)i * m->n_out + m->at_ner, PM_N_NER * sizeof *t);
        b->k->softmax(t, PM_N_NER, 16);
        for (uint32_t k = 0; k < PM_N_NER; k++) p[i * PM_N_NER + k] = t[k];
    }
    float *logp = NST_ARRAY(b->scratch, float, (size_t)n * PM_N_NER);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < PM_N_NER; k++)
            logp[i * PM_N_NER + k] = y[(size_t)i * m->n_out + m->at_ner + k];
    viterbi(logp, n, tag, b->scratch);
    for (uint32_t i = 0; i < n;) {
        uint32_t end = i + 1, kind = tag[i];
        if (kind++ % 2 == 0) {                        /* kind is now the I- tag */
            i++;
            continue;
        }
        float score = p[i * PM_N_NER + kind - 1];
        for (; end < n && tag[end] == kind; end++)
            if (p[end * PM_N_NER + kind] < score) score = p[end * PM_N_NER + kind];
        nst_name *name = NST_PUSH(doc, out->names, out->n_names, *cap);
        *name = (nst_name){first + i, first + end, (uint8_t)(kind / 2 - 1), score};
        i = end;
    }
}

/* ---- all --------------------------------------------------------------------------------- */

/* Tags and lemma of one word. first: it opens its sentence. */
static void read_tags(const pm_batch *b, const float *y, uint32_t tok, bool first, nst_parse *out,
                      nst_arena *doc) {
    const nst_parse_model *m = b->m;
    out->upos[tok] = m->upos_id[b->k->best(y, m->upos.n)];
    out->xpos[tok] = m->xpos.text[b->k->best(y + m->at_xpos, m->xpos.n)];
    nst_str f = m->feats.text[b->k->best(y + m->at_feats, m->feats.n)];
    out->feats[tok] = nst_str_is(f, "_") ? (nst_str){0} : f;
    char low[PM_CASE_MAX];
    nst_str w = pm_case_word(b, tok, low);
    if (w.p == low) w = nst_arena_str(doc, w);       /* a lemma may be part of the form */
    out->lemma[tok] = pm_lemma(m, w, out->xpos[tok], first, doc);
}

void pm_heads_read(pm_batch *b, nst_parse *out, nst_arena *doc, uint32_t *cap_names) {
    const nst_parse_model *m = b->m;
    uint32_t n = b->n_words, at = 0;
    float *y = NST_ARRAY(b->scratch, float, (size_t)n * m->n_out);
    uint8_t *q = NST_ARRAY(b->scratch, uint8_t, (size_t)n * m->dim + 64);
    float *s = NST_ARRAY(b->scratch, float, n);
    b->k->linear(&m->heads, b->x, m->dim, n, y, m->n_out, q, s);
    for (uint32_t p = 0; p < b->n_pieces; p++) {
        uint32_t first = b->piece[p].first, len = b->piece[p].end - first;
        const float *row = y + (size_t)at * m->n_out;
        float *score = NST_ARRAY(b->scratch, float, (size_t)len * (len + 1));
        uint32_t *head = NST_ARRAY(b->scratch, uint32_t, len);
        for (uint32_t i = 0; i < len; i++)
            read_tags(b, row + (size_t)i * m->n_out, first + i, i == 0, out, doc);
        arc_scores(b, row, len, score);
        pm_tree(score, len, head, b->scratch);
        label_arcs(b, row, len, head, out->deprel + first);
        for (uint32_t i = 0; i < len; i++)
            out->head[first + i] = head[i] ? first + head[i] - 1 : NST_ROOT;
        read_names(b, row, len, first, out, doc, cap_names);
        at += len;
    }
}
