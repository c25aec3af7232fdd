/* Applying operations: shapes are checked and the node appended now, its value is worked out when it is asked for. */
#include <math.h>
#include <stdio.h>

#include "base/grow.h"
#include "base/sized.h"
#include "graph/ahead.h"
#include "graph/node.h"
#include "ops/ops.h"

enum { LABEL = 64, OPERANDS_SHOWN = 4, MOST_OPERANDS = 1 << 24 /* node->arity */ };

/* --- what can be wrong -------------------------------------------------------- */

/* The graph of the first living operand; else that of a bad one; else the nil graph. */
static gf_graph *graph_of(gf_node *const operands[], int count)
{
    gf_graph *g = &gf_graph_nil;
    for (int k = 0; operands && k < count; k++) {
        if (gf_node_lives(operands[k]))
            return operands[k]->graph;
        if (operands[k] && g == &gf_graph_nil)
            g = operands[k]->graph;
    }
    return g;
}

/* "matmul: U is 4 x 4, x[2] is 3 x 1: <why> (step 2)". */
static gf_status refuse_shapes(gf_graph *g, const gf_call *call, const char *why)
{
    char text[OPERANDS_SHOWN * (LABEL + 32)] = "", label[LABEL];
    size_t at = 0;
    for (int k = 0; k < call->arity && k < OPERANDS_SHOWN; k++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s is %d x %d", k ? ", " : "",
                               gf_node_label(label, sizeof label, (const gf_node *)call->in[k]), call->in[k]->rows,
                               call->in[k]->cols);
    return gf_graph_fail_here(g, GF_ERROR_SHAPE, "%s: %s%s: %s", call->op->name, text,
                              call->arity > OPERANDS_SHOWN ? ", …" : "", why);
}

/* What is wrong with an argument, with the step behind it. */
#define WRONG(...) gf_graph_fail_here(g, GF_ERROR_ARGUMENT, __VA_ARGS__)

/* NULL, bad, dropped, or another graph's is an error. A bad operand of this graph has been reported already. */
static gf_status check_operands(gf_graph *g, const gf_operation *op, gf_node *const operands[], int count)
{
    for (int k = 0; k < count; k++) {
        if (gf_node_lives(operands[k]) && operands[k]->graph == g)
            continue;
        const char *fault = gf_node_fault(operands[k], g);
        if (!operands[k])
            return WRONG("%s: operand %d %s", op->name, k, fault);
        return operands[k] == &g->bad ? GF_ERROR_ARGUMENT
                                      : WRONG("%s: operand %d, %s, %s", op->name, k, gf_label(operands[k]), fault);
    }
    return GF_OK;
}

/* Is the row whole, and does it take so many operands? */
static gf_status check_row(gf_graph *g, const gf_operation *op, int count, const gf_attributes *attributes)
{
    bool any = op && op->arity == GF_ARITY_ANY;
    if (!op || !op->name)
        return WRONG("apply: the operation has no name");
    if (!gf_sized_reaches(op, one_column))
        return WRONG("%s: the size of its row is %zu: write .size = sizeof(gf_operation)", op->name, op->size);
    if (!gf_sized_reaches(attributes, last))
        return WRONG("%s: the size of its attributes is %zu: write .size = sizeof(gf_attributes)", op->name,
                     attributes->size);
    if (!op->forward)
        return WRONG("%s: the operation has no forward", op->name);
    if (!any && (op->arity < 1 || op->arity > GF_SLOTS))
        return WRONG("%s: its arity is %d, not 1 to %d, nor any", op->name, op->arity, GF_SLOTS);
    if (!any && count != op->arity)
        return WRONG("%s: %d operands, not %d", op->name, count, op->arity);
    if (count >= MOST_OPERANDS)
        return gf_graph_fail_here(g, GF_ERROR_LIMIT, "%s: %d operands are too many", op->name, count);
    return GF_OK;
}

/* --- the shape, by the operation's rule ------------------------------------------ */

static bool shape_of(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    for (int k = 0; k < call->arity && !call->op->empty_parts; k++)
        if (!call->in[k]->rows || !call->in[k]->cols)
            return gf_refuse(why, "only a part of a concatenation may have no rows or columns");
    *rows = call->in[0]->rows;
    *cols = call->in[0]->cols;
    if (call->op->shape && !call->op->shape(call, rows, cols, why))
        return false;
    return (*rows >= 1 && *cols >= 1) || gf_refuse(why, "the result would be %d x %d", *rows, *cols);
}

/* Makes the operands the call's, and asks the shape rule. */
static gf_status find_shape(gf_graph *g, gf_call *call, gf_node *const operands[], int *rows, int *cols)
{
    char why[GF_WHY];
    why[0] = '\0';
    if (!gf_grow(&g->in, &g->in_room, (size_t)call->arity))
        return gf_graph_out_of_memory(g, call->op->name);
    for (int k = 0; k < call->arity; k++)
        g->in[k] = &operands[k]->value;
    call->in = g->in;
    return shape_of(call, rows, cols, why) ? GF_OK : refuse_shapes(g, call, why);
}

static unsigned flags_of(const gf_operation *op, gf_node *const operands[], int count)
{
    for (int k = 0; k < count; k++)
        if (op->vjp[op->arity == GF_ARITY_ANY ? 0 : k] && gf_node_has(operands[k], NODE_DIFFERENTIABLE))
            return NODE_DIFFERENTIABLE;
    return 0;
}

gf_node *gf_apply(const gf_operation *op, gf_node *const operands[], int count, const gf_attributes *attributes)
{
    gf_graph *g = graph_of(operands, count);
    if (!attributes)
        attributes = &gf_no_attributes;
    if (g == &gf_graph_nil || check_row(g, op, count, attributes) || check_operands(g, op, operands, count))
        return &g->bad;
    gf_call call = {.arity = count, .op = op, .p = attributes};
    int rows, cols;
    if (find_shape(g, &call, operands, &rows, &cols))
        return &g->bad;
    if (op->one_column && operands[0]->value.cols == 1)
        op = op->one_column;
    unsigned flags = flags_of(op, operands, count);
    gf_node *node = gf_node_new(g, op, count, rows, cols, attributes, flags, op->name);
    if (node != &g->bad)
        memcpy((void *)gf_operand_values(node), (const void *)call.in, (size_t)count * sizeof *call.in);
    return node;
}

/* --- values ------------------------------------------------------------------------ */

void gf_graph_evaluate(gf_graph *g, size_t id)
{
    for (; g->evaluated <= id; g->evaluated++) {
        gf_look_ahead(g, g->evaluated, GF_UP_THE_ROW);
        gf_node *node = gf_node_in(g, g->evaluated);
        gf_call call = gf_node_call(node);
        if (node->op->forward)
            node->op->forward(&node->value, &call);
    }
}

const gf_matrix *gf_value(gf_node *node)
{
    if (gf_node_check(node, "value"))
        return NULL;
    gf_graph_evaluate(node->graph, node->id);
    return &node->value;
}

double gf_scalar(const gf_matrix *m)
{
    return m && m->rows == 1 && m->cols == 1 ? m->data[0] : NAN;
}

gf_status gf_forward(gf_graph *g)
{
    if (!g || g == &gf_graph_nil)
        return g ? GF_ERROR_MEMORY : GF_ERROR_ARGUMENT;
    if (g->size)
        gf_graph_evaluate(g, g->size - 1);
    return GF_OK;
}
