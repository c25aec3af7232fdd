/* A line, a row or a column of a matrix, and its sum of exponentials: what softmax and cross_entropy run over. */
#ifndef GF_OPS_LINES_H
#define GF_OPS_LINES_H

#include <math.h>

#include "base/vector.h"
#include "ops/ops.h"

/* Lines are a matrix's rows, or with `down` its columns, of which there are gf_length(m, !down); line number k, counted
 * from 0, as a column whose entries are the matrix's. */
static inline gf_matrix gf_line_at(const gf_matrix *m, bool down, int k)
{
    return down ? (gf_matrix){m->data + k, m->rows, 1, m->stride} : (gf_matrix){gf_row(m, k), m->cols, 1, 1};
}

static inline double *gf_nth(gf_matrix line, int i)
{
    return gf_row(&line, i);
}

static inline double gf_line_sum(gf_matrix line)
{
    double sum = 0;
    for (int i = 0; i < line.rows; i++)
        sum += *gf_nth(line, i);
    return sum;
}

/* The largest entry, NaN aside. */
static inline double gf_line_largest(gf_matrix line)
{
    double largest = -INFINITY;
    for (int i = 0; i < line.rows; i++)
        largest = *gf_nth(line, i) > largest ? *gf_nth(line, i) : largest;
    return largest;
}

/* x - largest, which is at most 0; two infinities that are the same are 0 apart. */
static inline double gf_below(double x, double largest)
{
    return x == largest ? 0 : x - largest;
}

enum { GF_SOME = 64 };

/* e^(x - largest) of the entries from number `first` on, GF_SOME of them at most; how many. */
static inline int gf_line_exp(double to[GF_SOME], gf_matrix line, int first, double largest)
{
    int n = line.rows - first < GF_SOME ? line.rows - first : GF_SOME;
    for (int i = 0; i < n; i++)
        to[i] = gf_below(*gf_nth(line, first + i), largest);
    gf_vector_exp(to, to, (size_t)n);
    return n;
}

/* The sum of e^(x - largest): between 1 and n. log(sum of e^x) is largest + its logarithm. `to`, if not NULL, is the
 * line that gets what is added up. */
static inline double gf_line_exp_sum(gf_matrix line, double largest, const gf_matrix *to)
{
    double sum = 0, some[GF_SOME];
    for (int first = 0, n; first < line.rows; first += n) {
        n = gf_line_exp(some, line, first, largest);
        for (int i = 0; i < n; i++)
            sum += some[i];
        for (int i = 0; to && i < n; i++)
            *gf_nth(*to, first + i) = some[i];
    }
    return sum;
}

#endif
