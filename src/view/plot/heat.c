/* Heat maps: what they share, and in characters. Sizes that share a character, or a cell of a page, are shown by the
 * largest. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "text/characters.h"
#include "view/plot/plot.h"

double gf_heat_largest(const gf_heat *heat, long row, long row_to, long col, long col_to)
{
    double most = -1;
    for (long r = row; r <= row_to; r++)
        for (long c = col; c <= col_to; c++) {
            double size = heat->at(heat->data, r, c);
            if (!isfinite(size))
                return NAN;
            most = fmax(most, size);
        }
    return most;
}

gf_size_scale gf_heat_scale(const gf_heat *const heats[], size_t count)
{
    double least = INFINITY, most = 0;
    gf_size_scale scale = {.zero = false};
    for (size_t n = 0; n < count; n++)
        for (long r = 0; r < heats[n]->rows; r++)
            for (long c = 0; c < heats[n]->cols; c++) {
                double size = heats[n]->at(heats[n]->data, r, c);
                scale.zero |= size == 0;
                scale.lost |= !isfinite(size);
                if (size > 0 && isfinite(size)) {
                    least = fmin(least, size);
                    most = fmax(most, size);
                }
            }
    if (most == 0)
        least = most = 1;
    scale.high = ceil(log10(most) - 1e-9);
    double low = fmin(floor(log10(least) + 1e-9), scale.high - 1);
    scale.low = fmax(low, scale.high - GF_HEAT_DECADES);
    scale.below = low < scale.low;
    return scale;
}

/* --- characters ------------------------------------------------------------------------------------------------- */

enum { ROWS = 24, LABEL = 44, SHADES = 5 };
static const char *const shades[SHADES] = {"█", "▓", "▒", "░", "·"};

/* Decades a shade. */
static double decades_of(const gf_size_scale *scale)
{
    return ceil((scale->high - scale->low) / SHADES);
}

static const char *shade_of(const gf_size_scale *scale, double size)
{
    if (isnan(size))
        return "!";
    if (size <= 0)
        return size < 0 ? " " : "0";
    int k = (int)floor((scale->high - log10(size)) / decades_of(scale));
    return shades[k < 0 ? 0 : k >= SHADES ? SHADES - 1 : k];
}

void gf_heat_write_key(gf_text *w, const gf_size_scale *scale)
{
    for (int k = 0; k + 1 < SHADES; k++)
        gf_text_print(w, "%s%s 1e%.0f and more", k ? "   " : "", shades[k], scale->high - (k + 1) * decades_of(scale));
    gf_text_print(w, "   %s less\n", shades[SHADES - 1]);
}

/* How many columns a text takes. */
static int columns_of(const char *text)
{
    int sum = 0, bytes;
    for (size_t left = strlen(text); left; text += bytes, left -= (size_t)bytes)
        sum += gf_code_width(gf_utf8_decode(text, left, &bytes));
    return sum;
}

typedef struct grid {
    const gf_heat *heat;
    const gf_size_scale *scale;
    int label, wide;       /* columns of the labels, of a cell */
    long row_bin, col_bin; /* how many share one */
} grid;

static grid grid_of(const gf_heat *heat, const gf_size_scale *scale, int width)
{
    grid g = {.heat = heat, .scale = scale, .wide = 1, .row_bin = 1};
    for (long r = 0; r < heat->rows && heat->row_names; r++) {
        int columns = columns_of(heat->row_names[r]);
        g.label = columns > g.label ? columns : g.label;
    }
    if (!heat->row_names)
        g.label = snprintf(NULL, 0, "%ld", heat->first_row + heat->rows - 1);
    g.label = g.label > LABEL ? LABEL : g.label;
    long room = width - g.label - 2;
    room = room < 10 ? 10 : room;
    if (!heat->row_names)
        g.row_bin = (heat->rows + ROWS - 1) / ROWS;
    g.col_bin = (heat->cols + room - 1) / room;
    if (g.row_bin == 1 && 2 * heat->cols <= room)
        g.wide = 2;
    return g;
}

static void write_label(gf_text *w, const grid *g, long row)
{
    const gf_heat *heat = g->heat;
    char number[GF_NUMBER] = "";
    if (heat->row_names) {
        const char *name = heat->row_names[row];
        size_t size = strlen(name);
        bool cut = columns_of(name) > g->label;
        if (cut)
            size = gf_utf8_bytes(name, (size_t)g->label - 1);
        int blanks = cut ? 0 : g->label - columns_of(name);
        gf_text_print(w, "%.*s%s%*s", (int)size, name, cut ? "…" : "", blanks, "");
        return;
    }
    long line = row / g->row_bin;
    if (line % 5 == 0 || row + g->row_bin >= heat->rows)
        snprintf(number, sizeof number, "%ld", heat->first_row + row);
    gf_text_print(w, "%*s", g->label, number);
}

static void write_row(gf_text *w, const grid *g, long row)
{
    const gf_heat *heat = g->heat;
    long row_to = row + g->row_bin < heat->rows ? row + g->row_bin - 1 : heat->rows - 1;
    int due = 0;
    write_label(w, g, row);
    gf_text_add(w, " │");
    for (long col = 0; col < heat->cols; col += g->col_bin) {
        long col_to = col + g->col_bin < heat->cols ? col + g->col_bin - 1 : heat->cols - 1;
        const char *shade = shade_of(g->scale, gf_heat_largest(heat, row, row_to, col, col_to));
        due += *shade == ' ' ? g->wide : 0;
        for (int k = 0; k < g->wide && *shade != ' '; k++, due = 0)
            gf_text_print(w, "%*s%s", due, "", shade);
    }
    gf_text_add(w, "\n");
}

void gf_heat_write(gf_text *w, const gf_heat *heat, const gf_size_scale *scale, int width)
{
    grid g = grid_of(heat, scale, width);
    for (long row = 0; row < heat->rows; row += g.row_bin)
        write_row(w, &g, row);
    char first[GF_NUMBER * 2], last[GF_NUMBER];
    snprintf(first, sizeof first, "%.20s = %ld", heat->along, heat->first_col);
    snprintf(last, sizeof last, "%ld", heat->first_col + heat->cols - 1);
    long cells = (heat->cols + g.col_bin - 1) / g.col_bin * g.wide;
    int blanks = (int)cells - (int)strlen(first) - (int)strlen(last);
    gf_text_print(w, "%*s%s", g.label + 2, "", first);
    if (heat->cols > 1)
        gf_text_print(w, "%*s%s", blanks < 1 ? 1 : blanks, "", last);
    gf_text_add(w, "\n");
    if (g.row_bin > 1 || g.col_bin > 1)
        gf_text_print(w, "a character shows the largest of %ld x %ld\n", g.row_bin, g.col_bin);
}
