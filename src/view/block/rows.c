/* The rows of a block: a box stands above all that it uses, the boxes of a cell above the cells before it, a rail
 * alone; and the order of use, by which rows are sorted. Rules 4 to 8. */
#include "view/block/ways.h"

#include <stdlib.h>

typedef struct rows {
    gf_block *block;
    gf_block_ways *w;
    int *row; /* w->row; -1: not known yet, or beside its user */
} rows;

/* --- rows ------------------------------------------------------------------------------------------ */

/* An input with one user that uses something else than inputs stands beside it. */
static void find_beside(rows *r)
{
    for (int i = 0; i < r->block->box_count; i++) {
        if (!r->w->input[i] || r->w->users[i].count != 1 || r->w->stays[i] || r->block->boxes[i].floor)
            continue;
        int user = r->w->users[i].of[0];
        const gf_block_list *uses = &r->w->uses[user];
        for (int k = 0; k < uses->count; k++)
            if (!r->w->input[uses->of[k]])
                r->block->beside[i] = user;
    }
}

static bool is_beside(const rows *r, int box)
{
    return r->block->beside[box] >= 0;
}

/* The least row above all that a box uses, and at least `least`; -1: one of them has no row yet. */
static int row_above(const rows *r, int box, int least)
{
    const gf_block_list *uses = &r->w->uses[box];
    for (int k = 0; k < uses->count; k++) {
        int used = uses->of[k];
        if (is_beside(r, used))
            continue;
        if (r->row[used] < 0)
            return -1;
        int above = r->row[used] + (gf_led(r->block, used) != box);
        if (above > least)
            least = above;
    }
    return least;
}

/* Gives rows to the boxes of a cell, and to those of none as far as can be; to all, where cell is -1. The greatest row
 * of the cell. */
static int rows_of_cell(rows *r, int cell, int least)
{
    int top = least - 1;
    for (int k = 0; k < r->block->box_count; k++) {
        int box = r->w->order[k], of = r->block->boxes[box].cell;
        if (r->row[box] >= 0 || is_beside(r, box) || (cell >= 0 && of >= 0 && of != cell))
            continue;
        r->row[box] = r->w->input[box] ? 0 : row_above(r, box, cell >= 0 && of == cell ? least : 1);
        if (of == cell && r->row[box] > top)
            top = r->row[box];
    }
    return top;
}

static void rows_by_cells(rows *r)
{
    int last = -1, least = 1;
    for (int i = 0; i < r->block->box_count; i++)
        if (r->block->boxes[i].cell > last)
            last = r->block->boxes[i].cell;
    for (int cell = 0; cell <= last; cell++)
        least = rows_of_cell(r, cell, least) + 1;
    rows_of_cell(r, -1, 1);
}

/* Raises whoever does not stand above all that it uses. */
static void settle(rows *r)
{
    for (int k = 0; k < r->block->box_count; k++) {
        int box = r->w->order[k];
        if (r->row[box] > 0)
            r->row[box] = row_above(r, box, r->row[box]);
    }
}

static int top_row(const rows *r)
{
    int top = 0;
    for (int i = 0; i < r->block->box_count; i++)
        if (r->row[i] > top)
            top = r->row[i];
    return top;
}

/* Sends the rails of a row one row up; the first stays if there is nothing else in it. */
static void raise_rails(rows *r, int row, bool first_stays)
{
    for (int i = 0; i < r->block->box_count; i++) {
        if (r->row[i] != row || !r->block->boxes[i].rail)
            continue;
        r->row[i] += !first_stays;
        first_stays = false;
    }
    settle(r);
}

/* Raises the rails of the lowest row in which one is not alone; false if there is none. */
static gf_status part_rails(rows *r, bool *parted)
{
    int top = top_row(r);
    size_t bytes = (size_t)(top + 1) * sizeof(int);
    int *boxes = gf_arena_get(&r->block->arena, bytes), *rails = gf_arena_get(&r->block->arena, bytes), row = 1;
    if (!boxes || !rails)
        return GF_ERROR_MEMORY;
    for (int i = 0; i < r->block->box_count; i++)
        if (r->row[i] >= 0) {
            boxes[r->row[i]]++;
            rails[r->row[i]] += r->block->boxes[i].rail;
        }
    while (row <= top && (boxes[row] < 2 || !rails[row]))
        row++;
    *parted = row <= top;
    if (*parted)
        raise_rails(r, row, boxes[row] == rails[row]);
    gf_arena_back(&r->block->arena, boxes);
    return GF_OK;
}

/* All tops stand in the highest row, without a rail. */
static void raise_tops(rows *r)
{
    int highest = top_row(r), top = highest;
    for (int i = 0; i < r->block->box_count; i++)
        top += top == highest && r->row[i] == top && r->block->boxes[i].rail && !r->block->boxes[i].top;
    for (int i = 0; i < r->block->box_count; i++)
        if (r->block->boxes[i].top && r->row[i] > 0)
            r->row[i] = top;
    settle(r);
}

/* What leads to a box stands in its row. */
static void align_leads(rows *r)
{
    for (int k = r->block->box_count; k-- > 0;) {
        int box = r->w->order[k], led = gf_led(r->block, box);
        if (led >= 0 && !r->w->input[box])
            r->row[box] = r->row[led];
    }
}

/* Takes out the rows that are empty, but for row 0. */
static gf_status close_rows(rows *r)
{
    int top = top_row(r), count = 1;
    int *to = gf_arena_get(&r->block->arena, (size_t)(top + 1) * sizeof *to);
    if (!to)
        return GF_ERROR_MEMORY;
    for (int i = 0; i < r->block->box_count; i++)
        if (r->row[i] > 0)
            to[r->row[i]] = 1;
    for (int k = 1; k <= top; k++)
        if (to[k])
            to[k] = count++;
    for (int i = 0; i < r->block->box_count; i++)
        if (r->row[i] >= 0)
            r->row[i] = to[r->row[i]];
    r->block->row_count = r->block->box_count ? count : 0;
    return GF_OK;
}

/* An input that no box here uses stands beside its mate, once that has its row. */
static void find_mates(const rows *r, bool beside)
{
    for (int i = 0; i < r->block->box_count && beside; i++) {
        int mate = r->block->boxes[i].mate - 1;
        bool used = r->w->users[i].count || r->block->boxes[i].to[0] || r->block->boxes[i].to[1];
        if (mate >= 0 && r->w->input[i] && !used && !r->w->stays[i] && r->row[mate] == r->block->row_count - 1)
            r->block->beside[i] = mate, r->row[i] = -1;
    }
}

/* --- the order of use ------------------------------------------------------------------------------ */

/* Sorts boxes by falling row; those of one row stay as they are. */
static void sort_by_row(const rows *r, int *boxes, int count)
{
    for (int k = 1; k < count; k++) {
        int box = boxes[k], m = k;
        for (; m > 0 && r->row[boxes[m - 1]] < r->row[box]; m--)
            boxes[m] = boxes[m - 1];
        boxes[m] = box;
    }
}

/* Of what a box uses the next that has no number and is not on its way to one; -1: none. */
static int next_used(const rows *r, int box, int *at, const bool *met)
{
    const gf_block_list *uses = &r->w->uses[box];
    while (at[box] < uses->count) {
        int used = uses->of[at[box]++];
        if (!met[used] && !r->w->input[used])
            return used;
    }
    return -1;
}

/* Depth first: a box gets its number after all that it uses. */
static int visit(const rows *r, int box, int number, int *stack, int *at, bool *met)
{
    int depth = 0;
    stack[depth++] = box;
    met[box] = true;
    while (depth) {
        int next = next_used(r, stack[depth - 1], at, met);
        if (next < 0) {
            r->w->use[stack[--depth]] = number++;
            continue;
        }
        met[next] = true;
        stack[depth++] = next;
    }
    return number;
}

/* An input has the number of the first that uses it. */
static void number_inputs(const rows *r)
{
    for (int i = 0; i < r->block->box_count; i++) {
        const gf_block_list *users = &r->w->users[i];
        if (!r->w->input[i])
            continue;
        r->w->use[i] = users->count ? r->w->use[users->of[0]] : 0;
        for (int k = 1; k < users->count; k++)
            if (r->w->use[users->of[k]] < r->w->use[i])
                r->w->use[i] = r->w->use[users->of[k]];
    }
}

/* Boxes by falling row, those of one row in their own order: keys that sort so. */
static void sort_all(const rows *r, int *boxes, int *keys, int top)
{
    int count = 0;
    for (int row = top; row >= 0; row--)
        keys[row] = 0;
    for (int i = 0; i < r->block->box_count; i++)
        keys[r->row[i] < 0 ? 0 : r->row[i]]++;
    for (int row = top; row >= 0; row--) {
        int here = keys[row];
        keys[row] = count;
        count += here;
    }
    for (int i = 0; i < r->block->box_count; i++)
        boxes[keys[r->row[i] < 0 ? 0 : r->row[i]]++] = i;
}

static gf_status number_boxes(rows *r)
{
    gf_arena *arena = &r->block->arena;
    size_t count = (size_t)r->block->box_count, bytes = count * sizeof(int);
    int *stack = gf_arena_get(arena, bytes), *at = gf_arena_get(arena, bytes), *boxes = gf_arena_get(arena, bytes);
    int top = top_row(r), number = 0, *keys = gf_arena_get(arena, (size_t)(top + 1) * sizeof *keys);
    bool *met = gf_arena_get(arena, count * sizeof *met);
    if (!stack || !at || !boxes || !keys || !met)
        return GF_ERROR_MEMORY;
    for (int i = 0; i < r->block->box_count; i++)
        sort_by_row(r, r->w->uses[i].of, r->w->uses[i].count);
    sort_all(r, boxes, keys, top);
    for (int k = 0; k < r->block->box_count; k++)
        if (!met[boxes[k]] && !r->w->input[boxes[k]])
            number = visit(r, boxes[k], number, stack, at, met);
    number_inputs(r);
    return GF_OK;
}

gf_status gf_block_rows(gf_block *block, bool beside)
{
    gf_block_ways *w = block->ways;
    size_t bytes = (size_t)block->box_count * sizeof(int);
    rows r = {block, w, NULL};
    w->row = r.row = gf_arena_get(&block->arena, bytes);
    w->use = gf_arena_get(&block->arena, bytes);
    block->beside = gf_arena_get(&block->arena, bytes);
    if (!w->row || !w->use || !block->beside)
        return GF_ERROR_MEMORY;
    for (int i = 0; i < block->box_count; i++)
        r.row[i] = block->beside[i] = -1;
    if (beside)
        find_beside(&r);
    rows_by_cells(&r);
    bool parted = true;
    for (int left = 4 * block->box_count + 4; parted && left > 0; left--)
        if (part_rails(&r, &parted))
            return GF_ERROR_MEMORY;
    raise_tops(&r);
    align_leads(&r);
    gf_status status = close_rows(&r);
    find_mates(&r, beside);
    return status ? status : number_boxes(&r);
}
