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
        a->kind == NST_ACTOR_OTHER) return false;
    if (!a->n_is) return a->plural && (a->kind == NST_ACTOR_ROLE || a->kind == NST_ACTOR_PEOPLE);
    return a->plural || nst_parse_kid(s->p, a->head, NST_D_CONJ) != NST_ROOT;
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
