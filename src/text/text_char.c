/* text_char.c - classes of characters.
 *
 * In: bytes. Out: code points and whether they are space, letter, digit, upper, lower.
 *   "Ruritania's" -> U L L L L L L L L (other) L
 * Idea: a table for ASCII, ranges and utf8proc's categories behind it; nearly every byte of English
 * news takes the table.
 * Invariants: (1) a malformed byte is a character of no class, one byte long; (2) bidirectional
 * marks, zero-width spaces and the byte order mark are space: no token holds one at its edge.
 */
#include "text_parts.h"

#include <utf8proc.h>

#define SP NST_CH_SPACE
#define BR (NST_CH_SPACE | NST_CH_BREAK)
#define UP (NST_CH_LETTER | NST_CH_UPPER)
#define LO (NST_CH_LETTER | NST_CH_LOWER)
#define DI NST_CH_DIGIT

/* Classes of the ASCII characters; controls are space. */
static const uint8_t ascii_class[128] = {
    SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, BR, BR, BR, BR, SP, SP, SP, SP, SP, SP, SP, SP,
    SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, SP, 0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  0,  DI, DI, DI, DI, DI, DI, DI, DI, DI, DI, 0,  0,  0,  0,  0,  0,  0,  UP,
    UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP,
    UP, UP, UP, 0,  0,  0,  0,  0,  0,  LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO,
    LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, 0,  0,  0,  0,  SP,
};

/* Classes of the characters beyond ASCII, by Unicode's general category. */
static unsigned wide_class(uint32_t cp) {
    if (cp == 0x85 || cp == 0x2028 || cp == 0x2029) return BR;
    if (cp == 0xA0 || cp == 0xFEFF || cp == 0x3000 || cp == 0x1680) return SP;
    if (cp >= 0x2000 && cp <= 0x200F && cp != 0x200D) return SP;
    if ((cp >= 0x202A && cp <= 0x202F) || (cp >= 0x205F && cp <= 0x206F)) return SP;
    if (cp == 0xAD) return NST_CH_LETTER; /* soft hyphen: inside a word, as its letters */
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT: return UP;
    case UTF8PROC_CATEGORY_LL: return LO;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return NST_CH_LETTER;
    case UTF8PROC_CATEGORY_ND: return DI;
    case UTF8PROC_CATEGORY_ZS: return SP;
    case UTF8PROC_CATEGORY_CC: return SP;
    default: return 0;
    }
}

unsigned nst_text_class(uint32_t cp) {
    return cp < 128 ? ascii_class[cp] : wide_class(cp);
}

uint32_t nst_text_cp(const char *p, uint32_t i, uint32_t end, uint32_t *next) {
    unsigned char c = (unsigned char)p[i];
    if (c < 128) {
        *next = i + 1;
        return c;
    }
    size_t k = i;
    uint32_t cp = nst_utf8_next(p, end, &k);
    *next = (uint32_t)k;
    return cp;
}

unsigned nst_text_class_at(const char *p, uint32_t i, uint32_t end) {
    uint32_t next;
    return i < end ? nst_text_class(nst_text_cp(p, i, end, &next)) : 0;
}

/* Steps over continuation bytes, at most three. */
uint32_t nst_text_back(const char *p, uint32_t from, uint32_t i) {
    assert(i > from);
    uint32_t k = i - 1;
    while (k > from && i - k < 4 && ((unsigned char)p[k] & 0xC0) == 0x80) k--;
    return k;
}

bool nst_text_at(const char *p, uint32_t i, uint32_t end, const char *z) {
    for (; *z; z++, i++) {
        if (i >= end) return false;
        char c = p[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        if (c != *z) return false;
    }
    return true;
}

/* The lists are short; a scan beats hashing here and needs no set-up. */
bool nst_text_in(nst_str s, const char *list) {
    if (s.n == 0 || s.n > 64) return false;
    for (const char *z = list; *z;) {
        const char *stop = strchr(z, ' ');
        size_t n = stop ? (size_t)(stop - z) : strlen(z);
        if (n == s.n) {
            size_t k = 0;
            while (k < n) {
                char c = s.p[k];
                if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
                if (c != z[k]) break;
                k++;
            }
            if (k == n) return true;
        }
        if (!stop) break;
        z = stop + 1;
    }
    return false;
}
