/* In which order a program computes the equations of a model and the lets of a derivation.
 *
 * h[t] from a[t], and a[t] from h[t-1]: that is one loop, upwards. Names that need each other, at whatever steps, stand
 * in one loop; it runs up where all that they need of each other is at the same step or an earlier one, down where it
 * is at the same or a later one. Names that need nothing back join a loop that is open, if it runs their way. What can
 * run neither way is worked out on demand. */
#ifndef GF_WRITE_SCHEDULE_H
#define GF_WRITE_SCHEDULE_H

#include "derive/derive.h"

/* A line of a task: for every step (index NULL), or, of a let or a start, for one. */
typedef struct gf_task_line gf_task_line;
struct gf_task_line {
    const gf_tree *index, *value;
    const char *why;
    gf_task_line *next;
};

typedef struct gf_task gf_task;
typedef struct gf_block gf_block;

/* That a task needs another one; at the steps t + low to t + high, where both are timed. Infinite: as far as it goes.
 */
typedef struct gf_need gf_need;
struct gf_need {
    gf_task *task;
    double low, high;
    gf_need *next;
};

/* What computes a name at all its steps; or a start that has an equation. */
struct gf_task {
    uint32_t name;
    bool timed, start, let;
    gf_task_line *lines;
    gf_need *needs;
    gf_block *block; /* where it is computed; NULL: not placed, or not needed */
    gf_task *next;   /* in the block */
    bool wanted, ordered;
    uint32_t number, reach, group; /* of the search for recursions; 0: not found yet */
};

typedef enum gf_block_kind {
    BLOCK_PLAIN,    /* one after the other */
    BLOCK_LOOP,     /* step by step, up or down */
    BLOCK_ON_DEMAND /* each value when it is asked for */
} gf_block_kind;

struct gf_block {
    gf_block_kind kind;
    bool down, lets;
    gf_task *tasks;
    gf_block *next;
};

/* Is it a claim about a param, an input or a start: what a program returns? A start's index stands alone: h[0]. */
bool gf_derived_is_leaf(const gf_derivation_lines *d, const gf_derived *claim);

/* The start of a name that an index means; NULL if it means none. */
const gf_start *gf_start_at(gf_model *m, uint32_t name, const gf_tree *index);

/* All that the claims of the derivation need, in order; NULL where that is nothing. *failed: without memory. The blocks
 * lie in the arena. */
gf_block *gf_schedule(const gf_derivation_lines *d, gf_arena *arena, bool *failed);

#endif
