/* Working things out in the order of what they need: a depth-first walk with a stack of its own. */
#include "model/order.h"

#include <stdlib.h>

#include "base/grow.h"

/* An item on its way; entered once its needs lie above it. */
struct gf_order_entry {
    gf_item item;
    bool entered;
};

typedef struct gf_order_entry entry;

static void push(gf_order *order, gf_item item)
{
    if (gf_grow(&order->stack, &order->room, order->count + 1))
        order->stack[order->count++] = (entry){item, false};
    else
        order->out_of_memory = true;
}

static bool same(gf_item a, gf_item b)
{
    return a.symbol == b.symbol && (a.t == b.t || !a.symbol->timed);
}

/* What has been entered and lies above the item that is needed again. */
static void report_circle(gf_order *order, gf_item item)
{
    size_t from = 0, count = 0;
    for (size_t k = 0; k < order->count; k++)
        if (order->stack[k].entered && same(order->stack[k].item, item))
            from = k;
    gf_item *path = malloc((order->count - from) * sizeof *path);
    if (!path) {
        order->out_of_memory = true;
        return;
    }
    for (size_t k = from; k < order->count; k++)
        if (order->stack[k].entered)
            path[count++] = order->stack[k].item;
    order->circle(order, path, count);
    for (size_t k = 0; k < count; k++)
        *order->progress(order, path[k]) = PROGRESS_FAILED;
    free(path);
}

void gf_order_need(gf_order *order, gf_item item)
{
    gf_progress *progress = order->progress(order, item);
    if (*progress == PROGRESS_NONE)
        push(order, item);
    else if (*progress == PROGRESS_ENTERED && order->circle)
        report_circle(order, item);
}

/* The first need shall be worked out first: it has to lie on top. */
static void reverse(gf_order *order, size_t from)
{
    for (size_t low = from, high = order->count; low + 1 < high; low++) {
        entry swapped = order->stack[low];
        order->stack[low] = order->stack[--high];
        order->stack[high] = swapped;
    }
}

void gf_order_run(gf_order *order, gf_item item)
{
    if (order->out_of_memory)
        return; /* items were left half-way: they are no circle */
    size_t bottom = order->count;
    gf_order_need(order, item);
    while (order->count > bottom && !order->out_of_memory) {
        size_t top = order->count - 1;
        gf_item now = order->stack[top].item;
        gf_progress *progress = order->progress(order, now);
        if (*progress == PROGRESS_NONE) {
            *progress = PROGRESS_ENTERED;
            order->stack[top].entered = true;
            order->needs(order, now);
            reverse(order, top + 1);
            continue;
        }
        bool ready = *progress == PROGRESS_ENTERED;
        order->count--;
        if (!ready)
            continue;
        order->work(order, now);
        if (*progress == PROGRESS_ENTERED)
            *progress = PROGRESS_DONE;
    }
    order->count = bottom;
}

void gf_order_free(gf_order *order)
{
    free(order->stack);
    order->stack = NULL;
    order->count = order->room = 0;
}

/* --- what an expression names -------------------------------------------------------------------------------- */

static void visit_over(gf_evaluation *e, const gf_tree *tree, bool each, gf_visitor *visit)
{
    gf_extent extent = {0, 0, 1};
    gf_evaluation quiet = *e;
    quiet.problems = NULL;
    if (each && gf_extent_of(&quiet, tree, &extent) != INTEGER_KNOWN)
        return; /* what is wrong with the range is said where the sum is worked out */
    gf_binding binding = {.name = tree->name, .known = each, .value = extent.first, .outer = e->bindings};
    const gf_binding *outer = e->bindings;
    e->bindings = &binding;
    for (long k = 0; k < extent.count && gf_work(e, tree); k++, binding.value += extent.step)
        gf_visit_names(e, gf_tree_body(tree), each, visit);
    e->bindings = outer;
}

static void visit_at(gf_evaluation *e, const gf_tree *tree, gf_symbol *symbol, gf_visitor *visit)
{
    long t;
    gf_integer_result result = gf_integer(e->m, NULL, tree->kids[0], e->bindings, &t);
    if (result != INTEGER_BAD)
        visit(e, tree, symbol, result == INTEGER_KNOWN, t);
}

static bool is_derivative(const gf_model *m, const gf_tree *tree)
{
    return tree->kind == TREE_CALL && (tree->name == m->grad || tree->name == m->jacobian);
}

void gf_visit_names(gf_evaluation *e, const gf_tree *tree, bool each, gf_visitor *visit)
{
    if (tree->kind == TREE_SUM || tree->kind == TREE_PRODUCT) {
        visit_over(e, tree, each, visit);
        return;
    }
    if (tree->kind == TREE_NAME || tree->kind == TREE_AT) {
        gf_symbol *symbol = gf_model_symbol(e->m, tree->name);
        bool index = tree->kind == TREE_NAME && gf_binding_find(e->bindings, tree->name);
        if (!symbol || symbol->kind < SYMBOL_PARAM || index)
            return;
        if (tree->kind == TREE_AT)
            visit_at(e, tree, symbol, visit);
        else
            visit(e, tree, symbol, true, 0);
        return;
    }
    if (is_derivative(e->m, tree))
        return;
    for (uint32_t k = 0; k < tree->count; k++)
        gf_visit_names(e, tree->kids[k], each, visit);
}
