/* entities_when.c - the expressions of time of a report, with the days they mean.
 *
 * In: sentences, the report's date, its dateline. Out: nst_time rows and the two anchors.
 *    said [on Tuesday] -> Tuesday, 1894-05-15, day, because the report is of 1894-05-15
 * The idea: find (entities_when_scan.c), look at the tense, resolve (entities_when_value.c), carry
 * the day last spoken of from sentence to sentence. Invariants: (1) rows are in order and do not
 * overlap; (2) the dateline's day is an anchor, never a row; (3) a text that is mostly about years
 * long gone counts from the year it is telling about, as does one without any date.
 */
#include "when.h"

/* Years in the text, and how many of them lie well before the day of writing. */
static bool tells_history(nst_str s, nst_day anchor) {
    if (anchor == NST_NO_DAY) return true;
    int y, m, d, years = 0, old = 0;
    nst_day_split(anchor, &y, &m, &d);
    for (uint32_t i = 0; i + 4 <= s.n;) {
        if (s.p[i] < '0' || s.p[i] > '9') {
            i++;
            continue;
        }
        uint32_t k = i;
        int v = 0;
        while (k < s.n && s.p[k] >= '0' && s.p[k] <= '9')
            v = v < 9999 ? v * 10 + (s.p[k] - '0') : v, k++;
        if (k - i == 4 && v >= 1000 && v < 2100) years++, old += v < y - 2;
        i = k;
    }
    return old >= 12 && old * 10 >= years * 9 && (uint32_t)old * 400 > s.n / 2;
}

/* The day a dateline's date means, read against the day of publication. */
static nst_day dateline_day(const nst_text *t, nst_day today, nst_arena *scratch) {
    for (uint32_t b = 0; b < t->n_blocks; b++) {
        const nst_block *k = &t->blocks[b];
        if (k->kind != NST_BLOCK_DATELINE || k->date.end <= k->date.start) continue;
        uint32_t n, i = 0;
        nst_str text = t->field[k->date.field];
        nst_atom *a = nst_atoms_run(text, k->date.start, k->date.end, scratch, &n);
        nst_when_state s = {.anchor = today, .spoken = NST_NO_DAY};
        for (nst_when_raw r; i < n; i++) {
            nst_when_value v;
            if (!nst_when_scan(text, a, n, i, &r)) continue;
            nst_when_resolve(&r, NST_TENSE_NONE, &s, &v);
            bool near = today == NST_NO_DAY || (v.start - today < 40 && today - v.start < 40);
            if (v.start != NST_NO_DAY && v.precision == NST_PREC_DAY && near) return v.start;
        }
    }
    return NST_NO_DAY;
}

/* Fills today and anchor. */
static void anchors(const nst_text *t, nst_arena *scratch, nst_entities *out) {
    nst_day last;
    out->today = NST_NO_DAY;
    if (t->report && t->report->date)
        if (!nst_day_parse(nst_str_c(t->report->date), &out->today, &last)) out->today = NST_NO_DAY;
    nst_day line = dateline_day(t, out->today, scratch);
    out->anchor = line != NST_NO_DAY ? line : out->today;
}

/* What goes from sentence to sentence. */
typedef struct run {
    const nst_text *t;
    nst_arena *doc, *scratch;
    nst_when_state state;
    nst_time *times;
    uint32_t n, cap;
} run;

/* Adds a row for atoms [first, end) of a sentence, with the tokens they touch. */
static void add(run *r, const nst_sent *s, const nst_atom *a, uint32_t first, uint32_t end,
                const nst_when_value *v) {
    uint32_t from = a[first].start, to = a[end - 1].end, i = s->first;
    while (i < s->end && r->t->tokens[i].end <= from) i++;
    uint32_t k = i;
    while (k < s->end && r->t->tokens[k].start < to) k++;
    if (k == i) return;
    nst_time *x = NST_PUSH(r->doc, r->times, r->n, r->cap);
    *x = (nst_time){.span = {from, to, s->span.field}, .first = i, .end = k, .type = v->type,
                    .value = nst_arena_str(r->doc, nst_str_c(v->value)), .start = v->start,
                    .finish = v->finish, .precision = v->precision};
}

/* "since 2014", "until Friday": an interval open on one side. */
static void open_side(nst_str t, const nst_atom *a, uint32_t n, uint32_t i, nst_when_value *v) {
    if (v->start == NST_NO_DAY || v->type == 'U' || v->type == 'S') return;
    uint32_t p = i > 0 && nst_atom_lit(t, a, n, i - 1, "the") ? i - 1 : i;
    if (p == 0) return;
    if (nst_atom_lit(t, a, n, p - 1, "since")) {
        v->precision = NST_PREC_SINCE;
        v->finish = NST_NO_DAY;
    } else if (nst_atom_lit(t, a, n, p - 1, "until") || nst_atom_lit(t, a, n, p - 1, "till")) {
        v->precision = NST_PREC_UNTIL;
        v->start = NST_NO_DAY;
    }
}

/* The second part of "1939-45", "May 3-5": its own row; the first row keeps the whole interval. */
static uint32_t second_part(run *r, const nst_sent *s, const nst_atom *a, const nst_when_raw *w,
                            int tense) {
    nst_when_raw q = *w;
    nst_when_value v;
    if (q.day2) q.day = q.day2;
    if (q.month2) q.month = q.month2;
    if (q.year2) q.year = q.year2;
    q.day2 = q.month2 = q.year2 = 0;
    nst_when_resolve(&q, tense, &r->state, &v);
    add(r, s, a, w->mid + 1, w->end, &v);
    return w->end;
}

/* Does a sentence go on telling in the year the one before was told in? Only the past perfect
 * says so. */
static bool goes_on(nst_str t, const nst_atom *a, uint32_t n) {
    for (uint32_t i = 0; i < n && i < 25; i++)
        if (nst_atom_lit(t, a, n, i, "had")) return true;
    return false;
}

/* All expressions of one sentence. */
static void sentence(run *r, const nst_sent *s) {
    uint32_t n;
    nst_str t = r->t->field[s->span.field];
    nst_atom *a = nst_atoms_run(t, s->span.start, s->span.end, r->scratch, &n);
    if (r->state.frame && !goes_on(t, a, n)) r->state.frame = 0;
    for (uint32_t i = 0; i < n;) {
        nst_when_raw w;
        nst_when_value v;
        uint32_t m = nst_when_scan(t, a, n, i, &w);
        if (!m) {
            i++;
            continue;
        }
        int tense = nst_when_tense(t, a, n, i, i + m);
        nst_when_resolve(&w, tense, &r->state, &v);
        open_side(t, a, n, i, &v);
        add(r, s, a, i, w.mid ? w.mid : i + m, &v);
        i = w.mid && w.mid + 1 < w.end ? second_part(r, s, a, &w, tense) : i + m;
    }
}

void nst_when_run(const nst_parse *p, nst_arena *doc, nst_arena *scratch, nst_entities *out) {
    const nst_text *t = p->text;
    run r = {.t = t, .doc = doc, .scratch = scratch};
    anchors(t, scratch, out);
    r.state = (nst_when_state){.anchor = out->anchor, .spoken = NST_NO_DAY};
    r.state.narrative = tells_history(t->field[NST_FIELD_TEXT], out->anchor);
    for (uint32_t s = 0; s < t->n_sents; s++)
        if (nst_text_coded(t, s)) sentence(&r, &t->sents[s]);
    out->times = r.times;
    out->n_times = r.n;
    out->time_at = NST_ARRAY(doc, uint32_t, t->n_tokens);
    for (uint32_t i = 0; i < t->n_tokens; i++) out->time_at[i] = NST_ROOT;
    for (uint32_t x = 0; x < r.n; x++)
        for (uint32_t i = r.times[x].first; i < r.times[x].end; i++) out->time_at[i] = x;
}
