/* cli_verdict.c - nestor verdict: a user's word on a mention, kept with its id through all
 * versions. */
#include <stdlib.h>

#include "cli_store.h"

static const cli_option options[] = {
    CLI_CHRONICLE_OPTION,
    {"note", 0, "TEXT", "why"},
    {"format", 'f', "table|csv|tsv|md", "of the list; default: table"},
    {0},
};

static const char *const titles[] = {"verdict", "kind", "mention", "about", "actor", "state",
    "note"};
static const int widths[] = {7, 6, 18, 18, 12, 8, 10};

/* A row of the list; the first call brings the titles. */
static nst_status list_row(void *arg, int n, const char *const *cells, nst_err *e) {
    cli_table *t = arg;
    if (t->n_columns == 0) {
        t->n_columns = n;
        return NST_OK;
    }
    for (int i = 0; i < n; i++) cli_cell(t, nst_str_c(cells[i]));
    return NST_OK;
}

static int list(const cli_args *a) {
    nst_store *s;
    nst_err e = {.byte = UINT64_MAX};
    nst_writer w = {0};
    cli_table t = {.titles = titles, .widths = widths};
    int format = cli_rows_format(a), code = cli_open(a, NST_STORE_READ, &s);
    if (code) return code;
    nst_status st = nst_store_select(s,
                                     "SELECT id, kind, mention, coalesce(other, part || ' ' || "
                                     "(seq + 1)), actor, "
                                     "CASE WHEN EXISTS (SELECT 1 FROM mentions m WHERE m.mention = "
                                     "v.mention) THEN 'applied' ELSE 'waits' END, note "
                                     "FROM verdicts v ORDER BY id",
                                     list_row, &t, &e);
    if (!st) cli_table_print(&t, format, &w);
    if (!st) cli_print(w.p, w.n);
    if (!st)
        fprintf(format == CLI_TABLE || format == CLI_MD ? stdout : stderr,
                "%u verdicts ('waits': its mention is not in this version's coding)\n", t.n_rows);
    nst_writer_free(&t.cells);
    nst_writer_free(&w);
    nst_store_close(s);
    return st ? cli_failed(&e, st) : CLI_OK;
}

/* "recipient:1=SYL" into part, place in the list, actor. */
static bool read_member(char *z, nst_verdict *v) {
    char *colon = strchr(z, ':'), *eq = strchr(z, '=');
    int64_t n;
    if (!colon || !eq || eq < colon || !eq[1]) return false;
    *colon = *eq = 0;
    if (!nst_str_int(nst_str_c(colon + 1), &n) || n < 1 || n > 1000) return false;
    if (strcmp(z, "actor") && strcmp(z, "recipient") && strcmp(z, "speaker")) return false;
    v->part = z;
    v->seq = (int)n - 1;
    v->actor = eq + 1;
    return true;
}

/* Fills a verdict from the operands; 0, or the exit code after saying what is wrong. */
static int read_verdict(const cli_args *a, nst_verdict *v) {
    const char *kind = a->operands[0];
    bool pair = !strcmp(kind, "merge") || !strcmp(kind, "split"), actor = !strcmp(kind, "actor");
    if (strcmp(kind, "right") && strcmp(kind, "wrong") && !pair && !actor)
        return cli_usage(a, "a verdict is right, wrong, merge, split or actor, not '%s'", kind);
    if (a->n_operands != (pair || actor ? 3 : 2))
        return cli_usage(a,
                         pair    ? "%s takes two mentions"
                         : actor ? "%s takes a mention and PART:N=ACTOR"
                                 : "%s takes a mention",
                         kind);
    *v = (nst_verdict){.kind = kind, .mention = a->operands[1], .note = cli_get(a, "note")};
    if (pair) v->other = a->operands[2];
    if (actor && !read_member(a->operands[2], v))
        return cli_usage(a, "write the member as actor:1=GRK, recipient:2=none or speaker:1=RUR");
    return CLI_OK;
}

static int run_verdict(const cli_args *a) {
    nst_store *s;
    nst_verdict v = {0};
    nst_err e = {.byte = UINT64_MAX};
    char now[32];
    int64_t undo = 0;
    if (!a->n_operands || !strcmp(a->operands[0], "list")) return list(a);
    if (!strcmp(a->operands[0], "undo")) {
        if (a->n_operands != 2 || !nst_str_int(nst_str_c(a->operands[1]), &undo) || undo < 1)
            return cli_usage(a, "undo takes the number of a verdict; 'nestor verdict list' shows "
                                "them");
    } else {
        int bad = read_verdict(a, &v);
        if (bad) return bad;
    }
    int code = cli_open(a, NST_STORE_WRITE, &s);
    if (code) return code;
    cli_now(now);
    nst_status st = nst_store_begin(s, &e);
    if (!st) st = undo ? nst_store_verdict_undo(s, undo, &e) : nst_store_verdict(s, &v, now, &e);
    if (!st) st = nst_store_commit(s, &e);
    nst_store_close(s);
    if (!st) return CLI_OK;
    cli_complain(&e);
    return st == NST_EUSE ? CLI_REJECTED : cli_exit_of(st);
}

const cli_command cli_verdict = {"verdict",
                                 "KIND ID [...]",
                                 "say what is right or wrong about a mention",
                                 "right ID, wrong ID          stands until the next word on the "
                                 "same mention; wrong ones leave queries\n"
                                 "merge ID ID, split ID ID    the same event in the world, or not\n"
                                 "actor ID PART:N=ACTOR       the N-th actor, recipient or speaker "
                                 "is ACTOR ('none': nobody)\n"
                                 "undo N, list                takes verdict N back; shows all\n"
                                 "Verdicts hang on ids that every version gives alike, and are "
                                 "applied again after coding again.\n\n"
                                 "Examples\n"
                                 "  nestor verdict -c news.nestor wrong m_4f0c2b7d9a1e3355 --note "
                                 "'a cup match'\n"
                                 "  nestor verdict -c news.nestor actor m_4f0c2b7d9a1e3355 "
                                 "recipient:1=SYL\n",
                                 options,
                                 run_verdict};
