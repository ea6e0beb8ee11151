/* entities_hit.c - which words name something known.
 *
 * In: tokens, the knowledge base. Out: non-overlapping hits with their likeliest reading.
 *   [Ruritania] state RUR ; [foreign minister] role ; [Graustark] state GRK
 * Idea: left to right, the longest hit at a token wins; weak readings need a capital that the
 * position does not explain, or a name found by the parser.
 */
#include "who.h"

/* Does the parser's tag allow this token to be (part of) a name? */
static bool nameable(const nst_parse *p, uint32_t t) {
    return p->upos[t] == NST_PROPN || p->upos[t] == NST_NOUN || p->upos[t] == NST_ADJ ||
           p->upos[t] == NST_X;
}

/* Is the hit to be believed here? */
static bool believable(const nst_who *w, const nst_kb_hit *h, const nst_kb_reading *r) {
    const nst_parse *p = w->p;
    if (r->by == NST_KB_BY_ROLE) {
        uint8_t u = p->upos[h->end - 1];
        return u == NST_NOUN || u == NST_PROPN || u == NST_ADJ;
    }
    bool any = false;
    for (uint32_t t = h->first; t < h->end; t++) any |= nameable(p, t);
    if (!any) return false;
    if (r->by == NST_KB_BY_SURNAME || (r->flags & NST_KB_WEAK)) {
        uint32_t n = w->name_at[h->first];
        if (n == NST_ROOT) return h->end - h->first > 1;
        if (r->by == NST_KB_BY_SURNAME) return p->names[n].kind == NST_NAME_PERSON;
    }
    return true;
}

void nst_who_find_hits(nst_who *w) {
    const nst_text *t = w->p->text;
    nst_kb_words words;
    nst_kb_hit found[NST_KB_MAX_HITS];
    nst_kb_words_of(t, w->scratch, &words);
    w->hit_at = NST_ARRAY(w->scratch, uint32_t, t->n_tokens);
    w->name_at = NST_ARRAY(w->scratch, uint32_t, t->n_tokens);
    for (uint32_t i = 0; i < t->n_tokens; i++) w->hit_at[i] = w->name_at[i] = NST_ROOT;
    for (uint32_t n = 0; n < w->p->n_names; n++)
        for (uint32_t i = w->p->names[n].first; i < w->p->names[n].end; i++) w->name_at[i] = n;
    for (uint32_t i = 0; i < t->n_tokens;) {
        uint32_t n = nst_text_coded(t, t->sent_of[i]) ? nst_kb_match(w->kb, &words, i, found) : 0;
        uint32_t next = i + 1;
        for (uint32_t k = 0; k < n; k++) {
            nst_kb_reading r;
            if (!nst_kb_pick(w->kb, &found[k], w->day, &r) || !believable(w, &found[k], &r)) continue;
            for (uint32_t c = found[k].first; c < found[k].end; c++) w->hit_at[c] = w->n_hits;
            *NST_PUSH(w->scratch, w->hits, w->n_hits, w->cap_hits) =
                (nst_who_hit){found[k].first, found[k].end, found[k], r};
            next = found[k].end;
            break;
        }
        i = next > i ? next : i + 1;
    }
}
