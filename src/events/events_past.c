/* events_past.c - what the report tells as background from another time.
 *
 * In: mentions with their dates, the trees, all expressions of time. Out: modality `historical`.
 *   "When Hentzau was governor, he criticised the dam" -> historical; "expelled on Tuesday" stays
 * Idea: an act is of another time if its own date lies more than a year before the report; if it
 * has none, but a predicate above it in the same sentence has such a date; if a "when X was
 * governor" sets the scene; or if the sentence before it in its paragraph, told in the same
 * plain past, has one. A report without a date is at least as late as the latest act that it
 * dates itself.
 * Invariants: (1) only asserted acts turn; (2) an act with a date within the year never does;
 * (3) the present and the perfect ("has attacked") are never of another time by what stands
 * around them.
 */
#include "match.h"

#define YEAR 365                 /* days */
#define STEPS 8                  /* up a tree */

/* Resolved times by the predicate they date: old ones and all others. */
typedef struct scenes {
    const nst_entities *x;
    const nst_parse *p;
    nst_day today;
    uint8_t *at;                 /* [n_tokens] enum below */
} scenes;
enum { UNDATED, RECENT, OLD };

/* Is the expression wholly more than a year back? */
static bool is_old(const nst_time *t, nst_day today) {
    if (t->precision == NST_PREC_SINCE || t->start == NST_NO_DAY || t->finish == NST_NO_DAY)
        return false;
    return t->finish < today - YEAR;
}

/* The predicate that an expression of time hangs on, through adverbials only; NST_ROOT if a
 * noun. */
static uint32_t dated_predicate(const nst_parse *p, const nst_time *t) {
    uint32_t i = t->end ? t->end - 1 : 0;
    for (uint32_t k = t->first; k < t->end; k++)
        if (p->head[k] == NST_ROOT || p->head[k] < t->first || p->head[k] >= t->end)
            if (p->upos[k] != NST_ADP && p->upos[k] != NST_PUNCT && p->upos[k] != NST_DET) {
                i = k;
                break;
            }
    for (int up = 0; up < STEPS && p->head[i] != NST_ROOT; up++) {
        uint8_t d = nst_deprel_base(p->deprel[i]);
        bool adverbial = d == NST_D_OBL || d == NST_D_ADVMOD || d == NST_D_APPOS ||
            d == NST_D_FLAT ||
                         p->deprel[i] == NST_D_NMOD_UNMARKED;
        if (!adverbial) return NST_ROOT;
        i = p->head[i];
        if (p->upos[i] == NST_VERB || nst_parse_kid(p, i, NST_D_COP) != NST_ROOT) return i;
    }
    return NST_ROOT;
}

/* The report's day; without one, the last day of the latest act told in the simple past. */
static nst_day day_of(const nst_entities *x, const nst_events *ev) {
    nst_day day = x->anchor;
    if (day != NST_NO_DAY) return day;
    for (uint32_t i = 0; i < ev->n_mentions; i++) {
        const nst_mention *m = &ev->mentions[i];
        if (m->time == NST_ROOT || !nst_str_is(x->parse->xpos[m->trigger], "VBD")) continue;
        nst_day start = x->times[m->time].start;
        if (start != NST_NO_DAY && (day == NST_NO_DAY || start > day)) day = start;
    }
    return day;
}

/* Marks the predicates that have a date of their own. */
static void mark_dated(scenes *s) {
    for (uint32_t i = 0; i < s->x->n_times; i++) {
        const nst_time *t = &s->x->times[i];
        if (t->type == 'S' || (t->start == NST_NO_DAY && t->finish == NST_NO_DAY)) continue;
        uint32_t v = dated_predicate(s->p, t);
        if (v == NST_ROOT) continue;
        uint8_t is = is_old(t, s->today) ? OLD : RECENT;
        if (s->at[v] != RECENT) s->at[v] = is;
    }
}

/* Told in the plain past: "fought", "was arrested"; not "has fought", "is arrested". */
static bool plain_past(const nst_parse *p, uint32_t v) {
    bool past = nst_str_is(p->xpos[v], "VBD"), perfect = false;
    for (uint32_t k = p->kid_first[v]; k < p->kid_first[v + 1]; k++) {
        uint32_t kid = p->kids[k];
        uint8_t d = nst_deprel_base(p->deprel[kid]);
        if (d != NST_D_AUX && p->deprel[kid] != NST_D_COP) continue;
        if (nst_str_is(p->xpos[kid], "VBD")) past = true;
        if (nst_str_is(p->xpos[kid], "VBZ") || nst_str_is(p->xpos[kid], "VBP") ||
            nst_str_is(p->xpos[kid], "MD"))
            perfect = true;
    }
    return past && !perfect;
}

/* "When X was governor", "while he was in office": somebody's past in a post. */
static bool in_old_post(const nst_parse *p, uint32_t v) {
    for (uint32_t k = p->kid_first[v]; k < p->kid_first[v + 1]; k++) {
        uint32_t c = p->kids[k], cop = nst_parse_kid(p, c, NST_D_COP);
        if (nst_deprel_base(p->deprel[c]) != NST_D_ADVCL || cop == NST_ROOT) continue;
        if (p->upos[c] != NST_NOUN && p->upos[c] != NST_PROPN) continue;
        if (!nst_str_is(p->xpos[cop], "VBD")) continue;
        for (uint32_t q = p->kid_first[c]; q < p->kid_first[c + 1]; q++)
            if (nst_parse_lemma_is(p, p->kids[q], "when") ||
                nst_parse_lemma_is(p, p->kids[q], "while"))
                return true;
    }
    return false;
}

/* Is the act at t of another time by what stands above it in its sentence? */
static bool old_above(const scenes *s, uint32_t t) {
    const nst_parse *p = s->p;
    if (s->at[t] != UNDATED) return s->at[t] == OLD;
    uint32_t i = t;
    for (int up = 0; up <= STEPS && i != NST_ROOT; up++, i = p->head[i]) {
        if (s->at[i] == RECENT) return false;
        if (p->upos[i] == NST_VERB && i != t && !plain_past(p, i) && p->head[i] == NST_ROOT)
            return false;
        if (s->at[i] == OLD && plain_past(p, i)) return true;
        if (p->upos[i] == NST_VERB && in_old_post(p, i)) return true;
    }
    return false;
}

/* The main predicate of a sentence. */
static uint32_t root_of(const nst_parse *p, uint32_t sent) {
    for (uint32_t t = p->text->sents[sent].first; t < p->text->sents[sent].end; t++)
        if (p->head[t] == NST_ROOT) return t;
    return NST_ROOT;
}

/* Does the sentence have an expression of time with days? */
static bool has_time(const scenes *s, uint32_t sent) {
    const nst_sent *at = &s->p->text->sents[sent];
    for (uint32_t i = 0; i < s->x->n_times; i++) {
        const nst_time *t = &s->x->times[i];
        if (t->first >= at->first && t->first < at->end && t->start != NST_NO_DAY) return true;
    }
    return false;
}

/* Marks the sentences of old scenes: dated so themselves, or told on from one in their
 * paragraph. */
static void mark_scenes(const scenes *s, bool *old) {
    const nst_text *text = s->p->text;
    for (uint32_t i = 0; i < text->n_sents; i++) {
        uint32_t root = root_of(s->p, i);
        old[i] = false;
        if (root == NST_ROOT || !plain_past(s->p, root)) continue;
        bool on = i && text->sents[i - 1].block == text->sents[i].block && old[i - 1];
        old[i] = s->at[root] == OLD || (on && !has_time(s, i));
    }
}

/* Does the act at t belong to the old scene that its sentence goes on telling? */
static bool told_on(const scenes *s, const bool *old, uint32_t t) {
    if (!old[s->p->text->sent_of[t]]) return false;
    return s->p->upos[t] != NST_VERB || plain_past(s->p, t);
}

void nst_modality_date(const nst_entities *x, nst_events *out, nst_arena *scratch) {
    scenes s = {.x = x, .p = x->parse, .today = day_of(x, out)};
    if (s.today == NST_NO_DAY || !out->n_mentions) return;
    s.at = NST_ARRAY(scratch, uint8_t, s.p->text->n_tokens);
    memset(s.at, UNDATED, s.p->text->n_tokens);
    mark_dated(&s);
    bool *old = NST_ARRAY(scratch, bool, s.p->text->n_sents);
    mark_scenes(&s, old);
    for (uint32_t i = 0; i < out->n_mentions; i++) {
        nst_mention *m = &out->mentions[i];
        if (m->modality != NST_ASSERTED) continue;
        if (m->time != NST_ROOT) {
            if (is_old(&x->times[m->time], s.today)) m->modality = NST_HISTORICAL;
        } else if (old_above(&s, m->trigger) || told_on(&s, old, m->trigger)) {
            m->modality = NST_HISTORICAL;
        }
    }
}
