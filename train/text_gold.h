/* text_gold.h - gold sentences of a CoNLL-U file as raw text, for training and scoring the text
 * stage.
 *
 * In: CoNLL-U. Out: for each document its raw text, as the CoNLL 2018 shared task had it: sentences
 * parted by one space (or by nothing after SpaceAfter=No), paragraphs by a blank line; with the
 * bytes at which words, tokens and sentences start and end. Included by the programs in train/
 * only.
 * Reference: Zeman et al., CoNLL 2018 shared task: multilingual parsing from raw text to UD.
 */
#ifndef NST_TRAIN_TEXT_GOLD_H
#define NST_TRAIN_TEXT_GOLD_H

#include <stdio.h>
#include <stdlib.h>

#include "text.h"

typedef struct gold_span {
    uint32_t start, end;
} gold_span;

typedef struct gold_doc {
    char *text;
    uint32_t n, cap;
    gold_span *words, *tokens, *sents;
    uint32_t n_words, n_tokens, n_sents, cap_words, cap_tokens, cap_sents;
} gold_doc;

/* Appends to a growing array; these programs may stop when memory is out. */
#define GOLD_PUSH(arr, n, cap, value)                                                              \
    do {                                                                                           \
        if ((n) == (cap)) {                                                                        \
            (cap) = (cap) ? 2 * (cap) : 1024;                                                      \
            (arr) = realloc((arr), (cap) * sizeof *(arr));                                         \
            if (!(arr)) abort();                                                                   \
        }                                                                                          \
        (arr)[(n)++] = (value);                                                                    \
    } while (0)

static void gold_put(gold_doc *d, const char *z, size_t n) {
    for (size_t i = 0; i < n; i++) GOLD_PUSH(d->text, d->n, d->cap, z[i]);
}

/* Columns of one line, cut in place. */
static int gold_columns(char *line, char **col) {
    int n = 0;
    for (char *p = line; n < 10; n++) {
        col[n] = p;
        char *tab = strchr(p, '\t');
        if (!tab) return n + 1;
        *tab = 0;
        p = tab + 1;
    }
    return n;
}

/* One word or multiword token of the file. `inner` words stand inside a multiword token whose bytes
 * are already there; *inner_at walks through them. */
static void gold_row(gold_doc *d, char **col, uint32_t *inner, uint32_t *inner_at,
                     uint32_t *inner_end, bool *space) {
    size_t n = strlen(col[1]);
    bool no_space = strstr(col[9], "SpaceAfter=No") != NULL;
    if (strchr(col[0], '.')) return;
    if (*inner) {
        (*inner)--;
        uint32_t end = *inner ? *inner_at + (uint32_t)n : *inner_end;
        if (end > *inner_end) end = *inner_end;
        GOLD_PUSH(d->words, d->n_words, d->cap_words, ((gold_span){*inner_at, end}));
        *inner_at = end;
        return;
    }
    if (*space) gold_put(d, " ", 1);
    uint32_t start = d->n;
    gold_put(d, col[1], n);
    *space = !no_space;
    GOLD_PUSH(d->tokens, d->n_tokens, d->cap_tokens, ((gold_span){start, d->n}));
    const char *dash = strchr(col[0], '-');
    if (dash) {
        *inner = (uint32_t)(atoi(dash + 1) - atoi(col[0]) + 1);
        *inner_at = start;
        *inner_end = d->n;
    } else {
        GOLD_PUSH(d->words, d->n_words, d->cap_words, ((gold_span){start, d->n}));
    }
}

/* Reads the file, a document at a time: *d is the next one; false at the end. */
static bool gold_next(FILE *f, gold_doc *d, long *keep) {
    char *line = NULL, *col[10];
    size_t room = 0;
    bool space = false, any = false;
    uint32_t inner = 0, inner_at = 0, inner_end = 0, first = UINT32_MAX;
    d->n = d->n_words = d->n_tokens = d->n_sents = 0;
    if (*keep >= 0) fseek(f, *keep, SEEK_SET);
    long at = ftell(f);
    for (ssize_t n; (n = getline(&line, &room, f)) >= 0; at = ftell(f)) {
        while (n && (line[n - 1] == '\n' || line[n - 1] == '\r')) line[--n] = 0;
        if (!strncmp(line, "# newdoc", 8)) {
            if (any) break;
        } else if (!strncmp(line, "# newpar", 8) && strncmp(line, "# newpar_", 9)) {
            if (d->n) gold_put(d, "\n\n", 2);
            space = false;
        } else if (n == 0) {
            if (first != UINT32_MAX) {
                GOLD_PUSH(d->sents, d->n_sents, d->cap_sents,
                          ((gold_span){first, d->tokens[d->n_tokens - 1].end}));
            }
            first = UINT32_MAX;
        } else if (line[0] != '#') {
            for (int k = gold_columns(line, col); k < 10; k++) col[k] = line + n;
            uint32_t before = d->n_tokens;
            gold_row(d, col, &inner, &inner_at, &inner_end, &space);
            if (first == UINT32_MAX && d->n_tokens > before) first = d->tokens[before].start;
            any = true;
        }
    }
    *keep = at;
    free(line);
    return any;
}

#endif
