/* read.h - stage 1: bytes to reports.
 *
 * In: files, standard input, memory. Out: one nst_report at a time, or a rejection that says where.
 *   {"id":"r1","date":"1894-05-15","source":"Zenda Gazette","text":"Ruritania's foreign minister
 * said ..."}
 * Invariants: text and title are valid UTF-8 without NUL, exactly as received; every line or file
 * read gives exactly one report or one rejection.
 */
#ifndef NST_READ_H
#define NST_READ_H

#include "base.h"

/* What plain text lacks, and where reports come from. Strings live as long as the reader. */
typedef struct nst_read_options {
    const char *date, *source;   /* for plain text, NULL if not given */
    /* NST_FORMAT_* ; AUTO decides per file by its name and first byte */
    int format;
} nst_read_options;

enum { NST_FORMAT_AUTO, NST_FORMAT_TEXT, NST_FORMAT_JSONL };

typedef enum nst_read_result { NST_READ_REPORT, NST_READ_REJECTED, NST_READ_END } nst_read_result;

typedef struct nst_reader nst_reader;   /* one open input */

/* Opens path ("-" is standard input). A missing or unreadable file is not an error here: the first
 * nst_read_next says NST_READ_REJECTED with the reason, so that a run over many files goes on. */
nst_status nst_read_open(const char *path, const nst_read_options *o, nst_reader **out, nst_err *e);
/* The next report. Strings in *r live until the next call. On NST_READ_REJECTED *e holds file,
 * line, byte and reason. */
nst_read_result nst_read_next(nst_reader *r, nst_report *report, nst_err *e);
/* bytes read; *size 0 if unknown */
uint64_t nst_read_position(const nst_reader *r, uint64_t *size);
/* 1-based line of the last report; 0 for plain text */
uint64_t nst_read_line(const nst_reader *r);
void nst_read_close(nst_reader *r);

/* Fills what the caller left out of *r: sha256, id (its first 16 hex digits); checks UTF-8, limits,
 * date. Fields are allocated in `a`. NST_REJECTED with the byte when the report cannot be used. */
nst_status nst_read_complete(nst_report *r, nst_arena *a, nst_err *e);

/* Text form: the report as one line of JSON; nst_read_next reads it back. */
void nst_read_dump(const nst_report *r, nst_writer *w);

#endif
