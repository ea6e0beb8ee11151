/* entities_kbmake.c - rows to the block: records, checks between rows, sections.
 *
 * In: rows of all files.   orgs: RURPARL ... ; people: otto_strel ... speaker RURPARL 1890 1896
 * Out: the block that kb_attach reads, and a note for every row that is wrong.
 * Idea: entities and roles first, as the others name them; then people, codes, members. A user's
 * row
 * replaces the row of the same key. Invariants: (1) a row in error leaves no trace but its note;
 * (2) the same rows give the same bytes.
 */
#include <stdlib.h>

#include "kb_build.h"

/* ---- tables ------------------------------------------------------------------------------ */

/* The slot of key: where it is, or where it would go. */
static uint32_t map_slot(const kb_map *m, nst_str key) {
    uint32_t i = (uint32_t)nst_hash(key.p, key.n) & (m->size - 1);
    while (m->slots[i].used && !nst_str_eq(m->slots[i].key, key)) i = (i + 1) & (m->size - 1);
    return i;
}

/* An empty table has no slots to look into. */
uint32_t kb_map_get(const kb_map *m, nst_str key) {
    if (!m->size) return NST_KB_NONE;
    uint32_t i = map_slot(m, key);
    return m->slots[i].used ? m->slots[i].value : NST_KB_NONE;
}

/* Doubles when half full; an old value gives way to the new one. */
void kb_map_put(kb_map *m, nst_str key, uint32_t value) {
    if (m->n * 2 >= m->size) {
        kb_map old = *m;
        m->size = m->size ? m->size * 2 : 1024;
        m->slots = nst_arena_alloc(m->a, sizeof *m->slots * m->size);
        for (uint32_t i = 0; i < old.size; i++)
            if (old.slots[i].used) m->slots[map_slot(m, old.slots[i].key)] = old.slots[i];
    }
    uint32_t i = map_slot(m, key);
    if (!m->slots[i].used) m->n++;
    m->slots[i].key = key;
    m->slots[i].value = value;
    m->slots[i].used = 1;
}

/* Each string is stored once, however many rows say it. */
uint32_t kb_string(kb_build *b, nst_str s) {
    if (s.n > 60000) s.n = 60000;
    uint32_t off = kb_map_get(&b->strings, s);
    if (off != NST_KB_NONE) return off;
    nst_putc(&b->str, (char)(s.n & 0xFF));
    nst_putc(&b->str, (char)(s.n >> 8));
    off = (uint32_t)b->str.n;
    nst_put(&b->str, s);
    nst_putc(&b->str, 0);
    kb_map_put(&b->strings, s, off);
    return off;
}

/* The length stands in the two bytes before the string. */
nst_str kb_string_at(const kb_build *b, uint32_t off) {
    const char *p = b->str.p + off;
    return (nst_str){p, (uint32_t)(unsigned char)p[-2] | (uint32_t)(unsigned char)p[-1] << 8};
}

/* ---- values ------------------------------------------------------------------------------ */

/* First and last day of the start, and of the end. */
typedef struct term { int32_t start, start_last, end_first, end; } term;

/* Start and end columns. False (noted) if a date is bad or the end lies before the start. */
static bool term_dates(kb_build *b, const kb_row *row, int at, term *t) {
    bool unsure = false;
    if (!kb_dates(b->r, row, row->col[at], &t->start, &t->start_last, &unsure)) return false;
    if (!kb_dates(b->r, row, row->col[at + 1], &t->end_first, &t->end, &unsure)) return false;
    if (t->start == NST_NO_DAY || t->end == NST_NO_DAY || t->end >= t->start) return true;
    kb_note(b->r, row, "it ends (%.*s) before it begins (%.*s)", (int)row->col[at + 1].n,
            row->col[at + 1].p, (int)row->col[at].n, row->col[at].p);
    return false;
}

/* Is id made of capitals, digits and "_" (entities) or small letters, digits and "_" (people)? */
static bool id_good(nst_str id, bool person) {
    for (uint32_t i = 0; i < id.n; i++) {
        char c = id.p[i];
        bool letter = person ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z';
        if (!letter && !(c >= '0' && c <= '9') && c != '_') return false;
    }
    return id.n > 0;
}

/* The value of KEY=... in a note, up to a blank or ";". Empty if it is not there. */
static nst_str note_value(nst_str note, const char *key) {
    size_t k = strlen(key);
    for (uint32_t i = 0; i + k <= note.n; i++) {
        if (memcmp(note.p + i, key, k) != 0) continue;
        uint32_t to = (uint32_t)(i + k);
        while (to < note.n && note.p[to] != ';' && note.p[to] != '|') to++;
        return nst_str_trim(nst_str_sub(note, (uint32_t)(i + k), to));
    }
    return NST_S("");
}

/* Is word one of the words of a note? */
static bool note_has(nst_str note, const char *word) {
    nst_str piece;
    while (nst_str_split(&note, ' ', &piece))
        if (nst_str_is(nst_str_trim(piece), word)) return true;
    return false;
}

/* ---- entities ---------------------------------------------------------------------------- */

/* Adds a name to the entity's list and to the trie. */
static void name_add(kb_build *b, const kb_row *row, uint32_t ent, kb_value v, uint8_t by) {
    kb_entity *x = &b->ent[ent];
    if (v.start == NST_NO_DAY) v.start = x->start;
    if (v.end == NST_NO_DAY) v.end = x->end;
    kb_name *n = NST_PUSH(b->a, b->names, b->n_names, b->c_names);
    *n = (kb_name){.str = kb_string(b, v.text), .owner = ent, .by = by, .flags = v.flags,
                   .start = v.start, .end = v.end};
    x->n_names++;
    kb_term_add(b, row, v, by, ent);
}

/* Adds every name of a "|" list. */
static void names_add(kb_build *b, const kb_row *row, uint32_t ent, nst_str list, uint8_t by) {
    kb_value v;
    while (kb_value_next(b->r, row, &list, &v)) name_add(b, row, ent, v, by);
}

/* Adds sectors, each of which may have its time: "REB=..2021-08-14|GOV=2021-08-15..". */
static void sectors_add(kb_build *b, const kb_row *row, uint32_t ent, nst_str list) {
    kb_value v;
    while (kb_value_next(b->r, row, &list, &v)) {
        uint32_t bits = nst_sectors_parse(v.text, '|');
        if (!bits) kb_note(b->r, row, "unknown sector %.*s", (int)v.text.n, v.text.p);
        *NST_PUSH(b->a, b->sec, b->n_sec, b->c_sec) = (kb_sectors){bits, v.start, v.end};
        b->ent[ent].n_sectors++;
    }
}

/* Is the code one that actors may carry: a state, or one of PLOVER's international ones? */
static bool code_good(const kb_build *b, nst_str code) {
    static const char *const all[] = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (nst_str_is(code, all[i])) return true;
    uint32_t e = kb_map_get(&b->entities, code);
    return e != NST_KB_NONE && b->ent[e].kind == NST_KB_STATE;
}

/* The columns of states and orgs, as they differ. */
typedef struct layout { int name, others, abbreviations, start, note; } layout;
static const layout of_states = {1, 2, -1, 7, 10}, of_orgs = {4, 5, 6, 7, 9};

/* A name as it is shown: without the marks behind it ("Jordan*"). */
static nst_str name_shown(nst_str s) {
    while (s.n > 1 && (s.p[s.n - 1] == '*' || s.p[s.n - 1] == '?')) s.n--;
    return s;
}

/* Makes the record of a state or an organisation, without names. False (noted) if the row is
 * wrong. */
static bool entity_new(kb_build *b, const kb_row *row, kb_entity *x) {
    bool state = row->kind == ROW_STATES;
    const layout *l = state ? &of_states : &of_orgs;
    term t;
    nst_str id = row->col[0], code = state ? row->col[9].n ? row->col[9] : id : row->col[2];
    int kind = state ? NST_KB_STATE : kb_kind_of(row->col[1]);
    if (!id_good(id, false))
        kb_note(b->r, row, "id %.*s: capitals, digits and _ only", (int)id.n, id.p);
    else if (!row->col[l->name].n) kb_note(b->r, row, "%.*s has no name", (int)id.n, id.p);
    else if (kind < 0) kb_note(b->r, row, "unknown kind %.*s", (int)row->col[1].n, row->col[1].p);
    else if (!state && code.n && !code_good(b, code))
        kb_note(b->r, row, "unknown code %.*s (a state's, IGO UNO EUR NGO ISM IMG MNC, or -)",
                (int)code.n, code.p);
    else if (state && !row->col[9].n && id.n != 3)
        kb_note(b->r, row, "%.*s is no alpha-3 code and no state claims it", (int)id.n, id.p);
    else if (term_dates(b, row, l->start, &t)) {
        x->start = t.start;
        x->end = t.end;
        x->start_last = t.start_last;
        x->end_first = t.end_first;
        x->kind = (uint32_t)kind;
        x->claimed = state && row->col[9].n;
        x->id = kb_string(b, id);
        x->name = kb_string(b, name_shown(row->col[l->name]));
        x->note = kb_string(b, row->col[l->note]);
        x->publisher = kb_string(b, note_value(row->col[l->note], "publisher="));
        memset(x->code, 0, sizeof x->code);
        memcpy(x->code, code.p ? code.p : "", code.n < 3 ? code.n : 3);
        return true;
    }
    return false;
}

/* The state whose withdrawn or present alpha-3 equals an organisation's id is an error. */
static bool id_free(kb_build *b, const kb_row *row, uint32_t old) {
    if (old == NST_KB_NONE) return true;
    const kb_row *was = b->ent_row[old];
    if (row->user && !was->user && row->kind == was->kind) return true;
    kb_note(b->r, row, "id %.*s is %s (%s:%u)", (int)row->col[0].n, row->col[0].p,
            was->kind == ROW_STATES && row->kind != ROW_STATES ? "a state's code" : "there already",
            was->file, was->line);
    return false;
}

/* Remembers in which row the n-th record stands. */
static void row_keep(kb_build *b, const kb_row ***rows, uint32_t n, uint32_t *cap,
                     const kb_row *row) {
    *rows = nst_arena_grow(b->a, *rows, n, cap, sizeof **rows);
    (*rows)[n] = row;
}

/* Pass 1: records of states (kind ROW_STATES) or organisations, so that all ids are known. */
static void entities_pass(kb_build *b, int kind) {
    for (uint32_t i = 0; i < b->r->n; i++) {
        kb_row *row = &b->r->rows[i];
        kb_entity x = {0};
        if (row->kind != kind) continue;
        uint32_t old = kb_map_get(&b->entities, row->col[0]);
        if (!id_free(b, row, old) || !entity_new(b, row, &x)) {
            row->dropped = true;
        } else if (old != NST_KB_NONE) {                       /* the user's row takes its place */
            b->r->rows[b->ent_row[old] - b->r->rows].dropped = true;
            b->ent[old] = x;
            b->ent_row[old] = row;
        } else {
            kb_map_put(&b->entities, row->col[0], b->n_ent);
            row_keep(b, &b->ent_row, b->n_ent, &b->c_ent_row, row);
            *NST_PUSH(b->a, b->ent, b->n_ent, b->c_ent) = x;
        }
    }
}

/* Pass 2: names and sectors, entity by entity, so that each one's lie together. */
static void names_pass(kb_build *b) {
    for (uint32_t e = 0; e < b->n_ent; e++) {
        const kb_row *row = b->ent_row[e];
        bool state = row->kind == ROW_STATES;
        b->ent[e].names = b->n_names;
        b->ent[e].sectors = b->n_sec;
        names_add(b, row, e, row->col[state ? 1 : 4], NST_KB_BY_NAME);
        names_add(b, row, e, row->col[state ? 2 : 5], NST_KB_BY_NAME);
        if (state) {
            names_add(b, row, e, row->col[3], NST_KB_BY_ADJECTIVE);
            names_add(b, row, e, row->col[4], NST_KB_BY_DEMONYM);
            names_add(b, row, e, row->col[5], NST_KB_BY_CAPITAL);
            names_add(b, row, e, row->col[6], NST_KB_BY_SEAT);
            sectors_add(b, row, e, NST_S("GOV"));
            if (b->ent[e].claimed) sectors_add(b, row, e, NST_S("PRE"));
            if (b->ent[e].claimed && (!code_good(b, row->col[9]) || row->col[9].n != 3)) {
                kb_note(b->r, row, "claimed by %.*s, which is no state", (int)row->col[9].n,
                        row->col[9].p);
                memset(b->ent[e].code, 0, sizeof b->ent[e].code);
            }
        } else {
            names_add(b, row, e, row->col[6], NST_KB_BY_ABBREVIATION);
            sectors_add(b, row, e, row->col[3]);
        }
    }
}

/* ---- roles ------------------------------------------------------------------------------- */

/* The canonical office word of a role's note: "office=X" gives X, "office" the phrase itself. */
static nst_str office_word(nst_str note, nst_str phrase) {
    nst_str x = note_value(note, "office=");
    return x.n ? x : note_has(note, "office") ? phrase : NST_S("");
}

/* Checks a row of roles and makes its record. */
static bool role_new(kb_build *b, const kb_row *row, kb_value *v, kb_role *x) {
    nst_str list = row->col[0], kind = row->col[2], note = row->col[4];
    if (!kb_value_next(b->r, row, &list, v)) return false;
    *x = (kb_role){.phrase = kb_string(b, v->text), .sectors = nst_sectors_parse(row->col[1], '|'),
        .kind = kind.n ? (uint8_t)kind.p[0] : 0, .plural = nst_str_is(row->col[3], "p"),
        .office = kb_string(b, office_word(note, v->text)), .weak = (v->flags & NST_KB_WEAK) != 0};
    if (note_has(note, "voice")) x->flags |= KB_ROLE_VOICE;
    if (note_has(note, "igo")) x->flags |= KB_ROLE_IGO;
    if (note_has(note, "ethnic")) x->flags |= KB_ROLE_ETHNIC;
    if (!nst_str_is(kind, "person") && !nst_str_is(kind, "group") && !nst_str_is(kind, "body"))
        kb_note(b->r, row, "unknown kind of role %.*s (person group body)", (int)kind.n, kind.p);
    else if (row->col[1].n && !x->sectors)
        kb_note(b->r, row, "unknown sector %.*s", (int)row->col[1].n, row->col[1].p);
    else return true;
    return false;
}

/* All roles. */
static void roles_pass(kb_build *b) {
    for (uint32_t i = 0; i < b->r->n; i++) {
        const kb_row *row = &b->r->rows[i];
        kb_value v;
        kb_role x;
        if (row->kind != ROW_ROLES || !role_new(b, row, &v, &x)) continue;
        uint32_t old = kb_map_get(&b->roles, v.text);
        if (old != NST_KB_NONE && !row->user) {
            kb_note(b->r, row, "role \"%.*s\" is there already", (int)v.text.n, v.text.p);
            continue;
        }
        if (old != NST_KB_NONE) {
            b->role[old] = x;
            continue;
        }
        kb_map_put(&b->roles, v.text, b->n_role);
        kb_term_add(b, row, v, NST_KB_BY_ROLE, b->n_role);
        *NST_PUSH(b->a, b->role, b->n_role, b->c_role) = x;
    }
}

/* ---- people ------------------------------------------------------------------------------ */

/* How people of a state are named. */
static kb_style style_of(const char *code) {
    static const char first[] = "CHN TWN HKG MAC PRK KOR VNM VDR KHM SGP ";
    static const char both[] = "ETH ERI MYS THA IDN ISL TKM BTN ";
    static const char latin[] =
        "USA GBR CAN AUS NZL IRL FRA DEU DDR AUT CHE BEL NLD LUX ESP PRT ITA MLT DNK NOR SWE FIN "
        "ISL EST LVA LTU POL CZE SVK CSK HUN SVN HRV ROU ALB TUR ARG BOL BRA CHL COL CRI CUB DOM "
        "ECU SLV GTM HND MEX "
        "NIC PAN PRY PER URY VEN HTI JAM TTO BRB GUY BHS BLZ GRD ATG DMA KNA LCA VCT SUR PHL IDN "
        "VNM TLS FJI PNG SLB "
        "VUT WSM TON KIR TUV NRU PLW FSM MHL AGO MOZ CPV GNB STP GNQ GHA NGA KEN UGA TZA ZMB ZWE "
        "MWI ZAF NAM BWA LSO "
        "SWZ LBR SLE GMB RWA BDI COD COG CMR CAF GAB TGO BEN CIV BFA SEN GIN MDG MUS SYC EUR IGO "
        "UNO NGO MNC VAT ";
    char key[5] = {code[0], code[1], code[2], ' ', 0};
    if (!code[0]) return (kb_style){0};
    return (kb_style){strstr(first, key) != NULL, strstr(both, key) != NULL,
                      !strstr(latin, key) && !strstr(first, key)};
}

/* Counts given names (the first words of people's names, where the family name is not first) and
 * collects the plain words: what a surname shares with either is weak evidence of a person. */
static void words_pass(kb_build *b) {
    for (uint32_t i = 0; i < b->r->n; i++) {
        const kb_row *row = &b->r->rows[i];
        nst_kb_words w = {0};
        uint32_t cap = 0, ent;
        if (row->kind == ROW_WORDS) {
            kb_split(row->col[0], 0, b->a, &w, &cap);
            if (w.n_words == 1) kb_map_put(&b->plain, (nst_str){w.words[0].p, w.words[0].n}, 1);
            else kb_note(b->r, row, "\"%.*s\" is not one word", (int)row->col[0].n, row->col[0].p);
        } else if (row->kind == ROW_PEOPLE &&
                   (ent = kb_map_get(&b->entities, row->col[4])) != NST_KB_NONE) {
            if (style_of(b->ent[ent].code).family_first) continue;
            kb_split(row->col[1], 0, b->a, &w, &cap);
            if (w.n_words < 2) continue;
            nst_str first = {w.words[0].p, w.words[0].n};
            uint32_t n = kb_map_get(&b->given, first);
            kb_map_put(&b->given, first, n == NST_KB_NONE ? 1 : n + 1);
        }
    }
}

/* Names that are no actors. */
static void things_pass(kb_build *b) {
    for (uint32_t i = 0; i < b->r->n; i++) {
        const kb_row *row = &b->r->rows[i];
        nst_str list = row->col[0];
        kb_value v;
        while (row->kind == ROW_THINGS && kb_value_next(b->r, row, &list, &v))
            kb_term_add(b, row, v, NST_KB_BY_THING, 0);
    }
}

/* Adds the names of a row to the trie and to the person. */
static void person_names(kb_build *b, const kb_row *row, uint32_t p, uint32_t ent) {
    kb_style style = style_of(b->ent[ent].code);
    for (int c = 1; c <= 2; c++) {
        nst_str list = row->col[c];
        kb_value v;
        while (kb_value_next(b->r, row, &list, &v)) {
            *NST_PUSH(b->a, b->names, b->n_names, b->c_names) =
                (kb_name){.str = kb_string(b, v.text),
                          .owner = p,
                          .by = NST_KB_BY_FULL_NAME,
                          .flags = v.flags,
                          .person = 1,
                          .start = v.start,
                          .end = v.end};
            kb_person_terms(b, row, v, p, style, c == 1);
        }
    }
}

/* Start and end of a term of office: an end "~2024-06" is the last day it is known to be held. */
static bool office_dates(kb_build *b, const kb_row *row, kb_office *o) {
    nst_str end = row->col[6];
    bool unsure = false;
    if (end.n && end.p[0] == '~') {
        o->open = 1;
        end = nst_str_sub(end, 1, end.n);
    }
    if (!kb_dates(b->r, row, row->col[5], &o->start, &o->start_last, &unsure)) return false;
    if (!kb_dates(b->r, row, end, &o->end_first, &o->end, &unsure)) return false;
    o->unsure = unsure;
    if (o->start == NST_NO_DAY || o->end == NST_NO_DAY || o->end >= o->start) return true;
    kb_note(b->r, row, "the office ends (%.*s) before it begins (%.*s)", (int)end.n, end.p,
            (int)row->col[5].n, row->col[5].p);
    return false;
}

/* Checks a row of people and makes its term of office; person is filled in later. */
static bool office_new(kb_build *b, const kb_row *row, kb_office *o) {
    nst_str id = row->col[0], word = row->col[3];
    uint32_t role = kb_map_get(&b->roles, word);
    o->entity = kb_map_get(&b->entities, row->col[4]);
    if (!id_good(id, true))
        kb_note(b->r, row, "id %.*s: small letters, digits and _ only", (int)id.n, id.p);
    else if (o->entity == NST_KB_NONE)
        kb_note(b->r, row, "unknown state or organisation %.*s", (int)row->col[4].n, row->col[4].p);
    else if (role == NST_KB_NONE || b->role[role].kind != 'p')
        kb_note(b->r, row, "\"%.*s\" is no office word (roles of kind person)", (int)word.n,
                word.p);
    else if (office_dates(b, row, o)) {
        o->office = kb_string(b, word);
        o->canon = b->role[role].office;
        if (!kb_string_at(b, o->canon).n) o->canon = o->office;
        o->note = kb_string(b, row->col[7]);
        return true;
    }
    return false;
}

/* Drops the terms that a user's row speaks of: the same person, office and entity. */
static void user_replaces(kb_build *b, const kb_office *o) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < b->n_off; i++) {
        const kb_office *x = &b->off[i];
        bool same = x->person == o->person && x->entity == o->entity && x->office == o->office;
        if (same && !b->off_row[i]->user) continue;
        b->off_row[n] = b->off_row[i];
        b->off[n++] = *x;
    }
    b->n_off = n;
}

/* The person of a row, made if new; NST_KB_NONE (noted) if the first row has no name. */
static uint32_t person_of(kb_build *b, const kb_row *row) {
    uint32_t p = kb_map_get(&b->persons, row->col[0]);
    if (p != NST_KB_NONE) return p;
    if (!row->col[1].n) {
        kb_note(b->r, row, "the first row of %.*s has no name", (int)row->col[0].n, row->col[0].p);
        return NST_KB_NONE;
    }
    nst_str list = row->col[1];
    kb_value v;
    kb_value_next(b->r, row, &list, &v);
    kb_map_put(&b->persons, row->col[0], b->n_per);
    *NST_PUSH(b->a, b->per, b->n_per, b->c_per) =
        (kb_person){.id = kb_string(b, row->col[0]), .name = kb_string(b, v.text)};
    return b->n_per - 1;
}

/* All rows of people. */
static void people_pass(kb_build *b) {
    for (uint32_t i = 0; i < b->r->n; i++) {
        const kb_row *row = &b->r->rows[i];
        kb_office o = {0};
        if (row->kind != ROW_PEOPLE || !office_new(b, row, &o)) continue;
        if ((o.person = person_of(b, row)) == NST_KB_NONE) continue;
        if (row->user) user_replaces(b, &o);
        person_names(b, row, o.person, o.entity);
        row_keep(b, &b->off_row, b->n_off, &b->c_off_row, row);
        *NST_PUSH(b->a, b->off, b->n_off, b->c_off) = o;
    }
}

/* ---- codes and members ------------------------------------------------------------------- */

/* Drops base rows of the same state and system that a user's row replaces. */
static void user_recodes(kb_build *b, const kb_code *c) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < b->n_codes; i++) {
        if (b->codes[i].entity == c->entity && b->codes[i].system == c->system &&
            !b->code_row[i]->user)
            continue;
        b->code_row[n] = b->code_row[i];
        b->codes[n++] = b->codes[i];
    }
    b->n_codes = n;
}

/* Is the code the id of an organisation? */
static bool taken(const kb_build *b, nst_str code) {
    uint32_t e = kb_map_get(&b->entities, code);
    return e != NST_KB_NONE && b->ent[e].kind != NST_KB_STATE;
}

/* All rows of codes. */
static void codes_pass(kb_build *b) {
    for (uint32_t i = 0; i < b->r->n; i++) {
        const kb_row *row = &b->r->rows[i];
        if (row->kind != ROW_CODES) continue;
        nst_str code = row->col[2];
        kb_code c = {.entity = kb_map_get(&b->entities, row->col[0])};
        int sys = kb_system_of(row->col[1]);
        term t;
        if (code.n && code.p[code.n - 1] == '?') code.n--, c.unsure = 1;
        if (c.entity == NST_KB_NONE)
            kb_note(b->r, row, "unknown state %.*s", (int)row->col[0].n, row->col[0].p);
        else if (sys < 0)
            kb_note(b->r, row, "unknown code system %.*s", (int)row->col[1].n, row->col[1].p);
        else if (!code.n) kb_note(b->r, row, "the code is empty");
        else if (nst_str_is(row->col[1], "iso3") && taken(b, code))
            kb_note(b->r, row, "%.*s is the id of something that is no state", (int)code.n, code.p);
        else if (term_dates(b, row, 3, &t)) {
            c.start = t.start, c.start_last = t.start_last, c.end_first = t.end_first,
            c.end = t.end;
            c.system = (uint32_t)sys;
            c.code = kb_string(b, code);
            if (row->user) user_recodes(b, &c);
            row_keep(b, &b->code_row, b->n_codes, &b->c_code_row, row);
            *NST_PUSH(b->a, b->codes, b->n_codes, b->c_codes) = c;
        }
    }
}

/* All rows of members. */
static void members_pass(kb_build *b) {
    for (uint32_t i = 0; i < b->r->n; i++) {
        const kb_row *row = &b->r->rows[i];
        if (row->kind != ROW_MEMBERS) continue;
        kb_member m = {.org = kb_map_get(&b->entities, row->col[0]),
                       .member = kb_map_get(&b->entities, row->col[1])};
        int bad = m.org == NST_KB_NONE ? 0 : 1;
        term t;
        if (m.org == NST_KB_NONE || m.member == NST_KB_NONE) {
            kb_note(b->r, row, "unknown id %.*s", (int)row->col[bad].n, row->col[bad].p);
        } else if (term_dates(b, row, 2, &t)) {
            m.start = t.start, m.start_last = t.start_last, m.end_first = t.end_first,
            m.end = t.end;
            uint32_t n = 0;
            for (uint32_t k = 0; row->user && k < b->n_mem; k++)
                if (b->mem[k].org != m.org || b->mem[k].member != m.member) b->mem[n++] = b->mem[k];
            if (row->user) b->n_mem = n;
            *NST_PUSH(b->a, b->mem, b->n_mem, b->c_mem) = m;
        }
    }
}

/* ---- order and cross checks -------------------------------------------------------------- */

#define BY(x, y) if ((x) != (y)) return (x) < (y) ? -1 : 1

/* A term of office with the row it came from, so that sorting keeps them together. */
typedef struct office_at { kb_office o; const kb_row *row; uint32_t seq; } office_at;
typedef struct code_at { kb_code c; const kb_row *row; uint32_t seq; } code_at;

/* By person, then start, then the order of the rows. */
static int office_cmp(const void *x, const void *y) {
    const office_at *a = x, *b = y;
    BY(a->o.person, b->o.person);
    BY(a->o.start, b->o.start);
    BY(a->seq, b->seq);
    return 0;
}

/* By state, system, start. */
static int code_cmp(const void *x, const void *y) {
    const code_at *a = x, *b = y;
    BY(a->c.entity, b->c.entity);
    BY(a->c.system, b->c.system);
    BY(a->c.start, b->c.start);
    BY(a->seq, b->seq);
    return 0;
}

/* By organisation, member, start. */
static int member_cmp(const void *x, const void *y) {
    const kb_member *a = x, *b = y;
    BY(a->org, b->org);
    BY(a->member, b->member);
    BY(a->start, b->start);
    return 0;
}

/* A place in a list, sorted by an entity and then a day. */
typedef struct place { uint32_t entity, index; int32_t day; } place;

/* By entity, newest first. */
static int place_cmp(const void *x, const void *y) {
    const place *a = x, *b = y;
    BY(a->entity, b->entity);
    BY(b->day, a->day);
    BY(a->index, b->index);
    return 0;
}

/* Do [a, b] and [c, d] share more than one day? Unknown ends are open. */
static bool overlap(int32_t a, int32_t b, int32_t c, int32_t d) {
    return (b == NST_NO_DAY || c == NST_NO_DAY || c < b) &&
           (d == NST_NO_DAY || a == NST_NO_DAY || a < d);
}

/* Sorts the terms of office; notes overlaps of one person in one office by the sure parts of dates
 * ("commissioner" with two notes is two offices). */
static void offices_order(kb_build *b) {
    office_at *all = NST_ARRAY(b->a, office_at, b->n_off);
    for (uint32_t i = 0; i < b->n_off; i++) all[i] = (office_at){b->off[i], b->off_row[i], i};
    qsort(all, b->n_off, sizeof *all, office_cmp);
    for (uint32_t i = 0; i < b->n_off; i++) {
        kb_office *o = &b->off[i];
        *o = all[i].o;
        kb_person *p = &b->per[o->person];
        if (p->n_offices++ == 0) p->offices = i;
        for (uint32_t k = p->offices; k < i; k++) {
            const kb_office *q = &b->off[k];
            if (q->entity != o->entity || q->office != o->office || q->note != o->note) continue;
            if (o->start_last == NST_NO_DAY || q->end_first == NST_NO_DAY ||
                q->end_first <= o->start_last)
                continue;
            kb_note(b->r, all[i].row, "the term overlaps that of line %u (same person and office)",
                    all[k].row->line);
        }
    }
}

/* Sorts codes; notes two codes of one state in one system at the same time. FIPS 10-4 split
 * Palestine. */
static void codes_order(kb_build *b) {
    code_at *all = NST_ARRAY(b->a, code_at, b->n_codes);
    for (uint32_t i = 0; i < b->n_codes; i++) all[i] = (code_at){b->codes[i], b->code_row[i], i};
    qsort(all, b->n_codes, sizeof *all, code_cmp);
    for (uint32_t i = 0; i < b->n_codes; i++) {
        const kb_code *c = &all[i].c, *q = i ? &all[i - 1].c : NULL;
        b->codes[i] = *c;
        if (b->ent[c->entity].n_codes++ == 0) b->ent[c->entity].codes = i;
        if (q && q->entity == c->entity && q->system == c->system &&
            overlap(q->start, q->end, c->start, c->end) &&
            !nst_str_is(kb_string_at(b, b->ent[c->entity].id), "PSE"))
            kb_note(b->r, all[i].row, "the code overlaps that of line %u", all[i - 1].row->line);
    }
}

/* Sorts memberships and indexes them from the member's side. */
static void members_order(kb_build *b) {
    if (b->n_mem) qsort(b->mem, b->n_mem, sizeof *b->mem, member_cmp);
    place *at = NST_ARRAY(b->a, place, b->n_mem);
    b->member_of = NST_ARRAY(b->a, uint32_t, b->n_mem);
    for (uint32_t i = 0; i < b->n_mem; i++) {
        kb_entity *x = &b->ent[b->mem[i].org];
        if (x->n_members++ == 0) x->members = i;
        at[i] = (place){b->mem[i].member, i, 0};
    }
    qsort(at, b->n_mem, sizeof *at, place_cmp);
    for (uint32_t i = 0; i < b->n_mem; i++) {
        kb_entity *x = &b->ent[at[i].entity];
        if (x->n_member_of++ == 0) x->member_of = i;
        b->member_of[i] = at[i].index;
    }
}

/* Indexes terms of office by entity, newest first. */
static void holders_order(kb_build *b) {
    place *at = NST_ARRAY(b->a, place, b->n_off);
    b->holder = NST_ARRAY(b->a, uint32_t, b->n_off);
    for (uint32_t i = 0; i < b->n_off; i++) at[i] = (place){b->off[i].entity, i, b->off[i].start};
    qsort(at, b->n_off, sizeof *at, place_cmp);
    for (uint32_t i = 0; i < b->n_off; i++) {
        kb_entity *x = &b->ent[at[i].entity];
        if (x->n_holders++ == 0) x->holders = i;
        b->holder[i] = at[i].index;
    }
}

/* Brings people's names together (entities' already are) behind those of entities. */
static void names_order(kb_build *b) {
    uint32_t from = 0;
    while (from < b->n_names && !b->names[from].person) from++;
    for (uint32_t i = from; i < b->n_names; i++) b->per[b->names[i].owner].n_names++;
    uint32_t at = from;
    for (uint32_t p = 0; p < b->n_per; p++) {
        b->per[p].names = at;
        at += b->per[p].n_names;
        b->per[p].n_names = 0;
    }
    kb_name *all = NST_ARRAY(b->a, kb_name, b->n_names - from);
    for (uint32_t i = from; i < b->n_names; i++) {
        kb_person *p = &b->per[b->names[i].owner];
        all[p->names + p->n_names++ - from] = b->names[i];
    }
    if (b->n_names > from) memcpy(b->names + from, all, (b->n_names - from) * sizeof *all);
}

/* ---- writing ----------------------------------------------------------------------------- */

/* A slice holds at most 4 GiB, so large sections go in pieces. */
void kb_section(nst_writer *w, kb_header *h, int which, const void *p, uint32_t n, size_t size) {
    while (w->n % 16) nst_putc(w, 0);
    h->sec[which].off = (uint32_t)w->n;
    h->sec[which].n = n;
    if (n) {
        size_t left = n * size;
        const char *c = p;
        for (; left > 0; left -= left < 65536 ? left : 65536, c += 65536)
            nst_put(w, (nst_str){c, (uint32_t)(left < 65536 ? left : 65536)});
    }
}

/* Puts one id into the table of ids. */
static void id_put(kb_id *ids, uint32_t size, nst_str id, uint32_t what, uint32_t ref) {
    uint64_t h = kb_id_hash(id, what);
    uint32_t i = (uint32_t)h & (size - 1);
    while (ids[i].ref) i = (i + 1) & (size - 1);
    ids[i] = (kb_id){(uint32_t)(h >> 32), ref * 4 + what + 1};
}

/* The table of ids of entities, people and roles. */
static void ids_write(kb_build *b, nst_writer *w, kb_header *h) {
    uint32_t size = 64;
    while (size < (b->n_ent + b->n_per + b->n_role) * 2) size *= 2;
    kb_id *ids = nst_arena_alloc(b->a, sizeof *ids * size);
    for (uint32_t i = 0; i < b->n_ent; i++)
        id_put(ids, size, kb_string_at(b, b->ent[i].id), KB_ID_ENTITY, i);
    for (uint32_t i = 0; i < b->n_per; i++)
        id_put(ids, size, kb_string_at(b, b->per[i].id), KB_ID_PERSON, i);
    for (uint32_t i = 0; i < b->n_role; i++)
        id_put(ids, size, kb_string_at(b, b->role[i].phrase), KB_ID_ROLE, i);
    kb_section(w, h, KB_IDS, ids, size, sizeof *ids);
}

/* All sections behind a header, which is written last. */
static void block_write(kb_build *b, nst_writer *w) {
    kb_header h = {.magic = KB_MAGIC};
    nst_put(w, (nst_str){(const char *)&h, sizeof h});
    kb_section(w, &h, KB_ENTITY, b->ent, b->n_ent, sizeof *b->ent);
    kb_section(w, &h, KB_SECTORS, b->sec, b->n_sec, sizeof *b->sec);
    kb_section(w, &h, KB_NAME, b->names, b->n_names, sizeof *b->names);
    kb_section(w, &h, KB_PERSON, b->per, b->n_per, sizeof *b->per);
    kb_section(w, &h, KB_OFFICE, b->off, b->n_off, sizeof *b->off);
    kb_section(w, &h, KB_HOLDER, b->holder, b->n_off, sizeof *b->holder);
    kb_section(w, &h, KB_CODE, b->codes, b->n_codes, sizeof *b->codes);
    kb_section(w, &h, KB_MEMBER, b->mem, b->n_mem, sizeof *b->mem);
    kb_section(w, &h, KB_MEMBER_OF, b->member_of, b->n_mem, sizeof *b->member_of);
    kb_section(w, &h, KB_ROLE, b->role, b->n_role, sizeof *b->role);
    kb_trie_write(b, w, &h);
    ids_write(b, w, &h);
    kb_section(w, &h, KB_STR, b->str.p, (uint32_t)b->str.n, 1);
    h.bytes = (uint32_t)w->n;
    if (!w->failed) memcpy(w->p, &h, sizeof h);
}

/* The order matters: states before organisations (whose codes they are), both before people. */
void kb_make(kb_rows *r, nst_writer *out) {
    kb_build b = {.r = r,
                  .a = r->a,
                  .strings.a = r->a,
                  .entities.a = r->a,
                  .persons.a = r->a,
                  .roles.a = r->a,
                  .plain.a = r->a,
                  .given.a = r->a};
    b.trie = kb_trie_new(&b);
    kb_string(&b, NST_S(""));
    entities_pass(&b, ROW_STATES);
    entities_pass(&b, ROW_ORGS);
    names_pass(&b);
    roles_pass(&b);
    words_pass(&b);
    things_pass(&b);
    people_pass(&b);
    codes_pass(&b);
    members_pass(&b);
    names_order(&b);
    offices_order(&b);
    codes_order(&b);
    members_order(&b);
    holders_order(&b);
    block_write(&b, out);
    out->failed |= b.str.failed;
    nst_writer_free(&b.str);
}
