/* parse_conllu.c - the text form of the stage: CoNLL-U, out and in.
 *
 * In: nst_parse. Out, and back again:
 *   9  Graustark  Graustark  PROPN  NNP  Number=Sing  11  nsubj  _  Entity=(PLACE)
 * Clitics written on to their word ("don't", "Ruritania's") get the treebanks' multiword-token
 * line.
 * Comments: `# newpar` and `# block = KIND` where a block begins, `# field = title`, `# text
 * = ...`.
 * Invariants: (1) reading accepts any CoNLL-U with trees, ours or a treebank's; (2) what it
 * cannot use is rejected with the line; (3) the text it builds holds every form, one space where
 * the file has one.
 * Reference: Buchholz and Marsi (2006), Universal Dependencies v2.
 */
#include "parse.h"

static const char *const block_names[] = {"story",  "headline", "subhead", "dateline",
                                          "credit", "caption",  "litter"};
enum { N_BLOCK_NAMES = sizeof block_names / sizeof *block_names };

/* ---- out --------------------------------------------------------------------------------- */

static bool letter_ends(nst_str w) {
    unsigned char c = w.n ? (unsigned char)w.p[w.n - 1] : 0;
    return c >= 128 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           c == '.';
}

/* Is token i a clitic on the word before it, as English treebanks split them? */
bool nst_parse_is_clitic(const nst_text *t, uint32_t i) {
    static const char *const clitics[] = {"n't", "'s", "'re", "'ve", "'ll", "'d", "'m"};
    if (!i || t->sent_of[i] != t->sent_of[i - 1] || t->tokens[i].start != t->tokens[i - 1].end)
        return false;
    nst_str w = nst_text_token(t, i);
    if (w.n > 8 || !letter_ends(nst_text_token(t, i - 1))) return false;
    char c[8];
    uint32_t n = 0;
    for (uint32_t k = 0; k < w.n && n < sizeof c; k++) {
        bool curly = k + 2 < w.n && !memcmp(w.p + k, "\xE2\x80\x99", 3);
        c[n++] = curly ? '\'' : w.p[k];
        k += curly ? 2 : 0;
    }
    for (size_t k = 0; k < sizeof clitics / sizeof *clitics; k++)
        if (n < sizeof c && nst_str_ieq((nst_str){c, n}, nst_str_c(clitics[k]))) return true;
    return nst_str_ieq(w, NST_S("not")) && nst_str_ieq(nst_text_token(t, i - 1), NST_S("can"));
}

/* End of the multiword token that starts at token i of a sentence ending at `end`; i + 1 if none
 * does. */
static uint32_t group_end(const nst_text *t, uint32_t i, uint32_t end) {
    uint32_t j = i + 1;
    while (j < end && nst_parse_is_clitic(t, j)) j++;
    return j;
}

/* White space (or the end) after token i? */
static bool space_at(const nst_text *t, uint32_t i) {
    return i + 1 == t->n_tokens || nst_text_space_after(t, i);
}

static void put_str(nst_writer *w, nst_str s) {
    if (s.n) nst_put_tsv(w, s);
    else nst_putc(w, '_');
}

/* MISC: where a name begins and ends, SpaceAfter. `name` is the first name that ends after token i.
 */
static void put_misc(const nst_parse *p, uint32_t i, const nst_name *name, bool space,
                     nst_writer *w) {
    size_t before = w->n;
    if (name && name->first <= i) {
        nst_putz(w, "Entity=");
        if (name->first == i) nst_putf(w, "(%s", nst_name_kind_name(name->kind));
        else if (name->end == i + 1) nst_putz(w, nst_name_kind_name(name->kind));
        if (name->end == i + 1) nst_putc(w, ')');
        if (name->first != i && name->end != i + 1) w->n = before;
    }
    if (!space) nst_putz(w, w->n > before ? "|SpaceAfter=No" : "SpaceAfter=No");
    if (w->n == before) nst_putc(w, '_');
}

static void put_word(const nst_parse *p, const nst_sent *s, uint32_t i, const nst_name *name,
                     bool space, nst_writer *w) {
    nst_puti(w, i - s->first + 1);
    nst_putc(w, '\t');
    put_str(w, nst_text_token(p->text, i));
    nst_putc(w, '\t');
    put_str(w, p->lemma[i]);
    nst_putf(w, "\t%s\t", nst_upos_name(p->upos[i]));
    put_str(w, p->xpos[i]);
    nst_putc(w, '\t');
    put_str(w, p->feats[i]);
    nst_putf(w, "\t%u\t%s\t_\t", p->head[i] == NST_ROOT ? 0 : p->head[i] - s->first + 1,
             nst_deprel_name(p->deprel[i]));
    put_misc(p, i, name, space, w);
    nst_putc(w, '\n');
}

/* Comments before a sentence. */
static void put_head(const nst_text *t, uint32_t sent, nst_writer *w) {
    const nst_sent *s = &t->sents[sent];
    if (t->n_blocks && (!sent || t->sents[sent - 1].block != s->block)) {
        uint8_t kind = t->blocks[s->block].kind;
        nst_putf(w, "# newpar\n# block = %s\n", kind < N_BLOCK_NAMES ? block_names[kind] : "story");
        if (s->span.field == NST_FIELD_TITLE) nst_putz(w, "# field = title\n");
    }
    nst_putf(w, "# sent_id = %u\n# text = ", sent + 1);
    nst_put_tsv(w, nst_text_span(t, s->span));
    nst_putc(w, '\n');
}

void nst_parse_dump(const nst_parse *p, bool with_names, nst_writer *w) {
    const nst_text *t = p->text;
    uint32_t name = 0;
    for (uint32_t si = 0; si < t->n_sents; si++) {
        const nst_sent *s = &t->sents[si];
        if (s->end == s->first) continue;
        put_head(t, si, w);
        for (uint32_t i = s->first, start = i, group = i; i < s->end; i++) {
            if (i >= group && (start = i, group = group_end(t, i, s->end)) > i + 1) {
                nst_span g = nst_text_tokens(t, i, group);
                nst_putf(w, "%u-%u\t", i - s->first + 1, group - s->first);
                nst_put_tsv(w, nst_text_span(t, g));
                bool space = space_at(t, group - 1);
                nst_putf(w, "\t_\t_\t_\t_\t_\t_\t_\t%s\n", space ? "_" : "SpaceAfter=No");
            }
            while (name < p->n_names && p->names[name].end <= i) name++;
            bool in_group = group > start + 1;
            bool space = in_group || space_at(t, i);
            put_word(p, s, i, with_names && name < p->n_names ? &p->names[name] : NULL, space, w);
        }
        nst_putc(w, '\n');
    }
}

/* ---- in ---------------------------------------------------------------------------------- */

typedef struct reader {
    nst_arena *doc;
    nst_text *t;
    nst_parse *p;
    nst_err *e;
    char *buf[2];                  /* [field] text being rebuilt */
    uint32_t n[2], cap_sents, cap_blocks, cap_names;
    uint32_t line, field, block_kind;
    bool newpar, space;            /* before the next sentence; before the next token */
    uint32_t sent_first;           /* first token of the open sentence */
    uint32_t group_left, group_at, group_end; /* words left of an open multiword token, its bytes */
    bool group_space;
    uint32_t open_name, open_kind; /* token a name began at, or NST_ROOT */
} reader;

static nst_status bad(reader *r, const char *what) {
    nst_status st = nst_fail(r->e, NST_REJECTED, "parse", "CoNLL-U line %u: %s", r->line, what);
    if (r->e) r->e->line = r->line;
    return st;
}

/* Appends bytes to the field's text; returns where they begin. */
static uint32_t append(reader *r, nst_str s) {
    uint32_t at = r->n[r->field];
    if (s.n) memcpy(r->buf[r->field] + at, s.p, s.n);
    r->n[r->field] += s.n;
    return at;
}

/* Does KEY=VALUE stand in MISC? Sets value. */
static bool misc_get(nst_str misc, const char *key, nst_str *value) {
    nst_str piece, k;
    while (nst_str_split(&misc, '|', &piece))
        if (nst_str_split(&piece, '=', &k) && nst_str_is(k, key)) {
            *value = piece;
            return true;
        }
    return false;
}

static bool space_after(nst_str misc) {
    nst_str v;
    return !(misc_get(misc, "SpaceAfter", &v) && nst_str_is(v, "No"));
}

/* "(PLACE", "PLACE)" or "(PLACE)" of our own dump; other schemes' entities are passed over. */
static void read_name(reader *r, nst_str misc, uint32_t tok) {
    nst_str v;
    if (!misc_get(misc, "Entity", &v)) return;
    bool opens = nst_str_starts(v, "("), closes = nst_str_ends(v, ")");
    nst_str k = nst_str_sub(v, opens, v.n - closes);
    uint8_t kind = 0;
    while (kind < NST_N_NAME && !nst_str_is(k, nst_name_kind_name(kind))) kind++;
    if (kind == NST_N_NAME) return;
    if (opens) r->open_name = tok, r->open_kind = kind;
    if (!closes || r->open_name == NST_ROOT || r->open_kind != kind) return;
    nst_name *n = NST_PUSH(r->doc, r->p->names, r->p->n_names, r->cap_names);
    *n = (nst_name){r->open_name, tok + 1, kind, 1.0f};
    r->open_name = NST_ROOT;
}

/* Opens a block when the file says so (or at the start). */
static void open_block(reader *r) {
    if (r->t->n_blocks && !r->newpar) return;
    bool first = !r->t->n_blocks;
    nst_block *b = NST_PUSH(r->doc, r->t->blocks, r->t->n_blocks, r->cap_blocks);
    memset(b, 0, sizeof *b);
    if (r->n[r->field]) append(r, NST_S("\n\n"));
    b->span = (nst_span){r->n[r->field], r->n[r->field], (uint8_t)r->field};
    b->kind = (uint8_t)r->block_kind;
    b->paragraph = first ? 0 : r->t->blocks[r->t->n_blocks - 2].paragraph + 1;
    r->newpar = r->space = false;
}

static void open_sentence(reader *r) {
    open_block(r);
    if (r->space) append(r, NST_S(" "));
    r->space = false;
    nst_sent *s = NST_PUSH(r->doc, r->t->sents, r->t->n_sents, r->cap_sents);
    uint32_t at = r->n[r->field];
    *s =
        (nst_sent){{at, at, (uint8_t)r->field}, r->t->n_tokens, r->t->n_tokens, r->t->n_blocks - 1};
    r->open_name = NST_ROOT;
}

/* Bytes of the next word of a multiword token: those of its form if they are there, else its share.
 */
static uint32_t group_take(reader *r, nst_str form) {
    const char *p = r->buf[r->field];
    uint32_t left = r->group_end - r->group_at, n = left;
    if (r->group_left > 1) {
        uint32_t keep = r->group_left - 1;
        n = form.n + keep <= left ? form.n : left > keep ? left - keep : 0;
        while (n < left && n && ((unsigned char)p[r->group_at + n] & 0xC0) == 0x80) n++;
    }
    return n;
}

/* Places the bytes of a word; returns false if it has none. */
static void place_word(reader *r, nst_str form, nst_str misc, uint32_t tok) {
    nst_token *t = &r->t->tokens[tok];
    if (r->group_left) {
        uint32_t n = group_take(r, form);
        *t = (nst_token){r->group_at, r->group_at + n};
        r->group_at += n;
        if (!--r->group_left) r->space = r->group_space;
        return;
    }
    if (r->space) append(r, NST_S(" "));
    t->start = append(r, form);
    t->end = r->n[r->field];
    r->space = space_after(misc);
}

static nst_str column(nst_str s) { return nst_str_is(s, "_") ? (nst_str){0} : s; }

/* A word's line, columns c. */
static nst_status read_word(reader *r, const nst_str c[10]) {
    int64_t id, head;
    nst_parse *p = r->p;
    bool starts = r->sent_first == NST_ROOT;
    if (starts) open_sentence(r), r->sent_first = r->t->n_tokens;
    uint32_t tok = r->t->n_tokens;
    if (!nst_str_int(c[0], &id) || id != (int64_t)(tok - r->sent_first) + 1)
        return bad(r, "word numbers must count up from 1");
    if (!c[1].n) return bad(r, "empty form");
    if (!nst_str_int(c[6], &head) || head < 0 || head == id || head > 1000000)
        return bad(r, "HEAD must be a word of the sentence or 0");
    place_word(r, c[1], c[9], tok);
    r->t->sent_of[tok] = r->t->n_sents - 1;
    p->upos[tok] = nst_upos_of(c[3]);
    p->xpos[tok] = nst_arena_str(r->doc, column(c[4]));
    p->feats[tok] = nst_arena_str(r->doc, column(c[5]));
    p->lemma[tok] =
        nst_arena_str(r->doc, nst_str_is(c[2], "_") && !nst_str_is(c[1], "_") ? c[1] : c[2]);
    p->head[tok] = head ? r->sent_first + (uint32_t)head - 1 : NST_ROOT;
    p->deprel[tok] = head ? nst_deprel_of(c[7]) : NST_D_ROOT;
    read_name(r, c[9], tok);
    r->t->n_tokens++;
    return NST_OK;
}

/* "3-4  don't": the bytes of the next words. */
static nst_status read_group(reader *r, const nst_str c[10]) {
    nst_str rest = c[0], a;
    int64_t from, to;
    if (r->sent_first == NST_ROOT) open_sentence(r), r->sent_first = r->t->n_tokens;
    if (!nst_str_split(&rest, '-', &a) || !nst_str_int(a, &from) || !nst_str_int(rest, &to) ||
        to <= from || to - from > 100 || r->group_left ||
        from != (int64_t)(r->t->n_tokens - r->sent_first) + 1)
        return bad(r, "a multiword token must cover the words that follow it");
    if (!c[1].n) return bad(r, "empty form");
    if (r->space) append(r, NST_S(" "));
    r->space = false;
    r->group_at = append(r, c[1]);
    r->group_end = r->n[r->field];
    r->group_left = (uint32_t)(to - from) + 1;
    r->group_space = space_after(c[9]);
    return NST_OK;
}

/* Every head inside, one root, no cycle. */
static bool sound_tree(const nst_parse *p, uint32_t first, uint32_t end) {
    uint32_t roots = 0;
    for (uint32_t i = first; i < end; i++) {
        uint32_t v = i, steps = 0;
        roots += p->head[i] == NST_ROOT;
        if (p->head[i] != NST_ROOT && (p->head[i] < first || p->head[i] >= end)) return false;
        for (; v != NST_ROOT && v >= first && v < end && steps <= end - first; steps++)
            v = p->head[v];
        if (v != NST_ROOT) return false;
    }
    return roots == 1;
}

/* A blank line, or the end of the file. */
static nst_status close_sentence(reader *r) {
    if (r->sent_first == NST_ROOT) return NST_OK;
    nst_sent *s = &r->t->sents[r->t->n_sents - 1];
    if (r->group_left) return bad(r, "a multiword token covers words that are not there");
    if (r->t->n_tokens == r->sent_first) return bad(r, "a sentence without words");
    if (r->t->n_tokens - r->sent_first > 20000)
        return bad(r, "a sentence of more than 20000 words");
    if (!sound_tree(r->p, r->sent_first, r->t->n_tokens))
        return bad(r, "the heads before it are not a tree with one root");
    s->end = r->t->n_tokens;
    s->span.end = r->n[r->field];
    r->t->blocks[s->block].span.end = s->span.end;
    r->sent_first = NST_ROOT;
    return NST_OK;
}

/* `# newpar`, `# block = KIND`, `# field = title`. */
static void read_comment(reader *r, nst_str line) {
    if (nst_str_starts(line, "# newpar") || nst_str_starts(line, "# newdoc")) {
        r->newpar = true;
        r->block_kind = NST_BLOCK_STORY;
        r->field = NST_FIELD_TEXT;
    } else if (nst_str_starts(line, "# block = ")) {
        nst_str k = nst_str_trim(nst_str_sub(line, 10, line.n));
        for (uint32_t i = 0; i < N_BLOCK_NAMES; i++)
            if (nst_str_is(k, block_names[i])) r->block_kind = i;
    } else if (nst_str_is(line, "# field = title") && !r->n[NST_FIELD_TEXT]) {
        r->field = NST_FIELD_TITLE;
    }
}

static nst_status read_line(reader *r, nst_str line) {
    nst_str c[10];
    if (line.n && line.p[line.n - 1] == '\r') line.n--;
    if (!line.n) return close_sentence(r);
    if (line.p[0] == '#') {
        if (r->sent_first == NST_ROOT) read_comment(r, line);
        return NST_OK;
    }
    nst_str rest = line;
    uint32_t n = 0;
    while (n < 10 && nst_str_split(&rest, '\t', &c[n])) n++;
    if (n != 10) return bad(r, "a word line has ten columns with tabs between");
    if (memchr(c[0].p, '.', c[0].n)) return NST_OK;   /* an empty node of the enhanced graph */
    return memchr(c[0].p, '-', c[0].n) ? read_group(r, c) : read_word(r, c);
}

/* Upper bound of the words in the file. */
static uint32_t count_words(nst_str s) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.n; i++)
        n += s.p[i] >= '0' && s.p[i] <= '9' && (i == 0 || s.p[i - 1] == '\n');
    return n;
}

static void reader_init(reader *r, nst_str s) {
    uint32_t n = count_words(s);
    nst_parse *p = r->p;
    memset(r->t, 0, sizeof *r->t);
    memset(p, 0, sizeof *p);
    p->text = r->t;
    r->t->tokens = NST_ARRAY(r->doc, nst_token, n);
    r->t->sent_of = NST_ARRAY(r->doc, uint32_t, n);
    p->upos = NST_ARRAY(r->doc, uint8_t, n), p->deprel = NST_ARRAY(r->doc, uint8_t, n);
    p->head = NST_ARRAY(r->doc, uint32_t, n), p->lemma = NST_ARRAY(r->doc, nst_str, n);
    p->xpos = NST_ARRAY(r->doc, nst_str, n), p->feats = NST_ARRAY(r->doc, nst_str, n);
    for (int f = 0; f < 2; f++) r->buf[f] = nst_arena_alloc(r->doc, (size_t)s.n + 16);
    r->sent_first = r->open_name = NST_ROOT;
}

nst_status nst_parse_read(nst_str conllu, nst_arena *doc, nst_report *rep, nst_text *t,
                          nst_parse *out, nst_err *e) {
    reader r = {.doc = doc, .t = t, .p = out, .e = e};
    nst_str rest = conllu, line;
    nst_status st = NST_OK;
    if (conllu.n && nst_utf8_check(conllu.p, conllu.n) != conllu.n)
        return nst_fail(e, NST_REJECTED, "parse", "the CoNLL-U is not UTF-8");
    reader_init(&r, conllu);
    while (!st && nst_str_split(&rest, '\n', &line)) {
        r.line++;
        st = read_line(&r, line);
    }
    if (!st) st = close_sentence(&r);
    if (st) return st;
    rep->text = r.buf[NST_FIELD_TEXT];
    rep->text_len = r.n[NST_FIELD_TEXT];
    if (r.n[NST_FIELD_TITLE]) rep->title = r.buf[NST_FIELD_TITLE];
    t->report = rep;
    for (int f = 0; f < 2; f++) t->field[f] = (nst_str){r.buf[f], r.n[f]};
    nst_parse_index(out, doc);
    return NST_OK;
}
