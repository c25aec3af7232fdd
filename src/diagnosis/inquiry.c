/* The derivative that a claim is about, worked out again with some paths counted otherwise, or some names held. */
#include <math.h>
#include <stdlib.h>

#include "diagnosis/diagnose.h"
#include "model/scan.h"

static const double most_work = 5e8; /* multiplications, nearly, for one claim */
enum {
    PART_ENTRIES = 1000000, /* of all instances, so that what each route brings can be kept */
    PROBE = 3               /* instances, the nearest to y: most of what is tried is done with after them */
};

/* --- instances of one y ------------------------------------------------------------------------------------------- */

/* For qsort, which hands nothing on: an instance with what it is sorted by. */
typedef struct sorted {
    size_t instance, y, x;
    uint32_t held;
    bool fails;
} sorted;

/* What is nowhere, beyond the ends, stands first; within one y those that fail, and of these the nearest to y. */
static int by_y(const void *a, const void *b)
{
    const sorted *one = a, *two = b;
    if (one->y != two->y)
        return one->y < two->y ? -1 : 1;
    if (one->held != two->held)
        return one->held < two->held ? -1 : 1;
    if (one->fails != two->fails)
        return one->fails ? -1 : 1;
    if (one->x != two->x)
        return one->x > two->x ? -1 : 1;
    return (one->instance > two->instance) - (one->instance < two->instance);
}

static bool is_somewhere(const gf_inquiry *q, size_t k)
{
    return q->asked[k].wanted.y && q->asked[k].wanted.x.node;
}

static bool sort_instances(gf_inquiry *q)
{
    size_t count = q->e->count;
    sorted *list = malloc(count * sizeof *list);
    q->order = gf_arena_get(&q->arena, count * sizeof *q->order);
    for (size_t k = 0; list && k < count; k++) {
        const gf_wanted *wanted = &q->asked[k].wanted;
        list[k] = (sorted){.instance = k, .held = wanted->held, .fails = q->e->fails[k]};
        list[k].y = is_somewhere(q, k) ? 1 + gf_node_id(wanted->y) : 0;
        list[k].x = is_somewhere(q, k) ? gf_node_id(wanted->x.node) : 0;
    }
    if (list)
        qsort(list, count, sizeof *list, by_y);
    for (size_t k = 0; list && q->order && k < count; k++)
        q->order[k] = list[k].instance;
    bool good = list && q->order;
    q->out_of_memory |= !good;
    free(list);
    return good;
}

/* Where the instances of the same y and the same held names end that begin at place `from` of the order. */
static size_t end_of_group(const gf_inquiry *q, size_t from)
{
    const gf_wanted *first = &q->asked[q->order[from]].wanted;
    size_t to = from + 1;
    while (to < q->e->count && q->asked[q->order[to]].wanted.y == first->y &&
           q->asked[q->order[to]].wanted.held == first->held && is_somewhere(q, q->order[to]))
        to++;
    return to;
}

/* --- one sweep ---------------------------------------------------------------------------------------------------- */

/* The instances order[from .. to - 1] of an inquiry. */
typedef struct gathering {
    gf_inquiry *q;
    size_t from;
} gathering;

static double size_of(const gf_evidence *e, size_t k)
{
    return fmax(gf_matrix_norm(&e->truth[k]), gf_matrix_norm(&e->claim[k]));
}

static const gathering *gathering_of(const gf_tracing *tracing)
{
    return ((gf_route_sweep *)tracing->data)->data;
}

static bool is_claimed(gf_tracing *tracing, size_t k, const double *jacobian)
{
    const gathering *g = gathering_of(tracing);
    size_t instance = g->q->order[g->from + k];
    gf_evidence *e = g->q->e;
    g->q->has_effect |= gf_evidence_distance(e, &e->truth[instance], jacobian) > 1e-9 * size_of(e, instance);
    return gf_evidence_fits(e, instance, jacobian);
}

static bool is_truth(gf_tracing *tracing, size_t k, const double *jacobian)
{
    const gathering *g = gathering_of(tracing);
    size_t instance = g->q->order[g->from + k];
    gf_evidence *e = g->q->e;
    return gf_evidence_distance(e, &e->truth[instance], jacobian) <= 1e-9 * size_of(e, instance);
}

/* Holds, or releases, nodes of the model's graph. */
static void mark_nodes(const gf_inquiry *q, gf_node *const nodes[], size_t count, bool held)
{
    if (held)
        gf_graph_hold(q->routes.m->graph, nodes, count);
    else
        gf_graph_release(nodes, count);
}

/* What the claim holds. */
static void mark_held(const gf_inquiry *q, uint32_t number, bool held)
{
    const gf_held *set = number ? &q->e->judged->claims->judge.derivatives.held[number] : NULL;
    if (set)
        mark_nodes(q, set->nodes, set->count, held);
}

static bool run(gf_inquiry *q, size_t from, size_t to, gf_route_sweep sweep)
{
    gathering g = {q, from};
    gf_variable *x = malloc((to - from) * sizeof *x);
    if (!x) {
        q->out_of_memory = true;
        return false;
    }
    for (size_t k = from; k < to; k++)
        x[k - from] = q->asked[q->order[k]].wanted.x;
    sweep.routes = &q->routes;
    sweep.tracing.y = q->asked[q->order[from]].wanted.y;
    sweep.tracing.x = x;
    sweep.tracing.count = to - from;
    sweep.data = &g;
    sweep.work = &q->work;
    sweep.most_work = most_work;
    bool done = gf_route_sweep_run(&sweep);
    q->out_of_memory |= sweep.out_of_memory;
    free(x);
    return done;
}

/* --- the first look ----------------------------------------------------------------------------------------------- */

/* The derivative as it is: which routes there are, and what those out of the variable bring. In here instances stand in
 * the order of q->order, behind it in that of the evidence. */
static bool look(gf_inquiry *q, size_t first)
{
    gf_evidence *e = q->e;
    size_t entries = 0;
    for (size_t k = 0; k < e->count; k++)
        entries += gf_matrix_size(&e->truth[k]);
    gf_part **parts = calloc(e->count, sizeof(gf_part *));
    double **uses = calloc(2 * e->count, sizeof(double *));
    bool good = parts && uses, keeps = entries <= PART_ENTRIES;
    q->out_of_memory |= !good;
    for (size_t from = first, to; good && from < e->count; from = to) {
        to = end_of_group(q, from);
        uint32_t held = q->asked[q->order[from]].wanted.held;
        gf_route_sweep sweep = {.tracing.arrived = is_truth, .touched = q->touched, .kept = &q->arena};
        if (keeps) {
            sweep.parts = parts + from;
            sweep.first_use = uses + from;
            sweep.last_use = uses + e->count + from;
        }
        mark_held(q, held, true);
        good = run(q, from, to, sweep);
        mark_held(q, held, false);
    }
    for (size_t k = 0; good && k < e->count; k++) {
        q->parts[q->order[k]] = parts[k];
        q->first_use[q->order[k]] = uses[k];
        q->last_use[q->order[k]] = uses[e->count + k];
    }
    free(parts);
    free(uses);
    return good;
}

static void sum_up_routes(gf_inquiry *q)
{
    const gf_routes *routes = &q->routes;
    for (uint32_t k = 1; k < routes->count; k++) {
        const gf_route *route = &routes->list[k];
        q->leads[route->first] |= q->touched[k];
        for (uint32_t n = q->touched[k] ? routes->first_of[route->to] : 0; n; n = routes->list[n].next)
            q->between[route->to] |= q->touched[n];
    }
}

static bool make_rows(gf_inquiry *q)
{
    size_t count = q->e->count, largest = 0;
    for (size_t k = 0; k < count; k++)
        if (gf_matrix_size(&q->e->truth[k]) > largest)
            largest = gf_matrix_size(&q->e->truth[k]);
    q->touched = gf_arena_get(&q->arena, q->routes.count * sizeof *q->touched);
    q->leads = gf_arena_get(&q->arena, q->routes.count * sizeof *q->leads);
    q->between = gf_arena_get(&q->arena, q->routes.m->symbol_count * sizeof *q->between);
    q->weight = gf_arena_get(&q->arena, q->routes.count * sizeof *q->weight);
    q->parts = gf_arena_get(&q->arena, count * sizeof *q->parts);
    q->first_use = gf_arena_get(&q->arena, count * sizeof *q->first_use);
    q->last_use = gf_arena_get(&q->arena, count * sizeof *q->last_use);
    q->scratch = gf_arena_get(&q->arena, largest * sizeof *q->scratch);
    bool good = q->touched && q->leads && q->between && q->weight && q->parts && q->first_use;
    good = good && q->last_use && q->scratch;
    for (uint32_t k = 0; good && k < q->routes.count; k++)
        q->weight[k] = 1;
    q->out_of_memory |= !good;
    return good;
}

bool gf_inquiry_start(gf_inquiry *q, gf_evidence *e, const gf_tree *call)
{
    const gf_model *m = e->judged->claims->m;
    *q = (gf_inquiry){.e = e, .call = call};
    q->x_name = call->kids[gf_tree_is_grad(m, call) ? 0 : 1]->name;
    q->asked = gf_arena_get(&q->arena, e->count * sizeof *q->asked);
    q->out_of_memory = !q->asked;
    for (size_t k = 0; k < e->count && !q->out_of_memory; k++)
        if (!gf_judged_asked(e->judged, k, call, &q->asked[k]))
            return false;
    if (q->out_of_memory || !sort_instances(q) || gf_routes_find(&q->routes, m) || !make_rows(q)) {
        q->out_of_memory |= q->routes.out_of_memory;
        return false;
    }
    size_t first = 0;
    for (; first < e->count && !is_somewhere(q, q->order[first]); first++)
        if (e->fails[q->order[first]])
            return false; /* beyond the ends there is no path */
    if (first == e->count || !look(q, first))
        return false;
    sum_up_routes(q);
    return true;
}

void gf_inquiry_free(gf_inquiry *q)
{
    gf_routes_free(&q->routes);
    gf_arena_free(&q->arena);
}

/* --- trying ------------------------------------------------------------------------------------------------------- */

static bool find_t(const gf_inquiry *q, size_t k, long *t)
{
    gf_binding room[GF_LOOPS];
    const gf_binding *bindings = gf_judged_bindings(q->e->judged, k, room);
    const gf_binding *found = gf_binding_find(bindings, q->e->judged->claims->m->t);
    *t = found ? found->value : 0;
    return found;
}

static void mark_node(gf_inquiry *q, const gf_instance *instance, bool held)
{
    if (instance && instance->node)
        mark_nodes(q, (gf_node *[]){instance->node}, 1, held);
}

static bool mark(gf_inquiry *q, const gf_hold *hold, size_t k, bool held)
{
    const gf_model *m = q->e->judged->claims->m;
    gf_symbol *symbol = gf_model_symbol(m, hold->name);
    long t = 0;
    if (!hold->every && !find_t(q, k, &t))
        return false;
    if (!hold->every || !symbol->timed) {
        mark_node(q, gf_symbol_instance(m, symbol, t + hold->shift), held);
        return true;
    }
    for (t = 1; t <= m->steps; t++)
        mark_node(q, gf_symbol_instance(m, symbol, t), held);
    for (const gf_start *start = symbol->starts; start; start = start->next)
        mark_node(q, &start->instance, held);
    return true;
}

/* One sweep with what is held for instance order[from]. */
static bool try_group(gf_inquiry *q, size_t from, size_t to, const gf_hold hold[], int count, bool instead)
{
    size_t k = q->order[from];
    uint32_t held = instead ? 0 : q->asked[k].wanted.held;
    bool good = true;
    mark_held(q, held, true);
    for (int n = 0; n < count; n++)
        good = mark(q, &hold[n], k, true) && good;
    gf_route_sweep sweep = {.tracing.arrived = is_claimed, .weight = q->weight};
    good = good && (to - from <= PROBE || run(q, from, from + PROBE, sweep)) && run(q, from, to, sweep);
    for (int n = 0; n < count; n++)
        mark(q, &hold[n], k, false);
    mark_held(q, held, false);
    return good;
}

bool gf_inquiry_explains(gf_inquiry *q, const gf_hold hold[], int count, bool instead)
{
    bool relative = false, good = true;
    q->has_effect = false;
    for (int n = 0; n < count; n++)
        relative |= !hold[n].every;
    for (size_t from = 0, to; good && from < q->e->count; from = to) {
        to = from + 1;
        if (!is_somewhere(q, q->order[from]))
            continue;
        if (!relative)
            to = end_of_group(q, from);
        good = try_group(q, from, to, hold, count, instead);
    }
    return good;
}

const char *gf_inquiry_end(const gf_inquiry *q, gf_text *w)
{
    const gf_model *m = q->e->judged->claims->m;
    bool gradient = gf_tree_is_grad(m, q->call);
    if (gradient && q->call->count - q->call->held < 2)
        return "loss";
    gf_tree_print(w, &m->file.names, q->call->kids[gradient ? 1 : 0]);
    return gf_text_string(w);
}
