/* Where nothing limits the room: the view is laid out once to see what it wants, and once more in just that room. */
#include <math.h>

#include "view/spread/spread.h"

enum { ROUNDS = 3 };
static const double endless = 1e9;

static bool has_room(const gf_spread *spread)
{
    return spread->wanted_width <= spread->given_width + 1 && spread->wanted_height <= spread->given_height + 1;
}

/* The room in which a step is as wide and as high as it was seen to be; what lies beside the steps finds its own, and
 * what lies below them is as high as it was in the room before. */
static gf_room room_of(const gf_spread *seen, const gf_room *before, double step)
{
    return (gf_room){
        .right = seen->turned ? seen->wanted_width : endless,
        .bottom = seen->wanted_height + before->bottom - seen->given_height,
        .solid = step,
        .widest = seen->turned ? 0 : fmax(seen->wanted_width, fmax(step, 1)),
        .endless = true,
    };
}

static void reach(gf_spread *s, double x, double y, double width, double height)
{
    s->left = fmin(s->left, x - width / 2);
    s->right = fmax(s->right, x + width / 2);
    s->top = fmin(s->top, y - height / 2);
    s->bottom = fmax(s->bottom, y + height / 2);
}

void gf_spread_measure(gf_spread *s)
{
    s->left = s->top = INFINITY;
    s->right = s->bottom = -INFINITY;
    for (size_t k = 0; k < s->view->box_count; k++)
        if (s->places[k].shown)
            reach(s, s->places[k].x, s->places[k].y, s->places[k].width, s->places[k].height);
    for (int k = 0; k < s->ground_count; k++) {
        const gf_ground *g = &s->grounds[k];
        reach(s, g->x + g->width / 2, g->y + g->height / 2, g->width, g->height);
    }
    for (size_t k = 0; k < s->trail_count; k++)
        for (int p = 0; p < s->trails[k].point_count; p++)
            reach(s, s->trails[k].points[p].x, s->trails[k].points[p].y, 0, 0);
    if (!(s->left <= s->right)) /* nothing at all */
        s->left = s->right = s->top = s->bottom = 0;
}

/* Without time values flow to the right, and a spread stretches to the room there is: it is given none at first. */
gf_status gf_spread_make_ample(gf_spread *spread, const gf_view *view, const gf_ample *ample)
{
    gf_room room = {.right = endless, .bottom = 1, .endless = true};
    const gf_profile *profile = &ample->timed;
    gf_status status = gf_spread_make(spread, view, profile, &room);
    if (spread->turned && !status) {
        profile = &ample->turned;
        gf_spread_free(spread);
        room = (gf_room){0};
        status = gf_spread_make(spread, view, profile, &room);
    }
    for (int round = 0; round < ROUNDS && !status && !has_room(spread); round++) {
        room = room_of(spread, &room, ample->step);
        gf_spread_free(spread);
        status = gf_spread_make(spread, view, profile, &room);
    }
    if (status)
        return status;
    gf_spread_measure(spread);
    return GF_OK;
}
