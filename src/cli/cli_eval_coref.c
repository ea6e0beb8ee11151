/* cli_eval_coref.c - scores pronouns against GAP (Webster et al. 2018, "Mind the GAP").
 *
 * In: GAP's table (ID, Text, Pronoun, offset, A, offset, coref, B, offset, coref, URL). Out:
 * precision, recall and F1 of "the pronoun stands for this name" over both names, overall and by
 * gender. Rule: a name is given when one of its words leads to an entity mention of the pronoun's
 * chain. Nothing of the URL is used.
 */
#include <stdlib.h>

#include "cli_eval.h"

typedef struct coref_tally {
    nst_coder *coder;
    bool errors;
    cli_score all, masculine, feminine;
    uint64_t rows, no_pronoun;
} coref_tally;

/* Byte offset of the n-th code point. */
static uint32_t byte_of(const char *s, long n) {
    uint32_t i = 0;
    for (; s[i] && n > 0; n--)
        for (i++; ((unsigned char)s[i] & 0xC0) == 0x80; i++) {}
    return i;
}

/* Does a word in [start, end) lead to an entity mention of the chain? */
static bool in_chain(const nst_doc *d, uint32_t start, uint32_t end, uint32_t chain) {
    for (uint32_t t = 0; t < d->text.n_tokens; t++) {
        uint32_t a = d->entities.actor_at[t];
        if (a == NST_ROOT || d->text.tokens[t].start < start || d->text.tokens[t].end > end)
            continue;
        if (d->entities.actors[a].span.field == NST_FIELD_TEXT &&
            d->entities.actors[a].chain == chain) return true;
    }
    return false;
}

/* The mention of a pronoun at a byte; NULL if there is none. */
static const nst_actor *pronoun_at(const nst_doc *d, uint32_t byte) {
    for (uint32_t i = 0; i < d->entities.n_actors; i++) {
        const nst_actor *a = &d->entities.actors[i];
        if (a->span.field == NST_FIELD_TEXT && d->text.tokens[a->head].start == byte) return a;
    }
    return NULL;
}

/* Scores one row; cells as in the file. */
static void score_row(coref_tally *y, char *cell[11]) {
    nst_err e = {0};
    nst_report r = {.id = cell[0], .text = cell[1], .text_len = strlen(cell[1])};
    if (nst_coder_start(y->coder, &r, &e) || nst_coder_reach(y->coder, NST_LEVEL_ENTITIES, &e)) {
        cli_complain(&e);
        return;
    }
    const nst_doc *d = nst_coder_doc(y->coder);
    const nst_actor *p = pronoun_at(d, byte_of(cell[1], atol(cell[3])));
    bool fem = strchr("sShH", cell[2][0]) && (cell[2][1] == 'h' || cell[2][1] == 'e') &&
               strcmp(cell[2], "he") && strcmp(cell[2], "He");
    cli_score *by = fem ? &y->feminine : &y->masculine;
    y->rows++;
    y->no_pronoun += !p;
    for (int k = 0; k < 2; k++) {
        uint32_t at = byte_of(cell[1], atol(cell[5 + 3 * k]));
        bool gold = !strcmp(cell[6 + 3 * k], "TRUE");
        bool ours = p && in_chain(d, at, at + (uint32_t)strlen(cell[4 + 3 * k]), p->chain);
        y->all.given += ours, by->given += ours;
        y->all.gold += gold, by->gold += gold;
        y->all.right += ours && gold, by->right += ours && gold;
        if (y->errors && ours != gold) {
            nst_str at_text = {0};
            if (p && p->n_antecedent)
                at_text = nst_text_span(&d->text, d->entities.actors[p->antecedent[0]].span);
            printf("%s %s '%s' at %s, %s %s; ours: %.*s\n", gold ? "MISSED" : "FALSE ", cell[0],
                   cell[2],
                   cell[3], k ? "B" : "A", cell[4 + 3 * k], (int)at_text.n,
                   at_text.p ? at_text.p : "");
        }
    }
}

/* Scores every row of a GAP table. */
static int score_table(coref_tally *y, const char *path, long limit) {
    static char line[65536];
    FILE *f = cli_file(path);
    if (!f) return CLI_REJECTED;
    while (fgets(line, sizeof line, f) && limit) {
        char *cell[11], *rest = line;
        int n = 0;
        for (; n < 11 && rest; n++) {
            cell[n] = rest;
            rest = strpbrk(rest, "\t\n");
            if (rest) *rest++ = 0;
        }
        if (n < 11 || !strcmp(cell[0], "ID")) continue;
        score_row(y, cell);
        limit--;
    }
    cli_file_close(f);
    return CLI_OK;
}

int cli_eval_coref(const cli_args *a) {
    nst_engine *engine;
    long limit;
    if (!a->n_operands) return cli_usage(a, "name a GAP table");
    if (!cli_int(a, "limit", 1, 1000000, -1, &limit)) return CLI_USAGE;
    int code = cli_engine(a, &engine);
    if (code) return code;
    coref_tally y = {.coder = nst_coder_new(engine), .errors = cli_has(a, "errors")};
    for (int i = 0; i < a->n_operands && code == CLI_OK; i++)
        code = score_table(&y, a->operands[i], limit);
    printf("%llu pronouns, %llu of them not seen as such; level: pronoun and name\n",
           (unsigned long long)y.rows, (unsigned long long)y.no_pronoun);
    cli_score_line("masculine", &y.masculine);
    cli_score_line("feminine", &y.feminine);
    cli_score_line("all", &y.all);
    nst_coder_free(y.coder);
    nst_engine_close(engine);
    return cli_eval_end(y.rows, "row of GAP's table", code);
}
