/* events_stop.c - what the tree shows to be no act of the frame's type after all.
 *
 * In: a mention and its tree. Out: true if it is none, for a reason that a frame's conditions
 * can not tell: the form of the clause below it.
 *   "asked how it was done" -> no REQUEST ; "warned that taxes were rising" -> no THREATEN
 * Idea: a handful of verbs change their sense with the mood of their complement: a question, a
 * statement of what is, a promise to do harm.
 */
#include "match.h"

/* The predicate of the clause that completes v; NST_ROOT if there is none. */
static uint32_t complement(const nst_parse *p, uint32_t v) {
    static const nst_deprel rels[] = {NST_D_CCOMP, NST_D_XCOMP, NST_D_ACL};
    for (size_t i = 0; i < sizeof rels / sizeof *rels; i++) {
        uint32_t c = nst_parse_kid(p, v, rels[i]);
        if (c != NST_ROOT) return c;
    }
    return NST_ROOT;
}

/* Is the lemma of token i in the list that ends with NULL? */
static bool lemma_in(const nst_parse *p, uint32_t i, const char *const *words) {
    for (; *words; words++)
        if (nst_parse_lemma_is(p, i, *words)) return true;
    return false;
}

/* Has token i a dependent of one of these lemmas that stands before it? */
static bool led_by(const nst_parse *p, uint32_t i, const char *const *words) {
    for (uint32_t k = p->kid_first[i]; k < p->kid_first[i + 1]; k++)
        if (p->kids[k] < i && lemma_in(p, p->kids[k], words)) return true;
    return false;
}

/* "asked whether", "asking him how to": a question is no request. */
static bool only_asks(const nst_parse *p, uint32_t v, uint32_t clause) {
    static const char *const words[] = {"if", "whether", "how", "what", "why", "who", "where",
        "when",
        "which", NULL};
    return nst_parse_lemma_is(p, v, "ask") && led_by(p, clause, words);
}

/* "insisted life would return", "insists it is right": says so, and asks for nothing. */
static bool only_says(const nst_parse *p, uint32_t v, uint32_t clause) {
    static const char *const words[] = {"would", "will", "be", "have", "do", NULL};
    return nst_parse_lemma_is(p, v, "insist") && p->deprel[clause] == NST_D_CCOMP &&
        led_by(p, clause, words);
}

/* "warned that Graustark was arming": what is or was so is no threat. */
static bool only_tells(const nst_parse *p, uint32_t v, uint32_t clause) {
    static const char *const words[] = {"will", "would", "could", "may", "might", "can", "face",
        "if", NULL};
    if (!nst_parse_lemma_is(p, v, "warn") || p->deprel[clause] != NST_D_CCOMP ||
        led_by(p, clause, words))
        return false;
    uint32_t aux = nst_parse_kid(p, clause, NST_D_AUX);
    return nst_str_is(p->xpos[clause], "VBD") || aux != NST_ROOT;
}

/* "argued that Graustark should pay": asks for it; the demand is a mention of its own. */
static bool only_demands(const nst_parse *p, uint32_t v, uint32_t clause) {
    static const char *const words[] = {"should", "must", "ought", NULL};
    return nst_parse_lemma_is(p, v, "argue") && led_by(p, clause, words);
}

/* "vowed to kill the bill", "willing to defy", "pledged not to vote": no readiness to cooperate. */
static bool means_harm(const nst_parse *p, uint32_t v, uint32_t clause) {
    static const char *const words[] = {"kill", "block", "oppose", "repeal", "buck", "defy",
        "scrap", "dismantle",
        "veto", "resist", "retaliate", "punish", "crush", "eliminate", "ban", "sue", "fight",
        "reject",
        "undo", "overturn", "filibuster", "derail", "sink", "use", "circumvent", "bypass",
        "challenge",
        "primary", "deport", "jail", "subpoena", "boycott", "quit", "leave", "attack", "abolish",
        NULL};
    static const char *const not[] = {"not", "never", "n't", NULL};
    if (nst_parse_lemma_is(p, v, "agree")) return false;
    uint32_t mark = nst_parse_kid(p, clause, NST_D_MARK);
    return mark != NST_ROOT && nst_str_is(p->xpos[mark], "TO") &&
           (lemma_in(p, clause, words) || led_by(p, clause, not));
}

/* An interview: one of those who talk is a newspaper or a station, or works for one. */
static bool interview(const nst_entities *x, const nst_mention *m) {
    const uint32_t media = NST_SECTOR(MED) | NST_SECTOR(JRN);
    for (uint32_t i = 0; i < m->n_actors + m->n_recipients; i++) {
        const nst_member *who = i < m->n_actors ? &m->actors[i] : &m->recipients[i - m->n_actors];
        if (who->identity == NST_ROOT) continue;
        uint32_t sectors = x->actors[who->actor].is[who->identity].sectors;
        if (sectors & media) return true;
    }
    return false;
}

bool nst_stop_act(const nst_entities *x, const nst_mention *m) {
    const nst_parse *p = x->parse;
    uint32_t clause = complement(p, m->trigger);
    if (m->type == NST_T_CONSULT) return interview(x, m);
    if (clause == NST_ROOT) return false;
    switch (m->type) {
    case NST_T_REQUEST: return only_asks(p, m->trigger, clause) || only_says(p, m->trigger, clause);
    case NST_T_ACCUSE: return only_demands(p, m->trigger, clause);
    case NST_T_THREATEN: return only_tells(p, m->trigger, clause);
    case NST_T_AGREE: return means_harm(p, m->trigger, clause);
    default: return false;
    }
}
