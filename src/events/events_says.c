/* events_says.c - who says what: every attribution of a report.
 *
 * In: trees, entity mentions, quotations, cue words (data/lexicon/cues.tsv). Out: attributions
 * with source,
 * cue and content as spans.
 *   [Ruritania's foreign minister] said [that Graustark had expelled two envoys], dated by "on
 * Tuesday"
 * Idea: (1) syntax: cue verbs with a clause, infinitive, object or quotation; "according to";
 * nouns with
 * a "that" clause; headlines with a colon. (2) quotations pull what they hold into the content they
 * touch, over sentences and paragraphs; a quotation nobody owns goes to the speaker before it.
 * Invariants: (1) content never holds its own cue or source; (2) content is never empty; (3) an
 * attribution without a source says so (NST_ROOT and an empty span).
 * Terms: Pareti 2012, "A database of attribution relations" (source, cue, content).
 */
#include "says.h"

#define REACH 20                 /* sentences that a quotation may lie behind its cue */

/* ---- workspace --------------------------------------------------------------------------- */

typedef struct says {
    const nst_entities *x;
    const nst_parse *p;
    const nst_text *t;
    const nst_lexicon *l;
    nst_arena *doc;
    nst_events *out;
    uint32_t cap;
    nst_quotes quotes;
    uint8_t *mask;               /* [n_tokens] content of the attribution being made */
    /* [n_sents] unused slots are NST_ROOT: attribution that a sentence ends with */
    uint32_t *last_in_par;
} says;

/* Marks the subtree of i. */
static void mask_subtree(says *s, uint32_t i, uint8_t value) {
    s->mask[i] = value;
    for (uint32_t k = s->p->kid_first[i]; k < s->p->kid_first[i + 1]; k++) mask_subtree(s,
        s->p->kids[k], value);
}

static bool is_any(const nst_parse *p, uint32_t i, const char *const *words) {
    for (; *words; words++)
        if (nst_str_ieq(p->lemma[i], nst_str_c(*words))) return true;
    return false;
}

/* May this token be cut off the edge of a content span? */
static bool edge(const says *s, uint32_t i) {
    return s->p->upos[i] == NST_PUNCT && s->quotes.at[i] == NST_ROOT;
}

/* Turns the marked tokens of [first, end) into spans appended to a's content; gaps of one comma
 * close. */
static void take_mask(says *s, nst_attribution *a, uint32_t first, uint32_t end) {
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

/* The bytes of a source's noun phrase: its subtree without clauses at its end, within the
 * sentence. */
static nst_span source_span(const says *s, uint32_t head) {
    const nst_parse *p = s->p;
    uint32_t first = head, end = head + 1, f, e;
    for (uint32_t k = p->kid_first[head]; k < p->kid_first[head + 1]; k++) {
        uint32_t kid = p->kids[k];
        uint8_t d = nst_deprel_base(p->deprel[kid]);
        if (d == NST_D_CASE && kid < head) continue;
        if (d == NST_D_PUNCT || d == NST_D_MARK || d == NST_D_PARATAXIS || d == NST_D_CCOMP ||
            p->deprel[kid] == NST_D_ACL_RELCL || d == NST_D_COP || d == NST_D_NSUBJ ||
                d == NST_D_AUX ||
            d == NST_D_ADVCL || d == NST_D_OBL)
            continue;
        nst_parse_subtree(p, kid, &f, &e);
        if (f < first) first = f;
        if (e > end) end = e;
    }
    while (end > first + 1 && p->upos[end - 1] == NST_PUNCT) end--;
    return nst_text_tokens(s->t, first, end);
}

/* Is token i a word that belongs before the verb t: auxiliary, adverb, "to"? */
static bool fore(const says *s, uint32_t i, uint32_t t) {
    uint8_t d = nst_deprel_base(s->p->deprel[i]);
    return s->p->head[i] == t && (d == NST_D_AUX || d == NST_D_ADVMOD || (d == NST_D_MARK &&
           nst_str_is(s->p->xpos[i], "TO")));
}

/* First token of the verb group that ends with t: "went on to", "has never", "appeared to" before
 * it. */
static uint32_t group_first(const says *s, uint32_t t, uint32_t start) {
    uint32_t first = t, verb = t;
    for (int steps = 0; steps < 4; steps++) {
        while (first > start && fore(s, first - 1, verb)) first--;
        uint32_t h = s->p->head[verb];
        if (s->p->deprel[verb] != NST_D_XCOMP || h == NST_ROOT || h >= first ||
            s->p->upos[h] != NST_VERB) break;
        bool near = true;                      /* nothing but h's particle between */
        for (uint32_t i = h + 1; i < first && near; i++)
            near = s->p->head[i] == h && (s->p->upos[i] == NST_ADP || s->p->upos[i] == NST_ADV ||
                s->p->upos[i] == NST_PART);
        if (!near) break;
        first = verb = h;
    }
    return first;
}

/* Where and how it was said, right behind the verb: "in a statement", "in an interview". */
static uint32_t medium_end(const says *s, uint32_t t, uint32_t end) {
    static const char *const words[] = {"statement", "interview", "email", "e-mail", "letter",
        "memo", "tweet", "post",
        "release", "briefing", NULL};
    uint32_t f, e;
    for (uint32_t k = s->p->kid_first[t]; k < s->p->kid_first[t + 1]; k++) {
        uint32_t kid = s->p->kids[k];
        if (nst_deprel_base(s->p->deprel[kid]) != NST_D_OBL || kid < end || !is_any(s->p, kid,
            words)) continue;
        nst_parse_subtree(s->p, kid, &f, &e);
        if (f == end) return kid + 1;
    }
    return end;
}

/* The cue's bytes: the verb's group, its particle, the preposition that names its content. */
static nst_span cue_span(const says *s, uint32_t t, const nst_cue *cue) {
    uint32_t start = s->t->sents[s->t->sent_of[t]].first, stop = s->t->sents[s->t->sent_of[t]].end;
    uint32_t first = group_first(s, t, start), end = t + 1;
    for (uint32_t i = 0; cue && i + 1 < cue->lemma.n; i++)
        if (cue->lemma.p[i] == '_' && end < stop) end++;
    while (end < stop && s->p->head[end] == t && s->p->deprel[end] == NST_D_COMPOUND_PRT) end++;
    end = medium_end(s, t, end);
    if (end < stop && (nst_str_is(nst_text_token(s->t, end), ":") ||
        (nst_parse_lemma_is(s->p, end, "by") && nst_path_passive(s->p, t))))
        end++;
    return nst_text_tokens(s->t, first, end);
}

/* Is token i the "according" of a phrase set off by a comma at the end of its sentence? */
static bool trailing(const says *s, uint32_t i) {
    const nst_sent *se = &s->t->sents[s->t->sent_of[i]];
    bool there = i > se->first + 3 && i + 2 < se->end && nst_str_is(nst_text_token(s->t, i),
        "according") &&
                 nst_str_is(nst_text_token(s->t, i + 1), "to") && s->p->upos[i - 1] == NST_PUNCT;
    for (uint32_t k = i + 2; there && k < se->end; k++)
        there = s->p->upos[k] != NST_VERB && s->p->upos[k] != NST_AUX;
    return there;
}

/* Does the source stay unnamed ("officials", "a source")? */
static bool nameless(const says *s, uint32_t head) {
    static const char *const words[] = {"source", "official", "people", "person", "aide",
        "insider", "diplomat",
        "analyst", "observer", "expert", "witness", "resident", "critic", "some", "many", "other",
            "report", "medium", NULL};
    if (head == NST_ROOT || !is_any(s->p, head, words)) return false;
    for (uint32_t k = s->p->kid_first[head]; k < s->p->kid_first[head + 1]; k++)
        if (s->p->upos[s->p->kids[k]] == NST_PROPN &&
            s->p->deprel[s->p->kids[k]] != NST_D_NMOD_POSS &&
            s->p->deprel[s->p->kids[k]] != NST_D_COMPOUND)
            return s->x->actor_at[head] == NST_ROOT ||
                s->x->actors[s->x->actor_at[head]].kind != NST_ACTOR_PERSON;
    return true;
}

/* The time that dates the saying: an expression hanging on the cue. */
static uint32_t time_of(const says *s, uint32_t cue) {
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
static nst_attribution begin(const says *s, uint32_t cue, const nst_cue *c, uint32_t source) {
    nst_attribution a = {.source = NST_ROOT, .cue = cue, .stance = c ? c->stance : NST_ASSERTS,
        .time = NST_ROOT, .outer = NST_ROOT, .speech = !c || (c->takes & NST_CUE_SPEECH)};
    a.vouches = a.speech || (c->takes & NST_CUE_THOUGHT);
    if (cue != NST_ROOT) {
        a.cue_span = cue_span(s, cue, c);
        a.time = time_of(s, cue);
    }
    if (source != NST_ROOT) {
        uint32_t overt = cue != NST_ROOT ? nst_parse_kid(s->p, cue, NST_D_NSUBJ) : NST_ROOT;
        a.source = s->x->actor_at[source];
        a.anonymous = nameless(s, source);
        bool relative = overt != NST_ROOT && overt != source && s->p->upos[overt] == NST_PRON;
        a.source_span = relative ? nst_text_tokens(s->t, overt, overt + 1) : source_span(s, source);
    }
    return a;
}

/* Keeps the attribution if it has content. */
static nst_attribution *finish(says *s, const nst_attribution *a) {
    if (!a->n_content) return NULL;
    nst_attribution *kept = NST_PUSH(s->doc, s->out->attributions, s->out->n_attributions, s->cap);
    *kept = *a;
    return kept;
}

/* ---- verbs ------------------------------------------------------------------------------- */

/* The cue word at token t: the longest whose further words follow closely. */
static const nst_cue *cue_at(const says *s, uint32_t t, char pos) {
    uint32_t n = 0, end = s->t->sents[s->t->sent_of[t]].end;
    const nst_cue *c = nst_lexicon_cue(s->l, s->p->lemma[t], &n), *best = NULL;
    for (uint32_t i = 0; i < n; i++) {
        nst_str rest = c[i].lemma, word;
        uint32_t at = t;
        bool ok = c[i].pos == pos;
        nst_str_split(&rest, '_', &word);
        while (ok && rest.p && nst_str_split(&rest, '_', &word)) {
            at++;
            ok = at < end && nst_str_ieq(s->p->lemma[at], word);
        }
        if (ok && best && best->lemma.n == c[i].lemma.n) {
            /* the same verb with several uses: they add up in `takes`; the first gives the stance
             * */
            continue;
        }
        if (ok && (!best || c[i].lemma.n > best->lemma.n)) best = &c[i];
    }
    return best;
}

/* All that the verb takes, over its rows of the same length. */
static uint8_t takes_of(const says *s, const nst_cue *cue) {
    uint32_t n = 0;
    const nst_cue *c = nst_lexicon_cue(s->l, cue->head, &n);
    uint8_t takes = 0;
    for (uint32_t i = 0; i < n; i++)
        if (c[i].pos == cue->pos && nst_str_eq(c[i].lemma, cue->lemma)) takes |= c[i].takes;
    return takes;
}

/* Marks the clause that verb t hangs on as its content ("..., Strel said"), without t's own
 * words. */
static bool mask_host(says *s, uint32_t t) {
    uint32_t h = s->p->head[t];
    if (h == NST_ROOT) return false;
    mask_subtree(s, h, 1);
    mask_subtree(s, t, 0);
    return true;
}

/* Marks what syntax gives verb t as content. */
static bool mask_content(says *s, uint32_t t, uint8_t takes) {
    const nst_parse *p = s->p;
    uint8_t d = p->deprel[t];
    bool any = false;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kids[k];
        uint8_t kd = nst_deprel_base(p->deprel[kid]);
        bool take = (kd == NST_D_CCOMP && (takes & NST_CUE_CLAUSE)) ||
                    (kd == NST_D_XCOMP && (takes & (NST_CUE_INFINITIVE | NST_CUE_CLAUSE))) ||
                    (kd == NST_D_PARATAXIS && (takes & NST_CUE_CLAUSE) && kid > t) ||
                    (kd == NST_D_CSUBJ && (takes & NST_CUE_CLAUSE));
        if (!take) continue;
        mask_subtree(s, kid, 1);
        any = true;
    }
    if (any) return true;
    if ((d == NST_D_PARATAXIS || (d == NST_D_ADVCL && nst_parse_kid(p, t, NST_D_MARK) != NST_ROOT &&
         nst_parse_lemma_is(p, nst_parse_kid(p, t, NST_D_MARK), "as"))) && (takes & NST_CUE_CLAUSE))
        return mask_host(s, t);
    return false;
}

/* Marks what stands under the preposition that ends the cue: "called for [an inquiry]". */
static bool mask_prepositional(says *s, uint32_t t, const nst_cue *cue) {
    const nst_parse *p = s->p;
    nst_str last = cue->lemma;
    for (uint32_t i = cue->lemma.n; i-- > 0;)
        if (cue->lemma.p[i] == '_') {
            last = nst_str_sub(cue->lemma, i + 1, cue->lemma.n);
            break;
        }
    if (last.n == cue->lemma.n) return false;
    uint32_t kid = nst_path_prep(p, t, last), object = nst_parse_kid(p, t, NST_D_OBJ);
    if (kid == NST_ROOT && object != NST_ROOT) kid = nst_path_prep(p, object, last);
    if (kid == NST_ROOT) return false;
    mask_subtree(s, kid, 1);
    uint32_t c = nst_parse_case(p, kid);
    if (c == NST_ROOT) c = nst_parse_kid(p, kid, NST_D_MARK);
    if (c != NST_ROOT) s->mask[c] = 0;
    return true;
}

/* Marks object and complements of verbs like "accuse X of", "call X Y", "criticise X". */
static bool mask_object(says *s, uint32_t t) {
    const nst_parse *p = s->p;
    uint32_t subject = nst_path_subj(p, t);
    bool any = false;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kids[k];
        uint8_t d = nst_deprel_base(p->deprel[kid]);
        bool time = s->x->time_at && s->x->time_at[kid] != NST_ROOT;
        if (kid == subject || time) continue;
        if (d == NST_D_OBJ || d == NST_D_IOBJ || (p->deprel[kid] == NST_D_NSUBJ_PASS)) any = true;
        else if (!(kid > t && (d == NST_D_XCOMP || d == NST_D_OBL || d == NST_D_CCOMP ||
            d == NST_D_ADVCL))) continue;
        mask_subtree(s, kid, 1);
    }
    return any;
}

/* Marks the quotations of t's sentence that nothing owns yet. */
static bool mask_quotes(says *s, uint32_t t) {
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
 * with its
 * subject, what precedes it. */
static bool mask_rest(says *s, uint32_t t, uint32_t source) {
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
static bool mask_around(says *s, uint32_t t, uint32_t source) {
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

/* "X said." as a sentence of its own: the quotation that ended right before it. */
static bool take_quote_before(says *s, nst_attribution *a, uint32_t t) {
    uint32_t i = s->t->sent_of[t];
    const nst_sent *sent = &s->t->sents[i];
    if (i == 0 || sent->end - sent->first > 14) return false;
    const nst_sent *before = &s->t->sents[i - 1];
    uint32_t q = s->quotes.at[before->end - 1];
    if (before->block != sent->block || q == NST_ROOT) return false;
    uint32_t from = s->quotes.list[q].first > before->first ? s->quotes.list[q].first
        : before->first;
    memset(s->mask + from, 1, before->end - from);
    take_mask(s, a, from, before->end);
    return true;
}

/* Is t a verb that can be a cue here (not "reported cases", "the said man", a bare imperative)? */
static bool verbal(const says *s, uint32_t t) {
    uint8_t d = s->p->deprel[t];
    if (s->p->upos[t] != NST_VERB || d == NST_D_AMOD || d == NST_D_CASE ||
        d == NST_D_COMPOUND) return false;
    return !nst_str_is(s->p->xpos[t], "VB") || s->p->head[t] != NST_ROOT ||
           nst_parse_kid(s->p, t, NST_D_NSUBJ) != NST_ROOT || nst_parse_kid(s->p, t,
               NST_D_AUX) != NST_ROOT;
}

/* The verb that only lends its subject to the noun t: "made the claim", "issued a statement";
 * NST_ROOT. */
static uint32_t light_verb(const says *s, uint32_t t) {
    static const char *const words[] = {"make", "issue", "release", "express", "voice", "raise",
        "offer", "give", "deliver",
        "send", "publish", "have", "show", "draw", "take", "hold", "reach", "put", "lodge",
            "file", "level", "repeat",
        "post", "write", "throw", NULL};
    uint32_t h = s->p->head[t];
    if (h == NST_ROOT || h > t || t - h > 5 || s->p->deprel[t] != NST_D_OBJ ||
        s->p->upos[h] != NST_VERB) return NST_ROOT;
    return is_any(s->p, h, words) ? h : NST_ROOT;
}

/* "issued a statement saying": the verb whose subject is the one who says; NST_ROOT. */
static uint32_t issuer(const says *s, uint32_t noun, uint32_t t) {
    uint32_t v = light_verb(s, noun);
    if (v == NST_ROOT || t - noun > 3) return NST_ROOT;
    uint32_t subject = nst_path_subj(s->p, v);
    return subject != NST_ROOT && subject != noun ? v : NST_ROOT;
}

/* "did not say", "never confirmed". */
static bool negated(const says *s, uint32_t t) {
    for (uint32_t k = s->p->kid_first[t]; k < s->p->kid_first[t + 1]; k++) {
        uint32_t kid = s->p->kids[k];
        if (s->p->deprel[kid] == NST_D_ADVMOD && kid < t &&
            (nst_parse_lemma_is(s->p, kid, "not") || nst_parse_lemma_is(s->p, kid, "never")))
            return true;
    }
    return false;
}

/* "neither confirmed nor denied", "would not confirm or deny": no word on it either way. */
static bool undecided(const says *s, uint32_t t) {
    const char *other = nst_parse_lemma_is(s->p, t, "confirm") ? "deny" : nst_parse_lemma_is(s->p,
        t, "deny") ? "confirm" : NULL;
    if (!other) return false;
    if (s->p->deprel[t] == NST_D_CONJ) return nst_parse_lemma_is(s->p, s->p->head[t], other);
    for (uint32_t k = s->p->kid_first[t]; k < s->p->kid_first[t + 1]; k++)
        if (s->p->deprel[s->p->kids[k]] == NST_D_CONJ && nst_parse_lemma_is(s->p, s->p->kids[k],
            other)) return true;
    return false;
}

static bool is_mark(const says *s, uint32_t i) { return s->p->upos[i] == NST_PUNCT; }

/* The entity mention of a sentence whose last token is at `last`; NST_ROOT if there is none. */
static uint32_t actor_ending(const says *s, uint32_t last, uint32_t start) {
    for (uint32_t i = last + 1; i-- > start && last - i < 8;) {
        uint32_t a = s->x->actor_at[i];
        if (a != NST_ROOT && s->x->actors[a].end == last + 1) return s->x->actors[a].head;
    }
    return NST_ROOT;
}

/* The subject as the words lie, where a tree may err: "..., Strel said, ..." and "...," said Otto
 * Strel. */
static uint32_t nearby_subject(const says *s, uint32_t t, uint32_t source) {
    const nst_sent *se = &s->t->sents[s->t->sent_of[t]];
    uint32_t before = t > se->first ? actor_ending(s, t - 1, se->first) : NST_ROOT;
    if (before != NST_ROOT && before != source) {
        uint32_t first = s->x->actors[s->x->actor_at[before]].first;
        if (first > se->first && is_mark(s, first - 1) && t + 1 < se->end && is_mark(s,
            t + 1)) return before;
    }
    bool inverted = t > se->first && is_mark(s, t - 1);
    if (source != NST_ROOT) return source;
    for (uint32_t i = t + 1; inverted && i < se->end && i < t + 8; i++) {
        uint32_t a = s->x->actor_at[i];
        if (a != NST_ROOT && s->x->actors[a].first == t + 1) return i;
    }
    return source;
}

/* "When asked about", "was asked", "asked whether ..., he said": the one who asks is not named. */
static bool asked(const says *s, uint32_t t) {
    if (!nst_parse_lemma_is(s->p, t, "ask") || !nst_str_is(s->p->xpos[t], "VBN")) return false;
    return s->p->deprel[t] == NST_D_ADVCL || nst_path_passive(s->p, t);
}

/* Is the verb nobody's saying: "it is worth noting", "companies that fail to report", "to say the
 * least"? */
static bool idle(const says *s, uint32_t t, uint32_t source, uint8_t takes) {
    uint8_t d = nst_deprel_base(s->p->deprel[t]);
    bool to = nst_parse_kid(s->p, t, NST_D_MARK) != NST_ROOT &&
              nst_str_is(s->p->xpos[nst_parse_kid(s->p, t, NST_D_MARK)], "TO");
    if (source != NST_ROOT && s->p->upos[source] == NST_PRON && nst_parse_lemma_is(s->p, source,
        "you")) return true;
    if (to && (d == NST_D_ACL || d == NST_D_CSUBJ || (d == NST_D_ADVCL &&
        !(takes & NST_CUE_SPEECH)))) return true;
    if (source != NST_ROOT) return false;
    return to || nst_str_is(s->p->xpos[t], "VBG");
}

/* Can the source take a position? Asked where the verb alone ("signals", "counters") does not
 * tell. */
static bool minded(const says *s, uint32_t source) {
    static const char *const documents[] = {"report", "statement", "document", "study", "poll",
        "survey", "article",
        "letter", "memo", "editorial", "ad", "video", "headline", "tweet", "book", "speech",
            "analysis", "campaign", "story",
        "column", "rating", "plan", "platform", "law", "bill", "paper", "audience", "crowd",
            "voter", "critic", "many",
        "some", "other", "most", "few", "everyone", "nobody", "somebody", "who", "poster",
            "message", "finding", "data",
        "figure", "evidence", "record", "research", "review", "investigation", "estimate",
            "forecast", "test", "chart",
        "image", "photo", "footage", "transcript", "email", "indictment", "complaint", "ruling",
            "source", "average", "vote",
        "half", "majority", "third", "quarter", "percent", "%", "committee", "remark", "comment",
            "people", NULL};
    static const char *const things[] = {"initiative", "measure", "dynamic", "action", "effort",
        "strategy", "development",
        "thing", "event", "change", "policy", "idea", "result", "mechanism", "price", "number",
            "year", "day", "detail",
        "rule", "cost", "word", "question", "issue", "problem", "sanction", "condition", "case",
            "fact", NULL};
    uint32_t actor = s->x->actor_at[source];
    if (nst_parse_lemma_is(s->p, source, "you")) return false;
    if (s->p->upos[source] == NST_PRON) return !nst_parse_lemma_is(s->p, source, "that") &&
            !nst_parse_lemma_is(s->p, source, "which") && !nst_parse_lemma_is(s->p, source,
                "this") &&
            (!nst_parse_lemma_is(s->p, source, "it") || (actor != NST_ROOT &&
                s->x->actors[actor].n_is));
    if (s->p->upos[source] == NST_PROPN || s->p->upos[source] == NST_NUM ||
        s->p->upos[source] == NST_ADJ) return true;
    if (is_any(s->p, source, documents)) return true;
    if (actor == NST_ROOT) return nst_str_is(s->p->xpos[source], "NNS") && !is_any(s->p, source,
        things);
    return actor != NST_ROOT && s->x->actors[actor].kind != NST_ACTOR_PLACE &&
        s->x->actors[actor].kind != NST_ACTOR_OTHER;
}

/* Attribution of a verb; a colon at the end of its sentence leaves it open for the quotation to
 * come. */
static void visit_verb(says *s, uint32_t t) {
    const nst_cue *cue = verbal(s, t) ? cue_at(s, t, 'v') : NULL;
    const nst_sent *sent = &s->t->sents[s->t->sent_of[t]];
    if (!cue) return;
    uint8_t takes = takes_of(s, cue);
    uint32_t source = nst_path_subj(s->p, t);
    if (source == t) source = NST_ROOT;
    if (asked(s, t) && source != NST_ROOT && nst_parse_kid(s->p, t,
        NST_D_OBL_AGENT) != source) source = NST_ROOT;
    uint32_t by_tree = source;
    if ((takes & NST_CUE_QUOTE) && (takes & NST_CUE_CLAUSE)) source = nearby_subject(s, t, source);
    if (idle(s, t, source, takes) || undecided(s, t)) return;
    if (source != NST_ROOT && !(takes & NST_CUE_QUOTE) && !minded(s, source)) return;
    uint32_t light = s->p->deprel[t] == NST_D_ACL && source != NST_ROOT &&
        source == s->p->head[t] ? issuer(s, source, t) : NST_ROOT;
    if (light != NST_ROOT) source = nst_path_subj(s->p, light);
    nst_attribution a = begin(s, t, cue, source);
    if (light != NST_ROOT) a.cue_span = nst_text_tokens(s->t, group_first(s, light, sent->first),
        t + 1);
    bool found = source != by_tree && by_tree != NST_ROOT && mask_around(s, t, source);
    if (!found) found = mask_content(s, t, takes);
    if (!found) found = mask_prepositional(s, t, cue);
    if (!found && (takes & NST_CUE_OBJECT) && source != NST_ROOT && !minded(s, source)) return;
    if (!found && (takes & NST_CUE_OBJECT)) {
        found = mask_object(s, t);
        if (found && !(takes & NST_CUE_SPEECH)) a.speech = false;
    } else if (!found) {
        a.speech = (takes & NST_CUE_SPEECH) != 0;
    }
    if (takes & NST_CUE_QUOTE) found |= mask_quotes(s, t);
    bool says_so = (takes & NST_CUE_QUOTE) && (takes & NST_CUE_CLAUSE) && source != NST_ROOT;
    if (!found && says_so) found = mask_around(s, t, source) || mask_rest(s, t, source);
    a.vouches = (a.speech || (takes & NST_CUE_THOUGHT)) && !(a.stance == NST_ASSERTS && negated(s,
        t));
    uint32_t last = sent->end - 1;
    bool colon = nst_str_is(nst_text_token(s->t, last), ":") && (takes & NST_CUE_QUOTE);
    if (found) {
        if (source != NST_ROOT && s->mask[source]) mask_subtree(s, source, 0);
        s->mask[t] = 0;
        for (uint32_t i = t + 1; i < sent->end; i++)
            if (trailing(s, i) && s->quotes.at[i] == NST_ROOT) memset(s->mask + i - 1, 0,
                sent->end - i + 1);
        take_mask(s, &a, sent->first, sent->end);
    }
    /* "Strel continued:" and then the quotation */
    if (!a.n_content && colon && last + 1 < s->t->n_tokens) {
        const nst_sent *next = &s->t->sents[s->t->sent_of[last + 1]];
        if (s->quotes.at[next->first] != NST_ROOT || nst_text_coded(s->t,
            s->t->sent_of[last + 1])) {
            memset(s->mask + next->first, 1, next->end - next->first);
            take_mask(s, &a, next->first, next->end);
        }
    }
    if (!a.n_content && (takes & NST_CUE_QUOTE) && source != NST_ROOT) take_quote_before(s, &a, t);
    finish(s, &a);
}

/* "what they see as ...", "which Strel described as ...": the describer's own words for it. */
static bool visit_describer(says *s, uint32_t t) {
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
    nst_attribution a = begin(s, t, NULL, source);
    a.cue_span = nst_text_tokens(s->t, t, t + 2);
    uint32_t head = s->p->head[t + 1];
    if (head == NST_ROOT || head <= t + 1) head = t + 2;
    nst_parse_subtree(s->p, head, &f, &e);
    for (e = e > t + 2 ? e : t + 3; e > t + 3 && s->p->upos[e - 1] == NST_PUNCT; e--) {}
    memset(s->mask + t + 2, 1, e - t - 2);
    take_mask(s, &a, t + 2, e);
    return finish(s, &a) != NULL;
}

/* ---- adjectives -------------------------------------------------------------------------- */

/* "The minister is confident that ...", "critical of ...": a predicate that tells a position. */
static void visit_adjective(says *s, uint32_t t) {
    const nst_parse *p = s->p;
    if (p->upos[t] != NST_ADJ && p->upos[t] != NST_VERB) return;
    const nst_cue *cue = cue_at(s, t, 'a');
    uint32_t cop = nst_parse_kid(p, t, NST_D_COP), source = nst_parse_kid(p, t, NST_D_NSUBJ);
    if (cop == NST_ROOT) cop = nst_parse_kid(p, t, NST_D_AUX_PASS);
    if (source == NST_ROOT) source = nst_parse_kid(p, t, NST_D_NSUBJ_PASS);
    if (!cue || cop == NST_ROOT || source == NST_ROOT || !minded(s, source)) return;
    uint32_t content = NST_ROOT, first = t, end = t + 1;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1] && content == NST_ROOT; k++) {
        uint32_t kid = p->kids[k];
        uint8_t d = nst_deprel_base(p->deprel[kid]);
        bool time = s->x->time_at && s->x->time_at[kid] != NST_ROOT;
        if (kid > t && !time && (d == NST_D_CCOMP || d == NST_D_XCOMP || d == NST_D_OBL ||
            d == NST_D_ADVCL)) content = kid;
    }
    if (content == NST_ROOT) return;
    nst_attribution a = begin(s, t, cue, source);
    a.speech = a.vouches = false;
    uint32_t start = s->t->sents[s->t->sent_of[t]].first, stop = s->t->sents[s->t->sent_of[t]].end;
    while (first > start && (fore(s, first - 1, t) ||
        nst_deprel_base(p->deprel[first - 1]) == NST_D_COP)) first--;
    mask_subtree(s, content, 1);
    uint32_t c = nst_parse_case(p, content);
    if (c != NST_ROOT && c == t + 1) {
        s->mask[c] = 0;
        end++;
    }
    a.cue_span = nst_text_tokens(s->t, first, end);
    take_mask(s, &a, start, stop);
    finish(s, &a);
}

/* ---- prepositions ------------------------------------------------------------------------ */

/* The actor that tokens [first, end) name, by its last head; NST_ROOT if none. */
static uint32_t actor_in(const says *s, uint32_t first, uint32_t end) {
    for (uint32_t i = end; i-- > first;)
        if (s->x->actor_at[i] != NST_ROOT &&
            s->x->actors[s->x->actor_at[i]].end >= end) return s->x->actor_at[i];
    return NST_ROOT;
}

/* Where a noun phrase at `first` ends, if a comma follows it soon; else `first`. */
static uint32_t run_end(const says *s, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end && i < first + 14; i++) {
        if (s->p->upos[i] == NST_AUX) return first;
        if (nst_str_is(nst_text_token(s->t, i), ",")) return i;
    }
    return first;
}

/* "according to X", "per X", "citing X": everything in the clause but the phrase itself is X's
 * word. */
static void visit_according(says *s, uint32_t t) {
    static const char *const words[] = {"accord", "according", NULL};
    static const char *const documents[] = {"report", "source", "statement", "document",
        "official", "data", "study",
        "figure", "letter", "filing", "agency", "medium", "interview", "memo", "record", "survey",
            NULL};
    const nst_parse *p = s->p;
    uint32_t phrase, source = NST_ROOT, end = s->t->sents[s->t->sent_of[t]].end;
    bool citing = nst_str_ieq(nst_text_token(s->t, t), NST_S("citing"));
    if (citing) {
        phrase = t;
        source = nst_parse_kid(p, t, NST_D_OBJ);
        if (source != NST_ROOT && s->x->actor_at[source] == NST_ROOT && !is_any(p, source,
            documents)) return;
    } else if (is_any(p, t, words) && t + 1 < end && nst_parse_lemma_is(p, t + 1, "to")) {
        phrase = source = p->deprel[t] == NST_D_CASE || p->deprel[t] == NST_D_MARK ? p->head[t]
            : NST_ROOT;
        if (source == NST_ROOT) {
            phrase = t;
            source = nst_path_prep(p, t, NST_S("to"));
        }
    } else {
        return;
    }
    if (source == NST_ROOT || p->head[phrase] == NST_ROOT) return;
    nst_attribution a = begin(s, t, NULL, source);
    a.cue_span = nst_text_tokens(s->t, t, citing ? t + 1 : t + 2);
    uint32_t run = !citing && t == s->t->sents[s->t->sent_of[t]].first ? run_end(s, t + 2, end) : t;
    bool whole = source >= t + 2 && run > source;
    if (whole) {                        /* the whole run up to the comma is the source */
        uint32_t actor = actor_in(s, t + 2, run);
        if (actor != NST_ROOT) a.source = actor;
        a.source_span = nst_text_tokens(s->t, t + 2, run);
    }
    uint32_t host = nst_path_clause(p, p->head[phrase]);
    while (trailing(s, t) && p->deprel[host] == NST_D_CCOMP &&
        p->head[host] < host) host = p->head[host];
    mask_subtree(s, host, 1);
    mask_subtree(s, phrase, 0);
    if (whole) memset(s->mask + t, 0, run - t);
    /* what the citing clause's own subject says is his word too */
    if (citing) {
        uint32_t m = nst_parse_kid(p, host, NST_D_MARK);
        if (m != NST_ROOT) s->mask[m] = 0;
    }
    take_mask(s, &a, s->t->sents[s->t->sent_of[t]].first, end);
    finish(s, &a);
}

/* "In the poll, ...", "by one estimate, ...", "in the minister's words, ...": the noun, or whose
 * words they
 * are, is the source of the rest of the clause. */
static void visit_survey(says *s, uint32_t t) {
    static const char *const polls[] = {"poll", "survey", "study", "polling", NULL};
    static const char *const counts[] = {"estimate", "account", "admission", "reckoning", "count",
        "calculation", NULL};
    static const char *const words[] = {"word", "view", "opinion", "telling", "judgment",
        "judgement", NULL};
    const nst_parse *p = s->p;
    if (p->upos[t] != NST_ADP || p->deprel[t] != NST_D_CASE) return;
    uint32_t noun = p->head[t], host = p->head[noun], owner = nst_path_poss(p, noun);
    if (host == NST_ROOT || noun < t) return;
    bool in = nst_parse_lemma_is(p, t, "in"), by = nst_parse_lemma_is(p, t, "by");
    bool opens = t == s->t->sents[s->t->sent_of[t]].first;
    bool poll = in && opens && is_any(p, noun, polls), count = by && is_any(p, noun, counts);
    bool own = in && is_any(p, noun, words);
    if (own && owner == NST_ROOT) owner = nst_path_prep(p, noun, NST_S("of"));
    if ((own && owner == NST_ROOT) || (!poll && !count && !own)) return;
    if (nst_path_passive(p, host) && by && p->deprel[noun] == NST_D_OBL_AGENT) return;
    uint32_t first, end, source = poll || owner == NST_ROOT ? noun : owner;
    nst_parse_subtree(p, noun, &first, &end);
    nst_attribution a = begin(s, t, NULL, source);
    a.cue_span = own ? nst_text_tokens(s->t, noun, noun + 1) : nst_text_tokens(s->t, t, t + 1);
    uint32_t clause = nst_path_clause(p, host);
    mask_subtree(s, clause, 1);
    memset(s->mask + first, 0, end - first);
    take_mask(s, &a, s->t->sents[s->t->sent_of[t]].first, s->t->sents[s->t->sent_of[t]].end);
    finish(s, &a);
}

/* ---- nouns ------------------------------------------------------------------------------- */

/* "his claim that ...", "allegations of ...": the possessor, or whoever makes the claim, is the
 * source. */
static void visit_noun(says *s, uint32_t t) {
    const nst_parse *p = s->p;
    const nst_cue *cue = p->upos[t] == NST_NOUN ? cue_at(s, t, 'n') : NULL;
    if (!cue) return;
    static const char *const topical[] = {"of", "for", "about", "to", "on", "over", "against",
        "toward", "towards", NULL};
    uint32_t content = NST_ROOT;
    uint8_t takes = takes_of(s, cue);
    bool plain = false;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kids[k], m = nst_parse_kid(p, kid, NST_D_MARK);
        uint8_t d = p->deprel[kid];
        if (kid < t) continue;
        if ((d == NST_D_ACL || d == NST_D_CCOMP) && m != NST_ROOT &&
            (nst_parse_lemma_is(p, m, "that") || ((takes & NST_CUE_INFINITIVE) &&
                nst_parse_lemma_is(p, m, "to"))))
            content = kid, plain = false;
        uint32_t c = d == NST_D_NMOD ? nst_parse_case(p, kid) : NST_ROOT;
        if (content != NST_ROOT || c == NST_ROOT) continue;
        if (cue->stance == NST_ACCUSES && nst_parse_lemma_is(p, c, "of")) content = kid;
        if ((takes & NST_CUE_OBJECT) && is_any(p, c, topical)) content = kid, plain = true;
    }
    if (content == NST_ROOT) return;
    uint32_t source = nst_path_poss(p, t);
    if (source == NST_ROOT) source = nst_path_prep(p, t, NST_S("by"));
    if (source == NST_ROOT) source = nst_path_prep(p, t, NST_S("from"));
    if (source == NST_ROOT && p->head[t] != NST_ROOT &&
        p->deprel[t] == NST_D_OBJ) source = nst_path_subj(p, p->head[t]);
    if (source == NST_ROOT && light_verb(s, t) != NST_ROOT) source = nst_path_subj(p, p->head[t]);
    if (source == NST_ROOT && (plain || !(takes & NST_CUE_SPEECH))) return;
    nst_attribution a = begin(s, t, cue, source);
    uint32_t start = s->t->sents[s->t->sent_of[t]].first, light = light_verb(s, t);
    uint32_t from = light != NST_ROOT ? group_first(s, light, start) : t;
    a.cue_span = nst_text_tokens(s->t, from, t + 1);
    a.speech = !plain;
    a.vouches = !plain && (takes & (NST_CUE_SPEECH | NST_CUE_THOUGHT));
    mask_subtree(s, content, 1);
    if (plain) {
        uint32_t c = nst_parse_case(p, content);
        if (c != NST_ROOT) s->mask[c] = 0;
        if (c == t + 1) a.cue_span = nst_text_tokens(s->t, from, t + 2);
    }
    take_mask(s, &a, s->t->sents[s->t->sent_of[t]].first, s->t->sents[s->t->sent_of[t]].end);
    finish(s, &a);
}

/* ---- headlines --------------------------------------------------------------------------- */

/* Are all letters of tokens [first, end) capitals, as a transcript writes its speakers? */
static bool capitals(const says *s, uint32_t first, uint32_t end) {
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
static bool can_speak(const says *s, uint32_t first, uint32_t colon) {
    static const char *const words[] = {"report", "poll", "study", "survey", "source", "medium",
        "expert", "analyst",
        "official", NULL};
    uint32_t actor = actor_in(s, first, colon);
    for (uint32_t i = first; i < colon; i++)
        if (s->p->upos[i] == NST_VERB || s->p->upos[i] == NST_AUX) return false;
    if (is_any(s->p, colon - 1, words)) return true;
    if (actor == NST_ROOT) return false;
    uint8_t k = s->x->actors[actor].kind;
    return k == NST_ACTOR_PERSON || k == NST_ACTOR_ROLE || k == NST_ACTOR_ORG ||
        k == NST_ACTOR_STATE;
}

/* Takes the following sentences of the paragraph: a transcript's speaker goes on until the next
 * one. */
static void take_paragraph(says *s, nst_attribution *a, uint32_t sent) {
    for (uint32_t i = sent + 1; i < s->t->n_sents &&
        s->t->sents[i].block == s->t->sents[sent].block && i < sent + 12; i++) {
        const nst_sent *se = &s->t->sents[i];
        uint32_t stop = se->first + 4 < se->end ? se->first + 4 : se->end;
        for (uint32_t k = se->first + 1; k < stop; k++)
            if (nst_str_is(nst_text_token(s->t, k), ":")) return;
        memset(s->mask + se->first, 1, se->end - se->first);
        take_mask(s, a, se->first, se->end);
    }
}

/* "Minister: talks failed" in a headline or a bare line; "STREL: We will not yield." in a
 * transcript. */
static void visit_headline(says *s, uint32_t sent) {
    const nst_sent *se = &s->t->sents[sent];
    static const char *const labels[] = {"watch", "related", "clarification", "update", "updated",
        "breaking", "exclusive",
        "correction", "note", "read", "photo", "photos", "video", "more", "abstract", "editor",
            "see", "listen", "date", "time",
        "place", "source", "opinion", "analysis", "fact", "q", "warning", NULL};
    uint32_t colon = NST_ROOT, first = se->first;
    if (first < se->end && s->p->upos[first] == NST_PUNCT) first++;
    for (uint32_t i = first + 1; i + 2 < se->end && i < first + 7 && colon == NST_ROOT; i++)
        if (nst_str_is(nst_text_token(s->t, i), ":")) colon = i;
    if (colon == NST_ROOT) return;
    bool transcript = capitals(s, first, colon) && se->span.field == NST_FIELD_TEXT &&
        !is_any(s->p, first, labels);
    bool line = s->t->blocks[se->block].kind != NST_BLOCK_STORY || se->end - se->first < 20;
    if (!transcript && (!line || s->quotes.at[colon] != NST_ROOT || !can_speak(s, first,
        colon))) return;
    nst_attribution a = begin(s, colon, NULL, NST_ROOT);
    a.cue_span = nst_text_tokens(s->t, colon, colon + 1);
    a.source = actor_in(s, first, colon);
    a.source_span = nst_text_tokens(s->t, first, colon);
    memset(s->mask + colon + 1, 1, se->end - colon - 1);
    take_mask(s, &a, se->first, se->end);
    if (transcript) take_paragraph(s, &a, sent);
    finish(s, &a);
}

static bool is_dash(const says *s, uint32_t i) {
    nst_str w = nst_text_token(s->t, i);
    return nst_str_is(w, "\u2015") || nst_str_is(w, "\u2014") || nst_str_is(w, "\u2013") ||
        nst_str_is(w, "--") ||
           nst_str_is(w, "-");
}

/* A dash and a name behind a quotation, in its sentence or alone: whose words stand before it. */
static void visit_signature(says *s, uint32_t sent) {
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
    nst_attribution a = begin(s, dash, NULL, NST_ROOT);
    a.cue_span = nst_text_tokens(s->t, dash, dash + 1);
    a.source_span = nst_text_tokens(s->t, dash + 1, end);
    for (uint32_t i = dash + 1; i < end && a.source == NST_ROOT; i++) a.source = s->x->actor_at[i];
    uint32_t q = s->quotes.list[s->quotes.at[dash - 1]].first, from = s->t->sents[last].first;
    if (q > from) from = q;
    memset(s->mask + from, 1, dash - from);
    take_mask(s, &a, from, dash);
    finish(s, &a);
}

/* ---- quotations -------------------------------------------------------------------------- */

/* Does the attribution's content touch tokens [first, end)? */
static bool touches(const says *s, const nst_attribution *a, uint32_t first, uint32_t end) {
    uint32_t from = s->t->tokens[first].start, to = s->t->tokens[end - 1].end;
    uint8_t field = s->t->sents[s->t->sent_of[first]].span.field;
    for (uint32_t i = 0; i < a->n_content; i++)
        if (a->content[i].field == field && a->content[i].start < to &&
            from < a->content[i].end) return true;
    return false;
}

/* Adds the part of a quotation that lies outside sentence `sent` to the content. */
static void extend(says *s, nst_attribution *a, const nst_quote *q) {
    for (uint32_t i = q->first; i < q->end;) {
        const nst_sent *se = &s->t->sents[s->t->sent_of[i]];
        uint32_t stop = se->end < q->end ? se->end : q->end;
        if (!touches(s, a, i, stop)) {
            memset(s->mask + i, 1, stop - i);
            take_mask(s, a, i, stop);
        }
        i = stop;
    }
}

static uint32_t paragraph_of(const nst_text *t, uint32_t token) {
    return t->blocks[t->sents[t->sent_of[token]].block].paragraph;
}

/* Is the quotation speech (a clause or a sentence), not a term in scare quotes? */
static bool is_speech(const says *s, const nst_quote *q) {
    if (q->end - q->first < 5) return false;
    for (uint32_t i = q->first; i < q->end; i++)
        if (s->p->upos[i] == NST_VERB || s->p->upos[i] == NST_AUX) return true;
    return false;
}

/* The speaker before an unowned quotation: in its paragraph, or at the end of the one before when
 * the
 * quotation opens its paragraph. */
static nst_attribution *speaker_before(says *s, const nst_quote *q) {
    uint32_t par = paragraph_of(s->t, q->first), start = s->t->tokens[q->first].start;
    uint8_t field = s->t->sents[s->t->sent_of[q->first]].span.field;
    bool opens = q->first == s->t->sents[s->t->sent_of[q->first]].first;
    nst_attribution *best = NULL;
    for (uint32_t i = s->out->n_attributions; i-- > 0;) {
        nst_attribution *a = &s->out->attributions[i];
        if (a->cue == NST_ROOT || a->cue_span.field != field || !a->speech ||
            a->source_span.end == 0) continue;
        uint32_t p = paragraph_of(s->t, a->cue);
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
static void join_quotes(says *s) {
    uint32_t low = 0;                          /* attributions are in order of their sentences */
    for (uint32_t k = 0; k < s->quotes.n; k++) {
        nst_quote *q = &s->quotes.list[k];
        uint32_t from = s->t->sent_of[q->first], to = s->t->sent_of[q->end - 1];
        while (low < s->out->n_attributions &&
            s->t->sent_of[s->out->attributions[low].cue] + REACH < from) low++;
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

/* ---- nesting ----------------------------------------------------------------------------- */

/* The smallest attribution whose content holds this one's cue. */
static void nest(says *s) {
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

/* An identity that is only a name: the words by which the text names somebody unknown. */
static void name_only(const says *s, nst_actor *a, uint32_t of) {
    const nst_actor *who = &s->x->actors[of];
    a->is = NST_ARRAY(s->doc, nst_identity, 1);
    if (who->n_is) a->is[0] = who->is[0];
    else a->is[0].name = nst_text_span(s->t, who->span);
    a->n_is = 1;
    a->context = true;
    a->chain = who->chain;
}

/* Can this entity mention be what "they" who say something are? */
static bool many(const says *s, uint32_t i) {
    const nst_actor *a = &s->x->actors[i];
    uint8_t d = s->p->deprel[a->head];
    if (d != NST_D_NSUBJ && d != NST_D_NSUBJ_PASS) return false;
    if (a->kind == NST_ACTOR_PRONOUN || a->kind == NST_ACTOR_PLACE ||
        a->kind == NST_ACTOR_OTHER) return false;
    if (!a->n_is) return a->plural && (a->kind == NST_ACTOR_ROLE || a->kind == NST_ACTOR_PEOPLE);
    return a->plural || nst_parse_kid(s->p, a->head, NST_D_CONJ) != NST_ROOT;
}

/* "They" who speak are the plural subject of the sentences right before: "Minsk and Moscow
 * support ...
 * They believe ...". Members of a compound are told one by one. */
static void tell_they(const says *s) {
    for (uint32_t i = 0; i < s->out->n_attributions; i++) {
        uint32_t source = s->out->attributions[i].source, best = NST_ROOT, n = 0;
        if (source == NST_ROOT || !nst_parse_lemma_is(s->p, s->x->actors[source].head,
            "they")) continue;
        nst_actor *they = &s->x->actors[source];
        uint32_t sent = s->t->sent_of[they->head];
        for (uint32_t k = source; k-- > 0 && source - k < 60 && best == NST_ROOT;) {
            uint32_t there = s->t->sent_of[s->x->actors[k].head];
            bool near = paragraph_of(s->t, s->x->actors[k].head) == paragraph_of(s->t, they->head);
            if (there + (near ? 5 : 3) < sent) break;
            bool earlier = s->t->sent_of[s->x->actors[k].head] < sent;
            if (earlier && many(s, k)) best = k;
            else if (earlier && s->x->actors[k].kind == NST_ACTOR_PRONOUN &&
                s->x->actors[k].n_is > 1 &&
                     nst_parse_lemma_is(s->p, s->x->actors[k].head, "they")) best = k;
        }
        if (best == NST_ROOT || (they->n_is && !s->x->actors[best].n_is)) continue;
        if (!s->x->actors[best].n_is) {
            name_only(s, they, best);
            continue;
        }
        uint32_t parts[8];
        parts[n++] = best;
        uint32_t head = s->x->actors[best].head;
        for (uint32_t k = s->p->kid_first[head]; k < s->p->kid_first[head + 1] && n < 8; k++) {
            uint32_t kid = s->p->kids[k], actor = s->x->actor_at[kid];
            if (s->p->deprel[kid] == NST_D_CONJ && actor != NST_ROOT && actor != best &&
                s->x->actors[actor].n_is) parts[n++] = actor;
        }
        uint32_t total = n == 1 ? s->x->actors[best].n_is : n;
        they->is = NST_ARRAY(s->doc, nst_identity, total);
        they->antecedent = NST_ARRAY(s->doc, uint32_t, n);
        for (uint32_t k = 0; k < n; k++) they->antecedent[k] = parts[k];
        for (uint32_t k = 0; k < total; k++) they->is[k] = n == 1 ? s->x->actors[best].is[k]
            : s->x->actors[parts[k]].is[0];
        they->n_is = total;
        they->n_antecedent = n;
        they->context = true;
        they->chain = s->x->actors[best].chain;
    }
}

/* "He" or "she" who says something and whom nobody has resolved: the antecedent's name if the
 * text names
 * one, else the person who is the nearest subject before, in this paragraph or the one before it.
 * */
static void tell_he(const says *s) {
    for (uint32_t i = 0; i < s->out->n_attributions; i++) {
        uint32_t source = s->out->attributions[i].source, best = NST_ROOT;
        if (source == NST_ROOT || s->x->actors[source].n_is) continue;
        nst_actor *he = &s->x->actors[source];
        nst_str w = nst_text_token(s->t, he->head);
        if (!nst_str_ieq(w, NST_S("he")) && !nst_str_ieq(w, NST_S("she")) && !nst_str_ieq(w,
            NST_S("his")) &&
            !nst_str_ieq(w, NST_S("her"))) continue;
        if (he->n_antecedent) best = he->antecedent[0];
        for (uint32_t k = source; best == NST_ROOT && k-- > 0 && source - k < 80;) {
            const nst_actor *a = &s->x->actors[k];
            uint8_t d = s->p->deprel[a->head];
            if (paragraph_of(s->t, a->head) + 1 < paragraph_of(s->t, he->head)) break;
            if (a->kind == NST_ACTOR_PERSON && (d == NST_D_NSUBJ ||
                d == NST_D_NSUBJ_PASS)) best = k;
        }
        if (best == NST_ROOT || (s->x->actors[best].kind == NST_ACTOR_PRONOUN &&
            !s->x->actors[best].n_is)) continue;
        name_only(s, he, best);
    }
}

/* First person pronouns, by their words. */
static bool is_first_person(nst_str w) {
    static const char *const words[] = {"i", "me", "my", "we", "us", "our", "ours", "mine",
        "ourselves", "myself", NULL};
    for (int i = 0; words[i]; i++)
        if (nst_str_ieq(w, nst_str_c(words[i]))) return true;
    return false;
}

/* "We", "I", "our" inside somebody's words mean the speaker, or what he speaks for. The entity
 * mention is
 * told so: the one place where this stage completes what the stage before left open. */
static void tell_first_person(const says *s) {
    uint32_t low = 0;
    for (uint32_t i = 0; i < s->x->n_actors; i++) {
        nst_actor *we = &s->x->actors[i];
        if (we->kind != NST_ACTOR_PRONOUN || we->n_is) continue;
        nst_str w = nst_text_token(s->t, we->head);
        if (!is_first_person(w)) continue;
        const nst_attribution *best = NULL;
        uint32_t size = UINT32_MAX, sent = s->t->sent_of[we->head];
        while (low < s->out->n_attributions &&
            s->t->sent_of[s->out->attributions[low].cue] + REACH < sent) low++;
        for (uint32_t k = low; k < s->out->n_attributions; k++) {
            const nst_attribution *a = &s->out->attributions[k];
            if (s->t->sent_of[a->cue] > sent + REACH) break;
            if (!a->speech || a->source == NST_ROOT || a->source == i) continue;
            for (uint32_t c = 0; c < a->n_content; c++) {
                nst_span sp = a->content[c];
                if (sp.field != we->span.field || sp.start > we->span.start ||
                    sp.end < we->span.end) continue;
                if (sp.end - sp.start < size) best = a, size = sp.end - sp.start;
            }
        }
        if (!best) continue;
        const nst_actor *who = &s->x->actors[best->source];
        if (!who->n_is && who->kind == NST_ACTOR_PERSON) {
            name_only(s, we, best->source);
            continue;
        }
        if (!who->n_is) continue;
        bool one = nst_str_ieq(w, NST_S("i")) || nst_str_ieq(w, NST_S("me")) || nst_str_ieq(w,
            NST_S("my"));
        we->is = NST_ARRAY(s->doc, nst_identity, 1);
        we->is[0] = who->is[0];
        if (!one) {                            /* "we": the state or body he speaks for */
            we->is[0].person = we->is[0].title = (nst_str){0};
            if (we->is[0].code[0] || we->is[0].entity.n) we->is[0].name = (nst_str){0};
        }
        we->n_is = 1;
        we->context = true;
        if (best->source < i) {                /* antecedents come before */
            we->antecedent = NST_ARRAY(s->doc, uint32_t, 1);
            we->antecedent[0] = best->source;
            we->n_antecedent = 1;
        }
        we->chain = who->chain;
    }
}

/* Is the source "I", "you" or "we"? */
static bool first_person(const says *s, const nst_attribution *a) {
    static const char *const words[] = {"i", "we", "you", NULL};
    nst_str w = nst_text_span(s->t, a->source_span);
    for (int i = 0; words[i]; i++)
        if (nst_str_ieq(w, nst_str_c(words[i]))) return true;
    return false;
}

/* Inside somebody's words only speech is an attribution of its own, and not the speaker's own "I
 * think". */
static void prune(says *s) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->out->n_attributions; i++) {
        const nst_attribution *a = &s->out->attributions[i];
        bool inner = a->outer != NST_ROOT;
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
    says s = {.x = x, .p = x->parse, .t = x->parse->text, .l = nst_events_lexicon(m), .doc = doc,
        .out = out};
    s.mask = NST_ARRAY(scratch, uint8_t, s.t->n_tokens + 1);
    nst_quote_find(s.t, scratch, &s.quotes);
    for (uint32_t i = 0; i < s.t->n_sents; i++) {
        if (!nst_text_coded(s.t, i)) continue;
        visit_headline(&s, i);
        for (uint32_t t = s.t->sents[i].first; t < s.t->sents[i].end; t++) {
            visit_according(&s, t);
            if (!visit_describer(&s, t)) visit_verb(&s, t);
            visit_noun(&s, t);
            visit_adjective(&s, t);
            visit_survey(&s, t);
        }
        visit_signature(&s, i);
    }
    join_quotes(&s);
    nest(&s);
    prune(&s);
    nest(&s);
    tell_they(&s);
    tell_he(&s);
    tell_first_person(&s);
    for (uint32_t i = 0; i < out->n_attributions; i++) in_order(&out->attributions[i]);
}
