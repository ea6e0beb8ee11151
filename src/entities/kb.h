/* kb.h - the knowledge base: what is known of actors by name, office and date.
 *
 * In: words of a report. Out: readings, that is, what these words can stand for.
 *   [Ruritania]: the state RUR, by name ; [foreign minister]: a role, GOV, an office word
 * The base is compiled from data/actors (tools/mkactors.c) into one block of bytes that is used in
 * place: opening costs nothing, and a word costs a constant number of table look-ups however large
 * the files grow. A user's file is compiled at run time together with the same rows; user rows win.
 * Everything here is const after loading and may be shared by threads. Strings live as long as the
 * base.
 * Use: nst_kb_words_of (once a report), nst_kb_match (at each token), nst_kb_pick (which reading).
 */
#ifndef NST_KB_H
#define NST_KB_H

#include "entities.h"

typedef struct nst_kb nst_kb;

#define NST_KB_NONE UINT32_MAX
#define NST_KB_MAX_WORDS 16u /* words in one term; longer ones are left out with a note */
#define NST_KB_MAX_HITS 16u              /* hits at one token */

/* user_file NULL: the compiled base alone. Bad rows of a user's file go to `notes` (may be NULL),
 * one
 * line each ("FILE:LINE: reason"); the rest is used. Fails with NST_EIO, NST_ENOMEM, NST_EMODEL. */
nst_status nst_kb_open(const char *user_file, nst_writer *notes, const nst_kb **out, nst_err *e);
void nst_kb_close(const nst_kb *kb);     /* NULL is fine */

/* ---- entities: states, organisations, blocs, groups, companies, media, bodies of states ---- */

typedef enum nst_kb_kind {
    NST_KB_STATE, NST_KB_IGO, NST_KB_ALLIANCE, NST_KB_UNION, NST_KB_BLOC, NST_KB_COURT, NST_KB_BANK,
    NST_KB_AGENCY_UN, NST_KB_BODY_EU, NST_KB_NGO, NST_KB_ARMED_GROUP, NST_KB_PARTY, NST_KB_COMPANY,
    NST_KB_MEDIA_AGENCY, NST_KB_MEDIA_OUTLET, NST_KB_MINISTRY, NST_KB_ARMY, NST_KB_BODY,
    NST_KB_OTHER,
    NST_KB_N_KINDS
} nst_kb_kind;
const char *nst_kb_kind_name(int kind);  /* as in the files: "igo", "armed_group" */

typedef struct nst_kb_entity {
    nst_str id;                          /* "RUR", "NATO", "BLOC_WEST" */
    nst_str name;
    nst_str note;                        /* free text; empty if none */
    nst_str publisher;                   /* media: the publisher's family, empty if unknown */
    nst_kb_kind kind;
    char code[4];                        /* a state's alpha-3 (claimant's for sector PRE), IGO UNO EUR
                                            NGO ISM IMG MNC, or empty: blocs have none */
    bool claimed;                        /* a place of sector PRE, whose code is the claimant's */
    nst_day start, end;                  /* NST_NO_DAY: not known, or since before 1946, or still */
    nst_day start_last, end_first;       /* imprecise dates: last day of the start, first of the end */
} nst_kb_entity;

uint32_t nst_kb_entity_count(const nst_kb *kb);
uint32_t nst_kb_entity_of(const nst_kb *kb, nst_str id);          /* index or NST_KB_NONE */
nst_kb_entity nst_kb_entity_get(const nst_kb *kb, uint32_t entity);
/* Sector bits on a day (NST_NO_DAY: all that it ever had). States: GOV, with PRE where claimed. */
uint32_t nst_kb_sectors_on(const nst_kb *kb, uint32_t entity, nst_day day);
/* The entity's code in a system ("iso2" "iso3" "isonum" "cow" "gw" "cameo" "fips" "m49") on a day;
 * NST_NO_DAY: the newest. Empty where none is valid. *unsure (may be NULL) when the files mark it
 * so. */
nst_str nst_kb_code_on(const nst_kb *kb, uint32_t entity, const char *system, nst_day day,
                       bool *unsure);
/* The i-th code of an entity in any system, by system and start; the count. */
typedef struct nst_kb_code {
    const char *system;
    nst_str code;
    nst_day start, start_last, end_first, end;   /* imprecise dates: first and last day meant */
    bool unsure;
} nst_kb_code;
uint32_t nst_kb_codes(const nst_kb *kb, uint32_t entity, uint32_t i, nst_kb_code *out);
/* Which state has this code in a system on a day; NST_KB_NONE if none. */
uint32_t nst_kb_coded(const nst_kb *kb, const char *system, nst_str code, nst_day day);

typedef enum nst_kb_truth { NST_KB_NO, NST_KB_YES, NST_KB_UNKNOWN } nst_kb_truth;

typedef struct nst_kb_member {
    uint32_t org, member;
    nst_day start, start_last, end_first, end;   /* imprecise dates: first and last day meant */
} nst_kb_member;
/* count; fills *out for i < count */
uint32_t nst_kb_members(const nst_kb *kb, uint32_t org, uint32_t i, nst_kb_member *out);
uint32_t nst_kb_memberships(const nst_kb *kb, uint32_t member, uint32_t i, nst_kb_member *out);
bool nst_kb_is_member(const nst_kb *kb, uint32_t org, uint32_t member, nst_day day);

/* ---- people ------------------------------------------------------------------------------ */

typedef struct nst_kb_office {
    uint32_t person, entity;
    nst_str office;                      /* as the files write it: "oil minister" */
    nst_str canon;                       /* its canonical office word: "energy minister" */
    nst_str note;
    /* first and last day it can have been held; NST_NO_DAY: not known */
    nst_day start, end;
    /* imprecise dates: last day of the start, first of the end */
    nst_day start_last, end_first;
    /* `end` is not the end but the last day it is known to be held */
    bool open;
    bool unsure;
} nst_kb_office;

uint32_t nst_kb_person_count(const nst_kb *kb);
uint32_t nst_kb_person_of(const nst_kb *kb, nst_str id);
nst_str nst_kb_person_id(const nst_kb *kb, uint32_t person);
nst_str nst_kb_person_name(const nst_kb *kb, uint32_t person);
/* count; by start */
uint32_t nst_kb_offices(const nst_kb *kb, uint32_t person, uint32_t i, nst_kb_office *out);
/* Holders of offices of an entity, newest first. */
uint32_t nst_kb_holders(const nst_kb *kb, uint32_t entity, uint32_t i, nst_kb_office *out);
/* Did the person hold `office` (a role phrase, compared by its canonical word; empty: any office)
 * of entity (NST_KB_NONE:
 * of anything) on that day? UNKNOWN after known_until and for offices the files do not give him;
 * NO only if he held that office at another time and is known not to hold it on this day. */
nst_kb_truth nst_kb_held(const nst_kb *kb, uint32_t person, nst_str office, uint32_t entity,
                         nst_day day);
/* Did the person lead a state, a government, its foreign or defence ministry, or an organisation
 * on the
 * day (or, where that is not known, at some time before)? */
bool nst_kb_prominent(const nst_kb *kb, uint32_t person, nst_day day);
/* How telling an office is, by its canonical word: 0 head of state, ... 99 any other. */
int nst_kb_office_rank(nst_str canon);
/* The most telling office on a day (head of state or government first). False if none is known.
 * When none is known for the day, but one was held before and is open, gives that one with open
 * set. */
bool nst_kb_office_on(const nst_kb *kb, uint32_t person, nst_day day, nst_kb_office *out);

/* ---- roles ------------------------------------------------------------------------------- */

typedef struct nst_kb_role {
    nst_str phrase;
    uint32_t sectors;
    char kind;                           /* 'p' person, 'g' group, 'b' body */
    bool plural;
    /* canonical office word: "prime minister" for "premier"; empty */
    nst_str office;
    bool voice;                          /* speaks for a principal: spokesman */
    bool igo;                            /* states together, an international body */
    bool ethnic;                         /* a people */
} nst_kb_role;

uint32_t nst_kb_role_count(const nst_kb *kb);
nst_kb_role nst_kb_role_get(const nst_kb *kb, uint32_t role);
uint32_t nst_kb_role_of(const nst_kb *kb, nst_str phrase);        /* exact phrase, lower case */

/* ---- matching ---------------------------------------------------------------------------- */

typedef enum nst_kb_by {                 /* by what kind of name */
    NST_KB_BY_NAME,                      /* state or organisation by (full) name */
    NST_KB_BY_ABBREVIATION,
    NST_KB_BY_ADJECTIVE,                 /* "Ruritanian" */
    NST_KB_BY_DEMONYM,                   /* "a Ruritanian", "Ruritanians" */
    NST_KB_BY_CAPITAL,                   /* "Strelsau" */
    NST_KB_BY_SEAT,                      /* "the Kremlin" */
    NST_KB_BY_FULL_NAME,                 /* person */
    NST_KB_BY_SURNAME,                   /* person: surname or a short name in use */
    NST_KB_BY_ROLE,                      /* ref is a role */
    NST_KB_BY_THING,                     /* no actor, though a name inside is one: "Strelsau Accords", a sea,
                                            a war. Never picked; nothing inside is found either */
} nst_kb_by;

enum {                                   /* flags of a reading */
    NST_KB_WEAK = 1,                     /* the word more often means something else */
    NST_KB_UNSURE = 2,                   /* the files mark it so */
    NST_KB_VARIANT = 4,          /* found by a spelling variant, initials or another order */
    NST_KB_USER = 8,                     /* from the user's file */
    NST_KB_OBSCURE = 16,                 /* nst_kb_pick: a surname whose bearer leads nothing on the day:
                                            believe it with a title before it or the full name elsewhere */
};

typedef struct nst_kb_reading {
    uint8_t by;                          /* nst_kb_by */
    uint8_t flags;
    uint32_t ref;                        /* entity, person (FULL_NAME, SURNAME) or role (ROLE) */
    nst_str name;                        /* the name as the files write it */
    nst_day start, end;                  /* when the name meant this; NST_NO_DAY: no limit known */
} nst_kb_reading;

typedef struct nst_kb_hit {
    uint32_t first, end;                 /* tokens [first, end) */
    uint32_t n;                          /* readings */
    uint32_t from;                       /* opaque: with i < n for nst_kb_reading_get */
    uint32_t shape;                      /* opaque: capitals of the words */
    bool variant;                        /* only by spelling variant: all readings are VARIANT */
    bool shouted;                        /* all letters around are capitals: case says nothing */
} nst_kb_hit;

/* The report's tokens as words for matching (folded, without diacritics), one pass. */
typedef struct nst_kb_words {
    struct nst_kb_word *words;           /* [n_words] */
    uint32_t n_words;
    uint32_t *first;                     /* [n_tokens + 1] first word of each token */
    uint32_t *thing;                     /* [n_tokens] remembered by nst_kb_match: where a thing that begins
                                            here ends; 0 not looked yet */
    uint32_t n_tokens;
} nst_kb_words;

void nst_kb_words_of(const nst_text *t, nst_arena *doc, nst_kb_words *out);
/* Words of a phrase; its tokens are its runs of non-blanks. */
void nst_kb_words_phrase(nst_str phrase, nst_arena *a, nst_kb_words *out);
/* All terms that begin at `token`, longest first; none inside a thing (NST_KB_BY_THING); never
 * across sentences. Returns the number of hits,
 * at most NST_KB_MAX_HITS. Hits whose capitals do not fit have no readings and are left out. */
uint32_t nst_kb_match(const nst_kb *kb, const nst_kb_words *w, uint32_t token, nst_kb_hit *hits);
/* The i-th reading of a hit; false if its capitals do not fit the text. */
bool nst_kb_reading_get(const nst_kb *kb, const nst_kb_hit *hit, uint32_t i, nst_kb_reading *out);
/* The likeliest reading for a report of that day: user's first, then in its time, then not weak,
 * then
 * by kind. False when the hit has none. For a surname: of those in office on the day, if only one
 * is. */
bool nst_kb_pick(const nst_kb *kb, const nst_kb_hit *hit, nst_day day, nst_kb_reading *out);
/* All names of an entity (person false) or a person, as the files write them. Count; *out for i <
 * count. */
uint32_t nst_kb_names(const nst_kb *kb, uint32_t ref, bool person, uint32_t i, nst_kb_reading *out);

#endif
