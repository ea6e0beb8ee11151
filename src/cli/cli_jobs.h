/* cli_jobs.h - reports coded by several threads and written in the order in which they were read.
 *
 * The main thread reads reports into a ring of jobs, workers code them, the main thread writes what
 * is done at the head of the ring. Invariants: (1) jobs are written in the order of the input,
 * whatever the number of threads; (2) every job that was offered is written once, unless writing
 * failed or the user interrupted; (3) only the main thread reads, writes and talks.
 */
#ifndef NST_CLI_JOBS_H
#define NST_CLI_JOBS_H

#include <pthread.h>

#include "cli.h"

/* One report on its way. A command puts it first into a struct of its own. */
typedef struct cli_job {
    enum { CLI_FREE, CLI_READY, CLI_BUSY, CLI_DONE } state;
    nst_arena *arena;            /* owns the strings of `report`, and what the command adds */
    nst_report report;
    nst_writer out;              /* what coding it gave */
    bool work;                   /* a worker has to do something; else it is only to be written */
    uint64_t upto;               /* bytes of all input up to its end, for the progress */
    nst_status status;
    nst_err err;
} cli_job;

/* "1,234 reports, 56/s, 7 %, 2:10 left" on standard error. */
typedef struct cli_progress {
    bool on;
    uint64_t size, before, at;   /* bytes: of all files, of files done, written so far */
    uint64_t done;               /* reports written */
    double begin, shown;         /* seconds */
} cli_progress;
void cli_progress_start(cli_progress *p, bool on);
void cli_progress_show(cli_progress *p, bool last);  /* ten times a second at most */
void cli_progress_clear(const cli_progress *p);      /* before a message */

enum { CLI_MAX_THREADS = 64, CLI_MAX_BATCH = 64 };

typedef struct cli_ring {
    /* Set by the command. */
    const nst_engine *engine;    /* NULL: no job has work */
    uint32_t n_jobs, batch;      /* places; jobs that are written together, at most CLI_MAX_BATCH */
    size_t job_size;             /* of the command's struct that begins with a cli_job */
    void *context;
    void (*work)(void *context, nst_coder *c, cli_job *j);       /* in a worker */
    int (*write)(void *context, cli_job **jobs, uint32_t n);     /* not 0: stop, and say so later */
    cli_progress progress;
    /* Read by the command after cli_ring_stop. */
    nst_timing timing;           /* sums of all workers */
    size_t peak;                 /* most arena bytes used by one report */
    uint64_t sentences;
    int failed;                  /* what write() said, 0 if all is well */
    /* The ring's own. */
    char *jobs;                  /* [n_jobs * job_size] */
    uint32_t next_read, next_work, next_write;
    bool ended;                  /* nothing more will be read */
    pthread_mutex_t lock;
    pthread_cond_t ready, done;
    pthread_t threads[CLI_MAX_THREADS];
    long n_threads;
} cli_ring;

/* Places, locks and n threads. False after saying that there is no memory. */
bool cli_ring_start(cli_ring *r, long n);
/* Lets the workers end and frees everything. */
void cli_ring_stop(cli_ring *r);
/* The next place, emptied; waits for it. NULL: writing failed, or the user interrupted. */
cli_job *cli_ring_next(cli_ring *r);
/* Copies the report into the job and gives it to the workers. When memory is out, so says the
 * job. */
void cli_ring_report(cli_ring *r, cli_job *j, const nst_report *p);
void cli_ring_offer(cli_ring *r, cli_job *j);
/* Writes until at most `left` jobs are under way, and beyond that every full batch. r->failed. */
int cli_ring_drain(cli_ring *r, uint32_t left);

/* From now on Ctrl-C only asks to end: what is finished is written, the rest is let go. A second
 * one ends the program at once. */
void cli_catch_interrupt(void);
bool cli_interrupted(void);

#endif
