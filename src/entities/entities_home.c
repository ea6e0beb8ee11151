/* entities_home.c - which state "the police", "parliament", "the government" are of when nobody says.
 *
 * In: actors with the identities found so far, places. Out: the code of a state for institutions that
 * have none, marked as from context; a body's name that many states use ("Congress") is taken from a
 * state the report does not speak of and given to the one it does.
 *   Graustark's capital ... [the police] -> GRK COP, from context
 * Idea: a report has a home, the state that its actors and places are mostly of. The home is asked for at
 * each place of the text: what was said lately counts more than what was said once. It is believed only
 * where it stands far ahead of the next; else the field stays empty.
 * Invariants: (1) an identity with a code is left alone, but for ambiguous names; (2) crowds, companies and
 * private people get nothing: to live somewhere is not to act for it; (3) one pass, MAX_STATES states.
 */
#include "who.h"

#define MAX_STATES 48u
#define FADE 0.8             /* of what was said, a sentence later */
#define WHOLE 3.0            /* what the report as a whole weighs, beside one late mention (1.0) */
#define ENOUGH 1.6           /* of the sum, to be believed at all */
#define AHEAD 2.0            /* times the runner-up */
#define NAMED 3.0            /* times the report must name the state */

typedef struct state_weight {
    char code[4];
    double late, all;        /* faded to `sentence`; of the whole report */
    uint32_t sentence, named;    /* `named`: sentence that named it last, plus one */
} state_weight;

typedef struct homes {
    state_weight s[MAX_STATES];
    uint32_t n, other;       /* `other`: sentence that named any state last, plus one */
    double sum;
} homes;

/* The weight of a state, made if there is room; NULL if not. */
static state_weight *weight_of(homes *h, const char *code) {
    for (uint32_t i = 0; i < h->n; i++)
        if (!strcmp(h->s[i].code, code)) return &h->s[i];
    if (h->n == MAX_STATES) return NULL;
    state_weight *s = &h->s[h->n++];
    *s = (state_weight){.late = 0};
    memcpy(s->code, code, sizeof s->code);
    return s;
}

bool nst_who_stateless(const char *code) {
    static const char *const list[] = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC", NULL};
    if (!code[0]) return true;
    for (const char *const *c = list; *c; c++)
        if (!strcmp(code, *c)) return true;
    return false;
}

/* A body's name of one or two common words that other states' bodies bear too. */
static bool ambiguous(const nst_who *w, uint32_t a) {
    const nst_who_note *n = &w->notes[a];
    if (n->entity == NST_KB_NONE || n->unit == NST_ROOT || w->units[n->unit].kind != NST_UNIT_ENTITY) return false;
    nst_kb_kind kind = nst_kb_entity_get(w->kb, n->entity).kind;
    const nst_kb_reading *r = &w->units[n->unit].reading;
    return kind == NST_KB_BODY && (r->flags & NST_KB_WEAK) && r->by != NST_KB_BY_ABBREVIATION && !n->own;
}

/* What an actor says about the home of the report: the code of its only identity, or "". */
static const char *evidence(const nst_who *w, uint32_t a) {
    const nst_actor *x = &w->out->actors[a];
    if (x->n_is != 1 || x->kind == NST_ACTOR_PRONOUN || x->context || ambiguous(w, a)) return "";
    if (w->notes[a].modifier) return "";
    return nst_who_stateless(x->is[0].code) ? "" : x->is[0].code;
}

static void add_late(homes *h, const char *code, uint32_t sentence, double v) {
    state_weight *s = weight_of(h, code);
    if (!s) return;
    for (; s->sentence < sentence && s->late > 1e-3; s->sentence++) s->late *= FADE;
    s->sentence = sentence;
    s->late += v;
    if (v > 0) s->named = h->other = sentence + 1;
}

static void add_all(homes *h, const char *code, double v) {
    state_weight *s = weight_of(h, code);
    if (s) s->all += v;
    h->sum += v;
}

/* The state that stands far ahead at a sentence, NULL if none does or the sentence is about others. */
static const char *home_at(homes *h, uint32_t sentence) {
    double best = 0, next = 0;
    const state_weight *top = NULL;
    for (uint32_t i = 0; i < h->n; i++) {
        add_late(h, h->s[i].code, sentence, 0);
        double v = h->s[i].late + (h->sum > 0 ? WHOLE * h->s[i].all / h->sum : 0);
        if (v > best) {
            next = best;
            best = v;
            top = &h->s[i];
        } else if (v > next) {
            next = v;
        }
    }
    if (!top || top->all < NAMED || best < ENOUGH || best < AHEAD * next) return NULL;
    return h->other == sentence + 1 && top->named != sentence + 1 ? NULL : top->code;
}

/* A person's office that unions, parties and firms have as well as states. */
static bool anywhere(const nst_who *w, uint32_t head) {
    static const char *const list[] = {"president", "chairman", "chairwoman", "chair", "chairperson", "secretary",
        "vice-president", "director", "leader", "head", "chief", "spokesman", "spokeswoman", "spokesperson",
        "treasurer", "delegate", "representative", "aide", "adviser", "advisor", "negotiator", "boss", "official",
        "member", "envoy", "diplomat", "ambassador", "consul", "attache", "attaché", "peacekeeper", "commander", "captain", "queen", "king", "prince", "princess", "consultant", "veteran", NULL};
    for (const char *const *l = list; *l; l++)
        if (nst_parse_lemma_is(w->p, head, *l)) return true;
    return false;
}

/* An institution of a state, named by its role only. */
static bool institution(const nst_who *w, uint32_t a) {
    const nst_actor *x = &w->out->actors[a];
    const nst_who_note *n = &w->notes[a];
    const uint32_t acting = NST_SECTOR(GOV) | NST_SECTOR(LEG) | NST_SECTOR(JUD) | NST_SECTOR(COP) |
                            NST_SECTOR(MIL) | NST_SECTOR(SPY);
    if (x->kind != NST_ACTOR_ROLE || n->role == NST_KB_NONE || n->own || n->former) return false;
    if (x->n_antecedent || n->poss != NST_ROOT || n->word) return false;
    if (x->n_is > 1 || (x->n_is && (x->is[0].code[0] || x->is[0].entity.n || x->is[0].person.n))) return false;
    nst_kb_role r = nst_kb_role_get(w->kb, n->role);
    static const char *const elsewhere[] = {"international", "foreign", "regional", "global", "world", "european",
        "un", "tribal", "company", "school", "university", "union", NULL};
    if (r.igo || r.ethnic || !(r.sectors & acting)) return false;
    for (uint32_t t = x->first; t < x->end; t++)
        if (nst_who_is(w, t, elsewhere)) return false;
    /* "governments", "ministers" in general are of no state; unions and firms have presidents too */
    if (x->plural && (r.kind != 'g' || r.office.n) && x->count == 0 && r.office.n) return false;
    return r.kind == 'p' ? !anywhere(w, x->head) : !nst_parse_lemma_is(w->p, x->head, "congress");
}

/* Gives an institution the home's code. */
static void settle(nst_who *w, uint32_t a, const char *code) {
    nst_actor *x = &w->out->actors[a];
    nst_kb_role r = nst_kb_role_get(w->kb, w->notes[a].role);
    nst_identity is = {.sectors = x->n_is ? x->is[0].sectors : r.sectors,
        .title = x->n_is ? x->is[0].title : (nst_str){0}};
    memcpy(is.code, code, sizeof is.code);
    nst_who_set(w, x, is);
    x->is[0].entity = nst_str_c(x->is[0].code);
    x->context = true;
}

/* What was resolved to an institution before it had a state: the same state. */
static void follow(nst_who *w, uint32_t a) {
    nst_actor *x = &w->out->actors[a];
    if (x->n_antecedent != 1 || x->n_is > 1 || (x->n_is && x->is[0].code[0])) return;
    const nst_actor *y = &w->out->actors[x->antecedent[0]];
    if (y->n_is != 1 || !y->context || !y->is[0].code[0]) return;
    nst_who_set(w, x, y->is[0]);
    x->is[0].entity = nst_str_c(x->is[0].code);
    x->context = true;
}

/* "Congress" in a report that never speaks of the state whose body is best known by that name. */
static void disown(nst_who *w, homes *h, uint32_t a, const char *code) {
    nst_actor *x = &w->out->actors[a];
    const state_weight *s = x->n_is == 1 ? weight_of(h, x->is[0].code) : NULL;
    if (!s || s->all > 0 || !code || !strcmp(code, x->is[0].code)) return;
    nst_identity is = {.sectors = x->is[0].sectors};
    memcpy(is.code, code, sizeof is.code);
    nst_who_set(w, x, is);
    x->is[0].entity = nst_str_c(x->is[0].code);
    x->context = true;
    w->notes[a].entity = NST_KB_NONE;
}

/* ---- people whose description names a state ---------------------------------------------- */

/* Does a noun phrase below `top` say where the person belongs: "of", "at", "for", "from", a possessor? */
static bool belongs(const nst_parse *p, uint32_t t, uint32_t top) {
    static const char *const where[] = {"of", "at", "for", "from", "in", "with", "'s", "’s", "s", NULL};
    for (int step = 0; step < 4 && t != NST_ROOT; step++) {
        if (t == top) return step > 0;
        uint8_t base = nst_deprel_base(p->deprel[t]);
        if (base != NST_D_NMOD && base != NST_D_AMOD && base != NST_D_COMPOUND && base != NST_D_FLAT) return false;
        uint32_t c = base == NST_D_NMOD ? nst_parse_case(p, t) : NST_ROOT;
        bool fits = c == NST_ROOT;
        for (const char *const *x = where; *x && !fits; x++) fits = nst_parse_lemma_is(p, c, *x);
        if (!fits) return false;
        t = p->head[t];
    }
    return false;
}

/* "Strel, director of a centre at the Ruritanian army's academy": a person without a code takes that of
 * the first actor with one in the apposition behind the name. */
static void described(nst_who *w, uint32_t a) {
    nst_actor *x = &w->out->actors[a];
    if (x->kind != NST_ACTOR_PERSON || x->n_is > 1 || (x->n_is && x->is[0].code[0])) return;
    uint32_t appos = nst_parse_kid(w->p, x->head, NST_D_APPOS);
    if (appos == NST_ROOT || appos < x->end) return;
    for (uint32_t k = a + 1; k < w->out->n_actors && k < a + 8; k++) {
        const nst_actor *y = &w->out->actors[k];
        if (y->n_is != 1 || nst_who_stateless(y->is[0].code) || y->head < appos) continue;
        if (y->kind == NST_ACTOR_PERSON || !belongs(w->p, y->head, appos)) continue;
        nst_identity is = x->n_is ? x->is[0] : (nst_identity){0};
        memcpy(is.code, y->is[0].code, sizeof is.code);
        nst_who_set(w, x, is);
        x->is[0].entity = nst_str_c(x->is[0].code);
        return;
    }
}

/* The name again, and what stands for it, is of the same state. */
static void follow_person(nst_who *w, uint32_t a, const uint32_t *of) {
    nst_actor *x = &w->out->actors[a];
    if (x->n_is > 1 || x->plural || (x->n_is && x->is[0].code[0])) return;
    const nst_actor *y = of[x->chain] ? &w->out->actors[of[x->chain] - 1] : NULL;
    if (!y || y == x || (x->kind != NST_ACTOR_PERSON && x->kind != NST_ACTOR_PRONOUN)) return;
    nst_identity is = x->n_is ? x->is[0] : y->is[0];
    memcpy(is.code, y->is[0].code, sizeof is.code);
    nst_who_set(w, x, is);
    x->is[0].entity = nst_str_c(x->is[0].code);
}

static void people(nst_who *w) {
    uint32_t *of = NST_ARRAY(w->scratch, uint32_t, w->out->n_actors);   /* chain: who tells its state, plus one */
    for (uint32_t a = 0; a < w->out->n_actors; a++) {
        nst_actor *x = &w->out->actors[a];
        bool open = !x->n_is || !x->is[0].code[0];
        described(w, a);
        if (open && x->n_is == 1 && x->is[0].code[0] && !of[x->chain]) of[x->chain] = a + 1;
    }
    for (uint32_t a = 0; a < w->out->n_actors; a++) follow_person(w, a, of);
}

void nst_who_home(nst_who *w) {
    people(w);
    homes *h = NST_NEW(w->scratch, homes);
    nst_entities *x = w->out;
    uint32_t at = 0;
    for (uint32_t a = 0; a < x->n_actors; a++)
        if (evidence(w, a)[0]) add_all(h, evidence(w, a), 1);
    for (uint32_t i = 0; i < x->n_places; i++)
        if (x->places[i].country[0]) add_all(h, x->places[i].country, 1);
    for (uint32_t a = 0; a < x->n_actors; a++) {
        uint32_t s = nst_who_sent(w, a);
        for (; at < x->n_places && w->p->text->sent_of[x->places[at].first] <= s; at++)
            if (x->places[at].country[0])
                add_late(h, x->places[at].country, w->p->text->sent_of[x->places[at].first], 1);
        if (evidence(w, a)[0]) add_late(h, evidence(w, a), s, 1);
        else if (institution(w, a) && home_at(h, s)) settle(w, a, home_at(h, s));
        else if (ambiguous(w, a)) disown(w, h, a, home_at(h, s));
        else follow(w, a);
    }
}
