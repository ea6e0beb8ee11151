/* entities_quote.c - I, we, our in quotes: the speaker, or whom the speaker acts for.
 *
 * In: mentions, all else resolved. Out: identities of first persons inside quotation marks.
 *   "[We] reject this," Ruritania's foreign minister said -> RUR
 * Idea: the subject of the speech verb nearest to the quote - after it, before it, or that of the
 * quote before - is the speaker; "I" is the speaker, "we" and "our" his state or organisation,
 * without person. Outside of quotes first persons stay open: they are the report's writer.
 * Invariant: a quote's speaker is looked for within REACH tokens.
 */
#include "who.h"

#define REACH 30u

static const char *const speech[] = {"say", "tell", "add", "write", "tweet", "insist", "declare",
    "warn", "argue", "explain", "announce", "state", "claim", "reply", "answer", "note", "stress",
    "vow", "ask", "continue", "conclude", "post", "shout", "promise", "recall", "quip", "joke",
    "acknowledge", "concede", "admit", "remark", "comment", "respond", "caution", "assert",
    "emphasize", "emphasise", "underline", "urge", "complain", NULL};

/* Is the token a speech verb with a mention for its subject? Gives that mention or NST_ROOT. */
static uint32_t speaker_of(const nst_who *w, uint32_t t) {
    const nst_parse *p = w->p;
    if (p->upos[t] != NST_VERB) return NST_ROOT;
    for (const char *const *v = speech; *v; v++) {
        if (!nst_parse_lemma_is(p, t, *v)) continue;
        uint32_t s = nst_parse_kid(p, t, NST_D_NSUBJ);
        return s == NST_ROOT ? NST_ROOT : w->out->actor_at[s];
    }
    return NST_ROOT;
}

/* Quotation marks: 1 opens, -1 closes, 2 either, 0 none. */
static int quote_mark(const nst_who *w, uint32_t t) {
    nst_str s = nst_who_word_of(w, t);
    if (nst_str_is(s, "\"") || nst_str_is(s, "''")) return 2;
    if (nst_str_is(s, "``") || nst_str_is(s, "\xE2\x80\x9C") || nst_str_is(s, "\xC2\xAB")) return 1;
    if (nst_str_is(s, "\xE2\x80\x9D") || nst_str_is(s, "\xC2\xBB")) return -1;
    return 0;
}

/* The speaker of the quote over tokens [open, close]; NST_ROOT if none is found. */
static uint32_t speaker(const nst_who *w, uint32_t open, uint32_t close) {
    const nst_text *x = w->p->text;
    uint32_t paragraph = x->blocks[x->sents[x->sent_of[open]].block].paragraph, a;
    for (uint32_t t = close + 1; t < x->n_tokens && t < close + REACH; t++) {
        if (x->blocks[x->sents[x->sent_of[t]].block].paragraph != paragraph || quote_mark(w, t))
            break;
        if (x->sent_of[t] != x->sent_of[close] && x->sent_of[t] != x->sent_of[close + 1]) break;
        if ((a = speaker_of(w, t)) != NST_ROOT) return a;
    }
    for (uint32_t t = open; t-- > 0 && open - t < REACH;) {
        if (x->blocks[x->sents[x->sent_of[t]].block].paragraph != paragraph || quote_mark(w, t))
            break;
        if ((a = speaker_of(w, t)) != NST_ROOT) return a;
    }
    return NST_ROOT;
}

/* The state or organisation somebody acts for. */
static nst_identity acts_for(const nst_who *w, const nst_identity *is) {
    uint32_t e = nst_kb_entity_of(w->kb, is->entity);
    if (!is->person.n && !is->title.n && is->entity.n) return *is;
    if (e != NST_KB_NONE) return nst_who_of_entity(w, e);
    nst_identity of = {.entity = is->entity};
    memcpy(of.code, is->code, sizeof of.code);
    e = nst_kb_entity_of(w->kb, nst_str_c(is->code));
    return e == NST_KB_NONE ? of : nst_who_of_entity(w, e);
}

/* Gives a first person inside a quote its meaning. */
static void first_person(nst_who *w, uint32_t a, uint32_t by, uint32_t *last_group) {
    static const char *const singular[] = {"i", "me", "my", NULL};
    static const char *const plural[] = {"we", "our", "us", "ours", NULL};
    nst_actor *x = &w->out->actors[a], *y = &w->out->actors[by];
    (void)last_group;
    if (nst_who_is(w, x->head, singular)) {
        x->is = y->is;
        x->n_is = y->n_is;
        x->chain = y->chain;
    } else if (nst_who_is(w, x->head, plural) && y->n_is) {
        x->is = NST_ARRAY(w->doc, nst_identity, y->n_is);
        x->n_is = y->n_is;
        for (uint32_t i = 0; i < y->n_is; i++) x->is[i] = acts_for(w, &y->is[i]);
    } else {
        return;
    }
    /* antecedents come before; the chain says the rest */
    if (by < a) {
        x->antecedent = NST_NEW(w->doc, uint32_t);
        x->antecedent[0] = by;
        x->n_antecedent = 1;
    }
    x->context = nst_who_sent(w, a) != nst_who_sent(w, by);
}

/* Resolves the first persons of one quote. */
static void one_quote(nst_who *w, uint32_t open, uint32_t close, uint32_t *last) {
    uint32_t by = NST_ROOT, group = NST_ROOT;
    bool looked = false;
    for (uint32_t t = open; t < close; t++) {
        uint32_t a = w->out->actor_at[t];
        if (a == NST_ROOT || w->out->actors[a].kind != NST_ACTOR_PRONOUN || w->notes[a].gender)
            continue;
        if (!looked) {
            by = speaker(w, open, close);
            if (by == NST_ROOT) by = *last;
            looked = true;
        }
        if (by != NST_ROOT && by != a) first_person(w, a, by, &group);
    }
    if (!looked) by = speaker(w, open, close);
    if (by != NST_ROOT) *last = by;
}

void nst_who_quotes(nst_who *w) {
    const nst_text *x = w->p->text;
    uint32_t open = NST_ROOT, last = NST_ROOT, paragraph = NST_ROOT;
    for (uint32_t t = 0; t < x->n_tokens; t++) {
        uint32_t para = x->blocks[x->sents[x->sent_of[t]].block].paragraph;
        int q = quote_mark(w, t);
        if (para != paragraph) {
            /* runs on in the next paragraph */
            if (open != NST_ROOT && t) one_quote(w, open, t - 1, &last);
            if (open == NST_ROOT && para > paragraph + 1) last = NST_ROOT;
            open = NST_ROOT;
            paragraph = para;
        }
        if (!q) continue;
        if (open == NST_ROOT && q > 0) {
            open = t;
        } else if (open != NST_ROOT && q != 1) {
            one_quote(w, open, t, &last);
            open = NST_ROOT;
        }
    }
}

void nst_who_find_quoted(nst_who *w) {
    const nst_text *x = w->p->text;
    uint32_t paragraph = NST_ROOT;
    bool open = false;
    w->quoted = NST_ARRAY(w->scratch, uint8_t, x->n_tokens);
    for (uint32_t t = 0; t < x->n_tokens; t++) {
        uint32_t para = x->blocks[x->sents[x->sent_of[t]].block].paragraph;
        int q = quote_mark(w, t);
        if (para != paragraph) open = false;
        paragraph = para;
        if (q) open = q == 2 ? !open : q > 0;
        w->quoted[t] = open && !q;
    }
}
