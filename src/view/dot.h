/* From a view to Graphviz. */
#ifndef GF_VIEW_DOT_H
#define GF_VIEW_DOT_H

#include "view/view.h"

/* Writes the view in Graphviz's language; or lays it out and draws it in one of Graphviz's formats ("svg", "png",
 * "pdf"). Fails with GF_ERROR_MEMORY, or with GF_ERROR_WRITE and Graphviz's reason in `why`. */
gf_status gf_dot_write(const gf_view *view, const char *format, gf_text *out, gf_text *why);
gf_status gf_dot_render(const gf_view *view, const char *format, gf_text *out, gf_text *why);

#endif
