/* Matrices: views of doubles. */
#include "support.h"

#include <stdint.h>
#include <stdio.h>

/* The middle 2 x 2 of a 4 x 4: rows do not follow each other. */
static gf_matrix strided(double numbers[16])
{
    for (int k = 0; k < 16; k++)
        numbers[k] = k;
    return (gf_matrix){.data = numbers + 5, .rows = 2, .cols = 2, .stride = 4};
}

START_TEST(matrix_new_is_zeros)
{
    gf_matrix m;
    ck_assert_int_eq(gf_matrix_new(&m, 2, 3), GF_OK);
    assert_matrix(&m, 2, 3, 0, 0, 0, 0, 0, 0);
    ck_assert_int_eq(m.stride, 3);
    ck_assert_uint_eq(gf_matrix_size(&m), 6);
    gf_matrix_free(&m);
    ck_assert_ptr_null(m.data);
    ck_assert_int_eq(m.rows, 0);
    gf_matrix_free(&m);
    gf_matrix_free(NULL);
}
END_TEST

START_TEST(matrix_new_without_rows)
{
    gf_matrix m;
    ck_assert_int_eq(gf_matrix_new(&m, 0, 3), GF_OK);
    ck_assert_int_eq(m.cols, 3);
    ck_assert_uint_eq(gf_matrix_size(&m), 0);
    gf_matrix_free(&m);
}
END_TEST

START_TEST(matrix_new_refuses)
{
    gf_matrix m = {.rows = 5};
    ck_assert_int_eq(gf_matrix_new(&m, -1, 3), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(m.rows, 0);
    ck_assert_int_eq(gf_matrix_new(&m, 3, -1), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_matrix_new(&m, INT32_MAX, INT32_MAX), GF_ERROR_MEMORY);
    ck_assert_ptr_null(m.data);
}
END_TEST

START_TEST(matrix_entries)
{
    double numbers[] = {1, 2, 3, 4, 5, 6};
    gf_matrix m = gf_matrix_over(numbers, 2, 3);
    assert_matrix(&m, 2, 3, 1, 2, 3, 4, 5, 6);
    ck_assert_ptr_eq(m.data, numbers);
    ck_assert_double_nan(gf_matrix_at(&m, -1, 0));
    ck_assert_double_nan(gf_matrix_at(&m, 0, -1));
    ck_assert_double_nan(gf_matrix_at(&m, 2, 0));
    ck_assert_double_nan(gf_matrix_at(&m, 0, 3));
    ck_assert_double_nan(gf_matrix_at(NULL, 0, 0));
}
END_TEST

START_TEST(matrix_copies_through_strides)
{
    double a[16], b[4] = {0};
    gf_matrix from = strided(a), to = gf_matrix_over(b, 2, 2);
    assert_matrix(&from, 2, 2, 5, 6, 9, 10);
    ck_assert_int_eq(gf_matrix_copy(&to, &from), GF_OK);
    assert_matrix(&to, 2, 2, 5, 6, 9, 10);
    b[3] = 77;
    ck_assert_int_eq(gf_matrix_copy(&from, &to), GF_OK);
    ck_assert_double_eq(a[10], 77);
    ck_assert_double_eq(a[7], 7); /* between the rows nothing changes */
    gf_matrix other = gf_matrix_over(b, 4, 1);
    ck_assert_int_eq(gf_matrix_copy(&other, &from), GF_ERROR_SHAPE);
    gf_matrix flat = gf_matrix_over(b, 1, 4);
    ck_assert_int_eq(gf_matrix_copy(&other, &flat), GF_ERROR_SHAPE);
}
END_TEST

START_TEST(matrix_copies_nothing)
{
    gf_matrix a = gf_matrix_over(NULL, 3, 0), b = gf_matrix_over(NULL, 3, 0);
    ck_assert_int_eq(gf_matrix_copy(&a, &b), GF_OK);
    ck_assert_double_eq(gf_matrix_norm(&a), 0);
    ck_assert_double_eq(gf_matrix_max(&a), 0);
}
END_TEST

static double norm_of(double a, double b)
{
    double numbers[] = {a, b};
    gf_matrix m = gf_matrix_over(numbers, 2, 1);
    return gf_matrix_norm(&m);
}

START_TEST(matrix_norms)
{
    double numbers[16];
    gf_matrix m = strided(numbers);
    assert_near(gf_matrix_norm(&m), sqrt(25 + 36 + 81 + 100), 1e-15);
    ck_assert_double_eq(norm_of(0, 0), 0);
    ck_assert_double_eq(norm_of(3, -4), 5);
    ck_assert_double_eq_tol(norm_of(3e200, 4e200) / 5e200, 1, 1e-15);
    ck_assert_double_eq_tol(norm_of(-3e-200, 4e-200) / 5e-200, 1, 1e-15);
    ck_assert_double_eq_tol(norm_of(3e150, 4e150) / 5e150, 1, 1e-15);
    ck_assert_double_eq_tol(norm_of(1e-180, 1), 1, 1e-15);
    ck_assert_double_eq(norm_of(5e-324, 0), 5e-324);
    ck_assert_double_infinite(norm_of(-INFINITY, 1));
    ck_assert_double_nan(norm_of(NAN, 1));
    ck_assert_double_nan(norm_of(INFINITY, NAN));
}
END_TEST

START_TEST(matrix_largest_magnitude)
{
    double numbers[16];
    gf_matrix m = strided(numbers);
    numbers[15] = 1e9; /* not an entry of m */
    numbers[9] = -50;
    ck_assert_double_eq(gf_matrix_max(&m), 50);
    numbers[6] = -INFINITY;
    ck_assert_double_eq(gf_matrix_max(&m), INFINITY);
    numbers[10] = NAN;
    ck_assert_double_nan(gf_matrix_max(&m));
}
END_TEST

START_TEST(no_matrix_has_no_size)
{
    gf_matrix empty = {0};
    ck_assert_uint_eq(gf_matrix_size(NULL), 0);
    ck_assert_double_nan(gf_matrix_norm(NULL));
    ck_assert_double_nan(gf_matrix_max(NULL));
    ck_assert_int_eq(gf_matrix_copy(&empty, NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_matrix_copy(NULL, &empty), GF_ERROR_ARGUMENT);
}
END_TEST

static void assert_is_none(const gf_matrix *m)
{
    double numbers[6] = {0};
    gf_matrix to = gf_matrix_over(numbers, 2, 3);
    gf_comparison c;
    ck_assert_double_nan(gf_matrix_norm(m));
    ck_assert_double_nan(gf_matrix_max(m));
    ck_assert_double_nan(gf_matrix_at(m, 0, 0));
    ck_assert_ptr_null(gf_matrix_part(m, 0, 0, 1, 1).data);
    ck_assert_int_eq(gf_matrix_copy(&to, m), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_compare(&c, &to, m), GF_ERROR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(c.text, "MISMATCH, the second matrix "));
}

START_TEST(what_is_filled_in_wrong_is_no_matrix)
{
    double numbers[6] = {1, 2, 3, 4, 5, 6};
    assert_is_none(&(gf_matrix){.rows = 2, .cols = 3, .stride = 3});
    assert_is_none(&(gf_matrix){.data = numbers, .rows = 2, .cols = 3});
    assert_is_none(&(gf_matrix){.data = numbers, .rows = 2, .cols = 3, .stride = 2});
    assert_is_none(&(gf_matrix){.data = numbers, .rows = -2, .cols = 3, .stride = 3});
    gf_matrix negative = gf_matrix_over(numbers, -2, 2);
    ck_assert_uint_eq(gf_matrix_size(&negative), 0);
}
END_TEST

static void assert_printed(const gf_matrix *m, const char *wanted)
{
    char text[256] = "";
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    gf_matrix_print(m, file);
    rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    ck_assert_str_eq(text, wanted);
}

START_TEST(matrix_prints)
{
    double numbers[16];
    gf_matrix m = strided(numbers);
    numbers[5] = -1.0 / 3;
    numbers[10] = 1e-20;
    assert_printed(&m, "   -0.333333            6\n           9        1e-20\n");
    assert_printed(NULL, "(none)\n");
    numbers[5] = -1.23457e-100; /* the longest number that there is widens every column */
    assert_printed(&m, "-1.23457e-100             6\n            9         1e-20\n");
}
END_TEST

int main(void)
{
    const TTest *tests[] = {matrix_new_is_zeros,
                            matrix_new_without_rows,
                            matrix_new_refuses,
                            matrix_entries,
                            matrix_copies_through_strides,
                            matrix_copies_nothing,
                            matrix_norms,
                            matrix_largest_magnitude,
                            no_matrix_has_no_size,
                            matrix_prints,
                            what_is_filled_in_wrong_is_no_matrix};
    return RUN_TESTS("matrix", tests);
}
