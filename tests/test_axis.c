/* Axes: ends, ticks, and when they are logarithmic. */
#include "support.h"

#include "view/plot/axis.h"

static gf_axis axis_of(size_t count, const double *numbers)
{
    return gf_axis_of(&numbers, 1, count);
}

#define AXIS(...) axis_of(sizeof((double[]){__VA_ARGS__}) / sizeof(double), (double[]){__VA_ARGS__})

static void assert_axis(gf_axis axis, bool logarithmic, double low, double high, double step)
{
    ck_assert(axis.logarithmic == logarithmic);
    assert_near(axis.low, low, 1e-12);
    assert_near(axis.high, high, 1e-12);
    assert_near(axis.step, step, 1e-12);
    ck_assert(axis.intervals >= 1 && axis.intervals <= 10);
    ck_assert(gf_axis_tick_place(&axis, 0) >= 0 && gf_axis_tick_place(&axis, axis.intervals) <= 1 + 1e-12);
}

START_TEST(ends_are_round)
{
    assert_axis(AXIS(1.3, 8.1), false, 0, 10, 2);
    assert_axis(AXIS(7.3, 8.1), false, 7.2, 8.2, 0.2);
    assert_axis(AXIS(-3, 7), false, -4, 8, 2);
    assert_axis(AXIS(-8, -1), false, -8, 0, 2);
    assert_axis(AXIS(5, 5), false, 0, 5, 1);
    assert_axis(AXIS(-5, -5), false, -5, 0, 1);
    assert_axis(AXIS(0, 0), false, 0, 1, 0.2);
    assert_axis(AXIS(NAN, INFINITY), false, 0, 1, 0.2);
}
END_TEST

START_TEST(more_than_two_decades_are_logarithmic)
{
    assert_axis(AXIS(0.02, 1.9), false, 0, 2, 0.5);
    assert_axis(AXIS(0.01, 1.5), true, -2, 1, 1);
    assert_axis(AXIS(7e-9, 1), true, -9, 0, 2);
    assert_axis(AXIS(-0.001, 1), false, -0.5, 1, 0.5);
    gf_axis axis = AXIS(0, 1e-6, 1, NAN);
    assert_axis(axis, true, -6, 0, 1);
    ck_assert(axis.zeros == 1 && axis.lost == 1 && gf_axis_loses(&axis));
    gf_text w = {0};
    gf_axis_write_lost(&w, &axis);
    ck_assert_str_eq(gf_text_string(&w), "left out: 1 zero, 1 that is not finite");
    gf_text_free(&w);
    ck_assert(isnan(gf_axis_place(&axis, 0)) && isnan(gf_axis_place(&axis, NAN)));
    assert_near(gf_axis_place(&axis, 1e-3), 0.5, 1e-12);
}
END_TEST

START_TEST(the_ends_of_doubles)
{
    assert_axis(AXIS(1.7e308, -1.7e308, 1), false, 0, 1, 0.2);
    assert_axis(AXIS(5e-324, -5e-324), false, 0, 1, 0.2);
    gf_axis axis = AXIS(5e-324, 1e299);
    ck_assert(axis.logarithmic && axis.intervals <= 6);
}
END_TEST

START_TEST(ticks_are_told)
{
    gf_axis axis = AXIS(-3, 7), powers = AXIS(1e-9, 1);
    char text[GF_NUMBER];
    ck_assert_str_eq(gf_axis_label(text, &axis, 0), "-4");
    ck_assert_str_eq(gf_axis_label(text, &axis, 2), "0");
    ck_assert(gf_axis_tick(&axis, 2) == 0);
    ck_assert_str_eq(gf_axis_label(text, &powers, 0), "1e-8");
    assert_near(gf_axis_tick(&powers, 0) / 1e-8, 1, 1e-12);
    ck_assert_int_eq(gf_axis_apart(1, 5, 12), 1);
    ck_assert_int_eq(gf_axis_apart(1, 600, 12), 50);
    ck_assert_int_eq(gf_axis_apart(3, 3, 12), 1);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {ends_are_round, more_than_two_decades_are_logarithmic, the_ends_of_doubles, ticks_are_told};
    return RUN_TESTS("axis", tests);
}
