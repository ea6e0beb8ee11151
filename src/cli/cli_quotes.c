/* cli_quotes.c - nestor quotes: who said what in a text, in its order.
 *
 * In: reports. Out: one row an attribution: source, stance, cue, the words.
 *   Ruritania's foreign minister (RUR) | asserts | said | that Graustark had expelled two envoys
 * Invariant: the words are those of the text; with --verbatim only what stands between quotation
 * marks.
 */
#include <stdlib.h>

#include "cli_store.h"

/* What is asked and what has been found. */
typedef struct listing {
    bool verbatim;
    int format;
    cli_table table;
    nst_writer out;              /* jsonl */
    uint64_t n, reports;
} listing;

static const char *const titles[] = {"who", "stance", "cue", "quoted", "words"};
static const int widths[] = {34, 8, 16, 6, 40};

/* The source's words and, if known, what he stands for. */
static void put_source(const nst_doc *d, const nst_attribution *a, nst_writer *w) {
    const nst_actor *who = a->source != NST_ROOT ? &d->entities.actors[a->source] : NULL;
    const nst_identity *is = who && who->n_is ? &who->is[0] : NULL;
    if (a->source_span.end > a->source_span.start) nst_put_tsv(w, nst_text_span(&d->text,
        a->source_span));
    else nst_putc(w, '?');
    if (is && (is->person.n || who->context) && is->name.n &&
        !nst_str_eq(is->name, nst_text_span(&d->text, a->source_span)))
        nst_putf(w, " = %.*s", (int)is->name.n, is->name.p);
    if (is && is->entity.n) nst_putf(w, " (%.*s)", (int)is->entity.n, is->entity.p);
    else if (is && is->code[0]) nst_putf(w, " (%s)", is->code);
    if (a->anonymous) nst_putz(w, " [unnamed]");
}

/* Puts what w holds into the next cell and empties it. */
static void cell(cli_table *t, nst_writer *w) {
    cli_cell(t, w->n ? (nst_str){w->p, (uint32_t)w->n} : NST_S(""));
    w->n = 0;
}

/* One attribution as a row. */
static void row(listing *l, const nst_doc *d, const nst_attribution *a) {
    nst_writer w = {0};
    put_source(d, a, &w);
    cell(&l->table, &w);
    cli_cell(&l->table, nst_str_c(nst_stance_name(a->stance)));
    if (a->cue_span.end > a->cue_span.start) nst_put_tsv(&w, nst_text_span(&d->text, a->cue_span));
    cell(&l->table, &w);
    cli_cell(&l->table, a->quoted ? NST_S("yes") : NST_S(""));
    for (uint32_t i = 0; i < a->n_content; i++) {
        nst_putz(&w, i ? " \u2026 " : "");
        nst_put_tsv(&w, nst_text_span(&d->text, a->content[i]));
    }
    cell(&l->table, &w);
    nst_writer_free(&w);
}

/* The attribution lines of the report, those that are asked for. */
static void put_lines(listing *l, nst_coder *c) {
    nst_output want = {.attributions = 1};
    size_t n = 0;
    const char *p = nst_coder_jsonl(c, &want, &n);
    nst_str all = {p, (uint32_t)n}, raw;
    const nst_doc *d = nst_coder_doc(c);
    for (uint32_t i = 0; p && i < d->events.n_attributions && nst_str_split(&all, '\n',
        &raw); i++) {
        if (l->verbatim && !d->events.attributions[i].quoted) continue;
        nst_put(&l->out, raw);
        nst_putc(&l->out, '\n');
    }
}

/* The report just coded. */
static void take_report(listing *l, nst_coder *c) {
    const nst_doc *d = nst_coder_doc(c);
    l->reports++;
    if (l->format == CLI_JSONL) put_lines(l, c);
    for (uint32_t i = 0; i < d->events.n_attributions; i++) {
        const nst_attribution *a = &d->events.attributions[i];
        if (l->verbatim && !a->quoted) continue;
        l->n++;
        if (l->format != CLI_JSONL) row(l, d, a);
    }
}

/* A list being made and the coder that feeds it. */
typedef struct feed {
    listing *to;
    nst_coder *coder;
} feed;

/* One report of a file. */
static int take_read(void *context, const nst_report *report) {
    const feed *f = context;
    nst_err e = {.byte = UINT64_MAX};
    if (nst_coder_run(f->coder, report, &e)) {
        cli_complain(&e);
        return CLI_REJECTED;
    }
    take_report(f->to, f->coder);
    return CLI_OK;
}

/* Every report of one file. */
static int take_file(listing *l, nst_coder *c, const char *path, const nst_read_options *o) {
    feed f = {l, c};
    return cli_each_report(path, o, take_read, &f);
}

static const cli_option options[] = {
    {"verbatim", 'q', NULL, "only what is quoted word by word"},
    CLI_ROWS_OPTION,
    CLI_READ_OPTIONS,
    CLI_ENGINE_OPTIONS,
    {0},
};

static int run_quotes(const cli_args *a) {
    listing l = {.verbatim = cli_has(a, "verbatim"), .format = cli_rows_format(a),
        .table = {.n_columns = 5, .titles = titles, .widths = widths}};
    nst_engine *engine;
    nst_read_options o;
    int worst = CLI_OK, code;
    if (!a->n_operands) return cli_usage(a, "name at least one file, or - for standard input");
    if (!cli_read_options(a, &o)) return CLI_USAGE;
    if ((code = cli_engine(a, &engine))) return code;
    nst_coder *c = nst_coder_new(engine);
    for (int i = 0; c && i < a->n_operands; i++)
        if ((code = take_file(&l, c, a->operands[i], &o)) > worst) worst = code;
    nst_coder_free(c);
    nst_engine_close(engine);
    if (worst <= CLI_REJECTED) {
        if (l.format != CLI_JSONL) cli_table_print(&l.table, l.format, &l.out);
        cli_print(l.out.p ? l.out.p : "", l.out.n);
        fprintf(l.format == CLI_TABLE ? stdout : stderr,
            "%llu attributions in %llu reports (level: attribution)\n",
                (unsigned long long)l.n, (unsigned long long)l.reports);
    }
    nst_writer_free(&l.table.cells);
    nst_writer_free(&l.out);
    return worst;
}

const cli_command cli_quotes = {"quotes", "FILE...",
    "who said what in a text, word by word or in substance",
    "Every attribution of the reports, also where no act is coded: who, by which words, and what. The\n"
    "lines of --format jsonl are those of 'nestor code --attributions'.\n\n"
    "Examples\n"
    "  nestor quotes story.txt\n"
    "  nestor quotes --verbatim --format tsv reports.jsonl\n", options, run_quotes};
