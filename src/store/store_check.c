/* store_check.c - is the chronicle what it says it is?
 *
 * In: a chronicle. Out: findings, each a sentence.
 * Idea: every claim has its evidence as bytes; so read the bytes again. The file's own integrity,
 * the keys between the tables and the full-text index are SQLite's to check; hashes and sums are
 * ours.
 */
#include <stdarg.h>

#include "store_base.h"

/* Where findings go. */
typedef struct check {
    nst_store *s;
    nst_store_finding found;
    void *arg;
    nst_store_check *out;
    nst_err *e;
} check;

/* Reports one finding. */
static void find(check *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void find(check *c, const char *fmt, ...) {
    char buf[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    c->out->findings++;
    c->found(c->arg, buf);
}

/* PRAGMA integrity_check: every row but "ok" is a finding. */
static nst_status integrity(check *c) {
    store_row r = store_sql(c->s, "PRAGMA integrity_check");
    while (row_step(&r)) {
        const char *z = col_text(&r);
        if (z && strcmp(z, "ok")) find(c, "the file is damaged: %s", z);
    }
    return row_done(&r, c->e);
}

static nst_status foreign_keys(check *c) {
    store_row r = store_sql(c->s, "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check");
    while (row_step(&r)) {
        const char *table = col_text(&r);
        long long row = (long long)col_int(&r);
        find(c, "row %lld of %s points at a row of %s that is not there", row, table, col_text(&r));
    }
    return row_done(&r, c->e);
}

/* Statements that count what must not be; `what` comes after the number. */
static const struct {
    const char *sql, *what;
} counts[] = {
    {"SELECT count(*) FROM mentions WHERE id NOT IN (SELECT mention FROM claims)", "mentions have "
                                                                                   "no claim"},
    {"SELECT count(*) FROM reports p WHERE mentions <> (SELECT count(*) FROM mentions m WHERE "
     "m.report = p.id)",
     "reports have another number of mentions than they say"},
    {"SELECT count(*) FROM reports p WHERE NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.report = "
     "p.id AND o.outcome = 'coded')",
     "reports have no outcome"},
    {"SELECT count(*) FROM mentions m WHERE NOT EXISTS (SELECT 1 FROM spans s WHERE s.report = "
     "m.report AND s.in_title = "
     "m.trigger_in_title AND s.start = m.trigger_start AND s.\"end\" = m.trigger_end)",
     "triggers are not among the spans"},
    {"SELECT count(*) FROM mentions m WHERE NOT EXISTS (SELECT 1 FROM spans s WHERE s.report = "
     "m.report AND s.in_title = "
     "m.in_title AND s.start = m.sentence_start AND s.\"end\" = m.sentence_end)",
     "sentences are not among the spans"},
    {"SELECT count(*) FROM members x JOIN mentions m ON m.id = x.mention WHERE NOT EXISTS (SELECT "
     "1 FROM spans s WHERE "
     "s.report = m.report AND s.in_title = x.in_title AND s.start = x.start AND s.\"end\" = "
     "x.\"end\")",
     "members are not among the spans"},
    {"SELECT count(*) FROM numbers x JOIN mentions m ON m.id = x.mention WHERE NOT EXISTS (SELECT "
     "1 FROM spans s WHERE "
     "s.report = m.report AND s.in_title = x.in_title AND s.start = x.start AND s.\"end\" = "
     "x.\"end\")",
     "numbers are not among the spans"},
    {"SELECT count(*) FROM links x JOIN mentions m ON m.id = x.mention WHERE cue_start IS NOT NULL "
     "AND NOT EXISTS (SELECT 1 "
     "FROM spans s WHERE s.report = m.report AND s.in_title = x.cue_in_title AND s.start = "
     "x.cue_start AND s.\"end\" = "
     "x.cue_end)",
     "cues are not among the spans"},
    {"SELECT count(*) FROM attributions t WHERE cue_start IS NOT NULL AND NOT EXISTS (SELECT 1 "
     "FROM spans s WHERE s.report = t.report AND s.in_title = t.cue_in_title AND s.start = "
     "t.cue_start AND s.\"end\" = t.cue_end)",
     "cues of attributions are not among the spans"},
    {"SELECT count(*) FROM contents x JOIN attributions t ON t.id = x.attribution WHERE NOT EXISTS "
     "(SELECT 1 FROM spans s WHERE s.report = t.report AND s.in_title = x.in_title AND s.start = "
     "x.start AND s.\"end\" = x.\"end\")",
     "contents of attributions are not among the spans"},
    {"SELECT count(*) FROM reports p WHERE attributions <> (SELECT count(*) FROM attributions t "
     "WHERE t.report = p.id)",
     "reports have another number of attributions than they say"},
};

/* Each of the counts above has to be none. */
static nst_status sums(check *c) {
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        store_row r = store_sql(c->s, counts[i].sql);
        long long n = row_step(&r) ? (long long)col_int(&r) : 0;
        nst_status st = row_done(&r, c->e);
        if (st) return st;
        if (n) find(c, "%lld %s", n, counts[i].what);
    }
    return NST_OK;
}

/* Every span of one report against its text. */
static nst_status spans_of(check *c, const nst_stored *p) {
    store_row r = store_sql(c->s, "SELECT hash, in_title, start, \"end\" FROM spans WHERE report = "
                                  "?");
    row_int(&r, p->id);
    while (row_step(&r)) {
        bool forgotten = col_null(&r);
        uint64_t hash = (uint64_t)col_int(&r);
        int field = (int)col_int(&r) & 1;
        int64_t start = col_int(&r), end = col_int(&r);
        nst_str f = c->s->field[field];
        c->out->spans++;
        if (start < 0 || end < start || (p->report.text && end > f.n))
            find(c, "report %.60s: a span lies outside of the %s: %lld to %lld", p->report.id,
                 field ? "title" : "text", (long long)start, (long long)end);
        else if (p->report.text && !forgotten &&
                 nst_hash(f.p ? f.p + start : "", (size_t)(end - start)) != hash)
            find(c, "report %.60s: the bytes %lld to %lld of the %s are not those that were coded",
                 p->report.id, (long long)start, (long long)end, field ? "title" : "text");
    }
    return row_done(&r, c->e);
}

/* Text against hash, for every report. */
static nst_status texts(check *c) {
    nst_stored p;
    bool found = true;
    int64_t at = 0;
    while (found) {
        nst_status st = nst_store_report(c->s, at, true, &p, &found, c->e);
        if (st) return st;
        if (!found) break;
        at = p.id;
        c->out->reports++;
        c->out->mentions += p.mentions;
        c->out->without_text += !p.report.text;
        char hash[65];
        if (p.report.text) {
            nst_sha256(nst_str_c(p.report.title),
                       (nst_str){p.report.text, (uint32_t)p.report.text_len}, true, hash);
            if (!p.text_sha256 || strcmp(hash, p.text_sha256))
                find(c, "report %.60s: the stored text is not the one that was read", p.report.id);
        }
        st = spans_of(c, &p);
        if (st) return st;
    }
    return NST_OK;
}

/* The full-text index against the texts. SQLite words this as an INSERT, though nothing is written;
 * where even that is not allowed the index is left unchecked. */
static nst_status index_check(check *c) {
    if (!c->s->writable) sqlite3_exec(c->s->db, "PRAGMA query_only = OFF", NULL, NULL, NULL);
    int rc = sqlite3_exec(c->s->db, "INSERT INTO words (words, rank) VALUES ('integrity-check', 1)",
                          NULL, NULL, NULL);
    if (!c->s->writable) sqlite3_exec(c->s->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
    if ((rc & 0xFF) == SQLITE_READONLY) return NST_OK;
    if ((rc & 0xFF) == SQLITE_CORRUPT)
        find(c, "the full-text index does not fit the texts");
    else if (rc != SQLITE_OK)
        return store_fail(c->s, c->e, rc);
    return NST_OK;
}

/* From the file outwards: what a lower check finds explains what a higher one would. */
nst_status nst_store_verify(nst_store *s, nst_store_finding found, void *arg, nst_store_check *out,
                            nst_err *e) {
    check c = {s, found, arg, out, e};
    *out = (nst_store_check){0};
    nst_status st = integrity(&c);
    if (!st) st = foreign_keys(&c);
    if (!st) st = index_check(&c);
    if (!st) st = sums(&c);
    if (!st) st = texts(&c);
    return st;
}
