/* The ports of a block: where, at the bottom of a box, each net comes in. Rule 12. */
#include "view/block/ways.h"

#include <math.h>

/* Between ports: as they are wanted, and at least; to the box's corner, and of one that was moved; and between what
 * faces each other. */
static const double WANTED = 14, LEAST = 9, MARGIN = 4, CORNER = 8, FACING = GF_PIN_GAP + 0.01;

/* By what the order of ports goes: from where a net comes. */
static double comes_from(const gf_way *way)
{
    return way->low ? way->low->item.x : way->from_right ? HUGE_VAL : -HUGE_VAL;
}

static void sort_into(gf_spot *spot)
{
    for (int k = 1; k < spot->into_count; k++) {
        gf_way *way = spot->into[k];
        int m = k;
        for (; m > 0 && comes_from(spot->into[m - 1]) > comes_from(way); m--)
            spot->into[m] = spot->into[m - 1];
        spot->into[m] = way;
    }
}

/* Which net comes from straight below; -1: none. */
static int straight_below(const gf_spot *spot)
{
    for (int k = 0; k < spot->into_count; k++)
        if (spot->into[k]->low && fabs(spot->into[k]->low->item.x - spot->item.x) < 1)
            return k;
    return -1;
}

static double step_of(const gf_spot *spot, double wanted)
{
    return fmin(wanted > 0 ? wanted : WANTED, (spot->width - 2 * MARGIN) / fmax(spot->into_count, 1));
}

/* From left to right, that from straight below exactly in the middle, if the others have room then. */
static void spread(gf_spot *spot, double wanted)
{
    int count = spot->into_count, straight = straight_below(spot);
    double middle = (count - 1) / 2.0, step = step_of(spot, wanted);
    double sides = fmax(1, fmax(straight, count - 1 - straight));
    double narrow = fmin(step, (spot->width / 2 - MARGIN - 2) / sides);
    bool centred = straight >= 0 && (narrow > LEAST || count == 1);
    if (centred) {
        middle = straight;
        step = narrow;
    }
    for (int k = 0; k < count; k++)
        spot->into[k]->x = spot->item.x + (k - middle) * step;
    if (centred)
        spot->into[straight]->x = spot->into[straight]->low->item.x;
}

/* Moves what stands behind a port on as far as is wanted between them, as long as it has room. */
static void push(gf_spot *spot, int k, double wanted)
{
    double step = step_of(spot, wanted), last = spot->item.x + spot->width / 2 - CORNER;
    if (wanted <= 0 || spot->into[k]->x + step * (spot->into_count - 1 - k) > last)
        return;
    for (int j = k + 1; j < spot->into_count; j++)
        spot->into[j]->x = fmax(spot->into[j]->x, spot->into[j - 1]->x + step);
}

/* A net that comes from below the box, but not from below its port, makes two bends that lead nowhere: the port goes
 * there, if the others leave it room. */
static void straighten(gf_spot *spot, double wanted)
{
    for (int k = 0; k < spot->into_count; k++) {
        gf_way *way = spot->into[k];
        double left = k ? spot->into[k - 1]->x + LEAST : spot->item.x - spot->width / 2 + CORNER;
        double right =
            k + 1 < spot->into_count ? spot->into[k + 1]->x - LEAST : spot->item.x + spot->width / 2 - CORNER;
        if (way->low && way->low->item.x >= left && way->low->item.x <= right)
            way->x = way->low->item.x;
        push(spot, k, wanted);
    }
}

static bool has_room_at(const gf_block *block, const gf_spot *spot, double x)
{
    const gf_block_ways *w = block->ways;
    const gf_block_row *row = &block->rows[spot->item.row];
    double left = w->pad, right = block->width - w->pad, half = spot->width / 2;
    if (spot->item.place > 0)
        left = gf_block_neighbour(block, spot->item.box, false) + w->gap;
    if (spot->item.place + 1 < row->count)
        right = gf_block_neighbour(block, spot->item.box, true) - w->gap;
    return x - half >= left && x + half <= right;
}

/* Where the net from straight below has its port aside, a box on top of all moves, with its ports, above that net: else
 * the net would go round another, and cross it twice. */
static void move_above(gf_block *block, gf_spot *spot)
{
    const gf_block_ways *w = block->ways;
    int straight = straight_below(spot), box = spot->item.box;
    double by = straight < 0 ? 0 : spot->into[straight]->low->item.x - spot->into[straight]->x;
    if (by == 0 || spot->up_count || block->beside[box] >= 0 || w->side[0][box] >= 0 || w->side[1][box] >= 0 ||
        !has_room_at(block, spot, spot->item.x + by))
        return;
    spot->item.x += by;
    for (int k = 0; k < spot->into_count; k++)
        spot->into[k]->x += by;
}

/* Does another source stand in the row below where a net comes in, or another port of the same box next to it? */
static bool faces(const gf_block_row *below, const gf_spot *spot, const gf_way *way, double x)
{
    for (int k = 0; k < spot->into_count; k++)
        if (spot->into[k] != way && fabs(spot->into[k]->x - x) < FACING)
            return true;
    int low = 0, high = below->count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (below->items[middle]->x <= x - FACING)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < below->count && below->items[low]->x < x + FACING; low++)
        if (gf_row_spot(below, low) != way->low && gf_row_spot(below, low)->up_count)
            return true;
    return false;
}

static void nudge(const gf_block_row *below, const gf_spot *spot, gf_way *way)
{
    if (!faces(below, spot, way, way->x))
        return;
    for (int k = 1; k <= 6; k++)
        for (int sign = 1; sign >= -1; sign -= 2) {
            double x = way->x + sign * 3 * k;
            if (fabs(x - spot->item.x) > spot->width / 2 - MARGIN || faces(below, spot, way, x))
                continue;
            way->x = x;
            return;
        }
}

static gf_status list_into(gf_block *block, const gf_block_entry *entries, int entry_count)
{
    gf_block_ways *w = block->ways;
    for (int i = 0; i < block->box_count; i++)
        gf_spot_of(block->at[i])->into_count = gf_spot_of(block->at[i])->down_count;
    for (int e = 0; e < entry_count; e++)
        for (int k = 0; k < entries[e].count; k++)
            gf_spot_of(block->at[entries[e].targets[k]])->into_count++;
    for (int i = 0; i < block->box_count; i++) {
        gf_spot *spot = gf_spot_of(block->at[i]);
        spot->into = gf_arena_get(&block->arena, (size_t)spot->into_count * sizeof(gf_way *));
        if (!spot->into)
            return GF_ERROR_MEMORY;
        for (int k = 0; k < spot->down_count; k++)
            spot->into[k] = spot->down[k];
        spot->into_count = spot->down_count;
    }
    w->entries = gf_arena_get(&block->arena, (size_t)entry_count * sizeof(gf_way *));
    w->entries_of = gf_arena_get(&block->arena, (size_t)entry_count * sizeof *w->entries_of);
    return w->entries && w->entries_of ? GF_OK : GF_ERROR_MEMORY;
}

static gf_status add_entries(gf_block *block, const gf_block_entry *entries, int entry_count)
{
    gf_block_ways *w = block->ways;
    w->entry_count = entry_count;
    for (int e = 0; e < entry_count; e++) {
        w->entries[e] = gf_arena_get(&block->arena, (size_t)entries[e].count * sizeof(gf_way));
        w->entries_of[e] = entries[e].count;
        if (!w->entries[e])
            return GF_ERROR_MEMORY;
        for (int k = 0; k < entries[e].count; k++) {
            gf_spot *spot = gf_spot_of(block->at[entries[e].targets[k]]);
            w->entries[e][k] = (gf_way){NULL, spot, 0, entries[e].from_right};
            spot->into[spot->into_count++] = &w->entries[e][k];
        }
    }
    return GF_OK;
}

gf_status gf_block_ports(gf_block *block, const gf_block_entry *entries, int entry_count)
{
    if (list_into(block, entries, entry_count) || add_entries(block, entries, entry_count))
        return GF_ERROR_MEMORY;
    for (int i = 0; i < block->box_count; i++) {
        gf_spot *spot = gf_spot_of(block->at[i]);
        sort_into(spot);
        spread(spot, block->boxes[i].apart);
        move_above(block, spot);
        straighten(spot, block->boxes[i].apart);
    }
    for (int row = 0; row + 1 < block->row_count; row++)
        for (int k = 0; k < block->rows[row + 1].count; k++) {
            gf_spot *spot = gf_row_spot(&block->rows[row + 1], k);
            for (int m = 0; m < spot->into_count && !spot->item.pass; m++)
                nudge(&block->rows[row], spot, spot->into[m]);
            if (spot->item.pass)
                spot->down[0]->x = spot->item.x;
        }
    return GF_OK;
}
