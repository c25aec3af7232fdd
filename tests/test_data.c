/* Data to train with: batches, their rows in leaves, and back. */
#include "support.h"

#include <gradflow/data.h>

/* --- batches ----------------------------------------------------------------------------------------- */

static gf_batches *batches_of(size_t examples, size_t batch, uint64_t seed)
{
    gf_batches *b;
    ck_assert_int_eq(gf_batches_new(&b, examples, batch, seed), GF_OK);
    return b;
}

/* Each example of an epoch once: how often each occurs, and the order as a number of base 10. */
static long epoch_of(gf_batches *b, int seen[10])
{
    long order = 0;
    size_t size;
    while ((size = gf_batches_next(b)))
        for (size_t k = 0; k < size; k++) {
            seen[gf_batches_example(b, k)]++;
            order = 10 * order + (long)gf_batches_example(b, k);
        }
    return order;
}

START_TEST(an_epoch_has_each_example_once)
{
    gf_batches *b = batches_of(7, 3, 5), *same = batches_of(7, 7, 5);
    ck_assert(gf_batches_next(b) == 3 && gf_batches_example(b, 2) == 2 && gf_batches_example(b, 3) == SIZE_MAX);
    ck_assert(gf_batches_next(b) == 3 && gf_batches_next(b) == 1 && gf_batches_example(b, 0) == 6);
    ck_assert(gf_batches_next(b) == 0 && gf_batches_example(b, 0) == SIZE_MAX);
    ck_assert(gf_batches_next(b) == 3 && gf_batches_example(b, 0) == 0);
    int seen[10] = {0};
    long before = 0;
    for (int epoch = 1; epoch <= 5; epoch++) {
        gf_batches_shuffle(b), gf_batches_shuffle(same);
        long order = epoch_of(b, seen);
        ck_assert(order != before && order == epoch_of(same, (int[10]){0}));
        before = order;
        for (int k = 0; k < 7; k++)
            ck_assert_int_eq(seen[k], epoch);
    }
    gf_batches_free(b), gf_batches_free(same);
}
END_TEST

/* Every order of three as often as the others: 12,000 draws, six orders, standard deviation 41. */
START_TEST(every_order_is_as_likely)
{
    gf_batches *b = batches_of(3, 0, 0);
    int count[1000] = {0}, orders = 0;
    for (int k = 0; k < 12000; k++) {
        gf_batches_shuffle(b);
        count[epoch_of(b, (int[10]){0})]++;
    }
    for (int k = 0; k < 1000; k++) {
        orders += count[k] > 0;
        ck_assert(!count[k] || abs(count[k] - 2000) < 200);
    }
    ck_assert_int_eq(orders, 6);
    gf_batches_free(b);
}
END_TEST

START_TEST(a_split_parts_the_present_order)
{
    gf_batches *b = batches_of(10, 4, 1), *rest, *none;
    int seen[10] = {0};
    gf_batches_shuffle(b);
    ck_assert_int_eq(gf_batches_split(&rest, b, 0.75), GF_OK);
    ck_assert(gf_batches_count(b) == 8 && gf_batches_count(rest) == 2);
    epoch_of(b, seen);
    epoch_of(rest, seen);
    for (int k = 0; k < 10; k++)
        ck_assert_int_eq(seen[k], 1);
    ck_assert_int_eq(gf_batches_split(&none, b, 1), GF_OK);
    ck_assert(gf_batches_count(none) == 0 && gf_batches_next(none) == 0 && gf_batches_next(b) == 4);
    gf_batches_free(b), gf_batches_free(rest), gf_batches_free(none);
}
END_TEST

START_TEST(orders_that_make_no_sense_are_refused)
{
    gf_batches *b = batches_of(2, 1, 0), *out = b;
    ck_assert(gf_batches_new(&out, 0, 1, 0) == GF_ERROR_ARGUMENT && !out);
    ck_assert(gf_batches_split(&out, b, 0) == GF_ERROR_ARGUMENT && gf_batches_split(&out, b, NAN) && !out);
    ck_assert(gf_batches_split(&out, b, 1.1) && gf_batches_split(&out, NULL, 1) && gf_batches_split(NULL, b, 1));
    ck_assert(gf_batches_new(&out, SIZE_MAX, 1, 0) == GF_ERROR_MEMORY && !out);
    ck_assert(gf_batches_count(b) == 2 && !gf_batches_count(NULL) && !gf_batches_next(NULL));
    gf_batches_shuffle(NULL), gf_batches_free(NULL);
    gf_batches_free(b);
}
END_TEST

/* --- rows in leaves ------------------------------------------------------------------------------------ */

/* Three examples, of two steps of two numbers each. */
static double numbers[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

START_TEST(rows_go_into_leaves_and_back)
{
    gf_graph *g = gf_graph_new();
    gf_node *x[] = {gf_input(g, "x1", 2, 2), gf_given(g, "x2", 2, 2)}, *w = gf_given(g, "w", 2, 1);
    gf_node *sum = gf_add(x[0], x[1]);
    gf_matrix data = gf_matrix_over(numbers, 3, 4), back;
    gf_batches *b = batches_of(3, 2, 0);
    ck_assert(!gf_matrix_new(&back, 3, 2) && gf_batches_next(b));
    ck_assert(!gf_batch_set(x, 2, &data, b) && !gf_batch_weights(w, b) && !gf_batch_get(&back, sum, b));
    ck_assert(gf_matrix_at(gf_value(x[1]), 1, 0) == 7 && gf_matrix_at(gf_value(w), 1, 0) == 0.5);
    gf_batches_next(b); /* one is left */
    ck_assert(!gf_batch_set(x, 2, &data, b) && !gf_batch_weights(w, b) && !gf_batch_get(&back, sum, b));
    ck_assert(gf_matrix_at(gf_value(x[0]), 0, 1) == 10 && gf_matrix_at(gf_value(x[0]), 1, 1) == 0);
    ck_assert(gf_matrix_at(gf_value(w), 0, 0) == 1 && gf_matrix_at(gf_value(w), 1, 0) == 0);
    const double sums[] = {4, 6, 12, 14, 20, 22};
    ck_assert_mem_eq(back.data, sums, sizeof sums);
    gf_matrix_free(&back);
    gf_batches_free(b);
    gf_graph_free(g);
}
END_TEST

#define assert_refused(call, wanted, message)                                                                          \
    do {                                                                                                               \
        ck_assert_int_eq((call), (wanted));                                                                            \
        assert_failed(g, (wanted), (message));                                                                         \
        gf_graph_clear_status(g);                                                                                      \
    } while (0)

START_TEST(rows_that_do_not_fit_are_refused)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 2, 4), *small = gf_input(g, "s", 1, 4), *w = gf_given(g, "w", 2, 2), *y = gf_tanh(x);
    gf_matrix data = gf_matrix_over(numbers, 3, 4), few = gf_matrix_over(numbers, 1, 4);
    gf_batches *b = batches_of(3, 2, 0);
    gf_batches_next(b);
    assert_refused(gf_batch_set(&small, 1, &data, b), GF_ERROR_SHAPE, "batch: s has 1 rows, but the batch 2 examples");
    assert_refused(gf_batch_set((gf_node *[]){x, x}, 2, &data, b), GF_ERROR_SHAPE,
                   "batch: the data have 4 columns, but x and what stands beside it 8");
    assert_refused(gf_batch_set(&x, 1, &few, b), GF_ERROR_ARGUMENT,
                   "batch: the data of x have 1 rows, and no example 1");
    assert_refused(gf_batch_set(&y, 1, &data, b), GF_ERROR_ARGUMENT, "batch: n3 is neither a parameter nor an input");
    assert_refused(gf_batch_set(&x, 1, NULL, b), GF_ERROR_ARGUMENT, "batch: the data of x are NULL");
    assert_refused(gf_batch_set(&x, 1, &data, NULL), GF_ERROR_ARGUMENT, "batch: the batches of x are NULL");
    assert_refused(gf_batch_weights(w, b), GF_ERROR_SHAPE,
                   "batch: the data have 1 columns, but w and what stands beside it 2");
    assert_refused(gf_batch_get(&few, y, b), GF_ERROR_ARGUMENT, "batch: the data of n3 have 1 rows, and no example 1");
    ck_assert(gf_batch_set(NULL, 1, &data, b) && gf_batch_set(&x, 0, &data, b) && gf_batch_get(&data, NULL, b));
    gf_batches_free(b);
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {an_epoch_has_each_example_once,  every_order_is_as_likely,
                            a_split_parts_the_present_order, orders_that_make_no_sense_are_refused,
                            rows_go_into_leaves_and_back,    rows_that_do_not_fit_are_refused};
    return RUN_TESTS("data", tests);
}
