/* Indices turned round: what step t of a name receives, from a use at another index.
 *
 * z[t] = W @ h[t-1] uses h one step back: so h[t] receives its term from step t + 1. In general, a use h[i] stands in
 * an equation at step s and within sums over j, k …, and i is an expression of these. The equation i = t is solved for
 * one of them:
 *
 *     h[t-1]                       s = t + 1:  the term, with t + 1 for t. Beyond the ends the let in it is zero.
 *     h[T+1-t]                     s = T + 1 - t
 *     h[t-j] in sum(j, 1..3, …)    s = t + j;  the sum over j stays
 *     h[j] in sum(j, 1..t, …)      j = t;      what remains, s >= j, is the range of a sum over s: sum(j, t..T, …)
 *     h[T], h[1]                   a term at that step only
 *
 * What is more intricate (h[2*t]) is not solved: who asked writes such a gradient step by step. */
#include <limits.h>

#include "derive/uses.h"

/* --- cuts --------------------------------------------------------------------------------------------------------- */

bool gf_is_cut(const gf_model *m, long a, long b)
{
    long ends[2] = {a, b};
    for (int k = 0; k < 2; k++)
        ends[k] = ends[k] < 1 ? 1 : ends[k] > m->steps ? m->steps : ends[k];
    return m->truncate && (ends[0] - 1) / m->truncate != (ends[1] - 1) / m->truncate;
}

/* --- putting together --------------------------------------------------------------------------------------------- */

/* sum(name, low..high, tree). */
static gf_tree *over(gf_deriving *d, uint32_t name, const gf_tree *low, const gf_tree *high, const gf_tree *tree)
{
    const gf_tree like = {.kind = TREE_SUM, .name = name};
    bool whole = !low && name == d->m->t;
    if (whole)
        return gf_make_raw(d, &like, &tree, 1);
    low = low ? low : gf_make_number(d, 1);
    high = high ? high : gf_steps_tree(d);
    return gf_make_raw(d, &like, (const gf_tree *[]){low, high, tree}, 3);
}

/* The term under the sums of the use, but that over the index number `without`, with names replaced. */
static gf_tree *under_sums(gf_deriving *d, const gf_use *use, int without, const gf_put_pair *pairs, int count)
{
    gf_tree *tree = gf_put_names(d, use->term, pairs, count);
    for (int k = use->binder_count - 1; k >= 0; k--) {
        const gf_binder *b = &use->binders[k];
        const gf_tree *low = b->down ? b->high : b->low, *high = b->down ? b->low : b->high;
        if (k == without)
            continue;
        low = low ? gf_put_names(d, low, pairs, count) : NULL;
        high = high ? gf_put_names(d, high, pairs, count) : NULL;
        tree = over(d, b->name, low, high, tree);
    }
    return tree;
}

gf_tree *gf_under_sums(gf_deriving *d, const gf_use *use)
{
    return under_sums(d, use, -1, NULL, 0);
}

/* --- solving for the step of the equation ------------------------------------------------------------------------- */

static bool range_mentions(const gf_binder *b, uint32_t name)
{
    return (b->low && gf_tree_mentions(b->low, name)) || (b->high && gf_tree_mentions(b->high, name));
}

static bool solve_for_step(gf_deriving *d, const gf_use *use, const gf_affine *index, gf_summand *out)
{
    uint32_t t = d->m->t;
    long sign = gf_affine_factor(index, t);
    gf_affine rest = gf_affine_without(*index, t), step = {.fits = true}, own = gf_affine_of_name(t);
    bool runs = false;
    for (int k = 0; k < use->binder_count; k++)
        runs |= gf_affine_factor(&rest, use->binders[k].name) != 0;
    for (int k = 0; k < use->binder_count && runs; k++)
        if (range_mentions(&use->binders[k], t))
            return false;
    step = gf_affine_sum(step, sign, &own);
    step = gf_affine_sum(step, -sign, &rest);
    bool same = step.count == 1 && !step.number && sign == 1;
    out->shifts = sign == 1 && !rest.count;
    out->shift = -rest.number;
    if ((d->m->truncate && !out->shifts) || (use->bounded && runs))
        return false;
    if (!same && !use->side.named) {
        if (!out->shifts)
            return false;
        out->from = 1 - out->shift;
        out->to = d->m->steps - out->shift;
    }
    out->origin = runs ? NULL : gf_affine_tree(d, &step);
    const gf_put_pair pair = {t, gf_affine_tree(d, &step)};
    out->tree = under_sums(d, use, -1, &pair, !same);
    return true;
}

/* --- solving for the index of a sum ------------------------------------------------------------------------------- */

/* What is known of the step s of the equation, while the index of a sum is j. */
typedef struct bounds {
    gf_affine low, high; /* of s, in t; fits: there is one */
    long from, to;       /* of t */
    gf_affine j;         /* in t: sign * t - sign * rest */
    long sign, rest;
    bool good;
} bounds;

/* j >= end (or, `above`, j <= end), where end is an expression of s. */
static void restrict_by(gf_deriving *d, bounds *b, const gf_tree *end, bool above)
{
    gf_affine a = gf_affine_of(end), *bound;
    long slope = gf_affine_factor(&a, d->m->t), value;
    a = gf_affine_without(a, d->m->t);
    if (!a.fits || slope > 1 || slope < -1) {
        b->good = false;
    } else if (!slope) {
        b->good = gf_affine_value(d, &a, NULL, &value) && b->good;
        value = b->sign * value + b->rest;
        if ((b->sign > 0) == above)
            b->to = value < b->to ? value : b->to;
        else
            b->from = value > b->from ? value : b->from;
    } else {
        /* slope * s + a <= j: s <= j - a, or s >= a - j; the other way round for above */
        bound = (slope > 0) == !above ? &b->high : &b->low;
        b->good = b->good && !bound->fits;
        *bound = (gf_affine){.fits = true};
        *bound = gf_affine_sum(*bound, slope, &b->j);
        *bound = gf_affine_sum(*bound, -slope, &a);
    }
}

/* Does the sum over the steps of the equation stay within 1..T? */
static bool stays_within(const gf_deriving *d, const bounds *b)
{
    bool low = !b->low.fits || (gf_affine_factor(&b->low, d->m->t) == 1 && b->low.count == 1 && b->low.number >= 0);
    bool high =
        !b->high.fits || (gf_affine_factor(&b->high, d->m->t) == 1 && b->high.count == 1 && b->high.number <= 0);
    return low && high;
}

static gf_tree *one_tree(gf_deriving *d)
{
    return gf_make_number(d, 1);
}

static bool solve_for_index(gf_deriving *d, const gf_use *use, const gf_affine *index, int number, gf_summand *out)
{
    const gf_binder *own = &use->binders[number];
    gf_affine rest = gf_affine_without(*index, own->name), t = gf_affine_of_name(d->m->t);
    bounds b = {.from = out->from, .to = out->to, .sign = gf_affine_factor(index, own->name), .j = {.fits = true}};
    b.good = gf_affine_value(d, &rest, NULL, &b.rest);
    b.j = gf_affine_sum(b.j, b.sign, &t);
    b.j = gf_affine_sum(b.j, -b.sign, &rest);
    for (int k = 0; k < use->binder_count; k++)
        if (k != number && (range_mentions(&use->binders[k], own->name) || range_mentions(own, use->binders[k].name)))
            return false;
    const gf_tree *low = own->down ? own->high : own->low, *high = own->down ? own->low : own->high;
    restrict_by(d, &b, low ? low : one_tree(d), false);
    restrict_by(d, &b, high ? high : gf_steps_tree(d), true);
    if (!b.good || (use->side.open && (d->m->truncate || ((!use->side.named || use->bounded) && !stays_within(d, &b)))))
        return false;
    out->from = b.from;
    out->to = b.to;
    const gf_tree *j = gf_affine_tree(d, &b.j);
    const gf_tree *whole = gf_under_sums(d, use);
    uint32_t step = use->side.open && whole ? gf_new_index(d, (const gf_tree *[]){whole, j}, 2) : 0;
    const gf_put_pair pairs[] = {{own->name, j}, {d->m->t, step ? gf_make_name(d, step) : one_tree(d)}};
    out->tree = under_sums(d, use, number, pairs, step ? 2 : 1);
    if (step)
        out->tree = over(d, step, b.low.fits ? gf_affine_tree(d, &b.low) : NULL,
                         b.high.fits ? gf_affine_tree(d, &b.high) : NULL, out->tree);
    return true;
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

/* Of a name without time: the sum over all there is. */
static gf_tree *in_all(gf_deriving *d, const gf_use *use)
{
    gf_tree *tree = gf_under_sums(d, use);
    return use->side.open ? over(d, d->m->t, NULL, NULL, tree) : tree;
}

bool gf_solve_use(gf_deriving *d, const gf_use *use, bool timed, gf_summand *out)
{
    *out = (gf_summand){.from = LONG_MIN + 1, .to = LONG_MAX, .use = use};
    if (!timed) {
        out->tree = in_all(d, use);
        return true;
    }
    gf_affine index = gf_affine_of(use->leaf->kids[0]);
    long step = use->side.open ? gf_affine_factor(&index, d->m->t) : 0;
    int running = 0, number = 0;
    if (!index.fits)
        return false;
    for (int k = 0; k < use->binder_count; k++)
        if (gf_affine_factor(&index, use->binders[k].name)) {
            running++;
            number = k;
        }
    if (step == 1 || step == -1)
        return solve_for_step(d, use, &index, out);
    long factor = running ? gf_affine_factor(&index, use->binders[number].name) : 0;
    if (!step && running == 1 && !(d->m->truncate && use->side.step) && (factor == 1 || factor == -1))
        return solve_for_index(d, use, &index, number, out);
    if (step || running || (d->m->truncate && use->side.open))
        return false;
    long at;
    out->at = use->leaf->kids[0];
    if (use->side.step && gf_index_value(d, out->at, NULL, &at) && gf_is_cut(d->m, use->side.step, at))
        out->to = out->from - 1; /* at no step */
    out->tree = in_all(d, use);
    return true;
}
