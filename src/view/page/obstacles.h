/* What a text must not meet: rectangles, found by where they lie across. */
#ifndef GF_VIEW_OBSTACLES_H
#define GF_VIEW_OBSTACLES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct gf_bounds {
    double left, top, right, bottom;
} gf_bounds;

/* A rectangle, and how much of it, on each side, is only distance. */
typedef struct gf_obstacle {
    gf_bounds bounds;
    double give;
} gf_obstacle;

typedef struct gf_obstacles {
    struct gf_strip_of *strips;
    size_t count;
    bool failed;
} gf_obstacles;

/* Of a page of that width; what lies beyond is put at its ends. Free it in any case. Once memory failed, nothing is
 * free any more. */
void gf_obstacles_begin(gf_obstacles *o, double width);
void gf_obstacles_free(gf_obstacles *o);

void gf_obstacles_add(gf_obstacles *o, gf_bounds b, double give);

/* How many there are, which is told to the other, and takes away those that came since. NULL without memory; free it.
 */
size_t *gf_obstacles_mark(const gf_obstacles *o);
void gf_obstacles_return(gf_obstacles *o, const size_t *mark);

/* Is there nothing? Near: nothing but distance. */
bool gf_obstacles_free_at(const gf_obstacles *o, gf_bounds b, bool near);

#endif
