/* A view as tables, for programs that go on with its numbers. */
#ifndef GF_VIEW_TABLES_H
#define GF_VIEW_TABLES_H

#include "view/view.h"

/* Writes three members of a JSON object, a thing a line, without the braces around them:
 *
 *     "nodes": [{"id", "op", "variable", "step", "last_step", "rows", "cols", "value_l2", "grad_l2", "grad_rms",
 *                "grad_max", "finite"} …],
 *     "edges": [{"from", "to", "variable", "slot", "grad_l2", "grad_rms", "grad_max"} …],
 *     "flows": [{"from", "to", "variable", "grad_l2", "grad_rms", "grad_max"} …]
 *
 * `from` and `to` are ids of nodes. A flow is what one variable sends to one box: the sum of its edges into it. What is
 * not known, and what is not finite, is null. What `picture`, another view of the graph, has besides, as boxes of
 * several steps, stands behind: in nodes, and what enters and leaves them in flows. */
void gf_tables_json(const gf_view *view, const gf_view *picture, gf_text *out);

/* Writes a CSV table of the arrows, `step` that of `to`; what is not known is empty. The other two are not read. */
gf_status gf_tables_csv(const gf_view *view, const char *format, gf_text *out, gf_text *why);

#endif
