/* parse_index.c - names of the labels, and the small questions later stages ask of a tree.
 *
 * In: heads and feature strings. Out: children in order, feature bits, subtrees.
 *   expelled: kids Graustark, had, envoys; its subject Graustark; envoys' subtree "two envoys".
 * Invariants: (1) every token but the roots is the kid of exactly one token; (2) kids come
 * in order of position; (3) everything is linear in the tokens asked about.
 */
#include "parse.h"

static const char *const upos_names[NST_N_UPOS] = {
    "X", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB",
};

static const char *const rel_names[NST_N_DEPREL] = {
#define R(name, text) text,
#include "deprels.def"
};

static const char *const name_kinds[NST_N_NAME] = {
    "PERSON", "ORGANISATION", "PLACE", "NATIONALITY", "EVENT", "DOCUMENT",
};

const char *nst_upos_name(uint8_t u) { return u < NST_N_UPOS ? upos_names[u] : "X"; }
const char *nst_deprel_name(uint8_t d) { return d < NST_N_DEPREL ? rel_names[d] : "dep"; }
const char *nst_name_kind_name(uint8_t k) { return k < NST_N_NAME ? name_kinds[k] : ""; }

uint8_t nst_upos_of(nst_str s) {
    for (uint8_t i = 0; i < NST_N_UPOS; i++)
        if (nst_str_is(s, upos_names[i])) return i;
    return NST_X;
}

uint8_t nst_deprel_of(nst_str s) {
    for (uint8_t i = 0; i < NST_N_DEPREL; i++)
        if (nst_str_is(s, rel_names[i])) return i;
    const char *colon = s.n ? memchr(s.p, ':', s.n) : NULL;
    return colon ? nst_deprel_of((nst_str){s.p, (uint32_t)(colon - s.p)}) : NST_D_DEP;
}

uint8_t nst_deprel_base(uint8_t d) {
    const char *z = nst_deprel_name(d), *colon = strchr(z, ':');
    return colon ? nst_deprel_of((nst_str){z, (uint32_t)(colon - z)}) : d;
}

/* ---- features ---------------------------------------------------------------------------- */

static const struct {
    const char *text;
    uint32_t bit;
} feature_bits[] = {
    {"Number=Sing", NST_M_SING}, {"Number=Plur", NST_M_PLUR}, {"Number=Ptan", NST_M_PLUR},
    {"Person=1", NST_M_P1}, {"Person=2", NST_M_P2}, {"Person=3", NST_M_P3},
    {"Tense=Past", NST_M_PAST}, {"Tense=Pres", NST_M_PRES}, {"VerbForm=Fin", NST_M_FIN},
    {"VerbForm=Inf", NST_M_INF}, {"VerbForm=Part", NST_M_PART}, {"VerbForm=Ger", NST_M_GER},
    {"Mood=Imp", NST_M_IMP}, {"Voice=Pass", NST_M_PASS}, {"Polarity=Neg", NST_M_NEG},
    {"PronType=Neg", NST_M_NEG}, {"Poss=Yes", NST_M_POSS}, {"PronType=Rel", NST_M_REL},
    {"PronType=Int", NST_M_INT}, {"Gender=Masc", NST_M_MASC}, {"Gender=Fem", NST_M_FEM},
    {"Gender=Neut", NST_M_NEUT}, {"NumType=Card", NST_M_CARD}, {"NumType=Ord", NST_M_ORD},
    {"Degree=Sup", NST_M_SUP}, {"Degree=Cmp", NST_M_CMP}, {"PronType=Prs", NST_M_PRS},
    {"Definite=Def", NST_M_DEF}, {"Definite=Ind", NST_M_INDEF},
};

/* Bits of "Number=Sing|Person=3|...". */
static uint32_t morph_of(nst_str feats) {
    uint32_t m = 0;
    nst_str piece;
    while (nst_str_split(&feats, '|', &piece))
        for (size_t i = 0; i < sizeof feature_bits / sizeof *feature_bits; i++)
            if (nst_str_is(piece, feature_bits[i].text)) m |= feature_bits[i].bit;
    return m;
}

/* As morph_of, remembering the last strings seen: the model's feature strings are few and shared.
 */
static void fill_morph(nst_parse *p, uint32_t n) {
    struct { const char *at; uint32_t n, bits; } memo[64] = {0};
    for (uint32_t i = 0; i < n; i++) {
        nst_str f = p->feats[i];
        uint32_t h = (uint32_t)(((uintptr_t)f.p >> 2) * 2654435761u >> 26) & 63;
        if (!f.n) continue;
        if (memo[h].at != f.p || memo[h].n != f.n) {
            memo[h].at = f.p, memo[h].n = f.n;
            memo[h].bits = morph_of(f);
        }
        p->morph[i] = memo[h].bits;
    }
}

/* ---- children ---------------------------------------------------------------------------- */

void nst_parse_index(nst_parse *p, nst_arena *doc) {
    uint32_t n = p->text->n_tokens;
    p->kid_first = NST_ARRAY(doc, uint32_t, n + 2);
    p->kids = NST_ARRAY(doc, uint32_t, n);
    p->morph = NST_ARRAY(doc, uint32_t, n);
    fill_morph(p, n);
    for (uint32_t i = 0; i < n; i++)
        if (p->head[i] < n) p->kid_first[p->head[i] + 2]++;
    for (uint32_t i = 1; i < n + 2; i++) p->kid_first[i] += p->kid_first[i - 1];
    for (uint32_t i = 0; i < n; i++)
        if (p->head[i] < n) p->kids[p->kid_first[p->head[i] + 1]++] = i;
}

uint32_t nst_parse_kid(const nst_parse *p, uint32_t i, nst_deprel rel) {
    for (uint32_t k = p->kid_first[i]; k < p->kid_first[i + 1]; k++)
        if (p->deprel[p->kids[k]] == rel) return p->kids[k];
    return NST_ROOT;
}

void nst_parse_subtree(const nst_parse *p, uint32_t i, uint32_t *first, uint32_t *end) {
    *first = i, *end = i + 1;
    const nst_sent *s = &p->text->sents[p->text->sent_of[i]];
    for (uint32_t t = s->first; t < s->end; t++) {
        uint32_t v = t;
        for (uint32_t steps = 0; v != i && v != NST_ROOT && steps < s->end - s->first; steps++)
            v = p->head[v];
        if (v != i) continue;
        if (t < *first) *first = t;
        if (t + 1 > *end) *end = t + 1;
    }
}

bool nst_parse_lemma_is(const nst_parse *p, uint32_t i, const char *lemma) {
    return nst_str_is(p->lemma[i], lemma);
}

uint32_t nst_parse_case(const nst_parse *p, uint32_t i) { return nst_parse_kid(p, i, NST_D_CASE); }
