/* store_lines.c - rows back to the JSON lines they came from.
 *
 * In: the row number of a mention, an indicator or an attribution. Out:
 * {"level":"mention","id":"m_...",...}
 * Idea: the mirror of store_write.c; the words of a span are cut out of the stored text.
 * Invariants: (1) byte for byte what `nestor code --format jsonl` printed; (2) where the text was
 * not kept, spans come without their words.
 */
#include "store_base.h"

/* A line being built. */
typedef struct line {
    nst_store *s;
    nst_writer *w;
    nst_err *e;
    nst_status status; /* sticky */
} line;

/* ---- pieces of JSON ---------------------------------------------------------------------- */

/* ,"key":"value" when there is a value. */
static void text_field(line *l, const char *key, nst_str v) {
    if (!v.p) return;
    nst_putf(l->w, ",\"%s\":", key);
    nst_put_json(l->w, v);
}

/* ,"key":number, or with `null` also for none. */
static void number_field(line *l, const char *key, store_row *r, bool null) {
    if (!col_null(r)) {
        nst_putf(l->w, ",\"%s\":", key);
        nst_putd(l->w, col_real(r));
        return;
    }
    if (null) nst_putf(l->w, ",\"%s\":null", key);
    r->i++;
}

/* ,"key":["a","b"] of words separated by spaces; nothing for NULL unless `empty`. */
static void words_field(line *l, const char *key, nst_str words, bool empty) {
    nst_str word;
    const char *sep = "";
    if (!words.p && !empty) return;
    nst_putf(l->w, ",\"%s\":[", key);
    while (words.n && nst_str_split(&words, ' ', &word)) {
        nst_putz(l->w, sep);
        nst_put_json(l->w, word);
        sep = ",";
    }
    nst_putc(l->w, ']');
}

/* The next three columns are in_title, start, end:
 * "start":..,"end":..[,"text":..][,"field":"title"]. */
static void span_fields(line *l, store_row *r, bool words) {
    int in_title = (int)col_int(r);
    int64_t start = col_int(r), end = col_int(r);
    nst_str f = l->s->field[in_title & 1];
    nst_putf(l->w, "\"start\":%lld,\"end\":%lld", (long long)start, (long long)end);
    if (words && l->s->has_text && start >= 0 && end >= start && end <= f.n) {
        nst_putz(l->w, ",\"text\":");
        nst_put_json(l->w, nst_str_sub(f, (uint32_t)start, (uint32_t)end));
    }
    if (in_title) nst_putz(l->w, ",\"field\":\"title\"");
}

/* The next three columns as an object: ,"key":{...}; nothing for NULL. */
static void span_object(line *l, const char *key, store_row *r, bool words) {
    if (col_null(r)) {
        r->i += 3;
        return;
    }
    nst_putf(l->w, ",\"%s\":{", key);
    span_fields(l, r, words);
    nst_putc(l->w, '}');
}

/* The next six columns are a date: ,"key":{...}; null (or, not `null`, nothing) for none. */
static void date_object(line *l, const char *key, store_row *r, bool null) {
    nst_str start = col_str(r), end = col_str(r), precision = col_str(r);
    if (col_null(r)) {
        r->i += 3;
        if (null) nst_putf(l->w, ",\"%s\":null", key);
        return;
    }
    nst_putf(l->w, ",\"%s\":{", key);
    if (start.p) nst_putf(l->w, "\"start\":\"%.*s\",", (int)start.n, start.p);
    if (end.p) nst_putf(l->w, "\"end\":\"%.*s\",", (int)end.n, end.p);
    if (precision.p) nst_putf(l->w, "\"precision\":\"%.*s\",", (int)precision.n, precision.p);
    nst_putz(l->w, "\"from\":\"text\",\"span\":{");
    span_fields(l, r, true);
    nst_putz(l->w, "}}");
}

/* Ends a statement's use and keeps its error. */
static void done(line *l, store_row *r) {
    nst_status st = row_done(r, l->e);
    if (!l->status) l->status = st;
}

/* ---- who --------------------------------------------------------------------------------- */

#define MEMBER_COLUMNS                                                                             \
    "m.in_title, m.start, m.\"end\", m.from_context, a.code, a.entity, a.person, "                 \
    "CASE WHEN m.named OR m.actor IS NOT m.coded THEN a.name END, "                                \
    "CASE WHEN m.actor IS m.coded THEN m.name_in_title END, m.name_start, m.name_end, m.title, "   \
    "a.wikidata, m.sector, m.role, m.count, m.anachronism"

/* The name: the actor's, or (the next three columns) the place in the text that gives it. */
static void name_field(line *l, nst_str name, store_row *r) {
    if (col_null(r)) {
        r->i += 3;
        text_field(l, "name", name);
        return;
    }
    nst_str f = l->s->field[col_int(r) & 1];
    int64_t start = col_int(r), end = col_int(r);
    if (l->s->has_text && end <= f.n)
        text_field(l, "name", nst_str_sub(f, (uint32_t)start, (uint32_t)end));
}

/* The current row, MEMBER_COLUMNS, as an object. */
static void member(line *l, store_row *r) {
    nst_putc(l->w, '{');
    span_fields(l, r, true);
    if (col_int(r)) nst_putz(l->w, ",\"from\":\"context\"");
    text_field(l, "code", col_str(r));
    text_field(l, "entity", col_str(r));
    text_field(l, "person", col_str(r));
    nst_str name = col_str(r);
    name_field(l, name, r);
    text_field(l, "title", col_str(r));
    text_field(l, "wikidata", col_str(r));
    words_field(l, "sector", col_str(r), false);
    text_field(l, "role", col_str(r));
    number_field(l, "count", r, false);
    if (col_int(r)) nst_putz(l->w, ",\"anachronism\":true");
    nst_putc(l->w, '}');
}

/* Members of one part, in order, separated by commas. Speakers: only the one of link `seq` (else
 * -1). */
static uint32_t members(line *l, bool of_mention, int64_t id, const char *part, int64_t seq) {
    uint32_t n = 0;
    store_row r = of_mention ? store_sql(l->s, "SELECT " MEMBER_COLUMNS " FROM members m LEFT JOIN "
                                                                        "actors a ON a.id = "
                                                                        "m.actor "
                                               "WHERE m.mention = ?1 AND m.part = ?2 AND (?3 < 0 "
                                               "OR m.seq = ?3) ORDER BY m.seq")
                             : store_sql(l->s, "SELECT " MEMBER_COLUMNS " FROM members m LEFT JOIN "
                                                                        "actors a ON a.id = "
                                                                        "m.actor "
                                               "WHERE m.indicator = ?1 AND m.part = ?2 AND (?3 < 0 "
                                               "OR m.seq = ?3) ORDER BY m.seq");
    row_int(&r, id);
    row_text(&r, part);
    row_int(&r, seq);
    while (row_step(&r)) {
        if (n++) nst_putc(l->w, ',');
        member(l, &r);
    }
    done(l, &r);
    return n;
}

static void member_list(line *l, const char *key, bool of_mention, int64_t id) {
    nst_putf(l->w, ",\"%s\":[", key);
    members(l, of_mention, id, key, -1);
    nst_putc(l->w, ']');
}

/* ---- who says so ------------------------------------------------------------------------- */

/* A speaker's link, from the column of its stance on. */
static void speaker(line *l, store_row *r, bool of_mention, int64_t id, int64_t seq) {
    nst_putz(l->w, "{\"speaker\":");
    if (!members(l, of_mention, id, "speaker", seq)) nst_putz(l->w, "null");
    text_field(l, "stance", col_str(r));
    span_object(l, "cue", r, true);
    nst_putf(l->w, ",\"quoted\":%s", col_int(r) ? "true" : "false");
    if (col_int(r)) nst_putz(l->w, ",\"anonymous\":true");
    date_object(l, "date", r, false);
    nst_putc(l->w, '}');
}

#define LINK_COLUMNS                                                                               \
    "l.seq, l.kind, s.name, l.in_title, l.start, l.\"end\", l.stance, l.cue_in_title, "            \
    "l.cue_start, "                                                                                \
    "l.cue_end, l.quoted, l.anonymous, l.date_start, l.date_end, l.date_precision, "               \
    "l.date_in_title, "                                                                            \
    "l.date_span_start, l.date_span_end"

/* ,"said_by":[...] */
static void chain(line *l, bool of_mention, int64_t id) {
    int n = 0;
    store_row r = of_mention ? store_sql(l->s, "SELECT " LINK_COLUMNS " FROM links l LEFT JOIN "
                                                                      "sources s ON s.id = "
                                                                      "l.source "
                                               "WHERE l.mention = ? ORDER BY l.seq")
                             : store_sql(l->s, "SELECT " LINK_COLUMNS " FROM links l LEFT JOIN "
                                                                      "sources s ON s.id = "
                                                                      "l.source "
                                               "WHERE l.indicator = ? ORDER BY l.seq");
    row_int(&r, id);
    nst_putz(l->w, ",\"said_by\":[");
    while (row_step(&r)) {
        int64_t seq = col_int(&r);
        nst_str kind = col_str(&r), name = col_str(&r);
        if (n++) nst_putc(l->w, ',');
        if (nst_str_is(kind, "speaker")) {
            r.i += 3;
            speaker(l, &r, of_mention, id, seq);
            continue;
        }
        nst_putf(l->w, "{\"%s\":", nst_str_is(kind, "agency") ? "agency" : "outlet");
        nst_put_json(l->w, name);
        span_object(l, "span", &r, true);
        nst_putc(l->w, '}');
    }
    nst_putc(l->w, ']');
    done(l, &r);
}

/* ---- how much ---------------------------------------------------------------------------- */

#define NUMBER_COLUMNS                                                                             \
    "in_title, start, \"end\", value, low, high, unit, currency, converted, converted_currency, "  \
    "converted_in_title, converted_start, converted_end, bound, role"

/* The columns from value to bound. */
static void quantity(line *l, store_row *r) {
    number_field(l, "value", r, false);
    number_field(l, "low", r, false);
    number_field(l, "high", r, false);
    text_field(l, "unit", col_str(r));
    text_field(l, "currency", col_str(r));
    if (col_null(r)) {
        r->i += 5;
    } else {
        nst_putz(l->w, ",\"converted\":{\"value\":");
        nst_putd(l->w, col_real(r));
        text_field(l, "currency", col_str(r));
        span_object(l, "span", r, true);
        nst_putc(l->w, '}');
    }
    text_field(l, "bound", col_str(r));
}

/* ,"numbers":[...] of a mention. */
static void numbers(line *l, int64_t mention) {
    int n = 0;
    store_row r = store_sql(l->s, "SELECT " NUMBER_COLUMNS " FROM numbers WHERE mention = ? ORDER "
                                                           "BY seq");
    row_int(&r, mention);
    nst_putz(l->w, ",\"numbers\":[");
    while (row_step(&r)) {
        nst_putz(l->w, n++ ? ",{" : "{");
        span_fields(l, &r, true);
        quantity(l, &r);
        text_field(l, "role", col_str(&r));
        nst_putc(l->w, '}');
    }
    nst_putc(l->w, ']');
    done(l, &r);
}

/* ---- lines ------------------------------------------------------------------------------- */

/* ,"place":{...} from the next nine columns. */
static void place(line *l, store_row *r) {
    nst_str name = col_str(r);
    if (!name.p) {
        r->i += 8;
        nst_putz(l->w, ",\"place\":null");
        return;
    }
    nst_putz(l->w, ",\"place\":{\"name\":");
    nst_put_json(l->w, name);
    number_field(l, "geonames", r, false);
    text_field(l, "country", col_str(r));
    number_field(l, "lat", r, false);
    number_field(l, "lon", r, false);
    text_field(l, "precision", col_str(r));
    span_object(l, "span", r, true);
    nst_putc(l->w, '}');
}

/* From the sentence to the trigger. */
static void mention_head(line *l, store_row *r) {
    span_object(l, "sentence", r, false);
    text_field(l, "event_type", col_str(r));
    words_field(l, "mode", col_str(r), true);
    words_field(l, "context", col_str(r), true);
    nst_str cameo = col_str(r);
    if (cameo.p)
        text_field(l, "cameo", cameo);
    else
        nst_putz(l->w, ",\"cameo\":null");
    number_field(l, "quad_code", r, false);
    number_field(l, "event_scale", r, true);
    number_field(l, "goldstein", r, true);
    text_field(l, "modality", col_str(r));
    span_object(l, "trigger", r, true);
}

/* Loads the text of the report that the row belongs to; begins the line. */
static void begin(line *l, store_row *r, const char *level) {
    nst_str id = col_str(r);
    int64_t report = col_int(r);
    nst_str name = col_str(r);
    l->status = store_load_text(l->s, report, l->e);
    nst_putf(l->w, "{\"level\":\"%s\",\"id\":\"%.*s\",\"report\":", level, (int)id.n, id.p);
    nst_put_json(l->w, name);
}

static void end(line *l, nst_str engine, bool with_engine) {
    if (with_engine) text_field(l, "engine", engine);
    nst_putz(l->w, "}\n");
}

/* The writer's and the statement's errors as one status. */
static nst_status verdict_of(line *l) {
    if (!l->status && l->w->failed) return nst_fail(l->e, NST_ENOMEM, "store", "out of memory");
    return l->status;
}

/* Columns are read in the order in which the line is written, so that no names are needed in
 * between. */
nst_status nst_store_mention(nst_store *s, int64_t mention, bool engine, nst_writer *w,
                             nst_err *e) {
    line l = {.s = s, .w = w, .e = e};
    store_row r = store_sql(s, "SELECT m.mention, m.report, p.report, m.in_title, sentence_start, "
                               "sentence_end, event_type, mode, "
                               "context, cameo, quad_code, event_scale, goldstein, c.modality, "
                               "trigger_in_title, trigger_start, trigger_end, "
                               "date_start, date_end, date_precision, date_in_title, "
                               "date_span_start, date_span_end, place, geonames, country, "
                               "lat, lon, place_precision, place_in_title, place_start, place_end, "
                               "confidence, why, u.engine "
                               "FROM mentions m JOIN claims c ON c.mention = m.id JOIN reports p "
                               "ON p.id = m.report JOIN runs u ON u.id = p.run "
                               "WHERE m.id = ?");
    row_int(&r, mention);
    if (row_step(&r)) {
        begin(&l, &r, "mention");
        mention_head(&l, &r);
        member_list(&l, "actor", true, mention);
        member_list(&l, "recipient", true, mention);
        date_object(&l, "date", &r, true);
        place(&l, &r);
        chain(&l, true, mention);
        numbers(&l, mention);
        number_field(&l, "confidence", &r, false);
        text_field(&l, "why", col_str(&r));
        end(&l, col_str(&r), engine);
    }
    done(&l, &r);
    return verdict_of(&l);
}

nst_status nst_store_indicator(nst_store *s, int64_t indicator, bool engine, nst_writer *w,
                               nst_err *e) {
    line l = {.s = s, .w = w, .e = e};
    store_row r = store_sql(s, "SELECT i.indicator, i.report, p.report, i.in_title, i.start, "
                               "i.\"end\", measure, n.value, n.low, "
                               "n.high, n.unit, n.currency, n.converted, n.converted_currency, "
                               "n.converted_in_title, n.converted_start, "
                               "n.converted_end, n.bound, i.kind, period_start, period_end, "
                               "period_precision, period_in_title, "
                               "period_span_start, period_span_end, compared_start, compared_end, "
                               "compared_precision, compared_in_title, "
                               "compared_span_start, compared_span_end, u.engine FROM indicators i "
                               "LEFT JOIN numbers n ON n.indicator = i.id "
                               "JOIN reports p ON p.id = i.report JOIN runs u ON u.id = p.run "
                               "WHERE i.id = ?");
    row_int(&r, indicator);
    if (row_step(&r)) {
        begin(&l, &r, "indicator");
        nst_putc(w, ',');
        span_fields(&l, &r, true);
        text_field(&l, "measure", col_str(&r));
        member_list(&l, "between", false, indicator);
        quantity(&l, &r);
        text_field(&l, "kind", col_str(&r));
        date_object(&l, "period", &r, true);
        date_object(&l, "compared_with", &r, true);
        chain(&l, false, indicator);
        end(&l, col_str(&r), engine);
    }
    done(&l, &r);
    return verdict_of(&l);
}

/* Members of an attribution in one part, in order, separated by commas. */
static uint32_t attributed(line *l, int64_t id, const char *part) {
    uint32_t n = 0;
    store_row r = store_sql(l->s, "SELECT " MEMBER_COLUMNS " FROM members m LEFT JOIN actors a ON "
                                  "a.id = m.actor WHERE m.attribution = ? AND m.part = ? "
                                  "ORDER BY m.seq");
    row_int(&r, id);
    row_text(&r, part);
    while (row_step(&r)) {
        if (n++) nst_putc(l->w, ',');
        member(l, &r);
    }
    done(l, &r);
    return n;
}

/* ,"content":[spans] */
static void contents(line *l, int64_t id) {
    int n = 0;
    store_row r = store_sql(l->s, "SELECT in_title, start, \"end\" FROM contents WHERE "
                                  "attribution = ? ORDER BY seq");
    row_int(&r, id);
    nst_putz(l->w, ",\"content\":[");
    while (row_step(&r)) {
        nst_putz(l->w, n++ ? ",{" : "{");
        span_fields(l, &r, true);
        nst_putc(l->w, '}');
    }
    nst_putc(l->w, ']');
    done(l, &r);
}

/* One attribution as it was coded; with `about` also whom its content names. */
nst_status nst_store_attribution(nst_store *s, int64_t attribution, bool engine, bool about,
                                 nst_writer *w, nst_err *e) {
    line l = {.s = s, .w = w, .e = e};
    store_row r = store_sql(s, "SELECT t.report, p.report, t.stance, t.cue_in_title, t.cue_start, "
                               "t.cue_end, t.quoted, t.anonymous, u.engine FROM attributions t "
                               "JOIN reports p ON p.id = t.report JOIN runs u ON u.id = p.run "
                               "WHERE t.id = ?");
    row_int(&r, attribution);
    if (row_step(&r)) {
        l.status = store_load_text(s, col_int(&r), e);
        nst_putz(w, "{\"level\":\"attribution\",\"report\":");
        nst_put_json(w, col_str(&r));
        nst_str stance = col_str(&r);
        nst_putz(w, ",\"source\":");
        if (!attributed(&l, attribution, "source")) nst_putz(w, "null");
        if (col_null(&r)) nst_putz(w, ",\"cue\":null");
        span_object(&l, "cue", &r, true);
        contents(&l, attribution);
        text_field(&l, "stance", stance);
        nst_putf(w, ",\"quoted\":%s", col_int(&r) ? "true" : "false");
        if (col_int(&r)) nst_putz(w, ",\"anonymous\":true");
        if (about) nst_putz(w, ",\"about\":[");
        if (about) attributed(&l, attribution, "about");
        if (about) nst_putc(w, ']');
        end(&l, col_str(&r), engine);
    }
    done(&l, &r);
    return verdict_of(&l);
}

/* All of a report, in order. */
nst_status nst_store_attributions(nst_store *s, int64_t report, bool engine, bool about,
                                  nst_writer *w, nst_err *e) {
    store_row r = store_sql(s, "SELECT id FROM attributions WHERE report = ? ORDER BY id");
    nst_status st = NST_OK;
    row_int(&r, report);
    while (!st && row_step(&r)) st = nst_store_attribution(s, col_int(&r), engine, about, w, e);
    nst_status end = row_done(&r, e);
    return st ? st : end;
}

/* Mentions, then indicators: the order in which coding gives them. */
nst_status nst_store_lines(nst_store *s, int64_t report, bool engine, nst_writer *w, nst_err *e) {
    store_row r = store_sql(s, "SELECT id FROM mentions WHERE report = ? ORDER BY id");
    nst_status st = NST_OK;
    row_int(&r, report);
    while (!st && row_step(&r)) st = nst_store_mention(s, col_int(&r), engine, w, e);
    nst_status end = row_done(&r, e);
    if (st || end) return st ? st : end;
    r = store_sql(s, "SELECT id FROM indicators WHERE report = ? ORDER BY id");
    row_int(&r, report);
    while (!st && row_step(&r)) st = nst_store_indicator(s, col_int(&r), engine, w, e);
    end = row_done(&r, e);
    return st ? st : end;
}
