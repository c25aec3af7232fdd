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
    return (gf_measure){
        .known = true, .l2 = l2, .rms = l2 / sqrt((double)(entries ? entries : 1)), .max = gf_matrix_max(m)};
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

static int by_from(const void *a, const void *b)
{
    const gf_edge *one = *(const gf_edge *const *)a, *two = *(const gf_edge *const *)b;
    size_t from = gf_node_id(one->from), other = gf_node_id(two->from);
    return from != other ? (from > other) - (from < other) : (one > two) - (one < two);
}

/* The edges that pass, those out of one node together; NULL without memory. */
static const gf_edge **passing_edges(const gf_use *uses, size_t count, size_t passing)
{
    const gf_edge **edges = malloc(passing * sizeof *edges);
    size_t at = 0;
    for (size_t k = 0; edges && k < count; k++) {
        const gf_edge *edge = gf_edge_find(uses[k].to, uses[k].slot);
        if (edge->passed)
            edges[at++] = edge;
    }
    if (edges)
        qsort((void *)edges, passing, sizeof *edges, by_from);
    return edges;
}

static size_t count_nodes(const gf_edge *const edges[], size_t count)
{
    size_t nodes = 0;
    for (size_t k = 0; k < count; k++)
        nodes += !k || edges[k]->from != edges[k - 1]->from;
    return nodes;
}

/* Adds each edge's contribution to the place of its node; false where one is not known. */
static bool add_up(double *total, double *one, const gf_edge *const edges[], size_t count, gf_call *call)
{
    for (size_t k = 0; k < count; k++) {
        size_t entries = gf_matrix_size(&edges[k]->from->value);
        if (!gf_edge_contribution(one, edges[k], call))
            return false;
        if (k && edges[k]->from != edges[k - 1]->from)
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

/* Of one use the recorded numbers serve, of several those of the sum. */
static gf_status measure_edges(gf_arena *arena, const gf_edge *const edges[], size_t count, gf_call *call,
                               gf_measure *out, const gf_matrix **sum)
{
    bool known = false;
    if (count == 1)
        *out = (gf_measure){.known = true, .l2 = edges[0]->l2, .rms = edges[0]->rms, .max = edges[0]->max};
    if (count == 1 && !sum)
        return GF_OK;
    gf_arena own = {0};
    const gf_matrix *total = sum_of(sum ? arena : &own, edges, count, call, &known);
    if (total && known && count > 1)
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
    const gf_edge **edges = passing_edges(uses, count, passing);
    gf_status status = edges ? measure_edges(arena, edges, passing, call, out, sum) : GF_ERROR_MEMORY;
    free((void *)edges);
    if (!out->known)
        *look = GF_ARROW_UNKNOWN;
    return status;
}

/* --- what can be asked ------------------------------------------------------------------------ */

gf_status gf_arrows_together(gf_measure *out, const gf_arrow *const *arrows, size_t count)
{
    size_t uses = 0, at = 0;
    gf_arrow_look look = GF_ARROW_UNKNOWN;
    gf_call call = {0};
    *out = (gf_measure){0};
    for (size_t k = 0; k < count; k++)
        uses += arrows[k]->use_count;
    gf_use *all = malloc((uses + 1) * sizeof *all);
    for (size_t k = 0; all && k < count; k++) {
        memcpy(all + at, arrows[k]->uses, arrows[k]->use_count * sizeof *all);
        at += arrows[k]->use_count;
    }
    gf_status status = all ? gf_measure_uses(NULL, all, uses, &call, out, &look, NULL) : GF_ERROR_MEMORY;
    if (!status && look == GF_ARROW_NONE)
        out->known = true;
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
    const gf_edge **edges = passing_edges(cell->uses, cell->use_count, passing);
    double *one = malloc(entries * sizeof *one);
    gf_call call = {0};
    bool good = edges && one && add_up(out, one, edges, passing, &call);
    free((void *)edges);
    free(one);
    return good;
}
