/* entities_kbspell.c - spelling skeletons: one form for the ways a foreign name is written in
 * English.
 *
 * In: a folded word: "aleinik", "aleynik", "алейник". Out: what is left when transliterations are
 * levelled: "aleinik" for all three. Idea: Cyrillic letters to Latin, then rules on letter groups,
 * then doubled letters to one. Both sides of a comparison go through here, so a skeleton need not
 * be
 * anybody's spelling. Invariants: (1) deterministic; (2) at most 2n + 8 bytes out of n.
 * Reference: the ALA-LC, BGN/PCGN and scholarly romanizations of Cyrillic, and press use.
 */
#include "kb_format.h"

/* Latin for a Cyrillic letter (folded), NULL if it is none. */
static const char *cyrillic(uint32_t cp) {
    static const char *const abc[32] = {
        "a", "b", "v", "g", "d", "e",  "zh", "z",  "i",  "i",    "k", "l", "m", "n", "o",  "p",
        "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "",  "y", "",  "e", "yu", "ya"};
    if (cp >= 0x430 && cp <= 0x44F) return abc[cp - 0x430];
    switch (cp) {
    case 0x451: return "e";              /* io */
    case 0x454: return "e";              /* Ukrainian ie */
    case 0x456: case 0x457: return "i";  /* i, yi */
    case 0x45E: return "u";              /* Belarusian short u */
    case 0x491: return "g";
    default: return NULL;
    }
}

/* Letter groups and what they level to; the first that fits is taken, so longer ones come first. */
static const struct { const char *from, *to;
} rules[] = {
    {"shch", "S"}, {"stch", "S"}, {"tsch", "C"}, {"dzh", "j"}, {"sch", "S"}, {"tch", "C"},
    {"iy", "i"},   {"yi", "i"},   {"ii", "i"},   {"ij", "i"},  {"yy", "i"},  {"ay", "ei"},
    {"ai", "ei"},  {"ey", "ei"},  {"ei", "ei"},  {"ej", "ei"}, {"aj", "ei"}, {"ks", "x"},
    {"kh", "h"},   {"zh", "j"},   {"dj", "j"},   {"sh", "S"},  {"ch", "C"},  {"ph", "f"},
    {"th", "t"},   {"gh", "g"},   {"dh", "d"},   {"bh", "b"},  {"ou", "u"},  {"oo", "u"},
    {"ee", "i"},   {"ck", "k"},   {"tz", "ts"},  {"qu", "ku"}, {"q", "k"},   {"w", "v"},
    {"y", "i"},
};

/* Appends the levelled form of the letters at p; returns how many it used. */
static uint32_t level(const char *p, uint32_t n, char *out, uint32_t *used) {
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        uint32_t k = (uint32_t)strlen(rules[i].from);
        if (k > n || memcmp(p, rules[i].from, k) != 0) continue;
        for (const char *t = rules[i].to; *t; t++)
            if (*used == 0 || out[*used - 1] != *t) out[(*used)++] = *t;
        return k;
    }
    if (*used == 0 || out[*used - 1] != *p) out[(*used)++] = *p;
    return 1;
}

/* Does out end in z? */
static bool ends(const char *out, uint32_t n, const char *z) {
    uint32_t k = (uint32_t)strlen(z);
    return n > k && memcmp(out + n - k, z, k) == 0;
}

/* Cyrillic to Latin first, then groups, then the ends of words, where transliterations differ
 * most. */
uint32_t kb_skeleton(const char *p, uint32_t n, char *out) {
    char latin[4096];
    uint32_t m = 0, used = 0;
    for (size_t i = 0; i < n && m + 8 < sizeof latin;) {
        size_t from = i;
        uint32_t cp = nst_utf8_next(p, n, &i);
        const char *z = cp < 0x80 ? NULL : cyrillic(cp);
        size_t k = z ? strlen(z) : i - from;
        memcpy(latin + m, z ? z : p + from, k);
        m += (uint32_t)k;
    }
    for (uint32_t i = 0; i < m && used < 2 * n + 4;) i += level(latin + i, m - i, out, &used);
    if (ends(out, used, "enka")) out[used - 1] = 'o'; /* Belarusian -enka, Russian -enko */
    if (used > 4 && ends(out, used, "of")) out[used - 1] = 'v';      /* -off, -of: -ov */
    if (used > 5 && ends(out, used, "iev")) out[used - 3] = 'e', out[used - 2] = 'v', used--;
    if (used > 4 && ends(out, used, "ah")) used--;
    if (used == 7 && out[0] == 'm' && memcmp(out + 2, "ham", 3) == 0 && out[6] == 'd')
        memcpy(out, "muhamad", 7);                                   /* Mohammed and the like */
    if (used == 6 && out[0] == 'h' && memcmp(out + 2, "sein", 4) == 0) out[1] = 'u';
    return used;
}
