/* Reverse mode: one loop down the row, and at each node one vector-Jacobian product an operand.
 *
 * Take y = tanh(a * b). The row is a, b, n2 = mul(a, b), n3 = tanh(n2), and y is n3: its gradient is 1. The loop comes
 * to n3 and sends 1 * (1 - n3^2) to n2; it comes to n2 and sends n2's gradient times b to a, and times a to b.
 *
 * When the loop comes to a node, all its users stand behind it in the row and have been served: its gradient is
 * complete, however many paths lead to it. So each edge is gone once, and nothing is sorted, stacked up or visited
 * twice. A contribution is out := beta * out + (its vjp), and beta is 0 for the first that an operand receives, else 1:
 * no gradient has to be cleared before.
 *
 * A Jacobian is the same with as many gradients a node as y has entries: row i is the gradient of entry i.
 *
 * Two things are not done as often as that says. What a sum passes on is its own gradient: an operand that has got
 * nothing else has the sum's numbers in common with it (NODE_SHARED), until more comes. And what thin products bring a
 * weight is put off until the loop comes to the weight (gather.c).
 *
 * Whoever wants more than the sums says so (sweep.h): to see contributions one by one, as recording does. */
#include "graph/sweep.h"

#include <stdlib.h>

#include "base/grow.h"
#include "base/sized.h"
#include "base/vector.h"
#include "graph/ahead.h"

/* Where the operand's gradients are, or will be; NULL without memory. */
static double *place_of(gf_sweep *sweep, gf_node *operand)
{
    if (!sweep->stack)
        return operand->gradient.data;
    double **place = &sweep->stack[operand->id - sweep->first];
    if (!*place)
        *place = malloc((sweep->rows * gf_entries(&operand->value) + 1) * sizeof **place);
    return *place;
}

/* out := beta * out + what the slot brings, row by row. */
static void apply_vjp(const gf_sweep *sweep, gf_node *node, int slot, const gf_call *call, double *to, double beta)
{
    const gf_node *operand = gf_operand(node, slot);
    double *from = sweep->stack ? sweep->stack[node->id - sweep->first] : node->gradient.data;
    gf_matrix G = gf_matrix_over(from, node->value.rows, node->value.cols);
    gf_matrix out = gf_matrix_over(to, operand->value.rows, operand->value.cols);
    size_t step = gf_entries(&G), out_step = gf_entries(&out);
    for (size_t row = 0; row < sweep->rows; row++, G.data += step, out.data += out_step)
        gf_node_vjp(node, slot)(&out, beta, &G, call, slot);
}

/* What a sum brings to an operand is its own gradient: until more comes the operand has it in common with the sum.
 * False where it does not. */
static bool share(gf_node *node, int slot)
{
    gf_node *operand = gf_operand(node, slot);
    bool passes = gf_sized_reaches(node->op, passes) && node->op->arity > 0 && node->op->passes[slot];
    if (!passes || !operand->arity || gf_node_has(operand, NODE_REACHED) ||
        !gf_same_shape(&operand->value, &node->value))
        return false;
    gf_graph *g = node->graph;
    operand->gradient.data = node->gradient.data;
    operand->flags |= NODE_REACHED | NODE_SHARED;
    g->shared = g->shared > node->id ? g->shared : node->id;
    return true;
}

/* To where the operand's gradients are: added, or, the first, written; or, of a sum, shared. */
static gf_status send_on(gf_sweep *sweep, gf_node *node, int slot, const gf_call *call)
{
    gf_node *operand = gf_operand(node, slot);
    if (sweep->stack) {
        double *to = place_of(sweep, operand), more = gf_node_has(operand, NODE_REACHED);
        operand->flags |= NODE_REACHED;
        if (to)
            apply_vjp(sweep, node, slot, call, to, more);
        return to ? GF_OK : GF_ERROR_MEMORY;
    }
    if (!share(node, slot))
        gf_node_vjp(node, slot)(&operand->gradient, gf_first_or_more(operand), &node->gradient, call, slot);
    return GF_OK;
}

/* The contribution, for who wants to see it: an operand's first is its gradient so far; others are worked out alone,
 * and added. */
static gf_status send_seen(gf_sweep *sweep, gf_node *node, int slot, const gf_call *call, bool passes)
{
    gf_node *operand = gf_operand(node, slot);
    size_t entries = sweep->rows * gf_entries(&operand->value);
    if (passes && !gf_node_has(operand, NODE_REACHED)) {
        gf_status status = send_on(sweep, node, slot, call);
        return status ? status : sweep->see(sweep, node, slot, place_of(sweep, operand));
    }
    if (!gf_grow(&sweep->alone, &sweep->alone_room, entries))
        return GF_ERROR_MEMORY;
    apply_vjp(sweep, node, slot, call, sweep->alone, 0);
    if (passes) {
        if (!sweep->stack)
            gf_gradient_own(operand, true);
        gf_vector_add(place_of(sweep, operand), sweep->alone, entries);
    }
    return sweep->see(sweep, node, slot, sweep->alone);
}

static gf_status send_slot(gf_sweep *sweep, gf_node *node, int slot, const gf_call *call)
{
    const gf_node *operand = gf_operand(node, slot);
    bool passes = gf_node_has(operand, sweep->through);
    if (sweep->sees && sweep->sees(sweep, node, slot))
        return send_seen(sweep, node, slot, call, passes);
    if (!passes)
        return GF_OK;
    if (!sweep->stack && !operand->arity && gf_gathers(node, slot))
        return gf_gather(node, slot) ? GF_OK : GF_ERROR_MEMORY;
    return send_on(sweep, node, slot, call);
}

static gf_status send(gf_sweep *sweep, gf_node *node)
{
    gf_call call = gf_node_call(node);
    gf_status status = GF_OK;
    for (int slot = 0; slot < call.arity && !status; slot++) {
        gf_call_slot(&call, slot);
        if (gf_node_vjp(node, slot) && gf_operand(node, slot)->id >= sweep->first)
            status = send_slot(sweep, node, slot, &call);
    }
    return status;
}

/* y's own gradients: row i is 1 at entry i. */
static gf_status start(gf_sweep *sweep)
{
    gf_node *y = sweep->y;
    size_t entries = gf_entries(&y->value);
    if (!sweep->stack)
        gf_gradient_own(y, false);
    double *own = place_of(sweep, y);
    if (!own)
        return GF_ERROR_MEMORY;
    memset(own, 0, sweep->rows * entries * sizeof *own);
    for (size_t i = 0; i < sweep->rows; i++)
        own[i * entries + i] = 1;
    y->flags |= NODE_REACHED;
    return GF_OK;
}

/* Of a node at which no contribution arrives: zero. */
static void clear(gf_node *node)
{
    if (!gf_node_has(node, NODE_DIFFERENTIABLE))
        return;
    gf_gradient_own(node, false);
    memset(node->gradient.data, 0, gf_entries(&node->gradient) * sizeof *node->gradient.data);
}

/* All that arrives at the node has arrived. */
static gf_status arrive(gf_sweep *sweep, gf_node *node)
{
    gf_status status = node->arity || gf_gather_arrive(node) ? GF_OK : GF_ERROR_MEMORY;
    if (!sweep->stack && !gf_node_has(node, NODE_REACHED))
        clear(node);
    else if (!status && gf_node_has(node, NODE_REACHED) && (node == sweep->y || !gf_node_has(node, NODE_HELD)))
        status = send(sweep, node);
    return status;
}

gf_status gf_sweep_run(gf_sweep *sweep)
{
    gf_graph *g = sweep->y->graph;
    gf_status status = start(sweep);
    for (size_t id = sweep->stack ? sweep->y->id + (size_t)1 : g->size; id-- > sweep->first;) {
        gf_look_ahead(g, id, GF_DOWN_THE_ROW);
        gf_node *node = gf_node_in(g, id);
        status = status ? status : arrive(sweep, node);
        if (sweep->stack && !gf_node_has(node, NODE_ASKED))
            free(sweep->stack[id - sweep->first]);
        node->flags &= 0xff & ~NODE_REACHED;
    }
    free(sweep->alone);
    if (status)
        gf_gather_free(g);
    return status;
}
