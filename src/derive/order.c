/* The order of a derivation: the equations that the loss needs, from the loss backward. */
#include "derive/gradients.h"

#include <stdlib.h>

#include "base/grow.h"

/* An equation that is being gone through: how many of the names in it are left. */
typedef struct visit {
    uint32_t number; /* of its side */
    const gf_tree **names;
    size_t left;
} visit;

/* --- names in an expression --------------------------------------------------------------------------------------- */

typedef struct list {
    const gf_tree **trees;
    size_t count, room;
} list;

static bool collect(gf_gradients *x, const gf_tree *tree, list *out)
{
    const gf_symbol *symbol = gf_model_named(x->d.m, tree);
    if (symbol && symbol->kind >= SYMBOL_PARAM && symbol->kind <= SYMBOL_EQUATION &&
        (tree->kind == TREE_AT) == symbol->timed) {
        if (!gf_grow(&out->trees, &out->room, out->count + 1)) {
            x->d.problems->out_of_memory = true;
            return false;
        }
        out->trees[out->count++] = tree;
        return true;
    }
    for (uint32_t k = 0; k < tree->count; k++)
        if (!collect(x, tree->kids[k], out))
            return false;
    return true;
}

/* h[t-1], h[t+2]: another step of the same recurrence, which need not come before. */
static bool is_shifted(const gf_gradients *x, const gf_tree *tree)
{
    if (tree->kind != TREE_AT)
        return false;
    gf_affine index = gf_affine_of(tree->kids[0]);
    return index.fits && index.number && index.count == 1 && gf_affine_factor(&index, x->d.m->t) == 1;
}

/* --- the order ---------------------------------------------------------------------------------------------------- */

static uint32_t side_of(gf_gradients *x, const gf_tree *name)
{
    uint32_t number = x->targets[name->name].side;
    return number && !x->sides[number].visited ? number : 0;
}

static bool enter(gf_gradients *x, uint32_t number, visit **stack, size_t *count, size_t *room)
{
    list names = {0};
    x->sides[number].visited = true;
    if (!collect(x, x->sides[number].value, &names) || !gf_grow(stack, room, *count + 1)) {
        x->d.problems->out_of_memory = true;
        free(names.trees);
        return false;
    }
    for (size_t k = 0; k < names.count; k++)
        x->targets[names.trees[k]->name].reached = true;
    (*stack)[(*count)++] = (visit){number, names.trees, names.count};
    return true;
}

/* Depth first, with a stack of its own: a chain of equations may be long. The last name first: all is turned
 * round in the end, and then the gates of a cell stand as in the file. */
static void visit_from(gf_gradients *x, uint32_t root, list *later)
{
    visit *stack = NULL;
    size_t count = 0, room = 0;
    uint32_t *order = x->order + x->order_count, found = 0;
    bool good = enter(x, root, &stack, &count, &room);
    while (good && count) {
        visit *top = &stack[count - 1];
        if (!top->left) {
            order[found++] = top->number;
            free(top->names);
            count--;
            continue;
        }
        const gf_tree *name = top->names[--top->left];
        uint32_t number = side_of(x, name);
        if (number && is_shifted(x, name)) {
            good = gf_grow(&later->trees, &later->room, later->count + 1);
            x->d.problems->out_of_memory |= !good;
            if (good)
                later->trees[later->count++] = name;
        } else if (number) {
            good = enter(x, number, &stack, &count, &room);
        }
    }
    while (count)
        free(stack[--count].names);
    free(stack);
    for (uint32_t a = 0, b = found; a + 1 < b; a++) {
        uint32_t swapped = order[a];
        order[a] = order[--b];
        order[b] = swapped;
    }
    x->order_count += found;
}

/* A start that is an equation comes with its name. */
static bool visit_starts(gf_gradients *x, list *later)
{
    bool more = false;
    for (uint32_t k = 1; k < x->side_count; k++)
        if (x->sides[k].start && x->targets[x->sides[k].statement->name].reached && !x->sides[k].visited) {
            visit_from(x, k, later);
            more = true;
        }
    return more;
}

bool gf_gradients_order(gf_gradients *x)
{
    list later = {0};
    size_t done = 0;
    visit_from(x, 0, &later);
    do
        while (done < later.count && !x->d.problems->out_of_memory) {
            uint32_t number = side_of(x, later.trees[done++]);
            if (number)
                visit_from(x, number, &later);
        }
    while (!x->d.problems->out_of_memory && visit_starts(x, &later));
    free(later.trees);
    return !x->d.problems->out_of_memory;
}

bool gf_gradients_count(gf_gradients *x, uint32_t side, int by)
{
    list names = {0};
    bool good = collect(x, x->sides[side].value, &names);
    for (size_t k = 0; k < names.count; k++) {
        gf_target *target = &x->targets[names.trees[k]->name];
        bool again = false;
        for (size_t j = 0; j < k; j++)
            again |= names.trees[j]->name == names.trees[k]->name;
        if (!again)
            target->pending += (uint32_t)by;
    }
    free(names.trees);
    return good;
}
