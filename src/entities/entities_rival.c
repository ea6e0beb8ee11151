/* entities_rival.c - whom a pronoun may stand for, and what speaks for each.
 *
 * In: entity mentions, resolved up to the pronoun. Out: rivals, each with its signs.
 *   Strel met Danov before [he] left -> Strel: same sentence, subject of the clause above, ...
 * Idea: signs are small facts of syntax, distance and how much a report is about somebody (Lappin and
 * Leass 1994; Ng and Cardie 2002). Here they are only gathered; what they weigh is learned.
 * Invariants: (1) at most LOOK_BACK mentions before and those ahead in the sentence are looked at;
 * (2) who is ruled out by gender, number or binding is no rival.
 */
#include "pronoun.h"

#define LOOK_BACK 90u            /* mentions */
#define LOOK_SENTS 8u            /* sentences */
#define A_CHAIN 4u               /* mentions of one chain */

static const char *const reflexive[] = {"himself", "herself", NULL};

/* ---- fitting ----------------------------------------------------------------------------- */

/* Could b be he or she, by kind, number and gender? */
static bool fits(const nst_who *w, uint32_t a, uint32_t b) {
    const nst_actor *y = &w->out->actors[b];
    char ga = w->notes[a].gender, gb = w->notes[b].gender;
    if (ga && gb && ga != gb) return false;
    if (y->kind == NST_ACTOR_PRONOUN) {                /* one that stands for somebody */
        uint8_t first = w->out->actors[y->chain].kind;
        bool known = w->fame[y->chain].named || first == NST_ACTOR_ROLE || first == NST_ACTOR_PERSON;
        return known && ga && gb == ga;
    }
    if (y->kind == NST_ACTOR_ROLE)
        return !y->plural && w->notes[b].role != NST_KB_NONE &&
               nst_kb_role_get(w->kb, w->notes[b].role).kind == 'p';
    return y->kind == NST_ACTOR_PERSON || (y->kind == NST_ACTOR_OTHER && w->notes[b].unit != NST_ROOT);
}

/* Binding: the arguments of one verb are different, and nobody stands inside of his own name. */
static bool bound_apart(const nst_who *w, uint32_t a, uint32_t b) {
    const nst_parse *p = w->p;
    uint32_t x = w->out->actors[a].head, y = w->out->actors[b].head;
    if (p->text->sent_of[x] != p->text->sent_of[y] || nst_who_is(w, x, reflexive)) return false;
    if (p->head[x] == y) return p->deprel[x] == NST_D_NMOD_POSS;
    if (p->deprel[x] == NST_D_NMOD_POSS) return w->out->actors[b].first <= x && x < w->out->actors[b].end;
    return p->head[x] != NST_ROOT && p->head[x] == p->head[y] && p->upos[p->head[x]] != NST_NOUN;
}

/* ---- places in the clause ---------------------------------------------------------------- */

uint32_t nst_rival_governor(const nst_parse *p, uint32_t t) {
    for (int up = 0; up < 8 && p->head[t] != NST_ROOT; up++) {
        uint8_t d = p->deprel[t];
        t = p->head[t];
        bool inside = d == NST_D_CONJ || d == NST_D_FLAT || d == NST_D_COMPOUND || d == NST_D_NMOD_POSS ||
                      d == NST_D_APPOS || d == NST_D_NMOD;
        bool predicate = p->upos[t] == NST_VERB || p->upos[t] == NST_ADJ || p->upos[t] == NST_NOUN;
        if (!inside && predicate) return t;
    }
    return NST_ROOT;
}

typedef enum place {
    AT_SUBJECT, AT_PASSIVE, AT_OBJECT, AT_IOBJ, AT_OBLIQUE, AT_AGENT, AT_POSS, AT_NMOD, AT_ROOT, AT_OTHER
} place;

/* The relation of t, over the conjuncts, appositions and names it is part of. */
static place place_of(const nst_parse *p, uint32_t t) {
    for (int up = 0; up < 4 && p->head[t] != NST_ROOT; up++) {
        uint8_t d = p->deprel[t];
        if (d != NST_D_CONJ && d != NST_D_FLAT && d != NST_D_APPOS) break;
        t = p->head[t];
    }
    switch (p->deprel[t]) {
    case NST_D_NSUBJ: case NST_D_NSUBJ_OUTER: return AT_SUBJECT;
    case NST_D_NSUBJ_PASS: return AT_PASSIVE;
    case NST_D_OBJ: return AT_OBJECT;
    case NST_D_IOBJ: return AT_IOBJ;
    case NST_D_OBL: return AT_OBLIQUE;
    case NST_D_OBL_AGENT: return AT_AGENT;
    case NST_D_NMOD_POSS: return AT_POSS;
    case NST_D_NMOD: return AT_NMOD;
    default: return p->head[t] == NST_ROOT ? AT_ROOT : AT_OTHER;
    }
}

static bool is_subject(place x) { return x == AT_SUBJECT || x == AT_PASSIVE; }

/* Subject, object, possessor, rest: for pairs. */
static uint32_t coarse(place x) {
    return is_subject(x) ? 0 : x == AT_OBJECT || x == AT_IOBJ ? 1 : x == AT_POSS ? 2 : x == AT_ROOT ? 3 : 4;
}

/* Predicate by which a mention hangs: its governor, or itself when it is the sentence's root. */
static uint32_t clause(const nst_parse *p, uint32_t t) {
    uint32_t g = nst_rival_governor(p, t);
    return g == NST_ROOT ? t : g;
}

static uint32_t depth(const nst_parse *p, uint32_t t) {
    uint32_t n = 0;
    for (; n < 12 && p->head[t] != NST_ROOT; n++) t = p->head[t];
    return n;
}

/* How the clause x hangs under y: 0 not at all, else by the last step's relation. */
static uint32_t step_under(const nst_parse *p, uint32_t x, uint32_t y) {
    for (int up = 0; up < 8 && p->head[x] != NST_ROOT; up++) {
        uint8_t d = p->deprel[x];
        x = p->head[x];
        if (x != y) continue;
        switch (nst_deprel_base(d)) {
        case NST_D_CCOMP: return 1;
        case NST_D_XCOMP: return 2;
        case NST_D_ADVCL: return 3;
        case NST_D_ACL: return 4;
        case NST_D_CONJ: case NST_D_PARATAXIS: return 5;
        default: return 6;
        }
    }
    return 0;
}

/* How pronoun and rival stand to each other in one sentence's tree: 0 ... 11. */
static uint32_t tree_sign(const nst_parse *p, uint32_t x, uint32_t y) {
    uint32_t cx = clause(p, x), cy = clause(p, y), s;
    if (cx == cy) return 0;
    if ((s = step_under(p, cx, cy))) return s;            /* the pronoun's clause under the rival's: 1 - 6 */
    if ((s = step_under(p, cy, cx))) return s == 1 ? 7 : s == 3 || s == 4 ? 8 : s == 5 ? 9 : 10;
    return 11;
}

/* ---- signs ------------------------------------------------------------------------------- */

static void on(nst_rival *r, uint32_t group, uint32_t last, uint32_t k) {
    if (group + k > last) k = last - group;
    if (r->n_on < NST_SIGNS) r->on[r->n_on++] = (uint16_t)(group + k);
}
#define ON(name, k) on(r, NST_SIGN_##name, NST_SIGN_##name##_LAST, (k))

static uint32_t log2_of(uint32_t n) {
    uint32_t k = 0;
    while (n >>= 1) k++;
    return k;
}

/* The word that opens the clause of the pronoun. */
static uint32_t mark_sign(const nst_who *w, uint32_t x) {
    static const char *const marks[] = {"that", "when", "while", "after", "before", "because", "as", "if",
        "since", "although", "whether", "to", "by", "in", NULL};
    const nst_parse *p = w->p;
    uint32_t c = clause(p, x);
    for (uint32_t k = p->kid_first[c]; k < p->kid_first[c + 1]; k++) {
        uint32_t t = p->kids[k];
        uint8_t d = p->deprel[t];
        if (t > x || (d != NST_D_MARK && d != NST_D_ADVMOD && d != NST_D_CASE)) continue;
        for (uint32_t i = 0; marks[i]; i++)
            if (nst_parse_lemma_is(p, t, marks[i])) return i + 1;
    }
    return 0;
}

/* Signs of distance and order. */
static void where_signs(const nst_who *w, uint32_t a, nst_rival *r, uint32_t nearer) {
    uint32_t x = w->out->actors[a].head, y = w->out->actors[r->actor].head;
    uint32_t sx = w->p->text->sent_of[x], sy = w->p->text->sent_of[y];
    const nst_block *bx = &w->p->text->blocks[w->p->text->sents[sx].block];
    const nst_block *by = &w->p->text->blocks[w->p->text->sents[sy].block];
    ON(WHERE, y > x ? 5 : sx - sy > 3 ? 4 : sx - sy);
    ON(TOKENS, log2_of((y > x ? y - x : x - y)));
    ON(NEARER, nearer);
    ON(BLOCK, bx == by || bx->paragraph == by->paragraph ? 0 : by->kind == NST_BLOCK_HEADLINE ? 2 : 1);
    uint32_t from = y < x ? y : x, to = y < x ? x : y;
    bool comma = false;
    for (uint32_t t = from; sx == sy && t < to; t++) comma |= nst_who_word_of(w, t).p[0] == ',';
    ON(HERE, sx != sy ? 0 : y > x ? (comma ? 1 : 2) : comma ? 3 : 4);
}

/* Signs of the chain: how early it began, when it was named last, whether it was the last subject. */
static void fame_signs(const nst_who *w, uint32_t a, nst_rival *r) {
    uint32_t named = w->fame[r->chain].named;
    ON(FIRST, r->chain == w->first_person ? 0 : r->chain < 3 ? 1 : r->chain < 10 ? 2 : 3);
    if (w->last_subject != NST_ROOT && w->out->actors[w->last_subject].chain == r->chain) {
        uint32_t ago = nst_who_sent(w, a) - nst_who_sent(w, w->last_subject);
        ON(LAST_SUBJECT, ago > 2 ? 3 : ago);
    }
    if (named && named - 1 < a) {
        uint32_t ago = nst_who_sent(w, a) - nst_who_sent(w, named - 1);
        ON(NAME_AGO, ago > 3 ? 3 : ago);
    } else {
        ON(NAME_AGO, 4);
    }
}

/* Signs of the two places in their clauses. */
static void place_signs(const nst_who *w, uint32_t a, nst_rival *r) {
    const nst_parse *p = w->p;
    uint32_t x = w->out->actors[a].head, y = w->out->actors[r->actor].head;
    place px = place_of(p, x), py = place_of(p, y);
    bool here = p->text->sent_of[x] == p->text->sent_of[y];
    ON(PLACE, py);
    ON(OWN, px == AT_POSS ? 6 + coarse(place_of(p, p->head[x])) % 4 : px > 5 ? 5 : px);
    ON(PAIR, px * 10 + py);
    ON(DEPTH, depth(p, y));
    ON(OWN_DEPTH, depth(p, x));
    ON(JOINT, p->deprel[y] == NST_D_CONJ ? 1 : nst_parse_kid(p, y, NST_D_CONJ) != NST_ROOT ? 2 : 0);
    if (!here) return;
    uint32_t t = tree_sign(p, x, y), own = px == AT_POSS ? 2 : coarse(px) > 2 ? 3 : coarse(px);
    ON(TREE, t);
    ON(TREE_PAIR, (t * 5 + coarse(py)) * 6 + own);
    if (px == AT_POSS) {
        place ph = place_of(p, p->head[x]);
        bool same = clause(p, x) == clause(p, y);
        ON(POSS, same && is_subject(py) ? (is_subject(ph) ? 0 : ph == AT_OBJECT ? 1 : 2) : same ? 3 : 4);
    }
}

/* Signs of kind, words and quotes. */
static void word_signs(const nst_who *w, uint32_t a, nst_rival *r) {
    const nst_parse *p = w->p;
    const nst_actor *x = &w->out->actors[a], *y = &w->out->actors[r->actor];
    uint32_t k = y->kind == NST_ACTOR_PRONOUN ? 0 : y->kind == NST_ACTOR_ROLE ? (y->n_is ? 1 : 2)
                 : y->kind == NST_ACTOR_OTHER ? 3 : y->end - y->first > 2 ? 4 : y->end - y->first > 1 ? 5 : 6;
    ON(KIND, k);
    ON(GENDER, w->notes[r->actor].gender ? 0 : 1);
    ON(WORD, w->notes[r->actor].modifier ? 0 : 1);
    uint32_t cx = clause(p, x->head), cy = clause(p, y->head);
    bool same = nst_str_eq(p->lemma[cx], p->lemma[cy]) && cx != cy;
    ON(VERB, same ? (is_subject(place_of(p, x->head)) == is_subject(place_of(p, y->head)) ? 0 : 1) : 2);
    uint8_t qx = w->quoted[x->head], qy = w->quoted[y->head];
    bool speaks = is_subject(place_of(p, y->head)) && nst_parse_kid(p, cy, NST_D_CCOMP) != NST_ROOT;
    ON(QUOTE, qx ? (qy ? 0 : speaks ? 1 : 2) : qy ? 3 : speaks ? 4 : 5);
}

/* ---- gathering --------------------------------------------------------------------------- */

void nst_rival_note(nst_who *w, uint32_t a) {
    const nst_actor *x = &w->out->actors[a];
    nst_fame *f = &w->fame[x->chain];
    bool subject = is_subject(place_of(w->p, x->head));
    if (x->kind == NST_ACTOR_PERSON || x->kind == NST_ACTOR_OTHER) f->named = a + 1;
    if (x->kind == NST_ACTOR_PERSON && w->first_person == NST_ROOT) w->first_person = x->chain;
    bool somebody = x->kind == NST_ACTOR_PERSON || x->kind == NST_ACTOR_ROLE || w->notes[a].gender;
    if (subject && somebody) w->last_subject = a;
}

/* Takes mention b as a rival, unless its chain is out or has enough of them. */
static uint32_t take(const nst_who *w, uint32_t b, uint32_t chain, nst_rival *r, uint32_t n) {
    uint32_t same = 0;
    for (uint32_t i = 0; i < n; i++) same += r[i].chain == chain;
    if (same >= A_CHAIN || n >= NST_RIVALS) return n;
    r[n] = (nst_rival){.actor = b, .chain = chain};
    return n + 1;
}

static uint32_t drop_chain(nst_rival *r, uint32_t n, uint32_t chain) {
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++)
        if (r[i].chain != chain) r[k++] = r[i];
    return k;
}

/* Mentions that fit, before and ahead; chains bound apart from the pronoun are dropped. */
static uint32_t gather(const nst_who *w, uint32_t a, nst_rival *r) {
    const nst_actor *all = w->out->actors;
    uint32_t n = 0, out[16], n_out = 0, s = nst_who_sent(w, a);
    for (uint32_t k = a; k-- > 0 && a - k <= LOOK_BACK;) {
        if (s - nst_who_sent(w, k) > LOOK_SENTS || all[k].span.field != all[a].span.field) break;
        if (!fits(w, a, k)) continue;
        if (bound_apart(w, a, k) && n_out < 16) out[n_out++] = all[k].chain;
        else n = take(w, k, all[k].chain, r, n);
    }
    for (uint32_t k = a + 1; k < w->out->n_actors && nst_who_sent(w, k) == s && k - a < 12; k++) {
        if (all[k].kind == NST_ACTOR_PRONOUN || !fits(w, a, k)) continue;
        uint32_t b = nst_who_named_before(w, k), chain = b == NST_ROOT ? k : all[b].chain;
        if (bound_apart(w, a, k) && n_out < 16) out[n_out++] = chain;
        else n = take(w, k, chain, r, n);
    }
    for (uint32_t i = 0; i < n_out; i++) n = drop_chain(r, n, out[i]);
    return n;
}

/* How many different chains r[0 .. i) are of, without r[i]'s own. */
static uint32_t chains_before(const nst_rival *r, uint32_t i) {
    uint32_t n = 0;
    for (uint32_t k = 0; k < i; k++) {
        bool again = r[k].chain == r[i].chain;
        for (uint32_t j = 0; j < k && !again; j++) again = r[j].chain == r[k].chain;
        n += !again;
    }
    return n;
}

uint32_t nst_rivals(const nst_who *w, uint32_t a, nst_rival *all) {
    uint32_t n = gather(w, a, all), mark = mark_sign(w, w->out->actors[a].head);
    uint32_t chains = n ? chains_before(all, n - 1) : 0;
    for (uint32_t i = 0; i < n; i++) {
        nst_rival *r = &all[i];
        where_signs(w, a, r, chains_before(all, i));
        fame_signs(w, a, r);
        place_signs(w, a, r);
        word_signs(w, a, r);
        ON(MARK, mark);
        ON(RIVALS, chains);
    }
    return n;
}
