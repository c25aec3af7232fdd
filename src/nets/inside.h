/* What the files of this room share. */
#ifndef GF_NETS_INSIDE_H
#define GF_NETS_INSIDE_H

#include <gradflow/cell.h>

#include "graph/node.h"

enum { GF_REPEATED_MOST = 40 }; /* nodes of a step; an LSTM with full peepholes has 31 */

/* A node of a step that is repeated. repeat.c */
typedef struct gf_repeated_node {
    const gf_operation *op;
    gf_attributes attributes;
    bool plain; /* it has no attributes */
    int rows, cols;
    uint32_t name;
    int arity;
    unsigned char operands[FEW]; /* numbers among what the step knows */
} gf_repeated_node;

/* How a step is built of so many examples; no nodes: not known. */
typedef struct gf_repeated {
    gf_repeated_node nodes[GF_REPEATED_MOST];
    int count, h, c; /* the numbers of the states that it returns; of one that there is not that of the state before */
    int examples;    /* rows of x */
} gf_repeated;

struct gf_cell {
    gf_kept kept;
    const gf_cell_kind *kind;
    const char *scope;
    int inputs, hidden;
    gf_activation *activation;          /* of gf_rnn; else NULL */
    gf_node *param[GF_CELL_PARAMS + 1]; /* in the order of kind->params; the rest NULL */
    bool is_alike;                      /* each of its steps is built in the same way */
    gf_repeated repeated;
};

/* The head alone is there of a bad cell, which stands for one that could not be made. */
static inline const gf_kept *gf_cell_head(const gf_cell *cell)
{
    return (const gf_kept *)(const void *)cell;
}

/* GF_OK where something can be done with the cell. An error otherwise, which its graph remembers. cell.c */
gf_status gf_cell_check(const gf_cell *cell);

/* A cell whose steps are built in the same way each; a bad one is none. cell.c */
gf_cell *gf_cell_alike(gf_cell *cell);

/* The list by which a step is repeated: written of the step whose nodes begin at number `first`, if one can be;
 * whether the next can be built by it; and builds it: bad where its graph is full, which knows why. repeat.c */
void gf_repeat_learn(gf_cell *cell, size_t first, gf_node *x, gf_state before, gf_state after);
bool gf_repeat_can(const gf_cell *cell, const gf_node *x);
gf_state gf_repeat(const gf_cell *cell, gf_node *x, gf_state before);

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
