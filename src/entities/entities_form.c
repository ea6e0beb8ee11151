/* entities_form.c - the text form of stage 4: one line a mention, written and read.
 *
 * In: nst_entities, or lines of the form. Out: lines, or an nst_entities on the same parse.
 *   actor TAB 50-59 TAB Graustark TAB state TAB GRK GOV
 * A span in the title begins with "t". The reader lets any stage after this one be fed gold
 * mentions. Invariant: what the dump writes, the reader reads, and the dump of that is the same
 * bytes.
 */
#include <stdlib.h>

#include "entities.h"

/* ---- text form --------------------------------------------------------------------------- */

static const char *const kind_names[] = {"state", "org", "bloc", "person", "role", "pronoun",
    "place", "people", "other", "thing"};

/* "code=RUR entity=RUR person=- sector=GOV title=..." of one identity. */
static void dump_identity(const nst_identity *is, nst_writer *w) {
    nst_putc(w, '\t');
    nst_putz(w, is->code[0] ? is->code : "-");
    if (is->entity.n && !nst_str_is(is->entity, is->code))
        nst_putf(w, " %.*s", (int)is->entity.n, is->entity.p);
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
    nst_putf(w, "\t%s%s%s", kind_names[a->kind], a->plural ? " plural" : "",
             a->context ? " context" : "");
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
    nst_putf(w, " %.*s %s %s", (int)n->unit.n, n->unit.p ? n->unit.p : "",
             nst_number_role_name(n->role),
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

/* ---- reading ----------------------------------------------------------------------------- */

/* Growing arrays while lines are read. */
typedef struct reading {
    const nst_parse *p;
    nst_arena *a;
    nst_entities *x;
    uint32_t cap_actors, cap_times, cap_places, cap_numbers;
} reading;

/* The word after *rest up to the next space. */
static nst_str word_of(nst_str *rest) {
    nst_str w = {0};
    if (rest->p) nst_str_split(rest, ' ', &w);
    return w;
}

/* A slice as a double; 0 if it is none. */
static double number_of(nst_str s) {
    char buf[40];
    snprintf(buf, sizeof buf, "%.*s", (int)(s.n < 39 ? s.n : 39), s.p ? s.p : "");
    return strtod(buf, NULL);
}

/* Index of s in a table of n words, or `missing`. */
static uint8_t index_of(const char *const *names, int n, nst_str s, uint8_t missing) {
    for (int i = 0; i < n; i++)
        if (nst_str_is(s, names[i])) return (uint8_t)i;
    return missing;
}

/* "t12-20" to a span and its tokens; false when no tokens fill it exactly. */
static bool read_span(const reading *r, nst_str s, nst_span *span, uint32_t *first, uint32_t *end) {
    const nst_text *t = r->p->text;
    nst_str from;
    int64_t a, b;
    span->field = s.n && s.p[0] == 't' ? NST_FIELD_TITLE : NST_FIELD_TEXT;
    if (span->field == NST_FIELD_TITLE) s = nst_str_sub(s, 1, s.n);
    if (!nst_str_split(&s, '-', &from) || !s.p || !nst_str_int(from, &a) || !nst_str_int(s, &b))
        return false;
    span->start = (uint32_t)a;
    span->end = (uint32_t)b;
    for (uint32_t i = 0; i < t->n_tokens; i++) {
        if (t->sents[t->sent_of[i]].span.field != span->field || t->tokens[i].start != span->start)
            continue;
        for (*first = i, *end = i; *end < t->n_tokens && t->sent_of[*end] == t->sent_of[i]; ++*end)
            if (t->tokens[*end].end == span->end) {
                ++*end;
                return true;
            }
    }
    return false;
}

/* The token of [first, end) whose head lies outside: the head of the phrase. */
static uint32_t head_of(const nst_parse *p, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++)
        if (p->head[i] == NST_ROOT || p->head[i] < first || p->head[i] >= end) return i;
    return end - 1;
}

/* "RUR ENTITY @person GOV MIL (title) anachronism" */
static void read_identity(const reading *r, nst_str s, nst_identity *is) {
    nst_str w = word_of(&s);
    if (w.n == 3) memcpy(is->code, w.p, 3);
    if (is->code[0]) is->entity = nst_arena_str(r->a, w);
    while (s.p) {
        if (s.n && s.p[0] == '(') {
            uint32_t n = 1;
            while (n < s.n && s.p[n] != ')') n++;
            is->title = nst_arena_str(r->a, nst_str_sub(s, 1, n));
            s = n + 2 <= s.n ? nst_str_sub(s, n + 2, s.n) : (nst_str){0};
            continue;
        }
        w = word_of(&s);
        uint32_t sector = nst_sectors_parse(w, '|');
        if (nst_str_is(w, "anachronism")) is->anachronism = true;
        else if (w.n && w.p[0] == '@') is->person = nst_arena_str(r->a, nst_str_sub(w, 1, w.n));
        else if (sector) is->sectors |= sector;
        else if (w.n) is->entity = nst_arena_str(r->a, w);
    }
}

/* The nearest earlier mention with these words; NST_ROOT if there is none. */
static uint32_t earlier(const reading *r, nst_str words) {
    for (uint32_t k = r->x->n_actors; k-- > 0;)
        if (nst_str_eq(nst_text_span(r->p->text, r->x->actors[k].span), words)) return k;
    return NST_ROOT;
}

/* Columns after "actor". */
static bool read_actor(reading *r, nst_str rest) {
    nst_str span, words, kind, col;
    nst_actor a = {0};
    uint32_t cap_is = 0, cap_ante = 0;
    if (!nst_str_split(&rest, '\t', &span) || !nst_str_split(&rest, '\t', &words) ||
        !nst_str_split(&rest, '\t', &kind) ||
        !read_span(r, span, &a.span, &a.first, &a.end))
        return false;
    a.kind = index_of(kind_names, (int)(sizeof kind_names / sizeof *kind_names), word_of(&kind),
                      NST_ACTOR_OTHER);
    while (kind.p) {
        nst_str w = word_of(&kind);
        if (nst_str_is(w, "plural")) a.plural = true;
        if (nst_str_is(w, "context")) a.context = true;
        if (nst_str_starts(w, "count=")) a.count = number_of(nst_str_sub(w, 6, w.n));
    }
    a.head = head_of(r->p, a.first, a.end);
    a.chain = r->x->n_actors;
    while (nst_str_split(&rest, '\t', &col)) {
        if (!nst_str_starts(col, "<- ")) {
            nst_identity *is = NST_PUSH(r->a, a.is, a.n_is, cap_is);
            *is = (nst_identity){0};
            read_identity(r, col, is);
            continue;
        }
        uint32_t k = earlier(r, nst_str_sub(col, 3, col.n));
        if (k == NST_ROOT) continue;
        *NST_PUSH(r->a, a.antecedent, a.n_antecedent, cap_ante) = k;
        if (a.n_antecedent == 1) a.chain = r->x->actors[k].chain;
    }
    *NST_PUSH(r->a, r->x->actors, r->x->n_actors, r->cap_actors) = a;
    if (r->x->actor_at[a.head] == NST_ROOT) r->x->actor_at[a.head] = r->x->n_actors - 1;
    return true;
}

/* Points the tokens [first, end) to entry `index`. */
static void cover(uint32_t *at, uint32_t first, uint32_t end, uint32_t index) {
    for (uint32_t i = first; i < end; i++) at[i] = index;
}

/* Columns after "time". */
static bool read_time(reading *r, nst_str rest) {
    nst_str span, words, value, days, from;
    nst_day last;
    nst_time t = {.start = NST_NO_DAY, .finish = NST_NO_DAY};
    if (!nst_str_split(&rest, '\t', &span) || !nst_str_split(&rest, '\t', &words) ||
        !nst_str_split(&rest, '\t', &value) ||
        !nst_str_split(&rest, '\t', &days) || !read_span(r, span, &t.span, &t.first, &t.end))
        return false;
    t.type = value.n ? value.p[0] : 'D';
    t.value = value.n > 2 ? nst_arena_str(r->a, nst_str_sub(value, 2, value.n)) : (nst_str){0};
    for (uint32_t i = 0; i + 1 < days.n; i++)
        if (days.p[i] == '.' && days.p[i + 1] == '.') {
            from = nst_str_sub(days, 0, i);
            if (from.n) nst_day_parse(from, &t.start, &last);
            if (i + 2 < days.n) nst_day_parse(nst_str_sub(days, i + 2, days.n), &t.finish, &last);
            break;
        }
    for (int i = 0; i <= NST_PREC_UNTIL; i++)
        if (nst_str_is(rest, nst_precision_name(i))) t.precision = (uint8_t)i;
    *NST_PUSH(r->a, r->x->times, r->x->n_times, r->cap_times) = t;
    cover(r->x->time_at, t.first, t.end, r->x->n_times - 1);
    return true;
}

/* Columns after "place". */
static bool read_place(reading *r, nst_str rest) {
    nst_str span, words, name, where, col;
    nst_place p = {0};
    if (!nst_str_split(&rest, '\t', &span) || !nst_str_split(&rest, '\t', &words) ||
        !nst_str_split(&rest, '\t', &name) ||
        !nst_str_split(&rest, '\t', &where) || !read_span(r, span, &p.span, &p.first, &p.end))
        return false;
    p.name = nst_arena_str(r->a, name);
    nst_str code = word_of(&where);
    if (code.n == 3) memcpy(p.country, code.p, 3);
    if (where.p) p.division = nst_arena_str(r->a, where);
    while (nst_str_split(&rest, '\t', &col)) {
        nst_str lat;
        if (nst_str_starts(col, "geonames "))
            p.geonames = (int32_t)number_of(nst_str_sub(col, 9, col.n));
        for (int i = 1; i <= NST_PLACE_REGION; i++)
            if (nst_str_is(col, nst_place_precision_name(i))) p.precision = (uint8_t)i;
        if (!col.n || !strchr("-0123456789", col.p[0]) || !nst_str_split(&col, ' ', &lat) || !col.p)
            continue;
        p.located = true;
        p.lat = number_of(lat);
        p.lon = number_of(col);
    }
    *NST_PUSH(r->a, r->x->places, r->x->n_places, r->cap_places) = p;
    cover(r->x->place_at, p.first, p.end, r->x->n_places - 1);
    return true;
}

/* Columns after "number". */
static bool read_number(reading *r, nst_str rest) {
    static const char *const role_names[] = {"other", "dead", "injured", "arrested", "target",
        "troops", "amount", "change"};
    static const char *const bound_names[] = {"", "at_least", "at_most", "about"};
    nst_str span, words, w;
    nst_number n = {.counted = NST_ROOT};
    if (!nst_str_split(&rest, '\t', &span) || !nst_str_split(&rest, '\t', &words) ||
        !read_span(r, span, &n.span, &n.first, &n.end))
        return false;
    w = word_of(&rest);
    for (uint32_t i = 0; i + 1 < w.n && !n.range; i++)
        if (w.p[i] == '.' && w.p[i + 1] == '.') {
            n.range = true;
            n.low = number_of(nst_str_sub(w, 0, i));
            n.high = number_of(nst_str_sub(w, i + 2, w.n));
        }
    if (!n.range) n.value = number_of(w);
    n.unit = nst_arena_str(r->a, word_of(&rest));
    n.role = index_of(role_names, 8, word_of(&rest), NST_NUM_OTHER);
    n.bound = index_of(bound_names, 4, word_of(&rest), NST_EXACT);
    w = word_of(&rest);
    if (w.n == 3) memcpy(n.currency, w.p, 3);
    while (rest.p && !nst_str_is(w, "=")) w = word_of(&rest);
    if (nst_str_is(w, "=")) {
        n.converted = number_of(word_of(&rest));
        w = word_of(&rest);
        if (w.n == 3) memcpy(n.converted_currency, w.p, 3);
    }
    *NST_PUSH(r->a, r->x->numbers, r->x->n_numbers, r->cap_numbers) = n;
    cover(r->x->number_at, n.first, n.end, r->x->n_numbers - 1);
    return true;
}

nst_status nst_entities_read(nst_str dump, const nst_parse *p, nst_arena *doc, nst_entities *out,
                             nst_err *e) {
    static const struct { const char *word; bool (*read)(reading *, nst_str); } kinds[] = {
        {"actor", read_actor}, {"time", read_time}, {"place", read_place}, {"number", read_number}};
    uint32_t at = 0;
    reading r = {.p = p, .a = doc, .x = out};
    nst_str line, word;
    nst_entities_begin(p, doc, out);
    while (nst_str_split(&dump, '\n', &line)) {
        at++;
        if (!nst_str_split(&line, '\t', &word) || !line.p) continue;
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (nst_str_is(word, kinds[k].word) && !kinds[k].read(&r, line))
                return nst_fail(e, NST_REJECTED, "entities",
                                "line %u of the form: '%.*s' does not fit the text", at,
                                (int)(line.n < 60 ? line.n : 60), line.p);
    }
    return NST_OK;
}
