/* entities_mention.c - noun phrases that can be actors.
 *
 * In: trees, hits, names. Out: entity mentions with span, head, kind and (where the phrase itself says
 * it) identity.
 *   [Ruritania's foreign minister] ROLE RUR GOV ; [Graustark] STATE GRK ; [two envoys] ROLE GOV, count 2
 * Idea: every nominal head gets its core phrase (left modifiers, names, "of" phrases); what is known
 * inside the core says what the phrase is: a person with a title, a role of a state, a state, a body.
 * Invariant: a mention's head lies in its span; modifiers that name a state are mentions of their own.
 */
#include "who.h"

/* ---- the core of a noun phrase ----------------------------------------------------------- */

/* Does this dependent belong to the core phrase of its head? */
static bool in_core(const nst_parse *p, uint32_t kid, uint32_t head) {
    switch (p->deprel[kid]) {
    case NST_D_DET: case NST_D_AMOD: case NST_D_COMPOUND: case NST_D_FLAT: case NST_D_NUMMOD:
    case NST_D_NMOD_POSS: case NST_D_NMOD_DESC: case NST_D_DET_PREDET: case NST_D_GOESWITH:
    case NST_D_FIXED:
        return true;
    case NST_D_NMOD: case NST_D_NMOD_UNMARKED: {
        uint32_t c = nst_parse_case(p, kid);
        if (kid < head) return true;
        return c != NST_ROOT && (nst_parse_lemma_is(p, c, "of") || nst_parse_lemma_is(p, c, "for"));
    }
    case NST_D_CASE: return kid > head && nst_parse_lemma_is(p, kid, "'s");
    case NST_D_PUNCT: return kid > head ? false : kid + 1 == head;
    default: return false;
    }
}

/* Core of the phrase headed by t: tokens [first, end), contiguous around t. */
static void core(const nst_parse *p, uint32_t t, uint32_t *first, uint32_t *end) {
    *first = t;
    *end = t + 1;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kids[k], f, e;
        if (!in_core(p, kid, t)) continue;
        if (p->deprel[kid] == NST_D_CASE) continue;
        nst_parse_subtree(p, kid, &f, &e);
        if (f < *first && e <= t) *first = f;
        if (e > *end && f >= t && f <= *end + 0) *end = e;
    }
    const nst_sent *s = &p->text->sents[p->text->sent_of[t]];
    if (*first < s->first) *first = s->first;
    if (*end > s->end) *end = s->end;
}

/* ---- what stands inside ------------------------------------------------------------------ */

/* What the hits inside a core phrase say. */
typedef struct inside {
    const nst_who_hit *state, *org, *person, *role, *surname;   /* nearest to the head, NULL if none */
    bool head_role, head_state, head_org, head_person;
} inside;

static bool is_state(const nst_who *w, const nst_kb_reading *r) {
    if (r->by > NST_KB_BY_SEAT) return false;
    return nst_kb_entity_get(w->kb, r->ref).kind == NST_KB_STATE;
}

/* Sorts the hits of [first, end) by what they are; t is the head. */
static inside look_inside(const nst_who *w, uint32_t first, uint32_t end, uint32_t t) {
    inside in = {0};
    for (uint32_t i = first; i < end; i++) {
        if (w->hit_at[i] == NST_ROOT) continue;
        const nst_who_hit *h = &w->hits[w->hit_at[i]];
        bool at_head = h->first <= t && t < h->end;
        i = h->end - 1;
        switch (h->reading.by) {
        case NST_KB_BY_ROLE: in.role = h; in.head_role |= at_head; break;
        case NST_KB_BY_FULL_NAME: in.person = h; in.head_person |= at_head; break;
        case NST_KB_BY_SURNAME: in.surname = h; in.head_person |= at_head; break;
        default:
            if (is_state(w, &h->reading)) {
                if (!in.state || at_head) in.state = h;
                in.head_state |= at_head;
            } else {
                if (!in.org || at_head) in.org = h;
                in.head_org |= at_head;
            }
        }
    }
    return in;
}

/* A number word or figure among the modifiers of t, 0 if none. */
static double counted(const nst_entities *x, uint32_t t) {
    const nst_parse *p = x->parse;
    uint32_t n = nst_parse_kid(p, t, NST_D_NUMMOD);
    if (n == NST_ROOT || !x->number_at || x->number_at[n] == NST_ROOT) return 0;
    const nst_number *num = &x->numbers[x->number_at[n]];
    return num->range ? 0 : num->value;
}

/* ---- making mentions --------------------------------------------------------------------- */

/* Appends a mention and returns it. */
static nst_actor *make(nst_who *w, uint32_t t, uint32_t first, uint32_t end, nst_actor_kind kind) {
    nst_actor *a = NST_PUSH(w->doc, w->out->actors, w->out->n_actors, w->cap_actors);
    *a = (nst_actor){.span = nst_text_tokens(w->p->text, first, end), .first = first, .end = end,
        .head = t, .kind = (uint8_t)kind, .plural = (w->p->morph[t] & NST_M_PLUR) != 0,
        .chain = w->out->n_actors - 1};
    w->out->actor_at[t] = w->out->n_actors - 1;
    return a;
}

/* Kind of mention that an entity of the base makes. */
static nst_actor_kind kind_of(const nst_who *w, uint32_t entity) {
    nst_kb_entity e = nst_kb_entity_get(w->kb, entity);
    return e.kind == NST_KB_STATE ? NST_ACTOR_STATE : e.kind == NST_KB_BLOC ? NST_ACTOR_BLOC : NST_ACTOR_ORG;
}

/* Does a capital stand here as its government (an agent), not as a place? */
static bool agent_position(const nst_parse *p, uint32_t t) {
    for (int up = 0; up < 4 && p->deprel[t] == NST_D_CONJ && p->head[t] != NST_ROOT; up++) t = p->head[t];
    switch (p->deprel[t]) {
    case NST_D_NSUBJ: case NST_D_NSUBJ_PASS: case NST_D_OBJ: case NST_D_IOBJ: case NST_D_NMOD_POSS:
    case NST_D_OBL_AGENT: case NST_D_COMPOUND:
        return true;
    case NST_D_OBL: case NST_D_NMOD: {
        uint32_t c = nst_parse_case(p, t);
        static const char *const agentive[] = {"by", "with", "between", "against", "for", "of", "on"};
        for (size_t i = 0; c != NST_ROOT && i < sizeof agentive / sizeof *agentive; i++)
            if (nst_parse_lemma_is(p, c, agentive[i])) return true;
        return false;
    }
    default: return p->head[t] == NST_ROOT;
    }
}

/* A state, organisation or bloc by its own name. */
static void make_entity(nst_who *w, uint32_t t, uint32_t first, uint32_t end, const nst_who_hit *h) {
    nst_actor_kind kind = kind_of(w, h->reading.ref);
    nst_identity is = nst_who_of_entity(w, h->reading.ref);
    if (h->reading.by == NST_KB_BY_CAPITAL && !agent_position(w->p, t)) kind = NST_ACTOR_PLACE;
    if (h->reading.by == NST_KB_BY_DEMONYM) {
        kind = NST_ACTOR_PEOPLE;
        is.sectors = w->p->morph[t] & NST_M_PLUR ? NST_SECTOR(CVL) : 0;
    }
    nst_actor *a = make(w, t, first, end, kind);
    nst_who_set(w, a, is);
}

/* The state or organisation a role belongs to: "Ruritania's", "Ruritanian", "of Ruritania". */
static bool principal(const nst_who *w, const inside *in, nst_identity *out) {
    const nst_who_hit *h = in->org ? in->org : in->state;
    if (!h) return false;
    *out = nst_who_of_entity(w, h->reading.ref);
    if (in->org && in->state && !out->code[0]) {
        nst_identity s = nst_who_of_entity(w, in->state->reading.ref);
        memcpy(out->code, s.code, sizeof out->code);
    }
    return true;
}

/* The only holder of an office on the day, or NST_KB_NONE. */
static uint32_t holder(const nst_who *w, const nst_kb_role *role, uint32_t entity) {
    nst_kb_office o;
    uint32_t found = NST_KB_NONE;
    if (!role->office.n || role->plural || role->voice || w->day == NST_NO_DAY) return NST_KB_NONE;
    uint32_t n = nst_kb_holders(w->kb, entity, 0, &o);
    for (uint32_t i = 0; i < n; i++) {
        nst_kb_holders(w->kb, entity, i, &o);
        if (!nst_str_eq(o.canon, role->office)) continue;
        if (nst_kb_held(w->kb, o.person, role->office, entity, w->day) != NST_KB_YES) continue;
        if (found != NST_KB_NONE && found != o.person) return NST_KB_NONE;
        found = o.person;
    }
    return found;
}

/* "Ruritania's foreign minister", "two envoys", "Ruritanian troops". */
static void make_role(nst_who *w, uint32_t t, uint32_t first, uint32_t end, const inside *in) {
    nst_kb_role role = nst_kb_role_get(w->kb, in->role->reading.ref);
    nst_actor *a = make(w, t, first, end, role.kind == 'g' && role.ethnic ? NST_ACTOR_PEOPLE : NST_ACTOR_ROLE);
    nst_identity is = {.sectors = role.sectors};
    a->plural = role.plural || a->plural;
    a->role = nst_text_span(w->p->text, nst_text_tokens(w->p->text, in->role->first, in->role->end));
    a->count = counted(w->out, t);
    if (principal(w, in, &is)) {
        uint32_t e = (in->org ? in->org : in->state)->reading.ref;
        uint32_t person = holder(w, &role, e);
        if (role.sectors) is.sectors = role.sectors;
        is.title = role.kind == 'p' ? role.phrase : (nst_str){0};
        if (person != NST_KB_NONE) {
            is.person = nst_kb_person_id(w->kb, person);
            is.name = nst_kb_person_name(w->kb, person);
        }
    }
    nst_who_set(w, a, is);
}

/* A person known or unknown to the base, with the title the text gives. */
static void make_person(nst_who *w, uint32_t t, uint32_t first, uint32_t end, const inside *in) {
    const nst_who_hit *h = in->person ? in->person : in->surname;
    nst_actor *a = make(w, t, first, end, NST_ACTOR_PERSON);
    nst_identity is = {0}, of = {0};
    bool has_principal = principal(w, in, &of);
    if (h) {
        is = nst_who_of_person(w, h->reading.ref);
        if (has_principal && of.code[0] && is.code[0] && strcmp(of.code, is.code) && in->role)
            is = (nst_identity){0};            /* another bearer of the name */
    }
    if (in->role) {
        nst_kb_role role = nst_kb_role_get(w->kb, in->role->reading.ref);
        a->role = nst_text_span(w->p->text, nst_text_tokens(w->p->text, in->role->first, in->role->end));
        if (role.office.n && is.person.n && w->day != NST_NO_DAY)
            is.anachronism = nst_kb_held(w->kb, h->reading.ref, role.office, NST_KB_NONE, w->day) == NST_KB_NO;
        if (!is.person.n || !is.title.n) is.title = role.phrase;
        if (!is.sectors) is.sectors = role.sectors;
    }
    if (!is.code[0] && has_principal) {
        memcpy(is.code, of.code, sizeof is.code);
        is.entity = of.entity;
    }
    if (!is.name.n) is.name = nst_text_span(w->p->text, nst_text_tokens(w->p->text, t, t + 1));
    if (is.code[0] || is.person.n || is.sectors || is.entity.n) nst_who_set(w, a, is);
}

/* A name that only the parser knows. */
static void make_unknown(nst_who *w, uint32_t t, uint32_t first, uint32_t end, const inside *in) {
    static const uint8_t kinds[NST_N_NAME] = {NST_ACTOR_PERSON, NST_ACTOR_ORG, NST_ACTOR_PLACE,
        NST_ACTOR_PEOPLE, NST_ACTOR_OTHER, NST_ACTOR_OTHER};
    const nst_name *n = &w->p->names[w->name_at[t]];
    if (n->kind == NST_NAME_PERSON && (in->role || in->state || in->org)) {
        make_person(w, t, first, end, in);
        return;
    }
    nst_actor *a = make(w, t, first, end, kinds[n->kind]);
    nst_identity is;
    if (n->kind == NST_NAME_ORG && principal(w, in, &is)) {
        is.entity = (nst_str){0};
        is.name = nst_text_span(w->p->text, nst_text_tokens(w->p->text, n->first, n->end));
        nst_who_set(w, a, is);
    }
}

/* ---- the walk ---------------------------------------------------------------------------- */

/* Is t the head of a nominal phrase (not a modifier inside one)? */
static bool nominal_head(const nst_parse *p, uint32_t t) {
    uint8_t u = p->upos[t], d = p->deprel[t];
    if (u != NST_NOUN && u != NST_PROPN && u != NST_PRON && u != NST_ADJ && u != NST_NUM) return false;
    if (d == NST_D_COMPOUND || d == NST_D_FLAT || d == NST_D_FIXED || d == NST_D_GOESWITH ||
        d == NST_D_DET || d == NST_D_NMOD_DESC)
        return false;
    if ((u == NST_ADJ || u == NST_NUM) && (d == NST_D_AMOD || d == NST_D_NUMMOD)) return false;
    return true;
}

/* Personal pronouns and possessives that can be resolved. */
static bool personal(const nst_parse *p, uint32_t t) {
    static const char *const words[] = {"he", "she", "they", "it", "we", "i", "his", "her", "their", "its",
        "our", "my", "him", "them", "us", "himself", "themselves", "itself", "herself"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (nst_str_ieq(nst_text_token(p->text, t), nst_str_c(words[i]))) return true;
    return false;
}

/* The mention of one nominal head, if it can be one. */
static void visit_head(nst_who *w, uint32_t t) {
    uint32_t first, end;
    if (w->p->upos[t] == NST_PRON) {
        if (personal(w->p, t)) make(w, t, t, t + 1, NST_ACTOR_PRONOUN);
        return;
    }
    core(w->p, t, &first, &end);
    inside in = look_inside(w, first, end, t);
    bool person_name = w->name_at[t] != NST_ROOT && w->p->names[w->name_at[t]].kind == NST_NAME_PERSON;
    if (in.head_person || (in.head_role && (in.person || in.surname))) make_person(w, t, first, end, &in);
    else if (in.head_role) make_role(w, t, first, end, &in);
    else if (in.head_org) make_entity(w, t, first, end, in.org);
    else if (in.head_state) make_entity(w, t, first, end, in.state);
    else if (person_name || w->name_at[t] != NST_ROOT) make_unknown(w, t, first, end, &in);
}

/* A state or organisation that only modifies a noun: "US sanctions", "Ruritanian troops". */
static void visit_modifier(nst_who *w, uint32_t t) {
    uint32_t h = w->hit_at[t];
    if (h == NST_ROOT || w->hits[h].end - 1 != t || w->out->actor_at[t] != NST_ROOT) return;
    const nst_who_hit *hit = &w->hits[h];
    if (hit->reading.by > NST_KB_BY_SEAT) return;
    nst_actor *a = make(w, t, hit->first, hit->end, kind_of(w, hit->reading.ref));
    nst_who_set(w, a, nst_who_of_entity(w, hit->reading.ref));
}

void nst_who_find_mentions(nst_who *w) {
    const nst_text *t = w->p->text;
    for (uint32_t s = 0; s < t->n_sents; s++) {
        if (!nst_text_coded(t, s)) continue;
        for (uint32_t i = t->sents[s].first; i < t->sents[s].end; i++) {
            if (nominal_head(w->p, i)) visit_head(w, i);
            if (w->out->actor_at[i] == NST_ROOT) visit_modifier(w, i);
        }
    }
}
