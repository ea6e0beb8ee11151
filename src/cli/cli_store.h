/* cli_store.h - what the commands on chronicles share: opening, the time, records as table rows. */
#ifndef NST_CLI_STORE_H
#define NST_CLI_STORE_H

#include <jansson.h>

#include "cli.h"
#include "store.h"

#define CLI_CHRONICLE_OPTION                                                                       \
    {"chronicle", 'c', "FILE", "the chronicle; default: the environment's NESTOR_CHRONICLE"}
#define CLI_ROWS_OPTION {"format", 'f', "table|csv|tsv|jsonl|md", "default: table"}
enum { CLI_JSONL = CLI_MD + 1 };
int cli_rows_format(const cli_args *a);

/* The chronicle of --chronicle; prints what is wrong. CLI_OK or the exit code. */
int cli_open(const cli_args *a, nst_store_mode mode, nst_store **out);
/* The chronicle at `path`. */
int cli_open_path(const char *path, nst_store_mode mode, nst_store **out);
/* Complains and gives the exit code. */
int cli_failed(const nst_err *e, nst_status st);
void cli_now(char buf[32]); /* RFC 3339, UTC */
/* The one mention, indicator or report of that id; complains when there is none. */
int cli_find(nst_store *s, const char *id, nst_store_hit *hits, uint32_t max, uint32_t *n);
/* Operands joined by spaces; an operand with a space in it is meant as it stands. */
void cli_join(const cli_args *a, nst_writer *w);

/* Cells of a mention line: id, report, date, actor -> recipient, act, who says so; sentence apart.
 */
void cli_json_row(const json_t *line, nst_str sentence, const char *verdict, cli_table *t);
extern const char *const cli_json_titles[];
extern const int cli_json_widths[];
enum { CLI_JSON_COLUMNS = 6 };
/* "SANCTION expel (future): GRK -> two envoys" */
void cli_json_brief(const json_t *line, nst_writer *w);
/* One field of a line in few words: members by name, other things as compact JSON. */
void cli_json_field(const json_t *line, const char *key, nst_writer *w);
/* The columns of `nestor code --format tsv` of a mention line, as cells. */
void cli_json_wide(const json_t *line, nst_str sentence, cli_table *t);
extern const char *const cli_wide_titles[];
enum { CLI_WIDE_COLUMNS = 21 };

#endif
