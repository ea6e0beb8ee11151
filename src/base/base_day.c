/* base_day.c - days as numbers. Method: H. Hinnant, "chrono-compatible low-level date
 * algorithms". */
#include "base.h"

/* March is taken as the first month: the leap day comes last and disturbs no other. */
nst_day nst_day_of(int y, int m, int d) {
    y -= m <= 2;
    int era = (y >= 0 ? y : y - 399) / 400;
    int yoe = y - era * 400;
    int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

/* The way back, era by era of 400 years. */
void nst_day_split(nst_day z, int *year, int *month, int *day) {
    z += 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

int nst_day_weekday(nst_day d) { return ((d + 3) % 7 + 7) % 7; }

/* Gregorian, also before there was a Gregory. */
int nst_month_days(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* `count` digits at s[*i] as a number, or -1. */
static int digits(nst_str s, uint32_t *i, uint32_t count) {
    int v = 0;
    if (s.n - *i < count) return -1;
    for (uint32_t k = 0; k < count; k++, ++*i) {
        if (s.p[*i] < '0' || s.p[*i] > '9') return -1;
        v = v * 10 + (s.p[*i] - '0');
    }
    return v;
}

/* A year or month means all of its days; the time of an RFC 3339 date is not looked at. */
bool nst_day_parse(nst_str s, nst_day *first, nst_day *last) {
    uint32_t i = 0;
    int y = digits(s, &i, 4), m = 0, d = 0;
    if (y < 0) return false;
    if (i == s.n) {
        *first = nst_day_of(y, 1, 1);
        *last = nst_day_of(y, 12, 31);
        return true;
    }
    if (s.p[i++] != '-' || (m = digits(s, &i, 2)) < 1 || m > 12) return false;
    if (i == s.n) {
        *first = nst_day_of(y, m, 1);
        *last = nst_day_of(y, m, nst_month_days(y, m));
        return true;
    }
    if (s.p[i++] != '-' || (d = digits(s, &i, 2)) < 1 || d > nst_month_days(y, m)) return false;
    *first = *last = nst_day_of(y, m, d);
    if (i == s.n) return true;
    if (s.p[i] != 'T' && s.p[i] != 't' && s.p[i] != ' ') return false;
    i++;                                  /* RFC 3339: the time must at least look like one */
    int hh = digits(s, &i, 2);
    return hh >= 0 && hh < 24 && i < s.n && s.p[i] == ':';
}

/* Four digits for the year, as ISO 8601 has it. */
void nst_put_day(nst_writer *w, nst_day day) {
    int y, m, d;
    nst_day_split(day, &y, &m, &d);
    nst_putf(w, "%s%04d-%02d-%02d", y < 0 ? "-" : "", y < 0 ? -y : y, m, d);
}
