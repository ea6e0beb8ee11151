/* entities_identity.c - what a known name stands for on the report's date.
 *
 * In: an entity or person of the knowledge base. Out: code, entity, person, name, title, sectors.
 * Invariants: (1) a code is valid on the date; (2) a bloc has no code; (3) a title is an office held on
 * the date, or the text's own words.
 */
#include "who.h"

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

nst_identity nst_who_of_person(const nst_who *w, uint32_t person) {
    nst_identity is = {.person = nst_kb_person_id(w->kb, person), .name = nst_kb_person_name(w->kb, person)};
    nst_kb_office o;
    bool known = w->day != NST_NO_DAY && nst_kb_office_on(w->kb, person, w->day, &o);
    if (!known) {                       /* no office known for the day: the state of all his offices */
        nst_kb_office any;
        uint32_t n = nst_kb_offices(w->kb, person, 0, &any);
        for (uint32_t i = 0; i < n; i++) {
            nst_kb_offices(w->kb, person, i, &o);
            if (o.entity != any.entity) return is;
        }
        if (!n) return is;
        o = any;
    }
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
