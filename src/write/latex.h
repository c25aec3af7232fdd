/* The inside of the writers of LaTeX: names, expressions, and statements as rows of an align* or aligned. */
#ifndef GF_WRITE_LATEX_H
#define GF_WRITE_LATEX_H

#include "write/known.h"

typedef struct gf_latex {
    gf_text *w;
    const gf_derivation_lines *d;
    const gf_names *names;
    gf_known *known;
    const char *upright; /* the macro for words: "\\operatorname"; Markdown, where that is forbidden, has "\\mathrm" */
    const char *delta;   /* the sign of a gradient: "\\delta", unless a name is called so */
    bool close;          /* in an index or a range: no blanks around signs */
    size_t row;          /* where the row that is being written begins in w */
} gf_latex;

/* `known` serves as long as the writing, and is the caller's. */
gf_latex gf_latex_begin(gf_text *w, gf_known *known, const char *upright);

/* A name with its index (NULL: none) as a subscript: zf, "t" -> z_{f,t}; W_xo -> W_{xo}; alpha1 -> \alpha_1; total, "t"
 * -> \mathit{total}_t; c̃ -> \tilde{c}. */
void gf_latex_name(gf_text *w, const char *name, const char *index);

/* The same where more is known: pi, beside pf and po, is p_i, no \pi; rh, a product of r and h, is a word. */
typedef enum gf_latex_kind { LATEX_USUAL, LATEX_GATE, LATEX_WORD } gf_latex_kind;
void gf_latex_name_as(gf_text *w, gf_latex_kind kind, const char *name, const char *index);

/* Has a name letters that only XeLaTeX and LuaLaTeX know? */
bool gf_latex_is_foreign(const char *name);

/* An expression, for math mode. */
void gf_latex_tree(gf_latex *l, const gf_tree *tree);

/* A name at a step (NULL: none); a let that is the gradient of h[t] is \delta h_t. */
void gf_latex_variable(gf_latex *l, uint32_t name, const gf_tree *index);

/* A let, a claim, an equation or the loss as a row: "\delta h_t &= …", without the end of the row. Long sums take more
 * rows. */
void gf_latex_row(gf_latex *l, const gf_statement *s);

/* Is it a row of the gradients of params, or, with params false, of those of inputs and starts? A let is one of both; a
 * claim that repeats a let of none. */
bool gf_latex_belongs(const gf_latex *l, const gf_derived *line, bool params);

/* The sentence that says what \delta is, with the formula of the loss or without. */
void gf_latex_preface(gf_latex *l, bool with_loss);

#endif
