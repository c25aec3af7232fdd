/* Columns without a block, solid ones, starts and ends: what arrives at their sides, and leaves there, each at a height
 * of its own. */
#include <math.h>
#include <stdlib.h>

#include "view/spread/branches.h"
#include "view/spread/stages.h"

static const double apart = 10;

/* Where a way would like to arrive: straight on, at the height of its variable; from above the steps near their top.
 * What passed steps by a lane arrives on the lane's side of what comes straight on, and as their lanes lie. */
static double wish(const gf_spreading *s, const gf_way *way, bool rail)
{
    bool named = way->pattern >= 0 || s->c.columns[way->column].kind != GF_COLUMN_BEFORE;
    double top = s->floor - gf_solid_height(s) + 16, y = gf_way_pattern_height(s, way);
    if (!named)
        return way->far ? top : fmax(gf_way_exit(s, way).y, top);
    double lane = way->far && !rail ? gf_way_lane(s, way) - y : 0;
    return y + lane / (1 + fabs(lane));
}

static void seat(gf_spreading *s, gf_seat *arrivals, int count, double top, double bottom)
{
    gf_seats_settle(s, arrivals, count, apart, apart, top, bottom);
    for (int k = 0; k < count; k++)
        if (arrivals[k].number >= 0)
            s->solid_y[arrivals[k].number] = arrivals[k].y;
}

static void settle_side(gf_spreading *s, int column, bool leftwards, gf_seat *arrivals)
{
    int count = 0;
    for (int w = 0; w < s->c.way_count; w++) {
        const gf_way *way = &s->c.ways[w];
        if (way->column == column && way->leftwards != leftwards && way->count)
            arrivals[count++] = (gf_seat){-1, gf_way_exit(s, way).y, true};
        for (int k = 0; k < way->count && way->leftwards == leftwards; k++) {
            const gf_arrow *arrow = &s->view->arrows[way->arrows[k]];
            bool rail = abs(gf_arrow_lag(&s->c, arrow)) == 1;
            if (s->c.column_of[gf_box_number(s->view, arrow->to)] == column)
                arrivals[count++] = (gf_seat){way->arrows[k], wish(s, way, rail), rail};
        }
    }
    seat(s, arrivals, count, s->floor - gf_solid_height(s) + 5, s->floor - 5);
}

/* Of a start, or an end: about its middle. */
static void settle_box(gf_spreading *s, int box, bool leftwards, gf_seat *arrivals)
{
    double middle = s->spread->places[box].y, half = s->spread->places[box].height / 2 - 4;
    int count = 0;
    for (int w = 0; w < s->c.way_count; w++) {
        const gf_way *way = &s->c.ways[w];
        if (way->leftwards != leftwards && way->count && gf_way_source(s, way) == box)
            arrivals[count++] = (gf_seat){-1, middle, true};
        for (int k = 0; k < way->count && way->leftwards == leftwards; k++)
            if (gf_arrow_end(&s->c, way->arrows[k]) == box)
                arrivals[count++] = (gf_seat){way->arrows[k], middle, false};
    }
    seat(s, arrivals, count, middle - half, middle + half);
}

void gf_solids_settle(gf_spreading *s)
{
    size_t most = s->view->arrow_count + (size_t)s->c.way_count + 1;
    s->solid_y = gf_spread_take(s, s->view->arrow_count, sizeof *s->solid_y);
    gf_seat *arrivals = gf_spread_take(s, most, sizeof *arrivals);
    for (int k = 0; k < s->c.count && !s->failed; k++)
        for (int side = 0; side < 2; side++)
            if (s->c.columns[k].kind == GF_COLUMN_SOLID)
                settle_side(s, k, side, arrivals);
            else
                for (int b = 0; b < s->c.columns[k].count && !s->c.columns[k].room; b++)
                    settle_box(s, s->c.columns[k].boxes[b], side, arrivals);
}
