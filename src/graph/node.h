/* The inside of a graph and its nodes, for the rooms from graph/ upwards. */
#ifndef GF_GRAPH_NODE_H
#define GF_GRAPH_NODE_H

#include <string.h>

#include <gradflow/graph.h>

#include "base/arena.h"
#include "base/index.h"
#include "base/names.h"
#include "base/random.h"
#include "base/size.h"

/* What node->flags holds. All but the first and the last two serve one sweep. */
enum {
    NODE_DIFFERENTIABLE = 1, /* a gradient reaches it */
    NODE_REACHED = 2,        /* in a sweep, until that comes to it: its gradient has got a contribution */
    NODE_HELD = 4,           /* no gradient passes on to its operands */
    NODE_ACTIVE = 8,         /* lies between a Jacobian's y and x */
    NODE_ASKED = 16,         /* is such an x: its stack is what was asked for */
    NODE_SHARED = 32,        /* its gradient is that of a sum in which it stands: the numbers are the sum's */
    NODE_GONE = 128          /* was dropped by a rewind; and what is bad, which never stood in its graph */
};

enum { FEW = 2 }; /* operands that stand in the node itself; lists of more lie in the arena */

/* 104 bytes; with a 1 x 1 value and gradient (16 more) a node of a chain takes 120. It begins with its value: so the
 * list of its operands' values, which is what an operation reads, is a list of its operands as well. */
struct gf_node {
    gf_matrix value; /* its data starts the node's piece of the arena */
    gf_matrix gradient;
    gf_graph *graph;
    const gf_operation *op;
    union {
        const gf_matrix *few[FEW]; /* arity <= FEW */
        const gf_matrix **many;
    } operands;
    const gf_attributes *attributes; /* &gf_no_attributes: all 0 */
    uint32_t id;
    uint32_t arity : 24, flags : 8;
    uint32_t name;    /* number in the table of names; 0: none */
    uint32_t context; /* number in the table of (step, scope) */
};

/* Where a node was built. */
typedef struct gf_context {
    int step;
    uint32_t scope; /* number of its name */
} gf_context;

enum { CHUNK = 256, MESSAGE = 512 };

/* Places for CHUNK nodes, two each. A node that a rewind drops keeps its place while the next node of its number is
 * built in the other: a pointer to a dropped node is known as such until its number has been built twice more. */
typedef struct gf_chunk {
    gf_node *nodes[2];           /* the first places, and the second; NULL until one is needed */
    uint64_t second[CHUNK / 64]; /* a bit a node: it is, or will be built, in the second */
    size_t bytes;                /* of the pieces of all nodes before these */
} gf_chunk;

/* What one backward recorded; dropped by the next. edges.c keeps it. */
typedef struct gf_record {
    const gf_node *root; /* where it began; NULL: it has not run */
    gf_arena arena;
    gf_edge *edges;                /* in the order of (to, slot) */
    size_t *first_edge;            /* by node id */
    size_t edge_count, node_count; /* with edges */
    gf_index flow_of;              /* 1 + the number of the flow of (from, group) */
    gf_flow *flows;                /* in the order of (from, group) once all are known */
    size_t flow_count, flow_room;
    bool accumulated; /* the nodes' gradients are more than what flowed along the edges */
} gf_record;

/* How what a room above keeps in a graph begins, such as a cell. keep.c */
typedef struct gf_kept {
    gf_graph *graph;
    size_t number; /* counted from 0, in the order in which they were made */
} gf_kept;

/* Its place: as with nodes, what is dropped keeps it while the next of its number is made in the other. */
typedef struct gf_keep_place {
    gf_kept *two[2]; /* NULL until needed */
    size_t mark;     /* the size of the graph when it was made */
    unsigned turn;   /* in which of the two it is, or will be made */
} gf_keep_place;

typedef struct gf_keep {
    gf_keep_place *places; /* by number; those from count on are dropped, or not used yet */
    size_t room, count;
    gf_arena arena; /* of what is kept */
} gf_keep;

struct gf_graph {
    gf_chunk *chunks; /* so that a node never moves */
    size_t chunk_room, size;
    size_t places; /* for nodes */
    size_t node_limit, entry_limit, byte_limit;
    gf_arena arena;       /* a piece a node: value, gradient, attributes, operands */
    size_t bytes;         /* of all pieces */
    const gf_matrix **in; /* room for the operands of what is built */
    size_t in_room;
    gf_names names;
    gf_index first_of; /* 1 + the id of the first node of each name, step and scope; find.c */
    size_t indexed;    /* nodes before this one are in it */
    gf_context *contexts;
    uint32_t context_count;
    size_t context_room;
    gf_context now;   /* of what is built next */
    size_t evaluated; /* nodes before this one have their value */
    size_t covered;   /* nodes before this one have a gradient */
    size_t shared;    /* those behind this one share theirs with nobody */
    gf_record record;
    gf_random random; /* the generator behind gf_init_* */
    gf_keep keep;
    struct gf_gathering *gathering; /* gather.c; NULL until something is put off */
    gf_node bad;                    /* what a failed builder returns */
    gf_kept bad_kept;               /* stands for what could not be made */
    gf_status status;
    char message[MESSAGE];
};

/* The rows of the leaves: they have no operands and no forward. leaf.c */
extern const gf_operation gf_leaf_param, gf_leaf_input, gf_leaf_given, gf_leaf_constant;

/* How many bytes the matrices of a graph may take that may have so many nodes. graph.c */
size_t gf_graph_most_bytes(size_t nodes);

/* The graph that stands in where there is no memory for one. graph.c */
extern gf_graph gf_graph_nil;

/* A new node with room for its value, gradient, attributes and operands, the operands not yet set; the bad one, and the
 * graph knows why, without memory or past a limit. `what` names it in messages. */
gf_node *gf_node_new(gf_graph *g, const gf_operation *op, int arity, int rows, int cols,
                     const gf_attributes *attributes, unsigned flags, const char *what);

/* 1 where node `id` of the chunk is, or will be built, in its second place, else 0. */
static inline size_t gf_place_of(const gf_chunk *chunk, size_t id)
{
    return chunk->second[id % CHUNK / 64] >> id % 64 & 1;
}

static inline gf_node *gf_node_in(const gf_graph *g, size_t id)
{
    const gf_chunk *chunk = &g->chunks[id / CHUNK];
    return chunk->nodes[gf_place_of(chunk, id)] + id % CHUNK;
}

static inline bool gf_node_has(const gf_node *node, unsigned flag)
{
    return (node->flags & flag) != 0;
}

/* Does it stand in its graph? */
static inline bool gf_node_lives(const gf_node *node)
{
    return node && !gf_node_has(node, NODE_GONE);
}

/* Was it dropped by gf_graph_rewind? */
static inline bool gf_node_is_dropped(const gf_node *node)
{
    return node && node != &node->graph->bad && !gf_node_lives(node);
}

/* GF_OK where `what` may be done to the node; else an error: GF_ERROR_ARGUMENT for NULL, which no graph remembers, and
 * for a dropped node, which its graph does; of a bad node, why it is bad. node.c */
gf_status gf_node_check(const gf_node *node, const char *what);

/* The operands' values, slot by slot. */
static inline const gf_matrix **gf_operand_values(gf_node *node)
{
    return node->arity <= FEW ? node->operands.few : node->operands.many;
}

/* The operand of a slot that there is. */
static inline gf_node *gf_operand(const gf_node *node, int slot)
{
    return (gf_node *)gf_operand_values((gf_node *)node)[slot];
}

/* A parameter, an input, or what is given. */
static inline bool gf_node_may_be_set(const gf_node *leaf)
{
    return !leaf->arity && leaf->op != &gf_leaf_constant;
}

/* Is it a leaf whose value may be set? Then what depends on it is stale from now on; else an error, which `what` is
 * told of. leaf.c */
gf_status gf_leaf_open(gf_node *leaf, const char *what);

/* Gives a node that shares its gradient room of its own again, behind its value; with `keep`, the numbers as well. */
static inline void gf_gradient_own(gf_node *node, bool keep)
{
    if (!gf_node_has(node, NODE_SHARED))
        return;
    size_t entries = gf_entries(&node->value);
    double *own = node->value.data + entries;
    if (keep)
        memcpy(own, node->gradient.data, entries * sizeof *own);
    node->gradient.data = own;
    node->flags &= 0xff & ~NODE_SHARED;
}

/* The vjp of a slot; NULL where no gradient ever passes. */
static inline gf_vjp_rule *gf_node_vjp(const gf_node *node, int slot)
{
    return node->op->vjp[node->op->arity == GF_ARITY_ANY ? 0 : slot];
}

/* All 0, of nodes that have none. node.c */
extern const gf_attributes gf_no_attributes;

/* The node as its operation sees it. */
static inline gf_call gf_node_call(gf_node *node)
{
    const gf_matrix **in = gf_operand_values(node);
    return (gf_call){.in = in, .arity = (int)node->arity, .y = &node->value, .p = node->attributes, .op = node->op};
}

/* Tells the call which slot is served next, and with it where that part of y starts. Served in ascending order, all
 * slots together take as many steps as there are; any order is right. */
static inline void gf_call_slot(gf_call *call, int slot)
{
    if (call->op->arity != GF_ARITY_ANY)
        return;
    if (slot < call->part)
        call->part = call->first = 0;
    for (; call->part < slot; call->part++)
        call->first += gf_length(call->in[call->part], call->op->down);
}

/* Why no gradient reaches a node, as messages say it. node.c */
const char *gf_node_why_constant(const gf_node *node);

/* `bytes` bytes, the same number at every call, of which a gf_kept is filled in: the graph keeps them until it is
 * freed, or rewound to before now. NULL without memory. keep.c */
void *gf_graph_keep(gf_graph *g, size_t bytes);

/* Is it neither dropped nor bad? What was dropped is known as such until its number has been made twice more. */
bool gf_kept_lives(const gf_kept *kept);

void gf_keep_rewind(gf_keep *keep, size_t mark);

/* Works out the values of nodes 0 to id. apply.c */
void gf_graph_evaluate(gf_graph *g, size_t id);

/* What is wrong with a node that should be one of g: "is NULL", "is of another graph", "was dropped by
 * gf_graph_rewind", "is bad"; NULL: nothing. node.c */
const char *gf_node_fault(const gf_node *node, const gf_graph *g);

/* gf_node_label in a text that lives as long as the block in which this stands. */
#define gf_label(node) gf_node_label((char[96]){0}, 96, (node))

/* Sets, or clears, NODE_HELD; a node of another graph fails. backward.c */
gf_status gf_graph_hold(gf_graph *g, gf_node *const held[], size_t count);
void gf_graph_release(gf_node *const held[], size_t count);

/* A copy of the gradients that the last backward left, one after another, NULL without memory; and what puts such a
 * copy back: gradients := beta * gradients + copy. backward.c */
double *gf_gradients_copy(const gf_graph *g);
void gf_gradients_put(gf_graph *g, double beta, const double *copy);

/* The first node of that name and step in a scope, or in any (NULL); NULL if there is none. find.c */
gf_node *gf_graph_find_in(gf_graph *g, const char *scope, const char *name, int step);

/* Remembers an error (the first one stays), and returns its status. The message is one line; of something that was to
 * be built " (step 3)" stands behind it, where there is a step. */
gf_status gf_graph_fail_at(gf_graph *g, int step, gf_status status, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#define gf_graph_fail(g, ...) gf_graph_fail_at((g), 0, __VA_ARGS__)
#define gf_graph_fail_here(g, ...) gf_graph_fail_at((g), (g)->now.step, __VA_ARGS__)

/* "out of memory", remembered. */
gf_status gf_graph_out_of_memory(gf_graph *g, const char *what);

/* --- recording; edges.c --------------------------------------------------- */

/* Makes room for every edge of the graph, if edges are asked for. */
gf_status gf_record_start(gf_graph *g, const gf_backward_options *options);

/* Measures the flows and puts them in order. */
void gf_record_finish(gf_graph *g);

/* Drops everything recorded. */
void gf_record_drop(gf_graph *g);

#endif
