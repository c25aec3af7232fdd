/* Matrices: views of doubles, row by row. */
#include "base/size.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

gf_status gf_matrix_new(gf_matrix *out, int rows, int cols)
{
    if (!out)
        return GF_ERROR_ARGUMENT;
    *out = (gf_matrix){0};
    if (rows < 0 || cols < 0)
        return GF_ERROR_ARGUMENT;
    size_t size = (size_t)rows * (size_t)cols;
    double *data = size <= SIZE_MAX / sizeof *data ? calloc(size ? size : 1, sizeof *data) : NULL;
    if (!data)
        return GF_ERROR_MEMORY;
    *out = gf_matrix_over(data, rows, cols);
    return GF_OK;
}

void gf_matrix_free(gf_matrix *m)
{
    if (!m)
        return;
    free(m->data);
    *m = (gf_matrix){0};
}

gf_matrix gf_matrix_over(double *numbers, int rows, int cols)
{
    return (gf_matrix){.data = numbers, .rows = rows, .cols = cols, .stride = cols};
}

gf_matrix gf_matrix_part(const gf_matrix *m, int row, int col, int rows, int cols)
{
    bool inside = !gf_matrix_fault(m) && row >= 0 && col >= 0 && rows >= 0 && cols >= 0 && rows <= m->rows - row &&
                  cols <= m->cols - col;
    return inside ? (gf_matrix){m->data ? gf_row(m, row) + col : NULL, rows, cols, m->stride} : (gf_matrix){0};
}

const char *gf_matrix_fault(const gf_matrix *m)
{
    if (!m)
        return "is NULL";
    if (m->rows < 0 || m->cols < 0)
        return "has a negative size";
    if (!m->rows || !m->cols)
        return NULL;
    return !m->data ? "has no data" : m->stride < m->cols ? "has a stride below its columns" : NULL;
}

double gf_matrix_at(const gf_matrix *m, int i, int j)
{
    bool inside = !gf_matrix_fault(m) && i >= 0 && j >= 0 && i < m->rows && j < m->cols;
    return inside ? gf_row(m, i)[j] : NAN;
}

size_t gf_matrix_size(const gf_matrix *m)
{
    return m && m->rows > 0 && m->cols > 0 ? (size_t)m->rows * (size_t)m->cols : 0;
}

gf_status gf_matrix_copy(gf_matrix *to, const gf_matrix *from)
{
    if (gf_matrix_fault(to) || gf_matrix_fault(from))
        return GF_ERROR_ARGUMENT;
    if (!gf_same_shape(to, from))
        return GF_ERROR_SHAPE;
    for (int i = 0; i < to->rows && to->cols; i++) /* no columns: perhaps no data, not even for 0 bytes */
        memmove(gf_row(to, i), gf_row(from, i), (size_t)to->cols * sizeof(double));
    return GF_OK;
}

/* --- how large it is ---------------------------------------------------------------- */

enum { LANES = 8 }; /* sums side by side, so that the processor need not wait for one before the next */

/* Adds the squares of n entries to a row of sums, and their magnitudes to a row of largest ones, NaN aside. */
static void measure_row(double sums[LANES], double largest[LANES], const double *x, int n)
{
    int k = 0;
    for (; k + LANES <= n; k += LANES)
        for (int lane = 0; lane < LANES; lane++) {
            double size = fabs(x[k + lane]);
            sums[lane] += size * size;
            largest[lane] = size > largest[lane] ? size : largest[lane];
        }
    for (; k < n; k++) {
        double size = fabs(x[k]);
        sums[0] += size * size;
        largest[0] = size > largest[0] ? size : largest[0];
    }
}

static double scaled_norm(const gf_matrix *m, double scale)
{
    double sum = 0;
    GF_EACH_ENTRY (m, i, j)
        sum += (gf_row(m, i)[j] / scale) * (gf_row(m, i)[j] / scale);
    return scale * sqrt(sum);
}

/* Where squares overflow or vanish, sqrt(sum x^2) = s * sqrt(sum (x / s)^2), s the largest magnitude. */
gf_size gf_matrix_measure(const gf_matrix *m)
{
    double sums[LANES] = {0}, largest[LANES] = {0}, sum = 0, top = 0;
    bool flat = m->stride == m->cols;
    for (int i = 0; i < (flat ? m->rows > 0 : m->rows) && m->cols; i++)
        measure_row(sums, largest, gf_row(m, i), flat ? m->rows * m->cols : m->cols);
    for (int lane = 0; lane < LANES; lane++) {
        sum += sums[lane];
        top = largest[lane] > top ? largest[lane] : top;
    }
    if (isnan(sum))
        return (gf_size){sum, sum};
    bool safe = sum > 1e-280 && sum < 1e280;
    return (gf_size){safe ? sqrt(sum) : top == 0 || isinf(top) ? top : scaled_norm(m, top), top};
}

double gf_matrix_norm(const gf_matrix *m)
{
    return gf_matrix_fault(m) ? NAN : gf_matrix_measure(m).l2;
}

double gf_matrix_max(const gf_matrix *m)
{
    return gf_matrix_fault(m) ? NAN : gf_matrix_measure(m).max;
}
