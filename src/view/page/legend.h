/* The top of a page: title, and the legend: what an arrow says, what numbers are, and the scale. */
#ifndef GF_VIEW_LEGEND_H
#define GF_VIEW_LEGEND_H

#include "view/drawing/drawing.h"
#include "view/drawing/look.h"
#include "view/view.h"

enum { GF_LEGEND_HEIGHT = 80 };

/* The scale of a view: from 0.01 to 1; where more than a tenth of the arrows, and more than one, exceed 2, three
 * decades, up to the first for which that is not so: a few that are far larger do not wash out the rest. With `least`
 * and `most`, sizes, other than 0, between these. What goes to a target is not looked at. */
gf_size_scale gf_scale_choose(const gf_view *view, double least, double most);

/* "LSTM, five steps"; where nobody said a title, "Gradient of the loss, five steps", or "Computation graph". */
void gf_legend_title(gf_text *out, const gf_view *view);

/* Which strokes a page has that have no place on the scale: the legend explains these, and no others. */
typedef struct gf_marks {
    bool zero;    /* dashed, as a cell may be, too */
    bool cancels; /* a trunk whose branches do */
    bool mixed;   /* a rail of unlike gradients */
    bool given, target;
    bool bad;
} gf_marks;

/* What the numbers in boxes are, in up to two lines, of which it returns the number; a textbook page says it in the
 * boxes. */
enum { GF_SAYINGS = 2 };
int gf_legend_say(const gf_view *view, const char *out[GF_SAYINGS]);

/* Title and subtitle on top of a page of that width; texts that are too long end in "…". What the view's numbers are
 * stands behind the subtitle where the legend has no room for it. */
void gf_heading_draw(gf_drawing *d, const gf_view *view, const gf_theme *theme, const char *title, const char *subtitle,
                     double width);

/* Beside it the legend. */
void gf_legend_draw(gf_drawing *d, const gf_view *view, const gf_theme *theme, const gf_size_scale *scale,
                    const gf_marks *marks, double width);

#endif
