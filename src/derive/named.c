/* Factors by the names that the file gives them.
 *
 *     let s[t] = h[t] * (1 - h[t])           W' @ d[t+1] * h[t] * (1 - h[t])
 *     w[t] = exp(s[t]) / total               dw[j] / total * exp(s[j])
 *
 * All factors of the line of s, and all of that of w at step j, stand in these products. So they are written as the
 * file writes them, W' @ d[t+1] * s[t] and dw[j] * w[j]; a product that is over w[j] besides has neither. This is seen
 * from the texts alone: what is defined by names of the model is right whatever else is wrong. */
#include "derive/inside.h"
#include "model/scan.h"

enum { FACTORS = 12, MOST_KIDS = 16 /* a node with more of them stays as it is */ };

typedef struct factor {
    const gf_tree *tree;
    bool under; /* it is divided by */
} factor;

/* A product, element by element; count is FACTORS + 1 where there are more. */
typedef struct factors {
    factor list[FACTORS];
    int count;
} factors;

static bool is_product(const gf_tree *tree)
{
    return tree->kind == TREE_MULTIPLY || tree->kind == TREE_DIVIDE;
}

/* sum(j, 1..T, w[j] * dw[j] / total) is over total what it is without. */
static const gf_tree *without_divisor(const gf_naming *n, const gf_tree *tree, const gf_tree **divisor)
{
    const gf_tree *kids[MOST_KIDS], *body = tree->count ? tree->kids[tree->count - 1] : NULL;
    bool over = tree->kind == TREE_SUM && tree->count <= MOST_KIDS && body->kind == TREE_DIVIDE;
    if (!over || gf_tree_has(body->kids[1], tree->name))
        return NULL;
    for (uint32_t k = 0; k < tree->count; k++)
        kids[k] = tree->kids[k];
    kids[tree->count - 1] = body->kids[0];
    *divisor = body->kids[1];
    return gf_make_raw(n->d, tree, kids, tree->count);
}

static void split(const gf_naming *n, factors *f, const gf_tree *tree, bool under)
{
    const gf_tree *divisor, *rest = without_divisor(n, tree, &divisor);
    if (rest) {
        split(n, f, rest, under);
        split(n, f, divisor, !under);
    } else if (is_product(tree)) {
        split(n, f, tree->kids[0], under);
        split(n, f, tree->kids[1], under != (tree->kind == TREE_DIVIDE));
    } else if (f->count < FACTORS) {
        f->list[f->count++] = (factor){tree, under};
    } else {
        f->count = FACTORS + 1;
    }
}

/* y * al / P of 1 / P * y * al. */
static const gf_tree *joined(const gf_naming *n, const factors *f)
{
    const gf_tree *tree = NULL;
    for (int k = 0; k < 2 * f->count; k++) {
        const factor *own = &f->list[k % f->count];
        if (own->under != (k >= f->count) || (gf_tree_is(own->tree, 1) && f->count > 1))
            continue;
        const gf_tree *kids[] = {tree || !own->under ? tree : gf_make_number(n->d, 1), own->tree};
        const gf_tree like = {.kind = own->under ? TREE_DIVIDE : TREE_MULTIPLY};
        tree = kids[0] ? gf_make_raw(n->d, &like, kids, 2) : own->tree;
    }
    return tree;
}

/* The number of a factor that is not taken yet; f->count where there is none. */
static int find_factor(const factors *f, const bool taken[FACTORS], const gf_tree *tree, bool under)
{
    int at = 0;
    while (at < f->count && (taken[at] || f->list[at].under != under || !gf_tree_equal(f->list[at].tree, tree)))
        at++;
    return at;
}

/* Is the product over the name, and would what is left have its shape without it? The number of that factor, or
 * f->count where not so. */
static int find_over(const gf_naming *n, const factors *f, const bool taken[FACTORS], const gf_tree *name)
{
    gf_extents own, other;
    int over = find_factor(f, taken, name, true);
    for (int k = 0; k < f->count && gf_extents_of(n->d, name, &own); k++)
        if (!taken[k] && k != over && gf_extents_of(n->d, f->list[k].tree, &other) && gf_extents_equal(&own, &other))
            return over;
    return f->count;
}

/* Takes what the name stands for out of the product, and puts the name in, or takes it out where the product is over
 * it; false where not all of it is there. */
static bool put_in(const gf_naming *n, factors *f, const gf_tree *meaning, const gf_tree *name)
{
    factors own = {.count = 0}, left = {.count = 0};
    bool taken[FACTORS] = {false};
    int first = -1;
    split(n, &own, meaning, false);
    for (int k = 0; k < own.count; k++) {
        int at = find_factor(f, taken, own.list[k].tree, own.list[k].under);
        if (own.count > FACTORS || at == f->count)
            return false;
        taken[at] = true;
        first = first < 0 || at < first ? at : first;
    }
    int over = find_over(n, f, taken, name);
    if (over < f->count)
        taken[over] = true;
    for (int k = 0; k < f->count; k++)
        if (k == first && over == f->count)
            left.list[left.count++] = (factor){name, false};
        else if (!taken[k])
            left.list[left.count++] = f->list[k];
    *f = left;
    return true;
}

static bool is_let_or_derivative(const gf_tree *tree, const void *model)
{
    const gf_symbol *symbol = gf_model_named(model, tree);
    return gf_tree_is_derivative(model, tree) || (symbol && symbol->kind == SYMBOL_LET);
}

/* 1 - tc[t]^2 with let tc[t] = tanh(c[t]) is of the forward pass as well. */
bool gf_is_no_forward(const gf_tree *tree, const void *model)
{
    const gf_symbol *symbol = gf_model_named(model, tree);
    const gf_statement *line = symbol && symbol->kind == SYMBOL_LET ? symbol->definition : NULL;
    bool plain = line && line->value && !gf_tree_find(line->value, is_let_or_derivative, model);
    return is_let_or_derivative(tree, model) && !plain;
}

/* What the name stands for at all steps: an equation's quotient (o[t] * tanh(c[t]) is not written as h[t]), or a let
 * made of names of the model; NULL: nothing. */
static const gf_tree *meaning_of(const gf_naming *n, uint32_t name)
{
    const gf_model *m = n->d->m;
    const gf_symbol *symbol = &m->symbols[name];
    const gf_statement *s = symbol->definition;
    bool let = symbol->kind == SYMBOL_LET, fine = s && s->value && !s->broken && !symbol->broken && !s->open;
    if (!fine || (let ? !n->lets : symbol->kind != SYMBOL_EQUATION) || name == n->own ||
        (symbol->timed && (!s->index || s->index->kind != TREE_NAME)) || (!let && s->value->kind != TREE_DIVIDE) ||
        (let && gf_tree_find(s->value, gf_is_no_forward, m)))
        return NULL;
    bool worth = is_product(s->value) || s->value->kind == TREE_CALL || s->value->kind == TREE_SUBTRACT;
    return worth ? s->value : NULL;
}

/* The first index that is a name by itself: t, or j under a sum; NULL: there is none. */
static const gf_tree *index_in(const gf_tree *tree)
{
    const gf_tree *found = tree->kind == TREE_AT && tree->kids[0]->kind == TREE_NAME ? tree->kids[0] : NULL;
    for (uint32_t k = 0; k < tree->count && !found && tree->kind != TREE_AT; k++)
        found = index_in(tree->kids[k]);
    return found;
}

static bool put_names(const gf_naming *n, factors *f)
{
    const gf_model *m = n->d->m;
    bool some = false;
    for (uint32_t name = 1; name < m->symbol_count; name++) {
        const gf_tree *meaning = meaning_of(n, name);
        for (int k = 0; meaning && k < f->count; k++) {
            bool timed = m->symbols[name].timed;
            const gf_tree *index = timed ? index_in(f->list[k].tree) : NULL;
            if (timed && (!index || (!n->lets && index->name != m->t && index->name != m->steps_name)))
                continue;
            const gf_put_pair at = {m->t, index};
            const gf_tree *there = timed ? gf_put_names(n->d, meaning, &at, 1) : meaning;
            const gf_tree *as = gf_make_at(n->d, name, index);
            some |= there && as && !(n->bars && n->bars(n->data, as)) && put_in(n, f, there, as);
        }
    }
    return some;
}

static const gf_tree *as_product(const gf_naming *n, const gf_tree *tree)
{
    factors f = {.count = 0};
    split(n, &f, tree, false);
    return f.count <= FACTORS && put_names(n, &f) ? joined(n, &f) : tree;
}

/* The whole, then its parts, and with these the whole once more: 1 - tanh(c[t])^2, 1 - tc[t]^2, st[t]. */
static const gf_tree *named(const gf_naming *n, const gf_tree *tree)
{
    const gf_tree *kids[MOST_KIDS];
    bool same = true;
    if (!tree->count || tree->kind == TREE_AT || tree->count > MOST_KIDS || gf_tree_is_derivative(n->d->m, tree))
        return tree;
    tree = as_product(n, tree);
    for (uint32_t k = 0; tree && k < tree->count && tree->kind != TREE_AT; k++) {
        kids[k] = named(n, tree->kids[k]);
        same = same && kids[k] == tree->kids[k];
    }
    if (!tree || same || tree->kind == TREE_AT)
        return tree;
    tree = gf_make_raw(n->d, tree, kids, tree->count);
    return tree ? as_product(n, tree) : NULL;
}

const gf_tree *gf_factors_named(const gf_naming *naming, const gf_tree *tree)
{
    return named(naming, tree);
}
