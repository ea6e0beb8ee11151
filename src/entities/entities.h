/* entities.h - stage 4: who, when, where and how much, before any act is looked for.
 *
 * In: nst_parse. Out: entity mentions (each a noun phrase that can be an actor), chains of those that
 * mean the same, expressions of time, places, numbers.
 *   [Ruritania's foreign minister] RUR GOV ; [Graustark] GRK GOV ; [two envoys] count 2 ; [on Tuesday] 1894-05-15
 * Invariants: (1) every mention has a span and a head token; (2) a field that is not known is empty;
 * (3) `code` is a state's alpha-3 or IGO UNO EUR NGO ISM IMG MNC; (4) antecedents come before.
 */
#ifndef NST_ENTITIES_H
#define NST_ENTITIES_H

#include "parse.h"

/* ---- who --------------------------------------------------------------------------------- */

/* PLOVER sectors as bits: S(GOV) ... */
typedef enum nst_sector {
#define S(x) NST_SEC_##x,
#include "sectors.def"
    NST_N_SECTOR
} nst_sector;
#define NST_SECTOR(x) (1u << NST_SEC_##x)
const char *nst_sector_name(int sector);
uint32_t nst_sectors_parse(nst_str list, char sep);   /* "GOV|MIL" to bits; unknown words ignored */

typedef enum nst_actor_kind {
    NST_ACTOR_STATE,         /* a state or its government, by name, capital, demonym, adjective */
    NST_ACTOR_ORG,           /* organisation, company, party, armed group, body of a state */
    NST_ACTOR_BLOC,          /* "the West", "Gulf states": entity, no code */
    NST_ACTOR_PERSON,        /* a named person */
    NST_ACTOR_ROLE,          /* "the minister", "two envoys", "Ruritanian troops" */
    NST_ACTOR_PRONOUN,       /* he, they, we, who */
    NST_ACTOR_PLACE,         /* a place that is not an actor here */
    NST_ACTOR_PEOPLE,        /* "Ruritanians", crowds, civilians */
    NST_ACTOR_OTHER,         /* a name of unknown kind */
    NST_ACTOR_THING,         /* a building, vehicle, part of a country: acted upon, never acting */
} nst_actor_kind;

/* One way of meaning: what a mention (or one of the several members of a plural) stands for. */
typedef struct nst_identity {
    char code[4];            /* "RUR" or empty */
    nst_str entity;          /* own id: "GRK", "NATO", "BLOC_WEST" or empty */
    nst_str person;          /* id of a known person or empty */
    nst_str name;            /* canonical name */
    nst_str title;           /* "foreign minister", as known */
    uint32_t sectors;        /* bits */
    bool anachronism;        /* called by an office not held on the report's date */
} nst_identity;

typedef struct nst_actor {
    nst_span span;           /* the whole phrase, without relative clauses and appositions of acts */
    uint32_t first, end;     /* tokens of the span */
    uint32_t head;           /* head token */
    uint8_t kind;            /* nst_actor_kind */
    bool plural;
    bool context;            /* identity comes from an earlier mention */
    char gender;             /* 'm', 'f'; 0: not known */
    nst_str role;            /* "envoys" or empty */
    double count;            /* 2; 0 if none is given */
    nst_identity *is;        /* [n_is] several for a plural resolved to several actors; 0: unknown */
    uint32_t n_is;
    uint32_t *antecedent;    /* [n_antecedent] actor indexes this one was resolved to */
    uint32_t n_antecedent;
    uint32_t chain;          /* mentions with the same number mean the same; own index if alone */
} nst_actor;

/* ---- when -------------------------------------------------------------------------------- */

typedef enum nst_precision {
    NST_PREC_NONE, NST_PREC_DAY, NST_PREC_WEEK, NST_PREC_MONTH, NST_PREC_QUARTER, NST_PREC_SEASON,
    NST_PREC_YEAR, NST_PREC_DECADE, NST_PREC_SINCE, NST_PREC_UNTIL
} nst_precision;
const char *nst_precision_name(int precision);

typedef struct nst_time {
    nst_span span;
    uint32_t first, end;     /* tokens */
    char type;               /* TIMEX3: 'D' date, 'T' time, 'U' duration, 'S' set */
    nst_str value;           /* TIMEX3 value: "1894-05-15", "P2W", "PAST_REF" */
    nst_day start, finish;   /* first and last day; NST_NO_DAY if unresolved */
    uint8_t precision;       /* nst_precision */
} nst_time;

/* ---- where ------------------------------------------------------------------------------- */

typedef struct nst_place {
    nst_span span;
    uint32_t first, end;     /* tokens */
    nst_str name;            /* canonical name, or the text's own if unresolved */
    int32_t geonames;        /* 0 if unknown */
    char country[4];         /* alpha-3 or empty */
    nst_str division;        /* first-level division or empty */
    bool located;            /* lat and lon are known */
    double lat, lon;
    uint8_t precision;       /* nst_place_precision */
} nst_place;

typedef enum nst_place_precision {
    NST_PLACE_NONE, NST_PLACE_POINT, NST_PLACE_CITY, NST_PLACE_DISTRICT, NST_PLACE_DIVISION,
    NST_PLACE_COUNTRY, NST_PLACE_REGION
} nst_place_precision;
const char *nst_place_precision_name(int precision);

/* ---- how much ---------------------------------------------------------------------------- */

typedef enum nst_number_role {
    NST_NUM_OTHER, NST_NUM_DEAD, NST_NUM_INJURED, NST_NUM_ARRESTED, NST_NUM_TARGET, NST_NUM_TROOPS,
    NST_NUM_AMOUNT, NST_NUM_CHANGE
} nst_number_role;
const char *nst_number_role_name(int role);

typedef enum nst_bound { NST_EXACT, NST_AT_LEAST, NST_AT_MOST, NST_ABOUT } nst_bound;
const char *nst_bound_name(int bound);

typedef struct nst_number {
    nst_span span;           /* the figure with its unit: "56.7 bln rubles", "two" */
    uint32_t first, end;     /* tokens */
    uint32_t counted;        /* token of what is counted ("envoys"), NST_ROOT if none */
    double value, low, high; /* value, or the range low..high when `range` */
    bool range;
    nst_str unit;            /* "person", "%", "ruble", "programme" */
    char currency[4];        /* ISO 4217 or empty */
    double converted;        /* second amount the text gives, 0 if none */
    char converted_currency[4];
    nst_span converted_span;
    uint8_t role;            /* nst_number_role */
    uint8_t bound;           /* nst_bound */
    int8_t direction;        /* change: +1 rose, -1 fell, 0 not said */
} nst_number;

/* ---- the record -------------------------------------------------------------------------- */

typedef struct nst_entities {
    const nst_parse *parse;
    nst_day today;           /* publication date, NST_NO_DAY if unknown */
    nst_day anchor;          /* dateline's date, else publication, else NST_NO_DAY */
    nst_str agency;          /* credit or dateline agency of the report, empty if none */
    nst_actor *actors;       /* [n_actors] in order of head token */
    nst_time *times;         /* [n_times] */
    nst_place *places;       /* [n_places] */
    nst_number *numbers;     /* [n_numbers] */
    uint32_t n_actors, n_times, n_places, n_numbers;
    uint32_t *actor_at;      /* [n_tokens] index of the actor whose head is the token, NST_ROOT if none */
    uint32_t *time_at, *place_at, *number_at;  /* [n_tokens] index of what covers the token, NST_ROOT */
} nst_entities;

typedef struct nst_entities_model nst_entities_model;   /* knowledge base, gazetteer, tables */

/* user_actors: path of a user's actor file or NULL; problems in it are written to `notes` (may be NULL). */
nst_status nst_entities_load(const char *user_actors, nst_writer *notes,
                             const nst_entities_model **out, nst_err *e);
void nst_entities_close(const nst_entities_model *m);

nst_status nst_entities_run(const nst_entities_model *m, const nst_parse *p, nst_arena *doc,
                            nst_arena *scratch, nst_entities *out, nst_err *e);

/* An empty record on a parse: day, agency, and look-ups that find nothing yet. */
void nst_entities_begin(const nst_parse *p, nst_arena *doc, nst_entities *out);

/* Parts of the run, each filling its own arrays of *out; nst_entities_run calls them in this order. */
void nst_when_run(const nst_parse *p, nst_arena *doc, nst_arena *scratch, nst_entities *out);
void nst_number_run(const nst_parse *p, nst_arena *doc, nst_arena *scratch, nst_entities *out);
void nst_where_run(const nst_entities_model *m, const nst_parse *p, nst_arena *doc, nst_arena *scratch,
                   nst_entities *out);
void nst_who_run(const nst_entities_model *m, const nst_parse *p, nst_arena *doc, nst_arena *scratch,
                 nst_entities *out);

/* Text form, one line a mention, and its reader, which feeds gold mentions to the next stage. Fails with
 * NST_REJECTED when a line's span is not made of tokens of the parse. */
void nst_entities_dump(const nst_entities *x, nst_writer *w);
nst_status nst_entities_read(nst_str dump, const nst_parse *p, nst_arena *doc, nst_entities *out, nst_err *e);
#endif
