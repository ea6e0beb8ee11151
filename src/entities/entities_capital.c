/* entities_capital.c - does a capital or a seat stand for its government, or for a place?
 *
 * In: a unit and the tree around it. Out: agent or place.
 *   "Strelsau protested" agent; "met in Strelsau", "a storm hit Strelsau", "Strelsau summit" place
 * Idea: subjects and the like act; objects of verbs of going and of damage, and what follows
 * most prepositions, are places; "to", "from", "with", "on", "for", "against" depend on the word
 * they hang on.
 */
#include "who.h"

static bool lemma_in(const nst_parse *p, uint32_t t, const char *const *words) {
    for (; t != NST_ROOT && *words; words++)
        if (nst_parse_lemma_is(p, t, *words)) return true;
    return false;
}

/* Verbs whose object is a place: going there, or damage done to it. */
static const char *const going[] = {"visit", "leave", "reach", "hit", "strike", "rock", "bomb",
    "shell", "enter", "flee", "tour", "seize", "capture", "take", "destroy", "bombard", "besiege",
    "shake", "flood", "encircle", "surround", "liberate", "occupy", "storm", "evacuate", "depart",
    "overrun", "paralyse", "paralyze", "cross", "raid", "pound", "attack", "approach", "damage",
    "target", "escape", "invade", "retake", "recapture", NULL};

/* Words after which "to", "for", "from" lead to a place. */
static const char *const moving[] = {"fly", "go", "travel", "come", "return", "arrive", "move",
    "send", "drive", "visit", "trip", "flight", "head", "leave", "bring", "march", "deploy",
    "deport", "flee", "journey", "train", "road", "way", "back", "take", "depart", "ambassador",
    "envoy", "withdraw", "ship", "run", "walk", "rush", "invite", "summon", "recall", "transfer",
    "extradite", "tour", "evacuate", "kilometre", "kilometer", "mile", "km", "north", "south",
    "east", "west", "report", "route", "pass", "bus", "move", "close", "near", "home", "delegation",
    "fire", "escape", "drag", "carry", "extend", "advance", "spread", NULL};

/* Words that make a city before them a place: "the Strelsau summit". */
static const char *const local[] = {"summit", "conference", "talk", "meeting", "airport", "street",
    "police", "court", "hospital", "hotel", "suburb", "attack", "bombing", "embassy", "university",
    "school", "market", "office", "bureau", "resident", "mayor", "district", "area", "region",
    "protest", "agreement", "treaty", "accord", "protocol", "olympics", "city", "square", "church",
    "mosque", "station", "metro", "subway", "zoo", "time", "newspaper", "correspondent", "native",
    "shooting", "massacre", "neighbourhood", "neighborhood", "stock", "exchange", "trial", "prison",
    "jail", "declaration", "centre", "center", "stadium", "theatre", "monument", "skyline",
    "outskirts", "river", "port", "harbour", "front", "ghetto", "forum", "film", "home",
    "apartment", "house", "restaurant", "event", "rally", "speech", "visit", "trip", "marathon",
    "crowd", "citizen", "council", "streets", "suburbs", "residents", NULL};

/* Prepositions after which a government is meant. */
static const char *const sides[] = {"by", "with", "between", "against", "than", NULL};

/* Is a city in this oblique position an agent? */
static bool oblique(const nst_parse *p, uint32_t t) {
    static const char *const to[] = {"to", "from", "for", "towards", "toward", NULL};
    static const char *const on[] = {"on", "upon", NULL};
    static const char *const pressing[] = {"sanction", "pressure", "impose", "call", "urge",
        "embargo", "tariff", "rely", "depend", "blame", "report", "focus", "press", "dependent",
        "reliant", "condition", NULL};
    uint32_t c = nst_parse_case(p, t), h = p->head[t];
    if (c == NST_ROOT) return p->deprel[t] != NST_D_OBL_UNMARKED;
    if (lemma_in(p, c, sides)) return true;
    if (lemma_in(p, c, to)) {
        if (lemma_in(p, h, moving)) return false;
        uint32_t obj = h == NST_ROOT ? NST_ROOT : nst_parse_kid(p, h, NST_D_OBJ);
        return !lemma_in(p, obj, moving);
    }
    return lemma_in(p, c, on) && (lemma_in(p, h, pressing) ||
           (h != NST_ROOT && lemma_in(p, nst_parse_kid(p, h, NST_D_OBJ), pressing)));
}

/* Does the word after the unit (over its genitive) make it a place? */
static bool local_after(const nst_who *w, const nst_who_unit *u) {
    static const char *const gen[] = {"'s", "\xE2\x80\x99s", NULL};
    const nst_parse *p = w->p;
    uint32_t t = u->end, end = p->text->sents[p->text->sent_of[u->first]].end;
    if (t < end && nst_who_is(w, t, gen)) t++;
    for (uint32_t k = 0; k < 3 && t < end && (p->upos[t] == NST_NOUN || p->upos[t] == NST_ADJ ||
                                              p->upos[t] == NST_PROPN); k++, t++)
        if (lemma_in(p, t, local)) return true;
    return false;
}

/* Prepositions of place right before the name (over an article). */
static bool after_place_word(const nst_who *w, uint32_t t) {
    static const char *const in[] = {"in", "at", "near", "outside", "inside", "around", "across",
        "into", "through", "via", "within", "over", "throughout", "central", "downtown", NULL};
    uint32_t s = w->p->text->sents[w->p->text->sent_of[t]].first;
    if (t > s && w->p->upos[t - 1] == NST_DET) t--;
    return t > s && nst_who_is(w, t - 1, in);
}

/* Is it one more city of a list whose first is a place ("arrested in Strelsau and Klow")? */
static uint32_t list_head(const nst_parse *p, uint32_t t) {
    for (int up = 0; up < 4 && p->deprel[t] == NST_D_CONJ && p->head[t] != NST_ROOT; up++) {
        uint8_t u = p->upos[p->head[t]];
        if (u != NST_PROPN && u != NST_NOUN) break;
        t = p->head[t];
    }
    return t;
}

bool nst_who_agent(const nst_who *w, const nst_who_unit *u, uint32_t head) {
    const nst_parse *p = w->p;
    uint32_t t = list_head(p, head);
    if (after_place_word(w, u->first) || after_place_word(w, t)) return false;
    if (u->reading.by == NST_KB_BY_SEAT) return true;
    if (local_after(w, u)) return false;
    switch (p->deprel[t]) {
    case NST_D_NSUBJ: case NST_D_NSUBJ_PASS: case NST_D_IOBJ: case NST_D_NMOD_POSS: case NST_D_OBL_AGENT:
    case NST_D_COMPOUND: case NST_D_AMOD:
        return true;
    case NST_D_OBJ: return !lemma_in(p, p->head[t], going);
    case NST_D_OBL: case NST_D_NMOD: case NST_D_OBL_UNMARKED: case NST_D_NMOD_UNMARKED: return oblique(p, t);
    case NST_D_CONJ: return true;
    default: return p->head[t] == NST_ROOT;
    }
}
