/* cli_eval_who.c - scores "who is meant" on marked texts.
 *
 * In: files of reports with marks, "=== FAMILY DATE" and then text in which [[words|what]] says
 * whom the words stand for (the head of test/who/frozen.marked explains it). Out: the share of
 * marks that we read as marked, by family, with intervals; with --errors every other one.
 * Rule: a mark is read by the entity mention that its words lead to and that covers most of it. It
 * is right if the codes are the same set and what else the mark names (entity, person, sector,
 * anachronism) is there; a place is right if nothing acts there.
 */
#include <stdlib.h>

#include "cli_eval.h"

#define MAX_FAMILIES 40
#define MAX_MARKS 400

typedef struct mark {
    uint32_t start, end;                 /* bytes of the text without marks */
    char spec[200], family[32];
} mark;

typedef struct family {
    char name[32];
    uint64_t right, n;
} family;

typedef struct who_tally {
    nst_coder *coder;
    bool errors;
    family families[MAX_FAMILIES];
    int n_families;
    mark marks[MAX_MARKS];
    int n_marks;
    nst_writer text;
    char date[32], current[32];
    int report;
} who_tally;

/* ---- reading marks ----------------------------------------------------------------------- */

/* Copies a slice into a buffer of `cap` bytes, cut if need be. */
static void copy(char *to, size_t cap, const char *p, size_t n) {
    if (n >= cap) n = cap - 1;
    memcpy(to, p, n);
    to[n] = 0;
}

/* Appends a line of marked text to the report, noting its marks. */
static void add_line(who_tally *y, const char *line) {
    while (*line) {
        const char *open = strstr(line, "[["), *bar = open ? strchr(open, '|') : NULL;
        const char *close = bar ? strstr(bar, "]]") : NULL;
        if (!close || y->n_marks == MAX_MARKS) break;
        nst_put(&y->text, (nst_str){line, (uint32_t)(open - line)});
        mark *m = &y->marks[y->n_marks++];
        m->start = (uint32_t)y->text.n;
        nst_put(&y->text, (nst_str){open + 2, (uint32_t)(bar - open - 2)});
        m->end = (uint32_t)y->text.n;
        const char *own = memchr(bar, '~', (size_t)(close - bar));
        copy(m->spec, sizeof m->spec, bar + 1, (size_t)((own ? own : close) - bar - 1));
        if (own) copy(m->family, sizeof m->family, own + 1, (size_t)(close - own - 1));
        else copy(m->family, sizeof m->family, y->current, strlen(y->current));
        line = close + 2;
    }
    nst_putz(&y->text, line);
}

/* ---- judging ----------------------------------------------------------------------------- */

/* How many bytes of the mark a mention covers. */
static uint32_t cover(const nst_actor *a, const mark *m) {
    uint32_t from = a->span.start > m->start ? a->span.start : m->start;
    uint32_t to = a->span.end < m->end ? a->span.end : m->end;
    return to > from ? to - from : 0;
}

/* The entity mention that reads a mark: one that its tokens lead to, covering most of it, the
 * shortest of such. NULL if none. */
static const nst_actor *reader_of(const nst_doc *d, const mark *m) {
    const nst_actor *best = NULL;
    for (uint32_t t = 0; t < d->text.n_tokens; t++) {
        const nst_token *k = &d->text.tokens[t];
        uint32_t i = d->entities.actor_at[t];
        if (i == NST_ROOT || k->start < m->start || k->end > m->end) continue;
        const nst_actor *a = &d->entities.actors[i];
        if (a->span.field != NST_FIELD_TEXT) continue;
        uint32_t mine = cover(a, m), theirs = best ? cover(best, m) : 0;
        if (mine > theirs || (mine == theirs && best &&
                              a->end - a->first < best->end - best->first)) best = a;
    }
    return best;
}

/* One wanted identity: "CODE=ENTITY@person/SECTOR!", parts optional. */
typedef struct wanted {
    nst_str code, entity, person, sector;
    bool may, anachronism, any_code;
} wanted;

/* Takes one wanted identity apart. */
static wanted want(nst_str s) {
    wanted w = {0};
    if (s.n && s.p[s.n - 1] == '!') {
        w.anachronism = true;
        s.n--;
    }
    nst_str *to = &w.code;
    uint32_t from = 0;
    w.any_code = s.n && s.p[0] == '@';
    for (uint32_t i = 0; i <= s.n; i++) {
        if (i < s.n && s.p[i] != '=' && s.p[i] != '@' && s.p[i] != '/') continue;
        *to = nst_str_sub(s, from, i);
        if (i == s.n) break;
        to = s.p[i] == '=' ? &w.entity : s.p[i] == '@' ? &w.person : &w.sector;
        from = i + 1;
    }
    if (w.person.n && w.person.p[0] == '?') {
        w.may = true;
        w.person = nst_str_sub(w.person, 1, w.person.n);
    }
    if (nst_str_is(w.code, "?")) w.code.n = 0;
    return w;
}

/* Does an identity (NULL: unknown) carry what is wanted? */
static bool carries(const nst_identity *is, const wanted *w) {
    static const nst_identity nobody = {0};
    if (!is) is = &nobody;
    if (!w->any_code && !nst_str_eq(nst_str_c(is->code), w->code)) return false;
    if (w->entity.n && !nst_str_eq(is->entity, w->entity)) return false;
    if (w->person.n && !nst_str_eq(is->person, w->person) && (!w->may || is->person.n))
        return false;
    if (w->sector.n && !(is->sectors & nst_sectors_parse(w->sector, '|'))) return false;
    return !w->anachronism || is->anachronism;
}

/* Is the mark read as marked? */
static bool read_right(const nst_actor *a, const mark *m) {
    nst_str rest = nst_str_c(m->spec), one;
    uint32_t n = 0;
    if (m->spec[0] == '#') return !a || a->kind == NST_ACTOR_PLACE;
    if (a && a->kind == NST_ACTOR_PLACE) return false;
    while (nst_str_split(&rest, '+', &one)) {
        wanted w = want(one);
        bool any = a && a->n_is ? false : carries(NULL, &w);
        for (uint32_t i = 0; a && i < a->n_is; i++) any |= carries(&a->is[i], &w);
        if (!any) return false;
        n++;
    }
    return !a || a->n_is <= n;
}

/* The tally of a family, made if need be. */
static family *family_of(who_tally *y, const char *name) {
    for (int i = 0; i < y->n_families; i++)
        if (!strcmp(y->families[i].name, name)) return &y->families[i];
    if (y->n_families == MAX_FAMILIES) return &y->families[MAX_FAMILIES - 1];
    copy(y->families[y->n_families].name, 32, name, strlen(name));
    return &y->families[y->n_families++];
}

/* What to read: the mark and what we made of it. */
static void complain(const who_tally *y, const nst_doc *d, const mark *m, const nst_actor *a) {
    printf("%-14s %d %s '%.*s' want %s, ours", m->family, y->report, y->date,
           (int)(m->end - m->start),
           y->text.p + m->start, m->spec);
    if (!a) printf(" nothing");
    else printf(" '%.*s' kind %d", (int)(a->span.end - a->span.start), y->text.p + a->span.start,
                a->kind);
    for (uint32_t i = 0; a && i < a->n_is; i++) {
        const nst_identity *is = &a->is[i];
        printf(" [%s=%.*s@%.*s%s]", is->code, (int)is->entity.n, is->entity.p ? is->entity.p : "",
               (int)is->person.n, is->person.p ? is->person.p : "", is->anachronism ? "!" : "");
    }
    for (uint32_t i = 0; a && i < a->n_antecedent; i++) {
        nst_str t = nst_text_span(&d->text, d->entities.actors[a->antecedent[i]].span);
        printf(" <- %.*s", (int)t.n, t.p);
    }
    putchar('\n');
}

/* Reads the collected report and counts its marks. */
static void finish_report(who_tally *y) {
    nst_err e = {0};
    nst_putc(&y->text, 0);
    nst_report r = {.id = "marked", .text = y->text.p, .text_len = y->text.n - 1, .date = y->date};
    bool ok = y->n_marks && !nst_coder_start(y->coder, &r, &e) &&
              !nst_coder_reach(y->coder, NST_LEVEL_ENTITIES, &e);
    if (y->n_marks && !ok) cli_complain(&e);
    for (int i = 0; i < y->n_marks; i++) {
        const mark *m = &y->marks[i];
        const nst_actor *a = ok ? reader_of(nst_coder_doc(y->coder), m) : NULL;
        family *f = family_of(y, m->family);
        bool right = ok && read_right(a, m);
        f->n++;
        f->right += right;
        if (ok && !right && y->errors) complain(y, nst_coder_doc(y->coder), m, a);
    }
    y->n_marks = 0;
    y->text.n = 0;
}

/* Scores one file of marked reports. */
static int score_file(who_tally *y, const char *path) {
    char line[8192];
    FILE *f = cli_file(path);
    if (!f) return CLI_REJECTED;
    while (fgets(line, sizeof line, f)) {
        if (line[0] == '#') continue;
        if (!strncmp(line, "=== ", 4)) {
            finish_report(y);
            y->report++;
            if (sscanf(line + 4, "%31s %31s", y->current, y->date) != 2) y->date[0] = 0;
        } else {
            add_line(y, line);
        }
    }
    finish_report(y);
    cli_file_close(f);
    return CLI_OK;
}

int cli_eval_who(const cli_args *a) {
    nst_engine *engine;
    uint64_t right = 0, n = 0;
    if (!a->n_operands) return cli_usage(a, "name a file of marked texts");
    int code = cli_engine(a, &engine);
    if (code) return code;
    who_tally *y = calloc(1, sizeof *y);
    y->coder = nst_coder_new(engine);
    y->errors = cli_has(a, "errors");
    for (int i = 0; i < a->n_operands && code == CLI_OK; i++) code = score_file(y, a->operands[i]);
    printf("%d reports; level: entity mention\n", y->report);
    for (int i = 0; i < y->n_families; i++) {
        cli_share_line(y->families[i].name, y->families[i].right, y->families[i].n);
        right += y->families[i].right;
        n += y->families[i].n;
    }
    cli_share_line("all", right, n);
    nst_writer_free(&y->text);
    nst_coder_free(y->coder);
    free(y);
    nst_engine_close(engine);
    return cli_eval_end(n, "marked actor", code);
}
