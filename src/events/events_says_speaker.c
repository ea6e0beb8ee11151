/* events_says_speaker.c - pronouns that speak, and pronouns that are spoken.
 *
 * In: nested attributions and entity mentions. Out: pronouns completed: who they are.
 *   "We shall answer", he said: he is the foreign minister, we is Ruritania
 * Idea: "they" are the plural subject before, "he" the person who is; "I" and "we" in somebody's
 * words are the speaker. The one place where this stage completes what the one before left open.
 */
#include "says.h"

/* An identity that is only a name: the words by which the text names somebody unknown. */
static void name_only(const nst_says *s, nst_actor *a, uint32_t of) {
    const nst_actor *who = &s->x->actors[of];
    a->is = NST_ARRAY(s->doc, nst_identity, 1);
    if (who->n_is) a->is[0] = who->is[0];
    else a->is[0].name = nst_text_span(s->t, who->span);
    a->n_is = 1;
    a->context = true;
    a->chain = who->chain;
}

/* Can this entity mention be what "they" who say something are? */
static bool many(const nst_says *s, uint32_t i) {
    const nst_actor *a = &s->x->actors[i];
    uint8_t d = s->p->deprel[a->head];
    if (d != NST_D_NSUBJ && d != NST_D_NSUBJ_PASS) return false;
    if (a->kind == NST_ACTOR_PRONOUN || a->kind == NST_ACTOR_PLACE ||
        a->kind == NST_ACTOR_OTHER || a->kind == NST_ACTOR_THING) return false;
    if (!a->n_is) return a->plural && (a->kind == NST_ACTOR_ROLE || a->kind == NST_ACTOR_PEOPLE);
    return a->plural || nst_parse_kid(s->p, a->head, NST_D_CONJ) != NST_ROOT;
}

/* "... by Ruritania and Borduria against what they see as": the compound nearest before, in the
 * sentence; NST_ROOT. Asked only where "they" describe something. */
static uint32_t compound_here(const nst_says *s, uint32_t attribution, uint32_t they) {
    const nst_attribution *a = &s->out->attributions[attribution];
    const nst_sent *se = &s->t->sents[s->t->sent_of[s->x->actors[they].head]];
    uint32_t head = s->x->actors[they].head;
    if (head == se->first || !nst_parse_lemma_is(s->p, head - 1, "what")) return NST_ROOT;
    if (!nst_str_ends(nst_text_span(s->t, a->cue_span), " as")) return NST_ROOT;
    for (uint32_t k = they; k-- > 0 && s->x->actors[k].head >= se->first;) {
        const nst_actor *x = &s->x->actors[k];
        if (x->n_is && x->kind != NST_ACTOR_PLACE && nst_parse_kid(s->p, x->head, NST_D_CONJ) != NST_ROOT &&
            nst_parse_kid(s->p, x->head, NST_D_CONJ) < head) return k;
    }
    return NST_ROOT;
}

/* "They" who speak are the plural subject of the sentences right before: "Minsk and Moscow support
 * ... They believe ...". Members of a compound are told one by one. */
void nst_says_tell_they(const nst_says *s) {
    for (uint32_t i = 0; i < s->out->n_attributions; i++) {
        uint32_t source = s->out->attributions[i].source, best = NST_ROOT, n = 0;
        if (source == NST_ROOT || !nst_parse_lemma_is(s->p, s->x->actors[source].head,
            "they")) continue;
        nst_actor *they = &s->x->actors[source];
        uint32_t sent = s->t->sent_of[they->head];
        best = compound_here(s, i, source);
        for (uint32_t k = source; k-- > 0 && source - k < 60 && best == NST_ROOT;) {
            uint32_t there = s->t->sent_of[s->x->actors[k].head];
            bool near = nst_says_paragraph_of(s->t, s->x->actors[k].head) ==
                nst_says_paragraph_of(s->t, they->head);
            if (there + (near ? 5 : 3) < sent) break;
            bool earlier = s->t->sent_of[s->x->actors[k].head] < sent;
            if (earlier && many(s, k)) best = k;
            else if (earlier && s->x->actors[k].kind == NST_ACTOR_PRONOUN &&
                s->x->actors[k].n_is > 1 &&
                     nst_parse_lemma_is(s->p, s->x->actors[k].head, "they")) best = k;
        }
        if (best == NST_ROOT || (they->n_is && !s->x->actors[best].n_is)) continue;
        if (!s->x->actors[best].n_is) {
            name_only(s, they, best);
            continue;
        }
        uint32_t parts[8];
        parts[n++] = best;
        uint32_t head = s->x->actors[best].head;
        for (uint32_t k = s->p->kid_first[head]; k < s->p->kid_first[head + 1] && n < 8; k++) {
            uint32_t kid = s->p->kids[k], actor = s->x->actor_at[kid];
            if (s->p->deprel[kid] == NST_D_CONJ && actor != NST_ROOT && actor != best &&
                s->x->actors[actor].n_is) parts[n++] = actor;
        }
        if (n == 1 && !s->x->actors[best].plural && s->x->actors[best].n_is == 1 &&
            s->x->actors[best].kind == NST_ACTOR_PERSON) continue;      /* one man is not "they" */
        uint32_t total = n == 1 ? s->x->actors[best].n_is : n;
        they->is = NST_ARRAY(s->doc, nst_identity, total);
        they->antecedent = NST_ARRAY(s->doc, uint32_t, n);
        for (uint32_t k = 0; k < n; k++) they->antecedent[k] = parts[k];
        for (uint32_t k = 0; k < total; k++) they->is[k] = n == 1 ? s->x->actors[best].is[k]
            : s->x->actors[parts[k]].is[0];
        they->n_is = total;
        they->n_antecedent = n;
        they->context = true;
        they->chain = s->x->actors[best].chain;
    }
}

/* "He" or "she" who says something and whom nobody has resolved: the antecedent's name if the text
 * names one, else the person who is the nearest subject before, in this paragraph or the one before
 * it. */
void nst_says_tell_he(const nst_says *s) {
    for (uint32_t i = 0; i < s->out->n_attributions; i++) {
        uint32_t source = s->out->attributions[i].source, best = NST_ROOT;
        if (source == NST_ROOT || s->x->actors[source].n_is) continue;
        nst_actor *he = &s->x->actors[source];
        nst_str w = nst_text_token(s->t, he->head);
        if (!nst_str_ieq(w, NST_S("he")) && !nst_str_ieq(w, NST_S("she")) && !nst_str_ieq(w,
            NST_S("his")) &&
            !nst_str_ieq(w, NST_S("her"))) continue;
        if (he->n_antecedent) best = he->antecedent[0];
        for (uint32_t k = source; best == NST_ROOT && k-- > 0 && source - k < 80;) {
            const nst_actor *a = &s->x->actors[k];
            uint8_t d = s->p->deprel[a->head];
            if (nst_says_paragraph_of(s->t, a->head) + 1 <
                nst_says_paragraph_of(s->t, he->head)) break;
            if (a->kind == NST_ACTOR_PERSON && (d == NST_D_NSUBJ ||
                d == NST_D_NSUBJ_PASS)) best = k;
        }
        if (best == NST_ROOT || (s->x->actors[best].kind == NST_ACTOR_PRONOUN &&
            !s->x->actors[best].n_is)) continue;
        name_only(s, he, best);
    }
}

/* ---- he in a quotation, he who goes on --------------------------------------------------- */

/* "He", "his": singular pronouns of people. */
static bool is_he(const nst_says *s, uint32_t actor) {
    static const char *const words[] = {"he", "she", "his", "her", "him", NULL};
    nst_str w = nst_text_token(s->t, s->x->actors[actor].head);
    for (int i = 0; words[i]; i++)
        if (nst_str_ieq(w, nst_str_c(words[i]))) return true;
    return false;
}

/* Do two entity mentions stand for the same one, as far as is known? */
static bool same(const nst_says *s, uint32_t a, uint32_t b) {
    const nst_actor *x = &s->x->actors[a], *y = &s->x->actors[b];
    if (x->chain == y->chain) return true;
    return x->n_is && y->n_is && x->is[0].person.n && nst_str_eq(x->is[0].person, y->is[0].person);
}

static bool genders_differ(const nst_says *s, uint32_t a, uint32_t b) {
    char x = s->x->actors[a].gender, y = s->x->actors[b].gender;
    return x && y && x != y;
}

/* Makes pronoun `he` stand for mention `of`, or for nobody. */
static void means(const nst_says *s, uint32_t he, uint32_t of) {
    nst_actor *x = &s->x->actors[he];
    x->n_is = x->n_antecedent = 0;
    x->chain = he;
    if (of == NST_ROOT) return;
    name_only(s, x, of);
    if (of > he) return;
    x->antecedent = NST_ARRAY(s->doc, uint32_t, 1);
    x->antecedent[0] = of;
    x->n_antecedent = 1;
}

/* The nearest person before `he`, of his gender, who is not `speaker`; NST_ROOT. */
static uint32_t somebody_else(const nst_says *s, uint32_t he, uint32_t speaker) {
    uint32_t sent = s->t->sent_of[s->x->actors[he].head];
    for (uint32_t k = he; k-- > 0 && he - k < 60;) {
        const nst_actor *x = &s->x->actors[k];
        if (s->t->sent_of[x->head] + 5 < sent || x->span.field != s->x->actors[he].span.field) break;
        if (x->kind != NST_ACTOR_PERSON || genders_differ(s, he, k) || same(s, k, speaker)) continue;
        if (k + 1 < he && s->p->deprel[x->head] == NST_D_NMOD_POSS) continue;
        return k;
    }
    return NST_ROOT;
}

/* Is token t in a quotation that lies in the content of a? */
static bool quoted_in(const nst_says *s, const nst_attribution *a, uint32_t t) {
    nst_span at = nst_text_tokens(s->t, t, t + 1);
    if (s->quotes.at[t] == NST_ROOT) return false;
    const nst_quote *q = &s->quotes.list[s->quotes.at[t]];
    if (q->end - q->first < 8) return false;
    for (uint32_t c = 0; c < a->n_content; c++)
        if (a->content[c].field == at.field && a->content[c].start <= at.start && at.end <= a->content[c].end)
            return true;
    return false;
}

/* "He" who stands in a's quotation and was taken for its speaker: somebody else. */
static void not_himself(const nst_says *s, const nst_attribution *a, uint32_t *from) {
    uint32_t sent = s->t->sent_of[a->cue];
    while (*from < s->x->n_actors && s->t->sent_of[s->x->actors[*from].head] + NST_SAYS_REACH < sent) ++*from;
    for (uint32_t i = *from; i < s->x->n_actors; i++) {
        if (s->t->sent_of[s->x->actors[i].head] > sent + NST_SAYS_REACH) break;
        if (s->x->actors[i].kind != NST_ACTOR_PRONOUN || i == a->source || !is_he(s, i)) continue;
        if (same(s, i, a->source) && quoted_in(s, a, s->x->actors[i].head))
            means(s, i, somebody_else(s, i, a->source));
    }
}

/* Does the content of an attribution hold the mention? */
static bool holds(const nst_attribution *a, const nst_actor *x) {
    for (uint32_t c = 0; c < a->n_content; c++)
        if (a->content[c].field == x->span.field && a->content[c].start <= x->span.start &&
            x->span.end <= a->content[c].end) return true;
    return false;
}

/* The one who spoke last before attribution i, in the sentences right before; NST_ROOT. */
static uint32_t last_speaker(const nst_says *s, uint32_t i) {
    const nst_attribution *a = &s->out->attributions[i];
    for (uint32_t k = i; k-- > 0 && i - k < 8;) {
        const nst_attribution *b = &s->out->attributions[k];
        if (b->outer != NST_ROOT || !b->speech || b->source == NST_ROOT) continue;
        if (b->cue_span.start > s->x->actors[a->source].span.start) continue;
        if (b->cue_span.field != a->cue_span.field || s->t->sent_of[b->cue] + 3 < s->t->sent_of[a->cue])
            return NST_ROOT;
        return k;
    }
    return NST_ROOT;
}

/* "Strel noted that the king had agreed. "Will he pay?" he asked": the speaker goes on, not the one
 * he spoke of, be it then or now. */
static void goes_on(const nst_says *s, uint32_t i) {
    const nst_attribution *a = &s->out->attributions[i];
    if (!a->speech || a->source == NST_ROOT || !is_he(s, a->source) || a->outer != NST_ROOT) return;
    if (s->x->actors[a->source].n_antecedent != 1) return;
    const nst_actor *of = &s->x->actors[s->x->actors[a->source].antecedent[0]];
    uint32_t k = last_speaker(s, i);
    if (k == NST_ROOT) return;
    const nst_attribution *b = &s->out->attributions[k];
    const nst_actor *speaker = &s->x->actors[b->source];
    if (speaker->kind != NST_ACTOR_PERSON && speaker->kind != NST_ACTOR_PRONOUN) return;
    if (!speaker->n_is || same(s, a->source, b->source) || genders_differ(s, a->source, b->source)) return;
    if (holds(b, of) || (a->quoted && holds(a, of) && s->quotes.at[of->head] != NST_ROOT))
        means(s, a->source, b->source);
}

void nst_says_tell_quoted(const nst_says *s) {
    uint32_t from = 0;
    for (uint32_t i = 0; i < s->out->n_attributions; i++) goes_on(s, i);
    for (uint32_t i = 0; i < s->out->n_attributions; i++) {
        const nst_attribution *a = &s->out->attributions[i];
        if (a->cue != NST_ROOT && a->speech && a->quoted && a->source != NST_ROOT &&
            s->quotes.at[a->cue] == NST_ROOT)
            not_himself(s, a, &from);
    }
}

/* ---- I and we ---------------------------------------------------------------------------- */

void nst_says_tell_author(const nst_says *s) {
    const char *author = s->t->report->author;
    if (!author || !*author || strpbrk(author, ",&;|") || strstr(author, " and ")) return;
    for (uint32_t i = 0; i < s->out->n_attributions; i++) {
        const nst_attribution *a = &s->out->attributions[i];
        if (a->source == NST_ROOT || a->outer != NST_ROOT) continue;
        nst_actor *me = &s->x->actors[a->source];
        if (me->n_is || s->quotes.at[me->head] != NST_ROOT ||
            !nst_str_ieq(nst_text_token(s->t, me->head), NST_S("i"))) continue;
        me->is = NST_ARRAY(s->doc, nst_identity, 1);
        me->is[0].name = nst_str_c(author);
        me->n_is = 1;
        me->context = true;
    }
}

/* First person pronouns, by their words. */
static bool is_first_person(nst_str w) {
    static const char *const words[] = {"i", "me", "my", "we", "us", "our", "ours", "mine",
        "ourselves", "myself", NULL};
    for (int i = 0; words[i]; i++)
        if (nst_str_ieq(w, nst_str_c(words[i]))) return true;
    return false;
}

/* "We", "I", "our" inside somebody's words mean the speaker, or what he speaks for. The entity
 * mention is told so: the one place where this stage completes what the stage before left open. */
void nst_says_tell_first_person(const nst_says *s) {
    uint32_t low = 0;
    for (uint32_t i = 0; i < s->x->n_actors; i++) {
        nst_actor *we = &s->x->actors[i];
        if (we->kind != NST_ACTOR_PRONOUN || we->n_is) continue;
        nst_str w = nst_text_token(s->t, we->head);
        if (!is_first_person(w)) continue;
        const nst_attribution *best = NULL;
        uint32_t size = UINT32_MAX, sent = s->t->sent_of[we->head];
        while (low < s->out->n_attributions &&
            s->t->sent_of[s->out->attributions[low].cue] + NST_SAYS_REACH < sent) low++;
        for (uint32_t k = low; k < s->out->n_attributions; k++) {
            const nst_attribution *a = &s->out->attributions[k];
            if (s->t->sent_of[a->cue] > sent + NST_SAYS_REACH) break;
            if (!a->speech || a->source == NST_ROOT || a->source == i) continue;
            for (uint32_t c = 0; c < a->n_content; c++) {
                nst_span sp = a->content[c];
                if (sp.field != we->span.field || sp.start > we->span.start ||
                    sp.end < we->span.end) continue;
                if (sp.end - sp.start < size) best = a, size = sp.end - sp.start;
            }
        }
        if (!best) continue;
        const nst_actor *who = &s->x->actors[best->source];
        if (!who->n_is && who->kind == NST_ACTOR_PERSON) {
            name_only(s, we, best->source);
            continue;
        }
        if (!who->n_is) continue;
        bool one = nst_str_ieq(w, NST_S("i")) || nst_str_ieq(w, NST_S("me")) || nst_str_ieq(w,
            NST_S("my"));
        we->is = NST_ARRAY(s->doc, nst_identity, 1);
        we->is[0] = who->is[0];
        if (!one) {                            /* "we": the state or body he speaks for */
            we->is[0].person = we->is[0].title = (nst_str){0};
            if (we->is[0].code[0] || we->is[0].entity.n) we->is[0].name = (nst_str){0};
        }
        we->n_is = 1;
        we->context = true;
        if (best->source < i) {                /* antecedents come before */
            we->antecedent = NST_ARRAY(s->doc, uint32_t, 1);
            we->antecedent[0] = best->source;
            we->n_antecedent = 1;
        }
        we->chain = who->chain;
    }
}
