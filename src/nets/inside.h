/* What the files of this room share. */
#ifndef GF_NETS_INSIDE_H
#define GF_NETS_INSIDE_H

#include <gradflow/cell.h>

#include "graph/node.h"

struct gf_cell {
    gf_kept kept;
    const gf_cell_kind *kind;
    const char *scope;
    int inputs, hidden;
    gf_activation *activation;          /* of gf_rnn; else NULL */
    gf_node *param[GF_CELL_PARAMS + 1]; /* in the order of kind->params; the rest NULL */
};

/* The head alone is there of a bad cell, which stands for one that could not be made. */
static inline const gf_kept *gf_cell_head(const gf_cell *cell)
{
    return (const gf_kept *)(const void *)cell;
}

/* GF_OK where something can be done with the cell. An error otherwise, which its graph remembers. cell.c */
gf_status gf_cell_check(const gf_cell *cell);

/* x @ U + h @ W + b: what a gate squashes. */
static inline gf_node *gf_affine(gf_node *x, gf_node *U, gf_node *h, gf_node *W, gf_node *b)
{
    return gf_add(gf_add(gf_matmul(x, U), gf_matmul(h, W)), b);
}

/* The step and scope that `was = g->now` kept. The graph that stands in for want of memory is never written to. */
static inline void gf_context_restore(gf_graph *g, gf_context was)
{
    if (g != &gf_graph_nil)
        g->now = was;
}

/* Kind number `which` of a list of the forms of one cell; NULL, which no cell is made of, and the graph knows why,
 * where there is none. */
const gf_cell_kind *gf_cell_kind_among(gf_graph *g, const gf_cell_kind *const kinds[], unsigned count, unsigned which);

#endif
