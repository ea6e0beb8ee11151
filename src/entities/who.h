/* who.h - what the parts of "who is meant" share. Inside of stage 4. */
#ifndef NST_WHO_H
#define NST_WHO_H

#include "entities_model.h"

/* A knowledge-base hit chosen for a run of tokens. */
typedef struct nst_who_hit {
    uint32_t first, end;         /* tokens */
    nst_kb_hit hit;
    nst_kb_reading reading;      /* the likeliest */
} nst_who_hit;

/* The workspace of one report. */
typedef struct nst_who {
    const nst_kb *kb;
    const nst_parse *p;
    nst_arena *doc, *scratch;
    nst_entities *out;
    nst_day day;                 /* of the report; NST_NO_DAY if unknown */
    nst_who_hit *hits;           /* [n_hits] in order, not overlapping */
    uint32_t n_hits, cap_hits, cap_actors;
    uint32_t *hit_at;            /* [n_tokens] hit that covers the token, NST_ROOT */
    uint32_t *name_at;           /* [n_tokens] name that covers the token, NST_ROOT */
} nst_who;

/* entities_hit.c: chooses hits over the whole report. */
void nst_who_find_hits(nst_who *w);
/* entities_mention.c: makes entity mentions from noun phrases. */
void nst_who_find_mentions(nst_who *w);
/* entities_identity.c: identities of single mentions. */
nst_identity nst_who_of_entity(const nst_who *w, uint32_t entity);
nst_identity nst_who_of_person(const nst_who *w, uint32_t person);
void nst_who_set(nst_who *w, nst_actor *a, nst_identity is);
/* entities_coref.c: surnames, bare roles, pronouns, plurals. */
void nst_who_resolve(nst_who *w);

#endif
