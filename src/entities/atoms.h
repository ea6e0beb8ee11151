/* atoms.h - the layer under time, numbers and places: a sentence's bytes cut finer than tokens.
 *
 * In: the bytes of a sentence. Out: atoms (letters, digits, one mark each) with the senses that the
 * table of time and number words gives them, and a reader of numerals over them.
 *   said | on | Tuesday=WDAY 2 | that ... two=NUM 2 | envoys
 * Atoms make rules independent of how tokens treat "$734", "mid-1990s" or "two-year-old".
 */
#ifndef NST_ATOMS_H
#define NST_ATOMS_H

#include "base.h"

/* Classes of words: data/words/words.txt says what the values mean. */
typedef enum nst_wclass {
    NST_W_NONE, NST_W_MONTH, NST_W_WDAY, NST_W_UNIT, NST_W_SEASON, NST_W_TOD, NST_W_THIS,
    NST_W_LAST, NST_W_NEXT, NST_W_THAT, NST_W_MOD, NST_W_PART, NST_W_AGO, NST_W_AFTER, NST_W_DAYREL,
    NST_W_REF, NST_W_SET, NST_W_EVERY, NST_W_FISCAL, NST_W_HOLIDAY, NST_W_ERA, NST_W_AMPM,
    NST_W_ZONE, NST_W_SINCE, NST_W_FUT, NST_W_PAST, NST_W_ART, NST_W_APPROX, NST_W_FEW, NST_W_NUM,
    NST_W_TENS, NST_W_MULT, NST_W_MULTS, NST_W_DOZEN, NST_W_HALF, NST_W_ORD, NST_W_ORDSUF,
    NST_W_PERCENT, NST_W_NCUR, NST_W_PERSON, NST_W_TROOPBODY, NST_W_MEASURE, NST_W_CUE,
        NST_W_CHANGE,
    NST_W_IDWORD, NST_W_STOPNP, NST_W_LEAD
} nst_wclass;

typedef struct nst_sense {
    uint8_t cls;                 /* nst_wclass */
    int16_t val;
} nst_sense;

/* A word of the table with its senses; unused ones are NST_W_NONE. */
typedef struct nst_word {
    const char *word;
    nst_sense sense[5];
} nst_word;

enum { NST_ATOM_WORD, NST_ATOM_DIGITS, NST_ATOM_MARK };

typedef struct nst_atom {
    uint32_t start, end;         /* bytes in the field */
    const nst_word *word;        /* senses, NULL if the word is not in the table */
    double value;                /* digits: their value */
    uint8_t kind;                /* NST_ATOM_* */
    uint8_t digits;              /* how many digits */
    /* mark: ASCII of it; '-' any dash, '\'' any quote, '$' 'e' 'l' 'y' 'i' 'r' 'h' currencies,
     * '%' */
    char mark;
    uint8_t caps;                /* word: 0 lower case, 1 Capital, 2 CAPITALS, 3 mIxed */
    bool space;                  /* white space (or the sentence's start) before it */
} nst_atom;

/* Atoms of text[start..end), allocated in `a`; *n their count. */
nst_atom *nst_atoms_run(nst_str text, uint32_t start, uint32_t end, nst_arena *a, uint32_t *n);

/* Does atom i (of n) have a sense of this class? *val (may be NULL) gets its value. */
bool nst_atom_is(const nst_atom *a, uint32_t n, uint32_t i, nst_wclass cls, int *val);
bool nst_atom_mark(const nst_atom *a, uint32_t n, uint32_t i, char mark);
/* Is atom i the word z (lower case; compared without case)? */
bool nst_atom_lit(nst_str text, const nst_atom *a, uint32_t n, uint32_t i, const char *z);

/* A numeral: "1,204", "56.7 bln", "two hundred and fifty", "5 1/2", "a dozen", "tens of
 * thousands". */
typedef struct nst_numeral {
    double value;
    uint32_t n;                  /* atoms it takes, 0: none here */
    bool words;                  /* written with letters */
    bool vague;                  /* "hundreds of": value is the least meant */
    /* one or two plain words or a plain run of digits: may be a year, a day */
    bool bare;
    bool article;                /* begins with "a" */
    uint8_t digits;              /* digits before any comma or point, if it begins with digits */
    int scale;                   /* power of ten of its last multiplier, 0 if none */
} nst_numeral;

nst_numeral nst_numeral_read(nst_str text, const nst_atom *a, uint32_t n, uint32_t i);

#endif
