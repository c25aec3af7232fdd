/* The display list: widths of letters, SVG, places. */
#include "support.h"

#include <locale.h>

#include "drawing.h"

/* --- letters ----------------------------------------------------------------------------------------- */

static double units(const char *text, gf_face face, unsigned style)
{
    return gf_letters_width(text, face, style, 2048);
}

/* Helvetica's and Times's widths (Adobe, core 14 AFM files, in 1/1000) round to these. */
START_TEST(letters_have_the_widths_of_liberation)
{
    ck_assert_double_eq(units("A", GF_SANS, GF_PLAIN), 1366);
    ck_assert_double_eq(units("A", GF_SANS, GF_ITALIC), 1366);
    ck_assert_double_eq(units("A", GF_SANS, GF_BOLD), 1479);
    ck_assert_double_eq(units("a", GF_SANS, GF_BOLD | GF_ITALIC), 1139);
    ck_assert_double_eq(units("A", GF_SERIF, GF_PLAIN), 1479);
    ck_assert_double_eq(units("A", GF_SERIF, GF_ITALIC), 1251);
    ck_assert_double_eq(units("A", GF_SERIF, GF_BOLD), 1479);
    ck_assert_double_eq(units("A", GF_SERIF, GF_BOLD | GF_ITALIC), 1366);
    ck_assert_double_eq(units(" ", GF_SANS, GF_PLAIN), 569);
    ck_assert_double_eq(units("é", GF_SANS, GF_PLAIN), units("e", GF_SANS, GF_PLAIN));
    ck_assert_double_eq(units("−", GF_SANS, GF_PLAIN), units("+", GF_SANS, GF_PLAIN));
    ck_assert_double_eq(units("Aé A", GF_SANS, GF_PLAIN), 1366 + 1139 + 569 + 1366);
    ck_assert_double_eq(gf_letters_width("A", GF_SANS, GF_PLAIN, 12), 1366 * 12 / 2048.0);
}
END_TEST

START_TEST(what_liberation_has_is_in_the_table)
{
    static const char *const there[] = {"ž", "σ", "Σ", "ᵀ", "…", "₀", "⁴", "ℓ", "→", "∂", "∞", "≤", "◄"};
    for (size_t k = 0; k < sizeof there / sizeof *there; k++) {
        double width = units(there[k], GF_SERIF, GF_PLAIN);
        ck_assert_msg(width > 0 && width == floor(width) && width != 0.6 * 2048 && width != 0.84 * 2048, "%s: %g",
                      there[k], width);
    }
}
END_TEST

START_TEST(other_letters_are_guessed)
{
    ck_assert_double_eq(gf_letters_width("隐藏", GF_SANS, GF_BOLD, 10), 20);
    ck_assert_double_eq(gf_letters_width("e\u0301", GF_SANS, GF_PLAIN, 10), gf_letters_width("e", GF_SANS, 0, 10));
    assert_near(gf_letters_width("Ж", GF_SANS, GF_PLAIN, 10), 6, 1e-12);
    assert_near(gf_letters_width("⊙", GF_SANS, GF_PLAIN, 10), 8.4, 1e-12);
    assert_near(gf_letters_width("\xff", GF_SANS, GF_PLAIN, 10), 6, 1e-12);
    ck_assert_double_eq(gf_letters_width("", GF_SANS, GF_PLAIN, 10), 0);
}
END_TEST

START_TEST(runs_are_as_wide_as_their_letters)
{
    const gf_run runs[] = {{"A", 20, GF_PLAIN, 0}, {"A", 10, GF_BOLD, -3}};
    assert_near(gf_runs_width(runs, 2, GF_SANS), (1366 * 20 + 1479 * 10) / 2048.0, 1e-12);
    ck_assert_double_eq(gf_runs_width(runs, 0, GF_SANS), 0);
}
END_TEST

/* --- SVG --------------------------------------------------------------------------------------------- */

static const gf_area plain_area = {"#ffffff", "", 0, 0, false};

/* A page for one item. */
static gf_drawing page(void)
{
    gf_drawing d;
    gf_drawing_begin(&d, 100, 50.5, "#ffffff", "", "");
    return d;
}

static char *svg_of(const gf_drawing *d)
{
    gf_text text = {0};
    gf_svg_write(d, "p-", &text);
    ck_assert(!text.failed);
    return text.data;
}

/* The drawing, which is freed, has this in its SVG, or has it not. */
static void expect(gf_drawing *d, bool wanted, const char *part)
{
    char *svg = svg_of(d);
    ck_assert_msg(!!strstr(svg, part) == wanted, "%s'%s' in:\n%s", wanted ? "no " : "", part, svg);
    free(svg);
    gf_drawing_free(d);
}

static void expect_line(const gf_point *points, size_t count, gf_pen pen, const char *part)
{
    gf_drawing d = page();
    gf_drawing_line(&d, points, count, &pen);
    expect(&d, true, part);
}

START_TEST(a_page_has_a_size_a_title_and_a_role)
{
    gf_drawing d;
    gf_drawing_begin(&d, 100, 50.5, "#14171c", "A <title>", "What it shows");
    char *svg = svg_of(&d);
    ck_assert_str_eq(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 100 50.5\" "
                          "width=\"100\" height=\"50.5\" font-family=\"Liberation Sans, Helvetica, Arial, "
                          "sans-serif\">\n<title>A &lt;title&gt;</title><desc>What it shows</desc>\n"
                          "<rect width=\"100%\" height=\"100%\" fill=\"#14171c\"/>\n</svg>\n");
    free(svg);
    gf_drawing_free(&d);
}
END_TEST

START_TEST(numbers_are_short)
{
    static const struct {
        double number;
        const char *text;
    } cases[] = {{0, "0"},          {-0.001, "0"},  {1, "1"},   {100, "100"},    {1.5, "1.5"},     {-2.345, "-2.35"},
                 {1 / 3.0, "0.33"}, {12.999, "13"}, {NAN, "0"}, {INFINITY, "0"}, {1e300, "1e+300"}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        gf_text text = {0};
        gf_length_write(&text, cases[k].number);
        ck_assert_str_eq(gf_text_string(&text), cases[k].text);
        gf_text_free(&text);
    }
}
END_TEST

START_TEST(a_comma_in_the_locale_changes_nothing)
{
    if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "tr_TR.UTF-8"))
        return;
    gf_text text = {0};
    gf_length_write(&text, 1.5);
    setlocale(LC_ALL, "C");
    ck_assert_str_eq(gf_text_string(&text), "1.5");
    gf_text_free(&text);
}
END_TEST

START_TEST(groups_have_ids_classes_and_titles)
{
    gf_drawing d = page();
    gf_drawing_group(&d, "h1", "box", "h[1] & \"more\"");
    gf_drawing_end(&d);
    expect(&d, true, "<g id=\"p-h1\" class=\"box\"><title>h[1] &amp; &quot;more&quot;</title>\n</g>\n");
    d = page();
    gf_drawing_arrow(&d, "arrow", NULL, "x1", "h1 o1");
    gf_drawing_end(&d);
    expect(&d, true, "<g class=\"arrow\" data-from=\"p-x1\" data-to=\"p-h1 p-o1\">\n</g>\n");
    d = page();
    gf_drawing_group(&d, NULL, NULL, NULL);
    gf_drawing_end(&d);
    expect(&d, true, "<g>\n</g>\n");
}
END_TEST

START_TEST(areas_have_borders_and_round_corners)
{
    gf_drawing d = page();
    gf_drawing_area(&d, 1, 2, 30, 4, &(gf_area){"", "#8a949e", 1.2, 7, true});
    expect(&d, true,
           "<rect x=\"1\" y=\"2\" width=\"30\" height=\"4\" rx=\"7\" fill=\"none\" stroke=\"#8a949e\" "
           "stroke-width=\"1.2\" stroke-dasharray=\"5 4\"/>\n");
    d = page();
    gf_drawing_area(&d, 1, 2, 30, 4, &plain_area);
    expect(&d, true, "<rect x=\"1\" y=\"2\" width=\"30\" height=\"4\" fill=\"#ffffff\"/>\n");
}
END_TEST

START_TEST(bends_are_rounded)
{
    gf_pen pen = {"#440154", "", 2, 9, false, false, false, 0};
    /* The corner's pieces are long: the curve takes 9 of each. */
    expect_line((gf_point[]){{0, 0}, {20, 0}, {20, 30}}, 3, pen, "d=\"M 0 0 L 11 0 Q 20 0 20 9 L 20 30\"");
    /* Two corners share a piece of 10: 5 each. */
    expect_line((gf_point[]){{0, 0}, {20, 0}, {20, 10}, {40, 10}}, 4, pen,
                "d=\"M 0 0 L 15 0 Q 20 0 20 5 L 20 5 Q 20 10 25 10 L 40 10\"");
    /* One that has a piece of 4 alone takes all of it. */
    expect_line((gf_point[]){{0, 0}, {4, 0}, {4, 30}}, 3, pen, "d=\"M 0 0 L 0 0 Q 4 0 4 4 L 4 30\"");
    pen.radius = 0;
    expect_line((gf_point[]){{0, 0}, {4, 0}, {4, 30}}, 3, pen, "d=\"M 0 0 L 4 0 L 4 30\"");
}
END_TEST

START_TEST(points_that_say_nothing_are_left_out)
{
    gf_pen pen = {"#440154", "", 2, 9, false, false, false, 0};
    expect_line((gf_point[]){{0, 0}, {0, 0.01}, {5, 0}, {5, 0}, {9, 0}, {9, 0}}, 6, pen, "d=\"M 0 0 L 9 0\"");
    /* Back on the same way is a point of its own. */
    expect_line((gf_point[]){{0, 0}, {9, 0}, {5, 0}}, 3, (gf_pen){"#440154", "", 2, 0, false, false, false, 0},
                "d=\"M 0 0 L 9 0 L 5 0\"");
    expect_line((gf_point[]){{0, 0}, {0, 9}, {0, 5}}, 3, (gf_pen){"#440154", "", 2, 0, false, false, false, 0},
                "d=\"M 0 0 L 0 9 L 0 5\"");
    gf_drawing d = page();
    gf_drawing_line(&d, (gf_point[]){{3, 3}, {3, 3}}, 2, &pen);
    gf_drawing_line(&d, NULL, 0, &pen);
    ck_assert_uint_eq(d.count, 0);
    expect(&d, false, "<path");
}
END_TEST

START_TEST(what_is_magnified_keeps_the_widths_of_its_lines)
{
    gf_drawing d = page();
    gf_drawing_area(&d, 1, 2, 30, 4, &plain_area);
    gf_drawing_area(&d, 1, 2, 30, 4, &(gf_area){"", "#8a949e", 1.2, 7, false});
    gf_drawing_line(&d, (gf_point[]){{0, 0}, {1, 0}, {1, 1.5}}, 3,
                    &(gf_pen){"#ff0000", "", 2, 0, false, false, false, 0});
    gf_drawing_text(&d, 5, 6, GF_START, GF_SANS, "#000000", "h", 12, GF_PLAIN);
    gf_drawing_magnify(&d, 1, 2);
    ck_assert(d.items[0].x == 1 && d.items[0].width == 30);
    ck_assert(d.items[1].y == 4 && d.items[1].height == 8 && d.items[1].area.radius == 14);
    ck_assert(d.items[1].area.width == 1.2 && d.items[2].points[2].y == 3);
    ck_assert(d.items[3].x == 10 && d.items[3].runs[0].size == 24);
    gf_drawing_free(&d);
}
END_TEST

START_TEST(an_arrows_tip_touches_the_last_point)
{
    gf_pen pen = {"#440154", "", 2, 9, false, true, false, 0};
    /* 4.5 + 0.75 * 2 = 6 long, 3 + 0.6 * 2 = 4.2 to each side; the line ends within, 4.8 before the point. */
    expect_line((gf_point[]){{0, 0}, {20, 0}}, 2, pen,
                "<path d=\"M 0 0 L 15.2 0\" fill=\"none\" stroke-linejoin=\"round\" stroke=\"#440154\" "
                "stroke-width=\"2\" stroke-linecap=\"round\"/>\n"
                "<polygon points=\"20 0 14 4.2 14 -4.2\" fill=\"#440154\"/>\n");
    expect_line((gf_point[]){{0, 20}, {0, 0}}, 2, pen, "<polygon points=\"0 0 4.2 6 -4.2 6\"");
    /* A short last piece has a short tip. */
    expect_line((gf_point[]){{0, 0}, {5, 0}}, 2, pen, "<polygon points=\"5 0 0.5 4.2 0.5 -4.2\"");
}
END_TEST

START_TEST(a_halo_lies_below_its_line)
{
    gf_pen pen = {"#440154", "#ffffff", 2, 9, true, false, false, 0};
    expect_line((gf_point[]){{0, 0}, {20, 0}}, 2, pen,
                "<path d=\"M 0 0 L 20 0\" fill=\"none\" stroke-linejoin=\"round\" stroke=\"#ffffff\" "
                "stroke-width=\"5.2\"/>\n<path d=\"M 0 0 L 20 0\" fill=\"none\" stroke-linejoin=\"round\" "
                "stroke=\"#440154\" stroke-width=\"2\" stroke-dasharray=\"5 4\"/>\n");
    pen = (gf_pen){"", "#ffffff", 2, 9, false, true, false, 0};
    gf_drawing d = page();
    gf_drawing_line(&d, (gf_point[]){{0, 0}, {20, 0}}, 2, &pen);
    expect(&d, false, "polygon");
    expect_line((gf_point[]){{0, 0}, {20, 0}}, 2, pen, "\"#ffffff\" stroke-width=\"5.2\"/>\n</svg>");
}
END_TEST

START_TEST(a_text_is_one_element_with_a_part_a_run)
{
    const gf_run runs[] = {
        {"x ", 14, GF_ITALIC, 0}, {"t", 10, GF_PLAIN, -3}, {"", 9, GF_PLAIN, 8}, {"T", 10, GF_BOLD, 5}};
    gf_drawing d = page();
    gf_drawing_runs(&d, 3, 4, GF_END, GF_SERIF, "#1b1f24", runs, 4);
    expect(
        &d, true,
        "<text xml:space=\"preserve\" x=\"3\" y=\"4\" text-anchor=\"end\" font-family=\"Liberation Serif, Times New "
        "Roman, serif\" fill=\"#1b1f24\"><tspan font-size=\"14\" font-style=\"italic\">x </tspan><tspan "
        "font-size=\"10\" dy=\"3\">t</tspan><tspan font-size=\"10\" font-weight=\"bold\" dy=\"-8\">T</tspan></text>\n");
    d = page();
    gf_drawing_text(&d, 3, 4, GF_START, GF_SANS, "#1b1f24", "a<b", 14, GF_PLAIN);
    expect(&d, true,
           "<text xml:space=\"preserve\" x=\"3\" y=\"4\" fill=\"#1b1f24\"><tspan font-size=\"14\">a&lt;b</tspan>");
}
END_TEST

START_TEST(a_text_may_read_from_the_bottom_to_the_top)
{
    gf_drawing d = page();
    gf_drawing_text(&d, 30, 40, GF_MIDDLE, GF_SANS, "#1b1f24", "ab", 10, GF_PLAIN);
    gf_ink level = gf_text_ink(&d.items[0]);
    gf_drawing_upright(&d);
    gf_ink upright = gf_text_ink(&d.items[0]);
    ck_assert_double_eq(upright.width, level.height);
    ck_assert_double_eq(upright.height, level.width);
    ck_assert_double_eq_tol(upright.x - 30, level.y - 40, 1e-12);
    ck_assert_double_eq_tol(upright.y + upright.height / 2, 40, 1e-12);
    expect(&d, true, "y=\"40\" text-anchor=\"middle\" transform=\"rotate(-90 30 40)\" fill=");
}
END_TEST

START_TEST(what_xml_does_not_take_is_replaced)
{
    gf_drawing d = page();
    gf_drawing_text(&d, 3, 4, GF_MIDDLE, GF_SANS, "#1b1f24", "a\x01\nb\xff\xEF\xBF\xBF", 14, GF_PLAIN);
    expect(&d, true, ">a  b\uFFFD\uFFFD<");
}
END_TEST

START_TEST(what_is_drawn_is_copied)
{
    char word[] = "before", colour[] = "#111111";
    gf_point points[] = {{0, 0}, {20, 0}};
    gf_drawing d = page();
    gf_drawing_text(&d, 0, 0, GF_START, GF_SANS, colour, word, 10, GF_PLAIN);
    gf_drawing_line(&d, points, 2, &(gf_pen){colour, "", 1, 0, false, false, false, 0});
    char *before = svg_of(&d);
    strcpy(word, "after");
    strcpy(colour, "#222222");
    points[1].x = 7;
    char *after = svg_of(&d);
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
    gf_drawing_free(&d);
}
END_TEST

/* --- places ------------------------------------------------------------------------------------------ */

static void expect_places(gf_drawing *d, const char *wanted)
{
    gf_text text = {0};
    gf_places_write(d, &text);
    ck_assert(!text.failed);
    ck_assert_str_eq(gf_text_string(&text), wanted);
    gf_text_free(&text);
    gf_drawing_free(d);
}

START_TEST(places_say_where_everything_stands)
{
    gf_drawing d = page();
    gf_drawing_area(&d, 0, 1, 9, 8, &plain_area);
    gf_drawing_group(&d, "h1", "box", NULL);
    gf_drawing_group(&d, NULL, "inner", NULL);
    gf_drawing_area(&d, 1, 2, 3, 4.5, &plain_area);
    gf_drawing_end(&d);
    gf_drawing_text(&d, 10, 20, GF_MIDDLE, GF_SANS, "#000000", "\"A\\", 10, GF_PLAIN);
    gf_drawing_end(&d);
    gf_drawing_arrow(&d, "arrow", NULL, "x1", "h1 o1");
    gf_drawing_line(&d, (gf_point[]){{0, 0}, {5, 0}}, 2, &(gf_pen){"", "#ffffff", 2, 0, false, true, false, 0});
    gf_drawing_line(&d, (gf_point[]){{0, 0}, {5, 0}, {5, 6}}, 3, &(gf_pen){"#440154", "", 2, 0, true, true, false, 0});
    gf_drawing_end(&d);
    expect_places(
        &d,
        "{\"width\": 100, \"height\": 50.5, \"ground\": \"#ffffff\", \"left_out\": 0,\n"
        "\"areas\": [\n{\"id\": null, \"class\": null, \"x\": 0, \"y\": 1, \"width\": 9, \"height\": 8, \"fill\": "
        "\"#ffffff\"},\n{\"id\": \"h1\", \"class\": \"inner\", \"x\": 1, \"y\": 2, \"width\": 3, \"height\": 4.5, "
        "\"fill\": \"#ffffff\"}],\n"
        "\"texts\": [\n{\"text\": \"\\\"A\\\\\", \"in\": \"h1\", \"x\": 3.5, \"y\": 12.6, \"width\": 13, "
        "\"height\": 9.4, \"size\": 10, \"smallest\": 10, \"colour\": \"#000000\"}],\n"
        "\"lines\": [\n{\"class\": \"arrow\", \"from\": \"x1\", \"to\": [\"h1\", \"o1\"], \"width\": 2, \"colour\": "
        "\"#440154\", \"dashed\": true, \"head\": true, \"points\": [[0, 0], [5, 0], [5, 6]]}]}\n");
}
END_TEST

START_TEST(an_empty_page_has_empty_lists)
{
    gf_drawing d = page();
    gf_drawing_line(&d, (gf_point[]){{0, 0}, {5, 0}}, 2, &(gf_pen){"#440154", "", 2, 0, false, false, false, 0});
    expect_places(&d,
                  "{\"width\": 100, \"height\": 50.5, \"ground\": \"#ffffff\", \"left_out\": 0,\n"
                  "\"areas\": [],\n\"texts\": [],\n"
                  "\"lines\": [\n{\"class\": null, \"from\": null, \"to\": [], \"width\": 2, \"colour\": \"#440154\", "
                  "\"dashed\": false, \"head\": false, \"points\": [[0, 0], [5, 0]]}]}\n");
}
END_TEST

/* Capitals of 20 pixels stand 14.8 above the line; what is lowered by 5 hangs 5 + 2 below it, what is raised by 12
 * stands 12 + 7.4 above. */
START_TEST(ink_holds_what_is_raised_and_lowered)
{
    const gf_run runs[] = {{"A", 20, GF_PLAIN, 0}, {"A", 10, GF_PLAIN, -5}, {"A", 10, GF_PLAIN, 12}};
    gf_item text = {.kind = GF_ITEM_TEXT, .x = 50, .y = 40, .runs = runs, .run_count = 2, .anchor = GF_END};
    gf_ink ink = gf_text_ink(&text);
    double width = 1366 * 30 / 2048.0;
    assert_near(ink.x, 50 - width, 1e-12);
    assert_near(ink.y, 40 - 14.8, 1e-12);
    assert_near(ink.width, width, 1e-12);
    assert_near(ink.height, 14.8 + 7, 1e-12);
    text.run_count = 3;
    assert_near(gf_text_ink(&text).y, 40 - 19.4, 1e-12);
}
END_TEST

START_TEST(two_alike_are_the_same_bytes)
{
    gf_drawing first, second;
    draw_sample(&first, gf_theme_find("dark"));
    draw_sample(&second, gf_theme_find("dark"));
    char *a = svg_of(&first), *b = svg_of(&second);
    ck_assert_str_eq(a, b);
    free(a);
    free(b);
    gf_drawing_free(&first);
    gf_drawing_free(&second);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {letters_have_the_widths_of_liberation,
                            what_liberation_has_is_in_the_table,
                            other_letters_are_guessed,
                            runs_are_as_wide_as_their_letters,
                            a_page_has_a_size_a_title_and_a_role,
                            numbers_are_short,
                            a_comma_in_the_locale_changes_nothing,
                            groups_have_ids_classes_and_titles,
                            areas_have_borders_and_round_corners,
                            bends_are_rounded,
                            points_that_say_nothing_are_left_out,
                            what_is_magnified_keeps_the_widths_of_its_lines,
                            an_arrows_tip_touches_the_last_point,
                            a_halo_lies_below_its_line,
                            a_text_is_one_element_with_a_part_a_run,
                            a_text_may_read_from_the_bottom_to_the_top,
                            what_xml_does_not_take_is_replaced,
                            what_is_drawn_is_copied,
                            places_say_where_everything_stands,
                            an_empty_page_has_empty_lists,
                            ink_holds_what_is_raised_and_lowered,
                            two_alike_are_the_same_bytes};
    return RUN_TESTS("drawing", tests);
}
