/* cli_who.c - nestor who, actors, codes: what the knowledge base knows, for eyes and for programs.
 *
 * In: names, ids, codes, a date. Out: cards, tables, JSON Lines.
 *   nestor who "Otto Strel" --on 1894-05-15
 * Invariants: (1) what is not known is not printed; (2) after known_until an office is "unknown".
 */
#include <stdlib.h>

#include "cli.h"
#include "kb.h"

#define KB_OPTIONS                                                                        \
    {"actors", 0, "FILE", "your own actor file; its entries win"},                        \
    {"format", 'f', "table|jsonl|csv|tsv|md", "how to print; default table"}

/* Opens the base by --actors; prints what is wrong. CLI_OK or the exit code. */
static int base_open(const cli_args *a, const nst_kb **kb) {
    nst_err e = {.byte = UINT64_MAX};
    nst_writer notes = {0};
    nst_status st = nst_kb_open(cli_get(a, "actors"), &notes, kb, &e);
    if (notes.n) fwrite(notes.p, 1, notes.n, stderr);
    nst_writer_free(&notes);
    if (st) cli_complain(&e);
    return st ? cli_exit_of(st) : CLI_OK;
}

/* The day of --on: a year or a month means its last day. False after printing what is wrong. */
static bool day_of(const cli_args *a, nst_day *day) {
    const char *z = cli_get(a, "on");
    nst_day first;
    *day = NST_NO_DAY;
    if (!z || nst_day_parse(nst_str_c(z), &first, day)) return true;
    cli_usage(a, "--on takes YYYY, YYYY-MM or YYYY-MM-DD, not '%s'", z);
    return false;
}

/* Is --format jsonl? */
static bool jsonl(const cli_args *a) {
    return cli_has(a, "format") && !strcmp(cli_get(a, "format"), "jsonl");
}

/* The table format asked for. */
static int table_format(const cli_args *a) {
    const char *f = cli_get(a, "format");
    return !f                  ? CLI_TABLE
           : !strcmp(f, "csv") ? CLI_CSV
           : !strcmp(f, "tsv") ? CLI_TSV
           : !strcmp(f, "md")  ? CLI_MD
                               : CLI_TABLE;
}

/* A date as precise as it is known: first and last day meant. */
static void put_date(nst_writer *w, nst_day first, nst_day last) {
    int y, m, d, y2, m2, d2;
    if (first == NST_NO_DAY) return;
    nst_day_split(first, &y, &m, &d);
    nst_day_split(last, &y2, &m2, &d2);
    if (first == last) nst_putf(w, "%04d-%02d-%02d", y, m, d);
    else if (m == m2) nst_putf(w, "%04d-%02d", y, m);
    else nst_putf(w, "%04d", y);
}

/* "start - end" with what is known of both. */
static void put_term(nst_writer *w, const nst_day t[4], bool open) {
    put_date(w, t[0], t[1]);
    nst_putz(w, t[0] == NST_NO_DAY ? ".. " : " ");
    nst_putz(w, open ? "- (known until " : "- ");
    put_date(w, t[2], t[3]);
    if (open) nst_putz(w, ")");
}

/* ---- JSON -------------------------------------------------------------------------------- */

/* ,"key":"value" unless the value is empty; the comma only after something. */
static void json_str(nst_writer *w, const char *key, nst_str v) {
    if (!v.n) return;
    if (w->n && w->p[w->n - 1] != '{') nst_putc(w, ',');
    nst_putf(w, "\"%s\":", key);
    nst_put_json(w, v);
}

/* The same for a date. */
static void json_date(nst_writer *w, const char *key, nst_day first, nst_day last) {
    if (first == NST_NO_DAY) return;
    if (w->n && w->p[w->n - 1] != '{') nst_putc(w, ',');
    nst_putf(w, "\"%s\":\"", key);
    put_date(w, first, last);
    nst_putc(w, '"');
}

/* Opens a list; the caller closes it. */
static void json_list(nst_writer *w, const char *key) { nst_putf(w, ",\"%s\":[", key); }

/* A comma before all but the first of a list. */
static void json_next(nst_writer *w) {
    if (w->n && w->p[w->n - 1] != '[') nst_putc(w, ',');
}

/* One term of office. `who` adds the person. */
static void json_office(nst_writer *w, const nst_kb *kb, const nst_kb_office *o, bool who,
                        nst_day day) {
    static const char *const truth[] = {"no", "yes", "unknown"};
    nst_kb_entity e = nst_kb_entity_get(kb, o->entity);
    json_next(w);
    nst_putc(w, '{');
    if (who) json_str(w, "person", nst_kb_person_id(kb, o->person));
    if (who) json_str(w, "name", nst_kb_person_name(kb, o->person));
    json_str(w, "office", o->office);
    json_str(w, "entity", e.id);
    json_date(w, "start", o->start, o->start_last);
    json_date(w, o->open ? "known_until" : "end", o->end_first, o->end);
    if (o->unsure) nst_putz(w, ",\"unsure\":true");
    json_str(w, "note", o->note);
    if (day != NST_NO_DAY)
        json_str(w, "held",
                 nst_str_c(truth[nst_kb_held(kb, o->person, o->office, o->entity, day)]));
    nst_putc(w, '}');
}

/* All names with what they are. */
static void json_names(nst_writer *w, const nst_kb *kb, uint32_t ref, bool person) {
    static const char *const by[] = {"name", "abbreviation", "adjective", "demonym", "capital",
        "seat", "name", "surname", "role"};
    nst_kb_reading r;
    json_list(w, "names");
    for (uint32_t i = 0; i < nst_kb_names(kb, ref, person, i, &r); i++) {
        json_next(w);
        nst_putc(w, '{');
        json_str(w, "name", r.name);
        json_str(w, "by", nst_str_c(by[r.by]));
        json_date(w, "start", r.start, r.start);
        json_date(w, "end", r.end, r.end);
        if (r.flags & NST_KB_WEAK) nst_putz(w, ",\"weak\":true");
        nst_putc(w, '}');
    }
    nst_putc(w, ']');
}

/* A person: names and all offices, each with what is known of it on the day. */
static void json_person(nst_writer *w, const nst_kb *kb, uint32_t p, nst_day day) {
    nst_kb_office o;
    nst_putc(w, '{');
    json_str(w, "person", nst_kb_person_id(kb, p));
    json_str(w, "name", nst_kb_person_name(kb, p));
    json_names(w, kb, p, true);
    json_list(w, "offices");
    for (uint32_t i = 0; i < nst_kb_offices(kb, p, i, &o); i++) json_office(w, kb, &o, false, day);
    nst_putz(w, "]}\n");
}

/* Names of sectors, with "|" between. */
static void put_sectors(nst_writer *w, uint32_t bits) {
    bool any = false;
    for (int i = 0; i < NST_N_SECTOR; i++)
        if (bits >> i & 1) {
            nst_putf(w, "%s%s", any ? "|" : "", nst_sector_name(i));
            any = true;
        }
}

/* Is the term one to show for the day? Without a day, all are. */
static bool shown(const nst_day t[4], bool open, nst_day day) {
    return day == NST_NO_DAY ||
           ((t[0] == NST_NO_DAY || day >= t[0]) && (t[3] == NST_NO_DAY || open || day <= t[3]));
}
#define TERM(x) ((nst_day[4]){(x).start, (x).start_last, (x).end_first, (x).end})

/* Members of an organisation, or what an entity is a member of. */
static void json_members(nst_writer *w, const nst_kb *kb, uint32_t ent, bool as_member,
                         nst_day day) {
    nst_kb_member m;
    json_list(w, as_member ? "memberships" : "members");
    for (uint32_t i = 0; i < (as_member ? nst_kb_memberships : nst_kb_members)(kb, ent, i, &m);
         i++) {
        if (!shown(TERM(m), false, day)) continue;
        json_next(w);
        nst_putc(w, '{');
        json_str(w, "id", nst_kb_entity_get(kb, as_member ? m.org : m.member).id);
        json_date(w, "start", m.start, m.start_last);
        json_date(w, "end", m.end_first, m.end);
        nst_putc(w, '}');
    }
    nst_putc(w, ']');
}

/* An entity with all that the base knows of it. */
static void json_entity(nst_writer *w, const nst_kb *kb, uint32_t ent, nst_day day) {
    nst_kb_entity e = nst_kb_entity_get(kb, ent);
    nst_kb_office o;
    nst_kb_code c;
    nst_writer s = {0};
    nst_putc(w, '{');
    json_str(w, "entity", e.id);
    json_str(w, "name", e.name);
    json_str(w, "kind", nst_str_c(nst_kb_kind_name(e.kind)));
    json_str(w, "code", nst_str_c(e.code));
    put_sectors(&s, nst_kb_sectors_on(kb, ent, day));
    json_str(w, "sector", (nst_str){s.p, (uint32_t)s.n});
    nst_writer_free(&s);
    json_date(w, "start", e.start, e.start_last);
    json_date(w, "end", e.end_first, e.end);
    json_str(w, "publisher", e.publisher);
    json_str(w, "note", e.note);
    json_names(w, kb, ent, false);
    json_list(w, "codes");
    for (uint32_t i = 0; i < nst_kb_codes(kb, ent, i, &c); i++) {
        if (!shown(TERM(c), false, day)) continue;
        json_next(w);
        nst_putc(w, '{');
        json_str(w, "system", nst_str_c(c.system));
        json_str(w, "code", c.code);
        json_date(w, "start", c.start, c.start_last);
        json_date(w, "end", c.end_first, c.end);
        if (c.unsure) nst_putz(w, ",\"unsure\":true");
        nst_putc(w, '}');
    }
    nst_putc(w, ']');
    json_members(w, kb, ent, true, day);
    json_members(w, kb, ent, false, day);
    json_list(w, "offices");
    for (uint32_t i = 0; i < nst_kb_holders(kb, ent, i, &o); i++)
        if (shown(TERM(o), o.open, day)) json_office(w, kb, &o, true, day);
    nst_putz(w, "]}\n");
}

/* ---- cards ------------------------------------------------------------------------------- */

/* Names of one kind on one line; nothing if there are none. */
static void card_names(nst_writer *w, const nst_kb *kb, uint32_t ref, bool person, int by,
                       const char *title, nst_str main_name) {
    nst_kb_reading r;
    bool any = false;
    for (uint32_t i = 0; i < nst_kb_names(kb, ref, person, i, &r); i++) {
        if (r.by != by || nst_str_eq(r.name, main_name)) continue;
        if (any) nst_putz(w, ", ");
        else nst_putf(w, "  %-12s", title);
        nst_put(w, r.name);
        any = true;
    }
    if (any) nst_putc(w, '\n');
}

/* One term of office on one line; with a day, what is known of it on that day. */
static void card_office(nst_writer *w, const nst_kb *kb, const nst_kb_office *o, bool who,
                        nst_day day) {
    nst_kb_entity e = nst_kb_entity_get(kb, o->entity);
    nst_str name = nst_kb_person_name(kb, o->person);
    nst_putf(w, "    %-34.*s ", (int)o->office.n, o->office.p);
    if (who) nst_putf(w, "%-30.*s ", (int)name.n, name.p);
    else nst_putf(w, "%-30.*s ", (int)e.name.n, e.name.p);
    put_term(w, TERM(*o), o->open);
    if (o->unsure) nst_putz(w, " ?");
    if (o->note.n) nst_putf(w, "  %.*s", (int)o->note.n, o->note.p);
    if (day != NST_NO_DAY) {
        nst_kb_truth t = nst_kb_held(kb, o->person, o->office, o->entity, day);
        bool this_term = day >= o->start && (o->end == NST_NO_DAY || day <= o->end);
        if (t == NST_KB_YES && this_term) nst_putz(w, "  <- in office");
        if (t == NST_KB_UNKNOWN && (o->open || o->end == NST_NO_DAY))
            nst_putz(w, "  <- unknown on that day");
    }
    nst_putc(w, '\n');
}

/* The same for eyes. */
static void card_person(nst_writer *w, const nst_kb *kb, uint32_t p, nst_day day) {
    nst_str id = nst_kb_person_id(kb, p), name = nst_kb_person_name(kb, p);
    nst_kb_office o;
    nst_putf(w, "%.*s  [%.*s]  person\n", (int)name.n, name.p, (int)id.n, id.p);
    card_names(w, kb, p, true, NST_KB_BY_FULL_NAME, "also", name);
    nst_putz(w, "  offices\n");
    for (uint32_t i = 0; i < nst_kb_offices(kb, p, i, &o); i++) card_office(w, kb, &o, false, day);
    nst_putc(w, '\n');
}

/* Codes of an entity on one line. */
static void card_codes(nst_writer *w, const nst_kb *kb, uint32_t ent, nst_day day) {
    nst_kb_code c;
    bool any = false;
    for (uint32_t i = 0; i < nst_kb_codes(kb, ent, i, &c); i++) {
        if (!shown(TERM(c), false, day)) continue;
        if (!any) nst_putf(w, "  %-12s", "codes");
        nst_putf(w, "%s%s %.*s%s", any ? ", " : "", c.system, (int)c.code.n, c.code.p,
                 c.unsure ? "?" : "");
        if (day == NST_NO_DAY && c.end != NST_NO_DAY) {
            nst_putz(w, " (until ");
            put_date(w, c.end_first, c.end);
            nst_putc(w, ')');
        }
        any = true;
    }
    if (any) nst_putc(w, '\n');
}

/* Memberships or members on one line, with years where no day is asked for. */
static void card_members(nst_writer *w, const nst_kb *kb, uint32_t ent, bool as_member,
                         nst_day day) {
    nst_kb_member m;
    bool any = false;
    for (uint32_t i = 0; i < (as_member ? nst_kb_memberships : nst_kb_members)(kb, ent, i, &m);
         i++) {
        if (!shown(TERM(m), false, day)) continue;
        nst_str id = nst_kb_entity_get(kb, as_member ? m.org : m.member).id;
        if (!any) nst_putf(w, "  %-12s", as_member ? "member of" : "members");
        nst_putf(w, "%s%.*s", any ? ", " : "", (int)id.n, id.p);
        if (day == NST_NO_DAY && m.end != NST_NO_DAY) {
            nst_putz(w, " (until ");
            put_date(w, m.end_first, m.end);
            nst_putc(w, ')');
        }
        any = true;
    }
    if (any) nst_putc(w, '\n');
}

/* The same for eyes; lists without entries are left out. */
static void card_entity(nst_writer *w, const nst_kb *kb, uint32_t ent, nst_day day) {
    static const char *const titles[] = {"names", "short", "adjectives", "people", "capitals",
        "seats"};
    nst_kb_entity e = nst_kb_entity_get(kb, ent);
    nst_kb_office o;
    nst_putf(w, "%.*s  [%.*s]  %s", (int)e.name.n, e.name.p, (int)e.id.n, e.id.p,
             nst_kb_kind_name(e.kind));
    if (e.code[0]) nst_putf(w, "  code %s%s", e.code, e.claimed ? " (claims it)" : "");
    nst_putz(w, "  ");
    put_sectors(w, nst_kb_sectors_on(kb, ent, day));
    nst_putc(w, '\n');
    for (int by = 0; by <= NST_KB_BY_SEAT; by++)
        card_names(w, kb, ent, false, by, titles[by], e.name);
    if (e.start != NST_NO_DAY || e.end != NST_NO_DAY) {
        nst_putf(w, "  %-12s", "time");
        put_term(w, TERM(e), false);
        nst_putc(w, '\n');
    }
    card_codes(w, kb, ent, day);
    card_members(w, kb, ent, true, day);
    card_members(w, kb, ent, false, day);
    if (e.note.n) nst_putf(w, "  %-12s%.*s\n", "note", (int)e.note.n, e.note.p);
    if (nst_kb_holders(kb, ent, 0, &o)) nst_putz(w, "  offices\n");
    for (int rank = 0; rank < 100; rank++)                       /* the most telling first */
        for (uint32_t i = 0; i < nst_kb_holders(kb, ent, i, &o); i++)
            if (nst_kb_office_rank(o.canon) == rank && shown(TERM(o), o.open, day))
                card_office(w, kb, &o, true, day);
    nst_putc(w, '\n');
}

/* ---- who --------------------------------------------------------------------------------- */

/* What has been found: entities and people, each once, in the order found. */
typedef struct found { uint32_t ref[200]; bool person[200]; uint32_t n; } found;

/* Past 200 a name says nothing any more. */
static void found_add(found *f, uint32_t ref, bool person) {
    if (ref == NST_KB_NONE || f->n == 200) return;
    for (uint32_t i = 0; i < f->n; i++)
        if (f->ref[i] == ref && f->person[i] == person) return;
    f->ref[f->n] = ref;
    f->person[f->n++] = person;
}

/* Everything that a name or id can stand for. */
static void find(const nst_kb *kb, nst_str name, nst_arena *a, found *f) {
    nst_kb_words w;
    nst_kb_hit hits[NST_KB_MAX_HITS];
    nst_kb_reading r;
    found_add(f, nst_kb_entity_of(kb, name), false);
    found_add(f, nst_kb_person_of(kb, name), true);
    nst_kb_words_phrase(name, a, &w);
    uint32_t n = w.n_tokens ? nst_kb_match(kb, &w, 0, hits) : 0;
    for (uint32_t h = 0; h < n; h++) {
        if (hits[h].end != w.n_tokens) continue;
        for (uint32_t i = 0; i < hits[h].n; i++)
            if (nst_kb_reading_get(kb, &hits[h], i, &r) && r.by != NST_KB_BY_ROLE)
                found_add(f, r.ref, r.by == NST_KB_BY_FULL_NAME || r.by == NST_KB_BY_SURNAME);
    }
}

/* nestor who: every operand on its own; one that nobody knows makes the exit code 1. */
static int run_who(const cli_args *a) {
    const nst_kb *kb;
    nst_day day;
    int code;
    if (!a->n_operands) return cli_usage(a, "name a person, a state, an organisation or an id");
    if (!day_of(a, &day)) return CLI_USAGE;
    if ((code = base_open(a, &kb))) return code;
    nst_arena *arena = nst_arena_new();
    nst_writer w = {0};
    for (int i = 0; i < a->n_operands && arena; i++) {
        found f = {.n = 0};
        find(kb, nst_str_c(a->operands[i]), arena, &f);
        for (uint32_t k = 0; k < f.n; k++) {
            if (jsonl(a)) (f.person[k] ? json_person : json_entity)(&w, kb, f.ref[k], day);
            else (f.person[k] ? card_person : card_entity)(&w, kb, f.ref[k], day);
        }
        if (f.n) continue;
        fprintf(stderr,
                "nestor: nobody is known as '%s' (names are written with capitals; try 'nestor "
                "actors %s')\n",
                a->operands[i], a->operands[i]);
        code = CLI_REJECTED;
    }
    if (!arena || w.failed || !cli_print(w.p, w.n)) code = CLI_WORLD;
    nst_writer_free(&w);
    nst_arena_free(arena);
    nst_kb_close(kb);
    return code;
}

static const cli_option who_options[] = {
    {"on", 0, "DATE", "only what holds on that day; a year or month means its last day"},
    KB_OPTIONS,
    {0},
};

const cli_command cli_who = {
    "who",
    "NAME...",
    "what is known of a person, a state, an organisation",
    "Names, codes, offices with their terms, memberships. A name may be spelled in any of its\n"
    "transliterations, with initials, or be a surname; an id (RUS, NATO, sergei_lavrov) is one "
    "too.\n"
    "\"(known until DATE)\" is no end: after it, nobody has looked, and \"in office\" is "
    "unknown.\n\n"
    "Examples\n"
    "  nestor who \"Sergey Lavrov\" --on 2023-05-17\n"
    "  nestor who RUS --on 1994\n"
    "  nestor who Kremlin\n"
    "  nestor who CSTO --format jsonl\n",
    who_options,
    run_who,
};

/* ---- actors ------------------------------------------------------------------------------ */

/* Folds a string for searching: lower case, no diacritics. */
static nst_str folded(nst_str s, nst_arena *a) {
    char *p = nst_arena_alloc(a, (size_t)s.n * 2 + 8);
    uint32_t n = 0;
    for (size_t i = 0; i < s.n;)
        n += (uint32_t)nst_utf8_put(nst_utf8_fold(nst_utf8_next(s.p, s.n, &i)), p + n);
    return (nst_str){p, n};
}

/* Is needle (folded) in s? */
static bool holds(nst_str s, nst_str needle, nst_arena *a) {
    nst_str f = folded(s, a);
    for (uint32_t i = 0; i + needle.n <= f.n; i++)
        if (memcmp(f.p + i, needle.p, needle.n) == 0) return true;
    return false;
}

/* Does any name or the id match the search? An empty search matches all. */
static bool wanted(const nst_kb *kb, uint32_t ref, bool person, nst_str needle, nst_arena *a) {
    nst_kb_reading r;
    if (!needle.n) return true;
    nst_arena_reset(a);
    if (holds(person ? nst_kb_person_id(kb, ref) : nst_kb_entity_get(kb, ref).id, needle, a))
        return true;
    for (uint32_t i = 0; i < nst_kb_names(kb, ref, person, i, &r); i++)
        if (holds(r.name, needle, a)) return true;
    return false;
}

/* One row of the list, or one line of JSON. */
static void list_entity(const nst_kb *kb, uint32_t ent, cli_table *t, nst_writer *json) {
    nst_kb_entity e = nst_kb_entity_get(kb, ent);
    nst_writer s = {0};
    put_sectors(&s, nst_kb_sectors_on(kb, ent, NST_NO_DAY));
    nst_str sectors = {s.p, (uint32_t)s.n};
    if (json) {
        nst_putc(json, '{');
        json_str(json, "entity", e.id);
        json_str(json, "kind", nst_str_c(nst_kb_kind_name(e.kind)));
        json_str(json, "code", nst_str_c(e.code));
        json_str(json, "sector", sectors);
        json_str(json, "name", e.name);
        nst_putz(json, "}\n");
    } else {
        cli_cell(t, e.id);
        cli_cell(t, nst_str_c(nst_kb_kind_name(e.kind)));
        cli_cell(t, nst_str_c(e.code));
        cli_cell(t, sectors);
        cli_cell(t, e.name);
        t->n_rows++;
    }
    nst_writer_free(&s);
}

/* The same for a person, with the newest office. */
static void list_person(const nst_kb *kb, uint32_t p, cli_table *t, nst_writer *json) {
    nst_kb_office o = {0};
    uint32_t n = nst_kb_offices(kb, p, 0, &o);
    if (n) nst_kb_offices(kb, p, n - 1, &o);
    nst_kb_entity e = nst_kb_entity_get(kb, o.entity);
    if (json) {
        nst_putc(json, '{');
        json_str(json, "person", nst_kb_person_id(kb, p));
        json_str(json, "code", nst_str_c(e.code));
        json_str(json, "office", o.office);
        json_str(json, "name", nst_kb_person_name(kb, p));
        nst_putz(json, "}\n");
        return;
    }
    cli_cell(t, nst_kb_person_id(kb, p));
    cli_cell(t, NST_S("person"));
    cli_cell(t, nst_str_c(e.code));
    cli_cell(t, o.office);
    cli_cell(t, nst_kb_person_name(kb, p));
    t->n_rows++;
}

/* Prints the counts of entities by kind, and of terms of office by the decade they began in. */
static void counts(const nst_kb *kb, cli_table *t) {
    uint32_t kinds[NST_KB_N_KINDS] = {0}, decades[21] = {0}, terms = 0, undated = 0;
    char buf[64];
    nst_kb_office o;
    for (uint32_t i = 0; i < nst_kb_entity_count(kb); i++) kinds[nst_kb_entity_get(kb, i).kind]++;
    for (uint32_t p = 0; p < nst_kb_person_count(kb); p++)
        for (uint32_t i = 0; i < nst_kb_offices(kb, p, i, &o); i++) {
            int y = 0, m, d;
            if (o.start != NST_NO_DAY) nst_day_split(o.start, &y, &m, &d);
            terms++;
            if (y >= 1850 && y < 2060) decades[(y - 1850) / 10]++;
            else undated++;
        }
#define ROW(...) (snprintf(buf, sizeof buf, __VA_ARGS__), cli_cell(t, nst_str_c(buf)))
#define COUNT(n) (ROW("%u", (unsigned)(n)), t->n_rows++)
    for (int k = 0; k < NST_KB_N_KINDS; k++) ROW("%s", nst_kb_kind_name(k)), COUNT(kinds[k]);
    ROW("role phrase"), COUNT(nst_kb_role_count(kb));
    ROW("person"), COUNT(nst_kb_person_count(kb));
    ROW("term of office"), COUNT(terms);
    for (int k = 0; k < 21; k++)
        if (decades[k]) ROW("  begun in the %ds", 1850 + k * 10), COUNT(decades[k]);
    ROW("  begun at an unknown date"), COUNT(undated);
#undef COUNT
#undef ROW
}

static const char *const list_titles[] = {"id", "kind", "code", "sector or office", "name"};
static const int list_widths[] = {30, 13, 4, 22, 30};
static const char *const count_titles[] = {"what", "count"};
static const int count_widths[] = {28, 8};

/* Is the kind asked for one that there is? Says so when not. */
static bool kind_known(const cli_args *a) {
    const char *kind = cli_get(a, "kind");
    cli_nearest near = {.typed = kind};
    if (!kind || !strcmp(kind, "person")) return true;
    for (int k = 0; k < NST_KB_N_KINDS; k++) {
        if (!strcmp(kind, nst_kb_kind_name(k))) return true;
        cli_consider(&near, nst_kb_kind_name(k));
    }
    cli_usage(a, "no kind '%s'%s%s", kind, near.name ? "; did you mean " : "",
              near.name ? near.name : "");
    return false;
}

/* Does the command ask for this kind? */
static bool kind_wanted(const cli_args *a, const char *kind) {
    return !cli_has(a, "kind") || !strcmp(cli_get(a, "kind"), kind);
}

/* nestor actors: entities, then people. */
static int run_actors(const cli_args *a) {
    const nst_kb *kb;
    int code = kind_known(a) ? base_open(a, &kb) : CLI_USAGE;
    if (code) return code;
    nst_arena *arena = nst_arena_new(), *scratch = nst_arena_new();
    nst_writer w = {0};
    bool count = cli_has(a, "count");
    cli_table t = {.n_columns = count ? 2 : 5, .titles = count ? count_titles : list_titles,
                   .widths = count ? count_widths : list_widths};
    nst_writer *json = jsonl(a) && !count ? &w : NULL;
    nst_str needle = {0};
    if (arena && scratch && a->n_operands) needle = folded(nst_str_c(a->operands[0]), arena);
    if (count) counts(kb, &t);
    for (uint32_t i = 0; i < nst_kb_entity_count(kb) && !count && scratch; i++)
        if (kind_wanted(a, nst_kb_kind_name(nst_kb_entity_get(kb, i).kind)) &&
            wanted(kb, i, false, needle, scratch))
            list_entity(kb, i, &t, json);
    for (uint32_t i = 0; i < nst_kb_person_count(kb) && !count && scratch; i++)
        if (kind_wanted(a, "person") && wanted(kb, i, true, needle, scratch))
            list_person(kb, i, &t, json);
    if (!json) cli_table_print(&t, table_format(a), &w);
    if (!scratch || w.failed || !cli_print(w.p, w.n)) code = CLI_WORLD;
    nst_writer_free(&w);
    nst_writer_free(&t.cells);
    nst_arena_free(arena);
    nst_arena_free(scratch);
    nst_kb_close(kb);
    return code;
}

static const cli_option actors_options[] = {
    {"kind", 'k', "KIND",
     "only this kind: state igo alliance union bloc court bank agency_un body_eu ngo armed_group "
     "party company media_agency media_outlet ministry army body other person"},
    {"count", 0, NULL, "counts by kind, and terms of office by decade"},
    KB_OPTIONS,
    {0},
};

const cli_command cli_actors = {
    "actors",
    "[SEARCH]",
    "list and search the actors that Nestor knows",
    "All states, organisations, groups, companies, media and people, or those with SEARCH in a "
    "name\n"
    "or id (case and diacritics do not matter).\n\n"
    "Examples\n"
    "  nestor actors lukashenk\n"
    "  nestor actors --kind armed_group\n"
    "  nestor actors --count\n"
    "  nestor actors --actors my.tsv Graustark\n",
    actors_options,
    run_actors,
};

/* ---- codes ------------------------------------------------------------------------------- */

/* The systems of --as, by default all; false after printing which one is unknown. */
static bool systems_of(const cli_args *a, const char *out[16], int *n) {
    static const char *const all[] = {"iso3", "iso2", "isonum", "m49", "cow", "gw", "cameo",
        "fips"};
    nst_str rest = nst_str_c(cli_has(a, "as") ? cli_get(a, "as")
                                              : "iso3,iso2,isonum,m49,cow,gw,cameo,fips"),
            s;
    *n = 0;
    while (nst_str_split(&rest, ',', &s)) {
        const char *known = NULL;
        for (int i = 0; i < 8; i++)
            if (nst_str_is(nst_str_trim(s), all[i])) known = all[i];
        if (!known || *n == 15) {
            cli_usage(a, "unknown code system '%.*s' (iso3 iso2 isonum m49 cow gw cameo fips)",
                      (int)s.n, s.p);
            return false;
        }
        out[(*n)++] = known;
    }
    return true;
}

/* The state that an operand means: by --from, by id, by a code of the time, by name. */
static uint32_t state_of(const nst_kb *kb, const cli_args *a, const char *z, nst_day day,
                         nst_arena *arena) {
    nst_str s = nst_str_c(z);
    if (cli_has(a, "from")) return nst_kb_coded(kb, cli_get(a, "from"), s, day);
    uint32_t e = nst_kb_entity_of(kb, s);
    if (e == NST_KB_NONE) e = nst_kb_coded(kb, "iso3", s, day);
    if (e == NST_KB_NONE) e = nst_kb_coded(kb, "iso2", s, day);
    found f = {.n = 0};
    if (e == NST_KB_NONE) find(kb, s, arena, &f);
    for (uint32_t i = 0; i < f.n && e == NST_KB_NONE; i++)
        if (!f.person[i] && nst_kb_entity_get(kb, f.ref[i]).kind == NST_KB_STATE) e = f.ref[i];
    return e;
}

/* One state: its cells, or a line of JSON. A code that is not sure carries "?". */
static void codes_row(const nst_kb *kb, uint32_t ent, const char *const *as, int n, nst_day day,
                      cli_table *t, nst_writer *json) {
    nst_kb_entity e = nst_kb_entity_get(kb, ent);
    if (json) nst_putc(json, '{');
    if (json) json_str(json, "entity", e.id);
    else cli_cell(t, e.id);
    for (int i = 0; i < n; i++) {
        char buf[32];
        bool unsure;
        nst_str c = nst_kb_code_on(kb, ent, as[i], day, &unsure);
        snprintf(buf, sizeof buf, "%.*s%s", (int)c.n, c.p, unsure ? "?" : "");
        if (json) json_str(json, as[i], nst_str_c(buf));
        else cli_cell(t, nst_str_c(buf));
    }
    if (json) json_str(json, "name", e.name), nst_putz(json, "}\n");
    else cli_cell(t, e.name), t->n_rows++;
}

/* nestor codes: the operands, or every state that has a code of the first system. */
static int run_codes(const cli_args *a) {
    static const int widths[18] = {5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 20};
    const char *as[16], *titles[18] = {"state"};
    const nst_kb *kb;
    nst_day day;
    int n, code;
    if (!day_of(a, &day) || !systems_of(a, as, &n)) return CLI_USAGE;
    if ((code = base_open(a, &kb))) return code;
    nst_arena *arena = nst_arena_new();
    nst_writer w = {0};
    memcpy(titles + 1, as, (size_t)n * sizeof *as);
    titles[n + 1] = "name";
    cli_table t = {.n_columns = n + 2, .titles = titles, .widths = widths};
    nst_writer *json = jsonl(a) ? &w : NULL;
    for (int i = 0; i < a->n_operands && arena; i++) {
        uint32_t e = state_of(kb, a, a->operands[i], day, arena);
        if (e != NST_KB_NONE) {
            codes_row(kb, e, as, n, day, &t, json);
            continue;
        }
        fprintf(stderr, "nestor: no state is known as '%s'%s\n", a->operands[i],
                day == NST_NO_DAY ? "" : " on that day");
        code = CLI_REJECTED;
    }
    for (uint32_t e = 0; e < nst_kb_entity_count(kb) && !a->n_operands; e++)
        if (nst_kb_codes(kb, e, 0, &(nst_kb_code){0}) && nst_kb_code_on(kb, e, as[0], day, NULL).n)
            codes_row(kb, e, as, n, day, &t, json);
    if (!json) cli_table_print(&t, table_format(a), &w);
    if (!arena || w.failed || !cli_print(w.p, w.n)) code = CLI_WORLD;
    nst_writer_free(&w);
    nst_writer_free(&t.cells);
    nst_arena_free(arena);
    nst_kb_close(kb);
    return code;
}

static const cli_option codes_options[] = {
    {"as", 0, "SYSTEMS", "iso3,iso2,isonum,m49,cow,gw,cameo,fips (default: all)"},
    {"from", 0, "SYSTEM", "the operands are codes of this system"},
    {"on", 0, "DATE",
     "codes valid on that day; a year or month means its last day; default: the newest"},
    KB_OPTIONS,
    {0},
};

const cli_command cli_codes = {
    "codes",
    "[STATE...]",
    "a state's codes on a date, from system to system",
    "Country codes are functions of a date. Without operands: every state that has a code of the "
    "first\n"
    "system on that day. A code that the files are not sure of carries a \"?\".\n\n"
    "Examples\n"
    "  nestor codes RUS --as cow,gw --on 1994\n"
    "  nestor codes DEU Yemen --on 1989\n"
    "  nestor codes --from cow 255 365 --as iso3,gw\n"
    "  nestor codes --as cow,iso3 --on 1975 --format csv\n",
    codes_options,
    run_codes,
};
