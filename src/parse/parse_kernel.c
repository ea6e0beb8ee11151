/* parse_kernel.c - the arithmetic of both nets: 8-bit matrix products and a few vector functions.
 *
 * In: rows of floats. Out: rows of floats. The idea: weights are bytes with one scale an output, each
 * row of the input is turned into bytes with one scale a row, products are summed in 32-bit integers.
 * Invariants: (1) integer sums are exact, so every instruction set agrees; (2) floats go lane by lane
 * through the same operations, without fused multiply-add (the file is built with -ffp-contract=off),
 * so every copy of parse_kernel.inc gives the same bits; (3) nothing allocates.
 */
#include "parse_model.h"

#include <math.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define PM_X86 1
#endif

typedef float v16 __attribute__((vector_size(64)));
typedef int32_t v16i __attribute__((vector_size(64)));
typedef uint8_t v16u8 __attribute__((vector_size(16)));
typedef int8_t v16i8 __attribute__((vector_size(16)));

#define PM_ROWS 8u
/* Vectors never cross a call as values, so that no two instruction sets meet in one ABI. */
#define v16_set(x) ((v16){0} + (float)(x))
/* Lanes of a where the comparison held, of b elsewhere. */
#define v16_pick(mask, a, b) ((v16)(((v16i)(a) & (mask)) | ((v16i)(b) & ~(mask))))
#define v16_load(p) (*(const v16u *)(const void *)(p))
typedef float v16u __attribute__((vector_size(64), aligned(4), may_alias));

/* ---- plain C ----------------------------------------------------------------------------- */

/* acc[r][16] = sums of 16 outputs for r rows of bytes; the twin the others must agree with. */
static void sums_plain(const int8_t *w, const uint8_t *q, uint32_t k4, uint32_t r, int32_t acc[][16]) {
    for (uint32_t i = 0; i < r; i++) {
        memset(acc[i], 0, sizeof acc[i]);
        for (uint32_t k = 0; k < k4; k += 4)
            for (uint32_t n = 0; n < 16; n++) {
                const int8_t *b = w + (size_t)k * 16 + n * 4;
                const uint8_t *a = q + (size_t)i * k4 + k;
                acc[i][n] += a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
            }
    }
}

#define FN(name) name##_p
#define PM_DOT sums_plain
#define PM_NAME "plain"
#include "parse_kernel.inc"
#undef FN
#undef PM_DOT
#undef PM_NAME

#ifdef PM_X86
/* ---- AVX2: bytes widened to 16 bits, for the 8-bit product saturates ------------------------ */
#pragma GCC push_options
#pragma GCC target("avx2")

/* Rows one pair at a time, 16 outputs as four registers of 4 outputs x 2 partial sums. */
static void sums_avx2(const int8_t *w, const uint8_t *q, uint32_t k4, uint32_t r, int32_t acc[][16]) {
    for (uint32_t i = 0; i < r; i += 2) {
        const uint8_t *a0 = q + (size_t)i * k4, *a1 = i + 1 < r ? a0 + k4 : a0;
        __m256i s[2][4];
        for (int n = 0; n < 4; n++) s[0][n] = s[1][n] = _mm256_setzero_si256();
        for (uint32_t k = 0; k < k4; k += 4) {
            int32_t x0, x1;
            memcpy(&x0, a0 + k, 4);
            memcpy(&x1, a1 + k, 4);
            __m256i v0 = _mm256_cvtepu8_epi16(_mm_set1_epi32(x0));
            __m256i v1 = _mm256_cvtepu8_epi16(_mm_set1_epi32(x1));
            for (int n = 0; n < 4; n++) {
                __m128i b = _mm_loadu_si128((const __m128i *)(const void *)(w + (size_t)k * 16 + n * 16));
                __m256i b16 = _mm256_cvtepi8_epi16(b);
                s[0][n] = _mm256_add_epi32(s[0][n], _mm256_madd_epi16(v0, b16));
                s[1][n] = _mm256_add_epi32(s[1][n], _mm256_madd_epi16(v1, b16));
            }
        }
        for (uint32_t j = 0; j < 2 && i + j < r; j++)
            for (int n = 0; n < 4; n++) {
                int32_t p[8];
                memcpy(p, &s[j][n], sizeof p);
                for (int o = 0; o < 4; o++) acc[i + j][n * 4 + o] = p[2 * o] + p[2 * o + 1];
            }
    }
}

#define FN(name) name##_avx2
#define PM_DOT sums_avx2
#define PM_NAME "avx2"
#include "parse_kernel.inc"
#undef FN
#undef PM_DOT
#undef PM_NAME
#pragma GCC pop_options

/* ---- AVX-512 with the byte dot product ------------------------------------------------------ */
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512vnni,prefer-vector-width=512")

static inline __m512i row4(const uint8_t *p) {
    int32_t x;
    memcpy(&x, p, 4);
    return _mm512_set1_epi32(x);
}

/* Eight rows against 16 outputs: eight sums in registers, one load of weights for all. */
static void sums_vnni(const int8_t *w, const uint8_t *q, uint32_t k4, uint32_t r, int32_t acc[][16]) {
    const uint8_t *a[PM_ROWS];
    __m512i s[PM_ROWS];
    for (uint32_t i = 0; i < PM_ROWS; i++) a[i] = q + (size_t)(i < r ? i : 0) * k4;
    for (uint32_t i = 0; i < PM_ROWS; i++) s[i] = _mm512_setzero_si512();
    for (uint32_t k = 0; k < k4; k += 4) {
        __m512i b = _mm512_loadu_si512(w + (size_t)k * 16);
        s[0] = _mm512_dpbusd_epi32(s[0], row4(a[0] + k), b);
        s[1] = _mm512_dpbusd_epi32(s[1], row4(a[1] + k), b);
        s[2] = _mm512_dpbusd_epi32(s[2], row4(a[2] + k), b);
        s[3] = _mm512_dpbusd_epi32(s[3], row4(a[3] + k), b);
        s[4] = _mm512_dpbusd_epi32(s[4], row4(a[4] + k), b);
        s[5] = _mm512_dpbusd_epi32(s[5], row4(a[5] + k), b);
        s[6] = _mm512_dpbusd_epi32(s[6], row4(a[6] + k), b);
        s[7] = _mm512_dpbusd_epi32(s[7], row4(a[7] + k), b);
    }
    for (uint32_t i = 0; i < r; i++) memcpy(acc[i], &s[i], 64);
}

#define FN(name) name##_vnni
#define PM_DOT sums_vnni
#define PM_NAME "avx512vnni"
#include "parse_kernel.inc"
#undef FN
#undef PM_DOT
#undef PM_NAME
#pragma GCC pop_options
#endif

/* The fastest copy this machine can run. */
const pm_kernels *pm_kernels_best(void) {
#ifdef PM_X86
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl"))
        return &kernels_vnni;
    if (__builtin_cpu_supports("avx2")) return &kernels_avx2;
#endif
    return &kernels_p;
}

const pm_kernels *pm_kernels_plain(void) { return &kernels_p; }
