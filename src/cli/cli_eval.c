/* cli_eval.c - nestor eval: one door to all scorers, and what they share. */
#include "cli_eval.h"

#include <math.h>
#include <stdlib.h>

static const cli_option options[] = {
    {"task", 't', "NAME", "what to score; see the list above (default: mentions)"},
    {"errors", 'e', NULL, "list every error with its place, to read"},
    {"gold-tokens", 0, NULL, "ud: score on gold tokens instead of raw text"},
    {"limit", 0, "N", "only the first N reports or sentences"},
    {"sample", 0, "N", "mentions: draw N mentions from a corpus for a verdict sheet"},
    {"seed", 0, "N", "of the sample (default 1)"},
    {"sheet", 0, "FILE", "verdict sheet: written by --sample, scored without it"},
    {"every", 0, "K", "of a sample: look at one report in K, by chance"},
    {"any", 0, NULL, "of a sample: mentions of every modality and confidence, dropped ones too"},
    {"renew", 0, "FILE", "with --sheet and its corpus: its verdicts with today's features"},
    {"min-confidence", 0, "X", "mentions: only those at least so sure, in hundredths (0-100)"},
    CLI_READ_OPTIONS,
    CLI_ENGINE_OPTIONS,
    {0},
};

static const struct { const char *name, *text; int (*run)(const cli_args *); } tasks[] = {
#define TASK(name, text) {#name, text, cli_eval_##name},
#include "tasks.def"
};

/* ---- figures ----------------------------------------------------------------------------- */

/* a / b, 0 when b is 0. */
static double ratio(uint64_t a, uint64_t b) { return b ? (double)a / (double)b : 0; }

double cli_precision(const cli_score *s) { return ratio(s->right, s->given); }
double cli_recall(const cli_score *s) { return ratio(s->right, s->gold); }

/* The harmonic mean; 0 when both are 0. */
double cli_f1(const cli_score *s) {
    double p = cli_precision(s), r = cli_recall(s);
    return p + r > 0 ? 2 * p * r / (p + r) : 0;
}

/* Unlike the normal approximation it stays between 0 and 1 and holds for few cases. */
void cli_wilson(uint64_t right, uint64_t n, double *low, double *high) {
    const double z = 1.96;
    *low = *high = 0;
    if (!n) return;
    double p = ratio(right, n), zz = z * z / (double)n;
    double centre = (p + zz / 2) / (1 + zz);
    double half = z * sqrt(p * (1 - p) / (double)n + zz / (4 * (double)n)) / (1 + zz);
    *low = centre - half;
    *high = centre + half;
}

/* Always with intervals and counts: a figure without them invites belief. */
void cli_score_line(const char *name, const cli_score *s) {
    double pl, ph, rl, rh;
    cli_wilson(s->right, s->given, &pl, &ph);
    cli_wilson(s->right, s->gold, &rl, &rh);
    printf("%-22s P %.3f [%.2f-%.2f]  R %.3f [%.2f-%.2f]  F1 %.3f  (%llu right, %llu given, %llu gold)\n",
           name, cli_precision(s), pl, ph, cli_recall(s), rl, rh, cli_f1(s),
           (unsigned long long)s->right, (unsigned long long)s->given, (unsigned long long)s->gold);
}

/* The same for a plain share. */
void cli_share_line(const char *name, uint64_t right, uint64_t n) {
    double low, high;
    cli_wilson(right, n, &low, &high);
    printf("%-22s %.3f [%.2f-%.2f]  (%llu of %llu)\n", name, ratio(right, n), low, high,
           (unsigned long long)right, (unsigned long long)n);
}

/* ---- gold files -------------------------------------------------------------------------- */

const char *cli_json_text(const json_t *o, const char *key) {
    return json_string_value(json_object_get(o, key));
}

/* One value of a gold file: an object, or an array of objects. */
static bool each_of(json_t *v, bool (*each)(json_t *, void *), void *context) {
    size_t i;
    json_t *one;
    if (!json_is_array(v)) return each(v, context);
    json_array_foreach(v, i, one) if (!each(one, context)) return false;
    return true;
}

/* Value after value; a broken one ends the file with its line, so that no gold is lost in
 * silence. */
bool cli_each_gold(const char *path, bool (*each)(json_t *, void *), void *context) {
    nst_writer w = {0};
    json_error_t je;
    bool ok = cli_slurp(path, &w);
    int line = 1;
    nst_str rest = nst_str_trim((nst_str){w.p, ok ? (uint32_t)w.n : 0});
    while (ok && rest.n) {
        json_t *one = json_loadb(rest.p, rest.n, JSON_DISABLE_EOF_CHECK, &je);
        if (!one)
            fprintf(stderr, "nestor: %s: line %d: broken JSON: %s\n", path, line - 1 + je.line,
                    je.text);
        ok = one && each_of(one, each, context);
        if (one && !ok) fprintf(stderr, "nestor: %s: line %d: no report with a text\n", path, line);
        json_decref(one);
        nst_str left = nst_str_trim(nst_str_sub(rest, one ? (uint32_t)je.position : rest.n,
                                                rest.n));
        for (const char *p = rest.p; p < left.p; p++) line += *p == '\n';
        rest = left;
    }
    nst_writer_free(&w);
    return ok;
}

/* Empty gold would give a table of zeros that looks like a result. */
int cli_eval_end(uint64_t n, const char *what, int code) {
    if (n || code) return code;
    fprintf(stderr, "nestor eval: these files hold no %s\n", what);
    return CLI_REJECTED;
}

/* A table instead of a chain of ifs: tasks.def also makes the help. */
static int run_eval(const cli_args *a) {
    const char *task = cli_get(a, "task");
    if (cli_has(a, "sample")) return cli_eval_sample(a);
    if (cli_has(a, "sheet")) return cli_eval_sheet(a);
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++)
        if (!strcmp(tasks[i].name, task ? task : "mentions")) return tasks[i].run(a);
    fprintf(stderr, "nestor eval: no task '%s'; there are:\n", task);
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++)
        fprintf(stderr, "  %-10s %s\n", tasks[i].name, tasks[i].text);
    return CLI_USAGE;
}

const cli_command cli_eval = {"eval", "GOLD...", "score the program against gold files",
    "Tasks (--task)\n"
#define TASK(name, text) "  " #name ": " text "\n"
#include "tasks.def"
    "\nEvery share comes with its 95 % interval (Wilson). How each figure is computed: doc/eval.md.\n\n"
    "Examples\n"
    "  nestor eval worked_documents.json\n"
    "  nestor eval --sample 200 --seed 7 --every 50 --sheet verdicts.tsv news.jsonl\n"
    "  nestor eval --sheet verdicts.tsv\n"
    "  nestor eval --task mentions --errors worked_documents.json | less\n", options, run_eval};
