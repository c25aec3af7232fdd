/* Opening: which equations become their operations on a textbook page, c = f * c' + i * g, say: those without a matrix
 * product whose operands are named quantities alone, of several operations. Numbers may stand in them. */
#include "view/inside.h"

enum { LEAST = 2, MOST = 8 }; /* operations: one is the equation itself, more would fill the page */

/* What is known of a quantity. */
typedef struct inquiry {
    uint32_t operations;
    bool closed; /* a matrix product, or an operand without a name, or a parameter */
} inquiry;

static bool is_operand_named(const gf_making *m, const gf_node *operand)
{
    bool weight = gf_node_is_param(operand) && !gf_is_start(operand);
    return *gf_node_name(operand) && !weight && m->root[gf_node_id(operand)] == gf_node_id(operand);
}

static void see(const gf_making *m, inquiry *of, const gf_node *node, const gf_operation *product)
{
    uint32_t root = m->root[gf_node_id(node)];
    of[root].operations++;
    of[root].closed |= gf_node_operation(node) == product;
    for (int slot = 0; slot < gf_node_arity(node); slot++) {
        const gf_node *operand = gf_node_operand(node, slot);
        bool inside = m->root[gf_node_id(operand)] == root;
        of[root].closed |= !inside && !gf_node_is_constant(operand) && !is_operand_named(m, operand);
    }
}

gf_status gf_open_equations(gf_making *m, bool *owns)
{
    const gf_operation *product = gf_operation_find("matmul");
    inquiry *of = gf_arena_get(&m->arena, m->count * sizeof *of);
    if (!of)
        return GF_ERROR_MEMORY;
    for (size_t id = 0; id < m->count; id++)
        if (gf_node_arity(gf_graph_node(m->g, id)))
            see(m, of, gf_graph_node(m->g, id), product);
    for (size_t id = 0; id < m->count; id++) {
        const gf_node *node = gf_graph_node(m->g, id);
        const inquiry *root = &of[m->root[id]];
        bool named = *gf_node_name(gf_graph_node(m->g, m->root[id])) != '\0';
        if (!gf_node_arity(node) || !named || root->closed || root->operations < LEAST || root->operations > MOST)
            continue;
        owns[id] = true;
        m->opened[id] = m->root[id] == id;
    }
    return GF_OK;
}
