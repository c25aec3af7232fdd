/* Data to train with: from files, padded, standardised, in batches, in leaves and back; and how good predictions are.
 */
#include "support.h"

#include <stdio.h>
#include <unistd.h>

#include <gradflow/data.h>

#define assert_refused(call, wanted, message)                                                                          \
    do {                                                                                                               \
        ck_assert_int_eq((call), (wanted));                                                                            \
        assert_failed(g, (wanted), (message));                                                                         \
        gf_graph_clear_status(g);                                                                                      \
    } while (0)

/* --- reading ------------------------------------------------------------------------------------------ */

static const char *write_text(const char *text, size_t size)
{
    static char path[64];
    snprintf(path, sizeof path, "/tmp/gradflow-data-%ld", (long)getpid());
    FILE *file = fopen(path, "wb");
    ck_assert(file && fwrite(text, 1, size, file) == size && !fclose(file));
    return path;
}

START_TEST(tables_are_read)
{
    static const char *const texts[] = {
        "1,2,3\n4,5,6\n", "\xef\xbb\xbf\"x\";y;z\n\n# no numbers\n1;2;3 # here\r\n 4 5\t6",
        "x1,x2,y\n+1,2.0,30e-1\n4,5,6\n\n", ",a,b\r\n1,2,3\r\n4,5,6\r\n", /* as pandas writes an index */
        "# from here\n  \xc3\xa4 b \"c 1\"\n1 2 3\n4 5 6"};
    for (int k = 0; k < 5; k++) {
        gf_matrix m;
        const char *path = write_text(texts[k], strlen(texts[k]));
        ck_assert_msg(!gf_data_read(&m, path, NULL), "text %d", k);
        gf_matrix part = gf_matrix_part(&m, 1, 1, 1, 2);
        ck_assert(m.rows == 2 && m.cols == 3 && m.data[2] == 3 && part.stride == 3);
        ck_assert(gf_matrix_at(&part, 0, 0) == 5 && gf_matrix_at(&part, 0, 1) == 6 && isnan(gf_matrix_at(&part, 1, 0)));
        ck_assert(!gf_matrix_part(&m, 1, 0, 2, 1).data && !gf_matrix_part(&m, 0, 3, 1, 1).data);
        ck_assert(!gf_matrix_part(&m, -1, 0, 1, 1).data && !gf_matrix_part(NULL, 0, 0, 0, 0).data);
        gf_matrix_free(&m);
        remove(path);
    }
}
END_TEST

START_TEST(tables_that_are_wrong_are_refused)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"1,2\n3\n", ":2: 1 number on the line, not 2"},
        {"1\n2,3,4\n", ":2: 3 numbers on the line, not 1"},
        {"a,b\n1,2\n3,oops\n", ":3: 'oops' is no number"},
        {"1\n\n\nnan\n", ":4: 'nan' is no number: put one in its place, or leave the line out"},
        {"1e999\n", ":1: 1e999 is too large: numbers go up to 1.8e308"},
        {"x,y\n", ":1: there are no numbers"},
        {"1,2\n1,5;2,5\n",
         ":2: commas and semicolons on one line: write decimals with a point (1.5), and only one of the two between "
         "numbers"},
        {"nan,1\n2,3\n", ":1: 'nan' is no number: put one in its place, or leave the line out"},
        {"inf,2\n", ":1: 'inf' is no number: put one in its place, or leave the line out"},
        {"\"1\",\"2\"\n3,4\n", ":1: '\"1\"' is no number: write it without the quotes"},
        {"1,2\r3,4\r",
         ":1: a carriage return alone ends no line: save the file with line feeds (Unix) or both (Windows)"},
        {"a,b\r3,4\r5,6",
         ":1: a carriage return alone ends no line: save the file with line feeds (Unix) or both (Windows)"},
    };
    gf_graph *g = gf_graph_new();
    gf_matrix m;
    char message[256];
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const char *path = write_text(cases[k].text, strlen(cases[k].text));
        snprintf(message, sizeof message, "%s%s", path, cases[k].message);
        assert_refused(gf_data_read(&m, path, g), GF_ERROR_READ, message);
        ck_assert(!m.data && !m.rows);
        remove(path);
    }
    assert_refused(gf_data_read(&m, "/nowhere/x.npy", g), GF_ERROR_READ, "/nowhere/x.npy: No such file or directory");
    ck_assert(gf_data_read(NULL, "x", g) == GF_ERROR_ARGUMENT && gf_data_read(&m, NULL, g) == GF_ERROR_ARGUMENT);
    gf_graph_free(g);
}
END_TEST

/* --- padding, standardising ------------------------------------------------------------------------------ */

START_TEST(sequences_are_padded)
{
    double a[] = {1, 2, 3, 4, 5, 6}, wanted[] = {1, 2, 3, 4, 5, 6, 1, 2, 0, 0, 0, 0}, masks[] = {1, 1, 1, 1, 0, 0};
    gf_matrix sequences[] = {gf_matrix_over(a, 3, 2), gf_matrix_over(a, 1, 2)}, out, mask;
    ck_assert_int_eq(gf_data_pad(&out, &mask, sequences, 2), GF_OK);
    ck_assert(out.rows == 2 && out.cols == 6 && mask.rows == 2 && mask.cols == 3);
    ck_assert_mem_eq(out.data, wanted, sizeof wanted);
    ck_assert_mem_eq(mask.data, masks, sizeof masks);
    gf_matrix_free(&out), gf_matrix_free(&mask);
    sequences[1].cols = 1;
    ck_assert(gf_data_pad(&out, &mask, sequences, 2) == GF_ERROR_SHAPE && !out.data && !mask.data);
    sequences[0].rows = 0;
    ck_assert(gf_data_pad(&out, &mask, sequences, 1) == GF_ERROR_SHAPE);
    sequences[0] = gf_matrix_over(a, 1 << 16, 1 << 16);
    ck_assert(gf_data_pad(&out, &mask, sequences, 1) == GF_ERROR_LIMIT);
    ck_assert(gf_data_pad(&out, &mask, NULL, 1) && gf_data_pad(&out, &mask, sequences, 0));
    ck_assert(gf_data_pad(NULL, &mask, sequences, 1) && gf_data_pad(&out, NULL, sequences, 1));
}
END_TEST

/* Measured over the part that is trained with, here the first two rows. */
START_TEST(columns_are_standardised_and_back)
{
    double rows[] = {1, 7, 3, 7, 9, 8}, wanted[] = {-1, 0, 1, 0, 7, 1}, measured[] = {2, 7, 1, 1};
    double before[6];
    memcpy(before, rows, sizeof rows);
    gf_matrix data = gf_matrix_over(rows, 3, 2), scale;
    gf_batches *b, *rest;
    ck_assert(!gf_batches_new(&b, 3, 0, 0) && !gf_batches_split(&rest, b, 0.5));
    ck_assert_int_eq(gf_data_scale(&scale, &data, b), GF_OK);
    ck_assert_mem_eq(scale.data, measured, sizeof measured);
    ck_assert_int_eq(gf_data_standardise(&data, &scale), GF_OK);
    ck_assert_mem_eq(rows, wanted, sizeof rows);
    ck_assert_int_eq(gf_data_restore(&data, &scale), GF_OK);
    ck_assert_mem_eq(rows, before, sizeof rows);
    gf_matrix narrow = gf_matrix_part(&data, 0, 0, 3, 1), short_one = gf_matrix_part(&data, 0, 0, 1, 2);
    ck_assert(gf_data_standardise(&narrow, &scale) == GF_ERROR_SHAPE);
    ck_assert(gf_data_standardise(&data, &data) == GF_ERROR_SHAPE);
    for (int k = 0; k < 2; k++) {
        scale.data[3] = k ? 0 : NAN;
        ck_assert(gf_data_standardise(&data, &scale) == GF_ERROR_ARGUMENT);
        ck_assert(gf_data_restore(&data, &scale) == GF_ERROR_ARGUMENT && !memcmp(rows, before, sizeof rows));
    }
    ck_assert(gf_data_restore(NULL, &scale) == GF_ERROR_ARGUMENT && gf_data_restore(&data, NULL) == GF_ERROR_ARGUMENT);
    gf_matrix_free(&scale);
    ck_assert(gf_data_scale(&scale, &short_one, b) == GF_ERROR_ARGUMENT && !scale.data);
    ck_assert(gf_data_scale(&scale, NULL, b) && gf_data_scale(NULL, &data, b));
    gf_batches_free(b), gf_batches_free(rest);
}
END_TEST

/* --- measures --------------------------------------------------------------------------------------------- */

/* By hand: y = 1, 2, 6 has the mean 3 and sum of squares 14; p is off by 1, 0 and 2. */
START_TEST(measures_are_those_of_a_calculation_by_hand)
{
    double y[] = {1, 2, 6}, p[] = {2, 2, 4};
    gf_matrix wanted = gf_matrix_over(y, 3, 1), predicted = gf_matrix_over(p, 3, 1), two = gf_matrix_over(y, 2, 1);
    gf_batches *b, *rest;
    ck_assert(!gf_batches_new(&b, 3, 0, 0) && !gf_batches_split(&rest, b, 0.5));
    assert_near(gf_metric_mse(&predicted, &wanted, NULL), 5.0 / 3, 1e-15);
    assert_near(gf_metric_r2(&predicted, &wanted, NULL), 1 - 5.0 / 14, 1e-15);
    assert_near(gf_metric_mse(&predicted, &wanted, rest), 4, 1e-15);
    assert_near(gf_metric_r2(&predicted, &wanted, b), 1 - 1 / 0.5, 1e-15);
    ck_assert(isnan(gf_metric_mse(&predicted, &two, NULL)) && isnan(gf_metric_r2(NULL, &wanted, NULL)));
    ck_assert(isnan(gf_metric_mse(&two, &two, rest)) && isnan(gf_metric_accuracy(&predicted, &wanted, NULL)));
    gf_batches_free(b), gf_batches_free(rest);
}
END_TEST

/* As scikit-learn has it: r2_score([0.1] * 3, [0.1] * 3) is 1, and of anything else 0. */
START_TEST(a_constant_column_is_explained_or_not)
{
    double y[] = {0.1, 0.1, 0.1}, off[] = {0.1, 0.1, 0.2};
    gf_matrix wanted = gf_matrix_over(y, 3, 1), other = gf_matrix_over(off, 3, 1);
    ck_assert(gf_metric_r2(&wanted, &wanted, NULL) == 1 && gf_metric_r2(&other, &wanted, NULL) == 0);
    off[2] = NAN;
    ck_assert(isnan(gf_metric_mse(&other, &wanted, NULL)) && isnan(gf_metric_r2(&wanted, &other, NULL)));
}
END_TEST

START_TEST(what_has_no_class_is_not_counted)
{
    double scores[] = {3, 1, NAN, 5}, targets[] = {1, 0, 0, 1}, none[] = {1, 0, 0, 0};
    gf_matrix p = gf_matrix_over(scores, 2, 2), y = gf_matrix_over(targets, 2, 2), zeros = gf_matrix_over(none, 2, 2),
              out;
    ck_assert(isnan(gf_metric_accuracy(&p, &y, NULL)) && gf_metric_confusion(&out, &p, &y, NULL) == GF_ERROR_ARGUMENT);
    ck_assert(isnan(gf_metric_accuracy(&y, &p, NULL)) && isnan(gf_metric_accuracy(&y, &zeros, NULL)));
    ck_assert(gf_metric_accuracy(&zeros, &y, NULL) == 0.5);
}
END_TEST

START_TEST(classes_are_counted)
{
    double scores[] = {3, 1, 2, 0, 5, 1, 7, 7, 1, 0, 0, 1}, targets[] = {1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1};
    double counts[] = {1, 1, 0, 1, 0, 0, 0, 0, 1};
    gf_matrix p = gf_matrix_over(scores, 4, 3), y = gf_matrix_over(targets, 4, 3), out;
    ck_assert(gf_metric_accuracy(&p, &y, NULL) == 0.5);
    ck_assert_int_eq(gf_metric_confusion(&out, &p, &y, NULL), GF_OK);
    ck_assert_mem_eq(out.data, counts, sizeof counts);
    gf_matrix_free(&out);
    y.cols = 1;
    ck_assert(gf_metric_confusion(&out, &p, &y, NULL) == GF_ERROR_ARGUMENT && !out.data);
    ck_assert(gf_metric_confusion(NULL, &p, &p, NULL) == GF_ERROR_ARGUMENT);
}
END_TEST

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
    gf_batches *hundred = batches_of(100, 0, 0), *others;
    ck_assert(!gf_batches_split(&others, hundred, 0.55) && gf_batches_count(hundred) == 55); /* not 56, by rounding */
    gf_batches_free(hundred), gf_batches_free(others);
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

/* Before the first batch and after the last, nothing is set to zeros without a word. */
START_TEST(rows_of_no_batch_are_refused)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 3, 4), *w = gf_given(g, "w", 3, 1);
    gf_matrix data = gf_matrix_over(numbers, 3, 4);
    gf_batches *b = batches_of(3, 0, 0);
    for (int k = 0; k < 2; k++) {
        assert_refused(gf_batch_set(&x, 1, &data, b), GF_ERROR_ARGUMENT,
                       "batch: there are no examples for x before gf_batches_next, nor after it returned 0");
        assert_refused(gf_batch_weights(w, b), GF_ERROR_ARGUMENT,
                       "batch: there are no examples for w before gf_batches_next, nor after it returned 0");
        assert_refused(gf_batch_get(&data, x, b), GF_ERROR_ARGUMENT,
                       "batch: there are no examples for x before gf_batches_next, nor after it returned 0");
        ck_assert(gf_batches_next(b) == 3 && !gf_batch_set(&x, 1, &data, b) && !gf_batches_next(b));
        ck_assert(gf_matrix_at(gf_value(x), 2, 3) == 12);
    }
    gf_batches_free(b);
    gf_graph_free(g);
}
END_TEST

/* Without data, with a stride below the columns, of a negative size: no entry is looked at. */
START_TEST(what_is_no_matrix_is_refused)
{
    const gf_matrix good = gf_matrix_over(numbers, 3, 4), faulty[] = {{NULL, 3, 4, 4},
                                                                      {numbers, 3, 4, 3},
                                                                      {numbers, 3, 4, -4},
                                                                      {numbers, -3, 4, 4},
                                                                      {numbers, 3, -4, 4}};
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 3, 4);
    gf_batches *b = batches_of(3, 3, 0);
    gf_batches_next(b);
    for (size_t k = 0; k < sizeof faulty / sizeof *faulty; k++) {
        gf_matrix bad = faulty[k], out, mask;
        ck_assert_int_eq(gf_data_pad(&out, &mask, (gf_matrix[]){good, bad}, 2), GF_ERROR_ARGUMENT);
        ck_assert_int_eq(gf_data_scale(&out, &bad, NULL), GF_ERROR_ARGUMENT);
        ck_assert_int_eq(gf_data_standardise(&bad, &good), GF_ERROR_ARGUMENT);
        bad.rows = bad.rows == 3 ? 2 : bad.rows; /* a scale has two rows */
        ck_assert_int_eq(gf_data_restore(&(gf_matrix){numbers, 3, 4, 4}, &bad), GF_ERROR_ARGUMENT);
        ck_assert(isnan(gf_metric_mse(&good, &faulty[k], NULL)) && isnan(gf_metric_r2(&faulty[k], &good, b)));
        ck_assert(isnan(gf_metric_accuracy(&faulty[k], &faulty[k], NULL)));
        ck_assert(gf_metric_confusion(&out, &good, &faulty[k], NULL));
        ck_assert_int_eq(gf_batch_set(&x, 1, &faulty[k], b), GF_ERROR_ARGUMENT);
        ck_assert_ptr_nonnull(strstr(gf_graph_message(g), "batch: the matrix of data of x has "));
        gf_graph_clear_status(g);
        ck_assert_int_eq(gf_batch_get(&(gf_matrix){bad.data, bad.rows, bad.cols, bad.stride}, x, b), GF_ERROR_ARGUMENT);
        gf_graph_clear_status(g);
    }
    gf_batches_free(b);
    gf_graph_free(g);
}
END_TEST

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
    assert_refused(gf_batch_weights(w, b), GF_ERROR_SHAPE, "batch: w is 2 x 2, but weights are one column");
    assert_refused(gf_batch_get(&few, y, b), GF_ERROR_ARGUMENT, "batch: the data of n3 have 1 rows, and no example 1");
    ck_assert(gf_batch_set(NULL, 1, &data, b) && gf_batch_set(&x, 0, &data, b) && gf_batch_get(&data, NULL, b));
    gf_batches_free(b);
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {tables_are_read,
                            tables_that_are_wrong_are_refused,
                            sequences_are_padded,
                            columns_are_standardised_and_back,
                            measures_are_those_of_a_calculation_by_hand,
                            a_constant_column_is_explained_or_not,
                            what_has_no_class_is_not_counted,
                            classes_are_counted,
                            an_epoch_has_each_example_once,
                            every_order_is_as_likely,
                            a_split_parts_the_present_order,
                            orders_that_make_no_sense_are_refused,
                            rows_go_into_leaves_and_back,
                            rows_of_no_batch_are_refused,
                            what_is_no_matrix_is_refused,
                            rows_that_do_not_fit_are_refused};
    return RUN_TESTS("data", tests);
}
