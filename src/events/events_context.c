/* events_context.c - contexts of a mention, and its CAMEO code and scores.
 *
 * In: mentions with types and modes. Out: context bits from the words of the sentence, or, where
 * it has none, from those that the rest of its paragraph agrees on; code, Goldstein and PLOVER
 * score from the inverted table (data/lexicon/cameo.tsv, CC BY-SA 4.0, see LICENSES.md).
 * Invariant: null rather than wrong: no row, no code.
 */
#include <math.h>

#include "match.h"

/* Does the phrase begin at token t of its sentence (by lemma or form)? */
static bool phrase_at(const nst_parse *p, uint32_t t, nst_str phrase) {
    uint32_t end = p->text->sents[p->text->sent_of[t]].end;
    nst_str word;
    while (nst_str_split(&phrase, ' ', &word)) {
        if (t >= end) return false;
        if (!nst_str_ieq(p->lemma[t], word) && !nst_str_ieq(nst_text_token(p->text, t), word))
            return false;
        t++;
    }
    return true;
}

/* First context phrase whose head is not before `head`. */
static uint32_t lower_bound(const nst_lexicon *l, nst_str head) {
    uint32_t lo = 0, hi = l->n_contexts;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (nst_str_cmp(l->contexts[mid].head, head) < 0) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

uint64_t nst_context_of_sentence(const nst_lexicon *l, const nst_parse *p, uint32_t sent) {
    uint64_t bits = 0;
    char low[48];
    for (uint32_t t = p->text->sents[sent].first; t < p->text->sents[sent].end; t++) {
        nst_str w = p->lemma[t];
        if (w.n >= sizeof low) continue;
        for (uint32_t i = 0; i < w.n; i++)
            low[i] = w.p[i] >= 'A' && w.p[i] <= 'Z' ? (char)(w.p[i] + 32) : w.p[i];
        w.p = low;
        for (uint32_t i = lower_bound(l, w); i < l->n_contexts &&
            nst_str_eq(l->contexts[i].head, w); i++)
            if (phrase_at(p, t, l->contexts[i].phrase)) bits |= 1ull << l->contexts[i].context;
    }
    return bits;
}

/* How well a row fits: -1 not at all, else the more it says the better. */
static int fit(const nst_cameo_row *r, int type, uint64_t modes, uint64_t contexts) {
    if (r->type != type) return -1;
    if (r->mode >= 0 && !(modes >> r->mode & 1)) return -1;
    if (r->context >= 0 && !(contexts >> r->context & 1)) return -1;
    return (r->mode >= 0 ? 2 : 0) + (r->context >= 0 ? 1 : 0);
}

const char *nst_events_cameo(const nst_events_model *m, int type, uint64_t modes, uint64_t contexts,
                             double *goldstein, double *scale) {
    const nst_lexicon *l = nst_events_lexicon(m);
    const nst_cameo_row *best = NULL;
    int best_fit = -1;
    *goldstein = *scale = NAN;
    for (uint32_t i = 0; i < l->n_cameo; i++) {
        int f = fit(&l->cameo[i], type, modes, contexts);
        if (f <= best_fit) continue;
        best_fit = f;
        best = &l->cameo[i];
    }
    if (!best) return NULL;
    *goldstein = best->goldstein;
    *scale = best->scale;
    return best->code;
}

#define AROUND 6                 /* sentences of a paragraph looked at on either side */

/* Contexts of a sentence that shows none: what two others of its paragraph show, or the only one
 * that the paragraph shows at all. */
static uint64_t of_paragraph(const nst_lexicon *l, const nst_parse *p, uint32_t sent) {
    const nst_sent *sents = p->text->sents;
    uint64_t once = 0, twice = 0;
    uint32_t first = sent > AROUND ? sent - AROUND : 0;
    for (uint32_t i = first; i < p->text->n_sents && i <= sent + AROUND; i++) {
        if (i == sent || sents[i].block != sents[sent].block) continue;
        uint64_t bits = nst_context_of_sentence(l, p, i);
        twice |= once & bits;
        once |= bits;
    }
    return once & (once - 1) ? twice : once;
}

void nst_context_run(const nst_events_model *model, const nst_entities *x, nst_events *out) {
    const nst_lexicon *l = nst_events_lexicon(model);
    uint32_t last = NST_ROOT;
    uint64_t bits = 0;
    for (uint32_t i = 0; i < out->n_mentions; i++) {
        nst_mention *m = &out->mentions[i];
        if (m->sent != last) {
            bits = nst_context_of_sentence(l, x->parse, m->sent);
            if (!bits) bits = of_paragraph(l, x->parse, m->sent);
        }
        last = m->sent;
        m->contexts |= bits;
        m->cameo = nst_events_cameo(model, m->type, m->modes, m->contexts, &m->goldstein,
            &m->scale);
    }
}
