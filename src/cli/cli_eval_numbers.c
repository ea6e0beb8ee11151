/* cli_eval_numbers.c - figures against test/numbers/frozen.list: value, unit and role.
 *
 * In: lines "SENTENCE => VALUE UNIT ROLE; ..." (the file's head says how values are written). Out:
 * share of sentences all right, precision and recall of figures with value, unit and role right,
 * and of each of the three among figures at the same place in the row.
 */
#include <math.h>
#include <stdlib.h>

#include "cli_eval.h"

#define MAX_FIGURES 16

typedef struct figure {
    char bound;                  /* '>' '<' '~' or 0 */
    double low, high;            /* equal unless a range; high NAN: open */
    char unit[40], role[16];
    double converted;
    char currency[8];
} figure;

typedef struct tally {
    nst_coder *coder;
    bool errors;
    uint64_t sentences, right, value, unit, role, pairs;
    cli_score all;
} tally;

/* A value: "12", ">=40", "10..15", "24..", "-8.5". */
static void read_value(char *z, figure *f) {
    char *dots = strstr(z, "..");
    if (*z == '>' || *z == '<') f->bound = *z, z += 2;
    else if (*z == '~') f->bound = *z++;
    if (dots) *dots = 0;
    f->low = f->high = strtod(z, NULL);
    if (dots) f->high = dots[2] ? strtod(dots + 2, NULL) : NAN;
}

/* The gold figures of one line; their number. */
static int read_gold(char *z, figure *out) {
    int n = 0;
    if (*z == '-' && (z[1] == 0 || z[1] == '\n')) return 0;
    for (char *save, *item = strtok_r(z, ";\n", &save); item &&
         n < MAX_FIGURES; item = strtok_r(NULL, ";\n", &save)) {
        char value[64] = "", unit[40] = "", role[16] = "", conv[40] = "", cur[8] = "";
        int got = sscanf(item, " %63s %39s %15s =%39s %7s", value, unit, role, conv, cur);
        if (got < 3) continue;
        figure *f = &out[n++];
        *f = (figure){0};
        read_value(value, f);
        memcpy(f->unit, unit, sizeof unit);
        memcpy(f->role, role, sizeof role);
        if (got == 5) f->converted = strtod(conv, NULL), memcpy(f->currency, cur, sizeof cur);
    }
    return n;
}

/* Within a thousandth of each other. */
static bool near(double a, double b) { return fabs(a - b) <= 0.001 * (fabs(b) > 1 ? fabs(b) : 1); }

/* Value, bound and conversion agree. */
static bool same_value(const figure *g, const nst_number *x) {
    bool open = isnan(g->high), range = !open && g->low != g->high;
    char bound = x->bound == NST_AT_LEAST ? '>' : x->bound == NST_AT_MOST ? '<'
        : x->bound == NST_ABOUT ? '~' : 0;
    if (g->converted != 0 &&
        (!near(x->converted, g->converted) || strcmp(x->converted_currency, g->currency)))
        return false;
    if (range) return x->range && near(x->low, g->low) && near(x->high, g->high);
    if (x->range || !near(x->value, g->low)) return false;
    return open ? bound == '>' : bound == g->bound;
}

/* Scores one sentence. */
static void score(tally *y, const char *sentence, const figure *g, int n, const nst_entities *x) {
    bool all = x->n_numbers == (uint32_t)n;
    y->all.gold += (uint64_t)n;
    y->all.given += x->n_numbers;
    for (int i = 0; i < n && i < (int)x->n_numbers; i++) {
        const nst_number *o = &x->numbers[i];
        bool v = same_value(&g[i], o), u = nst_str_is(o->unit, g[i].unit),
            r = !strcmp(nst_number_role_name(o->role), g[i].role);
        y->pairs++;
        y->value += v, y->unit += u, y->role += r;
        y->all.right += v && u && r;
        all = all && v && u && r;
    }
    y->sentences++;
    y->right += all;
    if (all || !y->errors) return;
    printf("%s\n   ours:", sentence);
    for (uint32_t i = 0; i < x->n_numbers; i++) {
        const nst_number *o = &x->numbers[i];
        printf(" %s %g %.*s %s;", nst_bound_name(o->bound), o->value, (int)o->unit.n, o->unit.p,
               nst_number_role_name(o->role));
    }
    putchar('\n');
}

/* One file. */
static bool file(tally *y, const char *path) {
    FILE *f = cli_file(path);
    char *line = NULL;
    size_t cap = 0;
    if (!f) return false;
    while (getline(&line, &cap, f) > 0) {
        char *arrow = strstr(line, " => ");
        if (*line == '#' || !arrow) continue;
        *arrow = 0;
        figure g[MAX_FIGURES];
        int n = read_gold(arrow + 4, g);
        nst_err e = {0};
        nst_report r = {.text = line, .text_len = strlen(line)};
        if (nst_coder_start(y->coder, &r, &e) || nst_coder_reach(y->coder, NST_LEVEL_ENTITIES, &e))
            cli_complain(&e);
        else score(y, line, g, n, &nst_coder_doc(y->coder)->entities);
    }
    free(line);
    cli_file_close(f);
    return true;
}

int cli_eval_numbers(const cli_args *a) {
    nst_engine *engine;
    int code;
    tally y = {.errors = cli_has(a, "errors")};
    if (!a->n_operands) return cli_usage(a, "name a file of sentences with figures");
    if ((code = cli_engine(a, &engine))) return code;
    y.coder = nst_coder_new(engine);
    for (int i = 0; i < a->n_operands && !code; i++)
        if (!file(&y, a->operands[i])) code = CLI_REJECTED;
    printf("%llu sentences; level: figure\n", (unsigned long long)y.sentences);
    cli_share_line("sentence all right", y.right, y.sentences);
    cli_score_line("value, unit and role", &y.all);
    cli_share_line("value", y.value, y.pairs);
    cli_share_line("unit", y.unit, y.pairs);
    cli_share_line("role", y.role, y.pairs);
    nst_coder_free(y.coder);
    nst_engine_close(engine);
    return cli_eval_end(y.sentences, "sentence with figures", code);
}
