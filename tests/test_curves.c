/* Functions of one number: what they come to, what is refused, and how they are drawn. */
#include "support.h"

#include <math.h>

#include <gradflow/flow.h>

#define AS(...) ((gf_flow_options){.size = sizeof(gf_flow_options), __VA_ARGS__})

static gf_model *model;

static gf_model *model_of(const char *text)
{
    gf_model *m;
    ck_assert_msg(gf_model_parse(&m, text, "a.gf") == GF_OK, "%s", gf_model_message(m));
    return m;
}

static void teardown(void)
{
    gf_model_free(model);
}

static char *curves(const char *const expressions[], size_t count, gf_flow_options options)
{
    char *out;
    gf_status status = gf_flow_curves(&out, NULL, model, expressions, count, -2, 2, &options);
    ck_assert_msg(status == GF_OK, "%s", gf_model_message(model));
    return out;
}

static void assert_no_curve(const char *expression, gf_flow_options options, gf_status wanted, const char *message)
{
    char *out = "";
    ck_assert_int_eq(gf_flow_curves(&out, NULL, model, &expression, 1, -2, 2, &options), wanted);
    ck_assert_ptr_null(out);
    ck_assert_str_eq(gf_model_message(model), message);
}

/* The value of a line of CSV at that u. */
static double at(const char *csv, const char *expression, const char *u)
{
    char begin[100];
    snprintf(begin, sizeof begin, "\n%s,%s,", expression, u);
    const char *line = strstr(csv, begin);
    ck_assert_msg(line != NULL, "no line %s in %s", begin, csv);
    return strtod(line + strlen(begin), NULL);
}

/* u is a number wherever it stands, but where a sum has an index of that name; lets and sums are worked out anew. */
START_TEST(curves_are_functions_of_u)
{
    const char *const expressions[] = {"tanh'(u)", "sum(j,1..3,u^j)", "sum(u,1..3,u)", "d * u", "-u^2", "h[2] * u"};
    model = model_of("steps T = 2\ninput u[t] : 1 x 1 = 3\nstart h[0] : 1 x 1\nh[t] = 2 * h[t-1] + u[t]\nloss h[T]\n"
                     "let d = sum(u[T])\n");
    char *out = curves(expressions, 6, AS(.format = GF_FLOW_CSV));
    ck_assert(!strncmp(out, "expression,u,value\ntanh'(u),-2,", 31));
    ck_assert_double_eq(at(out, "tanh'(u)", "0"), 1);
    ck_assert_double_eq_tol(at(out, "tanh'(u)", "0.5"), 1 - tanh(0.5) * tanh(0.5), 1e-15);
    ck_assert_double_eq(at(out, "\"sum(j,1..3,u^j)\"", "2"), 14);
    ck_assert_double_eq(at(out, "\"sum(j,1..3,u^j)\"", "-1"), -1);
    ck_assert_double_eq(at(out, "\"sum(u,1..3,u)\"", "0.01"), 6);
    ck_assert_double_eq(at(out, "d * u", "-1.99"), 3 * -1.99);
    ck_assert_double_eq(at(out, "-u^2", "-2"), -4);
    ck_assert_double_eq(at(out, "h[2] * u", "2"), 18);
    free(out);
}
END_TEST

START_TEST(curves_say_why_not)
{
    model = model_of("steps T = 2\ninput x[t] : 2 x 1\nloss sum(x[T])\n");
    gf_flow_options svg = AS(.format = GF_FLOW_SVG);
    assert_no_curve("u * x[2]", svg, GF_ERROR_ARGUMENT,
                    "flow: --curve 'u * x[2]' is 2 x 1, and a curve is of one number\n");
    assert_no_curve("tanh(v)", svg, GF_ERROR_SYNTAX,
                    "flow: --curve:1:6: error: v is not declared\n   tanh(v)\n        ^\n"
                    "   define it, as  let v = …, or declare it, as  given v : 1 x 1 = 0.1\n");
    assert_no_curve(" ", svg, GF_ERROR_ARGUMENT,
                    "flow: --curve: an expression is empty: write one, such as 'tanh(u)'\n");
    assert_no_curve("u * sum(x[3])", svg, GF_ERROR_ARGUMENT, "flow: --curve: x[3]: there are x[1] to x[2]\n");
    svg.theme = "loud";
    assert_no_curve("u", svg, GF_ERROR_ARGUMENT, "flow: there is no theme 'loud', only light, dark and print\n");
    svg = AS(.format = GF_FLOW_SVG, .page_width = 200, .page_height = 200);
    assert_no_curve("u", svg, GF_ERROR_LIMIT, "flow: 200 x 200 pixels are too few: leave out --size\n");
    assert_no_curve("u", AS(.format = (gf_flow_format)9), GF_ERROR_ARGUMENT, "flow: there is no format 9\n");
    const char *many[19];
    for (int k = 0; k < 19; k++)
        many[k] = "u";
    char *out;
    svg = AS(.format = GF_FLOW_SVG);
    ck_assert_int_eq(gf_flow_curves(&out, NULL, model, many, 19, -1, 1, &svg), GF_ERROR_LIMIT);
    ck_assert_str_eq(gf_model_message(model), "flow: a picture holds 18 curves that can be told apart, not 19\n");
    ck_assert_int_eq(gf_flow_curves(&out, NULL, model, many, 1, 1, 1, &svg), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_flow_curves(&out, NULL, model, many, 0, 0, 1, &svg), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_flow_curves(&out, NULL, NULL, many, 1, 0, 1, &svg), GF_ERROR_ARGUMENT);
}
END_TEST

START_TEST(curves_are_drawn)
{
    const char *const expressions[] = {"tanh(u)", "tanh'(u)", "sqrt(u)"};
    model = model_of("loss 0\n");
    char *out = curves(expressions, 3, AS(.format = GF_FLOW_SVG));
    ck_assert_ptr_nonnull(strstr(out, ">tanh(u), tanh'(u), sqrt(u)</tspan>"));
    ck_assert_ptr_nonnull(strstr(out, ">u from -2 to 2; left out: 200 that are not finite</tspan>"));
    free(out);
    out = curves(expressions, 2, AS(.format = GF_FLOW_CHARACTERS));
    ck_assert_ptr_nonnull(strstr(out, "u = -2 "));
    ck_assert_ptr_nonnull(strstr(out, "\na  tanh(u)\nb  tanh'(u)\n"));
    free(out);
    out = curves(expressions, 1, AS(.format = GF_FLOW_CHARACTERS));
    ck_assert_ptr_nonnull(strstr(out, "•"));
    free(out);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {curves_are_functions_of_u, curves_say_why_not, curves_are_drawn};
    Suite *suite = suite_create("curves");
    TCase *tcase = tcase_create("curves");
    tcase_add_checked_fixture(tcase, NULL, teardown);
    for (size_t k = 0; k < sizeof tests / sizeof *tests; k++)
        tcase_add_test(tcase, tests[k]);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
