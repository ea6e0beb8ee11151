/* events_lexicon.c - reads the lexicon: text rows to frames, found by the lemma of the trigger.
 *
 * In: data/lexicon/ files, compiled in one after the other, and a user's file. Out: nst_lexicon, const.
 * Idea: rows are parsed at load (a few milliseconds), classes are expanded into sorted word lists,
 * frames are sorted by head and found through an open hash. User rows come first in rank.
 * Invariants: (1) a bad row is noted and left out, never half used; (2) frames of one head are adjacent.
 */
#include <stdlib.h>

#include "lexicon.h"

NST_INCBIN(nst_lexicon_blob, NST_LEXICON_FILE);

#define COLUMNS 9

typedef struct word_class {
    nst_str name;
    nst_str words;               /* separated by spaces */
} word_class;

/* A set in braces that has been read before: many rows share one. */
typedef struct known_set {
    nst_str text;                /* between the braces */
    nst_condition read;          /* its words and tests */
} known_set;

#define KNOWN_SETS 8192          /* slots of the table of sets; a set that finds none is read anew */

/* What is needed while rows are read. */
typedef struct loader {
    nst_lexicon *l;
    nst_arena *a;
    nst_writer *notes;
    const char *file;
    uint32_t line, cap_frames, cap_contexts, cap_cameo, cap_cues, cap_topics, n_classes, cap_classes;
    bool user;
    word_class *classes;         /* [n_classes] */
    known_set *sets;             /* [KNOWN_SETS] open hash, for the time of loading */
} loader;

/* Notes what is wrong with the row being read; returns false for the caller's return. */
static bool bad(loader *ld, const char *what, nst_str at) {
    if (ld->notes)
        nst_putf(ld->notes, "%s:%u: %s: %.*s\n", ld->file, ld->line, what, (int)at.n, at.p);
    return false;
}

/* ---- words and classes ------------------------------------------------------------------- */

static int by_bytes(const void *a, const void *b) {
    return nst_str_cmp(*(const nst_str *)a, *(const nst_str *)b);
}

/* Appends the words of class `name` to list; false if there is no such class. */
static bool add_class(loader *ld, nst_str name, nst_str **list, uint32_t *n, uint32_t *cap) {
    bool known = false;
    for (uint32_t i = 0; i < ld->n_classes; i++) {
        if (!nst_str_eq(ld->classes[i].name, name)) continue;
        nst_str rest = ld->classes[i].words, word;
        known = true;
        while (nst_str_split(&rest, ' ', &word))
            if (word.n) *NST_PUSH(ld->a, *list, *n, *cap) = word;
    }
    return known;
}

/* "=state" within a set: the test instead of a word. */
static bool add_test(nst_str word, nst_condition *c) {
    static const struct { const char *word; uint8_t test; } tests[] = {
        {"=actor", NST_TEST_ACTOR}, {"=state", NST_TEST_STATE}, {"=person", NST_TEST_PERSON},
        {"=public", NST_TEST_PUBLIC},
    };
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        if (nst_str_is(word, tests[i].word)) {
            c->also |= (uint16_t)(1u << tests[i].test);
            return true;
        }
    return false;
}

/* The words of a set not met before, sorted. */
static bool read_set(loader *ld, nst_str set, nst_condition *c) {
    uint32_t cap = 0;
    nst_str word;
    while (nst_str_split(&set, ',', &word)) {
        word = nst_str_trim(word);
        if (!word.n || add_test(word, c)) continue;
        if (word.p[0] != '@') *NST_PUSH(ld->a, c->words, c->n_words, cap) = word;
        else if (!add_class(ld, nst_str_sub(word, 1, word.n), &c->words, &c->n_words, &cap))
            return bad(ld, "unknown class", word);
    }
    if (c->n_words) qsort(c->words, c->n_words, sizeof *c->words, by_bytes);
    return true;
}

/* "{tie,@bond}" without braces to a sorted list. */
static bool parse_words(loader *ld, nst_str set, nst_condition *c) {
    uint32_t at = (uint32_t)nst_hash(set.p, set.n) & (KNOWN_SETS - 1);
    for (uint32_t tries = 0; tries < 64; tries++, at = (at + 1) & (KNOWN_SETS - 1)) {
        known_set *k = &ld->sets[at];
        if (k->text.p && !nst_str_eq(k->text, set)) continue;
        if (!k->text.p) {
            nst_condition fresh = {0};
            if (!read_set(ld, set, &fresh)) return false;
            *k = (known_set){set, fresh};
        }
        c->words = k->read.words;
        c->n_words = k->read.n_words;
        c->also = k->read.also;
        return true;
    }
    return read_set(ld, set, c);
}

/* ---- slots and conditions ---------------------------------------------------------------- */

/* "subj", "obj.on", "with" to a source. */
static bool parse_source(loader *ld, nst_str s, nst_slot_source *out) {
    static const struct { const char *word; uint8_t source; } named[] = {
        {"subj", NST_SRC_SUBJ}, {"obj", NST_SRC_OBJ}, {"iobj", NST_SRC_IOBJ}, {"poss", NST_SRC_POSS},
        {"mod", NST_SRC_MOD}, {"comp.subj", NST_SRC_COMP_SUBJ}, {"comp.obj", NST_SRC_COMP_OBJ},
        {"xcomp", NST_SRC_XCOMP}, {"ccomp", NST_SRC_CCOMP},
    };
    *out = (nst_slot_source){0};
    if (nst_str_starts(s, "obj.") && s.n > 4) {
        out->via_obj = true;
        s = nst_str_sub(s, 4, s.n);
    }
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (nst_str_is(s, named[i].word)) {
            out->source = named[i].source;
            return true;
        }
    for (uint32_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '_')) return bad(ld, "unknown source", s);
    if (!s.n) return bad(ld, "empty source", s);
    out->source = NST_SRC_PREP;
    out->prep = s;
    return true;
}

/* "subj&with|against!" to a slot. */
static bool parse_slot(loader *ld, nst_str s, nst_slot *slot) {
    nst_slot_source list[NST_SLOT_MAX];
    uint32_t from = 0;
    bool also = false;
    for (uint32_t i = 0; i <= s.n; i++) {
        if (i < s.n && s.p[i] != '|' && s.p[i] != '&') continue;
        nst_str piece = nst_str_sub(s, from, i);
        if (piece.n && piece.p[piece.n - 1] == '!') {
            slot->required = true;
            piece.n--;
        }
        if (piece.n && piece.p[piece.n - 1] == '?') piece.n--;
        if (slot->n == NST_SLOT_MAX) return bad(ld, "too many sources", s);
        if (!parse_source(ld, piece, &list[slot->n])) return false;
        list[slot->n++].also = also;
        also = i < s.n && s.p[i] == '&';
        from = i + 1;
    }
    slot->from = NST_ARRAY(ld->a, nst_slot_source, slot->n);
    memcpy(slot->from, list, sizeof *list * slot->n);
    return true;
}

/* "A=subj R=obj" */
static bool parse_slots(loader *ld, nst_str s, nst_frame *f) {
    nst_str word;
    while (nst_str_split(&s, ' ', &word)) {
        if (!word.n || nst_str_is(word, "-")) continue;
        if (word.n < 3 || word.p[1] != '=') return bad(ld, "slot is not A=... or R=...", word);
        nst_str v = nst_str_sub(word, 2, word.n);
        if (word.p[0] == 'A') {
            if (!parse_slot(ld, v, &f->actor)) return false;
        } else if (word.p[0] == 'R') {
            if (!parse_slot(ld, v, &f->recipient)) return false;
        } else {
            return bad(ld, "slot is not A=... or R=...", word);
        }
    }
    return true;
}

/* "obj:{a,b}", "with:*", "passive" to a condition. */
static bool parse_condition(loader *ld, nst_str s, nst_condition *c) {
    static const struct { const char *word; uint8_t test; } tests[] = {
        {"*", NST_TEST_THERE}, {"-", NST_TEST_NOT_THERE}, {"actor", NST_TEST_ACTOR},
        {"-actor", NST_TEST_NOT_ACTOR}, {"state", NST_TEST_STATE}, {"person", NST_TEST_PERSON},
        {"public", NST_TEST_PUBLIC},
    };
    if (nst_str_is(s, "passive")) return c->test = NST_TEST_PASSIVE, true;
    if (nst_str_is(s, "active")) return c->test = NST_TEST_ACTIVE, true;
    if (nst_str_is(s, "plural")) return c->test = NST_TEST_PLURAL, true;
    if (nst_str_is(s, "indef")) return c->test = NST_TEST_INDEF, true;
    if (nst_str_is(s, "told")) return c->test = NST_TEST_TOLD, true;
    nst_str of, v = s;
    if (!nst_str_split(&v, ':', &of) || !v.p) return bad(ld, "unknown condition", s);
    if (!parse_source(ld, of, &c->of)) return false;
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        if (nst_str_is(v, tests[i].word)) return c->test = tests[i].test, true;
    c->test = NST_TEST_IN;
    if (v.n && v.p[0] == '-') {
        c->test = NST_TEST_NOT_IN;
        v = nst_str_sub(v, 1, v.n);
    }
    if (v.n < 2 || v.p[0] != '{' || v.p[v.n - 1] != '}') return bad(ld, "unknown condition", s);
    return parse_words(ld, nst_str_sub(v, 1, v.n - 1), c);
}

/* All conditions of a row; the spaces between them may also stand inside braces. */
static bool parse_conditions(loader *ld, nst_str s, nst_frame *f) {
    nst_condition list[16] = {{0}};
    uint32_t from = 0;
    int depth = 0;
    for (uint32_t i = 0; i <= s.n; i++) {
        if (i < s.n && s.p[i] == '{') depth++;
        if (i < s.n && s.p[i] == '}') depth--;
        if (i < s.n && (s.p[i] != ' ' || depth > 0)) continue;
        nst_str word = nst_str_sub(s, from, i);
        from = i + 1;
        if (!word.n || nst_str_is(word, "-")) continue;
        if (f->n_conditions == 16) return bad(ld, "too many conditions", s);
        if (!parse_condition(ld, word, &list[f->n_conditions])) return false;
        f->n_conditions++;
    }
    f->conditions = NST_ARRAY(ld->a, nst_condition, f->n_conditions);
    memcpy(f->conditions, list, sizeof *list * f->n_conditions);
    return true;
}

/* Comma-separated modes or contexts to bits; -1 from `of` is an unknown word. */
static bool parse_bits(loader *ld, nst_str s, int (*of)(nst_str), uint64_t *bits) {
    nst_str word;
    if (nst_str_is(s, "-")) return true;
    while (nst_str_split(&s, ',', &word)) {
        word = nst_str_trim(word);
        int i = of(word);
        if (!word.n) continue;
        if (i < 0) return bad(ld, "unknown mode or context", word);
        *bits |= 1ull << i;
    }
    return true;
}

/* ---- rows -------------------------------------------------------------------------------- */

/* "cut_off" to the trigger's own word and the others. The head of a noun is its last word. */
static void split_lemma(loader *ld, nst_frame *f) {
    nst_str parts[8], rest = f->lemma, word;
    uint8_t n = 0;
    while (n < 8 && nst_str_split(&rest, '_', &word))
        if (word.n) parts[n++] = word;
    if (!n) return;
    uint8_t head = f->pos == 'n' ? (uint8_t)(n - 1) : 0;
    f->head = parts[head];
    f->rest = NST_ARRAY(ld->a, nst_str, n);
    for (uint8_t i = 0; i < n; i++)
        if (i != head) f->rest[f->n_rest++] = parts[i];
}

/* One row of a frames file. */
static bool frame_row(loader *ld, nst_str *col) {
    nst_frame f = {.lemma = col[0], .example = col[7], .slots_text = col[5],
        .when_text = col[6], .user = ld->user, .order = ld->l->n_frames};
    if (col[1].n != 1 || !strchr("vna", col[1].p[0])) return bad(ld, "pos is not v, n or a", col[1]);
    f.pos = col[1].p[0];
    f.type = (uint8_t)nst_type_of(col[2]);
    if (f.type == NST_T_NONE && !nst_str_is(col[2], "NONE")) return bad(ld, "unknown type", col[2]);
    if (!parse_bits(ld, col[3], nst_mode_of, &f.modes)) return false;
    if (!parse_bits(ld, col[4], nst_context_of, &f.contexts)) return false;
    if (!parse_slots(ld, col[5], &f) || !parse_conditions(ld, col[6], &f)) return false;
    split_lemma(ld, &f);
    if (!f.head.n) return bad(ld, "empty lemma", col[0]);
    *NST_PUSH(ld->a, ld->l->frames, ld->l->n_frames, ld->cap_frames) = f;
    return true;
}

/* One row of a contexts file: context TAB phrases separated by '|'. */
static bool context_row(loader *ld, nst_str *col) {
    int context = nst_context_of(col[0]);
    nst_str rest = col[1], phrase;
    if (context < 0) return bad(ld, "unknown context", col[0]);
    while (nst_str_split(&rest, '|', &phrase)) {
        nst_str p = nst_str_trim(phrase), tail = p, head;
        if (!p.n) continue;
        nst_str_split(&tail, ' ', &head);
        *NST_PUSH(ld->a, ld->l->contexts, ld->l->n_contexts, ld->cap_contexts) =
            (nst_context_word){head, p, (uint8_t)context};
    }
    return true;
}

/* A number column; NAN for "-" or nothing. */
static double number(nst_str s) {
    char buf[32];
    snprintf(buf, sizeof buf, "%.*s", (int)(s.n < 31 ? s.n : 31), s.p ? s.p : "");
    char *end;
    double v = strtod(buf, &end);
    return end == buf ? (double)__builtin_nanf("") : v;
}

/* One row of the CAMEO file: type, mode, context, code, goldstein, quad, scale. */
static bool cameo_row(loader *ld, nst_str *col) {
    nst_cameo_row r = {.type = (uint8_t)nst_type_of(col[0]), .mode = (int8_t)nst_mode_of(col[1]),
        .context = (int8_t)nst_context_of(col[2])};
    if (r.type == NST_T_NONE) return bad(ld, "unknown type", col[0]);
    if (r.mode < 0 && !nst_str_is(col[1], "-")) return bad(ld, "unknown mode", col[1]);
    if (r.context < 0 && !nst_str_is(col[2], "-")) return bad(ld, "unknown context", col[2]);
    if (col[3].n && !nst_str_is(col[3], "-")) r.code = nst_arena_dup(ld->a, col[3].p, col[3].n);
    r.goldstein = number(col[4]);
    r.scale = number(col[6]);
    *NST_PUSH(ld->a, ld->l->cameo, ld->l->n_cameo, ld->cap_cameo) = r;
    return true;
}

/* One row of a cues file: pos, stance, takes, lemmas. */
static bool cue_row(loader *ld, nst_str *col) {
    static const char letters[] = "cioqst";
    int stance = -1;
    uint8_t takes = 0;
    for (int i = 0; i < NST_N_STANCE; i++)
        if (nst_str_is(col[1], nst_stance_name(i))) stance = i;
    if (stance < 0) return bad(ld, "unknown stance", col[1]);
    for (uint32_t i = 0; i < col[2].n; i++) {
        const char *at = strchr(letters, col[2].p[i]);
        if (!at) return bad(ld, "unknown letter", col[2]);
        takes |= (uint8_t)(1 << (at - letters));
    }
    nst_str rest = col[3], word;
    while (nst_str_split(&rest, ' ', &word)) {
        nst_str tail = word, head;
        if (!word.n) continue;
        nst_str_split(&tail, '_', &head);
        *NST_PUSH(ld->a, ld->l->cues, ld->l->n_cues, ld->cap_cues) =
            (nst_cue){word, head, col[0].n ? col[0].p[0] : 0, (uint8_t)stance, takes};
    }
    return true;
}

/* One row of the judge's file: "weight NAME ALL ACT", "topic NAME words", "floor - AT_0 RISE". */
static bool judge_row(loader *ld, nst_str *col) {
    int feature = -1;
    for (int i = 0; i < NST_N_FEATURE; i++)
        if (nst_str_is(col[1], nst_judge_feature(i))) feature = i;
    if (nst_str_is(col[0], "floor")) {
        ld->l->floor = (float)number(col[2]);
        ld->l->soft_floor = (float)number(col[3]);
        return true;
    }
    if (feature < 0) return bad(ld, "unknown feature", col[1]);
    if (nst_str_is(col[0], "weight")) {
        ld->l->weights[feature] = (float)number(col[2]);
        ld->l->act_weights[feature] = (float)number(col[3]);
        return true;
    }
    nst_str rest = col[2], word;
    if (!nst_str_is(col[0], "topic")) return bad(ld, "unknown row", col[0]);
    while (nst_str_split(&rest, ' ', &word))
        if (word.n)
            *NST_PUSH(ld->a, ld->l->topics, ld->l->n_topics, ld->cap_topics) =
                (nst_topic_word){word, feature};
    return true;
}

/* One row of a classes file. */
static bool class_row(loader *ld, nst_str *col) {
    *NST_PUSH(ld->a, ld->classes, ld->n_classes, ld->cap_classes) = (word_class){col[0], col[1]};
    return true;
}

/* Calls row() for every row of the blocks of this kind in data. */
static void each_row(loader *ld, nst_str data, const char *kind, uint32_t least,
                     bool (*row)(loader *, nst_str *)) {
    nst_str line, col[COLUMNS];
    bool on = false;
    ld->line = 0;
    while (nst_str_split(&data, '\n', &line)) {
        ld->line++;
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        if (nst_str_starts(line, "#nestor-lexicon ")) on = nst_str_ends(line, kind);
        if (!on || !line.n || line.p[0] == '#') continue;
        uint32_t n = 0;
        nst_str rest = line;
        memset(col, 0, sizeof col);
        while (n < COLUMNS && nst_str_split(&rest, '\t', &col[n])) n++;
        for (uint32_t i = 0; i < n; i++) col[i] = nst_str_trim(col[i]);
        if (n < least) bad(ld, "too few columns", line);
        else row(ld, col);
    }
}

/* ---- the index --------------------------------------------------------------------------- */

static int by_head(const void *pa, const void *pb) {
    const nst_frame *a = pa, *b = pb;
    int c = nst_str_cmp(a->head, b->head);
    if (c) return c;
    if (a->user != b->user) return a->user ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

static int by_context_head(const void *a, const void *b) {
    return nst_str_cmp(((const nst_context_word *)a)->head, ((const nst_context_word *)b)->head);
}

static int by_cue_head(const void *a, const void *b) {
    return nst_str_cmp(((const nst_cue *)a)->head, ((const nst_cue *)b)->head);
}

const nst_cue *nst_lexicon_cue(const nst_lexicon *l, nst_str head, uint32_t *n) {
    uint32_t lo = 0, hi = l->n_cues, end;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (nst_str_cmp(l->cues[mid].head, head) < 0) lo = mid + 1;
        else hi = mid;
    }
    for (end = lo; end < l->n_cues && nst_str_eq(l->cues[end].head, head); end++) {}
    *n = end - lo;
    return *n ? &l->cues[lo] : NULL;
}

static int by_topic_word(const void *a, const void *b) {
    return nst_str_cmp(((const nst_topic_word *)a)->word, ((const nst_topic_word *)b)->word);
}

/* Sorts the frames and builds the hash of their heads. */
static void build_index(nst_lexicon *l) {
    if (l->n_frames) qsort(l->frames, l->n_frames, sizeof *l->frames, by_head);
    if (l->n_contexts) qsort(l->contexts, l->n_contexts, sizeof *l->contexts, by_context_head);
    if (l->n_cues) qsort(l->cues, l->n_cues, sizeof *l->cues, by_cue_head);
    if (l->n_topics) qsort(l->topics, l->n_topics, sizeof *l->topics, by_topic_word);
    uint32_t size = 64;
    while (size < l->n_frames * 2) size *= 2;
    l->slot_mask = size - 1;
    l->slot = NST_ARRAY(l->arena, uint32_t, size);
    for (uint32_t i = 0; i < l->n_frames; i++) {
        if (i && nst_str_eq(l->frames[i].head, l->frames[i - 1].head)) continue;
        uint32_t at = (uint32_t)nst_hash(l->frames[i].head.p, l->frames[i].head.n) & l->slot_mask;
        while (l->slot[at]) at = (at + 1) & l->slot_mask;
        l->slot[at] = i + 1;
    }
}

const nst_frame *nst_lexicon_get(const nst_lexicon *l, nst_str head, uint32_t *n) {
    uint32_t at = (uint32_t)nst_hash(head.p, head.n) & l->slot_mask;
    for (; l->slot[at]; at = (at + 1) & l->slot_mask) {
        uint32_t i = l->slot[at] - 1;
        if (!nst_str_eq(l->frames[i].head, head)) continue;
        uint32_t end = i;
        while (end < l->n_frames && nst_str_eq(l->frames[end].head, head)) end++;
        *n = end - i;
        return &l->frames[i];
    }
    *n = 0;
    return NULL;
}

/* ---- loading ----------------------------------------------------------------------------- */

/* Reads a whole file into the arena. */
static nst_status read_file(nst_arena *a, const char *path, nst_str *out, nst_err *e) {
    FILE *f = fopen(path, "rb");
    if (!f) return nst_fail(e, NST_EMODEL, "events", "cannot open the lexicon file %s", path);
    fseek(f, 0, SEEK_END);
    long n = ftell(f);
    rewind(f);
    if (n < 0 || n > (long)NST_MAX_LINE) {           /* a directory says LONG_MAX */
        fclose(f);
        return nst_fail(e, NST_EMODEL, "events", "cannot read the lexicon file %s", path);
    }
    char *p = nst_arena_alloc(a, (size_t)(n > 0 ? n : 0) + 1);
    size_t got = fread(p, 1, (size_t)(n > 0 ? n : 0), f);
    fclose(f);
    *out = (nst_str){p, (uint32_t)got};
    return NST_OK;
}

/* All blocks of one text, classes before the frames that use them. */
static void read_blocks(loader *ld, nst_str data) {
    each_row(ld, data, " classes", 2, class_row);
    each_row(ld, data, " frames", 8, frame_row);
    each_row(ld, data, " contexts", 2, context_row);
    each_row(ld, data, " cues", 4, cue_row);
    each_row(ld, data, " cameo", 7, cameo_row);
    each_row(ld, data, " judge", 4, judge_row);
}

nst_lexicon *nst_lexicon_load(const char *user_file, nst_writer *notes, nst_err *e) {
    nst_arena *a = nst_arena_new();
    if (!a || setjmp(*nst_arena_oom(a))) {
        nst_arena_free(a);
        nst_fail(e, NST_ENOMEM, "events", "out of memory while loading the lexicon");
        return NULL;
    }
    nst_lexicon *l = NST_NEW(a, nst_lexicon);
    l->arena = a;
    loader ld = {.l = l, .a = a, .notes = notes, .file = "lexicon"};
    ld.sets = NST_ARRAY(a, known_set, KNOWN_SETS);
    nst_str own = {(const char *)nst_lexicon_blob_start,
        (uint32_t)(nst_lexicon_blob_end - nst_lexicon_blob_start)}, user;
    read_blocks(&ld, own);
    if (user_file) {
        if (read_file(a, user_file, &user, e)) {
            nst_arena_free(a);
            return NULL;
        }
        if (notes && !memmem(user.p, user.n, "#nestor-lexicon ", 16))
            nst_putf(notes, "%s:1: no line \"#nestor-lexicon 1 KIND\": nothing of it is used\n",
                     user_file);
        ld.user = true;
        ld.file = user_file;
        read_blocks(&ld, user);
    }
    build_index(l);
    return l;
}

void nst_lexicon_close(nst_lexicon *l) {
    if (l) nst_arena_free(l->arena);
}
