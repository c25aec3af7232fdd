/* Columns without a block, solid ones, starts and ends: what arrives at their sides, and leaves there, each at a height
 * of its own. */
#include <math.h>
#include <stdlib.h>

#include "view/spread/branches.h"
#include "view/spread/stages.h"

static const double apart = 10;

/* At a side of a box: what arrives, or leaves. */
typedef struct arrival {
    int box;
    bool leftwards; /* it would go on so */
    int number;     /* in the order of ways */
    gf_seat seat;
} arrival;

static int compare_sides(const arrival *a, const arrival *b)
{
    return a->box != b->box ? (a->box > b->box) - (a->box < b->box) : a->leftwards - b->leftwards;
}

static int compare_arrivals(const void *a, const void *b)
{
    const arrival *one = a, *other = b;
    int sides = compare_sides(one, other);
    return sides ? sides : (one->number > other->number) - (one->number < other->number);
}

static bool is_solid(const gf_spreading *s, int box)
{
    return s->c.columns[s->c.column_of[box]].kind == GF_COLUMN_SOLID;
}

static bool has_block(const gf_spreading *s, int box)
{
    return s->c.columns[s->c.column_of[box]].room != NULL;
}

/* Less than a pixel from y to the side on which the lane lies. */
static double towards_lane(const gf_spreading *s, const gf_way *way, double y)
{
    double lane = gf_way_lane(s, way) - y;
    return lane / (1 + fabs(lane));
}

/* Where a way would like to arrive: straight on, at the height of its variable, or, without one in the steps, at that
 * at which it comes, as it goes through others; from above the steps near their top. What passed steps by a lane
 * arrives on the lane's side of what comes straight on, and as their lanes lie. */
static double wish(const gf_spreading *s, const gf_way *way, bool rail)
{
    bool named = way->pattern >= 0 || s->c.columns[way->column].kind != GF_COLUMN_BEFORE;
    double top = s->floor - gf_solid_height(s) + 16, y = gf_way_pattern_height(s, way);
    if (way->through && way->pattern < 0)
        return gf_way_lane(s, way);
    if (!named)
        return way->far ? top : fmax(gf_way_exit(s, way).y, top);
    return y + (way->far && !rail ? towards_lane(s, way, y) : 0);
}

/* Of a start, or an end: about its middle, on the side from which it comes. */
static gf_seat seat_of(const gf_spreading *s, const gf_way *way, int number)
{
    const gf_arrow *arrow = &s->view->arrows[number];
    int box = gf_box_number(s->view, arrow->to);
    bool rail = is_solid(s, box) && abs(gf_arrow_lag(arrow)) == 1;
    double y = s->spread->places[box].y;
    return (gf_seat){number, is_solid(s, box) ? wish(s, way, rail) : y + (way->far ? towards_lane(s, way, y) : 0),
                     rail};
}

static int list_arrivals(const gf_spreading *s, const gf_way *way, arrival *arrivals)
{
    int count = 0, source = gf_way_source(s, way);
    double y = is_solid(s, source) ? gf_way_exit(s, way).y : s->spread->places[source].y;
    if (way->count && !has_block(s, source))
        arrivals[count++] = (arrival){.box = source, .leftwards = !way->leftwards, .seat = {-1, y, true}};
    for (int k = 0; k < way->count; k++) {
        int box = gf_box_number(s->view, s->view->arrows[way->arrows[k]].to);
        if (has_block(s, box))
            continue;
        arrivals[count++] = (arrival){.box = box, .leftwards = way->leftwards, .seat = seat_of(s, way, way->arrows[k])};
    }
    return count;
}

static void settle_side(gf_spreading *s, const arrival *arrivals, int count, gf_seat *seats)
{
    const gf_stand *place = &s->spread->places[arrivals[0].box];
    bool solid = is_solid(s, arrivals[0].box);
    double half = place->height / 2 - 4;
    for (int k = 0; k < count; k++)
        seats[k] = arrivals[k].seat;
    gf_seats_settle(s, seats, count, apart, apart, solid ? s->floor - gf_solid_height(s) + 5 : place->y - half,
                    solid ? s->floor - 5 : place->y + half);
    for (int k = 0; k < count; k++)
        if (seats[k].number >= 0)
            s->solid_y[seats[k].number] = seats[k].y;
}

void gf_solids_settle(gf_spreading *s)
{
    size_t most = 2 * s->view->arrow_count + (size_t)s->c.way_count;
    s->solid_y = gf_spread_take(s, s->view->arrow_count, sizeof *s->solid_y);
    gf_seat *seats = gf_spread_take(s, most, sizeof *seats);
    arrival *arrivals = gf_spread_take(s, most, sizeof *arrivals);
    int count = 0;
    for (int w = 0; w < s->c.way_count && arrivals; w++)
        count += list_arrivals(s, &s->c.ways[w], arrivals + count);
    for (int k = 0; k < count; k++)
        arrivals[k].number = k;
    if (count)
        qsort(arrivals, (size_t)count, sizeof *arrivals, compare_arrivals);
    for (int k = 0, end; k < count; k = end) {
        for (end = k; end < count && !compare_sides(&arrivals[k], &arrivals[end]);)
            end++;
        settle_side(s, arrivals + k, end - k, seats);
    }
}
