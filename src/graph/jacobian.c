/* Jacobians: one sweep that carries, for every node between y and the variables, all rows of its Jacobian at once.
 *
 * Row i of d vec(y) / d vec(x) is the gradient of entry i of y. The gradients of a node for all rows stand one after
 * another, so that the block of a variable is its Jacobian as it is read. */
#include <limits.h>
#include <stdlib.h>

#include "graph/node.h"

/* The stacks of one sweep. */
typedef struct gf_jacobian_sweep {
    gf_node *y;
    size_t rows;          /* entries of y */
    size_t first;         /* smallest id of a variable */
    double **stack;       /* by id - first: rows gradients, one after another; NULL: none yet */
    const gf_variable *x; /* what is asked for, */
    gf_matrix *out;       /* its Jacobians */
    size_t count;
    gf_arena arena;
} gf_jacobian_sweep;

static double **stack_of(const gf_jacobian_sweep *sweep, const gf_node *node)
{
    return &sweep->stack[node->id - sweep->first];
}

/* --- which nodes take part -------------------------------------------------------- */

/* Is the edge into this slot a use of x alone, by the nodes of one step? */
static bool used_at(const gf_variable *x, gf_node *user, int slot)
{
    return x->at_step && gf_node_operands(user)[slot] == x->node && gf_node_step(user) == x->step;
}

static bool leads_to_variable(const gf_jacobian_sweep *sweep, gf_node *node)
{
    if (gf_node_has(node, NODE_HELD) && node != sweep->y)
        return false;
    for (int slot = 0; slot < (int)node->arity; slot++) {
        const gf_node *operand = gf_node_operands(node)[slot];
        if (!gf_slot_passes(node, slot) || operand->id < sweep->first)
            continue;
        if (gf_node_has(operand, NODE_ACTIVE))
            return true;
        for (size_t k = 0; gf_node_has(operand, NODE_REACHED) && k < sweep->count; k++)
            if (used_at(&sweep->x[k], node, slot))
                return true;
    }
    return false;
}

/* NODE_ACTIVE: a variable, or what has a path to one. NODE_REACHED marks the nodes asked for at one step. */
static void mark(gf_jacobian_sweep *sweep)
{
    gf_graph *g = sweep->y->graph;
    for (size_t id = sweep->first; id <= sweep->y->id; id++)
        gf_node_in(g, id)->flags &= 0xff & ~(NODE_ACTIVE | NODE_REACHED);
    for (size_t k = 0; k < sweep->count; k++)
        if (sweep->x[k].node->id <= sweep->y->id)
            sweep->x[k].node->flags |= (sweep->x[k].at_step ? NODE_REACHED : NODE_ACTIVE);
    for (size_t id = sweep->first; id <= sweep->y->id; id++) {
        gf_node *node = gf_node_in(g, id);
        if (!gf_node_has(node, NODE_ACTIVE) && leads_to_variable(sweep, node))
            node->flags |= NODE_ACTIVE;
    }
}

/* --- the sweep ----------------------------------------------------------------------- */

/* rows products, from the stack of node, added to a stack of its operand. */
static void send_rows(const gf_jacobian_sweep *sweep, gf_node *node, int slot, const gf_call *call, double *to)
{
    gf_node *operand = gf_node_operands(node)[slot];
    gf_matrix G = gf_matrix_over(*stack_of(sweep, node), node->value.rows, node->value.cols);
    gf_matrix out = gf_matrix_over(to, operand->value.rows, operand->value.cols);
    size_t step = gf_matrix_size(&G), out_step = gf_matrix_size(&out);
    for (size_t row = 0; row < sweep->rows; row++, G.data += step, out.data += out_step)
        gf_node_vjp(node, slot)(&out, 1, &G, call, slot);
}

static bool send_slot(gf_jacobian_sweep *sweep, gf_node *node, int slot, const gf_call *call)
{
    gf_node *operand = gf_node_operands(node)[slot];
    if (!gf_slot_passes(node, slot) || operand->id < sweep->first)
        return true;
    for (size_t k = 0; gf_node_has(operand, NODE_REACHED) && k < sweep->count; k++)
        if (used_at(&sweep->x[k], node, slot))
            send_rows(sweep, node, slot, call, sweep->out[k].data);
    if (!gf_node_has(operand, NODE_ACTIVE))
        return true;
    double **stack = stack_of(sweep, operand);
    if (!*stack)
        *stack = gf_arena_get(&sweep->arena, sweep->rows * gf_matrix_size(&operand->value) * sizeof(double));
    if (*stack)
        send_rows(sweep, node, slot, call, *stack);
    return *stack != NULL;
}

static bool run_sweep(gf_jacobian_sweep *sweep)
{
    gf_node *y = sweep->y;
    *stack_of(sweep, y) = gf_arena_get(&sweep->arena, sweep->rows * sweep->rows * sizeof(double));
    if (!*stack_of(sweep, y))
        return false;
    for (size_t i = 0; i < sweep->rows; i++)
        (*stack_of(sweep, y))[i * sweep->rows + i] = 1;
    for (size_t id = y->id + (size_t)1; id-- > sweep->first;) {
        gf_node *node = gf_node_in(y->graph, id);
        if (!*stack_of(sweep, node) || (node != y && gf_node_has(node, NODE_HELD)))
            continue;
        const gf_matrix *few[GF_SLOTS];
        gf_call call = gf_node_call(node, few);
        for (int slot = 0; slot < call.arity; slot++)
            if (!send_slot(sweep, node, slot, &call))
                return false;
    }
    return true;
}

static void collect(const gf_jacobian_sweep *sweep)
{
    for (size_t k = 0; k < sweep->count; k++) {
        const gf_node *x = sweep->x[k].node;
        const double *stack = x->id <= sweep->y->id ? *stack_of(sweep, x) : NULL;
        for (size_t n = 0; stack && !sweep->x[k].at_step && n < gf_matrix_size(&sweep->out[k]); n++)
            sweep->out[k].data[n] = stack[n];
    }
}

static bool differentiate(gf_jacobian_sweep *sweep)
{
    if (sweep->first > sweep->y->id)
        return true; /* everything asked for was built after y: zeros */
    sweep->stack = gf_arena_get(&sweep->arena, (sweep->y->id + (size_t)1 - sweep->first) * sizeof *sweep->stack);
    if (!sweep->stack)
        return false;
    mark(sweep);
    bool done = !gf_node_has(sweep->y, NODE_ACTIVE) || run_sweep(sweep);
    if (done)
        collect(sweep);
    gf_arena_free(&sweep->arena);
    return done;
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
    gf_jacobian_sweep sweep = {.y = y, .rows = gf_matrix_size(&y->value), .x = x, .out = out, .count = count};
    sweep.first = y->id + (size_t)1;
    for (size_t k = 0; k < count; k++)
        sweep.first = x[k].node->id < sweep.first ? x[k].node->id : sweep.first;
    gf_graph_evaluate(y->graph, y->id);
    status = make_all(out, sweep.rows, x, count);
    if (!status && !differentiate(&sweep)) {
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
