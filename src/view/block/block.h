/* A block: the boxes of one step, or of a graph without time, in rows from bottom to top and columns from left to
 * right, and the ways of the arrows among them. It knows neither steps nor gradients. */
#ifndef GF_VIEW_BLOCK_H
#define GF_VIEW_BLOCK_H

#include "view/block/channel.h"
#include "view/drawing/drawing.h"

/* A box that is to be placed. */
typedef struct gf_block_box {
    double width, height; /* across the flow, along it */
    bool input;           /* an input or a start: row 0, or beside its only user */
    bool aside;           /* an input whose lines bend rather than others */
    bool floor;           /* an input that stays in row 0 */
    bool rail;            /* it reaches itself in the next step: alone in its row, as far as can be */
    bool top;             /* in the top row, whatever else */
    int cell;             /* boxes of cell c stand in rows above those of all cells before it; -1: of none */
    double lead;          /* it stands in the row of its only user, to the left of it, so far away; 0: below it */
    double apart;         /* between its ports, where there is room; 0: 14 */
    int entries;          /* how many nets of other steps enter it from below, for its width; 0 where unknown */
    bool from[2];         /* some come from the left, from the right: into its side, where nothing but lines stands */
    bool to[2];           /* something leaves it to the left, to the right */
    int mate;             /* an input that no box here uses stands beside box mate - 1, if that is in the top row */
} gf_block_box;

/* An arrow within the block; in the order of the operands of `to`. */
typedef struct gf_block_link {
    int from, to;
} gf_block_link;

/* In a row stands a box, or a pass-through: the value of a box further down on its way up. */
typedef struct gf_block_item {
    int box; /* whose value */
    bool pass;
    int row, place; /* which of its row, from the left */
    double x;
} gf_block_item;

typedef struct gf_block_row {
    gf_block_item **items;
    int count;
    double y, height; /* after gf_block_place: the middle, upwards from the block's bottom */
} gf_block_row;

/* A net that enters the block from its left (or right) side and goes to some of its boxes from below: what another step
 * sends. Its lane lies in the gap below its targets' row; targets in several rows: a lane in each. */
typedef struct gf_block_entry {
    bool from_right;
    const int *targets;
    int count;
} gf_block_entry;

/* The value of a box that leaves the block from the box's top, by a lane in the gap above its row. */
typedef struct gf_block_exit {
    int box;
    bool to_right;
} gf_block_exit;

typedef struct gf_block {
    const gf_block_box *boxes;
    int box_count;
    double *across;     /* of each box its width: as asked for, or more, where its ports need it (6 px each) */
    gf_block_row *rows; /* row 0 has the inputs, or is empty; no other is */
    int row_count;
    gf_block_item **at; /* the item of each box; of a box beside its user an item that is in no row (row: its user's) */
    int *beside;        /* of each box its user, if it stands beside it, else -1; at[box]->x says left or right */
    double width;       /* with `pad` on both sides; routing may add to it, where a jog finds no other place */
    double height;      /* after gf_block_place: up to the top of the top row */
    bool entered;       /* heads come down to its top row: lanes above that leave them room */
    int shared;         /* how often two nets share a line: 0 */
    struct gf_block_ways *ways; /* links between items, ports, lanes: ways.h */
    gf_arena arena;
} gf_block;

/* Rows, columns and places across. Links that close a circle, and those that stand there twice, are left out. `gap`
 * between boxes, `pad` at the sides; with `beside`, inputs with one user above row 1 stand beside it. boxes and links
 * must live as long as the block. Fails with GF_ERROR_MEMORY. Free it in any case. */
gf_status gf_block_make(gf_block *block, const gf_block_box *boxes, int box_count, const gf_block_link *links,
                        int link_count, double gap, double pad, bool beside);
void gf_block_free(gf_block *block);

/* Makes the block `factor` times as wide (1 or more), and `more` wider on both sides together; places across follow:
 * then it is to be routed anew. */
void gf_block_widen(gf_block *block, double factor, double more);

/* Is it the outermost box of its row on that side (nothing beside it either)? */
bool gf_block_outermost(const gf_block *block, int box, bool right);

/* Ports and lanes. `through[r]` nets pass from side to side in the gap above row r. May be called again, after
 * widening. */
gf_status gf_block_route(gf_block *block, const gf_block_entry *entries, int entry_count, const gf_block_exit *exits,
                         int exit_count, const int *through);

/* Places along: a gap is base + lanes x lane + tail high (without lanes max(13, base + tail / 2)), times stretch. Above
 * the top row lanes lie from 8 on, or 20 where it is entered from above. May be called again. */
void gf_block_place(gf_block *block, double base, double lane, double tail, double stretch);

/* Height without what stretches: the rows alone. */
double gf_block_fixed_height(const gf_block *block);

/* After placing. Where entry number `entry` meets target `box`: the port's x. The y of its lane in the gap below row
 * `row`; that of exit number `exit`; that of through net number `net` in the gap above row `row`. The top row's gap
 * lies above it. */
double gf_block_port(const gf_block *block, int entry, int box);
double gf_block_entry_lane(const gf_block *block, int entry, int row);
double gf_block_exit_lane(const gf_block *block, int exit);
double gf_block_through_lane(const gf_block *block, int row, int net);

/* A piece of what a source sends: a line, in the block's coordinates, and which boxes it leads to. Where it leads to
 * one alone and ends at it, `head` is true. A trunk comes before its branches. */
typedef struct gf_block_piece {
    const gf_point *points;
    int point_count;
    const int *targets;
    int target_count;
    bool head;
} gf_block_piece;

typedef void gf_block_visit(void *data, const gf_block_piece *piece);

/* The pieces of the net of a box, within the block; those of a box in the row of its user, too. */
gf_status gf_block_trace(const gf_block *block, int box, gf_block_visit *visit, void *data);

#endif
