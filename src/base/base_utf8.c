/* base_utf8.c - UTF-8: decode, check, fold. Folding asks utf8proc for the decomposition
 * (Unicode, UAX 15). */
#include <utf8proc.h>

#include "base.h"

/* Length of a well-formed sequence at p (n bytes left), 0 if there is none (RFC 3629, table
 * 3-7). */
static int sequence(const unsigned char *p, size_t n) {
    if (p[0] < 0x80) return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4 || n < 2) return 0;
    unsigned lo = 0x80, hi = 0xBF;
    int len = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (p[0] == 0xE0) lo = 0xA0;
    if (p[0] == 0xED) hi = 0x9F;
    if (p[0] == 0xF0) lo = 0x90;
    if (p[0] == 0xF4) hi = 0x8F;
    if ((size_t)len > n || p[1] < lo || p[1] > hi) return 0;
    for (int i = 2; i < len; i++)
        if ((p[i] & 0xC0) != 0x80) return 0;
    return len;
}

uint32_t nst_utf8_next(const char *s, size_t n, size_t *i) {
    const unsigned char *p = (const unsigned char *)s + *i;
    int len = sequence(p, n - *i);
    if (len == 0) {
        *i += 1;
        return 0xFFFD;
    }
    *i += (size_t)len;
    if (len == 1) return p[0];
    if (len == 2) return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    if (len == 3)
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
           (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
}

/* NUL counts as bad: text is handed to functions of C strings here and there. */
size_t nst_utf8_check(const char *s, size_t n) {
    const unsigned char *p = (const unsigned char *)s;
    size_t i = 0;
    while (i < n) {
        if (p[i] == 0) return i;
        int len = sequence(p + i, n - i);
        if (len == 0) return i;
        i += (size_t)len;
    }
    return n;
}

/* Every byte but the continuing ones begins a code point. */
size_t nst_utf8_count(const char *p, size_t n) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += ((unsigned char)p[i] & 0xC0) != 0x80;
    return count;
}

int nst_utf8_put(uint32_t cp, char out[4]) {
    return (int)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)out);
}

uint32_t nst_utf8_fold(uint32_t cp) {
    if (cp < 0x80) return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    utf8proc_int32_t buf[8];
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)cp, buf, 8,
        UTF8PROC_CASEFOLD | UTF8PROC_DECOMPOSE, &boundary);
    if (n < 1) return cp;
    switch (buf[0]) {                 /* letters without a decomposition */
    case 0xF8: return 'o';            /* o with stroke */
    case 0x142: return 'l';           /* l with stroke */
    case 0x111: return 'd';           /* d with stroke */
    case 0x131: return 'i';           /* dotless i */
    case 0xE6: return 'a';            /* ae */
    default: return (uint32_t)buf[0];
    }
}

/* Title case counts: a name may begin with such a letter. */
bool nst_utf8_upper(uint32_t cp) {
    if (cp < 0x80) return cp >= 'A' && cp <= 'Z';
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

/* Any script; marks that only combine are no letters. */
bool nst_utf8_alpha(uint32_t cp) {
    if (cp < 0x80) return (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z');
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}
