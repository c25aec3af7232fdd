/* exp, tanh and the logistic function, several numbers at a time where SLEEF is there: four with AVX2, which the
 * processor is asked for when the program runs, else two; and one at a time without SLEEF.
 *
 * Of each there is one loop a width, made by LOOP. The last numbers, which do not fill a vector, are repeated to fill
 * one, each for itself: exp(x) is the same to the last bit wherever x stands in a row. A number by itself, as in a
 * graph of scalars, has the C library's function, which is faster for one. */
#include "base/vector.h"

#include <math.h>
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
#define CHOOSE(op) (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? op##_4 : op##_2)

#elif defined PAIRS
#define CHOOSE(op) op##_2

#else
#define CHOOSE(op) op##_1
#endif

static double logistic(double a)
{
    return (a < 0 ? exp(a) : 1) / (1 + exp(-fabs(a)));
}

LOOP(exp_1, , double, exp(a))
LOOP(tanh_1, , double, tanh(a))
LOOP(sigmoid_1, , double, logistic(a))

void gf_vector_exp(double *to, const double *from, size_t n)
{
    (n == 1 ? exp_1 : CHOOSE(exp))(to, from, n);
}

void gf_vector_tanh(double *to, const double *from, size_t n)
{
    (n == 1 ? tanh_1 : CHOOSE(tanh))(to, from, n);
}

void gf_vector_sigmoid(double *to, const double *from, size_t n)
{
    (n == 1 ? sigmoid_1 : CHOOSE(sigmoid))(to, from, n);
}
