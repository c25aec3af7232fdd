/* The rows of the built-in operations, and the little that they share. */
#ifndef GF_OPS_OPS_H
#define GF_OPS_OPS_H

#include <gradflow/operation.h>

/* Every built-in operation, in the order of the table: X(tanh) stands for the row gf_op_tanh. */
/* clang-format off */
#define GF_OPERATIONS(X) \
    X(add) X(sub) X(mul) X(div) X(scale) X(add_scalar) X(pow) X(neg) \
    X(sigmoid) X(tanh) X(relu) X(exp) X(log) X(sqrt) X(abs) \
    X(sigmoid_prime) X(tanh_prime) X(relu_prime) X(exp_prime) X(log_prime) X(sqrt_prime) X(abs_prime) \
    X(clip) X(clip_prime) X(dropout) X(stop) \
    X(matmul) X(transpose) X(hcat) X(vcat) X(rows) X(cols) X(broadcast) X(sumto) X(diag) X(reshape) X(vec) \
    X(sum) X(mean) X(norm) X(unit) X(rowsum) X(colsum) \
    X(softmax) X(softmax_rows) X(softmax_cols) X(log_softmax) X(log_softmax_rows) X(log_softmax_cols) \
    X(cross_entropy) X(cross_entropy_column) X(mse)
/* clang-format on */

#define GF_ROW_DECLARED(op) extern const gf_operation gf_op_##op;
GF_OPERATIONS(GF_ROW_DECLARED)
#undef GF_ROW_DECLARED

/* --- shape rules ---------------------------------------------------------- */

/* Writes the reason, and is false: `return fits || gf_refuse(why, "…", …)`. */
bool gf_refuse(char why[GF_WHY], const char *format, ...) __attribute__((format(printf, 2, 3)));

/* --- entries ---------------------------------------------------------------- */

/* Row i, counted from 0. */
static inline double *gf_row(const gf_matrix *m, int i)
{
    return m->data + (size_t)i * (size_t)m->stride;
}

static inline double *gf_entry(const gf_matrix *m, int i, int j)
{
    return gf_row(m, i) + j;
}

/* Row i of a matrix that is repeated downwards if it has one row; and by how much to move on there from column to
 * column, which is 0 if it has one column and is repeated sideways. */
static inline double *gf_spread_row(const gf_matrix *m, int i)
{
    return gf_row(m, m->rows == 1 ? 0 : i);
}

static inline int gf_spread_step(const gf_matrix *m)
{
    return m->cols == 1 ? 0 : 1;
}

/* out := beta * out, from where a vjp adds: zeros with beta 0; with beta 1 nothing is touched. */
void gf_begin(gf_matrix *out, double beta);

/* to := beta * to + from, of one shape. */
void gf_put_all(gf_matrix *to, double beta, const gf_matrix *from);

/* to := beta * to + from, where `from` is repeated to the shape of `to` (a broadcast), or where it is summed to the
 * shape of `to` (what undoes one). Each is the other's vjp. */
void gf_put_spread(gf_matrix *to, double beta, const gf_matrix *from);
void gf_put_sums(gf_matrix *to, double beta, const gf_matrix *from);

/* --- numbers ---------------------------------------------------------------- */

double gf_sigmoid_of(double x); /* 1 / (1 + e^-x) */

/* What a dropout multiplies entry (i, j), counted from 0, by: 0 or 1 / (1 - rate). */
double gf_dropout_mask(double rate, uint64_t seed, int i, int j);

#endif
