/* Numbers as a picture shows them: few digits, all alike, and a minus as long as a plus. */
#ifndef GF_VIEW_FIGURES_H
#define GF_VIEW_FIGURES_H

#include <stdbool.h>

enum { GF_FIGURE = 48 };

/* A number with so many digits that count: 0.095, 1.2, 123, −0.7335, 9e−5, 3e12, ∞, NaN. Whole numbers up to 100,000
 * are written whole; of 0.6003 two digits are 0.60, but 0.6 is 0.6. Returns `out`. */
char *gf_figure(char out[GF_FIGURE], double number, int digits);

/* The same without the 0 before the point, where room is scarce: .095. */
char *gf_figure_tight(char out[GF_FIGURE], double number, int digits);
char *gf_figure_as(char out[GF_FIGURE], double number, int digits, bool tight); /* the one or the other */

/* A small number in as few characters as can be: 4e−4. */
char *gf_figure_short(char out[GF_FIGURE], double number);

#endif
