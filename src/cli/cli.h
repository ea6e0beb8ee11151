/* cli.h - the command line: one table per command gives flags, help, man page and completion.
 *
 * Only this folder and src/serve print, exit, read the clock, the environment or argv.
 */
#ifndef NST_CLI_H
#define NST_CLI_H

#include "pipeline.h"

/* Exit codes, the same for all commands; shown by `nestor help exit`. */
enum {
    CLI_OK = 0,          /* done */
    CLI_REJECTED = 1,    /* done, but some input was rejected (or: a check failed) */
    CLI_USAGE = 2,       /* the command line is wrong */
    CLI_WORLD = 3,       /* disk, memory, network */
    CLI_MODEL = 4,       /* a model or data file is missing or damaged */
    CLI_CHRONICLE = 5,   /* the chronicle cannot be opened or changed */
    CLI_INTERRUPTED = 130, /* by SIGINT; what was finished is kept */
};

#define CLI_MAX_OPTIONS 24

/* One flag. `arg` NULL: a switch. */
typedef struct cli_option {
    const char *name;    /* "format", without the dashes */
    char letter;         /* 'j', or 0 */
    const char *arg;     /* "N", "FILE", or "a|b|c" for a choice */
    const char *help;    /* one line */
} cli_option;

/* One command. options end with a NULL name. */
typedef struct cli_args cli_args;
typedef struct cli_command {
    const char *name;
    const char *operands;            /* "FILE..." */
    const char *summary;             /* one line */
    const char *text;                /* paragraphs, then examples */
    const cli_option *options;
    int (*run)(const cli_args *a);   /* exit code */
} cli_command;

/* The parsed command line. */
struct cli_args {
    const cli_command *command;
    /* by index of the command's options; "" for a set switch */
    const char *values[CLI_MAX_OPTIONS];
    char **operands;
    int n_operands;
};

#define COMMAND(name) extern const cli_command cli_##name;
#include "commands.def"

const char *cli_get(const cli_args *a, const char *option);         /* NULL if not given */
bool cli_has(const cli_args *a, const char *option);
/* A whole number between low and high; prints what is wrong and returns false. `fallback` if not
 * given. */
bool cli_int(const cli_args *a, const char *option, long low, long high, long fallback, long *out);
int cli_usage(const cli_args *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* cli_help.c: all commands, or one, or "--man", "--completion", "exit". Exit code. */
int cli_help(const char *about);
void cli_help_command(const cli_command *c);
const cli_command *cli_find_command(const char *name);   /* NULL if there is none */
int cli_no_command(const char *typed);                   /* says so, and which one may be meant */
/* The name nearest to what was typed; NULL while none is near enough. */
typedef struct cli_nearest {
    const char *typed, *name;
    int distance;
} cli_nearest;
void cli_consider(cli_nearest *n, const char *name);

/* Options that every command with an engine takes: put CLI_ENGINE_OPTIONS into its table. */
#define CLI_ENGINE_OPTIONS \
    {"model", 'm', "NAME", "fast, accurate, or the path of a model file"}, \
    {"actors", 0, "FILE", "your own actor file; its entries win"}, \
    {"lexicon", 0, "FILE", "your own lexicon file; its frames win"}
/* Opens the engine by those options; prints what is wrong. CLI_OK or the exit code. */
int cli_engine(const cli_args *a, nst_engine **out);
/* Options that say what plain text lacks. */
#define CLI_READ_OPTIONS \
    {"input", 0, "text|jsonl", "format of the input; default: by file name and first byte"}, \
    {"date", 'd', "DATE", "publication date of plain text, YYYY-MM-DD"}, \
    {"source", 's', "NAME", "outlet that published plain text"}
bool cli_read_options(const cli_args *a, nst_read_options *out);

/* Calls each() with every report of one file; what each() or the reader refuses is said (by them)
 * and the run goes on. The last exit code that was not CLI_OK. */
typedef int cli_report_fn(void *context, const nst_report *report);
int cli_each_report(const char *path, const nst_read_options *o, cli_report_fn *each,
                    void *context);

/* cli_file.c: opens a file that is no report ("-" is standard input); NULL after saying why not. */
FILE *cli_file(const char *path);
void cli_file_close(FILE *f);             /* NULL and standard input are fine */
/* All of its bytes, and a NUL that w->n does not count. False after saying why not. */
bool cli_slurp(const char *path, nst_writer *w);

/* "nestor: FILE: line N: byte N: message" on standard error. */
void cli_complain(const nst_err *e);
int cli_exit_of(nst_status st);           /* exit code for a status */
double cli_clock(void);                   /* seconds, monotonic */
bool cli_is_terminal(int fd);
int cli_width(void);                      /* columns of the terminal; 0: there is none */
/* Writes all bytes to standard output; false when it is closed (ends quietly on a closed pipe). */
bool cli_print(const char *p, size_t n);

/* cli_table.c: rows for eyes. Cells are cut to the width of their column with an ellipsis. */
typedef struct cli_table {
    int n_columns;
    const char *const *titles;            /* [n_columns] */
    /* [n_columns] least width, negative: never cut; the last takes the rest */
    const int *widths;
    nst_writer cells;                     /* cells ended by NUL, row after row */
    uint32_t n_rows;
} cli_table;
void cli_cell(cli_table *t, nst_str s);
enum { CLI_TABLE, CLI_CSV, CLI_TSV, CLI_MD };
void cli_table_print(cli_table *t, int format, nst_writer *out);

/* cli_rows.c: mentions as table rows and TSV. */
void cli_mention_row(const nst_doc *doc, const nst_mention *m, cli_table *t);
void cli_mention_tsv(const nst_doc *doc, const nst_mention *m, nst_writer *w);
extern const char *const cli_mention_titles[];
extern const char cli_mention_tsv_head[];

#endif
