/* entities_coref.c - the same one again: surnames, bare roles, pronouns, counterparts.
 *
 * In: entity mentions with what their own words say. Out: identities from earlier mentions, chains.
 *   Otto Strel ... [Strel], [the speaker], [he] -> Otto Strel
 * Idea: one pass in order. Names are joined through a table of their words; bare roles go to the nearest
 * who fits the role; a pronoun goes to the candidate with the highest sum of weights (subject, same
 * place in the clause, nearness, how often named: Lappin and Leass 1994), of fitting kind and number, outside
 * of its own clause's arguments (binding). He and she have a ranking of their own (entities_pronoun.c).
 * Invariants: (1) antecedents come before - but for a pronoun in a fronted clause, which takes the
 * subject after it; (2) memory and look-back are bounded: linear time.
 */
#include "pronoun.h"

#define LOOK_BACK 60u            /* mentions, for pronouns */
#define LOOK_SENTS 5u            /* sentences, for pronouns */
#define LOOK_ROLE 200u           /* mentions, for roles */

static nst_who_note *note(const nst_who *w, uint32_t a) { return &w->notes[a]; }

uint32_t nst_who_sent(const nst_who *w, uint32_t actor) {
    return w->p->text->sent_of[w->out->actors[actor].head];
}

/* Puts mention a into b's chain. */
static void join(nst_who *w, uint32_t a, uint32_t b) {
    nst_actor *x = &w->out->actors[a], *y = &w->out->actors[b];
    x->chain = y->chain;
    if (!note(w, a)->gender) note(w, a)->gender = note(w, b)->gender;
    x->antecedent = NST_NEW(w->doc, uint32_t);
    x->antecedent[0] = b;
    x->n_antecedent = 1;
}

void nst_who_same(nst_who *w, uint32_t a, uint32_t b) {
    nst_actor *x = &w->out->actors[a], *y = &w->out->actors[b];
    join(w, a, b);
    if ((!x->n_is || (!x->is[0].code[0] && !x->is[0].person.n)) && y->n_is) {
        x->is = y->is;
        x->n_is = y->n_is;
        x->context = true;
        if (note(w, a)->person == NST_KB_NONE) note(w, a)->person = note(w, b)->person;
        if (note(w, a)->entity == NST_KB_NONE) note(w, a)->entity = note(w, b)->entity;
    }
}

/* ---- names ------------------------------------------------------------------------------- */

/* A table from a word of a name to the last mention that bore it; open addressing, as large as needed. */
typedef struct nst_names {
    struct name_slot { uint64_t hash; uint32_t actor; bool last; } *slots;
    uint32_t mask;
    const uint32_t *often;       /* mentions of each chain so far */
} names;

static struct name_slot *slot(const names *n, uint64_t hash) {
    uint32_t i = (uint32_t)hash & n->mask;
    while (n->slots[i].hash && n->slots[i].hash != hash) i = (i + 1) & n->mask;
    return &n->slots[i];
}

static uint64_t word_hash(const nst_who *w, uint32_t t) {
    nst_str s = nst_who_word_of(w, t);
    return nst_hash(s.p, s.n) | 1;
}

/* Is t a word by which a name is known again (not "of", a comma, an initial)? */
static bool telling(const nst_who *w, uint32_t t) {
    nst_str s = nst_who_word_of(w, t);
    return w->p->upos[t] == NST_PROPN && s.n > 2;
}

/* The unit's tokens of a mention of a name. */
static void name_tokens(const nst_who *w, uint32_t a, uint32_t *first, uint32_t *end) {
    uint32_t u = note(w, a)->unit;
    *first = u == NST_ROOT ? w->out->actors[a].head : w->units[u].first;
    *end = u == NST_ROOT ? *first + 1 : w->units[u].end;
}

/* Do two names of people go together: one word of one in the other, no first names at odds? */
static bool compatible(const nst_who *w, uint32_t a, uint32_t b) {
    uint32_t af, ae, bf, be;
    char ga = note(w, a)->gender, gb = note(w, b)->gender;
    if (ga && gb && ga != gb) return false;
    if (note(w, a)->person != NST_KB_NONE && note(w, b)->person != NST_KB_NONE)
        return note(w, a)->person == note(w, b)->person;
    name_tokens(w, a, &af, &ae);
    name_tokens(w, b, &bf, &be);
    uint32_t root = w->out->actors[b].chain;
    if (be - bf == 1 && w->out->actors[root].kind == NST_ACTOR_PERSON) name_tokens(w, root, &bf, &be);
    if (ae - af > 1 && be - bf > 1) {
        nst_str x = nst_who_word_of(w, af), y = nst_who_word_of(w, bf);
        bool initials = x.n && y.n && x.p[0] == y.p[0] && (x.n <= 2 || y.n <= 2);
        if (!nst_str_eq(x, y) && !initials) return false;
    }
    return true;
}

/* Is t the last word of a name but for "Jr" and the like? */
static bool surname_at(const nst_who *w, uint32_t t, uint32_t end) {
    static const char *const juniors[] = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", NULL};
    for (uint32_t k = t + 1; k < end; k++)
        if (!nst_who_is(w, k, juniors) && w->p->upos[k] != NST_PUNCT) return false;
    return !nst_who_is(w, t, juniors);
}

/* The earlier bearer of a name, NST_ROOT; enters the name into the table. */
static uint32_t name_again(const nst_who *w, const names *n, uint32_t a) {
    uint32_t first, end, found = NST_ROOT;
    name_tokens(w, a, &first, &end);
    uint8_t kind = w->out->actors[a].kind;
    bool person = kind == NST_ACTOR_PERSON, single = end - first == 1;
    for (uint32_t t = end; t-- > first && found == NST_ROOT;) {
        if (!telling(w, t)) continue;
        struct name_slot *s = slot(n, word_hash(w, t));
        if (!s->hash && person && !single && surname_at(w, t, end)) break;   /* a new family */
        if (!s->hash) continue;
        const nst_actor *y = &w->out->actors[s->actor];
        bool other = kind == NST_ACTOR_OTHER || (kind != NST_ACTOR_PERSON && single && note(w, a)->unit != NST_ROOT);
        bool unsure = note(w, a)->unit != NST_ROOT && w->units[note(w, a)->unit].kind == NST_UNIT_NAME && single;
        if (y->kind == NST_ACTOR_PERSON ? (person || other || unsure) && compatible(w, a, s->actor)
                                        : y->kind == kind && !person && (t + 1 == end)) {
            if (!person && y->kind == NST_ACTOR_PERSON && !s->last) continue;
            found = s->actor;
        } else if (person) {
            break;                              /* a namesake */
        }
        if (person && !single && t + 1 == end) break;
    }
    return found;
}

/* Is a only a namesake of b told in passing, b being whom the report is about? */
static bool aside(const nst_who *w, const names *n, uint32_t a, uint32_t b) {
    const nst_actor *x = &w->out->actors[a], *y = &w->out->actors[b];
    uint8_t d = w->p->deprel[x->head];
    return x->kind == NST_ACTOR_PERSON && y->kind == NST_ACTOR_PERSON && x->chain != y->chain &&
           d != NST_D_NSUBJ && d != NST_D_NSUBJ_PASS && n->often[y->chain] >= 3;
}

/* Enters the words of a name. */
static void enter(const nst_who *w, names *n, uint32_t a) {
    uint32_t first, end;
    name_tokens(w, a, &first, &end);
    for (uint32_t t = first; t < end; t++) {
        if (!telling(w, t)) continue;
        struct name_slot *s = slot(n, word_hash(w, t));
        bool last = t + 1 == end;
        if (s->hash && s->last && !last && note(w, a)->unit != NST_ROOT) continue;
        if (s->hash && last && aside(w, n, a, s->actor)) continue;
        s->hash = word_hash(w, t);
        s->actor = a;
        s->last = last;
    }
}

uint32_t nst_who_named_before(const nst_who *w, uint32_t b) {
    uint32_t u = w->notes[b].unit;
    if (u == NST_ROOT || (w->out->actors[b].kind != NST_ACTOR_PERSON && w->out->actors[b].kind != NST_ACTOR_OTHER))
        return NST_ROOT;
    if (w->units[u].same != NST_ROOT) return NST_ROOT;
    return name_again(w, w->names, b);
}

/* A name of a person, organisation or unknown thing: joined to what bore it before. */
static void resolve_name(nst_who *w, names *n, uint32_t a) {
    nst_actor *x = &w->out->actors[a];
    uint32_t u = note(w, a)->unit, whole = u == NST_ROOT ? NST_ROOT : w->units[u].same;
    uint32_t b = whole == NST_ROOT ? name_again(w, n, a) : w->out->actor_at[w->units[whole].end - 1];
    if (b != NST_ROOT && b >= a) b = NST_ROOT;
    if (b != NST_ROOT) {
        bool weak = note(w, a)->person != NST_KB_NONE && u != NST_ROOT && !w->units[u].sure &&
                    w->seen[note(w, a)->person] == NST_SEEN_SHORT;
        uint32_t other = note(w, b)->unit;
        bool full = other != NST_ROOT && w->units[other].end - w->units[other].first > 1;
        if (weak && full && note(w, b)->person == NST_KB_NONE && w->out->actors[b].kind == NST_ACTOR_PERSON) {
            x->is = NULL;                       /* the report itself says which bearer of the name it is */
            x->n_is = 0;
            note(w, a)->person = NST_KB_NONE;
        }
        nst_who_same(w, a, b);
        if (w->out->actors[b].kind == NST_ACTOR_PERSON) x->kind = NST_ACTOR_PERSON;
    }
    if (x->kind == NST_ACTOR_PERSON && x->n_is && x->context && x->n_antecedent) {
        x->context = false;                     /* a surname names the person itself */
    }
    enter(w, n, a);
}

/* ---- bare roles -------------------------------------------------------------------------- */

static const char *const definites[] = {"the", "this", "that", "these", "those", "both", "his", "her", "their",
    "its", NULL};

/* Does the phrase begin with "the", "both", "these"? Headlines have no articles. */
static bool definite(const nst_who *w, uint32_t a) {
    return nst_who_is(w, w->out->actors[a].first, definites);
}

/* "A spokesman", "some leaders", "two envoys": somebody new, whoever was named before. */
static bool indefinite(const nst_who *w, uint32_t a) {
    static const char *const list[] = {"a", "an", "another", "one", "some", "any", "no", "every", "each",
        "several", "many", "other", NULL};
    return nst_who_is(w, w->out->actors[a].first, list);
}

/* Do two mentions' codes contradict each other? */
static bool at_odds(const nst_actor *x, const nst_actor *y) {
    return x->n_is && y->n_is && x->is[0].code[0] && y->is[0].code[0] && strcmp(x->is[0].code, y->is[0].code);
}

/* Is the earlier person y one who can be called by role x? */
static bool called(const nst_who *w, uint32_t a, uint32_t b, const nst_kb_role *role) {
    const nst_actor *y = &w->out->actors[b];
    if (y->plural || at_odds(&w->out->actors[a], y)) return false;
    char ga = note(w, a)->gender, gb = note(w, b)->gender;
    if (ga && gb && ga != gb) return false;
    if (y->role.n && nst_str_ieq(y->role, w->out->actors[a].role)) return true;
    if (note(w, b)->role != NST_KB_NONE) {
        nst_kb_role r = nst_kb_role_get(w->kb, note(w, b)->role);
        if (r.office.n && role->office.n && nst_str_eq(nst_who_office(r.office), nst_who_office(role->office)))
            return true;
        nst_str word = w->p->lemma[w->out->actors[a].head];
        if (word.n > 3 && y->role.n > word.n && role->kind == 'p' &&
            nst_str_ieq(nst_str_sub(y->role, y->role.n - word.n, y->role.n), word))
            return true;
    }
    nst_str word = role->office.n ? role->office : role->phrase;
    return note(w, b)->person != NST_KB_NONE && word.n && nst_who_fits_office(w, note(w, b)->person, word);
}

/* Who is meant by a role in the singular: the nearest earlier who fits. */
static uint32_t earlier_role(const nst_who *w, uint32_t a) {
    const nst_actor *x = &w->out->actors[a];
    nst_kb_role role = nst_kb_role_get(w->kb, note(w, a)->role);
    bool own = x->n_is && x->is[0].code[0];
    for (uint32_t k = a; k-- > 0 && a - k <= LOOK_ROLE;) {
        const nst_actor *y = &w->out->actors[k];
        if (y->kind == NST_ACTOR_PERSON && !x->plural && role.kind == 'p' && called(w, a, k, &role)) return k;
        if (y->kind != NST_ACTOR_ROLE || y->plural != x->plural || !y->n_is || own) continue;
        if (note(w, k)->role == NST_KB_NONE || !y->is[0].code[0]) continue;
        if (note(w, k)->role == note(w, a)->role) return k;
        if (role.kind == 'p' && called(w, a, k, &role)) return k;
        if (nst_str_ieq(w->p->lemma[y->head], w->p->lemma[x->head])) return k;
    }
    return NST_ROOT;
}

/* Which kinds of organisation "the alliance", "the group" can mean. */
static bool org_fits(const nst_who *w, nst_str word, const nst_who_note *n) {
    if (n->entity == NST_KB_NONE) return false;
    nst_kb_kind k = nst_kb_entity_get(w->kb, n->entity).kind;
    if (nst_str_ieq(word, NST_S("alliance"))) return k == NST_KB_ALLIANCE;
    if (nst_str_ieq(word, NST_S("bloc"))) return k == NST_KB_UNION || k == NST_KB_BLOC || k == NST_KB_IGO;
    if (nst_str_ieq(word, NST_S("union"))) return k == NST_KB_UNION;
    if (nst_str_ieq(word, NST_S("company")) || nst_str_ieq(word, NST_S("firm"))) return k == NST_KB_COMPANY;
    if (nst_str_ieq(word, NST_S("movement")) || nst_str_ieq(word, NST_S("group")))
        return k == NST_KB_ARMED_GROUP || k == NST_KB_PARTY || k == NST_KB_NGO;
    if (nst_str_ieq(word, NST_S("agency")) || nst_str_ieq(word, NST_S("watchdog")))
        return k == NST_KB_AGENCY_UN || k == NST_KB_BODY || k == NST_KB_MEDIA_AGENCY;
    if (nst_str_ieq(word, NST_S("party"))) return k == NST_KB_PARTY;
    if (nst_str_ieq(word, NST_S("side")) || nst_str_ieq(word, NST_S("rival")) || nst_str_ieq(word, NST_S("foe")))
        return false;
    if (nst_str_ieq(word, NST_S("lender"))) return k == NST_KB_BANK;
    return k != NST_KB_STATE && k != NST_KB_MEDIA_OUTLET && k != NST_KB_MEDIA_AGENCY;
}

/* "the alliance", "the Islamist group", "the country": the nearest that fits. */
static uint32_t earlier_thing(const nst_who *w, uint32_t a) {
    nst_str word = w->p->lemma[w->out->actors[a].head];
    bool state = note(w, a)->word == NST_WORD_STATE;
    uint32_t here = nst_who_sent(w, a), best = NST_ROOT;
    for (uint32_t k = a; k-- > 0 && a - k <= LOOK_ROLE;) {
        const nst_actor *y = &w->out->actors[k];
        if (best != NST_ROOT && nst_who_sent(w, k) != nst_who_sent(w, best)) break;
        if (here - nst_who_sent(w, k) > 12) break;
        if (state ? y->kind == NST_ACTOR_STATE : y->kind == NST_ACTOR_ORG && org_fits(w, word, note(w, k))) {
            uint8_t d = w->p->deprel[y->head];
            if (best == NST_ROOT || d == NST_D_NSUBJ || d == NST_D_NSUBJ_PASS) best = k;
            if (!state) return best;
        }
    }
    return best;
}

/* "his Turkish counterpart": the other's holder of the same office. */
static void resolve_counterpart(nst_who *w, uint32_t a) {
    nst_actor *x = &w->out->actors[a];
    nst_who_note *n = note(w, a);
    uint32_t b = n->poss == NST_ROOT ? NST_ROOT : w->out->actor_at[n->poss];
    nst_kb_office o;
    nst_str office = {0};
    if (b != NST_ROOT && w->out->actors[b].n_antecedent) b = w->out->actors[b].antecedent[0];
    for (uint32_t k = a; b == NST_ROOT && k-- > 0 && a - k < 20;)
        if (w->out->actors[k].kind == NST_ACTOR_PERSON) b = k;
    if (b == NST_ROOT || !x->n_is) return;
    if (note(w, b)->role != NST_KB_NONE) office = nst_kb_role_get(w->kb, note(w, b)->role).office;
    if (!office.n && note(w, b)->person != NST_KB_NONE && w->day != NST_NO_DAY &&
        nst_kb_office_on(w->kb, note(w, b)->person, w->day, &o))
        office = o.canon;
    for (uint32_t i = 0; i < x->n_is; i++) {
        uint32_t e = nst_kb_entity_of(w->kb, x->is[i].entity);
        uint32_t person = e == NST_KB_NONE || x->plural ? NST_KB_NONE : nst_who_holder(w, office, e);
        if (w->out->actors[b].n_is && w->out->actors[b].is[0].sectors)
            x->is[i].sectors = w->out->actors[b].is[0].sectors;
        if (office.n) x->is[i].title = office;
        if (person == NST_KB_NONE) continue;
        x->is[i].person = nst_kb_person_id(w->kb, person);
        x->is[i].name = nst_kb_person_name(w->kb, person);
        n->person = person;
    }
}

/* ---- pronouns ---------------------------------------------------------------------------- */

static const char *const singular_persons[] = {"he", "she", "his", "her", "him", "himself", "herself", "hers", NULL};
static const char *const things[] = {"it", "its", "itself", NULL};
static const char *const several[] = {"they", "their", "them", "themselves", "theirs", NULL};
static const char *const reflexive[] = {"himself", "herself", "itself", "themselves", NULL};

/* Could b be what "it" or "they" stands for, by kind and number? */
static bool fits(const nst_who *w, uint32_t a, uint32_t b) {
    const nst_actor *x = &w->out->actors[a], *y = &w->out->actors[b];
    if (nst_who_is(w, x->head, things)) {
        if (y->kind == NST_ACTOR_PRONOUN) return nst_who_is(w, y->head, things) && y->n_antecedent;
        if (y->kind == NST_ACTOR_ROLE)
            return !y->plural && note(w, b)->role != NST_KB_NONE &&
                   nst_kb_role_get(w->kb, note(w, b)->role).kind != 'p';
        return (y->kind == NST_ACTOR_STATE || y->kind == NST_ACTOR_ORG || y->kind == NST_ACTOR_BLOC) && !y->plural;
    }
    if (nst_who_is(w, x->head, several)) {
        if (y->kind == NST_ACTOR_PRONOUN) return nst_who_is(w, y->head, several) && y->n_antecedent;
        return y->plural || y->kind == NST_ACTOR_BLOC || y->kind == NST_ACTOR_ORG || y->kind == NST_ACTOR_PEOPLE;
    }
    return false;
}

/* The verb (or other predicate) whose argument t is, over conjuncts and possessors. */
static uint32_t governor(const nst_parse *p, uint32_t t) {
    for (int up = 0; up < 8 && p->head[t] != NST_ROOT; up++) {
        uint8_t d = p->deprel[t];
        t = p->head[t];
        if (d != NST_D_CONJ && d != NST_D_FLAT && d != NST_D_COMPOUND && d != NST_D_NMOD_POSS && d != NST_D_APPOS &&
            d != NST_D_NMOD && (p->upos[t] == NST_VERB || p->upos[t] == NST_ADJ || p->upos[t] == NST_NOUN))
            return t;
    }
    return NST_ROOT;
}

static bool subject(uint8_t d) { return d == NST_D_NSUBJ || d == NST_D_NSUBJ_PASS; }

/* Binding: an object and the subject of one verb are different, unless the pronoun is reflexive. */
static bool bound_apart(const nst_who *w, uint32_t a, uint32_t b) {
    const nst_parse *p = w->p;
    uint32_t x = w->out->actors[a].head, y = w->out->actors[b].head;
    if (p->text->sent_of[x] != p->text->sent_of[y] || nst_who_is(w, x, reflexive)) return false;
    if (p->head[x] == y) {                        /* "his" inside "his brother John" is not John */
        return p->deprel[x] == NST_D_NMOD_POSS;
    }
    if (p->deprel[x] == NST_D_NMOD_POSS) {
        uint32_t up = p->head[x];                 /* ... nor inside a name's own phrase */
        return w->out->actors[b].first <= x && x < w->out->actors[b].end && up != NST_ROOT;
    }
    uint32_t gx = p->head[x], gy = p->head[y];
    if (gx == NST_ROOT || gx != gy || p->upos[gx] == NST_NOUN) return false;
    return true;
}

/* Place in the clause: 0 subject, 1 object, 2 oblique, 3 possessive, 4 other. */
static int place(const nst_who *w, uint32_t a) {
    uint32_t t = w->out->actors[a].head;
    uint8_t d = w->p->deprel[t];
    for (int up = 0; up < 3 && d == NST_D_CONJ && w->p->head[t] != NST_ROOT; up++) {
        t = w->p->head[t];
        d = w->p->deprel[t];
    }
    switch (d) {
    case NST_D_NSUBJ: case NST_D_NSUBJ_PASS: return 0;
    case NST_D_OBJ: case NST_D_IOBJ: return 1;
    case NST_D_OBL: case NST_D_OBL_AGENT: return 2;
    case NST_D_NMOD_POSS: return 3;
    default: return w->p->head[t] == NST_ROOT ? 0 : 4;
    }
}

/* The subject of a verb, its own or shared with the verb it is joined to; NST_ROOT. */
static uint32_t subject_of(const nst_parse *p, uint32_t verb) {
    for (int up = 0; up < 4 && verb != NST_ROOT; up++) {
        uint32_t s = nst_parse_kid(p, verb, NST_D_NSUBJ);
        if (s == NST_ROOT) s = nst_parse_kid(p, verb, NST_D_NSUBJ_PASS);
        if (s != NST_ROOT && p->upos[s] != NST_PRON) return s;
        if (p->deprel[verb] == NST_D_ACL_RELCL && p->head[verb] != NST_ROOT) return p->head[verb];
        if (s != NST_ROOT) return s;
        if (p->deprel[verb] != NST_D_CONJ && p->deprel[verb] != NST_D_XCOMP) return NST_ROOT;
        verb = p->head[verb];
    }
    return NST_ROOT;
}

/* Is the possessive a's thing the target of a hostile act by b ("b ... seized its capital")? */
static bool done_to(const nst_who *w, uint32_t a, uint32_t b) {
    static const char *const hostile[] = {"seize", "capture", "occupy", "attack", "bomb", "shell", "besiege",
        "destroy", "invade", "annex", "storm", "violate", "condemn", "criticise", "criticize", "denounce",
        "threaten", "bombard", "kill", "arrest", "accuse", "sanction", "punish", "overrun", "blockade", NULL};
    const nst_parse *p = w->p;
    uint32_t t = p->head[w->out->actors[a].head];
    if (t == NST_ROOT || p->deprel[t] != NST_D_OBJ) return false;
    uint32_t v = p->head[t];
    for (const char *const *h = hostile; *h; h++)
        if (nst_parse_lemma_is(p, v, *h)) return subject_of(p, v) == w->out->actors[b].head;
    return false;
}

/* What speaks for and against a candidate; the weights stand in entities_coref_weights.inc. */
enum {
    F_SUBJECT, F_OBJECT, F_OBLIQUE, F_POSSESSIVE, F_OTHER_PLACE,       /* where the candidate stands */
    F_SENT_1, F_SENT_2, F_SENT_FAR, F_NEARER, F_NEAREST,               /* how far, how many between */
    F_SUBJ_SUBJ, F_OBJ_OBJ, F_OBJ_SUBJ, F_POSS_SUBJ, F_POSS_POSS, F_OBL_SUBJ,   /* pronoun's and candidate's place */
    F_OWN_SUBJECT, F_ABOVE, F_DONE_TO, F_OFTEN, F_FIRST, F_GENDER, F_UNKNOWN, F_ROLE, F_ROLE_OPEN, F_PRONOUN,
    F_MODIFIER, F_LONG, F_SAME_HERE, F_ROOT, F_PREV_SUBJECT, N_FEATURES
};

static const int weights[N_FEATURES] = {
#include "entities_coref_weights.inc"
};

/* Is the candidate's subject a clause or more above the pronoun ("X said he", "X, when he")? */
static bool above(const nst_parse *p, uint32_t pronoun, uint32_t candidate) {
    uint32_t g = governor(p, pronoun), of = governor(p, candidate);
    for (int up = 0; up < 4 && g != NST_ROOT; up++) {
        g = p->head[g];
        if (g != NST_ROOT && g == of) return true;
    }
    return false;
}

/* Fills the features of candidate b for pronoun a. `often`: mentions of b's chain so far; `nearer`:
 * candidates between. */
static void features(const nst_who *w, uint32_t a, uint32_t b, uint32_t often, uint32_t nearer, int *f) {
    const nst_parse *p = w->p;
    const nst_actor *x = &w->out->actors[a], *y = &w->out->actors[b];
    uint32_t sents = nst_who_sent(w, a) - nst_who_sent(w, b);
    int px = place(w, a), py = place(w, b);
    bool poss = p->deprel[x->head] == NST_D_NMOD_POSS;
    char ga = note(w, a)->gender, gb = note(w, b)->gender;
    memset(f, 0, sizeof *f * N_FEATURES);
    f[F_SUBJECT + py] = 1;
    if (sents) f[sents == 1 ? F_SENT_1 : sents == 2 ? F_SENT_2 : F_SENT_FAR] = 1;
    f[F_NEARER] = nearer > 8 ? 8 : (int)nearer;
    f[F_NEAREST] = nearer == 0;
    f[F_SUBJ_SUBJ] = px == 0 && py == 0;
    f[F_OBJ_OBJ] = px == 1 && py == 1;
    f[F_OBJ_SUBJ] = px == 1 && py == 0;
    f[F_POSS_SUBJ] = poss && py == 0;
    f[F_POSS_POSS] = poss && py == 3;
    f[F_OBL_SUBJ] = px == 2 && py == 0;
    f[F_OWN_SUBJECT] = !sents && poss && subject_of(p, governor(p, x->head)) == y->head;
    f[F_ABOVE] = !sents && py == 0 && above(p, x->head, y->head);
    f[F_DONE_TO] = poss && done_to(w, a, b);
    f[F_OFTEN] = often > 6 ? 6 : (int)often;
    f[F_FIRST] = b < 3;
    f[F_GENDER] = ga && ga == gb;
    f[F_UNKNOWN] = y->kind == NST_ACTOR_OTHER;
    f[F_ROLE] = y->kind == NST_ACTOR_ROLE;
    f[F_ROLE_OPEN] = y->kind == NST_ACTOR_ROLE && !y->n_is;
    f[F_PRONOUN] = y->kind == NST_ACTOR_PRONOUN;
    f[F_MODIFIER] = note(w, b)->modifier && py != 3;
    f[F_LONG] = y->kind == NST_ACTOR_PERSON && y->end - y->first > 1;
    f[F_SAME_HERE] = !sents && py == 0;
    f[F_ROOT] = py == 0 && governor(p, y->head) != NST_ROOT && p->head[governor(p, y->head)] == NST_ROOT;
    f[F_PREV_SUBJECT] = sents == 1 && py == 0;
}

/* The sum of weights of candidate b. */
static int weigh(const nst_who *w, uint32_t a, uint32_t b, uint32_t often, uint32_t nearer) {
    int f[N_FEATURES], s = 0;
    features(w, a, b, often, nearer, f);
    for (int i = 0; i < N_FEATURES; i++) s += f[i] * weights[i];
    return s;
}

/* The subject after a pronoun in a fronted phrase or clause ("In his speech, Strel"), NST_ROOT. */
static uint32_t ahead(const nst_who *w, uint32_t a) {
    const nst_parse *p = w->p;
    const nst_actor *x = &w->out->actors[a];
    const nst_sent *s = &p->text->sents[p->text->sent_of[x->head]];
    uint32_t top = x->head;
    for (int up = 0; up < 12 && p->head[top] != NST_ROOT && p->head[top] > x->head &&
                     !(subject(p->deprel[top])); up++)
        top = p->head[top];
    if (top <= x->head || x->head - s->first > 12) return NST_ROOT;
    for (uint32_t b = a + 1; b < w->out->n_actors && w->out->actors[b].head < s->end; b++) {
        const nst_actor *y = &w->out->actors[b];
        if (y->kind == NST_ACTOR_PRONOUN || !subject(p->deprel[y->head]) || !fits(w, a, b)) continue;
        uint32_t v = p->head[y->head];
        bool comma = false;
        for (uint32_t t = x->head; t < y->head; t++) comma |= nst_who_word_of(w, t).p[0] == ',';
        return comma && v == top ? b : NST_ROOT;
    }
    return NST_ROOT;
}

/* The antecedent of a pronoun, NST_ROOT if none fits. */
static uint32_t antecedent(const nst_who *w, uint32_t a, const uint32_t *often) {
    const nst_actor *x = &w->out->actors[a];
    uint32_t best = NST_ROOT, seen[LOOK_BACK], n_seen = 0;
    int best_sum = -1000;
    for (uint32_t k = a; k-- > 0 && a - k <= LOOK_BACK;) {
        const nst_actor *y = &w->out->actors[k];
        if (nst_who_sent(w, a) - nst_who_sent(w, k) > LOOK_SENTS) break;
        if (y->span.field != x->span.field) break;
        if (!fits(w, a, k)) continue;
        bool again = false;                       /* a chain counts where it was named last */
        for (uint32_t i = 0; i < n_seen && !again; i++) again = seen[i] == y->chain;
        if (bound_apart(w, a, k)) {
            if (!again) seen[n_seen++] = y->chain;
            continue;
        }
        int s = weigh(w, a, k, often[y->chain], again ? n_seen / 2 : n_seen);
        if (!again) seen[n_seen++] = y->chain;
        if (s > best_sum) {
            best_sum = s;
            best = k;
        }
    }
    uint32_t b = ahead(w, a);
    if (b != NST_ROOT && best_sum < -40) return b;
    return best;
}

/* "it" before "is ... that" stands for nothing, and as an object or before "is hard" for a thing or a
 * fact far more often than for an actor. */
static bool no_actor(const nst_who *w, uint32_t a) {
    uint32_t t = w->out->actors[a].head, h = w->p->head[t];
    static const char *const own[] = {"its", "itself", NULL};
    if (nst_who_is(w, t, own)) return false;
    static const char *const facts[] = {"help", "matter", "seem", "appear", "turn", "note", "happen", "mean", "depend",
        "fail", "pass", "rain", "take", "make", "say", "feel", "sound", "look", "remain", "become", NULL};
    if (h == NST_ROOT || !subject(w->p->deprel[t]) || w->p->deprel[t] == NST_D_NSUBJ_PASS) return true;
    for (const char *const *v = facts; *v; v++)
        if (nst_parse_lemma_is(w->p, h, *v)) return true;
    return w->p->upos[h] != NST_VERB;
}

/* ---- appositions ------------------------------------------------------------------------- */

/* "Otto Strel, Graustark's speaker," and "Graustark's speaker, Otto Strel,": one and the same. */
static void apposition(nst_who *w, uint32_t a) {
    nst_actor *x = &w->out->actors[a];
    if (x->first < 2 || (x->kind != NST_ACTOR_PERSON && x->kind != NST_ACTOR_ROLE) || x->plural) return;
    if (nst_who_word_of(w, x->first - 1).p[0] != ',') return;
    for (uint32_t k = a; k-- > 0 && a - k < 6;) {
        nst_actor *y = &w->out->actors[k];
        if (y->end != x->first - 1 || y->plural || y->kind == x->kind) continue;
        if (y->kind != NST_ACTOR_PERSON && y->kind != NST_ACTOR_ROLE) continue;
        const nst_parse *p = w->p;
        bool appos = p->deprel[x->head] == NST_D_APPOS && (p->head[x->head] >= y->first && p->head[x->head] < y->end);
        uint32_t end = p->text->sents[p->text->sent_of[x->head]].end;
        bool closed = x->end < end && nst_who_word_of(w, x->end).p[0] == ',';
        bool last = x->end < end && p->upos[x->end] == NST_PUNCT;
        if (!appos && !closed && !last) return;
        if (closed && x->end + 1 < end && p->upos[x->end + 1] == NST_CCONJ && !appos) return;
        uint32_t role = x->kind == NST_ACTOR_ROLE ? a : k, name = x->kind == NST_ACTOR_ROLE ? k : a;
        nst_actor *r = &w->out->actors[role], *n = &w->out->actors[name];
        if (at_odds(r, n) || note(w, role)->role == NST_KB_NONE ||
            nst_kb_role_get(w->kb, note(w, role)->role).kind != 'p')
            return;
        if (!n->n_is && r->n_is) {
            nst_identity is = r->is[0];
            uint32_t u = note(w, name)->unit;
            is.name = nst_text_span(p->text, nst_text_tokens(p->text, w->units[u].first, w->units[u].end));
            is.person = (nst_str){0};
            nst_who_set(w, n, is);
            note(w, name)->role = note(w, role)->role;
            n->role = r->role;
        } else if (n->n_is) {
            if (!n->is[0].code[0] && r->n_is) {
                memcpy(n->is[0].code, r->is[0].code, sizeof n->is[0].code);
                n->is[0].entity = r->is[0].entity;
            }
            if (!n->is[0].title.n && r->n_is) n->is[0].title = r->is[0].title;
            if (!n->is[0].sectors && r->n_is) n->is[0].sectors = r->is[0].sectors;
            r->is = n->is;
            r->n_is = n->n_is;
        }
        join(w, a, k);
        if (!note(w, k)->gender) note(w, k)->gender = note(w, a)->gender;
        if (note(w, role)->person == NST_KB_NONE) note(w, role)->person = note(w, name)->person;
        return;
    }
}

/* ---- the pass ---------------------------------------------------------------------------- */

/* A plural without a principal of its own: the parties before, if it points to them. */
static bool resolve_plural(nst_who *w, uint32_t a) {
    const nst_actor *x = &w->out->actors[a];
    const nst_who_note *n = note(w, a);
    static const char *const both[] = {"both", NULL};
    bool counts = x->count >= 2 || nst_who_is(w, x->first, both);
    bool pointing = definite(w, a);
    if (n->own) return false;
    if (n->word == NST_WORD_NUMBER) return nst_who_plural(w, a);
    if (n->word == NST_WORD_PEOPLE && !(w->p->morph[x->head] & NST_M_PLUR)) {
        static const char *const groups[] = {"trio", "pair", "duo", NULL};
        return nst_who_is(w, x->head, groups) && pointing && nst_who_plural(w, a);
    }
    if (!x->plural || !pointing) return false;
    if (n->word == NST_WORD_STATE || n->word == NST_WORD_SIDE || n->word == NST_WORD_PEOPLE)
        return (counts || n->word == NST_WORD_SIDE) && nst_who_plural(w, a);
    if (n->role == NST_KB_NONE) return false;
    nst_kb_role r = nst_kb_role_get(w->kb, n->role);
    return (counts || r.office.n) && !r.ethnic && nst_who_plural(w, a);
}

/* A role, a general word: to whom it was before. */
static void resolve_role(nst_who *w, uint32_t a) {
    nst_actor *x = &w->out->actors[a];
    nst_who_note *n = note(w, a);
    uint32_t b = NST_ROOT;
    if (x->n_antecedent) return;                                   /* an apposition */
    if (n->word == NST_WORD_COUNTERPART) {
        resolve_counterpart(w, a);
        return;
    }
    if (resolve_plural(w, a)) return;
    if (n->word != NST_WORD_NONE) {
        if (!x->plural && !n->own && n->poss == NST_ROOT && definite(w, a)) b = earlier_thing(w, a);
    } else if (n->role != NST_KB_NONE && (definite(w, a) || n->own) && !indefinite(w, a) && !n->former &&
               (n->poss == NST_ROOT)) {
        bool sure = n->person != NST_KB_NONE;
        if (!sure) b = earlier_role(w, a);
        if (b != NST_ROOT && n->own && w->out->actors[b].kind != NST_ACTOR_PERSON) b = NST_ROOT;
    }
    if (b == NST_ROOT) return;
    if (n->own || (x->n_is && !x->is[0].code[0])) {
        uint32_t sectors = x->n_is ? x->is[0].sectors : 0;
        nst_who_same(w, a, b);
        if (w->out->actors[b].n_is) {
            x->is = NST_NEW(w->doc, nst_identity);
            x->is[0] = w->out->actors[b].is[0];
            x->n_is = 1;
            if (sectors && !x->is[0].person.n) x->is[0].sectors = sectors;
            x->context = nst_who_sent(w, a) != nst_who_sent(w, b);
        }
        return;
    }
    nst_who_same(w, a, b);
}

/* "his ministers", "its troops": the state of whom the pronoun stands for. */
static void from_possessor(nst_who *w, uint32_t a) {
    nst_actor *x = &w->out->actors[a];
    uint32_t p = note(w, a)->poss, b = p == NST_ROOT ? NST_ROOT : w->out->actor_at[p];
    if (b == NST_ROOT || b == a || note(w, a)->own || x->kind != NST_ACTOR_ROLE) return;
    const nst_actor *y = &w->out->actors[b];
    if (!y->n_is || y->n_is > 1 || !y->is[0].code[0]) return;
    if (x->n_is && x->is[0].code[0]) return;
    nst_identity is = {.sectors = x->n_is ? x->is[0].sectors : y->is[0].sectors,
        .title = x->n_is ? x->is[0].title : (nst_str){0}, .entity = y->is[0].entity};
    memcpy(is.code, y->is[0].code, sizeof is.code);
    if (note(w, a)->word == NST_WORD_ORG) is.entity = (nst_str){0}, is.sectors = 0;   /* "his group" */
    nst_who_set(w, x, is);
    x->context = true;
}

static void resolve_pronoun(nst_who *w, uint32_t a, const uint32_t *often) {
    nst_actor *x = &w->out->actors[a];
    if (nst_who_is(w, x->head, several) && nst_who_they(w, a)) return;
    if (nst_who_is(w, x->head, things) && no_actor(w, a)) return;
    bool he = nst_who_is(w, x->head, singular_persons);
    uint32_t b = he ? nst_who_he(w, a) : antecedent(w, a, often);
    if (b == NST_ROOT) return;
    nst_who_same(w, a, b);
    if (b > a) w->out->actors[a].n_antecedent = 0;   /* the chain says it; antecedents come before */
    x->context = x->n_is && (b > a || nst_who_sent(w, a) != nst_who_sent(w, b));
}

/* States, blocs and known organisations: one chain an entity. */
static void chain_entity(nst_who *w, uint32_t a, uint32_t *last) {
    uint32_t e = note(w, a)->entity;
    if (e == NST_KB_NONE) return;
    if (last[e]) w->out->actors[a].chain = w->out->actors[last[e] - 1].chain;
    last[e] = a + 1;
}

/* A pronoun may have joined a name ahead that itself joined an older chain afterwards. */
static void follow_chains(nst_who *w) {
    nst_actor *all = w->out->actors;
    for (uint32_t a = 0; a < w->out->n_actors; a++)
        for (int hop = 0; hop < 8 && all[all[a].chain].chain != all[a].chain; hop++)
            all[a].chain = all[all[a].chain].chain;
}

void nst_who_resolve(nst_who *w) {
    uint32_t n = w->out->n_actors, size = 64;
    uint32_t *often = NST_ARRAY(w->scratch, uint32_t, n);
    uint32_t *last = NST_ARRAY(w->scratch, uint32_t, nst_kb_entity_count(w->kb));
    while (size < w->p->text->n_tokens * 2) size *= 2;
    names table = {NST_ARRAY(w->scratch, struct name_slot, size), size - 1, often};
    w->names = &table;
    w->fame = NST_ARRAY(w->scratch, nst_fame, n);
    w->first_person = w->last_subject = NST_ROOT;
    nst_who_find_quoted(w);
    for (uint32_t a = 0; a < n; a++) {
        nst_actor *x = &w->out->actors[a];
        switch (x->kind) {
        case NST_ACTOR_PERSON:
            apposition(w, a);
            if (!x->n_antecedent) resolve_name(w, &table, a);
            else enter(w, &table, a);
            break;
        case NST_ACTOR_ORG:
            if (note(w, a)->entity != NST_KB_NONE) chain_entity(w, a, last);
            else resolve_name(w, &table, a);
            break;
        case NST_ACTOR_OTHER: case NST_ACTOR_PLACE:
            if (note(w, a)->entity == NST_KB_NONE) resolve_name(w, &table, a);
            break;
        case NST_ACTOR_PRONOUN: resolve_pronoun(w, a, often); break;
        case NST_ACTOR_ROLE: case NST_ACTOR_PEOPLE:
            apposition(w, a);
            resolve_role(w, a);
            from_possessor(w, a);
            if (note(w, a)->word && !x->n_is) x->kind = NST_ACTOR_OTHER;   /* "the side" of what? */
            break;
        default: chain_entity(w, a, last); break;
        }
        often[x->chain]++;
        nst_rival_note(w, a);
    }
    follow_chains(w);
    nst_who_home(w);
    nst_who_quotes(w);
    nst_who_full_names(w);
    follow_chains(w);
}
