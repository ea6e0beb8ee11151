/* base_hash.c - fingerprints: XXH3 for tables and ids, SHA-256 (FIPS 180-4, by nettle) for
 * reports. */
#include <nettle/sha2.h>
#include <xxhash.h>

#include "base.h"

uint64_t nst_hash(const void *p, size_t n) { return XXH3_64bits(p, n); }

uint64_t nst_hash_seed(const void *p, size_t n, uint64_t seed) {
    return XXH3_64bits_withSeed(p, n, seed);
}

/* Title and text are joined by a NUL, which neither can hold, so that no two pairs hash alike. */
void nst_sha256(nst_str a, nst_str b, bool join, char hex[65]) {
    static const char digits[] = "0123456789abcdef";
    struct sha256_ctx ctx;
    uint8_t raw[SHA256_DIGEST_SIZE];
    sha256_init(&ctx);
    sha256_update(&ctx, a.n, (const uint8_t *)a.p);
    if (join) sha256_update(&ctx, 1, (const uint8_t *)"");
    sha256_update(&ctx, b.n, (const uint8_t *)b.p);
    sha256_digest(&ctx, sizeof raw, raw);
    for (size_t i = 0; i < sizeof raw; i++) {
        hex[2 * i] = digits[raw[i] >> 4];
        hex[2 * i + 1] = digits[raw[i] & 15];
    }
    hex[64] = 0;
}
