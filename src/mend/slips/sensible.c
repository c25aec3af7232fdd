/* What no edit may be: true at times, and nothing that a person could mean.
 *
 * An edit is looked at with what is around it. Taking W for V in `W - V` makes `W - W`, which is 0; dividing a factor
 * by what it is multiplied by takes both away; `relu'(2)` and `sqrt(1)` are numbers; sum(t, sum(t, a)) names a step
 * that nothing reads. Only what the edit made is judged: what was there before may stay. And of two ways to say the
 * same one is enough: -(a * b) is -a * b, which is offered there; (a + b)' of a sum is said of what is summed. */
#include "language/functions.h"
#include "mend/slips/rewrite.h"
#include "model/scan.h"

enum { PARTS = 32 };

/* Factors of a product, or terms of a sum, and on which side each stands. */
typedef struct parts {
    const gf_tree *of[PARTS];
    bool against[PARTS]; /* divided by, taken off */
    int count;
} parts;

static bool is_chain(const gf_tree *tree, bool sum)
{
    return sum ? tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT
               : tree->kind == TREE_MULTIPLY || tree->kind == TREE_DIVIDE;
}

static void gather(parts *p, const gf_tree *tree, bool sum, bool against)
{
    if (is_chain(tree, sum)) {
        bool turned = tree->kind == TREE_SUBTRACT || tree->kind == TREE_DIVIDE;
        gather(p, tree->kids[0], sum, against);
        gather(p, tree->kids[1], sum, against != turned);
    } else if (p->count < PARTS) {
        p->of[p->count] = tree;
        p->against[p->count++] = against;
    }
}

static bool is_literal(const gf_tree *tree, double number)
{
    return tree->kind == TREE_NUMBER && tree->number == number;
}

/* x - x, a / b * b, a * 1, a + 0. */
static bool is_idle_chain(const gf_tree *tree, bool sum)
{
    parts p = {.count = 0};
    gather(&p, tree, sum, false);
    for (int k = 0; k < p.count; k++) {
        bool under = k == 0 && p.count > 1 && p.against[1]; /* 1 / x, 0 - x */
        if ((is_literal(p.of[k], !sum) && !under) || (!sum && is_literal(p.of[k], 0)))
            return true;
        for (int n = 0; n < k; n++)
            if (p.against[n] != p.against[k] && gf_tree_equal(p.of[n], p.of[k]))
                return true;
    }
    return false;
}

/* Is the function one number for all that is positive, as relu' is? */
static bool is_step(const gf_editor *editor, uint32_t name)
{
    double at[2] = {1, 3}, out[2];
    gf_function function;
    if (!gf_function_find(&function, gf_model_text(editor->m, name)) || !function.op || function.op->arity != 1)
        return false;
    for (int k = 0; k < 2; k++) {
        const gf_matrix x = gf_matrix_over(&at[k], 1, 1);
        gf_matrix y = gf_matrix_over(&out[k], 1, 1);
        const gf_matrix *list[] = {&x};
        const gf_attributes none = {.size = sizeof none};
        const gf_call call = {.in = list, .arity = 1, .p = &none, .op = function.op};
        function.op->forward(&y, &call);
    }
    return out[0] == out[1];
}

/* A function of a number that is 0 or 1, or of any number, where it is a derivative; relu' of a square. */
static bool is_call_of_number(const gf_editor *editor, const gf_tree *tree)
{
    const gf_function_word *word =
        tree->kind == TREE_CALL && tree->count == 1 ? gf_calculus_word(editor->calculus, tree->name) : NULL;
    const gf_tree *kid = word ? tree->kids[0] : NULL;
    return kid && (is_literal(kid, 0) || is_literal(kid, 1) ||
                   (word->name != word->base && (gf_edit_is_number(editor, kid, NULL) ||
                                                 (kid->kind == TREE_POWER && is_step(editor, tree->name)))));
}

/* The largest of what is 0 or 1 is 1 nearly always. */
static bool is_extreme_of_comparison(const gf_editor *editor, const gf_tree *tree)
{
    gf_function function;
    return tree->kind == TREE_CALL && tree->count == 1 && gf_tree_compares(tree->kids[0]) &&
           gf_function_find(&function, gf_model_text(editor->m, tree->name)) &&
           (function.special == SPECIAL_MAX || function.special == SPECIAL_MIN);
}

/* A sum over what nothing in it reads; such a product is a power. */
static bool is_unread(const gf_tree *tree)
{
    return gf_tree_binds(tree) && tree->kind != TREE_PRODUCT && !gf_tree_mentions(gf_tree_body(tree), tree->name);
}

/* A step that is never there: behind the last one, or before the first start. */
static bool is_beyond(const gf_editor *editor, const gf_tree *tree)
{
    const gf_tree *index = tree->kind == TREE_AT ? tree->kids[0] : NULL;
    bool sum = index && (index->kind == TREE_ADD || index->kind == TREE_SUBTRACT);
    return sum &&
           (index->kids[0]->kind == TREE_NUMBER || (index->kind == TREE_ADD && index->kids[0]->kind == TREE_NAME &&
                                                    index->kids[0]->name == editor->m->steps_name));
}

static bool is_idle(const gf_editor *editor, const gf_tree *tree)
{
    bool sum = is_chain(tree, true), power = tree->kind == TREE_POWER;
    return ((sum || is_chain(tree, false)) && is_idle_chain(tree, sum)) || is_call_of_number(editor, tree) ||
           is_extreme_of_comparison(editor, tree) ||
           (power && (is_literal(tree->kids[1], 1) || is_literal(tree->kids[1], 0))) || is_unread(tree) ||
           is_beyond(editor, tree);
}

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

/* In what is new: idle parts; sums within themselves; names that have no step, or must have one. */
static bool is_fine_within(const gf_editor *editor, const gf_spot *spot, const gf_tree *tree)
{
    const gf_symbol *symbol = gf_edit_symbol(editor, tree, spot->bindings);
    bool timed = tree->kind == TREE_AT;
    if (!is_new(tree))
        return true;
    if (is_idle(editor, tree) || (gf_tree_binds(tree) && is_within_sum(spot, tree->name)) ||
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
        return product || spot->variable || (up && is_chain(up, true) && spot->slot == 1);
    bool linear = instead->kind == TREE_TRANSPOSE || (instead->kind == TREE_CALL && instead->count == 1);
    return linear && ((up && up->kind == TREE_TRANSPOSE) || gf_tree_binds(kid));
}

/* What is above the spot, with that in its place. */
static gf_tree *lifted(gf_editor *editor, const gf_spot *spot, const gf_tree *instead)
{
    const gf_tree *up = spot->up->tree;
    gf_tree *kids[MOST_KIDS];
    if (up->count > MOST_KIDS)
        return NULL;
    for (uint32_t k = 0; k < up->count; k++)
        kids[k] = k == spot->slot ? (gf_tree *)instead : up->kids[k];
    return gf_edit_with_kids(editor, up, kids, up->count);
}

/* In the chain of factors or terms that the spot is part of. */
static bool is_idle_above(gf_editor *editor, const gf_spot *spot, const gf_tree *instead)
{
    const gf_tree *tree = instead;
    for (const gf_spot *at = spot; at->up; at = at->up) {
        tree = lifted(editor, at, tree);
        if (!tree || is_idle(editor, tree))
            return tree;
        if (!is_chain(tree, true) && !is_chain(tree, false))
            return false;
    }
    return false;
}

bool gf_edit_is_sensible(gf_editor *editor, const gf_spot *spot, const gf_tree *instead)
{
    bool side = !spot->up && gf_edit_is_number(editor, instead, spot->bindings);
    if (is_idle(editor, instead) && !is_idle(editor, spot->tree))
        return false;
    return !side && !is_said_better(spot, instead) && is_fine_within(editor, spot, instead) &&
           !is_idle_above(editor, spot, instead);
}
