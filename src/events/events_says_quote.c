/* events_says_quote.c - quotations and attributions find each other.
 *
 * In: quotations (events_quote.c) and the attributions of sentences. Out: contents that hold whole
 * quotations, over sentences and paragraphs.
 *   "They expelled two envoys. It was a mistake," the foreign minister said.
 * Idea: a quotation that a content touches belongs to it; one nobody owns goes to the speaker
 * before it.
 * Invariant: a quotation has one owner.
 */
#include "says.h"

/* Does the attribution's content touch tokens [first, end)? */
static bool touches(const nst_says *s, const nst_attribution *a, uint32_t first, uint32_t end) {
    uint32_t from = s->t->tokens[first].start, to = s->t->tokens[end - 1].end;
    uint8_t field = s->t->sents[s->t->sent_of[first]].span.field;
    for (uint32_t i = 0; i < a->n_content; i++)
        if (a->content[i].field == field && a->content[i].start < to &&
            from < a->content[i].end) return true;
    return false;
}

/* Adds the part of a quotation that lies outside sentence `sent` to the content. */
static void extend(nst_says *s, nst_attribution *a, const nst_quote *q) {
    for (uint32_t i = q->first; i < q->end;) {
        const nst_sent *se = &s->t->sents[s->t->sent_of[i]];
        uint32_t stop = se->end < q->end ? se->end : q->end;
        if (!touches(s, a, i, stop)) {
            memset(s->mask + i, 1, stop - i);
            nst_says_take_mask(s, a, i, stop);
        }
        i = stop;
    }
}

/* The number of the paragraph that a token lies in. */
uint32_t nst_says_paragraph_of(const nst_text *t, uint32_t token) {
    return t->blocks[t->sents[t->sent_of[token]].block].paragraph;
}

/* Is the quotation speech (a clause or a sentence), not a term in scare quotes? */
static bool is_speech(const nst_says *s, const nst_quote *q) {
    if (q->end - q->first < 5) return false;
    for (uint32_t i = q->first; i < q->end; i++)
        if (s->p->upos[i] == NST_VERB || s->p->upos[i] == NST_AUX) return true;
    return false;
}

/* The speaker before an unowned quotation: in its paragraph, or at the end of the one before when
 * the quotation opens its paragraph. */
static nst_attribution *speaker_before(nst_says *s, const nst_quote *q) {
    uint32_t par = nst_says_paragraph_of(s->t, q->first), start = s->t->tokens[q->first].start;
    uint8_t field = s->t->sents[s->t->sent_of[q->first]].span.field;
    bool opens = q->first == s->t->sents[s->t->sent_of[q->first]].first;
    nst_attribution *best = NULL;
    for (uint32_t i = s->out->n_attributions; i-- > 0;) {
        nst_attribution *a = &s->out->attributions[i];
        if (a->cue == NST_ROOT || a->cue_span.field != field || !a->speech ||
            a->source_span.end == 0) continue;
        uint32_t p = nst_says_paragraph_of(s->t, a->cue);
        if (a->cue_span.start > start) {       /* a cue later in the same sentence or the next */
            continue;
        }
        if (p + 2 < par) break;
        if (p == par || (opens && p < par && a->quoted)) {
            best = a;
            break;
        }
    }
    return best;
}

/* Quotations and attributions find each other. */
void nst_says_join_quotes(nst_says *s) {
    uint32_t low = 0;                          /* attributions are in order of their sentences */
    for (uint32_t k = 0; k < s->quotes.n; k++) {
        nst_quote *q = &s->quotes.list[k];
        uint32_t from = s->t->sent_of[q->first], to = s->t->sent_of[q->end - 1];
        while (low < s->out->n_attributions &&
            s->t->sent_of[s->out->attributions[low].cue] + NST_SAYS_REACH < from) low++;
        for (uint32_t i = low; i < s->out->n_attributions && !q->owned; i++) {
            nst_attribution *a = &s->out->attributions[i];
            if (s->t->sent_of[a->cue] > to + 2) break;
            if (!a->speech || !touches(s, a, q->first, q->end)) continue;
            /* said inside the quotation */
            if (a->cue != NST_ROOT && s->quotes.at[a->cue] == k) continue;
            extend(s, a, q);
            a->quoted = true;
            q->owned = true;
        }
        if (q->owned || !is_speech(s, q) || !nst_text_coded(s->t,
            s->t->sent_of[q->first])) continue;
        nst_attribution *a = speaker_before(s, q);
        if (!a) continue;
        extend(s, a, q);
        a->quoted = true;
        q->owned = true;
    }
}
