/* Unrolling: layers of cells over time, in one direction or both, and a loss on top. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sized.h"
#include "nets/inside.h"

/* --- what can be wrong -------------------------------------------------------------- */

static gf_status refuse(gf_graph *g, gf_node *out[], int steps, gf_status status, const char *why)
{
    for (int k = 0; out && k < steps; k++)
        out[k] = &g->bad;
    return gf_graph_fail(g, status, "unroll: %s", why);
}

/* Why a stack cannot be unrolled; NULL where it can. The text may lie in `room`. */
static const char *obstacle(gf_node *out[], gf_node *const x[], int steps, const gf_stack *stack,
                            char room[GF_SIZED_WHY])
{
    if (!out || !x)
        return out ? "x is NULL" : "out is NULL";
    if (!stack->forward)
        return "the stack has no forward cells";
    if (stack->layers < 1)
        return "the stack has no layers: there must be at least one";
    for (int k = 0; k < stack->layers; k++)
        if (!stack->forward[k] || (stack->backward && !stack->backward[k])) {
            snprintf(room, GF_SIZED_WHY, "the %s cell of layer %d is NULL", stack->forward[k] ? "backward" : "forward",
                     k + 1);
            return room;
        }
    if (stack->truncate < 0)
        return "truncate is negative: it is the number of steps between two cuts, or 0";
    snprintf(room, GF_SIZED_WHY, "T is %d: there must be at least one step", steps);
    if (steps < 1)
        return room;
    for (int t = 1; t <= steps; t++)
        if (!x[t - 1]) {
            snprintf(room, GF_SIZED_WHY, "the input of step %d is NULL", t);
            return room;
        }
    for (int t = 1; t <= steps && stack->mask; t++)
        if (!stack->mask[t - 1]) {
            snprintf(room, GF_SIZED_WHY, "the mask of step %d is NULL", t);
            return room;
        }
    return NULL;
}

/* The graph that is to remember what is wrong. */
static gf_graph *graph_of(gf_node *const x[], int steps, const gf_stack *stack)
{
    if (stack->forward && stack->layers > 0 && stack->forward[0])
        return gf_cell_graph(stack->forward[0]);
    return gf_node_graph(x && steps >= 1 ? x[0] : NULL);
}

/* --- one cell over time --------------------------------------------------------------- */

/* What is built from here on is of the cell's scope. */
static gf_context enter(const gf_cell *cell)
{
    gf_context was = gf_cell_graph(cell)->now;
    gf_graph_scope(gf_cell_graph(cell), gf_node_scope(gf_cell_params(cell)[0]));
    return was;
}

/* No gradient passes to the step before. */
static gf_state cut(const gf_cell *cell, gf_state state)
{
    gf_context was = enter(cell);
    state.h = gf_stop(state.h);
    state.c = state.c ? gf_stop(state.c) : NULL;
    gf_context_restore(gf_cell_graph(cell), was);
    return state;
}

/* Step t; the states of examples that have none stay. */
static gf_state step(const gf_stack *stack, const gf_cell *cell, gf_node *x, gf_state before, int t)
{
    gf_state after = gf_cell_step(cell, x, before);
    if (!stack->mask)
        return after;
    gf_context was = enter(cell);
    after.h = gf_named(gf_where(stack->mask[t - 1], after.h, before.h), "h_masked");
    after.c = after.c ? gf_named(gf_where(stack->mask[t - 1], after.c, before.c), "c_masked") : NULL;
    gf_context_restore(gf_cell_graph(cell), was);
    return after;
}

/* Do the steps lo and lo + 1 belong to different pieces of a truncated sequence? */
static bool is_cut(const gf_stack *stack, int lo)
{
    return stack->truncate && lo % stack->truncate == 0;
}

static gf_state start_of(const gf_stack *stack, const gf_cell *cell, int place, int rows, int t)
{
    bool given = stack->start && stack->start[place].h;
    return given ? stack->start[place] : gf_cell_zeros(cell, rows, t);
}

/* h[t] of a cell that reads in[0], in[1], … upwards, into out. Returns the last state. */
static gf_state run_forward(gf_node *out[], gf_node *const in[], int steps, const gf_stack *stack, const gf_cell *cell,
                            gf_state state)
{
    for (int t = 1; t <= steps; t++) {
        gf_graph_step(gf_cell_graph(cell), t);
        if (t > 1 && is_cut(stack, t - 1))
            state = cut(cell, state);
        state = step(stack, cell, in[t - 1], state, t);
        out[t - 1] = state.h;
    }
    return state;
}

/* The same downwards; its h[t] goes beside what stands in out, under the name of the layer. */
static gf_state run_backward(gf_node *out[], gf_node *const in[], int steps, const gf_stack *stack, const gf_cell *cell,
                             gf_state state, const char *name)
{
    for (int t = steps; t >= 1; t--) {
        gf_graph_step(gf_cell_graph(cell), t);
        if (t < steps && is_cut(stack, t))
            state = cut(cell, state);
        state = step(stack, cell, in[t - 1], state, t);
        out[t - 1] = gf_named(gf_hcat((gf_node *[]){out[t - 1], state.h}, 2), name);
    }
    return state;
}

static void run_layer(gf_node *out[], gf_node *const in[], int steps, const gf_stack *stack, int layer)
{
    int directions = stack->backward ? 2 : 1, place = layer * directions, rows = gf_node_rows(in[0]);
    const gf_cell *cell = stack->forward[layer];
    gf_state last = run_forward(out, in, steps, stack, cell, start_of(stack, cell, place, rows, 0));
    if (stack->end)
        stack->end[place] = last;
    if (!stack->backward)
        return;
    char name[32];
    snprintf(name, sizeof name, "h%d", layer + 1);
    cell = stack->backward[layer];
    last = run_backward(out, in, steps, stack, cell, start_of(stack, cell, place + 1, rows, steps + 1), name);
    if (stack->end)
        stack->end[place + 1] = last;
}

/* --- all of it ------------------------------------------------------------------------- */

static gf_status run_layers(gf_graph *g, gf_node *out[], gf_node *const x[], int steps, const gf_stack *stack)
{
    gf_node **in = malloc((size_t)steps * sizeof *in);
    if (!in)
        return refuse(g, out, steps, GF_ERROR_MEMORY, "out of memory");
    gf_context was = g->now;
    memcpy((void *)in, (const void *)x, (size_t)steps * sizeof *in);
    for (int layer = 0; layer < stack->layers; layer++) {
        run_layer(out, in, steps, stack, layer);
        memcpy((void *)in, (const void *)out, (size_t)steps * sizeof *in);
    }
    free((void *)in);
    gf_graph_step(g, was.step);
    for (int k = 0; k < steps; k++)
        if (gf_node_is_bad(out[k]))
            return g->status ? g->status : GF_ERROR_ARGUMENT;
    return GF_OK;
}

gf_status gf_unroll(gf_node *out[], gf_node *const x[], int steps, const gf_stack *stack)
{
    gf_stack own;
    char room[GF_SIZED_WHY];
    const char *why = "the stack is NULL";
    if (stack)
        why = gf_sized_take(&own, stack, gf_stack, truncate, room) ? obstacle(out, x, steps, &own, room) : room;
    gf_graph *g = graph_of(x, steps, stack ? &own : &(gf_stack){0});
    return why ? refuse(g, out, steps, GF_ERROR_ARGUMENT, why) : run_layers(g, out, x, steps, &own);
}

/* --- the loss --------------------------------------------------------------------------- */

/* The loss of one output, in the step of that output. */
static gf_node *loss_of(gf_node *h, gf_node *y, gf_node *V, gf_node *d, gf_loss_rule *loss_rule)
{
    gf_graph_step(gf_node_graph(h), gf_node_step(h));
    gf_node *z = gf_named(gf_add(gf_matmul(h, V), d), "z");
    return gf_named(loss_rule(z, y), "L");
}

gf_node *gf_unroll_loss(gf_node *const h[], gf_node *const y[], int count, gf_node *V, gf_node *d,
                        gf_loss_rule *loss_rule)
{
    gf_graph *g = gf_node_graph(V || !h || count < 1 ? V : h[0]);
    gf_node **L = count >= 1 ? malloc((size_t)count * sizeof *L) : NULL;
    if (count < 1)
        gf_graph_fail(g, GF_ERROR_ARGUMENT, "unroll_loss: %d outputs: there must be at least one", count);
    else if (!h || !y || !loss_rule)
        gf_graph_fail(g, GF_ERROR_ARGUMENT, "unroll_loss: %s is NULL", !h ? "h" : !y ? "y" : "the loss rule");
    else if (!L)
        gf_graph_out_of_memory(g, "unroll_loss");
    else if (!gf_node_is_bad(d) && gf_node_rows(d) != 1)
        gf_graph_fail(g, GF_ERROR_SHAPE, "unroll_loss: the bias %s is %d x %d, but has one row", gf_label(d),
                      gf_node_rows(d), gf_node_cols(d));
    gf_context was = g->now;
    gf_node *loss = &g->bad;
    if (L && h && y && loss_rule && (gf_node_is_bad(d) || gf_node_rows(d) == 1)) {
        for (int k = 0; k < count; k++)
            L[k] = loss_of(h[k], y[k], V, d, loss_rule);
        gf_graph_step(g, 0);
        loss = gf_named(gf_sum(gf_vcat(L, count)), "loss");
    }
    gf_context_restore(g, was);
    free((void *)L);
    return loss;
}
