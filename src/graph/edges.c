/* Recording: how large each contribution was, edge by edge, and the sums of contributions by groups of users. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "graph/node.h"

/* An edge, at the place that (to, slot) gives it. */
struct gf_edge_record {
    double l2, max;
    const gf_matrix *contribution;
    bool passed;
};

/* The sum of what one node received from one group. */
struct gf_flow_record {
    struct gf_flow_record *next;
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

static bool room_for_edges(gf_graph *g)
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
    return record->edges != NULL;
}

gf_status gf_record_start(gf_graph *g, const gf_backward_options *options)
{
    gf_record *record = &g->record;
    record->node_count = g->size;
    if ((options->flags & GF_RECORD_EDGES) && !room_for_edges(g))
        return GF_ERROR_MEMORY;
    if (options->group)
        record->flows_of = gf_arena_get(&record->arena, g->size * sizeof(struct gf_flow_record *));
    return options->group && !record->flows_of ? GF_ERROR_MEMORY : GF_OK;
}

static bool keeps_contributions(const gf_backward_options *options)
{
    return (options->flags & GF_RECORD_CONTRIBUTIONS) == GF_RECORD_CONTRIBUTIONS;
}

gf_matrix gf_record_room(gf_graph *g, const gf_node *operand, const gf_backward_options *options)
{
    gf_record *record = &g->record;
    size_t entries = gf_matrix_size(&operand->value);
    if (!keeps_contributions(options) && record->scratch_entries >= entries)
        return gf_matrix_over(record->scratch, operand->value.rows, operand->value.cols);
    double *room = gf_arena_get(&record->arena, entries * sizeof *room);
    if (room && !keeps_contributions(options)) {
        record->scratch = room;
        record->scratch_entries = entries;
    }
    return gf_matrix_over(room, operand->value.rows, operand->value.cols);
}

static gf_status record_edge(gf_node *to, int slot, const gf_matrix *contribution, bool keep)
{
    gf_record *record = &to->graph->record;
    struct gf_edge_record *edge = &record->edges[record->first_edge[to->id] + (size_t)slot];
    edge->passed = true;
    edge->l2 = gf_matrix_norm(contribution);
    edge->max = gf_matrix_max(contribution);
    if (!keep)
        return GF_OK;
    gf_matrix *kept = gf_arena_get(&record->arena, sizeof *kept);
    if (!kept)
        return GF_ERROR_MEMORY;
    *kept = *contribution;
    edge->contribution = kept;
    return GF_OK;
}

/* The flow of a group into a node, new if need be, and put first: the next contribution is likely to go there. */
static struct gf_flow_record *flow_of(gf_record *record, const gf_node *from, int group)
{
    struct gf_flow_record **list = &record->flows_of[from->id], **at = list, *flow;
    while (*at && (*at)->group != group)
        at = &(*at)->next;
    flow = *at;
    if (flow) {
        *at = flow->next;
    } else {
        size_t entries = gf_matrix_size(&from->value);
        flow = gf_arena_get(&record->arena, sizeof *flow + entries * sizeof(double));
        if (!flow)
            return NULL;
        flow->group = group;
        flow->sum = gf_matrix_over((double *)(void *)(flow + 1), from->value.rows, from->value.cols);
        record->flow_count++;
    }
    flow->next = *list;
    return *list = flow;
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

gf_status gf_record_contribution(gf_node *to, int slot, const gf_matrix *contribution,
                                 const gf_backward_options *options)
{
    gf_status status = GF_OK;
    if (options->flags & GF_RECORD_EDGES)
        status = record_edge(to, slot, contribution, keeps_contributions(options));
    int group = options->group ? options->group(to, options->group_data) : -1;
    if (!status && group >= 0)
        status = record_flow(gf_node_operands(to)[slot], group, contribution);
    return status;
}

static int by_group(const void *a, const void *b)
{
    const gf_flow *one = a, *two = b;
    return (one->group > two->group) - (one->group < two->group);
}

gf_status gf_record_finish(gf_graph *g)
{
    gf_record *record = &g->record;
    if (!record->flow_count)
        return GF_OK;
    record->flows = gf_arena_get(&record->arena, record->flow_count * sizeof *record->flows);
    if (!record->flows)
        return GF_ERROR_MEMORY;
    gf_flow *at = record->flows;
    for (size_t id = 0; id < record->node_count; id++) {
        gf_flow *first = at;
        for (struct gf_flow_record *flow = record->flows_of[id]; flow; flow = flow->next) {
            double l2 = gf_matrix_norm(&flow->sum), entries = (double)gf_matrix_size(&flow->sum);
            *at++ = (gf_flow){.from = gf_node_in(g, id),
                              .group = flow->group,
                              .l2 = l2,
                              .rms = l2 / sqrt(entries),
                              .max = gf_matrix_max(&flow->sum),
                              .sum = &flow->sum};
        }
        qsort(first, (size_t)(at - first), sizeof *first, by_group);
    }
    return GF_OK;
}

/* --- what can be asked ---------------------------------------------------------------- */

size_t gf_edge_count(const gf_graph *g)
{
    return g ? g->record.edge_count : 0;
}

static void describe(const gf_record *record, gf_node *to, int slot, gf_edge *out)
{
    const struct gf_edge_record *edge = &record->edges[record->first_edge[to->id] + (size_t)slot];
    gf_node *from = gf_node_operands(to)[slot];
    size_t entries = gf_matrix_size(&from->value); /* 0 in a part without columns */
    *out = (gf_edge){.from = from,
                     .to = to,
                     .slot = slot,
                     .passed = edge->passed,
                     .l2 = edge->l2,
                     .rms = entries ? edge->l2 / sqrt((double)entries) : 0,
                     .max = edge->max,
                     .contribution = edge->contribution};
}

bool gf_edge_find(const gf_node *to, int slot, gf_edge *out)
{
    if (gf_node_is_bad(to) || slot < 0 || slot >= (int)to->arity)
        return false;
    const gf_record *record = &to->graph->record;
    if (!record->edge_count || to->id >= record->node_count)
        return false;
    describe(record, (gf_node *)to, slot, out);
    return true;
}

bool gf_edge_at(const gf_graph *g, size_t k, gf_edge *out)
{
    if (k >= gf_edge_count(g))
        return false;
    const size_t *first = g->record.first_edge;
    size_t low = 0, high = g->record.node_count; /* first[low] <= k < first[high] */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (first[middle] <= k)
            low = middle;
        else
            high = middle;
    }
    describe(&g->record, gf_node_in(g, low), (int)(k - first[low]), out);
    return true;
}

size_t gf_flow_count(const gf_graph *g)
{
    return g ? g->record.flow_count : 0;
}

bool gf_flow_at(const gf_graph *g, size_t k, gf_flow *out)
{
    if (k >= gf_flow_count(g))
        return false;
    *out = g->record.flows[k];
    return true;
}

static int by_from_and_group(const void *a, const void *b)
{
    const gf_flow *one = a, *two = b;
    int order = (one->from->id > two->from->id) - (one->from->id < two->from->id);
    return order ? order : by_group(a, b);
}

bool gf_flow_find(const gf_node *from, int group, gf_flow *out)
{
    if (gf_node_is_bad(from) || !from->graph->record.flow_count)
        return false;
    const gf_record *record = &from->graph->record;
    gf_flow key = {.from = (gf_node *)from, .group = group};
    const gf_flow *found = bsearch(&key, record->flows, record->flow_count, sizeof *record->flows, by_from_and_group);
    if (found)
        *out = *found;
    return found != NULL;
}
