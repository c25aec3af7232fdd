/* How numbers and names are written for a page. */
#ifndef GF_VIEW_WEB_NUMBERS_H
#define GF_VIEW_WEB_NUMBERS_H

#include <stdbool.h>

#include "text/text.h"

/* A number in 6 digits, as JSON that JavaScript reads: 1e999 is infinite, null is none. So many, since what is shown in
 * two of them is rounded a second time. */
void gf_web_number(gf_text *out, double number);

/* The same in as many digits as it has. */
void gf_web_exact(gf_text *out, double number);

/* A text in quotes in which an index stands as its distance to a step: at step 3, h[2] is h[#-1], and h[3] h[#]. So
 * what is said of one step is said of all. Step 0: as it is. */
void gf_web_relative(gf_text *out, const char *text, long step);

#endif
