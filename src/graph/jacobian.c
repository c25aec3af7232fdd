/* Jacobians: a sweep that carries, for every node between y and the variables, all rows of its Jacobian at once.
 *
 * Row i of d vec(y) / d vec(x) is the gradient of entry i of y. The gradients of a node for all rows stand one after
 * another, so that the stack of a variable is its Jacobian as it is read. Of a variable at one step, such as W as the
 * nodes of step 3 use it, only what these uses bring is added up, beside the stack. */
#include "graph/jacobian.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/sized.h"
#include "graph/sweep.h"

/* What belongs to the Jacobians of one y. */
typedef struct wanted {
    gf_sweep sweep;
    const gf_variable *x;
    size_t count;
    gf_matrix *out;   /* by variable; made when its Jacobian is complete */
    size_t *first_of; /* by id - first: 1 + the first variable that is this node; 0: none */
    size_t *next;     /* by variable: 1 + the next one of its node; 0: none */
    gf_index at_step; /* of (id, step): 1 + a number of */
    double **sums;    /* what the uses at that step bring; NULL: nothing so far */
} wanted;

/* 1 + the number of the sum to which this use of its operand adds; 0: it is asked for at no such step. */
static uint32_t sum_of(const wanted *t, const gf_node *user, const gf_node *operand)
{
    return gf_node_has(operand, NODE_ASKED) ? gf_index_get(&t->at_step, operand->id, (uint32_t)gf_node_step(user)) : 0;
}

/* --- which nodes take part -------------------------------------------------------- */

static bool leads_to_variable(const wanted *t, gf_node *node)
{
    if (gf_node_has(node, NODE_HELD) && node != t->sweep.y)
        return false;
    for (int slot = 0; slot < (int)node->arity; slot++) {
        const gf_node *operand = gf_operand(node, slot);
        if (operand->id >= t->sweep.first && gf_node_vjp(node, slot) &&
            (gf_node_has(operand, NODE_ACTIVE) || sum_of(t, node, operand)))
            return true;
    }
    return false;
}

/* NODE_ASKED: a variable. NODE_ACTIVE: a whole variable, or what has a path to a variable. */
static void mark(const wanted *t)
{
    const gf_node *y = t->sweep.y;
    for (size_t id = t->sweep.first; id <= y->id; id++)
        gf_node_in(y->graph, id)->flags &= 0xff & ~(NODE_ACTIVE | NODE_ASKED);
    for (size_t k = 0; k < t->count; k++)
        if (t->x[k].node->id <= y->id)
            t->x[k].node->flags |= NODE_ASKED | (t->x[k].at_step ? 0 : NODE_ACTIVE);
    for (size_t id = t->sweep.first; id <= y->id; id++) {
        gf_node *node = gf_node_in(y->graph, id);
        if (!gf_node_has(node, NODE_ACTIVE) && leads_to_variable(t, node))
            node->flags |= NODE_ACTIVE;
    }
}

/* --- what the sweep asks ------------------------------------------------------------ */

static bool sees_use(gf_sweep *sweep, gf_node *user, int slot)
{
    return sum_of(sweep->data, user, gf_operand(user, slot));
}

static gf_status see_use(gf_sweep *sweep, gf_node *user, int slot, const double *numbers)
{
    wanted *t = sweep->data;
    const gf_node *operand = gf_operand(user, slot);
    size_t entries = sweep->rows * gf_matrix_size(&operand->value);
    double **sum = &t->sums[sum_of(t, user, operand) - 1];
    if (!*sum && !(*sum = gf_arena_get(&sweep->arena, entries * sizeof **sum)))
        return GF_ERROR_MEMORY;
    for (size_t n = 0; n < entries; n++)
        (*sum)[n] += numbers[n];
    return GF_OK;
}

/* Variable k has all it gets; NULL stands for zeros. */
static gf_status arrive(wanted *t, size_t k, const double *jacobian)
{
    size_t rows = t->sweep.rows, cols = gf_matrix_size(&t->x[k].node->value);
    gf_status status = gf_matrix_new(&t->out[k], (int)rows, (int)cols);
    if (!status && jacobian)
        memcpy(t->out[k].data, jacobian, rows * cols * sizeof *jacobian);
    return status;
}

static gf_status complete(gf_sweep *sweep, gf_node *node)
{
    wanted *t = sweep->data;
    gf_status status = GF_OK;
    size_t at = node->id - sweep->first;
    for (size_t k = t->first_of[at]; k && !status; k = t->next[k - 1]) {
        const gf_variable *x = &t->x[k - 1];
        uint32_t number = x->at_step ? gf_index_get(&t->at_step, node->id, (uint32_t)x->step) : 0;
        status = arrive(t, k - 1, number ? t->sums[number - 1] : sweep->stack[at]);
    }
    return status;
}

/* --- running ------------------------------------------------------------------------- */

static bool ask(wanted *t, size_t k)
{
    const gf_variable *x = &t->x[k];
    size_t *first = &t->first_of[x->node->id - t->sweep.first];
    t->next[k] = *first;
    *first = k + 1;
    uint32_t *number = x->at_step ? gf_index_put(&t->at_step, x->node->id, (uint32_t)x->step) : NULL;
    if (number)
        *number = (uint32_t)k + 1;
    return number || !x->at_step;
}

static bool start(wanted *t)
{
    gf_arena *arena = &t->sweep.arena;
    size_t range = t->sweep.y->id + (size_t)1 - t->sweep.first;
    t->sweep.stack = gf_arena_get(arena, range * sizeof *t->sweep.stack);
    t->first_of = gf_arena_get(arena, range * sizeof *t->first_of);
    t->next = gf_arena_get(arena, t->count * sizeof *t->next);
    t->sums = gf_arena_get(arena, t->count * sizeof *t->sums);
    bool good = t->sweep.stack && t->first_of && t->next && t->sums;
    for (size_t k = t->count; good && k-- > 0;)
        good = t->x[k].node->id > t->sweep.y->id || ask(t, k);
    return good;
}

/* Variables that were built after y, or that no path leads to, get zeros. */
static gf_status run(wanted *t)
{
    gf_status status = GF_OK;
    t->sweep.first = t->sweep.y->id + (size_t)1;
    for (size_t k = 0; k < t->count && !status; k++)
        if (t->x[k].node->id > t->sweep.y->id)
            status = arrive(t, k, NULL);
        else if (t->x[k].node->id < t->sweep.first)
            t->sweep.first = t->x[k].node->id;
    if (status || t->sweep.first > t->sweep.y->id)
        return status;
    if (!start(t))
        return GF_ERROR_MEMORY;
    mark(t);
    return gf_sweep_run(&t->sweep);
}

/* --- the public face ------------------------------------------------------------------ */

static gf_status check(gf_node *y, const gf_variable x[], size_t count)
{
    gf_status status = gf_node_check(y, "jacobian");
    size_t rows = status ? 0 : gf_matrix_size(&y->value);
    for (size_t k = 0; k < count && !status; k++) {
        gf_node *by = x[k].node;
        const char *fault = gf_node_fault(by, y->graph);
        if (fault)
            status = gf_graph_fail(y->graph, GF_ERROR_ARGUMENT, "jacobian: variable %zu %s", k, fault);
        else if (!gf_node_has(by, NODE_DIFFERENTIABLE))
            status = gf_graph_fail(y->graph, GF_ERROR_ARGUMENT, "jacobian: by %s: %s", gf_label(by),
                                   gf_node_why_constant(by));
        else if (rows > INT_MAX / gf_matrix_size(&by->value))
            status = gf_graph_fail(y->graph, GF_ERROR_LIMIT, "jacobian: %zu x %zu has more than %d entries", rows,
                                   gf_matrix_size(&by->value), INT_MAX);
    }
    return status;
}

gf_status gf_jacobians_by(gf_matrix out[], gf_node *y, const gf_variable x[], size_t count, gf_node *const held[],
                          size_t held_count)
{
    if (!out)
        return GF_ERROR_ARGUMENT;
    for (size_t k = 0; k < count; k++)
        out[k] = (gf_matrix){0};
    gf_status status = check(y, x, count);
    if (!status)
        status = gf_graph_hold(y->graph, held, held_count);
    if (status)
        return status;
    wanted t = {.x = x, .count = count, .out = out};
    t.sweep = (gf_sweep){.y = y, .rows = gf_matrix_size(&y->value), .through = NODE_ACTIVE};
    t.sweep.sees = sees_use;
    t.sweep.see = see_use;
    t.sweep.complete = complete;
    t.sweep.data = &t;
    gf_graph_evaluate(y->graph, y->id);
    status = run(&t);
    gf_arena_free(&t.sweep.arena);
    gf_index_free(&t.at_step);
    gf_graph_release(held, held_count);
    for (size_t k = 0; status && k < count; k++)
        gf_matrix_free(&out[k]);
    return status ? gf_graph_out_of_memory(y->graph, "jacobian") : GF_OK;
}

gf_status gf_jacobian(gf_matrix *out, gf_node *y, gf_node *x)
{
    return gf_jacobians_by(out, y, &(gf_variable){.node = x}, 1, NULL, 0);
}

gf_status gf_jacobians(gf_matrix out[], gf_node *y, gf_node *const x[], size_t count,
                       const gf_jacobian_options *options)
{
    gf_graph *g = gf_node_graph(y);
    gf_jacobian_options own;
    char why[GF_SIZED_WHY];
    for (size_t k = 0; out && k < count; k++)
        out[k] = (gf_matrix){0};
    if (!gf_sized_take(&own, options, gf_jacobian_options, at_step, why))
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "jacobian: %s", why);
    if (!out || (count && !x))
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "jacobian: %s is NULL", out ? "x" : "out");
    gf_variable *by = malloc((count + 1) * sizeof *by);
    if (!by)
        return gf_graph_out_of_memory(g, "jacobian");
    for (size_t k = 0; k < count; k++) {
        int step = own.at_step ? own.at_step[k] : GF_EVERY_STEP;
        by[k] = (gf_variable){.node = x[k], .at_step = step != GF_EVERY_STEP, .step = step};
    }
    gf_status status = gf_jacobians_by(out, y, by, count, own.held, own.held_count);
    free(by);
    return status;
}
