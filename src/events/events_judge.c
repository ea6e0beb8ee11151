/* events_judge.c - how sure are we, and what is no act after all.
 *
 * In: candidates with everything known of them. Out: confidence, kept or dropped.
 *   expelled: actor known, recipient known, one condition met -> .91, kept
 * Idea: two logistic regressions over the features of judge.def: who stands in the slots, what
 * the frame asked for, how many other senses the word has, what the report is about. One gives
 * the confidence, that type, actor and recipient are all right; the other, that there is an act
 * of this type at all, decides what is kept; the bar is higher in soft reports. The weights are
 * data (data/lexicon/judge.tsv), fitted by train/judge.py to verdict sheets; candidates below
 * the floor stay in the record for `nestor explain`.
 * Invariants: (1) confidence is between 0 and 1 and depends on the report alone; (2) nothing is
 * dropped without a score. Reference: Platt 1999, "Probabilistic outputs".
 */
#include <math.h>

#include "match.h"

#define FAR 12                   /* tokens */

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

/* How many steps it is from the trigger to the main clause; what is said or coordinated is no
 * step. */
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

/* Has one of the members a code? */
static bool coded(const nst_entities *x, const nst_mention *m) {
    return quality(x, m->actors, m->n_actors) == 3 ||
        quality(x, m->recipients, m->n_recipients) == 3;
}

/* Signs that a slot was filled with words that name nobody. */
static void look_at_words(const nst_entities *x, const nst_mention *m, float *f) {
    const nst_parse *p = x->parse;
    for (uint32_t i = 0; i < m->n_actors + m->n_recipients; i++) {
        bool actor = i < m->n_actors;
        const nst_member *who = actor ? &m->actors[i] : &m->recipients[i - m->n_actors];
        const nst_actor *a = &x->actors[who->actor];
        uint8_t d = p->deprel[a->head];
        if (a->span.field == m->trigger_span.field && a->span.start < m->trigger_span.end &&
            a->span.end > m->trigger_span.start)
            f[NST_J_inside] = 1;
        if (actor && !a->n_is && p->head[a->head] == m->trigger && a->head < m->trigger &&
            (d == NST_D_COMPOUND || d == NST_D_AMOD))
            f[NST_J_modifier] = 1;
        if (actor && !a->n_is && a->plural && !a->count && a->first == a->head &&
            a->kind != NST_ACTOR_PRONOUN)
            f[NST_J_generic] = 1;
    }
    f[NST_J_crowd] = m->n_actors > 3 || m->n_recipients > 3;
}

/* Is the trigger a verb in the plain present ("attacks", "attack")? */
static bool plain_present(const nst_parse *p, uint32_t t) {
    if (p->upos[t] != NST_VERB || nst_parse_kid(p, t, NST_D_AUX) != NST_ROOT) return false;
    return nst_str_is(p->xpos[t], "VBZ") || nst_str_is(p->xpos[t], "VBP") ||
        nst_str_is(p->xpos[t], "VB");
}

/* One feature for each type but the commonest three, which the quad class tells. */
static void look_at_type(uint8_t type, float *f) {
    static const struct { uint8_t type; int feature; } all[] = {
        {NST_T_AGREE, NST_J_type_agree}, {NST_T_SUPPORT, NST_J_type_support},
        {NST_T_CONCEDE, NST_J_type_concede}, {NST_T_COOPERATE, NST_J_type_cooperate},
        {NST_T_AID, NST_J_type_aid}, {NST_T_RETREAT, NST_J_type_retreat},
        {NST_T_REQUEST, NST_J_type_request}, {NST_T_REJECT, NST_J_type_reject},
        {NST_T_THREATEN, NST_J_type_threaten}, {NST_T_SANCTION, NST_J_type_sanction},
        {NST_T_MOBILIZE, NST_J_type_mobilize}, {NST_T_COERCE, NST_J_type_coerce},
        {NST_T_ASSAULT, NST_J_type_assault},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].type == type) f[all[i].feature] = 1;
}

void nst_judge_features(const nst_lexicon *l, const nst_entities *x, const nst_mention *m,
    float *f) {
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
    look_at_words(x, m, f);
    look_at_type(m->type, f);
    f[NST_J_plain] = plain_present(p, m->trigger) && !f[NST_J_title];
    f[NST_J_soft_unknown] = coded(x, m) ? 0 : f[NST_J_soft];
    f[NST_J_soft_violent] = violent && !coded(x, m) ? f[NST_J_soft] : 0;
}

/* ---- the score --------------------------------------------------------------------------- */

/* What the weights make of the features, from 0 to 1. */
static double chance(const float *weights, const float *f) {
    double z = 0;
    for (int k = 0; k < NST_N_FEATURE; k++) z += (double)f[k] * (double)weights[k];
    return 1 / (1 + exp(-z));
}

void nst_judge_run(const nst_events_model *model, const nst_entities *x, nst_events *out,
                   nst_arena *doc) {
    const nst_lexicon *l = nst_events_lexicon(model);
    float f[NST_N_FEATURE] = {0};
    (void)doc;
    if (out->n_mentions) nst_genre_weigh(l, x, f);
    for (uint32_t i = 0; i < out->n_mentions; i++) {
        nst_mention *m = &out->mentions[i];
        nst_judge_features(l, x, m, f);
        m->confidence = (float)chance(l->weights, f);
        m->kept = chance(l->act_weights, f) >= (double)(l->floor + l->soft_floor * f[NST_J_soft]);
    }
}

/* Features of one mention of a coded report, for verdict sheets. */
void nst_judge_explain(const nst_events_model *model, const nst_events *ev, uint32_t mention,
    float *f) {
    const nst_lexicon *l = nst_events_lexicon(model);
    memset(f, 0, sizeof *f * NST_N_FEATURE);
    nst_genre_weigh(l, ev->entities, f);
    nst_judge_features(l, ev->entities, &ev->mentions[mention], f);
}

const char *nst_judge_feature(int feature) {
    static const char *const names[] = {
#define J(name, text) #name,
#include "judge.def"
    };
    return feature >= 0 && feature < NST_N_FEATURE ? names[feature] : NULL;
}
