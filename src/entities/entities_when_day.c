/* entities_when_day.c - phrases of the calendar: days, months, years, decades, quarters, seasons.
 *
 * In: atoms: on | Tuesday | that ... Out: [Tuesday] weekday 2. What the words leave open (which
 * Tuesday?) stays open here. Invariants: those of when_scan.h.
 */
#include "when_scan.h"

/* A unit at i without its plural's mark. */
bool nst_when_unit_at(const ctx *c, uint32_t i, int *unit, bool *plural) {
    int v;
    if (lit(c, i, "night")) v = NST_U_NIGHT;
    else if (!is(c, i, NST_W_UNIT, &v)) return false;
    if (lit(c, i, "sec") || lit(c, i, "secs")) return false;
    *plural = v > 100;
    *unit = v % 100;
    return true;
}

/* Is the word at i a lower-case plural noun, so that a number before it counts things? */
bool nst_when_counts_things(const ctx *c, uint32_t i) {
    if (i >= c->n || c->a[i].kind != NST_ATOM_WORD || c->a[i].caps) return false;
    uint32_t len = c->a[i].end - c->a[i].start;
    const char *p = c->t.p + c->a[i].start;
    if (lit(c, i, "people") || lit(c, i, "men") || lit(c, i, "women") || lit(c, i, "percent"))
        return true;
    static const char *not_plural[] = {"was", "is", "has", "as", "its", "this", "does", "elections",
        "talks", "games", "olympics", "levels", "attacks", "results"};
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
        return m.value >= 2000 && m.value < 2100 && !nst_when_counts_things(c, i + m.n) ? m.n : 0;
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
uint32_t nst_when_year_any(const ctx *c, uint32_t i, nst_when_raw *r) {
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
    uint32_t y = nst_when_year_any(c, k, r);
    if (y && !(nst_when_counts_things(c, k + y) && k == i)) return k + y - i;
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
    if (!m || d <= r->day || (!mark(c, i, '-') && nst_when_counts_things(c, k + m))) return 0;
    r->day2 = d;
    r->mid = i;
    return k + m - i;
}

/* MONTH, MONTH DAY, MONTH DAY, YEAR, MONTH YEAR. */
uint32_t nst_when_month_first(const ctx *c, uint32_t i, nst_when_raw *r) {
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
uint32_t nst_when_day_first(const ctx *c, uint32_t i, nst_when_raw *r) {
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
uint32_t nst_when_numeric_date(const ctx *c, uint32_t i, nst_when_raw *r) {
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
bool nst_when_wday_at(const ctx *c, uint32_t i, int *w) {
    if (!is(c, i, NST_W_WDAY, w) || !c->a[i].caps) return false;
    if (c->a[i].end - c->a[i].start > 5) return true;
    uint32_t k = stop(c, i + 1);
    if (mark(c, k, ',')) k++;
    return is(c, k, NST_W_MONTH, NULL) || (k > i + 1 && k < c->n &&
                                           c->a[k].kind == NST_ATOM_DIGITS);
}

/* Tuesday; Tuesday, May 15; Tuesday 15 May 1894. */
uint32_t nst_when_weekday(const ctx *c, uint32_t i, nst_when_raw *r) {
    int w;
    if (!nst_when_wday_at(c, i, &w)) return 0;
    uint32_t k = stop(c, i + 1), m = 0;
    if (k > i + 1 && c->a[i].end - c->a[i].start > 5) k = i + 1;
    uint32_t after = k;
    if (mark(c, k, ',')) k++;
    if (lit(c, k, "the")) k++;
    nst_when_raw rest = *r;
    if ((m = nst_when_day_first(c, k, &rest)) || (m = nst_when_month_first(c, k, &rest))) {
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
    if (nst_when_counts_things(c, i + 1) && !sure) return false;
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
uint32_t nst_when_year_alone(const ctx *c, uint32_t i, nst_when_raw *r) {
    uint32_t k = i;
    if (is(c, k, NST_W_FISCAL, NULL)) {
        r->fiscal = true;
        k = hyphen(c, k + 1);
        if (lit(c, k, "year")) k++;
    }
    if (lit(c, k, "the") && lit(c, k + 1, "year")) k += 2;
    uint32_t y = nst_when_year_any(c, k, r);
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
uint32_t nst_when_decade(const ctx *c, uint32_t i, nst_when_raw *r) {
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
uint32_t nst_when_ordinal(const ctx *c, uint32_t i, int *o) {
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
uint32_t nst_when_century(const ctx *c, uint32_t i, nst_when_raw *r) {
    int o, era;
    uint32_t k = nst_when_ordinal(c, i, &o);
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
uint32_t nst_when_of_year(const ctx *c, uint32_t i, nst_when_raw *r) {
    uint32_t k = i;
    if (lit(c, k, "of") || lit(c, k, "in") || mark(c, k, ',')) k++;
    if (lit(c, k, "the") && lit(c, k + 1, "year") && lit(c, k - 1, "of")) {
        r->rel = NST_REL_THAT;
        return k + 2 - i;
    }
    if (is(c, k, NST_W_FISCAL, NULL)) {
        uint32_t y = nst_when_year_any(c, k + 1, r);
        if (y) return r->fiscal = true, k + 1 + y - i;
    }
    uint32_t y = nst_when_year_any(c, k, r);
    if (y && !(k == i && nst_when_counts_things(c, k + y))) return k + y - i;
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

/* third quarter, third-quarter, the 1988 third quarter, the last half of 1989, first two
 * quarters. */
uint32_t nst_when_quarter(const ctx *c, uint32_t i, nst_when_raw *r) {
    int o;
    uint32_t k = i;
    if (is(c, k, NST_W_FISCAL, NULL)) r->fiscal = true, k = hyphen(c, k + 1);
    uint32_t w = nst_when_ordinal(c, k, &o);
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
    uint32_t y = nst_when_of_year(c, k, r);
    if (half && !y) {
        nst_when_raw inner = {.hour = -1, .minute = -1};
        int unit;
        bool plural;
        (void)inner;
        if (!lit(c, k, "of") || !lit(c, k + 1, "the") ||
            !nst_when_unit_at(c, k + 2, &unit, &plural))
            return 0;
        if (unit != NST_U_YEAR) return 0;
        y = 3;
    }
    return k + y - i;
}

/* the summer of 1893, summer 1893, last summer, this past spring. */
uint32_t nst_when_season(const ctx *c, uint32_t i, nst_when_raw *r) {
    int s;
    if (!is(c, i, NST_W_SEASON, &s)) return 0;
    bool ambiguous = lit(c, i, "fall") || lit(c, i, "spring");
    nst_when_raw probe = *r;
    uint32_t y = nst_when_of_year(c, i + 1, &probe);
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
