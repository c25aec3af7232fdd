/* exp, tanh and the logistic function, several numbers at a time where SLEEF is there: four with AVX2, which the
 * processor is asked for when the program runs, else two; and one at a time without SLEEF. And with AVX2 the products
 * of a row and a matrix that a cache holds, which BLAS takes longer for.
 *
 * Of each there is one loop a width, made by LOOP. The last numbers, which do not fill a vector, are repeated to fill
 * one, each for itself: exp(x) is the same to the last bit wherever x stands in a row. A number by itself, as in a
 * graph of scalars, has the C library's function, which is faster for one. */
#include "base/vector.h"

#include <stdint.h>
#include <string.h>

/* to := formula of the vector a, which holds the next numbers of `from`, or one of the last in each place. */
#define LOOP(name, attribute, vector, formula)                                                                         \
    attribute static void name(double *to, const double *from, size_t n)                                               \
    {                                                                                                                  \
        enum { WIDTH = sizeof(vector) / sizeof(double) };                                                              \
        size_t k = 0;                                                                                                  \
        for (; k + WIDTH <= n; k += WIDTH) {                                                                           \
            vector a;                                                                                                  \
            memcpy(&a, from + k, sizeof a);                                                                            \
            a = formula;                                                                                               \
            memcpy(to + k, &a, sizeof a);                                                                              \
        }                                                                                                              \
        for (; k < n; k++) {                                                                                           \
            vector a = from[k] - (vector){0};                                                                          \
            a = formula;                                                                                               \
            memcpy(to + k, &a, sizeof *to);                                                                            \
        }                                                                                                              \
    }

/* 1 / (1 + e^-a), from e^-|a|, which never overflows: of a negative number e / (1 + e). */
#define LOGISTIC(name, attribute, vector, integers, exp_of)                                                            \
    attribute static inline vector name(vector a)                                                                      \
    {                                                                                                                  \
        integers sign = (integers){0} + INT64_MIN, negative = (integers)(a < 0);                                       \
        vector e = exp_of((vector)((integers)a | sign)), one = 1 - (vector){0};                                        \
        return (vector)(((integers)e & negative) | ((integers)one & ~negative)) / (1 + e);                             \
    }

#if defined GF_SLEEF && (defined __x86_64__ || defined __aarch64__)
#define PAIRS
#include <sleef.h>
typedef double pair __attribute__((vector_size(16)));
typedef int64_t integer_pair __attribute__((vector_size(16)));

#define EXP_2(a) ((pair)Sleef_expd2_u10(a))
LOGISTIC(logistic_2, , pair, integer_pair, EXP_2)
LOOP(exp_2, , pair, EXP_2(a))
LOOP(tanh_2, , pair, (pair)Sleef_tanhd2_u10(a))
LOOP(sigmoid_2, , pair, logistic_2(a))
#endif

#if defined PAIRS && defined __x86_64__
#include <immintrin.h>
typedef int64_t integer_four __attribute__((vector_size(32)));

/* sleef.h declares these only to who is compiled for AVX throughout. */
#define AVX2 __attribute__((target("avx2,fma")))
AVX2 __m256d Sleef_expd4_u10avx2(__m256d);
AVX2 __m256d Sleef_tanhd4_u10avx2(__m256d);

LOGISTIC(logistic_4, AVX2, __m256d, integer_four, Sleef_expd4_u10avx2)
LOOP(exp_4, AVX2, __m256d, Sleef_expd4_u10avx2(a))
LOOP(tanh_4, AVX2, __m256d, Sleef_tanhd4_u10avx2(a))
LOOP(sigmoid_4, AVX2, __m256d, logistic_4(a))

/* to += v @ m, four rows of m at a time: each number of `to` is read and written once for four products. */
AVX2 static void add_row(double *restrict to, const double *restrict v, const gf_matrix *m)
{
    const double *restrict from = m->data;
    ptrdiff_t i = 0, step = m->stride, n = m->cols;
    for (; i + 4 <= m->rows; i += 4, from += 4 * step)
        for (ptrdiff_t j = 0; j < n; j++)
            to[j] += (v[i] * from[j] + v[i + 1] * from[step + j]) +
                     (v[i + 2] * from[2 * step + j] + v[i + 3] * from[3 * step + j]);
    for (; i < m->rows; i++, from += step)
        for (ptrdiff_t j = 0; j < n; j++)
            to[j] += v[i] * from[j];
}

/* v times each of four rows that lie so far apart. */
AVX2 static inline __m256d four_products(const double *v, const double *row, ptrdiff_t apart, ptrdiff_t n)
{
    __m256d a = {0}, b = {0}, c = {0}, d = {0};
    ptrdiff_t j = 0;
    for (; j + 4 <= n; j += 4) {
        __m256d some = _mm256_loadu_pd(v + j);
        a += some * _mm256_loadu_pd(row + j);
        b += some * _mm256_loadu_pd(row + j + apart);
        c += some * _mm256_loadu_pd(row + j + 2 * apart);
        d += some * _mm256_loadu_pd(row + j + 3 * apart);
    }
    a = _mm256_hadd_pd(a, b);
    c = _mm256_hadd_pd(c, d);
    a = _mm256_permute2f128_pd(a, c, 0x20) + _mm256_permute2f128_pd(a, c, 0x31);
    for (; j < n; j++)
        a += v[j] * (__m256d){row[j], row[j + apart], row[j + 2 * apart], row[j + 3 * apart]};
    return a;
}

/* to += v @ m'. */
AVX2 static void add_row_transposed(double *to, const double *v, const gf_matrix *m)
{
    const double *row = m->data;
    int i = 0;
    for (; i + 4 <= m->rows; i += 4, row += 4 * (ptrdiff_t)m->stride)
        _mm256_storeu_pd(to + i, _mm256_loadu_pd(to + i) + four_products(v, row, m->stride, m->cols));
    for (; i < m->rows; i++, row += m->stride)
        to[i] += four_products(v, row, 0, m->cols)[0];
}

#define HAS_AVX2 (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
#define CHOOSE(op) (HAS_AVX2 ? op##_4 : op##_2)

#elif defined PAIRS
#define CHOOSE(op) op##_2

#else
#define CHOOSE(op) op##_1
#endif

LOOP(exp_1, , double, exp(a))
LOOP(tanh_1, , double, tanh(a))
LOOP(sigmoid_1, , double, gf_logistic(a))

#define MANY(op)                                                                                                       \
    void gf_vector_##op(double *to, const double *from, size_t n)                                                      \
    {                                                                                                                  \
        (n == 1 ? op##_1 : CHOOSE(op))(to, from, n);                                                                   \
    }

MANY(exp)
MANY(tanh)
MANY(sigmoid)

bool gf_vector_add_product(double *to, const double *v, const gf_matrix *m, bool transposed)
{
#ifdef HAS_AVX2
    enum { SMALL = 1 << 14 };
    bool can = gf_matrix_size(m) <= SMALL && HAS_AVX2;
    if (can)
        (transposed ? add_row_transposed : add_row)(to, v, m);
    return can;
#else
    (void)to, (void)v, (void)m, (void)transposed;
    return false;
#endif
}
