/* A drawing with every kind of item, in a theme. */
#ifndef GF_TESTS_DRAWING_H
#define GF_TESTS_DRAWING_H

#include <stdio.h>

#include "view/drawing/drawing.h"
#include "view/drawing/look.h"

/* An arrow of each size, with its head, through a bend; and its number. */
static inline void draw_sizes(gf_drawing *d, const gf_theme *theme, const gf_size_scale *scale)
{
    static const double sizes[] = {0.01, 0.03, 0.1, 0.3, 1, 0, INFINITY};
    for (int k = 0; k < 7; k++) {
        char colour[8], size[32];
        double y = 150 + 40 * k, width = gf_scale_width(scale, sizes[k]);
        gf_scale_colour(colour, theme, scale, sizes[k]);
        gf_pen pen = {colour, theme->ground, width, 9, sizes[k] == 0, true, false, 0};
        gf_drawing_arrow(d, "arrow", "x[1] → h[1]: \"a < b & c\"", "x1", "h1 o1");
        gf_drawing_line(d, (gf_point[]){{60, y}, {60, y}, {160, y}, {220, y}, {220, y + 30}, {300, y + 30}}, 6, &pen);
        snprintf(size, sizeof size, "%g", sizes[k]);
        gf_drawing_text(d, 310, y + 34, GF_START, GF_SANS, theme->soft, size, 12, GF_PLAIN);
        gf_drawing_end(d);
    }
}

/* Boxes, one of them with an id, and a cell a colour of the ramp with letters on it. */
static inline void draw_boxes(gf_drawing *d, const gf_theme *theme, const gf_size_scale *scale)
{
    gf_drawing_area(d, 400, 130, 380, 190, &(gf_area){theme->frame, "", 0, 12, false});
    gf_drawing_group(d, "h1", "box", "h[1] <4 x 1>");
    gf_drawing_area(d, 420, 150, 90, 40, &(gf_area){theme->box, theme->line, 1.2, 7, false});
    gf_drawing_text(d, 465, 167, GF_MIDDLE, GF_SANS, theme->ink, "h[1]", 14, GF_BOLD);
    gf_drawing_text(d, 465, 184, GF_MIDDLE, GF_SANS, theme->soft, "0.56", 13, GF_PLAIN);
    gf_drawing_end(d);
    gf_drawing_area(d, 530, 150, 90, 40, &(gf_area){theme->input, theme->input_line, 1.2, 4, false});
    gf_drawing_text(d, 575, 175, GF_MIDDLE, GF_SANS, theme->ink, "隐藏[1]", 14, GF_BOLD);
    gf_drawing_area(d, 640, 150, 90, 40, &(gf_area){"", theme->zero, 1, 3, true});
    gf_drawing_text(d, 725, 175, GF_END, GF_SANS, theme->soft, "U 0", 12, GF_ITALIC);
    for (int k = 0; k < 11; k++) {
        char colour[8];
        gf_scale_colour(colour, theme, scale, pow(10, -2 + 0.2 * k));
        gf_drawing_area(d, 420 + 32 * k, 210, 30, 24, &(gf_area){colour, "", 0, 3, false});
        gf_drawing_text(d, 435 + 32 * k, 226, GF_MIDDLE, GF_SANS, gf_ink_on(colour), ".5", 12, GF_PLAIN);
    }
}

/* f = σ(x_t U + hᵀ) ⊙ i², in runs; its width below it, as the table has it. */
static inline void draw_equation(gf_drawing *d, const gf_theme *theme)
{
    const gf_run runs[] = {{"f", 16, GF_BOLD | GF_ITALIC, 0},
                           {" = σ(", 16, GF_PLAIN, 0},
                           {"x", 16, GF_ITALIC, 0},
                           {"t−1", 11, GF_PLAIN, -4},
                           {"", 16, GF_PLAIN, 7},
                           {" U + h", 16, GF_ITALIC, 0},
                           {"T", 11, GF_PLAIN, 6},
                           {") ⊙ ", 16, GF_PLAIN, 0},
                           {"i", 16, GF_ITALIC, 0},
                           {"2", 11, GF_PLAIN, 6}};
    size_t count = sizeof runs / sizeof *runs;
    gf_drawing_runs(d, 420, 280, GF_START, GF_SERIF, theme->ink, runs, count);
    double width = gf_runs_width(runs, count, GF_SERIF);
    gf_pen pen = {theme->mixed, "", 2, 0, false, false, false, 0};
    gf_drawing_line(d, (gf_point[]){{420, 290}, {420 + width, 290}}, 2, &pen);
}

static inline void draw_sample(gf_drawing *d, const gf_theme *theme)
{
    const gf_size_scale scale = {.low = -2, .high = 0};
    gf_drawing_begin(d, 800, 480, theme->ground, "A sample: every kind of item", "Boxes, arrows & texts");
    gf_drawing_text(d, 30, 40, GF_START, GF_SANS, theme->ink, "LSTM, five steps", 24, GF_BOLD);
    gf_drawing_text(d, 30, 62, GF_START, GF_SANS, theme->soft, "loss = Σ L[t] · n = 3 <inputs> & \\ \"more\"", 13,
                    GF_PLAIN);
    draw_boxes(d, theme, &scale);
    draw_sizes(d, theme, &scale);
    draw_equation(d, theme);
}

#endif
