/* store_says.c - sayings, found by who says them and whom they are about.
 *
 * In: by RUR, about GRK, denials only. Out: row numbers of attributions.
 *   [Ruritania's foreign minister] denied [any part in Graustark's crisis]: no act, but a saying
 * Idea: an id leads through the index of members; words of a name lead through the full-text index
 * to the reports that have them. What a mention's chain tells already is left out.
 * Invariant: every value is bound.
 */
#include "store_base.h"

/* Members of one part that an id or a name means; reports whose text has the words. */
#define MEANT(part, id, words)                                                                     \
    "(" id " IS NULL OR t.id IN (SELECT x.attribution FROM members x WHERE x.actor IN (SELECT id " \
    "FROM actors WHERE code = " id " OR key = " id " OR name = " id " COLLATE NOCASE) AND "        \
    "x.part = '" part "') OR (" words " IS NOT NULL AND t.report IN (SELECT rowid FROM words "     \
    "WHERE words MATCH " words ")))"

/* A phrase for the full-text index; NULL where the word can only be an id. */
static const char *phrase(const char *name, char out[600]) {
    size_t n = 0;
    if (!name || strlen(name) <= 3 || strlen(name) > 250) return NULL;
    out[n++] = '"';
    for (const char *p = name; *p; p++) {
        if (*p == '"') out[n++] = '"';
        out[n++] = *p;
    }
    snprintf(out + n, 600 - n, "\"");
    return out;
}

nst_status nst_store_sayings(nst_store *s, const nst_store_saying *q, nst_store_each each,
                             void *arg, nst_err *e) {
    char by[600], about[600];
    store_row r = store_sql(s, "SELECT t.id FROM attributions t WHERE " MEANT("source", "?1", "?2")
                               " AND " MEANT("about", "?3", "?4")
                               " AND (?5 = 0 OR t.stance = 'denies') AND NOT EXISTS (SELECT 1 FROM "
                               "mentions m JOIN links l ON l.mention = m.id WHERE m.report = "
                               "t.report AND l.cue_in_title = t.cue_in_title AND l.cue_start = "
                               "t.cue_start AND l.cue_end = t.cue_end) ORDER BY t.id");
    row_text(&r, q->by);
    row_text(&r, phrase(q->by, by));
    row_text(&r, q->about);
    row_text(&r, phrase(q->about, about));
    row_int(&r, q->denies);
    nst_status st = NST_OK;
    while (!st && row_step(&r)) st = each(arg, s, col_int(&r), e);
    nst_status end = row_done(&r, e);
    return st ? st : end;
}

nst_status nst_store_unheard(nst_store *s, uint64_t *n, nst_err *e) {
    store_row r = store_sql(s, "SELECT count(*) FROM reports WHERE attributions IS NULL");
    *n = row_step(&r) ? (uint64_t)col_int(&r) : 0;
    return row_done(&r, e);
}
