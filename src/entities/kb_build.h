/* kb_build.h - what the parts of the knowledge base's compiler share. Internal. */
#ifndef NST_KB_BUILD_H
#define NST_KB_BUILD_H

#include "kb_format.h"

/* Strings to indexes, growing; keys are not copied. */
typedef struct kb_map {
    nst_arena *a;
    struct { nst_str key; uint32_t value, used; } *slots;
    uint32_t n, size;
} kb_map;
uint32_t kb_map_get(const kb_map *m, nst_str key);             /* NST_KB_NONE if it is not there */
void kb_map_put(kb_map *m, nst_str key, uint32_t value);

/* How people of a state are named. */
typedef struct kb_style {
    bool family_first;                   /* Xi Jinping */
    bool both;                           /* both words are in use alone */
    bool transliterated;                 /* from another script, so spellings differ */
} kb_style;

/* The terms on their way into the trie. */
typedef struct kb_trie kb_trie;
typedef struct kb_build {
    kb_rows *r;
    nst_arena *a;
    nst_writer str;                      /* string section */
    kb_map strings, entities, persons, roles;
    /* plain words; how many people have a word as given name */
    kb_map plain, given;
    kb_entity *ent;
    kb_sectors *sec;
    kb_name *names;
    kb_person *per;
    kb_office *off;
    kb_code *codes;
    kb_member *mem;
    kb_role *role;
    const kb_row **ent_row;              /* [n_ent] where it was defined */
    const kb_row **off_row, **code_row;
    uint32_t n_ent, c_ent, n_sec, c_sec, n_names, c_names, n_per, c_per, n_off, c_off;
    uint32_t n_codes, c_codes;
    uint32_t n_mem, c_mem, n_role, c_role, c_ent_row, c_off_row, c_code_row;
    uint32_t *holder, *member_of;
    kb_trie *trie;
} kb_build;

uint32_t kb_string(kb_build *b, nst_str s);                    /* offset in the string section */
nst_str kb_string_at(const kb_build *b, uint32_t off);

kb_trie *kb_trie_new(kb_build *b);
/* Adds a term that means ref; `value` has its text, flags and time. Notes terms of too many words.
 * */
void kb_term_add(kb_build *b, const kb_row *row, kb_value value, uint8_t by, uint32_t ref);
/* Adds the terms of a person's name: as it is, in another order, with initials, the surname. */
void kb_person_terms(kb_build *b, const kb_row *row, kb_value name, uint32_t person, kb_style style,
                     bool main_name);
/* Sorts readings by node and writes the sections KB_EDGE, KB_NODE, KB_READING. */
void kb_trie_write(kb_build *b, nst_writer *w, kb_header *h);
/* Appends a section of n records, aligned to 16. */
void kb_section(nst_writer *w, kb_header *h, int which, const void *p, uint32_t n, size_t size);

#endif
