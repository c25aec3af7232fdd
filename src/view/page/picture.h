/* Pictures: pages as SVG, PNG, PDF, and as JSON that says where everything stands. */
#ifndef GF_VIEW_PICTURE_H
#define GF_VIEW_PICTURE_H

#include <gradflow/view.h>

#include "base/text.h"

/* Draws a graph on a page, as "svg", "png", "pdf" or "json". `why` gets a sentence where it fails, with the status of
 * gf_view_make_folded or gf_raster_write, or GF_ERROR_ARGUMENT for an option that there is not. */
gf_status gf_picture_write(gf_graph *g, const char *format, const gf_draw_options *options, gf_text *out, gf_text *why);

#endif
