/* The inside of a schedule: tasks, and what each needs. */
#ifndef GF_WRITE_NEEDS_H
#define GF_WRITE_NEEDS_H

#include "write/schedule.h"

typedef struct gf_tasks {
    const gf_derivation_lines *d;
    gf_arena *arena;
    gf_task **of;   /* by number of a name: what computes it; NULL: nothing does */
    gf_task **list; /* the model's in the order of the file, then the lets */
    uint32_t count;
    gf_need *claimed; /* what the claims need */
    bool failed;      /* without memory */
} gf_tasks;

/* All tasks with their needs; those that the claims need, also through others, are wanted. */
gf_tasks gf_tasks_of(const gf_derivation_lines *d, gf_arena *arena);

#endif
