/* DOT: the picture in Graphviz's language, with all numbers and places, or without places, for Graphviz to find them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view/describe.h"
#include "view/dot/dot.h"
#include "view/dot/label.h"
#include "view/dot/values.h"
#include "view/drawing/figures.h"
#include "view/page/legend.h"

/* --- boxes --------------------------------------------------------------------------------- */

static const char *class_of(const gf_box *box)
{
    static const char *const classes[] = {
        [GF_BOX_PARAM] = "param",       [GF_BOX_INPUT] = "input",         [GF_BOX_GIVEN] = "given",
        [GF_BOX_CONSTANT] = "constant", [GF_BOX_OPERATION] = "operation", [GF_BOX_START] = "start",
        [GF_BOX_STEPS] = "steps",
    };
    return classes[box->kind];
}

/* As on a page. */
static void style_box(gf_dot_drawing *d, const gf_box *box)
{
    bool whole = box->kind == GF_BOX_STEPS, given = box->kind != GF_BOX_OPERATION && !whole;
    bool bad = !box->finite && !whole;
    gf_dot_set(d, "class", class_of(box));
    gf_dot_set(d, "fillcolor", given ? d->theme->input : d->theme->box);
    gf_dot_set(d, "color",
               bad          ? d->theme->bad
               : box->aside ? d->theme->aside
               : given      ? d->theme->input_line
                            : d->theme->line);
    gf_dot_set(d, "penwidth", bad ? "2" : "1");
    if (box->outside)
        gf_dot_set(d, "style", "rounded,filled,dotted");
    else if (given)
        gf_dot_set(d, "style", "filled");
    if (box->outside)
        gf_dot_set(d, "fontcolor", d->theme->soft);
    if (box->plain && strlen(box->symbol) <= 4)
        gf_dot_set(d, "shape", "ellipse");
}

static void data_of_box(gf_dot_drawing *d, const gf_box *box)
{
    int step;
    gf_dot_set_name(d, "op", box->op);
    gf_dot_set_name(d, "variable", box->variable);
    if (gf_box_when(box, &step))
        gf_dot_set_integer(d, "step", step);
    if (!box->node)
        return;
    gf_dot_set_integer(d, "rows", box->rows);
    gf_dot_set_integer(d, "cols", box->cols);
    gf_dot_set_number(d, "value_l2", box->value_l2);
    gf_dot_set_measure(d, &box->gradient);
}

static void place_box(gf_dot_drawing *d, const gf_box *box)
{
    if (!d->plan)
        return;
    const gf_stand *at = &d->plan->spread.places[box - d->view->boxes];
    gf_dot_add_place(d, at->x, at->y);
    gf_dot_set_value(d, "pos");
    gf_dot_set_inches(d, "width", at->width * gf_dot_point);
    gf_dot_set_inches(d, "height", at->height * gf_dot_point);
}

static void label_box(gf_dot_drawing *d, const gf_box *box)
{
    bool brief = d->plan && d->plan->spread.places[box - d->view->boxes].brief;
    gf_dot_label_box(d->view, box, brief, d->theme, &d->value);
    gf_dot_set_markup(d, "label");
}

static void draw_box(gf_dot_drawing *d, const gf_box *box)
{
    gf_text tooltip = {0};
    d->now = GF_DOT_NODE;
    gf_dot_begin_node(&d->text, box->key);
    data_of_box(d, box);
    style_box(d, box);
    place_box(d, box);
    label_box(d, box);
    if (box->node)
        gf_describe_box(box, &tooltip);
    else
        gf_text_print(&tooltip, "%s", box->name);
    gf_dot_set_tooltip(d, &tooltip);
    gf_dot_set(d, "id", box->key);
    gf_dot_end(&d->text);
}

/* --- arrows ----------------------------------------------------------------------------------- */

static const struct {
    const char *class, *style;
} looks[] = {
    [GF_ARROW_UNKNOWN] = {"unknown", "solid"}, [GF_ARROW_NONE] = {"none", "dashed"},
    [GF_ARROW_PASSES] = {"passes", "solid"},   [GF_ARROW_NONFINITE] = {"nonfinite", "dotted"},
    [GF_ARROW_ASIDE] = {"aside", "solid"},
};

static void data_of_arrow(gf_dot_drawing *d, const gf_arrow *arrow)
{
    gf_dot_set_integer(d, "slot", arrow->slot);
    gf_dot_set_name(d, "variable", arrow->variable);
    gf_dot_set_measure(d, &arrow->gradient);
    if (arrow->cut.known) {
        char text[GF_NUMBER];
        gf_dot_set(d, "cut_l2", gf_number_as(text, "%.9g", arrow->cut.l2));
    }
}

/* In points; as on a page. */
static double width_of(const gf_dot_drawing *d, const gf_arrow *arrow)
{
    static const double thin = 1.4, thick = 6.4;
    double width = arrow->look == GF_ARROW_PASSES      ? gf_scale_width(&d->scale, arrow->size)
                   : arrow->look == GF_ARROW_NONFINITE ? thick
                                                       : thin;
    return width * gf_dot_point;
}

static void colour_of(const gf_dot_drawing *d, const gf_arrow *arrow, char out[8])
{
    if (arrow->look == GF_ARROW_PASSES)
        gf_scale_colour(out, d->theme, &d->scale, arrow->size);
    else
        snprintf(out, 8, "%s", gf_dot_look_colour(d->theme, arrow->look));
}

/* The size of an arrow's head, as Graphviz counts: 1 is 10 points. */
static double head_of(const gf_dot_drawing *d, const gf_arrow *arrow)
{
    return 0.45 + 0.1 * width_of(d, arrow);
}

/* For Graphviz the number stands off its line, which is thick. Between steps it is no part of the layout: the boxes
 * may come to stand below each other there, and Graphviz 2.42 frees twice what holds the number of such an arrow. */
static void label_arrow(gf_dot_drawing *d, const gf_arrow *arrow)
{
    char text[GF_NUMBER], figure[GF_FIGURE];
    bool finite = isfinite(arrow->size);
    const char *number = finite ? gf_figure(figure, arrow->size, 2) : gf_number_as(text, "%.2g", arrow->size);
    if (d->plan) {
        gf_dot_set(d, "label", number);
        return;
    }
    const gf_box *from = arrow->from, *to = arrow->to;
    bool within = from->step == to->step && from->outside == to->outside;
    gf_text_print(&d->value,
                  "<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"4\"><tr><td>%s</td></tr>"
                  "</table>",
                  number);
    gf_dot_set_markup(d, within ? "label" : "xlabel");
}

static void style_arrow(gf_dot_drawing *d, const gf_arrow *arrow)
{
    char text[GF_NUMBER], colour[8];
    colour_of(d, arrow, colour);
    gf_dot_set(d, "class", looks[arrow->look].class);
    gf_dot_set(d, "style", looks[arrow->look].style);
    gf_dot_set(d, "color", colour);
    gf_dot_set(d, "penwidth", gf_number_as(text, "%.3g", width_of(d, arrow)));
    gf_dot_set(d, "arrowsize", gf_number_as(text, "%.2g", head_of(d, arrow)));
    bool number = d->view->numbers && arrow->gradient.known && arrow->look != GF_ARROW_ASIDE;
    if (arrow->look == GF_ARROW_NONFINITE || number)
        label_arrow(d, arrow);
    if (arrow->look == GF_ARROW_NONFINITE)
        gf_dot_set(d, "fontcolor", colour);
}

/* Where an arrow's line ends, and its head begins. */
static gf_point neck_of(const gf_dot_drawing *d, const gf_arrow *arrow, gf_point before, gf_point tip)
{
    double length = hypot(tip.x - before.x, tip.y - before.y), head = 10 * head_of(d, arrow) / gf_dot_point;
    double part = length > 0 ? fmin(head / length, 0.9) : 0;
    return (gf_point){tip.x + part * (before.x - tip.x), tip.y + part * (before.y - tip.y)};
}

/* Beside the middle of its last part. */
static void place_number(gf_dot_drawing *d, gf_point before, gf_point tip)
{
    static const double beside = 13, above = 7;
    bool upright = fabs(tip.x - before.x) < fabs(tip.y - before.y);
    gf_dot_add_place(d, (before.x + tip.x) / 2 + (upright ? beside : 0),
                     (before.y + tip.y) / 2 - (upright ? 0 : above));
    gf_dot_set_value(d, "lp");
}

/* Straight lines, as Graphviz has them: each a Bézier curve whose middle points are its ends. */
static void place_arrow(gf_dot_drawing *d, const gf_arrow *arrow)
{
    const gf_spread_route *route = d->plan ? &d->plan->routes[arrow - d->view->arrows] : NULL;
    if (!route || route->count < 2)
        return;
    int last = route->count - 1;
    gf_point from = route->points[0], before = route->points[last - 1], tip = route->points[last];
    gf_text_add(&d->value, "e,");
    gf_dot_add_place(d, tip.x, tip.y);
    gf_text_add(&d->value, " ");
    gf_dot_add_place(d, from.x, from.y);
    for (int k = 1; k <= last; k++) {
        gf_point to = k < last ? route->points[k] : neck_of(d, arrow, before, tip), ends[] = {from, to, to};
        for (int j = 0; j < 3; j++) {
            gf_text_add(&d->value, " ");
            gf_dot_add_place(d, ends[j].x, ends[j].y);
        }
        from = to;
    }
    gf_dot_set_value(d, "pos");
    place_number(d, before, tip);
}

/* For Graphviz: what goes on from step to step shall be straight. */
static void weigh_arrow(gf_dot_drawing *d, const gf_arrow *arrow)
{
    if (!d->plan && arrow->from->pattern == arrow->to->pattern)
        gf_dot_set(d, "weight", "8");
}

/* What tells arrows between the same boxes apart: two operands may be the same node; above the level of operations each
 * variable has one arrow. */
static int number_of(const gf_dot_drawing *d, const gf_arrow *arrow)
{
    return d->view->level == GF_LEVEL_OPS ? arrow->slot : arrow->source;
}

static void identify_arrow(gf_dot_drawing *d, const gf_arrow *arrow)
{
    bool node = arrow->to->node != NULL; /* e17_0, estep3_0 */
    gf_text_print(&d->value, "e%s_%d", arrow->to->key + node, number_of(d, arrow));
    gf_dot_set_value(d, "id");
}

static void draw_arrow(gf_dot_drawing *d, const gf_arrow *arrow)
{
    char key[32];
    gf_text tooltip = {0};
    snprintf(key, sizeof key, "%d", number_of(d, arrow));
    d->now = GF_DOT_EDGE;
    gf_dot_begin_edge(&d->text, arrow->from->key, arrow->to->key, key);
    data_of_arrow(d, arrow);
    style_arrow(d, arrow);
    place_arrow(d, arrow);
    weigh_arrow(d, arrow);
    gf_describe_arrow(arrow, &tooltip);
    gf_dot_set_tooltip(d, &tooltip);
    identify_arrow(d, arrow);
    gf_dot_end(&d->text);
}

/* --- the picture ------------------------------------------------------------------------------- */

static void set_rectangle(gf_dot_drawing *d, double left, double bottom, double right, double top)
{
    gf_dot_add_point(d, left, bottom);
    gf_text_print(&d->value, ",");
    gf_dot_add_point(d, right, top);
    gf_dot_set_value(d, "bb");
}

/* A step's boxes by number; those of no step last. */
static int compare_boxes(const void *a, const void *b)
{
    const gf_box *one = *(const gf_box *const *)a, *other = *(const gf_box *const *)b;
    int step = one->outside ? 0 : one->step, next = other->outside ? 0 : other->step;
    if (step != next)
        return !step ? 1 : !next ? -1 : step < next ? -1 : 1;
    return (one > other) - (one < other);
}

/* Frames in the order of steps, each with its ground; false without memory. */
static bool find_frames(gf_dot_drawing *d)
{
    size_t count = d->view->box_count;
    int ground = 0, grounds = d->plan ? d->plan->spread.ground_count : 0;
    d->boxes = calloc(count + 1, sizeof *d->boxes);
    d->frames = calloc(count + 1, sizeof *d->frames);
    if (!d->boxes || !d->frames)
        return false;
    for (size_t k = 0; k < count; k++)
        d->boxes[k] = &d->view->boxes[k];
    qsort((void *)d->boxes, count, sizeof *d->boxes, compare_boxes);
    for (size_t k = 0, end; k < count && d->boxes[k]->step && !d->boxes[k]->outside; k = end) {
        int step = d->boxes[k]->step;
        for (end = k; end < count && d->boxes[end]->step == step && !d->boxes[end]->outside;)
            end++;
        while (ground < grounds && d->plan->spread.grounds[ground].step < step)
            ground++;
        bool found = ground < grounds && d->plan->spread.grounds[ground].step == step;
        d->frames[d->frame_count++] = (gf_dot_frame){step, k, end, found ? &d->plan->spread.grounds[ground] : NULL};
    }
    return true;
}

/* The ground, and above it room for the label. */
static void place_frame(gf_dot_drawing *d, const gf_ground *ground)
{
    static const double label = 15;
    double room = ground->solid ? 3 : 0; /* where the step is the box itself */
    gf_point low = gf_dot_place(d->plan, ground->x - room, ground->y + ground->height + room);
    gf_point high = gf_dot_place(d->plan, ground->x + ground->width + room, ground->y - room - label);
    set_rectangle(d, low.x, low.y, high.x, high.y);
    gf_dot_set_point(d, "lp", low.x + 20, high.y - 7);
}

static bool is_input(const gf_box *box)
{
    return box->kind == GF_BOX_INPUT || box->kind == GF_BOX_GIVEN;
}

/* For Graphviz: a step's inputs stand beside each other. */
static void rank_inputs(gf_dot_drawing *d, const gf_dot_frame *f)
{
    char name[32];
    snprintf(name, sizeof name, "inputs_%d", f->step);
    gf_dot_begin_cluster(&d->text, name);
    gf_dot_attribute(&d->text, "rank", "same");
    gf_dot_end(&d->text);
    for (size_t k = f->first; k < f->end; k++)
        if (is_input(d->boxes[k]))
            draw_box(d, d->boxes[k]);
    gf_dot_end_cluster(&d->text);
}

static void draw_frame(gf_dot_drawing *d, const gf_dot_frame *f)
{
    char name[32];
    snprintf(name, sizeof name, "cluster_%d", f->step);
    d->now = GF_DOT_GRAPH;
    gf_dot_begin_cluster(&d->text, name);
    gf_text_print(&d->value, "t = %d", f->step);
    gf_dot_set_value(d, "label");
    gf_dot_set(d, "id", name);
    gf_dot_set(d, "style", "rounded,filled");
    gf_dot_set(d, "color", d->theme->frame);
    gf_dot_set(d, "fontsize", "10");
    if (f->ground)
        place_frame(d, f->ground);
    gf_dot_end(&d->text);
    if (!d->plan)
        rank_inputs(d, f);
    for (size_t k = f->first; k < f->end; k++)
        if (d->plan || !is_input(d->boxes[k]))
            draw_box(d, d->boxes[k]);
    gf_dot_end_cluster(&d->text);
}

/* The picture's size, with the legend above it. The same layout serves whoever draws the DOT text with Graphviz. */
static void place_all(gf_dot_drawing *d, double *width)
{
    double legend = gf_dot_legend_height(d->view);
    gf_point corner = gf_dot_place(d->plan, d->plan->right, d->plan->top);
    double height = corner.y + GF_DOT_MARGIN + legend;
    *width = fmax(corner.x + GF_DOT_MARGIN, gf_dot_legend_width(d->view));
    gf_dot_set(d, "layout", "nop2");
    set_rectangle(d, 0, 0, *width, height);
    gf_dot_set_point(d, "lp", *width / 2, height - legend / 2);
}

static void draw_legend(gf_dot_drawing *d)
{
    double width = gf_dot_legend_width(d->view);
    gf_dot_set(d, "rankdir", "LR");
    gf_dot_set(d, "outputorder", "edgesfirst");
    if (d->plan)
        place_all(d, &width);
    gf_dot_label_legend(d->view, d->theme, &d->scale, width, &d->value);
    gf_dot_set_markup(d, "label");
}

/* Boxes stand within their frame. */
static void draw_all(gf_dot_drawing *d)
{
    size_t framed = d->frame_count ? d->frames[d->frame_count - 1].end : 0;
    for (size_t k = 0; k < d->frame_count; k++)
        draw_frame(d, &d->frames[k]);
    for (size_t k = framed; k < d->view->box_count; k++)
        draw_box(d, d->boxes[k]);
    for (size_t k = 0; k < d->view->arrow_count; k++)
        draw_arrow(d, &d->view->arrows[k]);
}

static void write_all(gf_dot_drawing *d)
{
    gf_dot_begin(&d->text, "gradflow");
    for (gf_dot_thing of = GF_DOT_NODE; of <= GF_DOT_EDGE; of++) {
        gf_dot_write_defaults(d, of);
        gf_dot_end(&d->text);
    }
    d->now = GF_DOT_GRAPH;
    gf_dot_write_defaults(d, GF_DOT_GRAPH);
    draw_legend(d);
    gf_dot_end(&d->text);
    draw_all(d);
    gf_dot_finish(&d->text);
}

gf_status gf_dot_write(const gf_view *view, const gf_draw_options *options, gf_text *out)
{
    gf_dot_plan plan = {0};
    gf_dot_drawing d = {
        .view = view,
        .plan = options->graphviz ? NULL : &plan,
        .theme = gf_theme_find("light"),
        .scale = gf_scale_choose(view, options->least, options->most),
        .text = {.out = out},
    };
    gf_status status = d.plan ? gf_dot_plan_make(&plan, view) : GF_OK;
    bool good = !status && find_frames(&d);
    if (good)
        write_all(&d);
    good &= !d.failed && !out->failed;
    free((void *)d.boxes);
    free(d.frames);
    gf_text_free(&d.value);
    gf_dot_plan_free(&plan);
    return good ? GF_OK : GF_ERROR_MEMORY;
}
