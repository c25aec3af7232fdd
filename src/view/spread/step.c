/* The boxes of a block: how large they are, which need each other over time, and how a step is made narrow enough. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "view/spread/stages.h"

static const double pad = 4; /* at the sides of a block */
enum { LEAD = 22 };          /* from an operation to the state to its right */

static bool is_input(const gf_box *box)
{
    return box->kind == GF_BOX_INPUT || box->kind == GF_BOX_GIVEN || box->kind == GF_BOX_PARAM ||
           box->kind == GF_BOX_CONSTANT;
}

/* As large as the largest box that has this slot in any column. */
static gf_block_box size_slot(const gf_spreading *s, const gf_room_block *room, int slot, const gf_writing *how)
{
    gf_block_box size = {.cell = -1};
    for (int k = 0; k < s->c.count; k++) {
        const gf_column *column = &s->c.columns[k];
        int box = column->room == room ? column->boxes[slot] : -1;
        double width, height;
        if (box < 0)
            continue;
        if (gf_box_is_below(&s->c, box))
            return (gf_block_box){.width = 8, .height = 2, .input = true, .floor = true};
        gf_box_size(s->view, &s->view->boxes[box], &s->profile, how->brief, how->flat, &width, &height);
        size.width = fmax(size.width, width);
        size.height = fmax(size.height, height);
        size.input = is_input(&s->view->boxes[box]);
        size.aside = s->view->boxes[box].aside;
        size.apart = s->view->boxes[box].shape ? s->view->boxes[box].shape->apart : 0;
        size.lead = s->view->boxes[box].shape ? s->view->boxes[box].shape->lead : 0;
    }
    return size;
}

/* The same, once for each way to write it: a step is made to fit by many trials. */
static gf_block_box known_size(const gf_spreading *s, gf_room_block *room, int slot, const gf_writing *how)
{
    gf_block_box *known = &room->sizes[4 * slot + 2 * how->brief + how->flat];
    if (known->width == 0)
        *known = size_slot(s, room, slot, how);
    return *known;
}

void gf_slots_size(gf_spreading *s, gf_room_block *room, const gf_writing *how)
{
    if (!room->sizes)
        room->sizes = gf_spread_take(s, 4 * (size_t)room->count, sizeof *room->sizes);
    for (int slot = 0; slot < room->count && !s->failed; slot++) {
        gf_block_box size = known_size(s, room, slot, &how[slot]);
        room->boxes[slot].width = size.width;
        room->boxes[slot].height = size.height;
        room->boxes[slot].input = size.input;
        room->boxes[slot].aside = size.aside;
        room->boxes[slot].floor = size.floor;
        room->boxes[slot].apart = size.apart;
        room->boxes[slot].lead = fmax(room->boxes[slot].lead, size.lead);
    }
}

void gf_room_make(gf_spreading *s, gf_room_block *room, double gap)
{
    if (room->made)
        gf_block_free(&room->block);
    room->made = room->count > 0;
    if (room->made &&
        gf_block_make(&room->block, room->boxes, room->count, room->links, room->link_count, gap, pad, !s->room.apart))
        s->failed = true;
}

/* --- cells: strongly connected parts, over all lags -------------------------------------------------------- */

/* Marks what can be reached from a slot. */
static void reach(const gf_room_block *room, const bool *leads, int slot, bool *reached)
{
    for (int k = 0; k < room->count; k++)
        if (leads[slot * room->count + k] && !reached[k]) {
            reached[k] = true;
            reach(room, leads, k, reached);
        }
}

static bool *find_leads(gf_spreading *s, const gf_room_block *room)
{
    int count = room->count;
    bool *leads = gf_spread_take(s, (size_t)count * (size_t)count, sizeof *leads);
    if (!leads)
        return NULL;
    for (int k = 0; k < room->link_count; k++)
        leads[room->links[k].from * count + room->links[k].to] = true;
    for (int e = 0; e < room->entry_count; e++) {
        const gf_entrance *entry = &room->entries[e];
        int slot = entry->lag != GF_OUTSIDE && entry->pattern >= 0 ? s->c.slot_of_pattern[entry->pattern] : -1;
        for (int k = 0; k < entry->count && slot >= 0; k++)
            leads[slot * count + entry->targets[k]] = true;
    }
    return leads;
}

/* Numbers the cells: before all others comes one that none of the others leads to, else the first in the graph. */
static void number_cells(gf_room_block *room, const bool *reached)
{
    int count = room->count;
    for (int number = 0;; number++) {
        int next = -1;
        for (int a = 0; a < count && next < 0; a++) {
            bool free = reached[a * count + a] && room->boxes[a].cell < 0;
            for (int b = 0; b < count && free; b++)
                if (reached[b * count + b] && room->boxes[b].cell < 0 && reached[b * count + a] &&
                    !reached[a * count + b])
                    free = false;
            if (free)
                next = a;
        }
        if (next < 0)
            return;
        for (int b = 0; b < count; b++)
            if (reached[next * count + b] && reached[b * count + next])
                room->boxes[b].cell = number;
    }
}

void gf_cells_find(gf_spreading *s, gf_room_block *room)
{
    int count = room->count;
    const bool *leads = find_leads(s, room);
    bool *reached = gf_spread_take(s, (size_t)count * (size_t)count, sizeof *reached);
    for (int k = 0; k < count; k++)
        room->boxes[k].cell = -1;
    for (int k = 0; k < count && !s->failed; k++)
        reach(room, leads, k, reached + k * count);
    if (!s->failed)
        number_cells(room, reached);
}

void gf_cells_tell(gf_spreading *s)
{
    s->spread->cells = gf_arena_get(&s->spread->arena, ((size_t)s->view->pattern_count + 1) * sizeof(int));
    s->failed |= !s->spread->cells;
    for (int p = 0; p < s->view->pattern_count && !s->failed; p++)
        s->spread->cells[p] = s->c.slot_of_pattern[p] < 0 ? -1 : s->c.step.boxes[s->c.slot_of_pattern[p]].cell;
}

/* Does an operation, which a state comes to, go to that state alone, and does no other so already? So c[t-1] does to
 * f * c[t-1], and that to c[t]. */
static bool is_on_rail(const gf_room_block *room, int slot, int state)
{
    bool found = false, alone = true;
    for (int k = 0; k < room->link_count; k++) {
        int from = room->links[k].from, to = room->links[k].to;
        found |= from == slot && to == state;
        alone &= from == slot ? to == state : to != state || room->boxes[from].lead <= 0;
    }
    return found && alone;
}

/* What rails alone want of an input goes up beside what else the same box collects of its step: its mate. */
static void find_mates(gf_spreading *s)
{
    gf_room_block *room = &s->c.step;
    for (int k = 0; k < s->c.way_count; k++) {
        const gf_way *way = &s->c.ways[k];
        int slot = way->pattern >= 0 ? s->c.slot_of_pattern[way->pattern] : -1;
        if (slot >= 0)
            room->boxes[slot].to[!way->leftwards] |= way->count > 0;
    }
    for (int a = 0; a < s->c.rail_count; a++)
        for (int b = 0; b < s->c.rail_count && s->c.rails[a].slot >= 0; b++)
            if (s->c.rails[a].box == s->c.rails[b].box && !is_input(s->view->arrows[s->c.rails[b].arrows[0]].from))
                room->boxes[s->c.rails[a].slot].mate = s->c.rails[b].slot + 1;
}

/* Rails reach themselves in the next step, if need be by an operation to their left, so that they are straight; on top
 * stands what the loss adds up, but no state, whose cell would be torn. */
void gf_marks_find(gf_spreading *s)
{
    gf_room_block *room = &s->c.step;
    find_mates(s);
    for (int r = 0; r < s->c.rail_count; r++)
        if (s->c.rails[r].slot >= 0 && s->view->boxes[s->c.rails[r].box].sum)
            room->boxes[s->c.rails[r].slot].top = true;
    for (int e = 0; e < room->entry_count; e++) {
        const gf_entrance *entry = &room->entries[e];
        int slot = entry->lag != GF_OUTSIDE && entry->pattern >= 0 ? s->c.slot_of_pattern[entry->pattern] : -1;
        if (slot >= 0)
            room->boxes[slot].top = false;
        for (int k = 0; k < entry->count && abs(entry->lag) == 1 && slot >= 0; k++) {
            int target = entry->targets[k];
            bool straight = s->view->level == GF_LEVEL_OPS && entry->lag == 1 && is_on_rail(room, target, slot);
            room->boxes[slot].rail |= target == slot || straight;
            room->boxes[target].lead = straight ? LEAD : room->boxes[target].lead;
        }
    }
}

/* --- a step that fits its column ----------------------------------------------------------------------------- */

/* Of a row, without what passes through it. */
static int boxes_in(const gf_block_row *row)
{
    int boxes = 0;
    for (int k = 0; k < row->count; k++)
        boxes += !row->items[k]->pass;
    return boxes;
}

/* In rows of so many boxes and more names lose their "[t]": the step's ground says it. */
static void shorten(const gf_room_block *room, gf_writing *how, int least)
{
    for (int r = 0; r < room->block.row_count; r++) {
        int boxes = boxes_in(&room->block.rows[r]);
        for (int k = 0; k < room->block.rows[r].count && boxes >= least; k++) {
            const gf_block_item *item = room->block.rows[r].items[k];
            if (!item->pass && !room->boxes[item->box].input)
                how[item->box].brief = true;
        }
    }
}

static void remake(gf_spreading *s, const gf_writing *how, double gap)
{
    gf_slots_size(s, &s->c.step, how);
    gf_room_make(s, &s->c.step, gap);
}

/* All names do, where that makes a step that is too wide narrower by more than a little. */
static gf_writing *shorten_all(gf_spreading *s, gf_writing *how, double gap, double wanted)
{
    static const double little = 0.02;
    size_t count = (size_t)s->c.step.count;
    gf_writing *brief = gf_spread_take(s, count, sizeof *brief);
    double width = s->c.step.block.width;
    if (!brief || width <= wanted)
        return how;
    memcpy(brief, how, count * sizeof *how);
    shorten(&s->c.step, brief, 1);
    remake(s, brief, gap);
    if (s->failed || s->c.step.block.width < width * (1 - little))
        return brief;
    remake(s, how, gap);
    return how;
}

/* In rows of one or two boxes a flat profile puts name and number side by side. */
static void flatten(const gf_room_block *room, gf_writing *how)
{
    for (int r = 0; r < room->block.row_count; r++) {
        int boxes = boxes_in(&room->block.rows[r]);
        for (int k = 0; k < room->block.rows[r].count && boxes <= 2; k++) {
            const gf_block_item *item = room->block.rows[r].items[k];
            if (!item->pass)
                how[item->box].flat = !room->boxes[item->box].input && !room->boxes[item->box].top;
        }
    }
}

/* The boxes of a row take two lines again, or (`flat`, by slot) as before. */
static void set_row(const gf_room_block *room, int row, gf_writing *how, const bool *flat)
{
    for (int slot = 0; slot < room->count; slot++)
        if (room->block.at[slot]->row == row)
            how[slot].flat = flat && flat[slot];
}

/* Where flat boxes are what makes the step too wide, they take two lines again, but for those rows where it does not
 * matter: rows share a column, so that one alone may change nothing. */
static void unflatten(gf_spreading *s, gf_writing *how, double gap, double wanted)
{
    gf_room_block *room = &s->c.step;
    bool *flat = gf_spread_take(s, (size_t)room->count, sizeof *flat);
    if (!flat || room->block.width <= wanted)
        return;
    for (int slot = 0; slot < room->count; slot++) {
        flat[slot] = how[slot].flat;
        how[slot].flat = false;
    }
    remake(s, how, gap);
    double narrow = s->failed ? 0 : fmax(room->block.width, wanted) + 0.5;
    bool stale = false;
    for (int row = 0; !s->failed && row < room->block.row_count; row++) {
        set_row(room, row, how, flat);
        remake(s, how, gap);
        stale = !s->failed && room->block.width > narrow;
        if (stale)
            set_row(room, row, how, NULL);
    }
    if (stale)
        remake(s, how, gap);
}

/* Makes the steps' block as narrow as it must be. */
gf_writing *gf_step_fit(gf_spreading *s, double wanted)
{
    static const double gaps[] = {10, 7, 5, 3};
    double more = s->room.apart ? 10 : 0;
    gf_writing *how = gf_spread_take(s, (size_t)s->c.step.count, sizeof *how);
    int k = s->profile.flat ? 2 : 0;
    if (!how || !s->c.step.count)
        return how;
    remake(s, how, gaps[k] + more);
    if (s->profile.flat && !s->failed) {
        flatten(&s->c.step, how);
        remake(s, how, gaps[k] + more);
    }
    for (; k < 4 && !s->failed && s->c.step.block.width > wanted; k++) {
        shorten(&s->c.step, how, 3);
        remake(s, how, gaps[k] + more);
    }
    if (k == 4 && !s->failed && s->view->level == GF_LEVEL_OPS)
        how = shorten_all(s, how, gaps[3] + more, wanted);
    if (!s->failed)
        unflatten(s, how, gaps[k < 4 ? k : 3] + more, wanted);
    return how;
}
