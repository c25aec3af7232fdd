/* What the tests share: a runner of one room's tests, and assertions about matrices and statuses. */
#ifndef GF_TESTS_SUPPORT_H
#define GF_TESTS_SUPPORT_H

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/check.h>

/* The last lines of a test program:
 *
 *     int main(void)
 *     {
 *         const TTest *tests[] = {first_test, second_test};
 *         return RUN_TESTS("graph", tests);
 *     } */
#define RUN_TESTS(room, tests) run_suite(tests_of(room, tests, sizeof(tests) / sizeof *(tests)))

static inline Suite *tests_of(const char *room, const TTest *const tests[], size_t count)
{
    Suite *suite = suite_create(room);
    TCase *tcase = tcase_create(room);
    tcase_set_timeout(tcase, 100);
    for (size_t k = 0; k < count; k++)
        tcase_add_test(tcase, tests[k]);
    suite_add_tcase(suite, tcase);
    return suite;
}

/* Tests that run once for each seed _i = 0 … seeds - 1. */
static inline void add_seeded_tests(Suite *suite, const TTest *const tests[], size_t count, int seeds)
{
    TCase *tcase = tcase_create("seeds");
    tcase_set_timeout(tcase, 100);
    for (size_t k = 0; k < count; k++)
        tcase_add_loop_test(tcase, tests[k], 0, seeds);
    suite_add_tcase(suite, tcase);
}

static inline int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* Two numbers agree to `tolerance`, relative to the wanted one where that is above 1. NaN agrees with NaN. */
static inline bool near(double got, double wanted, double tolerance)
{
    if (isnan(got) || isnan(wanted) || isinf(wanted))
        return isnan(got) ? isnan(wanted) : got == wanted;
    return fabs(got - wanted) <= tolerance * fmax(1, fabs(wanted));
}

#define assert_near(got, wanted, tolerance)                                                                            \
    do {                                                                                                               \
        double got_ = (got), wanted_ = (wanted);                                                                       \
        ck_assert_msg(near(got_, wanted_, tolerance), "%s is %.17g, not %.17g", #got, got_, wanted_);                  \
    } while (0)

/* assert_matrix(m, rows, cols, numbers …): m is rows x cols and has these entries, row by row, to 1e-12. */
#define assert_matrix(m, rows, cols, ...)                                                                              \
    assert_matrix_numbers(m, rows, cols, (const double[(size_t)(rows) * (cols)]){__VA_ARGS__}, 1e-12, __FILE__,        \
                          __LINE__)

static inline void assert_matrix_numbers(const gf_matrix *m, int rows, int cols, const double *wanted, double tolerance,
                                         const char *file, int line)
{
    ck_assert_msg(m != NULL, "%s:%d: no matrix", file, line);
    ck_assert_msg(m->rows == rows && m->cols == cols, "%s:%d: %d x %d, not %d x %d", file, line, m->rows, m->cols, rows,
                  cols);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < cols; j++) {
            double want = wanted[(size_t)i * (size_t)cols + (size_t)j], got = gf_matrix_at(m, i, j);
            if (!near(got, want, tolerance))
                ck_abort_msg("%s:%d: entry (%d, %d) is %.17g, not %.17g", file, line, i, j, got, want);
        }
}

/* The two matrices agree to a relative error. */
#define assert_close(a, b, tolerance)                                                                                  \
    do {                                                                                                               \
        gf_comparison c_;                                                                                              \
        gf_compare_within(&c_, a, b, tolerance);                                                                       \
        ck_assert_msg(c_.match, "%s, %s: %s", #a, #b, c_.text);                                                        \
    } while (0)

/* The same numbers to the last bit, in the same shape. */
static inline bool same_bits(const gf_matrix *a, const gf_matrix *b)
{
    bool same = a && b && a->rows == b->rows && a->cols == b->cols;
    for (int i = 0; same && i < a->rows; i++)
        same = a->cols == 0 || memcmp(a->data + (size_t)i * (size_t)a->stride, b->data + (size_t)i * (size_t)b->stride,
                                      (size_t)a->cols * sizeof(double)) == 0;
    return same;
}

/* What the graph says. */
#define assert_fine(g) ck_assert_msg(!gf_graph_status(g), "%s", gf_graph_message(g))
#define assert_failed(g, status, message)                                                                              \
    do {                                                                                                               \
        ck_assert_str_eq(gf_graph_message(g), message);                                                                \
        ck_assert_int_eq(gf_graph_status(g), status);                                                                  \
    } while (0)

/* A smaller size for slow runs (valgrind): GF_SMALL is set. */
static inline size_t large(size_t usual, size_t small)
{
    return getenv("GF_SMALL") ? small : usual;
}

/* Something to differentiate by, and gf_jacobians of a list of such. */
typedef struct variable {
    gf_node *node;
    bool at_step;
    int step;
} variable;

static inline gf_status jacobians(gf_matrix out[], gf_node *y, const variable x[], size_t count, gf_node *const held[],
                                  size_t held_count)
{
    gf_node *nodes[64];
    int at_step[64];
    for (size_t k = 0; k < count && k < 64; k++) {
        nodes[k] = x[k].node;
        at_step[k] = x[k].at_step ? x[k].step : GF_EVERY_STEP;
    }
    gf_jacobian_options options = {.size = sizeof options, .held = held, .held_count = held_count, .at_step = at_step};
    return gf_jacobians(out, y, nodes, count, &options);
}

#endif
