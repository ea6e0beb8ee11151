/* cli_eval_xml.c - just enough of XML to read gold files.
 *
 * In: TimeML, TIMEX2 and toponym corpora. Out: plain text, spans by byte. Not a parser of XML: no
 * namespaces, no DTDs; a tag is what stands between angle brackets. Invariant: offsets are of the
 * plain text that comes back with them.
 */
#include "cli_eval_xml.h"

#include <stdlib.h>

/* Is the tag at p (at its '<') the opening of `name`? */
static bool opens(const char *p, const char *end, const char *name) {
    size_t k = strlen(name);
    return p + k + 1 < end && *p == '<' && !memcmp(p + 1, name, k) &&
           (p[k + 1] == '>' || p[k + 1] == ' ' || p[k + 1] == '/');
}

/* The first closing tag of that name ends it: gold files do not nest an element in itself. */
bool cli_xml_element(const char **p, const char *end, const char *name, nst_str *inside,
                     nst_str *attributes) {
    char close[64];
    int k = snprintf(close, sizeof close, "</%s>", name);
    for (const char *q = *p; q < end; q++) {
        if (!opens(q, end, name)) continue;
        const char *gt = memchr(q, '>', (size_t)(end - q));
        if (!gt) return false;
        *attributes = (nst_str){q + 1 + strlen(name), (uint32_t)(gt - q - 1 - (long)strlen(name))};
        const char *stop = gt + 1;
        while (stop + k <= end && memcmp(stop, close, (size_t)k)) stop++;
        if (stop + k > end) return false;
        *inside = (nst_str){gt + 1, (uint32_t)(stop - gt - 1)};
        *p = stop + k;
        return true;
    }
    return false;
}

/* Values stand in double quotes in these files. */
nst_str cli_xml_attribute(nst_str a, const char *name) {
    size_t k = strlen(name);
    for (uint32_t i = 0; i + k + 2 < a.n; i++) {
        if ((i && a.p[i - 1] != ' ') || memcmp(a.p + i, name, k) || a.p[i + k] != '=' ||
            a.p[i + k + 1] != '"')
            continue;
        uint32_t s = i + (uint32_t)k + 2, e = s;
        while (e < a.n && a.p[e] != '"') e++;
        return (nst_str){a.p + s, e - s};
    }
    return (nst_str){0};
}

/* A reference at p ("&amp;", "&#8217;") as UTF-8 in out; bytes it takes, 0 if it is none. */
static uint32_t reference(const char *p, const char *end, char out[4], int *n) {
    static const struct { const char *name; char c; } plain[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        size_t k = strlen(plain[i].name);
        if (p + k <= end && !memcmp(p, plain[i].name, k))
            return out[0] = plain[i].c, *n = 1, (uint32_t)k;
    }
    if (p + 3 >= end || p[1] != '#') return 0;
    char *after;
    long cp = p[2] == 'x' ? strtol(p + 3, &after, 16) : strtol(p + 2, &after, 10);
    if (*after != ';' || cp <= 0 || cp > 0x10FFFF) return 0;
    *n = nst_utf8_put((uint32_t)cp, out);
    return (uint32_t)(after + 1 - p);
}

char *cli_xml_spans(nst_str in, const char *name, cli_xml_span **spans, uint32_t *n) {
    char *out = malloc((size_t)in.n + 1), close[64];
    cli_xml_span *s = malloc(sizeof *s * ((size_t)in.n / 8 + 1));
    const char *p = in.p, *end = in.p + in.n;
    uint32_t len = 0, depth = 0;
    int k = snprintf(close, sizeof close, "</%s>", name);
    *n = 0;
    while (p < end) {
        char ref[4];
        int m;
        uint32_t take;
        if (end - p > 9 && !memcmp(p, "<![CDATA[", 9)) {
            p += 9;
            while (p < end && !(end - p >= 3 && !memcmp(p, "]]>", 3))) out[len++] = *p++;
            p += end - p >= 3 ? 3 : end - p;
        } else if (*p == '<') {
            const char *gt = memchr(p, '>', (size_t)(end - p));
            if (opens(p, end, name) && depth++ == 0)
                s[(*n)++] = (cli_xml_span){len, len,
                                           {p + 1 + strlen(name), gt
                                            ? (uint32_t)(gt - p - 1 - (long)strlen(name)) : 0}};
            if (end - p >= k && !memcmp(p, close, (size_t)k) && depth && --depth == 0)
                s[*n - 1].end = len;
            p = gt ? gt + 1 : end;
        } else if (*p == '&' && (take = reference(p, end, ref, &m))) {
            memcpy(out + len, ref, (size_t)m);
            len += (uint32_t)m;
            p += take;
        } else {
            out[len++] = *p++;
        }
    }
    out[len] = 0;
    *spans = s;
    return out;
}

char *cli_xml_text(nst_str inside) {
    cli_xml_span *s;
    uint32_t n;
    char *t = cli_xml_spans(inside, "\x01", &s, &n);
    free(s);
    return t;
}
