/* parse_shape.c - the letter case and character class of a word, a feature of both nets.
 *
 * In: Graustark. Out: 9 (capital, then small letters).
 * Invariant: as shape() in train/corpus.py for
 * letters of Latin, Greek and Cyrillic; other letters count as small.
 */
#include "parse_model.h"

uint32_t pm_shape(nst_str w) {
    uint32_t letters = 0, upper = 0, digits = 0, all = 0;
    bool first_upper = false;
    for (size_t i = 0; i < w.n; all++) {
        uint32_t c = nst_utf8_next(w.p, w.n, &i);
        if (c < 128 ? (c >= '0' && c <= '9') : false) {
            digits++;
        } else if (nst_utf8_alpha(c)) {
            bool up = nst_utf8_upper(c);
            if (!letters++) first_upper = up;
            upper += up;
        }
    }
    if (!all) return 0;
    if (!letters) return digits ? 1 : 2;
    if (digits) return 3;
    bool pure = letters == all;
    if (!upper) return pure ? 4 : 5;
    if (upper == letters) return letters == 1 ? 6 : pure ? 7 : 8;
    if (first_upper && upper == 1) return pure ? 9 : 10;
    return 11;
}
