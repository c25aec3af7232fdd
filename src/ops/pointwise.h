/* Operations element by element: their loops, and the functions of a row made of one equation each.
 *
 *     FORWARD(tanh, y = tanh(a))           makes tanh_forward, which does so at each entry,
 *     VJP(tanh, da = G * (1 - y * y))      and tanh_vjp: what each entry of a receives.
 *
 * In the equations a is the operand's entry, y the result's, G that of the gradient that arrives, and k->p, k->lo …
 * are the constants. Of two operands a and b, either of which may be broadcast:
 *
 *     FORWARD_2(mul, y = a * b)            makes mul_forward,
 *     VJP_2(mul, a, da = G * b)            mul_vjp_a and
 *     VJP_2(mul, b, db = G * a)            mul_vjp_b, which sum to the operand's shape. */
#ifndef GF_OPS_POINTWISE_H
#define GF_OPS_POINTWISE_H

#include "ops/ops.h"

/* --- one operand ------------------------------------------------------------ */

static inline void gf_map(gf_matrix *y, const gf_call *call, double value(double a, const gf_attributes *k))
{
    for (int i = 0; i < y->rows; i++) {
        const double *a = gf_row(call->in[0], i);
        double *to = gf_row(y, i);
        for (int j = 0; j < y->cols; j++)
            to[j] = value(a[j], &call->p);
    }
}

static inline void gf_map_back(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call,
                               double contribution(double G, double a, double y, const gf_attributes *k))
{
    for (int i = 0; i < out->rows; i++) {
        const double *arriving = gf_row(G, i), *a = gf_row(call->in[0], i), *y = gf_row(call->y, i);
        double *to = gf_row(out, i);
        for (int j = 0; j < out->cols; j++)
            gf_put(&to[j], beta, contribution(arriving[j], a[j], y[j], &call->p));
    }
}

#define FORWARD(op, equation)                                                                                          \
    static double op##_value(double a, const gf_attributes *k)                                                         \
    {                                                                                                                  \
        (void)k;                                                                                                       \
        double y;                                                                                                      \
        equation;                                                                                                      \
        return y;                                                                                                      \
    }                                                                                                                  \
    static void op##_forward(gf_matrix *y, const gf_call *call)                                                        \
    {                                                                                                                  \
        gf_map(y, call, op##_value);                                                                                   \
    }

#define VJP(op, equation)                                                                                              \
    static double op##_contribution(double G, double a, double y, const gf_attributes *k)                              \
    {                                                                                                                  \
        (void)a, (void)y, (void)k;                                                                                     \
        double da;                                                                                                     \
        equation;                                                                                                      \
        return da;                                                                                                     \
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
            to[j * step] += contribution(arriving[j], a[j * a_step], b[j * b_step], y[j]);
    }
}

#define FORWARD_2(op, equation)                                                                                        \
    static double op##_value(double a, double b)                                                                       \
    {                                                                                                                  \
        double y;                                                                                                      \
        equation;                                                                                                      \
        return y;                                                                                                      \
    }                                                                                                                  \
    static void op##_forward(gf_matrix *y, const gf_call *call)                                                        \
    {                                                                                                                  \
        gf_map_2(y, call, op##_value);                                                                                 \
    }

#define VJP_2(op, to, equation)                                                                                        \
    static double op##_to_##to(double G, double a, double b, double y)                                                 \
    {                                                                                                                  \
        (void)a, (void)b, (void)y;                                                                                     \
        double d##to;                                                                                                  \
        equation;                                                                                                      \
        return d##to;                                                                                                  \
    }                                                                                                                  \
    static void op##_vjp_##to(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)          \
    {                                                                                                                  \
        (void)slot;                                                                                                    \
        gf_map_2_back(out, beta, G, call, op##_to_##to);                                                               \
    }

#endif
