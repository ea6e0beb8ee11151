/* cli_eval_says.c - attributions against brat standoff: token-level F1 of source, cue and content.
 *
 * In: folders with text/NAME.txt and attributions/NAME.ann (PolNeAR's form). Out: micro-averaged
 * precision, recall and F1 over tokens: a token counts for a kind if it lies in any span of that
 * kind. Then the same of our outermost attributions alone: PolNeAR marks no sayings inside of
 * sayings, so that ours there count as wrong in the first figures.
 * Reference: Newell, Margolin and Ruths 2018, "An attribution relations corpus for political news".
 */
#include <dirent.h>
#include <stdlib.h>

#include "cli_eval.h"

enum { SOURCE, CUE, CONTENT, KINDS };
static const char *const kind_names[KINDS] = {"source", "cue", "content"};
static const char *const outer_names[KINDS] = {"outer source", "outer cue", "outer content"};

typedef struct tally {
    nst_coder *coder;
    cli_score score[KINDS], outermost[KINDS];
    bool errors;
    long left;
    uint64_t files;
} tally;

/* The whole file; NULL if it cannot be read. */
static char *slurp(const char *path, size_t *n) {
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    nst_writer w = {0};
    char buf[65536];
    size_t got;
    nst_put(&w, NST_S(""));
    while ((got = fread(buf, 1, sizeof buf, f)) > 0) nst_put(&w, (nst_str){buf, (uint32_t)got});
    fclose(f);
    *n = w.n;
    return w.p;
}

/* Byte offset of every code point of the text, [code points + 1]. */
static uint32_t *byte_at(const char *p, size_t n) {
    uint32_t *at = malloc(sizeof *at * (n + 2)), k = 0;
    for (size_t i = 0; i < n; i++)
        if (((unsigned char)p[i] & 0xC0) != 0x80) at[k++] = (uint32_t)i;
    at[k] = at[k + 1] = (uint32_t)n;
    return at;
}

/* Marks the bytes of one kind's spans: "Source 33 47;50 60". */
static void mark(uint8_t *bytes, const uint32_t *at, size_t n_chars, const char *spans, int kind) {
    char *end;
    for (const char *p = spans; *p && *p != '\t' && *p != '\n'; p = *end == ';' ? end + 1 : end) {
        unsigned long from = strtoul(p, &end, 10);
        if (*end != ' ') return;
        unsigned long to = strtoul(end + 1, &end, 10);
        if (to > n_chars) return;
        for (uint32_t b = at[from]; b < at[to]; b++) bytes[b] |= (uint8_t)(1 << kind);
        if (*end != ';') return;
    }
}

/* Reads the gold spans of an annotation file into a bit mask per byte. */
static void read_gold(const char *ann, const char *text, size_t n, uint8_t *bytes) {
    uint32_t *at = byte_at(text, n);
    size_t n_chars = nst_utf8_count(text, n);
    for (const char *p = ann; p && *p; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL) {
        const char *tab = strchr(p, '\t');
        if (*p != 'T' || !tab) continue;
        if (!strncmp(tab + 1, "Source ", 7)) mark(bytes, at, n_chars, tab + 8, SOURCE);
        if (!strncmp(tab + 1, "Cue ", 4)) mark(bytes, at, n_chars, tab + 5, CUE);
        if (!strncmp(tab + 1, "Content ", 8)) mark(bytes, at, n_chars, tab + 9, CONTENT);
    }
    free(at);
}

static void mark_span(uint8_t *bytes, nst_span s, int kind) {
    for (uint32_t b = s.start; s.field == NST_FIELD_TEXT &&
        b < s.end; b++) bytes[b] |= (uint8_t)(1 << kind);
}

/* Marks our own spans, of all attributions or of those that no other one holds. */
static void mark_ours(const nst_events *ev, bool outermost, uint8_t *bytes) {
    for (uint32_t i = 0; i < ev->n_attributions; i++) {
        const nst_attribution *a = &ev->attributions[i];
        if (outermost && a->outer != NST_ROOT) continue;
        mark_span(bytes, a->source_span, SOURCE);
        mark_span(bytes, a->cue_span, CUE);
        for (uint32_t k = 0; k < a->n_content; k++) mark_span(bytes, a->content[k], CONTENT);
    }
}

/* Prints a sentence's tokens with gold|ours where they differ. */
static void show(const nst_text *t, uint32_t s, const uint8_t *gold, const uint8_t *ours) {
    bool any = false;
    for (uint32_t i = t->sents[s].first; i < t->sents[s].end; i++) any |= gold[t->tokens[i].start] != ours[t->tokens[i].start];
    if (!any) return;
    for (uint32_t i = t->sents[s].first; i < t->sents[s].end; i++) {
        nst_str w = nst_text_token(t, i);
        uint8_t g = gold[t->tokens[i].start], o = ours[t->tokens[i].start];
        static const char *const letter[8] = {"-", "S", "Q", "SQ", "C", "SC", "QC", "SQC"};
        if (g == o && !g) printf("%.*s ", (int)w.n, w.p);
        else if (g == o) printf("%.*s/%s ", (int)w.n, w.p, letter[g & 7]);
        else printf("%.*s/[%s|%s] ", (int)w.n, w.p, letter[g & 7], letter[o & 7]);
    }
    printf("\n");
}

/* Adds the tokens of a text to the scores. */
static void count(const nst_text *t, const uint8_t *gold, const uint8_t *ours, cli_score *score) {
    for (uint32_t i = 0; i < t->n_tokens; i++)
        for (int k = 0; k < KINDS; k++) {
            bool g = gold[t->tokens[i].start] >> k & 1, o = ours[t->tokens[i].start] >> k & 1;
            score[k].gold += g;
            score[k].given += o;
            score[k].right += g && o;
        }
}

/* Codes one text and compares token by token. */
static void score_text(tally *y, const char *name, const char *text, size_t n, const char *ann) {
    nst_err e = {0};
    nst_report r = {.id = name, .text = text, .text_len = n};
    if (nst_coder_run(y->coder, &r, &e)) {
        cli_complain(&e);
        return;
    }
    const nst_doc *d = nst_coder_doc(y->coder);
    uint8_t *gold = calloc(n + 1, 1), *ours = calloc(n + 1, 1);
    read_gold(ann, text, n, gold);
    mark_ours(&d->events, false, ours);
    count(&d->text, gold, ours, y->score);
    for (uint32_t s = 0; y->errors && s < d->text.n_sents; s++) show(&d->text, s, gold, ours);
    memset(ours, 0, n + 1);
    mark_ours(&d->events, true, ours);
    count(&d->text, gold, ours, y->outermost);
    free(gold);
    free(ours);
    y->files++;
}

/* Annotations of a text: attributions/STEM.ann or, with an annotator's tag,
 * attributions/STEM_TAG.ann. */
static char *find_annotation(const char *folder, const char *name, size_t stem, size_t *n) {
    char path[1024];
    char *found = NULL;
    snprintf(path, sizeof path, "%s/attributions", folder);
    DIR *d = opendir(path);
    if (!d) return NULL;
    for (struct dirent *e; !found && (e = readdir(d));) {
        if (strncmp(e->d_name, name, stem) || (e->d_name[stem] != '_' &&
            e->d_name[stem] != '.')) continue;
        snprintf(path, sizeof path, "%s/attributions/%s", folder, e->d_name);
        found = slurp(path, n);
    }
    closedir(d);
    return found;
}

/* All texts of one folder that have annotations. */
static bool score_folder(tally *y, const char *folder) {
    char path[1024];
    snprintf(path, sizeof path, "%s/text", folder);
    struct dirent **list;
    int n = scandir(path, &list, NULL, alphasort);
    if (n < 0) {
        fprintf(stderr, "nestor: %s: no such folder (expected text/ and attributions/ in it)\n",
            path);
        return false;
    }
    for (int i = 0; i < n; i++) {
        char *dot = strrchr(list[i]->d_name, '.');
        if (dot && !strcmp(dot, ".txt") && y->left != 0) {
            size_t len, ann_len;
            snprintf(path, sizeof path, "%s/text/%s", folder, list[i]->d_name);
            char *text = slurp(path, &len);
            char *ann = find_annotation(folder, list[i]->d_name, (size_t)(dot - list[i]->d_name),
                &ann_len);
            if (text && ann) {
                score_text(y, list[i]->d_name, text, len, ann);
                if (y->left > 0) y->left--;
            }
            nst_free(text);
            nst_free(ann);
        }
        free(list[i]);
    }
    free(list);
    return true;
}

int cli_eval_says(const cli_args *a) {
    nst_engine *engine;
    tally y = {.errors = cli_has(a, "errors")};
    if (!a->n_operands) return cli_usage(a, "name a folder with text/ and attributions/");
    if (!cli_int(a, "limit", 1, 1000000, -1, &y.left)) return CLI_USAGE;
    int code = cli_engine(a, &engine);
    if (code) return code;
    y.coder = nst_coder_new(engine);
    for (int i = 0; i < a->n_operands && code == CLI_OK; i++)
        if (!score_folder(&y, a->operands[i])) code = CLI_WORLD;
    printf("%llu texts; level: attribution; unit: token\n", (unsigned long long)y.files);
    for (int k = 0; k < KINDS; k++) cli_score_line(kind_names[k], &y.score[k]);
    printf("outermost attributions alone\n");
    for (int k = 0; k < KINDS; k++) cli_score_line(outer_names[k], &y.outermost[k]);
    nst_coder_free(y.coder);
    nst_engine_close(engine);
    return code;
}
