/* Jacobians by what the public header does not know: a variable at one step. */
#ifndef GF_GRAPH_JACOBIAN_H
#define GF_GRAPH_JACOBIAN_H

#include "graph/node.h"

/* Something to differentiate by: a node; with at_step set, only its uses by the nodes of that one step. */
typedef struct gf_variable {
    gf_node *node;
    bool at_step;
    int step;
} gf_variable;

/* gf_jacobians of such variables. */
gf_status gf_jacobians_by(gf_matrix out[], gf_node *y, const gf_variable x[], size_t count, gf_node *const held[],
                          size_t held_count);

#endif
