/* One node's chain rule with its numbers: what the files of this room hand on to each other.
 *
 *     uses.c    which equations use a quantity, at which steps, and what each use brings: a term, by derive/
 *     numbers.c what a term comes to, factor by factor
 *     node.c    all there is to say of c[2]: what arrives at it, where it goes on to
 *     chain.c   the strongest chain from h[1] to L[5]
 *     asked.c   what is asked for: 'c[2]', 'c', 'c[3] -> c[4]'
 *     all.c     all of it at once, for a page
 *
 * The rest writes it. */
#ifndef GF_EXPLAIN_INSIDE_H
#define GF_EXPLAIN_INSIDE_H

#include <gradflow/explain.h>

#include "derive/uses.h"
#include "graph/node.h"

/* A named quantity at its step. */
typedef struct gf_spot {
    const gf_symbol *symbol; /* NULL: the loss */
    uint32_t name;
    long t;
    gf_node *node;
    const char *label; /* "c[2]", "W", "loss" */
} gf_spot;

/* The right side of a statement, gone through once: the loss, an equation, a start that is one. */
typedef struct gf_formula_side {
    const gf_statement *statement;
    const gf_start *start; /* of a start; else NULL */
    gf_use *uses, **last_use;
    bool walked;
} gf_formula_side;

/* What one use brings: the right side of `to` has `from` in it. */
typedef struct gf_brings {
    gf_spot from, to;
    const gf_tree *term; /* all indices are numbers: dc[3] * f[3] */
    bool cut;            /* by truncate: nothing passes */
    size_t number;       /* in the order in which they were found */
} gf_brings;

/* A product, and what it comes to: its factors, from the left, with the sign before each. */
typedef struct gf_factor {
    const char *sign, *text; /* "", "*", "@", "/" */
    gf_matrix value;
} gf_factor;

typedef struct gf_product {
    const char *text;
    gf_factor *factors;
    int count;
    gf_matrix value;
} gf_product;

/* A term with its numbers. Of W' @ (dh[3] * (1 - h[3]^2)) the product in the brackets comes first. */
typedef struct gf_worked {
    const char *text;
    gf_product *products;
    int count;
    bool whole; /* the last product is the term */
    gf_matrix value;
} gf_worked;

typedef struct gf_explaining gf_explaining;
struct gf_explaining {
    gf_model *m;
    gf_deriving d;
    gf_arena arena;
    gf_problems problems;
    gf_formula_side *sides; /* number 0 is the loss */
    uint32_t side_count;
    uint32_t *lets; /* by number of a name: that of its gradient */
    gf_graph *scratch;
    gf_brings *found; /* the last uses that were asked for */
    size_t found_count, found_room;
    const gf_binding *at; /* the step that t stands for; NULL: none */
    bool full;            /* nothing is left out */
    /* What stands for the gradient of a node in terms: NULL, its own. */
    const gf_matrix *(*arrives)(void *data, const gf_node *node);
    void *data;
};

/* False where something is wrong, which is noted. End it in any case. */
bool gf_explaining_begin(gf_explaining *x, gf_model *m);
void gf_explaining_end(gf_explaining *x);

/* A copy of a text in the arena, which frees the text; NULL without memory, which is noted. */
const char *gf_explaining_keep(gf_explaining *x, gf_text *text);
void *gf_explaining_room(gf_explaining *x, size_t bytes);

/* What is wrong, in one line. */
void gf_explaining_refuse(gf_explaining *x, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* --- uses.c ------------------------------------------------------------------------------------------------------- */

/* The spot of a name at step t; node NULL where there is none. Of the loss. */
gf_spot gf_spot_at(gf_explaining *x, uint32_t name, long t);
gf_spot gf_spot_of_loss(gf_explaining *x);

/* The number of the right side that a spot is the result of; UINT32_MAX of what has none. */
uint32_t gf_side_of(const gf_explaining *x, const gf_spot *spot);

/* Finds what the right side number `side` brings, at step t where it has one: to `only` (NULL: to all in it). They are
 * appended to x->found. False where something went wrong. */
bool gf_find_brings(gf_explaining *x, uint32_t side, long t, const gf_spot *only);

/* Finds all that uses a spot: those of its own step first. */
bool gf_find_users(gf_explaining *x, const gf_spot *spot);

/* An expression with the numbers of step t for t, and of the last step for T. */
gf_tree *gf_at_step(gf_explaining *x, const gf_tree *tree, long t);

/* The name that stands for the gradient of another: dc. */
uint32_t gf_gradient_name(gf_explaining *x, uint32_t name);

/* --- numbers.c ---------------------------------------------------------------------------------------------------- */

/* What an expression comes to, in the arena; rows x cols where its shape is open. False where something went wrong. */
bool gf_number_tree(gf_explaining *x, gf_matrix *out, const gf_tree *tree, int rows, int cols);

/* Adds what it comes to. False where something went wrong. */
bool gf_number_add(gf_explaining *x, gf_matrix *sum, const gf_tree *tree);

/* Zeros in the shape of a node's value; data NULL without memory. */
gf_matrix gf_zero_matrix(gf_explaining *x, const gf_node *like);

/* A term with its numbers, which go to `from`. */
bool gf_work_out(gf_explaining *x, gf_worked *out, const gf_tree *term, const gf_spot *from);

/* --- node.c ------------------------------------------------------------------------------------------------------- */

/* An arrow between two spots: what `from` receives from the equation of `to`. */
typedef struct gf_link {
    gf_spot from, to;
    const char *equation; /* of `to`, as it is written there */
    const gf_tree **terms;
    int count;
    const char *formula; /* their sum */
    gf_worked *worked;   /* of each, once gf_work_out_largest has been there; else NULL */
    bool cut;
    gf_matrix sum;
    double norm;
    double share;  /* of the sum in the gradient of `from`: shares add up to 1; NaN where that is 0 */
    double cosine; /* of the angle between both */
} gf_link;

typedef struct gf_links_of {
    gf_link *list;
    size_t count;
} gf_links_of;

typedef struct gf_node_explained {
    gf_spot spot;
    int line;
    const char *written, *put_in; /* the equation; put_in NULL where there is none */
    gf_spot *operands;
    size_t operand_count;
    gf_matrix value, gradient; /* gradient.data NULL: none */
    const char *without;       /* why there is none */
    double norm, parts;        /* of the gradient; of the arrows, added up */
    const char *sums_up;       /* " partly cancel" */
    const char *nonfinite;     /* where the first value is that is not finite; NULL: the gradient is finite */
    gf_links_of arrives, goes_on;
} gf_node_explained;

/* Works out the terms of the largest of these arrows: those that are shown. */
enum { GF_SHOWN = 8 };
bool gf_work_out_largest(gf_explaining *x, gf_links_of *links); /* with x->full, of all */
bool gf_work_out_link(gf_explaining *x, gf_link *link);

/* Its equation and operands alone. */
bool gf_explain_equation(gf_explaining *x, gf_node_explained *out, const gf_spot *spot);

/* What there is to say of a spot; with goes_on, of what its operands receive, too. */
bool gf_explain_node(gf_explaining *x, gf_node_explained *out, const gf_spot *spot, bool goes_on);

/* Its equation, and what its operands receive from it. */
bool gf_explain_sent(gf_explaining *x, gf_node_explained *out, const gf_spot *spot);

/* --- all.c -------------------------------------------------------------------------------------------------------- */

/* Writes all that there is to say of the model. */
bool gf_tell_all(gf_explaining *x, gf_text *out);

#endif
