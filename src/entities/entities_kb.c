/* entities_kb.c - the knowledge base, read side: opening, entities, codes, memberships, people,
 * roles.
 *
 * In: the compiled block. Out: answers: RUR is Ruritania, its code in Correlates of War on a day,
 * who
 * was its foreign minister then, whether that is known.
 * Idea: the block is used where it lies; a user's file is compiled with the embedded rows into a
 * block
 * of its own. Invariants: (1) nothing here writes; (2) an answer after `known_until` is UNKNOWN.
 */
#include <errno.h>
#include <stdlib.h>

#include "kb_format.h"
#include "kb_read.h"

NST_INCBIN(nst_kb_block, KB_BLOCK);      /* made by tools/mkactors.c */
NST_INCBIN(nst_kb_text, KB_TEXT);        /* the same rows as text, for user files */

/* ---- opening ----------------------------------------------------------------------------- */

/* Only the header is looked at: the block was made by the same build, or a moment ago. */
bool kb_attach(nst_kb *kb, const void *block, size_t bytes) {
    const unsigned char *p = block;
    const kb_header *h = block;
    if (bytes < sizeof *h || memcmp(h->magic, KB_MAGIC, 8) != 0 || h->bytes > bytes) return false;
    kb->base = p;
    kb->str = (const char *)p + h->sec[KB_STR].off;
    kb->entities = (const void *)(p + h->sec[KB_ENTITY].off);
    kb->sectors = (const void *)(p + h->sec[KB_SECTORS].off);
    kb->names = (const void *)(p + h->sec[KB_NAME].off);
    kb->persons = (const void *)(p + h->sec[KB_PERSON].off);
    kb->offices = (const void *)(p + h->sec[KB_OFFICE].off);
    kb->holders = (const void *)(p + h->sec[KB_HOLDER].off);
    kb->codes = (const void *)(p + h->sec[KB_CODE].off);
    kb->members = (const void *)(p + h->sec[KB_MEMBER].off);
    kb->member_of = (const void *)(p + h->sec[KB_MEMBER_OF].off);
    kb->roles = (const void *)(p + h->sec[KB_ROLE].off);
    kb->edges = (const void *)(p + h->sec[KB_EDGE].off);
    kb->nodes = (const void *)(p + h->sec[KB_NODE].off);
    kb->readings = (const void *)(p + h->sec[KB_READING].off);
    kb->ids = (const void *)(p + h->sec[KB_IDS].off);
    kb->n_entities = h->sec[KB_ENTITY].n;
    kb->n_persons = h->sec[KB_PERSON].n;
    kb->n_roles = h->sec[KB_ROLE].n;
    kb->n_codes = h->sec[KB_CODE].n;
    kb->edge_mask = h->sec[KB_EDGE].n - 1;
    kb->id_mask = h->sec[KB_IDS].n - 1;
    return true;
}

/* Reads a whole file into the arena; *text points at it. */
static nst_status slurp(const char *path, nst_arena *a, nst_str *text, nst_err *e) {
    FILE *f = fopen(path, "rb");
    if (!f) return nst_fail(e, NST_EMODEL, "entities", "cannot open the actor file %s: %s", path,
                            strerror(errno));
    uint32_t n = 0, cap = 0;
    char *p = NULL, buf[65536];
    size_t got;
    while ((got = fread(buf, 1, sizeof buf, f)) > 0 && n + got < NST_MAX_LINE) {
        if (n + got > cap) {
            cap = (uint32_t)(n + got) * 2;
            char *q = nst_arena_alloc(a, cap);
            if (n) memcpy(q, p, n);
            p = q;
        }
        memcpy(p + n, buf, got);
        n += (uint32_t)got;
    }
    bool bad = ferror(f) || got > 0;
    fclose(f);
    if (bad)
        return nst_fail(e, NST_EMODEL, "entities", "cannot read the actor file %s: %s", path,
                        got ? "it is over 64 MiB" : strerror(errno));
    *text = (nst_str){p ? p : "", n};
    return NST_OK;
}

/* Compiles the embedded rows and the user's into a block that kb owns. */
static nst_status open_user(nst_kb *kb, const char *path, nst_writer *notes, nst_err *e) {
    nst_arena *a = nst_arena_new();
    nst_writer out = {0};
    nst_str text = {0}, base = {(const char *)nst_kb_text_start,
                                (uint32_t)(nst_kb_text_end - nst_kb_text_start)};
    if (!a) return nst_fail(e, NST_ENOMEM, "entities", "out of memory");
    if (setjmp(*nst_arena_oom(a))) {
        nst_arena_free(a);
        nst_writer_free(&out);
        return nst_fail(e, NST_ENOMEM, "entities", "out of memory while reading %s", path);
    }
    nst_status st = slurp(path, a, &text, e);
    if (!st) {
        kb_rows r = {.a = a, .notes = notes};
        kb_rows_read(&r, "actors", base, false);
        kb_rows_read(&r, nst_arena_dup(a, path, strlen(path)), text, true);
        kb_make(&r, &out);
        if (out.failed || !kb_attach(kb, out.p, out.n))
            st = nst_fail(e, NST_ENOMEM, "entities", "out of memory");
        else kb->owned = out.p;
    }
    if (st) nst_writer_free(&out);
    nst_arena_free(a);
    return st;
}

/* Without a user's file nothing is read or copied. */
nst_status nst_kb_open(const char *user_file, nst_writer *notes, const nst_kb **out, nst_err *e) {
    nst_kb *kb = nst_malloc(sizeof *kb);
    nst_status st = NST_OK;
    *out = NULL;
    if (!kb) return nst_fail(e, NST_ENOMEM, "entities", "out of memory");
    memset(kb, 0, sizeof *kb);
    if (user_file) st = open_user(kb, user_file, notes, e);
    else if (!kb_attach(kb, nst_kb_block_start, (size_t)(nst_kb_block_end - nst_kb_block_start)))
        st = nst_fail(e, NST_EMODEL, "entities",
                      "the compiled knowledge base is damaged; build again");
    if (st) nst_free(kb);
    else *out = kb;
    return st;
}

/* The embedded block is not ours to free; one made for a user's file is. */
void nst_kb_close(const nst_kb *kb) {
    if (!kb) return;
    nst_writer w = {.p = kb->owned};
    nst_writer_free(&w);
    nst_free((void *)(uintptr_t)kb);
}

/* ---- ids --------------------------------------------------------------------------------- */

/* Index of what an id stands for; NST_KB_NONE if nothing. */
static uint32_t id_find(const nst_kb *kb, nst_str id, uint32_t what) {
    uint64_t h = kb_id_hash(id, what);
    for (uint32_t i = (uint32_t)h & kb->id_mask; kb->ids[i].ref; i = (i + 1) & kb->id_mask) {
        uint32_t ref = kb->ids[i].ref - 1;
        if (kb->ids[i].check != (uint32_t)(h >> 32) || ref % 4 != what) continue;
        uint32_t str = what == KB_ID_ENTITY ? kb->entities[ref / 4].id
                     : what == KB_ID_PERSON ? kb->persons[ref / 4].id : kb->roles[ref / 4].phrase;
        if (nst_str_eq(kb_str(kb, str), id)) return ref / 4;
    }
    return NST_KB_NONE;
}

uint32_t nst_kb_entity_of(const nst_kb *kb, nst_str id) { return id_find(kb, id, KB_ID_ENTITY); }
uint32_t nst_kb_person_of(const nst_kb *kb, nst_str id) { return id_find(kb, id, KB_ID_PERSON); }
/* Phrases are kept as the files write them. */
uint32_t nst_kb_role_of(const nst_kb *kb, nst_str phrase) {
    return id_find(kb, phrase, KB_ID_ROLE);
}
uint32_t nst_kb_entity_count(const nst_kb *kb) { return kb->n_entities; }
uint32_t nst_kb_person_count(const nst_kb *kb) { return kb->n_persons; }
uint32_t nst_kb_role_count(const nst_kb *kb) { return kb->n_roles; }

/* ---- entities ---------------------------------------------------------------------------- */

/* Slices point into the block, so the record can be handed out by value. */
nst_kb_entity nst_kb_entity_get(const nst_kb *kb, uint32_t entity) {
    assert(entity < kb->n_entities);
    const kb_entity *x = &kb->entities[entity];
    nst_kb_entity r = {.id = kb_str(kb, x->id),
                       .name = kb_str(kb, x->name),
                       .note = kb_str(kb, x->note),
                       .publisher = kb_str(kb, x->publisher),
                       .kind = (nst_kb_kind)x->kind,
                       .claimed = x->claimed != 0,
                       .start = x->start,
                       .end = x->end,
                       .start_last = x->start_last,
                       .end_first = x->end_first};
    memcpy(r.code, x->code, 4);
    return r;
}

/* Is day in [start, end]? Unknown ends are open; an unknown day is in any time. */
static bool within(nst_day day, nst_day start, nst_day end) {
    return day == NST_NO_DAY ||
           ((start == NST_NO_DAY || day >= start) && (end == NST_NO_DAY || day <= end));
}

/* A sector without dates holds always; several may hold at once. */
uint32_t nst_kb_sectors_on(const nst_kb *kb, uint32_t entity, nst_day day) {
    const kb_entity *x = &kb->entities[entity];
    uint32_t bits = 0;
    for (uint32_t i = 0; i < x->n_sectors; i++) {
        const kb_sectors *s = &kb->sectors[x->sectors + i];
        if (within(day, s->start, s->end)) bits |= s->bits;
    }
    return bits;
}

/* Codes lie in order of their start, so the last that fits is the newest. */
nst_str nst_kb_code_on(const nst_kb *kb, uint32_t entity, const char *system, nst_day day,
                       bool *unsure) {
    const kb_entity *x = &kb->entities[entity];
    int sys = kb_system_of(nst_str_c(system));
    const kb_code *best = NULL;
    for (uint32_t i = 0; i < x->n_codes && sys >= 0; i++) {
        const kb_code *c = &kb->codes[x->codes + i];
        if (c->system == (uint32_t)sys && within(day, c->start, c->end))
            best = c; /* by start: the newest */
    }
    if (unsure) *unsure = best && best->unsure;
    return best ? kb_str(kb, best->code) : NST_S("");
}

/* One code, as the caller's record. */
uint32_t nst_kb_codes(const nst_kb *kb, uint32_t entity, uint32_t i, nst_kb_code *out) {
    const kb_entity *x = &kb->entities[entity];
    if (i < x->n_codes && out) {
        const kb_code *c = &kb->codes[x->codes + i];
        *out = (nst_kb_code){.system = kb_systems[c->system],
                             .code = kb_str(kb, c->code),
                             .start = c->start,
                             .start_last = c->start_last,
                             .end_first = c->end_first,
                             .end = c->end,
                             .unsure = c->unsure != 0};
    }
    return x->n_codes;
}

/* Walks all codes: this is for people and exports, not for the inner loop. A code handed on from
 * state to state (COW 345) means the one that has it still, unless a day says otherwise. */
uint32_t nst_kb_coded(const nst_kb *kb, const char *system, nst_str code, nst_day day) {
    int sys = kb_system_of(nst_str_c(system));
    uint32_t found = NST_KB_NONE;
    for (uint32_t i = 0; i < kb->n_codes && sys >= 0; i++) {
        const kb_code *c = &kb->codes[i];
        if (c->system != (uint32_t)sys || !within(day, c->start, c->end)) continue;
        if (!nst_str_eq(kb_str(kb, c->code), code)) continue;
        if (found == NST_KB_NONE || c->end == NST_NO_DAY) found = c->entity;
    }
    return found;
}

/* One membership, as the caller's record. */
static nst_kb_member member_get(const kb_member *m) {
    return (nst_kb_member){m->org, m->member, m->start, m->start_last, m->end_first, m->end};
}

/* Members lie together, by organisation. */
uint32_t nst_kb_members(const nst_kb *kb, uint32_t org, uint32_t i, nst_kb_member *out) {
    const kb_entity *x = &kb->entities[org];
    if (i < x->n_members && out) *out = member_get(&kb->members[x->members + i]);
    return x->n_members;
}

/* The other direction goes through an index. */
uint32_t nst_kb_memberships(const nst_kb *kb, uint32_t member, uint32_t i, nst_kb_member *out) {
    const kb_entity *x = &kb->entities[member];
    if (i < x->n_member_of && out) *out = member_get(&kb->members[kb->member_of[x->member_of + i]]);
    return x->n_member_of;
}

/* A member that left and came back has two rows; either will do. */
bool nst_kb_is_member(const nst_kb *kb, uint32_t org, uint32_t member, nst_day day) {
    const kb_entity *x = &kb->entities[org];
    for (uint32_t i = 0; i < x->n_members; i++) {
        const kb_member *m = &kb->members[x->members + i];
        if (m->member == member && within(day, m->start, m->end)) return true;
    }
    return false;
}

/* Names lie together, entities first, then people. */
uint32_t nst_kb_names(const nst_kb *kb, uint32_t ref, bool person, uint32_t i,
                      nst_kb_reading *out) {
    uint32_t from = person ? kb->persons[ref].names : kb->entities[ref].names;
    uint32_t n = person ? kb->persons[ref].n_names : kb->entities[ref].n_names;
    if (i < n && out) {
        const kb_name *x = &kb->names[from + i];
        *out = (nst_kb_reading){.by = x->by, .flags = x->flags, .ref = ref,
                                .name = kb_str(kb, x->str), .start = x->start, .end = x->end};
    }
    return n;
}

/* ---- people ------------------------------------------------------------------------------ */

nst_str nst_kb_person_id(const nst_kb *kb, uint32_t p) { return kb_str(kb, kb->persons[p].id); }
nst_str nst_kb_person_name(const nst_kb *kb, uint32_t p) { return kb_str(kb, kb->persons[p].name); }

/* One term of office, as the caller's record. */
static nst_kb_office office_get(const nst_kb *kb, const kb_office *o) {
    return (nst_kb_office){.person = o->person,
                           .entity = o->entity,
                           .office = kb_str(kb, o->office),
                           .canon = kb_str(kb, o->canon),
                           .note = kb_str(kb, o->note),
                           .start = o->start,
                           .end = o->end,
                           .start_last = o->start_last,
                           .end_first = o->end_first,
                           .open = o->open,
                           .unsure = o->unsure};
}

/* Terms of one person lie together, by start. */
uint32_t nst_kb_offices(const nst_kb *kb, uint32_t person, uint32_t i, nst_kb_office *out) {
    const kb_person *p = &kb->persons[person];
    if (i < p->n_offices && out) *out = office_get(kb, &kb->offices[p->offices + i]);
    return p->n_offices;
}

/* Terms of one entity are found through an index. */
uint32_t nst_kb_holders(const nst_kb *kb, uint32_t entity, uint32_t i, nst_kb_office *out) {
    const kb_entity *x = &kb->entities[entity];
    if (i < x->n_holders && out) *out = office_get(kb, &kb->offices[kb->holders[x->holders + i]]);
    return x->n_holders;
}

/* Was the office held on the day? A start that is not known says nothing about days before the
 * end. */
static nst_kb_truth term_on(const kb_office *o, nst_day day) {
    if (o->start != NST_NO_DAY && day < o->start) return NST_KB_NO;
    if (o->end != NST_NO_DAY && day > o->end) return o->open ? NST_KB_UNKNOWN : NST_KB_NO;
    if (o->end == NST_NO_DAY && o->start != NST_NO_DAY && day > o->start_last)
        return NST_KB_UNKNOWN;
    return o->start == NST_NO_DAY ? NST_KB_UNKNOWN : NST_KB_YES;
}

/* One term that says yes is enough; "no" needs every term of that office to be known not to cover
 * the day, and at least one such term, or the files simply do not know. */
nst_kb_truth nst_kb_held(const nst_kb *kb, uint32_t person, nst_str office, uint32_t entity,
                         nst_day day) {
    const kb_person *p = &kb->persons[person];
    nst_kb_truth answer = NST_KB_UNKNOWN;
    bool ever = false, maybe = false;
    uint32_t role = nst_kb_role_of(kb, office);
    if (day == NST_NO_DAY) return NST_KB_UNKNOWN;
    if (role != NST_KB_NONE && kb_str(kb, kb->roles[role].office).n)
        office = kb_str(kb, kb->roles[role].office);
    for (uint32_t i = 0; i < p->n_offices; i++) {
        const kb_office *o = &kb->offices[p->offices + i];
        if (entity != NST_KB_NONE && o->entity != entity) continue;
        if (office.n && !nst_str_eq(kb_str(kb, o->canon), office)) continue;
        nst_kb_truth t = term_on(o, day);
        ever = true;
        maybe |= t == NST_KB_UNKNOWN;
        if (t == NST_KB_YES) answer = t;
    }
    if (answer == NST_KB_YES) return answer;
    return ever && !maybe ? NST_KB_NO : NST_KB_UNKNOWN;
}

/* The order decides which of several offices a person is introduced by. */
int nst_kb_office_rank(nst_str office) {
    static const char *const order[] = {"president",
                                        "prime minister",
                                        "chancellor",
                                        "king",
                                        "queen",
                                        "emperor",
                                        "sultan",
                                        "emir",
                                        "supreme leader",
                                        "paramount leader",
                                        "pope",
                                        "head of state",
                                        "crown prince",
                                        "acting president",
                                        "interim president",
                                        "secretary-general",
                                        "president of the european commission",
                                        "president of the european council",
                                        "high representative",
                                        "director-general",
                                        "managing director",
                                        "vice president",
                                        "foreign minister",
                                        "foreign secretary",
                                        "defence minister",
                                        "chief executive",
                                        "general secretary",
                                        "opposition leader",
                                        "leader",
                                        "chairman",
                                        "interior minister",
                                        "finance minister"};
    for (int i = 0; i < (int)(sizeof order / sizeof *order); i++)
        if (nst_str_is(office, order[i])) return i;
    return 99;
}

/* A term that is known to cover the day beats one that may; then the higher office; then the
 * later. */
bool nst_kb_office_on(const nst_kb *kb, uint32_t person, nst_day day, nst_kb_office *out) {
    const kb_person *p = &kb->persons[person];
    const kb_office *best = NULL;
    int best_rank = 0;
    for (uint32_t i = 0; i < p->n_offices; i++) {
        const kb_office *o = &kb->offices[p->offices + i];
        nst_kb_truth t = day == NST_NO_DAY ? NST_KB_UNKNOWN : term_on(o, day);
        if (t == NST_KB_NO || (o->start != NST_NO_DAY && day != NST_NO_DAY && day < o->start))
            continue;
        int r = nst_kb_office_rank(kb_str(kb, o->canon)) + (t == NST_KB_UNKNOWN ? 200 : 0);
        if (best && (r > best_rank || (r == best_rank && o->start < best->start))) continue;
        best = o;
        best_rank = r;
    }
    if (best) *out = office_get(kb, best);
    return best != NULL;
}

/* Unknown counts for prominent: the last known head of a state is a better guess than a namesake.
 * */
bool nst_kb_prominent(const nst_kb *kb, uint32_t person, nst_day day) {
    const kb_person *p = &kb->persons[person];
    for (uint32_t i = 0; i < p->n_offices; i++) {
        const kb_office *o = &kb->offices[p->offices + i];
        if (nst_kb_office_rank(kb_str(kb, o->canon)) == 99) continue;
        if (day == NST_NO_DAY || term_on(o, day) == NST_KB_YES) return true;
        if (term_on(o, day) == NST_KB_UNKNOWN && (o->start == NST_NO_DAY || day >= o->start))
            return true;
    }
    return false;
}

/* ---- roles ------------------------------------------------------------------------------- */

/* One role, as the caller's record. */
nst_kb_role nst_kb_role_get(const nst_kb *kb, uint32_t role) {
    assert(role < kb->n_roles);
    const kb_role *x = &kb->roles[role];
    return (nst_kb_role){.phrase = kb_str(kb, x->phrase),
                         .sectors = x->sectors,
                         .kind = (char)x->kind,
                         .plural = x->plural != 0,
                         .office = kb_str(kb, x->office),
                         .voice = (x->flags & KB_ROLE_VOICE) != 0,
                         .igo = (x->flags & KB_ROLE_IGO) != 0,
                         .ethnic = (x->flags & KB_ROLE_ETHNIC) != 0};
}
