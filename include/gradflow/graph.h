/* gradflow/graph.h: the graph, its nodes, and differentiation.
 *
 * A graph is an append-only row of nodes. A node's operands always stand before
 * it, so forward is a loop up the row, backward a loop down: no recursion, no
 * cycles, and node 17 is the same node in every run of a program.
 *
 *     gf_graph *g = gf_graph_new();
 *     gf_node *w = gf_param(g, "w", 1, 1), *x = gf_input(g, "x", 1, 1);
 *     gf_set_scalar(w, 0.5);
 *     gf_set_scalar(x, 2.0);
 *     gf_node *loss = gf_named(gf_tanh(gf_mul(w, x)), "loss");
 *     gf_backward(loss, GF_RECORD_EDGES);
 *     printf("d loss / d w = %g\n", gf_scalar(gf_gradient(w)));
 *     if (gf_graph_status(g))
 *         fprintf(stderr, "%s\n", gf_graph_message(g));
 *     gf_graph_free(g);
 *
 * Values are worked out when they are asked for, and again after an input was
 * set: a node's value is never stale. Builders never return NULL; whatever goes
 * wrong first is remembered by the graph, and the nodes built before it stay
 * usable. A graph, and its nodes, must be used by one thread at a time; different
 * graphs are independent. */
#ifndef GRADFLOW_GRAPH_H
#define GRADFLOW_GRAPH_H

#include <limits.h>

#include <gradflow/builders.h>

GF_BEGIN_DECLS

typedef struct gf_graph gf_graph;

/* --- the graph ----------------------------------------------------------- */

/* A new, empty graph; free it with gf_graph_free. Never NULL: without memory it
 * is a constant graph on which everything fails, and whose status says so. */
GF_API gf_graph *gf_graph_new(void);

/* Frees the graph with all its nodes and matrices, which must not be used any more:
 * unlike a node that was dropped, one that was freed cannot be known. NULL is fine. */
GF_API void gf_graph_free(gf_graph *g);

/* The first thing that went wrong since the graph was made (or since
 * gf_graph_clear_status), GF_OK if nothing did, and a line that says what:
 * "matmul: U is 4 x 4, x[2] is 3 x 1: the inner sizes 4 and 3 differ (step 2)".
 * The message is "" if nothing did; it belongs to the graph. Of NULL GF_ERROR_ARGUMENT
 * and "graph: NULL". */
GF_API gf_status gf_graph_status(const gf_graph *g);
GF_API const char *gf_graph_message(const gf_graph *g);
GF_API void gf_graph_clear_status(gf_graph *g);

/* The largest number of nodes the graph may have (10,000,000 unless set) and of
 * entries of one node's matrix (1,000,000 unless set). Once it is called, values and gradients
 * together may take 64 MiB and 200 bytes for each of these nodes. What is there already
 * stays: below that, nothing more can be built. */
GF_API void gf_graph_limit(gf_graph *g, size_t nodes, size_t entries);

#define GF_STEP_MOST 10000000 /* how far from 0 a step may be */

/* What is built from here on belongs to time step t (0: to none; negative ones are steps
 * before the first; GF_ERROR_LIMIT beyond GF_STEP_MOST, and the step stays what it was), and
 * to the scope of that name, such as "layer1" ("" or NULL: to none). */
GF_API void gf_graph_step(gf_graph *g, int t);
GF_API void gf_graph_scope(gf_graph *g, const char *scope);

/* The step, and the scope ("" where there is none), of what is built now. The text
 * lives as long as the graph: a layer of one's own builds in a scope of its own, and
 * gives back what was there:
 *
 *     const char *scope = gf_graph_present_scope(g);
 *     gf_graph_scope(g, "attention");
 *     …
 *     gf_graph_scope(g, scope);
 */
GF_API int gf_graph_present_step(const gf_graph *g);
GF_API const char *gf_graph_present_scope(const gf_graph *g);

/* How many nodes there are; node number id (0 to count - 1), NULL beyond; the
 * first node of that name at that step, NULL if there is none (of "" there is none;
 * without memory for an index it is NULL, too, and the graph remembers). */
GF_API size_t gf_graph_size(const gf_graph *g);
GF_API gf_node *gf_graph_node(const gf_graph *g, size_t id);
GF_API gf_node *gf_graph_find(const gf_graph *g, const char *name, int step);

/* Bytes of memory that the graph holds now, everything counted. */
GF_API size_t gf_graph_memory(const gf_graph *g);

/* Rewind: `size_t mark = gf_graph_size(g)` behind the parameters, and later
 * gf_graph_rewind(g, mark) drops every node from number `mark` on (an unrolling)
 * and keeps those before it, values and all. Their memory is used again by what
 * is built next. Recorded edges are dropped.
 *
 * A dropped node is not to be used again, nor is its matrix. Whoever does use the
 * node gets an error, GF_ERROR_ARGUMENT, which the graph remembers: "add: operand
 * 0, h, was dropped by gf_graph_rewind". Asked about itself it answers like a bad
 * node. So it is until nodes of its number have been built twice more (rewind,
 * build, rewind, build): only then is its place taken by the second of them, which
 * a pointer kept for so long names from then on. */
GF_API void gf_graph_rewind(gf_graph *g, size_t mark);

/* --- leaves -------------------------------------------------------------- */

/* A trained matrix, an input, rows x cols, zeros until set. GF_ERROR_SHAPE where
 * a size is below 1, GF_ERROR_LIMIT where they are too large. */
GF_API gf_node *gf_param(gf_graph *g, const char *name, int rows, int cols);
GF_API gf_node *gf_input(gf_graph *g, const char *name, int rows, int cols);

/* An input whose gradient is not wanted: a target, a mask, fixed numbers. It is set like
 * an input, but backward computes no gradient for it, does no work for it, and keeps no
 * room for one; gf_gradient of it, and a Jacobian by it, are errors. */
GF_API gf_node *gf_given(gf_graph *g, const char *name, int rows, int cols);

/* Constants: no gradient is computed for them. The numbers are copied. `name`
 * may be NULL. A constant may have 0 rows or columns, but then serves only as a
 * part of gf_hcat or gf_vcat. */
GF_API gf_node *gf_constant(gf_graph *g, const char *name, const gf_matrix *value);
GF_API gf_node *gf_fill(gf_graph *g, const char *name, int rows, int cols, double number);
GF_API gf_node *gf_zeros(gf_graph *g, const char *name, int rows, int cols);
GF_API gf_node *gf_ones(gf_graph *g, const char *name, int rows, int cols);
GF_API gf_node *gf_eye(gf_graph *g, const char *name, int n);

/* Sets the value of a leaf; every value that depends on it is worked out anew
 * when next asked for, without building or allocating anything (replay). Fails
 * with GF_ERROR_SHAPE, or with GF_ERROR_ARGUMENT on a node that is neither a
 * parameter nor an input (given or not), and where an index is out of range. */
GF_API gf_status gf_set(gf_node *leaf, const gf_matrix *value);
GF_API gf_status gf_set_scalar(gf_node *leaf, double number);              /* fills */
GF_API gf_status gf_set_entry(gf_node *leaf, int i, int j, double number); /* counted from 0 */

/* --- nodes --------------------------------------------------------------- */

/* Names a node and returns it. The name is copied. Within messages and pictures a
 * node of step 3 named "h" is "h[3]"; one without a name is "n17". */
GF_API gf_node *gf_named(gf_node *node, const char *name);

/* What a node is: its graph; its number there, from 0 in the order of making; how it is called; its shape, rows x
 * columns; which operation made it, with which attributes, of which operands; and what kind of leaf it is. */
GF_API gf_graph *gf_node_graph(const gf_node *node);
GF_API size_t gf_node_id(const gf_node *node);
GF_API const char *gf_node_name(const gf_node *node);  /* "" if it has none */
GF_API const char *gf_node_scope(const gf_node *node); /* "" if it has none */
GF_API int gf_node_step(const gf_node *node);          /* 0 if it has none */
GF_API int gf_node_rows(const gf_node *node);
GF_API int gf_node_cols(const gf_node *node);
GF_API const gf_operation *gf_node_operation(const gf_node *node);
GF_API const gf_attributes *gf_node_attributes(const gf_node *node); /* never NULL; all 0 where there are none */
GF_API int gf_node_arity(const gf_node *node);
GF_API gf_node *gf_node_operand(const gf_node *node, int slot); /* NULL beyond */
GF_API bool gf_node_is_param(const gf_node *node);
GF_API bool gf_node_is_input(const gf_node *node); /* what is given is none */
GF_API bool gf_node_is_given(const gf_node *node);
GF_API bool gf_node_is_constant(const gf_node *node);
GF_API bool gf_node_is_bad(const gf_node *node); /* NULL, dropped, or what a failed builder returned */

/* Does a gradient reach the node? Not a constant, nor what is given, nor what is
 * built from such alone, nor what gf_stop returns. */
GF_API bool gf_node_differentiable(const gf_node *node);

/* Writes the node's name as messages show it ("h[3]", "n17", "layer1.h[3]" with
 * the scope) into text of n bytes, cut if need be, and returns text. */
GF_API char *gf_node_label(char *text, size_t n, const gf_node *node);

/* --- values and gradients ------------------------------------------------ */

/* The value, worked out now if need be. It belongs to the graph, and keeps its
 * place for as long as the node lives. NULL for a bad or dropped node. */
GF_API const gf_matrix *gf_value(gf_node *node);

/* The single entry of a 1 x 1 matrix (NaN for NULL or another shape). */
GF_API double gf_scalar(const gf_matrix *m);

/* Works out every value of the graph now. (gf_value does as much as it needs.) */
GF_API gf_status gf_forward(gf_graph *g);

enum gf_backward_flags {
    GF_ACCUMULATE = 1,          /* add to the gradients that are there */
    GF_RECORD_EDGES = 2,        /* keep the magnitude of what flows along each edge */
    GF_RECORD_CONTRIBUTIONS = 6 /* and the matrices themselves (implies GF_RECORD_EDGES) */
};

/* d loss / d node for every node that a gradient reaches, by every path. loss is
 * 1 x 1. Any number of times, from different nodes of one graph; each run
 * replaces the gradients and the recorded edges of the one before, but for
 * GF_ACCUMULATE, with which gradients add up (edges are always the last run's).
 * flags: 0 or a sum of gf_backward_flags. Recording, and grouping, first work out
 * each contribution by itself and then add it, so that gradients may differ in the
 * last digits from those of a run without. Fails with GF_ERROR_SHAPE where loss is
 * not 1 x 1, GF_ERROR_ARGUMENT where it is NULL, bad, dropped, or depends on nothing
 * that a gradient reaches, and where flags has others, GF_ERROR_MEMORY where edges (or, accumulating, the gradients
 * there are) find no room; the graph remembers. */
GF_API gf_status gf_backward(gf_node *loss, unsigned flags);

/* The gradient by the last backward, of the node's shape; zeros where loss does
 * not depend on the node. It belongs to the graph. NULL, and GF_ERROR_NOT_RUN on
 * the graph, where backward has not run since the node was built; NULL, and
 * GF_ERROR_ARGUMENT, for a constant and for what is given. */
GF_API const gf_matrix *gf_gradient(gf_node *node);

/* Grouping. A function that puts each node into a group (>= 0; negative: none).
 * Backward then adds up, for every node v and every group, the contributions
 * that v receives from the uses of it within that group; magnitudes are those of
 * the sum. `gf_group_by_step` makes "what the uses of W at step t add to W's
 * gradient". */
typedef int gf_grouping(const gf_node *user, void *data);
GF_API gf_grouping gf_group_by_step; /* the node's step; data is not read */

/* What backward may be told besides. Begin with .size = sizeof(gf_backward_options). */
typedef struct gf_backward_options {
    size_t size;
    unsigned flags;       /* gf_backward_flags */
    gf_node *const *held; /* held nodes: their gradient arrives, but does not pass */
    size_t held_count;    /* on to their operands (partial derivatives) */
    gf_grouping *group;   /* NULL: no grouping */
    void *group_data;     /* handed to group */
} gf_backward_options;

/* gf_backward with options, which may be NULL. Holding the loss itself changes nothing. */
GF_API gf_status gf_backward_with(gf_node *loss, const gf_backward_options *options);

/* --- edges --------------------------------------------------------------- */

/* One operand slot of one node, and the size of the gradient that flowed back
 * through it in the last backward that recorded: of the contribution
 * C = (d loss / d to) * (d to / d from, through this slot). The contributions of
 * the edges out of `from` sum to its gradient. */
typedef struct gf_edge {
    gf_node *from, *to;            /* the operand, and the node that uses it */
    int slot;                      /* from is operand number slot of to, counted from 0 */
    bool passed;                   /* false: no gradient passes here (stop, a constant, a held node …) */
    double l2, rms, max;           /* Frobenius norm, l2 / sqrt(entries), largest magnitude */
    const gf_matrix *contribution; /* NULL unless GF_RECORD_CONTRIBUTIONS */
} gf_edge;

/* How many edges were recorded (0 if none were); edge number k, counted from 0, in
 * the order of (to, slot); the edge into operand `slot` of `to`. NULL beyond. They
 * belong to the graph, until the next backward or rewind. */
GF_API size_t gf_edge_count(const gf_graph *g);
GF_API const gf_edge *gf_edge_at(const gf_graph *g, size_t k);
GF_API const gf_edge *gf_edge_find(const gf_node *to, int slot);

/* What one node received from one group in the last backward with a grouping. */
typedef struct gf_flow {
    gf_node *from;        /* the variable */
    int group;            /* of its users */
    double l2, rms, max;  /* of the sum of the contributions */
    const gf_matrix *sum; /* the sum itself; belongs to the graph */
} gf_flow;

/* Flows in the order of (from, group); the flow of one node and group. NULL beyond.
 * They belong to the graph, until the next backward or rewind. */
GF_API size_t gf_flow_count(const gf_graph *g);
GF_API const gf_flow *gf_flow_at(const gf_graph *g, size_t k);
GF_API const gf_flow *gf_flow_find(const gf_node *from, int group);

/* --- Jacobians ----------------------------------------------------------- */

/* The Jacobian of y with respect to x: entry (i, j) is d vec(y)_i / d vec(x)_j,
 * where vec reads a matrix row by row; y's entries x x's entries; zeros where y
 * does not depend on x. *out is made; the caller frees it with gf_matrix_free. Fails
 * with GF_ERROR_ARGUMENT where a node is NULL, bad or of another graph, or x is
 * constant (gf_node_differentiable), GF_ERROR_LIMIT where it would have more than
 * INT_MAX entries, GF_ERROR_MEMORY; the graph remembers. */
GF_API gf_status gf_jacobian(gf_matrix *out, gf_node *y, gf_node *x);

/* What gf_jacobians may be told besides. Begin with .size = sizeof(gf_jacobian_options). */
typedef struct gf_jacobian_options {
    size_t size;
    gf_node *const *held; /* no path through a held node counts; holding y or an x itself changes nothing */
    size_t held_count;
    /* For each x the step whose nodes' uses of it alone count (the copies W^(t) of Goodfellow, Bengio and Courville,
     * Deep Learning, section 10.2.2), or GF_EVERY_STEP. NULL: every step, of all of them. */
    const int *at_step;
} gf_jacobian_options;

#define GF_EVERY_STEP INT_MIN

/* The Jacobians of y with respect to x[0..count-1] in one sweep that carries all rows
 * of y; a node may stand there several times. out[0..count-1] are made; the caller
 * frees each. On failure, as in gf_jacobian, none is made. The gradients of the last
 * backward stay as they are. `options` may be NULL. */
GF_API gf_status gf_jacobians(gf_matrix out[], gf_node *y, gf_node *const x[], size_t count,
                              const gf_jacobian_options *options);

/* --- numbers that are not finite ----------------------------------------- */

/* The first node, in the order of computation, whose value (whose gradient by
 * the last backward) has an entry that is not finite; NULL if there is none. Its
 * name, step and operation say where a NaN comes from. */
GF_API gf_node *gf_graph_nonfinite_value(gf_graph *g);
GF_API gf_node *gf_graph_nonfinite_gradient(gf_graph *g);

/* --- random numbers ------------------------------------------------------- */

/* Seeds the graph's generator (0 unless seeded): xoshiro256** seeded through
 * splitmix64 (Blackman and Vigna, 2018). The same seed and the same calls give
 * the same values to the last bit on every machine. */
GF_API void gf_seed(gf_graph *g, uint64_t seed);

GF_END_DECLS

#endif
