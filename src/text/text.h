/* text.h - stage 2: a report to blocks, sentences and tokens.
 *
 * In: nst_report. Out: blocks (headline, dateline, credit, litter, story), sentences, tokens, all
 * by byte span of the field they stand in, as received.
 *   Ruritania | 's | foreign | minister | said | on | Tuesday | that | Graustark | had | expelled |
 * ...
 * Invariants: (1) tokens are in order, do not overlap and hold no white space; (2) a sentence never
 * crosses a block; (3) title blocks and sentences come first; (4) tokens of litter and credits
 * exist but belong to sentences of those blocks, which no later stage codes.
 */
#ifndef NST_TEXT_H
#define NST_TEXT_H

#include "base.h"

enum { NST_FIELD_TEXT, NST_FIELD_TITLE };

/* Bytes [start, end) of one field of the report. */
typedef struct nst_span {
    uint32_t start, end;
    uint8_t field;               /* NST_FIELD_* */
} nst_span;

typedef enum nst_block_kind {
    NST_BLOCK_STORY,
    NST_BLOCK_HEADLINE,          /* the title field, or a headline inside the text */
    NST_BLOCK_SUBHEAD,
    NST_BLOCK_DATELINE,          /* "STRELSAU, March 3. /Ruritanian Wire/." : only its own bytes */
    NST_BLOCK_CREDIT,            /* byline, "(attribution: TASS)", "Reporting by ..." */
    NST_BLOCK_CAPTION,
    NST_BLOCK_LITTER,            /* menus, links, forms: never coded */
} nst_block_kind;

typedef struct nst_block {
    nst_span span;
    uint8_t kind;                /* nst_block_kind */
    uint32_t paragraph;          /* counts up; dateline and credit share that of their story text */
    nst_span agency;             /* dateline, credit: the agency or outlet named; empty if none */
    nst_span place, date;        /* dateline: "STRELSAU", "March 3"; empty if none */
    nst_span author;             /* credit: the byline's name; empty if none */
} nst_block;

/* A token: a syntactic word of Universal Dependencies ("do" and "n't" are two). */
typedef struct nst_token {
    uint32_t start, end;         /* bytes in the field of its sentence */
} nst_token;

typedef struct nst_sent {
    nst_span span;
    uint32_t first, end;         /* tokens [first, end) */
    uint32_t block;              /* index into blocks */
} nst_sent;

typedef struct nst_text {
    const nst_report *report;
    nst_str field[2];            /* [NST_FIELD_*] the bytes all spans point into */
    nst_block *blocks;           /* [n_blocks] in order of position, title first */
    nst_sent *sents;             /* [n_sents] */
    nst_token *tokens;           /* [n_tokens] */
    uint32_t *sent_of;           /* [n_tokens] the token's sentence */
    uint32_t n_blocks, n_sents, n_tokens;
} nst_text;

typedef struct nst_text_model nst_text_model;  /* const after load, shared by threads */

const nst_text_model *nst_text_load(nst_err *e);
/* Fills *out, allocating in `doc`. */
nst_status nst_text_run(const nst_text_model *m, const nst_report *r, nst_arena *doc,
                        nst_arena *scratch, nst_text *out, nst_err *e);

/* The bytes of a token, a span. */
nst_str nst_text_token(const nst_text *t, uint32_t token);
nst_str nst_text_span(const nst_text *t, nst_span s);
/* Span of tokens [first, end), which lie in one sentence. */
nst_span nst_text_tokens(const nst_text *t, uint32_t first, uint32_t end);
/* Is this sentence to be coded (story, headline, subhead, caption)? */
bool nst_text_coded(const nst_text *t, uint32_t sent);
/* Is there white space between token i and i+1? */
bool nst_text_space_after(const nst_text *t, uint32_t token);
/* Does the token go on the multiword token of the one before it ("n't" of "don't", "'s", "not" of
 * "cannot")? For CoNLL-U's ranges. */
bool nst_text_joined(const nst_text *t, uint32_t token);

/* NST_SKIPPED with the reason if the report is not in English: its `lang` says so, or, without one,
 * a hundred words hold next to none of the small words of English. */
nst_status nst_text_language(const nst_text *t, nst_err *e);

/* Text form: one line a block ("# block KIND START END ..."), sentence and token. */
void nst_text_dump(const nst_text *t, nst_writer *w);
nst_status nst_text_parse(nst_str dump, const nst_report *r, nst_arena *doc, nst_text *out,
                          nst_err *e);

#endif
