/* cli_eval_mentions.c - the one matcher for scoring mentions and their fields against gold.
 *
 * In: gold reports with mentions (passage `at`, trigger, acceptable types, modality, actors,
 * recipients, speakers, date, place, optional). Out: precision against all gold, recall of what is
 * not optional, by type, confusion, fields among found mentions, and (--errors) what to read.
 * Rule: a mention matches if its trigger overlaps the gold trigger, or lies inside the gold passage
 * and has an acceptable type. Pairs are made one to one, best first: trigger and type, passage and
 * type, trigger with a wrong type (found, but of the wrong type).
 */
#include <stdlib.h>

#include "cli_eval.h"

#define MAX_GOLD 2000

typedef struct gold_mention {
    json_t *json;
    uint32_t at_start, at_end, start, end;   /* passage and trigger in the field */
    int field;
    bool optional;
    int types[4], n_types;
    int pair;                                /* index of our mention, -1 */
} gold_mention;

typedef struct field_score {
    uint64_t right, n;
} field_score;

typedef struct tally {
    nst_coder *coder;
    bool errors;
    double floor;
    uint64_t reports, found_typed, found_any, required, required_found, given, matched;
    cli_score type[NST_N_TYPE];          /* precision: by our type, against all gold */
    cli_score need[NST_N_TYPE];          /* recall: by gold type, of what is required */
    uint64_t confusion[NST_N_TYPE][NST_N_TYPE + 1];
    field_score actor, recipient, both, modality, speaker, date, place, mode;
    long left;
} tally;

/* ---- gold -------------------------------------------------------------------------------- */

/* Where z stands in s from `from` on; -1 if nowhere. */
static long find(nst_str s, const char *z, uint32_t from) {
    size_t n = z ? strlen(z) : 0;
    for (uint32_t i = from; n && i + n <= s.n; i++)
        if (!memcmp(s.p + i, z, n)) return (long)i;
    return -1;
}

/* Reads one gold mention; false when its passage or trigger is not in the report. */
static bool read_gold(json_t *j, const nst_text *t, gold_mention *g) {
    const char *field = cli_json_text(j, "field"), *at = cli_json_text(j, "at");
    const char *trigger = cli_json_text(j, "trigger");
    *g = (gold_mention){.json = j, .pair = -1, .optional = json_is_true(json_object_get(j,
        "optional"))};
    g->field = field && !strcmp(field, "title") ? NST_FIELD_TITLE : NST_FIELD_TEXT;
    long passage = find(t->field[g->field], at, 0);
    if (passage < 0) return false;
    g->at_start = (uint32_t)passage;
    g->at_end = g->at_start + (uint32_t)strlen(at);
    long tr = find(t->field[g->field], trigger, g->at_start);
    if (tr < 0) tr = passage;
    g->start = (uint32_t)tr;
    g->end = g->start + (trigger ? (uint32_t)strlen(trigger) : 0);
    json_t *types = json_object_get(j, "types");
    for (size_t i = 0; i < json_array_size(types) && g->n_types < 4; i++) {
        int type = nst_type_of(nst_str_c(json_string_value(json_array_get(types, i))));
        if (type != NST_T_NONE) g->types[g->n_types++] = type;
    }
    return g->n_types > 0;
}

static bool acceptable(const gold_mention *g, int type) {
    for (int i = 0; i < g->n_types; i++)
        if (g->types[i] == type) return true;
    return false;
}

/* ---- pairing ----------------------------------------------------------------------------- */

/* How good a pair is: 3 trigger and type, 2 passage and type, 1 trigger only, 0 none. */
static int grade(const gold_mention *g, const nst_mention *m) {
    nst_span s = m->trigger_span;
    if (s.field != g->field) return 0;
    bool overlap = s.start < g->end && g->start < s.end;
    bool inside = s.start >= g->at_start && s.end <= g->at_end;
    bool type = acceptable(g, m->type);
    return overlap ? (type ? 3 : 1) : inside && type ? 2 : 0;
}

/* Pairs gold and ours one to one, best grade first; ours[] gets the index of the gold mention. */
static void pair_up(gold_mention *g, int n_gold, const nst_events *ev, int *ours, double floor) {
    for (int want = 3; want >= 1; want--)
        for (int i = 0; i < n_gold; i++)
            for (uint32_t k = 0; k < ev->n_mentions && g[i].pair < 0; k++) {
                const nst_mention *m = &ev->mentions[k];
                if (!m->kept || m->confidence < floor || ours[k] >= 0) continue;
                if (grade(&g[i], m) != want) continue;
                g[i].pair = (int)k;
                ours[k] = i;
            }
}

/* ---- fields ------------------------------------------------------------------------------ */

/* Do our members carry exactly the ids of the gold list (each gold member one of whose ids
 * fits)? */
static bool same_ids(const nst_doc *d, const nst_member *m, uint32_t n, json_t *gold, bool *empty) {
    size_t n_gold = 0, hit = 0;
    json_t *g;
    size_t i;
    json_array_foreach(gold, i, g) {
        json_t *ids = json_object_get(g, "ids"), *id;
        size_t k;
        bool one = false;
        if (!json_array_size(ids)) continue;
        json_array_foreach(ids, k, id) {
            bool this_one = false;
            for (uint32_t q = 0; q < n && !this_one; q++) {
                if (m[q].identity == NST_ROOT) continue;
                const nst_identity *is = &d->entities.actors[m[q].actor].is[m[q].identity];
                this_one = nst_str_is(nst_str_c(is->code), json_string_value(id)) ||
                           nst_str_is(is->entity, json_string_value(id)) ||
                           nst_str_is(is->person, json_string_value(id));
            }
            one |= this_one;
        }
        n_gold++;
        hit += one;
    }
    *empty = n_gold == 0;
    return hit == n_gold;
}

/* Does one of our identities carry one of the gold ids, or do the words agree? */
static bool speaker_right(const nst_doc *d, const nst_mention *m, json_t *by) {
    json_t *first = json_array_get(by, 0), *ids = json_object_get(first, "ids"), *id;
    size_t k;
    if (!m->n_links || m->links[0].kind != NST_LINK_SPEAKER) return false;
    const nst_attribution *a = &d->events.attributions[m->links[0].attribution];
    const char *text = cli_json_text(first, "text");
    nst_str own = nst_text_span(&d->text, a->source_span);
    if (text && find(own, text, 0) >= 0) return true;
    char buf[256];
    snprintf(buf, sizeof buf, "%.*s", (int)(own.n < 255 ? own.n : 255), own.p ? own.p : "");
    if (text && own.n && find(nst_str_c(text), buf, 0) >= 0) return true;
    if (a->source == NST_ROOT) return false;
    const nst_actor *actor = &d->entities.actors[a->source];
    json_array_foreach(ids, k, id)
        for (uint32_t q = 0; q < actor->n_is; q++)
            if (nst_str_is(nst_str_c(actor->is[q].code), json_string_value(id)) ||
                nst_str_is(actor->is[q].entity, json_string_value(id)))
                return true;
    return false;
}

/* Is our value one of the strings of a gold list (or equal to a gold string)? */
static bool among(json_t *list, const char *value) {
    json_t *one;
    size_t i;
    if (json_is_string(list)) return !strcmp(json_string_value(list), value);
    json_array_foreach(list, i, one)
        if (json_is_string(one) && !strcmp(json_string_value(one), value)) return true;
    return false;
}

/* Is our date inside the gold interval (or both absent)? */
static bool date_right(const nst_doc *d, const nst_mention *m, json_t *date) {
    const char *gs = cli_json_text(date, "start"), *ge = cli_json_text(date, "end");
    nst_day a, b, c, e;
    if (!gs) return m->time == NST_ROOT || d->entities.times[m->time].start == NST_NO_DAY;
    if (m->time == NST_ROOT || d->entities.times[m->time].start == NST_NO_DAY) return false;
    const nst_time *t = &d->entities.times[m->time];
    if (!nst_day_parse(nst_str_c(gs), &a, &b) || !nst_day_parse(nst_str_c(ge ? ge : gs), &c, &e))
        return false;
    return t->start <= e && (t->finish == NST_NO_DAY || t->finish >= a) && t->start >= a - 1;
}

static void count(field_score *f, bool right) {
    f->n++;
    f->right += right;
}

/* Scores the fields of a found mention of the right type. */
static void score_fields(tally *y, const nst_doc *d, const gold_mention *g, const nst_mention *m) {
    bool no_actor, no_recipient;
    bool a = same_ids(d, m->actors, m->n_actors, json_object_get(g->json, "actor"), &no_actor);
    bool r = same_ids(d, m->recipients, m->n_recipients, json_object_get(g->json, "recipient"),
                      &no_recipient);
    if (!no_actor) count(&y->actor, a);
    if (!no_recipient) count(&y->recipient, r);
    count(&y->both, a && r);
    count(&y->modality, among(json_object_get(g->json, "modality"),
                              nst_modality_name(m->modality)));
    json_t *by = json_object_get(g->json, "by"), *mode = json_object_get(g->json, "mode");
    if (json_array_size(by)) count(&y->speaker, speaker_right(d, m, by));
    json_t *date = json_object_get(g->json, "date");
    if (json_is_object(date)) count(&y->date, date_right(d, m, date));
    json_t *place = json_object_get(g->json, "place");
    if (json_is_object(place)) {
        const char *name = cli_json_text(place, "name");
        count(&y->place, m->place != NST_ROOT && name &&
              (nst_str_is(d->entities.places[m->place].name, name) ||
               find(nst_text_span(&d->text, d->entities.places[m->place].span), name, 0) >= 0));
    }
    if (json_array_size(mode)) {
        bool hit = false;
        for (int i = 0; i < NST_N_MODE; i++)
            if (m->modes >> i & 1) hit |= among(mode, nst_mode_name(i));
        count(&y->mode, hit);
    }
}

/* ---- one report -------------------------------------------------------------------------- */

/* What to read: a missed, false or wrongly typed mention. */
static void complain(const nst_doc *d, const char *what, const gold_mention *g,
                     const nst_mention *m) {
    printf("%s %s ", what, d->report.id);
    if (g) printf("gold %s '%s' in '%s'", nst_type_name(g->types[0]),
                  cli_json_text(g->json, "trigger"),
                  cli_json_text(g->json, "at"));
    if (m) {
        nst_str t = nst_text_span(&d->text, m->trigger_span);
        nst_str s = nst_text_span(&d->text, d->text.sents[m->sent].span);
        printf("%sours %s '%.*s' (%.*s, %.2f)", g ? "; " : "", nst_type_name(m->type), (int)t.n,
               t.p,
               (int)m->why.n, m->why.p, m->confidence);
        if (!g) printf(" in: %.*s", (int)(s.n < 200 ? s.n : 200), s.p);
    }
    putchar('\n');
}

/* Adds one report's pairs to the tally. */
static void score_report(tally *y, const nst_doc *d, gold_mention *g, int n_gold, const int *ours) {
    for (int i = 0; i < n_gold; i++) {
        const nst_mention *m = g[i].pair >= 0 ? &d->events.mentions[g[i].pair] : NULL;
        bool typed = m && acceptable(&g[i], m->type);
        if (!g[i].optional) {
            y->required++;
            y->required_found += typed;
            y->need[g[i].types[0]].gold++;
            y->need[g[i].types[0]].right += typed;
            y->confusion[g[i].types[0]][m ? m->type : NST_N_TYPE]++;
        }
        y->found_any += m != NULL;
        if (typed) {
            y->type[m->type].right++;
            y->found_typed++;
            score_fields(y, d, &g[i], m);
        }
        if (y->errors && !m && !g[i].optional) complain(d, "MISSED", &g[i], NULL);
        if (y->errors && m && !typed) complain(d, "TYPE  ", &g[i], m);
    }
    for (uint32_t k = 0; k < d->events.n_mentions; k++) {
        const nst_mention *m = &d->events.mentions[k];
        if (!m->kept || m->confidence < y->floor) continue;
        y->given++;
        y->type[m->type].given++;
        if (ours[k] < 0 && y->errors) complain(d, "FALSE ", NULL, m);
    }
}

/* Codes one gold report and scores it. */
static bool each_report(json_t *o, void *context) {
    tally *y = context;
    nst_err e = {0};
    const char *text = cli_json_text(o, "text");
    if (!text || y->left == 0) return text != NULL;
    if (y->left > 0) y->left--;
    nst_report r = {.id = cli_json_text(o, "id"), .text = text, .text_len = strlen(text),
        .title = cli_json_text(o, "title"), .date = cli_json_text(o, "date"),
        .source = cli_json_text(o, "source")};
    if (nst_coder_run(y->coder, &r, &e)) {
        cli_complain(&e);
        return true;
    }
    const nst_doc *d = nst_coder_doc(y->coder);
    gold_mention *g = calloc(MAX_GOLD, sizeof *g);
    int *ours = malloc(sizeof *ours * (d->events.n_mentions + 1));
    int n_gold = 0;
    json_t *m;
    size_t i;
    for (uint32_t k = 0; k < d->events.n_mentions; k++) ours[k] = -1;
    json_array_foreach(json_object_get(o, "mentions"), i, m) {
        if (n_gold == MAX_GOLD) break;
        if (read_gold(m, &d->text, &g[n_gold])) n_gold++;
        else fprintf(stderr, "nestor: %s: gold passage not found: %s\n", r.id,
                     cli_json_text(m, "at"));
    }
    pair_up(g, n_gold, &d->events, ours, y->floor);
    score_report(y, d, g, n_gold, ours);
    y->reports++;
    free(g);
    free(ours);
    return true;
}

/* ---- the report on it -------------------------------------------------------------------- */

static void print_tally(const tally *y) {
    cli_score all = {y->found_typed, y->given, y->required};
    printf("%llu reports; level: mention\n", (unsigned long long)y->reports);
    cli_share_line("precision, type right", y->found_typed, y->given);
    cli_share_line("precision, found", y->found_any, y->given);
    cli_share_line("recall of required", y->required_found, y->required);
    double p = cli_precision(&all), r = y->required
        ? (double)y->required_found / (double)y->required : 0;
    printf("%-22s %.3f\n\nby type: precision of ours against all gold, recall of required gold\n",
           "F1",
           p + r > 0 ? 2 * p * r / (p + r) : 0);
    for (int t = 0; t < NST_N_TYPE; t++) {
        const cli_score *a = &y->type[t], *b = &y->need[t];
        double pl, ph, rl, rh;
        if (!a->given && !b->gold) continue;
        cli_wilson(a->right, a->given, &pl, &ph);
        cli_wilson(b->right, b->gold, &rl, &rh);
        printf("%-10s P %.3f [%.2f-%.2f] (%llu of %llu)  R %.3f [%.2f-%.2f] (%llu of %llu)\n",
               nst_type_name(t),
               cli_precision(a), pl, ph, (unsigned long long)a->right, (unsigned long long)a->given,
               cli_recall(b), rl, rh, (unsigned long long)b->right, (unsigned long long)b->gold);
    }
    printf("\nconfusion (gold: ours)\n");
    for (int t = 0; t < NST_N_TYPE; t++) {
        bool any = false;
        for (int k = 0; k <= NST_N_TYPE; k++) {
            if (!y->confusion[t][k] || k == t) continue;
            if (!any) printf("  %-10s", nst_type_name(t));
            any = true;
            printf(" %s %llu", k == NST_N_TYPE ? "missed" : nst_type_name(k),
                   (unsigned long long)y->confusion[t][k]);
        }
        if (any) putchar('\n');
    }
    printf("\nfields, among found mentions of the right type\n");
    cli_share_line("actor ids", y->actor.right, y->actor.n);
    cli_share_line("recipient ids", y->recipient.right, y->recipient.n);
    cli_share_line("actor and recipient", y->both.right, y->both.n);
    cli_share_line("mode", y->mode.right, y->mode.n);
    cli_share_line("modality", y->modality.right, y->modality.n);
    cli_share_line("first speaker", y->speaker.right, y->speaker.n);
    cli_share_line("date", y->date.right, y->date.n);
    cli_share_line("place", y->place.right, y->place.n);
}

int cli_eval_mentions(const cli_args *a) {
    nst_engine *engine;
    long floor, limit;
    if (!a->n_operands) return cli_usage(a, "name a gold file");
    if (!cli_int(a, "min-confidence", 0, 100, 0, &floor)) return CLI_USAGE;
    if (!cli_int(a, "limit", 1, 1000000, -1, &limit)) return CLI_USAGE;
    int code = cli_engine(a, &engine);
    if (code) return code;
    tally *y = calloc(1, sizeof *y);
    y->coder = nst_coder_new(engine);
    y->errors = cli_has(a, "errors");
    y->floor = (double)floor / 100;
    y->left = limit;
    for (int i = 0; i < a->n_operands && code == CLI_OK; i++)
        if (!cli_each_gold(a->operands[i], each_report, y)) code = CLI_REJECTED;
    print_tally(y);
    code = cli_eval_end((uint64_t)y->reports, "report with gold mentions", code);
    nst_coder_free(y->coder);
    free(y);
    nst_engine_close(engine);
    return code;
}
