/* text_line.c - a field to its paragraphs.
 *
 * In: the bytes of a title or a text. Out: an array of paragraphs (nst_line): trimmed spans, each
 * with the number of blank lines before it.
 *   "STRELSAU, March 3.\r\n\r\nRuritania's foreign minister said ..." -> [0,18) [22,...), blanks 0
 * and 1
 * Idea: a line is a paragraph, as scraped pages and agencies send them; but where the lines of a
 * text fill a column, a line end inside a paragraph is only a place where the line was full. A
 * column is recognised by its own arithmetic: the first word of the next line would not have
 * fitted.
 * Invariants: (1) paragraphs are in order and do not overlap; (2) every byte that is not space is
 * in one of them.
 */
#include "text_parts.h"

/* A column wider than this is no typewriter's or mailer's. */
#define MAX_COLUMN 100
#define MIN_COLUMN 40

/* What is known of a line besides its span. */
typedef struct shape {
    uint32_t width; /* code points */
    uint32_t word;  /* code points of its first word */
} shape;

/* Appends the line [start, end), trimmed, unless it is blank; counts blank ones. */
static void add_line(const char *p, uint32_t start, uint32_t end, nst_arena *a, nst_line **lines,
                     uint32_t *n, uint32_t *cap, uint32_t *blanks) {
    uint32_t next, indent = 0;
    while (start < end) {
        uint32_t cp = nst_text_cp(p, start, end, &next);
        if (!(nst_text_class(cp) & NST_CH_SPACE)) break;
        indent += cp == '\t' ? 4 : 1;
        start = next;
    }
    while (end > start) {
        uint32_t back = nst_text_back(p, start, end);
        if (!(nst_text_class_at(p, back, end) & NST_CH_SPACE)) break;
        end = back;
    }
    if (start == end) {
        (*blanks)++;
        return;
    }
    nst_line *l = NST_PUSH(a, *lines, *n, *cap);
    *l = (nst_line){start, end, *blanks, indent};
    *blanks = 0;
}

/* All lines of the field; "\r\n" is one line end. */
static nst_line *split(nst_str f, nst_arena *a, uint32_t *n) {
    nst_line *lines = NULL;
    uint32_t cap = 0, blanks = 0, start = 0, i = 0;
    *n = 0;
    while (i < f.n) {
        uint32_t next;
        uint32_t cp = nst_text_cp(f.p, i, f.n, &next);
        if (nst_text_class(cp) & NST_CH_BREAK) {
            if (cp == '\r' && next < f.n && f.p[next] == '\n') next++;
            add_line(f.p, start, i, a, &lines, n, &cap, &blanks);
            start = next;
        }
        i = next;
    }
    add_line(f.p, start, f.n, a, &lines, n, &cap, &blanks);
    return lines;
}

/* Width and first word of a line; counting stops where a line is wider than any column. */
static shape measure(const char *p, nst_line l) {
    shape s = {l.indent, 0};
    for (uint32_t i = l.start, next; i < l.end && s.width <= 2 * MAX_COLUMN; i = next) {
        uint32_t cp = nst_text_cp(p, i, l.end, &next);
        if (!s.word && (nst_text_class(cp) & NST_CH_SPACE)) s.word = s.width - l.indent;
        s.width++;
    }
    if (!s.word) s.word = s.width - l.indent;
    return s;
}

/* Does `line` begin a paragraph: behind a blank line, moved to the right of the line before, or as
 * far right as a line before that closes a sentence? */
static bool begins(const char *p, const nst_line *before, const nst_line *line) {
    if (line->blanks || line->indent > before->indent) return true;
    return line->indent && line->indent == before->indent && strchr(".!?\"", p[before->end - 1]);
}

/* Does line i+1 go on in the column of line i: its first word had no room there? */
static bool full(const shape *s, uint32_t i, uint32_t column) {
    return s[i].width + 1 + s[i + 1].word > column;
}

/* Does line i stop in the middle of a sentence? */
static bool cut(const char *p, const nst_line *l, uint32_t i) {
    char last = p[l[i].end - 1];
    return (nst_text_class_at(p, l[i + 1].start, l[i + 1].end) & NST_CH_LOWER) || last == ',' ||
           (nst_text_class((unsigned char)last) & NST_CH_LOWER);
}

/* The width that fits most line ends: each is explained by the widths from its line's own to what
 * the next word would have made it. */
static uint32_t best_column(const char *p, const nst_line *l, const shape *s, uint32_t n,
                            uint32_t *good) {
    int32_t steps[MAX_COLUMN + 2] = {0};
    for (uint32_t i = 0; i + 1 < n; i++) {
        if (begins(p, &l[i], &l[i + 1]) || s[i].width > MAX_COLUMN) continue;
        uint32_t from = s[i].width < MIN_COLUMN ? MIN_COLUMN : s[i].width,
                 to = s[i].width + s[i + 1].word;
        if (to < from) continue;
        steps[from]++;
        steps[to >= MAX_COLUMN ? MAX_COLUMN + 1 : to + 1]--;
    }
    uint32_t best = 0;
    int32_t sum = 0, top = 0;
    for (uint32_t w = 0; w <= MAX_COLUMN; w++) {
        sum += steps[w];
        if (sum > top) top = sum, best = w;
    }
    *good = (uint32_t)top;
    return best;
}

/* Width of the column the text is set in, or 0 if its lines are paragraphs. At least four in five
 * line ends inside paragraphs must be full ones, and some must cut a sentence. */
static uint32_t column_of(const char *p, const nst_line *l, const shape *s, uint32_t n) {
    uint32_t pairs = 0, cuts = 0, good, column = best_column(p, l, s, n, &good);
    for (uint32_t i = 0; i + 1 < n; i++) {
        if (begins(p, &l[i], &l[i + 1])) continue;
        pairs++;
        cuts += full(s, i, column) && s[i].width >= MIN_COLUMN / 2 && cut(p, l, i);
    }
    if (pairs == 0 || good * 5 < pairs * 4 || cuts * 4 < pairs) return 0;
    return pairs >= 4 || good == pairs ? column : 0;
}

/* Joins the lines of each paragraph of a text that is set in a column. A line nearly full that
 * stops in the middle of a sentence goes on too: not everybody counts letters beyond ASCII as one.
 * */
static uint32_t join(const char *p, nst_line *l, const shape *s, uint32_t n, uint32_t column) {
    uint32_t k = 0, last = 0; /* last: index of the line before, which l[k] may have taken in */
    nst_line before = l[0];
    for (uint32_t i = 1; i < n; i++, last++) {
        nst_line line = l[i];
        bool near = s[last].width + 1 + s[i].word + 6 > column;
        bool lower = nst_text_class_at(p, line.start, line.end) & NST_CH_LOWER;
        bool open = nst_text_class((unsigned char)p[before.end - 1] & 127) & NST_CH_WORD;
        bool on = full(s, last, column) || (lower && (near || open || p[before.end - 1] == ','));
        if (!begins(p, &before, &line) && on) l[k].end = line.end;
        else l[++k] = line;
        before = line;
    }
    return k + 1;
}

nst_line *nst_text_lines(nst_str field, nst_arena *a, uint32_t *n) {
    nst_line *lines = split(field, a, n);
    if (*n < 2) return lines;
    shape *s = NST_ARRAY(a, shape, *n);
    for (uint32_t i = 0; i < *n; i++) s[i] = measure(field.p, lines[i]);
    uint32_t column = column_of(field.p, lines, s, *n);
    if (column) *n = join(field.p, lines, s, *n, column);
    return lines;
}
