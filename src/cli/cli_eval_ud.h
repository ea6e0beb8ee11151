/* cli_eval_ud.h - scoring of the text and parse stages, see cli_eval_ud.c. */
#ifndef NST_CLI_EVAL_UD_H
#define NST_CLI_EVAL_UD_H

#include "parse.h"

/* Scores model (and, unless gold_tokens, the text stage) against treebank files; prints a table to out. */
nst_status nst_eval_ud(nst_str *files, uint32_t n, const char *title, const nst_parse_model *model,
                       const nst_text_model *text, bool gold_tokens, FILE *out, nst_err *e);

/* Exact spans of persons, organisations, places against files of "word TAB tag" lines. */
nst_status nst_eval_ner(nst_str *files, uint32_t n, const char *title, const nst_parse_model *model,
                        const nst_text_model *text, FILE *out, nst_err *e);

double nst_cli_seconds(void);      /* processor time of this process, for rates */

#endif
