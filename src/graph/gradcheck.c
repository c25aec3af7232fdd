/* Gradient checks: automatic differentiation against central differences. */
#include <gradflow/check.h>

#include <float.h>
#include <math.h>
#include <stdio.h>

#include "graph/node.h"

/* (f(x + s) - f(x - s)) / 2s errs by s^2 f''' / 6 and by eps f / s: the cube root of eps balances the two. */
static double default_step(void)
{
    return cbrt(DBL_EPSILON);
}

static double value_with(gf_node *loss, gf_node *leaf, int i, int j, double number)
{
    gf_set_entry(leaf, i, j, number);
    return gf_scalar(gf_value(loss));
}

static double slope(gf_node *loss, gf_node *leaf, int i, int j, double step)
{
    double x = gf_matrix_at(&leaf->value, i, j), s = step * fmax(1, fabs(x));
    volatile double above = x + s, below = x - s; /* the steps that are truly taken */
    double up = value_with(loss, leaf, i, j, above), down = value_with(loss, leaf, i, j, below);
    gf_set_entry(leaf, i, j, x);
    return (up - down) / (above - below);
}

gf_status gf_finite_differences(gf_matrix *out, gf_node *loss, gf_node *leaf, double step)
{
    *out = (gf_matrix){0};
    gf_status status = gf_node_check(loss, "finite differences");
    if (!status)
        status = gf_node_check(leaf, "finite differences");
    if (status)
        return status;
    gf_graph *g = loss->graph;
    char label[96];
    gf_node_label(loss, label, sizeof label);
    if (gf_matrix_size(&loss->value) != 1)
        return gf_graph_fail(g, GF_ERROR_SHAPE, "finite differences: %s is %d x %d, not 1 x 1", label, loss->value.rows,
                             loss->value.cols);
    gf_node_label(leaf, label, sizeof label);
    if (leaf->graph != g || !(gf_node_is_param(leaf) || gf_node_is_input(leaf)))
        return gf_graph_fail(g, GF_ERROR_ARGUMENT,
                             "finite differences: %s is neither a parameter nor an input of this graph", label);
    if (gf_matrix_new(out, leaf->value.rows, leaf->value.cols))
        return gf_graph_out_of_memory(g, "finite differences");
    size_t evaluated = g->evaluated;
    for (int i = 0; i < out->rows; i++)
        for (int j = 0; j < out->cols; j++)
            out->data[(size_t)i * (size_t)out->cols + (size_t)j] =
                slope(loss, leaf, i, j, step > 0 ? step : default_step());
    gf_graph_evaluate_again(g, evaluated);
    return GF_OK;
}

static void start(gf_check *out)
{
    *out = (gf_check){.worst = {.text = "nothing was compared"}};
}

/* Keeps the worse of the worst so far and this one. */
static void take(gf_check *out, const gf_comparison *one, const gf_node *leaf, int slot)
{
    bool worse = !out->count || (out->worst.match && !one->match) ||
                 (out->worst.match == one->match && (isnan(one->error) || one->error > out->worst.error));
    out->count++;
    if (!worse)
        return;
    out->worst = *one;
    out->leaf = leaf;
    out->slot = slot;
}

/* Central differences cannot tell gradients apart that differ by less than the rounding of the loss, eps |loss|, makes
 * of a slope: a vanished gradient of 1e-12 is no mismatch. 8 is for the operations that add to the rounding. */
static bool below_rounding(const gf_comparison *one, const gf_matrix *a, const gf_matrix *b, double loss)
{
    double distance = one->error * fmax(gf_matrix_norm(a), gf_matrix_norm(b));
    return distance <= 8 * DBL_EPSILON * fabs(loss) / default_step() * sqrt((double)gf_matrix_size(a));
}

static gf_status check_leaf(gf_check *out, gf_node *loss, gf_node *leaf, int slot, double tolerance)
{
    gf_matrix numeric;
    gf_status status = gf_finite_differences(&numeric, loss, leaf, 0);
    if (status)
        return status;
    gf_comparison one;
    gf_compare_within(&one, &leaf->gradient, &numeric, tolerance > 0 ? tolerance : GF_TOLERANCE);
    if (!one.match && !(tolerance > 0) && below_rounding(&one, &leaf->gradient, &numeric, gf_scalar(gf_value(loss)))) {
        one.match = true;
        snprintf(one.text, sizeof one.text, "match, what differs is below the rounding of the differences");
    }
    take(out, &one, leaf, slot);
    gf_matrix_free(&numeric);
    return GF_OK;
}

static gf_status check_leaves(gf_check *out, gf_node *loss, gf_node *leaf, double tolerance)
{
    gf_graph *g = loss->graph;
    gf_status status = gf_backward(loss, 0);
    if (leaf && !status)
        return check_leaf(out, loss, leaf, 0, tolerance);
    for (size_t id = 0; id < g->size && !status; id++)
        if (gf_node_is_param(gf_node_in(g, id)))
            status = check_leaf(out, loss, gf_node_in(g, id), 0, tolerance);
    return status;
}

gf_status gf_gradient_check(gf_check *out, gf_node *loss, gf_node *leaf, double tolerance)
{
    start(out);
    gf_status status = gf_node_check(loss, "gradient check");
    if (status)
        return status;
    gf_gradients before;
    if (gf_gradients_keep(&before, loss->graph))
        return gf_graph_out_of_memory(loss->graph, "gradient check");
    status = check_leaves(out, loss, leaf, tolerance);
    gf_gradients_restore(&before, loss->graph);
    return status;
}

/* --- one operation ---------------------------------------------------------------- */

enum { DEFAULT_ROWS = 3, DEFAULT_COLS = 4, OPERANDS_MOST = 8 };

static void normals(gf_graph *g, gf_matrix *m)
{
    for (size_t k = 0; k < gf_matrix_size(m); k++)
        m->data[k] = gf_random_normal(gf_graph_random(g));
}

static gf_node *operand_of(gf_graph *g, const gf_matrix *given, int slot)
{
    char name[2] = {(char)('a' + slot), '\0'};
    gf_node *x = gf_input(g, name, given ? given->rows : DEFAULT_ROWS, given ? given->cols : DEFAULT_COLS);
    if (gf_node_is_bad(x))
        return x;
    if (given)
        gf_set(x, given);
    else
        normals(g, &x->value);
    return x;
}

/* sum(R * y), which makes every entry of y count, and differently. */
static gf_node *weighted_sum(gf_graph *g, gf_node *y)
{
    gf_node *R = gf_input(g, "R", gf_node_rows(y), gf_node_cols(y));
    if (!gf_node_is_bad(R))
        normals(g, &R->value);
    return gf_sum(gf_mul(R, y));
}

static gf_status check_operands(gf_check *out, gf_node *y, gf_node *loss)
{
    gf_status status = gf_backward(loss, 0);
    for (int slot = 0; slot < gf_node_arity(y) && !status; slot++)
        if (gf_node_vjp(y, slot))
            status = check_leaf(out, loss, gf_node_operand(y, slot), slot, GF_TOLERANCE);
    return status;
}

gf_status gf_operation_check(gf_check *out, const gf_operation *op, const gf_matrix *const operands[], int count,
                             const gf_attributes *attributes)
{
    start(out);
    gf_graph *g = gf_graph_new();
    gf_node *x[OPERANDS_MOST];
    if (!operands && op)
        count = op->arity == GF_ARITY_ANY ? GF_SLOTS : op->arity;
    for (int k = 0; k < count && k < OPERANDS_MOST; k++)
        x[k] = operand_of(g, operands ? operands[k] : NULL, k);
    gf_node *y = count > OPERANDS_MOST ? NULL : gf_apply(op, x, count, attributes), *loss = NULL;
    if (gf_node_differentiable(y))
        loss = weighted_sum(g, y);
    gf_status status = gf_graph_status(g);
    if (!status && gf_node_is_bad(y))
        status = GF_ERROR_ARGUMENT;
    if (!status && loss)
        status = check_operands(out, y, loss);
    if (status)
        snprintf(out->worst.text, sizeof out->worst.text, "%.*s", (int)sizeof out->worst.text - 1,
                 gf_graph_status(g) ? gf_graph_message(g) : "operation check: it takes 1 to 8 operands");
    out->leaf = NULL;
    gf_graph_free(g);
    return status;
}
