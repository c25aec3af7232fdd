/* What a block knows of its ways: items with their links, and the gaps between rows with their nets. The block's own.
 */
#ifndef GF_VIEW_WAYS_H
#define GF_VIEW_WAYS_H

#include "view/block/block.h"

typedef struct gf_spot gf_spot;

/* A link between items of neighbouring rows; `low` is NULL where it is what an entry sends. */
typedef struct gf_way {
    gf_spot *low, *high;
    double x;        /* where it meets `high`: a box's port, or the place of a pass-through */
    bool from_right; /* of an entry */
} gf_way;

/* An item and its links. */
struct gf_spot {
    gf_block_item item;  /* first: a row's item is the spot it lies in */
    gf_way **up, **down; /* after ordering: from left to right */
    int up_count, down_count;
    double width;
    int key, use, number; /* by which its row is sorted: order of use, of a row's end first; then order of making */
    gf_way **into;        /* `down`, and what entries send */
    int into_count;
    gf_spot *above; /* the item that shares its x, in the row above */
    bool joined;    /* it shares that of one below */
    int group;      /* of items that share one x */
    int net;        /* in the gap above; -1: none */
};

/* The boxes that a box uses, or is used by. */
typedef struct gf_block_list {
    int *of;
    int count;
} gf_block_list;

/* The gap above a row. */
typedef struct gf_block_gap {
    gf_net *nets; /* those of spots, then of entries, then those that pass through */
    int count, lanes;
    int *entry;         /* of each entry its net here; -1: none */
    int first_through;  /* net */
    double first, step; /* the y of the first lane, and from one to the next */
} gf_block_gap;

typedef struct gf_block_ways {
    gf_block_list *uses, *users; /* of each box: without circles, each once */
    int *order;                  /* boxes, each after those it uses */
    bool *input;                 /* of each box: it stands in row 0, or beside its user */
    bool *stays;                 /* of each input: there was no room for it beside its user */
    int *row, *use;              /* of each box: its row, its number in the order of use */
    int *side[2];                /* of each box: what stands beside it, on its left, on its right; -1: nothing */
    double gap, pad;
    const void *mark; /* what is routed lies in the arena from here on */
    gf_block_gap *gaps;
    gf_way **entries; /* of each entry a way for each target */
    int *entries_of;  /* how many */
    int entry_count;
    int *exit;        /* of each exit its box */
    gf_point *points; /* for tracing: of one piece; NULL: nothing was traced yet */
    int *targets;
    gf_arena scratch; /* those two */
} gf_block_ways;

static inline gf_spot *gf_spot_of(gf_block_item *item)
{
    return (gf_spot *)item;
}

/* The user that a box stands to the left of, in its row; -1: none. */
static inline int gf_led(const gf_block *block, int box)
{
    const gf_block_list *users = &block->ways->users[box];
    return block->boxes[box].lead > 0 && users->count == 1 ? users->of[0] : -1;
}

static inline gf_spot *gf_row_spot(const gf_block_row *row, int place)
{
    return (gf_spot *)row->items[place];
}

/* The steps of gf_block_make, in this order. */
gf_status gf_block_uses(gf_block *block, const gf_block_link *links, int link_count); /* uses.c */
gf_status gf_block_rows(gf_block *block, bool beside);                                /* rows.c */
gf_status gf_block_spots(gf_block *block);                                            /* spots.c */
gf_status gf_block_order(gf_block *block);                                            /* order.c */
gf_status gf_block_columns(gf_block *block);                                          /* columns.c */

/* The steps of gf_block_route. */
gf_status gf_block_ports(gf_block *block, const gf_block_entry *entries, int entry_count);                /* ports.c */
gf_status gf_block_gaps(gf_block *block, const gf_block_exit *exits, int exit_count, const int *through); /* gaps.c */

/* How far the left (or right) neighbour of a box reaches, with what stands beside it; the block's end without one.
 * beside.c */
double gf_block_neighbour(const gf_block *block, int box, bool right);

/* Places across: so many times as far from the left side, and so much further. block.c */
void gf_block_move(gf_block *block, double factor, double right);

/* Places what stands beside a box; false where one has no room: it is to stay in row 0. beside.c */
bool gf_block_beside(gf_block *block);
void gf_block_beside_again(gf_block *block);

#endif
