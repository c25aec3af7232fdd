/* The ways between columns: tracks in the gutters, and the pieces that are drawn. */
#ifndef GF_VIEW_WAYS_H
#define GF_VIEW_WAYS_H

#include "view/spread/columns.h"

/* One way in one gutter, and where it leaves it. */
typedef struct gf_crossing {
    int gutter, way; /* way -1 - r: rail number r, on its way into `after` */
    struct gf_branch *branches;
    int branch_count;
    gf_net net;
    double x;     /* of its track; of a straight one the gutter's middle */
    double jog_x; /* of its second track, where it makes a jog */
} gf_crossing;

/* A gutter: its tracks, and what arrows come to the sides of at its ends: of boxes in a step, which has ground around
 * them, or of a box that has the column to itself. */
typedef enum gf_heads { GF_HEADS_NONE, GF_HEADS_WITHIN, GF_HEADS_AT_END } gf_heads;
typedef struct gf_gutter {
    int lanes;
    gf_heads left, right;
} gf_gutter;

typedef struct gf_spreading {
    gf_spread *spread;
    const gf_view *view;
    gf_columns c;
    gf_profile profile;
    gf_room room;
    double floor, height;   /* the y of the steps' lower side; how high they are */
    double gutter;          /* its width */
    gf_crossing *crossings; /* of each way in the order of its columns, then of each rail */
    int crossing_count;
    gf_gutter *gutters;
    int *first_crossing;  /* by way; those of rails behind */
    double *solid_y;      /* by arrow into a solid column: where it arrives there */
    int *first_out, *out; /* the arrows out of box b: out[first_out[b]] up to out[first_out[b + 1]] */
    bool failed;
    gf_arena arena;
} gf_spreading;

/* The y of a place in a block, upwards from its floor. */
static inline double gf_spread_y(const gf_spreading *s, double up)
{
    return s->floor - up;
}

static inline double gf_room_y(const gf_spreading *s, const gf_room_block *room, double up)
{
    return s->floor - room->up - up;
}

void *gf_spread_take(gf_spreading *s, size_t count, size_t size);

/* The width of a box that is neither brief nor flat. */
double gf_plain_width(const gf_spreading *s, int box);

/* Where a way leaves its column. */
gf_point gf_way_exit(const gf_spreading *s, const gf_way *way);

/* The height at which a way wants to leave a start: that of its rail (straight: fixed), or of its only entry, or the
 * mean; the height of its lane, and whether it passes a column by it. */
double gf_way_height(const gf_spreading *s, const gf_way *way, bool *fixed);
double gf_way_pattern_height(const gf_spreading *s, const gf_way *way); /* of its variable in the steps */
double gf_way_lane(const gf_spreading *s, const gf_way *way);
bool gf_way_passes(const gf_spreading *s, const gf_way *way, int column);

/* Gives what arrives at the side of a solid column a height of its own there; before gutters are planned. */
void gf_solids_settle(gf_spreading *s);

/* Plans the gutters, once all y are known: nets and tracks, and how wide a gutter must be. */
void gf_ways_plan(gf_spreading *s);

/* Gives each track its x, once columns have theirs. */
void gf_ways_cross(gf_spreading *s);

/* Draws all ways and rails, once all x are known. */
void gf_ways_trace(gf_spreading *s);

/* Adds a piece; points and arrows are copied. */
void gf_spread_add(gf_spreading *s, const gf_point *points, int point_count, const int *arrows, int arrow_count,
                   bool head, bool between);

/* Finds the arrows out of each box: first_out and out. */
void gf_index_arrows(gf_spreading *s);

/* The first arrow from box to box, once they are found; -1 if there is none. */
int gf_arrow_between(const gf_spreading *s, int from, int to);

/* Parameters below the steps: how much room they need, and what they send up; cellar.c. */
double gf_cellar_height(const gf_spreading *s);
double gf_cellar_width(const gf_spreading *s);
void gf_cellar_make(gf_spreading *s);

/* A view without time, or whose steps have no common pattern: one block, turned so that values flow to the right. */
void gf_turned_make(gf_spreading *s);

#endif
