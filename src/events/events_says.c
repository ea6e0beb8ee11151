/* events_says.c - who says what: every attribution of a report.
 *
 * In: trees, entity mentions, cue words (data/lexicon/cues.tsv). Out: attributions with source, cue
 * and content as spans, in the order of their sentences.
 *   [Ruritania's foreign minister] said [that Graustark had expelled two envoys], "on Tuesday"
 * Idea: quotations are found by their marks; each token is then asked what it could be the cue of
 * (events_says_verb.c, _phrase.c, _headline.c); quotations and attributions find each other
 * (_quote.c); attributions are nested; pronouns that speak are told who they are (_speaker.c).
 * Invariants: (1) content never holds its own cue or source; (2) content is never empty; (3) an
 * attribution without a source says so (NST_ROOT and an empty span).
 * Terms: Pareti 2012, "A database of attribution relations" (source, cue, content).
 */
#include "says.h"

/* Is the source "I", "you" or "we"? */
static bool first_person(const nst_says *s, const nst_attribution *a) {
    static const char *const words[] = {"i", "we", "you", NULL};
    nst_str w = nst_text_span(s->t, a->source_span);
    for (int i = 0; words[i]; i++)
        if (nst_str_ieq(w, nst_str_c(words[i]))) return true;
    return false;
}

/* The smallest attribution whose content holds this one's cue. */
static void nest(nst_says *s) {
    for (uint32_t i = 0; i < s->out->n_attributions; i++) {
        nst_attribution *a = &s->out->attributions[i];
        uint32_t best_size = UINT32_MAX;
        nst_span cue = nst_text_tokens(s->t, a->cue, a->cue + 1);
        a->outer = NST_ROOT;
        for (uint32_t k = i > 40 ? i - 40 : 0; k < s->out->n_attributions && k < i + 40; k++) {
            const nst_attribution *b = &s->out->attributions[k];
            if (k == i) continue;
            for (uint32_t c = 0; c < b->n_content; c++) {
                nst_span sp = b->content[c];
                if (sp.field != cue.field || sp.start > cue.start || sp.end < cue.end) continue;
                if (sp.end - sp.start >= best_size) continue;
                best_size = sp.end - sp.start;
                a->outer = k;
            }
        }
    }
}

/* "We" and "let us" of the report's own voice: nobody but the report says it. */
static bool own_voice(const nst_says *s, const nst_attribution *a) {
    if (a->source == NST_ROOT || a->outer != NST_ROOT) return false;
    const nst_actor *we = &s->x->actors[a->source];
    nst_str w = nst_text_token(s->t, we->head);
    bool plural = nst_str_ieq(w, NST_S("we")) || nst_str_ieq(w, NST_S("us")) || nst_str_ieq(w, NST_S("'s"));
    return plural && we->n_is == 0 && s->quotes.at[we->head] == NST_ROOT;
}

/* Inside somebody's words only speech is an attribution of its own, and not the speaker's own "I
 * think". */
static void prune(nst_says *s) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->out->n_attributions; i++) {
        const nst_attribution *a = &s->out->attributions[i];
        bool inner = a->outer != NST_ROOT;
        if (own_voice(s, a)) continue;
        if (inner && (!a->speech || first_person(s, a) || a->source_span.end == 0)) continue;
        s->out->attributions[n++] = *a;
    }
    s->out->n_attributions = n;
}

/* Puts the spans of a content in the order of the text. */
static void in_order(nst_attribution *a) {
    for (uint32_t i = 1; i < a->n_content; i++)
        for (uint32_t k = i; k > 0 && a->content[k].start < a->content[k - 1].start &&
             a->content[k].field == a->content[k - 1].field; k--) {
            nst_span swap = a->content[k];
            a->content[k] = a->content[k - 1];
            a->content[k - 1] = swap;
        }
}

void nst_says_run(const nst_events_model *m, const nst_entities *x, nst_arena *doc,
    nst_arena *scratch,
                  nst_events *out) {
    nst_says s = {.x = x, .p = x->parse, .t = x->parse->text, .l = nst_events_lexicon(m),
        .doc = doc, .out = out};
    s.mask = NST_ARRAY(scratch, uint8_t, s.t->n_tokens + 1);
    nst_quote_find(s.t, scratch, &s.quotes);
    for (uint32_t i = 0; i < s.t->n_sents; i++) {
        if (!nst_text_coded(s.t, i)) continue;
        nst_says_visit_headline(&s, i);
        for (uint32_t t = s.t->sents[i].first; t < s.t->sents[i].end; t++) {
            nst_says_visit_according(&s, t);
            nst_says_visit_nobody(&s, t);
            if (!nst_says_visit_describer(&s, t)) nst_says_visit_verb(&s, t);
            nst_says_visit_noun(&s, t);
            nst_says_visit_adjective(&s, t);
            nst_says_visit_survey(&s, t);
        }
        nst_says_visit_signature(&s, i);
    }
    nst_says_join_quotes(&s);
    nest(&s);
    prune(&s);
    nest(&s);
    nst_says_tell_they(&s);
    nst_says_tell_he(&s);
    nst_says_tell_quoted(&s);
    nst_says_tell_first_person(&s);
    nst_says_tell_author(&s);
    for (uint32_t i = 0; i < out->n_attributions; i++) in_order(&out->attributions[i]);
}
