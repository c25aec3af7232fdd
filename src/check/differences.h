/* Every gradient of a graph against central differences over a sweep of step sizes, with their error estimated. */
#ifndef GF_CHECK_DIFFERENCES_H
#define GF_CHECK_DIFFERENCES_H

#include <gradflow/check.h>

#include "check/slope.h"

/* A copy of a graph in which what lets no gradient pass is held constant: truncate, stop. So differences of its values
 * see what the gradients see. */
typedef struct gf_frozen {
    gf_graph *graph;
    gf_node **copy; /* by id in the graph that was copied */
    size_t count;
} gf_frozen;

/* GF_ERROR_MEMORY; free it in any case. */
gf_status gf_frozen_copy(gf_frozen *out, gf_graph *g);
void gf_frozen_free(gf_frozen *frozen);

/* What was found. */
typedef struct gf_differences {
    bool ended;             /* before all was compared, since progress said so */
    bool agree;             /* none differs from automatic differentiation */
    size_t gradients;       /* of parameters, inputs and starts: how many were compared, */
    size_t differ, untold;  /* and how many differ, and how many cannot be told */
    size_t entries, all;    /* how many of their entries, of how many: of large graphs, some of them */
    char worst[96];         /* of the others the gradient that agrees the least: "U", "x[3]" */
    double error, estimate; /* its relative error, and that of the differences, as estimated */
} gf_differences;

/* Compares the gradient of a 1 x 1 node by every leaf that has a name, by a backward that it runs, with differences in
 * the copy. progress may say no, which ends it; it may be NULL. GF_ERROR_MEMORY. */
gf_status gf_differences_find(gf_differences *out, gf_node *loss, const gf_frozen *frozen,
                              bool (*progress)(double share, void *data), void *data);

#endif
