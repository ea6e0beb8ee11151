/* parse_fast.c - the fast net: hashed features -> convolution -> quasi-recurrent layers both ways.
 *
 * In: words (Graustark had expelled two envoys). Out: one row of numbers a word, for parse_heads.c.
 * The idea: a word is the sum of the vectors of its form, endings, beginnings and letter case, all
 * hashed, so that no word is unknown; one convolution sees the neighbours; the recurrent layers
 * carry the rest of the sentence both ways with no product inside the recurrence (Bradbury et al.,
 * 2017).
 * Invariants: (1) numbers equal train/features.py and train/model.py up to the 8-bit
 * rounding; (2) sentences do not see each other.
 */
#include "parse_model.h"

#define NORM_BYTES 64u

/* Typographic quotes and dashes as ASCII: how many bytes of p they take, 0 if it is none. */
static uint32_t plain_mark(const unsigned char *p, uint32_t n, unsigned char *out) {
    if (n < 3 || p[0] != 0xE2 || p[1] != 0x80) return 0;
    switch (p[2]) {
    case 0x98: case 0x99: *out = '\''; return 3;
    case 0x9C: case 0x9D: *out = '"'; return 3;
    case 0x93: case 0x94: *out = '-'; return 3;
    default: return 0;
    }
}

/* Lower-case ASCII, digits as 0, plain marks; of a long word the first and last 32 bytes. */
static uint32_t normal_form(nst_str w, unsigned char out[2 * NORM_BYTES]) {
    const unsigned char *p = (const unsigned char *)w.p;
    unsigned char tail[NORM_BYTES / 2];
    uint32_t n = 0;
    for (uint32_t i = 0; i < w.n; n++) {
        unsigned char c = p[i];
        uint32_t mark = plain_mark(p + i, w.n - i, &c);
        i += mark ? mark : 1;
        if (c >= 'A' && c <= 'Z') c += 32;
        if (c >= '0' && c <= '9') c = '0';
        if (n < NORM_BYTES) out[n] = c;
        tail[n % (NORM_BYTES / 2)] = c;
    }
    if (n <= NORM_BYTES) return n;
    for (uint32_t i = 0; i < NORM_BYTES / 2; i++)
        out[NORM_BYTES / 2 + i] = tail[(n + i) % (NORM_BYTES / 2)];
    return NORM_BYTES;
}

/* Row of one feature in its table. */
static uint32_t feature(const nst_parse_model *m, uint32_t slot, const unsigned char *p,
                        uint32_t n) {
    return pm_hash(slot, p, n) % m->slot[slot].rows;
}

/* Rows of a word's features; asks for their memory, which comes while other words are looked up. */
static void word_rows(const nst_parse_model *m, nst_str w, uint32_t row[PM_SLOTS]) {
    unsigned char f[2 * NORM_BYTES];
    uint32_t n = normal_form(w, f);
    row[0] = feature(m, 0, f, n);
    for (uint32_t k = 0; k < 3; k++) {
        uint32_t len = n < k + 2 ? n : k + 2;
        row[1 + k] = feature(m, 1 + k, f + n - len, len);
        row[4 + k] = feature(m, 4 + k, f, len);
    }
    row[7] = pm_shape(w);
#if defined(__GNUC__)
    for (uint32_t k = 0; k < PM_SLOTS; k++)
        for (uint32_t at = 0; at < m->dim; at += 64)
            __builtin_prefetch(m->slot[k].w + (size_t)row[k] * m->dim + at);
#endif
}

/* Each word's row of x: the sum of its features' vectors. */
static void add_words(const pm_batch *b) {
    const nst_parse_model *m = b->m;
    char low[PM_CASE_MAX];
    uint32_t(*row)[PM_SLOTS] = nst_arena_alloc(b->scratch, b->n_words * sizeof *row), at = 0;
    for (uint32_t p = 0; p < b->n_pieces; p++)
        for (uint32_t i = b->piece[p].first; i < b->piece[p].end; i++, at++)
            word_rows(m, pm_case_word(b, i, low), row[at]);
    for (at = 0; at < b->n_words; at++)
        for (uint32_t k = 0; k < PM_SLOTS; k++) {
            uint32_t r = row[at][k];
            b->k->embed(b->x + (size_t)at * m->dim, m->slot[k].w + (size_t)r * m->dim,
                        m->slot[k].scale[r], m->dim);
        }
}

/* Rows of a sentence side by side with their neighbours: [left | own | right]. */
static void windows(const pm_batch *b, float *win) {
    uint32_t d = b->m->dim, at = 0;
    for (uint32_t p = 0; p < b->n_pieces; p++) {
        uint32_t n = b->piece[p].end - b->piece[p].first;
        for (uint32_t i = 0; i < n; i++) {
            float *o = win + (size_t)(at + i) * 3 * d;
            const float *x = b->x + (size_t)(at + i) * d;
            if (i) memcpy(o, x - d, d * sizeof *o);
            else memset(o, 0, d * sizeof *o);
            memcpy(o + d, x, d * sizeof *o);
            if (i + 1 < n) memcpy(o + 2 * d, x + d, d * sizeof *o);
            else memset(o + 2 * d, 0, d * sizeof *o);
        }
        at += n;
    }
}

/* One layer: gates for all words at once, then the recurrence, left to right on the first half of
 * the lanes and right to left on the other. g: [n_words][3 dim]; c: dim / 2 floats. */
static void recur(const pm_batch *b, const float *g, float *c) {
    uint32_t d = b->m->dim, h = d / 2, at = 0;
    for (uint32_t p = 0; p < b->n_pieces; p++) {
        uint32_t n = b->piece[p].end - b->piece[p].first;
        memset(c, 0, h * sizeof *c);
        for (uint32_t i = 0; i < n; i++) {
            const float *r = g + (size_t)(at + i) * 3 * d;
            b->k->step(c, r, r + d, r + 2 * d, b->x + (size_t)(at + i) * d, h);
        }
        memset(c, 0, h * sizeof *c);
        for (uint32_t i = n; i-- > 0;) {
            const float *r = g + (size_t)(at + i) * 3 * d + h;
            b->k->step(c, r, r + d, r + 2 * d, b->x + (size_t)(at + i) * d + h, h);
        }
        at += n;
    }
}

void pm_fast_encode(pm_batch *b) {
    const nst_parse_model *m = b->m;
    uint32_t d = m->dim, n = b->n_words;
    float *wide = NST_ARRAY(b->scratch, float, (size_t)n * 3 * d);
    float *y = NST_ARRAY(b->scratch, float, (size_t)n * d);
    float *c = NST_ARRAY(b->scratch, float, d);
    uint8_t *q = NST_ARRAY(b->scratch, uint8_t, (size_t)n * 3 * d + 64);
    float *s = NST_ARRAY(b->scratch, float, n);
    add_words(b);
    b->k->norm(&m->norm0, b->x, n, d);
    windows(b, wide);
    b->k->linear(&m->conv, wide, 3 * d, n, y, d, q, s);
    b->k->relu(y, n * d);
    b->k->add(b->x, y, n * d);
    b->k->norm(&m->conv_norm, b->x, n, d);
    for (uint32_t l = 0; l < m->n_layers; l++) {
        b->k->linear(&m->layer[l].a, b->x, d, n, wide, 3 * d, q, s);
        for (uint32_t i = 0; i < n; i++) b->k->gates(wide + (size_t)i * 3 * d, d);
        recur(b, wide, c);
        b->k->norm(&m->layer[l].norm1, b->x, n, d);
    }
}
