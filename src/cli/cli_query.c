/* cli_query.c - nestor query: mentions that fit a question, as rows.
 *
 * In: a question (actor:RUS type:ASSAULT since:2022-02 "grain"). Out: rows, and below them what was
 * counted: the level, the filters, whether there is more.
 */
#include <ctype.h>
#include <stdlib.h>

#include "cli_store.h"

static const cli_option options[] = {
    CLI_CHRONICLE_OPTION,
    CLI_ROWS_OPTION,
    {"limit", 'n', "N", "rows at most; 0 for all (default: 50)"},
    {"by-day", 0, NULL, "sorted by day instead of the order of the chronicle"},
    {"count", 0, NULL, "only how many"},
    {"sql", 0, NULL, "the operand is one SELECT over the tables of doc/schema.md"},
    {0},
};

/* Rows on their way out. */
typedef struct rows {
    int format;
    cli_table table;
    bool titled;
    nst_writer out;
} rows;

/* A cli_table of the columns that the format shows. */
static cli_table table_for(int format) {
    if (format == CLI_CSV || format == CLI_TSV) {
        static const int none[CLI_WIDE_COLUMNS];
        return (cli_table){
            .n_columns = CLI_WIDE_COLUMNS, .titles = cli_wide_titles, .widths = none};
    }
    return (cli_table){
        .n_columns = CLI_JSON_COLUMNS, .titles = cli_json_titles, .widths = cli_json_widths};
}

/* One mention as a line or as cells. */
static nst_status each(void *arg, nst_store *s, int64_t id, nst_err *e) {
    rows *r = arg;
    nst_writer w = {0};
    nst_status st = nst_store_mention(s, id, true, &w, e);
    if (!st && r->format == CLI_JSONL) {
        nst_put(&r->out, (nst_str){w.p, (uint32_t)w.n});
        if (r->out.n > 1 << 16) {
            cli_print(r->out.p, r->out.n);
            r->out.n = 0;
        }
    } else if (!st) {
        json_error_t je;
        json_t *o = json_loadb(w.p, w.n, 0, &je);
        if (r->format == CLI_CSV || r->format == CLI_TSV)
            cli_json_wide(o, nst_store_sentence(s, id), &r->table);
        else
            cli_json_row(o, nst_store_sentence(s, id), nst_store_verdict_of(s, id), &r->table);
        json_decref(o);
    }
    nst_writer_free(&w);
    return st;
}

/* "(level: mention; filters: ...)": on the page where people read, beside it where programs do. */
static void foot(const rows *r, const char *question, uint64_t shown, bool more) {
    FILE *f = r->format == CLI_TABLE || r->format == CLI_MD ? stdout : stderr;
    bool modality = strstr(question, "modality:") != NULL,
         verdict = strstr(question, "verdict:") != NULL;
    fprintf(f, "%s%llu mentions%s (level: mention; filters: %s%s%s)\n",
            r->format == CLI_MD ? "\n" : "", (unsigned long long)shown,
            more ? " shown, there are more" : "", *question ? question : "none",
            modality ? "" : "; all modalities", verdict ? "" : "; without those judged wrong");
}

/* How many, and nothing else. */
static int count(nst_store *s, const char *question) {
    nst_err e = {.byte = UINT64_MAX};
    uint64_t n = 0;
    nst_status st = nst_store_count(s, question, &n, &e);
    if (st) return cli_failed(&e, st);
    rows none = {.format = CLI_TABLE};
    foot(&none, question, n, false);
    return CLI_OK;
}

/* Rows of any SELECT. */
static nst_status sql_row(void *arg, int n, const char *const *cells, nst_err *e) {
    rows *r = arg;
    for (int i = 0; i < n; i++) {
        if (r->format == CLI_CSV)
            nst_put_csv(&r->out, nst_str_c(cells[i]));
        else
            nst_put_tsv(&r->out, nst_str_c(cells[i]));
        nst_putc(&r->out, i + 1 == n ? '\n' : r->format == CLI_CSV ? ',' : '\t');
    }
    cli_print(r->out.p, r->out.n);
    r->out.n = 0;
    return NST_OK;
}

/* For people who know the schema; the store lets one SELECT pass and nothing else. */
static int select_sql(nst_store *s, const char *sql, int format) {
    nst_err e = {.byte = UINT64_MAX};
    rows r = {.format = format};
    nst_status st = nst_store_select(s, sql, sql_row, &r, &e);
    nst_writer_free(&r.out);
    return st ? cli_failed(&e, st) : CLI_OK;
}

/* ---- values that there can be ------------------------------------------------------------- */

/* Words of the question language whose values are a closed list. */
static const struct { const char *word, *(*name)(int); int n; } closed[] = {
    {"type", nst_type_name, NST_N_TYPE},          {"mode", nst_mode_name, NST_N_MODE},
    {"context", nst_context_name, NST_N_CONTEXT}, {"sector", nst_sector_name, NST_N_SECTOR},
    {"modality", nst_modality_name, NST_N_MODALITY}, {"stance", nst_stance_name, NST_N_STANCE},
};

/* Is the value among those of closed[k]? If not, says so, and which one may be meant. */
static bool value_ok(const cli_args *a, size_t k, nst_str value) {
    char typed[40];
    bool capitals = closed[k].name(0)[0] < 'a';
    snprintf(typed, sizeof typed, "%.*s", (int)value.n, value.p);
    for (char *c = typed; *c; c++) *c = (char)(capitals ? toupper(*c) : tolower(*c));
    cli_nearest near = {.typed = typed};
    for (int i = 0; i < closed[k].n; i++) {
        const char *name = closed[k].name(i);
        if (nst_str_ieq(value, nst_str_c(name))) return true;
        cli_consider(&near, name);
    }
    cli_usage(a, "there is no %s '%.*s'%s%s", closed[k].word, (int)value.n, value.p,
              near.name ? "; did you mean " : "", near.name ? near.name : "");
    return false;
}

/* A misspelt type would find nothing, and look like an answer: it is an error instead. */
static bool values_ok(const cli_args *a) {
    for (int i = 0; i < a->n_operands; i++) {
        nst_str rest = nst_str_c(a->operands[i] + (a->operands[i][0] == '-')), word, value;
        if (memchr(rest.p, ' ', rest.n) || !nst_str_split(&rest, ':', &word) || !rest.p) continue;
        for (size_t k = 0; k < sizeof closed / sizeof *closed; k++)
            while (nst_str_is(word, closed[k].word) && nst_str_split(&rest, ',', &value))
                if (value.n && value.p[0] != '"' && !value_ok(a, k, value)) return false;
    }
    return true;
}

/* The question's rows. */
static int ask(nst_store *s, const nst_store_question *q, int format) {
    nst_err e = {.byte = UINT64_MAX};
    rows r = {.format = format, .table = table_for(format)};
    uint64_t shown = 0;
    bool more = false;
    nst_status st = nst_store_mentions(s, q, each, &r, &shown, &more, &e);
    if (!st && format != CLI_JSONL) cli_table_print(&r.table, format, &r.out);
    if (!st) cli_print(r.out.p, r.out.n);
    if (!st) foot(&r, q->text, shown, more);
    nst_writer_free(&r.table.cells);
    nst_writer_free(&r.out);
    return st ? cli_failed(&e, st) : CLI_OK;
}

/* The chronicle is opened for reading: a question can not change it. */
static int run_query(const cli_args *a) {
    nst_store *s;
    nst_writer q = {0};
    long limit;
    if (!cli_int(a, "limit", 0, 1000000000, 50, &limit)) return CLI_USAGE;
    if (cli_has(a, "sql") && a->n_operands != 1) return cli_usage(a, "--sql takes one statement");
    if (!cli_has(a, "sql") && !values_ok(a)) return CLI_USAGE;
    int code = cli_open(a, NST_STORE_READ, &s);
    if (code) return code;
    if (cli_has(a, "sql")) {
        code = select_sql(s, a->operands[0], cli_rows_format(a));
    } else {
        cli_join(a, &q);
        nst_store_question ask_for = {
            .text = q.p, .by_day = cli_has(a, "by-day"), .limit = (uint64_t)limit};
        code = cli_has(a, "count") ? count(s, q.p) : ask(s, &ask_for, cli_rows_format(a));
        nst_writer_free(&q);
    }
    nst_store_close(s);
    return code;
}

const cli_command cli_query = {"query",
                               "[QUESTION]",
                               "mentions of a chronicle that fit a question",
                               "A question is words that all have to fit. 'type:ASSAULT,COERCE' is "
                               "one or the other, '-modality:future' is\n"
                               "not; \"two words\" in quotation marks stand anywhere in the "
                               "report.\n\n"
                               "  actor: recipient: who:   code, entity, person or name\n"
                               "  says:                    speaker, agency or outlet (also "
                               "said-by:)\n"
                               "  type: mode: context: sector: modality: stance:\n"
                               "  since: until:            day of the act; of the report where the "
                               "text dates no act\n"
                               "  published: source: report: text:\n"
                               "  place: country: min-confidence: verdict:\n\n"
                               "Examples\n"
                               "  nestor query -c news.nestor actor:RUR recipient:GRK "
                               "type:SANCTION since:1894-05\n"
                               "  nestor query -c news.nestor says:'Zenda Gazette' "
                               "-modality:future '\"border forts\"'\n"
                               "  nestor query -c news.nestor --count who:GRK\n"
                               "  nestor query -c news.nestor --sql 'SELECT source, count(*) FROM "
                               "reports GROUP BY source'\n",
                               options,
                               run_query};
