/* entities_kbmatch.c - words of a report against the terms of the knowledge base.
 *
 * In: tokens.   Ruritania | 's | foreign | minister | said ...
 * Out: hits.    [Ruritania] state name ; [foreign minister] role, GOV
 * Idea: text and terms are cut into words by the same rules, whatever the tokenizer thinks of
 * hyphens
 * and dots ("al-Qaeda", "U.S."): letters and digits, folded to lower case without diacritics.
 * Terms are
 * paths in a trie whose edges are one hash table, so a word costs one look-up per term tried. Case
 * is
 * checked afterwards, by what the term demands of each word.
 * Invariants: (1) a hit begins and ends with a token; (2) it crosses no sentence and no comma that
 * the
 * term does not have; (3) at most NST_KB_MAX_WORDS words are looked at from one token.
 */
#include "kb_format.h"
#include "kb_read.h"

/* ---- words ------------------------------------------------------------------------------- */

/* Marks words [from, n) as shouted when nearly all their letters are capitals (a headline in
 * capitals). */
static void mark_shouted(nst_kb_words *w, uint32_t from) {
    uint32_t words = 0, caps = 0;
    for (uint32_t i = from; i < w->n_words; i++) {
        char c = w->words[i].n ? w->words[i].p[0] : '0';
        if (w->words[i].n < 2 || (c >= '0' && c <= '9')) continue;
        words++;
        caps += (w->words[i].shape & KB_SHAPE_CAPS) != 0;
    }
    if (words < 3 || caps * 10 < words * 8) return;
    for (uint32_t i = from; i < w->n_words; i++) w->words[i].shape |= KB_SHAPE_SHOUTED;
}

/* A break stands between sentences, so that no term runs from one into the next. */
void nst_kb_words_of(const nst_text *t, nst_arena *doc, nst_kb_words *out) {
    uint32_t cap = 0;
    *out = (nst_kb_words){.n_tokens = t->n_tokens};
    out->first = NST_ARRAY(doc, uint32_t, t->n_tokens + 1);
    for (uint32_t s = 0; s < t->n_sents; s++) {
        uint32_t from = out->n_words;
        for (uint32_t i = t->sents[s].first; i < t->sents[s].end; i++) {
            out->first[i] = out->n_words;
            kb_split(nst_text_token(t, i), i, doc, out, &cap);
        }
        mark_shouted(out, from);
        nst_kb_word *stop = NST_PUSH(doc, out->words, out->n_words, cap);
        *stop = (nst_kb_word){.p = "", .shape = KB_SHAPE_BREAK, .token = t->sents[s].end};
    }
    out->first[t->n_tokens] = out->n_words;
    out->thing = NST_ARRAY(doc, uint32_t, t->n_tokens + 1);
}

/* ---- walking the trie -------------------------------------------------------------------- */

/* The node behind an edge; 0 if there is none (no edge leads back to root 0). */
static uint32_t step(const nst_kb *kb, uint32_t node, const char *p, uint32_t n) {
    uint64_t h = kb_edge_hash(node, p, n);
    for (uint32_t i = (uint32_t)h & kb->edge_mask;; i = (i + 1) & kb->edge_mask) {
        if (kb->edges[i].node == 0) return 0;
        if (kb->edges[i].check == (uint32_t)(h >> 32)) return kb->edges[i].node;
    }
}

/* A walk from one token. */
typedef struct walk {
    const nst_kb *kb;
    const nst_kb_words *w;
    uint32_t start;                      /* word */
    uint32_t root;
    nst_kb_hit *hits;
    uint32_t n;
} walk;

/* Records the terms that end at word `last`, the depth-th of the path. Later hits are longer. */
static void record(walk *k, uint32_t node, uint32_t last, uint32_t initial, uint32_t caps,
                   bool skipped) {
    const nst_kb_word *x = &k->w->words[last];
    const kb_node *t = &k->kb->nodes[node];
    if (t->n == 0 || !(x->place & (KB_PLACE_LAST | KB_PLACE_POSSESSIVE)) || k->n == NST_KB_MAX_HITS)
        return;
    nst_kb_hit h = {.first = k->w->words[k->start].token,
                    .end = x->token + 1,
                    .n = t->n,
                    .from = t->readings,
                    .shape = initial | caps << 16,
                    .variant = k->root == KB_ROOT_SKELETON || skipped,
                    .shouted = (x->shape & KB_SHAPE_SHOUTED) != 0};
    nst_kb_reading r;
    bool any = false;
    for (uint32_t i = 0; i < h.n && !any; i++) any = nst_kb_reading_get(k->kb, &h, i, &r);
    for (uint32_t i = 0; i < k->n && any; i++)
        if (k->hits[i].end == h.end) { /* plain before variant; "McDonald's" before McDonald */
            if (k->root == KB_ROOT_PLAIN && !skipped) k->hits[i] = h;
            any = false;
        }
    if (any) k->hits[k->n++] = h;
}

/* Where a walk stands: the node reached, the looks of the words on the way. */
typedef struct stand {
    uint32_t node, initial, caps, depth;
} stand;

/* Is the word a lone capital ("V."), such as stands inside a person's name? */
static bool lone_capital(const nst_kb_word *x) {
    return (x->shape & KB_SHAPE_LONE) && (x->shape & KB_SHAPE_CAPS);
}

/* Walks one trie from the start word as far as it goes. A lone capital inside a person's name
 * ("Otto V. Strel") is stepped over when no term goes on with it: at once, or one word later. */
static void walk_run(walk *k) {
    stand at = {.node = k->root}, before = at;           /* before: as it was before the lone capital */
    bool skipped = false;
    char skel[2048 + 8];
    for (uint32_t i = k->start; i < k->w->n_words && at.depth < NST_KB_MAX_WORDS; i++) {
        const nst_kb_word *x = &k->w->words[i];
        if (x->shape & KB_SHAPE_BREAK) return;
        uint32_t n = x->n, next;
        const char *p = x->p;
        if (k->root == KB_ROOT_SKELETON && x->n <= 1000) {
            n = kb_skeleton(x->p, x->n, skel);
            p = skel;
        }
        next = step(k->kb, at.node, p, n);
        if (!next && before.depth && !skipped) {
            skipped = true;
            at = before;
            next = step(k->kb, at.node, p, n);
        }
        if (!skipped && at.depth && lone_capital(x)) {
            before = at;
            if (!next) skipped = true;
            if (!next) continue;
        }
        if (!next) return;
        at.node = next;
        at.initial |= (uint32_t)((x->shape & KB_SHAPE_INITIAL) != 0) << at.depth;
        at.caps |= (uint32_t)((x->shape & KB_SHAPE_CAPS) != 0) << at.depth;
        at.depth++;
        record(k, at.node, i, at.initial, at.caps, skipped);
    }
}

#define NO_THING UINT32_MAX
#define THING_REACH 8u                   /* tokens that a thing can hold */

/* Token where the thing that begins at `token` ends, or NO_THING. Looked up once and remembered. */
static uint32_t thing_end(const nst_kb *kb, const nst_kb_words *w, uint32_t token) {
    if (w->thing[token]) return w->thing[token];
    nst_kb_hit hits[NST_KB_MAX_HITS];
    walk k = {.kb = kb, .w = w, .start = w->first[token], .root = KB_ROOT_PLAIN, .hits = hits};
    uint32_t end = NO_THING;
    nst_kb_reading r;
    if (k.start != w->first[token + 1] && (w->words[k.start].place & KB_PLACE_FIRST)) walk_run(&k);
    for (uint32_t h = 0; h < k.n; h++)
        for (uint32_t i = 0; i < hits[h].n; i++)
            if (nst_kb_reading_get(kb, &hits[h], i, &r) && r.by == NST_KB_BY_THING &&
                hits[h].end <= token + THING_REACH)
                end = hits[h].end;
    return w->thing[token] = end;
}

/* Does the token lie in a thing that begins before it? A thing that itself lies in one does not
 * count. */
static bool inside_thing(const nst_kb *kb, const nst_kb_words *w, uint32_t token) {
    uint32_t from = token > THING_REACH ? token - THING_REACH : 0;
    for (uint32_t s = from; s < token; s++) {
        uint32_t end = thing_end(kb, w, s);
        if (end == NO_THING) continue;
        if (end > token) return true;
        s = end - 1;
    }
    return false;
}

/* Hits that begin with "the" give way to a longer one behind it: "the West" to "West Bank". */
static bool outrun(const nst_kb *kb, const nst_kb_words *w, uint32_t token, const walk *found) {
    const nst_kb_word *x = &w->words[w->first[token]];
    nst_kb_hit hits[NST_KB_MAX_HITS];
    walk k = {.kb = kb, .w = w, .root = KB_ROOT_PLAIN, .hits = hits};
    if (!found->n || x->n != 3 || memcmp(x->p, "the", 3) != 0 || token + 1 >= w->n_tokens)
        return false;
    k.start = w->first[token + 1];
    if (k.start == w->first[token + 2] || !(w->words[k.start].place & KB_PLACE_FIRST)) return false;
    walk_run(&k);
    return k.n && hits[k.n - 1].end > found->hits[found->n - 1].end;
}

/* Two walks at most from each token, plus the remembered one for things. */
uint32_t nst_kb_match(const nst_kb *kb, const nst_kb_words *w, uint32_t token, nst_kb_hit *hits) {
    walk k = {.kb = kb, .w = w, .start = w->first[token], .root = KB_ROOT_PLAIN, .hits = hits};
    if (k.start == w->first[token + 1] || !(w->words[k.start].place & KB_PLACE_FIRST)) return 0;
    if (inside_thing(kb, w, token)) return 0;
    walk_run(&k);
    if (outrun(kb, w, token, &k)) return 0;
    uint32_t thing = thing_end(kb, w, token);
    if (thing != NO_THING) {                               /* only what is longer than the thing */
        uint32_t n = 0;
        for (uint32_t i = 0; i < k.n; i++)
            if (hits[i].end > thing) hits[n++] = hits[i];
        return k.n = n;
    }
    if (w->words[k.start].shape & KB_SHAPE_INITIAL) {      /* people's names have capitals */
        k.root = KB_ROOT_SKELETON;
        walk_run(&k);
    }
    for (uint32_t i = 1; i < k.n; i++)                     /* longest first; few, so by insertion */
        for (uint32_t j = i; j > 0 && hits[j].end > hits[j - 1].end; j--) {
            nst_kb_hit t = hits[j];
            hits[j] = hits[j - 1];
            hits[j - 1] = t;
        }
    return k.n;
}

/* What a term demands of capitals is checked here, so that one path serves "US" and "us". */
bool nst_kb_reading_get(const nst_kb *kb, const nst_kb_hit *h, uint32_t i, nst_kb_reading *out) {
    if (i >= h->n) return false;
    const kb_reading *r = &kb->readings[h->from + i];
    uint32_t initial = h->shape & 0xFFFF, caps = h->shape >> 16;
    if ((r->initial & ~initial) || (r->caps & ~caps)) return false;
    if (h->variant && r->by != NST_KB_BY_FULL_NAME && r->by != NST_KB_BY_SURNAME) return false;
    uint8_t variant = h->variant ? NST_KB_VARIANT : 0;
    *out = (nst_kb_reading){.by = r->by, .flags = (uint8_t)(r->flags | variant), .ref = r->ref,
                            .name = kb_str(kb, r->name), .start = r->start, .end = r->end};
    return true;
}

/* ---- the likeliest reading --------------------------------------------------------------- */

/* Is day inside the reading's time? Unknown ends are open. */
static bool in_time(const nst_kb_reading *r, nst_day day) {
    return day == NST_NO_DAY || ((r->start == NST_NO_DAY || day >= r->start) &&
                                 (r->end == NST_NO_DAY || day <= r->end));
}

/* Rank of a reading: higher is likelier. People rank by whether they hold an office on the day. */
static int rank(const nst_kb *kb, const nst_kb_reading *r, nst_day day) {
    static const uint8_t by_rank[] = {
        [NST_KB_BY_NAME] = 9,      [NST_KB_BY_ABBREVIATION] = 7, [NST_KB_BY_ADJECTIVE] = 8,
        [NST_KB_BY_DEMONYM] = 7,   [NST_KB_BY_CAPITAL] = 6,      [NST_KB_BY_SEAT] = 6,
        [NST_KB_BY_FULL_NAME] = 9, [NST_KB_BY_SURNAME] = 4,      [NST_KB_BY_ROLE] = 5};
    int v = by_rank[r->by];
    if (r->flags & NST_KB_USER) v += 100;
    if (in_time(r, day)) v += 40;
    if (!(r->flags & NST_KB_WEAK)) v += 20;
    if (r->by == NST_KB_BY_FULL_NAME || r->by == NST_KB_BY_SURNAME) {
        nst_kb_office o;
        if (nst_kb_office_on(kb, r->ref, day, &o)) v += o.open && o.end < day ? 4 : 8;
        if (nst_kb_prominent(kb, r->ref, day)) v += 10;
    }
    return v;
}

/* A tie between bearers of one surname picks nobody: a guess would be wrong half the time. */
bool nst_kb_pick(const nst_kb *kb, const nst_kb_hit *h, nst_day day, nst_kb_reading *out) {
    int best = -1;
    bool tie = false;
    nst_kb_reading r;
    for (uint32_t i = 0; i < h->n; i++) {
        if (!nst_kb_reading_get(kb, h, i, &r) || r.by == NST_KB_BY_THING) continue;
        int v = rank(kb, &r, day);
        tie = v == best && r.by == NST_KB_BY_SURNAME && r.ref != out->ref ? true
              : v > best                                                  ? false
                                                                          : tie;
        if (v > best) {
            best = v;
            *out = r;
        }
    }
    if (best >= 0 && out->by == NST_KB_BY_SURNAME && !nst_kb_prominent(kb, out->ref, day))
        out->flags |= NST_KB_OBSCURE;
    return best >= 0 && !(tie && out->by == NST_KB_BY_SURNAME);
}
