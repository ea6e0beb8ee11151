/* entities_surname.c - surnames, whoever stands first: the full name or the surname.
 *
 * In: units, later entity mentions. Out: who bears a surname in this report.
 *   [Rassendyll] flew home ... [Rudolf Rassendyll]: one man, and no namesake of the knowledge base
 * Idea: full names are kept in a table by their last word as they are found; a surname that the report
 * itself explains is nobody else's. A last pass gives surnames before the full name, and everybody who is
 * known by name alone, that name.
 * Invariants: (1) a bearer named in full anywhere in the report comes before a namesake who is not;
 * (2) linear: one look-up a surname.
 */
#include "who.h"

/* A surname and the first full names that end with it; open addressing. */
struct nst_who_family {
    uint64_t hash;               /* 0: free */
    uint32_t unit;               /* the first full name with it */
    uint32_t stranger;           /* the first that is nobody of the base, NST_ROOT */
};

static uint64_t hash_of(const nst_who *w, uint32_t t) {
    nst_str s = nst_who_word_of(w, t);
    return nst_hash(s.p, s.n) | 1;
}

void nst_who_family_begin(nst_who *w) {
    uint32_t size = 64;
    while (size < w->p->text->n_tokens) size *= 2;
    w->families = NST_ARRAY(w->scratch, struct nst_who_family, size);
    w->n_families = size - 1;
}

static struct nst_who_family *slot(const nst_who *w, uint64_t hash) {
    uint32_t i = (uint32_t)hash & w->n_families;
    while (w->families[i].hash && w->families[i].hash != hash) i = (i + 1) & w->n_families;
    return &w->families[i];
}

/* The token of a unit's surname: the last word but for "Jr" and initials; NST_ROOT if it has one word. */
static uint32_t surname_of(const nst_who *w, const nst_who_unit *u) {
    static const char *const juniors[] = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", NULL};
    uint32_t t = u->end;
    while (t > u->first + 1 && (nst_who_is(w, t - 1, juniors) || w->p->upos[t - 1] == NST_PUNCT)) t--;
    return t > u->first + 1 && nst_who_word_of(w, t - 1).n > 2 ? t - 1 : NST_ROOT;
}

void nst_who_family_add(nst_who *w, uint32_t unit) {
    const nst_who_unit *u = &w->units[unit];
    bool stranger = u->kind == NST_UNIT_NAME;
    uint32_t t = surname_of(w, u);
    if (t == NST_ROOT || (stranger ? u->name_kind != NST_NAME_PERSON : !u->sure)) return;
    struct nst_who_family *f = slot(w, hash_of(w, t));
    if (!f->hash) *f = (struct nst_who_family){hash_of(w, t), unit, NST_ROOT};
    if (stranger && f->stranger == NST_ROOT) f->stranger = unit;
}

uint32_t nst_who_family_of(const nst_who *w, uint32_t t) {
    const struct nst_who_family *f = slot(w, hash_of(w, t));
    return f->hash ? f->unit : NST_ROOT;
}

uint32_t nst_who_stranger(const nst_who *w, uint32_t t) {
    const struct nst_who_family *f = slot(w, hash_of(w, t));
    return f->hash ? f->stranger : NST_ROOT;
}

/* A surname that nothing explained before: the full name that comes later. */
static void from_later(nst_who *w, uint32_t a) {
    nst_actor *x = &w->out->actors[a];
    const nst_who_unit *u = &w->units[w->notes[a].unit];
    uint32_t full = u->end - u->first == 1 ? nst_who_family_of(w, u->first) : NST_ROOT;
    uint32_t b = full == NST_ROOT ? NST_ROOT : w->out->actor_at[w->units[full].end - 1];
    if (b == NST_ROOT || b <= a || w->out->actors[b].kind != NST_ACTOR_PERSON) return;
    const nst_actor *y = &w->out->actors[b];
    x->is = y->is;
    x->n_is = y->n_is;
    x->chain = y->chain;
    w->notes[a].person = w->notes[b].person;
}

/* Lacks the mention a name? 1 or 0; of several people in one nobody is asked. */
static int nameless(const nst_actor *x) { return x->n_is == 0 || (x->n_is == 1 && !x->is[0].name.n); }

/* Everybody known by name alone is given that name: the longest of his chain, as it came first. */
void nst_who_full_names(nst_who *w) {
    for (uint32_t a = w->out->n_actors; a-- > 0;) {
        nst_actor *x = &w->out->actors[a];
        if (x->kind != NST_ACTOR_PERSON || nameless(x) == 0 || w->notes[a].unit == NST_ROOT) continue;
        const nst_who_unit *u = &w->units[w->notes[a].unit];
        if (!x->n_antecedent && !x->n_is) from_later(w, a);
        if (nameless(x) == 0 || u->end - u->first < 2) continue;
        nst_identity is = x->n_is ? x->is[0] : (nst_identity){0};
        is.name = nst_text_span(w->p->text, nst_text_tokens(w->p->text, u->first, u->end));
        nst_who_set(w, x, is);
    }
    for (uint32_t a = 0; a < w->out->n_actors; a++) {
        nst_actor *x = &w->out->actors[a];
        x->gender = w->notes[a].gender;
        if (nameless(x) == 0 || x->n_antecedent != 1) continue;
        const nst_actor *y = &w->out->actors[x->antecedent[0]];
        if (y->kind != NST_ACTOR_PERSON || !y->n_is || y->n_is > 1) continue;
        if (x->kind != NST_ACTOR_PERSON && x->kind != NST_ACTOR_PRONOUN) continue;
        if (x->n_is && strcmp(x->is[0].code, y->is[0].code)) continue;
        x->is = y->is;
        x->n_is = 1;
        x->context = x->kind == NST_ACTOR_PRONOUN;
    }
}
