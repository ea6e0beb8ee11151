/* entities_run.c - stage 4 as a whole: model, order of its parts, text form.
 *
 * In: nst_parse. Out: nst_entities. Order: times, numbers, places, then who (which counts and
 * dates).
 */
#include "who.h"

nst_status nst_entities_load(const char *user_actors, nst_writer *notes,
                             const nst_entities_model **out, nst_err *e) {
    nst_entities_model *m = nst_malloc(sizeof *m);
    *out = NULL;
    if (!m) return nst_fail(e, NST_ENOMEM, "entities", "out of memory");
    memset(m, 0, sizeof *m);
    nst_status st = nst_kb_open(user_actors, notes, &m->kb, e);
    if (st) {
        nst_free(m);
        return st;
    }
    *out = m;
    return NST_OK;
}

void nst_entities_close(const nst_entities_model *m) {
    if (!m) return;
    nst_kb_close(m->kb);
    nst_free((void *)m);
}

/* The agency of the first credit or dateline that names one, without slashes and brackets. */
static nst_str agency_of(const nst_text *t) {
    for (uint32_t i = 0; i < t->n_blocks; i++)
        if (t->blocks[i].agency.end > t->blocks[i].agency.start)
            return nst_text_span(t, t->blocks[i].agency);
    return (nst_str){0};
}

void nst_who_run(const nst_entities_model *m, const nst_parse *p, nst_arena *doc,
                 nst_arena *scratch,
                 nst_entities *out) {
    nst_who w = {.kb = m->kb, .p = p, .doc = doc, .scratch = scratch, .out = out,
        .day = out->anchor != NST_NO_DAY ? out->anchor : out->today};
    nst_who_find_units(&w);
    nst_who_find_mentions(&w);
    nst_who_belong(&w);
    nst_who_resolve(&w);
    nst_who_things(&w);
}

/* An array of n_tokens times NST_ROOT. */
static uint32_t *nowhere(nst_arena *a, uint32_t n) {
    uint32_t *at = NST_ARRAY(a, uint32_t, n);
    for (uint32_t i = 0; i < n; i++) at[i] = NST_ROOT;
    return at;
}

void nst_entities_begin(const nst_parse *p, nst_arena *doc, nst_entities *out) {
    uint32_t n = p->text->n_tokens;
    nst_day last;
    *out = (nst_entities){.parse = p, .today = NST_NO_DAY, .anchor = NST_NO_DAY,
        .agency = agency_of(p->text),
        .actor_at = nowhere(doc, n), .time_at = nowhere(doc, n), .place_at = nowhere(doc, n),
        .number_at = nowhere(doc, n)};
    const char *date = p->text->report->date;
    if (date && nst_day_parse(nst_str_c(date), &out->today, &last)) out->anchor = out->today;
}

nst_status nst_entities_run(const nst_entities_model *m, const nst_parse *p, nst_arena *doc,
                            nst_arena *scratch, nst_entities *out, nst_err *e) {
    nst_entities_begin(p, doc, out);
    nst_when_run(p, doc, scratch, out);
    nst_number_run(p, doc, scratch, out);
    nst_where_run(m, p, doc, scratch, out);
    nst_who_run(m, p, doc, scratch, out);
    return NST_OK;
}
