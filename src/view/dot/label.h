/* What is written in a DOT text's boxes and above it: Graphviz's markup. */
#ifndef GF_VIEW_DOT_LABEL_H
#define GF_VIEW_DOT_LABEL_H

#include "view/drawing/look.h"
#include "view/view.h"

/* A box's name, and below it its number. */
void gf_dot_label_box(const gf_view *view, const gf_box *box, bool brief, const gf_theme *theme, gf_text *out);

/* The title, and what colours and lines mean, in a table as wide as the picture. */
void gf_dot_label_legend(const gf_view *view, const gf_theme *theme, const gf_size_scale *scale, double width,
                         gf_text *out);

/* The room that it needs, in points. */
double gf_dot_legend_width(const gf_view *view);
double gf_dot_legend_height(const gf_view *view);

/* The colour of an arrow that has no place on the scale. */
const char *gf_dot_look_colour(const gf_theme *theme, gf_arrow_look look);

#endif
