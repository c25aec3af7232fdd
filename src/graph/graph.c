/* The graph: an append-only row of nodes, kept in chunks so that no node ever moves. */
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/grow.h"
#include "graph/sweep.h"

enum { DEFAULT_NODES = 10000000, DEFAULT_ENTRIES = 1000000, NODE_BYTES = 200 };

static const gf_operation bad_operation = {
    .size = sizeof(gf_operation), .name = "bad", .doc = "What a failed builder returns."};

/* Never written to: everything asks for the status first. */
gf_graph gf_graph_nil = {.status = GF_ERROR_MEMORY,
                         .message = "graph: out of memory, or a builder got no living node",
                         .bad = {.graph = &gf_graph_nil,
                                 .op = &bad_operation,
                                 .attributes = &gf_no_attributes,
                                 .id = UINT32_MAX,
                                 .flags = NODE_GONE},
                         .bad_kept = {.graph = &gf_graph_nil, .number = SIZE_MAX}};

gf_graph *gf_graph_new(void)
{
    gf_graph *g = calloc(1, sizeof *g);
    if (!g)
        return &gf_graph_nil;
    gf_graph_limit(g, DEFAULT_NODES, DEFAULT_ENTRIES);
    g->byte_limit = SIZE_MAX; /* a program may fill the machine; a text may not */
    g->bad = gf_graph_nil.bad;
    g->bad.graph = g;
    g->bad_kept = (gf_kept){.graph = g, .number = SIZE_MAX};
    gf_random_seed(&g->random, 0);
    return g;
}

void gf_graph_free(gf_graph *g)
{
    if (!g || g == &gf_graph_nil)
        return;
    for (size_t k = 0; k < g->chunk_room; k++) {
        free(g->chunks[k].nodes[0]);
        free(g->chunks[k].nodes[1]);
    }
    free(g->chunks);
    free(g->contexts);
    free((void *)g->in);
    gf_names_free(&g->names);
    gf_index_free(&g->first_of);
    gf_record_drop(g);
    gf_arena_free(&g->arena);
    gf_arena_free(&g->keep.arena);
    free(g->keep.places);
    gf_gather_free(g);
    free(g);
}

/* --- status ---------------------------------------------------------------- */

void gf_graph_clear_status(gf_graph *g)
{
    if (!g || g == &gf_graph_nil)
        return;
    g->status = GF_OK;
    g->message[0] = '\0';
}

gf_status gf_graph_fail_at(gf_graph *g, int step, gf_status status, const char *format, ...)
{
    if (g->status || g == &gf_graph_nil)
        return status;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(g->message, sizeof g->message, format, arguments);
    va_end(arguments);
    if (step && length >= 0 && length < MESSAGE)
        snprintf(g->message + length, sizeof g->message - (size_t)length, " (step %d)", step);
    return g->status = status;
}

gf_status gf_graph_out_of_memory(gf_graph *g, const char *what)
{
    return gf_graph_fail(g, GF_ERROR_MEMORY, "%s: out of memory after %zu nodes", what, g->size);
}

size_t gf_graph_most_bytes(size_t nodes)
{
    nodes = nodes < UINT32_MAX ? nodes : UINT32_MAX - 1;
    return nodes * NODE_BYTES + ((size_t)64 << 20); /* small graphs may have large matrices */
}

void gf_graph_limit(gf_graph *g, size_t nodes, size_t entries)
{
    if (!g || g == &gf_graph_nil)
        return;
    g->node_limit = nodes < UINT32_MAX ? nodes : UINT32_MAX - 1;
    g->entry_limit = entries < INT_MAX ? entries : INT_MAX; /* so that no size overflows, nor a Jacobian's columns */
    g->byte_limit = gf_graph_most_bytes(nodes);
}

/* --- where nodes are built --------------------------------------------------- */

void gf_graph_step(gf_graph *g, int t)
{
    if (t > GF_STEP_MOST || t < -GF_STEP_MOST)
        gf_graph_fail(g ? g : &gf_graph_nil, GF_ERROR_LIMIT, "step: %d is more than %d away from 0", t, GF_STEP_MOST);
    else if (g && g != &gf_graph_nil)
        g->now.step = t;
}

void gf_graph_scope(gf_graph *g, const char *scope)
{
    if (!g || g == &gf_graph_nil)
        return;
    uint32_t number = gf_names_add(&g->names, scope);
    if (number == UINT32_MAX)
        gf_graph_out_of_memory(g, "scope");
    else
        g->now.scope = number;
}

/* The number of the present context, new if the last one differs; UINT32_MAX without memory. */
static uint32_t context_number(gf_graph *g)
{
    uint32_t count = g->context_count;
    if (count && g->contexts[count - 1].step == g->now.step && g->contexts[count - 1].scope == g->now.scope)
        return count - 1;
    if (!gf_grow(&g->contexts, &g->context_room, count + 1))
        return UINT32_MAX;
    g->contexts[count] = g->now;
    return g->context_count++;
}

/* --- nodes ------------------------------------------------------------------- */

/* The place behind the last node; NULL without memory. */
static gf_node *next_place(gf_graph *g)
{
    if (!gf_grow(&g->chunks, &g->chunk_room, g->size / CHUNK + 1))
        return NULL;
    gf_chunk *chunk = &g->chunks[g->size / CHUNK];
    gf_node **nodes = &chunk->nodes[gf_place_of(chunk, g->size)];
    if (!*nodes && (*nodes = malloc(CHUNK * sizeof **nodes)))
        g->places += CHUNK;
    if (g->size % CHUNK == 0)
        chunk->bytes = g->bytes;
    return *nodes ? *nodes + g->size % CHUNK : NULL;
}

/* The bytes of value, gradient, attributes and a long list of operands. */
static size_t bytes_of(const gf_node *node)
{
    size_t numbers = (gf_node_has(node, NODE_DIFFERENTIABLE) ? 2 : 1) * gf_entries(&node->value);
    size_t constants = node->attributes == &gf_no_attributes ? 0 : sizeof *node->attributes;
    return numbers * sizeof(double) + constants + (node->arity > FEW ? node->arity : 0) * sizeof(gf_matrix *);
}

/* One piece of the arena for all that. */
static gf_status furnish(gf_node *node, const char *what)
{
    gf_graph *g = node->graph;
    size_t bytes = bytes_of(node);
    if (g->bytes + bytes > g->byte_limit)
        return gf_graph_fail(g, GF_ERROR_LIMIT, "%s: the matrices of the graph would take more than %.3g GB", what,
                             (double)g->byte_limit / 1e9);
    char *piece = node->arity ? gf_arena_room(&g->arena, bytes) : gf_arena_get(&g->arena, bytes);
    if (!piece)
        return gf_graph_out_of_memory(g, what);
    g->bytes += bytes;
    node->value.data = (double *)(void *)piece;
    piece += gf_entries(&node->value) * sizeof(double);
    if (gf_node_has(node, NODE_DIFFERENTIABLE)) {
        node->gradient = node->value;
        node->gradient.data = (double *)(void *)piece;
        piece += gf_entries(&node->value) * sizeof(double);
    }
    if (node->attributes != &gf_no_attributes) {
        node->attributes = memcpy(piece, node->attributes, sizeof *node->attributes);
        piece += sizeof *node->attributes;
    }
    if (node->arity > FEW)
        node->operands.many = (const gf_matrix **)(void *)piece;
    return GF_OK;
}

static bool within_limits(gf_graph *g, int rows, int cols, const char *what)
{
    if ((size_t)rows * (size_t)cols > g->entry_limit)
        gf_graph_fail(g, GF_ERROR_LIMIT, "%s: %d x %d has more than %zu entries", what, rows, cols, g->entry_limit);
    else if (g->size >= g->node_limit)
        gf_graph_fail(g, GF_ERROR_LIMIT, "%s: the graph has %zu nodes, its limit", what, g->size);
    else
        return true;
    return false;
}

gf_node *gf_node_new(gf_graph *g, const gf_operation *op, int arity, int rows, int cols,
                     const gf_attributes *attributes, unsigned flags, const char *what)
{
    if (!within_limits(g, rows, cols, what))
        return &g->bad;
    uint32_t context = context_number(g);
    gf_node *node = context == UINT32_MAX ? NULL : next_place(g);
    if (!node) {
        gf_graph_out_of_memory(g, what);
        return &g->bad;
    }
    *node = (gf_node){.graph = g,
                      .op = op,
                      .value = {.rows = rows, .cols = cols, .stride = cols},
                      .attributes = attributes,
                      .id = (uint32_t)g->size,
                      .arity = (uint32_t)arity & 0xffffff,
                      .flags = flags & 0xff,
                      .context = context};
    if (furnish(node, what))
        return &g->bad;
    g->size++;
    return node;
}

void gf_graph_rewind(gf_graph *g, size_t mark)
{
    if (!g || mark >= g->size)
        return;
    gf_record_drop(g);
    for (size_t id = 0; id < mark && g->shared >= mark; id++) /* what is dropped may hold the numbers */
        gf_gradient_own(gf_node_in(g, id), true);
    g->shared = g->shared < mark ? g->shared : 0;
    gf_keep_rewind(&g->keep, mark);
    gf_arena_back(&g->arena, gf_node_in(g, mark)->value.data);
    g->context_count = mark ? gf_node_in(g, mark - 1)->context + 1 : 0;
    g->bytes = g->chunks[mark / CHUNK].bytes;
    for (size_t id = mark - mark % CHUNK; id < mark; id++)
        g->bytes += bytes_of(gf_node_in(g, id));
    for (size_t id = mark; id < g->size; id++) {
        gf_node_in(g, id)->flags |= NODE_GONE;
        g->chunks[id / CHUNK].second[id % CHUNK / 64] ^= UINT64_C(1) << id % 64;
    }
    g->size = mark;
    g->evaluated = g->evaluated < mark ? g->evaluated : mark;
    g->covered = g->covered < mark ? g->covered : mark;
    g->indexed = g->indexed < mark ? g->indexed : mark;
}

gf_node *gf_graph_node(const gf_graph *g, size_t id)
{
    return g && id < g->size ? gf_node_in(g, id) : NULL;
}

size_t gf_graph_memory(const gf_graph *g)
{
    if (!g || g == &gf_graph_nil)
        return 0;
    const gf_record *record = &g->record;
    size_t nodes = g->chunk_room * sizeof *g->chunks + g->places * sizeof(gf_node) + g->arena.held,
           kept = g->keep.room * sizeof *g->keep.places + g->keep.arena.held,
           recorded = record->arena.held + gf_index_memory(&record->flow_of) + record->flow_room * sizeof(gf_flow);
    return sizeof *g + nodes + kept + recorded + gf_gather_memory(g) + g->context_room * sizeof *g->contexts +
           g->in_room * sizeof *g->in + gf_names_memory(&g->names) + gf_index_memory(&g->first_of);
}

void gf_seed(gf_graph *g, uint64_t seed)
{
    if (g && g != &gf_graph_nil)
        gf_random_seed(&g->random, seed);
}
