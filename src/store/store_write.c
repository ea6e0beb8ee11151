/* store_write.c - the JSON lines of one report to rows.
 *
 * In: {"level":"mention","id":"m_...","trigger":{"start":64,"end":72,"text":"expelled"},...}
 * Out: rows of mentions, claims, members, links, numbers, indicators, and a row of spans for each
 * place that any of them points at. Idea: the JSON line is the contract, so the store takes nothing
 * else; store_lines.c is the way back, column by column in the same order. Invariants: (1) a span
 * whose text is not what stands there is refused; (2) a name that only the text gives is kept as
 * its place in the text; (3) whoever has no code, entity or person has no actor row.
 */
#include <stdlib.h>

#include "store_base.h"

/* One report on its way into the tables. */
typedef struct adding {
    nst_store *s;
    nst_err *e;
    int64_t report;
    nst_str field[2];     /* [NST_FIELD_*] */
    const char *day;      /* of publication, NULL if unknown */
    bool names_forgotten; /* there are tombstones of persons: look at every name */
    nst_status status;    /* sticky */
} adding;

/* Where an object is to be hung: a mention, an indicator or an attribution; the others are 0. */
typedef struct owner {
    int64_t mention, indicator, attribution;
} owner;

/* ---- pieces of JSON ---------------------------------------------------------------------- */

static const char *text_of(const json_t *o, const char *key) {
    return json_string_value(json_object_get(o, key));
}

/* A number, or NULL in the table when there is none. */
static void bind_number(store_row *r, const json_t *v) {
    if (json_is_number(v))
        row_real(r, json_number_value(v));
    else
        row_null(r);
}

/* Words of an array, separated by spaces; NULL when it is empty. */
static void bind_words(store_row *r, const json_t *array) {
    char buf[1024];
    size_t n = 0, i;
    const json_t *v;
    json_array_foreach(array, i, v) {
        const char *z = json_string_value(v);
        if (z && n + strlen(z) + 2 < sizeof buf)
            n += (size_t)snprintf(buf + n, sizeof buf - n, "%s%s", n ? " " : "", z);
    }
    if (n)
        row_str(r, (nst_str){buf, (uint32_t)n});
    else
        row_null(r);
}

/* Which field a span lies in, and from where to where. */
typedef struct place {
    int in_title;
    int64_t start, end;
} place;

static place place_of(const json_t *o) {
    const char *field = text_of(o, "field");
    return (place){field && !strcmp(field, "title"),
                   json_integer_value(json_object_get(o, "start")),
                   json_integer_value(json_object_get(o, "end"))};
}

/* Registers a place with the hash of its bytes. */
static void keep_span(adding *a, place p, const char *words) {
    if (a->status) return;
    nst_str f = a->field[p.in_title];
    if (p.start < 0 || p.end < p.start || p.end > f.n) {
        a->status = nst_fail(a->e, NST_EUSE, "store", "a record points at bytes %lld to %lld of %u",
                             (long long)p.start, (long long)p.end, f.n);
        return;
    }
    nst_str bytes = nst_str_sub(f, (uint32_t)p.start, (uint32_t)p.end);
    if (words && !nst_str_is(bytes, words)) {
        a->status = nst_fail(a->e, NST_EUSE, "store", "a record's words are not those at byte %lld",
                             (long long)p.start);
        return;
    }
    store_row r = store_sql(a->s, "INSERT OR IGNORE INTO spans VALUES (?, ?, ?, ?, ?)");
    row_int(&r, a->report);
    row_int(&r, p.in_title);
    row_int(&r, p.start);
    row_int(&r, p.end);
    row_int(&r, (int64_t)nst_hash(bytes.p ? bytes.p : "", bytes.n));
    a->status = row_run(&r, a->e);
}

/* in_title, start, end of a span object; three NULLs for none. */
static void bind_span(adding *a, store_row *r, const json_t *o) {
    if (!json_is_object(o)) {
        for (int i = 0; i < 3; i++) row_null(r);
        return;
    }
    place p = place_of(o);
    keep_span(a, p, text_of(o, "text"));
    row_int(r, p.in_title);
    row_int(r, p.start);
    row_int(r, p.end);
}

/* start, end, precision and span of a date object; six NULLs for none. */
static void bind_date(adding *a, store_row *r, const json_t *o) {
    row_text(r, text_of(o, "start"));
    row_text(r, text_of(o, "end"));
    row_text(r, text_of(o, "precision"));
    bind_span(a, r, json_object_get(o, "span"));
}

static void bind_owner(store_row *r, owner of) {
    if (of.mention)
        row_int(r, of.mention);
    else
        row_null(r);
    if (of.indicator)
        row_int(r, of.indicator);
    else
        row_null(r);
}

/* Runs an INSERT and gives its row number. */
static int64_t insert(adding *a, store_row *r) {
    nst_status st = row_run(r, a->e);
    if (!a->status) a->status = st;
    return sqlite3_last_insert_rowid(a->s->db);
}

/* ---- who --------------------------------------------------------------------------------- */

/* The row of an actor by that name (NULL: any row of it), 0 if there is none. */
static int64_t find_actor(adding *a, const json_t *m, const char *key, const char *name) {
    int64_t id = 0;
    store_row r = store_sql(a->s, "SELECT id FROM actors WHERE key = ?1 AND code IS ?2 AND entity "
                                  "IS ?3 "
                                  "AND person IS ?4 AND (?5 IS NULL OR name = ?5 OR name IS NULL) "
                                  "ORDER BY name IS NULL, id LIMIT 1");
    row_text(&r, key);
    row_text(&r, text_of(m, "code"));
    row_text(&r, text_of(m, "entity"));
    row_text(&r, text_of(m, "person"));
    row_text(&r, name);
    if (row_step(&r)) id = col_int(&r);
    nst_status st = row_done(&r, a->e);
    if (!a->status) a->status = st;
    return id;
}

/* Gives a row that has none its name. */
static void name_actor(adding *a, int64_t id, const char *name) {
    store_row r = store_sql(a->s, "UPDATE actors SET name = ? WHERE id = ? AND name IS NULL");
    row_text(&r, name);
    row_int(&r, id);
    nst_status st = row_run(&r, a->e);
    if (!a->status) a->status = st;
}

/* Finds the row of an actor, or makes it. name NULL: the text has its own name for it. */
static int64_t actor_row(adding *a, const json_t *m, const char *key, const char *name) {
    int64_t id = find_actor(a, m, key, name);
    if (id && name) name_actor(a, id, name);
    if (id || a->status) return id;
    store_row r = store_sql(a->s, "INSERT INTO actors (key, code, entity, person, name, wikidata) "
                                  "VALUES (?, ?, ?, ?, ?, ?)");
    row_text(&r, key);
    row_text(&r, text_of(m, "code"));
    row_text(&r, text_of(m, "entity"));
    row_text(&r, text_of(m, "person"));
    row_text(&r, name);
    row_text(&r, text_of(m, "wikidata"));
    return insert(a, &r);
}

/* Is the byte part of a word? ("Ruritania" does not stand in "Ruritanian".) */
static bool in_word(char c) {
    unsigned char u = (unsigned char)c;
    return u >= 0x80 || (u >= '0' && u <= '9') || ((u | 32) >= 'a' && (u | 32) <= 'z');
}

/* The first place of a name, as whole words, in f between base and end. */
static bool find_words(nst_str f, uint32_t base, uint32_t end, const char *name, uint32_t *at) {
    size_t n = strlen(name);
    while (n && base + n <= end && end <= f.n) {
        const char *hit = memmem(f.p + base, end - base, name, n);
        if (!hit) return false;
        *at = (uint32_t)(hit - f.p);
        bool left = *at > 0 && in_word(hit[-1]), right = *at + n < f.n && in_word(hit[n]);
        if (!left && !right) return true;
        base = *at + 1;
    }
    return false;
}

/* Where the text gives a name: in the member's own words, or (from context, or of no known entity)
 * anywhere. */
static bool find_name(const adding *a, const json_t *m, const char *name, place *out) {
    place at = place_of(m);
    uint32_t hit;
    int fields = text_of(m, "from") || !text_of(m, "entity") ? 3 : 1;
    for (int k = 0; k < fields; k++) {
        int field = k == 0 ? at.in_title : k - 1;
        nst_str f = a->field[field];
        if (!find_words(f, k == 0 ? (uint32_t)at.start : 0, k == 0 ? (uint32_t)at.end : f.n, name,
                        &hit))
            continue;
        *out = (place){field, hit, hit + (int64_t)strlen(name)};
        return true;
    }
    return false;
}

/* Is this the name or id of a person whom nothing may be kept of? */
static bool is_forgotten(adding *a, const char *name) {
    return a->names_forgotten && name &&
           store_names_forgotten(a->s, nst_str_c(name), &a->status, a->e);
}

/* Row numbers and name of a member: what is known of it, and never a private person's name. */
static void bind_identity(adding *a, store_row *r, const json_t *m) {
    const char *person = text_of(m, "person"), *entity = text_of(m, "entity"),
               *code = text_of(m, "code");
    const char *name = text_of(m, "name"), *key = person ? person : entity ? entity : code;
    place at = {0};
    if (is_forgotten(a, person) || is_forgotten(a, name)) key = name = NULL;
    bool in_text = name && !person && find_name(a, m, name, &at);
    int64_t actor = key ? actor_row(a, m, key, in_text ? NULL : name) : 0;
    for (int i = 0; i < 2; i++) {
        if (actor)
            row_int(r, actor);
        else
            row_null(r);
    }
    row_int(r, name && actor && !in_text);
    if (in_text) keep_span(a, at, name);
    for (int i = 0; i < 3; i++) {
        if (in_text)
            row_int(r, i == 0 ? at.in_title : i == 1 ? at.start : at.end);
        else
            row_null(r);
    }
}

/* One member of a list, or a speaker. */
static void add_member(adding *a, owner of, const char *part, size_t seq, const json_t *m) {
    if (a->status) return;
    store_row r = store_sql(a->s, "INSERT INTO members (mention, indicator, part, seq, in_title, "
                                  "start, \"end\", "
                                  "from_context, actor, coded, named, name_in_title, name_start, "
                                  "name_end, title, sector, role, count, anachronism, "
                                  "attribution) "
                                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                  "?, ?)");
    bind_owner(&r, of);
    row_text(&r, part);
    row_int(&r, (int64_t)seq);
    bind_span(a, &r, m);
    row_int(&r, text_of(m, "from") != NULL);
    bind_identity(a, &r, m);
    row_text(&r, text_of(m, "title"));
    bind_words(&r, json_object_get(m, "sector"));
    row_text(&r, text_of(m, "role"));
    bind_number(&r, json_object_get(m, "count"));
    row_int(&r, json_is_true(json_object_get(m, "anachronism")));
    if (of.attribution)
        row_int(&r, of.attribution);
    else
        row_null(&r);
    insert(a, &r);
}

static void add_members(adding *a, owner of, const char *part, const json_t *list) {
    size_t i;
    const json_t *m;
    json_array_foreach(list, i, m) add_member(a, of, part, i, m);
}

/* ---- who says so ------------------------------------------------------------------------- */

/* Row of an outlet or agency. */
static int64_t source_row(adding *a, const char *name) {
    int64_t id = 0;
    store_row r = store_sql(a->s, "SELECT id FROM sources WHERE name = ?");
    row_text(&r, name);
    if (row_step(&r)) id = col_int(&r);
    nst_status st = row_done(&r, a->e);
    if (!a->status) a->status = st;
    if (id || a->status) return id;
    r = store_sql(a->s, "INSERT INTO sources (name) VALUES (?)");
    row_text(&r, name);
    return insert(a, &r);
}

/* One link of a chain; a speaker's words become a member. */
static void add_link(adding *a, owner of, size_t seq, const json_t *l) {
    if (a->status) return;
    const char *agency = text_of(l, "agency"), *outlet = text_of(l, "outlet"),
               *name = agency ? agency : outlet;
    int64_t source = name ? source_row(a, name) : 0;
    const json_t *quoted = json_object_get(l, "quoted");
    store_row r = store_sql(a->s, "INSERT INTO links (mention, indicator, seq, kind, source, "
                                  "in_title, start, \"end\", stance, "
                                  "cue_in_title, cue_start, cue_end, quoted, anonymous, "
                                  "date_start, date_end, date_precision, date_in_title, "
                                  "date_span_start, date_span_end) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
                                  "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    bind_owner(&r, of);
    row_int(&r, (int64_t)seq);
    row_text(&r, agency ? "agency" : outlet ? "outlet" : "speaker");
    if (source)
        row_int(&r, source);
    else
        row_null(&r);
    bind_span(a, &r, json_object_get(l, "span"));
    row_text(&r, text_of(l, "stance"));
    bind_span(a, &r, json_object_get(l, "cue"));
    if (quoted)
        row_int(&r, json_is_true(quoted));
    else
        row_null(&r);
    if (json_is_true(json_object_get(l, "anonymous")))
        row_int(&r, 1);
    else
        row_null(&r);
    bind_date(a, &r, json_object_get(l, "date"));
    insert(a, &r);
    const json_t *speaker = json_object_get(l, "speaker");
    if (json_is_object(speaker)) add_member(a, of, "speaker", seq, speaker);
}

static void add_links(adding *a, owner of, const json_t *chain) {
    size_t i;
    const json_t *l;
    json_array_foreach(chain, i, l) add_link(a, of, i, l);
}

/* The claim of a mention: its modality, and the stance of the nearest speaker. */
static void add_claim(adding *a, int64_t mention, const json_t *m) {
    if (a->status) return;
    store_row r = store_sql(a->s, "INSERT INTO claims VALUES (?, ?, ?)");
    row_int(&r, mention);
    row_text(&r, text_of(m, "modality"));
    row_text(&r, text_of(json_array_get(json_object_get(m, "said_by"), 0), "stance"));
    insert(a, &r);
}

/* ---- how much ---------------------------------------------------------------------------- */

/* A figure. Of an indicator (whose span is the indicator's own) only the quantity. */
static void add_number(adding *a, owner of, size_t seq, const json_t *n) {
    if (a->status) return;
    const json_t *converted = json_object_get(n, "converted");
    store_row r = store_sql(a->s, "INSERT INTO numbers (mention, indicator, seq, in_title, start, "
                                  "\"end\", value, low, high, "
                                  "unit, currency, converted, converted_currency, "
                                  "converted_in_title, converted_start, converted_end, bound, "
                                  "role) "
                                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    bind_owner(&r, of);
    row_int(&r, (int64_t)seq);
    bind_span(a, &r, of.mention ? n : NULL);
    bind_number(&r, json_object_get(n, "value"));
    bind_number(&r, json_object_get(n, "low"));
    bind_number(&r, json_object_get(n, "high"));
    row_text(&r, text_of(n, "unit"));
    row_text(&r, text_of(n, "currency"));
    bind_number(&r, json_object_get(converted, "value"));
    row_text(&r, text_of(converted, "currency"));
    bind_span(a, &r, json_object_get(converted, "span"));
    row_text(&r, text_of(n, "bound"));
    row_text(&r, text_of(n, "role"));
    insert(a, &r);
}

static void add_numbers(adding *a, owner of, const json_t *list) {
    size_t i;
    const json_t *n;
    json_array_foreach(list, i, n) add_number(a, of, i, n);
}

/* ---- lines ------------------------------------------------------------------------------- */

/* The place of the act: name, number, country, coordinates, precision, span. */
static void bind_place(adding *a, store_row *r, const json_t *p) {
    const json_t *geonames = json_object_get(p, "geonames");
    row_text(r, text_of(p, "name"));
    if (geonames)
        row_int(r, json_integer_value(geonames));
    else
        row_null(r);
    row_text(r, text_of(p, "country"));
    bind_number(r, json_object_get(p, "lat"));
    bind_number(r, json_object_get(p, "lon"));
    row_text(r, text_of(p, "precision"));
    bind_span(a, r, json_object_get(p, "span"));
}

/* The mention's own row. */
static int64_t mention_row(adding *a, const json_t *m) {
    const json_t *date = json_object_get(m, "date");
    const char *start = text_of(date, "start"), *end = text_of(date, "end");
    store_row r = store_sql(a->s, "INSERT INTO mentions (mention, report, in_title, "
                                  "sentence_start, sentence_end, event_type, "
                                  "mode, context, cameo, quad_code, event_scale, goldstein, "
                                  "trigger_in_title, trigger_start, trigger_end, date_start, "
                                  "date_end, date_precision, date_in_title, date_span_start, "
                                  "date_span_end, place, geonames, country, lat, lon, "
                                  "place_precision, place_in_title, place_start, place_end, "
                                  "confidence, why, day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                  "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                  "?, ?, ?)");
    row_text(&r, text_of(m, "id"));
    row_int(&r, a->report);
    bind_span(a, &r, json_object_get(m, "sentence"));
    row_text(&r, text_of(m, "event_type"));
    bind_words(&r, json_object_get(m, "mode"));
    bind_words(&r, json_object_get(m, "context"));
    row_text(&r, text_of(m, "cameo"));
    bind_number(&r, json_object_get(m, "quad_code"));
    bind_number(&r, json_object_get(m, "event_scale"));
    bind_number(&r, json_object_get(m, "goldstein"));
    bind_span(a, &r, json_object_get(m, "trigger"));
    bind_date(a, &r, date);
    bind_place(a, &r, json_object_get(m, "place"));
    bind_number(&r, json_object_get(m, "confidence"));
    row_text(&r, text_of(m, "why"));
    row_text(&r, start ? start : end ? end : a->day);
    return insert(a, &r);
}

/* The row first: claims, members, links and numbers hang on its number. */
static void add_mention(adding *a, const json_t *m) {
    owner of = {.mention = mention_row(a, m)};
    add_claim(a, of.mention, m);
    add_members(a, of, "actor", json_object_get(m, "actor"));
    add_members(a, of, "recipient", json_object_get(m, "recipient"));
    add_links(a, of, json_object_get(m, "said_by"));
    add_numbers(a, of, json_object_get(m, "numbers"));
}

/* Its figure is stored as a number of its own, with place 0. */
static void add_indicator(adding *a, const json_t *m) {
    store_row r = store_sql(a->s, "INSERT INTO indicators (indicator, report, in_title, start, "
                                  "\"end\", measure, kind, "
                                  "period_start, period_end, period_precision, period_in_title, "
                                  "period_span_start, period_span_end, compared_start, "
                                  "compared_end, compared_precision, compared_in_title, "
                                  "compared_span_start, compared_span_end) "
                                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                  "?)");
    row_text(&r, text_of(m, "id"));
    row_int(&r, a->report);
    bind_span(a, &r, m);
    row_text(&r, text_of(m, "measure"));
    row_text(&r, text_of(m, "kind"));
    bind_date(a, &r, json_object_get(m, "period"));
    bind_date(a, &r, json_object_get(m, "compared_with"));
    owner of = {.indicator = insert(a, &r)};
    add_members(a, of, "between", json_object_get(m, "between"));
    add_links(a, of, json_object_get(m, "said_by"));
    add_number(a, of, 0, m);
}

/* The pieces of what is said. */
static void add_contents(adding *a, int64_t attribution, const json_t *list) {
    size_t i;
    const json_t *span;
    json_array_foreach(list, i, span) {
        if (a->status) return;
        store_row r = store_sql(a->s, "INSERT INTO contents (attribution, seq, in_title, start, "
                                      "\"end\") VALUES (?, ?, ?, ?, ?)");
        row_int(&r, attribution);
        row_int(&r, (int64_t)i);
        bind_span(a, &r, span);
        insert(a, &r);
    }
}

/* Who says what, with whom it is about where the coder says so. */
static void add_attribution(adding *a, const json_t *m) {
    const json_t *source = json_object_get(m, "source");
    store_row r = store_sql(a->s, "INSERT INTO attributions (report, stance, cue_in_title, "
                                  "cue_start, cue_end, quoted, anonymous) "
                                  "VALUES (?, ?, ?, ?, ?, ?, ?)");
    row_int(&r, a->report);
    row_text(&r, text_of(m, "stance"));
    bind_span(a, &r, json_object_get(m, "cue"));
    row_int(&r, json_is_true(json_object_get(m, "quoted")));
    if (json_is_true(json_object_get(m, "anonymous")))
        row_int(&r, 1);
    else
        row_null(&r);
    owner of = {.attribution = insert(a, &r)};
    add_contents(a, of.attribution, json_object_get(m, "content"));
    if (json_is_object(source)) add_member(a, of, "source", 0, source);
    add_members(a, of, "about", json_object_get(m, "about"));
}

/* One JSON line, by its level. */
static void add_line(adding *a, nst_str line, uint32_t *mentions, uint32_t *attributions) {
    json_error_t je;
    json_t *o = json_loadb(line.p, line.n, JSON_ALLOW_NUL, &je);
    const char *level = text_of(o, "level");
    if (!level) {
        a->status = nst_fail(a->e, NST_EUSE, "store", "a line that is no record: %.80s", je.text);
    } else if (!strcmp(level, "mention")) {
        add_mention(a, o);
        ++*mentions;
    } else if (!strcmp(level, "indicator")) {
        add_indicator(a, o);
    } else if (!strcmp(level, "attribution")) {
        add_attribution(a, o);
        ++*attributions;
    }
    json_decref(o);
}

/* Line after line; the first one that can not be kept ends it, and the caller undoes all. */
nst_status store_put_lines(nst_store *s, int64_t report, const nst_report *r, nst_str lines,
                           uint32_t *mentions, uint32_t *attributions, nst_err *e) {
    char day[11] = "";
    adding a = {.s = s, .e = e, .report = report, .names_forgotten = s->person_stones};
    nst_str line;
    a.field[0] = (nst_str){r->text, (uint32_t)r->text_len};
    a.field[1] = nst_str_c(r->title);
    if (r->date) {
        snprintf(day, sizeof day, "%.10s", r->date);
        a.day = day;
    }
    *mentions = *attributions = 0;
    while (!a.status && nst_str_split(&lines, '\n', &line))
        if (line.n) add_line(&a, line, mentions, attributions);
    return a.status;
}

/* What hangs on mentions and indicators goes with them (ON DELETE CASCADE). */
nst_status store_clear_lines(nst_store *s, int64_t report, nst_err *e) {
    static const char *const tables[] = {"DELETE FROM mentions WHERE report = ?",
                                         "DELETE FROM indicators WHERE report = ?",
                                         "DELETE FROM attributions WHERE report = ?",
                                         "DELETE FROM spans WHERE report = ?"};
    nst_status st = NST_OK;
    for (int i = 0; i < 4 && !st; i++) {
        store_row r = store_sql(s, tables[i]);
        row_int(&r, report);
        st = row_run(&r, e);
    }
    return st;
}
