/* parse_names.c - the names of a document put right together.
 *
 * In: names as the tagger found them, sentence by sentence. Out: the same names, trimmed, each
 * spelling of one kind: Graustark PERSON (.41), Graustark PLACE (.97), Graustark PLACE (.93)  ->
 * Graustark PLACE, three times.
 * The idea: all occurrences of a spelling vote with their
 * probabilities; a list of states, peoples, cities and organisations votes too; a last name that
 * stands behind a first name somewhere is a person's (one sense per discourse, Gale, Church and
 * Yarowsky 1992). A doubtful name that no other vote backs is dropped.
 * Invariants: (1) no name is
 * added; names keep order and do not overlap; (2) linear time.
 */
#include "parse_model.h"

#define KEY 96u
#define DOUBTFUL 0.50f              /* a name less probable than this needs */
#define BACKED 0.45f                /* so many votes besides its own */

typedef struct ballot {
    uint64_t key;                  /* hash of the spelling, 0 if the slot is free */
    float votes[NST_N_NAME];
} ballot;

/* Has the token a letter or digit? Is it written as names are: with a capital, a digit, another
 * script? */
static bool has_letter(nst_str w) {
    for (uint32_t i = 0; i < w.n; i++) {
        unsigned char c = (unsigned char)w.p[i];
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
        if (c >= 0xC3 && !(c == 0xE2 && i + 1 < w.n && (unsigned char)w.p[i + 1] == 0x80))
            return true;
    }
    return false;
}

static bool has_capital(nst_str w) {
    for (size_t i = 0; i < w.n;) {
        uint32_t c = nst_utf8_next(w.p, w.n, &i);
        if ((c >= '0' && c <= '9') || nst_utf8_upper(c) || c >= 0x370) return true;
    }
    return false;
}

/* Cuts marks off both ends; false if no name is left. */
static bool trim(const nst_text *t, nst_name *n) {
    bool capital = false;
    while (n->first < n->end && !has_letter(nst_text_token(t, n->first))) n->first++;
    while (n->end > n->first && !has_letter(nst_text_token(t, n->end - 1))) n->end--;
    for (uint32_t i = n->first; i < n->end && !capital; i++)
        capital = has_capital(nst_text_token(t, i));
    return capital;
}

/* Tokens [first, end) with a blank between into key; 0 if too long. */
static uint32_t spell(const nst_text *t, uint32_t first, uint32_t end, char key[KEY]) {
    uint32_t n = 0;
    for (uint32_t i = first; i < end; i++) {
        nst_str w = nst_text_token(t, i);
        if (n + w.n + 1 > KEY) return 0;
        if (i > first) key[n++] = ' ';
        memcpy(key + n, w.p, w.n);
        n += w.n;
    }
    return n;
}

/* The slot of a spelling; free slots are taken when `add`. */
static ballot *find(ballot *box, uint32_t mask, const char *key, uint32_t n, bool add) {
    uint64_t h = nst_hash(key, n) | 1;
    for (uint32_t i = (uint32_t)(h >> 32) & mask;; i = (i + 1) & mask) {
        if (!box[i].key && !add) return NULL;
        if (!box[i].key) box[i].key = h;
        if (box[i].key == h) return &box[i];
    }
}

/* A known name's vote. */
static void ask_list(const nst_parse_model *m, const char *key, uint32_t n, ballot *b) {
    nst_str v = pm_table_get(&m->gazet, key, n);
    if (v.n == 2 && (unsigned char)v.p[0] < NST_N_NAME)
        b->votes[(unsigned char)v.p[0]] += (float)(unsigned char)v.p[1] / 10.0f;
}

void pm_names_settle(const nst_parse_model *m, nst_parse *p, nst_arena *scratch) {
    char key[KEY];
    uint32_t mask = 1, kept = 0, n;
    for (uint32_t i = 0; i < p->n_names; i++)
        if (trim(p->text, &p->names[i])) p->names[kept++] = p->names[i];
    p->n_names = kept;
    while (mask < 2 * kept + 2) mask *= 2;
    ballot *box = NST_ARRAY(scratch, ballot, mask--), *b;
    for (uint32_t i = 0; i < kept; i++) {
        nst_name *x = &p->names[i];
        if (!(n = spell(p->text, x->first, x->end, key))) continue;
        b = find(box, mask, key, n, true);
        float sum = 0;
        for (int k = 0; k < NST_N_NAME; k++) sum += b->votes[k];
        if (sum == 0) ask_list(m, key, n, b);
        b->votes[x->kind] += x->score;
    }
    for (uint32_t i = 0; i < kept; i++) {              /* last names of persons */
        const nst_name *x = &p->names[i];
        if (x->kind != NST_NAME_PERSON || x->end - x->first < 2) continue;
        n = spell(p->text, x->end - 1, x->end, key);
        if (n && (b = find(box, mask, key, n, false))) b->votes[NST_NAME_PERSON] += x->score;
    }
    for (uint32_t i = 0; i < kept; i++) {
        nst_name *x = &p->names[i];
        if (!(n = spell(p->text, x->first, x->end, key))) continue;
        b = find(box, mask, key, n, true);
        for (uint8_t k = 0; k < NST_N_NAME; k++)
            if (b->votes[k] > b->votes[x->kind]) x->kind = k;
        if (x->score < DOUBTFUL && b->votes[x->kind] < x->score + BACKED) x->end = x->first;
    }
    for (uint32_t i = p->n_names = 0; i < kept; i++)   /* leave out what nothing backs */
        if (p->names[i].end > p->names[i].first) p->names[p->n_names++] = p->names[i];
}
