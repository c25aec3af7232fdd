/* The page is cut into strips of equal width, each of which knows what lies in it. */
#include "view/page/obstacles.h"

#include <math.h>
#include <stdlib.h>

#include "base/grow.h"

static const double strip_width = 48;

struct gf_strip_of {
    gf_obstacle *items;
    size_t count, room;
};

void gf_obstacles_begin(gf_obstacles *o, double width)
{
    *o = (gf_obstacles){.count = (size_t)(fmax(width, 1) / strip_width) + 1};
    o->strips = calloc(o->count, sizeof *o->strips);
    o->failed = !o->strips;
}

void gf_obstacles_free(gf_obstacles *o)
{
    for (size_t k = 0; o->strips && k < o->count; k++)
        free(o->strips[k].items);
    free(o->strips);
    *o = (gf_obstacles){0};
}

static size_t strip_at(const gf_obstacles *o, double x)
{
    double at = fmin(fmax(x / strip_width, 0), (double)(o->count - 1));
    return (size_t)at;
}

void gf_obstacles_add(gf_obstacles *o, gf_bounds b, double give)
{
    if (o->failed)
        return;
    for (size_t k = strip_at(o, b.left); k <= strip_at(o, b.right); k++) {
        struct gf_strip_of *strip = &o->strips[k];
        if (!gf_grow(&strip->items, &strip->room, strip->count + 1)) {
            o->failed = true;
            return;
        }
        strip->items[strip->count++] = (gf_obstacle){b, give};
    }
}

size_t *gf_obstacles_mark(const gf_obstacles *o)
{
    size_t *mark = malloc((o->count + 1) * sizeof *mark);
    for (size_t k = 0; mark && o->strips && k < o->count; k++)
        mark[k] = o->strips[k].count;
    return mark;
}

void gf_obstacles_return(gf_obstacles *o, const size_t *mark)
{
    for (size_t k = 0; o->strips && k < o->count; k++)
        o->strips[k].count = mark[k];
}

static bool meets(const gf_obstacle *one, gf_bounds b, bool near)
{
    const gf_bounds *o = &one->bounds;
    double give = near ? one->give : 0;
    bool level = o->top + give < b.bottom && o->bottom - give > b.top; /* first: across, a strip is hardly wider */
    return level && o->left + give < b.right && o->right - give > b.left;
}

bool gf_obstacles_free_at(const gf_obstacles *o, gf_bounds b, bool near)
{
    if (o->failed)
        return false;
    for (size_t k = strip_at(o, b.left); k <= strip_at(o, b.right); k++)
        for (size_t j = 0; j < o->strips[k].count; j++)
            if (meets(&o->strips[k].items[j], b, near))
                return false;
    return true;
}
