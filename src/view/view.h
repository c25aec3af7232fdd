/* A view: what a picture of a graph shows, as plain data. Whoever draws reads it; it knows nothing of Graphviz. */
#ifndef GF_VIEW_VIEW_H
#define GF_VIEW_VIEW_H

#include <gradflow/view.h>

#include "base/arena.h"
#include "base/text.h"

/* The size of a gradient; where none is known the numbers are 0. */
typedef struct gf_measure {
    bool known;
    double l2, rms, max;
} gf_measure;

typedef enum gf_box_kind { GF_BOX_PARAM, GF_BOX_INPUT, GF_BOX_GIVEN, GF_BOX_CONSTANT, GF_BOX_OPERATION } gf_box_kind;

/* A node. The texts are UTF-8 without control characters. */
typedef struct gf_box {
    size_t id;
    gf_box_kind kind;
    const char *name;     /* as messages show it: "h[3]", "layer1.h[3]"; "n17" where it has none */
    const char *variable; /* as it was named; "" where it was not */
    const char *op;       /* the operation's name, and its symbol */
    const char *symbol;
    int step, rows, cols, arity;
    bool outside; /* of another step than the picture's, here because it touches one of them */
    bool aside;   /* given, or an input that is read as a target alone: grey, and its gradient is off the scale */
    bool plain;   /* an operation without a name: its symbol is all that is written */
    double value_l2;
    gf_measure gradient;
} gf_box;

typedef enum gf_arrow_look {
    GF_ARROW_UNKNOWN,   /* nothing was recorded */
    GF_ARROW_NONE,      /* no gradient passes, or a zero */
    GF_ARROW_PASSES,    /* colour and width say how much */
    GF_ARROW_NONFINITE, /* infinite or not a number */
    GF_ARROW_ASIDE      /* from a box that stands aside, whatever gradient passes */
} gf_arrow_look;

/* An operand. */
typedef struct gf_arrow {
    const gf_box *from, *to;
    int slot;
    gf_measure gradient;
    double size; /* of the gradient, by the view's magnitude */
    gf_arrow_look look;
    double width;   /* in points */
    char colour[8]; /* "#rrggbb" */
} gf_arrow;

typedef struct gf_view {
    gf_box *boxes; /* in the order of ids */
    size_t box_count;
    gf_arrow *arrows; /* in the order of (to, slot) */
    size_t arrow_count;
    gf_magnitude magnitude;
    const char *title; /* "" if there is none */
    bool numbers;      /* on the arrows */
    bool measured;     /* is there any arrow that a gradient passes? */
    double low, high;  /* the scale's ends: log10 of the smallest and the largest size */
    size_t hidden;     /* how many parameters are left out */
    gf_arena arena;    /* holds all of it */
} gf_view;

/* Looks at a graph. Fails with GF_ERROR_LIMIT, which the graph remembers, GF_ERROR_MEMORY, or as gf_forward does. Free
 * it in any case. */
gf_status gf_view_make(gf_view *view, gf_graph *g, const gf_draw_options *options);
void gf_view_free(gf_view *view);

/* Writes it as text, a box a line, the arrows into it below. */
void gf_view_print(const gf_view *view, gf_text *out);

/* --- the look; look.c ----------------------------------------------------------- */

/* The grey of what stands aside. */
#define GF_ASIDE "#8a99a8"

/* Finds the scale, and gives each arrow its look. */
void gf_view_paint(gf_view *view);

/* The colour at a place on the scale, 0 (its low end) to 1. */
void gf_ramp_colour(char out[8], double place);

/* "l2", "rms", "max". */
const char *gf_magnitude_name(gf_magnitude magnitude);

/* The size that a magnitude stands for. */
double gf_measure_size(const gf_measure *measure, gf_magnitude magnitude);

#endif
