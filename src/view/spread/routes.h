/* Routes: the way of each arrow of a spread, from its box to the box it goes to. */
#ifndef GF_VIEW_SPREAD_ROUTES_H
#define GF_VIEW_SPREAD_ROUTES_H

#include "view/spread/spread.h"

typedef struct gf_spread_route {
    const gf_point *points;
    int count; /* 0: the spread shows no such arrow */
} gf_spread_route;

/* The route of each of the view's arrows, in their order; kept in the arena. NULL without memory. */
gf_spread_route *gf_spread_routes(const gf_spread *spread, gf_arena *arena);

#endif
