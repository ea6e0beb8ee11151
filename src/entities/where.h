/* where.h - the gazetteer, and places of a text. Private to entities_where*.c, its scorer and the
 * packer.
 *
 * In: names. Out: places that bear them: "Strelsau" none, "Springfield" forty-odd. The gazetteer
 * is one block of bytes, packed by tools/mkgazetteer.c and compiled in; opening it is reading its
 * head. Little-endian machines only (x86-64, arm64).
 */
#ifndef NST_WHERE_H
#define NST_WHERE_H

#include "atoms.h"
#include "entities.h"

enum {
    NST_GAZ_TOWN = 1, NST_GAZ_COUNTY, NST_GAZ_DIVISION, NST_GAZ_COUNTRY, NST_GAZ_REGION,
        NST_GAZ_POINT,
    NST_GAZ_CONTINENT,
    NST_GAZ_CAPITAL = 128        /* a bit beside NST_GAZ_TOWN: the seat of a state */
};
#define NST_GAZ_KIND(x) ((x)->kind & 127)

/* One place, as packed. */
typedef struct nst_gaz_place {
    uint32_t id;                 /* GeoNames, 0 if it has none */
    int32_t lat, lon;            /* ten-thousandths of a degree */
    uint32_t name;               /* offset of its name (NUL-terminated) */
    uint32_t population;
    uint16_t division;           /* index into divisions, 0 none */
    uint8_t country;             /* index into countries, 0 none */
    uint8_t kind;
} nst_gaz_place;

/* A name's hash, less its first 16 bits (the bucket), and the place that bears it. */
typedef struct nst_gaz_key {
    uint32_t hash, place;
} nst_gaz_key;

typedef struct nst_gaz_country {
    char iso2[4], iso3[4];
    uint32_t place;              /* UINT32_MAX if it is not itself listed */
} nst_gaz_country;

typedef struct nst_gaz_head {
    char magic[8];               /* "NSTGAZ1" */
    uint32_t n_places, n_keys, n_countries, n_divisions;
    uint32_t at_places, at_keys, at_buckets, at_countries, at_divisions, at_names, size, zero;
} nst_gaz_head;

typedef struct nst_gazetteer {
    const nst_gaz_head *head;
    const nst_gaz_place *places;
    const nst_gaz_key *keys;
    const uint32_t *buckets;     /* [65537] first key of each bucket */
    const nst_gaz_country *countries;
    const uint32_t *divisions;   /* [n_divisions] place of each; 0 is none */
    const char *names;
} nst_gazetteer;

/* The gazetteer compiled in; false if the bytes are no gazetteer. */
bool nst_gazetteer_open(nst_gazetteer *g);
/* The same over bytes of the caller's. */
bool nst_gazetteer_over(const unsigned char *bytes, size_t n, nst_gazetteer *g);

/* A name's key: letters and digits folded, apostrophes dropped, all else one blank. Grown piece by
 * piece. */
#define NST_WHERE_KEY 64
typedef struct nst_where_key {
    char p[NST_WHERE_KEY];
    uint32_t n;                  /* NST_WHERE_KEY + 1: too long to be a place */
} nst_where_key;
void nst_where_key_add(nst_where_key *k, nst_str word, bool space);
uint64_t nst_where_hash(const nst_where_key *k);
/* First key of that hash; *n how many follow each other. NULL if none. */
const nst_gaz_key *nst_gazetteer_find(const nst_gazetteer *g, uint64_t hash, uint32_t *n);

/* ---- toponyms of a document ---------------------------------------------------------------- */

#define NST_WHERE_CANDIDATES 16

/* A name in the text that may be a place. */
typedef struct nst_toponym {
    nst_span span;
    uint32_t sent;
    uint32_t first, end;         /* atoms of its sentence */
    uint64_t hash;
    uint32_t candidate[NST_WHERE_CANDIDATES]; /* places, likeliest first */
    float score[NST_WHERE_CANDIDATES];
    uint8_t n;                   /* candidates; 0: a name of a place we do not know */
    uint8_t pick;                /* the one chosen */
    bool personal;               /* stands in what looks like a person's name */
    bool alias;                  /* written with a name, not with an abbreviation */
    bool fixed;                  /* chosen by what stands next to it: "Springfield, Illinois" */
    uint32_t group;              /* the first toponym with the same name */
    float best;                  /* of the first of a name: the most trust any of them has */
    float trust;                 /* how sure it is that it is a place at all */
} nst_toponym;

typedef struct nst_toponyms {
    nst_toponym *t;
    uint32_t n, cap;
} nst_toponyms;

/* Finds the toponyms of one sentence. */
void nst_where_spot(const nst_gazetteer *g, const nst_parse *p, uint32_t sent, nst_arena *doc,
                    nst_arena *scratch, nst_toponyms *out);
/* Chooses among the candidates of all of them. */
void nst_where_resolve(const nst_gazetteer *g, const nst_text *t, nst_toponyms *all,
                       nst_arena *scratch);

#endif
