/* entities_where.c - the places of a report, resolved as far as the text and the gazetteer allow.
 *
 * In: sentences with tags and names. Out: nst_place rows: "a blast in Springfield, Illinois" gives
 * [Springfield] 4250542 USA Illinois 39.80 -89.64 city, [Illinois] 4896861 USA division. The idea:
 * spot (entities_where_spot.c), choose (entities_where_resolve.c), keep what is trusted. A name
 * trusted once in the report is trusted a little more elsewhere. Invariants: (1) rows are in order
 * and do not overlap; (2) one that cannot be resolved keeps its name and spoils no other.
 */
#include "where.h"

#define KEEP -1.2f                /* least trust of a row */

static uint8_t precision_of(const nst_gaz_place *x) {
    static const uint8_t of[] =
        {NST_PLACE_NONE, NST_PLACE_CITY, NST_PLACE_DISTRICT, NST_PLACE_DIVISION,
                                 NST_PLACE_COUNTRY, NST_PLACE_REGION, NST_PLACE_POINT,
                                     NST_PLACE_REGION};
    return of[NST_GAZ_KIND(x)];
}

/* Tokens [first, end) under a span of sentence s. */
static void tokens_of(const nst_text *t, const nst_sent *s, nst_place *out) {
    uint32_t i = s->first;
    while (i < s->end && t->tokens[i].end <= out->span.start) i++;
    out->first = i;
    while (i < s->end && t->tokens[i].start < out->span.end) i++;
    out->end = i;
}

/* The name to show: the text's own spelling of a town whose listed name is another ("Geneva"),
 * else the list's. */
static nst_str shown(const nst_gazetteer *g, const nst_gaz_place *p, const nst_toponym *x,
                     nst_str text) {
    nst_where_key key = {0};
    nst_str listed = nst_str_c(g->names + p->name);
    nst_where_key_add(&key, listed, false);
    bool shouted = text.n > 1 && text.p[1] >= 'A' && text.p[1] <= 'Z';
    bool town = NST_GAZ_KIND(p) == NST_GAZ_TOWN && x->alias && !shouted;
    return town && nst_where_hash(&key) != x->hash ? text : listed;
}

/* One row from a toponym. */
static void row(const nst_gazetteer *g, const nst_text *t, const nst_toponym *x, nst_place *out) {
    *out = (nst_place){.span = x->span, .name = nst_text_span(t, x->span)};
    tokens_of(t, &t->sents[x->sent], out);
    if (!x->n) return;
    const nst_gaz_place *p = &g->places[x->candidate[x->pick]];
    out->name = shown(g, p, x, out->name);
    out->geonames = (int32_t)p->id;
    out->located = true;
    out->lat = p->lat / 1e4;
    out->lon = p->lon / 1e4;
    out->precision = precision_of(p);
    if (p->country) memcpy(out->country, g->countries[p->country].iso3, 4);
    if (p->division && g->divisions[p->division] != UINT32_MAX &&
        NST_GAZ_KIND(p) <= NST_GAZ_DIVISION)
        out->division = nst_str_c(g->names + g->places[g->divisions[p->division]].name);
}

void nst_where_run(const nst_entities_model *m, const nst_parse *p, nst_arena *doc,
                   nst_arena *scratch,
                   nst_entities *out) {
    (void)m;
    const nst_text *t = p->text;
    nst_gazetteer g;
    nst_toponyms all = {0};
    out->place_at = NST_ARRAY(doc, uint32_t, t->n_tokens);
    for (uint32_t i = 0; i < t->n_tokens; i++) out->place_at[i] = NST_ROOT;
    out->places = NULL;
    out->n_places = 0;
    if (!nst_gazetteer_open(&g)) return;
    for (uint32_t s = 0; s < t->n_sents; s++)
        if (nst_text_coded(t, s)) nst_where_spot(&g, p, s, doc, scratch, &all);
    nst_where_resolve(&g, t, &all, scratch);
    out->places = NST_ARRAY(doc, nst_place, all.n);
    for (uint32_t i = 0; i < all.n; i++) {
        nst_place x;
        if (all.t[i].trust <= KEEP) continue;
        row(&g, t, &all.t[i], &x);
        if (x.end <= x.first) continue;
        for (uint32_t k = x.first; k < x.end; k++) out->place_at[k] = out->n_places;
        out->places[out->n_places++] = x;
    }
}
