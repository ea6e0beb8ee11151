/* base_writer.c - growing output with a sticky error, and the escaping forms every output goes
 * through. */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>

#include "base.h"

/* Room for n more bytes, or the sticky error. */
static bool room(nst_writer *w, size_t n) {
    if (w->failed) return false;
    if (w->cap - w->n > n) return true;
    size_t cap = w->cap ? w->cap * 2 : 4096;
    while (cap - w->n <= n) cap *= 2;
    char *p = nst_realloc(w->p, cap);
    if (!p) {
        w->failed = true;
        return false;
    }
    w->p = p;
    w->cap = cap;
    return true;
}

/* The writer is as new and can be used again. */
void nst_writer_free(nst_writer *w) {
    nst_free(w->p);
    *w = (nst_writer){0};
}

/* The NUL behind is not counted; it lets the buffer be read as a C string at any time. */
void nst_put(nst_writer *w, nst_str s) {
    if (!room(w, s.n)) return;
    if (s.n) memcpy(w->p + w->n, s.p, s.n);
    w->n += s.n;
    w->p[w->n] = 0;
}

void nst_putz(nst_writer *w, const char *z) { nst_put(w, nst_str_c(z)); }

/* A byte, NUL too: tables end their cells with it. */
void nst_putc(nst_writer *w, char c) {
    if (!room(w, 1)) return;
    w->p[w->n++] = c;
    w->p[w->n] = 0;
}

void nst_puti(nst_writer *w, int64_t v) { nst_putf(w, "%lld", (long long)v); }

/* As few digits as read back alike; what JSON has no word for is null. */
void nst_putd(nst_writer *w, double v) {
    if (!isfinite(v)) {
        nst_putz(w, "null");
        return;
    }
    char buf[40];
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(buf, sizeof buf, "%.*g", digits, v);
        if (strtod(buf, NULL) == v) break;
    }
    if (strchr(buf, 'e') && fabs(v) < 1e15 && v == floor(v)) snprintf(buf, sizeof buf, "%.0f", v);
    nst_putz(w, buf);
}

/* Short output goes by the stack; long output is measured and written in place. */
void nst_putf(nst_writer *w, const char *fmt, ...) {
    char buf[512];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    if (n < 0) return;
    if ((size_t)n < sizeof buf) {
        nst_put(w, (nst_str){buf, (uint32_t)n});
        return;
    }
    if (!room(w, (size_t)n + 1)) return;
    va_start(ap, fmt);
    vsnprintf(w->p + w->n, (size_t)n + 1, fmt, ap);
    va_end(ap);
    w->n += (size_t)n;
}

/* The two-character JSON escape of c, 0 if it has none. */
static char json_escape(unsigned char c) {
    switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
    }
}

/* Runs that need no escape are copied whole. DEL is escaped too: terminals act on it. */
void nst_put_json(nst_writer *w, nst_str s) {
    nst_putc(w, '"');
    uint32_t from = 0;
    for (uint32_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        char esc = json_escape(c);
        if (!esc && c >= 0x20 && c != 0x7F) continue;
        nst_put(w, nst_str_sub(s, from, i));
        if (esc) nst_putf(w, "\\%c", esc);
        else nst_putf(w, "\\u%04x", c);
        from = i + 1;
    }
    nst_put(w, nst_str_sub(s, from, s.n));
    nst_putc(w, '"');
}

/* Quotation marks too, so that the same text may stand in an attribute. */
void nst_put_html(nst_writer *w, nst_str s) {
    for (uint32_t i = 0; i < s.n; i++) {
        switch (s.p[i]) {
        case '&': nst_putz(w, "&amp;"); break;
        case '<': nst_putz(w, "&lt;"); break;
        case '>': nst_putz(w, "&gt;"); break;
        case '"': nst_putz(w, "&quot;"); break;
        case '\'': nst_putz(w, "&#39;"); break;
        default: nst_putc(w, s.p[i]);
        }
    }
}

/* Nothing is escaped in TSV: what would break a row becomes a space. */
void nst_put_tsv(nst_writer *w, nst_str s) {
    for (uint32_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        nst_putc(w, c == '\t' || c == '\n' || c == '\r' ? ' ' : c);
    }
}

/* Quoted only where it must be, as people read it too. */
void nst_put_csv(nst_writer *w, nst_str s) {
    bool quote = false;
    for (uint32_t i = 0; i < s.n; i++)
        quote |= s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r';
    if (!quote) {
        nst_put(w, s);
        return;
    }
    nst_putc(w, '"');
    for (uint32_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"') nst_putc(w, '"');
        nst_putc(w, s.p[i]);
    }
    nst_putc(w, '"');
}
