/* store_open.c - opening, making and bringing up to date; statements and rows; errors in words.
 *
 * In: a path. Out: a connection that is surely a chronicle of a version we know, or why not.
 * Idea: the file is judged before it is touched: a foreign database, a newer version, a damaged
 * file are left as they are. Write-ahead logging lets others read while one writes. Invariants: (1)
 * nothing is written in NST_STORE_READ; (2) a migration is one transaction. Reference: SQLite's
 * file format (application id, user version), WAL.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store_base.h"
#include "store_schema.h"

/* ---- errors ------------------------------------------------------------------------------ */

/* What a result code means to somebody who has a file and a disk; NULL: SQLite's own words. */
static const char *in_words(int rc) {
    switch (rc & 0xFF) {
    case SQLITE_FULL:
        return "the disk is full; reports finished before are kept, the one under way is not. "
               "Make room and run it again";
    case SQLITE_IOERR:
        return "reading or writing the disk failed (is it full?); reports finished before are "
               "kept. Run it again when the disk is well";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another program is writing to this chronicle; try again when it is done";
    case SQLITE_READONLY:
    case SQLITE_PERM: return "it cannot be changed: the file or its folder is read-only";
    case SQLITE_CANTOPEN: return "it cannot be opened: no such folder, or no permission";
    case SQLITE_CORRUPT: return "the file is damaged; 'nestor verify' says where, a backup helps";
    case SQLITE_NOTADB: return "this is no chronicle, or it is damaged";
    case SQLITE_NOMEM: return "out of memory";
    default: return NULL;
    }
}

/* SQLite's words only where we have no better ones: they are for programmers. */
nst_status store_fail(nst_store *s, nst_err *e, int rc) {
    const char *words = in_words(rc);
    nst_fail(e, NST_ECHRONICLE, "store", "chronicle %.100s: %s", s->path,
             words   ? words
             : s->db ? sqlite3_errmsg(s->db)
                     : "out of memory");
    return NST_ECHRONICLE;
}

nst_status store_exec(nst_store *s, const char *sql, nst_err *e) {
    int rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? NST_OK : store_fail(s, e, rc);
}

/* ---- statements and rows ----------------------------------------------------------------- */

/* The kept statement of a literal, prepared at first use. */
static sqlite3_stmt *prepared(nst_store *s, const char *sql, int *rc) {
    for (int i = 0; i < s->n_statements; i++)
        if (s->statements[i].sql == sql) return s->statements[i].st;
    assert(s->n_statements < STORE_MAX_STATEMENTS);
    sqlite3_stmt *st = NULL;
    *rc = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL);
    if (*rc != SQLITE_OK) return NULL;
    s->statements[s->n_statements].sql = sql;
    s->statements[s->n_statements++].st = st;
    return st;
}

/* A failed prepare is an error of the row; the caller sees it at row_done. */
store_row store_sql(nst_store *s, const char *sql) {
    store_row r = {.s = s, .rc = SQLITE_OK};
    r.st = prepared(s, sql, &r.rc);
    return r;
}

/* Notes a failed bind. */
static void bound(store_row *r, int rc) {
    if (r->rc == SQLITE_OK) r->rc = rc;
}

void row_int(store_row *r, int64_t v) {
    if (r->st) bound(r, sqlite3_bind_int64(r->st, ++r->i, v));
}
void row_real(store_row *r, double v) {
    if (r->st) bound(r, sqlite3_bind_double(r->st, ++r->i, v));
}
void row_null(store_row *r) {
    if (r->st) bound(r, sqlite3_bind_null(r->st, ++r->i));
}

/* The bytes are not copied: they must stay until the row is run. */
void row_str(store_row *r, nst_str v) {
    if (r->st)
        bound(r, sqlite3_bind_text(r->st, ++r->i, v.p ? v.p : "", (int)v.n, SQLITE_TRANSIENT));
}

/* NULL becomes NULL: unknown stays unknown in the table. */
void row_text(store_row *r, const char *z) {
    if (z)
        row_str(r, nst_str_c(z));
    else
        row_null(r);
}

/* After an error nothing moves any more, so that a loop over rows needs one test at its end. */
bool row_step(store_row *r) {
    if (r->rc != SQLITE_OK && r->rc != SQLITE_ROW) return false;
    r->i = 0;
    r->rc = sqlite3_step(r->st);
    return r->rc == SQLITE_ROW;
}

/* The statement is kept for the next time, with its bindings cleared: they point at the caller's
 * bytes. */
nst_status row_done(store_row *r, nst_err *e) {
    int rc = r->rc;
    nst_status st =
        rc == SQLITE_OK || rc == SQLITE_ROW || rc == SQLITE_DONE ? NST_OK : store_fail(r->s, e, rc);
    if (r->st) {
        sqlite3_reset(r->st);
        sqlite3_clear_bindings(r->st);
    }
    return st;
}

/* For statements whose rows, if any, are of no interest. */
nst_status row_run(store_row *r, nst_err *e) {
    while (row_step(r)) {
    }
    return row_done(r, e);
}

int64_t col_int(store_row *r) { return sqlite3_column_int64(r->st, r->i++); }
double col_real(store_row *r) { return sqlite3_column_double(r->st, r->i++); }
bool col_null(const store_row *r) { return sqlite3_column_type(r->st, r->i) == SQLITE_NULL; }

nst_str col_str(store_row *r) {
    const char *p = (const char *)sqlite3_column_text(r->st, r->i);
    return (nst_str){p, (uint32_t)sqlite3_column_bytes(r->st, r->i++)};
}

const char *col_text(store_row *r) { return (const char *)sqlite3_column_text(r->st, r->i++); }

/* ---- judging a file ---------------------------------------------------------------------- */

/* A number that a pragma gives; -1 on an error, which goes to *e. */
static int64_t pragma(nst_store *s, const char *sql, nst_err *e) {
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(s->db, sql, -1, &st, NULL);
    int64_t v = -1;
    if (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW) v = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    if (rc != SQLITE_ROW) store_fail(s, e, rc);
    return v;
}

/* Brings the schema from `version` to ours, each step one transaction. */
static nst_status migrate(nst_store *s, int version, nst_err *e) {
    for (int v = version + 1; v <= NST_STORE_VERSION; v++) {
        char mark[80];
        snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT",
                 STORE_APPLICATION, v);
        nst_status st = store_exec(s, "BEGIN IMMEDIATE", e);
        if (!st && pragma(s, "PRAGMA user_version", e) >= v) { /* somebody else has just done it */
            st = store_exec(s, "COMMIT", e);
            if (!st) continue;
        }
        if (!st) st = store_exec(s, store_schema(v).p, e);
        if (!st) st = store_exec(s, mark, e);
        if (st) {
            sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
            return st;
        }
    }
    return NST_OK;
}

/* Is it a chronicle, and of a version we can use? Makes or updates it where that is wanted. */
static nst_status judge(nst_store *s, nst_store_mode mode, nst_err *e) {
    int64_t tables = pragma(s, "SELECT count(*) FROM sqlite_schema", e);
    int64_t id = tables < 0 ? -1 : pragma(s, "PRAGMA application_id", e);
    int64_t version = id < 0 ? -1 : pragma(s, "PRAGMA user_version", e);
    if (version < 0) return NST_ECHRONICLE;
    if (tables == 0 && id == 0 && mode == NST_STORE_CREATE) {
        nst_status st = store_exec(s, "PRAGMA journal_mode = WAL", e);
        return st ? st : migrate(s, 0, e);
    }
    if (id != STORE_APPLICATION)
        return nst_fail(e, NST_ECHRONICLE, "store",
                        "%.120s is a database, but no chronicle of Nestor", s->path);
    if (version > NST_STORE_VERSION)
        return nst_fail(e, NST_ECHRONICLE, "store",
                        "chronicle %.100s has version %lld, this program knows up to %d; "
                        "use a newer Nestor",
                        s->path, (long long)version, NST_STORE_VERSION);
    if (version == NST_STORE_VERSION) return NST_OK;
    if (mode == NST_STORE_READ)
        return nst_fail(e, NST_ECHRONICLE, "store",
                        "chronicle %.100s has version %lld, older than %d; "
                        "any 'nestor ingest' brings it up to date",
                        s->path, (long long)version, NST_STORE_VERSION);
    return migrate(s, (int)version, e);
}

/* ---- opening ----------------------------------------------------------------------------- */

/* "file:PATH?immutable=1" with the path's special bytes escaped: for folders that cannot be
 * written. */
static void immutable_uri(const char *path, char *out, size_t n) {
    static const char hex[] = "0123456789ABCDEF";
    size_t k = (size_t)snprintf(out, n, "file:");
    for (; *path && k + 20 < n; path++) {
        unsigned char c = (unsigned char)*path;
        if (c == '%' || c == '?' || c == '#') {
            out[k++] = '%';
            out[k++] = hex[c >> 4];
            out[k++] = hex[c & 15];
        } else {
            out[k++] = (char)c;
        }
    }
    snprintf(out + k, n - k, "?immutable=1");
}

/* Can the folder of the file not be written, and is there no log beside the file that must be read?
 */
static bool is_frozen(const char *path) {
    char side[1100];
    struct stat st;
    snprintf(side, sizeof side, "%s-wal", path);
    if (stat(side, &st) == 0 && st.st_size > 0) return false;
    snprintf(side, sizeof side, "%s", path);
    char *slash = strrchr(side, '/');
    if (slash)
        slash[slash == side] = 0;
    else
        snprintf(side, sizeof side, ".");
    return access(side, W_OK) != 0;
}

/* Looks at the file before SQLite does. */
static nst_status look(const char *path, nst_store_mode mode, nst_err *e) {
    struct stat st;
    if (strlen(path) > 1000)
        return nst_fail(e, NST_EUSE, "store", "the chronicle's path is too long");
    if (stat(path, &st) != 0) {
        if (mode == NST_STORE_CREATE) return NST_OK;
        return nst_fail(e, NST_ECHRONICLE, "store",
                        "there is no chronicle %.150s; 'nestor ingest' makes one", path);
    }
    if (S_ISDIR(st.st_mode))
        return nst_fail(e, NST_ECHRONICLE, "store",
                        "%.150s is a folder; name a file for the chronicle", path);
    if (mode != NST_STORE_READ && access(path, W_OK) != 0)
        return nst_fail(e, NST_ECHRONICLE, "store",
                        "chronicle %.120s cannot be changed: the file is read-only", path);
    return NST_OK;
}

/* Opens the connection itself. Readers may write in SQLite's eyes, so that the last one to leave
 * can put the log away; query_only keeps them from it. */
static nst_status connect(nst_store *s, nst_store_mode mode, nst_err *e) {
    char uri[2200];
    int flags = SQLITE_OPEN_READWRITE | (mode == NST_STORE_CREATE ? SQLITE_OPEN_CREATE : 0);
    bool frozen = is_frozen(s->path);
    if (frozen) flags = SQLITE_OPEN_READONLY;
    if (frozen && mode == NST_STORE_READ)
        immutable_uri(s->path, uri, sizeof uri);
    else
        snprintf(uri, sizeof uri, "%s", s->path);
    if (frozen && mode != NST_STORE_READ)
        return nst_fail(e, NST_ECHRONICLE, "store",
                        "chronicle %.110s cannot be changed: its folder is read-only or missing",
                        s->path);
    int rc = sqlite3_open_v2(uri, &s->db, flags | (frozen ? SQLITE_OPEN_URI : 0), NULL);
    if (rc != SQLITE_OK) return store_fail(s, e, rc);
    if (mode == NST_STORE_READ) sqlite3_exec(s->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
    sqlite3_extended_result_codes(s->db, 0);
    sqlite3_busy_timeout(s->db, 30000);
    return NST_OK;
}

/* Judged before anything is set, so that a foreign or newer file is left as it is. */
nst_status nst_store_open(const char *path, nst_store_mode mode, nst_store **out, nst_err *e) {
    *out = NULL;
    nst_status st = look(path, mode, e);
    if (st) return st;
    nst_store *s = nst_malloc(sizeof *s);
    if (!s) return nst_fail(e, NST_ENOMEM, "store", "out of memory");
    memset(s, 0, sizeof *s);
    snprintf(s->path, sizeof s->path, "%s", path);
    s->writable = mode != NST_STORE_READ;
    st = connect(s, mode, e);
    if (!st) st = judge(s, mode, e);
    if (!st)
        st = store_exec(s,
                        "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA cache_size "
                        "= -65536;"
                        "PRAGMA temp_store = MEMORY",
                        e);
    int64_t stones = 0;
    if (!st) stones = pragma(s, "SELECT count(*) FROM tombstones WHERE kind = 'person'", e);
    s->person_stones = stones > 0;
    if (stones < 0) st = NST_ECHRONICLE;         /* not to know is not the same as none */
    if (st) {
        nst_store_close(s);
        return st;
    }
    *out = s;
    return NST_OK;
}

void nst_store_close(nst_store *s) {
    if (!s) return;
    if (s->db) nst_store_rollback(s);
    for (int i = 0; i < s->n_statements; i++) sqlite3_finalize(s->statements[i].st);
    sqlite3_close_v2(s->db);
    store_forget_text(s);
    nst_writer_free(&s->report_buf);
    nst_writer_free(&s->why_buf);
    nst_free(s);
}

/* ---- changes ----------------------------------------------------------------------------- */

/* Immediate: a writer that waits does so here, not in the middle of its change. */
nst_status nst_store_begin(nst_store *s, nst_err *e) {
    nst_status st = store_exec(s, "BEGIN IMMEDIATE", e);
    if (!st) s->in_change = true;
    return st;
}

nst_status nst_store_commit(nst_store *s, nst_err *e) {
    nst_status st = store_exec(s, "COMMIT", e);
    if (st) nst_store_rollback(s);
    s->in_change = false;
    return st;
}

/* No status: whoever undoes has an error already. */
void nst_store_rollback(nst_store *s) {
    if (!sqlite3_get_autocommit(s->db)) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    s->in_change = false;
    store_forget_text(s);
}
