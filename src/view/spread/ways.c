/* The ways between columns. In a gutter a net is a comb: what arrives on its near side goes up or down one track to
 * every place where it leaves on the far side: a box's side, a lane below boxes, the lane in which it goes further. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "view/spread/branches.h"
#include "view/spread/stages.h"

enum { MOST_POINTS = 32 };

typedef struct line {
    gf_point points[MOST_POINTS];
    int count;
} line;

static void go(line *l, double x, double y)
{
    if (l->count == MOST_POINTS)
        l->count--;
    l->points[l->count++] = (gf_point){x, y};
}

static void add_piece(gf_spreading *s, const line *l, const gf_branch *b, bool head, bool between)
{
    gf_spread_add(s, l->points, l->count, b->arrows, b->count, head, between);
}

static void follow(gf_spreading *s, const gf_way *way, int *use, gf_branch b, line l);

static double edge_of(const gf_spreading *s, int box, bool right)
{
    const gf_stand *place = &s->spread->places[box];
    return place->x + (right ? 0.5 : -0.5) * place->width;
}

/* From the gutter along a lane below boxes, up into each. */
static void enter_by_lane(gf_spreading *s, const gf_branch *b, line l, bool leftwards)
{
    const gf_column *column = &s->c.columns[b->column];
    double farthest = 0;
    gf_branch one = *b;
    bool alone = true;
    for (int k = 0; k < b->count; k++) {
        alone &= s->view->arrows[b->arrows[k]].to == s->view->arrows[b->arrows[0]].to;
        int slot = s->c.slot_of[gf_arrow_end(&s->c, b->arrows[k])];
        double x = gf_slot_x(column, slot, gf_block_port(&b->room->block, b->entry->number, slot));
        farthest = k == 0 || (leftwards ? x < farthest : x > farthest) ? x : farthest;
    }
    go(&l, farthest, b->y);
    if (!alone)
        add_piece(s, &l, b, false, true);
    for (int k = 0; k < b->count; k += one.count) {
        const gf_box *to = s->view->arrows[b->arrows[k]].to;
        int box = gf_box_number(s->view, to), slot = s->c.slot_of[box];
        double x = gf_slot_x(column, slot, gf_block_port(&b->room->block, b->entry->number, slot));
        one.arrows = &b->arrows[k];
        for (one.count = 1; k + one.count < b->count && s->view->arrows[b->arrows[k + one.count]].to == to;)
            one.count++; /* a rail's */
        line up = l;
        if (!alone) {
            up.count = 0;
            go(&up, x, b->y);
        }
        go(&up, x, s->spread->places[box].y + s->spread->places[box].height / 2);
        add_piece(s, &up, &one, true, alone || s->room.apart);
    }
}

/* The arrows of several branches, side by side; NULL without memory. */
static int *gather_arrows(gf_spreading *s, const gf_branch *branches, int count, int *all_count)
{
    *all_count = 0;
    for (int k = 0; k < count; k++)
        *all_count += branches[k].count;
    int *all = gf_spread_take(s, (size_t)*all_count, sizeof *all), filled = 0;
    for (int k = 0; k < count && all; k++)
        for (int a = 0; a < branches[k].count; a++)
            all[filled++] = branches[k].arrows[a];
    return all;
}

/* Branches on one side of where the net arrives, nearest first: the track's parts, and what follows. */
static void climb(gf_spreading *s, const gf_way *way, int *use, double x, double y, gf_branch *branches, int count)
{
    for (int k = 0; k < count; k++) {
        line l = {.count = 0};
        go(&l, x, y);
        if (k + 1 < count) {
            int arrows, *all = gather_arrows(s, branches + k, count - k, &arrows);
            if (!all)
                return;
            line part = l;
            go(&part, x, branches[k].y);
            gf_spread_add(s, part.points, part.count, all, arrows, false, false);
            l.count = 0;
        }
        go(&l, x, branches[k].y);
        y = branches[k].y;
        follow(s, way, use, branches[k], l);
    }
}

static int compare_branches(const void *a, const void *b)
{
    const gf_branch *one = a, *other = b;
    return (one->y > other->y) - (one->y < other->y);
}

/* Branches on a track: what arrives comes by `l` at height y. */
static void comb_on(gf_spreading *s, const gf_way *way, int *use, gf_branch *branches, int count, line l, double x,
                    double y)
{
    go(&l, x, y);
    if (count == 1) {
        go(&l, x, branches[0].y);
        follow(s, way, use, branches[0], l);
        return;
    }
    int arrows, above = 0, level, *all = gather_arrows(s, branches, count, &arrows);
    if (!all)
        return;
    gf_spread_add(s, l.points, l.count, all, arrows, false, true);
    /* What goes further is followed last: it uses the next gutters. */
    qsort(branches, (size_t)count, sizeof *branches, compare_branches);
    while (above < count && branches[above].y < y - 0.5)
        above++;
    for (level = above; level < count && branches[level].y <= y + 0.5; level++) {
        line on = {.count = 0};
        go(&on, x, y);
        follow(s, way, use, branches[level], on);
    }
    gf_branch *upwards = gf_spread_take(s, (size_t)above + 1, sizeof *upwards);
    for (int k = 0; k < above && upwards; k++)
        upwards[k] = branches[above - 1 - k];
    if (upwards)
        climb(s, way, use, x, y, upwards, above);
    climb(s, way, use, x, y, branches + level, count - level);
}

/* Branches of a net that makes a jog hang on its second track: they become one branch of the first. */
static int divide(gf_spreading *s, const gf_crossing *use, bool leftwards)
{
    gf_branch *branches = use->branches;
    int count = use->branch_count;
    if (!use->net.jogged || leftwards)
        return count;
    gf_branch jog = {.kind = BRANCH_JOG, .y = use->net.jog, .x = use->jog_x};
    jog.beyond = gf_spread_take(s, (size_t)count, sizeof *jog.beyond);
    int kept = 0, pin = 0;
    for (int k = 0; k < count && jog.beyond; k++) {
        bool beyond = branches[k].kind != BRANCH_RISER && use->net.jogged[pin++];
        if (beyond)
            jog.beyond[jog.beyond_count++] = branches[k];
        else
            branches[kept++] = branches[k];
    }
    if (!jog.beyond_count)
        return count;
    jog.arrows = gather_arrows(s, jog.beyond, jog.beyond_count, &jog.count);
    branches[kept++] = jog;
    return kept;
}

/* A net in a gutter: it arrives by `l` at height y. Leftwards its one pin on the high side may hang on the jog. */
static void comb(gf_spreading *s, const gf_way *way, int *use, line l, double y)
{
    const gf_crossing *at = &s->crossings[(*use)++];
    if (way->leftwards && at->net.jogged && at->net.jogged[0]) {
        go(&l, at->jog_x, y);
        go(&l, at->jog_x, at->net.jog);
        y = at->net.jog;
    }
    int count = divide(s, at, way->leftwards);
    if (!s->failed)
        comb_on(s, way, use, at->branches, count, l, at->x, y);
}

/* What goes further: to the next gutter where something leaves it. */
static void go_further(gf_spreading *s, const gf_way *way, int *use, const gf_branch *b, line l)
{
    int at = gf_gutter_of(s, way, b->arrows[0]);
    while (s->crossings[*use].gutter != at)
        ++*use;
    comb(s, way, use, l, b->y);
}

static void follow(gf_spreading *s, const gf_way *way, int *use, gf_branch b, line l)
{
    if (b.kind == BRANCH_JOG) {
        comb_on(s, way, use, b.beyond, b.beyond_count, l, b.x, b.y);
    } else if (b.kind == BRANCH_RISER) {
        add_piece(s, &l, &b, false, false);
    } else if (b.kind == BRANCH_FAR) {
        go_further(s, way, use, &b, l);
    } else if (b.kind == BRANCH_LANE) {
        enter_by_lane(s, &b, l, way->leftwards);
    } else {
        int box = gf_arrow_end(&s->c, b.arrows[0]);
        go(&l, edge_of(s, box, way->leftwards), b.y);
        add_piece(s, &l, &b, true, true);
    }
}

static const gf_rail *rail_of(const gf_spreading *s, const gf_way *way)
{
    return &s->c.rails[s->c.rail_of[way->rails[0]]];
}

/* Where a value goes straight up to its rails: from the middle of its box; the several of a solid column side by side,
 * the lowest rail's rightmost, where it crosses none at the rails' beginning. */
static double riser_x(const gf_spreading *s, const gf_way *way)
{
    static const double apart = 10;
    int box = gf_way_source(s, way);
    double x = s->spread->places[box].x;
    for (int k = s->first_out[box]; k < s->first_out[box + 1] && s->c.columns[way->column].kind == GF_COLUMN_SOLID;
         k++) {
        int number = s->c.way_of[2 * s->view->arrows[s->out[k]].source];
        const gf_way *other = number ? &s->c.ways[number - 1] : way;
        if (other != way && gf_way_rises(s, other) && other->rails[0] == s->out[k])
            x += rail_of(s, other)->y < rail_of(s, way)->y ? apart / 2 : -apart / 2;
    }
    return x;
}

static void trace_way(gf_spreading *s, int number)
{
    const gf_way *way = &s->c.ways[number];
    int use = s->first_crossing[number];
    for (int k = 0; k < way->rail_count && gf_way_rises(s, way); k++) {
        const gf_stand *place = &s->spread->places[gf_way_source(s, way)];
        double x = riser_x(s, way);
        gf_point up[] = {{x, place->y - place->height / 2}, {x, s->c.rails[s->c.rail_of[way->rails[k]]].y}};
        gf_spread_add(s, up, 2, &way->rails[k], 1, false, false);
    }
    bool riser = way->rail_count && !gf_way_rises(s, way);
    if (!way->count && !riser)
        return;
    gf_point exit = gf_way_exit(s, way);
    line l = {.count = 0};
    if (gf_way_leaves_by_lane(s, way)) {
        const gf_stand *place = &s->spread->places[gf_way_source(s, way)];
        go(&l, place->x, place->y - place->height / 2);
    }
    go(&l, exit.x, exit.y);
    comb(s, way, &use, l, exit.y);
}

/* Where the risers of a rail meet it: the first, and the last. */
static void find_risers(const gf_spreading *s, int number, double *left, double *right, int *last)
{
    *left = INFINITY;
    *right = -INFINITY;
    for (size_t k = 0; k < s->spread->trail_count; k++) {
        const gf_trail *piece = &s->spread->trails[k];
        const gf_point *end = &piece->points[piece->point_count - 1];
        if (piece->head || s->c.rail_of[piece->arrows[0]] != number || end->y != s->c.rails[number].y)
            continue;
        *left = fmin(*left, end->x);
        if (end->x > *right)
            *last = piece->arrows[0];
        *right = fmax(*right, end->x);
    }
}

static void trace_rail(gf_spreading *s, int number)
{
    const gf_rail *rail = &s->c.rails[number];
    double left, right;
    int last = 0;
    find_risers(s, number, &left, &right, &last);
    line l = {.count = 0};
    go(&l, left, rail->y);
    size_t before = s->spread->trail_count;
    if (rail->box == s->c.lone) {
        go(&l, edge_of(s, rail->box, false), rail->y);
        gf_spread_add(s, l.points, l.count, rail->arrows, rail->count, true, false);
    } else if (rail->above) {
        const gf_stand *place = &s->spread->places[rail->box];
        double x = s->c.columns[s->c.column_of[rail->box]].x + gf_rail_port(s, rail);
        go(&l, x, rail->y);
        go(&l, x, place->y - place->height / 2);
        gf_spread_add(s, l.points, l.count, rail->arrows, rail->count, true, false);
    } else {
        gf_way none = {.pattern = rail->pattern};
        int use = s->first_crossing[s->c.way_count + number];
        double x = s->crossings[use].x;
        if (right > x) /* the last riser stands behind the track on which the rail goes down */
            gf_spread_add(s, (gf_point[]){{right, rail->y}, {x, rail->y}}, 2, &last, 1, false, false);
        comb(s, &none, &use, l, rail->y);
    }
    for (size_t k = before; k < s->spread->trail_count; k++)
        s->spread->trails[k].rail = true;
}

void gf_ways_trace(gf_spreading *s)
{
    for (int k = 0; k < s->c.way_count && !s->failed; k++)
        trace_way(s, k);
    for (int k = 0; k < s->c.rail_count && !s->failed; k++)
        trace_rail(s, k);
}
