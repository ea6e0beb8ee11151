/* parse_repair.c - what grammar forbids and the model sometimes writes.
 *
 * In: trees. Out: the same trees with arcs mended that cannot be English.
 *   said on Tuesday that Graustark had expelled: "on Tuesday" stands left of "that", so it dates
 * the saying Rule: the complementizer "that" is the left edge of its clause (Quirk et al. 1985,
 * section 15.4): what stands before it and hangs on the clause's verb belongs to the verb above.
 * Invariant: a tree stays a tree: arcs only move to the head's head.
 */
#include "parse_model.h"

/* Token i is a "that" which opens the clause of its head. */
static bool opens_clause(const nst_parse *p, uint32_t i) {
    return p->deprel[i] == NST_D_MARK && nst_str_ieq(nst_text_token(p->text, i), NST_S("that")) &&
           p->head[i] != NST_ROOT && p->head[i] > i && p->head[p->head[i]] != NST_ROOT;
}

void pm_repair(nst_parse *p) {
    for (uint32_t s = 0; s < p->text->n_sents; s++) {
        uint32_t first = p->text->sents[s].first, end = p->text->sents[s].end;
        for (uint32_t i = first; i < end; i++) {
            if (!opens_clause(p, i)) continue;
            uint32_t verb = p->head[i], above = p->head[verb];
            if (above >= i) continue; /* a clause before its verb: "that he left is known" */
            for (uint32_t k = above + 1; k < i; k++)
                if (p->head[k] == verb && p->deprel[k] != NST_D_MARK && p->deprel[k] != NST_D_CC)
                    p->head[k] = above;
        }
    }
}
