/* parse_verbs.c - the dictionary form of the inflected verbs that news is told with.
 *
 * In: invaded. Out: invade.
 * The idea: endings alone cannot tell "invaded" (invade) from "attacked"
 * (attack), and treebanks are too small to have met every verb of the lexicon; so their forms stand
 * in a table.
 * Invariant: the table is sorted by form.
 */
#include "parse_model.h"

typedef struct verb_form { const char *form, *lemma; } verb_form;

static const verb_form verb_forms[] = {
#define V(form, lemma) {form, lemma},
#include "parse_verbs.inc"
#undef V
};

/* Compares a table entry with w, whose ASCII letters are taken in lower case. */
static int compare(const char *form, nst_str w) {
    for (uint32_t i = 0; i < w.n; i++) {
        unsigned char c = (unsigned char)(w.p[i] >= 'A' && w.p[i] <= 'Z' ? w.p[i] + 32 : w.p[i]);
        if ((unsigned char)form[i] != c) return (unsigned char)form[i] < c ? -1 : 1;
    }
    return form[w.n] ? 1 : 0;
}

nst_str pm_verb_lemma(nst_str w) {
    size_t lo = 0, hi = sizeof verb_forms / sizeof *verb_forms;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = compare(verb_forms[mid].form, w);
        if (!c) return (nst_str){verb_forms[mid].lemma, (uint32_t)strlen(verb_forms[mid].lemma)};
        if (c < 0) lo = mid + 1;
        else hi = mid;
    }
    return (nst_str){0};
}
