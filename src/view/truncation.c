/* Cuts: stop(a) passes no gradient on, as between two pieces of a truncated sequence; what it throws away is what
 * arrives at its result. */
#include <string.h>

#include "view/inside.h"

static bool is_stop(const gf_making *m, const gf_node *node)
{
    return m->stop[0] && gf_is_one_of(node, m->stop);
}

/* The operands that the results of stops are, those of one stop together: behind[first_behind[id]] and so on. */
gf_status gf_find_cuts(gf_making *m)
{
    uint32_t count = 0;
    gf_find_operations(m->stop, (const char *const[]){"stop"}, 1);
    m->first_behind = gf_arena_get(&m->arena, m->count * sizeof *m->first_behind);
    for (size_t id = 0; id < m->count && m->first_behind; id++) {
        m->first_behind[id] = count;
        count += is_stop(m, gf_graph_node(m->g, id)) ? m->users[id] : 0;
    }
    m->behind = gf_arena_get(&m->view->arena, (count + (size_t)1) * sizeof *m->behind);
    uint32_t *filled = gf_arena_get(&m->arena, m->count * sizeof *filled);
    for (size_t id = 0; id < m->count && count && m->behind && filled; id++) {
        const gf_node *user = gf_graph_node(m->g, id);
        for (int slot = 0; slot < gf_node_arity(user); slot++) {
            const gf_node *operand = gf_node_operand(user, slot);
            size_t at = gf_node_id(operand);
            if (is_stop(m, operand))
                m->behind[m->first_behind[at] + filled[at]++] = (gf_use){user, slot};
        }
    }
    return m->first_behind && m->behind && filled ? GF_OK : GF_ERROR_MEMORY;
}

static size_t count_behind(const gf_making *m, const gf_arrow *arrow)
{
    size_t count = 0;
    for (size_t k = 0; k < arrow->use_count; k++) {
        const gf_node *to = arrow->uses[k].to;
        if (!is_stop(m, to))
            return 0;
        count += m->users[gf_node_id(to)];
    }
    return count;
}

gf_status gf_fill_cut(gf_making *m, gf_arrow *arrow)
{
    size_t count = arrow->look == GF_ARROW_NONE ? count_behind(m, arrow) : 0, at = 0;
    if (!count)
        return GF_OK;
    gf_use *behind = gf_arena_get(&m->view->arena, count * sizeof *behind);
    for (size_t k = 0; k < arrow->use_count && behind; k++) {
        size_t id = gf_node_id(arrow->uses[k].to);
        memcpy(behind + at, m->behind + m->first_behind[id], m->users[id] * sizeof *behind);
        at += m->users[id];
    }
    arrow->behind = behind;
    arrow->behind_count = behind ? count : 0;
    const gf_arrow *one = arrow;
    return behind ? gf_cuts_together(&arrow->cut, &one, 1) : GF_ERROR_MEMORY;
}
