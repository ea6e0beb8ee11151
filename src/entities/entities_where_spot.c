/* entities_where_spot.c - names in a sentence that may be places, with the places that bear them.
 *
 * In: atoms, tags and names of a sentence: "a blast in Springfield, Illinois". Out: toponyms
 * [Springfield] 40 candidates, [Illinois] 1. The idea: at each capital word the longest name the
 * gazetteer knows; then what stands around it says whether it is a place at all: a person's other
 * names, a body's name, a locative before it, how large the place is. Names of places that the
 * gazetteer lacks stay, unresolved. Invariants: (1) toponyms are in order and do not overlap; (2)
 * the look-ahead is bounded; (3) nothing in lower case is a place.
 */
#include "where.h"

#include <math.h>

#define MAX_WORDS 7

/* The sentence under the cursor. */
typedef struct ctx {
    const nst_gazetteer *g;
    const nst_parse *p;
    const nst_sent *s;
    nst_str t;
    const nst_atom *a;
    uint32_t n;
    uint32_t *token;             /* [n] token of each atom, NST_ROOT if none */
    uint32_t *name;              /* [n] index of the name that covers it, NST_ROOT */
    bool shouting;               /* the sentence is all capitals or a headline in title case */
} ctx;

static bool lit(const ctx *c, uint32_t i, const char *z) {
    return nst_atom_lit(c->t, c->a, c->n, i, z);
}
static bool mark(const ctx *c, uint32_t i, char m) { return nst_atom_mark(c->a, c->n, i, m); }
static bool word(const ctx *c, uint32_t i) { return i < c->n && c->a[i].kind == NST_ATOM_WORD; }
static bool capital(const ctx *c, uint32_t i) { return word(c, i) && c->a[i].caps > 0; }
static nst_str bytes(const ctx *c, uint32_t i) {
    return (nst_str){c->t.p + c->a[i].start, c->a[i].end - c->a[i].start};
}

/* Is atom i one of these words? */
static bool one_of(const ctx *c, uint32_t i, const char *const *words) {
    for (; *words; words++)
        if (lit(c, i, *words)) return true;
    return false;
}

/* ---- setting up ---------------------------------------------------------------------------- */

/* Tokens and names of the atoms of sentence s. */
static void map_atoms(ctx *c, nst_arena *scratch) {
    const nst_text *t = c->p->text;
    uint32_t k = c->s->first, x = 0, lower = 0, upper = 0;
    uint32_t hi = c->p->n_names;
    while (x < hi) {                       /* names are in order */
        uint32_t mid = (x + hi) / 2;
        if (c->p->names[mid].end <= c->s->first) x = mid + 1;
        else hi = mid;
    }
    c->token = NST_ARRAY(scratch, uint32_t, c->n);
    c->name = NST_ARRAY(scratch, uint32_t, c->n);
    for (uint32_t i = 0; i < c->n; i++) {
        c->token[i] = c->name[i] = NST_ROOT;
        while (k < c->s->end && t->tokens[k].end <= c->a[i].start) k++;
        if (k < c->s->end && t->tokens[k].start < c->a[i].end) c->token[i] = k;
        while (x < c->p->n_names && c->p->names[x].end <= k) x++;
        if (x < c->p->n_names && c->p->names[x].first <= k && c->token[i] != NST_ROOT)
            c->name[i] = x;
        if (c->a[i].kind != NST_ATOM_WORD || c->a[i].end - c->a[i].start < 4) continue;
        if (c->a[i].caps) upper++;
        else lower++;
    }
    c->shouting = upper > 3 && upper > lower * 2;
}

/* ---- the longest name ---------------------------------------------------------------------- */

static const char *const JOIN[] =
    {"of", "the", "de", "la", "le", "du", "da", "del", "and", "al", "el",
    "on", "upon", "sur", "am", "an", "den", "der", "do", "dos", "di", "y", "e", "i", "ez", "er",
        "in", "es", "as", "ash", "ez", "az", "er", "oz",
    "ar", "az", "at", "d", "l", "s", "las", "los", "les", "und", "pri", "na", NULL};

/* May a place's name begin at atom i? */
static bool may_begin(const ctx *c, uint32_t i) {
    static const char *const article[] =
        {"al", "el", "as", "ash", "ar", "az", "at", "ad", "an", NULL};
    if (capital(c, i)) return true;
    return word(c, i) && one_of(c, i, article) && mark(c, i + 1, '-') && capital(c, i + 2) &&
           !c->a[i + 1].space && !c->a[i + 2].space;
}

/* The candidate with the longest name that begins at i; fills out, returns atoms taken. */
static uint32_t longest(const ctx *c, uint32_t i, const nst_gaz_key **found, uint32_t *n_found,
                        uint64_t *hash) {
    nst_where_key key = {0};
    uint32_t best = 0, words = 0;
    *n_found = 0;
    for (uint32_t k = i; k < c->n && words < MAX_WORDS; k++) {
        const nst_atom *a = &c->a[k];
        if (a->kind == NST_ATOM_MARK) {
            bool quote = a->mark == '\'' && !a->space && word(c, k + 1) && !c->a[k + 1].space &&
                         !(lit(c, k + 1, "s") && k + 2 <= c->n);
            bool dot = a->mark == '.' && !a->space && c->a[k - 1].end - c->a[k - 1].start <= 3;
            bool dash = a->mark == '-' && !a->space && word(c, k + 1) && !c->a[k + 1].space;
            if (!quote && !dot && !dash) break;
            continue;
        }
        if (a->kind != NST_ATOM_WORD) break;
        bool tied = k > i && mark(c, k - 1, '-') && !a->space && mark(c, k + 1, '-');
        bool ends = k > i && mark(c, k - 1, '-') && !a->space && a->end - a->start <= 3 &&
            mark(c, k + 1, '-');
        if (k > i && !a->caps && !tied && !ends && !one_of(c, k, JOIN)) break;
        bool glued = k > i && c->a[k - 1].kind == NST_ATOM_MARK && c->a[k - 1].mark == '\'';
        nst_where_key_add(&key, bytes(c, k), !glued);
        words++;
        if (key.n > NST_WHERE_KEY) break;
        if (!a->caps) continue;
        uint32_t n;
        uint64_t h = nst_where_hash(&key);
        const nst_gaz_key *q = nst_gazetteer_find(c->g, h, &n);
        if (!q) continue;
        *found = q, *n_found = n, *hash = h;
        best = k + 1 - i;
    }
    if (best && mark(c, i + best, '.') && !c->a[i + best].space && best > 1 &&
        c->a[i + best - 1].end - c->a[i + best - 1].start == 1)
        best++;                            /* the last stop of "U.S." */
    return best;
}

/* "La.", "N.Y.", "W.Va.", "TX" after a comma or in brackets: a division's abbreviation. */
static uint32_t abbreviation(const ctx *c, uint32_t i, const nst_gaz_key **found, uint32_t *n_found,
                             uint64_t *hash) {
    if (!capital(c, i) || c->a[i].end - c->a[i].start > 5) return 0;
    nst_where_key key = {0};
    nst_where_key_add(&key, NST_S("~"), false);
    uint32_t k = i;
    bool stops = false;
    for (int step = 0; step < 3 && capital(c, k) && c->a[k].end - c->a[k].start <= 5; step++) {
        nst_where_key_add(&key, bytes(c, k), false);
        k++;
        if (!mark(c, k, '.') || c->a[k].space) break;
        stops = true;
        k++;
        if (!capital(c, k) || (c->a[k].space && c->a[k - 2].end - c->a[k - 2].start > 1)) break;
    }
    bool led = i > 0 && (mark(c, i - 1, ',') || mark(c, i - 1, '('));
    bool zip = c->a[i].caps == 2 && c->a[i].end - c->a[i].start == 2;
    if (!stops && !(led && zip)) return 0;
    if (lit(c, i, "ms") && c->a[i].caps != 2) return 0;
    if (stops && !led && k - i < 3) return 0;
    *hash = nst_where_hash(&key);
    *found = nst_gazetteer_find(c->g, *hash, n_found);
    return *found ? k - i : 0;
}

/* ---- is it a place? ------------------------------------------------------------------------ */

static const char *const LOCATIVE[] =
    {"in", "at", "near", "from", "to", "across", "outside", "inside",
    "around", "throughout", "into", "off", "within", "toward", "towards", "through", "via",
        "between",
    "beyond", "over", "northern", "southern", "eastern", "western", "central", "downtown", "nearby",
    "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "leave",
    "left", "visited", "visiting", "reached", "upstate", "of", NULL};
static const char *const STRONG[] =
    {"in", "near", "across", "outside", "inside", "throughout", "northern",
    "southern", "eastern", "western", "downtown", "from", "nearby", "into", "central", NULL};
static const char *const HONORIFIC[] =
    {"mr", "mrs", "ms", "dr", "president", "minister", "gen", "general",
    "sen", "senator", "rep", "gov", "governor", "judge", "justice", "sgt", "lt", "capt", "captain",
        "col",
    "colonel", "maj", "major", "sir", "lord", "lady", "king", "queen", "prince", "princess", "pope",
    "bishop", "rev", "officer", "detective", "deputy", "chief", "coach", "professor", "prof",
        "sheikh",
    "st", "saint", "mayor", "attorney", "director", "secretary", "chairman", "spokesman",
        "spokeswoman",
    "congressman", "congresswoman", "ambassador", "sheriff", "sergeant", "miss", "uncle", "aunt",
        NULL};
static const char *const ORGWORD[] =
    {"university", "college", "school", "hospital", "bank", "times",
    "post", "herald", "tribune", "journal", "news", "press", "police", "department", "council",
        "court",
    "company", "inc", "corp", "ltd", "group", "association", "institute", "center", "centre",
        "church",
    "street", "avenue", "ave", "road", "rd", "drive", "lane", "boulevard", "blvd", "st", "high",
        "club",
    "united", "city", "fc", "party", "union", "airport", "airlines", "stadium", "theater",
        "theatre",
    "museum", "committee", "commission", "board", "agency", "authority", "democrats", "republicans",
    "act", "treaty", "agreement", "protocol", "declaration", "accord", "accords", "process",
        "ministry",
    "government", "army", "parliament", "elementary", "middle", "fire", "sheriff", "circuit",
        "district",
    "medical", "clinic", "foundation", "society", "daily", "sun", "star", "gazette", "courier",
        "regional",
    "state", "community", "public", "library", "park", "golf", "hotel", "inn", "festival", "game",
        NULL};

static const char *const NEVER[] = {"north", "south", "east", "west", "central", "street", "class",
    "office", "region", "district", "pack", "troop", "police", "most", "of", "union", "christmas",
        "sunday",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "january", "february",
        "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "internet",
    "house", "senate", "congress", "act", "national", "the", "and", "but", "if", "so", "may", "as",
        "is",
    "no", "yes", "god", "ford", "dodge", "lincoln", "northern", "southern", "eastern", "western",
        "state",
    "city", "county", "province", "republic", "island", "islands", "mountain", "river", "lake",
        "best",
    "friends", "young", "media", "man", "van", "same", "bar", "mass", "march", "along", "see",
        "can", "many",
    "much", "why", "how", "long", "early", "late", "university", "spring", "summer", "fall",
        "winter",
    "trump", "obama", "clinton", "bush", "biden", "sanders", "cruz", "gore", "kerry", "romney",
        "mccain",
    "democrat", "republican", "center", "square", "green", "white", "black", "brown", "ace",
        "sure", "sun",
    "post", "times", "star", "independence", "liberty", "enterprise", "commerce", "college",
        "eden", "roads",
    "road", "park", "hill", "hall", "king", "queen", "prince", "marin", "martin", "lewis",
        "nelson", "and",
    "ages", "angel", "home", "war", "west", "english", "french", "german", "spanish", "italian",
        "polish",
    "baker", "cook", "page", "price", "law", "bill", "mark", "grant", "miller", "turner", "bay",
        "tea", NULL};
static const char *const SAYS[] =
    {"said", "says", "told", "added", "who", "added", "asked", "noted",
    "testified", "replied", "tweeted", "wrote", "argued", "explained", "pleaded", NULL};

/* What kind of name covers the toponym: nst_name_kind, or -1; *whole says that it covers all of
 * it. */
static int name_kind(const ctx *c, uint32_t first, uint32_t end, bool *whole) {
    uint32_t x = c->name[first];
    *whole = false;
    if (x == NST_ROOT) return -1;
    const nst_name *m = &c->p->names[x];
    bool starts = first == 0 || c->name[first - 1] != x, stops = end >= c->n || c->name[end] != x;
    *whole = starts && stops;
    return m->kind;
}

/* log10 of the population, a little above that for what is better known than its size. */
static double weight(const nst_gaz_place *x) {
    double w = log10(x->population + 1.0);
    switch (NST_GAZ_KIND(x)) {
    case NST_GAZ_COUNTRY: return 8.5 + (w > 7 ? 0.3 : 0);
    case NST_GAZ_CONTINENT: return 8.8;
    case NST_GAZ_DIVISION: return 2.6 + w * 0.55;
    case NST_GAZ_REGION: return 6.2;
    case NST_GAZ_POINT: return 6.0;
    case NST_GAZ_COUNTY: return w * 0.75;
    default: return w + (x->kind & NST_GAZ_CAPITAL ? 1.2 : 0);
    }
}

/* Is the name that was found the place's own, and not one of its further names? */
static bool own_name(const nst_gazetteer *g, const nst_gaz_place *x, uint64_t hash) {
    nst_where_key key = {0};
    nst_where_key_add(&key, nst_str_c(g->names + x->name), false);
    return nst_where_hash(&key) == hash;
}

/* Keeps the likeliest candidates, in order. */
static void candidates(const ctx *c, const nst_gaz_key *q, uint32_t n, uint64_t hash,
                       nst_toponym *out) {
    for (uint32_t k = 0; k < n; k++) {
        const nst_gaz_place *p = &c->g->places[q[k].place];
        float w = (float)weight(p);
        if (NST_GAZ_KIND(p) <= NST_GAZ_DIVISION && w < 8 && !own_name(c->g, p, hash))
            w -= n == 1 ? 0.5f : p->population >= 100000 ? 0.3f : 1.5f;   /* exonyms: Geneva */
        uint32_t at = out->n;
        while (at > 0 && out->score[at - 1] < w) at--;
        if (at >= NST_WHERE_CANDIDATES) continue;
        uint32_t last = out->n < NST_WHERE_CANDIDATES ? out->n++ : NST_WHERE_CANDIDATES - 1u;
        for (uint32_t m = last; m > at; m--) {
            out->candidate[m] = out->candidate[m - 1];
            out->score[m] = out->score[m - 1];
        }
        out->candidate[at] = q[k].place;
        out->score[at] = w;
    }
}

/* A town and the division around it share a name ("Jenin", "Idlib"): the town is meant unless a
 * word says otherwise. Not in federations whose states are better known than towns of their
 * name. */
static void town_first(const ctx *c, uint32_t i, uint32_t end, nst_toponym *x) {
    static const char *const division[] = {"province", "region", "oblast", "governorate", "state",
        "prefecture", "district", "county", "department", "provinces", "territory", NULL};
    static const char *const town[] = {"city", "town", "village", "port", NULL};
    bool said = one_of(c, end, division) || (i > 1 && lit(c, i - 1, "of") &&
                                             one_of(c, i - 2, division));
    bool asked = i > 1 && lit(c, i - 1, "of") && one_of(c, i - 2, town);
    if (said) return;
    for (uint32_t d = 0; d < x->n; d++) {
        const nst_gaz_place *p = &c->g->places[x->candidate[d]];
        const char *cc = c->g->countries[p->country].iso2;
        bool famous = !strcmp(cc, "US") || !strcmp(cc, "CA") || !strcmp(cc, "AU") ||
            !strcmp(cc, "GB");
        if (NST_GAZ_KIND(p) != NST_GAZ_DIVISION || (famous && !asked)) continue;
        for (uint32_t k = 0; k < x->n; k++) {
            const nst_gaz_place *q = &c->g->places[x->candidate[k]];
            if (NST_GAZ_KIND(q) != NST_GAZ_TOWN || q->country != p->country || q->population < 5000)
                continue;
            if (x->score[d] > x->score[k] - 0.3f) {
                float swap = x->score[d];
                x->score[d] = x->score[k] - 0.3f;
                if (swap > x->score[k]) x->score[k] = swap;
            }
            break;
        }
    }
}

/* Is the word before i part of the same name and no place word ("Michael" in "Michael Jordan")? */
static bool name_before(const ctx *c, uint32_t i) {
    static const char *const fine[] =
        {"northern", "southern", "eastern", "western", "central", "north",
        "south", "east", "west", "greater", "upper", "lower", "downtown", "in", "from", "at",
            "near", "the",
        "of", "and", "to", "on", "for", "but", "when", "while", "after", "as", "while", "metro",
            "former",
        "since", "with", "by", "across", "around", "outside", "inside", "mainland", "occupied",
            NULL};
    if (i == 0 || !capital(c, i - 1) || !c->a[i].space) return false;
    if (one_of(c, i - 1, fine) || nst_atom_is(c->a, c->n, i - 1, NST_W_WDAY, NULL)) return false;
    if (nst_atom_is(c->a, c->n, i - 1, NST_W_MONTH, NULL) && !(i > 1 && !word(c, i - 2)))
        return false;
    if (i == 1 && c->token[0] != NST_ROOT && c->p->upos && c->p->upos[c->token[0]] != NST_PROPN)
        return false;
    return true;
}

/* How sure it is that atoms [i, end) name a place: above 0 it is taken for one. */
static double trust(const ctx *c, uint32_t i, uint32_t end, nst_toponym *x) {
    double w = x->n ? x->score[0] : 0, v = -1.0;
    bool whole, country = x->n && NST_GAZ_KIND(&c->g->places[x->candidate[0]]) >= NST_GAZ_DIVISION;
    int kind = name_kind(c, i, end, &whole);
    uint32_t tok = c->token[i], after = end;
    bool proper = tok == NST_ROOT || !c->p->upos || c->p->upos[tok] == NST_PROPN;
    v += w > 6.5 ? 1.2 : w > 5 ? 0.6 : w > 4 ? 0.2 : w > 3 ? -0.2 : -0.6;
    if (country) v += 0.6;
    if (kind == NST_NAME_PLACE) v += whole ? 1.0 : 0.6;
    if (kind == NST_NAME_PERSON) v -= 0.7;
    if (kind == NST_NAME_ORG) v -= 0.2;
    if (kind == NST_NAME_NORP) v -= 0.5;
    if (!proper) v -= 1.2;
    if (one_of(c, i, NEVER) && end - i == 1) v -= 3;
    if (x->n && !country && w < 4.3 && end - i == 1 && one_of(c, after, SAYS)) v -= 1.0;
    bool according = i > 1 && lit(c, i - 1, "to") && lit(c, i - 2, "according");
    if (i > 0 && one_of(c, i - 1, STRONG)) v += 1.2;
    else if (i > 0 && one_of(c, i - 1, LOCATIVE) && !according) v += 0.6;
    else if (i > 1 && lit(c, i - 1, "the") && one_of(c, i - 2, STRONG)) v += 0.6;
    bool titled = i > 0 && one_of(c, i - 1, HONORIFIC);
    titled = titled || (i > 1 && mark(c, i - 1, '.') && one_of(c, i - 2, HONORIFIC));
    if (titled) v -= 2.5, x->personal = true;
    if (name_before(c, i)) v -= 2.0, x->personal = true;
    bool possessive = mark(c, after, '\'') && lit(c, after + 1, "s");
    if (!possessive && capital(c, after) && !c->shouting) {
        if (one_of(c, after, ORGWORD)) v += 0.4;
        else v -= kind == NST_NAME_PLACE && whole ? 0.3 : country ? 0.4 : 1.3;
    }
    if (mark(c, after, '-') && word(c, after + 1) && !c->a[after].space && !c->a[after + 1].space)
        v -= 0.4;
    if (mark(c, after, ',') && x->n) v += 0.2;
    if (end - i > 1 && x->n) v += 0.6;
    if (end - i == 1 && c->a[i].caps == 2 && !c->shouting && x->n &&
        c->a[i].end - c->a[i].start <= 6 &&
        NST_GAZ_KIND(&c->g->places[x->candidate[0]]) <= NST_GAZ_COUNTY &&
        own_name(c->g, &c->g->places[x->candidate[0]], x->hash))
        v -= c->a[i].end - c->a[i].start <= 4 ? 3 : 1;     /* NATO, not Nato */
    if (x->n && NST_GAZ_KIND(&c->g->places[x->candidate[0]]) == NST_GAZ_COUNTY && end - i > 1)
        v += 0.9;
    if (i > 0 && mark(c, i - 1, '-') && !c->a[i].space && !country) v -= 1.5;
    if (mark(c, after, '-') && after + 1 < c->n && c->a[after + 1].kind == NST_ATOM_DIGITS &&
        !c->a[after].space)
        v -= 4;
    if (c->a[i].end - c->a[i].start <= 2 && end - i == 1 && !x->n) v -= 2;
    if (c->a[i].end - c->a[i].start <= 3 && end - i == 1 && !country) v -= 1.0;
    return v;
}

/* Is a division or country that holds a candidate named right after a comma? */
static void comma_pairs(const ctx *c, nst_toponyms *all, uint32_t from) {
    for (uint32_t k = from; k + 1 < all->n; k++) {
        nst_toponym *x = &all->t[k], *y = &all->t[k + 1];
        uint32_t gap = x->end;
        bool comma = mark(c, gap, ',') && gap + 1 == y->first;
        bool inside = lit(c, gap, "in") && gap + 1 == y->first;
        bool bracket = mark(c, gap, '(') && gap + 1 == y->first;
        if (!comma && !inside && !bracket) continue;
        for (uint32_t m = 0; m < y->n && !x->fixed; m++) {
            const nst_gaz_place *q = &c->g->places[y->candidate[m]];
            int qk = NST_GAZ_KIND(q);
            if (qk != NST_GAZ_DIVISION && qk != NST_GAZ_COUNTRY && qk != NST_GAZ_COUNTY &&
                !(comma && qk == NST_GAZ_REGION))
                continue;
            for (uint32_t j = 0; j < x->n; j++) {
                const nst_gaz_place *p = &c->g->places[x->candidate[j]];
                int pk = NST_GAZ_KIND(p);
                bool in = qk == NST_GAZ_COUNTRY ? p->country == q->country && pk < NST_GAZ_COUNTRY
                                                : p->division == q->division && p->division &&
                                                    pk < qk;
                if (!in) continue;
                x->pick = (uint8_t)j;
                x->fixed = true;
                x->trust += comma ? 2.5f : 1.0f;
                if (comma) y->pick = (uint8_t)m, y->fixed = true, y->trust += 2.0f;
                break;
            }
        }
    }
}

/* Adds the toponym of atoms [i, i + m). */
static nst_toponym *add(ctx *c, uint32_t sent, uint32_t i, uint32_t m, nst_arena *doc,
                        nst_toponyms *out) {
    nst_toponym *x = NST_PUSH(doc, out->t, out->n, out->cap);
    *x = (nst_toponym){.span = {c->a[i].start, c->a[i + m - 1].end, c->s->span.field}, .sent = sent,
                       .first = i, .end = i + m, .group = out->n - 1};
    return x;
}

/* A name the parser calls a place and the gazetteer does not know; atoms taken. */
static uint32_t unknown_place(const ctx *c, uint32_t i) {
    static const char *const kinds[] =
        {"river", "county", "lake", "mountain", "mountains", "island",
        "islands", "valley", "creek", "bay", "peninsula", "province", "district", "village",
            "township",
        "parish", "airport", "beach", "desert", "forest", "sea", "gulf", "strait", "oblast",
            "governorate",
        "heights", "canyon", "falls", "harbor", "harbour", "hills", "base", "camp", NULL};
    uint32_t x = c->name[i];
    if (x == NST_ROOT || c->p->names[x].kind != NST_NAME_PLACE || !capital(c, i)) return 0;
    if (nst_atom_is(c->a, c->n, i, NST_W_MONTH, NULL) ||
        nst_atom_is(c->a, c->n, i, NST_W_WDAY, NULL))
        return 0;
    if (i > 0 && c->name[i - 1] == x) return 0;
    uint32_t k = i;
    while (k < c->n && c->name[k] == x && c->a[k].kind != NST_ATOM_DIGITS) k++;
    while (k > i && !word(c, k - 1)) k--;
    bool kind = k > i + 1 && one_of(c, k - 1, kinds) && k - i <= 4;
    bool led = k == i + 1 && i > 0 && one_of(c, i - 1, STRONG) && c->p->names[x].score > 0.8f &&
               c->a[i].end - c->a[i].start > 3 && !capital(c, k) && !one_of(c, i, NEVER);
    return kind || led ? k - i : 0;
}

void nst_where_spot(const nst_gazetteer *g, const nst_parse *p, uint32_t sent, nst_arena *doc,
                    nst_arena *scratch, nst_toponyms *out) {
    const nst_sent *s = &p->text->sents[sent];
    ctx c = {.g = g, .p = p, .s = s, .t = p->text->field[s->span.field]};
    nst_atom *a = nst_atoms_run(c.t, s->span.start, s->span.end, scratch, &c.n);
    c.a = a;
    uint32_t from = out->n;
    map_atoms(&c, scratch);
    for (uint32_t i = 0; i < c.n;) {
        const nst_gaz_key *q = NULL;
        uint32_t n = 0, m = 0;
        uint64_t hash = 0;
        bool abbreviated = false;
        if (may_begin(&c, i)) m = longest(&c, i, &q, &n, &hash);
        if (m <= 2) {
            const nst_gaz_key *q2 = NULL;
            uint32_t n2 = 0;
            uint64_t hash2 = 0;
            uint32_t b = abbreviation(&c, i, &q2, &n2, &hash2);
            if (b) m = b, q = q2, n = n2, hash = hash2, abbreviated = true;
        }
        uint32_t u = unknown_place(&c, i);
        if (u > m && (!m || u > m + 1)) {
            nst_toponym *x = add(&c, sent, i, u, doc, out);
            x->hash = nst_hash(c.t.p + x->span.start, x->span.end - x->span.start);
            x->trust = (float)trust(&c, i, i + u, x) + 0.3f;
            i += u;
        } else if (m) {
            nst_toponym *x = add(&c, sent, i, m, doc, out);
            x->hash = hash;
            candidates(&c, q, n, hash, x);
            town_first(&c, i, i + m, x);
            x->alias = !abbreviated;
            x->trust = (float)trust(&c, i, i + m, x) + (abbreviated ? 1.5f : 0);
            i += m;
        } else {
            i++;
        }
    }
    comma_pairs(&c, out, from);
}
