/* Jacobians: a sweep that carries, for every node between y and the variables, all rows of its Jacobian at once.
 *
 * Row i of d vec(y) / d vec(x) is the gradient of entry i of y. The gradients of a node for all rows stand one after
 * another: so the stack of a variable is its Jacobian as it is read, and is added up where the caller gets it. Of a
 * variable at one step, such as W as the nodes of step 3 use it, only what these uses bring is added up there. */
#include <limits.h>
#include <stdlib.h>

#include "base/sized.h"
#include "base/vector.h"
#include "graph/sweep.h"

/* What belongs to the Jacobians of one y. */
typedef struct wanted {
    gf_sweep sweep;
    gf_node *const *x;
    const int *steps; /* of whose uses of it a variable is; NULL: of every step, all of them */
    size_t count;
    gf_matrix *out;   /* by variable; of those that are the same, the first is worked out */
    gf_index at_step; /* of (id, step): 1 + the number of the first variable that is this node at this step; 0: none */
} wanted;

/* 1 + the number of the variable at a step to which this use of its operand adds; 0: there is none. */
static uint32_t adds_to(const wanted *t, const gf_node *user, const gf_node *operand)
{
    return t->at_step.count ? gf_index_get(&t->at_step, operand->id, (uint32_t)gf_node_step(user)) : 0;
}

/* --- which nodes take part -------------------------------------------------------- */

static bool leads_to_variable(const wanted *t, gf_node *node)
{
    if (gf_node_has(node, NODE_HELD) && node != t->sweep.y)
        return false;
    for (int slot = 0; slot < (int)node->arity; slot++) {
        const gf_node *operand = gf_operand(node, slot);
        if (operand->id >= t->sweep.first && gf_node_vjp(node, slot) &&
            (gf_node_has(operand, NODE_ACTIVE) || adds_to(t, node, operand)))
            return true;
    }
    return false;
}

/* NODE_ACTIVE: a whole variable, or what has a path to a variable, at a step as well. */
static void mark(const wanted *t)
{
    const gf_node *y = t->sweep.y;
    for (size_t id = t->sweep.first; id <= y->id; id++) {
        gf_node *node = gf_node_in(y->graph, id);
        node->flags &= 0xff & ~(NODE_ACTIVE | NODE_ASKED);
        if (t->sweep.stack[id - t->sweep.first])
            node->flags |= NODE_ACTIVE | NODE_ASKED;
        else if (leads_to_variable(t, node))
            node->flags |= NODE_ACTIVE;
    }
}

/* --- what the sweep asks ------------------------------------------------------------ */

static bool sees_use(gf_sweep *sweep, gf_node *user, int slot)
{
    return adds_to(sweep->data, user, gf_operand(user, slot));
}

static gf_status see_use(gf_sweep *sweep, gf_node *user, int slot, const double *numbers)
{
    const wanted *t = sweep->data;
    gf_matrix *sum = &t->out[adds_to(t, user, gf_operand(user, slot)) - 1];
    gf_vector_add(sum->data, numbers, gf_entries(sum));
    return GF_OK;
}

/* --- running ------------------------------------------------------------------------- */

/* Zeros, as they stay where no path leads, or the variable was built after y. */
static gf_status make_zeros(wanted *t)
{
    gf_status status = GF_OK;
    t->sweep.first = t->sweep.y->id + (size_t)1;
    for (size_t k = 0; k < t->count && !status; k++) {
        const gf_node *x = t->x[k];
        status = gf_matrix_new(&t->out[k], (int)t->sweep.rows, (int)gf_entries(&x->value));
        t->sweep.first = x->id < t->sweep.first ? x->id : t->sweep.first;
    }
    return status;
}

/* Where variable k is worked out; NULL without memory. */
static double *place_of(wanted *t, size_t k)
{
    size_t id = t->x[k]->id;
    double **stack = &t->sweep.stack[id - t->sweep.first];
    if (!t->steps || t->steps[k] == GF_EVERY_STEP)
        return *stack ? *stack : (*stack = t->out[k].data);
    uint32_t *number = gf_index_put(&t->at_step, id, (uint32_t)t->steps[k]);
    if (number && !*number)
        *number = (uint32_t)k + 1;
    return number ? t->out[*number - 1].data : NULL;
}

static gf_status run(wanted *t)
{
    gf_node *y = t->sweep.y;
    gf_status status = make_zeros(t);
    if (status || t->sweep.first > y->id)
        return status;
    t->sweep.stack = calloc(y->id + (size_t)1 - t->sweep.first, sizeof *t->sweep.stack);
    bool good = t->sweep.stack;
    for (size_t k = 0; good && k < t->count; k++)
        good = t->x[k]->id > y->id || place_of(t, k);
    if (!good)
        return GF_ERROR_MEMORY;
    mark(t);
    status = gf_sweep_run(&t->sweep);
    for (size_t k = 0; !status && k < t->count; k++)
        if (t->x[k]->id <= y->id && place_of(t, k) != t->out[k].data)
            memcpy(t->out[k].data, place_of(t, k), gf_entries(&t->out[k]) * sizeof(double));
    return status;
}

/* --- the public face ------------------------------------------------------------------ */

static gf_status check(gf_node *y, gf_node *const x[], size_t count)
{
    gf_status status = gf_node_check(y, "jacobian");
    size_t rows = status ? 0 : gf_entries(&y->value);
    for (size_t k = 0; k < count && !status; k++) {
        const char *fault = gf_node_fault(x[k], y->graph);
        if (fault)
            status = gf_graph_fail(y->graph, GF_ERROR_ARGUMENT, "jacobian: variable %zu %s", k, fault);
        else if (!gf_node_has(x[k], NODE_DIFFERENTIABLE))
            status = gf_graph_fail(y->graph, GF_ERROR_ARGUMENT, "jacobian: by %s: %s", gf_label(x[k]),
                                   gf_node_why_constant(x[k]));
        else if (rows > INT_MAX / gf_entries(&x[k]->value))
            status = gf_graph_fail(y->graph, GF_ERROR_LIMIT, "jacobian: %zu x %zu has more than %d entries", rows,
                                   gf_entries(&x[k]->value), INT_MAX);
    }
    return status;
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
    gf_status status = check(y, x, count);
    if (!status)
        status = gf_graph_hold(g, own.held, own.held_count);
    if (status)
        return status;
    wanted t = {.x = x, .steps = own.at_step, .count = count, .out = out};
    t.sweep = (gf_sweep){
        .y = y, .rows = gf_entries(&y->value), .through = NODE_ACTIVE, .sees = sees_use, .see = see_use, .data = &t};
    gf_graph_evaluate(g, y->id);
    status = run(&t);
    free(t.sweep.stack);
    gf_index_free(&t.at_step);
    gf_graph_release(own.held, own.held_count);
    for (size_t k = 0; status && k < count; k++)
        gf_matrix_free(&out[k]);
    return status ? gf_graph_out_of_memory(g, "jacobian") : GF_OK;
}

gf_status gf_jacobian(gf_matrix *out, gf_node *y, gf_node *x)
{
    return gf_jacobians(out, y, &x, 1, NULL);
}
