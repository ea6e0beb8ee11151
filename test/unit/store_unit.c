/* store_unit.c - the chronicle when the disk or the memory fails at the n-th time of asking.
 *
 * usage: store-unit FOLDER [all]. For n = 0, 1, 2, ...: three reports are put into a new chronicle while
 * the n-th write, sync, truncation or opening of SQLite's (or the n-th allocation, SQLite's and
 * ours) fails, until a run succeeds without any failure. After each: the calls said so or all is
 * there; the chronicle, opened again, has no findings, holds the first k reports whole, and takes
 * the rest. Ends with "N passed, N failed".
 */
#include <stdlib.h>
#include <unistd.h>

#include <sqlite3.h>

#include "read.h"
#include "store.h"

#define REPORTS 3

static long countdown = -1;      /* operations until one fails; -1: never */
static bool failing_memory;      /* else the disk */

static bool strikes(bool memory) {
    if (memory != failing_memory || countdown < 0) return false;
    return countdown-- == 0;
}

/* ---- a disk that fails ------------------------------------------------------------------- */

/* A file of the real VFS behind ours. */
typedef struct shim {
    sqlite3_file base;
    sqlite3_file *real;
} shim;
static sqlite3_vfs *disk;
static sqlite3_io_methods methods;

static sqlite3_file *real(sqlite3_file *f) { return ((shim *)f)->real; }

static int shim_close(sqlite3_file *f) { return real(f)->pMethods->xClose(real(f)); }
static int shim_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at) {
    return real(f)->pMethods->xRead(real(f), p, n, at);
}
static int shim_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at) {
    if (!strikes(false)) return real(f)->pMethods->xWrite(real(f), p, n, at);
    real(f)->pMethods->xWrite(real(f), p, n / 2, at);        /* a torn write */
    return SQLITE_FULL;
}
static int shim_truncate(sqlite3_file *f, sqlite3_int64 n) {
    return strikes(false) ? SQLITE_IOERR_TRUNCATE : real(f)->pMethods->xTruncate(real(f), n);
}
static int shim_sync(sqlite3_file *f, int flags) {
    return strikes(false) ? SQLITE_IOERR_FSYNC : real(f)->pMethods->xSync(real(f), flags);
}
static int shim_size(sqlite3_file *f, sqlite3_int64 *n) { return real(f)->pMethods->xFileSize(real(f), n); }
static int shim_lock(sqlite3_file *f, int l) { return real(f)->pMethods->xLock(real(f), l); }
static int shim_unlock(sqlite3_file *f, int l) { return real(f)->pMethods->xUnlock(real(f), l); }
static int shim_reserved(sqlite3_file *f, int *out) {
    return real(f)->pMethods->xCheckReservedLock(real(f), out);
}
static int shim_control(sqlite3_file *f, int op, void *arg) {
    return real(f)->pMethods->xFileControl(real(f), op, arg);
}
static int shim_sector(sqlite3_file *f) { return real(f)->pMethods->xSectorSize(real(f)); }
static int shim_traits(sqlite3_file *f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
static int shim_map(sqlite3_file *f, int page, int size, int extend, void volatile **p) {
    return strikes(false) ? SQLITE_IOERR_SHMMAP : real(f)->pMethods->xShmMap(real(f), page, size, extend, p);
}
static int shim_shmlock(sqlite3_file *f, int at, int n, int flags) {
    return real(f)->pMethods->xShmLock(real(f), at, n, flags);
}
static void shim_barrier(sqlite3_file *f) { real(f)->pMethods->xShmBarrier(real(f)); }
static int shim_unmap(sqlite3_file *f, int delete) { return real(f)->pMethods->xShmUnmap(real(f), delete); }

static int shim_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out) {
    shim *s = (shim *)f;
    s->base.pMethods = NULL;
    s->real = (sqlite3_file *)(s + 1);
    if (strikes(false)) return SQLITE_CANTOPEN;
    int rc = disk->xOpen(disk, name, s->real, flags, out);
    if (rc == SQLITE_OK) s->base.pMethods = &methods;
    return rc;
}

/* Puts the failing disk in front of the real one. */
static void install_disk(void) {
    static sqlite3_vfs front;
    disk = sqlite3_vfs_find(NULL);
    front = *disk;
    front.zName = "failing";
    front.szOsFile = (int)sizeof(shim) + disk->szOsFile;
    front.xOpen = shim_open;
    methods = (sqlite3_io_methods){2, shim_close, shim_read, shim_write, shim_truncate, shim_sync,
        shim_size, shim_lock, shim_unlock, shim_reserved, shim_control, shim_sector, shim_traits,
        shim_map, shim_shmlock, shim_barrier, shim_unmap, NULL, NULL};
    sqlite3_vfs_register(&front, 1);
}

/* ---- memory that fails ------------------------------------------------------------------- */

static sqlite3_mem_methods heap;

static void *failing_malloc(int n) { return strikes(true) ? NULL : heap.xMalloc(n); }
static void *failing_realloc(void *p, int n) { return strikes(true) ? NULL : heap.xRealloc(p, n); }
static void *failing_ours(size_t n) { return strikes(true) ? NULL : malloc(n); }

/* Before SQLite starts. */
static void install_memory(void) {
    sqlite3_mem_methods front;
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &heap);
    front = heap;
    front.xMalloc = failing_malloc;
    front.xRealloc = failing_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &front);
    nst_malloc_hook = failing_ours;
}

/* ---- the run ----------------------------------------------------------------------------- */

static nst_report reports[REPORTS];
static nst_writer lines[REPORTS];        /* as coded */

/* Puts in what is not there yet: a run, then each report in a transaction of its own. */
static nst_status put_all(const char *path) {
    nst_store *s = NULL;
    nst_err e = {0};
    int64_t run = 0;
    nst_status st = nst_store_open(path, NST_STORE_CREATE, &s, &e);
    if (!st) st = nst_store_begin(s, &e);
    if (!st) st = nst_store_run_begin(s, "ingest", "nestor 0.0.9 fixture", "2000-01-01T00:00:00Z", &run, &e);
    if (!st) st = nst_store_commit(s, &e);
    for (int i = 0; i < REPORTS && !st; i++) {
        nst_store_outcome o = {.byte = UINT64_MAX, .file = "reports.jsonl"};
        st = nst_store_begin(s, &e);
        if (!st)
            st = nst_store_add(s, run, &reports[i], (nst_str){lines[i].p, (uint32_t)lines[i].n}, true, &o, &e);
        if (!st) st = nst_store_commit(s, &e);
        if (st) nst_store_rollback(s);
    }
    nst_store_close(s);
    if (st && countdown < 0 && getenv("STORE_UNIT_SAY")) printf("  %s\n", e.message);
    return st;
}

static void found(void *arg, const char *what) { printf("  finding: %s\n", what); }

/* How many reports the chronicle holds, -1 when something is wrong with it. */
static int check(const char *path) {
    nst_store *s = NULL;
    nst_err e = {0};
    nst_store_check c;
    nst_writer w = {0};
    int n = 0;
    if (access(path, F_OK) != 0) return 0;
    if (nst_store_open(path, NST_STORE_WRITE, &s, &e)) {
        bool nothing = strstr(e.message, "no chronicle") != NULL;    /* it never came to be one */
        if (!nothing) printf("  %s\n", e.message);
        return nothing ? 0 : -1;
    }
    if (nst_store_verify(s, found, NULL, &c, &e) || c.findings) n = -1;
    for (int i = 0; n >= 0 && i < REPORTS; i++) {
        int64_t there = 0;
        if (nst_store_find(s, reports[i].sha256, reports[i].source, &there, &e)) n = -1;
        if (n < 0 || !there) break;
        w.n = 0;
        nst_put(&w, NST_S(""));
        bool same = !nst_store_lines(s, there, true, &w, &e) && w.n == lines[i].n &&
                    (!w.n || !memcmp(w.p, lines[i].p, w.n));
        n = same ? n + 1 : -1;
    }
    if (n >= 0 && c.reports != (uint64_t)n) n = -1;
    nst_writer_free(&w);
    nst_store_close(s);
    return n;
}

static void clear(const char *path) {
    char side[600];
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (int i = 0; i < 4; i++) {
        snprintf(side, sizeof side, "%s%s", path, ends[i]);
        unlink(side);
    }
}

/* One failure at the n-th time. 1 passed, 0 failed, -1: nothing failed any more. */
static int strike(const char *path, long n) {
    clear(path);
    countdown = n;
    nst_status st = put_all(path);
    bool struck = countdown < 0;
    countdown = -1;
    int kept = check(path);
    if (!struck) return st == NST_OK && kept == REPORTS ? -1 : 0;
    bool ok = kept >= 0 && (st != NST_OK || kept == REPORTS);
    if (ok) ok = put_all(path) == NST_OK && check(path) == REPORTS;
    if (!ok) printf("FAIL %s failing at %ld: status %d, %d kept\n", failing_memory ? "memory" : "disk", n, st, kept);
    return ok;
}

/* Reads the fixture: reports, and the lines of each. */
static bool read_fixture(nst_arena *a) {
    nst_reader *r;
    nst_report p;
    nst_err e = {0};
    char line[65536], key[64];
    if (nst_read_open("test/data/store/reports.jsonl", NULL, &r, &e)) return false;
    for (int i = 0; i < REPORTS && nst_read_next(r, &p, &e) == NST_READ_REPORT; i++) {
        reports[i] = (nst_report){.id = nst_arena_dup(a, p.id, strlen(p.id)),
            .text = nst_arena_dup(a, p.text, p.text_len), .text_len = p.text_len,
            .title = p.title ? nst_arena_dup(a, p.title, strlen(p.title)) : NULL,
            .date = nst_arena_dup(a, p.date, strlen(p.date)),
            .source = nst_arena_dup(a, p.source, strlen(p.source)),
            .sha256 = nst_arena_dup(a, p.sha256, strlen(p.sha256))};
    }
    nst_read_close(r);
    FILE *f = fopen("test/data/store/lines.jsonl", "r");
    while (f && fgets(line, sizeof line, f))
        for (int i = 0; i < REPORTS; i++) {
            snprintf(key, sizeof key, "\"report\":\"%s\"", reports[i].id ? reports[i].id : "?");
            if (strstr(line, key)) nst_putz(&lines[i], line);
        }
    if (f) fclose(f);
    return f && reports[REPORTS - 1].id && lines[0].n;
}

/* All failures of the disk, then of memory; how many did not pass. */
static long strike_all(const char *path, bool all) {
    long passed = 0, failed = 0;
    for (int m = 0; m < 2; m++) {
        failing_memory = m;
        int r = 0;
        /* Beyond the first ones they are sampled, ever more thinly, unless all are asked for. */
        for (long n = 0; r >= 0 && failed < 10; n += n > 40 && !all ? n / 16 : 1) {
            r = strike(path, n);
            passed += r != 0;
            failed += r == 0;
        }
    }
    clear(path);
    printf("%ld passed, %ld failed\n", passed, failed);
    return failed;
}

int main(int argc, char **argv) {
    char path[500];
    nst_arena *a = nst_arena_new();
    snprintf(path, sizeof path, "%s/strike.nestor", argc > 1 ? argv[1] : ".");
    install_memory();
    install_disk();
    if (!a || setjmp(*nst_arena_oom(a)) || !read_fixture(a)) {
        printf("FAIL the fixture cannot be read\n0 passed, 1 failed\n");
        return 1;
    }
    long failed = strike_all(path, argc > 2);
    for (int i = 0; i < REPORTS; i++) nst_writer_free(&lines[i]);
    nst_arena_free(a);
    return failed != 0;
}
