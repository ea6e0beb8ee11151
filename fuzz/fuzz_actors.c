/* fuzz_actors.c - any bytes as a user's actor file.
 *
 * Checked: compiling ends; the block attaches; every name, code, member and office of it can be read and
 * lies in its sections; the bytes themselves can be matched against it.
 */
#include <stdlib.h>

#include "kb_format.h"
#include "kb_read.h"

/* Stops the program: a promise is broken. */
static void check(bool ok, const char *what) {
    if (ok) return;
    fprintf(stderr, "fuzz_actors: %s\n", what);
    abort();
}

/* Reads all that hangs on an entity or person. */
static void walk(const nst_kb *kb) {
    nst_kb_reading r;
    nst_kb_office o;
    nst_kb_code c;
    nst_kb_member m;
    for (uint32_t e = 0; e < kb->n_entities; e++) {
        check(nst_kb_entity_of(kb, nst_kb_entity_get(kb, e).id) == e, "an entity is not found by id");
        nst_kb_sectors_on(kb, e, 0);
        for (uint32_t i = 0; i < nst_kb_names(kb, e, false, i, &r); i++) check(r.name.n > 0, "empty name");
        for (uint32_t i = 0; i < nst_kb_codes(kb, e, i, &c); i++) check(c.code.n > 0, "empty code");
        for (uint32_t i = 0; i < nst_kb_members(kb, e, i, &m); i++) check(m.member < kb->n_entities, "member");
        for (uint32_t i = 0; i < nst_kb_memberships(kb, e, i, &m); i++) check(m.member == e, "membership");
        for (uint32_t i = 0; i < nst_kb_holders(kb, e, i, &o); i++) check(o.entity == e, "holder");
    }
    for (uint32_t p = 0; p < kb->n_persons; p++) {
        for (uint32_t i = 0; i < nst_kb_offices(kb, p, i, &o); i++) check(o.person == p, "office");
        nst_kb_held(kb, p, NST_S("minister"), NST_KB_NONE, 0);
        nst_kb_prominent(kb, p, 0);
    }
    for (uint32_t i = 0; i < kb->n_roles; i++) check(nst_kb_role_get(kb, i).phrase.n > 0, "empty role");
}

/* Matches the bytes against the block made of them. */
static void match(const nst_kb *kb, nst_str bytes, nst_arena *a) {
    nst_kb_words w;
    nst_kb_hit hits[NST_KB_MAX_HITS];
    nst_kb_reading r;
    nst_kb_words_phrase(bytes, a, &w);
    for (uint32_t t = 0; t < w.n_tokens; t++) {
        uint32_t n = nst_kb_match(kb, &w, t, hits);
        for (uint32_t i = 0; i < n; i++) {
            check(hits[i].first == t && hits[i].end > t && hits[i].end <= w.n_tokens, "hit outside");
            check(i == 0 || hits[i].end <= hits[i - 1].end, "longest first");
            nst_kb_pick(kb, &hits[i], 0, &r);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    nst_arena *a = nst_arena_new();
    nst_writer notes = {0}, out = {0};
    nst_kb kb = {0};
    nst_str bytes = {(const char *)data, (uint32_t)n};
    if (!a) return 0;
    if (setjmp(*nst_arena_oom(a)) == 0) {
        kb_rows r = {.a = a, .notes = &notes};
        kb_rows_read(&r, "fuzz", bytes, true);
        kb_make(&r, &out);
        check(!out.failed && kb_attach(&kb, out.p, out.n), "the block does not attach");
        walk(&kb);
        match(&kb, bytes, a);
    }
    nst_writer_free(&notes);
    nst_writer_free(&out);
    nst_arena_free(a);
    return 0;
}
