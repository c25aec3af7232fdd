/* Solid columns: what arrives at their sides, and leaves there, each at a height of its own. */
#include <math.h>
#include <stdlib.h>

#include "view/spread/ways.h"

static const double apart = 10;

typedef struct arrival {
    int arrow; /* -1: an exit */
    double y;
    bool fixed;
} arrival;

static int compare(const void *a, const void *b)
{
    const arrival *one = a, *other = b;
    if (one->y != other->y)
        return (one->y > other->y) - (one->y < other->y);
    if (one->fixed != other->fixed)
        return other->fixed - one->fixed;
    return (one->arrow > other->arrow) - (one->arrow < other->arrow);
}

/* Below the nearest fixed one, and the neighbour, as far as need be; what falls below the column goes on above. */
static void part(arrival *arrivals, int count)
{
    qsort(arrivals, (size_t)count, sizeof *arrivals, compare);
    for (int round = 0; round < 60; round++)
        for (int k = 1; k < count; k++) {
            double lack = apart - (arrivals[k].y - arrivals[k - 1].y);
            if (lack <= 0.01)
                continue;
            double up = arrivals[k - 1].fixed ? 0 : arrivals[k].fixed ? lack : lack / 2;
            arrivals[k - 1].y -= up;
            if (!arrivals[k].fixed)
                arrivals[k].y += lack - up;
        }
}

/* Where a way would like to arrive: straight on, at the height of its variable; from above the steps near their top. */
static double wish(const gf_spreading *s, const gf_way *way)
{
    bool named = way->pattern >= 0 || s->c.columns[way->column].kind != GF_COLUMN_BEFORE;
    double top = s->floor - s->height + 16;
    return named ? gf_way_pattern_height(s, way) : way->far ? top : fmax(gf_way_exit(s, way).y, top);
}

static void settle_side(gf_spreading *s, int column, bool leftwards, arrival *arrivals)
{
    int count = 0;
    for (int w = 0; w < s->c.way_count; w++) {
        const gf_way *way = &s->c.ways[w];
        if (way->column == column && way->leftwards != leftwards && way->count)
            arrivals[count++] = (arrival){-1, gf_way_exit(s, way).y, true};
        for (int k = 0; k < way->count && way->leftwards == leftwards; k++) {
            const gf_arrow *arrow = &s->view->arrows[way->arrows[k]];
            bool rail = abs(gf_arrow_lag(&s->c, arrow)) == 1;
            if (s->c.column_of[gf_box_number(s->view, arrow->to)] == column)
                arrivals[count++] = (arrival){way->arrows[k], wish(s, way), rail};
        }
    }
    for (int k = 0; k < count; k++) /* two that are straight: the second gives way */
        for (int j = 0; j < k; j++)
            if (arrivals[k].fixed && arrivals[j].fixed && fabs(arrivals[k].y - arrivals[j].y) < apart)
                arrivals[arrivals[k].arrow < 0 ? j : k].fixed = false;
    part(arrivals, count);
    for (int k = 0; k < count; k++)
        if (arrivals[k].arrow >= 0)
            s->solid_y[arrivals[k].arrow] = arrivals[k].y;
}

void gf_solids_settle(gf_spreading *s)
{
    size_t most = s->view->arrow_count + (size_t)s->c.way_count + 1;
    s->solid_y = gf_spread_take(s, s->view->arrow_count, sizeof *s->solid_y);
    arrival *arrivals = gf_spread_take(s, most, sizeof *arrivals);
    for (int k = 0; k < s->c.count && !s->failed; k++)
        for (int side = 0; side < 2 && s->c.columns[k].kind == GF_COLUMN_SOLID; side++)
            settle_side(s, k, side, arrivals);
}
