/* softmax and log_softmax, over each row or over each column ("down"). */
#include <math.h>

#include "ops/lines.h"

/* --- softmax ------------------------------------------------------------------------ */

/* y_i = e^a_i / sum_j e^a_j, computed with exponents of at most 0. */
static void softmax(gf_matrix *y, const gf_call *call, bool down)
{
    for (int k = 0; k < gf_line_count(y, down); k++) {
        gf_line a = gf_line_at(call->in[0], down, k), to = gf_line_at(y, down, k);
        double largest = gf_line_largest(a), sum = gf_line_exp_sum(a, largest);
        for (int i = 0; i < a.n; i++)
            *gf_nth(to, i) = exp(gf_below(*gf_nth(a, i), largest)) / sum;
    }
}

/* da = y * (G - sum(G * y)), line by line. */
static void softmax_back(gf_matrix *out, double beta, const gf_matrix *arriving, const gf_call *call, bool down)
{
    for (int k = 0; k < gf_line_count(out, down); k++) {
        gf_line y = gf_line_at(call->y, down, k), G = gf_line_at(arriving, down, k), to = gf_line_at(out, down, k);
        double sum = 0;
        for (int i = 0; i < y.n; i++)
            sum += *gf_nth(G, i) * *gf_nth(y, i);
        for (int i = 0; i < y.n; i++)
            gf_put(gf_nth(to, i), beta, *gf_nth(y, i) * (*gf_nth(G, i) - sum));
    }
}

static void softmax_rows_forward(gf_matrix *y, const gf_call *call)
{
    softmax(y, call, false);
}

static void softmax_rows_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    softmax_back(out, beta, G, call, false);
}

static void softmax_cols_forward(gf_matrix *y, const gf_call *call)
{
    softmax(y, call, true);
}

static void softmax_cols_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    softmax_back(out, beta, G, call, true);
}

const gf_operation gf_op_softmax = {
    .name = "softmax",
    .arity = 1,
    .one_column = &gf_op_softmax_cols,
    .forward = softmax_rows_forward,
    .vjp = {softmax_rows_vjp},
    .formula = {"y * (G - rowsum(G * y))"},
    .text = "softmax(a)",
    .doc = "Softmax over each row; over the column where there is only one.",
};

const gf_operation gf_op_softmax_rows = {
    .name = "softmax_rows",
    .symbol = "softmax",
    .arity = 1,
    .forward = softmax_rows_forward,
    .vjp = {softmax_rows_vjp},
    .formula = {"y * (G - rowsum(G * y))"},
    .text = "exp(a) / rowsum(exp(a))",
    .doc = "Softmax over each row.",
};

const gf_operation gf_op_softmax_cols = {
    .name = "softmax_cols",
    .symbol = "softmax",
    .arity = 1,
    .forward = softmax_cols_forward,
    .vjp = {softmax_cols_vjp},
    .formula = {"y * (G - colsum(G * y))"},
    .text = "exp(a) / colsum(exp(a))",
    .doc = "Softmax over each column.",
};

/* --- log_softmax -------------------------------------------------------------------- */

/* y_i = a_i - log(sum_j e^a_j). */
static void log_softmax(gf_matrix *y, const gf_call *call, bool down)
{
    for (int k = 0; k < gf_line_count(y, down); k++) {
        gf_line a = gf_line_at(call->in[0], down, k), to = gf_line_at(y, down, k);
        double largest = gf_line_largest(a), log_sum = log(gf_line_exp_sum(a, largest));
        for (int i = 0; i < a.n; i++)
            *gf_nth(to, i) = gf_below(*gf_nth(a, i), largest) - log_sum;
    }
}

/* da = G - e^y * sum(G), line by line. */
static void log_softmax_back(gf_matrix *out, double beta, const gf_matrix *arriving, const gf_call *call, bool down)
{
    for (int k = 0; k < gf_line_count(out, down); k++) {
        gf_line y = gf_line_at(call->y, down, k), G = gf_line_at(arriving, down, k), to = gf_line_at(out, down, k);
        double sum = gf_line_sum(G);
        for (int i = 0; i < y.n; i++)
            gf_put(gf_nth(to, i), beta, *gf_nth(G, i) - exp(*gf_nth(y, i)) * sum);
    }
}

static void log_softmax_rows_forward(gf_matrix *y, const gf_call *call)
{
    log_softmax(y, call, false);
}

static void log_softmax_rows_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    log_softmax_back(out, beta, G, call, false);
}

static void log_softmax_cols_forward(gf_matrix *y, const gf_call *call)
{
    log_softmax(y, call, true);
}

static void log_softmax_cols_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    log_softmax_back(out, beta, G, call, true);
}

const gf_operation gf_op_log_softmax = {
    .name = "log_softmax",
    .arity = 1,
    .one_column = &gf_op_log_softmax_cols,
    .forward = log_softmax_rows_forward,
    .vjp = {log_softmax_rows_vjp},
    .formula = {"G - exp(y) * rowsum(G)"},
    .text = "log_softmax(a)",
    .doc = "Logarithm of softmax, over each row; over the column where there is only one.",
};

const gf_operation gf_op_log_softmax_rows = {
    .name = "log_softmax_rows",
    .symbol = "log_softmax",
    .arity = 1,
    .forward = log_softmax_rows_forward,
    .vjp = {log_softmax_rows_vjp},
    .formula = {"G - exp(y) * rowsum(G)"},
    .text = "a - log(rowsum(exp(a)))",
    .doc = "Logarithm of softmax, over each row.",
};

const gf_operation gf_op_log_softmax_cols = {
    .name = "log_softmax_cols",
    .symbol = "log_softmax",
    .arity = 1,
    .forward = log_softmax_cols_forward,
    .vjp = {log_softmax_cols_vjp},
    .formula = {"G - exp(y) * colsum(G)"},
    .text = "a - log(colsum(exp(a)))",
    .doc = "Logarithm of softmax, over each column.",
};
