/* store_base.h - what the files of the store share: the connection, statements, rows. Not for
 * others. */
#ifndef NST_STORE_BASE_H
#define NST_STORE_BASE_H

#include <jansson.h>
#include <sqlite3.h>

#include "store.h"

#define STORE_APPLICATION 0x4E535452 /* "NSTR" */
#define STORE_MAX_STATEMENTS 96

struct nst_store {
    sqlite3 *db;
    char path[1024];
    bool writable, in_change;
    struct {
        const char *sql; /* the literal; compared by address */
        sqlite3_stmt *st;
    } statements[STORE_MAX_STATEMENTS];
    int n_statements;
    int64_t text_of;  /* report whose text is in field[], 0: none */
    nst_str field[2]; /* [NST_FIELD_*] */
    bool has_text;
    char *text_buf;                 /* owns field[] */
    nst_writer report_buf, why_buf; /* own the strings of nst_store_report, nst_store_forgotten */
    bool person_stones;             /* are there tombstones of persons? */
};

/* A failed call's *e in words for people. Returns NST_ECHRONICLE. */
nst_status store_fail(nst_store *s, nst_err *e, int rc);
/* One literal statement without parameters. */
nst_status store_exec(nst_store *s, const char *sql, nst_err *e);

/* A statement being filled or read, column after column, with a sticky error. */
typedef struct store_row {
    nst_store *s;
    sqlite3_stmt *st;
    int i;  /* parameters bound, or columns read, so far */
    int rc; /* SQLITE_OK, _ROW, _DONE or the first error */
} store_row;

/* sql must be a literal: the statement is kept for the next time. */
store_row store_sql(nst_store *s, const char *sql);
void row_int(store_row *r, int64_t v);
void row_real(store_row *r, double v);
void row_text(store_row *r, const char *z); /* NULL: NULL */
void row_str(store_row *r, nst_str v);
void row_null(store_row *r);
bool row_step(store_row *r);                   /* true: there is a row; reading starts */
nst_status row_done(store_row *r, nst_err *e); /* resets; the sticky error as a status */
nst_status row_run(store_row *r, nst_err *e);  /* steps to the end, then row_done */
int64_t col_int(store_row *r);
double col_real(store_row *r);
bool col_null(const store_row *r);  /* is the next column NULL? */
const char *col_text(store_row *r); /* NULL for NULL; until the next step */
nst_str col_str(store_row *r);

/* store_read.c: the stored text of a report into s->field; s->has_text says whether it was kept. */
nst_status store_load_text(nst_store *s, int64_t report, nst_err *e);
void store_forget_text(nst_store *s); /* the cache only */

/* store_write.c */
nst_status store_put_lines(nst_store *s, int64_t report, const nst_report *r, nst_str lines,
                           uint32_t *mentions, uint32_t *attributions, nst_err *e);
nst_status store_clear_lines(nst_store *s, int64_t report, nst_err *e);
/* store_verdict.c: applies the verdicts on the mentions of a report. */
nst_status store_replay(nst_store *s, int64_t report, nst_err *e);
/* store_forget.c: does a person that is to be forgotten stand in this text? An error goes to *st
 * unless there is one. */
bool store_names_forgotten(nst_store *s, nst_str text, nst_status *st, nst_err *e);
nst_status store_actor(nst_store *s, const char *key, int64_t *actor, nst_err *e);

#endif
