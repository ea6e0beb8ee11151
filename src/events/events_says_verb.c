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
        uint32_t name = relative ? NST_ROOT : nst_says_named_behind(s, source);
        if (name != NST_ROOT) {
            a.source = name;
            a.anonymous = false;
            if (s->x->actors[name].span.end > a.source_span.end)
                a.source_span.end = s->x->actors[name].span.end;
        }
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

/* A verb that may be a cue, while it is looked at. */
typedef struct trial {
    uint32_t t;
    const nst_cue *cue;
    uint8_t takes;
    uint32_t by_tree;            /* source by the tree alone */
    uint32_t source;
    uint32_t light;              /* the verb that lends the source: "issued a statement saying" */
} trial;

/* Who says so; false if the verb is nobody's saying here. */
static bool find_source(const nst_says *s, trial *v) {
    const nst_parse *p = s->p;
    uint32_t t = v->t, source = nst_path_subj(p, t);
    if (source == t) source = NST_ROOT;
    if (source != NST_ROOT && nst_says_asked(s, t) &&
        nst_parse_kid(p, t, NST_D_OBL_AGENT) != source) source = NST_ROOT;
    if (nst_says_bare_participle(s, t)) source = NST_ROOT;
    if (source != NST_ROOT) source = nst_says_trailing_subject(s, t, source);
    v->by_tree = source;
    if ((v->takes & NST_CUE_QUOTE) && (v->takes & NST_CUE_CLAUSE))
        source = nst_says_outside_quote(s, t, nst_says_nearby_subject(s, t, source));
    v->source = source;
    if (nst_says_idle(s, t, source, v->takes) || nst_says_undecided(s, t) ||
        nst_says_bodily(s, t, source)) return false;
    if (source != NST_ROOT && !(v->takes & NST_CUE_QUOTE) && !nst_says_minded(s, source))
        return false;
    bool under = p->deprel[t] == NST_D_ACL && source != NST_ROOT && source == p->head[t];
    v->light = under ? nst_says_issuer(s, source, t) : NST_ROOT;
    if (v->light != NST_ROOT) v->source = nst_path_subj(p, v->light);
    return true;
}

/* Marks what the verb's syntax, or else what lies around it, gives as content. */
static bool mark_content(nst_says *s, const trial *v, nst_attribution *a) {
    uint32_t t = v->t;
    bool moved = v->source != v->by_tree && v->by_tree != NST_ROOT;
    bool found = moved && nst_says_mask_around(s, t, v->source);
    if (!found) found = nst_says_mask_content(s, t, v->takes);
    if (!found) found = nst_says_mask_prepositional(s, t, v->cue);
    if (!found && (v->takes & NST_CUE_OBJECT)) {
        if (v->source != NST_ROOT && !nst_says_minded(s, v->source)) return false;
        found = nst_says_mask_object(s, t);
        if (found && !(v->takes & NST_CUE_SPEECH)) a->speech = false;
    } else if (!found) {
        a->speech = (v->takes & NST_CUE_SPEECH) != 0;
    }
    bool citing = nst_str_ieq(nst_text_token(s->t, t), NST_S("citing"));   /* the quotation is another cue's */
    if ((v->takes & NST_CUE_QUOTE) && !citing) found |= nst_says_mask_quotes(s, t);
    bool says_so = (v->takes & NST_CUE_QUOTE) && (v->takes & NST_CUE_CLAUSE);
    /* "maintained the truce": an object that is nobody spoken to is no saying */
    uint32_t object = nst_parse_kid(s->p, t, NST_D_OBJ);
    if (object != NST_ROOT && s->x->actor_at[object] == NST_ROOT &&
        s->quotes.at[object] == NST_ROOT)
        says_so = false;
    if (!found && says_so && v->source != NST_ROOT)
        found = nst_says_mask_around(s, t, v->source) || nst_says_mask_rest(s, t, v->source);
    return found;
}

/* "Spoke at length about [the truce]": the topic of a verb that has no other content. */
static bool mark_topic(nst_says *s, const trial *v, nst_attribution *a) {
    bool speaks = (v->takes & NST_CUE_CLAUSE) && (v->takes & (NST_CUE_SPEECH | NST_CUE_THOUGHT));
    uint32_t prep = v->source != NST_ROOT && speaks ? nst_says_mask_topic(s, v->t) : NST_ROOT;
    if (prep == NST_ROOT) return false;
    nst_span to = nst_text_tokens(s->t, prep, prep + 1);
    bool near = prep > v->t && prep <= v->t + NST_SAYS_GAP;
    if (near && (v->source < v->t || v->source > prep) && a->cue_span.end < to.end)
        a->cue_span.end = to.end;
    a->speech = false;
    return true;
}

/* Turns the marks into content: without the cue, the source, and a trailing "according to". */
static void take_marked(nst_says *s, const trial *v, nst_attribution *a) {
    const nst_sent *sent = &s->t->sents[s->t->sent_of[v->t]];
    if (v->source != NST_ROOT && s->mask[v->source]) nst_says_mask_subtree(s, v->source, 0);
    s->mask[v->t] = 0;
    for (uint32_t i = v->t + 1; i < sent->end; i++)
        if (nst_says_trailing(s, i) && s->quotes.at[i] == NST_ROOT)
            memset(s->mask + i - 1, 0, sent->end - i + 1);
    nst_says_take_mask(s, a, sent->first, sent->end);
}

/* "Strel continued:" at the end of a sentence: the quotation in the next one. */
static void take_next(nst_says *s, nst_attribution *a, uint32_t t) {
    uint32_t last = s->t->sents[s->t->sent_of[t]].end - 1;
    if (!nst_str_is(nst_text_token(s->t, last), ":") || last + 1 >= s->t->n_tokens) return;
    const nst_sent *next = &s->t->sents[s->t->sent_of[last + 1]];
    if (s->quotes.at[next->first] == NST_ROOT &&
        !nst_text_coded(s->t, s->t->sent_of[last + 1])) return;
    memset(s->mask + next->first, 1, next->end - next->first);
    nst_says_take_mask(s, a, next->first, next->end);
}

/* Attribution of a verb. */
void nst_says_visit_verb(nst_says *s, uint32_t t) {
    trial v = {.t = t, .cue = nst_says_verbal(s, t) ? nst_says_cue_at(s, t, 'v') : NULL};
    if (!v.cue) return;
    v.takes = nst_says_takes_of(s, v.cue);
    if (!find_source(s, &v)) return;
    nst_attribution a = nst_says_begin(s, t, v.cue, v.source);
    if (v.light != NST_ROOT) {
        uint32_t first = s->t->sents[s->t->sent_of[t]].first;
        a.cue_span = nst_text_tokens(s->t, nst_says_group_first(s, v.light, first), t + 1);
    }
    bool found = mark_content(s, &v, &a) || mark_topic(s, &v, &a);
    a.vouches = (a.speech || (v.takes & NST_CUE_THOUGHT)) &&
        !(a.stance <= NST_DENIES && nst_says_negated(s, t));
    if (a.stance == NST_DENIES && nst_says_negated(s, t)) a.stance = NST_DOUBTS;   /* "did not deny" */
    if (found) take_marked(s, &v, &a);
    if (!a.n_content && (v.takes & NST_CUE_QUOTE)) take_next(s, &a, t);
    if (!a.n_content && (v.takes & NST_CUE_QUOTE) && v.source != NST_ROOT)
        take_quote_before(s, &a, t);
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

/* What the predicate t is about: the clause or phrase behind it; NST_ROOT if there is none. */
static uint32_t predicate_content(const nst_says *s, uint32_t t) {
    const nst_parse *p = s->p;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kids[k];
        uint8_t d = nst_deprel_base(p->deprel[kid]);
        bool time = s->x->time_at && s->x->time_at[kid] != NST_ROOT;
        if (kid > t && !time && (d == NST_D_CCOMP || d == NST_D_XCOMP || d == NST_D_OBL ||
            d == NST_D_ADVCL || (d == NST_D_NMOD && p->upos[t] == NST_NOUN))) return kid;
    }
    return NST_ROOT;
}

/* Is token i a word of predicate t that stands before it: "is [a fervent] supporter"? */
static bool before_predicate(const nst_says *s, uint32_t i, uint32_t t) {
    uint8_t d = nst_deprel_base(s->p->deprel[i]);
    return s->p->head[i] == t && (nst_says_fore(s, i, t) || d == NST_D_COP || d == NST_D_DET ||
        d == NST_D_AMOD);
}

/* "The minister is confident that ...", "is a critic of ...": a predicate that tells a position. */
void nst_says_visit_adjective(nst_says *s, uint32_t t) {
    const nst_parse *p = s->p;
    if (p->upos[t] != NST_ADJ && p->upos[t] != NST_VERB && p->upos[t] != NST_NOUN) return;
    const nst_cue *cue = nst_says_cue_at(s, t, 'a');
    uint32_t cop = nst_parse_kid(p, t, NST_D_COP), source = nst_parse_kid(p, t, NST_D_NSUBJ);
    if (cop == NST_ROOT) cop = nst_parse_kid(p, t, NST_D_AUX_PASS);
    if (source == NST_ROOT) source = nst_parse_kid(p, t, NST_D_NSUBJ_PASS);
    if (!cue || cop == NST_ROOT || source == NST_ROOT || !nst_says_minded(s, source)) return;
    uint32_t content = predicate_content(s, t), first = t, end = t + 1;
    if (content == NST_ROOT) return;
    nst_attribution a = nst_says_begin(s, t, cue, source);
    a.speech = a.vouches = false;
    const nst_sent *sent = &s->t->sents[s->t->sent_of[t]];
    while (first > sent->first && before_predicate(s, first - 1, t)) first--;
    nst_says_mask_subtree(s, content, 1);
    uint32_t c = nst_parse_case(p, content);
    if (c == NST_ROOT) c = nst_parse_kid(p, content, NST_D_MARK);
    if (c == t + 1 && p->upos[c] != NST_PART && !nst_parse_lemma_is(p, c, "that")) {
        s->mask[c] = 0;
        end++;
    }
    a.cue_span = nst_text_tokens(s->t, first, end);
    nst_says_take_mask(s, &a, sent->first, sent->end);
    nst_says_finish(s, &a);
}
