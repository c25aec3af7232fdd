/* The items of a block's rows: boxes, and pass-throughs of what is used further up than in the next row; their links.
 * Rule 9, first half. */
#include "view/block/ways.h"

#include <stdlib.h>

enum { PASS_WIDTH = 6, PORT_ROOM = 6, PORT_MARGIN = 8 };

/* The greatest row in which a box is used; its own, if in none above. */
static int last_use(const gf_block *block, int box)
{
    const gf_block_list *users = &block->ways->users[box];
    int last = block->ways->row[box];
    for (int k = 0; k < users->count; k++)
        if (block->ways->row[users->of[k]] > last)
            last = block->ways->row[users->of[k]];
    return last;
}

/* The first number of use of those above a row that use it; a box that is no input passes by its own. */
static int pass_key(const gf_block *block, int box, int row)
{
    const gf_block_ways *w = block->ways;
    int key = -1;
    if (!w->input[box])
        return w->use[box];
    for (int k = 0; k < w->users[box].count; k++) {
        int user = w->users[box].of[k];
        if (w->row[user] > row && (key < 0 || w->use[user] < key))
            key = w->use[user];
    }
    return key;
}

static gf_status make_rows(gf_block *block)
{
    block->rows = gf_arena_get(&block->arena, (size_t)block->row_count * sizeof *block->rows);
    block->at = gf_arena_get(&block->arena, (size_t)block->box_count * sizeof(gf_block_item *));
    if (!block->rows || !block->at)
        return GF_ERROR_MEMORY;
    for (int i = 0; i < block->box_count; i++)
        if (block->ways->row[i] >= 0)
            for (int row = block->ways->row[i]; row == block->ways->row[i] || row < last_use(block, i); row++)
                block->rows[row].count++;
    for (int row = 0; row < block->row_count; row++) {
        gf_block_row *r = &block->rows[row];
        r->items = gf_arena_get(&block->arena, (size_t)r->count * sizeof(gf_block_item *));
        if (!r->items)
            return GF_ERROR_MEMORY;
        r->count = 0;
    }
    return GF_OK;
}

static gf_spot *new_spot(gf_block *block, int box, int row, int downs)
{
    gf_spot *spot = gf_arena_get(&block->arena, sizeof *spot);
    if (!spot)
        return NULL;
    spot->item.box = box;
    spot->item.row = row;
    spot->net = -1;
    spot->down = gf_arena_get(&block->arena, (size_t)downs * sizeof(gf_way *));
    return spot->down ? spot : NULL;
}

static void put(gf_block *block, gf_spot *spot, int number)
{
    gf_block_row *row = &block->rows[spot->item.row];
    spot->number = number;
    row->items[row->count++] = &spot->item;
}

static double box_width(const gf_block *block, int box)
{
    const gf_block_list *uses = &block->ways->uses[box];
    int ports = block->boxes[box].entries;
    for (int k = 0; k < uses->count; k++)
        ports += block->beside[uses->of[k]] < 0 && gf_led(block, uses->of[k]) != box;
    double least = PORT_MARGIN + PORT_ROOM * (double)ports;
    return ports > 1 && block->boxes[box].width < least ? least : block->boxes[box].width;
}

/* Boxes that lead to each other are sorted by the last of them. */
static int box_key(const gf_block *block, int box)
{
    for (int led; (led = gf_led(block, box)) >= 0;)
        box = led;
    return block->ways->use[box];
}

static gf_status put_boxes(gf_block *block)
{
    block->across = gf_arena_get(&block->arena, (size_t)block->box_count * sizeof *block->across);
    if (!block->across)
        return GF_ERROR_MEMORY;
    for (int i = 0; i < block->box_count; i++) {
        bool beside = block->beside[i] >= 0;
        int row = block->ways->row[beside ? block->beside[i] : i];
        gf_spot *spot = new_spot(block, i, row, block->ways->uses[i].count);
        if (!spot)
            return GF_ERROR_MEMORY;
        spot->width = block->across[i] = box_width(block, i);
        spot->key = box_key(block, i);
        spot->use = block->ways->use[i];
        block->at[i] = &spot->item;
        if (!beside)
            put(block, spot, i);
    }
    return GF_OK;
}

static gf_status link_up(gf_block *block, gf_spot *low, gf_spot *high)
{
    gf_way *way = gf_arena_get(&block->arena, sizeof *way);
    if (!way)
        return GF_ERROR_MEMORY;
    *way = (gf_way){low, high, 0, false};
    low->up[low->up_count++] = way;
    high->down[high->down_count++] = way;
    return GF_OK;
}

/* Links an item to the users of its box in the next row, and to a pass-through there, if it has one. */
static gf_status link_spot(gf_block *block, gf_spot *spot, gf_spot *pass)
{
    const gf_block_list *users = &block->ways->users[spot->item.box];
    int row = spot->item.row + 1, count = pass != NULL;
    for (int k = 0; k < users->count; k++)
        count += block->ways->row[users->of[k]] == row;
    spot->up = gf_arena_get(&block->arena, (size_t)count * sizeof(gf_way *));
    if (!spot->up)
        return GF_ERROR_MEMORY;
    for (int k = 0; k < users->count; k++)
        if (block->ways->row[users->of[k]] == row && link_up(block, spot, gf_spot_of(block->at[users->of[k]])))
            return GF_ERROR_MEMORY;
    return pass ? link_up(block, spot, pass) : GF_OK;
}

/* The pass-throughs of a box, and all its links. */
static gf_status pass_on(gf_block *block, int box, int *number)
{
    int last = last_use(block, box);
    gf_spot *spot = gf_spot_of(block->at[box]);
    while (spot && spot->item.row < last) {
        gf_spot *pass = NULL;
        int row = spot->item.row + 1;
        if (row < last) {
            pass = new_spot(block, box, row, 1);
            if (!pass)
                return GF_ERROR_MEMORY;
            pass->item.pass = true;
            pass->width = PASS_WIDTH;
            pass->key = pass->use = pass_key(block, box, row);
            put(block, pass, (*number)++);
        }
        if (link_spot(block, spot, pass))
            return GF_ERROR_MEMORY;
        spot = pass;
    }
    return GF_OK;
}

static int compare_items(const void *left, const void *right)
{
    const gf_spot *a = *(gf_spot *const *)left, *b = *(gf_spot *const *)right;
    int by_key = (a->key > b->key) - (a->key < b->key), by_use = (a->use > b->use) - (a->use < b->use);
    return by_key ? by_key : by_use ? by_use : (a->number > b->number) - (a->number < b->number);
}

gf_status gf_block_spots(gf_block *block)
{
    int number = block->box_count;
    if (make_rows(block) || put_boxes(block))
        return GF_ERROR_MEMORY;
    for (int i = 0; i < block->box_count; i++)
        if (block->ways->row[i] >= 0 && pass_on(block, i, &number))
            return GF_ERROR_MEMORY;
    for (int row = 0; row < block->row_count; row++) {
        gf_block_row *r = &block->rows[row];
        qsort(r->items, (size_t)r->count, sizeof(gf_block_item *), compare_items);
        for (int k = 0; k < r->count; k++)
            r->items[k]->place = k;
    }
    return GF_OK;
}
