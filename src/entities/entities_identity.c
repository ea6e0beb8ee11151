/* entities_identity.c - what a known name stands for on the report's date.
 *
 * In: an entity or the bearers of a name. Out: code, entity, person, name, title, sectors.
 *   [Ruritania's foreign minister] RUR GOV (foreign minister)
 * Idea: of several bearers the one wins whom the report names in full, who holds the office he is called
 * by, who belongs to the state named with him, who is in office on the date; a draw leaves it open.
 * Invariants: (1) a code is valid on the date; (2) a bloc has no code; (3) a title is an office held on
 * the date, or the text's own words.
 */
#include "who.h"

#define MANY_NAMES 4u            /* names of states and bodies that a report has before their lack tells */

bool nst_who_state(const nst_who *w, uint32_t entity) {
    return nst_kb_entity_get(w->kb, entity).kind == NST_KB_STATE;
}

nst_identity nst_who_of_entity(const nst_who *w, uint32_t entity) {
    nst_kb_entity e = nst_kb_entity_get(w->kb, entity);
    nst_identity is = {.entity = e.id, .name = e.name};
    memcpy(is.code, e.code, sizeof is.code);
    if (e.kind == NST_KB_STATE && !e.claimed && e.id.n == 3) memcpy(is.code, e.id.p, 3);
    is.sectors = nst_kb_sectors_on(w->kb, entity, w->day);
    return is;
}

/* Sectors that an office word implies. */
static uint32_t office_sectors(const nst_who *w, nst_str office) {
    uint32_t r = nst_kb_role_of(w->kb, office);
    return r == NST_KB_NONE ? 0 : nst_kb_role_get(w->kb, r).sectors;
}

/* The latest office at a state or, failing that, the latest at all. False if there is none. */
static bool last_office(const nst_who *w, uint32_t person, nst_kb_office *out) {
    uint32_t n = nst_kb_offices(w->kb, person, 0, out);
    bool any = n > 0;
    for (uint32_t i = n; i-- > 0;) {
        nst_kb_offices(w->kb, person, i, out);
        if (nst_who_state(w, out->entity)) return true;
    }
    return any;
}

nst_identity nst_who_of_person(const nst_who *w, uint32_t person) {
    nst_identity is = {.person = nst_kb_person_id(w->kb, person), .name = nst_kb_person_name(w->kb, person)};
    nst_kb_office o;
    bool known = w->day != NST_NO_DAY && nst_kb_office_on(w->kb, person, w->day, &o);
    if (!known && !last_office(w, person, &o)) return is;
    nst_identity of = nst_who_of_entity(w, o.entity);
    memcpy(is.code, of.code, sizeof is.code);
    is.entity = of.entity;
    if (known) {
        is.title = o.office;
        is.sectors = office_sectors(w, o.office);
    }
    if (!is.sectors && known) is.sectors = of.sectors;
    return is;
}

void nst_who_set(nst_who *w, nst_actor *a, nst_identity is) {
    a->is = NST_NEW(w->doc, nst_identity);
    a->is[0] = is;
    a->n_is = 1;
}

/* ---- offices ----------------------------------------------------------------------------- */

nst_str nst_who_office(nst_str office) {
    static const struct { const char *said, *meant; } same[] = {
        {"foreign secretary", "foreign minister"}, {"secretary of state", "foreign minister"},
        {"external affairs minister", "foreign minister"}, {"premier", "prime minister"},
        {"defence secretary", "defence minister"}, {"secretary of defense", "defence minister"},
        {"home secretary", "interior minister"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (nst_str_is(office, same[i].said)) return nst_str_c(same[i].meant);
    return office;
}

bool nst_who_serves(const nst_who *w, uint32_t person, uint32_t entity) {
    nst_kb_office o;
    uint32_t n = nst_kb_offices(w->kb, person, 0, &o);
    for (uint32_t i = 0; i < n; i++) {
        nst_kb_offices(w->kb, person, i, &o);
        if (o.entity == entity) return true;
    }
    return false;
}

/* Is this an office of a state's head, in deed or in name? */
static bool heads(nst_str office) {
    static const char *const list[] = {"president", "prime minister", "chancellor", "king", "queen", "emperor",
        "supreme leader", "leader", "general secretary", "chairman", "emir", "sultan", "crown prince",
        "interim president", "acting president", "first secretary", "chief executive", "head of state",
        "secretary-general", "head", "party leader", "captain regent", "grand duke", "prince"};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (nst_str_is(office, list[i])) return true;
    return false;
}

/* Is it a word for whoever leads? */
static bool leader_word(nst_str office) {
    static const char *const list[] = {"leader", "head of state", "ruler", "head", "chief", "strongman", "monarch",
        "head of government", "boss"};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (nst_str_is(office, list[i])) return true;
    return false;
}

bool nst_who_fits_office(const nst_who *w, uint32_t person, nst_str office) {
    nst_kb_office o;
    uint32_t n = nst_kb_offices(w->kb, person, 0, &o);
    nst_str meant = nst_who_office(office);
    for (uint32_t i = 0; i < n; i++) {
        nst_kb_offices(w->kb, person, i, &o);
        if (w->day != NST_NO_DAY && ((o.start != NST_NO_DAY && o.start > w->day) ||
                                     (o.end != NST_NO_DAY && !o.open && o.end < w->day)))
            continue;
        if (nst_str_eq(o.canon, office) || nst_str_eq(o.canon, meant) || nst_str_eq(nst_who_office(o.canon), meant))
            return true;
        if (leader_word(office) && heads(o.canon)) return true;
        if (o.canon.n > meant.n && nst_str_ends(o.canon, "minister") && nst_str_is(meant, "minister")) return true;
    }
    return false;
}

uint32_t nst_who_holder(const nst_who *w, nst_str office, uint32_t entity) {
    nst_kb_office o;
    uint32_t found = NST_KB_NONE;
    nst_str meant = nst_who_office(office);
    if (!office.n || w->day == NST_NO_DAY) return NST_KB_NONE;
    uint32_t n = nst_kb_holders(w->kb, entity, 0, &o);
    for (uint32_t i = 0; i < n; i++) {
        nst_kb_holders(w->kb, entity, i, &o);
        if (!nst_str_eq(nst_who_office(o.canon), meant)) continue;
        if ((o.start != NST_NO_DAY && o.start > w->day) || (o.end != NST_NO_DAY && o.end < w->day && !o.open))
            continue;
        if (nst_kb_held(w->kb, o.person, o.canon, entity, w->day) != NST_KB_YES) continue;
        if (found != NST_KB_NONE && found != o.person) return NST_KB_NONE;
        found = o.person;
    }
    return found;
}

/* ---- bearers of a name ------------------------------------------------------------------- */

/* Did the person head a state before the day? He is still called by his surname. */
static bool headed(const nst_who *w, uint32_t person) {
    nst_kb_office o;
    uint32_t n = nst_kb_offices(w->kb, person, 0, &o);
    for (uint32_t i = 0; i < n; i++) {
        nst_kb_offices(w->kb, person, i, &o);
        if ((nst_str_is(o.canon, "president") || nst_str_is(o.canon, "prime minister")) && nst_who_state(w, o.entity) &&
            (w->day == NST_NO_DAY || o.start == NST_NO_DAY || o.start <= w->day))
            return true;
    }
    return false;
}

/* How telling an office is, for a surname that stands alone: heads and foreign ministers count. */
static int weight(const nst_who *w, uint32_t person, bool *in_office) {
    nst_kb_office o;
    *in_office = w->day != NST_NO_DAY && nst_kb_office_on(w->kb, person, w->day, &o) &&
                 !(o.open && o.end != NST_NO_DAY && o.end < w->day);
    if (!*in_office) return headed(w, person) ? 5 : 0;
    if (heads(o.canon)) return nst_who_state(w, o.entity) ? 12 : 8;
    return nst_str_is(nst_who_office(o.canon), "foreign minister") ? 7 : 4;
}

/* Has the person an office of this state or organisation, ever? */
static bool serves(const nst_who *w, uint32_t person, uint32_t entity) {
    nst_kb_office o;
    nst_kb_entity e = nst_kb_entity_get(w->kb, entity);
    uint32_t n = nst_kb_offices(w->kb, person, 0, &o);
    for (uint32_t i = 0; i < n; i++) {
        nst_kb_offices(w->kb, person, i, &o);
        if (o.entity == entity) return true;
        nst_kb_entity of = nst_kb_entity_get(w->kb, o.entity);
        if (e.code[0] && !strcmp(of.code, e.code) && e.kind != NST_KB_IGO) return true;
    }
    return false;
}

/* Is the person, in an office that is not prominent, called something else altogether ("the coach Otto
 * Strel", when the base knows a senator)? */
static bool another(const nst_who *w, const nst_kb_reading *r, const nst_kb_role *role) {
    nst_kb_office o;
    uint32_t public = NST_SECTOR(GOV) | NST_SECTOR(LEG) | NST_SECTOR(PTY) | NST_SECTOR(JUD) | NST_SECTOR(ELI) |
                      NST_SECTOR(MIL) | NST_SECTOR(OPP);
    if (w->day == NST_NO_DAY || !nst_kb_office_on(w->kb, r->ref, w->day, &o) || o.open) return false;
    if (nst_kb_office_rank(o.canon) != 99 || !role->sectors || (role->sectors & public)) return false;
    return !(office_sectors(w, o.office) & role->sectors);
}

/* Is the bearer of a state that nothing else in the report has to do with? A namesake, most likely. */
static bool foreign(const nst_who *w, uint32_t person) {
    nst_kb_office o;
    if (w->n_coded < MANY_NAMES || !last_office(w, person, &o)) return false;
    nst_identity is = nst_who_of_entity(w, o.entity);
    uint32_t state = is.code[0] ? nst_kb_entity_of(w->kb, nst_str_c(is.code)) : NST_KB_NONE;
    return state != NST_KB_NONE && !w->present[state];
}

/* How well one bearer fits. */
static int fit(const nst_who *w, const nst_kb_reading *r, uint32_t role, uint32_t entity) {
    bool in_office;
    int s = weight(w, r->ref, &in_office);
    bool known = s >= 7 || (r->flags & NST_KB_USER);
    if (r->by == NST_KB_BY_FULL_NAME) s += 40;
    if (!known && foreign(w, r->ref)) s -= 45;
    if (w->seen[r->ref]) s += w->seen[r->ref] == NST_SEEN_SHORT ? 10 : 100;
    if (r->flags & NST_KB_USER) s += 200;
    if (r->flags & (NST_KB_WEAK | NST_KB_VARIANT)) s -= 3;
    if (entity != NST_KB_NONE) s += serves(w, r->ref, entity) ? 25 : -60;
    if (role != NST_KB_NONE) {
        nst_kb_role ro = nst_kb_role_get(w->kb, role);
        bool fits = ro.office.n && nst_who_fits_office(w, r->ref, ro.office);
        nst_who ever = *w;
        ever.day = NST_NO_DAY;
        bool once = ro.office.n && nst_who_fits_office(&ever, r->ref, ro.office);
        if (once) s += 8;
        if (r->by == NST_KB_BY_FULL_NAME && another(w, r, &ro)) s -= 60;
        if (ro.office.n && !once) s += r->by == NST_KB_BY_SURNAME ? -20 : -4;
        if (fits) s += 30;
    }
    return s;
}

uint32_t nst_who_bearer(const nst_who *w, const nst_who_unit *u, uint32_t role, uint32_t entity, char gender) {
    uint32_t best = NST_KB_NONE;
    int best_fit = -1000;
    bool tie = false;
    int next_fit = -1000;                /* of the runner-up */
    for (uint32_t i = 0; i < u->hit.n; i++) {
        nst_kb_reading r;
        if (!nst_kb_reading_get(w->kb, &u->hit, i, &r)) continue;
        if (r.by != NST_KB_BY_FULL_NAME && r.by != NST_KB_BY_SURNAME) continue;
        char own = gender ? nst_who_gender_name(nst_kb_person_name(w->kb, r.ref)) : 0;
        if (own && own != gender) continue;
        int s = fit(w, &r, role, entity);
        if (r.ref != best && s == best_fit) tie = true;
        if (s > best_fit) {
            if (best != r.ref) next_fit = best_fit;
            best_fit = s;
            tie = false;
            best = r.ref;
        } else if (r.ref != best && s > next_fit) {
            next_fit = s;
        }
    }
    if (tie || best == NST_KB_NONE) return NST_KB_NONE;
    bool full = w->seen[best] && w->seen[best] != NST_SEEN_SHORT;
    if (!u->sure && !full && role == NST_KB_NONE && best_fit < 12 && nst_who_stranger(w, u->end - 1) != NST_ROOT)
        return NST_KB_NONE;                              /* the report names another in full */
    bool only = next_fit < best_fit - 3 && w->n_coded >= MANY_NAMES;    /* who else could it be, here? */
    return best_fit >= (u->sure ? 0 : role != NST_KB_NONE || only ? 4 : 7) ? best : NST_KB_NONE;
}
