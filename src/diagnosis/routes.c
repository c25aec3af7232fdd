/* Routes: which variable each edge of the graph comes from, and into whose equation it leads. */
#include "diagnosis/routes.h"

#include <stdlib.h>

#include "base/grow.h"

enum { NODES = 2000000 }; /* of a graph in which routes are looked for */

/* Whose equation a node belongs to. */
typedef struct owner {
    uint32_t name; /* 0: the loss's, or what a claim differentiates */
    bool whole;    /* the node is the variable itself */
    long t;
} owner;

/* In which equation a variable was used last, and how often. */
typedef struct used {
    owner by;
    int count;
} used;

/* --- owners ------------------------------------------------------------------------------------------------------- */

static void own(owner *owners, size_t count, const gf_instance *instance, uint32_t name, long t)
{
    if (instance->node && gf_node_id(instance->node) < count)
        owners[gf_node_id(instance->node)] = (owner){.name = name, .whole = true, .t = t};
}

/* The nodes of an equation stand in front of the variable that it defines, behind those of the equation before. */
static void find_owners(const gf_model *m, owner *owners, size_t count)
{
    for (uint32_t k = 1; k < m->symbol_count; k++) {
        const gf_symbol *symbol = &m->symbols[k];
        if (symbol->kind < SYMBOL_PARAM || symbol->kind == SYMBOL_LET)
            continue;
        for (long t = 1; symbol->at && t <= (symbol->timed ? m->steps : 1); t++)
            own(owners, count, &symbol->at[t - 1], k, t);
        for (const gf_start *start = symbol->starts; start; start = start->next)
            own(owners, count, &start->instance, k, start->index);
    }
    owner now = {0};
    for (size_t id = count; id-- > 0;) {
        if (owners[id].whole)
            now = owners[id];
        else
            owners[id] = (owner){.name = now.name, .t = now.t};
    }
}

/* --- routes ------------------------------------------------------------------------------------------------------- */

static bool is_timed(const gf_model *m, uint32_t name)
{
    return name && m->symbols[name].timed;
}

static bool make_room(gf_routes *routes)
{
    return gf_grow(&routes->list, &routes->room, routes->count + 1);
}

static bool is_same(const gf_route *a, const gf_route *b)
{
    return a->to == b->to && a->far == b->far && (a->far || a->shift == b->shift);
}

/* 0 without memory. */
static uint32_t new_route(gf_routes *routes, gf_route route, uint32_t first)
{
    if (!make_room(routes))
        return 0;
    route.first = first ? first : routes->count;
    route.next = routes->first_of[route.from];
    routes->list[routes->count] = route;
    routes->list[route.first].uses++;
    return routes->first_of[route.from] = routes->count++;
}

static uint32_t route_of(gf_routes *routes, owner from, owner to, int use)
{
    bool timed = is_timed(routes->m, from.name) && is_timed(routes->m, to.name);
    gf_route wanted = {.from = from.name, .to = to.name, .timed = timed, .from_t = from.t, .to_t = to.t, .use = use};
    wanted.shift = timed ? to.t - from.t : 0;
    wanted.far = labs(wanted.shift) > GF_SHIFT;
    uint32_t first = 0;
    for (uint32_t k = routes->first_of[from.name]; k; k = routes->list[k].next) {
        gf_route *route = &routes->list[k];
        if (!is_same(route, &wanted))
            continue;
        route->several |= route->from_t != from.t || route->to_t != to.t;
        if (route->use == use)
            return k;
        first = route->first;
    }
    return new_route(routes, wanted, first);
}

/* Which use of the variable in this equation the next one is. */
static int next_use(used *last, owner by)
{
    bool again = last->count && last->by.name == by.name && last->by.t == by.t;
    last->by = by;
    last->count = again ? last->count + 1 : 1;
    return last->count < GF_USES ? last->count : GF_USES;
}

static void find_routes(gf_routes *routes, const owner *owners, used *last)
{
    const gf_graph *g = routes->m->graph;
    for (size_t id = 0; id < routes->nodes && !routes->out_of_memory; id++) {
        gf_node *node = gf_graph_node(g, id);
        for (int slot = 0; slot < gf_node_arity(node) && !routes->out_of_memory; slot++) {
            size_t operand = gf_node_id(gf_node_operand(node, slot));
            owner from = owners[operand];
            uint32_t number = from.whole ? route_of(routes, from, owners[id], next_use(&last[operand], owners[id])) : 0;
            routes->of_edge[routes->first_edge[id] + (size_t)slot] = number;
            routes->out_of_memory = from.whole && !number;
        }
    }
}

gf_status gf_routes_find(gf_routes *routes, const gf_model *m)
{
    *routes = (gf_routes){.m = m, .nodes = gf_graph_size(m->graph)};
    if (routes->nodes > NODES)
        return GF_ERROR_LIMIT;
    size_t edges = 0;
    routes->first_edge = gf_arena_get(&routes->arena, (routes->nodes + 1) * sizeof *routes->first_edge);
    for (size_t id = 0; routes->first_edge && id < routes->nodes; id++) {
        routes->first_edge[id] = edges;
        edges += (size_t)gf_node_arity(gf_graph_node(m->graph, id));
    }
    routes->of_edge = gf_arena_get(&routes->arena, (edges + 1) * sizeof *routes->of_edge);
    routes->first_of = gf_arena_get(&routes->arena, m->symbol_count * sizeof *routes->first_of);
    owner *owners = calloc(routes->nodes + 1, sizeof *owners);
    used *last = calloc(routes->nodes + 1, sizeof *last);
    routes->out_of_memory =
        !routes->first_edge || !routes->of_edge || !routes->first_of || !owners || !last || !make_room(routes);
    if (!routes->out_of_memory) {
        routes->list[routes->count++] = (gf_route){0};
        find_owners(m, owners, routes->nodes);
        find_routes(routes, owners, last);
    }
    free(last);
    free(owners);
    return routes->out_of_memory ? GF_ERROR_MEMORY : GF_OK;
}

void gf_routes_free(gf_routes *routes)
{
    free(routes->list);
    gf_arena_free(&routes->arena);
    *routes = (gf_routes){0};
}

/* --- as text ------------------------------------------------------------------------------------------------------ */

static void write_step(gf_text *w, const gf_model *m, long t)
{
    bool named = m->steps > 1 && m->steps_name;
    if (named && (t == m->steps || t == m->steps + 1))
        gf_text_print(w, "[%s%s]", gf_model_text(m, m->steps_name), t == m->steps ? "" : "+1");
    else
        gf_text_print(w, "[%ld]", t);
}

static bool is_outside(const gf_model *m, uint32_t name, long t)
{
    return is_timed(m, name) && (t < 1 || t > m->steps);
}

/* Is the route at one place alone, and that is no accident of few steps? */
static bool is_alone(const gf_model *m, const gf_route *route)
{
    bool outside = is_outside(m, route->from, route->from_t) || is_outside(m, route->to, route->to_t);
    return !route->several && (outside || (m->steps > 1 && (route->far || !route->timed)));
}

/* One end. */
static void write_end(gf_text *w, const gf_model *m, const gf_route *route, uint32_t name, long t, long shift)
{
    gf_text_add(w, gf_model_text(m, name));
    if (!is_timed(m, name))
        return;
    if (is_alone(m, route))
        write_step(w, m, t);
    else if (!route->far && shift)
        gf_text_print(w, "[t%+ld]", shift);
    else if (!route->far)
        gf_text_add(w, "[t]");
}

void gf_route_write(gf_text *w, const gf_routes *routes, uint32_t number, const char *between, const char *end)
{
    const gf_route *route = &routes->list[number];
    write_end(w, routes->m, route, route->from, route->from_t, 0);
    gf_text_add(w, between);
    if (route->to)
        write_end(w, routes->m, route, route->to, route->to_t, route->shift);
    else
        gf_text_add(w, end);
}

int gf_route_crosses(const gf_route *route)
{
    long shift = route->far ? route->to_t - route->from_t : route->shift;
    return (shift > 0) - (shift < 0);
}
