/* An axis of numbers: from where to where, linear or logarithmic, and where its ticks are. */
#ifndef GF_VIEW_AXIS_H
#define GF_VIEW_AXIS_H

#include <stdbool.h>
#include <stddef.h>

#include "text/text.h"

/* From low to high, with ticks at first, first + step … in between. Logarithmic: in powers of ten, -3 being 0.001. */
typedef struct gf_axis {
    bool logarithmic;
    double low, high, first, step;
    int intervals;      /* between ticks */
    size_t zeros, lost; /* numbers that cannot be shown: 0 and below on a logarithmic axis; not finite */
} gf_axis;

/* The axis for all numbers of some series: logarithmic where none is negative and the positive ones spread over more
 * than two decades. */
gf_axis gf_axis_of(const double *const series[], size_t count, size_t length);

/* A linear one, in any case; */
gf_axis gf_axis_of_numbers(const double *const series[], size_t count, size_t length);

/* a logarithmic one for what is positive, however little that spreads. */
gf_axis gf_axis_of_powers(const double *const series[], size_t count, size_t length);

/* A linear one that ends where it is said, with ticks at round numbers; low < high. */
gf_axis gf_axis_between(double low, double high);

/* Ticks of whole numbers, as steps are: multiples of what this returns, at most `ticks` of them. */
long gf_axis_apart(long first, long last, int ticks);

/* A number's place, 0 to 1; NaN where it has none. */
double gf_axis_place(const gf_axis *axis, double number);

/* What tick number k stands for, where it is, and as text: 0.02, 1e-5. Returns `out`. */
double gf_axis_tick_place(const gf_axis *axis, int k);
double gf_axis_tick(const gf_axis *axis, int k);
char *gf_axis_label(char out[GF_NUMBER], const gf_axis *axis, int k);

/* Are some left out? And how many: "left out: 3 zeros, 1 that is not finite". */
bool gf_axis_loses(const gf_axis *axis);
void gf_axis_write_lost(gf_text *w, const gf_axis *axis);

#endif
