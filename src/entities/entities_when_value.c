/* entities_when_value.c - what an expression of time means, given the day of writing.
 *
 * In: raw expressions: weekday 2; the anchor 1894-05-15, a past tense. Out: TIMEX3 value and
 * interval: "1894-05-15", 15 to 15 May 1894, precision day. The idea: find the first day meant and
 * the unit it is meant in; value and interval follow from the two. Invariants: (1) without an
 * anchor a relative expression keeps its type and has no days; (2) only dates move the day last
 * spoken of.
 * References: TIMEX3 values as in TimeML 1.2.1; Easter by Butcher's rule; Muslim months by the
 * tabular calendar (a day off from the sighted one at times).
 */
#include "when.h"

/* a history's new year comes among the first words of a sentence */
#define ASIDE_ATOM 3
#define ASIDE_YEARS 3            /* or lies this near to the last one */

/* The year, month and day of d. */
static void split(nst_day d, int *y, int *m, int *dd) { nst_day_split(d, y, m, dd); }

static int year_of(nst_day d) {
    int y, m, dd;
    split(d, &y, &m, &dd);
    return y;
}

static int month_of(nst_day d) {
    int y, m, dd;
    split(d, &y, &m, &dd);
    return m;
}

/* Month m of year y, where m may run over either end of the year. */
static nst_day month_start(int y, int m) {
    int total = y * 12 + (m - 1);
    int yy = total >= 0 ? total / 12 : -((-total + 11) / 12);
    return nst_day_of(yy, total - yy * 12 + 1, 1);
}

static nst_day week_start(nst_day d) { return d - nst_day_weekday(d); }

/* ISO 8601 week number and the year it belongs to. */
static int iso_week(nst_day d, int *year) {
    nst_day thursday = week_start(d) + 3;
    *year = year_of(thursday);
    return (thursday - nst_day_of(*year, 1, 1)) / 7 + 1;
}

/* First month of a season (1 spring .. 4 winter). */
static int season_month(int s) { return s == 4 ? 12 : 3 * s; }

/* First day of the unit that day d lies in. */
static nst_day floor_unit(nst_day d, int unit) {
    int y, m, dd;
    split(d, &y, &m, &dd);
    switch (unit) {
    case NST_U_WEEK: case NST_U_FORTNIGHT: return week_start(d);
    case NST_U_WEEKEND: return week_start(d) + 5;
    case NST_U_MONTH: return nst_day_of(y, m, 1);
    case NST_U_QUARTER: return nst_day_of(y, (m - 1) / 3 * 3 + 1, 1);
    case NST_U_HALF: return nst_day_of(y, m <= 6 ? 1 : 7, 1);
    case NST_U_SEASON: return m < 3 ? nst_day_of(y - 1, 12, 1) : nst_day_of(y, m / 3 * 3, 1);
    case NST_U_YEAR: return nst_day_of(y, 1, 1);
    case NST_U_DECADE: return nst_day_of(y - ((y % 10) + 10) % 10, 1, 1);
    case NST_U_CENTURY: return nst_day_of(y - ((y - 1) % 100 + 100) % 100, 1, 1);
    default: return d;
    }
}

/* Day d moved by n units (n may be negative). */
static nst_day move(nst_day d, int unit, int n) {
    int y, m, dd, last;
    split(d, &y, &m, &dd);
    nst_day to;
    switch (unit) {
    case NST_U_DAY: case NST_U_NIGHT: return d + n;
    case NST_U_WEEK: case NST_U_WEEKEND: return d + 7 * n;
    case NST_U_FORTNIGHT: return d + 14 * n;
    case NST_U_MONTH: to = month_start(y, m + n); break;
    case NST_U_QUARTER: case NST_U_SEASON: to = month_start(y, m + 3 * n); break;
    case NST_U_HALF: to = month_start(y, m + 6 * n); break;
    case NST_U_YEAR: to = month_start(y + n, m); break;
    case NST_U_DECADE: to = month_start(y + 10 * n, m); break;
    case NST_U_CENTURY: to = month_start(y + 100 * n, m); break;
    case NST_U_MILLENNIUM: to = month_start(y + 1000 * n, m); break;
    default: return d;
    }
    split(to, &y, &m, &last);
    last = nst_month_days(y, m);
    return to + (dd > last ? last : dd) - 1;
}

/* Last day of the unit that begins on `first`. */
static nst_day unit_last(nst_day first, int unit) {
    if (unit == NST_U_WEEKEND) return first + 1;
    if (unit == NST_U_DAY || unit < NST_U_DAY || unit == NST_U_NIGHT) return first;
    return move(first, unit, 1) - 1;
}

static uint8_t precision_of(int unit) {
    switch (unit) {
    case NST_U_WEEK: case NST_U_WEEKEND: case NST_U_FORTNIGHT: return NST_PREC_WEEK;
    case NST_U_MONTH: return NST_PREC_MONTH;
    case NST_U_QUARTER: return NST_PREC_QUARTER;
    case NST_U_SEASON: return NST_PREC_SEASON;
    case NST_U_YEAR: case NST_U_HALF: return NST_PREC_YEAR;
    case NST_U_DECADE: case NST_U_CENTURY: case NST_U_MILLENNIUM: return NST_PREC_DECADE;
    default: return NST_PREC_DAY;
    }
}

/* ---- values -------------------------------------------------------------------------------- */

/* The TIMEX3 value of a unit that begins on `first`. */
static void put_value(nst_day first, int unit, char out[32]) {
    int y, m, d, wy, w;
    split(first, &y, &m, &d);
    static const char *seasons[] = {"WI", "SP", "SU", "FA"};
    char head[16];
    snprintf(head, sizeof(head), y < 1 ? "BC%04d" : "%04d", y < 1 ? 1 - y : y);
    switch (unit) {
    case NST_U_WEEK: case NST_U_FORTNIGHT:
        w = iso_week(first, &wy);
        snprintf(out, 32, "%04d-W%02d", wy, w);
        break;
    case NST_U_WEEKEND:
        w = iso_week(first, &wy);
        snprintf(out, 32, "%04d-W%02d-WE", wy, w);
        break;
    case NST_U_MONTH: snprintf(out, 32, "%s-%02d", head, m); break;
    case NST_U_QUARTER: snprintf(out, 32, "%s-Q%d", head, (m - 1) / 3 + 1); break;
    case NST_U_HALF: snprintf(out, 32, "%s-H%d", head, m <= 6 ? 1 : 2); break;
    case NST_U_SEASON: snprintf(out, 32, "%s-%s", head, seasons[m / 3 % 4]); break;
    case NST_U_YEAR: snprintf(out, 32, "%s", head); break;
    case NST_U_DECADE: snprintf(out, 32, y < 1 ? "BC%03d" : "%03d", y < 1 ? -y / 10 : y / 10);
    break;
    case NST_U_CENTURY: snprintf(out, 32, y < 1 ? "BC%02d" : "%02d", y < 1 ? -y / 100 : y / 100);
    break;
    default: snprintf(out, 32, "%s-%02d-%02d", head, m, d);
    }
}

/* Adds "TMO", "T14:30" to a day's value and makes it a time. */
static void put_time(const nst_when_raw *r, nst_when_value *v) {
    static const char *tod[] = {"", "TMO", "TAF", "TEV", "TNI", "T12:00", "T24:00", "T12:00", "TMO",
                                "TEV", "TDT"};
    size_t n = strlen(v->value);
    if (r->hour >= 0) {
        snprintf(v->value + n, sizeof(v->value) - n, "T%02d:%02d", r->hour, r->minute);
        v->type = 'T';
    } else if (r->tod) {
        snprintf(v->value + n, sizeof(v->value) - n, "%s", tod[r->tod]);
        v->type = 'T';
    }
}

/* Narrows an interval to its first, middle or last third. */
static void narrow(int mod, nst_day anchor, nst_when_value *v) {
    int days = v->finish - v->start + 1;
    if (v->start == NST_NO_DAY || days < 5) return;
    if (mod == NST_MOD_EARLIER && anchor >= v->start && anchor <= v->finish) v->finish = anchor;
    if (mod == NST_MOD_LATER && anchor >= v->start && anchor <= v->finish) v->start = anchor;
    if (mod == NST_MOD_START) v->finish = v->start + days / 3 - (days % 3 == 0);
    if (mod == NST_MOD_MID) v->start += days / 3, v->finish -= days / 3;
    if (mod == NST_MOD_END) v->start = v->finish - days / 3;
}

/* Fills a date of this unit around `first`. */
static void set_date(nst_day first, int unit, nst_when_value *v) {
    first = floor_unit(first, unit);
    v->type = 'D';
    v->start = first;
    v->finish = unit_last(first, unit);
    v->unit = (uint8_t)unit;
    v->precision = precision_of(unit);
    put_value(first, unit, v->value);
}

/* A value without days: "PAST_REF", "XXXX-WXX-2". */
static void set_text(char type, const char *text, nst_when_value *v) {
    v->type = type;
    v->start = v->finish = NST_NO_DAY;
    v->precision = NST_PREC_NONE;
    snprintf(v->value, sizeof(v->value), "%s", text);
}

/* "P2W", "PT16H", "P2Y6M", "PXD" of a count and a unit. */
static void put_period(const nst_when_raw *r, char out[32]) {
    static const struct { const char *pre; char letter; int times; } form[] = {
        {"P", 'X', 1}, {"PT", 'S', 1}, {"PT", 'M', 1}, {"PT", 'H', 1}, {"P", 'D', 1}, {"P", 'W', 1},
        {"P", 'M', 1}, {"P", 'M', 3}, {"P", 'Y', 1}, {"P", 'Y', 10}, {"P", 'Y', 100},
        {"P", 'Y', 1000}, {"P", 'W', 2}, {"P", 'W', 1}, {"P", 'D', 1}, {"P", 'X', 1},
        {"P", 'M', 3}, {"P", 'X', 1}, {"P", 'X', 1}, {"P", 'M', 6}};
    double n = r->count * form[r->unit].times;
    const char *pre = form[r->unit].pre;
    char letter = form[r->unit].letter;
    if (r->vague || (r->count == 0 && !r->decimal)) {
        if (r->unit == NST_U_DECADE || r->unit == NST_U_CENTURY)
            snprintf(out, 32, "PX%s", r->unit == NST_U_DECADE ? "DE" : "C");
        else snprintf(out, 32, "%sX%c", pre, letter);
        return;
    }
    if (n > 1e9) n = 1e9;                  /* such a period says nothing */
    int whole = (int)n;
    double part = n - whole;
    if (part < 0.01) snprintf(out, 32, "%s%d%c", pre, whole, letter);
    else if (letter == 'Y' && whole) snprintf(out, 32, "P%dY%dM", whole, (int)(part * 12 + 0.5));
    else if (letter == 'Y') snprintf(out, 32, "P%dM", (int)(part * 12 + 0.5));
    else if (letter == 'H' && whole) snprintf(out, 32, "PT%dH%dM", whole, (int)(part * 60 + 0.5));
    else if (letter == 'H') snprintf(out, 32, "PT%dM", (int)(part * 60 + 0.5));
    else if (letter == 'M' && pre[1] == 'T')
        snprintf(out, 32, "PT%dM%dS", whole, (int)(part * 60 + 0.5));
    else snprintf(out, 32, "%s%.1f%c", pre, n, letter);
}

/* ---- choosing the year --------------------------------------------------------------------- */

/* The anchor relative expressions count from; NST_NO_DAY if there is none. */
static nst_day base_of(const nst_when_raw *r, const nst_when_state *s) {
    if (r->whole && !s->narrative && s->anchor != NST_NO_DAY) return s->anchor;
    if ((r->narrative || s->narrative) && s->spoken != NST_NO_DAY) return s->spoken;
    return s->anchor != NST_NO_DAY ? s->anchor : s->spoken;
}

/* The year a part of a year (from month `m` on, day `d`) belongs to when none is said: the nearest,
 * where days against the tense count more than days with it. */
static int guess_year(int m, int d, int months, bool strict, int tense, nst_day base) {
    int y = year_of(base), best_year = y;
    double best = -1;
    for (int k = -1; k <= 1; k++) {
        nst_day first = nst_day_of(y + k, m, d);
        nst_day last = months ? month_start(y + k, m + months) - 1 : first;
        if (strict && (tense == NST_TENSE_PAST ? last >= base : first <= base)) continue;
        double ahead = tense == NST_TENSE_PAST ? 3 : tense == NST_TENSE_FUTURE ? 0.5 : 1.3;
        double behind = tense == NST_TENSE_FUTURE ? 1.5 : 1;
        double cost = first > base ? ahead * (first - base) : last < base ? behind * (base - last)
            : 0;
        if (best >= 0 && cost >= best) continue;
        best = cost, best_year = y + k;
    }
    return best_year;
}

/* The year of a date that says none, from "of last year", "last", the tense, the story's year. */
static int find_year(const nst_when_raw *r, int m, int d, int months, int tense,
                     const nst_when_state *s, bool *known) {
    nst_day base = base_of(r, s), anchor = s->anchor != NST_NO_DAY ? s->anchor : base;
    *known = base != NST_NO_DAY;
    if (!*known) return 0;
    int of = r->week_of ? r->week_of : r->narrative ? r->rel : 0;
    if (of == NST_REL_THAT) return year_of(s->spoken != NST_NO_DAY ? s->spoken : base);
    if (of == NST_REL_LAST) return year_of(r->narrative ? base : anchor) - 1;
    if (of == NST_REL_NEXT) return year_of(r->narrative ? base : anchor) + 1;
    if (of == NST_REL_THIS) return year_of(anchor);
    if (r->rel == NST_REL_LAST) return guess_year(m, d, months, true, NST_TENSE_PAST, base);
    if (r->rel == NST_REL_NEXT) return guess_year(m, d, months, true, NST_TENSE_FUTURE, base);
    if (r->rel == NST_REL_THIS) return year_of(base);
    if (s->frame && tense != NST_TENSE_FUTURE) return s->frame;
    if (s->narrative && s->spoken != NST_NO_DAY) {
        bool close = s->spoken_unit == NST_U_DAY || s->spoken_unit == NST_U_MONTH;
        return year_of(s->spoken) + (close && m + 6 < month_of(s->spoken));
    }
    return guess_year(m, d, months, false, tense, base);
}

/* ---- one function a kind ------------------------------------------------------------------- */

/* "Tuesday", "last Friday", "next Monday". */
static void weekday(const nst_when_raw *r, int tense, const nst_when_state *s, nst_when_value *v) {
    nst_day base = base_of(r, s);
    char open[16];
    snprintf(open, sizeof(open), "XXXX-WXX-%d", r->wday);
    if (base == NST_NO_DAY) {
        set_text('D', open, v);
        return;
    }
    int back = (nst_day_weekday(base) - (r->wday - 1) + 7) % 7;
    nst_day d;
    if (r->rel == NST_REL_LAST) d = base - (back ? back : 7);
    else if (r->rel == NST_REL_NEXT) d = base + (7 - back);
    else if (r->rel == NST_REL_THIS && tense != NST_TENSE_PAST) d = base + (back ? 7 - back : 0);
    else if (r->rel == NST_REL_THAT) d = base + (back ? 7 - back : 0);
    else if (tense == NST_TENSE_FUTURE) d = base + (back ? 7 - back : 0);
    else d = base - back;
    set_date(d, NST_U_DAY, v);
}

/* The last day of an interval "March 3-5", "March-May", "1939-45". */
static void widen(const nst_when_raw *r, int y, nst_when_value *v) {
    if (r->day2 > 0 && r->month) v->finish = nst_day_of(y, r->month, r->day2);
    if (r->month2) v->finish = month_start(y, r->month2 + 1) - 1;
    if (r->year2) v->finish = nst_day_of(r->year2, 12, 31);
}

/* A date with a month: with or without day and year. */
static void month_date(const nst_when_raw *r, int tense, const nst_when_state *s,
                       nst_when_value *v) {
    bool known = true;
    int d = r->day > 0 ? r->day : 1;
    int y = r->bc ? 1 - r->year : r->year;
    if (!r->year) y = find_year(r, r->month, d, r->day ? 0 : 1, tense, s, &known);
    if (!known) {
        snprintf(v->value, sizeof(v->value), r->day ? "XXXX-%02d-%02d" : "XXXX-%02d", r->month, d);
        set_text('D', (char[32]){0}, v);
        snprintf(v->value, sizeof(v->value), r->day ? "XXXX-%02d-%02d" : "XXXX-%02d", r->month, d);
        return;
    }
    if (r->day < 0) d = nst_month_days(y, r->month);
    if (d > nst_month_days(y, r->month)) d = nst_month_days(y, r->month);
    nst_day first = nst_day_of(y, r->month, d);
    if (r->unit == NST_U_WEEK && r->count > 0) {
        int last = nst_month_days(y, r->month), week = (int)r->count;
        set_date(nst_day_of(y, r->month, week >= 90 ? last - 6 : (week - 1) * 7 + 1), NST_U_WEEK,
                 v);
        v->start = nst_day_of(y, r->month, week >= 90 ? last - 6 : (week - 1) * 7 + 1);
        v->finish = v->start + 6;
        return;
    }
    set_date(first, r->unit == NST_U_WEEK ? NST_U_WEEK : r->day ? NST_U_DAY : NST_U_MONTH, v);
    widen(r, y, v);
}

/* A quarter, half or season, of a year said or not. */
static void part_date(const nst_when_raw *r, int tense, const nst_when_state *s,
                      nst_when_value *v) {
    bool known = true;
    int m = r->quarter ? r->quarter * 3 - 2 : r->half ? r->half * 6 - 5 : season_month(r->season);
    int unit = r->quarter ? NST_U_QUARTER : r->half ? NST_U_HALF : NST_U_SEASON;
    int y = r->bc ? 1 - r->year : r->year;
    if (!r->year) y = find_year(r, m, 1, unit == NST_U_HALF ? 6 : 3, tense, s, &known);
    if (!known) {
        static const char *seasons[] = {"", "SP", "SU", "FA", "WI"};
        set_text('D', "", v);
        if (r->season) snprintf(v->value, sizeof(v->value), "XXXX-%s", seasons[r->season]);
        else snprintf(v->value, sizeof(v->value), "XXXX-%c%d", r->quarter ? 'Q' : 'H',
                      r->quarter + r->half);
        return;
    }
    set_date(nst_day_of(y - r->ago_year, m, 1), unit, v);
}

/* A year alone, a weekday, a day of "that month". */
static void plain_date(const nst_when_raw *r, int tense, const nst_when_state *s,
                       nst_when_value *v) {
    if (r->quarter || r->half || r->season) {
        part_date(r, tense, s, v);
    } else if (r->month) {
        month_date(r, tense, s, v);
    } else if (r->wday) {
        weekday(r, tense, s, v);
    } else if (r->day) {
        nst_day base = base_of(r, s);
        if (base == NST_NO_DAY) {
            set_text('D', "XXXX-XX-XX", v);
            return;
        }
        int d = r->day > nst_month_days(year_of(base), month_of(base)) ? 28 : r->day;
        set_date(nst_day_of(year_of(base), month_of(base), d), NST_U_DAY, v);
    } else {
        set_date(nst_day_of(r->bc ? 1 - r->year : r->year, 1, 1), NST_U_YEAR, v);
        widen(r, r->year, v);
    }
}

/* last week, this year, next quarter, that day, the weekend. */
static void rel_unit(const nst_when_raw *r, int tense, const nst_when_state *s, nst_when_value *v) {
    nst_day base = base_of(r, s);
    if (r->unit == NST_U_PERIOD) {         /* the same part of another year */
        int y = r->year ? r->year : base == NST_NO_DAY ? 0
            : year_of(base) - (r->rel == NST_REL_LAST);
        bool part = base != NST_NO_DAY && s->spoken_unit && s->spoken_unit != NST_U_YEAR &&
            s->spoken != NST_NO_DAY;
        if (!y) set_text('D', "PAST_REF", v);
        else if (part)
            set_date(move(s->spoken, NST_U_YEAR, y - year_of(s->spoken)), s->spoken_unit, v);
        else set_date(nst_day_of(y, 1, 1), NST_U_YEAR, v);
        return;
    }
    if (r->unit <= NST_U_HOUR && r->rel != NST_REL_THIS) {
        nst_when_raw one = *r;
        one.count = 1;
        set_text('U', "", v);
        put_period(&one, v->value);
        return;
    }
    if (base == NST_NO_DAY) {
        set_text('D', r->rel == NST_REL_LAST ? "PAST_REF" : r->rel == NST_REL_NEXT ? "FUTURE_REF"
                                                                                : "PRESENT_REF", v);
        return;
    }
    int n = r->rel == NST_REL_LAST ? -1 : r->rel == NST_REL_NEXT ? 1 : 0;
    nst_day d = base;
    if (r->unit == NST_U_QUARTER &&
        (r->whole || r->latest || (r->rel == NST_REL_THIS && r->ago_year))) {
        if (s->spoken_unit == NST_U_QUARTER) d = s->spoken;
        else d = move(base, NST_U_QUARTER, -1);
    }
    if (r->unit == NST_U_WEEKEND && r->rel == NST_REL_THAT && tense != NST_TENSE_FUTURE &&
        nst_day_weekday(base) < 5)
        n = -1;
    d = move(floor_unit(d, r->unit == NST_U_WEEKEND ? NST_U_WEEK : r->unit), r->unit, n);
    if (r->ago_year) d = move(d, NST_U_YEAR, -1);
    set_date(d, r->unit == NST_U_NIGHT ? NST_U_DAY : r->unit, v);
}

/* two weeks ago, three days later, a year earlier. */
static void shift(const nst_when_raw *r, const nst_when_state *s, nst_when_value *v) {
    nst_day base = base_of(r, s);
    bool back = r->rel == NST_REL_LAST;
    if (r->vague || base == NST_NO_DAY || r->count > 1e5) {
        set_text('D', back ? "PAST_REF" : "FUTURE_REF", v);
        return;
    }
    int n = (int)(r->count + 0.5);
    if (n > 2000) {
        set_text('D', back ? "PAST_REF" : "FUTURE_REF", v);
        return;
    }
    int unit = r->unit <= NST_U_HOUR ? NST_U_DAY : r->unit;
    if (unit == NST_U_YEAR && n == 1 && s->spoken_unit == NST_U_QUARTER &&
        s->spoken != NST_NO_DAY) {
        set_date(move(s->spoken, NST_U_YEAR, back ? -1 : 1), NST_U_QUARTER, v);
        return;
    }
    if (r->unit <= NST_U_HOUR) n = r->unit == NST_U_HOUR && n >= 24 ? n / 24 : 0;
    nst_day d = move(base, unit, back ? -n : n);
    if (unit == NST_U_FORTNIGHT) unit = NST_U_WEEK;
    if (r->decimal && unit == NST_U_YEAR)
        d = move(base, NST_U_MONTH, (int)(r->count * (back ? -12 : 12)));
    if (unit == NST_U_MILLENNIUM || unit == NST_U_MOMENT || unit == NST_U_NIGHT) unit = NST_U_DAY;
    set_date(d, unit, v);
}

/* "the last two weeks": a duration that ends or begins at the anchor. */
static void span(const nst_when_raw *r, const nst_when_state *s, nst_when_value *v) {
    nst_day base = base_of(r, s);
    set_text('U', "", v);
    put_period(r, v->value);
    if (base == NST_NO_DAY || r->vague || r->count < 1 || r->count > 500 || r->unit < NST_U_DAY)
        return;
    int n = (int)r->count;
    v->start = r->rel == NST_REL_NEXT ? base : move(base, r->unit, -n);
    v->finish = r->rel == NST_REL_NEXT ? move(base, r->unit, n) : base;
    v->precision = precision_of(r->unit);
}

/* every day, each Thursday, daily. */
static void set_of(const nst_when_raw *r, nst_when_value *v) {
    static const char *seasons[] = {"", "SP", "SU", "FA", "WI"};
    static const char *tods[] = {"", "TMO", "TAF", "TEV", "TNI"};
    set_text('S', "", v);
    if (r->wday) snprintf(v->value, sizeof(v->value), "XXXX-WXX-%d", r->wday);
    else if (r->month) snprintf(v->value, sizeof(v->value), "XXXX-%02d", r->month);
    else if (r->season) snprintf(v->value, sizeof(v->value), "XXXX-%s", seasons[r->season]);
    else if (r->tod)
        snprintf(v->value, sizeof(v->value), "XXXX-XX-XX%s", tods[r->tod < 5 ? r->tod : 1]);
    else put_period(r, v->value);
}

/* ---- holidays ------------------------------------------------------------------------------ */

nst_day nst_when_easter(int y) {
    int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25;
    int g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return nst_day_of(y, n / 31, n % 31 + 1);
}

nst_day nst_when_islamic(int gregorian_year, int month, int day) {
    for (int hy = (int)((gregorian_year - 622) * 1.0307) - 1;; hy++) {
        int days = day + (int)(29.5 * (month - 1) + 0.99) + (hy - 1) * 354 + (3 + 11 * hy) / 30;
        nst_day d = days + nst_day_of(622, 7, 19) - 1;      /* 16 July 622 in the Julian calendar */
        if (year_of(d) >= gregorian_year) return d;
    }
}

/* Nth weekday (0 Monday) of a month; n < 0 counts from its end. */
static nst_day nth_weekday(int y, int m, int wd, int n) {
    nst_day first = nst_day_of(y, m, 1);
    if (n > 0) return first + (wd - nst_day_weekday(first) + 7) % 7 + 7 * (n - 1);
    nst_day last = nst_day_of(y, m, nst_month_days(y, m));
    return last - (nst_day_weekday(last) - wd + 7) % 7;
}

/* The day a holiday (the numbers of the scanner's table) falls on; NST_NO_DAY if not known here. */
static nst_day holiday_day(int which, int y) {
    switch (which) {
    case 1: return nst_day_of(y, 12, 25);
    case 2: return nst_when_easter(y);
    case 3: return nth_weekday(y, 11, 3, 4);
    case 4: return nst_day_of(y, 10, 31);
    case 5: return nst_when_islamic(y, 9, 1);
    case 6: return nst_when_islamic(y, 10, 1);
    case 10: return nst_day_of(y, 1, 6);
    case 11: return nst_when_easter(y) + 49;
    case 12: return nst_day_of(y, 3, 21);
    case 13: return nst_day_of(y, 6, 19);
    case 14: return nst_day_of(y, 12, 26);
    case 16: return nst_when_islamic(y, 12, 10);
    case 101: return nst_when_easter(y) - 2;
    case 102: return nth_weekday(y, 9, 0, 1);
    case 103: return nst_day_of(y, 7, 4);
    case 104: return nth_weekday(y, 5, 0, -1);
    case 105: return nst_day_of(y, 11, 11);
    case 106: return nth_weekday(y, 11, 0, 1) + 1;
    case 107: return nst_day_of(y, 12, 26);
    case 108: return nst_day_of(y, 5, 1);
    case 109: return nth_weekday(y, 2, 0, 3);
    case 110: return nth_weekday(y, 10, 0, 2);
    case 111: return nst_when_easter(y) - 7;
    case 112: return nst_day_of(y, 1, 20);
    case 113: return nst_when_easter(y) - 46;
    case 114: return nst_day_of(y, 7, 14);
    case 115: return nst_day_of(y, 5, 9);
    case 116: return nst_day_of(y, 7, 1);
    case 117: return nst_day_of(y, 4, 25);
    case 118: return nst_day_of(y, 1, 26);
    case 120: return nst_day_of(y, 1, 1);
    case 121: return nst_day_of(y, 12, 31);
    case 122: return nst_day_of(y, 2, 14);
    default: return NST_NO_DAY;
    }
}

/* Christmas, Easter Monday, Thanksgiving. */
static void holiday(const nst_when_raw *r, int tense, const nst_when_state *s, nst_when_value *v) {
    nst_day base = base_of(r, s);
    if ((base == NST_NO_DAY && !r->year) || holiday_day((int)r->count, 2000) == NST_NO_DAY) {
        set_text('D', "XXXX-XX-XX", v);
        return;
    }
    int y = r->year ? r->year : year_of(base);
    nst_day d = holiday_day((int)r->count, y);
    bool past = tense == NST_TENSE_PAST || r->rel == NST_REL_LAST;
    if (!r->year && !s->narrative) {
        if (past && d > base + 1) d = holiday_day((int)r->count, y - 1);
        else if (tense == NST_TENSE_FUTURE && d < base) d = holiday_day((int)r->count, y + 1);
        else if (!past && tense != NST_TENSE_FUTURE && d - base > 183)
            d = holiday_day((int)r->count, y - 1);
        else if (!past && tense != NST_TENSE_FUTURE && base - d > 183)
            d = holiday_day((int)r->count, y + 1);
    }
    set_date(d + r->day2, r->unit == NST_U_WEEK ? NST_U_WEEK : NST_U_DAY, v);
    if (r->count == 5) v->finish = v->start + 29, v->precision = NST_PREC_MONTH;
}

/* ---- decades, days, times ------------------------------------------------------------------ */

/* the 1960s, the 20th century. */
static void long_date(const nst_when_raw *r, nst_when_value *v) {
    if (r->op == NST_OP_DECADE) {
        set_date(nst_day_of(r->year, 1, 1), NST_U_DECADE, v);
        return;
    }
    int c = (int)r->count;
    nst_day first = nst_day_of(r->bc ? 1 - c * 100 : (c - 1) * 100 + 1, 1, 1);
    set_date(first, NST_U_CENTURY, v);
    v->start = first;
    v->finish = move(first, NST_U_CENTURY, 1) - 1;
    snprintf(v->value, sizeof(v->value), r->bc ? "BC%02d" : "%02d", c - 1);
}

/* A time of day alone: "overnight", "the morning", "10 a.m." */
static void day_part(const nst_when_raw *r, const nst_when_state *s, nst_when_value *v) {
    nst_day base = base_of(r, s);
    if (r->rel == NST_REL_THAT && s->spoken != NST_NO_DAY && s->spoken_unit == NST_U_DAY)
        base = s->spoken;
    if (base == NST_NO_DAY) {
        set_text('T', "XXXX-XX-XX", v);
    } else {
        int off = r->rel == NST_REL_LAST ? -1 : r->rel == NST_REL_NEXT ? 1 : 0;
        set_date(base + off, NST_U_DAY, v);
    }
}

/* now, recently, soon. */
static void reference(const nst_when_raw *r, nst_when_value *v) {
    static const char *refs[] = {"", "PRESENT_REF", "PAST_REF", "FUTURE_REF"};
    set_text('D', refs[(int)r->count & 3], v);
}

/* today, yesterday, tomorrow. */
static void day_word(const nst_when_raw *r, const nst_when_state *s, nst_when_value *v) {
    nst_day base = s->anchor != NST_NO_DAY ? s->anchor : NST_NO_DAY;
    if (s->narrative && s->spoken != NST_NO_DAY) base = s->spoken;
    if (base != NST_NO_DAY) set_date(base + (int)r->count, NST_U_DAY, v);
    else set_text('D', r->count < 0 ? "PAST_REF" : r->count > 0 ? "FUTURE_REF" : "PRESENT_REF", v);
}

/* The meaning of the words without modifiers. */
static void meaning(const nst_when_raw *r, int tense, const nst_when_state *s, nst_when_value *v) {
    switch (r->op) {
    case NST_OP_DATE: plain_date(r, tense, s, v); break;
    case NST_OP_DECADE: case NST_OP_CENTURY: long_date(r, v); break;
    case NST_OP_UNIT: rel_unit(r, tense, s, v); break;
    case NST_OP_SHIFT: shift(r, s, v); break;
    case NST_OP_DAYREL: day_word(r, s, v); break;
    case NST_OP_REF: reference(r, v); break;
    case NST_OP_DURATION:
        set_text('U', "", v);
        put_period(r, v->value);
        break;
    case NST_OP_SPAN: span(r, s, v); break;
    case NST_OP_SET: set_of(r, v); break;
    case NST_OP_HOLIDAY: holiday(r, tense, s, v); break;
    default: day_part(r, s, v);
    }
}

void nst_when_resolve(const nst_when_raw *r, int tense, nst_when_state *s, nst_when_value *v) {
    *v = (nst_when_value){.start = NST_NO_DAY, .finish = NST_NO_DAY};
    meaning(r, tense, s, v);
    if (v->type == 'D' || v->type == 'T') put_time(r, v);
    if (r->mod && v->unit != NST_U_DAY) narrow(r->mod, s->anchor, v);
    bool moves = v->start != NST_NO_DAY && v->type != 'U' && r->op != NST_OP_REF && !r->ago_year;
    if (!moves) return;
    bool year = r->op == NST_OP_DATE && r->year && !r->wday && r->first <= ASIDE_ATOM;
    if (year && s->anchor != NST_NO_DAY && year_of(v->start) < year_of(s->anchor))
        s->frame = year_of(v->start);
    if (s->narrative && s->spoken != NST_NO_DAY && r->year && r->first > ASIDE_ATOM) {
        int jump = year_of(v->start) - year_of(s->spoken);
        if (jump > ASIDE_YEARS || jump < -ASIDE_YEARS) return;  /* a year named in passing */
    }
    s->spoken = v->start;
    s->spoken_unit = v->unit;
}

/* ---- tense --------------------------------------------------------------------------------- */

/* Words after which "to VERB" speaks of what is to come. */
static bool plans(nst_str t, const nst_atom *a, uint32_t n, uint32_t i) {
    static const char *words[] =
        {"agreed", "plan", "plans", "planning", "planned", "expected", "due",
                                  "scheduled", "set", "likely", "hope", "hopes", "ready", "wants",
                                  "going", "about", "vowed", "promised", "pledged", "intends",
                                      "slated"};
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
        if (nst_atom_lit(t, a, n, i, words[k])) return true;
    return false;
}

/* A verb form in the past: -ed, or one of the common irregular ones. */
static bool past_verb(nst_str t, const nst_atom *a, uint32_t n, uint32_t i) {
    static const char *words[] =
        {"met", "told", "took", "left", "won", "fell", "rose", "began", "went",
                                  "came", "held", "made", "gave", "saw", "sent", "found", "struck",
                                      "hit",
                                  "shot", "lost", "flew", "sold", "bought", "got", "spoke", "grew"};
    if (a[i].kind != NST_ATOM_WORD || a[i].caps) return false;
    uint32_t len = a[i].end - a[i].start;
    if (len > 4 && memcmp(t.p + a[i].end - 2, "ed", 2) == 0) return true;
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
        if (nst_atom_lit(t, a, n, i, words[k])) return true;
    return false;
}

/* What the word at i says about time. */
static int cue(nst_str t, const nst_atom *a, uint32_t n, uint32_t i) {
    int v;
    if (nst_atom_is(a, n, i, NST_W_FUT, &v) && v == 1) return NST_TENSE_FUTURE;
    if (nst_atom_is(a, n, i, NST_W_PAST, &v) && v == 1) return NST_TENSE_PAST;
    if (nst_atom_is(a, n, i, NST_W_PAST, &v) && v == 3) return NST_TENSE_PAST;
    if (nst_atom_lit(t, a, n, i, "to") && i > 0 && plans(t, a, n, i - 1)) return NST_TENSE_FUTURE;
    return past_verb(t, a, n, i) ? NST_TENSE_PAST : NST_TENSE_NONE;
}

int nst_when_tense(nst_str t, const nst_atom *a, uint32_t n, uint32_t first, uint32_t end) {
    uint32_t p = first > 0 && nst_atom_lit(t, a, n, first - 1, "the") ? first - 1 : first;
    static const char *ahead[] =
        {"until", "till", "by", "effective", "payable", "expire", "expires"};
    for (size_t k = 0; k < sizeof(ahead) / sizeof(ahead[0]) && p > 0; k++)
        if (nst_atom_lit(t, a, n, p - 1, ahead[k])) return NST_TENSE_FUTURE;
    if (p > 2 && nst_atom_lit(t, a, n, p - 1, "as") && nst_atom_lit(t, a, n, p - 3, "as"))
        return NST_TENSE_FUTURE;
    for (uint32_t k = first, steps = 0; k > 0 && steps < 40; k--, steps++) {
        int c = cue(t, a, n, k - 1);
        if (c) return c;
        if (a[k - 1].kind == NST_ATOM_MARK && a[k - 1].mark == ';') break;
    }
    for (uint32_t k = end, steps = 0; k < n && steps < 25; k++, steps++) {
        int c = cue(t, a, n, k);
        if (c) return c;
        if (a[k].kind == NST_ATOM_MARK && a[k].mark == ';') break;
    }
    return NST_TENSE_NONE;
}
