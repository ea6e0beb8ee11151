/* entities_when_scan.c - which words are an expression of time, and what they say.
 *
 * In: atoms: said | on | Tuesday | that ... Out: [Tuesday] weekday 2. The idea: one small function
 * a kind of phrase, each tried at an atom and returning how many atoms it takes; the longest wins.
 * What the words leave open (which Tuesday?) stays open here. Invariants: (1) a function that
 * returns 0 has no say; (2) nothing looks further than a few atoms ahead, so scanning is linear.
 * References: TIMEX3 (TimeML 1.2.1); the inventory of phrases follows HeidelTime's and SUTime's
 * papers.
 */
#include "when_scan.h"

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
    if (nst_when_wday_at(c, k, &x) && v != 3) return r->wday = x, k + 1 - i;
    if (is(c, k, NST_W_MONTH, &x) && c->a[k].caps && v != 3) return r->month = x, k + 1 - i;
    if (is(c, k, NST_W_SEASON, &x) && v != 3) return r->season = x, k + 1 - i;
    if (is(c, k, NST_W_TOD, &x) && x < 5 && v != 3) return r->tod = x, r->unit = 4, k + 1 - i;
    if (!nst_when_unit_at(c, k, &unit, &plural) || unit == NST_U_PERIOD || unit == NST_U_MOMENT)
        return 0;
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
        return nst_when_counts_things(c, i + 1) ? 0 : (r->count = 3, 1);
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
        return g + 1 + (nst_when_year_any(c, g + 1, r) ? nst_when_year_any(c, g + 1, r) : 0) - i;
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
    return k + nst_when_year_any(c, k, r) - i;
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
    if (!nst_when_unit_at(c, k, &unit, &plural) || plural || c->a[k].caps) return 0;
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
    uint32_t w = nst_when_ordinal(c, i, &o), k = i + w;
    if (!w && lit(c, i, "last")) o = 91, w = 1, k = i + 1;
    nst_numeral m = nst_numeral_read(c->t, c->a, c->n, k);
    if (w && m.n) k += m.n;
    if (!nst_when_unit_at(c, k, &unit, &plural) || unit == NST_U_PERIOD || unit == NST_U_TIME)
        return 0;
    if (w && m.n && plural) {              /* the first nine months */
        r->op = NST_OP_DURATION, r->unit = (uint8_t)unit, r->count = m.value;
        /* dates it; the year is an expression of its own */
        nst_when_of_year(c, k + 1, r);
        return k + 1 - i;
    }
    if (!lit(c, k + 1, "of") || plural) return 0;
    if (!w && unit == NST_U_WEEK) {
        uint32_t d = nst_when_month_first(c, k + 2, r);
        if (!d || !r->day) return 0;
        r->unit = NST_U_WEEK;
        return k + 2 + d - i;
    }
    if (w && (unit == NST_U_WEEK || unit == NST_U_DAY)) {
        uint32_t d = nst_when_month_first(c, k + 2, r);
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
    if (!nst_when_unit_at(c, i, &unit, &plural) || plural) return 0;
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
    nst_when_numeric_date, nst_when_weekday, nst_when_month_first, nst_when_day_first,
    nst_when_year_alone, nst_when_decade, nst_when_century, nst_when_quarter, nst_when_season,
    nst_when_rel_unit, nst_when_same_period, nst_when_rel_span, nst_when_duration,
    nst_when_half_unit, nst_when_bare_units, nst_when_year_earlier, every, set_word, reference,
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
    ctx c = {.t = t, .a = a, .n = n};
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
