/* A textbook page: one step alone, or two, every number in its place.
 *
 *     gf_view_make_opened        the step's boxes; c = f * c' + i * g is two products, a sum
 *     stage.c                    what the page shows of it, as a view of its own, laid out by the spread:
 *
 *                                  tanh ------(*)-> h --> "h[3] to t = 4", "z, L"
 *                                   ^          |
 *         c[2] ----(*)----(+)-----> c ---------|--------> "c[3] to t = 4"
 *                   |      ^                   |
 *                   |     (*)---.              |
 *                   f      i     g             o
 *         h[2] -----^------^-----^-------------^
 *                          x[3]
 *
 * So it stands upright; where that finds more room, it lies, as the equations of a graph without time do, and values
 * flow to the right. Boxes of other steps that come in stand at the left, and what goes out
 * at the right: to other steps, and to those boxes of the step from which no state is reached, the loss among them,
 * which are named and not drawn. The box of an opened equation is two: its last operation, and behind it the result.
 * cards.c says what stands in a box, cells.c paints the numbers, addition.c writes the sum of the chain rule below. */
#ifndef GF_VIEW_TEXTBOOK_H
#define GF_VIEW_TEXTBOOK_H

#include "view/drawing/drawing.h"
#include "view/drawing/look.h"
#include "view/page/foot.h"
#include "view/page/paint.h"
#include "view/page/strip.h"
#include "view/view.h"

typedef enum gf_card_kind {
    GF_CARD_EQUATION,  /* an equation, its cells, its weights */
    GF_CARD_INPUT,     /* a name and its cells */
    GF_CARD_NEIGHBOUR, /* a box of another step: its name */
    GF_CARD_OPERATION, /* a circle with a sign, a pill with a word */
    GF_CARD_EXIT       /* where it goes: words */
} gf_card_kind;

/* A weight in the box that uses it: what that adds to its gradient. */
typedef struct gf_chip {
    const char *name;
    gf_measure gradient;
    gf_magnitude magnitude;
    int turn; /* in which that has arrived */
} gf_chip;

/* How much stands in a box, where the page has room for so much. */
typedef enum gf_density_cells {
    GF_CELLS_ENTRIES,
    GF_CELLS_NORMS, /* for matrices that have more than one entry */
    GF_CELLS_LINE,  /* these, and no cells: "1.3 ◂.33", on one line, or on two */
    GF_CELLS_LINES,
    GF_CELLS_NONE
} gf_density_cells;
typedef struct gf_density {
    double letters; /* of equations */
    bool equations; /* in the boxes; else names, and the equations stand at the foot */
    gf_density_cells cells;
    bool chips;
    bool tight; /* no number has a 0 before its point */
} gf_density;

/* What stands in a box of the page. */
typedef struct gf_card {
    gf_card_kind kind;
    const gf_run *title; /* the equation, or the name */
    size_t title_count;
    gf_face face;
    const char *below, *lowest;        /* lines below it, as value and gradient; NULL: none */
    const gf_matrix *value, *gradient; /* as cells; NULL: not shown */
    const char *value_label, *gradient_label;
    bool side_by_side; /* value and gradient, where they are high */
    bool size_above;   /* ‖grad‖, above the box */
    gf_chip *chips;
    int chip_count, chips_in_row;
    bool chips_beside; /* of the cells; else below them */
    bool tight;        /* numbers without the 0 before the point */
    bool small;        /* as small as can be */
    double label_width, cell_width;
    gf_shape shape;
} gf_card;

/* What a page shows of a step. */
typedef struct gf_stage {
    gf_view view;   /* boxes and arrows of the page; its arena holds all */
    gf_card *cards; /* of the view's boxes, in their order */
    bool *inside;   /* of each: does it stand on the step's ground? */
    int step;
    gf_density density;
} gf_stage;

/* The stage of a step, upright or not, of a view made by gf_view_make_opened for that step, which must outlive it, like
 * the strip of that view (NULL: no weights are shown) and the foot (NULL: names stand for equations). Fails with
 * GF_ERROR_MEMORY. Free it in any case. */
gf_status gf_stage_make(gf_stage *stage, const gf_view *from, int step, const gf_density *density, bool upright,
                        gf_foot *foot, const gf_strip *strip);
void gf_stage_free(gf_stage *stage);

/* --- cards.c ------------------------------------------------------------------------------------------------ */

/* Gives a card its title, by the foot's equation or by the name of its box, and what else stands in it. */
bool gf_card_fill(gf_stage *stage, int number, const gf_box *box, gf_foot *foot, const gf_strip *strip);

/* "h", low "3": the name of a box at its step. NULL without memory. */
gf_run *gf_name_runs(gf_arena *arena, const char *name, double size, unsigned style, size_t *count);

/* The size that it needs, in a step that stands upright, or not: there value and gradient are side by side if high. */
void gf_card_measure(gf_card *card, bool upright);

/* --- cells.c ------------------------------------------------------------------------------------------------ */

/* The largest magnitudes of the values, and of the gradients, that are shown: their colours are the strongest. */
typedef struct gf_strengths {
    double value, gradient;
} gf_strengths;

void gf_strengths_add(gf_strengths *of, const gf_card *card);

/* A number of a cell: "0.59", "−1.04", "0.004", "2e−5", "12.3"; tight: ".59". */
char *gf_cell_figure(char out[GF_INSCRIPTION], double number, bool tight);

/* Are its entries shown, or its size alone? How many rows and columns of cells that makes: of a column vector a row. */
bool gf_cells_whole(const gf_matrix *m);
int gf_cells_rows(const gf_matrix *m);
int gf_cells_cols(const gf_matrix *m);

/* The width that one cell needs, and the label before them. */
double gf_cells_width(const gf_matrix *m, bool tight);
double gf_cells_label(const gf_matrix *m);

enum { GF_CELL_HEIGHT = 20, GF_CELL_APART = 2, GF_CHIP_HEIGHT = 22 };

/* The cells of a matrix of a card in their places, the first one's upper left corner at x, y, the label before it. */
void gf_cells_paint(gf_painting *p, const gf_matrix *m, const char *label, double x, double y, const gf_card *card,
                    double strongest);

/* --- painter.c ---------------------------------------------------------------------------------------------- */

void gf_card_paint(gf_painting *p, const gf_stage *stage, int number, const gf_strengths *strengths);

/* "‖grad‖ 0.21" at a box, where there is room. */
void gf_size_paint(gf_painting *p, int number);

/* --- addition.c: the sum of the chain rule, the title ------------------------------------------------------------- */

typedef struct gf_addition {
    gf_run *runs;
    size_t count, second; /* with that one the second sentence begins */
} gf_addition;

/* Writes it for the value that says most: of those that come into step `step`, or are made in it, in `whole`, a view of
 * equations with the steps before and after it. Nothing where no gradient is known. */
gf_status gf_addition_write(const gf_view *whole, int step, bool tight, gf_arena *arena, gf_addition *out);

/* It stands on one line or, where it has no room there, on two, a sentence each; `at` is where the last begins. */
enum { GF_ADDITION_LINE = 20 };
int gf_addition_lines(const gf_addition *a, double room);
void gf_addition_paint(gf_drawing *d, const gf_theme *theme, const gf_addition *a, gf_point at, double room);

/* "One LSTM step, t = 3 of 5": of the model's title, or without. */
void gf_textbook_title(gf_text *out, const char *title, int first, int last, int of);

/* --- textbook.c --------------------------------------------------------------------------------------------- */

typedef struct gf_textbook_options {
    const gf_draw_options *draw; /* its steps are one, or two that follow each other */
    const gf_theme *theme;
    gf_foot *foot;  /* NULL: none */
    double largest; /* how many times larger than a slide the page may be, where it does not fit; 1: not at all */
} gf_textbook_options;

/* Draws the page, of the size that was asked for or of a slide; *fits says whether it, or a larger one, is large
 * enough. Fails as gf_view_make does. The drawing is to be freed in any case. */
gf_status gf_textbook_draw(gf_drawing *d, gf_graph *g, const gf_textbook_options *options, bool *fits);

#endif
