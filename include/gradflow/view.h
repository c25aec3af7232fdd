/* gradflow/view.h: pictures of a graph.
 *
 *     gf_backward(loss, GF_RECORD_EDGES);
 *     gf_draw(g, "rnn.svg", NULL);
 *
 * Each node is a box, each operand of it an arrow. Colour and width of an arrow
 * follow log10 of the size of the gradient that flowed back along it, dark and
 * thick where it is large, on one scale for the picture, which its legend shows.
 * An arrow that no gradient passes, or a zero, is dashed; one whose gradient is not
 * finite is red, dotted, and says so. What is given (gf_given), and an input that is
 * read as a target and nowhere else (b of cross_entropy(a, b)), is grey, and its
 * arrows are off the scale and without a number. Before backward has run, or where it
 * did not record, arrows are grey.
 *
 * Each time step has a frame, and frames stand in a row from left to right, laid
 * out alike: inputs at the bottom, values flow upwards, the loss on top. What
 * passes from step to step passes between the frames; parameters stand below all
 * of them. A node with a name shows it, its operation's symbol and the size of its
 * gradient; one without a name the symbol alone. In SVG, pointing at a box or an
 * arrow shows all its numbers.
 *
 * Graphviz draws, inside this process. It keeps state of its own: where several
 * threads draw, one does and the others wait. */
#ifndef GRADFLOW_VIEW_H
#define GRADFLOW_VIEW_H

#include <gradflow/graph.h>

GF_BEGIN_DECLS

/* Which size of a gradient matrix colours, widths and numbers show. */
typedef enum gf_magnitude {
    GF_MAGNITUDE_L2,  /* the square root of the sum of squares */
    GF_MAGNITUDE_RMS, /* the same of the mean: matrices of different shapes compare */
    GF_MAGNITUDE_MAX  /* the largest magnitude of an entry */
} gf_magnitude;

/* Whether a part of the picture is there. AUTO: as long as it helps; the legend
 * says what was left out. */
typedef enum gf_show { GF_SHOW_AUTO, GF_SHOWN, GF_HIDDEN } gf_show;

/* What a drawing may be told: `gf_draw_options options = {.size = sizeof options, .title = "LSTM"}`. */
typedef struct gf_draw_options {
    size_t size;
    int first_step, last_step; /* only these time steps, and what touches them; 0: from the first, to the last */
    gf_magnitude magnitude;
    gf_show params;    /* parameters and their arrows; AUTO: up to 100 arrows */
    gf_show numbers;   /* the gradient's size, as a number on each arrow; AUTO: up to 40 arrows */
    const char *title; /* stands above the picture; NULL: none */
} gf_draw_options;

/* Draws into a file. The format is that of its ending: .svg, .png, .pdf; .dot or
 * .gv, the graph in Graphviz's language; .txt, what a picture shows as plain text.
 * `options` may be NULL. The file is written whole or not at all.
 *
 * In DOT, node number 17 is n17, and has the attributes op, variable (its name),
 * step, rows, cols, value_l2, grad_l2, grad_rms, grad_max; an edge has slot,
 * variable (the operand's name), grad_l2, grad_rms, grad_max. What has no value is
 * the empty string. Backslashes in names are doubled, control characters blanks,
 * other characters that hide what stands beside them question marks, and names end
 * after 1000 characters.
 * The text carries its layout (layout=nop2, pos, bb): `dot -Tsvg` draws the same
 * picture. Two drawings of the same graph are the same bytes.
 *
 * A PNG has 96 dots an inch, fewer where it would be wider or higher than 32767.
 * One of hundreds of steps cannot be read then: draw fewer, or an SVG.
 *
 * A picture holds 200,000 boxes and arrows; of more, which would take Graphviz
 * minutes and gigabytes, nothing is drawn, and the message names the largest range of
 * steps that fits.
 *
 * Fails, and the graph remembers, with GF_ERROR_ARGUMENT (an unknown ending, a
 * NULL, a first step after the last), GF_ERROR_LIMIT, GF_ERROR_WRITE ("draw: cannot
 * write x/y.svg: No such file or directory"; or Graphviz cannot draw it),
 * GF_ERROR_MEMORY. */
GF_API gf_status gf_draw(gf_graph *g, const char *path, const gf_draw_options *options);

/* Draws into memory: *out holds *size bytes and a 0 behind them, and is the
 * caller's, who frees it with free; NULL if drawing failed. `format` is an ending
 * without its dot, such as "svg". `size` and `options` may be NULL. */
GF_API gf_status gf_draw_text(char **out, size_t *size, gf_graph *g, const char *format,
                              const gf_draw_options *options);

GF_END_DECLS

#endif
