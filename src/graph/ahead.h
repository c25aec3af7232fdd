/* Fetched while the processor is busy with something else: what a graph larger than its caches will need soon.
 *
 * A sweep goes along the row of nodes and knows where it will be eight nodes from here; the processor knows only that
 * it jumps. So the sweep tells it: of the node AHEAD of the present one the numbers of the operands, into which
 * gradients will be added (or from which, forward, the value will be worked out), and of the node twice as far away
 * where its operands stand, which has to be known by then. In y = tanh(a * b) + c, eight nodes before the sum, the
 * gradients of tanh's node and c begin their way from memory, which takes as long as some hundred operations.
 *
 * Nothing depends on it but time, and of a graph that the caches hold it would take some. */
#ifndef GF_GRAPH_AHEAD_H
#define GF_GRAPH_AHEAD_H

#include "graph/node.h"

typedef enum gf_direction { GF_DOWN_THE_ROW = -1, GF_UP_THE_ROW = 1 } gf_direction;

enum { CACHED = 8 << 20 /* bytes */, LINE = 64, AHEAD = 8, MOST_FETCHED = 512 /* entries: longer runs are noticed */ };

/* How many operands stand in the node itself. */
static inline int gf_few(const gf_node *node)
{
    return node->arity <= FEW ? (int)node->arity : 0;
}

static inline void gf_fetch(const gf_matrix *m)
{
    size_t entries = gf_entries(m), line = LINE / sizeof *m->data;
    for (size_t k = 0; entries <= MOST_FETCHED && k < entries; k += line)
        __builtin_prefetch(m->data + k, 1);
}

/* From node number id the sweep goes on in this direction: down the row for gradients, up for values. */
static inline void gf_look_ahead(const gf_graph *g, size_t id, gf_direction direction)
{
    size_t near = id + (size_t)(direction * AHEAD), far = near + (size_t)(direction * AHEAD);
    bool cached = g->arena.held + g->places * sizeof(gf_node) <= CACHED;
    if (cached || far >= g->size) /* as a size_t, what would be below 0 is not less either */
        return;
    const gf_node *soon = gf_node_in(g, near), *later = gf_node_in(g, far);
    for (int slot = 0; slot < gf_few(later); slot++)
        __builtin_prefetch(gf_operand(later, slot));
    if (direction == GF_UP_THE_ROW)
        gf_fetch(&soon->value);
    for (int slot = 0; slot < gf_few(soon); slot++) {
        const gf_node *operand = gf_operand(soon, slot);
        gf_fetch(direction == GF_UP_THE_ROW ? &operand->value : &operand->gradient);
    }
}

#endif
