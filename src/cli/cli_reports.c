/* cli_reports.c - nestor reports and nestor rejects: what was read, and what became of it. */
#include <stdlib.h>

#include "cli_store.h"

static const cli_option options[] = {
    CLI_CHRONICLE_OPTION,
    CLI_ROWS_OPTION,
    {"limit", 'n', "N", "rows at most; 0 for all (default: 50)"},
    {"by-day", 0, NULL, "sorted by day instead of the order of the chronicle"},
    {0},
};

static const cli_option reject_options[] = {
    CLI_CHRONICLE_OPTION,
    CLI_ROWS_OPTION,
    {0},
};

static const char *const titles[] = {"report", "date", "source", "mentions", "title"};
static const int widths[] = {18, -10, 20, -8, 30};
static const char *const reject_titles[] = {"run", "outcome", "file", "line", "byte", "why"};
static const int reject_widths[] = {-4, -9, 30, -6, -8, 30};

/* Rows of reports. */
typedef struct rows {
    int format;
    cli_table table;
    nst_writer lines;
    uint32_t n;              /* outcomes */
} rows;

/* ,"key":"value" when there is a value. */
static void field(nst_writer *w, const char *key, const char *value) {
    if (!value) return;
    nst_putf(w, ",\"%s\":", key);
    nst_put_json(w, nst_str_c(value));
}

static nst_status each(void *arg, nst_store *s, int64_t id, nst_err *e) {
    rows *r = arg;
    nst_stored p;
    bool found;
    char n[24];
    nst_status st = nst_store_report(s, id, false, &p, &found, e);
    if (st || !found) return st;
    if (r->format == CLI_JSONL) {
        nst_putz(&r->lines, "{\"level\":\"report\"");
        field(&r->lines, "id", p.report.id);
        field(&r->lines, "date", p.report.date);
        field(&r->lines, "source", p.report.source);
        field(&r->lines, "title", p.report.title);
        field(&r->lines, "sha256", p.report.sha256);
        nst_putf(&r->lines, ",\"mentions\":%llu}\n", (unsigned long long)p.mentions);
        return NST_OK;
    }
    snprintf(n, sizeof n, "%llu", (unsigned long long)p.mentions);
    cli_cell(&r->table, nst_str_c(p.report.id));
    nst_str date = nst_str_c(p.report.date);
    cli_cell(&r->table, nst_str_sub(date, 0, date.n < 10 ? date.n : 10));
    cli_cell(&r->table, nst_str_c(p.report.source));
    cli_cell(&r->table, nst_str_c(n));
    cli_cell(&r->table, nst_str_c(p.report.title));
    return NST_OK;
}

static int run_reports(const cli_args *a) {
    nst_store *s;
    nst_writer q = {0};
    nst_err e = {.byte = UINT64_MAX};
    rows r = {.format = cli_rows_format(a),
              .table = {.n_columns = 5, .titles = titles, .widths = widths}};
    long limit;
    uint64_t shown = 0;
    bool more = false;
    if (!cli_int(a, "limit", 0, 1000000000, 50, &limit)) return CLI_USAGE;
    int code = cli_open(a, NST_STORE_READ, &s);
    if (code) return code;
    cli_join(a, &q);
    nst_store_question ask = {
        .text = q.p, .by_day = cli_has(a, "by-day"), .limit = (uint64_t)limit};
    nst_status st = nst_store_reports(s, &ask, each, &r, &shown, &more, &e);
    if (!st && r.format != CLI_JSONL) cli_table_print(&r.table, r.format, &r.lines);
    if (!st) cli_print(r.lines.p, r.lines.n);
    FILE *f = r.format == CLI_TABLE || r.format == CLI_MD ? stdout : stderr;
    if (!st)
        fprintf(f, "%s%llu reports%s (level: report; filters: %s)\n",
                r.format == CLI_MD ? "\n" : "", (unsigned long long)shown,
                more ? " shown, there are more" : "", *q.p ? q.p : "none");
    nst_writer_free(&q);
    nst_writer_free(&r.table.cells);
    nst_writer_free(&r.lines);
    nst_store_close(s);
    return st ? cli_failed(&e, st) : CLI_OK;
}

/* A row of outcomes as a JSON line; what is unknown is left out. */
static void reject_line(rows *r, int n, const char *const *cells) {
    nst_putf(&r->lines, "{\"level\":\"report\",\"run\":%s", cells[0]);
    for (int i = 1; i < n; i++) {
        if (!cells[i] || !*cells[i]) continue;
        bool number = !strcmp(reject_titles[i], "line") || !strcmp(reject_titles[i], "byte");
        nst_putf(&r->lines, ",\"%s\":", reject_titles[i]);
        if (number) nst_putz(&r->lines, cells[i]);
        else nst_put_json(&r->lines, nst_str_c(cells[i]));
    }
    nst_putz(&r->lines, "}\n");
}

/* A row of outcomes; the first call brings the titles. */
static nst_status reject_row(void *arg, int n, const char *const *cells, nst_err *e) {
    rows *r = arg;
    if (r->table.n_columns == 0) {
        r->table = (cli_table){.n_columns = 6, .titles = reject_titles, .widths = reject_widths};
        return NST_OK;
    }
    r->n += 1;
    if (r->format == CLI_JSONL) reject_line(r, n, cells);
    else
        for (int i = 0; i < n; i++) cli_cell(&r->table, nst_str_c(cells[i]));
    return NST_OK;
}

/* Of all runs: what one run refused, a later one may have taken. */
static int run_rejects(const cli_args *a) {
    nst_store *s;
    nst_err e = {.byte = UINT64_MAX};
    rows r = {.format = cli_rows_format(a)};
    int code = cli_open(a, NST_STORE_READ, &s);
    if (code) return code;
    nst_status st = nst_store_select(s,
                                     "SELECT run, outcome, coalesce(file, name), line, byte, why "
                                     "FROM outcomes "
                                     "WHERE outcome IN ('skipped', 'rejected') ORDER BY id",
                                     reject_row, &r, &e);
    if (!st && r.format != CLI_JSONL) cli_table_print(&r.table, r.format, &r.lines);
    if (!st) cli_print(r.lines.p, r.lines.n);
    FILE *f = r.format == CLI_TABLE || r.format == CLI_MD ? stdout : stderr;
    if (!st)
        fprintf(f, "%s%u outcomes (level: report; filters: skipped or rejected, all runs)\n",
                r.format == CLI_MD ? "\n" : "", r.n);
    nst_writer_free(&r.table.cells);
    nst_writer_free(&r.lines);
    nst_store_close(s);
    return st ? cli_failed(&e, st) : CLI_OK;
}

const cli_command cli_reports = {"reports",
                                 "[QUESTION]",
                                 "reports of a chronicle",
                                 "Lists reports with the number of their mentions. A question may "
                                 "use since: until: published: source:\n"
                                 "report: and text: (or \"words\").\n\n"
                                 "Examples\n"
                                 "  nestor reports -c news.nestor since:1894-05-01 source:'Zenda "
                                 "Gazette'\n"
                                 "  nestor reports -c news.nestor '\"border forts\"'\n",
                                 options,
                                 run_reports};

const cli_command cli_rejects = {"rejects",
                                 "",
                                 "what a chronicle did not take, and why",
                                 "Lists every report that was skipped or rejected, run by run, "
                                 "with file, line, byte and reason.\n\n"
                                 "Examples\n"
                                 "  nestor rejects -c news.nestor\n",
                                 reject_options,
                                 run_rejects};
