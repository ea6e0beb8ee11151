/* kb_unit.c FILE - checks of the knowledge base on invented actors (FILE) laid over the shipped
 * ones.
 *
 * The twin of the trie is the list of names: every name of every actor, read as a phrase, must be
 * found
 * as that actor. The rest is one line a fact.
 */
#include <stdlib.h>

#include "kb.h"

static int passed, failed;
static const nst_kb *kb;
static nst_arena *arena;

/* Counts one fact. */
static void check(bool ok, const char *what) {
    if (ok) passed++;
    else failed++, printf("FAIL kb_unit: %s\n", what);
}

/* What a phrase stands for on a day, as an id; "" for nothing, "?" where several people share it.
 * */
static nst_str who(const char *phrase, nst_day day) {
    nst_kb_words w;
    nst_kb_hit hits[NST_KB_MAX_HITS];
    nst_kb_reading r;
    nst_kb_words_phrase(nst_str_c(phrase), arena, &w);
    uint32_t n = nst_kb_match(kb, &w, 0, hits);
    if (!n || hits[0].end != w.n_tokens) return NST_S("");
    if (!nst_kb_pick(kb, &hits[0], day, &r)) return NST_S("?");
    if (r.by == NST_KB_BY_ROLE) return nst_kb_role_get(kb, r.ref).phrase;
    bool person = r.by == NST_KB_BY_FULL_NAME || r.by == NST_KB_BY_SURNAME;
    return person ? nst_kb_person_id(kb, r.ref) : nst_kb_entity_get(kb, r.ref).id;
}

/* The phrase, in the middle of that year (0: on no known day), must stand for this id. */
static void is(const char *phrase, int year, const char *id) {
    nst_str got = who(phrase, year ? nst_day_of(year, 6, 1) : NST_NO_DAY);
    char buf[300];
    snprintf(buf, sizeof buf, "\"%s\" in %d is \"%.*s\", not \"%s\"", phrase, year, (int)got.n,
             got.p, id);
    check(nst_str_is(got, id), buf);
}

/* Is word k of the text inside some hit? */
static bool covered(const char *text, uint32_t k) {
    nst_kb_words w;
    nst_kb_hit hits[NST_KB_MAX_HITS];
    nst_kb_words_phrase(nst_str_c(text), arena, &w);
    for (uint32_t t = 0; t < w.n_tokens; t++) {
        uint32_t n = nst_kb_match(kb, &w, t, hits);
        for (uint32_t i = 0; i < n; i++)
            if (hits[i].first <= k && k < hits[i].end) return true;
    }
    return false;
}

/* States, organisations, roles, things. */
static void names(void) {
    is("Ruritania", 1894, "RUR");
    is("RURITANIA", 1894, "RUR");
    is("Kingdom of Ruritania", 1894, "RUR");
    is("ruritania", 1894, "");                         /* a name begins with a capital */
    is("Ruritania's", 1894, "RUR");
    is("Ruritanians", 1894, "RUR");
    is("Strelsau", 1894, "RUR");
    is("Elphberg Palace", 1894, "RUR");
    is("G.R.K.", 1894, "GRK");
    is("GRK", 1894, "GRK");
    is("North Graustark", 1894, "NORTH_GRAUSTARK");    /* the longer name wins */
    is("NGR", 1894, "NORTH_GRAUSTARK");
    is("Ngr", 1894, "");                               /* a short abbreviation is all capitals */
    is("ZP", 1894, "ZENDA_PACT");
    is("grand vizier", 1894, "grand vizier");
    is("Grand Vizier", 1894, "grand vizier");
    is("border wardens", 1894, "border wardens");
    is("Ruritania , Kingdom", 1894, "");
    is("Strelsau Accords", 1894, "");                  /* no actor */
    check(!covered("the Strelsau Accords failed", 1), "a thing is no actor");
    check(!covered("the Sea of Graustark froze", 3), "nothing is found inside a thing");
    check(covered("the sea of Graustark froze", 3), "a thing has capitals");
}

/* Spellings, orders, initials, surnames. */
static void people(void) {
    is("Otto Strel", 1890, "otto_strel");
    is("Strel Otto", 1890, "otto_strel");
    is("O. Strel", 1890, "otto_strel");
    is("Otto V. Strel", 1890, "otto_strel");
    is("Otto van Strel", 1890, "");
    is("\xD0\x9E\xD1\x82\xD1\x82\xD0\xBE \xD0\xA1\xD1\x82\xD1\x80\xD0\xB5\xD0\xBB\xD1\x8C", 1890,
       "otto_strel");
    is("Strel", 1890, "otto_strel");
    is("strel", 1890, "");
    is("Rupert von Hentzau", 1885, "rupert_von_hentzau");
    is("von Hentzau", 1885, "rupert_von_hentzau");
    is("Sergey Aleynikov", 1892, "sergei_aleinikov_rur");
    is("Siergiej Aleinikov", 1892, "");
    is("May", 1875, "hans_may");                       /* one reigns, the other does not yet */
    is("May", 1885, "?");                              /* two reign: nobody is guessed */
    is("Anna Kovac May", 1885, "anna_may");            /* diacritics do not matter */
}

/* On the first of a month. */
static nst_kb_truth held(const char *person, const char *office, int y, int m) {
    return nst_kb_held(kb, nst_kb_person_of(kb, nst_str_c(person)), nst_str_c(office), NST_KB_NONE,
                       nst_day_of(y, m, 1));
}

/* Yes, no, unknown. */
static void offices(void) {
    check(held("otto_strel", "foreign minister", 1890, 1) == NST_KB_YES, "in office");
    check(held("otto_strel", "foreign minister", 1893, 1) == NST_KB_NO, "out of office");
    check(held("otto_strel", "minister of foreign affairs", 1890, 1) == NST_KB_YES,
          "another word for the office");
    check(held("otto_strel", "premier", 1893, 1) == NST_KB_YES, "premier is prime minister");
    check(held("otto_strel", "prime minister", 1890, 1) == NST_KB_NO, "not yet in office");
    check(held("otto_strel", "prime minister", 1894, 7) == NST_KB_UNKNOWN,
          "after known_until nothing is known");
    check(held("otto_strel", "king", 1890, 1) == NST_KB_UNKNOWN,
          "an office that the files do not give");
    check(held("otto_strel", "", 1891, 1) == NST_KB_YES, "any office");
    nst_kb_office o;
    uint32_t p = nst_kb_person_of(kb, NST_S("otto_strel"));
    check(nst_kb_office_on(kb, p, nst_day_of(1893, 1, 1), &o) &&
              nst_str_is(o.office, "prime minister"),
          "office on a day");
    check(!nst_kb_office_on(kb, p, nst_day_of(1880, 1, 1), &o), "no office before the first");
}

/* A code at the end of a year. */
static nst_str code_on(const char *id, const char *system, int year) {
    return nst_kb_code_on(kb, nst_kb_entity_of(kb, nst_str_c(id)), system, nst_day_of(year, 12, 31),
                          NULL);
}

/* Codes, members, sectors by date; a few shipped facts that must never break. */
static void entities(void) {
    nst_day d85 = nst_day_of(1885, 1, 1), d92 = nst_day_of(1892, 1, 1),
            d90 = nst_day_of(1990, 12, 31);
    uint32_t rur = nst_kb_entity_of(kb, NST_S("RUR")), grk = nst_kb_entity_of(kb, NST_S("GRK"));
    uint32_t pact = nst_kb_entity_of(kb, NST_S("ZENDA_PACT")),
             hand = nst_kb_entity_of(kb, NST_S("BLACK_HAND"));
    check(nst_str_is(code_on("RUR", "cow", 1880), "991") &&
              nst_str_is(code_on("RUR", "cow", 1894), "992"),
          "codes by date");
    check(nst_kb_coded(kb, "cow", NST_S("992"), d92) == rur, "state of a code");
    check(nst_kb_coded(kb, "cow", NST_S("992"), d85) == NST_KB_NONE, "a code not yet given");
    check(nst_str_is(code_on("DEU", "cow", 1989), "260") &&
              nst_str_is(code_on("DEU", "cow", 1991), "255"),
          "Germany");
    check(nst_str_is(code_on("DEU", "gw", 1989), "260") &&
              nst_str_is(code_on("DEU", "gw", 1991), "260"),
          "Germany, GW");
    check(nst_kb_coded(kb, "fips", NST_S("RS"), d90 + 2000) == nst_kb_entity_of(kb, NST_S("RUS")),
          "FIPS RS is Russia");
    check(nst_kb_is_member(kb, pact, rur, d92) && !nst_kb_is_member(kb, pact, grk, d92) &&
          nst_kb_is_member(kb, pact, grk, d85), "members by date");
    check(nst_kb_sectors_on(kb, hand, d85) == NST_SECTOR(REB) &&
              nst_kb_sectors_on(kb, hand, d92) == NST_SECTOR(GOV),
          "sectors by date");
    nst_kb_entity e = nst_kb_entity_get(kb, nst_kb_entity_of(kb, NST_S("NORTH_GRAUSTARK")));
    check(!strcmp(e.code, "GRK") && e.claimed &&
              (nst_kb_sectors_on(kb, nst_kb_entity_of(kb, e.id), d92) & NST_SECTOR(PRE)),
          "a claimed place has the claimant's code and PRE");
    e = nst_kb_entity_get(kb, nst_kb_entity_of(kb, NST_S("RURITANIAN_WIRE")));
    check(nst_str_is(e.publisher, "Ruritanian state"), "publisher's family");
    e = nst_kb_entity_get(kb, nst_kb_entity_of(kb, NST_S("BLOC_WEST")));
    check(!e.code[0] && e.kind == NST_KB_BLOC, "a bloc has no code");
    is("Russia", 1985, "SUN");
    is("Russia", 1995, "RUS");
    is("Kremlin", 1985, "SUN");
    is("Bonn", 1985, "DEU");
    is("US", 2020, "USA");
    is("us", 2020, "");
    check(!covered("the West Bank", 0) && covered("the West Bank", 2),
          "\"the West\" gives way to the West Bank");
}

/* Every name of an actor, as a phrase, must lead to the actor, among others. */
static bool leads(nst_str name, uint32_t ref, bool person) {
    nst_kb_words w;
    nst_kb_hit hits[NST_KB_MAX_HITS];
    nst_kb_reading r;
    nst_arena_reset(arena);
    nst_kb_words_phrase(name, arena, &w);
    uint32_t n = w.n_tokens ? nst_kb_match(kb, &w, 0, hits) : 0;
    for (uint32_t h = 0; h < n; h++)
        for (uint32_t i = 0; i < hits[h].n && hits[h].end == w.n_tokens; i++) {
            if (!nst_kb_reading_get(kb, &hits[h], i, &r) || r.ref != ref) continue;
            if ((r.by == NST_KB_BY_FULL_NAME || r.by == NST_KB_BY_SURNAME) == person &&
                r.by != NST_KB_BY_ROLE)
                return true;
        }
    return false;
}

/* A name of one letter or of two that are a plain word is left out on purpose. */
static bool short_word(nst_str s) { return s.n <= 3 || memchr(s.p, ' ', s.n) == NULL; }

/* Brackets break a term in a text. */
static bool bracketed(nst_str s) { return s.n && memchr(s.p, '(', s.n) != NULL; }

/* The list of names against the trie. */
static void twin(void) {
    nst_kb_reading r;
    uint32_t lost = 0, seen = 0;
    for (int person = 0; person < 2; person++)
        for (uint32_t i = 0; i < (person ? nst_kb_person_count(kb) : nst_kb_entity_count(kb)); i++)
            for (uint32_t k = 0; k < nst_kb_names(kb, i, person, k, &r); k++) {
                seen++;
                if (leads(r.name, i, person) || bracketed(r.name) || (person && short_word(r.name)))
                    continue;
                if (lost++ < 10)
                    printf("FAIL kb_unit: \"%.*s\" is not found\n", (int)r.name.n, r.name.p);
            }
    check(lost == 0 && seen > 20000, "every name leads to its actor");
}

/* Invented rows are laid over the shipped base. */
int main(int argc, char **argv) {
    nst_err e = {0};
    nst_writer notes = {0};
    arena = nst_arena_new();
    if (argc < 2 || !arena || nst_kb_open(argv[1], &notes, &kb, &e))
        return printf("FAIL kb_unit: %s\n", e.message), 1;
    check(notes.n == 0, notes.p ? notes.p : "");
    names();
    people();
    offices();
    entities();
    twin();
    nst_kb_close(kb);
    nst_writer_free(&notes);
    nst_arena_free(arena);
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
