/* says.h - what the parts of "who says so" share. Inside of stage 5. */
#ifndef NST_SAYS_H
#define NST_SAYS_H

#include "path.h"

/* A run of tokens between quotation marks; may run over sentences and paragraphs. */
typedef struct nst_quote {
    uint32_t first, end;             /* tokens, marks included */
    bool owned;                      /* some attribution's content holds it */
} nst_quote;

typedef struct nst_quotes {
    nst_quote *list;                 /* [n] in order */
    uint32_t n;
    uint32_t *at;                    /* [n_tokens] quote that covers the token, NST_ROOT */
} nst_quotes;

/* events_quote.c: finds quotations by their marks, paragraph by paragraph. */
void nst_quote_find(const nst_text *t, nst_arena *scratch, nst_quotes *out);

#endif
