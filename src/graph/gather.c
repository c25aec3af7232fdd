/* Contributions put off: a weight is multiplied at every step, and the gradients of all those products are one product.
 *
 * Take y[t] = x[t] @ W for t = 1 to 100, each x[t] a row of 32 entries, each y[t] of 64. Step by step W receives
 * x[t]' @ G[t], 32 x 64 numbers that are all read, added to and written again, for 2 operations each. But
 *
 *     sum over t of x[t]' @ G[t]  =  [x[1]; x[2]; ...]' @ [G[1]; G[2]; ...]
 *
 * is one product of matrices, for which BLAS reads and writes W's gradient once. Nothing stands in the way of waiting:
 * values do not change in a sweep, the gradients of nodes that were passed stay where they are, and W, a leaf, is what
 * the sweep comes to last. So users are noted down, MOST at a time and all of one shape, and their rows are copied
 * together when the list is full or the sweep comes to W. With columns, y[t] = W @ x[t], parts stand side by side
 * instead: an operation's row says which (`gathers`), and its own vjp takes them as if they were one operand and one G.
 *
 * It pays where the products are thin, of fewer than FEW_ROWS examples a step; and of more, as long as several fit into
 * MOST_ROWS, where W's gradient is so LARGE that the caches have lost it when the next step adds to it. */
#include "graph/sweep.h"

#include <stdlib.h>

#include "base/grow.h"
#include "base/sized.h"
#include "ops/ops.h"

enum { MOST = 64, MOST_ROWS = 256, PLACES = 32, FEW_ROWS = 8, LARGE = 1 << 15 };

/* Users whose contributions to one operand wait. */
typedef struct batch {
    gf_node *operand;
    int slot, count;
    gf_node *users[MOST];
} batch;

struct gf_gathering {
    batch batches[PLACES]; /* that of an operand has the number id % PLACES */
    double *parts[2];      /* room for what is copied together: other operands, gradients */
    size_t room[2];
};

static int thickness(const gf_node *user, int slot)
{
    return gf_length(&user->value, user->op->gathers[slot] == GF_BELOW);
}

int gf_gathers(const gf_node *user, int slot)
{
    if (user->op->arity != 2 || !gf_sized_reaches(user->op, gathers) || !user->op->gathers[slot])
        return 0;
    int thick = thickness(user, slot);
    bool large = gf_entries(&gf_operand(user, slot)->value) >= LARGE;
    return thick < FEW_ROWS || (large && 4 * thick <= MOST_ROWS) ? thick : 0;
}

/* --- parts copied together ------------------------------------------------------------ */

/* Number k of the parts, which are of one shape, to its place in the whole. */
static void put_part(const gf_matrix *whole, const gf_matrix *part, bool below, int k)
{
    gf_matrix place = gf_part_of(whole, below, k * gf_length(part, below), part);
    for (int i = 0; i < part->rows; i++)
        memcpy(gf_row(&place, i), gf_row(part, i), (size_t)part->cols * sizeof *part->data);
}

static gf_matrix whole_of(double *numbers, const gf_matrix *part, bool below, int count)
{
    return gf_matrix_over(numbers, part->rows * (below ? count : 1), part->cols * (below ? 1 : count));
}

/* The vjp of all users at once. */
static bool flush(struct gf_gathering *all, batch *b)
{
    const gf_node *first = b->users[0];
    bool below = first->op->gathers[b->slot] == GF_BELOW;
    const gf_matrix *other = &gf_operand(first, 1 - b->slot)->value, *shapes[2] = {other, &first->value}, *in[2];
    for (int p = 0; p < 2; p++)
        if (!gf_grow(&all->parts[p], &all->room[p], gf_entries(shapes[p]) * (size_t)b->count))
            return false;
    gf_matrix others = whole_of(all->parts[0], other, below, b->count);
    gf_matrix G = whole_of(all->parts[1], &first->value, below, b->count);
    for (int k = 0; k < b->count; k++) {
        put_part(&others, &gf_operand(b->users[k], 1 - b->slot)->value, below, k);
        put_part(&G, &b->users[k]->gradient, below, k);
    }
    in[b->slot] = &b->operand->value;
    in[1 - b->slot] = &others;
    gf_call call = {.in = in, .arity = 2, .p = &gf_no_attributes, .op = first->op};
    gf_node_vjp(first, b->slot)(&b->operand->gradient, gf_first_or_more(b->operand), &G, &call, b->slot);
    b->count = 0;
    return true;
}

/* --- the list ------------------------------------------------------------------------- */

static batch *batch_of(const gf_node *operand)
{
    struct gf_gathering *all = operand->graph->gathering;
    return all ? &all->batches[operand->id % PLACES] : NULL;
}

/* Can the user's contribution be worked out together with those of the batch? */
static bool fits(const batch *b, const gf_node *user, int slot)
{
    const gf_node *first = b->users[0];
    return b->count < MOST && (b->count + 1) * thickness(user, slot) <= MOST_ROWS && b->slot == slot &&
           first->op == user->op && gf_operand(first, slot) == gf_operand(user, slot) &&
           gf_same_shape(&first->value, &user->value) &&
           gf_same_shape(&gf_operand(first, 1 - slot)->value, &gf_operand(user, 1 - slot)->value);
}

bool gf_gather(gf_node *user, int slot)
{
    gf_node *operand = gf_operand(user, slot);
    gf_graph *g = operand->graph;
    if (!g->gathering && !(g->gathering = calloc(1, sizeof *g->gathering)))
        return false;
    batch *b = batch_of(operand);
    if (b->count && !fits(b, user, slot) && !flush(g->gathering, b))
        return false;
    b->operand = operand;
    b->slot = slot;
    b->users[b->count++] = user;
    return true;
}

bool gf_gather_arrive(gf_node *operand)
{
    batch *b = batch_of(operand);
    return !b || !b->count || b->operand != operand || flush(operand->graph->gathering, b);
}

void gf_gather_free(gf_graph *g)
{
    for (int p = 0; g->gathering && p < 2; p++)
        free(g->gathering->parts[p]);
    free(g->gathering);
    g->gathering = NULL;
}

size_t gf_gather_memory(const gf_graph *g)
{
    const struct gf_gathering *all = g->gathering;
    return all ? sizeof *all + (all->room[0] + all->room[1]) * sizeof *all->parts[0] : 0;
}
