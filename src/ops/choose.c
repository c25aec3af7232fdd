/* Choices: of two operands the one that a third says, entry by entry. */
#include "ops/ops.h"

/* y = a where c is not 0, else b. */
static void where_forward(gf_matrix *y, const gf_call *call)
{
    const gf_matrix *c = call->in[0];
    for (int i = 0; i < y->rows; i++) {
        const double *chosen = gf_spread_row(c, i);
        for (int j = 0; j < y->cols; j++) {
            const gf_matrix *from = call->in[chosen[j * gf_spread_step(c)] != 0 ? 1 : 2];
            *gf_at(y, i, j) = gf_spread_row(from, i)[j * gf_spread_step(from)];
        }
    }
}

/* da = G where c is not 0; db = G where it is. What was not taken receives 0, be G infinite. */
static void where_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    const gf_matrix *c = call->in[0];
    gf_begin(out, beta);
    for (int i = 0; i < G->rows; i++) {
        const double *chosen = gf_spread_row(c, i), *arriving = gf_row(G, i);
        double *to = gf_spread_row(out, i);
        for (int j = 0; j < G->cols; j++)
            if ((chosen[j * gf_spread_step(c)] != 0) == (slot == 1))
                to[j * gf_spread_step(out)] += arriving[j];
    }
}

ROW(where, .arity = 3, .shape = gf_broadcast_shape, .forward = where_forward, .vjp = {NULL, where_vjp, where_vjp},
    .formula = {"zeros(r(c), c(c))", "sumto(where(c, G, 0), r(a), c(a))", "sumto(where(c, 0, G), r(b), c(b))"},
    .text = "where(c, a, b)", .doc = "a where c is not 0, else b; what is not taken receives no gradient.")
