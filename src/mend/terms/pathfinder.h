/* The search for terms: what walks along the paths of a gradient and of a Jacobian share. */
#ifndef GF_MEND_PATHFINDER_H
#define GF_MEND_PATHFINDER_H

#include "mend/terms/inside.h"

enum { GF_FAR = 12 }; /* names on a path */

/* A search for terms. */
typedef struct gf_pathfinder {
    gf_line *line;
    const gf_model *m; /* of the line */
    gf_deriving *d;
    gf_addends *out;
    bool *says;           /* by number of a name: the line mentions its gradient; paths end there */
    bool *seen;           /* by number of a let: what it mentions is known */
    const gf_tree *about; /* the derivative: the truth, or what stands in it */
    const gf_tree *of;    /* grad(x[t], s): whose gradients are written */
    gf_grain grain;
    uint32_t own; /* paths end there, too: the name itself; 0: it has no steps */
    bool step;    /* one step's share in a parameter's */
    uint32_t on[GF_FAR];
    bool for_hints; /* terms that are zero by chance stay; a gradient may have names held */
    bool out_of_memory;
} gf_pathfinder;

/* A path so far: what it brings, with the gradient of the equation in which it has arrived. */
typedef struct gf_walk {
    const gf_tree *tree;
    uint32_t gradient; /* the name that stands for that; 0: it is the loss */
    const gf_statement *user;
    const char *path;
    long later; /* as gf_addend has it */
    gf_when when[GF_WHENS];
    int when_count;
} gf_walk;

/* Sets f->says (walk.c). */
void gf_pathfinder_mentions(gf_pathfinder *f, const gf_tree *tree);

/* Adds the terms of the gradient that f->about is (walk.c), or of the Jacobian (jacobians.c). */
void gf_pathfinder_gradient(gf_pathfinder *f, gf_grain grain);
void gf_pathfinder_jacobian(gf_pathfinder *f);

/* Adds what a path brings. */
void gf_pathfinder_add(gf_pathfinder *f, const gf_walk *w);

/* "c[t] -> c[t+1]", one name longer. */
const char *gf_pathfinder_longer(gf_pathfinder *f, const char *path, uint32_t name, const gf_tree *index);

#endif
