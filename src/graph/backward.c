/* Backward: the sweep from a loss, whose gradients stay with the nodes; and gradients copied, put back, added up. */
#include <stdlib.h>

#include "base/sized.h"
#include "graph/sweep.h"

static gf_status check_loss(gf_node *loss)
{
    gf_status status = gf_node_check(loss, "backward");
    if (status)
        return status;
    if (gf_entries(&loss->value) != 1)
        return gf_graph_fail(loss->graph, GF_ERROR_SHAPE, "backward: %s is %d x %d: only a 1 x 1 node has a gradient",
                             gf_label(loss), loss->value.rows, loss->value.cols);
    if (!gf_node_has(loss, NODE_DIFFERENTIABLE))
        return gf_graph_fail(loss->graph, GF_ERROR_ARGUMENT,
                             "backward: %s depends on no parameter or input through which a gradient passes",
                             gf_label(loss));
    return GF_OK;
}

/* --- held nodes ------------------------------------------------------------------ */

gf_status gf_graph_hold(gf_graph *g, gf_node *const held[], size_t count)
{
    if (count && !held)
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "held: the list of %zu nodes is NULL", count);
    for (size_t k = 0; k < count; k++)
        if (gf_node_fault(held[k], g))
            return gf_graph_fail(g, GF_ERROR_ARGUMENT, "held: node %zu %s", k, gf_node_fault(held[k], g));
    for (size_t k = 0; k < count; k++)
        held[k]->flags |= NODE_HELD;
    return GF_OK;
}

void gf_graph_release(gf_node *const held[], size_t count)
{
    for (size_t k = 0; k < count; k++)
        held[k]->flags &= 0xff & ~NODE_HELD;
}

/* --- gradients that are there already ----------------------------------------------- */

/* A gradient is as large as its node's value, and so no more than half of all pieces. */
double *gf_gradients_copy(const gf_graph *g)
{
    double *copy = malloc(g->bytes / 2 + 1), *to = copy;
    for (size_t id = 0; copy && id < g->covered; id++) {
        const gf_matrix *gradient = &gf_node_in(g, id)->gradient;
        for (size_t k = 0, n = gf_entries(gradient); k < n; k++)
            *to++ = gradient->data[k];
    }
    return copy;
}

void gf_gradients_put(gf_graph *g, double beta, const double *copy)
{
    for (size_t id = 0; id < g->covered; id++) {
        gf_matrix *gradient = &gf_node_in(g, id)->gradient;
        gf_gradient_own(gf_node_in(g, id), true);
        for (size_t k = 0, n = gf_entries(gradient); k < n; k++)
            gf_put(&gradient->data[k], beta, *copy++);
    }
}

/* --- the public face ------------------------------------------------------------------ */

/* Every gradient of the graph: of what the loss does not depend on, zero. */
static gf_status run(gf_node *loss, const gf_backward_options *options)
{
    gf_graph *g = loss->graph;
    bool accumulate = (options->flags & GF_ACCUMULATE) && g->covered;
    bool records = options->group || (options->flags & GF_RECORD_EDGES);
    gf_sweep sweep = {.y = loss,
                      .rows = 1,
                      .through = NODE_DIFFERENTIABLE,
                      .sees = records ? gf_record_sees : NULL,
                      .see = gf_record_contribution,
                      .data = (void *)options};
    double *before = accumulate ? gf_gradients_copy(g) : NULL;
    gf_record_drop(g);
    gf_status status = accumulate && !before ? GF_ERROR_MEMORY : gf_record_start(g, options);
    if (!status)
        status = gf_sweep_run(&sweep);
    if (!status && before)
        gf_gradients_put(g, 1, before);
    free(before);
    if (status) {
        gf_record_drop(g);
        g->covered = 0;
        return gf_graph_out_of_memory(g, "backward");
    }
    gf_record_finish(g);
    g->record.accumulated = accumulate;
    g->record.root = loss;
    g->covered = g->size;
    return GF_OK;
}

gf_status gf_backward_with(gf_node *loss, const gf_backward_options *options)
{
    gf_backward_options own;
    char why[GF_SIZED_WHY];
    gf_status status = check_loss(loss);
    if (!status && !gf_sized_take(&own, options, gf_backward_options, group_data, why))
        status = gf_graph_fail(loss->graph, GF_ERROR_ARGUMENT, "backward: %s", why);
    if (!status && own.flags & ~(unsigned)(GF_ACCUMULATE | GF_RECORD_CONTRIBUTIONS))
        status = gf_graph_fail(loss->graph, GF_ERROR_ARGUMENT, "backward: the flags 0x%x are more than there are",
                               own.flags);
    if (!status)
        status = gf_graph_hold(loss->graph, own.held, own.held_count);
    if (status)
        return status;
    gf_graph_evaluate(loss->graph, loss->id);
    status = run(loss, &own);
    gf_graph_release(own.held, own.held_count);
    return status;
}

gf_status gf_backward(gf_node *loss, unsigned flags)
{
    return gf_backward_with(loss, &(gf_backward_options){.size = sizeof(gf_backward_options), .flags = flags});
}

const gf_matrix *gf_gradient(gf_node *node)
{
    if (gf_node_check(node, "gradient"))
        return NULL;
    if (!gf_node_has(node, NODE_DIFFERENTIABLE))
        gf_graph_fail(node->graph, GF_ERROR_ARGUMENT, "gradient: of %s: %s", gf_label(node),
                      gf_node_why_constant(node));
    else if (node->id >= node->graph->covered)
        gf_graph_fail(node->graph, GF_ERROR_NOT_RUN, "gradient: of %s: backward has not run since it was built",
                      gf_label(node));
    else
        return &node->gradient;
    return NULL;
}
