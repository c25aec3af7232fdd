/* The look: contrast, colour-blind eyes, the scale. */
#include "support.h"

#include <stdio.h>

#include "view/drawing/look.h"

static const char *const names[] = {"light", "dark", "print"};
enum { THEMES = 3, SAMPLES = 20 };

typedef struct colour {
    double rgb[3]; /* linear, 0 to 1 */
} colour;

static double linear(unsigned byte)
{
    double part = byte / 255.0;
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static colour read_colour(const char *text)
{
    unsigned red, green, blue;
    ck_assert_msg(strlen(text) == 7 && sscanf(text, "#%2x%2x%2x", &red, &green, &blue) == 3, "'%s' is no colour", text);
    return (colour){{linear(red), linear(green), linear(blue)}};
}

/* --- contrast (WCAG 2.1, W3C 2018) ------------------------------------------------------------------- */

static double luminance(colour c)
{
    return 0.2126 * c.rgb[0] + 0.7152 * c.rgb[1] + 0.0722 * c.rgb[2];
}

static double contrast(const char *a, const char *b)
{
    double of_a = luminance(read_colour(a)) + 0.05, of_b = luminance(read_colour(b)) + 0.05;
    return fmax(of_a / of_b, of_b / of_a);
}

static void assert_contrast(const gf_theme *theme, const char *what, const char *colour, const char *ground,
                            double least)
{
    double found = contrast(colour, ground);
    ck_assert_msg(found >= least, "%s: %s %s on %s: %.2f", theme->name, what, colour, ground, found);
}

/* The colour of sample k of SAMPLES, from the high end to the low one. */
static void sample(char out[8], const gf_theme *theme, int k)
{
    const gf_size_scale scale = {.low = -2};
    gf_scale_colour(out, theme, &scale, pow(10, -2.0 * k / (SAMPLES - 1)));
}

START_TEST(lines_are_seen)
{
    const gf_theme *theme = gf_theme_find(names[_i]);
    const char *const grounds[] = {theme->ground, theme->frame};
    for (int g = 0; g < 2; g++) {
        assert_contrast(theme, "zero", theme->zero, grounds[g], 3);
        assert_contrast(theme, "aside", theme->aside, grounds[g], 3);
        assert_contrast(theme, "mixed", theme->mixed, grounds[g], 3);
        assert_contrast(theme, "bad", theme->bad, grounds[g], 3);
        for (int k = 0; k < SAMPLES; k++) {
            char colour[8];
            sample(colour, theme, k);
            assert_contrast(theme, "ramp", colour, grounds[g], 3);
        }
    }
}
END_TEST

START_TEST(letters_are_read)
{
    const gf_theme *theme = gf_theme_find(names[_i]);
    const char *const grounds[] = {theme->ground, theme->frame, theme->box, theme->input};
    for (int g = 0; g < 4; g++) {
        assert_contrast(theme, "ink", theme->ink, grounds[g], 4.5);
        assert_contrast(theme, "soft", theme->soft, grounds[g], 4.5);
    }
    for (int k = 0; k < SAMPLES; k++) {
        char colour[8];
        sample(colour, theme, k);
        assert_contrast(theme, "letters on the ramp", gf_ink_on(colour), colour, 4.5);
    }
}
END_TEST

START_TEST(letters_are_black_on_light_and_white_on_dark)
{
    ck_assert_str_eq(gf_ink_on("#ffffff"), "#000000");
    ck_assert_str_eq(gf_ink_on("#000000"), "#ffffff");
    ck_assert_str_eq(gf_ink_on("#fde725"), "#000000");
    ck_assert_str_eq(gf_ink_on("#0000ff"), "#ffffff");
}
END_TEST

/* --- colour-blind eyes ------------------------------------------------------------------------------- */

/* What a dichromat sees, as linear sRGB: Viénot, Brettel and Mollon (1999) for red and green; for blue Brettel, Viénot
 * and Mollon (1997), whose two half-planes meet in a plane with this normal; for sRGB as worked out by N. Burrus
 * (DaltonLens, 2021; public domain). */
static const double protanopia[3][3] = {{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}};
static const double deuteranopia[3][3] = {{0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}};
static const double tritanopia[2][3][3] = {
    {{1.01277, 0.13548, -0.14826}, {-0.01243, 0.86812, 0.14431}, {0.07589, 0.80500, 0.11911}},
    {{0.93678, 0.18979, -0.12657}, {0.06154, 0.81526, 0.12320}, {-0.37562, 1.12767, 0.24796}}};
static const double tritan_normal[3] = {0.03901, -0.02788, -0.01113};

static double dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static colour seen_through(const double matrix[3][3], colour c)
{
    colour seen;
    for (int k = 0; k < 3; k++)
        seen.rgb[k] = fmin(fmax(dot(matrix[k], c.rgb), 0), 1);
    return seen;
}

enum { GREY, PROTANOPIA, DEUTERANOPIA, TRITANOPIA, EYES };

static colour seen(int eyes, colour c)
{
    return eyes == PROTANOPIA     ? seen_through(protanopia, c)
           : eyes == DEUTERANOPIA ? seen_through(deuteranopia, c)
           : eyes == TRITANOPIA   ? seen_through(tritanopia[dot(tritan_normal, c.rgb) < 0], c)
                                  : c;
}

/* White stays white, and grey grey, for all of them. */
START_TEST(the_simulations_keep_white)
{
    for (int eyes = 0; eyes < EYES; eyes++)
        for (int k = 0; k < 3; k++)
            assert_near(seen(eyes, read_colour("#ffffff")).rgb[k], 1, 1e-4);
}
END_TEST

START_TEST(larger_is_darker_or_lighter_for_all_eyes)
{
    const gf_theme *theme = gf_theme_find(names[_i]);
    double way = strcmp(theme->name, "dark") == 0 ? -1 : 1;
    for (int eyes = 0; eyes < EYES; eyes++) {
        double before = 0;
        for (int k = 0; k < SAMPLES; k++) {
            char text[8];
            sample(text, theme, k);
            double now = luminance(seen(eyes, read_colour(text)));
            ck_assert_msg(k == 0 || way * (now - before) > 0, "%s, eyes %d, sample %d: %.4f after %.4f", theme->name,
                          eyes, k, now, before);
            before = now;
        }
    }
}
END_TEST

/* --- the scale --------------------------------------------------------------------------------------- */

START_TEST(a_size_has_a_place_and_a_width)
{
    const gf_size_scale scale = {.low = -2};
    assert_near(gf_scale_place(&scale, 1), 1, 1e-12);
    assert_near(gf_scale_place(&scale, 0.1), 0.5, 1e-12);
    assert_near(gf_scale_place(&scale, 0.01), 0, 1e-12);
    ck_assert_double_eq(gf_scale_place(&scale, 1e-9), 0);
    ck_assert_double_eq(gf_scale_place(&scale, 50), 1);
    ck_assert_double_eq(gf_scale_place(&scale, 0), 0);
    ck_assert_double_eq(gf_scale_place(&scale, INFINITY), 1);
    ck_assert_double_eq(gf_scale_place(&scale, NAN), 1);
    assert_near(gf_scale_width(&scale, 0), 1.4, 1e-12);
    assert_near(gf_scale_width(&scale, 0.1), 3.9, 1e-12);
    assert_near(gf_scale_width(&scale, 1), 6.4, 1e-12);
    assert_near(gf_scale_width(&scale, NAN), 6.4, 1e-12);
}
END_TEST

START_TEST(a_scale_without_range_has_two_places)
{
    const gf_size_scale scale = {.low = -1, .high = -1};
    ck_assert_double_eq(gf_scale_place(&scale, 0.5), 1);
    ck_assert_double_eq(gf_scale_place(&scale, 0.01), 0);
}
END_TEST

START_TEST(a_size_has_a_colour)
{
    const gf_size_scale scale = {.low = -2};
    const gf_theme *theme = gf_theme_find("light");
    char colour[8];
    static const struct {
        double size;
        const char *colour;
    } cases[] = {{1, "#440154"}, {7, "#440154"}, {0.01, "#257f88"}, {1e-30, "#257f88"}, {0.1, "#3b528a"}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        gf_scale_colour(colour, theme, &scale, cases[k].size);
        ck_assert_str_eq(colour, cases[k].colour);
    }
    gf_scale_colour(colour, theme, &scale, 0);
    ck_assert_str_eq(colour, theme->zero);
    gf_scale_colour(colour, theme, &scale, NAN);
    ck_assert_str_eq(colour, theme->bad);
    gf_scale_colour(colour, theme, &scale, INFINITY);
    ck_assert_str_eq(colour, theme->bad);
}
END_TEST

START_TEST(there_are_three_themes)
{
    for (int k = 0; k < THEMES; k++)
        ck_assert_str_eq(gf_theme_find(names[k])->name, names[k]);
    ck_assert(!gf_theme_find("gaudy"));
    ck_assert(!gf_theme_find(""));
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        letters_are_black_on_light_and_white_on_dark, the_simulations_keep_white, a_size_has_a_place_and_a_width,
        a_scale_without_range_has_two_places,         a_size_has_a_colour,        there_are_three_themes};
    const TTest *of_themes[] = {lines_are_seen, letters_are_read, larger_is_darker_or_lighter_for_all_eyes};
    Suite *suite = tests_of("look", tests, sizeof tests / sizeof *tests);
    add_seeded_tests(suite, of_themes, sizeof of_themes / sizeof *of_themes, THEMES);
    return run_suite(suite);
}
