/* Measures of how good predictions are. */
#include <math.h>

#include "train/batches.h"

/* How many examples are compared; 0 where nothing can be. */
static size_t compared(const gf_matrix *p, const gf_matrix *y, const gf_batches *b)
{
    bool same = p && y && p->rows == y->rows && p->cols == y->cols;
    return same ? gf_examples_count(p, b) : 0;
}

/* The sum of (y - p)^2 of a column; without p, of (y - mean)^2. */
static double squares(const gf_matrix *p, const gf_matrix *y, const gf_batches *b, size_t count, int col)
{
    double mean = 0, sum = 0;
    for (size_t k = 0; k < count && !p; k++)
        mean += gf_examples_row(y, b, k)[col] / (double)count;
    for (size_t k = 0; k < count; k++) {
        double off = gf_examples_row(y, b, k)[col] - (p ? gf_examples_row(p, b, k)[col] : mean);
        sum += off * off;
    }
    return sum;
}

double gf_metric_mse(const gf_matrix *predicted, const gf_matrix *wanted, const gf_batches *b)
{
    size_t count = compared(predicted, wanted, b);
    double sum = 0;
    for (int j = 0; count && j < predicted->cols; j++)
        sum += squares(predicted, wanted, b, count, j);
    return count ? sum / (double)count / predicted->cols : NAN;
}

double gf_metric_r2(const gf_matrix *predicted, const gf_matrix *wanted, const gf_batches *b)
{
    size_t count = compared(predicted, wanted, b);
    double sum = 0;
    for (int j = 0; count && j < predicted->cols; j++)
        sum += 1 - squares(predicted, wanted, b, count, j) / squares(NULL, wanted, b, count, j);
    return count ? sum / predicted->cols : NAN;
}

/* The column of the largest entry. */
static int class_of(const gf_matrix *m, const gf_batches *b, size_t k)
{
    const double *row = gf_examples_row(m, b, k);
    int best = 0;
    for (int j = 1; j < m->cols; j++)
        best = row[j] > row[best] ? j : best;
    return best;
}

double gf_metric_accuracy(const gf_matrix *predicted, const gf_matrix *wanted, const gf_batches *b)
{
    size_t count = compared(predicted, wanted, b), right = 0;
    if (!count || predicted->cols < 2)
        return NAN;
    for (size_t k = 0; k < count; k++)
        right += class_of(predicted, b, k) == class_of(wanted, b, k);
    return (double)right / (double)count;
}

gf_status gf_metric_confusion(gf_matrix *out, const gf_matrix *predicted, const gf_matrix *wanted, const gf_batches *b)
{
    if (out)
        *out = (gf_matrix){0};
    size_t count = compared(predicted, wanted, b);
    if (!out || !count || predicted->cols < 2)
        return GF_ERROR_ARGUMENT;
    gf_status status = gf_matrix_new(out, predicted->cols, predicted->cols);
    for (size_t k = 0; k < count && !status; k++)
        gf_examples_row(out, NULL, (size_t)class_of(wanted, b, k))[class_of(predicted, b, k)]++;
    return status;
}
