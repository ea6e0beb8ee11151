/* entities_gazetteer.c - the gazetteer: names to places, by hash, in bytes compiled into the
 * program.
 *
 * In: a name. Out: the places that bear it. The idea: every name is folded to a key; 16 bits of
 * the key's hash choose a bucket, 32 more are stored, so that a false match is one in 10^9; no
 * name is kept but the one to show. Places: GeoNames (geonames.org, CC BY 4.0) and our own lists
 * (data/places). Invariants: (1) const; opening allocates nothing; (2) offsets are checked once,
 * when it is opened.
 * Reference for the hash: FNV-1a by G. Fowler, L. C. Noll and K.-P. Vo.
 */
#include "where.h"

NST_INCBIN(nst_gazetteer_data, "data/places/gazetteer.bin");

bool nst_gazetteer_over(const unsigned char *b, size_t n, nst_gazetteer *g) {
    const nst_gaz_head *h = (const nst_gaz_head *)b;
    if (n < sizeof(*h) || memcmp(h->magic, "NSTGAZ1", 8) != 0 || h->size > n) return false;
    if (h->at_places + (uint64_t)h->n_places * sizeof(nst_gaz_place) > n ||
        h->at_keys + (uint64_t)h->n_keys * sizeof(nst_gaz_key) > n ||
            h->at_buckets + 4ull * 65537 > n ||
        h->at_countries + (uint64_t)h->n_countries * sizeof(nst_gaz_country) > n ||
        h->at_divisions + 4ull * h->n_divisions > n || h->at_names >= n)
        return false;
    *g = (nst_gazetteer){h, (const nst_gaz_place *)(b + h->at_places),
                         (const nst_gaz_key *)(b + h->at_keys),
                             (const uint32_t *)(b + h->at_buckets),
                         (const nst_gaz_country *)(b + h->at_countries),
                         (const uint32_t *)(b + h->at_divisions), (const char *)(b + h->at_names)};
    return true;
}

bool nst_gazetteer_open(nst_gazetteer *g) {
    return nst_gazetteer_over(nst_gazetteer_data_start,
                              (size_t)(nst_gazetteer_data_end - nst_gazetteer_data_start), g);
}

/* Is the code point an apostrophe, which names drop ("Sana'a", "Cote d'Ivoire")? */
static bool apostrophe(uint32_t c) {
    return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x2BC || c == 0x2BB ||
        c == 0xB4;
}

void nst_where_key_add(nst_where_key *k, nst_str word, bool space) {
    size_t i = 0;
    bool gap = space && k->n > 0;
    while (i < word.n && k->n <= NST_WHERE_KEY) {
        uint32_t c = nst_utf8_next(word.p, word.n, &i);
        if (apostrophe(c)) continue;
        bool letter = nst_utf8_alpha(c) || (c >= '0' && c <= '9') || c == '~';
        if (!letter) {
            gap = k->n > 0;
            continue;
        }
        char out[4];
        int n = nst_utf8_put(nst_utf8_fold(c), out);
        if (k->n + (uint32_t)n + gap > NST_WHERE_KEY) {
            k->n = NST_WHERE_KEY + 1;
            return;
        }
        if (gap) k->p[k->n++] = ' ';
        gap = false;
        memcpy(k->p + k->n, out, (size_t)n);
        k->n += (uint32_t)n;
    }
}

uint64_t nst_where_hash(const nst_where_key *k) {
    uint64_t h = 14695981039346656037ull;
    for (uint32_t i = 0; i < k->n; i++) h = (h ^ (unsigned char)k->p[i]) * 1099511628211ull;
    return h ^ (h >> 29);
}

const nst_gaz_key *nst_gazetteer_find(const nst_gazetteer *g, uint64_t hash, uint32_t *n) {
    uint32_t bucket = (uint32_t)(hash >> 48), want = (uint32_t)(hash >> 16);
    uint32_t lo = g->buckets[bucket], hi = g->buckets[bucket + 1], end = hi;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (g->keys[mid].hash < want) lo = mid + 1;
        else hi = mid;
    }
    *n = 0;
    while (lo + *n < end && g->keys[lo + *n].hash == want) ++*n;
    return *n ? &g->keys[lo] : NULL;
}
