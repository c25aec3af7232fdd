/* What the files of this room hand on to each other. */
#ifndef GF_VIEW_WEB_INSIDE_H
#define GF_VIEW_WEB_INSIDE_H

#include "base/names.h"
#include "view/page/strip.h"
#include "view/spread/spread.h"
#include "view/web/numbers.h"
#include "view/web/web.h"

/* A level: what is shown of it, and where. */
typedef struct gf_web_level {
    gf_view view;
    gf_spread spread;
    bool has_strip;
    gf_strip strip;
    struct gf_web_addition *additions; /* to the sums of the strip's weights, by weight and by turn */
    size_t addition_count;
    double *tips;      /* by trail: how wide its tip may be */
    gf_point *numbers; /* by trail: the middle of its number's baseline; NaN: none */
    gf_point heading;  /* of a step, from the corner of its ground */
    double widest;     /* of a line */
    gf_names *held;    /* labels of which the page has value and gradient entry by entry */
    bool worked;       /* it works out what arrows bring to them */
    gf_arena arena;
} gf_web_level;

/* Lays a level out; `held` must outlive it. Fails as gf_view_make_folded does. Free it in any case. */
gf_status gf_web_level_make(gf_web_level *level, gf_graph *g, const gf_draw_options *options, gf_names *held,
                            bool worked);
void gf_web_level_free(gf_web_level *level);

/* Does the page work out what a cell brings? It is of one weight, in a value that the page holds. */
bool gf_web_cell_is_worked(const gf_web_level *level, const gf_strip_cell *cell);

/* Writes it as an object; stamps.c. False without memory. */
bool gf_web_level_write(gf_web_level *level, const gf_draw_options *options, gf_text *out);

/* Writes the pieces of a level, ,"stamps":[…],"pieces":[…]: what belongs to no step, and a piece a step, each a stamp
 * with a place and its numbers. Steps that look alike share a stamp. False without memory. */
bool gf_web_stamps_write(const gf_web_level *level, gf_text *out);

/* Writes the values and the gradients of all that has a name, an array: {"name", "rows", "cols", "at", "v", "g"}, or,
 * where that are too many numbers, "sizes": of each the norm, the least and the greatest entry of both. Where a page
 * works them out there are exact values alone, of what is `held`: what no equation makes, and of states a few. Adds to
 * `held` the labels of those whose gradient the page has. Fails as gf_view_make does. */
gf_status gf_web_values_write(gf_graph *g, bool worked, gf_names *held, gf_text *out);

#endif
