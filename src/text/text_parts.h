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
    NST_CH_SPACE = 1,  /* white space, and marks nobody sees (byte order mark, bidi marks) */
    NST_CH_LETTER = 2, /* letter or combining mark of any script */
    NST_CH_DIGIT = 4,
    NST_CH_UPPER = 8,
    NST_CH_LOWER = 16,
    NST_CH_BREAK = 32, /* ends a line */
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
    uint32_t start, end; /* trimmed; start < end */
    uint32_t blanks;     /* blank lines before it */
    uint32_t indent;     /* white space before it on its line, a tab as four */
} nst_line;

/* Splits a field into lines; *n of them, allocated in `a`. */
nst_line *nst_text_lines(nst_str field, nst_arena *a, uint32_t *n);

/* ---- datelines and credits (text_dateline.c) ------------------------------------------------ */

/* A dateline at the start of bytes [start, end): fills *b (span, place, date, agency) and is true.
 * */
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

/* ---- sentences (text_sentence.c, text_cue.c) ------------------------------------------------- */

/* What the sentence splitter sees of a token. */
typedef struct nst_cue {
    uint32_t word;   /* hash of the form in lower case, digits as 0 */
    uint32_t cased;  /* hash of the form */
    uint32_t suffix; /* hash of the last three bytes */
    uint8_t shape;   /* NST_CUE_* */
    uint8_t length;  /* bytes, 255 at most */
    bool space;      /* white space before it */
    uint8_t open;    /* open brackets and quotes before it: 1 bracket, 2 quote, 3 both */
} nst_cue;

enum {
    NST_CUE_NONE,
    NST_CUE_STOP,
    NST_CUE_MARK,
    NST_CUE_ELLIPSIS,
    NST_CUE_COMMA,
    NST_CUE_COLON,
    NST_CUE_DASH,
    NST_CUE_OPEN,
    NST_CUE_CLOSE,
    NST_CUE_QUOTE,
    NST_CUE_CLOSING_QUOTE,
    NST_CUE_SYMBOL,
    NST_CUE_WEB,
    NST_CUE_LOWER,
    NST_CUE_CAPITAL,
    NST_CUE_CAPITALS,
    NST_CUE_INITIAL,
    NST_CUE_MIXED,
    NST_CUE_ABBREVIATION,
    NST_CUE_DOTTED,
    NST_CUE_NUMBER,
    NST_CUE_CLITIC,
};

#define NST_SENT_BITS 17      /* weights are in a table of this many bits */
#define NST_SENT_FEATURES 48u /* at most this many for one place */

#define NST_SENT_SLICE 65536u /* tokens of a block that are looked at together */

/* Room for cues, used again for every block. Zero it before. */
typedef struct nst_cue_room {
    nst_cue *cues;
    uint32_t cap;
} nst_cue_room;

/* Cues of tokens [first, end), with three empty ones before and behind: cue i is of token first +
 * i.
 * They last until the next call with the same room. */
nst_cue *nst_text_cues(const nst_text *t, uint8_t field, uint32_t first, uint32_t end, nst_arena *a,
                       nst_cue_room *room);
/* Is the compiled-in file of weights one that this program can use? */
bool nst_text_weights_ok(void);
/* Could a sentence end behind cue i of n? Most places are ruled out without asking the model. */
bool nst_text_candidate(const nst_cue *c, uint32_t n, uint32_t i);
/* Features of that place, as indices into the table; `start` is where the sentence began. */
uint32_t nst_text_features(const nst_cue *c, uint32_t n, uint32_t i, uint32_t start, uint32_t *out);

/* Cuts tokens [first, end) of block `block` into sentences, appended to t->sents. */
void nst_text_sentences_of(nst_text *t, uint32_t block, uint32_t first, uint32_t end,
                           nst_arena *doc, nst_arena *scratch, nst_cue_room *room, uint32_t *cap);

#endif
