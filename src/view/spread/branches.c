/* Branches: where a way leaves a gutter: at a box, in a lane below boxes, in the lane in which it goes further, on a
 * rail; and at which height. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "view/spread/branches.h"
#include "view/spread/stages.h"

/* Above the floor: at its cell, or, without, where as many as there are stand evenly. */
static double height_of_loose(const gf_spreading *s, int pattern)
{
    double height = gf_solid_height(s), cell = gf_cell_height(&s->profile, height, s->c.cell_count);
    int k = pattern < 0 ? s->c.cell_of_loose[-1 - pattern] : -1;
    return k >= 0 && cell >= GF_LEAST_CELL ? GF_BELOW_CELLS + (k + 0.5) * cell
                                           : height * (-pattern) / (s->c.loose_count + 1);
}

/* The y at which a variable passes a solid column, and leaves steps. */
static double y_of_pattern(const gf_spreading *s, int pattern, bool right)
{
    const gf_room_block *step = &s->c.step;
    int slot = pattern >= 0 ? s->c.slot_of_pattern[pattern] : -1;
    if (slot < 0)
        return s->floor - height_of_loose(s, pattern);
    int exit = step->exit_of[right][slot];
    return gf_spread_y(s, exit >= 0 ? gf_block_exit_lane(&step->block, exit)
                                    : step->block.rows[step->block.at[slot]->row].y);
}

int gf_way_source(const gf_spreading *s, const gf_way *way)
{
    int arrow = way->count ? way->arrows[0] : way->rails[0];
    return gf_box_number(s->view, s->view->arrows[arrow].from);
}

gf_point gf_way_exit(const gf_spreading *s, const gf_way *way)
{
    const gf_column *column = &s->c.columns[way->column];
    int box = gf_way_source(s, way), slot = s->c.slot_of[box];
    const gf_stand *place = &s->spread->places[box];
    double side = way->leftwards ? -0.5 : 0.5;
    if (column->kind == GF_COLUMN_SOLID) {
        double y = y_of_pattern(s, way->pattern, !way->leftwards), top = place->y - place->height / 2;
        return (gf_point){place->x + side * place->width, fmax(y, top + 8)}; /* a lane may lie above it */
    }
    int exit = column->room ? column->room->exit_of[!way->leftwards][slot] : -1;
    if (exit >= 0)
        return (gf_point){place->x, gf_room_y(s, column->room, gf_block_exit_lane(&column->room->block, exit))};
    return (gf_point){place->x + side * place->width, place->y};
}

bool gf_way_leaves_by_lane(const gf_spreading *s, const gf_way *way)
{
    const gf_column *column = &s->c.columns[way->column];
    return column->room && column->room->exit_of[!way->leftwards][s->c.slot_of[gf_way_source(s, way)]] >= 0;
}

/* The y from which an entry's net comes to its gutter. */
static double height_of_entry(const gf_spreading *s, const gf_room_block *room, const gf_entrance *entry)
{
    if (room == &s->c.step && entry->lag != GF_OUTSIDE)
        return y_of_pattern(s, entry->pattern, !entry->from_right);
    if (entry->pattern < 0)
        return s->c.rails[-1 - entry->pattern].y;
    int number = s->c.way_of[2 * entry->pattern + entry->from_right];
    const gf_way *way = number ? &s->c.ways[number - 1] : NULL;
    return !way ? 0 : way->far ? gf_way_lane(s, way) : gf_way_exit(s, way).y;
}

static bool is_own(const gf_spreading *s, const gf_room_block *room, const gf_entrance *entry, int slot)
{
    return room == &s->c.step && entry->pattern == room->pattern[slot] && abs(entry->lag) == 1;
}

/* What enters one side of a box. */
typedef struct side {
    bool middle;      /* its own rail comes, or something leaves, in the middle */
    int count, above; /* of the others all; those that come from above it */
    int place;        /* of the one that is looked for among them, from above */
    bool met;         /* from the other side something comes as high into its row: x[t+1], where it is x[t-1] */
} side;

static side look_at_side(const gf_spreading *s, const gf_room_block *room, const gf_entrance *entry, int slot)
{
    double y = gf_room_y(s, room, room->block.rows[room->block.at[slot]->row].y);
    double own = height_of_entry(s, room, entry);
    bool right = entry->from_right;
    side found = {.middle = room->sends[right][slot] && room->exit_of[right][slot] < 0};
    for (int e = 0; e < room->entry_count; e++) {
        const gf_entrance *other = &room->entries[e];
        for (int k = 0; k < other->count; k++) {
            bool level = room->block.at[other->targets[k]]->row == room->block.at[slot]->row;
            double height = height_of_entry(s, room, other);
            found.met |= level && other->sideways[k] && other->from_right != right && fabs(height - own) < 1;
            if (other->targets[k] != slot || !other->sideways[k] || other->from_right != right)
                continue;
            bool rail = is_own(s, room, other, slot);
            found.middle |= rail;
            found.count += !rail;
            found.above += !rail && height < y;
            found.place += !rail && (height < own || (height == own && other < entry));
        }
    }
    return found;
}

/* Where a way enters the side of a box: one below another, as they come from above and from below; the box's own rail,
 * or what leaves it there, in the middle, and on both sides of that no more than have room. Where there is room for it
 * they are as far apart as starts, so that those are straight. What meets its like on the other side enters above the
 * middle from the left and below it from the right: at one height, one of the two would need a jog. */
static double y_at_side(const gf_spreading *s, const gf_room_block *room, const gf_entrance *entry, int slot)
{
    const gf_block *block = &room->block;
    side at = look_at_side(s, room, entry, slot);
    double height = block->boxes[slot].height - 10, middle = block->rows[block->at[slot]->row].y;
    double own = height_of_entry(s, room, entry), off = own - gf_room_y(s, room, middle);
    if (at.count == 1 && !at.middle && fabs(off) < height / 2)
        return own; /* straight on */
    if (at.count == 1 && !at.middle && at.met)
        return gf_room_y(s, room, middle + fmin(6, height / 2) * (entry->from_right ? -1 : 1));
    int spaces = at.count - !at.middle;
    double apart = gf_margin_apart(s), offset = spaces / 2.0 - at.place;
    if (apart * spaces * (at.middle ? 2 : 1) > height)
        apart = fmin(9, height / (spaces > 1 ? spaces : 1));
    if (at.middle) {
        double most = floor(height / 2 / apart + 0.01), above = fmin(fmax(at.above, at.count - most), most);
        offset = is_own(s, room, entry, slot) ? 0 : above - at.place - (at.place >= above);
    }
    return gf_room_y(s, room, middle + offset * apart);
}

double gf_way_lane(const gf_spreading *s, const gf_way *way)
{
    if (!s->c.step.made)
        return s->floor - s->height - gf_lane_apart(s) * (way->lane + 1);
    if (way->lane == GF_OWN_LANE)
        return gf_way_pattern_height(s, way);
    return gf_spread_y(s, gf_block_through_lane(&s->c.step.block, way->row, way->lane));
}

double gf_way_pattern_height(const gf_spreading *s, const gf_way *way)
{
    return y_of_pattern(s, way->pattern, !way->leftwards);
}

bool gf_way_passes(const gf_spreading *s, const gf_way *way, int column)
{
    if (!way->far)
        return false;
    int end = gf_arrow_column(&s->c, way->arrows[way->count - 1]);
    return way->leftwards ? column < way->column && column > end : column > way->column && column < end;
}

/* --- branches: where a net leaves a gutter ------------------------------------------------------------------ */

/* Takes a branch for an arrow into a box; those that share a lane are one gf_branch. */
static int add_branch(gf_branch *branches, int count, const gf_branch *one)
{
    for (int k = 0; k < count; k++)
        if (branches[k].kind == BRANCH_LANE && one->kind == BRANCH_LANE && branches[k].entry == one->entry &&
            branches[k].row == one->row) {
            branches[k].count++;
            return count;
        }
    branches[count] = *one;
    return count + 1;
}

gf_branch gf_branch_of(const gf_spreading *s, const gf_way *way, int number)
{
    const gf_arrow *arrow = &s->view->arrows[number];
    int box = gf_box_number(s->view, arrow->to), slot = s->c.slot_of[box], column = s->c.column_of[box];
    gf_room_block *room = s->c.columns[column].room;
    gf_branch one = {.kind = BRANCH_SIDE, .count = 1, .room = room, .column = column};
    if (!room) {
        one.y = s->solid_y ? s->solid_y[number] : y_of_pattern(s, way->pattern, !way->leftwards);
        return one;
    }
    one.entry = gf_entry_of(&s->c, room, arrow);
    one.row = room->block.at[slot]->row;
    for (int k = 0; k < one.entry->count; k++)
        if (one.entry->targets[k] == slot && !one.entry->sideways[k])
            one.kind = BRANCH_LANE;
    one.y = one.kind == BRANCH_SIDE ? y_at_side(s, room, one.entry, slot)
                                    : gf_room_y(s, room, gf_block_entry_lane(&room->block, one.entry->number, one.row));
    return one;
}

/* The arrows of a way into the column that its arrow number `first` goes to: those up to `end`. Those that enter by one
 * lane must stand side by side: they are put in the order of rows. */
int gf_way_column_end(const gf_spreading *s, const gf_way *way, int first)
{
    int column = gf_arrow_column(&s->c, way->arrows[first]), end = first;
    while (end < way->count && gf_arrow_column(&s->c, way->arrows[end]) == column)
        end++;
    return end;
}

void gf_way_sort(const gf_spreading *s, gf_way *way, int first, int end)
{
    for (int k = first + 1; k < end; k++) {
        int arrow = way->arrows[k], j = k;
        double y = gf_branch_of(s, way, arrow).y;
        for (; j > first && gf_branch_of(s, way, way->arrows[j - 1]).y > y; j--)
            way->arrows[j] = way->arrows[j - 1];
        way->arrows[j] = arrow;
    }
}

/* The branches of a way in the gutter before the column of its arrow number `first`, or, `first` being -1, in its first
 * gutter, when the nearest column has none of its targets. `room` for one an arrow and two more. */
int gf_branches_in(const gf_spreading *s, const gf_way *way, int first, int end, bool at_start, gf_branch *branches)
{
    int count = 0;
    for (int k = first; k < end; k++) {
        gf_branch one = gf_branch_of(s, way, way->arrows[k]);
        one.arrows = &way->arrows[k];
        count = add_branch(branches, count, &one);
    }
    if (end < way->count)
        branches[count++] = (gf_branch){
            .kind = BRANCH_FAR, .y = gf_way_lane(s, way), .arrows = &way->arrows[end], .count = way->count - end};
    for (int k = 0; at_start && k < way->rail_count; k++)
        branches[count++] = (gf_branch){
            .kind = BRANCH_RISER, .y = s->c.rails[s->c.rail_of[way->rails[k]]].y, .arrows = &way->rails[k], .count = 1};
    return count;
}

/* Goes a value that a rail collects straight up from its box? */
bool gf_way_rises(const gf_spreading *s, const gf_way *way)
{
    const gf_column *column = &s->c.columns[way->column];
    if (!way->rail_count || way->leftwards)
        return false;
    if (column->kind == GF_COLUMN_SOLID)
        return true;
    const gf_block *block = &column->room->block;
    return block->at[s->c.slot_of[gf_way_source(s, way)]]->row == block->row_count - 1;
}

double gf_way_height(const gf_spreading *s, const gf_way *way, bool *fixed)
{
    int nearest = way->leftwards ? s->c.first_step + s->c.steps - 1 : s->c.first_step, count = 0;
    double sum = 0;
    *fixed = false;
    for (int k = 0; k < way->count; k++) {
        const gf_arrow *arrow = &s->view->arrows[way->arrows[k]];
        if (s->c.column_of[gf_box_number(s->view, arrow->to)] != nearest)
            break;
        gf_branch one = gf_branch_of(s, way, way->arrows[k]);
        bool on = one.room == &s->c.step && arrow->to->plain && /* leads to its state */
                  s->c.step.boxes[s->c.slot_of[gf_box_number(s->view, arrow->to)]].lead > 0;
        bool rail = one.kind == BRANCH_SIDE && abs(gf_arrow_lag(arrow)) == 1 &&
                    (!one.room || arrow->to->pattern == way->pattern || on);
        if (rail)
            return *fixed = true, one.y;
        sum += one.y;
        count++;
    }
    return count ? sum / count : gf_way_lane(s, way);
}

int gf_gutter_of(const gf_spreading *s, const gf_way *way, int arrow)
{
    return gf_arrow_column(&s->c, arrow) + way->leftwards;
}

gf_branch gf_branch_of_rail(const gf_spreading *s, const gf_rail *rail)
{
    gf_way none = {.pattern = rail->pattern};
    gf_branch one = gf_branch_of(s, &none, rail->arrows[0]);
    one.arrows = rail->arrows;
    one.count = rail->count;
    return one;
}
