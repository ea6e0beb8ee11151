/* cli_lexicon.c - nestor lexicon TERM: what a word can code, with examples. */
#include "cli.h"
#include "lexicon.h"

static const cli_option options[] = {
    {"format", 'f', "table|csv|tsv|md", "default: table"},
    {"lexicon", 0, "FILE", "your own lexicon file; its frames win"},
    {0},
};

static const char *const titles[] = {"word", "codes", "who", "when", "example"};

/* One row: the word, what it codes, where actor and recipient stand, its conditions, its example. */
static void frame_row(const nst_frame *f, cli_table *t) {
    nst_writer w = {0};
    nst_putf(&w, "%.*s.%c%s", (int)f->lemma.n, f->lemma.p, f->pos, f->user ? " (yours)" : "");
    cli_cell(t, (nst_str){w.p, (uint32_t)w.n});
    w.n = 0;
    nst_putz(&w, f->type == NST_T_NONE ? "no act" : nst_type_name(f->type));
    for (int i = 0; i < NST_N_MODE; i++)
        if (f->modes >> i & 1) nst_putf(&w, " %s", nst_mode_name(i));
    cli_cell(t, (nst_str){w.p, (uint32_t)w.n});
    w.n = 0;
    cli_cell(t, f->slots_text);
    cli_cell(t, f->n_conditions ? f->when_text : NST_S("always"));
    cli_cell(t, f->example);
    nst_writer_free(&w);
}

/* Does the frame belong to the term: its head, or its whole lemma ("cut off")? */
static bool fits(const nst_frame *f, nst_str term) {
    if (nst_str_ieq(f->head, term)) return true;
    if (f->lemma.n != term.n) return false;
    for (uint32_t i = 0; i < term.n; i++)
        if (f->lemma.p[i] != term.p[i] && !(f->lemma.p[i] == '_' && term.p[i] == ' ')) return false;
    return true;
}

static int run_lexicon(const cli_args *a) {
    static const int widths[] = {16, 20, 16, 32, 32};
    nst_err e = {0};
    nst_writer notes = {0}, out = {0};
    const char *format = cli_get(a, "format");
    if (!a->n_operands) return cli_usage(a, "name a word: nestor lexicon expel");
    nst_lexicon *l = nst_lexicon_load(cli_get(a, "lexicon"), &notes, &e);
    if (!l) {
        cli_complain(&e);
        return cli_exit_of(e.code);
    }
    if (notes.n) fputs(notes.p, stderr);
    cli_table t = {5, titles, widths, {0}, 0};
    nst_put(&t.cells, NST_S(""));
    for (int k = 0; k < a->n_operands; k++)
        for (uint32_t i = 0; i < l->n_frames; i++)
            if (fits(&l->frames[i], nst_str_c(a->operands[k]))) frame_row(&l->frames[i], &t);
    int f = !format || !strcmp(format, "table") ? CLI_TABLE : !strcmp(format, "csv") ? CLI_CSV
          : !strcmp(format, "tsv") ? CLI_TSV : CLI_MD;
    bool any = t.cells.n > 0;
    if (any) cli_table_print(&t, f, &out);
    if (any) cli_print(out.p, out.n);
    if (any && f == CLI_TABLE) printf("%u frames\n", t.n_rows);
    if (!any) printf("no frame begins with this word\n");
    nst_writer_free(&t.cells);
    nst_writer_free(&out);
    nst_writer_free(&notes);
    nst_lexicon_close(l);
    return any ? CLI_OK : CLI_REJECTED;
}

const cli_command cli_lexicon = {"lexicon", "WORD...", "what a word can code, with an example of each frame",
    "Prints the frames of the event lexicon whose trigger is the word (its base form): what each codes, where\n"
    "actor (A) and recipient (R) stand, the conditions that must hold, and its example with actor [..]A and\n"
    "recipient [..]R. The frame with most conditions wins. Format: data/lexicon/FORMAT.md.\n\n"
    "Examples\n"
    "  nestor lexicon expel\n"
    "  nestor lexicon 'cut off' sanction\n"
    "  nestor lexicon --lexicon my.tsv gronk\n", options, run_lexicon};
