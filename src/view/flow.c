/* Flow: the size of what several uses of a variable send back together. Contributions of one node add up, as backward
 * adds them up; those of several nodes, which only folded steps have, stand one below the other. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "view/inside.h"

gf_measure gf_measure_matrix(const gf_matrix *m)
{
    size_t entries = gf_matrix_size(m);
    double l2 = gf_matrix_norm(m);
    return (gf_measure){.known = true,
                        .scalar = entries == 1,
                        .l2 = l2,
                        .rms = l2 / sqrt((double)(entries ? entries : 1)),
                        .max = gf_matrix_max(m),
                        .slope = entries == 1 ? m->data[0] : 0};
}

/* What uses are to gradients: how many pass; unknown where one was not recorded. */
static gf_arrow_look look_at(const gf_use *uses, size_t count, size_t *passing)
{
    *passing = 0;
    for (size_t k = 0; k < count; k++) {
        const gf_edge *edge = gf_edge_find(uses[k].to, uses[k].slot);
        if (!edge)
            return GF_ARROW_UNKNOWN;
        *passing += edge->passed;
    }
    return *passing ? GF_ARROW_PASSES : GF_ARROW_NONE;
}

/* Whose gradient an edge is a part of, or, out of stop(a), would be: a's. */
static const gf_node *receiver(const gf_edge *edge)
{
    return edge->passed ? edge->from : gf_node_operand(edge->from, 0);
}

static int by_receiver(const void *a, const void *b)
{
    const gf_edge *one = *(const gf_edge *const *)a, *two = *(const gf_edge *const *)b;
    size_t from = gf_node_id(receiver(one)), other = gf_node_id(receiver(two));
    return from != other ? (from > other) - (from < other) : (one > two) - (one < two);
}

/* `wanted` edges: those that pass, or those that do not; those to one receiver together. NULL without memory. */
static const gf_edge **edges_of(const gf_use *uses, size_t count, bool passing, size_t wanted)
{
    const gf_edge **edges = malloc(wanted * sizeof *edges);
    size_t at = 0;
    for (size_t k = 0; edges && k < count; k++) {
        const gf_edge *edge = gf_edge_find(uses[k].to, uses[k].slot);
        if (edge->passed == passing)
            edges[at++] = edge;
    }
    if (edges)
        qsort((void *)edges, wanted, sizeof *edges, by_receiver);
    return edges;
}

static size_t count_nodes(const gf_edge *const edges[], size_t count)
{
    size_t nodes = 0;
    for (size_t k = 0; k < count; k++)
        nodes += !k || receiver(edges[k]) != receiver(edges[k - 1]);
    return nodes;
}

bool gf_edge_contribution(double *out, const gf_edge *edge, gf_call *call)
{
    gf_node *from = edge->from, *to = edge->to;
    gf_matrix whole = gf_matrix_over(out, from->value.rows, from->value.cols);
    if (edge->contribution)
        return gf_matrix_copy(&whole, edge->contribution) == GF_OK;
    bool sent = gf_node_has(to, NODE_DIFFERENTIABLE) && to->id < to->graph->covered && gf_node_vjp(to, edge->slot);
    if (!sent || to->graph->record.accumulated)
        return false;
    if (call->y != &to->value)
        *call = gf_node_call(to);
    gf_call_slot(call, edge->slot);
    gf_node_vjp(to, edge->slot)(&whole, 0, &to->gradient, call, edge->slot);
    return true;
}

/* Adds each edge's contribution to the place of its node; false where one is not known. */
static bool add_up(double *total, double *one, const gf_edge *const edges[], size_t count, gf_call *call)
{
    for (size_t k = 0; k < count; k++) {
        size_t entries = gf_matrix_size(&edges[k]->from->value);
        if (!gf_edge_contribution(one, edges[k], call))
            return false;
        if (k && receiver(edges[k]) != receiver(edges[k - 1]))
            total += entries;
        for (size_t i = 0; i < entries; i++)
            total[i] += one[i];
    }
    return true;
}

/* The sum, in the arena; in *known, whether it is known. NULL without memory, and where it is too large for a matrix.
 */
static gf_matrix *sum_of(gf_arena *arena, const gf_edge *const edges[], size_t count, gf_call *call, bool *known)
{
    const gf_matrix *like = &edges[0]->from->value;
    size_t entries = gf_matrix_size(like), nodes = count_nodes(edges, count);
    if (nodes > (size_t)INT_MAX / (size_t)like->rows)
        return NULL;
    double *one = malloc(entries * sizeof *one);
    gf_matrix *sum = gf_arena_get(arena, sizeof *sum + nodes * entries * sizeof(double));
    if (sum && one) {
        *sum = gf_matrix_over((double *)(void *)(sum + 1), (int)nodes * like->rows, like->cols);
        *known = add_up(sum->data, one, edges, count, call);
    }
    free(one);
    return one ? sum : NULL;
}

/* Of one use the recorded numbers serve, of several, and where the sign is wanted, those of the sum. */
static gf_status measure_edges(gf_arena *arena, const gf_edge *const edges[], size_t count, gf_call *call,
                               gf_measure *out, const gf_matrix **sum)
{
    bool known = false;
    if (count == 1 && edges[0]->passed)
        *out = (gf_measure){.known = true, .l2 = edges[0]->l2, .rms = edges[0]->rms, .max = edges[0]->max};
    bool scalar = gf_matrix_size(&edges[0]->from->value) == 1;
    if (out->known && !sum && !scalar)
        return GF_OK;
    gf_arena own = {0};
    const gf_matrix *total = sum_of(sum ? arena : &own, edges, count, call, &known);
    if (total && known && (!out->known || scalar))
        *out = gf_measure_matrix(total);
    if (sum)
        *sum = known ? total : NULL;
    gf_arena_free(&own);
    return total ? GF_OK : GF_ERROR_MEMORY;
}

gf_status gf_measure_uses(gf_arena *arena, const gf_use *uses, size_t count, gf_call *call, gf_measure *out,
                          gf_arrow_look *look, const gf_matrix **sum)
{
    size_t passing;
    *out = (gf_measure){0};
    *look = look_at(uses, count, &passing);
    if (sum)
        *sum = NULL;
    if (*look != GF_ARROW_PASSES)
        return GF_OK;
    const gf_edge **edges = edges_of(uses, count, true, passing);
    gf_status status = edges ? measure_edges(arena, edges, passing, call, out, sum) : GF_ERROR_MEMORY;
    free((void *)edges);
    if (!out->known)
        *look = GF_ARROW_UNKNOWN;
    return status;
}

/* --- what can be asked ------------------------------------------------------------------------ */

/* The uses of all arrows, or those behind their cuts; NULL without memory. */
static gf_use *uses_together(const gf_arrow *const *arrows, size_t count, bool behind, size_t *uses)
{
    size_t at = 0;
    *uses = 0;
    for (size_t k = 0; k < count; k++)
        *uses += behind ? arrows[k]->behind_count : arrows[k]->use_count;
    gf_use *all = malloc((*uses + 1) * sizeof *all);
    for (size_t k = 0; all && k < count; k++) {
        size_t more = behind ? arrows[k]->behind_count : arrows[k]->use_count;
        if (more)
            memcpy(all + at, behind ? arrows[k]->behind : arrows[k]->uses, more * sizeof *all);
        at += more;
    }
    return all;
}

const gf_node *gf_arrow_receiver(const gf_arrow *arrow)
{
    const gf_node *one = NULL;
    for (size_t k = 0; k < arrow->use_count; k++) {
        const gf_edge *edge = gf_edge_find(arrow->uses[k].to, arrow->uses[k].slot);
        if (!edge || (edge->passed && one && receiver(edge) != one))
            return NULL;
        one = edge->passed ? receiver(edge) : one;
    }
    return one;
}

gf_status gf_arrows_together(gf_measure *out, const gf_arrow *const *arrows, size_t count)
{
    size_t uses;
    gf_arrow_look look = GF_ARROW_UNKNOWN;
    gf_call call = {0};
    *out = (gf_measure){0};
    gf_use *all = uses_together(arrows, count, false, &uses);
    gf_status status = all ? gf_measure_uses(NULL, all, uses, &call, out, &look, NULL) : GF_ERROR_MEMORY;
    if (!status && look == GF_ARROW_NONE)
        out->known = true;
    free(all);
    return status;
}

gf_status gf_cuts_together(gf_measure *out, const gf_arrow *const *arrows, size_t count)
{
    size_t uses, passing;
    gf_call call = {0};
    *out = (gf_measure){0};
    gf_use *all = uses_together(arrows, count, true, &uses);
    bool cut = all && uses && look_at(all, uses, &passing) == GF_ARROW_NONE;
    const gf_edge **edges = cut ? edges_of(all, uses, false, uses) : NULL;
    gf_status status = !all || (cut && !edges) ? GF_ERROR_MEMORY : GF_OK;
    if (edges)
        status = measure_edges(NULL, edges, uses, &call, out, NULL);
    free((void *)edges);
    free(all);
    return status;
}

bool gf_cell_sum(double *out, const gf_cell *cell)
{
    size_t passing, entries = (size_t)gf_node_rows(cell->param) * (size_t)gf_node_cols(cell->param);
    memset(out, 0, entries * sizeof *out);
    gf_arrow_look look = look_at(cell->uses, cell->use_count, &passing);
    if (look != GF_ARROW_PASSES)
        return look == GF_ARROW_NONE;
    const gf_edge **edges = edges_of(cell->uses, cell->use_count, true, passing);
    double *one = malloc(entries * sizeof *one);
    gf_call call = {0};
    bool good = edges && one && add_up(out, one, edges, passing, &call);
    free((void *)edges);
    free(one);
    return good;
}
