/* The order of a block's rows: neighbours swap while that makes fewer arrows cross. Rule 9, second half.
 *
 * Two neighbours of a row swap if fewer of their links cross then; only these links change. Where the order of use
 * leaves many crossings, as it does in large graphs, rows are sorted first by where their links lead (barycentres;
 * Sugiyama, Tagawa and Toda, 1981), up and down in turn; the best of all orders seen stays. */
#include "view/block/ways.h"

#include <stdlib.h>

enum { ROUNDS = 12, SWEEPS = 24 };

/* --- swaps ----------------------------------------------------------------------------------------- */

static int crossings_up(const gf_spot *left, const gf_spot *right)
{
    int crossings = 0;
    for (int a = 0; a < left->up_count; a++)
        for (int b = 0; b < right->up_count; b++)
            crossings += left->up[a]->high->item.place > right->up[b]->high->item.place;
    return crossings;
}

static int crossings_down(const gf_spot *left, const gf_spot *right)
{
    int crossings = 0;
    for (int a = 0; a < left->down_count; a++)
        for (int b = 0; b < right->down_count; b++)
            crossings += left->down[a]->low->item.place > right->down[b]->low->item.place;
    return crossings;
}

/* How many of their links cross where they stand in this order. */
static int crossings_between(const gf_spot *left, const gf_spot *right)
{
    return crossings_up(left, right) + crossings_down(left, right);
}

static void put_at(gf_block_row *row, gf_spot *spot, int place)
{
    row->items[place] = &spot->item;
    spot->item.place = place;
}

/* Does a box stand next to another of its row, whatever crosses? */
static bool is_tied(const gf_block *block, const gf_spot *spot)
{
    const gf_block_list *uses = &block->ways->uses[spot->item.box];
    bool tied = gf_led(block, spot->item.box) >= 0;
    for (int k = 0; k < uses->count; k++)
        tied |= gf_led(block, uses->of[k]) == spot->item.box;
    return tied && !spot->item.pass;
}

static bool swap_in_row(const gf_block *block, gf_block_row *row)
{
    bool swapped = false;
    for (int k = 0; k + 1 < row->count; k++) {
        gf_spot *left = gf_row_spot(row, k), *right = gf_row_spot(row, k + 1);
        if (crossings_between(right, left) >= crossings_between(left, right) || is_tied(block, left) ||
            is_tied(block, right))
            continue;
        put_at(row, right, k);
        put_at(row, left, k + 1);
        swapped = true;
    }
    return swapped;
}

static void swap_all(gf_block *block)
{
    bool swapped = true;
    for (int round = 0; swapped && round < ROUNDS; round++) {
        swapped = false;
        for (int row = 0; row < block->row_count; row++)
            swapped |= swap_in_row(block, &block->rows[row]);
    }
}

/* --- crossings ------------------------------------------------------------------------------------- */

static int compare_up(const void *left, const void *right)
{
    const gf_way *a = *(gf_way *const *)left, *b = *(gf_way *const *)right;
    return (a->high->item.place > b->high->item.place) - (a->high->item.place < b->high->item.place);
}

static int compare_down(const void *left, const void *right)
{
    const gf_way *a = *(gf_way *const *)left, *b = *(gf_way *const *)right;
    return (a->low->item.place > b->low->item.place) - (a->low->item.place < b->low->item.place);
}

/* A spot's links from left to right. */
static void sort_links(gf_block *block)
{
    for (int row = 0; row < block->row_count; row++)
        for (int k = 0; k < block->rows[row].count; k++) {
            gf_spot *spot = gf_row_spot(&block->rows[row], k);
            if (spot->up_count > 1)
                qsort(spot->up, (size_t)spot->up_count, sizeof(gf_way *), compare_up);
            if (spot->down_count > 1)
                qsort(spot->down, (size_t)spot->down_count, sizeof(gf_way *), compare_down);
        }
}

/* How many of those counted so far lie right of a place; tree[k] holds sums as Fenwick (1994) has them. */
static long count_right(const int *tree, int place, int all)
{
    long left = 0;
    for (int k = place + 1; k > 0; k -= k & -k)
        left += tree[k];
    return all - left;
}

static void count_in(int *tree, int size, int place)
{
    for (int k = place + 1; k <= size; k += k & -k)
        tree[k]++;
}

/* The crossings above a row: link by link from the left, those that came before and end further right. */
static gf_status crossings_of_row(gf_block *block, int number, long *crossings)
{
    const gf_block_row *row = &block->rows[number];
    int size = block->rows[number + 1].count, all = 0;
    int *tree = gf_arena_get(&block->arena, (size_t)(size + 1) * sizeof *tree);
    if (!tree)
        return GF_ERROR_MEMORY;
    for (int k = 0; k < row->count; k++) {
        const gf_spot *spot = gf_row_spot(row, k);
        for (int m = 0; m < spot->up_count; m++)
            *crossings += count_right(tree, spot->up[m]->high->item.place, all);
        for (int m = 0; m < spot->up_count; m++, all++)
            count_in(tree, size, spot->up[m]->high->item.place);
    }
    gf_arena_back(&block->arena, tree);
    return GF_OK;
}

static gf_status count_crossings(gf_block *block, long *crossings)
{
    *crossings = 0;
    for (int row = 0; row + 1 < block->row_count; row++)
        if (crossings_of_row(block, row, crossings))
            return GF_ERROR_MEMORY;
    return GF_OK;
}

/* --- barycentres ----------------------------------------------------------------------------------- */

typedef struct weighed {
    gf_block_item *item;
    double weight;
    int place;
} weighed;

static int compare_weighed(const void *left, const void *right)
{
    const weighed *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight < b->weight ? -1 : 1;
    return a->place - b->place;
}

/* The mean place of what a spot is linked to, above or below, as a part of that row's length. */
static double barycentre(const gf_block *block, const gf_spot *spot, bool above)
{
    int count = above ? spot->up_count : spot->down_count, row = spot->item.row + (above ? 1 : -1);
    double sum = 0;
    if (!count)
        return (spot->item.place + 0.5) / block->rows[spot->item.row].count;
    for (int k = 0; k < count; k++)
        sum += (above ? spot->up[k]->high : spot->down[k]->low)->item.place + 0.5;
    return sum / count / block->rows[row].count;
}

static gf_status sort_row(gf_block *block, int number, bool above)
{
    gf_block_row *row = &block->rows[number];
    weighed *items = gf_arena_get(&block->arena, (size_t)row->count * sizeof *items);
    if (!items)
        return GF_ERROR_MEMORY;
    for (int k = 0; k < row->count; k++)
        items[k] = (weighed){row->items[k], barycentre(block, gf_row_spot(row, k), above), k};
    qsort(items, (size_t)row->count, sizeof *items, compare_weighed);
    for (int k = 0; k < row->count; k++)
        put_at(row, gf_spot_of(items[k].item), k);
    gf_arena_back(&block->arena, items);
    return GF_OK;
}

static gf_status sweep(gf_block *block, bool above)
{
    for (int k = 1; k < block->row_count; k++)
        if (sort_row(block, above ? block->row_count - 1 - k : k, above))
            return GF_ERROR_MEMORY;
    return GF_OK;
}

/* Keeps the places of all items, or puts them back. */
static void keep(gf_block *block, int *places)
{
    for (int row = 0; row < block->row_count; row++)
        for (int k = 0; k < block->rows[row].count; k++)
            places[gf_row_spot(&block->rows[row], k)->number] = k;
}

static void put_back(gf_block *block, const int *places, gf_block_item **items)
{
    for (int row = 0; row < block->row_count; row++) {
        gf_block_row *r = &block->rows[row];
        for (int k = 0; k < r->count; k++)
            items[k] = r->items[k];
        for (int k = 0, count = r->count; k < count; k++)
            put_at(r, gf_spot_of(items[k]), places[gf_spot_of(items[k])->number]);
    }
}

static gf_status sweep_all(gf_block *block, long best, int *places)
{
    keep(block, places);
    for (int k = 0; k < SWEEPS && best > 0; k++) {
        long crossings;
        if (sweep(block, k % 2 == 0))
            return GF_ERROR_MEMORY;
        if (k % 2 == 0)
            continue;
        swap_all(block);
        if (count_crossings(block, &crossings))
            return GF_ERROR_MEMORY;
        if (crossings >= best)
            continue;
        best = crossings;
        keep(block, places);
    }
    return GF_OK;
}

static int count_items(const gf_block *block, int *widest)
{
    int count = block->box_count;
    for (int row = 0; row < block->row_count; row++) {
        count += block->rows[row].count;
        if (block->rows[row].count > *widest)
            *widest = block->rows[row].count;
    }
    return count;
}

gf_status gf_block_order(gf_block *block)
{
    long crossings;
    int widest = 0, count = count_items(block, &widest);
    swap_all(block);
    if (count_crossings(block, &crossings))
        return GF_ERROR_MEMORY;
    if (crossings > block->box_count) {
        int *places = gf_arena_get(&block->arena, (size_t)count * sizeof *places);
        gf_block_item **items = gf_arena_get(&block->arena, (size_t)widest * sizeof(gf_block_item *));
        if (!places || !items || sweep_all(block, crossings, places))
            return GF_ERROR_MEMORY;
        put_back(block, places, items);
    }
    sort_links(block);
    return GF_OK;
}
