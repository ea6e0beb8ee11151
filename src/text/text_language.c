/* text_language.c - is the report in English?
 *
 * In: a tokenised report and the language its caller gave. Out: OK, or the outcome "skipped".
 *   "Ruritania's foreign minister said on Tuesday that ..." -> said, that ... : English
 *   "Der Aussenminister sagte am Dienstag ..."              -> none: skipped, once it is long
 * enough
 * Idea: the small words of English make a third of every English text, and those that no neighbour
 * shares ("the", "of", "that") a sixth; other languages have next to none of these. What the caller
 * says goes before what the words say.
 * Invariants: (1) a short text is never skipped for its words; (2) time is linear, at most 4,000
 * tokens are looked at.
 * Reference: Grefenstette, Comparing two language identification schemes, JADT 1995.
 */
#include "text_parts.h"

/* Words that are frequent in English and rare in the languages that share its letters. */
static const char small_words[] =
    "the of and to that is for was with he it as said his be by at from has have are not this "
    "they which were had their but who would been its will she her what when there more about";

/* Texts with fewer words are taken as they are. */
#define LEAST_WORDS 100
#define MOST_TOKENS 4000

/* Is the token a word (of any script)? */
static bool is_word(nst_str w) {
    return nst_text_class_at(w.p, 0, w.n) & NST_CH_LETTER;
}

/* "en", "en-GB", "eng", "English". */
static bool says_english(const char *lang) {
    return nst_text_at(lang, 0, (uint32_t)strlen(lang), "en");
}

nst_status nst_text_language(const nst_text *t, nst_err *e) {
    const char *lang = t->report->lang;
    if (lang && lang[0]) {
        if (says_english(lang)) return NST_OK;
        return nst_fail(e, NST_SKIPPED, "text", "the report is in \"%.20s\"; only English is coded",
                        lang);
    }
    uint32_t words = 0, small = 0, most = t->n_tokens < MOST_TOKENS ? t->n_tokens : MOST_TOKENS;
    for (uint32_t i = 0; i < most; i++) {
        nst_str w = nst_text_token(t, i);
        if (!is_word(w)) continue;
        words++;
        small += w.n <= 5 && nst_text_in(w, small_words);
        if (words == LEAST_WORDS && small * 10 >= words)
            return NST_OK; /* no doubt: look no further */
    }
    if (words < LEAST_WORDS || small * 50 >= words) return NST_OK;
    return nst_fail(e, NST_SKIPPED, "text",
                    "the text does not look English (%u small words of English in %u); give it the "
                    "field \"lang\":\"en\" to have it coded all the same",
                    small, words);
}
