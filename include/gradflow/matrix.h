/* gradflow/matrix.h: dense matrices of doubles.
 *
 * A matrix is a view: a pointer, a shape and a stride. Entry (i, j), counted
 * from 0, is data[i * stride + j]. A vector is a matrix with one row or one
 * column, a scalar a 1 x 1 matrix. Who owns the data depends on where the matrix
 * comes from: one made by gf_matrix_new belongs to the caller; one that a graph
 * hands out belongs to the graph, is `const`, and lives as long as its node. */
#ifndef GRADFLOW_MATRIX_H
#define GRADFLOW_MATRIX_H

#include <stddef.h>
#include <stdio.h>

#include <gradflow/base.h>

GF_BEGIN_DECLS

/* rows x cols numbers, row by row. stride >= cols is the distance of two rows. A plain
 * value, now and later. One that is filled in by hand needs all four (gf_matrix_over sets
 * the stride): a matrix with a negative size, or with entries but data NULL or a stride
 * below cols, is GF_ERROR_ARGUMENT wherever one is handed in, and has no entry and no norm. */
typedef struct gf_matrix {
    double *data;
    int rows, cols;
    int stride;
} gf_matrix;

/* Makes *out a rows x cols matrix of zeros. The caller frees it with
 * gf_matrix_free. No rows, or no columns, are allowed here. Fails with GF_ERROR_ARGUMENT (a negative size) or
 * GF_ERROR_MEMORY; *out is then an empty matrix. */
GF_API gf_status gf_matrix_new(gf_matrix *out, int rows, int cols);

/* Frees what gf_matrix_new made and empties *m. NULL, and an empty one, are fine. */
GF_API void gf_matrix_free(gf_matrix *m);

/* A matrix over numbers that the caller keeps: rows x cols, row by row, neither negative.
 *
 *     double numbers[] = {1, 2, 3, 4, 5, 6};
 *     gf_matrix m = gf_matrix_over(numbers, 2, 3);
 */
GF_API gf_matrix gf_matrix_over(double *numbers, int rows, int cols);

/* A part of m, `rows` x `cols` from entry (row, col) on, over the same numbers: of a table that was read, the columns
 * of the inputs. Empty, with data NULL, where m is no matrix or has no such part. */
GF_API gf_matrix gf_matrix_part(const gf_matrix *m, int row, int col, int rows, int cols);

/* Entry (i, j), counted from 0. NaN outside the matrix, and where m is none. */
GF_API double gf_matrix_at(const gf_matrix *m, int i, int j);

/* The number of entries, rows * cols; 0 for NULL, and where one is negative. */
GF_API size_t gf_matrix_size(const gf_matrix *m);

/* to := from. Fails with GF_ERROR_SHAPE where the shapes differ, GF_ERROR_ARGUMENT
 * where one is NULL, or no matrix. */
GF_API gf_status gf_matrix_copy(gf_matrix *to, const gf_matrix *from);

/* The Frobenius norm, sqrt of the sum of squares; computed without overflow. NaN
 * for NULL (a gradient that does not exist), and for what is no matrix. */
GF_API double gf_matrix_norm(const gf_matrix *m);

/* The largest magnitude of an entry; NaN if an entry is NaN, for NULL, and for what is no matrix. */
GF_API double gf_matrix_max(const gf_matrix *m);

/* Writes the matrix to a stream, a row a line, six significant digits, columns
 * aligned. NULL (a gradient that does not exist), and what is no matrix, writes "(none)". */
GF_API void gf_matrix_print(const gf_matrix *m, FILE *stream);

GF_END_DECLS

#endif
