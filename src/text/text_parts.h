/* text_parts.h - what the files of the text stage share; no other stage includes it.
 *
 * In: one field of a report. The work goes text_line.c -> text_block.c -> text_token.c ->
 * text_sentence.c, conducted by text_run.c.
 */
#ifndef NST_TEXT_PARTS_H
#define NST_TEXT_PARTS_H

#include "text.h"

/* ---- characters (text_char.c) -------------------------------------------------------------- */

/* What a code point is to the tokeniser and to the line splitter. */
enum {
    NST_CH_SPACE = 1,            /* white space, and marks nobody sees (byte order mark, bidi marks) */
    NST_CH_LETTER = 2,           /* letter or combining mark of any script */
    NST_CH_DIGIT = 4,
    NST_CH_UPPER = 8,
    NST_CH_LOWER = 16,
    NST_CH_BREAK = 32,           /* ends a line */
};
#define NST_CH_WORD (NST_CH_LETTER | NST_CH_DIGIT)

unsigned nst_text_class(uint32_t cp);
/* Code point at p[i] (i < end) and, in *next, where the following one starts. */
uint32_t nst_text_cp(const char *p, uint32_t i, uint32_t end, uint32_t *next);
/* Class of the code point that starts at p[i]; 0 at or behind the end. */
unsigned nst_text_class_at(const char *p, uint32_t i, uint32_t end);
/* Start of the code point that ends at p[i], i > from. */
uint32_t nst_text_back(const char *p, uint32_t from, uint32_t i);
/* Does the lower-case ASCII word `z` stand at p[i], whatever its case there? */
bool nst_text_at(const char *p, uint32_t i, uint32_t end, const char *z);
/* Is `s`, in any ASCII case, one of the words in `list`, which are parted and closed by spaces? */
bool nst_text_in(nst_str s, const char *list);

/* ---- lines (text_line.c) ------------------------------------------------------------------- */

/* One paragraph: the bytes of one line, or of several that a mailer or a typewriter has wrapped. */
typedef struct nst_line {
    uint32_t start, end;         /* trimmed; start < end */
    uint32_t blanks;             /* blank lines before it */
} nst_line;

/* Splits a field into lines; *n of them, allocated in `a`. */
nst_line *nst_text_lines(nst_str field, nst_arena *a, uint32_t *n);

/* ---- datelines and credits (text_dateline.c) ------------------------------------------------ */

/* A dateline at the start of bytes [start, end): fills *b (span, place, date, agency) and is true. */
bool nst_text_dateline(const char *p, uint32_t start, uint32_t end, bool first, nst_block *b);
/* A credit at the end of [start, end), behind the story: fills *b (span, agency, author). */
bool nst_text_tail_credit(const char *p, uint32_t start, uint32_t end, nst_block *b);
/* Is the whole of [start, end) a credit line? Fills agency, author and date of *b. */
bool nst_text_credit_line(const char *p, uint32_t start, uint32_t end, nst_block *b);

/* ---- blocks (text_block.c) ------------------------------------------------------------------ */

/* Appends the blocks of one field to t->blocks, whose capacity is *cap. */
void nst_text_blocks(nst_text *t, uint8_t field, nst_arena *doc, nst_arena *scratch, uint32_t *cap);

/* ---- tokens (text_token.c) ------------------------------------------------------------------ */

/* Appends the tokens of bytes [start, end) of a field to t->tokens, whose capacity is *cap. */
void nst_text_tokens_of(nst_text *t, uint8_t field, uint32_t start, uint32_t end, nst_arena *doc,
                        uint32_t *cap);

/* ---- sentences (text_sentence.c) ------------------------------------------------------------ */

/* Cuts tokens [first, end) of block `block` into sentences, appended to t->sents. */
void nst_text_sentences_of(nst_text *t, uint32_t block, uint32_t first, uint32_t end,
                           nst_arena *doc, uint32_t *cap);

#endif
