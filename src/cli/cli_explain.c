/* cli_explain.c - nestor explain: every stage's view of a report and the rule that fired. */
#include <stdlib.h>

#include "cli_store.h"

static const cli_option options[] = {
    {"stage", 0, "text|parse|entities|events|all", "only this stage's view (default: all)"},
    {"entities", 0, "FILE", "gold entity mentions of the (one) report, in the text form of that stage"},
    {"conllu", 0, NULL, "the input is CoNLL-U: gold tokens, tags and trees"},
    {"chronicle", 'c', "FILE", "the operands are ids of mentions or reports of this chronicle"},
    CLI_READ_OPTIONS,
    CLI_ENGINE_OPTIONS,
    {0},
};

/* Prints one heading and the text form that `w` holds. */
static void section(const char *title, nst_writer *w) {
    printf("---- %s\n", title);
    cli_print(w->p, w->n);
    putchar('\n');
    w->n = 0;
}

/* The stages asked for, one after the other. */
static void explain(const nst_doc *d, const char *stage) {
    nst_writer w = {0};
    bool all = !stage || !strcmp(stage, "all");
    nst_put(&w, NST_S(""));
    printf("==== report %s\n", d->report.id);
    if (all || !strcmp(stage, "text")) {
        nst_text_dump(&d->text, &w);
        section("text: blocks, sentences, tokens", &w);
    }
    if (all || !strcmp(stage, "parse")) {
        nst_parse_dump(&d->parse, true, &w);
        section("parse: CoNLL-U", &w);
    }
    if (all || !strcmp(stage, "entities")) {
        nst_entities_dump(&d->entities, &w);
        section("entities: who, when, where, how much", &w);
    }
    if (all || !strcmp(stage, "events")) {
        nst_events_dump(&d->events, &w);
        section("events: who says so, what, kept or dropped", &w);
    }
    nst_writer_free(&w);
}

/* A whole file; false after a message. */
static bool slurp(const char *path, nst_writer *w) {
    FILE *f = !strcmp(path, "-") ? stdin : fopen(path, "rb");
    char buf[65536];
    size_t n;
    if (!f) {
        fprintf(stderr, "nestor: %s: cannot open\n", path);
        return false;
    }
    while ((n = fread(buf, 1, sizeof buf, f)) > 0) nst_put(w, (nst_str){buf, (uint32_t)n});
    if (f != stdin) fclose(f);
    return true;
}

/* Explains the report the coder has been started on. */
static int explain_started(nst_coder *c, nst_status st, const char *stage, const nst_writer *gold, nst_err *e) {
    if (!st && gold->n) st = nst_coder_read_entities(c, (nst_str){gold->p, (uint32_t)gold->n}, e);
    if (!st) st = nst_coder_reach(c, NST_LEVEL_EVENTS, e);
    if (st) {
        cli_complain(e);
        return cli_exit_of(st);
    }
    explain(nst_coder_doc(c), stage);
    return CLI_OK;
}

/* A whole CoNLL-U file as one report. */
static int explain_conllu(nst_coder *c, const char *path, const nst_read_options *o, const char *stage,
                          const nst_writer *gold) {
    nst_err e = {.byte = UINT64_MAX};
    nst_writer w = {0};
    if (!slurp(path, &w)) return CLI_REJECTED;
    nst_report r = {.date = o->date, .source = o->source};
    nst_status st = nst_coder_start_conllu(c, (nst_str){w.p, (uint32_t)w.n}, &r, &e);
    int code = explain_started(c, st, stage, gold, &e);
    nst_writer_free(&w);
    return code;
}

/* What explaining a report needs. */
typedef struct explaining {
    nst_coder *coder;
    const char *stage;
    const nst_writer *gold;
} explaining;

/* One report of a file. */
static int explain_read(void *context, const nst_report *report) {
    const explaining *x = context;
    nst_err e = {.byte = UINT64_MAX};
    nst_status st = nst_coder_start(x->coder, report, &e);
    return explain_started(x->coder, st, x->stage, x->gold, &e);
}

/* Every report of one file. */
static int explain_file(nst_coder *c, const char *path, const nst_read_options *o, const char *stage,
                        const nst_writer *gold) {
    explaining x = {c, stage, gold};
    return cli_each_report(path, o, explain_read, &x);
}

/* The stored report of one hit. */
static int explain_stored(nst_coder *c, nst_store *s, int64_t report, const char *stage) {
    nst_stored p;
    nst_err e = {.byte = UINT64_MAX};
    bool found;
    nst_status st = nst_store_report(s, report, false, &p, &found, &e);
    if (!st && !p.report.text) st = nst_fail(&e, NST_REJECTED, "store", "the text of report %.60s was not kept", p.report.id);
    if (st) return cli_failed(&e, st);
    return explain_started(c, nst_coder_start(c, &p.report, &e), stage, &(nst_writer){0}, &e);
}

/* The reports that an id of a chronicle means; of a mention, the one it stands in. */
static int explain_id(const cli_args *a, nst_coder *c, const char *id, const char *stage) {
    nst_store *s;
    nst_store_hit hits[16];
    uint32_t n = 0;
    int code = cli_open(a, NST_STORE_READ, &s);
    if (code) return code;
    code = cli_find(s, id, hits, 16, &n);
    for (uint32_t i = 0; i < n && !code; i++) {
        if (hits[i].kind != NST_IS_REPORT) printf("==== %s\n", id);
        code = explain_stored(c, s, hits[i].report, stage);
    }
    nst_store_close(s);
    return code;
}

static int run_explain(const cli_args *a) {
    nst_engine *engine;
    nst_read_options o;
    const char *stage = cli_get(a, "stage");
    if (!a->n_operands) return cli_usage(a, "name at least one file, or - for standard input");
    if (!cli_read_options(a, &o)) return CLI_USAGE;
    nst_writer gold = {0};
    if (cli_has(a, "entities") && !slurp(cli_get(a, "entities"), &gold)) return CLI_REJECTED;
    int code = cli_engine(a, &engine), worst = CLI_OK;
    if (code) return code;
    nst_coder *c = nst_coder_new(engine);
    for (int i = 0; c && i < a->n_operands; i++) {
        code = cli_has(a, "chronicle") ? explain_id(a, c, a->operands[i], stage)
             : cli_has(a, "conllu") ? explain_conllu(c, a->operands[i], &o, stage, &gold)
                                    : explain_file(c, a->operands[i], &o, stage, &gold);
        if (code > worst) worst = code;
    }
    nst_coder_free(c);
    nst_engine_close(engine);
    nst_writer_free(&gold);
    return worst;
}

const cli_command cli_explain = {"explain", "FILE...", "show how each sentence was read, stage by stage",
    "Prints every stage's view of the reports: blocks and tokens, tags and trees (CoNLL-U), entities,\n"
    "attributions and acts, kept or dropped. A line `why` tells of each act the lexicon frame that fired, the way\n"
    "through the tree from its trigger to the recipient and to the actor (<: a step up), and the score.\n\n"
    "Examples\n"
    "  nestor explain story.txt\n"
    "  nestor explain -c news.nestor m_4f0c2b7d9a1e3355\n"
    "  nestor explain --stage events --date 1894-05-15 story.txt\n"
    "  nestor parse story.txt | nestor explain --conllu -\n", options, run_explain};
