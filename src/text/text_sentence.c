/* text_sentence.c - tokens to sentences.
 *
 * In: the tokens of one block. Out: its sentences.
 *   [Ruritania's foreign minister said on Tuesday that ... envoys .] [Borduria was silent .]
 * Idea: from left to right, at each place where a sentence could end, a sum of learned weights says
 * whether it does (logistic regression over hashed features, weights of one byte).
 * Invariants: (1) every token is in exactly one sentence; (2) a block's end ends a sentence; (3)
 * whole numbers only: the same on every machine.
 */
#include "text_parts.h"

NST_INCBIN(nst_text_weights, "models/text_sentence.bin");

/* The file: magic, number of bits, threshold, then one signed byte for each slot. */
typedef struct header {
    char magic[8];
    int32_t bits, threshold;
} header;

bool nst_text_weights_ok(void) {
    const header *h = (const header *)(const void *)nst_text_weights_start;
    size_t size = (size_t)(nst_text_weights_end - nst_text_weights_start);
    return size == sizeof *h + ((size_t)1 << NST_SENT_BITS) && !memcmp(h->magic, "NSTSENT1", 8) &&
           h->bits == NST_SENT_BITS;
}

static bool full_stop(uint8_t shape) {
    return shape == NST_CUE_STOP || shape == NST_CUE_MARK;
}

/* Is there a mark at cue i, or one before it that a quote or bracket follows? */
static bool marked(const nst_cue *c, uint32_t i) {
    return full_stop(c[i].shape) || c[i].shape == NST_CUE_ELLIPSIS || full_stop((&c[i])[-1].shape);
}

/* The sum that a place must pass: the file's, but 0 (even odds) for a place without a mark in a
 * paragraph that closes with one. */
static int32_t bar(const nst_cue *c, uint32_t n, uint32_t i, int32_t threshold) {
    uint8_t tail = c[n - 1].shape;
    bool closed = n > 12 && (full_stop(tail) || tail == NST_CUE_CLOSING_QUOTE);
    return closed && !marked(c, i) && threshold < 0 ? 0 : threshold;
}

/* Does a sentence that began at `start` end behind cue i? */
static bool ends(const nst_cue *c, uint32_t n, uint32_t i, uint32_t start) {
    const header *h = (const header *)(const void *)nst_text_weights_start;
    const int8_t *w = (const int8_t *)(nst_text_weights_start + sizeof *h);
    uint32_t slots[NST_SENT_FEATURES], k = nst_text_features(c, n, i, start, slots);
    int32_t sum = 0;
    for (uint32_t j = 0; j < k; j++) sum += w[slots[j]];
    return sum > bar(c, n, i, h->threshold);
}

/* Cuts at most NST_SENT_SLICE tokens of a block. Headings, in which every word may have a capital,
 * are cut behind marks only. */
static void cut_slice(nst_text *t, uint32_t block, uint32_t first, uint32_t end, nst_cue *c,
                      nst_arena *doc, uint32_t *cap) {
    uint8_t field = t->blocks[block].span.field, kind = t->blocks[block].kind;
    bool heading = kind == NST_BLOCK_HEADLINE || kind == NST_BLOCK_SUBHEAD;
    uint32_t n = end - first, start = 0;
    for (uint32_t i = 0; i < n; i++) {
        bool place = c && nst_text_candidate(c, n, i) && (!heading || marked(c, i));
        if (i + 1 < n && !(place && ends(c, n, i, start))) continue;
        nst_span span = {t->tokens[first + start].start, t->tokens[first + i].end, field};
        *NST_PUSH(doc, t->sents, t->n_sents, *cap) =
            (nst_sent){.span = span, .first = first + start, .end = first + i + 1, .block = block};
        start = i + 1;
    }
}

void nst_text_sentences_of(nst_text *t, uint32_t block, uint32_t first, uint32_t end,
                           nst_arena *doc, nst_arena *scratch, nst_cue_room *room, uint32_t *cap) {
    bool whole = t->blocks[block].kind == NST_BLOCK_DATELINE;
    while (first < end) {
        uint32_t stop = end - first > NST_SENT_SLICE ? first + NST_SENT_SLICE : end;
        uint8_t field = t->blocks[block].span.field;
        nst_cue *c = whole ? NULL : nst_text_cues(t, field, first, stop, scratch, room);
        cut_slice(t, block, first, stop, c, doc, cap);
        first = stop;
    }
}
