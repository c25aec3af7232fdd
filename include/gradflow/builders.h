/* gradflow/builders.h: what a graph is built with.
 *
 * A builder (gf_add, gf_tanh …) applies an operation, a row of the table in
 * operation.h; gf_apply does so with any row, a program's own as well. Builders
 * are equations: each returns a new node of its operands' graph. On a bad operand
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
#ifndef GRADFLOW_BUILDERS_H
#define GRADFLOW_BUILDERS_H

#include <gradflow/operation.h>

GF_BEGIN_DECLS

typedef struct gf_node gf_node; /* a node of a graph; see graph.h */

/* Applies a row to operands. `attributes` may be NULL (all 0); it is copied, as
 * is the list. Returns the new node, or a bad node of the operands' graph. A row or
 * attributes whose size is not set are refused with GF_ERROR_ARGUMENT. */
GF_API gf_node *gf_apply(const gf_operation *op, gf_node *const operands[], int count, const gf_attributes *attributes);

/* --- element by element; operands broadcast ----------------------------- */

/* Sum, difference, product, quotient; by a number; a power; the negative. */
GF_API gf_node *gf_add(gf_node *a, gf_node *b);
GF_API gf_node *gf_sub(gf_node *a, gf_node *b);
GF_API gf_node *gf_mul(gf_node *a, gf_node *b); /* the Hadamard product */
GF_API gf_node *gf_div(gf_node *a, gf_node *b);
GF_API gf_node *gf_scale(gf_node *a, double factor);
GF_API gf_node *gf_add_scalar(gf_node *a, double number);
GF_API gf_node *gf_pow(gf_node *a, double exponent);
GF_API gf_node *gf_neg(gf_node *a);

/* The larger and the smaller of two entries; of two that are equal each receives half. */
GF_API gf_node *gf_max(gf_node *a, gf_node *b);
GF_API gf_node *gf_min(gf_node *a, gf_node *b);

/* The largest of any number, entry by entry; of k that are equal each receives 1/k. */
GF_API gf_node *gf_max_of(gf_node *const parts[], int count);

/* 1 where it is so, else 0; no gradient passes. */
GF_API gf_node *gf_less(gf_node *a, gf_node *b);
GF_API gf_node *gf_less_equal(gf_node *a, gf_node *b);
GF_API gf_node *gf_greater(gf_node *a, gf_node *b);
GF_API gf_node *gf_greater_equal(gf_node *a, gf_node *b);

/* a where c is not 0, else b; the three broadcast. What is not taken receives 0,
 * and so does what it was made of, however steep that is: x in log(x) at x = 0. No
 * gradient passes to c. */
GF_API gf_node *gf_where(gf_node *c, gf_node *a, gf_node *b);

/* Functions of one operand. */
GF_API gf_node *gf_sigmoid(gf_node *a); /* 1 / (1 + e^-a); no overflow anywhere */
GF_API gf_node *gf_tanh(gf_node *a);
GF_API gf_node *gf_relu(gf_node *a);
GF_API gf_node *gf_leaky_relu(gf_node *a, double slope); /* a where a > 0, else slope * a */
GF_API gf_node *gf_softplus(gf_node *a);                 /* log(1 + e^a); no overflow anywhere */
GF_API gf_node *gf_exp(gf_node *a);
GF_API gf_node *gf_log(gf_node *a);
GF_API gf_node *gf_sqrt(gf_node *a);
GF_API gf_node *gf_abs(gf_node *a);
GF_API gf_node *gf_sign(gf_node *a);      /* -1, 0 or 1; the same operation as gf_abs_prime */
GF_API gf_node *gf_heaviside(gf_node *a); /* 1 where a > 0, else 0; the same as gf_relu_prime */

/* The derivatives of those above, but for the last two, at a; themselves differentiable. At kinks as
 * PyTorch has it: relu'(0) = 0, leaky_relu'(0, slope) = slope, abs'(0) = 0. */
GF_API gf_node *gf_sigmoid_prime(gf_node *a);
GF_API gf_node *gf_tanh_prime(gf_node *a);
GF_API gf_node *gf_relu_prime(gf_node *a);
GF_API gf_node *gf_leaky_relu_prime(gf_node *a, double slope);
GF_API gf_node *gf_softplus_prime(gf_node *a);
GF_API gf_node *gf_exp_prime(gf_node *a);
GF_API gf_node *gf_log_prime(gf_node *a);
GF_API gf_node *gf_sqrt_prime(gf_node *a);
GF_API gf_node *gf_abs_prime(gf_node *a);

/* Held between two bounds, and the derivative of that. */
GF_API gf_node *gf_clip(gf_node *a, double lo, double hi);       /* min(max(a, lo), hi) */
GF_API gf_node *gf_clip_prime(gf_node *a, double lo, double hi); /* 1 where lo <= a <= hi, else 0 */

/* a with each entry zeroed with probability `rate`, the others divided by
 * 1 - rate ("inverted dropout"). The mask depends on `seed` and the entry's
 * place alone, so a replay uses the same one. 0 <= rate < 1. */
GF_API gf_node *gf_dropout(gf_node *a, double rate, uint64_t seed);

/* a's value, as a constant: no gradient passes. */
GF_API gf_node *gf_stop(gf_node *a);

/* --- products and shapes ------------------------------------------------- */

/* The matrix product, and the transpose. */
GF_API gf_node *gf_matmul(gf_node *a, gf_node *b); /* r x k, k x c -> r x c */
GF_API gf_node *gf_transpose(gf_node *a);          /* r x c -> c x r */

/* Parts side by side have the same number of rows, one without columns as well;
 * parts on top of each other the same number of columns. A 0 x 0 part fits
 * everywhere and adds nothing. */
GF_API gf_node *gf_hcat(gf_node *const parts[], int count); /* side by side */
GF_API gf_node *gf_vcat(gf_node *const parts[], int count); /* on top of each other */

/* A part of a matrix, and other shapes of it. */
GF_API gf_node *gf_rows(gf_node *a, int first, int last);     /* rows first to last, counted from 0 */
GF_API gf_node *gf_cols(gf_node *a, int first, int last);     /* columns first to last, counted from 0 */
GF_API gf_node *gf_entry(gf_node *a, int row, int col);       /* one entry, 1 x 1; counted from 0 */
GF_API gf_node *gf_broadcast(gf_node *a, int rows, int cols); /* repeats a dimension of 1 */
GF_API gf_node *gf_sumto(gf_node *a, int rows, int cols);     /* sums to a shape: undoes a broadcast */
GF_API gf_node *gf_diag(gf_node *v);                          /* vector of n -> n x n */
GF_API gf_node *gf_reshape(gf_node *a, int rows, int cols);   /* the same entries, row by row */
GF_API gf_node *gf_vec(gf_node *a);                           /* r x c -> r*c x 1, row by row */

/* --- sums, norms, losses ------------------------------------------------- */

/* Of all entries; gf_rowsum of those of each row, gf_colsum of those of each column. */
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

/* Mean of squared differences, 1 x 1, of two matrices of one shape. */
GF_API gf_node *gf_mse(gf_node *a, gf_node *b);

GF_END_DECLS

#endif
