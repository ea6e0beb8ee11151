/* text_block.c - paragraphs to blocks: story, headline, subhead, dateline, credit, caption, litter.
 *
 * In: the paragraphs of a field. Out: blocks in order of position; a paragraph is one block, or
 * several that share its number where a dateline opens it or a credit closes it.
 *   "All news" litter / "Ruritania says Graustark expelled envoys" headline /
 *   "STRELSAU, March 3. /Ruritanian Wire/." dateline + "Ruritania's foreign minister said ..."
 * story /
 *   "Next Article" litter / "Borduria signs pact" litter, for it is that link's title
 * Idea: each paragraph is judged by itself first (its words against text_litter.def, its form),
 * then by its place: titles behind "Next Article" are links, short lines in a row at an end are a
 * menu, a short line without a full stop above the first story is the headline. What reads like
 * prose is story whatever stands around it.
 * Invariants: (1) every byte that is not space is in exactly one block; (2) when in doubt it is
 * story;
 * (3) time is linear in the field.
 * Reference: Kohlschuetter et al., Boilerplate detection using shallow text features, WSDM 2010.
 */
#include "text_parts.h"

enum { IS, STARTS, HAS };
enum { NONE, ONE, MANY, REST };

typedef struct litter_row {
    uint8_t how, most, after, n;
    const char *words;
} litter_row;

static const litter_row litter_rows[] = {
#define NST_LITTER(how, most, after, words) {how, most, after, (uint8_t)(sizeof(words) - 1), words},
#include "text_litter.def"
#undef NST_LITTER
};

/* A paragraph while it is judged. */
typedef struct para {
    uint32_t start, end, blanks;
    uint32_t words, lower; /* words; words that start with a small letter */
    bool stop;             /* ends like a sentence */
    bool prose;            /* reads like a story */
    uint8_t kind, after;
    bool tail;        /* a story with a credit at its end */
    nst_block credit; /* that credit, or kind CREDIT: its spans */
} para;

/* Longest headline and subhead, in words and bytes. */
#define MAX_HEAD_WORDS 28
#define MAX_HEAD_BYTES 240
#define MAX_SUB_WORDS 14

/* Does [start, end) end like a sentence, closing marks aside? Quotes, brackets and asterisks may
 * stand behind the mark. */
static bool ends_sentence(const char *p, uint32_t start, uint32_t end) {
    while (end > start) {
        char ch = p[end - 1];
        if (ch == '.' || ch == '!' || ch == '?') return true;
        if (ch == '"' || ch == '\'' || ch == ')' || ch == ']' || ch == '*') {
            end--;
            continue;
        }
        if (end - start < 3) return false;
        const char *q = p + end - 3;
        if (!memcmp(q, "\xE2\x80\xA6", 3)) return true; /* an ellipsis */
        if (memcmp(q, "\xE2\x80\x9D", 3) && memcmp(q, "\xE2\x80\x99", 3)) return false;
        end -= 3;
    }
    return false;
}

/* Counts words and how they start; stops counting at a length that is prose for certain. Words are
 * runs between white space that hold a letter or digit. Prose has small words; a title in capitals
 * has few. */
static void measure(const char *p, para *q) {
    bool in = false, letter = false;
    uint32_t next;
    for (uint32_t i = q->start; i < q->end; i = next) {
        unsigned cl = nst_text_class(nst_text_cp(p, i, q->end, &next));
        if (cl & NST_CH_WORD) letter = true;
        if (cl & NST_CH_SPACE) {
            in = false;
        } else if (!in && (cl & NST_CH_WORD)) {
            in = true;
            q->words++;
            q->lower += (cl & NST_CH_LOWER) != 0;
        }
    }
    q->stop = ends_sentence(p, q->start, q->end);
    q->prose =
        (q->stop && q->words >= 8 && q->lower >= 3) || (q->words >= 25 && q->lower * 3 >= q->words);
    if (!letter) q->kind = NST_BLOCK_LITTER;
}

/* The line in lower case, spaces single, apostrophes straight, marks at both ends gone. So "[ READ
 * MORE ]" and "Read more:" are one row of the list. At most `room` bytes: longer lines are no
 * litter. */
static uint32_t fold_line(const char *p, uint32_t start, uint32_t end, char *out, uint32_t room) {
    uint32_t n = 0;
    bool space = false;
    for (uint32_t i = start; i < end && n + 4 < room;) {
        unsigned char c = (unsigned char)p[i];
        if (c <= ' ' || (c == 0xC2 && i + 1 < end && (unsigned char)p[i + 1] == 0xA0)) {
            space = n > 0;
            i += c <= ' ' ? 1 : 2;
            continue;
        }
        bool mark = c < 128 && !(nst_text_class(c) & NST_CH_WORD);
        if ((n == 0 && mark && c != '(' && c != '@') ||
            (n == 1 && out[0] == '(' && space && mark)) {
            i++;
            continue;
        }
        if (space && !(n == 1 && out[0] == '(')) out[n++] = ' ';
        space = false;
        if (c == 0xE2 && i + 2 < end && (unsigned char)p[i + 1] == 0x80 &&
            (unsigned char)p[i + 2] == 0x99) {
            out[n++] = '\'';
            i += 3;
            continue;
        }
        out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : (char)c;
        i++;
    }
    while (n && strchr(".!?:;,->|*)\"' ", out[n - 1])) n--;
    return n;
}

/* The row of text_litter.def that the line matches, or NULL. The list is short and lines of a page
 * are few: a scan is fast enough. */
static const litter_row *litter_of(const char *line, uint32_t n, uint32_t words) {
    for (size_t k = 0; k < sizeof litter_rows / sizeof *litter_rows; k++) {
        const litter_row *r = &litter_rows[k];
        if (words > r->most || n + 1 < r->n) continue;
        uint32_t len = r->n;
        while (r->how == STARTS && len > n && r->words[len - 1] == ' ') len--;
        if (r->how == IS && n == len && !memcmp(line, r->words, n)) return r;
        if (r->how == STARTS && n >= len && !memcmp(line, r->words, len)) return r;
        if (r->how != HAS || n < len) continue;
        for (uint32_t i = 0; i + len <= n; i++) {
            if (line[i] == r->words[0] && !memcmp(line + i, r->words, len)) return r;
        }
    }
    return NULL;
}

/* "Home | World | Politics", "Politics > Europe": short pieces between bars. Prose may hold a bar
 * or two, but not one to every third word. */
static bool bars(const char *p, const para *q) {
    uint32_t bar = 0;
    for (uint32_t i = q->start; i < q->end; i++) bar += p[i] == '|' || p[i] == '>';
    return bar >= 2 && q->words <= bar * 3 + 3 && !q->stop;
}

/* The text under a photograph, by its opening or by the agency's mark at its end. The tail is
 * looked at too, because most pages put only the agency behind the words. */
static bool caption(const char *line, uint32_t n, const para *q) {
    static const char *const heads[] = {"file photo",
                                        "file - ",
                                        "file \xe2\x80\x93 ",
                                        "file \xe2\x80\x94 ",
                                        "image copyright",
                                        "image caption",
                                        "enlarge this image",
                                        "toggle caption",
                                        "photo by ",
                                        "photo: ",
                                        "photograph: ",
                                        "(photo by",
                                        "(photo:",
                                        "image: ",
                                        "picture: ",
                                        "photo courtesy",
                                        "media caption",
                                        "caption: ",
                                        "(file photo",
                                        "media playback",
                                        "(ap photo",
                                        "(photo courtesy",
                                        "(image",
                                        "photo credit",
                                        "in this file photo"};
    for (size_t k = 0; k < sizeof heads / sizeof *heads; k++) {
        size_t len = strlen(heads[k]);
        if (n >= len && !memcmp(line, heads[k], len)) return q->words < 90;
    }
    static const char *const tails[] = {
        "getty images", "via ap", "afp via getty", "reuters photo", "(ap photo", "via getty images",
        "/reuters",     "/afp",   "/ap",           "shutterstock",  "file photo"};
    for (size_t k = 0; k < sizeof tails / sizeof *tails; k++) {
        size_t len = strlen(tails[k]);
        if (n >= len && !memcmp(line + n - len, tails[k], len)) return q->words < 70;
    }
    return false;
}

/* Judges one paragraph by its own words. The order is that of certainty: what has no letter, what
 * the list knows, credits, captions, bars. */
static void judge(const char *p, para *q) {
    char line[512];
    q->kind = NST_BLOCK_STORY;
    measure(p, q);
    if (q->kind == NST_BLOCK_LITTER) return;
    uint32_t n = 0;
    const litter_row *r = NULL;
    if (q->words <= 90) {
        n = fold_line(p, q->start, q->end, line, sizeof line);
        r = litter_of(line, n, q->words);
    }
    if (r) {
        q->kind = NST_BLOCK_LITTER;
        q->after = r->after;
    } else if (q->words <= 3 && nst_text_credit_line(p, q->start, q->end, &q->credit)) {
        q->kind = NST_BLOCK_CREDIT; /* "(AFP/Reuters)" has no picture above it */
    } else if (n && caption(line, n, q)) {
        q->kind = NST_BLOCK_CAPTION;
    } else if (q->words <= 60 && nst_text_credit_line(p, q->start, q->end, &q->credit)) {
        q->kind = NST_BLOCK_CREDIT;
    } else if (n && bars(p, q)) {
        q->kind = NST_BLOCK_LITTER;
    } else if (nst_text_tail_credit(p, q->start, q->end, &q->credit)) {
        q->tail = q->stop = true; /* only a paragraph of a story has one */
        q->prose = q->words >= 8;
    }
}

/* Could this be the title of another page: a short line without a full stop? Prose is never one,
 * however short the page makes its links. */
static bool linked_title(const para *q) {
    return q->kind == NST_BLOCK_STORY && !q->prose && q->words <= 24 && !(q->stop && q->words > 14);
}

/* What stands behind a line, up to the end of the page. */
typedef struct rest {
    uint32_t words;          /* in prose */
    uint32_t titles;         /* lines that could be links */
    uint32_t teasers, longs; /* prose of one short paragraph; longer prose */
} rest;

/* Longest teaser under a linked title, in words. */
#define MAX_TEASER 45

/* r[i]: what stands in q[i, n). Counted from the end, once, so that time stays linear. */
static rest *look_ahead(const para *q, uint32_t n, nst_arena *a) {
    rest *r = NST_ARRAY(a, rest, n);
    for (uint32_t i = n; i-- > 0;) {
        r[i] = i + 1 < n ? r[i + 1] : (rest){0};
        if (q[i].kind != NST_BLOCK_STORY) continue;
        if (!q[i].prose) {
            r[i].titles += linked_title(&q[i]);
            continue;
        }
        r[i].words += q[i].words;
        if (q[i].words <= MAX_TEASER) r[i].teasers++;
        else r[i].longs++;
    }
    return r;
}

/* Is the story over at line i? Behind a comment form it is when what came before is a story of some
 * length and not the smaller part; behind "Related stories", when only titles and their teasers
 * follow. */
static bool story_over(const para *q, const rest *r, uint32_t i, uint32_t n) {
    uint32_t before = r[0].words - r[i].words;
    if (i + 1 >= n) return false;
    if (q[i].after == REST) return before >= 150 && before * 5 >= r[0].words * 2;
    const rest *z = &r[i + 1];
    return q[i].after == MANY && before >= 100 && z->longs == 0 && z->teasers > 0 &&
           z->titles >= 2 && z->titles >= z->teasers;
}

/* Lines behind "Next Article", "Related stories", "Leave a comment". The state is what the last
 * piece of litter promised; prose ends every promise, unless the story is over. */
static void follow_links(para *q, uint32_t n, nst_arena *scratch) {
    const rest *r = look_ahead(q, n, scratch);
    bool seen = false, over = false; /* has the story begun, is it over? */
    uint8_t state = NONE;
    for (uint32_t i = 0; i < n; i++) {
        if (q[i].kind == NST_BLOCK_LITTER && q[i].after != NONE) {
            if (!(q[i].after == REST && !seen)) state = q[i].after;
            over |= story_over(q, r, i, n);
            continue;
        }
        if (over && q[i].kind == NST_BLOCK_STORY) {
            q[i].kind = NST_BLOCK_LITTER;
        } else if (q[i].prose && q[i].kind == NST_BLOCK_STORY) {
            seen = true;
            state = NONE;
        } else if (state != NONE && linked_title(&q[i])) {
            q[i].kind = NST_BLOCK_LITTER;
            if (state == ONE) state = NONE;
        } else if (state == ONE) {
            state = NONE;
        }
    }
}

/* Short lines in a row, three or more of at most three words, one of them a known piece of litter,
 * at the top or the bottom of the page: a menu. Captions and credits in between do not break the
 * row; a sentence does. */
static void find_menus(para *q, uint32_t n) {
    for (uint32_t i = 0; i < n;) {
        uint32_t k = i, known = 0;
        while (k < n && q[k].words <= 3 && !q[k].stop && q[k].kind != NST_BLOCK_CREDIT) {
            known += q[k].kind == NST_BLOCK_LITTER && q[k].words > 0;
            k++;
        }
        if (k - i >= 3 && known >= 1) {
            for (uint32_t j = i; j < k; j++) {
                q[j].kind = NST_BLOCK_LITTER;
            }
        }
        i = k > i ? k : i + 1;
    }
}

/* A line short enough for a headline and without a full stop. Bullets, lines that end in a comma or
 * dash, and bare numbers are none. A question may be a heading if it is short. */
static bool head_like(const char *p, const para *q, uint32_t most) {
    if (q->kind != NST_BLOCK_STORY || q->words > most || q->words < 1) return false;
    if (q->end - q->start > MAX_HEAD_BYTES) return false;
    char last = p[q->end - 1], first = p[q->start];
    if (last == '_') return false;
    if (first == '-' || first == '*' || last == ',' || last == ';' || last == '-') return false;
    if (first >= '0' && first <= '9' && q->words < 3) return false;
    if ((unsigned char)first == 0xE2 && !memcmp(p + q->start, "\xE2\x80\xA2", 3)) return false;
    if (last == '?' || last == '!') return q->words <= most / 2;
    return !q->stop;
}

/* Two to four words with capitals and nothing else: above the story of a report whose title is
 * known, a byline without its "By". */
static bool name_line(const char *p, const para *q) {
    if (q->words < 2 || q->words > 4 || q->lower) return false;
    for (uint32_t i = q->start; i < q->end; i++) {
        if (strchr("0123456789:?!/&()", p[i])) return false;
    }
    return true;
}

/* Kinds of the lines above the first prose, q[0, n): the headline is the first of four words or
 * more (the first at all where none is that long); what is shorter and stands before it is a
 * section's name. "Politics" over "Graustark expels two envoys" is a section's name; what follows
 * the headline is its deck. */
static void find_headline(const char *p, para *q, uint32_t n, bool titled) {
    uint32_t at = n, any = n;
    for (uint32_t i = n; i-- > 0;) {
        if (!head_like(p, &q[i], MAX_HEAD_WORDS)) continue;
        any = i;
        if (q[i].words >= 4) at = i;
    }
    if (at == n) at = any;
    for (uint32_t i = 0; i < n; i++) {
        if (!head_like(p, &q[i], MAX_HEAD_WORDS)) continue;
        if (titled && name_line(p, &q[i])) {
            q[i].kind = NST_BLOCK_CREDIT;
            q[i].credit.author = (nst_span){q[i].start, q[i].end, NST_FIELD_TEXT};
            continue;
        }
        if (i < at) q[i].kind = NST_BLOCK_LITTER;
        else
            q[i].kind =
                i == at && !(titled && q[i].words <= 3) ? NST_BLOCK_HEADLINE : NST_BLOCK_SUBHEAD;
    }
}

/* Has it a digit behind a colon, as a row of figures has ("Injured: 74")? */
static bool figures(const char *p, const para *q) {
    const char *colon = memchr(p + q->start, ':', q->end - q->start);
    for (const char *z = colon; z && z < p + q->end; z++) {
        if (*z >= '0' && *z <= '9') return true;
    }
    return false;
}

/* Lines behind the last prose, q[from, n): two titles in a row or more, of four words and more,
 * lead to other pages. Rows of figures are a list. One title alone could be the last line of a
 * story that was cut off, so it stays. */
static void find_trailing_links(const char *p, para *q, uint32_t from, uint32_t n) {
    uint32_t titles = 0, words = 0;
    if (from > 0 && p[q[from - 1].end - 1] == ':') return; /* a list that the story announces */
    for (uint32_t i = from; i < n; i++) {
        if (q[i].kind != NST_BLOCK_STORY) continue;
        if (p[q[i].end - 1] == ':') return;
        if (!head_like(p, &q[i], MAX_HEAD_WORDS) || figures(p, &q[i])) return;
        titles++;
        words += q[i].words;
    }
    if (titles < 2 || words < 4 * titles) return;
    for (uint32_t i = from; i < n; i++) {
        if (q[i].kind == NST_BLOCK_STORY) q[i].kind = NST_BLOCK_LITTER;
    }
}

/* Does the line say what the title says, marks, spaces and case aside? */
static bool says_title(nst_str title, const char *p, const para *q) {
    uint32_t i = 0, k = q->start, a = 0, b = 0;
    for (;;) {
        while (i < title.n &&
               !(nst_text_class((a = nst_text_cp(title.p, i, title.n, &i))) & NST_CH_WORD))
            a = 0;
        while (k < q->end && !(nst_text_class((b = nst_text_cp(p, k, q->end, &k))) & NST_CH_WORD))
            b = 0;
        if (nst_utf8_fold(a) != nst_utf8_fold(b)) return false;
        if (!a) return true;
        a = b = 0;
    }
}

/* Headline, subheads, links at the end. A page without prose keeps all its lines, the first as
 * headline. Prose is the measure: above its first paragraph stand headlines, between its paragraphs
 * subheads, behind its last one links. */
static void find_heads(const char *p, para *q, uint32_t n, bool titled) {
    uint32_t first = 0, behind = n;
    while (first < n && !(q[first].kind == NST_BLOCK_STORY && q[first].prose)) first++;
    while (behind > first && !(q[behind - 1].kind == NST_BLOCK_STORY && q[behind - 1].prose))
        behind--;
    if (first == n) {
        uint32_t left = 0;
        for (uint32_t i = 0; i < n; i++) left += q[i].kind == NST_BLOCK_STORY;
        if (left > 1) find_headline(p, q, 1, titled);
        return;
    }
    find_headline(p, q, first, titled);
    for (uint32_t i = first; i < behind; i++) {
        if (q[i].kind != NST_BLOCK_STORY || p[q[i].end - 1] == ':' ||
            !head_like(p, &q[i], MAX_SUB_WORDS))
            continue;
        uint32_t k = i + 1;
        while (k < behind && q[k].kind != NST_BLOCK_STORY) k++;
        if (k < behind && q[k].prose) q[i].kind = NST_BLOCK_SUBHEAD;
    }
    find_trailing_links(p, q, behind, n);
}

/* Does the paragraph open with capitals and a colon, as the turns of a transcript do? "VOGEL: We
 * left." Such capitals name a speaker, not the place of a dateline. */
static bool speaker_turn(const char *p, const para *q) {
    uint32_t i = q->start;
    while (i < q->end && i - q->start < 40 &&
           ((p[i] >= 'A' && p[i] <= 'Z') || p[i] == ' ' || p[i] == '.'))
        i++;
    return i > q->start + 1 && i < q->end && p[i] == ':';
}

static nst_block *add(nst_text *t, nst_arena *doc, uint32_t *cap, uint8_t field, uint32_t start,
                      uint32_t end, uint8_t kind, uint32_t paragraph) {
    nst_block *b = NST_PUSH(doc, t->blocks, t->n_blocks, *cap);
    *b = (nst_block){.span = {start, end, field}, .kind = kind, .paragraph = paragraph};
    return b;
}

/* Moves i over white space, not beyond end. */
static uint32_t skip(const char *p, uint32_t i, uint32_t end) {
    uint32_t next;
    while (i < end && (nst_text_class(nst_text_cp(p, i, end, &next)) & NST_CH_SPACE)) i = next;
    return i;
}

/* End of [start, end) without the white space behind it. */
static uint32_t rtrim(const char *p, uint32_t start, uint32_t end) {
    while (end > start) {
        uint32_t back = nst_text_back(p, start, end);
        if (!(nst_text_class_at(p, back, end) & NST_CH_SPACE)) break;
        end = back;
    }
    return end;
}

/* Gives every span of a block the block's field. The helpers below know only bytes. */
static void set_field(nst_block *b, uint8_t field) {
    b->span.field = b->agency.field = b->place.field = b->date.field = b->author.field = field;
}

/* ---- litter inside a paragraph -------------------------------------------------------------- */

/* Shorter paragraphs are not searched: only texts whose line ends were lost hold litter inside. */
#define LEAST_INLINE 400

/* A longer sentence may be a call and, without a mark between them, the story that goes on. */
#define MOST_INLINE 18

/* Calls of a page that stand between two sentences without a mark of their own. */
static const char *const calls[] = {"advertisement continue reading the main story",
                                    "continue reading the main story",
                                    "newsletter sign up continue reading the main story",
                                    "by signing up, you agree to our privacy policy",
                                    "story continued below",
                                    "story continues below advertisement",
                                    "story continues below",
                                    "article continues below advertisement",
                                    "article continues below"};

/* End of the sentence that starts at i: behind its mark and closing quotes, before white space. No
 * further than 600 bytes. */
static uint32_t piece_end(const char *p, uint32_t i, uint32_t end) {
    uint32_t far = end - i > 600 ? i + 600 : end;
    for (; i < far; i++) {
        if (p[i] != '.' && p[i] != '!' && p[i] != '?') continue;
        uint32_t k = i + 1;
        while (k < end && strchr("\"')]", p[k])) k++;
        if (end - k >= 3 && !memcmp(p + k, "\xE2\x80\x9D", 3)) k += 3;
        if (k >= end || p[k] == ' ' || p[k] == '\n') return k;
    }
    return i;
}

/* Is the row of three words or more, so that a sentence of a story hardly begins with it by chance?
 * */
static bool strong(const litter_row *r) {
    uint32_t spaces = 0;
    for (uint32_t k = 0; k < r->n; k++) spaces += r->words[k] == ' ';
    return spaces >= 2 && r->n >= 12;
}

/* End of the litter that starts at i, or i: a call, or a whole sentence that a strong row of the
 * list knows. Only what begins with a capital is asked about. */
static uint32_t litter_piece(const char *p, uint32_t i, uint32_t end) {
    char line[512];
    if (!(nst_text_class_at(p, i, end) & NST_CH_UPPER)) return i;
    for (size_t k = 0; k < sizeof calls / sizeof *calls; k++) {
        if (nst_text_at(p, i, end, calls[k])) return i + (uint32_t)strlen(calls[k]);
    }
    uint32_t alone = i + (uint32_t)strlen("ADVERTISEMENT ");
    if (alone < end && !memcmp(p + i, "ADVERTISEMENT ", alone - i)) return alone - 1;
    uint32_t stop = piece_end(p, i, end), words = 1;
    for (uint32_t k = i; k < stop; k++) words += p[k] == ' ';
    uint32_t n = fold_line(p, i, stop, line, sizeof line);
    const litter_row *r = litter_of(line, n, words);
    return r && strong(r) && words <= MOST_INLINE ? stop : i;
}

/* Adds story [start, end), with the litter inside it as blocks of their own. */
static void add_story(nst_text *t, nst_arena *doc, uint32_t *cap, uint8_t field, uint32_t start,
                      uint32_t end, uint32_t number) {
    const char *p = t->field[field].p;
    uint32_t from = start, i = end - start < LEAST_INLINE ? end : start;
    while (i < end) {
        uint32_t stop = litter_piece(p, i, end);
        if (stop == i) {
            i = skip(p, piece_end(p, i, end), end);
            continue;
        }
        uint32_t before = rtrim(p, from, i);
        if (before > from) add(t, doc, cap, field, from, before, NST_BLOCK_STORY, number);
        add(t, doc, cap, field, i, stop, NST_BLOCK_LITTER, number);
        from = i = skip(p, stop, end);
    }
    if (from < end) add(t, doc, cap, field, from, end, NST_BLOCK_STORY, number);
}

/* Bytes of a picture's label ("Photo ") before a dateline, 0 if there is none. */
static uint32_t picture_label(const char *p, uint32_t start, uint32_t end) {
    static const char *const picture[] = {"Photo ", "Photos ", "Video ", "Image ", "Slide Show "};
    for (size_t k = 0; k < sizeof picture / sizeof *picture; k++) {
        uint32_t n = (uint32_t)strlen(picture[k]);
        if (end - start > n && !memcmp(p + start, picture[k], n)) return n;
    }
    return 0;
}

/* Adds the blocks of one paragraph: dateline, story, credit. */
static void emit(nst_text *t, nst_arena *doc, uint32_t *cap, uint8_t field, const para *q,
                 uint32_t number, bool first) {
    const char *p = t->field[field].p;
    nst_block part;
    uint32_t start = q->start, end = q->end;
    if (q->kind != NST_BLOCK_STORY) {
        nst_block *b = add(t, doc, cap, field, start, end, q->kind, number);
        if (q->kind == NST_BLOCK_CREDIT) {
            *b = q->credit;
            b->span = (nst_span){start, end, field};
            b->paragraph = number;
            set_field(b, field);
        }
        return;
    }
    uint32_t label = picture_label(p, start, end);
    if (label && nst_text_dateline(p, start + label, end, first, &part)) {
        add(t, doc, cap, field, start, start + label - 1, NST_BLOCK_LITTER, number);
        start += label;
    }
    if (nst_text_dateline(p, start, end, first, &part)) {
        part.paragraph = number;
        set_field(&part, field);
        *NST_PUSH(doc, t->blocks, t->n_blocks, *cap) = part;
        start = skip(p, part.span.end, end);
        if (start == end) return; /* its story is in the next paragraph */
    }
    bool credit = q->tail && q->credit.span.start > start;
    uint32_t stop = credit ? rtrim(p, start, q->credit.span.start) : end;
    add_story(t, doc, cap, field, start, stop, number);
    if (!credit) return;
    part = q->credit;
    part.paragraph = number;
    part.span.end = end; /* with a full stop behind the bracket */
    set_field(&part, field);
    *NST_PUSH(doc, t->blocks, t->n_blocks, *cap) = part;
}

/* The title: one headline, whatever it says. */
static void title_block(nst_text *t, nst_arena *doc, uint32_t *cap) {
    nst_str f = t->field[NST_FIELD_TITLE];
    uint32_t start = skip(f.p, 0, f.n), end = rtrim(f.p, start, f.n);
    if (start < end) add(t, doc, cap, NST_FIELD_TITLE, start, end, NST_BLOCK_HEADLINE, 0);
}

void nst_text_blocks(nst_text *t, uint8_t field, nst_arena *doc, nst_arena *scratch,
                     uint32_t *cap) {
    if (field == NST_FIELD_TITLE) {
        title_block(t, doc, cap);
        return;
    }
    const char *p = t->field[field].p;
    uint32_t n = 0, turns = 0;
    nst_line *lines = nst_text_lines(t->field[field], scratch, &n);
    para *q = NST_ARRAY(scratch, para, n);
    for (uint32_t i = 0; i < n; i++) {
        q[i] = (para){.start = lines[i].start, .end = lines[i].end, .blanks = lines[i].blanks};
        judge(p, &q[i]);
        turns += speaker_turn(p, &q[i]);
    }
    if (t->field[NST_FIELD_TITLE].n) { /* the title again: it has been read */
        for (uint32_t i = 0; i < n && i < 6; i++) {
            if (says_title(t->field[NST_FIELD_TITLE], p, &q[i])) q[i].kind = NST_BLOCK_LITTER;
        }
    }
    find_menus(q, n);
    follow_links(q, n, scratch);
    find_heads(p, q, n, t->field[NST_FIELD_TITLE].n > 0);
    uint32_t number = t->n_blocks ? t->blocks[t->n_blocks - 1].paragraph + 1 : 0, stories = 0;
    for (uint32_t i = 0; i < n; i++) {
        bool first = q[i].kind == NST_BLOCK_STORY && stories++ == 0 && turns < 2;
        emit(t, doc, cap, field, &q[i], number++, first);
    }
}
