/* The reverse sweep, which backward, recording and Jacobians share. sweep.c tells how it goes. */
#ifndef GF_GRAPH_SWEEP_H
#define GF_GRAPH_SWEEP_H

#include "graph/node.h"

/* One sweep. Zero-initialise what does not apply. */
typedef struct gf_sweep gf_sweep;
struct gf_sweep {
    gf_node *y;   /* where gradients start; without stack, that of what stands behind it becomes zero */
    size_t first; /* the smallest id it comes to */
    size_t rows;  /* how many gradients a node has at a time: 1, or one an entry of y */
    /* By id - first: a node's gradients, one after another. The sweep makes them, and frees what it has sent on; but
     * those of a node that is NODE_ASKED are somebody else's. NULL: gradients are node->gradient (rows 1). */
    double **stack;
    unsigned through; /* a gradient passes on to operands that have this flag */

    /* Does somebody want to see what this slot brings? NULL: nobody does. */
    bool (*sees)(gf_sweep *sweep, gf_node *user, int slot);
    /* Sees it, as it comes out of the vjp: rows of it, one after another. What is not GF_OK ends the sweep. */
    gf_status (*see)(gf_sweep *sweep, gf_node *user, int slot, const double *contribution);
    void *data; /* of these functions */

    double *alone; /* while it runs: room for contributions that are worked out by themselves */
    size_t alone_room;
};

/* GF_OK; GF_ERROR_MEMORY; GF_ERROR_LIMIT where one of the functions ended it. y's gradient is set: y's own stack is the
 * unit matrix. What is held (NODE_HELD) passes nothing on, y aside. Values are there already. */
gf_status gf_sweep_run(gf_sweep *sweep);

/* The beta of the next contribution to the node's gradient: 0 of the first in a sweep, else 1. */
static inline double gf_first_or_more(gf_node *operand)
{
    bool more = gf_node_has(operand, NODE_REACHED);
    gf_gradient_own(operand, more);
    operand->flags |= NODE_REACHED;
    return more;
}

/* --- contributions put off, and worked out together; gather.c tells how --- */

/* How many rows, or columns, the product sums over of which what the user's slot brings its operand, a leaf, is one:
 * with 1 it is the outer product of the other operand and the gradient. 0 where it is not put off; else gf_gather is
 * called instead of the vjp. */
int gf_gathers(const gf_node *user, int slot);

/* Remembers the contribution, whose user's gradient is complete and stays. False without memory. */
bool gf_gather(gf_node *user, int slot);

/* Adds to the node's gradient all of its contributions that were put off. False without memory. */
bool gf_gather_arrive(gf_node *operand);

/* Forgets what was put off and has not arrived, as where a sweep fails, and frees the room for it. */
void gf_gather_free(gf_graph *g);
size_t gf_gather_memory(const gf_graph *g);

/* What `sees` and `see` are when a backward records; its data are the options. edges.c */
bool gf_record_sees(gf_sweep *sweep, gf_node *to, int slot);
gf_status gf_record_contribution(gf_sweep *sweep, gf_node *to, int slot, const double *contribution);

#endif
