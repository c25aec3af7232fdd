/* gradflow/flow.h: how far gradients reach back in time.
 *
 *     gf_model *m;
 *     char *text;
 *     gf_flow_options options = {.size = sizeof options, .format = GF_FLOW_CHARACTERS, .of = "h"};
 *     if (gf_model_read(&m, "lstm.gf") == GF_OK && gf_flow_text(&text, NULL, &m, 1, &options) == GF_OK) {
 *         fputs(text, stdout);
 *         free(text);
 *     } else {
 *         fputs(gf_model_message(m), stderr);
 *     }
 *     gf_model_free(m);
 *
 * What is measured is a norm for each pair of steps: of d L[k] / d v[t], the
 * gradient that the loss of step k sends back to v of step t, or of d v[k] / d v[t];
 * v is a state, such as h. Where it falls by the same factor each step further back,
 * the gradient vanishes; where it grows, it explodes. Every path counts, and no more:
 * cuts (`truncate`, `stop`) are seen. */
#ifndef GRADFLOW_FLOW_H
#define GRADFLOW_FLOW_H

#include <gradflow/model.h>

GF_BEGIN_DECLS

typedef enum gf_flow_kind {
    GF_FLOW_LOSS,     /* the Frobenius norm of d L[k] / d v[t], of all examples of a batch together */
    GF_FLOW_JACOBIAN, /* the largest singular value of d v[k] / d v[t], over all entries of v: of a batch, whose
                         examples do not meet, that of the example where it is largest */
    GF_FLOW_WEIGHTS,  /* the Frobenius norm of what the uses of a parameter at step t add to its gradient */
    GF_FLOW_PATHS     /* the largest singular value of each path's product in d v[t] / d v[t-1], and of all together;
                         of what runs backward in time, in d v[t] / d v[t+1]. A state that no path leads back to is
                         passed over, which gf_model_message then says; where `of` asks for it, it is an error */
} gf_flow_kind;

typedef enum gf_flow_format {
    GF_FLOW_CSV,        /* file,variable,k,t,l2: every digit; k is empty where there is none */
    GF_FLOW_CHARACTERS, /* a plot for a terminal */
    GF_FLOW_SVG,        /* a page */
    GF_FLOW_PNG,
    GF_FLOW_PDF
} gf_flow_format;

typedef struct gf_flow_options {
    size_t size; /* sizeof(gf_flow_options), set by the caller */
    gf_flow_kind kind;
    gf_flow_format format;
    bool lines;        /* a plot of lines over time on a logarithmic axis; false: a heat map */
    const char *of;    /* names, "h, c"; NULL: those with a start; of weights: all parameters */
    const char *loss;  /* the name of the 1 x 1 quantity that is differentiated; NULL: L where the file has one for each
                          step, else the one such that its loss is made of, else that loss. With another kind than
                          GF_FLOW_LOSS: NULL */
    int width;         /* characters of a line of a plot; 0: 80 */
    const char *theme; /* of a page: "light", "dark", "print"; NULL: light */
    double page_width, page_height;             /* in pixels; 0: 1280 x 720, or higher where many rows need it */
    double dots_per_inch;                       /* of a PNG; 0: 192 */
    void (*progress)(double share, void *data); /* is told how much is done, 0 to 1; NULL: nobody is */
    void *progress_data;
} gf_flow_options;

/* Writes the numbers of `count` models, at least one. *out is the caller's, who frees it with free:
 * *length bytes (`length` may be NULL) and a 0. Pairs are those with t <= k; of names that only run backward in time,
 * those with t >= k; of names with ways in both directions, all. `options` may be NULL: CSV of the loss.
 *
 * Fails with what gf_model_unroll fails with; with GF_ERROR_ARGUMENT where a name is not
 * there, or nothing can be measured of it, or a path has no Jacobian; GF_ERROR_LIMIT (more than
 * 20,000,000 numbers, more lines than can be told apart, more rows than fit, a page larger than
 * a PNG can be); GF_ERROR_WRITE (librsvg cannot); GF_ERROR_MEMORY. *out is NULL then, and the gf_model_message of
 * the model that it is about says why. */
GF_API gf_status gf_flow_text(char **out, size_t *length, gf_model *const models[], size_t count,
                              const gf_flow_options *options);

/* Draws functions of `u`: each of `count` expressions, "tanh'(u)", at 401 points from low to high. In them stands what
 * a let or a claim may hold, names of the model included, which is unrolled; u hides a bare name of the file. Of the
 * options, format, width and those of a page count. CSV: expression,u,value. *out and *length as above.
 *
 * Fails with what gf_model_unroll fails with; GF_ERROR_SYNTAX, GF_ERROR_SHAPE and so on where an expression cannot be
 * worked out; GF_ERROR_ARGUMENT where it is no number, or low is not below high; GF_ERROR_LIMIT (a picture of more than
 * 12 of them, a page larger than a PNG can be); GF_ERROR_WRITE; GF_ERROR_MEMORY. gf_model_message says why. */
GF_API gf_status gf_flow_curves(char **out, size_t *length, gf_model *m, const char *const expressions[], size_t count,
                                double low, double high, const gf_flow_options *options);

GF_END_DECLS

#endif
