/* What the derivation says of a model in which edits are tried: asked once, by every line. */
#ifndef GF_MEND_CALCULUS_H
#define GF_MEND_CALCULUS_H

#include "derive/inside.h"

/* What a use of a name brings to the name's gradient. In the tree the gradient of the equation in which it is used
 * stands as a name of its own, with that equation's index. */
typedef struct gf_brought gf_brought;
struct gf_brought {
    const gf_statement *user; /* the equation, or the loss */
    uint32_t gradient;        /* that name; 0: of the loss, which is 1 */
    const gf_tree *tree;      /* as it is at step t */
    const gf_tree *at;        /* at this step alone; NULL: at every step */
    long from, to;            /* at these steps */
    bool shifts;              /* the use is so many steps later, or none at all, */
    long shift;
    gf_brought *next;
};

/* A function in a gradient, of some x: 1 - x^2. */
typedef struct gf_form {
    const gf_tree *tree; /* with the name c->x for x */
    uint32_t function;   /* whose it is, as a name; 0: of a power, or of none */
    bool of_result;      /* x is the function's result: the whole slope */
    int cost;            /* how unusual it is */
} gf_form;

enum { GF_FORMS = 64, GF_SLOPES = 64 }; /* at most: the first so many */

/* What stands between the gradient of a part of an equation and that of a part of that: G * (1 - h[t]^2). */
typedef struct gf_slope {
    const gf_tree *tree; /* with the name c->G for the gradient that arrives, at step t */
    int rows, cols;      /* of G */
} gf_slope;

/* A function of one matrix that may be taken for others. */
typedef struct gf_function_word {
    uint32_t name, base; /* of tanh', tanh */
    bool reduces;        /* the result has another shape */
    bool used;           /* it, or what it is the derivative of, occurs in the equations */
} gf_function_word;

typedef struct gf_slip gf_slip;
enum { GF_LITERALS = 16 };

typedef struct gf_calculus {
    gf_deriving d; /* d.m: the model; NULL: nothing was asked yet */
    gf_arena arena;
    gf_problems problems;
    gf_brought **brought;    /* by number of a name */
    bool *known;             /* likewise: it was looked for */
    uint32_t x, G;           /* names that no file has */
    gf_form forms[GF_FORMS]; /* number 0 is x itself; then those of functions in the equations come first */
    int form_count, used_count;
    gf_slope slopes[GF_SLOPES];
    int slope_count;
    gf_function_word *words;
    int word_count;
    gf_slip *slips; /* the table of slips.c, read once */
    uint32_t at, s; /* words of it */
    double literals[GF_LITERALS];
    int literal_count; /* of the equations */
} gf_calculus;

/* The model is unrolled. False without memory; free it in any case. */
bool gf_calculus_begin(gf_calculus *c, gf_model *m);
void gf_calculus_free(gf_calculus *c);

/* What the uses of a name bring, in the order of the file (brought.c). */
const gf_brought *gf_calculus_brought(gf_calculus *c, uint32_t name);

/* The word of that name; NULL where it is none. */
const gf_function_word *gf_calculus_word(const gf_calculus *c, uint32_t name);

/* --- inside: brought.c, forms.c, slopes.c, rewrite.c -------------------------------------------------------------- */

/* The name c->G, in the shape of a node; NULL where that is not known. */
const gf_tree *gf_calculus_arriving(gf_calculus *c, const gf_tree *node);

/* Is the node an operation element by element, or row by row, of one matrix? */
bool gf_calculus_is_function(gf_calculus *c, const gf_tree *node);

void gf_calculus_find_forms(gf_calculus *c);
void gf_calculus_find_slopes(gf_calculus *c);
void gf_calculus_read_slips(gf_calculus *c);

#endif
