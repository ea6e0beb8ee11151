/* text_score.c - scores tokens, words and sentences of the text stage on raw text.
 *
 * In: CoNLL-U files. Out: precision, recall and F1 as the CoNLL 2018 shared task counts them (spans
 * of characters without white space), and with -e the places where we and the gold differ.
 * Usage: text-score [-e] [-w WIDTH] FILE.conllu ...     (-w: the raw text set in a column)
 */
#include "text_gold.h"

#include <time.h>

typedef struct count {
    uint64_t gold, ours, same;
} count;

static void print_count(const char *name, count c) {
    double p = c.ours ? 100.0 * c.same / c.ours : 0, r = c.gold ? 100.0 * c.same / c.gold : 0;
    printf("%-10s P %6.2f  R %6.2f  F1 %6.2f   gold %lu ours %lu\n", name, p, r,
           p + r > 0 ? 2 * p * r / (p + r) : 0, c.gold, c.ours);
}

/* Compares two ordered lists of spans; with `text`, prints where they differ. */
static void compare(const gold_span *g, uint32_t ng, const gold_span *o, uint32_t no, count *c,
                    const char *text, uint32_t n, const char *label) {
    uint32_t i = 0, k = 0;
    c->gold += ng;
    c->ours += no;
    while (i < ng || k < no) {
        if (i < ng && k < no && g[i].start == o[k].start && g[i].end == o[k].end) {
            c->same++, i++, k++;
            continue;
        }
        uint32_t a = i < ng ? g[i].start : UINT32_MAX, b = k < no ? o[k].start : UINT32_MAX;
        uint32_t from = a < b ? a : b, gi = i, oi = k, stop;
        do { /* up to where both have an end again */
            uint32_t ge = i < ng ? g[i].end : UINT32_MAX, oe = k < no ? o[k].end : UINT32_MAX;
            stop = ge < oe ? oe : ge;
            if (ge <= oe) i++;
            if (oe <= ge) k++;
            if (ge == oe) break;
        } while (i < ng || k < no);
        if (!text) continue;
        printf("%s gold", label);
        for (; gi < i; gi++) printf(" [%.*s]", (int)(g[gi].end - g[gi].start), text + g[gi].start);
        printf("  ours");
        for (; oi < k; oi++) printf(" [%.*s]", (int)(o[oi].end - o[oi].start), text + o[oi].start);
        uint32_t left = from > 30 ? from - 30 : 0, right = stop + 30 < n ? stop + 30 : n;
        printf("   in: %.*s\n", (int)(right > left ? right - left : 0), text + left);
    }
}

/* Sets the text in a column: spaces become line ends, so that offsets stay. */
static void wrap(char *p, uint32_t n, uint32_t width) {
    uint32_t start = 0, last = 0, more = 0;
    for (uint32_t i = 0; i <= n; i++) {
        more += i < n && ((unsigned char)p[i] & 0xC0) == 0x80;
        if (i < n && p[i] != ' ' && p[i] != '\n') continue;
        if (i - start > width + more && last > start) {
            p[last] = '\n';
            start = last + 1;
            more = 0;
            for (uint32_t k = start; k < i; k++) more += ((unsigned char)p[k] & 0xC0) == 0x80;
        }
        if (i < n && p[i] == '\n') start = i + 1, more = 0;
        last = i;
    }
}

/* Our spans: words, tokens (clitics joined again) and sentences of the text field. */
static void ours(const nst_text *t, gold_doc *o) {
    o->n_words = o->n_tokens = o->n_sents = 0;
    for (uint32_t i = 0; i < t->n_tokens; i++) {
        gold_span s = {t->tokens[i].start, t->tokens[i].end};
        GOLD_PUSH(o->words, o->n_words, o->cap_words, s);
        if (nst_text_joined(t, i)) o->tokens[o->n_tokens - 1].end = s.end;
        else GOLD_PUSH(o->tokens, o->n_tokens, o->cap_tokens, s);
    }
    for (uint32_t i = 0; i < t->n_sents; i++) {
        gold_span s = {t->sents[i].span.start, t->sents[i].span.end};
        GOLD_PUSH(o->sents, o->n_sents, o->cap_sents, s);
    }
}

static void score_file(const char *path, bool errors, uint32_t width) {
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return;
    }
    gold_doc d = {0}, o = {0};
    count words = {0}, tokens = {0}, sents = {0};
    long keep = -1;
    nst_arena *doc = nst_arena_new(), *scratch = nst_arena_new();
    nst_err e = {0};
    const nst_text_model *m = nst_text_load(&e);
    while (gold_next(f, &d, &keep)) {
        if (width) wrap(d.text, d.n, width);
        nst_report r = {.text = d.text, .text_len = d.n};
        nst_text t;
        nst_arena_reset(doc);
        if (nst_text_run(m, &r, doc, scratch, &t, &e) != NST_OK) break;
        ours(&t, &o);
        compare(d.words, d.n_words, o.words, o.n_words, &words, errors ? d.text : NULL, d.n, "W");
        compare(d.tokens, d.n_tokens, o.tokens, o.n_tokens, &tokens, NULL, d.n, "T");
        compare(d.sents, d.n_sents, o.sents, o.n_sents, &sents, errors ? d.text : NULL, d.n, "S");
    }
    printf("%s\n", path);
    print_count("words", words);
    print_count("tokens", tokens);
    print_count("sentences", sents);
    fclose(f);
    nst_arena_free(doc);
    nst_arena_free(scratch);
}

int main(int argc, char **argv) {
    bool errors = false;
    uint32_t width = 0;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "-e")) errors = true;
        else if (!strcmp(argv[i], "-w") && i + 1 < argc) width = (uint32_t)atoi(argv[++i]);
        else score_file(argv[i], errors, width);
    }
    return 0;
}
