/* events_says.c - who says what: attributions of a report.
 *
 * In: trees and entity mentions. Out: attributions (source, cue, content).
 *   [Ruritania's foreign minister] said on Tuesday that [Graustark had expelled two envoys]
 * Idea: a verb of saying with a clause is a cue; its logical subject is the source; "according to" is
 * one too. Terms: Pareti 2012, "A database of attribution relations" (source, cue, content).
 */
#include "match.h"

typedef struct cue_verb {
    const char *lemma;
    nst_stance stance;
} cue_verb;

static const cue_verb cue_verbs[] = {
    {"say", NST_ASSERTS}, {"tell", NST_ASSERTS}, {"claim", NST_ASSERTS}, {"state", NST_ASSERTS},
    {"report", NST_ASSERTS}, {"announce", NST_ASSERTS}, {"add", NST_ASSERTS}, {"note", NST_ASSERTS},
    {"stress", NST_ASSERTS}, {"emphasize", NST_ASSERTS}, {"declare", NST_ASSERTS},
    {"confirm", NST_ASSERTS}, {"argue", NST_ASSERTS}, {"insist", NST_ASSERTS}, {"write", NST_ASSERTS},
    {"deny", NST_DENIES}, {"accuse", NST_ACCUSES}, {"warn", NST_ASSERTS}, {"believe", NST_ASSERTS},
    {"promise", NST_PROMISES}, {"vow", NST_PROMISES}, {"pledge", NST_PROMISES},
    {"threaten", NST_THREATENS}, {"ask", NST_ASKS}, {"urge", NST_ASKS}, {"doubt", NST_DOUBTS},
    {"suggest", NST_ASSERTS}, {"explain", NST_ASSERTS}, {"point", NST_ASSERTS},
    {"reiterate", NST_ASSERTS}, {"assert", NST_ASSERTS}, {"allege", NST_ACCUSES},
};

/* The cue verb of token t, or NULL. */
static const cue_verb *cue_of(const nst_parse *p, uint32_t t) {
    if (p->upos[t] != NST_VERB) return NULL;
    for (size_t i = 0; i < sizeof cue_verbs / sizeof *cue_verbs; i++)
        if (nst_parse_lemma_is(p, t, cue_verbs[i].lemma)) return &cue_verbs[i];
    return NULL;
}

/* The span of a subtree. */
static nst_span subtree_span(const nst_parse *p, uint32_t i) {
    uint32_t first, end;
    nst_parse_subtree(p, i, &first, &end);
    return nst_text_tokens(p->text, first, end);
}

/* Makes the attribution of cue t with source token s and content clause c. */
static nst_attribution make(const nst_entities *x, uint32_t t, uint32_t s, uint32_t c, nst_stance st,
                            nst_arena *doc) {
    const nst_parse *p = x->parse;
    nst_attribution a = {.source = NST_ROOT, .cue = t, .cue_span = nst_text_tokens(p->text, t, t + 1),
        .stance = (uint8_t)st, .time = NST_ROOT, .outer = NST_ROOT};
    if (s != NST_ROOT) {
        a.source = x->actor_at[s];
        a.source_span = a.source != NST_ROOT ? x->actors[a.source].span : subtree_span(p, s);
    }
    a.content = NST_ARRAY(doc, nst_span, 1);
    a.n_content = 1;
    a.content[0] = subtree_span(p, c);
    return a;
}

void nst_says_run(const nst_entities *x, nst_arena *doc, nst_arena *scratch, nst_events *out) {
    const nst_parse *p = x->parse;
    uint32_t cap = 0;
    for (uint32_t t = 0; t < p->text->n_tokens; t++) {
        if (!nst_text_coded(p->text, p->text->sent_of[t])) continue;
        const cue_verb *cue = cue_of(p, t);
        if (cue) {
            uint32_t c = nst_path_complement(p, t, false), s = nst_path_subj(p, t);
            if (c == NST_ROOT && p->deprel[t] == NST_D_PARATAXIS) c = p->head[t];
            if (c == NST_ROOT) c = nst_parse_kid(p, t, NST_D_PARATAXIS);
            if (c == NST_ROOT) continue;
            *NST_PUSH(doc, out->attributions, out->n_attributions, cap) =
                make(x, t, s, c, cue->stance, doc);
        } else if (nst_parse_lemma_is(p, t, "accord") && p->head[t] != NST_ROOT) {
            uint32_t s = p->head[t], c;
            if (p->head[s] == NST_ROOT) continue;
            c = nst_path_clause(p, p->head[s]);
            *NST_PUSH(doc, out->attributions, out->n_attributions, cap) =
                make(x, t, s, c, NST_ASSERTS, doc);
        }
    }
}
