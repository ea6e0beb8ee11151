/* cli_eval.h - what the scorers share: counts, intervals, gold files. */
#ifndef NST_CLI_EVAL_H
#define NST_CLI_EVAL_H

#include <jansson.h>

#include "cli.h"

/* True positives, what the system gave, what the gold holds. */
typedef struct cli_score {
    uint64_t right, given, gold;
} cli_score;

double cli_precision(const cli_score *s);   /* 0 when nothing was given */
double cli_recall(const cli_score *s);
double cli_f1(const cli_score *s);
/* 95 % interval of a proportion (Wilson 1927). */
void cli_wilson(uint64_t right, uint64_t n, double *low, double *high);
/* "name  P .812 [.75-.86]  R ...  F1 ...  (right/given/gold)" on standard output. */
void cli_score_line(const char *name, const cli_score *s);
/* "name  .812 [.75-.86]  (k of n)" */
void cli_share_line(const char *name, uint64_t right, uint64_t n);

/* Calls each() for every object of a JSON array file or of a JSON Lines file. False after a
 * message. */
bool cli_each_gold(const char *path, bool (*each)(json_t *object, void *context), void *context);
/* Exit code of a task that has scored n things: gold without a single one is an error, and said. */
int cli_eval_end(uint64_t n, const char *what, int code);
/* A string member of a JSON object, NULL if it is none. */
const char *cli_json_text(const json_t *o, const char *key);

/* Verdict sheets: drawn from a corpus, and scored. */
int cli_eval_sample(const cli_args *a);
int cli_eval_sheet(const cli_args *a);

#define TASK(name, text) int cli_eval_##name(const cli_args *a);
#include "tasks.def"

#endif
