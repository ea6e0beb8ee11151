/* cli_ingest.c - nestor ingest: files and folders into a chronicle.
 *
 * In: paths. Out: a chronicle; a summary in which coded + duplicate + skipped + rejected = read.
 * Idea: the ring of cli_jobs.h. Reports that are there already are seen before they are coded, so
 * an interrupted run is simply run again. Finished reports are written in batches of one
 * transaction, in the order of the input; the lock on the file is held only while a batch is
 * written. Invariants: (1) the chronicle is the same for any -j; (2) every report read has one
 * outcome; (3) what is counted in the summary is on disk, also after Ctrl-C.
 */
#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli_coded.h"
#include "cli_jobs.h"
#include "cli_store.h"

#define BATCH 64 /* reports per transaction, at most */
#define RING 256

static const cli_option options[] = {
    CLI_CHRONICLE_OPTION,
    {"jobs", 'j', "N", "threads; the chronicle is the same for any N"},
    {"coded", 0, "FILE",
     "do not code: take the lines of these reports from FILE, as nestor code printed them"},
    {"no-text", 0, NULL, "keep spans and hashes, not the texts"},
    {"recode", 0, "old|all",
     "no PATH: code the chronicle's own reports again: those of other versions, or all"},
    {"quiet", 'q', NULL, "no progress, no messages about single reports"},
    CLI_READ_OPTIONS,
    CLI_ENGINE_OPTIONS,
    {0},
};

/* One report. */
typedef struct ingest_job {
    cli_job job;
    nst_store_outcome outcome; /* settled already unless job.work or `given` */
    bool given;                /* its lines are given */
    int64_t again;             /* --recode: the stored report */
} ingest_job;

/* The run. Workers see their job only. */
typedef struct run {
    cli_ring ring;
    const cli_coded *coded; /* NULL without --coded */
    nst_store *store;
    int64_t id; /* row of runs */
    bool keep_text, quiet;
    uint64_t count[NST_N_OUTCOME], mentions;
    nst_err err; /* what went wrong while writing */
} run;

/* ---- workers ----------------------------------------------------------------------------- */

/* Codes one report: its lines, or why not. */
static void code_one(void *context, nst_coder *c, cli_job *j) {
    static const nst_output all = {.mentions = 1, .attributions = 1, .about = 1};
    size_t n = 0;
    const char *p = NULL;
    j->status = nst_coder_run(c, &j->report, &j->err);
    if (!j->status) p = nst_coder_jsonl(c, &all, &n);
    if (p) nst_put(&j->out, (nst_str){p, (uint32_t)n});
    if (!j->status && (!p || j->out.failed))
        j->status = nst_fail(&j->err, NST_ENOMEM, "events", "out of memory");
}

/* ---- writing ----------------------------------------------------------------------------- */

/* What the coder said about a report it did not code. */
static void refuse(ingest_job *i) {
    i->outcome.outcome = i->job.status == NST_SKIPPED ? NST_SKIP : NST_REJECT;
    i->outcome.why = i->job.err.message;
    if (i->job.err.byte != UINT64_MAX) i->outcome.byte = i->job.err.byte;
}

/* Writes one finished job inside the transaction. */
static nst_status write_job(run *r, ingest_job *i, nst_err *e) {
    const cli_job *j = &i->job;
    bool coded = (j->work || i->given) && !j->status;
    if (j->status && j->status != NST_REJECTED && j->status != NST_SKIPPED) {
        *e = j->err;
        return j->status;
    }
    if (j->status) refuse(i);
    nst_str lines = {j->out.p, (uint32_t)j->out.n};
    if (coded && i->again)
        return nst_store_recode(r->store, r->id, i->again, lines, &i->outcome, e);
    if (coded)
        return nst_store_add(r->store, r->id, &j->report, lines, r->keep_text, &i->outcome, e);
    return nst_store_note(r->store, r->id, &i->outcome, e);
}

/* Counts a job that is safely on disk. */
static void settle(run *r, const ingest_job *i) {
    const nst_store_outcome *o = &i->outcome;
    r->count[o->outcome]++;
    r->mentions += o->outcome == NST_CODED ? o->mentions : 0;
    if (o->outcome != NST_REJECT || r->quiet) return;
    nst_err e = {.byte = o->byte, .line = o->line};
    snprintf(e.file, sizeof e.file, "%s", o->file ? o->file : "");
    snprintf(e.message, sizeof e.message, "%s", o->why ? o->why : "");
    cli_progress_clear(&r->ring.progress);
    cli_complain(&e);
}

/* Writes n finished jobs as one transaction. */
static int write_batch(void *context, cli_job **jobs, uint32_t n) {
    run *r = context;
    nst_status st = nst_store_begin(r->store, &r->err);
    for (uint32_t i = 0; i < n && !st; i++) st = write_job(r, (ingest_job *)jobs[i], &r->err);
    if (!st) st = nst_store_commit(r->store, &r->err);
    if (st) nst_store_rollback(r->store);
    for (uint32_t i = 0; i < n && !st; i++) settle(r, (const ingest_job *)jobs[i]);
    return (int)st;
}

/* ---- reading ----------------------------------------------------------------------------- */

/* A C string copied into the job; NULL stays NULL. */
static const char *copy(const cli_job *j, const char *z) {
    return z ? nst_arena_dup(j->arena, z, strlen(z)) : NULL;
}

/* The next place of the ring with its outcome open. NULL: the run is to end. */
static ingest_job *next_job(run *r, uint64_t line, uint64_t upto) {
    ingest_job *i = (ingest_job *)cli_ring_next(&r->ring);
    if (!i) return NULL;
    i->outcome = (nst_store_outcome){.byte = UINT64_MAX, .line = line};
    i->job.upto = upto;
    return i;
}

/* Where the arena of a job lands when memory is out. */
static nst_status no_memory(run *r) {
    return nst_fail(&r->err, NST_ENOMEM, "cli", "out of memory");
}

/* Is the report there already, or forgotten? Then its outcome is settled without coding. */
static nst_status settle_known(run *r, ingest_job *i, const nst_report *p, nst_err *e) {
    int64_t there = 0;
    nst_status st = nst_store_find(r->store, p->sha256, p->source, &there, e);
    const char *gone = NULL;
    if (!st) st = nst_store_forgotten(r->store, p->sha256, p->source, &gone, e);
    if (st) return st;
    if (gone) {
        i->outcome.outcome = NST_SKIP;
        i->outcome.why = copy(&i->job, gone);
        return st;
    }
    i->outcome.name = copy(&i->job, p->id);
    if (there) {
        i->outcome.outcome = NST_DUPLICATE;
        i->outcome.report = there;
    } else if (r->coded) {
        i->given = true;
        cli_coded_give(r->coded, p->id, &i->job.out);
    } else {
        i->job.work = true;
    }
    return st;
}

/* One report as read. */
static nst_status take(run *r, const nst_report *p, const char *file, uint64_t line,
                       uint64_t upto) {
    ingest_job *i = next_job(r, line, upto);
    if (!i) return r->err.code;
    if (setjmp(*nst_arena_oom(i->job.arena))) return no_memory(r);
    i->outcome.file = copy(&i->job, file);
    nst_status st = settle_known(r, i, p, &r->err);
    if (!st) cli_ring_report(&r->ring, &i->job, p);
    return st;
}

/* Something that could not be read as a report. */
static nst_status take_bad(run *r, const nst_err *bad, const char *file, uint64_t upto) {
    ingest_job *i = next_job(r, bad->line, upto);
    if (!i) return r->err.code;
    if (setjmp(*nst_arena_oom(i->job.arena))) return no_memory(r);
    i->outcome.file = copy(&i->job, file);
    i->outcome.outcome = bad->code == NST_SKIPPED ? NST_SKIP : NST_REJECT;
    i->outcome.byte = bad->byte;
    i->outcome.why = copy(&i->job, bad->message);
    cli_ring_offer(&r->ring, &i->job);
    return NST_OK;
}

/* All reports of one file. */
static nst_status ingest_file(run *r, const char *path, const nst_read_options *o) {
    nst_reader *reader;
    nst_report p;
    nst_err bad = {.byte = UINT64_MAX};
    uint64_t size = 0;
    nst_status st = nst_read_open(path, o, &reader, &r->err);
    while (!st) {
        nst_read_result got = nst_read_next(reader, &p, &bad);
        if (got == NST_READ_END || cli_interrupted()) break;
        uint64_t upto = r->ring.progress.before + nst_read_position(reader, &size);
        if (got == NST_READ_REPORT)
            st = take(r, &p, path, nst_read_line(reader), upto);
        else if (bad.code == NST_ENOMEM)
            st = no_memory(r);
        else
            st = take_bad(r, &bad, path, upto);
    }
    nst_read_close(reader);
    r->ring.progress.before += size;
    return st;
}

/* ---- folders ----------------------------------------------------------------------------- */

/* The files to read, in order. */
typedef struct files {
    char **names;
    size_t n, cap;
} files;

static bool push(files *f, const char *name) {
    if (f->n == f->cap) {
        f->cap = f->cap ? f->cap * 2 : 64;
        char **p = realloc(f->names, f->cap * sizeof *p);
        if (!p) return false;
        f->names = p;
    }
    return (f->names[f->n++] = strdup(name)) != NULL;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Adds a file, or what is below a folder (not what begins with a dot), sorted by name. */
static bool gather(files *f, const char *path, int depth) {
    struct stat st;
    files here = {0};
    bool ok = true;
    DIR *d = strcmp(path, "-") && stat(path, &st) == 0 && S_ISDIR(st.st_mode) && depth < 32
                 ? opendir(path)
                 : NULL;
    if (!d) return push(f, path);
    for (struct dirent *x; ok && (x = readdir(d));) {
        char name[4096];
        if (x->d_name[0] == '.') continue;
        snprintf(name, sizeof name, "%s%s%s", path, path[strlen(path) - 1] == '/' ? "" : "/",
                 x->d_name);
        ok = push(&here, name);
    }
    closedir(d);
    if (here.n) qsort(here.names, here.n, sizeof *here.names, by_name);
    for (size_t i = 0; i < here.n; i++) {
        ok = ok && gather(f, here.names[i], depth + 1);
        free(here.names[i]);
    }
    free(here.names);
    return ok;
}

/* Is this file of a folder a report by its name? The others are skipped, and said to be. */
static bool is_report_name(const char *path) {
    static const char *const ends[] = {".txt", ".jsonl", ".ndjson", ".json", ".txt.gz", ".jsonl.gz",
        ".ndjson.gz", ".txt.zst", ".jsonl.zst", ".ndjson.zst"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (nst_str_ends(nst_str_c(path), ends[i])) return true;
    return false;
}

/* Every file; those the user has named are read whatever they are called. */
static nst_status ingest_files(run *r, const cli_args *a, const nst_read_options *o) {
    nst_status st = NST_OK;
    files all = {0};
    struct stat info;
    for (int i = 0; i < a->n_operands && !st; i++)
        if (!gather(&all, a->operands[i], 0)) st = no_memory(r);
    for (size_t i = 0; i < all.n; i++)
        if (stat(all.names[i], &info) == 0 && S_ISREG(info.st_mode))
            r->ring.progress.size += (uint64_t)info.st_size;
    for (size_t i = 0; i < all.n && !st && !cli_interrupted(); i++) {
        bool named = false;
        for (int k = 0; k < a->n_operands; k++) named |= !strcmp(all.names[i], a->operands[k]);
        if (named || is_report_name(all.names[i])) {
            st = ingest_file(r, all.names[i], o);
            continue;
        }
        nst_err other = {
            .code = NST_SKIPPED, .byte = UINT64_MAX, .message = "not a report by its name"};
        st = take_bad(r, &other, all.names[i], r->ring.progress.before);
    }
    for (size_t i = 0; i < all.n; i++) free(all.names[i]);
    free(all.names);
    return st;
}

/* ---- coding again ------------------------------------------------------------------------ */

/* One stored report, p, goes round the ring; `same`: this engine has coded it. */
static nst_status take_stored(run *r, int64_t at, bool same) {
    nst_stored p;
    bool found;
    ingest_job *i = next_job(r, 0, 0);
    if (!i) return r->err.code;
    /* next_job may have written, and so moved the store's strings: read them again. */
    nst_status st = nst_store_report(r->store, at, false, &p, &found, &r->err);
    if (st) return st;
    if (setjmp(*nst_arena_oom(i->job.arena))) return no_memory(r);
    i->outcome.file = copy(&i->job, p.file);
    i->outcome.line = p.line;
    i->outcome.name = copy(&i->job, p.report.id);
    i->again = p.id;
    i->job.work = p.report.text && !same;
    if (!i->job.work) {
        i->outcome.outcome = same ? NST_DUPLICATE : NST_SKIP;
        i->outcome.report = p.id;
        i->outcome.why = same ? NULL : "its text was not kept";
    }
    if (!p.report.text) p.report.text = "";
    cli_ring_report(&r->ring, &i->job, &p.report);
    return NST_OK;
}

/* The chronicle's own reports: all, or where another engine coded them. */
static nst_status recode(run *r, bool all) {
    nst_stored p;
    bool found = true;
    int64_t at = 0;
    const char *engine = nst_engine_version(r->ring.engine);
    nst_status st = NST_OK;
    while (!st && !cli_interrupted()) {
        st = nst_store_report(r->store, at, true, &p, &found, &r->err);
        if (st || !found) break;
        at = p.id;
        st = take_stored(r, at, !all && p.engine && !strcmp(p.engine, engine));
    }
    return st;
}

/* ---- the command ------------------------------------------------------------------------- */

/* Counts are of what was written, so that they add up also after an interruption. */
static void print_summary(run *r) {
    cli_progress_show(&r->ring.progress, true);
    printf("read %llu reports: %llu coded, %llu duplicate, %llu skipped, %llu rejected (level: "
           "report)\n",
           (unsigned long long)r->ring.progress.done, (unsigned long long)r->count[NST_CODED],
           (unsigned long long)r->count[NST_DUPLICATE], (unsigned long long)r->count[NST_SKIP],
           (unsigned long long)r->count[NST_REJECT]);
    printf("%llu mentions added (level: mention; all modalities)\n",
           (unsigned long long)r->mentions);
}

/* The run's row, the reports, the run's end; an interrupted run has no end. */
static nst_status ingest(run *r, const cli_args *a, const nst_read_options *o) {
    char now[32];
    nst_err *e = &r->err;
    const char *again = cli_get(a, "recode"),
               *engine = r->coded ? r->coded->engine : nst_engine_version(r->ring.engine);
    cli_now(now);
    nst_status st = nst_store_begin(r->store, e);
    if (!st) st = nst_store_run_begin(r->store, again ? "recode" : "ingest", engine, now, &r->id,
                                      e);
    if (!st) st = nst_store_commit(r->store, e);
    if (!st) st = again ? recode(r, !strcmp(again, "all")) : ingest_files(r, a, o);
    if (!st) st = (nst_status)cli_ring_drain(&r->ring, 0);
    if (st || cli_interrupted()) return st;
    cli_now(now);
    st = nst_store_begin(r->store, e);
    if (!st) st = nst_store_run_end(r->store, r->id, now, e);
    return st ? st : nst_store_commit(r->store, e);
}

/* Everything is open: runs, sums up, gives the exit code. */
static int run_open(run *r, const cli_args *a, const nst_read_options *o, long n) {
    r->err.byte = UINT64_MAX;
    r->keep_text = !cli_has(a, "no-text");
    r->quiet = cli_has(a, "quiet");
    r->ring.n_jobs = RING, r->ring.batch = BATCH, r->ring.job_size = sizeof(ingest_job);
    r->ring.context = r, r->ring.work = code_one, r->ring.write = write_batch;
    cli_progress_start(&r->ring.progress, !r->quiet && cli_is_terminal(STDERR_FILENO));
    cli_catch_interrupt();
    if (!cli_ring_start(&r->ring, n)) return CLI_WORLD;
    nst_status st = ingest(r, a, o);
    cli_ring_stop(&r->ring);
    print_summary(r);
    if (st) return cli_failed(&r->err, st);
    if (!cli_interrupted()) return r->count[NST_REJECT] ? CLI_REJECTED : CLI_OK;
    fprintf(stderr, "nestor: interrupted; what is counted here is kept. Run it again to go on\n");
    return CLI_INTERRUPTED;
}

/* The chronicle is opened before the models: a wrong path is told at once. */
static int run_ingest(const cli_args *a) {
    nst_engine *engine = NULL;
    cli_coded c = {0};
    nst_read_options o;
    run r = {0};
    long n;
    if (!a->n_operands && !cli_has(a, "recode"))
        return cli_usage(a, "name files or folders, or - for standard input");
    if (a->n_operands && cli_has(a, "recode"))
        return cli_usage(a, "--recode takes no files: it codes what is stored");
    if (!cli_int(a, "jobs", 1, CLI_MAX_THREADS, 1, &n) || !cli_read_options(a, &o))
        return CLI_USAGE;
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a full disk, not the end */
    int code = cli_open(a, cli_has(a, "recode") ? NST_STORE_WRITE : NST_STORE_CREATE, &r.store);
    if (!code && cli_has(a, "coded")) {
        code = cli_coded_load(cli_get(a, "coded"), &c) ? CLI_OK : CLI_REJECTED;
        r.coded = &c;
    } else if (!code) {
        code = cli_engine(a, &engine);
        r.ring.engine = engine;
    }
    if (!code) code = run_open(&r, a, &o, n);
    nst_store_close(r.store);
    cli_coded_free(&c);
    nst_engine_close(engine);
    return code;
}

const cli_command cli_ingest = {"ingest",
                                "PATH...",
                                "code reports into a chronicle that keeps them",
                                "Reads files and folders (text, JSON Lines), codes every report "
                                "and keeps it with all its mentions,\n"
                                "claims and evidence in one SQLite file. The same report (sha256 "
                                "and source) twice is one report.\n"
                                "An interrupted run is simply run again. Others may read "
                                "meanwhile.\n\n"
                                "Examples\n"
                                "  nestor ingest --chronicle news.nestor -j 2 samples\n"
                                "  nestor ingest --chronicle news.nestor --recode old\n",
                                options,
                                run_ingest};
