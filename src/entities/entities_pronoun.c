/* entities_pronoun.c - he and she: the rival for whom most speaks.
 *
 * In: a pronoun's rivals with their signs. Out: the one who is meant.
 *   Strel met Danov before [he] left -> Strel 412, Danov -96: Strel
 * Idea: a net of one hidden layer over the signs, trained by train/coref.py on pronouns whose person is sure
 * because nobody else near them is of their gender, and on GAP's development part (Webster et al. 2018). Its
 * sums are integers, so every machine chooses alike.
 * models/pronoun.bin: "NSTP", version, number of signs, of hidden units; then little-endian 16-bit numbers, 256
 * to the unit: the hidden units' biases, per sign a row for them and one weight of its own, the way out.
 * Invariant: without a model file of the program's own signs nobody is chosen by it.
 */
#include "pronoun.h"

#define MAX_HIDDEN 64u
#define HEAD 12u                 /* bytes before the numbers */

NST_INCBIN(nst_pronoun_net, "models/pronoun.bin");

/* The k-th number of the file. */
static int32_t number(uint32_t k) {
    const unsigned char *p = nst_pronoun_net_start + HEAD + 2 * (size_t)k;
    return (int16_t)(uint16_t)(p[0] | p[1] << 8);
}

/* Hidden units of the compiled-in file, 0 if it is not of these signs. */
static uint32_t hidden_units(void) {
    const unsigned char *p = nst_pronoun_net_start;
    size_t size = (size_t)(nst_pronoun_net_end - p);
    if (size < HEAD || memcmp(p, "NSTP", 4)) return 0;
    uint32_t signs = p[8] | (uint32_t)p[9] << 8, hidden = p[10] | (uint32_t)p[11] << 8;
    if (signs != NST_N_SIGN || hidden > MAX_HIDDEN) return 0;
    return size >= HEAD + 2 * ((size_t)hidden * 2 + (size_t)signs * (hidden + 1)) ? hidden : 0;
}

/* What speaks for a rival, 65,536 to the unit. */
static int64_t sum_of(const nst_rival *r, uint32_t hidden) {
    int32_t h[MAX_HIDDEN];
    int64_t sum = 0;
    uint32_t rows = hidden, out = hidden + NST_N_SIGN * (hidden + 1);
    for (uint32_t i = 0; i < hidden; i++) h[i] = number(i);
    for (uint32_t k = 0; k < r->n_on; k++) {
        uint32_t row = rows + r->on[k] * (hidden + 1);
        for (uint32_t i = 0; i < hidden; i++) h[i] += number(row + i);
        sum += (int64_t)number(row + hidden) * 256;
    }
    for (uint32_t i = 0; i < hidden; i++)
        if (h[i] > 0) sum += (int64_t)h[i] * number(out + i);
    return sum;
}

uint32_t nst_who_he(const nst_who *w, uint32_t a) {
    nst_rival r[NST_RIVALS];
    uint32_t n = nst_rivals(w, a, r), hidden = hidden_units(), best = NST_ROOT;
    if (w->tap) {
        uint32_t k = w->tap->show(w->tap->self, w, a, r, n);
        if (k != NST_ROOT - 1) return k < n ? r[k].actor : NST_ROOT;
    }
    int64_t most = 0;
    for (uint32_t i = 0; i < n && hidden; i++) {
        int64_t s = sum_of(&r[i], hidden);
        if (best != NST_ROOT && s <= most) continue;
        most = s;
        best = r[i].actor;
    }
    return best;
}
