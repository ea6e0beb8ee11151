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
        if (nst_str_ieq(nst_text_token(s->t, kid), NST_S("citing"))) continue;   /* a phrase apart */
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

/* "him", "them": never a subject. */
static bool objective(const nst_says *s, uint32_t i) {
    static const char *const words[] = {"him", "her", "them", "us", "me", NULL};
    nst_str w = nst_text_token(s->t, i);
    for (int k = 0; words[k]; k++)
        if (nst_str_ieq(w, nst_str_c(words[k]))) return true;
    return false;
}

/* "... mused the poet Otto Strel": the noun that a cue behind a mark is followed by; NST_ROOT. */
static uint32_t noun_after(const nst_says *s, uint32_t t) {
    const nst_sent *se = &s->t->sents[s->t->sent_of[t]];
    for (uint32_t i = t + 1; i < se->end && i < t + 6; i++) {
        uint8_t u = s->p->upos[i];
        bool last = i + 1 >= se->end || (s->p->upos[i + 1] != NST_NOUN && s->p->upos[i + 1] != NST_PROPN);
        if ((u == NST_NOUN || u == NST_PROPN) && last) return i;
        if (u != NST_NOUN && u != NST_PROPN && u != NST_ADJ && u != NST_DET) return NST_ROOT;
    }
    return NST_ROOT;
}

/* "..., an officer at the hospital told": the noun phrase that ends right before a finite cue, by its
 * head; NST_ROOT. */
static uint32_t noun_before(const nst_says *s, uint32_t t) {
    const nst_parse *p = s->p;
    const nst_sent *se = &s->t->sents[s->t->sent_of[t]];
    bool finite = nst_str_is(p->xpos[t], "VBD") || nst_str_is(p->xpos[t], "VBZ") || nst_str_is(p->xpos[t], "VBP");
    if (!finite || t == se->first || (p->upos[t - 1] != NST_NOUN && p->upos[t - 1] != NST_PROPN)) return NST_ROOT;
    uint32_t i = t - 1;
    for (int up = 0; up < 4; up++) {
        uint8_t d = nst_deprel_base(p->deprel[i]);
        uint32_t h = p->head[i];
        if (h == NST_ROOT || h >= t || h < se->first) break;
        if (d != NST_D_NMOD && d != NST_D_COMPOUND && d != NST_D_FLAT && d != NST_D_APPOS) break;
        if (p->upos[h] != NST_NOUN && p->upos[h] != NST_PROPN) break;
        bool marked = false;
        for (uint32_t k = h; k < i; k++) marked |= p->upos[k] == NST_PUNCT;
        if (marked) break;
        i = h;
    }
    return i;
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
    if (source != NST_ROOT && source > t && objective(s, source)) source = NST_ROOT;   /* "told [him]" */
    if (source != NST_ROOT) return source;
    for (uint32_t i = t + 1; inverted && i < se->end && i < t + 8; i++) {
        uint32_t a = s->x->actor_at[i];
        if (a != NST_ROOT && s->x->actors[a].first == t + 1) return i;
    }
    return inverted ? noun_after(s, t) : noun_before(s, t);
}

/* The first person, role or body that tokens [from, to) name; NST_ROOT. */
static uint32_t first_actor(const nst_says *s, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        uint32_t a = s->x->actor_at[i];
        if (a == NST_ROOT || s->x->actors[a].first < from || s->x->actors[a].head != i) continue;
        uint8_t k = s->x->actors[a].kind;
        if (k == NST_ACTOR_PERSON || k == NST_ACTOR_ROLE || k == NST_ACTOR_PRONOUN) return i;
    }
    return NST_ROOT;
}

/* "...," Otto Strel, a minister in Zenda, told reporters: whoever stands before a quotation, or in
 * it, is not its speaker if the cue comes behind it and somebody stands between. */
uint32_t nst_says_outside_quote(const nst_says *s, uint32_t t, uint32_t source) {
    const nst_sent *se = &s->t->sents[s->t->sent_of[t]];
    if (source == NST_ROOT || s->quotes.at[t] != NST_ROOT) return source;
    uint32_t end = NST_ROOT;
    for (uint32_t i = t; i-- > se->first && i > source && end == NST_ROOT;) {
        uint32_t q = s->quotes.at[i];
        if (q != NST_ROOT && s->quotes.list[q].end - s->quotes.list[q].first > 5) end = i + 1;
    }
    if (s->quotes.at[source] != NST_ROOT && source < t && end == NST_ROOT) end = source + 1;
    if (end == NST_ROOT) return source;
    uint32_t between = first_actor(s, end, t);
    if (between != NST_ROOT && s->x->actors[s->x->actor_at[between]].first <= end + 1) return between;
    if (s->quotes.at[source] == NST_ROOT) return source;
    uint32_t stop = t + 8 < se->end ? t + 8 : se->end;
    uint32_t after = first_actor(s, t + 1, stop);
    return after != NST_ROOT && s->x->actors[s->x->actor_at[after]].first == t + 1 ? after : source;
}

/* "Ruritanian challenger Otto Strel", "gun maker Zapt Works": the name that goes on right where a
 * noun ends, over further nouns ("the Zenda Morning host Otto Strel"); NST_ROOT. */
uint32_t nst_says_named_behind(const nst_says *s, uint32_t noun) {
    const nst_sent *se = &s->t->sents[s->t->sent_of[noun]];
    uint32_t own = s->x->actor_at[noun];
    if (own != NST_ROOT && s->x->actors[own].kind == NST_ACTOR_PERSON) return NST_ROOT;
    if (s->p->upos[noun] != NST_NOUN && s->p->upos[noun] != NST_PROPN) return NST_ROOT;
    for (uint32_t t = noun + 1; t < se->end && t < noun + 4; t++) {
        uint32_t a = s->x->actor_at[t];
        const nst_actor *x = a != NST_ROOT ? &s->x->actors[a] : NULL;
        if (x && x->first == t && x->kind == NST_ACTOR_PERSON && x->end - t > 1) return a;
        if (x && x->first == t && t == noun + 1 && s->p->upos[noun] == NST_NOUN &&
            s->p->upos[t] == NST_PROPN && !(s->p->morph[noun] & NST_M_PLUR) &&
            (x->kind == NST_ACTOR_ORG || x->kind == NST_ACTOR_OTHER)) return a;
        if (s->p->upos[t] != NST_NOUN) return NST_ROOT;
    }
    return NST_ROOT;
}

/* A participle that nobody governs as a subject: "indicted, accused of spying". */
bool nst_says_bare_participle(const nst_says *s, uint32_t t) {
    uint8_t d = s->p->deprel[t];
    if (!nst_str_is(s->p->xpos[t], "VBN") || (d != NST_D_ADVCL && d != NST_D_ACL)) return false;
    return nst_parse_kid(s->p, t, NST_D_AUX) == NST_ROOT && nst_parse_kid(s->p, t, NST_D_NSUBJ) == NST_ROOT &&
           nst_parse_kid(s->p, t, NST_D_OBL_AGENT) == NST_ROOT;
}

/* "They accuse Zenda of using arms, calling it a crime": a participle behind a comma shares the
 * subject of the clause that has one, not that of a gerund inside it. */
uint32_t nst_says_trailing_subject(const nst_says *s, uint32_t t, uint32_t source) {
    const nst_parse *p = s->p;
    if (!nst_str_is(p->xpos[t], "VBG") || p->deprel[t] != NST_D_ADVCL || p->head[t] == NST_ROOT || p->head[t] > t)
        return source;
    if (t == 0 || p->upos[t - 1] != NST_PUNCT || nst_parse_kid(p, t, NST_D_NSUBJ) != NST_ROOT) return source;
    uint32_t h = p->head[t];
    for (int up = 0; up < 4 && h != NST_ROOT && h < t; up++, h = p->head[h]) {
        uint32_t subject = nst_parse_kid(p, h, NST_D_NSUBJ);
        if (subject != NST_ROOT && p->deprel[h] != NST_D_ACL_RELCL) return subject;
        if (!nst_str_is(p->xpos[h], "VBG") && !nst_str_is(p->xpos[h], "VB")) break;
    }
    return source;
}

/* Nouns that can hold a position though they are no actor of the entity stage: what is written,
 * counted or shown, and bodies. */
static const char *const voices[] = {"%", "activist", "actor", "actress", "ad", "administration",
    "all", "alliance", "ally", "analysis", "anchor", "app", "article", "association", "attorney",
    "audience", "author", "average", "bank", "base", "blog", "blogger", "board", "body", "book",
    "both", "boy", "brief", "brother", "bulletin", "camp", "campaign", "candidate", "caption",
    "celebrity", "chant", "chart", "church", "club", "coalition", "colleague", "column",
    "columnist", "comedian", "comment", "commission", "committee", "community", "company",
    "complaint", "council", "couple", "court", "critic", "crowd", "data", "daughter", "delegate",
    "department", "director", "doctor", "document", "donor", "driver", "each", "economist",
    "editorial", "electorate", "email", "estimate", "everyone", "evidence", "faction", "family",
    "fan", "farmer", "father", "federation", "few", "figure", "filing", "film", "finding", "firm",
    "footage", "forecast", "foundation", "friend", "girl", "group", "guide", "half", "headline",
    "historian", "host", "husband", "image", "immigrant", "indictment", "inquiry", "institute",
    "investigation", "investor", "journal", "judge", "juror", "jury", "law", "lawmaker", "lawyer",
    "league", "letter", "magazine", "majority", "man", "many", "member", "memo", "message",
    "moderator", "most", "mother", "movement", "movie", "narrator", "nation", "native", "neighbor",
    "neighbour", "network", "newsletter", "newspaper", "nobody", "nominee", "none", "number",
    "office", "opponent", "organisation", "organization", "other", "outlet", "page", "panel",
    "paper", "parent", "party", "passenger", "people", "percent", "photo", "plan", "platform",
    "poll", "polling", "post", "poster", "producer", "professor", "prosecutor", "protester",
    "public", "pundit", "quarter", "rating", "record", "refugee", "remark", "report", "research",
    "resident", "result", "review", "rival", "ruling", "scholar", "shopkeeper", "side", "sign",
    "sister", "site", "some", "somebody", "son", "source", "speech", "staff", "star", "statement",
    "story", "strategist", "student", "study", "survey", "survivor", "teacher", "team", "test",
    "third", "those", "trader", "transcript", "tweet", "union", "university", "veteran", "victim",
    "video", "villager", "vote", "voter", "website", "who", "wife", "woman", "worker", "world",
    NULL};

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
    if (actor == NST_ROOT || s->x->actors[actor].kind == NST_ACTOR_THING)
        return nst_str_is(s->p->xpos[source], "NNS") && !nst_says_is_any(s->p, source, things);
    return s->x->actors[actor].kind != NST_ACTOR_PLACE &&
        s->x->actors[actor].kind != NST_ACTOR_OTHER;
}
