/* number.h - figures: found with their unit, then given their role. Private to entities_number*.c
 * and its scorer.
 *
 * In: atoms of a sentence, less those of times. Out: figures: "two envoys" value 2, unit person,
 * role target.
 */
#ifndef NST_NUMBER_H
#define NST_NUMBER_H

#include "atoms.h"
#include "entities.h"

/* A figure by atoms. */
typedef struct nst_figure {
    uint32_t first, end;         /* the figure itself, with currency sign and per cent */
    uint32_t lead;               /* first atom of "at least", "some": first if there is none */
    uint32_t head;               /* atom of what is counted; UINT32_MAX if none stands here */
    uint32_t tail;               /* atom after the noun phrase */
    double value, low, high;
    bool range, vague;
    bool part;                   /* "three of the five": the smaller one */
    bool whole;                  /* "three of the five": the larger one */
    bool of_them;                /* "four of them": a part of the figure before */
    uint8_t told;                /* role its own noun tells: "nine of the dead" */
    bool inherits;               /* no noun of its own: the unit comes from a neighbour */
    int person;                  /* class PERSON of the unit, 0 if it is a thing */
    nst_str unit;
    char currency[4];
    double converted;
    char converted_currency[4];
    uint32_t converted_first, converted_end;
    uint8_t role, bound;
    int8_t direction;
    bool money;                  /* an amount, even where the currency has no code ("crowns") */
    bool single;                 /* "a guard": kept only if its role is told */
    bool own_cue;                /* its role was told by its own words */
} nst_figure;

/* All figures of a sentence; `skip[i]` says that atom i is part of a time. Count in *m. */
nst_figure *nst_number_scan(nst_str t, const nst_atom *a, uint32_t n, const bool *skip,
                            nst_arena *arena, uint32_t *m);
/* Roles, directions and inherited units of the figures of one sentence. */
void nst_number_roles(nst_str t, const nst_atom *a, uint32_t n, nst_figure *f, uint32_t m,
                      nst_arena *arena);

#endif
