/* cli_code.c - nestor code: reports in, attributed mentions out.
 *
 * In: files. Out: a table, JSON Lines or TSV, in the order of the input whatever the number of threads.
 * Idea: the main thread reads reports into a ring of jobs; workers code them; the main thread writes
 * finished jobs in order. Invariant: output is the same bytes for any -j.
 */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"

enum { OUT_TABLE, OUT_JSONL, OUT_TSV };

/* One report on its way through a worker. */
typedef struct job {
    enum { FREE, READY, BUSY, DONE } state;
    nst_arena *arena;                /* owns the strings of `report` */
    nst_report report;
    nst_writer out;
    uint32_t n_mentions;
    nst_status status;
    nst_err err;
} job;

/* What all threads share. */
typedef struct run {
    const nst_engine *engine;
    nst_output output;
    int format;
    job *jobs;                       /* [n_jobs] ring */
    uint32_t n_jobs, next_read, next_work, next_write;
    bool ended;                      /* nothing more will be read */
    pthread_mutex_t lock;
    pthread_cond_t ready, done;
    nst_timing timing;               /* sums of all workers, --stats */
    size_t peak;
    uint64_t reports, rejected, mentions, bytes, sentences;
    int widths[5];
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

static void code_one(run *r, nst_coder *c, job *j) {
    const nst_doc *d = nst_coder_doc(c);
    j->status = nst_coder_run(c, &j->report, &j->err);
    if (j->status) return;
    j->n_mentions = (uint32_t)nst_coder_mention_count(c);
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

/* A worker: takes ready jobs in order until there will be no more. */
static void *work(void *arg) {
    run *r = arg;
    nst_coder *c = nst_coder_new(r->engine);
    if (c) nst_coder_timing(c)->clock = cli_clock;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (r->next_work == r->next_read && !r->ended) pthread_cond_wait(&r->ready, &r->lock);
        if (r->next_work == r->next_read) break;
        job *j = &r->jobs[r->next_work++ % r->n_jobs];
        j->state = BUSY;
        pthread_mutex_unlock(&r->lock);
        uint64_t sents = 0;
        if (c) {
            code_one(r, c, j);
            sents = nst_coder_doc(c)->text.n_sents;
        } else {
            j->status = nst_fail(&j->err, NST_ENOMEM, "cli", "out of memory");
        }
        pthread_mutex_lock(&r->lock);
        r->sentences += sents;
        j->state = DONE;
        pthread_cond_signal(&r->done);
    }
    if (c) {
        for (int i = 0; i <= NST_LEVEL_EVENTS; i++)
            r->timing.spent[i] += nst_coder_timing(c)->spent[i];
        if (nst_coder_peak(c) > r->peak) r->peak = nst_coder_peak(c);
    }
    pthread_mutex_unlock(&r->lock);
    nst_coder_free(c);
    return NULL;
}

/* ---- writing in order -------------------------------------------------------------------- */

/* Writes what a finished job gave and frees its place. Returns the exit code so far. */
static int write_job(run *r, job *j, int code) {
    r->reports++;
    r->bytes += j->report.text_len;
    if (j->status == NST_REJECTED || j->status == NST_SKIPPED) {
        cli_complain(&j->err);
        r->rejected++;
        if (code == CLI_OK) code = CLI_REJECTED;
    } else if (j->status) {
        cli_complain(&j->err);
        code = cli_exit_of(j->status);
    } else {
        r->mentions += j->n_mentions;
        if (!cli_print(j->out.p, j->out.n)) code = CLI_WORLD;
    }
    j->out.n = 0;
    j->state = FREE;
    return code;
}

/* Writes finished jobs; waits until at most `left` are under way. */
static int drain(run *r, uint32_t left, int code) {
    pthread_mutex_lock(&r->lock);
    while (r->next_read - r->next_write > left) {
        job *j = &r->jobs[r->next_write % r->n_jobs];
        while (j->state != DONE) pthread_cond_wait(&r->done, &r->lock);
        pthread_mutex_unlock(&r->lock);
        code = write_job(r, j, code);
        pthread_mutex_lock(&r->lock);
        r->next_write++;
    }
    pthread_mutex_unlock(&r->lock);
    return code;
}

/* ---- reading ----------------------------------------------------------------------------- */

/* A C string copied into the arena; NULL stays NULL. */
static const char *copy(nst_arena *a, const char *z) {
    return z ? nst_arena_dup(a, z, strlen(z)) : NULL;
}

/* Copies a report into the next free job and offers it to the workers. */
static void offer(run *r, const nst_report *rep) {
    job *j = &r->jobs[r->next_read % r->n_jobs];
    nst_arena_reset(j->arena);
    if (setjmp(*nst_arena_oom(j->arena))) {
        j->status = NST_ENOMEM;
        return;
    }
    j->report = (nst_report){.id = copy(j->arena, rep->id), .title = copy(j->arena, rep->title),
        .text = nst_arena_dup(j->arena, rep->text, rep->text_len), .text_len = rep->text_len,
        .date = copy(j->arena, rep->date), .source = copy(j->arena, rep->source),
        .url = copy(j->arena, rep->url), .author = copy(j->arena, rep->author),
        .lang = copy(j->arena, rep->lang), .sha256 = copy(j->arena, rep->sha256)};
    j->err = (nst_err){.byte = UINT64_MAX};
    j->status = NST_OK;
    pthread_mutex_lock(&r->lock);
    j->state = READY;
    r->next_read++;
    pthread_cond_signal(&r->ready);
    pthread_mutex_unlock(&r->lock);
}

/* All reports of one file. */
static int read_file(run *r, const char *path, const nst_read_options *o, int code) {
    nst_reader *reader;
    nst_report rep;
    nst_err e = {.byte = UINT64_MAX};
    nst_status st = nst_read_open(path, o, &reader, &e);
    if (st) {
        cli_complain(&e);
        return cli_exit_of(st);
    }
    for (;;) {
        code = drain(r, r->n_jobs - 1, code);
        e = (nst_err){.byte = UINT64_MAX};
        nst_read_result got = nst_read_next(reader, &rep, &e);
        if (got == NST_READ_END || code > CLI_REJECTED) break;
        if (got == NST_READ_REPORT) {
            offer(r, &rep);
            continue;
        }
        code = drain(r, 0, code);            /* messages in the order of the input */
        cli_complain(&e);
        r->reports++;
        r->rejected++;
        if (code == CLI_OK) code = CLI_REJECTED;
    }
    nst_read_close(reader);
    return code;
}

/* ---- the command ------------------------------------------------------------------------- */

/* Time and speed on standard error. */
static void print_stats(const run *r, double wall) {
    static const char *const level[] = {"", "text", "parse", "entities", "events"};
    fprintf(stderr, "%llu reports (%llu rejected), %llu sentences, %llu mentions, %.2f MB in %.2f s\n",
            (unsigned long long)r->reports, (unsigned long long)r->rejected,
            (unsigned long long)r->sentences, (unsigned long long)r->mentions, (double)r->bytes / 1e6, wall);
    double sum = 0;
    for (int i = 1; i <= NST_LEVEL_EVENTS; i++) sum += r->timing.spent[i];
    for (int i = 1; i <= NST_LEVEL_EVENTS; i++)
        fprintf(stderr, "%-9s %8.3f s %5.1f %%  %9.0f sentences/s\n", level[i], r->timing.spent[i],
                sum > 0 ? 100 * r->timing.spent[i] / sum : 0,
                r->timing.spent[i] > 0 ? (double)r->sentences / r->timing.spent[i] : 0);
    if (sum > 0)
        fprintf(stderr, "%-9s %8.3f s          %9.0f sentences/s  %.2f MB/s per core, arenas at most %.1f MB\n",
                "all", sum, (double)r->sentences / sum, (double)r->bytes / 1e6 / sum, (double)r->peak / 1e6);
}

/* Ring, locks and threads. False when memory is out. */
static bool start(run *r, pthread_t *threads, long n) {
    r->n_jobs = (uint32_t)n * 4;
    r->jobs = calloc(r->n_jobs, sizeof *r->jobs);
    if (!r->jobs) return false;
    for (uint32_t i = 0; i < r->n_jobs; i++)
        if (!(r->jobs[i].arena = nst_arena_new())) return false;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->ready, NULL);
    pthread_cond_init(&r->done, NULL);
    for (long i = 0; i < n; i++)
        if (pthread_create(&threads[i], NULL, work, r)) return false;
    return true;
}

/* Lets the workers end and frees everything. */
static void stop(run *r, pthread_t *threads, long n) {
    pthread_mutex_lock(&r->lock);
    r->ended = true;
    pthread_cond_broadcast(&r->ready);
    pthread_mutex_unlock(&r->lock);
    for (long i = 0; i < n; i++) pthread_join(threads[i], NULL);
    for (uint32_t i = 0; i < r->n_jobs; i++) {
        nst_arena_free(r->jobs[i].arena);
        nst_writer_free(&r->jobs[i].out);
    }
    free(r->jobs);
}

static int run_code(const cli_args *a) {
    run r = {.widths = {-10, 30, 22, 26, 24}};
    nst_engine *engine;
    nst_read_options o;
    pthread_t threads[64];
    long n;
    const char *format = cli_get(a, "format"), *offsets = cli_get(a, "offsets");
    if (!a->n_operands) return cli_usage(a, "name at least one file, or - for standard input");
    if (!cli_int(a, "jobs", 1, 64, 1, &n) || !cli_read_options(a, &o)) return CLI_USAGE;
    r.format = format ? (!strcmp(format, "jsonl") ? OUT_JSONL : !strcmp(format, "tsv") ? OUT_TSV : OUT_TABLE)
                      : (cli_is_terminal(STDOUT_FILENO) ? OUT_TABLE : OUT_JSONL);
    r.output = (nst_output){.chars = offsets && !strcmp(offsets, "chars"), .mentions = 1,
        .attributions = cli_has(a, "attributions")};
    int code = cli_engine(a, &engine);
    if (code) return code;
    r.engine = engine;
    double begin = cli_clock();
    if (!start(&r, threads, n)) {
        fprintf(stderr, "nestor: out of memory or threads\n");
        exit(CLI_WORLD);
    }
    if (r.format == OUT_TSV) fputs(cli_mention_tsv_head, stdout);
    for (int i = 0; i < a->n_operands && code <= CLI_REJECTED; i++)
        code = read_file(&r, a->operands[i], &o, code);
    code = drain(&r, 0, code);
    stop(&r, threads, n);
    if (cli_has(a, "stats")) print_stats(&r, cli_clock() - begin);
    nst_engine_close(engine);
    return code;
}

const cli_command cli_code = {"code", "FILE...", "code reports: who did what to whom, and who says so",
    "Reads plain text (one report a file) or JSON Lines (one report a line) and prints every act it\n"
    "finds, with its actors, date, place, modality, the chain of who says so, and the bytes that prove\n"
    "it. '-' is standard input. Bad input is reported on standard error and the run goes on.\n\n"
    "Examples\n"
    "  nestor code samples/*.txt\n"
    "  nestor code --date 1894-05-15 --source 'Zenda Gazette' story.txt\n"
    "  nestor code -j 4 --format jsonl reports.jsonl > mentions.jsonl\n", options, run_code};
