/* nestor.h - the only public header of Nestor: reports in, attributed mentions out.
 *
 * Simple use:
 *     nst_engine *engine; nst_coder *coder; nst_err err = {0};
 *     if (nst_engine_open(NULL, &engine, &err) != NST_OK) ...
 *     coder = nst_coder_new(engine);
 *     nst_report report = {.text = "...", .text_len = n, .date = "1894-05-15"};
 *     if (nst_coder_run(coder, &report, &err) == NST_OK)
 *         puts(nst_coder_jsonl(coder, NULL, NULL));
 *
 * Threads: one engine may be shared by any number of threads; a coder belongs to one at a time.
 * The library prints nothing, reads no clock and no environment; the same input, engine and options
 * give the same bytes.
 */
#ifndef NESTOR_H
#define NESTOR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NST_VERSION "0.1.0"

/* ---- errors ------------------------------------------------------------------------------ */

/* What went wrong. Three kinds: bad input (the report is rejected, the run goes on), bad world (disk,
 * memory: stop), bad use (a caller's mistake in an argument). */
typedef enum nst_status {
    NST_OK = 0,
    NST_REJECTED,          /* bad input: this report cannot be used */
    NST_SKIPPED,           /* good input that is not for us: empty, other language, too long */
    NST_ENOMEM,            /* memory is out */
    NST_EIO,               /* reading or writing failed */
    NST_EMODEL,            /* a model or data file is missing, damaged or of another version */
    NST_EUSE,              /* wrong argument */
    NST_ECHRONICLE,        /* the chronicle cannot be opened or changed */
} nst_status;

/* The first error of a call; zero it before. */
typedef struct nst_err {
    nst_status code;
    char stage[16];        /* "read", "text", ... */
    char file[256];        /* input file, empty if none */
    uint64_t line;         /* 1-based line of a JSON Lines file, 0 if none */
    uint64_t byte;         /* offset of the trouble in file (or field), UINT64_MAX if none */
    char message[256];     /* one sentence, with a hint what to do */
} nst_err;

/* ---- 1 read: reports --------------------------------------------------------------------- */

/* One article, wire item or page as received. Strings are the caller's and must outlive the run of
 * the report. `text` need not be NUL-terminated; all other strings are, NULL if unknown. */
typedef struct nst_report {
    const char *id;        /* default: first 16 hex digits of sha256 */
    const char *text;      /* UTF-8 */
    size_t text_len;       /* bytes */
    const char *title;
    const char *date;      /* YYYY-MM-DD or RFC 3339 */
    const char *source, *url, *author, *lang;
    const char *sha256;    /* 64 hex digits; default: of title, a NUL, and text */
} nst_report;

/* ---- engine and coder -------------------------------------------------------------------- */

typedef struct nst_options {
    const char *model;     /* "fast", "accurate" or a file; NULL: default */
    const char *actors;    /* a user's actor file, NULL for none */
    const char *lexicon;   /* a user's lexicon file, NULL for none */
} nst_options;

typedef struct nst_engine nst_engine;   /* models and data; const after opening */
typedef struct nst_coder nst_coder;     /* workspace of one thread */

/* Opens models and data. options NULL: defaults. The engine is the caller's, closed by nst_engine_close.
 * Fails with NST_EMODEL or NST_ENOMEM. */
nst_status nst_engine_open(const nst_options *options, nst_engine **out, nst_err *e);
void nst_engine_close(nst_engine *engine);              /* NULL is fine */
/* "nestor 0.1.0 en-2026.11-fast"; lives as long as the engine. */
const char *nst_engine_version(const nst_engine *engine);
/* What was wrong with the user's files, one line each; "" if nothing. Lives as long as the engine. */
const char *nst_engine_notes(const nst_engine *engine);

nst_coder *nst_coder_new(const nst_engine *engine);     /* NULL when memory is out */
void nst_coder_free(nst_coder *coder);                  /* NULL is fine */

/* ---- 2 .. 5 text, parse, entities, events ------------------------------------------------ */

/* Codes one report. The result is the coder's, until its next run or its end.
 * NST_REJECTED or NST_SKIPPED with the reason in *e when the report cannot be coded. */
nst_status nst_coder_run(nst_coder *coder, const nst_report *report, nst_err *e);

/* ---- results ----------------------------------------------------------------------------- */

typedef struct nst_output {
    int chars;             /* offsets in Unicode code points instead of bytes */
    int attributions;      /* attribution lines too */
    int mentions;          /* mention and indicator lines; 1 by default (output NULL) */
    int about;             /* attribution lines also say whom the content names: for a chronicle */
} nst_output;

size_t nst_coder_mention_count(const nst_coder *coder);
/* All results of the last run as JSON Lines, NUL-terminated, *len bytes. output NULL: mentions and
 * indicators, byte offsets. The coder's until its next call; NULL when memory is out. */
const char *nst_coder_jsonl(nst_coder *coder, const nst_output *output, size_t *len);
/* How each sentence was read, stage by stage, for people: text form of every stage and the rules that
 * fired. The coder's until its next call; NULL when memory is out. */
const char *nst_coder_explain(nst_coder *coder, size_t *len);

#ifdef __cplusplus
}
#endif

#endif
