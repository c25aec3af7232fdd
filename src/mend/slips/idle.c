/* What nobody writes.
 *
 * x - x, a / b * b, a * 1, a + 0, x^1, --x, x'', diag(a)', colsum(a'), sqrt(1), relu'(2), sum(t, a) of what has no t in
 * it: each is true of something at times, so that an edit, or a rewritten line, may come to it. In a chain of
 * factors, or of terms, the two that undo each other need not be neighbours. */
#include <string.h>

#include "language/functions.h"
#include "mend/slips/edits.h"
#include "model/scan.h"

bool gf_tree_is_chain(const gf_tree *tree, bool sum)
{
    return sum ? tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT
               : tree->kind == TREE_MULTIPLY || tree->kind == TREE_DIVIDE;
}

void gf_chain_add(gf_chain *out, const gf_tree *tree, bool sum, bool against)
{
    if (gf_tree_is_chain(tree, sum)) {
        bool turned = tree->kind == TREE_SUBTRACT || tree->kind == TREE_DIVIDE;
        gf_chain_add(out, tree->kids[0], sum, against);
        gf_chain_add(out, tree->kids[1], sum, against != turned);
    } else if (out->count < GF_CHAIN) {
        out->of[out->count] = tree;
        out->against[out->count++] = against;
    }
}

/* x - x, a / b * b, a * 1, 2 * a * 3, a + 0; 1 - (1 - x). */
static bool is_idle_chain(const gf_tree *tree, bool sum)
{
    gf_chain p = {.count = 0};
    int numbers[2] = {0, 0};
    gf_chain_add(&p, tree, sum, false);
    for (int k = 0; k < p.count; k++) {
        numbers[p.against[k]] += p.of[k]->kind == TREE_NUMBER;
        bool under = k == 0 && p.count > 1 && p.against[1]; /* 1 / x, 0 - x */
        if ((gf_tree_is(p.of[k], !sum) && !under) || (!sum && gf_tree_is(p.of[k], 0)))
            return true;
        for (int n = 0; n < k; n++)
            if (p.against[n] != p.against[k] && gf_tree_equal(p.of[n], p.of[k]))
                return true;
    }
    return !sum && (numbers[0] > 1 || numbers[1] > 1);
}

/* Is the function one number for all that is positive, as relu' is? */
static bool is_step(const gf_function *function)
{
    double at[2] = {1, 3}, out[2];
    if (!function->op || function->op->arity != 1)
        return false;
    for (int k = 0; k < 2; k++) {
        const gf_matrix x = gf_matrix_over(&at[k], 1, 1);
        gf_matrix y = gf_matrix_over(&out[k], 1, 1);
        const gf_matrix *list[] = {&x};
        const gf_attributes none = {.size = sizeof none};
        const gf_call call = {.in = list, .arity = 1, .p = &none, .op = function->op};
        function->op->forward(&y, &call);
    }
    return out[0] == out[1];
}

/* A function of a number, but for the few that make numbers: sqrt(2), exp(2), eye(3); relu' of a square; the largest of
 * what is 0 or 1, which is 1 nearly always. */
static bool is_idle_call(const gf_model *m, const gf_tree *tree)
{
    static const char *const makers[] = {"sqrt", "exp", "log", "eye"};
    const char *word = gf_model_text(m, tree->name);
    const gf_tree *of = tree->count == 1 ? tree->kids[0] : NULL;
    bool maker = false;
    gf_function function;
    for (size_t k = 0; k < sizeof makers / sizeof *makers; k++)
        maker |= !strcmp(word, makers[k]);
    if (!of || of->kind == TREE_NUMBER)
        return of && (!maker || (of->number == 1 && strcmp(word, "eye")) || of->number == 0);
    if (of->kind == TREE_TRANSPOSE)
        return gf_function_find(&function, word) && function.op && function.op->shape;
    bool extreme = gf_tree_compares(of), square = of->kind == TREE_POWER;
    if (!(extreme || square) || !gf_function_find(&function, word))
        return false;
    return extreme ? function.special == SPECIAL_MAX || function.special == SPECIAL_MIN : is_step(&function);
}

/* A sum over what nothing in it reads; such a product is a power. */
static bool is_unread(const gf_tree *tree)
{
    return tree->kind != TREE_PRODUCT && !gf_tree_mentions(gf_tree_body(tree), tree->name);
}

bool gf_tree_is_idle(const gf_model *m, const gf_tree *tree)
{
    bool sum = gf_tree_is_chain(tree, true);
    if (sum || gf_tree_is_chain(tree, false))
        return is_idle_chain(tree, sum);
    if (gf_tree_binds(tree))
        return is_unread(tree);
    switch (tree->kind) {
    case TREE_MATMUL:
        return gf_tree_is(tree->kids[0], 1) || gf_tree_is(tree->kids[1], 1);
    case TREE_POWER:
        return gf_tree_is(tree->kids[1], 1) || gf_tree_is(tree->kids[1], 0) || gf_tree_is(tree->kids[0], 1);
    case TREE_NEGATIVE: /* exp(-2 * a) has a -2 */
        return tree->kids[0]->kind == TREE_NEGATIVE;
    case TREE_TRANSPOSE:
        return tree->kids[0]->kind == TREE_TRANSPOSE || tree->kids[0]->kind == TREE_NUMBER ||
               !strcmp(gf_model_text(m, tree->kids[0]->kind == TREE_CALL ? tree->kids[0]->name : 0), "diag");
    case TREE_CALL:
        return is_idle_call(m, tree);
    default:
        return false;
    }
}

int gf_tree_idle(const gf_model *m, const gf_tree *tree)
{
    int count = gf_tree_is_idle(m, tree);
    for (uint32_t k = 0; k < tree->count && tree->kind != TREE_AT; k++)
        count += gf_tree_idle(m, tree->kids[k]);
    return count;
}
