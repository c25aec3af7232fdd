/* gradflow/derive.h: the derivation of a model's gradients, written out.
 *
 * From the forward equations of a model file, whatever cell they make, come the
 * backward equations that a careful person would derive by hand, in the same
 * notation: a line for each name between the loss and the parameters, with a term
 * for each use of it.
 *
 *     gf_model *m;
 *     char *text;
 *     gf_derivation_options options = {.size = sizeof options, .format = GF_DERIVATION_GF};
 *     if (gf_model_read(&m, "lstm.gf") == GF_OK && gf_derivation(&text, m, &options) == GF_OK) {
 *         puts(text);
 *         free(text);
 *     } else {
 *         fputs(gf_model_message(m), stderr);
 *     }
 *     gf_model_free(m);
 *
 * Each term is put together from the formulas of the operations' rows
 * (gradflow/operation.h), cleaned up; nothing else knows a derivative. */
#ifndef GRADFLOW_DERIVE_H
#define GRADFLOW_DERIVE_H

#include <gradflow/model.h>

GF_BEGIN_DECLS

typedef enum gf_derivation_format {
    GF_DERIVATION_TEXT,     /* for reading: dz[t] = softmax(z[t]) - y[t] */
    GF_DERIVATION_GF,       /* lets and claims, which hold, appended to the file */
    GF_DERIVATION_LATEX,    /* an align* of amsmath */
    GF_DERIVATION_MARKDOWN, /* sections, with formulas between $$ */
    GF_DERIVATION_NUMPY     /* a Python function backward(params, inputs) */
} gf_derivation_format;

typedef struct gf_derivation_options {
    size_t size; /* sizeof(gf_derivation_options), set by the caller */
    gf_derivation_format format;
    const char *of;       /* only what is needed for the gradient of this name; NULL: of all */
    const char *jacobian; /* instead: "c[t], c[t-1]", the Jacobian of the first by the second; NULL: not */
    bool why;             /* with the rule and the equation of each line */
    const char *held;     /* names that are held fixed, "c, g": no gradient passes through them; NULL: none */
} gf_derivation_options;

/* Writes the derivation of a model, which is unrolled for it where it is not. *out is
 * the caller's, who frees it with free. options == NULL: all gradients, as text.
 *
 * A Jacobian is written path by path, as text or gf alone; another format of it is
 * GF_ERROR_ARGUMENT.
 *
 * Fails with what gf_model_unroll fails with; with GF_ERROR_ARGUMENT where `of`,
 * `held` or `jacobian` names what has no gradient; with GF_ERROR_LIMIT where a gradient can only be
 * written step by step (h[2*t]), and there are more than 20 steps; with
 * GF_ERROR_MEMORY. *out is NULL then, and gf_model_message says why. */
GF_API gf_status gf_derivation(char **out, gf_model *m, const gf_derivation_options *options);

GF_END_DECLS

#endif
