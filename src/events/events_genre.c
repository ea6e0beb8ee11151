/* events_genre.c - what a report is about, as the judge needs it.
 *
 * In: lemmas of a report, its entity mentions, lists of words (data/lexicon/judge.tsv). Out:
 * features: how much of it is sport, markets, films, science, life or politics, and how soft it
 * is on the whole.
 *   "The striker attacked again in the second half of the final" -> sport, soft
 * Idea: shares of words on lists; names of states, ministries and their people count as
 * politics. Where the words of war are play, an act needs a better witness: a known actor.
 * Invariants: (1) every feature is between 0 and 1; (2) linear in the report's length.
 */
#include "match.h"

#define PRIOR 6                  /* words of politics that every report is taken to have */

/* Topic of a lemma, -1 if it has none. */
static int topic_of(const nst_lexicon *l, nst_str lemma) {
    uint32_t lo = 0, hi = l->n_topics;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        int c = nst_str_cmp(l->topics[mid].word, lemma);
        if (!c) return l->topics[mid].feature;
        if (c < 0) lo = mid + 1;
        else hi = mid;
    }
    return -1;
}

/* Counts the words of each topic. Names count by their letters. */
static void count_words(const nst_lexicon *l, const nst_parse *p, float *n) {
    char low[32];
    for (uint32_t t = 0; t < p->text->n_tokens; t++) {
        nst_str w = p->lemma[t];
        if (w.n < 2 || w.n > sizeof low) continue;
        for (uint32_t i = 0; i < w.n; i++)
            low[i] = w.p[i] >= 'A' && w.p[i] <= 'Z' ? (char)(w.p[i] + 32) : w.p[i];
        int f = topic_of(l, (nst_str){low, w.n});
        bool act = p->upos[t] == NST_VERB && f != NST_J_sport && f != NST_J_hard;
        if (f >= 0 && !act) n[f] += 1;             /* "was filmed" is no film */
    }
}

/* Named bodies of states and persons in office. */
static float count_actors(const nst_entities *x) {
    float n = 0;
    for (uint32_t i = 0; i < x->n_actors; i++) {
        const nst_actor *a = &x->actors[i];
        bool named = a->kind == NST_ACTOR_STATE || a->kind == NST_ACTOR_PERSON ||
            a->kind == NST_ACTOR_ROLE;
        if (named && a->n_is && a->is[0].code[0] && a->is[0].sectors) n += 1;
    }
    return n;
}

void nst_genre_weigh(const nst_lexicon *l, const nst_entities *x, float *f) {
    static const int soft[] = {NST_J_sport, NST_J_market, NST_J_culture, NST_J_science, NST_J_life};
    float all = 0, scale = 12.0f / (float)(x->parse->text->n_tokens + 40);
    count_words(l, x->parse, f);
    f[NST_J_hard] += count_actors(x);
    for (size_t i = 0; i < sizeof soft / sizeof *soft; i++) all += f[soft[i]];
    f[NST_J_soft] = all / (all + f[NST_J_hard] + PRIOR);
    for (size_t i = 0; i < sizeof soft / sizeof *soft; i++)
        f[soft[i]] = f[soft[i]] * scale > 1 ? 1 : f[soft[i]] * scale;
    f[NST_J_hard] = f[NST_J_hard] * scale > 1 ? 1 : f[NST_J_hard] * scale;
}
