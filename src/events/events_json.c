/* events_json.c - the records as JSON Lines, by the contract of the records (data/records.schema.json).
 *
 * In: a document that has reached the events. Out: {"level":"mention","id":"m_...","report":"r1",...}
 * Invariants: (1) every string goes through nst_put_json; (2) an unknown field is left out or null;
 * (3) spans are bytes, or code points when `chars`.
 */
#include <math.h>

#include "pipeline.h"

/* ---- spans ------------------------------------------------------------------------------- */

/* An offset as asked for: bytes or code points. */
static uint32_t offset(const nst_json *j, uint8_t field, uint32_t at) {
    return j->chars ? j->char_at[field][at] : at;
}

/* "start":..,"end":..,"text":..[,"field":"title"] without braces. */
static void span_fields(nst_json *j, nst_span s) {
    nst_putf(j->w, "\"start\":%u,\"end\":%u,\"text\":", offset(j, s.field, s.start),
             offset(j, s.field, s.end));
    nst_put_json(j->w, nst_text_span(&j->doc->text, s));
    if (s.field == NST_FIELD_TITLE) nst_putz(j->w, ",\"field\":\"title\"");
}

/* A whole span object. */
static void span(nst_json *j, nst_span s) {
    nst_putc(j->w, '{');
    span_fields(j, s);
    nst_putc(j->w, '}');
}

/* ,"key":"value" when there is a value. */
static void text_field(nst_json *j, const char *key, nst_str value) {
    if (!value.n) return;
    nst_putf(j->w, ",\"%s\":", key);
    nst_put_json(j->w, value);
}

/* ---- members ----------------------------------------------------------------------------- */

/* ,"sector":["GOV",...] when any is known. */
static void sectors(nst_json *j, uint32_t bits) {
    if (!bits) return;
    const char *sep = ",\"sector\":[";
    for (int i = 0; i < NST_N_SECTOR; i++) {
        if (!(bits >> i & 1)) continue;
        nst_putf(j->w, "%s\"%s\"", sep, nst_sector_name(i));
        sep = ",";
    }
    nst_putc(j->w, ']');
}

/* One member: the mention's words, and what they stand for if known. */
static void member(nst_json *j, uint32_t actor, uint32_t identity, bool context) {
    const nst_actor *a = &j->doc->entities.actors[actor];
    const nst_identity *is = identity != NST_ROOT ? &a->is[identity] : NULL;
    nst_putc(j->w, '{');
    span_fields(j, a->span);
    if (context || a->context) nst_putz(j->w, ",\"from\":\"context\"");
    if (is) {
        text_field(j, "code", nst_str_c(is->code));
        text_field(j, "entity", is->entity);
        text_field(j, "person", is->person);
        text_field(j, "name", is->name);
        text_field(j, "title", is->title);
        sectors(j, is->sectors);
    }
    text_field(j, "role", a->role);
    if (a->count > 0) {
        nst_putz(j->w, ",\"count\":");
        nst_putd(j->w, a->count);
    }
    if (is && is->anachronism) nst_putz(j->w, ",\"anachronism\":true");
    nst_putc(j->w, '}');
}

/* "key":[members] */
static void members(nst_json *j, const char *key, const nst_member *m, uint32_t n) {
    nst_putf(j->w, ",\"%s\":[", key);
    for (uint32_t i = 0; i < n; i++) {
        if (i) nst_putc(j->w, ',');
        member(j, m[i].actor, m[i].identity, m[i].context);
    }
    nst_putc(j->w, ']');
}

/* ---- date, place, numbers ---------------------------------------------------------------- */

/* A date object; null when time is NST_ROOT. */
static void date(nst_json *j, uint32_t time) {
    if (time == NST_ROOT) {
        nst_putz(j->w, "null");
        return;
    }
    const nst_time *t = &j->doc->entities.times[time];
    nst_putc(j->w, '{');
    if (t->start != NST_NO_DAY) {
        nst_putz(j->w, "\"start\":\"");
        nst_put_day(j->w, t->start);
        nst_putz(j->w, "\",");
    }
    if (t->finish != NST_NO_DAY) {
        nst_putz(j->w, "\"end\":\"");
        nst_put_day(j->w, t->finish);
        nst_putz(j->w, "\",");
    }
    if (t->precision != NST_PREC_NONE)
        nst_putf(j->w, "\"precision\":\"%s\",", nst_precision_name(t->precision));
    nst_putz(j->w, "\"from\":\"text\",\"span\":");
    span(j, t->span);
    nst_putc(j->w, '}');
}

/* A place object; null when place is NST_ROOT. */
static void place(nst_json *j, uint32_t index) {
    if (index == NST_ROOT) {
        nst_putz(j->w, "null");
        return;
    }
    const nst_place *p = &j->doc->entities.places[index];
    nst_putz(j->w, "{\"name\":");
    nst_put_json(j->w, p->name);
    if (p->geonames) nst_putf(j->w, ",\"geonames\":%d", p->geonames);
    text_field(j, "country", nst_str_c(p->country));
    if (p->located) {
        nst_putz(j->w, ",\"lat\":");
        nst_putd(j->w, p->lat);
        nst_putz(j->w, ",\"lon\":");
        nst_putd(j->w, p->lon);
    }
    if (p->precision) nst_putf(j->w, ",\"precision\":\"%s\"", nst_place_precision_name(p->precision));
    nst_putz(j->w, ",\"span\":");
    span(j, p->span);
    nst_putc(j->w, '}');
}

/* value, low and high, unit, currency, converted, bound: what a number and an indicator share. */
static void quantity(nst_json *j, const nst_number *n) {
    if (n->range) {
        nst_putz(j->w, ",\"low\":");
        nst_putd(j->w, n->low);
        nst_putz(j->w, ",\"high\":");
        nst_putd(j->w, n->high);
    } else {
        nst_putz(j->w, ",\"value\":");
        nst_putd(j->w, n->value);
    }
    text_field(j, "unit", n->unit);
    text_field(j, "currency", nst_str_c(n->currency));
    if (n->converted != 0) {
        nst_putz(j->w, ",\"converted\":{\"value\":");
        nst_putd(j->w, n->converted);
        text_field(j, "currency", nst_str_c(n->converted_currency));
        if (n->converted_span.end > n->converted_span.start) {
            nst_putz(j->w, ",\"span\":");
            span(j, n->converted_span);
        }
        nst_putc(j->w, '}');
    }
    if (n->bound != NST_EXACT) nst_putf(j->w, ",\"bound\":\"%s\"", nst_bound_name(n->bound));
}

/* "numbers":[...] of a mention. */
static void numbers(nst_json *j, const nst_mention *m) {
    nst_putz(j->w, ",\"numbers\":[");
    for (uint32_t i = 0; i < m->n_numbers; i++) {
        const nst_number *n = &j->doc->entities.numbers[m->numbers[i]];
        nst_putz(j->w, i ? ",{" : "{");
        span_fields(j, n->span);
        quantity(j, n);
        nst_putf(j->w, ",\"role\":\"%s\"}", nst_number_role_name(m->number_roles[i]));
    }
    nst_putc(j->w, ']');
}

/* ---- who says so ------------------------------------------------------------------------- */

/* The identity to print for an actor that means one thing; NST_ROOT when it means none. */
static uint32_t only(const nst_doc *d, uint32_t actor) {
    return d->entities.actors[actor].n_is ? 0 : NST_ROOT;
}

/* Speaker, or the bare words of a source that is no entity mention. */
static void source(nst_json *j, const nst_attribution *a) {
    if (a->source != NST_ROOT) member(j, a->source, only(j->doc, a->source), false);
    else if (a->source_span.end > a->source_span.start) span(j, a->source_span);
    else nst_putz(j->w, "null");
}

/* One link of a chain whose kind is speaker. */
static void speaker(nst_json *j, const nst_attribution *a) {
    nst_putz(j->w, "{\"speaker\":");
    source(j, a);
    nst_putf(j->w, ",\"stance\":\"%s\"", nst_stance_name(a->stance));
    if (a->cue_span.end > a->cue_span.start) {
        nst_putz(j->w, ",\"cue\":");
        span(j, a->cue_span);
    }
    nst_putf(j->w, ",\"quoted\":%s", a->quoted ? "true" : "false");
    if (a->anonymous) nst_putz(j->w, ",\"anonymous\":true");
    if (a->time != NST_ROOT) {
        nst_putz(j->w, ",\"date\":");
        date(j, a->time);
    }
    nst_putc(j->w, '}');
}

/* "said_by":[...] */
static void chain(nst_json *j, const nst_link *links, uint32_t n) {
    nst_putz(j->w, ",\"said_by\":[");
    for (uint32_t i = 0; i < n; i++) {
        const nst_link *l = &links[i];
        if (i) nst_putc(j->w, ',');
        if (l->kind == NST_LINK_SPEAKER) {
            speaker(j, &j->doc->events.attributions[l->attribution]);
            continue;
        }
        nst_putf(j->w, "{\"%s\":", l->kind == NST_LINK_AGENCY ? "agency" : "outlet");
        nst_put_json(j->w, l->name);
        if (l->span.end > l->span.start) {
            nst_putz(j->w, ",\"span\":");
            span(j, l->span);
        }
        nst_putc(j->w, '}');
    }
    nst_putc(j->w, ']');
}

/* ---- lines ------------------------------------------------------------------------------- */

/* Prefix, then 16 hex digits of the hash of report id, field, span and a word. */
static void make_id(const nst_doc *d, char prefix, nst_span s, const char *word, char buf[19]) {
    uint64_t h = nst_hash(d->report.id, strlen(d->report.id));
    uint32_t key[3] = {s.field, s.start, s.end};
    h = nst_hash_seed(key, sizeof key, h);
    h = nst_hash_seed(word, strlen(word), h);
    snprintf(buf, 19, "%c_%016llx", prefix, (unsigned long long)h);
}

void nst_mention_id(const nst_doc *d, const nst_mention *m, char buf[19]) {
    make_id(d, 'm', m->trigger_span, nst_type_name(m->type), buf);
}

void nst_indicator_id(const nst_doc *d, const nst_indicator *i, char buf[19]) {
    make_id(d, 'i', i->span, nst_indicator_kind_name(i->kind), buf);
}

/* ,"key":["a","b"] of the bits set, by the names that `name` gives. */
static void bit_list(nst_json *j, const char *key, uint64_t bits, int n, const char *(*name)(int)) {
    bool first = true;
    nst_putf(j->w, ",\"%s\":[", key);
    for (int i = 0; i < n; i++) {
        if (!(bits >> i & 1)) continue;
        if (!first) nst_putc(j->w, ',');
        nst_put_json(j->w, nst_str_c(name(i)));
        first = false;
    }
    nst_putc(j->w, ']');
}

/* ,"report":"r1" and, for mentions, the sentence. */
static void where_from(nst_json *j) {
    nst_putz(j->w, ",\"report\":");
    nst_put_json(j->w, nst_str_c(j->doc->report.id));
}

/* ,"cameo":..,"quad_code":..,"event_scale":..,"goldstein":.. */
static void scores(nst_json *j, const nst_mention *m) {
    nst_putz(j->w, ",\"cameo\":");
    if (m->cameo) nst_put_json(j->w, nst_str_c(m->cameo));
    else nst_putz(j->w, "null");
    nst_putf(j->w, ",\"quad_code\":%d,\"event_scale\":", nst_type_quad(m->type));
    nst_putd(j->w, m->scale);
    nst_putz(j->w, ",\"goldstein\":");
    nst_putd(j->w, m->goldstein);
}

/* ,"engine":"..."} and the end of the line. */
static void finish(nst_json *j) {
    if (j->engine) text_field(j, "engine", nst_str_c(j->engine));
    nst_putz(j->w, "}\n");
}

void nst_json_mention(nst_json *j, uint32_t index) {
    const nst_mention *m = &j->doc->events.mentions[index];
    const nst_sent *s = &j->doc->text.sents[m->sent];
    char id[19];
    nst_mention_id(j->doc, m, id);
    nst_putf(j->w, "{\"level\":\"mention\",\"id\":\"%s\"", id);
    where_from(j);
    nst_putf(j->w, ",\"sentence\":{\"start\":%u,\"end\":%u%s}", offset(j, s->span.field, s->span.start),
             offset(j, s->span.field, s->span.end),
             s->span.field == NST_FIELD_TITLE ? ",\"field\":\"title\"" : "");
    nst_putf(j->w, ",\"event_type\":\"%s\"", nst_type_name(m->type));
    bit_list(j, "mode", m->modes, NST_N_MODE, nst_mode_name);
    bit_list(j, "context", m->contexts, NST_N_CONTEXT, nst_context_name);
    scores(j, m);
    nst_putf(j->w, ",\"modality\":\"%s\",\"trigger\":", nst_modality_name(m->modality));
    span(j, m->trigger_span);
    members(j, "actor", m->actors, m->n_actors);
    members(j, "recipient", m->recipients, m->n_recipients);
    nst_putz(j->w, ",\"date\":");
    date(j, m->time);
    nst_putz(j->w, ",\"place\":");
    place(j, m->place);
    chain(j, m->links, m->n_links);
    numbers(j, m);
    nst_putf(j->w, ",\"confidence\":%.3g", m->confidence);
    nst_writer why = {0};
    nst_why_put(&j->doc->events, m, &why);
    j->w->failed |= why.failed;
    text_field(j, "why", (nst_str){why.p, (uint32_t)why.n});
    nst_writer_free(&why);
    finish(j);
}

void nst_json_indicator(nst_json *j, uint32_t index) {
    const nst_indicator *i = &j->doc->events.indicators[index];
    char id[19];
    nst_indicator_id(j->doc, i, id);
    nst_putf(j->w, "{\"level\":\"indicator\",\"id\":\"%s\"", id);
    where_from(j);
    nst_putc(j->w, ',');
    span_fields(j, i->span);
    nst_putz(j->w, ",\"measure\":");
    nst_put_json(j->w, i->measure);
    members(j, "between", i->between, i->n_between);
    quantity(j, &j->doc->entities.numbers[i->number]);
    nst_putf(j->w, ",\"kind\":\"%s\"", nst_indicator_kind_name(i->kind));
    nst_putz(j->w, ",\"period\":");
    date(j, i->period);
    nst_putz(j->w, ",\"compared_with\":");
    date(j, i->compared);
    chain(j, i->links, i->n_links);
    finish(j);
}

/* Does place (field, start) come after the beginning of span `at`? Fields keep the
 * order in which tokens have them: `first` is the field of token 0. */
static bool later(uint8_t field, uint32_t start, nst_span at, uint8_t first) {
    if (field != at.field) return field != first;
    return start > at.start;
}

/* The first entity mention whose head stands at or behind the beginning of a span. */
static uint32_t first_actor(const nst_doc *d, nst_span at) {
    const nst_entities *x = &d->entities;
    uint8_t first = d->text.n_sents ? d->text.sents[0].span.field : NST_FIELD_TEXT;
    uint32_t low = 0, high = x->n_actors;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2, head = x->actors[mid].head;
        nst_span s = nst_text_tokens(&d->text, head, head + 1);
        if (later(at.field, at.start, s, first)) low = mid + 1;
        else high = mid;
    }
    return low;
}

/* Is identity b the one of an entity mention among told[n]? */
static bool is_told(const nst_entities *x, const uint32_t *told, uint32_t n,
                    const nst_identity *b) {
    for (uint32_t k = 0; k < n; k++) {
        const nst_identity *a = &x->actors[told[k]].is[0];
        if (nst_str_eq(a->entity, b->entity) && nst_str_eq(a->person, b->person) &&
            !strcmp(a->code, b->code)) return true;
    }
    return false;
}

/* ,"about":[members]: known actors that the content names, each once, 32 at most. */
static void about(nst_json *j, const nst_attribution *a) {
    const nst_entities *x = &j->doc->entities;
    uint32_t told[32], n = 0;
    nst_putz(j->w, ",\"about\":[");
    for (uint32_t c = 0; c < a->n_content; c++)
        for (uint32_t i = first_actor(j->doc, a->content[c]); i < x->n_actors && n < 32; i++) {
            const nst_actor *who = &x->actors[i];
            if (who->span.field != a->content[c].field ||
                who->span.start >= a->content[c].end) break;
            if (who->n_is != 1 || (!who->is[0].code[0] && !who->is[0].entity.n)) continue;
            if (who->span.end > a->content[c].end || is_told(x, told, n, &who->is[0])) continue;
            if (n) nst_putc(j->w, ',');
            told[n++] = i;
            member(j, i, 0, false);
        }
    nst_putc(j->w, ']');
}

void nst_json_attribution(nst_json *j, uint32_t index) {
    const nst_attribution *a = &j->doc->events.attributions[index];
    nst_putz(j->w, "{\"level\":\"attribution\"");
    where_from(j);
    nst_putz(j->w, ",\"source\":");
    source(j, a);
    nst_putz(j->w, ",\"cue\":");
    if (a->cue_span.end > a->cue_span.start) span(j, a->cue_span);
    else nst_putz(j->w, "null");
    nst_putz(j->w, ",\"content\":[");
    for (uint32_t i = 0; i < a->n_content; i++) {
        if (i) nst_putc(j->w, ',');
        span(j, a->content[i]);
    }
    nst_putf(j->w, "],\"stance\":\"%s\",\"quoted\":%s", nst_stance_name(a->stance),
             a->quoted ? "true" : "false");
    if (a->anonymous) nst_putz(j->w, ",\"anonymous\":true");
    if (j->about) about(j, a);
    finish(j);
}

void nst_json_all(nst_json *j, const nst_output *o) {
    j->about = o->about;
    const nst_events *x = &j->doc->events;
    for (uint32_t i = 0; o->mentions && i < x->n_mentions; i++)
        if (x->mentions[i].kept) nst_json_mention(j, i);
    for (uint32_t i = 0; o->mentions && i < x->n_indicators; i++) nst_json_indicator(j, i);
    for (uint32_t i = 0; o->attributions && i < x->n_attributions; i++) nst_json_attribution(j, i);
}
