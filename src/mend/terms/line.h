/* Mending: why a line of hand-derived gradients is wrong, and what to write instead. */
#ifndef GF_MEND_LINE_H
#define GF_MEND_LINE_H

#include "claims/claims.h"
#include "mend/slips/edits.h"

/* A line that is wrong by itself: an expression, what it should come to, and where. The model is a small one; the true
 * values of all lets that stand for a gradient have been forced (gf_readings_force). */
typedef struct gf_line {
    gf_model *m;
    gf_claims *claims;      /* of the model */
    gf_calculus *calculus;  /* what derive/ says of it, */
    gf_deriving *d;         /* with this */
    const uint32_t *let_of; /* by number of a name of the graph: the let that stands for its gradient; 0: none */
    const bool *avoid;      /* likewise, of a let: it is not to be brought in (gf_lets_to_avoid); NULL: any may be */
    const gf_statement *statement;
    const gf_tree *tree;  /* what is wrong: the let's right side, or a side of the claim */
    const gf_tree *truth; /* what it should be: grad(h[t]), grad(h[T]), grad(W), grad(W[t]), jacobian(c[t], c[t-1]
                           * | h), in the line's own indices; or the claim's other side, whatever that is */
    bool diagonal;        /* it should be the diagonal of that */
    size_t count;         /* instances: steps of the let's line, instances of the claim */
    const gf_binding *const *bindings; /* [k]: the indices of instance k */
    const gf_matrix *values;           /* [k]: what it should come to there */
    gf_arena *arena;
    bool narrow; /* what may have been left out is not looked for, nor what it is best written as */
    size_t work; /* that was done to find out what expressions come to */
} gf_line;

enum { GF_FINDING_EDITS = 8 }; /* other sizes and seeds leave fewer */

/* What was found out about it. */
typedef struct gf_finding {
    const char *says;                /* what is wrong, a line each; "" where that cannot be told */
    gf_edit edits[GF_FINDING_EDITS]; /* the best first; old: a node of line->tree; what is new lies in the arena */
    size_t count;
    gf_statement *add;   /* a let to stand beside the line: `let ec[T] = …`; NULL: none */
    const gf_tree *rest; /* what the line's tree becomes beside that; NULL: it stays */
    int add_cost;
    bool right; /* nothing is wrong with it */
} gf_finding;

/* Is the line of a let, or a side of a claim, nothing but numbers: a list of them, or given G = csv("grads.csv"), which
 * the model itself does not use? Then there is nothing to edit, and no other model has the numbers that belong there
 * (match.c). */
bool gf_has_data(const gf_model *m, const gf_statement *line);

/* How many slips there are in a line that is wrong: what is left of its summands, or of its terms, once what equals
 * each other is struck out; *fits becomes so many summands of it, if it is less (match.c). False without memory. */
bool gf_line_slips(size_t *out, size_t *fits, gf_line *line);

/* Looks for what is wrong with the line. A gradient or Jacobian is never left without an edit, but for one that derive/
 * cannot write. GF_ERROR_MEMORY. */
gf_status gf_line_match(gf_line *line, gf_finding *out);

#endif
