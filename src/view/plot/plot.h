/* Plots: numbers along an axis as lines, sizes of a table as a heat map; in characters for a terminal. */
#ifndef GF_VIEW_PLOT_H
#define GF_VIEW_PLOT_H

#include "text/text.h"
#include "view/drawing/look.h"
#include "view/plot/axis.h"

/* --- lines --------------------------------------------------------------------------------------------- */

typedef struct gf_line {
    const char *label;
    const double *numbers; /* one without a place on the axis leaves a gap */
    size_t look;           /* its colour, by number, */
    bool bound;            /* thin and dashed: it is no line of its own */
} gf_line;

typedef struct gf_lines {
    const gf_line *list;
    size_t count, length; /* length: of each line's numbers, at least 1 */
    double first, last;   /* where the first and the last number stand along the axis, */
    const char *along;    /* which is called so: "t" */
    bool continuous;      /* between two numbers there are others; else they are those of whole steps */
    bool dots;            /* of a page: each of a few numbers has one */
    bool labelled;        /* of a page: each line says at its end what it is */
    gf_axis axis;         /* upwards */
} gf_lines;

/* The mark of line number n of several in characters: a, b … */
char gf_chart_mark(size_t n);

/* All lines in one field, without their labels, on lines of so many characters. */
void gf_chart_write(gf_text *w, const gf_lines *lines, int width);

/* --- heat maps ------------------------------------------------------------------------------------------- */

enum { GF_HEAT_DECADES = 16 }; /* of a scale, at most: what is less than that below the largest is rounding */

/* A table of sizes. Row r stands for first_row + r, unless rows have names. */
typedef struct gf_heat {
    const char *title;
    long rows, cols, first_row, first_col;
    const char *const *row_names;                       /* NULL: numbers */
    const char *down, *along;                           /* what they count: "k", "t" */
    double least;                                       /* pixels of the narrowest cell of a page; 0: 1.5 */
    double (*at)(const void *data, long row, long col); /* not finite is marked, below 0 there is nothing */
    const void *data;
} gf_heat;

/* The largest size of those of some rows and columns, from..to; below 0 where there is none. What is not finite beats
 * all others. */
double gf_heat_largest(const gf_heat *heat, long row, long row_to, long col, long col_to);

/* The decades that hold all sizes of some heat maps, 16 of them at the most, downwards from the largest. */
gf_size_scale gf_heat_scale(const gf_heat *const heats[], size_t count);

/* In characters, on lines of so many; and what the characters stand for. */
void gf_heat_write(gf_text *w, const gf_heat *heat, const gf_size_scale *scale, int width);
void gf_heat_write_key(gf_text *w, const gf_size_scale *scale);

#endif
