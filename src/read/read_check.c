/* read_check.c - is this a report that can be coded? What the caller left out is filled in.
 *
 * In: a report as a file or a caller gives it. Out: the same with sha256 and id, or why it is
 * refused.
 *   {"text":"Ruritania's foreign minister said ...","date":"1894-05-15"} -> id "3c0c..." sha256
 * "3c0c..."
 * Idea: everything behind this point may trust its bytes.
 * Invariants: (1) text and title are UTF-8 without NUL; (2) id, date, sha256 are well formed; (3)
 * nothing is guessed: an unknown date stays unknown.
 * Reference: RFC 3339; RFC 3629.
 */
#include <stdarg.h>

#include "read_parts.h"

/* The byte goes in only with the first error, to which it belongs. */
nst_status nst_read_fail(nst_err *e, nst_status code, uint64_t byte, const char *fmt, ...) {
    if (!e || e->code != NST_OK) return code;
    char message[sizeof e->message];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(message, sizeof message, fmt, ap);
    va_end(ap);
    e->byte = byte;
    return nst_fail(e, code, "read", "%s", message);
}

/* n decimal digits at *z as a number, or -1; moves *z. Stops at the end of the string, for that is
 * no digit. */
static int digits(const char **z, int n) {
    int v = 0;
    for (int i = 0; i < n; i++, (*z)++) {
        if (**z < '0' || **z > '9') return -1;
        v = v * 10 + (**z - '0');
    }
    return v;
}

/* "T12:30:00.5+01:00": the part of RFC 3339 behind the day. A leap second is allowed anywhere; a
 * blank for the "T", as RFC 3339 permits. */
static bool time_ok(const char *z) {
    if (*z != 'T' && *z != 't' && *z != ' ') return false;
    z++;
    int h = digits(&z, 2);
    if (h < 0 || h > 23 || *z++ != ':') return false;
    int m = digits(&z, 2);
    if (m < 0 || m > 59 || *z++ != ':') return false;
    int s = digits(&z, 2);
    if (s < 0 || s > 60) return false;
    if (*z == '.') {
        z++;
        if (digits(&z, 1) < 0) return false;
        while (*z >= '0' && *z <= '9') z++;
    }
    if (*z == 'Z' || *z == 'z') return z[1] == 0;
    if (*z != '+' && *z != '-') return false;
    z++;
    h = digits(&z, 2);
    if (h < 0 || h > 23 || *z++ != ':') return false;
    m = digits(&z, 2);
    return m >= 0 && m <= 59 && *z == 0;
}

/* Years have four digits; the 29th of February is looked up. */
bool nst_read_date_ok(const char *z) {
    int y = digits(&z, 4);
    if (y < 0 || *z++ != '-') return false;
    int m = digits(&z, 2);
    if (m < 1 || m > 12 || *z++ != '-') return false;
    int d = digits(&z, 2);
    if (d < 1 || d > nst_month_days(y, m)) return false;
    return *z == 0 || time_ok(z);
}

/* Refuses bytes that are not UTF-8, and NUL, with the offset in the field. The offset is of the
 * field, which for plain text is that of the file. */
static nst_status check_utf8(const char *what, const char *p, size_t n, nst_err *e) {
    size_t bad = p ? nst_utf8_check(p, n) : n;
    if (bad == n) return NST_OK;
    if (p[bad] == 0) {
        return nst_read_fail(e, NST_REJECTED, bad, "%s holds a NUL byte; is this a text file?",
                             what);
    }
    return nst_read_fail(
        e, NST_REJECTED, bad,
        "%s is not UTF-8: byte 0x%02x; convert it (for instance with iconv) and try again", what,
        (unsigned char)p[bad]);
}

/* Is there anything but white space? Controls count as white space. */
static bool blank(const char *p, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if ((unsigned char)p[i] > ' ') return false;
    }
    return true;
}

static bool hex64(const char *z) {
    size_t n = strspn(z, "0123456789abcdef");
    return n == 64 && z[n] == 0;
}

/* Checks the two texts and their sizes. Size first, so that no time is spent on what is too long
 * anyway. */
static nst_status check_texts(const nst_report *r, nst_err *e) {
    size_t title = r->title ? strlen(r->title) : 0;
    if (r->text_len + title > NST_MAX_REPORT) {
        return nst_read_fail(e, NST_SKIPPED, NST_MAX_REPORT,
                             "the report has %zu bytes; the limit is %u", r->text_len + title,
                             NST_MAX_REPORT);
    }
    nst_status s = check_utf8("text", r->text, r->text_len, e);
    if (s == NST_OK) s = check_utf8("title", r->title, title, e);
    if (s != NST_OK) return s;
    if (blank(r->text, r->text_len) && blank(r->title, title)) {
        return nst_read_fail(e, NST_SKIPPED, UINT64_MAX, "the report is empty");
    }
    return NST_OK;
}

/* Checks come before hashing: a hash of bytes that are refused would be of no use. */
nst_status nst_read_complete(nst_report *r, nst_arena *a, nst_err *e) {
    if (!r->text) {
        if (r->text_len)
            return nst_read_fail(e, NST_EUSE, UINT64_MAX, "text is NULL but text_len is not 0");
        r->text = "";
    }
    nst_status s = check_texts(r, e);
    if (s != NST_OK) return s;
    if (r->date && !nst_read_date_ok(r->date)) {
        return nst_read_fail(e, NST_REJECTED, UINT64_MAX,
                             "date \"%.40s\" is neither YYYY-MM-DD nor RFC 3339", r->date);
    }
    if (r->sha256 && !hex64(r->sha256)) {
        return nst_read_fail(e, NST_REJECTED, UINT64_MAX,
                             "sha256 is not 64 hexadecimal digits in lower case");
    }
    if (!r->sha256) {
        char hex[65];
        nst_sha256(nst_str_c(r->title), (nst_str){r->text, (uint32_t)r->text_len}, true, hex);
        r->sha256 = nst_arena_dup(a, hex, 64);
    }
    if (!r->id || !r->id[0]) r->id = nst_arena_dup(a, r->sha256, 16);
    return NST_OK;
}
