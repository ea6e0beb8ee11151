/* cli_rows.c - a mention as one row: date, actor -> recipient, act, who says so, evidence. */
#include "cli.h"

const char *const cli_mention_titles[] = {"date", "actor \u2192 recipient", "act", "who says so",
    "evidence"};
const char cli_mention_tsv_head[] =
    "id\treport\tdate_start\tdate_end\tactor\tactor_code\trecipient\trecipient_code\tevent_type\tmode\t"
    "context\tmodality\tsaid_by\tplace\tnumbers\tconfidence\tstart\tend\tfield\ttrigger\tsentence\n";

/* What to call a member in a narrow column: code or entity, else its words. */
static void short_name(const nst_doc *d, const nst_member *m, nst_writer *w) {
    const nst_actor *a = &d->entities.actors[m->actor];
    const nst_identity *is = m->identity != NST_ROOT ? &a->is[m->identity] : NULL;
    nst_str words = nst_text_span(&d->text, a->span);
    if (is && is->person.n && is->name.n)
        nst_putf(w, "%.*s (%s)", (int)is->name.n, is->name.p, is->code);
    else if (is && is->entity.n) nst_put(w, is->entity);
    else if (is && is->code[0]) nst_put(w, nst_str_c(is->code));
    else nst_put_tsv(w, words);
    if (is && is->entity.n && is->code[0] && !nst_str_is(is->entity, is->code) && !is->person.n)
        nst_putf(w, " (%s)", is->code);
}

/* A list of members, "-" when nobody is known. */
static void names(const nst_doc *d, const nst_member *m, uint32_t n, nst_writer *w) {
    if (!n) nst_putz(w, "?");
    for (uint32_t i = 0; i < n; i++) {
        if (i) nst_putz(w, ", ");
        short_name(d, &m[i], w);
    }
}

/* The chain from the nearest speaker outwards. */
static void chain(const nst_doc *d, const nst_mention *m, nst_writer *w) {
    for (uint32_t i = 0; i < m->n_links; i++) {
        const nst_link *l = &m->links[i];
        if (i) nst_putz(w, " < ");
        if (l->kind != NST_LINK_SPEAKER) {
            nst_put(w, l->name);
            continue;
        }
        const nst_attribution *a = &d->events.attributions[l->attribution];
        nst_put_tsv(w, a->source_span.end ? nst_text_span(&d->text, a->source_span) : NST_S("?"));
        if (a->stance != NST_ASSERTS) nst_putf(w, " (%s)", nst_stance_name(a->stance));
    }
}

/* "ASSAULT aerial" and, when it is not plainly asserted, the modality. */
static void act(const nst_mention *m, nst_writer *w) {
    nst_putz(w, nst_type_name(m->type));
    for (int i = 0; i < NST_N_MODE; i++)
        if (m->modes >> i & 1) nst_putf(w, " %s", nst_mode_name(i));
    if (m->modality != NST_ASSERTED) nst_putf(w, " (%s)", nst_modality_name(m->modality));
}

/* The date of the act as the text gives it. */
static void day(const nst_doc *d, const nst_mention *m, nst_writer *w) {
    if (m->time == NST_ROOT) return;
    const nst_time *t = &d->entities.times[m->time];
    if (t->start == NST_NO_DAY) {
        nst_put_tsv(w, nst_text_span(&d->text, t->span));
        return;
    }
    nst_put_day(w, t->start);
    if (t->finish != NST_NO_DAY && t->finish != t->start) {
        nst_putz(w, "..");
        nst_put_day(w, t->finish);
    }
}

/* The sentence from a little before the trigger on, so that a narrow column shows the trigger. */
static nst_str evidence(const nst_doc *d, const nst_mention *m) {
    nst_span s = d->text.sents[m->sent].span;
    uint32_t from = s.start;
    if (m->trigger_span.start > s.start + 30) {
        from = m->trigger_span.start - 30;
        nst_str f = d->text.field[s.field];
        while (from > s.start && f.p[from - 1] != ' ') from--;
    }
    return nst_text_span(&d->text, (nst_span){from, s.end, s.field});
}

/* Puts what w holds into the next cell and empties it. */
static void cell(cli_table *t, nst_writer *w) {
    cli_cell(t, (nst_str){w->p, (uint32_t)w->n});
    w->n = 0;
}

void cli_mention_row(const nst_doc *d, const nst_mention *m, cli_table *t) {
    nst_writer w = {0};
    day(d, m, &w);
    cell(t, &w);
    names(d, m->actors, m->n_actors, &w);
    if (m->n_recipients) {
        nst_putz(&w, " \u2192 ");
        names(d, m->recipients, m->n_recipients, &w);
    }
    cell(t, &w);
    act(m, &w);
    cell(t, &w);
    chain(d, m, &w);
    cell(t, &w);
    cli_cell(t, evidence(d, m));
    nst_writer_free(&w);
}

/* Words of all members, joined by ';', or (codes) their codes. */
static void joined(const nst_doc *d, const nst_member *m, uint32_t n, bool codes, nst_writer *w) {
    for (uint32_t i = 0; i < n; i++) {
        const nst_actor *a = &d->entities.actors[m[i].actor];
        if (i) nst_putc(w, ';');
        if (!codes) nst_put_tsv(w, nst_text_span(&d->text, a->span));
        else if (m[i].identity != NST_ROOT)
            nst_put(w, a->is[m[i].identity].code[0] ? nst_str_c(a->is[m[i].identity].code)
                                                    : a->is[m[i].identity].entity);
    }
    nst_putc(w, '\t');
}

/* Names of bits, joined by ';', then a tab. */
static void bits(uint64_t set, int n, const char *(*name)(int), nst_writer *w) {
    for (int i = 0, k = 0; i < n; i++)
        if (set >> i & 1) nst_putf(w, "%s%s", k++ ? ";" : "", name(i));
    nst_putc(w, '\t');
}

void cli_mention_tsv(const nst_doc *d, const nst_mention *m, nst_writer *w) {
    char id[19];
    const nst_time *t = m->time != NST_ROOT ? &d->entities.times[m->time] : NULL;
    nst_mention_id(d, m, id);
    nst_putf(w, "%s\t", id);
    nst_put_tsv(w, nst_str_c(d->report.id));
    nst_putc(w, '\t');
    if (t && t->start != NST_NO_DAY) nst_put_day(w, t->start);
    nst_putc(w, '\t');
    if (t && t->finish != NST_NO_DAY) nst_put_day(w, t->finish);
    nst_putc(w, '\t');
    joined(d, m->actors, m->n_actors, false, w);
    joined(d, m->actors, m->n_actors, true, w);
    joined(d, m->recipients, m->n_recipients, false, w);
    joined(d, m->recipients, m->n_recipients, true, w);
    nst_putf(w, "%s\t", nst_type_name(m->type));
    bits(m->modes, NST_N_MODE, nst_mode_name, w);
    bits(m->contexts, NST_N_CONTEXT, nst_context_name, w);
    nst_putf(w, "%s\t", nst_modality_name(m->modality));
    chain(d, m, w);
    nst_putc(w, '\t');
    if (m->place != NST_ROOT) nst_put_tsv(w, d->entities.places[m->place].name);
    nst_putc(w, '\t');
    for (uint32_t i = 0; i < m->n_numbers; i++) {
        nst_putf(w, "%s%s=", i ? ";" : "", nst_number_role_name(m->number_roles[i]));
        nst_put_tsv(w, nst_text_span(&d->text, d->entities.numbers[m->numbers[i]].span));
    }
    nst_putf(w, "\t%.3g\t%u\t%u\t%s\t", m->confidence, m->trigger_span.start, m->trigger_span.end,
             m->trigger_span.field ? "title" : "text");
    nst_put_tsv(w, nst_text_span(&d->text, m->trigger_span));
    nst_putc(w, '\t');
    nst_put_tsv(w, nst_text_span(&d->text, d->text.sents[m->sent].span));
    nst_putc(w, '\n');
}
