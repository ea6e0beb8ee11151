/* fuzz_main.c - runs a fuzz harness without a fuzzer.
 *
 * In: files. Each is given to the harness as it is, then -n times with small damage: bytes changed,
 * taken out, doubled, or replaced by pieces that have meaning for some stage. The same seed gives the
 * same damage. A harness is a file with LLVMFuzzerTestOneInput, so that libFuzzer can drive it too:
 *     clang -fsanitize=fuzzer,address ... fuzz/fuzz_text.c
 * Usage: fuzz-NAME [-n RUNS] [-s SEED] FILE ...
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static uint32_t state = 2463534242u;

static uint32_t next_random(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % below;
}

/* Pieces that stages look for. */
static const char *const pieces[] = {
    "\xE2\x80\x99", "\xE2\x80",    "\"",     "'s",
    "(AP)",         " - ",         "/TASS/", "\r\n\r\n",
    "\xFF",         "...",         "@",      "By ",
    "http://",      "US$",         "{",      "\\u0000",
    "\":",          "(via X)",     "Mr. ",   "\t",
    "1-2\t",        "\n\n",        "-",      "\xEF\xBB\xBF",
    "STRELSAU, ",   "Next Post\n", "don't ", "\\",
    "# text = ",    "_",           ".",      "\xF0\x9F\x99\x82",
};

/* Damages p[0, n), which has room for `room` bytes; returns the new length. */
static size_t damage(uint8_t *p, size_t n, size_t room) {
    for (uint32_t k = 1 + next_random(12); k > 0; k--) {
        size_t at = n ? next_random((uint32_t)n) : 0;
        const char *piece = pieces[next_random(sizeof pieces / sizeof *pieces)];
        size_t m = strlen(piece), cut = 1 + next_random(6);
        switch (next_random(3)) {
        case 0:
            if (n + m > room) break;
            memmove(p + at + m, p + at, n - at);
            memcpy(p + at, piece, m);
            n += m;
            break;
        case 1:
            if (at + cut > n) break;
            memmove(p + at, p + at + cut, n - at - cut);
            n -= cut;
            break;
        default:
            if (n) p[at] = (uint8_t)next_random(256);
        }
    }
    return n;
}

/* Gives one file to the harness, whole and damaged. */
static int run_file(const char *path, uint32_t runs) {
    FILE *f = fopen(path, "rb");
    if (!f) return fprintf(stderr, "%s: cannot be read\n", path), 1;
    enum { ROOM = 1 << 20 };
    uint8_t *whole = malloc(ROOM), *p = malloc(ROOM);
    if (!whole || !p) return 1;
    size_t n = fread(whole, 1, ROOM / 2, f);
    fclose(f);
    LLVMFuzzerTestOneInput(whole, n);
    for (uint32_t k = 0; k < runs; k++) {
        size_t from = n ? next_random((uint32_t)n) : 0, most = n - from;
        size_t part = most > 1 ? 1 + next_random((uint32_t)most) : most;
        memcpy(p, whole + from, part);
        LLVMFuzzerTestOneInput(p, damage(p, part, ROOM));
    }
    free(whole);
    free(p);
    return 0;
}

int main(int argc, char **argv) {
    uint32_t runs = 0;
    int failed = 0;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "-n") && i + 1 < argc) runs = (uint32_t)atoi(argv[++i]);
        else if (!strcmp(argv[i], "-s") && i + 1 < argc) state = (uint32_t)atoi(argv[++i]) * 2 + 1;
        else failed |= run_file(argv[i], runs);
    }
    return failed;
}
