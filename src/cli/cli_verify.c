/* cli_verify.c - nestor verify: does the evidence still stand, and would coding give the same
 * again? */
#include <stdlib.h>

#include "cli_store.h"

static const cli_option options[] = {
    CLI_CHRONICLE_OPTION,
    {"recode", 0, NULL, "code every stored text again and compare"},
    {"limit", 'n', "N", "--recode: only the first N reports"},
    CLI_ENGINE_OPTIONS,
    {0},
};

static void print_finding(void *arg, const char *what) { printf("%s\n", what); }

/* Codes one stored report again; says where the lines part. Returns 1 when they differ. */
static int compare(nst_store *s, nst_coder *c, const nst_stored *p, nst_err *e, nst_status *st) {
    nst_writer kept = {0};
    size_t n = 0;
    int differ = 0;
    nst_put(&kept, NST_S(""));
    *st = nst_coder_run(c, &p->report, e);
    const char *now = *st ? "" : nst_coder_jsonl(c, NULL, &n);
    bool refused = *st == NST_SKIPPED || *st == NST_REJECTED;
    if (refused) *st = NST_OK;
    if (!*st) *st = nst_store_lines(s, p->id, true, &kept, e);
    if (!*st && (refused || !now || kept.n != n || memcmp(kept.p, now, n))) {
        differ = 1;
        printf("report %s: coding gives other lines now (%llu mentions stored by %s)\n",
               p->report.id, (unsigned long long)p->mentions, p->engine);
    }
    nst_writer_free(&kept);
    return differ;
}

/* Every stored text through the engine. */
static int recode(const cli_args *a, nst_store *s, long limit, uint64_t *differ) {
    nst_engine *engine;
    nst_err e = {.byte = UINT64_MAX};
    nst_stored p;
    bool found;
    long n = 0, without = 0;
    int64_t at = 0;
    int code = cli_engine(a, &engine);
    if (code) return code;
    nst_coder *c = nst_coder_new(engine);
    nst_status st = c ? NST_OK : NST_ENOMEM;
    while (!st && (!limit || n < limit)) {
        st = nst_store_report(s, at, true, &p, &found, &e);
        if (st || !found) break;
        at = p.id;
        n++;
        without += !p.report.text;
        if (p.report.text) *differ += (uint64_t)compare(s, c, &p, &e, &st);
    }
    nst_coder_free(c);
    nst_engine_close(engine);
    if (st) return cli_failed(&e, st);
    printf("%ld reports coded again, %ld without text, %llu differ (level: report)\n", n - without,
           without, (unsigned long long)*differ);
    return CLI_OK;
}

static int run_verify(const cli_args *a) {
    nst_store *s;
    nst_store_check out;
    nst_err e = {.byte = UINT64_MAX};
    uint64_t differ = 0;
    long limit;
    if (!cli_int(a, "limit", 0, 1000000000, 0, &limit)) return CLI_USAGE;
    int code = cli_open(a, NST_STORE_READ, &s);
    if (code) return code;
    nst_status st = nst_store_verify(s, print_finding, NULL, &out, &e);
    if (st) {
        code = cli_failed(&e, st);
    } else {
        printf("%llu reports (%llu without text), %llu mentions, %llu spans read again: %llu "
               "findings\n",
               (unsigned long long)out.reports, (unsigned long long)out.without_text,
               (unsigned long long)out.mentions, (unsigned long long)out.spans,
               (unsigned long long)out.findings);
        if (cli_has(a, "recode")) code = recode(a, s, limit, &differ);
        if (!code && (out.findings || differ)) code = CLI_REJECTED;
    }
    nst_store_close(s);
    return code;
}

const cli_command cli_verify = {"verify",
                                "",
                                "read all evidence of a chronicle again",
                                "Checks the file, the keys between its tables, the full-text "
                                "index, the hash of every text and of the\n"
                                "bytes of every span, and that every report has its outcome. Exit "
                                "code 1 when something does not fit.\n\n"
                                "Examples\n"
                                "  nestor verify -c news.nestor\n"
                                "  nestor verify -c news.nestor --recode\n",
                                options,
                                run_verify};
