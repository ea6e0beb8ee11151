/* cli_parse.c - nestor parse: sentences, tokens, tags, trees and names as CoNLL-U.
 *
 * In: reports, or CoNLL-U. Out: CoNLL-U on standard output, one document after the other.
 */
#include <stdlib.h>

#include "cli.h"

static const cli_option options[] = {
    {"entities", 'e', NULL, "names too, as Entity=(KIND ... KIND) in the last column"},
    {"conllu", 0, NULL, "the input is CoNLL-U: keep its sentences and words, parse them anew"},
    {"as-is", 0, NULL, "with --conllu: keep tags and trees too; only check and rewrite"},
    CLI_READ_OPTIONS,
    CLI_ENGINE_OPTIONS,
    {0},
};

/* Prints the document the coder has been started on. */
static int print_started(nst_coder *c, nst_status st, const cli_args *a, nst_err *e) {
    nst_writer w = {0};
    if (!st) st = nst_coder_reach(c, NST_LEVEL_PARSE, e);
    if (st) {
        cli_complain(e);
        return cli_exit_of(st);
    }
    const nst_doc *d = nst_coder_doc(c);
    nst_putf(&w, "# newdoc id = %s\n", d->report.id ? d->report.id : "-");
    nst_parse_dump(&d->parse, cli_has(a, "entities"), &w);
    bool ok = !w.failed && cli_print(w.p, w.n);
    nst_writer_free(&w);
    return ok ? CLI_OK : CLI_WORLD;
}

/* A whole CoNLL-U file as one document. */
static int parse_conllu(nst_coder *c, const char *path, const cli_args *a) {
    nst_err e = {.byte = UINT64_MAX};
    snprintf(e.file, sizeof e.file, "%s", path);
    nst_writer w = {0};
    if (!cli_slurp(path, &w)) return CLI_REJECTED;
    nst_status st = nst_coder_start_conllu(c, (nst_str){w.p, (uint32_t)w.n}, NULL, &e);
    if (!st && !cli_has(a, "as-is")) nst_coder_keep_words(c);
    int code = print_started(c, st, a, &e);
    nst_writer_free(&w);
    return code;
}

/* Every report of one file. */
static int parse_file(nst_coder *c, const char *path, const nst_read_options *o,
                      const cli_args *a) {
    nst_reader *reader;
    nst_report rep;
    nst_err e = {.byte = UINT64_MAX};
    nst_read_result got;
    int worst = CLI_OK;
    if (nst_read_open(path, o, &reader, &e)) {
        cli_complain(&e);
        return CLI_WORLD;
    }
    while ((got = nst_read_next(reader, &rep, &e)) != NST_READ_END) {
        int code = CLI_REJECTED;
        if (got == NST_READ_REJECTED) cli_complain(&e);
        else code = print_started(c, nst_coder_start(c, &rep, &e), a, &e);
        if (code > worst) worst = code;
        e = (nst_err){.byte = UINT64_MAX};
    }
    nst_read_close(reader);
    return worst;
}

static int run_parse(const cli_args *a) {
    nst_engine *engine;
    nst_read_options o;
    if (!a->n_operands) return cli_usage(a, "name at least one file, or - for standard input");
    if (!cli_read_options(a, &o)) return CLI_USAGE;
    int code = cli_engine(a, &engine), worst = CLI_OK;
    if (code) return code;
    nst_coder *c = nst_coder_new(engine);
    if (!c) worst = CLI_WORLD;
    for (int i = 0; c && i < a->n_operands; i++) {
        code = cli_has(a, "conllu") ? parse_conllu(c, a->operands[i], a)
                                    : parse_file(c, a->operands[i], &o, a);
        if (code > worst) worst = code;
    }
    nst_coder_free(c);
    nst_engine_close(engine);
    return worst;
}

const cli_command cli_parse = {
    "parse",
    "FILE...",
    "sentences, tags, trees and names as CoNLL-U",
    "Reads reports and prints them in CoNLL-U: word, lemma, UPOS, Penn tag, features, head, "
    "relation, in\n"
    "the scheme of Universal Dependencies. Offsets follow from `# text` and SpaceAfter.\n\n"
    "Examples\n"
    "  nestor parse story.txt\n"
    "  nestor parse --entities --model accurate story.txt\n"
    "  nestor parse --conllu --as-is treebank.conllu\n",
    options,
    run_parse};
