/* The walk through an expression, index by index or with the indices open, without working it out. */
#include "model/scan.h"

bool gf_tree_is_grad(const gf_model *m, const gf_tree *tree)
{
    return tree->kind == TREE_CALL && tree->name == m->grad;
}

bool gf_tree_is_jacobian(const gf_model *m, const gf_tree *tree)
{
    return tree->kind == TREE_CALL && tree->name == m->jacobian;
}

bool gf_tree_is_derivative(const gf_model *m, const gf_tree *tree)
{
    return gf_tree_is_grad(m, tree) || gf_tree_is_jacobian(m, tree);
}

/* What a name stands for, if the walk is after such; else NULL. */
static gf_symbol *symbol_of(const gf_scan *scan, const gf_tree *tree)
{
    if (tree->kind == TREE_NAME && gf_binding_find(scan->bindings, tree->name))
        return NULL;
    gf_symbol *symbol = gf_model_symbol(scan->m, tree->name);
    return symbol && symbol->kind >= scan->least ? symbol : NULL;
}

/* Is there anything in it that the walk is after? */
static bool concerns(const gf_scan *scan, const gf_tree *tree)
{
    if (gf_tree_is_name(tree))
        return symbol_of(scan, tree);
    if (gf_tree_is_derivative(scan->m, tree))
        return scan->derivative;
    for (uint32_t k = 0; k < tree->count; k++)
        if (concerns(scan, tree->kids[k]))
            return true;
    return false;
}

static bool within_limit(const gf_scan *scan)
{
    return !scan->work || *scan->work <= 10 * scan->m->node_limit + 1000000;
}

/* One more piece, where they are counted apart. */
static bool has_work_left(const gf_scan *scan)
{
    bool asks = scan->work && ++*scan->work % 1024 == 0;
    return within_limit(scan) && !(asks && gf_model_ended(scan->m));
}

/* One more index. */
static bool goes_on(const gf_scan *scan, const gf_tree *tree)
{
    gf_evaluation e = {.m = scan->m, .problems = scan->problems};
    return scan->work ? has_work_left(scan) : gf_work(&e, tree);
}

static bool scan_name(gf_scan *scan, const gf_tree *tree)
{
    gf_symbol *symbol = symbol_of(scan, tree);
    gf_integer_result result = INTEGER_KNOWN;
    long t = 0;
    if (symbol && tree->kind == TREE_AT)
        result = gf_integer(scan->m, NULL, tree->kids[0], scan->bindings, &t);
    return !symbol || result == INTEGER_BAD || scan->name(scan, tree, symbol, t);
}

/* The body, at every value of the index that is new. */
static bool scan_range(gf_scan *scan, const gf_tree *tree, gf_binding *index, gf_extent extent)
{
    gf_evaluation quiet = {.m = scan->m, .bindings = index->outer, .running = scan->running};
    gf_purpose purpose = scan->derivative ? PURPOSE_DERIVATIVES : PURPOSE_LETS;
    const gf_extent whole = extent;
    size_t ticket = gf_running_walk(&quiet, tree, purpose, &extent);
    bool good = true;
    index->value = extent.first;
    long k = 0;
    for (; good && k < extent.count && goes_on(scan, tree); k++, index->value += extent.step)
        good = gf_scan_tree(scan, gf_tree_body(tree));
    if (good && k == extent.count && within_limit(scan))
        gf_running_walked(scan->running, ticket, purpose, &whole);
    return good;
}

static bool scan_over(gf_scan *scan, const gf_tree *tree)
{
    gf_evaluation quiet = {.m = scan->m, .bindings = scan->bindings};
    gf_extent extent;
    if (!scan->open && (gf_extent_of(&quiet, tree, &extent) != INTEGER_KNOWN || !extent.count))
        return true;
    gf_binding index = {.name = tree->name, .known = !scan->open, .outer = scan->bindings};
    bool good = true;
    scan->bindings = &index;
    if (scan->open)
        good = gf_scan_tree(scan, gf_tree_body(tree));
    else if (scan->problems || concerns(scan, gf_tree_body(tree))) /* too much work is reported at its sum */
        good = scan_range(scan, tree, &index, extent);
    scan->bindings = index.outer;
    return good;
}

bool gf_scan_tree(gf_scan *scan, const gf_tree *tree)
{
    if (!has_work_left(scan))
        return true;
    if (gf_tree_is_name(tree))
        return scan_name(scan, tree);
    if (gf_tree_is_derivative(scan->m, tree))
        return !scan->derivative || scan->derivative(scan, tree);
    if (gf_tree_binds(tree))
        return scan_over(scan, tree);
    for (uint32_t k = 0; k < tree->count; k++)
        if (!gf_scan_tree(scan, tree->kids[k]))
            return false;
    return true;
}
