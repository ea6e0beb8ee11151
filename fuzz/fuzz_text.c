/* fuzz_text.c - any bytes through the text stage, and its promises checked.
 *
 * In: the text of a report (bytes that are not UTF-8 become "?"). Checked: blocks, sentences and tokens are in order; every byte that is not
 * white space is in one token; no token holds white space; a sentence is in one block; the dump reads
 * back to the same dump.
 */
#include <stdlib.h>

#include "text.h"
#include "text_parts.h"

/* Stops the program: a promise is broken. */
static void check(bool ok, const char *what) {
    if (ok) return;
    fprintf(stderr, "fuzz_text: %s\n", what);
    abort();
}

/* Do the tokens hold all bytes that are not white space, in order, and nothing else? */
static void check_tokens(const nst_text *t) {
    const char *p = t->field[NST_FIELD_TEXT].p;
    uint32_t at = 0, n = t->field[NST_FIELD_TEXT].n, next;
    for (uint32_t i = 0; i < t->n_tokens; i++) {
        nst_token k = t->tokens[i];
        check(k.start < k.end && k.end <= n && k.start >= at, "tokens out of order");
        for (; at < k.start; at = next) {
            check(nst_text_class(nst_text_cp(p, at, n, &next)) & NST_CH_SPACE,
                  "a byte in no token");
        }
        for (; at < k.end; at = next) {
            check(!(nst_text_class(nst_text_cp(p, at, n, &next)) & NST_CH_SPACE),
                  "space in a token");
        }
        at = k.end;
    }
    for (; at < n; at = next) {
        check(nst_text_class(nst_text_cp(p, at, n, &next)) & NST_CH_SPACE,
              "bytes behind the last token");
    }
}

/* Do blocks and sentences follow each other, each sentence in its block? */
static void check_order(const nst_text *t) {
    uint32_t at = 0, token = 0;
    for (uint32_t b = 0; b < t->n_blocks; b++) {
        nst_span s = t->blocks[b].span;
        check(s.start >= at && s.end > s.start, "blocks out of order");
        at = s.end;
    }
    for (uint32_t i = 0; i < t->n_sents; i++) {
        const nst_sent *s = &t->sents[i];
        nst_span b = t->blocks[s->block].span;
        check(s->first == token && s->end > s->first, "sentences out of order");
        check(s->span.start >= b.start && s->span.end <= b.end, "a sentence outside its block");
        token = s->end;
    }
    check(token == t->n_tokens, "tokens in no sentence");
}

/* Does the dump read back? */
static void check_form(const nst_text *t, const nst_report *r, nst_arena *doc) {
    nst_writer one = {0}, two = {0};
    nst_text again;
    nst_err e = {0};
    nst_text_dump(t, &one);
    nst_str dump = {one.p, (uint32_t)one.n};
    check(nst_text_parse(dump, r, doc, &again, &e) == NST_OK, "the dump cannot be read");
    nst_text_dump(&again, &two);
    check(one.n == two.n && (!one.n || !memcmp(one.p, two.p, one.n)), "the dump reads otherwise");
    nst_writer_free(&one);
    nst_writer_free(&two);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    nst_arena *doc = nst_arena_new(), *scratch = nst_arena_new();
    char *copy = malloc(n + 1); /* exactly as long as the text, so that a byte too far is seen */
    if (!doc || !scratch || !copy) abort();
    memcpy(copy, data, n);
    for (size_t bad; (bad = nst_utf8_check(copy, n)) < n;) copy[bad] = '?'; /* as reading ensures */
    nst_report r = {.text = copy, .text_len = n};
    nst_text t;
    nst_err e = {0};
    const nst_text_model *m = nst_text_load(&e);
    if (nst_text_run(m, &r, doc, scratch, &t, &e) == NST_OK) {
        check_tokens(&t);
        check_order(&t);
        check_form(&t, &r, doc);
        for (uint32_t i = 0; i < t.n_tokens; i++) (void)nst_text_joined(&t, i);
    }
    free(copy);
    nst_arena_free(doc);
    nst_arena_free(scratch);
    return 0;
}
