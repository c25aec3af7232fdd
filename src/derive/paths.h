/* Jacobians: the ways from one variable to another through the equations, each as a product. */
#ifndef GF_DERIVE_PATHS_H
#define GF_DERIVE_PATHS_H

#include "derive/uses.h"

enum { GF_LONGEST_PATH = 64, GF_MOST_PATHS = 64 };

/* A path, from y back to x. */
typedef struct gf_path {
    const gf_tree *nodes[GF_LONGEST_PATH]; /* y, what lies between, x: at their steps, in t */
    int count;
    const gf_tree *jacobian; /* NULL: the identity */
    int found;               /* it was number so and so to be found */
    long low, high;          /* the equations on it are those of steps t + low to t + high */
} gf_path;

/* The paths to y from x, such as c[t] and c[t-1]: names with an index t + n, columns or rows. `held` are names of the
 * graph, with an index or, for every step, without. Paths through the same names are one. Problems say why not: no such
 * paths, too many, a matrix, an operation that has no Jacobian as a product of matrices. *count paths are in the arena.
 */
bool gf_paths_find(gf_deriving *d, const gf_tree *y, const gf_tree *x, const gf_tree *const held[], int held_count,
                   gf_path **out, int *count);

#endif
