/* Choices, entry by entry: of two operands the one that a third says; the largest of any number. */
#include <math.h>

#include "ops/ops.h"

/* --- one of two --------------------------------------------------------------------- */

/* The slot that entry (i, j) is taken from: a where c is not 0, else b. */
static int taken(const gf_call *call, int i, int j)
{
    return *gf_spread_at(call->in[0], i, j) != 0 ? 1 : 2;
}

static void where_forward(gf_matrix *y, const gf_call *call)
{
    GF_EACH_ENTRY (y, i, j)
        *gf_at(y, i, j) = *gf_spread_at(call->in[taken(call, i, j)], i, j);
}

/* What was not taken receives 0, be G infinite. */
static void where_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    gf_begin(out, beta);
    GF_EACH_ENTRY (G, i, j)
        if (taken(call, i, j) == slot)
            *gf_spread_at(out, i, j) += *gf_at(G, i, j);
}

ROW(where, .arity = 3, .shape = gf_broadcast_shape, .forward = where_forward, .vjp = {NULL, where_vjp, where_vjp},
    .formula = {"zeros(r(c), c(c))", "sumto(where(c, G, 0), r(a), c(a))", "sumto(where(c, 0, G), r(b), c(b))"},
    .text = "where(c, a, b)", .doc = "a where c is not 0, else b; what is not taken receives no gradient.")

/* --- the largest of any number ------------------------------------------------------ */

/* NaN where one is. */
static void max_of_forward(gf_matrix *y, const gf_call *call)
{
    GF_EACH_ENTRY (y, i, j) {
        double largest = *gf_spread_at(call->in[0], i, j);
        for (int k = 1; k < call->arity && !isnan(largest); k++) {
            double other = *gf_spread_at(call->in[k], i, j);
            largest = other > largest || isnan(other) ? other : largest;
        }
        *gf_at(y, i, j) = largest;
    }
}

/* How many operands are the largest in entry (i, j). */
static int ties(const gf_call *call, int i, int j)
{
    int count = 0;
    for (int k = 0; k < call->arity; k++)
        count += *gf_spread_at(call->in[k], i, j) >= *gf_at(call->y, i, j);
    return count;
}

/* Each of the largest receives its share of G. */
static void max_of_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    gf_begin(out, beta);
    GF_EACH_ENTRY (G, i, j)
        if (*gf_spread_at(call->in[slot], i, j) >= *gf_at(call->y, i, j))
            *gf_spread_at(out, i, j) += *gf_at(G, i, j) / ties(call, i, j);
}

ROW(max_of, .symbol = "max", .arity = GF_ARITY_ANY, .shape = gf_broadcast_shape, .forward = max_of_forward,
    .vjp = {max_of_vjp}, .formula = {"sumto(G * (part >= y) / ties, r(part), c(part))"}, .text = "max(a, b)",
    .doc = "The largest of any number of operands, entry by entry.")
