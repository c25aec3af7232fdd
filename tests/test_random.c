/* Random numbers, and the initial values that are drawn from them. */
#include "support.h"

#include <locale.h>
#include <stdint.h>

#include <gradflow/init.h>

#include "base/random.h"

static gf_random seeded(uint64_t seed)
{
    gf_random random;
    gf_random_seed(&random, seed);
    return random;
}

/* --- the generator -------------------------------------------------------------- */

START_TEST(xoshiro_gives_its_reference_numbers)
{
    /* of Blackman and Vigna's C code, from the state 1, 2, 3, 4 */
    static const uint64_t wanted[] = {11520, 0, 1509978240, 1215971899390074240, 1216172134540287360};
    gf_random random = {{1, 2, 3, 4}};
    for (int k = 0; k < 5; k++)
        ck_assert_uint_eq(gf_random_bits(&random), wanted[k]);
}
END_TEST

START_TEST(splitmix_fills_the_state)
{
    /* of Vigna's C code, from the seed 1234567 */
    static const uint64_t wanted[] = {6457827717110365317u, 3203168211198807973u, 9817491932198370423u,
                                      4593380528125082431u};
    gf_random random = seeded(1234567);
    for (int k = 0; k < 4; k++)
        ck_assert_uint_eq(random.state[k], wanted[k]);
}
END_TEST

START_TEST(seeds_give_what_they_always_gave)
{
    static const uint64_t bits[2][2] = {{0x99ec5f36cb75f2b4, 0xbf6e1f784956452a},
                                        {0xb358faf74ef9765a, 0x475c3d964f482cd2}};
    static const double uniform[2][2] = {{0.60126299941790484, 0.74777409254723981},
                                         {0.7005764821796896, 0.27875122947378428}};
    static const double normal[2][4] = {
        {2.4222115238253155, 0.65483316765451194, 1.0577983558149211, 2.6532298220045023},
        {1.9810977250149351, -0.15181610733412043, -0.82345288553090357, -0.82068143888554324}};
    for (int k = 0; k < 2; k++) {
        gf_random random = seeded(k ? 7 : 0);
        for (int n = 0; n < 2; n++)
            ck_assert_uint_eq(gf_random_bits(&random), bits[k][n]);
        random = seeded(k ? 7 : 0);
        for (int n = 0; n < 2; n++)
            ck_assert(gf_random_uniform(&random) == uniform[k][n]);
        random = seeded(k ? 7 : 0);
        for (int n = 0; n < 4; n++)
            ck_assert(gf_random_normal(&random) == normal[k][n]);
    }
}
END_TEST

/* --- distributions ---------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double uniform_cdf(double x)
{
    return x;
}

static double normal_cdf(double x)
{
    return erfc(-x / sqrt(2)) / 2;
}

/* Kolmogorov and Smirnov's statistic, sqrt(n) times the largest distance of the distribution of n numbers from the
 * one wanted. It is above 1.95 in one of a thousand samples. Sorts the numbers. */
static double distance(double *x, size_t n, double (*cdf)(double))
{
    double largest = 0;
    qsort(x, n, sizeof *x, by_size);
    for (size_t k = 0; k < n; k++)
        largest = fmax(largest, fmax((double)(k + 1) / (double)n - cdf(x[k]), cdf(x[k]) - (double)k / (double)n));
    return largest * sqrt((double)n);
}

/* The mean of x^power, in standard errors from what it should be. `variance` is that of x^power. */
static double off(const double *x, size_t n, int power, double wanted, double variance)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++)
        sum += pow(x[k], power);
    return fabs(sum / (double)n - wanted) / sqrt(variance / (double)n);
}

START_TEST(uniform_numbers_are_uniform)
{
    size_t n = large(200000, 2000);
    double *x = malloc(n * sizeof *x);
    gf_random random = seeded(3);
    for (size_t k = 0; k < n; k++) {
        x[k] = gf_random_uniform(&random);
        ck_assert(x[k] >= 0 && x[k] < 1 && x[k] * 0x1p53 == floor(x[k] * 0x1p53));
    }
    ck_assert(off(x, n, 1, 0.5, 1.0 / 12) < 4);
    ck_assert(distance(x, n, uniform_cdf) < 1.95);
    free(x);
}
END_TEST

START_TEST(normal_numbers_are_normal)
{
    size_t n = large(400000, 2000), beyond[5] = {0};
    double *x = malloc(n * sizeof *x), product = 0;
    gf_random random = seeded(4);
    for (size_t k = 0; k < n; k++) {
        x[k] = gf_random_normal(&random);
        beyond[(int)fmin(4, fabs(x[k]))]++;
        product += k ? x[k] * x[k - 1] : 0;
    }
    ck_assert(off(x, n, 1, 0, 1) < 4);
    ck_assert(off(x, n, 2, 1, 2) < 4);
    ck_assert(off(x, n, 3, 0, 15) < 4);
    ck_assert(off(x, n, 4, 3, 96) < 4);
    ck_assert(fabs(product) < 4 * sqrt((double)n)); /* neighbours have nothing to do with each other */
    for (int whole = 0; whole < 5; whole++) {       /* each whole part, the tail beyond 4 included */
        double p = 2 * (normal_cdf(-whole) - (whole < 4 ? normal_cdf(-whole - 1) : 0)), expected = p * (double)n;
        ck_assert_msg(fabs((double)beyond[whole] - expected) < 4 * sqrt(expected) + 1, "%zu of %g from %d on",
                      beyond[whole], expected, whole);
    }
    ck_assert(distance(x, n, normal_cdf) < 1.95);
    free(x);
}
END_TEST

/* --- initial values ----------------------------------------------------------------- */

START_TEST(plain_values)
{
    gf_graph *g = gf_graph_new();
    gf_node *leaf = gf_param(g, "W", 2, 2), *twice = gf_scale(leaf, 2);
    ck_assert_int_eq(gf_init_constant(leaf, 0.5), GF_OK);
    assert_matrix(gf_value(twice), 2, 2, 1, 1, 1, 1);
    ck_assert_int_eq(gf_init_zeros(leaf), GF_OK);
    assert_matrix(gf_value(twice), 2, 2, 0, 0, 0, 0);
    assert_fine(g);
    gf_graph_free(g);
}
END_TEST

START_TEST(normal_values_come_row_by_row)
{
    gf_graph *g = gf_graph_new();
    gf_node *leaf = gf_input(g, "x", 2, 3);
    gf_random random = seeded(7);
    gf_seed(g, 7);
    ck_assert_int_eq(gf_init_normal(leaf, 1, 0.5), GF_OK);
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 3; j++)
            ck_assert(gf_matrix_at(gf_value(leaf), i, j) == 1 + 0.5 * gf_random_normal(&random));
    gf_graph_free(g);
}
END_TEST

/* A whole matrix by one rule, as a graph of its own. */
static gf_graph *drawn(gf_node **leaf, uint64_t seed, int rows, int cols, gf_status (*rule)(gf_node *))
{
    gf_graph *g = gf_graph_new();
    gf_seed(g, seed);
    *leaf = gf_param(g, "W", rows, cols);
    ck_assert_int_eq(rule(*leaf), GF_OK);
    return g;
}

static gf_status uniform_2_to_5(gf_node *leaf)
{
    return gf_init_uniform(leaf, 2, 5);
}

static gf_status he_by_cols(gf_node *leaf)
{
    return gf_init_he(leaf, false);
}

static gf_status he_by_rows(gf_node *leaf)
{
    return gf_init_he(leaf, true);
}

static gf_status orthogonal_3(gf_node *leaf)
{
    return gf_init_orthogonal(leaf, 3);
}

START_TEST(uniform_values_fill_their_range)
{
    gf_node *leaf;
    gf_graph *g = drawn(&leaf, 1, 100, 100, uniform_2_to_5);
    double *x = gf_value(leaf)->data;
    for (int k = 0; k < 10000; k++) {
        ck_assert(x[k] >= 2 && x[k] < 5);
        x[k] = (x[k] - 2) / 3;
    }
    ck_assert(distance(x, 10000, uniform_cdf) < 1.95);
    gf_graph_free(g);
}
END_TEST

START_TEST(uniform_values_never_reach_the_upper_end)
{
    double lo = 1, hi = nextafter(1, 2); /* half of all sums round up to hi */
    gf_graph *g = gf_graph_new();
    gf_node *leaf = gf_param(g, "W", 10, 10);
    ck_assert_int_eq(gf_init_uniform(leaf, lo, hi), GF_OK);
    ck_assert(gf_matrix_max(gf_value(leaf)) == lo);
    ck_assert_int_eq(gf_init_uniform(leaf, 4, 4), GF_OK);
    ck_assert(gf_scalar(gf_value(gf_mean(leaf))) == 4);
    gf_graph_free(g);
}
END_TEST

START_TEST(xavier_is_uniform_within_its_bound)
{
    gf_node *leaf;
    gf_graph *g = drawn(&leaf, 2, 30, 120, gf_init_xavier);
    double *x = gf_value(leaf)->data, bound = sqrt(6.0 / 150);
    for (int k = 0; k < 3600; k++)
        x[k] = (x[k] / bound + 1) / 2;
    ck_assert(distance(x, 3600, uniform_cdf) < 1.95);
    gf_graph_free(g);
}
END_TEST

START_TEST(he_counts_its_inputs)
{
    gf_status (*const rules[])(gf_node *) = {he_by_cols, he_by_rows};
    for (int k = 0; k < 2; k++) {
        gf_node *leaf;
        gf_graph *g = drawn(&leaf, 5, 40, 90, rules[k]);
        double *x = gf_value(leaf)->data, sd = sqrt(2.0 / (k ? 40 : 90));
        for (int n = 0; n < 3600; n++)
            x[n] /= sd;
        ck_assert(distance(x, 3600, normal_cdf) < 1.95);
        gf_graph_free(g);
    }
}
END_TEST

/* The inner product of rows (or columns) i and j. */
static double inner(const gf_matrix *m, bool of_rows, int i, int j)
{
    double sum = 0;
    for (int k = 0; k < (of_rows ? m->cols : m->rows); k++)
        sum += of_rows ? gf_matrix_at(m, i, k) * gf_matrix_at(m, j, k) : gf_matrix_at(m, k, i) * gf_matrix_at(m, k, j);
    return sum;
}

START_TEST(orthogonal_is_orthogonal)
{
    static const int shapes[][2] = {{1, 1}, {5, 5}, {3, 8}, {8, 3}, {60, 60}, {1, 4}, {4, 1}};
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
        int rows = shapes[k][0], cols = shapes[k][1], few = rows < cols ? rows : cols;
        gf_node *leaf;
        gf_graph *g = drawn(&leaf, 6, rows, cols, orthogonal_3);
        for (int i = 0; i < few; i++)
            for (int j = 0; j <= i; j++)
                assert_near(inner(gf_value(leaf), rows <= cols, i, j), i == j ? 9 : 0, 1e-13);
        gf_graph_free(g);
    }
}
END_TEST

START_TEST(orthogonal_is_the_same_everywhere)
{
    gf_node *leaf;
    gf_graph *g = drawn(&leaf, 7, 3, 2, orthogonal_3);
    static const double wanted[] = {0x1.61b44e663cf96p+1, -0x1.054740ffda262p-1, -0x1.b1aed2b08ff91p-3,
                                    0x1.37a94503e58dfp+1, -0x1.2609af9eb75d5p+0, -0x1.ad375ab4ad08cp+0};
    for (int k = 0; k < 6; k++)
        ck_assert_msg(gf_value(leaf)->data[k] == wanted[k], "entry %d is %a", k, gf_value(leaf)->data[k]);
    gf_graph_free(g);
}
END_TEST

/* Exactly one 1, zeros else, among n entries that lie `apart`. Returns where. */
static int where_hot(const double *x, int n, int apart)
{
    int where = -1;
    for (int k = 0; k < n; k++) {
        double entry = x[k * apart];
        ck_assert(entry == 0 || (entry == 1 && where < 0));
        where = entry == 1 ? k : where;
    }
    ck_assert_int_ge(where, 0);
    return where;
}

START_TEST(onehot_has_one_in_each_row)
{
    int seen[4] = {0};
    gf_node *leaf;
    gf_graph *g = drawn(&leaf, 8, 400, 4, gf_init_onehot);
    for (int i = 0; i < 400; i++)
        seen[where_hot(gf_value(leaf)->data + 4 * i, 4, 1)]++;
    for (int k = 0; k < 4; k++)
        ck_assert(seen[k] > 60 && seen[k] < 140); /* 100, give or take 4 standard deviations */
    gf_graph_free(g);
    g = drawn(&leaf, 8, 9, 1, gf_init_onehot);
    where_hot(gf_value(leaf)->data, 9, 1);
    gf_graph_free(g);
}
END_TEST

static gf_status bernoulli_0_3(gf_node *leaf)
{
    return gf_init_bernoulli(leaf, 0.3);
}

static gf_status bernoulli_0(gf_node *leaf)
{
    return gf_init_bernoulli(leaf, 0);
}

static gf_status bernoulli_1(gf_node *leaf)
{
    return gf_init_bernoulli(leaf, 1);
}

/* How many of 1000 entries are 1; the others are 0. */
static int count_ones(gf_status (*rule)(gf_node *))
{
    gf_node *leaf;
    gf_graph *g = drawn(&leaf, 8, 100, 10, rule);
    int count = 0;
    for (int k = 0; k < 1000; k++) {
        double entry = gf_value(leaf)->data[k];
        ck_assert(entry == 0 || entry == 1);
        count += entry == 1;
    }
    gf_graph_free(g);
    return count;
}

START_TEST(bernoulli_is_one_with_its_probability)
{
    int count = count_ones(bernoulli_0_3);
    ck_assert(count > 240 && count < 360); /* 300, give or take 4 standard deviations */
    ck_assert_int_eq(count_ones(bernoulli_0), 0);
    ck_assert_int_eq(count_ones(bernoulli_1), 1000);
}
END_TEST

/* Of 10,000 entries 7,000 are kept, with a standard deviation of 46. */
START_TEST(dropout_keeps_the_mean)
{
    gf_graph *g = gf_graph_new();
    gf_node *mask = gf_given(g, "mask", 100, 100);
    int kept = 0;
    ck_assert_int_eq(gf_init_dropout(mask, 0.3), GF_OK);
    for (int e = 0; e < 10000; e++) {
        double entry = gf_value(mask)->data[e];
        ck_assert(entry == 0 || entry == 1 / (1 - 0.3));
        kept += entry != 0;
    }
    ck_assert_int_lt(abs(kept - 7000), 250);
    gf_graph_free(g);
}
END_TEST

START_TEST(a_new_graph_has_seed_0)
{
    gf_graph *g = gf_graph_new();
    gf_node *one = gf_param(g, "one", 2, 2), *two = gf_param(g, "two", 2, 2);
    gf_init_uniform(one, 0, 1);
    gf_seed(g, 0);
    gf_init_uniform(two, 0, 1);
    ck_assert(same_bits(gf_value(one), gf_value(two)));
    gf_graph_free(g);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_values)
{
    gf_status (*const rules[])(gf_node *) = {uniform_2_to_5, gf_init_xavier, he_by_rows,
                                             orthogonal_3,   gf_init_onehot, bernoulli_0_3};
    for (size_t k = 0; k < sizeof rules / sizeof *rules; k++) {
        gf_node *one, *two, *other;
        gf_graph *first = drawn(&one, 9, 9, 6, rules[k]), *second = drawn(&two, 9, 9, 6, rules[k]);
        gf_graph *third = drawn(&other, 10, 9, 6, rules[k]);
        ck_assert(same_bits(gf_value(one), gf_value(two)));
        ck_assert(!same_bits(gf_value(one), gf_value(other)));
        gf_graph_free(first);
        gf_graph_free(second);
        gf_graph_free(third);
    }
}
END_TEST

/* --- bad input ------------------------------------------------------------------------ */

#define REFUSES(call, message)                                                                                         \
    do {                                                                                                               \
        ck_assert_int_eq(call, GF_ERROR_ARGUMENT);                                                                     \
        assert_failed(g, GF_ERROR_ARGUMENT, message);                                                                  \
        gf_graph_clear_status(g);                                                                                      \
    } while (0)

START_TEST(numbers_that_make_no_sense_are_refused)
{
    gf_graph *g = gf_graph_new();
    gf_node *W = gf_param(g, "W", 2, 2);
    REFUSES(gf_init_constant(W, NAN), "init_constant: W: the number is nan: it must be finite");
    REFUSES(gf_init_normal(W, INFINITY, 1), "init_normal: W: the mean is inf: it must be finite");
    REFUSES(gf_init_normal(W, 0, -1), "init_normal: W: sd is -1: it must be finite and not negative");
    REFUSES(gf_init_uniform(W, -INFINITY, 1), "init_uniform: W: lo is -inf: it must be finite");
    REFUSES(gf_init_uniform(W, 1, 0.5),
            "init_uniform: W: hi is 0.5: it must be finite and not below lo, nor too far from it");
    REFUSES(gf_init_uniform(W, -1e308, 1e308),
            "init_uniform: W: hi is 1e+308: it must be finite and not below lo, nor too far from it");
    REFUSES(gf_init_orthogonal(W, NAN), "init_orthogonal: W: the gain is nan: it must be finite");
    REFUSES(gf_init_bernoulli(W, 1.5), "init_bernoulli: W: p is 1.5: a probability lies between 0 and 1");
    REFUSES(gf_init_bernoulli(W, -0.1), "init_bernoulli: W: p is -0.1: a probability lies between 0 and 1");
    REFUSES(gf_init_bernoulli(W, NAN), "init_bernoulli: W: p is nan: a probability lies between 0 and 1");
    REFUSES(gf_init_dropout(W, 1), "init_dropout: W: the rate is 1: it lies from 0 to below 1");
    if (setlocale(LC_NUMERIC, "tr_TR.UTF-8")) /* Turkey writes a comma */
        REFUSES(gf_init_normal(W, 0, -0.5), "init_normal: W: sd is -0.5: it must be finite and not negative");
    setlocale(LC_NUMERIC, "C");
    assert_matrix(gf_value(W), 2, 2, 0, 0, 0, 0);
    gf_graph_free(g);
}
END_TEST

START_TEST(only_leaves_have_initial_values)
{
    gf_graph *g = gf_graph_new();
    gf_graph_step(g, 3);
    gf_node *h = gf_named(gf_tanh(gf_param(g, "W", 2, 2)), "h"), *bad = gf_matmul(h, gf_ones(g, NULL, 3, 3));
    ck_assert_int_eq(gf_init_zeros(bad), GF_ERROR_SHAPE); /* what made it bad */
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_init_zeros(bad), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_init_zeros(NULL), GF_ERROR_ARGUMENT);
    assert_fine(g);
    REFUSES(gf_init_zeros(h), "init_zeros: h[3] is neither a parameter nor an input");
    REFUSES(gf_init_constant(h, 1), "init_constant: h[3] is neither a parameter nor an input");
    REFUSES(gf_init_normal(h, 0, 1), "init_normal: h[3] is neither a parameter nor an input");
    REFUSES(gf_init_uniform(h, 0, 1), "init_uniform: h[3] is neither a parameter nor an input");
    REFUSES(gf_init_xavier(h), "init_xavier: h[3] is neither a parameter nor an input");
    REFUSES(gf_init_he(h, true), "init_he: h[3] is neither a parameter nor an input");
    REFUSES(gf_init_orthogonal(h, 1), "init_orthogonal: h[3] is neither a parameter nor an input");
    REFUSES(gf_init_onehot(h), "init_onehot: h[3] is neither a parameter nor an input");
    REFUSES(gf_init_bernoulli(h, 0.5), "init_bernoulli: h[3] is neither a parameter nor an input");
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {xoshiro_gives_its_reference_numbers,
                            splitmix_fills_the_state,
                            seeds_give_what_they_always_gave,
                            uniform_numbers_are_uniform,
                            normal_numbers_are_normal,
                            plain_values,
                            normal_values_come_row_by_row,
                            uniform_values_fill_their_range,
                            uniform_values_never_reach_the_upper_end,
                            xavier_is_uniform_within_its_bound,
                            he_counts_its_inputs,
                            orthogonal_is_orthogonal,
                            orthogonal_is_the_same_everywhere,
                            onehot_has_one_in_each_row,
                            bernoulli_is_one_with_its_probability,
                            dropout_keeps_the_mean,
                            a_new_graph_has_seed_0,
                            the_same_seed_gives_the_same_values,
                            numbers_that_make_no_sense_are_refused,
                            only_leaves_have_initial_values};
    return RUN_TESTS("random", tests);
}
