/* Numbers as a picture shows them. */
#include "support.h"

#include "view/drawing/figures.h"

START_TEST(few_digits)
{
    static const struct {
        double number;
        int digits;
        const char *text, *tight;
    } figures[] = {
        {0, 2, "0", "0"},
        {0.0952, 2, "0.095", ".095"},
        {0.5, 2, "0.5", ".5"},
        {1, 2, "1", "1"},
        {1.449, 2, "1.4", "1.4"},
        {99.7, 2, "100", "100"},
        {123.4, 2, "123", "123"},
        {99949, 2, "99949", "99949"},
        {1234567, 2, "1e6", "1e6"},
        {3e300, 2, "3e300", "3e300"},
        {0.00088, 2, "0.00088", ".00088"},
        {0.0000881, 2, "9e−5", "9e−5"},
        {1e-120, 2, "1e−120", "1e−120"},
        {-0.73351, 4, "−0.7335", "−.7335"},
        {-6.9417, 4, "−6.942", "−6.942"},
        {24.704, 4, "24.70", "24.70"},
        {24.7, 4, "24.7", "24.7"},
        {0.60003, 2, "0.60", ".60"},
        {0.3 + 0.3, 2, "0.6", ".6"},
        {-0.9996, 2, "−1.0", "−1.0"},
        {10.4, 2, "10", "10"},
        {4.7, 1, "5", "5"},
        {12345, 4, "12345", "12345"},
        {-1234567, 4, "−1.23e6", "−1.23e6"},
        {1e-5, 4, "1e−5", "1e−5"},
        {-1.204e9, 4, "−1.2e9", "−1.2e9"},
        {0.0466, 1, "0.05", ".05"},
        {INFINITY, 2, "∞", "∞"},
        {-INFINITY, 2, "−∞", "−∞"},
        {NAN, 2, "NaN", "NaN"},
    };
    char out[GF_FIGURE];
    for (size_t k = 0; k < sizeof figures / sizeof *figures; k++) {
        ck_assert_str_eq(gf_figure(out, figures[k].number, figures[k].digits), figures[k].text);
        ck_assert_str_eq(gf_figure_tight(out, figures[k].number, figures[k].digits), figures[k].tight);
    }
}
END_TEST

int main(void)
{
    const TTest *tests[] = {few_digits};
    return RUN_TESTS("figures", tests);
}
