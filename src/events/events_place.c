/* events_place.c - where an act happened, apart from the dateline, the actors and places merely
 * named.
 *
 * In: places, triggers, trees. Out: mention.place.
 *    "Graustark had expelled two envoys" names no place; "a blast in Strelsau killed two" does
 * The idea: a place counts only as a locative ("in", "at", "near") that hangs on the act, on the
 * verb that carries it, or on a place noun that does ("at a market in Strelsau"). The finest wins.
 * A participle in the same breath and a headline share the place as they share the date.
 * Invariants: (1) subjects, objects and possessors are never the place; (2) the dateline never is.
 */
#include "dating.h"

/* Prepositions that say where. */
static bool locative(const nst_parse *p, uint32_t c) {
    static const char *const words[] = {"in", "at", "near", "outside", "inside", "around", "across",
        "throughout", "off", "within", "along", "beside"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (nst_parse_lemma_is(p, c, words[i])) return true;
    return false;
}

/* Nouns that "of PLACE" may follow and still say where: "the city of Klow", "the outskirts of
 * Klow". */
static bool place_noun(const nst_parse *p, uint32_t i) {
    static const char *const words[] = {"city", "town", "village", "province", "district", "region",
        "capital", "port", "area", "state", "outskirts", "suburb", "centre", "center", "north",
            "south",
        "east", "west", "hub", "island", "county", "coast", "border", "streets", "street", "part",
        "neighborhood", "neighbourhood", "municipality", "stronghold", "enclave", "territory",
            "camp",
        "governorate", "peninsula", "heart", "middle", "edge", "side", "northeast", "northwest",
        "southeast", "southwest", "settlement", "community", "site", "vicinity", "university",
            "airport"};
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
        if (nst_parse_lemma_is(p, i, words[k])) return true;
    return false;
}

/* Does the act of a mention go to a place ("visited Strelsau", "arrived in", "trip to")? */
static bool goes_to(const nst_parse *p, uint32_t trigger) {
    static const char *const words[] =
        {"visit", "trip", "travel", "arrive", "fly", "return", "tour"};
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
        if (nst_parse_lemma_is(p, trigger, words[k])) return true;
    return false;
}

/* Is token h the trigger of a deed, which happens where its object is ("shelled a market in
 * Klow")? */
static bool in_deed(const nst_dating *d, uint32_t h) {
    if (!nst_dating_trigger(d, h)) return false;
    int type = d->ev->mentions[d->mention_at[h]].type;
    return type == NST_T_ASSAULT || type == NST_T_COERCE || type == NST_T_MOBILIZE ||
        type == NST_T_PROTEST;
}

/* "On", "over": a place on an island, a coast, a street; of an attack also the town or country it
 * hits. */
static bool on(const nst_parse *p, uint32_t c) {
    return nst_parse_lemma_is(p, c, "on") || nst_parse_lemma_is(p, c, "over") ||
        nst_parse_lemma_is(p, c, "above");
}

/* May the act at h be "on" this place, which stands right behind the preposition? */
static bool may_be_on(const nst_dating *d, const nst_place *w, uint32_t h) {
    if (w->precision == NST_PLACE_REGION || w->precision == NST_PLACE_POINT || !w->precision)
        return true;
    return nst_dating_trigger(d, h) && d->ev->mentions[d->mention_at[h]].type == NST_T_ASSAULT;
}

/* The predicate or trigger that the place says where of; NST_ROOT if it says it of none. */
static uint32_t governor(const nst_dating *d, const nst_place *w) {
    const nst_parse *p = d->p;
    uint32_t i = nst_dating_top(p, w->first, w->end);
    for (int step = 0; step < 5; step++) {
        uint32_t h = p->head[i], c = nst_parse_case(p, i);
        uint8_t base = nst_deprel_base(p->deprel[i]);
        if (h == NST_ROOT) return NST_ROOT;
        bool joined = base == NST_D_APPOS || base == NST_D_CONJ || base == NST_D_FLAT ||
                      (base == NST_D_COMPOUND && step > 0) || p->deprel[i] == NST_D_NMOD_DESC;
        if (joined) {
            i = h;
            continue;
        }
        if (step == 0 && (base == NST_D_COMPOUND || base == NST_D_NMOD) && place_noun(p, h)) {
            i = h;                         /* "the Klow district", "the city of Klow" */
            continue;
        }
        if (step > 0 && (base == NST_D_OBJ || p->deprel[i] == NST_D_NSUBJ_PASS))
            return in_deed(d, h) ? h : NST_ROOT;
        if (base != NST_D_OBL && base != NST_D_NMOD) return NST_ROOT;
        if (p->deprel[i] == NST_D_OBL_AGENT || p->deprel[i] == NST_D_NMOD_POSS) return NST_ROOT;
        bool of = c != NST_ROOT && nst_parse_lemma_is(p, c, "of") && place_noun(p, h);
        bool to = c != NST_ROOT && nst_parse_lemma_is(p, c, "to") && goes_to(p, h);
        to = to || (c != NST_ROOT && nst_parse_lemma_is(p, c, "into") &&
                    (in_deed(d, h) || goes_to(p, h)));
        bool amid = c != NST_ROOT && step > 0 &&
                    (nst_parse_lemma_is(p, c, "during") || nst_parse_lemma_is(p, c, "amid"));
        bool at_it = c != NST_ROOT &&
            (locative(p, c) || (on(p, c) && (step > 0 || may_be_on(d, w, h))));
        if (!of && !to && !at_it && !amid) return NST_ROOT;
        if (nst_dating_trigger(d, h) || p->upos[h] == NST_VERB) return h;
        i = h;
    }
    return NST_ROOT;
}

/* How fine a place is: the higher the better. */
static int fineness(const nst_place *w) {
    static const int rank[] = {1, 6, 5, 4, 3, 2, 2};
    return rank[w->precision];
}

/* Is one of these members the place itself ("trade with Ruritania")? */
static bool is_member(const nst_dating *d, const nst_member *m, uint32_t n, const nst_place *w) {
    for (uint32_t k = 0; k < n; k++) {
        uint32_t h = d->x->actors[m[k].actor].head;
        if (h >= w->first && h < w->end) return true;
    }
    return false;
}

static void give(const nst_dating *d, uint32_t m, uint32_t place) {
    nst_mention *a = &d->ev->mentions[m];
    const nst_place *w = &d->x->places[place];
    bool reached = a->type == NST_T_ASSAULT || goes_to(d->p, a->trigger);  /* hit, or visited */
    if (is_member(d, a->actors, a->n_actors, w)) return;
    if (!reached && is_member(d, a->recipients, a->n_recipients, w)) return;
    if (a->place != NST_ROOT && fineness(&d->x->places[a->place]) >= fineness(&d->x->places[place]))
        return;
    a->place = place;
}

static void give_at(const nst_dating *d, uint32_t g, uint32_t place) {
    for (uint32_t m = d->mention_at[g]; m < d->ev->n_mentions &&
         d->ev->mentions[m].trigger == g; m++)
        give(d, m, place);
}

/* The last act told by a noun between a plain verb and the place ("raise awareness of attacks on
 * Klow"): parsers often hang the place on the verb. */
static void give_last_noun(const nst_dating *d, uint32_t verb, uint32_t place) {
    const nst_parse *p = d->p;
    uint32_t at = d->x->places[place].first;
    for (uint32_t i = at, steps = 0; i-- > verb + 1 && steps < 12; steps++) {
        if (p->upos[i] == NST_VERB && p->deprel[i] != NST_D_AMOD) return;
        if (!nst_dating_trigger(d, i) || p->upos[i] != NST_NOUN) continue;
        give_at(d, i, place);
        return;
    }
}

/* The acts that are arguments of a plain verb: "talks were held in Strelsau". */
static void give_arguments(const nst_dating *d, uint32_t verb, uint32_t place) {
    const nst_parse *p = d->p;
    give_last_noun(d, verb, place);
    for (uint32_t k = p->kid_first[verb]; k < p->kid_first[verb + 1]; k++) {
        uint32_t kid = p->kids[k];
        uint8_t base = nst_deprel_base(p->deprel[kid]);
        bool arg = base == NST_D_OBJ || base == NST_D_NSUBJ || base == NST_D_XCOMP;
        if (arg && nst_dating_trigger(d, kid)) give_at(d, kid, place);
    }
}

/* "visited Strelsau", "shelled Klow": the object of a visit or an assault that is a town. */
static void visited(const nst_dating *d, uint32_t place) {
    const nst_parse *p = d->p;
    const nst_place *w = &d->x->places[place];
    uint32_t i = nst_dating_top(p, w->first, w->end), h = p->head[i];
    bool object = nst_deprel_base(p->deprel[i]) == NST_D_OBJ || p->deprel[i] == NST_D_NSUBJ_PASS;
    if (h == NST_ROOT || !object || !nst_dating_trigger(d, h)) return;
    bool hit = d->ev->mentions[d->mention_at[h]].type == NST_T_ASSAULT &&
               w->precision != NST_PLACE_COUNTRY && w->precision != NST_PLACE_NONE;
    if (hit || goes_to(p, h)) give_at(d, h, place);
}

/* Participles in the same breath share the place. */
static void hand_on(const nst_dating *d) {
    for (uint32_t m = 0; m < d->ev->n_mentions; m++) {
        nst_mention *a = &d->ev->mentions[m];
        uint32_t i = a->trigger, h = d->p->head[i];
        if (a->place != NST_ROOT || h == NST_ROOT || !nst_dating_trigger(d, h)) continue;
        uint8_t base = nst_deprel_base(d->p->deprel[i]);
        bool participle = nst_str_is(d->p->xpos[i], "VBG") || nst_str_is(d->p->xpos[i], "VBN");
        if (!(base == NST_D_ADVCL && participle)) continue;
        a->place = d->ev->mentions[d->mention_at[h]].place;
    }
}

/* A headline takes the place of the first act of its type in the lead. */
static void headline(const nst_dating *d) {
    nst_events *ev = d->ev;
    for (uint32_t m = 0; m < ev->n_mentions; m++) {
        nst_mention *a = &ev->mentions[m];
        if (d->p->text->sents[a->sent].span.field != NST_FIELD_TITLE || a->place != NST_ROOT)
            continue;
        for (uint32_t k = m + 1; k < ev->n_mentions && ev->mentions[k].sent < a->sent + 5; k++) {
            const nst_mention *b = &ev->mentions[k];
            if (b->type != a->type || b->place == NST_ROOT || b->modality != a->modality) continue;
            a->place = b->place;
            break;
        }
    }
}

/* Has the noun nothing before it but its article ("the attack", not "the Klow attack")? */
static bool bare(const nst_parse *p, uint32_t noun) {
    for (uint32_t k = p->kid_first[noun]; k < p->kid_first[noun + 1] && p->kids[k] < noun; k++)
        if (p->upos[p->kids[k]] != NST_DET) return false;
    return true;
}

/* A definite noun that retells an act ("the attack"), and a verb of the same type, actors and day, take
 * the place of the nearest such act told before in the report's story. */
static void retold(const nst_dating *d) {
    nst_events *ev = d->ev;
    for (uint32_t m = 0; m < ev->n_mentions; m++) {
        nst_mention *a = &ev->mentions[m];
        if (a->place != NST_ROOT || a->modality != NST_ASSERTED) continue;
        bool noun = nst_dating_definite(d->p, a->trigger) && bare(d->p, a->trigger);
        for (uint32_t k = m; k-- > 0 && m - k <= 8;) {
            const nst_mention *b = &ev->mentions[k];
            if (b->type != a->type || b->place == NST_ROOT || b->modality != NST_ASSERTED) continue;
            if (a->sent - b->sent > 6 || b->trigger == a->trigger) break;
            bool same_day = a->time != NST_ROOT && a->time == b->time;
            if (same_day ? nst_dating_share(d, a, b) || noun : noun && a->time == NST_ROOT) a->place = b->place;
            break;
        }
    }
}

/* "Condemned the raid in Klow": words have no place of their own when a deed's noun stands right before
 * the place. That noun, else g. */
static uint32_t rather_deed(const nst_dating *d, uint32_t place, uint32_t g) {
    const nst_place *w = &d->x->places[place];
    uint32_t c = nst_parse_case(d->p, nst_dating_top(d->p, w->first, w->end));
    if (c == NST_ROOT || c == 0 || c > w->first || d->p->upos[g] != NST_VERB || g >= c) return g;
    uint32_t noun = nst_dating_noun_until(d, c - 1);
    return noun != NST_ROOT && noun > g && in_deed(d, noun) && !in_deed(d, g) ? noun : g;
}

void nst_placing_run(const nst_dating *d, nst_arena *doc) {
    (void)doc;
    for (uint32_t w = 0; w < d->x->n_places; w++) {
        uint32_t g = governor(d, &d->x->places[w]);
        visited(d, w);
        if (g == NST_ROOT) continue;
        g = rather_deed(d, w, g);
        if (nst_dating_trigger(d, g)) give_at(d, g, w);
        else if (d->cue_at[g] == NST_ROOT) give_arguments(d, g, w);
    }
    hand_on(d);
    retold(d);
    headline(d);
}
