/* Axes: their ends and ticks lie at 1, 2 or 5 times a power of ten, or at powers of ten. */
#include "view/plot/axis.h"

#include <math.h>
#include <stdio.h>

enum { INTERVALS = 6 }; /* at most */

#define LARGE 1e300 /* what exceeds it counts as infinite: it leaves no room for ticks */

/* The least of 1, 2, 5 times a power of ten that is not below a number above 0. */
static double round_up(double number)
{
    static const double factors[] = {1, 2, 5, 10};
    double power = pow(10, floor(log10(number)));
    for (int k = 0; k < 4; k++)
        if (number <= factors[k] * power * (1 + 1e-9))
            return factors[k] * power;
    return 10 * power;
}

/* The multiples of the step between the ends. */
static void find_ticks(gf_axis *axis)
{
    axis->first = ceil(axis->low / axis->step - 1e-9) * axis->step;
    axis->intervals = (int)floor((axis->high - axis->first) / axis->step + 1e-9);
}

/* Ends at whole decades, ticks at some of them. */
static void settle_powers(gf_axis *axis, double least, double most)
{
    axis->logarithmic = true;
    axis->low = floor(log10(least));
    axis->high = ceil(log10(most));
    axis->step = fmax(1, ceil((axis->high - axis->low) / INTERVALS));
    find_ticks(axis);
}

/* Ends at ticks. What spreads far enough is seen on a scale that begins at 0. */
static void settle(gf_axis *axis, double low, double high)
{
    if (low > 0 && low < 0.5 * high)
        low = 0;
    if (high < 0 && high > 0.5 * low)
        high = 0;
    if (high - low <= 1e-9 * fmax(fabs(low), fabs(high))) { /* all are the same */
        low = fmin(low, 0);
        high = fmax(high, 0);
    }
    if (high - low < 1 / LARGE)
        low = 0, high = 1;
    axis->step = round_up((high - low) / (INTERVALS - 1));
    axis->low = floor(low / axis->step + 1e-9) * axis->step;
    axis->high = ceil(high / axis->step - 1e-9) * axis->step;
    axis->high = axis->high > axis->low ? axis->high : axis->low + axis->step;
    find_ticks(axis);
}

/* What there is: the ends of all, and of those above 0. */
typedef struct ends {
    double low, high, least;
} ends;

static void take(gf_axis *axis, ends *e, double number)
{
    if (!(fabs(number) < LARGE)) {
        axis->lost++;
        return;
    }
    axis->zeros += number == 0;
    e->low = fmin(e->low, number);
    e->high = fmax(e->high, number);
    e->least = number > 0 ? fmin(e->least, number) : e->least;
}

static ends ends_of(gf_axis *axis, const double *const series[], size_t count, size_t length)
{
    ends e = {INFINITY, -INFINITY, INFINITY};
    for (size_t n = 0; n < count; n++)
        for (size_t k = 0; k < length; k++)
            take(axis, &e, series[n][k]);
    return e;
}

gf_axis gf_axis_of_numbers(const double *const series[], size_t count, size_t length)
{
    gf_axis axis = {0};
    ends e = ends_of(&axis, series, count, length);
    if (!(e.low <= e.high))
        e.low = 0, e.high = 1;
    axis.zeros = 0; /* which have a place */
    settle(&axis, e.low, e.high);
    return axis;
}

gf_axis gf_axis_of(const double *const series[], size_t count, size_t length)
{
    gf_axis axis = {0};
    ends e = ends_of(&axis, series, count, length);
    if (!(e.low >= 0 && isfinite(e.least) && e.high > 100 * e.least))
        return gf_axis_of_numbers(series, count, length);
    settle_powers(&axis, e.least, e.high);
    return axis;
}

gf_axis gf_axis_of_powers(const double *const series[], size_t count, size_t length)
{
    gf_axis axis = {0};
    ends e = ends_of(&axis, series, count, length);
    if (!isfinite(e.least))
        e.least = e.high = 1;
    settle_powers(&axis, e.least, e.high);
    if (axis.high == axis.low)
        settle_powers(&axis, pow(10, axis.low - 1), e.high);
    return axis;
}

gf_axis gf_axis_between(double low, double high)
{
    gf_axis axis = {.low = low, .high = high, .step = round_up((high - low) / (2 * INTERVALS))};
    find_ticks(&axis);
    return axis;
}

long gf_axis_apart(long first, long last, int ticks)
{
    return lround(fmax(1, round_up(fmax(1, (double)(last - first) / ticks))));
}

double gf_axis_place(const gf_axis *axis, double number)
{
    if (!(fabs(number) < LARGE) || (axis->logarithmic && number <= 0))
        return NAN;
    double at = axis->logarithmic ? log10(number) : number;
    return axis->high > axis->low ? (at - axis->low) / (axis->high - axis->low) : 0.5;
}

double gf_axis_tick_place(const gf_axis *axis, int k)
{
    return (axis->first + k * axis->step - axis->low) / (axis->high - axis->low);
}

double gf_axis_tick(const gf_axis *axis, int k)
{
    double at = axis->first + k * axis->step;
    if (fabs(at) < 1e-9 * axis->step)
        at = 0;
    return axis->logarithmic ? pow(10, at) : at;
}

char *gf_axis_label(char out[GF_NUMBER], const gf_axis *axis, int k)
{
    if (axis->logarithmic)
        snprintf(out, GF_NUMBER, "1e%ld", lround(axis->first + k * axis->step));
    else
        gf_number_as(out, "%.6g", gf_axis_tick(axis, k));
    return out;
}

bool gf_axis_loses(const gf_axis *axis)
{
    return axis->zeros || axis->lost;
}

void gf_axis_write_lost(gf_text *w, const gf_axis *axis)
{
    size_t zeros = axis->zeros;
    gf_text_add(w, "left out: ");
    if (zeros)
        gf_text_print(w, "%zu zero%s%s", zeros, zeros == 1 ? "" : "s", axis->lost ? ", " : "");
    if (axis->lost)
        gf_text_print(w, "%zu that %s not finite", axis->lost, axis->lost == 1 ? "is" : "are");
}
