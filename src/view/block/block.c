/* A block, from outside: made, widened, routed and placed along. */
#include "view/block/ways.h"

#include <math.h>
#include <string.h>

/* --- making it ------------------------------------------------------------------------------------- */

static gf_status begin(gf_block *block)
{
    size_t count = (size_t)block->box_count;
    block->ways = gf_arena_get(&block->arena, sizeof *block->ways);
    if (!block->ways)
        return GF_ERROR_MEMORY;
    block->ways->stays = gf_arena_get(&block->arena, count * sizeof *block->ways->stays);
    for (int right = 0; right < 2; right++)
        block->ways->side[right] = gf_arena_get(&block->arena, count * sizeof(int));
    return block->ways->stays && block->ways->side[0] && block->ways->side[1] ? GF_OK : GF_ERROR_MEMORY;
}

static gf_status lay_out(gf_block *block, bool beside)
{
    gf_status status = gf_block_rows(block, beside);
    if (!status)
        status = gf_block_spots(block);
    if (!status)
        status = gf_block_order(block);
    return status ? status : gf_block_columns(block);
}

gf_status gf_block_make(gf_block *block, const gf_block_box *boxes, int box_count, const gf_block_link *links,
                        int link_count, double gap, double pad, bool beside)
{
    *block = (gf_block){.boxes = boxes, .box_count = box_count};
    if (begin(block))
        return GF_ERROR_MEMORY;
    block->ways->gap = gap;
    block->ways->pad = pad;
    gf_status status = gf_block_uses(block, links, link_count);
    for (bool done = false; !status && !done;) {
        const void *mark = gf_arena_get(&block->arena, 1);
        status = mark ? lay_out(block, beside) : GF_ERROR_MEMORY;
        done = status || gf_block_beside(block);
        if (!done)
            gf_arena_back(&block->arena, mark);
    }
    return status;
}

void gf_block_free(gf_block *block)
{
    if (block->ways)
        gf_arena_free(&block->ways->scratch);
    gf_arena_free(&block->arena);
    *block = (gf_block){0};
}

void gf_block_move(gf_block *block, double factor, double right)
{
    for (int row = 0; row < block->row_count; row++)
        for (int k = 0; k < block->rows[row].count; k++)
            block->rows[row].items[k]->x = block->rows[row].items[k]->x * factor + right;
    for (int i = 0; i < block->box_count; i++)
        if (block->beside[i] >= 0)
            block->at[i]->x = block->at[i]->x * factor + right;
    block->width = block->width * factor + right;
}

void gf_block_widen(gf_block *block, double factor, double more)
{
    gf_block_move(block, factor, more / 2);
    block->width += more / 2;
    gf_block_beside_again(block);
}

bool gf_block_outermost(const gf_block *block, int box, bool right)
{
    const gf_block_row *row = &block->rows[block->at[box]->row];
    int step = right ? 1 : -1;
    if (block->beside[box] >= 0 || block->ways->side[right][box] >= 0)
        return false;
    for (int k = block->at[box]->place + step; k >= 0 && k < row->count; k += step)
        if (!row->items[k]->pass)
            return false;
    return true;
}

/* --- routing and placing --------------------------------------------------------------------------- */

static gf_status keep_exits(gf_block *block, const gf_block_exit *exits, int count)
{
    block->ways->exit = gf_arena_get(&block->arena, (size_t)count * sizeof *block->ways->exit);
    if (!block->ways->exit)
        return GF_ERROR_MEMORY;
    for (int k = 0; k < count; k++)
        block->ways->exit[k] = exits[k].box;
    return GF_OK;
}

gf_status gf_block_route(gf_block *block, const gf_block_entry *entries, int entry_count, const gf_block_exit *exits,
                         int exit_count, const int *through)
{
    gf_block_ways *w = block->ways;
    if (w->mark)
        gf_arena_back(&block->arena, w->mark);
    w->mark = w->gaps = gf_arena_get(&block->arena, (size_t)block->row_count * sizeof *w->gaps);
    if (!w->gaps || keep_exits(block, exits, exit_count) || gf_block_ports(block, entries, entry_count))
        return GF_ERROR_MEMORY;
    return gf_block_gaps(block, exits, exit_count, through);
}

static void measure_rows(gf_block *block)
{
    for (int row = 0; row < block->row_count; row++)
        block->rows[row].height = 0;
    for (int i = 0; i < block->box_count; i++) {
        gf_block_row *row = &block->rows[block->at[i]->row];
        row->height = fmax(row->height, block->boxes[i].height);
    }
}

/* How high a gap is. An empty one below the first row needs no room. */
static double gap_height(const gf_block *block, int row, double base, double lane, double tail)
{
    int lanes = block->ways->gaps[row].lanes;
    if (lanes)
        return base + lanes * lane + tail;
    return block->rows[row].count ? fmax(13, base + tail / 2) : 0;
}

void gf_block_place(gf_block *block, double base, double lane, double tail, double stretch)
{
    double y = 0;
    measure_rows(block);
    for (int row = 0; row < block->row_count; row++) {
        gf_block_gap *gap = &block->ways->gaps[row];
        block->rows[row].y = y + block->rows[row].height / 2;
        y += block->rows[row].height;
        if (row + 1 == block->row_count) {
            gap->first = y + (block->entered ? 20 : 8);
            gap->step = lane;
            break;
        }
        double height = gap_height(block, row, base, lane, tail) * stretch;
        gap->step = (height - tail) / (gap->lanes + 1);
        gap->first = y + gap->step;
        y += height;
    }
    block->height = y;
}

double gf_block_fixed_height(const gf_block *block)
{
    double sum = 0;
    for (int row = 0; row < block->row_count; row++)
        sum += block->rows[row].height;
    return sum;
}

/* --- where things are ------------------------------------------------------------------------------ */

double gf_block_port(const gf_block *block, int entry, int box)
{
    for (int k = 0; k < block->ways->entries_of[entry]; k++)
        if (block->ways->entries[entry][k].high->item.box == box)
            return block->ways->entries[entry][k].x;
    return block->at[box]->x;
}

static double lane_y(const gf_block_gap *gap, int net)
{
    return gap->first + gap->nets[net].lane * gap->step;
}

double gf_block_entry_lane(const gf_block *block, int entry, int row)
{
    const gf_block_gap *gap = &block->ways->gaps[row - 1];
    return lane_y(gap, gap->entry[entry]);
}

double gf_block_exit_lane(const gf_block *block, int exit)
{
    const gf_spot *spot = gf_spot_of(block->at[block->ways->exit[exit]]);
    return lane_y(&block->ways->gaps[spot->item.row], spot->net);
}

double gf_block_through_lane(const gf_block *block, int row, int net)
{
    const gf_block_gap *gap = &block->ways->gaps[row];
    return lane_y(gap, gap->first_through + net);
}
