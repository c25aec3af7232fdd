/* A page for a browser: one HTML file with everything in it, which needs no network. It holds the drawing of one step,
 * the numbers that equations begin with, and a program that works out the others, and builds what is in sight. */
#ifndef GF_VIEW_WEB_H
#define GF_VIEW_WEB_H

#include <gradflow/view.h>

#include "text/text.h"

/* The page of a graph, with the levels that it can hold. `why` gets a sentence where it fails: as gf_view_make_folded
 * does, or with GF_ERROR_ARGUMENT for an option that there is not. */
gf_status gf_web_write(gf_graph *g, const char *format, const gf_draw_options *options, gf_text *out, gf_text *why);

#endif
