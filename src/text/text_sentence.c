/* text_sentence.c - tokens to sentences. */
#include "text_parts.h"

static nst_str tok(const nst_text *t, nst_str f, uint32_t i) {
    return (nst_str){f.p + t->tokens[i].start, t->tokens[i].end - t->tokens[i].start};
}

/* Does a sentence end behind token i? */
static bool boundary(const nst_text *t, nst_str f, uint32_t i, uint32_t end) {
    nst_str w = tok(t, f, i);
    char last = w.p[w.n - 1];
    uint32_t k = i;
    while (k > 0 && (nst_str_is(w, "\"") || nst_str_is(w, ")") || nst_str_is(w, "\xE2\x80\x9D")) && i - k < 3) {
        w = tok(t, f, --k);
        last = w.p[w.n - 1];
    }
    if (last != '.' && last != '!' && last != '?') return false;
    if (t->tokens[i].end == t->tokens[i + 1].start) return false;
    nst_str next = tok(t, f, i + 1);
    (void)end;
    unsigned cl = nst_text_class_at(next.p, 0, next.n);
    if (cl & NST_CH_LOWER) return false;
    if (w.n > 1 && last == '.' && nst_text_class((unsigned char)w.p[0]) & NST_CH_LETTER) return false;
    return true;
}

void nst_text_sentences_of(nst_text *t, uint32_t block, uint32_t first, uint32_t end,
                           nst_arena *doc, uint32_t *cap) {
    nst_span b = t->blocks[block].span;
    nst_str f = t->field[b.field];
    uint32_t from = first;
    for (uint32_t i = first; i < end; i++) {
        if (i + 1 < end && !boundary(t, f, i, end)) continue;
        *NST_PUSH(doc, t->sents, t->n_sents, *cap) = (nst_sent){
            .span = {t->tokens[from].start, t->tokens[i].end, b.field}, .first = from, .end = i + 1, .block = block};
        from = i + 1;
    }
}
