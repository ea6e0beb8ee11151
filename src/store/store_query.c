/* store_query.c - the question language to SQL.
 *
 * In: actor:RUS recipient:UKR type:ASSAULT,COERCE since:2022-02 says:TASS -modality:future "grain"
 * Out: row numbers of mentions (or reports), in order.
 * Idea: each word of the language is a row of a table with two pieces of SQL: a test of one
 * mention, and the set of all that pass. The smallest set is gone through, the other words are
 * tests on it; when every set is large, the chronicle is gone through and the limit is soon
 * reached. So every index is of use and no combination is slow. Invariants: (1) SQL text comes from
 * the tables of this file only, every value is bound; (2) a word that cannot be understood is an
 * error, not ignored.
 */
#include <ctype.h>

#include "store_base.h"

#define MAX_TERMS 24
#define MAX_VALUES 64
#define ENOUGH 20001 /* a set of this size is "large" */

/* Value kinds: how what the user typed becomes a bound parameter. */
typedef enum value_kind {
    V_TEXT,
    V_UPPER,
    V_LOWER,
    V_FIRST_DAY,
    V_LAST_DAY,
    V_NUMBER,
    V_PHRASE,
    V_WORD
} value_kind;

/* A word of the language. In the SQL, ? is the value, m the mention, p its report; every ? of a
 * piece is the same value. `set` NULL: only a test. */
typedef struct word {
    const char *name, *help;
    value_kind kind;
    const char *test, *set;
    const char *report_test; /* the same asked of a report (p); NULL: not for reports */
} word;

#define ACTORS_OF "SELECT id FROM actors WHERE code = ? OR key = ? OR name = ? COLLATE NOCASE"
#define MEMBER_TEST(part)                                                                          \
    "EXISTS (SELECT 1 FROM members x WHERE x.mention = m.id AND " part " AND x.actor IN "          \
                                                                       "(" ACTORS_OF "))"
#define MEMBER_SET(part)                                                                           \
    "SELECT x.mention FROM members x WHERE x.mention IS NOT NULL AND " part " AND x.actor IN "     \
                                                                            "(" ACTORS_OF ")"
#define SOURCES_OF "SELECT id FROM sources WHERE name = ? COLLATE NOCASE"
#define HAS_WORD(column) "instr(' ' || " column " || ' ', ' ' || ? || ' ') > 0"

static const word words[] = {
    {"actor", "code, entity, person or name of who acts", V_TEXT, MEMBER_TEST("x.part = 'actor'"),
     MEMBER_SET("x.part = 'actor'"), NULL},
    {"recipient", "the same, of who is acted upon", V_TEXT, MEMBER_TEST("x.part = 'recipient'"),
     MEMBER_SET("x.part = 'recipient'"), NULL},
    {"who", "actor or recipient", V_TEXT, MEMBER_TEST("x.part IN ('actor', 'recipient')"),
     MEMBER_SET("x.part IN ('actor', 'recipient')"), NULL},
    {"says", "who says so: a speaker's code, entity, person or name, an agency or an outlet",
     V_TEXT,
     "(" MEMBER_TEST("x.part = 'speaker'") " OR EXISTS (SELECT 1 FROM links l WHERE l.mention = "
                                           "m.id AND l.source IN (" SOURCES_OF ")))",
     MEMBER_SET("x.part = 'speaker'") " UNION ALL SELECT l.mention FROM links l WHERE l.mention IS "
                                      "NOT NULL AND l.source IN (" SOURCES_OF ")",
     NULL},
    {"type", "PLOVER type, ASSAULT", V_UPPER, "+m.event_type = ?",
     "SELECT id FROM mentions WHERE event_type = ?", NULL},
    {"mode", "PLOVER mode, aerial", V_LOWER, HAS_WORD("m.mode"), NULL, NULL},
    {"context", "PLOVER context, military", V_LOWER, HAS_WORD("m.context"), NULL, NULL},
    {"sector", "sector of an actor or recipient, MIL", V_UPPER,
     "EXISTS (SELECT 1 FROM members x WHERE x.mention = m.id AND "
     "x.part IN ('actor', 'recipient') AND " HAS_WORD("x.sector") ")",
     NULL, NULL},
    {"modality", "asserted, negated, future, conditional, hypothetical, requested, historical",
     V_LOWER, "EXISTS (SELECT 1 FROM claims c WHERE c.mention = m.id AND +c.modality = ?)",
     "SELECT mention FROM claims WHERE modality = ?", NULL},
    {"stance", "what the nearest speaker does: asserts, denies, accuses, ...", V_LOWER,
     "EXISTS (SELECT 1 FROM claims c WHERE c.mention = m.id AND c.stance = ?)", NULL, NULL},
    {"since",
     "day of the act (of the report when the text dates no act), YYYY, YYYY-MM or YYYY-MM-DD",
     V_FIRST_DAY, "+m.day >= ?", "SELECT id FROM mentions WHERE day >= ?", "p.day >= ?"},
    {"until", "the same, last day", V_LAST_DAY, "+m.day <= ?",
     "SELECT id FROM mentions WHERE day <= ?", "p.day <= ?"},
    {"published", "published on that day, in that month or year", V_WORD,
     "EXISTS (SELECT 1 FROM reports p WHERE p.id = m.report "
     "AND substr(p.day, 1, length(?)) = ?)",
     NULL, "substr(p.day, 1, length(?)) = ?"},
    {"min-confidence", "0 to 1", V_NUMBER, "+m.confidence >= ?",
     "SELECT id FROM mentions WHERE confidence >= ?", NULL},
    {"place", "name of the place of the act", V_TEXT, "+m.place = ? COLLATE NOCASE",
     "SELECT id FROM mentions WHERE place = ? COLLATE NOCASE AND place IS NOT NULL", NULL},
    {"country", "alpha-3 code of the place's country", V_UPPER, "+m.country = ?",
     "SELECT id FROM mentions WHERE country = ? AND country IS NOT NULL", NULL},
    {"source", "outlet of the report", V_TEXT,
     "EXISTS (SELECT 1 FROM reports p WHERE p.id = m.report AND +p.source = ? COLLATE NOCASE)",
     "SELECT m.id FROM reports p JOIN mentions m ON m.report = p.id WHERE p.source = ?",
     "p.source = ? COLLATE NOCASE"},
    {"report", "id of the report", V_TEXT,
     "EXISTS (SELECT 1 FROM reports p WHERE p.id = m.report AND +p.report = ?)",
     "SELECT m.id FROM reports p JOIN mentions m ON m.report = p.id WHERE p.report = ?",
     "p.report = ?"},
    {"verdict", "right or wrong, by a user", V_LOWER, "+m.verdict = ?",
     "SELECT id FROM mentions WHERE verdict = ? AND verdict IS NOT NULL", NULL},
    {"text", "words anywhere in the report; \"two words\" is short for text:\"two words\"",
     V_PHRASE, "m.report IN (SELECT rowid FROM words WHERE words MATCH ?)",
     "SELECT m.id FROM words w JOIN mentions m ON m.report = w.rowid WHERE words MATCH ?",
     "p.id IN (SELECT rowid FROM words WHERE words MATCH ?)"},
};
#define N_WORDS (sizeof words / sizeof *words)

/* One condition: a word with its values (any of them), or its contrary. */
typedef struct term {
    const word *word;
    bool negative;
    int first, n; /* values[first .. first + n) */
} term;

/* A question, read. */
typedef struct question {
    term terms[MAX_TERMS];
    int n_terms;
    char values[MAX_VALUES][256];
    int n_values;
    bool wrong_too; /* verdict: is among the words */
} question;

/* From the table of words, so that the help can not lag behind. */
void nst_store_question_help(nst_writer *w) {
    for (size_t i = 0; i < N_WORDS; i++)
        nst_putf(w, "  %s:%*s %s\n", words[i].name, 15 - (int)strlen(words[i].name), "",
                 words[i].help);
}

/* ---- reading the question ---------------------------------------------------------------- */

static const word *word_of(nst_str name) {
    if (nst_str_is(name, "said-by")) name = NST_S("says");
    for (size_t i = 0; i < N_WORDS; i++)
        if (nst_str_is(name, words[i].name)) return &words[i];
    return NULL;
}

/* A day in YYYY-MM-DD; `last`: the last one meant. */
static nst_status day_value(nst_str v, bool last, char out[256], nst_err *e) {
    nst_day from, to;
    nst_writer w = {0};
    if (!nst_day_parse(v, &from, &to))
        return nst_fail(e, NST_EUSE, "store", "'%.*s' is no day; write YYYY, YYYY-MM or YYYY-MM-DD",
                        (int)v.n, v.p);
    nst_put_day(&w, last ? to : from);
    snprintf(out, 256, "%s", w.p ? w.p : "");
    nst_writer_free(&w);
    return NST_OK;
}

/* A phrase for the full-text index: in double quotes, those inside doubled, so that nothing is an
 * operator. */
static void phrase_value(nst_str v, char out[256]) {
    size_t n = 0;
    out[n++] = '"';
    for (uint32_t i = 0; i < v.n && n + 4 < 256; i++) {
        if (v.p[i] == '"') out[n++] = '"';
        out[n++] = v.p[i];
    }
    out[n++] = '"';
    out[n] = 0;
}

/* One value as it will be bound. */
static nst_status put_value(question *q, const word *w, nst_str v, nst_err *e) {
    if (q->n_values == MAX_VALUES)
        return nst_fail(e, NST_EUSE, "store", "the question has too many values");
    char *out = q->values[q->n_values++];
    if (v.n == 0) return nst_fail(e, NST_EUSE, "store", "%s: needs a value", w->name);
    if (v.n > 250) return nst_fail(e, NST_EUSE, "store", "the value of %s: is too long", w->name);
    if (w->kind == V_FIRST_DAY || w->kind == V_LAST_DAY)
        return day_value(v, w->kind == V_LAST_DAY, out, e);
    if (w->kind == V_PHRASE) {
        phrase_value(v, out);
        return NST_OK;
    }
    memcpy(out, v.p, v.n);
    out[v.n] = 0;
    for (char *p = out; *p; p++) {
        if (w->kind == V_UPPER) *p = (char)toupper((unsigned char)*p);
        if (w->kind == V_LOWER) *p = (char)tolower((unsigned char)*p);
    }
    if (w->kind == V_NUMBER && (v.n > 12 || strspn(out, "0123456789.") != v.n))
        return nst_fail(e, NST_EUSE, "store", "%s: takes a number, not '%s'", w->name, out);
    return NST_OK;
}

/* The value at *p: "in quotes" or up to the next space. */
static bool next_value(const char **p, nst_str *out) {
    const char *z = *p;
    if (*z == '"') {
        const char *end = strchr(z + 1, '"');
        if (!end) return false;
        *out = (nst_str){z + 1, (uint32_t)(end - z - 1)};
        *p = end + 1;
        return true;
    }
    size_t n = strcspn(z, " \t\n");
    *out = (nst_str){z, (uint32_t)n};
    *p = z + n;
    return true;
}

/* One term at *p. */
static nst_status read_term(question *q, const char **p, nst_err *e) {
    if (q->n_terms == MAX_TERMS)
        return nst_fail(e, NST_EUSE, "store", "the question has too many words");
    term *t = &q->terms[q->n_terms++];
    const char *z = *p;
    *t = (term){.negative = *z == '-', .first = q->n_values};
    if (*z == '-') z++;
    size_t n = strcspn(z, " \t\n:\"");
    bool quoted = *z == '"';
    t->word = !quoted && z[n] == ':' ? word_of((nst_str){z, (uint32_t)n}) : &words[N_WORDS - 1];
    if (!t->word)
        return nst_fail(e, NST_EUSE, "store",
                        "'%.*s:' is no word of the question language; "
                        "'nestor query --help' lists them",
                        (int)n, z);
    if (!quoted && z[n] == ':') z += n + 1;
    bool list = *z != '"' && t->word->kind != V_PHRASE;
    nst_str all, v;
    if (!next_value(&z, &all))
        return nst_fail(e, NST_EUSE, "store", "a quotation mark is not closed");
    *p = z;
    if (!list) {
        t->n = 1;
        return put_value(q, t->word, all, e);
    }
    nst_status st = all.n ? NST_OK : put_value(q, t->word, all, e);
    while (!st && nst_str_split(&all, ',', &v)) {
        st = put_value(q, t->word, v, e);
        t->n++;
    }
    return st;
}

static nst_status read_question(const char *text, question *q, nst_err *e) {
    nst_status st = NST_OK;
    memset(q, 0, sizeof *q);
    while (!st) {
        text += strspn(text, " \t\n");
        if (!*text) break;
        st = read_term(q, &text, e);
        if (!st && !strcmp(q->terms[q->n_terms - 1].word->name, "verdict")) q->wrong_too = true;
    }
    return st;
}

/* ---- SQL --------------------------------------------------------------------------------- */

/* A piece of SQL with every ? turned into the number of the value's parameter. */
static void put_piece(nst_writer *w, const char *sql, int value) {
    for (; *sql; sql++) {
        if (*sql == '?')
            nst_putf(w, "?%d", value + 1);
        else
            nst_putc(w, *sql);
    }
}

/* The test of a term: any of its values, or none. */
static void put_test(nst_writer *w, const term *t, bool of_report) {
    nst_putz(w, t->negative ? "NOT ifnull(" : "(");
    for (int i = 0; i < t->n; i++) {
        if (i) nst_putz(w, " OR ");
        put_piece(w, of_report ? t->word->report_test : t->word->test, t->first + i);
    }
    nst_putz(w, t->negative ? ", 0)" : ")");
}

/* All that pass a term. */
static void put_set(nst_writer *w, const term *t) {
    for (int i = 0; i < t->n; i++) {
        if (i) nst_putz(w, " UNION ALL ");
        put_piece(w, t->word->set, t->first + i);
    }
}

/* Prepares w's SQL and binds the values it uses. NULL after noting the error. */
static sqlite3_stmt *ask(nst_store *s, const question *q, const nst_writer *w, nst_err *e) {
    sqlite3_stmt *st = NULL;
    int rc = w->failed ? SQLITE_NOMEM : sqlite3_prepare_v2(s->db, w->p, -1, &st, NULL);
    int n = st ? sqlite3_bind_parameter_count(st) : 0;
    for (int t = 0; t < q->n_terms; t++)
        for (int i = q->terms[t].first; i < q->terms[t].first + q->terms[t].n && i < n; i++) {
            if (q->terms[t].word->kind == V_NUMBER) {
                double v = 0;
                sscanf(q->values[i], "%lf", &v);
                sqlite3_bind_double(st, i + 1, v);
            } else {
                sqlite3_bind_text(st, i + 1, q->values[i], -1, SQLITE_STATIC);
            }
        }
    if (rc != SQLITE_OK) {
        store_fail(s, e, rc);
        sqlite3_finalize(st);
        return NULL;
    }
    return st;
}

/* How many pass the term, at most ENOUGH; -1 after an error. */
static int64_t size_of(nst_store *s, const question *q, const term *t, nst_err *e) {
    nst_writer w = {0};
    nst_putz(&w, "SELECT count(*) FROM (");
    put_set(&w, t);
    nst_putf(&w, " LIMIT %d)", ENOUGH);
    sqlite3_stmt *st = ask(s, q, &w, e);
    nst_writer_free(&w);
    if (!st) return -1;
    int rc = sqlite3_step(st);
    int64_t n = rc == SQLITE_ROW ? sqlite3_column_int64(st, 0) : -1;
    if (n < 0) store_fail(s, e, rc);
    sqlite3_finalize(st);
    return n;
}

/* The term with the smallest set, -1 when all are large; -2 after an error. */
static int smallest(nst_store *s, const question *q, nst_err *e) {
    int best = -1;
    int64_t least = ENOUGH;
    for (int i = 0; i < q->n_terms; i++) {
        const term *t = &q->terms[i];
        if (t->negative || !t->word->set) continue;
        int64_t n = size_of(s, q, t, e);
        if (n < 0) return -2;
        if (n < least) {
            least = n;
            best = i;
        }
    }
    return best;
}

/* The whole statement for mentions: SELECT `what` ... */
static nst_status mention_sql(nst_store *s, const question *q, const char *what, nst_writer *w,
                              nst_err *e) {
    int drive = smallest(s, q, e);
    if (drive == -2) return NST_ECHRONICLE;
    nst_putf(w, "SELECT %s FROM mentions m WHERE 1", what);
    if (drive >= 0) {
        nst_putz(w, " AND m.id IN (");
        put_set(w, &q->terms[drive]);
        nst_putz(w, ")");
    }
    for (int i = 0; i < q->n_terms; i++) {
        if (i == drive) continue;
        nst_putz(w, " AND ");
        put_test(w, &q->terms[i], false);
    }
    if (!q->wrong_too) nst_putz(w, " AND +m.verdict IS NOT 'wrong'");
    return NST_OK;
}

/* The whole statement for reports. */
static nst_status report_sql(const question *q, nst_writer *w, nst_err *e) {
    nst_putz(w, "SELECT p.id FROM reports p WHERE 1");
    for (int i = 0; i < q->n_terms; i++) {
        if (!q->terms[i].word->report_test)
            return nst_fail(e, NST_EUSE, "store",
                            "%s: is asked of mentions; of reports: since: until: published: "
                            "source: "
                            "report: text:",
                            q->terms[i].word->name);
        nst_putz(w, " AND ");
        put_test(w, &q->terms[i], true);
    }
    return NST_OK;
}

/* Hands rows to `each`, `limit` at most. */
static nst_status go(nst_store *s, const question *q, const nst_writer *sql, uint64_t limit,
                     nst_store_each each, void *arg, uint64_t *shown, bool *more, nst_err *e) {
    nst_status st = NST_OK;
    int rc;
    *shown = 0;
    *more = false;
    sqlite3_stmt *stmt = ask(s, q, sql, e);
    if (!stmt) return NST_ECHRONICLE;
    while (!st && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        if (limit && *shown == limit) {
            *more = true;
            break;
        }
        ++*shown;
        st = each(arg, s, sqlite3_column_int64(stmt, 0), e);
    }
    if (!st && !*more && rc != SQLITE_DONE) st = store_fail(s, e, rc);
    sqlite3_finalize(stmt);
    return st;
}

/* The ids in order; the caller reads of each what it shows. */
nst_status nst_store_mentions(nst_store *s, const nst_store_question *in, nst_store_each each,
                              void *arg, uint64_t *shown, bool *more, nst_err *e) {
    question q;
    nst_writer w = {0};
    nst_status st = read_question(in->text, &q, e);
    if (!st) st = mention_sql(s, &q, "m.id", &w, e);
    if (in->by_day)
        nst_putz(&w, " ORDER BY m.day, m.id");
    else
        nst_putz(&w, " ORDER BY m.id");
    if (!st) st = go(s, &q, &w, in->limit, each, arg, shown, more, e);
    nst_writer_free(&w);
    return st;
}

/* Words that only mentions have are refused by report_sql. */
nst_status nst_store_reports(nst_store *s, const nst_store_question *in, nst_store_each each,
                             void *arg, uint64_t *shown, bool *more, nst_err *e) {
    question q;
    nst_writer w = {0};
    nst_status st = read_question(in->text, &q, e);
    if (!st) st = report_sql(&q, &w, e);
    nst_putz(&w, in->by_day ? " ORDER BY p.day, p.id" : " ORDER BY p.id");
    if (!st) st = go(s, &q, &w, in->limit, each, arg, shown, more, e);
    nst_writer_free(&w);
    return st;
}

nst_status nst_store_count(nst_store *s, const char *text, uint64_t *n, nst_err *e) {
    question q;
    nst_writer w = {0};
    *n = 0;
    nst_status st = read_question(text, &q, e);
    if (!st) st = mention_sql(s, &q, "count(*)", &w, e);
    sqlite3_stmt *stmt = st ? NULL : ask(s, &q, &w, e);
    if (!st && !stmt) st = NST_ECHRONICLE;
    int rc = stmt ? sqlite3_step(stmt) : SQLITE_OK;
    if (rc == SQLITE_ROW)
        *n = (uint64_t)sqlite3_column_int64(stmt, 0);
    else if (!st)
        st = store_fail(s, e, rc);
    sqlite3_finalize(stmt);
    nst_writer_free(&w);
    return st;
}

/* ---- plain SQL --------------------------------------------------------------------------- */

/* One row's cells to the caller. */
static nst_status hand_over(sqlite3_stmt *st, bool titles, nst_store_row row, void *arg,
                            nst_err *e) {
    const char *cells[64];
    int n = sqlite3_column_count(st);
    if (n > 64) n = 64;
    for (int i = 0; i < n; i++) {
        cells[i] = titles ? sqlite3_column_name(st, i) : (const char *)sqlite3_column_text(st, i);
        if (!cells[i]) cells[i] = "";
    }
    return row(arg, n, cells, e);
}

/* Read-only by SQLite's own judgement of the statement, and one statement only. */
nst_status nst_store_select(nst_store *s, const char *sql, nst_store_row row, void *arg,
                            nst_err *e) {
    sqlite3_stmt *st = NULL;
    const char *rest = "";
    int rc = sqlite3_prepare_v2(s->db, sql, -1, &st, &rest);
    nst_status status = NST_OK;
    if (rc != SQLITE_OK || !st)
        status = nst_fail(e, NST_EUSE, "store", "SQL: %.200s",
                          st || rc != SQLITE_OK ? sqlite3_errmsg(s->db) : "no statement");
    else if (!sqlite3_stmt_readonly(st) || sqlite3_column_count(st) == 0 ||
             rest[strspn(rest, " \t\n;")])
        status = nst_fail(e, NST_EUSE, "store", "SQL: one SELECT only");
    if (!status) status = hand_over(st, true, row, arg, e);
    while (!status && (rc = sqlite3_step(st)) == SQLITE_ROW)
        status = hand_over(st, false, row, arg, e);
    if (!status && rc != SQLITE_DONE) status = store_fail(s, e, rc);
    sqlite3_finalize(st);
    return status;
}
