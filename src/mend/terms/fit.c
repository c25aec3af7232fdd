/* The fit: how often each term counts in what a line comes to.
 *
 * The line V' @ ds[t] + sum(j, 1..3, B[j] @ da[t+1]) may hide its terms where they cannot be told apart by their text.
 * But what it comes to at all instances is a long vector of numbers, and so is what each term brings: with as many
 * instances as there are, only one way to add the terms up gives the line. Least squares finds it: 1 for a term that is
 * right, 0 for one that is missing, 2 for one that is counted twice, -1 for a sign, another number for a factor. Terms
 * that are multiples of each other cannot be told apart: they are fitted as one. Where the rank is less than the number
 * of terms even so, nothing is said. */
#include <math.h>
#include <stdlib.h>

#include "mend/terms/inside.h"

/* LAPACK, as Fortran has it: least squares, of a matrix that may have a small rank. */
extern void dgelsy_(const int *m, const int *n, const int *nrhs, double *a, const int *lda, double *b, const int *ldb,
                    int *jpvt, const double *rcond, int *rank, double *work, const int *lwork, int *info);

static const double RANK = 1e-9, RESIDUAL = 1e-7;

typedef struct fitting {
    gf_line *line;
    const gf_addends *terms;
    int rows, cols;
    int column[GF_ADDENDS]; /* of each term */
    int term[GF_ADDENDS];   /* of each column: the first */
    double *a, *b, *work;
    int *pivots;
} fitting;

/* A column for each term that is no multiple of one before. */
static void group(fitting *f)
{
    double factor;
    for (int k = 0; k < f->terms->count; k++) {
        f->column[k] = f->cols;
        for (int n = 0; n < f->cols; n++)
            if (gf_worth_factor(&factor, f->line, &f->terms->list[f->term[n]].worth, &f->terms->list[k].worth))
                f->column[k] = n;
        if (f->column[k] == f->cols)
            f->term[f->cols++] = k;
    }
}

static bool fill(fitting *f, const gf_worth *claimed)
{
    size_t rows = (size_t)f->rows, cols = (size_t)f->cols;
    f->a = calloc(rows * cols + 1, sizeof *f->a);
    f->b = calloc(rows + cols + 1, sizeof *f->b);
    f->pivots = calloc(cols + 1, sizeof *f->pivots);
    if (!f->a || !f->b || !f->pivots)
        return false;
    for (int k = 0; k < f->terms->count; k++)
        for (size_t n = 0; n < rows; n++)
            f->a[(size_t)f->column[k] * rows + n] += f->terms->list[k].worth.data[n];
    for (size_t n = 0; n < rows; n++)
        f->b[n] = claimed->data[n];
    return true;
}

/* False without memory. With a rank less than the columns, *rank says so. */
static bool solve(fitting *f, int *rank)
{
    int one = 1, info = 0, size = -1, most = f->rows > f->cols ? f->rows : f->cols;
    double wanted = 0;
    dgelsy_(&f->rows, &f->cols, &one, f->a, &f->rows, f->b, &most, f->pivots, &RANK, rank, &wanted, &size, &info);
    size = (int)wanted;
    f->work = calloc((size_t)size + 1, sizeof *f->work);
    if (!f->work)
        return false;
    dgelsy_(&f->rows, &f->cols, &one, f->a, &f->rows, f->b, &most, f->pivots, &RANK, rank, f->work, &size, &info);
    *rank = info ? 0 : *rank;
    return true;
}

/* Do the terms so often come to what is claimed? */
static bool explains(const fitting *f, const double x[], const gf_worth *claimed)
{
    double sum = 0;
    for (int n = 0; n < f->rows; n++) {
        double difference = claimed->data[n];
        for (int k = 0; k < f->terms->count; k++)
            difference -= x[k] * f->terms->list[k].worth.data[n];
        sum += difference * difference;
    }
    return sqrt(sum) <= RESIDUAL * claimed->norm;
}

bool gf_terms_fit(double x[GF_ADDENDS], gf_line *line, const gf_addends *terms, const gf_worth *claimed)
{
    fitting f = {.line = line, .terms = terms, .rows = (int)gf_line_size(line)};
    int rank = 0;
    group(&f);
    bool enough = claimed->known && f.cols && f.rows >= f.cols, good = enough && fill(&f, claimed) && solve(&f, &rank);
    line->claims->judge.out_of_memory |= enough && !good;
    for (int k = 0; k < terms->count && good; k++)
        x[k] = f.b[f.column[k]];
    good = good && rank == f.cols && explains(&f, x, claimed);
    free(f.a);
    free(f.b);
    free(f.work);
    free(f.pivots);
    return good;
}
