/* events_modality.c - did it happen? Negated, to come, conditional, possible, asked for, long past.
 *
 * In: candidates on their trees. Out: modality of each, and the codebook's turns (a CONSULT to come is
 * AGREE; a RETREAT only announced is CONCEDE).
 *   "had expelled" -> asserted ; "will meet" CONSULT -> AGREE ; "denied attacking" -> negated
 * Idea: walk from the trigger up its clause and through the verbs that embed it, strongest sign wins:
 * negated < future < hypothetical < requested < conditional.
 * Reference: Sauri and Pustejovsky 2009, "FactBank"; Karttunen 1971 on implicatives.
 */
#include "match.h"

#define MAX_UP 6

/* What a verb does to the truth of the clause it embeds. */
typedef enum embedding { KEEPS, NEGATES, INTENDS, SUPPOSES, REQUESTS } embedding;

typedef struct embedder {
    const char *lemma;
    embedding does;
} embedder;

static const embedder embedders[] = {
    {"deny", NEGATES}, {"refuse", NEGATES}, {"decline", NEGATES}, {"fail", NEGATES},
    {"avoid", NEGATES}, {"reject", NEGATES}, {"rule", NEGATES}, {"prevent", NEGATES}, {"stop", NEGATES},
    {"dismiss", NEGATES}, {"refute", NEGATES}, {"abandon", NEGATES}, {"cancel", NEGATES},
    {"plan", INTENDS}, {"intend", INTENDS}, {"expect", INTENDS}, {"schedule", INTENDS},
    {"agree", INTENDS}, {"promise", INTENDS}, {"pledge", INTENDS}, {"vow", INTENDS},
    {"offer", INTENDS}, {"prepare", INTENDS}, {"decide", INTENDS}, {"aim", INTENDS},
    {"hope", INTENDS}, {"want", INTENDS}, {"set", INTENDS}, {"threaten", INTENDS}, {"due", INTENDS},
    {"ready", INTENDS}, {"likely", INTENDS}, {"propose", INTENDS}, {"seek", INTENDS},
    {"commit", INTENDS}, {"announce", INTENDS}, {"volunteer", INTENDS}, {"willing", INTENDS},
    {"consider", SUPPOSES}, {"mull", SUPPOSES}, {"weigh", SUPPOSES}, {"doubt", SUPPOSES},
    {"discuss", SUPPOSES}, {"fear", SUPPOSES}, {"suspect", SUPPOSES}, {"speculate", SUPPOSES},
    {"ask", REQUESTS}, {"urge", REQUESTS}, {"call", REQUESTS}, {"demand", REQUESTS},
    {"request", REQUESTS}, {"order", REQUESTS}, {"appeal", REQUESTS}, {"press", REQUESTS},
    {"insist", REQUESTS}, {"require", REQUESTS}, {"want_obj", REQUESTS}, {"beg", REQUESTS},
    {"implore", REQUESTS}, {"tell_to", REQUESTS}, {"pressure", REQUESTS}, {"push", REQUESTS},
};

/* What the verb at token v does to its complement. */
static embedding embeds(const nst_parse *p, uint32_t v) {
    for (size_t i = 0; i < sizeof embedders / sizeof *embedders; i++)
        if (nst_parse_lemma_is(p, v, embedders[i].lemma)) return embedders[i].does;
    return KEEPS;
}

/* "not", "never", "no": does something negate token i directly? */
static bool negated_here(const nst_parse *p, uint32_t i) {
    for (uint32_t k = p->kid_first[i]; k < p->kid_first[i + 1]; k++) {
        uint32_t kid = p->kids[k];
        if (nst_parse_lemma_is(p, kid, "not") || nst_parse_lemma_is(p, kid, "never") ||
            nst_parse_lemma_is(p, kid, "n't") || nst_parse_lemma_is(p, kid, "neither"))
            return true;
        if (p->deprel[kid] == NST_D_DET && nst_parse_lemma_is(p, kid, "no")) return true;
        if ((p->deprel[kid] == NST_D_NSUBJ || p->deprel[kid] == NST_D_NSUBJ_PASS ||
             p->deprel[kid] == NST_D_OBJ) &&
            (nst_parse_lemma_is(p, kid, "nobody") || nst_parse_lemma_is(p, kid, "none") ||
             nst_parse_lemma_is(p, kid, "nothing")))
            return true;
    }
    return false;
}

/* Modality that the auxiliaries of a predicate give. */
static nst_modality by_auxiliaries(const nst_parse *p, uint32_t i, int type) {
    for (uint32_t k = p->kid_first[i]; k < p->kid_first[i + 1]; k++) {
        uint32_t kid = p->kids[k];
        if (nst_deprel_base(p->deprel[kid]) != NST_D_AUX) continue;
        nst_str w = p->lemma[kid];
        if (nst_str_is(w, "will") || nst_str_is(w, "shall") || nst_str_is(w, "wo")) return NST_FUTURE;
        if (nst_str_is(w, "may") || nst_str_is(w, "might") || nst_str_is(w, "could"))
            return NST_HYPOTHETICAL;
        if (nst_str_is(w, "would")) return NST_CONDITIONAL;
        if ((nst_str_is(w, "should") || nst_str_is(w, "must") || nst_str_is(w, "ought")) &&
            type != NST_T_REQUEST)
            return NST_REQUESTED;
    }
    return NST_ASSERTED;
}

/* Is the clause of i introduced by "if", "unless" and the like? */
static bool conditional_clause(const nst_parse *p, uint32_t i) {
    static const char *const marks[] = {"if", "unless", "should", "provided", "lest"};
    for (uint32_t k = p->kid_first[i]; k < p->kid_first[i + 1]; k++)
        for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
            if (p->deprel[p->kids[k]] == NST_D_MARK && nst_parse_lemma_is(p, p->kids[k], marks[m]))
                return true;
    return false;
}

/* The stronger of two signs; each modality's strength by its place here. */
static nst_modality stronger(nst_modality a, nst_modality b) {
    static const int strength[NST_N_MODALITY] = {0, 4, 1, 5, 2, 3, 0};
    return strength[b] > strength[a] ? b : a;
}

/* Sign that the embedding verb at v gives to what it embeds through relation `rel`. */
static nst_modality by_embedding(const nst_parse *p, uint32_t v, uint8_t rel, bool nominal) {
    switch (embeds(p, v)) {
    case NEGATES:
        if (nst_parse_lemma_is(p, v, "reject") || nst_parse_lemma_is(p, v, "dismiss"))
            return NST_ASSERTED;
        if (rel == NST_D_XCOMP || rel == NST_D_CCOMP || (nominal && nst_parse_lemma_is(p, v, "deny")))
            return NST_NEGATED;
        return NST_ASSERTED;
    case INTENDS: return rel == NST_D_XCOMP || rel == NST_D_OBJ ? NST_FUTURE : NST_ASSERTED;
    case SUPPOSES: return NST_HYPOTHETICAL;
    case REQUESTS:
        return rel == NST_D_XCOMP || rel == NST_D_CCOMP || rel == NST_D_OBL || rel == NST_D_OBJ
            ? NST_REQUESTED : NST_ASSERTED;
    default: return NST_ASSERTED;
    }
}

/* Collects the signs from the trigger upwards. */
static nst_modality modality_of(const nst_parse *p, uint32_t t, int type) {
    nst_modality m = NST_ASSERTED;
    bool negative = negated_here(p, t);
    bool nominal = p->upos[t] == NST_NOUN || p->upos[t] == NST_PROPN;
    m = stronger(m, by_auxiliaries(p, t, type));
    if (conditional_clause(p, t)) m = NST_CONDITIONAL;
    uint32_t i = t;
    for (int up = 0; up < MAX_UP && p->head[i] != NST_ROOT; up++) {
        uint32_t h = p->head[i];
        uint8_t d = nst_deprel_base(p->deprel[i]);
        if (d == NST_D_CCOMP && p->upos[h] == NST_VERB && embeds(p, h) == KEEPS) break;
        if (d == NST_D_PARATAXIS || d == NST_D_APPOS || p->deprel[i] == NST_D_ACL_RELCL) break;
        if (d == NST_D_ADVCL && !conditional_clause(p, i)) break;
        if (d == NST_D_NSUBJ && i != t) break;
        if (d == NST_D_CONJ) {
            nst_modality a = by_auxiliaries(p, h, type);
            bool own_subject = nst_parse_kid(p, i, NST_D_NSUBJ) != NST_ROOT ||
                               nst_parse_kid(p, i, NST_D_AUX) != NST_ROOT;
            if (!own_subject) m = stronger(m, a);
        }
        bool up_verb = p->upos[h] == NST_VERB || p->upos[h] == NST_ADJ;
        if (up_verb && d != NST_D_CONJ) {
            nst_modality e = by_embedding(p, h, p->deprel[i], nominal);
            if (e == NST_NEGATED) negative = !negative;
            else m = stronger(m, e);
            bool carries = d == NST_D_XCOMP || d == NST_D_OBJ || d == NST_D_OBL ||
                           (d == NST_D_NSUBJ && nst_path_passive(p, h));
            if (carries) {
                if (negated_here(p, h)) negative = true;
                m = stronger(m, by_auxiliaries(p, h, type));
                if (conditional_clause(p, h)) m = NST_CONDITIONAL;
            }
        }
        if (d == NST_D_ADVCL && conditional_clause(p, i)) m = NST_CONDITIONAL;
        i = h;
    }
    if (negative && (m == NST_ASSERTED || m == NST_FUTURE)) return NST_NEGATED;
    return m;
}

/* The codebook's turns: a cooperative act to come is AGREE, a retreat to come is CONCEDE. */
static void turn(nst_mention *m) {
    if (m->modality != NST_FUTURE) return;
    switch (m->type) {
    case NST_T_CONSULT: case NST_T_SUPPORT: case NST_T_COOPERATE: case NST_T_AID:
        m->type = NST_T_AGREE;
        m->modes = 0;
        m->modality = NST_ASSERTED;
        break;
    case NST_T_RETREAT:
        m->type = NST_T_CONCEDE;
        m->modes = 0;
        m->modality = NST_ASSERTED;
        break;
    case NST_T_AGREE: case NST_T_CONCEDE:
        m->modality = NST_ASSERTED;
        break;
    default: break;
    }
}

/* "will not release the crew", "would not meet": who so speaks of an own act to come refuses it. */
static void turn_refusal(const nst_parse *p, nst_mention *m) {
    static const struct { uint8_t type; nst_str mode; } refusals[] = {
        {NST_T_CONSULT, {"meet", 4}}, {NST_T_AID, {"assist", 6}}, {NST_T_COOPERATE, {"assist", 6}},
        {NST_T_SUPPORT, {"change", 6}}, {NST_T_AGREE, {"change", 6}}, {NST_T_CONCEDE, {"yield", 5}},
        {NST_T_RETREAT, {"yield", 5}},
    };
    nst_modality aux = by_auxiliaries(p, m->trigger, m->type);
    if (m->modality != NST_NEGATED && m->modality != NST_CONDITIONAL) return;
    if (!negated_here(p, m->trigger) || conditional_clause(p, m->trigger)) return;
    if (aux != NST_FUTURE && aux != NST_CONDITIONAL) return;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (m->type == refusals[i].type) {
            m->type = NST_T_REJECT;
            m->modes = 1ull << nst_mode_of(refusals[i].mode);
            m->modality = NST_ASSERTED;
            return;
        }
}

void nst_modality_run(const nst_entities *x, nst_events *out, nst_arena *doc) {
    for (uint32_t i = 0; i < out->n_mentions; i++) {
        nst_mention *m = &out->mentions[i];
        m->modality = (uint8_t)modality_of(x->parse, m->trigger, m->type);
        turn(m);
        turn_refusal(x->parse, m);
    }
}
