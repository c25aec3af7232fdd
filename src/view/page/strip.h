/* The strip: a table below the steps of what each of them adds to the gradient of each weight. A row is a quantity that
 * weights are used by, a cell a weight and a step; a name stands in it without the row's own at its end where others do
 * so, too: Uf, in row f, and Ui, in row i, are U. Uses outside time have a column of their own, `once`, and the sum of
 * all has one at the right. Weights of their own at each step, W[1], W[2], …, are one weight here, W, and stand one
 * above the other at the right, since nobody adds them up. */
#ifndef GF_VIEW_STRIP_H
#define GF_VIEW_STRIP_H

#include "view/drawing/drawing.h"
#include "view/drawing/look.h"
#include "view/page/legend.h"
#include "view/view.h"

typedef struct gf_strip_weight {
    const gf_node *param;
    const char *name;  /* as it is shown */
    bool shortened;    /* that is not all of its name */
    bool own;          /* each step has one of its own: `param` is that of its last cell */
    int lag;           /* then how many steps before its use it stands */
    gf_measure total;  /* of the sum of all its cells in the row, or of all one above the other; unknown where one is */
    double *sum, *one; /* that sum; room for what one cell adds */
    double *here;      /* the sum at the place of its last cell, which is */
    struct gf_strip_cell *last;
    double entries;
    double own_entries; /* in that total */
    bool known;
    int turn;    /* in which the total is complete */
    int at;      /* where it goes in the row that its own is folded into */
    int once_at; /* which cell of `once` is its own, where it has one */
} gf_strip_weight;

typedef struct gf_strip_row {
    const char *name;
    gf_strip_weight *weights; /* in the order of their cells, those of `once` alone last */
    int count;
    int once;  /* how many cells outside time it has */
    int group; /* that it is of, once folded; -1: of none */
    int into;  /* the row that it is folded into */
} gf_strip_row;

typedef struct gf_strip_cell {
    int row, weight; /* numbers */
    int step;        /* 0: outside time */
    const char *title;
    gf_measure gradient;
    double entries; /* of the matrix, or of all that are stacked */
    int turn;       /* in which all of it has arrived */
} gf_strip_cell;

typedef struct gf_strip {
    const gf_view *view;
    gf_strip_row *rows;  /* in the order of their cells, unless they are sorted */
    int count;           /* of rows */
    int most, most_once; /* cells of a row in a step, at least 1; outside time */
    int most_totals;     /* weights of a row */
    double *totals_at;   /* where the column of each weight's sums begins; and where the last ends */
    double apart;        /* what of a column keeps it from the next */
    double totals;       /* how wide the column of sums is, its heading included */
    bool narrow;         /* sums stand close, without the 0 before the point */
    int *of;             /* by number of a pattern: its row; -1: no weights */
    gf_strip_cell *cells;
    size_t cell_count;
    size_t *place; /* by number of a view's cell: that of its cell here, before anything is folded */
    gf_arena arena;
} gf_strip;

/* The table of a view, which must outlive it. Fails with GF_ERROR_MEMORY. Free it in any case. */
gf_status gf_strip_make(gf_strip *strip, const gf_view *view);
void gf_strip_free(gf_strip *strip);

/* Orders its rows by the ranks of their patterns, those of one rank as they are. Fails with GF_ERROR_MEMORY; then the
 * table is as it was. */
gf_status gf_strip_sort(gf_strip *strip, const int *rank);

/* What of a weight's name is written where what it is for, a name of `less` bytes, stands before it, and how long that
 * is: a.Uf is U of a.f where Ui is U of i, too, unless the view has a weight U. */
const char *gf_weight_short(const gf_view *view, const char *name, const char *row, size_t less, size_t *length);

/* Folds the rows of a group into one, named after all of them, where there is no room for each: weights of one short
 * name, U of f, i and o, share a cell, as if they stood one above the other in one matrix. `group` is by number of a
 * pattern; -1: it stays. Fails with GF_ERROR_MEMORY; then the table is as it was. */
gf_status gf_strip_fold(gf_strip *strip, const int *group);

/* Lets the sums stand close where there is too little room for the steps. */
void gf_strip_narrow(gf_strip *strip);

/* How high a row is where there are as many as here; and all of them, the heading above not counted. */
double gf_strip_row_height(const gf_strip *strip);
double gf_strip_height(const gf_strip *strip, double row_height);

/* Lengths in pixels: a cell of `once`; the headings; letters, in them and elsewhere. */
enum { GF_STRIP_ONCE = 62, GF_STRIP_HEADING = 20, GF_STRIP_BOLD = 13, GF_STRIP_LETTERS = 12 };

/* The heading of the sums. */
const char *gf_strip_totals(const gf_strip *strip);

typedef struct gf_strip_column {
    int step;
    double x, width;
    int last; /* of several steps that are one column; else 0 */
} gf_strip_column;

/* Where it stands. Cells of steps that have no column are left out. */
typedef struct gf_strip_place {
    double y, row_height; /* of the first row's top; the heading stands above */
    double left, names;   /* where the heading begins; where the names of rows end */
    const gf_strip_column *columns;
    int column_count;
    double once, once_width; /* the column of uses outside time; without steps the only one */
    double totals;           /* the columns of sums */
} gf_strip_place;

void gf_strip_draw(const gf_strip *strip, gf_drawing *d, const gf_theme *theme, const gf_size_scale *scale,
                   const gf_strip_place *place, gf_marks *marks);

#endif
