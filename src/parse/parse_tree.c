/* parse_tree.c - the best dependency tree over all arc scores.
 *
 * In: a score for each word hanging on each other word or on the root. Out: one head a word.
 * The idea: mostly the best head of each word already makes a tree with one root; only if not, Chu,
 * Liu and Edmonds' algorithm contracts cycles, with a charge on roots that no second one is worth.
 * Invariants: (1) the result is a tree with exactly one root; (2) time is O(n^2) a contraction, and
 * n is at most PM_MAX_WORDS.
 */
#include "parse_model.h"

#define ROOT_COST 4096.0f          /* more than any sentence can gain by a second root */

/* Best head of each word by itself; how many hang on the root. */
static uint32_t greedy(const float *score, uint32_t n, uint32_t *head) {
    uint32_t roots = 0;
    for (uint32_t i = 0; i < n; i++) {
        const float *r = score + (size_t)i * (n + 1);
        head[i] = 0;
        for (uint32_t j = 1; j <= n; j++)
            if (r[j] > r[head[i]]) head[i] = j;
        roots += head[i] == 0;
    }
    return roots;
}

/* A word on a cycle of heads, 0 if there is none. Nodes are 1 .. n; alive limits the search. */
static uint32_t find_cycle(const uint32_t *head, uint32_t n, const uint8_t *alive, uint8_t *seen) {
    memset(seen, 0, n + 1);
    seen[0] = 1;
    for (uint32_t i = 1; i <= n; i++) {
        uint32_t v = i;
        if (!alive[i] || seen[i]) continue;
        while (!seen[v]) seen[v] = 2, v = head[v];
        if (seen[v] == 2) return v;
        for (v = i; seen[v] == 2; v = head[v]) seen[v] = 1;
    }
    return 0;
}

/* Work space of Edmonds' algorithm over nodes 0 .. n. */
typedef struct edmonds {
    uint32_t n;
    float *w;                      /* [n + 1][n + 1] w[v][u]: v hangs on u */
    uint32_t *in_v, *in_u;         /* [n + 1][n + 1] the real arc behind (v, u) */
    uint32_t *head;                /* [n + 1] */
    uint8_t *alive, *seen;
    uint32_t *where;               /* [n + 1] the live node each word is in */
    uint32_t *size;                /* contractions in order: members of the cycle, */
    uint32_t **member;             /* [size] which they were, */
    uint32_t **was;                /* [2 size] the real arcs of the cycle: dependent, head, */
    uint32_t **before;             /* [n + 1] and `where` before it */
    uint32_t n_cycles;
} edmonds;

static void best_heads(edmonds *g) {
    uint32_t n1 = g->n + 1;
    for (uint32_t v = 1; v <= g->n; v++) {
        if (!g->alive[v]) continue;
        uint32_t b = UINT32_MAX;
        for (uint32_t u = 0; u <= g->n; u++) {
            if (u == v || !g->alive[u]) continue;
            if (b == UINT32_MAX || g->w[v * n1 + u] > g->w[v * n1 + b]) b = u;
        }
        g->head[v] = b;
    }
}

/* Folds the cycle through c into its first node c: arcs in pay what they break, arcs out keep the
 * best. */
static void contract(edmonds *g, uint32_t c, nst_arena *scratch) {
    uint32_t n1 = g->n + 1, k = 0;
    uint32_t *member = NST_ARRAY(scratch, uint32_t, n1),
             *was = NST_ARRAY(scratch, uint32_t, 2 * n1);
    uint8_t *on = NST_ARRAY(scratch, uint8_t, n1);
    for (uint32_t v = c;;) {
        member[k] = v, on[v] = 1;
        was[2 * k] = g->in_v[v * n1 + g->head[v]];
        was[2 * k + 1] = g->in_u[v * n1 + g->head[v]];
        k++;
        if ((v = g->head[v]) == c) break;
    }
    for (uint32_t u = 0; u <= g->n; u++) {
        if (!g->alive[u] || on[u]) continue;
        float best_in = -1e30f, best_out = -1e30f;
        uint32_t vi = c, mo = c;
        for (uint32_t i = 0; i < k; i++) {
            uint32_t v = member[i];
            float in = g->w[v * n1 + u] - g->w[v * n1 + g->head[v]];
            if (in > best_in) best_in = in, vi = v;
            if (u && g->w[u * n1 + v] > best_out) best_out = g->w[u * n1 + v], mo = v;
        }
        uint32_t iv = g->in_v[vi * n1 + u], iu = g->in_u[vi * n1 + u];
        g->w[c * n1 + u] = best_in, g->in_v[c * n1 + u] = iv, g->in_u[c * n1 + u] = iu;
        if (!u) continue;
        iv = g->in_v[u * n1 + mo], iu = g->in_u[u * n1 + mo];
        g->w[u * n1 + c] = best_out, g->in_v[u * n1 + c] = iv, g->in_u[u * n1 + c] = iu;
    }
    for (uint32_t i = 1; i < k; i++) g->alive[member[i]] = 0;
    g->before[g->n_cycles] = NST_ARRAY(scratch, uint32_t, n1);
    memcpy(g->before[g->n_cycles], g->where, n1 * sizeof *g->where);
    for (uint32_t v = 1; v <= g->n; v++)
        if (on[g->where[v]]) g->where[v] = c;
    g->member[g->n_cycles] = member, g->was[g->n_cycles] = was, g->size[g->n_cycles++] = k;
}

/* Undoes contraction k: the arcs of its cycle, but for the member that an arc from outside enters.
 */
static void expand(const edmonds *g, uint32_t k, uint32_t *real, uint8_t *set) {
    uint32_t entered = 0;
    for (uint32_t v = 1; v <= g->n; v++)
        for (uint32_t i = 0; set[v] && i < g->size[k]; i++)
            if (g->member[k][i] == g->before[k][v]) entered = g->member[k][i];
    for (uint32_t i = 0; i < g->size[k]; i++) {
        if (g->member[k][i] == entered) continue;
        uint32_t d = g->was[k][2 * i];
        real[d] = g->was[k][2 * i + 1], set[d] = 1;
    }
}

/* Maximum spanning arborescence. A root costs so much that the best tree has just one. */
static void edmonds_run(const float *score, uint32_t n, uint32_t *head, nst_arena *a) {
    uint32_t n1 = n + 1;
    edmonds g = {.n = n};
    g.w = NST_ARRAY(a, float, (size_t)n1 * n1);
    g.in_v = NST_ARRAY(a, uint32_t, (size_t)n1 * n1),
    g.in_u = NST_ARRAY(a, uint32_t, (size_t)n1 * n1);
    g.head = NST_ARRAY(a, uint32_t, n1), g.size = NST_ARRAY(a, uint32_t, n1);
    g.where = NST_ARRAY(a, uint32_t, n1), g.before = NST_ARRAY(a, uint32_t *, n1);
    g.alive = NST_ARRAY(a, uint8_t, n1), g.seen = NST_ARRAY(a, uint8_t, n1);
    g.member = NST_ARRAY(a, uint32_t *, n1), g.was = NST_ARRAY(a, uint32_t *, n1);
    memset(g.alive, 1, n1);
    for (uint32_t v = 1; v <= n; v++) {
        g.where[v] = v;
        for (uint32_t u = 0; u <= n; u++) {
            g.w[v * n1 + u] = score[(size_t)(v - 1) * n1 + u] - (u ? 0 : ROOT_COST);
            g.in_v[v * n1 + u] = v, g.in_u[v * n1 + u] = u;
        }
    }
    uint32_t c;
    for (best_heads(&g); (c = find_cycle(g.head, n, g.alive, g.seen)); best_heads(&g))
        contract(&g, c, a);
    uint32_t *real = NST_ARRAY(a, uint32_t, n1);      /* real head of each real word, 0 root */
    uint8_t *set = NST_ARRAY(a, uint8_t, n1);
    for (uint32_t v = 1; v <= n; v++) {
        if (!g.alive[v]) continue;
        uint32_t d = g.in_v[v * n1 + g.head[v]];
        real[d] = g.in_u[v * n1 + g.head[v]], set[d] = 1;
    }
    while (g.n_cycles-- > 0) expand(&g, g.n_cycles, real, set);
    for (uint32_t v = 1; v <= n; v++) head[v - 1] = real[v];
}

/* Does following heads from every word end at the root? */
static bool is_tree(const uint32_t *head, uint32_t n, uint8_t *seen) {
    memset(seen, 0, n + 1);
    for (uint32_t i = 1; i <= n; i++) {
        uint32_t v = i, steps = 0;
        for (; v && !seen[v] && steps <= n; steps++) v = head[v - 1];
        if (v && !seen[v]) return false;
        for (v = i; v && !seen[v]; v = head[v - 1]) seen[v] = 1;
    }
    return true;
}

void pm_tree(const float *score, uint32_t n, uint32_t *head, nst_arena *scratch) {
    uint8_t *seen = NST_ARRAY(scratch, uint8_t, n + 1);
    if (greedy(score, n, head) == 1 && is_tree(head, n, seen)) return;
    edmonds_run(score, n, head, scratch);
}
