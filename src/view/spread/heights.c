/* Heights: of the steps, stretched into the room; of rails above them; of starts and ends beside them. */
#include <math.h>

#include "view/spread/branches.h"
#include "view/spread/stages.h"

static double fixed_of(const gf_room_block *room)
{
    return gf_block_fixed_height(&room->block);
}

static void stretch_block(const gf_spreading *s, gf_room_block *room, double height, double most)
{
    const gf_profile *p = &s->profile;
    gf_block_place(&room->block, p->base, p->lane, p->tail, 1);
    double gaps = room->block.height - fixed_of(room);
    double stretch = gaps > 1 ? fmin(fmax((height - fixed_of(room)) / gaps, 1), most) : 1;
    gf_block_place(&room->block, p->base, p->lane, p->tail, stretch);
}

double gf_lane_apart(const gf_spreading *s)
{
    const gf_room_block *step = &s->c.step;
    return step->through && step->through[0] <= 3 ? 24 : 9;
}

/* What lies above the top row: lanes that pass, and leave, there. */
double gf_lanes_above(const gf_spreading *s)
{
    const gf_room_block *step = &s->c.step;
    if (!step->made)
        return step->through && step->through[0] ? gf_lane_apart(s) * step->through[0] + 4 : 0;
    double top = step->block.height;
    int last = step->block.row_count - 1;
    for (int k = 0; k < step->through[last]; k++)
        top = fmax(top, gf_block_through_lane(&step->block, last, k));
    for (int k = 0; k < step->exit_count; k++)
        if (step->block.at[step->exits[k].box]->row == last)
            top = fmax(top, gf_block_exit_lane(&step->block, k));
    return top > step->block.height ? top - step->block.height + 6 : 0;
}

double gf_solid_height(const gf_spreading *s)
{
    return s->c.step.made && gf_lanes_above(s) > 0 ? s->c.step.block.height : s->height;
}

double gf_cell_height(const gf_profile *profile, double height, int count)
{
    static const double line = 1.35, most = 110;
    double head = line * (profile->letters + 1) + 6;
    return fmin((height - head - GF_BELOW_CELLS) / fmax(count, 1), most);
}

double gf_rail_port(const gf_spreading *s, const gf_rail *rail)
{
    int all = 0, before = 0;
    for (int r = 0; r < s->c.rail_count; r++) {
        bool beside = s->c.rails[r].above && s->c.rails[r].box == rail->box;
        all += beside;
        before += beside && &s->c.rails[r] < rail;
    }
    return s->c.after.block.at[s->c.slot_of[rail->box]]->x + (before - (all - 1) / 2.0) * GF_RAIL_PORT;
}

/* How far to the right a rail ends: in the gutter, above its box, at the box of its end. */
static double end_of_rail(const gf_spreading *s, const gf_rail *rail)
{
    return rail->box == s->c.lone ? INFINITY : rail->above ? gf_rail_port(s, rail) : -1;
}

/* Of two rails that which ends further to the right lies higher: it passes the other's end. */
static void settle_rails(gf_spreading *s, double lowest)
{
    for (int r = 0; r < s->c.rail_count; r++) {
        gf_rail *rail = &s->c.rails[r];
        double end = end_of_rail(s, rail);
        int below = 0;
        for (int k = 0; k < s->c.rail_count; k++) {
            double other = end_of_rail(s, &s->c.rails[k]);
            below += other < end || (other == end && k < r);
        }
        rail->y = lowest - GF_RAIL_APART * below;
    }
}

/* The box outside time that a way leaves, or goes to, at the side; -1. And the height at which the way meets the steps.
 */
static int straight_end(const gf_spreading *s, const gf_room_block *room, const gf_way *way, double *y)
{
    if (s->c.columns[way->column].room == room) {
        if (!way->far || gf_way_leaves_by_lane(s, way))
            return -1;
        *y = gf_way_lane(s, way); /* which others have none */
        return gf_way_source(s, way);
    }
    int arrow = way->count ? way->arrows[way->count - 1] : -1, box = arrow < 0 ? -1 : gf_arrow_end(&s->c, arrow);
    if (box < 0 || s->c.columns[s->c.column_of[box]].room != room || gf_branch_of(s, way, arrow).kind != BRANCH_SIDE)
        return -1;
    *y = way->far ? gf_way_lane(s, way) : gf_way_pattern_height(s, way);
    return box;
}

/* What stands outside time and is lower than the steps stands where what it sends through them leaves it straight, or
 * what they send to it arrives so, else in the middle. */
static void raise_outside(gf_spreading *s, gf_room_block *room)
{
    double slack = room->made ? s->height - room->block.height : 0, y;
    room->up = fmax(0, slack / 2);
    for (int k = 0; k < s->c.way_count && room->made; k++) {
        int box = straight_end(s, room, &s->c.ways[k], &y);
        if (box < 0)
            continue;
        double up = s->floor - y - room->block.rows[room->block.at[s->c.slot_of[box]]->row].y;
        if (up >= 0 && up <= slack) {
            room->up = up;
            return;
        }
    }
}

/* Steps that are one box each are no higher than what stands in them has use for. */
static double highest_whole(const gf_spreading *s)
{
    static const double heading = 46, cell = 110, least = 150;
    int most = 0;
    for (size_t k = 0; k < s->view->box_count; k++)
        most = gf_box_cells(&s->view->boxes[k]) > most ? gf_box_cells(&s->view->boxes[k]) : most;
    return most ? fmax(heading + cell * most, least) : INFINITY;
}

/* The steps' height, and their floor: stretched into the room, in the middle of what is left. */
void gf_heights_settle(gf_spreading *s)
{
    double rails = GF_RAIL_APART * s->c.rail_count, lone = s->c.lone >= 0 ? gf_lone_height(s) / 2 + 6 : 0;
    double above = fmax(10 + rails, rails + lone - GF_RAIL_APART * (gf_lone_rails(s, NULL) + 1) / 2),
           below = gf_cellar_height(s);
    double given = s->room.bottom - s->room.top - below;
    if (s->c.step.made)
        stretch_block(s, &s->c.step, 0, 1);
    double lanes = gf_lanes_above(s), steps = s->c.step.made ? s->c.step.block.height : 150;
    s->spread->wanted_height = steps + above + lanes;
    if (s->c.step.made)
        stretch_block(s, &s->c.step, given - above - lanes, 2.6);
    double whole = s->c.before.made ? 240 : fmax(240, 0.7 * given); /* what stands before them is low */
    whole = fmin(whole, highest_whole(s));
    steps = s->c.step.made ? s->c.step.block.height : fmin(whole, given - above - lanes);
    gf_room_block *outside[] = {&s->c.before, &s->c.after};
    for (int k = 0; k < 2; k++)
        if (outside[k]->made) {
            stretch_block(s, outside[k], steps - 20, 3.2);
            s->spread->wanted_height = fmax(s->spread->wanted_height, outside[k]->block.height + above + lanes);
            steps = fmax(steps, outside[k]->block.height);
        }
    for (int k = 0; k < s->c.count && s->room.apart; k++) /* what stands beside a step finds room, too */
        if (!s->c.columns[k].room)
            s->spread->wanted_height =
                fmax(s->spread->wanted_height, s->c.columns[k].count * (s->profile.box / 2 + GF_SEAT_GAP) + above);
    s->height = steps;
    double left = given - (steps + above + gf_lanes_above(s));
    s->floor = s->room.top + above + gf_lanes_above(s) + steps + fmax(0, left) * 0.4;
    for (int k = 0; k < 2; k++)
        raise_outside(s, outside[k]);
    settle_rails(s, s->floor - steps - gf_lanes_above(s) - 16);
    s->spread->given_height = given;
}

/* --- starts and ends: at the height of what they start ----------------------------------------------- */

/* How high the middle of a start, or an end, may stand: an end below the rails, and the box at the end of one. */
static double top_of_margin(const gf_spreading *s, const gf_column *column, double height)
{
    double top = s->room.top;
    for (int r = 0; r < s->c.rail_count && column->kind == GF_COLUMN_ENDS; r++)
        top = fmax(top, s->c.rails[r].y + (s->c.rails[r].box == s->c.lone ? gf_lone_height(s) / 2 : 0) + 6);
    return top + height / 2;
}

double gf_margin_apart(const gf_spreading *s)
{
    return fmax(34, s->profile.box / 2 + GF_SEAT_GAP);
}

static void seat_margin(gf_spreading *s, const gf_column *column)
{
    gf_seat *seats = gf_spread_take(s, (size_t)column->count + (size_t)s->c.way_count, sizeof *seats);
    double height = fmax(28, s->profile.box / 2);
    int count = 0;
    for (int k = 0; k < column->count; k++) /* a 1 x 1 one has its number below its name */
        height = s->view->boxes[column->boxes[k]].scalar ? fmax(height, s->profile.box) : height;
    for (int k = 0; k < column->count && seats; k++) {
        int box = column->boxes[k];
        seats[count] = (gf_seat){.number = box, .y = s->floor - s->height / 2};
        for (int w = 0; w < s->c.way_count; w++) {
            const gf_way *way = &s->c.ways[w];
            if (way->count && gf_box_number(s->view, s->view->arrows[way->arrows[0]].from) == box)
                seats[count].y = gf_way_height(s, way, &seats[count].fixed);
            for (int a = 0; a < way->count && s->room.apart; a++) /* the first of what goes there is straight */
                if (gf_arrow_end(&s->c, way->arrows[a]) == box)
                    seats[count].y = gf_way_exit(s, way).y, seats[count].fixed = a == 0;
        }
        count++;
    }
    for (int w = 0; w < s->c.way_count && seats; w++) /* what passes here */
        if (gf_way_passes(s, &s->c.ways[w], (int)(column - s->c.columns)))
            seats[count++] = (gf_seat){.number = -1, .y = gf_way_lane(s, &s->c.ways[w]), .fixed = true};
    if (!seats)
        return;
    gf_seats_settle(s, seats, count, fmax(gf_margin_apart(s), height + GF_SEAT_GAP), height / 2 + GF_SEAT_GAP,
                    top_of_margin(s, column, height), s->floor - height / 2);
    double lacking = 0;
    for (int k = 0; k < count; k++) {
        for (int j = 0; j < k && seats[k].number >= 0; j++)
            lacking = fmax(lacking, seats[j].number >= 0 ? height - fabs(seats[k].y - seats[j].y) : 0);
        if (seats[k].number >= 0)
            gf_box_place(s, seats[k].number, 0, seats[k].y, gf_margin_width(s, seats[k].number), height);
    }
    if (lacking > 0.01) /* they lie over each other */
        s->spread->wanted_height = fmax(s->spread->wanted_height, s->spread->given_height + count * lacking + 2);
}

void gf_margins_place(gf_spreading *s)
{
    for (int k = 0; k < s->c.count; k++) {
        const gf_column *column = &s->c.columns[k];
        if (column->kind == GF_COLUMN_STARTS || column->kind == GF_COLUMN_ENDS)
            seat_margin(s, column);
        double height = gf_solid_height(s);
        for (int b = 0; b < column->count && column->kind == GF_COLUMN_SOLID; b++)
            gf_box_place(s, column->boxes[b], 0, s->floor - height / 2, column->width, height);
    }
}
