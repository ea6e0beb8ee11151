/* cli_jobs.c - the ring of jobs behind nestor code and nestor ingest; progress; Ctrl-C.
 *
 * In: reports, from the main thread. Out: the command's write(), job after job, in the main thread.
 * Idea: three counters run round the ring, next_write <= next_work <= next_read; a place is free
 * when it is behind next_write. Invariants: see cli_jobs.h; the lock guards counters and states.
 */
#include <signal.h>
#include <stdlib.h>

#include "cli_jobs.h"

/* ---- Ctrl-C ------------------------------------------------------------------------------ */

static volatile sig_atomic_t interrupted;   /* set by the handler: the only state of its kind */

static void on_interrupt(int signal) { interrupted = 1; }

/* Without SA_RESTART, so that a read from a terminal or a pipe ends too. A signal that the parent
 * had us ignore, as a shell does for what runs in the background, stays ignored. */
void cli_catch_interrupt(void) {
    static const int signals[] = {SIGINT, SIGTERM};
    struct sigaction s = {.sa_handler = on_interrupt, .sa_flags = SA_RESETHAND}, old;
    sigemptyset(&s.sa_mask);
    for (int i = 0; i < 2; i++)
        if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(signals[i], &s, NULL);
}

bool cli_interrupted(void) { return interrupted != 0; }

/* ---- progress ---------------------------------------------------------------------------- */

/* The clock begins with the first report, not with the loading of the models. */
void cli_progress_start(cli_progress *p, bool on) {
    p->on = on;
    p->begin = cli_clock();
}

/* The speed is that of all that was written since the start; reading runs ahead of it. */
void cli_progress_show(cli_progress *p, bool last) {
    double now = cli_clock(), spent = now - p->begin;
    if (!p->on || (!last && now - p->shown < 0.1)) return;
    p->shown = now;
    double part = p->size ? (double)p->at / (double)p->size : 0;
    fprintf(stderr, "\r\033[K%llu reports, %.0f/s", (unsigned long long)p->done,
            spent > 0 ? (double)p->done / spent : 0);
    if (part > 0.001 && spent > 1 && !last) {
        long left = (long)(spent / part - spent);
        fprintf(stderr, ", %.0f %%, ", 100 * part);
        if (left >= 3600)
            fprintf(stderr, "%ld:%02ld:%02ld left", left / 3600, left / 60 % 60, left % 60);
        else fprintf(stderr, "%ld:%02ld left", left / 60, left % 60);
    }
    if (last) fputc('\n', stderr);
}

void cli_progress_clear(const cli_progress *p) {
    if (p->on) fputs("\r\033[K", stderr);
}

/* ---- workers ----------------------------------------------------------------------------- */

static cli_job *job_at(const cli_ring *r, uint32_t i) {
    return (cli_job *)(void *)(r->jobs + (size_t)(i % r->n_jobs) * r->job_size);
}

/* What a worker does with a job, outside the lock. */
static void run_job(cli_ring *r, nst_coder *c, cli_job *j) {
    if (!j->work) return;
    if (c) r->work(r->context, c, j);
    else j->status = nst_fail(&j->err, NST_ENOMEM, "cli", "out of memory");
}

/* Adds what a worker's coder has counted. The lock is held. */
static void add_timing(cli_ring *r, nst_coder *c) {
    for (int i = 0; i <= NST_LEVEL_EVENTS; i++)
        r->timing.spent[i] += nst_coder_timing(c)->spent[i];
    if (nst_coder_peak(c) > r->peak) r->peak = nst_coder_peak(c);
}

/* A worker: takes jobs in order until there will be no more. */
static void *work(void *arg) {
    cli_ring *r = arg;
    nst_coder *c = r->engine ? nst_coder_new(r->engine) : NULL;
    if (c) nst_coder_timing(c)->clock = cli_clock;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (r->next_work == r->next_read && !r->ended) pthread_cond_wait(&r->ready, &r->lock);
        if (r->next_work == r->next_read || (r->ended && (r->failed || cli_interrupted())))
            break;
        cli_job *j = job_at(r, r->next_work++);
        j->state = CLI_BUSY;
        pthread_mutex_unlock(&r->lock);
        run_job(r, c, j);
        pthread_mutex_lock(&r->lock);
        if (c && j->work) r->sentences += nst_coder_doc(c)->text.n_sents;
        j->state = CLI_DONE;
        pthread_cond_signal(&r->done);
    }
    if (c) add_timing(r, c);
    pthread_mutex_unlock(&r->lock);
    nst_coder_free(c);
    return NULL;
}

/* ---- the main thread --------------------------------------------------------------------- */

/* The jobs that are done at the head of the ring, a batch at most. The lock is held. */
static uint32_t finished(const cli_ring *r, cli_job **head) {
    uint32_t n = 0;
    while (n < r->batch && r->next_write + n < r->next_read &&
           job_at(r, r->next_write + n)->state == CLI_DONE) {
        head[n] = job_at(r, r->next_write + n);
        n++;
    }
    return n;
}

/* Writes a batch and frees its places; without the lock. */
static void write_batch(cli_ring *r, cli_job **head, uint32_t n) {
    r->failed = r->write(r->context, head, n);
    for (uint32_t i = 0; i < n; i++) {
        r->progress.at = head[i]->upto;
        head[i]->out.n = 0;
        head[i]->state = CLI_FREE;
    }
    r->progress.done += n;
    cli_progress_show(&r->progress, false);
}

/* Waits only while it must make room; else takes what is done and a whole batch, as each is a
 * transaction. */
int cli_ring_drain(cli_ring *r, uint32_t left) {
    cli_job *head[CLI_MAX_BATCH];
    pthread_mutex_lock(&r->lock);
    while (!r->failed) {
        bool must = r->next_read - r->next_write > left && !cli_interrupted();
        while (must && job_at(r, r->next_write)->state != CLI_DONE)
            pthread_cond_wait(&r->done, &r->lock);
        uint32_t n = finished(r, head);
        if (n == 0 || (!must && n < r->batch && !cli_interrupted())) break;
        pthread_mutex_unlock(&r->lock);
        write_batch(r, head, n);
        pthread_mutex_lock(&r->lock);
        r->next_write += n;
    }
    pthread_mutex_unlock(&r->lock);
    return r->failed;
}

/* What the command has put behind the cli_job is zeroed. */
cli_job *cli_ring_next(cli_ring *r) {
    if (cli_ring_drain(r, r->n_jobs - 1) || r->next_read - r->next_write >= r->n_jobs) return NULL;
    cli_job *j = job_at(r, r->next_read), kept = *j;
    memset(j, 0, r->job_size);
    j->arena = kept.arena;
    j->out = kept.out;
    j->out.failed = false;
    j->err.byte = UINT64_MAX;
    nst_arena_reset(j->arena);
    return j;
}

/* A C string copied into the arena; NULL stays NULL. */
static const char *copy(nst_arena *a, const char *z) {
    return z ? nst_arena_dup(a, z, strlen(z)) : NULL;
}

/* The reader reuses its buffers, so all strings are copied. Out of memory is an outcome like
 * others. */
void cli_ring_report(cli_ring *r, cli_job *j, const nst_report *p) {
    nst_arena *a = j->arena;
    if (setjmp(*nst_arena_oom(a))) {
        j->work = false;
        j->status = nst_fail(&j->err, NST_ENOMEM, "cli", "out of memory");
    } else {
        j->report = (nst_report){.id = copy(a, p->id), .title = copy(a, p->title),
            .text = nst_arena_dup(a, p->text, p->text_len), .text_len = p->text_len,
            .date = copy(a, p->date), .source = copy(a, p->source), .url = copy(a, p->url),
            .author = copy(a, p->author), .lang = copy(a, p->lang), .sha256 = copy(a, p->sha256)};
    }
    cli_ring_offer(r, j);
}

/* next_read moves last: from then on the job is the workers'. */
void cli_ring_offer(cli_ring *r, cli_job *j) {
    pthread_mutex_lock(&r->lock);
    j->state = CLI_READY;
    r->next_read++;
    pthread_cond_signal(&r->ready);
    pthread_mutex_unlock(&r->lock);
}

/* Threads that could not be started are not missed as long as there is one. */
bool cli_ring_start(cli_ring *r, long n) {
    assert(r->batch && r->batch <= CLI_MAX_BATCH && n <= CLI_MAX_THREADS);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->ready, NULL);
    pthread_cond_init(&r->done, NULL);
    r->jobs = calloc(r->n_jobs, r->job_size);
    bool ok = r->jobs != NULL;
    for (uint32_t i = 0; i < r->n_jobs && ok; i++)
        ok = (job_at(r, i)->arena = nst_arena_new()) != NULL;
    while (ok && r->n_threads < n &&
           pthread_create(&r->threads[r->n_threads], NULL, work, r) == 0)
        r->n_threads++;
    if (ok && r->n_threads) return true;
    fprintf(stderr, "nestor: out of memory or threads\n");
    cli_ring_stop(r);
    return false;
}

/* Jobs that were read and not begun are let go when writing failed or the user interrupted. */
void cli_ring_stop(cli_ring *r) {
    pthread_mutex_lock(&r->lock);
    r->ended = true;
    pthread_cond_broadcast(&r->ready);
    pthread_mutex_unlock(&r->lock);
    for (long i = 0; i < r->n_threads; i++) pthread_join(r->threads[i], NULL);
    for (uint32_t i = 0; i < r->n_jobs && r->jobs; i++) {
        nst_arena_free(job_at(r, i)->arena);
        nst_writer_free(&job_at(r, i)->out);
    }
    free(r->jobs);
    r->jobs = NULL;
}
