/* when.h - expressions of time: found, then resolved. Private to entities_when*.c and its scorer.
 *
 * In: atoms of a sentence. Out: raw expressions (what the words say: "weekday 2, nothing else"),
 * then TIMEX3 values and intervals, worked out from an anchor day and the day last spoken of.
 *    on [Tuesday] -> weekday 2 -> 1894-05-15, day
 */
#ifndef NST_WHEN_H
#define NST_WHEN_H

#include "atoms.h"
#include "entities.h"

/* Units, the values of class UNIT in words.txt without the plural's 100. */
enum {
    NST_U_NONE, NST_U_SECOND, NST_U_MINUTE, NST_U_HOUR, NST_U_DAY, NST_U_WEEK, NST_U_MONTH,
    NST_U_QUARTER, NST_U_YEAR, NST_U_DECADE, NST_U_CENTURY, NST_U_MILLENNIUM, NST_U_FORTNIGHT,
    NST_U_WEEKEND, NST_U_NIGHT, NST_U_MOMENT, NST_U_SEASON, NST_U_PERIOD, NST_U_TIME, NST_U_HALF
};

/* What kind of expression the words make. */
typedef enum nst_when_op {
    NST_OP_NONE,
    NST_OP_DATE,      /* year, month, day, weekday, season, quarter, half: what is not 0 was said */
    NST_OP_DECADE,    /* year: 1960 for the 1960s; short_year if only "60s" was said */
    NST_OP_CENTURY,   /* count: 20 for the 20th */
    NST_OP_UNIT,      /* this, last, next, that UNIT */
    NST_OP_SHIFT,     /* count units before or after an anchor */
    NST_OP_DAYREL,    /* today, yesterday, tomorrow: count days off */
    NST_OP_REF,       /* now, recently, soon: rel */
    NST_OP_DURATION,  /* count units */
    NST_OP_SPAN,      /* a duration that lies next to the anchor: "the last two weeks" */
    NST_OP_SET,       /* every unit */
    NST_OP_HOLIDAY,   /* count: which */
    NST_OP_TOD        /* a time of day alone */
} nst_when_op;

enum { NST_REL_NONE, NST_REL_THIS, NST_REL_LAST, NST_REL_NEXT, NST_REL_THAT };
enum { NST_MOD_NONE, NST_MOD_START, NST_MOD_MID, NST_MOD_END, NST_MOD_EARLIER, NST_MOD_LATER };

/* An expression as the words say it, before any anchor. 0 means not said. */
typedef struct nst_when_raw {
    uint8_t op, rel, mod, unit;
    /* counts from the day last spoken of, not from the day of writing */
    bool narrative;
    bool vague;                  /* count is "several", "a few" or a bare plural */
    bool bc, short_year, fiscal, decimal;
    bool ago_year;               /* "the year-earlier quarter": a year before */
    bool latest;                 /* "the latest quarter": the last that is over */
    bool whole;                  /* the unit was a plural or "the": no calendar unit meant */
    int year, month, day, day2, month2; /* day2, month2: end of a range "March 3-5" */
    int year2;                   /* "1939-45" */
    int wday, season, quarter, half, week_of;
    int tod;                     /* class TOD */
    int hour, minute;            /* -1 if not said */
    double count;
    uint32_t first, end;         /* atoms */
    uint32_t mid;                /* range: the atom after its first part, 0 if it is no range */
} nst_when_raw;

/* The longest expression that begins at atom i; its length in atoms, 0 if none does. */
uint32_t nst_when_scan(nst_str t, const nst_atom *a, uint32_t n, uint32_t i, nst_when_raw *out);

/* The running state of a document. */
typedef struct nst_when_state {
    nst_day anchor;              /* the day of writing, NST_NO_DAY if unknown */
    /* told as history: years come from the text, not from the anchor */
    bool narrative;
    nst_day spoken;              /* first day of what was last spoken of, NST_NO_DAY before any */
    uint8_t spoken_unit;         /* its unit */
    int frame;                   /* the year this sentence is told in ("In 2014, ..."), 0: none */
} nst_when_state;

enum { NST_TENSE_NONE, NST_TENSE_PAST, NST_TENSE_FUTURE };

/* What an expression means. */
typedef struct nst_when_value {
    char type;                   /* 'D' 'T' 'U' 'S' */
    char value[32];              /* TIMEX3 */
    nst_day start, finish;
    uint8_t precision;           /* nst_precision */
    uint8_t unit;                /* of a date: how fine it is */
} nst_when_value;

/* Resolves an expression; dates move the state's `spoken`. */
void nst_when_resolve(const nst_when_raw *raw, int tense, nst_when_state *state,
                      nst_when_value *out);

/* Does the sentence around atoms [first, end) speak of what is past or of what is to come? */
int nst_when_tense(nst_str t, const nst_atom *a, uint32_t n, uint32_t first, uint32_t end);

/* Easter Sunday; the day a Muslim year's month begins (tabular), nearest before `near`'s year end. */
nst_day nst_when_easter(int year);
nst_day nst_when_islamic(int gregorian_year, int month, int day);

#endif
