/* events_quote.c - where quotations begin and end.
 *
 * In: tokens. Out: runs of tokens between quotation marks.
 * Idea: typographic marks say themselves what they are; straight ones open when nothing is open
 * and the
 * next token follows without a space, else close. A quotation left open at the end of a paragraph
 * goes on
 * if the next paragraph opens with a mark again (the convention of English news), else ends there.
 * Invariants: quotations do not overlap; each lies in one field.
 */
#include "says.h"

enum { NO_MARK, OPENS, CLOSES, EITHER };

/* What kind of double quotation mark the token is. */
static int mark_of(const nst_text *t, uint32_t i) {
    nst_str w = nst_text_token(t, i);
    if (nst_str_is(w, "\u201C") || nst_str_is(w, "``") || nst_str_is(w, "\u00AB") || nst_str_is(w,
        "\u201E"))
        return OPENS;
    if (nst_str_is(w, "\u201D") || nst_str_is(w, "\u00BB")) return CLOSES;
    if (nst_str_is(w, "\"") || nst_str_is(w, "\u201F") || nst_str_is(w, "''")) return EITHER;
    return NO_MARK;
}

/* A straight mark opens when the next token touches it and the one before does not. */
static bool straight_opens(const nst_text *t, uint32_t i, bool open) {
    bool after = nst_text_space_after(t, i);
    bool before = i == 0 || t->sent_of[i] != t->sent_of[i - 1] || nst_text_space_after(t, i - 1);
    if (before && !after) return true;
    if (!before && after) return false;
    return !open;
}

static uint32_t paragraph_of(const nst_text *t, uint32_t token) {
    return t->blocks[t->sents[t->sent_of[token]].block].paragraph;
}

/* Ends the open quotation at `end` and keeps it if it holds anything. */
static void close_at(nst_quotes *q, uint32_t *cap, nst_arena *a, uint32_t *open, uint32_t end) {
    if (*open != NST_ROOT && end > *open + 1)
        *NST_PUSH(a, q->list, q->n, *cap) = (nst_quote){*open, end, false};
    *open = NST_ROOT;
}

void nst_quote_find(const nst_text *t, nst_arena *scratch, nst_quotes *out) {
    uint32_t cap = 0, open = NST_ROOT;
    *out = (nst_quotes){.at = NST_ARRAY(scratch, uint32_t, t->n_tokens)};
    for (uint32_t i = 0; i < t->n_tokens; i++) {
        bool new_paragraph = i > 0 && (paragraph_of(t, i) != paragraph_of(t, i - 1) ||
            t->sents[t->sent_of[i]].span.field != t->sents[t->sent_of[i - 1]].span.field);
        int m = mark_of(t, i);
        if (new_paragraph) close_at(out, &cap, scratch, &open, i);
        if (m == EITHER) m = straight_opens(t, i, open != NST_ROOT) ? OPENS : CLOSES;
        if (m == OPENS) {
            close_at(out, &cap, scratch, &open, i);
            open = i;
        } else if (m == CLOSES) {
            close_at(out, &cap, scratch, &open, i + 1);
        }
    }
    close_at(out, &cap, scratch, &open, t->n_tokens);
    for (uint32_t i = 0; i < t->n_tokens; i++) out->at[i] = NST_ROOT;
    for (uint32_t k = 0; k < out->n; k++)
        for (uint32_t i = out->list[k].first; i < out->list[k].end; i++) out->at[i] = k;
}
