/* entities_atom.c - bytes of a sentence to atoms, and numerals over atoms.
 *
 * In: "said on Tuesday that Graustark had expelled two envoys". Out: said, on, Tuesday (WDAY 2),
 * ..., two (NUM 2), envoys. The idea: rules for dates and amounts want hyphens, currency signs and
 * digits apart whatever the tokenizer of the parser does; one pass cuts them and looks each word
 * up in a sorted table. Invariants: (1) atoms are in order and do not overlap; (2) the pass is
 * linear; (3) bytes that are not ASCII are letters unless they are one of the marks named here.
 */
#include "atoms.h"

static const nst_word WORDS[] = {
#include "entities_words.inc"
};
#define N_WORDS (sizeof(WORDS) / sizeof(WORDS[0]))

/* A mark of several bytes, and the ASCII character that stands for it. */
typedef struct wide_mark {
    const char *bytes;
    char mark;
} wide_mark;

static const wide_mark WIDE[] = {
    {"\xe2\x80\x90", '-'}, {"\xe2\x80\x91", '-'}, {"\xe2\x80\x92", '-'}, {"\xe2\x80\x93", '-'},
    {"\xe2\x80\x94", '_'}, {"\xe2\x80\x95", '_'}, {"\xe2\x80\x98", '\''}, {"\xe2\x80\x99", '\''},
    {"\xe2\x80\x9c", '"'}, {"\xe2\x80\x9d", '"'}, {"\xe2\x82\xac", 'e'}, {"\xc2\xa3", 'l'},
    {"\xc2\xa5", 'y'}, {"\xe2\x82\xb9", 'i'}, {"\xe2\x82\xbd", 'r'}, {"\xe2\x82\xb4", 'h'},
    {"\xc2\xa0", ' '}, {"\xe2\x80\xaf", ' '}, {"\xe2\x80\x89", ' '}, {"\xc2\xbd", '2'},
    {"\xc2\xbc", '4'}, {"\xc2\xab", '"'}, {"\xc2\xbb", '"'}, {"\xe2\x80\xa6", '.'},
    {"\xe2\x80\xa2", '*'},
};

/* The wide mark at p, NULL if the bytes there are a letter. */
static const wide_mark *wide_at(const char *p, uint32_t n) {
    for (size_t i = 0; i < sizeof(WIDE) / sizeof(WIDE[0]); i++) {
        size_t k = strlen(WIDE[i].bytes);
        if (k <= n && memcmp(p, WIDE[i].bytes, k) == 0) return &WIDE[i];
    }
    return NULL;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/* The table's row of a word written in any case; NULL if it has none. */
static const nst_word *word_find(const char *p, uint32_t n) {
    char low[16];
    if (n == 0 || n >= sizeof(low)) return NULL;
    for (uint32_t i = 0; i < n; i++) low[i] = p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] + 32) : p[i];
    low[n] = 0;
    size_t lo = 0, hi = N_WORDS;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = strcmp(WORDS[mid].word, low);
        if (c == 0) return &WORDS[mid];
        if (c < 0) lo = mid + 1;
        else hi = mid;
    }
    return NULL;
}

/* How a word is written: 0 lower case, 1 Capital, 2 CAPITALS, 3 anything else. */
static uint8_t caps_of(const char *p, uint32_t n) {
    uint32_t upper = 0, lower = 0;
    for (uint32_t i = 0; i < n; i++) {
        upper += p[i] >= 'A' && p[i] <= 'Z';
        lower += !(p[i] >= 'A' && p[i] <= 'Z');
    }
    bool first = p[0] >= 'A' && p[0] <= 'Z';
    if ((unsigned char)p[0] == 0xc3 && n > 1 && (unsigned char)p[1] < 0x9f) first = true;
    if ((unsigned char)p[0] == 0xc5 || (unsigned char)p[0] == 0xc4) first = true;
    if (upper == 0 && !first) return 0;
    if (first && upper <= 1) return lower == 0 && n == 1 ? 1 : 1;
    return lower == 0 ? 2 : 3;
}

/* End of the run of letters that begins at i. */
static uint32_t word_end(nst_str t, uint32_t i, uint32_t end) {
    while (i < end) {
        unsigned char c = (unsigned char)t.p[i];
        if (is_letter((char)c)) i++;
        else if (c >= 0x80 && !wide_at(t.p + i, end - i)) i++;
        else break;
    }
    return i;
}

/* Reads the digits at i into *a. */
static uint32_t digits_end(nst_str t, uint32_t i, uint32_t end, nst_atom *a) {
    double v = 0;
    uint32_t k = i;
    while (k < end && is_digit(t.p[k])) v = v * 10 + (t.p[k++] - '0');
    a->kind = NST_ATOM_DIGITS;
    a->value = v;
    a->digits = (uint8_t)(k - i > 255 ? 255 : k - i);
    return k;
}

nst_atom *nst_atoms_run(nst_str t, uint32_t start, uint32_t end, nst_arena *arena, uint32_t *n) {
    nst_atom *out = NULL;
    uint32_t count = 0, cap = 0, i = start;
    bool space = true;
    if (end > t.n) end = t.n;
    while (i < end) {
        const wide_mark *wide = (unsigned char)t.p[i] >= 0x80 ? wide_at(t.p + i, end - i) : NULL;
        if (is_space(t.p[i]) || (wide && wide->mark == ' ')) {
            i += wide ? (uint32_t)strlen(wide->bytes) : 1;
            space = true;
            continue;
        }
        nst_atom *a = NST_PUSH(arena, out, count, cap);
        *a = (nst_atom){.start = i, .space = space};
        if (is_digit(t.p[i])) {
            i = digits_end(t, i, end, a);
        } else if (!wide && word_end(t, i, end) > i) {
            i = word_end(t, i, end);
            a->word = word_find(t.p + a->start, i - a->start);
            a->caps = caps_of(t.p + a->start, i - a->start);
        } else {
            a->kind = NST_ATOM_MARK;
            a->mark = wide ? wide->mark : t.p[i];
            i += wide ? (uint32_t)strlen(wide->bytes) : 1;
        }
        a->end = i;
        space = false;
    }
    *n = count;
    return out;
}

bool nst_atom_is(const nst_atom *a, uint32_t n, uint32_t i, nst_wclass cls, int *val) {
    if (i >= n || !a[i].word) return false;
    for (int k = 0; k < 5 && a[i].word->sense[k].cls; k++) {
        if (a[i].word->sense[k].cls == cls) {
            if (val) *val = a[i].word->sense[k].val;
            return true;
        }
    }
    return false;
}

bool nst_atom_mark(const nst_atom *a, uint32_t n, uint32_t i, char mark) {
    return i < n && a[i].kind == NST_ATOM_MARK && a[i].mark == mark;
}

bool nst_atom_lit(nst_str t, const nst_atom *a, uint32_t n, uint32_t i, const char *z) {
    if (i >= n || a[i].kind != NST_ATOM_WORD) return false;
    uint32_t len = a[i].end - a[i].start, k = 0;
    for (; k < len && z[k]; k++) {
        char c = t.p[a[i].start + k];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != z[k]) return false;
    }
    return k == len && !z[k];
}

/* ---- numerals ------------------------------------------------------------------------------ */

/* What a reader of numerals looks at. */
typedef struct reader {
    nst_str t;
    const nst_atom *a;
    uint32_t n;
} reader;

/* Ten to the power k, for k from 0 to 15. */
static double pow10i(int k) {
    double v = 1;
    while (k-- > 0) v *= 10;
    return v;
}

/* Digits at i with commas and a decimal point: "1,204,567", "56.7", "5 1/2". */
static uint32_t read_digits(const reader *r, uint32_t i, nst_numeral *out) {
    const nst_atom *a = r->a;
    uint32_t k = i + 1, n = r->n;
    double v = a[i].value;
    out->digits = a[i].digits;
    while (a[i].digits <= 3 && nst_atom_mark(a, n, k, ',') && !a[k].space && k + 1 < n &&
           a[k + 1].kind == NST_ATOM_DIGITS && a[k + 1].digits == 3 && !a[k + 1].space) {
        v = v * 1000 + a[k + 1].value;
        k += 2;
        out->bare = false;
    }
    if (nst_atom_mark(a, n, k, '.') && !a[k].space && k + 1 < n &&
        a[k + 1].kind == NST_ATOM_DIGITS && !a[k + 1].space) {
        v += a[k + 1].value / pow10i(a[k + 1].digits > 15 ? 15 : a[k + 1].digits);
        k += 2;
        out->bare = false;
    }
    if (k + 2 < n && a[k].kind == NST_ATOM_DIGITS && (a[k].space || nst_atom_mark(a, n, k, '-')) &&
        a[k].digits == 1 && nst_atom_mark(a, n, k + 1, '/') && a[k + 2].kind == NST_ATOM_DIGITS &&
        a[k + 2].digits == 1 && a[k + 2].value > 0) {
        v += a[k].value / a[k + 2].value;
        k += 3;
        out->bare = false;
    }
    if (k < n && a[k].kind == NST_ATOM_MARK && (a[k].mark == '2' || a[k].mark == '4')) {
        v += 1.0 / (a[k].mark - '0');
        k++;
    }
    out->value = v;
    return k;
}

/* One word below a hundred at i ("seven", "twenty", "twenty-three"); returns the atom after, i if
 * none. */
static uint32_t read_small(const reader *r, uint32_t i, double *v) {
    int x;
    if (nst_atom_is(r->a, r->n, i, NST_W_NUM, &x)) {
        *v = x;
        return i + 1;
    }
    if (!nst_atom_is(r->a, r->n, i, NST_W_TENS, &x)) return i;
    *v = x;
    uint32_t k = i + 1;
    if (nst_atom_mark(r->a, r->n, k, '-')) k++;
    int y;
    if (nst_atom_is(r->a, r->n, k, NST_W_NUM, &y) && y > 0 && y < 10) {
        *v += y;
        return k + 1;
    }
    return i + 1;
}

/* A multiplier at i: "million", "bln"; a single letter only straight after digits. */
static bool is_mult(const reader *r, uint32_t i, bool glued, int *power) {
    if (!nst_atom_is(r->a, r->n, i, NST_W_MULT, power)) {
        if (!glued || i >= r->n || r->a[i].space) return false;
        if (nst_atom_lit(r->t, r->a, r->n, i, "m")) return *power = 6, true;
        if (nst_atom_lit(r->t, r->a, r->n, i, "b")) return *power = 9, true;
        return false;
    }
    return !nst_atom_lit(r->t, r->a, r->n, i, "k") || (glued && !r->a[i].space);
}

/* Words from i on: "two hundred and fifty thousand". `v` holds what was read before ("1.2"). */
static uint32_t read_words(const reader *r, uint32_t i, double v, bool begun, nst_numeral *out) {
    double total = 0, part = begun ? v : 0, small;
    uint32_t k = i, end = i;
    bool digits = begun;
    while (k < r->n) {
        int power;
        uint32_t after = digits ? k : read_small(r, k, &small);
        if (after > k) {
            if (begun && part > 0 && (part > 1e15 || (long long)part % 100 != 0)) break;
            part += small;
            begun = true;
            end = k = after;
        } else if (begun && is_mult(r, k, digits, &power)) {
            if (power == 2) part *= 100;
            else total += part * pow10i(power), part = 0;
            out->scale = power;
            end = ++k;
            digits = false;
        } else if (begun && out->scale && nst_atom_lit(r->t, r->a, r->n, k, "and") &&
                   read_small(r, k + 1, &small) > k + 1) {
            k++;
        } else if (begun && nst_atom_mark(r->a, r->n, k, '-') && !r->a[k].space &&
                   is_mult(r, k + 1, digits, &power)) {
            k++;
        } else {
            break;
        }
    }
    out->value = total + part;
    return begun ? end : i;
}

/* "hundreds of thousands", "dozens", "scores", "tens of millions": the least that is meant. */
static uint32_t read_vague(const reader *r, uint32_t i, nst_numeral *out) {
    int x, y;
    if (!nst_atom_is(r->a, r->n, i, NST_W_MULTS, &x) || x == 99) return i;
    out->vague = true;
    double v = x == 112 ? 24 : x == 120 ? 40 : x == 1 ? 20 : 2 * pow10i(x);
    uint32_t k = i + 1;
    if (nst_atom_lit(r->t, r->a, r->n, k, "of") &&
        nst_atom_is(r->a, r->n, k + 1, NST_W_MULTS, &y) && y < 99) {
        out->value = v * pow10i(y);
        out->scale = y;
        return k + 2;
    }
    if (x == 1) return i;
    out->value = v;
    return k;
}

/* "a dozen", "two dozen", "half a million", "a hundred", "several thousand". */
static uint32_t read_special(const reader *r, uint32_t i, nst_numeral *out) {
    int x, y;
    bool art = nst_atom_is(r->a, r->n, i, NST_W_ART, &x) && x == 2;
    bool half = nst_atom_lit(r->t, r->a, r->n, i, "half");
    bool several = nst_atom_is(r->a, r->n, i, NST_W_FEW, &x) && (x == 2 || x == 1);
    uint32_t k = i + 1;
    if (half && nst_atom_is(r->a, r->n, k, NST_W_ART, &x) && x == 2) k++;
    else if (half) return i;
    if (art && nst_atom_is(r->a, r->n, k, NST_W_FEW, &x) && x == 1) several = true, k++;
    if (!art && !half && !several) return i;
    bool dozen = nst_atom_is(r->a, r->n, k, NST_W_DOZEN, &y) && y >= 12 &&
                 !nst_atom_lit(r->t, r->a, r->n, k, "score");
    if (!dozen && !nst_atom_is(r->a, r->n, k, NST_W_MULT, &y)) return i;
    if (!dozen && y == 6 && r->a[k].end - r->a[k].start < 4) return i;
    if (dozen) out->value = 12 * (half ? 0.5 : several ? 3 : 1);
    else k = read_words(r, k, half ? 0.5 : several ? 3 : 1, true, out) - 1;
    out->vague = several;
    out->article = art;
    return k + 1;
}

nst_numeral nst_numeral_read(nst_str t, const nst_atom *a, uint32_t n, uint32_t i) {
    reader r = {t, a, n};
    nst_numeral out = {.bare = true};
    if (i >= n) return out;
    uint32_t k = i;
    int x;
    if (a[i].kind == NST_ATOM_DIGITS) {
        k = read_digits(&r, i, &out);
        uint32_t m = read_words(&r, k, out.value, true, &out);
        if (out.scale) out.bare = false;
        if (m > k) k = m;
    } else if (a[i].kind == NST_ATOM_WORD && a[i].word) {
        out.words = true;
        if ((k = read_special(&r, i, &out)) == i && (k = read_vague(&r, i, &out)) == i) {
            k = read_words(&r, i, 0, false, &out);
            if (k > i && nst_atom_is(a, n, k, NST_W_DOZEN, &x) && x == 12) out.value *= 12, k++;
        }
    }
    out.n = k - i;
    return out;
}
