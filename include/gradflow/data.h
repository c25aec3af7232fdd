/* gradflow/data.h: data to train with, and measures of what was learnt.
 *
 * Data are matrices that have an example a row; a sequence lies in its row, step beside step. Nothing of them is
 * copied: a batch is numbers of rows, and gf_batch_set puts these rows into leaves of a graph, which is built once and
 * replayed. What takes neither a graph nor a node has no place for a message: its status is all that it says.
 *
 *     gf_batches *train, *rest;
 *     if (gf_batches_new(&train, X.rows, 64, 7) || gf_batches_split(&rest, train, 0.8))
 *         return EXIT_FAILURE;
 *     for (int epoch = 1; epoch <= 20; epoch++) {
 *         gf_batches_shuffle(train);
 *         while (gf_batches_next(train))
 *             if (gf_batch_set(&x, 1, &X, train) || gf_batch_set(&y, 1, &Y, train) || gf_batch_weights(w, train) ||
 *                 gf_backward(loss, 0) || gf_optimizer_step(o))
 *                 return EXIT_FAILURE;
 *     }
 *     gf_batches_free(train), gf_batches_free(rest);
 *
 * Here x, y and w have 64 rows, and the loss is gf_sum(gf_mul(w, …)) of a column of losses, an example each. */
#ifndef GRADFLOW_DATA_H
#define GRADFLOW_DATA_H

#include <gradflow/graph.h>

GF_BEGIN_DECLS

/* An order of examples, which are numbered from 0, gone through batch by batch. */
typedef struct gf_batches gf_batches;

/* --- reading --------------------------------------------------------------- */

/* Reads a matrix from a file: numbers in text (csv), a row a line, separated by commas, semicolons (on one line never
 * both, so that a decimal comma is no separator) or blanks, `#` before a comment, a first line whose first word is a
 * name being names (`nan`, `NA` and "1" are none); or, where the path ends in .npy, an array of floats of at most two
 * dimensions, as NumPy saves it (of one: a row). *out is made; the caller frees it with gf_matrix_free. Fails with
 * GF_ERROR_READ (no such file; no numbers; a line with a missing number; in either kind of file a number that is none,
 * or not finite), GF_ERROR_LIMIT (more than INT_MAX entries) or GF_ERROR_MEMORY; *out is then empty, and g remembers
 * ("x.csv:3: 2 numbers on the line, not 3"), unless it is NULL. */
GF_API gf_status gf_data_read(gf_matrix *out, const char *path, gf_graph *g);

/* Sequences of unequal length, sequences[k] being length x F, as one matrix N x (T * F), T the greatest length, with
 * zeros behind the shorter ones; and a mask N x T, 1 where an example has such a step, which gf_stack.mask of cell.h
 * takes. Both are made; the caller frees them with gf_matrix_free. Fails with GF_ERROR_ARGUMENT (a NULL, no sequences),
 * GF_ERROR_SHAPE (other columns than the first has; all are empty), GF_ERROR_LIMIT or GF_ERROR_MEMORY; both are then
 * empty. */
GF_API gf_status gf_data_pad(gf_matrix *out, gf_matrix *mask, const gf_matrix sequences[], size_t count);

/* --- standardising ----------------------------------------------------------- */

/* Means and standard deviations of the columns of data, N x F, over all rows, or over the examples of b: *out, 2 x F,
 * the means above, divided by N as scikit-learn's StandardScaler does; of a constant column the deviation is said to be
 * 1. Made; the caller frees it with gf_matrix_free. Measure the part that is trained with, and apply that to all: what
 * is known of the validation must not come in. Fails with GF_ERROR_ARGUMENT (a NULL, no example, one that data do not
 * have) or GF_ERROR_MEMORY; *out is then empty. */
GF_API gf_status gf_data_scale(gf_matrix *out, const gf_matrix *data, const gf_batches *b);

/* Every entry x of data, N x F, becomes (x - mean) / deviation of its column, and back again. Fails with
 * GF_ERROR_ARGUMENT (a NULL; a deviation that is not above 0) or GF_ERROR_SHAPE where scale is not 2 x F; data are then
 * as they were. */
GF_API gf_status gf_data_standardise(gf_matrix *data, const gf_matrix *scale);
GF_API gf_status gf_data_restore(gf_matrix *data, const gf_matrix *scale);

/* --- batches -------------------------------------------------------------- */

/* `examples` of them, in the order of their numbers, `batch` at once (0: all); the last batch has what is left. `seed`
 * is that of gf_batches_shuffle. Free it with gf_batches_free. Fails with GF_ERROR_ARGUMENT (no examples) or
 * GF_ERROR_MEMORY; *out is then NULL. */
GF_API gf_status gf_batches_new(gf_batches **out, size_t examples, size_t batch, uint64_t seed);
GF_API void gf_batches_free(gf_batches *b); /* NULL is fine */

/* Splits the present order: its first `share`, rounded up, stays in b, the others go to *out, made, perhaps of none.
 * For a random split, shuffle before. Both begin anew. Fails with GF_ERROR_ARGUMENT where share is not above 0 and at
 * most 1, or with GF_ERROR_MEMORY; *out is then NULL, and b as it was. */
GF_API gf_status gf_batches_split(gf_batches **out, gf_batches *b, double share);

/* Puts the examples into another order, each as likely (Fisher and Yates 1938; Durstenfeld 1964), and begins anew. The
 * same seed gives the same orders everywhere. */
GF_API void gf_batches_shuffle(gf_batches *b);

/* Goes on to the next batch; returns how many examples it has, 0 once after the last, and then begins anew. Before the
 * first call, and where it has returned 0, there is no present batch. */
GF_API size_t gf_batches_next(gf_batches *b);

/* How many examples there are in all; the number of the one at place k of the present batch (SIZE_MAX beyond it). */
GF_API size_t gf_batches_count(const gf_batches *b);
GF_API size_t gf_batches_example(const gf_batches *b, size_t k);

/* --- rows of data in leaves ------------------------------------------------ */

/* Sets `count` leaves, which lie side by side in a row of data, to the rows of the present batch. With x[t] B x F for T
 * steps, data are N x (T * F): gf_batch_set(x, T, &data, b). Where the batch has fewer than B examples, the rows left
 * over become 0. Neither this nor what follows allocates anything. Fails with GF_ERROR_ARGUMENT (a NULL; no present
 * batch; an example that data do not have; a node that cannot be set) or GF_ERROR_SHAPE (fewer rows than the batch has;
 * other columns); the graph remembers. */
GF_API gf_status gf_batch_set(gf_node *const leaves[], int count, const gf_matrix *data, const gf_batches *b);

/* Sets w, B x 1, to 1 / n in the n rows that are examples of the present batch, and 0 in those left over: the sum of
 * w * losses is then the mean of all batches' losses, the last and smaller one included. Fails as gf_batch_set does. */
GF_API gf_status gf_batch_weights(gf_node *w, const gf_batches *b);

/* The way back: what `node`, B x F, comes to for each example of the present batch, into the rows of these examples in
 * `data`, N x F; so predictions are collected batch by batch. Fails as gf_batch_set does. */
GF_API gf_status gf_batch_get(gf_matrix *data, gf_node *node, const gf_batches *b);

/* --- measures ----------------------------------------------------------------- */

/* How good predictions, N x F, are, over all rows, or over the examples of b. NaN where shapes differ, something but b
 * is NULL, there is no example, or one that the matrices do not have.
 *
 *     mse        mean of (y - p)^2 over all entries
 *     r2         1 - sum of (y - p)^2 / sum of (y - mean of its column)^2, for each column, and the mean of these: 1 is
 *                perfect, 0 as good as the mean, below 0 worse; of a column y that is constant 1 where p equals it,
 *                else 0 (scikit-learn's r2_score; Draper and Smith 1998)
 *     accuracy   the share of rows in which p is largest where y is, classes being columns, at least two (of equal p
 *                the first); NaN where an entry is, or where a row of y has no single largest entry, and so no class */
GF_API double gf_metric_mse(const gf_matrix *predicted, const gf_matrix *wanted, const gf_batches *b);
GF_API double gf_metric_r2(const gf_matrix *predicted, const gf_matrix *wanted, const gf_batches *b);
GF_API double gf_metric_accuracy(const gf_matrix *predicted, const gf_matrix *wanted, const gf_batches *b);

/* The confusion matrix of F classes, *out, F x F: entry (i, j) is how many examples of class i were taken for class j.
 * Made; the caller frees it with gf_matrix_free. Fails with GF_ERROR_ARGUMENT where accuracy would be NaN, or with
 * GF_ERROR_MEMORY; *out is then empty. */
GF_API gf_status gf_metric_confusion(gf_matrix *out, const gf_matrix *predicted, const gf_matrix *wanted,
                                     const gf_batches *b);

GF_END_DECLS

#endif
