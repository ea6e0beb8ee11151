/* cli_coded.h - the lines of reports that were coded elsewhere (nestor ingest --coded). */
#ifndef NST_CLI_CODED_H
#define NST_CLI_CODED_H

#include "cli.h"

/* Where one line begins and ends (with its line end), by the hash of its report's id. */
typedef struct cli_coded_line {
    uint64_t report;
    size_t start, end;
} cli_coded_line;

typedef struct cli_coded {
    nst_writer text;
    cli_coded_line *lines; /* [n] in the order of the file */
    size_t n;
    char engine[128]; /* that coded the first line that says so */
} cli_coded;

/* Reads the whole file; false after saying what is wrong. */
bool cli_coded_load(const char *path, cli_coded *c);
void cli_coded_free(cli_coded *c);
/* Appends the report's lines. */
void cli_coded_give(const cli_coded *c, const char *report, nst_writer *w);

#endif
