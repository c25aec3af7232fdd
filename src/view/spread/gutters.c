/* Gutters: the nets in each, and their tracks. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "view/spread/branches.h"

static void add_pins(gf_crossing *use, bool leftwards, double near)
{
    double *near_pins = leftwards ? use->net.high : use->net.low, *far_pins = leftwards ? use->net.low : use->net.high;
    int far_count = 0;
    near_pins[0] = near;
    for (int k = 0; k < use->branch_count; k++)
        if (use->branches[k].kind == BRANCH_RISER)
            use->net.to_start = true;
        else
            far_pins[far_count++] = use->branches[k].y;
    *(leftwards ? &use->net.high_count : &use->net.low_count) = 1;
    *(leftwards ? &use->net.low_count : &use->net.high_count) = far_count;
}

/* A way comes into a gutter at height `near`, and leaves it by so many branches, which are copied. */
static void add_crossing(gf_spreading *s, int gutter, int way, double near, const gf_branch *branches, int count)
{
    gf_crossing *use = &s->crossings[s->crossing_count++];
    *use = (gf_crossing){.gutter = gutter, .way = way, .branch_count = count};
    use->net.low = gf_spread_take(s, (size_t)count + 1, sizeof(double));
    use->net.high = gf_spread_take(s, (size_t)count + 1, sizeof(double));
    use->branches = gf_spread_take(s, (size_t)count, sizeof *use->branches);
    if (s->failed)
        return;
    memcpy(use->branches, branches, (size_t)count * sizeof *branches);
    add_pins(use, way >= 0 && s->c.ways[way].leftwards, near);
}

/* A gutter that a way passes straight, on its lane. */
static void pass_gutters(gf_spreading *s, int number, int from, int to)
{
    const gf_way *way = &s->c.ways[number];
    for (int g = from; way->leftwards ? g > to : g < to; g += way->leftwards ? -1 : 1) {
        gf_branch pass = {.kind = BRANCH_FAR, .y = gf_way_lane(s, way)}; /* which others have none */
        add_crossing(s, g, number, pass.y, &pass, 1);
    }
}

static void plan_way(gf_spreading *s, int number, gf_branch *branches)
{
    gf_way *way = &s->c.ways[number];
    s->first_crossing[number] = s->crossing_count;
    int home = way->column + !way->leftwards, step = way->leftwards ? -1 : 1, gutter = home;
    bool riser = way->rail_count && !gf_way_rises(s, way);
    double near = gf_way_exit(s, way).y;
    for (int first = 0, end; first < way->count || (first == 0 && riser); first = end) {
        end = first < way->count ? gf_way_column_end(s, way, first) : first;
        bool there = first < way->count && gf_gutter_of(s, way, way->arrows[first]) == home;
        if (first == 0 && !there) { /* nothing in the nearest column */
            add_crossing(s, home, number, near, branches, gf_branches_in(s, way, 0, 0, riser, branches));
            gutter = home + step;
            near = way->count ? gf_way_lane(s, way) : near;
            if (first == way->count)
                return;
        }
        int at = gf_gutter_of(s, way, way->arrows[first]);
        pass_gutters(s, number, gutter, at);
        gf_way_sort(s, way, first, end);
        add_crossing(s, at, number, near, branches, gf_branches_in(s, way, first, end, there && riser, branches));
        gutter = at + step;
        near = way->far ? gf_way_lane(s, way) : near;
    }
}

static void plan_rail(gf_spreading *s, int number)
{
    const gf_rail *rail = &s->c.rails[number];
    s->first_crossing[s->c.way_count + number] = s->crossing_count;
    if (rail->box == s->c.lone || rail->above)
        return;
    gf_branch branch = gf_branch_of_rail(s, rail);
    add_crossing(s, s->c.column_of[rail->box], -1 - number, rail->y, &branch, 1);
}

/* How many uses there can be: one a gutter that a way crosses. */
static size_t most_crossings(const gf_spreading *s)
{
    size_t most = (size_t)s->c.rail_count;
    for (int k = 0; k < s->c.way_count; k++) {
        const gf_way *way = &s->c.ways[k];
        most += 1;
        if (way->count)
            most += (size_t)abs(gf_arrow_column(&s->c, way->arrows[way->count - 1]) - way->column);
    }
    return most;
}

static size_t most_branches(const gf_spreading *s)
{
    int most = 0;
    for (int k = 0; k < s->c.way_count; k++) {
        int count = s->c.ways[k].count + s->c.ways[k].rail_count;
        most = count > most ? count : most;
    }
    return (size_t)most + 2;
}

static gf_heads heads_of(const gf_crossing *use)
{
    gf_heads heads = GF_HEADS_NONE;
    for (int k = 0; k < use->branch_count; k++)
        if (use->branches[k].kind == BRANCH_SIDE && heads < GF_HEADS_AT_END)
            heads = use->branches[k].room ? GF_HEADS_WITHIN : GF_HEADS_AT_END;
    return heads;
}

/* Routes one gutter; its lanes come back to the uses. */
static void route_gutter(gf_spreading *s, const int *members, int count, gf_gutter *gutter)
{
    gf_net *nets = gf_spread_take(s, (size_t)count, sizeof *nets);
    int bad = 0;
    if (s->failed)
        return;
    for (int k = 0; k < count; k++)
        nets[k] = s->crossings[members[k]].net;
    double top = s->floor - s->height;
    for (int k = 0; k < s->c.rail_count; k++)
        top = fmin(top, s->c.rails[k].y);
    s->failed |= gf_channel_route(nets, count, top, s->floor, 4, &s->arena, &gutter->lanes, &bad) != GF_OK;
    for (int k = 0; k < count; k++) {
        gf_crossing *use = &s->crossings[members[k]];
        gf_heads *end = use->way >= 0 && s->c.ways[use->way].leftwards ? &gutter->left : &gutter->right;
        use->net = nets[k];
        *end = heads_of(use) > *end ? heads_of(use) : *end;
    }
}

/* The uses of each gutter, gutter by gutter: gutter g has members[first[g]] up to members[first[g + 1]]. Where it makes
 * no difference, what comes before lies further left: rails, which need no room for numbers; but for what rises to them
 * there. */
static int *sort_crossings(gf_spreading *s, int *first)
{
    int gutters = s->c.count + 1, *members = gf_spread_take(s, (size_t)s->crossing_count, sizeof *members);
    int *filled = gf_spread_take(s, (size_t)gutters, sizeof *filled);
    if (s->failed)
        return NULL;
    for (int k = 0; k < s->crossing_count; k++)
        first[s->crossings[k].gutter + 1]++;
    for (int g = 0; g < gutters; g++)
        first[g + 1] += first[g];
    bool *rises = gf_spread_take(s, (size_t)gutters, sizeof *rises);
    for (int k = 0; k < s->crossing_count && rises; k++)
        rises[s->crossings[k].gutter] |= s->crossings[k].net.to_start;
    for (int early = 1; early >= 0 && rises; early--)
        for (int k = 0; k < s->crossing_count; k++) {
            int gutter = s->crossings[k].gutter;
            if ((s->crossings[k].way < 0 && !rises[gutter]) == early)
                members[first[gutter] + filled[gutter]++] = k;
        }
    return members;
}

void gf_ways_plan(gf_spreading *s)
{
    s->crossing_count = 0;
    s->crossings = gf_spread_take(s, most_crossings(s), sizeof *s->crossings);
    s->first_crossing = gf_spread_take(s, (size_t)(s->c.way_count + s->c.rail_count) + 1, sizeof(int));
    gf_branch *branches = gf_spread_take(s, most_branches(s), sizeof *branches);
    int *first = gf_spread_take(s, (size_t)s->c.count + 2, sizeof *first);
    for (int k = 0; k < s->c.way_count && !s->failed; k++)
        plan_way(s, k, branches);
    for (int k = 0; k < s->c.rail_count && !s->failed; k++)
        plan_rail(s, k);
    if (s->failed)
        return;
    s->first_crossing[s->c.way_count + s->c.rail_count] = s->crossing_count;
    int *members = sort_crossings(s, first);
    s->gutters = gf_spread_take(s, (size_t)s->c.count + 1, sizeof *s->gutters);
    for (int g = 0; g <= s->c.count && !s->failed; g++) {
        route_gutter(s, members + first[g], first[g + 1] - first[g], &s->gutters[g]);
        s->gutter = fmax(s->gutter, 7 * (s->gutters[g].lanes + 1));
    }
}

/* Where the last of so many tracks lies, `apart` from each other if they lay evenly: it leaves room for heads at that
 * end, as the others move away from those at the other end. */
static double last_track(double apart, gf_heads here, gf_heads there)
{
    static const double head = 10.5 /* of a thick arrow */, least = 4;
    double with_head = fmax(apart, head);
    if (here > there || here == GF_HEADS_AT_END)
        return with_head;
    return here < there ? fmin(apart, fmax(2 * apart - with_head, least)) : apart;
}

void gf_ways_cross(gf_spreading *s)
{
    for (int k = 0; k < s->crossing_count && !s->failed; k++) {
        gf_crossing *use = &s->crossings[k];
        const gf_gutter *gutter = &s->gutters[use->gutter];
        const gf_column *left = use->gutter > 0 ? &s->c.columns[use->gutter - 1] : NULL;
        double from = left ? left->x + left->width : s->c.columns[0].x - s->gutter;
        double to = use->gutter < s->c.count ? s->c.columns[use->gutter].x : from + s->gutter;
        double apart = (to - from) / (gutter->lanes + 1), before = last_track(apart, gutter->left, gutter->right);
        double behind = last_track(apart, gutter->right, gutter->left);
        apart = gutter->lanes > 1 ? (to - from - before - behind) / (gutter->lanes - 1) : 0;
        use->x = use->net.lane < 0 ? (from + to) / 2 : from + before + apart * use->net.lane;
        use->jog_x = from + before + apart * use->net.jog_lane;
    }
}
