/* cli_eval_sample.c - verdict sheets: mentions drawn from a corpus, judged by a reader, scored.
 *
 * In: a corpus and a seed, or filled sheets. Out: a sheet (one line a mention: ids, offsets,
 * what was coded, empty verdict columns, the judge's features; no words of the publisher) and,
 * for the reader, each mention with its sentence on standard output; or the share of right
 * fields with intervals and the calibration error in ten bins.
 * Verdicts: 1 right, 0 wrong, - nothing to judge, ? not judged yet. `act` says whether there is
 * an act of this type at all.
 */
#include <math.h>
#include <stdlib.h>

#include "cli_eval.h"
#include "lexicon.h"

#define HEAD "id\treport\tfield\tstart\tend\ttype\tmodality\tconfidence\tact\tactor\trecipient\twhen\tfeatures\n"
enum { COLUMNS = 13, ACT = 8, ACTOR, RECIPIENT, MODALITY, FEATURES };

/* One mention drawn. */
typedef struct drawn {
    char *line, *reading;
} drawn;

typedef struct drawing {
    nst_engine *engine;
    nst_coder *coder;
    drawn *kept;                 /* [want] */
    long want, every;
    bool any;                    /* of every modality, kept or not */
    uint64_t met, reports, state, seed;
    double floor;
    struct renewal *renewal;     /* instead of a draw: a sheet to write anew */
} drawing;

static void renew(struct renewal *r, const nst_doc *d, uint32_t i);

/* xorshift: the same draw for the same seed everywhere. */
static uint64_t next(uint64_t *s) {
    *s ^= *s << 13;
    *s ^= *s >> 7;
    *s ^= *s << 17;
    return *s;
}

/* ---- drawing ----------------------------------------------------------------------------- */

static void put_members(const nst_doc *d, const nst_member *m, uint32_t n, nst_writer *w) {
    if (!n) nst_putc(w, '-');
    for (uint32_t i = 0; i < n; i++) {
        const nst_actor *a = &d->entities.actors[m[i].actor];
        const nst_identity *is = m[i].identity != NST_ROOT ? &a->is[m[i].identity] : NULL;
        if (i) nst_putz(w, " + ");
        nst_put_tsv(w, nst_text_span(&d->text, a->span));
        if (is) nst_putf(w, " {%s %.*s %.*s}", is->code, (int)is->entity.n,
            is->entity.p ? is->entity.p : "",
                         (int)is->person.n, is->person.p ? is->person.p : "");
    }
}

/* What the reader sees of a mention. */
static void put_reading(const nst_doc *d, const nst_mention *m, nst_writer *w) {
    char id[19];
    nst_mention_id(d, m, id);
    nst_putf(w, "%s %s %s '", id, nst_type_name(m->type), nst_modality_name(m->modality));
    nst_put_tsv(w, nst_text_span(&d->text, m->trigger_span));
    nst_putf(w, "' %.2f %.*s\n   [", m->confidence, (int)m->why.n, m->why.p);
    put_members(d, m->actors, m->n_actors, w);
    nst_putz(w, "] -> [");
    put_members(d, m->recipients, m->n_recipients, w);
    nst_putz(w, "]\n   ");
    nst_put_tsv(w, nst_text_span(&d->text, d->text.sents[m->sent].span));
    nst_putz(w, "\n");
}

/* One line of the sheet. */
static void put_line(const drawing *y, const nst_doc *d, uint32_t i, nst_writer *w) {
    const nst_mention *m = &d->events.mentions[i];
    float f[NST_N_FEATURE];
    char id[19];
    bool first = true;
    nst_mention_id(d, m, id);
    nst_judge_explain(y->engine->events, &d->events, i, f);
    nst_putf(w, "%s\t%s\t%s\t%u\t%u\t%s\t%s\t%.3f\t?\t?\t?\t?\t", id, d->report.id,
             m->trigger_span.field == NST_FIELD_TITLE ? "title" : "text", m->trigger_span.start,
             m->trigger_span.end, nst_type_name(m->type), nst_modality_name(m->modality),
                 m->confidence);
    for (int k = 0; k < NST_N_FEATURE; k++) {
        if (f[k] == 0) continue;
        nst_putf(w, "%s%s=%.3g", first ? "" : " ", nst_judge_feature(k), (double)f[k]);
        first = false;
    }
    nst_putc(w, '\n');
}

/* Keeps mention i of the document with the chance that makes every one as likely (Vitter 1985). */
static void offer(drawing *y, const nst_doc *d, uint32_t i) {
    uint64_t at = y->met++;
    if (at >= (uint64_t)y->want) at = next(&y->state) % y->met;
    if (at >= (uint64_t)y->want) return;
    nst_writer line = {0}, reading = {0};
    put_line(y, d, i, &line);
    put_reading(d, &d->events.mentions[i], &reading);
    nst_putc(&line, 0);
    nst_putc(&reading, 0);
    free(y->kept[at].line);
    free(y->kept[at].reading);
    y->kept[at] = (drawn){strdup(line.p), strdup(reading.p)};
    nst_writer_free(&line);
    nst_writer_free(&reading);
}

/* Is the n-th report among those looked at: one in `every`, by chance and the seed alone? */
static bool chosen(const drawing *y, uint64_t n) {
    uint64_t s = (y->seed + 1) * 0x9E3779B97F4A7C15u + n * 0xD1B54A32D192ED03u;
    for (int i = 0; i < 4; i++) next(&s);
    return y->every <= 1 || next(&s) % (uint64_t)y->every == 0;
}

/* Offers the mentions of one report in k of one file. */
static int draw_file(drawing *y, const char *path, const nst_read_options *o) {
    nst_reader *reader;
    nst_report rep;
    nst_read_result got;
    nst_err e = {.byte = UINT64_MAX};
    if (nst_read_open(path, o, &reader, &e)) {
        cli_complain(&e);
        return CLI_WORLD;
    }
    for (uint64_t n = 0; (got = nst_read_next(reader, &rep, &e)) != NST_READ_END; n++) {
        e = (nst_err){.byte = UINT64_MAX};
        if (got == NST_READ_REJECTED || !chosen(y, n)) continue;
        if (nst_coder_run(y->coder, &rep, &e)) continue;
        const nst_doc *d = nst_coder_doc(y->coder);
        y->reports++;
        for (uint32_t i = 0; i < d->events.n_mentions; i++) {
            const nst_mention *m = &d->events.mentions[i];
            if (y->renewal) renew(y->renewal, d, i);
            else if (y->any || (m->kept && m->confidence >= y->floor &&
                m->modality == NST_ASSERTED))
                offer(y, d, i);
        }
    }
    nst_read_close(reader);
    return CLI_OK;
}

/* Writes the sheet, and what to read on standard output. */
static int finish(drawing *y, const char *sheet) {
    FILE *f = fopen(sheet, "w");
    uint64_t n = y->met < (uint64_t)y->want ? y->met : (uint64_t)y->want;
    if (!f) {
        fprintf(stderr, "nestor: %s: cannot write\n", sheet);
        return CLI_WORLD;
    }
    fputs(HEAD, f);
    for (uint64_t i = 0; i < n; i++) {
        fputs(y->kept[i].line, f);
        printf("%llu. %s", (unsigned long long)i + 1, y->kept[i].reading);
    }
    fprintf(stderr, "%llu of %llu mentions of %llu reports\n", (unsigned long long)n,
            (unsigned long long)y->met, (unsigned long long)y->reports);
    return fclose(f) ? CLI_WORLD : CLI_OK;
}

int cli_eval_sample(const cli_args *a) {
    nst_read_options o;
    long seed, floor;
    drawing y = {0};
    if (!a->n_operands || !cli_get(a, "sheet"))
        return cli_usage(a, "--sample takes a corpus and --sheet FILE");
    if (!cli_int(a, "sample", 1, 100000, 200, &y.want) ||
        !cli_int(a, "seed", 1, 1000000000, 1, &seed) ||
        !cli_int(a, "min-confidence", 0, 100, 50, &floor) ||
            !cli_int(a, "every", 1, 1000000, 1, &y.every) ||
        !cli_read_options(a, &o))
        return CLI_USAGE;
    int code = cli_engine(a, &y.engine);
    if (code) return code;
    y.coder = nst_coder_new(y.engine);
    y.kept = calloc((size_t)y.want, sizeof *y.kept);
    y.state = 0x9E3779B97F4A7C15u ^ (uint64_t)seed * 0xBF58476D1CE4E5B9u;
    y.floor = (double)floor / 100;
    y.seed = (uint64_t)seed;
    y.any = cli_has(a, "any");
    for (int i = 0; i < a->n_operands && code == CLI_OK; i++)
        code = draw_file(&y, a->operands[i], &o);
    if (code == CLI_OK) code = finish(&y, cli_get(a, "sheet"));
    for (long i = 0; i < y.want; i++) free(y.kept[i].line), free(y.kept[i].reading);
    free(y.kept);
    nst_coder_free(y.coder);
    nst_engine_close(y.engine);
    return code;
}

/* ---- scoring ----------------------------------------------------------------------------- */

typedef struct sheet_score {
    uint64_t right[FEATURES + 1], n[FEATURES + 1], all, n_all, bin_n[2][10], bin_right[2][10];
    double bin_sum[2][10];       /* [0] of the confidence, [1] of there being an act */
} sheet_score;

/* What today's weights make of a line's features: [0] confidence, [1] that there is an act. */
static void chances(const nst_lexicon *l, char *features, double sure[2]) {
    double z[2] = {0, 0};
    for (char *word = strtok(features, " \r\n"); word; word = strtok(NULL, " \r\n")) {
        char *eq = strchr(word, '=');
        if (!eq) continue;
        *eq = 0;
        for (int k = 0; k < NST_N_FEATURE; k++) {
            if (strcmp(word, nst_judge_feature(k))) continue;
            z[0] += (double)l->weights[k] * atof(eq + 1);
            z[1] += (double)l->act_weights[k] * atof(eq + 1);
        }
    }
    for (int i = 0; i < 2; i++) sure[i] = 1 / (1 + exp(-z[i]));
}

/* Adds one judged line. */
static void score_line(const nst_lexicon *l, char *cell[COLUMNS], sheet_score *y) {
    bool all = true, judged = cell[ACT][0] == '1' || cell[ACT][0] == '0';
    if (!judged) return;
    for (int c = ACT; c <= MODALITY; c++) {
        if (cell[c][0] != '1' && cell[c][0] != '0') continue;
        y->n[c]++;
        y->right[c] += cell[c][0] == '1';
        if (c != MODALITY) all &= cell[c][0] == '1';
    }
    double sure[2];
    chances(l, cell[FEATURES], sure);
    for (int i = 0; i < 2; i++) {
        int bin = sure[i] >= 1 ? 9 : (int)(sure[i] * 10);
        y->bin_n[i][bin]++;
        y->bin_right[i][bin] += i ? cell[ACT][0] == '1' : all;
        y->bin_sum[i][bin] += sure[i];
    }
    y->all += all;
    y->n_all++;
}

/* Mean gap between what was said and what is right over ten bins. */
static double calibration(const sheet_score *y, int which) {
    double error = 0;
    for (int b = 0; b < 10; b++)
        if (y->bin_n[which][b])
            error += fabs((double)y->bin_right[which][b] - y->bin_sum[which][b]);
    return y->n_all ? error / (double)y->n_all : 0;
}

static void print_score(const sheet_score *y) {
    printf("%llu mentions judged\n", (unsigned long long)y->n_all);
    cli_share_line("type", y->right[ACT], y->n[ACT]);
    cli_share_line("actor", y->right[ACTOR], y->n[ACTOR]);
    cli_share_line("recipient", y->right[RECIPIENT], y->n[RECIPIENT]);
    cli_share_line("modality", y->right[MODALITY], y->n[MODALITY]);
    cli_share_line("type, actor, recipient", y->all, y->n_all);
    printf("%-22s %.3f\n", "calibration error", calibration(y, 0));
    printf("%-22s %.3f\n", "the same, of the act", calibration(y, 1));
}

/* ---- today's features of an old sheet ---------------------------------------------------- */

/* The lines of a sheet by mention id, and where they go. */
typedef struct renewal {
    char **line;                 /* [n] */
    size_t n;
    FILE *out;
    uint64_t found;
    drawing *y;
} renewal;

/* Writes the old line of mention i with its verdicts and today's features, if the sheet has it. */
static void renew(renewal *r, const nst_doc *d, uint32_t i) {
    char id[19];
    nst_mention_id(d, &d->events.mentions[i], id);
    for (size_t k = 0; k < r->n; k++) {
        if (strncmp(r->line[k], id, 18)) continue;
        nst_writer w = {0};
        put_line(r->y, d, i, &w);
        nst_putc(&w, 0);
        char *verdicts = r->line[k], *fresh = w.p, *tail = w.p;
        for (int c = 0; c < ACT; c++)
            verdicts = strchr(verdicts, '\t') + 1, fresh = strchr(fresh, '\t') + 1;
        for (int c = 0; c < FEATURES; c++) tail = strchr(tail, '\t') + 1;
        fprintf(r->out, "%.*s%.*s\t%s", (int)(fresh - w.p), w.p, 7, verdicts, tail);
        nst_writer_free(&w);
        r->found++;
        return;
    }
}

/* Reads the lines of a sheet after its head. */
static bool read_lines(const char *path, renewal *r) {
    static char line[8192];
    FILE *f = fopen(path, "r");
    if (!f) return false;
    while (fgets(line, sizeof line, f)) {
        if (!strncmp(line, "id\t", 3)) continue;
        r->line = realloc(r->line, (r->n + 1) * sizeof *r->line);
        r->line[r->n++] = strdup(line);
    }
    fclose(f);
    return true;
}

/* --sheet OLD --renew NEW CORPUS: verdicts of old, features of today. */
static int renew_sheet(const cli_args *a) {
    drawing y = {.any = true, .every = 1};
    renewal r = {.y = &y};
    nst_read_options o;
    if (!a->n_operands || !cli_read_options(a, &o))
        return cli_usage(a, "--renew takes the corpus of the sheet");
    if (!read_lines(cli_get(a, "sheet"), &r) || !(r.out = fopen(cli_get(a, "renew"), "w")))
        return CLI_WORLD;
    int code = cli_engine(a, &y.engine);
    if (code) return code;
    y.coder = nst_coder_new(y.engine);
    y.renewal = &r;
    fputs(HEAD, r.out);
    for (int i = 0; i < a->n_operands && code == CLI_OK; i++)
        code = draw_file(&y, a->operands[i], &o);
    fprintf(stderr, "%llu of %zu lines found again\n", (unsigned long long)r.found, r.n);
    fclose(r.out);
    for (size_t i = 0; i < r.n; i++) free(r.line[i]);
    free(r.line);
    nst_coder_free(y.coder);
    nst_engine_close(y.engine);
    return code;
}

int cli_eval_sheet(const cli_args *a) {
    if (cli_has(a, "renew")) return renew_sheet(a);
    static char line[8192];
    nst_engine *engine;
    sheet_score y = {0};
    int code = cli_engine(a, &engine);
    if (code) return code;
    FILE *f = fopen(cli_get(a, "sheet"), "r");
    if (!f) fprintf(stderr, "nestor: %s: cannot open\n", cli_get(a, "sheet"));
    while (f && fgets(line, sizeof line, f)) {
        char *cell[COLUMNS], *rest = line;
        int n = 0;
        for (; n < COLUMNS && rest; n++) {
            cell[n] = rest;
            rest = strchr(rest, '\t');
            if (rest) *rest++ = 0;
        }
        if (n == COLUMNS) score_line(nst_events_lexicon(engine->events), cell, &y);
    }
    if (f) fclose(f);
    print_score(&y);
    nst_engine_close(engine);
    return f ? CLI_OK : CLI_WORLD;
}
