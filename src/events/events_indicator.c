/* events_indicator.c - figures about relations that are no acts: trade, debt, shares, counts.
 *
 * In: numbers, times, actors, trees: turnover -> increased -> by [22%]. Out: nst_indicator rows.
 *    "trade between Ruritania and Graustark grew by 22% in May": measure trade, kind change, value 22
 * The idea: a change has a verb or noun of change above it and a measure as its subject ("trade
 * grew by"), its owner ("a 22% rise in trade") or its antecedent ("turnover, which increased"); a
 * level or a count needs a measure from a short list. Between whom is what the measure's own
 * phrase names. Invariants: (1) an indicator has a measure; (2) a figure that an act owns is none,
 * unless it is a change; (3) period and comparison are expressions of the same sentence.
 */
#include "dating.h"

/* The sentence, figure and places an indicator is made from. */
typedef struct find {
    const nst_entities *x;
    const nst_parse *p;
    nst_events *ev;
    nst_arena *doc;
    uint32_t number;
    uint32_t verb;               /* predicate or noun of change; NST_ROOT if none */
    uint32_t measure;            /* head token of what is measured */
    uint8_t kind;
} find;

static bool lemma_in(const nst_parse *p, uint32_t i, const char *const *words) {
    for (; *words; words++)
        if (nst_parse_lemma_is(p, i, *words)) return true;
    return false;
}

static const char *const MEASURES[] =
    {"trade", "turnover", "export", "exports", "import", "imports",
    "investment", "debt", "aid", "tariff", "supply", "delivery", "shipment", "gdp", "economy",
        "growth",
    "inflation", "budget", "spending", "expenditure", "remittance", "production", "output",
        "reserve",
    "price", "revenue", "deficit", "surplus", "rate", "unemployment", "population", "tourism",
        "arrival",
    "sale", "sales", "consumption", "capacity", "loan", "assistance", "volume", "share", "stake",
    "quota", "commerce", "transit", "cargo", "freight", "traffic", "flow", "purchase",
        "contribution",
    "cooperation", "settlement", "payment", NULL};
static const char *const COUNTED[] = {"program", "programme", "project", "agreement", "treaty",
    "contract", "venture", "memorandum", "sanction", "initiative", "accord", "pact", NULL};
static const char *const UPDOWN[] =
    {"increase", "rise", "grow", "climb", "jump", "soar", "gain", "surge",
    "expand", "fall", "drop", "decline", "shrink", "plunge", "decrease", "reduce", "slump",
        "tumble",
    "contract", "cut", "raise", "double", "lose", "slide", "growth", "reduction", "boost", "hike",
    "slash", "slip", "exceed", NULL};
static const char *const LEVEL[] =
    {"reach", "stand", "amount", "total", "exceed", "be", "hit", "make",
    "account", "come", "equal", "surpass", "worth", "constitute", "value", "implement", "complete",
    "carry", "sign", "estimate", "record", NULL};

/* The noun of a subject, seen through a relative pronoun. */
static uint32_t subject(const nst_parse *p, uint32_t verb) {
    uint32_t s = nst_parse_kid(p, verb, NST_D_NSUBJ);
    if (s == NST_ROOT) s = nst_parse_kid(p, verb, NST_D_NSUBJ_PASS);
    uint8_t base = nst_deprel_base(p->deprel[verb]);
    bool relative = p->deprel[verb] == NST_D_ACL_RELCL || (base == NST_D_ACL && s == NST_ROOT);
    if (relative && (s == NST_ROOT || p->upos[s] == NST_PRON)) {
        uint32_t h = p->head[verb];        /* "turnover between the countries, which increased" */
        for (uint32_t i = h, step = 0; i != NST_ROOT && step < 3 &&
             !lemma_in(p, h, MEASURES); step++) {
            if (nst_deprel_base(p->deprel[i]) != NST_D_NMOD) break;
            i = p->head[i];
            if (i != NST_ROOT && lemma_in(p, i, MEASURES)) return i;
        }
        return h;
    }
    if (s == NST_ROOT && base == NST_D_CONJ && p->head[verb] != NST_ROOT)
        return subject(p, p->head[verb]);
    return s;
}

/* What is measured when the figure hangs on verb v: its subject, or the object of "cut X by". */
static uint32_t of_verb(const nst_parse *p, uint32_t v, uint32_t figure) {
    uint32_t o = nst_parse_kid(p, v, NST_D_OBJ);
    if (o != NST_ROOT && o != figure && p->upos[o] == NST_NOUN && lemma_in(p, o, MEASURES))
        return o;
    return subject(p, v);
}

/* The measure of a noun of change ("a 22% rise in trade"): its "in", "of" or possessor. */
static uint32_t of_noun(const nst_parse *p, uint32_t noun) {
    for (uint32_t k = p->kid_first[noun]; k < p->kid_first[noun + 1]; k++) {
        uint32_t kid = p->kids[k], c = nst_parse_case(p, kid);
        if (p->deprel[kid] != NST_D_NMOD || c == NST_ROOT || p->upos[kid] == NST_NUM) continue;
        if (nst_parse_lemma_is(p, c, "in") || nst_parse_lemma_is(p, c, "of")) return kid;
    }
    uint32_t c = nst_parse_kid(p, noun, NST_D_COMPOUND);
    return c != NST_ROOT && lemma_in(p, c, MEASURES) ? c : NST_ROOT;
}

/* The predicate or noun of change above the figure. */
static uint32_t above(const nst_parse *p, const nst_number *n) {
    uint32_t i = nst_dating_top(p, n->first, n->end);
    for (int step = 0; step < 4; step++) {
        uint32_t h = p->head[i];
        if (p->upos[i] == NST_VERB && step) return i;
        if (step && lemma_in(p, i, UPDOWN)) return i;
        if (h == NST_ROOT)
            return p->upos[i] == NST_VERB ||
                nst_parse_kid(p, i, NST_D_COP) != NST_ROOT ? i : NST_ROOT;
        i = h;
    }
    return p->upos[i] == NST_VERB ? i : NST_ROOT;
}

/* "the growth of trade turnover": what grows, not the growth. */
static uint32_t content(const nst_parse *p, uint32_t m) {
    static const char *const empty[] =
        {"growth", "increase", "volume", "value", "level", "amount", "rise",
                                        "size", "total", "rate", "number", "decline", NULL};
    if (m == NST_ROOT || !lemma_in(p, m, empty)) return m;
    for (uint32_t k = p->kid_first[m]; k < p->kid_first[m + 1]; k++) {
        uint32_t kid = p->kids[k], c = nst_parse_case(p, kid);
        if (p->deprel[kid] == NST_D_NMOD && c != NST_ROOT && nst_parse_lemma_is(p, c, "of"))
            return kid;
    }
    return m;
}

/* The noun that an amount prices: "80 programs to the tune of", "contracts worth"; NST_ROOT if
 * none. */
static uint32_t priced(const nst_parse *p, uint32_t first, uint32_t from) {
    static const char *const link[] =
        {"to", "the", "tune", "of", "worth", "value", "at", "over", "about", "more",
                                       "than", "nearly", "total", "a", "some", "for", NULL};
    bool price = false;
    for (uint32_t i = first; i-- > from && first - i < 8;) {
        if (lemma_in(p, i, COUNTED)) return price ? i : NST_ROOT;
        if (!lemma_in(p, i, link)) return NST_ROOT;
        price = price || nst_parse_lemma_is(p, i, "tune") || nst_parse_lemma_is(p, i, "worth") ||
                nst_parse_lemma_is(p, i, "value");
    }
    return NST_ROOT;
}

/* Is the figure an indicator, and of what? Fills verb, measure, kind. */
static bool judge(find *f, const bool *owned_by_act) {
    const nst_parse *p = f->p;
    const nst_number *n = &f->x->numbers[f->number];
    bool percent = nst_str_is(n->unit, "%") || nst_str_is(n->unit, "pp");
    f->verb = above(p, n);
    uint32_t top = nst_dating_top(p, n->first, n->end);
    if (n->role == NST_NUM_CHANGE) {
        if (f->verb == NST_ROOT) return false;
        f->measure = p->upos[f->verb] == NST_NOUN ? of_noun(p, f->verb) : of_verb(p, f->verb, top);
        f->kind = 1;
        f->measure = content(p, f->measure);
        return f->measure != NST_ROOT &&
            (p->upos[f->measure] == NST_NOUN || p->upos[f->measure] == NST_PROPN ||
                                          lemma_in(p, f->measure, MEASURES));
    }
    if (owned_by_act[f->number]) return false;
    bool many = n->value >= 3 || n->range || n->bound != NST_EXACT;
    if (many && n->counted != NST_ROOT && !n->currency[0] && lemma_in(p, n->counted, COUNTED)) {
        f->measure = n->counted;
        f->kind = 3;
        return true;
    }
    if (n->currency[0]) {
        f->measure = priced(p, n->first, p->text->sents[p->text->sent_of[n->first]].first);
        f->kind = 0;
        if (f->measure != NST_ROOT) return true;
    }
    if (f->verb == NST_ROOT || !(percent || n->currency[0])) return false;
    bool level = lemma_in(p, f->verb, LEVEL) || lemma_in(p, f->verb, UPDOWN) ||
                 nst_parse_kid(p, f->verb, NST_D_COP) != NST_ROOT;
    f->measure = subject(p, f->verb);
    if (!level || f->measure == NST_ROOT || !lemma_in(p, f->measure, MEASURES)) return false;
    f->kind = percent && (nst_parse_lemma_is(p, f->verb, "account") ||
                          nst_parse_lemma_is(p, f->measure, "share")) ? 2 : 0;
    return true;
}

/* The measure's words: the noun with its compounds and plain adjectives, in lower case as lemma
 * gives. */
static nst_str words(const find *f) {
    const nst_parse *p = f->p;
    uint32_t m = f->measure, first = m;
    while (first > 0 && p->head[first - 1] == m && p->upos[first - 1] != NST_PROPN &&
           (p->deprel[first - 1] == NST_D_COMPOUND || p->deprel[first - 1] == NST_D_AMOD) &&
           f->x->number_at[first - 1] == NST_ROOT)
        first--;
    const nst_text *t = p->text;
    nst_span s = {t->tokens[first].start, t->tokens[m].end, t->sents[t->sent_of[m]].span.field};
    nst_str out = nst_arena_str(f->doc, nst_text_span(t, s));
    char *z = (char *)out.p;
    if (out.n && z[0] >= 'A' && z[0] <= 'Z' && p->upos[first] != NST_PROPN)
        z[0] = (char)(z[0] + 32);
    return out;
}

/* Adds the identities of one actor to the list. */
static void add_actor(const find *f, uint32_t actor, nst_indicator *out) {
    const nst_actor *a = &f->x->actors[actor];
    bool state = a->kind == NST_ACTOR_STATE || a->kind == NST_ACTOR_ORG ||
        a->kind == NST_ACTOR_BLOC ||
                 a->n_is > 0;
    if (!state || !a->n_is || a->kind == NST_ACTOR_PERSON || a->kind == NST_ACTOR_THING) return;
    if (a->kind == NST_ACTOR_PLACE && !a->is[0].sectors) return;
    for (uint32_t k = 0; k < a->n_is && out->n_between < NST_MAX_MEMBERS; k++)
        out->between[out->n_between++] = (nst_member){actor, k, a->context};
}

/* Actors named inside tokens [first, end). */
static void between(const find *f, uint32_t first, uint32_t end, uint32_t skip_from,
                    nst_indicator *out) {
    for (uint32_t i = first; i < end && i < skip_from; i++)
        if (f->x->actor_at[i] != NST_ROOT) add_actor(f, f->x->actor_at[i], out);
}

/* Does the phrase speak of "the countries" that the sentence before named? */
static bool names_none(const find *f, uint32_t first, uint32_t end) {
    static const char *const plural[] =
        {"country", "nation", "state", "side", "neighbor", "neighbour", "partner", NULL};
    for (uint32_t i = first; i < end; i++)
        if (lemma_in(f->p, i, plural) && (f->p->morph[i] & NST_M_PLUR)) return true;
    return false;
}

/* The states of the sentence before, for "trade between the countries"; only if there are two or
 * three. */
static void from_before(const find *f, nst_indicator *out) {
    const nst_text *t = f->p->text;
    if (out->sent == 0) return;
    const nst_sent *s = &t->sents[out->sent - 1];
    for (uint32_t i = s->first; i < s->end; i++) {
        uint32_t a = f->x->actor_at[i];
        if (a == NST_ROOT || f->x->actors[a].kind != NST_ACTOR_STATE || f->x->actors[a].n_is != 1)
            continue;
        bool seen = false;
        for (uint32_t k = 0; k < out->n_between; k++)
            seen = seen || nst_str_eq(f->x->actors[out->between[k].actor].is[0].entity,
                                      f->x->actors[a].is[0].entity);
        if (!seen && out->n_between < 4) out->between[out->n_between++] = (nst_member){a, 0, true};
    }
    if (out->n_between < 2 || out->n_between > 3) out->n_between = 0;
}

/* Words before a time that make it the one compared with. */
static bool compares(const nst_parse *p, const nst_time *w, uint32_t first) {
    static const char *const cues[] = {"compare", "than", "against", "versus", NULL};
    if (w->first > first && nst_parse_lemma_is(p, w->first - 1, "from")) return w->value.n >= 4;
    for (uint32_t i = w->first; i-- > first && w->first - i < 7;) {
        if (lemma_in(p, i, cues)) return true;
        if (p->upos[i] == NST_PUNCT || p->upos[i] == NST_VERB)
            return nst_parse_lemma_is(p, i, "compare");
    }
    return false;
}

/* Period and comparison: the times of the sentence. */
static void periods(const find *f, nst_indicator *out) {
    const nst_text *t = f->p->text;
    const nst_sent *s = &t->sents[out->sent];
    uint32_t k = 0, hi = f->x->n_times;
    while (k < hi) {                       /* times are in order */
        uint32_t mid = (k + hi) / 2;
        if (f->x->times[mid].first < s->first) k = mid + 1;
        else hi = mid;
    }
    for (; k < f->x->n_times && f->x->times[k].first < s->end; k++) {
        const nst_time *w = &f->x->times[k];
        if (w->type == 'S' || nst_str_is(w->value, "PRESENT_REF") ||
            nst_str_is(w->value, "PAST_REF"))
            continue;
        if (compares(f->p, w, s->first)) {
            if (out->compared == NST_ROOT) out->compared = k;
        } else if (out->period == NST_ROOT && w->type != 'U') {
            uint32_t top = nst_dating_top(f->p, w->first, w->end), h = f->p->head[top];
            bool said = h != NST_ROOT && h != f->verb && f->p->upos[h] == NST_VERB &&
                h < f->measure;
            if (!said) out->period = k;
        }
    }
}

/* The bytes from verb to figure, or of the figure alone: "increased by 22%". */
static nst_span span_of(const find *f) {
    const nst_number *n = &f->x->numbers[f->number];
    nst_span s = n->span;
    if (f->verb != NST_ROOT && f->verb < n->first && n->first - f->verb < 6 && f->kind != 3)
        s.start = f->p->text->tokens[f->verb].start;
    if (f->verb != NST_ROOT && f->verb >= n->end && f->verb - n->end < 4 && f->kind == 1)
        s.end = f->p->text->tokens[f->verb].end;
    if (f->kind == 3) s.end = f->p->text->tokens[f->measure].end;
    return s;
}

/* One row. */
static void row(const find *f, nst_indicator *out) {
    const nst_number *n = &f->x->numbers[f->number];
    *out = (nst_indicator){.number = f->number, .span = span_of(f), .measure = words(f),
                           .kind = f->kind,
        .sent = f->p->text->sent_of[n->first], .period = NST_ROOT, .compared = NST_ROOT};
    out->between = NST_ARRAY(f->doc, nst_member, NST_MAX_MEMBERS);
    uint32_t first, end, skip = f->verb != NST_ROOT && f->verb > f->measure ? f->verb : NST_ROOT;
    nst_parse_subtree(f->p, f->measure, &first, &end);
    between(f, first, end, skip, out);
    uint32_t h = f->p->head[f->measure];
    if (!out->n_between && h != NST_ROOT &&
        nst_deprel_base(f->p->deprel[f->measure]) == NST_D_NMOD) {
        /* "the growth of turnover between the countries" */
        nst_parse_subtree(f->p, h, &first, &end);
        between(f, first, end, skip, out);
    }
    if (!out->n_between && names_none(f, first, end)) from_before(f, out);
    periods(f, out);
}

void nst_indicator_run(const nst_entities *x, nst_arena *doc, nst_arena *scratch, nst_events *out) {
    nst_indicator *rows = NULL;
    uint32_t n = 0, cap = 0;
    bool *act = NST_ARRAY(scratch, bool, x->n_numbers);
    for (uint32_t m = 0; m < out->n_mentions; m++)
        for (uint32_t k = 0; k < out->mentions[m].n_numbers; k++)
            act[out->mentions[m].numbers[k]] = true;
    for (uint32_t k = 0; k < x->n_numbers; k++) {
        find f = {.x = x, .p = x->parse, .ev = out, .doc = doc, .number = k, .verb = NST_ROOT,
                  .measure = NST_ROOT};
        nst_indicator r;
        if (!judge(&f, act)) continue;
        row(&f, &r);
        *NST_PUSH(doc, rows, n, cap) = r;
    }
    out->indicators = rows;
    out->n_indicators = n;
}
