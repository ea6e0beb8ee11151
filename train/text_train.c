/* text_train.c - trains the sentence splitter.
 *
 * In: CoNLL-U files of open corpora (and, with -n, paragraphs of plain news that close with a full
 * stop:
 * there, no sentence ends without a mark). Out: models/text_sentence.bin.
 * Method: logistic regression over the hashed features of text_cue.c, AdaGrad, L2; weights are
 * rounded to one byte; the threshold is the one with the best sentence F1 on held-out documents.
 * Usage: text-train [-e EPOCHS] [-l L2] [-n PARAGRAPHS -N MOST] OUT TRAIN.conllu ... -- DEV.conllu
 * ...
 */
#include <math.h>

#include "text_gold.h"
#include "text_parts.h"

typedef struct example {
    uint32_t at; /* first of its slots in `slots` */
    uint16_t n;
    int8_t label;
    float weight;
} example;

static uint32_t *slots;
static uint32_t n_slots, cap_slots;
static example *examples;
static uint32_t n_examples, cap_examples;
static float weight[1u << NST_SENT_BITS], grad[1u << NST_SENT_BITS];
static nst_cue_room room;
static int8_t rounded[1u << NST_SENT_BITS];

/* xorshift, so that every machine shuffles alike. */
static uint32_t random_state = 2463534242u;
static uint32_t next_random(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

static void add_example(const nst_cue *c, uint32_t n, uint32_t i, uint32_t start, int label,
                        float w) {
    uint32_t f[NST_SENT_FEATURES], k = nst_text_features(c, n, i, start, f);
    example x = {n_slots, (uint16_t)k, (int8_t)label, w};
    for (uint32_t j = 0; j < k; j++) GOLD_PUSH(slots, n_slots, cap_slots, f[j]);
    GOLD_PUSH(examples, n_examples, cap_examples, x);
}

/* Is `end` the end of a gold sentence? *k walks along. */
static bool gold_end(const gold_doc *d, uint32_t *k, uint32_t end) {
    while (*k < d->n_sents && d->sents[*k].end < end) (*k)++;
    return *k < d->n_sents && d->sents[*k].end == end;
}

/* Tokens of the document's blocks, by the stage itself. */
static void run_text(const gold_doc *d, nst_arena *doc, nst_arena *scratch, nst_text *t) {
    static nst_report r;
    nst_err e = {0};
    r = (nst_report){.text = d->text, .text_len = d->n};
    nst_arena_reset(doc);
    if (nst_text_run(nst_text_load(NULL), &r, doc, scratch, t, &e) != NST_OK) {
        fprintf(stderr, "%s\n", e.message);
        exit(1);
    }
}

/* First token behind those of block b. */
static uint32_t block_end(const nst_text *t, uint32_t b, uint32_t first) {
    uint32_t i = first;
    while (i < t->n_tokens && t->sents[t->sent_of[i]].block == b) i++;
    return i;
}

/* Examples of one document. */
static void learn_doc(const gold_doc *d, nst_arena *doc, nst_arena *scratch) {
    nst_text t;
    run_text(d, doc, scratch, &t);
    uint32_t gold = 0;
    for (uint32_t b = 0, first = 0; b < t.n_blocks; b++) {
        uint32_t end = block_end(&t, b, first), n = end - first, start = 0;
        nst_cue *c = nst_text_cues(&t, NST_FIELD_TEXT, first, end, scratch, &room);
        for (uint32_t i = 0; i + 1 < n; i++) {
            bool yes = gold_end(d, &gold, t.tokens[first + i].end);
            if (nst_text_candidate(c, n, i)) add_example(c, n, i, start, yes ? 1 : 0, 1.0f);
            if (yes) start = i + 1;
        }
        first = end;
    }
    nst_arena_reset(scratch);
    room = (nst_cue_room){0};
}

/* Words that open sentences and no names. */
static const char openers[] =
    "the he she it they but in a this we and that his her its their however if when while after "
    "as at on for there these those nobody some many most you what who how why where with from by "
    "an not now so then yet according officials both one several";

/* Does token i close a sentence that may have ended before it: a quote or bracket behind a mark? */
static bool behind_mark(const nst_cue *c, uint32_t i) {
    uint8_t s = c[i].shape, before = (&c[i])[-1].shape;
    if (s == NST_CUE_ELLIPSIS || s == NST_CUE_DOTTED || s == NST_CUE_ABBREVIATION) return true;
    if (s != NST_CUE_CLOSE && s != NST_CUE_CLOSING_QUOTE && s != NST_CUE_QUOTE) return false;
    return before != NST_CUE_LOWER && before != NST_CUE_COMMA && before != NST_CUE_CAPITAL;
}

/* What a news paragraph tells of the place behind token i: 1 an end, 0 none, -1 nothing. */
static int news_label(const nst_text *t, const nst_cue *c, uint32_t i) {
    uint8_t s = c[i].shape, z = c[i + 1].shape;
    bool mark = s == NST_CUE_STOP || s == NST_CUE_MARK, wide = c[i + 1].space;
    bool short_form = s == NST_CUE_DOTTED || s == NST_CUE_ABBREVIATION;
    if (mark && z == NST_CUE_CAPITAL && wide) return (&c[i])[-1].shape == NST_CUE_LOWER ? 1 : -1;
    if (s == NST_CUE_STOP && z == NST_CUE_QUOTE && wide && c[i + 2].shape == NST_CUE_CAPITAL)
        return 1;
    if ((mark || short_form) && z == NST_CUE_LOWER && wide) return 0;
    if (short_form && z == NST_CUE_CAPITAL && wide) {
        bool opener = nst_text_in(nst_text_token(t, i + 1), openers);
        if (opener) return 1;
        return 0;
    }
    if (s == NST_CUE_CLOSING_QUOTE && z == NST_CUE_CAPITAL && wide && i > 1) {
        uint8_t before = c[i - 1].shape;
        if (before == NST_CUE_STOP && c[i - 2].shape == NST_CUE_LOWER) return 1;
        bool opener = nst_text_in(nst_text_token(t, i + 1), openers);
        if (before == NST_CUE_MARK && opener) return 1;
    }
    return mark || behind_mark(c, i) ? -1 : 0;
}

/* Examples from paragraphs of news, one a line, that close with a full stop: see news_label. */
static void learn_news(const char *path, uint32_t most, float w) {
    FILE *f = fopen(path, "rb");
    if (!f) return;
    nst_arena *doc = nst_arena_new(), *scratch = nst_arena_new();
    gold_doc d = {0};
    char *line = NULL;
    size_t width = 0;
    uint32_t used = 0;
    for (ssize_t n; used < most && (n = getline(&line, &width, f)) >= 0;) {
        while (n && line[n - 1] == '\n') n--;
        d.n = 0;
        gold_put(&d, line, (size_t)n);
        nst_text t;
        run_text(&d, doc, scratch, &t);
        if (t.n_blocks != 1 || t.blocks[0].kind != NST_BLOCK_STORY || t.n_tokens < 12) continue;
        nst_cue *c = nst_text_cues(&t, NST_FIELD_TEXT, 0, t.n_tokens, scratch, &room);
        for (uint32_t i = 0, start = 0; i + 1 < t.n_tokens; i++) {
            int label = news_label(&t, c, i);
            bool mark = c[i].shape == NST_CUE_STOP || c[i].shape == NST_CUE_MARK;
            if (label >= 0 && nst_text_candidate(c, t.n_tokens, i)) {
                add_example(c, t.n_tokens, i, start, label, w);
            }
            if (label == 1 || (mark && c[i + 1].shape == NST_CUE_CAPITAL)) start = i + 1;
        }
        used++;
        nst_arena_reset(scratch);
        room = (nst_cue_room){0};
    }
    nst_arena_free(doc);
    nst_arena_free(scratch);
    fclose(f);
}

/* One pass of AdaGrad over the examples in random order. */
static double epoch(float rate, float l2, uint32_t drop) {
    double loss = 0;
    for (uint32_t i = n_examples; i > 1; i--) {
        uint32_t j = next_random() % i;
        example x = examples[i - 1];
        examples[i - 1] = examples[j];
        examples[j] = x;
    }
    for (uint32_t i = 0; i < n_examples; i++) {
        const example *x = &examples[i];
        uint32_t s[NST_SENT_FEATURES], m = 0;
        for (uint32_t j = 0; j < x->n; j++) {
            if (next_random() % 100 >= drop) s[m++] = slots[x->at + j];
        }
        float z = 0, whole = m ? (float)x->n / (float)m : 1;
        for (uint32_t j = 0; j < m; j++) z += weight[s[j]];
        z *= whole;
        float p = 1.0f / (1.0f + expf(-z)), g = (p - (float)x->label) * x->weight;
        loss -= x->weight * logf(1e-9f + (x->label ? p : 1 - p));
        for (uint32_t j = 0; j < m; j++) {
            float gj = g + l2 * weight[s[j]];
            grad[s[j]] += gj * gj;
            weight[s[j]] -= rate * gj / sqrtf(grad[s[j]] + 1e-6f);
        }
    }
    return loss / n_examples;
}

/* Sentence F1 on documents at a threshold. */
static double evaluate(gold_doc *docs, uint32_t n_docs, int threshold, nst_arena *doc,
                       nst_arena *scratch) {
    uint64_t gold = 0, ours = 0, same = 0;
    for (uint32_t k = 0; k < n_docs; k++) {
        const gold_doc *d = &docs[k];
        nst_text t;
        run_text(d, doc, scratch, &t);
        uint32_t g = 0;
        gold += d->n_sents;
        for (uint32_t b = 0, first = 0; b < t.n_blocks; b++) {
            uint32_t end = block_end(&t, b, first), n = end - first, start = 0;
            nst_cue *c = nst_text_cues(&t, NST_FIELD_TEXT, first, end, scratch, &room);
            for (uint32_t i = 0; i < n; i++) {
                int sum = 0;
                bool cut = i + 1 == n;
                if (!cut && nst_text_candidate(c, n, i)) {
                    uint32_t f[NST_SENT_FEATURES], m = nst_text_features(c, n, i, start, f);
                    for (uint32_t j = 0; j < m; j++) sum += rounded[f[j]];
                    cut = sum > threshold;
                }
                if (!cut) continue;
                ours++;
                uint32_t from = t.tokens[first + start].start, to = t.tokens[first + i].end;
                while (g < d->n_sents && d->sents[g].start < from) g++;
                same += g < d->n_sents && d->sents[g].start == from && d->sents[g].end == to;
                start = i + 1;
            }
            first = end;
        }
        nst_arena_reset(scratch);
        room = (nst_cue_room){0};
    }
    return 200.0 * (double)same / (double)(gold + ours);
}

/* Rounds to one byte; returns the scale. */
static float round_weights(void) {
    float top = 0;
    for (uint32_t i = 0; i < 1u << NST_SENT_BITS; i++) top = fmaxf(top, fabsf(weight[i]));
    float scale = 127.0f / top;
    for (uint32_t i = 0; i < 1u << NST_SENT_BITS; i++)
        rounded[i] = (int8_t)lrintf(weight[i] * scale);
    return scale;
}

int main(int argc, char **argv) {
    int epochs = 3;
    uint32_t drop = 20;
    float rate = 0.12f, l2 = 1e-5f, news_weight = 0.3f;
    const char *news = NULL, *out = NULL;
    uint32_t most = 25000, n_dev = 0, cap_dev = 0;
    bool dev = false;
    gold_doc *docs = NULL;
    nst_arena *doc = nst_arena_new(), *scratch = nst_arena_new();
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "-e")) epochs = atoi(argv[++i]);
        else if (!strcmp(argv[i], "-d")) drop = (uint32_t)atoi(argv[++i]);
        else if (!strcmp(argv[i], "-r")) rate = (float)atof(argv[++i]);
        else if (!strcmp(argv[i], "-l")) l2 = (float)atof(argv[++i]);
        else if (!strcmp(argv[i], "-n")) news = argv[++i];
        else if (!strcmp(argv[i], "-N")) most = (uint32_t)atoi(argv[++i]);
        else if (!strcmp(argv[i], "-W")) news_weight = (float)atof(argv[++i]);
        else if (!strcmp(argv[i], "--")) dev = true;
        else if (!out) out = argv[i];
        else {
            FILE *f = fopen(argv[i], "rb");
            if (!f) return fprintf(stderr, "%s: cannot be read\n", argv[i]), 1;
            gold_doc d = {0};
            for (long keep = -1; gold_next(f, &d, &keep);) {
                if (dev) {
                    GOLD_PUSH(docs, n_dev, cap_dev, d);
                    d = (gold_doc){0};
                } else {
                    learn_doc(&d, doc, scratch);
                }
            }
            fclose(f);
        }
    }
    if (news) learn_news(news, most, news_weight);
    printf("%u examples, %u slots\n", n_examples, n_slots);
    for (int k = 0; k < epochs; k++) {
        double loss = epoch(rate, l2, drop);
        float s = round_weights();
        printf("epoch %2d loss %.5f scale %.2f dev F1 %.2f\n", k + 1, loss, s,
               evaluate(docs, n_dev, 0, doc, scratch));
    }
    float scale = round_weights();
    int best = 0;
    double top = 0;
    for (int t = -60; t <= 60; t += 3) {
        int threshold = (int)lrintf((float)t / 30.0f * scale);
        double f1 = evaluate(docs, n_dev, threshold, doc, scratch);
        if (f1 > top) top = f1, best = threshold;
    }
    printf("threshold %d F1 %.2f\n", best, top);
    FILE *f = fopen(out, "wb");
    if (!f) return 1;
    int32_t head[2] = {NST_SENT_BITS, best};
    fwrite("NSTSENT1", 1, 8, f);
    fwrite(head, 4, 2, f);
    fwrite(rounded, 1, sizeof rounded, f);
    return fclose(f);
}
