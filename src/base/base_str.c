/* base_str.c - text slices. In: bytes somebody owns. Out: answers and sub-slices, never copies. */
#include "base.h"

nst_str nst_str_c(const char *z) {
    return z ? (nst_str){z, (uint32_t)strlen(z)} : (nst_str){NULL, 0};
}

bool nst_str_eq(nst_str a, nst_str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool nst_str_is(nst_str a, const char *z) { return nst_str_eq(a, nst_str_c(z)); }

/* Lower case of an ASCII letter; every other byte as it is. */
static int lower(unsigned char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

/* ASCII letters only: it is meant for keywords, not for names. */
bool nst_str_ieq(nst_str a, nst_str b) {
    if (a.n != b.n) return false;
    for (uint32_t i = 0; i < a.n; i++)
        if (lower((unsigned char)a.p[i]) != lower((unsigned char)b.p[i])) return false;
    return true;
}

/* An empty z is the start of everything. */
bool nst_str_starts(nst_str a, const char *z) {
    size_t n = strlen(z);
    return a.n >= n && memcmp(a.p, z, n) == 0;
}

/* An empty z is the end of everything. */
bool nst_str_ends(nst_str a, const char *z) {
    size_t n = strlen(z);
    return a.n >= n && memcmp(a.p + a.n - n, z, n) == 0;
}

/* Bytes as unsigned, the shorter first: the order of UTF-8 is that of its code points. */
int nst_str_cmp(nst_str a, nst_str b) {
    uint32_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

/* A span that is wrong here is a wrong program: spans are checked where they come in. */
nst_str nst_str_sub(nst_str a, uint32_t from, uint32_t to) {
    assert(from <= to && to <= a.n);
    return (nst_str){a.p + from, to - from};
}

/* ASCII white space. */
static bool blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* Other spaces of Unicode stay: they are part of what was received. */
nst_str nst_str_trim(nst_str a) {
    while (a.n && blank(a.p[0])) a.p++, a.n--;
    while (a.n && blank(a.p[a.n - 1])) a.n--;
    return a;
}

/* rest->p becomes NULL with the last piece, so that an empty last piece is a piece too. */
bool nst_str_split(nst_str *rest, char sep, nst_str *piece) {
    if (!rest->p) return false;
    const char *at = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
    if (!at) {
        *piece = *rest;
        *rest = (nst_str){NULL, 0};
        return true;
    }
    *piece = (nst_str){rest->p, (uint32_t)(at - rest->p)};
    rest->n -= piece->n + 1;
    rest->p = at + 1;
    return true;
}

/* Eighteen digits at most, which can not overflow. */
bool nst_str_int(nst_str a, int64_t *out) {
    int64_t v = 0;
    uint32_t i = 0;
    bool neg = a.n && a.p[0] == '-';
    if (neg) i++;
    if (i == a.n || a.n - i > 18) return false;
    for (; i < a.n; i++) {
        if (a.p[i] < '0' || a.p[i] > '9') return false;
        v = v * 10 + (a.p[i] - '0');
    }
    *out = neg ? -v : v;
    return true;
}
