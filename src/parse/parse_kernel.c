/* parse_kernel.c - the arithmetic of both nets: 8-bit matrix products and a few vector functions.
 *
 * In: rows of floats. Out: rows of floats.
 * The idea: weights are bytes with one scale an output,
 * each row of the input is turned into bytes with one scale a row, products are summed in 32-bit
 * integers.
 * Invariants: (1) integer sums are exact, so every instruction set agrees; (2) floats go
 * lane by lane through the same operations, without fused multiply-add (the file is built with
 * -ffp-contract=off), so every copy of parse_kernel.inc gives the same bits; (3) nothing allocates.
 */
#include "parse_model.h"

#include <math.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define PM_X86 1
#endif

typedef float v16 __attribute__((vector_size(64)));
typedef int32_t v16i __attribute__((vector_size(64)));
typedef float v4 __attribute__((vector_size(16), may_alias));
typedef int32_t v4i __attribute__((vector_size(16)));
typedef float v8 __attribute__((vector_size(32), may_alias));
typedef int32_t v8i __attribute__((vector_size(32)));
typedef float v16a __attribute__((vector_size(64), may_alias));
typedef uint8_t v16u8 __attribute__((vector_size(16)));
typedef int8_t v16i8 __attribute__((vector_size(16)));

#define PM_ROWS 6u                 /* rows of one tile of a product; even */
/* Vectors never cross a call as values, so that no two instruction sets meet in one ABI. */
#define v16_set(x) ((v16){0} + (float)(x))
#define v16_load(p) (*(const v16u *)(const void *)(p))
typedef float v16u __attribute__((vector_size(64), aligned(4), may_alias));

/* ---- plain C ----------------------------------------------------------------------------- */

/* acc[row][output] = sums of nb (4 or 1) blocks of 16 outputs for PM_ROWS rows of bytes at a[];
 * block b of the weights begins at w + b * stride. The twin the others must agree with. */
static void sums_plain(const int8_t *w, size_t stride, uint32_t nb, const uint8_t *const a[PM_ROWS],
                       uint32_t k4, int32_t acc[PM_ROWS][64]) {
    for (uint32_t i = 0; i < PM_ROWS; i++)
        for (uint32_t n = 0; n < nb * 16; n++) {
            const int8_t *b = w + n / 16 * stride + n % 16 * 4;
            int32_t sum = 0;
            for (uint32_t k = 0; k < k4; k += 4, b += 64)
                sum +=
                    a[i][k] * b[0] + a[i][k + 1] * b[1] + a[i][k + 2] * b[2] + a[i][k + 3] * b[3];
            acc[i][n] = sum;
        }
}

#define FN(name) name##_p
#define PM_SUMS sums_plain
#define PM_NAME "plain"
#define PM_VEC v4
#define PM_VECI v4i
#include "parse_kernel.inc"
#undef FN
#undef PM_SUMS
#undef PM_NAME
#undef PM_VEC
#undef PM_VECI

#ifdef PM_X86
/* ---- AVX2: bytes widened to 16 bits, for the 8-bit product saturates ------------------------ */
#pragma GCC push_options
#pragma GCC target("avx2")

/* Rows one pair at a time, 16 outputs as four registers of 4 outputs x 2 partial sums. */
static void sums_avx2(const int8_t *w, size_t stride, uint32_t nb, const uint8_t *const a[PM_ROWS],
                      uint32_t k4, int32_t acc[PM_ROWS][64]) {
    for (uint32_t i = 0; i < PM_ROWS * nb; i += 2) {
        uint32_t row = i % PM_ROWS, block = i / PM_ROWS;
        const int8_t *wb = w + block * stride;
        __m256i s[2][4];
        for (int n = 0; n < 4; n++) s[0][n] = s[1][n] = _mm256_setzero_si256();
        for (uint32_t k = 0; k < k4; k += 4) {
            int32_t x0, x1;
            memcpy(&x0, a[row] + k, 4);
            memcpy(&x1, a[row + 1] + k, 4);
            __m256i v0 = _mm256_cvtepu8_epi16(_mm_set1_epi32(x0));
            __m256i v1 = _mm256_cvtepu8_epi16(_mm_set1_epi32(x1));
            for (int n = 0; n < 4; n++) {
                __m128i b =
                    _mm_loadu_si128((const __m128i *)(const void *)(wb + (size_t)k * 16 + n * 16));
                __m256i b16 = _mm256_cvtepi8_epi16(b);
                s[0][n] = _mm256_add_epi32(s[0][n], _mm256_madd_epi16(v0, b16));
                s[1][n] = _mm256_add_epi32(s[1][n], _mm256_madd_epi16(v1, b16));
            }
        }
        for (uint32_t j = 0; j < 2; j++)
            for (int n = 0; n < 4; n++) {
                int32_t p[8];
                memcpy(p, &s[j][n], sizeof p);
                for (int o = 0; o < 4; o++)
                    acc[row + j][block * 16 + n * 4 + o] = p[2 * o] + p[2 * o + 1];
            }
    }
}

#define FN(name) name##_avx2
#define PM_SUMS sums_avx2
#define PM_NAME "avx2"
#define PM_VEC v8
#define PM_VECI v8i
#include "parse_kernel.inc"
#undef FN
#undef PM_SUMS
#undef PM_NAME
#undef PM_VEC
#undef PM_VECI
#pragma GCC pop_options

/* ---- AVX-512 with the byte dot product ------------------------------------------------------ */
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512vnni,prefer-vector-width=512")

static inline __m512i row4(const uint8_t *p) {
    int32_t x;
    memcpy(&x, p, 4);
    return _mm512_set1_epi32(x);
}

/* Six rows against nb blocks of 16 outputs: all sums in registers, every load used many times. */
__attribute__((always_inline)) static inline void tile(const int8_t *w, size_t stride,
                                                       const uint32_t nb,
                                                       const uint8_t *const a[PM_ROWS], uint32_t k4,
                                                       int32_t acc[PM_ROWS][64]) {
    __m512i s[PM_ROWS][4];
    for (uint32_t i = 0; i < PM_ROWS; i++)
        for (uint32_t b = 0; b < nb; b++) s[i][b] = _mm512_setzero_si512();
    for (uint32_t k = 0; k < k4; k += 4) {
        __m512i v[4];
        for (uint32_t b = 0; b < nb; b++)
            v[b] = _mm512_loadu_si512(w + b * stride + (size_t)k * 16);
#pragma GCC unroll 6
        for (uint32_t i = 0; i < PM_ROWS; i++) {
            __m512i x = row4(a[i] + k);
            for (uint32_t b = 0; b < nb; b++) s[i][b] = _mm512_dpbusd_epi32(s[i][b], x, v[b]);
        }
    }
    for (uint32_t i = 0; i < PM_ROWS; i++)
        for (uint32_t b = 0; b < nb; b++) memcpy(&acc[i][b * 16], &s[i][b], 64);
}

static void sums_vnni(const int8_t *w, size_t stride, uint32_t nb, const uint8_t *const a[PM_ROWS],
                      uint32_t k4, int32_t acc[PM_ROWS][64]) {
    if (nb == 4) tile(w, stride, 4, a, k4, acc);
    else tile(w, stride, 1, a, k4, acc);
}

#define FN(name) name##_vnni
#define PM_SUMS sums_vnni
#define PM_NAME "avx512vnni"
#define PM_VEC v16a
#define PM_VECI v16i
#include "parse_kernel.inc"
#undef FN
#undef PM_SUMS
#undef PM_NAME
#undef PM_VEC
#undef PM_VECI
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

/* Every copy this machine can run, plain C first; NULL past the last. For tests. */
const pm_kernels *pm_kernels_nth(uint32_t i) {
    const pm_kernels *all[4] = {&kernels_p};
    uint32_t n = 1;
#ifdef PM_X86
    if (__builtin_cpu_supports("avx2")) all[n++] = &kernels_avx2;
    if (pm_kernels_best() == &kernels_vnni) all[n++] = &kernels_vnni;
#endif
    return i < n ? all[i] : NULL;
}
