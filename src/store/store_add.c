/* store_add.c - runs, reports and outcomes: all of a report or nothing.
 *
 * In: a report with its coded lines. Out: its rows and the outcome `coded`; or `duplicate`,
 * `skipped`, `rejected`. Invariant: a report's rows and its outcome are in one savepoint inside the
 * caller's change.
 */
#include "store_base.h"

static const char *const names[NST_N_OUTCOME] = {"coded", "duplicate", "skipped", "rejected"};

const char *nst_outcome_name(int outcome) { return names[outcome]; }

/* A run without an end was interrupted. */
nst_status nst_store_run_begin(nst_store *s, const char *command, const char *engine,
                               const char *when, int64_t *run, nst_err *e) {
    store_row r = store_sql(s, "INSERT INTO runs (command, engine, started) VALUES (?, ?, ?)");
    row_text(&r, command);
    row_text(&r, engine);
    row_text(&r, when);
    nst_status st = row_run(&r, e);
    *run = sqlite3_last_insert_rowid(s->db);
    return st;
}

nst_status nst_store_run_end(nst_store *s, int64_t run, const char *when, nst_err *e) {
    store_row r = store_sql(s, "UPDATE runs SET finished = ? WHERE id = ?");
    row_text(&r, when);
    row_int(&r, run);
    return row_run(&r, e);
}

/* The same text from two outlets is two reports: each is a publication of its own. */
nst_status nst_store_find(nst_store *s, const char *sha256, const char *source, int64_t *report,
                          nst_err *e) {
    store_row r = store_sql(s, "SELECT id FROM reports WHERE sha256 = ? AND ifnull(source, '') = "
                               "?");
    row_text(&r, sha256);
    row_text(&r, source ? source : "");
    *report = row_step(&r) ? col_int(&r) : 0;
    return row_done(&r, e);
}

/* Not to know is an error: what was forgotten must not come back because a page could not be
 * read. */
nst_status nst_store_forgotten(nst_store *s, const char *sha256, const char *source,
                               const char **why, nst_err *e) {
    store_row r = store_sql(s, "SELECT reason FROM tombstones WHERE kind = 'report' AND hash = ? "
                               "AND ifnull(source, '') = ?");
    row_text(&r, sha256);
    row_text(&r, source ? source : "");
    s->why_buf.n = 0;
    bool found = row_step(&r);
    if (found) nst_putf(&s->why_buf, "forgotten on request: %s", col_text(&r));
    *why = found ? s->why_buf.p : NULL;
    if (found && s->why_buf.failed) return nst_fail(e, NST_ENOMEM, "store", "out of memory");
    return row_done(&r, e);
}

/* Unknown fields are NULL, never 0 or "". */
nst_status nst_store_note(nst_store *s, int64_t run, const nst_store_outcome *o, nst_err *e) {
    store_row r = store_sql(s, "INSERT INTO outcomes (run, outcome, report, name, file, line, "
                               "byte, mentions, why) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    row_int(&r, run);
    row_text(&r, names[o->outcome]);
    if (o->report)
        row_int(&r, o->report);
    else
        row_null(&r);
    row_text(&r, o->report ? NULL : o->name);
    row_text(&r, o->file);
    if (o->line)
        row_int(&r, (int64_t)o->line);
    else
        row_null(&r);
    if (o->byte != UINT64_MAX)
        row_int(&r, (int64_t)o->byte);
    else
        row_null(&r);
    if (o->outcome == NST_CODED)
        row_int(&r, o->mentions);
    else
        row_null(&r);
    row_text(&r, o->why);
    return row_run(&r, e);
}

/* The report's own row; *id is its number. */
static nst_status report_row(nst_store *s, int64_t run, const nst_report *p,
                             const nst_store_outcome *o, bool hide_author, int64_t *id,
                             nst_err *e) {
    char hash[65];
    nst_sha256(nst_str_c(p->title), (nst_str){p->text, (uint32_t)p->text_len}, true, hash);
    store_row r = store_sql(s, "INSERT INTO reports (report, sha256, source, date, url, author, "
                               "lang, file, line, bytes, "
                               "text_sha256, mentions, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                               "?, 0, ?)");
    row_text(&r, p->id);
    row_text(&r, p->sha256);
    row_text(&r, p->source);
    row_text(&r, p->date);
    row_text(&r, hide_author ? NULL : p->url);
    row_text(&r, hide_author ? NULL : p->author);
    row_text(&r, p->lang);
    row_text(&r, o->file);
    if (o->line)
        row_int(&r, (int64_t)o->line);
    else
        row_null(&r);
    row_int(&r, (int64_t)(p->text_len + (p->title ? strlen(p->title) : 0)));
    row_text(&r, hash);
    row_int(&r, run);
    nst_status st = row_run(&r, e);
    *id = sqlite3_last_insert_rowid(s->db);
    return st;
}

/* Title and text, which the full-text index follows. */
static nst_status text_row(nst_store *s, int64_t report, const nst_report *p, nst_err *e) {
    store_row r = store_sql(s, "INSERT INTO texts VALUES (?, ?, ?)");
    row_int(&r, report);
    row_text(&r, p->title);
    row_str(&r, (nst_str){p->text, (uint32_t)p->text_len});
    return row_run(&r, e);
}

/* What was coded in a report, and by which run. */
static nst_status set_counts(nst_store *s, int64_t report, int64_t run, uint32_t n, uint32_t said,
                             nst_err *e) {
    store_row r = store_sql(s, "UPDATE reports SET mentions = ?, attributions = ?, run = ? "
                               "WHERE id = ?");
    row_int(&r, n);
    row_int(&r, said);
    row_int(&r, run);
    row_int(&r, report);
    return row_run(&r, e);
}

/* Does a person who is to be forgotten stand in the report? */
static bool must_hide(nst_store *s, const nst_report *p, nst_status *st, nst_err *e) {
    nst_str in[] = {{p->text, (uint32_t)p->text_len}, nst_str_c(p->title), nst_str_c(p->author)};
    bool hit = false;
    for (int i = 0; i < 3 && s->person_stones && !hit; i++)
        hit = store_names_forgotten(s, in[i], st, e);
    return hit;
}

/* Takes the hashes of a report's spans away: that of a name is nearly the name. */
static nst_status drop_hashes(nst_store *s, int64_t report, nst_err *e) {
    store_row r = store_sql(s, "UPDATE spans SET hash = NULL WHERE report = ?");
    row_int(&r, report);
    return row_run(&r, e);
}

/* The rows of a new report, inside the savepoint. */
static nst_status add_rows(nst_store *s, int64_t run, const nst_report *p, nst_str lines,
                           bool keep_text, nst_store_outcome *o, nst_err *e) {
    nst_status st = NST_OK;
    uint32_t said = 0;
    bool hide = must_hide(s, p, &st, e);
    if (!st) st = report_row(s, run, p, o, hide, &o->report, e);
    if (!st && keep_text && !hide) st = text_row(s, o->report, p, e);
    if (!st) st = store_put_lines(s, o->report, p, lines, &o->mentions, &said, e);
    if (!st && hide) st = drop_hashes(s, o->report, e);
    if (!st) st = set_counts(s, o->report, run, o->mentions, said, e);
    if (!st) st = store_replay(s, o->report, e);
    return st;
}

/* Ends the savepoint `report`; on an error undoes what it held. */
static nst_status release(nst_store *s, nst_status st, nst_err *e) {
    if (st) {
        if (!sqlite3_get_autocommit(s->db))
            sqlite3_exec(s->db, "ROLLBACK TO report; RELEASE report", NULL, NULL, NULL);
        return st;
    }
    return store_exec(s, "RELEASE report", e);
}

/* Looked up again inside the change: another writer may have been here since the caller looked. */
nst_status nst_store_add(nst_store *s, int64_t run, const nst_report *p, nst_str lines,
                         bool keep_text, nst_store_outcome *o, nst_err *e) {
    int64_t there = 0;
    const char *gone = NULL;
    nst_status st = nst_store_forgotten(s, p->sha256, p->source, &gone, e);
    if (!st) st = nst_store_find(s, p->sha256, p->source, &there, e);
    if (!st) st = store_exec(s, "SAVEPOINT report", e);
    if (st) return st;
    o->name = p->id;
    o->outcome = gone ? NST_SKIP : there ? NST_DUPLICATE : NST_CODED;
    o->report = gone ? 0 : there;
    if (gone) {
        o->why = gone;
        o->name = NULL;
    } else if (!there) {
        st = add_rows(s, run, p, lines, keep_text, o, e);
    }
    if (!st) st = nst_store_note(s, run, o, e);
    return release(s, st, e);
}

/* The text stays, its lines are replaced, the verdicts are applied to the new ones. */
nst_status nst_store_recode(nst_store *s, int64_t run, int64_t report, nst_str lines,
                            nst_store_outcome *o, nst_err *e) {
    nst_report r = {0};
    nst_stored kept;
    bool found;
    uint32_t said = 0;
    nst_status st = store_exec(s, "SAVEPOINT report", e);
    if (st) return st;
    st = nst_store_report(s, report, false, &kept, &found, e);
    if (!st && (!found || !kept.report.text))
        st = nst_fail(e, NST_EUSE, "store",
                      "the report's text was not kept; it cannot be coded again");
    if (!st) r = kept.report;
    if (!st) st = store_clear_lines(s, report, e);
    if (!st) st = store_put_lines(s, report, &r, lines, &o->mentions, &said, e);
    if (!st) st = set_counts(s, report, run, o->mentions, said, e);
    if (!st) st = store_replay(s, report, e);
    o->outcome = NST_CODED;
    o->report = report;
    if (!st) st = nst_store_note(s, run, o, e);
    return release(s, st, e);
}
