/* cli_eval_where.c - places against gold toponyms with coordinates (LGL's and GeoVirus' XML).
 *
 * In: <article> elements with <text> and <toponym> or <location> elements (start, end in
 * characters, lat, lon, perhaps a GeoNames id). Out: span F1 (overlap, one to one), and of all
 * gold toponyms with coordinates the share found and placed within 161 km (100 miles), and with
 * the exact id. GeoVirus counts characters from 1, LGL from 0: whichever makes the phrase fit is
 * taken.
 */
#include <math.h>
#include <stdlib.h>

#include "cli_eval.h"
#include "cli_eval_xml.h"

#define NEAR_KM 161.0

typedef struct gold_place {
    uint32_t start, end;         /* bytes of the text */
    bool located;
    double lat, lon;
    long id;                     /* GeoNames, 0 if it has none */
} gold_place;

typedef struct tally {
    nst_coder *coder;
    bool errors;
    long left;
    uint64_t articles, located, near, ids, exact;
    cli_score span;
} tally;

/* Great-circle distance in km. */
static double distance(double a, double b, double c, double d) {
    const double r = 0.017453292519943295;
    double x = sin((c - a) * r / 2), y = sin((d - b) * r / 2);
    double h = x * x + cos(a * r) * cos(c * r) * y * y;
    return 12742 * asin(sqrt(h > 1 ? 1 : h));
}

/* Text of the first element `name` inside, as a number; false if there is none. */
static bool number(nst_str inside, const char *name, double *out) {
    const char *p = inside.p;
    nst_str in, at;
    if (!cli_xml_element(&p, inside.p + inside.n, name, &in, &at)) return false;
    char buf[40], *end;
    snprintf(buf, sizeof buf, "%.*s", (int)(in.n < 39 ? in.n : 39), in.p);
    *out = strtod(buf, &end);
    return end != buf;
}

/* Byte of the n-th code point. */
static uint32_t byte_at(const char *z, uint32_t len, long n) {
    uint32_t i = 0;
    for (; i < len && n > 0; i++)
        if (((unsigned char)z[i + 1] & 0xC0) != 0x80) n--;
    return i;
}

/* Reads one gold toponym; false if it lacks a span. */
static bool read_place(nst_str in, const char *text, const char *phrase_tag, gold_place *g) {
    double s, e;
    *g = (gold_place){0};
    if (!number(in, "start", &s) || !number(in, "end", &e)) return false;
    uint32_t len = (uint32_t)strlen(text);
    nst_str phrase = {0}, at;
    const char *p = in.p;
    cli_xml_element(&p, in.p + in.n, phrase_tag, &phrase, &at);
    for (int shift = 0; shift < 2; shift++) {
        g->start = byte_at(text, len, (long)s - shift);
        g->end = byte_at(text, len, (long)e - shift);
        if (phrase.n && len - g->start >= phrase.n && !memcmp(text + g->start, phrase.p, phrase.n))
            break;
    }
    g->located = number(in, "lat", &g->lat) && number(in, "lon", &g->lon);
    p = in.p;
    nst_str tag;
    if (cli_xml_element(&p, in.p + in.n, "gaztag", &tag, &at)) {
        int64_t id;
        if (nst_str_int(cli_xml_attribute(at, "geonameid"), &id)) g->id = (long)id;
    }
    return true;
}

static void complain(const char *what, const char *text, uint32_t s, uint32_t e,
                     const nst_place *p, double km) {
    uint32_t from = s > 40 ? s - 40 : 0;
    printf("%s %.*s[[%.*s]]", what, (int)(s - from), text + from, (int)(e - s), text + s);
    if (p) printf(" ours %.*s %d %s", (int)p->name.n, p->name.p, p->geonames, p->country);
    if (km >= 0) printf(" %.0f km", km);
    putchar('\n');
}

/* Scores one gold place against ours. */
static void score_one(tally *y, const char *text, const gold_place *g, const nst_place *p) {
    y->span.gold++;
    y->located += g->located;
    y->ids += g->id != 0;
    if (!p) {
        if (y->errors) complain("MISSED", text, g->start, g->end, NULL, -1);
        return;
    }
    y->span.right++;
    y->exact += g->id && g->id == p->geonames;
    if (!g->located) return;
    double km = p->located ? distance(g->lat, g->lon, p->lat, p->lon) : 1e5;
    y->near += km <= NEAR_KM;
    if (y->errors && km > NEAR_KM) complain("FAR   ", text, g->start, g->end, p, km);
}

/* Scores the places of one article. */
static void score(tally *y, const nst_doc *d, const char *text, nst_str article) {
    const nst_entities *x = &d->entities;
    bool *used = calloc(x->n_places + 1, sizeof *used),
        lgl = memmem(article.p, article.n, "<toponym>", 9) != NULL;
    const char *p = article.p, *tag = lgl ? "toponym" : "location", *phrase = lgl ? "phrase"
        : "name";
    nst_str in, at;
    for (uint32_t i = 0; i < x->n_places; i++)
        y->span.given += x->places[i].span.field == NST_FIELD_TEXT;
    while (cli_xml_element(&p, article.p + article.n, tag, &in, &at)) {
        gold_place g;
        const nst_place *hit = NULL;
        if (!read_place(in, text, phrase, &g)) continue;
        for (uint32_t i = 0; i < x->n_places && !hit; i++) {
            const nst_place *q = &x->places[i];
            if (used[i] || q->span.field != NST_FIELD_TEXT || q->span.start >= g.end ||
                q->span.end <= g.start)
                continue;
            hit = q;
            used[i] = true;
        }
        score_one(y, text, &g, hit);
    }
    for (uint32_t i = 0; i < x->n_places && y->errors; i++)
        if (!used[i] && x->places[i].span.field == NST_FIELD_TEXT)
            complain("FALSE ", text, x->places[i].span.start, x->places[i].span.end, &x->places[i],
                     -1);
    free(used);
}

/* One file of articles. */
static int file(tally *y, const char *path) {
    nst_writer w = {0};
    nst_str article, in, at;
    int code = cli_slurp(path, &w) ? CLI_OK : CLI_REJECTED;
    const char *p = w.p, *end = code ? p : p + w.n;
    while (!code && y->left-- > 0 && cli_xml_element(&p, end, "article", &article, &at)) {
        const char *q = article.p;
        if (!cli_xml_element(&q, article.p + article.n, "text", &in, &at)) continue;
        char *text = cli_xml_text(in);
        nst_err e = {0};
        nst_report r = {.text = text, .text_len = strlen(text)};
        if (nst_coder_start(y->coder, &r, &e) || nst_coder_reach(y->coder, NST_LEVEL_ENTITIES, &e))
            cli_complain(&e);
        else score(y, nst_coder_doc(y->coder), text, article), y->articles++;
        free(text);
    }
    nst_writer_free(&w);
    return code;
}

int cli_eval_where(const cli_args *a) {
    nst_engine *engine;
    int code;
    tally y = {.errors = cli_has(a, "errors")};
    if (!a->n_operands) return cli_usage(a, "name files of toponyms (XML)");
    if (!cli_int(a, "limit", 1, 1 << 30, 1 << 30, &y.left)) return CLI_USAGE;
    if ((code = cli_engine(a, &engine))) return code;
    y.coder = nst_coder_new(engine);
    for (int i = 0; i < a->n_operands && !code; i++) code = file(&y, a->operands[i]);
    printf("%llu articles; level: toponym\n", (unsigned long long)y.articles);
    cli_score_line("span", &y.span);
    cli_share_line("found, within 161 km", y.near, y.located);
    if (y.ids) cli_share_line("found, exact id", y.exact, y.ids);
    nst_coder_free(y.coder);
    nst_engine_close(engine);
    return cli_eval_end(y.articles, "article", code);
}
