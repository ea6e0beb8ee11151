/* runner.c - runs the block tests of the stages.
 *
 * A test is a block of a test/STAGE/NAME.txt file:
 *
 *     === title
 *     one or more lines of why
 *     [date: 1894-05-15] [source: Zenda Gazette] [title: Envoys expelled] [keep: actor time]
 *     --- text            (or --- conllu)
 *     input
 *     --- expect
 *     the stage's text form
 *
 * The folder says the stage: text, parse, entities, events (any other folder: `level: STAGE` in the
 * block). `keep:` leaves only the lines of the dump that begin with one of these words.
 * usage: test-runner [--accept] [--actors FILE] [--model NAME] FILE...
 */
#include <stdlib.h>

#include "pipeline.h"
#include "runner_read.h"

typedef struct block {
    nst_str title, head, kind, input, expect;
    const char *expect_at;               /* where the expectation stands in the file */
} block;

typedef struct run {
    nst_coder *coder;
    bool accept;
    int passed, failed;
} run;

/* The whole file, NUL-terminated; exits when it cannot be read. */
static char *slurp(const char *path, size_t *n) {
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "test-runner: cannot open %s\n", path);
        exit(2);
    }
    nst_writer w = {0};
    char buf[65536];
    size_t got;
    while ((got = fread(buf, 1, sizeof buf, f)) > 0) nst_put(&w, (nst_str){buf, (uint32_t)got});
    nst_putc(&w, 0);
    fclose(f);
    *n = w.n - 1;
    return w.p;
}

/* Value of "key:" in the head of a block as a C string, NULL if it is not there. */
static const char *head_value(nst_str head, const char *key, nst_arena *a) {
    nst_str line;
    while (nst_str_split(&head, '\n', &line)) {
        size_t n = strlen(key);
        if (line.n > n && memcmp(line.p, key, n) == 0 && line.p[n] == ':') {
            nst_str v = nst_str_trim(nst_str_sub(line, (uint32_t)n + 1, line.n));
            return nst_arena_dup(a, v.p, v.n);
        }
    }
    return NULL;
}

/* The next block at *p, which ends at `end`; false when there is none. */
static bool next_block(const char **p, const char *end, block *b) {
    const char *at = *p, *mark[3] = {0};
    while (at < end && strncmp(at, "=== ", 4)) at = strchr(at, '\n') ? strchr(at, '\n') + 1 : end;
    if (at >= end) return false;
    const char *title = at + 4, *head = strchr(at, '\n') + 1;
    for (at = head; at < end && strncmp(at, "=== ", 4);) {
        if (!mark[0] && !strncmp(at, "--- ", 4)) mark[0] = at;
        else if (!strncmp(at, "--- expect\n", 11)) mark[1] = at;
        const char *nl = memchr(at, '\n', (size_t)(end - at));
        at = nl ? nl + 1 : end;
    }
    *p = at;
    if (!mark[0] || !mark[1]) {
        fprintf(stderr, "test-runner: block without --- text or --- expect: %.40s\n", title);
        exit(2);
    }
    const char *kind_end = strchr(mark[0], '\n');
    *b = (block){{title, (uint32_t)(head - 1 - title)}, {head, (uint32_t)(mark[0] - head)},
        {mark[0] + 4, (uint32_t)(kind_end - mark[0] - 4)},
        {kind_end + 1, (uint32_t)(mark[1] - kind_end - 1)},
        {mark[1] + 11, (uint32_t)(at - mark[1] - 11)}, mark[1] + 11};
    return true;
}

/* Does the dump line begin with one of the words of `keep` (NULL: all)? */
static bool wanted(nst_str line, const char *keep) {
    if (!keep) return true;
    nst_str rest = nst_str_c(keep), word;
    while (nst_str_split(&rest, ' ', &word))
        if (line.n >= word.n && memcmp(line.p, word.p, word.n) == 0) return true;
    return false;
}

/* The level that a folder name stands for. */
static nst_level level_of(const char *name) {
    if (!strcmp(name, "text")) return NST_LEVEL_TEXT;
    if (!strcmp(name, "parse")) return NST_LEVEL_PARSE;
    if (!strcmp(name, "entities") || !strcmp(name, "when") || !strcmp(name, "where") ||
        !strcmp(name, "numbers") || !strcmp(name, "who") || !strcmp(name, "actors"))
        return NST_LEVEL_ENTITIES;
    return NST_LEVEL_EVENTS;
}

/* Runs one block to its level and writes the dump asked for. */
static void run_block(run *r, const block *b, const char *stage, nst_arena *a, nst_writer *out) {
    nst_err e = {0};
    if (!strcmp(stage, "read")) {
        run_read(b->kind, b->input, head_value(b->head, "date", a), head_value(b->head, "source", a), out);
        return;
    }
    nst_str text = b->input;
    while (text.n && text.p[text.n - 1] == '\n') text.n--;
    nst_report rep = {.id = "r1", .text = text.p, .text_len = text.n,
        .date = head_value(b->head, "date", a), .source = head_value(b->head, "source", a),
        .title = head_value(b->head, "title", a)};
    const char *lv = head_value(b->head, "level", a), *keep = head_value(b->head, "keep", a);
    nst_level level = level_of(lv ? lv : stage);
    bool conllu = nst_str_is(b->kind, "conllu");
    nst_status st = conllu ? nst_coder_start_conllu(r->coder, b->input, &rep, &e)
                           : nst_coder_start(r->coder, &rep, &e);
    if (!st) st = nst_coder_reach(r->coder, level, &e);
    if (st) {
        nst_putf(out, "error %d %s\n", st, e.message);
        return;
    }
    const nst_doc *d = nst_coder_doc(r->coder);
    nst_writer w = {0};
    if (level == NST_LEVEL_TEXT) nst_text_dump(&d->text, &w);
    if (level == NST_LEVEL_PARSE) nst_parse_dump(&d->parse, true, &w);
    if (level == NST_LEVEL_ENTITIES) nst_entities_dump(&d->entities, &w);
    if (level == NST_LEVEL_EVENTS) nst_events_dump(&d->events, &w);
    nst_str rest = {w.p, (uint32_t)w.n}, line;
    while (nst_str_split(&rest, '\n', &line)) {
        if (!line.n || !wanted(line, keep)) continue;
        nst_put(out, line);
        nst_putc(out, '\n');
    }
    nst_writer_free(&w);
}

/* Both texts without empty lines at the end. */
static bool same(nst_str a, nst_str b) {
    return nst_str_eq(nst_str_trim(a), nst_str_trim(b));
}

/* All blocks of one file; with accept the file is written again with what came out. */
static void run_file(run *r, const char *path) {
    size_t n;
    char *file = slurp(path, &n);
    char stage[64] = "";
    const char *slash = strrchr(path, '/'), *from = slash;
    while (from && from > path && from[-1] != '/') from--;
    if (slash) snprintf(stage, sizeof stage, "%.*s", (int)(slash - from), from);
    nst_arena *a = nst_arena_new();
    nst_writer fresh = {0};
    const char *p = file, *copied = file;
    block b;
    while (next_block(&p, file + n, &b)) {
        nst_writer out = {0};
        nst_put(&out, NST_S(""));
        run_block(r, &b, stage, a, &out);
        bool ok = same((nst_str){out.p, (uint32_t)out.n}, b.expect);
        r->passed += ok;
        r->failed += !ok;
        if (!ok && !r->accept)
            printf("FAIL %s: %.*s\n--- expected\n%.*s--- got\n%s", path, (int)b.title.n, b.title.p,
                   (int)b.expect.n, b.expect.p, out.p);
        nst_put(&fresh, (nst_str){copied, (uint32_t)(b.expect_at - copied)});
        nst_put(&fresh, (nst_str){out.p, (uint32_t)out.n});
        if (p < file + n) nst_putc(&fresh, '\n');
        copied = p;
        nst_writer_free(&out);
    }
    FILE *f = r->accept && copied != file ? fopen(path, "wb") : NULL;   /* no blocks: not a test file */
    if (f) {
        fwrite(fresh.p, 1, fresh.n, f);
        fclose(f);
    }
    nst_writer_free(&fresh);
    nst_arena_free(a);
    free(file);
}

int main(int argc, char **argv) {
    nst_options o = {0};
    run r = {0};
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (!strcmp(argv[i], "--accept")) r.accept = true;
        else if (!strcmp(argv[i], "--actors")) o.actors = argv[++i];
        else if (!strcmp(argv[i], "--lexicon")) o.lexicon = argv[++i];
        else if (!strcmp(argv[i], "--model")) o.model = argv[++i];
    }
    nst_engine *g;
    nst_err e = {0};
    if (nst_engine_open(&o, &g, &e)) {
        fprintf(stderr, "test-runner: %s: %s\n", e.stage, e.message);
        return 2;
    }
    r.coder = nst_coder_new(g);
    for (; i < argc; i++) run_file(&r, argv[i]);
    nst_coder_free(r.coder);
    nst_engine_close(g);
    printf("%d passed, %d failed\n", r.passed, r.failed);
    return r.failed != 0;
}
