/* pronoun.h - what the ranking of a pronoun's antecedents is made of. Inside of stage 4.
 *
 * Way of a pronoun: mentions around it -> rivals that fit in kind, number, gender and binding -> what
 * speaks for each (entities_rival.c) -> a small net's sum (entities_pronoun.c) -> the best.
 */
#ifndef NST_PRONOUN_H
#define NST_PRONOUN_H

#include "who.h"

#define NST_RIVALS 40u           /* mentions that a pronoun may be weighed against */
#define NST_SIGNS 64u            /* signs of one rival at most */

/* Groups of signs: of each group one (or none) is on. S(name, how many) */
#define NST_SIGN_GROUPS \
    S(WHERE, 6) S(TOKENS, 9) S(NEARER, 8) S(PLACE, 10) S(OWN, 10) \
    S(PAIR, 100) S(TREE, 12) S(TREE_PAIR, 360) S(MARK, 16) S(LAST_SUBJECT, 6) S(FIRST, 5) \
    S(KIND, 8) S(BLOCK, 3) S(QUOTE, 6) S(GENDER, 2) S(POSS, 6) S(VERB, 4) S(DEPTH, 5) S(OWN_DEPTH, 5) \
    S(RIVALS, 6) S(HERE, 5) S(WORD, 4) S(JOINT, 4) S(NAME_AGO, 5)

enum {
#define S(name, n) NST_SIGN_##name, NST_SIGN_##name##_LAST = NST_SIGN_##name + (n) - 1,
    NST_SIGN_GROUPS
#undef S
    NST_N_SIGN
};

/* One mention that a pronoun may stand for. */
typedef struct nst_rival {
    uint32_t actor, chain;       /* chain: that of the name's earlier bearers for a mention ahead */
    uint16_t on[NST_SIGNS];      /* signs, see NST_SIGN_GROUPS */
    uint32_t n_on;
} nst_rival;

/* What is known of a chain so far, beside the number of its first mention. */
typedef struct nst_fame {
    uint32_t named;              /* last mention by name + 1 */
} nst_fame;

/* For training: is shown each pronoun and its rivals and says which rival is right; NST_ROOT:
 * none, NST_ROOT - 1: whom the rules say. */
typedef struct nst_who_tap {
    uint32_t (*show)(void *self, const nst_who *w, uint32_t pronoun, const nst_rival *r, uint32_t n);
    void *self;
} nst_who_tap;

/* entities_rival.c: the rivals of pronoun a with their signs, nearest first, those ahead last. */
uint32_t nst_rivals(const nst_who *w, uint32_t a, nst_rival *r);
/* Notes mention a as the newest of its chain. */
void nst_rival_note(nst_who *w, uint32_t a);
/* The predicate whose argument t is, over conjuncts and possessors. */
uint32_t nst_rival_governor(const nst_parse *p, uint32_t t);

/* entities_pronoun.c: who is meant by he or she, NST_ROOT. */
uint32_t nst_who_he(const nst_who *w, uint32_t a);

#endif
