/* text_run.c - the stage as a whole, its accessors and its text form.
 *
 * In: nst_report. Out: nst_text. The title's blocks, sentences and tokens come first, then the
 * text's.
 *   # block headline title 0 40
 *   # sent 0 40 ...
 * Invariants: (1) tokens are in order, do not overlap and hold no white space; (2) a sentence never
 * crosses a block; (3) title blocks and sentences come first; (4) what the dump says, the reader
 * reads back to the same records.
 */
#include "text_parts.h"

/* The weights are compiled in; see text_sentence.c. */
struct nst_text_model {
    int version;
};

static const nst_text_model built_in = {1};

const nst_text_model *nst_text_load(nst_err *e) {
    if (nst_text_weights_ok()) return &built_in;
    nst_fail(e, NST_EMODEL, "text",
             "the sentence model compiled in is of another version; rebuild");
    return NULL;
}

/* The sentence of each token, from the sentences. */
static void index_sentences(nst_text *t, nst_arena *doc) {
    t->sent_of = NST_ARRAY(doc, uint32_t, t->n_tokens);
    for (uint32_t s = 0; s < t->n_sents; s++) {
        for (uint32_t i = t->sents[s].first; i < t->sents[s].end; i++) t->sent_of[i] = s;
    }
}

/* Points the fields of *out at the report's bytes. */
static nst_status set_fields(const nst_report *r, nst_text *out, nst_err *e) {
    *out = (nst_text){.report = r};
    if (r->text_len > NST_MAX_REPORT) {
        return nst_fail(e, NST_SKIPPED, "text", "the text has %zu bytes; the limit is %u",
                        r->text_len, NST_MAX_REPORT);
    }
    out->field[NST_FIELD_TEXT] = (nst_str){r->text, (uint32_t)r->text_len};
    out->field[NST_FIELD_TITLE] = nst_str_c(r->title);
    return NST_OK;
}

nst_status nst_text_run(const nst_text_model *m, const nst_report *r, nst_arena *doc,
                        nst_arena *scratch, nst_text *out, nst_err *e) {
    (void)m;
    nst_status s = set_fields(r, out, e);
    if (s != NST_OK) return s;
    uint32_t blocks = 0, tokens = 0, sents = 0;
    nst_cue_room room = {0};
    nst_text_blocks(out, NST_FIELD_TITLE, doc, scratch, &blocks);
    nst_text_blocks(out, NST_FIELD_TEXT, doc, scratch, &blocks);
    for (uint32_t b = 0; b < out->n_blocks; b++) {
        nst_span span = out->blocks[b].span;
        uint32_t first = out->n_tokens;
        nst_text_tokens_of(out, span.field, span.start, span.end, doc, &tokens);
        nst_text_sentences_of(out, b, first, out->n_tokens, doc, scratch, &room, &sents);
    }
    index_sentences(out, doc);
    nst_arena_reset(scratch);
    return NST_OK;
}

/* ---- accessors ------------------------------------------------------------------------------- */

/* The slice points into the report; it lives as long as that. */
nst_str nst_text_span(const nst_text *t, nst_span s) {
    return (nst_str){t->field[s.field].p + s.start, s.end - s.start};
}

nst_str nst_text_token(const nst_text *t, uint32_t token) {
    uint8_t field = t->sents[t->sent_of[token]].span.field;
    return nst_text_span(t, (nst_span){t->tokens[token].start, t->tokens[token].end, field});
}

nst_span nst_text_tokens(const nst_text *t, uint32_t first, uint32_t end) {
    assert(first < end && end <= t->n_tokens);
    uint8_t field = t->sents[t->sent_of[first]].span.field;
    return (nst_span){t->tokens[first].start, t->tokens[end - 1].end, field};
}

/* Captions count: what a picture shows is told as news. Datelines, credits and litter do not. */
bool nst_text_coded(const nst_text *t, uint32_t sent) {
    switch (t->blocks[t->sents[sent].block].kind) {
    case NST_BLOCK_STORY:
    case NST_BLOCK_HEADLINE:
    case NST_BLOCK_SUBHEAD:
    case NST_BLOCK_CAPTION: return true;
    default: return false;
    }
}

/* At the end of a field there is always one. */
bool nst_text_space_after(const nst_text *t, uint32_t token) {
    if (token + 1 >= t->n_tokens) return true;
    if (t->sents[t->sent_of[token]].span.field != t->sents[t->sent_of[token + 1]].span.field)
        return true;
    return t->tokens[token].end != t->tokens[token + 1].start;
}
