/* Folding: from nodes and operands to the boxes, arrows and cells of a level.
 *
 * Take h = tanh(x * W + h[t-1] * U) at t = 2, with h called by its name. Its nodes are
 *
 *     n9 = matmul(x, W)   n10 = matmul(h[1], U)   n11 = add(n9, n10)   h[2] = tanh(n11)
 *
 * and n9, n10, n11 have no name, and each is an operand of what ends in h[2] and of nothing else: at the level of
 * equations all four are the box h[2] (their root; roots.c). What passes into it from outside are x[2] and h[1]: two
 * arrows; and what it adds to the gradients of W and U: two cells. Had another quantity used n10, too, n10 would be a
 * box of its own.
 *
 * A variable may be an operand of a box more than once, as h[1] is of the gates of an LSTM at the level of steps. Its
 * arrow stands for all these uses, and its gradient is the sum of what they send back (flow.c): that is what
 * backward adds to the gradient of h[1] for this box, and may be less than any of the parts.
 *
 * At the level of steps, and where a picture folds the steps outside of its range, boxes of several quantities are one
 * part. Uses within a part are no arrows; the rest goes the same way. */
#include <limits.h>
#include <string.h>

#include "view/inside.h"

/* --- parts ---------------------------------------------------------------------------------- */

enum side { INSIDE, BEFORE, AFTER, BETWEEN };

bool gf_step_in_range(const gf_draw_options *options, int step)
{
    if (!options->first_step && !options->last_step)
        return true;
    int last = options->last_step ? options->last_step : INT_MAX;
    return step && step >= options->first_step && step <= last;
}

static int step_of(const gf_making *m, const gf_node *root)
{
    size_t id = gf_node_id(root);
    return m->sum[id] || m->total[id] ? 0 : (int)m->step[id];
}

/* On which side of the range it is folded, or between its ends. */
static enum side side_of(const gf_making *m, int step)
{
    if (m->fold && step && step >= m->fold_first && step <= m->fold_last)
        return BETWEEN;
    if (!m->fold || !step || gf_step_in_range(m->options, step))
        return INSIDE;
    return step < m->options->first_step ? BEFORE : AFTER;
}

/* The pattern of boxes that are no single quantity. */
static uint32_t pattern_of_steps(gf_making *m, enum side side)
{
    uint32_t number = gf_names_add(&m->keys, side == INSIDE ? "step" : "steps");
    return number == UINT32_MAX ? GF_NOWHERE : number - 1;
}

static gf_part *add_part(gf_making *m, gf_node *root, int step)
{
    gf_part *part = &m->parts[m->part_count++];
    size_t id = gf_node_id(root);
    *part = (gf_part){.node = root, .id = id, .step = step, .pattern = m->pattern[id], .sum = m->sum[id]};
    return part;
}

/* The part of a step, or of a side; NULL without memory. */
static gf_part *part_of_steps(gf_making *m, gf_index *known, gf_node *root, int step, enum side side)
{
    uint32_t *number = gf_index_put(known, side == INSIDE ? (uint64_t)(uint32_t)step : 0, side);
    if (!number)
        return NULL;
    if (!*number) {
        gf_part *part = add_part(m, root, step);
        part->node = NULL;
        part->pattern = pattern_of_steps(m, side);
        *number = m->part_count;
    }
    gf_part *part = &m->parts[*number - 1];
    part->step = step < part->step ? step : part->step;
    if (side != INSIDE)
        part->last_step = step > part->last_step ? step : part->last_step;
    return part->pattern == GF_NOWHERE ? NULL : part;
}

/* Of several nodes in a part that are the same quantity the first stands for all, if they have one shape. */
static bool find_source(gf_making *m, gf_index *firsts, const gf_part *part, const gf_node *root)
{
    size_t id = gf_node_id(root);
    m->source[id] = (uint32_t)id;
    if (part->node)
        return true;
    uint32_t *first = gf_index_put(firsts, m->pattern[id], (uint32_t)(part - m->parts));
    if (!first)
        return false;
    if (!*first)
        *first = (uint32_t)id + 1;
    const gf_node *kin = gf_graph_node(m->g, *first - 1);
    if (gf_node_rows(kin) == gf_node_rows(root) && gf_node_cols(kin) == gf_node_cols(root))
        m->source[id] = *first - 1;
    return true;
}

static bool place_root(gf_making *m, gf_index *known, gf_index *firsts, gf_node *root)
{
    int step = step_of(m, root);
    enum side side = side_of(m, step);
    bool whole = step && (m->level == GF_LEVEL_STEPS || side != INSIDE);
    gf_part *part = whole ? part_of_steps(m, known, root, step, side) : add_part(m, root, step);
    if (!part || !find_source(m, firsts, part, root))
        return false;
    m->home[gf_node_id(root)] = (uint32_t)(part - m->parts);
    return true;
}

static void follow_root(gf_making *m, size_t id)
{
    uint32_t part = m->home[m->root[id]];
    m->home[id] = part;
    m->source[id] = m->root[id] == id ? m->source[id] : (uint32_t)id;
    if (part != GF_NOWHERE && m->between[id])
        m->parts[part].between = true;
}

gf_status gf_find_parts(gf_making *m)
{
    gf_index known = {0}, firsts = {0};
    bool good = true;
    m->part_count = 0;
    for (size_t id = 0; id < m->count && good; id++) {
        gf_node *node = gf_graph_node(m->g, id);
        m->home[id] = GF_NOWHERE;
        if (m->root[id] == id && !gf_is_boxless(m, node))
            good = place_root(m, &known, &firsts, node);
    }
    for (size_t id = 0; id < m->count && good; id++)
        if (!gf_is_boxless(m, gf_graph_node(m->g, id)))
            follow_root(m, id);
    gf_index_free(&known);
    gf_index_free(&firsts);
    return good ? GF_OK : GF_ERROR_MEMORY;
}

/* --- uses --------------------------------------------------------------------------------------- */

/* Puts a use to the link of its key, which is new where the key is. */
static bool add_use(gf_links *links, gf_index *numbers, uint64_t key, const gf_link *link, gf_use use)
{
    uint32_t *number = numbers ? gf_index_put(numbers, key, link->to) : NULL;
    if (numbers && !number)
        return false;
    uint32_t k = number && *number ? *number - 1 : links->count;
    if (k == links->count) {
        links->items[links->count++] = *link;
        if (number)
            *number = links->count;
    }
    links->items[k].count++;
    links->link_of[links->use_count] = k;
    links->uses[links->use_count++] = use;
    return true;
}

typedef struct gathering {
    gf_index arrows, cells; /* numbers of links */
} gathering;

/* At `ops` each operand has an arrow of its own. */
static bool add_arrow(gf_making *m, gathering *g, gf_use use, uint32_t from)
{
    gf_link link = {.from = m->home[from], .to = m->home[gf_node_id(use.to)], .source = m->source[from]};
    m->parts[link.from].touched = m->parts[link.to].touched = true;
    return add_use(&m->arrows, m->level == GF_LEVEL_OPS ? NULL : &g->arrows, link.source, &link, use);
}

/* Several folded steps have a cell for each quantity in them that uses the parameter; so have the operations, which
 * belong to the named box that they lead to. */
static bool add_cell(gf_making *m, gathering *g, gf_use use, uint32_t param)
{
    gf_link link = {.from = param, .to = m->home[gf_node_id(use.to)], .source = param};
    gf_part *part = &m->parts[link.to];
    bool whole = m->level == GF_LEVEL_STEPS && !part->node;
    const uint32_t *box = m->level == GF_LEVEL_OPS ? m->quantity : m->root;
    link.pattern = whole ? part->pattern : m->pattern[box[gf_node_id(use.to)]];
    part->touched = true;
    return add_use(&m->cells, &g->cells, (uint64_t)link.pattern << 32 | param, &link, use);
}

static bool see_use(gf_making *m, gathering *g, gf_use use)
{
    const gf_node *operand = gf_node_operand(use.to, use.slot);
    uint32_t from = (uint32_t)gf_node_id(operand), to = (uint32_t)gf_node_id(use.to);
    bool box = m->home[from] != GF_NOWHERE;
    if (m->home[to] == GF_NOWHERE || !m->between[from] || !m->between[to])
        return true;
    if (gf_is_weight(m, operand) && !add_cell(m, g, use, from))
        return false;
    return !box || m->home[from] == m->home[to] || add_arrow(m, g, use, from);
}

/* --- in order -------------------------------------------------------------------------------------- */

/* counts[k] becomes how many stand before those that counted for k. */
static void pile_up(uint32_t *counts, uint32_t count)
{
    uint32_t before = 0;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t own = counts[k];
        counts[k] = before;
        before += own;
    }
}

/* Sorts by `to`, links of one part in the order of their first uses; and the uses by link. */
static gf_status arrange(gf_making *m, gf_links *links)
{
    gf_link *items = gf_arena_get(&m->arena, links->count * sizeof *items);
    uint32_t *starts = gf_arena_get(&m->arena, m->part_count * sizeof *starts);
    uint32_t *places = gf_arena_get(&m->arena, links->count * sizeof *places);
    gf_use *uses = gf_arena_get(&m->view->arena, links->use_count * sizeof *uses);
    if (!items || !starts || !places || !uses)
        return GF_ERROR_MEMORY;
    for (uint32_t k = 0; k < links->count; k++)
        starts[links->items[k].to]++, places[k] = links->items[k].count;
    pile_up(starts, m->part_count);
    pile_up(places, links->count);
    for (uint32_t k = 0; k < links->count; k++) {
        gf_link *link = &items[starts[links->items[k].to]++];
        *link = links->items[k];
        link->uses = uses + places[k];
    }
    for (size_t k = 0; k < links->use_count; k++)
        uses[places[links->link_of[k]]++] = links->uses[k];
    links->items = items;
    return GF_OK;
}

static bool make_room(gf_making *m, gf_links *links, size_t count)
{
    *links = (gf_links){.items = gf_arena_get(&m->arena, count * sizeof *links->items),
                        .uses = gf_arena_get(&m->arena, count * sizeof *links->uses),
                        .link_of = gf_arena_get(&m->arena, count * sizeof *links->link_of)};
    return links->items && links->uses && links->link_of;
}

/* A node on the way down from a root, and which of its operands comes next. */
typedef struct descent {
    const gf_node *node;
    int slot;
} descent;

/* The uses within one box, in the order in which its expression is written: not in that of ids, which in C depends on
 * what the compiler evaluates first. */
static bool gather_box(gf_making *m, gathering *g, size_t root, descent *stack, bool *seen)
{
    size_t depth = 1;
    for (stack[0] = (descent){gf_graph_node(m->g, root), 0}; depth;) {
        descent *top = &stack[depth - 1];
        if (top->slot == gf_node_arity(top->node)) {
            depth--;
            continue;
        }
        gf_use use = {top->node, top->slot++};
        const gf_node *operand = gf_node_operand(use.to, use.slot);
        size_t id = gf_node_id(operand);
        if (!see_use(m, g, use))
            return false;
        if (m->root[id] == root && !seen[id])
            stack[depth++] = (descent){operand, 0};
        seen[id] = true;
    }
    return true;
}

static bool gather(gf_making *m, gathering *g)
{
    descent *stack = gf_arena_get(&m->arena, m->count * sizeof *stack);
    bool *seen = gf_arena_get(&m->arena, m->count * sizeof *seen), good = stack && seen;
    for (size_t id = 0; id < m->count && good; id++)
        if (m->root[id] == id)
            good = gather_box(m, g, id, stack, seen);
    return good;
}

gf_status gf_find_links(gf_making *m)
{
    size_t operands = 0;
    for (size_t id = 0; id < m->count; id++)
        operands += m->users[id];
    gathering g = {0};
    bool good = make_room(m, &m->arrows, operands) && make_room(m, &m->cells, operands) && gather(m, &g);
    gf_index_free(&g.arrows);
    gf_index_free(&g.cells);
    gf_status status = good ? arrange(m, &m->arrows) : GF_ERROR_MEMORY;
    return status ? status : arrange(m, &m->cells);
}
