/* Losses: cross-entropy and mean squared error. */
#include "ops/lines.h"

/* Two matrices of one shape make a number. */
static bool loss_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    const gf_matrix *a = call->in[0], *b = call->in[1];
    *rows = *cols = 1;
    return gf_same_shape(a, b) ||
           gf_refuse(why, "the shapes %d x %d and %d x %d differ", a->rows, a->cols, b->rows, b->cols);
}

/* --- cross_entropy: -sum(b * log_softmax(a)) ------------------------------------------ */

/* weight * log p, where nothing times the infinite logarithm of p = 0 is nothing. */
static double weighted(double weight, double log_p)
{
    return weight == 0 && isinf(log_p) ? 0 : weight * log_p;
}

/* One example: its loss. */
static double example_loss(gf_matrix a, gf_matrix b)
{
    double largest = gf_line_largest(a), log_sum = log(gf_line_exp_sum(a, largest, NULL)), sum = 0;
    for (int i = 0; i < a.rows; i++)
        sum += weighted(*gf_nth(b, i), gf_below(*gf_nth(a, i), largest) - log_sum);
    return -sum;
}

/* da = G * (softmax(a) * sum(b) - b): the targets may sum to anything. */
static void example_to_logits(gf_matrix to, double beta, double G, gf_matrix a, gf_matrix b)
{
    double largest = gf_line_largest(a), exp_sum = gf_line_exp_sum(a, largest, NULL), sum = gf_line_sum(b);
    double some[GF_SOME];
    for (int first = 0, n; first < a.rows; first += n) {
        n = gf_line_exp(some, a, first, largest);
        for (int i = first; i < first + n; i++)
            gf_put(gf_nth(to, i), beta, G * (some[i - first] / exp_sum * sum - *gf_nth(b, i)));
    }
}

/* db = -G * log_softmax(a). */
static void example_to_targets(gf_matrix to, double beta, double G, gf_matrix a)
{
    double largest = gf_line_largest(a), log_sum = log(gf_line_exp_sum(a, largest, NULL));
    for (int i = 0; i < a.rows; i++)
        gf_put(gf_nth(to, i), beta, weighted(-G, gf_below(*gf_nth(a, i), largest) - log_sum));
}

static void cross_entropy(gf_matrix *y, const gf_call *call)
{
    bool down = call->op->down;
    double sum = 0;
    for (int k = 0; k < gf_length(call->in[0], !down); k++)
        sum += example_loss(gf_line_at(call->in[0], down, k), gf_line_at(call->in[1], down, k));
    y->data[0] = sum;
}

static void cross_entropy_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    bool down = call->op->down;
    for (int k = 0; k < gf_length(out, !down); k++) {
        gf_matrix to = gf_line_at(out, down, k), a = gf_line_at(call->in[0], down, k);
        if (slot == 0)
            example_to_logits(to, beta, G->data[0], a, gf_line_at(call->in[1], down, k));
        else
            example_to_targets(to, beta, G->data[0], a);
    }
}

/* Over the column, there is one example. */
static bool column_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    int found = call->in[0]->cols;
    return loss_shape(call, rows, cols, why) && (found == 1 || gf_refuse(why, "%d columns are not one example", found));
}

#define CROSS_ENTROPY(sum)                                                                                             \
    .arity = 2, .forward = cross_entropy, .vjp = {cross_entropy_vjp, cross_entropy_vjp},                               \
    .formula = {"G * (softmax(a) * " sum "(b) - b)", "-G * log_softmax(a)"}, .target = {[1] = true}

ROW(cross_entropy, CROSS_ENTROPY("rowsum"), .one_column = &gf_op_cross_entropy_column, .shape = loss_shape,
    .text = "cross_entropy(a, b)",
    .doc = "Cross-entropy of targets b and logits a, summed over the rows; a single column is one example.")
ROW(cross_entropy_column, CROSS_ENTROPY("sum"), .down = true, .symbol = "cross_entropy", .shape = column_shape,
    .text = "cross_entropy(a, b)", .doc = "Cross-entropy of targets b and logits a, one example as a column.")

/* --- mse: mean((a - b)^2) --------------------------------------------------------------- */

static double difference(const gf_call *call, int i, int j)
{
    return *gf_at(call->in[0], i, j) - *gf_at(call->in[1], i, j);
}

static void mse_forward(gf_matrix *y, const gf_call *call)
{
    double sum = 0;
    GF_EACH_ENTRY (call->in[0], i, j)
        sum += difference(call, i, j) * difference(call, i, j);
    y->data[0] = sum / (double)gf_matrix_size(call->in[0]);
}

/* da = 2 * G * (a - b) / entries, and db = -da. */
static void mse_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    double factor = (slot == 0 ? 2 : -2) * G->data[0] / (double)gf_matrix_size(out);
    GF_EACH_ENTRY (out, i, j)
        gf_put(gf_at(out, i, j), beta, factor * difference(call, i, j));
}

ROW(mse, .arity = 2, .shape = loss_shape, .forward = mse_forward, .vjp = {mse_vjp, mse_vjp},
    .formula = {"2 * G * (a - b) / (r(a) * c(a))", "-2 * G * (a - b) / (r(a) * c(a))"}, .text = "mse(a, b)",
    .target = {[1] = true}, .doc = "The mean of the squared differences.")
