/* A view: what a picture of a graph shows, as plain data. Whoever draws reads it; it knows nothing of Graphviz. */
#ifndef GF_VIEW_VIEW_H
#define GF_VIEW_VIEW_H

#include <gradflow/view.h>

#include "base/arena.h"
#include "text/text.h"

/* The size of a gradient, and of a 1 x 1 one the number itself, with its sign; where none is known all of it is 0. */
typedef struct gf_measure {
    bool known, scalar;
    double l2, rms, max, slope;
} gf_measure;

typedef enum gf_box_kind {
    GF_BOX_PARAM,
    GF_BOX_INPUT,
    GF_BOX_GIVEN,
    GF_BOX_CONSTANT,
    GF_BOX_OPERATION,
    GF_BOX_START, /* what a recurrence starts from: "h[0]", "hb[T+1]" */
    GF_BOX_STEPS  /* one step, or several, as a whole */
} gf_box_kind;

/* How large a box of a textbook page is, in pixels, and where it stands. */
typedef struct gf_shape {
    double width, height;
    double apart; /* between arrows into it; 0: as elsewhere */
    bool end;     /* in the last column */
    int column;   /* a gf_column_kind, where the step stands upright; else 0 */
    double lead;  /* it stands to the left of its only user, in its row, so far from it; 0: below */
} gf_shape;

/* A quantity within a box of whole steps, with its gradient at each of them, unknown where it has none. */
typedef struct gf_quantity {
    const char *name;
    gf_measure *gradients; /* from the box's first step to its last */
    bool scalar;           /* 1 x 1, with its value at the last step */
    double value;
} gf_quantity;

/* A box: a node, at the level `ops`; a named quantity with what is folded into it, at `equations`; a step, or several
 * that are folded, at `steps`. The numbers are those of the node that it defines. The texts are UTF-8 without control
 * characters. */
typedef struct gf_box {
    size_t id;
    const char *key;     /* as files name it: "n17", "step3", "steps4_37", "sum_loss" */
    const gf_node *node; /* that it defines; NULL: none */
    int pattern;         /* boxes of different steps that are the same quantity share it: a number of view->patterns */
    int last_step;       /* of folded steps the last; `step` is the first; else 0 */
    int cuts;            /* within a box of whole steps: at how many steps something is cut, */
    gf_quantity *quantities; /* in pictures, of such a box: those with a name */
    int quantity_count;
    gf_measure cut;     /* how large all that is that arrives there, and that these cuts throw away, */
    double cut_entries; /* and how many numbers that is */
    bool sum;           /* additions over time: the rail of the losses ends in it */
    bool scalar;        /* 1 x 1: then its value is known */
    bool finite;        /* is its value? */
    double value;
    gf_box_kind kind;
    const char *name;     /* as messages show it: "h[3]", "layer1.h[3]"; "n17" where it has none */
    const char *variable; /* scope and name without index, as "layer1.h"; "" where it has no name */
    const char *op;       /* the operation's name, and its symbol */
    const char *symbol;
    int step, rows, cols, arity;
    int at;       /* the step that it stands in: its own, or, of a total over time, the latest that is in that */
    bool indexed; /* of no step, but with an index in its name, as h[0] */
    int index;    /* that is */
    bool outside; /* of another step than the picture's, here because it touches one of them */
    bool aside;   /* given, or an input that is read as a target alone: grey, and its gradient is off the scale */
    bool plain;   /* an operation without a name: its symbol is all that is written */
    bool opened;  /* a named quantity whose operations are boxes of their own, and it the last of them */
    const gf_shape *shape; /* NULL: as large as its text */
    double value_l2;
    gf_measure gradient;
    int turn; /* in which that is complete; 0: no arrow leads on from it */
} gf_box;

typedef enum gf_arrow_look {
    GF_ARROW_UNKNOWN,   /* nothing was recorded */
    GF_ARROW_NONE,      /* no gradient passes, or a zero */
    GF_ARROW_PASSES,    /* colour and width say how much */
    GF_ARROW_NONFINITE, /* infinite or not a number */
    GF_ARROW_ASIDE      /* from a box that stands aside, whatever gradient passes */
} gf_arrow_look;

/* An operand: slot number `slot` of `to`. */
typedef struct gf_use {
    const gf_node *to;
    int slot;
} gf_use;

/* What a variable sends to a box: at `ops` an operand; else the sum of all operands that it is within the box. */
typedef struct gf_arrow {
    const gf_box *from, *to;
    const char *variable; /* that passes, as that of its node's box */
    int source;           /* arrows of one variable's value share it; counted from 0 */
    const gf_matrix *sum; /* the gradient itself; NULL where none was recorded or passes, and of parameters. Where a
                           * variable passes out of several folded steps, those of its nodes, one below the other */
    int slot;             /* of the first operand */
    gf_measure gradient;
    double size; /* of the gradient, by the view's magnitude */
    gf_arrow_look look;
    int turn;           /* of backpropagation, in which that has arrived, counted from 1; 0: in none */
    const gf_use *uses; /* the operands that it stands for */
    size_t use_count;
    const gf_use *behind; /* where all of these are stop(a): the operands that the results of stop are */
    size_t behind_count;  /* 0: the arrow is not cut */
    gf_measure cut;       /* the gradient that arrives there, and that the cut throws away */
} gf_arrow;

/* The quantities of a step's pattern, and those outside time. */
typedef struct gf_pattern {
    const char *name; /* "h", "layer1.h"; "⊙" of one without name */
    bool timed;
} gf_pattern;

/* What one box adds to the gradient of one parameter: a cell of the strip. */
typedef struct gf_cell {
    const gf_node *param;
    const char *name;  /* of the parameter */
    const gf_box *box; /* that uses it */
    int pattern;       /* of the quantity that uses it: the box's, or, of several folded steps, a quantity's in them */
    gf_measure gradient;
    gf_arrow_look look; /* unknown, none, or passes, whatever the numbers are */
    int turn;           /* as an arrow's */
    const gf_use *uses; /* the operands that it stands for */
    size_t use_count;
} gf_cell;

typedef struct gf_view {
    gf_box *boxes; /* in the order of ids */
    size_t box_count;
    gf_arrow *arrows; /* in the order of (to, slot) */
    size_t arrow_count;
    gf_level level;       /* never AUTO */
    gf_pattern *patterns; /* in the order in which they first stand in the graph */
    int pattern_count;
    gf_cell *cells; /* in the order of (box, parameter's first use in it); whatever options->params says */
    size_t cell_count;
    int source_count;
    int turn_count;            /* of backpropagation through this picture */
    int first_step, last_step; /* of the graph; 0 without steps */
    gf_magnitude magnitude;
    const char *title; /* "" if there is none */
    const char *of;    /* what the gradients are those of, "L[3]" or "the loss"; "" where backward has not run */
    bool numbers;      /* on the arrows */
    bool measured;     /* is there any arrow that a gradient passes? */
    gf_show params;    /* as it was told */
    size_t hidden;     /* how many parameters are left out */
    gf_arena arena;    /* holds all of it */
} gf_view;

/* Looks at a graph. Fails with GF_ERROR_LIMIT, which the graph remembers, GF_ERROR_MEMORY, or as gf_forward does. Free
 * it in any case. */
gf_status gf_view_make(gf_view *view, gf_graph *g, const gf_draw_options *options);

/* The same, for pictures, which above the level of operations fold the steps outside of options->first_step and
 * last_step into one box on either side (gf_view_make leaves them out), and into one box those from fold_first to
 * fold_last, if these are not 0. */
gf_status gf_view_make_folded(gf_view *view, gf_graph *g, const gf_draw_options *options, int fold_first,
                              int fold_last);

/* The same as gf_view_make, at the level of equations, for a textbook page: an equation of several operations, without
 * a matrix product, whose operands are named quantities alone is opened into them. */
gf_status gf_view_make_opened(gf_view *view, gf_graph *g, const gf_draw_options *options);
void gf_view_free(gf_view *view);

/* Writes it as text, a box a line, the arrows into it below. */
void gf_view_print(const gf_view *view, gf_text *out);

/* How many cells a box of one whole step has; of several steps none. */
static inline int gf_box_cells(const gf_box *box)
{
    return box->last_step ? 0 : box->quantity_count;
}

/* The names of a box's quantities, with blanks between; quantities.c. */
void gf_quantities_list(const gf_box *box, gf_text *out);

/* From which step to which it reaches, neighbours not counted; true: none of the graph's is left out. */
bool gf_view_range(const gf_view *view, int *first, int *last);

/* Where a box stands in time: its step, or the index of what a recurrence starts from; false: nowhere. */
bool gf_box_when(const gf_box *box, int *step);

/* The size of what a variable sends to several boxes together: of the sum of its arrows' gradients. Unknown where one
 * is. Fails with GF_ERROR_MEMORY. */
gf_status gf_arrows_together(gf_measure *out, const gf_arrow *const *arrows, size_t count);

/* The node whose gradient all is a part of that passes along an arrow; NULL where there are several. */
const gf_node *gf_arrow_receiver(const gf_arrow *arrow);

/* What cuts throw away together of a variable's gradient. Unknown where no arrow is cut, and where what arrives at one
 * of them is unknown. Fails with GF_ERROR_MEMORY. */
gf_status gf_cuts_together(gf_measure *out, const gf_arrow *const *arrows, size_t count);

/* The sum of what a cell's operands add to its parameter's gradient, into numbers of the parameter's shape; zeros where
 * nothing passes. False where it is not known, and without memory. */
bool gf_cell_sum(double *out, const gf_cell *cell);

/* --- sizes; look.c ---------------------------------------------------------------- */

/* Gives each arrow its size and its look. */
void gf_view_measure(gf_view *view);

/* "l2", "rms", "max". */
const char *gf_magnitude_name(gf_magnitude magnitude);

/* The size that a magnitude stands for. */
double gf_measure_size(const gf_measure *measure, gf_magnitude magnitude);

/* What is written of it: the number itself of a 1 x 1 one, else that size. */
double gf_measure_shown(const gf_measure *measure, gf_magnitude magnitude);

#endif
