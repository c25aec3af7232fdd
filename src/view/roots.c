/* Roots: which nodes are one box, and what lies between two nodes. fold.c tells the rule by an example. */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "view/inside.h"

/* Of a node that nothing, and that more than one box, has as an operand. */
static const uint32_t nobody = UINT32_MAX, several = UINT32_MAX - 1;

/* --- names ------------------------------------------------------------------------------ */

bool gf_split_index(const char *name, size_t *length, int *index)
{
    const char *open = strrchr(name, '[');
    if (!open || open == name || !(open[1] == '-' || isdigit((unsigned char)open[1])))
        return false;
    char *end;
    long number = strtol(open + 1, &end, 10);
    if (strcmp(end, "]") != 0 || number <= INT_MIN || number >= INT_MAX)
        return false;
    *length = (size_t)(open - name);
    *index = (int)number;
    return true;
}

bool gf_find_index(const gf_node *node, size_t *length, int *index)
{
    return !gf_node_step(node) && gf_split_index(gf_node_name(node), length, index);
}

bool gf_is_start(const gf_node *node)
{
    size_t length;
    int index;
    return !gf_node_is_constant(node) && gf_find_index(node, &length, &index);
}

bool gf_is_fixed_weight(const gf_making *m, const gf_node *node)
{
    size_t id = gf_node_id(node);
    return m->picture && gf_node_is_given(node) && m->users[id] == m->factors[id] && gf_node_rows(node) > 1 &&
           gf_node_cols(node) > 1;
}

bool gf_is_boxless(const gf_making *m, const gf_node *node)
{
    if (m->level == GF_LEVEL_OPS || !m->users[gf_node_id(node)])
        return false;
    bool weight = gf_is_weight(m, node) || gf_is_fixed_weight(m, node);
    return gf_node_is_constant(node) || (weight && m->options->params != GF_SHOWN);
}

bool gf_is_weight(const gf_making *m, const gf_node *node)
{
    return gf_node_is_param(node) && (m->level == GF_LEVEL_OPS || !gf_is_start(node));
}

bool gf_is_named(const gf_node *node)
{
    return *gf_node_name(node) != '\0';
}

bool gf_is_number(const gf_node *node)
{
    return gf_node_is_constant(node) && !gf_is_named(node) && gf_node_rows(node) * gf_node_cols(node) == 1;
}

bool gf_is_one_of(const gf_node *node, const gf_operation *const list[])
{
    for (; *list; list++)
        if (gf_node_operation(node) == *list)
            return true;
    return false;
}

void gf_find_operations(const gf_operation *out[], const char *const names[], size_t count)
{
    for (size_t k = 0; k < count; k++)
        out[k] = gf_operation_find(names[k]);
    out[count] = NULL;
}

/* --- users -------------------------------------------------------------------------------- */

static void find_users(gf_making *m)
{
    const gf_operation *product = gf_operation_find("matmul");
    for (size_t id = 0; id < m->count; id++) {
        const gf_node *node = gf_graph_node(m->g, id);
        for (int slot = 0; slot < gf_node_arity(node); slot++) {
            size_t operand = gf_node_id(gf_node_operand(node, slot));
            const gf_node *of = gf_node_operand(node, slot);
            m->factors[operand] += gf_node_operation(node) == product && gf_node_step(node) && !gf_node_step(of);
            m->users[operand]++;
            m->user[operand] = (uint32_t)id;
        }
    }
}

/* --- roots -------------------------------------------------------------------------------- */

/* Is it what goes into an activation, which alone uses it, as zf in f = sigmoid(zf)? */
static bool is_preactivation(const gf_making *m, const gf_node *node, const gf_operation *const activations[])
{
    size_t id = gf_node_id(node);
    if (m->users[id] != 1 || !gf_node_arity(node))
        return false;
    const gf_node *user = gf_graph_node(m->g, m->user[id]);
    return gf_is_named(user) && gf_node_step(user) == gf_node_step(node) && gf_is_one_of(user, activations);
}

/* Gives each node of which owns[id] is false, and that one box alone uses, that box; users stand behind, so that those
 * of a node are all known when the loop comes to it. */
static void spread(const gf_making *m, uint32_t *of, const bool *owns)
{
    for (size_t id = 0; id < m->count; id++)
        of[id] = nobody;
    for (size_t id = m->count; id-- > 0;) {
        const gf_node *node = gf_graph_node(m->g, id);
        if (owns[id] || of[id] >= several)
            of[id] = (uint32_t)id;
        for (int slot = 0; slot < gf_node_arity(node); slot++) {
            uint32_t *operand = &of[gf_node_id(gf_node_operand(node, slot))];
            *operand = *operand == nobody || *operand == of[id] ? of[id] : several;
        }
    }
}

/* What is named is a box; but for what is a preactivation at all steps, so that these look alike: not c in h = tanh(c),
 * whose last one alone nothing else uses. */
static gf_status find_boxes(gf_making *m, bool *owns, bool all)
{
    static const char *const names[] = {"tanh", "sigmoid", "relu"};
    const gf_operation *activations[4];
    gf_find_operations(activations, names, 3);
    for (size_t id = 0; id < m->count; id++)
        owns[id] = gf_is_named(gf_graph_node(m->g, id));
    spread(m, m->quantity, owns);
    gf_names boxes = {0};
    bool failed = false;
    for (size_t id = 0; id < m->count; id++) {
        const gf_node *node = gf_graph_node(m->g, id);
        if (owns[id] && !is_preactivation(m, node, activations))
            failed |= gf_names_add(&boxes, gf_node_name(node)) == UINT32_MAX;
    }
    for (size_t id = 0; id < m->count; id++)
        owns[id] = all || (owns[id] && gf_names_find(&boxes, gf_node_name(gf_graph_node(m->g, id))) != UINT32_MAX);
    gf_names_free(&boxes);
    spread(m, m->root, owns);
    if (!m->open || failed)
        return failed ? GF_ERROR_MEMORY : GF_OK;
    gf_status status = gf_open_equations(m, owns);
    spread(m, m->root, owns);
    return status;
}

/* --- what lies between ------------------------------------------------------------------------ */

static void find_between(gf_making *m, bool *leads)
{
    const gf_node *from = m->options->from, *to = m->options->to;
    for (size_t id = 0; id < m->count; id++) {
        const gf_node *node = gf_graph_node(m->g, id);
        bool *between = &m->between[id];
        *between = !from || node == from;
        for (int slot = 0; slot < gf_node_arity(node) && !*between; slot++)
            *between = m->between[gf_node_id(gf_node_operand(node, slot))];
    }
    memset(leads, !to, m->count);
    for (size_t id = m->count; id-- > 0;) {
        const gf_node *node = gf_graph_node(m->g, id);
        leads[id] |= node == to;
        for (int slot = 0; slot < gf_node_arity(node) && leads[id]; slot++)
            leads[gf_node_id(gf_node_operand(node, slot))] = true;
        m->between[id] &= leads[id];
    }
}

/* Is it one of several additions one after the other, or a leaf of them, without a name? */
static bool is_added_on(const gf_making *m, const gf_node *node)
{
    const gf_node *user = gf_graph_node(m->g, m->user[gf_node_id(node)]);
    return !gf_is_named(node) && gf_is_one_of(user, m->additions) &&
           (!gf_node_arity(node) || gf_is_one_of(node, m->additions));
}

/* Every operation is a box, but for those of a sum over time, which is one in a picture: else it would be a staircase.
 */
static gf_status unfold(gf_making *m, bool *owns)
{
    for (size_t id = 0; id < m->count; id++)
        owns[id] = !is_added_on(m, gf_graph_node(m->g, id));
    spread(m, m->root, owns);
    gf_status status = gf_find_sums(m);
    for (size_t id = 0; id < m->count; id++)
        owns[id] = m->root[id] == id || !m->sum[m->root[id]];
    spread(m, m->root, owns);
    return status;
}

gf_status gf_find_roots(gf_making *m)
{
    bool *owns = gf_arena_get(&m->arena, m->count * sizeof *owns);
    if (!owns)
        return GF_ERROR_MEMORY;
    gf_find_additions(m);
    find_users(m);
    bool ops = m->level == GF_LEVEL_OPS;
    gf_status status = gf_find_standing(m);
    if (!status)
        status = find_boxes(m, owns, ops && !m->picture);
    if (!status && (!ops || m->picture))
        status = ops ? unfold(m, owns) : gf_find_sums(m);
    if (!status)
        find_between(m, owns);
    return status;
}
