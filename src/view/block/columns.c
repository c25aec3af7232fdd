/* The columns of a block: which items of different rows share one x, and where each stands. Rules 10 and 11.
 *
 * Items that share one x are a group. All groups are packed as far left as they go: the longest path from left
 * neighbour to right neighbour says how wide that is. In a large graph the path climbs: along a row, up a group to
 * another row, along that one, and so on, and the block is many times as wide as its widest row:
 *
 *                     d - e - f
 *                     |
 *             b - c - d            the path is a b c d e f; without the group d it ends earlier
 *             |
 *         a - b
 *
 * Then groups are cut where the path climbs, until the block is at most half as wide again as its widest row. */
#include "view/block/ways.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { SWEEPS = 40, PASS_WEIGHT = 3, MOST_CUTS = 400, HEAD_ROOM = 10 };

/* How wide the packing may be, in widths of the widest row. */
static const double WIDEST = 1.5;

typedef struct columns {
    gf_block *block;
    int count;          /* of groups: items that share one x */
    double *x;          /* of each group */
    gf_spot **first;    /* of each group its lowest item */
    gf_spot **pushed;   /* of each group the item whose left neighbour keeps it from going further left */
    double left, right; /* of the packing */
} columns;

/* --- who stands above whom ------------------------------------------------------------------------- */

static bool is_input_box(const gf_block *block, const gf_spot *spot)
{
    return !spot->item.pass && block->ways->input[spot->item.box];
}

/* Of several users only the middle one of an odd number stands above the box. */
static bool may_join(const gf_spot *below, const gf_spot *spot)
{
    int count = below->up_count;
    return count < 2 || (count % 2 == 1 && below->up[count / 2]->high == spot);
}

/* The first pass-through that ends in a box, of an input or of what is none, of what stands aside or not. */
static gf_spot *pass_below(const gf_block *block, const gf_spot *spot, bool input, bool aside)
{
    for (int k = 0; k < spot->down_count; k++) {
        const gf_block_item *low = &spot->down[k]->low->item;
        if (low->pass && block->ways->input[low->box] == input && block->boxes[low->box].aside == aside &&
            (!input || may_join(spot->down[k]->low, spot)))
            return spot->down[k]->low;
    }
    return NULL;
}

/* Of the boxes below that are no inputs the one in the middle. */
static gf_spot *middle_below(const gf_block *block, const gf_spot *spot)
{
    int count = 0, seen = 0;
    for (int k = 0; k < spot->down_count; k++)
        count += !block->ways->input[spot->down[k]->low->item.box];
    for (int k = 0; k < spot->down_count; k++) {
        gf_spot *low = spot->down[k]->low;
        if (!block->ways->input[low->item.box] && seen++ == (count - 1) / 2)
            return count > 1 || may_join(low, spot) ? low : NULL;
    }
    if (spot->down_count == 1 && spot->down[0]->low->up_count == 1)
        return spot->down[0]->low;
    return NULL;
}

static gf_spot *wanted_below(const gf_block *block, const gf_spot *spot)
{
    if (spot->item.pass)
        return is_input_box(block, spot->down[0]->low) ? NULL : spot->down[0]->low;
    gf_spot *below = pass_below(block, spot, false, false);
    below = below ? below : pass_below(block, spot, true, false);
    below = below ? below : middle_below(block, spot);
    return below ? below : pass_below(block, spot, true, true);
}

/* Would what is joined to `below` cross the nearest pairs of its row that are joined, of those to its left and to its
 * right? Those further off do not cross these. */
static bool crosses(const gf_spot *below, const gf_spot *left, const gf_spot *right)
{
    return (left && left->item.place >= below->item.place) || (right && right->item.place <= below->item.place);
}

/* Pass-throughs, and what stands above one, come first. */
static gf_status join_row(gf_block *block, int number)
{
    const gf_block_row *row = &block->rows[number];
    gf_spot **joined = gf_arena_get(&block->arena, (size_t)row->count * sizeof(gf_spot *));
    if (!joined)
        return GF_ERROR_MEMORY;
    for (int passes = 1; passes >= 0; passes--) {
        const gf_spot *left = NULL;
        for (int k = 0, next = 0; k < row->count; k++) {
            gf_spot *spot = gf_row_spot(row, k), *below = joined[k] ? NULL : wanted_below(block, spot);
            while (next < row->count && (next <= k || !joined[next]))
                next++;
            if (below && !below->above && (spot->item.pass || below->item.pass) == passes &&
                !crosses(below, left, next < row->count ? joined[next] : NULL)) {
                joined[k] = below;
                below->above = spot;
                spot->joined = true;
            }
            left = joined[k] ? joined[k] : left;
        }
    }
    gf_arena_back(&block->arena, joined);
    return GF_OK;
}

static gf_status make_groups(columns *c)
{
    int items = 0;
    for (int row = 0; row < c->block->row_count; row++)
        items += c->block->rows[row].count;
    c->first = gf_arena_get(&c->block->arena, (size_t)items * sizeof(gf_spot *));
    c->pushed = gf_arena_get(&c->block->arena, (size_t)items * sizeof(gf_spot *));
    c->x = gf_arena_get(&c->block->arena, (size_t)items * sizeof *c->x);
    if (!c->first || !c->pushed || !c->x)
        return GF_ERROR_MEMORY;
    for (int row = 0; row < c->block->row_count; row++)
        for (int k = 0; k < c->block->rows[row].count; k++) {
            gf_spot *first = gf_row_spot(&c->block->rows[row], k);
            if (first->joined)
                continue;
            for (gf_spot *spot = first; spot; spot = spot->above)
                spot->group = c->count;
            c->first[c->count++] = first;
        }
    return GF_OK;
}

/* --- packing --------------------------------------------------------------------------------------- */

/* Does something come in at that side of a box, past the lines that stand there? */
static bool takes(const columns *c, const gf_spot *spot, bool right)
{
    const gf_block_row *row = &c->block->rows[spot->item.row];
    if (!c->block->boxes[spot->item.box].from[right])
        return false;
    for (int k = spot->item.place + (right ? 1 : -1); k >= 0 && k < row->count; k += right ? 1 : -1)
        if (!row->items[k]->pass)
            return false;
    return true;
}

/* From the middle of an item to that of its neighbour, at least. */
static double distance(const columns *c, const gf_spot *a, const gf_spot *b)
{
    double gap = c->block->ways->gap, sizes = (a->width + b->width) / 2;
    if (a->item.pass && b->item.pass)
        return sizes + 0.6 * gap;
    if (!a->item.pass && !b->item.pass)
        return sizes + (gf_led(c->block, a->item.box) == b->item.box ? c->block->boxes[a->item.box].lead : gap);
    return sizes + (takes(c, a->item.pass ? b : a, b->item.pass) ? fmax(gap, HEAD_ROOM) : 0.75 * gap);
}

/* Each as far left as its left neighbours let it. Groups do not cross, so that there is an end. */
static bool push_right(columns *c)
{
    bool pushed = false;
    for (int row = 0; row < c->block->row_count; row++)
        for (int k = 0; k + 1 < c->block->rows[row].count; k++) {
            gf_spot *a = gf_row_spot(&c->block->rows[row], k), *b = gf_row_spot(&c->block->rows[row], k + 1);
            double least = c->x[a->group] + distance(c, a, b);
            if (c->x[b->group] >= least - 1e-6)
                continue;
            c->x[b->group] = least;
            c->pushed[b->group] = b;
            pushed = true;
        }
    return pushed;
}

/* The item that reaches furthest to the right. */
static gf_spot *pack(columns *c)
{
    gf_spot *last = NULL;
    for (int k = 0; k < c->count; k++) {
        c->x[k] = 0;
        c->pushed[k] = NULL;
    }
    for (int round = 0; round <= c->count && push_right(c);)
        round++;
    c->left = DBL_MAX;
    c->right = -DBL_MAX;
    for (int k = 0; k < c->count; k++)
        for (gf_spot *spot = c->first[k]; spot; spot = spot->above) {
            c->left = fmin(c->left, c->x[k] - spot->width / 2);
            if (c->x[k] + spot->width / 2 > c->right) {
                c->right = c->x[k] + spot->width / 2;
                last = spot;
            }
        }
    return last;
}

/* --- where groups are cut -------------------------------------------------------------------------- */

static double widest_row(const columns *c)
{
    double widest = 0;
    for (int row = 0; row < c->block->row_count; row++) {
        const gf_block_row *r = &c->block->rows[row];
        double width = r->count ? (gf_row_spot(r, 0)->width + gf_row_spot(r, r->count - 1)->width) / 2 : 0;
        for (int k = 0; k + 1 < r->count; k++)
            width += distance(c, gf_row_spot(r, k), gf_row_spot(r, k + 1));
        widest = fmax(widest, width);
    }
    return widest;
}

/* How much it takes from a picture that an item does not stand above the one below it: a long line bends. */
static int loss_of_cut(const gf_spot *below)
{
    return below->item.pass + below->above->item.pass;
}

/* The item in a group, from one row of it to another, above which a cut costs least; NULL without a way to climb. */
static gf_spot *cheapest_cut(const columns *c, const gf_spot *a, const gf_spot *b)
{
    int low = a->item.row < b->item.row ? a->item.row : b->item.row;
    int high = a->item.row < b->item.row ? b->item.row : a->item.row;
    gf_spot *best = NULL;
    for (gf_spot *spot = c->first[a->group]; spot && spot->item.row < high; spot = spot->above)
        if (spot->item.row >= low && (!best || loss_of_cut(spot) < loss_of_cut(best)))
            best = spot;
    return best;
}

/* On the path that ends at an item the place where a cut costs least; NULL: it climbs nowhere. */
static gf_spot *find_cut(const columns *c, const gf_spot *last)
{
    gf_spot *best = NULL;
    for (const gf_spot *pushed; (pushed = c->pushed[last->group]) != NULL;) {
        gf_spot *cut = cheapest_cut(c, last, pushed);
        if (cut && (!best || loss_of_cut(cut) < loss_of_cut(best)))
            best = cut;
        last = gf_row_spot(&c->block->rows[pushed->item.row], pushed->item.place - 1);
    }
    return best;
}

/* What stands above an item becomes a group of its own. */
static void cut_above(columns *c, gf_spot *below)
{
    gf_spot *first = below->above;
    below->above = NULL;
    first->joined = false;
    for (gf_spot *spot = first; spot; spot = spot->above)
        spot->group = c->count;
    c->first[c->count++] = first;
}

static void pack_narrow(columns *c)
{
    double most = WIDEST * widest_row(c);
    gf_spot *last = pack(c);
    for (int cuts = 0; last && c->right - c->left > most && cuts < MOST_CUTS; cuts++) {
        gf_spot *below = find_cut(c, last);
        if (!below)
            return;
        cut_above(c, below);
        last = pack(c);
    }
}

/* --- where they stand ------------------------------------------------------------------------------ */

/* How far a group may go: to its neighbours, and within the width of the packing. */
static void limits(const columns *c, const gf_spot *spot, double *low, double *high)
{
    for (; spot; spot = spot->above) {
        const gf_block_row *row = &c->block->rows[spot->item.row];
        int k = spot->item.place;
        *low = fmax(*low, c->left + spot->width / 2);
        *high = fmin(*high, c->right - spot->width / 2);
        if (k > 0)
            *low = fmax(*low, c->x[gf_row_spot(row, k - 1)->group] + distance(c, gf_row_spot(row, k - 1), spot));
        if (k + 1 < row->count)
            *high = fmin(*high, c->x[gf_row_spot(row, k + 1)->group] - distance(c, spot, gf_row_spot(row, k + 1)));
    }
}

/* The mean place of what a group is linked to; links of pass-throughs count thrice. */
static bool mean_place(const columns *c, int group, double *mean)
{
    double sum = 0, weight = 0;
    for (const gf_spot *spot = c->first[group]; spot; spot = spot->above)
        for (int k = 0; k < spot->up_count + spot->down_count; k++) {
            const gf_spot *other = k < spot->up_count ? spot->up[k]->high : spot->down[k - spot->up_count]->low;
            double times = spot->item.pass || other->item.pass ? PASS_WEIGHT : 1;
            if (other->group == group)
                continue;
            sum += times * c->x[other->group];
            weight += times;
        }
    *mean = weight > 0 ? sum / weight : 0;
    return weight > 0;
}

/* A group with its place, for sorting. */
typedef struct placed {
    double x;
    int group;
} placed;

static int compare_placed(const void *left, const void *right)
{
    const placed *a = left, *b = right;
    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    return a->group - b->group;
}

/* False if nothing moved. */
static bool sweep(columns *c, placed *order, bool from_right)
{
    bool moved = false;
    for (int k = 0; k < c->count; k++)
        order[k] = (placed){from_right ? -c->x[k] : c->x[k], k};
    qsort(order, (size_t)c->count, sizeof *order, compare_placed);
    for (int k = 0; k < c->count; k++) {
        int group = order[k].group;
        double mean, low = -DBL_MAX, high = DBL_MAX;
        if (!mean_place(c, group, &mean))
            continue;
        limits(c, c->first[group], &low, &high);
        if (low > high)
            continue;
        double x = fmax(low, fmin(high, mean));
        moved |= x != c->x[group];
        c->x[group] = x;
    }
    return moved;
}

/* Moves all so that the leftmost begins after the pad. */
static void settle(columns *c)
{
    double left = DBL_MAX;
    for (int k = 0; k < c->count; k++)
        for (const gf_spot *spot = c->first[k]; spot; spot = spot->above)
            left = fmin(left, c->x[k] - spot->width / 2);
    for (int k = 0; k < c->count; k++)
        for (gf_spot *spot = c->first[k]; spot; spot = spot->above)
            spot->item.x = c->x[k] - left + c->block->ways->pad;
    c->block->width = 2 * c->block->ways->pad + (c->count ? c->right - c->left : 0);
}

gf_status gf_block_columns(gf_block *block)
{
    columns c = {.block = block};
    for (int row = 1; row < block->row_count; row++)
        if (join_row(block, row))
            return GF_ERROR_MEMORY;
    if (make_groups(&c))
        return GF_ERROR_MEMORY;
    pack_narrow(&c);
    placed *order = gf_arena_get(&block->arena, (size_t)c.count * sizeof *order);
    if (!order)
        return GF_ERROR_MEMORY;
    for (int k = 0, still = 0; k < SWEEPS && still < 2; k++)
        still = sweep(&c, order, k % 2 == 0) ? 0 : still + 1;
    settle(&c);
    return GF_OK;
}
