/* kb_read.h - the open knowledge base: pointers into the block. Internal to src/entities. */
#ifndef NST_KB_READ_H
#define NST_KB_READ_H

#include "kb_format.h"

struct nst_kb {
    const unsigned char *base;
    const char *str;
    const kb_entity *entities;
    const kb_sectors *sectors;
    const kb_name *names;
    const kb_person *persons;
    const kb_office *offices;
    const uint32_t *holders;             /* offices by entity, newest first */
    const kb_code *codes;
    const kb_member *members;
    const uint32_t *member_of;           /* members by member */
    const kb_role *roles;
    const kb_edge *edges;
    const kb_node *nodes;
    const kb_reading *readings;
    const kb_id *ids;
    uint32_t n_entities, n_persons, n_roles, n_codes, edge_mask, id_mask;
    void *owned;                         /* the block, if it was made at run time */
};

/* Strings are stored as their length in two bytes, their bytes, and a NUL; offsets point at the
 * bytes. */
static inline nst_str kb_str(const nst_kb *kb, uint32_t off) {
    const char *p = kb->str + off;
    return (nst_str){p, (uint32_t)(unsigned char)p[-2] | (uint32_t)(unsigned char)p[-1] << 8};
}

/* Looks at a block; false if it is none of this version. */
bool kb_attach(nst_kb *kb, const void *block, size_t bytes);

#endif
