/* entities_where_resolve.c - which of the places that bear a name is meant.
 *
 * In: toponyms with candidates: [Springfield] 40, [Illinois] 1, [Peoria] 6. Out: one pick each.
 * The idea: a place is the likelier the more people live there, and the more the other places of
 * the report lie in it, around it, in its division or country; one name means one place
 * throughout. Two rounds, so that what the first settles helps the second. Invariants: (1) a name
 * fixed by its own words ("Springfield, Illinois") fixes its namesakes; (2) each name is weighed
 * against at most NEIGHBOURS others, so the work is linear in the number of toponyms.
 * Reference: the minimality heuristics surveyed by J. L. Leidner (Toponym Resolution, 2007).
 */
#include "where.h"

#include <math.h>

#define NEIGHBOURS 40

/* One name of the document. */
typedef struct group {
    uint32_t first;              /* its first toponym */
    uint32_t count;              /* how often it is named */
    float prob[NST_WHERE_CANDIDATES];
    uint8_t pick;
    bool fixed;
} group;

/* Kilometres between two places, on a sphere (equirectangular: near enough for weighing). */
static double distance(const nst_gaz_place *a, const nst_gaz_place *b) {
    double lat = (a->lat + b->lat) / 2e4 * 0.017453293;
    double dx = (a->lon - b->lon) / 1e4, dy = (a->lat - b->lat) / 1e4;
    if (dx > 180) dx -= 360;
    if (dx < -180) dx += 360;
    dx *= cos(lat);
    return 111.2 * sqrt(dx * dx + dy * dy);
}

/* How much it speaks for place a that place b is meant elsewhere in the report, 0 to 1. */
static double support(const nst_gaz_place *a, const nst_gaz_place *b) {
    if (a == b) return 0;
    bool country = a->country && a->country == b->country;
    bool division = country && a->division && a->division == b->division;
    double s = 0;
    if (NST_GAZ_KIND(a) == NST_GAZ_COUNTRY && country) s = 0.4;
    else if (NST_GAZ_KIND(b) == NST_GAZ_COUNTRY && country) s = 0.35;
    else if (NST_GAZ_KIND(b) == NST_GAZ_DIVISION && division) s = 1.0;
    else if (division) s = 0.55;
    else if (country) s = 0.2;
    bool alike = NST_GAZ_KIND(a) == NST_GAZ_KIND(b);       /* lists name things of one kind */
    if (alike && NST_GAZ_KIND(a) == NST_GAZ_DIVISION && country) s += 0.3;
    if (alike && NST_GAZ_KIND(a) == NST_GAZ_COUNTRY) s += 0.2;
    if (NST_GAZ_KIND(a) <= NST_GAZ_COUNTY && NST_GAZ_KIND(b) <= NST_GAZ_COUNTY) {
        double d = distance(a, b);
        s += 0.6 * exp(-d / 60);
    }
    return s;
}

/* Turns scores into probabilities. */
static void normalise(const double *score, uint32_t n, float *prob) {
    double top = score[0], sum = 0;
    for (uint32_t k = 1; k < n; k++) top = score[k] > top ? score[k] : top;
    for (uint32_t k = 0; k < n; k++) sum += exp((score[k] - top) * 1.3);
    for (uint32_t k = 0; k < n; k++) prob[k] = (float)(exp((score[k] - top) * 1.3) / sum);
}

/* The names of the document: `of[i]` is the group of toponym i. */
static group *group_names(nst_toponyms *all, nst_arena *scratch, uint32_t *of, uint32_t *n) {
    uint32_t cap = 16;
    while (cap < all->n * 2) cap *= 2;
    uint32_t *table = NST_ARRAY(scratch, uint32_t, cap);
    group *g = NST_ARRAY(scratch, group, all->n);
    *n = 0;
    for (uint32_t i = 0; i < all->n; i++) {
        nst_toponym *x = &all->t[i];
        uint32_t h = (uint32_t)x->hash & (cap - 1);
        while (table[h] && all->t[g[table[h] - 1].first].hash != x->hash) h = (h + 1) & (cap - 1);
        if (!table[h]) {
            g[*n] = (group){.first = i};
            table[h] = ++*n;
        }
        group *own = &g[table[h] - 1];
        of[i] = table[h] - 1;
        x->group = own->first;
        own->count++;
        if (x->fixed && !own->fixed) own->fixed = true, own->pick = x->pick;
    }
    return g;
}

/* How much a text reads like an American local paper: sheriffs, counties, school boards. 0 if it
 * does not. */
static double american(const nst_text *t) {
    static const char *const cues[] =
        {"Sheriff", "County", "Police Department", "Fire Department", "High School",
        "School District", "School Board", "City Council", " Sgt.", "deputies", " St.,", " Ave.",
            "Middle School",
        "Elementary", "courthouse", "Legislature", "zoning", "Interstate", "Highway ", "mayor"};
    nst_str s = t->field[NST_FIELD_TEXT];
    int found = 0;
    for (size_t k = 0; k < sizeof(cues) / sizeof(cues[0]) && s.n; k++)
        found += memmem(s.p, s.n, cues[k], strlen(cues[k])) != NULL;
    return found < 2 ? 0 : found > 6 ? 3.0 : 0.6 + 0.4 * found;
}

/* One round for group k: its own weight, and the support of the names around it. */
static void weigh(const nst_gazetteer *z, const nst_toponyms *all, const group *g, uint32_t n,
                  uint32_t k, double home, float *prob) {
    const nst_toponym *x = &all->t[g[k].first];
    double score[NST_WHERE_CANDIDATES];
    for (uint32_t c = 0; c < x->n; c++) {
        const nst_gaz_place *a = &z->places[x->candidate[c]];
        double near = 0;
        uint32_t from = k > NEIGHBOURS / 2 ? k - NEIGHBOURS / 2 : 0, seen = 0;
        for (uint32_t o = from; o < n && seen < NEIGHBOURS; o++) {
            const nst_toponym *y = &all->t[g[o].first];
            if (o == k || !y->n || y->trust < -0.5f) continue;
            seen++;
            double best = 0;
            for (uint32_t d = 0; d < y->n; d++) {
                double s = support(a, &z->places[y->candidate[d]]) * g[o].prob[d];
                best = s > best ? s : best;
            }
            near += best * (g[o].count > 2 ? 1.3 : 1) * (g[o].fixed ? 1.2 : 1);
        }
        score[c] = x->score[c] * 0.9 + 2.6 * log(1 + near * 1.5);
        bool local = a->country && !strcmp(z->countries[a->country].iso2, "US") &&
            NST_GAZ_KIND(a) != NST_GAZ_COUNTRY;
        if (local) score[c] += home;
    }
    normalise(score, x->n, prob);
}

/* The pick of a group: its likeliest candidate unless fixed. */
static void settle(const nst_toponyms *all, group *g) {
    const nst_toponym *x = &all->t[g->first];
    if (g->fixed) return;
    g->pick = 0;
    for (uint8_t c = 1; c < x->n; c++)
        if (g->prob[c] > g->prob[g->pick]) g->pick = c;
}

/* A name that surely is a place once in the report is a likelier one elsewhere in it. */
static void spread_trust(nst_toponyms *all) {
    for (uint32_t i = 0; i < all->n; i++) {
        nst_toponym *x = &all->t[i], *head = &all->t[x->group];
        if (x->n && x->trust > head->best) head->best = x->trust;
    }
    for (uint32_t i = 0; i < all->n; i++) {
        nst_toponym *x = &all->t[i];
        float best = all->t[x->group].best;
        if (best > 0.5f && !x->personal && x->trust > -2.2f && x->trust < best)
            x->trust += best > 1.5f ? 1.0f : 0.6f;
    }
}

void nst_where_resolve(const nst_gazetteer *z, const nst_text *t, nst_toponyms *all,
                       nst_arena *scratch) {
    uint32_t *of = NST_ARRAY(scratch, uint32_t, all->n), n;
    group *g = group_names(all, scratch, of, &n);
    double home = american(t);
    for (uint32_t k = 0; k < n; k++) {
        const nst_toponym *x = &all->t[g[k].first];
        double score[NST_WHERE_CANDIDATES] = {0};
        for (uint32_t c = 0; c < x->n; c++) score[c] = x->score[c];
        if (x->n) normalise(score, x->n, g[k].prob);
        if (g[k].fixed)
            for (uint32_t c = 0; c < x->n; c++) g[k].prob[c] = c == g[k].pick;
    }
    for (int round = 0; round < 2; round++) {
        float(*next)[NST_WHERE_CANDIDATES] = nst_arena_alloc(scratch, sizeof(*next) * (n + 1));
        for (uint32_t k = 0; k < n; k++) {
            if (g[k].fixed || !all->t[g[k].first].n) memcpy(next[k], g[k].prob, sizeof next[k]);
            else weigh(z, all, g, n, k, home, next[k]);
        }
        for (uint32_t k = 0; k < n; k++) memcpy(g[k].prob, next[k], sizeof next[k]);
    }
    for (uint32_t k = 0; k < n; k++) settle(all, &g[k]);
    spread_trust(all);
    for (uint32_t i = 0; i < all->n; i++)
        if (!all->t[i].fixed) all->t[i].pick = g[of[i]].pick;
}
