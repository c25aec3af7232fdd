/* The gaps between a block's rows: their nets, with pins and lanes. Rules 13 to 15. */
#include "view/block/ways.h"

#include <math.h>

/* Between two nets in one lane. */
static const double APART = 7;

/* --- nets ------------------------------------------------------------------------------------------ */

static gf_status net_of_spot(gf_block *block, gf_block_gap *gap, gf_spot *spot, bool exit)
{
    if (!spot->up_count && !exit)
        return GF_OK;
    spot->net = gap->count;
    gf_net *net = &gap->nets[gap->count++];
    net->low = gf_arena_get(&block->arena, sizeof *net->low);
    net->high = gf_arena_get(&block->arena, (size_t)spot->up_count * sizeof *net->high);
    if (!net->low || !net->high)
        return GF_ERROR_MEMORY;
    net->low[net->low_count++] = spot->item.x;
    for (int k = 0; k < spot->up_count; k++)
        net->high[net->high_count++] = spot->up[k]->x;
    return GF_OK;
}

static int targets_in(const gf_block *block, int entry, int count, int row)
{
    int found = 0;
    for (int k = 0; k < count; k++)
        found += block->ways->entries[entry][k].high->item.row == row;
    return found;
}

static gf_status net_of_entry(gf_block *block, gf_block_gap *gap, int entry, int count, int row)
{
    int targets = targets_in(block, entry, count, row);
    if (!targets)
        return GF_OK;
    gap->entry[entry] = gap->count;
    gf_net *net = &gap->nets[gap->count++];
    net->high = gf_arena_get(&block->arena, (size_t)targets * sizeof *net->high);
    if (!net->high)
        return GF_ERROR_MEMORY;
    for (int k = 0; k < count; k++) {
        const gf_way *way = &block->ways->entries[entry][k];
        if (way->high->item.row == row)
            net->high[net->high_count++] = way->x;
        net->to_start = !way->from_right;
        net->to_end = way->from_right;
    }
    return GF_OK;
}

/* Room for the nets of a gap: those of items, of what stands beside them, of entries, and those that pass through. */
static gf_status begin(gf_block *block, gf_block_gap *gap, int row, int exits, int through)
{
    int entries = block->ways->entry_count, most = block->rows[row].count + exits + entries + through;
    *gap = (gf_block_gap){0};
    gap->nets = gf_arena_get(&block->arena, (size_t)most * sizeof *gap->nets);
    gap->entry = gf_arena_get(&block->arena, (size_t)entries * sizeof *gap->entry);
    if (!gap->nets || !gap->entry)
        return GF_ERROR_MEMORY;
    for (int e = 0; e < entries; e++)
        gap->entry[e] = -1;
    return GF_OK;
}

/* Which sides the value of a box leaves to. */
static int sides(const gf_block_exit *exits, int count, const gf_spot *spot)
{
    int found = 0;
    for (int k = 0; k < count && !spot->item.pass; k++)
        if (exits[k].box == spot->item.box)
            found |= exits[k].to_right ? 2 : 1;
    return found;
}

/* The net of an item, and the sides that it leaves to. */
static gf_status nets_of_spot(gf_block *block, gf_block_gap *gap, gf_spot *spot, const gf_block_exit *exits, int count)
{
    int leaves = sides(exits, count, spot);
    spot->net = -1;
    if (net_of_spot(block, gap, spot, leaves))
        return GF_ERROR_MEMORY;
    if (leaves) {
        gap->nets[spot->net].to_start = leaves & 1;
        gap->nets[spot->net].to_end = leaves & 2;
    }
    return GF_OK;
}

/* What leaves the block from a box beside its user, once, though it leave to both sides. */
static gf_status nets_beside(gf_block *block, gf_block_gap *gap, int row, const gf_block_exit *exits, int count)
{
    for (int k = 0; k < count; k++) {
        int box = exits[k].box;
        bool first = true;
        for (int m = 0; m < k; m++)
            first = first && exits[m].box != box;
        if (block->beside[box] >= 0 && block->at[box]->row == row && first &&
            nets_of_spot(block, gap, gf_spot_of(block->at[box]), exits, count))
            return GF_ERROR_MEMORY;
    }
    return GF_OK;
}

static gf_status make_nets(gf_block *block, int row, const gf_block_exit *exits, int exit_count, int through)
{
    gf_block_ways *w = block->ways;
    gf_block_gap *gap = &w->gaps[row];
    if (begin(block, gap, row, exit_count, through))
        return GF_ERROR_MEMORY;
    for (int k = 0; k < block->rows[row].count; k++)
        if (nets_of_spot(block, gap, gf_row_spot(&block->rows[row], k), exits, exit_count))
            return GF_ERROR_MEMORY;
    if (nets_beside(block, gap, row, exits, exit_count))
        return GF_ERROR_MEMORY;
    for (int e = 0; e < w->entry_count; e++)
        if (net_of_entry(block, gap, e, w->entries_of[e], row + 1))
            return GF_ERROR_MEMORY;
    gap->first_through = gap->count;
    for (int k = 0; k < through; k++, gap->count++)
        gap->nets[gap->count].to_start = gap->nets[gap->count].to_end = true;
    return GF_OK;
}

gf_status gf_block_gaps(gf_block *block, const gf_block_exit *exits, int exit_count, const int *through)
{
    double width = block->width;
    block->shared = 0;
    for (int row = 0; row < block->row_count; row++) {
        gf_block_gap *gap = &block->ways->gaps[row];
        int bad;
        if (make_nets(block, row, exits, exit_count, through ? through[row] : 0) ||
            gf_channel_route(gap->nets, gap->count, 0, width, APART, &block->arena, &gap->lanes, &bad))
            return GF_ERROR_MEMORY;
        block->shared += bad;
        for (int k = 0; k < gap->count; k++)
            if (gap->nets[k].jog_lane >= 0)
                block->width = fmax(block->width, gap->nets[k].jog + block->ways->pad);
    }
    return GF_OK;
}
