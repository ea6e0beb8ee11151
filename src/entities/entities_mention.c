/* entities_mention.c - entity mentions from units.
 *
 * In: units, tags, trees. Out: entity mentions with span, head, kind and (where their own words say it)
 * identity.
 *   [Ruritania's foreign minister] ROLE RUR GOV ; [Graustark] STATE GRK ; [two envoys] ROLE GOV, count 2
 * Idea: units that touch make one phrase by a small grammar - ENTITY* ROLE* HONOUR? PERSON - read off the
 * words' order, which holds in headlines and where the tree is wrong; the tree gives the phrase's head
 * and the modifiers left of it. A state that only modifies is a mention of its own.
 * Invariants: (1) a mention's head lies in its span; (2) mentions are in order of their heads; (3) each
 * scan to the left or right is bounded: linear time.
 */
#include <stdlib.h>

#include "who.h"

#define REACH 10u                        /* tokens a phrase may stretch to the left of its role */
#define MAX_PRINCIPALS 4u

/* What a phrase is made of before it becomes a mention. */
typedef struct phrase {
    uint32_t first, end;                 /* span */
    uint32_t role, person;               /* units, NST_ROOT */
    uint32_t entity[MAX_PRINCIPALS];     /* base's entities named as principals */
    uint32_t n_entity;
    uint32_t inside;                     /* unit of an unknown organisation as principal, NST_ROOT */
    uint32_t poss;                       /* possessive pronoun */
    char gender;
    bool former, loose;                  /* loose: principal after "in", "from" */
} phrase;

static const char *const genitive[] = {"'s", "\xE2\x80\x99s", "'", "\xE2\x80\x99", NULL};

static const nst_who_unit *unit_of(const nst_who *w, uint32_t t) {
    return w->unit_at[t] == NST_ROOT ? NULL : &w->units[w->unit_at[t]];
}

static const nst_sent *sentence(const nst_who *w, uint32_t t) {
    return &w->p->text->sents[w->p->text->sent_of[t]];
}

/* ---- the head ---------------------------------------------------------------------------- */

/* How likely a relation is that of a phrase's head: fragments of a wrong tree rank low. */
static int rank_of(uint8_t d) {
    switch (d) {
    case NST_D_NSUBJ: case NST_D_NSUBJ_PASS: case NST_D_OBJ: case NST_D_OBL: case NST_D_OBL_AGENT:
    case NST_D_IOBJ:
        return 4;
    case NST_D_NMOD: case NST_D_NMOD_POSS: case NST_D_CONJ: case NST_D_APPOS: return 3;
    case NST_D_COMPOUND: case NST_D_FLAT: return 2;
    case NST_D_DET: case NST_D_PUNCT: case NST_D_CASE: case NST_D_CC: return 0;
    default: return 1;
    }
}

/* The token of [first, end) by which the phrase hangs in its tree. */
static uint32_t head_of(const nst_who *w, uint32_t first, uint32_t end) {
    const nst_parse *p = w->p;
    uint32_t best = end - 1;
    int rank = -1;
    for (uint32_t t = first; t < end; t++) {
        uint32_t h = p->head[t];
        if (h != NST_ROOT && h >= first && h < end) continue;
        int r = h == NST_ROOT ? 3 : rank_of(p->deprel[t]);
        if (r > rank) {
            rank = r;
            best = t;
        }
    }
    return best;
}

/* ---- making mentions --------------------------------------------------------------------- */

/* A number word or figure in [first, end), 0 if none. */
static double counted(const nst_entities *x, uint32_t first, uint32_t end) {
    for (uint32_t t = first; x->number_at && t < end; t++)
        if (x->number_at[t] != NST_ROOT && x->parse->upos[t] == NST_NUM && !x->numbers[x->number_at[t]].range)
            return x->numbers[x->number_at[t]].value;
    return 0;
}

/* Appends a mention over [first, end) whose head lies in [from, to); further tokens there lead to it. */
static nst_actor *make(nst_who *w, uint32_t first, uint32_t end, uint32_t from, uint32_t to,
                       nst_actor_kind kind, uint32_t unit) {
    uint32_t head = head_of(w, from, to), at = w->out->n_actors;
    if (w->out->actor_at[head] != NST_ROOT) head = to - 1;
    nst_actor *a = NST_PUSH(w->doc, w->out->actors, w->out->n_actors, w->cap_actors);
    *a = (nst_actor){.span = nst_text_tokens(w->p->text, first, end), .first = first, .end = end,
        .head = head, .kind = (uint8_t)kind, .plural = (w->p->morph[head] & NST_M_PLUR) != 0, .chain = at};
    uint32_t n_notes = at;
    nst_who_note *n = NST_PUSH(w->scratch, w->notes, n_notes, w->cap_notes);
    *n = (nst_who_note){.unit = unit, .role = NST_KB_NONE, .person = NST_KB_NONE, .entity = NST_KB_NONE,
        .poss = NST_ROOT};
    for (uint32_t t = from; t < to; t++)
        if (w->out->actor_at[t] == NST_ROOT && w->alias[t] == NST_ROOT) w->alias[t] = at;
    w->out->actor_at[head] = at;
    return a;
}

static nst_who_note *note_of(nst_who *w, const nst_actor *a) { return &w->notes[a - w->out->actors]; }

/* Kind of mention that an entity of the base makes. */
static nst_actor_kind kind_of(const nst_who *w, uint32_t entity) {
    nst_kb_entity e = nst_kb_entity_get(w->kb, entity);
    return e.kind == NST_KB_STATE ? NST_ACTOR_STATE : e.kind == NST_KB_BLOC ? NST_ACTOR_BLOC : NST_ACTOR_ORG;
}

/* ---- left of a role ---------------------------------------------------------------------- */

/* Is token t a modifier of something in (t, end)? */
static bool modifies(const nst_who *w, uint32_t t, uint32_t end) {
    uint32_t h = w->p->head[t];
    return h != NST_ROOT && h > t && h < end;
}

static void add_principal(phrase *f, uint32_t entity) {
    for (uint32_t i = 0; i < f->n_entity; i++)
        if (f->entity[i] == entity) return;
    if (f->n_entity < MAX_PRINCIPALS) f->entity[f->n_entity++] = entity;
}

/* "China expert": a state's bare name before one who studies or reports is what he knows of. */
static bool topic(const nst_who *w, const phrase *f, const nst_who_unit *u, bool possessive) {
    if (possessive || f->role == NST_ROOT || u->reading.by != NST_KB_BY_NAME || !nst_who_state(w, u->reading.ref) ||
        w->units[f->role].kind != NST_UNIT_ROLE)
        return false;
    nst_kb_role r = nst_kb_role_get(w->kb, w->units[f->role].reading.ref);
    return r.kind == 'p' && (r.sectors & (NST_SECTOR(EDU) | NST_SECTOR(JRN))) && !(r.sectors & NST_SECTOR(GOV));
}

/* Takes a unit left of a role into the phrase; false when the phrase ends before it. */
static bool take_unit(nst_who *w, phrase *f, const nst_who_unit *u, bool possessive) {
    switch (u->kind) {
    case NST_UNIT_ENTITY:
        if (topic(w, f, u, possessive)) {
            f->first = u->first;
            return true;
        }
        if (f->n_entity && !possessive) {      /* "US State Department spokesman": the nearer one */
            f->first = u->first;
            return true;
        }
        add_principal(f, u->reading.ref);
        f->first = u->first;
        return true;
    case NST_UNIT_NAME:
        if (u->name_kind == NST_NAME_PERSON || !modifies(w, u->end - 1, f->end)) return false;
        if (u->inside != NST_KB_NONE) add_principal(f, u->inside);
        f->inside = w->unit_at[u->first];
        f->first = u->first;
        return true;
    case NST_UNIT_ROLE:
        if (possessive) return false;
        f->first = u->first;
        return true;
    default: return false;
    }
}

static const char *const formers[] = {"former", "ex", "ex-", "late", "then", "predecessor", "outgoing", NULL};

/* "Ruritanian and Graustarkian officials": the adjective before the "and" belongs, too. */
static bool joined(nst_who *w, const phrase *f, uint32_t t, uint32_t first) {
    if (t == first || (w->p->upos[t] != NST_CCONJ && nst_who_word_of(w, t).p[0] != ',')) return false;
    const nst_who_unit *right = unit_of(w, t + 1), *left = unit_of(w, t - 1);
    return right && left && f->first == t + 1 && right->kind == NST_UNIT_ENTITY && left->kind == NST_UNIT_ENTITY &&
           right->reading.by == NST_KB_BY_ADJECTIVE && left->reading.by == NST_KB_BY_ADJECTIVE;
}

/* Widens a phrase to the left of its role, collecting principals, the nearest first. */
static void scan_left(nst_who *w, phrase *f) {
    const nst_parse *p = w->p;
    uint32_t s = sentence(w, f->first)->first, stop = f->first > s + REACH ? f->first - REACH : s;
    for (uint32_t t = f->first; t > stop;) {
        t--;
        const nst_who_unit *u = unit_of(w, t);
        bool gen = t + 1 < f->end && nst_who_is(w, t + 1, genitive);
        if (u) {
            if (!take_unit(w, f, u, gen)) return;
            t = u->first;
        } else if (nst_who_is(w, t, genitive) && t > s && unit_of(w, t - 1) &&
                   unit_of(w, t - 1)->kind == NST_UNIT_ENTITY) {
            continue;
        } else if (p->upos[t] == NST_DET) {
            if (p->head[t] == NST_ROOT || p->head[t] < f->end) f->first = t;   /* not "[the police] raid" */
            return;
        } else if (p->upos[t] == NST_PRON && (p->morph[t] & NST_M_POSS)) {
            f->poss = t;
            f->first = t;
            return;
        } else if (nst_who_is(w, t, formers)) {
            f->former = true;
            f->first = t;
        } else if (p->upos[t] == NST_ADJ || p->upos[t] == NST_NUM || p->upos[t] == NST_NOUN ||
                   p->upos[t] == NST_PROPN || p->deprel[t] == NST_D_AMOD || p->deprel[t] == NST_D_ADVMOD) {
            if (!modifies(w, t, f->end)) return;
            f->first = t;
        } else if (nst_str_is(nst_who_word_of(w, t), "-") && t + 1 == f->first) {
            f->first = t;
        } else if (joined(w, f, t, s)) {
            add_principal(f, unit_of(w, t - 1)->reading.ref);
            f->first = unit_of(w, t - 1)->first;
            t = f->first;
        } else {
            return;
        }
    }
}

/* Widens a phrase to the left; principals end up in the order of the text. */
static void look_left(nst_who *w, phrase *f) {
    scan_left(w, f);
    for (uint32_t i = 0; i < f->n_entity / 2; i++) {
        uint32_t e = f->entity[i];
        f->entity[i] = f->entity[f->n_entity - 1 - i];
        f->entity[f->n_entity - 1 - i] = e;
    }
}

/* ---- right of a role --------------------------------------------------------------------- */

static const char *const of_words[] = {"of", "for", "from", "in", "at", NULL};
static const char *const of_only[] = {"of", "from", NULL};

/* "minister of Ruritania", "counterparts from Ruritania and Graustark", "protesters in Strelsau". */
static void look_right(nst_who *w, phrase *f, const nst_kb_role *role, bool counterpart) {
    uint32_t s = sentence(w, f->first)->end, t = f->end;
    if (f->n_entity || t >= s || !nst_who_is(w, t, of_words)) return;
    bool tight = nst_who_is(w, t, of_only);
    bool crowd = role && !(role->sectors & NST_SECTOR(MIL)) && (role->plural || role->kind == 'g');
    if (!tight && !counterpart && !crowd) return;
    t++;
    for (uint32_t k = 0; k < 3 && t < s; k++) {
        if (w->p->upos[t] == NST_DET) t++;
        const nst_who_unit *u = t < s ? unit_of(w, t) : NULL;
        if (!u || u->kind != NST_UNIT_ENTITY || (u->end < s && nst_who_is(w, u->end, genitive))) return;
        if (!tight && u->reading.by > NST_KB_BY_CAPITAL) return;
        if (u->end < s && unit_of(w, u->end) && u->reading.by == NST_KB_BY_ADJECTIVE) return;
        add_principal(f, u->reading.ref);
        f->loose = !tight;
        if (tight || counterpart) f->end = u->end;
        if (u->end + 1 >= s || w->p->upos[u->end] != NST_CCONJ) return;
        const nst_who_unit *next = unit_of(w, u->end + 1);
        if (!next || next->kind != NST_UNIT_ENTITY || !(role ? role->plural : true)) return;
        t = u->end + 1;
    }
}

/* ---- identities of phrases --------------------------------------------------------------- */

/* The identity of a principal: of an entity, or of an unknown organisation's state. */
static nst_identity principal(const nst_who *w, const phrase *f, uint32_t i) {
    if (i < f->n_entity) return nst_who_of_entity(w, f->entity[i]);
    return (nst_identity){0};
}

/* A state or organisation among the role's own words ("UN envoys", "members of Congress" are one term). */
static void principal_inside(nst_who *w, phrase *f, const nst_who_unit *u) {
    nst_kb_hit found[NST_KB_MAX_HITS];
    nst_kb_reading r;
    for (uint32_t t = u->first; u->end - u->first > 1 && t < u->end && !f->n_entity; t++) {
        uint32_t n = nst_kb_match(w->kb, &w->words, t, found);
        for (uint32_t i = 0; i < n && !f->n_entity; i++)
            if (found[i].end <= u->end && nst_kb_pick(w->kb, &found[i], w->day, &r) &&
                r.by <= NST_KB_BY_SEAT && r.by != NST_KB_BY_CAPITAL && !(r.flags & NST_KB_WEAK))
                add_principal(f, r.ref);
    }
}

/* The bytes of tokens [first, end) as a name. */
static nst_str words(const nst_who *w, uint32_t first, uint32_t end) {
    return nst_text_span(w->p->text, nst_text_tokens(w->p->text, first, end));
}

/* "Ruritania's foreign minister", "two envoys", "Ruritanian troops". */
static void make_role(nst_who *w, phrase *f, const nst_who_unit *u, uint32_t from) {
    nst_kb_role role = nst_kb_role_get(w->kb, u->reading.ref);
    look_left(w, f);
    if (!f->n_entity) principal_inside(w, f, u);
    if (!f->n_entity && nst_str_is(role.phrase, "pope")) {          /* an office that one state has */
        uint32_t see = nst_kb_entity_of(w->kb, NST_S("VAT"));
        if (see != NST_KB_NONE) add_principal(f, see);
    }
    look_right(w, f, &role, false);
    nst_actor *a = make(w, f->first, f->end, from, u->end, role.ethnic ? NST_ACTOR_PEOPLE : NST_ACTOR_ROLE,
                        f->role);
    nst_who_note *n = note_of(w, a);
    n->role = u->reading.ref;
    n->poss = f->poss;
    n->former = f->former;
    n->own = f->n_entity > 0;
    n->gender = nst_who_gender_noun(nst_who_word_of(w, u->end - 1));
    a->plural = role.plural || a->plural;
    a->role = nst_text_span(w->p->text, nst_text_tokens(w->p->text, u->first, u->end));
    a->count = counted(w->out, f->first, u->first);
    uint32_t many = f->n_entity > 1 && !f->loose ? f->n_entity : 1;
    a->is = NST_ARRAY(w->doc, nst_identity, many);
    a->n_is = many;
    for (uint32_t i = 0; i < many; i++) {
        nst_identity is = principal(w, f, i);
        uint32_t own = nst_who_office_sector(w, n->role, u->end, is.sectors & ~NST_SECTOR(PRE));
        if (own || f->inside != NST_ROOT) is.sectors = (is.sectors & NST_SECTOR(PRE)) | own;
        if (f->n_entity && f->loose) is.name = is.entity = (nst_str){0};
        is.title = role.kind == 'p' && !role.plural ? role.phrase : (nst_str){0};
        if (f->n_entity && role.office.n && !role.plural && !role.voice && !n->former && !f->loose) {
            n->person = nst_who_holder(w, role.office, f->entity[i]);
            if (n->person != NST_KB_NONE) {
                w->seen[n->person] = 1 + f->role;
                is.person = nst_kb_person_id(w->kb, n->person);
                is.name = nst_kb_person_name(w->kb, n->person);
            }
        }
        a->is[i] = is;
    }
    if (f->inside != NST_ROOT && role.kind != 'p' && !f->n_entity)      /* "Zenda University" is a name */
        a->is[0].name = words(w, w->units[f->inside].first, u->end);
    if (!a->is[0].code[0] && !a->is[0].sectors && !a->is[0].entity.n) a->n_is = 0;
    if (f->n_entity) n->entity = f->entity[0];
}

/* Is the person called by an office that he does not hold on the day? */
static bool anachronistic(const nst_who *w, uint32_t person, const nst_kb_role *role) {
    if (w->day == NST_NO_DAY || !role->office.n) return false;
    nst_str office = nst_who_office(role->office);
    if (nst_kb_held(w->kb, person, office, NST_KB_NONE, w->day) != NST_KB_NO) return false;
    return nst_kb_held(w->kb, person, role->office, NST_KB_NONE, w->day) != NST_KB_YES;
}

/* A person known or unknown to the base, with the title the text gives. */
static void make_person(nst_who *w, phrase *f, uint32_t from, uint32_t to) {
    const nst_who_unit *u = &w->units[f->person];
    uint32_t role_ref = f->role == NST_ROOT ? NST_KB_NONE : w->units[f->role].reading.ref;
    if (role_ref != NST_KB_NONE && w->units[f->role].kind != NST_UNIT_ROLE) role_ref = NST_KB_NONE;
    uint32_t of = f->n_entity ? f->entity[0] : NST_KB_NONE;
    nst_actor *a = make(w, f->first, f->end, from, to, NST_ACTOR_PERSON, f->person);
    nst_who_note *n = note_of(w, a);
    nst_identity is = {0};
    a->plural = false;
    n->gender = f->gender;
    n->role = role_ref;
    n->own = of != NST_KB_NONE;
    n->former = f->former;
    n->poss = f->poss;
    if (u->kind == NST_UNIT_PERSON) n->person = nst_who_bearer(w, u, role_ref, of, f->gender);
    if (!n->gender && u->end - u->first > 1) n->gender = nst_who_gender_name(nst_who_word_of(w, u->first));
    if (n->person != NST_KB_NONE) {
        is = nst_who_of_person(w, n->person);
        if (!w->seen[n->person]) w->seen[n->person] = NST_SEEN_SHORT;
        if (!n->gender) n->gender = nst_who_gender_name(is.name);
    }
    if (role_ref != NST_KB_NONE) {
        nst_kb_role role = nst_kb_role_get(w->kb, role_ref);
        a->role = words(w, w->units[f->role].first, w->units[f->role].end);
        if (!n->gender) n->gender = nst_who_gender_noun(nst_who_word_of(w, w->units[f->role].end - 1));
        if (n->person != NST_KB_NONE && !f->former) is.anachronism = anachronistic(w, n->person, &role);
        if (n->person == NST_KB_NONE || !is.title.n || is.anachronism) is.title = role.phrase;
        uint32_t body = of == NST_KB_NONE ? 0 : nst_kb_sectors_on(w->kb, of, w->day);
        if (!is.sectors) is.sectors = nst_who_office_sector(w, role_ref, f->end, body);
    }
    if (of != NST_KB_NONE && n->person != NST_KB_NONE && !nst_who_state(w, of) && nst_who_serves(w, n->person, of)) {
        nst_identity o = nst_who_of_entity(w, of);          /* the text says for whom he speaks */
        if (o.code[0]) memcpy(is.code, o.code, sizeof is.code);
        is.entity = o.entity;
    }
    if (!is.code[0] && of != NST_KB_NONE) {
        nst_identity o = nst_who_of_entity(w, of);
        memcpy(is.code, o.code, sizeof is.code);
        is.entity = o.entity;
    }
    if (!is.name.n) is.name = words(w, u->first, u->end);
    if (is.code[0] || is.person.n || is.sectors || is.entity.n) nst_who_set(w, a, is);
}

/* A state, organisation or bloc by its own name. */
static void make_entity(nst_who *w, const nst_who_unit *u, bool modifier) {
    uint32_t first = u->first, s = sentence(w, first)->first;
    if (!modifier && first > s && w->p->upos[first - 1] == NST_DET) first--;
    nst_actor_kind kind = kind_of(w, u->reading.ref);
    nst_actor *a = make(w, first, u->end, u->first, u->end, kind, w->unit_at[u->first]);
    nst_who_note *n = note_of(w, a);
    nst_identity is = nst_who_of_entity(w, u->reading.ref);
    n->entity = u->reading.ref;
    n->modifier = modifier;
    if (a->plural && kind != NST_ACTOR_BLOC) a->plural = false;
    if ((u->reading.by == NST_KB_BY_CAPITAL || u->reading.by == NST_KB_BY_SEAT) && !nst_who_agent(w, u, a->head))
        a->kind = NST_ACTOR_PLACE;
    bool noun = w->p->upos[u->end - 1] == NST_NOUN || w->p->upos[u->end - 1] == NST_PROPN ||
                (w->p->morph[u->end - 1] & NST_M_PLUR);
    if (u->reading.by == NST_KB_BY_DEMONYM && !modifier && noun) {
        a->kind = NST_ACTOR_PEOPLE;
        a->plural = (w->p->morph[u->end - 1] & NST_M_PLUR) || nst_str_ends(nst_who_word_of(w, u->end - 1), "s");
        is.sectors = a->plural ? NST_SECTOR(CVL) : 0;
    }
    nst_who_set(w, a, is);
}

/* A name that only the parser knows. */
static void make_name(nst_who *w, const nst_who_unit *u) {
    static const uint8_t kinds[NST_N_NAME + 1] = {NST_ACTOR_PERSON, NST_ACTOR_ORG, NST_ACTOR_PLACE,
        NST_ACTOR_PEOPLE, NST_ACTOR_OTHER, NST_ACTOR_OTHER, NST_ACTOR_OTHER};
    uint32_t first = u->first, s = sentence(w, first)->first;
    if (u->name_kind == NST_NAME_ORG && first > s && w->p->upos[first - 1] == NST_DET &&
        (w->p->head[first - 1] == NST_ROOT || w->p->head[first - 1] < u->end))
        first--;
    nst_actor *a = make(w, first, u->end, u->first, u->end, kinds[u->name_kind], w->unit_at[u->first]);
    nst_who_note *n = note_of(w, a);
    a->plural = false;
    if (u->name_kind == NST_NAME_PERSON && u->end - u->first > 1)
        n->gender = nst_who_gender_name(nst_who_word_of(w, u->first));
    if (u->inside != NST_KB_NONE && u->name_kind == NST_NAME_ORG) {
        nst_identity of = nst_who_of_entity(w, u->inside), is = {.name = words(w, u->first, u->end)};
        memcpy(is.code, of.code, sizeof is.code);
        nst_who_set(w, a, is);
    }
}

static const char *const firms[] = {"company", "companies", "firm", "firms", "lender", "lenders", NULL};

/* "the two countries", "his Turkish counterpart", "both". */
static void make_word(nst_who *w, const nst_who_unit *u) {
    phrase f = {.first = u->first, .end = u->end, .role = NST_ROOT, .person = NST_ROOT, .inside = NST_ROOT,
        .poss = NST_ROOT};
    bool counterpart = u->word == NST_WORD_COUNTERPART;
    look_left(w, &f);
    if (counterpart || (u->word == NST_WORD_ORG && !f.n_entity)) look_right(w, &f, NULL, true);
    nst_actor *a = make(w, f.first, f.end, u->first, u->end, NST_ACTOR_ROLE, w->unit_at[u->first]);
    nst_who_note *n = note_of(w, a);
    n->word = u->word;
    n->poss = f.poss;
    n->own = f.n_entity > 0;
    a->count = counted(w->out, f.first, u->end);
    if (u->word == NST_WORD_NUMBER) a->plural = true;
    a->role = nst_text_span(w->p->text, nst_text_tokens(w->p->text, u->first, u->end));
    if (!f.n_entity) return;
    n->entity = f.entity[0];
    a->is = NST_ARRAY(w->doc, nst_identity, f.n_entity);
    a->n_is = f.n_entity;
    bool firm = u->word == NST_WORD_ORG && nst_who_is(w, u->end - 1, firms);
    for (uint32_t i = 0; i < f.n_entity; i++) {
        nst_identity is = nst_who_of_entity(w, f.entity[i]);
        if (firm || (u->word == NST_WORD_ORG && f.loose)) {            /* of the state, not the state */
            is.name = is.entity = (nst_str){0};
            is.sectors = firm ? NST_SECTOR(BUS) : 0;
        }
        a->is[i] = is;
    }
}

/* ---- the grammar ------------------------------------------------------------------------- */

/* Can this unit be the name of a titled person? */
static bool personal(const nst_who *w, uint32_t t, bool titled) {
    const nst_who_unit *u = unit_of(w, t);
    if (!u) return false;
    if (u->kind == NST_UNIT_PERSON) return true;
    if (u->kind != NST_UNIT_NAME) return false;
    return u->name_kind == NST_NAME_PERSON || (titled && u->name_kind != NST_NAME_ORG && u->same == NST_ROOT &&
                                               u->name_kind != NST_NAME_PLACE);
}

/* The person that stands right after `t` (after an honour, if any), NST_ROOT; *gender of the honour. */
static uint32_t person_after(const nst_who *w, uint32_t t, bool titled, char *gender) {
    uint32_t s = sentence(w, t - 1)->end;
    if (t < s && unit_of(w, t) && unit_of(w, t)->kind == NST_UNIT_HONOUR) {
        *gender = unit_of(w, t)->gender;
        t++;
        titled = true;
    }
    return t < s && personal(w, t, titled) ? w->unit_at[t] : NST_ROOT;
}

/* Could this role be somebody's title? */
static bool title_like(const nst_who *w, const nst_who_unit *u) {
    nst_kb_role r = nst_kb_role_get(w->kb, u->reading.ref);
    return r.kind == 'p' && !r.plural;
}

/* Principals after a titled person: "Rudolf of Ruritania". */
static void person_of(nst_who *w, phrase *f) {
    uint32_t s = sentence(w, f->first)->end;
    if (f->n_entity || f->end + 1 >= s || !nst_parse_lemma_is(w->p, f->end, "of")) return;
    const nst_who_unit *u = unit_of(w, f->end + 1);
    if (u && u->kind == NST_UNIT_ENTITY && u->reading.by != NST_KB_BY_ADJECTIVE) {
        add_principal(f, u->reading.ref);
        f->end = u->end;
    }
}

/* "Secretary of the Zenda Pact Otto Strel": the person behind a title's principal; NST_ROOT. */
static uint32_t person_behind(nst_who *w, phrase *f) {
    uint32_t s = sentence(w, f->first)->end, t = f->end;
    if (t + 2 >= s || !nst_parse_lemma_is(w->p, t, "of")) return NST_ROOT;
    t += w->p->upos[t + 1] == NST_DET ? 2 : 1;
    const nst_who_unit *u = t < s ? unit_of(w, t) : NULL;
    if (!u || u->first != t || u->kind != NST_UNIT_ENTITY || u->reading.by == NST_KB_BY_ADJECTIVE) return NST_ROOT;
    uint32_t person = person_after(w, u->end, false, &f->gender);
    if (person != NST_ROOT) add_principal(f, u->reading.ref);
    return person;
}

/* A phrase that begins with a role: titled person, or role. The token after it. */
static uint32_t role_phrase(nst_who *w, uint32_t t) {
    const nst_sent *s = sentence(w, t);
    uint32_t from = t, at = w->unit_at[t], end = w->units[at].end;
    while (end < s->end && unit_of(w, end) && unit_of(w, end)->kind == NST_UNIT_ROLE) {
        at = w->unit_at[end];                          /* "defence ministry spokesman" */
        end = w->units[at].end;
    }
    phrase f = {.first = from, .end = end, .role = at, .person = NST_ROOT, .inside = NST_ROOT, .poss = NST_ROOT};
    bool title = title_like(w, &w->units[at]);
    if (title) f.person = person_after(w, end, true, &f.gender);
    if (title && f.person == NST_ROOT) f.person = person_behind(w, &f);
    if (f.person == NST_ROOT) {
        make_role(w, &f, &w->units[at], w->units[at].first);
        return end;
    }
    uint32_t to = w->units[f.person].end;
    f.end = to;
    look_left(w, &f);
    person_of(w, &f);
    make_person(w, &f, from, to);
    return to;
}

/* "his Chinese counterpart Wang Yi": the name alone, with the state as principal. */
static uint32_t counterpart_name(nst_who *w, const nst_who_unit *u) {
    const nst_sent *s = sentence(w, u->first);
    uint32_t t = u->end;
    if (t < s->end && nst_who_word_of(w, t).p[0] == ',') t++;
    char gender = 0;
    uint32_t person = t < s->end ? person_after(w, t, false, &gender) : NST_ROOT;
    if (u->word != NST_WORD_COUNTERPART || person == NST_ROOT || (w->p->morph[u->end - 1] & NST_M_PLUR))
        return 0;
    phrase f = {.first = u->first, .end = w->units[person].end, .role = NST_ROOT, .person = person,
        .inside = NST_ROOT, .poss = NST_ROOT, .gender = gender};
    look_left(w, &f);
    make_person(w, &f, u->first, f.end);
    return f.end;
}

/* A phrase that begins with an entity: with a person after it one phrase, else a mention. */
static uint32_t entity_phrase(nst_who *w, uint32_t t) {
    const nst_who_unit *u = unit_of(w, t);
    const nst_sent *s = sentence(w, t);
    uint32_t next = u->end, end = u->end;
    bool gen = next < s->end && nst_who_is(w, next, genitive);
    bool noun = gen || next >= s->end || !(w->p->upos[next] == NST_NOUN || unit_of(w, next));
    make_entity(w, u, !noun || gen || u->reading.by == NST_KB_BY_ADJECTIVE);
    if (gen) next++;
    char gender = 0;
    if (!gen && u->reading.by != NST_KB_BY_ADJECTIVE) return end;
    uint32_t person = next < s->end ? person_after(w, next, false, &gender) : NST_ROOT;
    if (person == NST_ROOT) return end;
    phrase f = {.first = t, .end = w->units[person].end, .role = NST_ROOT, .person = person, .inside = NST_ROOT,
        .poss = NST_ROOT, .gender = gender};
    add_principal(&f, w->units[w->unit_at[t]].reading.ref);
    make_person(w, &f, w->units[person].first, f.end);
    return f.end;
}

/* A bare or honoured name. */
static uint32_t person_phrase(nst_who *w, uint32_t t) {
    const nst_who_unit *u = unit_of(w, t);
    phrase f = {.first = t, .end = u->end, .role = NST_ROOT, .person = w->unit_at[t], .inside = NST_ROOT,
        .poss = NST_ROOT};
    if (u->kind == NST_UNIT_HONOUR) {
        f.person = person_after(w, u->end, true, &f.gender);
        if (!f.gender) f.gender = u->gender;
        if (f.person == NST_ROOT) return u->end;
        f.end = w->units[f.person].end;
    } else if (u->kind == NST_UNIT_NAME) {
        if (u->name_kind != NST_NAME_PERSON) {
            make_name(w, u);
            return u->end;
        }
    }
    make_person(w, &f, t, f.end);
    return f.end;
}

/* Personal pronouns and possessives that can be resolved. */
static bool pronoun(const nst_who *w, uint32_t t) {
    static const char *const list[] = {"he", "she", "they", "it", "we", "i", "his", "her", "their", "its",
        "our", "my", "him", "them", "us", "himself", "themselves", "itself", "herself", "hers", "theirs", "ours",
        "me", NULL};
    if (w->p->upos[t] == NST_PRON || w->p->upos[t] == NST_DET) return nst_who_is(w, t, list);
    return false;
}

/* The mention of a pronoun. */
static void make_pronoun(nst_who *w, uint32_t t) {
    static const char *const plural[] = {"they", "them", "their", "theirs", "themselves", "we", "our", "us",
        "ours", NULL};
    nst_actor *a = make(w, t, t + 1, t, t + 1, NST_ACTOR_PRONOUN, NST_ROOT);
    a->plural = nst_who_is(w, t, plural);
    nst_str s = nst_who_word_of(w, t);
    note_of(w, a)->gender = s.p[0] == 'h' || s.p[0] == 'H' ? (s.n > 2 && (s.p[1] | 32) == 'e' && (s.p[2] | 32) == 'r' ? 'f' : 'm')
                          : s.p[0] == 's' || s.p[0] == 'S' ? 'f' : 0;
}

/* ---- order ------------------------------------------------------------------------------- */

/* Puts mentions in order of their heads (nearly so already: insertion) and fills actor_at. */
static void put_in_order(nst_who *w) {
    nst_actor *a = w->out->actors;
    uint32_t n = w->out->n_actors, *to = NST_ARRAY(w->scratch, uint32_t, n), *from = NST_ARRAY(w->scratch, uint32_t, n);
    for (uint32_t i = 0; i < n; i++) from[i] = i;
    for (uint32_t i = 1; i < n; i++) {
        nst_actor x = a[i];
        nst_who_note y = w->notes[i];
        uint32_t f = from[i], k = i;
        for (; k && a[k - 1].head > x.head; k--) {
            a[k] = a[k - 1];
            w->notes[k] = w->notes[k - 1];
            from[k] = from[k - 1];
        }
        a[k] = x;
        w->notes[k] = y;
        from[k] = f;
    }
    for (uint32_t i = 0; i < n; i++) to[from[i]] = i;
    for (uint32_t i = 0; i < n; i++) a[i].chain = i;
    for (uint32_t t = 0; t < w->p->text->n_tokens; t++) w->out->actor_at[t] = NST_ROOT;
    for (uint32_t i = n; i-- > 0;) w->out->actor_at[a[i].head] = i;
    for (uint32_t t = 0; t < w->p->text->n_tokens; t++)
        if (w->out->actor_at[t] == NST_ROOT && w->alias[t] != NST_ROOT) w->out->actor_at[t] = to[w->alias[t]];
}

/* The phrase that begins at a token; the token after it. */
static uint32_t phrase_from(nst_who *w, uint32_t t) {
    const nst_who_unit *u = unit_of(w, t);
    uint32_t end;
    if (!u) {
        if (pronoun(w, t)) make_pronoun(w, t);
        return t + 1;
    }
    if (u->first != t) return t + 1;
    switch (u->kind) {
    case NST_UNIT_ENTITY: return entity_phrase(w, t);
    case NST_UNIT_ROLE: return role_phrase(w, t);
    case NST_UNIT_WORD:
        if ((end = counterpart_name(w, u))) return end;
        make_word(w, u);
        return w->units[w->unit_at[t]].end;
    default: return person_phrase(w, t);
    }
}

void nst_who_find_mentions(nst_who *w) {
    const nst_text *x = w->p->text;
    for (uint32_t s = 0; s < x->n_sents; s++) {
        if (!nst_text_coded(x, s)) continue;
        for (uint32_t t = x->sents[s].first; t < x->sents[s].end;) t = phrase_from(w, t);
    }
    put_in_order(w);
}
