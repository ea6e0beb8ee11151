/* entities_number.c - the figures of a report with unit, role and bounds.
 *
 * In: sentences and the times already found in them. Out: nst_number rows.
 *   expelled [two] envoys -> value 2, unit person, role target, counted "envoys"
 * The idea: find (entities_number_scan.c), judge (entities_number_role.c), map atoms to tokens.
 * Invariants: (1) rows are in order and do not overlap; (2) nothing inside a time is a number.
 */
#include "number.h"

/* The token that holds byte `at` of a sentence, searched from *from on; NST_ROOT if none. */
static uint32_t token_at(const nst_text *t, const nst_sent *s, uint32_t at) {
    uint32_t lo = s->first, hi = s->end;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (t->tokens[mid].end <= at) lo = mid + 1;
        else hi = mid;
    }
    return lo < s->end && t->tokens[lo].start <= at ? lo : NST_ROOT;
}

/* Marks the atoms that lie in times of this sentence; *x is the next time to look at. */
static bool *time_mask(const nst_entities *e, const nst_sent *s, const nst_atom *a, uint32_t n,
                       uint32_t *x, nst_arena *scratch) {
    bool *skip = NST_ARRAY(scratch, bool, n);
    uint32_t i = 0;
    while (*x < e->n_times && e->times[*x].first < s->first) ++*x;
    for (; *x < e->n_times && e->times[*x].first < s->end; ++*x) {
        const nst_time *w = &e->times[*x];
        while (i < n && a[i].end <= w->span.start) i++;
        for (; i < n && a[i].start < w->span.end; i++) skip[i] = true;
    }
    return skip;
}

/* One row from a figure. */
static bool row(const nst_text *t, const nst_sent *s, const nst_atom *a, const nst_figure *f,
                nst_arena *doc, nst_number *out) {
    uint32_t first = token_at(t, s, a[f->first].start), last = token_at(t, s, a[f->end - 1].start);
    if (first == NST_ROOT || last == NST_ROOT) return false;
    *out = (nst_number){.span = {a[f->first].start, a[f->end - 1].end, s->span.field},
        .first = first, .end = last + 1, .counted = NST_ROOT, .value = f->value, .low = f->low,
        .high = f->high, .range = f->range, .unit = nst_arena_str(doc, f->unit), .role = f->role,
        .bound = f->bound, .direction = f->direction, .converted = f->converted};
    memcpy(out->currency, f->currency, 4);
    if (f->head != UINT32_MAX) out->counted = token_at(t, s, a[f->head].start);
    if (f->converted_end > f->converted_first) {
        memcpy(out->converted_currency, f->converted_currency, 4);
        out->converted_span = (nst_span){a[f->converted_first].start, a[f->converted_end - 1].end,
                                         s->span.field};
    }
    return true;
}

void nst_number_run(const nst_parse *p, nst_arena *doc, nst_arena *scratch, nst_entities *out) {
    const nst_text *t = p->text;
    nst_number *rows = NULL;
    uint32_t n_rows = 0, cap = 0, time = 0;
    for (uint32_t k = 0; k < t->n_sents; k++) {
        if (!nst_text_coded(t, k)) continue;
        const nst_sent *s = &t->sents[k];
        nst_str text = t->field[s->span.field];
        uint32_t n, m;
        nst_atom *a = nst_atoms_run(text, s->span.start, s->span.end, scratch, &n);
        bool *skip = time_mask(out, s, a, n, &time, scratch);
        nst_figure *f = nst_number_scan(text, a, n, skip, scratch, &m);
        nst_number_roles(text, a, n, f, m, scratch);
        for (uint32_t i = 0; i < m; i++) {
            nst_number x;
            if (f[i].single && (f[i].role < NST_NUM_DEAD || f[i].role > NST_NUM_TARGET)) continue;
            if (row(t, s, a, &f[i], doc, &x)) *NST_PUSH(doc, rows, n_rows, cap) = x;
        }
    }
    out->numbers = rows;
    out->n_numbers = n_rows;
    out->number_at = NST_ARRAY(doc, uint32_t, t->n_tokens);
    for (uint32_t i = 0; i < t->n_tokens; i++) out->number_at[i] = NST_ROOT;
    for (uint32_t x = 0; x < n_rows; x++)
        for (uint32_t i = rows[x].first; i < rows[x].end; i++) out->number_at[i] = x;
}
