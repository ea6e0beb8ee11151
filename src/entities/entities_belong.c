/* entities_belong.c - where those belong whom the knowledge base does not know.
 *
 * In: entity mentions, places. Out: a state and a sector where the words around them tell.
 *   the governor of [Zenda Province] RUR GOV ; Zenda [University] EDU ; Otto Strel (R-Ohio) USA LEG
 * Idea: a place inside or right behind a phrase gives its state, but not its identity; the kind of body
 * ("University", "Gazette", "Corp.") gives a sector; a party's tag behind a name gives a legislator.
 * Invariants: (1) what the knowledge base said is never changed; (2) a place whose country is not
 * resolved gives nothing; (3) bounded look-around.
 */
#include "who.h"

/* ---- kinds of bodies --------------------------------------------------------------------- */

/* The sector that a noun in a body's name tells. */
static uint32_t body_word(nst_str s) {
    static const struct { const char *words; uint32_t sector; } kinds[] = {
        {"university college school academy institute polytechnic seminary campus observatory laboratory", NST_SECTOR(EDU)},
        {"gazette herald tribune journal chronicle observer telegraph examiner sentinel newspaper newspapers "
         "broadcasting magazine tv radio television daily courier mercury dispatch inquirer times post news", NST_SECTOR(MED)},
        {"inc inc. corp corp. corporation ltd ltd. llc plc co. company companies group holdings airlines airways bank "
         "bancorp motors industries enterprises partners technologies systems pharmaceuticals ag gmbh", NST_SECTOR(BUS)},
        {"police sheriff constabulary troopers", NST_SECTOR(COP)},
        {"court courts tribunal", NST_SECTOR(JUD)},
        {"senate parliament legislature congress assembly", NST_SECTOR(LEG)},
        {"army navy battalion brigade regiment militia", NST_SECTOR(MIL)},
        {"ministry department agency bureau commission authority administration municipality government", NST_SECTOR(GOV)},
        {"union teamsters brotherhood unions", NST_SECTOR(LAB)},
        {"church diocese archdiocese mosque synagogue temple", NST_SECTOR(REL)},
        {"party", NST_SECTOR(PTY)},
        {"association federation society foundation coalition alliance network league fund project committee "
         "campaign trust charity initiative center centre", NST_SECTOR(SOC)},
    };
    nst_str word, list;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (list = nst_str_c(kinds[i].words); list.p && nst_str_split(&list, ' ', &word);)
            if (nst_str_ieq(s, word)) return kinds[i].sector;
    return 0;
}

uint32_t nst_who_body_sector(const nst_who *w, uint32_t first, uint32_t end) {
    static const char *const joints[] = {"of", "for", "on", "at", "in", "against", NULL};
    uint32_t stop = end, sector = 0;
    for (uint32_t t = end; t-- > first + 1;)
        if (nst_who_is(w, t, joints)) stop = t;             /* "Institute | for Peace" */
    for (uint32_t t = stop; t-- > first && !sector;) sector = body_word(nst_who_word_of(w, t));
    return sector;
}

uint32_t nst_who_office_sector(const nst_who *w, uint32_t role, uint32_t end, uint32_t of) {
    static const char *const joints[] = {"of", "at", "for", "with", NULL};
    static const char *const offices[] = {"president", "vice president", "chairman", "chief executive",
        "executive director", "managing director", "leader", "head", "spokesman", "secretary", "chief of staff",
        "general secretary", "secretary-general", NULL};      /* any body has these */
    nst_kb_role r = nst_kb_role_get(w->kb, role);
    const nst_sent *s = &w->p->text->sents[w->p->text->sent_of[end - 1]];
    bool any = false;
    for (const char *const *o = offices; *o && r.office.n; o++) any |= nst_str_is(r.office, *o);
    uint32_t sectors = r.sectors;
    if (!any || (sectors && sectors != NST_SECTOR(GOV))) return sectors;
    if (of) return of & NST_SECTOR(GOV) ? sectors : of;
    if (end >= s->end || !nst_who_is(w, end, joints)) return sectors;
    uint32_t t = end + 1;
    while (t < s->end && t < end + 4 && w->unit_at[t] == NST_ROOT) t++;
    if (t >= s->end || w->unit_at[t] == NST_ROOT) return sectors;
    const nst_who_unit *u = &w->units[w->unit_at[t]];
    if (u->kind == NST_UNIT_NAME && u->name_kind != NST_NAME_PLACE && u->name_kind != NST_NAME_PERSON)
        return nst_who_body_sector(w, u->first, u->end);
    if (u->kind == NST_UNIT_ROLE) {
        nst_kb_role body = nst_kb_role_get(w->kb, u->reading.ref);
        return body.kind != 'p' ? body.sectors : sectors;
    }
    return sectors;
}

/* ---- places ------------------------------------------------------------------------------ */

/* Can a place be relied upon? A town's name alone proves little ("Geneva", "Dartmouth") unless a mention
 * of the report bears its state's code already. */
static bool reliable(const nst_who *w, const nst_place *p) {
    uint32_t state = nst_kb_entity_of(w->kb, nst_str_c(p->country));
    return state != NST_KB_NONE && (w->present[state] || p->precision == NST_PLACE_DIVISION ||
                                    p->precision == NST_PLACE_COUNTRY);
}

/* The place that covers a token and whose country is known. */
static const nst_place *place_at(const nst_who *w, uint32_t t) {
    const nst_entities *x = w->out;
    if (!x->place_at || x->place_at[t] == NST_ROOT) return NULL;
    const nst_place *p = &x->places[x->place_at[t]];
    return p->country[0] && reliable(w, p) ? p : NULL;
}

/* A place inside the mention (but for a person's own name), or right behind it after "of", "in", "from". */
static const nst_place *place_of(const nst_who *w, const nst_actor *a) {
    static const char *const joints[] = {"of", "in", "from", NULL}, *const in[] = {"in", NULL};
    uint32_t local = NST_SECTOR(GOV) | NST_SECTOR(COP) | NST_SECTOR(JUD) | NST_SECTOR(LEG) | NST_SECTOR(EDU);
    const nst_sent *s = &w->p->text->sents[w->p->text->sent_of[a->head]];
    uint32_t t = a->end, u = w->notes[a - w->out->actors].unit;
    uint32_t stop = a->kind == NST_ACTOR_PERSON && u != NST_ROOT ? w->units[u].first : a->end;
    uint32_t role = w->notes[a - w->out->actors].role;
    bool topic = role != NST_KB_NONE &&              /* "a China expert" */
                 (nst_kb_role_get(w->kb, role).sectors & (NST_SECTOR(EDU) | NST_SECTOR(JRN)));
    for (uint32_t k = a->first; k < stop && !topic; k++)
        if (place_at(w, k)) return place_at(w, k);
    if (a->kind != NST_ACTOR_ROLE || t + 1 >= s->end || !nst_who_is(w, t, joints)) return NULL;
    if (nst_who_is(w, t, in) && (!a->n_is || !(a->is[0].sectors & local))) return NULL;
    for (t++; t < s->end && t < a->end + 3; t++)
        if (place_at(w, t)) return place_at(w, t);
    return NULL;
}

/* ---- tags -------------------------------------------------------------------------------- */

/* Is the name followed by an American party's tag: "(R-Ohio)", ", D-Nev.," "(D)"? */
static bool tagged(const nst_who *w, const nst_actor *a) {
    const nst_text *t = w->p->text;
    const nst_sent *s = &t->sents[t->sent_of[a->head]];
    if (a->end >= s->end) return false;
    nst_span rest = {.start = a->span.end, .end = s->span.end, .field = a->span.field};
    nst_str b = nst_text_span(t, rest);
    uint32_t i = 0;
    while (i < b.n && (b.p[i] == ' ' || b.p[i] == ',' || b.p[i] == '(')) i++;
    if (i == 0 || i > 3 || i + 1 >= b.n || !memchr("RDI", b.p[i], 3)) return false;
    i++;
    if (b.p[i] == ')' && b.p[i - 2] == '(') return true;
    if (b.p[i] == '-') i++;
    else if (i + 2 < b.n && !memcmp(b.p + i, "\xE2\x80", 2)) i += 3;       /* a dash or hyphen of Unicode */
    else return false;
    return i < b.n && b.p[i] >= 'A' && b.p[i] <= 'Z';
}

/* "Otto Strel, Ohio Republican,": the state of the party named right behind a name and a comma. */
static const char *partisan(const nst_who *w, const nst_actor *a, nst_kb_entity *party) {
    const nst_sent *s = &w->p->text->sents[w->p->text->sent_of[a->head]];
    uint32_t t = a->end;
    if (t + 1 >= s->end || nst_who_word_of(w, t).p[0] != ',') return NULL;
    for (t++; t < s->end && t < a->end + 6 && w->p->upos[t] != NST_PUNCT; t++) {
        if (w->unit_at[t] == NST_ROOT || w->units[w->unit_at[t]].kind != NST_UNIT_ENTITY) continue;
        *party = nst_kb_entity_get(w->kb, w->units[w->unit_at[t]].reading.ref);
        if (party->kind == NST_KB_PARTY && party->code[0]) return party->code;
    }
    *party = (nst_kb_entity){0};
    return NULL;
}

/* ---- the pass ---------------------------------------------------------------------------- */

/* Gives a mention a state's code, and a name if it had no identity at all. */
static void give(nst_who *w, nst_actor *a, const char *code, nst_str entity, uint32_t sectors) {
    nst_identity is = a->n_is ? a->is[0] : (nst_identity){0};
    uint32_t u = w->notes[a - w->out->actors].unit;
    if (code) {
        uint32_t state = nst_kb_entity_of(w->kb, nst_str_c(code));
        if (state == NST_KB_NONE) return;
        memcpy(is.code, code, sizeof is.code);
        if (a->kind != NST_ACTOR_ORG) is.entity = entity.n ? entity : nst_who_of_entity(w, state).entity;
    }
    if (!is.sectors) is.sectors = sectors;
    bool named = a->kind == NST_ACTOR_PERSON || a->kind == NST_ACTOR_ORG;
    if (!is.name.n && named && u != NST_ROOT)
        is.name = nst_text_span(w->p->text, nst_text_tokens(w->p->text, w->units[u].first, w->units[u].end));
    if (is.code[0] || is.sectors || is.name.n) nst_who_set(w, a, is);
}

/* One mention without a code. */
static void belong(nst_who *w, uint32_t i) {
    nst_actor *a = &w->out->actors[i];
    const nst_who_note *n = &w->notes[i];
    nst_kb_entity party = {0};
    const char *code = NULL;
    uint32_t sectors = 0;
    if (a->n_is > 1 || (a->n_is && (a->is[0].code[0] || a->is[0].entity.n))) return;
    if (a->kind == NST_ACTOR_PERSON) {
        if (tagged(w, a)) code = "USA", sectors = n->role == NST_KB_NONE ? NST_SECTOR(LEG) : 0;
        else code = partisan(w, a, &party);
        if (!code && n->role == NST_KB_NONE) return;
    }
    if (a->kind != NST_ACTOR_PERSON && a->kind != NST_ACTOR_ROLE && a->kind != NST_ACTOR_ORG) return;
    if (a->kind == NST_ACTOR_ROLE && (n->word || n->role == NST_KB_NONE)) return;
    if (a->kind == NST_ACTOR_ORG && n->unit != NST_ROOT)
        sectors = nst_who_body_sector(w, w->units[n->unit].first, w->units[n->unit].end);
    bool company = a->kind == NST_ACTOR_ORG && (!sectors || sectors == NST_SECTOR(BUS));   /* "Phoenix Motors" */
    const nst_place *p = code || company ? NULL : place_of(w, a);
    if (p) code = p->country;
    if (code || sectors || a->kind == NST_ACTOR_ORG) give(w, a, code, party.id, sectors);
}

void nst_who_belong(nst_who *w) {
    for (uint32_t i = 0; i < w->out->n_actors; i++) belong(w, i);
}
