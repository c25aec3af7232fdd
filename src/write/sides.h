/* How many rows and columns an expression has, as an expression of the file's sizes. */
#ifndef GF_WRITE_SIDES_H
#define GF_WRITE_SIDES_H

#include "derive/derive.h"

/* What is known of a name: a side that was asked for. */
typedef struct gf_side {
    bool asked; /* while it is being worked out, too: a recursion does not tell */
    const gf_tree *tree;
} gf_side;

typedef struct gf_sides {
    const gf_derivation_lines *d;
    gf_arena arena;             /* of trees that are made; ends with gf_sides_end */
    bool failed;                /* without memory: what was told may be wrong */
    gf_side *names;             /* two of each name of the model and the lets; NULL without memory */
    int depth;                  /* of names that are being looked into */
    const gf_binding *bindings; /* the indices of sums that are bound where the expression stands: numbers */
} gf_sides;

void gf_sides_begin(gf_sides *s, const gf_derivation_lines *d);
void gf_sides_end(gf_sides *s);

/* The rows (axis 0) or columns (1) of an expression, or of a name at any step: m, 2*m, 1. NULL where it cannot be told,
 * or without memory. */
const gf_tree *gf_side_of_tree(gf_sides *s, const gf_tree *tree, int axis);
const gf_tree *gf_side_of_name(gf_sides *s, uint32_t name, int axis);

/* Is it 1 x 1, whatever the sizes are? */
bool gf_sides_are_one(gf_sides *s, const gf_tree *tree);

/* The let that defines the name; NULL if there is none. */
const gf_derived *gf_derived_let(const gf_derivation_lines *d, uint32_t name);

#endif
