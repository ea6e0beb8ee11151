/* entities_coref.c - the same one again: surnames, bare roles, pronouns, "the two countries".
 *
 * In: entity mentions with what their own words say. Out: identities from earlier mentions, chains.
 * Idea: one pass in order with a short memory of the last mentions of each kind; the nearest that
 * fits in number and kind wins, subjects before others.
 * Invariants: (1) antecedents come before; (2) memory and look-back are bounded: linear time.
 */
#include "who.h"

#define LOOK_BACK 40u            /* mentions */
#define LOOK_SENTS 4u            /* sentences, for pronouns */

/* Makes mention a mean what the earlier mention b means. */
static void same_as(nst_who *w, uint32_t a, uint32_t b) {
    nst_actor *x = &w->out->actors[a], *y = &w->out->actors[b];
    x->chain = y->chain;
    x->antecedent = NST_NEW(w->doc, uint32_t);
    x->antecedent[0] = b;
    x->n_antecedent = 1;
    if (!x->n_is && y->n_is) {
        x->is = y->is;
        x->n_is = y->n_is;
        x->context = true;
    }
}

/* Last word of a mention's name: the head token's form. */
static nst_str last_word(const nst_who *w, const nst_actor *a) {
    return nst_text_token(w->p->text, a->head);
}

/* An earlier person with the same surname or an earlier mention with the same words. */
static uint32_t earlier_name(const nst_who *w, uint32_t a) {
    const nst_actor *x = &w->out->actors[a];
    nst_str name = last_word(w, x);
    for (uint32_t k = a; k-- > 0;) {
        const nst_actor *y = &w->out->actors[k];
        if (y->kind != x->kind) continue;
        bool inside = false;
        for (uint32_t t = y->first; t < y->end && !inside; t++)
            inside = w->p->upos[t] == NST_PROPN && nst_str_eq(nst_text_token(w->p->text, t), name);
        if (inside) return k;
        if (a - k > 400) break;
    }
    return NST_ROOT;
}

/* Is this a pronoun of the third person for one person? */
static bool he_or_she(const nst_who *w, const nst_actor *a) {
    static const char *const words[] = {"he", "she", "his", "her", "him", "himself", "herself"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (nst_str_ieq(last_word(w, a), nst_str_c(words[i]))) return true;
    return false;
}

static bool one_of(nst_str s, const char *a, const char *b, const char *c, const char *d) {
    return nst_str_ieq(s, nst_str_c(a)) || nst_str_ieq(s, nst_str_c(b)) || nst_str_ieq(s, nst_str_c(c)) ||
           nst_str_ieq(s, nst_str_c(d));
}

/* Could y be what pronoun x stands for? */
static bool fits(const nst_who *w, const nst_actor *x, const nst_actor *y) {
    nst_str form = last_word(w, x);
    if (he_or_she(w, x)) return y->kind == NST_ACTOR_PERSON || (y->kind == NST_ACTOR_ROLE && !y->plural) ||
                                (y->kind == NST_ACTOR_PRONOUN && he_or_she(w, y) && y->n_antecedent);
    if (one_of(form, "it", "its", "itself", "it"))
        return (y->kind == NST_ACTOR_STATE || y->kind == NST_ACTOR_ORG || y->kind == NST_ACTOR_BLOC) && !y->plural;
    if (one_of(form, "they", "their", "them", "themselves"))
        return y->plural || y->kind == NST_ACTOR_BLOC || y->kind == NST_ACTOR_ORG || y->kind == NST_ACTOR_PEOPLE;
    return false;
}

/* How well y fits as antecedent: subjects first, then the nearest. */
static int salience(const nst_who *w, const nst_actor *x, const nst_actor *y) {
    uint8_t d = w->p->deprel[y->head];
    const nst_text *t = w->p->text;
    uint32_t sx = t->sent_of[x->head], sy = t->sent_of[y->head];
    int s = d == NST_D_NSUBJ || d == NST_D_NSUBJ_PASS ? 3 : d == NST_D_OBJ ? 1 : d == NST_D_NMOD_POSS ? 0 : 0;
    return s - 2 * (int)(sx - sy);
}

/* The antecedent of a pronoun, NST_ROOT if none fits. */
static uint32_t antecedent(const nst_who *w, uint32_t a) {
    const nst_actor *x = &w->out->actors[a];
    const nst_text *t = w->p->text;
    uint32_t best = NST_ROOT;
    int best_score = -1000;
    for (uint32_t k = a; k-- > 0 && a - k <= LOOK_BACK;) {
        const nst_actor *y = &w->out->actors[k];
        if (t->sent_of[x->head] - t->sent_of[y->head] > LOOK_SENTS) break;
        if (!fits(w, x, y)) continue;
        int s = salience(w, x, y);
        if (s > best_score) {
            best_score = s;
            best = k;
        }
    }
    return best;
}

/* A definite bare role ("the minister"): the nearest earlier person or role with that word. */
static uint32_t earlier_role(const nst_who *w, uint32_t a) {
    const nst_actor *x = &w->out->actors[a];
    nst_str word = w->p->lemma[x->head];
    for (uint32_t k = a; k-- > 0 && a - k <= 200;) {
        const nst_actor *y = &w->out->actors[k];
        if (y->plural != x->plural || !y->n_is) continue;
        if (y->kind == NST_ACTOR_ROLE && nst_str_ieq(w->p->lemma[y->head], word) && y->is[0].code[0]) return k;
        if (y->kind == NST_ACTOR_PERSON && y->is[0].title.n && nst_str_ends(y->is[0].title, "minister") &&
            nst_str_ieq(word, NST_S("minister")))
            return k;
        if (y->kind == NST_ACTOR_PERSON && y->is[0].title.n && nst_str_ieq(y->is[0].title, word)) return k;
        if (y->kind == NST_ACTOR_PERSON && y->role.n >= word.n &&
            nst_str_ieq(nst_str_sub(y->role, y->role.n - word.n, y->role.n), word))
            return k;
    }
    return NST_ROOT;
}

/* Does the phrase begin with "the", "both", "these"? */
static bool definite(const nst_who *w, const nst_actor *a) {
    nst_str f = nst_text_token(w->p->text, a->first);
    return one_of(f, "the", "both", "these", "those");
}

/* "the two countries", "both sides": the last two different states before. */
static void resolve_pair(nst_who *w, uint32_t a) {
    nst_actor *x = &w->out->actors[a];
    uint32_t found[2], n = 0;
    for (uint32_t k = a; k-- > 0 && n < 2 && a - k <= 100;) {
        const nst_actor *y = &w->out->actors[k];
        if (!y->n_is || !y->is[0].code[0] || y->kind == NST_ACTOR_PLACE) continue;
        if (n == 1 && !strcmp(w->out->actors[found[0]].is[0].code, y->is[0].code)) continue;
        found[n++] = k;
    }
    if (n < 2) return;
    uint32_t sectors = x->n_is ? x->is[0].sectors : 0;
    x->is = NST_ARRAY(w->doc, nst_identity, 2);
    x->antecedent = NST_ARRAY(w->doc, uint32_t, 2);
    for (uint32_t i = 0; i < 2; i++) {
        x->antecedent[i] = found[1 - i];
        x->is[i] = w->out->actors[found[1 - i]].is[0];
        if (sectors) x->is[i].sectors = sectors;
    }
    x->n_is = x->n_antecedent = 2;
    x->context = true;
}

/* Is this a plural that means the parties just named? */
static bool pair_word(const nst_who *w, const nst_actor *a) {
    static const char *const words[] = {"country", "side", "nation", "state", "neighbour", "neighbor",
        "party", "capital", "government", "leader", "minister", "president", "diplomat", "ally"};
    if (!a->plural || !definite(w, a)) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (nst_parse_lemma_is(w->p, a->head, words[i])) return true;
    return false;
}

/* Adopts the earlier mention's identity when it knows more than ours. */
static void adopt(nst_who *w, uint32_t a, uint32_t b) {
    nst_actor *x = &w->out->actors[a], *y = &w->out->actors[b];
    bool poorer = !x->n_is || (!x->is[0].code[0] && !x->is[0].person.n);
    if (poorer && y->n_is) {
        x->is = NULL;
        x->n_is = 0;
    }
    same_as(w, a, b);
}

void nst_who_resolve(nst_who *w) {
    for (uint32_t a = 0; a < w->out->n_actors; a++) {
        nst_actor *x = &w->out->actors[a];
        uint32_t b = NST_ROOT;
        switch (x->kind) {
        case NST_ACTOR_PERSON: case NST_ACTOR_ORG: b = earlier_name(w, a); break;
        case NST_ACTOR_PRONOUN: b = antecedent(w, a); break;
        case NST_ACTOR_ROLE:
            if (x->n_is && x->is[0].code[0]) break;
            if (pair_word(w, x)) resolve_pair(w, a);
            else if (definite(w, x)) b = earlier_role(w, a);
            break;
        case NST_ACTOR_STATE: case NST_ACTOR_BLOC:
            for (uint32_t k = a; k-- > 0 && a - k < 400 && b == NST_ROOT;)
                if (w->out->actors[k].n_is && nst_str_eq(w->out->actors[k].is[0].entity, x->is[0].entity) &&
                    w->out->actors[k].kind == x->kind)
                    b = k;
            if (b != NST_ROOT) x->chain = w->out->actors[b].chain;
            b = NST_ROOT;
            break;
        default: break;
        }
        if (b != NST_ROOT) adopt(w, a, b);
    }
}
