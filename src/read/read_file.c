/* read_file.c - files and standard input to reports, one at a time.
 *
 * In: the bytes of a plain text file (one report) or of JSON Lines (one report a line). Out:
 * nst_report, or a rejection with file, line and byte.
 *   zenda.jsonl:7 -> {"id":"r1", ... "text":"Ruritania's foreign minister said on Tuesday that
 * ..."}
 * Idea: one buffer that grows to the longest line and is never larger than the limit; a line beyond
 * the limit is read to its end and thrown away, so that a damaged file costs no memory.
 * Invariants: (1) every line that is not blank, and every text file, gives exactly one report or
 * one rejection, and so does a file that is one JSON document over its lines; (2) a file that
 * cannot be opened or read gives one rejection; (3) memory does not grow with the number of lines.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "read_parts.h"

struct nst_reader {
    FILE *file; /* NULL if it could not be opened */
    nst_unpack *packed;          /* of a packed file, instead of `file` */
    bool close; /* ours to close */
    bool text, decided, done;
    int error; /* errno of the opening, 0 if all is well */
    char name[256];
    char *date, *source;
    nst_arena *arena; /* strings of the current report */
    char *buf;        /* the current line or file */
    size_t n, cap;
    char chunk[1 << 16]; /* bytes read and not yet used: [from, to) */
    size_t from, to;
    uint64_t used; /* bytes taken out of chunk so far */
    uint64_t line, size, reports;
};

/* A copy of z, or NULL for NULL; *ok becomes false when memory is out. */
static char *copy(const char *z, bool *ok) {
    if (!z) return NULL;
    size_t n = strlen(z) + 1;
    char *p = nst_malloc(n);
    if (p) memcpy(p, z, n);
    else *ok = false;
    return p;
}

/* Opens the file and learns its size; trouble is kept for the first nst_read_next. The size is only
 * for showing how far the reading is; pipes have none. */
static void open_file(nst_reader *r, const char *path) {
    if (!strcmp(path, "-")) {
        r->file = stdin;
        snprintf(r->name, sizeof r->name, "standard input");
        return;
    }
    snprintf(r->name, sizeof r->name, "%s", path);
    errno = 0;
    if (nst_read_is_packed(path)) {
        r->packed = nst_unpack_open(path, &r->error);
    } else {
        r->file = fopen(path, "rb");
        if (!r->file) r->error = errno ? errno : EIO;
    }
    if (r->error) return;
    r->close = r->file != NULL;
    struct stat st;
    if (stat(path, &st) == 0 && S_ISREG(st.st_mode)) r->size = (uint64_t)st.st_size;
    else if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) r->error = EISDIR;
}

/* A file that is not there is no error yet: it becomes a rejection, in its turn. */
nst_status nst_read_open(const char *path, const nst_read_options *o, nst_reader **out,
                         nst_err *e) {
    *out = NULL;
    nst_reader *r = nst_malloc(sizeof *r);
    if (!r) return nst_read_fail(e, NST_ENOMEM, UINT64_MAX, "memory is out");
    memset(r, 0, offsetof(nst_reader, chunk));
    r->from = r->to = 0;
    r->used = r->line = r->size = r->reports = 0;
    bool ok = true;
    if (o) {
        r->date = copy(o->date, &ok);
        r->source = copy(o->source, &ok);
        r->decided = o->format != NST_FORMAT_AUTO;
        r->text = o->format == NST_FORMAT_TEXT;
    }
    r->arena = nst_arena_new();
    if (!ok || !r->arena) {
        nst_read_close(r);
        return nst_read_fail(e, NST_ENOMEM, UINT64_MAX, "memory is out");
    }
    open_file(r, path);
    *out = r;
    return NST_OK;
}

/* Standard input is not ours to close. */
void nst_read_close(nst_reader *r) {
    if (!r) return;
    if (r->close) fclose(r->file);
    nst_unpack_close(r->packed);
    nst_arena_free(r->arena);
    nst_free(r->buf);
    nst_free(r->date);
    nst_free(r->source);
    nst_free(r);
}

uint64_t nst_read_position(const nst_reader *r, uint64_t *size) {
    if (size) *size = r->size;
    return r->packed ? nst_unpack_used(r->packed) : r->used;
}

uint64_t nst_read_line(const nst_reader *r) { return r->text ? 0 : r->line; }

/* ---- bytes ----------------------------------------------------------------------------------- */

/* Fills the empty chunk; false at the end of the file or on an error, which goes to r->error. End
 * and error look alike to the caller, who asks r->error afterwards. */
static bool refill(nst_reader *r) {
    if (r->from < r->to) return true;
    r->from = r->to = 0;
    errno = 0;
    r->to = r->packed ? nst_unpack_read(r->packed, r->chunk, sizeof r->chunk, &r->error)
                      : fread(r->chunk, 1, sizeof r->chunk, r->file);
    if (r->to == 0 && r->file && ferror(r->file)) r->error = errno ? errno : EIO;
    return r->to > 0;
}

/* Appends n bytes of the chunk to the buffer. What is beyond `limit` is dropped, but counted in
 * r->n. The buffer doubles, so a line of n bytes is copied at most twice. */
static bool keep(nst_reader *r, size_t n, size_t limit) {
    if (r->n + n <= limit) {
        if (r->n + n + 1 > r->cap) {
            size_t cap = (r->n + n + 1) * 2;
            char *p = nst_realloc(r->buf, cap);
            if (!p) return false;
            r->buf = p;
            r->cap = cap;
        }
        memcpy(r->buf + r->n, r->chunk + r->from, n);
    }
    r->n += n;
    r->from += n;
    r->used += n;
    return true;
}

/* Reads up to and without the next '\n' (or the end of the file, if `whole`) into the buffer. *any:
 * was there anything, a line end at least? False when memory is out. With `whole`, line ends are
 * bytes like others. */
static bool take(nst_reader *r, bool whole, size_t limit, bool *any) {
    r->n = 0;
    *any = false;
    while (refill(r)) {
        *any = true;
        const char *at = r->chunk + r->from;
        const char *nl = whole ? NULL : memchr(at, '\n', r->to - r->from);
        if (!keep(r, nl ? (size_t)(nl - at) : r->to - r->from, limit)) return false;
        if (nl) {
            r->from++;
            r->used++;
            return true;
        }
    }
    return true;
}

/* The first byte of the chunk from i on that is no white space. */
static size_t past_space(const nst_reader *r, size_t i) {
    while (i < r->to && strchr(" \t\r\n", r->chunk[i])) i++;
    return i;
}

/* Is the name that of a JSON Lines file, or does the file start like one? A byte order mark and
 * white space may stand before the brace. One byte decides; a text that begins with a brace needs
 * --input. */
static void decide(nst_reader *r) {
    r->decided = true;
    nst_str name = nst_str_c(r->name);
    if (r->packed) name.n -= nst_str_ends(name, ".gz") ? 3 : 4;
    r->text = nst_str_ends(name, ".txt");
    if (r->text || nst_str_ends(name, ".jsonl") || nst_str_ends(name, ".ndjson") || !refill(r))
        return;
    size_t i = r->from;
    if (r->to - i >= 3 && !memcmp(r->chunk + i, "\xEF\xBB\xBF", 3)) i += 3;
    i = past_space(r, i);
    bool array = i < r->to && r->chunk[i] == '[';
    /* of objects: to be refused as such, not read as prose */
    if (array) i = past_space(r, i + 1);
    r->text = !(i < r->to && r->chunk[i] == '{');
}

/* ---- reports --------------------------------------------------------------------------------- */

/* Says in *e which file, and which line of it, and hands the rejection on. What else *e says is
 * left as it is. */
static nst_read_result reject(nst_reader *r, nst_err *e) {
    if (e) {
        snprintf(e->file, sizeof e->file, "%s", r->name);
        e->line = r->text ? 0 : r->line;
    }
    return NST_READ_REJECTED;
}

/* A file that cannot be read: one rejection, then the end. The number is that of the system, for
 * those who look it up; the words are ours, the same on every system. */
static nst_read_result broken(nst_reader *r, nst_err *e) {
    const char *why = r->error == ENOENT   ? "there is no such file"
                      : r->error == EACCES ? "no permission to read it"
                      : r->error == EBADMSG ? "the packed file is damaged or cut short"
                      : r->error == EISDIR ? "it is a directory; name the files in it"
                                           : "it cannot be read";
    nst_status code = r->error == ENOMEM ? NST_ENOMEM : NST_REJECTED;
    r->done = true;
    nst_read_fail(e, code, r->used ? r->used : UINT64_MAX, "%s (error %d)", why, r->error);
    return reject(r, e);
}

/* The whole file as one report. A text longer than the limit is counted to its end but not kept. */
static nst_read_result read_text(nst_reader *r, nst_report *report, nst_err *e) {
    bool any;
    r->done = true;
    if (!take(r, true, NST_MAX_REPORT, &any)) r->error = ENOMEM;
    if (r->error) return broken(r, e);
    if (r->n > NST_MAX_REPORT) {
        nst_read_fail(e, NST_SKIPPED, NST_MAX_REPORT,
                      "the file has %zu bytes; the limit of one report is %u", r->n,
                      NST_MAX_REPORT);
        return reject(r, e);
    }
    *report = (nst_report){
        .text = r->n ? r->buf : "", .text_len = r->n, .date = r->date, .source = r->source};
    if (nst_read_complete(report, r->arena, e) != NST_OK) return reject(r, e);
    return NST_READ_REPORT;
}

/* The bytes of the current line, without a byte order mark and a carriage return. *at moves behind
 * the byte order mark, so that later offsets are of the file. */
static nst_str current_line(const nst_reader *r, uint64_t *at) {
    nst_str s = {r->buf, (uint32_t)r->n};
    if (r->line == 1 && s.n >= 3 && !memcmp(s.p, "\xEF\xBB\xBF", 3)) {
        s = nst_str_sub(s, 3, s.n);
        *at += 3;
    }
    if (s.n && s.p[s.n - 1] == '\r') s.n--;
    return s;
}

/* Does the first line say that the file is an array, or an object over several lines? */
static bool is_document(nst_str line) {
    line = nst_str_trim(line);
    if (nst_str_is(line, "{")) return true;
    if (!line.n || line.p[0] != '[') return false;
    line = nst_str_trim(nst_str_sub(line, 1, line.n));
    return !line.n || line.p[0] == '{';
}

/* The next line that is not blank as a report. Options fill what is missing before the report is
 * checked, so that a wrong --date is seen too. */
static nst_read_result read_line(nst_reader *r, nst_report *report, nst_err *e) {
    for (;;) {
        bool any;
        uint64_t at = r->used;
        if (!take(r, false, NST_MAX_LINE, &any)) r->error = ENOMEM;
        r->line++;
        if (r->error) return broken(r, e);
        if (!any) {
            r->done = true;
            if (r->reports) return NST_READ_END;
            nst_read_fail(e, NST_SKIPPED, 0, "the file holds no report");
            return reject(r, e);
        }
        if (r->n > NST_MAX_LINE) {
            r->reports++;
            nst_read_fail(e, NST_REJECTED, at, "the line has %zu bytes; the limit is %u", r->n,
                          NST_MAX_LINE);
            return reject(r, e);
        }
        nst_str line = current_line(r, &at);
        if (!nst_str_trim(line).n) continue;
        if (r->reports == 0 && is_document(line)) {
            r->done = true;
            nst_read_fail(e, NST_REJECTED, at, "one JSON document, not one object a line; "
                          "'jq -c .' makes lines of objects, 'jq -c .[]' of an array");
            return reject(r, e);
        }
        *report = (nst_report){0};
        nst_status s = nst_read_json(line, at, r->arena, report, e);
        if (s == NST_OK && !report->date) report->date = r->date;
        if (s == NST_OK && !report->source) report->source = r->source;
        if (s == NST_OK && (s = nst_read_complete(report, r->arena, e)) != NST_OK && e)
            e->byte = at;
        r->reports++;
        return s == NST_OK ? NST_READ_REPORT : reject(r, e);
    }
}

/* Memory that runs out inside an arena lands here and becomes one rejection; the reader is then at
 * its end. */
nst_read_result nst_read_next(nst_reader *r, nst_report *report, nst_err *e) {
    if (e) *e = (nst_err){.byte = UINT64_MAX};
    if (r->done) return NST_READ_END;
    if (r->error) return broken(r, e);
    nst_arena_reset(r->arena);
    if (setjmp(*nst_arena_oom(r->arena))) {
        r->error = ENOMEM;
        return broken(r, e);
    }
    if (!r->decided) decide(r);
    return r->text ? read_text(r, report, e) : read_line(r, report, e);
}

/* ---- text form ------------------------------------------------------------------------------- */

/* Unknown fields are left out; the order is fixed. */
void nst_read_dump(const nst_report *r, nst_writer *w) {
    const char *names[] = {"id", "date", "source", "url", "title", "author", "lang", "sha256"};
    const char *values[] = {r->id,    r->date,   r->source, r->url,
                            r->title, r->author, r->lang,   r->sha256};
    char before = '{';
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        if (!values[k]) continue;
        nst_putf(w, "%c\"%s\":", before, names[k]);
        nst_put_json(w, nst_str_c(values[k]));
        before = ',';
    }
    nst_putf(w, "%c\"text\":", before);
    nst_put_json(w, (nst_str){r->text, (uint32_t)r->text_len});
    nst_putz(w, "}\n");
}
