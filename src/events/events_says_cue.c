/* events_says_cue.c - words that attribute, and how far the cue reaches.
 *
 * In: a token, the cue words of the lexicon. Out: the cue there, what it takes, its span.
 *   said: takes a clause or a quotation; "has repeatedly said in a statement" is all cue
 * Idea: the longest entry whose further words follow; a verb's group is cue with it.
 * Invariant: a cue's span is one run of tokens of one sentence.
 */
#include "says.h"

/* Is token i one of these lemmas? */
bool nst_says_is_any(const nst_parse *p, uint32_t i, const char *const *words) {
    for (; *words; words++)
        if (nst_str_ieq(p->lemma[i], nst_str_c(*words))) return true;
    return false;
}

/* The cue word at token t: the longest whose further words follow closely. */
const nst_cue *nst_says_cue_at(const nst_says *s, uint32_t t, char pos) {
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
uint8_t nst_says_takes_of(const nst_says *s, const nst_cue *cue) {
    uint32_t n = 0;
    const nst_cue *c = nst_lexicon_cue(s->l, cue->head, &n);
    uint8_t takes = 0;
    for (uint32_t i = 0; i < n; i++)
        if (c[i].pos == cue->pos && nst_str_eq(c[i].lemma, cue->lemma)) takes |= c[i].takes;
    return takes;
}

/* Is token i a word that belongs before the verb t: auxiliary, adverb, "to"? */
bool nst_says_fore(const nst_says *s, uint32_t i, uint32_t t) {
    uint8_t d = nst_deprel_base(s->p->deprel[i]);
    return s->p->head[i] == t && (d == NST_D_AUX || d == NST_D_ADVMOD || (d == NST_D_MARK &&
           nst_str_is(s->p->xpos[i], "TO")));
}

/* First token of the verb group that ends with t: "went on to", "has never", "appeared to" before
 * it. */
uint32_t nst_says_group_first(const nst_says *s, uint32_t t, uint32_t start) {
    uint32_t first = t, verb = t;
    for (int steps = 0; steps < 4; steps++) {
        while (first > start && nst_says_fore(s, first - 1, verb)) first--;
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
static uint32_t medium_end(const nst_says *s, uint32_t t, uint32_t end) {
    static const char *const words[] = {"statement", "interview", "email", "e-mail", "letter",
        "memo", "tweet", "post",
        "release", "briefing", NULL};
    uint32_t f, e;
    for (uint32_t k = s->p->kid_first[t]; k < s->p->kid_first[t + 1]; k++) {
        uint32_t kid = s->p->kids[k];
        if (nst_deprel_base(s->p->deprel[kid]) != NST_D_OBL || kid < end ||
            !nst_says_is_any(s->p, kid, words)) continue;
        nst_parse_subtree(s->p, kid, &f, &e);
        if (f == end) return kid + 1;
    }
    return end;
}

/* The cue's bytes: the verb's group, its particle, the preposition that names its content. */
nst_span nst_says_cue_span(const nst_says *s, uint32_t t, const nst_cue *cue) {
    uint32_t start = s->t->sents[s->t->sent_of[t]].first, stop = s->t->sents[s->t->sent_of[t]].end;
    uint32_t first = nst_says_group_first(s, t, start), end = t + 1;
    for (uint32_t i = 0; cue && i + 1 < cue->lemma.n; i++)
        if (cue->lemma.p[i] == '_' && end < stop) end++;
    while (end < stop && s->p->head[end] == t && s->p->deprel[end] == NST_D_COMPOUND_PRT) end++;
    end = medium_end(s, t, end);
    if (end < stop && (nst_str_is(nst_text_token(s->t, end), ":") ||
        (nst_parse_lemma_is(s->p, end, "by") && nst_path_passive(s->p, t))))
        end++;
    return nst_text_tokens(s->t, first, end);
}

/* Is t a verb that can be a cue here (not "reported cases", "the said man", a bare imperative)? */
bool nst_says_verbal(const nst_says *s, uint32_t t) {
    uint8_t d = s->p->deprel[t];
    if (s->p->upos[t] != NST_VERB || d == NST_D_AMOD || d == NST_D_CASE ||
        d == NST_D_COMPOUND) return false;
    return !nst_str_is(s->p->xpos[t], "VB") || s->p->head[t] != NST_ROOT ||
           nst_parse_kid(s->p, t, NST_D_NSUBJ) != NST_ROOT || nst_parse_kid(s->p, t,
               NST_D_AUX) != NST_ROOT;
}

/* The verb that only lends its subject to the noun t: "made the claim", "issued a statement";
 * NST_ROOT. */
uint32_t nst_says_light_verb(const nst_says *s, uint32_t t) {
    static const char *const words[] = {"make", "issue", "release", "express", "voice", "raise",
        "offer", "give", "deliver",
        "send", "publish", "have", "show", "draw", "take", "hold", "reach", "put", "lodge",
            "file", "level", "repeat",
        "post", "write", "throw", NULL};
    uint32_t h = s->p->head[t];
    if (h == NST_ROOT || h > t || t - h > 5 || s->p->deprel[t] != NST_D_OBJ ||
        s->p->upos[h] != NST_VERB) return NST_ROOT;
    return nst_says_is_any(s->p, h, words) ? h : NST_ROOT;
}

/* "issued a statement saying": the verb whose subject is the one who says; NST_ROOT. */
uint32_t nst_says_issuer(const nst_says *s, uint32_t noun, uint32_t t) {
    uint32_t v = nst_says_light_verb(s, noun);
    if (v == NST_ROOT || t - noun > 3) return NST_ROOT;
    uint32_t subject = nst_path_subj(s->p, v);
    return subject != NST_ROOT && subject != noun ? v : NST_ROOT;
}

/* "did not say", "never confirmed". */
bool nst_says_negated(const nst_says *s, uint32_t t) {
    for (uint32_t k = s->p->kid_first[t]; k < s->p->kid_first[t + 1]; k++) {
        uint32_t kid = s->p->kids[k];
        if (s->p->deprel[kid] == NST_D_ADVMOD && kid < t &&
            (nst_parse_lemma_is(s->p, kid, "not") || nst_parse_lemma_is(s->p, kid, "never")))
            return true;
    }
    return false;
}

/* "neither confirmed nor denied", "would not confirm or deny": no word on it either way. */
bool nst_says_undecided(const nst_says *s, uint32_t t) {
    const char *other = nst_parse_lemma_is(s->p, t, "confirm") ? "deny" : nst_parse_lemma_is(s->p,
        t, "deny") ? "confirm" : NULL;
    if (!other) return false;
    if (s->p->deprel[t] == NST_D_CONJ) return nst_parse_lemma_is(s->p, s->p->head[t], other);
    for (uint32_t k = s->p->kid_first[t]; k < s->p->kid_first[t + 1]; k++)
        if (s->p->deprel[s->p->kids[k]] == NST_D_CONJ && nst_parse_lemma_is(s->p, s->p->kids[k],
            other)) return true;
    return false;
}

/* "When asked about", "was asked", "asked whether ..., he said": the one who asks is not named. */
bool nst_says_asked(const nst_says *s, uint32_t t) {
    if (!nst_parse_lemma_is(s->p, t, "ask") || !nst_str_is(s->p->xpos[t], "VBN")) return false;
    return s->p->deprel[t] == NST_D_ADVCL || nst_path_passive(s->p, t);
}

/* Is the verb nobody's saying: "it is worth noting", "companies that fail to report", "to say the
 * least"? */
bool nst_says_idle(const nst_says *s, uint32_t t, uint32_t source, uint8_t takes) {
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
