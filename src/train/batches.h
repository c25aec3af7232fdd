/* The inside of an order of examples. */
#ifndef GF_TRAIN_BATCHES_H
#define GF_TRAIN_BATCHES_H

#include <stdint.h>

#include <gradflow/data.h>

#include "base/random.h"
#include "base/size.h"

struct gf_batches {
    gf_random random;
    size_t count, batch;
    size_t first, size; /* the present batch: where in the order it begins, how many it has */
    size_t order[];
};

/* How many examples are meant: those of b, or, where it is NULL, all rows of m. 0 where m has not each of them, or is
 * none. */
static inline size_t gf_examples_count(const gf_matrix *m, const gf_batches *b)
{
    if (gf_matrix_fault(m) || !m->rows || !m->cols)
        return 0;
    for (size_t k = 0; b && k < b->count; k++)
        if (b->order[k] >= (size_t)m->rows)
            return 0;
    return b ? b->count : (size_t)m->rows;
}

/* The row of number k of them. */
static inline double *gf_examples_row(const gf_matrix *m, const gf_batches *b, size_t k)
{
    return m->data + (b ? b->order[k] : k) * (size_t)m->stride;
}

#endif
