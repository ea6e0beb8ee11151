/* cli_table.c - rows for eyes, and the same rows as CSV, TSV and Markdown. */
#include <stdlib.h>

#include "cli.h"

/* Line ends become spaces: a cell is one line for eyes, and in CSV a row is a line. */
void cli_cell(cli_table *t, nst_str s) {
    nst_put_tsv(&t->cells, s);
    nst_putc(&t->cells, 0);
}

/* Writes s padded or cut to `width` code points. */
static void fixed(nst_writer *out, nst_str s, int width, bool pad) {
    int n = (int)nst_utf8_count(s.p, s.n);
    if (n <= width) {
        nst_put(out, s);
        for (; pad && n < width; n++) nst_putc(out, ' ');
        return;
    }
    size_t at = 0;
    for (int k = 0; k < width - 1; k++) nst_utf8_next(s.p, s.n, &at);
    nst_put(out, nst_str_sub(s, 0, (uint32_t)at));
    nst_putz(out, "\u2026");
}

/* One cell in the escaping of the format. */
static void escaped(nst_writer *out, nst_str s, int format) {
    if (format == CLI_CSV) nst_put_csv(out, s);
    else if (format == CLI_TSV) nst_put_tsv(out, s);
    else
        for (uint32_t i = 0; i < s.n; i++) {
            if (s.p[i] == '|') nst_putc(out, '\\');
            nst_putc(out, s.p[i]);
        }
}

/* The titles, and for a terminal or Markdown a line below them. */
static void head(const cli_table *t, int format, const int *width, nst_writer *out) {
    for (int c = 0; c < t->n_columns; c++) {
        if (format == CLI_TABLE) {
            fixed(out, nst_str_c(t->titles[c]), width[c], c + 1 < t->n_columns);
            nst_putz(out, c + 1 < t->n_columns ? "  " : "");
        } else {
            nst_putz(out, format == CLI_MD ? "| " : c ? (format == CLI_CSV ? "," : "\t") : "");
            escaped(out, nst_str_c(t->titles[c]), format);
            nst_putz(out, format == CLI_MD ? " " : "");
        }
    }
    nst_putz(out, format == CLI_MD ? "|\n" : "\n");
    if (format == CLI_MD) {
        for (int c = 0; c < t->n_columns; c++) nst_putz(out, "|---");
        nst_putz(out, "|\n");
    }
}

/* Widths that fill the terminal, 100 columns where there is none: the last column takes what is
 * left; where the least widths are too wide for the terminal, the widest gives way, but no id or
 * day. */
static void fit(const cli_table *t, int *width) {
    enum { LEAST = 8 };
    int terminal = cli_width(), rest = terminal ? terminal : 100, last = t->n_columns - 1;
    for (int c = 0; c <= last; c++) {
        width[c] = abs(t->widths[c]);
        rest -= width[c] + (c < last ? 2 : 0);
    }
    while (terminal && rest < 0) {
        int widest = -1;
        for (int c = 0; c <= last; c++)
            if (t->widths[c] > 0 && width[c] > LEAST && (widest < 0 || width[c] > width[widest]))
                widest = c;
        if (widest < 0) break;
        width[widest]--;
        rest++;
    }
    if (rest > 0) width[last] += rest;
}

/* Cells are kept until the end because ids and counts below are known only then. */
void cli_table_print(cli_table *t, int format, nst_writer *out) {
    int width[32];
    assert(t->n_columns <= 32);
    fit(t, width);
    head(t, format, width, out);
    const char *p = t->cells.p, *end = p + t->cells.n;
    for (int c = 0; p < end; c = (c + 1) % t->n_columns) {
        nst_str s = nst_str_c(p);
        bool last = c + 1 == t->n_columns;
        if (format == CLI_TABLE) {
            fixed(out, s, width[c], !last);
            nst_putz(out, last ? "\n" : "  ");
        } else {
            nst_putz(out, format == CLI_MD ? "| " : c ? (format == CLI_CSV ? "," : "\t") : "");
            escaped(out, s, format);
            nst_putz(out, format == CLI_MD ? (last ? " |\n" : " ") : (last ? "\n" : ""));
        }
        p += s.n + 1;
        t->n_rows += last;
    }
}
