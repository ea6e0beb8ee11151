/* cli_eval_plover.c - scores the most confident act of a sentence against a marked source and
 * target.
 *
 * In: a table with a head line that names marked_sentence (<s>..</s>, <t>..</t>), gold_root (15
 * roots: YIELD is CONCEDE or RETREAT) and gold_penta (quad class). Out: per root precision, recall
 * and F1, their unweighted mean, the same by quad class, and how often type and both actors are
 * right at once. Rule: the plain sentence is coded end to end; nothing of the marks is told to the
 * program. An actor is found when one of the members on its side overlaps the marked words; of an
 * act without recipients the actors may hold both. YIELD is of quad 2, as the table has it.
 */
#include <stdlib.h>

#include "cli_eval.h"

enum { YIELD = NST_N_TYPE, N_ROOTS, CELLS = 32, LINE = 65536 };

typedef struct marked {
    char text[LINE];                     /* the sentence without its marks */
    uint32_t n, start[2], end[2];        /* source and target; 0, 0 where not marked */
} marked;

typedef struct plover_tally {
    nst_coder *coder;
    bool errors;
    cli_score root[N_ROOTS], quad[5];
    uint64_t rows, none, both, both_typed, somewhere;
} plover_tally;

/* CONCEDE and RETREAT are one root. */
static int root_of(int type) {
    return type == NST_T_CONCEDE || type == NST_T_RETREAT ? YIELD : type;
}

static const char *root_name(int root) {
    return root == YIELD ? "YIELD" : root == NST_T_NONE ? "nothing" : nst_type_name(root);
}

/* Takes the marks out of a sentence and keeps where they stood. */
static void unmark(const char *s, marked *m) {
    memset(m->start, 0, sizeof m->start);
    memset(m->end, 0, sizeof m->end);
    m->n = 0;
    while (*s) {
        bool mark = false;
        for (int k = 0; k < 2 && !mark; k++) {
            char open[4] = {'<', k ? 't' : 's', '>', 0},
                shut[5] = {'<', '/', k ? 't' : 's', '>', 0};
            if (!strncmp(s, open, 3)) m->start[k] = m->n, s += 3, mark = true;
            else if (!strncmp(s, shut, 4)) m->end[k] = m->n, s += 4, mark = true;
        }
        if (!mark) m->text[m->n++] = *s++;
    }
    m->text[m->n] = 0;
}

/* Does one of the members overlap the marked words? */
static bool overlaps(const nst_doc *d, const nst_member *m, uint32_t n, const marked *g, int side) {
    for (uint32_t i = 0; i < n; i++) {
        nst_span s = d->entities.actors[m[i].actor].span;
        if (s.start < g->end[side] && g->start[side] < s.end) return true;
    }
    return false;
}

/* Are source and target both found, each on its side? */
static bool both_found(const nst_doc *d, const nst_mention *m, const marked *g) {
    if (!overlaps(d, m->actors, m->n_actors, g, 0)) return false;
    return overlaps(d, m->recipients, m->n_recipients, g, 1) ||
           (!m->n_recipients && overlaps(d, m->actors, m->n_actors, g, 1));
}

/* What to read of a row that went wrong. */
static void complain(const nst_doc *d, const nst_mention *best, const marked *g, int gold,
                     bool both) {
    int ours = best ? root_of(best->type) : NST_T_NONE;
    printf("%s gold %s ours %s", ours != gold ? "TYPE " : both ? "OK   " : "WHO  ", root_name(gold),
           best ? nst_type_name(best->type) : "nothing");
    if (best) {
        nst_str t = nst_text_span(&d->text, best->trigger_span);
        printf(" '%.*s' (%.*s, %s, %.2f)", (int)t.n, t.p, (int)best->why.n, best->why.p,
               nst_modality_name(best->modality), best->confidence);
    }
    printf("\t[%.*s] [%.*s]\t%s\n", (int)(g->end[0] - g->start[0]), g->text + g->start[0],
           (int)(g->end[1] - g->start[1]), g->text + g->start[1], g->text);
}

/* Codes and scores one row. */
static void score_row(plover_tally *y, marked *g, int gold, int quad) {
    nst_err e = {0};
    nst_report r = {.id = "row", .text = g->text, .text_len = g->n};
    const nst_mention *best = NULL;
    bool there = false;
    if (nst_coder_run(y->coder, &r, &e)) {
        cli_complain(&e);
        return;
    }
    const nst_doc *d = nst_coder_doc(y->coder);
    for (uint32_t i = 0; i < d->events.n_mentions; i++) {
        const nst_mention *m = &d->events.mentions[i];
        if (!m->kept) continue;
        there |= root_of(m->type) == gold;
        if (!best || m->confidence > best->confidence) best = m;
    }
    bool both = best && both_found(d, best, g), right = best && root_of(best->type) == gold;
    y->rows++;
    y->none += !best;
    y->both += both;
    y->both_typed += both && right;
    y->somewhere += there;
    y->root[gold].gold++;
    y->root[gold].right += right;
    if (quad >= 1 && quad <= 4) y->quad[quad].gold++;
    if (best) {
        int root = root_of(best->type), q = root == YIELD ? 2 : nst_type_quad(root);
        y->root[root].given++;
        y->quad[q].given++;
        y->quad[q].right += q == quad;
    }
    if (y->errors && !(right && both)) complain(d, best, g, gold, both);
}

/* Undoes the quoting of a cell: "a ""b""" is a "b". */
static char *unquote(char *cell) {
    size_t n = strlen(cell);
    if (n < 2 || cell[0] != '"' || cell[n - 1] != '"') return cell;
    char *to = cell;
    for (char *p = cell + 1; p < cell + n - 1; p++) {
        if (p[0] == '"' && p[1] == '"' && p + 1 < cell + n - 1) p++;
        *to++ = *p;
    }
    *to = 0;
    return cell;
}

/* Cuts a line at its tabs; how many cells it has. */
static int cells(char *line, char *cell[CELLS]) {
    int n = 0;
    line[strcspn(line, "\r\n")] = 0;
    for (char *rest = line; rest && n < CELLS; n++) {
        cell[n] = rest;
        rest = strchr(rest, '\t');
        if (rest) *rest++ = 0;
    }
    return n;
}

/* The column of this name in the head line, -1 if there is none. */
static int column(char *cell[CELLS], int n, const char *name) {
    for (int i = 0; i < n; i++)
        if (!strcmp(cell[i], name)) return i;
    return -1;
}

/* Scores every row of a table. */
static int score_table(plover_tally *y, const char *path, long limit) {
    static char line[LINE];
    static marked g;
    char *cell[CELLS];
    int sentence = -1, root = -1, quad = -1;
    FILE *f = cli_file(path);
    if (!f) return CLI_REJECTED;
    for (bool head = true; fgets(line, sizeof line, f) && limit; head = false) {
        int n = cells(line, cell);
        if (head) {
            sentence = column(cell, n, "marked_sentence");
            root = column(cell, n, "gold_root");
            quad = column(cell, n, "gold_penta");
        }
        if (head || sentence < 0 || root < 0 || n <= sentence || n <= root) continue;
        int gold = !strcmp(cell[root], "YIELD")
            ? YIELD : root_of(nst_type_of(nst_str_c(cell[root])));
        if (gold == NST_T_NONE && strcmp(cell[root], "YIELD")) continue;
        unmark(unquote(cell[sentence]), &g);
        score_row(y, &g, gold, quad >= 0 && quad < n ? atoi(cell[quad]) : 0);
        limit--;
    }
    cli_file_close(f);
    if (sentence >= 0 && root >= 0) return CLI_OK;
    fprintf(stderr, "nestor: %s: no columns marked_sentence and gold_root\n", path);
    return CLI_REJECTED;
}

/* The unweighted mean of F1 over the classes that gold has; prints each. */
static double macro(const cli_score *s, int n, const char *const *names) {
    double sum = 0;
    int classes = 0;
    for (int i = 0; i < n; i++) {
        if (s[i].gold || s[i].given) cli_score_line(names ? names[i] : root_name(i), &s[i]);
        if (!s[i].gold) continue;
        sum += cli_f1(&s[i]);
        classes++;
    }
    return classes ? sum / classes : 0;
}

int cli_eval_plover(const cli_args *a) {
    static const char *const quads[] = {"", "verbal cooperation", "material cooperation",
        "verbal conflict", "material conflict"};
    nst_engine *engine;
    long limit;
    if (!a->n_operands) return cli_usage(a, "name a table of marked sentences");
    if (!cli_int(a, "limit", 1, 1000000, -1, &limit)) return CLI_USAGE;
    int code = cli_engine(a, &engine);
    if (code) return code;
    plover_tally y = {.coder = nst_coder_new(engine), .errors = cli_has(a, "errors")};
    for (int i = 0; i < a->n_operands && code == CLI_OK; i++)
        code = score_table(&y, a->operands[i], limit);
    printf("%llu sentences; level: the most confident mention of each\n",
           (unsigned long long)y.rows);
    double roots = macro(y.root, N_ROOTS, NULL);
    printf("%-22s %.3f\n\n", "macro-F1, roots", roots);
    printf("%-22s %.3f\n\n", "macro-F1, quads", macro(y.quad, 5, quads));
    cli_share_line("type and both actors", y.both_typed, y.rows);
    cli_share_line("both actors", y.both, y.rows);
    cli_share_line("type among all kept", y.somewhere, y.rows);
    cli_share_line("nothing found", y.none, y.rows);
    nst_coder_free(y.coder);
    nst_engine_close(engine);
    return cli_eval_end(y.rows, "marked sentence", code);
}
