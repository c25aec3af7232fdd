/* Quantities: what a box of whole steps hides, of each that has a name the gradient at each of its steps. */
#include <string.h>

#include "view/inside.h"

/* The box of whole steps in which a node stands that defines a named quantity; NULL: none. */
static gf_box *box_around(const gf_making *m, size_t id)
{
    const gf_node *node = gf_graph_node(m->g, id);
    const gf_part *part = m->home[id] == GF_NOWHERE ? NULL : &m->parts[m->home[id]];
    bool within = part && !part->node && m->root[id] == id && gf_node_arity(node) && gf_is_named(node);
    return within ? part->box : NULL;
}

/* Numbers those of each box, from 1, in the order in which they first stand in the graph. False without memory. */
static bool number_quantities(gf_making *m, gf_index *numbers)
{
    for (size_t id = 0; id < m->count; id++) {
        gf_box *box = box_around(m, id);
        uint32_t *number = box ? gf_index_put(numbers, m->home[id], m->pattern[id]) : NULL;
        if (box && !number)
            return false;
        if (box && !*number)
            *number = (uint32_t)++box->quantity_count;
    }
    return true;
}

static bool fill_quantity(gf_making *m, const gf_box *box, gf_quantity *q, gf_node *node)
{
    size_t steps = box->last_step ? (size_t)(box->last_step - box->step) + 1 : 1;
    const gf_matrix *value = gf_value(node);
    if (!q->name) {
        q->name = gf_pattern_name(m->view, node);
        q->gradients = gf_arena_get(&m->view->arena, steps * sizeof *q->gradients);
    }
    if (!q->name || !q->gradients)
        return false;
    q->gradients[gf_node_step(node) - box->step] = gf_measure_gradient(m->g, node);
    q->scalar = value->rows == 1 && value->cols == 1;
    q->value = q->scalar ? value->data[0] : 0;
    return true;
}

/* Quantities in the order in which another step has them. */
static void arrange_as(gf_box *box, const gf_box *other)
{
    int put = 0;
    for (int k = 0; k < other->quantity_count; k++)
        for (int j = put; j < box->quantity_count; j++)
            if (!strcmp(box->quantities[j].name, other->quantities[k].name)) {
                gf_quantity found = box->quantities[j];
                memmove(&box->quantities[put + 1], &box->quantities[put], (size_t)(j - put) * sizeof found);
                box->quantities[put++] = found;
                break;
            }
}

/* Single steps all have the order of the first. */
static void arrange_all(gf_making *m)
{
    const gf_box *first = NULL;
    for (size_t k = 0; k < m->part_count; k++) {
        const gf_box *box = m->parts[k].box;
        if (box && gf_box_cells(box) && (!first || box->step < first->step))
            first = box;
    }
    for (size_t k = 0; k < m->part_count && first; k++)
        if (m->parts[k].box && m->parts[k].box != first && gf_box_cells(m->parts[k].box))
            arrange_as(m->parts[k].box, first);
}

gf_status gf_fill_quantities(gf_making *m)
{
    gf_index numbers = {0};
    bool good = !m->picture || number_quantities(m, &numbers);
    for (size_t id = 0; id < m->count && m->picture && good; id++) {
        gf_box *box = box_around(m, id);
        if (!box)
            continue;
        uint32_t number = *gf_index_put(&numbers, m->home[id], m->pattern[id]);
        if (!box->quantities)
            box->quantities = gf_arena_get(&m->view->arena, (size_t)box->quantity_count * sizeof *box->quantities);
        good = box->quantities && fill_quantity(m, box, &box->quantities[number - 1], gf_graph_node(m->g, id));
    }
    gf_index_free(&numbers);
    if (good)
        arrange_all(m);
    return good ? GF_OK : GF_ERROR_MEMORY;
}

void gf_quantities_list(const gf_box *box, gf_text *out)
{
    for (int k = 0; k < box->quantity_count; k++)
        gf_text_print(out, "%s%s", k ? " " : "", box->quantities[k].name);
}
