/* text_form.c - the text form of the stage: a line for each block, sentence and token.
 *
 * In: nst_text. Out, and back again (START and END are bytes of the field):
 *   block KIND FIELD PARAGRAPH START END [agency=S-E] [place=S-E] [date=S-E] [author=S-E] <TAB>
 * bytes
 *   sent START END <TAB> bytes
 *   START END <TAB> bytes of the token
 * Invariants: (1) reading a dump gives the same records; (2) the bytes behind the tab are for
 * people: the reader takes the offsets and the report.
 */
#include "text_parts.h"

static const char *const kind_names[] = {"story",  "headline", "subhead", "dateline",
                                         "credit", "caption",  "litter"};
static const char *const field_names[] = {"text", "title"};

/* Bytes of the field with line ends shown, long ones cut in the middle. Cut between characters,
 * never inside one. */
static void put_bytes(nst_writer *w, nst_str s) {
    enum { HEAD = 40, TAIL = 24 };
    if (s.n <= HEAD + TAIL + 5) {
        nst_put_tsv(w, s);
        return;
    }
    uint32_t a = HEAD, b = s.n - TAIL;
    while (a > 0 && ((unsigned char)s.p[a] & 0xC0) == 0x80) a--;
    while (b < s.n && ((unsigned char)s.p[b] & 0xC0) == 0x80) b++;
    nst_put_tsv(w, nst_str_sub(s, 0, a));
    nst_putz(w, " ... ");
    nst_put_tsv(w, nst_str_sub(s, b, s.n));
}

static void put_part(nst_writer *w, const char *name, nst_span s) {
    if (s.end > s.start) nst_putf(w, " %s=%u-%u", name, s.start, s.end);
}

/* Empty parts are left out. */
static void dump_block(const nst_text *t, const nst_block *b, nst_writer *w) {
    nst_putf(w, "block %s %s %u %u %u", kind_names[b->kind], field_names[b->span.field],
             b->paragraph, b->span.start, b->span.end);
    put_part(w, "agency", b->agency);
    put_part(w, "place", b->place);
    put_part(w, "date", b->date);
    put_part(w, "author", b->author);
    nst_putc(w, '\t');
    put_bytes(w, nst_text_span(t, b->span));
    nst_putc(w, '\n');
}

/* Sentences follow their block, tokens their sentence, so that a reader needs no indices. */
void nst_text_dump(const nst_text *t, nst_writer *w) {
    uint32_t s = 0;
    for (uint32_t b = 0; b < t->n_blocks; b++) {
        dump_block(t, &t->blocks[b], w);
        for (; s < t->n_sents && t->sents[s].block == b; s++) {
            const nst_sent *sent = &t->sents[s];
            nst_putf(w, "sent %u %u\t", sent->span.start, sent->span.end);
            put_bytes(w, nst_text_span(t, sent->span));
            nst_putc(w, '\n');
            for (uint32_t i = sent->first; i < sent->end; i++) {
                nst_putf(w, "%u %u\t", t->tokens[i].start, t->tokens[i].end);
                nst_put_tsv(w, nst_text_token(t, i));
                nst_putc(w, '\n');
            }
        }
    }
}

/* ---- reading it back ------------------------------------------------------------------------- */

/* Capacities of the arrays that are being filled. */
typedef struct caps {
    uint32_t blocks, sents, tokens;
} caps;

/* The next word of *rest as a number. Signs, blanks and what does not fit 32 bits are refused. */
static bool number(nst_str *rest, uint32_t *out) {
    nst_str w;
    int64_t v;
    if (!nst_str_split(rest, ' ', &w) || !nst_str_int(w, &v) || v < 0 || v > UINT32_MAX)
        return false;
    *out = (uint32_t)v;
    return true;
}

/* The next word of *rest as one of `n` names. */
static bool name_of(nst_str *rest, const char *const *names, uint8_t n, uint8_t *out) {
    nst_str w;
    if (!nst_str_split(rest, ' ', &w)) return false;
    for (*out = 0; *out < n; (*out)++) {
        if (nst_str_is(w, names[*out])) return true;
    }
    return false;
}

/* Is [start, end) inside the field? A dump of another report would point anywhere; here it is
 * refused. */
static bool inside(const nst_text *t, nst_span s) {
    return s.field < 2 && s.start <= s.end && s.end <= t->field[s.field].n;
}

/* "agency=12-18" */
static bool parse_part(nst_str w, nst_block *b) {
    const char *names[] = {"agency=", "place=", "date=", "author="};
    nst_span *parts[] = {&b->agency, &b->place, &b->date, &b->author};
    for (int k = 0; k < 4; k++) {
        if (!nst_str_starts(w, names[k])) continue;
        nst_str rest = nst_str_sub(w, (uint32_t)strlen(names[k]), w.n), from;
        int64_t a, z;
        if (!nst_str_split(&rest, '-', &from) || !nst_str_int(from, &a) || !nst_str_int(rest, &z))
            return false;
        if (a < 0 || z < a || z > UINT32_MAX) return false;
        *parts[k] = (nst_span){(uint32_t)a, (uint32_t)z, b->span.field};
        return true;
    }
    return false;
}

/* Parts may come in any order. */
static bool parse_block(nst_str line, nst_arena *doc, nst_text *out, caps *c) {
    nst_block b = {0};
    nst_str w;
    if (!name_of(&line, kind_names, 7, &b.kind) || !name_of(&line, field_names, 2, &b.span.field))
        return false;
    if (!number(&line, &b.paragraph) || !number(&line, &b.span.start) ||
        !number(&line, &b.span.end))
        return false;
    if (!inside(out, b.span)) return false;
    while (nst_str_split(&line, ' ', &w)) {
        if (w.n && !parse_part(w, &b)) return false;
    }
    if (!inside(out, b.agency) || !inside(out, b.place) || !inside(out, b.date) ||
        !inside(out, b.author))
        return false;
    *NST_PUSH(doc, out->blocks, out->n_blocks, c->blocks) = b;
    return true;
}

/* It belongs to the block read last. */
static bool parse_sent(nst_str line, nst_arena *doc, nst_text *out, caps *c) {
    if (!out->n_blocks) return false;
    nst_sent s = {.block = out->n_blocks - 1, .first = out->n_tokens, .end = out->n_tokens};
    s.span.field = out->blocks[s.block].span.field;
    if (!number(&line, &s.span.start) || !number(&line, &s.span.end) || !inside(out, s.span))
        return false;
    *NST_PUSH(doc, out->sents, out->n_sents, c->sents) = s;
    return true;
}

/* It must lie in the sentence read last. */
static bool parse_token(nst_str line, nst_arena *doc, nst_text *out, caps *c) {
    nst_token k;
    if (!out->n_sents || !number(&line, &k.start) || !number(&line, &k.end)) return false;
    nst_sent *s = &out->sents[out->n_sents - 1];
    if (k.start >= k.end || k.start < s->span.start || k.end > s->span.end) return false;
    *NST_PUSH(doc, out->tokens, out->n_tokens, c->tokens) = k;
    s->end = out->n_tokens;
    return true;
}

nst_status nst_text_parse(nst_str dump, const nst_report *r, nst_arena *doc, nst_text *out,
                          nst_err *e) {
    *out = (nst_text){.report = r};
    out->field[NST_FIELD_TEXT] = (nst_str){r->text, (uint32_t)r->text_len};
    out->field[NST_FIELD_TITLE] = nst_str_c(r->title);
    caps c = {0};
    nst_str line, head;
    for (uint32_t number_of = 1; nst_str_split(&dump, '\n', &line); number_of++) {
        nst_str rest = line;
        if (!nst_str_split(&rest, '\t', &head)) head = line;
        if (!nst_str_trim(head).n || head.p[0] == '#') continue;
        bool ok;
        if (nst_str_starts(head, "block "))
            ok = parse_block(nst_str_sub(head, 6, head.n), doc, out, &c);
        else if (nst_str_starts(head, "sent "))
            ok = parse_sent(nst_str_sub(head, 5, head.n), doc, out, &c);
        else ok = parse_token(head, doc, out, &c);
        if (!ok)
            return nst_fail(e, NST_REJECTED, "text", "line %u of the dump cannot be read",
                            number_of);
    }
    out->sent_of = NST_ARRAY(doc, uint32_t, out->n_tokens);
    for (uint32_t s = 0; s < out->n_sents; s++) {
        for (uint32_t i = out->sents[s].first; i < out->sents[s].end; i++) out->sent_of[i] = s;
    }
    return NST_OK;
}
