/* read_json.c - one line of JSON Lines to the fields of a report.
 *
 * In: {"id":"r1","date":"1894-05-15","source":"Zenda Gazette","text":"Ruritania's foreign minister
 * said ..."}
 * Out: nst_report, its strings in the arena; or the file's byte at which the line is broken.
 * Idea: the JSON library parses; here its answer is checked field by field. Fields nobody knows are
 * passed over; a known field of the wrong type is an error, null is the same as absent.
 * Invariants: (1) the line is checked for UTF-8 before the library sees it; (2) no string holds
 * NUL.
 * Reference: RFC 8259; jsonlines.org.
 */
#include <jansson.h>

#include "read_parts.h"

/* Copies the string field `name` to the arena; *out stays NULL if it is absent or null. */
static nst_status text_field(const json_t *o, const char *name, nst_arena *a, const char **out,
                             size_t *len, uint64_t at, nst_err *e) {
    const json_t *v = json_object_get(o, name);
    if (!v || json_is_null(v)) return NST_OK;
    if (!json_is_string(v)) {
        return nst_read_fail(e, NST_REJECTED, at, "field \"%s\" is not a string", name);
    }
    size_t n = json_string_length(v);
    const char *z = json_string_value(v);
    if (memchr(z, 0, n))
        return nst_read_fail(e, NST_REJECTED, at, "field \"%s\" holds a NUL character", name);
    *out = nst_arena_dup(a, z, n);
    if (len) *len = n;
    return NST_OK;
}

/* All fields of the object. A broken one ends it. A report may have a title and no text, as
 * headlines from a feed do. */
static nst_status fields(const json_t *o, uint64_t at, nst_arena *a, nst_report *r, nst_err *e) {
    const struct {
        const char *name;
        const char **out;
    } rows[] = {
        {"id", &r->id},   {"title", &r->title},   {"date", &r->date}, {"source", &r->source},
        {"url", &r->url}, {"author", &r->author}, {"lang", &r->lang}, {"sha256", &r->sha256},
    };
    nst_status s = text_field(o, "text", a, &r->text, &r->text_len, at, e);
    for (size_t k = 0; s == NST_OK && k < sizeof rows / sizeof *rows; k++) {
        s = text_field(o, rows[k].name, a, rows[k].out, NULL, at, e);
    }
    if (s == NST_OK && !r->text && !r->title) {
        s = nst_read_fail(e, NST_REJECTED, at,
                          "no field \"text\" in the object; see doc/read.md for the fields");
    }
    return s;
}

/* The byte in the line that the library means; it counts from 1 behind what it has read. The
 * library counts bytes, as it must for an offset. */
static uint64_t where(const json_error_t *j, uint64_t at, nst_str line) {
    uint64_t k = j->position > 0 ? (uint64_t)j->position - 1 : 0;
    return at + (k < line.n ? k : line.n);
}

/* NUL is let through by the library here and refused in text_field, where the field can be
 * named. */
nst_status nst_read_json(nst_str line, uint64_t at, nst_arena *a, nst_report *r, nst_err *e) {
    size_t bad = nst_utf8_check(line.p, line.n);
    if (bad < line.n) {
        const char *what = line.p[bad] == 0 ? "the line holds a NUL byte" : "the line is not UTF-8";
        return nst_read_fail(e, NST_REJECTED, at + bad, "%s", what);
    }
    json_error_t j;
    json_t *o = json_loadb(line.p, line.n, JSON_ALLOW_NUL, &j);
    if (!o) {
        if (json_error_code(&j) == json_error_out_of_memory) {
            return nst_read_fail(e, NST_ENOMEM, UINT64_MAX, "memory is out");
        }
        return nst_read_fail(e, NST_REJECTED, where(&j, at, line), "broken JSON: %s", j.text);
    }
    nst_status s;
    if (!json_is_object(o)) {
        s = nst_read_fail(e, NST_REJECTED, at, "the line is not a JSON object");
    } else {
        s = fields(o, at, a, r, e);
    }
    json_decref(o);
    return s;
}
