/* Which box belongs to which column of a spread, and what passes from column to column. */
#ifndef GF_VIEW_COLUMNS_H
#define GF_VIEW_COLUMNS_H

#include "view/spread/spread.h"

typedef enum gf_column_kind {
    GF_COLUMN_NONE, /* of a box: not known yet */
    GF_COLUMN_BEFORE,
    GF_COLUMN_STARTS,
    GF_COLUMN_STEP,
    GF_COLUMN_SOLID,
    GF_COLUMN_ENDS,
    GF_COLUMN_AFTER,
    GF_COLUMN_LAST, /* the one box at the end of its rails */
    GF_COLUMN_BELOW /* no column: parameters that steps alone use stand below all of them */
} gf_column_kind;

/* A column. Steps share a block; before and after have one each. */
typedef struct gf_column {
    gf_column_kind kind;
    int step, last;             /* of a step, both; of a solid one, from and to */
    struct gf_room_block *room; /* NULL: starts, ends, solid, last */
    int *boxes;                 /* by slot of the block, -1 where it has none; else those there are */
    int count;
    double x, width; /* its left side */
    double *cut;     /* by slot: so much further left than in the block it stands; NULL: nowhere */
} gf_column;

/* What other columns send into a block: from the pattern of a source, so many steps away, to some of its slots. Where
 * its target stands outermost in its row, alone of them, it enters there from the side; else by a lane. */
typedef struct gf_entrance {
    int pattern, lag; /* lag OUTSIDE: of a source without time; then, and in before and after, `pattern` is a source */
    bool from_right;
    int *targets;   /* slots */
    bool *sideways; /* of each */
    int count, lane_count;
    int number; /* of the block's lane entries; -1: all sideways */
} gf_entrance;

enum {
    GF_OWN_LANE = -1 /* of its exit */,
    GF_OUTSIDE = -1000000,
    GF_RAIL_PORT = 14 /* from one rail that comes down to a box to the next */
};

/* A block, its slots, and what enters and leaves it. */
typedef struct gf_room_block {
    gf_block block;
    bool made;
    double up; /* how far its floor lies above that of the steps */
    gf_block_box *boxes;
    gf_block_box *sizes; /* of each slot, for the four ways to write it; of width 0 where that is not known yet */
    gf_block_link *links;
    int *pattern; /* of each slot: the view's pattern, or in before and after the number of its box */
    int count, link_count;
    gf_entrance *entries;
    int entry_count;
    gf_block_entry *lanes; /* those of the entries that need a lane */
    int lane_count;
    gf_block_exit *exits;
    int exit_count;
    int *exit_of[2]; /* of each slot its exit to the left, to the right; -1: from the side, */
    bool *sends[2];  /* if it sends anything that way */
    int *through;    /* by row: nets that pass in the gap above it */
} gf_room_block;

/* What a source sends to other columns, on one side of its own. */
typedef struct gf_way {
    int source, column, pattern; /* of the variable */
    bool leftwards;
    int *arrows; /* by column of the target, nearest first */
    int count;
    int *rails; /* arrows that a rail collects */
    int rail_count;
    bool far;     /* passes through columns that lie between */
    bool through; /* none of these is solid */
    int row;      /* far: its lane lies in the gap above that row of the steps' block, */
    int lane;     /* and is that one, or GF_OWN_LANE */
} gf_way;

/* What collects a pattern's values of several steps, for one box after them. */
typedef struct gf_rail {
    int slot, box; /* of the steps' block (-1: sent by solid steps alone); its box */
    int pattern;
    int *arrows;
    int count;
    bool above; /* it comes down to its box, which stands in the top row */
    double y;
} gf_rail;

typedef struct gf_columns {
    const gf_view *view;
    gf_column *columns;
    int count, first_step, steps; /* where the steps begin; how many step columns; what stands below is number count */
    int *column_of, *slot_of;     /* by box; slot -1 in columns without block */
    int *slot_of_pattern;         /* in the steps' block; -1 */
    int *pattern_of_source;       /* below 0: no pattern of the steps' block; -1 - number of its name among such */
    int loose_count;              /* how many names those are, */
    int *cell_of_loose;           /* and in which cell of a whole step each stands; -1: in none */
    int cell_count;               /* how many cells that has */
    gf_room_block step, before, after;
    gf_way *ways;
    int way_count;
    int *way_of; /* by 2 * source, and 1 more to the left: from 1; 0: none */
    gf_rail *rails;
    int rail_count;
    int *rail_of; /* by arrow: the number of its rail, -1 */
    int lone;     /* the one box after the steps that rails alone lead to, at whose ends it stands; -1 */
    bool cyclic;  /* the steps have no common pattern */
    bool failed;  /* no memory */
    gf_arena arena;
} gf_columns;

/* Finds columns, slots, links, rails, ways. A view without time has no columns: count 0. Fails with GF_ERROR_MEMORY.
 * Free it in any case. */
gf_status gf_columns_make(gf_columns *c, const gf_view *view);
void gf_columns_free(gf_columns *c);

/* The number of a box, and of what is written behind its name: "h[-1]" is -1. */
int gf_box_number(const gf_view *view, const gf_box *box);

/* The box that an arrow leads to, and its column, by numbers. */
int gf_arrow_end(const gf_columns *c, int arrow);
int gf_arrow_column(const gf_columns *c, int arrow);

/* The number in brackets at the end of a box's name: -1 of "h[-1]"; 0 where there is none. */
int gf_box_index(const gf_box *box);

/* How many steps an arrow into a step, or several, goes; from a solid column counted from its nearest step. GF_OUTSIDE:
 * it comes from no step. */
int gf_arrow_lag(const gf_arrow *arrow);

/* Does a box stand below the steps? Each step has a slot for it, at its floor. */
bool gf_box_is_below(const gf_columns *c, int box);

/* Memory of the arena's; where there is none, `failed` is set, and NULL comes back. */
void *gf_columns_take(gf_columns *c, size_t count, size_t size);

/* --- entries.c: once the blocks are made, which need rows ------------------------------------------------ */

/* Collects what enters each block, before it is made: their targets decide rows. */
gf_status gf_entries_find(gf_columns *c);

/* Sideways or by a lane, exits, lanes for what passes through; then routes the blocks. */
gf_status gf_entries_settle(gf_columns *c);

/* The entry of `room` by which an arrow comes in. */
const gf_entrance *gf_entry_of(const gf_columns *c, const gf_room_block *room, const gf_arrow *arrow);

#endif
