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

/* Is it a product, or a quotient, whose last factor is the same for all values of the index? */
static bool has_same_factor(gf_deriving *d, const gf_tree *tree, uint32_t name)
{
    double number;
    return (tree->kind == TREE_MULTIPLY || tree->kind == TREE_DIVIDE) && !gf_tree_has(tree->kids[1], name) &&
           !gf_number_of(d, tree->kids[1], &number);
}

/* sum(name, low..high, tree); of a * b, where b has no index, sum(name, low..high, a) * b. */
static gf_tree *over(gf_deriving *d, uint32_t name, const gf_tree *low, const gf_tree *high, const gf_tree *tree)
{
    const gf_tree like = {.kind = TREE_SUM, .name = name};
    bool whole = !low && name == d->m->t;
    if (tree && tree->kind == TREE_NEGATIVE)
        return gf_make(d, TREE_NEGATIVE, over(d, name, low, high, tree->kids[0]), NULL);
    if (tree && has_same_factor(d, tree, name))
        return gf_make(d, (gf_tree_kind)tree->kind, over(d, name, low, high, tree->kids[0]), tree->kids[1]);
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
        if (k == without)
            continue;
        const gf_tree *low = b->low ? gf_put_names(d, b->low, pairs, count) : NULL;
        const gf_tree *high = b->high ? gf_put_names(d, b->high, pairs, count) : NULL;
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

/* What is known of s, which is the step of the equation, or the index of a sum further out, while the index of the
 * inner sum is j and the name is used at step p. */
typedef struct bounds {
    uint32_t s, p;       /* names that stand for them */
    gf_affine j;         /* in p and s */
    gf_affine low, high; /* of s, in p; fits: there is one */
    long from, to;       /* of p */
    bool good;
} bounds;

/* The expression is at least 0. */
static void restrict_by(gf_deriving *d, bounds *b, gf_affine a)
{
    long slope = gf_affine_factor(&a, b->s), sign = gf_affine_factor(&a, b->p), value;
    gf_affine rest = gf_affine_without(a, b->s), constant = gf_affine_without(rest, b->p), zero = {.fits = true};
    gf_affine *bound = slope > 0 ? &b->low : &b->high;
    b->good = b->good && a.fits && slope >= -1 && slope <= 1;
    if (b->good && slope) { /* s + rest >= 0, or rest - s >= 0 */
        b->good = !bound->fits;
        *bound = gf_affine_sum(zero, -slope, &rest);
        return;
    }
    b->good = b->good && gf_affine_value(d, &constant, NULL, &value) && sign >= -1 && sign <= 1;
    if (!b->good)
        return;
    if (sign > 0)
        b->from = -value > b->from ? -value : b->from;
    else if (sign < 0)
        b->to = value < b->to ? value : b->to;
    else
        b->good = value >= 0;
}

/* Does an end of s that is p + n lie within first..last at every p? */
static bool stays_within(const gf_deriving *d, const bounds *b, const gf_tree *first, const gf_tree *last)
{
    long from = b->from > LONG_MIN + 1 ? b->from : 1, to = b->to < LONG_MAX ? b->to : d->m->steps, end;
    bool low = b->low.count == 1 && gf_affine_factor(&b->low, b->p) == 1;
    bool high = b->high.count == 1 && gf_affine_factor(&b->high, b->p) == 1;
    return (!b->low.fits || (low && gf_index_value(d, first, NULL, &end) && from + b->low.number >= end)) &&
           (!b->high.fits || (high && gf_index_value(d, last, NULL, &end) && to + b->high.number <= end));
}

/* The sum further out on whose index the range or the use of sum number `number` depends; -1: on none; -2: on several.
 */
static int outer_of(const gf_use *use, const gf_affine *index, int number)
{
    const gf_binder *own = &use->binders[number];
    int outer = -1;
    for (int k = 0; k < use->binder_count; k++)
        if (k != number && (range_mentions(own, use->binders[k].name) || gf_affine_factor(index, use->binders[k].name)))
            outer = outer == -1 ? k : -2;
    return outer;
}

/* An affine expression with a name for another. */
static gf_affine with_name(gf_affine a, uint32_t old, uint32_t name)
{
    long factor = gf_affine_factor(&a, old);
    gf_affine other = gf_affine_of_name(name), without = gf_affine_without(a, old);
    return old ? gf_affine_sum(without, factor, &other) : a;
}

/* j from the equation of the index with p, and what its range says of s. */
static void find_bounds(gf_deriving *d, const gf_use *use, const gf_affine *index, int number, uint32_t old, bounds *b)
{
    const gf_binder own = gf_with_ends(d, use->binders[number]);
    long sign = gf_affine_factor(index, own.name);
    gf_affine rest = with_name(gf_affine_without(*index, own.name), old, b->s), p = gf_affine_of_name(b->p);
    gf_affine zero = {.fits = true}, ends[2];
    b->j = gf_affine_sum(zero, sign, &p);
    b->j = gf_affine_sum(b->j, -sign, &rest);
    b->good = own.low && own.high;
    if (!b->good)
        return;
    ends[0] = with_name(gf_affine_of(own.low), old, b->s);
    ends[1] = with_name(gf_affine_of(own.high), old, b->s);
    restrict_by(d, b, gf_affine_sum(b->j, -1, &ends[0]));
    restrict_by(d, b, gf_affine_sum(ends[1], -1, &b->j));
}

/* The sums that are left, that over s bounded, and one over the step of the equation. */
static gf_tree *sums_left(gf_deriving *d, const gf_use *use, int number, int outer, const bounds *b, uint32_t step)
{
    gf_use left = *use;
    const gf_tree *low = b->low.fits ? gf_affine_tree(d, &b->low) : NULL;
    const gf_tree *high = b->high.fits ? gf_affine_tree(d, &b->high) : NULL;
    gf_put_pair pairs[3] = {{use->binders[number].name, gf_affine_tree(d, &b->j)}};
    int count = 1;
    if (outer >= 0) {
        const gf_binder s = gf_with_ends(d, use->binders[outer]);
        pairs[count++] = (gf_put_pair){s.name, gf_make_name(d, b->s)};
        low = low ? low : s.low;
        high = high ? high : s.high;
        left.binders[outer] = (gf_binder){b->s, low, high, low, high, s.body};
    }
    if (step)
        pairs[count++] = (gf_put_pair){d->m->t, gf_make_name(d, step)};
    gf_tree *tree = under_sums(d, &left, number, pairs, count);
    if (step)
        tree = over(d, step, outer < 0 ? low : NULL, outer < 0 ? high : NULL, tree);
    const gf_put_pair back = {b->p, gf_make_name(d, d->m->t)};
    return gf_put_names(d, tree, &back, 1);
}

static bool solve_for_index(gf_deriving *d, const gf_use *use, const gf_affine *index, int number, gf_summand *out)
{
    int outer = outer_of(use, index, number);
    const gf_tree *whole = gf_under_sums(d, use);
    if (!whole || outer == -2 || (outer >= 0 && gf_affine_factor(index, d->m->t)) || (use->side.open && d->m->truncate))
        return false;
    const gf_tree *avoid[] = {whole, use->leaf, NULL};
    uint32_t s = gf_new_index(d, avoid, 2);
    avoid[2] = &(gf_tree){.kind = TREE_NAME, .name = s};
    uint32_t step = use->side.open ? (outer < 0 ? s : gf_new_index(d, avoid, 3)) : 0;
    bounds b = {.s = s, .p = gf_word(d, "(t)"), .from = out->from, .to = out->to};
    find_bounds(d, use, index, number, outer >= 0 ? use->binders[outer].name : use->side.open ? d->m->t : 0, &b);
    if (!b.good)
        return false;
    bool free = outer < 0 && use->side.named && !use->bounded; /* beyond the ends the let in it is zero */
    const gf_binder around = gf_with_ends(d, outer >= 0 ? use->binders[outer] : (gf_binder){0}); /* or the steps */
    if (!around.low || !around.high || (!free && !stays_within(d, &b, around.low, around.high)))
        return false;
    out->from = b.from;
    out->to = b.to;
    out->tree = sums_left(d, use, number, outer, &b, step);
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
    int running = 0;
    if (!index.fits)
        return false;
    for (int k = 0; k < use->binder_count; k++)
        running += gf_affine_factor(&index, use->binders[k].name) != 0;
    if ((step == 1 || step == -1) && solve_for_step(d, use, &index, out))
        return true;
    for (int k = use->binder_count; k-- > 0 && running && !(d->m->truncate && use->side.step);) {
        long factor = gf_affine_factor(&index, use->binders[k].name);
        if ((factor == 1 || factor == -1) && solve_for_index(d, use, &index, k, out))
            return true;
    }
    if (step || running || (d->m->truncate && use->side.open))
        return false;
    long at;
    out->at = use->leaf->kids[0];
    if (use->side.step && gf_index_value(d, out->at, NULL, &at) && gf_is_cut(d->m, use->side.step, at))
        out->to = out->from - 1; /* at no step */
    out->tree = in_all(d, use);
    return true;
}
