/* Numbers that are not finite: where the first is. */
#include "graph/node.h"

static bool finite(const gf_matrix *m)
{
    double largest = gf_matrix_max(m);
    return largest - largest == 0;
}

gf_node *gf_graph_nonfinite_value(gf_graph *g)
{
    if (gf_forward(g))
        return NULL;
    for (size_t id = 0; id < g->size; id++)
        if (!finite(&gf_node_in(g, id)->value))
            return gf_node_in(g, id);
    return NULL;
}

gf_node *gf_graph_nonfinite_gradient(gf_graph *g)
{
    for (size_t id = g ? g->covered : 0; id-- > 0;) {
        gf_node *node = gf_node_in(g, id);
        if (gf_node_has(node, NODE_DIFFERENTIABLE) && !finite(&node->gradient))
            return node;
    }
    return NULL;
}
