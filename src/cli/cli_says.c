/* cli_says.c - nestor says: claims, each with who makes it, from files or from a chronicle.
 *
 * In: files (coded now) or a chronicle. Out: one row a claim: a mention together with one of its
 * speakers; then the sayings in which no act is coded.
 *   RUR  Ruritania's foreign minister | asserts | SANCTION expel GRK -> two envoys | ... had
 * expelled two envoys
 * Idea: both ways give the lines of `nestor code --attributions`; a claim is a mention line and one
 * link of its `said_by`; a saying is an attribution line whose cue stands in no chain. A chronicle
 * is asked by its indexes for what may fit, and every line is looked at again here.
 * Invariants: (1) a row's evidence is the sentence, or what is said, as received; (2) jsonl prints
 * the lines of `nestor code --attributions`.
 */
#include <stdlib.h>
#include <strings.h>

#include "cli_store.h"

/* Where a cue stands. */
typedef struct cue {
    int64_t in_title, start;
} cue;

/* What is asked and what has been found. */
typedef struct asking {
    const char *by, *about;      /* NULL: anybody */
    bool denies;
    int format;
    cli_table table;
    nst_writer out;              /* jsonl */
    uint64_t claims, mentions, sayings;
    cue *cues;                   /* [n_cues] of the chains of the report under way */
    int64_t *seen;               /* [n_seen] mentions of a chronicle that an earlier pass gave */
    size_t n_cues, max_cues, n_seen, max_seen, n_sorted;
} asking;

static const char *const titles[] = {"report", "who says so", "stance", "act", "evidence"};
static const int widths[] = {16, 30, 8, 44, 40};

static const char *text_of(const json_t *o, const char *key) {
    const char *z = json_string_value(json_object_get(o, key));
    return z ? z : "";
}

/* Does the word mean this member: one of its ids, or words of its name or text? */
static bool means(const json_t *member, const char *word) {
    static const char *const ids[] = {"code", "entity", "person"}, *const names[] = {"name",
        "text"};
    for (int i = 0; i < 3; i++)
        if (!strcasecmp(text_of(member, ids[i]), word)) return true;
    for (int i = 0; i < 2; i++)
        if (strlen(word) > 3 && strcasestr(text_of(member, names[i]), word)) return true;
    return false;
}

/* Is one of the members meant? */
static bool among(const json_t *list, const char *word) {
    const json_t *m;
    size_t i;
    json_array_foreach(list, i, m)
        if (means(m, word)) return true;
    return false;
}

/* "GRK" or the words, of a list of members. */
static void put_members(nst_writer *w, const json_t *list) {
    const json_t *m;
    size_t i;
    if (!json_array_size(list)) nst_putc(w, '?');
    json_array_foreach(list, i, m) {
        const char *entity = text_of(m, "entity"), *code = text_of(m, "code");
        nst_putz(w, i ? ", " : "");
        nst_put_tsv(w, nst_str_c(*entity ? entity : *code ? code : text_of(m, "text")));
    }
}

/* "SANCTION expel GRK -> two envoys (negated)". */
static void put_act(nst_writer *w, const json_t *line) {
    const json_t *modes = json_object_get(line, "mode"), *m;
    const char *modality = text_of(line, "modality");
    size_t i;
    nst_putz(w, text_of(line, "event_type"));
    json_array_foreach(modes, i, m) nst_putf(w, " %s", json_string_value(m));
    nst_putc(w, ' ');
    put_members(w, json_object_get(line, "actor"));
    if (json_array_size(json_object_get(line, "recipient"))) {
        nst_putz(w, " \u2192 ");
        put_members(w, json_object_get(line, "recipient"));
    }
    if (strcmp(modality, "asserted")) nst_putf(w, " (%s)", modality);
}

/* The words of a speaker, the name of whom a pronoun or title means, and the code when known. */
static void put_speaker(nst_writer *w, const json_t *speaker) {
    const char *id = text_of(speaker, "entity");
    if (!*id) id = text_of(speaker, "code");
    nst_put_tsv(w, nst_str_c(text_of(speaker, "text")));
    const char *name = text_of(speaker, "name"), *from = text_of(speaker, "from");
    bool told = *name && (*from || *text_of(speaker, "person"));
    if (told && strcmp(name, text_of(speaker, "text"))) nst_putf(w, " = %s", name);
    if (*id) nst_putf(w, " (%s)", id);
}

/* Puts what w holds into the next cell and empties it. */
static void cell(cli_table *t, nst_writer *w) {
    cli_cell(t, w->n ? (nst_str){w->p, (uint32_t)w->n} : NST_S(""));
    w->n = 0;
}

/* One claim as a row. */
static void row(asking *q, const json_t *line, const json_t *link, nst_str sentence) {
    nst_writer w = {0};
    cli_cell(&q->table, nst_str_c(text_of(line, "report")));
    put_speaker(&w, json_object_get(link, "speaker"));
    cell(&q->table, &w);
    cli_cell(&q->table, nst_str_c(text_of(link, "stance")));
    put_act(&w, line);
    cell(&q->table, &w);
    nst_put_tsv(&w, sentence);
    cell(&q->table, &w);
    nst_writer_free(&w);
}

/* Makes room for one more element of a growing array; false when memory is out. */
static bool room(void *array, size_t n, size_t *max, size_t size) {
    void *p;
    if (n < *max) return true;
    memcpy(&p, array, sizeof p);
    p = realloc(p, size * (*max ? *max * 2 : 64));
    if (!p) return false;
    memcpy(array, &p, sizeof p);
    *max = *max ? *max * 2 : 64;
    return true;
}

static cue cue_of(const json_t *o) {
    const json_t *span = json_object_get(o, "cue");
    return (cue){!strcmp(text_of(span, "field"), "title"),
                 json_is_object(span) ? json_integer_value(json_object_get(span, "start")) : -1};
}

static int by_place(const void *a, const void *b) {
    const cue *x = a, *y = b;
    if (x->in_title != y->in_title) return x->in_title < y->in_title ? -1 : 1;
    return x->start < y->start ? -1 : x->start > y->start;
}

/* Is one of the pieces of what is said about the word: it names the actor, or has the words? */
static bool concerns(const json_t *line, const char *word) {
    const json_t *piece;
    size_t i;
    if (among(json_object_get(line, "about"), word)) return true;
    json_array_foreach(json_object_get(line, "content"), i, piece)
        if (strlen(word) > 3 && strcasestr(text_of(piece, "text"), word)) return true;
    return false;
}

/* One saying as a row: no act, and what is said as evidence. */
static void saying_row(asking *q, const json_t *line) {
    nst_writer w = {0};
    const json_t *piece;
    size_t i;
    cli_cell(&q->table, nst_str_c(text_of(line, "report")));
    put_speaker(&w, json_object_get(line, "source"));
    cell(&q->table, &w);
    cli_cell(&q->table, nst_str_c(text_of(line, "stance")));
    cli_cell(&q->table, NST_S(""));
    json_array_foreach(json_object_get(line, "content"), i, piece) {
        nst_putz(&w, i ? " \u2026 " : "");
        nst_put_tsv(&w, nst_str_c(text_of(piece, "text")));
    }
    cell(&q->table, &w);
    nst_writer_free(&w);
}

/* One attribution line, if it fits. */
static void take_saying(asking *q, json_t *line) {
    const json_t *source = json_object_get(line, "source");
    if (!json_is_object(source) || (q->by && !means(source, q->by))) return;
    if (q->denies && strcmp(text_of(line, "stance"), "denies")) return;
    if (q->about && !concerns(line, q->about)) return;
    q->sayings++;
    if (q->format != CLI_JSONL) {
        saying_row(q, line);
        return;
    }
    json_object_del(line, "about");            /* for the search only; no part of the record */
    char *z = json_dumps(line, JSON_COMPACT);
    if (z) nst_putf(&q->out, "%s\n", z);
    free(z);
}

/* The claims of one mention line. */
static void take_line(asking *q, const json_t *line, nst_str raw, nst_str sentence) {
    const json_t *link;
    size_t i;
    uint64_t before = q->claims;
    bool about = !q->about || among(json_object_get(line, "actor"), q->about) ||
                 among(json_object_get(line, "recipient"), q->about);
    if (strcmp(text_of(line, "level"), "mention") || !about) return;
    json_array_foreach(json_object_get(line, "said_by"), i, link) {
        const json_t *speaker = json_object_get(link, "speaker");
        if (!json_is_object(speaker) || (q->by && !means(speaker, q->by))) continue;
        if (q->denies && strcmp(text_of(link, "stance"), "denies")) continue;
        q->claims++;
        if (q->format != CLI_JSONL) row(q, line, link, sentence);
    }
    q->mentions += q->claims > before;
    if (q->claims > before && q->format == CLI_JSONL) nst_put(&q->out, raw);
}

/* ---- from files -------------------------------------------------------------------------- */

/* The sentence that a mention line names, from the report. */
static nst_str sentence_of(const json_t *line, const nst_doc *d) {
    const json_t *s = json_object_get(line, "sentence");
    int field = !strcmp(text_of(s, "field"), "title") ? NST_FIELD_TITLE : NST_FIELD_TEXT;
    nst_span span = {(uint32_t)json_integer_value(json_object_get(s, "start")),
                     (uint32_t)json_integer_value(json_object_get(s, "end")), (uint8_t)field};
    return nst_text_span(&d->text, span);
}

/* Keeps the cues of a mention's chain. */
static void keep_cues(asking *q, const json_t *line) {
    const json_t *link;
    size_t i;
    json_array_foreach(json_object_get(line, "said_by"), i, link)
        if (json_is_object(json_object_get(link, "cue")) &&
            room(&q->cues, q->n_cues, &q->max_cues, sizeof *q->cues))
            q->cues[q->n_cues++] = cue_of(link);
}

/* One line of a report just coded: mentions come before attributions. */
static void take_coded(asking *q, json_t *line, nst_str raw, const nst_doc *d) {
    if (strcmp(text_of(line, "level"), "attribution")) {
        keep_cues(q, line);
        take_line(q, line, raw, sentence_of(line, d));
        return;
    }
    if (q->n_sorted != q->n_cues) qsort(q->cues, q->n_cues, sizeof *q->cues, by_place);
    q->n_sorted = q->n_cues;
    cue at = cue_of(line);
    if (!q->n_cues || !bsearch(&at, q->cues, q->n_cues, sizeof at, by_place)) take_saying(q, line);
}

/* All lines of the report just coded. */
static void take_report(asking *q, nst_coder *c) {
    static const nst_output want = {.mentions = 1, .attributions = 1, .about = 1};
    size_t n = 0;
    const char *p = nst_coder_jsonl(c, &want, &n);
    nst_str all = {p, (uint32_t)n}, raw;
    q->n_cues = q->n_sorted = 0;
    while (p && all.p && nst_str_split(&all, '\n', &raw)) {
        json_error_t je;
        if (!raw.n) continue;
        json_t *line = json_loadb(raw.p, raw.n, 0, &je);
        if (line) take_coded(q, line, (nst_str){raw.p, raw.n + 1}, nst_coder_doc(c));
        json_decref(line);
    }
}

/* A list being made and the coder that feeds it. */
typedef struct feed {
    asking *to;
    nst_coder *coder;
} feed;

/* One report of a file. */
static int take_read(void *context, const nst_report *report) {
    const feed *f = context;
    nst_err e = {.byte = UINT64_MAX};
    if (nst_coder_run(f->coder, report, &e)) {
        cli_complain(&e);
        return CLI_REJECTED;
    }
    take_report(f->to, f->coder);
    return CLI_OK;
}

/* Every report of one file. */
static int take_file(asking *q, nst_coder *c, const char *path, const nst_read_options *o) {
    feed f = {q, c};
    return cli_each_report(path, o, take_read, &f);
}

/* ---- from a chronicle -------------------------------------------------------------------- */

static int by_number(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* One stored mention, unless an earlier pass gave it. */
static nst_status take_stored(void *arg, nst_store *s, int64_t id, nst_err *e) {
    asking *q = arg;
    nst_writer w = {0};
    if (q->n_sorted && bsearch(&id, q->seen, q->n_sorted, sizeof id, by_number)) return NST_OK;
    if (room(&q->seen, q->n_seen, &q->max_seen, sizeof *q->seen)) q->seen[q->n_seen++] = id;
    nst_status st = nst_store_mention(s, id, true, &w, e);
    json_error_t je;
    json_t *line = st ? NULL : json_loadb(w.p, w.n, 0, &je);
    if (line) take_line(q, line, (nst_str){w.p, (uint32_t)w.n}, nst_store_sentence(s, id));
    json_decref(line);
    nst_writer_free(&w);
    return st;
}

/* One stored saying. */
static nst_status take_stored_saying(void *arg, nst_store *s, int64_t id, nst_err *e) {
    nst_writer w = {0};
    nst_status st = nst_store_attribution(s, id, true, true, &w, e);
    json_error_t je;
    json_t *line = st ? NULL : json_loadb(w.p, w.n, 0, &je);
    if (line) take_saying(arg, line);
    json_decref(line);
    nst_writer_free(&w);
    return st;
}

/* Can the word only be an id ("RUR", "fritz_tarlenheim"), not words of a name? */
static bool is_id(const char *word) {
    bool lower = false;
    for (const char *p = word; *p; p++) lower |= *p >= 'a' && *p <= 'z';
    return !strchr(word, ' ') && (!lower || strchr(word, '_'));
}

/* Adds what the word asks to a question: as an id or whole name, or as words of the text. */
static void ask_for(nst_writer *w, const char *key, const char *word, bool in_text) {
    if (!word || strchr(word, '"')) return;
    nst_putf(w, in_text ? " \"%s\"" : " %s:\"%s\"", in_text ? word : key, word);
}

/* The mentions that may fit. A name can be the actor's own or stand in the text: each way is a
 * pass. */
static nst_status ask_mentions(asking *q, nst_store *s, nst_err *e) {
    bool by = q->by && !is_id(q->by), about = q->about && !is_id(q->about);
    nst_status st = NST_OK;
    for (int pass = 0; pass < 4 && !st; pass++) {
        nst_writer w = {0};
        uint64_t shown;
        bool more, by_text = pass & 1, about_text = pass & 2;
        if ((by_text && !by) || (about_text && !about)) continue;
        nst_putz(&w, "");
        ask_for(&w, "says", q->by, by_text);
        ask_for(&w, "who", q->about, about_text);
        nst_store_question all = {.text = w.p ? w.p : ""};
        st = nst_store_mentions(s, &all, take_stored, q, &shown, &more, e);
        nst_writer_free(&w);
        if (q->n_seen) qsort(q->seen, q->n_seen, sizeof *q->seen, by_number);
        q->n_sorted = q->n_seen;
    }
    return st;
}

/* Tells of reports whose sayings the chronicle does not have. */
static nst_status tell_unheard(nst_store *s, nst_err *e) {
    uint64_t n = 0;
    nst_status st = nst_store_unheard(s, &n, e);
    if (n)
        fprintf(stderr, "nestor: %llu reports were coded before sayings were kept; "
                "'nestor ingest --recode all' adds them\n", (unsigned long long)n);
    return st;
}

/* Mentions and sayings of the chronicle. */
static int take_chronicle(asking *q, const cli_args *a) {
    nst_store *s;
    nst_err e = {.byte = UINT64_MAX};
    nst_store_saying what = {q->by, q->about, q->denies};
    int code = cli_open(a, NST_STORE_READ, &s);
    if (code) return code;
    nst_status st = ask_mentions(q, s, &e);
    if (!st) st = nst_store_sayings(s, &what, take_stored_saying, q, &e);
    if (!st) st = tell_unheard(s, &e);
    nst_store_close(s);
    return st ? cli_failed(&e, st) : CLI_OK;
}

/* ---- the command ------------------------------------------------------------------------- */

static const cli_option options[] = {
    {"by", 0, "ACTOR", "only what this actor says: a code, an id, or words of the name"},
    {"about", 0, "ACTOR", "only acts by or towards this actor, and sayings that name him"},
    {"denies", 0, NULL, "only denials"},
    CLI_ROWS_OPTION,
    CLI_CHRONICLE_OPTION,
    CLI_READ_OPTIONS,
    CLI_ENGINE_OPTIONS,
    {0},
};

/* Codes the files named. */
static int take_files(asking *q, const cli_args *a) {
    nst_engine *engine;
    nst_read_options o;
    int worst = CLI_OK, code;
    if (!cli_read_options(a, &o)) return CLI_USAGE;
    if ((code = cli_engine(a, &engine))) return code;
    nst_coder *c = nst_coder_new(engine);
    for (int i = 0; c && i < a->n_operands; i++)
        if ((code = take_file(q, c, a->operands[i], &o)) > worst) worst = code;
    nst_coder_free(c);
    nst_engine_close(engine);
    return worst;
}

static int run_says(const cli_args *a) {
    asking q = {.by = cli_get(a, "by"), .about = cli_get(a, "about"), .denies = cli_has(a,
        "denies"),
        .format = cli_rows_format(a), .table = {.n_columns = 5, .titles = titles,
            .widths = widths}};
    bool stored = cli_has(a, "chronicle");
    if (stored == (a->n_operands > 0)) return cli_usage(a,
        "name files, or a chronicle with --chronicle");
    int code = stored ? take_chronicle(&q, a) : take_files(&q, a);
    if (code <= CLI_REJECTED) {
        if (q.format != CLI_JSONL) cli_table_print(&q.table, q.format, &q.out);
        cli_print(q.out.p ? q.out.p : "", q.out.n);
        fprintf(q.format == CLI_TABLE ? stdout : stderr,
            "%llu claims of %llu mentions (level: claim; all modalities), "
            "%llu sayings without an act (level: attribution)\n",
            (unsigned long long)q.claims, (unsigned long long)q.mentions,
            (unsigned long long)q.sayings);
    }
    free(q.cues);
    free(q.seen);
    nst_writer_free(&q.table.cells);
    nst_writer_free(&q.out);
    return code;
}

const cli_command cli_says = {"says", "FILE...", "claims: who says that who did what to whom",
    "A claim is an act together with one who vouches for it: a row each, with the sentence that proves it.\n"
    "Then what somebody says though no act is coded in it, with an empty act. What a report says in its own\n"
    "voice is no claim of anybody's and is not listed. With --chronicle the claims of all its reports; else\n"
    "the files are coded now.\n\n"
    "Examples\n"
    "  nestor says story.txt\n"
    "  nestor says --by RUR --about GRK --format tsv reports.jsonl\n"
    "  nestor says --chronicle c.nestor --denies\n", options, run_says};
