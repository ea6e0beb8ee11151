/* events_says_phrase.c - attributions of prepositions and nouns.
 *
 * In: a token. Out: an attribution if it is the cue of one.
 *   according to the foreign minister; in the poll; his claim that ...
 * Idea: the rest of the clause is the content of a phrase; the clause under a noun that of a noun.
 */
#include "says.h"

/* Where a noun phrase at `first` ends, if a comma follows it soon; else `first`. */
static uint32_t run_end(const nst_says *s, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end && i < first + 14; i++) {
        if (s->p->upos[i] == NST_AUX) return first;
        if (nst_str_is(nst_text_token(s->t, i), ",")) return i;
    }
    return first;
}

/* "according to X", "per X", "citing X": everything in the clause but the phrase itself is X's
 * word. */
void nst_says_visit_according(nst_says *s, uint32_t t) {
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
        if (source != NST_ROOT && s->x->actor_at[source] == NST_ROOT && !nst_says_is_any(p, source,
            documents)) return;
    } else if (nst_says_is_any(p, t, words) && t + 1 < end && nst_parse_lemma_is(p, t + 1, "to")) {
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
    nst_attribution a = nst_says_begin(s, t, NULL, source);
    a.cue_span = nst_text_tokens(s->t, t, citing ? t + 1 : t + 2);
    uint32_t run = !citing && t == s->t->sents[s->t->sent_of[t]].first ? run_end(s, t + 2, end) : t;
    bool whole = source >= t + 2 && run > source;
    if (whole) {                        /* the whole run up to the comma is the source */
        uint32_t actor = nst_says_actor_in(s, t + 2, run);
        if (actor != NST_ROOT) a.source = actor;
        a.source_span = nst_text_tokens(s->t, t + 2, run);
    }
    uint32_t host = nst_path_clause(p, p->head[phrase]);
    while (nst_says_trailing(s, t) && p->deprel[host] == NST_D_CCOMP &&
        p->head[host] < host) host = p->head[host];
    nst_says_mask_subtree(s, host, 1);
    nst_says_mask_subtree(s, phrase, 0);
    if (whole) memset(s->mask + t, 0, run - t);
    /* what the citing clause's own subject says is his word too */
    if (citing) {
        uint32_t m = nst_parse_kid(p, host, NST_D_MARK);
        if (m != NST_ROOT) s->mask[m] = 0;
    }
    nst_says_take_mask(s, &a, s->t->sents[s->t->sent_of[t]].first, end);
    nst_says_finish(s, &a);
}

/* "In the poll, ...", "by one estimate, ...", "in the minister's words, ...": the noun, or whose
 * words they are, is the source of the rest of the clause. */
void nst_says_visit_survey(nst_says *s, uint32_t t) {
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
    bool poll = in && opens && nst_says_is_any(p, noun, polls);
    bool count = by && nst_says_is_any(p, noun, counts);
    bool own = in && nst_says_is_any(p, noun, words);
    if (own && owner == NST_ROOT) owner = nst_path_prep(p, noun, NST_S("of"));
    if ((own && owner == NST_ROOT) || (!poll && !count && !own)) return;
    if (nst_path_passive(p, host) && by && p->deprel[noun] == NST_D_OBL_AGENT) return;
    uint32_t first, end, source = poll || owner == NST_ROOT ? noun : owner;
    nst_parse_subtree(p, noun, &first, &end);
    nst_attribution a = nst_says_begin(s, t, NULL, source);
    a.cue_span = own ? nst_text_tokens(s->t, noun, noun + 1) : nst_text_tokens(s->t, t, t + 1);
    uint32_t clause = nst_path_clause(p, host);
    nst_says_mask_subtree(s, clause, 1);
    memset(s->mask + first, 0, end - first);
    const nst_sent *sent = &s->t->sents[s->t->sent_of[t]];
    nst_says_take_mask(s, &a, sent->first, sent->end);
    nst_says_finish(s, &a);
}

/* The clause or phrase under noun t that tells its content; NST_ROOT. `plain` is set where it only
 * tells the topic: "criticism of [the deal]". */
static uint32_t noun_content(const nst_says *s, uint32_t t, const nst_cue *cue, bool *plain) {
    static const char *const topical[] = {"of", "for", "about", "to", "on", "over", "against",
        "toward", "towards", "at", "with", NULL};
    const nst_parse *p = s->p;
    uint8_t takes = nst_says_takes_of(s, cue);
    uint32_t content = NST_ROOT;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kids[k], m = nst_parse_kid(p, kid, NST_D_MARK);
        uint8_t d = p->deprel[kid];
        if (kid < t) continue;
        if ((d == NST_D_ACL || d == NST_D_CCOMP) && m != NST_ROOT &&
            (nst_parse_lemma_is(p, m, "that") || ((takes & NST_CUE_INFINITIVE) &&
                nst_parse_lemma_is(p, m, "to"))))
            content = kid, *plain = false;
        uint32_t c = d == NST_D_NMOD ? nst_parse_case(p, kid) : NST_ROOT;
        if (c == NST_ROOT && d == NST_D_ACL) c = m;      /* "hopes of winning" */
        if (content != NST_ROOT || c == NST_ROOT) continue;
        if (cue->stance == NST_ACCUSES && nst_parse_lemma_is(p, c, "of")) content = kid;
        if ((takes & NST_CUE_OBJECT) && p->upos[c] != NST_PART && nst_says_is_any(p, c, topical))
            content = kid, *plain = true;
    }
    return content;
}

/* Whose claim it is: the possessor, who stands under "by" or "from", or who makes or has it. */
static uint32_t noun_source(const nst_says *s, uint32_t t) {
    const nst_parse *p = s->p;
    uint32_t source = nst_path_poss(p, t);
    if (source == NST_ROOT) source = nst_path_prep(p, t, NST_S("by"));
    if (source == NST_ROOT) source = nst_path_prep(p, t, NST_S("from"));
    if (source == NST_ROOT && p->deprel[t] == NST_D_OBJ && !nst_says_received(s, t))
        source = nst_path_subj(p, p->head[t]);
    return source;
}

/* "his claim that ...", "allegations of ...", "drew criticism of ...". */
void nst_says_visit_noun(nst_says *s, uint32_t t) {
    const nst_parse *p = s->p;
    const nst_cue *cue = p->upos[t] == NST_NOUN ? nst_says_cue_at(s, t, 'n') : NULL;
    bool plain = false;
    uint32_t content = cue ? noun_content(s, t, cue, &plain) : NST_ROOT;
    if (content == NST_ROOT) return;
    uint8_t takes = nst_says_takes_of(s, cue);
    uint32_t source = noun_source(s, t), light = nst_says_light_verb(s, t), c = NST_ROOT;
    if (plain) c = nst_parse_case(p, content);
    if (plain && c == NST_ROOT) c = nst_parse_kid(p, content, NST_D_MARK);
    bool near = plain && c == t + 1;
    if (source == NST_ROOT && (plain || !(takes & NST_CUE_SPEECH))) return;
    nst_attribution a = nst_says_begin(s, t, cue, source);
    const nst_sent *sent = &s->t->sents[s->t->sent_of[t]];
    if (light == NST_ROOT && nst_says_received(s, t)) light = p->head[t];
    uint32_t from = light != NST_ROOT ? nst_says_group_first(s, light, sent->first) : t;
    a.cue_span = nst_says_noun_span(s, t, from, near ? t + 2 : t + 1);
    a.speech = !plain;
    a.vouches = !plain && (takes & (NST_CUE_SPEECH | NST_CUE_THOUGHT));
    nst_says_mask_subtree(s, content, 1);
    if (c != NST_ROOT) s->mask[c] = 0;
    if (source != NST_ROOT && s->mask[source]) nst_says_mask_subtree(s, source, 0);
    nst_says_take_mask(s, &a, sent->first, sent->end);
    nst_says_finish(s, &a);
}
