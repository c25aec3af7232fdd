/* What explanations are asked for, and what is said where that is not there. */
#include <gradflow/explain.h>

#include "equations.h"
#include "explain.h"

static void assert_refused(const char *text, gf_explanation_options options, const char *message)
{
    gf_model *m = model_of(text);
    char *out = (char *)text;
    options.size = sizeof options;
    ck_assert_int_eq(gf_explanation(&out, m, &options), GF_ERROR_ARGUMENT);
    ck_assert_ptr_null(out);
    ck_assert_str_eq(gf_model_message(m), message);
    gf_model_free(m);
}

#define assert_no(of_, message)                                                                                        \
    assert_refused(RNN, (gf_explanation_options){.of = (of_)}, "test.gf: error: " message "\n")
#define assert_no_path(path_, message)                                                                                 \
    assert_refused(RNN, (gf_explanation_options){.path = (path_)}, "test.gf: error: " message "\n")

START_TEST(what_is_not_there_is_refused)
{
    assert_no("h[9]", "h[9]: there are h[1] to h[3], and h[0]");
    assert_no("X[2]", "X[2]: the file has no such name; did you mean x[2]?");
    assert_no("qqq", "qqq: the file has no such name");
    assert_no("dh[2] -> h[2]", "dh is a let, which is no part of the graph: no gradient flows there");
    assert_no("dh[4]", "dh[4]: there are dh[1] to dh[3]");
    assert_no("n", "n is a number, 2: no gradient flows there");
    assert_no("U[2]", "U[2]: U is the same at every step: write U");
    assert_no("h[t-1]", "h[t-1]: the step is no whole number: write h[2], say");
    assert_no("h[", "h[: the ] is missing, as in 'c[2]'");
    assert_no("x[1] -> h[3", "h[3: the ] is missing, as in 'c[2]'");
    assert_no("h[2] +", "h[2] +: explain wants a value of the file, such as 'c[2]'; what expressions come to, gradflow "
                        "show prints");
    assert_no("dhh[2]", "dhh[2]: the file has no such name; did you mean dh[2]?");
    assert_no("h_2", "h_2: the file has no such name; did you mean h[2]?");
    assert_no("dL/dU", "dL/dU: explain wants a value of the file, such as 'c[2]'; did you mean U?");
    assert_no("h[1] -> h[3]", "h[1] -> h[3]: h[3] does not use h[1] itself; from h[1] arrows lead to L[1], h[2]"
                              "; for the chain between them: --path 'h[1] -> h[3]'");
    assert_no("x[3] -> h[2]", "x[3] -> h[2]: h[2] does not use x[3] itself; from x[3] arrows lead to h[3]");
    assert_no("h[2] -> h[1]", "h[2] -> h[1]: h[2] uses h[1], not the other way: write 'h[1] -> h[2]', the way of the "
                              "values");
    assert_no("h -> L", "h: at which step? write h[2], say");
    assert_no("y[1] -> L[1]", "y[1] -> L[1]: y[1] is given, and gets no gradient");
    assert_no("loss -> h[1]", "loss -> h[1]: h[1] does not use loss; no arrow leaves loss");
    assert_no_path("h[1]", "'h[1]': write two values with an arrow, such as 'c[3] -> c[4]'");
    assert_no_path("L[3] -> h[1]", "L[3] -> h[1]: h[1] does not depend on L[3]");
    assert_no_path("y[1] -> L[1]", "y[1] -> L[1]: y[1] is given, and gets no gradient");
    assert_no_path("h[1] -> h[1]", "h[1] -> h[1]: both are the same");
    assert_refused(RNN "truncate 1\n", (gf_explanation_options){.path = "h[1] -> h[2]"},
                   "test.gf: error: h[1] -> h[2]: no gradient comes back, truncate 1 cuts every way\n");
    const char *stopped = "param w : 1 x 1\nh = 2 * w\ns = stop(h) * w\nloss s + h\n";
    assert_refused(
        stopped, (gf_explanation_options){.of = "h -> s"},
        "test.gf: error: h -> s: no gradient passes: where s uses h, stop, or what passes none, is around\n");
    assert_refused(stopped, (gf_explanation_options){.path = "h -> s"},
                   "test.gf: error: h -> s: no gradient comes back: stop, or what passes none, is on every way\n");
    assert_refused(RNN, (gf_explanation_options){.of = NULL}, "gf_explanation: ask for a value, or for a path\n");
}
END_TEST

START_TEST(a_gradient_is_asked_for_where_it_arrives)
{
    gf_model *m = model_of(RNN);
    char *at, *of;
    const gf_explanation_options value = {.size = sizeof value, .of = "h[2]"},
                                 grad = {.size = sizeof grad, .of = "grad(h[2])"};
    ck_assert_int_eq(gf_explanation(&at, m, &value), GF_OK);
    ck_assert_int_eq(gf_explanation(&of, m, &grad), GF_OK);
    ck_assert_str_eq(at, of);
    free(at);
    free(of);
    gf_model_free(m);
}
END_TEST

/* What could be meant by what the file does not have. */
START_TEST(advice_is_given)
{
    static const char *const texts[][2] = {
        {"hh[2]", "did you mean h[2]?"},
        {"H", "did you mean h?"},
        {"h_2", "did you mean h[2]?"},
        {"∂L/∂U", "did you mean U?"},
        {"U.grad", "did you mean U?"},
        {"grad(hh[T])", "did you mean h[T]?"},
        {"h[9]", ""},
        {"U.T", ""},
        {"W", ""},
        {"tanh(U)", ""},
        {"", ""},
        {"h[", ""},
    };
    gf_model *m = model_of(RNN);
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        ck_assert_str_eq(gf_model_advice(m, texts[k][0]), texts[k][1]);
    ck_assert_str_eq(gf_model_advice(NULL, "h"), "");
    ck_assert_str_eq(gf_model_advice(m, NULL), "");
    gf_model_free(m);
}
END_TEST

START_TEST(options_have_a_size)
{
    gf_model *m = model_of(RNN);
    char *out;
    ck_assert_int_eq(gf_explanation(NULL, m, NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_explanation(&out, NULL, NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_explanation(&out, m, &(gf_explanation_options){.of = "h"}), GF_ERROR_ARGUMENT);
    ck_assert(strstr(gf_model_message(m), "gf_explanation: ") != NULL);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {what_is_not_there_is_refused, a_gradient_is_asked_for_where_it_arrives, advice_is_given,
                            options_have_a_size};
    return RUN_TESTS("asked", tests);
}
