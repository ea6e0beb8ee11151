/* mkactors.c - the actor files to the compiled knowledge base; also their checker.
 *
 *     mkactors [-o BLOCK -t TEXT] FILE.tsv ...
 *
 * In: data/actors. Out: the block that src/entities reads in place, the same rows as text (for
 * users'
 * files), and one line on standard error for each row that is wrong. Exit: 0 all rows are good,
 * 1 some are not (the block is written all the same), 2 a file cannot be read or written.
 */
#include <stdlib.h>

#include "kb_format.h"

/* Reads a file into memory that is never freed: the program ends with it. */
static bool slurp(const char *path, nst_arena *a, nst_str *out) {
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    fseek(f, 0, SEEK_END);
    long n = ftell(f);
    rewind(f);
    char *p = nst_arena_alloc(a, (size_t)(n > 0 ? n : 0) + 1);
    bool good = n >= 0 && fread(p, 1, (size_t)n, f) == (size_t)n;
    fclose(f);
    *out = (nst_str){p, (uint32_t)n};
    return good;
}

/* Writes a file; false if that fails. */
static bool spill(const char *path, const char *p, size_t n) {
    FILE *f = fopen(path, "wb");
    if (!f) return false;
    bool good = fwrite(p, 1, n, f) == n;
    return fclose(f) == 0 && good;
}

/* Rows in error are left out, so that one bad line does not stop a build; the exit code says so. */
int main(int argc, char **argv) {
    const char *volatile block = NULL, *volatile text = NULL;
    nst_arena *a = nst_arena_new();
    nst_writer notes = {0}, out = {0}, all = {0};
    if (!a || setjmp(*nst_arena_oom(a))) {
        fputs("mkactors: out of memory\n", stderr);
        return 2;
    }
    kb_rows r = {.a = a, .notes = &notes};
    for (int i = 1; i < argc; i++) {
        nst_str s;
        if (!strcmp(argv[i], "-o") && i + 1 < argc) block = argv[++i];
        else if (!strcmp(argv[i], "-t") && i + 1 < argc) text = argv[++i];
        else if (slurp(argv[i], a, &s)) {
            kb_rows_read(&r, argv[i], s, false);
            nst_put(&all, s);
            nst_putc(&all, '\n');
        } else {
            fprintf(stderr, "mkactors: cannot read %s\n", argv[i]);
            return 2;
        }
    }
    kb_make(&r, &out);
    if (notes.n) fwrite(notes.p, 1, notes.n, stderr);
    if ((block && !spill(block, out.p, out.n)) || (text && !spill(text, all.p, all.n))) {
        fprintf(stderr, "mkactors: cannot write %s\n", block ? block : text);
        return 2;
    }
    printf("%u rows, %u errors, %zu bytes\n", r.n, r.errors, out.n);
    return r.errors ? 1 : 0;
}
