/* cli_eval_ud.c - scores the text and parse stages against treebanks and name corpora.
 *
 * In: gold CoNLL-U (or files of "word TAB tag" lines), a model. Out: a table of scores.
 * The idea: the gold file's text is rebuilt, read by our own stages, and compared by byte spans, as
 * in the CoNLL 2018 shared task: a word counts where both have it, an attachment where the heads
 * are the same word too; LAS compares universal relations, CLAS leaves out function words and
 * punctuation. With
 * --gold-tokens our parser gets the gold sentences and words.
 * Reference: Zeman et al. (2018), CoNLL 2018 Shared Task.
 */
#include <stdlib.h>
#include <time.h>

#include "cli_eval.h"

/* What is counted, in the order printed. */
typedef struct tally {
    uint64_t gold, ours, same;
} tally;

enum {
    TOKENS,
    SENTS,
    WORDS,
    UPOS,
    XPOS,
    FEATS,
    LEMMA,
    UAS,
    LAS,
    CLAS,
    NAMES,
    PERSONS,
    ORGS,
    PLACES,
    N_TALLY
};

static const char *const tally_names[N_TALLY] = {
    "Tokens", "Sentences", "Words", "UPOS",  "XPOS",    "UFeats",   "Lemmas",
    "UAS",    "LAS",       "CLAS",  "Names", "persons", "organis.", "places",
};

typedef struct scorer {
    tally t[N_TALLY];
    nst_coder *coder;
    nst_arena *doc;                /* of the gold */
    bool gold_tokens, errors;
    uint64_t docs, words;
    double seconds;
} scorer;

static bool is_function(uint8_t rel) {
    switch (nst_deprel_base(rel)) {
    case NST_D_AUX: case NST_D_CASE: case NST_D_CC: case NST_D_CLF: case NST_D_COP: case NST_D_DET:
    case NST_D_MARK: case NST_D_PUNCT: return true;
    default: return false;
    }
}

/* Order of tokens by field and byte. */
static int before(const nst_text *a, uint32_t i, const nst_text *b, uint32_t j) {
    uint8_t fa = a->sents[a->sent_of[i]].span.field, fb = b->sents[b->sent_of[j]].span.field;
    if (fa != fb) return fa > fb ? -1 : 1;
    if (a->tokens[i].start != b->tokens[j].start)
        return a->tokens[i].start < b->tokens[j].start ? -1 : 1;
    if (a->tokens[i].end != b->tokens[j].end) return a->tokens[i].end < b->tokens[j].end ? -1 : 1;
    return 0;
}

/* map[i]: our token with the bytes of gold token i, or NST_ROOT. */
static void align(const nst_text *g, const nst_text *o, uint32_t *map) {
    uint32_t j = 0;
    for (uint32_t i = 0; i < g->n_tokens; i++) {
        while (j < o->n_tokens && before(o, j, g, i) < 0) j++;
        map[i] = j < o->n_tokens && !before(o, j, g, i) ? j : NST_ROOT;
    }
}

/* Surface tokens (clitics with their word) and sentences with the same bytes in both. */
static void count_units(scorer *s, const nst_text *g, const nst_text *o, const uint32_t *map) {
    const nst_text *both[2] = {g, o};
    for (int k = 0; k < 2; k++)
        for (uint32_t i = 0; i < both[k]->n_tokens; i++) {
            bool joined = nst_parse_is_clitic(both[k], i);
            if (k ? 1 : 0) s->t[TOKENS].ours += !joined;
            else s->t[TOKENS].gold += !joined;
            if (!k && !joined && map[i] != NST_ROOT) {
                uint32_t a = i + 1, b = map[i] + 1;
                while (a < g->n_tokens && nst_parse_is_clitic(g, a)) a++;
                while (b < o->n_tokens && nst_parse_is_clitic(o, b)) b++;
                s->t[TOKENS].same += g->tokens[a - 1].end == o->tokens[b - 1].end;
            }
        }
    s->t[SENTS].gold += g->n_sents;
    for (uint32_t j = 0; j < o->n_sents; j++)
        s->t[SENTS].ours += o->sents[j].end > o->sents[j].first;
    for (uint32_t i = 0; i < g->n_sents; i++) {
        uint32_t first = map[g->sents[i].first], last = map[g->sents[i].end - 1];
        if (first == NST_ROOT || last == NST_ROOT) continue;
        const nst_sent *os = &o->sents[o->sent_of[first]];
        s->t[SENTS].same += os->first == first && os->end == last + 1;
    }
}

/* Tags, lemmas and arcs of the words both have. */
static void count_words(scorer *s, const nst_parse *g, const nst_parse *o, const uint32_t *map) {
    tally *t = s->t;
    uint32_t ng = g->text->n_tokens, no = o->text->n_tokens;
    for (int k = WORDS; k <= LAS; k++) t[k].gold += ng, t[k].ours += no;
    for (uint32_t i = 0; i < ng; i++) t[CLAS].gold += !is_function(g->deprel[i]);
    for (uint32_t i = 0; i < no; i++) t[CLAS].ours += !is_function(o->deprel[i]);
    for (uint32_t i = 0; i < ng; i++) {
        uint32_t j = map[i];
        if (j == NST_ROOT) continue;
        t[WORDS].same++;
        t[UPOS].same += g->upos[i] == o->upos[j];
        t[XPOS].same += nst_str_eq(g->xpos[i], o->xpos[j]);
        t[FEATS].same += nst_str_eq(g->feats[i], o->feats[j]);
        t[LEMMA].same += nst_str_eq(g->lemma[i], o->lemma[j]) || nst_str_is(g->lemma[i], "_");
        uint32_t hg = g->head[i], ho = o->head[j];
        if (hg == NST_ROOT ? ho != NST_ROOT : (ho == NST_ROOT || map[hg] != ho)) continue;
        t[UAS].same++;
        if (nst_deprel_base(g->deprel[i]) != nst_deprel_base(o->deprel[j])) continue;
        t[LAS].same++;
        t[CLAS].same += !is_function(g->deprel[i]);
    }
}

/* Names of person, organisation, place with the same bytes and kind. */
static void count_names(scorer *s, const nst_parse *g, const nst_parse *o) {
    uint32_t j = 0;
    for (uint32_t i = 0; i < o->n_names; i++)
        s->t[NAMES].ours += o->names[i].kind <= NST_NAME_PLACE;
    for (uint32_t i = 0; i < g->n_names; i++) {
        const nst_name *a = &g->names[i];
        if (a->kind > NST_NAME_PLACE) continue;
        s->t[NAMES].gold++;
        uint32_t start = g->text->tokens[a->first].start, end = g->text->tokens[a->end - 1].end;
        while (j < o->n_names && o->text->tokens[o->names[j].first].start < start) j++;
        for (uint32_t k = j; k < o->n_names && o->text->tokens[o->names[k].first].start == start;
             k++)
            s->t[NAMES].same +=
                o->text->tokens[o->names[k].end - 1].end == end && o->names[k].kind == a->kind;
    }
}

/* Our reading of a report, or of the words of a gold file. */
static nst_status read_ours(scorer *s, nst_str conllu, const nst_report *rep, nst_err *e) {
    clock_t t0 = clock();
    nst_status st;
    if (s->gold_tokens) {
        st = nst_coder_start_conllu(s->coder, conllu, NULL, e);
        nst_coder_keep_words(s->coder);
    } else {
        st = nst_coder_start(s->coder, rep, e);
    }
    if (!st) st = nst_coder_reach(s->coder, NST_LEVEL_PARSE, e);
    s->seconds += (double)(clock() - t0) / CLOCKS_PER_SEC;
    s->docs++, s->words += st ? 0 : nst_coder_doc(s->coder)->text.n_tokens;
    return st;
}

/* One gold document. */
static nst_status score_doc(scorer *s, nst_str conllu, nst_err *e) {
    nst_report rep = {0};
    nst_text gt;
    nst_parse gp;
    nst_arena_reset(s->doc);
    nst_status st = nst_parse_read(conllu, s->doc, &rep, &gt, &gp, e);
    if (st || !gt.n_tokens) return st;
    if ((st = read_ours(s, conllu, &rep, e))) return st;
    const nst_doc *d = nst_coder_doc(s->coder);
    uint32_t *map = NST_ARRAY(s->doc, uint32_t, gt.n_tokens);
    align(&gt, &d->text, map);
    count_units(s, &gt, &d->text, map);
    count_words(s, &gp, &d->parse, map);
    count_names(s, &gp, &d->parse);
    return NST_OK;
}

/* ---- name corpora ------------------------------------------------------------------------ */

/* A name corpus' text being put together, and its names by bytes of that text. */
typedef struct gold_names {
    char *buf;
    uint32_t n, n_names, cap;
    nst_name *names;               /* first, end: bytes */
    uint32_t open;                 /* kind of the name the last token was in, NST_N_NAME if none */
    bool in_quote, glue;           /* no space before the next token */
} gold_names;

/* Class of a tag without its B- or I-; NST_N_NAME for those not scored. */
static uint32_t kind_of_tag(nst_str tag) {
    static const struct { const char *tag; uint32_t kind;
    } kinds[] = {
        {"Person", NST_NAME_PERSON}, {"PER", NST_NAME_PERSON},     {"Organization", NST_NAME_ORG},
        {"ORG", NST_NAME_ORG},       {"Location", NST_NAME_PLACE}, {"LOC", NST_NAME_PLACE},
        {"GPE", NST_NAME_PLACE},
    };
    nst_str k = nst_str_sub(tag, tag.n > 2 ? 2 : 0, tag.n);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (nst_str_is(k, kinds[i].tag)) return kinds[i].kind;
    return NST_N_NAME;
}

/* How English is written: no space before these, none after those. */
static bool glued_left(gold_names *g, nst_str w) {
    static const char *const left[] = {",", ".", ";", ":", "!", "?", ")", "]", "%", "'s",
        "\xE2\x80\x99s", "n't", "'", "\xE2\x80\x99", "\xE2\x80\x9D", "-", "'re", "'ve", "'ll", "'m",
        "'d", "n\xE2\x80\x99t"};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        if (nst_str_is(w, left[i])) return true;
    return nst_str_is(w, "\"") && g->in_quote;
}

static bool glued_right(gold_names *g, nst_str w) {
    if (nst_str_is(w, "\"")) return g->in_quote = !g->in_quote;
    return nst_str_is(w, "(") || nst_str_is(w, "[") || nst_str_is(w, "$") ||
           nst_str_is(w, "\xE2\x80\x9C") || nst_str_is(w, "\xE2\x80\x98") || nst_str_is(w, "-");
}

/* One "word<TAB>tag" line (or IOB2's "number<TAB>word<TAB>tag"). */
static void add_token(gold_names *g, nst_str w, nst_str tag, nst_arena *a) {
    if (g->n && !g->glue && !glued_left(g, w) && g->buf[g->n - 1] != '\n') g->buf[g->n++] = ' ';
    uint32_t at = g->n, kind = tag.n > 1 ? kind_of_tag(tag) : NST_N_NAME;
    memcpy(g->buf + g->n, w.p, w.n);
    g->n += w.n;
    g->glue = glued_right(g, w);
    if (kind < NST_N_NAME && tag.p[0] == 'I' && g->open == kind) {
        g->names[g->n_names - 1].end = g->n;
    } else if (kind < NST_N_NAME) {
        nst_name *m = NST_PUSH(a, g->names, g->n_names, g->cap);
        *m = (nst_name){at, g->n, (uint8_t)kind, 1};
    }
    g->open = kind;
}

/* Text and names of a corpus file; a blank line ends a sentence, here a paragraph. */
static void read_names(nst_str file, gold_names *g, nst_arena *a) {
    nst_str line, c[3];
    g->buf = nst_arena_alloc(a, (size_t)file.n * 2 + 16);
    g->open = NST_N_NAME;
    while (nst_str_split(&file, '\n', &line)) {
        uint32_t n = 0;
        line = nst_str_trim(line);
        if (!line.n && g->n && g->buf[g->n - 1] != '\n') {
            memcpy(g->buf + g->n, "\n\n", 2);
            g->n += 2, g->open = NST_N_NAME, g->in_quote = g->glue = false;
        }
        if (!line.n || line.p[0] == '#') continue;
        while (n < 3 && nst_str_split(&line, '\t', &c[n])) n++;
        if (n < 2 || nst_str_starts(c[0], "http")) continue;
        bool numbered = n == 3 && c[0].n && c[0].p[0] >= '0' && c[0].p[0] <= '9' &&
                        kind_of_tag(c[1]) == NST_N_NAME && !nst_str_is(c[1], "O");
        add_token(g, nst_str_trim(c[numbered]), nst_str_trim(c[numbered + 1]), a);
    }
}

/* Names on one side only, in order of place: "-" missed, "+" ours alone. */
static void list_errors(const gold_names *g, const nst_parse *p) {
    const nst_token *tok = p->text->tokens;
    for (uint32_t i = 0, j = 0; i < g->n_names || j < p->n_names;) {
        uint32_t ga = i < g->n_names ? g->names[i].first : UINT32_MAX,
                 gz = ga < UINT32_MAX ? g->names[i].end : 0;
        uint32_t oa = j < p->n_names ? tok[p->names[j].first].start : UINT32_MAX;
        uint32_t oz = oa < UINT32_MAX ? tok[p->names[j].end - 1].end : 0;
        bool both = ga == oa && gz == oz && g->names[i].kind == p->names[j].kind;
        if (!both && ga <= oa)
            printf("- %s\t%.*s\n", nst_name_kind_name(g->names[i].kind), (int)(gz - ga),
                   g->buf + ga);
        else if (!both && p->names[j].kind <= NST_NAME_PLACE)
            printf("+ %s\t%.*s\n", nst_name_kind_name(p->names[j].kind), (int)(oz - oa),
                   g->buf + oa);
        i += both || ga <= oa;
        j += both || ga > oa;
    }
}

/* One file of a name corpus. */
static nst_status score_names(scorer *s, nst_str file, nst_err *e) {
    gold_names g = {0};
    nst_arena_reset(s->doc);
    read_names(file, &g, s->doc);
    nst_report rep = {.text = g.buf, .text_len = g.n};
    nst_status st = g.n ? read_ours(s, file, &rep, e) : NST_OK;
    if (st || !g.n) return st;
    const nst_parse *p = &nst_coder_doc(s->coder)->parse;
    const nst_token *tok = p->text->tokens;
    uint32_t j = 0;
    if (s->errors) list_errors(&g, p);
    for (uint32_t k = 0; k < p->n_names; k++) {
        if (p->names[k].kind > NST_NAME_PLACE) continue;
        s->t[NAMES].ours++, s->t[PERSONS + p->names[k].kind].ours++;
    }
    for (uint32_t i = 0; i < g.n_names; i++) {
        const nst_name *a = &g.names[i], *o;
        s->t[NAMES].gold++, s->t[PERSONS + a->kind].gold++;
        while (j < p->n_names && tok[p->names[j].first].start < a->first) j++;
        if (j == p->n_names) continue;
        o = &p->names[j];
        if (tok[o->first].start != a->first || o->kind != a->kind || tok[o->end - 1].end != a->end)
            continue;
        s->t[NAMES].same++, s->t[PERSONS + a->kind].same++;
    }
    return NST_OK;
}

/* Next document of a file: up to the next "# newdoc" line. */
static nst_str next_doc(nst_str *rest) {
    nst_str d = {rest->p, 0};
    for (uint32_t i = 0; i < rest->n;) {
        const char *nl = memchr(rest->p + i, '\n', rest->n - i);
        nst_str line = {rest->p + i, nl ? (uint32_t)(nl - rest->p) - i : rest->n - i};
        if (i && nst_str_starts(line, "# newdoc")) break;
        i += line.n + (nl != NULL);
        d.n = i;
    }
    *rest = nst_str_sub(*rest, d.n, rest->n);
    return d;
}

static void print_table(const scorer *s, const char *title) {
    printf("%s: %llu documents, %llu words\n", title, (unsigned long long)s->docs,
           (unsigned long long)s->words);
    printf("%-10s %9s %9s %9s\n", "", "precision", "recall", "F1");
    for (int k = 0; k < N_TALLY; k++) {
        cli_score c = {s->t[k].same, s->t[k].ours, s->t[k].gold};
        if (!c.gold) continue;
        printf("%-10s %9.2f %9.2f %9.2f\n", tally_names[k], 100 * cli_precision(&c),
               100 * cli_recall(&c), 100 * cli_f1(&c));
    }
    if (s->seconds > 0)
        printf("%-10s %9.0f words a second\n", "speed", (double)s->words / s->seconds);
}

/* Every document of a gold file. */
static nst_status score_file(scorer *s, nst_str file, bool names, long limit, nst_err *e) {
    if (setjmp(*nst_arena_oom(s->doc))) return nst_fail(e, NST_ENOMEM, "eval", "out of memory");
    if (names) return score_names(s, file, e);
    nst_status st = NST_OK;
    while (!st && file.n && (limit < 0 || s->docs < (uint64_t)limit))
        st = score_doc(s, next_doc(&file), e);
    return st;
}

/* Names: one table over all files; treebanks: a table a file. */
static int run_scorer(const cli_args *a, bool names) {
    scorer s = {.gold_tokens = cli_has(a, "gold-tokens") && !names, .errors = cli_has(a, "errors")};
    nst_engine *engine = NULL;
    nst_err e = {.byte = UINT64_MAX};
    long limit;
    int code = CLI_OK;
    if (!a->n_operands) return cli_usage(a, "name at least one gold file");
    if (!cli_int(a, "limit", 1, 1000000000, -1, &limit)) return CLI_USAGE;
    if ((code = cli_engine(a, &engine))) return code;
    s.coder = nst_coder_new(engine), s.doc = nst_arena_new();
    if (!s.coder || !s.doc) code = CLI_WORLD;
    for (int i = 0; !code && i < a->n_operands; i++) {
        nst_writer w = {0};
        if (!cli_slurp(a->operands[i], &w)) code = CLI_REJECTED;
        else if (score_file(&s, (nst_str){w.p, (uint32_t)w.n}, names, limit, &e)) {
            snprintf(e.file, sizeof e.file, "%s", a->operands[i]);
            cli_complain(&e), code = cli_exit_of(e.code);
        } else if (!names || i + 1 == a->n_operands) {
            print_table(&s, names ? "names" : a->operands[i]);
        }
        if (!code) code = cli_eval_end(s.docs, "document", code);
        nst_writer_free(&w);
        if (!names) memset(s.t, 0, sizeof s.t), s.docs = s.words = 0, s.seconds = 0;
    }
    nst_coder_free(s.coder);
    nst_arena_free(s.doc);
    nst_engine_close(engine);
    return code;
}

int cli_eval_ud(const cli_args *a) { return run_scorer(a, false); }
int cli_eval_ner(const cli_args *a) { return run_scorer(a, true); }
