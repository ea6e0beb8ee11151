/* parse.h - stage 3: tokens to tags, lemmas, dependency trees and names.
 *
 * In: nst_text. Out: one row a token, in Universal Dependencies' terms, and names by token span.
 *   said/VERB/say root <- expelled/VERB/expel ccomp <- Graustark/PROPN nsubj; name: Graustark PLACE
 * Invariants: (1) each sentence is one tree: exactly one token has head NST_ROOT; (2) heads lie in
 * the token's own sentence; (3) names do not overlap. Text form: CoNLL-U.
 */
#ifndef NST_PARSE_H
#define NST_PARSE_H

#include "text.h"

#define NST_ROOT UINT32_MAX        /* head of the root of a sentence */

typedef enum nst_upos {
    NST_X, NST_ADJ, NST_ADP, NST_ADV, NST_AUX, NST_CCONJ, NST_DET, NST_INTJ, NST_NOUN, NST_NUM,
    NST_PART, NST_PRON, NST_PROPN, NST_PUNCT, NST_SCONJ, NST_SYM, NST_VERB, NST_N_UPOS
} nst_upos;

typedef enum nst_deprel {
#define R(name, text) NST_D_##name,
#include "deprels.def"
    NST_N_DEPREL
} nst_deprel;

/* The features later stages ask for, as bits of `morph`. */
enum {
    NST_M_SING = 1 << 0, NST_M_PLUR = 1 << 1, NST_M_P1 = 1 << 2, NST_M_P2 = 1 << 3,
        NST_M_P3 = 1 << 4,
    NST_M_PAST = 1 << 5, NST_M_PRES = 1 << 6, NST_M_FIN = 1 << 7, NST_M_INF = 1 << 8,
    NST_M_PART = 1 << 9, NST_M_GER = 1 << 10, NST_M_IMP = 1 << 11, NST_M_PASS = 1 << 12,
    NST_M_NEG = 1 << 13, NST_M_POSS = 1 << 14, NST_M_REL = 1 << 15, NST_M_INT = 1 << 16,
    NST_M_MASC = 1 << 17, NST_M_FEM = 1 << 18, NST_M_NEUT = 1 << 19, NST_M_CARD = 1 << 20,
    NST_M_ORD = 1 << 21, NST_M_SUP = 1 << 22, NST_M_CMP = 1 << 23, NST_M_PRS = 1 << 24,
    NST_M_DEF = 1 << 25, NST_M_INDEF = 1 << 26
};

typedef enum nst_name_kind {
    NST_NAME_PERSON, NST_NAME_ORG, NST_NAME_PLACE, NST_NAME_NORP, NST_NAME_EVENT, NST_NAME_DOC,
    NST_N_NAME
} nst_name_kind;

typedef struct nst_name {
    uint32_t first, end;           /* tokens [first, end) of one sentence */
    uint8_t kind;                  /* nst_name_kind */
    float score;                   /* the model's probability, 1 for gold */
} nst_name;

typedef struct nst_parse {
    const nst_text *text;
    uint8_t *upos;                 /* [n_tokens] nst_upos */
    uint8_t *deprel;               /* [n_tokens] nst_deprel */
    uint32_t *head;                /* [n_tokens] token index in the document, or NST_ROOT */
    uint32_t *morph;               /* [n_tokens] NST_M_* */
    nst_str *lemma;                /* [n_tokens] lower case but for proper nouns */
    nst_str *xpos;                 /* [n_tokens] Penn tag */
    nst_str *feats;                /* [n_tokens] "Number=Sing|..." or empty */
    nst_name *names;               /* [n_names] in order */
    uint32_t n_names;
    /* Children in order of position: kids[kid_first[i] .. kid_first[i+1]) are the dependents of
     * i. */
    uint32_t *kid_first;           /* [n_tokens + 1] */
    uint32_t *kids;                /* [n_tokens] (roots are nobody's kids and are not listed) */
} nst_parse;

typedef struct nst_parse_model nst_parse_model;  /* const after load, shared by threads */

/* "fast", "accurate", or the path of a model file; NULL gives the default. */
nst_status nst_parse_load(const char *which, const nst_parse_model **out, nst_err *e);
void nst_parse_close(const nst_parse_model *m);
const char *nst_parse_version(const nst_parse_model *m);   /* "en-2026.11-fast" */

nst_status nst_parse_run(const nst_parse_model *m, const nst_text *t, nst_arena *doc,
                         nst_arena *scratch, nst_parse *out, nst_err *e);

/* Fills kid_first and kids from head, and morph from feats. For whoever builds an nst_parse by
 * hand. */
void nst_parse_index(nst_parse *p, nst_arena *doc);

const char *nst_upos_name(uint8_t upos);
const char *nst_deprel_name(uint8_t deprel);
const char *nst_name_kind_name(uint8_t kind);
uint8_t nst_upos_of(nst_str s);                    /* NST_X if unknown */
uint8_t nst_deprel_of(nst_str s);                  /* falls back to the part before ':', then DEP */
/* The relation without its subtype: acl:relcl gives acl; two such ids compare equal. */
uint8_t nst_deprel_base(uint8_t deprel);

/* First child of i with this relation (exact), or NST_ROOT. */
uint32_t nst_parse_kid(const nst_parse *p, uint32_t i, nst_deprel rel);
/* First and one-past-last token of the subtree of i (its smallest covering token range). */
void nst_parse_subtree(const nst_parse *p, uint32_t i, uint32_t *first, uint32_t *end);
bool nst_parse_lemma_is(const nst_parse *p, uint32_t i, const char *lemma);
/* The case-marking preposition of a nominal ("with" in "with Graustark"), NST_ROOT if none. */
uint32_t nst_parse_case(const nst_parse *p, uint32_t i);

/* Is token i a clitic written on to the word before it ("n't", "'s"; "not" after "can")? */
bool nst_parse_is_clitic(const nst_text *t, uint32_t i);

/* CoNLL-U out; with_names adds Entity= to MISC. Reader builds text and parse from gold: the
 * report's text is rebuilt from FORM and SpaceAfter (or taken from `# text`). */
void nst_parse_dump(const nst_parse *p, bool with_names, nst_writer *w);
nst_status nst_parse_read(nst_str conllu, nst_arena *doc, nst_report *r, nst_text *t,
                          nst_parse *out,
                          nst_err *e);

#endif
