/* Measures of how good predictions are. */
#include <math.h>

#include "train/batches.h"

/* How many examples are compared; 0 where nothing can be. */
static size_t compared(const gf_matrix *p, const gf_matrix *y, const gf_batches *b)
{
    bool same = p && !gf_matrix_fault(y) && gf_same_shape(p, y);
    return same ? gf_examples_count(p, b) : 0;
}

/* The sum of (y - p)^2 of a column; without p, of (y - mean)^2, which is exactly 0 where y is constant: the mean is
 * found from how far entries are from the first. */
static double squares(const gf_matrix *p, const gf_matrix *y, const gf_batches *b, size_t count, int col)
{
    double first = gf_examples_row(y, b, 0)[col], mean = first, sum = 0;
    for (size_t k = 0; k < count && !p; k++)
        mean += (gf_examples_row(y, b, k)[col] - first) / (double)count;
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

/* 1 - left / all; where there is nothing to explain, as scikit-learn has it. */
static double explained(double left, double all)
{
    return all == 0 ? left == 0 : 1 - left / all;
}

double gf_metric_r2(const gf_matrix *predicted, const gf_matrix *wanted, const gf_batches *b)
{
    size_t count = compared(predicted, wanted, b);
    double sum = 0;
    for (int j = 0; count && j < predicted->cols; j++)
        sum += explained(squares(predicted, wanted, b, count, j), squares(NULL, wanted, b, count, j));
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

/* Is there no NaN in the row, and, where it must be `alone`, no entry as large as the largest? */
static bool has_class(const gf_matrix *m, const gf_batches *b, size_t k, bool alone)
{
    const double *row = gf_examples_row(m, b, k);
    int best = class_of(m, b, k);
    bool has = true;
    for (int j = 0; j < m->cols; j++)
        has &= !isnan(row[j]) && (!alone || j == best || row[j] < row[best]);
    return has;
}

/* How many examples have classes to be compared; 0 unless all have. */
static size_t classified(const gf_matrix *p, const gf_matrix *y, const gf_batches *b)
{
    size_t count = compared(p, y, b);
    bool all = count && p->cols > 1;
    for (size_t k = 0; k < count && all; k++)
        all = has_class(p, b, k, false) && has_class(y, b, k, true);
    return all ? count : 0;
}

double gf_metric_accuracy(const gf_matrix *predicted, const gf_matrix *wanted, const gf_batches *b)
{
    size_t count = classified(predicted, wanted, b), right = 0;
    for (size_t k = 0; k < count; k++)
        right += class_of(predicted, b, k) == class_of(wanted, b, k);
    return count ? (double)right / (double)count : NAN;
}

gf_status gf_metric_confusion(gf_matrix *out, const gf_matrix *predicted, const gf_matrix *wanted, const gf_batches *b)
{
    if (out)
        *out = (gf_matrix){0};
    size_t count = classified(predicted, wanted, b);
    if (!out || !count)
        return GF_ERROR_ARGUMENT;
    gf_status status = gf_matrix_new(out, predicted->cols, predicted->cols);
    for (size_t k = 0; k < count && !status; k++)
        gf_examples_row(out, NULL, (size_t)class_of(wanted, b, k))[class_of(predicted, b, k)]++;
    return status;
}
