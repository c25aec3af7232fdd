/* max, min, norm2 and kron, of matrices. */
#include "claims/special.h"

#include <math.h>
#include <stdlib.h>

#include "base/size.h"

/* --- singular values -------------------------------------------------------------------------------------- */

/* LAPACK, as Fortran has it: the last argument is the length of the first. */
extern void dgesdd_(const char *job, const int *m, const int *n, double *a, const int *lda, double *s, double *u,
                    const int *ldu, double *vt, const int *ldvt, double *work, const int *lwork, int *iwork, int *info,
                    size_t job_length);

/* What stands row by row is the transpose as LAPACK reads it, which has the same singular values. With lwork -1 it says
 * in *work how much room it needs. */
static int singular_values(gf_matrix *a, double *s, double *work, int lwork, int *iwork)
{
    int info = 0, one = 1;
    double none = 0;
    dgesdd_("N", &a->cols, &a->rows, a->data, &a->cols, s, &none, &one, &none, &one, work, &lwork, iwork, &info, 1);
    return info;
}

/* Of a finite matrix, which it destroys. */
static gf_status largest_singular_value(double *out, gf_matrix *a)
{
    size_t smaller = (size_t)(a->rows < a->cols ? a->rows : a->cols);
    double *s = malloc(smaller * sizeof *s), wanted = 0;
    int *iwork = malloc(8 * smaller * sizeof *iwork);
    gf_status status = s && iwork ? GF_OK : GF_ERROR_MEMORY;
    if (!status)
        singular_values(a, s, &wanted, -1, iwork);
    double *work = malloc((size_t)(wanted + 1) * sizeof *work);
    status = work ? status : GF_ERROR_MEMORY;
    if (!status)
        *out = singular_values(a, s, work, (int)wanted, iwork) ? NAN : s[0];
    free(work);
    free(iwork);
    free(s);
    return status;
}

gf_status gf_matrix_norm2(double *out, const gf_matrix *m)
{
    double largest = gf_matrix_max(m);
    *out = isfinite(largest) ? 0 : NAN;
    if (largest == 0 || !isfinite(largest))
        return GF_OK;
    gf_matrix copy;
    gf_status status = gf_matrix_new(&copy, m->rows, m->cols);
    if (status)
        return status;
    gf_matrix_copy(&copy, m);
    status = largest_singular_value(out, &copy);
    gf_matrix_free(&copy);
    return status;
}

/* --- the others --------------------------------------------------------------------------------------------- */

/* The largest entry, or the smallest; NaN if an entry is. */
static double extreme(const gf_matrix *a, bool largest)
{
    double found = gf_matrix_at(a, 0, 0);
    GF_EACH_ENTRY (a, i, j) {
        double x = gf_matrix_at(a, i, j);
        if (isnan(x))
            return x;
        if (largest ? x > found : x < found)
            found = x;
    }
    return found;
}

/* Block (i, j) is a_ij * b. */
static void kron(gf_matrix *out, const gf_matrix *a, const gf_matrix *b)
{
    GF_EACH_ENTRY (out, i, j)
        gf_row(out, i)[j] = gf_matrix_at(a, i / b->rows, j / b->cols) * gf_matrix_at(b, i % b->rows, j % b->cols);
}

gf_status gf_special_value(gf_matrix *out, gf_special special, const gf_matrix *a, const gf_matrix *b)
{
    bool pair = special == SPECIAL_KRON;
    gf_status status = gf_matrix_new(out, pair ? a->rows * b->rows : 1, pair ? a->cols * b->cols : 1);
    if (status)
        return status;
    if (pair)
        kron(out, a, b);
    else if (special == SPECIAL_NORM2)
        status = gf_matrix_norm2(out->data, a);
    else
        out->data[0] = extreme(a, special == SPECIAL_MAX);
    if (status)
        gf_matrix_free(out);
    return status;
}
