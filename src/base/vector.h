/* Sums, exp, tanh and the logistic function over many numbers at once; a row by a small matrix. */
#ifndef GF_BASE_VECTOR_H
#define GF_BASE_VECTOR_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include <gradflow/matrix.h>

/* to[k] := f(from[k]) for k < n; `to` may be `from`, and must not overlap it otherwise. Within 1 ulp (the logistic
 * function within 2.5). An entry's result does not depend on its place among others; alone it may differ in the last
 * bit. */
typedef void gf_vector_rule(double *to, const double *from, size_t n);

gf_vector_rule gf_vector_exp, gf_vector_tanh, gf_vector_sigmoid;

/* to += from. */
static inline void gf_vector_add(double *restrict to, const double *restrict from, size_t n)
{
    for (size_t k = 0; k < n; k++)
        to[k] += from[k];
}

/* The logistic function of one number, 1 / (1 + e^-a); e^-|a| never overflows. */
static inline double gf_logistic(double a)
{
    double e = exp(-fabs(a));
    return (a < 0 ? e : 1) / (1 + e);
}

/* to += v @ m, or v @ m', to and v being rows. False, and nothing is done, where m has more than 16,384 entries or the
 * processor no AVX2: BLAS is for that. */
bool gf_vector_add_product(double *to, const double *v, const gf_matrix *m, bool transposed);

#endif
