/* store_forget.c - removing a report or a person for good, with a tombstone that keeps them away.
 *
 * In: a report, or a person's id or name. Out: rows gone, the pages they were on given back, a
 * tombstone with hash and reason. Idea: a tombstone must not say whom it is about. Of a report it
 * holds the report's sha256; of a person the salted SHA-256 of the folded words of the name, which
 * every later text is compared with, window by window. Invariants: (1) texts in which a forgotten
 * name stands are not kept; (2) spans lose their hashes there, for the hash of a name gives the
 * name away; (3) what was coded stays as offsets, types and sectors.
 */
#include "store_base.h"

#define MAX_NAMES 64
#define MAX_NAME_WORDS 12

/* ---- names as words ---------------------------------------------------------------------- */

/* The next word at *at, folded (lower case, no diacritics); false at the end. */
static bool next_word(nst_str text, size_t *at, nst_writer *out) {
    bool any = false;
    out->n = 0;
    while (*at < text.n) {
        size_t before = *at;
        uint32_t cp = nst_utf8_next(text.p, text.n, at);
        bool in_word = nst_utf8_alpha(cp) || (cp >= '0' && cp <= '9');
        if (in_word) {
            char buf[4];
            nst_put(out, (nst_str){buf, (uint32_t)nst_utf8_put(nst_utf8_fold(cp), buf)});
            any = true;
        } else if (any) {
            *at = before;
            return true;
        }
    }
    return any;
}

/* Salted hash of words joined by single spaces. */
static void hash_of(const char *salt, nst_str joined, char hex[65]) {
    nst_sha256(nst_str_c(salt), joined, true, hex);
}

/* The name's words joined, and how many; 0 when there are none or too many. */
static int join_words(nst_str name, nst_writer *out) {
    nst_writer word = {0};
    size_t at = 0;
    int n = 0;
    out->n = 0;
    while (next_word(name, &at, &word)) {
        if (n++) nst_putc(out, ' ');
        nst_put(out, (nst_str){word.p, (uint32_t)word.n});
    }
    nst_writer_free(&word);
    return n > MAX_NAME_WORDS ? 0 : n;
}

/* Does any window of `words` words of the text have this hash? When memory is out the answer is
 * yes: what cannot be looked at is not kept. */
static bool window_hits(nst_str text, int words, const char *salt, const char *hash) {
    nst_writer all = {0}, word = {0};
    uint32_t start[MAX_NAME_WORDS]; /* where the last `words` words begin in `all` */
    size_t at = 0;
    int n = 0;
    bool hit = false;
    while (!hit && next_word(text, &at, &word)) {
        if (all.n) nst_putc(&all, ' ');
        start[n++ % words] = (uint32_t)all.n;
        nst_put(&all, (nst_str){word.p, (uint32_t)word.n});
        if (n < words || all.failed) continue;
        char hex[65];
        uint32_t from = start[n % words];
        hash_of(salt, (nst_str){all.p + from, (uint32_t)(all.n - from)}, hex);
        hit = !strcmp(hex, hash);
    }
    hit |= all.failed || word.failed;
    nst_writer_free(&all);
    nst_writer_free(&word);
    return hit;
}

bool store_names_forgotten(nst_store *s, nst_str text, nst_status *st, nst_err *e) {
    bool hit = false;
    store_row r = store_sql(s, "SELECT hash, salt, words FROM tombstones WHERE kind = 'person'");
    while (!hit && text.n && row_step(&r)) {
        const char *hash = col_text(&r), *salt = col_text(&r);
        int words = (int)col_int(&r);
        if (hash && words > 0 && words <= MAX_NAME_WORDS)
            hit = window_hits(text, words, salt ? salt : "", hash);
    }
    nst_status end = row_done(&r, e);
    if (end && !*st) *st = end;
    return hit;
}

/* ---- a report ---------------------------------------------------------------------------- */

/* Runs a statement whose only parameter is a row number. */
static nst_status with(store_row r, int64_t id, nst_err *e) {
    row_int(&r, id);
    return row_run(&r, e);
}

/* The outcome stays, without file and name, so that the sums of the run still hold. */
nst_status nst_store_forget_report(nst_store *s, int64_t report, const char *reason,
                                   const char *when, nst_err *e) {
    store_row r = store_sql(s, "INSERT INTO tombstones (kind, hash, source, reason, made) "
                               "SELECT 'report', sha256, source, ?, ? FROM reports WHERE id = ?");
    row_text(&r, reason);
    row_text(&r, when);
    row_int(&r, report);
    nst_status st = row_run(&r, e);
    store_forget_text(s);
    if (!st)
        st = with(store_sql(s, "DELETE FROM verdicts WHERE mention IN (SELECT mention FROM "
                               "mentions WHERE report = ?)"),
                  report, e);
    if (!st)
        st = with(store_sql(s, "UPDATE outcomes SET file = NULL, why = 'forgotten on request' "
                               "WHERE report = ?"),
                  report, e);
    if (!st) st = store_clear_lines(s, report, e);
    if (!st) st = with(store_sql(s, "DELETE FROM texts WHERE report = ?"), report, e);
    if (!st) st = with(store_sql(s, "DELETE FROM reports WHERE id = ?"), report, e);
    return st;
}

/* ---- a person ---------------------------------------------------------------------------- */

/* All that a person is called: ids and names, each ended by NUL. */
typedef struct callings {
    nst_writer w;
    uint32_t n;
} callings;

static void call(callings *c, const char *z) {
    if (!z || c->n == MAX_NAMES) return;
    nst_putz(&c->w, z);
    nst_putc(&c->w, 0);
    c->n++;
}

/* Ids and names of the known person whom `who` means, and `who` itself. */
static nst_status collect(nst_store *s, const char *who, callings *c, nst_err *e) {
    call(c, who);
    store_row r = store_sql(s, "SELECT DISTINCT person, name FROM actors WHERE person IN "
                               "(SELECT person FROM actors WHERE person = ?1 OR (person IS NOT "
                               "NULL AND name = ?1 COLLATE NOCASE))");
    row_text(&r, who);
    while (row_step(&r)) {
        call(c, col_text(&r));
        call(c, col_text(&r));
    }
    return row_done(&r, e);
}

/* The tombstone of one calling. */
static nst_status stone(nst_store *s, const char *name, const char *salt, const char *reason,
                        const char *when, nst_err *e) {
    nst_writer joined = {0};
    char hex[65];
    int n = join_words(nst_str_c(name), &joined);
    nst_status st = NST_OK;
    if (n) {
        hash_of(salt, (nst_str){joined.p, (uint32_t)joined.n}, hex);
        store_row r = store_sql(s, "INSERT INTO tombstones (kind, hash, salt, words, reason, made) "
                                   "VALUES ('person', ?, ?, ?, ?, ?)");
        row_text(&r, hex);
        row_text(&r, salt);
        row_int(&r, n);
        row_text(&r, reason);
        row_text(&r, when);
        st = row_run(&r, e);
    }
    nst_writer_free(&joined);
    return st;
}

/* Runs `change` with the number of every row (number, text) in whose text the name stands, whatever
 * its case and diacritics, among other words too. */
static nst_status where_named(nst_store *s, store_row r, const char *name, const char *change,
                              nst_err *e) {
    nst_writer joined = {0};
    char hex[65];
    int n = join_words(nst_str_c(name), &joined);
    nst_status st = joined.failed ? nst_fail(e, NST_ENOMEM, "store", "out of memory") : NST_OK;
    if (n) hash_of("", (nst_str){joined.p, (uint32_t)joined.n}, hex);
    while (!st && n && row_step(&r)) {
        int64_t row = col_int(&r);
        if (!window_hits(col_str(&r), n, "", hex)) continue;
        store_row w = store_sql(s, change);
        row_int(&w, row);
        st = row_run(&w, e);
    }
    nst_writer_free(&joined);
    nst_status end = row_done(&r, e);
    return st ? st : end;
}

/* Marks the reports in whose texts a calling stands, or who have the person as a member. */
static nst_status mark(nst_store *s, const char *name, nst_err *e) {
    char phrase[600];
    size_t n = 0;
    phrase[n++] = '"';
    for (const char *p = name; *p && n + 4 < sizeof phrase; p++) {
        if (*p == '"') phrase[n++] = '"';
        phrase[n++] = *p;
    }
    snprintf(phrase + n, sizeof phrase - n, "\"");
    store_row r = store_sql(s, "INSERT OR IGNORE INTO temp.hidden SELECT rowid FROM words WHERE "
                               "words MATCH ?");
    row_text(&r, phrase);
    nst_status st = row_run(&r, e);
    if (st) return st;
    r = store_sql(s, "INSERT OR IGNORE INTO temp.hidden SELECT m.report FROM actors a JOIN members "
                     "x ON x.actor = a.id OR "
                     "x.coded = a.id JOIN mentions m ON m.id = x.mention WHERE a.person = ?1");
    row_text(&r, name);
    st = row_run(&r, e);
    if (st) return st;
    r = store_sql(s, "INSERT OR IGNORE INTO temp.hidden SELECT t.report FROM actors a JOIN "
                     "members x ON x.actor = a.id OR x.coded = a.id JOIN attributions t ON "
                     "t.id = x.attribution WHERE a.person = ?1");
    row_text(&r, name);
    st = row_run(&r, e);
    if (st) return st;
    return where_named(s, store_sql(s, "SELECT id, author FROM reports WHERE author IS NOT NULL"),
                       name, "INSERT OR IGNORE INTO temp.hidden VALUES (?)", e);
}

/* Takes texts, hashes, authors and addresses of the marked reports; counts them. */
static nst_status strip(nst_store *s, uint64_t *n, nst_err *e) {
    nst_status st = store_exec(s,
                               "DELETE FROM texts WHERE report IN (SELECT id FROM temp.hidden);"
                               "UPDATE spans SET hash = NULL WHERE report IN (SELECT id FROM "
                               "temp.hidden);"
                               "UPDATE reports SET author = NULL, url = NULL, file = NULL WHERE id "
                               "IN (SELECT id FROM temp.hidden);"
                               "UPDATE outcomes SET file = NULL, why = NULL WHERE report IN "
                               "(SELECT id FROM temp.hidden)",
                               e);
    store_row r = store_sql(s, "SELECT count(*) FROM temp.hidden");
    *n = !st && row_step(&r) ? (uint64_t)col_int(&r) : 0;
    nst_status end = row_done(&r, e);
    return st ? st : end;
}

/* Takes the person out of members, verdicts and actors. */
static nst_status erase(nst_store *s, const char *name, nst_err *e) {
    static const char *const sql[] = {
        "UPDATE members SET actor = NULL WHERE actor IN (SELECT id FROM actors WHERE person = ?)",
        "UPDATE members SET coded = NULL WHERE coded IN (SELECT id FROM actors WHERE person = ?)",
        "DELETE FROM verdicts WHERE actor = ?",
        "DELETE FROM actors WHERE person = ?",
    };
    nst_status st = NST_OK;
    for (size_t i = 0; i < sizeof sql / sizeof *sql && !st; i++) {
        store_row r = store_sql(s, sql[i]);
        row_text(&r, name);
        st = row_run(&r, e);
    }
    if (st) return st;
    return where_named(s, store_sql(s, "SELECT id, note FROM verdicts WHERE note IS NOT NULL"), name,
                       "UPDATE verdicts SET note = NULL WHERE id = ?", e);
}

nst_status nst_store_forget_person(nst_store *s, const char *who, const char *reason,
                                   const char *salt, const char *when, uint64_t *n_reports,
                                   nst_err *e) {
    callings c = {0};
    nst_writer joined = {0};
    *n_reports = 0;
    if (!join_words(nst_str_c(who), &joined)) {
        nst_writer_free(&joined);
        return nst_fail(e, NST_EUSE, "store", "'%.60s' is no name", who);
    }
    nst_writer_free(&joined);
    nst_status st = store_exec(s,
                               "CREATE TEMP TABLE IF NOT EXISTS hidden (id INTEGER PRIMARY KEY); "
                               "DELETE FROM temp.hidden",
                               e);
    store_forget_text(s);
    if (!st) st = collect(s, who, &c, e);
    const char *p = c.w.p;
    for (uint32_t i = 0; i < c.n && !st; i++, p += strlen(p) + 1) {
        st = stone(s, p, salt, reason, when, e);
        if (!st) st = mark(s, p, e);
    }
    if (!st) st = strip(s, n_reports, e);
    p = c.w.p;
    for (uint32_t i = 0; i < c.n && !st; i++, p += strlen(p) + 1) st = erase(s, p, e);
    nst_writer_free(&c.w);
    if (!st) s->person_stones = true;
    return st;
}

/* The full-text index keeps deleted words until it is optimised; the log keeps pages until it is
 * cut. */
nst_status nst_store_vacuum(nst_store *s, nst_err *e) {
    nst_status st = store_exec(
        s, "PRAGMA secure_delete = ON; INSERT INTO words (words) VALUES ('optimize'); VACUUM", e);
    return st ? st : store_exec(s, "PRAGMA wal_checkpoint(TRUNCATE)", e);
}
