/* coref_dump.c - examples for the ranking of antecedents.
 *
 * In (stdin): documents, each "DOC ID BYTES LABELS", the text, then LABELS lines "START END LABEL" (bytes;
 * spans with one label mean the same). Out (OUT): for every labelled he or she its rivals, their signs, which
 * are right; read by train/coref.py.
 * With -s documents have no labels but label themselves: a pronoun is sure where only one person near it is of
 * its gender. The text is then told again with all pronouns of one gender and with other names in place of
 * half of the persons', so that nothing but the sentence and the order says who is meant, and names are not
 * learned by heart.
 * With -t the texts told again are only written; -b reads such texts: no gender counts in them.
 * Usage: coref-dump [-s [-t TEXTS]] [-b] [-n NAMES] [-m MODEL] OUT < DOCUMENTS
 */
#include <stdio.h>
#include <stdlib.h>

#include "pipeline.h"
#include "pronoun.h"

typedef struct label { uint32_t start, end, id; } label;

typedef struct dump {
    FILE *out;
    const label *labels;
    uint32_t n_labels;
    uint32_t *chain_label;               /* [n_actors] by mention */
    uint32_t n_chains, done;
    bool blind;
    const nst_parse *p;
    nst_writer examples;
    uint64_t n, n_gold, n_rivals;
} dump;

static uint64_t seed = 88172645463325252u;
static uint32_t chance(uint32_t n) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)((seed >> 20) % n);
}

/* ---- examples ---------------------------------------------------------------------------- */

static uint32_t label_at(const dump *d, const nst_text *t, uint32_t token) {
    for (uint32_t i = 0; i < d->n_labels; i++)
        if (t->tokens[token].start >= d->labels[i].start && t->tokens[token].end <= d->labels[i].end)
            return d->labels[i].id;
    return 0;
}

static uint32_t label_of(const dump *d, const nst_who *w, uint32_t a) {
    const nst_actor *x = &w->out->actors[a];
    uint32_t l = label_at(d, w->p->text, x->head), u = w->notes[a].unit;
    for (uint32_t t = u == NST_ROOT ? x->head : w->units[u].first; !l && u != NST_ROOT && t < w->units[u].end; t++)
        l = label_at(d, w->p->text, t);
    return l;
}

static void put32(nst_writer *w, uint32_t v) { nst_put(w, (nst_str){(const char *)&v, 4}); }

static uint32_t show(void *self, const nst_who *w, uint32_t a, const nst_rival *r, uint32_t n) {
    dump *d = self;
    for (; d->done < a; d->done++) {                 /* labels of the chains that mentions before are of */
        uint32_t c = w->out->actors[d->done].chain, l = label_of(d, w, d->done);
        if (l) d->chain_label[c] = l;
    }
    uint32_t want = label_of(d, w, a), best = NST_ROOT, n_right = 0;
    if (!want) return d->blind ? NST_ROOT : NST_ROOT - 1;
    nst_writer *o = &d->examples;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t l = r[i].chain < a ? d->chain_label[r[i].chain] : label_of(d, w, r[i].actor);
        if (r[i].actor > a && !l) l = label_of(d, w, r[i].actor);
        n_right += l == want;
        if (l == want && best == NST_ROOT) best = i;
    }
    d->n++;
    d->n_gold += n_right > 0;
    d->n_rivals += n;
    put32(o, w->p->text->tokens[w->out->actors[a].head].start);
    put32(o, n);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t l = r[i].chain < a ? d->chain_label[r[i].chain] : 0;
        if (r[i].actor > a && !l) l = label_of(d, w, r[i].actor);
        put32(o, l == want);
        put32(o, l);
        put32(o, r[i].chain);
        put32(o, r[i].actor > a);
        put32(o, r[i].n_on);
        for (uint32_t k = 0; k < r[i].n_on; k++) put32(o, r[i].on[k]);
    }
    return best == NST_ROOT ? (d->blind ? NST_ROOT : NST_ROOT - 1) : best;
}

/* Runs stage 4 on the coder's parse with the dump watching. */
static void watch(nst_coder *c, const nst_engine *g, dump *d, nst_arena *doc, nst_arena *scratch, const char *id) {
    const nst_doc *x = nst_coder_doc(c);
    const nst_parse *p = &x->parse;
    nst_entities e;
    nst_entities_begin(p, doc, &e);
    nst_when_run(p, doc, scratch, &e), nst_number_run(p, doc, scratch, &e);
    nst_who_tap tap = {show, d};
    nst_who w = {.kb = g->entities->kb, .p = p, .doc = doc, .scratch = scratch, .out = &e,
        .day = NST_NO_DAY, .tap = &tap};
    nst_who_find_units(&w);
    nst_who_find_mentions(&w);
    d->chain_label = NST_ARRAY(doc, uint32_t, e.n_actors);
    d->done = 0;
    d->examples.n = 0;
    for (uint32_t a = 0; d->blind && a < e.n_actors; a++) {
        bool he = e.actors[a].kind == NST_ACTOR_PRONOUN && w.notes[a].gender;
        w.notes[a].gender = he && label_of(d, &w, a) ? 'm' : 0;
    }
    nst_who_resolve(&w);
    if (!d->examples.n) return;
    uint32_t len = (uint32_t)strlen(id), n = (uint32_t)d->examples.n;
    fwrite(&len, 4, 1, d->out), fwrite(id, 1, len, d->out);
    fwrite(&n, 4, 1, d->out), fwrite(d->examples.p, 1, n, d->out);
}

/* ---- texts that label themselves --------------------------------------------------------- */

static bool person(const nst_entities *e, uint32_t a) {
    return e->actors[a].kind == NST_ACTOR_PERSON;
}

typedef struct plan {
    uint32_t *label;                     /* [n_actors] of sure pronouns and of people's names; 0: none */
    uint32_t sure;
} plan;

/* The only chain of gender g near mention a; NST_ROOT if there are several, none, or nobody else. */
static uint32_t only_one(const nst_who *w, uint32_t a) {
    char g = w->notes[a].gender;
    uint32_t s = nst_who_sent(w, a), one = NST_ROOT, others = 0;
    for (uint32_t k = 0; k < w->out->n_actors; k++) {
        const nst_actor *y = &w->out->actors[k];
        uint32_t sk = nst_who_sent(w, k);
        if (sk > s || s - sk > 5) continue;
        bool role = y->kind == NST_ACTOR_ROLE && !y->plural && w->notes[k].role != NST_KB_NONE &&
                    nst_kb_role_get(w->kb, w->notes[k].role).kind == 'p';
        bool who = person(w->out, k) || role || (y->kind == NST_ACTOR_OTHER && w->notes[k].unit != NST_ROOT);
        if (!who) continue;
        char h = w->notes[k].gender;
        if (!h && s - sk <= 3 && (person(w->out, k) || y->n_antecedent || sk == s)) return NST_ROOT;
        if (!h) continue;
        if (h != g) {
            others++;
            continue;
        }
        if (one != NST_ROOT && one != y->chain) return NST_ROOT;
        one = y->chain;
    }
    return others ? one : NST_ROOT;
}

static char *pool[20000];
static uint32_t n_pool;

/* Words of names, one a line. */
static void read_pool(const char *path) {
    char line[100];
    FILE *f = fopen(path, "r");
    while (f && n_pool < 20000 && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = 0;
        pool[n_pool++] = strdup(line);
    }
    if (f) fclose(f);
}

/* Another name for a word of a name, always the same in one text. */
static const char *renamed(nst_str s, uint64_t salt) {
    return pool[(nst_hash(s.p, s.n) ^ salt) % n_pool];
}

/* The pronoun's form in the other gender. */
static const char *turned(const nst_parse *p, uint32_t t, bool she) {
    nst_str s = nst_text_token(p->text, t);
    bool poss = p->deprel[t] == NST_D_NMOD_POSS;
    if (nst_str_ieq(s, NST_S("he")) || nst_str_ieq(s, NST_S("she"))) return she ? "she" : "he";
    if (nst_str_ieq(s, NST_S("himself")) || nst_str_ieq(s, NST_S("herself"))) return she ? "herself" : "himself";
    if (nst_str_ieq(s, NST_S("him"))) return she ? "her" : "him";
    if (nst_str_ieq(s, NST_S("his"))) return she ? "her" : "his";
    if (nst_str_ieq(s, NST_S("her"))) return she ? "her" : poss ? "his" : "him";
    return NULL;
}

/* Writes the text anew into `out` with the labels' new places: one gender, and half of the time other names. */
static uint32_t retell(const nst_who *w, const uint32_t *lab, nst_writer *out, label *l) {
    const nst_parse *p = w->p;
    const nst_text *t = p->text;
    nst_str all = t->field[NST_FIELD_TEXT];
    bool she = chance(2), swap = n_pool && chance(2);
    uint64_t salt = ((uint64_t)chance(1u << 30) << 20) ^ chance(1u << 30);
    uint32_t at = 0, n = 0;
    out->n = 0;
    for (uint32_t i = 0; i < t->n_tokens; i++) {
        uint32_t a = w->out->actor_at[i];
        if (t->tokens[i].start < at || a == NST_ROOT) continue;
        uint32_t u = w->notes[a].unit;
        bool name = person(w->out, a) && u != NST_ROOT && i >= w->units[u].first && i < w->units[u].end;
        bool he = w->out->actors[a].kind == NST_ACTOR_PRONOUN && w->notes[a].gender;
        if (!name && !he) continue;
        nst_str s = nst_text_token(t, i);
        bool other = swap && p->upos[i] == NST_PROPN && s.n > 2 && s.p[0] >= 'A' && s.p[0] <= 'Z';
        const char *to = he ? turned(p, i, she) : other ? renamed(s, salt) : NULL;
        nst_put(out, (nst_str){all.p + at, t->tokens[i].start - at});
        uint32_t from = (uint32_t)out->n;
        if (to) nst_putz(out, to);
        else nst_put(out, s);
        if (to && he && s.p[0] < 'a') out->p[from] = (char)(out->p[from] & ~32);
        at = t->tokens[i].end;
        if (lab[a]) l[n++] = (label){from, (uint32_t)out->n, lab[a]};
    }
    nst_put(out, (nst_str){all.p + at, all.n - at});
    return n;
}

/* Labels of a text by its own genders. */
static uint32_t own_labels(const nst_who *w, uint32_t *lab) {
    uint32_t sure = 0;
    for (uint32_t a = 0; a < w->out->n_actors; a++) {
        const nst_actor *x = &w->out->actors[a];
        if (person(w->out, a) && x->chain == a) lab[a] = a + 1;
        if (person(w->out, a)) lab[a] = x->chain + 1;
        if (x->kind != NST_ACTOR_PRONOUN || !w->notes[a].gender) continue;
        uint32_t one = only_one(w, a);
        if (one == NST_ROOT) continue;
        lab[a] = one + 1;
        sure++;
    }
    return sure;
}

/* ---- the run ----------------------------------------------------------------------------- */

int main(int argc, char **argv) {
    bool self = false;
    FILE *texts = NULL;
    dump d = {0};
    const char *model = "accurate";
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (!strcmp(argv[i], "-s")) self = true;
        else if (!strcmp(argv[i], "-n") && i + 1 < argc) read_pool(argv[++i]);
        else if (!strcmp(argv[i], "-b")) d.blind = true;
        else if (!strcmp(argv[i], "-t") && i + 1 < argc) texts = fopen(argv[++i], "w");
        else if (!strcmp(argv[i], "-m") && i + 1 < argc) model = argv[++i];
    }
    if (i >= argc) return 2;
    nst_err err = {0};
    nst_engine *fast = NULL, *full = NULL;
    nst_options o = {.model = "fast"}, o2 = {.model = model};
    if (nst_engine_open(&o, &fast, &err) || nst_engine_open(&o2, &full, &err)) return 1;
    nst_coder *c = nst_coder_new(full), *f = nst_coder_new(fast);
    nst_arena *doc = nst_arena_new(), *scratch = nst_arena_new();
    d.out = fopen(argv[i], "wb");
    d.blind |= self;
    nst_writer retold = {0};
    char id[200];
    uint32_t bytes, n, docs = 0;
    while (scanf(" DOC %199s %u %u", id, &bytes, &n) == 3) {
        char *text = malloc(bytes + 1);
        getchar();
        if (fread(text, 1, bytes, stdin) != bytes) break;
        text[bytes] = 0;
        label *l = malloc((n + 100000) * sizeof *l);
        for (uint32_t k = 0; k < n; k++)
            if (scanf("%u %u %u", &l[k].start, &l[k].end, &l[k].id) != 3) return 1;
        nst_arena_reset(doc), nst_arena_reset(scratch);
        if (setjmp(*nst_arena_oom(doc)) || setjmp(*nst_arena_oom(scratch))) return 1;
        nst_report r = {.id = id, .text = text, .text_len = bytes};
        if (self) {
            nst_entities e;
            if (nst_coder_start(f, &r, &err) || nst_coder_reach(f, NST_LEVEL_PARSE, &err)) goto next;
            nst_entities_begin(&nst_coder_doc(f)->parse, doc, &e);
            nst_when_run(e.parse, doc, scratch, &e), nst_number_run(e.parse, doc, scratch, &e);
            nst_who w = {.kb = fast->entities->kb, .p = &nst_coder_doc(f)->parse, .doc = doc,
                .scratch = scratch, .out = &e, .day = NST_NO_DAY};
            nst_who_find_units(&w), nst_who_find_mentions(&w), nst_who_resolve(&w);
            if (e.n_actors > 90000) goto next;
            uint32_t *lab = NST_ARRAY(doc, uint32_t, e.n_actors);
            if (own_labels(&w, lab) < 2) goto next;
            n = retell(&w, lab, &retold, l);
            r.text = retold.p, r.text_len = retold.n;
            if (texts) {
                fprintf(texts, "DOC %s %u %u\n%.*s\n", id, (unsigned)retold.n, n, (int)retold.n, retold.p);
                for (uint32_t k = 0; k < n; k++) fprintf(texts, "%u %u %u\n", l[k].start, l[k].end, l[k].id);
                docs++;
                goto next;
            }
        }
        d.labels = l, d.n_labels = n;
        if (nst_coder_start(c, &r, &err) || nst_coder_reach(c, NST_LEVEL_PARSE, &err)) goto next;
        watch(c, full, &d, doc, scratch, id);
        if (++docs % 100 == 0)
            fprintf(stderr, "%u texts, %llu pronouns, %llu with a right rival, %.1f rivals\n", docs,
                    (unsigned long long)d.n, (unsigned long long)d.n_gold, (double)d.n_rivals / (double)(d.n + !d.n));
    next:
        free(text), free(l);
    }
    fprintf(stderr, "%u texts, %llu pronouns, %llu with a right rival\n", docs, (unsigned long long)d.n,
            (unsigned long long)d.n_gold);
    fclose(d.out);
    return 0;
}
