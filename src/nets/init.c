/* Initial values of parameters and inputs, from the graph's generator. */
#include <math.h>
#include <stdio.h>

#include <gradflow/init.h>

#include "graph/node.h"
#include "text/text.h"

/* GF_OK where a value may be set; otherwise the graph knows why not. `what` names the function in messages. */
static gf_status open_leaf(gf_node *leaf, const char *what)
{
    char place[32];
    snprintf(place, sizeof place, "init_%s", what);
    return gf_leaf_open(leaf, place);
}

/* Where a number makes no sense. */
static gf_status refuse(const gf_node *leaf, const char *what, const char *name, double number, const char *why)
{
    char label[96], digits[GF_NUMBER];
    return gf_graph_fail(leaf->graph, GF_ERROR_ARGUMENT, "init_%s: %s: %s is %s: %s", what,
                         gf_node_label(label, sizeof label, leaf), name, gf_number_as(digits, "%g", number), why);
}

static const char NOT_FINITE[] = "it must be finite";

/* --- entry by entry -------------------------------------------------------------- */

typedef double draw_rule(gf_random *random, double first, double second);

/* Two statements each: the sum must not be contracted with the product, whatever the compiler. */
static double draw_normal(gf_random *random, double mean, double sd)
{
    double offset = sd * gf_random_normal(random);
    return mean + offset;
}

/* lo + width * u may round up to hi, which is outside. */
static double draw_uniform(gf_random *random, double lo, double hi)
{
    double x;
    do {
        double offset = (hi - lo) * gf_random_uniform(random);
        x = lo + offset;
    } while (x >= hi && lo < hi);
    return x;
}

/* Below p with probability p: never at 0, always at 1, since a uniform number is below 1. */
static double draw_bernoulli(gf_random *random, double p, double unused)
{
    (void)unused;
    return gf_random_uniform(random) < p;
}

static double draw_dropout(gf_random *random, double rate, double kept)
{
    return gf_random_uniform(random) < rate ? 0 : kept;
}

/* Row by row. */
static gf_status fill(gf_node *leaf, draw_rule *draw, double first, double second)
{
    gf_random *random = &leaf->graph->random;
    for (int i = 0; i < gf_node_rows(leaf); i++)
        for (int j = 0; j < gf_node_cols(leaf); j++)
            gf_set_entry(leaf, i, j, draw(random, first, second));
    return GF_OK;
}

gf_status gf_init_zeros(gf_node *leaf)
{
    gf_status status = open_leaf(leaf, "zeros");
    return status ? status : gf_set_scalar(leaf, 0);
}

gf_status gf_init_constant(gf_node *leaf, double number)
{
    gf_status status = open_leaf(leaf, "constant");
    if (status)
        return status;
    if (!isfinite(number))
        return refuse(leaf, "constant", "the number", number, NOT_FINITE);
    return gf_set_scalar(leaf, number);
}

gf_status gf_init_normal(gf_node *leaf, double mean, double sd)
{
    gf_status status = open_leaf(leaf, "normal");
    if (status)
        return status;
    if (!isfinite(mean))
        return refuse(leaf, "normal", "the mean", mean, NOT_FINITE);
    if (!isfinite(sd) || sd < 0)
        return refuse(leaf, "normal", "sd", sd, "it must be finite and not negative");
    return fill(leaf, draw_normal, mean, sd);
}

gf_status gf_init_uniform(gf_node *leaf, double lo, double hi)
{
    gf_status status = open_leaf(leaf, "uniform");
    if (status)
        return status;
    if (!isfinite(lo))
        return refuse(leaf, "uniform", "lo", lo, NOT_FINITE);
    if (!isfinite(hi) || hi < lo || !isfinite(hi - lo))
        return refuse(leaf, "uniform", "hi", hi, "it must be finite and not below lo, nor too far from it");
    return fill(leaf, draw_uniform, lo, hi);
}

gf_status gf_init_xavier(gf_node *leaf)
{
    gf_status status = open_leaf(leaf, "xavier");
    if (status)
        return status;
    double bound = sqrt(6.0 / ((double)gf_node_rows(leaf) + gf_node_cols(leaf)));
    return fill(leaf, draw_uniform, -bound, bound);
}

gf_status gf_init_he(gf_node *leaf, bool rows_are_inputs)
{
    gf_status status = open_leaf(leaf, "he");
    if (status)
        return status;
    return fill(leaf, draw_normal, 0, sqrt(2.0 / (rows_are_inputs ? gf_node_rows(leaf) : gf_node_cols(leaf))));
}

gf_status gf_init_bernoulli(gf_node *leaf, double p)
{
    gf_status status = open_leaf(leaf, "bernoulli");
    if (status)
        return status;
    if (!(p >= 0 && p <= 1))
        return refuse(leaf, "bernoulli", "p", p, "a probability lies between 0 and 1");
    return fill(leaf, draw_bernoulli, p, 0);
}

gf_status gf_init_dropout(gf_node *leaf, double rate)
{
    gf_status status = open_leaf(leaf, "dropout");
    if (status)
        return status;
    if (!(rate >= 0 && rate < 1))
        return refuse(leaf, "dropout", "the rate", rate, "it lies from 0 to below 1");
    return fill(leaf, draw_dropout, rate, 1 / (1 - rate));
}

/* --- whole matrices ---------------------------------------------------------------- */

static double dot(const double *a, const double *b, int n)
{
    double sum = 0;
    for (int k = 0; k < n; k++) {
        double product = a[k] * b[k];
        sum += product;
    }
    return sum;
}

/* Takes from row i what lies along the rows above it, which are orthonormal. */
static void project(gf_matrix *q, int i)
{
    double *row = q->data + (size_t)i * (size_t)q->stride;
    for (int above = 0; above < i; above++) {
        const double *other = q->data + (size_t)above * (size_t)q->stride;
        double along = dot(row, other, q->cols);
        for (int k = 0; k < q->cols; k++) {
            double part = along * other[k];
            row[k] -= part;
        }
    }
}

/* Row i: normal numbers, made orthogonal to the rows above (once more, for what rounding left: "twice is enough",
 * Giraud, Langou and Rozloznik 2005), and of length 1. Numbers that lie along those rows are drawn anew. */
static void draw_direction(gf_matrix *q, int i, gf_random *random)
{
    double *row = q->data + (size_t)i * (size_t)q->stride, length;
    do {
        for (int k = 0; k < q->cols; k++)
            row[k] = gf_random_normal(random);
        project(q, i);
        project(q, i);
        length = sqrt(dot(row, row, q->cols));
    } while (length < 1e-6);
    for (int k = 0; k < q->cols; k++)
        row[k] /= length;
}

gf_status gf_init_orthogonal(gf_node *leaf, double gain)
{
    gf_status status = open_leaf(leaf, "orthogonal");
    if (status)
        return status;
    if (!isfinite(gain))
        return refuse(leaf, "orthogonal", "the gain", gain, NOT_FINITE);
    int rows = gf_node_rows(leaf), cols = gf_node_cols(leaf);
    bool wide = rows <= cols;
    gf_matrix q; /* orthonormal rows; of a tall leaf, its transpose */
    if (gf_matrix_new(&q, wide ? rows : cols, wide ? cols : rows))
        return gf_graph_out_of_memory(leaf->graph, "init_orthogonal");
    for (int i = 0; i < q.rows; i++)
        draw_direction(&q, i, &leaf->graph->random);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < cols; j++)
            gf_set_entry(leaf, i, j, gain * (wide ? gf_matrix_at(&q, i, j) : gf_matrix_at(&q, j, i)));
    gf_matrix_free(&q);
    return GF_OK;
}

gf_status gf_init_onehot(gf_node *leaf)
{
    gf_status status = open_leaf(leaf, "onehot");
    if (status)
        return status;
    gf_set_scalar(leaf, 0);
    gf_random *random = &leaf->graph->random;
    int rows = gf_node_rows(leaf), cols = gf_node_cols(leaf);
    if (cols == 1)
        return gf_set_entry(leaf, (int)(gf_random_uniform(random) * rows), 0, 1);
    for (int i = 0; i < rows; i++)
        gf_set_entry(leaf, i, (int)(gf_random_uniform(random) * cols), 1);
    return GF_OK;
}
