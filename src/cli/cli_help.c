/* cli_help.c - what the tables of the commands say: help, man page, completion, what was meant.
 *
 * In: commands.def and each command's table. Out: text on standard output. Idea: nothing about a
 * command is written twice; a word that is none of ours gets the nearest one that is.
 */
#include "cli.h"

static const cli_command *const commands[] = {
#define COMMAND(name) &cli_##name,
#include "commands.def"
};
#define N_COMMANDS (sizeof commands / sizeof *commands)

static const char exit_text[] =
    "Exit codes\n"
    "  0    done\n"
    "  1    done, but some input was rejected, or a check found differences\n"
    "  2    the command line is wrong\n"
    "  3    disk, memory or network trouble\n"
    "  4    a model or data file is missing or damaged\n"
    "  5    the chronicle cannot be opened or changed\n"
    "  130  interrupted (Ctrl-C); what was finished is kept\n";

const cli_command *cli_find_command(const char *name) {
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (!strcmp(commands[i]->name, name)) return commands[i];
    return NULL;
}

/* ---- what was meant ---------------------------------------------------------------------- */

enum { MAX_WORD = 31 };

/* Insertions, deletions, replacements and swaps of neighbours that turn a into b (optimal string
 * alignment, Damerau 1964). Both have MAX_WORD bytes at most. */
static int distance(const char *a, const char *b) {
    int row[3][MAX_WORD + 1], n = (int)strlen(a), m = (int)strlen(b);
    int *before = row[0], *last = row[1], *now = row[2];
    for (int k = 0; k <= m; k++) last[k] = k;
    for (int i = 1; i <= n; i++) {
        now[0] = i;
        for (int k = 1; k <= m; k++) {
            int best = last[k - 1] + (a[i - 1] != b[k - 1]);
            if (last[k] + 1 < best) best = last[k] + 1;
            if (now[k - 1] + 1 < best) best = now[k - 1] + 1;
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1] &&
                before[k - 2] < best)
                best = before[k - 2] + 1;
            now[k] = best;
        }
        int *free_row = before;
        before = last, last = now, now = free_row;
    }
    return last[m];
}

/* What was typed may be the beginning of a name, or be an edit or two away; longer words may be
 * further. */
void cli_consider(cli_nearest *n, const char *name) {
    size_t typed = strlen(n->typed);
    if (!typed || typed > MAX_WORD || strlen(name) > MAX_WORD) return;
    int d = !strncmp(name, n->typed, typed) ? 0 : distance(n->typed, name);
    if (d > (int)(typed + 2) / 4 + (typed > 2) || (n->name && d >= n->distance)) return;
    n->name = name;
    n->distance = d;
}

/* With the usage code, as for any other wrong line. */
int cli_no_command(const char *typed) {
    cli_nearest n = {.typed = typed};
    for (size_t i = 0; i < N_COMMANDS; i++) cli_consider(&n, commands[i]->name);
    fprintf(stderr, "nestor: no command '%s'.", typed);
    if (n.name) fprintf(stderr, " Did you mean '%s'?", n.name);
    fprintf(stderr, " Try 'nestor --help'.\n");
    return CLI_USAGE;
}

/* ---- help -------------------------------------------------------------------------------- */

enum { HELP_COLUMN = 33 };

/* The left column of an option: "-j, --jobs N". */
static void option_head(const cli_option *o, char *buf, size_t n) {
    char letter[8] = "    ";
    if (o->letter) snprintf(letter, sizeof letter, "-%c, ", o->letter);
    snprintf(buf, n, "  %s--%s%s%s", letter, o->name, o->arg ? " " : "", o->arg ? o->arg : "");
}

/* Words from HELP_COLUMN on, in lines that fit; `at` is where the line stands now. */
static void wrapped(const char *words, int at) {
    int width = cli_width() ? cli_width() : 100;
    if (width < HELP_COLUMN + 20) width = HELP_COLUMN + 20;
    if (at >= HELP_COLUMN) at = (putchar('\n'), 0);
    printf("%*s", HELP_COLUMN - at, "");
    at = HELP_COLUMN;
    while (*words) {
        int n = (int)strcspn(words, " ");
        if (at > HELP_COLUMN && at + 1 + n > width) printf("\n%*s", at = HELP_COLUMN, "");
        else if (at > HELP_COLUMN) at += (putchar(' '), 1);
        printf("%.*s", n, words);
        at += n;
        words += n + strspn(words + n, " ");
    }
    putchar('\n');
}

/* Text and examples are printed as they stand; only the options' help is fitted to the terminal. */
void cli_help_command(const cli_command *c) {
    printf("%s - %s\n\nUsage: nestor %s [options]%s%s\n\n%s\nOptions\n", c->name, c->summary,
           c->name,
           *c->operands ? " " : "", c->operands, c->text);
    for (int i = 0; c->options && c->options[i].name; i++) {
        char head[120];
        option_head(&c->options[i], head, sizeof head);
        fputs(head, stdout);
        wrapped(c->options[i].help, (int)strlen(head));
    }
    fputs("      --help", stdout);
    wrapped("this text", 12);
}

/* Shown to whoever types nothing, so it has to fit a screen. */
static void help_all(void) {
    printf("nestor %s - who did what to whom, when, where, and who says so\n\n"
           "Usage: nestor COMMAND [options] [operands]\n\nCommands\n", NST_VERSION);
    for (size_t i = 0; i < N_COMMANDS; i++)
        printf("  %-10s %s\n", commands[i]->name, commands[i]->summary);
    printf("  %-10s %s\n", "help", "this text; 'nestor help COMMAND', --man, --completion, exit");
    printf("\nExamples\n"
           "  nestor code samples/*.txt                 a table of acts and of who says so\n"
           "  nestor code --format jsonl report.txt     the same as JSON Lines\n"
           "  nestor explain report.txt                 how each sentence was read\n\n%s",
           exit_text);
}

/* Text for roff: backslashes doubled, no line begins with one of its control characters. */
static void roff(const char *z) {
    for (bool first = true; *z; first = *z++ == '\n') {
        if (first && (*z == '.' || *z == '\'')) fputs("\\&", stdout);
        if (*z == '\\') putchar('\\');
        putchar(*z);
    }
}

/* The manual page in roff (man 7), from the tables. */
static void help_man(void) {
    printf(".TH NESTOR 1 \"\" \"nestor %s\"\n.SH NAME\nnestor \\- code news reports into attributed "
           "events\n.SH SYNOPSIS\n.B nestor\nCOMMAND [options] [operands]\n.SH COMMANDS\n",
           NST_VERSION);
    for (size_t i = 0; i < N_COMMANDS; i++) {
        const cli_command *c = commands[i];
        printf(".SS \"nestor %s [options] %s\"\n%s.\n.PP\n.nf\n", c->name, c->operands, c->summary);
        roff(c->text);
        printf("\n.fi\n");
        for (int k = 0; c->options && c->options[k].name; k++) {
            printf(".TP\n\\-\\-%s %s\n", c->options[k].name,
                   c->options[k].arg ? c->options[k].arg : "");
            roff(c->options[k].help);
            putchar('\n');
        }
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

/* "help help" and "help --help" are what people try. */
int cli_help(const char *about) {
    if (!about || !strcmp(about, "--help") || !strcmp(about, "help")) help_all();
    else if (!strcmp(about, "--man")) help_man();
    else if (!strcmp(about, "--completion")) help_completion();
    else if (!strcmp(about, "exit")) fputs(exit_text, stdout);
    else if (cli_find_command(about)) cli_help_command(cli_find_command(about));
    else return cli_no_command(about);
    return CLI_OK;
}
