/* events_modality.c - did it happen? Negated, to come, conditional, possible, asked for.
 *
 * In: candidates on their trees. Out: modality of each, and the codebook's turns (a CONSULT to
 * come is AGREE; a RETREAT only announced is CONCEDE).
 *   "had expelled" -> asserted ; "will meet" CONSULT -> AGREE ; "denied attacking" -> negated
 * Idea: walk from the trigger up its clause and through the verbs that embed it, strongest sign
 * wins: negated < future < hypothetical < requested < conditional. What is historical:
 * events_past.c.
 * Reference: Sauri and Pustejovsky 2009, "FactBank"; Karttunen 1971 on implicatives.
 */
#include "match.h"

#define MAX_UP 6

/* What a verb does to the truth of the clause it embeds. */
typedef enum embedding { KEEPS, NEGATES, INTENDS, SUPPOSES, REQUESTS } embedding;

typedef struct embedder {
    const char *lemma;
    embedding does;
} embedder;

static const embedder embedders[] = {
    {"deny", NEGATES}, {"refuse", NEGATES}, {"decline", NEGATES}, {"fail", NEGATES},
    {"avoid", NEGATES}, {"reject", NEGATES}, {"rule", NEGATES}, {"prevent", NEGATES},
    {"stop", NEGATES},
    {"dismiss", NEGATES}, {"refute", NEGATES}, {"abandon", NEGATES}, {"cancel", NEGATES},
    {"avert", NEGATES}, {"foil", NEGATES}, {"thwart", NEGATES}, {"refrain", NEGATES},
    {"forget", NEGATES},
    {"refusal", NEGATES}, {"failure", NEGATES}, {"denial", NEGATES},
    {"plan", INTENDS}, {"intend", INTENDS}, {"expect", INTENDS}, {"schedule", INTENDS},
    {"agree", INTENDS}, {"promise", INTENDS}, {"pledge", INTENDS}, {"vow", INTENDS},
    {"offer", INTENDS}, {"prepare", INTENDS}, {"decide", INTENDS}, {"swear", INTENDS},
    {"set", INTENDS}, {"threaten", INTENDS}, {"due", INTENDS}, {"slate", INTENDS},
    {"poise", INTENDS},
    {"ready", INTENDS}, {"likely", INTENDS}, {"propose", INTENDS}, {"prepared", INTENDS},
    {"commit", INTENDS}, {"announce", INTENDS}, {"volunteer", INTENDS}, {"willing", INTENDS},
    {"intention", INTENDS}, {"decision", INTENDS}, {"agreement", INTENDS}, {"readiness", INTENDS},
    {"willingness", INTENDS}, {"threat", INTENDS}, {"commitment", INTENDS}, {"determined", INTENDS},
    {"consider", SUPPOSES}, {"mull", SUPPOSES}, {"weigh", SUPPOSES}, {"doubt", SUPPOSES},
    {"discuss", SUPPOSES}, {"fear", SUPPOSES}, {"suspect", SUPPOSES}, {"speculate", SUPPOSES},
    {"hope", SUPPOSES}, {"want", SUPPOSES}, {"seek", SUPPOSES}, {"wish", SUPPOSES},
    {"aim", SUPPOSES},
    {"contemplate", SUPPOSES}, {"possible", SUPPOSES}, {"able", SUPPOSES}, {"unlikely", SUPPOSES},
    {"bid", SUPPOSES}, {"effort", SUPPOSES}, {"attempt", SUPPOSES}, {"ability", SUPPOSES},
    {"possibility", SUPPOSES}, {"chance", SUPPOSES}, {"opportunity", SUPPOSES}, {"right", SUPPOSES},
    {"debate", SUPPOSES}, {"risk", SUPPOSES}, {"prospect", SUPPOSES}, {"easy", SUPPOSES},
    {"difficult", SUPPOSES}, {"hard", SUPPOSES}, {"impossible", SUPPOSES}, {"tempt", SUPPOSES},
    {"reluctant", SUPPOSES}, {"free", SUPPOSES},
    {"ask", REQUESTS}, {"urge", REQUESTS}, {"call", REQUESTS}, {"demand", REQUESTS},
    {"request", REQUESTS}, {"order", REQUESTS}, {"appeal", REQUESTS}, {"press", REQUESTS},
    {"need", SUPPOSES}, {"possibly", SUPPOSES},
    {"insist", REQUESTS}, {"require", REQUESTS}, {"plea", REQUESTS}, {"beg", REQUESTS},
    {"implore", REQUESTS}, {"pressure", REQUESTS}, {"push", REQUESTS}, {"advise", REQUESTS},
    {"recommend", REQUESTS}, {"encourage", REQUESTS}, {"invite", REQUESTS}, {"instruct", REQUESTS},
};

/* Adjectives before a noun that say whether its act took place. */
static const struct { const char *lemma; nst_modality m; } adjectives[] = {
    {"planned", NST_FUTURE}, {"scheduled", NST_FUTURE}, {"upcoming", NST_FUTURE},
    {"proposed", NST_FUTURE}, {"forthcoming", NST_FUTURE}, {"future", NST_FUTURE},
    {"impending", NST_FUTURE}, {"expected", NST_FUTURE}, {"imminent", NST_FUTURE},
    {"plan", NST_FUTURE},
    {"schedule", NST_FUTURE}, {"propose", NST_FUTURE}, {"possible", NST_HYPOTHETICAL},
    {"potential", NST_HYPOTHETICAL}, {"hypothetical", NST_HYPOTHETICAL},
    {"prospective", NST_HYPOTHETICAL}, {"anticipated", NST_FUTURE}, {"looming", NST_FUTURE},
    {"anticipate", NST_FUTURE}, {"loom", NST_FUTURE},
    {"threatened", NST_HYPOTHETICAL}, {"feared", NST_HYPOTHETICAL}, {"canceled", NST_NEGATED},
    {"cancelled", NST_NEGATED}, {"aborted", NST_NEGATED},
};

/* What the verb at token v does to its complement. */
static embedding embeds(const nst_parse *p, uint32_t v) {
    for (size_t i = 0; i < sizeof embedders / sizeof *embedders; i++)
        if (nst_parse_lemma_is(p, v, embedders[i].lemma)) return embedders[i].does;
    if (nst_parse_lemma_is(p, v, "have") && nst_parse_kid(p, v, NST_D_XCOMP) != NST_ROOT &&
        nst_parse_kid(p, v, NST_D_OBJ) == NST_ROOT)
        return SUPPOSES;                           /* "had to promise" */
    if (nst_parse_lemma_is(p, v, "go") && nst_str_is(p->xpos[v], "VBG")) return INTENDS;
    return KEEPS;
}

/* "not", "never", "no": does something negate token i directly? */
static bool negated_here(const nst_parse *p, uint32_t i) {
    for (uint32_t k = p->kid_first[i]; k < p->kid_first[i + 1]; k++) {
        uint32_t kid = p->kids[k];
        if (nst_parse_lemma_is(p, kid, "not") || nst_parse_lemma_is(p, kid, "never") ||
            nst_parse_lemma_is(p, kid, "n't") || nst_parse_lemma_is(p, kid, "neither"))
            return true;
        if (kid > 0 && nst_str_ieq(nst_text_token(p->text, kid), NST_S("longer")) &&
            nst_str_ieq(nst_text_token(p->text, kid - 1), NST_S("no")))
            return true;
        if (p->deprel[kid] == NST_D_DET && nst_parse_lemma_is(p, kid, "no")) return true;
        if ((p->deprel[kid] == NST_D_NSUBJ || p->deprel[kid] == NST_D_NSUBJ_PASS ||
             p->deprel[kid] == NST_D_OBJ) &&
            (nst_parse_lemma_is(p, kid, "nobody") || nst_parse_lemma_is(p, kid, "none") ||
             nst_parse_lemma_is(p, kid, "nothing")))
            return true;
    }
    return false;
}

/* Is the clause of i introduced by "if", "unless" and the like? */
static bool conditional_clause(const nst_parse *p, uint32_t i) {
    static const char *const marks[] = {"if", "unless", "should", "provided", "lest"};
    for (uint32_t k = p->kid_first[i]; k < p->kid_first[i + 1]; k++)
        for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
            if (p->deprel[p->kids[k]] == NST_D_MARK && nst_parse_lemma_is(p, p->kids[k], marks[m]))
                return true;
    return false;
}

/* "As the ministry said earlier, they would meet", "..., it announced": a verb of saying in the
 * past below. */
static bool said_below(const nst_parse *p, uint32_t i) {
    static const char *const words[] = {"say", "announce", "state", "report", "add", "tell", "note",
        "explain",
        "declare", "confirm", "write", "tweet"};
    for (uint32_t k = p->kid_first[i]; k < p->kid_first[i + 1]; k++) {
        uint32_t kid = p->kids[k];
        uint8_t d = nst_deprel_base(p->deprel[kid]);
        if ((d != NST_D_ADVCL && d != NST_D_PARATAXIS) || !(p->morph[kid] & NST_M_PAST)) continue;
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (nst_parse_lemma_is(p, kid, words[w])) return true;
    }
    return false;
}

/* "said it would leave": would as the future of the past, not as a condition. */
static bool reported(const nst_parse *p, uint32_t i) {
    if (said_below(p, i)) return true;
    for (int up = 0; up < 3 && p->head[i] != NST_ROOT; up++) {
        uint32_t h = p->head[i];
        if (nst_parse_kid(p, i, NST_D_ADVCL) != NST_ROOT &&
            conditional_clause(p, nst_parse_kid(p, i, NST_D_ADVCL)))
            return false;
        if (p->deprel[i] == NST_D_CCOMP)
            return p->upos[h] == NST_VERB && (p->morph[h] & NST_M_PAST);
        if (p->deprel[i] != NST_D_CONJ && p->deprel[i] != NST_D_XCOMP) return false;
        i = h;
    }
    return false;
}

/* Modality that the auxiliaries of a predicate give. */
static nst_modality by_auxiliaries(const nst_parse *p, uint32_t i, int type) {
    for (uint32_t k = p->kid_first[i]; k < p->kid_first[i + 1]; k++) {
        uint32_t kid = p->kids[k];
        if (nst_deprel_base(p->deprel[kid]) != NST_D_AUX) continue;
        nst_str w = p->lemma[kid];
        if (nst_str_is(w, "will") || nst_str_is(w, "shall") || nst_str_is(w, "wo"))
            return NST_FUTURE;
        if (nst_str_is(w, "may") || nst_str_is(w, "might") || nst_str_is(w, "could") ||
            nst_str_is(w, "can"))
            return NST_HYPOTHETICAL;
        if (nst_str_is(w, "would")) return reported(p, i) ? NST_FUTURE : NST_CONDITIONAL;
        if ((nst_str_is(w, "should") || nst_str_is(w, "must") || nst_str_is(w, "ought")) &&
            type != NST_T_REQUEST)
            return NST_REQUESTED;
    }
    return NST_ASSERTED;
}

/* The stronger of two signs; each modality's strength by its place here. */
static nst_modality stronger(nst_modality a, nst_modality b) {
    static const int strength[NST_N_MODALITY] = {0, 4, 1, 5, 2, 3, 0};
    return strength[b] > strength[a] ? b : a;
}

/* A clause with "to" that hangs on its verb as if it told the purpose. */
static bool to_clause(const nst_parse *p, uint32_t i) {
    uint32_t mark = nst_parse_kid(p, i, NST_D_MARK);
    return mark != NST_ROOT && nst_str_is(p->xpos[mark], "TO");
}

/* "Rejected accusations that it bombed X", "a claim denied by Y": denied, clause and all. */
static bool refuted(const nst_parse *p, uint32_t noun, uint32_t clause) {
    static const char *const nouns[] = {"accusation", "allegation", "claim", "charge", "report",
        "suggestion", "assertion", "notion", "idea", "rumor", "rumour", "speculation"};
    static const char *const verbs[] = {"deny", "reject", "dismiss", "refute", "rebut", "dispute",
        "repudiate", "disavow", "disclaim"};
    uint32_t v = p->head[noun], deed = nst_parse_kid(p, noun, NST_D_ACL);
    bool is = false;
    if (nst_deprel_base(p->deprel[clause]) != NST_D_ACL && p->deprel[clause] != NST_D_CCOMP &&
        !(p->deprel[clause] == NST_D_NMOD && nst_parse_case(p, clause) != NST_ROOT))
        return false;
    for (size_t k = 0; k < sizeof nouns / sizeof *nouns; k++)
        is |= nst_parse_lemma_is(p, noun, nouns[k]);
    if (!is) return false;
    if (v == NST_ROOT || (p->deprel[noun] != NST_D_OBJ && p->deprel[noun] != NST_D_NSUBJ_PASS))
        v = deed;
    if (v == NST_ROOT || v == clause) return false;
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (nst_parse_lemma_is(p, v, verbs[k])) return true;
    return false;
}

/* "The first state to expel": who did it, not what it is for. */
static bool first_to(const nst_parse *p, uint32_t noun) {
    static const char *const words[] = {"first", "second", "third", "last", "latest", "only",
        "next"};
    for (uint32_t k = p->kid_first[noun]; k < p->kid_first[noun + 1]; k++)
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (nst_parse_lemma_is(p, p->kids[k], words[w])) return true;
    return nst_parse_lemma_is(p, noun, "first") || nst_parse_lemma_is(p, noun, "last");
}

/* "Took a moment to thank", "used his speech to attack": done. */
static bool took(const nst_parse *p, uint32_t noun) {
    uint32_t h = p->head[noun];
    if (h == NST_ROOT || p->deprel[noun] != NST_D_OBJ) return false;
    return nst_parse_lemma_is(p, h, "take") || nst_parse_lemma_is(p, h, "use") ||
           nst_parse_lemma_is(p, h, "spend") || nst_parse_lemma_is(p, h, "seize");
}

/* Is the noun at i an act done by words, so that to announce it is to do it? */
static bool says_act(const nst_parse *p, uint32_t v, uint32_t i) {
    static const char *const words[] = {"support", "endorsement", "backing", "approval",
        "opposition",
        "agreement", "deal", "pact", "apology", "pardon"};
    if (!nst_parse_lemma_is(p, v, "announce") && !nst_parse_lemma_is(p, v, "decide")) return false;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (nst_parse_lemma_is(p, i, words[k])) return true;
    return false;
}

/* "Ruled out attacking": a gerund that completes its verb, whatever the tree calls it. */
static bool gerund(const nst_parse *p, uint32_t v, uint32_t i) {
    return nst_deprel_base(p->deprel[i]) == NST_D_ADVCL && nst_str_is(p->xpos[i], "VBG") && i > v &&
           i - v <= 2 && embeds(p, v) != KEEPS && nst_parse_kid(p, i, NST_D_MARK) == NST_ROOT;
}

/* "Announced that X had attacked": what is told as past is no intention. */
static bool told_as_past(const nst_parse *p, uint32_t i) {
    if (p->deprel[i] != NST_D_CCOMP) return false;
    for (uint32_t k = p->kid_first[i]; k < p->kid_first[i + 1]; k++)
        if (nst_deprel_base(p->deprel[p->kids[k]]) == NST_D_AUX &&
            nst_parse_lemma_is(p, p->kids[k], "have"))
            return true;
    return nst_str_is(p->xpos[i], "VBD");
}

/* "Did not deny", "neither confirmed nor denied": takes no side. */
static bool leaves_open(const nst_parse *p, uint32_t v) {
    uint32_t cc = nst_parse_kid(p, v, NST_D_CC);
    if (!nst_parse_lemma_is(p, v, "deny") && !nst_parse_lemma_is(p, v, "confirm")) return false;
    return negated_here(p, v) || (cc != NST_ROOT && nst_parse_lemma_is(p, cc, "nor"));
}

/* Sign that the embedding word at v gives to what it embeds, which hangs on it as i. */
static nst_modality by_embedding(const nst_parse *p, uint32_t v, uint32_t i, bool nominal) {
    uint8_t rel = p->deprel[i];
    if (rel == NST_D_ACL && took(p, v)) return NST_ASSERTED;
    bool object = rel == NST_D_OBJ || (rel == NST_D_NSUBJ_PASS);
    bool clause = rel == NST_D_XCOMP || rel == NST_D_CCOMP ||
                  ((rel == NST_D_ADVCL || rel == NST_D_ACL) && to_clause(p, i)) || gerund(p, v, i);
    switch (embeds(p, v)) {
    case NEGATES:
        if (nst_parse_lemma_is(p, v, "reject") || nst_parse_lemma_is(p, v, "dismiss"))
            return NST_ASSERTED;
        if (nst_parse_lemma_is(p, v, "stop") && rel != NST_D_XCOMP) return NST_ASSERTED;
        return clause || (nominal && object && !nst_parse_lemma_is(p, v, "rule") &&
                          !nst_parse_lemma_is(p, v, "stop") && !nst_parse_lemma_is(p, v, "abandon"))
            ? NST_NEGATED : NST_ASSERTED;
    case INTENDS:                                  /* who announces support gives it */
        if (told_as_past(p, i)) return NST_ASSERTED;
        if (object && says_act(p, v, i)) return NST_ASSERTED;
        return clause || rel == NST_D_OBJ ? NST_FUTURE : NST_ASSERTED;
    case SUPPOSES: return clause || object || rel == NST_D_NSUBJ ? NST_HYPOTHETICAL : NST_ASSERTED;
    case REQUESTS:
        if (nst_parse_lemma_is(p, v, "insist") && by_auxiliaries(p, i, NST_T_NONE) != NST_ASSERTED)
            return NST_ASSERTED;                   /* "insists it will": says so */
        return clause || object || rel == NST_D_OBL ? NST_REQUESTED : NST_ASSERTED;
    default:
        if (refuted(p, v, i)) return NST_NEGATED;
        if (rel == NST_D_ACL && to_clause(p, i))
            return first_to(p, v) ? NST_ASSERTED : NST_HYPOTHETICAL;
        if (rel == NST_D_ADVCL && (nst_parse_lemma_is(p, v, "use") ||
            nst_parse_lemma_is(p, v, "take")))
            /* "took a moment to thank", "used his speech to" */
            return NST_ASSERTED;
        return rel == NST_D_ADVCL && to_clause(p, i) ? NST_HYPOTHETICAL : NST_ASSERTED;
    }
}

/* Is the clause of t a question: the sentence ends in "?", or an auxiliary stands before the
 * subject and a "?" follows ("the question - will he resign? - was")? */
static bool asked(const nst_parse *p, const nst_sent *s, uint32_t t) {
    uint32_t aux = nst_parse_kid(p, t, NST_D_AUX), subj = nst_parse_kid(p, t, NST_D_NSUBJ);
    if (s->end <= s->first) return false;
    if (nst_str_is(nst_text_token(p->text, s->end - 1), "?")) return true;
    if (aux == NST_ROOT || subj == NST_ROOT || aux > subj || subj > t) return false;
    for (uint32_t i = t + 1; i < s->end; i++)
        if (nst_str_is(nst_text_token(p->text, i), "?")) return true;
    return false;
}

/* "planned visit", "possible strike"; "without", "instead of" before a gerund; a question. */
static nst_modality by_words(const nst_parse *p, uint32_t t, bool nominal) {
    const nst_sent *s = &p->text->sents[p->text->sent_of[t]];
    uint32_t mark = nst_parse_kid(p, t, NST_D_MARK), c = nst_parse_case(p, t);
    for (uint32_t k = p->kid_first[t]; k < p->kid_first[t + 1]; k++)
        if (nst_parse_lemma_is(p, p->kids[k], "possibly") ||
            nst_parse_lemma_is(p, p->kids[k], "perhaps") ||
            nst_parse_lemma_is(p, p->kids[k], "maybe"))
            return NST_HYPOTHETICAL;
    for (uint32_t k = p->kid_first[t]; nominal && k < p->kid_first[t + 1]; k++) {
        if (p->deprel[p->kids[k]] != NST_D_AMOD) continue;
        for (size_t a = 0; a < sizeof adjectives / sizeof *adjectives; a++)
            if (nst_parse_lemma_is(p, p->kids[k], adjectives[a].lemma)) return adjectives[a].m;
    }
    if (mark == NST_ROOT) mark = c;
    if (mark != NST_ROOT && (nst_parse_lemma_is(p, mark, "without") ||
                             nst_parse_lemma_is(p, mark, "instead")))
        return NST_NEGATED;
    return asked(p, s, t) ? NST_HYPOTHETICAL : NST_ASSERTED;
}

/* Is the clause of i introduced by "when"? */
static bool when_clause(const nst_parse *p, uint32_t i) {
    for (uint32_t k = p->kid_first[i]; k < p->kid_first[i + 1] && p->kids[k] < i; k++)
        if (nst_parse_lemma_is(p, p->kids[k], "when")) return true;
    return false;
}

/* "will not stop until X leaves": what has to happen first has not happened. */
static bool until_then(const nst_parse *p, uint32_t i) {
    uint32_t mark = nst_parse_kid(p, i, NST_D_MARK), h = p->head[i];
    if (h == NST_ROOT || nst_deprel_base(p->deprel[i]) != NST_D_ADVCL) return false;
    bool first = mark != NST_ROOT && (nst_parse_lemma_is(p, mark, "until") ||
                                      nst_parse_lemma_is(p, mark, "once"));
    if (first) return by_auxiliaries(p, h, NST_T_NONE) != NST_ASSERTED;
    return when_clause(p, i) && !nst_str_is(p->xpos[i], "VBD") &&
           by_auxiliaries(p, h, NST_T_NONE) == NST_FUTURE;
}

/* "Warned against a strike", "guards against attacks": what somebody means to keep from
 * happening. */
static bool warded_off(const nst_parse *p, uint32_t i) {
    static const char *const verbs[] = {"warn", "guard", "caution", "advise", "argue", "insure",
        "counsel",
        "decide"};
    uint32_t c = nst_parse_case(p, i), h = p->head[i];
    if (c == NST_ROOT) c = nst_parse_kid(p, i, NST_D_MARK);
    if (c == NST_ROOT || h == NST_ROOT || !nst_parse_lemma_is(p, c, "against")) return false;
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (nst_parse_lemma_is(p, h, verbs[k])) return true;
    return false;
}

/* "Not involved in patrolling", "no talk of pardoning": the noun or adjective above is negated,
 * and the act with it. */
static bool negated_share(const nst_parse *p, uint32_t i) {
    static const char *const words[] = {"involve", "involved", "participate", "engage", "guilty",
        "talk",
        "evidence", "sign", "question", "plan", "intention", "part", "proof", "indication",
        "interest",
        "interested", "role", "involvement"};
    uint32_t h = p->head[i], c = nst_parse_kid(p, i, NST_D_MARK);
    if (c == NST_ROOT) c = nst_parse_case(p, i);
    if (h == NST_ROOT || c == NST_ROOT || nst_str_is(p->xpos[c], "TO") || !negated_here(p, h))
        return false;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (nst_parse_lemma_is(p, h, words[k])) return true;
    return false;
}

/* Does the walk upwards end at i, because what is above has no say over it? */
static bool outside(const nst_parse *p, uint32_t i, uint32_t t) {
    uint32_t h = p->head[i];
    uint8_t d = nst_deprel_base(p->deprel[i]);
    if (d == NST_D_CCOMP && p->upos[h] == NST_VERB && embeds(p, h) == KEEPS) return true;
    if (d == NST_D_PARATAXIS || d == NST_D_APPOS || p->deprel[i] == NST_D_ACL_RELCL) return true;
    if (p->deprel[i] == NST_D_ACL && nst_str_is(p->xpos[i], "VBN") &&
        nst_parse_kid(p, i, NST_D_MARK) == NST_ROOT && nst_parse_kid(p, i, NST_D_AUX) == NST_ROOT)
        return true;                               /* "sanctions imposed by": tells of the noun */
    if (d == NST_D_ADVCL && !conditional_clause(p, i) && !to_clause(p, i) && !gerund(p, h, i))
        return true;
    return d == NST_D_NSUBJ && i != t;
}

/* What a noun does to the act that hangs on it: "a request for talks", "the threat of
 * sanctions". */
static nst_modality by_noun(const nst_parse *p, uint32_t noun, uint32_t i) {
    static const struct { const char *lemma, *prep; nst_modality m; } nouns[] = {
        {"request", "for", NST_REQUESTED}, {"call", "for", NST_REQUESTED},
        {"appeal", "for", NST_REQUESTED},
        {"demand", "for", NST_REQUESTED}, {"plea", "for", NST_REQUESTED},
        {"need", "for", NST_REQUESTED},
        {"proposal", "for", NST_FUTURE}, {"plan", "for", NST_FUTURE}, {"offer", "of", NST_FUTURE},
        {"promise", "of", NST_FUTURE}, {"pledge", "of", NST_FUTURE},
        {"preparation", "for", NST_FUTURE},
        {"threat", "of", NST_HYPOTHETICAL}, {"possibility", "of", NST_HYPOTHETICAL},
        {"prospect", "of", NST_HYPOTHETICAL}, {"risk", "of", NST_HYPOTHETICAL},
        {"fear", "of", NST_HYPOTHETICAL}, {"chance", "of", NST_HYPOTHETICAL},
        {"hope", "of", NST_HYPOTHETICAL}, {"hope", "for", NST_HYPOTHETICAL},
        {"lack", "of", NST_NEGATED}, {"absence", "of", NST_NEGATED}, {"denial", "of", NST_NEGATED},
    };
    uint32_t c = nst_parse_case(p, i);
    for (size_t k = 0; c != NST_ROOT && k < sizeof nouns / sizeof *nouns; k++)
        if (nst_parse_lemma_is(p, noun, nouns[k].lemma) && nst_parse_lemma_is(p, c, nouns[k].prep))
            return nouns[k].m;
    return NST_ASSERTED;
}

/* Collects the signs from the trigger upwards. */
static nst_modality modality_of(const nst_parse *p, uint32_t t, int type) {
    bool negative = negated_here(p, t);
    bool nominal = p->upos[t] == NST_NOUN || p->upos[t] == NST_PROPN;
    nst_modality m = by_words(p, t, nominal);
    if (m == NST_NEGATED) negative = true, m = NST_ASSERTED;
    m = stronger(m, by_auxiliaries(p, t, type));
    if (conditional_clause(p, t)) m = NST_CONDITIONAL;
    uint32_t i = t;
    for (int up = 0; up < MAX_UP && p->head[i] != NST_ROOT; up++) {
        uint32_t h = p->head[i];
        uint8_t d = nst_deprel_base(p->deprel[i]);
        if (until_then(p, i)) return when_clause(p, i) ? NST_FUTURE : NST_CONDITIONAL;
        if (warded_off(p, i)) m = stronger(m, NST_HYPOTHETICAL);
        if (negated_share(p, i)) negative = true;
        if (outside(p, i, t)) {
            bool said = p->deprel[i] == NST_D_CCOMP && p->upos[h] == NST_VERB;
            if (said && negated_here(p, h)) m = stronger(m, NST_HYPOTHETICAL);
            break;                                 /* "did not say that X agreed" */
        }
        bool own = nst_parse_kid(p, i, NST_D_NSUBJ) != NST_ROOT ||
                   nst_parse_kid(p, i, NST_D_AUX) != NST_ROOT;
        if (d == NST_D_CONJ && !own) {
            uint32_t cc = nst_parse_kid(p, i, NST_D_CC);
            m = stronger(m, by_auxiliaries(p, h, type));
            if (cc != NST_ROOT && !nst_parse_lemma_is(p, cc, "but") && negated_here(p, h))
                negative = true;
        }
        bool word = p->upos[h] == NST_VERB || p->upos[h] == NST_ADJ ||
                    (p->upos[h] == NST_NOUN && (d == NST_D_ACL || d == NST_D_CCOMP ||
                        d == NST_D_NMOD));
        if (word && d != NST_D_CONJ) {
            nst_modality e = by_embedding(p, h, i, nominal && i == t);
            if (leaves_open(p, h)) return NST_HYPOTHETICAL;
            if (e == NST_NEGATED) negative = !negative;
            else m = stronger(m, e);
            bool carries = d == NST_D_XCOMP || d == NST_D_OBJ || d == NST_D_OBL ||
                           (d == NST_D_NSUBJ && nst_path_passive(p, h));
            if (carries && p->upos[h] != NST_NOUN) {
                if (negated_here(p, h)) negative = true;
                m = stronger(m, by_auxiliaries(p, h, type));
                if (conditional_clause(p, h)) m = NST_CONDITIONAL;
            }
        }
        if (d == NST_D_NMOD && p->upos[h] == NST_NOUN) {
            nst_modality e = by_noun(p, h, i);
            if (e == NST_NEGATED) negative = !negative;
            else m = stronger(m, e);
        }
        if (d == NST_D_ADVCL && conditional_clause(p, i)) m = NST_CONDITIONAL;
        i = h;
    }
    if (negative && (m == NST_ASSERTED || m == NST_FUTURE)) return NST_NEGATED;
    return m;
}

/* The codebook's turns: a cooperative act to come is AGREE, a retreat to come is CONCEDE. */
static void turn(nst_mention *m) {
    if (m->modality != NST_FUTURE) return;
    switch (m->type) {
    case NST_T_CONSULT: case NST_T_SUPPORT: case NST_T_COOPERATE: case NST_T_AID:
        m->type = NST_T_AGREE;
        m->modes = 0;
        m->modality = NST_ASSERTED;
        break;
    case NST_T_RETREAT:
        m->type = NST_T_CONCEDE;
        m->modes = 0;
        m->modality = NST_ASSERTED;
        break;
    case NST_T_AGREE: case NST_T_CONCEDE:
        m->modality = NST_ASSERTED;
        break;
    default: break;
    }
}

/* "will not release the crew", "would not meet": who so speaks of an own act to come refuses it. */
static void turn_refusal(const nst_parse *p, nst_mention *m) {
    static const struct { uint8_t type; nst_str mode; } refusals[] = {
        {NST_T_CONSULT, {"meet", 4}}, {NST_T_AID, {"assist", 6}}, {NST_T_COOPERATE, {"assist", 6}},
        {NST_T_SUPPORT, {"change", 6}}, {NST_T_AGREE, {"change", 6}}, {NST_T_CONCEDE, {"yield", 5}},
        {NST_T_RETREAT, {"yield", 5}},
    };
    nst_modality aux = by_auxiliaries(p, m->trigger, m->type);
    if (m->modality != NST_NEGATED && m->modality != NST_CONDITIONAL) return;
    if (!negated_here(p, m->trigger) || conditional_clause(p, m->trigger)) return;
    if (aux != NST_FUTURE && aux != NST_CONDITIONAL) return;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (m->type == refusals[i].type) {
            m->type = NST_T_REJECT;
            m->modes = 1ull << nst_mode_of(refusals[i].mode);
            m->modality = NST_ASSERTED;
            return;
        }
}

/* Words that make what they embed a promise. */
static bool promises(const nst_parse *p, uint32_t v) {
    static const char *const words[] = {"agree", "promise", "pledge", "vow", "offer", "ready",
        "willing",
        "prepared", "commit", "volunteer", "readiness", "willingness", "agreement", "swear"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (nst_parse_lemma_is(p, v, words[i])) return true;
    return false;
}

/* The mention of the same sentence with this trigger, NULL if there is none. */
static nst_mention *at_trigger(nst_events *ev, uint32_t near, uint32_t trigger) {
    uint32_t sent = ev->mentions[near].sent;
    for (uint32_t i = near; i < ev->n_mentions && ev->mentions[i].sent == sent; i++)
        if (ev->mentions[i].trigger == trigger) return &ev->mentions[i];
    for (uint32_t i = near; i-- > 0 && ev->mentions[i].sent == sent;)
        if (ev->mentions[i].trigger == trigger) return &ev->mentions[i];
    return NULL;
}

/* "threatened to leave", "refused to meet": the infinitive is what the threat or refusal is
 * about, and its mode; it is no act of its own. */
static bool threatened(const nst_parse *p, nst_events *ev, uint32_t i) {
    uint32_t t = ev->mentions[i].trigger, h = p->head[t];
    if (h == NST_ROOT || (p->deprel[t] != NST_D_XCOMP && p->deprel[t] != NST_D_ADVCL)) return false;
    if (!to_clause(p, t)) return false;
    const nst_mention *above = at_trigger(ev, i, h);
    return above && (above->type == NST_T_THREATEN || above->type == NST_T_REJECT);
}

/* "agreed to release": a promise of the cooperative act is AGREE, and one mention with its verb. */
static bool promised(const nst_parse *p, nst_events *ev, uint32_t i) {
    nst_mention *m = &ev->mentions[i], *above;
    uint32_t h = p->head[m->trigger];
    uint8_t d = p->deprel[m->trigger];
    if (h == NST_ROOT || nst_type_quad(m->type) > 2 || m->type == NST_T_AGREE) return false;
    if (d != NST_D_XCOMP && d != NST_D_ADVCL && d != NST_D_ACL) return false;
    if (!to_clause(p, m->trigger) || !promises(p, h) || m->modality != NST_FUTURE) return false;
    above = at_trigger(ev, i, h);
    m->type = NST_T_AGREE;
    m->modes = 0;
    m->modality = NST_ASSERTED;
    if (!above || above->type != NST_T_AGREE) return false;
    if (!above->n_recipients) {
        above->recipients = m->recipients;
        above->n_recipients = m->n_recipients;
    }
    return true;
}

void nst_modality_run(const nst_entities *x, nst_events *out, nst_arena *doc) {
    (void)doc;
    uint32_t n = 0;
    for (uint32_t i = 0; i < out->n_mentions; i++)
        out->mentions[i].modality =
            (uint8_t)modality_of(x->parse, out->mentions[i].trigger, out->mentions[i].type);
    for (uint32_t i = 0; i < out->n_mentions; i++) {
        bool told = promised(x->parse, out, i) || threatened(x->parse, out, i) ||
                    nst_stop_act(x, &out->mentions[i]);
        nst_mention *m = &out->mentions[i];
        turn(m);
        turn_refusal(x->parse, m);
        m->kept = !told;
    }
    for (uint32_t i = 0; i < out->n_mentions; i++)
        if (out->mentions[i].kept) out->mentions[n++] = out->mentions[i];
    out->n_mentions = n;
}
