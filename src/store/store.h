/* store.h - the chronicle: reports, mentions and claims with their evidence, in one SQLite file.
 *
 * In: a report and the JSON lines that coding it gave. Out: the same lines, found again by
 * question. m_... SANCTION expel GRK -> two envoys, claim asserted, said by Ruritania's foreign
 * minister, Zenda Gazette Invariants: (1) a report's rows and its outcome are one transaction; (2)
 * the lines rebuilt from rows are the lines that went in; (3) every span a record points at is in
 * `spans` with the hash of its bytes; (4) values reach SQL as bound parameters only; (5) nobody
 * without an id is in `actors`. Errors: NST_ECHRONICLE for the file and the disk, with a message
 * for people. Threads: a store belongs to one thread at a time. Reference: doc/schema.md,
 * doc/chronicle.md.
 */
#ifndef NST_STORE_H
#define NST_STORE_H

#include "base.h"

typedef struct nst_store nst_store;

/* ---- opening ----------------------------------------------------------------------------- */

typedef enum nst_store_mode {
    NST_STORE_READ,   /* must exist; is not changed */
    NST_STORE_WRITE,  /* must exist; older versions are brought up to date */
    NST_STORE_CREATE, /* made when missing */
} nst_store_mode;

#define NST_STORE_VERSION 3 /* user_version of chronicles written by this program */

nst_status nst_store_open(const char *path, nst_store_mode mode, nst_store **out, nst_err *e);
void nst_store_close(nst_store *s); /* NULL is fine; undoes what is not committed */

/* Changes come between begin (which waits for another writer) and commit. */
nst_status nst_store_begin(nst_store *s, nst_err *e);
nst_status nst_store_commit(nst_store *s, nst_err *e);
void nst_store_rollback(nst_store *s);

/* ---- writing ----------------------------------------------------------------------------- */

/* `when` is RFC 3339; the library reads no clock. */
nst_status nst_store_run_begin(nst_store *s, const char *command, const char *engine,
                               const char *when, int64_t *run, nst_err *e);
nst_status nst_store_run_end(nst_store *s, int64_t run, const char *when, nst_err *e);

typedef enum nst_outcome {
    NST_CODED,
    NST_DUPLICATE,
    NST_SKIP,
    NST_REJECT,
    NST_N_OUTCOME
} nst_outcome;
const char *nst_outcome_name(int outcome);

/* What became of one report that was read. */
typedef struct nst_store_outcome {
    nst_outcome outcome;
    const char *file, *why, *name; /* NULL if unknown; name: the id it came with */
    uint64_t line, byte;           /* 0, UINT64_MAX if unknown */
    int64_t report;                /* coded, duplicate: the report in the chronicle, else 0 */
    uint32_t mentions;
} nst_store_outcome;

/* The report with the same sha256 and source, 0 if there is none. */
nst_status nst_store_find(nst_store *s, const char *sha256, const char *source, int64_t *report,
                          nst_err *e);
/* *why a report of that hash was forgotten, NULL if it was not. Lives until the next call. */
nst_status nst_store_forgotten(nst_store *s, const char *sha256, const char *source,
                               const char **why, nst_err *e);

/* Adds the report, its lines (mentions, indicators, attributions) and its outcome, all or nothing. *o is
 * filled: coded, or duplicate when it is there by now. The report must be complete (id, sha256). */
nst_status nst_store_add(nst_store *s, int64_t run, const nst_report *r, nst_str lines,
                         bool keep_text, nst_store_outcome *o, nst_err *e);
/* Replaces a stored report's lines; verdicts are applied again. */
nst_status nst_store_recode(nst_store *s, int64_t run, int64_t report, nst_str lines,
                            nst_store_outcome *o, nst_err *e);
/* The outcome of a report that is not added. */
nst_status nst_store_note(nst_store *s, int64_t run, const nst_store_outcome *o, nst_err *e);

/* ---- reading ----------------------------------------------------------------------------- */

/* The JSON line of a stored mention or indicator, with its line end. engine false: without it. */
nst_status nst_store_mention(nst_store *s, int64_t mention, bool engine, nst_writer *w, nst_err *e);
nst_status nst_store_indicator(nst_store *s, int64_t indicator, bool engine, nst_writer *w,
                               nst_err *e);
/* All lines of a report, in the order in which coding gave them. */
nst_status nst_store_lines(nst_store *s, int64_t report, bool engine, nst_writer *w, nst_err *e);

/* The JSON line of a stored attribution. `about`: with the members that its content names. */
nst_status nst_store_attribution(nst_store *s, int64_t attribution, bool engine, bool about,
                                 nst_writer *w, nst_err *e);
/* All attribution lines of a report, in the order in which coding gave them. */
nst_status nst_store_attributions(nst_store *s, int64_t report, bool engine, bool about,
                                  nst_writer *w, nst_err *e);

/* A stored report; strings live until the next call of this function. text NULL: not kept. */
typedef struct nst_stored {
    int64_t id;
    nst_report report;
    const char *file, *engine, *text_sha256;
    uint64_t line, mentions;
    bool has_attributions; /* false: coded before they were kept */
} nst_stored;
/* The report `id`, or (next) the first one after it; *found tells. */
nst_status nst_store_report(nst_store *s, int64_t id, bool next, nst_stored *out, bool *found,
                            nst_err *e);

/* Row numbers of what an id means: "m_...", "i_...", or a report's id or sha256. */
typedef enum nst_store_kind { NST_IS_MENTION, NST_IS_INDICATOR, NST_IS_REPORT } nst_store_kind;
typedef struct nst_store_hit {
    nst_store_kind kind;
    int64_t id, report;
} nst_store_hit;
nst_status nst_store_lookup(nst_store *s, const char *id, nst_store_hit *hits, uint32_t max,
                            uint32_t *n, nst_err *e);
/* Sentence of a mention, from the stored text; empty when it was not kept. Lives until the next
 * call. */
nst_str nst_store_sentence(nst_store *s, int64_t mention);
/* The standing verdict on a mention: "right", "wrong" or NULL. */
const char *nst_store_verdict_of(nst_store *s, int64_t mention);

/* ---- questions --------------------------------------------------------------------------- */

/* What is asked for, as typed: actor:RUS -modality:future "grain". */
typedef struct nst_store_question {
    const char *text;
    bool by_day;    /* sorted by day, else in the order of the chronicle */
    uint64_t limit; /* 0: all */
} nst_store_question;

typedef nst_status (*nst_store_each)(void *arg, nst_store *s, int64_t id, nst_err *e);

/* Calls `each` for the mentions (or reports) that fit; *more: there are further ones. NST_EUSE with
 * what is wrong when the question cannot be read. Mentions whose verdict is wrong only come when
 * asked for. */
nst_status nst_store_mentions(nst_store *s, const nst_store_question *q, nst_store_each each,
                              void *arg, uint64_t *shown, bool *more, nst_err *e);
nst_status nst_store_reports(nst_store *s, const nst_store_question *q, nst_store_each each,
                             void *arg, uint64_t *shown, bool *more, nst_err *e);
nst_status nst_store_count(nst_store *s, const char *question, uint64_t *n, nst_err *e);
/* Sayings that no mention's chain holds: by whom, about whom (ids, or words of a name; NULL:
 * anybody), denials only. Calls `each` for those that may fit, in the order of the chronicle: a name
 * in words is looked for in the text and has to be looked at again. */
typedef struct nst_store_saying {
    const char *by, *about;
    bool denies;
} nst_store_saying;
nst_status nst_store_sayings(nst_store *s, const nst_store_saying *q, nst_store_each each,
                             void *arg, nst_err *e);
/* Reports whose attributions were not kept. */
nst_status nst_store_unheard(nst_store *s, uint64_t *n, nst_err *e);
/* The words of the question language, one a line, for the help. */
void nst_store_question_help(nst_writer *w);

/* Any one SELECT, for people who know the schema: titles, then rows; cells are NUL-ended strings.
 */
typedef nst_status (*nst_store_row)(void *arg, int n, const char *const *cells, nst_err *e);
nst_status nst_store_select(nst_store *s, const char *sql, nst_store_row row, void *arg,
                            nst_err *e);

/* ---- proof ------------------------------------------------------------------------------- */

/* One finding; `what` is a whole sentence. */
typedef void (*nst_store_finding)(void *arg, const char *what);

typedef struct nst_store_check {
    uint64_t reports, mentions, spans, without_text, findings;
} nst_store_check;
/* Integrity of the file, foreign keys, full-text index, hashes of texts and of every span, evidence
 * of every record, sums of outcomes. NST_OK also when there are findings. */
nst_status nst_store_verify(nst_store *s, nst_store_finding found, void *arg, nst_store_check *out,
                            nst_err *e);

/* ---- change ------------------------------------------------------------------------------ */

/* One verdict as kept; see the table of that name. */
typedef struct nst_verdict {
    const char *kind, *mention, *other, *part, *actor, *note;
    int seq;
} nst_verdict;
nst_status nst_store_verdict(nst_store *s, const nst_verdict *v, const char *when, nst_err *e);
nst_status nst_store_verdict_undo(nst_store *s, int64_t verdict, nst_err *e);

/* Removes a report with all its rows; a tombstone stays. */
nst_status nst_store_forget_report(nst_store *s, int64_t report, const char *reason,
                                   const char *when, nst_err *e);
/* Removes a person: names, ids, and the texts in which the name stands. `who` is a person's id or a
 * name; salt is random. *n_reports: how many texts went. */
nst_status nst_store_forget_person(nst_store *s, const char *who, const char *reason,
                                   const char *salt, const char *when, uint64_t *n_reports,
                                   nst_err *e);
/* Gives freed pages back and overwrites them; after forgetting, outside of begin and commit. */
nst_status nst_store_vacuum(nst_store *s, nst_err *e);

/* A whole copy at `path`, which must not exist, while others read and write. */
nst_status nst_store_backup(nst_store *s, const char *path, nst_err *e);

typedef struct nst_store_merged {
    uint64_t added, present, forgotten, without_text, verdicts;
} nst_store_merged;
/* Adds what `from` has and `into` lacks. */
nst_status nst_store_merge(nst_store *into, nst_store *from, const char *when,
                           nst_store_merged *out, nst_err *e);

#endif
