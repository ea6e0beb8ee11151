/* parse_model.c - opens a model: the compiled-in bytes or a file.
 *
 * In: a block of bytes written by train/export.py. Out: an nst_parse_model whose structs point into
 * it.
 * Layout, little-endian: "NESTORM1", u32 sections, u32 total bytes; then one entry of 48 bytes
 * a section: name[24], u32 kind, rows, cols, offset, size, 0; then the sections, each at a multiple
 * of 64.
 * Invariants: (1) every offset, shape and label is checked here, so that the nets need no
 * checks; (2) a model is const after nst_parse_load returns.
 */
#include "parse_model.h"

#include <errno.h>

#define ENTRY 48u
#define HEADER 16u

NST_INCBIN(nst_model_fast, "models/fast.bin");
#ifdef NST_WITH_ACCURATE
NST_INCBIN(nst_model_accurate, "models/accurate.bin");
#endif

static uint32_t u32(const unsigned char *p) {
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* ---- hash tables ------------------------------------------------------------------------- */

/* FNV-1a over a slot number and bytes, with a final mix; train/features.py computes the same. */
uint32_t pm_hash(uint32_t slot, const unsigned char *p, uint32_t n) {
    uint32_t h = (2166136261u ^ slot) * 16777619u;
    for (uint32_t i = 0; i < n; i++) h = (h ^ p[i]) * 16777619u;
    h ^= h >> 15;
    return (h * 0x2C1B3C6Du) ^ (h >> 13);
}

/* Open addressing. Entries are checked against the block here, for they are too many to check at
 * opening. */
nst_str pm_table_get(const pm_table *t, const char *key, uint32_t n) {
    nst_str none = {0};
    if (!t->n_slots || n > 255) return none;
    uint32_t mask = t->n_slots - 1, i = pm_hash(0, (const unsigned char *)key, n) & mask;
    for (uint32_t tries = 0; tries < t->n_slots; tries++, i = (i + 1) & mask) {
        uint32_t at = u32(t->slots + 4 * (size_t)i);
        if (!at) return none;
        const unsigned char *r = t->bytes + at - 1;
        if ((size_t)(at - 1) + 2 > t->n_bytes || (size_t)(at - 1) + 2 + r[0] + r[1] > t->n_bytes)
            return none;
        if (r[0] == n && !memcmp(r + 2, key, n)) return (nst_str){(const char *)r + 2 + n, r[1]};
    }
    return none;
}

/* ---- sections ---------------------------------------------------------------------------- */

/* The section of this name; p is NULL if there is none or it leaves the block. */
static pm_section section(const nst_parse_model *m, const char *name) {
    pm_section s = {0};
    uint32_t n = u32(m->block + 8);
    for (uint32_t i = 0; i < n; i++) {
        const unsigned char *d = m->block + HEADER + (size_t)i * ENTRY;
        if (strncmp((const char *)d, name, 24)) continue;
        uint64_t off = u32(d + 36), size = u32(d + 40);
        if (off % 64 || off + size > m->size) return s;
        s = (pm_section){m->block + off, u32(d + 24), u32(d + 28), u32(d + 32), (uint32_t)size};
        return s;
    }
    return s;
}

static bool matrix(const nst_parse_model *m, const char *name, uint32_t n, uint32_t k,
                   pm_matrix *out) {
    pm_section s = section(m, name);
    if (!s.p || s.kind != PM_MATRIX || s.rows != n || s.cols != k) return false;
    uint32_t n16 = (n + 15) / 16 * 16, k4 = (k + 3) / 4 * 4;
    size_t w = (size_t)n16 * k4;
    if (s.size != w + (size_t)n16 * 12) return false;
    *out = (pm_matrix){(const int8_t *)s.p, (const float *)(const void *)(s.p + w),
                       (const float *)(const void *)(s.p + w + (size_t)n16 * 4),
                       (const int32_t *)(const void *)(s.p + w + (size_t)n16 * 8), n, k, n16, k4};
    return true;
}

static bool embed(const nst_parse_model *m, const char *name, uint32_t cols, pm_embed *out) {
    pm_section s = section(m, name);
    if (!s.p || s.kind != PM_EMBED || s.cols != cols || !s.rows) return false;
    size_t w = (size_t)s.rows * s.cols;
    if (w % 4 || s.size != w + (size_t)s.rows * 4) return false;
    *out = (pm_embed){(const int8_t *)s.p, (const float *)(const void *)(s.p + w), s.rows, s.cols};
    return true;
}

/* `n` floats, NULL if the section is not that. */
static const float *floats(const nst_parse_model *m, const char *name, uint32_t n) {
    pm_section s = section(m, name);
    if (!s.p || s.kind != PM_FLOAT || s.size != n * 4u) return NULL;
    return (const float *)(const void *)s.p;
}

/* Scale and shift of a normalisation, one after the other. */
static bool norm(const nst_parse_model *m, const char *name, pm_norm *out) {
    const float *p = floats(m, name, 2 * m->dim);
    if (!p) return false;
    *out = (pm_norm){p, p + m->dim};
    return true;
}

/* A hash table: slots, a power of two of them, and behind them the bytes that they point into. */
static bool table(const nst_parse_model *m, const char *name, pm_table *out) {
    pm_section s = section(m, name);
    if (!s.p || s.kind != PM_TABLE || !s.rows || (s.rows & (s.rows - 1)) ||
        s.size < (size_t)s.rows * 4)
        return false;
    *out = (pm_table){s.p, s.p + (size_t)s.rows * 4, s.rows, s.size - s.rows * 4};
    return true;
}

/* Labels, one a line. */
static bool labels(nst_parse_model *m, const char *name, pm_labels *out) {
    pm_section s = section(m, name);
    if (!s.p || s.kind != PM_TEXT) return false;
    nst_str rest = {(const char *)s.p, s.size}, line;
    out->text = NST_ARRAY(m->arena, nst_str, PM_MAX_LABELS);
    for (out->n = 0; nst_str_split(&rest, '\n', &line);) {
        if (out->n == PM_MAX_LABELS) return false;
        if (line.n || out->n) out->text[out->n++] = line;
    }
    while (out->n && !out->text[out->n - 1].n) out->n--;
    return out->n > 0;
}

/* A number of the "meta" section, lines of "key value"; -1 if absent. */
static int64_t meta(const nst_parse_model *m, const char *key, nst_str *text) {
    pm_section s = section(m, "meta");
    nst_str rest = {(const char *)s.p, s.p ? s.size : 0}, line, k;
    while (nst_str_split(&rest, '\n', &line)) {
        int64_t v = -1;
        if (!nst_str_split(&line, ' ', &k) || !nst_str_is(k, key)) continue;
        if (text) *text = line;
        return nst_str_int(line, &v) ? v : -1;
    }
    return -1;
}

/* ---- opening ----------------------------------------------------------------------------- */

/* The recurrent net: an embedding per feature, one convolution, the layers. */
static bool open_fast(nst_parse_model *m) {
    char name[24];
    for (uint32_t i = 0; i < PM_SLOTS; i++) {
        snprintf(name, sizeof name, "slot%u", i);
        if (!embed(m, name, m->dim, &m->slot[i])) return false;
    }
    if (m->slot[PM_SLOTS - 1].rows < 12) return false;
    if (!matrix(m, "conv", m->dim, 3 * m->dim, &m->conv) || !norm(m, "conv_norm", &m->conv_norm))
        return false;
    for (uint32_t i = 0; i < m->n_layers; i++) {
        snprintf(name, sizeof name, "rnn%u", i);
        if (!matrix(m, name, 3 * m->dim, m->dim, &m->layer[i].a)) return false;
        snprintf(name, sizeof name, "rnn_norm%u", i);
        if (!norm(m, name, &m->layer[i].norm1)) return false;
    }
    return m->dim % 32 == 0;
}

/* One layer of the transformer. */
static bool open_mini_layer(nst_parse_model *m, uint32_t i, uint32_t ff) {
    char name[24];
    pm_layer *l = &m->layer[i];
    uint32_t d = m->dim;
    bool ok = true;
    snprintf(name, sizeof name, "qkv%u", i);
    ok = ok && matrix(m, name, 3 * d, d, &l->a);
    snprintf(name, sizeof name, "out%u", i);
    ok = ok && matrix(m, name, d, d, &l->o);
    snprintf(name, sizeof name, "ff1_%u", i);
    ok = ok && matrix(m, name, ff, d, &l->f1);
    snprintf(name, sizeof name, "ff2_%u", i);
    ok = ok && matrix(m, name, d, ff, &l->f2);
    snprintf(name, sizeof name, "norm1_%u", i);
    ok = ok && norm(m, name, &l->norm1);
    snprintf(name, sizeof name, "norm2_%u", i);
    return ok && norm(m, name, &l->norm2);
}

/* The transformer: pieces, positions, shapes of words, the layers. Its special pieces must be in
 * the table. */
static bool open_mini(nst_parse_model *m) {
    int64_t ff = meta(m, "ff", NULL), heads = meta(m, "heads", NULL);
    int64_t cls = meta(m, "cls", NULL), sep = meta(m, "sep", NULL), unk = meta(m, "unk", NULL);
    if (ff < 16 || ff > 4096 || ff % 16 || heads < 1 || heads > 16) return false;
    m->n_heads = (uint32_t)heads;
    if (m->dim % (16 * m->n_heads)) return false;
    if (!embed(m, "word", m->dim, &m->word) || !embed(m, "pos", m->dim, &m->pos)) return false;
    if (!embed(m, "shape", m->dim, &m->shape) || m->shape.rows < 24) return false;
    if (m->pos.rows < PM_MAX_PIECES || m->word.rows > 65535) return false;
    if (cls < 0 || sep < 0 || unk < 0) return false;
    if (cls >= m->word.rows || sep >= m->word.rows || unk >= m->word.rows) return false;
    m->piece_cls = (uint32_t)cls, m->piece_sep = (uint32_t)sep, m->piece_unk = (uint32_t)unk;
    for (uint32_t i = 0; i < m->n_layers; i++)
        if (!open_mini_layer(m, i, (uint32_t)ff)) return false;
    return table(m, "pieces", &m->pieces);
}

/* What stands on either net: tags, names, arcs, relations, lemmas. Outputs lie in one row, each
 * part at its offset. */
static bool open_heads(nst_parse_model *m) {
    if (!labels(m, "upos", &m->upos) || !labels(m, "xpos", &m->xpos)) return false;
    if (!labels(m, "feats", &m->feats) || !labels(m, "rel", &m->rels)) return false;
    m->upos_id = NST_ARRAY(m->arena, uint8_t, m->upos.n);
    m->rel_id = NST_ARRAY(m->arena, uint8_t, m->rels.n);
    for (uint32_t i = 0; i < m->upos.n; i++) m->upos_id[i] = nst_upos_of(m->upos.text[i]);
    for (uint32_t i = 0; i < m->rels.n; i++) m->rel_id[i] = nst_deprel_of(m->rels.text[i]);
    m->at_xpos = m->upos.n;
    m->at_feats = m->at_xpos + m->xpos.n;
    m->at_ner = m->at_feats + m->feats.n;
    m->at_arc_d = (m->at_ner + PM_N_NER + 15) / 16 * 16;
    m->at_arc_h = m->at_arc_d + m->arc;
    m->at_rel_d = m->at_arc_h + m->arc;
    m->at_rel_h = m->at_rel_d + m->rel;
    m->n_out = m->at_rel_h + m->rel;
    table(m, "gazet", &m->gazet);
    m->root_arc = floats(m, "root_arc", m->arc);
    m->root_rel = floats(m, "root_rel", m->rel);
    m->dist = floats(m, "dist", 34);
    return m->root_arc && m->root_rel && m->dist &&
           matrix(m, "heads", m->n_out, m->dim, &m->heads) &&
           matrix(m, "rel_out", m->rels.n, m->rel, &m->rel_out) && norm(m, "norm0", &m->norm0) &&
           table(m, "lemma", &m->lemma) && table(m, "suffix", &m->suffix);
}

/* Small numbers of the model, each within what the nets are written for. */
static bool open_meta(nst_parse_model *m) {
    nst_str kind = {0}, version = {0};
    meta(m, "kind", &kind);
    meta(m, "version", &version);
    int64_t dim = meta(m, "dim", NULL), layers = meta(m, "layers", NULL);
    int64_t arc = meta(m, "arc", NULL), rel = meta(m, "rel", NULL);
    if (dim < 32 || dim > 1024 || dim % 16 || layers < 1 || layers > PM_MAX_LAYERS) return false;
    if (arc < 16 || arc > 512 || arc % 16 || rel < 16 || rel > 512 || rel % 16) return false;
    if (!version.n || version.n >= sizeof m->version) return false;
    memcpy(m->version, version.p, version.n);
    m->mini = nst_str_is(kind, "mini");
    m->dim = (uint32_t)dim, m->n_layers = (uint32_t)layers, m->arc = (uint32_t)arc,
    m->rel = (uint32_t)rel;
    return m->mini || nst_str_is(kind, "fast");
}

/* Nothing of the block is trusted: a damaged file is refused here or harmless later. */
nst_status pm_open(nst_parse_model *m, nst_err *e) {
    const char *hint = "not a model of this version; train/export.py writes them";
    uint16_t one = 1;
    if (*(unsigned char *)&one != 1)
        return nst_fail(e, NST_EMODEL, "parse", "models need a little-endian machine");
    if (m->size < HEADER || memcmp(m->block, "NESTORM1", 8) || u32(m->block + 12) != m->size ||
        u32(m->block + 8) > 1000 || HEADER + (size_t)u32(m->block + 8) * ENTRY > m->size)
        return nst_fail(e, NST_EMODEL, "parse", "%s", hint);
    if (!open_meta(m) || !(m->mini ? open_mini(m) : open_fast(m)) || !open_heads(m))
        return nst_fail(e, NST_EMODEL, "parse", "a section is missing or of the wrong shape: %s",
                        hint);
    return NST_OK;
}

/* Reads a whole file into memory aligned to 64 bytes. */
static nst_status read_file(const char *path, nst_parse_model *m, nst_err *e) {
    FILE *f = fopen(path, "rb");
    if (!f)
        return nst_fail(e, NST_EMODEL, "parse", "no model '%s' (%s); there are fast and accurate, "
                        "or name a file", path, strerror(errno));
    size_t cap = 1 << 20, n = 0, got;
    unsigned char *p = nst_malloc(cap);
    while (p && (got = fread(p + n, 1, cap - n, f)) > 0) {
        if ((n += got) < cap) continue;
        unsigned char *q = cap < ((size_t)1 << 30) ? nst_realloc(p, cap *= 2) : NULL;
        if (!q) nst_free(p);
        p = q;
    }
    bool bad = ferror(f);
    fclose(f);
    if (!p) return nst_fail(e, NST_ENOMEM, "parse", "no memory for the model %s", path);
    m->block = p, m->size = n, m->owned = true;
    return bad ? nst_fail(e, NST_EMODEL, "parse", "cannot read the model %s: %s", path,
                          strerror(errno))
               : NST_OK;
}

/* Points the model at the bytes that `which` names. */
static nst_status find_block(const char *which, nst_parse_model *m, nst_err *e) {
    if (which && !strcmp(which, "fast")) {
        m->block = nst_model_fast_start;
        m->size = (size_t)(nst_model_fast_end - nst_model_fast_start);
        return NST_OK;
    }
#ifdef NST_WITH_ACCURATE                 /* the default */
    if (!which || !strcmp(which, "accurate")) {
        m->block = nst_model_accurate_start;
        m->size = (size_t)(nst_model_accurate_end - nst_model_accurate_start);
        return NST_OK;
    }
#else
    if (!which) return find_block("fast", m, e);
#endif
    return read_file(which, m, e);
}

/* A compiled-in model is used where it lies; a file's bytes are owned. */
nst_status nst_parse_load(const char *which, const nst_parse_model **out, nst_err *e) {
    nst_parse_model *m = nst_malloc(sizeof *m);
    *out = NULL;
    if (!m) return nst_fail(e, NST_ENOMEM, "parse", "out of memory");
    memset(m, 0, sizeof *m);
    m->arena = nst_arena_new();
    nst_status st = m->arena ? NST_OK : nst_fail(e, NST_ENOMEM, "parse", "out of memory");
    if (!st && setjmp(*nst_arena_oom(m->arena)))
        st = nst_fail(e, NST_ENOMEM, "parse", "out of memory");
    else if (!st && !(st = find_block(which, m, e))) st = pm_open(m, e);
    if (st && e && m->owned && !e->file[0]) snprintf(e->file, sizeof e->file, "%s", which);
    if (st) nst_parse_close(m);
    else *out = m;
    return st;
}

/* NULL is fine. Compiled-in bytes are not ours to free. */
void nst_parse_close(const nst_parse_model *model) {
    nst_parse_model *m = (nst_parse_model *)model;
    if (!m) return;
    if (m->owned) nst_free((void *)m->block);
    nst_arena_free(m->arena);
    nst_free(m);
}

const char *nst_parse_version(const nst_parse_model *m) { return m->version; }
