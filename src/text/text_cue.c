/* text_cue.c - what tells where a sentence ends, as numbers.
 *
 * In: tokens. Out: for each token a cue (hashes of its form, a shape), and for each place between
 * two tokens the features that the model weighs.
 *   ... two | envoys | . | He | ...   place behind ".": shapes STOP CAPITAL, words "." "he", ...
 * Idea: a place is described by the words and shapes around it, what is open (brackets, quotes),
 * how far the sentence has run, and how the paragraph ends: news that closes its paragraphs with a
 * full stop closes its sentences with one too.
 * Invariants: (1) the trainer and the stage use these functions and no others; (2) the features of
 * a place depend on five tokens to each side and on numbers of the paragraph, so that time is
 * linear.
 * Reference: Gillick, Sentence boundary detection and the problem with the U.S., NAACL 2009.
 */
#include "text_parts.h"

#define PAD 3 /* empty cues at both ends */

/* FNV-1a over the bytes, folded. 64 bytes are enough to tell words apart; addresses share a hash
 * with their like. */
static uint32_t hash_form(nst_str s, bool fold) {
    uint32_t h = 2166136261u;
    for (uint32_t i = 0; i < s.n && i < 64; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (fold) {
            if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 32);
            else if (c >= '0' && c <= '9') c = '0';
        }
        h = (h ^ c) * 16777619u;
    }
    return h;
}

/* Shape of a token that starts with a mark. A straight quote opens where white space stands before
 * it, else it closes. */
static uint8_t mark_shape(nst_str w, bool space_before) {
    unsigned char c = (unsigned char)w.p[0];
    if (w.n > 1 && (c == '@' || c == '#')) return NST_CUE_WEB;
    if (w.n > 1 && c == '.' && w.p[1] == '.') return NST_CUE_ELLIPSIS;
    switch (c) {
    case '.': return NST_CUE_STOP;
    case '!':
    case '?': return NST_CUE_MARK;
    case ',':
    case ';': return NST_CUE_COMMA;
    case ':': return w.n > 1 ? NST_CUE_SYMBOL : NST_CUE_COLON;
    case '-': return NST_CUE_DASH;
    case '(':
    case '[':
    case '{':
    case '<': return NST_CUE_OPEN;
    case ')':
    case ']':
    case '}':
    case '>': return NST_CUE_CLOSE;
    case '"':
    case '\'':
    case '`':
        return w.n > 1 && w.p[1] != c ? NST_CUE_CLITIC
               : space_before         ? NST_CUE_QUOTE
                                      : NST_CUE_CLOSING_QUOTE;
    default: break;
    }
    if (c == 0xE2 && w.n >= 3) {
        uint32_t cp = ((uint32_t)(unsigned char)w.p[1] & 0x3F) << 6 |
                      ((uint32_t)(unsigned char)w.p[2] & 0x3F) | 0x2000;
        if (cp == 0x2026) return NST_CUE_ELLIPSIS;
        if (cp >= 0x2012 && cp <= 0x2015) return NST_CUE_DASH;
        if (cp == 0x201C || cp == 0x2018 || cp == 0x201E) return NST_CUE_QUOTE;
        if (cp == 0x201D) return NST_CUE_CLOSING_QUOTE;
        if (cp == 0x2019) return w.n > 3 ? NST_CUE_CLITIC : NST_CUE_CLOSING_QUOTE;
    }
    return NST_CUE_SYMBOL;
}

/* Shape of a word or number. Shapes are few on purpose: with the word itself in other features,
 * they carry what is common to words never seen. */
static uint8_t word_shape(nst_str w, unsigned first) {
    if (first & NST_CH_DIGIT) return NST_CUE_NUMBER;
    if (w.p[w.n - 1] == '.') {
        return w.n == 2                   ? NST_CUE_INITIAL
               : w.n > 3 && w.p[1] == '.' ? NST_CUE_DOTTED
                                          : NST_CUE_ABBREVIATION;
    }
    if (w.n > 6 && (memchr(w.p, '@', w.n) || (memchr(w.p, '/', w.n) && memchr(w.p, '.', w.n))))
        return NST_CUE_WEB;
    if (nst_text_at(w.p, 0, w.n, "www.") || nst_text_at(w.p, 0, w.n, "http")) return NST_CUE_WEB;
    bool upper = false, lower = false;
    uint32_t next;
    for (uint32_t i = 0; i < w.n && i < 64; i = next) {
        unsigned cl = nst_text_class(nst_text_cp(w.p, i, w.n, &next));
        if (i == 0) continue;
        upper |= (cl & NST_CH_UPPER) != 0;
        lower |= (cl & NST_CH_LOWER) != 0;
    }
    if (first & NST_CH_UPPER) {
        if (!upper && !lower) return NST_CUE_INITIAL;
        return !lower ? NST_CUE_CAPITALS : upper ? NST_CUE_MIXED : NST_CUE_CAPITAL;
    }
    return upper ? NST_CUE_MIXED : NST_CUE_LOWER;
}

/* Room for n cues and the empty ones around them. One room serves all blocks of a report, so that
 * scratch memory follows the longest block and not the sum. */
static nst_cue *make_room(uint32_t n, nst_arena *a, nst_cue_room *room) {
    if (room->cap < n + 2 * PAD) {
        room->cap = 2 * n + 2 * PAD;
        room->cues = NST_ARRAY(a, nst_cue, room->cap);
    }
    memset(room->cues + PAD + n, 0, PAD * sizeof *room->cues);
    return room->cues + PAD;
}

nst_cue *nst_text_cues(const nst_text *t, uint8_t field, uint32_t first, uint32_t end, nst_arena *a,
                       nst_cue_room *room) {
    uint32_t n = end - first;
    nst_cue *c = make_room(n, a, room);
    const char *p = t->field[field].p;
    uint8_t open = 0;
    uint32_t opened = 0;
    for (uint32_t i = 0; i < n; i++) {
        nst_token k = t->tokens[first + i];
        nst_str w = {p + k.start, k.end - k.start};
        unsigned cl = nst_text_class_at(w.p, 0, w.n);
        nst_cue *q = &c[i];
        q->word = hash_form(w, true);
        q->cased = hash_form(w, false);
        q->suffix = w.n > 3 ? hash_form(nst_str_sub(w, w.n - 3, w.n), true) : q->word;
        q->length = w.n > 255 ? 255 : (uint8_t)w.n;
        q->space = i == 0 || t->tokens[first + i - 1].end != k.start;
        q->shape = (cl & NST_CH_WORD) ? word_shape(w, cl) : mark_shape(w, q->space);
        if (open && i - opened > 120) open = 0; /* it was never closed */
        q->open = open;
        if (q->shape == NST_CUE_OPEN) open |= 1, opened = i;
        else if (q->shape == NST_CUE_CLOSE) open &= 2;
        else if (q->shape == NST_CUE_QUOTE && w.p[0] != '\'' && w.p[0] != '`')
            open |= 2, opened = i;
        else if (q->shape == NST_CUE_CLOSING_QUOTE && w.p[0] != '\'' &&
                 !(w.n == 3 && w.p[2] == '\x99'))
            open &= 1;
    }
    return c;
}

/* Is the token one that closes a sentence, or may stand behind what closes it? Where one of these
 * stands, a sentence may end even without white space ("left.They"). */
static bool closing(const nst_cue *q) {
    return q->shape == NST_CUE_STOP || q->shape == NST_CUE_MARK || q->shape == NST_CUE_ELLIPSIS ||
           q->shape == NST_CUE_CLOSE || q->shape == NST_CUE_CLOSING_QUOTE ||
           q->shape == NST_CUE_QUOTE;
}

/* Between two words in small letters none ends, which spares the model seven places in ten; in the
 * training parts this loses one end in 400. */
bool nst_text_candidate(const nst_cue *c, uint32_t n, uint32_t i) {
    const nst_cue *q = &c[i], *z = &c[i + 1];
    if (i + 1 >= n) return false;
    if (!z->space)
        return closing(q) || z->shape == NST_CUE_OPEN || q->shape == NST_CUE_DASH || q->length > 12;
    if (closing(q)) return true;
    if (z->shape == NST_CUE_COMMA || z->shape == NST_CUE_STOP || z->shape == NST_CUE_CLITIC)
        return false;
    return !(z->shape == NST_CUE_LOWER && q->shape == NST_CUE_LOWER);
}

/* A bucket for a distance: 0 1 2 3 4-5 6-8 9-13 14-20 21-35 more. Coarse, because sentence lengths
 * say little beyond "just begun" and "long". */
static uint32_t bucket(uint32_t d) {
    static const uint8_t stops[] = {1, 2, 3, 4, 6, 9, 14, 21, 36};
    uint32_t b = 0;
    while (b < sizeof stops && d >= stops[b]) b++;
    return b;
}

/* Index in the table for the values of one template. Multiplications and shifts of murmur's kind;
 * two features may share a slot, and training lives with it. */
static uint32_t slot(uint32_t template, uint32_t a, uint32_t b, uint32_t d) {
    uint32_t h = template * 0x9E3779B1u ^ a;
    h = (h ^ h >> 15) * 0x85EBCA77u;
    h = (h ^ b) * 0xC2B2AE3Du;
    h = (h ^ h >> 13 ^ d) * 0x27D4EB2Fu;
    h ^= h >> 15;
    return h & ((1u << NST_SENT_BITS) - 1);
}

/* In groups: words alone, pairs of words, shapes, words with shapes, then what is far: how long
 * the sentence has run, how much is left, how the paragraph ends, what is open, how the sentence
 * began. */
uint32_t nst_text_features(const nst_cue *c, uint32_t n, uint32_t i, uint32_t start,
                           uint32_t *out) {
    const nst_cue *z = &c[i + 1], *q = &c[i];
    uint32_t k = 0, run = bucket(i - start), rest = bucket(n - 1 - i);
    uint32_t space = z->space, tail = c[n - 1].shape, open = z->open | (uint32_t)(space << 2);
    uint32_t s0 = q->shape | (uint32_t)(q->space << 5), s1 = z->shape | (uint32_t)(space << 5);
    uint32_t p1 = q[-1].shape, p2 = q[-2].shape, n1 = z[1].shape, n2 = z[2].shape;
    out[k++] = slot(1, 0, 0, 0);
    out[k++] = slot(2, q->word, 0, 0);
    out[k++] = slot(3, z->word, 0, 0);
    out[k++] = slot(4, z->cased, 0, 0);
    out[k++] = slot(5, q->cased, 0, 0);
    out[k++] = slot(6, q[-1].word, 0, 0);
    out[k++] = slot(7, z[1].word, 0, 0);
    out[k++] = slot(8, z[2].word, 0, 0);
    out[k++] = slot(9, q[-2].word, 0, 0);
    out[k++] = slot(10, q->word, z->word, 0);
    out[k++] = slot(11, q->word, q[-1].word, 0);
    out[k++] = slot(12, z->word, z[1].word, 0);
    out[k++] = slot(13, s0, s1, 0);
    out[k++] = slot(14, p1, s0, s1);
    out[k++] = slot(15, s0, s1, n1);
    out[k++] = slot(16, p1 | p2 << 8, s0, s1);
    out[k++] = slot(17, p1, s0, s1 | n1 << 8);
    out[k++] = slot(18, s0, s1, n1 | n2 << 8);
    out[k++] = slot(19, q->word, s1, 0);
    out[k++] = slot(20, z->cased, s0, 0);
    out[k++] = slot(21, z->cased, s0, p1);
    out[k++] = slot(22, q->suffix, s1, 0);
    out[k++] = slot(23, z->suffix, s0, 0);
    out[k++] = slot(24, q[-1].word, s0, s1);
    out[k++] = slot(25, z[1].word, s0, s1);
    out[k++] = slot(26, run, s0, s1);
    out[k++] = slot(27, rest, s0, s1);
    out[k++] = slot(28, tail, s0, s1);
    out[k++] = slot(29, open, s0, s1);
    out[k++] = slot(30, c[start].cased, s0, s1);
    out[k++] = slot(31, c[start].shape, run, s0);
    out[k++] = slot(32, tail, bucket(n), s0);
    out[k++] = slot(33, q->length, s0, s1);
    out[k++] = slot(34, p1 | p2 << 8, s0 | s1 << 8, n1 | n2 << 8);
    out[k++] = slot(35, z->word, n1, s0);
    out[k++] = slot(36, q->word, p1, s1);
    return k;
}
