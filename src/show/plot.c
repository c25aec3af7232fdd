/* A picture of numbers over t, for a slide: a line a series, its expression at its end, in the look of the other
 * pictures. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "show/values.h"
#include "view/drawing/cut.h"
#include "view/drawing/drawing.h"
#include "view/drawing/figures.h"
#include "view/drawing/look.h"
#include "view/plot/axis.h"

#define MINUS "\u2212"

static const double width = 1280, height = 720;
static const double left = 120, right = 60, top = 130, bottom = 100; /* around the field of the lines */
static const double letters = 20, small = 17, heading = 30;          /* sizes of texts */
static const double apart = 30, label_gap = 18, label_most = 420;    /* of the labels at the lines' ends */

enum { TICKS = 12, DOTS = 60 /* steps up to which each has a dot */ };

/* Blue, vermilion, green, violet, orange, sky: told apart by colour-blind eyes too (after Okabe and Ito, 2008), each
 * at least 3 : 1 on its ground. */
static const char *const on_light[] = {"#0069aa", "#c94f00", "#00805c", "#a8458a", "#966700", "#3d6fd1"};
static const char *const on_dark[] = {"#56b4e9", "#ff9e5e", "#3fcf9f", "#e79ac6", "#f0c13c", "#9db8ff"};
static const char *const on_paper[] = {"#000000", "#606060", "#2b2b2b", "#808080", "#484848", "#6f6f6f"};
enum { COLOURS = sizeof on_light / sizeof *on_light, LINES = 2 * COLOURS };

typedef struct plot {
    gf_drawing d;
    const gf_values *values;
    const gf_theme *theme;
    const char *const *colours;
    gf_axis axis;
    long first, last; /* steps */
    double far_right; /* of the field */
} plot;

static double x_of(const plot *p, double t)
{
    double share = p->last > p->first ? (t - (double)p->first) / (double)(p->last - p->first) : 0.5;
    return left + share * (p->far_right - left);
}

static double y_at(double place)
{
    return height - bottom - place * (height - top - bottom);
}

/* --- axes -------------------------------------------------------------------------------------------------------- */

/* 0.02; on a logarithmic axis 0.01, 0.1, 1, 10, 100, and beyond 10 with its power. */
static void draw_label(plot *p, int k, double y)
{
    int power = (int)lround(p->axis.first + k * p->axis.step);
    char text[GF_FIGURE], raised[16];
    if (!p->axis.logarithmic || abs(power) <= 2) {
        gf_figure(text, gf_axis_tick(&p->axis, k), 4);
        gf_drawing_text(&p->d, left - 14, y + 6, GF_END, GF_SANS, p->theme->soft, text, small, GF_PLAIN);
        return;
    }
    snprintf(raised, sizeof raised, "%s%d", power < 0 ? MINUS : "", abs(power));
    const gf_run runs[] = {{"10", small, GF_PLAIN, 0}, {raised, small * 0.75, GF_PLAIN, 7}};
    gf_drawing_runs(&p->d, left - 14, y + 6, GF_END, GF_SANS, p->theme->soft, runs, 2);
}

static void draw_rule(plot *p, double y, bool strong)
{
    gf_pen pen = {.colour = strong ? p->theme->line : p->theme->box, .halo = "", .width = strong ? 1.5 : 1};
    if (!strong)
        pen.colour = strcmp(p->theme->name, "dark") ? "#dde2e7" : "#363e49";
    gf_drawing_line(&p->d, (gf_point[]){{left, y}, {p->far_right, y}}, 2, &pen);
}

static void draw_heights(plot *p)
{
    for (int k = 0; k <= p->axis.intervals; k++) {
        double y = y_at(gf_axis_tick_place(&p->axis, k));
        draw_rule(p, y, !p->axis.logarithmic && gf_axis_tick(&p->axis, k) == 0);
        draw_label(p, k, y);
    }
    draw_rule(p, y_at(0), true);
}

static void draw_step(plot *p, long t)
{
    double x = x_of(p, (double)t), y = height - bottom;
    char text[GF_NUMBER];
    gf_pen pen = {.colour = p->theme->line, .halo = "", .width = 1.5};
    snprintf(text, sizeof text, "%ld", t);
    gf_drawing_line(&p->d, (gf_point[]){{x, y}, {x, y + 7}}, 2, &pen);
    gf_drawing_text(&p->d, x, y + 30, GF_MIDDLE, GF_SANS, p->theme->soft, text, small, GF_PLAIN);
}

/* The first step, and what is round, but not close to it. */
static void draw_steps(plot *p)
{
    long step = gf_axis_apart(p->first, p->last, TICKS);
    draw_step(p, p->first);
    for (long t = p->first + 1; t <= p->last; t++)
        if (t % step == 0 && (t - p->first) * 2 >= step)
            draw_step(p, t);
    gf_drawing_text(&p->d, (left + p->far_right) / 2, height - bottom + 66, GF_MIDDLE, GF_SANS, p->theme->ink, "t",
                    letters, GF_ITALIC);
}

/* --- lines ------------------------------------------------------------------------------------------------------- */

static const char *colour_of(const plot *p, size_t n)
{
    return p->colours[n % COLOURS];
}

static void draw_dot(plot *p, gf_point at, const char *colour, double radius)
{
    gf_area area = {.fill = colour, .line = p->theme->ground, .width = 1.5, .radius = radius};
    gf_drawing_area(&p->d, at.x - radius, at.y - radius, 2 * radius, 2 * radius, &area);
}

static gf_point point_of(const plot *p, const gf_series *series, size_t k)
{
    return (gf_point){x_of(p, (double)series->first + (double)k), y_at(gf_axis_place(&p->axis, series->numbers[k]))};
}

/* A line ends where a number has no place, and begins anew behind it. */
static void draw_series(plot *p, size_t n)
{
    const gf_series *series = &p->values->list[n];
    gf_pen pen = {.colour = colour_of(p, n),
                  .halo = "",
                  .width = 3,
                  .dashed = n / COLOURS % 2 || (p->colours == on_paper && n % 2)};
    gf_point *points = gf_arena_get(&p->d.arena, (series->count + 1) * sizeof *points);
    size_t count = 0;
    p->d.failed |= !points;
    for (size_t k = 0; points && k <= series->count; k++) {
        gf_point at = k < series->count ? point_of(p, series, k) : (gf_point){NAN, NAN};
        if (!isnan(at.y))
            points[count++] = at;
        else if (count > 1)
            gf_drawing_line(&p->d, points, count, &pen);
        bool dot = isnan(at.y) ? count == 1 : series->count <= DOTS; /* one alone has no line */
        if (dot && count)
            draw_dot(p, points[count - 1], pen.colour, 6);
        count = isnan(at.y) ? 0 : count;
    }
}

/* --- labels ------------------------------------------------------------------------------------------------------ */

typedef struct label {
    size_t series;
    double y;
} label;

static int compare_labels(const void *a, const void *b)
{
    const label *left_one = a, *right_one = b;
    if (left_one->y != right_one->y)
        return left_one->y < right_one->y ? -1 : 1;
    return left_one->series < right_one->series ? -1 : 1;
}

/* Where the line ends; in the middle where it never had a place. */
static double end_of(const plot *p, const gf_series *series)
{
    for (size_t k = series->count; k-- > 0;)
        if (!isnan(gf_axis_place(&p->axis, series->numbers[k])))
            return point_of(p, series, k).y;
    return (top + height - bottom) / 2;
}

/* One below the other, each as near to its line's end as the others let it. */
static void spread(label *labels, size_t count)
{
    qsort(labels, count, sizeof *labels, compare_labels);
    for (size_t k = 1; k < count; k++)
        labels[k].y = fmax(labels[k].y, labels[k - 1].y + apart);
    double most = height - bottom;
    for (size_t k = count; k-- > 0; most = labels[k].y - apart)
        labels[k].y = fmin(labels[k].y, most);
}

static void draw_text_cut(plot *p, double x, double y, const char *colour, const char *text, gf_run run, double room)
{
    size_t count = 1;
    run.text = text;
    const gf_run *runs = gf_runs_cut(&p->d.arena, &run, &count, GF_SANS, room);
    p->d.failed |= !runs;
    if (runs)
        gf_drawing_runs(&p->d, x, y, GF_START, GF_SANS, colour, runs, count);
}

static void draw_labels(plot *p)
{
    size_t count = p->values->count;
    label *labels = gf_arena_get(&p->d.arena, count * sizeof *labels);
    p->d.failed |= !labels;
    for (size_t n = 0; labels && n < count; n++)
        labels[n] = (label){n, end_of(p, &p->values->list[n])};
    if (labels)
        spread(labels, count);
    for (size_t k = 0; labels && k < count; k++)
        draw_text_cut(p, p->far_right + label_gap, labels[k].y + 7, colour_of(p, labels[k].series),
                      p->values->list[labels[k].series].text, (gf_run){.size = letters, .style = GF_BOLD}, label_most);
}

/* --- the page ---------------------------------------------------------------------------------------------------- */

/* One line is what the page is about; of several each says it at its end. */
static void draw_title(plot *p)
{
    bool one = p->values->count == 1;
    const char *model = gf_model_title(p->values->m);
    gf_text said = {0};
    gf_text_add(&said, one ? model : "");
    if (p->axis.logarithmic)
        gf_text_print(&said, "%slogarithmic scale", said.size ? ", " : "");
    if (gf_axis_loses(&p->axis)) {
        gf_text_add(&said, said.size ? "; " : "");
        gf_axis_write_lost(&said, &p->axis);
    }
    gf_run run = {.size = heading, .style = GF_BOLD};
    draw_text_cut(p, 40, 58, p->theme->ink, one ? p->values->list->text : model, run, width - 80);
    run = (gf_run){.size = small};
    draw_text_cut(p, 40, 92, p->theme->soft, gf_text_string(&said), run, width - 80);
    p->d.failed |= said.failed;
    gf_text_free(&said);
}

static double label_room(const gf_values *values)
{
    double most = 0;
    for (size_t n = 0; n < values->count && values->count > 1; n++)
        most = fmax(most, gf_letters_width(values->list[n].text, GF_SANS, GF_BOLD, letters));
    return most > 0 ? fmin(most, label_most) + label_gap : 0;
}

static gf_status draw(plot *p)
{
    const gf_values *values = p->values;
    const double **numbers = gf_arena_get(&p->d.arena, values->count * sizeof *numbers);
    if (!numbers)
        return GF_ERROR_MEMORY;
    for (size_t n = 0; n < values->count; n++)
        numbers[n] = values->list[n].numbers;
    p->axis = gf_axis_of(numbers, values->count, values->list->count);
    p->first = values->list->first;
    p->last = p->first + (long)values->list->count - 1;
    p->far_right = width - right - label_room(values);
    draw_title(p);
    draw_heights(p);
    draw_steps(p);
    for (size_t n = values->count; n-- > 0;)
        draw_series(p, n);
    if (values->count > 1)
        draw_labels(p);
    return GF_OK;
}

static void choose_theme(plot *p, const char *name)
{
    p->theme = gf_theme_find(name ? name : "light");
    bool dark = p->theme && !strcmp(p->theme->name, "dark"), print = p->theme && !strcmp(p->theme->name, "print");
    p->colours = dark ? on_dark : print ? on_paper : on_light;
}

static gf_status write(gf_text *w, gf_values *values, const gf_drawing *d, const gf_values_options *options)
{
    static const char *const formats[] = {[GF_VALUES_PNG] = "png", [GF_VALUES_PDF] = "pdf"};
    gf_text svg = {0};
    bool raster = options->format != GF_VALUES_SVG;
    gf_svg_write(d, "plot-", raster ? &svg : w);
    gf_status status = svg.failed || w->failed ? GF_ERROR_MEMORY : GF_OK;
    if (!status && raster)
        status = gf_raster_write(&svg, formats[options->format],
                                 options->dots_per_inch > 0 ? options->dots_per_inch : 192, w, &values->why);
    gf_text_free(&svg);
    return status;
}

gf_status gf_values_write_picture(gf_text *w, gf_values *values, const gf_values_options *options)
{
    plot p = {.values = values};
    gf_status status = gf_values_refuse_chart(values);
    choose_theme(&p, options->theme);
    if (!status && values->count > LINES)
        status = gf_values_refuse(&values->why, GF_ERROR_ARGUMENT,
                                  "a picture holds %d lines that can be told apart, not %zu", LINES, values->count);
    if (!status && !p.theme)
        status = gf_values_refuse(&values->why, GF_ERROR_ARGUMENT, "there is no theme '%s', only light, dark and print",
                                  options->theme);
    if (status)
        return status;
    gf_drawing_begin(&p.d, width, height, p.theme->ground, values->list->text, gf_model_title(values->m));
    status = draw(&p);
    if (!status && p.d.failed)
        status = GF_ERROR_MEMORY;
    if (!status)
        status = write(w, values, &p.d, options);
    gf_drawing_free(&p.d);
    return status;
}
