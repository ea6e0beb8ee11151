/* events_chain.c - the speaker chain of a mention: nearest speaker, agency, outlet.
 *
 * In: mentions and attributions. Out: links. A mention inside an attribution's content has its
 * source
 * as a link; who performs a speech act is its actor and not its speaker (codebook, hard cases).
 *   expelled: said by Ruritania's foreign minister, then by the outlet Zenda Gazette
 * Invariants: (1) nearest first; (2) no speaker twice; (3) at most NST_MAX_CHAIN links.
 */
#include "match.h"

static bool empty(nst_span s) { return s.end <= s.start; }

/* Does the attribution's content hold the trigger? */
static bool covers(const nst_attribution *a, nst_span t) {
    for (uint32_t i = 0; i < a->n_content; i++)
        if (a->content[i].field == t.field && a->content[i].start <= t.start &&
            t.end <= a->content[i].end)
            return true;
    return false;
}

/* Length of an attribution's content, to order nested ones. */
static uint32_t width(const nst_attribution *a) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->n_content; i++) n += a->content[i].end - a->content[i].start;
    return n;
}

/* Is b's saying itself among what a's content tells? */
static bool tells(const nst_entities *x, const nst_attribution *a, const nst_attribution *b) {
    const nst_text *t = x->parse->text;
    if (b->cue == NST_ROOT) return false;
    return covers(a, nst_text_tokens(t, b->cue, b->cue + 1));
}

/* Does a stand nearer to the words than b: is a's saying told by b? Else the narrower one is
 * nearer. */
static bool nearer(const nst_entities *x, const nst_attribution *a, const nst_attribution *b) {
    if (tells(x, b, a)) return true;
    if (tells(x, a, b)) return false;
    return width(a) < width(b);
}

/* Do two entity mentions mean the same, by chain or by person? */
static bool same(const nst_entities *x, uint32_t a, uint32_t b) {
    const nst_actor *p = &x->actors[a], *q = &x->actors[b];
    if (p->chain == q->chain) return true;
    return p->n_is == 1 && q->n_is == 1 && p->is[0].person.n && nst_str_eq(p->is[0].person,
        q->is[0].person);
}

/* Is the act a speech act of the attribution's own source ("we reject this", he said)? */
static bool own_act(const nst_entities *x, const nst_mention *m, const nst_attribution *a) {
    if (a->source == NST_ROOT || nst_type_quad(m->type) == 4 ||
        nst_type_quad(m->type) == 2) return false;
    for (uint32_t i = 0; i < m->n_actors; i++)
        if (same(x, m->actors[i].actor, a->source)) return true;
    return false;
}

/* What the chains of one report share: which attributions touch a sentence, which agency a
 * paragraph has. */
typedef struct sayings {
    uint32_t *first;             /* [n_sents + 1] into list */
    uint32_t *list;              /* attributions in order, sentence by sentence */
    const nst_block **credit;    /* [n_paragraphs] block whose credit is the paragraph's, NULL */
    uint32_t n_paragraphs;
    /* the report's agency: dateline, or a credit that stands by itself */
    nst_span whole;
} sayings;

/* The agencies: a credit in a paragraph ("(attribution: TASS)") is that paragraph's, the dateline
 * or a credit
 * that stands by itself is the whole report's. */
static void index_agencies(const nst_text *t, nst_arena *scratch, sayings *x) {
    for (uint32_t i = 0; i < t->n_blocks; i++)
        if (t->blocks[i].paragraph >= x->n_paragraphs) x->n_paragraphs = t->blocks[i].paragraph + 1;
    x->credit = NST_ARRAY(scratch, const nst_block *, x->n_paragraphs + 1);
    for (uint32_t i = 0; i < t->n_blocks; i++) {
        const nst_block *b = &t->blocks[i];
        if (empty(b->agency)) continue;
        bool shared = b->kind == NST_BLOCK_CREDIT &&
            ((i > 0 && t->blocks[i - 1].paragraph == b->paragraph) ||
             (i + 1 < t->n_blocks && t->blocks[i + 1].paragraph == b->paragraph));
        if (shared && !x->credit[b->paragraph]) x->credit[b->paragraph] = b;
        if (!shared && empty(x->whole)) x->whole = b->agency;
    }
}

/* The sentence that holds byte `at` of a field; sentences are in order. */
static uint32_t sentence_at(const nst_text *t, nst_span s) {
    uint32_t lo = 0, hi = t->n_sents;
    while (lo + 1 < hi) {
        uint32_t mid = (lo + hi) / 2;
        nst_span q = t->sents[mid].span;
        bool after = q.field == s.field ? q.start > s.start : s.field == NST_FIELD_TITLE;
        if (after) hi = mid;
        else lo = mid;
    }
    return lo;
}

/* First and last sentence that a content span touches. */
static void sentences_of(const nst_text *t, nst_span c, uint32_t *from, uint32_t *to) {
    *from = *to = sentence_at(t, c);
    while (*to + 1 < t->n_sents && t->sents[*to + 1].span.field == c.field &&
        t->sents[*to + 1].span.start < c.end) ++*to;
}

/* Counts, then fills: linear in the sentences that contents touch. */
static void index_attributions(const nst_text *t, const nst_events *ev, nst_arena *scratch,
    sayings *x) {
    uint32_t from, to;
    x->first = NST_ARRAY(scratch, uint32_t, t->n_sents + 2);
    for (int fill = 0; fill < 2; fill++) {
        for (uint32_t i = 0; i < ev->n_attributions; i++)
            for (uint32_t c = 0; c < ev->attributions[i].n_content; c++) {
                sentences_of(t, ev->attributions[i].content[c], &from, &to);
                for (uint32_t k = from; k <= to; k++) {
                    if (fill) x->list[x->first[k]++] = i;
                    else x->first[k + 1]++;
                }
            }
        if (fill) break;
        for (uint32_t k = 0; k <= t->n_sents; k++) x->first[k + 1] += x->first[k];
        x->list = NST_ARRAY(scratch, uint32_t, x->first[t->n_sents] + 1);
    }
    for (uint32_t k = t->n_sents; k > 0; k--) x->first[k] = x->first[k - 1];
    x->first[0] = 0;
}

/* Does the agency stand in the chain already: as the speaker before it ("TASS reports" under /TASS/)
 * or as the outlet behind it ("(Reuters)" in a report of Reuters)? */
static bool told_twice(const nst_entities *x, const nst_events *ev, const nst_link *last,
                       nst_str agency) {
    const char *outlet = x->parse->text->report->source;
    if (outlet && nst_str_ieq(agency, nst_str_c(outlet))) return true;
    uint32_t source = last ? ev->attributions[last->attribution].source : NST_ROOT;
    if (source == NST_ROOT || !x->actors[source].n_is) return false;
    return nst_str_ieq(agency, x->actors[source].is[0].name);
}

/* Links of the attributions that cover a span, nearest first, then agency and outlet. */
static void chain(const nst_entities *x, const nst_events *ev, const sayings *ix, nst_span t,
    const nst_mention *m,
                  nst_arena *doc, nst_link **links, uint32_t *n_links) {
    nst_link found[NST_MAX_CHAIN];
    const nst_text *text = x->parse->text;
    uint32_t n = 0, kept = 0, sent = text->n_sents ? sentence_at(text, t) : 0;
    for (uint32_t k = ix->first[sent]; k < ix->first[sent + 1] && n + 2 < NST_MAX_CHAIN; k++) {
        uint32_t i = ix->list[k];
        const nst_attribution *a = &ev->attributions[i];
        bool again = k > ix->first[sent] && ix->list[k - 1] == i;
        if (again || !a->vouches || empty(a->source_span) || !covers(a, t) || (m && own_act(x, m,
            a))) continue;
        uint32_t at = n++;
        while (at > 0 && nearer(x, a, &ev->attributions[found[at - 1].attribution])) {
            found[at] = found[at - 1];
            at--;
        }
        found[at] = (nst_link){.kind = NST_LINK_SPEAKER, .attribution = i};
    }
    for (uint32_t i = 0; i < n; i++) {         /* no speaker twice in a row */
        const nst_attribution *a = &ev->attributions[found[i].attribution];
        const nst_attribution *b = kept ? &ev->attributions[found[kept - 1].attribution] : NULL;
        if (b && a->source != NST_ROOT && b->source != NST_ROOT && same(x, a->source,
            b->source)) continue;
        found[kept++] = found[i];
    }
    n = kept;
    const nst_block *credit = text->n_sents
        ? ix->credit[text->blocks[text->sents[sent].block].paragraph] : NULL;
    nst_span agency = credit ? credit->agency : ix->whole;
    nst_str told = nst_text_span(text, agency);
    if (!empty(agency) && !told_twice(x, ev, n ? &found[n - 1] : NULL, told))
        found[n++] = (nst_link){.kind = NST_LINK_AGENCY, .name = nst_text_span(text, agency),
            .span = agency};
    const nst_report *r = text->report;
    if (r->source && *r->source)
        found[n++] = (nst_link){.kind = NST_LINK_OUTLET, .name = nst_str_c(r->source)};
    *links = NST_ARRAY(doc, nst_link, n);
    memcpy(*links, found, sizeof *found * n);
    *n_links = n;
}

void nst_chain_run(const nst_entities *x, nst_events *out, nst_arena *doc) {
    sayings ix = {0};
    index_agencies(x->parse->text, doc, &ix);
    index_attributions(x->parse->text, out, doc, &ix);
    for (uint32_t i = 0; i < out->n_mentions; i++) {
        nst_mention *m = &out->mentions[i];
        chain(x, out, &ix, m->trigger_span, m, doc, &m->links, &m->n_links);
    }
    for (uint32_t i = 0; i < out->n_indicators; i++) {
        nst_indicator *k = &out->indicators[i];
        chain(x, out, &ix, k->span, NULL, doc, &k->links, &k->n_links);
    }
}
