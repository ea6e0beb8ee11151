/* who.h - what the parts of "who is meant" share. Inside of stage 4.
 *
 * Way of a name: tokens -> units (entities_hit.c) -> entity mentions (entities_mention.c) -> identities
 * (entities_identity.c) -> the same one again (entities_coref.c, entities_plural.c) -> the report's state for
 * institutions without one (entities_home.c) -> I and we in quotes (entities_quote.c).
 * Every part is one pass with a bounded look-back: linear in the length of the report.
 */
#ifndef NST_WHO_H
#define NST_WHO_H

#include "entities_model.h"

/* ---- units: the bricks of mentions ------------------------------------------------------- */

typedef enum nst_unit_kind {
    NST_UNIT_ENTITY,             /* a state, organisation, bloc of the knowledge base */
    NST_UNIT_PERSON,             /* a name that people of the knowledge base bear */
    NST_UNIT_ROLE,               /* "foreign minister", "troops" */
    NST_UNIT_NAME,               /* a name that only the parser, or a bracket in the text, knows */
    NST_UNIT_HONOUR,             /* Mr, Mrs, Sir */
    NST_UNIT_WORD,               /* "countries", "sides", "counterpart": see nst_who_word */
} nst_unit_kind;

/* General words that stand for parties named before. */
typedef enum nst_who_word {
    NST_WORD_NONE, NST_WORD_STATE, NST_WORD_SIDE, NST_WORD_PEOPLE, NST_WORD_COUNTERPART, NST_WORD_ORG,
    NST_WORD_NUMBER              /* "both", "the three" */
} nst_who_word;

typedef struct nst_who_unit {
    uint32_t first, end;         /* tokens */
    uint8_t kind;                /* nst_unit_kind */
    uint8_t name_kind;           /* NAME: nst_name_kind */
    uint8_t word;                /* WORD: nst_who_word */
    char gender;                 /* HONOUR: 'm', 'f', 0 */
    bool sure;                   /* PERSON: by full name */
    nst_kb_hit hit;              /* ENTITY, PERSON, ROLE */
    nst_kb_reading reading;      /* ENTITY, ROLE: the likeliest */
    uint32_t inside;             /* NAME: an entity named in it ("Central Bank of Syldavia"), NST_KB_NONE */
    uint32_t same;               /* NAME: the unit this abbreviates, NST_ROOT */
} nst_who_unit;

/* What only this stage knows of an entity mention. */
typedef struct nst_who_note {
    uint32_t unit;               /* its main unit, NST_ROOT for pronouns */
    uint32_t role;               /* knowledge base's role or NST_KB_NONE */
    uint32_t person;             /* knowledge base's person or NST_KB_NONE */
    uint32_t entity;             /* knowledge base's entity or NST_KB_NONE */
    uint32_t poss;               /* token of "his", "its" in it, NST_ROOT */
    uint8_t word;                /* nst_who_word */
    char gender;                 /* 'm', 'f', 0 unknown */
    bool own;                    /* its own words name a principal */
    bool former;                 /* "former", "ex-" */
    bool modifier;               /* a name that only modifies */
} nst_who_note;

/* The workspace of one report. */
typedef struct nst_who {
    const nst_kb *kb;
    const nst_parse *p;
    nst_arena *doc, *scratch;
    nst_entities *out;
    nst_day day;                 /* of the report; NST_NO_DAY if unknown */
    nst_kb_words words;          /* the report's, for matching */
    nst_who_unit *units;         /* [n_units] in order, not overlapping */
    nst_who_note *notes;         /* [n_actors] beside out->actors */
    uint32_t n_units, cap_units, cap_actors, cap_notes;
    uint32_t *unit_at;           /* [n_tokens] unit that covers the token, NST_ROOT */
    uint32_t *name_at;           /* [n_tokens] parser's name that covers the token, NST_ROOT */
    uint32_t *alias;             /* [n_tokens] actor a further token of a name leads to, NST_ROOT */
    uint8_t *present;            /* [entities of the base] states that the report's names belong to */
    uint32_t n_coded;            /* names of the report that belong to a state */
    struct nst_who_family *families;     /* [n_families + 1] full names by their surnames; power of two */
    uint32_t n_families;         /* slots less one */
    uint8_t *quoted;             /* [n_tokens] 1 inside of quotation marks */
    struct nst_fame *fame;       /* [n_actors] by chain, see pronoun.h */
    struct nst_names *names;     /* words of names -> who bore them, see entities_coref.c */
    uint32_t first_person, last_subject;   /* chain, mention; NST_ROOT if none yet */
    const struct nst_who_tap *tap;   /* training only, see pronoun.h; else NULL */
    uint32_t *seen;              /* [people of the base] 0; NST_SEEN_SHORT; else named in full or by office */
} nst_who;

#define NST_SEEN_SHORT UINT32_MAX    /* named by surname only */

/* entities_surname.c: full names of a report by their surnames. */
void nst_who_family_begin(nst_who *w);
void nst_who_family_add(nst_who *w, uint32_t unit);
/* The first unit that names somebody in full whose surname is the word at token t; NST_ROOT. */
uint32_t nst_who_family_of(const nst_who *w, uint32_t t);
/* The same, if he is nobody of the knowledge base. */
uint32_t nst_who_stranger(const nst_who *w, uint32_t t);
/* Surnames that stand before the full name, and names as names: the last pass. */
void nst_who_full_names(nst_who *w);

/* entities_belong.c: states and sectors of those whom the base does not know. */
void nst_who_belong(nst_who *w);
/* Sector that the words of a body's name tell; 0. */
uint32_t nst_who_body_sector(const nst_who *w, uint32_t first, uint32_t end);
/* Sectors of a role whose words end at a token: an office that any body has takes the sector of its body,
 * `of` (0: unknown) or the one named behind it. */
uint32_t nst_who_office_sector(const nst_who *w, uint32_t role, uint32_t end, uint32_t of);

/* entities_hit.c: the units of the whole report. */
void nst_who_find_units(nst_who *w);
/* entities_mention.c: entity mentions from units and pronouns. */
void nst_who_find_mentions(nst_who *w);

/* entities_identity.c: what a known name stands for on the report's date. */
nst_identity nst_who_of_entity(const nst_who *w, uint32_t entity);
nst_identity nst_who_of_person(const nst_who *w, uint32_t person);
void nst_who_set(nst_who *w, nst_actor *a, nst_identity is);
/* Which bearer of a name is meant, beside a role (NST_KB_NONE), a principal (NST_KB_NONE), a gender (0). */
uint32_t nst_who_bearer(const nst_who *w, const nst_who_unit *u, uint32_t role, uint32_t entity, char gender);
/* The only holder of a role's office at an entity on the day, or NST_KB_NONE. */
uint32_t nst_who_holder(const nst_who *w, nst_str office, uint32_t entity);
/* One word for offices that are called differently ("foreign secretary" is "foreign minister"). */
nst_str nst_who_office(nst_str office);
/* Could the person be called so on the day (leader: of any head's office)? */
bool nst_who_fits_office(const nst_who *w, uint32_t person, nst_str office);
bool nst_who_state(const nst_who *w, uint32_t entity);
/* Has the person ever held an office of just this entity? */
bool nst_who_serves(const nst_who *w, uint32_t person, uint32_t entity);

/* entities_capital.c: does a capital or seat stand here for its government? */
bool nst_who_agent(const nst_who *w, const nst_who_unit *u, uint32_t head);

/* entities_gender.c: of a given name, a role's noun; 0 if it tells nothing. */
char nst_who_gender_name(nst_str given);
char nst_who_gender_noun(nst_str noun);

/* entities_coref.c: surnames, bare roles, pronouns; plural and quotes in files of their own. */
void nst_who_resolve(nst_who *w);
void nst_who_same(nst_who *w, uint32_t a, uint32_t b);
/* The earlier mention that bore the same name as mention b, NST_ROOT. */
uint32_t nst_who_named_before(const nst_who *w, uint32_t b);
/* entities_plural.c: "the two countries", "they" for several. False if nothing fits. */
bool nst_who_plural(nst_who *w, uint32_t a);
bool nst_who_they(nst_who *w, uint32_t a);
/* entities_home.c: the state of institutions that nobody names it for. */
void nst_who_home(nst_who *w);
bool nst_who_stateless(const char *code);    /* "", IGO, NGO and the like: no state's code */
/* entities_thing.c: things that acts are done to, once all else is resolved. */
void nst_who_things(nst_who *w);
/* entities_quote.c: which tokens stand inside of quotation marks. */
void nst_who_find_quoted(nst_who *w);
/* entities_quote.c: I, we, our in quotes, once all else is resolved. */
void nst_who_quotes(nst_who *w);

/* Small helpers. */
nst_str nst_who_word_of(const nst_who *w, uint32_t token);          /* the token's bytes */
bool nst_who_is(const nst_who *w, uint32_t token, const char *const *words);   /* NULL-ended, any case */
uint32_t nst_who_sent(const nst_who *w, uint32_t actor);            /* sentence of its head */

#endif
