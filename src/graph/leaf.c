/* Leaves: parameters, inputs, what is given and constants, and how their values are set. */
#include "graph/node.h"

static gf_node *leaf(gf_graph *g, const gf_operation *op, const char *name, int rows, int cols, int smallest)
{
    if (!g || g == &gf_graph_nil)
        return &gf_graph_nil.bad;
    const char *shown = name && *name ? name : op->name;
    if (rows < smallest || cols < smallest) {
        gf_graph_fail(g, GF_ERROR_SHAPE, "%s: %s cannot be %d x %d: a matrix has at least %s", op->name, shown, rows,
                      cols, smallest ? "one row and one column" : "0 rows and 0 columns");
        return &g->bad;
    }
    unsigned flags = op == &gf_leaf_constant || op == &gf_leaf_given ? 0 : NODE_DIFFERENTIABLE;
    return gf_named(gf_node_new(g, op, 0, rows, cols, &gf_no_attributes, flags, shown), name);
}

/* The row of leaves, and of those whose value may be set what makes one. */
#define ROW(kind, text) const gf_operation gf_leaf_##kind = {.size = sizeof(gf_operation), .name = #kind, .doc = text};
#define LEAF(kind, text)                                                                                               \
    ROW(kind, text)                                                                                                    \
    gf_node *gf_##kind(gf_graph *g, const char *name, int rows, int cols)                                              \
    {                                                                                                                  \
        return leaf(g, &gf_leaf_##kind, name, rows, cols, 1);                                                          \
    }

LEAF(param, "A trained matrix.")
LEAF(input, "An input.")
LEAF(given, "An input whose gradient nobody wants.")
ROW(constant, "A constant.")

gf_node *gf_constant(gf_graph *g, const char *name, const gf_matrix *value)
{
    const char *fault = gf_matrix_fault(value);
    if (g && fault) {
        gf_graph_fail(g, GF_ERROR_ARGUMENT, "constant: the value of %s %s", name && *name ? name : "a constant", fault);
        return &g->bad;
    }
    gf_node *node = leaf(g, &gf_leaf_constant, name, fault ? 0 : value->rows, fault ? 0 : value->cols, 0);
    if (!gf_node_is_bad(node))
        gf_matrix_copy(&node->value, value);
    return node;
}

static void fill(gf_matrix *m, double number)
{
    for (size_t k = 0, entries = gf_matrix_size(m); k < entries; k++)
        m->data[k] = number;
}

gf_node *gf_fill(gf_graph *g, const char *name, int rows, int cols, double number)
{
    gf_node *node = leaf(g, &gf_leaf_constant, name, rows, cols, 0);
    if (!gf_node_is_bad(node))
        fill(&node->value, number);
    return node;
}

gf_node *gf_zeros(gf_graph *g, const char *name, int rows, int cols)
{
    return gf_fill(g, name, rows, cols, 0);
}

gf_node *gf_ones(gf_graph *g, const char *name, int rows, int cols)
{
    return gf_fill(g, name, rows, cols, 1);
}

gf_node *gf_eye(gf_graph *g, const char *name, int n)
{
    gf_node *node = leaf(g, &gf_leaf_constant, name, n, n, 0);
    for (int i = 0; !gf_node_is_bad(node) && i < n; i++)
        gf_row(&node->value, i)[i] = 1;
    return node;
}

gf_status gf_leaf_open(gf_node *leaf, const char *what)
{
    gf_status status = gf_node_check(leaf, what);
    if (status)
        return status;
    if (!gf_node_may_be_set(leaf))
        return gf_graph_fail(leaf->graph, GF_ERROR_ARGUMENT, "%s: %s is neither a parameter nor an input", what,
                             gf_label(leaf));
    if (leaf->graph->evaluated > leaf->id)
        leaf->graph->evaluated = leaf->id;
    return GF_OK;
}

gf_status gf_set(gf_node *leaf, const gf_matrix *value)
{
    gf_status status = gf_leaf_open(leaf, "set");
    if (status)
        return status;
    const char *fault = gf_matrix_fault(value);
    if (fault)
        return gf_graph_fail(leaf->graph, GF_ERROR_ARGUMENT, "set: the value for %s %s", gf_label(leaf), fault);
    if (gf_matrix_copy(&leaf->value, value))
        return gf_graph_fail(leaf->graph, GF_ERROR_SHAPE, "set: %s is %d x %d, the value is %d x %d", gf_label(leaf),
                             leaf->value.rows, leaf->value.cols, value->rows, value->cols);
    return GF_OK;
}

gf_status gf_set_scalar(gf_node *leaf, double number)
{
    gf_status status = gf_leaf_open(leaf, "set");
    if (!status)
        fill(&leaf->value, number);
    return status;
}

gf_status gf_set_entry(gf_node *leaf, int i, int j, double number)
{
    gf_status status = gf_leaf_open(leaf, "set");
    if (status)
        return status;
    if (i < 0 || j < 0 || i >= leaf->value.rows || j >= leaf->value.cols)
        return gf_graph_fail(leaf->graph, GF_ERROR_ARGUMENT, "set: entry (%d, %d) of %s, which is %d x %d", i, j,
                             gf_label(leaf), leaf->value.rows, leaf->value.cols);
    gf_row(&leaf->value, i)[j] = number;
    return GF_OK;
}
