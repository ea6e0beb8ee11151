/* read_parts.h - what the files of the read stage share; no other stage includes it.
 *
 * In: bytes of a file. The work goes read_file.c (bytes to lines) -> read_json.c (line to fields)
 * -> read_check.c (fields to a report that can be used).
 */
#ifndef NST_READ_PARTS_H
#define NST_READ_PARTS_H

#include "read.h"

/* Notes the trouble in *e: stage "read", the file's byte `byte` (UINT64_MAX if none). Returns code.
 * */
nst_status nst_read_fail(nst_err *e, nst_status code, uint64_t byte, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* One line of JSON to the fields of *r, allocated in `a`. `at` is the line's offset in its file. */
nst_status nst_read_json(nst_str line, uint64_t at, nst_arena *a, nst_report *r, nst_err *e);

/* read_unpack.c: a packed file as a stream. */
typedef struct nst_unpack nst_unpack;
bool nst_read_is_packed(const char *path);                      /* .gz or .zst, by its name */
nst_unpack *nst_unpack_open(const char *path, int *error);      /* NULL with an errno in *error */
/* Up to n unpacked bytes; 0 at the end, or after an error (EBADMSG: damaged). */
size_t nst_unpack_read(nst_unpack *u, char *out, size_t n, int *error);
uint64_t nst_unpack_used(const nst_unpack *u);                  /* packed bytes read so far */
void nst_unpack_close(nst_unpack *u);

/* Is `z` a day (YYYY-MM-DD) or a time (RFC 3339) that the calendar knows? */
bool nst_read_date_ok(const char *z);

#endif
