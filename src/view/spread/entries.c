/* What enters a block, and what leaves it: at the side of a box that stands outermost in its row, or by a lane. */
#include "view/spread/columns.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE_APART = 9 };

/* --- which ---------------------------------------------------------------------------------------------- */

int gf_arrow_lag(const gf_arrow *arrow)
{
    const gf_box *from = arrow->from, *to = arrow->to;
    int start = from->at, end = to->at;
    if (from->kind == GF_BOX_START) {
        int index = gf_box_index(from);
        return index > 0 && to->last_step ? to->last_step - index : end - index;
    }
    if (!start && from->kind != GF_BOX_STEPS)
        return GF_OUTSIDE;
    return end > start && from->last_step ? end - from->last_step : end - start;
}

/* What tells an entry of the steps' block from others, and of the other two: the source. */
static gf_entrance key_of(const gf_columns *c, const gf_room_block *room, const gf_arrow *arrow)
{
    int from = c->column_of[gf_box_number(c->view, arrow->from)], to = c->column_of[gf_box_number(c->view, arrow->to)];
    bool timed = room == &c->step;
    int rail = c->rail_of[arrow - c->view->arrows], lag = timed ? gf_arrow_lag(arrow) : 0;
    bool own = timed && lag != GF_OUTSIDE;
    return (gf_entrance){
        .pattern = own        ? c->pattern_of_source[arrow->source]
                   : rail < 0 ? arrow->source
                              : -1 - rail,
        .lag = lag,
        .from_right = from > to,
    };
}

static bool same_key(const gf_entrance *a, const gf_entrance *b)
{
    return a->pattern == b->pattern && a->lag == b->lag && a->from_right == b->from_right;
}

static gf_entrance *find_entry(const gf_room_block *room, const gf_entrance *key)
{
    for (int e = 0; e < room->entry_count; e++)
        if (same_key(&room->entries[e], key))
            return &room->entries[e];
    return NULL;
}

const gf_entrance *gf_entry_of(const gf_columns *c, const gf_room_block *room, const gf_arrow *arrow)
{
    gf_entrance key = key_of(c, room, arrow);
    return find_entry(room, &key);
}

static void add_target(gf_columns *c, gf_room_block *room, gf_entrance *entry, int slot)
{
    for (int k = 0; k < entry->count; k++)
        if (entry->targets[k] == slot)
            return;
    if (!entry->targets) {
        entry->targets = gf_columns_take(c, (size_t)room->count, sizeof(int));
        entry->sideways = gf_columns_take(c, (size_t)room->count, sizeof(bool));
    }
    if (!c->failed)
        entry->targets[entry->count++] = slot;
}

static void find_entries_of(gf_columns *c, gf_room_block *room)
{
    const gf_view *view = c->view;
    size_t room_for = 0;
    for (size_t k = 0; k < view->arrow_count && !c->failed; k++) {
        const gf_arrow *arrow = &view->arrows[k];
        int from = gf_box_number(view, arrow->from), to = gf_box_number(view, arrow->to);
        if (c->columns[c->column_of[to]].room != room || c->column_of[from] == c->column_of[to] ||
            gf_box_is_below(c, from))
            continue;
        gf_entrance key = key_of(c, room, arrow), *entry = find_entry(room, &key);
        if (!entry && (size_t)room->entry_count == room_for) {
            gf_entrance *more = gf_columns_take(c, room_for = 2 * room_for + 16, sizeof *more);
            if (!more)
                return;
            if (room->entry_count)
                memcpy(more, room->entries, (size_t)room->entry_count * sizeof *more);
            room->entries = more;
        }
        if (!entry)
            *(entry = &room->entries[room->entry_count++]) = key;
        add_target(c, room, entry, c->slot_of[to]);
    }
}

gf_status gf_entries_find(gf_columns *c)
{
    find_entries_of(c, &c->before);
    find_entries_of(c, &c->step);
    find_entries_of(c, &c->after);
    return c->failed ? GF_ERROR_MEMORY : GF_OK;
}

/* --- where ------------------------------------------------------------------------------------------------ */

/* From the side enters who is outermost in its row, and alone of the entry's targets in it. */
static bool enters_sideways(const gf_block *block, const gf_entrance *entry, int target)
{
    int of_row = 0;
    for (int k = 0; k < entry->count; k++)
        of_row += block->at[entry->targets[k]]->row == block->at[target]->row;
    return of_row == 1 && gf_block_outermost(block, target, entry->from_right);
}

/* Is there room for one more at that side of a box? The first one is its own rail's, if it has one. */
static bool has_room(const gf_room_block *room, const gf_entrance *entry, int target, int taken)
{
    bool own = abs(entry->lag) == 1 && entry->pattern == room->pattern[target];
    return own || taken < (room->boxes[target].height - 10) / SIDE_APART;
}

/* A rail comes down to a box of the top row, from which nothing goes up, if it is wide enough for one more. */
static bool comes_down(const gf_columns *c, const gf_room_block *room, const gf_entrance *entry)
{
    if (room != &c->after || entry->pattern >= 0)
        return false;
    const gf_block *block = &room->block;
    int slot = entry->targets[0], others = 0;
    for (int r = 0; r < c->rail_count; r++)
        others += c->rails[r].above && c->rails[r].box == room->pattern[slot];
    return block->beside[slot] < 0 && block->at[slot]->row == block->row_count - 1 && room->exit_of[0][slot] < 0 &&
           room->exit_of[1][slot] < 0 && (others + 1) * GF_RAIL_PORT <= block->across[slot];
}

static void settle_entry(gf_columns *c, gf_room_block *room, gf_entrance *entry, int *taken)
{
    entry->lane_count = 0;
    entry->number = -1;
    if (comes_down(c, room, entry)) {
        c->rails[-1 - entry->pattern].above = room->block.entered = true;
        return;
    }
    int *by_lane = gf_columns_take(c, (size_t)entry->count, sizeof *by_lane);
    for (int k = 0; k < entry->count && by_lane; k++) {
        int *there = &taken[2 * entry->targets[k] + entry->from_right];
        entry->sideways[k] =
            enters_sideways(&room->block, entry, entry->targets[k]) && has_room(room, entry, entry->targets[k], *there);
        *there += entry->sideways[k];
        if (!entry->sideways[k])
            by_lane[entry->lane_count++] = entry->targets[k];
    }
    if (!entry->lane_count)
        return;
    entry->number = room->lane_count;
    room->lanes[room->lane_count++] =
        (gf_block_entry){.from_right = entry->from_right, .targets = by_lane, .count = entry->lane_count};
}

/* Does the box's own rail come to that side, as h[2] to the side of h[3] from which h[3] starts a decoder? */
static bool rail_comes(const gf_room_block *room, int slot, bool right)
{
    for (int e = 0; e < room->entry_count; e++) {
        const gf_entrance *entry = &room->entries[e];
        bool own = abs(entry->lag) == 1 && entry->pattern == room->pattern[slot] && entry->from_right == right;
        for (int k = 0; k < entry->count && own; k++)
            if (entry->targets[k] == slot)
                return true;
    }
    return false;
}

static void add_exit(const gf_columns *c, gf_room_block *room, int slot, bool right)
{
    bool free = gf_block_outermost(&room->block, slot, right) && !(room == &c->step && rail_comes(room, slot, right));
    if (room->exit_of[right][slot] >= 0 || free)
        return;
    room->exit_of[right][slot] = room->exit_count;
    room->exits[room->exit_count++] = (gf_block_exit){.box = slot, .to_right = right};
}

/* A value that a rail alone wants, from the top row, goes straight up. */
static bool leaves_at_side(const gf_columns *c, const gf_way *way, int slot)
{
    const gf_block *block = &c->step.block;
    return way->count || block->at[slot]->row < block->row_count - 1;
}

static void find_exits(gf_columns *c)
{
    gf_room_block *rooms[] = {&c->before, &c->step, &c->after};
    for (int r = 0; r < 3; r++) {
        size_t count = (size_t)rooms[r]->count;
        rooms[r]->exit_count = 0;
        rooms[r]->exits = gf_columns_take(c, 2 * count, sizeof(gf_block_exit));
        for (int side = 0; side < 2; side++) {
            rooms[r]->exit_of[side] = gf_columns_take(c, count, sizeof(int));
            rooms[r]->sends[side] = gf_columns_take(c, count, sizeof(bool));
            for (size_t k = 0; k < count && !c->failed; k++)
                rooms[r]->exit_of[side][k] = -1;
        }
    }
    for (int k = 0; k < c->way_count && !c->failed; k++) {
        const gf_way *way = &c->ways[k];
        gf_room_block *room = c->columns[way->column].room;
        int arrow = way->count ? way->arrows[0] : way->rails[0];
        int slot = c->slot_of[gf_box_number(c->view, c->view->arrows[arrow].from)];
        if (room)
            room->sends[!way->leftwards][slot] = true;
        if (room && (room != &c->step || leaves_at_side(c, way, slot)))
            add_exit(c, room, slot, !way->leftwards);
    }
}

/* --- what passes through ------------------------------------------------------------------------------------- */

/* The gap above the source's row; of a source without time, the one below its lowest target. */
static int row_of_way(const gf_columns *c, const gf_way *way)
{
    const gf_block *block = &c->step.block;
    if (way->pattern >= 0 && c->slot_of_pattern[way->pattern] >= 0)
        return block->at[c->slot_of_pattern[way->pattern]]->row;
    int row = INT_MAX;
    for (int k = 0; k < way->count; k++) {
        int box = gf_arrow_end(c, way->arrows[k]);
        if (c->columns[c->column_of[box]].kind == GF_COLUMN_STEP && block->at[c->slot_of[box]]->row < row)
            row = block->at[c->slot_of[box]]->row;
    }
    return row == INT_MAX ? block->row_count - 1 : row > 0 ? row - 1 : 0;
}

/* The columns between its own and the last it goes to. */
static void stretch_of(const gf_columns *c, const gf_way *way, int *first, int *last)
{
    int end = gf_arrow_column(c, way->arrows[way->count - 1]);
    *first = way->leftwards ? end + 1 : way->column + 1;
    *last = way->leftwards ? way->column - 1 : end - 1;
}

/* A solid column is passed above the top row. */
static bool passes_solid(const gf_columns *c, int first, int last)
{
    while (first <= last && c->columns[first].kind != GF_COLUMN_SOLID)
        first++;
    return first <= last;
}

typedef struct stretch {
    gf_way *way;
    int row, first, last;
} stretch;

static int compare_stretches(const void *a, const void *b)
{
    const stretch *one = a, *other = b;
    if (one->row != other->row)
        return (one->row > other->row) - (one->row < other->row);
    if (one->first != other->first)
        return (one->first > other->first) - (one->first < other->first);
    return (one->way > other->way) - (one->way < other->way);
}

/* In each gap each stretch takes the first lane that is free from its first column on: a skip over k steps needs k. */
static void give_lanes(gf_columns *c, stretch *stretches, int count, int *free_from)
{
    int lanes = 0;
    for (int k = 0; k < count; k++) {
        stretch *s = &stretches[k];
        if (k == 0 || s->row != stretches[k - 1].row)
            lanes = 0;
        int lane = 0;
        while (lane < lanes && free_from[lane] >= s->first)
            lane++;
        lanes += lane == lanes;
        free_from[lane] = s->last + 1; /* not in the gutter behind it, either */
        s->way->lane = lane;
        c->step.through[s->row] = lanes;
    }
}

/* The last state, say, that starts something: the one source of its kind that leaves by a lane, from a box that sends
 * nothing up. Then it goes on in that lane, which the other steps do not need: their boxes' exit to both sides. */
static bool keeps_lane(gf_columns *c, const gf_way *way)
{
    int slot = way->pattern >= 0 ? c->slot_of_pattern[way->pattern] : -1;
    bool only = c->step.made && slot >= 0 && c->columns[way->column].room == &c->step &&
                c->step.exit_of[!way->leftwards][slot] >= 0 && c->step.exit_of[way->leftwards][slot] < 0 &&
                c->step.block.at[slot]->row == way->row;
    for (int k = 0; k < c->way_count && only; k++)
        only = &c->ways[k] == way || c->ways[k].pattern != way->pattern || c->ways[k].leftwards != way->leftwards;
    for (int k = 0; k < c->step.link_count && only; k++)
        only = c->step.links[k].from != slot;
    if (only)
        c->step.exits[c->step.exit_count++] = (gf_block_exit){.box = slot, .to_right = way->leftwards};
    return only;
}

static void find_through(gf_columns *c)
{
    int count = 0;
    stretch *stretches = gf_columns_take(c, (size_t)c->way_count, sizeof *stretches);
    int *free_from = gf_columns_take(c, (size_t)c->way_count, sizeof *free_from);
    int rows = c->step.made ? c->step.block.row_count : 1;
    c->step.through = gf_columns_take(c, (size_t)rows, sizeof(int));
    for (int k = 0; k < c->way_count && !c->failed; k++) {
        gf_way *way = &c->ways[k];
        if (!way->far)
            continue;
        stretch *s = &stretches[count++];
        stretch_of(c, way, &s->first, &s->last);
        way->through = c->step.made && !passes_solid(c, s->first, s->last);
        way->row = way->through ? row_of_way(c, way) : rows - 1;
        c->step.block.entered |= !way->through; /* a number finds room below its lane */
        s->way = way, s->row = way->row;
        way->lane = GF_OWN_LANE;
        count -= keeps_lane(c, way);
    }
    if (c->failed)
        return;
    qsort(stretches, (size_t)count, sizeof *stretches, compare_stretches);
    give_lanes(c, stretches, count, free_from);
}

/* --- all of it ------------------------------------------------------------------------------------------------ */

gf_status gf_entries_settle(gf_columns *c)
{
    gf_room_block *rooms[] = {&c->before, &c->step, &c->after};
    for (int r = 0; r < c->rail_count; r++)
        c->rails[r].above = false;
    find_exits(c);
    for (int r = 0; r < 3 && !c->failed; r++) {
        rooms[r]->lane_count = 0;
        rooms[r]->lanes = gf_columns_take(c, (size_t)rooms[r]->entry_count, sizeof(gf_block_entry));
        int *taken = gf_columns_take(c, 2 * (size_t)rooms[r]->count, sizeof *taken);
        for (int e = 0; e < rooms[r]->entry_count && !c->failed; e++)
            settle_entry(c, rooms[r], &rooms[r]->entries[e], taken);
    }
    find_through(c);
    for (int r = 0; r < 3 && !c->failed; r++) {
        gf_room_block *room = rooms[r];
        if (room->made && gf_block_route(&room->block, room->lanes, room->lane_count, room->exits, room->exit_count,
                                         room == &c->step ? room->through : NULL))
            c->failed = true;
    }
    return c->failed ? GF_ERROR_MEMORY : GF_OK;
}
