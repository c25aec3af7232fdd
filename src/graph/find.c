/* Nodes by name, step and scope: a hash table of the first node of each, made when one is first asked for.
 *
 * The table knows the nodes before number `indexed`, and takes in the newer ones whenever it is asked. An entry says
 * "node id was the first of this name at this step, in this scope". After a rewind the place of that node may be free,
 * or another's: so whoever reads an entry looks at the node, and an entry that is not true counts as none. */
#include <stdlib.h>

#include "graph/node.h"

enum { SMALLEST_ROOM = 64 };

/* In the place of a scope's number: whichever it is. */
static const uint32_t any_scope = UINT32_MAX;

struct gf_found {
    uint32_t name; /* 0: a free place */
    uint32_t scope;
    int step;
    uint32_t id;
};

typedef struct gf_found entry;

static uint32_t scope_of(const gf_node *node)
{
    return node->graph->contexts[node->context].scope;
}

static bool is_true(const gf_graph *g, const entry *e)
{
    if (e->id >= g->finder.indexed)
        return false;
    const gf_node *node = gf_node_in(g, e->id);
    bool in_scope = e->scope == any_scope || scope_of(node) == e->scope;
    return in_scope && node->name == e->name && gf_node_step(node) == e->step;
}

/* Where an entry is, or belongs (linear probing; Fibonacci hashing, Knuth 6.4). */
static entry *place_of(const gf_finder *finder, const entry *wanted)
{
    uint64_t key = ((uint64_t)wanted->name << 32 | (uint32_t)wanted->step) ^ (uint64_t)wanted->scope << 20;
    size_t last = finder->room - 1, at = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 32) & last;
    for (;; at = (at + 1) & last) {
        entry *e = &finder->entries[at];
        if (!e->name || (e->name == wanted->name && e->scope == wanted->scope && e->step == wanted->step))
            return e;
    }
}

static bool make_room(gf_finder *finder)
{
    if (2 * finder->count < finder->room)
        return true;
    gf_finder larger = {.room = finder->room ? 2 * finder->room : SMALLEST_ROOM, .count = finder->count};
    larger.entries = calloc(larger.room, sizeof *larger.entries);
    if (!larger.entries)
        return false;
    for (size_t k = 0; k < finder->room; k++)
        if (finder->entries[k].name)
            *place_of(&larger, &finder->entries[k]) = finder->entries[k];
    larger.indexed = finder->indexed;
    free(finder->entries);
    *finder = larger;
    return true;
}

/* Takes in a named node, as that of a scope, or of any; false without memory. */
static bool take_in_as(gf_graph *g, const gf_node *node, uint32_t scope)
{
    gf_finder *finder = &g->finder;
    if (!make_room(finder))
        return false;
    entry new = {.name = node->name, .scope = scope, .step = gf_node_step(node), .id = node->id};
    entry *e = place_of(finder, &new);
    finder->count += !e->name;
    if (!e->name || !is_true(g, e) || e->id > node->id)
        *e = new;
    return true;
}

static bool take_in(gf_graph *g, const gf_node *node)
{
    return take_in_as(g, node, any_scope) && take_in_as(g, node, scope_of(node));
}

void gf_finder_rename(gf_node *node, uint32_t name)
{
    gf_finder *finder = &node->graph->finder;
    bool known = node->id < finder->indexed, first = known && node->name; /* perhaps the first of its old name */
    node->name = name;
    if (first || (known && name && !take_in(node->graph, node)))
        finder->indexed = 0;
}

void gf_finder_rewind(gf_finder *finder, size_t mark)
{
    finder->indexed = finder->indexed < mark ? finder->indexed : mark;
}

size_t gf_finder_memory(const gf_finder *finder)
{
    return finder->room * sizeof *finder->entries;
}

void gf_finder_free(gf_finder *finder)
{
    free(finder->entries);
    *finder = (gf_finder){0};
}

static gf_node *scan(const gf_graph *g, const entry *wanted)
{
    for (size_t id = 0; id < g->size; id++) {
        gf_node *node = gf_node_in(g, id);
        bool in_scope = wanted->scope == any_scope || scope_of(node) == wanted->scope;
        if (in_scope && node->name == wanted->name && gf_node_step(node) == wanted->step)
            return node;
    }
    return NULL;
}

/* Without a name, and without memory, it looks at one node after the other. */
static gf_node *find(gf_graph *g, const entry *wanted)
{
    if (!wanted->name)
        return scan(g, wanted);
    for (gf_finder *finder = &g->finder; finder->indexed < g->size; finder->indexed++) {
        gf_node *node = gf_node_in(g, finder->indexed);
        if (node->name && !take_in(g, node))
            return scan(g, wanted);
    }
    const entry *e = g->finder.room ? place_of(&g->finder, wanted) : NULL;
    return e && e->name && is_true(g, e) ? gf_node_in(g, e->id) : NULL;
}

gf_node *gf_graph_find_in(gf_graph *g, const char *scope, const char *name, int step)
{
    entry wanted = {.name = gf_names_find(&g->names, name), .scope = gf_names_find(&g->names, scope), .step = step};
    return wanted.name == UINT32_MAX || wanted.scope == UINT32_MAX ? NULL : find(g, &wanted);
}

/* The table is no part of what a graph is: looking up in it leaves the graph as it was. */
gf_node *gf_graph_find(const gf_graph *g, const char *name, int step)
{
    entry wanted = {.name = g ? gf_names_find(&g->names, name) : UINT32_MAX, .scope = any_scope, .step = step};
    return wanted.name == UINT32_MAX ? NULL : find((gf_graph *)g, &wanted);
}
