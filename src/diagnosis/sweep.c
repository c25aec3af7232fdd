/* A sweep of reverse mode in which a route may count twice, or not at all. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "diagnosis/routes.h"

/* What belongs to a run. */
typedef struct run {
    gf_sweep *sweep;
    size_t first;     /* the smallest id of a variable */
    size_t rows;      /* entries of y */
    bool *active;     /* by id - first: a variable, or what leads to one */
    double **stack;   /* by id - first: its Jacobian so far */
    size_t *asked;    /* by id - first: 1 + the first variable that is this node; 0: none */
    size_t *next;     /* by variable: 1 + the next one that is the same node */
    double **at_step; /* by variable: the sum of its uses at its step */
    double *scratch;  /* one contribution */
    size_t scratch_entries;
    const gf_matrix **in; /* the values of one node's operands */
    size_t in_room;
    gf_arena arena;
} run;

static size_t entries_of(const gf_node *node)
{
    return (size_t)gf_node_rows(node) * (size_t)gf_node_cols(node);
}

static gf_node *node_at(const run *r, size_t id)
{
    return gf_graph_node(r->sweep->routes->m->graph, id);
}

static gf_vjp_rule *vjp_of(const gf_node *node, int slot)
{
    const gf_operation *op = gf_node_operation(node);
    return op->vjp[op->arity == GF_ARITY_ANY ? 0 : slot];
}

static bool passes(const gf_node *node, int slot)
{
    return vjp_of(node, slot) && gf_node_differentiable(gf_node_operand(node, slot));
}

static bool is_held(const run *r, size_t id)
{
    return r->sweep->held && r->sweep->held[id] && id != gf_node_id(r->sweep->y);
}

/* --- before the sweep --------------------------------------------------------------------------------------------- */

static void mark_active(run *r)
{
    for (size_t id = r->first; id <= gf_node_id(r->sweep->y); id++) {
        gf_node *node = node_at(r, id);
        bool active = r->asked[id - r->first] != 0;
        for (int slot = 0; !active && !is_held(r, id) && slot < gf_node_arity(node); slot++) {
            size_t operand = gf_node_id(gf_node_operand(node, slot));
            active = operand >= r->first && passes(node, slot) && r->active[operand - r->first];
        }
        r->active[id - r->first] = active;
    }
}

static bool start(run *r)
{
    gf_sweep *sweep = r->sweep;
    size_t last = gf_node_id(sweep->y), range = last - r->first + 1;
    r->rows = entries_of(sweep->y);
    *sweep->work += 10 * (double)range;
    r->active = gf_arena_get(&r->arena, range * sizeof *r->active);
    r->stack = gf_arena_get(&r->arena, range * sizeof *r->stack);
    r->asked = gf_arena_get(&r->arena, range * sizeof *r->asked);
    r->next = gf_arena_get(&r->arena, sweep->count * sizeof *r->next);
    r->at_step = gf_arena_get(&r->arena, sweep->count * sizeof *r->at_step);
    if (!r->active || !r->stack || !r->asked || !r->next || !r->at_step)
        return false;
    for (size_t k = sweep->count; k-- > 0;) {
        size_t id = gf_node_id(sweep->x[k].node);
        if (id > last)
            continue;
        r->next[k] = r->asked[id - r->first];
        r->asked[id - r->first] = k + 1;
    }
    mark_active(r);
    double *seed = r->stack[last - r->first] = gf_arena_get(&r->arena, r->rows * r->rows * sizeof *seed);
    for (size_t i = 0; seed && i < r->rows; i++)
        seed[i * r->rows + i] = 1;
    return seed != NULL;
}

/* --- one contribution --------------------------------------------------------------------------------------------- */

static void add(double *to, double weight, const double *from, size_t count)
{
    for (size_t n = 0; n < count; n++)
        to[n] += weight * from[n];
}

/* Adds to *to, which is made if need be. */
static bool add_to(gf_arena *arena, double **to, double weight, const double *from, size_t count)
{
    if (!*to)
        *to = gf_arena_get(arena, count * sizeof **to);
    if (*to)
        add(*to, weight, from, count);
    return *to != NULL;
}

/* Takes down what a route brought, for whoever asked. */
static bool take_part(run *r, size_t k, uint32_t route, const double *from, size_t count)
{
    gf_sweep *sweep = r->sweep;
    gf_part **at = &sweep->parts[k];
    while (*at && (*at)->route != route)
        at = &(*at)->next;
    if (!*at && !(*at = gf_arena_get(sweep->kept, sizeof **at)))
        return false;
    (*at)->route = route;
    return add_to(sweep->kept, &(*at)->sum, 1, from, count);
}

static bool take(run *r, const gf_node *user, const gf_node *operand, uint32_t route, double weight, size_t count)
{
    gf_sweep *sweep = r->sweep;
    bool good = true;
    int step = gf_node_step(user);
    for (size_t k = r->asked[gf_node_id(operand) - r->first]; k && good; k = r->next[k - 1]) {
        const gf_variable *x = &sweep->x[k - 1];
        if (x->at_step && x->step != step)
            continue;
        if (x->at_step)
            good = add_to(&r->arena, &r->at_step[k - 1], weight, r->scratch, count);
        if (good && sweep->parts)
            good = take_part(r, k - 1, route, r->scratch, count);
        if (good && sweep->first_use && step == 1)
            good = add_to(sweep->kept, &sweep->first_use[k - 1], 1, r->scratch, count);
        if (good && sweep->last_use && step == sweep->routes->m->steps)
            good = add_to(sweep->kept, &sweep->last_use[k - 1], 1, r->scratch, count);
    }
    return good;
}

/* --- one slot ----------------------------------------------------------------------------------------------------- */

static bool make_scratch(run *r, size_t entries)
{
    if (r->scratch_entries >= entries)
        return true;
    free(r->scratch);
    r->scratch = malloc(entries * sizeof *r->scratch);
    r->scratch_entries = r->scratch ? entries : 0;
    return r->scratch != NULL;
}

/* Each row of the stack through the vjp, into `to`. */
static void send_rows(const run *r, gf_node *node, int slot, const gf_call *call, double *to, double beta)
{
    gf_node *operand = gf_node_operand(node, slot);
    gf_matrix G = gf_matrix_over(r->stack[gf_node_id(node) - r->first], gf_node_rows(node), gf_node_cols(node));
    gf_matrix out = gf_matrix_over(to, gf_node_rows(operand), gf_node_cols(operand));
    for (size_t row = 0; row < r->rows; row++, G.data += entries_of(node), out.data += entries_of(operand))
        vjp_of(node, slot)(&out, beta, &G, call, slot);
}

/* Multiplications, nearly: of a product r x k by k x c they are the root of the product of the three sizes. */
static void count_work(run *r, const gf_node *node)
{
    double product = (double)entries_of(node);
    for (int slot = 0; slot < gf_node_arity(node) && slot < 2; slot++)
        product *= (double)entries_of(gf_node_operand(node, slot));
    *r->sweep->work += 50 + (double)r->rows * (20 + sqrt(product));
}

static bool send_slot(run *r, gf_node *node, int slot, const gf_call *call)
{
    gf_sweep *sweep = r->sweep;
    gf_node *operand = gf_node_operand(node, slot);
    size_t to = gf_node_id(operand), count = r->rows * entries_of(operand);
    if (to < r->first || !r->active[to - r->first] || !passes(node, slot))
        return true;
    uint32_t route = sweep->routes->of_edge[sweep->routes->first_edge[gf_node_id(node)] + (size_t)slot];
    double weight = sweep->weight ? sweep->weight[route] : 1, **stack = &r->stack[to - r->first];
    if (sweep->touched)
        sweep->touched[route] = true;
    if (!*stack && !(*stack = gf_arena_get(&r->arena, count * sizeof **stack)))
        return false;
    count_work(r, node);
    if (weight == 1 && !r->asked[to - r->first]) {
        send_rows(r, node, slot, call, *stack, 1);
        return true;
    }
    if (!make_scratch(r, count))
        return false;
    send_rows(r, node, slot, call, r->scratch, 0);
    add(*stack, weight, r->scratch, count);
    return !r->asked[to - r->first] || take(r, node, operand, route, weight, count);
}

static bool send(run *r, gf_node *node)
{
    size_t arity = (size_t)gf_node_arity(node);
    if (arity > r->in_room) {
        free(r->in);
        r->in = malloc(arity * sizeof *r->in);
        r->in_room = r->in ? arity : 0;
    }
    if (arity && !r->in)
        return false;
    for (size_t slot = 0; slot < arity; slot++)
        r->in[slot] = gf_value(gf_node_operand(node, (int)slot));
    gf_call call = {.in = r->in, .arity = (int)arity, .y = gf_value(node), .p = gf_node_attributes(node)};
    bool good = true;
    for (int slot = 0; slot < call.arity && good; slot++)
        good = send_slot(r, node, slot, &call);
    return good;
}

/* --- the sweep ---------------------------------------------------------------------------------------------------- */

/* Variable k has all it gets; NULL stands for zeros. */
static bool arrive(run *r, size_t k, const double *jacobian)
{
    gf_sweep *sweep = r->sweep;
    size_t count = r->rows * entries_of(sweep->x[k].node);
    if (!jacobian && !(jacobian = gf_arena_get(&r->arena, count * sizeof *jacobian))) {
        sweep->out_of_memory = true;
        return false;
    }
    return sweep->arrived(sweep, k, jacobian);
}

static bool arrive_at(run *r, size_t id)
{
    bool goes_on = true;
    for (size_t k = r->asked[id - r->first]; k && goes_on; k = r->next[k - 1])
        goes_on = arrive(r, k - 1, r->sweep->x[k - 1].at_step ? r->at_step[k - 1] : r->stack[id - r->first]);
    return goes_on;
}

static bool loop(run *r)
{
    gf_sweep *sweep = r->sweep;
    for (size_t id = gf_node_id(sweep->y) + 1; id-- > r->first;) {
        gf_node *node = node_at(r, id);
        if (r->asked[id - r->first] && !arrive_at(r, id))
            return false;
        if (*sweep->work > sweep->most_work)
            return false;
        if (!r->active[id - r->first] || !r->stack[id - r->first] || is_held(r, id))
            continue;
        if (!send(r, node)) {
            sweep->out_of_memory = true;
            return false;
        }
    }
    return true;
}

bool gf_sweep_run(gf_sweep *sweep)
{
    run r = {.sweep = sweep, .first = gf_node_id(sweep->y) + 1, .rows = entries_of(sweep->y)};
    bool goes_on = true;
    for (size_t k = 0; k < sweep->count; k++) {
        size_t id = gf_node_id(sweep->x[k].node);
        r.first = id < r.first ? id : r.first;
    }
    for (size_t k = 0; k < sweep->count && goes_on; k++)
        if (gf_node_id(sweep->x[k].node) > gf_node_id(sweep->y))
            goes_on = arrive(&r, k, NULL);
    if (goes_on && r.first <= gf_node_id(sweep->y)) {
        bool started = start(&r);
        sweep->out_of_memory |= !started;
        goes_on = started && loop(&r);
    }
    free(r.scratch);
    free(r.in);
    gf_arena_free(&r.arena);
    return goes_on;
}
