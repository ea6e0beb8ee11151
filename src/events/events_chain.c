/* events_chain.c - the speaker chain of a mention: nearest speaker, agency, outlet.
 *
 * In: mentions and attributions. Out: links. A mention inside an attribution's content has its source
 * as a link; who performs a speech act is its actor and not its speaker (codebook, hard cases).
 *   expelled: said by Ruritania's foreign minister, then by the outlet Zenda Gazette
 * Invariants: (1) nearest first; (2) no speaker twice; (3) at most NST_MAX_CHAIN links.
 */
#include "match.h"

/* Does the attribution's content hold the trigger? */
static bool covers(const nst_attribution *a, nst_span t) {
    for (uint32_t i = 0; i < a->n_content; i++)
        if (a->content[i].field == t.field && a->content[i].start <= t.start && t.end <= a->content[i].end)
            return true;
    return false;
}

/* Length of an attribution's content, to order nested ones. */
static uint32_t width(const nst_attribution *a) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->n_content; i++) n += a->content[i].end - a->content[i].start;
    return n;
}

/* Is the attribution's source an actor of the mention itself, by the same entity mention? */
static bool own_act(const nst_entities *x, const nst_mention *m, const nst_attribution *a) {
    if (a->source == NST_ROOT || nst_type_quad(m->type) == 4) return false;
    for (uint32_t i = 0; i < m->n_actors; i++)
        if (x->actors[m->actors[i].actor].chain == x->actors[a->source].chain) return true;
    return false;
}

/* Links of the attributions that cover a span, nearest first, then agency and outlet. */
static void chain(const nst_entities *x, const nst_events *ev, nst_span t, const nst_mention *m,
                  nst_arena *doc, nst_link **links, uint32_t *n_links) {
    nst_link found[NST_MAX_CHAIN];
    uint32_t n = 0;
    for (uint32_t i = 0; i < ev->n_attributions && n + 2 < NST_MAX_CHAIN; i++) {
        const nst_attribution *a = &ev->attributions[i];
        if (!a->speech || !covers(a, t) || (m && own_act(x, m, a))) continue;
        uint32_t at = n++;
        while (at > 0 && width(&ev->attributions[found[at - 1].attribution]) > width(a)) {
            found[at] = found[at - 1];
            at--;
        }
        found[at] = (nst_link){.kind = NST_LINK_SPEAKER, .attribution = i};
    }
    if (x->agency.n) found[n++] = (nst_link){.kind = NST_LINK_AGENCY, .name = x->agency};
    const nst_report *r = x->parse->text->report;
    if (r->source && *r->source)
        found[n++] = (nst_link){.kind = NST_LINK_OUTLET, .name = nst_str_c(r->source)};
    *links = NST_ARRAY(doc, nst_link, n);
    memcpy(*links, found, sizeof *found * n);
    *n_links = n;
}

void nst_chain_run(const nst_entities *x, nst_events *out, nst_arena *doc) {
    for (uint32_t i = 0; i < out->n_mentions; i++) {
        nst_mention *m = &out->mentions[i];
        chain(x, out, m->trigger_span, m, doc, &m->links, &m->n_links);
    }
    for (uint32_t i = 0; i < out->n_indicators; i++) {
        nst_indicator *k = &out->indicators[i];
        chain(x, out, k->span, NULL, doc, &k->links, &k->n_links);
    }
}
