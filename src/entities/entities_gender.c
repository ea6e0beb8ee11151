/* entities_gender.c - what a given name or a noun tells of he or she.
 *
 * In: a given name ("Hilary"), a noun ("spokeswoman"). Out: 'm', 'f', or 0 when it tells nothing.
 * The names stand in data/words/given_names.tsv (made by train/given_names.py), one a line with its gender;
 * names borne by both are not among them.
 * Invariant: both tables are sorted by bytes (test/who/resolve.txt would fail on a name out of order).
 */
#include "who.h"

NST_INCBIN(nst_given_names, "data/words/given_names.tsv");

typedef struct telling {
    const char *word;
    char gender;
} telling;

static const telling nouns[] = {
    {"actor", 'm'}, {"actress", 'f'}, {"archbishop", 'm'}, {"aunt", 'f'}, {"ayatollah", 'm'},
    {"baron", 'm'}, {"baroness", 'f'}, {"bishop", 'm'}, {"boy", 'm'}, {"boyfriend", 'm'},
    {"brother", 'm'}, {"businessman", 'm'}, {"businesswoman", 'f'}, {"cameraman", 'm'},
    {"cardinal", 'm'}, {"chairman", 'm'}, {"chairwoman", 'f'}, {"congressman", 'm'},
    {"congresswoman", 'f'}, {"councilman", 'm'}, {"councilwoman", 'f'}, {"countess", 'f'},
    {"dame", 'f'}, {"daughter", 'f'}, {"duchess", 'f'}, {"duke", 'm'}, {"emir", 'm'},
    {"emperor", 'm'}, {"empress", 'f'}, {"father", 'm'}, {"fireman", 'm'}, {"fisherman", 'm'},
    {"gentleman", 'm'}, {"girl", 'f'}, {"girlfriend", 'f'}, {"grandfather", 'm'},
    {"grandmother", 'f'}, {"heroine", 'f'}, {"hostess", 'f'}, {"husband", 'm'}, {"imam", 'm'},
    {"king", 'm'}, {"lady", 'f'}, {"lord", 'm'}, {"madam", 'f'}, {"man", 'm'}, {"mistress", 'f'},
    {"monk", 'm'}, {"mother", 'f'}, {"nephew", 'm'}, {"niece", 'f'}, {"nun", 'f'},
    {"policeman", 'm'}, {"policewoman", 'f'}, {"pope", 'm'}, {"priest", 'm'}, {"prince", 'm'},
    {"princess", 'f'}, {"queen", 'f'}, {"sheikh", 'm'}, {"sir", 'm'}, {"sister", 'f'}, {"son", 'm'},
    {"spokesman", 'm'}, {"spokeswoman", 'f'}, {"statesman", 'm'}, {"stateswoman", 'f'},
    {"sultan", 'm'}, {"uncle", 'm'}, {"waiter", 'm'}, {"waitress", 'f'}, {"widow", 'f'},
    {"widower", 'm'}, {"wife", 'f'}, {"woman", 'f'},
};

/* The row of a lower-case noun, 0 if there is none. */
static char look_up(nst_str word) {
    size_t lo = 0, hi = sizeof nouns / sizeof *nouns;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = nst_str_cmp(nst_str_c(nouns[mid].word), word);
        if (!c) return nouns[mid].gender;
        if (c < 0) lo = mid + 1;
        else hi = mid;
    }
    return 0;
}

/* The line of a folded name among sorted lines "name TAB gender", 0 if there is none. */
static char line_of(const char *p, size_t n, nst_str word) {
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t at = (lo + hi) / 2;
        while (at > lo && p[at - 1] != '\n') at--;
        size_t tab = at;
        while (tab < hi && p[tab] != '\t') tab++;
        int c = nst_str_cmp((nst_str){p + at, (uint32_t)(tab - at)}, word);
        if (!c) return p[tab + 1];
        if (c < 0) lo = tab + 3;
        else hi = at;
    }
    return 0;
}

/* The first word of s in lower case without diacritics, in buf; letters beyond it are cut. */
static nst_str folded(nst_str s, char buf[40]) {
    uint32_t n = 0;
    for (size_t i = 0; i < s.n && n < 36;) {
        uint32_t c = nst_utf8_fold(nst_utf8_next(s.p, s.n, &i));
        if (c == ' ' || c == '-') break;
        n += (uint32_t)nst_utf8_put(c, buf + n);
    }
    return (nst_str){buf, n};
}

char nst_who_gender_name(nst_str given) {
    char buf[40];
    return line_of((const char *)nst_given_names_start, (size_t)(nst_given_names_end - nst_given_names_start), folded(given, buf));
}

char nst_who_gender_noun(nst_str noun) {
    char buf[40];
    return look_up(folded(noun, buf));
}
