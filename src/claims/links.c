/* Two sides of a claim, compared. */
#include <float.h>
#include <math.h>
#include <stdio.h>

#include <gradflow/check.h>

#include "claims/claims.h"

static bool equal(gf_link *out, const gf_matrix *a, const gf_matrix *b, double tolerance, char why[GF_WHY])
{
    gf_comparison c;
    if (gf_compare_within(&c, a, b, tolerance)) {
        snprintf(why, GF_WHY, "the left side is %d x %d, the right side %d x %d", a->rows, a->cols, b->rows, b->cols);
        return false;
    }
    /* one exact zero and one next to it differ by all of their size, and yet by nothing; */
    bool both_nothing = c.match && c.error > tolerance;
    /* below 2.2e-308 numbers lose their digits: norms count as if they were no less */
    both_nothing |= !c.match && fabs(c.a - c.b) <= tolerance * DBL_MIN;
    *out = (gf_link){.holds = c.match || both_nothing,
                     .error = both_nothing ? 0 : c.error,
                     .finite = !isnan(c.error),
                     .row = c.row,
                     .col = c.col,
                     .a = c.a,
                     .b = c.b};
    return true;
}

/* a REL b for two numbers, of which one may be off by so much. */
static bool is_so(gf_relation relation, double a, double b, double allowed)
{
    switch (relation) {
    case RELATION_LESS:
        return a < b + allowed;
    case RELATION_LESS_EQUAL:
        return a <= b + allowed;
    case RELATION_GREATER:
        return a > b - allowed;
    default:
        return a >= b - allowed;
    }
}

/* One entry. How much too large it is, relative to the two: 0 where it holds, or where they are equal up to rounding:
 * which `<=` takes, and `<` does not, unless it is within the tolerance. */
static gf_link entry(gf_relation relation, double a, double b, double tolerance)
{
    double larger = fmax(fabs(a), fabs(b));
    bool finite = isfinite(a) && isfinite(b), strict = relation == RELATION_LESS || relation == RELATION_GREATER;
    gf_link link = {.finite = !isnan(a) && !isnan(b), .a = a, .b = b};
    link.tied = finite && larger > 0 && fabs(a - b) <= 1e-12 * larger;
    link.holds = link.tied ? !strict : is_so(relation, a, b, 0);
    link.holds = link.holds || (finite && tolerance > 0 && is_so(relation, a, b, tolerance * larger));
    if (!link.finite)
        link.error = NAN;
    else if (!link.holds && !link.tied && larger > 0)
        link.error = finite ? fabs(a - b) / larger : INFINITY;
    return link;
}

bool gf_link_is_tiny(const gf_link *link)
{
    return fabs(link->a) < 1e-12 && fabs(link->b) < 1e-12;
}

/* Of errors that differ by their rounding alone, the first stays: so that reports compare. */
bool gf_link_is_worse(const gf_link *a, const gf_link *b)
{
    if (a->holds != b->holds)
        return !a->holds;
    if (a->finite != b->finite)
        return !a->finite;
    return a->error > b->error * (1 + 1e-9);
}

bool gf_link_take(gf_link *worst, const gf_link *found)
{
    bool tied = worst->holds && found->holds && (worst->tied || found->tied), worse = gf_link_is_worse(found, worst);
    if (worse)
        *worst = *found;
    worst->tied = worst->tied || tied;
    return worse;
}

static int spread(int a, int b)
{
    return a == 1 ? b : a;
}

static bool unequal(gf_link *out, gf_relation relation, const gf_matrix *a, const gf_matrix *b, double tolerance,
                    char why[GF_WHY])
{
    int rows = spread(a->rows, b->rows), cols = spread(a->cols, b->cols);
    if ((b->rows != rows && b->rows != 1) || (b->cols != cols && b->cols != 1)) {
        snprintf(why, GF_WHY, "the left side is %d x %d, the right side %d x %d", a->rows, a->cols, b->rows, b->cols);
        return false;
    }
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < cols; j++) {
            double x = gf_matrix_at(a, a->rows == 1 ? 0 : i, a->cols == 1 ? 0 : j);
            double y = gf_matrix_at(b, b->rows == 1 ? 0 : i, b->cols == 1 ? 0 : j);
            gf_link one = entry(relation, x, y, tolerance);
            one.row = i;
            one.col = j;
            if (i == 0 && j == 0)
                *out = one;
            else
                gf_link_take(out, &one);
        }
    return true;
}

bool gf_link_judge(gf_link *out, gf_relation relation, const gf_matrix *a, const gf_matrix *b, double tolerance,
                   bool within, char why[GF_WHY])
{
    *out = (gf_link){.holds = false};
    if (relation == RELATION_EQUAL)
        return equal(out, a, b, tolerance, why);
    return unequal(out, relation, a, b, within ? tolerance : 0, why);
}
