/* The foot: the equations of a model once, below the picture, as mathematics.
 *
 *     f, i, o_t = σ(x_t U + h_{t−1} W + b)     g_t = tanh(x_t U + h_{t−1} W + b)     c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t
 *
 * A pre-activation is put into its activation, as it is folded into its box; equations that are the same but for the
 * ending of their weights, Uf, Ui, Uo, stand together, and the weights without it, as in the strip. */
#ifndef GF_VIEW_FOOT_H
#define GF_VIEW_FOOT_H

#include "model/model.h"
#include "view/drawing/drawing.h"
#include "view/drawing/look.h"

typedef struct gf_foot_equation {
    const gf_run *runs;
    size_t count;
    double width; /* with room for other fonts */
} gf_foot_equation;

typedef struct gf_foot {
    gf_model *m;
    gf_foot_equation *equations; /* in the order of the file, the loss last unless it is but a sum over time */
    size_t count;
    const gf_tree **values; /* by number of a name: its right side, with what is folded put in; NULL: none */
    bool *folded;           /* by number of a name: it is put in where it is used */
    gf_arena arena;
} gf_foot;

/* Collects the equations of a model, which is unrolled if it is not yet, and must outlive the foot; of
 * one that cannot be unrolled, as where shapes grow from step to step, what is 1 x 1 is not known. Fails with
 * GF_ERROR_MEMORY. Free it in any case. */
gf_status gf_foot_make(gf_foot *foot, gf_model *m);
void gf_foot_free(gf_foot *foot);

/* How many lines it takes in a width, GF_FOOT_LINE pixels each; and draws it from x on, y being the baseline of the
 * first. An equation that is wider ends in "…". */
enum { GF_FOOT_LINE = 20 };
int gf_foot_lines(const gf_foot *foot, double width);
void gf_foot_draw(const gf_foot *foot, gf_drawing *d, const gf_theme *theme, double x, double y, double width);

/* The equation of a name at a step, its indices numbers, with letters of `size` pixels: c_3 = f_3 ⊙ c_2 + i_3 ⊙ g_3;
 * of a weight the ending is low, U_f. The runs belong to the foot. *count is 0 where the name has none. Fails with
 * GF_ERROR_MEMORY. */
gf_status gf_foot_equation_at(gf_foot *foot, const char *name, int step, double size, const gf_run **runs,
                              size_t *count);

/* How many statements of the file stand before the equation of a name; INT_MAX: it has none. */
int gf_foot_rank(const gf_foot *foot, const char *name);

/* For below the title: "loss = Σ L[t]"; " · n = 3, m = 4 · seed 1". */
void gf_foot_loss(gf_text *out, const gf_model *m);
void gf_foot_settings(gf_text *out, gf_model *m);
/* " · truncated every 2 steps: ...", where it is. */
void gf_foot_truncation(gf_text *out, const gf_model *m);

#endif
