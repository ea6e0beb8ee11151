/* says.h - what the parts of "who says so" share. Inside of stage 5.
 *
 * The parts, as the data flows: events_quote.c (quotations), events_says_cue.c, _source.c,
 * _content.c (answers about tokens), _verb.c, _phrase.c, _headline.c (attributions), _quote.c (who
 * owns a quotation), events_says.c (order, nesting), _speaker.c (pronouns).
 */
#ifndef NST_SAYS_H
#define NST_SAYS_H

#include "path.h"

#define NST_SAYS_GAP 6     /* tokens between a cue verb and the preposition of its entry */
#define NST_SAYS_REACH 20            /* sentences that a quotation may lie behind its cue */

/* A run of tokens between quotation marks; may run over sentences and paragraphs. */
typedef struct nst_quote {
    uint32_t first, end;             /* tokens, marks included */
    bool owned;                      /* some attribution's content holds it */
} nst_quote;

typedef struct nst_quotes {
    nst_quote *list;                 /* [n] in order */
    uint32_t n;
    uint32_t *at;                    /* [n_tokens] quote that covers the token, NST_ROOT */
} nst_quotes;

/* events_quote.c: finds quotations by their marks, paragraph by paragraph. */
void nst_quote_find(const nst_text *t, nst_arena *scratch, nst_quotes *out);

/* The workspace of one report. */
typedef struct nst_says {
    const nst_entities *x;
    const nst_parse *p;
    const nst_text *t;
    const nst_lexicon *l;
    nst_arena *doc;
    nst_events *out;
    uint32_t cap;                    /* of out->attributions */
    nst_quotes quotes;
    uint8_t *mask;                   /* [n_tokens] content of the attribution being made */
} nst_says;

/* events_says_cue.c */
/* Is token i one of these lemmas? `words` ends with NULL. */
bool nst_says_is_any(const nst_parse *p, uint32_t i, const char *const *words);
/* The cue word at token t: the longest whose further words follow closely. */
const nst_cue *nst_says_cue_at(const nst_says *s, uint32_t t, char pos);
/* The token behind the last word of the cue at t. */
uint32_t nst_says_cue_end(const nst_says *s, uint32_t t, const nst_cue *cue);
/* All that the verb takes, over its rows of the same length. */
uint8_t nst_says_takes_of(const nst_says *s, const nst_cue *cue);
/* Is token i a word that belongs before the verb t: auxiliary, adverb, "to"? */
bool nst_says_fore(const nst_says *s, uint32_t i, uint32_t t);
/* First token of the verb group that ends with t: "went on to", "has never", "appeared to" before
 * it. */
uint32_t nst_says_group_first(const nst_says *s, uint32_t t, uint32_t start);
/* The cue's bytes: the verb's group, its particle, the preposition that names its content. */
nst_span nst_says_cue_span(const nst_says *s, uint32_t t, const nst_cue *cue);
/* The cue's bytes of a noun: [first, end) with its article and adjectives. */
nst_span nst_says_noun_span(const nst_says *s, uint32_t t, uint32_t first, uint32_t end);
/* Is t a verb that can be a cue here (not "reported cases", "the said man", a bare imperative)? */
bool nst_says_verbal(const nst_says *s, uint32_t t);
/* The verb that only lends its subject to the noun t: "made the claim", "issued a statement";
 * NST_ROOT. */
uint32_t nst_says_light_verb(const nst_says *s, uint32_t t);
/* Is noun t what the subject of its verb gets from others: "drew criticism from many"? */
bool nst_says_received(const nst_says *s, uint32_t t);
/* "issued a statement saying": the verb whose subject is the one who says; NST_ROOT. */
uint32_t nst_says_issuer(const nst_says *s, uint32_t noun, uint32_t t);
/* "did not say", "never confirmed". */
bool nst_says_negated(const nst_says *s, uint32_t t);
/* "neither confirmed nor denied", "would not confirm or deny": no word on it either way. */
bool nst_says_undecided(const nst_says *s, uint32_t t);
/* "When asked about", "was asked", "asked whether ..., he said": the one who asks is not named. */
bool nst_says_asked(const nst_says *s, uint32_t t);
/* Who or which document is cited at "citing"; NST_ROOT for reasons and proofs. */
uint32_t nst_says_cited(const nst_says *s, uint32_t t);
/* Is the verb a blow with weapons and not with words? */
bool nst_says_bodily(const nst_says *s, uint32_t t, uint32_t source);
/* Is the verb nobody's saying: "it is worth noting", "companies that fail to report", "to say the
 * least"? */
bool nst_says_idle(const nst_says *s, uint32_t t, uint32_t source, uint8_t takes);

/* events_says_source.c */
/* The bytes of a source's noun phrase: its subtree without clauses at its end, within the
 * sentence. */
nst_span nst_says_source_span(const nst_says *s, uint32_t head);
/* Does the source stay unnamed ("officials", "a source")? */
bool nst_says_nameless(const nst_says *s, uint32_t head);
/* The actor that tokens [first, end) name, by its last head; NST_ROOT if none. */
uint32_t nst_says_actor_in(const nst_says *s, uint32_t first, uint32_t end);
/* The subject as the words lie, where a tree may err: "..., Strel said, ..." and "...," said Otto
 * Strel. */
uint32_t nst_says_nearby_subject(const nst_says *s, uint32_t t, uint32_t source);
/* Who speaks when the cue stands behind a quotation: not who stands before or in it. */
uint32_t nst_says_outside_quote(const nst_says *s, uint32_t t, uint32_t source);
/* Whose words a participle behind a comma tells: the subject of the clause that has one. */
uint32_t nst_says_trailing_subject(const nst_says *s, uint32_t t, uint32_t source);
/* The entity mention of a name that goes on right where a noun ends; NST_ROOT. */
uint32_t nst_says_named_behind(const nst_says *s, uint32_t noun);
/* A participle that nobody governs as a subject: "indicted, accused of spying". */
bool nst_says_bare_participle(const nst_says *s, uint32_t t);
/* Can the source take a position? Asked where the verb alone ("signals", "counters") does not
 * tell. */
bool nst_says_minded(const nst_says *s, uint32_t source);

/* events_says_content.c */
/* Marks the subtree of i. */
void nst_says_mask_subtree(nst_says *s, uint32_t i, uint8_t value);
/* Turns the marked tokens of [first, end) into spans appended to a's content; gaps of one comma
 * close. */
void nst_says_take_mask(nst_says *s, nst_attribution *a, uint32_t first, uint32_t end);
/* Is token i the "according" of a phrase set off by a comma at the end of its sentence? */
bool nst_says_trailing(const nst_says *s, uint32_t i);
/* Marks what syntax gives verb t as content. */
bool nst_says_mask_content(nst_says *s, uint32_t t, uint8_t takes);
/* Marks what stands under the preposition that ends the cue: "called for [an inquiry]". */
bool nst_says_mask_prepositional(nst_says *s, uint32_t t, const nst_cue *cue);
/* Marks what a verb of saying is said to be about; the preposition, NST_ROOT if there is none. */
uint32_t nst_says_mask_topic(nst_says *s, uint32_t t);
/* Marks object and complements of verbs like "accuse X of", "call X Y", "criticise X". */
bool nst_says_mask_object(nst_says *s, uint32_t t);
/* Marks the quotations of t's sentence that nothing owns yet. */
bool nst_says_mask_quotes(nst_says *s, uint32_t t);
/* When the tree gives a verb of speech no content: what follows it, or, when it ends the sentence
 * with its subject, what precedes it. */
bool nst_says_mask_rest(nst_says *s, uint32_t t, uint32_t source);
/* "The weapons, he said, were lost": what stands around a saying set off by commas or quotation
 * marks. */
bool nst_says_mask_around(nst_says *s, uint32_t t, uint32_t source);

/* events_says_verb.c */
/* An attribution without content yet. */
nst_attribution nst_says_begin(const nst_says *s, uint32_t cue, const nst_cue *c, uint32_t source);
/* Keeps the attribution if it has content. */
nst_attribution *nst_says_finish(nst_says *s, const nst_attribution *a);
/* Attribution of a verb; a colon at the end of its sentence leaves it open for the quotation to
 * come. */
void nst_says_visit_verb(nst_says *s, uint32_t t);
/* "what they see as ...", "which Strel described as ...": the describer's own words for it. */
bool nst_says_visit_describer(nst_says *s, uint32_t t);
/* "The minister is confident that ...", "critical of ...": a predicate that tells a position. */
void nst_says_visit_adjective(nst_says *s, uint32_t t);

/* events_says_phrase.c */
/* "according to X", "per X", "citing X": everything in the clause but the phrase itself is X's
 * word. */
void nst_says_visit_according(nst_says *s, uint32_t t);
/* "Reportedly", "seems", "so-called": attributed to nobody in particular. */
void nst_says_visit_nobody(nst_says *s, uint32_t t);
/* "In the poll, ...", "by one estimate, ...", "in the minister's words, ...": the noun, or whose
 * words they * are, is the source of the rest of the clause. */
void nst_says_visit_survey(nst_says *s, uint32_t t);
/* "his claim that ...", "allegations of ...": the possessor, or whoever makes the claim, is the
 * source. */
void nst_says_visit_noun(nst_says *s, uint32_t t);

/* events_says_headline.c */
/* "Minister: talks failed" in a headline or a bare line; "STREL: We will not yield." in a
 * transcript. */
void nst_says_visit_headline(nst_says *s, uint32_t sent);
/* A dash and a name behind a quotation, in its sentence or alone: whose words stand before it. */
void nst_says_visit_signature(nst_says *s, uint32_t sent);

/* events_says_quote.c */
/* The paragraph of a token. */
uint32_t nst_says_paragraph_of(const nst_text *t, uint32_t token);
/* Quotations and attributions find each other. */
void nst_says_join_quotes(nst_says *s);

/* events_says_speaker.c */
/* "They" who speak are the plural subject of the sentences right before: "Minsk and Moscow support
 * ... They believe ...". Members of a compound are told one by one. */
void nst_says_tell_they(const nst_says *s);
/* "He" or "she" who says something and whom nobody has resolved: the antecedent's name if the text
 * names * one, else the person who is the nearest subject before, in this paragraph or the one
 * before it. */
void nst_says_tell_he(const nst_says *s);
/* "He" in a quotation is not the man who is quoted; "he" who goes on speaking is who spoke, and no
 * one he spoke of. */
void nst_says_tell_quoted(const nst_says *s);
/* "I" outside of all quotations is the report's author, if it names one. */
void nst_says_tell_author(const nst_says *s);
/* "We", "I", "our" inside somebody's words mean the speaker, or what he speaks for. The entity
 * mention is told so: the one place where this stage completes what the stage before left open. */
void nst_says_tell_first_person(const nst_says *s);

#endif
