/* Nodes by name, step and scope: an index of the first node of each, made when one is first asked for.
 *
 * The index knows the nodes before number `indexed`, and takes in the newer ones whenever it is asked. An entry says
 * "node id was the first of this name at this step, in this scope". After a rewind the place of that node may be free,
 * or another's: so whoever reads an entry looks at the node, and an entry that is not true counts as none. After a node
 * got another name, those from it on are taken in again. */
#include "graph/node.h"

/* In the place of a scope's number: whichever it is. */
static const uint32_t any_scope = UINT32_MAX - 1;

/* The node of an entry, if that is true. */
static gf_node *known(const gf_graph *g, uint32_t entry, uint32_t name, uint32_t scope, int step)
{
    gf_node *node = entry && entry - 1 < g->indexed ? gf_node_in(g, entry - 1) : NULL;
    gf_context at = node ? g->contexts[node->context] : (gf_context){0};
    bool holds = node && node->name == name && at.step == step && (scope == any_scope || at.scope == scope);
    return holds ? node : NULL;
}

static uint64_t key_of(uint32_t name, uint32_t scope)
{
    return (uint64_t)name << 32 | scope;
}

/* Takes in a named node, in its scope and in any; false without memory. */
static bool take_in(gf_graph *g, const gf_node *node)
{
    const gf_context *context = &g->contexts[node->context];
    const uint32_t scopes[] = {any_scope, context->scope};
    for (int k = 0; k < 2; k++) {
        uint32_t *entry = gf_index_put(&g->first_of, key_of(node->name, scopes[k]), (uint32_t)context->step);
        if (!entry)
            return false;
        if (!known(g, *entry, node->name, scopes[k], context->step))
            *entry = node->id + 1;
    }
    return true;
}

gf_node *gf_graph_find_in(gf_graph *g, const char *scope, const char *name, int step)
{
    uint32_t called = gf_names_find(&g->names, name), where = scope ? gf_names_find(&g->names, scope) : any_scope;
    if (!called || called == UINT32_MAX || where == UINT32_MAX)
        return NULL;
    for (; g->indexed < g->size; g->indexed++) {
        const gf_node *node = gf_node_in(g, g->indexed);
        if (node->name && !take_in(g, node)) {
            gf_graph_out_of_memory(g, "find");
            return NULL;
        }
    }
    return known(g, gf_index_get(&g->first_of, key_of(called, where), (uint32_t)step), called, where, step);
}

/* The index is no part of what a graph is: looking up in it leaves the graph as it was, but for want of memory. */
gf_node *gf_graph_find(const gf_graph *g, const char *name, int step)
{
    return g ? gf_graph_find_in((gf_graph *)g, NULL, name, step) : NULL;
}
