/* Sums: boxes that only add up, over time, what belongs to steps, as the loss adds up the losses of all steps. What
 * such a box sends back is the same to each (but for constant factors), and it stands outside time wherever its
 * additions were built. */
#include "view/inside.h"

void gf_find_additions(gf_making *m)
{
    static const char *const names[] = {"add", "sum", "vcat", "reshape", "scale"};
    gf_find_operations(m->additions, names, sizeof names / sizeof *names);
}

/* What goes into a box: the step of the first timed value, and whether others are of another step. */
typedef struct sources {
    int step;
    bool several;
} sources;

static void see_operands(const gf_making *m, const gf_node *node, sources *of)
{
    uint32_t root = m->root[gf_node_id(node)];
    for (int slot = 0; slot < gf_node_arity(node); slot++) {
        uint32_t from = m->root[gf_node_id(gf_node_operand(node, slot))];
        int step = (int)m->step[from];
        if (from == root || !step)
            continue;
        of[root].several |= of[root].step && of[root].step != step;
        of[root].step = step;
    }
}

/* Outside time, a total, or an unnamed end of the graph that was built within a step. */
static bool may_be_sum(const gf_making *m, const gf_node *node)
{
    size_t id = gf_node_id(node);
    bool end = !gf_is_named(node) && !m->users[id];
    return gf_node_arity(node) && (!m->step[id] || m->total[id] || end);
}

/* One value of a single step counts where the graph ends in it: the sum over T = 1 steps. */
static bool spans_time(const gf_making *m, const gf_node *node, const sources *of)
{
    bool end = !m->users[gf_node_id(node)] && gf_node_rows(node) * gf_node_cols(node) == 1;
    return of->several || (of->step && end && !gf_node_step(node));
}

gf_status gf_find_sums(gf_making *m)
{
    sources *of = gf_arena_get(&m->arena, m->count * sizeof *of);
    if (!of)
        return GF_ERROR_MEMORY;
    for (size_t id = 0; id < m->count; id++)
        m->sum[id] = m->root[id] == id && may_be_sum(m, gf_graph_node(m->g, id));
    for (size_t id = 0; id < m->count; id++) {
        const gf_node *node = gf_graph_node(m->g, id);
        see_operands(m, node, of);
        if (gf_node_arity(node) && !gf_is_one_of(node, m->additions))
            m->sum[m->root[id]] = false;
    }
    for (size_t id = 0; id < m->count; id++)
        m->sum[id] &= spans_time(m, gf_graph_node(m->g, id), &of[id]);
    return GF_OK;
}
