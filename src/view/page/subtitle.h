/* What stands below the title. */
#ifndef GF_VIEW_SUBTITLE_H
#define GF_VIEW_SUBTITLE_H

#include "text/text.h"
#include "view/view.h"

/* "loss = Σ L[t] · steps 2 to 19 in one box · n = 3, m = 4 · seed 1"; `said`: a graph from C as a model, or NULL;
 * `left_out`: the strip, for want of room. */
void gf_subtitle_write(gf_text *out, const gf_graph *g, const gf_draw_options *o, const gf_model *said,
                       const gf_view *view, bool left_out);

#endif
