/* Making the room for a DOT text: nothing limits it, so the view is laid out once to see what it wants, and once more
 * in just that room. */
#include "view/dot/plan.h"

#include <math.h>

/* Those of a page which is as large as it must be; turned, numbers find room between boxes. */
static const gf_profile comfortable = {.box = 32, .lane = 11, .base = 5, .tail = 16, .letters = 12},
                        turned = {.box = 40, .lane = 16, .base = 20, .tail = 22, .letters = 13};

enum { ROUNDS = 3 };
static const double ample = 1e9;

static bool has_room(const gf_spread *spread)
{
    return spread->wanted_width <= spread->given_width + 1 && spread->wanted_height <= spread->given_height + 1;
}

/* The room in which a step is as wide and as high as it was seen to be; what lies beside the steps finds its own, and
 * what lies below them is as high as it was in the room before. */
static gf_room room_of(const gf_spread *seen, const gf_room *before)
{
    return (gf_room){
        .right = seen->turned ? seen->wanted_width : ample,
        .bottom = seen->wanted_height + before->bottom - seen->given_height,
        .widest = seen->turned ? 0 : fmax(seen->wanted_width, 1),
    };
}

/* Without time values flow to the right, and a spread stretches to the room there is: it is given none at first. */
static gf_status lay_out(gf_spread *spread, const gf_view *view)
{
    gf_room room = {.right = ample, .bottom = 1};
    const gf_profile *profile = &comfortable;
    gf_status status = gf_spread_make(spread, view, profile, &room);
    if (spread->turned && !status) {
        profile = &turned;
        gf_spread_free(spread);
        room = (gf_room){0};
        status = gf_spread_make(spread, view, profile, &room);
    }
    for (int round = 0; round < ROUNDS && !status && !has_room(spread); round++) {
        room = room_of(spread, &room);
        gf_spread_free(spread);
        status = gf_spread_make(spread, view, profile, &room);
    }
    return status;
}

/* --- how large it is ------------------------------------------------------------------------------- */

static void reach(gf_dot_plan *plan, double x, double y, double width, double height)
{
    plan->left = fmin(plan->left, x - width / 2);
    plan->right = fmax(plan->right, x + width / 2);
    plan->top = fmin(plan->top, y - height / 2);
    plan->bottom = fmax(plan->bottom, y + height / 2);
}

static void measure(gf_dot_plan *plan)
{
    const gf_spread *spread = &plan->spread;
    plan->left = plan->top = INFINITY;
    plan->right = plan->bottom = -INFINITY;
    for (size_t k = 0; k < spread->view->box_count; k++)
        reach(plan, spread->places[k].x, spread->places[k].y, spread->places[k].width, spread->places[k].height);
    for (int k = 0; k < spread->ground_count; k++) {
        const gf_ground *g = &spread->grounds[k];
        reach(plan, g->x + g->width / 2, g->y + g->height / 2, g->width, g->height + 40);
    }
    for (size_t k = 0; k < spread->trail_count; k++)
        for (int p = 0; p < spread->trails[k].point_count; p++)
            reach(plan, spread->trails[k].points[p].x, spread->trails[k].points[p].y, 0, 0);
    if (!(plan->left <= plan->right)) /* nothing at all */
        plan->left = plan->right = plan->top = plan->bottom = 0;
}

gf_status gf_dot_plan_make(gf_dot_plan *plan, const gf_view *view)
{
    *plan = (gf_dot_plan){0};
    gf_status status = lay_out(&plan->spread, view);
    if (status)
        return status;
    measure(plan);
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
