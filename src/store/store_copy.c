/* store_copy.c - a copy while others work, and one chronicle into another.
 *
 * In: a store. Out: a file that is the same chronicle; or `into` with what it lacked.
 * Idea: merging goes through the JSON lines, as coding does: what cannot be coded cannot be merged.
 * Invariants: (1) a copy that failed leaves no file; (2) merging twice is merging once; (3) what
 * `into` has forgotten does not come back.
 */
#include <stdlib.h>
#include <unistd.h>

#include "store_base.h"

/* ---- backup ------------------------------------------------------------------------------ */

/* All pages, in steps, so that writers get their turn. */
static int copy_pages(sqlite3 *to, sqlite3 *from) {
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
    int rc = SQLITE_OK;
    if (!b) return sqlite3_errcode(to);
    while (rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED) {
        rc = sqlite3_backup_step(b, 4096);
        if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED) sqlite3_sleep(20);
    }
    int end = sqlite3_backup_finish(b);
    return rc == SQLITE_DONE ? end : rc;
}

nst_status nst_store_backup(nst_store *s, const char *path, nst_err *e) {
    char part[1100];
    nst_store to = {0};
    if (strlen(path) > 1000) return nst_fail(e, NST_EUSE, "store", "the path is too long");
    if (access(path, F_OK) == 0)
        return nst_fail(e, NST_EUSE, "store", "%.180s is there already", path);
    snprintf(part, sizeof part, "%s.part", path);
    snprintf(to.path, sizeof to.path, "%s", path);
    unlink(part);
    int rc = sqlite3_open_v2(part, &to.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (rc == SQLITE_OK) rc = copy_pages(to.db, s->db);
    if (rc != SQLITE_OK) store_fail(&to, e, rc);
    sqlite3_close(to.db);
    if (rc == SQLITE_OK && rename(part, path) != 0) rc = SQLITE_IOERR;
    if (rc == SQLITE_OK) return NST_OK;
    unlink(part);
    return nst_fail(e, NST_ECHRONICLE, "store", "%.180s could not be written", path)
               ? NST_ECHRONICLE
               : NST_OK;
}

/* ---- merge ------------------------------------------------------------------------------- */

/* A run in `into` for each engine of `from`. */
typedef struct merging {
    nst_store *into, *from;
    const char *when;
    char engine[128]; /* of the run below */
    int64_t run;
    nst_store_merged *out;
    nst_err *e;
} merging;

/* The run under which reports coded by that engine are added. */
static nst_status run_for(merging *m, const char *engine) {
    if (m->run && !strcmp(m->engine, engine)) return NST_OK;
    if (m->run) {
        nst_status st = nst_store_run_end(m->into, m->run, m->when, m->e);
        if (st) return st;
    }
    snprintf(m->engine, sizeof m->engine, "%s", engine);
    return nst_store_run_begin(m->into, "merge", m->engine, m->when, &m->run, m->e);
}

/* Adds one report whose lines are in w. Without its text the lines cannot be proved: they are left
 * out. */
static nst_status add(merging *m, const nst_stored *p, nst_str lines) {
    nst_store_outcome o = {.file = p->file, .line = p->line, .byte = UINT64_MAX};
    nst_status st = run_for(m, p->engine ? p->engine : "");
    if (!st) st = nst_store_add(m->into, m->run, &p->report, lines, true, &o, m->e);
    if (!st && o.outcome == NST_CODED && !p->has_attributions) { /* none kept is not none made */
        store_row r = store_sql(m->into, "UPDATE reports SET attributions = NULL WHERE id = ?");
        row_int(&r, o.report);
        st = row_run(&r, m->e);
    }
    if (st) return st;
    m->out->added += o.outcome == NST_CODED;
    m->out->present += o.outcome == NST_DUPLICATE;
    m->out->forgotten += o.outcome == NST_SKIP;
    return NST_OK;
}

/* Every report of `from` that `into` lacks. */
static nst_status merge_reports(merging *m) {
    nst_stored p;
    nst_writer w = {0};
    bool found = true;
    int64_t at = 0;
    nst_status st = NST_OK;
    while (!st) {
        int64_t there = 0;
        st = nst_store_report(m->from, at, true, &p, &found, m->e);
        if (st || !found) break;
        at = p.id;
        st = nst_store_find(m->into, p.report.sha256, p.report.source, &there, m->e);
        if (st) break;
        if (there || !p.report.text) {
            m->out->present += there != 0;
            m->out->without_text += !there;
            continue;
        }
        w.n = 0;
        nst_put(&w, NST_S(""));
        st = nst_store_lines(m->from, p.id, false, &w, m->e);
        if (!st) st = nst_store_attributions(m->from, p.id, false, true, &w, m->e);
        if (!st && w.failed) st = nst_fail(m->e, NST_ENOMEM, "store", "out of memory");
        if (!st) st = add(m, &p, (nst_str){w.p, (uint32_t)w.n});
    }
    nst_writer_free(&w);
    return st;
}

/* Copies rows of `from` that `into` lacks, by two statements of the same columns. */
static nst_status copy_rows(merging *m, const char *select, const char *insert, int columns,
                            uint64_t *n) {
    store_row r = store_sql(m->from, select);
    nst_status st = NST_OK;
    while (!st && row_step(&r)) {
        store_row in = store_sql(m->into, insert);
        for (int i = 0; i < columns; i++) {
            if (col_null(&r)) {
                row_null(&in);
                r.i++;
            } else if (sqlite3_column_type(r.st, r.i) == SQLITE_INTEGER) {
                row_int(&in, col_int(&r));
            } else {
                row_str(&in, col_str(&r));
            }
        }
        st = row_run(&in, m->e);
        *n += (uint64_t)sqlite3_changes64(m->into->db);
    }
    nst_status end = row_done(&r, m->e);
    return st ? st : end;
}

/* Applies the verdicts to every report that has one. */
static nst_status replay_all(nst_store *s, nst_err *e) {
    store_row r = store_sql(s, "SELECT DISTINCT m.report FROM verdicts v JOIN mentions m ON "
                               "m.mention = v.mention");
    nst_status st = NST_OK;
    while (!st && row_step(&r)) st = store_replay(s, col_int(&r), e);
    nst_status end = row_done(&r, e);
    return st ? st : end;
}

/* Tombstones first: what either side has forgotten must not be copied by the other. */
nst_status nst_store_merge(nst_store *into, nst_store *from, const char *when,
                           nst_store_merged *out, nst_err *e) {
    merging m = {.into = into, .from = from, .when = when, .out = out, .e = e};
    uint64_t stones = 0;
    *out = (nst_store_merged){0};
    nst_status st = copy_rows(&m,
                              "SELECT kind, hash, salt, words, source, reason, made FROM "
                              "tombstones ORDER BY id",
                              "INSERT INTO tombstones (kind, hash, salt, words, source, reason, "
                              "made) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT "
                              "EXISTS (SELECT 1 FROM tombstones WHERE hash = ?2 AND source IS ?5)",
                              7, &stones);
    if (stones) into->person_stones = true;
    if (!st) st = merge_reports(&m);
    if (!st && m.run) st = nst_store_run_end(into, m.run, when, e);
    if (!st)
        st = copy_rows(&m,
                       "SELECT made, kind, mention, other, part, seq, actor, note FROM verdicts "
                       "ORDER BY id",
                       "INSERT INTO verdicts (made, kind, mention, other, part, seq, actor, note) "
                       "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE "
                       "NOT EXISTS (SELECT 1 FROM verdicts WHERE made = ?1 AND kind = ?2 AND "
                       "mention = ?3 AND other IS ?4 AND actor IS ?7)",
                       8, &out->verdicts);
    return st ? st : replay_all(into, e);
}
