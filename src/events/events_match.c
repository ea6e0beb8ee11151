/* events_match.c - finds acts: frames of the lexicon laid over the tree.
 *
 * In: trees, entity mentions, lexicon. Out: candidates with type, modes, trigger, actors, recipients.
 *   expelled + frame expel.v (A=subj R=obj) -> SANCTION expel, [Graustark] -> [two envoys]
 * Idea: for each token whose lemma begins a frame, the frames whose conditions hold are ranked (user's
 * first, then by number of conditions, then by order) and the best one fires. Slots are filled through
 * events_path.c; a filler stands for all conjuncts of its noun phrase.
 * Invariants: (1) one mention a trigger; (2) the noun object of a light verb that fired does not fire
 * again; (3) a member is always an entity mention of the report.
 */
#include <stdlib.h>

#include "match.h"

/* ---- conditions -------------------------------------------------------------------------- */

/* Is a word in the sorted list of a condition? */
static bool listed(const nst_condition *c, nst_str word) {
    uint32_t lo = 0, hi = c->n_words;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        int cmp = nst_str_cmp(c->words[mid], word);
        if (cmp == 0) return true;
        if (cmp < 0) lo = mid + 1;
        else hi = mid;
    }
    return false;
}

/* Appends a lemma in lower case to a buffer of `cap` bytes; false if there is no room. */
static bool add_lower(char *low, uint32_t cap, uint32_t *n, nst_str lemma) {
    if (*n + lemma.n > cap) return false;
    for (uint32_t i = 0; i < lemma.n; i++)
        low[(*n)++] = lemma.p[i] >= 'A' && lemma.p[i] <= 'Z' ? (char)(lemma.p[i] + 32) : lemma.p[i];
    return true;
}

/* "troops" and "supplies", which treebanks leave as they are, without the ending of the plural. */
static uint32_t singular(char *low, uint32_t n) {
    if (n > 4 && !memcmp(low + n - 3, "ies", 3)) {
        low[n - 3] = 'y';
        return n - 2;
    }
    return n > 3 && low[n - 1] == 's' && low[n - 2] != 's' ? n - 1 : n;
}

/* Is the lemma of token t, or of the word before it and t ("air_strike"), in the sorted list? */
static bool in_words(const nst_parse *p, uint32_t t, const nst_condition *c) {
    char low[96];
    for (int two = 0; two < 2; two++) {
        uint32_t n = 0;
        if (two && (!t || p->text->sent_of[t - 1] != p->text->sent_of[t])) return false;
        if (two && !(add_lower(low, sizeof low, &n, p->lemma[t - 1]) &&
                     add_lower(low, sizeof low, &n, NST_S("_"))))
            return false;
        if (!add_lower(low, sizeof low, &n, p->lemma[t])) return false;
        if (listed(c, (nst_str){low, n})) return true;
        if (p->morph[t] & NST_M_PLUR && listed(c, (nst_str){low, singular(low, n)})) return true;
    }
    return false;
}

/* Is this a company, paper, school or somebody of theirs, and nothing of a state? */
static bool is_private(const nst_identity *is) {
    static const uint32_t private = NST_SECTOR(BUS) | NST_SECTOR(MED) | NST_SECTOR(JRN) | NST_SECTOR(EDU);
    return is->sectors & private && !(is->sectors & ~private);
}

/* Is the entity mention a state or has it one's code? */
static bool is_state(const nst_entities *x, uint32_t a) {
    return a != NST_ROOT && x->actors[a].n_is && x->actors[a].is[0].code[0] && !is_private(&x->actors[a].is[0]);
}

/* Is the entity mention of public life: a body with an id of its own, or somebody of government, courts,
 * forces, parties, rebels? */
static bool is_public(const nst_entities *x, uint32_t a) {
    static const uint32_t sectors = NST_SECTOR(COP) | NST_SECTOR(GOV) | NST_SECTOR(JUD) | NST_SECTOR(LEG) |
        NST_SECTOR(MIL) | NST_SECTOR(PRM) | NST_SECTOR(PTY) | NST_SECTOR(REB) |
        NST_SECTOR(UAF) | NST_SECTOR(OPP) | NST_SECTOR(PRE);
    if (a == NST_ROOT) return false;
    for (uint32_t i = 0; i < x->actors[a].n_is; i++) {
        const nst_identity *is = &x->actors[a].is[i];
        if (is_private(is)) continue;
        if (is->code[0] || (is->entity.n && !is->person.n) || is->sectors & sectors) return true;
    }
    return false;
}

/* Does a filler satisfy a test that stands among the words of a set? */
static bool is_also(const nst_entities *x, uint32_t a, uint16_t also) {
    if (a == NST_ROOT || !also) return false;
    if (also & 1u << NST_TEST_ACTOR) return true;
    if (also & 1u << NST_TEST_STATE && is_state(x, a)) return true;
    if (also & 1u << NST_TEST_PUBLIC && is_public(x, a)) return true;
    return also & 1u << NST_TEST_PERSON && x->actors[a].kind == NST_ACTOR_PERSON;
}

/* A noun in the plural; a verb whose subject is one, or is several. */
static bool is_plural(const nst_parse *p, uint32_t t) {
    if (p->upos[t] != NST_VERB) return (p->morph[t] & NST_M_PLUR) != 0;
    uint32_t s = nst_path_subj(p, t);
    return s != NST_ROOT &&
           ((p->morph[s] & NST_M_PLUR) || nst_parse_kid(p, s, NST_D_CONJ) != NST_ROOT);
}

/* A noun told for the first time: no "the", "this", "that", no possessor. */
static bool is_indef(const nst_parse *p, uint32_t t) {
    static const char *const words[] = {"the", "this", "that", "these", "those", "such"};
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kids[k];
        if (p->deprel[kid] == NST_D_NMOD_POSS) return false;
        if (nst_deprel_base(p->deprel[kid]) != NST_D_DET) continue;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (nst_parse_lemma_is(p, kid, words[i])) return false;
    }
    return true;
}

/* Does the phrase of a noun add who, whom, when, where or how many to its act ("Sunday's attack", "two
 * blasts near Zenda")? Phrases within it count as well, its relative clauses and appositions do not. */
static bool is_told(const nst_entities *x, uint32_t t, int depth) {
    const nst_parse *p = x->parse;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kids[k], a = x->actor_at[kid];
        uint8_t d = nst_deprel_base(p->deprel[kid]);
        if (d == NST_D_NUMMOD) return true;
        uint32_t by = d == NST_D_ACL && nst_parse_lemma_is(p, kid, "involve") ? nst_path_obj(p, kid) : NST_ROOT;
        if (by != NST_ROOT && x->actor_at[by] != NST_ROOT) return true;    /* "clashes involving students" */
        if (d != NST_D_NMOD && d != NST_D_COMPOUND && d != NST_D_AMOD && d != NST_D_OBL) continue;
        if (x->time_at[kid] != NST_ROOT || x->place_at[kid] != NST_ROOT) return true;
        if (a != NST_ROOT && nst_match_can_act(&x->actors[a])) return true;
        if (d == NST_D_NMOD && depth > 0 && is_told(x, kid, depth - 1)) return true;
    }
    return false;
}

/* Does a filler satisfy a condition? */
static bool filler_holds(const nst_entities *x, uint32_t f, const nst_condition *c) {
    const nst_parse *p = x->parse;
    uint32_t a = f == NST_ROOT ? NST_ROOT : nst_slot_actor(x, f, false);
    switch (c->test) {
    case NST_TEST_THERE: return f != NST_ROOT;
    case NST_TEST_NOT_THERE: return f == NST_ROOT;
    case NST_TEST_ACTOR: return a != NST_ROOT;
    case NST_TEST_NOT_ACTOR: return a == NST_ROOT;
    case NST_TEST_STATE: return is_state(x, a);
    case NST_TEST_PUBLIC: return is_public(x, a);
    case NST_TEST_PERSON: return a != NST_ROOT && x->actors[a].kind == NST_ACTOR_PERSON;
    case NST_TEST_IN: return f != NST_ROOT && (in_words(p, f, c) || is_also(x, a, c->also));
    case NST_TEST_NOT_IN: return f == NST_ROOT || !(in_words(p, f, c) || is_also(x, a, c->also));
    default: return false;
    }
}

/* Does the filler of a condition's source satisfy it? */
static bool holds(const nst_entities *x, uint32_t t, const nst_condition *c) {
    const nst_parse *p = x->parse;
    if (c->test == NST_TEST_PASSIVE) return nst_path_passive(p, t);
    if (c->test == NST_TEST_ACTIVE) return !nst_path_passive(p, t);
    if (c->test == NST_TEST_PLURAL) return is_plural(p, t);
    if (c->test == NST_TEST_INDEF) return is_indef(p, t);
    if (c->test == NST_TEST_TOLD) return is_told(x, t, 1);
    nst_slot_source other;
    uint32_t f = nst_path_source(x, t, &c->of);
    if (f == NST_ROOT && c->test != NST_TEST_NOT_THERE && nst_slot_reattached(p, t, &c->of, &other))
        f = nst_path_source(x, t, &other);
    bool ok = filler_holds(x, f, c);
    if (!ok && c->test == NST_TEST_IN && c->of.source == NST_SRC_OBJ && !c->of.via_obj &&
        nst_path_passive(p, t)) {                  /* "was granted [a reprieve]" */
        uint32_t second = nst_parse_kid(p, t, NST_D_OBJ);
        ok = second != NST_ROOT && filler_holds(x, second, c);
    }
    uint32_t of = ok || f == NST_ROOT ? NST_ROOT : nst_path_counted(p, f);
    return ok || (of != NST_ROOT && c->test != NST_TEST_NOT_IN && filler_holds(x, of, c));
}

/* Are the frame's other words there? Particles hang on the verb; parts of a compound precede. */
static bool rest_there(const nst_parse *p, const nst_frame *f, uint32_t t) {
    if (f->pos == 'n') {
        for (uint8_t i = 0; i < f->n_rest; i++) {
            uint32_t at = t - (f->n_rest - i);
            if (at >= t || p->text->sent_of[at] != p->text->sent_of[t]) return false;
            if (!nst_str_ieq(p->lemma[at], f->rest[i]) &&
                !nst_str_ieq(nst_text_token(p->text, at), f->rest[i]))
                return false;
        }
        return true;
    }
    uint32_t at = t, end = p->text->sents[p->text->sent_of[t]].end;
    for (uint8_t i = 0; i < f->n_rest; i++) {
        uint32_t limit = at + 5 < end ? at + 5 : end;
        for (at++; at < limit && !nst_str_ieq(p->lemma[at], f->rest[i]); at++) {}
        if (at >= limit) return false;
        bool particle = p->deprel[at] == NST_D_COMPOUND_PRT && p->head[at] == t;
        if (!particle && p->head[at] != t && at > t + 1 + i && f->n_rest == 1 && p->upos[at] == NST_ADP)
            return false;              /* a preposition of some later phrase */
    }
    return true;
}

/* Part of speech of the trigger as the lexicon writes it; 0 if it can be none. */
static char pos_of(const nst_parse *p, uint32_t t) {
    bool verbal = nst_str_starts(p->xpos[t], "VB");    /* the finer tag knows "Ruritania backs" */
    if (verbal && p->upos[t] == NST_NOUN) return 'v';
    bool names = p->deprel[t] == NST_D_COMPOUND && p->head[t] != NST_ROOT && p->head[t] > t;
    switch (p->upos[t]) {
    case NST_VERB: return p->deprel[t] == NST_D_AMOD ? 0 : 'v';
    case NST_AUX:                                      /* "won", read as if it were "was" */
        return verbal && p->deprel[t] != NST_D_AUX && p->deprel[t] != NST_D_AUX_PASS && p->deprel[t] != NST_D_COP &&
               !nst_parse_lemma_is(p, t, "be") ? 'v' : 0;
    case NST_NOUN: case NST_PROPN: return names ? 0 : 'n';  /* "war crimes tribunal" is no war crime */
    case NST_ADJ: return 'a';
    default: return 0;
    }
}

const nst_frame *nst_match_frame(const nst_lexicon *l, const nst_entities *x, uint32_t t,
                                 nst_members *actor, nst_members *recipient) {
    char pos = pos_of(x->parse, t);
    uint32_t n = 0;
    if (!pos) return NULL;
    const nst_frame *f = nst_lexicon_get(l, x->parse->lemma[t], &n), *best = NULL;
    int best_rank = -1;
    nst_members a, r;
    for (uint32_t i = 0; i < n; i++) {
        int rank = f[i].n_conditions * 2 + f[i].n_rest * 3 + (f[i].user ? 100 : 0) +
                   (f[i].type == NST_T_NONE && f[i].n_conditions ? 3 : 0);
        if (f[i].pos != pos || rank * 4 + 3 <= best_rank || !rest_there(x->parse, &f[i], t)) continue;
        bool ok = true;
        for (uint8_t k = 0; ok && k < f[i].n_conditions; k++) ok = holds(x, t, &f[i].conditions[k]);
        if (!ok || !nst_slot_fill(x, t, &f[i].actor, &a) || !nst_slot_fill(x, t, &f[i].recipient, &r)) continue;
        rank = rank * 4 + (a.n ? 2 : 0) + (r.n ? 1 : 0);     /* of equals the one that knows more */
        if (rank <= best_rank) continue;
        best = &f[i];
        best_rank = rank;
        *actor = a;
        *recipient = r;
    }
    return best && best->type != NST_T_NONE ? best : NULL;
}

/* ---- candidates -------------------------------------------------------------------------- */

/* Takes members out of `from` that are also in `out_of`. */
static void subtract(const nst_entities *x, nst_members *from, const nst_members *out_of) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < from->n; i++) {
        bool twice = false;
        for (uint32_t k = 0; k < out_of->n; k++)
            twice |= from->m[i].actor == out_of->m[k].actor ||
                     x->actors[from->m[i].actor].chain == x->actors[out_of->m[k].actor].chain;
        if (!twice) from->m[n++] = from->m[i];
    }
    from->n = n;
}

/* Takes recipients out that are the actor's own: things, and "its troops", which he gives, moves or takes
 * back. */
static void disown(const nst_entities *x, int type, const nst_members *actors, nst_members *from) {
    bool means = type == NST_T_AGREE || type == NST_T_RETREAT || type == NST_T_AID || type == NST_T_MOBILIZE ||
                 type == NST_T_REJECT || type == NST_T_THREATEN || type == NST_T_COOPERATE;
    uint32_t n = 0;
    for (uint32_t i = 0; i < from->n; i++) {
        uint32_t poss = nst_path_poss(x->parse, x->actors[from->m[i].actor].head);
        uint32_t owner = poss == NST_ROOT || x->parse->upos[poss] != NST_PRON ? NST_ROOT : x->actor_at[poss];
        bool his = false;
        for (uint32_t k = 0; k < actors->n && owner != NST_ROOT; k++)
            his |= x->actors[owner].chain == x->actors[actors->m[k].actor].chain;
        uint32_t id = from->m[i].identity;
        bool armed = id != NST_ROOT && x->actors[from->m[i].actor].is[id].sectors &
                     (NST_SECTOR(MIL) | NST_SECTOR(COP) | NST_SECTOR(SPY) | NST_SECTOR(REB));
        bool thing = x->actors[from->m[i].actor].kind == NST_ACTOR_THING;
        if (!his || !(thing || (means && armed))) from->m[n++] = from->m[i];
    }
    from->n = n;
}

/* The members as an array of the document. */
static nst_member *keep(nst_arena *doc, const nst_members *m) {
    nst_member *out = NST_ARRAY(doc, nst_member, m->n);
    memcpy(out, m->m, sizeof *out * m->n);
    return out;
}

/* Does the frame take its recipient or a condition from the object noun (a light verb)? */
static bool is_light(const nst_frame *f) {
    for (uint8_t i = 0; i < f->recipient.n; i++)
        if (f->recipient.from[i].via_obj) return true;
    for (uint8_t i = 0; i < f->n_conditions; i++)
        if (f->conditions[i].test == NST_TEST_IN && f->conditions[i].of.source == NST_SRC_OBJ &&
            !f->conditions[i].of.via_obj)
            return true;
    return false;
}

/* Verbs that take the act of their object away, begin it or put a name under it: one act with it. */
static bool handles_act(const nst_parse *p, uint32_t v) {
    static const char *const verbs[] = {"sign", "ratify", "announce", "lift", "ease", "halt", "suspend",
        "cancel", "call", "end", "stop", "break", "violate", "postpone", "skip", "drop", "launch", "open",
        "scrap", "abandon", "extend", "renew", "resume", "delay", "freeze", "cut", "sever", "withdraw",
        "file", "issue", "make", "hold", "stage", "conduct", "carry", "mount", "deliver", "impose",
        "initial", "ink", "conclude", "reach", "strike", "seal", "finalize", "order", "boycott", "quit",
        "express", "voice", "level", "draw", "face", "lodge", "reiterate", "give", "offer", "show", "raise",
        "bring", "press", "get", "receive", "turn", "make", "send", "have", "take", "initiate", "begin", "win",
        "earn"};
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (nst_parse_lemma_is(p, v, verbs[k])) return true;
    return false;
}

/* Is the object noun part of the verb's own act ("hold talks", "lift sanctions"), or an act of its own
 * that the verb is about ("condemned the attack", "rejected a request")? */
static bool one_act(const nst_lexicon *l, const nst_parse *p, const nst_frame *verb, uint32_t t,
                    uint32_t noun) {
    uint32_t n = 0;
    const nst_frame *f = nst_lexicon_get(l, p->lemma[noun], &n);
    bool names = false;
    for (uint32_t i = 0; i < n; i++) names |= f[i].pos == 'n' && f[i].type != NST_T_NONE;
    if (!names) return false;
    bool about = verb->type == NST_T_REJECT || verb->type == NST_T_ACCUSE ||
                 verb->type == NST_T_SUPPORT || verb->type == NST_T_REQUEST || verb->type == NST_T_PROTEST;
    return !about || handles_act(p, t);
}

/* "expel.v A=Graustark R=envoys" */
static nst_str reason(const nst_entities *x, const nst_frame *f, nst_arena *doc) {
    (void)x;
    return nst_arena_printf(doc, "%.*s.%c%s", (int)f->lemma.n, f->lemma.p, f->pos,
                            f->user ? " (user)" : "");
}

/* The bytes of a trigger: the head, its particle, or up to the object noun of a light verb. */
static nst_span trigger_span(const nst_parse *p, const nst_frame *f, uint32_t t, uint32_t light_obj) {
    uint32_t first = t, end = t + 1;
    if (f->pos == 'n' && f->n_rest) first = t - f->n_rest;
    if (f->pos == 'v' && f->n_rest == 1 && t + 1 < p->text->n_tokens &&
        nst_str_ieq(p->lemma[t + 1], f->rest[0]))
        end = t + 2;
    if (light_obj != NST_ROOT && light_obj > t && light_obj - t <= 4) end = light_obj + 1;
    return nst_text_tokens(p->text, first, end);
}

/* The place that modifies an act's noun: "the Zenda attack", "a Strelsau court hearing". */
static uint32_t scene(const nst_entities *x, uint32_t t) {
    const nst_parse *p = x->parse;
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++) {
        uint32_t kid = p->kids[k];
        uint8_t d = p->deprel[kid];
        if (kid < t && (d == NST_D_COMPOUND || d == NST_D_NMOD || d == NST_D_NMOD_DESC) &&
            nst_path_scene(x, kid))
            return x->place_at[kid];
    }
    return NST_ROOT;
}

/* Does the clause of a conviction send to prison? */
static bool to_prison(const nst_parse *p, uint32_t t) {
    static const char *const words[] = {"prison", "jail", "imprisonment", "bars", "life", "penitentiary"};
    uint32_t end = p->text->sents[p->text->sent_of[t]].end, stop = t + 14 < end ? t + 14 : end;
    for (uint32_t i = t; i < stop; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (nst_str_ieq(nst_text_token(p->text, i), nst_str_c(words[k]))) return true;
    return nst_parse_lemma_is(p, t, "jail") || nst_parse_lemma_is(p, t, "imprison");
}

/* The second mention of a conviction to prison: COERCE arrest on the same trigger (codebook). */
static bool second_of(const nst_parse *p, const nst_mention *m, nst_mention *twin) {
    static const nst_str convict = {"convict", 7}, arrest = {"arrest", 6};
    if (m->type != NST_T_SANCTION || !(m->modes >> nst_mode_of(convict) & 1)) return false;
    if (!to_prison(p, m->trigger)) return false;
    *twin = *m;
    twin->type = NST_T_COERCE;
    twin->modes = 1ull << nst_mode_of(arrest);
    return true;
}

/* Who says the words at token t, by the narrowest attribution around it; NST_ROOT if nobody named. */
static uint32_t speaker_at(const nst_text *t, const nst_events *ev, uint32_t i) {
    nst_span s = nst_text_tokens(t, i, i + 1);
    uint32_t best = NST_ROOT, width = UINT32_MAX;
    for (uint32_t k = 0; k < ev->n_attributions; k++) {
        const nst_attribution *a = &ev->attributions[k];
        for (uint32_t c = 0; a->source != NST_ROOT && c < a->n_content; c++) {
            nst_span w = a->content[c];
            if (w.field != s.field || w.start > s.start || w.end < s.end || w.end - w.start >= width) continue;
            width = w.end - w.start;
            best = a->source;
        }
    }
    return best;
}

/* "Should be shaking", "should have known", "must get": what is thought to be so, or goes to somebody. */
static bool no_demand(const nst_parse *p, uint32_t v) {
    static const char *const verbs[] = {"receive", "get", "know", "expect", "watch", "see", "read", "note",
        "feel", "remain", "win", "lose", "benefit", "suffer", "come", "happen", "become", "like", "enjoy"};
    for (uint32_t k = p->kid_first[v]; k < p->kid_first[v + 1]; k++)
        if (nst_deprel_base(p->deprel[p->kids[k]]) == NST_D_AUX &&
            (nst_parse_lemma_is(p, p->kids[k], "be") || nst_parse_lemma_is(p, p->kids[k], "have")))
            return true;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (nst_parse_lemma_is(p, v, verbs[i])) return true;
    return false;
}

/* "X must leave", said by somebody known, of somebody known: a REQUEST with "must" as its trigger. */
static bool demand(const nst_events_model *m, const nst_entities *x, uint32_t t, const nst_events *ev,
                   nst_arena *doc, nst_mention *out) {
    const nst_parse *p = x->parse;
    uint32_t n = 0, v = p->head[t];
    nst_members a = {.n = 0}, r = {.n = 0};
    if (!nst_parse_lemma_is(p, t, "must") && !nst_parse_lemma_is(p, t, "should")) return false;
    if (v == NST_ROOT || p->upos[v] != NST_VERB || nst_path_passive(p, v)) return false;
    if (nst_deprel_base(p->deprel[v]) == NST_D_ADVCL || p->deprel[v] == NST_D_ACL_RELCL) return false;
    if (no_demand(p, v)) return false;
    uint32_t who = speaker_at(p->text, ev, t), to = nst_parse_kid(p, v, NST_D_NSUBJ);
    const nst_frame *f = nst_lexicon_get(nst_events_lexicon(m), NST_S("urge"), &n);
    if (who == NST_ROOT || to == NST_ROOT || !n || !nst_match_can_act(&x->actors[who])) return false;
    uint32_t whom = nst_slot_actor(x, to, false);
    if (whom == NST_ROOT || !x->actors[whom].n_is || x->actors[whom].chain == x->actors[who].chain)
        return false;
    nst_slot_add(x, who, &a);
    nst_slot_phrase(x, to, false, &r);
    *out = (nst_mention){.sent = p->text->sent_of[t], .trigger = t, .type = NST_T_REQUEST,
        .trigger_span = nst_text_tokens(p->text, t, t + 1), .modes = 1ull << nst_mode_of(NST_S("change")),
        .actors = keep(doc, &a), .n_actors = a.n, .recipients = keep(doc, &r), .n_recipients = r.n,
        .time = NST_ROOT, .place = NST_ROOT, .kept = true, .why = NST_S("must: said of whom it binds"),
        .frame = (uint32_t)(f - nst_events_lexicon(m)->frames)};
    return true;
}

/* "The vote is shameful, the envoy said": whoever says so is who condemns it. False if nobody does, or if the
 * adjective is no predicate. */
static bool judged_by(const nst_entities *x, uint32_t t, const nst_events *ev, nst_members *a) {
    uint32_t who = speaker_at(x->parse->text, ev, t);
    if (who == NST_ROOT || !nst_match_can_act(&x->actors[who])) return false;
    if (nst_parse_kid(x->parse, t, NST_D_COP) == NST_ROOT) return false;
    nst_slot_add(x, who, a);
    return true;
}

void nst_match_run(const nst_events_model *m, const nst_entities *x, nst_arena *doc, nst_arena *scratch,
                   nst_events *out) {
    const nst_lexicon *l = nst_events_lexicon(m);
    const nst_parse *p = x->parse;
    uint32_t cap = 0;
    bool *used = NST_ARRAY(scratch, bool, p->text->n_tokens);
    for (uint32_t s = 0; s < p->text->n_sents; s++) {
        if (!nst_text_coded(p->text, s)) continue;
        for (uint32_t t = p->text->sents[s].first; t < p->text->sents[s].end; t++) {
            nst_members a = {.n = 0}, r = {.n = 0};
            if (used[t]) continue;
            if (p->upos[t] == NST_AUX) {
                nst_mention must;
                if (demand(m, x, t, out, doc, &must)) *NST_PUSH(doc, out->mentions, out->n_mentions, cap) = must;
                if (!pos_of(p, t)) continue;
            }
            const nst_frame *f = nst_match_frame(l, x, t, &a, &r);
            if (!f) continue;
            uint32_t obj = f->pos == 'v' && is_light(f) ? nst_path_obj(p, t) : NST_ROOT;
            if (obj != NST_ROOT && !one_act(l, p, f, t, obj)) obj = NST_ROOT;
            if (obj != NST_ROOT) used[obj] = true;
            if (f->pos == 'a' && !f->actor.n && !judged_by(x, t, out, &a) && !f->recipient.required) continue;
            if (!r.n && nst_slot_material(f->type)) nst_slot_things(x, t, f->type, &f->recipient, true, &r);
            subtract(x, &r, &a);
            disown(x, f->type, &a, &r);
            *NST_PUSH(doc, out->mentions, out->n_mentions, cap) = (nst_mention){
                .sent = s, .trigger = t, .trigger_span = trigger_span(p, f, t, obj), .type = f->type,
                .modes = f->modes, .contexts = f->contexts, .actors = keep(doc, &a), .n_actors = a.n,
                .recipients = keep(doc, &r), .n_recipients = r.n, .time = NST_ROOT,
                .place = f->pos == 'n' ? scene(x, t) : NST_ROOT,
                .frame = (uint32_t)(f - l->frames),
                .why = reason(x, f, doc), .kept = true};
            nst_mention twin;
            if (second_of(p, &out->mentions[out->n_mentions - 1], &twin))
                *NST_PUSH(doc, out->mentions, out->n_mentions, cap) = twin;
        }
    }
    /* A light verb's object that stands before it ("sanctions were imposed") has fired already. */
    uint32_t n = 0;
    for (uint32_t i = 0; i < out->n_mentions; i++)
        if (!used[out->mentions[i].trigger]) out->mentions[n++] = out->mentions[i];
    out->n_mentions = n;
}
