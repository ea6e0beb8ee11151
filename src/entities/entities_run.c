/* entities_run.c - stage 4 as a whole: model, order of its parts, text form.
 *
 * In: nst_parse. Out: nst_entities. Order: times, numbers, places, then who (which counts and dates).
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
        if (t->blocks[i].agency.end > t->blocks[i].agency.start) return nst_text_span(t, t->blocks[i].agency);
    return (nst_str){0};
}

void nst_who_run(const nst_entities_model *m, const nst_parse *p, nst_arena *doc, nst_arena *scratch,
                 nst_entities *out) {
    nst_who w = {.kb = m->kb, .p = p, .doc = doc, .scratch = scratch, .out = out,
        .day = out->anchor != NST_NO_DAY ? out->anchor : out->today};
    nst_who_find_hits(&w);
    nst_who_find_mentions(&w);
    nst_who_resolve(&w);
}

/* An array of n_tokens times NST_ROOT. */
static uint32_t *nowhere(nst_arena *a, uint32_t n) {
    uint32_t *at = NST_ARRAY(a, uint32_t, n);
    for (uint32_t i = 0; i < n; i++) at[i] = NST_ROOT;
    return at;
}

nst_status nst_entities_run(const nst_entities_model *m, const nst_parse *p, nst_arena *doc,
                            nst_arena *scratch, nst_entities *out, nst_err *e) {
    uint32_t n = p->text->n_tokens;
    nst_day last;
    *out = (nst_entities){.parse = p, .today = NST_NO_DAY, .anchor = NST_NO_DAY, .agency = agency_of(p->text),
        .actor_at = nowhere(doc, n), .time_at = nowhere(doc, n), .place_at = nowhere(doc, n),
        .number_at = nowhere(doc, n)};
    const char *date = p->text->report->date;
    if (date && nst_day_parse(nst_str_c(date), &out->today, &last)) out->anchor = out->today;
    nst_when_run(p, doc, scratch, out);
    nst_number_run(p, doc, scratch, out);
    nst_where_run(m, p, doc, scratch, out);
    nst_who_run(m, p, doc, scratch, out);
    return NST_OK;
}

/* ---- text form --------------------------------------------------------------------------- */

static const char *const kind_names[] = {"state", "org", "bloc", "person", "role", "pronoun", "place",
    "people", "other"};

/* "code=RUR entity=RUR person=- sector=GOV title=..." of one identity. */
static void dump_identity(const nst_identity *is, nst_writer *w) {
    nst_putc(w, '\t');
    nst_putz(w, is->code[0] ? is->code : "-");
    if (is->entity.n && !nst_str_is(is->entity, is->code)) nst_putf(w, " %.*s", (int)is->entity.n, is->entity.p);
    if (is->person.n) nst_putf(w, " @%.*s", (int)is->person.n, is->person.p);
    for (int i = 0; i < NST_N_SECTOR; i++)
        if (is->sectors >> i & 1) nst_putf(w, " %s", nst_sector_name(i));
    if (is->title.n) nst_putf(w, " (%.*s)", (int)is->title.n, is->title.p);
    if (is->anachronism) nst_putz(w, " anachronism");
}

/* One line: actor TAB start-end TAB words TAB kind ... */
static void dump_actor(const nst_entities *x, const nst_actor *a, nst_writer *w) {
    nst_putf(w, "actor\t%s%u-%u\t", a->span.field ? "t" : "", a->span.start, a->span.end);
    nst_put_tsv(w, nst_text_span(x->parse->text, a->span));
    nst_putf(w, "\t%s%s%s", kind_names[a->kind], a->plural ? " plural" : "", a->context ? " context" : "");
    if (a->count > 0) {
        nst_putz(w, " count=");
        nst_putd(w, a->count);
    }
    for (uint32_t i = 0; i < a->n_is; i++) dump_identity(&a->is[i], w);
    for (uint32_t i = 0; i < a->n_antecedent; i++) {
        nst_putz(w, "\t<- ");
        nst_put_tsv(w, nst_text_span(x->parse->text, x->actors[a->antecedent[i]].span));
    }
    nst_putc(w, '\n');
}

static void dump_time(const nst_entities *x, const nst_time *t, nst_writer *w) {
    nst_putf(w, "time\t%s%u-%u\t", t->span.field ? "t" : "", t->span.start, t->span.end);
    nst_put_tsv(w, nst_text_span(x->parse->text, t->span));
    nst_putf(w, "\t%c %.*s\t", t->type, (int)t->value.n, t->value.p ? t->value.p : "");
    if (t->start != NST_NO_DAY) nst_put_day(w, t->start);
    nst_putz(w, "..");
    if (t->finish != NST_NO_DAY) nst_put_day(w, t->finish);
    nst_putf(w, "\t%s\n", nst_precision_name(t->precision));
}

static void dump_place(const nst_entities *x, const nst_place *p, nst_writer *w) {
    nst_putf(w, "place\t%s%u-%u\t", p->span.field ? "t" : "", p->span.start, p->span.end);
    nst_put_tsv(w, nst_text_span(x->parse->text, p->span));
    nst_putc(w, '\t');
    nst_put_tsv(w, p->name);
    nst_putf(w, "\t%s %.*s", p->country[0] ? p->country : "-", (int)p->division.n,
             p->division.p ? p->division.p : "");
    if (p->geonames) nst_putf(w, "\tgeonames %d", p->geonames);
    if (p->located) nst_putf(w, "\t%.2f %.2f", p->lat, p->lon);
    nst_putf(w, "\t%s\n", nst_place_precision_name(p->precision));
}

static void dump_number(const nst_entities *x, const nst_number *n, nst_writer *w) {
    nst_putf(w, "number\t%s%u-%u\t", n->span.field ? "t" : "", n->span.start, n->span.end);
    nst_put_tsv(w, nst_text_span(x->parse->text, n->span));
    nst_putc(w, '\t');
    nst_putd(w, n->range ? n->low : n->value);
    if (n->range) {
        nst_putz(w, "..");
        nst_putd(w, n->high);
    }
    nst_putf(w, " %.*s %s %s", (int)n->unit.n, n->unit.p ? n->unit.p : "", nst_number_role_name(n->role),
             nst_bound_name(n->bound));
    if (n->currency[0]) nst_putf(w, " %s", n->currency);
    if (n->converted != 0) {
        nst_putz(w, " = ");
        nst_putd(w, n->converted);
        nst_putf(w, " %s", n->converted_currency);
    }
    nst_putc(w, '\n');
}

void nst_entities_dump(const nst_entities *x, nst_writer *w) {
    for (uint32_t i = 0; i < x->n_actors; i++) dump_actor(x, &x->actors[i], w);
    for (uint32_t i = 0; i < x->n_times; i++) dump_time(x, &x->times[i], w);
    for (uint32_t i = 0; i < x->n_places; i++) dump_place(x, &x->places[i], w);
    for (uint32_t i = 0; i < x->n_numbers; i++) dump_number(x, &x->numbers[i], w);
}
