/* Where everything stands in a DOT text: a spread that is as large as it must be, and the route of each arrow. */
#ifndef GF_VIEW_DOT_PLAN_H
#define GF_VIEW_DOT_PLAN_H

#include "view/spread/routes.h"

typedef struct gf_dot_plan {
    gf_spread spread;
    const gf_spread_route *routes;   /* of the view's arrows */
    double left, right, top, bottom; /* of all there is, in the spread's pixels */
    gf_arena arena;
} gf_dot_plan;

/* Fails with GF_ERROR_MEMORY. Free it in any case. */
gf_status gf_dot_plan_make(gf_dot_plan *plan, const gf_view *view);
void gf_dot_plan_free(gf_dot_plan *plan);

/* From pixels, y downwards, to Graphviz's points, y upwards. */
enum { GF_DOT_MARGIN = 12 };             /* points */
static const double gf_dot_point = 0.75; /* of a pixel */
gf_point gf_dot_place(const gf_dot_plan *plan, double x, double y);

#endif
