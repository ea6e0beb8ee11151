/* entities_kbrows.c - actor files to rows.
 *
 * In: bytes of data/actors or of a user's file, one record a line.
 *     RUR	Ruritania	Kingdom of Ruritania	Ruritanian	...
 * Out: rows of columns that point into these bytes, with file and line; a note for every line that
 * cannot be used. Idea: columns are counted here, what they mean is checked where rows meet
 * (kbmake).
 * Invariants: (1) every line is a row, a comment, or noted; (2) no row points outside the file.
 * Reference: data/actors/FORMAT.md.
 */
#include <stdarg.h>

#include "kb_format.h"

/* Least and most columns of each kind of row; the last ones may be left out. */
static const struct { const char *name; uint8_t least, most;
} kinds[] = {
    [ROW_NONE] = {"", 0, 0},           [ROW_STATES] = {"states", 2, 11},
    [ROW_CODES] = {"codes", 3, 5},     [ROW_ORGS] = {"orgs", 5, 10},
    [ROW_MEMBERS] = {"members", 2, 4}, [ROW_PEOPLE] = {"people", 5, 8},
    [ROW_ROLES] = {"roles", 3, 5},     [ROW_WORDS] = {"words", 1, 2},
    [ROW_THINGS] = {"things", 2, 3},
};

const char *const kb_systems[] = {"iso3", "iso2",  "isonum", "m49", "cow",
                                  "gw",   "cameo", "fips",   NULL};

static const char *const kind_names[NST_KB_N_KINDS] = {
    "state",        "igo",      "alliance", "union",       "bloc",  "court",   "bank",
    "agency_un",    "body_eu",  "ngo",      "armed_group", "party", "company", "media_agency",
    "media_outlet", "ministry", "army",     "body",        "other"};

const char *nst_kb_kind_name(int kind) { return kind_names[kind]; }

/* Few words: a linear look is fine. */
int kb_kind_of(nst_str name) {
    for (int i = 0; i < NST_KB_N_KINDS; i++)
        if (nst_str_is(name, kind_names[i])) return i;
    return -1;
}

/* The same for code systems. */
int kb_system_of(nst_str name) {
    for (int i = 0; kb_systems[i]; i++)
        if (nst_str_is(name, kb_systems[i])) return i;
    return -1;
}

/* Every note is an error and counts as one, whether or not anybody listens. */
void kb_note(kb_rows *r, const kb_row *row, const char *fmt, ...) {
    va_list ap;
    char buf[400];
    r->errors++;
    if (!r->notes) return;
    va_start(ap, fmt);
    vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    nst_putz(r->notes, row->file);
    nst_putc(r->notes, ':');
    nst_puti(r->notes, row->line);
    nst_putz(r->notes, ": ");
    nst_putz(r->notes, buf);
    nst_putc(r->notes, '\n');
}

/* The kind that a "#nestor-actors 1 KIND" line announces; ROW_NONE (noted) if it is none of ours.
 * */
static kb_rowkind announced(kb_rows *r, const kb_row *at, nst_str line) {
    nst_str rest = nst_str_trim(nst_str_sub(line, 14, line.n));
    if (!nst_str_starts(rest, "1 ")) {
        kb_note(r, at, "format %.*s is not known here; this program reads format 1", (int)rest.n,
                rest.p);
        return ROW_NONE;
    }
    rest = nst_str_trim(nst_str_sub(rest, 1, rest.n));
    for (int k = ROW_STATES; k <= ROW_THINGS; k++)
        if (nst_str_is(rest, kinds[k].name)) return (kb_rowkind)k;
    kb_note(r, at,
            "unknown kind of rows: %.*s (states codes orgs members people roles words things)",
            (int)rest.n, rest.p);
    return ROW_NONE;
}

/* One data line to a row, or a note. */
static void row_add(kb_rows *r, kb_row row, nst_str line) {
    uint32_t n = 0;
    nst_str piece;
    if (nst_utf8_check(line.p, line.n) != line.n) {
        kb_note(r, &row, "not valid UTF-8");
        return;
    }
    while (nst_str_split(&line, '\t', &piece)) {
        piece = nst_str_trim(piece);
        if (nst_str_is(piece, "-")) piece.n = 0;
        if (n < KB_COLUMNS) row.col[n] = piece;
        n++;
    }
    if (n < kinds[row.kind].least || n > kinds[row.kind].most) {
        kb_note(r, &row, "%u columns where %s have %u to %u (columns are separated by one TAB)", n,
                kinds[row.kind].name, kinds[row.kind].least, kinds[row.kind].most);
        return;
    }
    if (row.col[0].n == 0) {
        kb_note(r, &row, "the first column is empty");
        return;
    }
    *NST_PUSH(r->a, r->rows, r->n, r->cap) = row;
}

/* Lines before the first header are noted once, not a thousand times. */
void kb_rows_read(kb_rows *r, const char *file, nst_str text, bool user) {
    kb_row at = {.file = file, .user = user};
    bool lost = false;                     /* rows before the first header were noted */
    nst_str line;
    if (text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0) text = nst_str_sub(text, 3, text.n);
    while (nst_str_split(&text, '\n', &line)) {
        at.line++;
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        if (nst_str_starts(line, "#nestor-actors")) {
            at.kind = (uint8_t)announced(r, &at, line);
            lost = at.kind == ROW_NONE;
        } else if (line.n && line.p[0] != '#' && nst_str_trim(line).n) {
            if (at.kind != ROW_NONE) row_add(r, at, line);
            else if (!lost) kb_note(r, &at, "rows before a line \"#nestor-actors 1 KIND\"");
            lost |= at.kind == ROW_NONE;
        }
    }
}

/* nst_day_parse takes times too; a date column does not. */
bool kb_dates(kb_rows *r, const kb_row *row, nst_str s, int32_t *first, int32_t *last,
              bool *unsure) {
    *first = *last = NST_NO_DAY;
    if (s.n && s.p[s.n - 1] == '?') {
        if (unsure) *unsure = true;
        s.n--;
    }
    if (s.n == 0) return true;
    if (nst_day_parse(s, first, last) && s.n <= 10) return true;
    kb_note(r, row, "%.*s is no date (YYYY, YYYY-MM or YYYY-MM-DD)", (int)s.n, s.p);
    *first = *last = NST_NO_DAY;
    return false;
}

/* Where the "=start..end" of a value begins, or its length. A value may itself hold "=" elsewhere.
 * */
static uint32_t span_at(nst_str s) {
    for (uint32_t i = s.n; i-- > 0;)
        if (s.p[i] == '=') {
            bool dots = false;
            for (uint32_t k = i + 1; k + 1 < s.n; k++) dots |= s.p[k] == '.' && s.p[k + 1] == '.';
            return dots ? i : s.n;
        }
    return s.n;
}

/* Reads "start..end" into v. */
static void span_read(kb_rows *r, const kb_row *row, nst_str s, kb_value *v) {
    int32_t other;
    bool unsure = false;
    for (uint32_t i = 0; i + 1 < s.n; i++)
        if (s.p[i] == '.' && s.p[i + 1] == '.') {
            kb_dates(r, row, nst_str_sub(s, 0, i), &v->start, &other, &unsure);
            kb_dates(r, row, nst_str_sub(s, i + 2, s.n), &other, &v->end, &unsure);
            break;
        }
    if (v->start != NST_NO_DAY && v->end != NST_NO_DAY && v->end < v->start)
        kb_note(r, row, "%.*s ends before it begins", (int)v->text.n, v->text.p);
    if (unsure) v->flags |= NST_KB_UNSURE;
}

/* Marks stand behind the time: "Astana=1997-12..", "Jordan*". */
bool kb_value_next(kb_rows *r, const kb_row *row, nst_str *list, kb_value *v) {
    nst_str piece;
    do {
        if (list->n == 0 || !nst_str_split(list, '|', &piece)) return false;
        piece = nst_str_trim(piece);
    } while (piece.n == 0);
    *v = (kb_value){.text = piece, .start = NST_NO_DAY, .end = NST_NO_DAY};
    uint32_t cut = span_at(piece);
    if (cut < piece.n) {
        v->text = nst_str_trim(nst_str_sub(piece, 0, cut));
        span_read(r, row, nst_str_sub(piece, cut + 1, piece.n), v);
    }
    for (; v->text.n > 1; v->text.n--) {
        char c = v->text.p[v->text.n - 1];
        if (c == '*') v->flags |= NST_KB_WEAK;
        else if (c == '?') v->flags |= NST_KB_UNSURE;
        else break;
    }
    if (row->user) v->flags |= NST_KB_USER;
    return true;
}
