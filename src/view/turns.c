/* Turns: when, while backpropagation runs, the gradient of each arrow has arrived.
 *
 * A node is swept when its own gradient is complete: after all that use it. How many nodes lie at the most between it
 * and the loss is therefore the earliest that it can be: its depth.
 *
 *     x[1] -> h[1] -> z[1] -> L[1] --.          depth  L 1   z 2   h[2] 3   h[1] 4
 *               '---> h[2] -> z[2] -> L[2] -> loss
 *
 * But L[1], as deep as L[2], need not come so early: h[1] waits for h[2] all the same. So a node is swept just before
 * the first of its operands, and backpropagation walks from step to step as one would tell it: first z[2], h[2], then
 * z[1], h[1]. An operand that nobody else uses, and that is made of such alone, as W * x[t] is, makes nobody hurry: it
 * comes right after its user. Additions of single numbers, as over time, are swept as early as can be, and those that
 * are added up in one moment: they give every step its 1 at once.
 *
 * The moments that the picture's arrows and cells have are its turns, counted from 1; those between are left out. */
#include <limits.h>
#include <stdlib.h>

#include "view/inside.h"

/* All but the graph by node id. */
typedef struct timing {
    gf_graph *g;
    size_t count;
    int *depth;  /* -1: the loss does not depend on it */
    int *uses;   /* by those on which it does */
    bool *free;  /* makes nobody hurry */
    int *moment; /* when it is swept */
    const gf_operation *addition[2];
} timing;

static bool is_leaf(const gf_node *node)
{
    return gf_node_arity(node) == 0;
}

static bool is_sum(const timing *t, const gf_node *node)
{
    return gf_node_rows(node) == 1 && gf_node_cols(node) == 1 && gf_is_one_of(node, t->addition);
}

static void find_depths(const timing *t, const gf_node *root)
{
    for (size_t id = 0; id < t->count; id++)
        t->depth[id] = -1;
    t->depth[gf_node_id(root)] = 0;
    for (size_t id = gf_node_id(root) + 1; id-- > 0;) {
        const gf_node *node = gf_graph_node(t->g, id);
        for (int slot = 0; slot < gf_node_arity(node) && t->depth[id] >= 0; slot++) {
            size_t operand = gf_node_id(gf_node_operand(node, slot));
            int depth = t->depth[id] + !(is_sum(t, node) && is_sum(t, gf_node_operand(node, slot)));
            t->uses[operand]++;
            if (t->depth[operand] < depth)
                t->depth[operand] = depth;
        }
    }
}

/* Just before the first of the operands that wait for others; where there is none, as early as can be. */
static void find_latest(const timing *t)
{
    for (size_t id = 0; id < t->count; id++) {
        const gf_node *node = gf_graph_node(t->g, id);
        int latest = INT_MAX;
        for (int slot = 0; slot < gf_node_arity(node); slot++) {
            const gf_node *operand = gf_node_operand(node, slot);
            size_t k = gf_node_id(operand);
            if (!is_leaf(operand) && !t->free[k] && t->moment[k] - 1 < latest)
                latest = t->moment[k] - 1;
        }
        t->free[id] = latest == INT_MAX && t->uses[id] == 1;
        t->moment[id] = latest == INT_MAX || is_sum(t, node) ? t->depth[id] : latest;
    }
}

/* What is free follows its user. */
static void find_moments(const timing *t, const gf_node *root)
{
    for (size_t id = gf_node_id(root) + 1; id-- > 0;) {
        const gf_node *node = gf_graph_node(t->g, id);
        for (int slot = 0; slot < gf_node_arity(node) && t->depth[id] >= 0; slot++) {
            size_t operand = gf_node_id(gf_node_operand(node, slot));
            if (t->free[operand])
                t->moment[operand] = t->moment[id] + 1;
        }
    }
}

/* When all of the uses have sent what they send; -1: none of them does. */
static int moment_of(const timing *t, const gf_use *uses, size_t count)
{
    int last = -1;
    for (size_t k = 0; k < count; k++) {
        size_t id = gf_node_id(uses[k].to);
        int moment = t->depth[id] < 0 ? -1 : t->moment[id];
        last = moment > last ? moment : last;
    }
    return last;
}

/* From moments, -1 for none, to turns. */
static gf_status count_turns(gf_making *m)
{
    gf_view *view = m->view;
    int *turn_of = gf_arena_get(&m->arena, (m->count + 2) * sizeof *turn_of); /* by moment */
    if (!turn_of)
        return GF_ERROR_MEMORY;
    for (size_t k = 0; k < view->arrow_count; k++)
        turn_of[view->arrows[k].turn + 1] = 1;
    for (size_t k = 0; k < view->cell_count; k++)
        turn_of[view->cells[k].turn + 1] = 1;
    turn_of[0] = 0;
    for (size_t k = 1; k <= m->count + 1; k++)
        turn_of[k] = turn_of[k] ? ++view->turn_count : 0;
    for (size_t k = 0; k < view->cell_count; k++)
        view->cells[k].turn = turn_of[view->cells[k].turn + 1];
    for (size_t k = 0; k < view->arrow_count; k++) {
        gf_arrow *arrow = &view->arrows[k];
        gf_box *from = &view->boxes[arrow->from - view->boxes];
        arrow->turn = turn_of[arrow->turn + 1];
        from->turn = arrow->turn > from->turn ? arrow->turn : from->turn;
    }
    return GF_OK;
}

gf_status gf_find_turns(gf_making *m)
{
    const gf_node *root = m->g->record.root;
    size_t bytes = (m->count + 1) * sizeof(int);
    timing t = {.g = m->g, .count = m->count, .depth = gf_arena_get(&m->arena, bytes)};
    t.uses = gf_arena_get(&m->arena, bytes);
    t.moment = gf_arena_get(&m->arena, bytes);
    t.free = gf_arena_get(&m->arena, m->count + 1);
    if (!t.depth || !t.uses || !t.moment || !t.free)
        return GF_ERROR_MEMORY;
    if (!root)
        return GF_OK;
    gf_find_operations(t.addition, (const char *const[]){"add"}, 1);
    find_depths(&t, root);
    find_latest(&t);
    find_moments(&t, root);
    for (size_t k = 0; k < m->view->arrow_count; k++) {
        gf_arrow *arrow = &m->view->arrows[k];
        arrow->turn = moment_of(&t, arrow->uses, arrow->use_count);
    }
    for (size_t k = 0; k < m->view->cell_count; k++)
        m->view->cells[k].turn = moment_of(&t, m->view->cells[k].uses, m->view->cells[k].use_count);
    return count_turns(m);
}
