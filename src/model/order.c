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
