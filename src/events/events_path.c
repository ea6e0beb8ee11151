/* events_path.c - logical arguments on a Universal Dependencies tree.
 *
 * In: a tree and a predicate. Out: its logical subject, object, prepositional dependents.
 *   "two envoys expelled by Graustark": subj(expelled) = Graustark, obj(expelled) = envoys
 * Idea: look for the overt dependent, then undo what syntax hid: the passive, relative and participial
 * clauses that hang on their own argument, control and raising, shared arguments of coordination.
 * Invariants: (1) at most MAX_STEPS steps up the tree; (2) never an expletive or a relative pronoun
 * whose antecedent is known. Reference: de Marneffe et al. 2021, "Universal Dependencies".
 */
#include "path.h"

#define MAX_STEPS 6

/* ---- small views ------------------------------------------------------------------------- */

/* Penn or UD says: a present participle or gerund. */
static bool is_ing(const nst_parse *p, uint32_t i) { return nst_str_is(p->xpos[i], "VBG"); }
static bool is_past_participle(const nst_parse *p, uint32_t i) { return nst_str_is(p->xpos[i], "VBN"); }

/* A relative pronoun or "that" standing for the noun the clause hangs on. */
static bool is_relative(const nst_parse *p, uint32_t i) {
    if (nst_parse_lemma_is(p, i, "which") || nst_parse_lemma_is(p, i, "who") ||
        nst_parse_lemma_is(p, i, "whom"))
        return true;
    return nst_parse_lemma_is(p, i, "that") && p->upos[i] == NST_PRON;
}

/* The noun a relative clause hangs on, if this clause is one. */
static uint32_t relative_head(const nst_parse *p, uint32_t verb) {
    uint8_t d = p->deprel[verb];
    return d == NST_D_ACL_RELCL ? p->head[verb] : NST_ROOT;
}

/* A past form read as a participle that its noun can not be the object of: "Ruritania accused
 * Graustark of spying" parsed as a noun with a modifier. The noun is the subject then. */
static bool headless(const nst_parse *p, uint32_t v) {
    return p->deprel[v] == NST_D_ACL && nst_parse_kid(p, v, NST_D_OBJ) != NST_ROOT &&
           nst_parse_kid(p, v, NST_D_OBL_AGENT) == NST_ROOT &&
           nst_path_prep(p, v, NST_S("by")) == NST_ROOT;
}

bool nst_path_passive(const nst_parse *p, uint32_t v) {
    if (nst_parse_kid(p, v, NST_D_NSUBJ_PASS) != NST_ROOT) return true;
    if (nst_parse_kid(p, v, NST_D_AUX_PASS) != NST_ROOT) return true;
    if (!is_past_participle(p, v) || headless(p, v)) return false;
    if (p->deprel[v] == NST_D_ACL || p->deprel[v] == NST_D_AMOD) return true;
    if (nst_parse_kid(p, v, NST_D_OBL_AGENT) != NST_ROOT) return true;
    if (p->deprel[v] == NST_D_CONJ && p->head[v] != NST_ROOT &&
        nst_parse_kid(p, v, NST_D_NSUBJ) == NST_ROOT && nst_parse_kid(p, v, NST_D_AUX) == NST_ROOT &&
        is_past_participle(p, p->head[v]))
        return nst_path_passive(p, p->head[v]);
    return false;
}

/* Replaces a relative pronoun by the noun it stands for. */
static uint32_t unrelative(const nst_parse *p, uint32_t verb, uint32_t i) {
    if (i == NST_ROOT || !is_relative(p, i)) return i;
    uint32_t noun = NST_ROOT, v = verb;
    for (int k = 0; k < MAX_STEPS && v != NST_ROOT && noun == NST_ROOT; k++) {
        noun = relative_head(p, v);
        v = p->deprel[v] == NST_D_CONJ || p->deprel[v] == NST_D_XCOMP || p->deprel[v] == NST_D_CCOMP
            ? p->head[v] : NST_ROOT;
    }
    return noun != NST_ROOT ? noun : i;
}

/* ---- prepositions ------------------------------------------------------------------------ */

uint32_t nst_path_prep(const nst_parse *p, uint32_t i, nst_str prep) {
    for (uint32_t k = p->kid_first[i]; k < p->kid_first[i + 1]; k++) {
        uint32_t kid = p->kids[k];
        uint8_t d = nst_deprel_base(p->deprel[kid]);
        if (d != NST_D_OBL && d != NST_D_NMOD && d != NST_D_ADVCL && d != NST_D_ACL) continue;
        uint32_t c = nst_parse_case(p, kid);
        if (c == NST_ROOT && (d == NST_D_ADVCL || d == NST_D_ACL)) c = nst_parse_kid(p, kid, NST_D_MARK);
        if (c == NST_ROOT || !nst_str_ieq(p->lemma[c], prep)) continue;
        if (d == NST_D_ADVCL && nst_str_is(prep, "with") && nst_parse_kid(p, kid, NST_D_NSUBJ) != NST_ROOT)
            continue;                              /* ", with companies lashing out": a clause by itself */
        uint32_t s = p->upos[kid] == NST_VERB ? nst_parse_kid(p, kid, NST_D_NSUBJ) : NST_ROOT;
        return s != NST_ROOT && s > c ? s : kid;   /* "against [X seeking damages]": X is meant */
    }
    return NST_ROOT;
}

/* Verbs that say no more than that the act of their subject takes place or goes on. */
static bool happens(const nst_parse *p, uint32_t v) {
    static const char *const verbs[] = {"erupt", "break", "take", "happen", "occur", "begin", "start",
        "continue", "resume", "rage", "flare", "go", "be", "spread", "escalate", "unfold", "end", "open",
        "follow", "come", "last", "intensify", "swell", "subside", "sweep"};
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (nst_parse_lemma_is(p, v, verbs[k])) return true;
    return false;
}

/* The same for the prepositions of a noun that the parser may have hung elsewhere: on its "of"
 * complement ("the visit of X to Y"), or on the verb that the noun is the object of. */
static uint32_t noun_prep(const nst_parse *p, uint32_t noun, nst_str prep) {
    uint32_t i = nst_path_prep(p, noun, prep), h = p->head[noun];
    if (i != NST_ROOT || p->upos[noun] == NST_VERB) return i;
    uint32_t of = nst_path_prep(p, noun, NST_S("of"));
    if (of == NST_ROOT && !nst_str_is(prep, "of")) of = nst_path_prep(p, noun, NST_S("for"));
    if (of != NST_ROOT) i = nst_path_prep(p, of, prep);
    if (i != NST_ROOT) return i;
    if (nst_str_is(prep, "by") || nst_str_is(prep, "of") || nst_str_is(prep, "from")) return NST_ROOT;
    if (h == NST_ROOT || p->upos[h] != NST_VERB) return NST_ROOT;
    bool subject = p->deprel[noun] == NST_D_NSUBJ && happens(p, h) && !nst_str_is(prep, "on");
    if (p->deprel[noun] != NST_D_OBJ && p->deprel[noun] != NST_D_NSUBJ_PASS && !subject) return NST_ROOT;
    i = nst_path_prep(p, h, prep);
    return i != NST_ROOT && i > noun ? i : NST_ROOT;
}

uint32_t nst_path_counted(const nst_parse *p, uint32_t i) {
    static const char *const amounts[] = {"dozen", "hundred", "thousand", "million", "score", "number",
        "some", "all", "many", "most", "several", "group", "pair", "handful", "majority", "series",
        "batch", "lot", "half", "part", "both", "any", "each", "more", "tens", "one", "none", "billion",
        "crowd", "rest", "total", "third", "wave", "round", "string"};
    bool amount = p->upos[i] == NST_NUM;
    for (size_t k = 0; k < sizeof amounts / sizeof *amounts && !amount; k++)
        amount = nst_parse_lemma_is(p, i, amounts[k]);
    return amount ? nst_path_prep(p, i, NST_S("of")) : NST_ROOT;
}

/* ---- subject and object ------------------------------------------------------------------ */

/* Verbs whose infinitive's subject is their own subject even with an object ("promise"). */
static bool subject_control(const nst_parse *p, uint32_t v) {
    return nst_parse_lemma_is(p, v, "promise") || nst_parse_lemma_is(p, v, "threaten") ||
           nst_parse_lemma_is(p, v, "vow");
}

/* Verbs whose object is to do what the infinitive says ("urge", "force"). */
static bool object_control(const nst_parse *p, uint32_t v) {
    static const char *const verbs[] = {"urge", "ask", "call", "order", "force", "press", "tell", "warn",
        "advise", "persuade", "encourage", "allow", "invite", "require", "beg", "implore", "pressure",
        "push", "appeal", "compel", "instruct", "command", "permit", "enable", "help", "lobby", "remind",
        "exhort", "oblige", "authorize", "want", "expect", "request", "challenge", "entreat"};
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (nst_parse_lemma_is(p, v, verbs[k])) return true;
    return false;
}

/* Verbs whose object did what "of", "for", "with" or "from" brings ("accuse", "blame", "thank"). */
static bool holds_to_account(const nst_parse *p, uint32_t v) {
    static const char *const verbs[] = {"accuse", "charge", "convict", "suspect", "blame", "criticize",
        "criticise", "condemn", "denounce", "thank", "praise", "sanction", "punish", "arrest", "detain",
        "jail", "fine", "expel", "indict", "sue", "acquit", "clear", "sentence", "slam", "blast", "fault",
        "rebuke", "hail", "commend", "prevent", "stop", "keep", "ban", "bar", "discourage", "dissuade",
        "imprison", "chide", "attack", "lambast", "applaud", "admonish", "fire", "prosecute", "berate",
        "castigate", "chastise", "reprimand", "upbraid", "forgive", "pardon", "excoriate", "deter"};
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (nst_parse_lemma_is(p, v, verbs[k])) return true;
    return false;
}

/* Does i hang on its verb by one of the prepositions that bring what somebody is accused of? */
static bool as_charge(const nst_parse *p, uint32_t i) {
    uint32_t c = nst_parse_case(p, i);
    if (c == NST_ROOT) c = nst_parse_kid(p, i, NST_D_MARK);
    return c != NST_ROOT && (nst_parse_lemma_is(p, c, "of") || nst_parse_lemma_is(p, c, "for") ||
                             nst_parse_lemma_is(p, c, "with") || nst_parse_lemma_is(p, c, "from"));
}

uint32_t nst_path_blamed(const nst_parse *p, uint32_t i) {
    uint32_t h = p->head[i];
    for (int k = 0; k < 2 && h != NST_ROOT; k++) {     /* on the verb, or on its object by mistake */
        if (p->upos[h] == NST_VERB && (k || as_charge(p, i)) && holds_to_account(p, h)) {
            uint32_t o = nst_path_obj(p, h);
            return o != i ? o : NST_ROOT;
        }
        if (p->deprel[h] != NST_D_OBJ || !as_charge(p, i)) break;
        h = p->head[h];
    }
    return NST_ROOT;
}

/* Whose act a noun is as the object of a verb that only carries it: "plans a visit", "began talks". */
static uint32_t carried(const nst_parse *p, uint32_t noun) {
    static const char *const verbs[] = {"plan", "begin", "start", "launch", "make", "pay", "conduct",
        "carry", "stage", "hold", "continue", "resume", "mount", "issue", "deliver", "voice", "wage",
        "perform", "commit", "attempt", "repeat", "renew", "complete", "schedule", "prepare", "express",
        "intensify", "step", "undertake", "open", "lead", "announce", "offer", "end", "extend", "suspend"};
    uint32_t h = p->head[noun];
    if (h == NST_ROOT || p->upos[h] != NST_VERB) return NST_ROOT;
    if (p->deprel[noun] != NST_D_OBJ && p->deprel[noun] != NST_D_NSUBJ_PASS) return NST_ROOT;
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (nst_parse_lemma_is(p, h, verbs[k])) return nst_path_subj(p, h);
    return NST_ROOT;
}

/* The subject that an infinitive or gerund complement gets from the verb above. */
static uint32_t controller(const nst_parse *p, uint32_t v) {
    uint32_t h = p->head[v];
    if (!subject_control(p, h)) {
        uint32_t o = nst_parse_kid(p, h, NST_D_IOBJ);
        if (o == NST_ROOT) o = nst_path_obj(p, h);
        if (o == NST_ROOT) o = nst_path_prep(p, h, NST_S("on"));   /* "called on X to leave" */
        if (o != NST_ROOT && o != v) return o;
    }
    return NST_ROOT;
}

/* Subject of an infinitive that hangs on a noun: "a plan by X to attack", "X's decision to leave". */
static uint32_t noun_controller(const nst_parse *p, uint32_t noun) {
    uint32_t s = nst_parse_kid(p, noun, NST_D_NMOD_POSS);
    if (s == NST_ROOT) s = nst_path_prep(p, noun, NST_S("by"));
    if (s != NST_ROOT) return s;
    uint32_t v = p->head[noun];
    if (v != NST_ROOT && p->deprel[noun] == NST_D_OBJ) return nst_parse_kid(p, v, NST_D_NSUBJ);
    return NST_ROOT;
}

/* The overt subject of a passive verb's agent. */
static uint32_t agent(const nst_parse *p, uint32_t v) {
    uint32_t by = nst_parse_kid(p, v, NST_D_OBL_AGENT);
    return by != NST_ROOT ? by : nst_path_prep(p, v, NST_S("by"));
}

/* A noun for words that somebody utters. */
static bool is_document(const nst_parse *p, uint32_t noun) {
    static const char *const words[] = {"statement", "letter", "resolution", "speech", "tweet", "message", "declaration",
        "note", "post", "report", "communique", "remark", "comment", "petition"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (nst_parse_lemma_is(p, noun, words[i])) return true;
    return false;
}

/* Subject inherited from the structure above a verb that has none of its own. */
static uint32_t inherited(const nst_parse *p, uint32_t v, int steps) {
    uint32_t h = p->head[v];
    if (h == NST_ROOT || steps <= 0) return NST_ROOT;
    switch (p->deprel[v]) {
    case NST_D_CONJ:
        if (p->upos[h] != NST_VERB && p->upos[h] != NST_AUX && p->upos[h] != NST_ADJ &&
            p->upos[h] != NST_NOUN)
            return NST_ROOT;
        if (nst_path_passive(p, h)) return nst_path_obj(p, h);
        break;
    case NST_D_XCOMP: {
        uint32_t c = controller(p, v);
        if (c != NST_ROOT) return c;
        if (nst_path_passive(p, h)) return nst_path_obj(p, h);
        break;
    }
    case NST_D_ADVCL: case NST_D_OBL: {
        uint32_t o = nst_path_blamed(p, v), to = nst_parse_kid(p, v, NST_D_MARK);
        if (o != NST_ROOT) return o;
        if (p->upos[h] != NST_VERB) break;
        if (to != NST_ROOT && nst_str_is(p->xpos[to], "TO") && object_control(p, h)) {
            o = controller(p, v);              /* "urged X to leave", the infinitive as a purpose */
            if (o != NST_ROOT) return o;
        }
        if (nst_path_passive(p, h)) return nst_path_obj(p, h);
        break;
    }
    case NST_D_ACL: {
        uint32_t o = nst_path_blamed(p, v), to = nst_parse_kid(p, v, NST_D_MARK), up = p->head[h];
        if (o != NST_ROOT) return o;
        if (to != NST_ROOT && nst_str_is(p->xpos[to], "TO") && p->deprel[h] == NST_D_OBJ &&
            object_control(p, up))
            return h;                          /* "urged [X to leave]" */
        /* "X issued [a statement condemning]": its author; "a statement saying" is the saying's own cue. */
        if (is_ing(p, v) && is_document(p, h) && !nst_parse_lemma_is(p, v, "say")) {
            uint32_t author = noun_controller(p, h);
            if (author != NST_ROOT) return author;
        }
        if (is_ing(p, v) || (is_past_participle(p, v) && headless(p, v))) return h;
        return noun_controller(p, h);
    }
    case NST_D_PARATAXIS: {                        /* "Palace outlines plan, warns of unrest" */
        bool comma = v > h + 1 && nst_str_is(nst_text_token(p->text, v - 1), ",");
        bool finite = nst_str_is(p->xpos[v], "VBZ") || nst_str_is(p->xpos[v], "VBD");
        if (!comma || !finite || p->upos[h] != NST_VERB) return NST_ROOT;
        break;
    }
    case NST_D_ACL_RELCL:
        return NST_ROOT;
    default:
        return NST_ROOT;
    }
    uint32_t s = nst_parse_kid(p, h, NST_D_NSUBJ);
    if (s != NST_ROOT) return unrelative(p, h, s);
    s = nst_parse_kid(p, h, NST_D_NSUBJ_PASS);
    if (s != NST_ROOT) return unrelative(p, h, s);
    if (p->deprel[h] == NST_D_ACL_RELCL && nst_parse_kid(p, h, NST_D_NSUBJ) == NST_ROOT) return p->head[h];
    return inherited(p, h, steps - 1);
}

uint32_t nst_path_subj(const nst_parse *p, uint32_t v) {
    if (nst_path_passive(p, v)) {
        uint32_t by = agent(p, v), h = p->deprel[v] == NST_D_CONJ ? p->head[v] : v;
        if (by == NST_ROOT && h != v && nst_path_passive(p, h)) by = agent(p, h);
        for (uint32_t k = p->kid_first[h]; by == NST_ROOT && k < p->kid_first[h + 1]; k++) {
            uint32_t c = p->kids[k];               /* "was seized, held and burnt by X", "by" on any */
            if (p->deprel[c] == NST_D_CONJ && c > v && nst_parse_kid(p, c, NST_D_NSUBJ_PASS) == NST_ROOT &&
                is_past_participle(p, c))
                by = agent(p, c);
        }
        return by;
    }
    uint32_t s = nst_parse_kid(p, v, NST_D_NSUBJ);
    if (s != NST_ROOT) return unrelative(p, v, s);
    if (p->deprel[v] == NST_D_ACL_RELCL && nst_parse_kid(p, v, NST_D_OBJ) != NST_ROOT) return p->head[v];
    return inherited(p, v, MAX_STEPS);
}

uint32_t nst_path_obj(const nst_parse *p, uint32_t v) {
    uint32_t o = nst_parse_kid(p, v, NST_D_NSUBJ_PASS);
    if (o == NST_ROOT) o = nst_parse_kid(p, v, NST_D_OBJ);
    for (uint32_t k = p->kid_first[v]; o != NST_ROOT && o < v && k < p->kid_first[v + 1]; k++)
        if (p->kids[k] > v && p->deprel[p->kids[k]] == NST_D_OBJ) o = p->kids[k];    /* two: the one behind */
    if (o == NST_ROOT) o = nst_parse_kid(p, v, NST_D_IOBJ);    /* "told [governors] to sign" */
    if (o != NST_ROOT) return unrelative(p, v, o);
    uint32_t h = p->head[v];
    if (h == NST_ROOT) return NST_ROOT;
    if ((p->deprel[v] == NST_D_ACL || p->deprel[v] == NST_D_AMOD) && is_past_participle(p, v)) return h;
    if (p->deprel[v] == NST_D_ACL_RELCL && nst_parse_kid(p, v, NST_D_NSUBJ) != NST_ROOT &&
        !is_relative(p, nst_parse_kid(p, v, NST_D_NSUBJ)))
        return h;                                  /* "the weapons (that) X gave" */
    if (p->deprel[v] == NST_D_CONJ) {              /* shared with the first conjunct */
        if (nst_path_passive(p, v) || nst_path_passive(p, h)) {
            o = nst_parse_kid(p, h, NST_D_NSUBJ_PASS);
            if (o != NST_ROOT && nst_path_passive(p, v)) return unrelative(p, h, o);
        }
        o = nst_parse_kid(p, h, NST_D_OBJ);
        if (o != NST_ROOT && o > v) return o;
    }
    for (uint32_t k = p->kid_first[v]; k < p->kid_first[v + 1]; k++) {
        uint32_t c = p->kids[k];                   /* "attacked and burnt the base": on the second */
        if (p->deprel[c] != NST_D_CONJ || p->upos[c] != NST_VERB) continue;
        if (nst_parse_kid(p, c, NST_D_NSUBJ) != NST_ROOT || nst_path_passive(p, c) || c > v + 3) continue;
        o = nst_parse_kid(p, c, NST_D_OBJ);
        if (o != NST_ROOT) return o;
    }
    for (uint32_t k = p->kid_first[v]; k < p->kid_first[v + 1] && object_control(p, v); k++) {
        uint32_t c = p->kids[k];                   /* "urged [X to leave]" as one clause */
        if (c < v || (p->deprel[c] != NST_D_CCOMP && p->deprel[c] != NST_D_XCOMP)) continue;
        uint32_t to = nst_parse_kid(p, c, NST_D_MARK);
        o = nst_parse_kid(p, c, NST_D_NSUBJ);
        if (o != NST_ROOT && o > v && to != NST_ROOT && nst_str_is(p->xpos[to], "TO")) return o;
    }
    return NST_ROOT;
}

/* ---- nouns ------------------------------------------------------------------------------- */

uint32_t nst_path_poss(const nst_parse *p, uint32_t noun) {
    return nst_parse_kid(p, noun, NST_D_NMOD_POSS);
}

bool nst_path_scene(const nst_entities *x, uint32_t i) {
    uint32_t w = x->place_at[i];
    if (x->actor_at[i] == NST_ROOT || w == NST_ROOT || x->parse->upos[i] == NST_ADJ) return false;
    uint8_t kind = x->actors[x->actor_at[i]].kind, fine = x->places[w].precision;
    if (kind != NST_ACTOR_STATE && kind != NST_ACTOR_PLACE) return false;
    return fine != NST_PLACE_NONE && fine != NST_PLACE_COUNTRY;
}

/* Words before a noun that name nobody who does it: "a terrorist attack", "criminal charges", and names that
 * nothing is known of, which may as well be the place or the target ("the Zenda attack"). */
static bool tells_kind(const nst_entities *x, uint32_t kid) {
    static const char *const kinds[] = {"terrorist", "terror", "criminal", "suicide", "homicide", "civilian"};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (nst_parse_lemma_is(x->parse, kid, kinds[k])) return true;
    if (x->actor_at[kid] == NST_ROOT) return false;
    const nst_actor *a = &x->actors[x->actor_at[kid]];
    bool known = a->n_is && (a->is[0].code[0] || a->is[0].entity.n || a->is[0].sectors);
    return !known && (a->kind == NST_ACTOR_ORG || a->kind == NST_ACTOR_OTHER);
}

uint32_t nst_path_mod(const nst_entities *x, uint32_t noun) {
    const nst_parse *p = x->parse;
    uint32_t best = NST_ROOT;
    for (uint32_t k = p->kid_first[noun]; k < p->kid_first[noun + 1]; k++) {
        uint32_t kid = p->kids[k];
        uint8_t d = p->deprel[kid];
        if (d != NST_D_COMPOUND && d != NST_D_AMOD && d != NST_D_NMOD && d != NST_D_NMOD_DESC) continue;
        if (kid > noun || nst_path_scene(x, kid) || tells_kind(x, kid)) continue;
        if (x->actor_at[kid] != NST_ROOT) return kid;
        if (best == NST_ROOT && d != NST_D_AMOD) best = kid;
    }
    return best;
}

/* ---- clauses ----------------------------------------------------------------------------- */

/* "urged Graustark to withdraw" parsed with the infinitive as a clause of purpose. */
static uint32_t infinitive(const nst_parse *p, uint32_t v) {
    for (uint32_t k = p->kid_first[v]; k < p->kid_first[v + 1]; k++) {
        uint32_t kid = p->kids[k];
        if (kid < v || p->deprel[kid] != NST_D_ADVCL) continue;
        uint32_t mark = nst_parse_kid(p, kid, NST_D_MARK);
        if (mark != NST_ROOT && nst_str_is(p->xpos[mark], "TO")) return kid;
    }
    return NST_ROOT;
}

uint32_t nst_path_complement(const nst_parse *p, uint32_t v, bool open) {
    uint32_t c = nst_parse_kid(p, v, open ? NST_D_XCOMP : NST_D_CCOMP);
    if (c == NST_ROOT) c = nst_parse_kid(p, v, open ? NST_D_CCOMP : NST_D_XCOMP);
    return c != NST_ROOT ? c : infinitive(p, v);
}

uint32_t nst_path_clause(const nst_parse *p, uint32_t i) {
    while (p->head[i] != NST_ROOT) {
        uint8_t d = nst_deprel_base(p->deprel[i]);
        if (d == NST_D_CCOMP || d == NST_D_ADVCL || d == NST_D_ACL || d == NST_D_PARATAXIS ||
            d == NST_D_CSUBJ || d == NST_D_XCOMP)
            return i;
        if (d == NST_D_CONJ && (p->upos[i] == NST_VERB || p->upos[i] == NST_AUX)) return i;
        i = p->head[i];
    }
    return i;
}

uint32_t nst_path_source(const nst_entities *x, uint32_t t, const nst_slot_source *s) {
    const nst_parse *p = x->parse;
    if (s->via_obj) {
        t = nst_path_obj(p, t);
        if (t == NST_ROOT) return NST_ROOT;
    }
    switch (s->source) {
    case NST_SRC_SUBJ: return nst_path_subj(p, t);
    case NST_SRC_OBJ: return nst_path_obj(p, t);
    case NST_SRC_IOBJ: return nst_parse_kid(p, t, NST_D_IOBJ);
    case NST_SRC_POSS: {
        uint32_t o = nst_path_poss(p, t);
        if (o == NST_ROOT) o = nst_path_blamed(p, t);
        return o != NST_ROOT || nst_path_prep(p, t, NST_S("by")) != NST_ROOT ? o : carried(p, t);
    }
    case NST_SRC_MOD: return nst_path_mod(x, t);
    case NST_SRC_PREP: return noun_prep(p, t, s->prep);
    case NST_SRC_XCOMP: {
        uint32_t c = nst_parse_kid(p, t, NST_D_XCOMP);
        return c != NST_ROOT ? c : infinitive(p, t);
    }
    case NST_SRC_CCOMP: return nst_parse_kid(p, t, NST_D_CCOMP);
    case NST_SRC_COMP_SUBJ: {
        uint32_t c = nst_path_complement(p, t, false);
        return c == NST_ROOT ? NST_ROOT : nst_path_passive(p, c) ? nst_path_obj(p, c) : nst_path_subj(p, c);
    }
    case NST_SRC_COMP_OBJ: {
        uint32_t c = nst_path_complement(p, t, false);
        return c == NST_ROOT ? NST_ROOT : nst_path_obj(p, c);
    }
    default: return NST_ROOT;
    }
}
