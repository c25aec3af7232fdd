/* gradflow/operation.h: the operations a graph is built from.
 *
 * An operation is one row: a shape rule, a forward function, one vector-Jacobian
 * product (vjp) an operand, and the formula of each vjp as text. The built-in
 * ones are rows of one table, which gf_operation_at walks; a program defines its
 * own row and applies it with gf_apply, and it is recorded, checked and drawn
 * like the others. */
#ifndef GRADFLOW_OPERATION_H
#define GRADFLOW_OPERATION_H

#include <stdbool.h>
#include <stdint.h>

#include <gradflow/matrix.h>

GF_BEGIN_DECLS

/* The constants of one application of an operation. Which of them an operation
 * reads, its row says; the others are 0.
 *
 *     gf_apply(op, &a, 1, &(gf_attributes){.size = sizeof(gf_attributes), .p = 2});
 */
typedef struct gf_attributes {
    size_t size; /* sizeof(gf_attributes), set by the caller */
    union {
        double p;  /* an exponent, a factor, a rate, a slope */
        double lo; /* the lower end of a clip */
    };
    union {
        double hi;     /* the upper end of a clip */
        uint64_t seed; /* of a random mask */
    };
    union {
        int first; /* a slice: its first row or column, counted from 0; an entry: its row */
        int rows;  /* a shape */
    };
    union {
        int last; /* a slice: its last row or column, inside it; an entry: its column */
        int cols;
    };
} gf_attributes;

typedef struct gf_operation gf_operation;

/* How contributions of several applications to one shared operand are worked out (gathers, below): each by itself; or
 * by one call, the other operands and the G on top of each other, or side by side. */
typedef enum gf_gathering_way { GF_APART, GF_BELOW, GF_BESIDE } gf_gathering_way;

/* One application, as its functions see it. Only the library makes one. */
typedef struct gf_call {
    const gf_matrix *const *in; /* the operands' values */
    int arity;                  /* how many */
    const gf_matrix *y;         /* the result's value; not yet set in forward */
    const gf_attributes *p;     /* the constants; never NULL */
    const gf_operation *op;     /* the row */
    /* For the vjp of an operation of any number of operands whose values stand in y
     * one after the other: operand number `part`, the slot, starts at column `first`
     * of y, or where the row says `down` at row `first`, counted from 0. */
    int part, first;
    /* To be added to a row, a column or a part that the reason of a refusal names: 0 in
     * C, 1 where the equation language asks, which counts from 1. */
    int counts_from;
} gf_call;

#define GF_WHY 96 /* room for the reason of a refusal, its final 0 included */

/* The shape of the result, from call->in[k]->rows and ->cols (the values are not
 * there yet) and call->p; *rows and *cols hold that of the first operand already.
 * False where the shapes do not fit, with the reason in why ("the inner sizes 4 and
 * 3 differ"); the message around it, with the operands' names and shapes, is the
 * graph's. */
typedef bool gf_shape_rule(const gf_call *call, int *rows, int *cols, char why[GF_WHY]);

/* y := f(in). y is rows x cols with stride cols, and no operand overlaps it. */
typedef void gf_forward_rule(gf_matrix *y, const gf_call *call);

/* out := beta * out + the contribution of G = d s / d y to d s / d in[slot].
 * out has the shape of in[slot]; beta is 0 or 1, and at 0 what out holds (NaN
 * included) must not count: gf_put does it right for one entry. */
typedef void gf_vjp_rule(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot);

#define GF_ARITY_ANY (-1) /* one operand or more; vjp[0] and formula[0] serve every slot */
#define GF_SLOTS 4        /* the most operands of an operation with a fixed number; it never changes */

/* The row. Zero-initialise what does not apply.
 *
 *     static void forward(gf_matrix *y, const gf_call *c) { … }
 *     static void vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *c, int slot) { … }
 *     static const gf_operation bell = {
 *         .size = sizeof(gf_operation), .name = "bell", .arity = 1, .forward = forward,
 *         .vjp = {vjp}, .formula = {"-2 * G * a * y"},
 *         .text = "exp(-a * a)", .doc = "e^(-a^2), element by element."};
 *     gf_node *y = gf_apply(&bell, (gf_node *[]){x}, 1, NULL);
 *
 * The row must live as long as the graphs that use it. */
struct gf_operation {
    size_t size;        /* sizeof(gf_operation), set by whoever writes the row */
    const char *name;   /* as messages show it */
    const char *symbol; /* as pictures show it, such as "⊙"; NULL: the name */
    int arity;          /* 1 to GF_SLOTS, or GF_ARITY_ANY (0: a leaf, made by graph.h) */
    bool empty_parts;   /* operands may have no rows or no columns */
    bool down;          /* goes along columns, downwards; false: along rows, or it has no direction */
    /* The operand says what is wanted, as b in cross_entropy(a, b): in pictures an
     * input that is read there alone is grey, and its gradient off the scale. */
    bool target[GF_SLOTS];
    gf_shape_rule *shape;       /* NULL: the shape of the only operand */
    gf_forward_rule *forward;   /* never NULL, but in a leaf */
    gf_vjp_rule *vjp[GF_SLOTS]; /* one an operand; NULL: no gradient ever passes */
    /* The vjps in the equation language: what the operand receives. G is the
     * gradient that arrives, y the result, a, b and c the operands, r(a) and c(a)
     * an operand's rows and columns, lo hi p first last rows cols the constants
     * (of a concatenation, first and last are where the part lies), mask a
     * dropout's mask; of a maximum of any number part is the operand, and ties how
     * many, entry by entry, are as large as y. The language counts rows and columns from 1, C from 0: who
     * puts numbers in place of first and last adds 1. */
    const char *formula[GF_SLOTS];
    const char *text; /* the result in the same language, such as "tanh(a)"; of a concatenation, with two parts */
    const char *doc;  /* one line */
    /* The row that gf_apply takes instead where the first operand has one column,
     * once this row's shape rule agrees; NULL, as nearly always: none. (softmax
     * goes over rows, but over the column where there is only one.) */
    const gf_operation *one_column;
    /* For a row of two operands: of one that many applications share, the contributions
     * may be worked out together, by one call of its vjp with the other operands and the
     * G of all of them on top of each other, or side by side; call->y is NULL then. */
    gf_gathering_way gathers[2];
    bool passes[GF_SLOTS]; /* an operand of y's shape receives G as it is, as those of a sum do */
};

/* The table of the built-in operations: number 0 to gf_operation_count() - 1,
 * NULL beyond; and by name, NULL if there is none. */
GF_API int gf_operation_count(void);
GF_API const gf_operation *gf_operation_at(int number);
GF_API const gf_operation *gf_operation_find(const char *name);

/* For vjps: *entry := beta * *entry + contribution, where beta = 0 overwrites. */
static inline void gf_put(double *entry, double beta, double contribution)
{
    *entry = beta == 0 ? contribution : beta * *entry + contribution;
}

GF_END_DECLS

#endif
