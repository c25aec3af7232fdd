/* Operations element by element: each is a line of calculus, from which its loops and its row are made.
 *
 *     FUNCTION(sqrt, sqrt(a), G / (2 * y), "Square root, element by element.")
 *
 * is sqrt_forward, which puts the first formula into each entry of the result, sqrt_vjp, which puts the second into
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

#include "ops/ops.h"

#define OPERATOR(op, sign, value, da, db, ...)                                                                         \
    FORWARD_2(op, value)                                                                                               \
    VJP_2(op, a, da)                                                                                                   \
    VJP_2(op, b, db)                                                                                                   \
    ROW(op, .symbol = sign, .arity = 2, .shape = gf_broadcast_shape, .forward = op##_forward,                          \
        .vjp = {op##_vjp_a, op##_vjp_b}, .formula = {"sumto(" #da ", r(a), c(a))", "sumto(" #db ", r(b), c(b))"},      \
        .text = #value, .doc = __VA_ARGS__)

/* No gradient passes to either. */
#define COMPARISON(op, sign, value, ...)                                                                               \
    FORWARD_2(op, value)                                                                                               \
    ROW(op, .symbol = sign, .arity = 2, .shape = gf_broadcast_shape, .forward = op##_forward,                          \
        .formula = {"zeros(r(a), c(a))", "zeros(r(b), c(b))"}, .text = #value, .doc = __VA_ARGS__)

#define FUNCTION(op, value, da, ...) WITH_VJP(op, #op, value, #value, da, #da, __VA_ARGS__)
#define WRITTEN(op, value, value_text, da, da_text, ...) WITH_VJP(op, #op, value, value_text, da, da_text, __VA_ARGS__)
#define DERIVATIVE(op, value, da, ...) WITH_VJP(op##_prime, #op "'", value, #op "'(a)", da, #da, __VA_ARGS__)

/* Named as the language writes it; both formulas as C and as text. */
#define WITH_VJP(op, written, value, value_text, da, da_text, ...)                                                     \
    FORWARD(op, value)                                                                                                 \
    VJP(op, da)                                                                                                        \
    NAMED_ROW(op, written, .arity = 1, .forward = op##_forward, .vjp = {op##_vjp}, .formula = {da_text},               \
              .text = value_text, .doc = __VA_ARGS__)

#define FLAT(op, written, value, value_text, ...)                                                                      \
    FORWARD(op, value)                                                                                                 \
    NAMED_ROW(op, written, .arity = 1, .forward = op##_forward, .formula = {"zeros(r(a), c(a))"}, .text = value_text,  \
              .doc = __VA_ARGS__)

/* --- the words of the formulas ---------------------------------------------- */

#define abs(x) fabs(x)
#define mask gf_dropout_mask(k->p, k->seed, i, j)

/* e^-|a| never overflows. */
static inline double sigmoid(double a)
{
    double e = exp(-fabs(a));
    return (a < 0 ? e : 1) / (1 + e);
}

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

static inline double leaky_relu(double a, double slope)
{
    return a > 0 ? a : slope * a;
}

/* NaN stays NaN, here and in a clip. */
static inline double relu(double a)
{
    return a < 0 ? 0 : a;
}

static inline double clip(double a, double lo, double hi)
{
    return a < lo ? lo : a > hi ? hi : a;
}

static inline bool inside(double a, double lo, double hi)
{
    return lo <= a && a <= hi;
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

/* --- one operand ------------------------------------------------------------ */

#define WORDS                                                                                                          \
    double p = k->p, slope = p, lo = k->lo, hi = k->hi;                                                                \
    (void)a, (void)p, (void)slope, (void)lo, (void)hi, (void)i, (void)j

static inline void gf_map(gf_matrix *y, const gf_call *call,
                          double value(double a, const gf_attributes *k, int i, int j))
{
    gf_attributes k = *call->p; /* a copy, which no entry that is written can be part of */
    for (int i = 0; i < y->rows; i++) {
        const double *a = gf_row(call->in[0], i);
        double *to = gf_row(y, i);
        for (int j = 0; j < y->cols; j++)
            to[j] = value(a[j], &k, i, j);
    }
}

static inline void gf_map_back(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call,
                               double contribution(double G, double a, double y, const gf_attributes *k, int i, int j))
{
    gf_attributes k = *call->p;
    for (int i = 0; i < out->rows; i++) {
        const double *arriving = gf_row(G, i), *a = gf_row(call->in[0], i), *y = gf_row(call->y, i);
        double *to = gf_row(out, i);
        for (int j = 0; j < out->cols; j++)
            gf_put(&to[j], beta, arriving[j] == 0 ? 0 : contribution(arriving[j], a[j], y[j], &k, i, j));
    }
}

#define FORWARD(op, formula)                                                                                           \
    static double op##_value(double a, const gf_attributes *k, int i, int j)                                           \
    {                                                                                                                  \
        WORDS;                                                                                                         \
        return formula;                                                                                                \
    }                                                                                                                  \
    static void op##_forward(gf_matrix *out, const gf_call *call)                                                      \
    {                                                                                                                  \
        gf_map(out, call, op##_value);                                                                                 \
    }

#define VJP(op, formula)                                                                                               \
    static double op##_contribution(double G, double a, double y, const gf_attributes *k, int i, int j)                \
    {                                                                                                                  \
        WORDS, (void)y;                                                                                                \
        return formula;                                                                                                \
    }                                                                                                                  \
    static void op##_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)               \
    {                                                                                                                  \
        (void)slot;                                                                                                    \
        gf_map_back(out, beta, G, call, op##_contribution);                                                            \
    }

/* --- two operands ----------------------------------------------------------- */

static inline void gf_map_2(gf_matrix *y, const gf_call *call, double value(double a, double b))
{
    int a_step = gf_spread_step(call->in[0]), b_step = gf_spread_step(call->in[1]);
    for (int i = 0; i < y->rows; i++) {
        const double *a = gf_spread_row(call->in[0], i), *b = gf_spread_row(call->in[1], i);
        double *to = gf_row(y, i);
        for (int j = 0; j < y->cols; j++)
            to[j] = value(a[j * a_step], b[j * b_step]);
    }
}

static inline void gf_map_2_back(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call,
                                 double contribution(double G, double a, double b, double y))
{
    int a_step = gf_spread_step(call->in[0]), b_step = gf_spread_step(call->in[1]), step = gf_spread_step(out);
    gf_begin(out, beta);
    for (int i = 0; i < G->rows; i++) {
        const double *arriving = gf_row(G, i), *y = gf_row(call->y, i);
        const double *a = gf_spread_row(call->in[0], i), *b = gf_spread_row(call->in[1], i);
        double *to = gf_spread_row(out, i);
        for (int j = 0; j < G->cols; j++)
            to[j * step] += arriving[j] == 0 ? 0 : contribution(arriving[j], a[j * a_step], b[j * b_step], y[j]);
    }
}

#define FORWARD_2(op, formula)                                                                                         \
    static double op##_value(double a, double b)                                                                       \
    {                                                                                                                  \
        return formula;                                                                                                \
    }                                                                                                                  \
    static void op##_forward(gf_matrix *out, const gf_call *call)                                                      \
    {                                                                                                                  \
        gf_map_2(out, call, op##_value);                                                                               \
    }

#define VJP_2(op, to, formula)                                                                                         \
    static double op##_to_##to(double G, double a, double b, double y)                                                 \
    {                                                                                                                  \
        (void)a, (void)b, (void)y;                                                                                     \
        return formula;                                                                                                \
    }                                                                                                                  \
    static void op##_vjp_##to(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)          \
    {                                                                                                                  \
        (void)slot;                                                                                                    \
        gf_map_2_back(out, beta, G, call, op##_to_##to);                                                               \
    }

#endif
