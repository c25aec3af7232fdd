/* How large a matrix is, measured in one pass. */
#ifndef GF_BASE_SIZE_H
#define GF_BASE_SIZE_H

#include <gradflow/matrix.h>

/* The Frobenius norm, and the largest magnitude; NaN both where an entry is. */
typedef struct gf_size {
    double l2, max;
} gf_size;

gf_size gf_matrix_measure(const gf_matrix *m);

#endif
