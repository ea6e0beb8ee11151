/* store_read.c - stored reports and their texts; what an id means.
 *
 * In: row numbers and ids. Out: nst_stored, text slices, hits. Strings are owned by the store and
 * live until the next call of the same function.
 */
#include "store_base.h"

void store_forget_text(nst_store *s) {
    nst_free(s->text_buf);
    s->text_buf = NULL;
    s->field[0] = s->field[1] = (nst_str){0};
    s->text_of = 0;
    s->has_text = false;
}

/* A copy of title and text into the cache, each with a NUL behind. */
static nst_status keep_text(nst_store *s, nst_str title, nst_str text, nst_err *e) {
    char *p = nst_malloc((size_t)title.n + text.n + 2);
    if (!p) return nst_fail(e, NST_ENOMEM, "store", "out of memory");
    memcpy(p, text.p, text.n);
    p[text.n] = 0;
    if (title.n) memcpy(p + text.n + 1, title.p, title.n);
    p[text.n + 1 + title.n] = 0;
    s->text_buf = p;
    s->field[0] = (nst_str){p, text.n};
    s->field[1] = (nst_str){title.p ? p + text.n + 1 : NULL, title.n};
    s->has_text = true;
    return NST_OK;
}

/* One report's text is kept: records of a report come one after the other. */
nst_status store_load_text(nst_store *s, int64_t report, nst_err *e) {
    if (s->text_of == report) return NST_OK;
    nst_status st = NST_OK;
    store_forget_text(s);
    store_row r = store_sql(s, "SELECT title, text FROM texts WHERE report = ?");
    row_int(&r, report);
    if (row_step(&r)) {
        nst_str title = col_str(&r), text = col_str(&r);
        st = keep_text(s, title, text, e);
    }
    nst_status end = row_done(&r, e);
    if (!st && !end) s->text_of = report;
    return st ? st : end;
}

/* ---- reports ----------------------------------------------------------------------------- */

/* Copies the next n text columns into the store's buffer; out[i] stays NULL for NULL. */
static void take_texts(nst_store *s, store_row *r, const char **out[], int n) {
    size_t at[16];
    s->report_buf.n = 0;
    for (int i = 0; i < n; i++) {
        nst_str v = col_str(r);
        at[i] = v.p ? s->report_buf.n : SIZE_MAX;
        if (!v.p) continue;
        nst_put(&s->report_buf, v);
        nst_putc(&s->report_buf, 0);
    }
    for (int i = 0; i < n; i++)
        *out[i] = at[i] == SIZE_MAX || s->report_buf.failed ? NULL : s->report_buf.p + at[i];
}

nst_status nst_store_report(nst_store *s, int64_t id, bool next, nst_stored *out, bool *found,
                            nst_err *e) {
    *out = (nst_stored){0};
    nst_report *p = &out->report;
    const char **texts[] = {&p->id,     &p->sha256, &p->source, &p->date,          &p->url,
                            &p->author, &p->lang,   &out->file, &out->text_sha256, &out->engine};
    store_row r = next ? store_sql(s, "SELECT p.id, line, mentions, attributions, report, "
                                      "sha256, source, date, "
                                      "url, author, lang, file, text_sha256, engine "
                                      "FROM reports p JOIN runs u ON u.id = p.run WHERE p.id > ? "
                                      "ORDER BY p.id LIMIT 1")
                       : store_sql(s, "SELECT p.id, line, mentions, attributions, report, "
                                      "sha256, source, date, "
                                      "url, author, lang, file, text_sha256, engine "
                                      "FROM reports p JOIN runs u ON u.id = p.run WHERE p.id = ?");
    row_int(&r, id);
    *found = row_step(&r);
    if (*found) {
        out->id = col_int(&r);
        out->line = (uint64_t)col_int(&r);
        out->mentions = (uint64_t)col_int(&r);
        out->has_attributions = !col_null(&r);
        r.i++;
        take_texts(s, &r, texts, 10);
    }
    nst_status st = row_done(&r, e);
    if (!st && s->report_buf.failed) st = nst_fail(e, NST_ENOMEM, "store", "out of memory");
    s->report_buf.failed = false;
    if (st || !*found) return st;
    st = store_load_text(s, out->id, e);
    if (s->has_text) {
        p->text = s->field[0].p;
        p->text_len = s->field[0].n;
        p->title = s->field[1].p;
    }
    return st;
}

/* ---- ids --------------------------------------------------------------------------------- */

/* Adds the rows that one statement finds for an id. */
static nst_status hits_of(store_row r, const char *id, nst_store_kind kind, nst_store_hit *hits,
                          uint32_t max, uint32_t *n, nst_err *e) {
    row_text(&r, id);
    while (*n < max && row_step(&r)) {
        int64_t row = col_int(&r);
        hits[(*n)++] = (nst_store_hit){kind, row, col_int(&r)};
    }
    return row_done(&r, e);
}

/* All three kinds are asked, as an id of a report may look like one of a mention. */
nst_status nst_store_lookup(nst_store *s, const char *id, nst_store_hit *hits, uint32_t max,
                            uint32_t *n, nst_err *e) {
    *n = 0;
    nst_status st = hits_of(store_sql(s, "SELECT id, report FROM mentions WHERE mention = ?"), id,
                            NST_IS_MENTION, hits, max, n, e);
    if (!st)
        st = hits_of(store_sql(s, "SELECT id, report FROM indicators WHERE indicator = ?"), id,
                     NST_IS_INDICATOR, hits, max, n, e);
    if (!st)
        st = hits_of(store_sql(s, "SELECT id, id FROM reports WHERE report = ?1 OR sha256 = ?1"),
                     id, NST_IS_REPORT, hits, max, n, e);
    return st;
}

/* Empty instead of an error: a text that was not kept is an ordinary case. */
nst_str nst_store_sentence(nst_store *s, int64_t mention) {
    store_row r = store_sql(s, "SELECT report, in_title, sentence_start, sentence_end FROM "
                               "mentions WHERE id = ?");
    nst_str out = {0};
    row_int(&r, mention);
    if (row_step(&r) && store_load_text(s, sqlite3_column_int64(r.st, 0), NULL) == NST_OK &&
        s->has_text) {
        r.i = 1;
        nst_str f = s->field[col_int(&r) & 1];
        int64_t start = col_int(&r), end = col_int(&r);
        if (start >= 0 && end >= start && end <= f.n)
            out = nst_str_sub(f, (uint32_t)start, (uint32_t)end);
    }
    row_done(&r, NULL);
    return out;
}

/* Literals are given back, so that the answer outlives the statement. */
const char *nst_store_verdict_of(nst_store *s, int64_t mention) {
    store_row r = store_sql(s, "SELECT verdict FROM mentions WHERE id = ?");
    const char *out = NULL;
    row_int(&r, mention);
    if (row_step(&r)) {
        const char *z = col_text(&r);
        out = !z ? NULL : !strcmp(z, "right") ? "right" : "wrong";
    }
    row_done(&r, NULL);
    return out;
}
