/* What is given: an input whose gradient nobody wants, and for which no work is done. */
#include <gradflow/check.h>
#include <gradflow/init.h>

#include "equations.h"

typedef gf_node *leaf_builder(gf_graph *g, const char *name, int rows, int cols);

/* loss = sum((w - y)^2), its target made by the builder. */
typedef struct fitting {
    gf_graph *g;
    gf_node *w, *y, *difference, *loss;
} fitting;

static fitting fit(leaf_builder *target, int n)
{
    fitting f = {.g = gf_graph_new()};
    f.w = gf_param(f.g, "w", n, n);
    f.y = target(f.g, "y", n, n);
    f.difference = gf_sub(f.w, f.y);
    f.loss = gf_named(gf_sum(gf_mul(f.difference, f.difference)), "loss");
    gf_set_scalar(f.w, 3);
    gf_set_scalar(f.y, 1);
    return f;
}

START_TEST(a_given_leaf_is_known_as_such)
{
    gf_graph *g = gf_graph_new();
    gf_node *y = gf_given(g, "y", 1, 2), *x = gf_input(g, "x", 1, 2), *c = gf_ones(g, "c", 1, 2);
    ck_assert(gf_node_is_given(y) && !gf_node_is_input(y) && !gf_node_is_constant(y) && !gf_node_is_param(y));
    ck_assert(!gf_node_is_given(x) && !gf_node_is_given(c) && !gf_node_is_given(NULL));
    ck_assert(!gf_node_differentiable(y) && !gf_node_differentiable(gf_tanh(y)));
    ck_assert_str_eq(gf_node_operation(y)->name, "given");
    assert_matrix(gf_value(y), 1, 2, 0, 0);
    assert_fine(g);
    ck_assert(gf_node_is_bad(gf_given(g, "z", 0, 2)));
    assert_failed(g, GF_ERROR_SHAPE, "given: z cannot be 0 x 2: a matrix has at least one row and one column");
    ck_assert(gf_node_is_bad(gf_given(NULL, "y", 1, 1)));
    gf_graph_free(g);
}
END_TEST

START_TEST(what_is_given_is_set_and_replayed)
{
    fitting f = fit(gf_given, 2);
    ck_assert_double_eq(gf_scalar(gf_value(f.loss)), 16);
    ck_assert_int_eq(gf_backward(f.loss, 0), GF_OK);
    assert_matrix(gf_gradient(f.w), 2, 2, 4, 4, 4, 4);
    ck_assert_int_eq(gf_set_entry(f.y, 0, 1, 3), GF_OK);
    ck_assert_double_eq(gf_scalar(gf_value(f.loss)), 12);
    ck_assert_int_eq(gf_backward(f.loss, 0), GF_OK);
    assert_matrix(gf_gradient(f.w), 2, 2, 4, 0, 4, 4);
    double numbers[] = {0, 1, 2, 3};
    ck_assert_int_eq(gf_set(f.y, &(gf_matrix){.data = numbers, .rows = 2, .cols = 2, .stride = 2}), GF_OK);
    ck_assert_double_eq(gf_scalar(gf_value(f.loss)), 9 + 4 + 1);
    ck_assert_int_eq(gf_init_onehot(f.y), GF_OK);
    ck_assert_double_eq(gf_scalar(gf_value(f.loss)), 9 + 9 + 4 + 4);
    assert_fine(f.g);
    gf_graph_free(f.g);
}
END_TEST

START_TEST(what_is_given_keeps_no_room_for_a_gradient)
{
    enum { N = 300 };
    fitting wanted = fit(gf_input, N), given = fit(gf_given, N), fixed = fit(gf_zeros, N);
    gf_backward(wanted.loss, 0);
    gf_backward(given.loss, 0);
    gf_backward(fixed.loss, 0);
    ck_assert_uint_eq(gf_graph_memory(given.g), gf_graph_memory(fixed.g)); /* as of a constant */
    ck_assert_uint_lt(gf_graph_memory(given.g), gf_graph_memory(wanted.g));
    gf_graph_free(wanted.g);
    gf_graph_free(given.g);
    gf_graph_free(fixed.g);
}
END_TEST

/* --- no work ------------------------------------------------------------------ */

static int calls[2];

static void copy_first(gf_matrix *y, const gf_call *call)
{
    gf_matrix_copy(y, call->in[0]);
}

static void count_call(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)beta;
    (void)G;
    (void)call;
    calls[slot]++;
    for (size_t k = 0; k < gf_matrix_size(out); k++)
        out->data[k] = 1;
}

static const gf_operation counted = {.size = sizeof(gf_operation),
                                     .name = "counted",
                                     .arity = 2,
                                     .forward = copy_first,
                                     .vjp = {count_call, count_call},
                                     .doc = "The first operand."};

static void count_calls(leaf_builder *target)
{
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 1, 1), *y = target(g, "y", 1, 1);
    calls[0] = calls[1] = 0;
    ck_assert_int_eq(gf_backward(gf_apply(&counted, (gf_node *[]){w, y}, 2, NULL), GF_RECORD_EDGES), GF_OK);
    assert_fine(g);
    gf_graph_free(g);
}

START_TEST(backward_does_no_work_for_what_is_given)
{
    count_calls(gf_input);
    ck_assert(calls[0] == 1 && calls[1] == 1);
    count_calls(gf_given);
    ck_assert(calls[0] == 1 && calls[1] == 0);
}
END_TEST

START_TEST(no_edge_passes_into_what_is_given)
{
    fitting f = fit(gf_given, 2);
    gf_backward(f.loss, GF_RECORD_EDGES);
    const gf_edge *edge = gf_edge_find(f.difference, 1);
    ck_assert(edge && edge->from == f.y && !edge->passed && edge->l2 == 0);
    ck_assert(gf_edge_find(f.difference, 0)->passed);
    gf_graph_free(f.g);
}
END_TEST

/* --- errors ------------------------------------------------------------------- */

#define WHY ": it is given, which has no gradient: make it with gf_input"

START_TEST(to_ask_for_its_gradient_is_an_error)
{
    fitting f = fit(gf_given, 2);
    ck_assert_ptr_null(gf_gradient(f.y)); /* backward has not run, and would not help */
    assert_failed(f.g, GF_ERROR_ARGUMENT, "gradient: of y" WHY);
    gf_graph_clear_status(f.g);
    gf_backward(f.loss, 0);
    ck_assert_ptr_null(gf_gradient(f.y));
    assert_failed(f.g, GF_ERROR_ARGUMENT, "gradient: of y" WHY);
    gf_graph_clear_status(f.g);
    gf_matrix out;
    ck_assert_int_eq(gf_jacobian(&out, f.difference, f.y), GF_ERROR_ARGUMENT);
    assert_failed(f.g, GF_ERROR_ARGUMENT, "jacobian: by y" WHY);
    gf_graph_clear_status(f.g);
    ck_assert_int_eq(gf_jacobians(&out, f.difference, &f.y, 1, NULL), GF_ERROR_ARGUMENT);
    assert_failed(f.g, GF_ERROR_ARGUMENT, "jacobian: by y" WHY);
    gf_graph_clear_status(f.g);
    ck_assert_int_eq(gf_finite_differences(&out, f.loss, f.y, 0), GF_ERROR_ARGUMENT);
    assert_failed(f.g, GF_ERROR_ARGUMENT, "finite differences: by y" WHY);
    gf_graph_free(f.g);
}
END_TEST

START_TEST(a_gradient_check_leaves_it_out)
{
    fitting f = fit(gf_given, 2);
    gf_check check;
    ck_assert_int_eq(gf_gradient_check(&check, f.loss, NULL, 0), GF_OK);
    ck_assert(check.count == 1 && check.worst.match);
    ck_assert_int_eq(gf_gradient_check(&check, f.loss, f.y, 0), GF_ERROR_ARGUMENT);
    assert_failed(f.g, GF_ERROR_ARGUMENT, "finite differences: by y" WHY);
    gf_graph_free(f.g);
}
END_TEST

START_TEST(a_loss_of_what_is_given_alone_has_no_backward)
{
    gf_graph *g = gf_graph_new();
    gf_node *loss = gf_named(gf_sum(gf_given(g, "y", 2, 1)), "L");
    ck_assert_int_eq(gf_backward(loss, 0), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "backward: L depends on no parameter or input through which a gradient passes");
    gf_graph_free(g);
}
END_TEST

/* --- in a model file ------------------------------------------------------------ */

/* The start of what is given is given, too; what an equation makes of it has a gradient like everything else. */
START_TEST(what_is_given_is_given_in_the_graph)
{
    gf_model *m = model_of("steps T = 2\ngiven y[t] : 1 x 2\nstart y[0] : 1 x 2 = 3\nparam w : 1 x 2\n"
                           "z[t] = y[t-1] * 2\nloss sum(t, sum(w * z[t] + y[t]))\n");
    ck_assert(gf_node_is_given(gf_model_node(m, "y", 0)) && gf_node_is_given(gf_model_node(m, "y", 2)));
    ck_assert_double_eq(gf_matrix_at(gf_model_value(m, "z", 1), 0, 1), 6);
    ck_assert_double_ne(gf_matrix_at(gf_model_value(m, "y", 1), 0, 0), 0); /* normal, as of an input */
    ck_assert_ptr_nonnull(gf_model_gradient(m, "z", 1));
    ck_assert_int_eq(gf_graph_status(gf_model_graph(m)), GF_OK);
    ck_assert_ptr_null(gf_model_gradient(m, "y", 1));
    ck_assert_str_eq(gf_graph_message(gf_model_graph(m)),
                     "gradient: of y[1]: it is given, which has no gradient: make it with gf_input");
    gf_model_free(m);
}
END_TEST

/* The numbers that a name draws are those that it drew as an input. */
START_TEST(what_is_given_draws_what_an_input_draws)
{
    gf_model *a = model_of("steps T = 2\nseed 3\ninput y[t] : 2 x 2\nloss sum(y[T])\n");
    gf_model *b = model_of("steps T = 2\nseed 3\ngiven y[t] : 2 x 2\nloss sum(y[T])\n");
    const gf_matrix *one = gf_model_value(a, "y", 2), *two = gf_model_value(b, "y", 2);
    ck_assert(!memcmp(one->data, two->data, 4 * sizeof(double)));
    gf_model_free(a);
    gf_model_free(b);
}
END_TEST

/* Differences are taken by what has a gradient. */
START_TEST(central_differences_leave_out_what_is_given)
{
    const char *line;
    gf_model *m = model_of("given y : 2 x 1 = 1\ninput x : 2 x 1\nparam w : 2 x 2\nloss mse(w @ x, y)\n");
    gf_report *report;
    gf_model_claims(&report, m, &(gf_claims_options){.size = sizeof(gf_claims_options), .finite_differences = true});
    ck_assert_msg(gf_report_differences(&line, report), "%s", line);
    ck_assert_msg(strstr(line, ": 2 gradients agree"), "%s", line);
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_given_leaf_is_known_as_such,
        what_is_given_is_set_and_replayed,
        what_is_given_keeps_no_room_for_a_gradient,
        backward_does_no_work_for_what_is_given,
        no_edge_passes_into_what_is_given,
        to_ask_for_its_gradient_is_an_error,
        a_gradient_check_leaves_it_out,
        a_loss_of_what_is_given_alone_has_no_backward,
        what_is_given_is_given_in_the_graph,
        what_is_given_draws_what_an_input_draws,
        central_differences_leave_out_what_is_given,
    };
    return RUN_TESTS("given", tests);
}
