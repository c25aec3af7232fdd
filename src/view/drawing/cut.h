/* Texts that are too wide for their place. */
#ifndef GF_VIEW_CUT_H
#define GF_VIEW_CUT_H

#include "view/drawing/drawing.h"

/* The runs that fit in a width, the last one cut so that it ends in "…"; `runs` itself where all do. *count is how
 * many. NULL without memory. */
const gf_run *gf_runs_cut(gf_arena *arena, const gf_run *runs, size_t *count, gf_face face, double width);

/* Draws runs cut so that they have room; nothing where there are none. */
void gf_drawing_cut(gf_drawing *d, double x, double y, gf_anchor anchor, gf_face face, const char *colour,
                    const gf_run *runs, size_t count, double room);

/* One run, sans. */
void gf_text_draw(gf_drawing *d, double x, double y, gf_anchor anchor, const char *colour, gf_run run, double room);

#endif
