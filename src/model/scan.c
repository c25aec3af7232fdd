/* Walks through expressions, index by index, without working them out. */
#include "model/scan.h"

bool gf_tree_is_grad(const gf_model *m, const gf_tree *tree)
{
    return tree->kind == TREE_CALL && tree->name == m->grad;
}

bool gf_tree_is_jacobian(const gf_model *m, const gf_tree *tree)
{
    return tree->kind == TREE_CALL && tree->name == m->jacobian;
}

static bool is_derivative(const gf_model *m, const gf_tree *tree)
{
    return gf_tree_is_grad(m, tree) || gf_tree_is_jacobian(m, tree);
}

static gf_symbol *let_of(const gf_scan *scan, const gf_tree *tree)
{
    if (tree->kind == TREE_NAME && gf_binding_find(scan->bindings, tree->name))
        return NULL;
    gf_symbol *symbol = tree->kind == TREE_NAME || tree->kind == TREE_AT ? gf_model_symbol(scan->m, tree->name) : NULL;
    return symbol && symbol->kind == SYMBOL_LET ? symbol : NULL;
}

/* Is there anything in it that the walk is after? */
static bool concerns(const gf_scan *scan, const gf_tree *tree)
{
    if ((scan->let && let_of(scan, tree)) || (scan->derivative && is_derivative(scan->m, tree)))
        return true;
    for (uint32_t k = 0; k < tree->count; k++)
        if (concerns(scan, tree->kids[k]))
            return true;
    return false;
}

static bool within_limit(const gf_scan *scan)
{
    return *scan->work <= 10 * scan->m->node_limit + 1000000;
}

static bool has_work_left(const gf_scan *scan)
{
    bool asks = ++*scan->work % 1024 == 0;
    return within_limit(scan) && !(asks && gf_model_ended(scan->m));
}

static bool scan_let(gf_scan *scan, const gf_tree *tree, gf_symbol *symbol)
{
    long t = 0;
    if (tree->kind == TREE_AT && gf_integer(scan->m, NULL, tree->kids[0], scan->bindings, &t) != INTEGER_KNOWN)
        return true;
    return !scan->let || scan->let(scan, tree, symbol, t);
}

/* The body, at every value of the index that is new. */
static bool scan_range(gf_scan *scan, const gf_tree *tree, gf_binding *index, gf_extent extent)
{
    gf_evaluation quiet = {.m = scan->m, .bindings = index->outer, .running = scan->running};
    gf_purpose purpose = scan->derivative ? PURPOSE_DERIVATIVES : PURPOSE_LETS;
    const gf_extent whole = extent;
    size_t ticket = gf_running_walk(&quiet, tree, purpose, &extent);
    bool goes_on = true;
    index->value = extent.first;
    long k = 0;
    for (; goes_on && k < extent.count && has_work_left(scan); k++, index->value += extent.step)
        goes_on = gf_scan_tree(scan, gf_tree_body(tree));
    if (goes_on && k == extent.count && within_limit(scan))
        gf_running_walked(scan->running, ticket, purpose, &whole);
    return goes_on;
}

static bool scan_over(gf_scan *scan, const gf_tree *tree)
{
    gf_evaluation quiet = {.m = scan->m, .bindings = scan->bindings};
    gf_extent extent;
    if (gf_extent_of(&quiet, tree, &extent) != INTEGER_KNOWN || !extent.count)
        return true;
    gf_binding index = {.name = tree->name, .known = true, .outer = scan->bindings};
    scan->bindings = &index;
    bool goes_on = !concerns(scan, gf_tree_body(tree)) || scan_range(scan, tree, &index, extent);
    scan->bindings = index.outer;
    return goes_on;
}

bool gf_scan_tree(gf_scan *scan, const gf_tree *tree)
{
    if (!has_work_left(scan))
        return true;
    gf_symbol *let = let_of(scan, tree);
    if (let)
        return scan_let(scan, tree, let);
    if (is_derivative(scan->m, tree))
        return !scan->derivative || scan->derivative(scan, tree);
    if (tree->kind == TREE_SUM || tree->kind == TREE_PRODUCT)
        return scan_over(scan, tree);
    for (uint32_t k = 0; k < tree->count; k++)
        if (!gf_scan_tree(scan, tree->kids[k]))
            return false;
    return true;
}
