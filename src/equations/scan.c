/* Walks through expressions, index by index, without working them out. */
#include "equations/scan.h"

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

static bool has_work_left(const gf_scan *scan)
{
    bool asks = ++*scan->work % 1024 == 0;
    return *scan->work <= 10 * scan->m->node_limit + 1000000 && !(asks && gf_model_ended(scan->m));
}

static bool scan_let(gf_scan *scan, const gf_tree *tree, gf_symbol *symbol)
{
    long t = 0;
    if (tree->kind == TREE_AT && gf_integer(scan->m, NULL, tree->kids[0], scan->bindings, &t) != INTEGER_KNOWN)
        return true;
    return !scan->let || scan->let(scan, tree, symbol, t);
}

/* The body, at every value of the index. */
static bool scan_over(gf_scan *scan, const gf_tree *tree)
{
    gf_evaluation quiet = {.m = scan->m, .bindings = scan->bindings};
    gf_extent extent;
    if (gf_extent_of(&quiet, tree, &extent) != INTEGER_KNOWN)
        return true;
    const gf_tree *body = gf_tree_body(tree);
    gf_binding binding = {.name = tree->name, .known = true, .value = extent.first, .outer = scan->bindings};
    scan->bindings = &binding;
    bool goes_on = true, concerned = concerns(scan, body);
    for (long k = 0; concerned && goes_on && k < extent.count && has_work_left(scan); k++, binding.value += extent.step)
        goes_on = gf_scan_tree(scan, body);
    scan->bindings = binding.outer;
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
