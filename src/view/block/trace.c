/* The pieces of what a box sends: trunks and their branches, row by row. Rule 24, as far as the block goes. */
#include "view/block/ways.h"

#include <math.h>

typedef struct trace {
    const gf_block *block;
    gf_block_visit *visit;
    void *data;
    gf_point *points;
    int point_count;
    int *targets;
    int target_count;
} trace;

/* Do three points lie on one line across, or along? */
static bool in_line(const gf_point *p, double x, double y)
{
    return (p[0].x == p[1].x && p[1].x == x) || (p[0].y == p[1].y && p[1].y == y);
}

/* On to a point. What lies between two ends of a straight line is left out. */
static void go(trace *t, double x, double y)
{
    if (t->point_count && t->points[t->point_count - 1].x == x && t->points[t->point_count - 1].y == y)
        return;
    if (t->point_count > 1 && in_line(&t->points[t->point_count - 2], x, y))
        t->point_count--;
    t->points[t->point_count++] = (gf_point){x, y};
}

static void restart(trace *t, double x, double y)
{
    t->point_count = 0;
    go(t, x, y);
}

static void emit(trace *t, bool head)
{
    const gf_block_piece piece = {t->points, t->point_count, t->targets, t->target_count, head};
    t->visit(t->data, &piece);
}

static double half_height(const trace *t, int box)
{
    return t->block->boxes[box].height / 2;
}

static const gf_net *net_of(const trace *t, const gf_spot *spot)
{
    return &t->block->ways->gaps[spot->item.row].nets[spot->net];
}

/* --- what lies beyond ------------------------------------------------------------------------------ */

/* Adds the boxes that a way leads to: one, or by a pass-through all that are above. */
static void add_beyond(trace *t, const gf_way *way)
{
    const gf_spot *spot = way->high;
    while (spot && spot->item.pass) {
        const gf_spot *next = NULL;
        for (int k = 0; k < spot->up_count; k++)
            if (spot->up[k]->high->item.pass)
                next = spot->up[k]->high;
            else
                t->targets[t->target_count++] = spot->up[k]->high->item.box;
        spot = next;
    }
    if (spot)
        t->targets[t->target_count++] = spot->item.box;
}

/* A branch of a lane: a way, or (NULL) the jog to the second lane. */
typedef struct branch {
    const gf_way *way;
    double x;
} branch;

static bool on_jog(const gf_net *net, int k)
{
    return net->jogged && net->jogged[k];
}

/* Does what leads to a spot lead on to the same boxes? So it is along a long line: they are not looked for again. */
static bool is_told(const gf_spot *spot)
{
    return spot->item.pass && spot->up_count == 1;
}

/* The boxes beyond a lane of a spot's net; the first lane leads to those of the second, too. */
static void beyond_lane(trace *t, const gf_spot *spot, bool jog)
{
    if (is_told(spot))
        return;
    t->target_count = 0;
    for (int k = 0; k < spot->up_count; k++)
        if (!jog || on_jog(net_of(t, spot), k))
            add_beyond(t, spot->up[k]);
}

/* --- lanes and branches ---------------------------------------------------------------------------- */

static void walk(trace *t, const gf_spot *spot);
static void along(trace *t, const gf_spot *spot, bool jog, double x);

static void follow(trace *t, const gf_spot *spot, branch b)
{
    if (!b.way) {
        beyond_lane(t, spot, true);
        along(t, spot, true, b.x);
        return;
    }
    const gf_spot *high = b.way->high;
    double y = t->block->rows[high->item.row].y;
    if (!is_told(spot)) {
        t->target_count = 0;
        add_beyond(t, b.way);
    }
    if (high->item.pass) {
        go(t, b.x, y);
        walk(t, high);
        return;
    }
    go(t, b.x, y - half_height(t, high->item.box));
    emit(t, true);
}

/* Branch number k of a lane; false after the last. */
static bool next_branch(const trace *t, const gf_spot *spot, bool jog, int *k, branch *b)
{
    const gf_net *net = net_of(t, spot);
    for (; *k < spot->up_count; (*k)++)
        if (on_jog(net, *k) == jog) {
            *b = (branch){spot->up[*k], spot->up[*k]->x};
            (*k)++;
            return true;
        }
    *b = (branch){NULL, net->jog};
    return !jog && net->jog_lane >= 0 && (*k)++ == spot->up_count;
}

/* The branches of a lane that is met at x, and how many there are on either side. */
typedef struct fork {
    double x, from, to; /* what is the trunk's of the lane */
    int count, left, right;
} fork;

/* Where a branch begins: at the lane; but one that is alone on its side of several, where the lane is met. */
static double beginning(const fork *f, double x)
{
    bool one_side = f->left == f->count || f->right == f->count;
    bool alone = (x < f->x - 1 && f->left == 1) || (x > f->x + 1 && f->right == 1);
    return f->count == 1 || (alone && !one_side) ? f->x : x;
}

static fork fork_of(const trace *t, const gf_spot *spot, bool jog, double x)
{
    fork f = {.x = x, .from = x, .to = x};
    branch b;
    for (int k = 0; next_branch(t, spot, jog, &k, &b); f.count++)
        f.left += b.x<x - 1, f.right += b.x> x + 1;
    for (int k = 0; next_branch(t, spot, jog, &k, &b);) {
        f.from = fmin(f.from, beginning(&f, b.x));
        f.to = fmax(f.to, beginning(&f, b.x));
    }
    return f;
}

/* The trunk: what leads to the lane, and the lane itself, to both sides at once. */
static void draw_trunk(trace *t, const fork *f, double y)
{
    go(t, f->x, y);
    if (f->left == f->count || f->right == f->count)
        go(t, f->left ? f->from : f->to, y);
    emit(t, false);
    if (f->left == f->count || f->right == f->count || f->from == f->to)
        return;
    restart(t, f->from, y);
    go(t, f->to, y);
    emit(t, false);
}

/* The points so far lead to the lane, at x: along it to its branches. */
static void along(trace *t, const gf_spot *spot, bool jog, double x)
{
    const gf_net *net = net_of(t, spot);
    const gf_block_gap *gap = &t->block->ways->gaps[spot->item.row];
    double y = gap->first + (jog ? net->jog_lane : net->lane) * gap->step;
    fork f = fork_of(t, spot, jog, x);
    branch b;
    if (f.count > 1)
        draw_trunk(t, &f, y);
    for (int k = 0; next_branch(t, spot, jog, &k, &b);) {
        double from = beginning(&f, b.x);
        if (f.count > 1)
            restart(t, from, y);
        go(t, from, y);
        go(t, b.x, y);
        follow(t, spot, b);
    }
}

/* The points so far lead to a spot's middle, or to its top: on from there. */
static void walk(trace *t, const gf_spot *spot)
{
    if (!spot->up_count)
        return;
    beyond_lane(t, spot, false);
    if (net_of(t, spot)->lane >= 0)
        along(t, spot, false, spot->item.x);
    else
        for (int k = 0; k < spot->up_count; k++)
            follow(t, spot, (branch){spot->up[k], spot->up[k]->x});
}

/* --- all of it ------------------------------------------------------------------------------------- */

/* From the side of a box in the row of its user to the user's. */
static void walk_across(trace *t, int box, int user)
{
    const gf_block *block = t->block;
    double y = block->rows[block->at[box]->row].y, sign = block->at[box]->x < block->at[user]->x ? 1 : -1;
    go(t, block->at[box]->x + sign * block->across[box] / 2, y);
    go(t, block->at[user]->x - sign * block->across[user] / 2, y);
    t->targets[t->target_count++] = user;
    emit(t, true);
}

gf_status gf_block_trace(const gf_block *block, int box, gf_block_visit *visit, void *data)
{
    enum { POINTS_A_ROW = 5 };
    gf_block_ways *ways = block->ways;
    if (!ways->points)
        ways->points =
            gf_arena_get(&ways->scratch, (size_t)(POINTS_A_ROW * (block->row_count + 1)) * sizeof *ways->points);
    if (!ways->targets)
        ways->targets = gf_arena_get(&ways->scratch, (size_t)block->box_count * sizeof *ways->targets);
    if (!ways->points || !ways->targets)
        return GF_ERROR_MEMORY;
    trace t = {.block = block, .visit = visit, .data = data, .points = ways->points, .targets = ways->targets};
    int user = block->beside[box] >= 0 ? block->beside[box] : gf_led(block, box);
    if (user >= 0) {
        walk_across(&t, box, user);
    } else {
        go(&t, block->at[box]->x, block->rows[block->at[box]->row].y + half_height(&t, box));
        walk(&t, gf_spot_of(block->at[box]));
    }
    return GF_OK;
}
