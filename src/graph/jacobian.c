/* Jacobians: a sweep that carries, for every node between y and the variables, all rows of its Jacobian at once.
 *
 * Row i of d vec(y) / d vec(x) is the gradient of entry i of y. The gradients of a node for all rows stand one after
 * another, so that the stack of a variable is its Jacobian as it is read. Of a variable at one step, such as W as the
 * nodes of step 3 use it, only what these uses bring is added up, beside the stack. */
#include "graph/jacobian.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "graph/sweep.h"

/* The variables of one node stand together: whole ones first, then by step. */
typedef struct place {
    uint32_t id;
    bool at_step;
    int step;
    size_t variable;
} place;

/* What belongs to one tracing. */
typedef struct trace {
    gf_sweep sweep;
    gf_tracing *tracing;
    place *places;    /* sorted; those of nodes behind y stand behind */
    size_t *first_of; /* by id - first: 1 + the first place of the node; 0: it is not asked for */
    double **at_step; /* by variable: the sum of its uses at its step; NULL: none yet */
} trace;

static int by_node_and_step(const void *a, const void *b)
{
    const place *one = a, *two = b;
    if (one->id != two->id)
        return one->id < two->id ? -1 : 1;
    if (one->at_step != two->at_step)
        return one->at_step ? 1 : -1;
    if (one->step != two->step)
        return one->step < two->step ? -1 : 1;
    return (one->variable > two->variable) - (one->variable < two->variable);
}

/* The places of a node at one step: where they begin. (Whole ones have step 0 and at_step false.) */
static size_t find_place(const trace *t, const gf_node *node, bool at_step, int step)
{
    size_t low = t->first_of[node->id - t->sweep.first] - 1, high = t->tracing->count;
    place wanted = {.id = node->id, .at_step = at_step, .step = step};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_node_and_step(&t->places[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Is place k one of the node at this step, or, where at_step is not set, of the whole node? */
static bool is_place(const trace *t, size_t k, const gf_node *node, bool at_step, int step)
{
    return k < t->tracing->count && t->places[k].id == node->id && t->places[k].at_step == at_step &&
           (!at_step || t->places[k].step == step);
}

static bool is_asked_at(const trace *t, const gf_node *user, int slot)
{
    const gf_node *x = gf_node_operands((gf_node *)user)[slot];
    int step = gf_node_step(user);
    return gf_node_has(x, NODE_ASKED) && is_place(t, find_place(t, x, true, step), x, true, step);
}

/* --- which nodes take part -------------------------------------------------------- */

static bool leads_to_variable(const trace *t, gf_node *node)
{
    if (gf_node_has(node, NODE_HELD) && node != t->tracing->y)
        return false;
    for (int slot = 0; slot < (int)node->arity; slot++) {
        const gf_node *operand = gf_node_operands(node)[slot];
        if (operand->id >= t->sweep.first && gf_node_vjp(node, slot) &&
            (gf_node_has(operand, NODE_ACTIVE) || is_asked_at(t, node, slot)))
            return true;
    }
    return false;
}

/* NODE_ASKED: a variable. NODE_ACTIVE: a whole variable, or what has a path to a variable. */
static void mark(const trace *t)
{
    const gf_node *y = t->tracing->y;
    for (size_t id = t->sweep.first; id <= y->id; id++)
        gf_node_in(y->graph, id)->flags &= 0xff & ~(NODE_ACTIVE | NODE_ASKED);
    for (size_t k = 0; k < t->tracing->count && t->places[k].id <= y->id; k++)
        gf_node_in(y->graph, t->places[k].id)->flags |= NODE_ASKED | (t->places[k].at_step ? 0 : NODE_ACTIVE);
    for (size_t id = t->sweep.first; id <= y->id; id++) {
        gf_node *node = gf_node_in(y->graph, id);
        if (!gf_node_has(node, NODE_ACTIVE) && leads_to_variable(t, node))
            node->flags |= NODE_ACTIVE;
    }
}

/* --- what the sweep asks ------------------------------------------------------------ */

static bool count_edge(gf_sweep *sweep, gf_node *user, int slot, double *weight)
{
    gf_tracing *tracing = ((trace *)sweep->data)->tracing;
    return tracing->edge(tracing, user, slot, weight);
}

static bool sees_use(gf_sweep *sweep, gf_node *user, int slot)
{
    const trace *t = sweep->data;
    const gf_node *x = gf_node_operands(user)[slot];
    if (!gf_node_has(x, NODE_ASKED) || x->id < sweep->first)
        return false;
    size_t first = t->first_of[x->id - sweep->first] - 1;
    return (t->tracing->brought && !t->places[first].at_step) || is_asked_at(t, user, slot);
}

static gf_status add_use(trace *t, size_t k, const double *numbers, size_t entries, double weight)
{
    double **sum = &t->at_step[k];
    if (!*sum)
        *sum = gf_arena_get(&t->sweep.arena, entries * sizeof **sum);
    for (size_t n = 0; *sum && n < entries; n++)
        (*sum)[n] += weight * numbers[n];
    return *sum ? GF_OK : GF_ERROR_MEMORY;
}

static gf_status see_use(gf_sweep *sweep, gf_node *user, int slot, const double *numbers, double weight)
{
    trace *t = sweep->data;
    const gf_node *x = gf_node_operands(user)[slot];
    int step = gf_node_step(user);
    size_t entries = sweep->rows * gf_matrix_size(&x->value);
    gf_status status = GF_OK;
    for (int at_step = 0; at_step <= 1; at_step++) {
        size_t p = find_place(t, x, at_step, at_step ? step : 0);
        for (; !status && is_place(t, p, x, at_step, step); p++) {
            size_t k = t->places[p].variable;
            if (at_step)
                status = add_use(t, k, numbers, entries, weight);
            if (t->tracing->brought && !status)
                status = t->tracing->brought(t->tracing, k, user, slot, numbers, entries);
        }
    }
    return status;
}

/* Variable k has all it gets; NULL stands for zeros. */
static gf_status arrive(trace *t, size_t k, const double *jacobian)
{
    size_t entries = t->sweep.rows * gf_matrix_size(&t->tracing->x[k].node->value);
    if (!jacobian && !(jacobian = gf_arena_get(&t->sweep.arena, entries * sizeof *jacobian)))
        return GF_ERROR_MEMORY;
    return t->tracing->arrived(t->tracing, k, jacobian) ? GF_OK : GF_ERROR_LIMIT;
}

static gf_status complete(gf_sweep *sweep, gf_node *node)
{
    trace *t = sweep->data;
    gf_status status = GF_OK;
    if (!gf_node_has(node, NODE_ASKED))
        return GF_OK;
    size_t at = node->id - sweep->first;
    for (size_t p = t->first_of[at] - 1; !status && p < t->tracing->count && t->places[p].id == node->id; p++) {
        size_t k = t->places[p].variable;
        status = arrive(t, k, t->places[p].at_step ? t->at_step[k] : sweep->stack[at]);
    }
    return status;
}

/* --- tracing ------------------------------------------------------------------------- */

static bool make_places(trace *t)
{
    gf_tracing *tracing = t->tracing;
    t->places = gf_arena_get(&t->sweep.arena, tracing->count * sizeof *t->places);
    t->at_step = gf_arena_get(&t->sweep.arena, tracing->count * sizeof *t->at_step);
    if (!t->places || !t->at_step)
        return false;
    for (size_t k = 0; k < tracing->count; k++) {
        const gf_variable *x = &tracing->x[k];
        t->places[k] = (place){x->node->id, x->at_step, x->at_step ? x->step : 0, k};
    }
    qsort(t->places, tracing->count, sizeof *t->places, by_node_and_step);
    return true;
}

static bool make_stacks(trace *t)
{
    size_t last = t->tracing->y->id, range = last + 1 - t->sweep.first;
    t->sweep.stack = gf_arena_get(&t->sweep.arena, range * sizeof *t->sweep.stack);
    t->first_of = gf_arena_get(&t->sweep.arena, range * sizeof *t->first_of);
    for (size_t k = t->tracing->count; t->first_of && k-- > 0;)
        if (t->places[k].id <= last)
            t->first_of[t->places[k].id - t->sweep.first] = k + 1;
    return t->sweep.stack && t->first_of;
}

/* Variables that were built after y, or that no path leads to, get zeros. */
static gf_status run(trace *t)
{
    const gf_node *y = t->tracing->y;
    if (!make_places(t))
        return GF_ERROR_MEMORY;
    t->sweep.first = t->places[0].id;
    gf_status status = GF_OK;
    for (size_t k = t->tracing->count; k-- > 0 && t->places[k].id > y->id && !status;)
        status = arrive(t, t->places[k].variable, NULL);
    if (status || t->sweep.first > y->id)
        return status;
    if (!make_stacks(t))
        return GF_ERROR_MEMORY;
    mark(t);
    return gf_sweep_run(&t->sweep);
}

gf_status gf_trace(gf_tracing *tracing)
{
    size_t rows = gf_matrix_size(&tracing->y->value);
    trace t = {.tracing = tracing, .sweep = {.y = tracing->y, .rows = rows, .through = NODE_ACTIVE}};
    t.sweep.edge = tracing->edge ? count_edge : NULL;
    t.sweep.sees = sees_use;
    t.sweep.see = see_use;
    t.sweep.complete = complete;
    t.sweep.data = &t;
    gf_graph_evaluate(tracing->y->graph, tracing->y->id);
    gf_status status = tracing->count ? run(&t) : GF_OK;
    gf_arena_free(&t.sweep.arena);
    return status;
}

/* --- the public face ------------------------------------------------------------------ */

static gf_status check(gf_node *y, const gf_variable x[], size_t count)
{
    char label[96];
    gf_status status = gf_node_check(y, "jacobian");
    if (status)
        return status;
    for (size_t k = 0; k < count; k++) {
        if (gf_node_is_bad(x[k].node) || x[k].node->graph != y->graph)
            return gf_graph_fail(y->graph, GF_ERROR_ARGUMENT, "jacobian: variable %zu %s", k + 1,
                                 gf_node_is_bad(x[k].node) ? gf_node_fault(x[k].node) : "is of another graph");
        if (!gf_node_has(x[k].node, NODE_DIFFERENTIABLE))
            return gf_graph_fail(y->graph, GF_ERROR_ARGUMENT, "jacobian: by %s: it is constant",
                                 gf_node_label(x[k].node, label, sizeof label));
    }
    return GF_OK;
}

static gf_status within_limit(gf_node *y, const gf_variable x[], size_t count)
{
    size_t rows = gf_matrix_size(&y->value);
    for (size_t k = 0; k < count; k++) {
        size_t cols = gf_matrix_size(&x[k].node->value);
        if (cols && rows > INT_MAX / cols)
            return gf_graph_fail(y->graph, GF_ERROR_LIMIT, "jacobian: %zu x %zu has more than %d entries", rows, cols,
                                 INT_MAX);
    }
    return GF_OK;
}

/* Zeros of the Jacobians' shapes; all of them or none. */
static gf_status make_all(gf_matrix out[], size_t rows, const gf_variable x[], size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (gf_matrix_new(&out[k], (int)rows, (int)gf_matrix_size(&x[k].node->value))) {
            while (k-- > 0)
                gf_matrix_free(&out[k]);
            return GF_ERROR_MEMORY;
        }
    return GF_OK;
}

static bool copy_jacobian(gf_tracing *tracing, size_t k, const double *jacobian)
{
    gf_matrix *out = tracing->data;
    memcpy(out[k].data, jacobian, gf_matrix_size(&out[k]) * sizeof *jacobian);
    return true;
}

gf_status gf_jacobians(gf_matrix out[], gf_node *y, const gf_variable x[], size_t count, gf_node *const held[],
                       size_t held_count)
{
    for (size_t k = 0; k < count; k++)
        out[k] = (gf_matrix){0};
    gf_status status = check(y, x, count);
    if (!status)
        status = within_limit(y, x, count);
    if (!status)
        status = gf_graph_hold(y->graph, held, held_count);
    if (status)
        return status;
    gf_tracing tracing = {.y = y, .x = x, .count = count, .arrived = copy_jacobian, .data = out};
    status = make_all(out, gf_matrix_size(&y->value), x, count);
    if (!status && gf_trace(&tracing)) {
        status = GF_ERROR_MEMORY;
        for (size_t k = 0; k < count; k++)
            gf_matrix_free(&out[k]);
    }
    gf_graph_release(held, held_count);
    return status ? gf_graph_out_of_memory(y->graph, "jacobian") : GF_OK;
}

gf_status gf_jacobian(gf_matrix *out, gf_node *y, gf_node *x)
{
    return gf_jacobians(out, y, &(gf_variable){.node = x}, 1, NULL, 0);
}
