/* Plain descriptions: what a reader sees who points at a box or an arrow. */
#ifndef GF_VIEW_DESCRIBE_H
#define GF_VIEW_DESCRIBE_H

#include "view/view.h"

/* Everything there is to say, on one line of plain text. */
void gf_describe_box(const gf_box *box, gf_text *out);
void gf_describe_measure(const gf_measure *measure, gf_text *out);

/* ", cut: l2 0.15 is thrown away", where it is known. */
void gf_describe_cut(const gf_measure *cut, gf_text *out);
void gf_describe_arrow(const gf_arrow *arrow, gf_text *out);

#endif
