/* cli_coded.c - lines that another run of nestor code has printed, by report.
 *
 * In: a file of JSON Lines, as nestor code --format jsonl prints them. Out: the lines of a report,
 * byte for byte. Invariant: a line that is no record ends the reading; nothing is passed over.
 */
#include "cli_coded.h"

#include <jansson.h>
#include <stdlib.h>

/* Whose line it is, and who coded it. False when it is no record. */
static bool read_line(cli_coded *c, size_t start, size_t end) {
    json_error_t je;
    json_t *o = json_loadb(c->text.p + start, end - start, 0, &je);
    const char *report = json_string_value(json_object_get(o, "report"));
    const char *engine = json_string_value(json_object_get(o, "engine"));
    if (report) c->lines[c->n++] = (cli_coded_line){nst_hash(report, strlen(report)), start, end};
    if (engine && !c->engine[0]) snprintf(c->engine, sizeof c->engine, "%s", engine);
    json_decref(o);
    return report != NULL;
}

/* A last line without its end gets one: lines are given to the store with it. */
bool cli_coded_load(const char *path, cli_coded *c) {
    size_t lines = 0, start = 0;
    if (!cli_slurp(path, &c->text)) return false;
    if (c->text.n && c->text.p[c->text.n - 1] != '\n') nst_putc(&c->text, '\n');
    for (size_t i = 0; i < c->text.n; i++) lines += c->text.p[i] == '\n';
    c->lines = calloc(lines + 1, sizeof *c->lines);
    if (!c->lines || c->text.failed) return fprintf(stderr, "nestor: out of memory\n"), false;
    for (size_t i = 0, line = 1; i < c->text.n; i++) {
        if (c->text.p[i] != '\n') continue;
        if (i > start && !read_line(c, start, i + 1))
            return fprintf(stderr, "nestor: %s: line %zu: byte %zu: a line that is no record\n",
                           path,
                           line, start), false;
        start = i + 1;
        line++;
    }
    return true;
}

void cli_coded_free(cli_coded *c) {
    nst_writer_free(&c->text);
    free(c->lines);
}

void cli_coded_give(const cli_coded *c, const char *report, nst_writer *w) {
    uint64_t id = nst_hash(report, strlen(report));
    for (size_t i = 0; i < c->n; i++)
        if (c->lines[i].report == id)
            nst_put(w, (nst_str){c->text.p + c->lines[i].start,
                                 (uint32_t)(c->lines[i].end - c->lines[i].start)});
}
