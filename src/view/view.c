/* From a graph to a view: which of its boxes and arrows are shown, and what there is to say of each.
 *
 * Stage by stage: which nodes are one box at the level (roots.c), which boxes are the same quantity (patterns.c), the
 * boxes, arrows and cells that makes (fold.c); which of them are in the range of steps, and whether a picture holds as
 * many (here); what is said of each (boxes.c) and how large the gradient is that passes (flow.c). */
#include "view/view.h"
#include "view/describe.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/characters.h"
#include "view/inside.h"

enum { AUTO_PARAM_ARROWS = 100, AUTO_NUMBERS = 40 };
static const size_t most_parts = 200000; /* 2 s and 300 MB as DOT, 4 s and 700 MB as SVG */

/* --- which ------------------------------------------------------------------------ */

static bool is_param_part(const gf_making *m, uint32_t part)
{
    const gf_node *node = m->parts[part].node;
    return node && gf_is_weight(m, node);
}

/* The steps asked for, and what touches them; all, where all steps are asked for, but for a textbook page; above the
 * level of operations nothing that nothing touches. */
static void cast_roles(gf_making *m)
{
    bool alone = m->level == GF_LEVEL_OPS || !(m->arrows.count || m->cells.count);
    bool whole = m->fold || (!m->open && gf_step_in_range(m->options, m->view->first_step) &&
                             gf_step_in_range(m->options, m->view->last_step));
    for (uint32_t k = 0; k < m->part_count; k++) {
        gf_part *part = &m->parts[k];
        bool core = (whole || gf_step_in_range(m->options, part->step)) && part->between;
        part->role = core && (alone || part->touched) ? GF_CORE : GF_ABSENT;
    }
    for (uint32_t k = 0; k < m->arrows.count; k++) {
        gf_role *from = &m->parts[m->arrows.items[k].from].role, *to = &m->parts[m->arrows.items[k].to].role;
        if (*to == GF_CORE && *from == GF_ABSENT)
            *from = GF_NEIGHBOUR;
        else if (*from == GF_CORE && *to == GF_ABSENT)
            *to = GF_NEIGHBOUR;
    }
}

/* Is there an arrow for this link? Not between two neighbours. */
static bool arrow_shown(const gf_making *m, const gf_link *link)
{
    gf_role one = m->parts[link->to].role, other = m->parts[link->from].role;
    return one != GF_ABSENT && other != GF_ABSENT && (one == GF_CORE || other == GF_CORE);
}

static bool cell_shown(const gf_making *m, const gf_link *link)
{
    return m->parts[link->to].role == GF_CORE;
}

static size_t count_arrows(const gf_making *m, bool of_params)
{
    size_t count = 0;
    for (uint32_t k = 0; k < m->arrows.count; k++) {
        const gf_link *link = &m->arrows.items[k];
        if (!of_params || is_param_part(m, link->from))
            count += arrow_shown(m, link);
    }
    return count;
}

static size_t count_cells(const gf_making *m)
{
    size_t count = 0;
    for (uint32_t k = 0; k < m->cells.count; k++)
        count += cell_shown(m, &m->cells.items[k]);
    return count;
}

static bool decide(gf_show wish, bool automatic)
{
    return wish == GF_SHOW_AUTO ? automatic : wish == GF_SHOWN;
}

/* A number that an operation of two alone has as an operand: that one's box says it, where parameters are folded. */
static bool is_said(const gf_making *m, const gf_part *part)
{
    const gf_node *node = part->node;
    return m->level == GF_LEVEL_OPS && m->options->params == GF_SHOW_FOLDED && node && gf_is_number(node) &&
           m->users[gf_node_id(node)] == 1 && gf_node_arity(gf_graph_node(m->g, m->user[gf_node_id(node)])) == 2;
}

static void hide_params(gf_making *m)
{
    if (decide(m->options->params, count_arrows(m, true) <= AUTO_PARAM_ARROWS))
        return;
    for (uint32_t k = 0; k < m->part_count; k++) {
        const gf_node *node = m->parts[k].node;
        bool fixed = node && gf_is_fixed_weight(m, node);
        if (m->parts[k].role == GF_ABSENT || !(fixed || is_param_part(m, k) || is_said(m, &m->parts[k])))
            continue;
        m->parts[k].role = GF_ABSENT;
        m->view->hidden += fixed || is_param_part(m, k);
    }
}

/* --- how many ----------------------------------------------------------------------- */

static size_t count_boxes(const gf_making *m)
{
    size_t count = 0;
    for (uint32_t k = 0; k < m->part_count; k++)
        count += m->parts[k].role != GF_ABSENT;
    return count;
}

/* Gives each part its role, and says how many boxes and arrows that makes. */
static size_t cast(gf_making *m)
{
    m->view->hidden = 0;
    cast_roles(m);
    hide_params(m);
    return count_boxes(m) + count_arrows(m, false);
}

/* The first and the last of the steps that are asked for; false if there is none. */
static bool find_steps(const gf_making *m, long long *first, long long *last)
{
    *first = INT_MAX, *last = INT_MIN;
    for (size_t id = 0; id < gf_graph_size(m->g); id++) {
        int step = gf_node_step(gf_graph_node(m->g, id));
        if (!step || !gf_step_in_range(m->options, step))
            continue;
        *first = step < *first ? step : *first;
        *last = step > *last ? step : *last;
    }
    return *first <= *last;
}

static bool steps_fit(const gf_making *all, long long first, long long last)
{
    gf_making m = *all;
    m.fold = false;
    gf_draw_options options = *all->options;
    options.first_step = (int)first;
    options.last_step = last ? (int)last : -1; /* 0 means: to the last */
    m.options = &options;
    return cast(&m) <= most_parts;
}

/* The last step up to which a picture holds them, by bisection; first - 1 if not even that one fits. */
static long long find_last(const gf_making *m, long long first, long long last)
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

static gf_status refuse(const gf_making *m, size_t parts)
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

/* --- boxes, arrows, cells ------------------------------------------------------------ */

static gf_status make_boxes(gf_making *m)
{
    gf_view *view = m->view;
    view->boxes = gf_arena_get(&view->arena, count_boxes(m) * sizeof *view->boxes);
    if (!view->boxes)
        return GF_ERROR_MEMORY;
    for (uint32_t k = 0; k < m->part_count; k++) {
        gf_part *part = &m->parts[k];
        if (part->role == GF_ABSENT)
            continue;
        part->box = &view->boxes[view->box_count++];
        if (!gf_fill_box(m, part->box, part))
            return GF_ERROR_MEMORY;
    }
    return GF_OK;
}

/* What is kept of variables while arrows are made, by node id. */
typedef struct variables {
    const char **names;
    uint32_t *numbers; /* 1 + view->sources' */
} variables;

static bool name_source(gf_making *m, const variables *of, gf_arrow *arrow, uint32_t source)
{
    if (!of->numbers[source]) {
        of->numbers[source] = (uint32_t)++m->view->source_count;
        of->names[source] = gf_variable_of(m->view, gf_graph_node(m->g, source));
    }
    arrow->source = (int)of->numbers[source] - 1;
    arrow->variable = of->names[source];
    return arrow->variable != NULL;
}

/* The sums of a table's operations, and of parameters, whose matrices are large, are left alone: nobody adds them up.
 */
static gf_status fill_arrow(gf_making *m, const variables *of, gf_arrow *arrow, const gf_link *link)
{
    *arrow = (gf_arrow){
        .from = m->parts[link->from].box,
        .to = m->parts[link->to].box,
        .slot = link->uses->slot,
        .uses = link->uses,
        .use_count = link->count,
    };
    bool kept = !is_param_part(m, link->from) && (m->picture || m->level != GF_LEVEL_OPS);
    gf_status status = gf_measure_uses(&m->view->arena, link->uses, link->count, &m->call, &arrow->gradient,
                                       &arrow->look, kept ? &arrow->sum : NULL);
    if (arrow->look != GF_ARROW_UNKNOWN && (m->aside[link->source] || m->fixed[link->source]))
        arrow->look = GF_ARROW_ASIDE;
    if (!status)
        status = gf_fill_cut(m, arrow);
    return status || !name_source(m, of, arrow, link->source) ? GF_ERROR_MEMORY : GF_OK;
}

static gf_status make_arrows(gf_making *m)
{
    gf_view *view = m->view;
    size_t count = count_arrows(m, false);
    variables of = {gf_arena_get(&m->arena, m->count * sizeof *of.names),
                    gf_arena_get(&m->arena, m->count * sizeof *of.numbers)};
    view->arrows = gf_arena_get(&view->arena, count * sizeof *view->arrows);
    if (!view->arrows || !of.names || !of.numbers)
        return GF_ERROR_MEMORY;
    gf_status status = GF_OK;
    for (uint32_t k = 0; k < m->arrows.count && !status; k++)
        if (arrow_shown(m, &m->arrows.items[k]))
            status = fill_arrow(m, &of, &view->arrows[view->arrow_count++], &m->arrows.items[k]);
    view->numbers = decide(m->options->numbers, count <= AUTO_NUMBERS);
    return status;
}

static gf_status fill_cell(gf_making *m, const char **names, gf_cell *cell, const gf_link *link)
{
    const gf_node *param = gf_graph_node(m->g, link->from);
    if (!names[link->from])
        names[link->from] = gf_label_of(m->view, param);
    *cell = (gf_cell){
        .param = param,
        .name = names[link->from],
        .box = m->parts[link->to].box,
        .pattern = (int)link->pattern,
        .uses = link->uses,
        .use_count = link->count,
    };
    gf_status status =
        gf_measure_uses(&m->view->arena, link->uses, link->count, &m->call, &cell->gradient, &cell->look, NULL);
    return cell->name ? status : GF_ERROR_MEMORY;
}

static gf_status make_cells(gf_making *m)
{
    gf_view *view = m->view;
    const char **names = gf_arena_get(&m->arena, m->count * sizeof *names);
    view->cells = gf_arena_get(&view->arena, count_cells(m) * sizeof *view->cells);
    if (!view->cells || !names)
        return GF_ERROR_MEMORY;
    gf_status status = GF_OK;
    for (uint32_t k = 0; k < m->cells.count && !status; k++)
        if (cell_shown(m, &m->cells.items[k]))
            status = fill_cell(m, names, &view->cells[view->cell_count++], &m->cells.items[k]);
    return status;
}

/* --- patterns -------------------------------------------------------------------------- */

static bool fill_pattern(gf_making *m, gf_pattern *pattern, uint32_t number)
{
    const gf_node *kin = m->kin[number];
    if (!kin) { /* of steps as a whole: its key is its name */
        *pattern = (gf_pattern){gf_clean_name(m->view, gf_names_text(&m->keys, number + 1)), true};
        return pattern->name != NULL;
    }
    *pattern = (gf_pattern){gf_name_again(m, kin, gf_pattern_name(m->view, kin)), gf_pattern_is_timed(m, kin)};
    return pattern->name != NULL;
}

/* Keeps those that a box or a cell has, in their order, and numbers them anew. */
static gf_status make_patterns(gf_making *m)
{
    gf_view *view = m->view;
    int *numbers = gf_arena_get(&m->arena, m->keys.count * sizeof *numbers);
    view->patterns = gf_arena_get(&view->arena, m->keys.count * sizeof *view->patterns);
    if (!numbers || !view->patterns)
        return GF_ERROR_MEMORY;
    for (size_t k = 0; k < view->box_count; k++)
        numbers[view->boxes[k].pattern] = 1;
    for (size_t k = 0; k < view->cell_count; k++)
        numbers[view->cells[k].pattern] = 1;
    for (uint32_t k = 0; k < m->keys.count; k++) {
        if (!numbers[k])
            continue;
        numbers[k] = view->pattern_count;
        if (!fill_pattern(m, &view->patterns[view->pattern_count++], k))
            return GF_ERROR_MEMORY;
    }
    for (size_t k = 0; k < view->box_count; k++)
        view->boxes[k].pattern = numbers[view->boxes[k].pattern];
    for (size_t k = 0; k < view->cell_count; k++)
        view->cells[k].pattern = numbers[view->cells[k].pattern];
    return GF_OK;
}

/* --- all of it ------------------------------------------------------------------------ */

static bool make_room(gf_making *m)
{
    uint32_t **lists[] = {&m->users, &m->factors, &m->user,  &m->quantity, &m->root,
                          &m->step,  &m->pattern, &m->again, &m->home,     &m->source};
    bool **flags[] = {&m->aside, &m->fixed, &m->between, &m->total, &m->sum, &m->opened};
    bool good = true;
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
        good &= (*lists[k] = gf_arena_get(&m->arena, m->count * sizeof **lists[k])) != NULL;
    for (size_t k = 0; k < sizeof flags / sizeof *flags; k++)
        good &= (*flags[k] = gf_arena_get(&m->arena, m->count * sizeof **flags[k])) != NULL;
    m->kin = gf_arena_get(&m->arena, (m->count + 2) * sizeof *m->kin);
    m->parts = gf_arena_get(&m->arena, m->count * sizeof *m->parts);
    return good && m->kin && m->parts;
}

static void find_range(gf_making *m)
{
    gf_view *view = m->view;
    for (size_t id = 0; id < m->count; id++) {
        int step = gf_node_step(gf_graph_node(m->g, id));
        if (step && (!view->first_step || step < view->first_step))
            view->first_step = step;
        if (step && (!view->last_step || step > view->last_step))
            view->last_step = step;
    }
}

/* Runs stages until one fails; NULL ends the list. */
static gf_status run(gf_making *m, gf_status (*const stages[])(gf_making *m))
{
    gf_status status = GF_OK;
    for (; *stages && !status; stages++)
        status = (*stages)(m);
    return status;
}

/* The name of where backward began. */
static const char *name_root(gf_making *m)
{
    const gf_node *root = m->g->record.root;
    bool loss = root && (!root->name || !strcmp(gf_node_name(root), "loss"));
    return gf_clean_name(m->view, !root ? "" : loss ? "the loss" : gf_label(root));
}

static gf_status make(gf_making *m)
{
    static gf_status (*const finding[])(
        gf_making *) = {gf_find_roots, gf_find_patterns, gf_find_parts, gf_find_links, gf_find_cuts, NULL},
                  (*const making[])(gf_making *) = {make_boxes, gf_fill_quantities, make_arrows,   gf_fill_cuts_within,
                                                    make_cells, make_patterns,      gf_find_turns, NULL};
    gf_view *view = m->view;
    view->title = gf_clean_name(view, m->options->title);
    view->of = name_root(m);
    view->magnitude = m->options->magnitude;
    view->params = m->options->params;
    view->level = m->level;
    gf_status status = make_room(m) && view->title && view->of ? run(m, finding) : GF_ERROR_MEMORY;
    if (status)
        return status;
    find_range(m);
    size_t parts = cast(m);
    if (parts > most_parts)
        return refuse(m, parts);
    gf_find_aside(m);
    status = run(m, making);
    if (!status)
        gf_view_measure(view);
    return status;
}

/* Marks what depends on a node; NULL without memory. The caller's. */
static bool *dependents_of(gf_graph *g, const gf_node *from)
{
    size_t count = gf_graph_size(g);
    bool *depends = calloc(count, sizeof *depends);
    for (size_t id = gf_node_id(from); depends && id < count; id++) {
        const gf_node *node = gf_graph_node(g, id);
        depends[id] = node == from;
        for (int slot = 0; slot < gf_node_arity(node) && !depends[id]; slot++)
            depends[id] = depends[gf_node_id(gf_node_operand(node, slot))];
    }
    return depends;
}

static gf_status refuse_ends(gf_graph *g, const gf_node *from, const gf_node *to, bool backward)
{
    char one[256], other[256];
    gf_node_label(one, sizeof one, from);
    gf_node_label(other, sizeof other, to);
    if (backward)
        return gf_graph_fail(g, GF_ERROR_ARGUMENT,
                             "draw: nothing leads from %s to %s: arrows go the way of the values, here from %s to %s",
                             one, other, other, one);
    return gf_graph_fail(g, GF_ERROR_ARGUMENT, "draw: nothing leads from %s to %s, nor the other way round", one,
                         other);
}

static gf_status check_ends(gf_graph *g, const gf_draw_options *options)
{
    const gf_node *const ends[] = {options->from, options->to};
    for (int k = 0; k < 2; k++)
        if (ends[k] && gf_node_fault(ends[k], g))
            return gf_graph_fail(g, GF_ERROR_ARGUMENT, "draw: %s %s", k ? "to" : "from", gf_node_fault(ends[k], g));
    if (!ends[0] || !ends[1])
        return GF_OK;
    bool *ahead = dependents_of(g, ends[0]), *behind = dependents_of(g, ends[1]);
    gf_status status = ahead && behind ? GF_OK : GF_ERROR_MEMORY;
    if (!status && !ahead[gf_node_id(ends[1])])
        status = refuse_ends(g, ends[0], ends[1], behind[gf_node_id(ends[0])]);
    free(ahead);
    free(behind);
    return status;
}

static gf_making making_of(gf_view *view, gf_graph *g, const gf_draw_options *options)
{
    static const gf_draw_options none = {0};
    *view = (gf_view){0};
    gf_making m = {.view = view, .g = g, .options = options ? options : &none, .count = gf_graph_size(g)};
    m.level = m.options->level ? m.options->level : GF_LEVEL_OPS;
    return m;
}

static gf_status view_make(gf_making *m)
{
    gf_status status = gf_forward(m->g);
    if (!status)
        status = check_ends(m->g, m->options);
    if (!status)
        status = make(m);
    gf_names_free(&m->keys);
    gf_arena_free(&m->arena);
    return status;
}

gf_status gf_view_make(gf_view *view, gf_graph *g, const gf_draw_options *options)
{
    gf_making m = making_of(view, g, options);
    return view_make(&m);
}

gf_status gf_view_make_opened(gf_view *view, gf_graph *g, const gf_draw_options *options)
{
    gf_making m = making_of(view, g, options);
    m.level = GF_LEVEL_EQUATIONS;
    m.open = true;
    return view_make(&m);
}

gf_status gf_view_make_folded(gf_view *view, gf_graph *g, const gf_draw_options *options, int fold_first, int fold_last)
{
    gf_making m = making_of(view, g, options);
    m.level = m.options->level ? m.options->level : GF_LEVEL_EQUATIONS;
    m.fold = m.level != GF_LEVEL_OPS;
    m.picture = true;
    m.fold_first = fold_first, m.fold_last = fold_last;
    return view_make(&m);
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
    gf_text_print(out, "    slot %d <- %s %s: ", arrow->slot, arrow->from->key, arrow->from->name);
    if (arrow->gradient.known)
        gf_describe_measure(&arrow->gradient, out);
    if (arrow->look != GF_ARROW_PASSES)
        gf_text_print(out, "%s%s", arrow->gradient.known ? ", " : "", looks[arrow->look]);
    gf_text_print(out, "\n");
}

static void print_box(const gf_box *box, gf_text *out)
{
    char value[GF_NUMBER];
    gf_text_print(out, "%s %s%s%s", box->key, box->name, box->node ? " = " : "", box->op);
    if (box->step)
        gf_text_print(out, ", t = %d%s", box->step, box->outside ? " (outside)" : "");
    if (box->node) {
        gf_text_print(out, ", %d x %d, value l2 %s, ", box->rows, box->cols,
                      gf_number_as(value, "%.6g", box->value_l2));
        gf_describe_measure(&box->gradient, out);
    }
    gf_text_print(out, "\n");
}

void gf_view_print(const gf_view *view, gf_text *out)
{
    if (*view->title)
        gf_text_print(out, "%s\n", view->title);
    gf_text_print(out, "%zu boxes, %zu arrows", view->box_count, view->arrow_count);
    if (view->hidden)
        gf_text_print(out, ", %zu parameters not shown", view->hidden);
    if (view->measured)
        gf_text_print(out, ", sizes are %s", gf_magnitude_name(view->magnitude));
    gf_text_print(out, "\n");
    const gf_arrow *arrow = view->arrows, *end = arrow + view->arrow_count;
    for (size_t k = 0; k < view->box_count; k++) {
        print_box(&view->boxes[k], out);
        for (; arrow < end && arrow->to == &view->boxes[k]; arrow++)
            print_arrow(arrow, out);
    }
}
