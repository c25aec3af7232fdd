/* The inside of a history: columns in groups, and rows. */
#ifndef GF_SHOW_HISTORY_H
#define GF_SHOW_HISTORY_H

#include <gradflow/history.h>

#include "base/arena.h"
#include "text/text.h"

typedef struct gf_history_column {
    const char *name, *title; /* beside its line; above it in CSV */
} gf_history_column;

/* Columns that stand side by side, and are one picture. */
typedef struct gf_history_part {
    const char *name;
    size_t first, count; /* columns */
    const char *down;    /* what they count, "t", */
    long from;           /* and from where on */
} gf_history_part;

struct gf_history {
    gf_arena arena; /* of the texts */
    const char *title;
    gf_history_part *parts;
    size_t part_count, part_room;
    gf_history_column *columns;
    size_t column_count, column_room;
    double *numbers; /* row by row */
    size_t rows, room;
    gf_model *m; /* NULL: no expression is watched; the first column of those that are is `watched` */
    const char **expressions;
    size_t expression_count, watched;
    double *sums; /* of what the watched columns came to since the last row, so often: */
    size_t looks;
};

#endif
