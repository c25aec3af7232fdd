/* From a graph to a view: which nodes and operands are shown, and what there is to say of each. */
#include "view/view.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/characters.h"
#include "graph/node.h"
#include "view/label.h"

enum { AUTO_PARAM_ARROWS = 100, AUTO_NUMBERS = 40, LONGEST_NAME = 1000 };
static const size_t most_parts = 200000; /* some 700 MB in Graphviz, and 100 MB of SVG */

/* What a node is to the picture. */
typedef enum role { ABSENT, NEIGHBOUR, CORE } role;

typedef struct making {
    gf_view *view;
    gf_graph *g;
    const gf_draw_options *options;
    role *roles;    /* by node id */
    bool *aside;    /* by node id */
    gf_box **boxes; /* by node id; NULL: not shown */
} making;

/* --- which ------------------------------------------------------------------------ */

static bool in_range(const gf_draw_options *options, int step)
{
    if (!options->first_step && !options->last_step)
        return true;
    int last = options->last_step ? options->last_step : INT_MAX;
    return step && step >= options->first_step && step <= last;
}

/* The steps asked for, and what touches them. */
static void cast_roles(making *m)
{
    size_t count = gf_graph_size(m->g);
    for (size_t id = 0; id < count; id++)
        if (in_range(m->options, gf_node_step(gf_graph_node(m->g, id))))
            m->roles[id] = CORE;
    for (size_t id = 0; id < count; id++) {
        const gf_node *node = gf_graph_node(m->g, id);
        for (int slot = 0; slot < gf_node_arity(node); slot++) {
            role *operand = &m->roles[gf_node_id(gf_node_operand(node, slot))];
            if (m->roles[id] == CORE && *operand == ABSENT)
                *operand = NEIGHBOUR;
            else if (*operand == CORE && m->roles[id] == ABSENT)
                m->roles[id] = NEIGHBOUR;
        }
    }
}

/* Is there an arrow for this operand? Not between two neighbours. */
static bool arrow_shown(const making *m, const gf_node *to, int slot)
{
    role one = m->roles[gf_node_id(to)], other = m->roles[gf_node_id(gf_node_operand(to, slot))];
    return one != ABSENT && other != ABSENT && (one == CORE || other == CORE);
}

static size_t count_arrows(const making *m, bool of_params)
{
    size_t count = 0;
    for (size_t id = 0; id < gf_graph_size(m->g); id++) {
        const gf_node *node = gf_graph_node(m->g, id);
        for (int slot = 0; slot < gf_node_arity(node); slot++)
            if (!of_params || gf_node_is_param(gf_node_operand(node, slot)))
                count += arrow_shown(m, node, slot);
    }
    return count;
}

static bool decide(gf_show wish, bool automatic)
{
    return wish == GF_SHOW_AUTO ? automatic : wish == GF_SHOWN;
}

static void hide_params(making *m)
{
    if (decide(m->options->params, count_arrows(m, true) <= AUTO_PARAM_ARROWS))
        return;
    for (size_t id = 0; id < gf_graph_size(m->g); id++) {
        if (m->roles[id] == ABSENT || !gf_node_is_param(gf_graph_node(m->g, id)))
            continue;
        m->roles[id] = ABSENT;
        m->view->hidden++;
    }
}

/* --- how many ----------------------------------------------------------------------- */

static size_t count_boxes(const making *m)
{
    size_t count = 0;
    for (size_t id = 0; id < gf_graph_size(m->g); id++)
        count += m->roles[id] != ABSENT;
    return count;
}

/* Gives each node its role, and says how many boxes and arrows that makes. */
static size_t cast(making *m)
{
    memset(m->roles, 0, gf_graph_size(m->g) * sizeof *m->roles);
    m->view->hidden = 0;
    cast_roles(m);
    hide_params(m);
    return count_boxes(m) + count_arrows(m, false);
}

/* The first and the last of the steps that are asked for; false if there is none. */
static bool find_steps(const making *m, long long *first, long long *last)
{
    *first = INT_MAX, *last = INT_MIN;
    for (size_t id = 0; id < gf_graph_size(m->g); id++) {
        int step = gf_node_step(gf_graph_node(m->g, id));
        if (!step || !in_range(m->options, step))
            continue;
        *first = step < *first ? step : *first;
        *last = step > *last ? step : *last;
    }
    return *first <= *last;
}

static bool steps_fit(const making *all, long long first, long long last)
{
    making m = *all;
    gf_draw_options options = *all->options;
    options.first_step = (int)first;
    options.last_step = last ? (int)last : -1; /* 0 means: to the last */
    m.options = &options;
    return cast(&m) <= most_parts;
}

/* The last step up to which a picture holds them, by bisection; first - 1 if not even that one fits. */
static long long find_last(const making *m, long long first, long long last)
{
    long long fits = first - 1;
    while (fits < last) {
        long long middle = fits + (last - fits + 1) / 2;
        if (steps_fit(m, first, middle))
            fits = middle;
        else
            last = middle - 1;
    }
    return fits;
}

static gf_status refuse(const making *m, size_t parts)
{
    char advice[128] = "it has no time steps of which fewer could be drawn";
    long long first, last;
    if (find_steps(m, &first, &last)) {
        last = find_last(m, first, last);
        if (last >= first)
            snprintf(advice, sizeof advice, "draw fewer steps, %lld to %lld at most (--steps %lld..%lld)", first, last,
                     first, last);
        else
            snprintf(advice, sizeof advice, "not even step %lld fits alone", first);
    }
    return gf_graph_fail(m->g, GF_ERROR_LIMIT, "draw: %zu boxes and arrows are more than a picture holds (%zu): %s",
                         parts, most_parts, advice);
}

/* --- what there is to say ------------------------------------------------------------ */

/* Ends a text after so many characters. */
static void shorten(gf_text *text, size_t most)
{
    size_t size = gf_utf8_bytes(gf_text_string(text), most);
    if (size == text->size)
        return;
    text->size = size;
    gf_text_add(text, "…");
}

/* A copy of a name that can be shown; NULL without memory. Graphviz reads no string of more than 16384 bytes, and a
 * tooltip has two names, which it takes up to five bytes a character to write. */
static const char *clean(gf_view *view, const char *name)
{
    gf_text text = {0};
    gf_text_name(&text, name ? name : "");
    shorten(&text, LONGEST_NAME);
    const char *copy = text.failed ? NULL : gf_arena_text(&view->arena, gf_text_string(&text));
    gf_text_free(&text);
    return copy;
}

static const char *label_of(gf_view *view, const gf_node *node)
{
    size_t room = strlen(gf_node_scope(node)) + strlen(gf_node_name(node)) + 32;
    char *label = gf_arena_get(&view->arena, room);
    return label ? clean(view, gf_node_label(node, label, room)) : NULL;
}

static gf_box_kind kind_of(const gf_node *node)
{
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

/* What is given stands aside, and each input that is read, as a target, and as nothing else. */
static void find_aside(making *m)
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
    }
}

static gf_measure measure_matrix(const gf_matrix *m)
{
    size_t entries = gf_matrix_size(m);
    double l2 = gf_matrix_norm(m);
    return (gf_measure){
        .known = true, .l2 = l2, .rms = l2 / sqrt((double)(entries ? entries : 1)), .max = gf_matrix_max(m)};
}

/* Unknown for a constant, and for what was built after backward ran. */
static gf_measure measure_gradient(gf_graph *g, gf_node *node)
{
    bool known = gf_node_differentiable(node) && gf_node_id(node) < g->covered;
    return known ? measure_matrix(gf_gradient(node)) : (gf_measure){0};
}

static bool fill_box(making *m, gf_box *box, gf_node *node)
{
    const gf_operation *op = gf_node_operation(node);
    const char *symbol = op->symbol ? op->symbol : op->name;
    int step = gf_node_step(node);
    *box = (gf_box){
        .id = gf_node_id(node),
        .kind = kind_of(node),
        .name = label_of(m->view, node),
        .variable = clean(m->view, gf_node_name(node)),
        .op = clean(m->view, op->name),
        .symbol = clean(m->view, symbol && *symbol ? symbol : "?"),
        .step = step,
        .rows = gf_node_rows(node),
        .cols = gf_node_cols(node),
        .arity = gf_node_arity(node),
        .outside = step && !in_range(m->options, step),
        .aside = m->aside[gf_node_id(node)],
        .plain = gf_node_arity(node) && !*gf_node_name(node),
        .value_l2 = gf_matrix_norm(gf_value(node)),
        .gradient = measure_gradient(m->g, node),
    };
    return box->name && box->variable && box->op && box->symbol;
}

static gf_status make_boxes(making *m)
{
    gf_view *view = m->view;
    size_t count = count_boxes(m);
    view->boxes = gf_arena_get(&view->arena, count * sizeof *view->boxes);
    if (!view->boxes)
        return GF_ERROR_MEMORY;
    for (size_t id = 0; id < gf_graph_size(m->g); id++) {
        if (m->roles[id] == ABSENT)
            continue;
        gf_box *box = m->boxes[id] = &view->boxes[view->box_count++];
        if (!fill_box(m, box, gf_graph_node(m->g, id)))
            return GF_ERROR_MEMORY;
    }
    return GF_OK;
}

static void fill_arrow(making *m, gf_arrow *arrow, const gf_node *to, int slot)
{
    const gf_edge *edge = gf_edge_find(to, slot);
    *arrow = (gf_arrow){
        .from = m->boxes[gf_node_id(gf_node_operand(to, slot))],
        .to = m->boxes[gf_node_id(to)],
        .slot = slot,
        .look = !edge          ? GF_ARROW_UNKNOWN
                : edge->passed ? GF_ARROW_PASSES
                               : GF_ARROW_NONE,
    };
    if (edge && arrow->from->aside)
        arrow->look = GF_ARROW_ASIDE;
    if (edge && edge->passed)
        arrow->gradient = (gf_measure){.known = true, .l2 = edge->l2, .rms = edge->rms, .max = edge->max};
}

static gf_status make_arrows(making *m)
{
    gf_view *view = m->view;
    size_t count = count_arrows(m, false);
    view->arrows = gf_arena_get(&view->arena, count * sizeof *view->arrows);
    if (!view->arrows)
        return GF_ERROR_MEMORY;
    for (size_t id = 0; id < gf_graph_size(m->g); id++) {
        const gf_node *node = gf_graph_node(m->g, id);
        for (int slot = 0; slot < gf_node_arity(node); slot++)
            if (arrow_shown(m, node, slot))
                fill_arrow(m, &view->arrows[view->arrow_count++], node, slot);
    }
    view->numbers = decide(m->options->numbers, count <= AUTO_NUMBERS);
    return GF_OK;
}

/* --- all of it ------------------------------------------------------------------------ */

static gf_status make(making *m)
{
    gf_view *view = m->view;
    size_t count = gf_graph_size(m->g);
    m->roles = gf_arena_get(&view->arena, count * sizeof *m->roles);
    m->aside = gf_arena_get(&view->arena, count * sizeof *m->aside);
    m->boxes = gf_arena_get(&view->arena, count * sizeof *m->boxes);
    view->title = clean(view, m->options->title);
    view->magnitude = m->options->magnitude;
    if (!m->roles || !m->aside || !m->boxes || !view->title)
        return GF_ERROR_MEMORY;
    size_t parts = cast(m);
    if (parts > most_parts)
        return refuse(m, parts);
    find_aside(m);
    gf_status status = make_boxes(m);
    if (!status)
        status = make_arrows(m);
    if (!status)
        gf_view_paint(view);
    return status;
}

gf_status gf_view_make(gf_view *view, gf_graph *g, const gf_draw_options *options)
{
    static const gf_draw_options none = {0};
    *view = (gf_view){0};
    making m = {.view = view, .g = g, .options = options ? options : &none};
    gf_status status = gf_forward(g);
    return status ? status : make(&m);
}

void gf_view_free(gf_view *view)
{
    gf_arena_free(&view->arena);
    *view = (gf_view){0};
}

/* --- as text ---------------------------------------------------------------------------- */

static void print_arrow(const gf_arrow *arrow, gf_text *out)
{
    static const char *const looks[] = {"not recorded", "dashed", "", "not finite", "aside"};
    char width[GF_NUMBER];
    gf_text_print(out, "    slot %d <- n%zu %s: ", arrow->slot, arrow->from->id, arrow->from->name);
    if (arrow->gradient.known)
        gf_describe_measure(&arrow->gradient, out);
    if (arrow->look == GF_ARROW_PASSES)
        gf_text_print(out, ", %s %s", arrow->colour, gf_number_as(width, "%.2f", arrow->width));
    else
        gf_text_print(out, "%s%s", arrow->gradient.known ? ", " : "", looks[arrow->look]);
    gf_text_print(out, "\n");
}

static void print_box(const gf_box *box, gf_text *out)
{
    char value[GF_NUMBER];
    gf_text_print(out, "n%zu %s = %s", box->id, box->name, box->op);
    if (box->step)
        gf_text_print(out, ", t = %d%s", box->step, box->outside ? " (outside)" : "");
    gf_text_print(out, ", %d x %d, value l2 %s, ", box->rows, box->cols, gf_number_as(value, "%.6g", box->value_l2));
    gf_describe_measure(&box->gradient, out);
    gf_text_print(out, "\n");
}

void gf_view_print(const gf_view *view, gf_text *out)
{
    char low[GF_NUMBER], high[GF_NUMBER];
    if (*view->title)
        gf_text_print(out, "%s\n", view->title);
    gf_text_print(out, "%zu boxes, %zu arrows", view->box_count, view->arrow_count);
    if (view->hidden)
        gf_text_print(out, ", %zu parameters not shown", view->hidden);
    if (view->measured)
        gf_text_print(out, ", %s from %s to %s", gf_magnitude_name(view->magnitude),
                      gf_number_as(low, "%.3g", pow(10, view->low)), gf_number_as(high, "%.3g", pow(10, view->high)));
    gf_text_print(out, "\n");
    const gf_arrow *arrow = view->arrows, *end = arrow + view->arrow_count;
    for (size_t k = 0; k < view->box_count; k++) {
        print_box(&view->boxes[k], out);
        for (; arrow < end && arrow->to == &view->boxes[k]; arrow++)
            print_arrow(arrow, out);
    }
}
