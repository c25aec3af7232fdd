/* Routes. A spread consists of trails, each of which leads to several arrows: what a picture paints once. An arrow's
 * route is those that contain it, one after the other.
 *
 *     h[2] ---+-------------- trunk: f, i, g, o          Trails come in the order in which a value passes them, the
 *             |                                          trunk before its branches. A branch begins somewhere on its
 *          +--+--+--+         lane: f, i, g, o           trunk, or a riser ends somewhere on its rail: there the one
 *          |  |  |  |         branches: f; i; g; o       is left, and the other entered.
 *
 * All arrows of a trail have come by the same trails, so what has been joined is joined once for them all; those of a
 * rail have not. What lies on the way between two ends of a straight line is left out, so that a line through a
 * thousand columns has two points. */
#include "view/spread/routes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

static const double hair = 0.01; /* pixels */

/* Does a point lie on a line from one to another, which is straight across or along? */
static bool lies_on(gf_point p, gf_point from, gf_point to)
{
    return p.x > fmin(from.x, to.x) - hair && p.x < fmax(from.x, to.x) + hair && p.y > fmin(from.y, to.y) - hair &&
           p.y < fmax(from.y, to.y) + hair;
}

/* The part of a line that a point lies on; -1 if none. */
static int part_at(const gf_point *points, int count, gf_point p)
{
    for (int k = 0; k + 1 < count; k++)
        if (lies_on(p, points[k], points[k + 1]))
            return k;
    return -1;
}

/* A route while it is joined. */
typedef struct joining {
    gf_point *points;
    int count;
    size_t room;
    bool failed;
} joining;

static void go(joining *j, gf_point p)
{
    if (!gf_grow(&j->points, &j->room, (size_t)j->count + 1))
        j->failed = true;
    else
        j->points[j->count++] = p;
}

/* What is known of an arrow's way: up to where it entered the last of its trails. */
typedef struct way {
    gf_spread_route known;
    const gf_trail *last; /* NULL: none yet */
} way;

/* Along a trail from one place on it to another, whichever comes first. */
static void walk(joining *j, const gf_trail *trail, gf_point from, gf_point to)
{
    int first = part_at(trail->points, trail->point_count, from), end = part_at(trail->points, trail->point_count, to);
    for (int k = first + 1; first >= 0 && k <= end; k++)
        go(j, trail->points[k]);
    for (int k = first; end >= 0 && k > end; k--)
        go(j, trail->points[k]);
    go(j, to);
}

/* Leaves the last trail where the next one begins, or else at its end, which lies on the next one. */
static void join(joining *j, const way *w, gf_point next)
{
    const gf_trail *last = w->last;
    gf_point end = last->points[last->point_count - 1];
    j->count = 0;
    for (int k = 0; k < w->known.count; k++)
        go(j, w->known.points[k]);
    walk(j, last, w->known.points[w->known.count - 1], part_at(last->points, last->point_count, next) < 0 ? end : next);
}

static bool keep(const joining *j, gf_arena *arena, gf_spread_route *out)
{
    gf_point *own = j->failed ? NULL : gf_arena_get(arena, ((size_t)j->count + 1) * sizeof *own);
    if (!own)
        return false;
    *out = (gf_spread_route){own, (int)gf_points_tidy(own, j->points, (size_t)j->count)};
    return true;
}

/* An arrow enters a trail. */
static bool enter(joining *j, gf_arena *arena, const gf_trail *trail, way *w)
{
    if (w->last) {
        join(j, w, trail->points[0]);
    } else {
        j->count = 0;
        go(j, trail->points[0]);
    }
    w->last = trail;
    return keep(j, arena, &w->known);
}

static bool follow(joining *j, gf_arena *arena, const gf_trail *trail, way *ways)
{
    for (int k = 0; k < trail->arrow_count; k++) {
        way *w = &ways[trail->arrows[k]];
        if (k && !trail->rail)
            *w = ways[trail->arrows[0]];
        else if (!enter(j, arena, trail, w))
            return false;
    }
    return true;
}

/* To the end of the last trail. */
static bool finish(joining *j, gf_arena *arena, const way *w, gf_spread_route *out)
{
    if (!w->last)
        return true;
    join(j, w, w->last->points[w->last->point_count - 1]);
    return keep(j, arena, out);
}

/* An operand that a box has twice is one line in a spread: the second one lies a little beside it. */
static bool lay_beside(joining *j, gf_arena *arena, const gf_spread_route *other, gf_spread_route *out)
{
    static const double apart = 4;
    int last = other->count - 1;
    bool upright = fabs(other->points[0].x - other->points[1].x) < hair;
    bool upright_end = fabs(other->points[last].x - other->points[last - 1].x) < hair;
    j->count = 0;
    for (int k = 0; k <= last; k++) {
        gf_point p = other->points[k];
        bool keep_y = (k == 0 && upright) || (k == last && upright_end);
        bool keep_x = (k == 0 && !upright) || (k == last && !upright_end);
        go(j, (gf_point){p.x + (keep_x ? 0 : apart), p.y + (keep_y ? 0 : apart)});
    }
    return keep(j, arena, out);
}

static bool lay_twins(joining *j, gf_arena *arena, const gf_view *view, gf_spread_route *routes)
{
    size_t *seen = gf_arena_get(arena, (view->box_count + 1) * sizeof *seen); /* by box: its last arrow, from 1 */
    for (size_t k = 0; k < view->arrow_count && seen; k++) {
        const gf_arrow *arrow = &view->arrows[k];
        size_t *before = &seen[arrow->from - view->boxes];
        const gf_spread_route *other = *before ? &routes[*before - 1] : NULL;
        if (other && other->count > 1 && view->arrows[*before - 1].to == arrow->to &&
            !lay_beside(j, arena, other, &routes[k]))
            return false;
        *before = k + 1;
    }
    return seen != NULL;
}

gf_spread_route *gf_spread_routes(const gf_spread *spread, gf_arena *arena)
{
    joining j = {0};
    size_t count = spread->view->arrow_count;
    gf_spread_route *routes = gf_arena_get(arena, (count + 1) * sizeof *routes);
    way *ways = gf_arena_get(arena, (count + 1) * sizeof *ways);
    bool good = routes && ways;
    for (size_t k = 0; k < spread->trail_count && good; k++)
        good = follow(&j, arena, &spread->trails[k], ways);
    for (size_t k = 0; k < count && good; k++)
        good = finish(&j, arena, &ways[k], &routes[k]);
    good = good && lay_twins(&j, arena, spread->view, routes);
    free(j.points);
    return good ? routes : NULL;
}
