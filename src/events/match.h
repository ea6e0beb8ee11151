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

/* Contexts that the words of a sentence show, as bits. */
uint64_t nst_context_of_sentence(const nst_lexicon *l, const nst_parse *p, uint32_t sent);
/* Contexts, CAMEO codes and scores of all mentions. */
void nst_context_run(const nst_events_model *m, const nst_entities *x, nst_events *out);

/* After dating: acts of more than a year ago are historical. */
void nst_modality_date(const nst_entities *x, nst_events *out, nst_arena *scratch);
/* Features of a candidate; the topics in f are the report's and stay as they are. */
void nst_judge_features(const nst_lexicon *l, const nst_entities *x, const nst_mention *m, float *f);

#endif
