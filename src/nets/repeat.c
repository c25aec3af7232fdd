/* Repeating a step: a recurrent net is one step, over and over, and what has been built once need not be asked again.
 *
 * Building a node by its operation looks at every operand, asks the rule for the shape, looks the name up in a table.
 * But step 7 of a cell is built as step 6 was: the same operations, shapes, names and parameters, in the same order;
 * only x[t] and the states before it are others. So a cell keeps of one step a list, a row a node, in which an operand
 * is a number among what the step knew when the node was built: 0 is x, 1 and 2 the states h and c, then come the
 * parameters, then the step's own nodes. Of h = tanh(x @ U + h0 @ W + b), whose parameters have the numbers 3, 4, 5:
 *
 *     6  matmul 0 3     x @ U
 *     7  matmul 1 4     h0 @ W
 *     8  add    6 7
 *     9  add    8 5     named a
 *    10  tanh   9       named h
 *
 * A step with as many examples is built by that list. It is written when such a step is first built, and good for as
 * long as the cell lives, whatever is rewound: it names no node but parameters, with which the cell would go. Whether a
 * gradient passes to x or to the states changes nothing in it, as one passes to parameters: where one of the step's
 * nodes depends on none of these, there is no list.
 *
 * Only cells whose step is known to be the same every time have a list: those of this library. A kind of somebody
 * else's may do at step 7 what it likes. */
#include "nets/inside.h"

enum { KNOWN = 3 /* x, h and c */ + GF_CELL_PARAMS + GF_REPEATED_MOST };

/* What a step knows before it builds anything; c is NULL where there is none. Returns the number of these. */
static int known_before(gf_node *known[KNOWN], const gf_cell *cell, gf_node *x, gf_state before)
{
    int count = 0;
    known[count++] = x;
    known[count++] = before.h;
    known[count++] = cell->kind->states == 2 ? before.c : NULL;
    for (int k = 0; cell->param[k]; k++)
        known[count++] = cell->param[k];
    return count;
}

static int number_of(gf_node *const known[], int count, const gf_node *node)
{
    int k = 0;
    while (k < count && known[k] != node)
        k++;
    return k;
}

/* Is each of them another? Else an operand could be the one or the other. */
static bool are_distinct(gf_node *const known[], int count)
{
    for (int k = 0; k < count; k++)
        if (number_of(known, count, known[k]) < k)
            return false;
    return true;
}

/* False where no gradient passes to the node, or an operand is none that the step knows. */
static bool write_row(gf_repeated_node *row, const gf_node *node, gf_node *const known[], int count)
{
    *row = (gf_repeated_node){.op = node->op,
                              .attributes = *node->attributes,
                              .plain = node->attributes == &gf_no_attributes,
                              .rows = node->value.rows,
                              .cols = node->value.cols,
                              .name = node->name,
                              .arity = (int)node->arity};
    for (int slot = 0; slot < row->arity; slot++) {
        int number = row->arity <= FEW ? number_of(known, count, gf_operand(node, slot)) : count;
        if (number == count)
            return false;
        row->operands[slot] = (unsigned char)number;
    }
    return row->arity > 0 && gf_node_differentiable(node);
}

void gf_repeat_learn(gf_cell *cell, size_t first, gf_node *x, gf_state before, gf_state after)
{
    gf_graph *g = gf_cell_head(cell)->graph;
    gf_repeated *list = &cell->repeated;
    gf_node *known[KNOWN];
    int count = known_before(known, cell, x, before), begin = count;
    if (!cell->is_alike || !are_distinct(known, count) || g->size - first > GF_REPEATED_MOST)
        return;
    list->count = 0;
    for (size_t id = first; id < g->size; id++, count++) {
        known[count] = gf_node_in(g, id);
        if (!write_row(&list->nodes[count - begin], known[count], known, count))
            return;
    }
    int h = number_of(known, count, after.h), c = number_of(known, count, after.c);
    if (h == count || c == count)
        return;
    list->h = h;
    list->c = c;
    list->examples = gf_node_rows(x);
    list->count = count - begin;
}

bool gf_repeat_can(const gf_cell *cell, const gf_node *x)
{
    return cell->repeated.count && cell->repeated.examples == x->value.rows;
}

gf_state gf_repeat(const gf_cell *cell, gf_node *x, gf_state before)
{
    gf_graph *g = gf_cell_head(cell)->graph;
    const gf_repeated *list = &cell->repeated;
    gf_node *known[KNOWN];
    int count = known_before(known, cell, x, before);
    for (const gf_repeated_node *row = list->nodes; row < list->nodes + list->count; row++) {
        const gf_attributes *attributes = row->plain ? &gf_no_attributes : &row->attributes;
        gf_node *node =
            gf_node_new(g, row->op, row->arity, row->rows, row->cols, attributes, NODE_DIFFERENTIABLE, row->op->name);
        known[count++] = node;
        if (node == &g->bad)
            return (gf_state){.h = node, .c = cell->kind->states == 2 ? node : NULL};
        node->name = row->name;
        for (int slot = 0; slot < row->arity; slot++)
            gf_operand_values(node)[slot] = &known[row->operands[slot]]->value;
    }
    return (gf_state){.h = known[list->h], .c = known[list->c]};
}
