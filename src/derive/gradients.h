/* The gradients of a model while they are derived: what uses each name, and what its lines are. */
#ifndef GF_DERIVE_GRADIENTS_H
#define GF_DERIVE_GRADIENTS_H

#include "derive/uses.h"

/* The right side of a statement. Number 0 is the loss. */
typedef struct gf_side_state {
    const gf_statement *statement;
    const gf_tree *value;
    const gf_start *start; /* of start NAME[index] = …; else NULL */
    bool visited;
    gf_derived *parts, **last_part; /* lets of its parts */
} gf_side_state;

/* A name of the graph. */
typedef struct gf_target {
    bool reached;      /* the loss depends on it */
    bool held;         /* nothing passes through it */
    bool useful;       /* what is asked for depends on it, or is it */
    uint32_t side;     /* of its equation; 0: none */
    uint32_t let;      /* the name of its gradient; 0: none yet */
    uint32_t pending;  /* sides that use it and were not gone through yet */
    bool inlined;      /* its gradient is a number, and needs no let */
    const gf_tree *at; /* it is used at this step only; NULL: at others as well */
    gf_use *uses, **last_use;
} gf_target;

typedef struct gf_gradients {
    gf_deriving d;
    gf_derivation_lines *out;
    gf_target *targets; /* by number of a name of the model */
    gf_side_state *sides;
    uint32_t side_count;
    uint32_t *order; /* sides, from the loss backward */
    uint32_t order_count;
    uint32_t of;          /* the one name that is asked for; 0: all */
    const gf_tree **held; /* names that are held fixed, for the claims */
    uint32_t held_count;
    bool why; /* the reasons are noted */
    gf_derived **last_let, **last_claim;
    uint32_t walked;      /* the side that is gone through */
    uint32_t *start_lets; /* by number of a side: the let of the gradient of a start */
} gf_gradients;

/* order.c: x->order, and which names are reached. False without memory. */
bool gf_gradients_order(gf_gradients *x);

/* Counts, or counts down, the sides that use each name of this one. */
bool gf_gradients_count(gf_gradients *x, uint32_t side, int by);

/* lines.c: the lets and claims of everything that was gone through. */
void gf_gradients_write(gf_gradients *x);

/* The terms of a name's gradient, in the order in which they are written; NULL without memory. *all is false where one
 * of them has to be written step by step. */
gf_summand *gf_gradients_terms(gf_gradients *x, uint32_t name, size_t *count, bool *all);

/* The sum of the terms that count at step `step`, there written as `index`; with index NULL, of all that count at every
 * step. NULL where there is none. */
gf_tree *gf_terms_sum(gf_gradients *x, const gf_summand *terms, size_t count, const gf_tree *index, long step);

/* A line of a let. */
gf_derived *gf_gradients_let(gf_gradients *x, uint32_t name, const gf_tree *index, const gf_tree *value);

#endif
