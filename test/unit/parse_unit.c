/* parse_unit.c - checks of the parse stage that a dump does not show.
 *
 * Every copy of the number loops gives the same bits; the tree search finds what trying all trees
 * finds; batches do not mix; hostile text gives sound trees; hostile CoNLL-U and model files are
 * refused.
 */
#include <math.h>
#include <stdlib.h>

#include "parse_model.h"

static int passed, failed;

static void check(bool ok, const char *what) {
    if (ok) passed++;
    else failed++, printf("FAIL parse_unit: %s\n", what);
}

/* A small generator, so that runs are alike everywhere. */
static uint32_t seed = 12345;
static uint32_t rnd(void) { return seed = seed * 1664525u + 1013904223u, seed >> 8; }
static float rndf(void) { return (float)(int)(rnd() % 2001) / 1000.0f - 1.0f; }

/* ---- kernels ----------------------------------------------------------------------------- */

enum { T = 13, K = 100, N = 77, N16 = 80 };
static int8_t weights[N16 * K];
static float scale[N16], bias[N16], in[T * 128], a[T * 256], b[T * 256];
static int32_t sums[N16];

static void linear_of(const pm_kernels *k, float *out) {
    pm_matrix m = {weights, scale, bias, sums, N, K, N16, K};
    uint8_t q[T * K + 64];
    float s[T];
    k->linear(&m, in, 128, T, out, N16, q, s);
}

/* Values before and after each loop of copy k into out. */
static void others_of(const pm_kernels *k, float *out) {
    pm_norm g = {scale, bias};
    float kt[64 * 16], p[16];
    memcpy(out, in, sizeof in);
    k->norm(&g, out, T, 64);
    k->gelu(out + 128, 128);
    k->gates(out + 256, 32);
    k->softmax(out + 512, 11, 16);
    out[640] = k->dot(in, in + 128, 96);
    out[641] = (float)k->best(in, 51);
    k->relu(out + 700, 32);
    k->step(out + 768, in, in + 32, in + 64, out + 800, 32);
    k->embed(out + 896, weights, 0.5f, 32);
    k->attend(in, 96, 32, 5, 16, out + 1024, 32, kt, p);
}

static void test_kernels(void) {
    for (uint32_t i = 0; i < sizeof weights; i++) weights[i] = (int8_t)(rnd() % 255 - 127);
    for (uint32_t i = 0; i < N16; i++) scale[i] = rndf() * 0.01f, bias[i] = rndf(), sums[i] = 0;
    for (uint32_t i = 0; i < T * 128; i++) in[i] = rndf() * 3;
    for (uint32_t n = 0; n < N16; n++)
        for (uint32_t k = 0; k < K; k++)
            sums[n] += weights[n / 16 * 16 * K + k / 4 * 64 + n % 16 * 4 + k % 4];
    linear_of(pm_kernels_nth(0), a);
    for (uint32_t i = 1; pm_kernels_nth(i); i++) {
        memset(b, 0, sizeof b);
        linear_of(pm_kernels_nth(i), b);
        bool same = true;
        for (uint32_t t = 0; t < T; t++)
            same = same && !memcmp(a + t * N16, b + t * N16, N * sizeof *a);
        check(same, "matrix products agree bit by bit");
    }
    others_of(pm_kernels_nth(0), a);
    for (uint32_t i = 1; pm_kernels_nth(i); i++) {
        others_of(pm_kernels_nth(i), b);
        check(!memcmp(a, b, sizeof in), "vector loops agree bit by bit");
    }
    float x = 0, want = 0;
    linear_of(pm_kernels_nth(0), a);
    for (uint32_t k = 0; k < K; k++) want += in[k] * (float)weights[k / 4 * 64 + k % 4] * scale[0];
    x = a[0] - bias[0];
    check(fabsf(x - want) < 0.05f, "a product is close to the sum in floats");
}

/* ---- trees ------------------------------------------------------------------------------- */

/* Best score of all trees with one root over n words, by trying every choice of heads. */
static double try_all(const float *score, uint32_t n) {
    double best = -1e300;
    uint32_t head[8], total = 1;
    for (uint32_t i = 0; i < n; i++) total *= n + 1;
    for (uint32_t c = 0; c < total; c++) {
        uint32_t x = c, roots = 0;
        double s = 0;
        bool ok = true;
        for (uint32_t i = 0; i < n; i++, x /= n + 1)
            head[i] = x % (n + 1), roots += head[i] == 0, s += score[i * (n + 1) + head[i]];
        for (uint32_t i = 0; i < n && ok; i++) {
            uint32_t v = i + 1, steps = 0;
            while (v && steps++ <= n) v = head[v - 1];
            ok = !v;
        }
        if (ok && roots == 1 && s > best) best = s;
    }
    return best;
}

static void test_trees(nst_arena *scratch) {
    bool same = true;
    for (int round = 0; round < 400; round++) {
        uint32_t n = 1 + rnd() % 5, head[8];
        float score[64];
        double s = 0;
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t j = 0; j <= n; j++)
                score[i * (n + 1) + j] = j == i + 1 ? -1e4f : rndf() * 8;
        nst_arena_reset(scratch);
        pm_tree(score, n, head, scratch);
        for (uint32_t i = 0; i < n; i++) s += score[i * (n + 1) + head[i]];
        same = same && fabs(s - try_all(score, n)) < 1e-2;
    }
    check(same, "the tree search finds the best tree of all");
}

/* ---- documents --------------------------------------------------------------------------- */

typedef struct lab {
    nst_arena *doc, *scratch;
    const nst_text_model *text;
    const nst_parse_model *model;
    nst_text t;
    nst_parse p;
} lab;

static nst_status run(lab *l, const char *text, size_t n) {
    static nst_report r;
    nst_err e = {0};
    r = (nst_report){.text = text, .text_len = n};
    nst_arena_reset(l->doc), nst_arena_reset(l->scratch);
    nst_status st = nst_text_run(l->text, &r, l->doc, l->scratch, &l->t, &e);
    return st ? st : nst_parse_run(l->model, &l->t, l->doc, l->scratch, &l->p, &e);
}

/* One root a sentence, heads inside, no cycle, names in order and apart. */
static bool sound(const lab *l) {
    for (uint32_t s = 0; s < l->t.n_sents; s++) {
        const nst_sent *x = &l->t.sents[s];
        uint32_t roots = 0;
        for (uint32_t i = x->first; i < x->end; i++) {
            uint32_t v = i, steps = 0;
            roots += l->p.head[i] == NST_ROOT;
            while (v != NST_ROOT && v >= x->first && v < x->end && steps++ < 200) v = l->p.head[v];
            if (v != NST_ROOT && steps < 200) return false;
            if (!l->p.lemma[i].n) return false;
        }
        if (x->end > x->first && roots != 1) return false;
    }
    for (uint32_t i = 1; i < l->p.n_names; i++)
        if (l->p.names[i].first < l->p.names[i - 1].end) return false;
    return true;
}

/* `n` copies of a piece of text. */
static void test_repeat(lab *l, const char *piece, uint32_t n, const char *what) {
    size_t len = strlen(piece);
    char *p = malloc(len * n + 1);
    for (uint32_t i = 0; i < n; i++) memcpy(p + i * len, piece, len);
    check(!run(l, p, len * n) && sound(l), what);
    free(p);
}

static void test_hostile(lab *l, uint32_t size) {
    test_repeat(l, "x", 1000000 / size, "a token of a megabyte");
    test_repeat(l, "word ", 10000 / size, "a sentence of ten thousand words");
    test_repeat(l, "!?. ,", 2000 / size, "only punctuation");
    test_repeat(l, "\xF0\x9F\x98\x80", 3000 / size, "emoji");
    test_repeat(l, "\xE2\x80\x8F\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D ", 500 / size,
                "right-to-left marks and letters");
    test_repeat(l, "\xCC\x81", 4000 / size, "accents without letters");
    test_repeat(l, "a'b-c.d/e@f", 3000 / size, "a chain without a space");
    test_repeat(l, "(((\"", 3000 / size, "brackets that never close");
    check(!run(l, "", 0) && l->t.n_tokens == 0, "no text");
}

/* Parsing sentences together or alone gives the same. */
static void test_batches(lab *l) {
    static const char *const s[] = {
        "Graustark expelled two envoys.\n\n", "Ruritania's minister denied it on Tuesday.\n\n",
        "Nobody was hurt, he said, when Borduria's army fired on the ships off Zenda.\n\n"};
    char all[4096] = "";
    nst_writer alone = {0}, together = {0};
    for (int r = 0; r < 12; r++) strcat(all, s[r % 3]);
    for (int r = 0; r < 12; r++) {
        run(l, s[r % 3], strlen(s[r % 3]));
        for (uint32_t i = 0; i < l->t.n_tokens; i++)
            nst_putf(&alone, "%u %u %.*s\n", l->p.upos[i], l->p.deprel[i], (int)l->p.lemma[i].n,
                     l->p.lemma[i].p);
    }
    run(l, all, strlen(all));
    for (uint32_t i = 0; i < l->t.n_tokens; i++)
        nst_putf(&together, "%u %u %.*s\n", l->p.upos[i], l->p.deprel[i], (int)l->p.lemma[i].n,
                 l->p.lemma[i].p);
    check(alone.n == together.n && !memcmp(alone.p, together.p, alone.n), "batches do not mix");
    nst_writer_free(&alone), nst_writer_free(&together);
}

/* ---- refusals ---------------------------------------------------------------------------- */

static void test_conllu(lab *l) {
    static const struct { const char *text; bool good;
    } cases[] = {
        {"1\tZenda\t_\tPROPN\tNNP\t_\t0\troot\t_\t_\n\n", true},
        {"1\tZenda\t_\tPROPN\tNNP\t_\t0\troot\t_\t_", true},
        {"1-2\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tca\tcan\tAUX\tMD\t_\t0\troot\t_\t_\n2\tn'"
         "t\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_\n\n",
         true},
        {"1\tZenda\t_\tPROPN\tNNP\t_\t1\troot\t_\t_\n\n", false},
        {"1\ta\t_\tX\t_\t_\t2\tdep\t_\t_\n2\tb\t_\tX\t_\t_\t1\tdep\t_\t_\n\n", false},
        {"1\ta\t_\tX\t_\t_\t7\tdep\t_\t_\n\n", false},
        {"2\ta\t_\tX\t_\t_\t0\tdep\t_\t_\n\n", false},
        {"1\ta\tX\n\n", false},
        {"1-2\tab\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\t_\tX\t_\t_\t0\tdep\t_\t_\n\n", false},
        {"1\t\xFF\t_\tX\t_\t_\t0\tdep\t_\t_\n\n", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nst_report r = {0};
        nst_err e = {0};
        nst_arena_reset(l->doc);
        nst_status st = nst_parse_read(nst_str_c(cases[i].text), l->doc, &r, &l->t, &l->p, &e);
        check((st == NST_OK) == cases[i].good, cases[i].text);
    }
}

/* Bytes of the compiled-in model with some changed must be refused or parse soundly, never crash.
 */
static void test_models(const char *path) {
    static const unsigned char junk[64] = "NESTORM1 but not a model";
    const nst_parse_model *m;
    nst_err e = {0};
    FILE *f = fopen(path, "wb");
    check(f && fwrite(junk, 1, sizeof junk, f) == sizeof junk, "writing a file");
    if (f) fclose(f);
    check(nst_parse_load(path, &m, &e) == NST_EMODEL && e.message[0], "junk is no model");
    memset(&e, 0, sizeof e);
    check(nst_parse_load("/nonexistent/model", &m, &e) == NST_EMODEL && e.message[0],
          "a missing model");
    remove(path);
}

int main(int argc, char **argv) {
    lab l = {nst_arena_new(), nst_arena_new(), 0};
    nst_err e = {0};
    if (setjmp(*nst_arena_oom(l.doc)) || setjmp(*nst_arena_oom(l.scratch))) return 2;
    test_kernels();
    test_trees(l.scratch);
    l.text = nst_text_load(&e);
    check(!nst_parse_load(NULL, &l.model, &e), "the default model opens");
    test_batches(&l);
    test_hostile(&l, 1);
    nst_parse_close(l.model);
    check(!nst_parse_load("accurate", &l.model, &e), "the accurate model opens");
    test_batches(&l);
    test_hostile(&l, 20);
    test_conllu(&l);
    test_models(argc > 1 ? argv[1] : "parse_unit.tmp");
    nst_parse_close(l.model);
    nst_arena_free(l.doc);
    nst_arena_free(l.scratch);
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
