/* events_says_source.c - who it is that says so: the words of the source, and whether it can speak.
 *
 * In: the head of a noun phrase or a cue. Out: spans and answers about them.
 *   [Ruritania's foreign minister] said: the subject; it can take a position and has a name
 * Idea: the subject by the tree, or, where trees err, the name that stands beside the cue.
 * Invariant: a source's span lies in one sentence and ends with no mark.
 */
#include "says.h"

static bool is_mark(const nst_says *s, uint32_t i) { return s->p->upos[i] == NST_PUNCT; }

/* The bytes of a source's noun phrase: its subtree without clauses at its end, within the sentence.
 * */
nst_span nst_says_source_span(const nst_says *s, uint32_t head) {
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

/* Does the source stay unnamed ("officials", "a source")? */
bool nst_says_nameless(const nst_says *s, uint32_t head) {
    static const char *const words[] = {"source", "official", "people", "person", "aide",
        "insider", "diplomat",
        "analyst", "observer", "expert", "witness", "resident", "critic", "some", "many", "other",
            "report", "medium", NULL};
    if (head == NST_ROOT || !nst_says_is_any(s->p, head, words)) return false;
    for (uint32_t k = s->p->kid_first[head]; k < s->p->kid_first[head + 1]; k++)
        if (s->p->upos[s->p->kids[k]] == NST_PROPN &&
            s->p->deprel[s->p->kids[k]] != NST_D_NMOD_POSS &&
            s->p->deprel[s->p->kids[k]] != NST_D_COMPOUND)
            return s->x->actor_at[head] == NST_ROOT ||
                s->x->actors[s->x->actor_at[head]].kind != NST_ACTOR_PERSON;
    return true;
}

/* The actor that tokens [first, end) name, by its last head; NST_ROOT if none. */
uint32_t nst_says_actor_in(const nst_says *s, uint32_t first, uint32_t end) {
    for (uint32_t i = end; i-- > first;)
        if (s->x->actor_at[i] != NST_ROOT &&
            s->x->actors[s->x->actor_at[i]].end >= end) return s->x->actor_at[i];
    return NST_ROOT;
}

/* The entity mention of a sentence whose last token is at `last`; NST_ROOT if there is none. */
static uint32_t actor_ending(const nst_says *s, uint32_t last, uint32_t start) {
    for (uint32_t i = last + 1; i-- > start && last - i < 8;) {
        uint32_t a = s->x->actor_at[i];
        if (a != NST_ROOT && s->x->actors[a].end == last + 1) return s->x->actors[a].head;
    }
    return NST_ROOT;
}

/* The subject as the words lie, where a tree may err: "..., Strel said, ..." and "...," said Otto
 * Strel. */
uint32_t nst_says_nearby_subject(const nst_says *s, uint32_t t, uint32_t source) {
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

/* Nouns that can hold a position though they are no actor of the entity stage: what is written,
 * counted or shown, and bodies. */
static const char *const voices[] = {"%", "ad", "all", "analysis", "app", "article", "audience",
    "average", "base", "blog", "board", "body", "book", "both", "brief", "bulletin", "campaign",
    "caption", "chant", "chart", "coalition", "column", "comment", "commission", "committee",
    "community", "complaint", "council", "court", "critic", "crowd", "data", "document", "each",
    "editorial", "electorate", "email", "estimate", "everyone", "evidence", "faction", "few",
    "figure", "film", "filing", "finding", "footage", "forecast", "group", "guide", "half",
    "headline", "image", "indictment", "inquiry", "investigation", "journal", "jury", "law",
    "letter", "magazine", "majority", "many", "member", "memo", "message", "most", "movie",
    "narrator", "network", "newsletter", "newspaper", "nobody", "none", "number", "organisation",
    "organization", "other", "outlet", "page", "panel", "paper", "party", "percent", "people",
    "photo", "plan", "platform", "poll", "polling", "post", "poster", "public", "quarter",
    "rating", "record", "remark", "report", "research", "result", "review", "ruling", "sign",
    "site", "some", "somebody", "source", "speech", "staff", "statement", "story", "study",
    "survey", "team", "test", "third", "those", "transcript", "tweet", "union", "video", "vote",
    "voter", "website", "who", NULL};

/* Plural nouns that hold none. */
static const char *const things[] = {"action", "case", "change", "condition", "cost", "day",
    "detail", "development", "dynamic", "effort", "event", "fact", "idea", "initiative", "issue",
    "measure", "mechanism", "policy", "price", "problem", "question", "rule", "sanction",
    "strategy", "thing", "word", "year", NULL};

/* Can the pronoun take a position? */
static bool pronoun_minded(const nst_says *s, uint32_t i, uint32_t actor) {
    static const char *const never[] = {"you", "that", "which", "this", "what", NULL};
    if (nst_str_ieq(nst_text_token(s->t, i), NST_S("those"))) return true;
    if (nst_says_is_any(s->p, i, never)) return false;
    return !nst_parse_lemma_is(s->p, i, "it") || (actor != NST_ROOT && s->x->actors[actor].n_is);
}

/* Can the source take a position? Asked where the verb alone ("signals", "counters") does not
 * tell. */
bool nst_says_minded(const nst_says *s, uint32_t source) {
    uint32_t actor = s->x->actor_at[source];
    uint8_t upos = s->p->upos[source];
    if (upos == NST_PRON) return pronoun_minded(s, source, actor);
    if (upos == NST_PROPN || upos == NST_NUM || upos == NST_ADJ) return true;
    if (nst_says_is_any(s->p, source, voices)) return true;
    if (actor == NST_ROOT)
        return nst_str_is(s->p->xpos[source], "NNS") && !nst_says_is_any(s->p, source, things);
    return s->x->actors[actor].kind != NST_ACTOR_PLACE &&
        s->x->actors[actor].kind != NST_ACTOR_OTHER;
}
