/* entities_plural.c - plurals that stand for several parties named before.
 *
 * In: "the two countries", "both presidents", "the trio", "they". Out: one identity a party on one span.
 *   Ruritania and Graustark ... [both sides] RUR + GRK
 * Idea: the nearest sentence before (or the same one, left of the plural) that names as many different
 * parties of the asked kind as the plural counts; when no sentence names enough, the last ones taken
 * together. States are asked for by "countries", people by "men" and by plural offices.
 * Invariants: (1) antecedents come before; (2) at most LOOK_BACK mentions are looked at.
 */
#include "who.h"

#define LOOK_BACK 80u
#define LOOK_SENTS 8u
#define MAX_PARTIES 6u

typedef enum asked { ASK_ANY, ASK_STATE, ASK_PERSON } asked;

typedef struct parties {
    uint32_t actor[MAX_PARTIES];
    uint32_t n;
} parties;

/* Same party: same state (asked for states), same person, or same chain. */
static bool same_party(const nst_who *w, asked what, uint32_t a, uint32_t b) {
    const nst_actor *x = &w->out->actors[a], *y = &w->out->actors[b];
    if (x->chain == y->chain) return true;
    if (!x->n_is || !y->n_is) return false;
    if (what == ASK_PERSON) return x->is[0].person.n && nst_str_eq(x->is[0].person, y->is[0].person);
    if (x->is[0].code[0] && !strcmp(x->is[0].code, y->is[0].code))
        return what == ASK_STATE || nst_str_eq(x->is[0].entity, y->is[0].entity);
    return false;
}

/* Can mention y be one of the parties? */
static bool party(const nst_who *w, asked what, const nst_actor *y) {
    if (y->n_is > 1 || y->kind == NST_ACTOR_PLACE || y->kind == NST_ACTOR_PRONOUN) return false;
    const nst_who_note *n = &w->notes[y - w->out->actors];
    if (what == ASK_PERSON)
        return y->kind == NST_ACTOR_PERSON || (y->kind == NST_ACTOR_ROLE && !y->plural && y->n_is &&
               y->is[0].code[0] && n->role != NST_KB_NONE && nst_kb_role_get(w->kb, n->role).kind == 'p');
    if (!y->n_is || (!y->is[0].code[0] && !y->is[0].entity.n)) return false;
    if (what == ASK_STATE)      /* an agency that tells it, a company, an alliance is no country */
        return y->is[0].code[0] && n->word == NST_WORD_NONE && !nst_who_stateless(y->is[0].code) &&
               !(y->is[0].sectors & (NST_SECTOR(MED) | NST_SECTOR(BUS)));
    return y->kind != NST_ACTOR_OTHER;
}

static void add(const nst_who *w, asked what, parties *f, uint32_t actor) {
    for (uint32_t i = 0; i < f->n; i++)
        if (same_party(w, what, f->actor[i], actor)) return;
    if (f->n < MAX_PARTIES) f->actor[f->n++] = actor;
}

/* How strongly y stands out in its sentence: subjects and their conjuncts, then objects. */
static bool modifier(const nst_who *w, uint32_t k) {
    return w->notes[k].modifier && w->p->deprel[w->out->actors[k].head] != NST_D_NMOD_POSS;
}

/* The parties of the kind that the mentions [from, to) name, in order; modifiers only if nothing else. */
static parties collect(const nst_who *w, asked what, uint32_t from, uint32_t to, bool modifiers) {
    parties f = {.n = 0};
    for (uint32_t k = from; k < to; k++)
        if (party(w, what, &w->out->actors[k]) && (modifiers || !modifier(w, k))) add(w, what, &f, k);
    return f;
}

/* A plural mention right before that means exactly so many parties of the kind ("they" after "both"). */
static uint32_t earlier_plural(const nst_who *w, asked what, uint32_t a, uint32_t want) {
    for (uint32_t k = a; k-- > 0 && a - k < LOOK_BACK;) {
        const nst_actor *y = &w->out->actors[k];
        if (nst_who_sent(w, a) - nst_who_sent(w, k) > LOOK_SENTS) break;
        if (y->n_is != want || want < 2) continue;
        bool people = true, states = true;
        for (uint32_t i = 0; i < y->n_is; i++) {
            people &= y->is[i].person.n > 0;
            states &= y->is[i].code[0] != 0;
        }
        if (what == ASK_PERSON ? people : what == ASK_STATE ? states : true) return k;
    }
    return NST_ROOT;
}

/* Finds `want` parties (0: at least two) before mention a. */
static parties find(const nst_who *w, asked what, uint32_t a, uint32_t want) {
    uint32_t to = a, here = nst_who_sent(w, a);
    parties all = {.n = 0};
    for (int pass = 0; pass < 2; pass++)
        for (to = a; to > 0 && a - to < LOOK_BACK;) {
            uint32_t from = to - 1, s = nst_who_sent(w, from);
            if (here - s > LOOK_SENTS) break;
            while (from > 0 && nst_who_sent(w, from - 1) == s) from--;
            parties f = collect(w, what, from, to, pass == 1);
            if (want ? f.n == want : f.n == 2 || f.n == 3) return f;
            if (want && f.n > want && s != here) {
                f.n = want;
                return f;
            }
            to = from;
        }
    for (uint32_t k = a; k-- > 0 && want && all.n < want && a - k < LOOK_BACK;) {
        if (here - nst_who_sent(w, k) > LOOK_SENTS) break;
        if (party(w, what, &w->out->actors[k]) && !modifier(w, k)) add(w, what, &all, k);
    }
    for (uint32_t i = 0; i < all.n / 2; i++) {
        uint32_t x = all.actor[i];
        all.actor[i] = all.actor[all.n - 1 - i];
        all.actor[all.n - 1 - i] = x;
    }
    if (all.n != want) all.n = 0;
    return all;
}

/* Gives mention a the parties' identities; states only, when only states were asked for. */
static bool take(nst_who *w, uint32_t a, asked what, const parties *f) {
    nst_actor *x = &w->out->actors[a];
    uint32_t sectors = x->n_is ? x->is[0].sectors : 0, n = 0;
    if (f->n < 2) return false;
    x->is = NST_ARRAY(w->doc, nst_identity, f->n);
    x->antecedent = NST_ARRAY(w->doc, uint32_t, f->n);
    for (uint32_t i = 0; i < f->n; i++) {
        const nst_actor *y = &w->out->actors[f->actor[i]];
        x->antecedent[i] = f->actor[i];
        if (!y->n_is) continue;
        nst_identity is = y->is[0];
        if (what == ASK_STATE) {
            uint32_t e = nst_kb_entity_of(w->kb, nst_str_c(is.code));
            if (e != NST_KB_NONE) is = nst_who_of_entity(w, e);
        }
        if (sectors) is.sectors = sectors;
        x->is[n++] = is;
    }
    x->n_antecedent = f->n;
    x->n_is = n;
    x->context = true;
    x->plural = true;
    return true;
}

/* The plural means what an earlier plural means. */
static bool as_before(nst_who *w, uint32_t a, uint32_t b, asked what) {
    parties f = {.n = 0};
    const nst_actor *y = &w->out->actors[b];
    if (what != ASK_STATE && y->n_antecedent != y->n_is) {
        nst_who_same(w, a, b);
        return true;
    }
    for (uint32_t i = 0; i < y->n_antecedent && f.n < MAX_PARTIES; i++) f.actor[f.n++] = y->antecedent[i];
    if (f.n < 2) {
        nst_who_same(w, a, b);
        return true;
    }
    return take(w, a, what, &f);
}

/* What kind of parties a plural asks for; ASK_ANY for "sides", "both". */
static asked kind_asked(const nst_who *w, uint32_t a) {
    const nst_who_note *n = &w->notes[a];
    if (n->word == NST_WORD_STATE) return ASK_STATE;
    if (n->word == NST_WORD_PEOPLE) return ASK_PERSON;
    if (n->role != NST_KB_NONE) {
        nst_kb_role r = nst_kb_role_get(w->kb, n->role);
        return r.kind == 'p' ? ASK_PERSON : ASK_STATE;
    }
    return ASK_ANY;
}

bool nst_who_plural(nst_who *w, uint32_t a) {
    const nst_actor *x = &w->out->actors[a];
    static const char *const trio[] = {"trio", NULL}, *const pair[] = {"pair", "duo", NULL},
        *const both[] = {"both", NULL}, *const three[] = {"three", NULL}, *const two[] = {"two", NULL};
    uint32_t want = x->count >= 2 && x->count <= MAX_PARTIES ? (uint32_t)x->count : 0;
    for (uint32_t t = x->first; t < x->end; t++) {
        if (nst_who_is(w, t, trio) || nst_who_is(w, t, three)) want = 3;
        if (nst_who_is(w, t, pair) || nst_who_is(w, t, both) || nst_who_is(w, t, two)) want = 2;
    }
    asked what = kind_asked(w, a);
    uint32_t b = earlier_plural(w, what, a, want);
    parties f = find(w, what, a, want);
    if (b != NST_ROOT && (f.n < 2 || nst_who_sent(w, b) >= nst_who_sent(w, f.actor[0])))
        return as_before(w, a, b, what);
    if (f.n < 2 && what == ASK_PERSON && w->notes[a].role != NST_KB_NONE) {
        what = ASK_STATE;                       /* "the two ministers" of states without names */
        f = find(w, what, a, want);
    }
    if (f.n < 2 && what == ASK_ANY) f = find(w, ASK_PERSON, a, want);
    return take(w, a, what, &f);
}

/* Conjuncts of the subject at token t that are mentions. */
static parties conjuncts(const nst_who *w, uint32_t t) {
    const nst_parse *p = w->p;
    parties f = {.n = 0};
    uint32_t a = w->out->actor_at[t];
    if (a != NST_ROOT) f.actor[f.n++] = a;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t b = p->deprel[p->kids[k]] == NST_D_CONJ ? w->out->actor_at[p->kids[k]] : NST_ROOT;
        if (b != NST_ROOT && b != a && f.n < MAX_PARTIES) f.actor[f.n++] = b;
    }
    return f;
}

/* "they" for the conjuncts of the last subject, or for the two people of the last sentence. */
bool nst_who_they(nst_who *w, uint32_t a) {
    uint32_t here = nst_who_sent(w, a);
    for (uint32_t k = a; k-- > 0 && a - k < LOOK_BACK;) {
        const nst_actor *y = &w->out->actors[k];
        uint32_t s = nst_who_sent(w, k);
        uint8_t d = w->p->deprel[y->head];
        if (here - s > 2) return false;
        bool subject = d == NST_D_NSUBJ || d == NST_D_NSUBJ_PASS;
        if (y->n_is > 1 && y->kind != NST_ACTOR_PRONOUN && (subject || s == here))
            return as_before(w, a, k, ASK_ANY);
        if (y->n_is > 1 && y->kind == NST_ACTOR_PRONOUN && y->plural) return as_before(w, a, k, ASK_ANY);
        if (!subject) continue;
        parties f = conjuncts(w, y->head);
        if (f.n >= 2) return take(w, a, ASK_ANY, &f);
        if (y->plural && y->kind != NST_ACTOR_PRONOUN) return false;
        if (s == here) continue;
        uint32_t from = k, to = k + 1;
        while (from > 0 && nst_who_sent(w, from - 1) == s) from--;
        while (to < a && nst_who_sent(w, to) == s) to++;
        bool plural = false;
        for (uint32_t i = from; i < to; i++) plural |= w->out->actors[i].plural;
        f = collect(w, ASK_PERSON, from, to, false);
        if (!plural && f.n == 2) return take(w, a, ASK_PERSON, &f);
    }
    return false;
}
