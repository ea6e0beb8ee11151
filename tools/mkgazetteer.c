/* mkgazetteer.c - packs the lines of mkgazetteer.py into data/places/gazetteer.bin.
 *
 * In (standard input): id, kind, lat, lon, population, alpha-2, division code, name, names,
 * abbreviations. Out (standard output): nst_gaz_head and its tables (src/entities/where.h).
 * Abbreviations are stored under keys that begin with '~', so that only a text that writes them as
 * such finds them.
 * Build: cc -Iinclude -Isrc/... tools/mkgazetteer.c src/entities/entities_gazetteer.c
 * build/libnestor.a
 */
#include <stdlib.h>

#include "where.h"

typedef struct full_key {
    uint64_t hash;
    uint32_t place;
} full_key;

static nst_gaz_place *places;
static full_key *keys;
static nst_gaz_country countries[256];
static char (*division_code)[16];
static uint32_t *divisions, n_places, n_keys, n_countries = 1, n_divisions = 1;
static char *names;
static uint32_t n_names = 1;

/* Order of keys: by hash, then places by population. */
static int by_hash(const void *x, const void *y) {
    const full_key *a = x, *b = y;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    uint32_t p = places[a->place].population, q = places[b->place].population;
    if (p != q) return p > q ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static void add_key(const char *name, bool abbreviation, uint32_t place) {
    nst_where_key k = {0};
    if (abbreviation) nst_where_key_add(&k, NST_S("~"), false);
    nst_where_key_add(&k, nst_str_c(name), false);
    if (k.n < 2 || k.n > NST_WHERE_KEY) return;
    keys[n_keys++] = (full_key){nst_where_hash(&k), place};
}

/* Index of a country by its alpha-2, made when new. */
static uint8_t country_of(const char *iso2) {
    if (!iso2[0]) return 0;
    for (uint32_t i = 1; i < n_countries; i++)
        if (!strcmp(countries[i].iso2, iso2)) return (uint8_t)i;
    countries[n_countries].place = UINT32_MAX;
    snprintf(countries[n_countries].iso2, 4, "%s", iso2);
    return (uint8_t)n_countries++;
}

/* Index of a division by its code, made when new; the code's hash leads the search. */
static uint16_t division_of(const char *code) {
    static uint16_t table[1 << 16];
    if (!code[0] || !strchr(code, '.') || code[strlen(code) - 1] == '.') return 0;
    uint32_t h = (uint32_t)nst_hash(code, strlen(code)) & 0xFFFF;
    for (; table[h]; h = (h + 1) & 0xFFFF)
        if (!strcmp(division_code[table[h]], code)) return table[h];
    table[h] = (uint16_t)n_divisions;
    snprintf(division_code[n_divisions], 16, "%s", code);
    divisions[n_divisions] = UINT32_MAX;
    return (uint16_t)n_divisions++;
}

/* One line of input. */
static void line(char *z) {
    char *f[10];
    int n = 0;
    for (char *p = z; n < 10; n++) {
        f[n] = p;
        p = strchr(p, '\t');
        if (!p) { n++; break; }
        *p++ = 0;
    }
    if (n < 10) return;
    nst_gaz_place *x = &places[n_places];
    *x = (nst_gaz_place){.id = (uint32_t)atol(f[0]), .kind = (uint8_t)atoi(f[1]),
        .lat = (int32_t)(atof(f[2]) * 10000 + (f[2][0] == '-' ? -0.5 : 0.5)),
        .lon = (int32_t)(atof(f[3]) * 10000 + (f[3][0] == '-' ? -0.5 : 0.5)), .name = n_names,
        .population = (uint32_t)atoll(f[4]), .country = country_of(f[5]),
            .division = division_of(f[6])};
    size_t len = strlen(f[7]) + 1;
    memcpy(names + n_names, f[7], len);
    n_names += (uint32_t)len;
    if (x->kind == NST_GAZ_COUNTRY) {
        countries[x->country].place = n_places;
        snprintf(countries[x->country].iso3, 4, "%s", f[9]);
    }
    if (x->kind == NST_GAZ_DIVISION && x->division) divisions[x->division] = n_places;
    add_key(f[7], false, n_places);
    for (char *p = strtok(f[8], "|"); p; p = strtok(NULL, "|")) add_key(p, false, n_places);
    if (x->kind == NST_GAZ_DIVISION)
        for (char *p = strtok(f[9], "|"); p; p = strtok(NULL, "|")) add_key(p, true, n_places);
    n_places++;
}

/* Sorts the keys and drops repetitions. */
static void sort_keys(void) {
    qsort(keys, n_keys, sizeof *keys, by_hash);
    uint32_t m = 0;
    for (uint32_t i = 0; i < n_keys; i++)
        if (!m || keys[m - 1].hash != keys[i].hash || keys[m - 1].place != keys[i].place)
            keys[m++] = keys[i];
    n_keys = m;
}

static void put(const void *p, size_t n) {
    static const char zero[16];
    fwrite(p, 1, n, stdout);
    fwrite(zero, 1, (16 - n % 16) % 16, stdout);
}

static uint32_t pad(size_t n) { return (uint32_t)((n + 15) / 16 * 16); }

int main(void) {
    places = calloc(400000, sizeof *places);
    keys = calloc(3000000, sizeof *keys);
    divisions = calloc(60000, sizeof *divisions);
    division_code = calloc(60000, sizeof *division_code);
    names = calloc(20000000, 1);
    char *buf = NULL;
    size_t cap = 0;
    while (getline(&buf, &cap, stdin) > 0) {
        buf[strcspn(buf, "\n")] = 0;
        line(buf);
    }
    sort_keys();
    uint32_t *buckets = calloc(65537, 4);
    nst_gaz_key *small = calloc(n_keys, sizeof *small);
    for (uint32_t i = 0; i < n_keys; i++) {
        buckets[(keys[i].hash >> 48) + 1]++;
        small[i] = (nst_gaz_key){(uint32_t)(keys[i].hash >> 16), keys[i].place};
    }
    for (uint32_t b = 0; b < 65536; b++) buckets[b + 1] += buckets[b];
    nst_gaz_head h = {.magic = "NSTGAZ1", .n_places = n_places, .n_keys = n_keys,
                      .n_countries = n_countries, .n_divisions = n_divisions};
    h.at_places = pad(sizeof h);
    h.at_keys = h.at_places + pad(n_places * sizeof *places);
    h.at_buckets = h.at_keys + pad(n_keys * sizeof *small);
    h.at_countries = h.at_buckets + pad(65537 * 4);
    h.at_divisions = h.at_countries + pad(n_countries * sizeof *countries);
    h.at_names = h.at_divisions + pad(n_divisions * 4);
    h.size = h.at_names + pad(n_names);
    put(&h, sizeof h);
    put(places, n_places * sizeof *places);
    put(small, n_keys * sizeof *small);
    put(buckets, 65537 * 4);
    put(countries, n_countries * sizeof *countries);
    put(divisions, n_divisions * 4);
    put(names, n_names);
    fprintf(stderr, "%u places, %u names, %u countries, %u divisions, %u bytes\n", n_places, n_keys,
            n_countries, n_divisions, h.size);
    return 0;
}
