/* Recording: how large each contribution was, edge by edge, and the sums of contributions by groups of users. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "graph/node.h"

/* The sum of what one node received from one group. */
struct gf_flow_record {
    gf_node *from;
    int group;
    gf_matrix sum;
};

int gf_group_by_step(const gf_node *user, void *data)
{
    (void)data;
    return gf_node_step(user);
}

void gf_record_drop(gf_graph *g)
{
    gf_arena_free(&g->record.arena);
    g->record = (gf_record){0};
}

/* Every edge of the graph, without a gradient so far. */
static bool make_edges(gf_graph *g)
{
    gf_record *record = &g->record;
    record->first_edge = gf_arena_get(&record->arena, (g->size + 1) * sizeof *record->first_edge);
    if (!record->first_edge)
        return false;
    for (size_t id = 0; id < g->size; id++)
        record->first_edge[id + 1] = record->first_edge[id] + gf_node_in(g, id)->arity;
    size_t count = record->first_edge[g->size];
    record->edges = gf_arena_get(&record->arena, count * sizeof *record->edges);
    record->edge_count = record->edges ? count : 0;
    for (size_t id = 0; record->edges && id < g->size; id++) {
        gf_node *to = gf_node_in(g, id);
        for (int slot = 0; slot < (int)to->arity; slot++)
            record->edges[record->first_edge[id] + (size_t)slot] =
                (gf_edge){.from = gf_node_operands(to)[slot], .to = to, .slot = slot};
    }
    return record->edges != NULL;
}

gf_status gf_record_start(gf_graph *g, const gf_backward_options *options)
{
    gf_record *record = &g->record;
    record->node_count = g->size;
    return (options->flags & GF_RECORD_EDGES) && !make_edges(g) ? GF_ERROR_MEMORY : GF_OK;
}

static gf_status record_edge(gf_node *to, int slot, const gf_matrix *contribution, bool keep)
{
    gf_record *record = &to->graph->record;
    gf_edge *edge = &record->edges[record->first_edge[to->id] + (size_t)slot];
    size_t entries = gf_matrix_size(contribution);
    edge->passed = true;
    edge->l2 = gf_matrix_norm(contribution);
    edge->rms = entries ? edge->l2 / sqrt((double)entries) : 0; /* a part without columns has none */
    edge->max = gf_matrix_max(contribution);
    if (!keep)
        return GF_OK;
    gf_matrix *kept = gf_arena_get(&record->arena, sizeof *kept + entries * sizeof(double));
    if (!kept)
        return GF_ERROR_MEMORY;
    *kept = gf_matrix_over((double *)(void *)(kept + 1), contribution->rows, contribution->cols);
    gf_matrix_copy(kept, contribution);
    edge->contribution = kept;
    return GF_OK;
}

/* --- flows ------------------------------------------------------------------------------ */

/* Where the table has the flow, or has a free place for it (linear probing; Fibonacci hashing, Knuth 6.4). */
static struct gf_flow_record **place_of(const gf_record *record, const gf_node *from, int group)
{
    uint64_t key = (uint64_t)from->id << 32 | (uint32_t)group;
    size_t last = record->table_room - 1, at = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 32) & last;
    while (record->table[at] && (record->table[at]->from != from || record->table[at]->group != group))
        at = (at + 1) & last;
    return &record->table[at];
}

static bool room_for_a_flow(gf_record *record)
{
    if (2 * record->flow_count < record->table_room)
        return true;
    size_t old_room = record->table_room, room = old_room ? 2 * old_room : 64;
    struct gf_flow_record **old = record->table, **table = gf_arena_get(&record->arena, room * sizeof *table);
    if (!table)
        return false;
    record->table = table;
    record->table_room = room;
    for (size_t k = 0; k < old_room; k++)
        if (old[k])
            *place_of(record, old[k]->from, old[k]->group) = old[k];
    return true;
}

/* The flow of a group into a node, new if need be; NULL without memory. */
static struct gf_flow_record *flow_of(gf_record *record, gf_node *from, int group)
{
    if (!room_for_a_flow(record))
        return NULL;
    struct gf_flow_record **place = place_of(record, from, group), *flow = *place;
    if (flow)
        return flow;
    flow = gf_arena_get(&record->arena, sizeof *flow + gf_matrix_size(&from->value) * sizeof(double));
    if (!flow)
        return NULL;
    double *sum = (double *)(void *)(flow + 1);
    *flow = (struct gf_flow_record){from, group, gf_matrix_over(sum, from->value.rows, from->value.cols)};
    record->flow_count++;
    return *place = flow;
}

static gf_status record_flow(gf_node *from, int group, const gf_matrix *contribution)
{
    struct gf_flow_record *flow = flow_of(&from->graph->record, from, group);
    if (!flow)
        return GF_ERROR_MEMORY;
    for (size_t k = 0; k < gf_matrix_size(contribution); k++)
        flow->sum.data[k] += contribution->data[k];
    return GF_OK;
}

gf_status gf_record_contribution(gf_node *to, int slot, const double *numbers, const gf_backward_options *options)
{
    gf_node *from = gf_node_operands(to)[slot];
    gf_matrix contribution = gf_matrix_over((double *)numbers, from->value.rows, from->value.cols);
    bool keep = (options->flags & GF_RECORD_CONTRIBUTIONS) == GF_RECORD_CONTRIBUTIONS;
    gf_status status = GF_OK;
    if (options->flags & GF_RECORD_EDGES)
        status = record_edge(to, slot, &contribution, keep);
    int group = options->group ? options->group(to, options->group_data) : -1;
    if (!status && group >= 0)
        status = record_flow(from, group, &contribution);
    return status;
}

static int by_from_and_group(const void *a, const void *b)
{
    const gf_flow *one = a, *two = b;
    int order = (one->from->id > two->from->id) - (one->from->id < two->from->id);
    return order ? order : (one->group > two->group) - (one->group < two->group);
}

static gf_flow measured(const struct gf_flow_record *flow)
{
    double l2 = gf_matrix_norm(&flow->sum);
    return (gf_flow){.from = flow->from,
                     .group = flow->group,
                     .l2 = l2,
                     .rms = l2 / sqrt((double)gf_matrix_size(&flow->sum)),
                     .max = gf_matrix_max(&flow->sum),
                     .sum = &flow->sum};
}

gf_status gf_record_finish(gf_graph *g)
{
    gf_record *record = &g->record;
    if (!record->flow_count)
        return GF_OK;
    gf_flow *at = record->flows = gf_arena_get(&record->arena, record->flow_count * sizeof *record->flows);
    if (!at)
        return GF_ERROR_MEMORY;
    for (size_t k = 0; k < record->table_room; k++)
        if (record->table[k])
            *at++ = measured(record->table[k]);
    qsort(record->flows, record->flow_count, sizeof *record->flows, by_from_and_group);
    return GF_OK;
}

/* --- what can be asked ---------------------------------------------------------------- */

size_t gf_edge_count(const gf_graph *g)
{
    return g ? g->record.edge_count : 0;
}

const gf_edge *gf_edge_at(const gf_graph *g, size_t k)
{
    return k < gf_edge_count(g) ? &g->record.edges[k] : NULL;
}

const gf_edge *gf_edge_find(const gf_node *to, int slot)
{
    if (gf_node_is_bad(to) || slot < 0 || slot >= (int)to->arity)
        return NULL;
    const gf_record *record = &to->graph->record;
    bool recorded = record->edge_count && to->id < record->node_count;
    return recorded ? &record->edges[record->first_edge[to->id] + (size_t)slot] : NULL;
}

size_t gf_flow_count(const gf_graph *g)
{
    return g ? g->record.flow_count : 0;
}

const gf_flow *gf_flow_at(const gf_graph *g, size_t k)
{
    return k < gf_flow_count(g) ? &g->record.flows[k] : NULL;
}

const gf_flow *gf_flow_find(const gf_node *from, int group)
{
    if (gf_node_is_bad(from) || !from->graph->record.flow_count)
        return NULL;
    const gf_record *record = &from->graph->record;
    gf_flow key = {.from = (gf_node *)from, .group = group};
    return bsearch(&key, record->flows, record->flow_count, sizeof *record->flows, by_from_and_group);
}
