/* runner_read.h - block tests of the read stage.
 *
 * The input of a block in test/read is a file, with \xHH for bytes no editor shows and \ at a line's
 * end for "the line goes on". Its kind names the file: "--- jsonl" makes it input.jsonl, "--- text"
 * input.txt, "--- bytes" a file without an ending. "date:" and "source:" are the options. Expected:
 * one line a result, "report {...}", or "rejected CODE line L byte B: message".
 */
#ifndef NST_RUNNER_READ_H
#define NST_RUNNER_READ_H

#include <unistd.h>

static int hex_value(char c) {
    const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* Writes the input with its escapes undone. */
static void write_input(FILE *f, nst_str s) {
    for (uint32_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '\n') {
            i++;
        } else if (s.p[i] == '\\' && i + 3 < s.n && s.p[i + 1] == 'x' && hex_value(s.p[i + 2]) >= 0) {
            fputc(hex_value(s.p[i + 2]) * 16 + hex_value(s.p[i + 3]), f);
            i += 3;
        } else {
            fputc(s.p[i], f);
        }
    }
}

/* Reads the file to its end and writes what came out. */
static void read_all(const char *path, const nst_read_options *o, nst_writer *out) {
    nst_reader *r;
    nst_err e = {0};
    nst_report rep;
    nst_read_result got;
    if (nst_read_open(path, o, &r, &e)) return;
    while ((got = nst_read_next(r, &rep, &e)) != NST_READ_END) {
        if (got == NST_READ_REPORT) {
            nst_putz(out, "report ");
            nst_read_dump(&rep, out);
            continue;
        }
        nst_putf(out, "rejected %d line %d", e.code, (int)e.line);
        if (e.byte != UINT64_MAX) nst_putf(out, " byte %d", (int)e.byte);
        nst_putf(out, ": %s\n", e.message);
    }
    nst_read_close(r);
}

/* Runs one block of test/read. */
static void run_read(nst_str kind, nst_str input, const char *date, const char *source, nst_writer *out) {
    char dir[] = "/tmp/nestor-read-XXXXXX", path[64];
    if (!mkdtemp(dir)) return;
    const char *ending = nst_str_is(kind, "jsonl") ? ".jsonl" : nst_str_is(kind, "text") ? ".txt" : "";
    snprintf(path, sizeof path, "%s/input%s", dir, ending);
    FILE *f = fopen(path, "wb");
    if (f) {
        write_input(f, input);
        fclose(f);
    }
    nst_read_options o = {.date = date, .source = source};
    read_all(path, &o, out);
    remove(path);
    rmdir(dir);
}

#endif
