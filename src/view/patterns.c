/* Patterns: which boxes are the same quantity at different steps. A named one is known by scope, name and whether it
 * belongs to time; one without a name by the quantity that it is folded into, its operation, and how many without a
 * name of that quantity stand before it. */
#include <string.h>

#include "view/inside.h"

/* Outside the picture's languages: parts of a key cannot run into each other. */
#define BETWEEN "\x1f"

bool gf_pattern_is_timed(const gf_making *m, const gf_node *node)
{
    return (gf_node_step(node) && !m->sum[gf_node_id(node)]) || gf_is_start(node);
}

/* How long a name is without the index of a start. */
static size_t bare_length(const gf_node *node)
{
    size_t length = strlen(gf_node_name(node));
    int index;
    if (gf_is_start(node))
        gf_split_index(gf_node_name(node), &length, &index);
    return length;
}

static void write_quantity(const gf_making *m, const gf_node *node, gf_text *key)
{
    gf_text_add(key, gf_node_scope(node));
    gf_text_add(key, BETWEEN);
    gf_text_bytes(key, gf_node_name(node), bare_length(node));
    gf_text_add(key, gf_pattern_is_timed(m, node) ? BETWEEN "1" : BETWEEN "0");
}

/* Counts the unnamed of a quantity step by step, and so those of none. 0 without memory. */
static uint32_t count_unnamed(const gf_making *m, gf_index *counts, const gf_node *node)
{
    size_t id = gf_node_id(node), quantity = m->quantity[id];
    uint32_t *count = gf_index_put(counts, quantity == id ? UINT64_MAX : quantity, m->step[id]);
    return count ? ++*count : 0;
}

/* Of boxes of one name outside time, as a program may make them, each is a quantity of its own: h, h′, h″. */
static bool tell_apart(gf_making *m, gf_index *counts, const gf_node *node, gf_text *key)
{
    enum { NAMES = 2 }; /* the unnamed are counted at 0 and 1 */
    if (gf_node_step(node) || gf_pattern_is_timed(m, node))
        return true;
    uint32_t number = key->failed ? UINT32_MAX : gf_names_add(&m->keys, gf_text_string(key));
    uint32_t *count = number == UINT32_MAX ? NULL : gf_index_put(counts, number, NAMES);
    if (!count)
        return false;
    uint32_t again = m->again[gf_node_id(node)] = (*count)++;
    if (again)
        gf_text_print(key, BETWEEN "%u", (unsigned)again);
    return true;
}

const char *gf_name_again(const gf_making *m, const gf_node *node, const char *name)
{
    uint32_t again = m->again[gf_node_id(node)];
    if (!again || !name)
        return name;
    gf_text text = {0};
    gf_text_add(&text, name);
    for (; again > 0; again--)
        gf_text_add(&text, "′");
    const char *copy = text.failed ? NULL : gf_arena_text(&m->view->arena, gf_text_string(&text));
    gf_text_free(&text);
    return copy;
}

/* Every node is counted, but only boxes have a key. */
static bool number_pattern(gf_making *m, gf_index *counts, size_t id, gf_text *key)
{
    const gf_node *node = gf_graph_node(m->g, id);
    bool named = *gf_node_name(node);
    uint32_t ordinal = named ? 0 : count_unnamed(m, counts, node);
    if (!named && !ordinal)
        return false;
    if (m->root[id] != id || gf_is_boxless(m, node))
        return true;
    gf_text_clear(key);
    write_quantity(m, gf_graph_node(m->g, m->quantity[id]), key);
    if (!named)
        gf_text_print(key, BETWEEN "%s" BETWEEN "%u", gf_node_operation(node)->name, (unsigned)ordinal);
    else if (!tell_apart(m, counts, node, key))
        return false;
    uint32_t number = key->failed ? UINT32_MAX : gf_names_add(&m->keys, gf_text_string(key));
    if (number == UINT32_MAX)
        return false;
    m->pattern[id] = number - 1;
    if (!m->kin[number - 1])
        m->kin[number - 1] = node;
    return true;
}

gf_status gf_find_patterns(gf_making *m)
{
    gf_index counts = {0};
    gf_text key = {0};
    bool good = true;
    for (size_t id = 0; id < m->count && good; id++) {
        m->pattern[id] = GF_NOWHERE;
        good = number_pattern(m, &counts, id, &key);
    }
    gf_index_free(&counts);
    gf_text_free(&key);
    return good ? GF_OK : GF_ERROR_MEMORY;
}

/* "layer1.h": scope and so many bytes of the name. */
static const char *scoped_name(gf_view *view, const gf_node *node, size_t length)
{
    gf_text name = {0};
    if (*gf_node_scope(node))
        gf_text_print(&name, "%s.", gf_node_scope(node));
    gf_text_bytes(&name, gf_node_name(node), length);
    const char *copy = name.failed ? NULL : gf_clean_name(view, gf_text_string(&name));
    gf_text_free(&name);
    return copy;
}

const char *gf_pattern_name(gf_view *view, const gf_node *node)
{
    return gf_is_named(node) ? scoped_name(view, node, bare_length(node)) : gf_symbol_of(view, node);
}

const char *gf_variable_of(gf_view *view, const gf_node *node)
{
    size_t length = strlen(gf_node_name(node));
    int index;
    gf_find_index(node, &length, &index);
    return gf_is_named(node) ? scoped_name(view, node, length) : "";
}
