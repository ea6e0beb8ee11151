/* entities_hit.c - which words name something: units.
 *
 * In: tokens, tags, the parser's names, the knowledge base. Out: units in order, not overlapping.
 *   [Ruritania] entity RUR ; [foreign minister] role ; [Graustark] entity GRK ; [envoys] role
 * Idea: an abbreviation in brackets after the words it abbreviates is believed before anything else;
 * then, left to right, the longest term of the base that its surroundings allow; then what the parser
 * holds for a name; then any other run of proper nouns.
 * Invariants: (1) units do not overlap and lie in one sentence; (2) a word that more often means
 * something else counts only where nothing around it speaks against it; (3) one pass.
 */
#include "who.h"

#define MAX_ABBREVIATIONS 64u

nst_str nst_who_word_of(const nst_who *w, uint32_t token) { return nst_text_token(w->p->text, token); }

bool nst_who_is(const nst_who *w, uint32_t token, const char *const *words) {
    nst_str s = nst_who_word_of(w, token);
    for (; *words; words++)
        if (nst_str_ieq(s, nst_str_c(*words))) return true;
    return false;
}

/* ---- small questions --------------------------------------------------------------------- */

/* Does the token begin with a capital letter? */
static bool capital(const nst_who *w, uint32_t t) {
    nst_str s = nst_who_word_of(w, t);
    size_t i = 0;
    return s.n && nst_utf8_upper(nst_utf8_next(s.p, s.n, &i));
}

/* Is the token written in capitals only (two letters or more)? */
static bool all_capitals(const nst_who *w, uint32_t t) {
    nst_str s = nst_who_word_of(w, t);
    uint32_t letters = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t c = nst_utf8_next(s.p, s.n, &i);
        if (!nst_utf8_alpha(c)) continue;
        if (!nst_utf8_upper(c)) return false;
        letters++;
    }
    return letters >= 2;
}

static bool proper(const nst_who *w, uint32_t t) { return w->p->upos[t] == NST_PROPN && capital(w, t); }

/* First and end of the token's sentence. */
static const nst_sent *sentence(const nst_who *w, uint32_t t) {
    return &w->p->text->sents[w->p->text->sent_of[t]];
}

/* Kind of the parser's name at a token, NST_N_NAME if none. */
static uint8_t name_kind(const nst_who *w, uint32_t t) {
    return w->name_at[t] == NST_ROOT ? NST_N_NAME : w->p->names[w->name_at[t]].kind;
}

/* Does a term of the base begin here (so that a capital beside a name is not part of it)? */
static bool begins_term(const nst_who *w, const nst_kb_words *words, uint32_t t) {
    nst_kb_hit found[NST_KB_MAX_HITS];
    nst_kb_reading r;
    uint32_t n = nst_kb_match(w->kb, words, t, found);
    for (uint32_t i = 0; i < n; i++)
        if (nst_kb_pick(w->kb, &found[i], w->day, &r) && r.by != NST_KB_BY_SURNAME) return true;
    return false;
}

static const char *const honours[] = {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "sir", "madam", "dame",
    "lady", "dr", "dr.", NULL};
static const char *const hers[] = {"mrs", "mrs.", "ms", "ms.", "miss", "madam", "dame", "lady", NULL};
static const char *const his[] = {"mr", "mr.", "sir", NULL};

/* ---- belief ------------------------------------------------------------------------------ */

/* Is a neighbouring capital part of the same, unknown name ("Michael" before "Jordan")? */
static bool stranger(const nst_who *w, const nst_kb_words *words, uint32_t t) {
    if (!proper(w, t) || w->unit_at[t] != NST_ROOT || nst_who_is(w, t, honours)) return false;
    return !begins_term(w, words, t);
}

/* Is a single surname or a doubtful word to be believed here? */
static bool alone(const nst_who *w, const nst_kb_words *words, const nst_kb_hit *h) {
    const nst_sent *s = sentence(w, h->first);
    if (h->first > s->first && stranger(w, words, h->first - 1)) return false;
    if (h->end < s->end && stranger(w, words, h->end) && nst_text_space_after(w->p->text, h->end - 1))
        return false;
    return true;
}

/* Does a comma and a capital before the word make it the place of a place ("Atlanta, Georgia")? */
static bool after_place(const nst_who *w, uint32_t t) {
    const nst_sent *s = sentence(w, t);
    if (t < s->first + 2 || nst_who_word_of(w, t - 1).p[0] != ',') return false;
    return proper(w, t - 2) && w->unit_at[t - 2] != NST_ROOT && t - s->first >= 2 &&
           w->units[w->unit_at[t - 2]].kind == NST_UNIT_NAME;
}

/* Has the report named one of the bearers in full? */
static bool named_before(const nst_who *w, const nst_kb_hit *h) {
    nst_kb_reading r;
    for (uint32_t i = 0; i < h->n; i++)
        if (nst_kb_reading_get(w->kb, h, i, &r) && r.by == NST_KB_BY_SURNAME && w->seen[r.ref]) return true;
    return false;
}

/* Does a party's name stand as an adjective before a noun ("Republican senators")? */
static bool partisan(const nst_who *w, const nst_kb_hit *h, const nst_kb_reading *r) {
    static const char *const american[] = {"republican", "democratic", NULL};
    const nst_sent *s = sentence(w, h->first);
    uint8_t next = h->end < s->end ? w->p->upos[h->end] : NST_PUNCT;
    if (h->first == s->first && !nst_who_is(w, h->first, american)) return false;   /* "Liberal views" */
    return nst_kb_entity_get(w->kb, r->ref).kind == NST_KB_PARTY && capital(w, h->first) &&
           w->p->upos[h->end - 1] == NST_ADJ && (next == NST_NOUN || next == NST_PROPN || next == NST_ADJ);
}

/* Is the reading of a hit to be believed here? */
static bool believable(const nst_who *w, const nst_kb_words *words, const nst_kb_hit *h,
                       const nst_kb_reading *r) {
    const nst_parse *p = w->p;
    uint8_t u = p->upos[h->end - 1];
    if (r->by == NST_KB_BY_ROLE) return u == NST_NOUN || u == NST_PROPN || u == NST_ADJ || h->end - h->first > 1;
    bool noun = false, one = h->end - h->first == 1;
    for (uint32_t t = h->first; t < h->end; t++)
        noun |= p->upos[t] == NST_PROPN || p->upos[t] == NST_NOUN || p->upos[t] == NST_ADJ || p->upos[t] == NST_X;
    if (r->flags & NST_KB_USER) return true;
    if (r->by == NST_KB_BY_SURNAME) {
        if (named_before(w, h) && capital(w, h->first)) return alone(w, words, h);
        if (!h->shouted && !(one ? proper(w, h->first) : noun)) return false;
        return alone(w, words, h);
    }
    if (r->flags & NST_KB_WEAK) {
        if (!h->shouted && p->upos[h->end - 1] != NST_PROPN && r->by != NST_KB_BY_ADJECTIVE &&
            !partisan(w, h, r))
            return false;
        if (one && name_kind(w, h->first) == NST_NAME_PERSON) return false;
        return !one || (alone(w, words, h) && !after_place(w, h->first));
    }
    if (one && r->by != NST_KB_BY_ABBREVIATION && name_kind(w, h->first) == NST_NAME_PERSON &&
        !alone(w, words, h))
        return false;
    return noun || all_capitals(w, h->first) || !one;
}

/* ---- making units ------------------------------------------------------------------------ */

/* Appends a unit over [first, end). */
static nst_who_unit *make(nst_who *w, nst_unit_kind kind, uint32_t first, uint32_t end) {
    for (uint32_t t = first; t < end; t++) w->unit_at[t] = w->n_units;
    nst_who_unit *u = NST_PUSH(w->scratch, w->units, w->n_units, w->cap_units);
    *u = (nst_who_unit){.first = first, .end = end, .kind = (uint8_t)kind, .inside = NST_KB_NONE,
        .same = NST_ROOT, .name_kind = NST_N_NAME};
    return u;
}

/* The state named inside [first, end), NST_KB_NONE if none. */
static uint32_t state_inside(const nst_who *w, const nst_kb_words *words, uint32_t first, uint32_t end) {
    nst_kb_hit found[NST_KB_MAX_HITS];
    nst_kb_reading r;
    for (uint32_t t = first; t < end; t++) {
        uint32_t n = nst_kb_match(w->kb, words, t, found);
        for (uint32_t i = 0; i < n; i++) {
            if (found[i].end > end || !nst_kb_pick(w->kb, &found[i], w->day, &r)) continue;
            if (r.by <= NST_KB_BY_CAPITAL && !(r.flags & NST_KB_WEAK) && nst_who_state(w, r.ref)) return r.ref;
        }
    }
    return NST_KB_NONE;
}

/* Does the last word of a name read as a role ("Turkish parliament")? */
static bool ends_in_role(const nst_who *w, const nst_kb_words *words, uint32_t first, uint32_t end) {
    nst_kb_hit found[NST_KB_MAX_HITS];
    nst_kb_reading r;
    for (uint32_t t = end > first + 4 ? end - 4 : first; t < end; t++) {
        uint32_t n = nst_kb_match(w->kb, words, t, found);
        for (uint32_t i = 0; i < n; i++)
            if (found[i].end == end && nst_kb_pick(w->kb, &found[i], w->day, &r) && r.by == NST_KB_BY_ROLE)
                return true;
    }
    return false;
}

/* Does "Mr" or the like stand before the token? Then it is a person's name, whatever else it can mean. */
static bool honoured(const nst_who *w, uint32_t t) {
    return t > sentence(w, t)->first && w->unit_at[t - 1] != NST_ROOT &&
           w->units[w->unit_at[t - 1]].kind == NST_UNIT_HONOUR;
}

/* Is one word of the base here the surname of somebody whom the report has named in full, and who acts? */
static bool namesake(const nst_who *w, const nst_kb_hit *h, const nst_kb_reading *r) {
    if (h->end - h->first != 1 || r->by > NST_KB_BY_SEAT) return false;
    if (honoured(w, h->first)) return true;
    uint8_t d = w->p->deprel[h->first];
    return nst_who_family_of(w, h->first) != NST_ROOT && d == NST_D_NSUBJ &&
           nst_parse_kid(w->p, h->first, NST_D_DET) == NST_ROOT;
}

/* The reading of a hit as a person's surname, if it has one. */
static bool as_surname(const nst_who *w, const nst_kb_hit *h, nst_kb_reading *r) {
    for (uint32_t i = 0; i < h->n; i++)
        if (nst_kb_reading_get(w->kb, h, i, r) && r->by == NST_KB_BY_SURNAME) return true;
    return false;
}

/* A hit: a unit of the base, or part of a longer name that only the text knows. Its end, 0 if none. */
static uint32_t hit_unit(nst_who *w, const nst_kb_words *words, uint32_t t) {
    nst_kb_hit found[NST_KB_MAX_HITS];
    uint32_t n = nst_kb_match(w->kb, words, t, found);
    for (uint32_t k = 0; k < n; k++) {
        nst_kb_reading r;
        const nst_kb_hit *h = &found[k];
        bool picked = nst_kb_pick(w->kb, h, w->day, &r);
        if (!picked) {                   /* a surname that several bear: kept for nst_who_bearer */
            if (!nst_kb_reading_get(w->kb, h, 0, &r) || r.by != NST_KB_BY_SURNAME) continue;
        }
        if (picked && namesake(w, h, &r) && !as_surname(w, h, &r)) continue;
        if (!believable(w, words, h, &r)) continue;
        bool clear = true;
        for (uint32_t c = h->first; c < h->end; c++) clear &= w->unit_at[c] == NST_ROOT;
        if (!clear) continue;
        bool person = r.by == NST_KB_BY_FULL_NAME || r.by == NST_KB_BY_SURNAME;
        nst_who_unit *u = make(w, r.by == NST_KB_BY_ROLE ? NST_UNIT_ROLE : person ? NST_UNIT_PERSON
                               : NST_UNIT_ENTITY, h->first, h->end);
        u->hit = *h;
        u->reading = r;
        u->sure = r.by == NST_KB_BY_FULL_NAME;
        if (u->sure) w->seen[r.ref] = w->n_units;
        nst_who_family_add(w, w->n_units - 1);
        return h->end;
    }
    return 0;
}

/* A parser's name that is more than the terms in it ("Central Bank of Syldavia"). Its end, 0 if not. */
static uint32_t wider_name(nst_who *w, const nst_kb_words *words, uint32_t t) {
    nst_kb_hit found[NST_KB_MAX_HITS];
    nst_kb_reading r;
    if (w->name_at[t] == NST_ROOT) return 0;
    const nst_name *n = &w->p->names[w->name_at[t]];
    if (n->first != t || n->end - n->first < 2 || n->kind != NST_NAME_ORG) return 0;
    if (ends_in_role(w, words, n->first, n->end)) return 0;
    uint32_t hits = nst_kb_match(w->kb, words, t, found);
    for (uint32_t i = 0; i < hits; i++)
        if (found[i].end >= n->end && nst_kb_pick(w->kb, &found[i], w->day, &r)) return 0;
    for (uint32_t i = 0; i < hits; i++)      /* "NATO Secretary-General": the rest is no name */
        if (nst_kb_pick(w->kb, &found[i], w->day, &r) && found[i].end < n->end &&
            !proper(w, found[i].end) && !proper(w, n->end - 1))
            return 0;
    nst_who_unit *u = make(w, NST_UNIT_NAME, n->first, n->end);
    u->name_kind = n->kind;
    u->inside = state_inside(w, words, n->first, n->end);
    return n->end;
}

/* A run of proper nouns that no term covers. Its end. */
static uint32_t name_unit(nst_who *w, const nst_kb_words *words, uint32_t t) {
    const nst_sent *s = sentence(w, t);
    uint32_t name = w->name_at[t], end = t + 1;
    uint8_t kind = name_kind(w, t);
    while (end < s->end && w->unit_at[end] == NST_ROOT) {
        bool inside = name != NST_ROOT && w->name_at[end] == name;
        bool run = proper(w, end) && w->name_at[end] == name;
        if ((!inside && !run) || (nst_who_word_of(w, end).p[0] == ',')) break;
        if (begins_term(w, words, end) && kind != NST_NAME_PERSON) break;
        end++;
    }
    static const char *const joints[] = {"of", "the", "and", "in", "at", "for", "from", NULL};
    while (end > t + 1 && nst_who_is(w, end - 1, joints)) end--;
    nst_who_unit *u = make(w, NST_UNIT_NAME, t, end);
    u->name_kind = honoured(w, t) ? NST_NAME_PERSON : kind;
    nst_who_family_add(w, w->n_units - 1);
    if (kind == NST_NAME_ORG) u->inside = state_inside(w, words, t, end);
    return end;
}

/* Does "the", "both", "these" stand before the word, over a number? */
static bool pointed(const nst_who *w, uint32_t t) {
    static const char *const list[] = {"the", "both", "these", "those", NULL};
    uint32_t s = sentence(w, t)->first;
    if (!(w->p->morph[t] & NST_M_PLUR)) return false;
    if (t > s && w->p->upos[t - 1] == NST_NUM) t--;
    return t > s && nst_who_is(w, t - 1, list);
}

/* General words that stand for parties named before. */
static nst_who_word general(const nst_who *w, uint32_t t) {
    static const struct { const char *lemma; uint8_t word; } table[] = {
        {"country", NST_WORD_STATE}, {"nation", NST_WORD_STATE}, {"state", NST_WORD_STATE},
        {"neighbour", NST_WORD_STATE}, {"neighbor", NST_WORD_STATE}, {"capital", NST_WORD_STATE},
        {"side", NST_WORD_SIDE}, {"party", NST_WORD_SIDE}, {"rival", NST_WORD_SIDE}, {"foe", NST_WORD_SIDE},
        {"man", NST_WORD_PEOPLE}, {"pair", NST_WORD_PEOPLE}, {"duo", NST_WORD_PEOPLE}, {"woman", NST_WORD_PEOPLE},
        {"trio", NST_WORD_PEOPLE}, {"counterpart", NST_WORD_COUNTERPART}, {"colleague", NST_WORD_COUNTERPART},
        {"group", NST_WORD_ORG}, {"alliance", NST_WORD_ORG}, {"bloc", NST_WORD_ORG}, {"union", NST_WORD_ORG},
        {"organisation", NST_WORD_ORG}, {"organization", NST_WORD_ORG}, {"company", NST_WORD_ORG},
        {"firm", NST_WORD_ORG}, {"agency", NST_WORD_ORG}, {"movement", NST_WORD_ORG},
        {"watchdog", NST_WORD_ORG}, {"lender", NST_WORD_ORG},
    };
    if (w->p->upos[t] != NST_NOUN) return NST_WORD_NONE;
    nst_who_word word = NST_WORD_NONE;
    for (size_t i = 0; i < sizeof table / sizeof *table && !word; i++)
        if (nst_parse_lemma_is(w->p, t, table[i].lemma)) word = (nst_who_word)table[i].word;
    bool plural = w->p->morph[t] & NST_M_PLUR;
    if (nst_parse_lemma_is(w->p, t, "capital") && !plural) return NST_WORD_NONE;
    if ((nst_parse_lemma_is(w->p, t, "man") || nst_parse_lemma_is(w->p, t, "woman")) && !pointed(w, t))
        return NST_WORD_NONE;
    return word;
}

/* "both", "the two", "the three" standing alone. */
static bool bare_number(const nst_who *w, uint32_t t) {
    static const char *const numbers[] = {"two", "three", "four", NULL}, *const both[] = {"both", NULL};
    const nst_sent *s = sentence(w, t);
    bool last = t + 1 >= s->end;
    uint8_t next = last ? NST_PUNCT : w->p->upos[t + 1];
    if (next == NST_NOUN || next == NST_ADJ || next == NST_PROPN || next == NST_NUM) return false;
    if (nst_who_is(w, t, both)) {
        for (uint32_t k = t + 1; k < s->end && k < t + 8; k++)      /* "both X and Y" names them */
            if (w->p->upos[k] == NST_CCONJ) return false;
        return next == NST_VERB || next == NST_AUX || next == NST_PUNCT;
    }
    static const char *const the[] = {"the", "these", NULL};
    return nst_who_is(w, t, numbers) && t > s->first && nst_who_is(w, t - 1, the);
}

/* ---- abbreviations that the text introduces ---------------------------------------------- */

typedef struct abbreviation { nst_str word; uint32_t unit; } abbreviation;

static const char *const little[] = {"of", "the", "and", "for", "in", "on", "to", "de", "&", "'s", NULL};

/* First token of the words before `open` whose initials spell the abbreviation, NST_ROOT. */
static uint32_t spelled(const nst_who *w, uint32_t open, nst_str abbr) {
    const nst_sent *s = sentence(w, open);
    uint32_t left = abbr.n, t = open;
    while (left && t > s->first) {
        t--;
        nst_str x = nst_who_word_of(w, t);
        char c = x.p[0] >= 'a' && x.p[0] <= 'z' ? (char)(x.p[0] - 32) : x.p[0];
        if (c == abbr.p[left - 1] && capital(w, t)) left--;
        else if (!nst_who_is(w, t, little)) return NST_ROOT;
    }
    return left || !abbr.n ? NST_ROOT : t;
}

/* Finds "Alpine Defence Pact (ADP)" and "Grain Company, or FGC," and makes their units. */
static uint32_t introduced(nst_who *w, const nst_kb_words *words, abbreviation *out) {
    const nst_text *x = w->p->text;
    uint32_t n = 0;
    static const char *const or[] = {"or", NULL};
    for (uint32_t t = 2; t < x->n_tokens && n < MAX_ABBREVIATIONS; t++) {
        nst_str a = nst_who_word_of(w, t);
        if (a.n < 2 || a.n > 10 || !all_capitals(w, t) || x->sent_of[t] != x->sent_of[t - 2]) continue;
        uint32_t open = nst_who_word_of(w, t - 1).p[0] == '(' ? t - 1
                      : nst_who_is(w, t - 1, or) && nst_who_word_of(w, t - 2).p[0] == ',' ? t - 2 : NST_ROOT;
        uint32_t first = open == NST_ROOT ? NST_ROOT : spelled(w, open, a);
        if (first == NST_ROOT || !nst_text_coded(x, x->sent_of[t])) continue;
        nst_kb_hit found[NST_KB_MAX_HITS];
        nst_kb_reading r;
        bool known = false;                  /* the base knows the words: leave them to it */
        uint32_t hits = nst_kb_match(w->kb, words, first, found);
        for (uint32_t i = 0; i < hits; i++)
            known |= found[i].end >= open && nst_kb_pick(w->kb, &found[i], w->day, &r);
        if (known || w->unit_at[first] != NST_ROOT) continue;
        nst_who_unit *u = make(w, NST_UNIT_NAME, first, open);
        u->name_kind = NST_NAME_ORG;
        u->inside = state_inside(w, words, first, open);
        out[n++] = (abbreviation){a, w->n_units - 1};
    }
    return n;
}

/* Is the token one of the abbreviations? Makes its unit. */
static bool abbreviated(nst_who *w, uint32_t t, const abbreviation *abbr, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        if (!nst_str_eq(nst_who_word_of(w, t), abbr[i].word)) continue;
        uint32_t inside = w->units[abbr[i].unit].inside;
        nst_who_unit *u = make(w, NST_UNIT_NAME, t, t + 1);
        u->name_kind = NST_NAME_ORG;
        u->same = abbr[i].unit;
        u->inside = inside;
        return true;
    }
    return false;
}

/* ---- the walk ---------------------------------------------------------------------------- */

/* The unit that begins at a token, if any; the token after it. */
static uint32_t unit_from(nst_who *w, const nst_kb_words *words, uint32_t t, const abbreviation *abbr,
                          uint32_t n_abbr) {
    uint32_t end;
    if (w->unit_at[t] != NST_ROOT || w->out->time_at[t] != NST_ROOT) return t + 1;   /* "May", "Tuesday" */
    if (n_abbr && abbreviated(w, t, abbr, n_abbr)) return t + 1;
    if (nst_who_is(w, t, honours) && capital(w, t)) {
        bool her = nst_who_is(w, t, hers), he = nst_who_is(w, t, his);
        make(w, NST_UNIT_HONOUR, t, t + 1)->gender = her ? 'f' : he ? 'm' : 0;
        return t + 1;
    }
    if ((end = wider_name(w, words, t))) return end;
    nst_who_word word = general(w, t);
    if (bare_number(w, t)) word = NST_WORD_NUMBER;
    if (!word || word == NST_WORD_SIDE || word == NST_WORD_ORG)
        if ((end = hit_unit(w, words, t)) && (!word || end > t + 1)) return end;
    if (word) {
        if (w->unit_at[t] == NST_ROOT) make(w, NST_UNIT_WORD, t, t + 1);
        nst_who_unit *u = &w->units[w->unit_at[t]];
        u->kind = NST_UNIT_WORD;
        u->word = (uint8_t)word;
        return t + 1;
    }
    if (proper(w, t) || name_kind(w, t) == NST_NAME_PERSON) return name_unit(w, words, t);
    return t + 1;
}

/* Notes which states the names of the report belong to. */
static void find_states(nst_who *w) {
    w->present = NST_ARRAY(w->scratch, uint8_t, nst_kb_entity_count(w->kb));
    for (uint32_t i = 0; i < w->n_units; i++) {
        if (w->units[i].kind != NST_UNIT_ENTITY) continue;
        nst_identity is = nst_who_of_entity(w, w->units[i].reading.ref);
        uint32_t state = is.code[0] ? nst_kb_entity_of(w->kb, nst_str_c(is.code)) : NST_KB_NONE;
        if (state == NST_KB_NONE) continue;
        w->present[state] = 1;
        w->n_coded++;
    }
}

void nst_who_find_units(nst_who *w) {
    const nst_text *t = w->p->text;
    nst_kb_words words;
    abbreviation abbr[MAX_ABBREVIATIONS];
    nst_kb_words_of(t, w->scratch, &words);
    w->unit_at = NST_ARRAY(w->scratch, uint32_t, t->n_tokens);
    w->name_at = NST_ARRAY(w->scratch, uint32_t, t->n_tokens);
    w->alias = NST_ARRAY(w->scratch, uint32_t, t->n_tokens);
    w->seen = NST_ARRAY(w->scratch, uint32_t, nst_kb_person_count(w->kb));
    for (uint32_t i = 0; i < t->n_tokens; i++) w->unit_at[i] = w->name_at[i] = w->alias[i] = NST_ROOT;
    for (uint32_t n = 0; n < w->p->n_names; n++)
        for (uint32_t i = w->p->names[n].first; i < w->p->names[n].end; i++) w->name_at[i] = n;
    w->words = words;
    nst_who_family_begin(w);
    uint32_t n_abbr = introduced(w, &words, abbr);
    for (uint32_t i = 0; i < t->n_tokens;)
        i = nst_text_coded(t, t->sent_of[i]) ? unit_from(w, &words, i, abbr, n_abbr) : i + 1;
    find_states(w);
}
