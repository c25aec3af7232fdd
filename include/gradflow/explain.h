/* gradflow/explain.h: the chain rule of one value of a model, with its numbers.
 *
 * What arrives at c[2] is the sum of what each use of it brings: of a model this
 * says each term, as derivations write it (gradflow/derive.h), with the numbers
 * of its factors, and how much of the whole it is.
 *
 *     gf_model *m;
 *     char *text;
 *     gf_explanation_options options = {.size = sizeof options, .of = "c[2]"};
 *     if (gf_model_read(&m, "lstm.gf") == GF_OK && gf_explanation(&text, m, &options) == GF_OK) {
 *         puts(text);
 *         free(text);
 *     } else {
 *         fputs(gf_model_message(m), stderr);
 *     }
 *     gf_model_free(m);
 */
#ifndef GRADFLOW_EXPLAIN_H
#define GRADFLOW_EXPLAIN_H

#include <gradflow/model.h>

GF_BEGIN_DECLS

typedef enum gf_explanation_format {
    GF_EXPLANATION_TEXT,
    GF_EXPLANATION_JSON,
    GF_EXPLANATION_MARKDOWN
} gf_explanation_format;

/* Give `of` or `path`.
 *
 * of: "c[2]", a value, or "grad(c[2])": its equation, the gradient that arrives there
 * arrow by arrow, and where that goes on to; "c", a name with time: its equation, and the shares of
 * the arrows at every step; "c[3] -> c[4]", one arrow, the way of the values; "dc[2]", a
 * let: which gradient it stands for, and whether it is that.
 *
 * path: "h[1] -> L[5]", the chain between the two along which most comes back. From L[5]
 * backward, every quantity keeps the chains on which the product of the Jacobians, times
 * what arrives at the end (1 where that is 1 x 1, else its gradient), has the largest norm.
 *
 * at: "3" or "T-2", the step that t, and a name with time without an index, stand for; NULL: none.
 *
 * full: everything is told: all arrows with their numbers, where else the eight largest are,
 * large matrices, long formulas, every step and every factor of a chain. */
typedef struct gf_explanation_options {
    size_t size; /* sizeof(gf_explanation_options), set by the caller */
    gf_explanation_format format;
    const char *of;
    const char *path;
    const char *at;
    bool full;
} gf_explanation_options;

/* Writes an explanation, of a model that is unrolled for it where it is not, and
 * differentiated. *out is the caller's, who frees it with free.
 *
 * Fails with what gf_model_unroll fails with; with GF_ERROR_ARGUMENT where the file has
 * no such name, step, arrow or chain, or where nothing is asked for, or both; with
 * GF_ERROR_MEMORY. *out is NULL then, and gf_model_message says why. */
GF_API gf_status gf_explanation(char **out, gf_model *m, const gf_explanation_options *options);

/* Writes all explanations of values and arrows at once, as JSON for the panel of a page
 * (explanations of gf_draw_options): what holds at every step stands there once, with its
 * indices as distances to the step. Differentiates anew, without recording: what is
 * recorded for a drawing comes after it. Otherwise as gf_explanation. */
GF_API gf_status gf_explanations(char **out, gf_model *m);

GF_END_DECLS

#endif
