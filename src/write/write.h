/* How a derivation is written. Each adds to the text; with `why`, the rule and the equations of each line, too. */
#ifndef GF_WRITE_WRITE_H
#define GF_WRITE_WRITE_H

#include "derive/derive.h"

/* A fragment to \input, which needs amsmath alone: a sentence, then the lets, and the claims, each as an align*. */
void gf_write_latex(gf_text *w, const gf_derivation_lines *d, bool why);

/* A page for GitHub and pandoc: the model's equations, the lets, and the claims by what they are about. */
void gf_write_markdown(gf_text *w, const gf_derivation_lines *d, bool why);

/* A program for Python with NumPy: a function backward(params, inputs), which computes the model and the lets, and
 * returns a dict of what is claimed of params, inputs and starts. */
void gf_write_numpy(gf_text *w, const gf_derivation_lines *d, bool why);

#endif
