/* kb_format.h - the compiled knowledge base: one block of bytes, read in place. Internal to
 * src/entities
 * and tools/mkactors.c.
 *
 * In: rows of data/actors. Out: a header, then sections of fixed-size records that refer to each
 * other
 * by index and to text by offset into the string section. Byte order is the machine's: the block is
 * made by the build that links it.
 *
 * Terms are paths of words in a trie whose edges live in one hash table: edge (node, word) -> node.
 * Root 0 holds names as folded; root 1 holds spelling skeletons of people's names.
 */
#ifndef NST_KB_FORMAT_H
#define NST_KB_FORMAT_H

#include "kb.h"

#define KB_MAGIC "nstkb01"
#define KB_ROOT_PLAIN 0u
#define KB_ROOT_SKELETON 1u
#define KB_NO_STR 0u                     /* offset of the empty string */

enum {
    KB_STR, KB_ENTITY, KB_SECTORS, KB_NAME, KB_PERSON, KB_OFFICE, KB_HOLDER, KB_CODE, KB_MEMBER,
    KB_MEMBER_OF, KB_ROLE, KB_EDGE, KB_NODE, KB_READING, KB_IDS, KB_N_SECTIONS
};

typedef struct kb_header {
    char magic[8];
    uint32_t bytes, reserved;
    struct { uint32_t off, n; } sec[KB_N_SECTIONS];
} kb_header;

typedef struct kb_entity {
    uint32_t id, name, note, publisher;  /* strings */
    char code[4];
    uint32_t kind, claimed;
    int32_t start, end, start_last, end_first;
    uint32_t sectors, n_sectors;         /* KB_SECTORS [sectors, +n) */
    uint32_t names, n_names;             /* KB_NAME */
    uint32_t codes, n_codes;             /* KB_CODE */
    uint32_t members, n_members;         /* KB_MEMBER, as the org */
    uint32_t member_of, n_member_of;     /* KB_MEMBER_OF, as the member */
    uint32_t holders, n_holders;         /* KB_HOLDER */
} kb_entity;

typedef struct kb_sectors { uint32_t bits; int32_t start, end; } kb_sectors;

typedef struct kb_name {
    uint32_t str, owner;
    uint8_t by, flags, person, pad;
    int32_t start, end;
} kb_name;

typedef struct kb_person { uint32_t id, name, offices, n_offices, names, n_names; } kb_person;

typedef struct kb_office {
    uint32_t person, entity, office, canon, note;
    int32_t start, end;                  /* first day of start, last day of end */
    int32_t start_last, end_first;       /* the other ends of imprecise dates */
    uint8_t open, unsure, pad[2];
} kb_office;

typedef struct kb_code {
    uint32_t entity, system, code;       /* system: index into kb_systems */
    int32_t start, end, start_last, end_first;
    uint32_t unsure;
} kb_code;

typedef struct kb_member {
    uint32_t org, member;
    int32_t start, end, start_last, end_first;
} kb_member;

typedef struct kb_role {
    uint32_t phrase, sectors, office;
    uint8_t kind, plural, flags, weak;   /* flags: KB_ROLE_* */
} kb_role;
enum { KB_ROLE_VOICE = 1, KB_ROLE_IGO = 2, KB_ROLE_ETHNIC = 4 };

typedef struct kb_edge { uint32_t check, node; } kb_edge;      /* node 0: empty slot */
typedef struct kb_node { uint32_t readings, n; } kb_node;

typedef struct kb_reading {
    uint32_t ref, name;                  /* name: string */
    uint8_t by, flags;
    uint16_t initial, caps;              /* words that must begin with, consist of, capitals */
    uint16_t pad;
    int32_t start, end;
} kb_reading;

/* ref: index * 4 + what + 1; 0: empty */
typedef struct kb_id { uint32_t check, ref; } kb_id;
enum { KB_ID_ENTITY, KB_ID_PERSON, KB_ID_ROLE };

/* One word of a text or term. */
typedef struct nst_kb_word {
    const char *p;                       /* folded */
    uint16_t n;
    uint8_t shape;                       /* KB_SHAPE_* */
    uint8_t place;                       /* KB_PLACE_* */
    uint32_t token;
} nst_kb_word;
enum { KB_SHAPE_INITIAL = 1, KB_SHAPE_CAPS = 2, KB_SHAPE_BREAK = 4, KB_SHAPE_LONE = 8,
       KB_SHAPE_SHOUTED = 16 };
enum { KB_PLACE_FIRST = 1, KB_PLACE_LAST = 2, KB_PLACE_POSSESSIVE = 4 };

extern const char *const kb_systems[];   /* "iso2", ... NULL at the end */
int kb_system_of(nst_str name);          /* -1 if there is none */
int kb_kind_of(nst_str name);

/* Splits text into words, calling push for each; `token` goes into each word. */
void kb_split(nst_str text, uint32_t token, nst_arena *a, nst_kb_words *w, uint32_t *cap);
/* Is the code point of a script other than Latin (Cyrillic and beyond)? */
static inline bool kb_foreign(uint32_t cp) { return cp >= 0x370 && cp < 0x1E00; }
/* Spelling skeleton of a folded word: what is left when transliterations are levelled. out: >=
 * 2n+8. */
uint32_t kb_skeleton(const char *p, uint32_t n, char *out);

/* Where an edge is looked for: hash of (node, word). The node is spread over all bits of the seed:
 * XXH3
 * adds the seed to short words, and neighbouring nodes would collide. */
static inline uint64_t kb_edge_hash(uint32_t node, const char *p, uint32_t n) {
    return nst_hash_seed(p, n, (uint64_t)(node + 1) * 0x9E3779B97F4A7C15u);
}
static inline uint64_t kb_id_hash(nst_str id, uint32_t what) {
    return nst_hash_seed(id.p, id.n, what);
}

/* ---- rows to block (entities_kbrows.c, entities_kbmake.c) -------------------------------- */

typedef enum kb_rowkind {
    ROW_NONE, ROW_STATES, ROW_CODES, ROW_ORGS, ROW_MEMBERS, ROW_PEOPLE, ROW_ROLES,
    ROW_WORDS, ROW_THINGS
} kb_rowkind;

#define KB_COLUMNS 11u
typedef struct kb_row {
    nst_str col[KB_COLUMNS];             /* "-" already turned into empty */
    const char *file;
    uint32_t line;
    uint8_t kind;                        /* kb_rowkind */
    bool user, dropped;
} kb_row;

typedef struct kb_rows {
    nst_arena *a;
    kb_row *rows;
    uint32_t n, cap;
    nst_writer *notes;                   /* "FILE:LINE: reason" lines; may be NULL */
    uint32_t errors, warnings;
} kb_rows;

/* Adds the rows of one file. Bad rows are noted and left out. `text` must outlive the rows. */
void kb_rows_read(kb_rows *r, const char *file, nst_str text, bool user);
void kb_note(kb_rows *r, const kb_row *row, const char *fmt, ...) __attribute__((format(printf,
             3, 4)));

/* A value with its marks: "Astana=1997-12..", "Jordan*", "MNE?". */
typedef struct kb_value { nst_str text; int32_t start, end; uint8_t flags; } kb_value;
/* Takes the next value off a "|" list; false at its end. Bad dates are noted. */
bool kb_value_next(kb_rows *r, const kb_row *row, nst_str *list, kb_value *v);
/* A date column: first and last day meant; false (noted) if it is none. Empty: NST_NO_DAY twice. */
bool kb_dates(kb_rows *r, const kb_row *row, nst_str s, int32_t *first, int32_t *last,
              bool *unsure);

/* Checks the rows against each other and writes the block to *out. Rows in error are left out. */
void kb_make(kb_rows *r, nst_writer *out);

#endif
