/* Indices: expressions of integers as a number and multiples of names, t + 1, T + 1 - t. */
#include "derive/inside.h"

gf_affine gf_affine_of_name(uint32_t name)
{
    return (gf_affine){.fits = true, .count = 1, .name = {name}, .factor = {1}};
}

long gf_affine_factor(const gf_affine *a, uint32_t name)
{
    for (int k = 0; k < a->count; k++)
        if (a->name[k] == name)
            return a->factor[k];
    return 0;
}

gf_affine gf_affine_without(gf_affine a, uint32_t name)
{
    int kept = 0;
    for (int k = 0; k < a.count; k++)
        if (a.name[k] != name) {
            a.name[kept] = a.name[k];
            a.factor[kept++] = a.factor[k];
        }
    a.count = kept;
    return a;
}

gf_affine gf_affine_sum(gf_affine a, long factor, const gf_affine *b)
{
    long part;
    a.fits = a.fits && b->fits && !__builtin_mul_overflow(factor, b->number, &part) &&
             !__builtin_add_overflow(a.number, part, &a.number);
    for (int k = 0; a.fits && k < b->count; k++) {
        long whole = gf_affine_factor(&a, b->name[k]);
        a.fits = !__builtin_mul_overflow(factor, b->factor[k], &part) && !__builtin_add_overflow(whole, part, &whole);
        a = gf_affine_without(a, b->name[k]);
        if (!whole || !a.fits)
            continue;
        a.fits = a.count < GF_AFFINE;
        if (!a.fits)
            break;
        a.name[a.count] = b->name[k];
        a.factor[a.count++] = whole;
    }
    return a;
}

static gf_affine product(const gf_affine *a, const gf_affine *b)
{
    const gf_affine *number = a->count ? b : a, *other = a->count ? a : b;
    gf_affine zero = {.fits = a->fits && b->fits && !number->count};
    return zero.fits ? gf_affine_sum(zero, number->number, other) : zero;
}

gf_affine gf_affine_of(const gf_tree *tree)
{
    gf_affine a = {.fits = false}, b, zero = {.fits = true};
    if (tree->kind == TREE_NUMBER && tree->number == (double)(long)tree->number)
        return (gf_affine){.fits = true, .number = (long)tree->number};
    if (tree->kind == TREE_NAME)
        return gf_affine_of_name(tree->name);
    if (tree->kind == TREE_NEGATIVE) {
        b = gf_affine_of(tree->kids[0]);
        return gf_affine_sum(zero, -1, &b);
    }
    if (tree->kind != TREE_ADD && tree->kind != TREE_SUBTRACT && tree->kind != TREE_MULTIPLY)
        return a;
    a = gf_affine_of(tree->kids[0]);
    b = gf_affine_of(tree->kids[1]);
    return tree->kind == TREE_MULTIPLY ? product(&a, &b) : gf_affine_sum(a, tree->kind == TREE_ADD ? 1 : -1, &b);
}

/* 2 * n, without a sign. */
static gf_tree *multiple(gf_deriving *d, long factor, uint32_t name)
{
    gf_tree *tree = gf_make_name(d, name), like = {.kind = TREE_MULTIPLY};
    factor = factor < 0 ? -factor : factor;
    if (factor == 1)
        return tree;
    return gf_make_raw(d, &like, (const gf_tree *[]){gf_make_number(d, (double)factor), tree}, 2);
}

/* sum + part, or sum - part; sum NULL: nothing yet. */
static gf_tree *joined(gf_deriving *d, gf_tree *sum, bool minus, gf_tree *part)
{
    gf_tree like = {.kind = minus ? TREE_SUBTRACT : TREE_ADD}, sign = {.kind = TREE_NEGATIVE};
    if (!sum)
        return minus ? gf_make_raw(d, &sign, (const gf_tree *[]){part}, 1) : part;
    return gf_make_raw(d, &like, (const gf_tree *[]){sum, part}, 2);
}

/* In the order of t + 1 and of T + 1 - t: what is added, the number, what is taken off. */
gf_tree *gf_affine_tree(gf_deriving *d, const gf_affine *a)
{
    gf_tree *sum = NULL;
    for (int k = 0; k < a->count; k++)
        if (a->factor[k] > 0)
            sum = joined(d, sum, false, multiple(d, a->factor[k], a->name[k]));
    if (a->number || !a->count)
        sum = joined(d, sum, a->number < 0, gf_make_number(d, (double)(a->number < 0 ? -a->number : a->number)));
    for (int k = 0; k < a->count; k++)
        if (a->factor[k] < 0)
            sum = joined(d, sum, true, multiple(d, a->factor[k], a->name[k]));
    return sum;
}

gf_tree *gf_index_shifted(gf_deriving *d, const gf_tree *index, long by)
{
    gf_affine a = index ? gf_affine_of(index) : (gf_affine){.fits = false};
    a.number += by;
    return a.fits ? gf_affine_tree(d, &a) : NULL;
}

bool gf_index_value(const gf_deriving *d, const gf_tree *tree, const gf_binding *bindings, long *out)
{
    return gf_integer(d->m, NULL, tree, bindings, out) == INTEGER_KNOWN;
}

bool gf_affine_value(const gf_deriving *d, const gf_affine *a, const gf_binding *bindings, long *out)
{
    *out = a->number;
    for (int k = 0; k < a->count; k++) {
        long value;
        const gf_tree name = {.kind = TREE_NAME, .name = a->name[k]};
        if (!gf_index_value(d, &name, bindings, &value))
            return false;
        *out += a->factor[k] * value;
    }
    return a->fits;
}
