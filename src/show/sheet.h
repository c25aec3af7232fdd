/* A page with a title, a line below it, and lines or a heat map. */
#ifndef GF_SHOW_SHEET_H
#define GF_SHOW_SHEET_H

#include <gradflow/values.h>

#include "view/plot/page.h"

typedef struct gf_sheet {
    const gf_theme *theme;
    const char *title, *about;
    const gf_lines *lines; /* or, where it is not NULL, */
    const gf_heat *heat;
} gf_sheet;

/* As SVG, PNG or PDF. `why` gets a sentence where librsvg fails. */
gf_status gf_sheet_write(gf_text *w, gf_text *why, const gf_sheet *sheet, const gf_values_options *options);

/* Adds what is to be said of an axis: that it is logarithmic, and what it leaves out. */
void gf_sheet_say_axis(gf_text *about, const gf_axis *axis);

#endif
