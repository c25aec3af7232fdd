/* exp, tanh and the logistic function of many numbers: against those of one, in more precision. */
#include "support.h"

#include <float.h>

#include "base/vector.h"

enum { COUNT = 4001 };

static long double logistic(long double a)
{
    return a < 0 ? expl(a) / (1 + expl(a)) : 1 / (1 + expl(-a));
}

static const struct {
    const char *name;
    gf_vector_rule *rule;
    long double (*of)(long double);
    double ulps;
} functions[] = {
    {"exp", gf_vector_exp, expl, 1}, {"tanh", gf_vector_tanh, tanhl, 1}, {"sigmoid", gf_vector_sigmoid, logistic, 2.5}};

enum { FUNCTIONS = sizeof functions / sizeof *functions };

/* In ulps: how far off the wanted numbers may be where long double is no more than double, as valgrind has it. */
static double doubt(void)
{
    volatile long double one = 1;
    return one + 0x1p-60L > one ? 0 : 1;
}

START_TEST(they_are_right_to_the_last_bits)
{
    double a[COUNT], y[COUNT];
    for (int range = -8; range <= 2; range++) {
        for (int k = 0; k < COUNT; k++)
            a[k] = 7 * pow(10, range) * (2.0 * k / (COUNT - 1) - 1) + 1e-17;
        functions[_i].rule(y, a, COUNT);
        for (int k = 0; k < COUNT; k++) {
            long double wanted = functions[_i].of(a[k]);
            double bit = nextafter(fabs((double)wanted), INFINITY) - fabs((double)wanted);
            ck_assert_msg(fabsl(wanted - y[k]) <= (functions[_i].ulps + doubt()) * bit,
                          "%s(%.17g) is %.17g, not %.17Lg", functions[_i].name, a[k], y[k], wanted);
        }
    }
}
END_TEST

START_TEST(ends_are_as_those_of_one_number)
{
    double ends[] = {0, INFINITY, -INFINITY, NAN, 710, -746, -745, DBL_MAX, -DBL_MAX}, y[9];
    functions[_i].rule(y, ends, 9);
    for (int k = 0; k < 9; k++) {
        double wanted = (double)functions[_i].of(ends[k]);
        ck_assert_msg(y[k] == wanted || (isnan(y[k]) && isnan(wanted)), "%s(%g) is %g, not %g", functions[_i].name,
                      ends[k], y[k], wanted);
    }
}
END_TEST

/* In any place of a row of any length, and in its own place in memory. */
START_TEST(the_place_does_not_matter)
{
    double a[20], y[20], beside[2];
    for (int n = 2; n <= 20; n++) {
        for (int k = 0; k < n; k++)
            y[k] = a[k] = 0.37 * (k - 7) + 0.01 * n;
        functions[_i].rule(y, y, (size_t)n);
        for (int k = 0; k + 1 < n; k++) {
            functions[_i].rule(beside, &a[k], 2);
            ck_assert(beside[0] == y[k] && beside[1] == y[k + 1]);
        }
    }
}
END_TEST

/* A number alone is as exact. */
/* Of all shapes up to 9 x 19, in a matrix that is wider; what is too large for it is left alone. */
START_TEST(a_row_by_a_matrix_is_the_sum_that_it_is)
{
    bool transposed = _i == 1;
    double numbers[9 * 25], v[19], to[19], before = 0.5;
    for (int k = 0; k < 9 * 25; k++)
        numbers[k] = sin(k);
    for (int k = 0; k < 19; k++)
        v[k] = cos(3 * k);
    for (int rows = 1; rows <= 9; rows++)
        for (int cols = 1; cols <= 19; cols++) {
            gf_matrix m = {.data = numbers, .rows = rows, .cols = cols, .stride = 25};
            int inner = transposed ? cols : rows, count = transposed ? rows : cols;
            for (int j = 0; j < count; j++)
                to[j] = before;
            bool done = gf_vector_add_product(to, v, &m, transposed);
            for (int j = 0; j < count; j++) {
                double wanted = before;
                for (int i = 0; done && i < inner; i++)
                    wanted += v[i] * (transposed ? gf_matrix_at(&m, j, i) : gf_matrix_at(&m, i, j));
                ck_assert_msg(fabs(to[j] - wanted) < 1e-14, "%d x %d: entry %d is %.17g, not %.17g", rows, cols, j,
                              to[j], wanted);
            }
        }
    ck_assert(!gf_vector_add_product(to, v, &(gf_matrix){.data = numbers, .rows = 5, .cols = 3277, .stride = 3277},
                                     transposed));
}
END_TEST

START_TEST(one_number_is_right)
{
    for (double a = -30; a < 30; a += 0.37) {
        double y;
        functions[_i].rule(&y, &a, 1);
        long double wanted = functions[_i].of(a);
        ck_assert_ldouble_eq_tol(y, wanted, 1e-15L * fabsl(wanted));
    }
}
END_TEST

int main(void)
{
    const TTest *tests[] = {they_are_right_to_the_last_bits, ends_are_as_those_of_one_number, the_place_does_not_matter,
                            a_row_by_a_matrix_is_the_sum_that_it_is, one_number_is_right};
    Suite *suite = suite_create("vector");
    add_seeded_tests(suite, tests, sizeof tests / sizeof *tests, FUNCTIONS);
    return run_suite(suite);
}
