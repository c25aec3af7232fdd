/* What is written in a picture: labels in Graphviz's markup, and plain descriptions, which a reader sees who points
 * at something. */
#ifndef GF_VIEW_LABEL_H
#define GF_VIEW_LABEL_H

#include "view/view.h"

/* "h[3] ⊙", and below it the size of the gradient; of an operation without a name the symbol alone. */
void gf_label_box(const gf_view *view, const gf_box *box, gf_text *out);

/* Room for that label, in points; of a round box the diameter. It is worked out from the number of characters, not
 * from a font, so that a picture is laid out alike everywhere. */
void gf_label_size(const gf_view *view, const gf_box *box, double *width, double *height);
bool gf_box_is_round(const gf_box *box);

/* The title, and what colours and lines mean, in a table as wide as the picture. */
void gf_label_legend(const gf_view *view, double width, gf_text *out);

/* The room that it needs, in points. */
double gf_legend_width(const gf_view *view);
double gf_legend_height(const gf_view *view);

/* Everything there is to say, on one line of plain text. */
void gf_describe_box(const gf_box *box, gf_text *out);
void gf_describe_measure(const gf_measure *measure, gf_text *out);
void gf_describe_arrow(const gf_arrow *arrow, gf_text *out);

#endif
