/* lexicon.h - the lexicon as the matcher sees it: frames by trigger lemma. Inside of stage 5.
 *
 * In: data/lexicon/ files (compiled in) and a user's file. Format: data/lexicon/FORMAT.md.
 *   expel v SANCTION expel  A=subj R=obj   "Ruritania expelled two envoys"
 */
#ifndef NST_LEXICON_H
#define NST_LEXICON_H

#include "events.h"

/* Where a dependent stands, as seen from the trigger (or, with `via_obj`, from its object noun). */
typedef enum nst_source {
    NST_SRC_SUBJ, NST_SRC_OBJ, NST_SRC_IOBJ, NST_SRC_POSS, NST_SRC_MOD, NST_SRC_PREP,
    NST_SRC_COMP_SUBJ, NST_SRC_COMP_OBJ, NST_SRC_XCOMP, NST_SRC_CCOMP, NST_SRC_CLAUSE
} nst_source;

typedef struct nst_slot_source {
    uint8_t source;              /* nst_source */
    bool via_obj;
    bool also;                   /* joined to the source before it by '&' instead of '|' */
    nst_str prep;                /* NST_SRC_PREP: "with" */
} nst_slot_source;

#define NST_SLOT_MAX 24
typedef struct nst_slot {
    nst_slot_source *from;       /* [n] at most NST_SLOT_MAX */
    uint8_t n;
    bool required;
} nst_slot;

typedef enum nst_test {
    NST_TEST_IN, NST_TEST_NOT_IN, NST_TEST_THERE, NST_TEST_NOT_THERE, NST_TEST_ACTOR,
    NST_TEST_NOT_ACTOR, NST_TEST_STATE, NST_TEST_PERSON, NST_TEST_PASSIVE, NST_TEST_ACTIVE,
    NST_TEST_PLURAL, NST_TEST_INDEF, NST_TEST_PUBLIC, NST_TEST_TOLD
} nst_test;

typedef struct nst_condition {
    uint8_t test;                /* nst_test */
    uint16_t also;               /* bits of nst_test: "=state" within the braces, instead of a word */
    nst_slot_source of;          /* whose filler is tested */
    nst_str *words;              /* [n_words] sorted lemmas, classes already expanded */
    uint32_t n_words;
} nst_condition;

typedef struct nst_frame {
    nst_str lemma;               /* as in the file: "cut_off" */
    nst_str head;                /* the word that is the trigger: "cut"; last word of a noun */
    nst_str *rest;               /* [n_rest] the other words, in order */
    uint8_t n_rest;
    char pos;                    /* 'v' 'n' 'a' */
    uint8_t type;                /* nst_type, NST_T_NONE for a stop frame */
    uint64_t modes, contexts;
    nst_slot actor, recipient;
    nst_condition *conditions;   /* [n_conditions] */
    uint8_t n_conditions;
    nst_str example;
    nst_str slots_text, when_text;   /* as the file has them */
    bool user;
    uint32_t order;              /* of its line; later ranks lower */
} nst_frame;

typedef struct nst_context_word {
    nst_str head;                /* first word of the phrase */
    nst_str phrase;              /* words joined by single spaces, lower case */
    uint8_t context;
} nst_context_word;

/* A word that attributes; `takes` as bits. */
enum { NST_CUE_CLAUSE = 1, NST_CUE_INFINITIVE = 2, NST_CUE_OBJECT = 4, NST_CUE_QUOTE = 8, NST_CUE_SPEECH = 16,
       NST_CUE_THOUGHT = 32 };
typedef struct nst_cue {
    nst_str lemma;               /* "point_out" */
    nst_str head;                /* its first word */
    char pos;                    /* 'v' 'n' */
    uint8_t stance;              /* nst_stance */
    uint8_t takes;
} nst_cue;
/* Features of the judge, in the order of judge.def. */
enum {
#define J(name, text) NST_J_##name,
#include "judge.def"
    NST_N_FEATURE
};
const char *nst_judge_feature(int feature);   /* NULL out of range */

/* A word that says what a report is about. */
typedef struct nst_topic_word {
    nst_str word;
    int feature;                 /* NST_J_sport ... */
} nst_topic_word;

typedef struct nst_cameo_row {
    uint8_t type;
    int8_t mode, context;        /* -1: any */
    const char *code;
    double goldstein, scale;
} nst_cameo_row;

typedef struct nst_lexicon {
    nst_arena *arena;
    nst_frame *frames;           /* [n_frames] sorted by head, then pos */
    uint32_t n_frames;
    uint32_t *slot;              /* [slot_mask + 1] open hash: 1 + index of the first frame of a head */
    uint32_t slot_mask;
    nst_context_word *contexts;  /* [n_contexts] sorted by head */
    uint32_t n_contexts;
    nst_cue *cues;               /* [n_cues] sorted by head, pos */
    uint32_t n_cues;
    nst_cameo_row *cameo;        /* [n_cameo] */
    uint32_t n_cameo;
    nst_topic_word *topics;      /* [n_topics] sorted by word */
    uint32_t n_topics;
    float weights[NST_N_FEATURE];     /* of the confidence: all of the mention is right */
    float act_weights[NST_N_FEATURE]; /* of keeping it: there is an act of its type */
    float floor, soft_floor;     /* candidates whose act is less likely are dropped: floor + soft * soft_floor */
} nst_lexicon;

/* The compiled-in lexicon plus a user's file (NULL for none). Bad rows are described in `notes`, one
 * line each with file line and reason, and left out. NULL when memory is out. */
nst_lexicon *nst_lexicon_load(const char *user_file, nst_writer *notes, nst_err *e);
void nst_lexicon_close(nst_lexicon *l);
/* First frame whose head is the lemma, *n of them; NULL if there is none. */
const nst_frame *nst_lexicon_get(const nst_lexicon *l, nst_str head, uint32_t *n);
/* First cue whose head is the lemma, *n of them; NULL if there is none. */
const nst_cue *nst_lexicon_cue(const nst_lexicon *l, nst_str head, uint32_t *n);
const nst_lexicon *nst_events_lexicon(const nst_events_model *m);

#endif
