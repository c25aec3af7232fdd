/* gradflow/operation.h: the operations a graph is built from.
 *
 * An operation is one row: a shape rule, a forward function, one vector-Jacobian
 * product (vjp) an operand, and the formula of each vjp as text. The built-in
 * ones are rows of one table, which gf_operation_at walks; a program defines its
 * own row and applies it with gf_apply, and it is recorded, checked and drawn
 * like the others.
 *
 * The builders below (gf_add, gf_tanh …) apply a row of the table. They are
 * equations: each returns a new node of its operands' graph. On a bad operand
 * (NULL, shapes that do not fit, operands of two graphs) they return a bad node
 * of the graph, which later builders pass on, and the graph remembers the first
 * error; see gf_graph_status. So calls nest without checks. Nodes belong to
 * their graph. A builder without any living operand (`gf_tanh(NULL)`) knows no
 * graph: its bad node belongs to the constant one that also stands in where memory
 * is out. The first builder that gets it beside a living node reports it;
 * gf_backward of it fails with that graph's status, GF_ERROR_MEMORY.
 *
 * "Broadcasting" is NumPy's, for two dimensions: where one operand has 1 row (or
 * 1 column) and the other more, it is repeated; both may be repeated at once
 * (4 x 1 and 1 x 3 give 4 x 3). */
#ifndef GRADFLOW_OPERATION_H
#define GRADFLOW_OPERATION_H

#include <stdbool.h>
#include <stdint.h>

#include <gradflow/matrix.h>

GF_BEGIN_DECLS

typedef struct gf_node gf_node; /* a node of a graph; see graph.h */

/* The constants of one application of an operation. Which of them an operation
 * reads, its row says; the others are 0. */
typedef struct gf_attributes {
    union {
        double p;  /* an exponent, a factor, a rate */
        double lo; /* the lower end of a clip */
    };
    union {
        double hi;     /* the upper end of a clip */
        uint64_t seed; /* of a random mask */
    };
    union {
        int first; /* a slice: its first row or column, counted from 1 */
        int rows;  /* a shape */
    };
    union {
        int last; /* a slice: its last row or column */
        int cols;
    };
} gf_attributes;

typedef struct gf_operation gf_operation;

/* One application, as its functions see it. */
typedef struct gf_call {
    const gf_matrix *const *in; /* the operands' values */
    int arity;                  /* how many */
    const gf_matrix *y;         /* the result's value; not yet set in forward */
    gf_attributes p;            /* the constants */
    const gf_operation *op;     /* the row */
    /* For the vjp of an operation of any number of operands, if their values stand in y one after the other: operand
     * number `part`, the slot, starts at column `first` of y, or at row `first` where the row says `down`; from 0. */
    int part, first;
} gf_call;

#define GF_WHY 96 /* room for the reason of a refusal, its final 0 included */

/* The shape of the result, from call->in[k]->rows and ->cols (the values are not
 * there yet) and call->p. False where the shapes do not fit, with the reason in
 * why ("the inner sizes 4 and 3 differ"); the message around it, with the
 * operands' names and shapes, is the graph's. */
typedef bool gf_shape_rule(const gf_call *call, int *rows, int *cols, char why[GF_WHY]);

/* y := f(in). y is rows x cols with stride cols, and no operand overlaps it. */
typedef void gf_forward_rule(gf_matrix *y, const gf_call *call);

/* out := beta * out + the contribution of G = d s / d y to d s / d in[slot].
 * out has the shape of in[slot]; beta is 0 or 1, and at 0 what out holds (NaN
 * included) must not count: gf_put does it right for one entry. */
typedef void gf_vjp_rule(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot);

#define GF_ARITY_ANY (-1) /* one operand or more; vjp[0] and formula[0] serve every slot */
#define GF_SLOTS 2        /* the most operands of an operation with a fixed number */

/* The row. Zero-initialise what does not apply.
 *
 *     static void forward(gf_matrix *y, const gf_call *c) { … }
 *     static void vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *c, int slot) { … }
 *     static const gf_operation softplus = {
 *         .name = "softplus", .arity = 1, .forward = forward,
 *         .vjp = {vjp}, .formula = {"G * sigmoid(a)"},
 *         .text = "log(1 + exp(a))", .doc = "log(1 + e^a), element by element."};
 *     gf_node *y = gf_apply(&softplus, (gf_node *[]){x}, 1, NULL);
 *
 * The row must live as long as the graphs that use it. */
struct gf_operation {
    const char *name;           /* as messages show it */
    const char *symbol;         /* as pictures show it, such as "⊙"; NULL: the name */
    int arity;                  /* 1, 2 or GF_ARITY_ANY (0: a leaf, made by graph.h) */
    bool empty_parts;           /* operands may have no rows or no columns */
    bool down;                  /* goes along columns, downwards; false: along rows, or it has no direction */
    gf_shape_rule *shape;       /* NULL: the shape of the only operand */
    gf_forward_rule *forward;   /* never NULL, but in a leaf */
    gf_vjp_rule *vjp[GF_SLOTS]; /* one an operand; NULL: no gradient ever passes */
    /* The vjps in the equation language: what the operand receives. G is the
     * gradient that arrives, y the result, a and b the operands, r(a) and c(a)
     * an operand's rows and columns, lo hi p first last rows cols the constants
     * (of a concatenation, first and last are where the part lies), mask a
     * dropout's mask. */
    const char *formula[GF_SLOTS];
    const char *text; /* the result in the same language, such as "tanh(a)"; of a concatenation, with two parts */
    const char *doc;  /* one line */
    /* The row that gf_apply takes instead where the first operand has one column,
     * once this row's shape rule agrees; NULL, as nearly always: none. (softmax
     * goes over rows, but over the column where there is only one.) */
    const gf_operation *one_column;
};

/* Applies a row to operands. `attributes` may be NULL (all 0); it is copied, as
 * is the list. Returns the new node, or a bad node of the operands' graph. */
GF_API gf_node *gf_apply(const gf_operation *op, gf_node *const operands[], int count, const gf_attributes *attributes);

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

/* --- element by element; two operands broadcast ------------------------- */

GF_API gf_node *gf_add(gf_node *a, gf_node *b);
GF_API gf_node *gf_sub(gf_node *a, gf_node *b);
GF_API gf_node *gf_mul(gf_node *a, gf_node *b); /* the Hadamard product */
GF_API gf_node *gf_div(gf_node *a, gf_node *b);
GF_API gf_node *gf_scale(gf_node *a, double factor);
GF_API gf_node *gf_add_scalar(gf_node *a, double number);
GF_API gf_node *gf_pow(gf_node *a, double exponent);
GF_API gf_node *gf_neg(gf_node *a);

GF_API gf_node *gf_sigmoid(gf_node *a); /* 1 / (1 + e^-a); no overflow anywhere */
GF_API gf_node *gf_tanh(gf_node *a);
GF_API gf_node *gf_relu(gf_node *a);
GF_API gf_node *gf_exp(gf_node *a);
GF_API gf_node *gf_log(gf_node *a);
GF_API gf_node *gf_sqrt(gf_node *a);
GF_API gf_node *gf_abs(gf_node *a);
GF_API gf_node *gf_sign(gf_node *a); /* -1, 0 or 1; the same operation as gf_abs_prime */
GF_API gf_node *gf_step(gf_node *a); /* 1 where a > 0, else 0; the same as gf_relu_prime */

/* The derivatives of the seven at a; themselves differentiable. At kinks as
 * PyTorch has it: relu'(0) = 0, abs'(0) = 0. */
GF_API gf_node *gf_sigmoid_prime(gf_node *a);
GF_API gf_node *gf_tanh_prime(gf_node *a);
GF_API gf_node *gf_relu_prime(gf_node *a);
GF_API gf_node *gf_exp_prime(gf_node *a);
GF_API gf_node *gf_log_prime(gf_node *a);
GF_API gf_node *gf_sqrt_prime(gf_node *a);
GF_API gf_node *gf_abs_prime(gf_node *a);

GF_API gf_node *gf_clip(gf_node *a, double lo, double hi);       /* min(max(a, lo), hi) */
GF_API gf_node *gf_clip_prime(gf_node *a, double lo, double hi); /* 1 where lo <= a <= hi, else 0 */

/* a with each entry zeroed with probability `rate`, the others divided by
 * 1 - rate ("inverted dropout"). The mask depends on `seed` and the entry's
 * place alone, so a replay uses the same one. 0 <= rate < 1. */
GF_API gf_node *gf_dropout(gf_node *a, double rate, uint64_t seed);

/* a's value, as a constant: no gradient passes. */
GF_API gf_node *gf_stop(gf_node *a);

/* --- products and shapes ------------------------------------------------- */

GF_API gf_node *gf_matmul(gf_node *a, gf_node *b); /* r x k, k x c -> r x c */
GF_API gf_node *gf_transpose(gf_node *a);          /* r x c -> c x r */

/* Parts side by side have the same number of rows, one without columns as well;
 * parts on top of each other the same number of columns. A 0 x 0 part fits
 * everywhere and adds nothing. */
GF_API gf_node *gf_hcat(gf_node *const parts[], int count); /* side by side */
GF_API gf_node *gf_vcat(gf_node *const parts[], int count); /* on top of each other */

GF_API gf_node *gf_rows(gf_node *a, int first, int last);     /* rows first..last, counted from 1 */
GF_API gf_node *gf_cols(gf_node *a, int first, int last);     /* columns first..last, counted from 1 */
GF_API gf_node *gf_broadcast(gf_node *a, int rows, int cols); /* repeats a dimension of 1 */
GF_API gf_node *gf_sumto(gf_node *a, int rows, int cols);     /* sums to a shape: undoes a broadcast */
GF_API gf_node *gf_diag(gf_node *v);                          /* vector of n -> n x n */
GF_API gf_node *gf_reshape(gf_node *a, int rows, int cols);   /* the same entries, row by row */
GF_API gf_node *gf_vec(gf_node *a);                           /* r x c -> r*c x 1, row by row */

/* --- sums, norms, losses ------------------------------------------------- */

GF_API gf_node *gf_sum(gf_node *a);    /* r x c -> 1 x 1 */
GF_API gf_node *gf_mean(gf_node *a);   /* r x c -> 1 x 1 */
GF_API gf_node *gf_norm(gf_node *a);   /* Frobenius, 1 x 1; its gradient at 0 is 0 */
GF_API gf_node *gf_unit(gf_node *a);   /* a / norm(a); zeros where a is zero */
GF_API gf_node *gf_rowsum(gf_node *a); /* r x c -> r x 1 */
GF_API gf_node *gf_colsum(gf_node *a); /* r x c -> 1 x c */

/* Over each row, one example a row; _cols: over each column. Without a suffix:
 * over the column where a has one column (a single example), else over rows. */
GF_API gf_node *gf_softmax(gf_node *a);
GF_API gf_node *gf_softmax_rows(gf_node *a);
GF_API gf_node *gf_softmax_cols(gf_node *a);
GF_API gf_node *gf_log_softmax(gf_node *a);
GF_API gf_node *gf_log_softmax_rows(gf_node *a);
GF_API gf_node *gf_log_softmax_cols(gf_node *a);

/* -sum(targets * log_softmax(logits)), 1 x 1, summed over examples; both r x c,
 * an example a row, or one example in one column. Stable at logits of +-1e3. The
 * targets may be any numbers; the gradient is right with respect to them too,
 * and where they do not sum to 1. A target of 0 adds 0, even where log_softmax
 * is -infinity. */
GF_API gf_node *gf_cross_entropy(gf_node *logits, gf_node *targets);

GF_API gf_node *gf_mse(gf_node *a, gf_node *b); /* mean of squared differences, 1 x 1; same shapes */

GF_END_DECLS

#endif
