/* parse_mini.c - the accurate net: word pieces -> a small transformer.
 *
 * In: words. Out: one row of numbers a word (that of its first piece), for parse_heads.c.
 * The idea: BERT's encoder (Devlin et al., 2019) in the size of MiniLM (Wang et al., 2020),
 * fine-tuned by train/train.py; pieces are lower-case, so the letter case of the word is added as a
 * vector of its own.
 * Invariants: (1) numbers equal train/model.py up to the 8-bit rounding; (2) a
 * piece attends to its own sentence only; (3) a sentence has at most PM_MAX_PIECES pieces (see
 * parse_run.c).
 */
#include "parse_model.h"

#define MAX_WORD_PIECES 12u
#define MAX_FOLDED 256u

/* ---- word pieces ------------------------------------------------------------------------- */

/* Number of a piece, -1 if there is none of that text. */
static int32_t piece_id(const nst_parse_model *m, const char *p, uint32_t n) {
    nst_str v = pm_table_get(&m->pieces, p, n);
    if (v.n != 2) return -1;
    uint32_t id = (unsigned char)v.p[0] | (uint32_t)(unsigned char)v.p[1] << 8;
    return id < m->word.rows ? (int32_t)id : -1;
}

/* Pieces of one run of letters (or one mark), longest first; returns the new count. */
static uint32_t split_run(const nst_parse_model *m, const char *p, uint32_t n, uint16_t *id,
                          uint32_t k) {
    char buf[2 + 100];
    memcpy(buf, "##", 2);
    for (uint32_t i = 0; i < n && k < MAX_WORD_PIECES;) {
        uint32_t j = n - i > 96 ? i + 96 : n;
        int32_t got = -1;
        for (; j > i; j--) {
            if (j < n && ((unsigned char)p[j] & 0xC0) == 0x80) continue;   /* inside a letter */
            memcpy(buf + 2, p + i, j - i);
            got = i ? piece_id(m, buf, j - i + 2) : piece_id(m, buf + 2, j - i);
            if (got >= 0) break;
        }
        id[k++] = (uint16_t)(got < 0 ? (int32_t)m->piece_unk : got);
        if (got < 0) break;
        i = j;
    }
    return k;
}

/* Marks stand alone; a combining accent is dropped. */
static bool is_mark(uint32_t c) {
    if (c < 128)
        return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    return (c >= 0x2010 && c <= 0x2BFF) ||
           (c >= 0xA1 && c <= 0xBF && c != 0xAA && c != 0xB5 && c != 0xBA) ||
           (c >= 0x3001 && c <= 0x3020) || c == 0xD7 || c == 0xF7;
}

uint32_t pm_word_pieces(const nst_parse_model *m, nst_str w, uint16_t *id) {
    char run[MAX_FOLDED + 4], one[4];
    uint32_t n = 0, k = 0;
    for (size_t i = 0; i < w.n && k < MAX_WORD_PIECES;) {
        uint32_t c = nst_utf8_next(w.p, w.n, &i);
        if (c >= 0x300 && c <= 0x36F) continue;
        bool mark = is_mark(c);
        if ((mark || n >= MAX_FOLDED) && n) k = split_run(m, run, n, id, k), n = 0;
        if (mark) {
            int len = nst_utf8_put(c, one);
            if (k < MAX_WORD_PIECES) k = split_run(m, one, (uint32_t)len, id, k);
        } else {
            n += (uint32_t)nst_utf8_put(nst_utf8_fold(c), run + n);
        }
    }
    if (n && k < MAX_WORD_PIECES) k = split_run(m, run, n, id, k);
    if (!k) id[k++] = (uint16_t)m->piece_unk;
    return k;
}

/* ---- the transformer --------------------------------------------------------------------- */

typedef struct mini {
    pm_batch *b;
    uint32_t *start;               /* [n_pieces + 1] first row of each sentence */
    uint32_t *word_row;            /* [n_words] row of each word's first piece */
    float *x, *wide, *y;           /* rows: [rows][dim], [rows][max(3 dim, ff)], [rows][dim] */
    float *att, *col; /* [padded rows of a sentence], one head's keys and values by column */
    uint8_t *q;
    float *s;
    uint32_t rows;
} mini;

/* One row: vector of the piece, of its place, of the word's letter case. */
static void add_row(mini *g, uint32_t row, uint32_t id, uint32_t at, uint32_t shape) {
    const nst_parse_model *m = g->b->m;
    const pm_kernels *k = g->b->k;
    float *x = g->x + (size_t)row * m->dim;
    k->embed(x, m->word.w + (size_t)id * m->dim, m->word.scale[id], m->dim);
    k->embed(x, m->pos.w + (size_t)at * m->dim, m->pos.scale[at], m->dim);
    k->embed(x, m->shape.w + (size_t)shape * m->dim, m->shape.scale[shape], m->dim);
}

/* Pieces of all words; first pass (x NULL) only counts rows. */
static uint32_t lay_out(mini *g) {
    const pm_batch *b = g->b;
    uint32_t row = 0, word = 0;
    uint16_t id[MAX_WORD_PIECES + 4];
    char low[PM_CASE_MAX];
    for (uint32_t p = 0; p < b->n_pieces; p++) {
        uint32_t start = row;
        g->start[p] = row;
        if (g->x) add_row(g, row, b->m->piece_cls, 0, 0);
        row++;
        for (uint32_t i = b->piece[p].first; i < b->piece[p].end; i++) {
            nst_str w = pm_case_word(b, i, low);
            uint32_t n = pm_word_pieces(b->m, w, id), shape = pm_shape(w);
            g->word_row[word++] = row;
            for (uint32_t k = 0; k < n; k++, row++)
                if (g->x) add_row(g, row, id[k], row - start, shape + (k ? 12 : 0));
        }
        if (g->x) add_row(g, row, b->m->piece_sep, row - start, 0);
        row++;
    }
    g->start[b->n_pieces] = row;
    return row;
}

/* Attention, then the feed-forward pair, each added to the rows and normed. */
static void layer(mini *g, const pm_layer *l) {
    const nst_parse_model *m = g->b->m;
    const pm_kernels *k = g->b->k;
    uint32_t d = m->dim, t = g->rows, ff = l->f1.n;
    k->linear(&l->a, g->x, d, t, g->wide, 3 * d, g->q, g->s);
    for (uint32_t p = 0; p < g->b->n_pieces; p++) {
        uint32_t a = g->start[p], n = g->start[p + 1] - a;
        for (uint32_t h = 0; h < d; h += d / m->n_heads)
            k->attend(g->wide + (size_t)a * 3 * d + h, 3 * d, d, n, d / m->n_heads,
                      g->y + (size_t)a * d + h, d, g->col, g->att);
    }
    k->linear(&l->o, g->y, d, t, g->wide, d, g->q, g->s);
    k->add(g->x, g->wide, t * d);
    k->norm(&l->norm1, g->x, t, d);
    k->linear(&l->f1, g->x, d, t, g->wide, ff, g->q, g->s);
    k->gelu(g->wide, t * ff);
    k->linear(&l->f2, g->wide, ff, t, g->y, d, g->q, g->s);
    k->add(g->x, g->y, t * d);
    k->norm(&l->norm2, g->x, t, d);
}

void pm_mini_encode(pm_batch *b) {
    const nst_parse_model *m = b->m;
    uint32_t d = m->dim, ff = m->layer[0].f1.n, width = ff > 3 * d ? ff : 3 * d;
    nst_arena *a = b->scratch;
    mini g = {.b = b};
    g.start = NST_ARRAY(a, uint32_t, b->n_pieces + 1);
    g.word_row = NST_ARRAY(a, uint32_t, b->n_words);
    g.rows = lay_out(&g);
    g.x = NST_ARRAY(a, float, (size_t)g.rows * d);
    g.y = NST_ARRAY(a, float, (size_t)g.rows * d);
    g.wide = NST_ARRAY(a, float, (size_t)g.rows * width);
    g.q = NST_ARRAY(a, uint8_t, (size_t)g.rows * width + 64);
    g.s = NST_ARRAY(a, float, g.rows);
    g.att = NST_ARRAY(a, float, PM_MAX_PIECES + 32);
    g.col = NST_ARRAY(a, float, (size_t)(d / m->n_heads) * (PM_MAX_PIECES + 32));
    lay_out(&g);
    b->k->norm(&m->norm0, g.x, g.rows, d);
    for (uint32_t l = 0; l < m->n_layers; l++) layer(&g, &m->layer[l]);
    for (uint32_t w = 0; w < b->n_words; w++)
        memcpy(b->x + (size_t)w * d, g.x + (size_t)g.word_row[w] * d, d * sizeof *b->x);
}
