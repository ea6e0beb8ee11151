/* cli_main.c - nestor COMMAND: parses the line by the command's table, runs it, prints help.
 *
 * In: argv. Out: an exit code. The tables are the single source of flags, --help, the man page
 * (`nestor help --man`) and shell completion (`nestor help --completion`).
 */
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

static const cli_command *const commands[] = {
#define COMMAND(name) &cli_##name,
#include "commands.def"
};
#define N_COMMANDS (sizeof commands / sizeof *commands)

static const char exit_text[] =
    "Exit codes\n"
    "  0  done\n"
    "  1  done, but some input was rejected, or a check found differences\n"
    "  2  the command line is wrong\n"
    "  3  disk, memory or network trouble\n"
    "  4  a model or data file is missing or damaged\n"
    "  5  the chronicle cannot be opened or changed\n";

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

int cli_width(void) {
    struct winsize w;
    const char *columns = getenv("COLUMNS");
    if (columns && atoi(columns) > 20) return atoi(columns);
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 20) return w.ws_col;
    return 100;
}

bool cli_print(const char *p, size_t n) {
    return n == 0 || fwrite(p, 1, n, stdout) == n;
}

void cli_complain(const nst_err *e) {
    fprintf(stderr, "nestor: ");
    if (e->file[0]) fprintf(stderr, "%s: ", e->file);
    if (e->line) fprintf(stderr, "line %llu: ", (unsigned long long)e->line);
    if (e->byte != UINT64_MAX && (e->byte || e->line))
        fprintf(stderr, "byte %llu: ", (unsigned long long)e->byte);
    fprintf(stderr, "%s\n", e->message);
}

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

int cli_engine(const cli_args *a, nst_engine **out) {
    nst_options o = {.model = cli_get(a, "model"), .actors = cli_get(a, "actors"),
        .lexicon = cli_get(a, "lexicon")};
    nst_err e = {0};
    nst_status st = nst_engine_open(&o, out, &e);
    if (st) {
        cli_complain(&e);
        return cli_exit_of(st);
    }
    if (*nst_engine_notes(*out)) fputs(nst_engine_notes(*out), stderr);
    return CLI_OK;
}

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

int cli_each_report(const char *path, const nst_read_options *o, cli_report_fn *each, void *context) {
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

/* ---- help -------------------------------------------------------------------------------- */

/* The left column of an option: "-j, --jobs N". */
static void option_head(const cli_option *o, char *buf, size_t n) {
    char letter[8] = "    ";
    if (o->letter) snprintf(letter, sizeof letter, "-%c, ", o->letter);
    snprintf(buf, n, "  %s--%s%s%s", letter, o->name, o->arg ? " " : "", o->arg ? o->arg : "");
}

static void help_command(const cli_command *c) {
    printf("%s - %s\n\nUsage: nestor %s [options] %s\n\n%s\n", c->name, c->summary, c->name,
           c->operands, c->text);
    if (c->options && c->options[0].name) printf("Options\n");
    for (int i = 0; c->options && c->options[i].name; i++) {
        char head[80];
        option_head(&c->options[i], head, sizeof head);
        printf("%-32s %s\n", head, c->options[i].help);
    }
    printf("      --help%20s this text\n", "");
}

static void help_all(void) {
    printf("nestor %s - who did what to whom, when, where, and who says so\n\n"
           "Usage: nestor COMMAND [options] [operands]\n\nCommands\n", NST_VERSION);
    for (size_t i = 0; i < N_COMMANDS; i++)
        printf("  %-10s %s\n", commands[i]->name, commands[i]->summary);
    printf("  %-10s %s\n", "help", "this text; 'nestor help COMMAND', --man, --completion, exit");
    printf("\nExamples\n"
           "  nestor code samples/*.txt                 a table of acts and of who says so\n"
           "  nestor code --format jsonl report.txt     the same as JSON Lines\n"
           "  nestor explain report.txt                 how each sentence was read\n\n%s", exit_text);
}

/* The manual page in roff (man 7), from the tables. */
static void help_man(void) {
    printf(".TH NESTOR 1 \"\" \"nestor %s\"\n.SH NAME\nnestor \\- code news reports into attributed "
           "events\n.SH SYNOPSIS\n.B nestor\nCOMMAND [options] [operands]\n.SH COMMANDS\n", NST_VERSION);
    for (size_t i = 0; i < N_COMMANDS; i++) {
        const cli_command *c = commands[i];
        printf(".SS \"nestor %s [options] %s\"\n%s.\n.PP\n.nf\n%s\n.fi\n", c->name, c->operands,
               c->summary, c->text);
        for (int k = 0; c->options && c->options[k].name; k++)
            printf(".TP\n\\-\\-%s %s\n%s\n", c->options[k].name,
                   c->options[k].arg ? c->options[k].arg : "", c->options[k].help);
    }
    printf(".SH \"EXIT STATUS\"\n.nf\n%s.fi\n", exit_text);
}

/* Completion for bash, from the tables. */
static void help_completion(void) {
    printf("# bash completion for nestor; source it or install it as completions/nestor\n_nestor() {\n"
           "    local cur=${COMP_WORDS[COMP_CWORD]} cmd=${COMP_WORDS[1]}\n"
           "    if [ \"$COMP_CWORD\" = 1 ]; then\n        COMPREPLY=($(compgen -W \"");
    for (size_t i = 0; i < N_COMMANDS; i++) printf("%s ", commands[i]->name);
    printf("help\" -- \"$cur\"))\n        return\n    fi\n    case $cmd in\n");
    for (size_t i = 0; i < N_COMMANDS; i++) {
        printf("    %s) words=\"--help", commands[i]->name);
        for (int k = 0; commands[i]->options && commands[i]->options[k].name; k++)
            printf(" --%s", commands[i]->options[k].name);
        printf("\" ;;\n");
    }
    printf("    *) words= ;;\n    esac\n    case $cur in\n"
           "    -*) COMPREPLY=($(compgen -W \"$words\" -- \"$cur\")) ;;\n"
           "    *) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n    esac\n}\n"
           "complete -o filenames -F _nestor nestor\n");
}

/* The command of that name, or NULL. */
static const cli_command *find(const char *name) {
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (!strcmp(commands[i]->name, name)) return commands[i];
    return NULL;
}

static int help(int argc, char **argv) {
    if (argc < 1) help_all();
    else if (!strcmp(argv[0], "--man")) help_man();
    else if (!strcmp(argv[0], "--completion")) help_completion();
    else if (!strcmp(argv[0], "exit")) fputs(exit_text, stdout);
    else if (find(argv[0])) help_command(find(argv[0]));
    else {
        fprintf(stderr, "nestor: no command '%s'. Try 'nestor --help'.\n", argv[0]);
        return CLI_USAGE;
    }
    return CLI_OK;
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
    if (k < 0) return cli_usage(a, "no option '%s'", z), false;
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
    return strstr(c->operands, "QUESTION") && z[1] != '-' && (z[1] == '"' || (n > 1 && z[n + 1] == ':'));
}

/* Parses options and operands in any order; "--" ends options. Operands are moved to the front. */
static int parse(cli_args *a, int argc, char **argv) {
    bool options = true;
    a->operands = argv;
    for (int i = 0; i < argc; i++) {
        if (options && !strcmp(argv[i], "--")) options = false;
        else if (options && (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h"))) {
            help_command(a->command);
            exit(CLI_OK);
        } else if (options && argv[i][0] == '-' && argv[i][1] && !negative_word(a->command, argv[i])) {
            if (!take_option(a, argc, argv, &i)) return CLI_USAGE;
        } else {
            a->operands[a->n_operands++] = argv[i];
        }
    }
    return CLI_OK;
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_DFL);            /* a closed pipe ends the program quietly, as users expect */
    if (argc < 2) {
        help_all();
        return CLI_USAGE;
    }
    if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "version")) {
        printf("nestor %s\n", NST_VERSION);
        return CLI_OK;
    }
    if (!strcmp(argv[1], "help") || !strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))
        return help(argc - 2, argv + 2);
    cli_args a = {.command = find(argv[1])};
    if (!a.command) {
        fprintf(stderr, "nestor: no command '%s'. Try 'nestor --help'.\n", argv[1]);
        return CLI_USAGE;
    }
    int code = parse(&a, argc - 2, argv + 2);
    if (code == CLI_OK) code = a.command->run(&a);
    if (fflush(stdout) != 0 && code == CLI_OK) {
        fprintf(stderr, "nestor: cannot write to standard output\n");
        code = CLI_WORLD;
    }
    return code;
}
