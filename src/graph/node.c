/* What can be asked of a graph, and of a node. */
#include <stdio.h>

#include "graph/node.h"

/* The questions about a graph that a line answers, and the answer for NULL. */
#define ANSWER(type, question, answer, of_null)                                                                        \
    type gf_##question(const gf_graph *g)                                                                              \
    {                                                                                                                  \
        return g ? (answer) : (of_null);                                                                               \
    }

/* clang-format off */
ANSWER(gf_status,    graph_status,        g->status,                              GF_ERROR_ARGUMENT)
ANSWER(const char *, graph_message,       g->message,                             "graph: NULL")
ANSWER(int,          graph_present_step,  g->now.step,                            0)
ANSWER(const char *, graph_present_scope, gf_names_text(&g->names, g->now.scope), "")
ANSWER(size_t,       graph_size,          g->size,                                0)
ANSWER(size_t,       edge_count,          g->record.edge_count,                   0)
ANSWER(size_t,       flow_count,          g->record.flow_count,                   0)
/* clang-format on */

/* Of a bad node none. */
static gf_context context_of(const gf_node *node)
{
    return gf_node_lives(node) ? node->graph->contexts[node->context] : (gf_context){0};
}

/* What a question about the node is answered from: a bad node stands in for NULL, and for one that was dropped, whose
 * attributes and operands are gone. */
static const gf_node *shown(const gf_node *node)
{
    if (!node)
        return &gf_graph_nil.bad;
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
    if (number == UINT32_MAX)
        gf_graph_out_of_memory(g, "name");
    else
        node->name = number;
    if (g->indexed > node->id) /* the next node of the old name is the first now */
        g->indexed = node->id;
    return node;
}

const gf_attributes gf_no_attributes = {.size = sizeof gf_no_attributes};

/* Those about a node. */
#define NODE_ANSWER(type, question, answer)                                                                            \
    type gf_node_##question(const gf_node *asked)                                                                      \
    {                                                                                                                  \
        const gf_node *node = shown(asked);                                                                            \
        return answer;                                                                                                 \
    }

/* clang-format off */
NODE_ANSWER(gf_graph *,            graph,          node->graph)
NODE_ANSWER(size_t,                id,             node->id)
NODE_ANSWER(const char *,          name,           gf_names_text(&node->graph->names, node->name))
NODE_ANSWER(const char *,          scope,          gf_names_text(&node->graph->names, context_of(node).scope))
NODE_ANSWER(int,                   step,           context_of(node).step)
NODE_ANSWER(int,                   rows,           node->value.rows)
NODE_ANSWER(int,                   cols,           node->value.cols)
NODE_ANSWER(const gf_operation *,  operation,      node->op)
NODE_ANSWER(const gf_attributes *, attributes,     node->attributes)
NODE_ANSWER(int,                   arity,          (int)node->arity)
NODE_ANSWER(bool,                  is_param,       node->op == &gf_leaf_param)
NODE_ANSWER(bool,                  is_input,       node->op == &gf_leaf_input)
NODE_ANSWER(bool,                  is_given,       node->op == &gf_leaf_given)
NODE_ANSWER(bool,                  is_constant,    node->op == &gf_leaf_constant)
NODE_ANSWER(bool,                  is_bad,         !gf_node_lives(node))
NODE_ANSWER(bool,                  differentiable, gf_node_has(node, NODE_DIFFERENTIABLE))
/* clang-format on */

gf_node *gf_node_operand(const gf_node *node, int slot)
{
    return slot >= 0 && slot < gf_node_arity(node) ? gf_operand(node, slot) : NULL;
}

const char *gf_node_why_constant(const gf_node *node)
{
    return gf_node_is_given(node) ? "it is given, which has no gradient: make it with gf_input" : "it is constant";
}

/* "scope." where there is one, then the name, or n and the id, then "[step]" where there is one; of a matrix built
 * outside time (a name such as "h[0]" brings its own index) nothing. Scope and step of a dropped node are gone. */
char *gf_node_label(char *text, size_t n, const gf_node *node)
{
    if (!text || !n)
        return text;
    bool bad = gf_node_is_bad(node) && !gf_node_is_dropped(node);
    const char *scope = gf_node_scope(node), *name = bad ? "" : gf_names_text(&node->graph->names, node->name);
    const char *dot = *scope && *name ? "." : "";
    int step = gf_node_step(node);
    if (bad)
        snprintf(text, n, "%s", node ? "a bad node" : "NULL");
    else if (!*name)
        snprintf(text, n, "n%u", (unsigned)node->id);
    else if (step)
        snprintf(text, n, "%s%s%s[%d]", scope, dot, name, step);
    else
        snprintf(text, n, "%s%s%s", scope, dot, name);
    return text;
}
