/* cli_main.c - nestor COMMAND: parses the line by the command's table and runs it.
 *
 * In: argv. Out: an exit code. The command's table is the single source of its flags; cli_help.c
 * tells them.
 */
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

/* ---- the parsed line --------------------------------------------------------------------- */

/* Index of an option in the command's table, -1 if it has none of that name. */
static int option_index(const cli_command *c, const char *name, size_t n) {
    for (int i = 0; c->options && c->options[i].name; i++)
        if (strlen(c->options[i].name) == n && !memcmp(c->options[i].name, name, n)) return i;
    return -1;
}

static int letter_index(const cli_command *c, char letter) {
    for (int i = 0; c->options && c->options[i].name; i++)
        if (c->options[i].letter == letter) return i;
    return -1;
}

const char *cli_get(const cli_args *a, const char *option) {
    int i = option_index(a->command, option, strlen(option));
    return i < 0 ? NULL : a->values[i];
}

bool cli_has(const cli_args *a, const char *option) { return cli_get(a, option) != NULL; }

/* Digits only: "4x" and "four" are errors, not 4 and 0. */
bool cli_int(const cli_args *a, const char *option, long low, long high, long fallback, long *out) {
    const char *z = cli_get(a, option);
    int64_t v;
    *out = fallback;
    if (!z) return true;
    if (nst_str_int(nst_str_c(z), &v) && v >= low && v <= high) {
        *out = (long)v;
        return true;
    }
    cli_usage(a, "--%s takes a whole number from %ld to %ld, not '%s'", option, low, high, z);
    return false;
}

/* Ends with where to look, and gives the exit code so that callers can return it. */
int cli_usage(const cli_args *a, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    fprintf(stderr, "nestor %s: ", a->command->name);
    vfprintf(stderr, fmt, ap);
    fprintf(stderr, "\nTry 'nestor %s --help'.\n", a->command->name);
    va_end(ap);
    return CLI_USAGE;
}

/* ---- world ------------------------------------------------------------------------------- */

double cli_clock(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

bool cli_is_terminal(int fd) { return isatty(fd) != 0; }

/* COLUMNS wins, so that output can be fitted from outside; scripts and pipes have no width. */
int cli_width(void) {
    struct winsize w;
    const char *columns = getenv("COLUMNS");
    if (columns && atoi(columns) > 20) return atoi(columns);
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 20) return w.ws_col;
    return 0;
}

bool cli_print(const char *p, size_t n) {
    return n == 0 || fwrite(p, 1, n, stdout) == n;
}

/* Byte 0 is told for files only: elsewhere it means that nobody has filled it in. */
void cli_complain(const nst_err *e) {
    fprintf(stderr, "nestor: ");
    if (e->file[0]) fprintf(stderr, "%s: ", e->file);
    if (e->line) fprintf(stderr, "line %llu: ", (unsigned long long)e->line);
    if (e->byte != UINT64_MAX && (e->byte || e->line || e->file[0]))
        fprintf(stderr, "byte %llu: ", (unsigned long long)e->byte);
    fprintf(stderr, "%s\n", e->message);
}

/* The one place where statuses become exit codes. */
int cli_exit_of(nst_status st) {
    switch (st) {
    case NST_OK: return CLI_OK;
    case NST_REJECTED: case NST_SKIPPED: return CLI_REJECTED;
    case NST_EMODEL: return CLI_MODEL;
    case NST_EUSE: return CLI_USAGE;
    case NST_ECHRONICLE: return CLI_CHRONICLE;
    default: return CLI_WORLD;
    }
}

/* What is wrong in the user's own files is told, row by row; the rest of them is used. */
int cli_engine(const cli_args *a, nst_engine **out) {
    nst_options o = {.model = cli_get(a, "model"), .actors = cli_get(a, "actors"),
        .lexicon = cli_get(a, "lexicon")};
    nst_err e = {.byte = UINT64_MAX};
    nst_status st = nst_engine_open(&o, out, &e);
    if (st) {
        cli_complain(&e);
        return cli_exit_of(st);
    }
    if (*nst_engine_notes(*out)) fputs(nst_engine_notes(*out), stderr);
    return CLI_OK;
}

/* The date is looked at here, once, and not at every report. */
bool cli_read_options(const cli_args *a, nst_read_options *out) {
    const char *input = cli_get(a, "input");
    nst_day first, last;
    *out = (nst_read_options){.date = cli_get(a, "date"), .source = cli_get(a, "source")};
    if (out->date && !nst_day_parse(nst_str_c(out->date), &first, &last)) {
        cli_usage(a, "--date takes YYYY-MM-DD, not '%s'", out->date);
        return false;
    }
    if (input) out->format = !strcmp(input, "jsonl") ? NST_FORMAT_JSONL : NST_FORMAT_TEXT;
    return true;
}

/* A refused report is said and passed over: one bad line must not cost the others. */
int cli_each_report(const char *path, const nst_read_options *o, cli_report_fn *each,
                    void *context) {
    nst_reader *reader;
    nst_report rep;
    nst_err e = {.byte = UINT64_MAX};
    nst_read_result got;
    int code = CLI_OK;
    if (nst_read_open(path, o, &reader, &e)) {
        cli_complain(&e);
        return CLI_WORLD;
    }
    while ((got = nst_read_next(reader, &rep, &e)) != NST_READ_END) {
        int one = CLI_REJECTED;
        if (got == NST_READ_REJECTED) cli_complain(&e);
        else one = each(context, &rep);
        if (one) code = one;
        e = (nst_err){.byte = UINT64_MAX};
    }
    nst_read_close(reader);
    return code;
}

/* ---- parsing ----------------------------------------------------------------------------- */

/* Is `value` one of the words of "a|b|c"? Anything goes where `arg` is no such list. */
static bool choice_ok(const char *arg, const char *value) {
    nst_str rest = nst_str_c(arg), word;
    if (!strchr(arg, '|')) return true;
    while (nst_str_split(&rest, '|', &word))
        if (nst_str_is(word, value)) return true;
    return false;
}

/* Says that there is no such option, and which one may be meant. */
static void no_option(const cli_args *a, const char *z) {
    char typed[40];
    snprintf(typed, sizeof typed, "%.*s", (int)strcspn(z + 2, "="), z + 2);
    cli_nearest n = {.typed = z[1] == '-' ? typed : ""};
    for (int i = 0; a->command->options && a->command->options[i].name; i++)
        cli_consider(&n, a->command->options[i].name);
    if (n.name) cli_usage(a, "no option '%s'; did you mean --%s?", z, n.name);
    else cli_usage(a, "no option '%s'", z);
}

/* Takes the option at argv[*i]; false after saying what is wrong. */
static bool take_option(cli_args *a, int argc, char **argv, int *i) {
    const char *z = argv[*i], *value = NULL;
    int k;
    if (z[1] == '-') {
        const char *eq = strchr(z, '=');
        k = option_index(a->command, z + 2, eq ? (size_t)(eq - z - 2) : strlen(z + 2));
        if (eq) value = eq + 1;
    } else {
        k = letter_index(a->command, z[1]);
        if (z[2]) value = z + 2;
    }
    if (k < 0) return no_option(a, z), false;
    const cli_option *o = &a->command->options[k];
    if (!o->arg) {
        if (value) return cli_usage(a, "--%s takes no value", o->name), false;
        value = "";
    } else if (!value) {
        if (*i + 1 >= argc) return cli_usage(a, "--%s needs a value (%s)", o->name, o->arg), false;
        value = argv[++*i];
    }
    if (o->arg && !choice_ok(o->arg, value))
        return cli_usage(a, "--%s is one of %s, not '%s'", o->name, o->arg, value), false;
    a->values[k] = value;
    return true;
}

/* Is this a word of a question that begins with a minus: -modality:future, -"two words"? */
static bool negative_word(const cli_command *c, const char *z) {
    size_t n = strspn(z + 1, "abcdefghijklmnopqrstuvwxyz-");
    return strstr(c->operands, "QUESTION") && z[1] != '-' &&
        (z[1] == '"' || (n > 1 && z[n + 1] == ':'));
}

enum { HELP_SHOWN = -1 };

/* Parses options and operands in any order; "--" ends options. Operands are moved to the front. */
static int parse(cli_args *a, int argc, char **argv) {
    bool options = true;
    a->operands = argv;
    for (int i = 0; i < argc; i++) {
        if (options && !strcmp(argv[i], "--")) options = false;
        else if (options && (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h"))) {
            cli_help_command(a->command);
            return HELP_SHOWN;
        } else if (options && argv[i][0] == '-' && argv[i][1] &&
                   !negative_word(a->command, argv[i])) {
            if (!take_option(a, argc, argv, &i)) return CLI_USAGE;
        } else {
            a->operands[a->n_operands++] = argv[i];
        }
    }
    return CLI_OK;
}

/* The command that the line names, or what stands in a command's place. */
static int run(int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "help";
    if (argc < 2) return cli_help(NULL), CLI_USAGE;
    if (!strcmp(name, "--version") || !strcmp(name, "-V") || !strcmp(name, "version"))
        return printf("nestor %s\n", NST_VERSION), CLI_OK;
    if (!strcmp(name, "help") || !strcmp(name, "--help") || !strcmp(name, "-h"))
        return cli_help(argc > 2 ? argv[2] : NULL);
    cli_args a = {.command = cli_find_command(name)};
    if (!a.command) return cli_no_command(name);
    int code = parse(&a, argc - 2, argv + 2);
    if (code == HELP_SHOWN) return CLI_OK;
    return code ? code : a.command->run(&a);
}

/* A disk that is full shows only when the buffer is flushed: so it is looked at here, for all
 * commands. */
int main(int argc, char **argv) {
    /* a closed pipe ends the program quietly, as users expect */
    signal(SIGPIPE, SIG_DFL);
    int code = run(argc, argv);
    if (fflush(stdout) == 0 && !ferror(stdout)) return code;
    fprintf(stderr, "nestor: cannot write to standard output; is the disk full?\n");
    return CLI_WORLD;
}
