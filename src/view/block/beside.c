/* What stands beside its user: where there is room for it, on the left or else on the right, and where that makes the
 * block least wide. Rule 7. */
#include "view/block/ways.h"

#include <float.h>
#include <math.h>

/* Between an input and its user: at least, and as it is wanted where there is more room; to what else is near. */
static const double NEAREST = 16, WANTED = 22, ELSE = 4;

static double half(const gf_block *block, int box)
{
    return block->across[box] / 2;
}

double gf_block_neighbour(const gf_block *block, int box, bool right)
{
    const gf_block_ways *w = block->ways;
    const gf_block_row *row = &block->rows[block->at[box]->row];
    int place = block->at[box]->place + (right ? 1 : -1);
    if (place < 0)
        return w->pad - ELSE;
    if (place == row->count)
        return DBL_MAX;
    const gf_spot *spot = gf_row_spot(row, place);
    double sign = right ? -1 : 1, edge = spot->item.x + sign * spot->width / 2;
    int other = w->side[!right][spot->item.box];
    if (spot->item.pass || other < 0)
        return edge;
    return block->at[other]->x + sign * half(block, other);
}

/* Between an input there and its user, if it stands next to what else is there. */
static double room(const gf_block *block, int input, int user, bool right)
{
    double edge = block->at[user]->x + (right ? 1 : -1) * half(block, user),
           other = gf_block_neighbour(block, user, right);
    return (right ? other - edge : edge - other) - ELSE - block->across[input];
}

static void stand(gf_block *block, int input, int user, bool right, double distance)
{
    double from = half(block, user) + distance + half(block, input);
    block->at[input]->x = block->at[user]->x + (right ? from : -from);
    block->width = fmax(block->width, block->at[input]->x + half(block, input) + block->ways->pad);
}

/* Of what it does not use a box has none where it itself has lines. */
static bool is_open(const gf_block *block, int input, int user, bool right)
{
    const gf_block_box *box = &block->boxes[user];
    return block->ways->side[right][user] < 0 && !(block->boxes[input].mate && (box->from[right] || box->to[right]));
}

/* How much wider the block becomes if it stands there; INFINITY: it cannot. */
static double widening(const gf_block *block, int input, int user, bool right)
{
    const gf_block_item *at = block->at[user];
    double more = NEAREST - room(block, input, user, right);
    if (right && at->place + 1 == block->rows[at->row].count)
        more = at->x + half(block, user) + NEAREST + block->across[input] + block->ways->pad - block->width;
    else if (more > 0 && (right || at->place))
        more = INFINITY;
    return is_open(block, input, user, right) ? fmax(0, more) : INFINITY;
}

/* On the right, unless that makes the block much wider than on the left: there the others make room. */
static bool find_room(gf_block *block, int input, int user)
{
    double left = widening(block, input, user, false), other = widening(block, input, user, true);
    bool right = 2 * left > other;
    if (isinf(right ? other : left) || (isinf(other) && left > 0 && !block->boxes[input].mate))
        return false;
    if (!right && left > 0)
        gf_block_move(block, 1, left);
    block->ways->side[right][user] = input;
    stand(block, input, user, right, NEAREST);
    return true;
}

bool gf_block_beside(gf_block *block)
{
    bool all = true;
    for (int i = 0; i < block->box_count; i++)
        block->ways->side[0][i] = block->ways->side[1][i] = -1;
    for (int i = 0; i < block->box_count; i++) {
        if (block->beside[i] < 0 || find_room(block, i, block->beside[i]))
            continue;
        block->ways->stays[i] = true;
        all = false;
    }
    return all;
}

/* After widening: a little further off, where there is room. */
void gf_block_beside_again(gf_block *block)
{
    for (int i = 0; i < block->box_count; i++) {
        int user = block->beside[i];
        if (user < 0)
            continue;
        bool right = block->ways->side[1][user] == i;
        double most = room(block, i, user, right);
        if (right && block->at[user]->place + 1 == block->rows[block->at[user]->row].count)
            most = block->width - block->ways->pad - block->at[user]->x - half(block, user) - block->across[i];
        stand(block, i, user, right, fmax(NEAREST, fmin(WANTED, most)));
    }
}
