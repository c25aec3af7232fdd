/* Derivations: the gradient of every name of a model as equations in the language, by the formulas of the table. */
#ifndef GF_DERIVE_DERIVE_H
#define GF_DERIVE_DERIVE_H

#include <gradflow/derive.h>

#include "model/model.h"

/* One line of a derivation: `let dh[t] = …`, or `claim grad(W) = …`, as a statement that is printed like any other. */
typedef struct gf_derived gf_derived;
struct gf_derived {
    gf_statement line;          /* STATEMENT_LET (name, index, value) or STATEMENT_CLAIM (two sides, "="; text: NULL) */
    const gf_tree *of;          /* what it is the gradient of: h[t], W, h[0], or an unnamed part of an equation; NULL:
                                 * what one use brings */
    const gf_statement *source; /* the equation of `of`, or in which it is a part; the declaration of a leaf */
    const char *why;            /* where the terms come from, a line each, with the formulas; NULL: not asked for */
    gf_derived *next;
};

/* A derivation: the lets in the order in which a reader follows them (from the loss backward), then the claims. */
typedef struct gf_derivation_lines {
    gf_model *m;    /* unrolled; its table of names has those of the lets, too */
    gf_arena arena; /* of the trees and lines */
    gf_derived *lets, *claims;
    bool paths;           /* the lets are the Jacobians of paths, whose names are their reasons */
    gf_problems problems; /* why it could not be derived */
} gf_derivation_lines;

/* Derives the gradients of every parameter, input and start, and of what lies between them and the loss; with `of`, a
 * name of the graph, only what is needed for its gradient. As gf, the names of lets avoid those of the file's own.
 * GF_OK, the model's own status, or that of *out's problems: GF_ERROR_ARGUMENT (no such name; no gradient),
 * GF_ERROR_LIMIT (a gradient that must be written step by step over too many steps), GF_ERROR_MEMORY. Free it in any
 * case. */
gf_status gf_derive_lines(gf_derivation_lines *out, gf_model *m, const gf_derivation_options *options);
/* Derives the Jacobian options->jacobian: a let a path, whose `why` is its name, and claims. Otherwise the same. */
gf_status gf_derive_jacobian(gf_derivation_lines *out, gf_model *m, const gf_derivation_options *options);

void gf_derivation_lines_free(gf_derivation_lines *d);

#endif
