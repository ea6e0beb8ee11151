/* events_date.c - which expression of time dates which act, and which the saying of it.
 *
 * In: times, triggers, cues, trees: said -> [on Tuesday]; expelled. Out: mention.time,
 * attribution.time.
 *    "on Tuesday" hangs on "said": it dates the saying; "expelled" stays undated
 * The idea: climb from the expression to the first predicate above it. If that is a trigger, it is
 * dated; if a cue, the saying is; if another verb ("took place", "launched"), the acts among its
 * own arguments are. Then a date is handed on to acts told in the same breath (participles, joined
 * verbs), to a headline or a "the attack" that retells a dated act, and to an act of the same type
 * and actors told in the simple past close by. Invariants: (1) an act that no expression dates has
 * no date; (2) an expression never dates both the saying and the act said; (3) refers to now, sets
 * ("daily") and bare durations date nothing.
 */
#include "dating.h"

uint32_t nst_dating_top(const nst_parse *p, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++)
        if (p->head[i] == NST_ROOT || p->head[i] < first || p->head[i] >= end)
            if (p->upos[i] != NST_ADP && p->upos[i] != NST_PUNCT && p->upos[i] != NST_DET) return i;
    return end - 1;
}

bool nst_dating_trigger(const nst_dating *d, uint32_t t) { return d->mention_at[t] != NST_ROOT; }

/* Can this expression date an act at all? */
static bool dates(const nst_time *t) {
    if (t->type == 'S') return false;
    if (t->type == 'U') return t->start != NST_NO_DAY;
    return !nst_str_is(t->value, "PRESENT_REF");
}

static bool verbal(const nst_parse *p, uint32_t i) {
    if (p->upos[i] == NST_VERB || p->upos[i] == NST_AUX) return true;
    return nst_parse_kid(p, i, NST_D_COP) != NST_ROOT;
}

/* May the climb go on from a noun the expression modifies? "the base on Friday" yes, "March vote"
 * no. */
static bool passes(const nst_parse *p, uint32_t top, uint8_t rel) {
    uint8_t base = nst_deprel_base(rel);
    if (base == NST_D_OBL || base == NST_D_ADVMOD || rel == NST_D_NMOD_UNMARKED) return true;
    return rel == NST_D_NMOD && nst_parse_case(p, top) != NST_ROOT &&
           !nst_parse_lemma_is(p, nst_parse_case(p, top), "of");
}

/* "During the June summit": the noun that holds the expression says when the verb above happened. */
static bool sets_scene(const nst_parse *p, uint32_t noun) {
    uint32_t c = nst_parse_case(p, noun);
    if (c == NST_ROOT || nst_deprel_base(p->deprel[noun]) != NST_D_OBL) return false;
    return nst_parse_lemma_is(p, c, "during") || nst_parse_lemma_is(p, c, "at") ||
        nst_parse_lemma_is(p, c, "in");
}

/* The trigger, cue or verb that expression t hangs on; NST_ROOT if a plain noun holds it. */
static uint32_t governor(const nst_dating *d, const nst_time *t) {
    const nst_parse *p = d->p;
    uint32_t i = nst_dating_top(p, t->first, t->end);
    for (int step = 0; step < 6; step++) {
        uint32_t h = p->head[i];
        if (h == NST_ROOT) return NST_ROOT;
        if (nst_dating_trigger(d, h) || d->cue_at[h] != NST_ROOT || verbal(p, h)) return h;
        uint8_t base = nst_deprel_base(p->deprel[i]);
        bool inside = base == NST_D_APPOS || base == NST_D_CONJ || base == NST_D_FLAT ||
                      p->deprel[i] == NST_D_DEP;
        if (!inside && !passes(p, i, p->deprel[i]) && !sets_scene(p, h)) return NST_ROOT;
        i = h;
    }
    return NST_ROOT;
}

/* The act told by a noun whose phrase ends with token i: "summit" of "a summit between X and Y". */
uint32_t nst_dating_noun_until(const nst_dating *d, uint32_t i) {
    const nst_parse *p = d->p;
    for (int step = 0; step < 6 && i != NST_ROOT; step++) {
        uint8_t base = nst_deprel_base(p->deprel[i]);
        if (p->upos[i] == NST_NOUN && nst_dating_trigger(d, i)) return i;
        if (base != NST_D_NMOD && base != NST_D_CONJ && base != NST_D_APPOS && base != NST_D_FLAT &&
            base != NST_D_COMPOUND)
            return NST_ROOT;
        i = p->head[i];
    }
    return NST_ROOT;
}

/* "A summit next week", "airstrikes in Klow this week": the noun that an expression without a preposition
 * stands right behind. Parsers often hang it on the verb. */
static uint32_t noun_before(const nst_dating *d, const nst_time *t) {
    const nst_parse *p = d->p;
    uint32_t top = nst_dating_top(p, t->first, t->end), i = t->first;
    if (nst_parse_case(p, top) != NST_ROOT || i == p->text->sents[p->text->sent_of[i]].first) return NST_ROOT;
    uint32_t w = d->x->place_at[i - 1];
    uint32_t c = w == NST_ROOT ? NST_ROOT : nst_parse_case(p, nst_dating_top(p, d->x->places[w].first, d->x->places[w].end));
    uint32_t noun = nst_dating_noun_until(d, i - 1);
    return noun == NST_ROOT && c != NST_ROOT && c > 0 && c < i ? nst_dating_noun_until(d, c - 1) : noun;
}

/* Gives mention m time t unless it has one. A resolved one replaces one without days. */
static void give(nst_dating *d, uint32_t m, uint32_t t) {
    nst_mention *a = &d->ev->mentions[m];
    if (a->time != NST_ROOT) {
        const nst_time *old = &d->x->times[a->time], *new = &d->x->times[t];
        bool old_days = old->start != NST_NO_DAY || old->finish != NST_NO_DAY;
        bool new_days = new->start != NST_NO_DAY || new->finish != NST_NO_DAY;
        bool finer = new->precision && new->precision < old->precision &&
            old->precision >= NST_PREC_YEAR;
        if (!new_days || (old_days && !finer)) return;
    }
    a->time = t;
}

/* Gives the time to every mention triggered at token g. */
static void give_at(nst_dating *d, uint32_t g, uint32_t t) {
    for (uint32_t m = d->mention_at[g]; m < d->ev->n_mentions &&
         d->ev->mentions[m].trigger == g; m++)
        give(d, m, t);
}

/* "Talks were held on Monday", "launched an attack on Friday": the acts among a verb's arguments. */
static void give_arguments(nst_dating *d, uint32_t verb, uint32_t t) {
    const nst_parse *p = d->p;
    for (uint32_t k = p->kid_first[verb]; k < p->kid_first[verb + 1]; k++) {
        uint32_t kid = p->kids[k];
        uint8_t rel = p->deprel[kid], base = nst_deprel_base(rel);
        bool arg = base == NST_D_OBJ || base == NST_D_NSUBJ || base == NST_D_XCOMP;
        if (arg && nst_dating_trigger(d, kid)) give_at(d, kid, t);
        if (base == NST_D_XCOMP && !nst_dating_trigger(d, kid)) give_arguments(d, kid, t);
    }
}

/* Step 1: what each expression hangs on. */
static void attach(nst_dating *d) {
    for (uint32_t t = 0; t < d->x->n_times; t++) {
        const nst_time *w = &d->x->times[t];
        if (!dates(w)) continue;
        uint32_t g = governor(d, w), noun = noun_before(d, w);
        bool said = g != NST_ROOT && d->cue_at[g] != NST_ROOT;
        if (noun != NST_ROOT && (!said || w->precision > NST_PREC_DAY)) g = noun;   /* "condemned the raid Friday" */
        if (g == NST_ROOT) continue;
        if (nst_dating_trigger(d, g)) give_at(d, g, t);
        if (d->cue_at[g] != NST_ROOT) {
            nst_attribution *s = &d->ev->attributions[d->cue_at[g]];
            if (s->time == NST_ROOT) s->time = t;
        } else if (!nst_dating_trigger(d, g)) {
            give_arguments(d, g, t);
        }
    }
}

/* Is there a subject of its own under the verb? */
static bool own_subject(const nst_parse *p, uint32_t v) {
    return nst_parse_kid(p, v, NST_D_NSUBJ) != NST_ROOT ||
        nst_parse_kid(p, v, NST_D_NSUBJ_PASS) != NST_ROOT;
}

/* May an act at token i take its date from the act or verb at its head? */
static bool same_breath(const nst_parse *p, uint32_t i) {
    uint8_t base = nst_deprel_base(p->deprel[i]);
    bool participle = nst_str_is(p->xpos[i], "VBG") || nst_str_is(p->xpos[i], "VBN");
    if (base == NST_D_ADVCL) return participle && nst_parse_kid(p, i, NST_D_MARK) == NST_ROOT;
    if (base == NST_D_CONJ) return p->upos[i] == NST_VERB && !own_subject(p, i);
    if (base == NST_D_XCOMP) return true;
    return false;
}

/* Step 2: participles, joined verbs and open complements share the date of the verb they follow. */
static void hand_on(nst_dating *d) {
    for (uint32_t m = 0; m < d->ev->n_mentions; m++) {
        nst_mention *a = &d->ev->mentions[m];
        uint32_t i = a->trigger, h = d->p->head[i];
        if (a->time != NST_ROOT || h == NST_ROOT || !same_breath(d->p, i)) continue;
        if (!nst_dating_trigger(d, h)) continue;
        uint32_t t = d->ev->mentions[d->mention_at[h]].time;
        if (t != NST_ROOT) a->time = t;
    }
    for (uint32_t m = d->ev->n_mentions; m-- > 0;) {       /* "met and signed on Friday" */
        const nst_mention *b = &d->ev->mentions[m];
        uint32_t i = b->trigger, h = d->p->head[i];
        if (b->time == NST_ROOT || h == NST_ROOT || !nst_dating_trigger(d, h)) continue;
        if (nst_deprel_base(d->p->deprel[i]) != NST_D_CONJ || own_subject(d->p, i)) continue;
        if (d->x->times[b->time].first < i || d->p->upos[h] != NST_VERB) continue;
        nst_mention *a = &d->ev->mentions[d->mention_at[h]];
        if (a->time == NST_ROOT && d->x->times[b->time].first > i) a->time = b->time;
    }
}

/* Is the trigger a noun made definite: "the attack", "this visit", "those strikes"? */
bool nst_dating_definite(const nst_parse *p, uint32_t i) {
    if (p->upos[i] != NST_NOUN) return false;
    uint32_t det = nst_parse_kid(p, i, NST_D_DET);
    return det != NST_ROOT &&
        (nst_parse_lemma_is(p, det, "the") || nst_parse_lemma_is(p, det, "this") ||
                               nst_parse_lemma_is(p, det, "that"));
}

/* Step 3: a headline, or a definite noun, that retells a dated act of the same type. */
static void retold(nst_dating *d) {
    nst_events *ev = d->ev;
    const nst_text *t = d->p->text;
    for (uint32_t m = 0; m < ev->n_mentions; m++) {
        nst_mention *a = &ev->mentions[m];
        bool head = t->sents[a->sent].span.field == NST_FIELD_TITLE;
        if (a->time != NST_ROOT || a->modality == NST_FUTURE) continue;
        if (!head && !nst_dating_definite(d->p, a->trigger)) continue;
        for (uint32_t step = 1; step <= 12; step++) {
            uint32_t k = head ? m + step : m - step;
            if (k >= ev->n_mentions) break;
            const nst_mention *b = &ev->mentions[k];
            if (head && b->sent > a->sent + 6) break;
            if (b->type != a->type || b->time == NST_ROOT || b->modality != a->modality) continue;
            if (t->sents[b->sent].span.field == NST_FIELD_TITLE && !head) continue;
            a->time = b->time;
            break;
        }
    }
}

/* Do two mentions name a common actor, on whichever side? */
bool nst_dating_share(const nst_dating *d, const nst_mention *a, const nst_mention *b) {
    const nst_actor *all = d->x->actors;
    const nst_member *list[2][2] = {{a->actors, a->recipients}, {b->actors, b->recipients}};
    uint32_t n[2][2] = {{a->n_actors, a->n_recipients}, {b->n_actors, b->n_recipients}};
    for (int s = 0; s < 2; s++)
        for (uint32_t i = 0; i < n[0][s] && i < 8; i++)
            for (int t = 0; t < 2; t++)
                for (uint32_t k = 0; k < n[1][t] && k < 8; k++) {
                    const nst_member *x = &list[0][s][i], *y = &list[1][t][k];
                    if (all[x->actor].chain == all[y->actor].chain) return true;
                    if (x->identity == NST_ROOT || y->identity == NST_ROOT) continue;
                    nst_str e = all[x->actor].is[x->identity].entity,
                        f = all[y->actor].is[y->identity].entity;
                    if (e.n && nst_str_eq(e, f)) return true;
                }
    return false;
}

/* Is the trigger a verb in the simple past ("fought", not "has fought")? */
static bool simple_past(const nst_parse *p, uint32_t i) {
    if (!nst_str_is(p->xpos[i], "VBD")) return false;
    uint32_t aux = nst_parse_kid(p, i, NST_D_AUX);
    return aux == NST_ROOT || !nst_parse_lemma_is(p, aux, "have");
}

/* Step 4: an act in the simple past shares the day of an act of its type and actors told close by. */
static void same_scene(nst_dating *d, nst_arena *doc) {
    nst_events *ev = d->ev;
    uint32_t *scene = NST_ARRAY(doc, uint32_t, ev->n_mentions);   /* time + 1, 0 for none */
    for (uint32_t m = 0; m < ev->n_mentions; m++) {
        nst_mention *a = &ev->mentions[m];
        if (a->time != NST_ROOT || a->modality != NST_ASSERTED || !simple_past(d->p, a->trigger))
            continue;
        uint32_t best = NST_ROOT, gap = 7;
        for (uint32_t k = m > 8 ? m - 8 : 0; k < ev->n_mentions && k < m + 6; k++) {
            const nst_mention *b = &ev->mentions[k];
            uint32_t g = b->sent > a->sent ? b->sent - a->sent : a->sent - b->sent;
            if (k == m || b->type != a->type || b->time == NST_ROOT ||
                b->modality != NST_ASSERTED || g >= gap)
                continue;
            if (d->x->times[b->time].precision != NST_PREC_DAY || !nst_dating_share(d, a, b)) continue;
            best = b->time;
            gap = g;
        }
        scene[m] = best == NST_ROOT ? 0 : best + 1;
    }
    for (uint32_t m = 0; m < ev->n_mentions; m++)
        if (ev->mentions[m].time == NST_ROOT && scene[m]) ev->mentions[m].time = scene[m] - 1;
}

/* The triggers and cues by token. */
static nst_dating index_tokens(const nst_entities *x, nst_events *ev, nst_arena *doc) {
    nst_dating d = {.x = x, .p = x->parse, .ev = ev};
    uint32_t n = x->parse->text->n_tokens;
    d.mention_at = NST_ARRAY(doc, uint32_t, n);
    d.cue_at = NST_ARRAY(doc, uint32_t, n);
    for (uint32_t i = 0; i < n; i++) d.mention_at[i] = d.cue_at[i] = NST_ROOT;
    for (uint32_t m = ev->n_mentions; m-- > 0;) d.mention_at[ev->mentions[m].trigger] = m;
    for (uint32_t k = ev->n_attributions; k-- > 0;) {
        ev->attributions[k].time = NST_ROOT;
        if (ev->attributions[k].cue != NST_ROOT) d.cue_at[ev->attributions[k].cue] = k;
    }
    return d;
}

void nst_dating_run(const nst_entities *x, nst_events *out, nst_arena *doc) {
    nst_dating d = index_tokens(x, out, doc);
    for (uint32_t m = 0; m < out->n_mentions; m++)
        out->mentions[m].time = out->mentions[m].place = NST_ROOT;
    attach(&d);
    hand_on(&d);
    retold(&d);
    same_scene(&d, doc);
    nst_placing_run(&d, doc);
    nst_counting_run(&d, doc);
}
