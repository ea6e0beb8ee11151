/* entities_kbword.c - text to words for matching.
 *
 * In: bytes of a token, a term, a phrase: "Ruritania's", "al-Qaeda", "U.S.". Out: words, folded to
 * lower case without diacritics, with what is left of their looks: [ruritania, s], [al, qaeda],
 * [us].
 * Idea: terms and text are cut by these same rules, whatever a tokenizer thinks of hyphens and
 * dots.
 * Invariants: (1) a comma is a word of its own, brackets and the like are breaks; (2) linear time.
 */
#include "kb_format.h"

/* What a code point does to a word: 0 part of it, 1 nothing (dropped), 2 ends it, 3 ends it and
 * breaks any term, 4 comma, 5 "&". */
enum { CP_WORD, CP_DROP, CP_CUT, CP_BREAK, CP_COMMA, CP_AND };

/* The class of a code point. Apostrophes and dots are dropped here; kb_split looks at "'s" itself.
 * */
static int class_of(uint32_t cp) {
    if (cp < 0x80) {
        if ((cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z'))
            return CP_WORD;
        switch (cp) {
        case '+': return CP_WORD;
        case '.': case '\'': case '`': return CP_DROP;
        case '-': case '/': case ' ': case '\t': case '\n': case '\r': case '"': return CP_CUT;
        case '&': return CP_AND;
        case ',': return CP_COMMA;
        default: return CP_BREAK;
        }
    }
    if (nst_utf8_alpha(cp))
        return cp == 0x2BC || cp == 0x2BB || cp == 0x2BF || cp == 0x2BE ? CP_DROP : CP_WORD;
    if (cp == 0x2019 || cp == 0x2018 || cp == 0xAD || (cp >= 0x300 && cp <= 0x36F)) return CP_DROP;
    if (cp == 0x2010 || cp == 0x2011 || cp == 0xA0 || cp == 0x201C || cp == 0x201D) return CP_CUT;
    return CP_BREAK;
}

/* A word being gathered. */
typedef struct gather {
    nst_kb_words *w;
    uint32_t *cap;
    nst_arena *a;
    char *buf;                           /* folded bytes of the text, in the arena */
    uint32_t used, begun;                /* bytes written, where the open word began */
    uint32_t letters, uppers, token;
    bool initial, open;
} gather;

/* Adds a word (or a comma, a break) to the list. */
static nst_kb_word *word_push(gather *g, const char *p, uint32_t n, uint8_t shape) {
    nst_kb_word *x = NST_PUSH(g->a, g->w->words, g->w->n_words, *g->cap);
    *x = (nst_kb_word){.p = p, .n = (uint16_t)n, .shape = shape, .token = g->token};
    return x;
}

/* Ends the open word, if any. */
static void word_end(gather *g) {
    if (!g->open) return;
    g->open = false;
    uint32_t n = g->used - g->begun;
    uint8_t shape = 0;
    if (n == 0 || n > 1000) return;
    if (g->initial) shape |= KB_SHAPE_INITIAL;
    if (g->letters && g->uppers == g->letters) shape |= KB_SHAPE_CAPS;
    if (g->letters == 1 && n <= 2) shape |= KB_SHAPE_LONE;
    if (!g->letters) shape |= KB_SHAPE_INITIAL | KB_SHAPE_CAPS;      /* digits fit any capitals */
    word_push(g, g->buf + g->begun, n, shape);
}

/* Is there a possessive "s" (and nothing more of the word) at byte i, after an apostrophe? */
static bool possessive(nst_str s, size_t i) {
    if (i >= s.n || (s.p[i] != 's' && s.p[i] != 'S')) return false;
    if (i + 1 >= s.n) return true;
    size_t k = i + 1;
    uint32_t cp = nst_utf8_next(s.p, s.n, &k);
    return class_of(cp) != CP_WORD;
}

/* Adds one code point to the open word, opening one if need be. */
static void letter_add(gather *g, uint32_t cp) {
    if (!g->open) {
        g->open = true;
        g->begun = g->used;
        g->letters = g->uppers = 0;
        g->initial = nst_utf8_upper(cp);
    }
    if (nst_utf8_alpha(cp)) {
        g->letters++;
        g->uppers += nst_utf8_upper(cp);
    }
    g->used += (uint32_t)nst_utf8_put(nst_utf8_fold(cp), g->buf + g->used);
}

/* One pass; the folded bytes go to one buffer, and words point into it. */
void kb_split(nst_str s, uint32_t token, nst_arena *a, nst_kb_words *w, uint32_t *cap) {
    gather g = {.w = w, .cap = cap, .a = a, .token = token};
    uint32_t before = w->n_words;
    g.buf = nst_arena_alloc(a, (size_t)s.n * 2 + 8);
    for (size_t i = 0; i < s.n;) {
        uint32_t cp = nst_utf8_next(s.p, s.n, &i);
        int c = class_of(cp);
        if (c == CP_WORD) letter_add(&g, cp);
        if (c == CP_DROP && (cp == '\'' || cp == 0x2019) && possessive(s, i)) c = CP_CUT;
        if (c >= CP_CUT) word_end(&g);
        if (c == CP_AND) word_push(&g, "and", 3, 0);
        if (c == CP_COMMA) word_push(&g, ",", 1, 0);
        if (c == CP_BREAK) word_push(&g, "", 0, KB_SHAPE_BREAK);
    }
    word_end(&g);
    if (w->n_words > before) {
        w->words[before].place |= KB_PLACE_FIRST;
        w->words[w->n_words - 1].place |= KB_PLACE_LAST;
        if (w->n_words - before > 1 && w->words[w->n_words - 1].n == 1 &&
            w->words[w->n_words - 1].p[0] == 's')
            w->words[w->n_words - 2].place |= KB_PLACE_POSSESSIVE;
    }
}

/* For command lines and tests, which have no tokenizer. */
void nst_kb_words_phrase(nst_str phrase, nst_arena *a, nst_kb_words *out) {
    uint32_t cap = 0, cap_first = 0, i = 0;
    *out = (nst_kb_words){0};
    while (i < phrase.n) {
        uint32_t from = i;
        while (i < phrase.n && phrase.p[i] != ' ') i++;
        if (i > from) {
            *NST_PUSH(a, out->first, out->n_tokens, cap_first) = out->n_words;
            kb_split(nst_str_sub(phrase, from, i), out->n_tokens - 1, a, out, &cap);
        }
        i++;
    }
    uint32_t n = out->n_tokens;
    out->thing = NST_ARRAY(a, uint32_t, n + 1);
    *NST_PUSH(a, out->first, n, cap_first) = out->n_words;
}

