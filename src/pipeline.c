/* pipeline.c - the conductor: reading it is reading the program.
 *
 *   report -> text -> parse -> entities -> events
 *
 * In: a report. Out: a document that has reached the level asked for. Invariants: (1) only this
 * file runs stages; (2) a document remembers its level, a stage runs once; (3) when memory is out,
 * every stage lands in the setjmp of nst_coder_reach and the coder stays usable.
 */
#include "pipeline.h"

#include <stdlib.h>

struct nst_coder {
    const nst_engine *engine;
    nst_arena *arena, *scratch;          /* document, sentence */
    nst_doc doc;
    nst_writer out;                      /* of the last jsonl or explain */
    nst_timing timing;
};

/* ---- engine ------------------------------------------------------------------------------ */

/* In the order of the stages; what is open already is closed again when a later one fails. */
nst_status nst_engine_open(const nst_options *options, nst_engine **out, nst_err *e) {
    static const nst_options none;
    const nst_options *o = options ? options : &none;
    nst_engine *g = nst_malloc(sizeof *g);
    *out = NULL;
    if (!g) return nst_fail(e, NST_ENOMEM, "engine", "out of memory");
    memset(g, 0, sizeof *g);
    nst_err local = {0};
    nst_err *err = e ? e : &local;
    nst_status st = NST_OK;
    if (!(g->text = nst_text_load(err))) st = err->code ? err->code : NST_EMODEL;
    if (!st) st = nst_parse_load(o->model, &g->parse, err);
    if (!st) st = nst_entities_load(o->actors, &g->notes, &g->entities, err);
    if (!st) st = nst_events_load(o->lexicon, &g->notes, &g->events, err);
    if (st) {
        nst_engine_close(g);
        return st;
    }
    snprintf(g->version, sizeof g->version, "nestor %s %s", NST_VERSION,
             nst_parse_version(g->parse));
    *out = g;
    return NST_OK;
}

/* In the contrary order. NULL is fine. */
void nst_engine_close(nst_engine *g) {
    if (!g) return;
    nst_events_close(g->events);
    nst_entities_close(g->entities);
    nst_parse_close(g->parse);
    nst_writer_free(&g->notes);
    nst_free(g);
}

const char *nst_engine_version(const nst_engine *g) { return g->version; }
const char *nst_engine_notes(const nst_engine *g) { return g->notes.p ? g->notes.p : ""; }

/* ---- coder ------------------------------------------------------------------------------- */

/* Two arenas are all the memory a coder has: the document's and the sentence's. */
nst_coder *nst_coder_new(const nst_engine *engine) {
    nst_coder *c = nst_malloc(sizeof *c);
    if (!c) return NULL;
    memset(c, 0, sizeof *c);
    c->engine = engine;
    c->arena = nst_arena_new();
    c->scratch = nst_arena_new();
    if (c->arena && c->scratch) return c;
    nst_coder_free(c);
    return NULL;
}

/* NULL and half-made coders are fine. */
void nst_coder_free(nst_coder *c) {
    if (!c) return;
    nst_arena_free(c->arena);
    nst_arena_free(c->scratch);
    nst_writer_free(&c->out);
    nst_free(c);
}

/* Forgets the last report. */
static void reset(nst_coder *c) {
    nst_arena_reset(c->arena);
    nst_arena_reset(c->scratch);
    memset(&c->doc, 0, sizeof c->doc);
}

/* The report is completed (id, hash) but nothing is run: stages run when a level is asked for. */
nst_status nst_coder_start(nst_coder *c, const nst_report *report, nst_err *e) {
    reset(c);
    if (setjmp(*nst_arena_oom(c->arena))) return nst_fail(e, NST_ENOMEM, "read", "out of memory");
    c->doc.report = *report;
    return nst_read_complete(&c->doc.report, c->arena, e);
}

/* Gold comes in at the level of the parse; what is above is made from it. */
nst_status nst_coder_start_conllu(nst_coder *c, nst_str conllu, const nst_report *report,
                                  nst_err *e) {
    reset(c);
    if (setjmp(*nst_arena_oom(c->arena))) return nst_fail(e, NST_ENOMEM, "read", "out of memory");
    nst_doc *d = &c->doc;
    if (report) d->report = *report;
    nst_status st = nst_parse_read(conllu, c->arena, &d->report, &d->text, &d->parse, e);
    if (!st) st = nst_read_complete(&d->report, c->arena, e);
    if (!st) d->level = NST_LEVEL_PARSE;
    return st;
}

void nst_coder_keep_words(nst_coder *c) {
    if (c->doc.level == NST_LEVEL_PARSE) c->doc.level = NST_LEVEL_TEXT;
}

/* Runs the one stage that leads from the document's level to the next. */
static nst_status advance(nst_coder *c, nst_err *e) {
    const nst_engine *g = c->engine;
    nst_doc *d = &c->doc;
    nst_arena *a = c->arena, *s = c->scratch;
    switch (d->level) {
    case NST_LEVEL_NONE: return nst_text_run(g->text, &d->report, a, s, &d->text, e);
    case NST_LEVEL_TEXT: return nst_parse_run(g->parse, &d->text, a, s, &d->parse, e);
    case NST_LEVEL_PARSE: return nst_entities_run(g->entities, &d->parse, a, s, &d->entities, e);
    case NST_LEVEL_ENTITIES: return nst_events_run(g->events, &d->entities, a, s, &d->events, e);
    default: return NST_EUSE;
    }
}

/* Scratch lives for one stage. Whatever stage runs out of memory lands in the setjmp here. */
nst_status nst_coder_reach(nst_coder *c, nst_level level, nst_err *e) {
    if (setjmp(*nst_arena_oom(c->arena)) || setjmp(*nst_arena_oom(c->scratch))) {
        c->doc.level = NST_LEVEL_NONE;
        return nst_fail(e, NST_ENOMEM, "pipeline", "out of memory in this report");
    }
    while (c->doc.level < level) {
        double start = c->timing.clock ? c->timing.clock() : 0;
        nst_arena_reset(c->scratch);
        nst_status st = advance(c, e);
        if (st) return st;
        c->doc.level++;
        if (c->timing.clock) c->timing.spent[c->doc.level] += c->timing.clock() - start;
    }
    return NST_OK;
}

/* Gold entities take the place of the stage's own; the trees below them are made first. */
nst_status nst_coder_read_entities(nst_coder *c, nst_str form, nst_err *e) {
    nst_status st = nst_coder_reach(c, NST_LEVEL_PARSE, e);
    if (st) return st;
    if (setjmp(*nst_arena_oom(c->arena)))
        return nst_fail(e, NST_ENOMEM, "entities", "out of memory");
    st = nst_entities_read(form, &c->doc.parse, c->arena, &c->doc.entities, e);
    if (!st) c->doc.level = NST_LEVEL_ENTITIES;
    return st;
}

/* Other languages are refused after the text stage, which is all that is needed to tell. */
nst_status nst_coder_run(nst_coder *c, const nst_report *report, nst_err *e) {
    nst_status st = nst_coder_start(c, report, e);
    if (!st) st = nst_coder_reach(c, NST_LEVEL_TEXT, e);
    if (!st) st = nst_text_language(&c->doc.text, e);
    return st ? st : nst_coder_reach(c, NST_LEVEL_EVENTS, e);
}

/* ---- results ----------------------------------------------------------------------------- */

const nst_doc *nst_coder_doc(const nst_coder *c) { return &c->doc; }
nst_timing *nst_coder_timing(nst_coder *c) { return &c->timing; }

size_t nst_coder_peak(const nst_coder *c) {
    return nst_arena_peak(c->arena) + nst_arena_peak(c->scratch);
}

/* Dropped candidates are in the record, but they are no result. */
size_t nst_coder_mention_count(const nst_coder *c) {
    size_t n = 0;
    for (uint32_t i = 0; i < c->doc.events.n_mentions; i++) n += c->doc.events.mentions[i].kept;
    return n;
}

/* Code points are counted once per field, not per span: a report has many spans. */
const char *nst_coder_jsonl(nst_coder *c, const nst_output *output, size_t *len) {
    static const nst_output usual = {.mentions = 1};
    nst_json j = {.w = &c->out, .doc = &c->doc, .engine = c->engine->version};
    c->out.n = 0;
    nst_put(&c->out, NST_S(""));
    if (setjmp(*nst_arena_oom(c->scratch))) return NULL;
    if (output && output->chars) {
        for (int f = 0; f < 2; f++) {
            nst_str s = c->doc.text.field[f];
            uint32_t n = 0;
            j.char_at[f] = NST_ARRAY(c->scratch, uint32_t, s.n + 1);
            for (uint32_t i = 0; i < s.n; i++) {
                j.char_at[f][i] = n;
                n += i + 1 == s.n || ((unsigned char)s.p[i + 1] & 0xC0) != 0x80;
            }
            j.char_at[f][s.n] = n;
        }
        j.chars = true;
    }
    nst_json_all(&j, output ? output : &usual);
    if (len) *len = c->out.n;
    return c->out.failed ? NULL : c->out.p;
}

/* The text forms of all stages that have run, one after the other. */
const char *nst_coder_explain(nst_coder *c, size_t *len) {
    const nst_doc *d = &c->doc;
    c->out.n = 0;
    nst_put(&c->out, NST_S(""));
    if (d->level >= NST_LEVEL_TEXT) nst_text_dump(&d->text, &c->out);
    if (d->level >= NST_LEVEL_PARSE) nst_parse_dump(&d->parse, true, &c->out);
    if (d->level >= NST_LEVEL_ENTITIES) nst_entities_dump(&d->entities, &c->out);
    if (d->level >= NST_LEVEL_EVENTS) nst_events_dump(&d->events, &c->out);
    if (len) *len = c->out.n;
    return c->out.failed ? NULL : c->out.p;
}
