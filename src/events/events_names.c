/* events_names.c - the words of PLOVER, of modality and of stance, and their numbers. Tables only. */
#include "events.h"

static const char *const types[] = {
#define T(name, quad) #name,
#include "plover.def"
};
static const int quads[] = {
#define T(name, quad) quad,
#include "plover.def"
};
static const char *const modes[] = {
#define M(text) text,
#include "plover.def"
};
static const char *const contexts[] = {
#define C(text) text,
#include "plover.def"
};
static const char *const modalities[] = {"asserted", "negated", "future", "conditional",
    "hypothetical", "requested", "historical"};
static const char *const stances[] = {"asserts", "denies", "accuses", "promises", "threatens",
    "asks", "doubts", "quotes"};
static const char *const kinds[] = {"level", "change", "share", "count"};

/* Index of s in a table of n words, or `missing`. */
static int find(const char *const *table, int n, nst_str s, int missing) {
    for (int i = 0; i < n; i++)
        if (nst_str_is(s, table[i])) return i;
    return missing;
}

const char *nst_type_name(int t) { return t >= 0 && t < NST_N_TYPE ? types[t] : "NONE"; }
const char *nst_mode_name(int m) { return modes[m]; }
const char *nst_context_name(int c) { return contexts[c]; }
const char *nst_modality_name(int m) { return modalities[m]; }
const char *nst_stance_name(int s) { return stances[s]; }
const char *nst_indicator_kind_name(int k) { return kinds[k]; }
int nst_type_quad(int t) { return quads[t]; }
int nst_type_of(nst_str s) { return find(types, NST_N_TYPE, s, NST_T_NONE); }
int nst_mode_of(nst_str s) { return find(modes, NST_N_MODE, s, -1); }
int nst_context_of(nst_str s) { return find(contexts, NST_N_CONTEXT, s, -1); }
