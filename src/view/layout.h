/* Where everything in a picture stands, in points, y upwards. It knows nothing of Graphviz.
 *
 * Each time step is a block, and blocks stand in a row from left to right; what comes before time, and after it, has
 * a block of its own at either end. Within a block values flow upwards: a box stands one row above the highest of
 * its operands, and row 5 is as high in every block, so that steps built alike look alike. Parameters stand below.
 *
 * An arrow within a block is a curve. One between blocks is a wire: it leaves its block sideways, goes up or down in
 * the gutter between two blocks, and reaches its box through the channel below that box's row, or, the last box of
 * its row, straight from the side. Each wire has a track of its own in gutter and channel. */
#ifndef GF_VIEW_LAYOUT_H
#define GF_VIEW_LAYOUT_H

#include "view/view.h"

typedef struct gf_point {
    double x, y;
} gf_point;

/* A box: its middle and its size; where it belongs. */
typedef struct gf_spot {
    double x, y, width, height;
    int block;                /* counted from 0; GF_BELOW: among the parameters */
    int row;                  /* counted from 0, upwards */
    bool leftmost, rightmost; /* of its block's row */
} gf_spot;

enum { GF_BELOW = -1 };

/* An arrow: cubic Bezier curves, 1 + 3 n points, the tip of its head, and where a label may stand. */
typedef struct gf_path {
    gf_point *points;
    size_t count;
    gf_point tip, label;
} gf_path;

/* A rectangle around the boxes of a step, or with step 0 around the parameters. */
typedef struct gf_frame {
    int step;
    double left, bottom, right, top;
} gf_frame;

/* What lies between blocks and between rows: gutter k to the left of block k, channel r below row r. */
typedef struct gf_lane {
    double at;   /* the left side of a gutter, the upper side of a channel */
    double size; /* its width, its height */
    int tracks;  /* how many wires lie side by side, or over each other */
} gf_lane;

typedef struct gf_layout {
    gf_spot *spots; /* of the view's boxes, in their order */
    gf_path *paths; /* of its arrows */
    gf_frame *frames;
    size_t frame_count;
    gf_lane *gutters, *channels;
    int block_count, row_count;
    double width, height;
    double floor; /* where the blocks begin, above the parameters */
    gf_arena arena;
} gf_layout;

/* Fails with GF_ERROR_MEMORY alone. Free it in any case. */
gf_status gf_layout_make(gf_layout *layout, const gf_view *view);
void gf_layout_free(gf_layout *layout);

/* --- arrows; wires.c ------------------------------------------------------------- */

/* An arrow between blocks. */
typedef struct gf_wire {
    size_t arrow;      /* its number */
    bool leftwards;    /* to a block further left */
    bool upwards;      /* up in the gutter */
    bool straight;     /* reaches its box from the side, not through the channel below it */
    int row, block;    /* of that box */
    double target;     /* where that box stands within its block */
    int gutter, track; /* which gutter, and which track in it, from the left */
    int channel_track; /* from above */
    int place, places; /* which of those that leave the same box, from above */
} gf_wire;

/* Gives each wire its tracks, once boxes have their places within blocks, so that gutters and channels can be made as
 * wide as they must be. */
gf_status gf_wires_plan(gf_layout *layout, const gf_view *view, gf_wire **wires, size_t *count);

/* Draws every arrow, once all places are known. */
gf_status gf_paths_make(gf_layout *layout, const gf_view *view, const gf_wire *wires, size_t count);

enum { GF_APPROACH = 10 };          /* from a box to the first track of the channel below it */
static const double gf_pitch = 4.5; /* from one track to the next */

#endif
