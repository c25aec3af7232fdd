/* Numbers for a terminal: single ones, columns of them, matrices side by side. */
#include "support.h"

#include "show/numbers.h"

static gf_paper paper = {.width = 80};

/* What the blocks are written as. */
static void assert_blocks(const gf_block *blocks, size_t count, const char *wanted)
{
    gf_text w = {0};
    gf_blocks_write(&w, blocks, count, &paper);
    ck_assert(!w.failed);
    ck_assert_str_eq(gf_text_string(&w), wanted);
    gf_text_free(&w);
}

START_TEST(scalars_stand_in_their_line)
{
    double number = 0.12345678, nothing = NAN, large = -INFINITY;
    gf_matrix a = gf_matrix_over(&number, 1, 1), b = gf_matrix_over(&nothing, 1, 1), c = gf_matrix_over(&large, 1, 1);
    assert_blocks((gf_block[]){{"L[1]", &a}}, 1, "L[1] = 0.123457\n");
    assert_blocks((gf_block[]){{"L[1]", &b}, {NULL, &c}}, 2, "L[1] = NaN   -inf\n");
}
END_TEST

START_TEST(matrices_have_row_and_column_numbers)
{
    double six[] = {0.1234, -1.2, 3.14159, 0, 0.5, NAN}, two[] = {0.537, -0.03121};
    gf_matrix W = gf_matrix_over(six, 2, 3), h = gf_matrix_over(two, 2, 1), row = gf_matrix_over(six, 1, 2);
    assert_blocks((gf_block[]){{"W", &W}}, 1,
                  "W  2 x 3\n"
                  "         1        2        3\n"
                  "1   0.1234  -1.2000   3.1416\n"
                  "2   0        0.5000      NaN\n");
    assert_blocks((gf_block[]){{"h[1]", &h}, {"h[2]", &h}}, 2,
                  "h[1]  2 x 1   h[2]  2 x 1\n"
                  "1   0.5370       0.5370\n"
                  "2  -0.0312      -0.0312\n");
    assert_blocks((gf_block[]){{NULL, &row}}, 1, "1 x 2\n        1        2\n   0.1234  -1.2000\n");
}
END_TEST

START_TEST(small_ones_are_not_lost)
{
    double mixed[] = {0.5, 1.23e-9, 0.0123, 0}, tiny[] = {1.5e-7, 0}, whole[] = {1, -20, 0, 300}, big[] = {1.5e9, 1};
    gf_matrix a = gf_matrix_over(mixed, 4, 1), b = gf_matrix_over(tiny, 2, 1), c = gf_matrix_over(whole, 4, 1);
    gf_matrix d = gf_matrix_over(big, 2, 1);
    assert_blocks((gf_block[]){{"a", &a}}, 1, "a  4 x 1\n1   0.5000\n2  1.2e-09\n3   0.0123\n4   0\n");
    assert_blocks((gf_block[]){{"b", &b}}, 1, "b  2 x 1\n1  1.500e-07\n2          0\n");
    assert_blocks((gf_block[]){{"c", &c}}, 1, "c  4 x 1\n1    1\n2  -20\n3    0\n4  300\n");
    assert_blocks((gf_block[]){{"d", &d}}, 1, "d  2 x 1\n1  1.500e+09\n2  1.000e+00\n");
}
END_TEST

START_TEST(columns_of_numbers)
{
    double series[] = {0.25, 0.0125, 0.000625}, steep[] = {1, 1e-8};
    gf_matrix a = gf_matrix_over(series, 3, 1), b = gf_matrix_over(steep, 2, 1);
    gf_decimals decimals = gf_decimals_for(&a, true);
    char text[GF_NUMBER];
    ck_assert_str_eq(gf_decimals_write(text, decimals, 0.000625), "0.000625");
    ck_assert_str_eq(gf_decimals_write(text, decimals, 0), "0       ");
    decimals = gf_decimals_for(&b, true);
    ck_assert(decimals.power);
    ck_assert_str_eq(gf_decimals_write(text, decimals, 1), "1.000e+00");
}
END_TEST

START_TEST(large_ones_are_summarised)
{
    static double numbers[64 * 64];
    for (int k = 0; k < 64 * 64; k++)
        numbers[k] = (k % 7 - 3) * 0.25;
    numbers[5 * 64 + 2] = -9.5;
    numbers[63 * 64 + 63] = INFINITY;
    gf_matrix m = gf_matrix_over(numbers, 64, 64);
    ck_assert(gf_matrix_is_large(&m, &paper));
    ck_assert(!gf_matrix_is_large(&m, &(gf_paper){.full = true}));
    assert_blocks((gf_block[]){{"J", &m}}, 1,
                  "J  64 x 64\n"
                  "norm     inf\n"
                  "least    -9.5 at (6, 3)\n"
                  "greatest inf at (64, 64)\n"
                  "not finite: 0 NaN, 1 inf\n"
                  "       1      2      3      4  …\n"
                  "1  -0.75  -0.50  -0.25   0\n"
                  "2  -0.50  -0.25   0      0.25\n"
                  "3  -0.25   0      0.25   0.50\n"
                  "4   0      0.25   0.50   0.75\n"
                  "…\n");
}
END_TEST

START_TEST(lines_are_no_wider_than_the_paper)
{
    static double numbers[30];
    for (int k = 0; k < 30; k++)
        numbers[k] = k;
    gf_matrix row = gf_matrix_over(numbers, 1, 12), column = gf_matrix_over(numbers, 2, 1);
    paper = (gf_paper){.width = 30, .full = true};
    assert_blocks((gf_block[]){{"v", &row}, {"w", &column}}, 2,
                  "v  1 x 12, columns 1 to 7\n  1  2  3  4  5  6  7\n  0  1  2  3  4  5  6\n\n"
                  "v  1 x 12, columns 8 to 12\n   8   9  10  11  12\n   7   8   9  10  11\n\n"
                  "w  2 x 1\n1  0\n2  1\n");
    paper = (gf_paper){.width = 20};
    assert_blocks((gf_block[]){{"w", &column}, {"w", &column}, {"w", &column}}, 3,
                  "w  2 x 1   w  2 x 1\n1  0         0\n2  1         1\n\nw  2 x 1\n1  0\n2  1\n");
}
END_TEST

int main(void)
{
    const TTest *tests[] = {scalars_stand_in_their_line, matrices_have_row_and_column_numbers,
                            small_ones_are_not_lost,     columns_of_numbers,
                            large_ones_are_summarised,   lines_are_no_wider_than_the_paper};
    return RUN_TESTS("numbers", tests);
}
