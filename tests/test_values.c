/* What a model holds, and what expressions of it come to: as tables, data, charts and pictures. */
#include "equations.h"

#include <gradflow/template.h>
#include <gradflow/values.h>

/* h = 2, 4, 8; its gradient 4, 2, 1. */
static const char TEXT[] =
    "title \"powers\"\nsteps T = 3\nsize n = 2\nparam W : 1 x 1 = 2\nparam M : n x n = [1, 0.5; 0, -1]\n"
    "given y : n x 1 = [0; 1]\nstart h[0] : 1 x 1 = 1\nh[t] = W * h[t-1]\nv[t] = M @ y * h[t]\n"
    "loss h[T] + 0 * sum(v[T])\nlet d[t] = W^(T-t)\nlet bad[t] = hh[t]\nlet wide[t] = M @ h[t] @ M\n";

static gf_model *model;

static void setup(void)
{
    model = model_of(TEXT);
}

static void teardown(void)
{
    gf_model_free(model);
}

/* What is written of up to three expressions, NULL behind them. The caller frees it. */
static char *written(gf_values_options options, const char *const expressions[], size_t *size)
{
    char *out;
    size_t count = 0;
    while (expressions[count])
        count++;
    options.size = sizeof options;
    gf_status status = gf_model_values(&out, size, model, expressions, count, &options);
    ck_assert_msg(status == GF_OK, "%s", gf_model_message(model));
    return out;
}

static void assert_values(gf_values_options options, const char *const expressions[], const char *wanted)
{
    size_t size;
    char *out = written(options, expressions, &size);
    ck_assert_str_eq(out, wanted);
    ck_assert_uint_eq(size, strlen(wanted));
    free(out);
}

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})
#define AS(...) ((gf_values_options){__VA_ARGS__})

static void assert_refused(gf_values_options options, const char *const expressions[], gf_status wanted,
                           const char *message)
{
    char *out = "";
    size_t count = 0;
    while (expressions[count])
        count++;
    options.size = sizeof options;
    ck_assert_int_eq(gf_model_values(&out, NULL, model, expressions, count, &options), wanted);
    ck_assert_ptr_null(out);
    ck_assert_str_eq(gf_model_message(model), message);
}

/* --- text ----------------------------------------------------------------------------------------------- */

START_TEST(scalars_over_time_are_columns)
{
    assert_values(AS(.format = GF_VALUES_TEXT), LIST("h[t]", "grad(h[t])", "d[t] / 8"),
                  "t   h[t]   grad(h[t])   d[t] / 8\n"
                  "1      2            4      0.500\n"
                  "2      4            2      0.250\n"
                  "3      8            1      0.125\n");
    assert_values(AS(.at = "t = T-1..T"), LIST("h[t]"), "t   h[t]\n2      4\n3      8\n");
    assert_values(AS(.at = "2"), LIST("h[t]"), "t   h[t]\n2      4\n");
    assert_values(AS(.at = "0..1"), LIST("h[t]"), "t   h[t]\n0      1\n1      2\n");
    assert_values(AS(.width = 16), LIST("h[t]", "h[t-1]"),
                  "t   h[t]\n1      2\n2      4\n3      8\n\nt   h[t-1]\n1        1\n2        2\n3        4\n");
}
END_TEST

START_TEST(matrices_are_tables)
{
    assert_values(AS(.at = NULL), LIST("h[3]", "grad(W)", " sum(t,  h[t]) "),
                  "h[3] = 8   grad(W) = 12   sum(t, h[t]) = 14\n");
    assert_values(AS(.at = NULL), LIST("M", "v[1]"),
                  "M  2 x 2        v[1]  2 x 1\n"
                  "      1     2\n"
                  "1   1.0   0.5      1\n"
                  "2   0    -1.0     -2\n");
    assert_values(AS(.at = NULL), LIST("v[t]"),
                  "v[t]  2 x 1\n"
                  "    t = 1   t = 2   t = 3\n"
                  "1       1       2       4\n"
                  "2      -2      -4      -8\n");
    assert_values(AS(.width = 20), LIST("v[t]"),
                  "v[t]  2 x 1\n"
                  "t   1    2\n"
                  "1   1   -2\n"
                  "2   2   -4\n"
                  "3   4   -8\n");
    assert_values(AS(.at = "1..2"), LIST("M * t"),
                  "M * t  2 x 2\n"
                  "   t = 1          t = 2\n"
                  "      1     2      1   2\n"
                  "1   1.0   0.5      2   1\n"
                  "2   0    -1.0      0  -2\n");
    assert_values(AS(.at = "1..2"), LIST("ones(t, 1)"),
                  "ones(t, 1)\n"
                  "t = 1: 1   t = 2  2 x 1\n"
                  "           1  1\n"
                  "           2  1\n");
    assert_values(AS(.at = NULL), LIST("v[t]'", "[h[t], W]"),
                  "    v[t]'  1 x 2     [h[t], W]  1 x 2\n"
                  "t   1    2           1   2\n"
                  "1   1   -2           2   2\n"
                  "2   2   -4           4   2\n"
                  "3   4   -8           8   2\n");
    assert_values(AS(.at = "1..2"), LIST("[t, 0.012 * t]"), /* the entries of one vector have the same decimals */
                  "[t, 0.012 * t]  1 x 2\nt       1       2\n1   1.000   0.012\n2   2.000   0.024\n");
    assert_values(AS(.at = "3", .width = 40), LIST("v[t]'"), "t = 3\nv[t]'  1 x 2\n   1   2\n   4  -8\n");
    assert_values(AS(.at = "2..3", .width = 30), LIST("v[t]'", "[W, W, W]*t"),
                  "    v[t]'  1 x 2\nt   1    2\n2   2   -4\n3   4   -8\n\n"
                  "    [W, W, W]*t  1 x 3\nt   1   2   3\n2   4   4   4\n3   6   6   6\n");
    assert_values(AS(.at = NULL), LIST("v[t]'"),
                  "v[t]'  1 x 2\n"
                  "t   1    2\n"
                  "1   1   -2\n"
                  "2   2   -4\n"
                  "3   4   -8\n");
    assert_values(AS(.at = "1..2"), LIST("v[t]", "v[t-1]"),
                  "t = 1\n"
                  "v[t]  2 x 1   v[t-1]  2 x 1\n"
                  "1   1           0\n"
                  "2  -2           0\n\n"
                  "t = 2\n"
                  "v[t]  2 x 1   v[t-1]  2 x 1\n"
                  "1   2            1\n"
                  "2  -4           -2\n");
}
END_TEST

START_TEST(large_ones_are_summarised)
{
    assert_values(AS(.at = "T"), LIST("t * ones(20, 1)"),
                  "t = 3\nt * ones(20, 1)  20 x 1\nnorm     13.4164\nleast    3 at (1, 1)\ngreatest 3 at (1, 1)\n"
                  "its corner:\n1  3\n2  3\n3  3\n4  3\n…\n");
    assert_values(AS(.at = "2..3"), LIST("t * ones(20, 20)"),
                  "t * ones(20, 20)  20 x 20\nt   norm   least   greatest\n2     40       2          2\n3     60       "
                  "3          3\n");
    char *whole = written(AS(.full = true), LIST("ones(20, 1)"), NULL);
    ck_assert_ptr_nonnull(strstr(whole, "\n20  1\n"));
    free(whole);
}
END_TEST

START_TEST(without_an_expression_there_is_a_table_of_names)
{
    assert_values(AS(.format = GF_VALUES_TEXT), (const char *const[]){NULL},
                  "powers\n"
                  "T = 3, n = 2; loss = 8\n\n"
                  "name     kind      shape  steps  value  gradient  equation, or start\n"
                  "W        param     1 x 1             2        12  2\n"
                  "M        param     2 x 2           1.5         0  [1, 0.5; 0, -1]\n"
                  "y        given     2 x 1             1            [0; 1]\n"
                  "h[t]     equation  1 x 1  1..3    9.17      4.58  W * h[t-1]\n"
                  "h[0]     start     1 x 1             1         8  1\n"
                  "v[t]     equation  2 x 1  1..3    10.2         0  M @ y * h[t]\n"
                  "d[t]     let       1 x 1  1..3    4.58            W^(T-t)\n"
                  "bad[t]   let              1..3   error            hh[t]\n"
                  "wide[t]  let              1..3   error            M @ h[t] @ M\n\n"
                  "value, gradient: Frobenius norms, over all steps\n");
}
END_TEST

START_TEST(the_table_of_names_is_data_too)
{
    char *csv = written(AS(.format = GF_VALUES_CSV), (const char *const[]){NULL}, NULL);
    ck_assert_ptr_nonnull(strstr(csv, "name,kind,rows,cols,first,last,value_l2,grad_l2,line,text\n"));
    ck_assert_ptr_nonnull(strstr(csv, "\nW,param,1,1,,,2,12,4,2\n"));
    ck_assert_ptr_nonnull(strstr(csv, "\nM,param,2,2,,,1.5,0,5,\"[1, 0.5; 0, -1]\"\n"));
    ck_assert_ptr_nonnull(strstr(csv, "\nd[t],let,1,1,1,3,4.58257569495584,,11,W^(T-t)\n"));
    free(csv);
    char *json = written(AS(.format = GF_VALUES_JSON), (const char *const[]){NULL}, NULL);
    ck_assert_ptr_nonnull(strstr(json, "\"loss\": 8"));
    ck_assert_ptr_nonnull(
        strstr(json, "{\"name\": \"h[0]\", \"kind\": \"start\", \"rows\": 1, \"cols\": 1, \"first\": "
                     "null, \"last\": null, \"value_l2\": 1, \"grad_l2\": 8, \"open\": false, \"line\": 7"));
    ck_assert_ptr_nonnull(strstr(json, "\"grad_l2\": null"));
    free(json);
}
END_TEST

/* --- data ----------------------------------------------------------------------------------------------- */

START_TEST(csv_counts_from_1)
{
    assert_values(AS(.format = GF_VALUES_CSV), LIST("M", "h[t]/3", "norm(M) + log(0)"),
                  "expression,t,row,col,value\n"
                  "M,,1,1,1\nM,,1,2,0.5\nM,,2,1,0\nM,,2,2,-1\n"
                  "h[t]/3,1,1,1,0.6666666666666666\nh[t]/3,2,1,1,1.3333333333333333\nh[t]/3,3,1,1,2.6666666666666665\n"
                  "norm(M) + log(0),,1,1,-inf\n");
    assert_values(AS(.format = GF_VALUES_CSV), LIST("[W, W]"),
                  "expression,t,row,col,value\n\"[W, W]\",,1,1,2\n\"[W, W]\",,1,2,2\n");
}
END_TEST

START_TEST(json_has_null_for_what_is_not_finite)
{
    assert_values(
        AS(.format = GF_VALUES_JSON, .at = "1..2"), LIST("M / 3", "log(t-1)"),
        "{\n  \"file\": \"test.gf\",\n  \"expressions\": [\n"
        "    {\"expression\": \"M / 3\", \"values\": [\n"
        "      {\"t\": null, \"rows\": 2, \"cols\": 2, \"value\": [[0.3333333333333333, 0.16666666666666666], "
        "[0, -0.3333333333333333]]}]},\n"
        "    {\"expression\": \"log(t-1)\", \"values\": [\n"
        "      {\"t\": 1, \"rows\": 1, \"cols\": 1, \"value\": [[null]]},\n"
        "      {\"t\": 2, \"rows\": 1, \"cols\": 1, \"value\": [[0]]}]}\n  ]\n}\n");
}
END_TEST

/* The layout is that of NumPy's format 1.0: numpy/lib/format.py. */
static void assert_npy(const char *expression, const char *shape, const double *numbers, size_t count)
{
    size_t size;
    char *out = written(AS(.format = GF_VALUES_NPY), LIST(expression), &size), head[64];
    unsigned char *bytes = (unsigned char *)out;
    ck_assert_int_eq(memcmp(out, "\x93NUMPY\x01\x00", 8), 0);
    size_t header = bytes[8] + 256u * bytes[9];
    ck_assert_uint_eq((header + 10) % 64, 0);
    ck_assert_int_eq(out[9 + header], '\n');
    snprintf(head, sizeof head, "'shape': (%s), }", shape);
    ck_assert_ptr_nonnull(strstr(out + 10, head));
    ck_assert_ptr_nonnull(strstr(out + 10, "{'descr': '<f8', 'fortran_order': False, "));
    ck_assert_uint_eq(size, 10 + header + 8 * count);
    for (size_t k = 0; k < count; k++) {
        uint64_t bits = 0;
        double number;
        for (int n = 7; n >= 0; n--)
            bits = bits << 8 | bytes[10 + header + 8 * k + (size_t)n];
        memcpy(&number, &bits, sizeof number);
        ck_assert(number == numbers[k]);
    }
    free(out);
}

START_TEST(npy_is_what_numpy_saves)
{
    assert_npy("M", "2, 2", (double[]){1, 0.5, 0, -1}, 4);
    assert_npy("v[t]", "3, 2, 1", (double[]){1, -2, 2, -4, 4, -8}, 6);
    assert_refused(AS(.format = GF_VALUES_NPY), LIST("M", "W"), GF_ERROR_ARGUMENT,
                   "show: npy holds one array: give one expression, not 2\n");
    assert_refused(AS(.format = GF_VALUES_NPY), LIST("ones(t, 1)"), GF_ERROR_ARGUMENT,
                   "show: npy holds one array, and ones(t, 1) is 1 x 1 at t = 1, but 2 x 1 at t = 2\n");
}
END_TEST

/* --- charts and pictures -------------------------------------------------------------------------------- */

START_TEST(charts_are_over_time)
{
    assert_values(AS(.format = GF_VALUES_CHART), LIST("h[t]"),
                  "h[t]\n"
                  "8 ┤            •\n  │\n  │\n6 ┤\n  │\n  │\n4 ┤      •\n  │\n  │\n2 ┤•\n  │\n  │\n0 ┤\n"
                  "  └─────────────\n   t = 1       3\n");
    char *powers = written(AS(.format = GF_VALUES_CHART), LIST("h[t]^8"), NULL);
    ck_assert_ptr_nonnull(strstr(powers, "h[t]^8, on a logarithmic scale\n1e8 ┤"));
    free(powers);
    char *holes = written(AS(.format = GF_VALUES_CHART, .at = "1..T"), LIST("log(t-1)"), NULL);
    ck_assert_ptr_nonnull(strstr(holes, "\nleft out: 1 that is not finite\n"));
    free(holes);
    assert_refused(AS(.format = GF_VALUES_CHART), LIST("v[t]"), GF_ERROR_ARGUMENT,
                   "show: a plot is of one number a step, and v[t] is 2 x 1; write norm(v[t]), say\n");
    assert_refused(AS(.format = GF_VALUES_SVG), LIST("W"), GF_ERROR_ARGUMENT,
                   "show: a plot is over t, and W has no t in it\n");
}
END_TEST

START_TEST(pictures_are_lines_with_their_expressions)
{
    char *svg = written(AS(.format = GF_VALUES_SVG), LIST("h[t]^8", "d[t]"), NULL);
    ck_assert_ptr_nonnull(strstr(svg, ">powers<"));
    ck_assert_ptr_nonnull(strstr(svg, ">h[t]^8<"));
    ck_assert_ptr_nonnull(strstr(svg, ">d[t]<"));
    ck_assert_ptr_nonnull(strstr(svg, ">logarithmic scale<"));
    free(svg);
    char *dark = written(AS(.format = GF_VALUES_SVG, .theme = "dark"), LIST("h[t]"), NULL);
    ck_assert_ptr_nonnull(strstr(dark, "#14171c"));
    free(dark);
    size_t size;
    char *png = written(AS(.format = GF_VALUES_PNG, .dots_per_inch = 48), LIST("h[t]"), &size);
    ck_assert(size > 100 && !memcmp(png, "\x89PNG", 4));
    ck_assert_int_eq((unsigned char)png[18] * 256 + (unsigned char)png[19], 640);
    free(png);
    char *pdf = written(AS(.format = GF_VALUES_PDF), LIST("h[t]"), NULL);
    ck_assert(!memcmp(pdf, "%PDF", 4));
    free(pdf);
    assert_refused(AS(.format = GF_VALUES_SVG),
                   LIST("t", "t", "t", "t", "t", "t", "t", "t", "t", "t", "t", "t", "t", "t", "t", "t", "t", "t", "t"),
                   GF_ERROR_ARGUMENT, "show: a picture holds 18 lines that can be told apart, not 19\n");
    assert_refused(AS(.format = GF_VALUES_SVG, .theme = "pink"), LIST("h[t]"), GF_ERROR_ARGUMENT,
                   "show: there is no theme 'pink', only light, dark and print\n");
}
END_TEST

/* --- open places ---------------------------------------------------------------------------------------- */

START_TEST(what_is_still_to_be_written_is_open)
{
    static const char *const none[] = {NULL};
    gf_model_free(model);
    model = model_of("steps T = 2\nparam W : 1 x 1 = 2\nstart h[0] : 1 x 1 = 1\nh[t] = W * h[t-1]\nloss h[T]\n"
                     "let d[t] = 1 + ?\nlet e[t] = d[t] * 2\nlet f[t] = hh[t]\nlet g[t] = W\n");
    char *names = written(AS(.format = GF_VALUES_TEXT), none, NULL);
    static const char *const lines[] = {"\nd[t]  let              1..2    open            1 + ?\n",
                                        "\ne[t]  let              1..2    open            d[t] * 2\n",
                                        "\nf[t]  let              1..2   error            hh[t]\n"};
    for (int k = 0; k < 3; k++)
        ck_assert_msg(strstr(names, lines[k]) != NULL, "%s", names);
    free(names);
    char *json = written(AS(.format = GF_VALUES_JSON), none, NULL);
    ck_assert_ptr_nonnull(strstr(json, "\"grad_l2\": null, \"open\": true, \"line\": 7, "));
    ck_assert_ptr_nonnull(strstr(json, "\"grad_l2\": null, \"open\": false, \"line\": 8, "));
    free(json);
    assert_refused(AS(.at = NULL), LIST("e[2]"), GF_ERROR_OPEN,
                   "test.gf:6:5: error: d is still open\n   let d[t] = 1 + ?\n       ^~~~\n");
    ck_assert_str_eq(gf_status_text(GF_ERROR_OPEN), "still open");
    assert_values(AS(.at = NULL), LIST("g[2]"), "g[2] = 2\n");
}
END_TEST

/* --- what is wrong -------------------------------------------------------------------------------------- */

START_TEST(mistakes_are_shown_in_the_expression)
{
    gf_values_options text = {.format = GF_VALUES_TEXT};
    assert_refused(text, LIST("W @ h[t"), GF_ERROR_SYNTAX,
                   "show: expression:1:6: error: this bracket is not closed\n   W @ h[t\n        ^\n");
    assert_refused(
        text, LIST("h[t]", "hh[t]"), GF_ERROR_SYNTAX,
        "show: expression 2:1:1: error: hh is not declared\n   hh[t]\n   ^~~~~\n   did you mean h, from line 8?\n");
    assert_refused(
        text, LIST("grad(y)"), GF_ERROR_SYNTAX,
        "show: expression:1:6: error: y is given, and has no gradient: for one, write input for given on line 6\n"
        "   grad(y)\n        ^\n");
    assert_refused(text, LIST("M @ v[1]'"), GF_ERROR_SHAPE,
                   "show: expression:1:3: error: M @ v[1]': 2 x 2 times 1 x 2, the inner sizes 2 and 1 differ\n"
                   "   M @ v[1]'\n   ~ ^ ~~~~~\n   M is declared 2 x 2 on line 5\n");
    assert_refused(text, LIST("h[t] = 3"), GF_ERROR_SYNTAX,
                   "show: expression:1:6: error: expected an operator or the end, found =\n   h[t] = 3\n        ^\n   "
                   "two sides are a claim, which gradflow check judges; here each is a word: 'a' 'b'\n");
    for (int k = 0; k < 2; k++)
        assert_refused(text, k ? LIST("W", " ") : LIST(""), GF_ERROR_ARGUMENT,
                       "show: an expression is empty: write one, such as 'h[2]' or 'grad(h[t])'\n");
    assert_refused(text, LIST("W.T @ h_2"), GF_ERROR_SYNTAX,
                   "show: expression:1:1: error: W.T is the transpose: write W'\n   W.T @ h_2\n   ^~~\n"
                   "   write  W' @ h[2]\n");
    assert_refused(
        text, LIST("h[t]", "dL/dW"), GF_ERROR_SYNTAX,
        "show: expression 2:1:1: error: dL/dW is the gradient of the loss: write grad(W)\n   dL/dW\n   ^~~~~\n"
        "   write  grad(W)\n");
    assert_refused(text, LIST("1 + bad[2]"), GF_ERROR_SYNTAX,
                   "test.gf:12:14: error: hh is not declared\n   let bad[t] = hh[t]\n                ^~~~~\n"
                   "   did you mean h, from line 8?\n");
}
END_TEST

START_TEST(steps_that_cannot_be)
{
#define OR "; write --at 3, or --at T-2..T\n"
    static const char *const wrong[][2] = {
        {"q=1", "show: --at 'q=1': t alone has steps; write --at t=1\n"},
        {"3..2", "show: --at '3..2': from 3 to 2 there is no step" OR},
        {"k", "show: --at 'k': k is no size and no index" OR},
        {"2,", "show: --at '2,': expected .. or the end, found ," OR},
        {"T-", "show: --at 'T-': expected a value, but the line ends here" OR},
        {" ", "show: --at is empty: write --at 3, or --at T-2..T\n"},
    };
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++)
        assert_refused(AS(.at = wrong[k][0]), LIST("h[t]"), GF_ERROR_ARGUMENT, wrong[k][1]);
    assert_refused(AS(.at = "2"), LIST("W"), GF_ERROR_ARGUMENT,
                   "show: --at 2 chooses steps, but no expression has t in it\n");
    assert_refused(AS(.at = "2"), (const char *const[]){NULL}, GF_ERROR_ARGUMENT,
                   "show: --at 2 chooses steps, but there is no expression: write one, such as 'h[t]'\n");
}
END_TEST

/* A step that the file does not have is zeros, as in a claim, and that is said, but of the step beyond the last one of
 * a gradient or a let. */
START_TEST(steps_that_are_not_there)
{
    static const struct {
        const char *expression, *at, *message;
    } beyond[] = {
        {"h[9]", NULL, "h[9] = 0\n\nh[9]: there are h[1] to h[3], and h[0]; beyond the ends all is 0\n"},
        {"h[T+1]", NULL, "h[T+1] = 0\n\nh[4]: there are h[1] to h[3], and h[0]; beyond the ends all is 0\n"},
        {"h[t] - norm(v[T+1])", "3", "\n\nv[4]: there are v[1] to v[3]; beyond the ends all is 0\n"},
        {"d[5]", NULL, "d[5] = 0\n\nd[5]: there are d[1] to d[3]; beyond the ends all is 0\n"},
        {"grad(h[5])", NULL, "grad(h[5]) = 0\n\nh[5]: there are h[1] to h[3], and h[0]; beyond the ends all is 0\n"},
        {"sum(n, 1..2, h[n] * h[4])", NULL,
         "= 0\n\nh[4]: there are h[1] to h[3], and h[0]; beyond the ends all is 0\n"},
        {"h[t]", "7", "\n7      0\n\nh[7]: there are h[1] to h[3], and h[0]; beyond the ends all is 0\n"},
        {"h[t-1]", "-1..1", "\nh[-2]: there are h[1] to h[3], and h[0]; beyond the ends all is 0\n"},
    };
    for (size_t k = 0; k < sizeof beyond / sizeof *beyond; k++) {
        char *out;
        gf_values_options options = AS(.at = beyond[k].at);
        options.size = sizeof options;
        ck_assert_int_eq(gf_model_values(&out, NULL, model, LIST(beyond[k].expression), 1, &options), GF_OK);
        ck_assert_msg(strstr(out, beyond[k].message), "%s: %s", beyond[k].expression, out);
        free(out);
    }
    assert_values(AS(.at = "0..T"), LIST("grad(h[t+1])", "grad(h[T+1])", "d[T+1]", "sum(n, 1..3, h[n])"),
                  "t   grad(h[t+1])\n0              4\n1              2\n2              1\n3              0\n\n"
                  "grad(h[T+1]) = 0   d[T+1] = 0   sum(n, 1..3, h[n]) = 14\n");
}
END_TEST

START_TEST(limits_and_arguments)
{
    char *none = "";
    ck_assert_int_eq(gf_model_values(&none, NULL, model, (const char *const[]){"W", NULL}, 2, NULL), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_model_message(model),
                     "show: an expression is NULL: write one, such as 'h[2]' or 'grad(h[t])'\n");
    assert_refused(AS(.at = "1..21"), LIST("t * ones(1000, 1000)"), GF_ERROR_LIMIT,
                   "show: these are more than 20000000 numbers; --at takes fewer steps\n");
    assert_refused(
        AS(.format = GF_VALUES_NPY), (const char *const[]){NULL}, GF_ERROR_ARGUMENT,
        "show: of which expression? such as 'norm(h[t])'; without one there is a table of the names, as text, "
        "json or csv\n");
    assert_refused(AS(.format = (gf_values_format)99), LIST("W"), GF_ERROR_ARGUMENT, "show: there is no format 99\n");
    assert_refused(AS(.dots_per_inch = -1), LIST("W"), GF_ERROR_ARGUMENT, "show: dots_per_inch is 0 to 1000000\n");
    char *out;
    gf_values_options unset = {.size = 0};
    ck_assert_int_eq(gf_model_values(&out, NULL, model, LIST("W"), 1, &unset), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_model_values(NULL, NULL, model, LIST("W"), 1, NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_model_values(&out, NULL, NULL, LIST("W"), 1, NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_model_values(&out, NULL, model, LIST("W"), 1, NULL), GF_OK); /* what was refused is forgotten */
    ck_assert_str_eq(out, "W = 2\n");
    ck_assert_str_eq(gf_model_message(model), "");
    free(out);
}
END_TEST

/* --- numbers -------------------------------------------------------------------------------------------- */

/* The engine's own values and gradients, to the last bit. */
START_TEST(they_are_the_engines_numbers)
{
    const char *text = gf_template_find("lstm")->text;
    gf_model *m = model_of(text);
    char *out, *at;
    ck_assert_int_eq(gf_model_values(&out, NULL, m, LIST("h[4]", "grad(Wf)"), 2,
                                     &(gf_values_options){.size = sizeof(gf_values_options), .format = GF_VALUES_CSV}),
                     GF_OK);
    const gf_matrix *h = gf_model_value(m, "h", 4), *dW = gf_model_gradient(m, "Wf", 0);
    at = strchr(out, '\n') + 1;
    for (int j = 0; j < 4; j++, at = strchr(at, '\n') + 1)
        ck_assert(strtod(strstr(at, ",,") + 6, NULL) == h->data[j]);
    for (int k = 0; k < 16; k++, at = strchr(at, '\n') + 1)
        ck_assert(strtod(strstr(at, ",,") + 6, NULL) == dW->data[k]);
    ck_assert_str_eq(at, "");
    free(out);
    gf_model_free(m);
}
END_TEST

static void note(double share, void *data)
{
    double *last = data;
    ck_assert(share > *last && share <= 1);
    *last = share;
}

START_TEST(progress_is_told)
{
    double last = 0;
    char *out = written(AS(.progress = note, .progress_data = &last), LIST("h[t]", "W"), NULL);
    ck_assert(last == 1);
    free(out);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {scalars_over_time_are_columns,
                                  matrices_are_tables,
                                  large_ones_are_summarised,
                                  without_an_expression_there_is_a_table_of_names,
                                  the_table_of_names_is_data_too,
                                  csv_counts_from_1,
                                  json_has_null_for_what_is_not_finite,
                                  npy_is_what_numpy_saves,
                                  charts_are_over_time,
                                  pictures_are_lines_with_their_expressions,
                                  mistakes_are_shown_in_the_expression,
                                  what_is_still_to_be_written_is_open,
                                  steps_that_cannot_be,
                                  steps_that_are_not_there,
                                  limits_and_arguments,
                                  they_are_the_engines_numbers,
                                  progress_is_told};
    Suite *suite = suite_create("values");
    TCase *tcase = tcase_create("values");
    tcase_set_timeout(tcase, 100);
    tcase_add_checked_fixture(tcase, setup, teardown);
    for (size_t k = 0; k < sizeof tests / sizeof *tests; k++)
        tcase_add_test(tcase, tests[k]);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
