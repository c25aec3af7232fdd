/* Recording: how large each contribution was, edge by edge, and the sums of contributions by groups of users. */
#include <math.h>
#include <stdlib.h>

#include "base/grow.h"
#include "base/vector.h"
#include "graph/sweep.h"

int gf_group_by_step(const gf_node *user, void *data)
{
    (void)data;
    return gf_node_step(user);
}

void gf_record_drop(gf_graph *g)
{
    gf_arena_free(&g->record.arena);
    gf_index_free(&g->record.flow_of);
    free(g->record.flows);
    g->record = (gf_record){0};
}

/* Every edge of the graph, without a gradient so far, if edges are asked for. */
gf_status gf_record_start(gf_graph *g, const gf_backward_options *options)
{
    gf_record *record = &g->record;
    size_t count = 0;
    if (!(options->flags & GF_RECORD_EDGES))
        return GF_OK;
    for (size_t id = 0; id < g->size; id++)
        count += gf_node_in(g, id)->arity;
    record->first_edge = gf_arena_room(&record->arena, g->size * sizeof *record->first_edge);
    record->edges = gf_arena_room(&record->arena, count * sizeof *record->edges);
    if (!record->first_edge || !record->edges)
        return GF_ERROR_MEMORY;
    for (size_t id = 0; id < g->size; id++) {
        gf_node *to = gf_node_in(g, id);
        record->first_edge[id] = record->edge_count;
        for (int slot = 0; slot < (int)to->arity; slot++)
            record->edges[record->edge_count++] = (gf_edge){.from = gf_operand(to, slot), .to = to, .slot = slot};
    }
    record->node_count = g->size;
    return GF_OK;
}

/* A copy that lasts as long as what is recorded; NULL without memory. */
static gf_matrix *keep_matrix(gf_record *record, const gf_matrix *m)
{
    gf_matrix *kept = gf_arena_get(&record->arena, sizeof *kept);
    return kept && gf_matrix_keep(kept, &record->arena, m) ? kept : NULL;
}

static gf_edge *pass(gf_node *to, int slot, gf_size size)
{
    gf_record *record = &to->graph->record;
    gf_edge *edge = &record->edges[record->first_edge[to->id] + (size_t)slot];
    edge->passed = true;
    edge->l2 = size.l2;
    edge->rms = size.l2 / sqrt((double)gf_entries(&gf_operand(to, slot)->value));
    edge->max = size.max;
    return edge;
}

/* Whatever passes on, but outer products of which the magnitude alone is wanted: |a b'| = |a| |b|. */
bool gf_record_sees(gf_sweep *sweep, gf_node *to, int slot)
{
    const gf_backward_options *options = sweep->data;
    const gf_node *from = gf_operand(to, slot);
    if (!gf_node_has(from, NODE_DIFFERENTIABLE))
        return false;
    bool magnitude_alone = (options->flags & GF_RECORD_CONTRIBUTIONS) == GF_RECORD_EDGES && !options->group;
    if (!magnitude_alone || from->arity || gf_gathers(to, slot) != 1)
        return true;
    gf_size a = gf_matrix_measure(&gf_operand(to, 1 - slot)->value), b = gf_matrix_measure(&to->gradient);
    gf_size size = {a.l2 * b.l2, a.max * b.max};
    if (!isfinite(size.l2))
        return true;
    pass(to, slot, size);
    return false;
}

/* --- flows ------------------------------------------------------------------------------ */

/* The first contribution of a flow is copied, the others are added. */
static gf_status record_flow(gf_node *from, int group, const gf_matrix *contribution)
{
    gf_record *record = &from->graph->record;
    uint32_t *number = gf_index_put(&record->flow_of, from->id, (uint32_t)group);
    if (number && *number) {
        gf_vector_add(record->flows[*number - 1].sum->data, contribution->data, gf_entries(contribution));
        return GF_OK;
    }
    const gf_matrix *sum = number ? keep_matrix(record, contribution) : NULL;
    if (!sum || !gf_grow(&record->flows, &record->flow_room, record->flow_count + 1))
        return GF_ERROR_MEMORY;
    record->flows[record->flow_count++] = (gf_flow){.from = from, .group = group, .sum = sum};
    *number = (uint32_t)record->flow_count;
    return GF_OK;
}

gf_status gf_record_contribution(gf_sweep *sweep, gf_node *to, int slot, const double *numbers)
{
    const gf_backward_options *options = sweep->data;
    gf_node *from = gf_operand(to, slot);
    gf_matrix contribution = gf_matrix_over((double *)numbers, from->value.rows, from->value.cols);
    if (options->flags & GF_RECORD_EDGES) {
        gf_edge *edge = pass(to, slot, gf_matrix_measure(&contribution));
        bool keep = (options->flags & GF_RECORD_CONTRIBUTIONS) == GF_RECORD_CONTRIBUTIONS;
        edge->contribution = keep ? keep_matrix(&to->graph->record, &contribution) : NULL;
        if (keep && !edge->contribution)
            return GF_ERROR_MEMORY;
    }
    int group = options->group ? options->group(to, options->group_data) : -1;
    return group >= 0 ? record_flow(from, group, &contribution) : GF_OK;
}

static int by_from_and_group(const void *a, const void *b)
{
    const gf_flow *one = a, *two = b;
    int order = (one->from->id > two->from->id) - (one->from->id < two->from->id);
    return order ? order : (one->group > two->group) - (one->group < two->group);
}

void gf_record_finish(gf_graph *g)
{
    gf_record *record = &g->record;
    if (record->flow_count)
        qsort(record->flows, record->flow_count, sizeof *record->flows, by_from_and_group);
    for (size_t k = 0; k < record->flow_count; k++) {
        gf_flow *flow = &record->flows[k];
        gf_size size = gf_matrix_measure(flow->sum);
        flow->l2 = size.l2;
        flow->rms = size.l2 / sqrt((double)gf_entries(flow->sum));
        flow->max = size.max;
        *gf_index_put(&record->flow_of, flow->from->id, (uint32_t)flow->group) = (uint32_t)k + 1;
    }
}

/* --- what can be asked ---------------------------------------------------------------- */

const gf_edge *gf_edge_at(const gf_graph *g, size_t k)
{
    return k < gf_edge_count(g) ? &g->record.edges[k] : NULL;
}

const gf_edge *gf_edge_find(const gf_node *to, int slot)
{
    if (gf_node_is_bad(to) || slot < 0 || slot >= (int)to->arity)
        return NULL;
    const gf_record *record = &to->graph->record;
    return to->id < record->node_count ? &record->edges[record->first_edge[to->id] + (size_t)slot] : NULL;
}

const gf_flow *gf_flow_at(const gf_graph *g, size_t k)
{
    return k < gf_flow_count(g) ? &g->record.flows[k] : NULL;
}

const gf_flow *gf_flow_find(const gf_node *from, int group)
{
    if (gf_node_is_bad(from))
        return NULL;
    const gf_record *record = &from->graph->record;
    uint32_t number = gf_index_get(&record->flow_of, from->id, (uint32_t)group);
    return number ? &record->flows[number - 1] : NULL;
}
