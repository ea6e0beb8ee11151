/* events_judge.c - how sure are we, and what is no act after all.
 *
 * In: candidates with everything known of them. Out: confidence, kept or dropped.
 *   expelled: actor known, recipient known, one condition met -> .91, kept
 * Idea: a logistic regression over the features of judge.def: who stands in the slots, what the frame
 * asked for, how many other senses the word has, and whether the report is about sport, markets or
 * films, where the words of war are play. The weights are data (data/lexicon/judge.tsv), fitted by
 * train/judge.py to verdict sheets; candidates below the floor stay in the record for `nestor explain`.
 * Invariants: (1) confidence is between 0 and 1 and depends on the report alone; (2) nothing is dropped
 * without a score. Reference: Platt 1999, "Probabilistic outputs".
 */
#include <math.h>

#include "match.h"

#define FAR 12                   /* tokens */

/* ---- topics ------------------------------------------------------------------------------ */

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

/* How much of the report is of each topic: 1 where every tenth word is. Names count by their letters. */
static void weigh_topics(const nst_lexicon *l, const nst_parse *p, float *share) {
    char low[32];
    for (uint32_t t = 0; t < p->text->n_tokens; t++) {
        nst_str w = p->lemma[t];
        if (w.n < 2 || w.n > sizeof low) continue;
        for (uint32_t i = 0; i < w.n; i++)
            low[i] = w.p[i] >= 'A' && w.p[i] <= 'Z' ? (char)(w.p[i] + 32) : w.p[i];
        int f = topic_of(l, (nst_str){low, w.n});
        if (f >= 0) share[f] += 1;
    }
    float scale = 12.0f / (float)(p->text->n_tokens + 40);
    for (int f = 0; f < NST_N_FEATURE; f++) {
        share[f] *= scale;
        if (share[f] > 1) share[f] = 1;
    }
}

/* ---- features ---------------------------------------------------------------------------- */

/* How good a member list is: 0 nobody, 1 somebody, 2 of a known sector, 3 with a code or id. */
static int quality(const nst_entities *x, const nst_member *m, uint32_t n) {
    int best = 0;
    for (uint32_t i = 0; i < n; i++) {
        const nst_actor *a = &x->actors[m[i].actor];
        const nst_identity *is = m[i].identity != NST_ROOT ? &a->is[m[i].identity] : NULL;
        int q = is && (is->code[0] || is->entity.n) ? 3 : is && is->sectors ? 2 : 1;
        if (q > best) best = q;
    }
    return best;
}

/* What the members' words are: pronouns, carried over from elsewhere, far from the trigger. */
static void look_at(const nst_entities *x, const nst_mention *m, const nst_member *who, uint32_t n,
                    float *f) {
    for (uint32_t i = 0; i < n; i++) {
        const nst_actor *a = &x->actors[who[i].actor];
        uint32_t apart = a->head > m->trigger ? a->head - m->trigger : m->trigger - a->head;
        if (a->kind == NST_ACTOR_PRONOUN) f[NST_J_pronoun] = 1;
        if (who[i].context) f[NST_J_carried] = 1;
        if (apart > FAR) f[NST_J_far] = 1;
    }
}

/* The frame: what it asked for, and what else its word can mean. */
static void look_at_frame(const nst_lexicon *l, const nst_mention *m, float *f) {
    const nst_frame *frame = &l->frames[m->frame];
    uint32_t n = 0, types = 0;
    const nst_frame *all = nst_lexicon_get(l, frame->head, &n);
    for (uint32_t i = 0; i < n; i++) {
        if (all[i].pos != frame->pos) continue;
        if (all[i].type == NST_T_NONE) f[NST_J_stops] = 1;
        else if (all[i].type != frame->type) types |= 1u << all[i].type;
    }
    for (; types; types &= types - 1)
        if (f[NST_J_types] < 4) f[NST_J_types]++;
    f[NST_J_amount_conditions] = frame->n_conditions < 3 ? frame->n_conditions : 3;
    f[NST_J_words] = frame->n_rest;
    f[NST_J_user] = frame->user;
    f[NST_J_actor_missing] = frame->actor.n && !m->n_actors;
    f[NST_J_recipient_missing] = frame->recipient.n && !m->n_recipients;
}

/* How many steps it is from the trigger to the main clause; what is said or coordinated is no step. */
static int depth(const nst_parse *p, uint32_t t) {
    int n = 0;
    for (int up = 0; up < 12 && p->head[t] != NST_ROOT && n < 4; up++) {
        uint8_t d = p->deprel[t];
        if (d != NST_D_CCOMP && d != NST_D_CONJ && d != NST_D_XCOMP && d != NST_D_PARATAXIS) n++;
        t = p->head[t];
    }
    return n;
}

/* Is somebody said to be dead, hurt or arrested by it? */
static bool has_victims(const nst_mention *m) {
    for (uint32_t i = 0; i < m->n_numbers; i++)
        if (m->number_roles[i] == NST_NUM_DEAD || m->number_roles[i] == NST_NUM_INJURED ||
            m->number_roles[i] == NST_NUM_ARRESTED)
            return true;
    return false;
}

/* Does the frame ask for "in", "at" or the like, so that the phrase names a scene, known or not? */
static bool asks_scene(const nst_frame *f) {
    for (uint8_t i = 0; i < f->n_conditions; i++) {
        const nst_condition *c = &f->conditions[i];
        if (c->test != NST_TEST_THERE || c->of.source != NST_SRC_PREP) continue;
        if (nst_str_is(c->of.prep, "in") || nst_str_is(c->of.prep, "at") ||
            nst_str_is(c->of.prep, "near") || nst_str_is(c->of.prep, "outside"))
            return true;
    }
    return false;
}

/* Is the same party on both sides? */
static bool against_self(const nst_entities *x, const nst_mention *m) {
    for (uint32_t i = 0; i < m->n_actors; i++)
        for (uint32_t k = 0; k < m->n_recipients; k++)
            if (x->actors[m->actors[i].actor].chain == x->actors[m->recipients[k].actor].chain)
                return true;
    return false;
}

void nst_judge_features(const nst_lexicon *l, const nst_entities *x, const nst_mention *m, float *f) {
    const nst_parse *p = x->parse;
    int a = quality(x, m->actors, m->n_actors), r = quality(x, m->recipients, m->n_recipients);
    int quad = nst_type_quad(m->type);
    uint8_t upos = p->upos[m->trigger];
    bool violent = m->type == NST_T_ASSAULT || m->type == NST_T_PROTEST || m->type == NST_T_COERCE;
    bool scene = m->place != NST_ROOT || has_victims(m);
    memset(f, 0, sizeof *f * NST_J_sport);         /* topics are the report's and stay */
    f[NST_J_bias] = 1;
    if (a) f[NST_J_actor_some + a - 1] = 1;
    if (r) f[NST_J_recipient_some + r - 1] = 1;
    f[NST_J_nobody] = !a && !r;
    f[NST_J_two_actors] = m->n_actors > 1 && !r;
    look_at(x, m, m->actors, m->n_actors, f);
    look_at(x, m, m->recipients, m->n_recipients, f);
    look_at_frame(l, m, f);
    f[NST_J_self] = against_self(x, m);
    f[NST_J_verb] = upos == NST_VERB;
    f[NST_J_adjective] = upos == NST_ADJ;
    f[NST_J_passive] = upos == NST_VERB && !a && nst_path_passive(p, m->trigger);
    f[NST_J_violent] = violent;
    f[NST_J_violent_place] = violent && scene;
    f[NST_J_violent_asked] = violent && !scene && asks_scene(&l->frames[m->frame]);
    f[NST_J_violent_time] = violent && !scene && m->time != NST_ROOT;
    f[NST_J_violent_nobody] = violent && !scene && !a && !r;
    if (quad < 4) f[NST_J_quad1 + quad - 1] = 1;
    f[NST_J_place] = m->place != NST_ROOT;
    f[NST_J_time] = m->time != NST_ROOT;
    f[NST_J_title] = m->trigger_span.field == NST_FIELD_TITLE;
    f[NST_J_unreal] = m->modality == NST_CONDITIONAL || m->modality == NST_HYPOTHETICAL;
    f[NST_J_deep] = (float)depth(p, m->trigger);
    f[NST_J_main] = f[NST_J_deep] == 0;
    f[NST_J_proper] = upos == NST_PROPN;
}

/* ---- the score --------------------------------------------------------------------------- */

void nst_judge_run(const nst_events_model *model, const nst_entities *x, nst_events *out,
                   nst_arena *doc) {
    const nst_lexicon *l = nst_events_lexicon(model);
    float f[NST_N_FEATURE] = {0};
    (void)doc;
    if (out->n_mentions) weigh_topics(l, x->parse, f);
    for (uint32_t i = 0; i < out->n_mentions; i++) {
        nst_mention *m = &out->mentions[i];
        double z = 0;
        nst_judge_features(l, x, m, f);
        for (int k = 0; k < NST_N_FEATURE; k++) z += (double)f[k] * (double)l->weights[k];
        m->confidence = (float)(1 / (1 + exp(-z)));
        m->kept = m->confidence >= l->floor;
    }
}

/* Features of one mention of a coded report, for verdict sheets. */
void nst_judge_explain(const nst_events_model *model, const nst_events *ev, uint32_t mention, float *f) {
    const nst_lexicon *l = nst_events_lexicon(model);
    memset(f, 0, sizeof *f * NST_N_FEATURE);
    weigh_topics(l, ev->entities->parse, f);
    nst_judge_features(l, ev->entities, &ev->mentions[mention], f);
}

const char *nst_judge_feature(int feature) {
    static const char *const names[] = {
#define J(name, text) #name,
#include "judge.def"
    };
    return feature >= 0 && feature < NST_N_FEATURE ? names[feature] : NULL;
}
