/* entities_number_scan.c - figures of a sentence with what they count.
 *
 * In: atoms: Graustark | had | expelled | two | envoys. Out: [two] value 2, head "envoys", unit
 * person. The idea: a numeral, with the signs and words around it (currency, per cent, "at
 * least"); what is counted is the first plural after it that no closed-class word cuts off. Names
 * and identifiers ("Flight 417", "Article 5"), ages, scores and times are left out. Invariants:
 * (1) figures are in order and do not overlap; (2) each atom is looked at a bounded number of
 * times.
 */
#include "number.h"

#include <math.h>

#include "scan.h"

/* ---- units --------------------------------------------------------------------------------- */

static bool ends(nst_str w, const char *z) { return nst_str_ends(w, z); }

/* The singular of a plural in lower case: "envoys" envoy, "batteries" battery, "bushes" bush. */
static nst_str singular(const ctx *c, nst_str w) {
    static const char *irregular[][2] = {
        {"men", "man"}, {"women", "woman"}, {"children", "child"}, {"people", "person"},
        {"aircraft", "aircraft"}, {"buses", "bus"}, {"lives", "life"}, {"wives", "wife"},
        {"feet", "foot"}, {"series", "series"}, {"species", "species"}, {"crises", "crisis"},
        {"programmes", "program"}, {"programme", "program"}, {"knives", "knife"}, {"ships", "ship"},
        {"headquarters", "headquarters"}, {"gas", "gas"}, {"movies", "movie"}, {"thieves", "thief"},
        {"viruses", "virus"}, {"bases", "base"}, {"planes", "plane"}, {"warplanes", "warplane"}};
    char *p = nst_arena_dup(c->arena, w.p, w.n);
    for (uint32_t i = 0; i < w.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] = (char)(p[i] + 32);
    nst_str low = {p, w.n};
    for (size_t i = 0; i < sizeof(irregular) / sizeof(irregular[0]); i++)
        if (nst_str_is(low, irregular[i][0])) return nst_str_c(irregular[i][1]);
    uint32_t cut = 0;
    if (ends(low, "ies") && low.n > 4) {
        p[low.n - 3] = 'y';
        cut = 2;
    } else if (ends(low, "sses") || ends(low, "shes") || ends(low, "ches") || ends(low, "xes")) {
        cut = 2;
    } else if (ends(low, "s") && !ends(low, "ss") && !ends(low, "us") && !ends(low, "is")) {
        cut = 1;
    }
    return (nst_str){p, low.n - cut};
}

/* Does the word look like a plural noun? */
static bool plural(const ctx *c, uint32_t i) {
    nst_str w = word(c, i);
    if (lit(c, i, "people") || lit(c, i, "men") || lit(c, i, "women") || lit(c, i, "children") ||
        lit(c, i, "aircraft") || lit(c, i, "personnel") || lit(c, i, "police") ||
        lit(c, i, "servicemen") || lit(c, i, "staff") || ends(w, "men"))
        return true;
    return w.n > 3 && ends(w, "s") && !ends(w, "ss") && !ends(w, "us") && !ends(w, "is") &&
           !ends(w, "ous");
}

/* Is atom i a noun of class PERSON, or does it look like one ("specialists")? */
static int person_at(const ctx *c, uint32_t i) {
    int v;
    if (is(c, i, NST_W_PERSON, &v)) return v == 3 || v == 5 ? 0 : v;
    nst_str w = word(c, i);
    if (c->a[i].caps && (ends(w, "ians") || ends(w, "ese") || ends(w, "ans"))) return 1;
    static const char *tails[] = {"ists", "men", "women", "ists", "eers", "goers", "holders",
        "makers", "seekers", "workers", "leaders", "fighters"};
    for (size_t k = 0; k < sizeof(tails) / sizeof(tails[0]); k++)
        if (ends(w, tails[k]) && w.n > 5) return 1;
    static const char *const things[] = {"computers", "papers", "newspapers", "quarters",
        "headquarters", "numbers", "orders", "borders", "centers", "helicopters", "tankers",
        "bunkers", "trailers", "carriers", "launchers", "letters", "rivers", "powers", "towers",
        "shelters", "containers", "freighters", "bombers", "barriers", "offers", "corners",
        "matters", "meters", "chapters", "layers", "servers", "printers", "boosters", "flowers",
        "fibers", "posters", "banners", "markers", "covers", "boilers", "filters", "sensors",
        "motors", "reactors", "doors", "tractors", "sectors", "factors", "corridors", "errors",
        "trawlers", "steamers", "destroyers", "cruisers", "bulldozers", "skyscrapers",
        "transformers", "transfers", "craters", "theaters", "timers", "clusters", "disasters",
        "masters", "monsters", "mortars", "semesters", "boxers", "hamburgers", "lasers", "papers",
        "parameters", "kilometers", "liters", "diapers", "walkers", "layovers", "drawers",
        "answers", "dinners", "summers", "winters", "cancers", "fevers", "counters", "registers",
        "ladders", "liners", "airliners", "cylinders"};
    if (w.n < 6 || c->a[i].caps || !(ends(w, "ers") || ends(w, "ors"))) return 0;
    for (size_t k = 0; k < sizeof(things) / sizeof(things[0]); k++)
        if (lit(c, i, things[k])) return 0;
    return 1;
}

static const char *const measures[] = {"", "km", "m", "mile", "hectare", "kg", "tonne", "ton", "MW",
    "degree", "barrel", "acre", "foot", "cm", "litre", "gallon", "pound", "foot", "mm", "GW", "kW",
    "g", "ounce", "yard", "inch"};

/* "square kilometres", "sq km", "cubic metres" and plain measures at i; atoms taken. */
static uint32_t measure_at(const ctx *c, uint32_t i, nst_str *unit) {
    int v;
    bool square = lit(c, i, "square") || lit(c, i, "sq"), cubic = lit(c, i, "cubic");
    uint32_t k = i + (square || cubic);
    if (square && mark(c, k, '.')) k++;
    if (!is(c, k, NST_W_MEASURE, &v) && !(lit(c, k, "m") && (square || cubic))) return 0;
    if (lit(c, k, "m")) v = 2;
    *unit = nst_str_c(measures[v]);
    if (square)
        *unit = v == 1 ? NST_S("km2") : v == 2 ? NST_S("m2") : v == 3 ? NST_S("square mile")
            : *unit;
    if (cubic) *unit = NST_S("m3");
    return k + 1 - i;
}

static const char *const currencies[] = {"", "USD", "EUR", "GBP", "RUB", "CNY", "JPY", "INR", "TRY",
    "UAH", "PLN", "SAR", "CHF", "", "HUF", "AED", "KRW", "MXN", "IRR", "BRL", "ZAR", "NGN", "ILS",
    "", "KZT", "THB", "MYR", "IDR", "VND", "BDT", "GEL", "AZN", "RON", "BGN", "HRK", "ETB", "",
    "GHS", "AMD", "KGS", "UZS", "AFN", "SEK", "NOK", "", "GBP", "", "AUD", "CAD", "BYN", "HKD",
    "SGD", "NZD", "CZK", "DKK", "KWD", "EGP", "PKR", "TMT"};

/* The noun that a figure ending before atom k counts: sets head, tail, unit, person. */
static void counted(const ctx *c, uint32_t k, nst_figure *f) {
    int v;
    uint32_t found = UINT32_MAX, last = UINT32_MAX, i = k;
    if (k < c->n && ends(word(c, k), "ed") && (k + 1 >= c->n || c->a[k + 1].kind == NST_ATOM_MARK ||
                                               is(c, k + 1, NST_W_STOPNP, NULL)))
        return;                            /* "4 opposed it": a verb */
    for (uint32_t step = 0; i < c->n && step < 7; step++, i++) {
        const nst_atom *a = &c->a[i];
        if (a->kind == NST_ATOM_MARK && a->mark == '-' && !a->space && i > k) continue;
        /* "the state's residents" */
        if (i > k && mark(c, i, '\'') && !a->space && lit(c, i + 1, "s")) {
            last = UINT32_MAX;
            i++;
            continue;
        }
        if (a->kind != NST_ATOM_WORD || (c->skip && c->skip[i])) break;
        if (is(c, i, NST_W_STOPNP, &v) && v != 4 && !(v == 6 && i == k)) break;
        last = i;
        if (!plural(c, i)) continue;
        found = i;
        if (!(lit(c, i, "police") || lit(c, i, "arms") || lit(c, i, "sales")) || !plural(c, i + 1))
            break;
    }
    if (found == UINT32_MAX) found = last;
    if (found == UINT32_MAX || (is(c, found, NST_W_CUE, &v) && v % 10 <= 2)) return;
    if (lit(c, found, "them") || lit(c, found, "us") || lit(c, found, "apart")) return;
    if (is(c, found, NST_W_CHANGE, NULL) || is(c, found, NST_W_PAST, NULL)) return;
    f->head = found;
    f->tail = found + 1;
    f->person = person_at(c, found);
    uint32_t m = measure_at(c, k, &f->unit);
    if (m) {
        f->head = k + m - 1;
        f->tail = k + m;
        f->person = 0;
        return;
    }
    f->unit = f->person == 4 ? NST_S("family") : f->person ? NST_S("person")
        : singular(c, word(c, found));
    if (f->person == 4) f->person = 0;
    if (is(c, found, NST_W_TROOPBODY, NULL)) f->person = 2;
}

/* Does the sentence speak of a vote a little before atom i? */
static bool votes(const ctx *c, uint32_t i) {
    for (uint32_t k = i > 12 ? i - 12 : 0; k < i; k++)
        if (lit(c, k, "vote") || lit(c, k, "voted") || lit(c, k, "votes")) return true;
    return false;
}

/* ---- what is no figure --------------------------------------------------------------------- */

/* "Flight 417", "Article 5", "aged 12", "Boeing 737": a figure that only names. */
static bool only_names(const ctx *c, uint32_t i, uint32_t end) {
    int v;
    const nst_atom *a = &c->a[i];
    if (i > 0 && !a->space && !(votes(c, i) && mark(c, i - 1, '-'))) {
        const nst_atom *p = &c->a[i - 1];
        if (p->kind == NST_ATOM_WORD ||
            (p->kind == NST_ATOM_MARK && strchr("-/.:#", p->mark) && i > 1 &&
                                         !c->a[i - 1].space))
            return true;
    }
    bool noun = end < c->n && c->a[end].kind == NST_ATOM_WORD && !c->a[end].caps &&
        plural(c, end) &&
                !is(c, end, NST_W_STOPNP, NULL);
    if (i > 0 && is(c, i - 1, NST_W_IDWORD, &v) && !noun) {
        if (v == 2) return mark(c, i - 1, '.') || c->a[i - 1].caps;
        if (v == 3) return c->a[i - 1].caps > 0;
        return true;
    }
    if (i > 0 && c->a[i - 1].kind == NST_ATOM_WORD && c->a[i - 1].caps &&
        a->kind == NST_ATOM_DIGITS &&
        !is(c, i - 1, NST_W_APPROX, NULL) && !is(c, i - 1, NST_W_SINCE, NULL) &&
        !is(c, i - 1, NST_W_MULT, NULL) && !is(c, i - 1, NST_W_NCUR, NULL) && !noun)
        return !(i == 1 && c->a[0].word);
    if (i > 1 && mark(c, i - 1, ',') && c->a[i - 2].kind == NST_ATOM_WORD && mark(c, end, ',') &&
        a->digits == 2)
        return true;                       /* "the minister, 61, ..." */
    return false;
}

/* "32-year-old", "10-year", "54 years", "10th": belongs to time or order. */
static bool of_time(const ctx *c, uint32_t end) {
    uint32_t k = mark(c, end, '-') ? end + 1 : end;
    if (is(c, k, NST_W_UNIT, NULL) && !lit(c, k, "seconds")) return true;
    if (k > end && lit(c, k, "time")) return true;
    return is(c, end, NST_W_ORDSUF, NULL) && !c->a[end].space;
}

/* "one" that is a pronoun or part of a phrase. */
static bool idle_one(const ctx *c, uint32_t i) {
    if (!lit(c, i, "one")) return false;
    if (i > 0 && (lit(c, i - 1, "no") || lit(c, i - 1, "any") || lit(c, i - 1, "every") ||
                  lit(c, i - 1, "each") || lit(c, i - 1, "this") || lit(c, i - 1, "that") ||
                  lit(c, i - 1, "the") || lit(c, i - 1, "which")))
        return true;
    uint32_t k = i + 1;
    if (k >= c->n || c->a[k].kind != NST_ATOM_WORD) return !mark(c, k, '-');
    return is(c, k, NST_W_STOPNP, NULL) || lit(c, k, "another") || c->a[k].caps > 0;
}

/* ---- bounds -------------------------------------------------------------------------------- */

/* The words before a figure that bound it: sets lead and bound. */
static void bounds(const ctx *c, nst_figure *f) {
    static const struct { const char *w[4]; uint8_t bound; } table[] = {
        {{"at", "least"}, NST_AT_LEAST}, {{"no", "more", "than"}, NST_AT_MOST},
        {{"not", "more", "than"}, NST_AT_MOST}, {{"no", "fewer", "than"}, NST_AT_LEAST},
        {{"no", "less", "than"}, NST_AT_LEAST}, {{"not", "less", "than"}, NST_AT_LEAST},
        {{"more", "than"}, NST_AT_LEAST}, {{"fewer", "than"}, NST_AT_MOST},
        {{"less", "than"}, NST_AT_MOST}, {{"upwards", "of"}, NST_AT_LEAST},
        {{"just", "over"}, NST_AT_LEAST}, {{"just", "under"}, NST_AT_MOST},
        {{"well", "over"}, NST_AT_LEAST}, {{"over"}, NST_AT_LEAST}, {{"above"}, NST_AT_LEAST},
            {{"below"}, NST_AT_MOST},
        {{"exceeding"}, NST_AT_LEAST}, {{"up", "to"}, NST_AT_MOST}, {{"at", "most"}, NST_AT_MOST},
        {{"as", "many", "as"}, NST_AT_MOST}, {{"as", "much", "as"}, NST_AT_MOST},
        {{"nearly"}, NST_AT_MOST}, {{"almost"}, NST_AT_MOST}, {{"under"}, NST_AT_MOST},
        {{"close", "to"}, NST_ABOUT}, {{"an", "estimated"}, NST_ABOUT}, {{"estimated"}, NST_ABOUT},
        {{"some"}, NST_ABOUT}, {{"about"}, NST_ABOUT}, {{"around"}, NST_ABOUT},
        {{"roughly"}, NST_ABOUT}, {{"approximately"}, NST_ABOUT}, {{"circa"}, NST_ABOUT},
        {{"passed"}, NST_AT_LEAST}, {{"surpassed"}, NST_AT_LEAST}, {{"exceeded"}, NST_AT_LEAST}};
    f->lead = f->first;
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        uint32_t len = 0;
        while (len < 4 && table[i].w[len]) len++;
        if (len > f->first) continue;
        uint32_t k = 0;
        while (k < len && lit(c, f->first - len + k, table[i].w[k])) k++;
        if (k < len) continue;
        f->bound = table[i].bound;
        if (!lit(c, f->first - 1, "passed") && !lit(c, f->first - 1, "exceeded"))
            f->lead = f->first - len;
        return;
    }
}

/* ---- figures ------------------------------------------------------------------------------- */

/* A currency sign or code before a numeral at i; atoms taken, code in `code`. */
static uint32_t sign_at(const ctx *c, uint32_t i, char code[4]) {
    static const struct { const char *word; const char *code; } prefix[] = {
        {"us", "USD"}, {"a", "AUD"}, {"c", "CAD"}, {"hk", "HKD"}, {"nz", "NZD"}, {"s", "SGD"},
        {"r", "BRL"}, {"au", "AUD"}, {"ca", "CAD"}};
    int v;
    if (i >= c->n) return 0;
    if (c->a[i].kind == NST_ATOM_MARK && strchr("$elyirh", c->a[i].mark) && c->a[i].mark) {
        static const char *codes[] = {"USD", "EUR", "GBP", "JPY", "INR", "RUB", "UAH"};
        snprintf(code, 4, "%s", codes[strchr("$elyirh", c->a[i].mark) - "$elyirh"]);
        return 1;
    }
    if (c->a[i].kind != NST_ATOM_WORD) return 0;
    if (c->a[i].caps && mark(c, i + 1, '$') && !c->a[i + 1].space) {
        for (size_t k = 0; k < sizeof(prefix) / sizeof(prefix[0]); k++)
            if (lit(c, i, prefix[k].word)) return snprintf(code, 4, "%s", prefix[k].code), 2;
    }
    bool short_code = is(c, i, NST_W_NCUR, &v) && (c->a[i].caps == 2 || lit(c, i, "rs"));
    if (short_code && i + 1 < c->n && currencies[v][0]) {
        uint32_t k = mark(c, i + 1, '.') ? 2 : 1;
        if (i + k < c->n && c->a[i + k].kind == NST_ATOM_DIGITS)
            return snprintf(code, 4, "%s", currencies[v]), k;
    }
    return 0;
}

/* A currency's name at k ("billion [U.S. dollars]", "[Canadian dollars]"); atoms taken. */
static uint32_t currency_after(const ctx *c, uint32_t k, nst_figure *f) {
    int v;
    static const struct { const char *adj, *code; } dollars[] = {
        {"canadian", "CAD"}, {"australian", "AUD"}, {"hong", "HKD"}, {"singapore", "SGD"},
        {"egyptian", "EGP"}, {"pakistani", "PKR"}, {"swiss", "CHF"}, {"sterling", "GBP"},
        {"kuwaiti", "KWD"}, {"lebanese", "LBP"}, {"syrian", "SYP"}, {"belarusian", "BYN"},
        {"norwegian", "NOK"}, {"danish", "DKK"}, {"czech", "CZK"}, {"swedish", "SEK"},
        {"colombian", "COP"}, {"argentine", "ARS"}, {"chilean", "CLP"}, {"philippine", "PHP"}};
    uint32_t i = k;
    const char *code = NULL;
    if (lit(c, i, "u") && mark(c, i + 1, '.') && lit(c, i + 2, "s"))
        i += mark(c, i + 3, '.') ? 4 : 3;
    else if (lit(c, i, "us") && c->a[i].caps == 2) i++;
    else
        for (size_t d = 0; d < sizeof(dollars) / sizeof(dollars[0]); d++)
            if (lit(c, i, dollars[d].adj)) code = dollars[d].code, i++;
    if (lit(c, i, "of") && f->vague) i++;
    if (mark(c, i, '-')) i++;
    if (!is(c, i, NST_W_NCUR, &v)) return 0;
    if (lit(c, i, "try") || lit(c, i, "sum") || lit(c, i, "won") || lit(c, i, "mark") ||
        lit(c, i, "marks") || lit(c, i, "real") || lit(c, i, "pound") || lit(c, i, "pounds")) {
        bool big = f->value >= 1000 || c->a[i].caps == 2;
        if (lit(c, i, "won") && !big) return 0;
        if ((lit(c, i, "real") || lit(c, i, "sum") || lit(c, i, "try")) &&
            !(big && c->a[i].caps == 2))
            return 0;
        if (lit(c, i, "marks") || lit(c, i, "mark")) return 0;
    }
    f->unit = singular(c, word(c, i));
    if (v == 44) {
        if (lit(c, i, "cents") || lit(c, i, "cent")) f->value /= 100, f->low /= 100, f->high /= 100;
        code = "USD";
    }
    if (!code && currencies[v][0]) code = currencies[v];
    if (code)
        snprintf(f->currency, 4, "%s", code), f->unit = nst_arena_str(c->arena,
                nst_str_c(f->currency));
    f->money = true;
    f->head = i;
    f->tail = i + 1;
    return i + 1 - k;
}

/* "a third of", "two-thirds of", "half of", "half the", "by a fifth"; atoms taken. */
static uint32_t fraction(const ctx *c, uint32_t i, nst_figure *f) {
    int v, x = 1;
    uint32_t k = i;
    if (lit(c, k, "half")) {
        bool of = lit(c, k + 1, "of") || lit(c, k + 1, "the") || lit(c, k + 1, "its") ||
            lit(c, k + 1, "their");
        if (!of && !(i > 0 && lit(c, i - 1, "by"))) return 0;
        f->value = 0.5;
        return 1;
    }
    if (lit(c, k, "a") || lit(c, k, "one")) k++;
    else if (is(c, k, NST_W_NUM, &x) && x > 1 && x < 10) k++;
    else return 0;
    if (mark(c, k, '-')) k++;
    if (!is(c, k, NST_W_HALF, &v) || lit(c, k, "halved") ||
        (x > 1 && c->t.p[c->a[k].end - 1] != 's'))
        return 0;
    k++;
    if (lit(c, k, "of") && lit(c, k + 1, "a") && is(c, k + 2, NST_W_MULT, &x)) {
        f->value = x == 6 ? 1e6 / v : x == 9 ? 1e9 / v : 1e3 / v;
        return k + 3 - i;
    }
    bool of = lit(c, k, "of"), by = i > 0 && lit(c, i - 1, "by");
    if (!of && !by) return 0;
    f->value = (double)x / v;
    return k - i;
}

/* "three in four voters", "nine out of ten homes", "one in five children"; atoms taken. */
static uint32_t ratio(const ctx *c, uint32_t i, nst_figure *f) {
    nst_numeral p = nst_numeral_read(c->t, c->a, c->n, i);
    if (!p.n || p.value > 20) return 0;
    uint32_t k = i + p.n;
    if (lit(c, k, "out") && lit(c, k + 1, "of")) k += 2;
    else if (lit(c, k, "in")) k++;
    else return 0;
    nst_numeral q = nst_numeral_read(c->t, c->a, c->n, k);
    if (!q.n || q.value <= p.value || q.value > 100 || !q.bare) return 0;
    if (k + q.n >= c->n || c->a[k + q.n].kind != NST_ATOM_WORD || !plural(c, k + q.n)) return 0;
    f->value = p.value / q.value;
    return k + q.n - i;
}

/* The second end of a range after a numeral at k: "- 25", "to 15", "and 30" after "between". */
static uint32_t range_end(const ctx *c, uint32_t i, uint32_t k, const nst_numeral *lo,
                          nst_figure *f) {
    uint32_t b = i;
    while (b > 0 && (c->a[b - 1].kind == NST_ATOM_MARK && strchr("$elyirh", c->a[b - 1].mark))) b--;
    bool between = b > 0 && lit(c, b - 1, "between"), from = b > 0 && lit(c, b - 1, "from");
    bool dash = mark(c, k, '-') && !c->a[k].space && k + 1 < c->n && !c->a[k + 1].space;
    if (!(dash || lit(c, k, "to") || (between && lit(c, k, "and")))) return 0;
    if (from && b > 1 && (is(c, b - 2, NST_W_CHANGE, NULL))) return 0;
    if (from && b > 2 && is(c, b - 3, NST_W_CHANGE, NULL)) return 0;
    for (uint32_t s = b > 6 ? b - 6 : 0; from && s < b; s++)
        if (is(c, s, NST_W_CHANGE, NULL)) return 0;
    uint32_t h = k + 1;
    char code[4] = "";
    uint32_t sg = sign_at(c, h, code);
    nst_numeral hi = nst_numeral_read(c->t, c->a, c->n, h + sg);
    if (!hi.n || (hi.vague && !lo->vague)) return 0;
    double low = lo->value, scale = 1;
    for (int p = 0; p < hi.scale && !lo->scale; p++) scale *= 10;
    low *= scale;
    if (hi.value <= low) return 0;
    if (hi.value < low * 1.0001 || (dash && !hi.scale && low > 0 && hi.value / low > 100)) return 0;
    f->low = low;
    f->high = hi.value;
    f->range = true;
    f->value = low;
    return h + sg + hi.n - k;
}

/* "%", "percent", "per cent", "percentage points" at k; atoms taken. */
static uint32_t percent_at(const ctx *c, uint32_t k, nst_figure *f) {
    uint32_t i = mark(c, k, '-') ? k + 1 : k;
    uint32_t art = f->value == 0.5 && lit(c, i, "a") ? 1 : 0;
    if (lit(c, i + art, "percentage") &&
        (lit(c, i + art + 1, "point") || lit(c, i + art + 1, "points"))) {
        f->unit = NST_S("pp");
        return i + art + 2 - k;
    }
    f->unit = NST_S("%");
    if (mark(c, i, '%')) {
        uint32_t p = i + 1;
        if (lit(c, p, "points") || lit(c, p, "point")) return f->unit = NST_S("pp"), p + 1 - k;
        return i + 1 - k;
    }
    if (lit(c, i, "percent") || lit(c, i, "pct")) return i + 1 - k;
    if (lit(c, i, "per") && lit(c, i + 1, "cent")) return i + 2 - k;
    f->unit = (nst_str){0};
    return 0;
}

/* "500-strong battalion", "12-member delegation", "28-nation bloc": atoms taken after the
 * figure. */
static uint32_t hyphened(const ctx *c, uint32_t k, nst_figure *f) {
    if (!mark(c, k, '-') || c->a[k].space || k + 1 >= c->n || c->a[k + 1].space ||
        c->a[k + 1].kind != NST_ATOM_WORD)
        return 0;
    f->head = k + 1;
    f->tail = k + 2;
    if (lit(c, k + 1, "strong") || lit(c, k + 1, "man") || lit(c, k + 1, "member") ||
        lit(c, k + 1, "person")) {
        f->unit = NST_S("person");
        f->person = 1;
        for (uint32_t i = k + 2; i < c->n && i < k + 4; i++)
            if (is(c, i, NST_W_TROOPBODY, NULL) || lit(c, i, "force") || lit(c, i, "contingent"))
                f->person = 2;
    } else {
        nst_str m;
        if (measure_at(c, k + 1, &m)) f->unit = m;
        else f->unit = singular(c, word(c, k + 1));
    }
    return 2;
}

/* What the figure counts, once its numeral ends at k. Returns the atom after the figure. */
static uint32_t unit_of(const ctx *c, uint32_t k, nst_figure *f) {
    uint32_t m;
    if ((m = percent_at(c, k, f))) return k + m;
    if (f->currency[0]) {
        f->unit = nst_arena_str(c->arena, nst_str_c(f->currency));
        return k;
    }
    if ((m = currency_after(c, k, f))) return k + m;
    if (hyphened(c, k, f)) return k;
    uint32_t of = k;
    if (lit(c, of, "of")) {
        bool owned = lit(c, of + 1, "the") || lit(c, of + 1, "its") || lit(c, of + 1, "their") ||
                     lit(c, of + 1, "his") || lit(c, of + 1, "her") || lit(c, of + 1, "those");
        of++;
        if (lit(c, of, "the") || lit(c, of, "its") || lit(c, of, "their") || lit(c, of, "his") ||
            lit(c, of, "her") || lit(c, of, "those"))
            of++;
        int v;
        if (lit(c, of, "them") || lit(c, of, "whom")) {
            f->of_them = f->inherits = true;
            return k;
        }
        if (owned && is(c, of, NST_W_CUE, &v) && v % 10 <= 2) {    /* nine of the dead */
            f->unit = NST_S("person");
            f->person = 1;
            f->told = (uint8_t)(v / 10);
            f->tail = of + 1;
            return k;
        }
        nst_numeral q = nst_numeral_read(c->t, c->a, c->n, of);
        if (q.n && !f->vague) {            /* three of the five */
            f->part = true;
            of += q.n;
        } else if (!f->vague && f->value >= 1 && !owned) {
            f->inherits = true;
            return k;
        }
    } else if (f->value < 1 && (lit(c, of, "the") || lit(c, of, "its") || lit(c, of, "their"))) {
        of++;
    }
    counted(c, of, f);
    if (f->head == UINT32_MAX) f->inherits = true;
    return k;
}

/* "killed a guard", "two helicopters and a drone": one, where a cue or a figure leads to it. */
static bool single_at(const ctx *c, uint32_t i, const nst_figure *before, nst_figure *f) {
    int v;
    if (i == 0 || !(lit(c, i, "a") || lit(c, i, "an"))) return false;
    bool cue = is(c, i - 1, NST_W_CUE, &v) && v % 10 == 1 &&
        c->a[i - 1].end - c->a[i - 1].start > 4;
    bool joined = before && lit(c, i - 1, "and") && before->tail == i - 1 && !before->currency[0];
    if (!cue && !joined) return false;
    *f = (nst_figure){.first = i, .lead = i, .end = i + 1, .tail = i + 1, .value = 1, .low = 1,
                      .high = 1, .head = UINT32_MAX, .single = true};
    uint32_t k = i + 1;
    while (k + 1 < c->n && c->a[k].kind == NST_ATOM_WORD && !is(c, k, NST_W_STOPNP, NULL) &&
           c->a[k + 1].kind == NST_ATOM_WORD && !is(c, k + 1, NST_W_STOPNP, NULL) && k < i + 4 &&
           !plural(c, k + 1))
        k++;
    if (k >= c->n || c->a[k].kind != NST_ATOM_WORD || is(c, k, NST_W_STOPNP, NULL)) return false;
    if (is(c, k, NST_W_FEW, NULL) || is(c, k, NST_W_MULT, NULL) || is(c, k, NST_W_DOZEN, NULL) ||
        is(c, k, NST_W_UNIT, NULL) || is(c, k, NST_W_HALF, NULL) || lit(c, k, "lot") ||
        lit(c, k, "number") || lit(c, k, "total") || lit(c, i + 1, "few") || lit(c, k, "further") ||
        lit(c, k, "series") || lit(c, k, "estimated") || is(c, k, NST_W_TENS, NULL))
        return false;
    f->head = k;
    f->tail = k + 1;
    f->person = person_at(c, k);
    f->unit = f->person && f->person < 3 ? NST_S("person") : singular(c, word(c, k));
    if (joined || f->person) return true;
    return lit(c, k + 1, "and") && nst_numeral_read(c->t, c->a, c->n, k + 2).n > 0;
}

/* Is a two-sided score or vote written "52-48" at i? Votes give two figures, scores none. */
static bool score(const ctx *c, uint32_t i, uint32_t k) {
    if (!mark(c, k, '-') || c->a[k].space || k + 1 >= c->n || c->a[k + 1].kind != NST_ATOM_DIGITS)
        return false;
    (void)i;
    return true;
}

/* "a couple of shells", "a pair of frigates": two. */
static uint32_t pair_at(const ctx *c, uint32_t i) {
    bool pair = lit(c, i, "a") && (lit(c, i + 1, "couple") || lit(c, i + 1, "pair"));
    return pair && lit(c, i + 2, "of") ? 3 : 0;
}

/* The figure that begins at i; false if none does. */
static bool figure_at(const ctx *c, uint32_t i, nst_figure *f) {
    *f = (nst_figure){.first = i, .head = UINT32_MAX};
    uint32_t sg = sign_at(c, i, f->currency), k;
    if (!sg && (k = pair_at(c, i))) {
        f->value = f->low = f->high = 2;
        k += i;
    } else if (!sg && (k = fraction(c, i, f))) {
        k += i;
    } else if (!sg && (k = ratio(c, i, f))) {
        k += i;
    } else {
        nst_numeral m = nst_numeral_read(c->t, c->a, c->n, i + sg);
        if (!m.n || (m.words && m.bare && idle_one(c, i))) return false;
        if (lit(c, i, "zero")) return false;
        if (lit(c, i, "scores") && !lit(c, i + 1, "of") && i > 0) return false;
        if (i > 0 && mark(c, i - 1, '#')) return false;
        if (lit(c, i, "one") && mark(c, i + 1, '-') && lit(c, i + 2, "a")) return false;
        k = i + sg + m.n;
        f->value = f->low = f->high = m.value;
        f->vague = m.vague;
        if (!sg && (only_names(c, i, k) || of_time(c, k))) return false;
        bool vote = votes(c, i);
        if (vote && mark(c, k, '-'))
            return f->end = f->tail = f->lead = k, f->inherits = true, true;
        uint32_t r = vote ? 0 : range_end(c, i + sg, k, &m, f);
        if (!r && !vote && !sg && score(c, i, k)) return false;
        if (!r && lit(c, k, "to") && !vote && lit(c, k + 1, "one") && m.value < 10) return false;
        k += r;
        if (m.scale == 0 && !r && i + sg < c->n && (k < c->n) && lit(c, k, "and") &&
            lit(c, k + 1, "a") &&
            lit(c, k + 2, "half"))
            f->value += 0.5, k += 3;
    }
    f->end = f->tail = k;
    if (of_time(c, k)) return false;
    f->end = unit_of(c, k, f);
    if (f->tail < f->end) f->tail = f->end;
    if (f->vague) f->bound = NST_AT_LEAST;
    bounds(c, f);
    return true;
}

/* "no casualties", "nobody was killed", "no one was hurt": a figure of nought. */
static bool nought_at(const ctx *c, uint32_t i, nst_figure *f) {
    int v;
    bool person = lit(c, i, "nobody") || (lit(c, i, "no") && lit(c, i + 1, "one"));
    bool noun = lit(c, i, "no") && is(c, i + 1, NST_W_PERSON, &v) && is(c, i + 1, NST_W_CUE, NULL);
    noun = noun || (lit(c, i, "no") && (lit(c, i + 1, "casualties") || lit(c, i + 1, "injuries")));
    if (!person && !noun) return false;
    *f = (nst_figure){.first = i, .lead = i, .unit = NST_S("person"), .person = 1};
    f->end = i + (lit(c, i, "nobody") ? 1 : lit(c, i + 1, "one") ? 2 : 1);
    f->head = noun ? i + 1 : i;
    f->tail = noun ? i + 2 : f->end;
    if (person && !is(c, f->end + 1, NST_W_CUE, NULL)) return false;
    return true;
}

/* "(over $734 mln)", ", or about $110,000": a second figure that only converts the first. */
static bool converts(const ctx *c, const nst_figure *f, const nst_figure *g) {
    if (!f->unit.n || !g->currency[0] || (!f->currency[0] && f->role == 0 && f->person))
        return false;
    if (!f->currency[0] && !nst_str_is(f->unit, "crown") && !nst_str_is(f->unit, "lira"))
        return false;
    if (strcmp(f->currency, g->currency) == 0) return false;
    uint32_t k = f->end;
    if (g->lead - k > 3) return false;
    return mark(c, k, '(') || (mark(c, k, ',') && lit(c, k + 1, "or")) || lit(c, k, "or");
}

nst_figure *nst_number_scan(nst_str t, const nst_atom *a, uint32_t n, const bool *skip,
                            nst_arena *arena, uint32_t *m) {
    ctx c = {.t = t, .a = a, .n = n, .skip = skip, .arena = arena};
    nst_figure *out = NULL;
    uint32_t count = 0, cap = 0;
    for (uint32_t i = 0; i < n;) {
        nst_figure f;
        bool maybe = a[i].kind != NST_ATOM_WORD || a[i].word ||
            (a[i].caps == 2 && mark(&c, i + 1, '$')) || lit(&c, i, "nobody");
        const nst_figure *before = count ? &out[count - 1] : NULL;
        if ((skip && skip[i]) || !maybe ||
            !(nought_at(&c, i, &f) || figure_at(&c, i, &f) || single_at(&c, i, before, &f))) {
            i++;
            continue;
        }
        if (count && converts(&c, &out[count - 1], &f)) {
            nst_figure *p = &out[count - 1];
            p->converted = f.value;
            memcpy(p->converted_currency, f.currency, 4);
            p->converted_first = f.first;
            p->converted_end = f.end;
        } else {
            bool whole = count && out[count - 1].part && out[count - 1].end + 3 >= f.first;
            nst_figure *p = NST_PUSH(arena, out, count, cap);
            *p = f;
            p->whole = whole;
        }
        i = f.end > i ? f.end : i + 1;
    }
    *m = count;
    return out;
}
