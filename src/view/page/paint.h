/* Painting a spread: boxes with what stands in them, nets by the scale, numbers where there is room. */
#ifndef GF_VIEW_PAINT_H
#define GF_VIEW_PAINT_H

#include "view/drawing/drawing.h"
#include "view/drawing/look.h"
#include "view/page/legend.h"
#include "view/page/obstacles.h"
#include "view/spread/spread.h"

/* What a trail carries. */
typedef struct gf_carried {
    gf_measure measure, cut;
    double size;
    gf_arrow_look look;
    bool cancels; /* its branches cancel to exactly 0 */
    bool mixed;   /* a rail, and what it collects is not all alike: neither measure nor size is told */
} gf_carried;

typedef struct gf_painting {
    const gf_view *view;
    const gf_spread *spread;
    const gf_carried *carried; /* by trail; gf_paint finds it */
    const gf_theme *theme;
    const gf_size_scale *scale;
    gf_profile profile;
    gf_drawing *drawing;
    gf_obstacles obstacles;
    bool widens;   /* for numbers without room the page becomes wider: none comes near to lines */
    bool near;     /* texts may come near to lines: those that found no room otherwise */
    bool far;      /* of a line hardly longer than its number, the number may stand beyond the boxes that it joins */
    bool clear;    /* texts keep off the sides of steps */
    bool one_form; /* all numbers have the 0 before the point, or, tight, none */
    bool tight;
    double right;      /* of the page */
    double bottom;     /* no number reaches further down: there the strip is headed; 0: there is none */
    int missing;       /* numbers that found no room */
    double figures;    /* the size of letters of numbers beside arrows */
    double cells;      /* the size of letters in cells of whole steps; 0: not yet known */
    gf_marks marks;    /* that were painted */
    gf_point put;      /* where the last number was: the middle of its baseline */
    gf_point *numbers; /* by trail: where its number is, NaN where there is none; NULL: nobody asks */
    gf_point heading;  /* where "t = 3" begins, from the corner of its ground; NaN: nowhere */
} gf_painting;

/* All of a spread; `painting` has been given all but carried, obstacles, missing, marks, put and heading. Fails with
 * GF_ERROR_MEMORY. */
gf_status gf_paint(gf_painting *painting);

/* Numbers keep off a box. */
void gf_box_block(gf_painting *p, const gf_stand *at);

/* --- inscribe.c: what stands in a box ------------------------------------------------------------------------ */

enum { GF_INSCRIPTION = 256 };

/* The lines of a box; all but the first may be "". */
typedef struct gf_inscription {
    char name[GF_INSCRIPTION];
    char weights[GF_INSCRIPTION]; /* that the quantity uses: "U W b" */
    char number[GF_INSCRIPTION];
} gf_inscription;

/* Tight: where room is scarce. */
void gf_box_inscribe(const gf_view *view, const gf_box *box, bool brief, bool tight, gf_inscription *out);

/* "⊙"; of one operand with its constants, but not the operand, "× 2"; of two, if `numbers`, with one that is a number,
 * "1 −". written.c */
void gf_operation_write(char out[GF_INSCRIPTION], const gf_node *node, const char *symbol, bool numbers);
bool gf_constant_find(const gf_node *node, const char *word, size_t size, double *number);

void gf_box_paint(gf_painting *p, int box);

/* A text, which the numbers beside arrows keep away from. */
void gf_text_paint(gf_painting *p, double x, double y, gf_anchor anchor, const char *colour, const char *text,
                   double size, unsigned style);

/* --- whole.c: what stands in a box of whole steps ------------------------------------------------------------ */

/* The width that its cells need with small letters; 0: it has none. */
double gf_whole_width(const gf_view *view, const gf_box *box);

/* The height of the middle of a cell. */
double gf_cell_middle(const gf_painting *p, const gf_box *box, const gf_stand *at, int cell);
void gf_whole_paint(gf_painting *p, const gf_box *box, const gf_stand *at, const gf_inscription *lines);

/* --- course.c: how gradients go on within a box of several steps --------------------------------------------- */

/* How wide the boxes of a view's folded steps want to be, for small letters; 0 where there are no rows. Long names are
 * cut. */
double gf_courses_width(const gf_view *view);

/* A row of colours a quantity, and the box's name below them, or, beside whole steps, above; false, and nothing, where
 * they find no room. */
bool gf_courses_paint(gf_painting *p, const gf_box *box, const gf_stand *at, const gf_inscription *lines);

/* --- nets.c: arrows ---------------------------------------------------------------------------------------------- */

void gf_nets_paint(gf_painting *p);

/* --- numbers.c: the size of what a trunk carries, beside it; "t = 3" in a free corner of every step ------------- */

/* Which variable an arrow brings, where neither of its boxes says so, between whole steps; else "". */
const char *gf_arrow_told(const gf_arrow *arrow);

void gf_numbers_paint(gf_painting *p);
void gf_steps_paint(gf_painting *p);

/* --- carried.c --------------------------------------------------------------------------------------------------- */

/* By trail; NULL without memory. To be freed. */
gf_carried *gf_trails_carry(const gf_view *view, const gf_spread *spread);

/* In which turn all of it has arrived; 0: it is always shown, as what stands aside. */
int gf_trail_turn(const gf_view *view, const gf_trail *trail);

#endif
