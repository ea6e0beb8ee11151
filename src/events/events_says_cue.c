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

/* The preposition `word` that opens a dependent of t behind nothing but adverbs: "talked openly
 * about". */
static uint32_t later_prep(const nst_says *s, uint32_t t, nst_str word) {
    const nst_parse *p = s->p;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kids[k];
        uint8_t d = nst_deprel_base(p->deprel[kid]);
        if (kid < t || (d != NST_D_OBL && d != NST_D_ADVCL)) continue;
        uint32_t c = nst_parse_case(p, kid);
        if (c == NST_ROOT) c = nst_parse_kid(p, kid, NST_D_MARK);
        if (c == NST_ROOT || c < t || c > t + NST_SAYS_GAP || !nst_str_ieq(p->lemma[c], word))
            continue;
        uint32_t i = t + 1;
        while (i < c && p->head[i] == t && p->upos[i] == NST_ADV) i++;
        if (i == c) return c;
    }
    return NST_ROOT;
}

/* The token behind the last word of the entry `lemma` that stands at t; NST_ROOT if it does not.
 * Its words follow each other; a preposition at its end may stand a little further on. */
static uint32_t match_end(const nst_says *s, uint32_t t, nst_str lemma) {
    uint32_t at = t, end = s->t->sents[s->t->sent_of[t]].end;
    nst_str rest = lemma, word;
    nst_str_split(&rest, '_', &word);
    while (rest.p && nst_str_split(&rest, '_', &word)) {
        at++;
        if (at < end && (nst_str_ieq(s->p->lemma[at], word) ||
            nst_str_ieq(nst_text_token(s->t, at), word))) continue;
        at = rest.p ? NST_ROOT : later_prep(s, at - 1, word);
        if (at == NST_ROOT) return NST_ROOT;
    }
    return at + 1;
}

/* The cue word at token t: the longest whose further words follow closely. The same verb with
 * several uses adds up in `takes`; the first row gives the stance. */
const nst_cue *nst_says_cue_at(const nst_says *s, uint32_t t, char pos) {
    uint32_t n = 0;
    const nst_cue *c = nst_lexicon_cue(s->l, s->p->lemma[t], &n), *best = NULL;
    for (uint32_t i = 0; i < n; i++)
        if (c[i].pos == pos && (!best || c[i].lemma.n > best->lemma.n) &&
            match_end(s, t, c[i].lemma) != NST_ROOT) best = &c[i];
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
    if (s->p->head[i] != t) return false;
    if (d == NST_D_ADVMOD) return !nst_str_is(s->p->xpos[i], "WRB");    /* "when asked" */
    return d == NST_D_AUX || (d == NST_D_MARK && nst_str_is(s->p->xpos[i], "TO"));
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

/* Does a dependent of the cue right behind it tell how it was said: "in a statement", "again"?
 * Returns the token behind it, else `end`. */
static uint32_t manner_end(const nst_says *s, uint32_t kid, uint32_t end) {
    static const char *const media[] = {"statement", "interview", "email", "e-mail", "letter",
        "memo", "tweet", "post", "release", "briefing", "column", "editorial", "filing", NULL};
    uint8_t d = nst_deprel_base(s->p->deprel[kid]);
    uint32_t f, e;
    nst_parse_subtree(s->p, kid, &f, &e);
    if (f != end) return end;
    if (d == NST_D_ADVMOD)
        return e == end + 1 && !nst_str_is(s->p->xpos[kid], "WRB") &&
            s->p->upos[kid] == NST_ADV ? e : end;
    if (d != NST_D_OBL) return end;
    return nst_says_is_any(s->p, kid, media) ? kid + 1 : end;
}

/* The end of a verb's cue that reaches to `end` so far, with how it was said. */
static uint32_t manners_end(const nst_says *s, uint32_t t, uint32_t end) {
    for (int steps = 0; steps < 2; steps++) {
        uint32_t from = end;
        for (uint32_t k = s->p->kid_first[t]; k < s->p->kid_first[t + 1] && end == from; k++)
            if (s->p->kids[k] >= end) end = manner_end(s, s->p->kids[k], end);
        if (end == from) break;
    }
    return end;
}

uint32_t nst_says_cue_end(const nst_says *s, uint32_t t, const nst_cue *cue) {
    return match_end(s, t, cue->lemma);
}

/* The cue's bytes: the verb's group, its particle, the preposition that names its content. */
nst_span nst_says_cue_span(const nst_says *s, uint32_t t, const nst_cue *cue) {
    uint32_t start = s->t->sents[s->t->sent_of[t]].first, stop = s->t->sents[s->t->sent_of[t]].end;
    uint32_t first = nst_says_group_first(s, t, start), end = t + 1;
    if (cue) end = match_end(s, t, cue->lemma);
    if (end == NST_ROOT || end > stop) end = t + 1;
    while (end < stop && s->p->head[end] == t && s->p->deprel[end] == NST_D_COMPOUND_PRT) end++;
    end = manners_end(s, t, end);
    if (end < stop && nst_str_is(nst_text_token(s->t, end), ":")) end++;
    return nst_text_tokens(s->t, first, end);
}

/* The cue's bytes of a noun: with its article and adjectives, "the stubborn refusal". */
nst_span nst_says_noun_span(const nst_says *s, uint32_t t, uint32_t first, uint32_t end) {
    uint32_t start = s->t->sents[s->t->sent_of[t]].first;
    while (first > start && s->p->head[first - 1] == t) {
        uint8_t d = nst_deprel_base(s->p->deprel[first - 1]);
        if (d != NST_D_AMOD && d != NST_D_DET) break;
        first--;
    }
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
    static const char *const words[] = {"adopt", "air", "cast", "deliver", "direct", "echo",
        "escalate", "express", "file", "fire", "give", "harbor", "harbour", "have", "heap", "hold",
        "hurl", "intensify", "issue", "launch", "level", "lob", "lodge", "make", "mount", "offer",
        "outline", "pay", "post", "present", "publish", "put", "raise", "reach", "reiterate",
        "release", "renew", "repeat", "restate", "reverse", "send", "share", "sharpen", "show",
        "soften", "state", "take", "throw", "unleash", "voice", "write", NULL};
    uint32_t h = s->p->head[t];
    if (h == NST_ROOT || h > t || t - h > 6 || s->p->deprel[t] != NST_D_OBJ ||
        s->p->upos[h] != NST_VERB) return NST_ROOT;
    return nst_says_is_any(s->p, h, words) ? h : NST_ROOT;
}

/* Is noun t what the subject of its verb gets from others: "drew criticism from many"? */
bool nst_says_received(const nst_says *s, uint32_t t) {
    static const char *const words[] = {"attract", "brush", "counter", "draw", "earn", "encounter",
        "endure", "face", "field", "garner", "get", "hear", "ignore", "invite", "meet", "prompt",
        "provoke", "read", "receive", "secure", "snag", "spark", "trigger", "win", NULL};
    uint32_t h = s->p->head[t];
    return h != NST_ROOT && s->p->deprel[t] == NST_D_OBJ && nst_says_is_any(s->p, h, words);
}

/* "issued a statement saying": the verb whose subject is the one who says; NST_ROOT. */
uint32_t nst_says_issuer(const nst_says *s, uint32_t noun, uint32_t t) {
    uint32_t v = nst_says_light_verb(s, noun);
    if (v == NST_ROOT || t - noun > 5) return NST_ROOT;
    uint32_t subject = nst_path_subj(s->p, v);
    return subject != NST_ROOT && subject != noun ? v : NST_ROOT;
}

/* "did not say", "never confirmed", "declined to say". */
bool nst_says_negated(const nst_says *s, uint32_t t) {
    static const char *const refusals[] = {"decline", "refuse", "fail", NULL};
    uint32_t h = s->p->head[t];
    if (s->p->deprel[t] == NST_D_XCOMP && h != NST_ROOT && nst_says_is_any(s->p, h, refusals))
        return true;
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

/* Words that are no cue here: "compared with last year", "is supposed to leave", "asked not to be
 * named", "citing" (a phrase of its own), "was quoted as [saying]". */
static bool formal(const nst_says *s, uint32_t t) {
    static const char *const hiding[] = {"name", "identify", "quote", NULL};
    static const char *const refusing[] = {"decline", "refuse", NULL};
    const nst_parse *p = s->p;
    if (nst_parse_lemma_is(p, t, "ask")) {
        uint32_t x = nst_parse_kid(p, t, NST_D_XCOMP);
        return x != NST_ROOT && nst_says_is_any(p, x, hiding) && nst_path_passive(p, x);
    }
    if (nst_says_is_any(p, t, refusing)) {
        uint32_t x = nst_parse_kid(p, t, NST_D_XCOMP);       /* "declined to say whether" is one */
        const nst_cue *cue = x != NST_ROOT ? nst_says_cue_at(s, x, 'v') : NULL;
        return cue && (cue->takes & NST_CUE_SPEECH) &&
            nst_parse_kid(p, x, NST_D_CCOMP) != NST_ROOT;
    }
    uint32_t h = p->deprel[t] == NST_D_XCOMP ? p->head[t] : NST_ROOT;
    if (h != NST_ROOT && nst_says_is_any(p, h, refusing))   /* "declined to comment" is one, too */
        return nst_parse_kid(p, t, NST_D_CCOMP) == NST_ROOT;
    if (nst_str_ieq(nst_text_token(s->t, t), NST_S("citing")) && nst_says_cited(s, t) != NST_ROOT) return true;
    if (!nst_str_is(p->xpos[t], "VBN")) return false;
    if (nst_parse_lemma_is(p, t, "compare")) return p->deprel[t] != NST_D_ROOT;
    if (nst_parse_lemma_is(p, t, "quote")) return t + 1 < s->t->sents[s->t->sent_of[t]].end &&
        nst_parse_lemma_is(p, t + 1, "as");
    return nst_parse_lemma_is(p, t, "suppose");
}

/* Is the verb a blow with weapons and not with words? Words are a person's, or meet a person. */
bool nst_says_bodily(const nst_says *s, uint32_t t, uint32_t source) {
    static const char *const words[] = {"attack", "hit", "blast", "pound", "slam", "savage",
        "assail", "bash", "rip", "target", "fire", "strike", "push", NULL};
    if (!nst_says_is_any(s->p, t, words)) return false;
    uint32_t object = nst_path_obj(s->p, t), ends[2] = {source, object};
    for (int i = 0; i < 2; i++) {
        uint32_t a = ends[i] != NST_ROOT ? s->x->actor_at[ends[i]] : NST_ROOT;
        if (a != NST_ROOT && s->x->actors[a].kind == NST_ACTOR_PERSON) return false;
        if (i == 0 && ends[i] != NST_ROOT && (nst_parse_lemma_is(s->p, ends[i], "he") ||
            nst_parse_lemma_is(s->p, ends[i], "she"))) return false;
    }
    return true;
}

/* Is the verb nobody's saying: "it is worth noting", "companies that fail to report", "to say the
 * least"? */
bool nst_says_idle(const nst_says *s, uint32_t t, uint32_t source, uint8_t takes) {
    uint8_t d = nst_deprel_base(s->p->deprel[t]);
    if (formal(s, t)) return true;
    bool to = nst_parse_kid(s->p, t, NST_D_MARK) != NST_ROOT &&
              nst_str_is(s->p->xpos[nst_parse_kid(s->p, t, NST_D_MARK)], "TO");
    if (source != NST_ROOT && s->p->upos[source] == NST_PRON && nst_parse_lemma_is(s->p, source,
        "you")) return true;
    if (to && (d == NST_D_ACL || d == NST_D_CSUBJ || (d == NST_D_ADVCL &&
        !(takes & NST_CUE_SPEECH)))) return true;
    if (source != NST_ROOT) return false;
    return to || nst_str_is(s->p->xpos[t], "VBG");
}
