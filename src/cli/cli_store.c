/* cli_store.c - chronicles on the command line: opening, ids, and stored lines as table rows. */
#include <stdlib.h>
#include <time.h>

#include "cli_store.h"

int cli_failed(const nst_err *e, nst_status st) {
    cli_complain(e);
    return cli_exit_of(st);
}

/* Says what is wrong; the store's messages are written for people. */
int cli_open_path(const char *path, nst_store_mode mode, nst_store **out) {
    nst_err e = {.byte = UINT64_MAX};
    nst_status st = nst_store_open(path, mode, out, &e);
    return st ? cli_failed(&e, st) : CLI_OK;
}

/* The environment is only asked when the option is not there. */
int cli_open(const cli_args *a, nst_store_mode mode, nst_store **out) {
    const char *path = cli_get(a, "chronicle");
    if (!path) path = getenv("NESTOR_CHRONICLE");
    *out = NULL;
    if (!path || !*path) return cli_usage(a, "name the chronicle with --chronicle FILE");
    return cli_open_path(path, mode, out);
}

void cli_now(char buf[32]) {
    time_t t = time(NULL);
    struct tm tm;
    strftime(buf, 32, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&t, &tm));
}

/* The parser of options has let nothing else pass. */
int cli_rows_format(const cli_args *a) {
    const char *f = cli_get(a, "format");
    if (!f || !strcmp(f, "table")) return CLI_TABLE;
    return !strcmp(f, "csv")   ? CLI_CSV
           : !strcmp(f, "tsv") ? CLI_TSV
           : !strcmp(f, "md")  ? CLI_MD
                               : CLI_JSONL;
}

/* One id may mean several rows: the same mention in two reports, a report under two outlets. */
int cli_find(nst_store *s, const char *id, nst_store_hit *hits, uint32_t max, uint32_t *n) {
    nst_err e = {.byte = UINT64_MAX};
    nst_status st = nst_store_lookup(s, id, hits, max, n, &e);
    if (st) return cli_failed(&e, st);
    if (*n) return CLI_OK;
    fprintf(stderr, "nestor: nothing in this chronicle has the id '%s'\n", id);
    return CLI_REJECTED;
}

/* The shell has eaten the user's quotation marks; an operand with a space gets them back. */
void cli_join(const cli_args *a, nst_writer *w) {
    nst_put(w, NST_S(""));
    for (int i = 0; i < a->n_operands; i++) {
        const char *z = a->operands[i], *value = strchr(z, ':');
        if (i) nst_putc(w, ' ');
        const char *space = strchr(z, ' ');
        bool bare = space && !strchr(z, '"') && !strchr(space, ':');
        if (bare && value && value < space) /* says:Zenda Gazette, as one operand */
            nst_putf(w, "%.*s:\"%s\"", (int)(value - z), z, value + 1);
        else
            nst_putz(w, z);
    }
}

/* ---- a stored line as cells -------------------------------------------------------------- */

const char *const cli_json_titles[] = {"id",  "date",        "actor \u2192 recipient",
                                       "act", "who says so", "evidence"};
const int cli_json_widths[] = {-18, -10, 30, 22, 26, 24};
const char *const cli_wide_titles[] = {
    "id",        "report",         "date_start", "date_end",   "actor",   "actor_code",
    "recipient", "recipient_code", "event_type", "mode",       "context", "modality",
    "said_by",   "place",          "numbers",    "confidence", "start",   "end",
    "field",     "trigger",        "sentence"};

static const char *get(const json_t *o, const char *key) {
    return json_string_value(json_object_get(o, key));
}

/* Ends the cell that w holds. */
static void cell(cli_table *t, nst_writer *w) {
    cli_cell(t, (nst_str){w->p, (uint32_t)w->n});
    w->n = 0;
}

static void text_cell(cli_table *t, const char *z) { cli_cell(t, nst_str_c(z)); }

/* What to call a member in a narrow column: name of a person, entity, code, else its words. */
static void short_name(const json_t *m, nst_writer *w) {
    const char *person = get(m, "person"), *entity = get(m, "entity"), *code = get(m, "code"),
               *name = get(m, "name");
    const char *words = get(m, "text");
    if (person && name)
        nst_putf(w, "%s (%s)", name, code ? code : "?");
    else if (entity)
        nst_putz(w, entity);
    else if (code)
        nst_putz(w, code);
    else
        nst_putz(w, words ? words : "(not kept)");
    if (entity && code && strcmp(entity, code) && !(person && name)) nst_putf(w, " (%s)", code);
}

/* Members joined; `how`: 0 short names, 1 words, 2 codes. */
static void names(const json_t *list, int how, nst_writer *w) {
    size_t i;
    const json_t *m;
    if (how == 0 && !json_array_size(list)) nst_putc(w, '?');
    json_array_foreach(list, i, m) {
        const char *code = get(m, "code");
        if (i) nst_putz(w, how ? ";" : ", ");
        if (how == 0)
            short_name(m, w);
        else
            nst_putz(w, how == 1 ? get(m, "text") : code ? code : get(m, "entity"));
    }
}

/* Strings of an array, joined. */
static void words(const json_t *list, const char *sep, nst_writer *w) {
    size_t i;
    const json_t *v;
    json_array_foreach(list, i, v) nst_putf(w, "%s%s", i ? sep : "", json_string_value(v));
}

/* The chain from the nearest speaker outwards. */
static void chain(const json_t *links, nst_writer *w) {
    size_t i;
    const json_t *l;
    json_array_foreach(links, i, l) {
        const char *name = get(l, "agency") ? get(l, "agency") : get(l, "outlet"),
                   *stance = get(l, "stance");
        const json_t *speaker = json_object_get(l, "speaker");
        if (i) nst_putz(w, " < ");
        if (name)
            nst_putz(w, name);
        else if (!json_is_object(speaker))
            nst_putc(w, '?');
        else if (get(speaker, "text"))
            nst_putz(w, get(speaker, "text"));
        else
            short_name(speaker, w);
        if (stance && strcmp(stance, "asserts")) nst_putf(w, " (%s)", stance);
    }
}

/* When the act was: from..to, or the words that say it. */
static void date_cell(const json_t *date, cli_table *t, nst_writer *w) {
    const char *start = get(date, "start"), *end = get(date, "end");
    if (start || end)
        nst_putz(w, start ? start : end);
    else
        nst_putz(w, get(json_object_get(date, "span"), "text"));
    if (start && end && strcmp(start, end)) nst_putf(w, "..%s", end);
    cell(t, w);
}

/* The sentence from a little before the trigger on, so that a narrow column shows the trigger. */
static nst_str from_trigger(const json_t *line, nst_str sentence) {
    json_int_t at = json_integer_value(json_object_get(json_object_get(line, "trigger"), "start")) -
                    json_integer_value(json_object_get(json_object_get(line, "sentence"), "start"));
    if (at <= 30 || at > (json_int_t)sentence.n) return sentence;
    uint32_t from = (uint32_t)at - 30;
    while (from && sentence.p[from - 1] != ' ') from--;
    return nst_str_sub(sentence, from, sentence.n);
}

/* The same columns as cli_mention_row, from the stored line instead of the document. */
void cli_json_row(const json_t *line, nst_str sentence, const char *verdict, cli_table *t) {
    nst_writer w = {0};
    const json_t *recipient = json_object_get(line, "recipient");
    const char *modality = get(line, "modality");
    text_cell(t, get(line, "id"));
    date_cell(json_object_get(line, "date"), t, &w);
    names(json_object_get(line, "actor"), 0, &w);
    if (json_array_size(recipient)) {
        nst_putz(&w, " \u2192 ");
        names(recipient, 0, &w);
    }
    cell(t, &w);
    nst_putz(&w, get(line, "event_type"));
    if (json_array_size(json_object_get(line, "mode"))) nst_putc(&w, ' ');
    words(json_object_get(line, "mode"), " ", &w);
    if (modality && strcmp(modality, "asserted")) nst_putf(&w, " (%s)", modality);
    if (verdict) nst_putf(&w, " [%s]", verdict);
    cell(t, &w);
    chain(json_object_get(line, "said_by"), &w);
    cell(t, &w);
    cli_cell(t, from_trigger(line, sentence));
    nst_writer_free(&w);
}

void cli_json_brief(const json_t *line, nst_writer *w) {
    const json_t *recipient = json_object_get(line, "recipient");
    const char *modality = get(line, "modality"), *type = get(line, "event_type");
    nst_putz(w, type ? type : get(line, "measure"));
    if (json_array_size(json_object_get(line, "mode"))) nst_putc(w, ' ');
    words(json_object_get(line, "mode"), " ", w);
    if (modality && strcmp(modality, "asserted")) nst_putf(w, " (%s)", modality);
    nst_putz(w, ": ");
    names(json_object_get(line, type ? "actor" : "between"), 0, w);
    if (!json_array_size(recipient)) return;
    nst_putz(w, " \u2192 ");
    names(recipient, 0, w);
}

void cli_json_field(const json_t *line, const char *key, nst_writer *w) {
    const json_t *v = json_object_get(line, key);
    if (!strcmp(key, "actor") || !strcmp(key, "recipient") || !strcmp(key, "between")) {
        names(v, 0, w);
    } else if (!strcmp(key, "said_by")) {
        chain(v, w);
    } else if (json_is_real(v)) {
        nst_putd(w, json_real_value(v));
    } else {
        char *z = v ? json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS) : NULL;
        nst_putf(w, "%.120s", z ? z : "nothing");
        free(z);
    }
}

/* "dead=two;target=..." */
static void numbers(const json_t *list, nst_writer *w) {
    size_t i;
    const json_t *n;
    json_array_foreach(list, i, n) {
        const char *z = get(n, "text");
        nst_putf(w, "%s%s=%s", i ? ";" : "", get(n, "role"), z ? z : "");
    }
}

/* Column by column what nestor code --format tsv prints. */
void cli_json_wide(const json_t *line, nst_str sentence, cli_table *t) {
    nst_writer w = {0};
    const json_t *date = json_object_get(line, "date"), *trigger = json_object_get(line, "trigger");
    text_cell(t, get(line, "id"));
    text_cell(t, get(line, "report"));
    text_cell(t, get(date, "start"));
    text_cell(t, get(date, "end"));
    for (int i = 0; i < 4; i++) {
        names(json_object_get(line, i < 2 ? "actor" : "recipient"), 1 + (i & 1), &w);
        cell(t, &w);
    }
    text_cell(t, get(line, "event_type"));
    words(json_object_get(line, "mode"), ";", &w);
    cell(t, &w);
    words(json_object_get(line, "context"), ";", &w);
    cell(t, &w);
    text_cell(t, get(line, "modality"));
    chain(json_object_get(line, "said_by"), &w);
    cell(t, &w);
    text_cell(t, get(json_object_get(line, "place"), "name"));
    numbers(json_object_get(line, "numbers"), &w);
    cell(t, &w);
    nst_putd(&w, json_number_value(json_object_get(line, "confidence")));
    cell(t, &w);
    nst_puti(&w, json_integer_value(json_object_get(trigger, "start")));
    cell(t, &w);
    nst_puti(&w, json_integer_value(json_object_get(trigger, "end")));
    cell(t, &w);
    text_cell(t, get(trigger, "field") ? "title" : "text");
    text_cell(t, get(trigger, "text"));
    cli_cell(t, sentence);
    nst_writer_free(&w);
}
