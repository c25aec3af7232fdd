/* What trails carry. A page is painted again and again until all finds room, and what arrows carry together takes as
 * long to find as they have entries: it is found once. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "view/page/paint.h"

/* What a rail collects: of a sum the same from each, for which it has one colour; else gradients that are unlike each
 * other, and no one size is true of them. What several steps send together, in one box, is as many times as much. */
static gf_carried rail_carries(const gf_view *view, const gf_trail *trail)
{
    static const double rounding = 1e-12;
    const gf_arrow *one = NULL;
    bool mixed = false;
    for (int k = 0; k < trail->arrow_count; k++) {
        const gf_arrow *arrow = &view->arrows[trail->arrows[k]];
        if (arrow->from->kind == GF_BOX_STEPS && arrow->from->last_step > arrow->from->step)
            continue;
        one = one ? one : arrow;
        mixed |= arrow->look != one->look || fabs(arrow->size - one->size) > rounding * fabs(one->size);
    }
    one = one ? one : &view->arrows[trail->arrows[0]];
    gf_carried carried = {.measure = one->gradient, .size = one->size, .look = one->look, .mixed = mixed};
    carried.measure.known &= !mixed;
    return carried;
}

gf_carried gf_trail_carries(const gf_view *view, const gf_trail *trail)
{
    if (trail->rail)
        return rail_carries(view, trail);
    const gf_arrow *first = &view->arrows[trail->arrows[0]];
    if (trail->arrow_count == 1)
        return (gf_carried){.measure = first->gradient, .cut = first->cut, .size = first->size, .look = first->look};
    const gf_arrow **arrows = malloc((size_t)trail->arrow_count * sizeof *arrows);
    gf_carried carried = {.look = GF_ARROW_UNKNOWN};
    bool some = false, aside = true;
    for (int k = 0; k < trail->arrow_count && arrows; k++) {
        arrows[k] = &view->arrows[trail->arrows[k]];
        some |= arrows[k]->look == GF_ARROW_PASSES || arrows[k]->look == GF_ARROW_NONFINITE;
        aside &= arrows[k]->look == GF_ARROW_ASIDE;
    }
    size_t count = (size_t)trail->arrow_count;
    carried.failed =
        !arrows || gf_arrows_together(&carried.measure, arrows, count) || gf_cuts_together(&carried.cut, arrows, count);
    free(arrows);
    carried.size = gf_measure_size(&carried.measure, view->magnitude);
    carried.cancels = carried.measure.known && carried.size == 0 && some;
    carried.look = aside                      ? GF_ARROW_ASIDE
                   : !carried.measure.known   ? GF_ARROW_UNKNOWN
                   : !isfinite(carried.size)  ? GF_ARROW_NONFINITE
                   : carried.size > 0 || some ? GF_ARROW_PASSES
                                              : GF_ARROW_NONE;
    return carried;
}

/* FNV-1a (Fowler, Noll and Vo). */
static uint64_t hash(const gf_trail *trail)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (int k = 0; k < trail->arrow_count; k++)
        h = (h ^ (uint64_t)trail->arrows[k]) * UINT64_C(1099511628211);
    return h;
}

/* Of sets with one hash and size the others stand behind the first. */
static bool is_of(const gf_carried_by *known, const gf_trail *trail)
{
    return !memcmp(known->arrows, trail->arrows, (size_t)trail->arrow_count * sizeof *trail->arrows);
}

/* A new set; NULL without memory. */
static gf_carried_by *add(gf_carrying *c, const gf_view *view, const gf_trail *trail)
{
    size_t bytes = (size_t)trail->arrow_count * sizeof *trail->arrows;
    int *arrows = gf_arena_room(&c->arena, bytes);
    if (!arrows || !gf_grow(&c->known, &c->room, c->count + 1))
        return NULL;
    memcpy(arrows, trail->arrows, bytes);
    c->known[c->count] = (gf_carried_by){arrows, gf_trail_carries(view, trail)};
    return &c->known[c->count++];
}

gf_carried gf_trail_carried(gf_carrying *c, const gf_view *view, const gf_trail *trail)
{
    const gf_carried failed = {.look = GF_ARROW_UNKNOWN, .failed = true};
    if (trail->arrow_count == 1 || trail->rail)
        return gf_trail_carries(view, trail);
    for (uint64_t h = hash(trail);; h++) {
        uint32_t *number = gf_index_put(&c->numbers, h, (uint32_t)trail->arrow_count);
        if (!number)
            return failed;
        if (*number && !is_of(&c->known[*number - 1], trail))
            continue;
        const gf_carried_by *known = *number ? &c->known[*number - 1] : add(c, view, trail);
        if (known)
            *number = (uint32_t)(known - c->known) + 1;
        return known ? known->carried : failed;
    }
}

void gf_carrying_free(gf_carrying *c)
{
    gf_arena_free(&c->arena);
    gf_index_free(&c->numbers);
    free(c->known);
    *c = (gf_carrying){0};
}
