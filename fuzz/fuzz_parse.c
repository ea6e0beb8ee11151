/* fuzz_parse.c - any bytes as a report: the text and parse stages must return, with sound records.
 *
 * Invariants checked: tokens in order inside their sentences; every sentence a tree; names apart;
 * the CoNLL-U that is printed can be read back.
 */
#include <stdlib.h>

#include "pipeline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void sound(const nst_doc *d) {
    const nst_text *t = &d->text;
    for (uint32_t s = 0; s < t->n_sents; s++) {
        uint32_t roots = 0;
        for (uint32_t i = t->sents[s].first; i < t->sents[s].end; i++) {
            uint32_t h = d->parse.head[i];
            roots += h == NST_ROOT;
            if (h != NST_ROOT && (h < t->sents[s].first || h >= t->sents[s].end)) abort();
            if (t->tokens[i].end <= t->tokens[i].start) abort();
            if (i > t->sents[s].first && t->tokens[i].start < t->tokens[i - 1].end) abort();
        }
        if (t->sents[s].end > t->sents[s].first && roots != 1) abort();
    }
    for (uint32_t i = 1; i < d->parse.n_names; i++)
        if (d->parse.names[i].first < d->parse.names[i - 1].end) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    static nst_engine *engine;
    static nst_coder *coder, *again;
    nst_err e = {0};
    if (!engine && nst_engine_open(NULL, &engine, &e)) abort();
    if (!coder && (!(coder = nst_coder_new(engine)) || !(again = nst_coder_new(engine)))) abort();
    nst_report r = {.text = (const char *)data, .text_len = n};
    if (nst_coder_start(coder, &r, &e) || nst_coder_reach(coder, NST_LEVEL_PARSE, &e)) return 0;
    sound(nst_coder_doc(coder));
    nst_writer w = {0};
    nst_parse_dump(&nst_coder_doc(coder)->parse, true, &w);
    if (w.n && nst_coder_start_conllu(again, (nst_str){w.p, (uint32_t)w.n}, NULL, &e)) {
        fprintf(stderr, "not read back: %s\n", e.message);
        abort();
    }
    nst_writer_free(&w);
    return 0;
}
