/* cli_ingest.c - nestor ingest: files and folders into a chronicle.
 *
 * In: paths. Out: a chronicle; a summary in which coded + duplicate + skipped + rejected = read.
 * Idea: the main thread reads into a ring and writes what is done; workers code. Reports that are
 * there already are seen before they are coded, so an interrupted run is simply run again. Finished
 * reports are written in batches of one transaction, in the order of the input; the lock on the
 * file is held only while a batch is written. Invariants: (1) the chronicle is the same for any -j;
 * (2) every report read has one outcome.
 */
#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* Lines that were coded elsewhere: where each begins and ends, by the hash of its report's id. */
typedef struct coded_line {
    uint64_t report;
    size_t start, end;
} coded_line;
typedef struct coded {
    nst_writer text;
    coded_line *lines; /* [n] in the order of the file */
    size_t n;
    char engine[128]; /* that coded the first line */
} coded;

/* One report on its way. */
typedef struct job {
    enum { FREE, READY, BUSY, DONE } state;
    nst_arena *arena; /* owns the strings of `report` and `outcome` */
    nst_report report;
    nst_store_outcome outcome; /* settled already unless `code` */
    bool code;                 /* to be coded */
    bool given;                /* its lines are given */
    int64_t again;             /* --recode: the stored report */
    nst_writer lines;
    nst_status status;
    nst_err err;
} job;

/* What all threads share. */
typedef struct run {
    const nst_engine *engine; /* NULL: --coded */
    const coded *coded;       /* NULL without it */
    nst_store *store;
    int64_t id; /* row of runs */
    bool keep_text, quiet, progress;
    job jobs[RING];
    uint32_t next_read, next_work, next_write;
    bool ended;
    pthread_mutex_t lock;
    pthread_cond_t ready, done;
    uint64_t count[NST_N_OUTCOME], mentions, read;
    uint64_t size, before, at; /* bytes: of all files, of files done, in this file */
    double begin, shown;       /* seconds */
} run;

/* ---- workers ----------------------------------------------------------------------------- */

/* Codes one report: its lines, or why not. */
static void code_one(nst_coder *c, job *j) {
    size_t n = 0;
    const char *p = NULL;
    j->status = nst_coder_run(c, &j->report, &j->err);
    if (!j->status) p = nst_coder_jsonl(c, NULL, &n);
    if (p) nst_put(&j->lines, (nst_str){p, (uint32_t)n});
    if (!j->status && (!p || j->lines.failed))
        j->status = nst_fail(&j->err, NST_ENOMEM, "events", "out of memory");
}

static void *work(void *arg) {
    run *r = arg;
    nst_coder *c = r->engine ? nst_coder_new(r->engine) : NULL;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (r->next_work == r->next_read && !r->ended) pthread_cond_wait(&r->ready, &r->lock);
        if (r->next_work == r->next_read) break;
        job *j = &r->jobs[r->next_work++ % RING];
        j->state = BUSY;
        pthread_mutex_unlock(&r->lock);
        bool wanted = j->code && !j->given;
        if (wanted && c)
            code_one(c, j);
        else if (wanted)
            j->status = nst_fail(&j->err, NST_ENOMEM, "cli", "out of memory");
        pthread_mutex_lock(&r->lock);
        j->state = DONE;
        pthread_cond_signal(&r->done);
    }
    pthread_mutex_unlock(&r->lock);
    nst_coder_free(c);
    return NULL;
}

/* ---- writing ----------------------------------------------------------------------------- */

/* "1,234 reports, 56/s, about 7 min left", on a terminal, ten times a second at most. */
static void show_progress(run *r, bool last) {
    double now = cli_clock(), spent = now - r->begin;
    if (!r->progress || (!last && now - r->shown < 0.1)) return;
    r->shown = now;
    double part = r->size ? (double)(r->before + r->at) / (double)r->size : 0;
    fprintf(stderr, "\r%llu reports, %.0f/s", (unsigned long long)r->read,
            spent > 0 ? (double)r->read / spent : 0);
    if (part > 0.001 && !last) {
        double left = spent / part - spent;
        fprintf(stderr, ", %.0f %%, %d:%02d left", 100 * part, (int)left / 60, (int)left % 60);
    }
    fprintf(stderr, "   %s", last ? "\n" : "");
}

/* What the coder said about a report it did not code. */
static void refuse(job *j) {
    j->outcome.outcome = j->status == NST_SKIPPED ? NST_SKIP : NST_REJECT;
    j->outcome.why = j->err.message;
    if (j->err.byte != UINT64_MAX) j->outcome.byte = j->err.byte;
}

/* Writes one finished job inside the transaction. */
static nst_status write_job(run *r, job *j, nst_err *e) {
    bool coded = j->code && !j->status;
    if (j->status && j->status != NST_REJECTED && j->status != NST_SKIPPED) {
        *e = j->err;
        return j->status;
    }
    if (j->status) refuse(j);
    nst_str lines = {j->lines.p, (uint32_t)j->lines.n};
    if (coded && j->again)
        return nst_store_recode(r->store, r->id, j->again, lines, &j->outcome, e);
    if (coded)
        return nst_store_add(r->store, r->id, &j->report, lines, r->keep_text, &j->outcome, e);
    return nst_store_note(r->store, r->id, &j->outcome, e);
}

/* Counts a job that is safely on disk, and frees its place. */
static void settle(run *r, job *j) {
    bool bad = j->outcome.outcome == NST_REJECT;
    r->count[j->outcome.outcome]++;
    r->read++;
    r->mentions += j->outcome.outcome == NST_CODED ? j->outcome.mentions : 0;
    if (bad && !r->quiet) {
        nst_err e = {.byte = j->outcome.byte, .line = j->outcome.line};
        snprintf(e.file, sizeof e.file, "%s", j->outcome.file ? j->outcome.file : "");
        snprintf(e.message, sizeof e.message, "%s", j->outcome.why ? j->outcome.why : "");
        if (r->progress) fprintf(stderr, "\r\033[K");
        cli_complain(&e);
    }
    j->lines.n = 0;
    j->state = FREE;
}

/* Writes `n` finished jobs as one transaction. */
static nst_status write_batch(run *r, uint32_t n, nst_err *e) {
    nst_status st = nst_store_begin(r->store, e);
    for (uint32_t i = 0; i < n && !st; i++)
        st = write_job(r, &r->jobs[(r->next_write + i) % RING], e);
    if (!st) st = nst_store_commit(r->store, e);
    if (st) {
        nst_store_rollback(r->store);
        return st;
    }
    for (uint32_t i = 0; i < n; i++) settle(r, &r->jobs[(r->next_write + i) % RING]);
    show_progress(r, false);
    return NST_OK;
}

/* How many finished jobs stand at the head of the ring, BATCH at most. The lock is held. */
static uint32_t finished(const run *r) {
    uint32_t n = 0;
    while (n < BATCH && r->next_write + n < r->next_read &&
           r->jobs[(r->next_write + n) % RING].state == DONE)
        n++;
    return n;
}

/* Writes until at most `left` jobs are under way; beyond that, every batch that is full. */
static nst_status drain(run *r, uint32_t left, nst_err *e) {
    nst_status st = NST_OK;
    pthread_mutex_lock(&r->lock);
    while (!st) {
        bool must = r->next_read - r->next_write > left;
        while (must && r->jobs[r->next_write % RING].state != DONE)
            pthread_cond_wait(&r->done, &r->lock);
        uint32_t n = finished(r);
        if (!must && n < BATCH) break;
        pthread_mutex_unlock(&r->lock);
        st = write_batch(r, n, e);
        pthread_mutex_lock(&r->lock);
        r->next_write += n;
    }
    pthread_mutex_unlock(&r->lock);
    return st;
}

/* ---- reading ----------------------------------------------------------------------------- */

static const char *copy(nst_arena *a, const char *z) {
    return z ? nst_arena_dup(a, z, strlen(z)) : NULL;
}

/* The next place of the ring, emptied; waits for it. NULL after an error. */
static job *next_job(run *r, nst_err *e) {
    if (drain(r, RING - 1, e)) return NULL;
    job *j = &r->jobs[r->next_read % RING];
    nst_arena_reset(j->arena);
    j->report = (nst_report){0};
    j->outcome = (nst_store_outcome){.byte = UINT64_MAX};
    j->code = j->given = false;
    j->again = 0;
    j->status = NST_OK;
    j->err = (nst_err){.byte = UINT64_MAX};
    return j;
}

/* Hands a filled job to the workers (who pass on what is settled). */
static void offer(run *r, job *j) {
    pthread_mutex_lock(&r->lock);
    j->state = READY;
    r->next_read++;
    pthread_cond_signal(&r->ready);
    pthread_mutex_unlock(&r->lock);
}

/* A copy of the report and where it came from into the job. */
static nst_status fill(job *j, const nst_report *p, const char *file, uint64_t line) {
    nst_arena *a = j->arena;
    if (setjmp(*nst_arena_oom(a))) return NST_ENOMEM;
    j->report = (nst_report){.id = copy(a, p->id),
                             .title = copy(a, p->title),
                             .text = nst_arena_dup(a, p->text, p->text_len),
                             .text_len = p->text_len,
                             .date = copy(a, p->date),
                             .source = copy(a, p->source),
                             .url = copy(a, p->url),
                             .author = copy(a, p->author),
                             .lang = copy(a, p->lang),
                             .sha256 = copy(a, p->sha256)};
    j->outcome.file = copy(a, file);
    j->outcome.line = line;
    j->outcome.name = j->report.id;
    return NST_OK;
}

/* Takes the report's lines from those that were coded elsewhere. */
static void give_lines(const coded *c, job *j) {
    uint64_t id = nst_hash(j->report.id, strlen(j->report.id));
    for (size_t i = 0; i < c->n; i++)
        if (c->lines[i].report == id)
            nst_put(&j->lines, (nst_str){c->text.p + c->lines[i].start,
                                         (uint32_t)(c->lines[i].end - c->lines[i].start)});
    j->given = true;
    if (j->lines.failed) j->status = nst_fail(&j->err, NST_ENOMEM, "cli", "out of memory");
}

/* Is the report there already, or forgotten? Then its outcome is settled without coding. */
static nst_status settle_known(run *r, job *j, nst_err *e) {
    int64_t there = 0;
    nst_status st = nst_store_find(r->store, j->report.sha256, j->report.source, &there, e);
    const char *gone =
        st ? NULL : nst_store_forgotten(r->store, j->report.sha256, j->report.source);
    if (gone) {
        j->outcome.outcome = NST_SKIP;
        j->outcome.why = copy(j->arena, gone);
        j->outcome.name = NULL;
    } else if (there) {
        j->outcome.outcome = NST_DUPLICATE;
        j->outcome.report = there;
    } else {
        j->code = true;
        if (r->coded) give_lines(r->coded, j);
    }
    return st;
}

/* One report as read. */
static nst_status take(run *r, const nst_report *p, const char *file, uint64_t line, nst_err *e) {
    job *j = next_job(r, e);
    if (!j) return NST_ECHRONICLE;
    nst_status st = fill(j, p, file, line);
    if (st) return nst_fail(e, st, "cli", "out of memory");
    st = settle_known(r, j, e);
    if (!st) offer(r, j);
    return st;
}

/* Something that could not be read as a report. */
static nst_status take_bad(run *r, const nst_err *bad, const char *file, nst_err *e) {
    job *j = next_job(r, e);
    if (!j) return NST_ECHRONICLE;
    j->outcome = (nst_store_outcome){.outcome = bad->code == NST_SKIPPED ? NST_SKIP : NST_REJECT,
                                     .file = copy(j->arena, file),
                                     .line = bad->line,
                                     .byte = bad->byte,
                                     .why = copy(j->arena, bad->message)};
    offer(r, j);
    return NST_OK;
}

/* All reports of one file. */
static nst_status ingest_file(run *r, const char *path, const nst_read_options *o, nst_err *e) {
    nst_reader *reader;
    nst_report p;
    nst_err bad = {.byte = UINT64_MAX};
    uint64_t line = 0, size = 0;
    nst_status st = nst_read_open(path, o, &reader, e);
    while (!st) {
        nst_read_result got = nst_read_next(reader, &p, &bad);
        if (got == NST_READ_END) break;
        r->at = nst_read_position(reader, &size);
        line = nst_read_line(reader);
        if (got == NST_READ_REPORT)
            st = take(r, &p, path, line, e);
        else if (bad.code == NST_ENOMEM)
            st = nst_fail(e, NST_ENOMEM, "read", "out of memory");
        else
            st = take_bad(r, &bad, path, e);
    }
    nst_read_close(reader);
    r->before += size;
    r->at = 0;
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
    static const char *const ends[] = {".txt",       ".jsonl",     ".ndjson",    ".json",
                                       ".txt.gz",    ".jsonl.gz",  ".ndjson.gz", ".txt.zst",
                                       ".jsonl.zst", ".ndjson.zst"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (nst_str_ends(nst_str_c(path), ends[i])) return true;
    return false;
}

/* Every file; those the user has named are read whatever they are called. */
static nst_status ingest_files(run *r, const cli_args *a, const nst_read_options *o, nst_err *e) {
    nst_status st = NST_OK;
    files all = {0};
    struct stat info;
    for (int i = 0; i < a->n_operands && !st; i++)
        if (!gather(&all, a->operands[i], 0)) st = nst_fail(e, NST_ENOMEM, "cli", "out of memory");
    for (size_t i = 0; i < all.n; i++)
        if (stat(all.names[i], &info) == 0 && S_ISREG(info.st_mode))
            r->size += (uint64_t)info.st_size;
    for (size_t i = 0; i < all.n && !st; i++) {
        bool named = false;
        for (int k = 0; k < a->n_operands; k++) named |= !strcmp(all.names[i], a->operands[k]);
        if (named || is_report_name(all.names[i])) {
            st = ingest_file(r, all.names[i], o, e);
            continue;
        }
        nst_err other = {
            .code = NST_SKIPPED, .byte = UINT64_MAX, .message = "not a report by its name"};
        st = take_bad(r, &other, all.names[i], e);
    }
    for (size_t i = 0; i < all.n; i++) free(all.names[i]);
    free(all.names);
    return st;
}

/* ---- coding again ------------------------------------------------------------------------ */

/* The chronicle's own reports: all, or where another engine coded them. */
static nst_status recode(run *r, bool all, nst_err *e) {
    nst_stored p;
    bool found = true;
    int64_t at = 0;
    nst_status st = NST_OK;
    while (!st) {
        st = nst_store_report(r->store, at, true, &p, &found, e);
        if (st || !found) break;
        at = p.id;
        bool same = !all && p.engine && !strcmp(p.engine, nst_engine_version(r->engine));
        job *j = next_job(r, e);
        if (!j) return NST_ECHRONICLE;
        /* next_job may have written, and so moved the store's strings: read them again. */
        st = nst_store_report(r->store, at, false, &p, &found, e);
        if (st) break;
        nst_report none = p.report;
        if (!none.text) none.text = "";
        st = fill(j, &none, p.file, p.line);
        j->again = p.id;
        j->code = p.report.text && !same;
        if (!j->code) {
            j->outcome.outcome = same ? NST_DUPLICATE : NST_SKIP;
            j->outcome.report = p.id;
            j->outcome.why = same ? NULL : "its text was not kept";
        }
        if (!st) offer(r, j);
    }
    return st;
}

/* ---- coded elsewhere --------------------------------------------------------------------- */

/* Whose line it is, and who coded it. False when it is no record. */
static bool read_coded(coded *c, size_t start, size_t end) {
    json_error_t je;
    json_t *o = json_loadb(c->text.p + start, end - start, 0, &je);
    const char *report = json_string_value(json_object_get(o, "report"));
    const char *engine = json_string_value(json_object_get(o, "engine"));
    if (report) c->lines[c->n++] = (coded_line){nst_hash(report, strlen(report)), start, end};
    if (engine && !c->engine[0]) snprintf(c->engine, sizeof c->engine, "%s", engine);
    json_decref(o);
    return report != NULL;
}

/* Reads the whole file of --coded; complains. */
static bool load_coded(const char *path, coded *c) {
    char buf[65536];
    size_t n, lines = 1, start = 0;
    FILE *f = fopen(path, "rb");
    if (!f) return fprintf(stderr, "nestor: %s: cannot open\n", path), false;
    nst_put(&c->text, NST_S(""));
    while ((n = fread(buf, 1, sizeof buf, f)) > 0) nst_put(&c->text, (nst_str){buf, (uint32_t)n});
    fclose(f);
    for (size_t i = 0; i < c->text.n; i++) lines += c->text.p[i] == '\n';
    c->lines = calloc(lines, sizeof *c->lines);
    if (!c->lines || c->text.failed) return fprintf(stderr, "nestor: out of memory\n"), false;
    for (size_t i = 0; i < c->text.n; i++) {
        if (c->text.p[i] != '\n') continue;
        if (i > start && !read_coded(c, start, i + 1))
            return fprintf(stderr, "nestor: %s: byte %zu: a line that is no record\n", path, start),
                   false;
        start = i + 1;
    }
    return true;
}

/* ---- the command ------------------------------------------------------------------------- */

static bool start(run *r, pthread_t *threads, long n) {
    for (uint32_t i = 0; i < RING; i++)
        if (!(r->jobs[i].arena = nst_arena_new())) return false;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->ready, NULL);
    pthread_cond_init(&r->done, NULL);
    for (long i = 0; i < n; i++)
        if (pthread_create(&threads[i], NULL, work, r)) return false;
    return true;
}

static void stop(run *r, pthread_t *threads, long n) {
    pthread_mutex_lock(&r->lock);
    r->ended = true;
    pthread_cond_broadcast(&r->ready);
    pthread_mutex_unlock(&r->lock);
    for (long i = 0; i < n; i++) pthread_join(threads[i], NULL);
    for (uint32_t i = 0; i < RING; i++) {
        nst_arena_free(r->jobs[i].arena);
        nst_writer_free(&r->jobs[i].lines);
    }
}

static void print_summary(run *r) {
    show_progress(r, true);
    printf("read %llu reports: %llu coded, %llu duplicate, %llu skipped, %llu rejected (level: "
           "report)\n",
           (unsigned long long)r->read, (unsigned long long)r->count[NST_CODED],
           (unsigned long long)r->count[NST_DUPLICATE], (unsigned long long)r->count[NST_SKIP],
           (unsigned long long)r->count[NST_REJECT]);
    printf("%llu mentions added (level: mention; all modalities)\n",
           (unsigned long long)r->mentions);
}

/* The run's row, the reports, the run's end. */
static nst_status ingest(run *r, const cli_args *a, const nst_read_options *o, nst_err *e) {
    char now[32];
    const char *again = cli_get(a, "recode");
    cli_now(now);
    nst_status st = nst_store_begin(r->store, e);
    if (!st)
        st = nst_store_run_begin(r->store, again ? "recode" : "ingest",
                                 r->coded ? r->coded->engine : nst_engine_version(r->engine), now,
                                 &r->id, e);
    if (!st) st = nst_store_commit(r->store, e);
    if (!st) st = again ? recode(r, !strcmp(again, "all"), e) : ingest_files(r, a, o, e);
    if (!st) st = drain(r, 0, e);
    if (st) return st;
    cli_now(now);
    st = nst_store_begin(r->store, e);
    if (!st) st = nst_store_run_end(r->store, r->id, now, e);
    return st ? st : nst_store_commit(r->store, e);
}

static int run_ingest(const cli_args *a) {
    nst_engine *engine = NULL;
    coded c = {0};
    nst_read_options o;
    pthread_t threads[64];
    nst_err e = {.byte = UINT64_MAX};
    long n;
    if (!a->n_operands && !cli_has(a, "recode"))
        return cli_usage(a, "name files or folders, or - for standard input");
    if (a->n_operands && cli_has(a, "recode"))
        return cli_usage(a, "--recode takes no files: it codes what is stored");
    if (!cli_int(a, "jobs", 1, 64, 1, &n) || !cli_read_options(a, &o)) return CLI_USAGE;
    run *r = calloc(1, sizeof *r);
    if (!r) return CLI_WORLD;
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a full disk, not the end */
    int code = cli_open(a, cli_has(a, "recode") ? NST_STORE_WRITE : NST_STORE_CREATE, &r->store);
    if (!code && cli_has(a, "coded"))
        code = load_coded(cli_get(a, "coded"), &c) ? CLI_OK : CLI_WORLD;
    else if (!code)
        code = cli_engine(a, &engine);
    if (code) {
        nst_store_close(r->store);
        nst_writer_free(&c.text);
        free(c.lines);
        free(r);
        return code;
    }
    if (cli_has(a, "coded")) r->coded = &c;
    r->engine = engine;
    r->keep_text = !cli_has(a, "no-text");
    r->quiet = cli_has(a, "quiet");
    r->progress = !r->quiet && cli_is_terminal(STDERR_FILENO);
    r->begin = cli_clock();
    if (!start(r, threads, n)) {
        fprintf(stderr, "nestor: out of memory or threads\n");
        exit(CLI_WORLD);
    }
    nst_status st = ingest(r, a, &o, &e);
    stop(r, threads, n);
    print_summary(r);
    if (st)
        code = cli_failed(&e, st);
    else if (r->count[NST_REJECT])
        code = CLI_REJECTED;
    nst_store_close(r->store);
    free(r);
    nst_writer_free(&c.text);
    free(c.lines);
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
