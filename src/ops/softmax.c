/* softmax and log_softmax, over each row or, where the row of the table says `down`, over each column. */
#include "ops/lines.h"

/* An operation line by line: name_forward and name_vjp, from name_line and name_line_vjp, which put the result of a
 * line and what the line receives. */
#define BY_LINES(name)                                                                                                 \
    static void name##_forward(gf_matrix *y, const gf_call *call)                                                      \
    {                                                                                                                  \
        bool down = call->op->down;                                                                                    \
        for (int k = 0; k < gf_length(y, !down); k++)                                                                  \
            name##_line(gf_line_at(y, down, k), gf_line_at(call->in[0], down, k));                                     \
    }                                                                                                                  \
    static void name##_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)             \
    {                                                                                                                  \
        (void)slot;                                                                                                    \
        bool down = call->op->down;                                                                                    \
        for (int k = 0; k < gf_length(out, !down); k++)                                                                \
            name##_line_vjp(gf_line_at(out, down, k), beta, gf_line_at(G, down, k), gf_line_at(call->y, down, k));     \
    }

/* y_i = e^a_i / sum_j e^a_j, computed with exponents of at most 0. */
static void softmax_line(gf_matrix y, gf_matrix a)
{
    double sum = gf_line_exp_sum(a, gf_line_largest(a), &y);
    for (int i = 0; i < a.rows; i++)
        *gf_nth(y, i) /= sum;
}

/* da = y * (G - sum(G * y)). */
static void softmax_line_vjp(gf_matrix da, double beta, gf_matrix G, gf_matrix y)
{
    double sum = 0;
    for (int i = 0; i < y.rows; i++)
        sum += *gf_nth(G, i) * *gf_nth(y, i);
    for (int i = 0; i < y.rows; i++)
        gf_put(gf_nth(da, i), beta, *gf_nth(y, i) * (*gf_nth(G, i) - sum));
}

BY_LINES(softmax)

#define SOFTMAX(lines)                                                                                                 \
    .arity = 1, .forward = softmax_forward, .vjp = {softmax_vjp}, .formula = {"y * (G - " lines "(G * y))"}

ROW(softmax, SOFTMAX("rowsum"), .one_column = &gf_op_softmax_cols, .text = "softmax(a)",
    .doc = "Softmax over each row; over the column where there is only one.")
ROW(softmax_rows, SOFTMAX("rowsum"), .symbol = "softmax", .text = "exp(a) / rowsum(exp(a))",
    .doc = "Softmax over each row.")
ROW(softmax_cols, SOFTMAX("colsum"), .down = true, .symbol = "softmax", .text = "exp(a) / colsum(exp(a))",
    .doc = "Softmax over each column.")

/* y_i = a_i - log(sum_j e^a_j). */
static void log_softmax_line(gf_matrix y, gf_matrix a)
{
    double largest = gf_line_largest(a), log_sum = log(gf_line_exp_sum(a, largest, NULL));
    for (int i = 0; i < a.rows; i++)
        *gf_nth(y, i) = gf_below(*gf_nth(a, i), largest) - log_sum;
}

/* da = G - e^y * sum(G). */
static void log_softmax_line_vjp(gf_matrix da, double beta, gf_matrix G, gf_matrix y)
{
    double sum = gf_line_sum(G);
    for (int i = 0; i < y.rows; i++)
        gf_put(gf_nth(da, i), beta, *gf_nth(G, i) - exp(*gf_nth(y, i)) * sum);
}

BY_LINES(log_softmax)

#define LOG_SOFTMAX(lines)                                                                                             \
    .arity = 1, .forward = log_softmax_forward, .vjp = {log_softmax_vjp}, .formula = {"G - exp(y) * " lines "(G)"}

ROW(log_softmax, LOG_SOFTMAX("rowsum"), .one_column = &gf_op_log_softmax_cols, .text = "log_softmax(a)",
    .doc = "Logarithm of softmax, over each row; over the column where there is only one.")
ROW(log_softmax_rows, LOG_SOFTMAX("rowsum"), .symbol = "log_softmax", .text = "a - log(rowsum(exp(a)))",
    .doc = "Logarithm of softmax, over each row.")
ROW(log_softmax_cols, LOG_SOFTMAX("colsum"), .down = true, .symbol = "log_softmax", .text = "a - log(colsum(exp(a)))",
    .doc = "Logarithm of softmax, over each column.")
