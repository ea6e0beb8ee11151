/* entities_when_span.c - phrases that count from a day: this, last and next, durations, ago, later.
 *
 * In: atoms: two | weeks | ago. Out: [two weeks ago] shift of -2 weeks. From which day is left
 * open here. Invariants: those of when_scan.h.
 */
#include "when_scan.h"

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
uint32_t nst_when_rel_unit(const ctx *c, uint32_t i, nst_when_raw *r) {
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
    if (nst_when_wday_at(c, k, &w)) {
        if ((m = nst_when_weekday(c, k, &probe)) && probe.day) {
            *r = probe;
            return k + m - i;
        }
        r->op = NST_OP_DATE, r->wday = w;
        return k + 1 - i;
    }
    if ((m = nst_when_month_first(c, k, &probe))) {
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
    if (!nst_when_unit_at(c, k, &unit, &plural) || plural) return 0;
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
        m = nst_when_quarter(c, g, &q);
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
uint32_t nst_when_rel_span(const ctx *c, uint32_t i, nst_when_raw *r) {
    int unit, v;
    bool plural, recent = lit(c, i, "recent");
    uint32_t k = recent ? 1 : relation(c, i, r);
    if (!k) return 0;
    if (recent) r->rel = NST_REL_LAST;
    k += i;
    uint32_t m = count_at(c, k, r);
    k = hyphen(c, k + m);
    if (lit(c, k, "full") || lit(c, k, "more") || lit(c, k, "calendar")) k++;
    if (!nst_when_unit_at(c, k, &unit, &plural) || unit == NST_U_PERIOD || unit == NST_U_TIME ||
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
uint32_t nst_when_duration(const ctx *c, uint32_t i, nst_when_raw *r) {
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
        "calendar", "long", "whole", "further", "business", "entire", "successive", "other",
        "additional", "short", "good"};
    for (size_t f = 0; f < sizeof(fill) / sizeof(fill[0]) && !hyphened; f++)
        if (lit(c, k, fill[f])) { k++; break; }
    if (!nst_when_unit_at(c, k, &unit, &plural) || unit == NST_U_PERIOD || unit == NST_U_TIME)
        return 0;
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
uint32_t nst_when_half_unit(const ctx *c, uint32_t i, nst_when_raw *r) {
    int unit;
    bool plural;
    if (!lit(c, i, "half")) return 0;
    uint32_t k = hyphen(c, i + 1);
    if (lit(c, k, "a") || lit(c, k, "an")) k++;
    else if (k == i + 1) return 0;
    if (!nst_when_unit_at(c, k, &unit, &plural) || unit > NST_U_CENTURY || unit == NST_U_QUARTER)
        return 0;
    r->op = NST_OP_DURATION, r->unit = (uint8_t)unit, r->count = 0.5, r->decimal = true;
    uint32_t tail = shift_tail(c, k + 1, r);
    if (tail) r->op = NST_OP_SHIFT;
    return k + 1 + tail - i;
}

/* "for years", "months ago", "weeks later": a plural unit without a count. */
uint32_t nst_when_bare_units(const ctx *c, uint32_t i, nst_when_raw *r) {
    int unit;
    bool plural;
    if (!nst_when_unit_at(c, i, &unit, &plural) || !plural || unit == NST_U_PERIOD || c->a[i].caps)
        return 0;
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
uint32_t nst_when_same_period(const ctx *c, uint32_t i, nst_when_raw *r) {
    static const char *const alike[] = {"same", "corresponding", "comparable", "equivalent",
        "similar"};
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
    else if (!(m = nst_when_of_year(c, k, &y)) || (!y.year && !y.week_of)) return 0;
    r->op = NST_OP_UNIT;
    r->unit = NST_U_PERIOD;
    r->year = y.year;
    r->rel = (uint8_t)y.week_of;
    r->narrative = true;
    return k + m - i;
}

/* year-earlier, year-ago, with the quarter or period after it. */
uint32_t nst_when_year_earlier(const ctx *c, uint32_t i, nst_when_raw *r) {
    int o;
    uint32_t k = i + lit(c, i, "a");
    if (!lit(c, k, "year") || hyphen(c, k + 1) == k + 1) return 0;
    if (!lit(c, k + 2, "ago") && !lit(c, k + 2, "earlier")) return 0;
    k += 3;
    uint32_t w = nst_when_ordinal(c, k, &o);
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
