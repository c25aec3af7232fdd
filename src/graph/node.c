/* What can be asked of a node. */
#include <stdio.h>

#include "graph/node.h"

static const gf_context *context_of(const gf_node *node)
{
    return &node->graph->contexts[node->context];
}

bool gf_node_is_bad(const gf_node *node)
{
    return !gf_node_lives(node);
}

/* What a question about the node is answered from: a bad node stands in for NULL, and for one that was dropped, whose
 * attributes and operands are gone. */
static const gf_node *shown(const gf_node *node)
{
    if (!node)
        return &gf_graph_nil()->bad;
    return gf_node_is_dropped(node) ? &node->graph->bad : node;
}

const char *gf_node_fault(const gf_node *node, const gf_graph *g)
{
    if (!node || node->graph != g)
        return node ? "is of another graph" : "is NULL";
    if (gf_node_lives(node))
        return NULL;
    return gf_node_is_dropped(node) ? "was dropped by gf_graph_rewind" : "is bad";
}

gf_status gf_node_check(const gf_node *node, const char *what)
{
    if (gf_node_lives(node))
        return GF_OK;
    if (gf_node_is_dropped(node))
        return gf_graph_fail(node->graph, GF_ERROR_ARGUMENT, "%s: %s %s", what, gf_label(node),
                             gf_node_fault(node, node->graph));
    return node && node->graph->status ? node->graph->status : GF_ERROR_ARGUMENT;
}

gf_node *gf_named(gf_node *node, const char *name)
{
    if (gf_node_check(node, "name"))
        return &gf_node_graph(node)->bad;
    gf_graph *g = node->graph;
    uint32_t number = gf_names_add(&g->names, name);
    if (number == UINT32_MAX) {
        gf_graph_out_of_memory(g, "name");
        return node;
    }
    node->name = number;
    if (g->finder.indexed > node->id) /* the next node of the old name is the first now */
        g->finder.indexed = node->id;
    return node;
}

gf_graph *gf_node_graph(const gf_node *node)
{
    return shown(node)->graph;
}

size_t gf_node_id(const gf_node *node)
{
    return shown(node)->id;
}

const char *gf_node_name(const gf_node *node)
{
    node = shown(node);
    return gf_names_text(&node->graph->names, node->name);
}

const char *gf_node_scope(const gf_node *node)
{
    return gf_node_is_bad(node) ? "" : gf_names_text(&node->graph->names, context_of(node)->scope);
}

int gf_node_step(const gf_node *node)
{
    return gf_node_is_bad(node) ? 0 : context_of(node)->step;
}

int gf_node_rows(const gf_node *node)
{
    return shown(node)->value.rows;
}

int gf_node_cols(const gf_node *node)
{
    return shown(node)->value.cols;
}

const gf_operation *gf_node_operation(const gf_node *node)
{
    return shown(node)->op;
}

const gf_attributes gf_no_attributes = {.size = sizeof gf_no_attributes};

const gf_attributes *gf_node_attributes(const gf_node *node)
{
    return shown(node)->attributes;
}

int gf_node_arity(const gf_node *node)
{
    return (int)shown(node)->arity;
}

gf_node *gf_node_operand(const gf_node *node, int slot)
{
    return slot >= 0 && slot < gf_node_arity(node) ? gf_operand(node, slot) : NULL;
}

bool gf_node_is_param(const gf_node *node)
{
    return gf_node_operation(node) == &gf_leaf_param;
}

bool gf_node_is_input(const gf_node *node)
{
    return gf_node_operation(node) == &gf_leaf_input;
}

bool gf_node_is_given(const gf_node *node)
{
    return gf_node_operation(node) == &gf_leaf_given;
}

bool gf_node_is_constant(const gf_node *node)
{
    return gf_node_operation(node) == &gf_leaf_constant;
}

bool gf_node_differentiable(const gf_node *node)
{
    return gf_node_has(shown(node), NODE_DIFFERENTIABLE);
}

const char *gf_node_why_constant(const gf_node *node)
{
    return gf_node_is_given(node) ? "it is given, which has no gradient: make it with gf_input" : "it is constant";
}

/* "scope." where there is one, then the name, or n and the id, then "[step]" where there is one; of a matrix built
 * outside time (a name such as "h[0]" brings its own index) nothing. Scope and step of a dropped node are gone. */
char *gf_node_label(const gf_node *node, char *text, size_t n)
{
    if (!text || !n)
        return text;
    if (gf_node_is_bad(node) && !gf_node_is_dropped(node)) {
        snprintf(text, n, "%s", node ? "a bad node" : "NULL");
        return text;
    }
    const char *scope = gf_node_scope(node), *name = gf_names_text(&node->graph->names, node->name);
    const char *dot = *scope && *name ? "." : "";
    int step = gf_node_step(node);
    if (!*name)
        snprintf(text, n, "n%u", (unsigned)node->id);
    else if (step)
        snprintf(text, n, "%s%s%s[%d]", scope, dot, name, step);
    else
        snprintf(text, n, "%s%s%s", scope, dot, name);
    return text;
}
