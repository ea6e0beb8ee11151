/* events_says_verb.c - attributions of verbs and predicates.
 *
 * In: a token. Out: an attribution if it is the cue of one.
 *   Ruritania's foreign minister said that ...; what they see as ...; is confident that ...
 * Invariant: an attribution is kept only with content.
 */
#include "says.h"

/* The time that dates the saying: an expression hanging on the cue. */
static uint32_t time_of(const nst_says *s, uint32_t cue) {
    if (!s->x->time_at) return NST_ROOT;
    for (uint32_t k = s->p->kid_first[cue]; k < s->p->kid_first[cue + 1]; k++) {
        uint32_t kid = s->p->kids[k];
        uint8_t d = nst_deprel_base(s->p->deprel[kid]);
        if ((d == NST_D_OBL || d == NST_D_ADVMOD || d == NST_D_NMOD) &&
            s->x->time_at[kid] != NST_ROOT)
            return s->x->time_at[kid];
    }
    return NST_ROOT;
}

/* An attribution without content yet. */
nst_attribution nst_says_begin(const nst_says *s, uint32_t cue, const nst_cue *c, uint32_t source) {
    nst_attribution a = {.source = NST_ROOT, .cue = cue, .stance = c ? c->stance : NST_ASSERTS,
        .time = NST_ROOT, .outer = NST_ROOT, .speech = !c || (c->takes & NST_CUE_SPEECH)};
    a.vouches = a.speech || (c->takes & NST_CUE_THOUGHT);
    if (cue != NST_ROOT) {
        a.cue_span = nst_says_cue_span(s, cue, c);
        a.time = time_of(s, cue);
    }
    if (source != NST_ROOT) {
        uint32_t overt = cue != NST_ROOT ? nst_parse_kid(s->p, cue, NST_D_NSUBJ) : NST_ROOT;
        a.source = s->x->actor_at[source];
        a.anonymous = nst_says_nameless(s, source);
        bool relative = overt != NST_ROOT && overt != source && s->p->upos[overt] == NST_PRON;
        a.source_span = relative ? nst_text_tokens(s->t, overt, overt + 1)
            : nst_says_source_span(s, source);
    }
    return a;
}

/* Keeps the attribution if it has content. */
nst_attribution *nst_says_finish(nst_says *s, const nst_attribution *a) {
    if (!a->n_content) return NULL;
    nst_attribution *kept = NST_PUSH(s->doc, s->out->attributions, s->out->n_attributions, s->cap);
    *kept = *a;
    return kept;
}

/* "X said." as a sentence of its own: the quotation that ended right before it. */
static bool take_quote_before(nst_says *s, nst_attribution *a, uint32_t t) {
    uint32_t i = s->t->sent_of[t];
    const nst_sent *sent = &s->t->sents[i];
    if (i == 0 || sent->end - sent->first > 14) return false;
    const nst_sent *before = &s->t->sents[i - 1];
    uint32_t q = s->quotes.at[before->end - 1];
    if (before->block != sent->block || q == NST_ROOT) return false;
    uint32_t from = s->quotes.list[q].first > before->first ? s->quotes.list[q].first
        : before->first;
    memset(s->mask + from, 1, before->end - from);
    nst_says_take_mask(s, a, from, before->end);
    return true;
}

/* Attribution of a verb; a colon at the end of its sentence leaves it open for the quotation to
 * come. */
void nst_says_visit_verb(nst_says *s, uint32_t t) {
    const nst_cue *cue = nst_says_verbal(s, t) ? nst_says_cue_at(s, t, 'v') : NULL;
    const nst_sent *sent = &s->t->sents[s->t->sent_of[t]];
    if (!cue) return;
    uint8_t takes = nst_says_takes_of(s, cue);
    uint32_t source = nst_path_subj(s->p, t);
    if (source == t) source = NST_ROOT;
    if (nst_says_asked(s, t) && source != NST_ROOT && nst_parse_kid(s->p, t,
        NST_D_OBL_AGENT) != source) source = NST_ROOT;
    uint32_t by_tree = source;
    if ((takes & NST_CUE_QUOTE) && (takes & NST_CUE_CLAUSE))
        source = nst_says_nearby_subject(s, t, source);
    if (nst_says_idle(s, t, source, takes) || nst_says_undecided(s, t)) return;
    if (source != NST_ROOT && !(takes & NST_CUE_QUOTE) && !nst_says_minded(s, source)) return;
    uint32_t light = s->p->deprel[t] == NST_D_ACL && source != NST_ROOT &&
        source == s->p->head[t] ? nst_says_issuer(s, source, t) : NST_ROOT;
    if (light != NST_ROOT) source = nst_path_subj(s->p, light);
    nst_attribution a = nst_says_begin(s, t, cue, source);
    if (light != NST_ROOT)
        a.cue_span = nst_text_tokens(s->t, nst_says_group_first(s, light, sent->first), t + 1);
    bool found = source != by_tree && by_tree != NST_ROOT && nst_says_mask_around(s, t, source);
    if (!found) found = nst_says_mask_content(s, t, takes);
    if (!found) found = nst_says_mask_prepositional(s, t, cue);
    if (!found && (takes & NST_CUE_OBJECT) && source != NST_ROOT && !nst_says_minded(s, source))
        return;
    if (!found && (takes & NST_CUE_OBJECT)) {
        found = nst_says_mask_object(s, t);
        if (found && !(takes & NST_CUE_SPEECH)) a.speech = false;
    } else if (!found) {
        a.speech = (takes & NST_CUE_SPEECH) != 0;
    }
    if (takes & NST_CUE_QUOTE) found |= nst_says_mask_quotes(s, t);
    bool says_so = (takes & NST_CUE_QUOTE) && (takes & NST_CUE_CLAUSE) && source != NST_ROOT;
    if (!found && says_so)
        found = nst_says_mask_around(s, t, source) || nst_says_mask_rest(s, t, source);
    a.vouches = (a.speech || (takes & NST_CUE_THOUGHT)) &&
        !(a.stance == NST_ASSERTS && nst_says_negated(s, t));
    uint32_t last = sent->end - 1;
    bool colon = nst_str_is(nst_text_token(s->t, last), ":") && (takes & NST_CUE_QUOTE);
    if (found) {
        if (source != NST_ROOT && s->mask[source]) nst_says_mask_subtree(s, source, 0);
        s->mask[t] = 0;
        for (uint32_t i = t + 1; i < sent->end; i++)
            if (nst_says_trailing(s, i) && s->quotes.at[i] == NST_ROOT) memset(s->mask + i - 1, 0,
                sent->end - i + 1);
        nst_says_take_mask(s, &a, sent->first, sent->end);
    }
    /* "Strel continued:" and then the quotation */
    if (!a.n_content && colon && last + 1 < s->t->n_tokens) {
        const nst_sent *next = &s->t->sents[s->t->sent_of[last + 1]];
        if (s->quotes.at[next->first] != NST_ROOT || nst_text_coded(s->t,
            s->t->sent_of[last + 1])) {
            memset(s->mask + next->first, 1, next->end - next->first);
            nst_says_take_mask(s, &a, next->first, next->end);
        }
    }
    if (!a.n_content && (takes & NST_CUE_QUOTE) && source != NST_ROOT) take_quote_before(s, &a, t);
    nst_says_finish(s, &a);
}

/* "what they see as ...", "which Strel described as ...": the describer's own words for it. */
bool nst_says_visit_describer(nst_says *s, uint32_t t) {
    const nst_sent *se = &s->t->sents[s->t->sent_of[t]];
    uint32_t what = NST_ROOT, f, e;
    if (t + 2 >= se->end || !nst_parse_lemma_is(s->p, t + 1, "as") ||
        s->p->upos[t] == NST_PUNCT) return false;
    for (uint32_t i = t; i-- > se->first && t - i < 6 && what == NST_ROOT;)
        if (nst_parse_lemma_is(s->p, i, "what") || nst_parse_lemma_is(s->p, i, "which")) what = i;
    if (what == NST_ROOT || what + 1 >= t) return false;
    uint32_t source = NST_ROOT;
    for (uint32_t i = what + 1; i < t; i++)
        if (s->p->upos[i] == NST_VERB || nst_parse_lemma_is(s->p, i, "be")) return false;
    for (uint32_t i = what + 1; i < t; i++)
        if (s->x->actor_at[i] != NST_ROOT || s->p->upos[i] == NST_PRON ||
            s->p->upos[i] == NST_NOUN) source = i;
    if (source == NST_ROOT) return false;
    nst_attribution a = nst_says_begin(s, t, NULL, source);
    a.cue_span = nst_text_tokens(s->t, t, t + 2);
    uint32_t head = s->p->head[t + 1];
    if (head == NST_ROOT || head <= t + 1) head = t + 2;
    nst_parse_subtree(s->p, head, &f, &e);
    for (e = e > t + 2 ? e : t + 3; e > t + 3 && s->p->upos[e - 1] == NST_PUNCT; e--) {}
    memset(s->mask + t + 2, 1, e - t - 2);
    nst_says_take_mask(s, &a, t + 2, e);
    return nst_says_finish(s, &a) != NULL;
}

/* "The minister is confident that ...", "critical of ...": a predicate that tells a position. */
void nst_says_visit_adjective(nst_says *s, uint32_t t) {
    const nst_parse *p = s->p;
    if (p->upos[t] != NST_ADJ && p->upos[t] != NST_VERB) return;
    const nst_cue *cue = nst_says_cue_at(s, t, 'a');
    uint32_t cop = nst_parse_kid(p, t, NST_D_COP), source = nst_parse_kid(p, t, NST_D_NSUBJ);
    if (cop == NST_ROOT) cop = nst_parse_kid(p, t, NST_D_AUX_PASS);
    if (source == NST_ROOT) source = nst_parse_kid(p, t, NST_D_NSUBJ_PASS);
    if (!cue || cop == NST_ROOT || source == NST_ROOT || !nst_says_minded(s, source)) return;
    uint32_t content = NST_ROOT, first = t, end = t + 1;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1] && content == NST_ROOT; k++) {
        uint32_t kid = p->kids[k];
        uint8_t d = nst_deprel_base(p->deprel[kid]);
        bool time = s->x->time_at && s->x->time_at[kid] != NST_ROOT;
        if (kid > t && !time && (d == NST_D_CCOMP || d == NST_D_XCOMP || d == NST_D_OBL ||
            d == NST_D_ADVCL)) content = kid;
    }
    if (content == NST_ROOT) return;
    nst_attribution a = nst_says_begin(s, t, cue, source);
    a.speech = a.vouches = false;
    uint32_t start = s->t->sents[s->t->sent_of[t]].first, stop = s->t->sents[s->t->sent_of[t]].end;
    while (first > start && (nst_says_fore(s, first - 1, t) ||
        nst_deprel_base(p->deprel[first - 1]) == NST_D_COP)) first--;
    nst_says_mask_subtree(s, content, 1);
    uint32_t c = nst_parse_case(p, content);
    if (c != NST_ROOT && c == t + 1) {
        s->mask[c] = 0;
        end++;
    }
    a.cue_span = nst_text_tokens(s->t, first, end);
    nst_says_take_mask(s, &a, start, stop);
    nst_says_finish(s, &a);
}
