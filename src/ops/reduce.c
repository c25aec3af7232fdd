/* Sums, means and norms. */
#include "ops/ops.h"

static bool scalar_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    (void)call, (void)why;
    *rows = *cols = 1;
    return true;
}

/* --- sums to a shape ---------------------------------------------------------------- */

/* y = a summed to the shape of y; da = G repeated to the shape of a. The shape alone tells the four apart. */
LINEAR(sum, gf_put_sums, gf_put_spread)

#define SUMS .arity = 1, .forward = sum_forward, .vjp = {sum_vjp}, .formula = {"G * ones(r(a), c(a))"}

ROW(sum, SUMS, .symbol = "Σ", .shape = scalar_shape, .text = "sum(a)", .doc = "The sum of all entries.")

/* Each row, or going down each column, to its sum. */
static bool line_sums_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    (void)why;
    *(call->op->down ? rows : cols) = 1;
    return true;
}

ROW(rowsum, SUMS, .shape = line_sums_shape, .text = "rowsum(a)", .doc = "The sum of each row, as a column.")
ROW(colsum, SUMS, .down = true, .shape = line_sums_shape, .text = "colsum(a)",
    .doc = "The sum of each column, as a row.")

static bool sumto_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    const gf_matrix *a = call->in[0];
    *rows = call->p->rows;
    *cols = call->p->cols;
    return ((*rows == 1 || *rows == a->rows) && (*cols == 1 || *cols == a->cols)) ||
           gf_refuse(why, "%d x %d cannot be summed to %d x %d", a->rows, a->cols, *rows, *cols);
}

ROW(sumto, SUMS, .shape = sumto_shape, .text = "sumto(a, rows, cols)",
    .doc = "Sums over what broadcasting from a shape repeated.")

/* --- mean --------------------------------------------------------------------------- */

static void mean_forward(gf_matrix *y, const gf_call *call)
{
    gf_put_sums(y, 0, call->in[0]);
    y->data[0] /= (double)gf_matrix_size(call->in[0]);
}

static void mean_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)call, (void)slot;
    double each = G->data[0] / (double)gf_matrix_size(out);
    gf_matrix share = gf_matrix_over(&each, 1, 1);
    gf_put_spread(out, beta, &share);
}

ROW(mean, .arity = 1, .shape = scalar_shape, .forward = mean_forward, .vjp = {mean_vjp},
    .formula = {"G * ones(r(a), c(a)) / (r(a) * c(a))"}, .text = "mean(a)", .doc = "The mean of all entries.")

/* --- norms -------------------------------------------------------------------------- */

/* A share of a norm; at norm 0, where the norm has no derivative, 0. */
static double share(double part, double norm)
{
    return norm == 0 ? 0 : part / norm;
}

static void norm_forward(gf_matrix *y, const gf_call *call)
{
    y->data[0] = gf_matrix_norm(call->in[0]);
}

/* da = G * a / norm(a). */
static void norm_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    GF_EACH_ENTRY (out, i, j)
        gf_put(gf_at(out, i, j), beta, G->data[0] * share(*gf_at(call->in[0], i, j), call->y->data[0]));
}

ROW(norm, .arity = 1, .shape = scalar_shape, .forward = norm_forward, .vjp = {norm_vjp}, .formula = {"G * unit(a)"},
    .text = "norm(a)", .doc = "The Frobenius norm; its gradient at 0 is 0.")

static void unit_forward(gf_matrix *y, const gf_call *call)
{
    double norm = gf_matrix_norm(call->in[0]);
    GF_EACH_ENTRY (y, i, j)
        *gf_at(y, i, j) = share(*gf_at(call->in[0], i, j), norm);
}

/* da = (G - y * sum(G * y)) / norm(a): what points along y does not turn it. */
static void unit_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    double norm = gf_matrix_norm(call->in[0]), along = 0;
    GF_EACH_ENTRY (out, i, j)
        along += *gf_at(G, i, j) * *gf_at(call->y, i, j);
    GF_EACH_ENTRY (out, i, j) {
        double across = *gf_at(G, i, j) - *gf_at(call->y, i, j) * along;
        gf_put(gf_at(out, i, j), beta, share(across, norm));
    }
}

ROW(unit, .arity = 1, .forward = unit_forward, .vjp = {unit_vjp}, .formula = {"(G - y * sum(G * y)) / norm(a)"},
    .text = "unit(a)", .doc = "a / norm(a); zeros where a is zero.")
