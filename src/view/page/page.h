/* A page: a spread with what stands around it: title and legend above, the strip and the equations below. */
#ifndef GF_VIEW_PAGE_H
#define GF_VIEW_PAGE_H

#include "view/drawing/drawing.h"
#include "view/drawing/look.h"
#include "view/page/foot.h"
#include "view/view.h"

enum { GF_NARROW_CELL = 36 }; /* pixels; a cell of the strip so wide holds a number of two digits */

typedef struct gf_page_options {
    double width, height; /* pixels */
    bool grow;            /* larger, where the view does not fit */
    bool crop;            /* lower, where the view leaves much of it empty */
    bool close;           /* steps may stand so close that numbers reach into them */
    const gf_theme *theme;
    gf_size_scale *scale; /* is told how thick lines may be */
    bool strip;           /* is shown, if there are weights */
    double least_cell;    /* a step's cells are at least so wide; pixels */
    const char *title, *subtitle;
    const gf_foot *foot; /* NULL: none */
    const char *format;  /* of what it does not hold nothing is drawn; `dots` an inch */
    double dots;
} gf_page_options;

/* Draws a view; *fits says whether it found room with letters of at least 12 pixels (9 points). Where it did not, and
 * may not grow, it is drawn all the same, and leaves the page; of hopelessly many steps nothing is. The drawing has its
 * size, whatever is drawn. Fails with
 * GF_ERROR_MEMORY. The drawing is to be freed in any case. */
gf_status gf_page_draw(gf_drawing *d, const gf_view *view, const gf_page_options *options, bool *fits);

#endif
