/* A spread: a view laid out over the page, where each box stands and which way each arrow goes.
 *
 * Time runs from left to right, and the page is a row of columns with a gutter before each and after the last:
 *
 *     | before | starts | step 1 | step 2 | ... | step T | ends | after |
 *
 * All steps have one pattern: the boxes of one step, laid out once as a block (block.h) and stamped into each column.
 * `before` and `after` hold what belongs to no step: what steps use, and what uses steps. A column may be solid: a
 * whole step, or several that are folded, is one box.
 *
 * What a variable sends to other columns is one net. It leaves its column at the side, goes up or down in the gutter on
 * a track of its own, and enters the column behind that gutter at a box's side, or by a lane below the row of its
 * targets (an entry). A net that goes further leaves the gutter by a lane above the row of its source, and passes
 * through the columns between. What several steps send to one box after them is collected by a rail above the steps.
 *
 * Example: the h of an LSTM. From h[2] a line leaves to the right, goes down in the gutter before step 3, and enters it
 * by a lane with four branches: f, i, g and o. */
#ifndef GF_VIEW_SPREAD_H
#define GF_VIEW_SPREAD_H

#include "view/block/block.h"
#include "view/view.h"

/* How large things are; rule 28 of the layout. Pixels. */
typedef struct gf_profile {
    double box, lane, base, tail; /* a box's height; see gf_block_place */
    double letters;               /* of a number; a name is 1 larger */
    bool flat;                    /* name and number side by side, where a row has one or two boxes */
    bool tight;                   /* numbers without the 0 before the point */
    double gutter;                /* between columns, at least; 0: as far as numbers want it */
} gf_profile;

/* A box: its middle and its size. */
typedef struct gf_stand {
    double x, y, width, height;
    bool brief, flat; /* without "[t]"; name and number side by side */
    bool shown;
} gf_stand;

/* A part of a variable's net, and which arrows it leads to. */
typedef struct gf_trail {
    int source; /* of the arrows */
    gf_point *points;
    int point_count;
    const int *arrows; /* numbers of the view's */
    int arrow_count;
    bool head;    /* it ends at a box */
    bool between; /* between columns: it shall have a number */
    bool rail;    /* it collects what several steps send */
} gf_trail;

/* The ground of a step, or of several. */
typedef struct gf_ground {
    int step, last; /* 0: outside time */
    bool solid;     /* it is the box itself */
    double x, y, width, height;
} gf_ground;

typedef struct gf_spread {
    const gf_view *view;
    gf_stand *places; /* of the view's boxes, in their order */
    gf_trail *trails;
    size_t trail_count, trail_room;
    gf_ground *grounds;
    int ground_count;
    double left, right, top, bottom;    /* of all that is drawn, once it is measured */
    double wanted_width, wanted_height; /* of a step; of all steps */
    double given_width, given_height;   /* the room there was */
    double least_width;                 /* of the whole: what stands below the steps needs as much */
    int *cells;                         /* by pattern: its cell, boxes that need each other over time; -1: none */
    bool turned;                        /* without time: values flow to the right */
    gf_arena arena;
} gf_spread;

/* The room that there is, from the page's margin to where the totals stand. */
typedef struct gf_room {
    double left, right, top, bottom;
    double before, behind; /* at least so much lies to the left, and to the right, of the steps */
    double solid;          /* a box of whole steps is at least so wide */
    double widest;         /* a step is never wider; 0: no limit */
    double wider;          /* gutters are, by so much, than they need be: numbers stand there */
    bool endless;          /* what is left of it is not shared out: steps stand at its left */
    bool apart;            /* without time: inputs have the first column, and none stands beside its user */
} gf_room;

/* Lays a view out. It may need more room than there is: `wanted` against `given` tells. Fails with GF_ERROR_MEMORY.
 * Free it in any case. */
gf_status gf_spread_make(gf_spread *spread, const gf_view *view, const gf_profile *profile, const gf_room *room);
void gf_spread_free(gf_spread *spread);

/* Finds its bounds: those of all boxes, grounds and trails. */
void gf_spread_measure(gf_spread *spread);

/* The same, in as much room as it needs; its bounds are those of all that stands there. ample.c */
typedef struct gf_ample {
    gf_profile timed, turned; /* of a view with time, and without */
    double step;              /* a step, or a box of several, is at least so wide */
} gf_ample;
gf_status gf_spread_make_ample(gf_spread *spread, const gf_view *view, const gf_ample *ample);

/* The cells of a box of one whole step, from its lower end up: how high each is, of so many. */
enum { GF_BELOW_CELLS = 6, GF_LEAST_CELL = 19 };
double gf_cell_height(const gf_profile *profile, double height, int count);

/* The size that a box's text needs; boxes.c. */
void gf_box_size(const gf_view *view, const gf_box *box, const gf_profile *profile, bool brief, bool flat,
                 double *width, double *height);

#endif
