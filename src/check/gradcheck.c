/* Gradient checks: automatic differentiation against central differences. */
#include <gradflow/check.h>

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/size.h"
#include "base/sized.h"
#include "check/gradcheck.h"
#include "check/slope.h"

/* (f(x + s) - f(x - s)) / 2s errs by s^2 f''' / 6 and by eps f / s: the cube root of eps balances the two. */
static double default_step(void)
{
    return cbrt(DBL_EPSILON);
}

/* Works out anew what had a value when g->evaluated was this. */
static void evaluate_again(gf_graph *g, size_t evaluated)
{
    if (evaluated > g->evaluated)
        gf_graph_evaluate(g, evaluated - 1);
}

gf_status gf_finite_differences(gf_matrix *out, gf_node *loss, gf_node *leaf, double step)
{
    if (!out)
        return GF_ERROR_ARGUMENT;
    *out = (gf_matrix){0};
    gf_status status = gf_node_check(loss, "finite differences");
    if (!status)
        status = gf_node_check(leaf, "finite differences");
    if (status)
        return status;
    gf_graph *g = loss->graph;
    const char *label = gf_label(leaf);
    if (!(step >= 0 && isfinite(step)))
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "finite differences: the step is %g, but must be 0 or more", step);
    if (gf_matrix_size(&loss->value) != 1)
        return gf_graph_fail(g, GF_ERROR_SHAPE, "finite differences: %s is %d x %d, not 1 x 1", gf_label(loss),
                             loss->value.rows, loss->value.cols);
    if (leaf->graph == g && gf_node_is_given(leaf))
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "finite differences: by %s: %s", label, gf_node_why_constant(leaf));
    if (leaf->graph != g || !(gf_node_is_param(leaf) || gf_node_is_input(leaf)))
        return gf_graph_fail(g, GF_ERROR_ARGUMENT,
                             "finite differences: %s is neither a parameter nor an input of this graph", label);
    if (gf_matrix_new(out, leaf->value.rows, leaf->value.cols))
        return gf_graph_out_of_memory(g, "finite differences");
    size_t evaluated = g->evaluated;
    GF_EACH_ENTRY (out, i, j)
        out->data[(size_t)i * (size_t)out->cols + (size_t)j] =
            gf_slope_plain(loss, leaf, i, j, step > 0 ? step : default_step());
    evaluate_again(g, evaluated);
    return GF_OK;
}

/* --- one gradient ------------------------------------------------------------------- */

/* The gradient of a leaf, and slopes: the plain differences, and better ones where these do not agree. */
typedef struct judging {
    gf_node *loss, *leaf;
    double tolerance;
    bool strict;                /* nothing is added to the tolerance for the rounding of the loss */
    gf_matrix gradient, slopes; /* both 0 where the slope cannot be told */
    double estimate;            /* of the errors of better slopes: the sum of squares */
    gf_comparison kink;         /* the first entry where it cannot be told; its text is "" if there is none */
} judging;

void gf_check_start(gf_check *out)
{
    *out = (gf_check){.worst = {.text = "nothing was compared"}};
}

void gf_check_give(gf_check *out, size_t size, gf_check *own)
{
    size_t before = offsetof(gf_check, worst), room = size > before ? size - before : 0;
    own->worst.size = room < sizeof own->worst ? room : sizeof own->worst;
    gf_sized_give(out, size, own, sizeof *own);
}

static int badness(const gf_comparison *c)
{
    return c->match ? 0 : c->untold ? 1 : 2;
}

void gf_check_take(gf_check *out, const gf_comparison *one, const gf_node *leaf, int slot)
{
    int order = badness(one) - badness(&out->worst);
    bool worse = !out->count || order > 0 || (!order && (isnan(one->error) || one->error > out->worst.error));
    out->count++;
    out->untold += one->untold;
    if (!worse)
        return;
    out->worst = *one;
    out->leaf = leaf;
    out->slot = slot;
}

static void cannot_tell(gf_comparison *out, const char *why)
{
    out->match = false;
    out->untold = true;
    snprintf(out->text, sizeof out->text, "cannot be told: %s", why);
}

static void meet_kink(judging *w, int row, int col, double *a, double *b)
{
    char why[96];
    if (!*w->kink.text) {
        snprintf(why, sizeof why, "a kink, or the end of the domain, is next to entry (%d, %d)", row, col);
        w->kink = (gf_comparison){.error = NAN, .row = row, .col = col, .a = *a, .b = *b};
        cannot_tell(&w->kink, why);
    }
    *a = *b = 0;
}

/* Looks closer at the entries by which the two differ. A gradient that is NaN is right nowhere. */
static void look_closer(judging *w)
{
    double larger = fmax(gf_matrix_norm(&w->gradient), gf_matrix_norm(&w->slopes));
    double allowed = w->tolerance * larger / sqrt((double)gf_matrix_size(&w->gradient));
    for (size_t k = 0; k < gf_matrix_size(&w->gradient); k++) {
        double *a = &w->gradient.data[k], *b = &w->slopes.data[k];
        if (fabs(*a - *b) <= allowed && isfinite(allowed) && larger > 0)
            continue;
        int row = (int)k / w->gradient.cols, col = (int)k % w->gradient.cols;
        gf_slope slope = gf_slope_find(w->loss, w->leaf, row, col);
        if (!isfinite(slope.estimate) && !isnan(*a)) {
            meet_kink(w, row, col, a, b);
            continue;
        }
        *b = slope.value;
        w->estimate += isfinite(slope.estimate) ? slope.estimate * slope.estimate : 0;
    }
}

static void judge_closer(gf_comparison *out, judging *w)
{
    look_closer(w);
    gf_compare_within(out, &w->gradient, &w->slopes, w->tolerance);
    double larger = fmax(gf_matrix_norm(&w->gradient), gf_matrix_norm(&w->slopes));
    gf_opinion opinion = gf_slope_opinion(out->error * larger, larger, sqrt(w->estimate), w->tolerance);
    if (opinion == GF_DIFFERS)
        return;
    if (*w->kink.text)
        *out = w->kink;
    else if (opinion == GF_UNTOLD)
        cannot_tell(out, "the rounding of the loss hides the gradient");
    else if (!out->match && w->strict)
        cannot_tell(out, "the differences are not that exact");
    else if (!out->match)
        snprintf(out->text, sizeof out->text, "match, error %.1e, which rounding explains", out->error);
    out->match = !out->untold;
}

/* Plain differences that agree are enough, unless both are zero where the rounding of the loss hides what is not. */
static void judge(gf_comparison *out, judging *w)
{
    double loss = gf_scalar(gf_value(w->loss)), rounding = DBL_EPSILON * fabs(loss) / default_step();
    gf_compare_within(out, &w->gradient, &w->slopes, w->tolerance);
    if (!isfinite(loss))
        cannot_tell(out, "the loss is not finite");
    else if (!out->match || (rounding > w->tolerance && gf_matrix_max(&w->gradient) == 0))
        judge_closer(out, w);
}

gf_status gf_check_leaf(gf_check *out, gf_node *loss, gf_node *leaf, int slot, double tolerance)
{
    gf_graph *g = loss->graph;
    size_t evaluated = g->evaluated;
    judging w = {.loss = loss, .leaf = leaf, .strict = tolerance > 0};
    w.tolerance = w.strict ? tolerance : GF_TOLERANCE;
    gf_comparison one;
    gf_status status = gf_finite_differences(&w.slopes, loss, leaf, 0);
    if (!status && gf_matrix_new(&w.gradient, leaf->value.rows, leaf->value.cols))
        status = gf_graph_out_of_memory(g, "gradient check");
    if (!status) {
        gf_matrix_copy(&w.gradient, &leaf->gradient);
        judge(&one, &w);
        gf_check_take(out, &one, leaf, slot);
        evaluate_again(g, evaluated);
    }
    gf_matrix_free(&w.gradient);
    gf_matrix_free(&w.slopes);
    return status;
}

/* --- the gradients of a graph -------------------------------------------------------- */

static gf_status check_leaves(gf_check *out, gf_node *loss, gf_node *leaf, double tolerance)
{
    gf_graph *g = loss->graph;
    gf_status status = gf_backward(loss, 0);
    if (leaf && !status)
        return gf_check_leaf(out, loss, leaf, 0, tolerance);
    for (size_t id = 0; id < g->size && !status; id++)
        if (gf_node_is_param(gf_node_in(g, id)))
            status = gf_check_leaf(out, loss, gf_node_in(g, id), 0, tolerance);
    return status;
}

/* What the last backward left is put aside while another one runs; where there was none, the new gradients stay. */
static gf_status check_aside(gf_check *out, gf_node *loss, gf_node *leaf, double tolerance)
{
    gf_graph *g = loss->graph;
    gf_record record = g->record;
    size_t covered = g->covered;
    double *gradients = gf_gradients_copy(g);
    if (!gradients)
        return gf_graph_out_of_memory(g, "gradient check");
    g->record = (gf_record){0};
    gf_status status = check_leaves(out, loss, leaf, tolerance);
    gf_record_drop(g);
    g->record = record;
    if (covered) {
        g->covered = covered;
        gf_gradients_put(g, 0, gradients);
    }
    free(gradients);
    return status;
}

static gf_status check(gf_check *out, gf_node *loss, gf_node *leaf, double tolerance)
{
    gf_status status = gf_node_check(loss, "gradient check");
    if (status)
        return status;
    if (!(tolerance >= 0))
        return gf_graph_fail(loss->graph, GF_ERROR_ARGUMENT,
                             "gradient check: the tolerance is %g, but must be 0 or more", tolerance);
    return check_aside(out, loss, leaf, tolerance);
}

gf_status gf_gradient_check_sized(gf_check *out, size_t size, gf_node *loss, gf_node *leaf, double tolerance)
{
    gf_check own;
    gf_check_start(&own);
    gf_status status = out ? check(&own, loss, leaf, tolerance) : GF_ERROR_ARGUMENT;
    gf_check_give(out, size, &own);
    return status;
}
