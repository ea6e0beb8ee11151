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

/* A phrase that names whose word the rest of its clause is. */
typedef struct phrase {
    uint32_t root;               /* its head in the tree */
    uint32_t source;
    uint32_t words;              /* length of the cue: "according to" is two */
} phrase;

/* "citing X": X is an actor or a document; NST_ROOT where it is a reason or a proof ("citing the risks"),
 * which the subject names and nobody tells. */
uint32_t nst_says_cited(const nst_says *s, uint32_t t) {
    static const char *const documents[] = {"report", "source", "statement", "document",
        "official", "data", "study", "figure", "letter", "filing", "agency", "medium",
        "interview", "memo", "record", "survey", NULL};
    uint32_t source = nst_parse_kid(s->p, t, NST_D_OBJ);
    if (source != NST_ROOT && s->x->actor_at[source] == NST_ROOT &&
        !nst_says_is_any(s->p, source, documents)) source = NST_ROOT;
    return source;
}

/* "per X", behind a comma or at the beginning: X is an actor, not "per day". */
static phrase per_phrase(const nst_says *s, uint32_t t) {
    const nst_parse *p = s->p;
    uint32_t noun = p->deprel[t] == NST_D_CASE ? p->head[t] : NST_ROOT;
    bool opens = t == s->t->sents[s->t->sent_of[t]].first || p->upos[t - 1] == NST_PUNCT;
    bool fits = opens && noun != NST_ROOT && s->x->actor_at[noun] != NST_ROOT;
    return (phrase){noun, fits ? noun : NST_ROOT, 1};
}

/* "according to X". */
static phrase according_phrase(const nst_says *s, uint32_t t) {
    const nst_parse *p = s->p;
    if (p->deprel[t] == NST_D_CASE || p->deprel[t] == NST_D_MARK)
        return (phrase){p->head[t], p->head[t], 2};
    return (phrase){t, nst_path_prep(p, t, NST_S("to")), 2};
}

/* The phrase that token t opens; without a source if it opens none. */
static phrase find_phrase(const nst_says *s, uint32_t t) {
    static const char *const words[] = {"accord", "according", NULL};
    uint32_t end = s->t->sents[s->t->sent_of[t]].end;
    if (nst_says_is_any(s->p, t, words) && t + 1 < end && nst_parse_lemma_is(s->p, t + 1, "to"))
        return according_phrase(s, t);
    if (nst_str_ieq(nst_text_token(s->t, t), NST_S("citing")))
        return (phrase){t, nst_says_cited(s, t), 1};
    if (nst_parse_lemma_is(s->p, t, "per")) return per_phrase(s, t);
    return (phrase){NST_ROOT, NST_ROOT, 0};
}

/* The predicate whose clause is the phrase's content. "The wire, citing the army, reported [that]":
 * what is reported. */
static uint32_t told_clause(const nst_says *s, uint32_t t, const phrase *f) {
    const nst_parse *p = s->p;
    uint32_t host = nst_path_clause(p, p->head[f->root]);
    while (nst_says_trailing(s, t) && p->deprel[host] == NST_D_CCOMP && p->head[host] < host)
        host = p->head[host];
    const nst_cue *cue = f->root == t && p->upos[host] == NST_VERB ?
        nst_says_cue_at(s, host, 'v') : NULL;
    uint32_t told = cue ? nst_parse_kid(p, host, NST_D_CCOMP) : NST_ROOT;
    return told != NST_ROOT && told > host ? told : host;
}

/* "according to X", "per X", "citing X": everything in the clause but the phrase is X's word. */
void nst_says_visit_according(nst_says *s, uint32_t t) {
    const nst_parse *p = s->p;
    phrase f = find_phrase(s, t);
    if (f.source == NST_ROOT || p->head[f.root] == NST_ROOT) return;
    const nst_sent *sent = &s->t->sents[s->t->sent_of[t]];
    nst_attribution a = nst_says_begin(s, t, NULL, f.source);
    a.cue_span = nst_text_tokens(s->t, t, t + f.words);
    uint32_t run = f.words == 2 && t == sent->first ? run_end(s, t + 2, sent->end) : t;
    bool whole = f.source >= t + 2 && run > f.source;
    if (whole) {                        /* the whole run up to the comma is the source */
        uint32_t actor = nst_says_actor_in(s, t + 2, run);
        if (actor != NST_ROOT) a.source = actor;
        a.source_span = nst_text_tokens(s->t, t + 2, run);
    }
    uint32_t told = told_clause(s, t, &f);
    nst_says_mask_subtree(s, told, 1);
    nst_says_mask_subtree(s, f.root, 0);
    if (whole) memset(s->mask + t, 0, run - t);
    uint32_t m = nst_parse_kid(p, told, NST_D_MARK);
    if (m != NST_ROOT && f.words == 1) s->mask[m] = 0;
    nst_says_take_mask(s, &a, sent->first, sent->end);
    nst_says_finish(s, &a);
}

/* "Reportedly", "allegedly": the clause is somebody's word, nobody says whose. */
static bool visit_hearsay(nst_says *s, uint32_t t) {
    static const char *const words[] = {"reportedly", "allegedly", "purportedly", "supposedly",
        "reputedly", NULL};
    uint32_t host = s->p->head[t];
    if (!nst_says_is_any(s->p, t, words) || host == NST_ROOT) return false;
    const nst_sent *sent = &s->t->sents[s->t->sent_of[t]];
    nst_attribution a = nst_says_begin(s, t, NULL, NST_ROOT);
    a.cue_span = nst_text_tokens(s->t, t, t + 1);
    a.anonymous = true;
    nst_says_mask_subtree(s, nst_path_clause(s->p, host), 1);
    s->mask[t] = 0;
    nst_says_take_mask(s, &a, sent->first, sent->end);
    return nst_says_finish(s, &a) != NULL;
}

/* "The truce seems to hold", "it appears that": an impression, and nobody says whose. */
static bool visit_impression(nst_says *s, uint32_t t) {
    static const char *const words[] = {"seem", "appear", NULL};
    uint32_t content = nst_parse_kid(s->p, t, NST_D_XCOMP);
    if (!nst_says_is_any(s->p, t, words) || s->p->upos[t] != NST_VERB) return false;
    if (content == NST_ROOT) content = nst_parse_kid(s->p, t, NST_D_CCOMP);
    if (content == NST_ROOT || content < t) return false;
    if (nst_parse_kid(s->p, content, NST_D_MARK) == NST_ROOT) return false;  /* "appeared tired" */
    const nst_sent *sent = &s->t->sents[s->t->sent_of[t]];
    nst_attribution a = nst_says_begin(s, t, NULL, NST_ROOT);
    a.speech = a.vouches = false;
    nst_says_mask_subtree(s, content, 1);
    nst_says_take_mask(s, &a, sent->first, sent->end);
    return nst_says_finish(s, &a) != NULL;
}

/* "The so-called Republic": the name is others', and the text keeps its distance. */
static void visit_so_called(nst_says *s, uint32_t t) {
    const nst_sent *sent = &s->t->sents[s->t->sent_of[t]];
    uint32_t end = t + 1, noun, f, e;
    if (nst_str_ieq(nst_text_token(s->t, t), NST_S("so")) && t + 2 < sent->end &&
        nst_str_is(nst_text_token(s->t, t + 1), "-") &&
        nst_str_ieq(nst_text_token(s->t, t + 2), NST_S("called"))) end = t + 3;
    else if (!nst_str_ieq(nst_text_token(s->t, t), NST_S("so-called"))) return;
    noun = s->p->head[end - 1];
    if (noun == NST_ROOT || noun < end || noun > end + 8) return;
    nst_attribution a = nst_says_begin(s, t, NULL, NST_ROOT);
    a.cue_span = nst_text_tokens(s->t, t, end);
    a.stance = NST_DOUBTS;
    a.speech = a.vouches = false;
    nst_parse_subtree(s->p, noun, &f, &e);
    if (e <= end || e > sent->end) return;
    memset(s->mask + end, 1, e - end);
    nst_says_take_mask(s, &a, end, e);
    nst_says_finish(s, &a);
}

/* Hearsay and distance: words that attribute to nobody in particular. */
void nst_says_visit_nobody(nst_says *s, uint32_t t) {
    if (s->p->upos[t] == NST_ADV && visit_hearsay(s, t)) return;
    if (visit_impression(s, t)) return;
    visit_so_called(s, t);
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
static uint32_t noun_source(const nst_says *s, uint32_t t, bool plain) {
    const nst_parse *p = s->p;
    uint32_t source = nst_path_poss(p, t);
    if (source == NST_ROOT) source = nst_path_prep(p, t, NST_S("by"));
    if (source == NST_ROOT) source = nst_path_prep(p, t, NST_S("from"));
    if (source == NST_ROOT && p->deprel[t] == NST_D_OBJ && !nst_says_received(s, t))
        source = nst_path_subj(p, p->head[t]);
    uint32_t of = source == NST_ROOT && !plain ? nst_path_prep(p, t, NST_S("of")) : NST_ROOT;
    if (of != NST_ROOT && s->x->actor_at[of] != NST_ROOT) source = of;  /* "the refusal of X to" */
    return source;
}

/* "his claim that ...", "allegations of ...", "drew criticism of ...". */
void nst_says_visit_noun(nst_says *s, uint32_t t) {
    const nst_parse *p = s->p;
    static const char *const whose[] = {"about", "over", "against", NULL};
    const nst_cue *cue = p->upos[t] == NST_NOUN ? nst_says_cue_at(s, t, 'n') : NULL;
    bool plain = false;
    uint32_t content = cue ? noun_content(s, t, cue, &plain) : NST_ROOT;
    if (content == NST_ROOT) return;
    uint8_t takes = nst_says_takes_of(s, cue);
    uint32_t source = noun_source(s, t, plain), light = nst_says_light_verb(s, t), c = NST_ROOT;
    if (plain) c = nst_parse_case(p, content);
    if (plain && c == NST_ROOT) c = nst_parse_kid(p, content, NST_D_MARK);
    bool near = plain && c == t + 1;
    bool loose = near && nst_says_is_any(p, c, whose);   /* "growing concern about": somebody's */
    if (source == NST_ROOT && !loose && (plain || !(takes & NST_CUE_SPEECH))) return;
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
