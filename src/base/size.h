/* How large a matrix is, measured in one pass; whether it is one; its shape, its rows and entries. */
#ifndef GF_BASE_SIZE_H
#define GF_BASE_SIZE_H

#include <stdbool.h>

#include <gradflow/matrix.h>

/* The Frobenius norm, and the largest magnitude; NaN both where an entry is. */
typedef struct gf_size {
    double l2, max;
} gf_size;

gf_size gf_matrix_measure(const gf_matrix *m);

/* What is wrong with a matrix that a caller hands in, as the end of a message: "is NULL", "has no data", …; NULL:
 * nothing. It looks at the view alone, not at an entry. */
const char *gf_matrix_fault(const gf_matrix *m);

static inline bool gf_same_shape(const gf_matrix *a, const gf_matrix *b)
{
    return a->rows == b->rows && a->cols == b->cols;
}

/* gf_matrix_size of what is a matrix: its call for each node took 4 % of what scalars take. */
static inline size_t gf_entries(const gf_matrix *m)
{
    return (size_t)m->rows * (size_t)m->cols;
}

/* How long it is downwards, or to the right. */
static inline int gf_length(const gf_matrix *m, bool down)
{
    return down ? m->rows : m->cols;
}

/* Row i, counted from 0. */
static inline double *gf_row(const gf_matrix *m, int i)
{
    return m->data + (size_t)i * (size_t)m->stride;
}

/* For each entry (i, j) of a matrix, row by row; `break` ends a row. */
#define GF_EACH_ENTRY(m, i, j)                                                                                         \
    for (int i = 0; i < (m)->rows; i++)                                                                                \
        for (int j = 0; j < (m)->cols; j++)

#endif
