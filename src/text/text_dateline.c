/* text_dateline.c - datelines at the start of a paragraph and credits at its end, by their form.
 *
 * In: the bytes of one paragraph. Out: a block for the dateline or credit, with the spans of place,
 * date, agency and author.
 *   "STRELSAU, March 3. /Ruritanian Wire/. Ruritania's foreign minister said on Tuesday that ..."
 *    place STRELSAU, date March 3, agency Ruritanian Wire; the story starts at "Ruritania's"
 * Idea: a dateline is a place, a date and an agency, each of which may be missing, and a mark that
 * closes it. No list of places is needed: the form is enough, and what is weak alone (a name, a
 * dash) must stand beside something strong (capitals all through, a date, an agency in brackets).
 * Invariants: (1) when in doubt the words belong to the story; (2) only the first bytes or the last
 * ones are looked at, so that time does not grow with the paragraph.
 */
#include "text_parts.h"

/* Longest dateline and longest credit behind a story, in bytes. */
#define MAX_DATELINE 160
#define MAX_TAIL 400

static const char agencies[] =
    "reuters reuter ap afp tass itar-tass xinhua upi dpa ansa efe interfax ria belta irna isna "
    "kyodo "
    "yonhap ani pti bloomberg bbc cnn cbs nbc abc anadolu aa kcna ukrinform unian sana wam spa "
    "mena antara bernama vna cna tanjug agerpres pap ctk mti leta bns armenpress kazinform ians "
    "uni app apa azertac aps map tap kuna qna bna nna petra wafa saba sputnik agencies tass/. npr "
    "ians-live dna ddp";
static const char agency_nouns[] =
    "news agency press wire newswire service telegraph tv radio times post media";
/* Labels in capitals that stand where a place would. */
static const char labels[] =
    "breaking update updated watch exclusive analysis opinion file photo photos video read more "
    "related editorial commentary correction note live alert explainer factbox interview review "
    "poll quotes highlights timeline summary advertisement sponsored urgent flash nato opec asean "
    "click here by the q a this what why how who bonus warning covid fact check special report "
    "editor's";
static const char months[] =
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sept sep oct nov dec";
static const char weekdays[] =
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri "
    "sat sun";

/* A place in the paragraph. */
typedef struct scan {
    const char *p;
    uint32_t i, end;
} scan;

/* Moves over white space, marks nobody sees among it. */
static void skip_space(scan *s) {
    uint32_t next;
    while (s->i < s->end && (nst_text_class(nst_text_cp(s->p, s->i, s->end, &next)) & NST_CH_SPACE))
        s->i = next;
}

/* Takes the literal z; false and unmoved if it is not there. */
static bool take(scan *s, const char *z) {
    size_t n = strlen(z);
    if (s->end - s->i < n || memcmp(s->p + s->i, z, n)) return false;
    s->i += (uint32_t)n;
    return true;
}

/* A word at the scan: letters with inner marks and a last full stop if it is short. "St. Florian"
 * gives "St"; "N.H." gives "N.H", whose last full stop the caller takes; "Al-Hamra" and "O'Neil"
 * are one word. */
static nst_str word_at(const scan *s) {
    uint32_t k = s->i, next;
    while (k < s->end) {
        uint32_t cp = nst_text_cp(s->p, k, s->end, &next);
        unsigned cl = nst_text_class(cp);
        bool inner = k > s->i && (cp == '\'' || cp == '-' || cp == 0x2019 || cp == '.') &&
                     (nst_text_class_at(s->p, next, s->end) & NST_CH_LETTER);
        if (!(cl & NST_CH_WORD) && !inner) break;
        k = next;
    }
    return (nst_str){s->p + s->i, k - s->i};
}

/* Case of a word: 2 all capitals (two letters or more), 1 first letter a capital, 0 else. Digits
 * make it 0: "COVID-19" and "F-16" name no place. Capitals beyond ASCII count as any others. */
static int caps_of(nst_str w) {
    uint32_t upper = 0, lower = 0, other = 0, next;
    bool first = nst_text_class_at(w.p, 0, w.n) & NST_CH_UPPER;
    for (uint32_t i = 0; i < w.n; i = next) {
        unsigned cl = nst_text_class(nst_text_cp(w.p, i, w.n, &next));
        upper += (cl & NST_CH_UPPER) != 0;
        lower += (cl & NST_CH_LOWER) != 0;
        other += (cl & NST_CH_DIGIT) != 0;
    }
    if (other) return 0;
    if (upper >= 2 && lower == 0) return 2;
    return first ? 1 : 0;
}

/* A month word, with or without its full stop. "May", "Sept.", "MARCH"; "may" in small letters is a
 * verb. */
static bool take_month(scan *s) {
    nst_str w = word_at(s);
    if (!nst_text_in(w, months) || caps_of(w) == 0) return false;
    s->i += w.n;
    take(s, ".");
    return true;
}

/* A number of 1 to `most` digits. Longer runs of digits are not taken in part: "2023" is no day. */
static bool take_number(scan *s, uint32_t least, uint32_t most) {
    uint32_t k = s->i;
    while (k < s->end && s->p[k] >= '0' && s->p[k] <= '9') k++;
    if (k - s->i < least || k - s->i > most) return false;
    s->i = k;
    return true;
}

/* "2023-05-17", "17.05.2023", "17/05/2023", "5/17/23". Which of the two short numbers is the month
 * is for others to say; here only the span is found. */
static bool take_numeric_date(scan *s, nst_span *date) {
    scan t = *s;
    uint32_t start = t.i;
    bool iso = take_number(&t, 4, 4);
    if (!iso && !take_number(&t, 1, 2)) return false;
    char mark = t.i < t.end ? t.p[t.i] : 0;
    if (mark != '-' && mark != '.' && mark != '/') return false;
    t.i++;
    if (!take_number(&t, 1, 2) || t.i >= t.end || t.p[t.i] != mark) return false;
    t.i++;
    if (iso ? !take_number(&t, 1, 2) : !take_number(&t, 4, 4) && !take_number(&t, 2, 2))
        return false;
    *date = (nst_span){start, t.i, 0};
    *s = t;
    return true;
}

/* "May 17", "17 May 2023", "Wednesday, May 17, 2023", "17.05.2023". A year belongs to it only if it
 * starts with 1 or 2, as "17 May 2,000 people" does not have one. */
static bool take_date(scan *s, nst_span *date) {
    scan t = *s;
    uint32_t start = t.i;
    nst_str w = word_at(&t);
    if (nst_text_in(w, weekdays)) {
        t.i += w.n;
        take(&t, ".");
        take(&t, ",");
        skip_space(&t);
    }
    if (take_month(&t)) {
        skip_space(&t);
        if (!take_number(&t, 1, 2)) return false;
    } else if (take_number(&t, 1, 2)) {
        skip_space(&t);
        if (!take_month(&t)) return false;
    } else {
        return false;
    }
    scan year = t;
    take(&year, ",");
    skip_space(&year);
    uint32_t digits = year.i;
    if (take_number(&year, 4, 4) && (s->p[digits] == '1' || s->p[digits] == '2')) t = year;
    *date = (nst_span){start, t.i, 0};
    *s = t;
    return true;
}

/* "(5 May 2020)" */
static bool take_bracketed_date(scan *s, nst_span *date) {
    scan t = *s;
    if (!take(&t, "(") || !take_date(&t, date) || !take(&t, ")")) {
        *date = (nst_span){0};
        return false;
    }
    *s = t;
    return true;
}

/* Words of a place: up to four with capitals all through, or up to three with first capitals. Both
 * sorts are not mixed: "NEW York" ends behind "NEW". Labels ("BREAKING", "FILE") are no places,
 * months neither. Strokes and hyphens join ("ZENDA/KLOW"). */
static bool take_place(scan *s, nst_span *place, int *caps, uint32_t *letters) {
    uint32_t start = s->i, stop = s->i;
    scan t = *s;
    *caps = 0;
    *letters = 0;
    for (int n = 0; n < 5; n++) {
        nst_str w = word_at(&t);
        int c = w.n ? caps_of(w) : 0;
        if (n > 0 && *caps == 1 &&
            nst_text_in(w, "de la del da di do dos el al of the les las los")) {
            t.i += w.n;
            skip_space(&t);
            continue;
        }
        if (c == 0 || nst_text_in(w, months) || (n == 0 && nst_text_in(w, labels))) break;
        if (n == 0) *caps = c;
        else if (c != *caps) break;
        t.i += w.n;
        *letters += w.n;
        if (w.n <= 3 && t.i < t.end && t.p[t.i] == '.' && t.i + 1 < t.end && t.p[t.i + 1] == ' ')
            t.i++;
        stop = t.i;
        if (take(&t, "/") || take(&t, "-")) continue;
        skip_space(&t);
    }
    if (stop == start) return false;
    *place = (nst_span){start, stop, 0};
    s->i = stop;
    return true;
}

/* ", N.H.", ", Puerto Rico": what says where the place lies. Not a date. Two datelines in one are
 * taken together, the way agencies write them. */
static void take_region(scan *s, nst_span *place) {
    scan t = *s;
    if (!take(&t, ",")) return;
    skip_space(&t);
    uint32_t stop = 0;
    for (int n = 0; n < 3; n++) {
        nst_str w = word_at(&t);
        if (!w.n || caps_of(w) == 0 || nst_text_in(w, months) || nst_text_in(w, weekdays)) break;
        t.i += w.n;
        take(&t, ".");
        stop = t.i;
        skip_space(&t);
    }
    if (!stop) return;
    place->end = s->i = stop;
    scan more = *s;
    nst_span other;
    int caps;
    uint32_t letters;
    if (!take(&more, "/") || !take_place(&more, &other, &caps, &letters)) return;
    place->end = s->i = other.end; /* "DAVOS, Switzerland/STRELSAU" */
}

/* Does a name look like an agency's: on the list, or ending in "News", "Press", "Agency" ...? This
 * is where names count, and only to strengthen a form. */
static bool agency_name(nst_str name) {
    nst_str rest = name, w, last = {0};
    while (nst_str_split(&rest, ' ', &w)) {
        if (nst_text_in(w, agencies) && caps_of(w) > 0) return true;
        last = w;
    }
    return nst_text_in(last, agency_nouns) && caps_of(last) > 0;
}

/* A name in brackets or between strokes: "(Reuters)", "/TASS/", "[Graustark Radio]". *known: it is
 * an agency whatever stands around it. A party and state behind a politician's name have the same
 * brackets; a hyphen behind one letter or a last full stop gives them away. */
static bool take_agency(scan *s, nst_span *agency, bool *known) {
    static const char pairs[3][2] = {{'(', ')'}, {'/', '/'}, {'[', ']'}};
    for (int k = 0; k < 3; k++) {
        if (s->i >= s->end || s->p[s->i] != pairs[k][0]) continue;
        uint32_t stop = s->i + 1;
        while (stop < s->end && stop - s->i < 48 && s->p[stop] != pairs[k][1]) stop++;
        if (stop >= s->end || s->p[stop] != pairs[k][1] || stop < s->i + 3) return false;
        nst_str name = {s->p + s->i + 1, stop - s->i - 1};
        if (!(nst_text_class_at(name.p, 0, name.n) & NST_CH_UPPER)) return false;
        if (memchr(name.p, '-', name.n) && name.n <= 8 && name.p[1] == '-')
            return false; /* (R-Ill.) */
        if (name.n == 1 || name.p[name.n - 1] == '.') return false;
        *known = k == 1 || agency_name(name);
        *agency = (nst_span){s->i + 1, stop, 0};
        s->i = stop + 1;
        return true;
    }
    return false;
}

/* An agency without brackets: "Xinhua --", "INTERFAX -", or any name between the date and a dash. *
 * Without a dash behind it, only names on the list are taken. */
static bool take_bare_agency(scan *s, nst_span *agency) {
    nst_str w = word_at(s);
    if (!w.n || caps_of(w) == 0) return false;
    scan t = {s->p, s->i + w.n, s->end};
    skip_space(&t);
    bool dash = take(&t, "-") || take(&t, "\xE2\x80\x93") || take(&t, "\xE2\x80\x94");
    if (!nst_text_in(w, agencies) && !(dash && t.i < t.end && t.p[t.i] == ' ')) return false;
    *agency = (nst_span){s->i, s->i + w.n, 0};
    s->i += w.n;
    return true;
}

/* The mark that closes a dateline: 'd' dash, '.', ':' or 0; moves behind it. The scan stays where
 * it was if nothing closes. */
static char take_close(scan *s) {
    scan t = *s;
    bool stop = take(&t, ".");
    if (!stop) take(&t, ",");
    skip_space(&t);
    bool dash = false;
    while (take(&t, "--") || take(&t, "\xE2\x80\x94") || take(&t, "\xE2\x80\x93") ||
           take(&t, "-") || take(&t, "_"))
        dash = true;
    if (dash) {
        *s = t;
        return 'd';
    }
    if (stop) {
        s->i++;
        return '.';
    }
    return take(s, ":") ? ':' : 0;
}

/* One word, or two of which the first is common in names of towns: before a colon, other words in
 * capitals are headings. */
static bool town_like(const char *p, nst_span place) {
    nst_str rest = {p + place.start, place.end - place.start}, w;
    nst_str_split(&rest, ' ', &w);
    return !rest.n ||
           nst_text_in(w, "new san santa st st. saint los las el al abu addis tel hong "
                          "phnom kuala buenos rio sao port cape united fort ulan east west north "
                          "south");
}

/* What was found must be strong enough together (see the head of the file). */
static bool convincing(const char *p, const nst_block *b, int caps, uint32_t letters, bool known,
                       char close, bool first) {
    bool place = b->place.end > 0, date = b->date.end > 0, agency = b->agency.end > 0;
    if (agency && known) return close != 0 || place || date;
    if (agency && !place && !date) return first && close == 'd' && caps == 2;
    if (agency) return close != 0 && place && (caps == 2 || date) && (close == 'd' || date);
    if (place && date) return close == 'd' || (first && close != 0);
    if (!place || caps != 2 || letters < 4 || !first) return false;
    return close == 'd' || (close == ':' && town_like(p, b->place));
}

/* Place first, then date and agency in any order, then the mark; what was found is weighed at the
 * end. A dateline alone on its line needs a dash, as old wires have it. */
bool nst_text_dateline(const char *p, uint32_t start, uint32_t end, bool first, nst_block *b) {
    scan s = {p, start, end - start > MAX_DATELINE ? start + MAX_DATELINE : end};
    int caps = 0;
    uint32_t letters = 0;
    bool known = false;
    *b = (nst_block){.kind = NST_BLOCK_DATELINE};
    if (take_place(&s, &b->place, &caps, &letters)) {
        if (nst_text_in((nst_str){p + start, b->place.end - start},
                        agencies)) { /* "TASS, May 17." */
            b->agency = b->place;
            b->place = (nst_span){0};
        } else {
            take_region(&s, &b->place);
        }
    }
    for (int n = 0; n < 3; n++) {
        scan t = s;
        if (!take(&t, ",")) take(&t, ".");
        skip_space(&t);
        take(&t, "|");
        skip_space(&t);
        if (!b->date.end && (take_date(&t, &b->date) || take_bracketed_date(&t, &b->date))) s = t;
        else if (!b->agency.end && take_agency(&t, &b->agency, &known)) s = t;
        else if (!b->agency.end && b->date.end && take_bare_agency(&t, &b->agency))
            known = true, s = t;
        else break;
    }
    if (s.i == start) return false;
    if (b->agency.start == start && b->date.end) known = true;
    uint32_t before = s.i;
    char close = take_close(&s);
    if (!convincing(p, b, caps, letters, known, close, first)) return false;
    uint32_t stop = s.i;
    s.end = end;
    skip_space(&s);
    if (s.i >= end && (close != 'd' || (!b->agency.end && !first))) return false;
    unsigned cl = nst_text_class_at(p, s.i, end);
    if ((cl & NST_CH_LOWER) && !(b->agency.end && close == 'd')) return false;
    if (close == 'd' && stop == s.i && before == stop - 1 && p[stop - 1] == '-')
        return false; /* NATO-led */
    b->span = (nst_span){start, stop, 0};
    return true;
}

/* ---- credits --------------------------------------------------------------------------------- */

/* Openings of a credit inside brackets or at the start of a line, lower case. */
static const char *const openings[] = {
    "attribution:",
    "attribution",
    "source:",
    "sources:",
    "credit:",
    "credits:",
    "via ",
    "reporting by ",
    "additional reporting by ",
    "writing by ",
    "written by ",
    "editing by ",
    "compiled by ",
    "edited by ",
    "with inputs from ",
    "with agency inputs",
    "with reporting by ",
    "report by ",
    "text by ",
    "translated by ",
    "editor:",
    "web editor:",
    "editors:",
    "author:",
    "reporter:",
    "correspondent:",
    "written by:",
    "edited by:",
    "reporting by:",
    "translated by:",
    "by:",
    "additional reporting ",
    "with input from ",
    "with additional reporting by ",
    "reported by ",
};

/* Length of the opening at p[i], 0 if none. */
static uint32_t opening(const char *p, uint32_t i, uint32_t end) {
    for (size_t k = 0; k < sizeof openings / sizeof *openings; k++) {
        if (nst_text_at(p, i, end, openings[k])) return (uint32_t)strlen(openings[k]);
    }
    return 0;
}

/* Trims space, dashes, bars and closing marks off [start, end). What is left is the name itself: "|
 * By Anna Vogel." and "— AFP" lose all but words. */
static nst_span tidy(const char *p, uint32_t start, uint32_t end) {
    for (uint32_t next; start < end; start = next) {
        uint32_t cp = nst_text_cp(p, start, end, &next);
        bool dash = cp == 0x2013 || cp == 0x2014 || cp == 0x2022;
        if (!dash && !(cp < 128 && strchr(" \t\r\n|:-/*", (char)cp))) break;
    }
    while (end > start && strchr(" \t\r\n|.;)]/", p[end - 1])) end--;
    return (nst_span){start, end, 0};
}

/* The name behind an opening is an agency if it has a capital and no verb's look; a person behind
 * "by". Where it is neither, as in "(attribution: media coverage)", nothing is kept: an agency is
 * not invented. */
static void name_source(const char *p, uint32_t start, uint32_t at, uint32_t end, nst_block *b) {
    nst_span s = tidy(p, at, end);
    if (s.start >= s.end || !(nst_text_class_at(p, s.start, s.end) & NST_CH_UPPER)) return;
    bool person = at > start + 3 && nst_text_at(p, at - 3, at, "by ");
    if (person) {
        const char *semicolon = memchr(p + s.start, ';', s.end - s.start);
        if (semicolon) s.end = (uint32_t)(semicolon - p);
        b->author = s;
    } else b->agency = s;
}

/* Are all words of `s` capitalised names (small words such as "of" allowed), five at most? A small
 * letter elsewhere means a phrase, and phrases are story. */
static bool all_names(nst_str s) {
    nst_str w;
    int n = 0;
    while (nst_str_split(&s, ' ', &w)) {
        if (!w.n) continue;
        if (++n > 5) return false;
        if (caps_of(w) == 0 && !(n > 1 && nst_text_in(w, "of and the for / - &"))) return false;
    }
    return n > 0;
}

/* Is what stands behind "Source:" short enough, and capitalised enough, to be a name? */
static bool names_source(const char *p, uint32_t at, uint32_t end) {
    nst_span s = tidy(p, at, end);
    nst_str rest = {p + s.start, s.end - s.start}, w;
    uint32_t words = 0, caps = 0;
    while (nst_str_split(&rest, ' ', &w)) {
        words += w.n > 0;
        caps += w.n > 0 && caps_of(w) > 0;
    }
    return words > 0 && words <= 8 && caps * 2 >= words;
}

/* Is it about a picture, whose agency says nothing of the story's? */
static bool of_picture(nst_str s) {
    for (uint32_t i = 0; i + 5 <= s.n; i++) {
        if (nst_text_at(s.p, i, s.n, "photo") || nst_text_at(s.p, i, s.n, "getty") ||
            nst_text_at(s.p, i, s.n, "image"))
            return true;
    }
    return false;
}

/* Does a sentence end before i? Closing quotes and brackets may stand between. */
static bool after_sentence(const char *p, uint32_t start, uint32_t i) {
    while (i > start && (p[i - 1] == ' ' || p[i - 1] == '\n')) i--;
    if (i == start) return false;
    if (strchr(".!?\")", p[i - 1])) return true;
    return i >= start + 3 && !memcmp(p + i - 3, "\xE2\x80\x9D", 3);
}

/* "... policy. (Ruritanian Wire)", "... forums (attribution: TASS)." An opening ("attribution:",
 * "via") is enough anywhere at the end; a bare name must be an agency's and stand behind a whole
 * sentence or before the last full stop. */
static bool bracket_credit(const char *p, uint32_t start, uint32_t end, nst_block *b) {
    uint32_t close = end;
    if (close > start && p[close - 1] == '.') close--;
    if (close <= start || (p[close - 1] != ')' && p[close - 1] != ']')) return false;
    char opens = p[close - 1] == ')' ? '(' : '[';
    uint32_t open = close - 1, least = close - start > MAX_TAIL ? close - MAX_TAIL : start;
    while (open > least && p[open] != opens) open--;
    if (p[open] != opens || open == start) return false;
    uint32_t in = open + 1, out = close - 1, skip = opening(p, in, out);
    nst_str name = {p + in, out - in};
    bool known = agency_name(name) && all_names(name);
    if (skip && nst_text_at(p, in, out, "via ") && !after_sentence(p, start, open)) skip = 0;
    if (!skip && !(known && (after_sentence(p, start, open) || close < end))) return false;
    *b = (nst_block){.span = {open, close, 0}, .kind = NST_BLOCK_CREDIT};
    if (!of_picture(name)) name_source(p, in, in + skip, out, b);
    return true;
}

/* "... on Friday. Reporting by Anna Vogel; editing by Karl Stein" It runs to the end of the
 * paragraph. The opening must stand behind a sentence and be followed by "by". */
static bool worded_credit(const char *p, uint32_t start, uint32_t end, nst_block *b) {
    uint32_t from = end - start > MAX_TAIL ? end - MAX_TAIL : start;
    for (uint32_t i = from + 1; i + 12 < end; i++) {
        if (!strchr("RAWEC(STVB", p[i])) continue; /* what the openings begin with */
        uint32_t at = i + (p[i] == '(');
        if (!(nst_text_class_at(p, at, end) & NST_CH_UPPER) || !after_sentence(p, start, i))
            continue;
        uint32_t skip = opening(p, at, end);
        if (!skip) continue;
        bool named = p[at + skip - 1] == ':' && names_source(p, at + skip, end);
        if (!named && !nst_text_at(p, at + skip - 3, end, "by ")) continue;
        *b = (nst_block){.span = {i, end, 0}, .kind = NST_BLOCK_CREDIT};
        name_source(p, at, at + skip, end, b);
        return true;
    }
    return false;
}

/* "... said on Friday. - Reuters", "... /TASS/" Only names of agencies, so that "- he added" stays
 * story. */
static bool dashed_credit(const char *p, uint32_t start, uint32_t end, nst_block *b) {
    uint32_t i = end, least = end - start > 48 ? end - 48 : start;
    if (p[end - 1] == '/') {
        for (i = end - 1; i > least && p[i - 1] != '/'; i--) {
        }
        if (i <= least || i + 2 > end - 1 || !after_sentence(p, start, i - 1)) return false;
        *b = (nst_block){
            .span = {i - 1, end, 0}, .kind = NST_BLOCK_CREDIT, .agency = {i, end - 1, 0}};
        return true;
    }
    while (i > least && p[i - 1] != '-' && (unsigned char)p[i - 1] < 0x80) i--;
    if (i <= least) return false;
    nst_span name = tidy(p, i, end);
    nst_str s = {p + name.start, name.end - name.start};
    uint32_t dash = i;
    while (dash > start && (p[dash - 1] == '-' || (unsigned char)p[dash - 1] >= 0x80) &&
           i - dash < 3)
        dash--;
    bool behind = nst_text_in(s, agencies) || after_sentence(p, start, dash);
    if (!s.n || !agency_name(s) || !all_names(s) || !behind) return false;
    *b = (nst_block){.span = {dash, end, 0}, .kind = NST_BLOCK_CREDIT, .agency = name};
    return true;
}

bool nst_text_tail_credit(const char *p, uint32_t start, uint32_t end, nst_block *b) {
    return end - start > 24 && (bracket_credit(p, start, end, b) ||
                                worded_credit(p, start, end, b) || dashed_credit(p, start, end, b));
}

/* "By Anna Vogel", "By ANNA VOGEL and Karl Stein, Ruritanian Wire". Every word is a name or one of
 * the small words that join names; "By Monday the envoys ..." has others and is story. */
static bool byline(const char *p, uint32_t start, uint32_t end, nst_block *b) {
    if (!nst_text_at(p, start, end, "by ") || end - start > 120 || strchr(".!?", p[end - 1]))
        return false;
    nst_span who = tidy(p, start + 3, end);
    nst_str rest = {p + who.start, who.end - who.start}, w;
    uint32_t names = 0, small = 0;
    while (nst_str_split(&rest, ' ', &w)) {
        if (!w.n) continue;
        if (caps_of(w)) names++;
        else if (nst_text_in(
                     w, "and & | of for the de van von bin al el da di , staff writer writers"))
            small++;
        else return false;
    }
    if (names < 1 || names > 12 || small > 6) return false;
    b->author = who;
    for (uint32_t i = who.start; i < who.end; i++) { /* "..., Ruritanian Wire" */
        if (p[i] != ',' && p[i] != '|') continue;
        nst_span out = tidy(p, i + 1, who.end);
        if (!agency_name((nst_str){p + out.start, out.end - out.start})) continue;
        b->agency = out;
        b->author = tidy(p, who.start, i);
        break;
    }
    return true;
}

/* "Published: May 17, 2023", "Updated 17 May 2023 10:05 GMT", "May 17, 2023". Without a label in
 * front, nothing but a time of day may follow the date. */
static bool date_line(const char *p, uint32_t start, uint32_t end, nst_block *b) {
    if (end - start > 90) return false;
    scan s = {p, start, end};
    bool label = false;
    for (int n = 0; n < 3; n++) {
        nst_str w = word_at(&s);
        if (!nst_text_in(w, "published updated posted modified date last first created issued") &&
            !(label && nst_text_in(w, "on at")))
            break;
        label = true;
        s.i += w.n;
        while (take(&s, ":") || take(&s, "|")) {
        }
        skip_space(&s);
    }
    if (!take_date(&s, &b->date) && !take_numeric_date(&s, &b->date)) return false;
    skip_space(&s);
    if (label || s.i == end) return true;
    nst_str rest = {p + s.i, end - s.i}; /* a time of day behind it, no words */
    uint32_t lower = 0;
    for (uint32_t i = 0; i < rest.n; i++) lower += (rest.p[i] >= 'a' && rest.p[i] <= 'z');
    if (lower <= 4 && rest.n <= 30 && !nst_str_ends(rest, ".")) return true;
    b->date = (nst_span){0};
    return false;
}

/* "Ruritanian Wire contributed to this report." */
static bool contribution(const char *p, uint32_t start, uint32_t end, nst_block *b) {
    if (end - start > 240) return false;
    for (uint32_t i = start; i + 12 < end; i++) {
        if (p[i] != 'c' || !nst_text_at(p, i, end, "contributed ") || i < start + 3) continue;
        uint32_t k = i + 12;
        bool report = false;
        for (; k + 4 < end; k++) {
            report |= nst_text_at(p, k, end, "report") || nst_text_at(p, k, end, "story") ||
                      nst_text_at(p, k, end, "article");
        }
        if (!report && end - i > 20) return false;
        nst_span who = tidy(p, start, i);
        b->author = who; /* an agency that helped is not the one that says it all */
        return true;
    }
    return false;
}

/* The order matters: what is most certain comes first. */
bool nst_text_credit_line(const char *p, uint32_t start, uint32_t end, nst_block *b) {
    *b = (nst_block){.span = {start, end, 0}, .kind = NST_BLOCK_CREDIT};
    uint32_t n = end - start, at = start;
    if (n < 2) return false;
    at = tidy(p, start, end).start;
    bool bracket = at < end && (p[at] == '(' || p[at] == '[');
    at += bracket;
    uint32_t skip = opening(p, at, end);
    bool by = skip > 3 && nst_text_at(p, at + skip - 3, end, "by ");
    if (skip && n <= 300 && (by || names_source(p, at + skip, end)) &&
        (by || bracket || p[at + skip - 1] == ':' || nst_text_at(p, at, end, "with "))) {
        if (!of_picture((nst_str){p + start, n})) name_source(p, at, at + skip, end, b);
        return true;
    }
    if (byline(p, start, end, b) || date_line(p, start, end, b) || contribution(p, start, end, b))
        return true;
    nst_str line = {p + start, n};
    const char *bar = memchr(line.p, '|', n < 40 ? n : 40);
    if (bar) { /* "Xinhua | Updated: ..." */
        nst_span head = tidy(p, start, start + (uint32_t)(bar - line.p));
        nst_str name = {p + head.start, head.end - head.start};
        if (n <= 160 && agency_name(name) && all_names(name)) {
            b->agency = head;
            return true;
        }
    }
    nst_span whole = tidy(p, at, end);
    nst_str name = {p + whole.start, whole.end - whole.start};
    bool agencies_only = n <= 48 && whole.start < whole.end && caps_of(name) != 0;
    for (nst_str rest = name, w; agencies_only && nst_str_split(&rest, '/', &w);) {
        agencies_only = nst_text_in(nst_str_trim(w), agencies); /* "AFP/Reuters" */
    }
    if (agencies_only) {
        b->agency = whole;
        return true;
    }
    return false;
}
