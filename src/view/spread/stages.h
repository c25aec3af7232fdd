/* The stages of a spread, in the order in which spread.c runs them. Each sets `failed` where there is no memory. */
#ifndef GF_VIEW_STAGES_H
#define GF_VIEW_STAGES_H

#include "view/spread/ways.h"

enum { GF_RAIL_APART = 18, GF_SEAT_GAP = 6 };

/* How the boxes of a pattern are written, while a step is made to fit. */
typedef struct gf_writing {
    bool brief, flat;
} gf_writing;

/* --- step.c: the boxes of a block ------------------------------------------------------------------------ */

/* Sizes of the boxes of a block, as large as the largest that has the slot in any column; then the block. */
void gf_slots_size(gf_spreading *s, gf_room_block *room, const gf_writing *how);
void gf_room_make(gf_spreading *s, gf_room_block *room, double gap);

/* Numbers the cells of a step: boxes that lead to each other, over all lags; and tells them by pattern. */
void gf_cells_find(gf_spreading *s, gf_room_block *room);
void gf_cells_tell(gf_spreading *s);

/* Which boxes of a step are rails, and which stand on top. */
void gf_marks_find(gf_spreading *s);

/* Makes the steps' block as narrow as it must be; how its boxes are written then, by slot. NULL without memory. */
gf_writing *gf_step_fit(gf_spreading *s, double wanted);

/* --- spread.c ------------------------------------------------------------------------------------------------ */

void gf_box_place(gf_spreading *s, int box, double x, double y, double width, double height);

/* Where x of the steps' block lies in a column, at a slot of it. */
double gf_slot_x(const gf_column *column, int slot, double x);

/* Where a rail that comes down to its box meets it, from the left side of the box's column. */
double gf_rail_port(const gf_spreading *s, const gf_rail *rail);

/* The height of the one box after the steps, which stands at the end of its rails; how many those are, and (y not
 * NULL) the middle of them. */
double gf_lone_height(const gf_spreading *s);
int gf_lone_rails(const gf_spreading *s, double *y);

/* How wide a start or an end is. */
double gf_margin_width(const gf_spreading *s, int box);

/* --- heights.c ----------------------------------------------------------------------------------------------- */

/* The steps' height, their floor, and the heights of rails. */
void gf_heights_settle(gf_spreading *s);

/* What lies above the top row: lanes that pass, and leave, there. */
double gf_lanes_above(const gf_spreading *s);

/* Above whole steps: from one lane to the next, with room for numbers where there are few. */
double gf_lane_apart(const gf_spreading *s);

/* Of a solid column: that of all columns; where lanes pass above the steps' top row, only up to them. */
double gf_solid_height(const gf_spreading *s);

/* From the middle of a start to that of the next, at least. */
double gf_margin_apart(const gf_spreading *s);

/* Starts, ends, and solid columns: only their heights; x comes with that of their columns. */
void gf_margins_place(gf_spreading *s);

/* --- seats.c ------------------------------------------------------------------------------------------------- */

/* Something that wants a height: a box, or an arrow; -1 for what only passes, and does not move. Fixed: straight, it
 * moves for others that are fixed alone. */
typedef struct gf_seat {
    int number;
    double y;
    bool fixed;
} gf_seat;

/* Gives heights: `beside` one another, `past` what passes, between top and bottom; closer where there is no room. Puts
 * them in another order. */
void gf_seats_settle(gf_spreading *s, gf_seat *seats, int count, double beside, double past, double top, double bottom);

/* Each in turn, those that are fixed first, takes the free place that is nearest to where it wants to stand. */
void gf_seats_freely(gf_seat *seats, int count, double beside, double past, double top, double bottom);

/* --- within.c ------------------------------------------------------------------------------------------------ */

void gf_grounds_add(gf_spreading *s);
void gf_within_trace(gf_spreading *s);

/* Adds what a slot of a block sends to others: `boxes` by slot, `origin` where the block's floor and left side lie.
 * NULL: slots are boxes, and the block is turned, its floor to the left. `arrows` is room for all. Is there a piece of
 * which arrows are missing? */
bool gf_slot_trace(gf_spreading *s, const gf_block *block, int slot, const int *boxes, gf_point origin, int *arrows);

#endif
