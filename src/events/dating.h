/* dating.h - what dating, placing and counting acts share. Private to events_date.c,
 * events_place.c, events_indicator.c and events_number.c.
 */
#ifndef NST_DATING_H
#define NST_DATING_H

#include "events.h"

/* Triggers and cues of a document by token. */
typedef struct nst_dating {
    const nst_entities *x;
    const nst_parse *p;
    nst_events *ev;
    uint32_t *mention_at;        /* [n_tokens] first mention whose trigger the token is, NST_ROOT */
    uint32_t *cue_at;            /* [n_tokens] attribution whose cue the token is, NST_ROOT */
} nst_dating;

/* The token of [first, end) whose head lies outside it. */
uint32_t nst_dating_top(const nst_parse *p, uint32_t first, uint32_t end);
/* Is token t a trigger of a mention? */
bool nst_dating_trigger(const nst_dating *d, uint32_t t);
/* The act told by a noun whose phrase ends with token i, NST_ROOT if none. */
uint32_t nst_dating_noun_until(const nst_dating *d, uint32_t i);
/* Is the trigger a noun made definite: "the attack"? Do two mentions name a common actor, on whichever side? */
bool nst_dating_definite(const nst_parse *p, uint32_t i);
bool nst_dating_share(const nst_dating *d, const nst_mention *a, const nst_mention *b);
/* Place of each mention; numbers of each mention. */
void nst_placing_run(const nst_dating *d, nst_arena *doc);
void nst_counting_run(const nst_dating *d, nst_arena *doc);

#endif
