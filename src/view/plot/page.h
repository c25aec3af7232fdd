/* Plots on a page, in the look of the other pictures. */
#ifndef GF_VIEW_PLOT_PAGE_H
#define GF_VIEW_PLOT_PAGE_H

#include "view/drawing/cut.h"
#include "view/plot/plot.h"

/* Where the field of a plot is; its axes stand outside. */
typedef struct gf_box {
    double left, top, right, bottom;
} gf_box;

enum { GF_LINES = 18 }; /* that can be told apart, at most */

/* Lines; letters of the labels at their ends are so large, those of the axes a little smaller. */
void gf_lines_draw(gf_drawing *d, const gf_theme *theme, const gf_lines *lines, gf_box box, double letters);

/* How far the labels reach behind the field. */
double gf_lines_label_room(const gf_lines *lines, double letters);

/* A heat map: as many cells as are wide enough to be seen, each with the largest of those that it stands for. */
void gf_heat_draw(gf_drawing *d, const gf_theme *theme, const gf_heat *heat, const gf_size_scale *scale, gf_box box,
                  double letters);

/* What its colours mean: a ramp with its powers of ten, between left and right, on three lines of text down from top.
 */
void gf_heat_draw_key(gf_drawing *d, const gf_theme *theme, const gf_size_scale *scale, const char *what, double left,
                      double right, double top);

/* Writes a drawing in the format "svg", "png" or "pdf", with `dots` an inch (0: 192); `why` gets a sentence where it
 * fails: see gf_raster_write. */
gf_status gf_drawing_write(const gf_drawing *d, const char *format, double dots, gf_text *out, gf_text *why);

#endif
