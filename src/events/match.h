/* match.h - what the parts of the matcher share. Inside of stage 5. */
#ifndef NST_MATCH_H
#define NST_MATCH_H

#include "path.h"

/* Members while a frame is tried. */
typedef struct nst_members {
    nst_member m[NST_MAX_MEMBERS];
    uint32_t n;
} nst_members;

/* Can this entity mention act or be acted upon? */
bool nst_match_can_act(const nst_actor *a);

/* The entity mention a token stands for: its own or, when `loose`, that of the noun it modifies or belongs
 * to; NST_ROOT if none. */
uint32_t nst_slot_actor(const nst_entities *x, uint32_t t, bool loose);
/* Adds every identity of one entity mention; what a noun phrase stands for, itself and its conjuncts. */
void nst_slot_add(const nst_entities *x, uint32_t actor, nst_members *out);
void nst_slot_phrase(const nst_entities *x, uint32_t t, bool loose, nst_members *out);
/* The same preposition as seen from the verb instead of from its object, or the other way round. */
bool nst_slot_reattached(const nst_parse *p, uint32_t t, const nst_slot_source *from, nst_slot_source *out);
/* Fills one slot. False when a required slot stays empty. */
bool nst_slot_fill(const nst_entities *x, uint32_t t, const nst_slot *s, nst_members *out);
/* The same with things and places, for what an act of this type is done to; `known`: only those whose state is. */
void nst_slot_things(const nst_entities *x, uint32_t t, int type, const nst_slot *s, bool known,
                     nst_members *out);
/* Is it an act that things can be the object of? */
bool nst_slot_material(int type);
/* The thing or place at token t and its conjuncts; nothing if it is none. */
void nst_slot_thing(const nst_entities *x, uint32_t t, bool known, nst_members *out);

/* The best frame for token t whose conditions hold and whose required slots are filled; NULL if none. */
const nst_frame *nst_match_frame(const nst_lexicon *l, const nst_entities *x, uint32_t t,
                                 nst_members *actor, nst_members *recipient);
/* Gives the mentions without a recipient one, where the sentence says below the trigger whom the act reaches. */
void nst_reach_run(const nst_events_model *model, const nst_entities *x, nst_events *out, nst_arena *doc);

/* Contexts that the words of a sentence show, as bits. */
uint64_t nst_context_of_sentence(const nst_lexicon *l, const nst_parse *p, uint32_t sent);
/* Contexts, CAMEO codes and scores of all mentions. */
void nst_context_run(const nst_events_model *m, const nst_entities *x, nst_events *out);

/* After dating: acts of more than a year ago are historical. */
void nst_modality_date(const nst_entities *x, nst_events *out, nst_arena *scratch);
/* Does the clause below a mention show that it is no act of its type? */
bool nst_stop_act(const nst_entities *x, const nst_mention *m);
/* What the report is about: fills the topics of f, from NST_J_sport on. */
void nst_genre_weigh(const nst_lexicon *l, const nst_entities *x, float *f);
/* Features of a candidate; the topics in f are the report's and stay as they are. */
void nst_judge_features(const nst_lexicon *l, const nst_entities *x, const nst_mention *m, float *f);

#endif
