/* Where names are used: each use brings a term to the gradient of what is used. */
#ifndef GF_DERIVE_USES_H
#define GF_DERIVE_USES_H

#include "derive/inside.h"

enum { GF_BINDERS = 8 };

/* The right side that is gone through: an equation's, at every step or at one, a start's, the loss's. */
typedef struct gf_side {
    const gf_statement *statement;
    const gf_tree *value;    /* the right side; where the equation counts at one step only, at that step */
    const gf_tree *own;      /* how its result is written: h[t]; NULL: the loss */
    const gf_tree *index;    /* of its lets: t, a fixed step, or NULL */
    const gf_tree *gradient; /* what its result receives, in the same t */
    bool open;               /* t is free in it */
    long step;               /* the one step at which it counts; 0: there is none such */
    bool named;              /* the gradient is a let, which is zero beyond the ends */
} gf_side;

/* A use, with what it brings, as an expression of the indices of the side. */
typedef struct gf_use gf_use;
struct gf_use {
    gf_side side;
    const gf_tree *leaf, *term;
    gf_binder binders[GF_BINDERS]; /* the sums and products around it, from the outside in */
    int binder_count;
    bool bounded;      /* the term must not be asked for beyond the ends, where it may not be finite */
    const char *rules; /* the formulas on the way, for --why; NULL: not asked for */
    gf_use *next;
};

/* A term of the gradient of v[t]: an expression in t, for the steps of `from` to `to`, or one. */
typedef struct gf_summand {
    const gf_tree *tree;
    const gf_tree *at;     /* only at this step, as it is written; NULL: */
    long from, to;         /* at these steps */
    const gf_tree *origin; /* the step of the equation that it comes from, such as t + 1; NULL: several, or none */
    bool shifts;           /* the origin is t + shift */
    long shift;
    const gf_use *use;
} gf_summand;

/* Who is told of uses, and of parts of equations whose gradient gets a let of its own. */
typedef struct gf_walker gf_walker;
typedef struct gf_repeated_part gf_repeated_part;
struct gf_walker {
    gf_deriving *d;
    bool (*wants)(gf_walker *w, uint32_t name); /* is the gradient of this name asked for? */
    void (*use)(gf_walker *w, const gf_use *use);
    /* A let for the gradient of a part, with that index; its name, or 0 where there shall be none. */
    uint32_t (*part)(gf_walker *w, const gf_tree *part, const gf_tree *index, const gf_tree *gradient,
                     const char *rules);
    void *data;
    bool why;
    /* the walker's own */
    const gf_side *side;
    gf_binder binders[GF_BINDERS];
    int binder_count;
    const gf_tree *failed; /* what could not be gone through */
    bool too_long;         /* since what it receives has too many parts */
    bool joins;            /* what a part receives that occurs more than once */
    gf_repeated_part *repeated;
};

/* Hands out the right sides that a gradient goes through: the loss's, those of equations, and of starts that have one,
 * with the start. */
void gf_each_side(const gf_model *m, void (*add)(void *data, const gf_statement *s, const gf_start *start), void *data);

/* Goes through a side, from the gradient of its result to every use. False where it cannot: w->failed. */
bool gf_walk_side(gf_walker *w, const gf_side *side);

/* Is its index t itself? */
bool gf_is_present(const gf_deriving *d, const gf_tree *leaf);

/* The term under the sums of the use. */
gf_tree *gf_under_sums(gf_deriving *d, const gf_use *use);

/* What the use brings to the gradient of the name at step t, or, of a name without time, altogether. False where its
 * indices are too intricate: then it is to be written step by step. */
bool gf_solve_use(gf_deriving *d, const gf_use *use, bool timed, gf_summand *out);

/* Is there a cut of `truncate` between the two steps? */
bool gf_is_cut(const gf_model *m, long a, long b);

#endif
