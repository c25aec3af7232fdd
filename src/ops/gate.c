/* Gates: what lets only some values, or no gradient, through. */
#include "ops/pointwise.h"

/* --- clip ----------------------------------------------------------------------- */

static bool clip_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    *rows = call->in[0]->rows;
    *cols = call->in[0]->cols;
    return call->p.lo <= call->p.hi || gf_refuse(why, "the ends %g and %g are no interval", call->p.lo, call->p.hi);
}

static bool inside(double a, const gf_attributes *k)
{
    return k->lo <= a && a <= k->hi;
}

FORWARD(clip, y = a < k->lo ? k->lo : a > k->hi ? k->hi : a)
VJP(clip, da = inside(a, k) ? G : 0)

const gf_operation gf_op_clip = {
    .name = "clip",
    .arity = 1,
    .shape = clip_shape,
    .forward = clip_forward,
    .vjp = {clip_vjp},
    .formula = {"G * clip'(a, lo, hi)"},
    .text = "clip(a, lo, hi)",
    .doc = "Each entry, but lo below lo and hi above hi.",
};

FORWARD(clip_prime, y = inside(a, k))

const gf_operation gf_op_clip_prime = {
    .name = "clip'",
    .arity = 1,
    .shape = clip_shape,
    .forward = clip_prime_forward,
    .formula = {"zeros(r(a), c(a))"},
    .text = "clip'(a, lo, hi)",
    .doc = "The derivative of clip: 1 where lo <= a <= hi, else 0.",
};

/* --- dropout -------------------------------------------------------------------- */

static bool dropout_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    *rows = call->in[0]->rows;
    *cols = call->in[0]->cols;
    return (call->p.p >= 0 && call->p.p < 1) || gf_refuse(why, "the rate %g is not in [0, 1)", call->p.p);
}

/* The entry's number in the sequence of splitmix64 (Steele, Lea and Flood 2014) as a uniform number in [0, 1). The
 * place is the number: neither the other entries nor the width of the matrix matter. */
static double uniform_at(uint64_t seed, int i, int j)
{
    uint64_t place = (uint64_t)i << 32 | (uint64_t)j;
    uint64_t z = seed + (place + 1) * 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    z = z ^ (z >> 31);
    return (double)(z >> 11) * 0x1p-53;
}

double gf_dropout_mask(double rate, uint64_t seed, int i, int j)
{
    return uniform_at(seed, i, j) < rate ? 0 : 1 / (1 - rate);
}

static void dropout_forward(gf_matrix *y, const gf_call *call)
{
    for (int i = 0; i < y->rows; i++)
        for (int j = 0; j < y->cols; j++)
            *gf_entry(y, i, j) = *gf_entry(call->in[0], i, j) * gf_dropout_mask(call->p.p, call->p.seed, i, j);
}

static void dropout_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    for (int i = 0; i < out->rows; i++)
        for (int j = 0; j < out->cols; j++) {
            double mask = gf_dropout_mask(call->p.p, call->p.seed, i, j);
            gf_put(gf_entry(out, i, j), beta, *gf_entry(G, i, j) * mask);
        }
}

const gf_operation gf_op_dropout = {
    .name = "dropout",
    .arity = 1,
    .shape = dropout_shape,
    .forward = dropout_forward,
    .vjp = {dropout_vjp},
    .formula = {"G * mask"},
    .text = "a * mask",
    .doc = "Each entry zeroed with probability p, the others divided by 1 - p.",
};

/* --- stop ----------------------------------------------------------------------- */

FORWARD(stop, y = a)

const gf_operation gf_op_stop = {
    .name = "stop",
    .arity = 1,
    .forward = stop_forward,
    .formula = {"zeros(r(a), c(a))"},
    .text = "stop(a)",
    .doc = "a, as a constant: no gradient passes.",
};
