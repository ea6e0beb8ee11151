/* events_reach.c - whom an act reaches, where its frame's own places are empty.
 *
 * In: a mention without recipient. Out: members for it, or none.
 *   "Ruritania agreed to lift sanctions on Graustark": agreed -> [Graustark]
 *   "Ruritania rejected a draft put forward by Graustark": rejected -> [Graustark]
 * Idea: what is agreed, refused, threatened or condemned is an act itself: who it is done to is
 * the recipient. So look below the trigger - the complement clause first, as the lexicon reads it, then
 * objects, then the phrases of the trigger and its object noun by their prepositions, the likelier first -
 * and take the first that is somebody else than the actor. A request reaches him who is to do what is
 * asked, not him to whom it is to be done.
 * Invariants: (1) at most MAX_DEPTH steps down, each over one token's children; (2) never the actor
 * himself; (3) what is found stands in the trigger's own sentence.
 */
#include "match.h"

#define MAX_DEPTH 5
#define BACK 8u                  /* sentences from an act told again back to its first telling */
#define FAR 3                    /* so far down, and only somebody known is taken */

typedef struct search {
    const nst_lexicon *l;
    const nst_entities *x;
    const nst_mention *m;
    nst_members *out;
} search;

/* ---- whom we may take -------------------------------------------------------------------- */

/* Does entity mention a mean one of the act's own actors? */
static bool own(const search *s, uint32_t a) {
    const nst_actor *y = &s->x->actors[a];
    for (uint32_t i = 0; i < s->m->n_actors; i++) {
        const nst_member *m = &s->m->actors[i];
        const nst_actor *who = &s->x->actors[m->actor];
        if (m->actor == a || who->chain == y->chain) return true;
        if (y->first >= who->first && y->end <= who->end) return true;      /* inside the actor's words */
        if (m->identity == NST_ROOT || !y->n_is) continue;
        const nst_identity *is = &who->is[m->identity];
        if (is->person.n && nst_str_eq(is->person, y->is[0].person)) return true;
        if (is->entity.n && nst_str_eq(is->entity, y->is[0].entity) && !y->is[0].person.n &&
            y->kind != NST_ACTOR_ROLE && y->kind != NST_ACTOR_PEOPLE)
            return true;
    }
    return false;
}

/* "its troops", "his speech": a pronoun's. Whose it is was not said here. */
static bool owned(const search *s, uint32_t t) {
    uint32_t poss = nst_path_poss(s->x->parse, t);
    return poss != NST_ROOT && s->x->parse->upos[poss] == NST_PRON;
}

/* Is it known who a member is, more than by its sector? */
static bool known(const nst_entities *x, const nst_member *m) {
    if (m->identity == NST_ROOT) return x->actors[m->actor].kind == NST_ACTOR_PERSON;
    const nst_identity *is = &x->actors[m->actor].is[m->identity];
    return is->code[0] || is->entity.n || is->person.n;
}

/* May this member be taken, found so far down? A pronoun that only owns something is not enough, nor a
 * bare role that only modifies ("a public emergency", "university rules"). */
static bool fits(const search *s, const nst_member *m, int depth) {
    const nst_actor *a = &s->x->actors[m->actor];
    const nst_parse *p = s->x->parse;
    uint8_t d = p->deprel[a->head];
    bool modifies = d == NST_D_COMPOUND || d == NST_D_AMOD || d == NST_D_NMOD_DESC;
    uint32_t poss = nst_path_poss(p, a->head);
    if (own(s, m->actor) || (poss != NST_ROOT && s->x->actor_at[poss] != NST_ROOT && own(s, s->x->actor_at[poss])))
        return false;                              /* the actor, or "its own soldiers" */
    if (a->kind == NST_ACTOR_PRONOUN && d == NST_D_NMOD_POSS) return false;
    return known(s->x, m) || (depth > FAR && !modifies);
}

/* Adds the things and places at token t, but the actor's own. */
static bool things(search *s, uint32_t t, bool known) {
    nst_members found = {.n = 0};
    if (!nst_slot_material(s->m->type)) return false;
    nst_slot_thing(s->x, t, known, &found);
    for (uint32_t i = 0; i < found.n; i++)
        if (fits(s, &found.m[i], MAX_DEPTH)) nst_slot_add(s->x, found.m[i].actor, s->out);
    return s->out->n > 0;
}

/* Adds what the nominal at token t and its conjuncts stand for, if that is somebody else. Far down only
 * who is known. */
static bool take(search *s, uint32_t t, int depth) {
    nst_members found = {.n = 0};
    if (t == NST_ROOT || s->x->time_at[t] != NST_ROOT) return false;
    nst_slot_phrase(s->x, t, !owned(s, t), &found);
    for (uint32_t i = 0; i < found.n; i++)
        if (fits(s, &found.m[i], depth)) nst_slot_add(s->x, found.m[i].actor, s->out);
    return s->out->n > 0 || (!found.n && depth > FAR && things(s, t, true));
}

/* ---- phrases ----------------------------------------------------------------------------- */

/* The prepositions that lead to whom an act reaches, the likelier first. */
static const char *const leads[] = {"to", "with", "against", "on", "upon", "from", "for", "between", "among",
    "amongst", "toward", "towards", "into", "at", "of", "by", NULL};
static const char *const leads_accuse[] = {"against", "on", "into", "at", "of", "over", "about", "by", "from", NULL};
static const char *const leads_reject[] = {"by", "from", "to", "with", "of", "on", "for", "against", NULL};
static const char *const leads_protest[] = {"against", "at", "with", NULL};
static const char *const leads_mobilize[] = {"against", "to", "into", "on", "toward", "towards", "with", NULL};
static const char *const leads_threaten[] = {"to", "with", "against", "on", "at", "from", NULL};
static const char *const leads_warn[] = {"to", NULL};

/* Those for the type of act. */
static const char *const *leads_of(const search *s) {
    switch (s->m->type) {
    case NST_T_ACCUSE: return leads_accuse;
    case NST_T_REJECT: return leads_reject;
    case NST_T_PROTEST: return leads_protest;
    case NST_T_THREATEN:                               /* one warns "of" and "against" what others may do */
        return nst_parse_lemma_is(s->x->parse, s->m->trigger, "warn") ? leads_warn : leads_threaten;
    case NST_T_MOBILIZE: return leads_mobilize;
    default: return leads;
    }
}

/* Those of a verb that moves its object to somebody: before the object itself. */
static const char *const ends[] = {"to", "from", "into", "for", NULL};

static bool below(search *s, uint32_t t, int depth);

/* A nominal under a preposition: what it names, else (but under "over", which brings a topic) what is
 * below it. */
static bool nominal(search *s, uint32_t t, bool topic, int depth) {
    if (t == NST_ROOT || t < s->m->trigger || t == s->m->trigger) return false;
    if (s->x->parse->upos[t] == NST_VERB) return below(s, t, depth - 1);
    if (topic) return take(s, t, depth);
    return take(s, t, depth) || (!owned(s, t) && below(s, t, depth - 2));
}

/* The phrases of token t by the prepositions listed; one that only hangs on a phrase of place or time
 * ("talks in Strelsau with Graustark") is t's own. */
static bool phrases(search *s, uint32_t t, const char *const *preps, int depth) {
    const nst_parse *p = s->x->parse;
    for (; *preps; preps++) {
        bool topic = !strcmp(*preps, "over") || !strcmp(*preps, "about");
        if (nominal(s, nst_path_prep(p, t, nst_str_c(*preps)), topic, depth)) return true;
        for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
            uint32_t kid = p->kids[k];
            uint8_t d = nst_deprel_base(p->deprel[kid]);
            bool scene = s->x->time_at[kid] != NST_ROOT || s->x->place_at[kid] != NST_ROOT;
            if (kid > t && scene && (d == NST_D_OBL || d == NST_D_NMOD) &&
                nominal(s, nst_path_prep(p, kid, nst_str_c(*preps)), topic, depth))
                return true;
        }
    }
    return false;
}

/* Passive participles on a noun: "a draft proposed by X", "sanctions imposed on X". */
static bool participles(search *s, uint32_t noun, int depth) {
    const nst_parse *p = s->x->parse;
    for (uint32_t k = p->kid_first[noun]; k < p->kid_first[noun + 1]; k++) {
        uint32_t v = p->kids[k];
        if (p->deprel[v] != NST_D_ACL || !nst_path_passive(p, v)) continue;
        if (nominal(s, nst_path_subj(p, v), false, depth) || phrases(s, v, leads_of(s), depth)) return true;
    }
    return false;
}

/* ---- clauses ----------------------------------------------------------------------------- */

/* Verbs that move their object to somebody, or take it away. */
static bool moves(const nst_parse *p, uint32_t v) {
    static const char *const verbs[] = {"send", "deploy", "give", "provide", "supply", "deliver", "contribute",
        "withdraw", "pull", "dispatch", "offer", "hand", "move", "sell", "ship", "return", "extend", "bring",
        "export", "donate", "transfer", "add", "allocate", "commit"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (nst_parse_lemma_is(p, v, verbs[i])) return true;
    return false;
}

/* The clause that says what is agreed, refused, threatened: a complement or an infinitive. */
static uint32_t clause(const nst_parse *p, uint32_t t) {
    uint32_t c = nst_path_complement(p, t, true);
    if (c != NST_ROOT && c > t) return c;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kids[k], mark = nst_parse_kid(p, kid, NST_D_MARK);
        if (kid < t || p->upos[kid] != NST_VERB || mark == NST_ROOT) continue;
        if (p->deprel[kid] == NST_D_ACL && nst_str_is(p->xpos[mark], "TO")) return kid;
    }
    return NST_ROOT;
}

/* Who has a part in the act of token v, as the lexicon reads it: its actor or its recipient. */
static bool as_act(search *s, uint32_t v, bool actor) {
    nst_members a = {.n = 0}, r = {.n = 0};
    const nst_frame *f = nst_match_frame(s->l, s->x, v, &a, &r);
    if (!f) return false;
    if (s->m->type == NST_T_PROTEST && nst_type_quad(f->type) < 3) return false;
    const nst_members *from = actor ? &a : &r;
    for (uint32_t i = 0; i < from->n; i++)
        if (fits(s, &from->m[i], MAX_DEPTH)) nst_slot_add(s->x, from->m[i].actor, s->out);
    return s->out->n > 0;
}

/* Below a clause: its subject where it has one of its own, else whom its act reaches. */
static bool clause_of(search *s, uint32_t c, int depth) {
    const nst_parse *p = s->x->parse;
    bool done = nst_path_passive(p, c) && s->m->type == NST_T_ACCUSE;     /* who did it is accused */
    uint32_t subj = done ? nst_path_subj(p, c) : nst_parse_kid(p, c, NST_D_NSUBJ);
    if (done) return subj != NST_ROOT && take(s, subj, depth);
    if (subj != NST_ROOT && take(s, subj, depth)) return true;
    if (subj != NST_ROOT && (s->x->actor_at[subj] == NST_ROOT || !own(s, s->x->actor_at[subj]))) return false;
    return as_act(s, c, false) || below(s, c, depth - 1);
}

/* Is the object a person or a pronoun, so that nobody else is meant, known or not? */
static bool somebody(const search *s, uint32_t o) {
    uint8_t u = s->x->parse->upos[o];
    return u == NST_PRON || u == NST_PROPN || s->x->actor_at[o] != NST_ROOT;
}

/* Below a verb or predicate adjective. */
static bool below_verb(search *s, uint32_t v, int depth) {
    const nst_parse *p = s->x->parse;
    uint32_t c = clause(p, v), o = nst_path_obj(p, v), io = nst_parse_kid(p, v, NST_D_IOBJ);
    if (o != NST_ROOT && p->head[o] != v) o = NST_ROOT;
    if (io != NST_ROOT && (take(s, io, depth) || somebody(s, io))) return s->out->n > 0;
    if (c != NST_ROOT && (o == NST_ROOT || o > c) && clause_of(s, c, depth)) return true;
    if (moves(p, v) && (phrases(s, v, ends, depth) || (o != NST_ROOT && phrases(s, o, ends, depth)))) return true;
    if (o != NST_ROOT && s->m->type != NST_T_MOBILIZE && !moves(p, v) && (take(s, o, depth) || somebody(s, o)))
        return s->out->n > 0;
    if (o != NST_ROOT && below(s, o, depth - 1)) return true;
    if (c != NST_ROOT && o != NST_ROOT && o < c && clause_of(s, c, depth)) return true;
    return phrases(s, v, leads_of(s), depth) || (o != NST_ROOT && depth > FAR && things(s, o, false));
}

/* Below any token. */
static bool below(search *s, uint32_t t, int depth) {
    const nst_parse *p = s->x->parse;
    if (depth <= 0 || t == NST_ROOT) return false;
    if (p->upos[t] == NST_VERB || p->upos[t] == NST_ADJ || p->upos[t] == NST_AUX) return below_verb(s, t, depth);
    if (p->upos[t] == NST_PROPN || p->upos[t] == NST_PRON) return false;
    uint32_t c = clause(p, t);
    return phrases(s, t, leads_of(s), depth) || participles(s, t, depth) || (c != NST_ROOT && below(s, c, depth - 1));
}

/* ---- kinds of acts ----------------------------------------------------------------------- */

/* A request reaches who is to do what is asked. */
static bool asked(search *s, uint32_t t) {
    const nst_parse *p = s->x->parse;
    uint32_t o = nst_path_obj(p, t), c = nst_path_complement(p, o != NST_ROOT ? o : t, false);
    if (c != NST_ROOT && p->upos[c] == NST_VERB) {
        uint32_t subj = nst_path_passive(p, c) ? NST_ROOT : nst_parse_kid(p, c, NST_D_NSUBJ);
        if (subj != NST_ROOT && take(s, subj, MAX_DEPTH)) return true;
    }
    return o != NST_ROOT && as_act(s, o, true);
}

/* "X rejected a request by Y": what is refused, denied or heeded was said to its subject. */
static bool answered(search *s, uint32_t noun) {
    static const char *const verbs[] = {"reject", "refuse", "deny", "dismiss", "accept", "decline", "ignore",
        "rebuff", "spurn", "heed", "grant", "face", "receive", "approve", "consider", "resist", "defy"};
    const nst_parse *p = s->x->parse;
    uint32_t v = p->head[noun];
    if (v == NST_ROOT || p->upos[v] != NST_VERB || nst_path_obj(p, v) != noun) return false;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (nst_parse_lemma_is(p, v, verbs[i])) return take(s, nst_path_subj(p, v), MAX_DEPTH);
    return false;
}

/* "marched to protest against X", "took to the streets, demanding that X resign": also on the verb above. */
static bool purpose(search *s, uint32_t t) {
    const nst_parse *p = s->x->parse;
    uint32_t at[2] = {t, p->upos[t] == NST_NOUN ? p->head[t] : NST_ROOT};
    for (int i = 0; i < 2; i++)
        for (uint32_t k = at[i] == NST_ROOT ? 0 : p->kid_first[at[i]]; at[i] != NST_ROOT && k < p->kid_first[at[i] + 1]; k++) {
            uint32_t kid = p->kids[k];
            uint8_t d = p->deprel[kid];
            if (kid < t || p->upos[kid] != NST_VERB || (d != NST_D_ADVCL && d != NST_D_XCOMP && d != NST_D_ACL)) continue;
            if (as_act(s, kid, false)) return true;
        }
    return false;
}

static void reach(const nst_lexicon *l, const nst_entities *x, const nst_mention *m, nst_members *out) {
    search s = {.l = l, .x = x, .m = m, .out = out};
    out->n = 0;
    if (nst_path_passive(x->parse, m->trigger)) return;      /* the one it is done to is its subject */
    if (m->n_actors > 1 && !l->frames[m->frame].recipient.n) {       /* among themselves, */
        uint32_t c = m->type == NST_T_AGREE ? clause(x->parse, m->trigger) : NST_ROOT;
        if (c != NST_ROOT) as_act(&s, c, false);       /* unless what they agreed on is done to somebody */
        return;
    }
    bool said = m->type == NST_T_REQUEST || m->type == NST_T_AGREE || m->type == NST_T_ACCUSE ||
                m->type == NST_T_THREATEN;
    if (said && x->parse->upos[m->trigger] == NST_NOUN && answered(&s, m->trigger)) return;
    switch (m->type) {
    case NST_T_CONSULT: return;                        /* whoever takes part is an actor */
    case NST_T_REQUEST: asked(&s, m->trigger); return;
    case NST_T_PROTEST:                                /* what is shouted there is not whom it is against */
        if (!phrases(&s, m->trigger, leads_protest, MAX_DEPTH)) purpose(&s, m->trigger);
        return;
    default: below(&s, m->trigger, MAX_DEPTH); return;
    }
}

/* What the frame's own places hold, be it a thing of nobody known. */
static void frame_things(search *s, const nst_frame *f) {
    nst_members found = {.n = 0};
    if (!nst_slot_material(f->type)) return;
    nst_slot_things(s->x, s->m->trigger, f->type, &f->recipient, false, &found);
    for (uint32_t i = 0; i < found.n; i++)
        if (fits(s, &found.m[i], MAX_DEPTH)) nst_slot_add(s->x, found.m[i].actor, s->out);
}

/* "was killed in a Graustarkian air strike": whose strike it was. */
static void by_means(const nst_lexicon *l, const nst_entities *x, nst_mention *m, nst_arena *doc) {
    const nst_parse *p = x->parse;
    uint32_t in = p->upos[m->trigger] == NST_VERB ? nst_path_prep(p, m->trigger, NST_S("in")) : NST_ROOT;
    nst_members a = {.n = 0}, r = {.n = 0};
    if (m->type != NST_T_ASSAULT || m->n_actors || in == NST_ROOT || !nst_path_passive(p, m->trigger)) return;
    const nst_frame *f = nst_match_frame(l, x, in, &a, &r);
    if (!f || f->type != NST_T_ASSAULT || !a.n || !known(x, &a.m[0])) return;
    m->actors = NST_ARRAY(doc, nst_member, a.n);
    m->n_actors = a.n;
    memcpy(m->actors, a.m, sizeof *a.m * a.n);
}

/* ---- told again -------------------------------------------------------------------------- */

/* Does the noun point back: "the rebuke", "those strikes"? */
static bool points_back(const nst_parse *p, uint32_t noun) {
    static const char *const words[] = {"the", "this", "that", "these", "those"};
    uint32_t det = nst_parse_kid(p, noun, NST_D_DET);
    for (size_t i = 0; det != NST_ROOT && i < sizeof words / sizeof *words; i++)
        if (nst_parse_lemma_is(p, det, words[i])) return true;
    return false;
}

/* "Ruritania accused Graustark ... Ruritania delivered the rebuke": the last act of this type by the same
 * actor, a few sentences back, says whom the one told again reached. */
static void told_again(search *s, const nst_events *ev, uint32_t i) {
    const nst_mention *m = &ev->mentions[i];
    bool noun = s->x->parse->upos[m->trigger] == NST_NOUN;
    uint32_t what = noun ? m->trigger : nst_path_obj(s->x->parse, m->trigger);
    if (!m->n_actors || what == NST_ROOT || s->x->parse->upos[what] != NST_NOUN) return;
    nst_span w = nst_text_tokens(s->x->parse->text, what, what + 1);
    if (!points_back(s->x->parse, what) || m->trigger_span.end < w.end) return;    /* the act's own noun */
    for (uint32_t k = i; k-- > 0 && m->sent - ev->mentions[k].sent <= BACK;) {
        const nst_mention *y = &ev->mentions[k];
        if (y->type != m->type || !y->n_recipients || !y->n_actors || !own(s, y->actors[0].actor)) continue;
        for (uint32_t q = 0; q < y->n_recipients; q++) {
            s->out->m[q] = y->recipients[q];
            s->out->m[q].context = y->sent != m->sent || y->recipients[q].context;
        }
        s->out->n = y->n_recipients;
        return;
    }
}

/* ---- all of them ------------------------------------------------------------------------- */

void nst_reach_run(const nst_events_model *model, const nst_entities *x, nst_events *out, nst_arena *doc) {
    nst_members r;
    for (uint32_t i = 0; i < out->n_mentions; i++) {
        nst_mention *m = &out->mentions[i];
        by_means(nst_events_lexicon(model), x, m, doc);
        if (m->n_recipients) continue;
        reach(nst_events_lexicon(model), x, m, &r);
        search s = {.x = x, .m = m, .out = &r};
        if (!r.n && (m->type == NST_T_ACCUSE || m->type == NST_T_SANCTION || m->type == NST_T_ASSAULT)) told_again(&s, out, i);
        if (!r.n) frame_things(&s, &nst_events_lexicon(model)->frames[m->frame]);
        m->recipients = NST_ARRAY(doc, nst_member, r.n);
        m->n_recipients = r.n;
        memcpy(m->recipients, r.m, sizeof *r.m * r.n);
    }
}
