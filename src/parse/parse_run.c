/* parse_run.c - the parse stage: sentences in batches through the net.
 *
 * In: nst_text. Out: nst_parse, every token tagged, in a tree, and names.
 * The idea: rows of several sentences go through each product together, so that a layer's weights
 * are read once for some 250 words; sentences stay apart in the recurrence, the attention and the
 * trees.
 * Invariants: (1) a sentence longer than the net takes is cut, after a comma or semicolon if
 * there is one, and the trees of its parts are joined (parataxis on the first part's root); (2)
 * time is linear in the length of the document; (3) the result does not depend on which sentences
 * shared a batch.
 */
#include "parse_model.h"

/* Where to cut a part that starts at `first`: at most `max` words on, best after a comma. */
static uint32_t cut_at(const nst_text *t, uint32_t first, uint32_t end, uint32_t max) {
    if (end - first <= max) return end;
    for (uint32_t i = first + max; i > first + max / 2; i--) {
        nst_str w = nst_text_token(t, i - 1);
        if (nst_str_is(w, ",") || nst_str_is(w, ";") || nst_str_is(w, ":")) return i;
    }
    return first + max;
}

/* Words from `first` on that the transformer can take: its word pieces are limited. */
static uint32_t fit_pieces(const nst_parse_model *m, const nst_text *t, uint32_t first,
                           uint32_t end) {
    uint16_t id[16];
    uint32_t n = 2;
    for (uint32_t i = first; i < end; i++) {
        n += pm_word_pieces(m, nst_text_token(t, i), id);
        if (n > PM_MAX_PIECES) return i > first ? i : first + 1;
    }
    return end;
}

/* Runs the batch and empties it. */
static void flush(pm_batch *b, nst_parse *out, nst_arena *doc, uint32_t *cap) {
    if (!b->n_words) return;
    b->x = NST_ARRAY(b->scratch, float, (size_t)b->n_words * b->m->dim);
    if (b->m->mini) pm_mini_encode(b);
    else pm_fast_encode(b);
    pm_heads_read(b, out, doc, cap);
    b->n_pieces = b->n_words = 0;
    nst_arena_reset(b->scratch);
    b->piece = NST_ARRAY(b->scratch, pm_piece, PM_BATCH_ROWS + 1);
}

/* The parts of a long sentence into one tree: later roots hang on the first. */
static void join_parts(nst_parse *out, const nst_sent *s) {
    uint32_t root = NST_ROOT;
    for (uint32_t i = s->first; i < s->end; i++) {
        if (out->head[i] != NST_ROOT) continue;
        if (root == NST_ROOT) {
            root = i;
            continue;
        }
        out->head[i] = root;
        out->deprel[i] = out->upos[i] == NST_PUNCT ? NST_D_PUNCT : NST_D_PARATAXIS;
    }
}

static void alloc_parse(nst_parse *p, uint32_t n, nst_arena *doc) {
    p->upos = NST_ARRAY(doc, uint8_t, n), p->deprel = NST_ARRAY(doc, uint8_t, n);
    p->head = NST_ARRAY(doc, uint32_t, n), p->lemma = NST_ARRAY(doc, nst_str, n);
    p->xpos = NST_ARRAY(doc, nst_str, n), p->feats = NST_ARRAY(doc, nst_str, n);
    memset(p->head, 0xff, n * sizeof *p->head);
}

nst_status nst_parse_run(const nst_parse_model *m, const nst_text *t, nst_arena *doc,
                         nst_arena *scratch, nst_parse *out, nst_err *e) {
    memset(out, 0, sizeof *out);
    out->text = t;
    alloc_parse(out, t->n_tokens, doc);
    uint32_t cap = 0;
    nst_arena_reset(scratch);
    pm_batch b = {.m = m, .k = pm_kernels_best(), .text = t, .scratch = scratch, .doc = doc};
    pm_case_find(&b);
    b.piece = NST_ARRAY(scratch, pm_piece, PM_BATCH_ROWS + 1);
    for (uint32_t i = 0; i < t->n_sents; i++) {
        const nst_sent *s = &t->sents[i];
        for (uint32_t at = s->first, end; at < s->end; at = end) {
            end = cut_at(t, at, s->end, PM_MAX_WORDS);
            if (m->mini) end = fit_pieces(m, t, at, end);
            if (b.n_words && b.n_words + (end - at) > PM_BATCH_ROWS) flush(&b, out, doc, &cap);
            b.piece[b.n_pieces++] = (pm_piece){at, end};
            b.n_words += end - at;
        }
    }
    flush(&b, out, doc, &cap);
    for (uint32_t i = 0; i < t->n_sents; i++) join_parts(out, &t->sents[i]);
    pm_repair(out);
    pm_names_settle(m, out, scratch);
    nst_parse_index(out, doc);
    return NST_OK;
}
