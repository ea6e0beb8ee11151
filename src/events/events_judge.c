/* events_judge.c - how sure are we, and what is no act after all.
 *
 * In: candidates. Out: confidence, kept or dropped. A plain logistic score over what is known of the
 * candidate; candidates below the floor stay in the record for `nestor explain` only.
 */
#include <math.h>

#include "match.h"

#define FLOOR 0.35f

/* How good a member list is: 0 nobody, 1 somebody, 2 somebody with a code or sector. */
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

void nst_judge_run(const nst_events_model *model, const nst_entities *x, nst_events *out,
                   nst_arena *doc) {
    for (uint32_t i = 0; i < out->n_mentions; i++) {
        nst_mention *m = &out->mentions[i];
        int a = quality(x, m->actors, m->n_actors), r = quality(x, m->recipients, m->n_recipients);
        bool verb = x->parse->upos[m->trigger] == NST_VERB;
        double z = -1.2 + 0.7 * a + 0.4 * r + (verb ? 0.3 : 0) + (a + r == 0 ? -2 : 0);
        m->confidence = (float)(1 / (1 + exp(-z)));
        m->kept = m->confidence >= FLOOR;
    }
}
