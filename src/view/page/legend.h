/* The legend: title, what an arrow says, and the scale; the top of a page. */
#ifndef GF_VIEW_LEGEND_H
#define GF_VIEW_LEGEND_H

#include "view/drawing/drawing.h"
#include "view/drawing/look.h"
#include "view/view.h"

enum { GF_LEGEND_HEIGHT = 80 };

/* The scale of a view: from 0.01 to 1; where the largest gradient exceeds 10, three decades up to the next one. With
 * `least` and `most`, sizes, other than 0, between these. What goes to a target is not looked at. */
gf_size_scale gf_scale_choose(const gf_view *view, double least, double most);

/* "LSTM, five steps". */
void gf_legend_title(gf_text *out, const gf_view *view);

/* Draws it on top of a page of that width; texts that are too long end in "…". */
void gf_legend_draw(gf_drawing *d, const gf_view *view, const gf_theme *theme, const gf_size_scale *scale,
                    const char *title, const char *subtitle, double width);

#endif
