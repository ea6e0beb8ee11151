/* events_says_content.c - what is said: the tokens a cue governs.
 *
 * In: a cue's token and what it takes. Out: marks on tokens, then spans.
 *   said [that Graustark had expelled two envoys]
 * Idea: syntax first (clause, infinitive, object, the clause a saying is set into), then what lies
 * around it. All mark tokens in `mask`; one place turns marks into spans and wipes them.
 * Invariant: spans have no marks at their edges except quotation marks.
 */
#include "says.h"

/* Marks the subtree of i. */
void nst_says_mask_subtree(nst_says *s, uint32_t i, uint8_t value) {
    s->mask[i] = value;
    for (uint32_t k = s->p->kid_first[i]; k < s->p->kid_first[i + 1]; k++) nst_says_mask_subtree(s,
        s->p->kids[k], value);
}

/* May this token be cut off the edge of a content span? */
static bool edge(const nst_says *s, uint32_t i) {
    return s->p->upos[i] == NST_PUNCT && s->quotes.at[i] == NST_ROOT;
}

/* Turns the marked tokens of [first, end) into spans appended to a's content; gaps of one comma
 * close. */
void nst_says_take_mask(nst_says *s, nst_attribution *a, uint32_t first, uint32_t end) {
    nst_span spans[16];
    uint32_t n = 0;
    for (uint32_t i = first; i < end && n < 16;) {
        if (!s->mask[i]) {
            i++;
            continue;
        }
        uint32_t from = i, to;
        while (i < end && s->mask[i] && s->t->sent_of[i] == s->t->sent_of[from]) i++;
        for (to = i; to > from && edge(s, to - 1); to--) {}
        while (from < to && edge(s, from)) from++;
        if (from < to) spans[n++] = nst_text_tokens(s->t, from, to);
    }
    memset(s->mask + first, 0, end - first);
    if (!n) return;
    nst_span *all = NST_ARRAY(s->doc, nst_span, a->n_content + n);
    if (a->n_content) memcpy(all, a->content, sizeof *all * a->n_content);
    memcpy(all + a->n_content, spans, sizeof *all * n);
    a->content = all;
    a->n_content += n;
}

/* Is token i the "according" of a phrase set off by a comma at the end of its sentence? */
bool nst_says_trailing(const nst_says *s, uint32_t i) {
    const nst_sent *se = &s->t->sents[s->t->sent_of[i]];
    bool there = i > se->first + 3 && i + 2 < se->end && nst_str_is(nst_text_token(s->t, i),
        "according") &&
                 nst_str_is(nst_text_token(s->t, i + 1), "to") && s->p->upos[i - 1] == NST_PUNCT;
    for (uint32_t k = i + 2; there && k < se->end; k++)
        there = s->p->upos[k] != NST_VERB && s->p->upos[k] != NST_AUX;
    return there;
}

/* Marks the clause that verb t hangs on as its content ("..., Strel said"), without t's own words.
 * */
static bool mask_host(nst_says *s, uint32_t t) {
    uint32_t h = s->p->head[t];
    if (h == NST_ROOT) return false;
    nst_says_mask_subtree(s, h, 1);
    nst_says_mask_subtree(s, t, 0);
    return true;
}

/* Is the open complement of a verb, whose entry takes `takes`, what is said? "Called [the raid] [a
 * crime]" has two objects; "called [to leave]" has one clause. */
static bool open_content(const nst_parse *p, uint32_t kid, uint8_t takes) {
    uint32_t m = nst_parse_kid(p, kid, NST_D_MARK);
    bool to = m != NST_ROOT && nst_str_is(p->xpos[m], "TO");
    return (takes & (NST_CUE_INFINITIVE | NST_CUE_CLAUSE)) && (to || !(takes & NST_CUE_OBJECT));
}

/* Marks what syntax gives verb t as content. */
bool nst_says_mask_content(nst_says *s, uint32_t t, uint8_t takes) {
    const nst_parse *p = s->p;
    uint8_t d = p->deprel[t];
    bool any = false;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kids[k];
        uint8_t kd = nst_deprel_base(p->deprel[kid]);
        bool take = (kd == NST_D_CCOMP && (takes & NST_CUE_CLAUSE)) ||
                    (kd == NST_D_XCOMP && open_content(p, kid, takes)) ||
                    (kd == NST_D_PARATAXIS && (takes & NST_CUE_CLAUSE) && kid > t) ||
                    (kd == NST_D_CSUBJ && (takes & NST_CUE_CLAUSE));
        if (!take) continue;
        nst_says_mask_subtree(s, kid, 1);
        any = true;
    }
    if (any) return true;
    if ((d == NST_D_PARATAXIS || (d == NST_D_ADVCL && nst_parse_kid(p, t, NST_D_MARK) != NST_ROOT &&
         nst_parse_lemma_is(p, nst_parse_kid(p, t, NST_D_MARK), "as"))) && (takes & NST_CUE_CLAUSE))
        return mask_host(s, t);
    return false;
}

/* The dependent of t, or of its object, that preposition `word` opens; NST_ROOT. A clause counts:
 * "talked about [how they left]". */
static uint32_t under(const nst_parse *p, uint32_t t, nst_str word) {
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kids[k], m = nst_parse_kid(p, kid, NST_D_MARK);
        if (kid > t && nst_deprel_base(p->deprel[kid]) == NST_D_ADVCL && m != NST_ROOT &&
            nst_str_ieq(p->lemma[m], word)) return kid;
    }
    uint32_t kid = nst_path_prep(p, t, word), object = nst_parse_kid(p, t, NST_D_OBJ);
    return kid == NST_ROOT && object != NST_ROOT ? nst_path_prep(p, object, word) : kid;
}

/* Marks what stands under preposition `word` of t, without the preposition. */
static bool mask_under(nst_says *s, uint32_t t, nst_str word) {
    const nst_parse *p = s->p;
    uint32_t kid = under(p, t, word);
    if (kid == NST_ROOT) return false;
    nst_says_mask_subtree(s, kid, 1);
    uint32_t c = nst_parse_case(p, kid);
    if (c == NST_ROOT) c = nst_parse_kid(p, kid, NST_D_MARK);
    if (c != NST_ROOT) s->mask[c] = 0;
    return true;
}

/* Where the tree hangs the words behind a preposition elsewhere ("talked about [how they left]"):
 * what follows it inside of t's clause, up to the next mark or clause of its own. */
static bool mask_behind(nst_says *s, uint32_t t, uint32_t from, nst_str word) {
    uint32_t first, end;
    if (from == NST_ROOT || !nst_str_ieq(s->p->lemma[from - 1], word)) return false;
    if (s->p->upos[from - 1] != NST_ADP && s->p->upos[from - 1] != NST_SCONJ) return false;
    nst_parse_subtree(s->p, t, &first, &end);
    uint32_t to = from;
    while (to < end && s->p->upos[to] != NST_PUNCT &&
        !(s->p->upos[to] == NST_CCONJ && s->p->head[to] > to)) to++;
    if (to < from + 2) return false;
    memset(s->mask + from, 1, to - from);
    return true;
}

/* Marks what stands under the preposition that ends the cue: "called for [an inquiry]". */
bool nst_says_mask_prepositional(nst_says *s, uint32_t t, const nst_cue *cue) {
    nst_str last = cue->lemma;
    for (uint32_t i = cue->lemma.n; i-- > 0;)
        if (cue->lemma.p[i] == '_') {
            last = nst_str_sub(cue->lemma, i + 1, cue->lemma.n);
            break;
        }
    if (last.n == cue->lemma.n) return false;
    return mask_under(s, t, last) || mask_behind(s, t, nst_says_cue_end(s, t, cue), last);
}

/* Marks what a verb of saying is said to be about: "spoke at length about [the truce]". Returns the
 * preposition, NST_ROOT if there is none. */
uint32_t nst_says_mask_topic(nst_says *s, uint32_t t) {
    static const char *const words[] = {"about", "against", "of", NULL};
    for (int i = 0; words[i]; i++) {
        uint32_t kid = under(s->p, t, nst_str_c(words[i]));
        if (kid == NST_ROOT || kid < t) continue;
        uint32_t c = nst_parse_case(s->p, kid);
        if (c == NST_ROOT) c = nst_parse_kid(s->p, kid, NST_D_MARK);
        if (c != NST_ROOT && mask_under(s, t, nst_str_c(words[i]))) return c;
    }
    return NST_ROOT;
}

/* Marks what a relative clause or participle t is about: "[a deal] she once supported", "[a plan]
 * criticised by many". */
static bool mask_antecedent(nst_says *s, uint32_t t) {
    const nst_parse *p = s->p;
    uint32_t noun = p->head[t];
    bool participle = p->deprel[t] == NST_D_ACL && nst_str_is(p->xpos[t], "VBN");
    if ((p->deprel[t] != NST_D_ACL_RELCL && !participle) || noun == NST_ROOT || noun > t)
        return false;
    if (nst_path_obj(p, t) != noun || nst_str_is(p->xpos[noun], "WP")) return false;
    nst_says_mask_subtree(s, noun, 1);
    nst_says_mask_subtree(s, t, 0);
    uint32_t c = nst_parse_case(p, noun);
    if (c != NST_ROOT) s->mask[c] = 0;
    return true;
}

/* Marks object and complements of verbs like "accuse X of", "call X Y", "criticise X", "support
 * raising it". */
bool nst_says_mask_object(nst_says *s, uint32_t t) {
    const nst_parse *p = s->p;
    uint32_t subject = nst_path_subj(p, t), agent = nst_parse_kid(p, t, NST_D_OBL_AGENT);
    bool any = mask_antecedent(s, t);
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kids[k];
        uint8_t d = nst_deprel_base(p->deprel[kid]);
        bool time = s->x->time_at && s->x->time_at[kid] != NST_ROOT;
        /* "[what] it called" */
        bool asking = kid < t && p->xpos[kid].n && p->xpos[kid].p[0] == 'W';
        bool stranded = p->upos[kid] == NST_ADP;                  /* "was referring [to]" */
        if (kid == subject || kid == agent || time || asking || stranded) continue;
        bool complement = kid > t && (d == NST_D_XCOMP || d == NST_D_CCOMP);
        if (d == NST_D_OBJ || d == NST_D_IOBJ || p->deprel[kid] == NST_D_NSUBJ_PASS || complement)
            any = true;
        else if (!(kid > t && (d == NST_D_OBL || d == NST_D_ADVCL))) continue;
        nst_says_mask_subtree(s, kid, 1);
    }
    return any;
}

/* Marks the quotations of t's sentence that nothing owns yet. */
bool nst_says_mask_quotes(nst_says *s, uint32_t t) {
    const nst_sent *sent = &s->t->sents[s->t->sent_of[t]];
    bool any = false;
    for (uint32_t i = sent->first; i < sent->end; i++) {
        uint32_t q = s->quotes.at[i];
        if (q == NST_ROOT || s->quotes.list[q].owned || s->quotes.at[t] == q) continue;
        if (s->quotes.list[q].end - s->quotes.list[q].first < 4) continue;
        s->mask[i] = 1;
        any = true;
    }
    return any;
}

/* When the tree gives a verb of speech no content: what follows it, or, when it ends the sentence
 * with its subject, what precedes it. */
bool nst_says_mask_rest(nst_says *s, uint32_t t, uint32_t source) {
    const nst_sent *sent = &s->t->sents[s->t->sent_of[t]];
    uint32_t end = sent->end, last = t;
    while (end > t + 1 && s->p->upos[end - 1] == NST_PUNCT) end--;
    if (source != NST_ROOT && source > last) {
        uint32_t f, e;
        nst_parse_subtree(s->p, source, &f, &e);
        if (f > t) last = e - 1;
    }
    if (last + 4 <= end) {
        uint32_t next = last + 1;
        bool ok = s->p->upos[next] != NST_ADP && s->p->upos[next] != NST_PUNCT &&
            s->p->upos[next] != NST_CCONJ;
        if (ok && last == t) {
            memset(s->mask + next, 1, end - next);
            return true;
        }
    }
    if (last + 2 < end || t < sent->first + 4) return false;
    uint32_t stop = source != NST_ROOT && source < t ? source : t;
    if (stop < t) {
        uint32_t f, e;
        nst_parse_subtree(s->p, source, &f, &e);
        stop = f;
    }
    if (stop <= sent->first + 2 || stop > t || s->p->upos[stop - 1] != NST_PUNCT) return false;
    memset(s->mask + sent->first, 1, stop - sent->first);
    return true;
}

/* "The weapons, he said, were lost": what stands around a saying set off by commas or quotation
 * marks. */
bool nst_says_mask_around(nst_says *s, uint32_t t, uint32_t source) {
    const nst_sent *sent = &s->t->sents[s->t->sent_of[t]];
    uint32_t first = t, end = t + 1, f, e;
    if (source == NST_ROOT) return false;
    nst_parse_subtree(s->p, source, &f, &e);
    if (source > t && source == t + (e - f)) end = e;
    else if (source < t && e <= t && t - e <= 2) first = f;
    else return false;
    for (uint32_t i = end; i < sent->end && i < end + 6; i++)
        if (s->p->upos[i] == NST_PUNCT) {
            end = i;
            break;
        }
    if (first < sent->first + 2 || s->p->upos[first - 1] != NST_PUNCT) return false;
    if (end + 2 >= sent->end || s->p->upos[end] != NST_PUNCT) return false;
    memset(s->mask + sent->first, 1, first - 1 - sent->first);
    memset(s->mask + end + 1, 1, sent->end - end - 1);
    return true;
}
