/* The ways of arrows: curves within a block, wires between blocks. */
#include <math.h>
#include <stdlib.h>

#include "view/label.h"
#include "view/layout.h"

static const double head = 4.5, bend = 6; /* of an arrow: the length of its head, the radius of a corner */

static const gf_spot *spot_of(const gf_layout *layout, const gf_view *view, const gf_box *box)
{
    return &layout->spots[box - view->boxes];
}

/* --- tracks ------------------------------------------------------------------------ */

static gf_wire wire_of(const gf_layout *layout, const gf_view *view, size_t arrow)
{
    const gf_spot *from = spot_of(layout, view, view->arrows[arrow].from);
    const gf_spot *to = spot_of(layout, view, view->arrows[arrow].to);
    bool below = from->block == GF_BELOW;
    return (gf_wire){
        .arrow = arrow,
        .leftwards = !below && from->block > to->block,
        .gutter = below                     ? to->block
                  : from->block < to->block ? from->block + 1
                                            : from->block,
        .straight = !below && from->block + 1 == to->block && to->leftmost,
        .upwards = below || to->row > from->row,
        .row = to->row,
        .block = to->block,
        .target = to->x,
    };
}

static int order(double a, double b)
{
    return (a > b) - (a < b);
}

/* Within a channel from above: first those that come down into it, each by where it leaves it. */
static int by_channel(const void *a, const void *b)
{
    const gf_wire *one = a, *two = b;
    if (one->row != two->row)
        return order(one->row, two->row);
    if (one->block != two->block)
        return order(one->block, two->block);
    if (one->straight != two->straight || one->upwards != two->upwards)
        return order(one->straight * 2 + one->upwards, two->straight * 2 + two->upwards);
    if (one->target != two->target)
        return order(one->target, two->target);
    return order((double)one->arrow, (double)two->arrow);
}

/* Within a gutter from the left: those that go up, the furthest first; then those that go down, the furthest first.
 * So two that turn to the same side do not cross. */
static int by_gutter(const void *a, const void *b)
{
    const gf_wire *one = a, *two = b;
    if (one->gutter != two->gutter)
        return order(one->gutter, two->gutter);
    if (one->upwards != two->upwards)
        return order(two->upwards, one->upwards);
    int sign = one->upwards ? 1 : -1;
    if (one->row != two->row)
        return sign * order(two->row, one->row);
    if (one->target != two->target)
        return sign * order(one->target, two->target);
    return sign * order((double)one->arrow, (double)two->arrow);
}

static void number_channels(gf_layout *layout, gf_wire *wires, size_t count)
{
    qsort(wires, count, sizeof *wires, by_channel);
    for (size_t k = 0; k < count; k++) {
        gf_wire *wire = &wires[k], *before = k ? wire - 1 : wire;
        bool first = !k || before->row != wire->row || before->block != wire->block;
        wire->channel_track = first ? 0 : before->channel_track + 1;
        gf_lane *channel = &layout->channels[wire->row];
        if (!wire->straight && wire->channel_track >= channel->tracks)
            channel->tracks = wire->channel_track + 1;
    }
}

/* Also how those that leave one box share its side: from the top those that go up, the leftmost first, then those
 * that go down, the rightmost first. */
static void number_gutters(gf_layout *layout, const gf_view *view, gf_wire *wires, size_t count, int *up, int *down)
{
    qsort(wires, count, sizeof *wires, by_gutter);
    for (size_t k = 0; k < count; k++) {
        size_t from = (size_t)(view->arrows[wires[k].arrow].from - view->boxes);
        wires[k].track = layout->gutters[wires[k].gutter].tracks++;
        wires[k].place = wires[k].upwards ? up[from]++ : down[from]++;
    }
    for (size_t k = 0; k < count; k++) {
        size_t from = (size_t)(view->arrows[wires[k].arrow].from - view->boxes);
        wires[k].places = up[from] + down[from];
        if (!wires[k].upwards)
            wires[k].place = wires[k].places - 1 - wires[k].place;
    }
}

gf_status gf_wires_plan(gf_layout *layout, const gf_view *view, gf_wire **wires, size_t *count)
{
    int *places = gf_arena_get(&layout->arena, 2 * view->box_count * sizeof *places);
    *wires = gf_arena_get(&layout->arena, view->arrow_count * sizeof **wires);
    *count = 0;
    if (!*wires || !places)
        return GF_ERROR_MEMORY;
    for (size_t k = 0; k < view->arrow_count; k++) {
        const gf_arrow *arrow = &view->arrows[k];
        if (spot_of(layout, view, arrow->from)->block != spot_of(layout, view, arrow->to)->block)
            (*wires)[(*count)++] = wire_of(layout, view, k);
    }
    number_channels(layout, *wires, *count);
    number_gutters(layout, view, *wires, *count, places, places + view->box_count);
    return GF_OK;
}

/* --- paths --------------------------------------------------------------------------- */

enum { CORNERS = 8 };

/* A line of straight pieces. */
typedef struct track {
    gf_point at[CORNERS];
    size_t count;
} track;

static void go(track *way, double x, double y)
{
    gf_point *last = way->count ? &way->at[way->count - 1] : NULL;
    if (!last || fabs(last->x - x) > 0.01 || fabs(last->y - y) > 0.01)
        way->at[way->count++] = (gf_point){x, y};
}

/* The point between two, `distance` away from the first. */
static gf_point toward(gf_point from, gf_point to, double distance)
{
    double length = hypot(to.x - from.x, to.y - from.y), share = length > 0 ? distance / length : 0;
    return (gf_point){from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)};
}

static double half(gf_point a, gf_point b)
{
    return hypot(b.x - a.x, b.y - a.y) / 2;
}

static void line_to(gf_path *path, gf_point to)
{
    gf_point from = path->points[path->count - 1];
    path->points[path->count++] = toward(from, to, 2 * half(from, to) / 3);
    path->points[path->count++] = toward(to, from, 2 * half(from, to) / 3);
    path->points[path->count++] = to;
}

/* The same line with round corners, its end a head short of the tip. */
static bool make_path(gf_path *path, gf_arena *arena, const track *way)
{
    path->points = gf_arena_get(arena, (1 + 6 * way->count) * sizeof *path->points);
    if (!path->points)
        return false;
    const gf_point *at = way->at;
    size_t last = way->count - 1;
    path->points[path->count++] = at[0];
    for (size_t k = 1; k < last; k++) {
        double radius = fmin(bend, fmin(half(at[k - 1], at[k]), half(at[k], at[k + 1])));
        gf_point in = toward(at[k], at[k - 1], radius), out = toward(at[k], at[k + 1], radius);
        line_to(path, in);
        path->points[path->count++] = toward(at[k], in, radius * 0.45);
        path->points[path->count++] = toward(at[k], out, radius * 0.45);
        path->points[path->count++] = out;
    }
    path->tip = at[last];
    line_to(path, toward(at[last], at[last - 1], head));
    return true;
}

/* Where an arrow arrives below a box: operands side by side. */
static gf_point arrival(const gf_arrow *arrow, const gf_spot *to)
{
    int arity = arrow->to->arity;
    double space = fmin(9, (to->width - 4) / arity), x = (arrow->slot - (arity - 1) / 2.0) * space;
    double drop = to->height / 2;
    if (gf_box_is_round(arrow->to))
        drop = sqrt(drop * drop - x * x);
    return (gf_point){to->x + x, to->y - drop};
}

/* The label's middle, beside a point. */
static gf_point beside(gf_point point, double x, double y)
{
    return (gf_point){point.x + x, point.y + y};
}

/* Does another arrow into the same box come from the same box, or at least from the same block? */
static bool has_company(const gf_layout *layout, const gf_view *view, const gf_arrow *arrow, bool same_box)
{
    const gf_arrow *other = arrow, *end = view->arrows + view->arrow_count;
    int block = spot_of(layout, view, arrow->from)->block;
    while (other > view->arrows && other[-1].to == arrow->to)
        other--;
    for (; other < end && other->to == arrow->to; other++)
        if (other != arrow &&
            (same_box ? other->from == arrow->from : spot_of(layout, view, other->from)->block == block))
            return true;
    return false;
}

/* Within a block: straight up to the channel below its box, and there over to it. */
static bool draw_curve(gf_layout *layout, const gf_view *view, size_t k)
{
    const gf_arrow *arrow = &view->arrows[k];
    const gf_spot *from = spot_of(layout, view, arrow->from), *to = spot_of(layout, view, arrow->to);
    const gf_lane *channel = &layout->channels[to->row];
    gf_path *path = &layout->paths[k];
    path->tip = arrival(arrow, to);
    path->points = gf_arena_get(&layout->arena, 7 * sizeof *path->points);
    if (!path->points)
        return false;
    gf_point start = {from->x, from->y + from->height / 2}, end = {path->tip.x, path->tip.y - head};
    bool parallel = has_company(layout, view, arrow, true);
    start.x += parallel ? path->tip.x - to->x : 0;
    bool left = parallel ? path->tip.x < to->x : start.x < end.x;
    path->points[path->count++] = start;
    if (to->row > from->row + 1) {
        start.y = channel->at - channel->size;
        line_to(path, start);
    }
    double middle = (start.y + end.y) / 2;
    path->points[path->count++] = (gf_point){start.x, middle};
    path->points[path->count++] = (gf_point){end.x, middle};
    path->points[path->count++] = end;
    path->label = beside(start, left ? -16 : 16, parallel ? 11 : 7);
    return true;
}

/* From the side of a box, or where others stand there, from above it. */
static void leave(const gf_layout *layout, const gf_wire *wire, const gf_spot *from, track *way)
{
    double x = layout->gutters[wire->gutter].at + 6 + gf_pitch * (wire->track + 0.5), y = from->y;
    double space = fmin(gf_pitch, (from->height - 6) / wire->places), shift = (wire->places - 1) / 2.0 - wire->place;
    if (from->block == GF_BELOW) {
        go(way, from->x, from->y + from->height / 2);
        go(way, x, layout->floor - 8);
        return;
    }
    if (wire->leftwards ? from->leftmost : from->rightmost) {
        y += space * shift;
        go(way, from->x + (wire->leftwards ? -1 : 1) * from->width / 2, y);
    } else {
        y += from->height / 2 + 5 + (wire->places - 1 - wire->place) % 3 * 2;
        go(way, from->x + space * shift, from->y + from->height / 2);
        go(way, from->x + space * shift, y);
    }
    go(way, x, y);
}

static bool draw_wire(gf_layout *layout, const gf_view *view, const gf_wire *wire)
{
    const gf_arrow *arrow = &view->arrows[wire->arrow];
    const gf_spot *from = spot_of(layout, view, arrow->from), *to = spot_of(layout, view, arrow->to);
    const gf_lane *channel = &layout->channels[to->row];
    gf_path *path = &layout->paths[wire->arrow];
    track way = {0};
    leave(layout, wire, from, &way);
    double x = way.at[way.count - 1].x;
    if (wire->straight) {
        double shift = ((arrow->to->arity - 1) / 2.0 - arrow->slot) * 4;
        double y = to->y + (has_company(layout, view, arrow, false) ? shift : 0);
        go(&way, x, y);
        go(&way, to->x - to->width / 2, y);
        path->label = beside((gf_point){to->x - to->width / 2, y}, -18, 6);
    } else {
        gf_point tip = arrival(arrow, to);
        double y = channel->at - GF_APPROACH - gf_pitch * wire->channel_track;
        go(&way, x, y);
        go(&way, tip.x, y);
        go(&way, tip.x, tip.y);
        path->label = beside(tip, tip.x < to->x ? -14 : 14, -8);
    }
    return make_path(path, &layout->arena, &way);
}

gf_status gf_paths_make(gf_layout *layout, const gf_view *view, const gf_wire *wires, size_t count)
{
    layout->paths = gf_arena_get(&layout->arena, view->arrow_count * sizeof *layout->paths);
    if (!layout->paths)
        return GF_ERROR_MEMORY;
    for (size_t k = 0; k < view->arrow_count; k++) {
        const gf_arrow *arrow = &view->arrows[k];
        bool within = spot_of(layout, view, arrow->from)->block == spot_of(layout, view, arrow->to)->block;
        if (within && !draw_curve(layout, view, k))
            return GF_ERROR_MEMORY;
    }
    for (size_t k = 0; k < count; k++)
        if (!draw_wire(layout, view, &wires[k]))
            return GF_ERROR_MEMORY;
    return GF_OK;
}
