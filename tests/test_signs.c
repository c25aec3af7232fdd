/* Signs, numbers and words of the equation language, one by one. */
#include "equations.h"

#include "language/functions.h"

START_TEST(numbers_are_written_as_short_as_they_can_be)
{
    static const struct {
        double number;
        const char *text;
    } numbers[] = {
        {0, "0"},
        {-2, "-2"},
        {0.1, "0.1"},
        {1.0 / 3, "0.3333333333333333"},
        {1e14, "100000000000000"},
        {1e15, "1e+15"},
        {-2.5e-7, "-2.5e-07"},
        {INFINITY, "inf"},
        {-INFINITY, "-inf"},
        {NAN, "nan"},
        {123456.75, "123456.75"},
    };
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        gf_text w = {0};
        gf_text_number(&w, numbers[k].number);
        ck_assert_str_eq(gf_text_string(&w), numbers[k].text);
        gf_text_free(&w);
    }
    char digits[200] = "1";
    memset(digits + 1, '0', sizeof digits - 1);
    ck_assert(gf_number_read(digits, 30) == 1e29 && gf_number_read("12x", 2) == 12);
    ck_assert(isnan(gf_number_read("12x", 3)) && isnan(gf_number_read("", 0)));
}
END_TEST

/* Signs of full width do what the others do. */
START_TEST(signs_are_of_any_width)
{
    for (char sign = '!'; sign <= '~'; sign++) {
        size_t errors[2];
        for (int wide = 0; wide <= 1; wide++) {
            int bits = sign - '!' + 0x01; /* U+FF01 and on */
            char text[32], code[4] = {(char)0xEF, (char)(0xBC + bits / 64), (char)(0x80 + bits % 64), '\0'};
            snprintf(text, sizeof text, "loss 2 %s 1", wide ? code : (char[]){sign, '\0'});
            gf_model *m;
            gf_model_parse(&m, text, "test.gf");
            errors[wide] = gf_model_error_count(m);
            gf_model_free(m);
        }
        ck_assert_msg(errors[0] == errors[1], "%c: %zu and %zu errors", sign, errors[0], errors[1]);
    }
}
END_TEST

/* Every function, with a letter too many in front. */
START_TEST(every_function_is_proposed)
{
    char name[GF_FUNCTION_NAME], text[128], wanted[128];
    int count = 0;
    for (; gf_function_name(count, name); count++) {
        if (strlen(name) < 3 || strchr(name, '\''))
            continue;
        snprintf(text, sizeof text, "param W : 1 x 1\nloss q%s(W)", name);
        snprintf(wanted, sizeof wanted, "did you mean %s(", name);
        gf_model *m;
        ck_assert_int_eq(gf_model_parse(&m, text, "test.gf"), GF_ERROR_SYNTAX);
        ck_assert_msg(strstr(gf_model_message(m), wanted), "%s: %s", name, gf_model_message(m));
        gf_model_free(m);
    }
    ck_assert_int_gt(count, 30);
}
END_TEST

/* Of a long line, 160 characters are shown: from 80 before the place on, or from its beginning. */
START_TEST(a_long_line_is_shown_around_the_place)
{
    for (int before = 0; before <= 300; before += 50) {
        gf_text text = {0}, wanted = {0};
        gf_text_add(&text, "loss 1");
        for (int k = 0; k < before / 2; k++)
            gf_text_add(&text, "+1");
        gf_text_add(&text, "+q");
        for (int k = 0; k < 200; k++)
            gf_text_add(&text, "+2");
        int at = 7 + before, first = at > 80 ? at - 80 : 0;
        gf_text_print(&wanted,
                      "test.gf:1:%d: error: q is not declared\n   %.160s\n   %*s^\n"
                      "   declare it, as  param q : 1 x 1\n",
                      at + 1, gf_text_string(&text) + first, at - first, "");
        assert_message(gf_text_string(&text), gf_text_string(&wanted));
        gf_text_free(&text);
        gf_text_free(&wanted);
    }
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        numbers_are_written_as_short_as_they_can_be,
        signs_are_of_any_width,
        every_function_is_proposed,
        a_long_line_is_shown_around_the_place,
    };
    return RUN_TESTS("signs", tests);
}
