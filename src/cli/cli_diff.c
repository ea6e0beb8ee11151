/* cli_diff.c - nestor diff: what another version of the program made of the same reports.
 *
 * In: two chronicles. Out: mention by mention what is gone, new or different, with the sentences.
 * Idea: reports are the same by sha256 and source, mentions by their id, which no version changes.
 */
#include <stdlib.h>

#include "cli_store.h"

static const cli_option options[] = {
    {"summary", 0, NULL, "only the counts"},
    {0},
};

/* The lines of one report. */
typedef struct side {
    nst_store *s;
    nst_writer text;
    json_t *lines; /* array */
} side;

/* What was found. */
typedef struct tally {
    bool quiet;
    uint64_t reports, only_old, only_new, same, changed, gone, added;
    char report[200]; /* whose heading is due, "" if printed */
} tally;

/* All lines of a report into an array. */
static nst_status load(side *x, int64_t report, nst_err *e) {
    nst_str rest, line;
    x->text.n = 0;
    nst_put(&x->text, NST_S(""));
    json_decref(x->lines);
    x->lines = json_array();
    nst_status st = nst_store_lines(x->s, report, false, &x->text, e);
    rest = (nst_str){x->text.p, (uint32_t)x->text.n};
    while (!st && nst_str_split(&rest, '\n', &line)) {
        json_error_t je;
        if (line.n) json_array_append_new(x->lines, json_loadb(line.p, line.n, 0, &je));
    }
    return st;
}

/* Takes the words out of all spans, where one side has not kept them. */
static void strip(json_t *v) {
    const char *key;
    json_t *x;
    size_t i;
    if (json_is_object(v)) {
        json_object_del(v, "text");
        json_object_del(v, "name");
        json_object_foreach(v, key, x) strip(x);
    }
    json_array_foreach(v, i, x) strip(x);
}

static const char *id_of(const json_t *o) { return json_string_value(json_object_get(o, "id")); }

/* The line of that id, or NULL. */
static json_t *line_of(const side *x, const char *id) {
    size_t i;
    json_t *o;
    json_array_foreach(x->lines, i, o) if (id && id_of(o) && !strcmp(id_of(o), id)) return o;
    return NULL;
}

/* The sentence of a line, from its own store. */
static nst_str sentence(const side *x, const char *id) {
    nst_store_hit hit;
    uint32_t n = 0;
    if (nst_store_lookup(x->s, id, &hit, 1, &n, NULL) || !n || hit.kind != NST_IS_MENTION)
        return (nst_str){0};
    return nst_store_sentence(x->s, hit.id);
}

/* One finding: its sign, what, and the sentence. */
static void print(tally *t, const side *x, char sign, const json_t *o, const nst_writer *what) {
    if (t->quiet) return;
    if (t->report[0]) printf("report %s\n", t->report);
    t->report[0] = 0;
    nst_str s = sentence(x, id_of(o));
    printf("%c %s  %s\n", sign, id_of(o), what->p ? what->p : "");
    if (s.n) {
        nst_writer flat = {0};
        nst_put_tsv(&flat, s);
        printf("    %.*s\n", (int)flat.n, flat.p);
        nst_writer_free(&flat);
    }
}

/* The fields in which two lines of one id differ, as "key: old -> new; ...". */
static bool differences(const json_t *old, const json_t *new, nst_writer *w) {
    static const char *const keys[] = {"event_type", "mode", "context", "modality", "actor",
        "recipient", "date", "place", "said_by", "numbers", "between", "value", "confidence", "why",
        "sentence", "cameo"};
    bool any = false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (json_equal(json_object_get(old, keys[i]), json_object_get(new, keys[i]))) continue;
        if (!json_object_get(old, keys[i]) && !json_object_get(new, keys[i])) continue;
        size_t at[3];
        nst_putf(w, "%s%s: ", any ? "; " : "", keys[i]);
        at[0] = w->n;
        cli_json_field(old, keys[i], w);
        at[1] = w->n;
        nst_putz(w, " \u2192 ");
        at[2] = w->n;
        cli_json_field(new, keys[i], w);
        any = true;
        if (w->failed || w->n - at[2] != at[1] - at[0] ||
            memcmp(w->p + at[0], w->p + at[2], at[1] - at[0]))
            continue;
        w->n = at[0]; /* the same in few words: the difference is in the details */
        nst_putz(w, "details");
    }
    return any;
}

/* All lines of one report on both sides. */
static void compare(tally *t, const side *old, const side *new) {
    size_t i;
    json_t *o;
    nst_writer w = {0};
    json_array_foreach(old->lines, i, o) {
        const json_t *n = line_of(new, id_of(o));
        w.n = 0;
        if (!n) {
            t->gone++;
            cli_json_brief(o, &w);
            print(t, old, '-', o, &w);
        } else if (differences(o, n, &w)) {
            t->changed++;
            print(t, new, '~', n, &w);
        } else {
            t->same++;
        }
    }
    json_array_foreach(new->lines, i, o) {
        if (line_of(old, id_of(o))) continue;
        t->added++;
        w.n = 0;
        cli_json_brief(o, &w);
        print(t, new, '+', o, &w);
    }
    nst_writer_free(&w);
}

/* Counts the reports of `x` that `y` lacks. */
static nst_status lacking(nst_store *x, nst_store *y, uint64_t *n, nst_err *e) {
    nst_stored p;
    bool found = true;
    int64_t at = 0, there;
    nst_status st = NST_OK;
    while (!st) {
        st = nst_store_report(x, at, true, &p, &found, e);
        if (st || !found) break;
        at = p.id;
        st = nst_store_find(y, p.report.sha256, p.report.source, &there, e);
        *n += !st && !there;
    }
    return st;
}

/* Walks the reports of the old chronicle. */
static nst_status walk(tally *t, side *old, side *new, nst_err *e) {
    nst_stored p, q;
    bool found = true;
    int64_t at = 0, there = 0;
    nst_status st = NST_OK;
    while (!st) {
        st = nst_store_report(old->s, at, true, &p, &found, e);
        if (st || !found) break;
        at = p.id;
        st = nst_store_find(new->s, p.report.sha256, p.report.source, &there, e);
        if (st || !there) continue;
        t->reports++;
        bool with_text = p.report.text != NULL;
        snprintf(t->report, sizeof t->report, "%s%s%s", p.report.id, p.report.source ? ", " : "",
                 p.report.source ? p.report.source : "");
        st = load(old, at, e);
        if (!st) st = load(new, there, e);
        if (!st) st = nst_store_report(new->s, there, false, &q, &found, e);
        if (!st && (!with_text || !q.report.text)) {
            strip(old->lines);
            strip(new->lines);
        }
        if (!st) compare(t, old, new);
    }
    if (!st) st = lacking(old->s, new->s, &t->only_old, e);
    return st ? st : lacking(new->s, old->s, &t->only_new, e);
}

static int run_diff(const cli_args *a) {
    side old = {0}, new = {0};
    tally t = {.quiet = cli_has(a, "summary")};
    nst_err e = {.byte = UINT64_MAX};
    if (a->n_operands != 2) return cli_usage(a, "name the old and the new chronicle");
    int code = cli_open_path(a->operands[0], NST_STORE_READ, &old.s);
    if (!code) code = cli_open_path(a->operands[1], NST_STORE_READ, &new.s);
    if (!code) {
        nst_status st = walk(&t, &old, &new, &e);
        if (st)
            code = cli_failed(&e, st);
        else
            printf("%llu reports in both, %llu only in the old, %llu only in the new (level: "
                   "report)\n"
                   "%llu the same, %llu changed, %llu gone, %llu new (level: mention, with "
                   "indicators; all modalities)\n",
                   (unsigned long long)t.reports, (unsigned long long)t.only_old,
                   (unsigned long long)t.only_new, (unsigned long long)t.same,
                   (unsigned long long)t.changed, (unsigned long long)t.gone,
                   (unsigned long long)t.added);
        if (!code && (t.changed || t.gone || t.added)) code = CLI_REJECTED;
    }
    json_decref(old.lines);
    json_decref(new.lines);
    nst_writer_free(&old.text);
    nst_writer_free(&new.text);
    nst_store_close(old.s);
    nst_store_close(new.s);
    return code;
}

const cli_command cli_diff = {"diff",
                              "OLD NEW",
                              "what a new version changed, mention by mention",
                              "Compares two chronicles of the same reports: '-' a mention that is "
                              "gone, '+' a new one, '~' one that is\n"
                              "different, with its sentence. Exit code 1 when there are "
                              "differences.\n\n"
                              "Examples\n"
                              "  nestor backup -c news.nestor before.nestor\n"
                              "  nestor ingest -c news.nestor --recode old\n"
                              "  nestor diff before.nestor news.nestor\n",
                              options,
                              run_diff};
