/* events_run.c - stage 5 as a whole: the model, the order of its parts, its text form.
 *
 * In: nst_entities. Out: nst_events. Order: who says what, which acts, whether they happened, when and
 * where, chains, indicators, contexts, judgement.
 */
#include <math.h>

#include "match.h"

struct nst_events_model {
    nst_lexicon *lexicon;
};

nst_status nst_events_load(const char *user_lexicon, nst_writer *notes, const nst_events_model **out,
                           nst_err *e) {
    nst_events_model *m = nst_malloc(sizeof *m);
    *out = NULL;
    if (!m) return nst_fail(e, NST_ENOMEM, "events", "out of memory");
    m->lexicon = nst_lexicon_load(user_lexicon, notes, e);
    if (!m->lexicon) {
        nst_free(m);
        return e && e->code ? e->code : NST_ENOMEM;
    }
    *out = m;
    return NST_OK;
}

void nst_events_close(const nst_events_model *m) {
    if (!m) return;
    nst_lexicon_close(m->lexicon);
    nst_free((void *)m);
}

const nst_lexicon *nst_events_lexicon(const nst_events_model *m) { return m->lexicon; }

nst_status nst_events_run(const nst_events_model *m, const nst_entities *x, nst_arena *doc,
                          nst_arena *scratch, nst_events *out, nst_err *e) {
    *out = (nst_events){.entities = x};
    nst_says_run(m, x, doc, scratch, out);
    nst_match_run(m, x, doc, scratch, out);
    nst_reach_run(m, x, out, doc);
    nst_modality_run(x, out, doc);
    nst_dating_run(x, out, doc);
    nst_modality_date(x, out, scratch);
    nst_indicator_run(x, doc, scratch, out);
    nst_chain_run(x, out, doc);
    nst_context_run(m, x, out);
    nst_judge_run(m, x, out, doc);
    return NST_OK;
}

/* ---- text form --------------------------------------------------------------------------- */

/* "GRK:[Graustark]" for each member, "+" between. */
static void dump_members(const nst_events *ev, const nst_member *m, uint32_t n, nst_writer *w) {
    const nst_entities *x = ev->entities;
    if (!n) nst_putc(w, '-');
    for (uint32_t i = 0; i < n; i++) {
        const nst_actor *a = &x->actors[m[i].actor];
        const nst_identity *is = m[i].identity != NST_ROOT ? &a->is[m[i].identity] : NULL;
        if (i) nst_putc(w, '+');
        if (is && is->code[0]) nst_putz(w, is->code);
        else if (is) nst_put(w, is->entity);
        nst_putz(w, "[");
        nst_put_tsv(w, nst_text_span(x->parse->text, a->span));
        nst_putz(w, "]");
    }
}

/* "said:[minister]" links, nearest first. */
static void dump_links(const nst_events *ev, const nst_link *l, uint32_t n, nst_writer *w) {
    const nst_text *t = ev->entities->parse->text;
    for (uint32_t i = 0; i < n; i++) {
        nst_putz(w, i ? " < " : "");
        if (l[i].kind != NST_LINK_SPEAKER) {
            nst_putz(w, l[i].kind == NST_LINK_AGENCY ? "agency:" : "outlet:");
            nst_put_tsv(w, l[i].name);
            continue;
        }
        const nst_attribution *a = &ev->attributions[l[i].attribution];
        nst_putf(w, "%s:[", nst_stance_name(a->stance));
        nst_put_tsv(w, nst_text_span(t, a->source_span));
        nst_putc(w, ']');
    }
    if (!n) nst_putc(w, '-');
}

/* Names of the bits set, separated by commas, "-" if none. */
static void dump_bits(nst_writer *w, uint64_t bits, int n, const char *(*name)(int)) {
    if (!bits) nst_putc(w, '-');
    for (int i = 0, k = 0; i < n; i++)
        if (bits >> i & 1) nst_putf(w, "%s%s", k++ ? "," : "", name(i));
}

/* One mention: mention TAB start-end TAB trigger TAB type mode modality actor -> recipient ... */
static void dump_mention(const nst_events *ev, const nst_mention *m, nst_writer *w) {
    const nst_entities *x = ev->entities;
    const nst_text *t = x->parse->text;
    nst_putf(w, "%s\t%s%u-%u\t", m->kept ? "mention" : "dropped", m->trigger_span.field ? "t" : "",
             m->trigger_span.start, m->trigger_span.end);
    nst_put_tsv(w, nst_text_span(t, m->trigger_span));
    nst_putf(w, "\t%s ", nst_type_name(m->type));
    dump_bits(w, m->modes, NST_N_MODE, nst_mode_name);
    nst_putf(w, " %s\t", nst_modality_name(m->modality));
    dump_members(ev, m->actors, m->n_actors, w);
    nst_putz(w, " -> ");
    dump_members(ev, m->recipients, m->n_recipients, w);
    nst_putz(w, "\tsays ");
    dump_links(ev, m->links, m->n_links, w);
    if (m->time != NST_ROOT) {
        nst_putz(w, "\twhen ");
        nst_put_tsv(w, nst_text_span(t, x->times[m->time].span));
    }
    if (m->place != NST_ROOT) {
        nst_putz(w, "\twhere ");
        nst_put_tsv(w, x->places[m->place].name);
    }
    for (uint32_t i = 0; i < m->n_numbers; i++) {
        nst_putf(w, "\t%s ", nst_number_role_name(m->number_roles[i]));
        nst_put_tsv(w, nst_text_span(t, x->numbers[m->numbers[i]].span));
    }
    nst_putf(w, "\t%.2f ", m->confidence);
    nst_put_tsv(w, m->why);
    nst_putc(w, '\n');
}

/* How it was read: why TAB trigger TAB frame, way to the recipient; way to the actor. */
static void dump_why(const nst_events *ev, const nst_mention *m, nst_writer *w) {
    nst_putz(w, "why\t");
    nst_put_tsv(w, nst_text_span(ev->entities->parse->text, m->trigger_span));
    nst_putc(w, '\t');
    nst_why_put(ev, m, w);
    nst_putf(w, "\tscore %.2f, %s\n", m->confidence, m->kept ? "kept" : "dropped");
}

/* One attribution: says TAB stance TAB source TAB cue TAB contents. */
static void dump_attribution(const nst_events *ev, const nst_attribution *a, nst_writer *w) {
    const nst_text *t = ev->entities->parse->text;
    nst_putf(w, "says\t%s%s%s\t[", nst_stance_name(a->stance), a->quoted ? " quoted" : "",
             a->anonymous ? " anonymous" : "");
    nst_put_tsv(w, nst_text_span(t, a->source_span));
    nst_putz(w, "]\t");
    if (a->cue_span.end > a->cue_span.start) nst_put_tsv(w, nst_text_span(t, a->cue_span));
    else nst_putc(w, '-');
    for (uint32_t i = 0; i < a->n_content; i++) {
        nst_putz(w, "\t[");
        nst_put_tsv(w, nst_text_span(t, a->content[i]));
        nst_putc(w, ']');
    }
    nst_putc(w, '\n');
}

/* One indicator: indicator TAB measure TAB kind TAB words TAB between TAB says. */
static void dump_indicator(const nst_events *ev, const nst_indicator *k, nst_writer *w) {
    const nst_entities *x = ev->entities;
    nst_putz(w, "indicator\t");
    nst_put_tsv(w, k->measure);
    nst_putf(w, "\t%s\t", nst_indicator_kind_name(k->kind));
    nst_put_tsv(w, nst_text_span(x->parse->text, k->span));
    nst_putc(w, '\t');
    dump_members(ev, k->between, k->n_between, w);
    nst_putz(w, "\tsays ");
    dump_links(ev, k->links, k->n_links, w);
    if (k->period != NST_ROOT) {
        nst_putz(w, "\tperiod ");
        nst_put_tsv(w, nst_text_span(x->parse->text, x->times[k->period].span));
    }
    if (k->compared != NST_ROOT) {
        nst_putz(w, "\tcompared ");
        nst_put_tsv(w, nst_text_span(x->parse->text, x->times[k->compared].span));
    }
    nst_putc(w, '\n');
}

void nst_events_dump(const nst_events *ev, nst_writer *w) {
    for (uint32_t i = 0; i < ev->n_attributions; i++) dump_attribution(ev, &ev->attributions[i], w);
    for (uint32_t i = 0; i < ev->n_mentions; i++) dump_mention(ev, &ev->mentions[i], w);
    for (uint32_t i = 0; i < ev->n_mentions; i++) dump_why(ev, &ev->mentions[i], w);
    for (uint32_t i = 0; i < ev->n_indicators; i++) dump_indicator(ev, &ev->indicators[i], w);
}
