/* Boxes: what there is to say of a part of a picture. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "text/characters.h"
#include "view/inside.h"

enum { LONGEST_NAME = 1000 };

/* --- names ---------------------------------------------------------------------------- */

/* Ends a text after so many characters. */
static void shorten(gf_text *text, size_t most)
{
    size_t size = gf_utf8_bytes(gf_text_string(text), most);
    if (size == text->size)
        return;
    text->size = size;
    gf_text_add(text, "…");
}

/* Graphviz reads no string of more than 16384 bytes, and a
 * tooltip has two names, which it takes up to five bytes a character to write. */
const char *gf_clean_name(gf_view *view, const char *name)
{
    gf_text text = {0};
    gf_text_name(&text, name ? name : "");
    shorten(&text, LONGEST_NAME);
    return gf_text_keep(&text, &view->arena);
}

const char *gf_label_of(gf_view *view, const gf_node *node)
{
    size_t room = strlen(gf_node_scope(node)) + strlen(gf_node_name(node)) + 32;
    char *label = gf_arena_get(&view->arena, room);
    return label ? gf_clean_name(view, gf_node_label(label, room, node)) : NULL;
}

const char *gf_symbol_of(gf_view *view, const gf_node *node)
{
    const gf_operation *op = gf_node_operation(node);
    const char *symbol = op->symbol ? op->symbol : op->name;
    return gf_clean_name(view, symbol && *symbol ? symbol : "?");
}

/* --- kinds ---------------------------------------------------------------------------- */

static gf_box_kind kind_of(const gf_node *node)
{
    if (gf_is_start(node))
        return GF_BOX_START;
    return gf_node_is_param(node)      ? GF_BOX_PARAM
           : gf_node_is_input(node)    ? GF_BOX_INPUT
           : gf_node_is_given(node)    ? GF_BOX_GIVEN
           : gf_node_is_constant(node) ? GF_BOX_CONSTANT
                                       : GF_BOX_OPERATION;
}

/* Does the operation read this operand as what is wanted? */
static bool is_target(const gf_node *to, int slot)
{
    return slot < GF_SLOTS && gf_node_operation(to)->target[slot];
}

/* No gradient is wanted of it: it is given, or a constant, or made of these alone. */
static bool is_fixed(const gf_making *m, const gf_node *node)
{
    bool fixed = gf_node_arity(node) > 0;
    for (int slot = 0; slot < gf_node_arity(node) && fixed; slot++)
        fixed = m->fixed[gf_node_id(gf_node_operand(node, slot))];
    return fixed || gf_node_is_given(node) || gf_node_is_constant(node);
}

/* What is given stands aside, and each input that is read, as a target, and as nothing else. */
void gf_find_aside(gf_making *m)
{
    size_t count = gf_graph_size(m->g);
    for (int wanted = 1; wanted >= 0; wanted--)
        for (size_t id = 0; id < count; id++) {
            const gf_node *node = gf_graph_node(m->g, id);
            for (int slot = 0; slot < gf_node_arity(node); slot++)
                if (is_target(node, slot) == wanted)
                    m->aside[gf_node_id(gf_node_operand(node, slot))] = wanted;
        }
    for (size_t id = 0; id < count; id++) {
        const gf_node *node = gf_graph_node(m->g, id);
        m->aside[id] = gf_node_is_given(node) || (gf_node_is_input(node) && m->aside[id]);
        m->fixed[id] = is_fixed(m, node);
    }
}

/* --- numbers ---------------------------------------------------------------------------- */

gf_measure gf_measure_gradient(gf_graph *g, gf_node *node)
{
    bool known = gf_node_differentiable(node) && gf_node_id(node) < g->covered;
    return known ? gf_measure_matrix(gf_gradient(node)) : (gf_measure){0};
}

static bool all_finite(const gf_matrix *m)
{
    for (size_t k = 0; k < gf_matrix_size(m); k++)
        if (!isfinite(m->data[k]))
            return false;
    return true;
}

static void fill_numbers(gf_making *m, gf_box *box, gf_node *node)
{
    const gf_matrix *value = gf_value(node);
    box->rows = gf_node_rows(node);
    box->cols = gf_node_cols(node);
    box->scalar = box->rows == 1 && box->cols == 1;
    box->finite = all_finite(value);
    box->value_l2 = gf_matrix_norm(value);
    box->gradient = gf_measure_gradient(m->g, node);
    if (box->scalar)
        box->value = value->data[0];
}

/* --- boxes ------------------------------------------------------------------------------ */

static const char *key_of(gf_view *view, const gf_part *part)
{
    char key[64];
    if (part->node)
        snprintf(key, sizeof key, "n%zu", part->id);
    else if (part->last_step > part->step)
        snprintf(key, sizeof key, "steps%d_%d", part->step, part->last_step);
    else
        snprintf(key, sizeof key, "step%d", part->step);
    return gf_arena_text(&view->arena, key);
}

/* A step, or several, as a whole: none of it is of one node. */
static void fill_steps(gf_making *m, gf_box *box, const gf_part *part)
{
    char name[64];
    if (part->last_step > part->step)
        snprintf(name, sizeof name, "%d..%d, × %d", part->step, part->last_step, part->last_step - part->step + 1);
    else
        snprintf(name, sizeof name, "step %d", part->step);
    box->kind = GF_BOX_STEPS;
    box->name = gf_arena_text(&m->view->arena, name);
    box->variable = box->op = box->symbol = "";
    box->finite = true;
}

static void fill_node(gf_making *m, gf_box *box, gf_node *node)
{
    bool unnamed_sum = box->sum && !*gf_node_name(node) && !m->users[gf_node_id(node)];
    size_t length;
    box->node = node;
    box->kind = kind_of(node);
    box->name = unnamed_sum ? "loss" : gf_name_again(m, node, gf_label_of(m->view, node));
    box->variable = unnamed_sum ? "loss" : gf_variable_of(m->view, node);
    box->op = gf_clean_name(m->view, gf_node_operation(node)->name);
    box->plain = gf_node_arity(node) && !unnamed_sum && !*gf_node_name(node);
    box->symbol = box->plain && box->sum ? "Σ" : gf_symbol_of(m->view, node);
    box->arity = gf_node_arity(node);
    box->aside = m->aside[gf_node_id(node)];
    box->indexed = gf_find_index(node, &length, &box->index);
    box->opened = m->opened[gf_node_id(node)];
    fill_numbers(m, box, node);
}

/* The end of a total over time, which may have a name, is the last of its boxes. */
static uint32_t pattern_of(const gf_making *m, const gf_part *part)
{
    bool end = part->node && !part->sum && m->total[part->id] && m->step[part->id];
    for (int slot = 0; slot < 2 && end; slot++) {
        size_t from = gf_node_id(gf_node_operand(part->node, slot));
        if (m->total[from] && m->root[from] == from)
            return m->pattern[from];
    }
    return part->pattern;
}

bool gf_fill_box(gf_making *m, gf_box *box, const gf_part *part)
{
    *box = (gf_box){
        .id = part->id,
        .key = key_of(m->view, part),
        .pattern = (int)pattern_of(m, part),
        .step = part->step,
        .at = part->node && !part->sum ? (int)m->step[part->id] : part->step,
        .last_step = part->last_step,
        .sum = part->sum,
        .outside = part->step && !part->last_step && !gf_step_in_range(m->options, part->step),
    };
    if (part->node)
        fill_node(m, box, part->node);
    else
        fill_steps(m, box, part);
    return box->key && box->name && box->variable && box->op && box->symbol;
}

bool gf_box_when(const gf_box *box, int *step)
{
    *step = box->step ? box->step : box->index;
    return box->step || box->indexed;
}

bool gf_view_range(const gf_view *view, int *first, int *last)
{
    *first = view->last_step + 1, *last = 0;
    for (size_t k = 0; k < view->box_count; k++) {
        const gf_box *box = &view->boxes[k];
        int end = box->last_step ? box->last_step : box->step;
        if (!box->step || box->outside)
            continue;
        *first = box->step < *first ? box->step : *first;
        *last = end > *last ? end : *last;
    }
    return !*last || (*first == view->first_step && *last == view->last_step);
}
