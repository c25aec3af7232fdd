/* Cuts: stop(a) passes no gradient on, as between two pieces of a truncated sequence; what it throws away is what
 * arrives at its result. */
#include <math.h>
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

/* --- cuts within a box of whole steps ---------------------------------------------------------------- */

/* Sizes of what different variables lose, as if all stood one below the other. */
static void add_measure(gf_measure *sum, const gf_measure *one, double entries, double one_entries)
{
    double squares = sum->rms * sum->rms * entries + one->rms * one->rms * one_entries;
    sum->known |= one->known;
    sum->l2 = hypot(sum->l2, one->l2);
    sum->max = fmax(sum->max, one->max);
    sum->rms = entries + one_entries > 0 ? sqrt(squares / (entries + one_entries)) : 0;
}

/* What is cut of one operand: all stops of it within its box together. */
static gf_status add_cut(gf_making *m, gf_box *box, const gf_node *operand, const gf_use *stops, size_t count)
{
    gf_arrow arrow = {.look = GF_ARROW_NONE, .uses = stops, .use_count = count};
    gf_status status = gf_fill_cut(m, &arrow);
    double entries = (double)gf_node_rows(operand) * gf_node_cols(operand);
    if (!status && arrow.cut.known) {
        add_measure(&box->cut, &arrow.cut, box->cut_entries, entries);
        box->cut_entries += entries;
    }
    return status;
}

/* Is it a stop whose operand stands in the same box of whole steps? */
static bool is_within(const gf_making *m, const gf_node *node)
{
    if (!is_stop(m, node))
        return false;
    uint32_t home = m->home[gf_node_id(node)];
    return home != GF_NOWHERE && home == m->home[gf_node_id(gf_node_operand(node, 0))] && !m->parts[home].node &&
           m->parts[home].box;
}

/* Operands in the order of ids, and the stops of each in theirs: last[id] is 1 + the last one's id, before[id] leads
 * on. */
static gf_status link_stops(gf_making *m, uint32_t *last, uint32_t *before)
{
    gf_index steps = {0};
    bool good = true;
    for (size_t id = 0; id < m->count && good; id++) {
        const gf_node *node = gf_graph_node(m->g, id);
        if (!is_within(m, node))
            continue;
        size_t operand = gf_node_id(gf_node_operand(node, 0));
        before[id] = last[operand];
        last[operand] = (uint32_t)id + 1;
        uint32_t *known = gf_index_put(&steps, m->home[id], (uint32_t)gf_node_step(node));
        good = known != NULL;
        if (good)
            m->parts[m->home[id]].box->cuts += !*known, *known = 1;
    }
    gf_index_free(&steps);
    return good ? GF_OK : GF_ERROR_MEMORY;
}

gf_status gf_fill_cuts_within(gf_making *m)
{
    uint32_t *last = gf_arena_get(&m->arena, m->count * sizeof *last);
    uint32_t *before = gf_arena_get(&m->arena, m->count * sizeof *before);
    gf_use *stops = gf_arena_get(&m->arena, m->count * sizeof *stops);
    gf_status status = last && before && stops ? link_stops(m, last, before) : GF_ERROR_MEMORY;
    for (size_t id = 0; id < m->count && !status; id++) {
        size_t count = 0;
        for (uint32_t stop = last[id]; stop; stop = before[stop - 1])
            stops[count++] = (gf_use){gf_graph_node(m->g, stop - 1), 0};
        if (count)
            status = add_cut(m, m->parts[m->home[id]].box, gf_graph_node(m->g, id), stops, count);
    }
    return status;
}
