/* events_why.c - how a mention was read: its frame and the way to those who take part.
 *
 * In: a mention with its members. Out: words for the record and for `nestor explain`.
 *   expelled -> "expel.v obj; nsubj" (frame, way to the recipient; way to the actor)
 * Idea: from the trigger up to where both ways meet, each step up written "<relation", then down to
 * the member's head, each step the relation of the word reached: "the envoys that Graustark
 * expelled" -> "<acl:relcl; nsubj". "here" is the trigger's own word, "context" another sentence,
 * "-" nobody.
 * Invariant: the words depend on the tree alone, whatever filled the slot.
 */
#include "events.h"

#define MAX_WAY 12

/* The tokens from i up to the root of its sentence, i first; how many. */
static uint32_t upwards(const nst_parse *p, uint32_t i, uint32_t *way) {
    uint32_t n = 0;
    for (; n < MAX_WAY && i != NST_ROOT; i = p->head[i]) way[n++] = i;
    return n;
}

/* The way from token `from` to token `to` of the same sentence. */
static void put_way(const nst_parse *p, uint32_t from, uint32_t to, nst_writer *w) {
    uint32_t up[MAX_WAY], down[MAX_WAY], n = upwards(p, from, up), m = upwards(p, to, down);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < m; k++) {
            if (up[i] != down[k]) continue;
            for (uint32_t s = 0; s < i; s++) nst_putf(w, "<%s", nst_deprel_name(p->deprel[up[s]]));
            for (uint32_t s = k; s-- > 0;)
                nst_putf(w, "%s%s", s + 1 < k || i ? ">" : "", nst_deprel_name(p->deprel[down[s]]));
            if (!i && !k) nst_putz(w, "here");
            return;
        }
    nst_putz(w, "far");
}

/* The way to the first member of a list. */
static void put_members(const nst_events *ev, const nst_mention *m, const nst_member *who, uint32_t n,
                        nst_writer *w) {
    const nst_entities *x = ev->entities;
    if (!n) {
        nst_putc(w, '-');
        return;
    }
    uint32_t head = x->actors[who[0].actor].head;
    if (x->parse->text->sent_of[head] != m->sent) nst_putz(w, "context");
    else put_way(x->parse, m->trigger, head, w);
}

void nst_why_put(const nst_events *ev, const nst_mention *m, nst_writer *w) {
    nst_put(w, m->why);
    if (!m->n_actors && !m->n_recipients) return;
    nst_putc(w, ' ');
    put_members(ev, m, m->recipients, m->n_recipients, w);
    nst_putz(w, "; ");
    put_members(ev, m, m->actors, m->n_actors, w);
}
