/* parse_case.c - headlines in capitals, read as running text writes them.
 *
 * In: Ruritania Expels Two Graustark Envoys. Out, for the nets: Ruritania expels two Graustark
 * envoys.
 * The idea: the nets learned from running text, where a capital within a sentence tells a name; a
 * headline that begins every word with one makes names of its verbs. Where a sentence is so
 * written, the words that running text all but always writes small (counted over news) are shown to
 * the nets in small letters; where it is all in capitals, the other words keep only their first.
 * Invariants: (1) only what the nets see changes, tokens and spans stay as they are; (2) a sentence
 * with small words of its own is left alone; (3) the table is sorted.
 * Reference: Lita et al. 2003, "tRuEcasIng".
 */
#include "parse_model.h"

static const char *const common[] = {
#define W(word) word,
#include "parse_case.inc"
#undef W
};

#define LEAST_WORDS 3            /* of more than three letters, for a sentence to be judged */

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
static char lower(char c) { return is_upper(c) ? (char)(c + 32) : c; }

/* Compares a table entry with w, whose ASCII letters are taken in lower case. */
static int compare(const char *word, nst_str w) {
    for (uint32_t i = 0; i < w.n; i++) {
        unsigned char c = (unsigned char)lower(w.p[i]), d = (unsigned char)word[i];
        if (c != d) return d < c ? -1 : 1;           /* the end of `word` comes first */
    }
    return word[w.n] ? 1 : 0;
}

/* Does running text write this word in small letters? */
static bool is_common(nst_str w) {
    size_t lo = 0, hi = sizeof common / sizeof *common;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = compare(common[mid], w);
        if (!c) return true;
        if (c < 0) lo = mid + 1;
        else hi = mid;
    }
    return false;
}

/* How a word is written: 'a' small, 'A' with a capital, 'X' all capitals, 0 otherwise. */
static char case_of(nst_str w) {
    bool small = false, large = false;
    if (!w.n || (!is_upper(w.p[0]) && !is_lower(w.p[0]))) return 0;
    for (uint32_t i = 1; i < w.n; i++) {
        small |= is_lower(w.p[i]);
        large |= is_upper(w.p[i]);
    }
    if (is_lower(w.p[0])) return large ? 0 : 'a';
    return small && large ? 0 : small ? 'A' : large ? 'X' : 0;
}

/* Is the sentence written like a headline: 'A' every longer word with a capital, 'X' all in capitals;
 * 0 if not. */
static char headline_case(const nst_text *t, const nst_sent *s) {
    uint32_t n = 0, title = 0, all = 0;
    for (uint32_t i = s->first; i < s->end; i++) {
        nst_str w = nst_text_token(t, i);
        char c = w.n > 3 ? case_of(w) : 0;
        if (!c) continue;
        n++;
        title += c != 'a';
        all += c == 'X';
    }
    if (n < LEAST_WORDS || s->end - s->first > 40) return 0;
    return all * 5 >= n * 4 ? 'X' : title * 5 >= n * 4 ? 'A' : 0;
}

void pm_case_find(pm_batch *b) {
    const nst_text *t = b->text;
    b->written = NST_ARRAY(b->doc, char, t->n_sents);
    for (uint32_t i = 0; i < t->n_sents; i++) b->written[i] = headline_case(t, &t->sents[i]);
}

nst_str pm_case_word(const pm_batch *b, uint32_t i, char *buf) {
    const nst_text *t = b->text;
    nst_str w = nst_text_token(t, i);
    char how = b->written[t->sent_of[i]], c = how ? case_of(w) : 0;
    if (c != 'A' && !(c == 'X' && how == 'X')) return w;
    if (w.n >= PM_CASE_MAX || (c == 'X' && w.n < 3)) return w;
    bool small = is_common(w) || (c == 'X' && pm_verb_lemma(w).n);
    bool first = i == t->sents[t->sent_of[i]].first;
    if (!small && (c == 'A' || w.n < 4)) return w;   /* a name; an abbreviation */
    for (uint32_t k = 0; k < w.n; k++)
        buf[k] = k || (small && !first) ? lower(w.p[k]) : w.p[k];
    return (nst_str){buf, w.n};
}
