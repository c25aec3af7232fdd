/* Operations element by element: each is a line of calculus, from which its loops and its row are made.
 *
 *     FUNCTION(sqrt, sqrt(a), G / (2 * y), "Square root, element by element.")
 *
 * is sqrt_forward, which puts the first formula into each entry of the result, sqrt_vjp_a, which puts the second into
 * what each entry of the operand receives, and the row gf_op_sqrt, which carries both as text in the equation language.
 * In a formula a is the operand's entry, y the result's, G that of the gradient that arrives, and p, slope, lo,
 * hi and mask are the constants. More fields of the row may follow its line of documentation. What C cannot write as
 * the language does is WRITTEN twice, and a test holds the one against the other; what passes no gradient is FLAT; a
 * DERIVATIVE has a row too. An OPERATOR has two operands, a and b, either of which may be broadcast: what they receive
 * is summed. A COMPARISON has two, and is flat.
 *
 * Where nothing arrives, nothing is passed on, however steep the operation is there: what `where` did not take has no
 * part in a gradient, be it log(0). */
#ifndef GF_OPS_POINTWISE_H
#define GF_OPS_POINTWISE_H

#include <math.h>

#include "base/vector.h"
#include "ops/ops.h"

#define OPERATOR(op, sign, value, da, db, ...)                                                                         \
    FORWARD(op, value)                                                                                                 \
    VJP(op, a, da)                                                                                                     \
    VJP(op, b, db)                                                                                                     \
    ROW(op, .symbol = sign, .arity = 2, .shape = gf_broadcast_shape, .forward = op##_forward,                          \
        .vjp = {op##_vjp_a, op##_vjp_b}, .formula = {"sumto(" #da ", r(a), c(a))", "sumto(" #db ", r(b), c(b))"},      \
        .text = #value, .doc = __VA_ARGS__)

/* No gradient passes to either. */
#define COMPARISON(op, sign, value, ...)                                                                               \
    FORWARD(op, value)                                                                                                 \
    ROW(op, .symbol = sign, .arity = 2, .shape = gf_broadcast_shape, .forward = op##_forward,                          \
        .formula = {"zeros(r(a), c(a))", "zeros(r(b), c(b))"}, .text = #value, .doc = __VA_ARGS__)

#define FUNCTION(op, value, da, ...) WITH_VJP(op, #op, value, #value, da, #da, __VA_ARGS__)
#define WRITTEN(op, value, value_text, da, da_text, ...) WITH_VJP(op, #op, value, value_text, da, da_text, __VA_ARGS__)
#define DERIVATIVE(op, value, da, ...) WITH_VJP(op##_prime, #op "'", value, #op "'(a)", da, #da, __VA_ARGS__)

/* Named as the language writes it; both formulas as C and as text. */
#define WITH_VJP(op, written, value, value_text, da, da_text, ...)                                                     \
    FORWARD(op, value)                                                                                                 \
    VJP(op, a, da)                                                                                                     \
    NAMED_ROW(op, written, .arity = 1, .forward = op##_forward, .vjp = {op##_vjp_a}, .formula = {da_text},             \
              .text = value_text, .doc = __VA_ARGS__)

/* A function of many numbers at once, base/vector.h. */
#define VECTOR(op, value, da, ...)                                                                                     \
    static void op##_forward(gf_matrix *out, const gf_call *call)                                                      \
    {                                                                                                                  \
        gf_map_vector(out, call, gf_vector_##op);                                                                      \
    }                                                                                                                  \
    VJP(op, a, da)                                                                                                     \
    ROW(op, .arity = 1, .forward = op##_forward, .vjp = {op##_vjp_a}, .formula = {#da}, .text = #value,                \
        .doc = __VA_ARGS__)

#define FLAT(op, written, value, value_text, ...)                                                                      \
    FORWARD(op, value)                                                                                                 \
    NAMED_ROW(op, written, .arity = 1, .forward = op##_forward, .formula = {"zeros(r(a), c(a))"}, .text = value_text,  \
              .doc = __VA_ARGS__)

/* --- the words of the formulas ---------------------------------------------- */

#define sigmoid(a) gf_logistic(a)
#define power(a, p) ((p) == 2 ? (a) * (a) : (p) == 1 ? (a) : pow(a, p))
#define mask gf_dropout_mask(k->p, k->seed, i, j)

/* sigmoid(-|a|) is at most 1/2, so that 1 - s loses nothing however large a is. */
static inline double sigmoid_slope(double a)
{
    double s = sigmoid(-fabs(a));
    return s * (1 - s);
}

/* log(1 + e^a) is that of -a, and a more: so nothing overflows, and nothing is lost. */
static inline double softplus(double a)
{
    return (a > 0 ? a : 0) + log1p(exp(-fabs(a)));
}

/* NaN where either is. */
static inline double max(double a, double b)
{
    return a > b || isnan(a) ? a : b;
}

static inline double min(double a, double b)
{
    return a < b || isnan(a) ? a : b;
}

static inline double sign(double a)
{
    return (a > 0) - (a < 0);
}

/* What is passed on of what arrives: nothing of nothing. */
static inline double gf_passed(double arriving, double contribution)
{
    return arriving == 0 ? 0 : contribution;
}

/* Loops that are made for each formula, which stands inside them instead of being called. */
#define LOOPS static inline __attribute__((always_inline))

/* --- loops -------------------------------------------------------------------- */

#define WORDS                                                                                                          \
    double p = k->p, slope = p, lo = k->lo, hi = k->hi;                                                                \
    (void)a, (void)b, (void)p, (void)slope, (void)lo, (void)hi, (void)i, (void)j

/* Of one operand, b is a. */
typedef double gf_value_rule(double a, double b, const gf_attributes *k, int i, int j);
typedef double gf_back_rule(double G, double a, double b, double y, const gf_attributes *k, int i, int j);

/* n entries, from the first of row i on, of a matrix of so many columns; an operand's step is 0 where its one column is
 * repeated, else 1. Compilers make the loops without steps go several entries at a time. */
LOOPS void gf_map_some(double *restrict to, const double *a, int a_step, const double *b, int b_step, int n,
                       gf_value_rule value, const gf_attributes *k, int i, int cols)
{
    if (a_step && b_step)
        for (int e = 0; e < n; e++)
            to[e] = value(a[e], b[e], k, i + e / cols, e % cols);
    else
        for (int e = 0; e < n; e++)
            to[e] = value(a[e * a_step], b[e * b_step], k, i, e);
}

/* All at once where all rows follow each other, else row by row. */
LOOPS void gf_map(gf_matrix *y, const gf_call *call, gf_value_rule value)
{
    const gf_matrix *a = call->in[0], *b = call->in[call->arity - 1];
    int a_step = gf_spread_step(a), b_step = gf_spread_step(b);
    gf_attributes k = *call->p; /* a copy, which no entry that is written can be part of */
    bool flat = gf_is_flat(a, y) && gf_is_flat(b, y);
    if (flat)
        gf_map_some(y->data, a->data, 1, b->data, 1, y->rows * y->cols, value, &k, 0, y->cols);
    for (int i = 0; !flat && i < y->rows; i++)
        gf_map_some(gf_row(y, i), gf_spread_row(a, i), a_step, gf_spread_row(b, i), b_step, y->cols, value, &k, i,
                    y->cols);
}

LOOPS void gf_map_vector(gf_matrix *y, const gf_call *call, gf_vector_rule rule)
{
    const gf_matrix *a = call->in[0];
    bool flat = gf_is_flat(a, y);
    for (int i = 0; i < (flat ? 1 : y->rows); i++)
        rule(gf_row(y, i), gf_row(a, i), (size_t)(flat ? y->rows * y->cols : y->cols));
}

/* The same backward: to := beta * to + what is passed on, or, where a column is repeated, to += that. */
LOOPS void gf_map_back_some(double *restrict to, int step, double beta, const double *G, const double *a, int a_step,
                            const double *b, int b_step, const double *y, int n, gf_back_rule contribution,
                            const gf_attributes *k, int i, int cols)
{
    if (!step || !a_step || !b_step)
        for (int j = 0; j < n; j++)
            to[j * step] += gf_passed(G[j], contribution(G[j], a[j * a_step], b[j * b_step], y[j], k, i, j));
    else if (beta == 0)
        for (int e = 0; e < n; e++)
            to[e] = gf_passed(G[e], contribution(G[e], a[e], b[e], y[e], k, i + e / cols, e % cols));
    else
        for (int e = 0; e < n; e++)
            to[e] += gf_passed(G[e], contribution(G[e], a[e], b[e], y[e], k, i + e / cols, e % cols));
}

LOOPS void gf_map_back(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, gf_back_rule contribution)
{
    const gf_matrix *a = call->in[0], *b = call->in[call->arity - 1], *y = call->y;
    int a_step = gf_spread_step(a), b_step = gf_spread_step(b), step = gf_spread_step(out);
    gf_attributes k = *call->p;
    bool flat = gf_is_flat(out, y) && gf_is_flat(G, y) && gf_is_flat(a, y) && gf_is_flat(b, y);
    if (flat)
        gf_map_back_some(out->data, 1, beta, G->data, a->data, 1, b->data, 1, y->data, y->rows * y->cols, contribution,
                         &k, 0, y->cols);
    else
        gf_begin(out, beta);
    for (int i = 0; !flat && i < y->rows; i++)
        gf_map_back_some(gf_spread_row(out, i), step, 1, gf_row(G, i), gf_spread_row(a, i), a_step, gf_spread_row(b, i),
                         b_step, gf_row(y, i), y->cols, contribution, &k, i, y->cols);
}

#define FORWARD(op, formula)                                                                                           \
    static double op##_value(double a, double b, const gf_attributes *k, int i, int j)                                 \
    {                                                                                                                  \
        WORDS;                                                                                                         \
        return formula;                                                                                                \
    }                                                                                                                  \
    static void op##_forward(gf_matrix *out, const gf_call *call)                                                      \
    {                                                                                                                  \
        gf_map(out, call, op##_value);                                                                                 \
    }

#define VJP(op, to, formula)                                                                                           \
    static double op##_to_##to(double G, double a, double b, double y, const gf_attributes *k, int i, int j)           \
    {                                                                                                                  \
        WORDS, (void)y;                                                                                                \
        return formula;                                                                                                \
    }                                                                                                                  \
    static void op##_vjp_##to(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)          \
    {                                                                                                                  \
        (void)slot;                                                                                                    \
        gf_map_back(out, beta, G, call, op##_to_##to);                                                                 \
    }

#endif
