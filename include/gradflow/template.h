/* gradflow/template.h: model files to start from.
 *
 * Each holds a cell in the equation language, its gradients by backpropagation
 * through time derived by hand, and claims about them, all of which hold. The
 * cells are those of cell.h, name by name: copying the parameters' values from
 * one to the other gives the same numbers.
 *
 *     const gf_template *lstm = gf_template_find("lstm");
 *     gf_model *m;
 *     if (gf_model_parse(&m, lstm->text, "lstm.gf") == GF_OK)
 *         gf_matrix_print(gf_model_gradient(m, "Wf", 0), stdout);
 *     gf_model_free(m);
 */
#ifndef GRADFLOW_TEMPLATE_H
#define GRADFLOW_TEMPLATE_H

#include <gradflow/base.h>

GF_BEGIN_DECLS

/* One of them. Constant, never freed. */
typedef struct gf_template {
    const char *name;    /* "lstm" */
    const char *summary; /* what it is, in a few words */
    const char *text;    /* the whole file */
} gf_template;

/* Number 0, 1, 2 …; NULL beyond the last. */
GF_API const gf_template *gf_template_at(int number);

/* The one of that name; NULL if there is none. */
GF_API const gf_template *gf_template_find(const char *name);

GF_END_DECLS

#endif
