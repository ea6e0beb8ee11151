/* entities_thing.c - things that acts are done to: buildings, vehicles, parts of a country.
 *
 * In: entity mentions, resolved; trees, places. Out: the same and, in order among them, mentions of things
 * that an act can hit, seize, block or reach. They never act.
 *   "shelled [a hospital in Zenda]": THING, code of the state that Zenda lies in
 * Idea: a list of nouns by whose they usually are; a thing's state is that of the name that modifies it or
 * of the place it is said to be in. A named place that is no actor gets its state's code likewise.
 * Invariants: (1) runs after all else of "who", so that no pronoun or name is ever resolved to a thing;
 * (2) a token that is a mention's head already stays that mention's.
 */
#include "who.h"

#define MAX_OF 4u                        /* tokens that an "of" phrase may add to the words */

/* Nouns of things, sorted, with the sector of those they usually serve. */
typedef struct thing_word {
    const char *lemma;
    uint32_t sectors;
} thing_word;

#define M NST_SECTOR(MIL)
#define C NST_SECTOR(CVL)
#define G NST_SECTOR(GOV)
#define B NST_SECTOR(BUS)
#define R NST_SECTOR(REL)
#define E NST_SECTOR(EDU)
static const thing_word things[] = {
    {"airbase", M}, {"aircraft", 0}, {"airfield", M}, {"airliner", C},
    {"airport", C}, {"airspace", 0}, {"ambulance", C}, {"apartment", C}, {"area", 0},
    {"arsenal", M}, {"asset", 0}, {"bakery", C}, {"barracks", M}, {"barricade", 0}, {"base", M},
    {"boat", 0}, {"border", 0}, {"bridge", 0}, {"building", 0}, {"bunker", M}, {"bus", C},
    {"business", B}, {"cafe", C}, {"camp", 0}, {"campus", E}, {"car", C}, {"casino", B},
    {"cathedral", R}, {"cemetery", C}, {"chapel", R}, {"checkpoint", 0}, {"city", C},
    {"clinic", C}, {"college", E}, {"compound", 0}, {"computer", 0}, {"county", 0},
    {"courthouse", G}, {"crossing", 0}, {"dam", 0}, {"depot", 0}, {"district", C},
    {"dormitory", E}, {"drone", M}, {"effigy", 0}, {"encampment", C}, {"enclave", C},
    {"export", B}, {"facility", 0}, {"factory", B}, {"farm", C}, {"ferry", C}, {"field", 0},
    {"flag", 0}, {"flight", 0}, {"frigate", M}, {"gallery", 0}, {"garrison", M}, {"grid", 0},
    {"harbor", 0}, {"harbour", 0}, {"headquarters", 0}, {"helicopter", 0}, {"hideout", 0},
    {"highway", 0}, {"home", C}, {"hospital", C}, {"hotel", C}, {"house", C}, {"import", B},
    {"infrastructure", 0}, {"installation", 0}, {"island", 0}, {"jail", G}, {"jet", 0},
    {"kindergarten", E}, {"land", 0}, {"launcher", M}, {"library", 0}, {"mall", C},
    {"mansion", 0}, {"market", C}, {"memorial", 0}, {"mine", 0}, {"minibus", C}, {"monastery", R},
    {"monument", 0}, {"motorcade", G}, {"museum", 0}, {"neighborhood", C}, {"neighbourhood", C},
    {"network", 0}, {"newsroom", NST_SECTOR(MED)}, {"nightclub", C}, {"office", 0},
    {"oilfield", B}, {"outpost", M}, {"palace", G}, {"park", 0}, {"pipeline", 0}, {"plane", 0},
    {"plant", 0}, {"port", 0}, {"portrait", 0}, {"prison", G},
    {"product", B}, {"property", 0}, {"province", 0}, {"radar", M}, {"railway", 0},
    {"refinery", B}, {"region", 0}, {"reservoir", 0}, {"residence", 0}, {"restaurant", C},
    {"road", 0}, {"runway", 0}, {"school", E}, {"server", 0}, {"settlement", C}, {"ship", 0},
    {"shop", C}, {"shrine", R}, {"silo", 0}, {"site", 0}, {"stadium", C}, {"station", 0},
    {"statue", 0}, {"store", C}, {"street", 0}, {"stronghold", 0}, {"submarine", M},
    {"suburb", C}, {"subway", C}, {"supermarket", C}, {"synagogue", R},
    {"tanker", B}, {"target", 0}, {"taxi", C}, {"temple", R}, {"territory", 0}, {"theater", C},
    {"theatre", C}, {"tower", 0}, {"town", C}, {"township", C}, {"train", C}, {"truck", 0},
    {"tunnel", 0}, {"university", E}, {"valley", 0}, {"van", 0}, {"vehicle", 0}, {"vessel", 0},
    {"village", C}, {"warehouse", 0}, {"warship", M}, {"website", 0}, {"workshop", 0},
    {"yacht", 0},
};
#undef M
#undef C
#undef G
#undef B
#undef R
#undef E

/* The row of a token's lemma, NULL if it is none. Plurals that stay plural in the lemma count. */
static const thing_word *thing_at(const nst_parse *p, uint32_t t) {
    char low[24];
    nst_str w = p->lemma[t];
    uint32_t lo = 0, hi = sizeof things / sizeof *things;
    if (w.n < 3 || w.n >= sizeof low) return NULL;
    for (uint32_t i = 0; i < w.n; i++) low[i] = w.p[i] >= 'A' && w.p[i] <= 'Z' ? (char)(w.p[i] + 32) : w.p[i];
    w.p = low;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        int c = nst_str_cmp(nst_str_c(things[mid].lemma), w);
        if (!c) return &things[mid];
        if (c < 0) lo = mid + 1;
        else hi = mid;
    }
    return NULL;
}

/* Can the noun be an argument at all, and is it nobody's head and no expression of time? */
static bool open_noun(const nst_who *w, uint32_t t) {
    const nst_parse *p = w->p;
    uint8_t d = nst_deprel_base(p->deprel[t]);
    if (p->upos[t] != NST_NOUN && p->upos[t] != NST_PROPN) return false;
    if (w->out->actor_at[t] != NST_ROOT || w->out->time_at[t] != NST_ROOT) return false;
    bool bare = w->p->kid_first[t] == w->p->kid_first[t + 1] || p->kids[p->kid_first[t]] > t;
    bool after = t > 0 && p->upos[t - 1] == NST_ADP;
    if (!(p->morph[t] & NST_M_PLUR) && (bare || (after && p->upos[t] == NST_NOUN))) return false;  /* "at home" */
    return d == NST_D_OBJ || d == NST_D_NSUBJ || d == NST_D_OBL || d == NST_D_NMOD || d == NST_D_CONJ ||
           d == NST_D_APPOS || p->head[t] == NST_ROOT;
}

/* ---- whose it is ------------------------------------------------------------------------- */

/* The state of a name or a place at token t; false if it tells none. */
static bool state_at(const nst_entities *x, uint32_t t, char code[4]) {
    uint32_t a = x->actor_at[t], at = x->place_at[t];
    const char *found = a != NST_ROOT && x->actors[a].n_is == 1 ? x->actors[a].is[0].code : "";
    if (!found[0] && at != NST_ROOT) found = x->places[at].country;
    if (!found[0]) return false;
    memcpy(code, found, 4);
    return true;
}

/* The state of a thing, from its modifiers and from the phrases of place and possession on it. */
static void owner(const nst_who *w, uint32_t t, char code[4]) {
    static const char *const preps[] = {"of", "in", "near", "outside", "at", NULL};
    const nst_parse *p = w->p;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kids[k];
        uint8_t d = nst_deprel_base(p->deprel[kid]);
        bool modifies = kid < t && (d == NST_D_AMOD || d == NST_D_COMPOUND || d == NST_D_NMOD);
        bool phrase = kid > t && d == NST_D_NMOD && nst_parse_case(p, kid) != NST_ROOT &&
                      nst_who_is(w, nst_parse_case(p, kid), preps);
        if ((modifies || phrase) && state_at(w->out, kid, code)) return;
    }
}

/* ---- the words --------------------------------------------------------------------------- */

/* First token of the premodifiers that lead up to t without a gap. */
static uint32_t words_from(const nst_parse *p, uint32_t t) {
    uint32_t first = t;
    while (first > 0 && p->text->sent_of[first - 1] == p->text->sent_of[t]) {
        uint32_t h = p->head[first - 1];
        bool inside = h != NST_ROOT && h >= first && h <= t && p->upos[first - 1] != NST_PUNCT &&
                      p->deprel[first - 1] != NST_D_CASE && p->deprel[first - 1] != NST_D_CC;
        if (!inside && !(h != NST_ROOT && h + 1 == first && p->deprel[first - 1] == NST_D_CASE)) break;
        first--;
    }
    while (first < t && (p->upos[first] == NST_ADP || p->upos[first] == NST_PUNCT)) first++;
    return first;
}

/* One past the last token: with a short "of" phrase ("the district of Afrin"). */
static uint32_t words_to(const nst_parse *p, uint32_t t) {
    if (t + 1 >= p->text->n_tokens || !nst_parse_lemma_is(p, t + 1, "of")) return t + 1;
    uint32_t of = p->head[t + 1];
    return of != NST_ROOT && of > t && p->head[of] == t && of - t <= MAX_OF ? of + 1 : t + 1;
}

/* The mention of the thing at token t. */
static nst_actor thing(nst_who *w, uint32_t t, uint32_t sectors) {
    uint32_t first = words_from(w->p, t), end = words_to(w->p, t);
    nst_actor a = {.span = nst_text_tokens(w->p->text, first, end), .first = first, .end = end, .head = t,
        .kind = NST_ACTOR_THING, .plural = (w->p->morph[t] & NST_M_PLUR) != 0};
    nst_identity is = {.sectors = sectors};
    owner(w, t, is.code);
    if (is.code[0]) {
        uint32_t e = nst_kb_entity_of(w->kb, nst_str_c(is.code));
        if (e != NST_KB_NONE) is.entity = nst_who_of_entity(w, e).entity;
    }
    if (is.code[0] || is.sectors) nst_who_set(w, &a, is);
    return a;
}

/* ---- order ------------------------------------------------------------------------------- */

/* Merges the things into the mentions, by head; every index into the mentions follows. */
static void merge(nst_who *w, const nst_actor *more, uint32_t n_more) {
    nst_entities *x = w->out;
    uint32_t n = x->n_actors + n_more, i = 0, k = 0, *to = NST_ARRAY(w->scratch, uint32_t, x->n_actors + 1);
    nst_actor *all = NST_ARRAY(w->doc, nst_actor, n);
    for (uint32_t out = 0; out < n; out++) {
        bool old = k == n_more || (i < x->n_actors && x->actors[i].head <= more[k].head);
        all[out] = old ? x->actors[i] : more[k];
        if (old) to[i++] = out;
        else {
            all[out].chain = UINT32_MAX;
            k++;
        }
    }
    for (uint32_t out = 0; out < n; out++) {
        nst_actor *a = &all[out];
        a->chain = a->chain == UINT32_MAX ? out : to[a->chain];
        for (uint32_t q = 0; q < a->n_antecedent; q++) a->antecedent[q] = to[a->antecedent[q]];
    }
    for (uint32_t t = 0; t < w->p->text->n_tokens; t++)
        if (x->actor_at[t] != NST_ROOT) x->actor_at[t] = to[x->actor_at[t]];
    x->actors = all;
    x->n_actors = n;
    for (uint32_t out = 0; out < n; out++)
        if (all[out].kind == NST_ACTOR_THING) x->actor_at[all[out].head] = out;
}

void nst_who_things(nst_who *w) {
    const nst_text *x = w->p->text;
    nst_actor *more = NULL;
    uint32_t n = 0, cap = 0;
    for (uint32_t i = 0; i < w->out->n_actors; i++) {
        nst_actor *a = &w->out->actors[i];
        nst_identity is = {0};
        if (a->kind != NST_ACTOR_PLACE || a->n_is || !state_at(w->out, a->head, is.code)) continue;
        uint32_t e = nst_kb_entity_of(w->kb, nst_str_c(is.code));
        if (e != NST_KB_NONE) is.entity = nst_who_of_entity(w, e).entity;
        is.name = nst_text_span(x, a->span);
        nst_who_set(w, a, is);
    }
    for (uint32_t t = 0; t < x->n_tokens; t++) {
        const thing_word *word = nst_text_coded(x, x->sent_of[t]) && open_noun(w, t) ? thing_at(w->p, t) : NULL;
        if (word) *NST_PUSH(w->scratch, more, n, cap) = thing(w, t, word->sectors);
    }
    if (n) merge(w, more, n);
}
