/* cli_eval_ud.h - scoring of the text and parse stages, see cli_eval_ud.c. */
#ifndef NST_CLI_EVAL_UD_H
#define NST_CLI_EVAL_UD_H

#include "parse.h"

/* Scores model (and, unless gold_tokens, the text stage) against a treebank; prints a table to out. */
nst_status nst_eval_ud(nst_str conllu, const char *title, const nst_parse_model *model,
                       const nst_text_model *text, bool gold_tokens, FILE *out, nst_err *e);

double nst_cli_seconds(void);      /* processor time of this process, for rates */

#endif
