/* Lines on a page: a field with an axis at its left and below it, each line's label at its end. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view/drawing/figures.h"
#include "view/plot/page.h"

static const double label_gap = 18, label_most = 420; /* of the labels at the lines' ends, */
static const double sample_width = 26;                /* which begin with a piece of the line */

enum { TICKS = 12, DOTS = 60 /* numbers up to which each has a dot */ };

/* Blue, vermilion, green, violet, orange, sky: told apart by colour-blind eyes too (after Okabe and Ito, 2008), each
 * at least 3 : 1 on its ground. */
static const char *const on_light[] = {"#0069aa", "#c94f00", "#00805c", "#a8458a", "#966700", "#3d6fd1"};
static const char *const on_dark[] = {"#56b4e9", "#ff9e5e", "#3fcf9f", "#e79ac6", "#f0c13c", "#9db8ff"};
static const char *const on_paper[] = {"#000000", "#606060", "#2b2b2b", "#808080", "#484848", "#6f6f6f"};
enum { COLOURS = sizeof on_light / sizeof *on_light };

typedef struct field {
    gf_drawing *d;
    const gf_theme *theme;
    const char *const *colours;
    const gf_lines *lines;
    gf_box box;
    double letters, small; /* sizes of texts */
} field;

static double x_of(const field *f, double at)
{
    double range = f->lines->last - f->lines->first, share = range > 0 ? (at - f->lines->first) / range : 0.5;
    return f->box.left + share * (f->box.right - f->box.left);
}

static double y_at(const field *f, double place)
{
    return f->box.bottom - place * (f->box.bottom - f->box.top);
}

/* --- axes ---------------------------------------------------------------------------------------------------- */

/* 0.02; on a logarithmic axis powers of ten. */
static void draw_label(const field *f, int k, double y)
{
    const gf_axis *axis = &f->lines->axis;
    double x = f->box.left - 14, below = y + f->small * 6 / 17;
    char text[GF_FIGURE];
    if (axis->logarithmic) {
        double last = axis->first + axis->intervals * axis->step;
        gf_drawing_power(f->d, x, below, GF_END, f->theme->soft, "", (int)lround(axis->first + k * axis->step),
                         gf_powers_are_long(axis->first, last), f->small);
        return;
    }
    gf_figure(text, gf_axis_tick(axis, k), 4);
    gf_drawing_text(f->d, x, below, GF_END, GF_SANS, f->theme->soft, text, f->small, GF_PLAIN);
}

static void draw_rule(const field *f, double y, bool strong)
{
    gf_pen pen = {.colour = strong ? f->theme->line : f->theme->box, .halo = "", .width = strong ? 1.5 : 1};
    if (!strong)
        pen.colour = strcmp(f->theme->name, "dark") ? "#dde2e7" : "#363e49";
    gf_drawing_line(f->d, (gf_point[]){{f->box.left, y}, {f->box.right, y}}, 2, &pen);
}

static void draw_heights(const field *f)
{
    const gf_axis *axis = &f->lines->axis;
    for (int k = 0; k <= axis->intervals; k++) {
        double y = y_at(f, gf_axis_tick_place(axis, k));
        draw_rule(f, y, !axis->logarithmic && gf_axis_tick(axis, k) == 0);
        draw_label(f, k, y);
    }
    draw_rule(f, y_at(f, 0), true);
}

static void draw_tick(const field *f, double at)
{
    double x = x_of(f, at), y = f->box.bottom;
    char text[GF_FIGURE];
    gf_pen pen = {.colour = f->theme->line, .halo = "", .width = 1.5};
    if (f->lines->continuous)
        gf_figure(text, at, 4);
    else
        snprintf(text, sizeof text, "%.0f", at);
    gf_drawing_line(f->d, (gf_point[]){{x, y}, {x, y + 7}}, 2, &pen);
    gf_drawing_text(f->d, x, y + f->small * 30 / 17, GF_MIDDLE, GF_SANS, f->theme->soft, text, f->small, GF_PLAIN);
}

/* The first step, and what is round, but not close to it. */
static void draw_steps(const field *f)
{
    long first = lround(f->lines->first), last = lround(f->lines->last), step = gf_axis_apart(first, last, TICKS);
    draw_tick(f, (double)first);
    for (long t = first + 1; t <= last; t++)
        if (t % step == 0 && (t - first) * 2 >= step)
            draw_tick(f, (double)t);
}

static void draw_ticks(const field *f)
{
    gf_axis axis = gf_axis_between(f->lines->first, f->lines->last);
    for (int k = 0; k <= axis.intervals; k++)
        draw_tick(f, gf_axis_tick(&axis, k));
}

static void draw_along(const field *f)
{
    if (f->lines->continuous)
        draw_ticks(f);
    else
        draw_steps(f);
    bool letter = strlen(f->lines->along) == 1;
    gf_drawing_text(f->d, (f->box.left + f->box.right) / 2, f->box.bottom + f->small * 66 / 17, GF_MIDDLE, GF_SANS,
                    letter ? f->theme->ink : f->theme->soft, f->lines->along, letter ? f->letters : f->small,
                    letter ? GF_ITALIC : GF_PLAIN);
}

/* --- lines --------------------------------------------------------------------------------------------------- */

static const char *colour_of(const field *f, size_t n)
{
    return f->colours[f->lines->list[n].look % COLOURS];
}

static void draw_dot(const field *f, gf_point at, const char *colour, double radius)
{
    gf_area area = {.fill = colour, .line = f->theme->ground, .width = 1.5, .radius = radius};
    gf_drawing_area(f->d, at.x - radius, at.y - radius, 2 * radius, 2 * radius, &area);
}

static gf_point point_of(const field *f, size_t n, size_t k)
{
    const gf_lines *lines = f->lines;
    double share = lines->length > 1 ? (double)k / (double)(lines->length - 1) : 0;
    return (gf_point){x_of(f, lines->first + share * (lines->last - lines->first)),
                      y_at(f, gf_axis_place(&lines->axis, lines->list[n].numbers[k]))};
}

/* The first six lines are solid, the next ones dashed, the next ones thin. On paper each is dashed in another way than
 * the three before it, as greys are hardly told apart. */
static gf_pen pen_of(const field *f, size_t n)
{
    static const gf_dash ways[] = {GF_SOLID, GF_DASHED, GF_DOTTED, GF_DASH_DOTTED};
    const gf_line *line = &f->lines->list[n];
    size_t round = line->look / COLOURS % 3;
    return (gf_pen){.colour = colour_of(f, n),
                    .halo = "",
                    .width = line->bound || round == 2 ? 1.6 : 3,
                    .dash = line->bound              ? GF_DASHED
                            : f->colours == on_paper ? ways[line->look % 4]
                                                     : ways[round == 1]};
}

/* A line ends where a number has no place, and begins anew behind it. */
static void draw_line(const field *f, size_t n)
{
    size_t length = f->lines->length, count = 0;
    gf_pen pen = pen_of(f, n);
    gf_point *points = gf_arena_get(&f->d->arena, (length + 1) * sizeof *points);
    f->d->failed |= !points;
    for (size_t k = 0; points && k <= length; k++) {
        gf_point at = k < length ? point_of(f, n, k) : (gf_point){NAN, NAN};
        if (!isnan(at.y))
            points[count++] = at;
        else if (count > 1)
            gf_drawing_line(f->d, points, count, &pen);
        bool dot = isnan(at.y) ? count == 1 : length <= DOTS && f->lines->dots; /* one alone has no line */
        if (dot && count)
            draw_dot(f, points[count - 1], pen.colour, f->letters * 0.3);
        count = isnan(at.y) ? 0 : count;
    }
}

/* --- labels -------------------------------------------------------------------------------------------------- */

typedef struct label {
    size_t line;
    double y;
} label;

static int compare_labels(const void *a, const void *b)
{
    const label *left_one = a, *right_one = b;
    double apart = round(100 * left_one->y) - round(100 * right_one->y); /* of equal ends rounding says nothing */
    if (apart != 0)
        return apart < 0 ? -1 : 1;
    return left_one->line < right_one->line ? -1 : 1;
}

/* How many numbers there are up to the last that has a place. */
static size_t length_of(const gf_lines *lines, size_t n)
{
    size_t length = lines->length;
    while (length && isnan(gf_axis_place(&lines->axis, lines->list[n].numbers[length - 1])))
        length--;
    return length;
}

/* Where the line ends; in the middle where it never had a place. */
static double end_of(const field *f, size_t n)
{
    size_t length = length_of(f->lines, n);
    return length ? point_of(f, n, length - 1).y : (f->box.top + f->box.bottom) / 2;
}

/* Labels begin with a piece of their line where not every line leads up to its own, or its colour does not tell it. */
static double sample_room(const gf_lines *lines)
{
    bool samples = false;
    for (size_t n = 0; n < lines->count; n++)
        samples |= lines->list[n].bound || lines->list[n].look >= COLOURS || length_of(lines, n) < lines->length;
    return samples && lines->count > 1 ? sample_width + 8 : 0;
}

static void draw_sample(const field *f, size_t n, double y)
{
    gf_pen pen = pen_of(f, n);
    double x = f->box.right + label_gap;
    gf_drawing_line(f->d, (gf_point[]){{x, y}, {x + sample_width, y}}, 2, &pen);
}

/* One below the other, each as near to its line's end as the others let it. */
static void spread(label *labels, size_t count, double apart, double most)
{
    qsort(labels, count, sizeof *labels, compare_labels);
    for (size_t k = 1; k < count; k++)
        labels[k].y = fmax(labels[k].y, labels[k - 1].y + apart);
    for (size_t k = count; k-- > 0; most = labels[k].y - apart)
        labels[k].y = fmin(labels[k].y, most);
}

static void draw_labels(const field *f)
{
    size_t count = f->lines->count;
    label *labels = gf_arena_get(&f->d->arena, (count + 1) * sizeof *labels);
    f->d->failed |= !labels;
    for (size_t n = 0; labels && n < count; n++)
        labels[n] = (label){n, end_of(f, n)};
    if (labels)
        spread(labels, count, f->letters * 1.5, f->box.bottom);
    double room = sample_room(f->lines);
    for (size_t k = 0; labels && k < count; k++) {
        const gf_line *line = &f->lines->list[labels[k].line];
        if (room > 0)
            draw_sample(f, labels[k].line, labels[k].y);
        gf_run run = {line->label, line->bound ? f->small : f->letters, line->bound ? GF_PLAIN : GF_BOLD, 0};
        gf_text_draw(f->d, f->box.right + label_gap + room, labels[k].y + f->letters * 7 / 20, GF_START,
                     colour_of(f, labels[k].line), run, label_most);
    }
}

double gf_lines_label_room(const gf_lines *lines, double letters)
{
    double most = 0;
    for (size_t n = 0; n < lines->count; n++)
        most = fmax(most, gf_letters_width(lines->list[n].label, GF_SANS, GF_BOLD, letters));
    return fmin(most, label_most) + label_gap + sample_room(lines);
}

void gf_lines_draw(gf_drawing *d, const gf_theme *theme, const gf_lines *lines, gf_box box, double letters)
{
    bool dark = !strcmp(theme->name, "dark"), print = !strcmp(theme->name, "print");
    field f = {d, theme, dark ? on_dark : print ? on_paper : on_light, lines, box, letters, fmax(letters * 0.85, 12)};
    draw_heights(&f);
    draw_along(&f);
    for (size_t n = lines->count; n-- > 0;)
        draw_line(&f, n);
    if (lines->labelled)
        draw_labels(&f);
}
