/* parse_model.h - inside the parse stage: the model file and the number crunching shared by both
 * nets.
 *
 * A model file is one read-only block: a directory of named sections, each a matrix of 8-bit
 * weights, a table of embeddings, floats, text or a ready-made hash table. Nothing is copied at
 * load: the structs below point into the block (the program's own bytes, or a file read once).
 */
#ifndef NST_PARSE_MODEL_H
#define NST_PARSE_MODEL_H

#include "parse.h"

#define PM_MAX_LABELS 1024u
#define PM_MAX_LAYERS 12u
#define PM_MAX_WORDS 160u          /* words of one piece of a sentence given to a net */
#define PM_MAX_PIECES 384u         /* word pieces of the same */
#define PM_BATCH_ROWS 256u         /* rows (words or pieces) of the sentences run together, about */
#define PM_SLOTS 8u                /* hashed features of a word in the fast net */
#define PM_N_NER 13u               /* O, and B- and I- of six kinds */

typedef struct pm_section {
    const unsigned char *p;
    uint32_t kind, rows, cols, size;
} pm_section;

enum { PM_MATRIX = 1, PM_EMBED, PM_FLOAT, PM_TEXT, PM_TABLE };

/* y = x W' + b. Weights in blocks of 16 outputs by 4 inputs, see parse_kernel.inc. */
typedef struct pm_matrix {
    const int8_t *w;               /* [n16 / 16][k4 / 4][16][4] */
    const float *scale, *bias;     /* [n16] */
    const int32_t *sum;            /* [n16] sum of each output's weights */
    uint32_t n, k, n16, k4;        /* outputs, inputs, the same rounded up to 16 and 4 */
} pm_matrix;

typedef struct pm_embed {
    const int8_t *w;               /* [rows][cols] */
    const float *scale;            /* [rows] */
    uint32_t rows, cols;
} pm_embed;

typedef struct pm_norm {
    const float *gain, *bias;      /* [dim] */
} pm_norm;

/* Open-addressing hash table made by the trainer: string -> string. */
typedef struct pm_table {
    const unsigned char *slots; /* [n_slots] little-endian u32: 1 + offset into bytes, 0 if free */
    const unsigned char *bytes;    /* records: key length, value length, key, value */
    uint32_t n_slots, n_bytes;
} pm_table;

typedef struct pm_layer {          /* of the transformer (all) or of the recurrent net (a, norm1) */
    pm_matrix a, o, f1, f2;        /* a: query, key, value; or candidate, forget, output gates */
    pm_norm norm1, norm2;
} pm_layer;

typedef struct pm_labels {
    uint32_t n;
    nst_str *text;                 /* [n] */
} pm_labels;

struct nst_parse_model {
    const unsigned char *block;
    size_t size;
    bool owned;                    /* block was read from a file */
    nst_arena *arena;              /* label arrays */
    char version[64];
    bool mini;                     /* the transformer; else the fast net */
    uint32_t dim, n_layers, n_heads, arc, rel, piece_cls, piece_sep, piece_unk;
    pm_norm norm0;                 /* after the embeddings */
    pm_layer layer[PM_MAX_LAYERS];
    /* fast */
    pm_embed slot[PM_SLOTS];
    pm_matrix conv;
    pm_norm conv_norm;
    /* mini */
    pm_embed word, pos, shape;
    pm_table pieces;
    /* heads */
    pm_matrix heads;               /* upos | xpos | feats | ner | arc_d | arc_h | rel_d | rel_h */
    uint32_t at_xpos, at_feats, at_ner, at_arc_d, at_arc_h, at_rel_d, at_rel_h, n_out;
    const float *root_arc, *root_rel;   /* arc_h and rel_h of the root */
    const float *dist;             /* [34] */
    pm_matrix rel_out;
    pm_labels upos, xpos, feats, rels;
    uint8_t *upos_id, *rel_id;     /* label number -> nst_upos, nst_deprel */
    /* lemmas */
    pm_table lemma, suffix;
    pm_table gazet;                /* name -> kind and weight; may be empty */
};

/* Reads a model from a block of bytes, checking everything. */
nst_status pm_open(nst_parse_model *m, nst_err *e);

/* Value of a key, or an empty slice with p NULL. */
nst_str pm_table_get(const pm_table *t, const char *key, uint32_t n);
uint32_t pm_hash(uint32_t slot, const unsigned char *p, uint32_t n);

/* Letter-case class of a word, 0 .. 11; the same as shape() in train/corpus.py. */
uint32_t pm_shape(nst_str w);

/* ---- numbers (parse_kernel.c): one source compiled for several instruction sets, same results  */

typedef struct pm_kernels {
    /* y[t][n] = x[t] W' + b, for rows of x; q: scratch of t * k4 bytes; s: scratch of t floats. */
    void (*linear)(const pm_matrix *m, const float *x, uint32_t ldx, uint32_t t, float *y,
                   uint32_t ldy, uint8_t *q, float *s);
    void (*norm)(const pm_norm *g, float *x, uint32_t t, uint32_t d);
    void (*add)(float *x, const float *y, uint32_t n);
    void (*relu)(float *x, uint32_t n);
    void (*gelu)(float *x, uint32_t n);
    void (*gates)(float *g, uint32_t d);                       /* tanh, sigmoid, sigmoid thirds */
    void (*softmax)(float *x, uint32_t n, uint32_t padded);
    float (*dot)(const float *a, const float *b, uint32_t n);  /* n a multiple of 16 */
    /* one head of self-attention, see parse_kernel.inc */
    void (*attend)(const float *q, uint32_t ld, uint32_t d, uint32_t n, uint32_t hd, float *o,
                   uint32_t ldo, float *kt, float *p);
    void (*embed)(float *y, const int8_t *w, float scale, uint32_t n);
    /* c += f (z - c); y += o c over n lanes, one step of the recurrent net */
    void (*step)(float *c, const float *z, const float *f, const float *o, float *y, uint32_t n);
    uint32_t (*best)(const float *x, uint32_t n); /* the first of the largest; no NaN */
    const char *name;
} pm_kernels;

const pm_kernels *pm_kernels_best(void);
const pm_kernels *pm_kernels_nth(uint32_t i);      /* every copy this machine can run; for tests */

/* ---- the nets: words of several sentences in, one row of m->dim floats a word out ------------ */

typedef struct pm_piece {          /* a sentence, or a part of one too long for the net */
    uint32_t first, end;           /* tokens of the document */
} pm_piece;

typedef struct pm_batch {
    const nst_parse_model *m;
    const pm_kernels *k;
    const nst_text *text;
    nst_arena *scratch, *doc;
    char *written;                 /* [n_sents] like a headline: 'A', 'X', 0 (parse_case.c) */
    pm_piece *piece;
    uint32_t n_pieces, n_words;
    float *x;                      /* [n_words][dim] */
} pm_batch;

/* Marks the sentences written like headlines; the form of token i that the nets are to read, in buf (of
 * PM_CASE_MAX bytes) where it is not the text's own. */
#define PM_CASE_MAX 48
void pm_case_find(pm_batch *b);
nst_str pm_case_word(const pm_batch *b, uint32_t i, char *buf);

void pm_fast_encode(pm_batch *b);
void pm_mini_encode(pm_batch *b);
/* Word pieces of a token (at most 12) into id; how many. */
uint32_t pm_word_pieces(const nst_parse_model *m, nst_str w, uint16_t *id);

/* Best tree: score[i * (n + 1) + j] of word i hanging on j (0 = root, j = word j - 1); head[i] = j.
 */
void pm_tree(const float *score, uint32_t n, uint32_t *head, nst_arena *scratch);
/* Mends arcs that grammar forbids; before the tree is indexed. */
void pm_repair(nst_parse *p);

/* Reads the rows of b->x into tags, trees and names of the parse. */
void pm_heads_read(pm_batch *b, nst_parse *out, nst_arena *doc, uint32_t *cap_names);

/* Trims names, and gives each name one kind through the document (parse_names.c). */
void pm_names_settle(const nst_parse_model *m, nst_parse *p, nst_arena *scratch);

nst_str pm_lemma(const nst_parse_model *m, nst_str w, nst_str xpos, bool first, nst_arena *doc);
/* The base of an inflected verb from the table of verbs; empty if the form is none of theirs. */
nst_str pm_verb_lemma(nst_str w);

#endif
