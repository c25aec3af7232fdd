/* Slopes from values: central differences, extrapolated, with their error estimated and kinks noticed. */
#include "check/slope.h"

#include <float.h>
#include <math.h>

enum { COLUMNS = 9, STEPS = 48 };
static const double first_step = 0.02, shrink = 2.2;
static const double last_step = 6e-6; /* the cube root of the machine's precision */
static const double good_enough = 1e-11, sure = 10, rough = 1e-3;

/* The loss on both sides of x. */
typedef struct pair {
    double slope;    /* the central difference */
    double jump;     /* by how much the slopes of the two sides differ: about s |f''|, but at a kink it stays */
    double rounding; /* what the rounding of the loss makes of both */
} pair;

/* What the search carries along. */
typedef struct search {
    gf_node *loss, *leaf;
    int i, j;
    double x, middle; /* the entry, and the loss there */
    double rows[2][COLUMNS];
    int row; /* the next one of the tableau */
    double jump, step;
    double best, estimate;
    bool anew; /* has the tableau been started anew? */
} search;

static double loss_at(const search *s, double x)
{
    gf_set_entry(s->leaf, s->i, s->j, x);
    return gf_scalar(gf_value(s->loss));
}

static pair look(const search *s, double step)
{
    volatile double above = s->x + step, below = s->x - step; /* the steps that are truly taken */
    double up = loss_at(s, above), down = loss_at(s, below);
    return (pair){.slope = (up - down) / (above - below),
                  .jump = fabs(up - s->middle - (s->middle - down)) / step,
                  .rounding = DBL_EPSILON * fmax(fabs(s->middle), fmax(fabs(up), fabs(down))) / step};
}

double gf_slope_plain(gf_node *loss, gf_node *leaf, int i, int j, double step)
{
    search s = {.loss = loss, .leaf = leaf, .i = i, .j = j, .x = gf_matrix_at(gf_value(leaf), i, j)};
    pair p = look(&s, step * fmax(1, fabs(s.x)));
    gf_set_entry(leaf, i, j, s.x);
    return p.slope;
}

/* Smooth, the jump shrinks as the step does. */
static bool jumps(const search *s, const pair *p, double step)
{
    return p->jump > 1.7 * s->jump * step / s->step && p->jump > 8 * p->rounding;
}

/* One more row of the tableau: row[0] is the plain difference, row[k] has the error terms up to s^2k taken out. Keeps
 * the entry that changed the least. */
static void extrapolate(search *s, const pair *p)
{
    double *row = s->rows[s->row % 2], factor = 1;
    const double *before = s->rows[(s->row + 1) % 2];
    row[0] = p->slope;
    for (int k = 1; k <= s->row && k < COLUMNS; k++) {
        factor *= shrink * shrink;
        row[k] = (factor * row[k - 1] - before[k - 1]) / (factor - 1);
        double change = fmax(fabs(row[k] - row[k - 1]), fabs(row[k] - before[k - 1]));
        change = fmax(change, p->rounding);
        if (change <= s->estimate) {
            s->estimate = change;
            s->best = row[k];
        }
    }
    s->row++;
}

/* Smaller steps until they change nothing, or until what they find is rounding. Where a step meets a kink, or leaves
 * the domain, the tableau starts anew below it. */
static void descend(search *s)
{
    double step = first_step * fmax(1, fabs(s->x));
    for (int n = 0; n < STEPS; n++, step /= shrink) {
        pair p = look(s, step);
        if (!isfinite(p.slope) || !isfinite(p.jump) || (n && jumps(s, &p, step))) {
            s->row = 0;
            s->anew = true;
        }
        s->jump = isfinite(p.jump) ? p.jump : INFINITY;
        s->step = step;
        if (isfinite(p.slope) && isfinite(p.jump))
            extrapolate(s, &p);
        bool found = s->estimate <= good_enough * fabs(s->best) || s->estimate <= p.rounding;
        if (found || (n > COLUMNS && p.rounding > fabs(p.slope) + p.jump))
            return;
    }
}

/* A kink at x itself may be too small to be seen beside the curvature that large steps meet. */
static bool hides_a_kink(const search *s)
{
    double step = last_step * fmax(1, fabs(s->x));
    pair p = look(s, step);
    return s->step > step && jumps(s, &p, step);
}

gf_slope gf_slope_find(gf_node *loss, gf_node *leaf, int i, int j)
{
    double x = gf_matrix_at(gf_value(leaf), i, j);
    search s = {.loss = loss, .leaf = leaf, .i = i, .j = j, .x = x, .best = NAN, .estimate = INFINITY};
    s.middle = gf_scalar(gf_value(loss));
    bool number = isfinite(s.middle) && isfinite(x);
    if (number)
        descend(&s);
    bool rounding = sure * s.estimate > rough * fabs(s.best); /* all that is left below the kink */
    bool kink = number && isfinite(s.estimate) && ((s.anew && rounding) || hides_a_kink(&s));
    gf_set_entry(leaf, i, j, x);
    return (gf_slope){.value = s.best, .estimate = kink ? INFINITY : s.estimate};
}

gf_opinion gf_slope_opinion(double difference, double larger, double estimate, double tolerance)
{
    double doubt = sure * estimate;
    if (!isfinite(doubt))
        return GF_UNTOLD;
    if (!(difference <= fmax(tolerance * larger, doubt)))
        return GF_DIFFERS;
    if (larger == 0)
        return doubt <= tolerance ? GF_AGREES : GF_UNTOLD;
    return difference <= tolerance * larger || doubt <= rough * larger ? GF_AGREES : GF_UNTOLD;
}
