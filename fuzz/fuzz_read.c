/* fuzz_read.c - any bytes as a file of JSON Lines and as plain text.
 *
 * Checked: the reader comes to its end; what it hands on is UTF-8 without NUL, with an id and a hash;
 * a report's own text form reads back.
 */
#include <stdlib.h>
#include <unistd.h>

#include "read.h"

/* Stops the program: a promise is broken. */
static void check(bool ok, const char *what) {
    if (ok) return;
    fprintf(stderr, "fuzz_read: %s\n", what);
    abort();
}

/* Reads the file in one format to its end. */
static void read_as(const char *path, int format, size_t bytes) {
    nst_read_options o = {.format = format};
    nst_reader *r;
    nst_report report;
    nst_err e = {0};
    nst_read_result got;
    size_t results = 0;
    if (nst_read_open(path, &o, &r, &e) != NST_OK) return;
    while ((got = nst_read_next(r, &report, &e)) != NST_READ_END) {
        check(++results <= bytes + 1, "more results than bytes");
        if (got == NST_READ_REJECTED) {
            check(e.code != NST_OK && e.message[0], "a rejection without a reason");
            continue;
        }
        check(nst_utf8_check(report.text, report.text_len) == report.text_len, "text is not UTF-8");
        check(report.id && report.id[0] && strlen(report.sha256) == 64, "no id or hash");
    }
    check(results > 0, "a file without a result");
    nst_read_close(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    char path[] = "/tmp/nestor-fuzz-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0) return 0;
    bool written = write(fd, data, n) == (ssize_t)n;
    close(fd);
    if (written) {
        read_as(path, NST_FORMAT_JSONL, n);
        read_as(path, NST_FORMAT_TEXT, n);
        read_as(path, NST_FORMAT_AUTO, n);
    }
    unlink(path);
    return 0;
}
