/* The pipeline of a spread: columns, the steps' block, heights, gutters, widths, pieces. */
#include "view/spread/spread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "view/spread/stages.h"

enum { GUTTER = 26, MARGIN_BOX = 50, AFTER_APART = 14, PIN_APART = 9 };

void *gf_spread_take(gf_spreading *s, size_t count, size_t size)
{
    void *piece = s->failed ? NULL : gf_arena_get(&s->arena, (count ? count : 1) * size);
    s->failed |= !piece;
    return piece;
}

void gf_spread_free(gf_spread *spread)
{
    free(spread->trails);
    gf_arena_free(&spread->arena);
    *spread = (gf_spread){0};
}

void gf_spread_add(gf_spreading *s, const gf_point *points, int point_count, const int *arrows, int arrow_count,
                   bool head, bool between)
{
    gf_spread *spread = s->spread;
    gf_point *own = gf_arena_get(&spread->arena, (size_t)point_count * sizeof *own);
    int *list = gf_arena_get(&spread->arena, (size_t)arrow_count * sizeof *list);
    if (!own || !list || !gf_grow(&spread->trails, &spread->trail_room, spread->trail_count + 1)) {
        s->failed = true;
        return;
    }
    memcpy(own, points, (size_t)point_count * sizeof *own);
    memcpy(list, arrows, (size_t)arrow_count * sizeof *list);
    spread->trails[spread->trail_count++] = (gf_trail){
        .source = s->view->arrows[arrows[0]].source,
        .points = own,
        .point_count = point_count,
        .arrows = list,
        .arrow_count = arrow_count,
        .head = head,
        .between = between,
    };
}

/* --- columns across ------------------------------------------------------------------------------------------- */

double gf_plain_width(const gf_spreading *s, int box)
{
    double width, height;
    gf_box_size(s->view, &s->view->boxes[box], &s->profile, false, false, &width, &height);
    return width;
}

double gf_lone_height(const gf_spreading *s)
{
    double width, height;
    gf_box_size(s->view, &s->view->boxes[s->c.lone], &s->profile, false, false, &width, &height);
    return fmax(fmax(height, 34), GF_RAIL_APART * gf_lone_rails(s, NULL));
}

int gf_lone_rails(const gf_spreading *s, double *y)
{
    int count = 0;
    double sum = 0;
    for (int r = 0; r < s->c.rail_count; r++)
        if (s->c.rails[r].box == s->c.lone)
            sum += s->c.rails[r].y, count++;
    if (y)
        *y = sum / count;
    return count;
}

double gf_margin_width(const gf_spreading *s, int box)
{
    return fmax(gf_plain_width(s, box), MARGIN_BOX);
}

/* The width of starts and ends. */
static double margin_width(const gf_spreading *s, const gf_column *column)
{
    double widest = MARGIN_BOX;
    for (int k = 0; k < column->count; k++)
        widest = fmax(widest, gf_margin_width(s, column->boxes[k]));
    return widest;
}

static double solid_width(const gf_spreading *s, const gf_column *column)
{
    double width = 0;
    for (int k = 0; k < column->count; k++)
        width = fmax(width, gf_plain_width(s, column->boxes[k]));
    double below = PIN_APART * (s->c.columns[s->c.count].count + 1); /* parameters that come up */
    return fmax(fmax(width + 12, below), fmax(s->room.solid, 70));
}

/* The widths of all columns but the steps; steps that are one box each are all as wide as the widest. */
static void size_columns(gf_spreading *s)
{
    double widest = 0;
    for (int k = 0; k < s->c.count; k++) {
        gf_column *column = &s->c.columns[k];
        if (column->kind == GF_COLUMN_STEP)
            continue;
        bool solid = column->kind == GF_COLUMN_SOLID;
        column->width = solid                            ? solid_width(s, column)
                        : column->kind == GF_COLUMN_LAST ? gf_plain_width(s, s->c.lone) + 6
                        : column->room                   ? column->room->block.width
                                                         : margin_width(s, column);
        if (solid && column->step == column->last)
            widest = fmax(widest, column->width);
    }
    for (int k = 0; k < s->c.count; k++)
        if (s->c.columns[k].kind == GF_COLUMN_SOLID && s->c.columns[k].step == s->c.columns[k].last)
            s->c.columns[k].width = widest;
}

/* Of solid columns. */
static double fixed_width(const gf_spreading *s)
{
    double width = 0;
    for (int k = 0; k < s->c.count; k++)
        width += s->c.columns[k].kind == GF_COLUMN_SOLID ? s->c.columns[k].width : 0;
    return width;
}

/* The one box at the end of its rails stands above what else stands after the steps; of other boxes there that rails
 * lead to, to the right. How far from the left side of the column before it; below 0: there is none. */
static double last_offset(const gf_spreading *s, int column)
{
    const gf_column *before = column > 0 ? &s->c.columns[column - 1] : NULL;
    if (s->c.columns[column].kind != GF_COLUMN_LAST || !before)
        return -1;
    if (before->kind != GF_COLUMN_AFTER)
        return before->kind == GF_COLUMN_ENDS ? AFTER_APART : -1;
    double offset = s->c.rail_count == gf_lone_rails(s, NULL) ? before->width : 0;
    for (int r = 0; r < s->c.rail_count; r++)
        if (s->c.rails[r].box != s->c.lone)
            offset = fmax(offset, s->c.after.block.at[s->c.slot_of[s->c.rails[r].box]]->x);
    return offset + AFTER_APART;
}

/* By how much a column makes the page wider, without the gutter before it. */
static double added_width(const gf_spreading *s, int column)
{
    double offset = last_offset(s, column), own = s->c.columns[column].width;
    return offset >= 0 ? fmax(0, offset + own - s->c.columns[column - 1].width) : own;
}

/* What lies on one side of the steps, gutters included. */
static double beside_steps(const gf_spreading *s, bool behind)
{
    double width = 0;
    for (int k = 0; k < s->c.count; k++) {
        if (behind ? k < s->c.first_step + s->c.steps : k >= s->c.first_step)
            continue;
        gf_column_kind kind = s->c.columns[k].kind;
        width += added_width(s, k);
        if (last_offset(s, k) < 0)
            width += s->gutter + (kind == GF_COLUMN_AFTER || kind == GF_COLUMN_LAST ? AFTER_APART : 0);
    }
    return width + (!behind && width == 0 ? s->gutter : 0);
}

static int count_steps(const gf_spreading *s)
{
    int steps = 0;
    for (int k = 0; k < s->c.count; k++)
        steps += s->c.columns[k].kind == GF_COLUMN_STEP;
    return steps;
}

/* What is left of the width, where few steps need little: they stand in the middle. */
static double spare_width(const gf_spreading *s)
{
    double width = fmax(s->room.before, beside_steps(s, false)) + fmax(s->room.behind, beside_steps(s, true));
    for (int k = 0; k < s->c.count; k++) {
        bool among = k >= s->c.first_step && k < s->c.first_step + s->c.steps;
        width += among ? s->c.columns[k].width : 0;
    }
    width += s->gutter * (s->c.steps - 1);
    return fmax(0, s->room.right - s->room.left - width);
}

/* Columns and the gutters between them, from the left. */
static void place_columns(gf_spreading *s)
{
    static const double much = 60;
    double spare = spare_width(s);
    double x = s->room.left + fmax(0, s->room.before - beside_steps(s, false)) + s->gutter * (s->c.first_step == 0);
    x += spare > much && !s->room.endless ? spare / 2 : 0;
    for (int k = 0; k < s->c.count; k++) {
        gf_column *column = &s->c.columns[k];
        double offset = last_offset(s, k);
        bool apart = offset < 0 && (column->kind == GF_COLUMN_AFTER || column->kind == GF_COLUMN_LAST);
        column->x = offset >= 0 ? s->c.columns[k - 1].x + offset : x + (apart ? AFTER_APART : 0);
        x = fmax(x, column->x + column->width + s->gutter);
    }
    s->spread->right = x - s->gutter; /* at least */
}

/* --- boxes ------------------------------------------------------------------------------------------------------ */

void gf_box_place(gf_spreading *s, int box, double x, double y, double width, double height)
{
    gf_stand *place = &s->spread->places[box];
    place->x = x, place->y = y, place->width = width, place->height = height;
    place->shown = true;
}

static void place_in_block(gf_spreading *s, const gf_column *column, const gf_writing *how)
{
    const gf_block *block = &column->room->block;
    for (int slot = 0; slot < column->count; slot++) {
        int box = column->boxes[slot];
        if (box < 0 || gf_box_is_below(&s->c, box))
            continue;
        gf_box_place(s, box, gf_slot_x(column, slot, block->at[slot]->x),
                     gf_room_y(s, column->room, block->rows[block->at[slot]->row].y), block->across[slot],
                     block->boxes[slot].height);
        s->spread->places[box].brief = how && how[slot].brief;
        s->spread->places[box].flat = how && how[slot].flat;
    }
}

static void place_lone(gf_spreading *s, const gf_column *column)
{
    double y;
    gf_lone_rails(s, &y);
    gf_box_place(s, s->c.lone, column->x + column->width / 2, y, column->width, gf_lone_height(s));
}

/* Starts stand at the right of their column, ends at the left: towards the steps. */
static void place_across(gf_stand *place, const gf_column *column)
{
    place->x =
        column->kind == GF_COLUMN_ENDS ? column->x + place->width / 2 : column->x + column->width - place->width / 2;
}

/* Only x: heights were given before, as gutters need them. */
static void place_boxes(gf_spreading *s, const gf_writing *how)
{
    for (int k = 0; k < s->c.count; k++) {
        const gf_column *column = &s->c.columns[k];
        if (column->kind == GF_COLUMN_LAST) {
            place_lone(s, column);
        } else if (column->room) {
            place_in_block(s, column, column->kind == GF_COLUMN_STEP ? how : NULL);
        } else {
            for (int b = 0; b < column->count; b++)
                place_across(&s->spread->places[column->boxes[b]], column);
        }
    }
}

/* --- all of it ------------------------------------------------------------------------------------------ */

/* How many nets of other columns come to each box, for its width. */
static void count_entries(gf_room_block *room)
{
    for (int e = 0; e < room->entry_count; e++)
        for (int k = 0; k < room->entries[e].count; k++) {
            gf_block_box *box = &room->boxes[room->entries[e].targets[k]];
            box->entries++;
            box->from[room->entries[e].from_right] = true;
        }
}

/* Blocks of what stands outside time; the steps' comes when it is known how wide it may be. */
static void make_outside(gf_spreading *s)
{
    gf_room_block *rooms[] = {&s->c.before, &s->c.step, &s->c.after};
    for (int r = 0; r < 3; r++) {
        rooms[r]->boxes = gf_spread_take(s, (size_t)rooms[r]->count, sizeof(gf_block_box));
        gf_writing *plain = gf_spread_take(s, (size_t)rooms[r]->count, sizeof *plain);
        for (int k = 0; k < rooms[r]->count && !s->failed; k++)
            rooms[r]->boxes[k].cell = -1;
        if (!s->failed)
            count_entries(rooms[r]);
        if (s->failed || rooms[r] == &s->c.step)
            continue;
        gf_slots_size(s, rooms[r], plain);
        gf_room_make(s, rooms[r], 10);
    }
}

/* One step alone has no wider frame than it has use for, and its cells below. */
static void widen_step(gf_spreading *s, double wanted)
{
    static const double most = 1.35, aside = 60;
    gf_block *block = &s->c.step.block;
    if (s->c.steps == 1 && !s->room.apart)
        wanted = fmin(wanted, fmax(most * block->width + aside, s->room.solid));
    double factor = fmin(wanted / block->width, most);
    if (block->width < wanted)
        gf_block_widen(block, factor, wanted - block->width * factor);
}

double gf_slot_x(const gf_column *column, int slot, double x)
{
    return column->x + x - (column->cut ? column->cut[slot] : 0);
}

/* The shown box of a column, not yet seen, that begins furthest left; -1. */
static int next_slot(const gf_column *column, const bool *seen)
{
    const gf_block *block = &column->room->block;
    int next = -1;
    double least = INFINITY;
    for (int slot = 0; slot < column->count; slot++) {
        double left = block->at[slot]->x - block->across[slot] / 2;
        if (column->boxes[slot] >= 0 && !seen[slot] && left < least)
            least = left, next = slot;
    }
    return next;
}

/* A step beside those of the picture is as wide as the few boxes that it shows, none of which leads to another: what is
 * empty on all rows is left out. Returns by how much it is narrower. */
static double cut_step(gf_spreading *s, gf_column *column)
{
    static const double margin = 10, between = 18, least = 60;
    const gf_block *block = &column->room->block;
    double end = margin - between, cut = 0;
    bool *seen = gf_spread_take(s, (size_t)column->count, sizeof *seen);
    column->cut = gf_spread_take(s, (size_t)column->count, sizeof *column->cut);
    for (int slot; !s->failed && (slot = next_slot(column, seen)) >= 0;) {
        double half = block->across[slot] / 2, left = block->at[slot]->x - half;
        cut += fmax(0, left - end - between);
        end = fmax(end, left + 2 * half);
        column->cut[slot] = cut;
        seen[slot] = true;
    }
    column->width = fmin(fmax(end - cut + margin, fmax(least, s->room.solid)), block->width);
    return block->width - column->width;
}

/* By how much all of them are narrower. */
static double cut_steps(gf_spreading *s)
{
    double less = 0;
    for (int k = 0; k < s->c.count && !s->failed; k++) {
        gf_column *column = &s->c.columns[k];
        if (column->kind != GF_COLUMN_STEP)
            continue;
        column->width = s->c.step.block.width;
        bool beside = false;
        for (int slot = 0; slot < column->count && !beside; slot++)
            beside = column->boxes[slot] >= 0 && s->view->boxes[column->boxes[slot]].outside;
        less += beside ? cut_step(s, column) : 0;
    }
    return less;
}

/* Where every step is one box, gutters take the room there is, so that arrows have room for numbers. */
static void widen_gutters(gf_spreading *s, int steps)
{
    size_columns(s);
    double columns = 0;
    int gutters = s->c.count + 1;
    for (int k = 0; k < s->c.count; k++) {
        gutters -= last_offset(s, k) >= 0;
        columns += added_width(s, k);
    }
    if (!steps)
        s->gutter = fmin(fmax((s->room.right - s->room.left - columns) / gutters, GUTTER), 110);
}

/* How wide a step may be. Without single steps, what all columns need is told against what there is. */
static double find_room(gf_spreading *s, int steps)
{
    double given = s->room.right - s->room.left;
    given -= fmax(s->room.before, beside_steps(s, false)) + fmax(s->room.behind, beside_steps(s, true));
    double solid = fixed_width(s), between = s->gutter * (s->c.steps - 1);
    double wanted = steps ? (given - solid - between) / steps : 0;
    s->spread->wanted_width = steps ? 0 : solid + between;
    s->spread->given_width = steps ? wanted : given;
    s->spread->least_width = gf_cellar_width(s);
    return s->room.widest > 0 ? fmin(wanted, s->room.widest) : wanted;
}

/* Widths of steps, heights, gutters: in this order, each of which needs the one before. */
static const gf_writing *arrange(gf_spreading *s, int steps)
{
    double wanted = find_room(s, steps);
    const gf_writing *how = gf_step_fit(s, wanted);
    if (s->failed)
        return NULL;
    if (steps) {
        wanted += cut_steps(s) / steps;
        s->spread->wanted_width = s->c.step.block.width;
        s->spread->given_width = wanted;
        widen_step(s, wanted);
        cut_steps(s);
    }
    s->failed |= gf_entries_settle(&s->c) != GF_OK;
    if (s->failed)
        return NULL;
    gf_heights_settle(s);
    place_boxes(s, how); /* heights, for the gutters */
    gf_margins_place(s);
    gf_solids_settle(s);
    gf_ways_plan(s);
    return s->failed ? NULL : how;
}

static void lay_out(gf_spreading *s)
{
    s->gutter = (s->profile.gutter > 0 ? s->profile.gutter : GUTTER) + s->room.wider;
    make_outside(s);
    if (s->failed)
        return;
    gf_cells_find(s, &s->c.step);
    gf_marks_find(s);
    gf_cells_tell(s);
    int steps = count_steps(s);
    widen_gutters(s, steps);
    double gutter = s->gutter;
    const gf_writing *how = arrange(s, steps);
    if (how && s->gutter > gutter) /* more tracks than there was room for */
        how = arrange(s, steps);
    if (!how)
        return;
    place_columns(s);
    place_boxes(s, how);
    gf_ways_cross(s);
    gf_index_arrows(s);
    gf_grounds_add(s);
    gf_cellar_make(s); /* first: trunks come before their branches */
    gf_within_trace(s);
    gf_ways_trace(s);
}

gf_status gf_spread_make(gf_spread *spread, const gf_view *view, const gf_profile *profile, const gf_room *room)
{
    *spread = (gf_spread){.view = view, .left = room->left, .top = room->top, .bottom = room->bottom};
    gf_spreading s = {.spread = spread, .view = view, .profile = *profile, .room = *room};
    spread->places = gf_arena_get(&spread->arena, (view->box_count + 1) * sizeof *spread->places);
    gf_status status = spread->places ? gf_columns_make(&s.c, view) : GF_ERROR_MEMORY;
    if (!status && s.c.count && !s.c.cyclic) {
        status = gf_entries_find(&s.c);
        if (!status)
            lay_out(&s);
    } else if (!status) {
        gf_turned_make(&s);
    }
    if (s.failed)
        status = GF_ERROR_MEMORY;
    gf_columns_free(&s.c);
    gf_arena_free(&s.arena);
    return status;
}
