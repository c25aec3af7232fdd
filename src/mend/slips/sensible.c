/* What no edit may be: true at times, and nothing that a person could mean.
 *
 * An edit is looked at with what is around it. Taking W for V in `W - V` makes `W - W`, which is 0; dividing a factor
 * by what it is multiplied by takes both away; `relu'(2)` and `sqrt(1)` are numbers; sum(t, sum(t, a)) names a step
 * that nothing reads. Only what the edit made is judged: what was there before may stay. And of two ways to say the
 * same one is enough: -(a * b) is -a * b, which is offered there; (a + b)' of a sum is said of what is summed. */
#include "mend/slips/rewrite.h"
#include "model/scan.h"

/* Is a sum over that name around the spot? */
static bool is_within_sum(const gf_spot *spot, uint32_t name)
{
    for (const gf_spot *up = spot->up; up; up = up->up)
        if (gf_tree_binds(up->tree) && up->tree->name == name)
            return true;
    return false;
}

static bool is_new(const gf_tree *tree)
{
    return tree->span.end == tree->span.begin;
}

/* Is it a name of a 1 x 1? That is multiplied by *. */
static bool is_scalar(const gf_editor *editor, const gf_spot *spot, const gf_tree *tree)
{
    const gf_symbol *symbol = gf_edit_symbol(editor, tree, spot->bindings);
    return symbol && symbol->rows == 1 && symbol->cols == 1;
}

/* In what is new: idle parts; sums within themselves; names that have no step, or must have one. */
static bool is_fine_within(const gf_editor *editor, const gf_spot *spot, const gf_tree *tree)
{
    const gf_symbol *symbol = gf_edit_symbol(editor, tree, spot->bindings);
    bool timed = tree->kind == TREE_AT;
    if (!is_new(tree))
        return true;
    if (tree->kind == TREE_MATMUL && (is_scalar(editor, spot, tree->kids[0]) || is_scalar(editor, spot, tree->kids[1])))
        return false;
    if (gf_tree_is_idle(editor->m, tree) || (gf_tree_binds(tree) && is_within_sum(spot, tree->name)) ||
        (symbol && symbol->timed != timed && !(timed && spot->variable)))
        return false;
    bool derivative = gf_tree_is_grad(editor->m, tree) || gf_tree_is_jacobian(editor->m, tree);
    for (uint32_t k = 0; !timed && !derivative && k < tree->count; k++)
        if (!is_fine_within(editor, spot, tree->kids[k]))
            return false;
    return true;
}

/* The same is said elsewhere, and better. */
static bool is_said_better(const gf_spot *spot, const gf_tree *instead)
{
    const gf_tree *up = spot->up ? spot->up->tree : NULL, *kid = instead->count ? instead->kids[0] : NULL;
    bool product = up && ((up->kind >= TREE_MATMUL && up->kind <= TREE_DIVIDE) || up->kind == TREE_NEGATIVE ||
                          up->kind == TREE_TRANSPOSE);
    if (!is_new(instead) || kid != spot->tree)
        return false;
    if (instead->kind == TREE_NEGATIVE)
        return product || spot->variable || (up && gf_tree_is_chain(up, true) && spot->slot == 1);
    bool linear = instead->kind == TREE_TRANSPOSE || (instead->kind == TREE_CALL && instead->count == 1);
    return linear && ((up && up->kind == TREE_TRANSPOSE) || gf_tree_binds(kid));
}

/* grad(h[t] | h[t]): what is asked for is held, once `instead` stands in that slot; NULL: as it is. */
static bool holds_its_own(const gf_tree *tree, uint32_t slot, const gf_tree *instead)
{
    uint32_t own = tree->count - tree->held;
    for (uint32_t k = own; k < tree->count; k++)
        for (uint32_t n = 0; n < own; n++)
            if (gf_tree_equal(instead && k == slot ? instead : tree->kids[k],
                              instead && n == slot ? instead : tree->kids[n]))
                return true;
    return false;
}

bool gf_edit_is_sensible(gf_editor *editor, const gf_spot *spot, const gf_tree *instead)
{
    bool side = !spot->up && gf_edit_is_number(editor, instead, spot->bindings);
    if (gf_tree_is_idle(editor->m, instead) && !gf_tree_is_idle(editor->m, spot->tree))
        return false;
    if (holds_its_own(instead, 0, NULL) || (spot->up && holds_its_own(spot->up->tree, spot->slot, instead)))
        return false;
    return !side && !is_said_better(spot, instead) && is_fine_within(editor, spot, instead);
}
