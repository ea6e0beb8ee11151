/* events_number.c - which figures belong to which act.
 *
 * In: numbers, triggers, trees: expelled -> envoys -> [two]. Out: mention.numbers with their
 * roles. The idea: climb from the figure to the first trigger above it. The dead and the wounded
 * go to the assault of their sentence even when another verb tells them ("struck ..., killing
 * two"): effects are its numbers. Invariants: (1) a figure belongs to one trigger at most; (2) it
 * never leaves its sentence.
 */
#include "dating.h"

/* The first trigger at or above token i, within a few steps; NST_ROOT if none. */
static uint32_t above(const nst_dating *d, uint32_t i) {
    for (int step = 0; step < 7 && i != NST_ROOT; step++, i = d->p->head[i])
        if (nst_dating_trigger(d, i)) return d->mention_at[i];
    return NST_ROOT;
}

/* The mention of this type in the sentence whose trigger is nearest to token i. */
static uint32_t nearest(const nst_dating *d, uint32_t sent, int type, uint32_t i) {
    uint32_t best = NST_ROOT, gap = UINT32_MAX, m = 0, hi = d->ev->n_mentions;
    while (m < hi) {                       /* mentions are in order of trigger, so of sentence */
        uint32_t mid = (m + hi) / 2;
        if (d->ev->mentions[mid].sent < sent) m = mid + 1;
        else hi = mid;
    }
    for (; m < d->ev->n_mentions && d->ev->mentions[m].sent == sent; m++) {
        const nst_mention *a = &d->ev->mentions[m];
        if (a->type != type) continue;
        uint32_t g = a->trigger > i ? a->trigger - i : i - a->trigger;
        if (g < gap) best = m, gap = g;
    }
    return best;
}

/* Is this mention's type one that the number's role belongs to? */
static bool fits(int type, int role) {
    if (role == NST_NUM_DEAD || role == NST_NUM_INJURED) return type == NST_T_ASSAULT;
    if (role == NST_NUM_ARRESTED) return type == NST_T_COERCE || type == NST_T_SANCTION;
    return true;
}

/* The mention that number k belongs to; NST_ROOT if none. */
static uint32_t owner(const nst_dating *d, uint32_t k) {
    const nst_number *n = &d->x->numbers[k];
    uint32_t at = n->counted != NST_ROOT ? n->counted : n->first;
    uint32_t sent = d->p->text->sent_of[n->first], m = above(d, at);
    if (m == NST_ROOT && at != n->first) m = above(d, n->first);
    if (m != NST_ROOT && fits(d->ev->mentions[m].type, n->role)) return m;
    if (n->role == NST_NUM_DEAD || n->role == NST_NUM_INJURED) {
        uint32_t a = nearest(d, sent, NST_T_ASSAULT, at);
        if (a != NST_ROOT) return a;
    }
    if (n->role == NST_NUM_ARRESTED) {
        uint32_t a = nearest(d, sent, NST_T_COERCE, at);
        if (a != NST_ROOT) return a;
    }
    return m;
}

void nst_counting_run(const nst_dating *d, nst_arena *doc) {
    uint32_t n = d->x->n_numbers;
    uint32_t *of = NST_ARRAY(doc, uint32_t, n);
    for (uint32_t m = 0; m < d->ev->n_mentions; m++) d->ev->mentions[m].n_numbers = 0;
    for (uint32_t k = 0; k < n; k++) {
        of[k] = owner(d, k);
        if (of[k] != NST_ROOT) d->ev->mentions[of[k]].n_numbers++;
    }
    for (uint32_t m = 0; m < d->ev->n_mentions; m++) {
        nst_mention *a = &d->ev->mentions[m];
        a->numbers = NST_ARRAY(doc, uint32_t, a->n_numbers);
        a->number_roles = NST_ARRAY(doc, uint8_t, a->n_numbers);
        a->n_numbers = 0;
    }
    for (uint32_t k = 0; k < n; k++) {
        if (of[k] == NST_ROOT) continue;
        nst_mention *a = &d->ev->mentions[of[k]];
        a->numbers[a->n_numbers] = k;
        a->number_roles[a->n_numbers++] = d->x->numbers[k].role;
    }
}
