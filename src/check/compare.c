/* Comparing two matrices that should be equal: signed, relative to their size, with the worst entry. */
#include <gradflow/check.h>

#include <math.h>
#include <stdio.h>

#include "base/size.h"
#include "base/sized.h"

enum { NO_SHAPE = -1 };

/* Two zeros of different computations: one exact, the other this small. */
static const double nothing = 1e-12;

/* norm(a - b), and the worst entry; an entry that is not finite is worse than any other. */
static double difference(gf_comparison *out, const gf_matrix *a, const gf_matrix *b)
{
    double worst = -1, sum = 0; /* of (d / worst)^2 */
    GF_EACH_ENTRY (a, i, j) {
        double x = gf_row(a, i)[j], y = gf_row(b, i)[j], d = fabs(x - y);
        if (d <= worst || isinf(worst))
            continue;
        worst = isfinite(d) ? d : INFINITY;
        out->row = i, out->col = j, out->a = x, out->b = y;
    }
    for (int i = 0; i < a->rows && worst > 0; i++)
        for (int j = 0; j < a->cols; j++) {
            double share = (gf_row(a, i)[j] - gf_row(b, i)[j]) / worst;
            sum += share * share;
        }
    return isinf(worst) ? NAN : sum > 0 ? worst * sqrt(sum) : 0;
}

static void write_text(gf_comparison *out, bool tiny)
{
    char error[32] = "error < 1e-12";
    if (tiny)
        snprintf(error, sizeof error, "one is zero, the other < 1e-12");
    else if (!(out->error < nothing))
        snprintf(error, sizeof error, "error %.1e", out->error);
    if (out->match)
        snprintf(out->text, sizeof out->text, "match, %s", error);
    else
        snprintf(out->text, sizeof out->text, "MISMATCH, %s, worst at (%d, %d): %.6g and %.6g", error, out->row,
                 out->col, out->a, out->b);
}

static gf_status compare(gf_comparison *out, const gf_matrix *a, const gf_matrix *b, double tolerance)
{
    *out = (gf_comparison){.error = NAN, .row = NO_SHAPE, .col = NO_SHAPE, .a = NAN, .b = NAN};
    const char *first = gf_matrix_fault(a), *second = gf_matrix_fault(b);
    if (first || second) {
        snprintf(out->text, sizeof out->text, "MISMATCH, %s %s", first ? "the first matrix" : "the second matrix",
                 first ? first : second);
        return GF_ERROR_ARGUMENT;
    }
    if (!(tolerance >= 0)) {
        snprintf(out->text, sizeof out->text, "MISMATCH, the tolerance is %g, but must be 0 or more", tolerance);
        return GF_ERROR_ARGUMENT;
    }
    if (a->rows != b->rows || a->cols != b->cols) {
        snprintf(out->text, sizeof out->text, "MISMATCH, %d x %d and %d x %d", a->rows, a->cols, b->rows, b->cols);
        return GF_ERROR_SHAPE;
    }
    double norm_a = gf_matrix_norm(a), norm_b = gf_matrix_norm(b), larger = norm_a > norm_b ? norm_a : norm_b;
    double distance = difference(out, a, b);
    bool finite = isfinite(distance) && isfinite(larger);
    out->error = !finite ? NAN : larger > 0 ? distance / larger : 0;
    bool tiny = finite && (norm_a == 0 || norm_b == 0) && larger > 0 && larger < nothing;
    out->match = tiny || out->error <= tolerance;
    write_text(out, tiny);
    return GF_OK;
}

gf_status gf_compare_sized(gf_comparison *out, size_t size, const gf_matrix *a, const gf_matrix *b, double tolerance)
{
    gf_comparison own;
    gf_status status = compare(&own, a, b, tolerance);
    gf_sized_give(out, size, &own, sizeof own);
    return out ? status : GF_ERROR_ARGUMENT;
}
