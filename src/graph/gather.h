/* Contributions that are put off, and worked out together. gather.c tells how. */
#ifndef GF_GRAPH_GATHER_H
#define GF_GRAPH_GATHER_H

#include "graph/node.h"

/* How many rows, or columns, the product sums over of which what the user's slot brings its operand, a leaf, is one:
 * with 1 it is the outer product of the other operand and the gradient. 0 where it is not put off; else gf_gather is
 * called instead of the vjp. */
int gf_gathers(const gf_node *user, int slot);

/* Remembers the contribution, whose user's gradient is complete and stays. False without memory. */
bool gf_gather(gf_node *user, int slot);

/* Adds to the node's gradient all of its contributions that were put off. False without memory. */
bool gf_gather_arrive(gf_node *operand);

/* Forgets what was put off and has not arrived, as before a sweep. */
void gf_gather_forget(gf_graph *g);

void gf_gather_free(gf_graph *g);
size_t gf_gather_memory(const gf_graph *g);

#endif
