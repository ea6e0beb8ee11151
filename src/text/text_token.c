/* text_token.c - bytes to tokens, by the conventions of the English treebanks of Universal
 * Dependencies (EWT, GUM).
 *
 * In: the bytes of a block. Out: tokens, by span.
 *   Ruritania | 's | foreign | minister | said | on | Tuesday | that | Graustark | had | expelled |
 * two | envoys | .
 * Idea: white space parts chunks; inside a chunk a small state machine takes, from left to right, a
 * web address, a face, a run of marks, a number or a word; words are then parted at clitics
 * ("do|n't", "Ruritania|'s", "can|not"), numbers at units ("5|pm", "1.5|bn"), and the last full
 * stop stays with abbreviations and initials. A hyphen parts words ("long|-|term") unless a prefix
 * stands before it ("anti-tank", "co-founder").
 * Invariants: (1) tokens are in order, do not overlap, are not empty and hold no white space; (2)
 * every byte that is not space is in one token; (3) time is linear: no rule looks back further than
 * one token or ahead further than its chunk.
 * Reference: Silveira et al., A gold standard dependency corpus for English, LREC 2014; Zeldes, The
 * GUM corpus, LRE 2017.
 */
#include "text_parts.h"

/* The chunk being cut and where its tokens go. */
typedef struct cutter {
    const char *p;
    uint32_t end; /* of the chunk */
    uint32_t block_end;
    bool at; /* has the chunk an "@"? */
    nst_text *t;
    nst_arena *a;
    uint32_t *cap;
} cutter;

/* Words that keep their full stop wherever they stand. */
static const char abbreviations[] =
    "mr mrs ms mx rs dr prof st ft mt sr jr messrs mlle mme hon rev fr gen lt col maj capt cmdr "
    "adm sgt cpl pvt brig gov govs sen sens rep reps pres supt det insp amb atty dist asst assn "
    "dept univ inc corp co cos ltd llc bros plc vs v etc al e.g i.e eg ie cf viz approx ca est "
    "jan feb mar apr jun jul aug sept sep oct nov dec tue tues thu thur thurs fri mon ala ariz "
    "ark calif colo conn del fla ga ill ind kan ky md mich minn miss mo mont neb nev okla ore pa "
    "penn tenn tex va vt wash wis wyo ont que ave blvd rd hwy pkwy sq no nos vol pp fig figs ed "
    "eds ch sec para art ph.d m.d b.a m.a ret incl excl esp ext tel wed sat m.sc b.sc ph.d attn "
    "no.s dem ind dfl lib cong bldg ctr intl natl govt div bd feat hq mgr pt pvte jnr snr gens "
    "cols lts maj.gen lt.gen sgts drs profs spc pfc";
/* Of these, the ones that are also plain words: a full stop stays only before a digit or a name. */
static const char doubtful[] =
    "no nos mar jun jul sec art fig figs ed ch pt ill ind miss mo pa wash ore mon fri tue thu del "
    "fla est co cos para ga conn tex penn ark ca md hon gens ext sq wed sat pp lib feat mass ft "
    "mt cong minn rd";
/* And of these, the ones that stand with a capital and no digit only as words. */
static const char plain_too[] = "no nos art miss mar sat sun fig para sec";
/* First parts of a compound after which the hyphen stays inside the word. */
static const char prefixes[] =
    "non anti pre post pro co re mid ex multi semi neo sub cross inter intra counter over e mini "
    "micro socio psycho un ultra pseudo quasi bi tri proto trans arch pan afro anglo franco sino "
    "indo euro geo bio eco electro extra hyper hypo infra macro meta mega meth mono nano omni "
    "para poly retro super supra tele thermo uni vice";
/* Words with a lost apostrophe, and where their clitic begins. */
static const struct {
    const char *word;
    uint8_t head, n; /* bytes before the clitic, bytes of all */
} glued[] = {
    {"cannot", 3, 6},   {"dont", 2, 4},   {"cant", 2, 4},  {"wont", 2, 4},    {"didnt", 3, 5},
    {"doesnt", 4, 6},   {"isnt", 2, 4},   {"arent", 3, 5}, {"wasnt", 3, 5},   {"werent", 4, 6},
    {"hasnt", 3, 5},    {"havent", 4, 6}, {"hadnt", 3, 5}, {"wouldnt", 5, 7}, {"couldnt", 5, 7},
    {"shouldnt", 6, 8}, {"aint", 2, 4},   {"im", 1, 2},    {"ive", 1, 3},     {"youve", 3, 5},
    {"weve", 2, 4},     {"theyve", 4, 6}, {"thats", 4, 5}, {"whats", 4, 5},   {"theres", 5, 6},
    {"gonna", 3, 5},    {"wanna", 3, 5},  {"gotta", 3, 5}, {"gimme", 3, 5},   {"outta", 3, 5},
    {"lemme", 3, 5},    {"theyre", 4, 6}, {"youre", 3, 5}, {"couldve", 5, 7}, {"wouldve", 5, 7},
    {"shouldve", 6, 8},
};
/* Currencies written against their number: "EUR500", "Rs.500". */
static const char currencies[] =
    "usd eur gbp rs inr pkr irr chf jpy cny rmb tk aed aud cad nzd sek nok dkk try uah rub zar "
    "brl mxn krw idr myr php vnd thb ngn kes egp sar qar ils hkd sgd";
/* Units written against their number. */
static const char units[] = "am pm a.m p.m km kg m mm cm ft k bn mn tn b mph kph kmh lb lbs oz gb "
                            "mb kb tb mw gw kw kwh mwh gwh hz khz mhz ghz hr hrs min mins sec "
                            "secs yr yrs yo million billion trillion percent pc bbl mm mmbtu c f "
                            "kt nm sq acres usd eur ha bps pct cc ml hp x pp p t days people dead "
                            "g";

/* Last parts of the names of sites; behind them a stroke goes on with the address. */
static const char domains[] =
    "com org net gov edu co uk ru tv info io ly me int mil de fr ua cn in eu us by kz ge news";

/* Adds a token. A run longer than the limit becomes several tokens. The cut is never inside a
 * character. Nothing is added for an empty run. */
static void push(cutter *c, uint32_t start, uint32_t end) {
    while (end - start > NST_MAX_TOKEN_BYTES) {
        uint32_t stop = start + NST_MAX_TOKEN_BYTES;
        while (((unsigned char)c->p[stop] & 0xC0) == 0x80 && stop > start + 4) stop--;
        *NST_PUSH(c->a, c->t->tokens, c->t->n_tokens, *c->cap) = (nst_token){start, stop};
        start = stop;
    }
    if (end > start)
        *NST_PUSH(c->a, c->t->tokens, c->t->n_tokens, *c->cap) = (nst_token){start, end};
}

static unsigned class_at(const cutter *c, uint32_t i) {
    return nst_text_class_at(c->p, i, c->end);
}

/* Length of the apostrophe at p[i], 0 if there is none. A back-tick counts only inside a word. The
 * turned one (U+2018) counts because typewriters of web pages turn the first mark of "’90s" and the
 * like. */
static uint32_t apostrophe(const cutter *c, uint32_t i) {
    if (i >= c->end) return 0;
    if (c->p[i] == '\'' || c->p[i] == '`') return 1;
    if (i + 2 < c->end + 0u && !memcmp(c->p + i, "\xE2\x80\x99", 3)) return 3;
    if (i + 2 < c->end && !memcmp(c->p + i, "\xE2\x80\x98", 3)) return 3;
    if (i + 1 < c->end && !memcmp(c->p + i, "\xCA\xBC", 2)) return 2;
    return 0;
}

/* ---- addresses, faces, runs of marks --------------------------------------------------------- */

/* Last bytes of an address that belong to the sentence around it. A closing bracket stays if one
 * was opened inside, as encyclopedias have them. */
static uint32_t trim_address(const cutter *c, uint32_t start, uint32_t end) {
    int open = 0;
    for (uint32_t i = start; i < end; i++) open += c->p[i] == '(';
    while (end > start + 1) {
        char last = c->p[end - 1];
        if (last == ')' && open > 0) break;
        if (!strchr(".,;:!?)]}>'\"*", last)) {
            if (end - start > 3 && !memcmp(c->p + end - 3, "\xE2\x80\x9D", 3)) end -= 3;
            else if (end - start > 3 && !memcmp(c->p + end - 3, "\xE2\x80\x99", 3)) end -= 3;
            else break;
        } else {
            end--;
        }
    }
    return end;
}

/* End of a web address that starts at i, or i. All but quotes and angle brackets may stand in it;
 * what is at its end is trimmed. */
static uint32_t web_address(const cutter *c, uint32_t i) {
    const char *heads[] = {"http://", "https://", "www.", "ftp://", "mailto:"};
    for (size_t k = 0; k < sizeof heads / sizeof *heads; k++) {
        if (!nst_text_at(c->p, i, c->end, heads[k])) continue;
        uint32_t end = i + (uint32_t)strlen(heads[k]);
        while (end < c->end && !strchr("<>\"", c->p[end])) end++;
        return trim_address(c, i, end);
    }
    return i;
}

static bool address_byte(char ch) {
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
           ch == '_' || ch == '-' || ch == '.' || ch == '+' || ch == '%';
}

/* The name of a mail address is not longer; looking no further keeps time linear. */
#define MAX_ADDRESS 80

/* End of a mail address, a handle or a hash tag that starts at i, or i. A mail address needs a
 * full stop behind the "@"; a handle or tag needs a letter behind its mark, so that "#1" is two
 * tokens. */
static uint32_t mail_or_handle(const cutter *c, uint32_t i) {
    uint32_t k = i;
    if (c->p[i] == '@' || c->p[i] == '#') {
        if (!(class_at(c, i + 1) & NST_CH_LETTER)) return i;
        k = i + 1;
        while (k < c->end && ((class_at(c, k) & NST_CH_WORD) || c->p[k] == '_')) {
            nst_text_cp(c->p, k, c->end, &k);
        }
        return k;
    }
    uint32_t far = c->end - i > MAX_ADDRESS ? i + MAX_ADDRESS : c->end;
    while (k < far && address_byte(c->p[k])) k++;
    if (k == i || k >= c->end || c->p[k] != '@') return i;
    uint32_t at = k++;
    bool dot = false;
    while (k < c->end && address_byte(c->p[k])) dot |= c->p[k++] == '.';
    return dot && k > at + 3 ? trim_address(c, i, k) : i;
}

/* End of a face such as ":-)" that starts at i, or i. It must end its chunk, or a stop must follow.
 * * Ordered as written by hand: a longer face stands before the shorter one it contains where both
 * could match. */
static uint32_t face(const cutter *c, uint32_t i) {
    static const char *const faces[] = {":-)", ":-(", ";-)", ":)",  ":(",  ";)",  ":D", ":P",
                                        "=)",  "=(",  ":/",  ":-/", ":-D", ":-P", "(:", ":-|",
                                        "^_^", ">:(", ":'(", "<3",  "xD",  ":p"};
    for (size_t k = 0; k < sizeof faces / sizeof *faces; k++) {
        uint32_t n = (uint32_t)strlen(faces[k]);
        if (c->end - i < n || memcmp(c->p + i, faces[k], n)) continue;
        if (i + n == c->end || strchr(".!,)", c->p[i + n])) return i + n;
    }
    return i;
}

/* End of a run of marks that makes one token: "...", "--", "!!!", "?!", "''", "<<", "****".
 * Brackets and full-width marks do not run together: "))" is two tokens. */
static uint32_t run_of_marks(const cutter *c, uint32_t i) {
    char ch = c->p[i];
    uint32_t k = i + 1;
    if (ch == '!' || ch == '?') {
        while (k < c->end && (c->p[k] == '!' || c->p[k] == '?')) k++;
        return k;
    }
    if (ch == '.' && k < c->end && (c->p[k] == '?' || c->p[k] == '!')) {
        while (k < c->end && (c->p[k] == '!' || c->p[k] == '?')) k++;
        return k;
    }
    if (ch == '&') { /* "&quot;", left over from a page */
        while (k < c->end && k < i + 9 && ((class_at(c, k) & NST_CH_WORD) || c->p[k] == '#')) k++;
        return k > i + 2 && k < c->end && c->p[k] == ';' ? k + 1 : i + 1;
    }
    if (ch == '[' && c->end - i >= 5 && !memcmp(c->p + i, "[...]", 5)) return i + 5;
    if (strchr(".-_=*'`<>~+$#|,", ch)) {
        while (k < c->end && c->p[k] == ch) k++;
        if ((ch == '\'' || ch == '`' || ch == '<' || ch == '>') && k > i + 2 && ch != '>')
            k = i + 2;
        return k;
    }
    return k;
}

/* ---- words ----------------------------------------------------------------------------------- */

/* Does another hyphen come within a few letters ("over-the-counter")? */
static bool more_hyphens(const cutter *c, uint32_t i) {
    for (uint32_t k = i; k < c->end && k < i + 12; k++) {
        if (c->p[k] == '-') return true;
    }
    return false;
}

/* Does the hyphen at i (word start at `start`) stay inside its word? The treebanks part nearly all
 * compounds, and keep what a prefix begins: counted over their training parts, "non-" 52 times of
 * 53, "long-" never. */
static bool hyphen_stays(const cutter *c, uint32_t start, uint32_t i) {
    unsigned after = class_at(c, i + 1);
    if (!(after & NST_CH_WORD) || i - start > 24) return false;
    nst_str head = {c->p + start, i - start};
    if (nst_text_in(head, prefixes)) return !nst_text_in(head, "over") || !more_hyphens(c, i + 1);
    /* Telephone and case numbers: three digits or more on both sides, or parts already joined. */
    uint32_t digits = 0, k = i + 1;
    for (uint32_t j = start; j < i; j++) {
        unsigned char ch = (unsigned char)c->p[j];
        if (!(ch >= '0' && ch <= '9') && ch != '-' && ch != '/') return false;
    }
    while (k < c->end && c->p[k] >= '0' && c->p[k] <= '9') k++, digits++;
    bool joined = memchr(head.p, '-', head.n) ||
                  (k < c->end && c->p[k] == '-' && (class_at(c, k + 1) & NST_CH_DIGIT));
    return digits && (joined || (head.n == 3 && digits == 4));
}

/* Is the mark at i, with word characters on both sides, part of the word or number around it?
 * `before` is the class of what stands before the mark. Each case is one habit of writing: "U.S",
 * "1,000" (but "13,14" are two), "7:30", "AT&T", "17/05/2023" (but "and/or" is three). */
static bool inner_mark(const cutter *c, uint32_t start, uint32_t i, unsigned before) {
    unsigned after = class_at(c, i + 1);
    bool digits = (before & NST_CH_DIGIT) && (after & NST_CH_DIGIT);
    switch (c->p[i]) {
    case '.': /* "end.Then" is two words, "Ph.D" is one */
        if ((before & NST_CH_LOWER) && (after & NST_CH_UPPER) &&
            (class_at(c, i + 2) & NST_CH_LETTER))
            return false;
        if ((before & NST_CH_LETTER) && (after & NST_CH_DIGIT) && /* "No.5" */
            nst_text_in((nst_str){c->p + start, i - start}, abbreviations))
            return false;
        /* "years.17" is a word, a full stop and a note's number */
        if ((before & NST_CH_LOWER) && (after & NST_CH_DIGIT) && i - start > 3) return false;
        return digits || (after & NST_CH_WORD);
    case ',':
        return digits && i + 3 < c->end + 0u && (class_at(c, i + 2) & NST_CH_DIGIT) &&
               (class_at(c, i + 3) & NST_CH_DIGIT) && !(class_at(c, i + 4) & NST_CH_DIGIT);
    case ':': return digits;
    case '_': return true;
    case '&': return (before & NST_CH_UPPER) && (after & NST_CH_UPPER);
    case '@': return false;
    case '/': return digits && i - start <= 5;
    case '-': return hyphen_stays(c, start, i);
    default: return false;
    }
}

/* End of the word or number that starts at i. Apostrophes before a letter are inside ("O'Neil",
 * "don't"); parting clitics comes later. */
static uint32_t word_end(const cutter *c, uint32_t i) {
    uint32_t start = i, k = i;
    unsigned before = 0;
    while (k < c->end) {
        uint32_t next;
        unsigned cl = nst_text_class(nst_text_cp(c->p, k, c->end, &next));
        uint32_t quote;
        if (cl & NST_CH_WORD) {
            before = cl;
            k = next;
        } else if ((quote = apostrophe(c, k)) && (class_at(c, k + quote) & NST_CH_LETTER)) {
            k += quote;
            before = NST_CH_LETTER;
        } else if (next == k + 1 && (class_at(c, next) & NST_CH_WORD) &&
                   inner_mark(c, start, k, before)) {
            k = next;
        } else {
            break;
        }
    }
    return k;
}

/* The token before, which must exist. */
static nst_token last_token(const cutter *c) {
    return c->t->tokens[c->t->n_tokens - 1];
}

/* "U.S", "p.m", "J.R.R": single letters parted by full stops. */
static bool dotted(nst_str w) {
    if (w.n < 3 || !(w.n & 1)) return false;
    for (uint32_t j = 0; j < w.n; j++) {
        if (j & 1 ? w.p[j] != '.' : !(nst_text_class((unsigned char)w.p[j] & 127) & NST_CH_LETTER))
            return false;
    }
    return true;
}

/* Does the word [start, end), with a full stop at `end` that closes its chunk, keep it? What
 * follows decides the doubtful ones: "No. 5" keeps it, "he said no." does not; a single capital is
 * an initial if a name goes on behind it, the pronoun "I" never. */
static bool keeps_stop(const cutter *c, uint32_t start, uint32_t end) {
    nst_str w = {c->p + start, end - start};
    bool last = true; /* is nothing but closing marks behind it? */
    uint32_t k = end + 1, next = 0;
    while (k < c->block_end && (nst_text_class_at(c->p, k, c->block_end) & NST_CH_SPACE)) {
        nst_text_cp(c->p, k, c->block_end, &k);
    }
    unsigned after = nst_text_class_at(c->p, k, c->block_end);
    last = k >= c->block_end;
    (void)next;
    unsigned first = class_at(c, start);
    if (w.n == 1 && (first & NST_CH_LETTER)) {
        if (last) return false;
        return (first & NST_CH_UPPER) && w.p[0] != 'I'
                   ? (after & NST_CH_UPPER) || (after & NST_CH_WORD)
                   : false;
    }
    if (dotted(w)) return true;
    if (nst_text_in(w, doubtful)) {
        if (after & NST_CH_DIGIT) return true;
        return !last && (first & NST_CH_UPPER) && w.n > 1 && !nst_text_in(w, plain_too);
    }
    if (nst_str_is(w, "al"))
        return c->t->n_tokens > 0 && nst_text_at(c->p, last_token(c).start, start, "et ");
    return nst_text_in(w, abbreviations);
}

/* Bytes before the clitic of a word such as "dont" or "cannot", 0 for other words. */
static uint32_t lost_apostrophe(const char *p, uint32_t start, uint32_t end) {
    uint32_t n = end - start;
    if (n < 2 || n > 8) return 0;
    char first = (char)(p[start] | 32), last = (char)(p[end - 1] | 32);
    if (!strchr("tmesa", last)) return 0; /* all of them end in one of these */
    for (size_t k = 0; k < sizeof glued / sizeof *glued; k++) {
        if (glued[k].n != n || glued[k].word[0] != first) continue;
        if (nst_text_at(p, start, end, glued[k].word)) return glued[k].head;
    }
    return 0;
}

/* Adds the word [start, end), parted at its clitics, `clitics` of them at most ("she'd've"). From
 * the end backwards, because the clitic is last: "she'd've" gives "she", "'d", "'ve". */
static void push_word(cutter *c, uint32_t start, uint32_t end, int clitics) {
    const char *p = c->p;
    for (uint32_t i = end; i > start + 1;) { /* the last apostrophe of the word */
        i = nst_text_back(p, start, i);
        uint32_t n = apostrophe(c, i);
        if (!n || i + n >= end + 0u) continue;
        nst_str tail = {p + i + n, end - i - n};
        if (i == start) break;
        if (clitics > 0 && nst_text_in(tail, "s re ve ll d m")) {
            push_word(c, start, i, clitics - 1);
            push(c, i, end);
            return;
        }
        if (nst_text_in(tail, "t") && i > start + 1 && (p[i - 1] == 'n' || p[i - 1] == 'N')) {
            push(c, start, i - 1);
            push(c, i - 1, end);
            return;
        }
        break;
    }
    uint32_t head = lost_apostrophe(p, start, end);
    if (head) {
        push(c, start, start + head);
        start += head;
    }
    push(c, start, end);
}

/* Length of a currency at the start of a word that goes on with digits, or of letters before a
 * dollar sign ("US$"): 0 if there is none. "F500" is no currency, so the letters must be on the
 * list or end in a dollar sign. */
static uint32_t currency(const cutter *c, uint32_t i) {
    uint32_t k = i;
    while (k < c->end && k - i < 4 && (class_at(c, k) & NST_CH_LETTER) &&
           (unsigned char)c->p[k] < 128)
        k++;
    if (k == i || k >= c->end) return 0;
    bool capitals = true;
    for (uint32_t j = i; j < k; j++) capitals &= c->p[j] >= 'A' && c->p[j] <= 'Z';
    if (c->p[k] == '$' && capitals && k - i <= 3 && (class_at(c, k + 1) & NST_CH_DIGIT))
        return k + 1 - i;
    if (!(class_at(c, k) & NST_CH_DIGIT) || !(c->p[i] >= 'A' && c->p[i] <= 'Z')) return 0;
    return nst_text_in((nst_str){c->p + i, k - i}, currencies) ? k - i : 0;
}

/* Adds the number [start, end), parted from the unit written against it. "3rd", "1990s" and "5G"
 * have no unit and stay whole. */
static void push_number(cutter *c, uint32_t start, uint32_t end) {
    uint32_t k = start;
    while (k < end && ((c->p[k] >= '0' && c->p[k] <= '9') || c->p[k] == '.' || c->p[k] == ',' ||
                       c->p[k] == ':'))
        k++;
    nst_str unit = {c->p + k, end - k};
    if (k > start && k < end && nst_text_in(unit, units)) {
        push(c, start, k);
        start = k;
    }
    push_word(c, start, end, 2);
}

/* End of the address that goes on behind the site's name [start, end), or end.
 * "pic.example.com/aBc", "example.org/page": written without "http", but no word has both. */
static uint32_t rest_of_address(const cutter *c, uint32_t start, uint32_t end) {
    if (end + 1 >= c->end || c->p[end] != '/' || !(class_at(c, end + 1) & NST_CH_WORD)) return end;
    uint32_t dot = end;
    while (dot > start && end - dot < 5 && c->p[dot - 1] != '.') dot--;
    if (dot <= start + 1 || !nst_text_in((nst_str){c->p + dot, end - dot}, domains)) return end;
    uint32_t stop = end;
    while (stop < c->end && !strchr("<>\"", c->p[stop])) stop++;
    return trim_address(c, start, stop);
}

/* Takes one word or number at i with the full stop that belongs to it; returns where it ends. A
 * number may end in an abbreviation that keeps its stop ("5p.m."); then both are tokens. */
static uint32_t take_word(cutter *c, uint32_t i) {
    uint32_t end = word_end(c, i), address = rest_of_address(c, i, end);
    if (address > end) {
        push(c, i, address);
        return address;
    }
    bool number = class_at(c, i) & NST_CH_DIGIT;
    if (end < c->end && c->p[end] == '.' && !(end + 1 < c->end && c->p[end + 1] == '.')) {
        uint32_t k = end + 1; /* does the stop close the chunk? */
        while (k < c->end && strchr(")]}\"',;:?!-", c->p[k])) k++;
        uint32_t start = i;
        if (k < c->end && c->end - k == 3 && (unsigned char)c->p[k] == 0xE2) k = c->end;
        if (number) {
            while (start < end && ((c->p[start] >= '0' && c->p[start] <= '9') ||
                                   c->p[start] == '.' || c->p[start] == ':'))
                start++;
            if (start == end) start = i;
        }
        nst_str w = {c->p + start, end - start};
        bool inside = dotted(w); /* "U.S.-led", "Zen.-based" */
        inside |= end + 1 < c->end && nst_text_in(w, abbreviations) &&
                  (c->p[end + 1] == '-' || (class_at(c, end + 1) & NST_CH_DIGIT));
        if (inside || (k == c->end && keeps_stop(c, start, end))) {
            if (start > i) push(c, i, start);
            push(c, start, end + 1);
            return end + 1;
        }
    }
    if (number) push_number(c, i, end);
    else push_word(c, i, end, 2);
    return end;
}

/* Cuts one chunk: bytes without white space. One turn of the loop takes one token or more from the
 * front; each branch moves i on, so the loop ends. */
static void cut_chunk(cutter *c, uint32_t start, uint32_t end) {
    c->end = end;
    c->at = memchr(c->p + start, '@', end - start) != NULL;
    uint32_t i = start;
    while (i < end) {
        uint32_t next, stop;
        uint32_t cp = nst_text_cp(c->p, i, end, &next);
        unsigned cl = nst_text_class(cp);
        char ch = c->p[i];
        if ((cl & NST_CH_LETTER) && (stop = web_address(c, i)) > i) {
            push(c, i, stop);
        } else if ((ch == '#' || (c->at && ((cl & NST_CH_WORD) || ch == '@'))) &&
                   (stop = mail_or_handle(c, i)) > i) {
            push(c, i, stop);
        } else if ((cl & NST_CH_UPPER) && (stop = i + currency(c, i)) > i) {
            push(c, i, stop);
        } else if (cl & NST_CH_WORD) {
            stop = take_word(c, i);
        } else if (cp < 128 && (stop = face(c, i)) > i) {
            push(c, i, stop);
        } else if (i == start && (stop = apostrophe(c, i)) &&
                   (class_at(c, i + stop) & NST_CH_DIGIT) &&
                   nst_text_class_at(c->p, i + stop + 1, end) & NST_CH_DIGIT) {
            stop = word_end(c, i + stop);
            push(c, i, stop); /* '90s */
        } else {
            stop = cp < 128 ? run_of_marks(c, i) : next;
            if (cp == 0x2019 || cp == 0x2018) { /* two single quotes for a double one */
                uint32_t twin = apostrophe(c, next);
                if (twin == 3 && !memcmp(c->p + next, "\xE2\x80\x99", 3)) stop = next + twin;
            }
            push(c, i, stop);
        }
        i = stop;
    }
}

void nst_text_tokens_of(nst_text *t, uint8_t field, uint32_t start, uint32_t end, nst_arena *doc,
                        uint32_t *cap) {
    cutter c = {.p = t->field[field].p, .block_end = end, .t = t, .a = doc, .cap = cap};
    uint32_t i = start, next;
    while (i < end) {
        while (i < end && (nst_text_class(nst_text_cp(c.p, i, end, &next)) & NST_CH_SPACE))
            i = next;
        uint32_t from = i;
        while (i < end && !(nst_text_class(nst_text_cp(c.p, i, end, &next)) & NST_CH_SPACE))
            i = next;
        if (i > from) cut_chunk(&c, from, i);
    }
}

/* ---- multiword tokens ------------------------------------------------------------------------ */

/* Is there an opening single quote in the sentence before the token, so that its apostrophe closes
 * it? Looks back over at most 200 tokens, so that time stays linear. */
static bool quote_open(const nst_text *t, uint32_t token) {
    bool open = false;
    uint32_t first = t->sents[t->sent_of[token]].first;
    if (token - first > 200) first = token - 200;
    for (uint32_t i = first; i < token; i++) {
        nst_str w = nst_text_token(t, i);
        if (nst_str_is(w, "\xE2\x80\x98") || nst_str_is(w, "`")) open = true;
        else if (!nst_str_is(w, "'") && !nst_str_is(w, "\xE2\x80\x99")) continue;
        else open = !open && !nst_text_space_after(t, i);
    }
    return open;
}

/* Read off the forms alone: it gives the same for our own tokens and for gold ones. */
bool nst_text_joined(const nst_text *t, uint32_t token) {
    if (token == 0 || t->sent_of[token] != t->sent_of[token - 1] ||
        nst_text_space_after(t, token - 1))
        return false;
    nst_str w = nst_text_token(t, token), head = nst_text_token(t, token - 1);
    if (!(nst_text_class_at(head.p, nst_text_back(head.p, 0, head.n), head.n) & NST_CH_WORD))
        return false;
    cutter c = {.p = w.p, .end = w.n};
    uint32_t mark = apostrophe(&c, 0);
    if (mark && mark == w.n) return strchr("sSzZxX", head.p[head.n - 1]) && !quote_open(t, token);
    if (mark) return nst_text_in(nst_str_sub(w, mark, w.n), "s re ve ll d m");
    if (nst_text_in(w, "n't") || nst_str_is(w, "n\xE2\x80\x99t")) return true;
    return nst_text_in(w, "not nt m ve s na ta me re") &&
           !(nst_text_class_at(head.p, 0, head.n) & NST_CH_DIGIT);
}
