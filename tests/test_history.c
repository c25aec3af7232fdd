/* Histories: rows as CSV, expressions worked out for each, and what a picture of them shows. */
#include "equations.h"

#include <gradflow/flow.h>
#include <gradflow/history.h>

static gf_history *history;

static void setup(void)
{
    ck_assert(!gf_history_new(&history, "a title"));
}

static void teardown(void)
{
    gf_history_free(history);
}

static char *written(const char *group, gf_values_options options)
{
    char *out;
    size_t size;
    options.size = sizeof options;
    ck_assert_int_eq(gf_history_text(&out, &size, history, group, &options), GF_OK);
    ck_assert_uint_eq(size, strlen(out));
    return out;
}

#define AS(...) ((gf_values_options){__VA_ARGS__})

static void assert_written(const char *group, gf_values_options options, const char *wanted)
{
    char *out = written(group, options);
    ck_assert_str_eq(out, wanted);
    free(out);
}

static void assert_says(const char *group, gf_values_options options, const char *part)
{
    char *out = written(group, options);
    ck_assert_msg(strstr(out, part), "%s\nsays nothing of '%s'", out, part);
    free(out);
}

START_TEST(rows_are_written)
{
    assert_written(NULL, AS(.format = GF_VALUES_CSV), "update\n");
    ck_assert(!gf_history_add(history, "loss", "loss") && !gf_history_add(history, "loss", "of others, too"));
    ck_assert(!gf_history_add(history, "rate", "rate"));
    ck_assert(!gf_history_row(history, (double[]){1, 2, 0.1}) && !gf_history_row(history, (double[]){0.5, NAN, 0.1}));
    ck_assert_uint_eq(gf_history_rows(history), 2);
    ck_assert_str_eq(gf_history_group(history, 0), "loss");
    ck_assert_str_eq(gf_history_group(history, 1), "rate");
    ck_assert_ptr_null(gf_history_group(history, 2));
    assert_written(NULL, AS(.format = GF_VALUES_CSV),
                   "update,loss,\"of others, too\",rate\n1,1,2,0.1\n2,0.5,nan,0.1\n");
    assert_written("rate", AS(.format = GF_VALUES_CHART, .width = 40),
                   "rate\n 0.1 ┤•     •\n     │\n0.08 ┤\n     │\n0.06 ┤\n     │\n0.04 ┤\n     │\n0.02 ┤\n"
                   "     │\n   0 ┤\n     └───────\n      update = 1 2\n");
}
END_TEST

/* w = 2 and then 3, of examples x = 1 and 4: the loss is (w x)^2, its gradient 2 w x^2. */
START_TEST(expressions_are_means_over_looks)
{
    gf_model *m = model_of("steps T = 2\nparam w : 1 x 1 = 2\ninput x[t] : 1 x 1\nloss sum(t, (w * x[t]) ^ 2) / 2\n"
                           "let row = [w, 2 * w]\n");
    static const char *const wanted[] = {"grad(w)", "x[t]", "row"};
    ck_assert(!gf_history_add(history, "loss", "loss") && !gf_history_watch(history, m, wanted, 3));
    for (int k = 0; k < 2; k++) {
        gf_set_scalar(gf_model_node(m, "w", 0), 2 + k);
        for (int example = 0; example < 2; example++) {
            for (int t = 1; t <= 2; t++)
                gf_set_scalar(gf_model_node(m, "x", t), example ? 4 : 1);
            ck_assert(!gf_history_look(history));
        }
        ck_assert(!gf_history_row(history, (double[]){7}));
    }
    assert_written(NULL, AS(.format = GF_VALUES_CSV),
                   "update,loss,grad(w),\"x[t], t = 1\",\"x[t], t = 2\",\"row, (1, 1)\",\"row, (1, 2)\"\n"
                   "1,7,34,2.5,2.5,2,4\n2,7,51,2.5,2.5,3,6\n");
    assert_says("x[t]", AS(.format = GF_VALUES_SVG), ">t = 2<");
    ck_assert_int_eq(gf_history_add(history, "loss", "late"), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_history_watch(history, m, wanted, 3), GF_ERROR_ARGUMENT);
    gf_model_free(m);
}
END_TEST

START_TEST(wrong_expressions_say_where)
{
    gf_model *m = model_of("steps T = 2\nparam w : 1 x 1 = 2\nh[t] = w * t\nloss h[T]\n");
    ck_assert_int_eq(gf_history_watch(history, m, (const char *const[]){"norm(grd(w))"}, 1), GF_ERROR_SYNTAX);
    ck_assert_str_eq(gf_model_message(m),
                     "train: --record:1:6: error: grd is no function\n   norm(grd(w))\n        ^~~\n"
                     "   did you mean grad(v) or grad(v, s)?\n");
    ck_assert_int_eq(gf_history_watch(history, m, (const char *const[]){"w", NULL}, 2), GF_ERROR_ARGUMENT);
    ck_assert_ptr_null(gf_history_group(history, 0));
    ck_assert_int_eq(gf_history_look(history), GF_OK);
    ck_assert_int_eq(gf_history_watch(history, m, (const char *const[]){"h[t]"}, 1), GF_OK); /* tried again */
    ck_assert_str_eq(gf_model_message(m), "");
    ck_assert_int_eq(gf_history_look(history), GF_OK);
    ck_assert_int_eq(gf_history_row(history, NULL), GF_OK);
    assert_written(NULL, AS(.format = GF_VALUES_CSV), "update,\"h[t], t = 1\",\"h[t], t = 2\"\n1,2,4\n");
    gf_model_free(m);
}
END_TEST

/* What a refusal says belongs to that call: the next one says its own, and one that works leaves nothing. */
START_TEST(a_message_is_of_the_last_call)
{
    gf_model *m = model_of("steps T = 2\nparam w : 1 x 1 = 3\nh[t] = w * t\nloss h[T]\n");
    char *out;
    ck_assert_int_eq(gf_flow_curves(&out, NULL, m, (const char *const[]){"tanh("}, 1, -1, 1, NULL), GF_ERROR_SYNTAX);
    ck_assert_ptr_nonnull(strstr(gf_model_message(m), "flow: --curve"));
    ck_assert_int_eq(gf_model_exercise(&out, m, 9), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_model_message(m), "gf_model_exercise: there are exercises 1, 2 and 3, not 9\n");
    ck_assert_int_eq(gf_model_example(m, 5), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_model_message(m), "gf_model_example: there is no example 5 of 1, counted from 0\n");
    ck_assert_int_eq(gf_flow_text(&out, NULL, (gf_model *[]){m, NULL}, 2, NULL), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_model_message(m), "gf_flow_text: model 1 of 2, counted from 0, is NULL\n");
    ck_assert_int_eq(gf_model_values(&out, NULL, m, NULL, 1, NULL), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_model_message(m), "gf_model_values: the list of 1 expressions is NULL\n");
    ck_assert_int_eq(gf_model_load(m, NULL), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_model_message(m), "gf_model_load: the folder is NULL\n");
    ck_assert_ptr_nonnull(gf_model_value(m, "h", 1));
    ck_assert_str_eq(gf_model_message(m), "");
    ck_assert_int_eq(gf_model_load(m, NULL), GF_ERROR_ARGUMENT);
    ck_assert(!gf_model_set(m, "T", 3));
    ck_assert_str_eq(gf_model_message(m), "");
    ck_assert_int_eq(gf_model_redraw(NULL), GF_ERROR_ARGUMENT);
    gf_model_free(m);
    size_t count;
    ck_assert_int_eq(gf_model_read(&m, "/no/such/file.gf"), GF_ERROR_READ); /* what reading failed with stays */
    ck_assert_int_eq(gf_model_examples(&count, m), GF_ERROR_READ);
    ck_assert_int_eq(gf_model_load(m, "folder"), GF_ERROR_READ);
    ck_assert_str_eq(gf_model_message(m), "/no/such/file.gf: error: No such file or directory\n");
    gf_model_free(m);
}
END_TEST

START_TEST(a_model_that_was_changed_is_looked_at_anew)
{
    gf_model *m = model_of("steps T = 2\nparam w : 1 x 1 = 3\nh[t] = w * t\nloss h[T]\n");
    ck_assert(!gf_history_watch(history, m, (const char *const[]){"w", "h[t]"}, 2));
    ck_assert(!gf_model_set(m, "seed", 4) && !gf_history_look(history) && !gf_history_row(history, NULL));
    assert_written(NULL, AS(.format = GF_VALUES_CSV), "update,w,\"h[t], t = 1\",\"h[t], t = 2\"\n1,3,3,6\n");
    ck_assert(!gf_model_set(m, "T", 5));
    ck_assert_int_eq(gf_history_look(history), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_model_message(m), "train: --record: h[t] has 5 numbers now, but 2 columns: the model was "
                                          "changed since it is watched\n");
    ck_assert(!gf_model_set(m, "T", 2) && !gf_history_look(history) && !gf_history_row(history, NULL));
    assert_written(NULL, AS(.format = GF_VALUES_CSV), "update,w,\"h[t], t = 1\",\"h[t], t = 2\"\n1,3,3,6\n2,3,3,6\n");
    gf_model_free(m);
}
END_TEST

/* Over 400 rows a point is a mean; over 12 columns there is a map; both are said. */
START_TEST(large_ones_are_gathered)
{
    double row[13];
    for (int k = 0; k < 13; k++)
        ck_assert(!gf_history_add(history, "many", "entry"));
    ck_assert(!gf_history_add(history, "one", "one"));
    for (int r = 0; r < 900; r++) {
        double all[14];
        for (int k = 0; k < 13; k++)
            row[k] = (r % 7) - k;
        memcpy(all, row, sizeof row);
        all[13] = exp(-0.01 * r);
        ck_assert(!gf_history_row(history, all));
    }
    assert_says("one", AS(.format = GF_VALUES_SVG), "a title, each point the mean of 3 updates, logarithmic scale");
    assert_says("one", AS(.format = GF_VALUES_CHART), "one: each point the mean of 3 updates, logarithmic scale\n");
    assert_says("many", AS(.format = GF_VALUES_SVG), "a title, each cell the largest of its updates");
    assert_says("many", AS(.format = GF_VALUES_CHART), "many: entry downwards, updates to the right\n 1 │");
}
END_TEST

START_TEST(misuse_is_refused)
{
    char *out = "";
    gf_history *none;
    gf_values_options options = {.size = sizeof options, .format = GF_VALUES_SVG};
    ck_assert_int_eq(gf_history_new(NULL, ""), GF_ERROR_ARGUMENT);
    ck_assert(!gf_history_new(&none, NULL));
    gf_history_free(none);
    gf_history_free(NULL);
    ck_assert(!gf_history_add(history, "loss", "loss"));
    ck_assert_int_eq(gf_history_text(&out, NULL, history, "loss", &options), GF_ERROR_ARGUMENT); /* no row */
    ck_assert_int_eq(gf_history_row(history, NULL), GF_ERROR_ARGUMENT);
    ck_assert(!gf_history_row(history, (double[]){1}) && !gf_history_look(history));
    ck_assert_int_eq(gf_history_text(&out, NULL, history, "lots", &options), GF_ERROR_ARGUMENT);
    ck_assert_ptr_null(out);
    options.theme = "pink";
    ck_assert_int_eq(gf_history_text(&out, NULL, history, "loss", &options), GF_ERROR_ARGUMENT);
    options.format = GF_VALUES_NPY;
    ck_assert_int_eq(gf_history_text(&out, NULL, history, "loss", &options), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_history_add(history, "loss", "late"), GF_ERROR_ARGUMENT);
    ck_assert(!gf_history_rows(NULL) && !gf_history_group(NULL, 0));
}
END_TEST

int main(void)
{
    const TTest *tests[] = {rows_are_written,
                            expressions_are_means_over_looks,
                            wrong_expressions_say_where,
                            a_model_that_was_changed_is_looked_at_anew,
                            a_message_is_of_the_last_call,
                            large_ones_are_gathered,
                            misuse_is_refused};
    Suite *suite = tests_of("history", NULL, 0);
    TCase *tcase = tcase_create("histories");
    tcase_add_checked_fixture(tcase, setup, teardown);
    for (size_t k = 0; k < sizeof tests / sizeof *tests; k++)
        tcase_add_test(tcase, tests[k]);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
