/* In which step a node stands. A loss is L[1] + L[2], that + L[3], and so on, of no step. Behind the steps they were a
 * staircase of as many lines as there are steps. Each addition stands in the step of what it adds instead, and that
 * does so, too, with a name or without, so that they form a rail:
 *
 *                      + ------> + ------> loss
 *                      |         |         |
 *            L[1] -----+ L[2]    + L[3]    + L[4]
 *
 * Products over time stand like sums. */
#include <string.h>

#include "view/inside.h"

/* A node by what it is made of. Where two of the same kind are added up, or multiplied, that is one more of them; so
 * what comes to a total over time, ((q[1] + q[2]) + q[3]) + …, is an addition of two of a kind, of different steps. */
typedef struct making {
    uint64_t kind; /* the same of the same operations on the same quantities */
    uint32_t last; /* the latest step that it reads */
    bool over;     /* over time */
} making;

static uint64_t mix(uint64_t kind, uint64_t more)
{
    kind = (kind ^ more) * UINT64_C(0x9e3779b97f4a7c15);
    return kind ^ kind >> 32;
}

/* h[0] is of the kind of h. */
static uint64_t mix_name(uint64_t kind, const char *name, const char *end)
{
    for (; *name && name != end; name++)
        kind = mix(kind, (unsigned char)*name);
    return kind;
}

static uint64_t kind_of(const gf_node *node)
{
    const char *name = gf_node_name(node);
    uint64_t scope = mix_name(1, gf_node_scope(node), NULL);
    return *name ? mix_name(mix(scope, 1), name, strrchr(name, '[')) : mix_name(1, gf_node_operation(node)->name, NULL);
}

static void find_making(making *all, const gf_node *node, const gf_operation *const joining[])
{
    making *own = &all[gf_node_id(node)];
    *own = (making){kind_of(node), (uint32_t)gf_node_step(node), false};
    bool inside = gf_node_arity(node) && !gf_is_named(node);
    for (int slot = 0; slot < gf_node_arity(node); slot++) {
        const making *operand = &all[gf_node_id(gf_node_operand(node, slot))];
        own->kind = inside ? mix(own->kind, operand->kind) : own->kind;
        own->last = inside && operand->last > own->last ? operand->last : own->last;
    }
    if (gf_node_arity(node) != 2 || !gf_is_one_of(node, joining))
        return;
    const making *a = &all[gf_node_id(gf_node_operand(node, 0))], *b = &all[gf_node_id(gf_node_operand(node, 1))];
    own->over = a->kind == b->kind && a->last != b->last;
    own->kind = inside && a->kind == b->kind ? a->kind : own->kind;
}

/* Without a name, and not built within a step. */
static bool is_free(const gf_node *node)
{
    return !gf_is_named(node) && !gf_node_step(node);
}

/* What a node in a step is made of stands there, and what comes to a total over time in the latest step that it reads.
 * What several steps use stands in the first of them, if it reads any. */
static void stand(gf_making *m, const making *all, const gf_node *node)
{
    size_t id = gf_node_id(node);
    uint32_t latest = 0;
    bool inside = is_free(node) && m->step[id], total = all[id].over && !inside && !gf_node_step(node);
    for (int slot = 0; slot < gf_node_arity(node) && (inside || total); slot++) {
        const gf_node *operand = gf_node_operand(node, slot);
        size_t from = gf_node_id(operand);
        bool goes_on = all[from].over && gf_node_operation(operand) == gf_node_operation(node);
        uint32_t step = inside ? m->step[id] : goes_on ? 0 : all[from].last;
        bool moves = is_free(operand) && (all[from].last || m->users[from] == 1);
        if (moves && step && (!m->step[from] || step < m->step[from]))
            m->step[from] = step;
        latest = all[from].last > latest ? all[from].last : latest;
    }
    m->total[id] = total && m->level == GF_LEVEL_OPS;
    if (m->total[id] && (is_free(node) || !m->users[id]))
        m->step[id] = latest;
}

gf_status gf_find_standing(gf_making *m)
{
    static const char *const names[] = {"add", "mul", "matmul"};
    const gf_operation *joining[4];
    gf_find_operations(joining, names, 3);
    making *all = gf_arena_get(&m->arena, m->count * sizeof *all);
    if (!all)
        return GF_ERROR_MEMORY;
    for (size_t id = 0; id < m->count; id++) {
        m->step[id] = (uint32_t)gf_node_step(gf_graph_node(m->g, id));
        find_making(all, gf_graph_node(m->g, id), joining);
    }
    for (size_t id = m->count; id-- > 0;)
        stand(m, all, gf_graph_node(m->g, id));
    return GF_OK;
}
