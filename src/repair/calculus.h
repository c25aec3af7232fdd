/* What the derivation says of a model in which edits are tried: asked once, by every line. */
#ifndef GF_REPAIR_CALCULUS_H
#define GF_REPAIR_CALCULUS_H

#include "derive/inside.h"

/* What a use of a name brings to the name's gradient. In the tree the gradient of the equation in which it is used
 * stands as a name of its own, with that equation's index. */
typedef struct gf_brought gf_brought;
struct gf_brought {
    const gf_statement *user; /* the equation, or the loss */
    uint32_t gradient;        /* that name; 0: of the loss, which is 1 */
    const gf_tree *tree;      /* as it is at step t */
    const gf_tree *at;        /* at this step alone; NULL: at every step */
    gf_brought *next;
};

/* A term of a gradient as it may be written in a line. */
typedef struct gf_chain_term gf_chain_term;
struct gf_chain_term {
    int cost;
    const gf_tree *tree;
    gf_chain_term *next;
};

/* The terms of what a line is about. */
typedef struct gf_chain gf_chain;
struct gf_chain {
    const gf_tree *about;
    gf_chain_term *terms;
    gf_chain *next;
};

typedef struct gf_calculus {
    gf_deriving d; /* d.m: the model; NULL: nothing was asked yet */
    gf_arena arena;
    gf_problems problems;
    gf_brought **brought; /* by number of a name */
    bool *known;          /* likewise: it was looked for */
    gf_chain *chains;
} gf_calculus;

/* The model is unrolled. False without memory; free it in any case. */
bool gf_calculus_begin(gf_calculus *c, gf_model *m);
void gf_calculus_free(gf_calculus *c);

/* What the uses of a name bring, in the order of the file (terms.c). */
const gf_brought *gf_calculus_brought(gf_calculus *c, uint32_t name);

/* The terms of grad(h[t]) (chain.c); let_of: by number of a name, the let that is its gradient, or NULL. */
const gf_chain_term *gf_calculus_terms(gf_calculus *c, const gf_tree *about, const uint32_t *let_of);

#endif
