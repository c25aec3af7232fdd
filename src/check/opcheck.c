/* The check of one operation: each vjp keeps its contract, and agrees with central differences. */
#include <math.h>
#include <stdio.h>

#include "check/gradcheck.h"

enum { DEFAULT_ROWS = 3, DEFAULT_COLS = 4, OPERANDS_MOST = 8 };

static void normals(gf_graph *g, gf_matrix *m)
{
    for (size_t k = 0; k < gf_matrix_size(m); k++)
        m->data[k] = gf_random_normal(&g->random);
}

static gf_node *operand_of(gf_graph *g, const gf_matrix *given, int slot)
{
    char name[2] = {(char)('a' + slot), '\0'};
    gf_node *x = gf_input(g, name, given ? given->rows : DEFAULT_ROWS, given ? given->cols : DEFAULT_COLS);
    if (gf_node_is_bad(x))
        return x;
    if (given)
        gf_set(x, given);
    else
        normals(g, &x->value);
    return x;
}

/* sum(R * y), which makes every entry of y count, and differently. */
static gf_node *weighted_sum(gf_graph *g, gf_node *y)
{
    gf_node *R = gf_input(g, "R", gf_node_rows(y), gf_node_cols(y));
    if (!gf_node_is_bad(R))
        normals(g, &R->value);
    return gf_sum(gf_mul(R, y));
}

/* --- the contract: out = beta * out + contribution ---------------------------------------- */

/* What a vjp makes of what stands in out, for both values of beta. */
typedef struct contract {
    gf_matrix overwritten, added, wanted; /* with beta 0; with beta 1; what that should be */
} contract;

static gf_status apply_vjp(contract *c, gf_node *y, int slot)
{
    const gf_matrix *x = &gf_node_operand(y, slot)->value;
    gf_matrix *all[] = {&c->overwritten, &c->added, &c->wanted};
    for (int k = 0; k < 3; k++)
        if (gf_matrix_new(all[k], x->rows, x->cols))
            return GF_ERROR_MEMORY;
    for (size_t k = 0; k < gf_matrix_size(x); k++)
        c->overwritten.data[k] = NAN;
    normals(y->graph, &c->added);
    gf_matrix_copy(&c->wanted, &c->added);
    gf_call call = gf_node_call(y);
    gf_call_slot(&call, slot);
    gf_node_vjp(y, slot)(&c->overwritten, 0, &y->gradient, &call, slot);
    gf_node_vjp(y, slot)(&c->added, 1, &y->gradient, &call, slot);
    for (size_t k = 0; k < gf_matrix_size(x); k++)
        c->wanted.data[k] += c->overwritten.data[k];
    return GF_OK;
}

/* Is the contract broken? A contribution that is not finite the differences will judge. */
static bool breaks(gf_comparison *out, const contract *c, const gf_matrix *gradient)
{
    bool finite = isfinite(gf_matrix_max(gradient));
    const char *how = "with beta = 0 it uses what out holds, NaN too";
    gf_compare(out, &c->overwritten, gradient);
    if (out->match && finite) {
        how = "with beta = 1 it does not add to what out holds";
        gf_compare(out, &c->added, &c->wanted);
    }
    if (out->match || !finite)
        return false;
    snprintf(out->text, sizeof out->text, "MISMATCH, %s: entry (%d, %d) is %.6g, not %.6g", how, out->row, out->col,
             out->a, out->b);
    return true;
}

static gf_status check_slot(gf_check *out, gf_node *y, gf_node *loss, int slot)
{
    gf_node *x = gf_node_operand(y, slot);
    contract c = {{0}, {0}, {0}};
    gf_comparison one;
    gf_status status = apply_vjp(&c, y, slot);
    if (status)
        gf_graph_out_of_memory(y->graph, "operation check");
    else if (breaks(&one, &c, &x->gradient))
        gf_check_take(out, &one, NULL, slot);
    else
        status = gf_check_leaf(out, loss, x, slot, 0);
    gf_matrix_free(&c.overwritten);
    gf_matrix_free(&c.added);
    gf_matrix_free(&c.wanted);
    return status;
}

static gf_status check_operands(gf_check *out, gf_node *y, gf_node *loss)
{
    gf_status status = gf_backward(loss, 0);
    for (int slot = 0; slot < gf_node_arity(y) && !status; slot++)
        if (gf_node_vjp(y, slot))
            status = check_slot(out, y, loss, slot);
    return status;
}

/* --- all of it ----------------------------------------------------------------------------- */

static gf_status check(gf_check *out, const gf_operation *op, const gf_matrix *const operands[], int count,
                       const gf_attributes *attributes)
{
    gf_graph *g = gf_graph_new();
    gf_node *x[OPERANDS_MOST];
    if (!operands && op)
        count = op->arity == GF_ARITY_ANY ? 2 : op->arity;
    for (int k = 0; k < count && k < OPERANDS_MOST; k++)
        x[k] = operand_of(g, operands ? operands[k] : NULL, k);
    gf_node *y = count > OPERANDS_MOST ? NULL : gf_apply(op, x, count, attributes), *loss = NULL;
    if (gf_node_differentiable(y))
        loss = weighted_sum(g, y);
    gf_status status = gf_graph_status(g);
    if (!status && gf_node_is_bad(y))
        status = GF_ERROR_ARGUMENT;
    if (!status && loss)
        status = check_operands(out, y, loss);
    if (status)
        snprintf(out->worst.text, sizeof out->worst.text, "%.*s", (int)sizeof out->worst.text - 1,
                 gf_graph_status(g) ? gf_graph_message(g) : "operation check: it takes 1 to 8 operands");
    out->leaf = NULL;
    gf_graph_free(g);
    return status;
}

gf_status gf_operation_check_sized(gf_check *out, size_t size, const gf_operation *op,
                                   const gf_matrix *const operands[], int count, const gf_attributes *attributes)
{
    gf_check own;
    gf_check_start(&own);
    gf_status status = out ? check(&own, op, operands, count, attributes) : GF_ERROR_ARGUMENT;
    gf_check_give(out, size, &own);
    return status;
}
