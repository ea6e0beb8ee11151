/* cli_file.c - files of the user's that are not reports: gold, lines coded elsewhere, text forms.
 *
 * In: a path, "-" for standard input. Out: a stream, or all bytes. Idea: one place says why a file
 * cannot be had, in the same words for every command. Invariant: whoever gets nothing has been
 * told.
 */
#include <errno.h>
#include <sys/stat.h>

#include "cli.h"

/* "nestor: PATH: why" */
static void refuse(const char *path, int error) {
    const char *why = error == ENOENT   ? "there is no such file"
                      : error == EACCES ? "no permission to read it"
                      : error == EISDIR ? "it is a directory; name the files in it"
                                        : strerror(error);
    fprintf(stderr, "nestor: %s: %s\n", *path ? path : "''", why);
}

/* A directory opens like a file and only fails when read: it is refused here. */
FILE *cli_file(const char *path) {
    struct stat st;
    if (!strcmp(path, "-")) return stdin;
    FILE *f = fopen(path, "rb");
    if (f && fstat(fileno(f), &st) == 0 && !S_ISDIR(st.st_mode)) return f;
    refuse(path, f ? EISDIR : errno);
    if (f) fclose(f);
    return NULL;
}

void cli_file_close(FILE *f) {
    if (f && f != stdin) fclose(f);
}

/* The NUL lets text be searched with the functions of C strings. */
bool cli_slurp(const char *path, nst_writer *w) {
    char buf[65536];
    size_t n;
    FILE *f = cli_file(path);
    if (!f) return false;
    while ((n = fread(buf, 1, sizeof buf, f)) > 0) nst_put(w, (nst_str){buf, (uint32_t)n});
    int error = ferror(f) ? errno : 0;
    cli_file_close(f);
    nst_putc(w, 0);
    if (w->failed) error = ENOMEM;
    else w->n--;
    if (error) refuse(path, error);
    return !error;
}
