/* entities_when_scan.c - which words are an expression of time, and what they say.
 *
 * In: atoms: said | on | Tuesday | that ... Out: [Tuesday] weekday 2. The idea: one small function
 * a kind of phrase, each tried at an atom and returning how many atoms it takes; the longest wins.
 * What the words leave open (which Tuesday?) stays open here. Invariants: (1) a function that
 * returns 0 has no say; (2) nothing looks further than a few atoms ahead, so scanning is linear.
 * References: TIMEX3 (TimeML 1.2.1); the inventory of phrases follows HeidelTime's and SUTime's
 * papers.
 */
#include "when.h"

/* The sentence under the cursor. */
typedef struct ctx {
    nst_str t;
    const nst_atom *a;
    uint32_t n;
} ctx;

static bool is(const ctx *c, uint32_t i, nst_wclass cls, int *val) {
    return nst_atom_is(c->a, c->n, i, cls, val);
}
static bool lit(const ctx *c, uint32_t i, const char *z) {
    return nst_atom_lit(c->t, c->a, c->n, i, z);
}
static bool mark(const ctx *c, uint32_t i, char m) { return nst_atom_mark(c->a, c->n, i, m); }
static bool glued(const ctx *c, uint32_t i) { return i < c->n && !c->a[i].space; }

/* Past a hyphen that ties two words, if one is there. */
static uint32_t hyphen(const ctx *c, uint32_t i) {
    return mark(c, i, '-') && glued(c, i) && glued(c, i + 1) ? i + 1 : i;
}

/* Past the full stop of an abbreviation. */
static uint32_t stop(const ctx *c, uint32_t i) {
    return mark(c, i, '.') && glued(c, i) ? i + 1 : i;
}

/* Past "'s" or a bare apostrophe. */
static uint32_t genitive(const ctx *c, uint32_t i) {
    if (!mark(c, i, '\'') || !glued(c, i)) return i;
    return lit(c, i + 1, "s") && glued(c, i + 1) ? i + 2 : i + 1;
}

/* A unit at i without its plural's mark. */
static bool unit_at(const ctx *c, uint32_t i, int *unit, bool *plural) {
    int v;
    if (lit(c, i, "night")) v = NST_U_NIGHT;
    else if (!is(c, i, NST_W_UNIT, &v)) return false;
    if (lit(c, i, "sec") || lit(c, i, "secs")) return false;
    *plural = v > 100;
    *unit = v % 100;
    return true;
}

/* Is the word at i a lower-case plural noun, so that a number before it counts things? */
static bool counts_things(const ctx *c, uint32_t i) {
    if (i >= c->n || c->a[i].kind != NST_ATOM_WORD || c->a[i].caps) return false;
    uint32_t len = c->a[i].end - c->a[i].start;
    const char *p = c->t.p + c->a[i].start;
    if (lit(c, i, "people") || lit(c, i, "men") || lit(c, i, "women") || lit(c, i, "percent"))
        return true;
    static const char *not_plural[] = {"was", "is", "has", "as", "its", "this", "does", "elections",
                                       "talks", "games", "olympics", "levels", "attacks",
                                           "results"};
    for (size_t k = 0; k < sizeof(not_plural) / sizeof(not_plural[0]); k++)
        if (lit(c, i, not_plural[k])) return false;
    return len > 3 && p[len - 1] == 's' && p[len - 2] != 's' && p[len - 2] != 'u' &&
        p[len - 2] != 'i' && !is(c, i, NST_W_UNIT, NULL) &&
           !is(c, i, NST_W_PAST, NULL);
}

/* ---- years, months, days ------------------------------------------------------------------- */

/* A year in four digits that is not part of a longer figure. */
static bool year_digits(const ctx *c, uint32_t i, int *y) {
    if (i >= c->n || c->a[i].kind != NST_ATOM_DIGITS || c->a[i].digits != 4) return false;
    double v = c->a[i].value;
    if (v < 1000 || v > 2199) return false;
    if (i && c->a[i - 1].kind == NST_ATOM_MARK && glued(c, i) &&
        strchr("$ely#.,:/+", c->a[i - 1].mark))
        return false;
    if ((mark(c, i + 1, '.') || mark(c, i + 1, ',') || mark(c, i + 1, ':')) && glued(c, i + 1) &&
        glued(c, i + 2) && i + 2 < c->n && c->a[i + 2].kind == NST_ATOM_DIGITS)
        return false;
    if (mark(c, i + 1, '%') || is(c, i + 1, NST_W_PERCENT, NULL)) return false;
    if (glued(c, i + 1) && i + 1 < c->n && c->a[i + 1].kind == NST_ATOM_WORD) return false;
    *y = (int)v;
    return true;
}

/* "nineteen ninety-six", "two thousand ten": atoms taken. */
static uint32_t year_words(const ctx *c, uint32_t i, int *y) {
    int hi, lo;
    if (is(c, i, NST_W_NUM, &hi) && (hi == 18 || hi == 19) && is(c, i + 1, NST_W_TENS, &lo)) {
        nst_numeral m = nst_numeral_read(c->t, c->a, c->n, i + 1);
        *y = hi * 100 + (m.value < 100 ? (int)m.value : 0);
        return m.value < 100 ? 1 + m.n : 0;
    }
    if (lit(c, i, "two") && lit(c, i + 1, "thousand")) {
        nst_numeral m = nst_numeral_read(c->t, c->a, c->n, i);
        *y = m.value < 2100 ? (int)m.value : 0;
        return m.value >= 2000 && m.value < 2100 && !counts_things(c, i + m.n) ? m.n : 0;
    }
    return 0;
}

/* "'99": an apostrophe and two digits, not '80s. */
static bool year_short(const ctx *c, uint32_t i, int *y) {
    if (!mark(c, i, '\'') || !glued(c, i + 1) || i + 1 >= c->n) return false;
    const nst_atom *d = &c->a[i + 1];
    if (d->kind != NST_ATOM_DIGITS || d->digits != 2 || lit(c, i + 2, "s")) return false;
    if (i + 2 < c->n && c->a[i + 2].kind == NST_ATOM_WORD && c->a[i + 2].caps) return false;
    *y = (int)d->value + (d->value < 40 ? 2000 : 1900);
    return true;
}

/* Year in any form after a month or a part: atoms taken. */
static uint32_t year_any(const ctx *c, uint32_t i, nst_when_raw *r) {
    int y;
    uint32_t k = i;
    if (year_digits(c, i, &y)) k = i + 1;
    else if (year_short(c, i, &y)) k = i + 2;
    else if ((k = i + year_words(c, i, &y)) == i) {
        if (i < c->n && c->a[i].kind == NST_ATOM_DIGITS && c->a[i].digits <= 4 &&
            c->a[i].value > 0 &&
            (is(c, i + 1, NST_W_ERA, NULL) || (lit(c, i + 1, "b") && mark(c, i + 2, '.')))) {
            y = (int)c->a[i].value;
            k = i + 1;
        } else {
            return 0;
        }
    }
    int era;
    r->year = y;
    if (is(c, k, NST_W_ERA, &era) && c->a[k].caps) {
        r->bc = era == 1;
        k++;
    } else if (lit(c, k, "b") && c->a[k].caps && mark(c, k + 1, '.') && lit(c, k + 2, "c")) {
        r->bc = true;
        k = stop(c, k + 3);
    }
    return k - i;
}

/* Is the capital word before i one that makes a name of what follows ("Theresa May")? */
static bool name_before(const ctx *c, uint32_t i) {
    if (i == 0) return false;
    const nst_atom *p = &c->a[i - 1];
    if (p->kind != NST_ATOM_WORD || !p->caps || !c->a[i].space) return false;
    return !p->word;
}

/* A month's name at i: false for "may", "march", and persons called so. */
static bool month_at(const ctx *c, uint32_t i, int *m) {
    if (!is(c, i, NST_W_MONTH, m) || !c->a[i].caps) return false;
    uint32_t k = stop(c, i + 1);
    bool digits = k < c->n && c->a[k].kind == NST_ATOM_DIGITS;
    if (digits) return true;
    uint32_t len = c->a[i].end - c->a[i].start;
    bool doubtful = lit(c, i, "may") || lit(c, i, "march") || lit(c, i, "august") || len == 3 ||
                    lit(c, i, "april") || lit(c, i, "june");
    if (!doubtful) return true;
    if (name_before(c, i)) return false;
    bool led = i > 0 && (is(c, i - 1, NST_W_SINCE, NULL) || is(c, i - 1, NST_W_LAST, NULL) ||
                         is(c, i - 1, NST_W_NEXT, NULL) || is(c, i - 1, NST_W_THIS, NULL) ||
                         is(c, i - 1, NST_W_MOD, NULL) || is(c, i - 1, NST_W_EVERY, NULL) ||
                         mark(c, i - 1, '-') || is(c, i - 1, NST_W_NUM, NULL) ||
                         is(c, i - 1, NST_W_ORD, NULL) || is(c, i - 1, NST_W_ORDSUF, NULL) ||
                         c->a[i - 1].kind == NST_ATOM_DIGITS || lit(c, i - 1, "and") ||
                         lit(c, i - 1, "or") || is(c, i - 1, NST_W_WDAY, NULL));
    if (lit(c, i, "april") || lit(c, i, "june") || lit(c, i, "august")) {
        bool name_after = k < c->n && c->a[k].kind == NST_ATOM_WORD && c->a[k].caps &&
                          !c->a[k].word;
        bool in = i && (is(c, i - 1, NST_W_SINCE, NULL) || is(c, i - 1, NST_W_LAST, NULL) ||
                       is(c, i - 1, NST_W_NEXT, NULL) || is(c, i - 1, NST_W_THIS, NULL));
        return in || (!name_after && (led || i > 0));
    }
    if (len == 3 && !lit(c, i, "may")) {
        bool name = k == i + 1 && k < c->n && c->a[k].kind == NST_ATOM_WORD && c->a[k].caps;
        return mark(c, i + 1, '.') || (led && !name);
    }
    if (lit(c, i, "may") && i == 0) return lit(c, k, "of") || is(c, k, NST_W_AGO, NULL);
    return led || lit(c, k, "of") || is(c, k, NST_W_LAST, NULL) || is(c, k, NST_W_THIS, NULL) ||
           is(c, k, NST_W_NEXT, NULL) || year_digits(c, k, &(int){0});
}

/* A day of the month in digits at i, with "th" after it if so; atoms taken. */
static uint32_t day_at(const ctx *c, uint32_t i, int *d) {
    if (i >= c->n || c->a[i].kind != NST_ATOM_DIGITS || c->a[i].digits > 2) return 0;
    if (c->a[i].value < 1 || c->a[i].value > 31) return 0;
    if (mark(c, i + 1, '%') || (mark(c, i + 1, ':') && glued(c, i + 2))) return 0;
    if (mark(c, i + 1, '.') && glued(c, i + 2) && i + 2 < c->n &&
        c->a[i + 2].kind == NST_ATOM_DIGITS)
        return 0;
    if (mark(c, i + 1, ',') && glued(c, i + 2) && i + 2 < c->n &&
        c->a[i + 2].kind == NST_ATOM_DIGITS && c->a[i + 2].digits == 3)
        return 0;
    *d = (int)c->a[i].value;
    return is(c, i + 1, NST_W_ORDSUF, NULL) && glued(c, i + 1) ? 2 : 1;
}

/* A day of the month after a month's name: digits or "eighth", "twenty-first". */
static uint32_t day_after_month(const ctx *c, uint32_t i, int *d) {
    uint32_t k = day_at(c, i, d);
    int tens, ones;
    if (k) {
        bool clock = is(c, i + k, NST_W_AMPM, NULL) || lit(c, i + k, "p") ||
            lit(c, i + k, "percent");
        return clock ? 0 : k;
    }
    if (lit(c, i, "the")) {
        k = day_at(c, i + 1, d);
        return k ? k + 1 : 0;
    }
    if (is(c, i, NST_W_ORD, d) && *d <= 30 && !is(c, i + 1, NST_W_UNIT, NULL)) return 1;
    if (is(c, i, NST_W_TENS, &tens) && tens <= 30) {
        uint32_t h = hyphen(c, i + 1);
        if (is(c, h, NST_W_ORD, &ones) && ones < 10) return *d = tens + ones, h + 1 - i;
    }
    return 0;
}

/* ", 1894", " 1894", " of 1894", " of that year", " last year" after a month or day. */
static uint32_t year_tail(const ctx *c, uint32_t i, nst_when_raw *r) {
    uint32_t k = i;
    int v;
    if (mark(c, k, ',')) k++;
    else if (lit(c, k, "of")) k++;
    uint32_t y = year_any(c, k, r);
    if (y && !(counts_things(c, k + y) && k == i)) return k + y - i;
    r->year = 0;
    if (mark(c, i, ',')) return 0;
    if ((is(c, k, NST_W_THAT, &v) || lit(c, k, "the")) && k > i) {
        uint32_t u = k + 1 + (is(c, k + 1, NST_W_THAT, NULL) || is(c, k + 1, NST_W_LAST, NULL) ||
                              is(c, k + 1, NST_W_NEXT, NULL));
        if (lit(c, u, "year")) {
            r->narrative = true;
            r->rel = is(c, u - 1, NST_W_LAST, NULL)   ? NST_REL_LAST
                     : is(c, u - 1, NST_W_NEXT, NULL) ? NST_REL_NEXT
                                                      : NST_REL_THAT;
            return u + 1 - i;
        }
        return 0;
    }
    int rel = is(c, k, NST_W_LAST, NULL)   ? NST_REL_LAST
              : is(c, k, NST_W_NEXT, NULL) ? NST_REL_NEXT
              : is(c, k, NST_W_THIS, NULL) ? NST_REL_THIS
                                           : 0;
    if (!rel || !lit(c, k + 1, "year")) return 0;
    r->week_of = rel;                      /* the year is this, last or next year's */
    return k + 2 - i;
}

/* "- 5", "to 5", "and 5" after the first day of a range. */
static uint32_t day_range(const ctx *c, uint32_t i, nst_when_raw *r) {
    uint32_t k = i;
    int d;
    if (mark(c, k, '-')) k++;
    else if (lit(c, k, "to") || lit(c, k, "through") || lit(c, k, "and")) k++;
    else return 0;
    uint32_t m = day_at(c, k, &d);
    if (!m || d <= r->day || (!mark(c, i, '-') && counts_things(c, k + m))) return 0;
    r->day2 = d;
    r->mid = i;
    return k + m - i;
}

/* MONTH, MONTH DAY, MONTH DAY, YEAR, MONTH YEAR. */
static uint32_t month_first(const ctx *c, uint32_t i, nst_when_raw *r) {
    int m, d, m2;
    if (!month_at(c, i, &m)) return 0;
    uint32_t k = stop(c, i + 1);
    if (k > i + 1 && c->a[i].end - c->a[i].start > 4) k = i + 1;
    if (k > i + 1 && k < c->n && c->a[k].kind != NST_ATOM_DIGITS && c->a[k].caps &&
        lit(c, i, "may"))
        k = i + 1;
    r->op = NST_OP_DATE;
    r->month = m;
    uint32_t y = year_tail(c, k, r);
    if (y) return k + y - i;
    uint32_t h = hyphen(c, k);
    uint32_t dd = day_after_month(c, h, &d);
    if (!dd) {
        if (mark(c, k, '-') && month_at(c, k + 1, &m2) && m2 > m) {
            r->month2 = m2;
            r->mid = k;
            k = stop(c, k + 2);
            return k + year_tail(c, k, r) - i;
        }
        return k - i;
    }
    r->day = d;
    k = h + dd;
    k += day_range(c, k, r);
    return k + year_tail(c, k, r) - i;
}

/* DAY MONTH, DAY of MONTH, DAY-DAY MONTH, with a year if one follows. */
static uint32_t day_first(const ctx *c, uint32_t i, nst_when_raw *r) {
    int d, m, o;
    uint32_t k = day_at(c, i, &d);
    if (!k && is(c, i, NST_W_ORD, &o) && o <= 30 && lit(c, i + 1, "of")) d = o, k = 1;
    if (!k) return 0;
    bool after_day = i + k >= c->n || c->a[i + k].kind == NST_ATOM_MARK || lit(c, i + k, "and") ||
                     lit(c, i + k, "to");
    if (k == 2 && i > 1 && lit(c, i - 1, "the") && lit(c, i - 2, "on") && after_day &&
        !mark(c, i + k, '-')) {
        r->op = NST_OP_DATE, r->day = d, r->narrative = true;
        return k;
    }
    r->day = d;
    k += i;
    k += day_range(c, k, r);
    k = hyphen(c, k);
    if (lit(c, k, "of")) k++;
    if (lit(c, k, "that") && lit(c, k + 1, "month") && lit(c, k - 1, "of")) {
        r->op = NST_OP_DATE;
        r->narrative = true;
        return k + 2 - i;
    }
    if (!is(c, k, NST_W_MONTH, &m) || !c->a[k].caps) return 0;
    r->op = NST_OP_DATE;
    r->month = m;
    bool dot = mark(c, k + 1, '.') && c->a[k].end - c->a[k].start <= 4 && !lit(c, k, "may");
    k = dot ? k + 2 : k + 1;
    return hyphen(c, k) + year_tail(c, hyphen(c, k), r) - i;
}

/* 1894-05-15, 15/05/1894, 05/15/94, 15.05.1894. */
static uint32_t numeric_date(const ctx *c, uint32_t i, nst_when_raw *r) {
    if (i + 4 >= c->n || c->a[i].kind != NST_ATOM_DIGITS || c->a[i + 1].kind != NST_ATOM_MARK ||
        c->a[i + 2].kind != NST_ATOM_DIGITS || c->a[i + 4].kind != NST_ATOM_DIGITS ||
        c->a[i + 3].kind != NST_ATOM_MARK || c->a[i + 3].mark != c->a[i + 1].mark)
        return 0;
    for (uint32_t k = 1; k < 5; k++)
        if (c->a[i + k].space) return 0;
    if (c->a[i].digits > 4 || c->a[i + 2].digits > 2 || c->a[i + 4].digits > 4) return 0;
    char m = c->a[i + 1].mark;
    int x = (int)c->a[i].value, y = (int)c->a[i + 2].value, z = (int)c->a[i + 4].value;
    r->op = NST_OP_DATE;
    if (c->a[i].digits == 4 && (m == '-' || m == '/' || m == '.') && y >= 1 && y <= 12 && z >= 1 &&
        z <= 31) {
        r->year = x, r->month = y, r->day = z;
        return 5;
    }
    if ((m != '/' && m != '.' && m != '-') || (c->a[i + 4].digits != 4 && c->a[i + 4].digits != 2))
        return 0;
    if (m != '/' && c->a[i + 4].digits != 4) return 0;
    if (c->a[i + 4].digits == 2) z += z < 40 ? 2000 : 1900;
    bool day_leads = x > 12 || (m == '.' && y <= 12);
    int mo = day_leads ? y : x, da = day_leads ? x : y;
    if (mo < 1 || mo > 12 || da < 1 || da > 31) return 0;
    r->year = z, r->month = mo, r->day = da;
    return 5;
}

/* A weekday's name, and "Sun", "Mon" only before a comma or a date. */
static bool wday_at(const ctx *c, uint32_t i, int *w) {
    if (!is(c, i, NST_W_WDAY, w) || !c->a[i].caps) return false;
    if (c->a[i].end - c->a[i].start > 5) return true;
    uint32_t k = stop(c, i + 1);
    if (mark(c, k, ',')) k++;
    return is(c, k, NST_W_MONTH, NULL) || (k > i + 1 && k < c->n &&
                                           c->a[k].kind == NST_ATOM_DIGITS);
}

/* Tuesday; Tuesday, May 15; Tuesday 15 May 1894. */
static uint32_t weekday(const ctx *c, uint32_t i, nst_when_raw *r) {
    int w;
    if (!wday_at(c, i, &w)) return 0;
    uint32_t k = stop(c, i + 1), m = 0;
    if (k > i + 1 && c->a[i].end - c->a[i].start > 5) k = i + 1;
    uint32_t after = k;
    if (mark(c, k, ',')) k++;
    if (lit(c, k, "the")) k++;
    nst_when_raw rest = *r;
    if ((m = day_first(c, k, &rest)) || (m = month_first(c, k, &rest))) {
        if (rest.day) {
            *r = rest;
            r->wday = w;
            return k + m - i;
        }
    }
    r->op = NST_OP_DATE;
    r->wday = w;
    return after - i;
}

/* ---- years alone, decades, centuries ------------------------------------------------------- */

/* May a bare four-digit figure at i be a year? Early ones only after a preposition. */
static bool year_fits(const ctx *c, uint32_t i, int y) {
    int v;
    bool sure = i > 0 && y >= 1900 && y < 2100 && is(c, i - 1, NST_W_SINCE, &v) &&
        !lit(c, i - 1, "of") &&
                !lit(c, i - 1, "to") && !lit(c, i - 1, "at") && !lit(c, i - 1, "over") &&
                    !lit(c, i - 1, "for");
    if (lit(c, i + 1, "people") || lit(c, i + 1, "men")) sure = false;
    if (counts_things(c, i + 1) && !sure) return false;
    bool led = i == 0 || is(c, i - 1, NST_W_SINCE, NULL) || mark(c, i - 1, '(') ||
               mark(c, i - 1, '-') || lit(c, i - 1, "and") || lit(c, i - 1, "the") ||
               lit(c, i - 1, "year") || lit(c, i - 1, "or") || mark(c, i - 1, ',') ||
               is(c, i - 1, NST_W_APPROX, NULL) || is(c, i - 1, NST_W_MOD, NULL) ||
               is(c, i - 1, NST_W_FISCAL, NULL);
    if (i && is(c, i - 1, NST_W_APPROX, NULL) && !lit(c, i - 1, "around") &&
        !lit(c, i - 1, "about") && !lit(c, i - 1, "circa"))
        return false;
    if (y < 1500 || y > 2100) return led && i > 0 && is(c, i - 1, NST_W_SINCE, NULL) && y < 2100;
    if (y < 1800) return led;
    return !(i && c->a[i - 1].kind == NST_ATOM_WORD && c->a[i - 1].caps && !c->a[i - 1].word &&
             y < 1900);
}

/* 1894; 1939-45; 1939-1945; 490 BC; fiscal 1989; the year 2000. */
static uint32_t year_alone(const ctx *c, uint32_t i, nst_when_raw *r) {
    uint32_t k = i;
    if (is(c, k, NST_W_FISCAL, NULL)) {
        r->fiscal = true;
        k = hyphen(c, k + 1);
        if (lit(c, k, "year")) k++;
    }
    if (lit(c, k, "the") && lit(c, k + 1, "year")) k += 2;
    uint32_t y = year_any(c, k, r);
    if (!y) return 0;
    if (!r->bc && !year_fits(c, k, r->year) && k == i && !year_words(c, k, &(int){0})) return 0;
    r->op = NST_OP_DATE;
    k += y;
    if (mark(c, k, '-') && glued(c, k) && k + 1 < c->n && c->a[k + 1].kind == NST_ATOM_DIGITS &&
        glued(c, k + 1) && !r->bc) {
        int y2 = c->a[k + 1].digits <= 4 ? (int)c->a[k + 1].value : 0;
        if (c->a[k + 1].digits == 2) y2 += r->year / 100 * 100;
        if (y2 > r->year && y2 < r->year + 120 && c->a[k + 1].digits != 3) {
            r->year2 = y2;
            r->mid = k;
            k += 2;
        }
    }
    return k - i;
}

/* the 1960s, '60s, the sixties, mid-1990s. */
static uint32_t decade(const ctx *c, uint32_t i, nst_when_raw *r) {
    uint32_t k = i;
    if (mark(c, k, '\'')) k++;
    r->op = NST_OP_DECADE;
    if (k < c->n && c->a[k].kind == NST_ATOM_DIGITS &&
        (c->a[k].digits == 4 || c->a[k].digits == 2) &&
        (int)c->a[k].value % 10 == 0) {
        uint32_t s = k + 1;
        if (mark(c, s, '\'') && glued(c, s)) s++;
        if (!lit(c, s, "s") || !glued(c, s)) return 0;
        r->year = (int)c->a[k].value;
        if (c->a[k].digits == 2) {
            if (r->year < 20) return 0;
            r->year += 1900;
            r->short_year = true;
        } else if (r->year < 1000 || r->year > 2190) {
            return 0;
        }
        return s + 1 - i;
    }
    static const char *names[] = {"twenties", "thirties", "forties", "fifties", "sixties",
                                  "seventies", "eighties", "nineties"};
    for (int d = 0; d < 8; d++) {
        if (!lit(c, i, names[d])) continue;
        if (i && (lit(c, i - 1, "his") || lit(c, i - 1, "her") || lit(c, i - 1, "their"))) return 0;
        r->year = 1920 + 10 * d;
        r->short_year = true;
        return 1;
    }
    return 0;
}

/* An ordinal at i: "third", "20th", "twenty-first"; atoms taken. */
static uint32_t ordinal(const ctx *c, uint32_t i, int *o) {
    int tens;
    if (is(c, i, NST_W_ORD, o)) return 1;
    if (i < c->n && c->a[i].kind == NST_ATOM_DIGITS && c->a[i].digits <= 2 && glued(c, i + 1) &&
        is(c, i + 1, NST_W_ORDSUF, NULL))
        return *o = (int)c->a[i].value, 2;
    if (is(c, i, NST_W_TENS, &tens)) {
        uint32_t h = hyphen(c, i + 1);
        int ones;
        if (h > i + 1 && is(c, h, NST_W_ORD, &ones) && ones < 10)
            return *o = tens + ones, h + 1 - i;
    }
    return 0;
}

/* the 20th century, nineteenth-century, 4th century BC. */
static uint32_t century(const ctx *c, uint32_t i, nst_when_raw *r) {
    int o, era;
    uint32_t k = ordinal(c, i, &o);
    if (!k || o > 30) return 0;
    k = hyphen(c, i + k);
    if (!lit(c, k, "century") && !lit(c, k, "centuries")) return 0;
    r->op = NST_OP_CENTURY;
    r->count = o;
    k++;
    if (is(c, k, NST_W_ERA, &era) && c->a[k].caps) r->bc = era == 1, k++;
    return k - i;
}

/* ---- quarters, halves, seasons ------------------------------------------------------------- */

/* "of 1894", "of this year", "of last year" after a quarter, half or season. */
static uint32_t of_year(const ctx *c, uint32_t i, nst_when_raw *r) {
    uint32_t k = i;
    if (lit(c, k, "of") || lit(c, k, "in") || mark(c, k, ',')) k++;
    if (lit(c, k, "the") && lit(c, k + 1, "year") && lit(c, k - 1, "of")) {
        r->rel = NST_REL_THAT;
        return k + 2 - i;
    }
    if (is(c, k, NST_W_FISCAL, NULL)) {
        uint32_t y = year_any(c, k + 1, r);
        if (y) return r->fiscal = true, k + 1 + y - i;
    }
    uint32_t y = year_any(c, k, r);
    if (y && !(k == i && counts_things(c, k + y))) return k + y - i;
    r->year = 0;
    if (mark(c, i, ',')) return 0;
    int v;
    if (is(c, k, NST_W_LAST, &v) || is(c, k, NST_W_NEXT, &v) || is(c, k, NST_W_THIS, &v) ||
        (is(c, k, NST_W_THAT, &v) && v == 1)) {
        int rel = is(c, k, NST_W_LAST, NULL)   ? NST_REL_LAST
                  : is(c, k, NST_W_NEXT, NULL) ? NST_REL_NEXT
                  : is(c, k, NST_W_THIS, NULL) ? NST_REL_THIS
                                               : NST_REL_THAT;
        uint32_t u = k + 1 + (lit(c, k + 1, "fiscal") || lit(c, k + 1, "same"));
        if (lit(c, u, "year")) return r->week_of = rel, u + 1 - i;
    }
    return 0;
}

/* third quarter, third-quarter, the 1988 third quarter, the last half of 1989, first two quarters. */
static uint32_t quarter(const ctx *c, uint32_t i, nst_when_raw *r) {
    int o;
    uint32_t k = i;
    if (is(c, k, NST_W_FISCAL, NULL)) r->fiscal = true, k = hyphen(c, k + 1);
    uint32_t w = ordinal(c, k, &o);
    if (!w && lit(c, k, "latter")) o = 2, w = 1;
    if (!w && lit(c, k, "last")) o = 91, w = 1;
    if (!w || (o > 4 && o < 90)) return 0;
    k = hyphen(c, k + w);
    bool fiscal = is(c, k, NST_W_FISCAL, NULL);
    if (fiscal) r->fiscal = true, k++;
    bool half = lit(c, k, "half");
    if (!half && !lit(c, k, "quarter")) {
        if (o == 1 && lit(c, k, "two") && lit(c, k + 1, "quarters")) half = true, k++;
        else return 0;
    }
    if (half && o > 2 && o < 90) return 0;
    if (!half && o >= 90) return 0;
    r->op = NST_OP_DATE;
    if (half) r->half = o >= 90 ? 2 : o;
    else r->quarter = o;
    k++;
    uint32_t y = of_year(c, k, r);
    if (half && !y) {
        nst_when_raw inner = {.hour = -1, .minute = -1};
        int unit;
        bool plural;
        (void)inner;
        if (!lit(c, k, "of") || !lit(c, k + 1, "the") || !unit_at(c, k + 2, &unit, &plural))
            return 0;
        if (unit != NST_U_YEAR) return 0;
        y = 3;
    }
    return k + y - i;
}

/* the summer of 1893, summer 1893, last summer, this past spring. */
static uint32_t season(const ctx *c, uint32_t i, nst_when_raw *r) {
    int s;
    if (!is(c, i, NST_W_SEASON, &s)) return 0;
    bool ambiguous = lit(c, i, "fall") || lit(c, i, "spring");
    nst_when_raw probe = *r;
    uint32_t y = of_year(c, i + 1, &probe);
    bool led = i && (is(c, i - 1, NST_W_LAST, NULL) || is(c, i - 1, NST_W_NEXT, NULL) ||
                     is(c, i - 1, NST_W_THIS, NULL) || is(c, i - 1, NST_W_MOD, NULL) ||
                     lit(c, i - 1, "the") || lit(c, i - 1, "in") || lit(c, i - 1, "by") ||
                     lit(c, i - 1, "since") || lit(c, i - 1, "until") || mark(c, i - 1, '-') ||
                     lit(c, i - 1, "that") || is(c, i - 1, NST_W_EVERY, NULL));
    if (!y && (!led || (ambiguous && i && lit(c, i - 1, "the") &&
                        (lit(c, i + 1, "of") || lit(c, i + 1, "in")))))
        return 0;
    if (i && lit(c, i - 1, "the") && lit(c, i + 1, "of") && !y) return 0;
    if (c->a[i].caps && !y) return 0;
    *r = probe;
    r->op = NST_OP_DATE;
    r->season = s;
    return 1 + y;
}

/* ---- times of day -------------------------------------------------------------------------- */

/* GMT, local time, EDT after a clock time. */
static uint32_t zone(const ctx *c, uint32_t i) {
    if (lit(c, i, "local") && lit(c, i + 1, "time")) return 2;
    if (is(c, i, NST_W_ZONE, NULL) && c->a[i].caps == 2) return 1;
    if (mark(c, i, '(') && is(c, i + 1, NST_W_ZONE, NULL) && mark(c, i + 2, ')')) return 3;
    return 0;
}

/* a.m., p.m., am, pm at i. */
static uint32_t ampm(const ctx *c, uint32_t i, int *half) {
    if (is(c, i, NST_W_AMPM, half)) return 1;
    bool p = lit(c, i, "p"), a = lit(c, i, "a");
    if ((!p && !a) || !mark(c, i + 1, '.') || !lit(c, i + 2, "m") || !glued(c, i + 1)) return 0;
    *half = p ? 2 : 1;
    return mark(c, i + 3, '.') && glued(c, i + 3) ? 4 : 3;
}

/* 10 a.m., 14:30, 1430 GMT, 5 o'clock, 4 in the morning, noon. */
static uint32_t clock_time(const ctx *c, uint32_t i, nst_when_raw *r) {
    int h = -1, m = 0, half, tod;
    uint32_t k = i, z;
    if (is(c, i, NST_W_TOD, &tod) && tod >= 5 && tod <= 7 && !lit(c, i, "lunchtime")) {
        r->hour = tod == 6 ? 24 : 12;
        r->minute = 0;
        return 1;
    }
    if (i >= c->n || (c->a[i].kind != NST_ATOM_DIGITS && !is(c, i, NST_W_NUM, &h))) return 0;
    if (c->a[i].kind == NST_ATOM_DIGITS) {
        if (c->a[i].digits > 4 || (i && glued(c, i) && c->a[i - 1].kind == NST_ATOM_MARK &&
                                   strchr("$ely.,:/", c->a[i - 1].mark)))
            return 0;
        h = (int)c->a[i].value;
    }
    k = i + 1;
    bool minutes = false;
    if ((mark(c, k, ':') || mark(c, k, '.')) && glued(c, k) && glued(c, k + 1) && k + 1 < c->n &&
        c->a[k + 1].kind == NST_ATOM_DIGITS && c->a[k + 1].digits == 2 && c->a[k + 1].value < 60) {
        minutes = true;
        m = (int)c->a[k + 1].value;
        bool colon = mark(c, k, ':');
        k += 2;
        if (!colon && !ampm(c, k, &half) && !zone(c, k)) return 0;
    }
    if ((z = ampm(c, k, &half)) && h >= 1 && h <= 12) {
        r->hour = h % 12 + (half == 2 ? 12 : 0);
        r->minute = m;
        k += z;
        return k + zone(c, k) - i;
    }
    if (c->a[i].kind == NST_ATOM_DIGITS && c->a[i].digits == 4 && h < 2400 && h % 100 < 60 &&
        (zone(c, k) || lit(c, k, "hours") || lit(c, k, "hrs"))) {
        r->hour = h / 100;
        r->minute = h % 100;
        return k + (zone(c, k) ? zone(c, k) : 1) - i;
    }
    if (mark(c, k, '\'') && lit(c, k - 1, "o") && lit(c, k + 1, "clock")) k += 2;
    if (lit(c, k, "o") && mark(c, k + 1, '\'') && lit(c, k + 2, "clock") && h <= 12) {
        r->hour = h;
        r->minute = 0;
        return k + 3 - i;
    }
    if (!minutes && h >= 1 && h <= 12 && lit(c, k, "in") && lit(c, k + 1, "the") &&
        is(c, k + 2, NST_W_TOD, &tod) && tod <= 3) {
        r->hour = h % 12 + (tod > 1 ? 12 : 0);
        r->minute = 0;
        return k + 3 - i;
    }
    if (minutes && h < 25 && mark(c, i + 1, ':')) {
        if (mark(c, k, ':') && k + 1 < c->n && c->a[k + 1].kind == NST_ATOM_DIGITS) k += 2;
        r->hour = h;
        r->minute = m;
        if (lit(c, k, "hrs") || lit(c, k, "hours")) k++;
        return k + zone(c, k) - i;
    }
    return 0;
}

/* morning, afternoon, evening, night and the like, with early or late before; atoms taken. */
static uint32_t part_of_day(const ctx *c, uint32_t i, nst_when_raw *r) {
    uint32_t k = i;
    int mod, tod;
    if (is(c, k, NST_W_MOD, &mod) && !lit(c, k, "earlier") && !lit(c, k, "later"))
        k = hyphen(c, k + 1);
    if (lit(c, k, "pre") && mark(c, k + 1, '-')) k += 2;
    if (!is(c, k, NST_W_TOD, &tod) || c->a[k].caps > 1) return 0;
    r->tod = tod;
    k++;
    if (tod == 1 && lit(c, k, "hours")) k++;
    return k - i;
}

/* ---- this, last, next ---------------------------------------------------------------------- */

/* The relation said at i: last, next, this, that, "this past", "the same"; atoms taken. */
static uint32_t relation(const ctx *c, uint32_t i, nst_when_raw *r) {
    int v;
    uint32_t k = i;
    if (lit(c, k, "this") && (lit(c, k + 1, "past") || lit(c, k + 1, "coming"))) k++;
    if (lit(c, k, "that") && lit(c, k + 1, "same")) k++;
    if (is(c, k, NST_W_LAST, &v)) {
        r->rel = v == 5 ? NST_REL_THIS : NST_REL_LAST;
        r->latest = v == 5;
        r->narrative = v == 3 || v == 4;
    } else if (is(c, k, NST_W_NEXT, &v)) {
        r->rel = NST_REL_NEXT;
        r->narrative = v == 3;
    } else if (is(c, k, NST_W_THIS, &v)) {
        r->rel = NST_REL_THIS;
    } else if (is(c, k, NST_W_THAT, &v)) {
        r->rel = NST_REL_THAT;
        r->narrative = true;
    } else {
        return 0;
    }
    bool the = i && (lit(c, i - 1, "the") || lit(c, i - 1, "its"));
    if (the && (r->rel == NST_REL_NEXT) && k == i) r->narrative = true;
    return k + 1 - i;
}

/* last week, this year, next fiscal quarter, that day, the following month; Friday's last. */
static uint32_t rel_unit(const ctx *c, uint32_t i, nst_when_raw *r) {
    uint32_t k = relation(c, i, r);
    int unit, w, s, o;
    bool plural;
    if (!k) return 0;
    k = hyphen(c, i + k);
    if (lit(c, k, "full") || lit(c, k, "calendar") || lit(c, k, "crucial") || lit(c, k, "very"))
        k++;
    if (is(c, k, NST_W_FISCAL, NULL)) r->fiscal = true, k++;
    if (lit(c, k, "early") || lit(c, k, "late")) {
        r->mod = lit(c, k, "early") ? NST_MOD_START : NST_MOD_END;
        k++;
    }
    nst_when_raw probe = *r;
    uint32_t m;
    if (wday_at(c, k, &w)) {
        if ((m = weekday(c, k, &probe)) && probe.day) {
            *r = probe;
            return k + m - i;
        }
        r->op = NST_OP_DATE, r->wday = w;
        return k + 1 - i;
    }
    if ((m = month_first(c, k, &probe))) {
        int rel = r->rel;
        *r = probe;
        r->rel = (uint8_t)rel;
        return k + m - i;
    }
    if (is(c, k, NST_W_SEASON, &s) && !c->a[k].caps) {
        r->op = NST_OP_DATE, r->season = s;
        return k + 1 - i;
    }
    if (is(c, k, NST_W_TOD, &o) && !lit(c, k, "daytime")) {
        r->op = NST_OP_TOD, r->tod = o;
        return k + 1 - i;
    }
    if (!unit_at(c, k, &unit, &plural) || plural) return 0;
    if (unit == NST_U_PERIOD || unit == NST_U_TIME || unit <= NST_U_MINUTE) return 0;
    if (unit == NST_U_MOMENT) {
        if (r->rel != NST_REL_THIS) return 0;
        r->op = NST_OP_REF, r->count = 1;
        return k + 1 - i;
    }
    r->op = NST_OP_UNIT;
    r->unit = (uint8_t)unit;
    k++;
    uint32_t g = genitive(c, k);
    if (g > k && unit == NST_U_YEAR) {     /* this year's third quarter */
        nst_when_raw q = {.hour = -1, .minute = -1};
        m = quarter(c, g, &q);
        if (m) {
            r->op = NST_OP_DATE, r->quarter = q.quarter, r->half = q.half, r->week_of = r->rel;
            r->rel = 0, r->narrative = false;
            return g + m - i;
        }
        if (lit(c, g, "quarter") || lit(c, g, "end")) {
            if (lit(c, g, "end")) r->mod = NST_MOD_END;
            return g + 1 - i;
        }
    }
    return k - i;
}

/* A count before a unit: numeral, "a", "several", "a few", "a couple of"; atoms taken. */
static uint32_t count_at(const ctx *c, uint32_t i, nst_when_raw *r) {
    int v;
    nst_numeral m = nst_numeral_read(c->t, c->a, c->n, i);
    if (m.n) {
        r->count = m.value;
        r->vague = m.vague;
        r->decimal = m.value < 1e6 && m.value != (double)(int)m.value;
        return m.n;
    }
    uint32_t k = i;
    if (is(c, k, NST_W_ART, &v) && v == 2) k++;
    if (is(c, k, NST_W_FEW, &v) && v != 5 && v != 7) {
        if (v == 6 && k == i) return 0;
        r->count = v == 3 ? 2 : 0;
        r->vague = v != 3;
        k++;
        if (lit(c, k, "of")) k++;
        return k - i;
    }
    if (k > i) {
        r->count = 1;
        return k - i;
    }
    return 0;
}

/* the last two weeks, the next few days, recent months, coming years. */
static uint32_t rel_span(const ctx *c, uint32_t i, nst_when_raw *r) {
    int unit, v;
    bool plural, recent = lit(c, i, "recent");
    uint32_t k = recent ? 1 : relation(c, i, r);
    if (!k) return 0;
    if (recent) r->rel = NST_REL_LAST;
    k += i;
    uint32_t m = count_at(c, k, r);
    k = hyphen(c, k + m);
    if (lit(c, k, "full") || lit(c, k, "more") || lit(c, k, "calendar")) k++;
    if (!unit_at(c, k, &unit, &plural) || unit == NST_U_PERIOD || unit == NST_U_TIME ||
        unit == NST_U_MOMENT)
        return 0;
    if (!m && !plural) return 0;
    if (!m) r->vague = true;
    r->op = NST_OP_SPAN;
    r->unit = (uint8_t)unit;
    if (is(c, i, NST_W_THIS, &v)) {
        if (v != 3 || !lit(c, k, "days") || m) return 0;
        r->op = NST_OP_REF, r->count = 1;  /* these days */
    }
    if (r->rel == NST_REL_THAT) r->op = NST_OP_DURATION;
    if (recent && unit == NST_U_YEAR) r->op = NST_OP_REF, r->count = 2;
    return k + 1 - i;
}

/* ---- durations, ago, later ----------------------------------------------------------------- */

/* "ago", "earlier", "later", "from now", "before" after a duration; atoms taken. */
static uint32_t shift_tail(const ctx *c, uint32_t i, nst_when_raw *r) {
    int v;
    uint32_t k = i;
    if (lit(c, k, "or") && lit(c, k + 1, "so")) k += 2;
    if (is(c, k, NST_W_AGO, &v)) {
        bool clause_end = k + 1 >= c->n || c->a[k + 1].kind == NST_ATOM_MARK;
        if ((v == 3 || v == 5) && !(clause_end && v == 3)) return 0;
        r->rel = NST_REL_LAST;
        r->narrative = v != 1;
        return k + 1 - i;
    }
    if (is(c, k, NST_W_AFTER, &v) && v == 1) {
        r->rel = NST_REL_NEXT;
        r->narrative = true;
        return k + 1 - i;
    }
    if (lit(c, k, "from") && lit(c, k + 1, "now")) {
        r->rel = NST_REL_NEXT;
        return k + 2 - i;
    }
    if (lit(c, k, "on") && (k + 1 >= c->n || mark(c, k + 1, ',')) && r->unit == NST_U_YEAR) {
        r->rel = NST_REL_NEXT;
        return k + 1 - i;
    }
    return 0;
}

/* two weeks, 16-hour, an hour and a half, five months ago, three days later, a year or two. */
static uint32_t duration(const ctx *c, uint32_t i, nst_when_raw *r) {
    int unit;
    bool plural;
    uint32_t m = count_at(c, i, r), k = i + m;
    if (!m) return 0;
    double low = r->count;
    if ((lit(c, k, "to") || lit(c, k, "or") || mark(c, k, '-')) && !lit(c, i, "a")) {
        nst_numeral hi = nst_numeral_read(c->t, c->a, c->n, k + 1);
        if (hi.n && hi.value > low) k += 1 + hi.n;
    }
    bool hyphened = hyphen(c, k) > k;
    k = hyphen(c, k);
    if (hyphened && lit(c, i, "a")) return 0;
    static const char *fill[] = {"more", "full", "consecutive", "straight", "trading", "working",
                                 "calendar", "long", "whole", "further", "business", "entire",
                                 "successive", "other", "additional", "short", "good"};
    for (size_t f = 0; f < sizeof(fill) / sizeof(fill[0]) && !hyphened; f++)
        if (lit(c, k, fill[f])) { k++; break; }
    if (!unit_at(c, k, &unit, &plural) || unit == NST_U_PERIOD || unit == NST_U_TIME) return 0;
    bool one = r->count == 1 && !r->vague;
    bool art = lit(c, i, "a") || lit(c, i, "an");
    if (unit == NST_U_MOMENT || (unit == NST_U_SECOND && !plural && !hyphened)) return 0;
    if (unit == NST_U_QUARTER && (art || lit(c, i, "three") || lit(c, k + 1, "of"))) return 0;
    if (unit == NST_U_MINUTE && c->a[k].caps) return 0;
    if (!plural && !one && !hyphened && !r->vague && r->count >= 10 && unit == NST_U_MINUTE)
        return 0;
    if (!plural && !hyphened && !one && c->a[i].kind == NST_ATOM_DIGITS && r->count > 31) return 0;
    if (unit == NST_U_NIGHT && !plural && art) return 0;
    if (c->a[k].caps == 2) return 0;
    r->op = NST_OP_DURATION;
    r->unit = (uint8_t)unit;
    k++;
    if (lit(c, k, "and") && lit(c, k + 1, "a") && lit(c, k + 2, "half")) r->count += 0.5, k += 3;
    else if (lit(c, k, "or") && lit(c, k + 1, "two") && art) k += 2;
    if (r->count < 1e6 && r->count != (double)(int)r->count) r->decimal = true;
    uint32_t h = hyphen(c, k);
    if (h > k && (lit(c, h, "ago") || lit(c, h, "earlier"))) return 0;
    if (lit(c, h, "long") && h > k) return h + 1 - i;
    if (lit(c, h, "old") || (lit(c, h, "of") && lit(c, h + 1, "age"))) {
        return 0;                          /* an age */
    }
    uint32_t tail = hyphened ? 0 : shift_tail(c, k, r);
    if (tail) {
        r->op = NST_OP_SHIFT;
        k += tail;
    }
    return k - i;
}

/* half an hour, half-hour, half a century. */
static uint32_t half_unit(const ctx *c, uint32_t i, nst_when_raw *r) {
    int unit;
    bool plural;
    if (!lit(c, i, "half")) return 0;
    uint32_t k = hyphen(c, i + 1);
    if (lit(c, k, "a") || lit(c, k, "an")) k++;
    else if (k == i + 1) return 0;
    if (!unit_at(c, k, &unit, &plural) || unit > NST_U_CENTURY || unit == NST_U_QUARTER) return 0;
    r->op = NST_OP_DURATION, r->unit = (uint8_t)unit, r->count = 0.5, r->decimal = true;
    uint32_t tail = shift_tail(c, k + 1, r);
    if (tail) r->op = NST_OP_SHIFT;
    return k + 1 + tail - i;
}

/* "for years", "months ago", "weeks later": a plural unit without a count. */
static uint32_t bare_units(const ctx *c, uint32_t i, nst_when_raw *r) {
    int unit;
    bool plural;
    if (!unit_at(c, i, &unit, &plural) || !plural || unit == NST_U_PERIOD || c->a[i].caps) return 0;
    if (unit == NST_U_MOMENT || unit == NST_U_QUARTER || unit == NST_U_WEEKEND) return 0;
    r->unit = (uint8_t)unit;
    r->vague = true;
    r->op = NST_OP_DURATION;
    uint32_t tail = shift_tail(c, i + 1, r);
    if (tail) {
        r->op = NST_OP_SHIFT;
        return 1 + tail;
    }
    bool anchored = lit(c, i + 1, "before") || lit(c, i + 1, "after") || lit(c, i + 1, "leading") ||
                    lit(c, i + 1, "that") || lit(c, i + 1, "following");
    if (anchored) return 1;
    if (lit(c, i + 1, "of") && !(i && lit(c, i - 1, "of")) && unit > NST_U_DAY) return 1;
    if (i > 1 && lit(c, i - 1, "of") && is(c, i - 2, NST_W_MULTS, NULL)) return 0;
    bool led = i && (lit(c, i - 1, "for") || lit(c, i - 1, "in") || lit(c, i - 1, "within") ||
                     lit(c, i - 1, "over") || lit(c, i - 1, "of") || lit(c, i - 1, "after") ||
                     lit(c, i - 1, "took") || lit(c, i - 1, "take") || lit(c, i - 1, "spent") ||
                     lit(c, i - 1, "the") || lit(c, i - 1, "more"));
    if (led && lit(c, i - 1, "the") && !lit(c, i + 1, "since") && !lit(c, i + 1, "ahead")) return 0;
    uint32_t k = i + 1;
    if (lit(c, k, "or") && is(c, k + 1, NST_W_UNIT, NULL)) return 3;
    return led ? 1 : 0;
}

/* "the same period in 2022", "the corresponding quarter of last year": the part last spoken of,
 * then. */
static uint32_t same_period(const ctx *c, uint32_t i, nst_when_raw *r) {
    static const char *const alike[] =
        {"same", "corresponding", "comparable", "equivalent", "similar"};
    uint32_t k = i + lit(c, i, "the");
    bool found = false;
    for (size_t w = 0; w < sizeof(alike) / sizeof(alike[0]); w++)
        found = found || lit(c, k, alike[w]);
    if (!found) return 0;
    k++;
    if (!lit(c, k, "period") && !lit(c, k, "quarter") && !lit(c, k, "month") && !lit(c, k, "time"))
        return 0;
    k++;
    nst_when_raw y = {.hour = -1, .minute = -1};
    uint32_t m = lit(c, k, "a") && lit(c, k + 1, "year") &&
        (lit(c, k + 2, "earlier") || lit(c, k + 2, "ago")) ? 3 : 0;
    if (m) y.week_of = NST_REL_LAST;
    else if (!(m = of_year(c, k, &y)) || (!y.year && !y.week_of)) return 0;
    r->op = NST_OP_UNIT;
    r->unit = NST_U_PERIOD;
    r->year = y.year;
    r->rel = (uint8_t)y.week_of;
    r->narrative = true;
    return k + m - i;
}

/* year-earlier, year-ago, with the quarter or period after it. */
static uint32_t year_earlier(const ctx *c, uint32_t i, nst_when_raw *r) {
    int o;
    uint32_t k = i + lit(c, i, "a");
    if (!lit(c, k, "year") || hyphen(c, k + 1) == k + 1) return 0;
    if (!lit(c, k + 2, "ago") && !lit(c, k + 2, "earlier")) return 0;
    k += 3;
    uint32_t w = ordinal(c, k, &o);
    r->op = NST_OP_UNIT, r->unit = NST_U_YEAR, r->rel = NST_REL_LAST;
    if (w && o <= 4 && lit(c, hyphen(c, k + w), "quarter")) {
        r->op = NST_OP_DATE, r->quarter = o, r->ago_year = true, r->rel = 0;
        return hyphen(c, k + w) + 1 - i;
    }
    if (lit(c, k, "quarter") || lit(c, k, "period")) {
        r->unit = NST_U_QUARTER, r->rel = NST_REL_THIS, r->ago_year = true;
        return k + 1 - i;
    }
    return k - i;
}

/* ---- the rest ------------------------------------------------------------------------------ */

/* every day, each Thursday, every two weeks, per month. */
static uint32_t every(const ctx *c, uint32_t i, nst_when_raw *r) {
    int v, unit, x;
    bool plural;
    if (!is(c, i, NST_W_EVERY, &v)) return 0;
    uint32_t k = i + 1;
    if (lit(c, k, "other")) r->count = 2, k++;
    else if (v == 1) {
        nst_numeral m = nst_numeral_read(c->t, c->a, c->n, k);
        if (m.n) r->count = m.value, k += m.n;
    }
    if (r->count == 0) r->count = 1;
    r->op = NST_OP_SET;
    if (wday_at(c, k, &x) && v != 3) return r->wday = x, k + 1 - i;
    if (is(c, k, NST_W_MONTH, &x) && c->a[k].caps && v != 3) return r->month = x, k + 1 - i;
    if (is(c, k, NST_W_SEASON, &x) && v != 3) return r->season = x, k + 1 - i;
    if (is(c, k, NST_W_TOD, &x) && x < 5 && v != 3) return r->tod = x, r->unit = 4, k + 1 - i;
    if (!unit_at(c, k, &unit, &plural) || unit == NST_U_PERIOD || unit == NST_U_MOMENT) return 0;
    if (v == 3 && plural) return 0;
    r->unit = (uint8_t)unit;
    return k + 1 - i;
}

/* daily, weekly, annual; Mondays. */
static uint32_t set_word(const ctx *c, uint32_t i, nst_when_raw *r) {
    int v, w;
    if (is(c, i, NST_W_WDAY, &w) && c->a[i].caps && c->t.p[c->a[i].end - 1] == 's' &&
        c->a[i].end - c->a[i].start > 6) {
        r->op = NST_OP_SET, r->wday = w, r->count = 1;
        return 1;
    }
    if (!is(c, i, NST_W_SET, &v) || c->a[i].caps > 1) return 0;
    if (lit(c, i, "annual") || lit(c, i, "quarterly") || lit(c, i, "yearly")) return 0;
    if (c->a[i].caps && i > 0) return 0;   /* the Daily Trumpet */
    r->op = NST_OP_SET, r->unit = (uint8_t)(v % 100), r->count = v > 100 ? 2 : 1;
    return 1;
}

/* now, recently, soon, the past, the near future, at the moment, at present. */
static uint32_t reference(const ctx *c, uint32_t i, nst_when_raw *r) {
    int v;
    r->op = NST_OP_REF;
    if (lit(c, i, "now") && i && lit(c, i - 1, "from") && i > 1 && is(c, i - 2, NST_W_UNIT, NULL))
        return 0;
    if (is(c, i, NST_W_REF, &v) && v <= 3) {
        if (lit(c, i, "shortly") && (lit(c, i + 1, "after") || lit(c, i + 1, "before"))) return 0;
        if (lit(c, i, "soon") && (lit(c, i + 1, "after") || (i && lit(c, i - 1, "as")))) return 0;
        if (lit(c, i, "formerly") || lit(c, i, "previously") || lit(c, i, "once") ||
            c->a[i].caps > 1)
            return 0;
        return r->count = v, 1;
    }
    if (lit(c, i, "current") && !c->a[i].caps) return r->count = 1, 1;
    if (lit(c, i, "future") && i && (lit(c, i - 1, "the") || lit(c, i - 1, "near")))
        return counts_things(c, i + 1) ? 0 : (r->count = 3, 1);
    if (lit(c, i, "past") && i > 1 && lit(c, i - 1, "the") && lit(c, i - 2, "in")) {
        bool noun = !is(c, i + 1, NST_W_UNIT, NULL) && !is(c, i + 1, NST_W_NUM, NULL) &&
                    !is(c, i + 1, NST_W_FEW, NULL) && !is(c, i + 1, NST_W_TENS, NULL) &&
                    !(i + 1 < c->n && c->a[i + 1].kind == NST_ATOM_DIGITS);
        return noun ? (r->count = 2, 1) : 0;
    }
    if (lit(c, i, "the") && lit(c, i + 1, "near") &&
        (lit(c, i + 2, "future") || lit(c, i + 2, "term")))
        return r->count = 3, 3;
    if (lit(c, i, "at") && lit(c, i + 1, "present")) return r->count = 1, 2;
    if (lit(c, i, "the") && lit(c, i + 1, "time") && lit(c, i + 2, "being")) return r->count = 1, 3;
    if (lit(c, i, "right") && lit(c, i + 1, "now")) return r->count = 1, 2;
    if (lit(c, i, "at") && lit(c, i + 1, "the") && lit(c, i + 2, "moment")) return r->count = 1, 3;
    return 0;
}

/* today, yesterday, tomorrow, tonight, last night, overnight, the day before yesterday. */
static uint32_t day_word(const ctx *c, uint32_t i, nst_when_raw *r) {
    int v;
    if (lit(c, i, "overnight")) {
        r->op = NST_OP_TOD, r->tod = 4, r->rel = NST_REL_LAST;
        return 1;
    }
    uint32_t k = i;
    int extra = 0;
    if (lit(c, k, "day") && (lit(c, k + 1, "before") || lit(c, k + 1, "after")) &&
        is(c, k + 2, NST_W_DAYREL, NULL)) {
        extra = lit(c, k + 1, "before") ? -1 : 1;
        k += 2;
    }
    if (!is(c, k, NST_W_DAYREL, &v)) return 0;
    if (c->a[k].caps && k > 0 && mark(c, k - 1, 'U')) return 0;
    r->op = NST_OP_DAYREL;
    r->count = v == 2 ? 0 : v + extra;
    if (v == 2) r->tod = 4;
    return k + 1 - i;
}

/* Words that make a holiday together with the one before; what they add. */
static uint32_t holiday(const ctx *c, uint32_t i, nst_when_raw *r) {
    static const struct { const char *a, *b; int which; } two[] = {
        {"good", "friday", 101}, {"labor", "day", 102}, {"labour", "day", 102},
        {"independence", "day", 103}, {"memorial", "day", 104}, {"veterans", "day", 105},
        {"election", "day", 106}, {"boxing", "day", 107}, {"may", "day", 108},
        {"presidents", "day", 109}, {"columbus", "day", 110}, {"armistice", "day", 105},
        {"palm", "sunday", 111}, {"inauguration", "day", 112}, {"ash", "wednesday", 113},
        {"bastille", "day", 114}, {"victory", "day", 115}, {"canada", "day", 116},
        {"remembrance", "day", 105}, {"anzac", "day", 117}, {"australia", "day", 118},
    };
    int v;
    if (i >= c->n || !c->a[i].caps) return 0;
    r->op = NST_OP_HOLIDAY;
    uint32_t g = genitive(c, i + 1), k;
    for (size_t h = 0; h < sizeof(two) / sizeof(two[0]); h++) {
        if (!lit(c, i, two[h].a) || !lit(c, g, two[h].b) || !c->a[g].caps) continue;
        r->count = two[h].which;
        return g + 1 + (year_any(c, g + 1, r) ? year_any(c, g + 1, r) : 0) - i;
    }
    if (lit(c, i, "new") && lit(c, i + 1, "year")) {
        g = genitive(c, i + 2);
        if (lit(c, g, "day") || lit(c, g, "eve")) {
            r->count = lit(c, g, "day") ? 120 : 121;
            return g + 1 - i;
        }
        return g > i + 2 && !lit(c, g, "resolution") ? (r->count = 120, i + 2 - i) : 0;
    }
    if (lit(c, i, "valentine")) return r->count = 122, g + 1 - i;
    if (!is(c, i, NST_W_HOLIDAY, &v)) return 0;
    r->count = v;
    k = i + 1;
    if (v == 6) {
        if (mark(c, k, '-')) k++;
        if (lit(c, k, "al")) k++;
        if (mark(c, k, '-')) k++;
        if (lit(c, k, "adha")) r->count = 16, k++;
        else if (lit(c, k, "fitr")) k++;
        else return 0;
    }
    if (lit(c, k, "eve")) r->day2 = -1, k++;
    else if (lit(c, k, "day") || lit(c, k, "sunday")) k++;
    else if (lit(c, k, "monday")) r->day2 = 1, k++;
    else if (lit(c, k, "night")) r->tod = 4, k++;
    else if (lit(c, k, "week")) r->unit = NST_U_WEEK, k++;
    else if (lit(c, k, "island")) return 0;
    return k + year_any(c, k, r) - i;
}

/* the quarter, the year, the week, the weekend; its fourth quarter is `quarter`. */
static uint32_t the_unit(const ctx *c, uint32_t i, nst_when_raw *r) {
    int unit, tod;
    bool plural;
    if (!lit(c, i, "the")) return 0;
    uint32_t k = i + 1;
    if (is(c, k, NST_W_FISCAL, NULL)) r->fiscal = true, k++;
    if (lit(c, k, "full")) k++;
    if (is(c, k, NST_W_TOD, &tod) && tod <= 4 && !lit(c, k, "night") && !c->a[k].caps && i &&
        (lit(c, i - 1, "in") || lit(c, i - 1, "during") || lit(c, i - 1, "of"))) {
        r->op = NST_OP_TOD, r->tod = tod, r->rel = NST_REL_THAT;
        return k + 1 - i;
    }
    if (!unit_at(c, k, &unit, &plural) || plural || c->a[k].caps) return 0;
    bool fits = unit == NST_U_QUARTER || unit == NST_U_YEAR || unit == NST_U_WEEK ||
                unit == NST_U_MONTH || unit == NST_U_WEEKEND;
    if (unit == NST_U_DAY) fits = i && (lit(c, i - 1, "in") || lit(c, i - 1, "of") ||
                                        lit(c, i - 1, "on") || lit(c, i - 1, "during") ||
                                        lit(c, i - 1, "for"));
    if (!fits || hyphen(c, k + 1) > k + 1) return 0;
    if (lit(c, k + 1, "of") || lit(c, k + 1, "before") || lit(c, k + 1, "when")) return 0;
    r->op = NST_OP_UNIT, r->unit = (uint8_t)unit, r->rel = NST_REL_THAT, r->whole = true;
    return k + 1 - i;
}

/* the week of March 6, the last week of August, the first ten months of 1915. */
static uint32_t unit_of(const ctx *c, uint32_t i, nst_when_raw *r) {
    int o = 0, unit;
    bool plural;
    uint32_t w = ordinal(c, i, &o), k = i + w;
    if (!w && lit(c, i, "last")) o = 91, w = 1, k = i + 1;
    nst_numeral m = nst_numeral_read(c->t, c->a, c->n, k);
    if (w && m.n) k += m.n;
    if (!unit_at(c, k, &unit, &plural) || unit == NST_U_PERIOD || unit == NST_U_TIME) return 0;
    if (w && m.n && plural) {              /* the first nine months */
        r->op = NST_OP_DURATION, r->unit = (uint8_t)unit, r->count = m.value;
        of_year(c, k + 1, r);              /* dates it; the year is an expression of its own */
        return k + 1 - i;
    }
    if (!lit(c, k + 1, "of") || plural) return 0;
    if (!w && unit == NST_U_WEEK) {
        uint32_t d = month_first(c, k + 2, r);
        if (!d || !r->day) return 0;
        r->unit = NST_U_WEEK;
        return k + 2 + d - i;
    }
    if (w && (unit == NST_U_WEEK || unit == NST_U_DAY)) {
        uint32_t d = month_first(c, k + 2, r);
        if (!d || r->day) return 0;
        if (unit == NST_U_DAY) {
            r->day = o >= 90 ? -1 : o;
            return k + 2 + d - i;
        }
        r->week_of = 0;
        r->count = o;
        r->unit = NST_U_WEEK;
        r->mod = o == 1 ? NST_MOD_START : o >= 4 ? NST_MOD_END : NST_MOD_MID;
        return k + 2 + d - i;
    }
    return 0;
}

/* year-end, year's end, month's end, the end of the year. */
static uint32_t unit_end(const ctx *c, uint32_t i, nst_when_raw *r) {
    int unit;
    bool plural;
    if (!unit_at(c, i, &unit, &plural) || plural) return 0;
    if (unit != NST_U_YEAR && unit != NST_U_MONTH) return 0;
    uint32_t k = hyphen(c, i + 1), g = genitive(c, i + 1);
    if (g > i + 1) k = g;
    if (!lit(c, k, "end")) return 0;
    r->op = NST_OP_UNIT, r->unit = (uint8_t)unit, r->rel = NST_REL_THAT, r->whole = true;
    r->mod = NST_MOD_END;
    return k + 1 - i;
}

typedef uint32_t (*phrase)(const ctx *, uint32_t, nst_when_raw *);

static const phrase PHRASES[] = {
    numeric_date, weekday, month_first, day_first, year_alone, decade, century, quarter, season,
    rel_unit, same_period, rel_span, duration, half_unit, bare_units, year_earlier, every,
        set_word, reference,
    day_word, holiday, the_unit, unit_of, unit_end,
};

/* The longest phrase at i, without modifiers or times of day. */
static uint32_t core(const ctx *c, uint32_t i, nst_when_raw *out) {
    uint32_t best = 0;
    for (size_t p = 0; p < sizeof(PHRASES) / sizeof(PHRASES[0]); p++) {
        nst_when_raw r = {.hour = -1, .minute = -1};
        uint32_t k = PHRASES[p](c, i, &r);
        if (k > best) {
            best = k;
            *out = r;
        }
    }
    return best;
}

/* Can a time of day be added to this expression? */
static bool takes_time(const nst_when_raw *r) {
    if (r->op == NST_OP_DAYREL || r->op == NST_OP_HOLIDAY) return true;
    if (r->op == NST_OP_DATE) return (r->day || r->wday) && !r->day2;
    if (r->op == NST_OP_UNIT || r->op == NST_OP_SHIFT) return r->unit == NST_U_DAY;
    return false;
}

/* "night", "at 10 a.m." after a day. */
static uint32_t time_after(const ctx *c, uint32_t i, nst_when_raw *r) {
    if (!takes_time(r) || r->tod || r->hour >= 0) return 0;
    nst_when_raw t = {.hour = -1, .minute = -1};
    uint32_t k = i, m;
    if ((m = part_of_day(c, k, &t))) {
        r->tod = t.tod;
        return m;
    }
    if (mark(c, k, ',')) k++;
    if (lit(c, k, "at") || lit(c, k, "around")) k++;
    if ((m = clock_time(c, k, &t))) {
        r->hour = t.hour, r->minute = t.minute;
        return k + m - i;
    }
    return 0;
}

/* A day after a time: "[10 a.m.] Tuesday", "[the morning] of April 19", "[noon] on Friday". */
static uint32_t day_after_time(const ctx *c, uint32_t i, nst_when_raw *r) {
    uint32_t k = i;
    nst_when_raw d = {.hour = -1, .minute = -1};
    if (mark(c, k, ',')) k++;
    if (lit(c, k, "on") || lit(c, k, "of")) k++;
    if (lit(c, k, "the")) k++;
    uint32_t m = core(c, k, &d);
    if (!m || !takes_time(&d) || (d.op == NST_OP_SHIFT && k > i)) return 0;
    int tod = r->tod, h = r->hour, mi = r->minute;
    *r = d;
    r->tod = tod, r->hour = h, r->minute = mi;
    return k + m - i;
}

/* A time of day with the day it belongs to. */
static uint32_t with_time(const ctx *c, uint32_t i, nst_when_raw *r) {
    uint32_t m = clock_time(c, i, r);
    bool clock = m > 0;
    if (!m && !(m = part_of_day(c, i, r))) return 0;
    uint32_t k = i + m, d = day_after_time(c, k, r);
    if (d) return k + d - i;
    if (!clock) return 0;
    r->op = NST_OP_TOD;
    r->rel = NST_REL_THAT;
    nst_when_raw t = {.hour = -1, .minute = -1};
    if (is(c, k, NST_W_TOD, NULL)) (void)t;
    return m;
}

/* early, late, mid-; the beginning, end, middle of: atoms before the expression they modify. */
static uint32_t modifier(const ctx *c, uint32_t i, uint8_t *mod) {
    int v;
    static const uint8_t of_mod[] = {0, NST_MOD_START, NST_MOD_END, NST_MOD_MID,
                                     NST_MOD_EARLIER, NST_MOD_LATER, NST_MOD_MID};
    static const uint8_t of_part[] = {0, NST_MOD_START, NST_MOD_END, NST_MOD_MID, 0, 0, 0};
    uint32_t k = i;
    if (lit(c, k, "very")) k++;
    if (is(c, k, NST_W_PART, &v) && v <= 3 && lit(c, k + 1, "of")) {
        *mod = of_part[v];
        k += 2;
        return k - i;
    }
    if (is(c, k, NST_W_MOD, &v)) {
        *mod = of_mod[v];
        k = hyphen(c, k + 1);
        if (lit(c, k, "on") || lit(c, k, "in")) k++;
        return k - i;
    }
    if (lit(c, k, "sometime")) return k + 1 + lit(c, k + 1, "in") - i;
    return 0;
}

/* Can this be narrowed to its beginning or end? */
static bool takes_mod(const nst_when_raw *r) {
    return r->op == NST_OP_DATE || r->op == NST_OP_DECADE || r->op == NST_OP_CENTURY ||
           r->op == NST_OP_UNIT || r->op == NST_OP_DAYREL || r->op == NST_OP_TOD;
}

/* "August and September 1914": the year that a later partner gives to a part of a year. */
static void year_ahead(const ctx *c, uint32_t i, nst_when_raw *r) {
    static const char *ties[] = {"and", "or", "to", "through", "until"};
    bool open = r->op == NST_OP_DATE && !r->year && !r->rel && !r->week_of && !r->wday &&
                (r->month || r->season || r->quarter);
    if (!open) return;
    uint32_t k = i;
    uint8_t mod = 0;
    if (mark(c, k, '-') || mark(c, k, ',')) k++;
    for (size_t w = 0; w < 5 && k == i; w++)
        if (lit(c, k, ties[w])) k++;
    if (k == i) return;
    if (lit(c, k, "the")) k++;
    k += modifier(c, k, &mod);
    nst_when_raw p = {.hour = -1, .minute = -1};
    uint32_t m = core(c, k, &p);
    if (!m || p.op != NST_OP_DATE || !p.year || !(p.month || p.season || p.quarter)) return;
    r->year = p.year;
    r->bc = p.bc;
}

/* Can an expression of time begin with this atom at all? Most atoms end here. */
static bool leads(const nst_atom *a) {
    if (a->kind == NST_ATOM_DIGITS) return true;
    if (a->kind == NST_ATOM_MARK) return a->mark == '\'';
    if (!a->word) return false;
    for (int k = 0; k < 5 && a->word->sense[k].cls; k++) {
        switch (a->word->sense[k].cls) {
        case NST_W_SINCE: case NST_W_FUT: case NST_W_PAST: case NST_W_APPROX: case NST_W_PERSON:
        case NST_W_TROOPBODY: case NST_W_MEASURE: case NST_W_CUE: case NST_W_CHANGE:
        case NST_W_IDWORD: case NST_W_STOPNP: case NST_W_NCUR: case NST_W_PERCENT: break;
        default: return true;
        }
    }
    return false;
}

uint32_t nst_when_scan(nst_str t, const nst_atom *a, uint32_t n, uint32_t i, nst_when_raw *out) {
    ctx c = {t, a, n};
    if (i && a[i].kind == NST_ATOM_DIGITS && !a[i].space &&
        (a[i - 1].kind == NST_ATOM_WORD ||
         (a[i - 1].kind == NST_ATOM_MARK && strchr("$elyirh.,#/", a[i - 1].mark) && i > 1 &&
          (a[i - 1].mark != '/' && a[i - 1].mark != ',' && a[i - 1].mark != '.'))))
        return 0;
    if (!leads(&a[i])) return 0;
    nst_when_raw r = {.hour = -1, .minute = -1};
    uint32_t best = core(&c, i, out);
    uint32_t tail = best ? time_after(&c, i + best, out) : 0;
    best += tail;
    uint32_t m = with_time(&c, i, &r);
    if (m > best) *out = r, best = m;
    uint8_t mod = 0;
    uint32_t skip = lit(&c, i, "the") || lit(&c, i, "its"), pre = modifier(&c, i + skip, &mod);
    if (pre) {
        uint32_t the = lit(&c, i + skip + pre, "the");
        nst_when_raw inner = {.hour = -1, .minute = -1};
        uint32_t k = core(&c, i + skip + pre + the, &inner), k2 = 0;
        if (the) {
            nst_when_raw other = {.hour = -1, .minute = -1};
            k2 = core(&c, i + skip + pre, &other);
            if (k2 > k + the) inner = other, k = k2 - the;
        }
        if (k && takes_mod(&inner)) {
            k += time_after(&c, i + skip + pre + the + k, &inner);
            if (skip + pre + the + k > best) {
                best = skip + pre + the + k;
                if (!inner.mod) inner.mod = mod;
                *out = inner;
            }
        }
    }
    if (best) year_ahead(&c, i + best, out);
    out->first = i;
    out->end = i + best;
    return best;
}
