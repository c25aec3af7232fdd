/* What stands in a box: its name, and below or beside it a number: of a 1 x 1 value the value and its gradient with its
 * sign, else, of what is worked out, the size of the gradient. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/characters.h"
#include "view/describe.h"
#include "view/drawing/figures.h"
#include "view/page/paint.h"
#include "view/page/strip.h"

enum { LONGEST_NAME = 40, LONGEST_BESIDE = 20, LONGEST_END = 12 }; /* characters */
static const double spare = 1.15;                                  /* for fonts that are wider than ours */

static bool is_given(const gf_box *box)
{
    return box->kind != GF_BOX_OPERATION && box->kind != GF_BOX_STEPS;
}

/* Adds bytes, an index's minus as long as a plus. */
static size_t add_name(char out[GF_INSCRIPTION], size_t size, const char *name, size_t count)
{
    for (const char *c = name; c < name + count && size < GF_INSCRIPTION - 4; c++) {
        if (*c == '-' && c > name && c[-1] == '[')
            size += (size_t)snprintf(out + size, GF_INSCRIPTION - size, "−");
        else
            out[size++] = *c;
    }
    out[size] = '\0';
    return size;
}

/* Where the last so many characters of a text begin. */
static const char *last_characters(const char *text, size_t count)
{
    const char *at = text + strlen(text);
    while (at > text && count > 0)
        count -= !gf_utf8_continues(*--at);
    return at;
}

/* A name as it is shown: of one too long for a box the middle is left out, for its index stands at the end. */
static void copy_name(char out[GF_INSCRIPTION], const char *name, size_t longest)
{
    size_t all = strlen(name);
    if (gf_utf8_bytes(name, longest) == all) {
        add_name(out, 0, name, all);
        return;
    }
    const char *end = last_characters(name, LONGEST_END);
    size_t size = add_name(out, 0, name, gf_utf8_bytes(name, longest - LONGEST_END - 1));
    size += (size_t)snprintf(out + size, GF_INSCRIPTION - size, "…");
    add_name(out, size, end, strlen(end));
}

/* Two digits, as beside arrows, four of one number where there is no time and so more room. Where room is scarce, no 0
 * before the point, and of small numbers one digit: .095, .002, 4e−4. */
static void write_number(char out[GF_FIGURE], const gf_view *view, double number, bool scalar, bool tight)
{
    if (!tight) {
        gf_figure(out, number, scalar && !view->last_step ? 4 : 2);
        return;
    }
    gf_figure_tight(out, number, 2);
    if (number != 0 && fabs(number) < 0.00095)
        gf_figure_short(out, number);
    else if (fabs(number) < 0.0095)
        gf_figure_tight(out, number, 1);
}

static void write_scalar(char out[GF_INSCRIPTION], const gf_view *view, const gf_box *box, bool tight)
{
    char value[GF_FIGURE], slope[GF_FIGURE];
    write_number(value, view, box->value, true, tight);
    write_number(slope, view, box->gradient.slope, true, tight);
    if (box->gradient.known && !box->aside)
        snprintf(out, GF_INSCRIPTION, "%s ◂%s", value, slope);
    else
        snprintf(out, GF_INSCRIPTION, "%s", value);
}

/* "@ U": parameters that are no boxes of their own stand in the box that uses them. */
static void add_params(char name[GF_INSCRIPTION], const gf_node *node)
{
    for (int slot = 0; slot < gf_node_arity(node); slot++) {
        const gf_node *operand = gf_node_operand(node, slot);
        size_t size = strlen(name);
        bool fixed = gf_node_is_given(operand) && !gf_node_step(operand) && gf_node_rows(operand) > 1 &&
                     gf_node_cols(operand) > 1 && !strcmp(gf_node_operation(node)->name, "matmul");
        if ((fixed || gf_node_is_param(operand)) && size + strlen(gf_node_name(operand)) + 2 < GF_INSCRIPTION)
            snprintf(name + size, GF_INSCRIPTION - size, " %s", gf_node_name(operand));
    }
}

/* "h[1]: ⊙"; not with an equals sign, for z = − 1 would be read as its value. */
static void add_operation(char name[GF_INSCRIPTION], const char *operation)
{
    size_t size = strlen(name);
    if (size + strlen(operation) + strlen(": ") < GF_INSCRIPTION)
        snprintf(name + size, GF_INSCRIPTION - size, ": %s", operation);
}

static int compare_boxes(const void *key, const void *cell)
{
    const gf_box *one = key, *other = ((const gf_cell *)cell)->box;
    return (one > other) - (one < other);
}

/* "U W b": the weights of a quantity, by its cells, which stand in the order of boxes. */
static void write_weights(char out[GF_INSCRIPTION], const gf_view *view, const gf_box *box)
{
    size_t size = 0;
    const gf_cell *cell =
        view->cell_count ? bsearch(box, view->cells, view->cell_count, sizeof *cell, compare_boxes) : NULL;
    while (cell && cell > view->cells && cell[-1].box == box)
        cell--;
    for (; cell && cell < view->cells + view->cell_count && cell->box == box; cell++) {
        size_t length;
        const char *weight = gf_weight_short(view, cell->name, box->name, strcspn(box->name, "["), &length);
        if (size + length + 2 < GF_INSCRIPTION)
            size += (size_t)snprintf(out + size, GF_INSCRIPTION - size, "%s%.*s", size ? " " : "", (int)length, weight);
    }
}

/* "3 cuts: 0.12": what is thrown away within whole steps. */
static void write_cuts(char out[GF_INSCRIPTION], const gf_view *view, const gf_box *box)
{
    char size[GF_FIGURE];
    int length = snprintf(out, GF_INSCRIPTION, "%d cut%s", box->cuts, box->cuts > 1 ? "s" : "");
    if (box->cut.known)
        snprintf(out + length, GF_INSCRIPTION - (size_t)length, ": %s",
                 gf_figure(size, gf_measure_size(&box->cut, view->magnitude), 2));
}

void gf_box_inscribe(const gf_view *view, const gf_box *box, bool brief, bool tight, gf_inscription *out)
{
    char *name = out->name, *number = out->number;
    const char *written = brief ? view->patterns[box->pattern].name : box->name;
    bool operation = box->node && gf_node_arity(box->node) && !box->sum && view->level == GF_LEVEL_OPS;
    char size[GF_FIGURE];
    *number = *out->weights = '\0';
    bool unnamed = box->kind == GF_BOX_INPUT && !*box->variable;
    if ((box->kind == GF_BOX_CONSTANT || unnamed) && box->scalar) {
        gf_figure(size, box->value, 4);
        written = size;
    }
    char symbol[GF_INSCRIPTION];
    bool numbers = view->level == GF_LEVEL_OPS && view->params == GF_SHOW_FOLDED;
    if (box->node && (box->plain || operation))
        gf_operation_write(symbol, box->node, box->symbol, numbers);
    copy_name(name, box->plain ? symbol : written, view->level == GF_LEVEL_STEPS ? LONGEST_BESIDE : LONGEST_NAME);
    if (operation && !box->plain)
        add_operation(name, symbol);
    if (operation && view->hidden)
        add_params(name, box->node);
    if (box->cuts)
        write_cuts(number, view, box);
    if (box->kind == GF_BOX_STEPS || box->kind == GF_BOX_CONSTANT || unnamed)
        return;
    if (view->level == GF_LEVEL_EQUATIONS && view->params == GF_SHOW_FOLDED)
        write_weights(out->weights, view, box);
    if (box->scalar)
        write_scalar(number, view, box, tight);
    else if (!is_given(box) && box->gradient.known) {
        write_number(size, view, gf_measure_size(&box->gradient, view->magnitude), false, tight);
        snprintf(number, GF_INSCRIPTION, "%s", size);
    }
}

/* How much higher the weights make a box. */
static double line_of(double letters)
{
    return 1.15 * letters;
}

void gf_box_size(const gf_view *view, const gf_box *box, const gf_profile *profile, bool brief, bool flat,
                 double *width, double *height)
{
    gf_inscription written;
    if (box->shape) {
        *width = box->shape->width, *height = box->shape->height;
        return;
    }
    gf_box_inscribe(view, box, brief, profile->tight, &written);
    double letters = profile->letters;
    double above = gf_letters_width(written.name, GF_SANS, GF_BOLD, letters + (flat ? 0 : 1));
    double middle = gf_letters_width(written.weights, GF_SANS, GF_PLAIN, letters);
    double below = gf_letters_width(written.number, GF_SANS, GF_PLAIN, letters);
    bool given = is_given(box) && !*written.number;
    above = fmax(above, gf_whole_width(view, box) * fmax(0.7 * letters / 12, 1));
    double least = profile->tight ? 30 : given ? 38 : 34, beside = fmax(3, letters - 15);
    *width = flat ? (above + below) * spare + 11 : fmax(fmax(fmax(above, middle), below) * spare + beside, least);
    *height = flat    ? 19
              : given ? fmin(profile->box - 2, profile->flat ? 20 : fmax(30, profile->box / 2))
                      : profile->box;
    *height += *written.weights ? line_of(letters) : 0;
    if (flat)
        *width = fmax(*width, middle * spare + 3);
}

/* --- painting -------------------------------------------------------------------------------------------------- */

static void block_text(gf_painting *p, double x, double y, gf_anchor anchor, const char *text, double size,
                       unsigned style)
{
    double width = gf_letters_width(text, GF_SANS, style, size);
    double left = x - (anchor == GF_MIDDLE ? width / 2 : anchor == GF_END ? width : 0);
    gf_obstacles_add(&p->obstacles, (gf_bounds){left, y - 0.74 * size, left + width, y + 0.2 * size}, 0);
}

void gf_text_paint(gf_painting *p, double x, double y, gf_anchor anchor, const char *colour, const char *text,
                   double size, unsigned style)
{
    gf_drawing_text(p->drawing, x, y, anchor, GF_SANS, colour, text, size, style);
    block_text(p, x, y, anchor, text, size, style);
}

/* The number is a gradient's: it shows from the turn in which that is complete. */
static void write_number_of(gf_painting *p, const gf_box *box, double x, double y, gf_anchor anchor, const char *number)
{
    p->drawing->turn = box->turn;
    gf_text_paint(p, x, y, anchor, p->theme->soft, number, p->profile.letters, GF_PLAIN);
    p->drawing->turn = 0;
}

static void write_lines(gf_painting *p, const gf_box *box, const gf_stand *at, const gf_inscription *lines)
{
    double letters = p->profile.letters, more = *lines->weights ? line_of(letters) : 0;
    double height = fmin(at->height, p->profile.box + more) - more, top = at->y - (height + more) / 2;
    double end = top + height + more;
    const char *name = lines->name, *number = lines->number;
    if (*number && at->flat) {
        double above = gf_letters_width(name, GF_SANS, GF_BOLD, letters), y = top + height / 2 + 4.3;
        double below = gf_letters_width(number, GF_SANS, GF_PLAIN, letters), x = at->x - (above + 6 + below) / 2;
        gf_text_paint(p, x, y, GF_START, p->theme->ink, name, letters, GF_BOLD);
        write_number_of(p, box, x + above + 6, y, GF_START, number);
    } else if (*number) {
        gf_text_paint(p, at->x, top + height * 0.405, GF_MIDDLE, p->theme->ink, name, letters + 1, GF_BOLD);
        write_number_of(p, box, at->x, end - height * 0.13, GF_MIDDLE, number);
    } else {
        gf_text_paint(p, at->x, top + height / 2 + (letters + 1) * 0.36, GF_MIDDLE, p->theme->ink, name, letters + 1,
                      GF_BOLD);
    }
    if (*lines->weights)
        gf_text_paint(p, at->x, at->flat || !*number ? end - 6 : end - height * 0.13 - line_of(letters), GF_MIDDLE,
                      p->theme->ink, lines->weights, letters, GF_PLAIN);
}

void gf_box_paint(gf_painting *p, int number)
{
    const gf_box *box = &p->view->boxes[number];
    const gf_stand *at = &p->spread->places[number];
    const gf_theme *theme = p->theme;
    gf_inscription lines;
    bool given = is_given(box);
    gf_area area = {
        .fill = given ? theme->input : theme->box,
        .line = !box->finite && box->kind != GF_BOX_STEPS ? theme->bad
                : given                                   ? theme->input_line
                                                          : theme->line,
        .width = !box->finite && box->kind != GF_BOX_STEPS ? 2.4 : 1.2,
        .radius = given        ? 4
                  : box->plain ? fmin(at->width, at->height) / 3
                               : 7,
    };
    gf_text title = {0};
    gf_describe_box(box, &title);
    gf_box_inscribe(p->view, box, at->brief, p->profile.tight, &lines);
    p->marks.bad |= area.line == theme->bad;
    gf_drawing_group(p->drawing, box->key, "box", gf_text_string(&title));
    gf_drawing_area(p->drawing, at->x - at->width / 2, at->y - at->height / 2, at->width, at->height, &area);
    if (box->kind == GF_BOX_STEPS)
        gf_whole_paint(p, box, at, &lines);
    else
        write_lines(p, box, at, &lines);
    gf_drawing_end(p->drawing);
    p->drawing->failed |= title.failed;
    gf_text_free(&title);
}
