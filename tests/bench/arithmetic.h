/* One LSTM layer with head and cross-entropy at every step, forward and backward, as its arithmetic alone: products by
 * OpenBLAS, as large as they can be, and loops over contiguous entries. No graph, no checks: what an engine is held
 * against. */
#ifndef BENCH_ARITHMETIC_H
#define BENCH_ARITHMETIC_H

typedef struct bench_size {
    int rows, steps, inputs, hidden; /* B, T, I, H; there are as many classes as inputs */
} bench_size;

typedef struct arithmetic arithmetic;

/* Draws inputs, targets and weights; freed by arithmetic_free. NULL without memory. */
arithmetic *arithmetic_new(bench_size size);
void arithmetic_free(arithmetic *a);

/* Forward and backward; the loss. */
double arithmetic_run(arithmetic *a);

/* The same products, and the same exponentials and hyperbolic tangents, and nothing else. */
void arithmetic_bare(arithmetic *a);

/* What it reads, so that others read the same: x and y, T x B rows of I entries; U, I x 4H; W, H x 4H; b, 1 x 4H, the
 * gates in the order f i o g; V, H x I; d, 1 x I. And the gradients of these five, in the same order. */
enum { ARITHMETIC_WEIGHTS = 5 };
const double *arithmetic_x(const arithmetic *a);
const double *arithmetic_y(const arithmetic *a);
const double *arithmetic_weight(const arithmetic *a, int number);
const double *arithmetic_gradient(const arithmetic *a, int number);

#endif
