/* Random graphs: operations of many kinds on what there is, with broadcasting, shared parameters, and f(x, x). */
#ifndef GF_TESTS_RANDOM_GRAPH_H
#define GF_TESTS_RANDOM_GRAPH_H

#include "support.h"

#include "base/random.h"

enum { MOST_NODES = 80 };

typedef struct random_graph {
    gf_graph *g;
    gf_random random;
    bool smooth; /* no kinks, so that central differences hold */
    gf_node *nodes[MOST_NODES];
    int count;
    gf_node *loss;
} random_graph;

static inline int below(random_graph *r, int n)
{
    return (int)(gf_random_uniform(&r->random) * n);
}

static inline gf_node *some(random_graph *r)
{
    return r->nodes[below(r, r->count)];
}

/* A node of r that broadcasts with a; a itself if no other comes to hand. */
static inline gf_node *partner(random_graph *r, gf_node *a)
{
    for (int k = 0; k < 6; k++) {
        gf_node *b = some(r);
        bool rows = gf_node_rows(a) == gf_node_rows(b) || gf_node_rows(a) == 1 || gf_node_rows(b) == 1;
        bool cols = gf_node_cols(a) == gf_node_cols(b) || gf_node_cols(a) == 1 || gf_node_cols(b) == 1;
        if (rows && cols)
            return b;
    }
    return a;
}

static inline gf_node *product(random_graph *r, gf_node *a)
{
    for (int k = 0; k < 6; k++) {
        gf_node *b = some(r);
        if (gf_node_cols(a) == gf_node_rows(b))
            return gf_tanh(gf_matmul(a, b));
    }
    return gf_tanh(gf_matmul(gf_transpose(a), a));
}

static inline gf_node *with_kinks(random_graph *r, gf_node *a)
{
    switch (below(r, 5)) {
    case 0:
        return gf_relu(a);
    case 1:
        return gf_abs(a);
    case 2:
        return gf_clip(a, -0.5, 0.5);
    case 3:
        return gf_mul(gf_stop(a), a);
    default:
        return gf_dropout(a, 0.5, 3);
    }
}

/* One more node, of any kind, from what there is. */
static inline gf_node *grow(random_graph *r)
{
    gf_node *a = some(r);
    int rows = gf_node_rows(a), cols = gf_node_cols(a);
    switch (below(r, r->smooth ? 19 : 20)) {
    case 0:
        return gf_add(a, partner(r, a));
    case 1:
        return gf_sub(partner(r, a), a);
    case 2:
    case 3:
        return gf_tanh(gf_mul(a, partner(r, a)));
    case 4:
        return gf_tanh(gf_div(a, gf_add_scalar(gf_exp(gf_tanh(partner(r, a))), 1)));
    case 5:
    case 6:
        return product(r, a);
    case 7:
        return gf_sigmoid(a);
    case 8:
        return gf_hcat((gf_node *[]){a, a, gf_sigmoid(a)}, 3);
    case 9:
        return gf_vcat((gf_node *[]){a, gf_zeros(r->g, "", 0, cols), a, a}, 4);
    case 10:
        return gf_rows(a, below(r, rows), rows - 1);
    case 11:
        return gf_cols(a, 0, below(r, cols));
    case 12:
        return gf_rowsum(a);
    case 13:
        return gf_colsum(a);
    case 14:
        return gf_transpose(a);
    case 15:
        return gf_vec(a);
    case 16:
        return gf_softmax(a);
    case 17:
        return gf_mul(gf_unit(a), gf_norm(a));
    case 18:
        return gf_cross_entropy(a, gf_sigmoid(a));
    default:
        return with_kinks(r, a);
    }
}

/* Four parameters, an input and a constant; then random operations, shared and broadcast; the loss adds up several
 * of the nodes, and others are built behind it. */
static inline random_graph make_random_graph(uint64_t seed, bool smooth)
{
    random_graph r = {.g = gf_graph_new(), .smooth = smooth};
    gf_random_seed(&r.random, seed);
    for (int k = 0; k < 6; k++) {
        int rows = 1 + below(&r, 3), cols = 1 + below(&r, 3);
        gf_node *leaf = k < 4    ? gf_param(r.g, "p", rows, cols)
                        : k == 4 ? gf_input(r.g, "x", rows, cols)
                                 : gf_fill(r.g, "c", rows, cols, 0.3);
        for (int i = 0; i < rows * cols && k < 5; i++)
            gf_set_entry(leaf, i / cols, i % cols, gf_random_normal(&r.random));
        r.nodes[r.count++] = leaf;
    }
    gf_node *loss = gf_sum(gf_tanh(r.nodes[0]));
    for (int k = 0; k < 24; k++) {
        gf_graph_step(r.g, k / 4);
        gf_node *node = grow(&r);
        if (gf_node_rows(node) * gf_node_cols(node) <= 40) /* concatenations grow */
            r.nodes[r.count++] = node;
        if (k % 5 == 0)
            loss = gf_add(loss, gf_sum(gf_tanh(some(&r))));
        if (k < 20)
            r.loss = loss;
    }
    assert_fine(r.g);
    return r;
}

#endif
