/* The branches of a way in a gutter. */
#ifndef GF_VIEW_BRANCHES_H
#define GF_VIEW_BRANCHES_H

#include "view/spread/ways.h"

typedef enum gf_branch_kind { BRANCH_SIDE, BRANCH_LANE, BRANCH_FAR, BRANCH_RISER, BRANCH_JOG } gf_branch_kind;

typedef struct gf_branch {
    gf_branch_kind kind;
    double y;
    const int *arrows; /* it leads to */
    int count;
    const gf_room_block *room;
    const gf_entrance *entry; /* NULL: into a solid column */
    int column, row;
    struct gf_branch *beyond; /* of a jog: those that hang on its second track, */
    int beyond_count;         /* so many */
    double x;                 /* which lies there */
} gf_branch;

/* The box that a way comes from; whether it leaves it at the top, by a lane. */
int gf_way_source(const gf_spreading *s, const gf_way *way);
bool gf_way_leaves_by_lane(const gf_spreading *s, const gf_way *way);

/* Does a value that a rail collects go straight up from its box? */
bool gf_way_rises(const gf_spreading *s, const gf_way *way);

/* The gutter before the column that an arrow goes to. */
int gf_gutter_of(const gf_spreading *s, const gf_way *way, int arrow);

/* The arrows of a way into the column that its arrow number `first` goes to end before this one; sorted by height,
 * those that enter by one lane stand side by side. */
int gf_way_column_end(const gf_spreading *s, const gf_way *way, int first);
void gf_way_sort(const gf_spreading *s, gf_way *way, int first, int end);

/* The branch of one arrow; those of a way in one gutter, for its arrows from `first` to `end`, with what goes further
 * and, at its start, what rises to rails; how many (at most one an arrow, and one more); that of a rail. */
gf_branch gf_branch_of(const gf_spreading *s, const gf_way *way, int number);
int gf_branches_in(const gf_spreading *s, const gf_way *way, int first, int end, bool at_start, gf_branch *branches);
gf_branch gf_branch_of_rail(const gf_spreading *s, const gf_rail *rail);

#endif
