/* cli_show.c - nestor show: everything about one mention, indicator or report of a chronicle. */
#include <stdlib.h>

#include "cli_store.h"

static const cli_option options[] = {
    CLI_CHRONICLE_OPTION,
    {"format", 'f', "text|jsonl", "default: text; jsonl: the lines that coding gave"},
    {0},
};

/* "key: value" when there is a value. */
static void pair(const char *key, const char *value) {
    if (value && *value) printf("  %-12s %s\n", key, value);
}

/* "key: a b" of an array of words. */
static void print_words(const char *key, const json_t *list) {
    size_t i;
    const json_t *v;
    if (json_array_size(list)) printf("  %-12s", key);
    json_array_foreach(list, i, v) printf(" %s", json_string_value(v));
    if (json_array_size(list)) printf("\n");
}

/* A member with all that is known. */
static void print_member(const char *part, const json_t *m) {
    static const char *const keys[] = {"code", "entity", "person", "name", "title", "role"};
    const char *text = json_string_value(json_object_get(m, "text"));
    printf("  %-12s %s", part, text ? text : "(text not kept)");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *z = json_string_value(json_object_get(m, keys[i]));
        if (z) printf("  %s=%s", keys[i], z);
    }
    size_t k;
    const json_t *v;
    json_array_foreach(json_object_get(m, "sector"), k, v)
        printf("%s%s", k ? "," : "  sector=", json_string_value(v));
    printf("\n");
}

static void print_members(const char *part, const json_t *list) {
    size_t i;
    const json_t *m;
    json_array_foreach(list, i, m) print_member(part, m);
}

/* Who says so, one link a line. */
static void print_chain(const json_t *links) {
    size_t i;
    const json_t *l;
    json_array_foreach(links, i, l) {
        const char *agency = json_string_value(json_object_get(l, "agency"));
        const char *outlet = json_string_value(json_object_get(l, "outlet"));
        const json_t *speaker = json_object_get(l, "speaker");
        if (agency)
            pair("agency", agency);
        else if (outlet)
            pair("outlet", outlet);
        else if (json_is_object(speaker))
            print_member("speaker", speaker);
        else
            pair("speaker", "(not named)");
        pair("  stance", json_string_value(json_object_get(l, "stance")));
    }
}

/* What users have said about the mention. */
static nst_status verdict_row(void *arg, int n, const char *const *cells, nst_err *e) {
    bool *titles = arg;
    if (!*titles)
        printf("  %-12s %s%s%s%s%s%s%s (verdict %s, %s)\n", "verdict", cells[1],
               *cells[2] ? " " : "", cells[2], *cells[3] ? " = " : "", cells[3],
               *cells[4] ? ": " : "", cells[4], cells[0], cells[5]);
    *titles = false;
    return NST_OK;
}

static void print_verdicts(nst_store *s, const char *id) {
    char sql[400];
    bool titles = true;
    if (strspn(id, "mi_0123456789abcdef") != strlen(id)) return;
    snprintf(sql, sizeof sql,
             "SELECT id, kind, coalesce(other, part || ' ' || (seq + 1), ''), coalesce(actor, ''), "
             "coalesce(note, ''), substr(made, 1, 10) FROM verdicts WHERE mention = '%.40s' OR "
             "other = '%.40s' ORDER BY id",
             id, id);
    nst_store_select(s, sql, verdict_row, &titles, NULL);
}

/* The figure of an indicator. */
static void print_value(const json_t *o) {
    const json_t *value = json_object_get(o, "value");
    const char *unit = json_string_value(json_object_get(o, "unit")),
               *kind = json_string_value(json_object_get(o, "kind"));
    if (value)
        printf("  %-12s %.15g %s (%s)\n", "value", json_number_value(value), unit ? unit : "",
               kind ? kind : "");
}

/* The line for people. */
static void print_line(nst_store *s, const nst_store_hit *h, const json_t *o) {
    const char *id = json_string_value(json_object_get(o, "id"));
    const json_t *date = json_object_get(o, "date"), *place = json_object_get(o, "place");
    printf("%s %s\n", json_string_value(json_object_get(o, "level")), id);
    pair("report", json_string_value(json_object_get(o, "report")));
    pair("act", json_string_value(json_object_get(o, "event_type")));
    print_words("mode", json_object_get(o, "mode"));
    print_words("context", json_object_get(o, "context"));
    pair("modality", json_string_value(json_object_get(o, "modality")));
    pair("measure", json_string_value(json_object_get(o, "measure")));
    pair("trigger", json_string_value(json_object_get(json_object_get(o, "trigger"), "text")));
    pair("words", json_string_value(json_object_get(o, "text")));
    print_value(o);
    print_members("actor", json_object_get(o, "actor"));
    print_members("recipient", json_object_get(o, "recipient"));
    print_members("between", json_object_get(o, "between"));
    print_chain(json_object_get(o, "said_by"));
    pair("from", json_string_value(json_object_get(date, "start")));
    pair("to", json_string_value(json_object_get(date, "end")));
    pair("place", json_string_value(json_object_get(place, "name")));
    print_members("number", json_object_get(o, "numbers"));
    if (json_object_get(o, "confidence"))
        printf("  %-12s %.3g\n", "confidence", json_number_value(json_object_get(o, "confidence")));
    pair("why", json_string_value(json_object_get(o, "why")));
    pair("engine", json_string_value(json_object_get(o, "engine")));
    if (h->kind == NST_IS_MENTION) {
        nst_str sentence = nst_store_sentence(s, h->id);
        if (sentence.n) printf("  %-12s %.*s\n", "sentence", (int)sentence.n, sentence.p);
        print_verdicts(s, id);
    }
}

/* One mention or indicator. */
static nst_status show_line(nst_store *s, const nst_store_hit *h, bool jsonl, nst_err *e) {
    nst_writer w = {0};
    json_error_t je;
    nst_status st = h->kind == NST_IS_MENTION ? nst_store_mention(s, h->id, true, &w, e)
                                              : nst_store_indicator(s, h->id, true, &w, e);
    if (!st && jsonl) {
        cli_print(w.p, w.n);
    } else if (!st) {
        json_t *o = json_loadb(w.p, w.n, 0, &je);
        print_line(s, h, o);
        json_decref(o);
    }
    nst_writer_free(&w);
    return st;
}

/* A report: its fields, how many mentions, its text. */
static nst_status show_report(nst_store *s, int64_t id, bool jsonl, nst_err *e) {
    nst_stored p;
    bool found;
    if (jsonl) {
        nst_writer w = {0};
        nst_put(&w, NST_S(""));
        nst_status st = nst_store_lines(s, id, true, &w, e);
        if (!st) cli_print(w.p, w.n);
        nst_writer_free(&w);
        return st;
    }
    nst_status st = nst_store_report(s, id, false, &p, &found, e);
    if (st || !found) return st;
    printf("report %s\n", p.report.id);
    pair("date", p.report.date);
    pair("source", p.report.source);
    pair("title", p.report.title);
    pair("author", p.report.author);
    pair("url", p.report.url);
    pair("sha256", p.report.sha256);
    pair("engine", p.engine);
    printf("  %-12s %llu\n\n", "mentions", (unsigned long long)p.mentions);
    if (p.report.text)
        printf("%s\n", p.report.text);
    else
        printf("(the text was not kept)\n");
    return NST_OK;
}

static int run_show(const cli_args *a) {
    nst_store *s;
    const char *format = cli_get(a, "format");
    bool jsonl = format && !strcmp(format, "jsonl");
    if (!a->n_operands) return cli_usage(a, "name the id of a mention, an indicator or a report");
    int code = cli_open(a, NST_STORE_READ, &s), worst = CLI_OK;
    if (code) return code;
    for (int i = 0; i < a->n_operands; i++) {
        nst_store_hit hits[64];
        nst_err e = {.byte = UINT64_MAX};
        uint32_t n = 0;
        code = cli_find(s, a->operands[i], hits, 64, &n);
        for (uint32_t k = 0; k < n && !code; k++) {
            nst_status st = hits[k].kind == NST_IS_REPORT ? show_report(s, hits[k].id, jsonl, &e)
                                                          : show_line(s, &hits[k], jsonl, &e);
            if (st) code = cli_failed(&e, st);
        }
        if (code > worst) worst = code;
    }
    nst_store_close(s);
    return worst;
}

const cli_command cli_show = {"show",
                              "ID...",
                              "everything about a mention or report of a chronicle",
                              "ID is that of a mention (m_...), of an indicator (i_...), or a "
                              "report's id or sha256.\n\n"
                              "Examples\n"
                              "  nestor show -c news.nestor m_4f0c2b7d9a1e3355\n"
                              "  nestor show -c news.nestor --format jsonl r1\n",
                              options,
                              run_show};
