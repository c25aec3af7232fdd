/* Heat maps on a page. Cells of one colour that stand side by side are one area. */
#include <math.h>
#include <stdio.h>

#include "view/plot/page.h"

enum { SHADES = 64, TICKS = 6, PARTS = 50 };

static const double least_cell = 1.5; /* pixels */
static const double lap = 0.4;        /* by which areas reach under the next, so that no seam shines through */

typedef struct map {
    gf_drawing *d;
    const gf_theme *theme;
    const gf_heat *heat;
    const gf_size_scale *scale;
    gf_box box;
    double letters;
    long row_bin, col_bin; /* rows and columns of a cell */
} map;

/* --- colours -------------------------------------------------- */

enum { NOTHING = -3, LOST = -2, ZERO = -1 }; /* else a shade, 0 to SHADES - 1 */

static int shade_of(const gf_size_scale *scale, double size)
{
    if (isnan(size) || size <= 0)
        return isnan(size) ? LOST : size < 0 ? NOTHING : ZERO;
    return (int)lround(gf_scale_place(scale, size) * (SHADES - 1));
}

static void paint(gf_drawing *d, const gf_theme *theme, int shade, double x, double y, double width, double height)
{
    char colour[8];
    if (shade == NOTHING)
        return;
    if (shade == ZERO) {
        gf_pen pen = {.colour = theme->zero, .halo = "", .width = fmin(1.2, height / 3), .dash = GF_DASHED};
        gf_drawing_line(d, (gf_point[]){{x, y + height / 2}, {x + width, y + height / 2}}, 2, &pen);
        return;
    }
    gf_heat_colour(colour, theme, (double)shade / (SHADES - 1));
    gf_area area = {.fill = shade == LOST ? theme->bad : colour, .line = ""};
    gf_drawing_area(d, x, y, width + (shade == LOST ? 0 : lap), height + (shade == LOST ? 0 : lap), &area);
}

/* --- cells: from whole pixels to whole pixels -------------------------------------------------- */

static double x_of(const map *m, long col)
{
    return round(m->box.left + (double)col / (double)m->heat->cols * (m->box.right - m->box.left));
}

static double y_of(const map *m, long row)
{
    return round(m->box.top + (double)row / (double)m->heat->rows * (m->box.bottom - m->box.top));
}

static long smaller(long a, long b)
{
    return a < b ? a : b;
}

static int cell_shade(const map *m, long row, long row_to, long col)
{
    long col_to = smaller(col + m->col_bin, m->heat->cols);
    return shade_of(m->scale, gf_heat_largest(m->heat, row, row_to - 1, col, col_to - 1));
}

static void draw_row(const map *m, long row)
{
    long cols = m->heat->cols, row_to = smaller(row + m->row_bin, m->heat->rows), begin = 0;
    int shade = cell_shade(m, row, row_to, 0);
    for (long col = m->col_bin;; col += m->col_bin) {
        int next = col < cols ? cell_shade(m, row, row_to, col) : NOTHING;
        if (col < cols && next == shade)
            continue;
        double x = x_of(m, begin), y = y_of(m, row);
        paint(m->d, m->theme, shade, x, y, x_of(m, smaller(col, cols)) - x, y_of(m, row_to) - y);
        begin = col;
        shade = next;
        if (col >= cols)
            return;
    }
}

static long bin_of(long count, double room, double least)
{
    return (long)ceil(fmax(1, (double)count * fmax(least, least_cell) / room));
}

/* --- axes -------------------------------------------------- */

static void draw_number(const map *m, double x, double y, gf_anchor anchor, long number)
{
    char text[32];
    snprintf(text, sizeof text, "%ld", number);
    gf_drawing_text(m->d, x, y, anchor, GF_SANS, m->theme->soft, text, m->letters, GF_PLAIN);
}

/* Numbers of the first and of round ones, but of none that is close to another. */
static void draw_numbers(const map *m, long first, long count, bool rows)
{
    double length = rows ? m->box.bottom - m->box.top : m->box.right - m->box.left;
    int room = (int)(length / (m->letters * 2.4));
    long last = first + count - 1, step = gf_axis_apart(first, last, room < TICKS ? (room < 1 ? 1 : room) : TICKS);
    for (long n = first; n <= last; n++) {
        if (n != first && (n % step || (n - first) * 2 < step))
            continue;
        double x = (x_of(m, n - first) + x_of(m, n - first + 1)) / 2;
        double y = (y_of(m, n - first) + y_of(m, n - first + 1)) / 2;
        if (rows)
            draw_number(m, m->box.left - 8, y + m->letters * 0.36, GF_END, n);
        else
            draw_number(m, x, m->box.bottom + m->letters * 1.4, GF_MIDDLE, n);
    }
}

static void draw_names(const map *m)
{
    for (long row = 0; row < m->heat->rows; row++) {
        gf_run run = {m->heat->row_names[row], m->letters, GF_PLAIN, 0};
        gf_text_draw(m->d, m->box.left - 10, (y_of(m, row) + y_of(m, row + 1)) / 2 + m->letters * 0.36, GF_END,
                     m->theme->ink, run, m->box.left - 40);
    }
}

static void draw_frame(const map *m)
{
    gf_area frame = {.fill = "", .line = m->theme->line, .width = 1};
    gf_drawing_area(m->d, m->box.left, m->box.top, m->box.right - m->box.left, m->box.bottom - m->box.top, &frame);
}

void gf_heat_draw(gf_drawing *d, const gf_theme *theme, const gf_heat *heat, const gf_size_scale *scale, gf_box box,
                  double letters)
{
    map m = {d, theme, heat, scale, box, letters, 1, bin_of(heat->cols, box.right - box.left, heat->least)};
    if (!heat->row_names)
        m.row_bin = bin_of(heat->rows, box.bottom - box.top, 0);
    for (long row = 0; row < heat->rows; row += m.row_bin)
        draw_row(&m, row);
    draw_frame(&m);
    if (heat->row_names)
        draw_names(&m);
    else
        draw_numbers(&m, heat->first_row, heat->rows, true);
    draw_numbers(&m, heat->first_col, heat->cols, false);
}

/* --- the key -------------------------------------------------- */

static const double key_height = 16, key_letters = 13;
static const double key_inset = 16; /* of the ramp, so that the numbers below its ends have room */

/* A swatch with what it means behind it; returns where the next begins. */
static double draw_swatch(gf_drawing *d, const gf_theme *theme, int shade, const char *text, double x, double y)
{
    gf_area frame = {.fill = "", .line = theme->line, .width = 1};
    paint(d, theme, shade, x, y, 16, 12);
    gf_drawing_area(d, x, y, 16, 12, &frame);
    gf_drawing_text(d, x + 22, y + 10.5, GF_START, GF_SANS, theme->soft, text, key_letters, GF_PLAIN);
    return x + 22 + gf_letters_width(text, GF_SANS, GF_PLAIN, key_letters) + 20;
}

void gf_heat_draw_key(gf_drawing *d, const gf_theme *theme, const gf_size_scale *scale, const char *what, double left,
                      double right, double top)
{
    double range = scale->high - scale->low, step = ceil(range / 4);
    gf_run run = {what, key_letters, GF_PLAIN, 0};
    gf_text_draw(d, left + key_inset, top, GF_START, theme->soft, run, right - left - key_inset);
    left += key_inset;
    right -= key_inset;
    for (int k = 0; k < PARTS; k++) {
        double x = left + (right - left) * k / PARTS;
        paint(d, theme, (SHADES - 1) * k / (PARTS - 1), x, top + 8, (right - left) / PARTS, key_height);
    }
    for (double power = scale->high; power >= scale->low; power -= step) {
        double x = left + (power - scale->low) / range * (right - left);
        gf_drawing_power(d, x, top + 8 + key_height + 20, GF_MIDDLE, theme->soft, "", (int)power,
                         gf_powers_are_long(scale->low, scale->high), key_letters);
    }
    left -= key_inset;
    if (scale->zero)
        left = draw_swatch(d, theme, ZERO, "0", left, top + 54);
    if (scale->lost)
        left = draw_swatch(d, theme, LOST, "not finite", left, top + 54);
    if (scale->below)
        draw_swatch(d, theme, 0, "and less", left, top + 54);
}
