/* oom.c - makes the n-th allocation fail, for every n, and checks that coding says so and goes on.
 *
 * usage: oom FILE.jsonl. Ends with the number of failures provoked; exits 1 when a run neither
 * succeeded nor reported NST_ENOMEM, or when output differs after a failure.
 */
#include <stdlib.h>

#include "pipeline.h"

static long countdown = -1;              /* allocations until one fails; -1: never */

static void *failing(size_t n) {
    if (countdown == 0) return NULL;
    if (countdown > 0) countdown--;
    return malloc(n);
}

/* Opens an engine, codes the text, returns the status; *hash is of the output when it worked. */
static nst_status code(const nst_report *r, uint64_t *hash) {
    nst_engine *g = NULL;
    nst_err e = {0};
    nst_status st = nst_engine_open(NULL, &g, &e);
    if (st) return st;
    nst_coder *c = nst_coder_new(g);
    size_t n = 0;
    st = c ? nst_coder_run(c, r, &e) : NST_ENOMEM;
    const char *p = st ? NULL : nst_coder_jsonl(c, NULL, &n);
    if (!st && !p) st = NST_ENOMEM;
    if (!st) *hash = nst_hash(p, n);
    nst_coder_free(c);
    nst_engine_close(g);
    return st;
}

int main(int argc, char **argv) {
    nst_reader *reader;
    nst_report r;
    nst_err e = {0};
    nst_read_options o = {0};
    if (argc < 2 || nst_read_open(argv[1], &o, &reader, &e) ||
        nst_read_next(reader, &r, &e) != NST_READ_REPORT) {
        fprintf(stderr, "oom: cannot read a report from %s\n", argc < 2 ? "nothing" : argv[1]);
        return 2;
    }
    uint64_t want = 0, got = 0;
    if (code(&r, &want)) return nst_read_close(reader), 2;
    nst_malloc_hook = failing;
    long n = 0;
    int rc = 0;
    for (;; n++) {
        countdown = n;
        nst_status st = code(&r, &got);
        bool ran_out = countdown == 0;
        countdown = -1;
        if (st == NST_OK && got != want) {
            printf("oom: other output after failure %ld\n", n);
            rc = 1;
            break;
        }
        if (st != NST_OK && st != NST_ENOMEM) {
            printf("oom: status %d at failure %ld\n", st, n);
            rc = 1;
            break;
        }
        if (st == NST_OK && !ran_out) break;
    }
    nst_malloc_hook = NULL;
    nst_read_close(reader);
    if (!rc) printf("failing allocations: %ld provoked, all reported\n", n);
    return rc;
}
