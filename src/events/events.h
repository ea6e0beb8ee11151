/* events.h - stage 5: acts, whether they happened, and who says so.
 *
 * In: nst_entities. Out: mentions (one trigger each), their actors, recipients, modality, date, place,
 * numbers and speaker chain; attributions; indicators.
 *   expelled: SANCTION expel, GRK -> two envoys, asserted, said by Ruritania's foreign minister, Zenda Gazette
 * Invariants: (1) a trigger gives one mention (a conviction to prison: two); (2) every span lies in the
 * report; (3) every attribution has a cue or a pair of quotation marks; (4) chains run from the
 * nearest speaker outwards.
 */
#ifndef NST_EVENTS_H
#define NST_EVENTS_H

#include "entities.h"

typedef enum nst_type {
#define T(name, quad) NST_T_##name,
#include "plover.def"
    NST_N_TYPE, NST_T_NONE = NST_N_TYPE
} nst_type;
enum {
#define M(text) +1
    NST_N_MODE = 0
#include "plover.def"
};
enum {
#define C(text) +1
    NST_N_CONTEXT = 0
#include "plover.def"
};
const char *nst_type_name(int type);
const char *nst_mode_name(int mode);          /* 0 .. NST_N_MODE-1 */
const char *nst_context_name(int context);
int nst_type_of(nst_str s);                   /* NST_T_NONE if unknown */
int nst_mode_of(nst_str s);                   /* -1 if unknown */
int nst_context_of(nst_str s);                /* -1 if unknown */
int nst_type_quad(int type);

typedef enum nst_modality {
    NST_ASSERTED, NST_NEGATED, NST_FUTURE, NST_CONDITIONAL, NST_HYPOTHETICAL, NST_REQUESTED,
    NST_HISTORICAL, NST_N_MODALITY
} nst_modality;
const char *nst_modality_name(int modality);

typedef enum nst_stance {
    NST_ASSERTS, NST_DENIES, NST_ACCUSES, NST_PROMISES, NST_THREATENS, NST_ASKS, NST_DOUBTS,
    NST_QUOTES, NST_N_STANCE
} nst_stance;
const char *nst_stance_name(int stance);

/* One attribution: source, cue, content (PARC/PolNeAR's terms). */
typedef struct nst_attribution {
    uint32_t source;             /* actor index, NST_ROOT if the text names none */
    nst_span source_span;        /* the source's words; empty if none */
    uint32_t cue;                /* token index, NST_ROOT for bare quotation marks */
    nst_span cue_span;           /* empty if none */
    nst_span *content;           /* [n_content] */
    uint32_t n_content;
    uint8_t stance;              /* nst_stance */
    bool quoted;                 /* content is verbatim, between quotation marks */
    bool anonymous;              /* "officials said", "a source" */
    bool speech;                 /* the content is the source's word, not only his thought */
    bool vouches;                /* the source stands for the content: goes into speaker chains */
    uint32_t time;               /* time index that dates the saying, NST_ROOT if none */
    uint32_t outer;              /* attribution that contains this one, NST_ROOT if none */
} nst_attribution;

/* A member of an actor or recipient list: one identity of one entity mention. */
typedef struct nst_member {
    uint32_t actor;              /* index into entities.actors */
    uint32_t identity;           /* index into its `is`, NST_ROOT if unknown */
    bool context;                /* not in this sentence, or worked out from the one before */
} nst_member;

typedef enum nst_link_kind { NST_LINK_SPEAKER, NST_LINK_AGENCY, NST_LINK_OUTLET } nst_link_kind;

/* One link of a speaker chain. */
typedef struct nst_link {
    uint8_t kind;                /* nst_link_kind */
    uint32_t attribution;        /* speaker: index into attributions */
    nst_str name;                /* agency, outlet */
    nst_span span;               /* agency: where it stands; empty if from the report's metadata */
} nst_link;

typedef struct nst_mention {
    uint32_t sent;               /* sentence index */
    uint32_t trigger;            /* head token of the trigger */
    nst_span trigger_span;
    uint8_t type;                /* nst_type */
    uint64_t modes;              /* bits of nst_mode */
    uint64_t contexts;           /* bits of nst_context */
    uint8_t modality;            /* nst_modality */
    nst_member *actors, *recipients;
    uint32_t n_actors, n_recipients;
    uint32_t time;               /* index into times, NST_ROOT */
    uint32_t place;              /* index into places, NST_ROOT */
    uint32_t *numbers;           /* [n_numbers] indexes into numbers */
    uint8_t *number_roles;       /* [n_numbers] nst_number_role here */
    uint32_t n_numbers;
    nst_link *links;             /* [n_links] nearest speaker first */
    uint32_t n_links;
    float confidence;            /* calibrated probability that type, actor and recipient are right */
    const char *cameo;           /* CAMEO code or NULL */
    double goldstein, scale;     /* NAN if none */
    uint32_t frame;              /* index of the lexicon's frame that fired */
    nst_str why;                 /* frame: "expel.v"; nst_why_put adds the path */
    bool kept;                   /* false: dropped by the judge; kept for `nestor explain` only */
} nst_mention;

/* A figure about relations that is no act. */
typedef struct nst_indicator {
    uint32_t number;             /* index into numbers */
    nst_span span;               /* "increased by 22%" */
    uint32_t sent;
    nst_str measure;             /* "trade turnover" */
    nst_member *between;
    uint32_t n_between;
    uint8_t kind;                /* 0 level, 1 change, 2 share, 3 count */
    uint32_t period, compared;   /* time indexes, NST_ROOT */
    nst_link *links;
    uint32_t n_links;
} nst_indicator;
const char *nst_indicator_kind_name(int kind);

typedef struct nst_events {
    const nst_entities *entities;
    nst_mention *mentions;       /* [n_mentions] in order of trigger */
    nst_attribution *attributions;
    nst_indicator *indicators;
    uint32_t n_mentions, n_attributions, n_indicators;
} nst_events;

typedef struct nst_events_model nst_events_model;       /* lexicon, contexts, judge */

nst_status nst_events_load(const char *user_lexicon, nst_writer *notes, const nst_events_model **out,
                           nst_err *e);
void nst_events_close(const nst_events_model *m);

nst_status nst_events_run(const nst_events_model *m, const nst_entities *x, nst_arena *doc,
                          nst_arena *scratch, nst_events *out, nst_err *e);

/* Parts of the run, in this order. Each fills its own fields of the mentions. */
void nst_says_run(const nst_events_model *m, const nst_entities *x, nst_arena *doc, nst_arena *scratch,
                  nst_events *out);
void nst_match_run(const nst_events_model *m, const nst_entities *x, nst_arena *doc, nst_arena *scratch,
                   nst_events *out);
void nst_modality_run(const nst_entities *x, nst_events *out, nst_arena *doc);
void nst_dating_run(const nst_entities *x, nst_events *out, nst_arena *doc);    /* time, place, numbers */
void nst_chain_run(const nst_entities *x, nst_events *out, nst_arena *doc);     /* links of mentions */
void nst_indicator_run(const nst_entities *x, nst_arena *doc, nst_arena *scratch, nst_events *out);
void nst_judge_run(const nst_events_model *m, const nst_entities *x, nst_events *out, nst_arena *doc);

/* The judge's features of one mention, f[NST_N_FEATURE] of lexicon.h. */
void nst_judge_explain(const nst_events_model *m, const nst_events *ev, uint32_t mention, float *f);

/* CAMEO code, Goldstein, PLOVER score of a type and mode; code NULL and NAN where there is none. */
const char *nst_events_cameo(const nst_events_model *m, int type, uint64_t modes, uint64_t contexts,
                             double *goldstein, double *scale);

/* Frame and ways through the tree, "expel.v obj; nsubj": to the recipient; to the actor (events_why.c). */
void nst_why_put(const nst_events *ev, const nst_mention *m, nst_writer *w);
void nst_events_dump(const nst_events *x, nst_writer *w);

#endif
