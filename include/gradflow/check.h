/* gradflow/check.h: is this gradient right?
 *
 * Two judges from outside the engine: a matrix that somebody derived
 * (gf_compare), and central differences (gf_gradient_check). Both compare signed
 * values; the error is relative, norm(a - b) / max(norm(a), norm(b)). */
#ifndef GRADFLOW_CHECK_H
#define GRADFLOW_CHECK_H

#include <gradflow/graph.h>

GF_BEGIN_DECLS

/* How two matrices compare.
 *
 *     gf_comparison c;
 *     gf_compare(&c, gf_gradient(U), &dU_by_hand);
 *     puts(c.text);
 *
 * The functions that fill this, and gf_check, are inline and hand on how large it is
 * in the program that is compiled: nothing has to be set before. `size` tells how
 * much of it the library filled in. */
typedef struct gf_comparison {
    size_t size;
    bool match;   /* error <= the tolerance, and everything is finite */
    bool untold;  /* of central differences alone: they cannot tell; then match is false, too */
    double error; /* norm(a - b) / max(norm(a), norm(b)); 0 where both are 0; NaN where an entry is */
    int row, col; /* the worst entry, counted from 0: the largest |a - b| */
    double a, b;  /* its two values */
    /* One line: "match, error 3.1e-16", "MISMATCH, error 0.25, worst at (1, 2): 0.5 and 0.25", "cannot be told: a
     * kink, or the end of the domain, is next to entry (0, 1)". */
    char text[160];
} gf_comparison;

#define GF_TOLERANCE 1e-6 /* of gf_compare */

/* Compares two matrices of one shape: a gradient, say, with one derived by hand.
 * The two match where the error is at most GF_TOLERANCE, or where one is exactly
 * zero and the other below 1e-12. Different shapes: GF_ERROR_SHAPE, no match, and
 * *out says so; NULL, or no matrix: GF_ERROR_ARGUMENT, likewise. gf_compare_within takes
 * a tolerance of one's own, 0 or more; a negative one, or NaN, is GF_ERROR_ARGUMENT. */
GF_API gf_status gf_compare_sized(gf_comparison *out, size_t size, const gf_matrix *a, const gf_matrix *b,
                                  double tolerance);

/* gf_compare_sized, with the size of this header's gf_comparison. */
static inline gf_status gf_compare_within(gf_comparison *out, const gf_matrix *a, const gf_matrix *b, double tolerance)
{
    return gf_compare_sized(out, sizeof *out, a, b, tolerance);
}

/* The same within GF_TOLERANCE. */
static inline gf_status gf_compare(gf_comparison *out, const gf_matrix *a, const gf_matrix *b)
{
    return gf_compare_within(out, a, b, GF_TOLERANCE);
}

/* Central differences of a 1 x 1 node with respect to a parameter or an input (not what
 * is given), entry by entry: (f(x + s) - f(x - s)) / 2s with s = step * max(1, |x|);
 * step 0 means the cube root of the machine's precision. *out, of the leaf's shape, is
 * made; the caller frees it. The graph's values are afterwards as they were. Fails with
 * GF_ERROR_SHAPE where loss is not 1 x 1; GF_ERROR_ARGUMENT where out or a node is NULL,
 * a node bad, dropped, or of another graph, leaf neither, or step negative or not finite;
 * GF_ERROR_MEMORY. *out is empty then, and the graph remembers. */
GF_API gf_status gf_finite_differences(gf_matrix *out, gf_node *loss, gf_node *leaf, double step);

/* What a gradient check found, at its worst. */
typedef struct gf_check {
    size_t size;
    const gf_node *leaf; /* whose gradient is the worst; NULL in gf_operation_check */
    int slot;            /* of the operand, in gf_operation_check; else 0 */
    int count;           /* how many gradients were compared; 0 is no match: "nothing was compared" */
    int untold;          /* how many of them cannot be told */
    gf_comparison worst; /* a: automatic differentiation, b: central differences. Stands last: it may grow */
} gf_check;

/* Compares d loss / d leaf, or with leaf == NULL that of every parameter, with
 * central differences. Runs gf_backward(loss, 0), and leaves values, gradients and
 * recorded edges as they were (where there were no gradients, those of this run stay).
 *
 * Where they do not agree at once, the entries that differ are looked at with other
 * steps, and the error of those is estimated. So a mismatch is one; and what no step
 * tells is said to be so, as neither match nor mismatch: next to a kink (relu at 0) or
 * the end of a domain (sqrt at 0), and where the rounding of the loss hides a gradient
 * that is small beside it. `tolerance` 0 means 1e-6, and lets pass what rounding
 * explains, as long as that is less than a thousandth of the gradient; another one is
 * taken as it is, but for a negative one, or NaN, which is GF_ERROR_ARGUMENT. Fails as
 * gf_backward and gf_finite_differences do, too; the graph remembers. */
GF_API gf_status gf_gradient_check_sized(gf_check *out, size_t size, gf_node *loss, gf_node *leaf, double tolerance);

/* The same, with the size of gf_check in this header. */
static inline gf_status gf_gradient_check(gf_check *out, gf_node *loss, gf_node *leaf, double tolerance)
{
    return gf_gradient_check_sized(out, sizeof *out, loss, leaf, tolerance);
}

/* Checks every vjp of an operation, one of the table or a program's own: the
 * gradient of sum(R * op(operands)), R random, by each operand that a gradient
 * passes to, against central differences; and that it adds to what stands in out
 * with beta = 1, and does not read it with beta = 0. `operands` may be NULL: then
 * each is a 3 x 4 matrix of normal random numbers. `attributes` may be NULL. Of a row
 * through which no gradient passes nothing is compared, which is GF_OK and no match:
 * out->count tells. Fails with GF_ERROR_SHAPE where the shapes do not fit (out->worst.text says why). */
GF_API gf_status gf_operation_check_sized(gf_check *out, size_t size, const gf_operation *op,
                                          const gf_matrix *const operands[], int count,
                                          const gf_attributes *attributes);

/* The same, with the size of gf_check in this header. */
static inline gf_status gf_operation_check(gf_check *out, const gf_operation *op, const gf_matrix *const operands[],
                                           int count, const gf_attributes *attributes)
{
    return gf_operation_check_sized(out, sizeof *out, op, operands, count, attributes);
}

GF_END_DECLS

#endif
