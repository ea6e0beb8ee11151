/* events_slot.c - who stands in a slot of a frame.
 *
 * In: a trigger, a slot's sources, entity mentions. Out: members.
 *   expelled, R=obj -> [two envoys]
 * Idea: events_path.c finds the token a source means; the token stands for its own entity mention, else
 * for the one its noun belongs to ("Graustark's base"), and for all conjuncts of its noun phrase.
 * Invariants: (1) a member is always an entity mention of the report; (2) no mention twice in one list.
 */
#include "match.h"

bool nst_match_can_act(const nst_actor *a) {
    switch (a->kind) {
    case NST_ACTOR_PLACE: case NST_ACTOR_THING: return false;
    case NST_ACTOR_OTHER: return a->n_is > 0 || (a->plural && a->role.n);     /* "several companies" */
    case NST_ACTOR_PRONOUN: return a->n_is > 0 || a->n_antecedent > 0;
    default: return true;
    }
}

/* The entity mention a token stands for: its own, or that of the noun it modifies or belongs to. */
uint32_t nst_slot_actor(const nst_entities *x, uint32_t t, bool loose) {
    if (t == NST_ROOT) return NST_ROOT;
    uint32_t a = x->actor_at[t];
    if (a != NST_ROOT && nst_match_can_act(&x->actors[a])) return a;
    if (!loose) return NST_ROOT;
    const nst_parse *p = x->parse;
    uint32_t deed = nst_parse_kid(p, t, NST_D_ACL);
    uint32_t inside[5] = {nst_path_poss(p, t), nst_path_mod(x, t), nst_path_prep(p, t, NST_S("of")),
        nst_path_prep(p, t, NST_S("by")),
        deed != NST_ROOT && nst_path_passive(p, deed) ? nst_path_subj(p, deed) : NST_ROOT};
    for (int i = 0; i < 5; i++) {    /* "Graustark's base", "the base of Graustark", "an offer made by Graustark" */
        if (inside[i] == NST_ROOT) continue;
        a = x->actor_at[inside[i]];
        if (a != NST_ROOT && nst_match_can_act(&x->actors[a])) return a;
    }
    return NST_ROOT;
}

/* Adds every identity of one entity mention to the list. */
void nst_slot_add(const nst_entities *x, uint32_t actor, nst_members *out) {
    const nst_actor *a = &x->actors[actor];
    for (uint32_t i = 0; i < out->n; i++)
        if (out->m[i].actor == actor) return;
    uint32_t n = a->n_is ? a->n_is : 1;
    for (uint32_t i = 0; i < n && out->n < NST_MAX_MEMBERS; i++)
        out->m[out->n++] = (nst_member){actor, a->n_is ? i : NST_ROOT, a->context};
}

/* Who stands before the "and" of "Ruritania and Graustark's ministers", "Ruritanian and EU envoys", which
 * is read as a modifier of the noun at t like the second; NST_ROOT if nobody does. */
static uint32_t before_and(const nst_entities *x, uint32_t t, uint32_t a) {
    const nst_parse *p = x->parse;
    uint32_t first = x->actors[a].first;
    if (first < 2 || p->upos[first - 1] != NST_CCONJ || p->text->sent_of[first - 2] != p->text->sent_of[t])
        return NST_ROOT;
    uint32_t b = x->actor_at[first - 2], up = b == NST_ROOT ? NST_ROOT : p->head[x->actors[b].head];
    if (b == NST_ROOT || x->actors[b].end != first - 1 || up == NST_ROOT || up < first || up >= x->actors[a].end)
        return NST_ROOT;
    return nst_match_can_act(&x->actors[b]) ? b : NST_ROOT;
}

/* Adds what a noun phrase stands for: itself and its conjuncts. */
void nst_slot_phrase(const nst_entities *x, uint32_t t, bool loose, nst_members *out) {
    const nst_parse *p = x->parse;
    uint32_t a = nst_slot_actor(x, t, loose), b = a != NST_ROOT ? before_and(x, t, a) : NST_ROOT;
    if (b != NST_ROOT) nst_slot_add(x, b, out);
    if (a != NST_ROOT) nst_slot_add(x, a, out);
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++)
        if (p->deprel[p->kids[k]] == NST_D_CONJ) {
            a = nst_slot_actor(x, p->kids[k], loose);
            if (a != NST_ROOT) nst_slot_add(x, a, out);
        }
}

/* The same preposition, hanging on the verb instead of on its object or the other way round: parsers
 * often err there. False if the source is no preposition or the trigger no verb. */
bool nst_slot_reattached(const nst_parse *p, uint32_t t, const nst_slot_source *from,
                         nst_slot_source *out) {
    *out = *from;
    out->via_obj = !from->via_obj;
    return from->source == NST_SRC_PREP && p->upos[t] == NST_VERB;
}

/* Fills one slot. Returns false when a required slot stays empty. */
bool nst_slot_fill(const nst_entities *x, uint32_t t, const nst_slot *s, nst_members *out) {
    nst_slot_source other;
    out->n = 0;
    for (uint8_t i = 0; i < s->n; i++) {
        if (out->n && !s->from[i].also) break;
        uint32_t f = nst_path_source(x, t, &s->from[i]);
        if (f == NST_ROOT && s->from[i].also && nst_slot_reattached(x->parse, t, &s->from[i], &other))
            f = nst_path_source(x, t, &other);
        if (f != NST_ROOT && f != t) nst_slot_phrase(x, f, true, out);
    }
    for (uint8_t i = 0; i < s->n && !out->n; i++) {
        if (!nst_slot_reattached(x->parse, t, &s->from[i], &other)) continue;
        uint32_t f = nst_path_source(x, t, &other);
        if (f != NST_ROOT && f != t) nst_slot_phrase(x, f, true, out);
    }
    return out->n || !s->required;
}


/* ---- things ------------------------------------------------------------------------------ */

bool nst_slot_material(int type) {
    return type == NST_T_ASSAULT || type == NST_T_COERCE || type == NST_T_AID || type == NST_T_RETREAT ||
           type == NST_T_MOBILIZE || type == NST_T_SANCTION || type == NST_T_CONCEDE ||
           type == NST_T_AGREE || type == NST_T_THREATEN;
}

/* Is there a thing or a place at token t, and (known) is it known in which state? */
static bool is_thing(const nst_entities *x, uint32_t t, bool known) {
    uint32_t a = x->actor_at[t];
    if (a == NST_ROOT || (known && !(x->actors[a].n_is && x->actors[a].is[0].code[0]))) return false;
    return x->actors[a].kind == NST_ACTOR_THING || x->actors[a].kind == NST_ACTOR_PLACE;
}

void nst_slot_thing(const nst_entities *x, uint32_t t, bool known, nst_members *out) {
    const nst_parse *p = x->parse;
    uint32_t of = nst_path_counted(p, t);
    if (of != NST_ROOT) t = of;                        /* "parts of Zenda" */
    if (is_thing(x, t, known)) nst_slot_add(x, x->actor_at[t], out);
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++)
        if (p->deprel[p->kids[k]] == NST_D_CONJ && is_thing(x, p->kids[k], known))
            nst_slot_add(x, x->actor_at[p->kids[k]], out);
}

void nst_slot_things(const nst_entities *x, uint32_t t, int type, const nst_slot *s, bool known,
                     nst_members *out) {
    for (uint8_t i = 0; i < s->n && !out->n; i++) {
        nst_slot_source other;
        bool within = s->from[i].source == NST_SRC_PREP && nst_str_is(s->from[i].prep, "in");
        if (within && type != NST_T_COERCE) continue;  /* where it happened, not what it was done to */
        uint32_t f = nst_path_source(x, t, &s->from[i]);
        if (f == NST_ROOT && nst_slot_reattached(x->parse, t, &s->from[i], &other))
            f = nst_path_source(x, t, &other);
        if (f != NST_ROOT && f != t) nst_slot_thing(x, f, known, out);
    }
}
