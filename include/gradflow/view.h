/* gradflow/view.h: pictures of a graph.
 *
 *     gf_backward(loss, GF_RECORD_EDGES);
 *     gf_draw(g, "rnn.svg", NULL);
 *
 * A picture is a page that can be put on a slide: 1280 x 720 pixels, and larger only
 * where its contents ask for it. What is a box, options.level says: a named quantity
 * (with all that is folded into it), as pictures have it unasked; every operation, as
 * DOT has it; or a whole time step. In a box stand its name and the size of its
 * gradient; of a 1 x 1 value the value and, behind a small triangle, its gradient with
 * its sign. An arrow points the way the values go. Its colour and width are the size
 * of the gradient that came back along it, on a logarithmic scale of fixed decades,
 * which the legend shows: 0.01 to 1, or higher where more than a tenth of the arrows
 * exceed 2; the ends are open, and options.least and most set them.
 *
 * What a value sends to one step is a trunk with branches. The trunk is as large as
 * the *sum* of what comes back along its branches, which is what backpropagation adds
 * to the value's gradient; it may be less than any of them. Dashed: exactly 0, or no
 * gradient passes. A trunk whose branches cancel to 0 is thin and grey. Red: not
 * finite. What is given (gf_given) or constant, what is made of these alone, and an
 * input that is read as a target and nowhere else (b of cross_entropy(a, b)), has a
 * thin grey line, off the scale and without a number. Before backward has run, or
 * where it did not record, lines are grey.
 *
 * Steps stand in a row from left to right, all alike: inputs below, values flow
 * upwards, losses on top, where a rail adds them up. States pass straight from step to
 * step. Parameters are no boxes but a table below the steps (options.params): what
 * each step adds to the gradient of each weight, and the sums. With options.model the
 * equations of the file stand at the foot. Steps that find no room become one box
 * between as many of the first and the last as do, and what enters and leaves it is
 * their true sum;
 * first_step and last_step choose which steps are shown. A graph without steps flows
 * from left to right. In SVG, pointing at a box or an arrow shows all its numbers.
 *
 * One step alone, or two (first_step and last_step), at the level of equations has a
 * page of its own in svg, png and pdf: in each box its equation (with .model), the
 * entries of its value and its gradient (vectors up to 6, matrices up to 4 x 4; of
 * larger ones the norm), what it adds to the gradient of each weight; beside each arrow
 * its number; and at the foot how the gradient of one value is the sum of what comes
 * back along several arrows.
 *
 * With the option `graphviz`, Graphviz finds the places and draws, inside this
 * process. It keeps state of its own: where several threads ask it to, one does and
 * the others wait. */
#ifndef GRADFLOW_VIEW_H
#define GRADFLOW_VIEW_H

#include <stdbool.h>

#include <gradflow/graph.h>
#include <gradflow/model.h>

GF_BEGIN_DECLS

/* Which size of a gradient matrix colours, widths and numbers show. */
typedef enum gf_magnitude {
    GF_MAGNITUDE_L2,  /* the square root of the sum of squares */
    GF_MAGNITUDE_RMS, /* the same of the mean: matrices of different shapes compare */
    GF_MAGNITUDE_MAX  /* the largest magnitude of an entry */
} gf_magnitude;

/* What a box is. AUTO: GF_LEVEL_OPS in DOT, GF_LEVEL_EQUATIONS in pictures. */
typedef enum gf_level {
    GF_LEVEL_AUTO,
    GF_LEVEL_OPS,       /* every operation */
    GF_LEVEL_EQUATIONS, /* a named quantity, and what is folded into it: all without a name that it alone uses, and a
                         * named value that tanh, sigmoid or relu of it alone uses, and nothing else */
    GF_LEVEL_STEPS      /* a time step */
} gf_level;

/* Whether a part of the picture is there. AUTO: as long as it helps; the legend
 * says what was left out. */
typedef enum gf_show {
    GF_SHOW_AUTO,
    GF_SHOWN,
    GF_HIDDEN,
    GF_SHOW_STRIP, /* of parameters: a table under the steps, a cell a weight and step */
    GF_SHOW_FOLDED /* of parameters: in the box that uses them */
} gf_show;

/* What a drawing may be told: `gf_draw_options options = {.size = sizeof options, .title = "LSTM"}`. */
typedef struct gf_draw_options {
    size_t size;
    int first_step, last_step; /* only these time steps, and what touches them; 0: from the first, to the last */
    gf_magnitude magnitude;
    gf_show params;    /* AUTO: at `equations` the table, at `ops` boxes up to two steps; DOT, CSV, JSON: shown */
    gf_show numbers;   /* at `graphviz`: a number on each arrow; AUTO: up to 40 arrows */
    const char *title; /* stands above the picture; NULL: none */
    gf_level level;
    /* Only what lies between: what depends on `from`, and what `to` depends on, themselves included. NULL: all. */
    const gf_node *from, *to;
    gf_model *model;      /* that g is the graph of: its equations stand at the foot of a page; NULL: none */
    const char *theme;    /* "light", "dark", "print"; NULL: light */
    double least, most;   /* the ends of the scale, sizes of gradients, most the greater; 0: chosen */
    double width, height; /* of a page, in pixels of 1/96 inch; 0: 1280 x 720, more where that is too little */
    double dots_per_inch; /* of a PNG; 0: 96 */
    /* Graphviz finds the places, from left to right, and draws .svg, .png and .pdf; a .dot has hints alone. It takes
     * seconds for tens of steps, minutes for hundreds. */
    bool graphviz;
    /* Of an .svg: backpropagation runs through it, again and again (CSS animations, no script): arrows, numbers and
     * cells of weights show once their gradient has arrived. It stands still, whole, where less motion is wanted. */
    bool animate;
    /* Of an .html: what its panel says of the model's values, as gf_explanations writes it; NULL: operations, operands
     * and arrows alone. */
    const char *explanations;
} gf_draw_options;

/* Draws into a file. The format is that of its ending: .svg, .png, .pdf; .dot or
 * .gv, the graph in Graphviz's language; .csv, a table of the arrows; .html, a page for a browser; .txt, what a
 * picture shows as plain text; .json, boxes, arrows and where everything stands.
 * `options` may be NULL. The file is written whole or not at all.
 *
 * In DOT, node number 17 is n17, and has the attributes op, variable (its scope and
 * name, without index: "layer1.h", "h" of h[0]), step (0 of h[0]), rows, cols, value_l2, grad_l2,
 * grad_rms, grad_max; an edge has slot, variable (the operand's), grad_l2, grad_rms,
 * grad_max. Above the level of operations a node has the attributes of the value
 * that its box defines; a whole step is step3, and has none of value and gradient;
 * an edge is what one variable sends to a box, and its sizes are those of the sum of
 * all contributions. Parameters are there at every level, whatever `params` says.
 * What has no value is the empty string. Backslashes in names are doubled, control
 * characters blanks, other characters that hide what stands beside them question
 * marks, and names end after 1000 characters.
 *
 * In CSV a line is an arrow: from,to,slot,variable,step,grad_l2,grad_rms,grad_max,
 * with DOT's names of nodes; the step is that of `to`.
 *
 * DOT carries its layout (layout=nop2, pos, bb): steps side by side, alike, on as
 * large a page as they need, and `dot -Tsvg` draws just that. Its additions over time
 * stand in the steps of what they add. Two drawings of the same graph are the same
 * bytes.
 *
 * HTML is one file, which needs no network: the picture with pan and zoom, a player for
 * backpropagation, a panel that says of what is chosen what .explanations has, all by
 * keyboard too; magnitude and level are those that it begins with, and it has the other
 * levels unless there are too many operations. It is light or dark as its reader's system
 * is, unless a theme is given. It holds the drawing of one step, and, of a model, what
 * its equations begin with: all else it works out as .explanations says, unless it is
 * made of more than 100,000 numbers, or of ten million that are to be worked out. Then,
 * and of a graph from C, it has the numbers of every step in 6 digits, with the entries
 * of a name's matrices up to 8192 together, up to 100,000 where each has at most 16.
 *
 * A bitmap or a page that is larger than its format holds is refused: draw fewer
 * steps, or an SVG.
 *
 * Above the level of operations a picture folds the steps before first_step, and
 * those after last_step, into one box each, whose arrows carry the true sums; DOT, CSV
 * and pictures of operations leave them out, but for what touches the steps shown.
 *
 * A picture holds 200,000 boxes and arrows, which takes some seconds and half a
 * gigabyte; of more nothing is drawn, and the message names the largest range of steps
 * that fits.
 *
 * Fails, and the graph remembers, with GF_ERROR_ARGUMENT (an unknown ending, a
 * NULL, a first step after the last, `from` or `to` of another graph),
 * GF_ERROR_LIMIT, GF_ERROR_WRITE ("draw: cannot write x/y.svg: No such file or
 * directory"; or Graphviz cannot draw it), GF_ERROR_MEMORY. */
GF_API gf_status gf_draw(gf_graph *g, const char *path, const gf_draw_options *options);

/* Draws backpropagation as pictures that follow each other, into a directory, which is made if need be: frame-00.svg,
 * in which no gradient has arrived, frame-01.svg and so on, up to the whole picture; as many digits as the last one
 * has. In each turn what can be swept is; what has time waits, so that steps come one after the other. `format`: "svg",
 * "png" or "pdf". *count, unless NULL, is how many. Fails as gf_draw, with GF_ERROR_ARGUMENT where the options say
 * graphviz or animate, or where the directory has frames of another run that would stay among these, and with
 * GF_ERROR_LIMIT where it would take more than 1000; those written before stay. */
GF_API gf_status gf_draw_frames(int *count, gf_graph *g, const char *directory, const char *format,
                                const gf_draw_options *options);

/* Draws into memory: *out holds *size bytes and a 0 behind them, and is the
 * caller's, who frees it with free; NULL if drawing failed. `format` is an ending
 * without its dot, such as "svg". `size` and `options` may be NULL. */
GF_API gf_status gf_draw_text(char **out, size_t *size, gf_graph *g, const char *format,
                              const gf_draw_options *options);

/* How many arrows a picture with these options has: Graphviz, where it lays out, takes about the third power of them. 0
 * where it fails: GF_ERROR_ARGUMENT for NULL, or options that do not go together, which the graph tells;
 * GF_ERROR_MEMORY.
 */
GF_API gf_status gf_draw_arrows(size_t *out, gf_graph *g, const gf_draw_options *options);

GF_END_DECLS

#endif
