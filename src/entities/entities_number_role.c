/* entities_number_role.c - what a figure is for: the dead, the arrested, a change, an amount.
 *
 * In: figures and the words around them: expelled | [two envoys]. Out: role target. The idea: the
 * nearest cue decides. A cue right after the noun ("seven soldiers died", "40 were killed") or
 * right before the figure ("killed 12", "the arrest of 16") belongs to it; figures joined by "and"
 * or "including" share one. Without a cue, soldiers are troops, money is an amount, the rest is
 * other. Invariant: windows are of fixed size, so the work is linear in the number of figures.
 */
#include "number.h"

#include "scan.h"

/* Is atom i one of these words? */
static bool one_of(const ctx *c, uint32_t i, const char *const *words) {
    for (; *words; words++)
        if (lit(c, i, *words)) return true;
    return false;
}

static const char *const AUX[] = {"was", "were", "been", "be", "being", "are", "is", "had", "have",
    "has", "got", "left", "feared", "reported", "reportedly", "confirmed", "remain", "remained",
    "also", "still", "now", "later", "taken", "in", "critically", "seriously", "badly", "believed",
    "to", "then", "lightly", "slightly", "found", "placed", "would", "will", "could", "allegedly",
    "not", "yet", "have", "shot", "as", "many", "listed", "presumed", "declared", "pronounced",
    "put", "with", "into", NULL};

/* Does an auxiliary stand among atoms [from, to)? */
static bool passive(const ctx *c, uint32_t from, uint32_t to) {
    static const char *const be[] = {"was", "were", "been", "be", "being", "are", "is", "got",
        "taken", NULL};
    for (uint32_t i = from; i < to; i++)
        if (one_of(c, i, be)) return true;
    return false;
}

/* Is the participle at i bare ("4 killed, 9 wounded"), not a verb with an object ("12 men killed
 * a")? */
static bool bare_participle(const ctx *c, uint32_t i) {
    uint32_t k = i + 1;
    if (k >= c->n) return true;
    if (c->a[k].kind == NST_ATOM_MARK) return !mark(c, k, '"');
    if (c->a[k].kind == NST_ATOM_DIGITS) return false;
    return lit(c, k, "in") || lit(c, k, "and") || lit(c, k, "by") || lit(c, k, "when") ||
           lit(c, k, "after") || lit(c, k, "on") || lit(c, k, "during") || lit(c, k, "at") ||
           lit(c, k, "as") || lit(c, k, "so") || lit(c, k, "or") || lit(c, k, "since") ||
           lit(c, k, "near") || lit(c, k, "over");
}

/* A role told right after the noun phrase; 0 if none. */
static int cue_right(const ctx *c, const nst_figure *f) {
    uint32_t start = f->tail, i = start;
    if (f->part)
        for (uint32_t k = 0; k < c->n_figures; k++)
            if (c->figures[k].whole && c->figures[k].first >= f->end &&
                c->figures[k].first < f->end + 4)
                start = i = c->figures[k].tail;
    if (lit(c, i, "of") && lit(c, i + 1, "whom")) start = i += 2;
    /* "Twelve people, among them two foreigners, were killed" */
    if (mark(c, i, ',')) {
        uint32_t k = i + 1;
        while (k < c->n && k < i + 9 && !mark(c, k, ',')) k++;
        if (mark(c, k, ',') && passive(c, k + 1, k + 2)) start = i = k + 1;
    }
    if (lit(c, i, "on") && lit(c, i + 1, "board")) start = i += 2;
    if (lit(c, i, "others") || lit(c, i, "other")) start = ++i;
    for (uint32_t step = 0; i < c->n && step < 7; step++, i++) {
        int v;
        if (c->a[i].kind != NST_ATOM_WORD) return 0;
        if (lit(c, i, "missing") || lit(c, i, "unaccounted")) return -1;
        if (i == start && (lit(c, i, "surrendered") || lit(c, i, "defected") ||
                           lit(c, i, "deserted")))
            return -1;
        if (lit(c, i, "treason") || lit(c, i, "injuries")) return lit(c, i, "injuries") ? 2 : 0;
        if (lit(c, i, "hospital")) return passive(c, start, i) || lit(c, start, "taken") ? 2 : 0;
        if (lit(c, i, "critical") && lit(c, i + 1, "condition")) return 2;
        if (lit(c, i, "shot") && lit(c, i + 1, "down")) return 4;
        if (lit(c, i, "sentenced") || lit(c, i, "convicted")) return passive(c, start, i) ? 4 : 0;
        if (is(c, i, NST_W_CUE, &v) && !(lit(c, i, "release") || lit(c, i, "body"))) {
            int role = v / 10, kind = v % 10;
            if (kind == 2) return role;
            if (kind == 1 && (passive(c, start, i) || (i == start && bare_participle(c, i))))
                return role;
            return 0;
        }
        if (!one_of(c, i, AUX) && !(lit(c, i, "people") || lit(c, i, "being"))) return 0;
    }
    return 0;
}

/* Words that may stand between a verb and the figure that is its object. */
static const char *const BETWEEN[] = {"the", "all", "another", "a", "further", "at", "least", "as",
    "many", "about", "some", "more", "than", "of", "up", "to", "an", "additional", "total",
    "nearly", "his", "her", "its", "their", "himself", "herself", "themselves", "and", "estimated",
    "these", "almost", "over", "around", "fewer", "just", "roughly", "down", "dead", "two", "only",
    "who", NULL};

/* A role told right before the figure; 0 if none. */
static int cue_left(const ctx *c, const nst_figure *f) {
    uint32_t i = f->lead;
    for (uint32_t step = 0; i > 0 && step < 6; step++) {
        int v;
        i--;
        if (c->a[i].kind != NST_ATOM_WORD) return 0;
        if (lit(c, i, "down") && i > 0 && lit(c, i - 1, "shot")) return 4;
        if (lit(c, i, "dead") && i > 0 && lit(c, i - 1, "shot")) return 1;
        if (lit(c, i, "taken") || lit(c, i, "took")) {
            return lit(c, f->head, "prisoners") ? 3 : lit(c, f->tail, "hostage") ? 4 : 0;
        }
        if (lit(c, i, "up") && i > 0 && lit(c, i - 1, "rounded")) return 3;
        if (lit(c, i, "up") && i > 0 && lit(c, i - 1, "called")) return 5;
        if (lit(c, i, "lost") && f->person) return 1;
        if (lit(c, i, "claimed") && (lit(c, f->head, "lives"))) return 1;
        if (is(c, i, NST_W_CUE, &v)) {
            int role = v / 10, kind = v % 10;
            if (kind == 1 || kind == 3)
                return kind == 1 && role == 4 && lit(c, i, "free") ? 4 : role;
            return 0;
        }
        if (!one_of(c, i, BETWEEN)) return 0;
    }
    return 0;
}

/* A role told by the thing counted or by what comes to the figure: "33 deaths", "the toll rose
 * to". */
static int cue_noun(const ctx *c, const nst_figure *f) {
    int v;
    if (f->head != UINT32_MAX && is(c, f->head, NST_W_CUE, &v) && v % 10 >= 3) return v / 10;
    uint32_t i = f->lead;
    for (uint32_t step = 0; i > 0 && step < 9; step++) {
        i--;
        if (c->a[i].kind == NST_ATOM_MARK && !mark(c, i, '\'')) return 0;
        if (lit(c, i, "toll")) return 1;
        if (is(c, i, NST_W_CUE, &v) && f->inherits) {
            if (v % 10 == 4) return v / 10;
            if (i > 1 && lit(c, i - 1, "of") && lit(c, i - 2, "number")) return v / 10;
        }
        if (f->inherits && is(c, i, NST_W_CUE, &v) && v % 10 <= 2 && i > 1 && lit(c, i - 1, "of"))
            return v / 10;
    }
    return 0;
}

/* "sanctions on 26 companies", "banned 42 members", "bodies of two pilots": left, a little
 * further. */
static int cue_far(const ctx *c, const nst_figure *f) {
    uint32_t i = f->lead;
    bool on = i > 0 && lit(c, i - 1, "on");
    for (uint32_t step = 0; on && i > 0 && step < 5; step++) {
        i--;
        if (lit(c, i, "sanctions")) return 4;
    }
    i = f->lead;
    if (i > 1 && lit(c, i - 1, "forced")) return 4;
    static const char *const harm[] = {"claimed", NULL};
    for (uint32_t step = 0; i > 0 && step < 5; step++)
        if (one_of(c, --i, harm) && is(c, i + 1, NST_W_STOPNP, NULL) && lit(c, i + 2, "lives"))
            return 1;
    return 0;
}

/* ---- changes ------------------------------------------------------------------------------- */

/* +1 or -1 if the figure is the size of a change, 0 if not. */
static int change(const ctx *c, const nst_figure *f) {
    bool rate = nst_str_is(f->unit, "%") || nst_str_is(f->unit, "pp") ||
        nst_str_is(f->unit, "point");
    uint32_t i = f->lead;
    int v;
    if (rate && f->end < c->n && is(c, f->end, NST_W_CHANGE, &v) && !lit(c, f->end, "lower"))
        return v;
    if (rate && is(c, f->end + 1, NST_W_CHANGE, &v) && c->a[f->end].kind == NST_ATOM_WORD &&
        (lit(c, f->end, "annual") || lit(c, f->end, "monthly") || lit(c, f->end, "yearly")))
        return v;
    if (i > 0 && rate && (lit(c, i - 1, "up") || lit(c, i - 1, "down")))
        return lit(c, i - 1, "up") ? 1 : -1;
    bool by = i > 0 && lit(c, i - 1, "by");
    bool direct = i > 0 && is(c, i - 1, NST_W_CHANGE, &v) && !lit(c, i - 1, "boost");
    if (direct && (rate || (f->value < 1 && f->unit.n))) return v;
    if (lit(c, i - (i > 0), "between") && i > 1 && is(c, i - 2, NST_W_CHANGE, &v) && rate) return v;
    bool money = f->currency[0] != 0, part = f->value < 1 && f->value > 0;
    if (!by && !((rate || part) && i > 0 && (lit(c, i - 1, "a")))) return 0;
    if (!rate && !money && !part && !f->inherits && f->person == 0) return 0;
    for (uint32_t step = 0; i > 0 && step < 8; step++) {
        i--;
        if (is(c, i, NST_W_CHANGE, &v)) return v;
        if (c->a[i].kind == NST_ATOM_MARK && mark(c, i, ';')) return 0;
    }
    return 0;
}

/* Roles of money and rates. */
static bool measured(const ctx *c, nst_figure *f) {
    int dir = change(c, f);
    if (dir) {
        f->role = NST_NUM_CHANGE;
        f->direction = (int8_t)dir;
        return true;
    }
    if (f->currency[0] || f->money) {
        f->role = NST_NUM_AMOUNT;
        return true;
    }
    return nst_str_is(f->unit, "%") || nst_str_is(f->unit, "pp");
}

/* A change downwards is a negative value. */
static void sign(nst_figure *f) {
    if (f->role != NST_NUM_CHANGE || f->direction >= 0) return;
    f->value = -f->value;
    double low = f->low;
    f->low = -low;
    f->high = -f->high;
}

/* ---- neighbours ---------------------------------------------------------------------------- */

/* Do only joining words stand between figure k and the one before it? */
static bool joined(const ctx *c, uint32_t k) {
    static const char *const ties[] = {"and", "or", "including", "among", "them", "of", "whom", "a",
        "further", "another", "at", "least", "more", "than", "others", "other", "some", "between",
        "to", NULL};
    const nst_figure *f = &c->figures[k], *p = &c->figures[k - 1];
    uint32_t i = p->tail;
    if (f->lead < i || f->lead - i > 6) return false;
    bool tie = false;
    for (; i < f->lead; i++) {
        if (c->a[i].kind == NST_ATOM_MARK && mark(c, i, ',')) continue;
        if (c->a[i].kind != NST_ATOM_WORD || !one_of(c, i, ties)) return false;
        tie = true;
    }
    return tie;
}

/* Gives figure k what it lacks from its neighbours: unit from the one before, else from the
 * next. */
static void inherit_unit(ctx *c, uint32_t k) {
    nst_figure *f = &c->figures[k];
    if (f->unit.n || f->currency[0]) return;
    const nst_figure *p = k > 0 ? &c->figures[k - 1] : NULL, *q = k + 1 < c->n_figures
        ? &c->figures[k + 1] : NULL;
    static const char *const crowds[] = {"crowd", "crew", "group", "team", "force", "staff",
        "party", "delegation", "convoy", "mob", "gang", NULL};
    uint32_t i = f->lead;
    if (i > 1 && (lit(c, i - 1, "of") || lit(c, i - 1, "at")) && one_of(c, i - 2, crowds)) {
        f->unit = NST_S("person");
        f->person = lit(c, i - 2, "force") ? 2 : 1;
        return;
    }
    for (uint32_t s = 0; i > 0 && s < 9; s++) {      /* "the number of troops ... to 12,000" */
        i--;
        if (!lit(c, i, "number") || !lit(c, i + 1, "of")) continue;
        int v;
        if (is(c, i + 2, NST_W_PERSON, &v)) f->unit = NST_S("person"), f->person = v;
        break;
    }
    if (f->unit.n) return;
    bool forward = q && q->first - f->end <= 3 && (lit(c, f->end, "to") || lit(c, f->end, "of") ||
                                                   lit(c, f->end, "and") || lit(c, f->end, "or"));
    if (forward && q->unit.n && q->role != NST_NUM_CHANGE) {
        f->unit = q->unit;
        f->person = q->person;
        if (f->head == UINT32_MAX) f->head = q->head;
        f->money = q->money;
        memcpy(f->currency, q->currency, 4);
    } else if (p && p->unit.n && !p->currency[0] && !nst_str_is(p->unit, "%")) {
        f->unit = p->unit;
        f->person = p->person;
    }
}

/* Votes and seats without a noun of their own. */
static void vote_unit(const ctx *c, nst_figure *f) {
    if (f->unit.n) return;
    for (uint32_t i = f->first > 8 ? f->first - 8 : 0; i < f->first; i++)
        if (lit(c, i, "vote") || lit(c, i, "voted") || lit(c, i, "votes")) f->unit = NST_S("vote");
}

/* The role its own words give a counted thing. */
static int own_role(const ctx *c, const nst_figure *f) {
    int role;
    if ((role = cue_right(c, f))) return role;
    if (f->end > f->first && lit(c, f->first, "no") && lit(c, f->first + 1, "one")) return 0;
    if ((role = cue_noun(c, f))) return role;
    if ((role = cue_left(c, f))) return role;
    return cue_far(c, f);
}

/* Words that make a plain person under command: "a force of 4,000 men". */
static bool forces(const ctx *c, const nst_figure *f) {
    static const char *const words[] = {"force", "garrison", "contingent", "army", "militia",
        "troops", "forces", "mission", NULL};
    if (f->person == 0) return false;
    if (f->person == 2) return true;
    bool men = lit(c, f->head, "men");
    for (uint32_t i = f->first > 9 ? f->first - 9 : 0; i < f->first; i++)
        if (men && one_of(c, i, words)) return true;
    return false;
}

void nst_number_roles(nst_str t, const nst_atom *a, uint32_t n, nst_figure *f, uint32_t m,
                      nst_arena *arena) {
    ctx c = {.t = t, .a = a, .n = n, .figures = f, .n_figures = m, .arena = arena};
    for (uint32_t k = m; k-- > 0;)
        if (f[k].inherits) inherit_unit(&c, k);
    for (uint32_t k = 0; k < m; k++) {
        nst_figure *x = &f[k];
        if (x->inherits) inherit_unit(&c, k);
        if (measured(&c, x)) {
            sign(x);
            continue;
        }
        int role = x->told ? x->told : x->whole ? 0 : own_role(&c, x);
        if (role) x->own_cue = true;
        if (role < 0) {
            x->role = NST_NUM_OTHER;
            continue;
        }
        if (!role && x->of_them && k > 0 && f[k - 1].role <= NST_NUM_TROOPS) role = f[k - 1].role;
        if (!role && k > 0 && !f[k - 1].part && joined(&c, k) && f[k - 1].role >= NST_NUM_DEAD &&
            f[k - 1].role <= NST_NUM_TARGET)
            role = f[k - 1].role;
        if (!role && !x->whole && forces(&c, x)) role = NST_NUM_TROOPS;
        if (!role && x->whole && x->person == 2) role = NST_NUM_TROOPS;
        x->role = (uint8_t)role;
        if (!x->unit.n) vote_unit(&c, x);
        if (!x->unit.n && role >= NST_NUM_DEAD && role <= NST_NUM_ARRESTED)
            x->unit = NST_S("person");
        if (role && role <= NST_NUM_ARRESTED && x->unit.n && x->person)
            x->unit = NST_S("person");
    }
}
