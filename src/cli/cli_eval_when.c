/* cli_eval_when.c - expressions of time against TimeML (TIMEX3) or TIMEX2 gold, as in TempEval-3.
 *
 * In: files with <TEXT> in which TIMEX3 or TIMEX2 elements stand, and a creation time. Out:
 * relaxed span F1 (any overlap, one to one), value F1 (found and the same value), type. The
 * creation time itself is given to the program and not scored. Nested expressions count once, the
 * outermost.
 */
#include <stdlib.h>

#include "cli_eval.h"
#include "cli_eval_xml.h"

typedef struct tally {
    nst_coder *coder;
    bool errors;
    uint64_t files;
    cli_score span, exact, value, strict;
    uint64_t typed, types;
} tally;

/* A value without what differs in notation only: a trailing "-XX" or "X", "W7" for "W07". */
static void plain(nst_str v, char out[40]) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < v.n && n < 38; i++) {
        out[n++] = v.p[i];
        bool one = v.p[i] == 'W' && i + 1 < v.n && v.p[i + 1] >= '0' && v.p[i + 1] <= '9' &&
                   (i + 2 >= v.n || v.p[i + 2] < '0' || v.p[i + 2] > '9');
        if (one) out[n++] = '0';
    }
    bool date = n && out[0] >= '0' && out[0] <= '9';
    while (date && n && (out[n - 1] == 'X' || (out[n - 1] == '-' && n > 4))) n--;
    out[n] = 0;
}

/* Does our row say what gold says? */
static bool same(nst_str ours, nst_str gold) {
    char a[40], b[40];
    plain(ours, a);
    plain(gold, b);
    return !strcmp(a, b);
}

/* The type letter of gold: D T U S, 0 if it has none (TIMEX2). */
static char type_of(nst_str attributes) {
    nst_str t = cli_xml_attribute(attributes, "type");
    if (!t.n) return 0;
    return nst_str_is(t, "DURATION") ? 'U' : t.p[0];
}

/* Prints one difference with its surroundings. */
static void complain(const char *what, const char *text, uint32_t start, uint32_t end,
                     nst_str gold, nst_str ours) {
    uint32_t from = start > 50 ? start - 50 : 0;
    printf("%s gold %.*s ours %.*s : %.*s[[%.*s]]\n", what, (int)gold.n, gold.p, (int)ours.n,
           ours.p,
           (int)(start - from), text + from, (int)(end - start), text + start);
}

/* Scores the rows of one document. */
static void score(tally *y, const nst_doc *d, const char *text, const cli_xml_span *g, uint32_t n) {
    const nst_entities *x = &d->entities;
    bool *used = calloc(x->n_times + 1, sizeof *used);
    for (uint32_t i = 0; i < x->n_times; i++)
        y->span.given += x->times[i].span.field == NST_FIELD_TEXT;
    for (uint32_t k = 0; k < n; k++) {
        nst_str want = cli_xml_attribute(g[k].attributes, "value");
        if (!want.n) want = cli_xml_attribute(g[k].attributes, "val");
        const nst_time *hit = NULL;
        y->span.gold++;
        for (uint32_t i = 0; i < x->n_times && !hit; i++) {
            const nst_time *t = &x->times[i];
            if (used[i] || t->span.field != NST_FIELD_TEXT || t->span.start >= g[k].end ||
                t->span.end <= g[k].start)
                continue;
            hit = t;
            used[i] = true;
        }
        if (!hit && y->errors) complain("MISSED", text, g[k].start, g[k].end, want, NST_S("-"));
        if (!hit) continue;
        y->span.right++;
        y->exact.right += hit->span.start == g[k].start && hit->span.end == g[k].end;
        y->strict.right += nst_str_eq(hit->value, want);
        y->value.right += same(hit->value, want);
        y->types += type_of(g[k].attributes) != 0;
        y->typed += type_of(g[k].attributes) == hit->type;
        if (y->errors && !same(hit->value, want))
            complain("VALUE ", text, g[k].start, g[k].end, want, hit->value);
    }
    for (uint32_t i = 0; i < x->n_times && y->errors; i++)
        if (!used[i] && x->times[i].span.field == NST_FIELD_TEXT)
            complain("FALSE ", text, x->times[i].span.start, x->times[i].span.end, NST_S("-"),
                     x->times[i].value);
    free(used);
}

/* The creation time of a TimeML file; empty when the file gives none that is to be used. */
static void creation(const char *b, const char *end, char out[11]) {
    nst_str in, at, v = {0};
    const char *p = b;
    out[0] = 0;
    if (cli_xml_element(&p, end, "DCT", &in, &at)) {
        const char *q = in.p;
        nst_str inner;
        if (cli_xml_element(&q, in.p + in.n, "TIMEX3", &inner, &at))
            v = cli_xml_attribute(at, "value");
    }
    if (v.n >= 10) snprintf(out, 11, "%.10s", v.p);
}

/* One file. */
static int file(tally *y, const char *path) {
    nst_writer w = {0};
    char date[11];
    nst_str in, at;
    int code = cli_slurp(path, &w) ? CLI_OK : CLI_REJECTED;
    const char *p = w.p;
    if (!code) creation(w.p, w.p + w.n, date);
    if (!code && cli_xml_element(&p, w.p + w.n, "TEXT", &in, &at)) {
        cli_xml_span *g;
        uint32_t n;
        bool two = memmem(in.p, in.n, "<TIMEX2", 7) != NULL;
        char *text = cli_xml_spans(in, two ? "TIMEX2" : "TIMEX3", &g, &n);
        nst_err e = {0};
        nst_report r = {.text = text, .text_len = strlen(text), .date = date[0] ? date : NULL};
        if (nst_coder_start(y->coder, &r, &e) || nst_coder_reach(y->coder, NST_LEVEL_ENTITIES, &e))
            cli_complain(&e);
        else score(y, nst_coder_doc(y->coder), text, g, n), y->files++;
        free(text);
        free(g);
    }
    nst_writer_free(&w);
    return code;
}

int cli_eval_when(const cli_args *a) {
    nst_engine *engine;
    int code;
    long limit;
    if (!a->n_operands) return cli_usage(a, "name TimeML or TIMEX2 files");
    if (!cli_int(a, "limit", 0, 1 << 30, 1 << 30, &limit)) return CLI_USAGE;
    if ((code = cli_engine(a, &engine))) return code;
    tally y = {.coder = nst_coder_new(engine), .errors = cli_has(a, "errors")};
    for (int i = 0; i < a->n_operands && i < limit && !code; i++) code = file(&y, a->operands[i]);
    y.exact.given = y.value.given = y.strict.given = y.span.given;
    y.exact.gold = y.value.gold = y.strict.gold = y.span.gold;
    printf("%llu documents; level: expression of time\n", (unsigned long long)y.files);
    cli_score_line("span, relaxed", &y.span);
    cli_score_line("span, exact", &y.exact);
    cli_score_line("value", &y.value);
    cli_score_line("value, same notation", &y.strict);
    if (y.types) cli_share_line("type, of those found", y.typed, y.types);
    nst_coder_free(y.coder);
    nst_engine_close(engine);
    return cli_eval_end(y.files, "document with a TEXT element", code);
}
