/* scan.h - the sentence under the cursor of a scanner, and short names for what is asked of it.
 *
 * In: atoms. Private to the scanners of times and numbers, which include it last: its names are
 * short because they stand on every line there. Invariant: asking beyond the last atom is allowed
 * and answered with no.
 */
#ifndef NST_SCAN_H
#define NST_SCAN_H

#include "atoms.h"

/* The atoms, and what some scanners know beside them (NULL, 0 if not). */
typedef struct ctx {
    nst_str t;                   /* the field the atoms' offsets are into */
    const nst_atom *a;           /* [n] */
    uint32_t n;
    const bool *skip;            /* [n] atoms that are spoken for */
    struct nst_figure *figures;  /* [n_figures] found before */
    uint32_t n_figures;
    nst_arena *arena;
} ctx;

static inline bool is(const ctx *c, uint32_t i, nst_wclass cls, int *val) {
    return nst_atom_is(c->a, c->n, i, cls, val);
}

static inline bool lit(const ctx *c, uint32_t i, const char *z) {
    return nst_atom_lit(c->t, c->a, c->n, i, z);
}

static inline bool mark(const ctx *c, uint32_t i, char m) { return nst_atom_mark(c->a, c->n, i,
    m); }

/* Does atom i follow the one before it without a space? */
static inline bool glued(const ctx *c, uint32_t i) { return i < c->n && !c->a[i].space; }

/* The bytes of atom i, which must be there. */
static inline nst_str word(const ctx *c, uint32_t i) {
    return (nst_str){c->t.p + c->a[i].start, c->a[i].end - c->a[i].start};
}

/* Past a hyphen that ties two words, if one is there. */
static inline uint32_t hyphen(const ctx *c, uint32_t i) {
    return mark(c, i, '-') && glued(c, i) && glued(c, i + 1) ? i + 1 : i;
}

/* Past the full stop of an abbreviation. */
static inline uint32_t stop(const ctx *c, uint32_t i) {
    return mark(c, i, '.') && glued(c, i) ? i + 1 : i;
}

/* Past "'s" or a bare apostrophe. */
static inline uint32_t genitive(const ctx *c, uint32_t i) {
    if (!mark(c, i, '\'') || !glued(c, i)) return i;
    return lit(c, i + 1, "s") && glued(c, i + 1) ? i + 2 : i + 1;
}

#endif
