/* cli_code.c - nestor code: reports in, attributed mentions out.
 *
 * In: files. Out: a table, JSON Lines or TSV, in the order of the input whatever the number of
 * threads. Idea: the ring of cli_jobs.h; a job's output is made by its worker, so that the main
 * thread only reads and writes. Invariant: output is the same bytes for any -j.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "cli_jobs.h"

enum { OUT_TABLE, OUT_JSONL, OUT_TSV };

/* One report. */
typedef struct code_job {
    cli_job job;
    uint32_t n_mentions;
} code_job;

/* The run. Workers only read the first three. */
typedef struct run {
    nst_output output;
    int format;
    int widths[5];
    cli_ring ring;
    int code;                        /* exit code so far */
    uint64_t reports, rejected, mentions, bytes;
} run;

static const cli_option options[] = {
    {"format", 'f', "table|jsonl|tsv", "default: table on a terminal, else jsonl"},
    {"offsets", 0, "bytes|chars", "what spans count: UTF-8 bytes (default) or code points"},
    {"attributions", 'a', NULL, "also one line for every attribution (jsonl)"},
    {"jobs", 'j', "N", "threads; the output is the same for any N"},
    {"stats", 0, NULL, "time per stage and speed on standard error when done"},
    CLI_READ_OPTIONS,
    CLI_ENGINE_OPTIONS,
    {0},
};

/* ---- coding one report ------------------------------------------------------------------- */

/* Table rows of the document, headed by the report's id. */
static void write_table(const nst_doc *d, const int *widths, nst_writer *out) {
    cli_table t = {5, cli_mention_titles, widths, {0}, 0};
    for (uint32_t i = 0; i < d->events.n_mentions; i++)
        if (d->events.mentions[i].kept) cli_mention_row(d, &d->events.mentions[i], &t);
    nst_putf(out, "report %s%s%s%s%s\n", d->report.id, d->report.date ? "  " : "",
             d->report.date ? d->report.date : "", d->report.source ? "  " : "",
             d->report.source ? d->report.source : "");
    if (t.cells.n) cli_table_print(&t, CLI_TABLE, out);
    else nst_putz(out, "no mention found\n");
    nst_putf(out, "%u mentions (level: mention; all modalities)\n\n", t.n_rows);
    nst_writer_free(&t.cells);
}

/* In a worker: the report's output into j->out. */
static void code_one(void *context, nst_coder *c, cli_job *j) {
    const run *r = context;
    const nst_doc *d = nst_coder_doc(c);
    j->status = nst_coder_run(c, &j->report, &j->err);
    if (j->status) return;
    ((code_job *)j)->n_mentions = (uint32_t)nst_coder_mention_count(c);
    if (r->format == OUT_JSONL) {
        size_t n = 0;
        const char *p = nst_coder_jsonl(c, &r->output, &n);
        if (p) nst_put(&j->out, (nst_str){p, (uint32_t)n});
        else j->status = nst_fail(&j->err, NST_ENOMEM, "events", "out of memory");
    } else if (r->format == OUT_TSV) {
        for (uint32_t i = 0; i < d->events.n_mentions; i++)
            if (d->events.mentions[i].kept) cli_mention_tsv(d, &d->events.mentions[i], &j->out);
    } else {
        write_table(d, r->widths, &j->out);
    }
    if (j->out.failed) j->status = nst_fail(&j->err, NST_ENOMEM, "cli", "out of memory");
}

/* ---- writing in order -------------------------------------------------------------------- */

/* Writes what one finished job gave, or says why there is nothing. Anything worse than a rejection
 * ends the run. */
static int write_job(void *context, cli_job **jobs, uint32_t n) {
    run *r = context;
    cli_job *j = jobs[0];
    r->reports++;
    r->bytes += j->report.text_len;
    if (j->status) {
        int code = cli_exit_of(j->status);
        cli_progress_clear(&r->ring.progress);
        cli_complain(&j->err);
        r->rejected += code == CLI_REJECTED;
        if (r->code <= CLI_REJECTED) r->code = code;
    } else {
        r->mentions += ((code_job *)j)->n_mentions;
        if (!cli_print(j->out.p, j->out.n)) r->code = CLI_WORLD;
    }
    return r->code > CLI_REJECTED ? r->code : 0;
}

/* ---- reading ----------------------------------------------------------------------------- */

/* All reports of one file. What cannot be read goes round the ring too, so that messages come in
 * the order of the input. False: the run is to end. */
static bool read_file(run *r, const char *path, const nst_read_options *o) {
    nst_reader *reader;
    nst_report rep;
    uint64_t size = 0;
    nst_err e = {.byte = UINT64_MAX};
    nst_read_result got;
    cli_job *j = NULL;
    if (nst_read_open(path, o, &reader, &e)) {
        cli_complain(&e);
        r->code = CLI_WORLD;
        return false;
    }
    while ((got = nst_read_next(reader, &rep, &e)) != NST_READ_END &&
           (j = cli_ring_next(&r->ring))) {
        j->upto = r->ring.progress.before + nst_read_position(reader, &size);
        j->work = got == NST_READ_REPORT;
        if (j->work) {
            cli_ring_report(&r->ring, j, &rep);
            continue;
        }
        j->status = e.code;
        j->err = e;
        cli_ring_offer(&r->ring, j);
    }
    nst_read_close(reader);
    r->ring.progress.before += size;
    return got == NST_READ_END;
}

/* Does output go into a file, so that a line of progress disturbs nobody? */
static bool into_file(void) {
    struct stat info;
    return cli_is_terminal(STDERR_FILENO) && fstat(STDOUT_FILENO, &info) == 0 &&
        S_ISREG(info.st_mode);
}

/* All files. */
static void read_files(run *r, const cli_args *a, const nst_read_options *o) {
    struct stat info;
    cli_progress *p = &r->ring.progress;
    for (int i = 0; i < a->n_operands; i++)
        if (stat(a->operands[i], &info) == 0 && S_ISREG(info.st_mode))
            p->size += (uint64_t)info.st_size;
    cli_progress_start(p, into_file());
    for (int i = 0; i < a->n_operands; i++)
        if (!read_file(r, a->operands[i], o)) break;
    cli_ring_drain(&r->ring, 0);
    cli_progress_show(p, true);
}

/* ---- the command ------------------------------------------------------------------------- */

/* Time and speed on standard error. */
static void print_stats(const run *r, double wall) {
    static const char *const level[] = {"", "text", "parse", "entities", "events"};
    fprintf(stderr,
            "%llu reports (%llu rejected), %llu sentences, %llu mentions, %.2f MB in %.2f s\n",
            (unsigned long long)r->reports, (unsigned long long)r->rejected,
            (unsigned long long)r->ring.sentences, (unsigned long long)r->mentions,
            (double)r->bytes / 1e6, wall);
    double sum = 0;
    const double *spent = r->ring.timing.spent, sentences = (double)r->ring.sentences;
    for (int i = 1; i <= NST_LEVEL_EVENTS; i++) sum += spent[i];
    for (int i = 1; i <= NST_LEVEL_EVENTS; i++)
        fprintf(stderr, "%-9s %8.3f s %5.1f %%  %9.0f sentences/s\n", level[i], spent[i],
                sum > 0 ? 100 * spent[i] / sum : 0, spent[i] > 0 ? sentences / spent[i] : 0);
    if (sum > 0)
        fprintf(stderr,
                "%-9s %8.3f s          %9.0f sentences/s  %.2f MB/s per core, arenas at most %.1f MB\n",
                "all", sum, sentences / sum, (double)r->bytes / 1e6 / sum,
                (double)r->ring.peak / 1e6);
}

/* The format of --format; without it what suits the reader: eyes or a program. */
static int format_of(const cli_args *a) {
    const char *z = cli_get(a, "format");
    if (!z) return cli_is_terminal(STDOUT_FILENO) ? OUT_TABLE : OUT_JSONL;
    return !strcmp(z, "jsonl") ? OUT_JSONL : !strcmp(z, "tsv") ? OUT_TSV : OUT_TABLE;
}

static int run_code(const cli_args *a) {
    run r = {.widths = {-10, 30, 22, 26, 24}, .format = format_of(a)};
    nst_engine *engine;
    nst_read_options o;
    long n;
    const char *offsets = cli_get(a, "offsets");
    if (!a->n_operands) return cli_usage(a, "name at least one file, or - for standard input");
    if (!cli_int(a, "jobs", 1, CLI_MAX_THREADS, 1, &n) || !cli_read_options(a, &o))
        return CLI_USAGE;
    r.output = (nst_output){.chars = offsets && !strcmp(offsets, "chars"), .mentions = 1,
        .attributions = cli_has(a, "attributions")};
    int code = cli_engine(a, &engine);
    if (code) return code;
    r.ring = (cli_ring){.engine = engine, .n_jobs = (uint32_t)n * 4, .batch = 1,
        .job_size = sizeof(code_job), .context = &r, .work = code_one, .write = write_job};
    double begin = cli_clock();
    if (!cli_ring_start(&r.ring, n)) {
        nst_engine_close(engine);
        return CLI_WORLD;
    }
    if (r.format == OUT_TSV) fputs(cli_mention_tsv_head, stdout);
    read_files(&r, a, &o);
    cli_ring_stop(&r.ring);
    if (cli_has(a, "stats")) print_stats(&r, cli_clock() - begin);
    nst_engine_close(engine);
    return r.code;
}

const cli_command cli_code = {"code", "FILE...",
    "code reports: who did what to whom, and who says so",
    "Reads plain text (one report a file) or JSON Lines (one report a line) and prints every act it\n"
    "finds, with its actors, date, place, modality, the chain of who says so, and the bytes that prove\n"
    "it. '-' is standard input. Bad input is reported on standard error and the run goes on.\n\n"
    "Examples\n"
    "  nestor code samples/*.txt\n"
    "  nestor code --date 1894-05-15 --source 'Zenda Gazette' story.txt\n"
    "  nestor code -j 4 --format jsonl reports.jsonl > mentions.jsonl\n", options, run_code};
