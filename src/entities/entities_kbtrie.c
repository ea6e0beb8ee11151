/* entities_kbtrie.c - terms to the trie: the compiler's second half.
 *
 * In: terms ("Kingdom of Ruritania" means the state RUR, by name). Out: edges, nodes, readings.
 * Idea: each edge (node, word) is a row of one hash table; a term is the node where its words end.
 * People get more terms than are written: other name orders, initials, the surname, and for names
 * and
 * long surnames a second path of spelling skeletons. Invariants: (1) the order of rows does not
 * change which readings a term has; (2) no two edges share a place and a check value (verified
 * here).
 */
#include <stdlib.h>

#include "kb_build.h"

typedef struct pending { uint32_t node, seq; kb_reading r; } pending;

struct kb_trie {
    struct edge { uint64_t hash; uint32_t node; } *edges;    /* open addressing, node 0: empty */
    uint32_t n_edges, size, n_nodes;
    pending *terms;
    uint32_t n_terms, cap;
};

/* ---- edges ------------------------------------------------------------------------------- */

/* Node 0 is the plain root and stands for "no edge" in the table, as no edge leads back to it. */
kb_trie *kb_trie_new(kb_build *b) {
    kb_trie *t = NST_NEW(b->a, kb_trie);
    t->size = 1u << 16;
    t->edges = nst_arena_alloc(b->a, sizeof *t->edges * t->size);
    t->n_nodes = 2;                      /* the roots */
    return t;
}

/* The slot of a hash: its edge, or the empty place for it. */
static struct edge *edge_slot(const kb_trie *t, uint64_t hash) {
    uint32_t i = (uint32_t)hash & (t->size - 1);
    while (t->edges[i].node && t->edges[i].hash != hash) i = (i + 1) & (t->size - 1);
    return &t->edges[i];
}

/* Doubles the table. */
static void edges_grow(kb_build *b, kb_trie *t) {
    struct edge *old = t->edges;
    uint32_t n = t->size;
    t->size *= 2;
    t->edges = nst_arena_alloc(b->a, sizeof *t->edges * t->size);
    for (uint32_t i = 0; i < n; i++)
        if (old[i].node) *edge_slot(t, old[i].hash) = old[i];
}

/* The node behind (node, word), made if need be. */
static uint32_t edge_to(kb_build *b, uint32_t node, const char *p, uint32_t n) {
    kb_trie *t = b->trie;
    if (t->n_edges * 2 > t->size) edges_grow(b, t);
    uint64_t h = kb_edge_hash(node, p, n);
    struct edge *e = edge_slot(t, h);
    if (!e->node) {
        *e = (struct edge){h, t->n_nodes++};
        t->n_edges++;
    }
    return e->node;
}

/* ---- terms ------------------------------------------------------------------------------- */

/* Adds words as a path below root, with what the text's words must look like. */
static void path_add(kb_build *b, uint32_t root, const nst_kb_word *w, uint32_t n, kb_reading r) {
    uint32_t node = root;
    char skel[2048 + 8];
    for (uint32_t i = 0; i < n; i++) {
        const char *p = w[i].p;
        uint32_t k = w[i].n;
        if (root == KB_ROOT_SKELETON) k = kb_skeleton(w[i].p, w[i].n, skel), p = skel;
        node = edge_to(b, node, p, k);
    }
    kb_trie *t = b->trie;
    pending *x = NST_PUSH(b->a, t->terms, t->n_terms, t->cap);
    *x = (pending){.node = node, .seq = t->n_terms, .r = r};
}

/* Which words must begin with, or consist of, capitals. A short word all in capitals ("US", "CSTO")
 * demands them; a person's later short words ("Jong-un") demand nothing. */
static void demands(const nst_kb_word *w, uint32_t n, bool person, kb_reading *r) {
    for (uint32_t i = 0; i < n; i++) {
        bool digits = w[i].n && w[i].p[0] >= '0' && w[i].p[0] <= '9';
        if (!(w[i].shape & KB_SHAPE_INITIAL) || digits) continue;
        if (person && i > 0 && w[i].n < 4) continue;
        if (!person && (w[i].shape & KB_SHAPE_CAPS) && w[i].n >= 2 && w[i].n <= 4)
            r->caps |= (uint16_t)(1u << i);
        else r->initial |= (uint16_t)(1u << i);
    }
}

/* Cuts a value into words; false (noted) if there are none or too many. */
static bool words_of(kb_build *b, const kb_row *row, nst_str text, nst_kb_words *w) {
    uint32_t cap = 0;
    *w = (nst_kb_words){0};
    kb_split(text, 0, b->a, w, &cap);
    uint32_t n = 0;                      /* brackets and the like fall out of terms */
    for (uint32_t i = 0; i < w->n_words; i++)
        if (!(w->words[i].shape & KB_SHAPE_BREAK)) w->words[n++] = w->words[i];
    w->n_words = n;
    if (n > 0 && n <= NST_KB_MAX_WORDS) return true;
    kb_note(b->r, row, "\"%.*s\" has %s", (int)text.n, text.p, n ? "too many words" : "no letters");
    return false;
}

/* A reading of a value. */
static kb_reading reading_of(kb_build *b, const kb_value *v, uint8_t by, uint32_t ref) {
    return (kb_reading){.ref = ref, .name = kb_string(b, v->text), .by = by, .flags = v->flags,
                        .start = v->start, .end = v->end};
}

/* Everything but people's names: one path. */
void kb_term_add(kb_build *b, const kb_row *row, kb_value v, uint8_t by, uint32_t ref) {
    nst_kb_words w;
    if (!words_of(b, row, v.text, &w)) return;
    kb_reading r = reading_of(b, &v, by, ref);
    demands(w.words, w.n_words, false, &r);
    path_add(b, KB_ROOT_PLAIN, w.words, w.n_words, r);
}

/* ---- people's names ---------------------------------------------------------------------- */

/* Words that belong to the surname after them: "von der Leyen", "al-Assad". */
static bool particle(const nst_kb_word *w) {
    static const char *const all[] = {"von", "van",   "der", "den", "de",   "da",  "do",
                                      "dos", "das",   "du",  "di",  "la",   "le",  "al",
                                      "el",  "bin",   "ibn", "ben", "ould", "abu", "st",
                                      "del", "della", "mac", "ter", "af"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (w->n == strlen(all[i]) && memcmp(w->p, all[i], w->n) == 0) return true;
    return false;
}

/* Is a surname rather a plain word, or a given name of many? */
static bool plain_word(const kb_build *b, const nst_kb_word *w) {
    nst_str s = {w->p, w->n};
    uint32_t given = kb_map_get(&b->given, s);
    return kb_map_get(&b->plain, s) != NST_KB_NONE || (given != NST_KB_NONE && given >= 3);
}

/* Letters of a folded word. */
static uint32_t letters(const nst_kb_word *w) { return (uint32_t)nst_utf8_count(w->p, w->n); }

/* Adds one path for a person, plain and (where it is safe) by skeleton. */
static void person_path(kb_build *b, const nst_kb_word *w, uint32_t n, kb_reading r,
                        bool skeleton) {
    r.initial = r.caps = 0;
    if (n == 0 || n > NST_KB_MAX_WORDS) return;
    demands(w, n, true, &r);
    if (n == 1) {
        bool plain = plain_word(b, &w[0]);
        if (w[0].n == 1 || (plain && w[0].n == 2)) return;     /* "O.", "No", "He" */
        if (plain) r.flags |= NST_KB_WEAK;
    }
    path_add(b, KB_ROOT_PLAIN, w, n, r);
    if (skeleton && (n > 1 || letters(&w[0]) >= 6)) path_add(b, KB_ROOT_SKELETON, w, n, r);
}

/* "V", "XVI": the number of a king or pope, no surname. */
static bool ordinal(const nst_kb_word *w) {
    for (uint32_t i = 0; i < w->n; i++)
        if (!strchr("ivx", w->p[i])) return false;
    return !(w->n == 2 && memcmp(w->p, "xi", 2) == 0);          /* Xi is a family name */
}

/* Where the surname begins: the last word with its particles. */
static uint32_t surname_at(const nst_kb_word *w, uint32_t n) {
    uint32_t at = n - 1;
    while (at > 1 && particle(&w[at - 1])) at--;
    return at;
}

/* Short forms of a full name: surname, bare surname after "al-", initials, without middle names. */
static void short_forms(kb_build *b, nst_kb_word *w, uint32_t n, kb_reading r, kb_style style) {
    uint32_t at = surname_at(w, n);
    bool family_first = style.family_first && !(n == 2 && plain_word(b, &w[0])); /* "William Lai" */
    bool level = style.transliterated;
    kb_reading sur = r, var = r;
    sur.by = NST_KB_BY_SURNAME;
    var.flags |= NST_KB_VARIANT;
    if (ordinal(&w[n - 1])) return;
    if (family_first) person_path(b, w, 1, sur, false);
    if (family_first && n > 2) return;
    person_path(b, w + at, n - at, sur, level);
    if (style.both && !family_first) person_path(b, w, 1, sur, level);
    if (at < n - 1 && w[n - 2].n == 2 && w[n - 1].n >= 4) person_path(b, w + n - 1, 1, sur, level);
    if (n > 2 && at > 1) {                                     /* given name and surname alone */
        nst_kb_word *x = NST_ARRAY(b->a, nst_kb_word, n);
        x[0] = w[0];
        memcpy(x + 1, w + at, (n - at) * sizeof *x);
        person_path(b, x, n - at + 1, var, true);
    }
    if (w[0].n >= 2 && (unsigned char)w[0].p[0] < 0x80) {      /* "O. Strel" */
        nst_kb_word *x = NST_ARRAY(b->a, nst_kb_word, n);
        x[0] = w[0];
        x[0].n = 1;
        memcpy(x + 1, w + at, (n - at) * sizeof *x);
        person_path(b, x, n - at + 1, var, false);
    }
    if (n == 2) {                                              /* the other order */
        nst_kb_word x[2] = {w[1], w[0]};
        person_path(b, x, 2, var, false);
    }
}

/* Joins lone letters at the front: "J. D. Strel" also as "JD Strel". */
static void joined_initials(kb_build *b, const nst_kb_word *w, uint32_t n, kb_reading r) {
    uint32_t k = 0;
    while (k < n && w[k].n == 1) k++;
    if (k < 2 || k == n || k > 4) return;
    nst_kb_word *x = NST_ARRAY(b->a, nst_kb_word, n);
    char *p = nst_arena_alloc(b->a, k);
    for (uint32_t i = 0; i < k; i++) p[i] = w[i].p[0];
    x[0] = (nst_kb_word){.p = p, .n = (uint16_t)k, .shape = KB_SHAPE_INITIAL};
    memcpy(x + 1, w + k, (n - k) * sizeof *x);
    r.flags |= NST_KB_VARIANT;
    person_path(b, x, n - k + 1, r, false);
}

/* "Jr.", "III" and the like at the end of a name. */
static bool suffix(const nst_kb_word *w) {
    static const char *const all[] = {"jr", "sr", "ii", "iii", "iv", "junior", "senior", ","};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (w->n == strlen(all[i]) && memcmp(w->p, all[i], w->n) == 0) return true;
    return false;
}

/* Only the main name is trusted to have a surname where we expect one; other names are taken as
 * they
 * stand, unless they are two plain words. */
void kb_person_terms(kb_build *b, const kb_row *row, kb_value name, uint32_t person, kb_style style,
                     bool main_name) {
    nst_kb_words w;
    if (!words_of(b, row, name.text, &w)) return;
    uint32_t n = w.n_words, lead = 0;
    while (lead + 1 < n && particle(&w.words[lead])) lead++;
    bool full = n > 1 && lead + 1 < n;                         /* "dos Santos" is a surname */
    kb_reading r = reading_of(b, &name, full ? NST_KB_BY_FULL_NAME : NST_KB_BY_SURNAME, person);
    person_path(b, w.words, n, r, full || style.transliterated);
    if (!full) return;
    while (n > 2 && suffix(&w.words[n - 1])) n--;
    if (n < w.n_words) person_path(b, w.words, n, r, true);
    joined_initials(b, w.words, n, r);
    if (main_name || n == 2) short_forms(b, w.words, n, r, style);
}

/* ---- writing ----------------------------------------------------------------------------- */

/* By node, user's first, then in the order of the rows. */
static int pending_cmp(const void *x, const void *y) {
    const pending *a = x, *b = y;
    int ua = a->r.flags & NST_KB_USER, ub = b->r.flags & NST_KB_USER;
    if (a->node != b->node) return a->node < b->node ? -1 : 1;
    if (ua != ub) return ub - ua;
    return a->seq < b->seq ? -1 : a->seq > b->seq;
}

/* Is there an earlier reading of the same node that says the same? It then takes the laxer demands
 * of both. */
static bool said(kb_reading *from, kb_reading *to, const kb_reading *r) {
    bool person = r->by == NST_KB_BY_FULL_NAME || r->by == NST_KB_BY_SURNAME;
    for (; from < to; from++) {
        bool p = from->by == NST_KB_BY_FULL_NAME || from->by == NST_KB_BY_SURNAME;
        bool same = from->by == r->by && from->start == r->start && from->end == r->end;
        if (from->ref != r->ref || !(same || (person && p))) continue;
        from->initial &= r->initial;
        from->caps &= r->caps;
        from->flags &= (uint8_t)(r->flags | ~(NST_KB_WEAK | NST_KB_UNSURE));
        return true;
    }
    return false;
}

/* Puts the readings of one node to `to`: without repetitions, and where the user has said what the
 * words mean, without the others. Surnames that share their words with something else become weak.
 * */
static uint32_t node_readings(const pending *p, uint32_t n, kb_reading *to) {
    uint32_t k = 0;
    bool user = p[0].r.flags & NST_KB_USER, other = false;
    for (uint32_t i = 0; i < n; i++) {
        if (user && !(p[i].r.flags & NST_KB_USER) && p[0].r.by != NST_KB_BY_SURNAME) continue;
        if (said(to, to + k, &p[i].r)) continue;
        to[k++] = p[i].r;
        other |= p[i].r.by != NST_KB_BY_FULL_NAME && p[i].r.by != NST_KB_BY_SURNAME;
    }
    for (uint32_t i = 0; i < k && other; i++)
        if (to[i].by == NST_KB_BY_SURNAME) to[i].flags |= NST_KB_WEAK;
    return k;
}

/* The edges as they are looked up; notes a clash of check values (then a hash seed must change). */
static void edges_write(kb_build *b, nst_writer *w, kb_header *h) {
    kb_trie *t = b->trie;
    uint32_t size = 64;
    while (size < t->n_edges * 2) size *= 2;
    kb_edge *out = nst_arena_alloc(b->a, sizeof *out * size);
    for (uint32_t i = 0; i < t->size; i++) {
        const struct edge *e = &t->edges[i];
        if (!e->node) continue;
        uint32_t k = (uint32_t)e->hash & (size - 1), check = (uint32_t)(e->hash >> 32);
        for (; out[k].node; k = (k + 1) & (size - 1))
            if (out[k].check == check)
                kb_note(b->r, &(kb_row){.file = "trie"}, "two edges share a check value");
        out[k] = (kb_edge){check, e->node};
    }
    kb_section(w, h, KB_EDGE, out, size, sizeof *out);
}

/* Readings of one node lie together; a node without any has none. */
void kb_trie_write(kb_build *b, nst_writer *w, kb_header *h) {
    kb_trie *t = b->trie;
    edges_write(b, w, h);
    if (t->n_terms) qsort(t->terms, t->n_terms, sizeof *t->terms, pending_cmp);
    kb_node *nodes = NST_ARRAY(b->a, kb_node, t->n_nodes);
    kb_reading *out = NST_ARRAY(b->a, kb_reading, t->n_terms);
    uint32_t n = 0;
    for (uint32_t i = 0, k; i < t->n_terms; i = k) {
        for (k = i; k < t->n_terms && t->terms[k].node == t->terms[i].node; k++) continue;
        kb_node *x = &nodes[t->terms[i].node];
        x->readings = n;
        x->n = node_readings(t->terms + i, k - i, out + n);
        n += x->n;
    }
    kb_section(w, h, KB_NODE, nodes, t->n_nodes, sizeof *nodes);
    kb_section(w, h, KB_READING, out, n, sizeof *out);
}
