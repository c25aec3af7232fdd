/* The top of a page: title, what an arrow says, what numbers are, and the scale. */
#include "view/page/legend.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "view/drawing/cut.h"
#include "view/drawing/figures.h"
#include "view/page/paint.h"

static const double left = 30, middle = 38; /* of the page: where texts begin, where the arrow and the ramp lie */
static const double ramp_width = 190, ramp_right = 130, parts = 40;
static const double size = 12, heading = 12.5, below = 13;

/* --- the scale ------------------------------------------------------------------------------------- */

/* How large the gradients are that are on the scale. */
static void note_size(gf_size_scale *scale, double gradient)
{
    static const double hair = 1e-6;
    scale->below |= gradient > 0 && gradient < pow(10, scale->low) * (1 - hair);
    scale->above |= isfinite(gradient) && gradient > pow(10, scale->high) * (1 + hair);
}

static bool is_on_scale(const gf_arrow *arrow)
{
    return arrow->look == GF_ARROW_PASSES && isfinite(arrow->size) && !arrow->to->sum;
}

/* The power of ten that hardly an arrow in ten exceeds by more than twice; a single one never counts. */
static double highest_decade(const gf_view *view)
{
    for (double high = 0;; high++) {
        size_t all = 0, beyond = 0;
        for (size_t k = 0; k < view->arrow_count; k++) {
            bool counts = is_on_scale(&view->arrows[k]);
            all += counts;
            beyond += counts && view->arrows[k].size > 2 * pow(10, high);
        }
        if (beyond <= fmax(all / 10, 1))
            return high;
    }
}

static void note_quantities(gf_size_scale *scale, const gf_view *view, const gf_box *box)
{
    for (int q = 0; q < box->quantity_count; q++)
        for (int k = 0; k <= (box->last_step ? box->last_step - box->step : 0); k++)
            note_size(scale, gf_measure_size(&box->quantities[q].gradients[k], view->magnitude));
}

gf_size_scale gf_scale_choose(const gf_view *view, double least, double most)
{
    gf_size_scale scale = {.low = -2, .high = 0};
    if (least > 0 && most > least) {
        scale = (gf_size_scale){.low = log10(least), .high = log10(most)};
    } else if ((scale.high = highest_decade(view)) > 0) {
        scale.low = scale.high - 3;
    }
    for (size_t k = 0; k < view->arrow_count; k++)
        if (is_on_scale(&view->arrows[k]))
            note_size(&scale, view->arrows[k].size);
    for (size_t k = 0; k < view->cell_count; k++)
        if (view->cells[k].gradient.known)
            note_size(&scale, gf_measure_size(&view->cells[k].gradient, view->magnitude));
    for (size_t k = 0; k < view->box_count; k++)
        note_quantities(&scale, view, &view->boxes[k]);
    return scale;
}

/* --- title ----------------------------------------------------------------------------------------- */

void gf_legend_title(gf_text *out, const gf_view *view)
{
    static const char *const words[] = {"no", "one", "two", "three", "four", "five"};
    int steps = view->last_step ? view->last_step - view->first_step + 1 : 0;
    bool measured = view->of && *view->of;
    gf_text_add(out, *view->title ? view->title : measured ? "Gradient of " : "Computation graph");
    gf_text_add(out, !*view->title && measured ? view->of : "");
    if (!steps)
        return;
    gf_text_add(out, ", ");
    if (steps <= 5)
        gf_text_add(out, words[steps]);
    else
        gf_text_print(out, "%d", steps);
    gf_text_add(out, steps == 1 ? " step" : " steps");
}

/* The title, smaller where it is long. */
static void draw_title(gf_drawing *d, const gf_theme *theme, const char *title, double room)
{
    static const double sizes[] = {24, 21, 18, 16, 14};
    int k = 0;
    while (k < 4 && gf_letters_width(title, GF_SANS, GF_BOLD, sizes[k]) > room)
        k++;
    gf_text_draw(d, left, 40, GF_START, theme->ink, (gf_run){title, sizes[k], GF_BOLD, 0}, room);
}

/* Where the parts of a text end of which as many as fit stand in its first line; 0: not even one does. */
static size_t first_line(const char *text, double room)
{
    static const char between[] = " · ";
    size_t end = 0;
    for (const char *at = text; (at = strstr(at, between)) != NULL; at += sizeof between - 1) {
        char part[512];
        snprintf(part, sizeof part, "%.*s", (int)(at - text), text);
        if (at - text < (long)sizeof part && gf_letters_width(part, GF_SANS, GF_PLAIN, below) <= room)
            end = (size_t)(at - text);
    }
    return end;
}

/* In one line or in two, of which the second may reach below the arrow and the scale. */
static void draw_subtitle(gf_drawing *d, const gf_theme *theme, const char *text, double room, double below_all)
{
    size_t end = gf_letters_width(text, GF_SANS, GF_PLAIN, below) > room ? first_line(text, room) : 0;
    if (!end) {
        gf_text_draw(d, left, 61, GF_START, theme->soft, (gf_run){text, below, GF_PLAIN, 0}, room);
        return;
    }
    char first[512];
    snprintf(first, sizeof first, "%.*s", (int)end, text);
    gf_text_draw(d, left, 59, GF_START, theme->soft, (gf_run){first, below, GF_PLAIN, 0}, room);
    const gf_run second = {text + end + strlen(" · "), below, GF_PLAIN, 0};
    gf_text_draw(d, left, 75, GF_START, theme->soft, second, below_all);
}

/* --- samples --------------------------------------------------------------------------------------- */

static void draw_stroke(gf_drawing *d, double x, double y, double length, gf_pen pen)
{
    const gf_point points[] = {{x, y}, {x + length, y}};
    gf_drawing_line(d, points, 2, &pen);
}

static void draw_arrow(gf_drawing *d, const gf_view *view, const gf_theme *theme, const gf_size_scale *scale, double x)
{
    char colour[8];
    double sample = pow(10, scale->low + 0.75 * (scale->high - scale->low));
    gf_scale_colour(colour, theme, scale, view->measured ? sample : 0);
    gf_pen pen = {.colour = colour, .halo = "", .width = 4.5, .head = true};
    draw_stroke(d, x - 46, middle, 92, pen);
    gf_drawing_text(d, x, middle - 10, GF_MIDDLE, GF_SANS, theme->soft, "values", heading, GF_PLAIN);
    if (view->measured)
        gf_drawing_text(d, x, middle + 20, GF_MIDDLE, GF_SANS, theme->soft, "◂ gradient = colour, width", heading,
                        GF_PLAIN);
}

/* Where the ramp and the arrow lie in a page of that width. */
static double ramp_at(double width)
{
    return width - ramp_right - ramp_width;
}

static double arrow_at(double width)
{
    return fmin((width + 92) / 2, ramp_at(width) - 100);
}

static const char box_says[] = "box: size of its gradient";
int gf_legend_say(const gf_view *view, const char *out[GF_SAYINGS])
{
    bool sizes = false, cells = false, values = false, slopes = false;
    for (size_t k = 0; k < view->box_count && !(sizes && slopes); k++) {
        const gf_box *box = &view->boxes[k];
        gf_inscription lines;
        if (box->shape)
            return 0;
        gf_box_inscribe(view, box, false, false, &lines);
        bool slope = strstr(lines.number, "◂");
        slopes |= slope;
        values |= *lines.number && box->scalar && !slope;
        sizes |= *lines.number && !box->scalar && !box->cuts;
        cells |= gf_box_cells(box) > 0;
    }
    int count = 0;
    if (sizes || cells)
        out[count++] = sizes ? box_says : "cell: size of its gradient";
    if (slopes || values)
        out[count++] = slopes ? "1 × 1: value ◂ gradient" : "1 × 1: value";
    return count;
}

/* Is there room for them between the arrow and the ramp? */
static const double beside_arrow = 104;
static bool has_room(const char *const said[], int count, double width)
{
    double room = ramp_at(width) - 8 - arrow_at(width) - beside_arrow, wide = 0;
    for (int k = 0; k < count; k++)
        wide = fmax(wide, gf_letters_width(said[k], GF_SANS, GF_PLAIN, size));
    return wide <= room;
}

static void draw_numbers(gf_drawing *d, const gf_view *view, const gf_theme *theme, double width)
{
    const char *said[GF_SAYINGS];
    int count = gf_legend_say(view, said);
    double x = arrow_at(width) + beside_arrow;
    for (int k = 0; k < count && has_room(said, count, width); k++)
        gf_drawing_text(d, x, middle - 10 + 30 * k, GF_START, GF_SANS, theme->soft, said[k], size, GF_PLAIN);
}

/* So far the last number reaches beyond the ramp, beside which samples stand. */
static const double past_ramp = 12;

/* One size of the scale: a tick below the ramp and, with room, its number; the ends are open. */
static void draw_tick(gf_drawing *d, const gf_theme *theme, const gf_size_scale *scale, double at, double x,
                      bool labelled)
{
    char number[GF_FIGURE];
    gf_text text = {0};
    const gf_point points[] = {{x, middle + 8}, {x, middle + 13}};
    const gf_pen pen = {.colour = theme->soft, .halo = "", .width = 1};
    const char *open = at == scale->low ? "≤ " : at == scale->high && scale->above ? "≥ " : "";
    gf_drawing_line(d, points, 2, &pen);
    if (labelled && at == floor(at) && gf_powers_are_long(scale->low, scale->high)) {
        gf_drawing_power(d, x, middle + 28, GF_MIDDLE, theme->soft, open, (int)at, true, size);
        return;
    }
    gf_text_add(&text, open);
    gf_text_add(&text, gf_figure_as(number, pow(10, at), at == floor(at) ? 1 : 2, scale->tight));
    d->failed |= text.failed;
    double half = gf_letters_width(gf_text_string(&text), GF_SANS, GF_PLAIN, size) / 2;
    x -= at == scale->high ? fmax(0, half - past_ramp) : 0;
    if (labelled)
        gf_drawing_text(d, x, middle + 25, GF_MIDDLE, GF_SANS, theme->soft, gf_text_string(&text), size, GF_PLAIN);
    gf_text_free(&text);
}

/* The ends, and the decades between them; every second one, third one … has a number where they stand close. */
static void draw_ticks(gf_drawing *d, const gf_theme *theme, const gf_size_scale *scale, double x)
{
    static const double room = 56; /* for a number */
    double range = scale->high - scale->low, decade = ramp_width / range;
    double every = ceil(room / decade), first = ceil(scale->low + 1e-9), last = ceil(scale->high - 1e-9) - 1;
    draw_tick(d, theme, scale, scale->low, x, true);
    draw_tick(d, theme, scale, scale->high, x + ramp_width, true);
    for (double at = last; at >= first; at--) {
        double from_low = (at - scale->low) * decade, from_high = (scale->high - at) * decade;
        bool labelled = fmod(last + 1 - at, every) == 0 && fmin(from_low, from_high) >= room;
        draw_tick(d, theme, scale, at, x + from_low, labelled);
    }
}

static void draw_ramp(gf_drawing *d, const gf_theme *theme, const gf_size_scale *scale, double x)
{
    for (double k = 0; k < parts; k++) {
        char colour[8];
        double gradient = pow(10, scale->low + (scale->high - scale->low) * (k + 0.5) / parts);
        double height = gf_scale_width(scale, gradient) + 4;
        gf_scale_colour(colour, theme, scale, gradient);
        const gf_area area = {.fill = colour, .line = ""};
        gf_drawing_area(d, x + k * ramp_width / parts, middle - height / 2,
                        ramp_width / parts + (k + 1 < parts ? 0.6 : 0), height, &area);
    }
}

static void draw_scale(gf_drawing *d, const gf_view *view, const gf_theme *theme, const gf_size_scale *scale, double x)
{
    gf_text text = {0};
    bool l2 = view->magnitude == GF_MAGNITUDE_L2;
    gf_text_print(&text, "size of the gradient (%s), log scale", l2 ? "ℓ2" : gf_magnitude_name(view->magnitude));
    d->failed |= text.failed;
    gf_drawing_text(d, x + ramp_width / 2, middle - 12, GF_MIDDLE, GF_SANS, theme->soft, gf_text_string(&text), heading,
                    GF_PLAIN);
    gf_text_free(&text);
    draw_ramp(d, theme, scale, x);
    draw_ticks(d, theme, scale, x);
}

/* Strokes that no place of the scale has: as many as there are, one below the other. */
static void draw_samples(gf_drawing *d, const gf_theme *theme, const gf_marks *marks, double x)
{
    const char *const aside = !marks->target ? "given" : marks->given ? "given, target" : "target";
    const struct {
        bool occurs;
        const char *text;
        gf_pen pen;
    } samples[] = {
        {marks->zero, "exactly 0", {.colour = theme->zero, .width = 1.4, .dash = GF_DASHED}},
        {marks->cancels, "cancels to 0", {.colour = theme->zero, .width = 1.6}},
        {marks->mixed, "collected", {.colour = theme->mixed, .width = 2.6}},
        {marks->given || marks->target, aside, {.colour = theme->aside, .width = 1.2}},
        {marks->bad, "not finite", {.colour = theme->bad, .width = 3}},
    };
    enum { SAMPLES = sizeof samples / sizeof *samples };
    int count = 0;
    for (int k = 0; k < SAMPLES; k++)
        count += samples[k].occurs;
    double line = count > 1 ? fmin(20, 54.0 / (count - 1)) : 0, y = middle - 0.75 * fmax(line * (count - 1) - 20, 0);
    for (int k = 0; k < SAMPLES; k++) {
        if (!samples[k].occurs)
            continue;
        gf_pen pen = samples[k].pen;
        pen.halo = "";
        draw_stroke(d, x, y, 24, pen);
        gf_drawing_text(d, x + 30, y + 4, GF_START, GF_SANS, theme->soft, samples[k].text, size, GF_PLAIN);
        y += line;
    }
}

void gf_heading_draw(gf_drawing *d, const gf_view *view, const gf_theme *theme, const char *title, const char *subtitle,
                     double width)
{
    const char *said[GF_SAYINGS];
    gf_text below = {0};
    int count = gf_legend_say(view, said);
    double room = arrow_at(width) - 90 - left;
    gf_text_add(&below, subtitle);
    for (int k = 0; k < count && !has_room(said, count, width); k++)
        gf_text_print(&below, "%s%s",
                      k            ? ", "
                      : below.size ? " · "
                                   : "",
                      said[k] == box_says ? "box: its gradient" : said[k]);
    d->failed |= below.failed;
    gf_drawing_group(d, "heading", "heading", NULL);
    draw_title(d, theme, title, room);
    draw_subtitle(d, theme, gf_text_string(&below), room, ramp_at(width) + ramp_width - left);
    gf_drawing_end(d);
    gf_text_free(&below);
}

void gf_legend_draw(gf_drawing *d, const gf_view *view, const gf_theme *theme, const gf_size_scale *scale,
                    const gf_marks *marks, double width)
{
    gf_drawing_group(d, "legend", "legend", NULL);
    if (view->arrow_count)
        draw_arrow(d, view, theme, scale, arrow_at(width));
    draw_numbers(d, view, theme, width);
    if (view->measured)
        draw_scale(d, view, theme, scale, ramp_at(width));
    draw_samples(d, theme, marks, ramp_at(width) + ramp_width + 22);
    gf_drawing_end(d);
}
