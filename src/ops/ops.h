/* The rows of the built-in operations, and the little that they share. */
#ifndef GF_OPS_OPS_H
#define GF_OPS_OPS_H

#include <gradflow/operation.h>

#include "base/random.h"
#include "base/size.h"

/* Every built-in operation, in the order of the table: X(tanh, ONE) stands for the row gf_op_tanh and its builder,
 * which takes ONE operand, TWO, THREE, or MANY; or one and a NUMBER, two ENDS, a MASK (rate and seed), a SLICE (first
 * and last), a PLACE (row and column) or a SHAPE. graph/builders.c makes the builders of this list. */
/* clang-format off */
#define GF_OPERATIONS(X) \
    X(add, TWO) X(sub, TWO) X(mul, TWO) X(div, TWO) X(scale, NUMBER) X(add_scalar, NUMBER) X(pow, NUMBER) X(neg, ONE) \
    X(max, TWO) X(min, TWO) X(max_of, MANY) X(less, TWO) X(less_equal, TWO) X(greater, TWO) \
    X(greater_equal, TWO) X(where, THREE) \
    X(sigmoid, ONE) X(tanh, ONE) X(relu, ONE) X(leaky_relu, NUMBER) X(softplus, ONE) X(exp, ONE) X(log, ONE) \
    X(sqrt, ONE) X(abs, ONE) X(sigmoid_prime, ONE) X(tanh_prime, ONE) X(relu_prime, ONE) X(leaky_relu_prime, NUMBER) \
    X(softplus_prime, ONE) X(exp_prime, ONE) X(log_prime, ONE) X(sqrt_prime, ONE) X(abs_prime, ONE) \
    X(clip, ENDS) X(clip_prime, ENDS) X(dropout, MASK) X(stop, ONE) \
    X(matmul, TWO) X(transpose, ONE) X(hcat, MANY) X(vcat, MANY) X(rows, SLICE) X(cols, SLICE) X(entry, PLACE) \
    X(broadcast, SHAPE) X(sumto, SHAPE) X(diag, ONE) X(reshape, SHAPE) X(vec, ONE) \
    X(sum, ONE) X(mean, ONE) X(norm, ONE) X(unit, ONE) X(rowsum, ONE) X(colsum, ONE) \
    X(softmax, ONE) X(softmax_rows, ONE) X(softmax_cols, ONE) \
    X(log_softmax, ONE) X(log_softmax_rows, ONE) X(log_softmax_cols, ONE) \
    X(cross_entropy, TWO) X(cross_entropy_column, NONE) X(mse, TWO)
/* clang-format on */

#define GF_ROW_DECLARED(op, takes) extern const gf_operation gf_op_##op;
GF_OPERATIONS(GF_ROW_DECLARED)
#undef GF_ROW_DECLARED

/* The row gf_op_<op>, of that name, from the fields that follow. */
#define ROW(op, ...) NAMED_ROW(op, #op, __VA_ARGS__)
#define NAMED_ROW(op, word, ...)                                                                                       \
    const gf_operation gf_op_##op = {.size = sizeof(gf_operation), .name = word, __VA_ARGS__};

/* --- shape rules ---------------------------------------------------------- */

/* Writes the reason, and is false: `return fits || gf_refuse(why, "…", …)`. */
bool gf_refuse(char why[GF_WHY], const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Operands broadcast: a dimension in which one is 1 and another is not is repeated. */
gf_shape_rule gf_broadcast_shape;

/* --- entries ---------------------------------------------------------------- */

static inline double *gf_at(const gf_matrix *m, int i, int j)
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

/* Entry (i, j) of a matrix that is repeated both ways. */
static inline double *gf_spread_at(const gf_matrix *m, int i, int j)
{
    return gf_spread_row(m, i) + j * gf_spread_step(m);
}

/* Do its rows follow each other without a gap, and is it of the shape of `like`? Then it is a row of entries. */
static inline bool gf_is_flat(const gf_matrix *m, const gf_matrix *like)
{
    return m->stride == m->cols && gf_same_shape(m, like);
}

/* The part of m from column number `first`, counted from 0, on, or with `down` from that row on, of the shape of
 * `like`; its entries are m's. */
static inline gf_matrix gf_part_of(const gf_matrix *m, bool down, int first, const gf_matrix *like)
{
    double *start = down ? gf_row(m, first) : m->data + first;
    return (gf_matrix){.data = start, .rows = like->rows, .cols = like->cols, .stride = m->stride};
}

/* out := beta * out, from where a vjp adds: zeros with beta 0; with beta 1 nothing is touched. */
void gf_begin(gf_matrix *out, double beta);

/* to := beta * to + from, where `from` is repeated to the shape of `to` (a broadcast), or where it is summed to the
 * shape of `to` (what undoes one). Each is the other's vjp. */
void gf_put_spread(gf_matrix *to, double beta, const gf_matrix *from);
void gf_put_sums(gf_matrix *to, double beta, const gf_matrix *from);

/* An operation that is linear in its one operand, y = L a, and so da = L' G: op_forward and op_vjp, from what puts L
 * and what puts its transpose, each as out := beta * out + its product with a matrix. */
#define LINEAR(op, put, put_transposed)                                                                                \
    static void op##_forward(gf_matrix *y, const gf_call *call)                                                        \
    {                                                                                                                  \
        put(y, 0, call->in[0]);                                                                                        \
    }                                                                                                                  \
    static void op##_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)               \
    {                                                                                                                  \
        (void)call, (void)slot;                                                                                        \
        put_transposed(out, beta, G);                                                                                  \
    }

/* --- numbers ---------------------------------------------------------------- */

/* What a dropout multiplies entry (i, j), counted from 0, by: 0 or 1 / (1 - rate). The entry's number in the sequence
 * of splitmix64 is a uniform one in [0, 1). Its place is the number: neither the other entries nor the width of the
 * matrix matter. */
static inline double gf_dropout_mask(double rate, uint64_t seed, int i, int j)
{
    uint64_t place = (uint64_t)i << 32 | (uint64_t)j;
    return gf_random_fraction(gf_random_splitmix(seed, place + 1)) < rate ? 0 : 1 / (1 - rate);
}

#endif
