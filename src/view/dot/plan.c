/* The plan of a DOT text: how large it is, and the way of each arrow. */
#include "view/dot/plan.h"

#include <math.h>

/* Those of a page which is as large as it must be; turned, numbers find room between boxes. */
static const gf_ample comfortable = {
    .timed = {.box = 32, .lane = 11, .base = 5, .tail = 16, .letters = 12},
    .turned = {.box = 40, .lane = 16, .base = 20, .tail = 22, .letters = 13},
};

enum { HEADING = 20 }; /* above and below a step, for what is written there */

gf_status gf_dot_plan_make(gf_dot_plan *plan, const gf_view *view)
{
    *plan = (gf_dot_plan){0};
    gf_status status = gf_spread_make_ample(&plan->spread, view, &comfortable);
    if (status)
        return status;
    const gf_spread *all = &plan->spread;
    plan->left = all->left, plan->right = all->right;
    plan->top = all->top, plan->bottom = all->bottom;
    for (int k = 0; k < all->ground_count; k++) {
        plan->top = fmin(plan->top, all->grounds[k].y - HEADING);
        plan->bottom = fmax(plan->bottom, all->grounds[k].y + all->grounds[k].height + HEADING);
    }
    plan->routes = gf_spread_routes(&plan->spread, &plan->arena);
    return plan->routes ? GF_OK : GF_ERROR_MEMORY;
}

void gf_dot_plan_free(gf_dot_plan *plan)
{
    gf_spread_free(&plan->spread);
    gf_arena_free(&plan->arena);
    *plan = (gf_dot_plan){0};
}

gf_point gf_dot_place(const gf_dot_plan *plan, double x, double y)
{
    return (gf_point){(x - plan->left) * gf_dot_point + GF_DOT_MARGIN,
                      (plan->bottom - y) * gf_dot_point + GF_DOT_MARGIN};
}
