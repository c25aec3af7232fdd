/* Tracing by routes: a derivative worked out again in which a route may count twice, or not at all. */
#include <math.h>

#include "diagnosis/routes.h"

static size_t entries_of(const gf_node *node)
{
    return (size_t)gf_node_rows(node) * (size_t)gf_node_cols(node);
}

static uint32_t route_of(const gf_routes *routes, const gf_node *user, int slot)
{
    return routes->of_edge[routes->first_edge[gf_node_id(user)] + (size_t)slot];
}

/* Multiplications, nearly, of one vjp: a product of matrices makes as many as all its entries together, rooted. */
static double work_of(const gf_route_sweep *sweep, const gf_node *node)
{
    double product = (double)entries_of(node);
    for (int slot = 0; slot < gf_node_arity(node) && slot < 2; slot++)
        product *= (double)entries_of(gf_node_operand(node, slot));
    return 50 + (double)entries_of(sweep->tracing.y) * (20 + sqrt(product));
}

static bool count_edge(gf_tracing *tracing, const gf_node *user, int slot, double *weight)
{
    gf_route_sweep *sweep = tracing->data;
    uint32_t route = route_of(sweep->routes, user, slot);
    *weight = sweep->weight ? sweep->weight[route] : 1;
    *sweep->work += work_of(sweep, user);
    if (sweep->touched)
        sweep->touched[route] = true;
    return *sweep->work <= sweep->most_work;
}

/* Adds to *to, which is made if need be. */
static bool add_to(gf_arena *arena, double **to, const double *from, size_t entries)
{
    if (!*to)
        *to = gf_arena_get(arena, entries * sizeof **to);
    for (size_t n = 0; *to && n < entries; n++)
        (*to)[n] += from[n];
    return *to != NULL;
}

/* Takes down what a route brought, for whoever asked. */
static bool take_part(gf_route_sweep *sweep, size_t k, uint32_t route, const double *from, size_t entries)
{
    gf_part **at = &sweep->parts[k];
    while (*at && (*at)->route != route)
        at = &(*at)->next;
    if (!*at && !(*at = gf_arena_get(sweep->kept, sizeof **at)))
        return false;
    (*at)->route = route;
    return add_to(sweep->kept, &(*at)->sum, from, entries);
}

static gf_status take(gf_tracing *tracing, size_t k, const gf_node *user, int slot, const double *numbers,
                      size_t entries)
{
    gf_route_sweep *sweep = tracing->data;
    int step = gf_node_step(user);
    bool good = take_part(sweep, k, route_of(sweep->routes, user, slot), numbers, entries);
    if (good && step == 1)
        good = add_to(sweep->kept, &sweep->first_use[k], numbers, entries);
    if (good && step == sweep->routes->m->steps)
        good = add_to(sweep->kept, &sweep->last_use[k], numbers, entries);
    return good ? GF_OK : GF_ERROR_MEMORY;
}

bool gf_route_sweep_run(gf_route_sweep *sweep)
{
    gf_tracing *tracing = &sweep->tracing;
    tracing->edge = count_edge;
    tracing->brought = sweep->parts ? take : NULL;
    tracing->data = sweep;
    size_t first = gf_node_id(tracing->y);
    for (size_t k = 0; k < tracing->count; k++)
        first = gf_node_id(tracing->x[k].node) < first ? gf_node_id(tracing->x[k].node) : first;
    *sweep->work += 10 * (double)(gf_node_id(tracing->y) + 1 - first);
    gf_status status = *sweep->work <= sweep->most_work ? gf_trace(tracing) : GF_ERROR_LIMIT;
    sweep->out_of_memory |= status == GF_ERROR_MEMORY;
    return status == GF_OK;
}
