/* parse_lemma.c - the dictionary form of a word from its form and Penn tag.
 *
 * In: expelled VBD. Out: expel.
 * The idea: words the treebanks lemmatise in an own way stand in a
 * table; for all others the longest known ending under that tag says what to cut and what to add.
 * Both tables are made by train/lemmas.py.
 * Invariant: never empty for a word that is not.
 */
#include "parse_model.h"

#define KEY 96u
#define LONGEST_SUFFIX 5u

/* "form<TAB>tag" into key, ASCII letters in lower case, curly apostrophes straight; 0 if too long.
 */
static uint32_t make_key(nst_str w, nst_str tag, char key[KEY]) {
    uint32_t n = 0;
    if (w.n + tag.n + 1 > KEY) return 0;
    for (uint32_t i = 0; i < w.n; i++) {
        bool curly = i + 2 < w.n && !memcmp(w.p + i, "\xE2\x80\x99", 3);
        key[n++] = curly ? '\'' : w.p[i] >= 'A' && w.p[i] <= 'Z' ? (char)(w.p[i] + 32) : w.p[i];
        i += curly ? 2 : 0;
    }
    key[n++] = '\t';
    memcpy(key + n, tag.p, tag.n);
    return n + tag.n;
}

/* Copy of the word, with ASCII letters lowered unless it keeps its case. */
static char *copy_word(nst_str w, bool keep, nst_arena *doc) {
    char *p = nst_arena_dup(doc, w.p, w.n);
    for (uint32_t i = 0; !keep && i < w.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] += 32;
    return p;
}

static bool has_lower(nst_str w) {
    for (uint32_t i = 0; i < w.n; i++)
        if (w.p[i] >= 'a' && w.p[i] <= 'z') return true;
    return false;
}

/* Proper nouns keep their case; so do adjectives of place inside a sentence, and short acronyms. */
static bool keeps_case(nst_str w, nst_str tag, bool first) {
    if (nst_str_starts(tag, "NNP")) return true;
    if (first || !w.n || !(w.p[0] >= 'A' && w.p[0] <= 'Z')) return false;
    return nst_str_is(tag, "JJ") || (nst_str_starts(tag, "NN") && w.n > 1 && !has_lower(w));
}

/* May `cut` bytes go? Something must stay or come, and only ASCII letters go. */
static bool can_cut(nst_str w, uint32_t cut, bool adds) {
    if (cut >= w.n + adds) return false;
    for (uint32_t i = w.n - cut; i < w.n; i++)
        if ((unsigned char)w.p[i] >= 128) return false;
    return true;
}

/* The edit for the longest known ending: byte 0 says how much to cut, the rest is added. */
static nst_str find_edit(const nst_parse_model *m, nst_str w, nst_str tag) {
    char key[KEY];
    for (uint32_t len = w.n < LONGEST_SUFFIX ? w.n : LONGEST_SUFFIX;; len--) {
        uint32_t n = make_key((nst_str){w.p + w.n - len, len}, tag, key);
        nst_str v = n ? pm_table_get(&m->suffix, key, n) : (nst_str){0};
        if (v.p && v.n && can_cut(w, (uint8_t)v.p[0], v.n > 1)) return v;
        if (!len) return (nst_str){0};
    }
}

nst_str pm_lemma(const nst_parse_model *m, nst_str w, nst_str tag, bool first, nst_arena *doc) {
    char key[KEY];
    uint32_t n = make_key(w, tag, key);
    nst_str known = n ? pm_table_get(&m->lemma, key, n) : (nst_str){0};
    bool keep = keeps_case(w, tag, first);
    if (known.p && known.n && !nst_str_starts(tag, "NNP")) return known;
    nst_str verb = nst_str_starts(tag, "VB") ? pm_verb_lemma(w) : (nst_str){0};
    if (verb.n) return verb;
    nst_str edit = known.p || !w.n ? (nst_str){0} : find_edit(m, w, tag);
    uint32_t cut = edit.p ? (uint8_t)edit.p[0] : 0, add = edit.p ? edit.n - 1 : 0;
    char *p = copy_word(w, keep, doc);
    if (!cut && !add) return (nst_str){p, w.n};
    return nst_arena_printf(doc, "%.*s%.*s", (int)(w.n - cut), p, (int)add, edit.p + 1);
}
