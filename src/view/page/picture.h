/* Pictures: pages as SVG, PNG, PDF, and as JSON that says where everything stands. */
#ifndef GF_VIEW_PICTURE_H
#define GF_VIEW_PICTURE_H

#include <gradflow/view.h>

#include "text/text.h"

/* Draws a graph on a page, as "svg", "png", "pdf" or "json". `why` gets a sentence where it fails, with the status of
 * gf_view_make_folded or gf_raster_write, or GF_ERROR_ARGUMENT for an option that there is not. */
gf_status gf_picture_write(gf_graph *g, const char *format, const gf_draw_options *options, gf_text *out, gf_text *why);

/* Takes one of several pictures, number `number` of 0 to `last`. */
typedef gf_status gf_frame_taker(void *data, const gf_text *picture, int number, int last);

/* Draws backpropagation, a picture a turn and one before the first, as "svg", "png" or "pdf"; ends as soon as `take`
 * fails. GF_ERROR_LIMIT where there are too many. */
gf_status gf_picture_frames(gf_graph *g, const char *format, const gf_draw_options *options, gf_frame_taker *take,
                            void *data, gf_text *why);

#endif
