/* base.h - memory, text slices, writing, errors, hashes, days. Knows nothing of news.
 *
 * Three lifetimes (see doc/tour.md): model (const after load), document (one arena, reset between
 * reports), scratch (reset per sentence). Stages allocate only from the arenas they are handed.
 */
#ifndef NST_BASE_H
#define NST_BASE_H

#include <assert.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "limits.h"
#include "nestor.h"

/* ---- slices ------------------------------------------------------------------------------ */

/* A run of bytes somebody else owns; not NUL-terminated; p may be NULL when n is 0. */
typedef struct nst_str {
    const char *p;
    uint32_t n;
} nst_str;

#define NST_S(lit) ((nst_str){(lit), (uint32_t)(sizeof(lit) - 1)})

/* of a C string; NULL gives the empty slice */
nst_str nst_str_c(const char *z);
bool nst_str_eq(nst_str a, nst_str b);
bool nst_str_is(nst_str a, const char *z);            /* equal to a C string */
bool nst_str_ieq(nst_str a, nst_str b);               /* equal but for ASCII case */
bool nst_str_starts(nst_str a, const char *z);
bool nst_str_ends(nst_str a, const char *z);
int nst_str_cmp(nst_str a, nst_str b);                /* byte order, for sorting */
nst_str nst_str_sub(nst_str a, uint32_t from, uint32_t to);
nst_str nst_str_trim(nst_str a);                      /* without ASCII white space at both ends */
/* The next piece of *rest before `sep`; false when nothing is left. Empty pieces are pieces. */
bool nst_str_split(nst_str *rest, char sep, nst_str *piece);
bool nst_str_int(nst_str a, int64_t *out);            /* decimal, whole slice, or false */

/* ---- UTF-8 ------------------------------------------------------------------------------- */

/* Code point at p[*i], moving *i past it. Malformed bytes give U+FFFD and move one byte. */
uint32_t nst_utf8_next(const char *p, size_t n, size_t *i);
/* Offset of the first byte that is not valid UTF-8 (or is NUL), n if all is well. */
size_t nst_utf8_check(const char *p, size_t n);
size_t nst_utf8_count(const char *p, size_t n);       /* code points in valid UTF-8 */
int nst_utf8_put(uint32_t cp, char out[4]);           /* bytes written */
/* Letter folding of one code point: lower case, without diacritics where the base letter is
 * Latin. */
uint32_t nst_utf8_fold(uint32_t cp);
bool nst_utf8_upper(uint32_t cp);                     /* an upper-case letter */
bool nst_utf8_alpha(uint32_t cp);                     /* a letter of any script */

/* ---- arena ------------------------------------------------------------------------------- */

/* Bump allocator in growing chunks. nst_arena_alloc never returns NULL: when memory is out it
 * longjmps to `oom`, which the pipeline (or a test) has set; nothing else may be held then. */
typedef struct nst_arena nst_arena;

nst_arena *nst_arena_new(void);                       /* NULL when memory is out */
void nst_arena_free(nst_arena *a);                    /* NULL is fine */
/* forget all; keeps chunks; poisons under ASan */
void nst_arena_reset(nst_arena *a);
void *nst_arena_alloc(nst_arena *a, size_t bytes);    /* zeroed, aligned to 16 */
char *nst_arena_dup(nst_arena *a, const char *p, size_t n); /* copy with a NUL after it */
nst_str nst_arena_str(nst_arena *a, nst_str s);       /* copy of a slice */
jmp_buf *nst_arena_oom(nst_arena *a);                 /* where to jump when memory is out */
size_t nst_arena_peak(const nst_arena *a);            /* most bytes in use since it was made */
nst_str nst_arena_printf(nst_arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Room for one more element in arr (count n, capacity cap), doubling inside the arena. */
void *nst_arena_grow(nst_arena *a, void *arr, uint32_t n, uint32_t *cap, size_t size);
#define NST_PUSH(a, arr, n, cap) \
    ((arr) = nst_arena_grow((a), (arr), (n), &(cap), sizeof *(arr)), &(arr)[(n)++])
#define NST_NEW(a, type) ((type *)nst_arena_alloc((a), sizeof(type)))
#define NST_ARRAY(a, type, n) ((type *)nst_arena_alloc((a), sizeof(type) * ((size_t)(n) + 1)))

/* Every malloc of the library goes through these, so that tests can make the n-th one fail. */
void *nst_malloc(size_t n);
void *nst_realloc(void *p, size_t n);
void nst_free(void *p);
extern void *(*nst_malloc_hook)(size_t n);            /* tests only; NULL: malloc */

/* ---- writer ------------------------------------------------------------------------------ */

/* Growing output buffer with a sticky error: append freely, check w->failed once. */
typedef struct nst_writer {
    char *p;
    size_t n, cap;
    bool failed;
} nst_writer;

void nst_writer_free(nst_writer *w);
void nst_put(nst_writer *w, nst_str s);
void nst_putz(nst_writer *w, const char *z);
void nst_putc(nst_writer *w, char c);
void nst_puti(nst_writer *w, int64_t v);
/* shortest form that reads back, "22", "56.7" */
void nst_putd(nst_writer *w, double v);
void nst_putf(nst_writer *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void nst_put_json(nst_writer *w, nst_str s);          /* quoted and escaped JSON string */
void nst_put_html(nst_writer *w, nst_str s);          /* escaped for HTML text and attributes */
void nst_put_tsv(nst_writer *w, nst_str s);           /* tabs and line ends turned into spaces */
void nst_put_csv(nst_writer *w, nst_str s);           /* quoted where RFC 4180 asks for it */

/* ---- errors ------------------------------------------------------------------------------ */

/* Fill *e unless it already holds an error (the first one stays); returns code. e may be NULL. */
nst_status nst_fail(nst_err *e, nst_status code, const char *stage, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* ---- hashes ------------------------------------------------------------------------------ */

uint64_t nst_hash(const void *p, size_t n);                    /* XXH3, 64 bits */
uint64_t nst_hash_seed(const void *p, size_t n, uint64_t seed);
/* SHA-256 of a ++ sep ++ b (sep is one NUL when `join`) as 64 hex digits and a NUL. */
void nst_sha256(nst_str a, nst_str b, bool join, char hex[65]);

/* ---- days -------------------------------------------------------------------------------- */

/* Days since 1970-01-01 in the proleptic Gregorian calendar (Hinnant's civil-day algorithms). */
typedef int32_t nst_day;
#define NST_NO_DAY INT32_MIN

nst_day nst_day_of(int year, int month, int day);
void nst_day_split(nst_day d, int *year, int *month, int *day);
int nst_day_weekday(nst_day d);                       /* 0 Monday .. 6 Sunday */
int nst_month_days(int year, int month);
/* YYYY, YYYY-MM, YYYY-MM-DD or RFC 3339 (the date of it, in its own zone). First and last day
 * meant. */
bool nst_day_parse(nst_str s, nst_day *first, nst_day *last);
void nst_put_day(nst_writer *w, nst_day d);           /* YYYY-MM-DD */

/* ---- data compiled into the program ------------------------------------------------------ */

/* NST_INCBIN(name, "path") defines name_start[] and name_end[] holding the file's bytes. */
#if defined(__APPLE__)
#define NST_INCBIN_SYM(s) "_" #s
#define NST_INCBIN_SECTION ".const_data\n"
#else
#define NST_INCBIN_SYM(s) #s
#define NST_INCBIN_SECTION ".section .rodata\n"
#endif
#define NST_INCBIN(name, path)                                                     \
    __asm__(NST_INCBIN_SECTION ".balign 64\n.globl " NST_INCBIN_SYM(name##_start) "\n" \
            NST_INCBIN_SYM(name##_start) ":\n.incbin \"" path "\"\n.globl "           \
            NST_INCBIN_SYM(name##_end) "\n" NST_INCBIN_SYM(name##_end) ":\n.byte 0\n"   \
            ".text\n");                                                            \
    extern const unsigned char name##_start[], name##_end[]

#endif
