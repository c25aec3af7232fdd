/* Operations that change the shape and no entry: broadcast, diag, reshape and vec. */
#include "ops/ops.h"

/* --- broadcast -------------------------------------------------------------------- */

static bool broadcast_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    const gf_matrix *a = call->in[0];
    *rows = call->p->rows;
    *cols = call->p->cols;
    if (*rows < 1 || *cols < 1)
        return gf_refuse(why, "the shape %d x %d has no entries", *rows, *cols);
    return ((a->rows == 1 || a->rows == *rows) && (a->cols == 1 || a->cols == *cols)) ||
           gf_refuse(why, "%d x %d cannot be repeated to %d x %d", a->rows, a->cols, *rows, *cols);
}

LINEAR(broadcast, gf_put_spread, gf_put_sums)

ROW(broadcast, .arity = 1, .shape = broadcast_shape, .forward = broadcast_forward, .vjp = {broadcast_vjp},
    .formula = {"sumto(G, r(a), c(a))"}, .text = "a * ones(rows, cols)",
    .doc = "A dimension of 1 repeated, to a shape.")

/* --- diag ------------------------------------------------------------------------- */

static bool diag_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    const gf_matrix *v = call->in[0];
    *rows = *cols = v->rows == 1 ? v->cols : v->rows;
    return v->rows == 1 || v->cols == 1 || gf_refuse(why, "%d x %d is no vector", v->rows, v->cols);
}

/* to := beta * to + the diagonal matrix of the vector `from`: its entry k, a column's or a row's, is (k, k) if
 * repeated. */
static void put_diagonal(gf_matrix *to, double beta, const gf_matrix *from)
{
    gf_begin(to, beta);
    for (int k = 0; k < to->rows; k++)
        gf_put(gf_at(to, k, k), beta, *gf_spread_at(from, k, k));
}

/* to := beta * to + the diagonal of `from`. */
static void take_diagonal(gf_matrix *to, double beta, const gf_matrix *from)
{
    for (int k = 0; k < from->rows; k++)
        gf_put(gf_spread_at(to, k, k), beta, *gf_at(from, k, k));
}

LINEAR(diag, put_diagonal, take_diagonal)

ROW(diag, .arity = 1, .shape = diag_shape, .forward = diag_forward, .vjp = {diag_vjp},
    .formula = {"sumto(G * diag(ones(r(a), c(a))), r(a), c(a))"}, .text = "diag(a)",
    .doc = "The diagonal matrix of a vector.")

/* --- reshape and vec ---------------------------------------------------------------- */

static bool reshape_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    const gf_matrix *a = call->in[0];
    long long here = (long long)a->rows * a->cols, there = (long long)call->p->rows * call->p->cols;
    *rows = call->p->rows;
    *cols = call->p->cols;
    if (*rows < 1 || *cols < 1)
        return gf_refuse(why, "the shape %d x %d has no entries", *rows, *cols);
    return here == there ||
           gf_refuse(why, "%lld entries do not make %d x %d, which has %lld", here, *rows, *cols, there);
}

static bool vec_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    long long size = (long long)call->in[0]->rows * call->in[0]->cols;
    *rows = (int)size;
    *cols = 1;
    return size <= INT32_MAX || gf_refuse(why, "%lld rows are too many", size);
}

/* to := beta * to + from, where the two hold the same entries, row by row, in different shapes. */
static void pour(gf_matrix *to, double beta, const gf_matrix *from)
{
    int i = 0, j = 0;
    GF_EACH_ENTRY (to, row, col) {
        gf_put(gf_at(to, row, col), beta, *gf_at(from, i, j));
        if (++j == from->cols) {
            j = 0;
            i++;
        }
    }
}

LINEAR(reshape, pour, pour)

ROW(reshape, .arity = 1, .shape = reshape_shape, .forward = reshape_forward, .vjp = {reshape_vjp},
    .formula = {"reshape(G, r(a), c(a))"}, .text = "reshape(a, rows, cols)",
    .doc = "The same entries, row by row, in another shape.")

ROW(vec, .arity = 1, .shape = vec_shape, .forward = reshape_forward, .vjp = {reshape_vjp},
    .formula = {"reshape(G, r(a), c(a))"}, .text = "vec(a)", .doc = "The entries, row by row, as one column.")
