/* Jacobians, and tracing: those of one y, handed out one by one, with edges counted as one likes. */
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

typedef struct gf_tracing gf_tracing;
struct gf_tracing {
    gf_node *y;
    const gf_variable *x; /* living, differentiable nodes of y's graph */
    size_t count;
    /* The Jacobian of variable k is complete: y's entries x x's, row by row. False ends the tracing. */
    bool (*arrived)(gf_tracing *tracing, size_t k, const double *jacobian);
    /* As in sweep.h; NULL: every edge counts once. */
    bool (*edge)(gf_tracing *tracing, const gf_node *user, int slot, double *weight);
    /* What a use of variable k brought to it, of `entries` numbers, before it is weighed; NULL: nobody asks. */
    gf_status (*brought)(gf_tracing *tracing, size_t k, const gf_node *user, int slot, const double *numbers,
                         size_t entries);
    void *data; /* of these functions */
};

/* GF_OK, GF_ERROR_MEMORY, or GF_ERROR_LIMIT where one of the functions ended it. What NODE_HELD marks is held. */
gf_status gf_trace(gf_tracing *tracing);

#endif
