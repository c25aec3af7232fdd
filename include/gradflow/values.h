/* gradflow/values.h: the values of a model, and of any expression of it, written down.
 *
 * An expression is what a let or a claim may hold: `h[t]`, `grad(W)`,
 * `norm(grad(h[t], L[T]))`, `jacobian(c[t], c[t-1])`, a let of the file.
 *
 *     gf_model *m;
 *     char *text;
 *     const char *wanted[] = {"norm(h[t])", "norm(grad(h[t]))"};
 *     if (gf_model_read(&m, "lstm.gf") == GF_OK &&
 *         gf_model_values(&text, NULL, m, wanted, 2, NULL) == GF_OK) {
 *         fputs(text, stdout);
 *         free(text);
 *     } else {
 *         fputs(gf_model_message(m), stderr);
 *     }
 *     gf_model_free(m);
 */
#ifndef GRADFLOW_VALUES_H
#define GRADFLOW_VALUES_H

#include <stdbool.h>

#include <gradflow/model.h>

GF_BEGIN_DECLS

typedef enum gf_values_format {
    GF_VALUES_TEXT,  /* tables for a terminal */
    GF_VALUES_JSON,  /* every digit; what is not finite is null */
    GF_VALUES_CSV,   /* expression,t,row,col,value: counted from 1, t empty where there is none, every digit */
    GF_VALUES_NPY,   /* one expression as NumPy saves an array: (rows, cols), with t (steps, rows, cols) */
    GF_VALUES_CHART, /* a chart of each series of numbers over t, in characters */
    GF_VALUES_SVG,   /* one of all of them, as a picture */
    GF_VALUES_PNG,
    GF_VALUES_PDF
} gf_values_format;

typedef struct gf_values_options {
    size_t size; /* sizeof(gf_values_options), set by the caller */
    gf_values_format format;
    const char *at;       /* the steps that are taken of what has t in it: "3", "t = 3", "T-2..T"; NULL: 1 to T */
    bool full;            /* text: large matrices to the last entry */
    int width;            /* text and charts: characters of a line; 0: 80 */
    const char *theme;    /* pictures: "light", "dark", "print"; NULL: light */
    double dots_per_inch; /* of a PNG; 0: 192 */
    void (*progress)(double share, void *data); /* is told how much is done, 0 to 1; NULL: nobody is */
    void *progress_data;
} gf_values_options;

/* Writes the values of `count` expressions. *out is the caller's, who frees it with free:
 * *length bytes (`length` may be NULL) and a 0. With count 0, instead: a table of the names of the file, as
 * text, JSON or CSV. An expression in which t stands free is worked out at each step.
 * A step that a name does not have (h[9] of five) is zeros, as in a claim; text has a line below that says so.
 * `options` may be NULL: as text.
 *
 * Fails with what gf_model_unroll fails with; GF_ERROR_SYNTAX, GF_ERROR_SHAPE and so
 * on where an expression, or a let that it uses, cannot be worked out; GF_ERROR_OPEN
 * where that let, or one below it, has a ?;
 * GF_ERROR_ARGUMENT where it is NULL or empty,
 * where the format does not fit what is asked for (NPY of two
 * expressions, a chart of what has no steps); GF_ERROR_LIMIT (more than 20,000,000
 * numbers); GF_ERROR_MEMORY. *out is NULL then, and gf_model_message says why. */
GF_API gf_status gf_model_values(char **out, size_t *length, gf_model *m, const char *const expressions[], size_t count,
                                 const gf_values_options *options);

GF_END_DECLS

#endif
