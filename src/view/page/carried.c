/* What trails carry. A trail stands before those into which it divides: a trunk of which every step takes a part goes
 * on, from step to step, in pieces that carry less and less. So they are gone through from the last to the first, and
 * what one carries is the sum of those into which it divides, and of arrows that are in none of these. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "view/inside.h"
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

/* What arrows carry of which the sum is known. */
static gf_carried carry(const gf_view *view, const gf_trail *trail, const gf_measure *measure, const gf_measure *cut)
{
    bool some = false, aside = true;
    for (int k = 0; k < trail->arrow_count; k++) {
        gf_arrow_look look = view->arrows[trail->arrows[k]].look;
        some |= look == GF_ARROW_PASSES || look == GF_ARROW_NONFINITE;
        aside &= look == GF_ARROW_ASIDE;
    }
    gf_carried carried = {.measure = *measure, .cut = *cut, .size = gf_measure_size(measure, view->magnitude)};
    carried.cancels = measure->known && carried.size == 0 && some;
    carried.look = aside                      ? GF_ARROW_ASIDE
                   : !measure->known          ? GF_ARROW_UNKNOWN
                   : !isfinite(carried.size)  ? GF_ARROW_NONFINITE
                   : carried.size > 0 || some ? GF_ARROW_PASSES
                                              : GF_ARROW_NONE;
    return carried;
}

/* What several arrows carry. */
typedef struct bundle {
    bool known;              /* is the sum? */
    double *sum;             /* NULL: nothing passes; or it has become a part of another */
    const gf_node *receiver; /* of whose gradient that is a part */
    size_t whole;            /* the trail that it has become a part of, from 1 */
} bundle;

/* All but the view by trail, or by arrow. */
typedef struct carrying {
    const gf_view *view;
    const gf_trail *trails;
    gf_carried *carried;
    bundle *bundles;
    size_t *last; /* of an arrow, the last trail of several that it was found in, from 1; 0: none */
    const gf_arrow **arrows;
} carrying;

/* Of parts of several nodes' gradients there is no sum. False without memory. */
static bool add_sum(bundle *to, const double *sum, const gf_node *receiver)
{
    to->known &= receiver && (!to->receiver || to->receiver == receiver);
    if (!to->known)
        return true;
    size_t entries = (size_t)gf_node_rows(receiver) * (size_t)gf_node_cols(receiver);
    to->receiver = receiver;
    to->sum = to->sum ? to->sum : calloc(entries, sizeof *to->sum);
    for (size_t k = 0; to->sum && k < entries; k++)
        to->sum[k] += sum[k];
    return to->sum != NULL;
}

static bool add_arrow(bundle *to, const gf_arrow *arrow)
{
    if (arrow->sum)
        return add_sum(to, arrow->sum->data, gf_arrow_receiver(arrow));
    to->known &= arrow->look == GF_ARROW_NONE;
    return true;
}

static bool add_bundle(bundle *to, bundle *part, size_t whole)
{
    bool good = !part->sum || add_sum(to, part->sum, part->receiver);
    to->known &= part->known;
    free(part->sum);
    part->sum = NULL;
    part->whole = whole;
    return good;
}

/* Adds up a trail's arrows, and what was found together already. It must be a part as a whole. */
static bool add_up(carrying *c, size_t number)
{
    const gf_trail *trail = &c->trails[number];
    bundle *own = &c->bundles[number];
    int left = trail->arrow_count;
    bool good = own->known = true;
    for (int k = 0; k < trail->arrow_count && good; k++) {
        size_t *last = &c->last[trail->arrows[k]];
        c->arrows[k] = &c->view->arrows[trail->arrows[k]];
        if (!*last) {
            good = add_arrow(own, c->arrows[k]);
            left--;
        } else if (c->bundles[*last - 1].whole != number + 1) {
            good = add_bundle(own, &c->bundles[*last - 1], number + 1);
            left -= c->trails[*last - 1].arrow_count;
        }
        *last = number + 1;
    }
    own->known &= !left;
    return good;
}

static bool carry_several(carrying *c, size_t number)
{
    const gf_trail *trail = &c->trails[number];
    size_t count = (size_t)trail->arrow_count;
    gf_measure measure = {.known = true}, cut = {0};
    bool good = add_up(c, number);
    const bundle *own = &c->bundles[number];
    if (good && own->known && own->sum)
        measure = gf_measure_matrix(&(gf_matrix){own->sum, gf_node_rows(own->receiver), gf_node_cols(own->receiver),
                                                 gf_node_cols(own->receiver)});
    else if (good && !own->known)
        good = !gf_arrows_together(&measure, c->arrows, count);
    good = good && !gf_cuts_together(&cut, c->arrows, count);
    c->carried[number] = carry(c->view, trail, &measure, &cut);
    return good;
}

static bool carry_all(carrying *c, size_t count)
{
    bool good = c->carried && c->bundles && c->last && c->arrows;
    for (size_t k = count; k-- > 0 && good;) {
        const gf_trail *trail = &c->trails[k];
        const gf_arrow *first = &c->view->arrows[trail->arrows[0]];
        if (trail->rail)
            c->carried[k] = rail_carries(c->view, trail);
        else if (trail->arrow_count > 1)
            good = carry_several(c, k);
        else
            c->carried[k] =
                (gf_carried){.measure = first->gradient, .cut = first->cut, .size = first->size, .look = first->look};
    }
    return good;
}

gf_carried *gf_trails_carry(const gf_view *view, const gf_spread *spread)
{
    size_t count = spread->trail_count, arrows = view->arrow_count;
    carrying c = {.view = view, .trails = spread->trails};
    c.carried = calloc(count + 1, sizeof *c.carried);
    c.bundles = calloc(count + 1, sizeof *c.bundles);
    c.last = calloc(arrows + 1, sizeof *c.last);
    c.arrows = calloc(arrows + 1, sizeof *c.arrows);
    bool good = carry_all(&c, count);
    for (size_t k = 0; k < count && c.bundles; k++)
        free(c.bundles[k].sum);
    free(c.bundles);
    free(c.last);
    free((void *)c.arrows);
    if (!good)
        free(c.carried);
    return good ? c.carried : NULL;
}
