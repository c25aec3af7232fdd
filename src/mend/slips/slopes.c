/* Slopes: what stands between the gradient of a part of an equation and that of a part of the part.
 *
 * h[t] = sqrt(exp(W @ h[t-1]) + 1): what sqrt is of receives G / (2 * h[t]), and what exp is of
 * G / (2 * h[t]) * exp(W @ h[t-1]). Who forgets a slope writes G for it, whatever stands for G. So does who forgets
 * that a part of [h[t-1]; x[t]] receives but its rows, rows(G, 1, m). */
#include "mend/slips/calculus.h"

static bool is_nonlinear(gf_calculus *c, const gf_tree *node)
{
    bool parts = node->kind == TREE_STACKED || node->kind == TREE_BESIDE;
    return node->kind == TREE_DIVIDE || parts || gf_calculus_is_function(c, node);
}

static void add_slope(gf_calculus *c, const gf_tree *start, const gf_tree *tree)
{
    gf_extents extents;
    bool known = c->slope_count == GF_SLOPES || !gf_extents_of(&c->d, start, &extents);
    for (int k = 0; k < c->slope_count; k++)
        known |= gf_tree_equal(c->slopes[k].tree, tree);
    if (!known)
        c->slopes[c->slope_count++] = (gf_slope){.tree = tree, .rows = extents.size[0], .cols = extents.size[1]};
}

/* The sums in a slope of which G itself is a term: who forgets the other one writes G for the sum. */
static void add_sums(gf_calculus *c, const gf_tree *start, const gf_tree *tree)
{
    for (uint32_t k = 0; k < tree->count; k++) {
        const gf_tree *kid = tree->kids[k];
        if (kid->kind == TREE_NAME && kid->name == c->G && gf_tree_adds(tree) && tree->count == 2)
            add_slope(c, start, tree);
        add_sums(c, start, kid);
    }
}

/* From the gradient `arrives` of a node on, through functions and sums. */
static void descend(gf_calculus *c, const gf_statement *s, const gf_tree *start, const gf_tree *node,
                    const gf_tree *arrives)
{
    bool nonlinear = is_nonlinear(c, node);
    const gf_tree *y = node == s->value ? gf_make_at(&c->d, s->name, s->index) : node;
    if (!nonlinear && !gf_tree_adds(node))
        return;
    for (uint32_t k = 0; k < node->count; k++) {
        double number;
        bool passes = gf_passes(&c->d, node, k) && !gf_number_of(&c->d, node->kids[k], &number);
        const gf_tree *pulled = passes ? gf_pull(&c->d, node, k, arrives, y) : NULL;
        if (!pulled)
            continue;
        if (nonlinear && !gf_tree_equal(pulled, arrives))
            add_slope(c, start, pulled);
        add_sums(c, start, pulled);
        descend(c, s, start, node->kids[k], pulled);
    }
}

static void look_at(gf_calculus *c, const gf_statement *s, const gf_tree *node)
{
    const gf_tree *G = is_nonlinear(c, node) ? gf_calculus_arriving(c, node) : NULL;
    if (G)
        descend(c, s, node, node, G);
    bool binds = node->kind == TREE_AT || gf_tree_binds(node);
    for (uint32_t k = 0; !binds && k < node->count; k++)
        look_at(c, s, node->kids[k]);
}

void gf_calculus_find_slopes(gf_calculus *c)
{
    for (const gf_statement *s = c->d.m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_EQUATION && !s->broken)
            look_at(c, s, s->value);
}
