/* events_says_headline.c - attributions by layout: headlines, transcripts, signatures.
 *
 * In: a sentence. Out: an attribution if a colon or a dash makes it one.
 *   Minister: Graustark expelled envoys      "..." - Otto Strel
 */
#include "says.h"

/* Are all letters of tokens [first, end) capitals, as a transcript writes its speakers? */
static bool capitals(const nst_says *s, uint32_t first, uint32_t end) {
    uint32_t letters = 0;
    for (uint32_t i = first; i < end; i++) {
        nst_str w = nst_text_token(s->t, i);
        for (uint32_t k = 0; k < w.n; k++) {
            if (w.p[k] >= 'a' && w.p[k] <= 'z') return false;
            letters += w.p[k] >= 'A' && w.p[k] <= 'Z';
        }
    }
    return letters >= 3;
}

/* Can what stands before the colon speak? */
static bool can_speak(const nst_says *s, uint32_t first, uint32_t colon) {
    static const char *const words[] = {"report", "poll", "study", "survey", "source", "medium",
        "expert", "analyst",
        "official", "minister", "ministry", "police", "army", "spokesman", "spokeswoman", "agency",
        "witness", "lawyer", "aide", NULL};
    uint32_t actor = nst_says_actor_in(s, first, colon);
    for (uint32_t i = first; i < colon; i++)
        if (s->p->upos[i] == NST_VERB || s->p->upos[i] == NST_AUX) return false;
    if (nst_says_is_any(s->p, colon - 1, words)) return true;
    if (actor == NST_ROOT) return false;
    uint8_t k = s->x->actors[actor].kind;
    return k == NST_ACTOR_PERSON || k == NST_ACTOR_ROLE || k == NST_ACTOR_ORG ||
        k == NST_ACTOR_STATE;
}

/* Takes the following sentences of the paragraph: a transcript's speaker goes on until the next
 * one. */
static void take_paragraph(nst_says *s, nst_attribution *a, uint32_t sent) {
    for (uint32_t i = sent + 1; i < s->t->n_sents &&
        s->t->sents[i].block == s->t->sents[sent].block && i < sent + 12; i++) {
        const nst_sent *se = &s->t->sents[i];
        uint32_t stop = se->first + 4 < se->end ? se->first + 4 : se->end;
        for (uint32_t k = se->first + 1; k < stop; k++)
            if (nst_str_is(nst_text_token(s->t, k), ":")) return;
        memset(s->mask + se->first, 1, se->end - se->first);
        nst_says_take_mask(s, a, se->first, se->end);
    }
}

/* A dash between words; a hyphen inside of one ("high-risk") is none. */
static bool is_dash(const nst_says *s, uint32_t i) {
    nst_str w = nst_text_token(s->t, i);
    if (nst_str_is(w, "-") && i > 0 && !nst_text_space_after(s->t, i) && !nst_text_space_after(s->t, i - 1))
        return false;
    return nst_str_is(w, "\u2015") || nst_str_is(w, "\u2014") || nst_str_is(w, "\u2013") ||
        nst_str_is(w, "--") ||
           nst_str_is(w, "-");
}

/* Where the name at the end of a headline begins: "Talks failed: [minister]", "X to blame -
 * [report]"; NST_ROOT if it does not end so. */
static uint32_t tail_source(const nst_says *s, const nst_sent *se) {
    uint32_t end = se->end;
    while (end > se->first && nst_str_is(nst_text_token(s->t, end - 1), ".")) end--;
    for (uint32_t i = end; i-- > se->first + 2 && end - i <= 5;) {
        bool mark = nst_str_is(nst_text_token(s->t, i), ":") || is_dash(s, i);
        if (!mark) continue;
        return i + 1 < end && s->quotes.at[i] == NST_ROOT && can_speak(s, i + 1, end) ? i + 1
            : NST_ROOT;
    }
    return NST_ROOT;
}

/* "Talks failed: minister" as a headline or a bare line without a full stop. */
static void visit_tail(nst_says *s, uint32_t sent) {
    const nst_sent *se = &s->t->sents[sent];
    bool bare = s->t->blocks[se->block].kind != NST_BLOCK_STORY ||
        !nst_str_is(nst_text_token(s->t, se->end - 1), ".");
    uint32_t first = bare && se->end - se->first < 20 ? tail_source(s, se) : NST_ROOT;
    if (first == NST_ROOT) return;
    nst_attribution a = nst_says_begin(s, first - 1, NULL, NST_ROOT);
    a.cue_span = nst_text_tokens(s->t, first - 1, first);
    a.source = nst_says_actor_in(s, first, se->end);
    a.source_span = nst_text_tokens(s->t, first, se->end);
    a.anonymous = a.source == NST_ROOT;
    memset(s->mask + se->first, 1, first - 1 - se->first);
    nst_says_take_mask(s, &a, se->first, se->end);
    nst_says_finish(s, &a);
}

/* "Minister: talks failed" in a headline or a bare line; "STREL: We will not yield." in a
 * transcript. */
void nst_says_visit_headline(nst_says *s, uint32_t sent) {
    const nst_sent *se = &s->t->sents[sent];
    static const char *const labels[] = {"watch", "related", "clarification", "update", "updated",
        "breaking", "exclusive",
        "correction", "note", "read", "photo", "photos", "video", "more", "abstract", "editor",
            "see", "listen", "date", "time",
        "place", "source", "opinion", "analysis", "fact", "q", "warning", NULL};
    uint32_t colon = NST_ROOT, first = se->first;
    if (first < se->end && s->p->upos[first] == NST_PUNCT) first++;
    for (uint32_t i = first + 1; i + 2 < se->end && i < first + 16 && colon == NST_ROOT; i++)
        if (nst_str_is(nst_text_token(s->t, i), ":")) colon = i;
    bool quoted = colon != NST_ROOT && s->quotes.at[colon] == NST_ROOT && s->quotes.at[colon + 1] != NST_ROOT;
    for (uint32_t i = colon; quoted && i-- > first + 1;)         /* "OUT OF TIME - Otto Strel: ..." */
        if (is_dash(s, i) && i + 1 < colon && nst_text_space_after(s->t, i)) {
            first = i + 1;
            break;
        }
    if (!quoted && colon != NST_ROOT && colon >= first + 7) colon = NST_ROOT;
    if (colon == NST_ROOT || !can_speak(s, first, colon)) visit_tail(s, sent);
    if (colon == NST_ROOT) return;
    bool transcript = capitals(s, first, colon) && se->span.field == NST_FIELD_TEXT &&
        !nst_says_is_any(s->p, first, labels);
    bool line = quoted || s->t->blocks[se->block].kind != NST_BLOCK_STORY || se->end - se->first < 20;
    if (!transcript && (!line || s->quotes.at[colon] != NST_ROOT || !can_speak(s, first,
        colon))) return;
    nst_attribution a = nst_says_begin(s, colon, NULL, NST_ROOT);
    a.cue_span = nst_text_tokens(s->t, colon, colon + 1);
    a.source = nst_says_actor_in(s, first, colon);
    a.source_span = nst_text_tokens(s->t, first, colon);
    memset(s->mask + colon + 1, 1, se->end - colon - 1);
    nst_says_take_mask(s, &a, se->first, se->end);
    if (transcript) take_paragraph(s, &a, sent);
    nst_says_finish(s, &a);
}

/* A dash and a name behind a quotation, in its sentence or alone: whose words stand before it. */
void nst_says_visit_signature(nst_says *s, uint32_t sent) {
    const nst_sent *se = &s->t->sents[sent];
    uint32_t dash = se->first, end, last;
    for (uint32_t i = se->first + 1; i + 1 < se->end; i++)
        if (is_dash(s, i) && s->quotes.at[i] == NST_ROOT &&
            s->quotes.at[i - 1] != NST_ROOT) dash = i;
    if (!is_dash(s, dash) || dash == 0 || dash + 1 >= se->end || se->end - dash > 12) return;
    if (s->p->upos[dash + 1] != NST_PROPN || s->quotes.at[dash - 1] == NST_ROOT) return;
    for (uint32_t i = dash + 1; i < se->end; i++)
        if (s->p->upos[i] == NST_VERB || s->p->upos[i] == NST_AUX) return;
    last = s->t->sent_of[dash - 1];
    if (s->t->sents[last].span.field != se->span.field) return;
    for (end = dash + 1; end < se->end && (s->p->upos[end] == NST_PROPN ||
         nst_str_is(nst_text_token(s->t, end), ".")); end++) {}
    nst_attribution a = nst_says_begin(s, dash, NULL, NST_ROOT);
    a.cue_span = nst_text_tokens(s->t, dash, dash + 1);
    a.source_span = nst_text_tokens(s->t, dash + 1, end);
    for (uint32_t i = dash + 1; i < end && a.source == NST_ROOT; i++) a.source = s->x->actor_at[i];
    uint32_t q = s->quotes.list[s->quotes.at[dash - 1]].first, from = s->t->sents[last].first;
    if (q > from) from = q;
    memset(s->mask + from, 1, dash - from);
    nst_says_take_mask(s, &a, from, dash);
    nst_says_finish(s, &a);
}
