/* Characters, text that grows, and numbers in it. */
#include "support.h"

#include <float.h>
#include <locale.h>
#include <stdio.h>

#include <gradflow/base.h>

#include "text/characters.h"
#include "text/text.h"

/* --- characters --------------------------------------------------------------- */

START_TEST(characters_are_decoded)
{
    static const struct {
        const char *text;
        uint32_t code;
        int bytes;
    } right[] = {
        {"", 0, 1},
        {"a", 'a', 1},
        {"\x7F", 0x7F, 1},
        {"\xC2\x80", 0x80, 2},
        {"\xDF\xBF", 0x7FF, 2},
        {"\xE0\xA0\x80", 0x800, 3},
        {"\xED\x9F\xBF", 0xD7FF, 3},
        {"\xEE\x80\x80", 0xE000, 3},
        {"\xEF\xBF\xBF", 0xFFFF, 3},
        {"\xF0\x90\x80\x80", 0x10000, 4},
        {"\xF4\x8F\xBF\xBF", 0x10FFFF, 4},
    };
    for (size_t k = 0; k < sizeof right / sizeof *right; k++) {
        int bytes;
        ck_assert_uint_eq(gf_utf8_decode(right[k].text, (size_t)right[k].bytes, &bytes), right[k].code);
        ck_assert_int_eq(bytes, right[k].bytes);
    }
}
END_TEST

/* How many mistakes, and of how many bytes the first: Unicode's "maximal subparts" (15, section 3.9). */
START_TEST(what_is_no_character_counts_by_mistakes)
{
    static const struct {
        const char *text;
        int bytes, mistakes;
    } wrong[] = {
        {"\x80", 1, 1},                     /* the rest of nothing */
        {"\xBF\xBF", 1, 2},                 /* twice */
        {"\xC3", 1, 1},                     /* cut off by the end */
        {"\xE2\x82", 2, 1},                 /* after two bytes */
        {"\xF0\x9F\x98", 3, 1},             /* after three */
        {"\xC0\xAF", 1, 2},                 /* longer than need be: two bytes for / */
        {"\xC1\xBF", 1, 2},                 /* and for 7F */
        {"\xE0\x80\xAF", 1, 3},             /* three */
        {"\xE0\x9F\xBF", 1, 3},             /* and for 7FF */
        {"\xF0\x80\x80\xAF", 1, 4},         /* four */
        {"\xF0\x8F\xBF\xBF", 1, 4},         /* and for FFFF */
        {"\xED\xA0\x80", 1, 3},             /* the first surrogate */
        {"\xED\xBF\xBF", 1, 3},             /* the last */
        {"\xF4\x90\x80\x80", 1, 4},         /* beyond U+10FFFF */
        {"\xF5\x80\x80\x80", 1, 4},         /* that begins nothing */
        {"\xF8\x88\x80\x80\x80", 1, 5},     /* five bytes, as UTF-8 was meant once */
        {"\xFE", 1, 1},                     /* of UTF-16 */
        {"\xFF", 1, 1},                     /* so */
        {"\xE2\x82\xE2\x82", 2, 2},         /* cut off twice */
        {"\xF0\x9F\xF0\x9F\x98\xC3", 2, 3}, /* thrice */
    };
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        int bytes;
        ck_assert_uint_eq(gf_utf8_decode(wrong[k].text, strlen(wrong[k].text), &bytes), GF_INVALID);
        ck_assert_int_eq(bytes, wrong[k].bytes);
        ck_assert_uint_eq(gf_utf8_count(wrong[k].text), wrong[k].mistakes);
        char text[16]; /* a character behind it is read */
        snprintf(text, sizeof text, "%sa", wrong[k].text);
        ck_assert_uint_eq(gf_make_printable(text), (size_t)wrong[k].mistakes + 1);
        ck_assert_str_eq(text + wrong[k].mistakes, "a");
    }
    int bytes; /* nothing behind the end is looked at */
    ck_assert_uint_eq(gf_utf8_decode("\xE2\x82\xAC", 2, &bytes), GF_INVALID);
    ck_assert_int_eq(bytes, 2);
}
END_TEST

START_TEST(characters_are_counted)
{
    const char *text = "aσ字𝛼\xE2\x82z";
    ck_assert_uint_eq(gf_utf8_count(""), 0);
    ck_assert_uint_eq(gf_utf8_count(text), 6);
    static const size_t bytes[] = {0, 1, 3, 6, 10, 12, 13, 13};
    for (size_t most = 0; most < sizeof bytes / sizeof *bytes; most++)
        ck_assert_uint_eq(gf_utf8_bytes(text, most), bytes[most]);
}
END_TEST

START_TEST(letters_and_marks_are_of_any_script)
{
    static const uint32_t letters[] = {'a',    'Z',    0xAA,   0xE9,   0x3C3,  0x5D0,  0x627,   0x939,
                                       0x3042, 0x5B57, 0xD55C, 0x2161, 0x3007, 0x207F, 0x1D6FC, 0x17000};
    static const uint32_t marks[] = {0x300, 0x303, 0x903, 0x20D7, 0x3099, 0xFE0F};
    static const uint32_t neither[] = {0,      '_',    '0',    '+',     0xB2,    0xD7,     0x660,    0x1D40,
                                       0x2081, 0x2202, 0x3001, 0x1F600, 0xE0001, 0x10FFFF, 0x110000, GF_INVALID};
    for (size_t k = 0; k < sizeof letters / sizeof *letters; k++)
        ck_assert_msg(gf_code_is_letter(letters[k]) && !gf_code_is_mark(letters[k]), "U+%04X", (unsigned)letters[k]);
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        ck_assert_msg(gf_code_is_mark(marks[k]) && !gf_code_is_letter(marks[k]), "U+%04X", (unsigned)marks[k]);
    for (size_t k = 0; k < sizeof neither / sizeof *neither; k++)
        ck_assert_msg(!gf_code_is_letter(neither[k]) && !gf_code_is_mark(neither[k]), "U+%04X", (unsigned)neither[k]);
}
END_TEST

/* Han, kana, Hangul, Tangut, full width, brackets and pictographs take two columns; half-width kana, one. */
START_TEST(characters_are_as_wide_as_in_a_terminal)
{
    static const uint32_t wide[] = {0x1100, 0x2329, 0x3042, 0x5B57, 0xA960, 0xD55C, 0xFF08, 0x17000, 0x1B001, 0x1F680};
    static const uint32_t narrow[] = {'a', 0xE9, 0x3C3, 0x2190, 0x303F, 0xFF71, 0xFFFD, 0x1D6FC};
    static const uint32_t without[] = {0x303, 0x3099, 0x200D, 0xFE0F};
    for (size_t k = 0; k < sizeof wide / sizeof *wide; k++)
        ck_assert_msg(gf_code_width(wide[k]) == 2, "U+%04X", (unsigned)wide[k]);
    for (size_t k = 0; k < sizeof narrow / sizeof *narrow; k++)
        ck_assert_msg(gf_code_width(narrow[k]) == 1, "U+%04X", (unsigned)narrow[k]);
    for (size_t k = 0; k < sizeof without / sizeof *without; k++)
        ck_assert_msg(gf_code_width(without[k]) == 0, "U+%04X", (unsigned)without[k]);
}
END_TEST

START_TEST(what_is_not_seen)
{
    static const uint32_t hidden[] = {0, 0x7F, 0x9B, 0x61C, 0x200B, 0x202E, 0x2066, 0xFEFF, 0xE0001, 0xE007F};
    static const uint32_t invisible[] = {0xAD,   0x34F,  0x115F, 0x1160,  0x17B4,  0x180B,  0x180F,  0x3164,  0xFE00,
                                         0xFE0F, 0xFFA0, 0xFFF0, 0x1BCA0, 0x1D173, 0xE0080, 0xE0100, 0xE01EF, 0xE0FFF};
    static const uint32_t seen[] = {' ', 'a', 0xA0, 0xAC, 0xAE, 0x301, 0x200C, 0x200D, 0x3163, 0xFE10, 0xFFFD, 0x1F600};
    for (size_t k = 0; k < sizeof hidden / sizeof *hidden; k++)
        ck_assert(gf_code_is_hidden(hidden[k]) && gf_code_is_invisible(hidden[k]));
    for (size_t k = 0; k < sizeof invisible / sizeof *invisible; k++)
        ck_assert(!gf_code_is_hidden(invisible[k]) && gf_code_is_invisible(invisible[k]));
    for (size_t k = 0; k < sizeof seen / sizeof *seen; k++)
        ck_assert(!gf_code_is_hidden(seen[k]) && !gf_code_is_invisible(seen[k]));
}
END_TEST

/* --- text ------------------------------------------------------------------- */

static void assert_text(gf_text *text, const char *wanted)
{
    ck_assert(!text->failed);
    ck_assert_uint_eq(text->size, strlen(wanted));
    ck_assert_str_eq(gf_text_string(text), wanted);
}

START_TEST(a_text_grows)
{
    gf_text text = {0};
    assert_text(&text, "");
    gf_text_clear(&text);
    assert_text(&text, "");
    gf_text_add(&text, "rows");
    gf_text_bytes(&text, " and more", 4);
    gf_text_print(&text, " %d %s", 2, "columns");
    gf_text_printable(&text, "\033[2J");
    gf_text_number(&text, -0.25);
    assert_text(&text, "rows and 2 columns?[2J-0.25");
    gf_text_clear(&text);
    assert_text(&text, "");
    for (size_t k = 1; k <= 3000; k++) {
        gf_text_print(&text, "%c", (int)('a' + k % 26));
        ck_assert_uint_eq(strlen(gf_text_string(&text)), k);
    }
    gf_text_free(&text);
    assert_text(&text, "");
}
END_TEST

START_TEST(a_text_is_cut_and_kept)
{
    gf_text text = {0};
    gf_arena arena = {0};
    gf_text_cut(&text, 0);
    ck_assert_str_eq(gf_text_keep(&text, &arena), "");
    gf_text_add(&text, "rows and columns");
    gf_text_cut(&text, 4);
    assert_text(&text, "rows");
    ck_assert_str_eq(gf_text_keep(&text, &arena), "rows");
    assert_text(&text, "");
    gf_text_add(&text, "rows");
    text.failed = true;
    ck_assert_ptr_null(gf_text_keep(&text, &arena));
    assert_text(&text, "");
    gf_arena_free(&arena);
}
END_TEST

static void assert_name(const char *name, const char *wanted)
{
    gf_text text = {0};
    gf_text_name(&text, name);
    assert_text(&text, wanted);
    gf_text_free(&text);
}

START_TEST(a_name_is_made_fit_for_a_picture)
{
    assert_name("σ(größe)", "σ(größe)");
    assert_name("a\tb\x7F", "a b ");
    assert_name("a\xC3(\xEF\xBF\xBE\xF0\x9D\x9B", "a\uFFFD(\uFFFD\uFFFD");
    assert_name("h\u202E\u200B", "h??");
    assert_name("h\u00AD\u3164\uFE00\U000E0100", "h????");
    assert_name("\u2764\uFE0F", "\u2764\uFE0F"); /* a heart in colours */
    assert_name("नि\u200Dले", "नि\u200Dले");
}
END_TEST

/* --- numbers ---------------------------------------------------------------- */

static void assert_exact(double number, const char *wanted)
{
    char out[GF_NUMBER];
    ck_assert_ptr_eq(gf_number_exact(out, number), out);
    ck_assert_str_eq(out, wanted);
    if (!isnan(number))
        ck_assert(gf_number_read(out, strlen(out)) == number);
}

START_TEST(a_number_has_the_digits_that_tell_it_from_others)
{
    assert_exact(0, "0");
    assert_exact(-0.0, "-0");
    assert_exact(0.1, "0.1");
    assert_exact(0.1 + 0.2, "0.30000000000000004");
    assert_exact(1 + DBL_EPSILON, "1.0000000000000002");
    assert_exact(123456789012, "123456789012");
    assert_exact(-DBL_MAX, "-1.7976931348623157e+308");
    assert_exact(5e-324, "5e-324");
    assert_exact(2.5e-310, "2.5e-310");
    assert_exact(INFINITY, "inf");
    assert_exact(-NAN, "nan");
}
END_TEST

static void assert_as(const char *format, double number, const char *wanted)
{
    char out[GF_NUMBER];
    ck_assert_ptr_eq(gf_number_as(out, format, number), out);
    ck_assert_str_eq(out, wanted);
}

START_TEST(a_number_has_the_digits_asked_for)
{
    assert_as("%.6g", 1.0 / 3, "0.333333");
    assert_as("%.1e", 1.0 / 3, "3.3e-01");
    assert_as("%.2f", 2, "2.00");
    assert_as("%.6g", -NAN, "nan");
    char told[GF_NUMBER];
    ck_assert_str_eq(gf_number_told(told, "%.6g", -NAN), "NaN");
    ck_assert_str_eq(gf_number_told(told, "%.6g", -0.0), "0");
    ck_assert_str_eq(gf_number_told(told, "%.6g", -INFINITY), "-inf");
    ck_assert_str_eq(gf_number_told(told, "%.1e", 0.25), "2.5e-01");
    assert_as("%.6g", -INFINITY, "-inf");
}
END_TEST

/* Turkey writes a comma. */
START_TEST(a_number_has_a_point_in_every_locale)
{
    if (!setlocale(LC_NUMERIC, "tr_TR.UTF-8"))
        return;
    gf_text text = {0};
    gf_text_number(&text, 0.5);
    assert_text(&text, "0.5");
    gf_text_free(&text);
    assert_exact(1.0 / 3, "0.3333333333333333");
    assert_exact(2.5e-7, "2.5e-07");
    assert_as("%.1e", 1.0 / 3, "3.3e-01");
    ck_assert(gf_number_read("1,5", 1) == 1 && isnan(gf_number_read("1,5", 3)));
    setlocale(LC_NUMERIC, "C");
}
END_TEST

START_TEST(what_is_no_number_is_not_read_as_one)
{
    char digits[600];
    memset(digits, '1', sizeof digits);
    ck_assert(gf_number_read("12x", 2) == 12 && isnan(gf_number_read("12x", 3)) && isnan(gf_number_read("", 0)));
    ck_assert(gf_number_read(digits, 300) > 1e299 && isnan(gf_number_read(digits, sizeof digits)));
}
END_TEST

START_TEST(letters_that_look_like_latin_ones)
{
    static const char alike[] = "АВЕКМНОРСТУХЅІЈаеорсухѕіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυχＡｚ",
                      latin[] = "ABEKMHOPCTYXSIJaeopcyxsijABEZHIKMNOPTYXaivopuxAz";
    int bytes;
    size_t at = 0;
    for (size_t k = 0; latin[k]; k++, at += (size_t)bytes) {
        uint32_t code = gf_utf8_decode(alike + at, sizeof alike - at, &bytes);
        ck_assert_msg(gf_code_looks_like(code) == (uint32_t)latin[k], "U+%04X", (unsigned)code);
    }
    ck_assert_uint_eq(at, sizeof alike - 1);
    ck_assert_uint_eq(gf_code_looks_like(0x3C3), 0x3C3);
    ck_assert_str_eq(gf_code_script(0x445), "Cyrillic");
    ck_assert_str_eq(gf_code_script(0x5B57), "");
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        characters_are_decoded,
        what_is_no_character_counts_by_mistakes,
        characters_are_counted,
        letters_and_marks_are_of_any_script,
        characters_are_as_wide_as_in_a_terminal,
        what_is_not_seen,
        a_text_grows,
        a_text_is_cut_and_kept,
        a_name_is_made_fit_for_a_picture,
        a_number_has_the_digits_that_tell_it_from_others,
        a_number_has_the_digits_asked_for,
        a_number_has_a_point_in_every_locale,
        what_is_no_number_is_not_read_as_one,
        letters_that_look_like_latin_ones,
    };
    return RUN_TESTS("characters", tests);
}
