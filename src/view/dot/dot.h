/* From a view to Graphviz. */
#ifndef GF_VIEW_DOT_H
#define GF_VIEW_DOT_H

#include "view/view.h"

/* Writes the view in Graphviz's language, with places unless options->graphviz. Fails with GF_ERROR_MEMORY. */
gf_status gf_dot_write(const gf_view *view, const gf_draw_options *options, gf_text *out);

/* Lets Graphviz lay the view out, and draw it in one of its formats ("svg", "png", "pdf"). Fails with GF_ERROR_MEMORY,
 * with GF_ERROR_WRITE and Graphviz's reason in `why`, or with GF_ERROR_LIMIT where no bitmap is so large. */
gf_status gf_dot_render(const gf_view *view, const gf_draw_options *options, const char *format, gf_text *out,
                        gf_text *why);

#endif
