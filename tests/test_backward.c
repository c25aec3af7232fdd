/* Backward: gradients of known functions, held nodes, operations of one's own. (Edges and flows: test_edges.c.) */
#include "support.h"

/* --- closed forms --------------------------------------------------------------- */

/* loss = tanh(w x) * y, with its parts. */
typedef struct small {
    gf_graph *g;
    gf_node *w, *x, *c, *product, *y, *loss;
} small;

static small small_graph(void)
{
    small s = {.g = gf_graph_new()};
    s.w = gf_param(s.g, "w", 1, 1);
    s.x = gf_input(s.g, "x", 1, 1);
    s.c = gf_fill(s.g, "c", 1, 1, 3);
    s.product = gf_mul(s.w, s.x);
    s.y = gf_tanh(s.product);
    s.loss = gf_mul(s.y, s.c);
    gf_set_scalar(s.w, 0.5);
    gf_set_scalar(s.x, 2);
    return s;
}

static double gradient(gf_node *node)
{
    return gf_scalar(gf_gradient(node));
}

START_TEST(gradients_of_a_known_function)
{
    small s = small_graph();
    ck_assert_int_eq(gf_backward(s.loss, 0), GF_OK);
    double slope = 1 - tanh(1) * tanh(1);
    assert_near(gradient(s.w), 3 * slope * 2, 1e-15);
    assert_near(gradient(s.x), 3 * slope * 0.5, 1e-15);
    assert_near(gradient(s.product), 3 * slope, 1e-15);
    ck_assert_double_eq(gradient(s.y), 3);
    ck_assert_double_eq(gradient(s.loss), 1);
    assert_fine(s.g);
    gf_graph_free(s.g);
}
END_TEST

START_TEST(backward_from_several_nodes_any_number_of_times)
{
    small s = small_graph();
    for (int k = 0; k < 3; k++) {
        ck_assert_int_eq(gf_backward(s.product, 0), GF_OK);
        ck_assert_double_eq(gradient(s.w), 2);
        ck_assert_double_eq(gradient(s.x), 0.5);
        ck_assert_double_eq(gradient(s.y), 0); /* the product does not depend on it */
        ck_assert_double_eq(gradient(s.loss), 0);
        ck_assert_int_eq(gf_backward(s.loss, 0), GF_OK);
        ck_assert_double_eq(gradient(s.y), 3);
        assert_near(gradient(s.w), 6 * (1 - tanh(1) * tanh(1)), 1e-15);
        ck_assert_int_eq(gf_backward(s.x, 0), GF_OK); /* a leaf, by itself */
        ck_assert_double_eq(gradient(s.x), 1);
        ck_assert_double_eq(gradient(s.w), 0);
    }
    gf_graph_free(s.g);
}
END_TEST

START_TEST(gradients_follow_new_values)
{
    small s = small_graph();
    gf_backward(s.product, 0);
    gf_set_scalar(s.x, 7);
    ck_assert_double_eq(gradient(s.w), 2); /* as of the last backward */
    gf_backward(s.product, 0);
    ck_assert_double_eq(gradient(s.w), 7);
    gf_graph_free(s.g);
}
END_TEST

START_TEST(gradients_add_up_if_asked)
{
    small s = small_graph();
    ck_assert_int_eq(gf_backward(s.product, GF_ACCUMULATE), GF_OK); /* nothing is there to add to */
    ck_assert_double_eq(gradient(s.w), 2);
    ck_assert_int_eq(gf_backward(s.product, GF_ACCUMULATE), GF_OK);
    ck_assert_int_eq(gf_backward(s.x, GF_ACCUMULATE | GF_RECORD_EDGES), GF_OK);
    ck_assert_double_eq(gradient(s.w), 4);
    ck_assert_double_eq(gradient(s.x), 1 + 1);
    ck_assert_double_eq(gradient(s.product), 2);
    ck_assert_double_eq(gradient(s.loss), 0);
    const gf_edge *edge;
    ck_assert((edge = gf_edge_find(s.product, 0)));
    ck_assert(!edge->passed); /* the edges are the last run's */
    gf_node *later = gf_scale(s.w, 10);
    ck_assert_int_eq(gf_backward(later, GF_ACCUMULATE), GF_OK);
    ck_assert_double_eq(gradient(s.w), 14);
    ck_assert_double_eq(gradient(later), 1); /* had no gradient before */
    ck_assert_int_eq(gf_backward(later, 0), GF_OK);
    ck_assert_double_eq(gradient(s.w), 10);
    gf_graph_free(s.g);
}
END_TEST

START_TEST(a_node_used_twice_receives_twice)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 2, 1), *square = gf_mul(x, x), *loss = gf_sum(square);
    double numbers[] = {3, -5};
    gf_matrix m = gf_matrix_over(numbers, 2, 1);
    gf_set(x, &m);
    gf_backward(loss, GF_RECORD_CONTRIBUTIONS);
    assert_matrix(gf_gradient(x), 2, 1, 6, -10);
    const gf_edge *one, *two;
    ck_assert((one = gf_edge_find(square, 0)) && (two = gf_edge_find(square, 1)));
    ck_assert(one->passed && two->passed && one->from == x && two->from == x && one->to == square && two->slot == 1);
    assert_matrix(one->contribution, 2, 1, 3, -5);
    assert_matrix(two->contribution, 2, 1, 3, -5);
    gf_backward(gf_sum(gf_div(x, x)), 0);
    assert_matrix(gf_gradient(x), 2, 1, 0, 0);
    gf_graph_free(g);
}
END_TEST

START_TEST(no_gradient_passes_a_stop)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1), *cut = gf_stop(x), *loss = gf_mul(cut, x);
    gf_set_scalar(x, 3);
    ck_assert(!gf_node_differentiable(cut) && gf_node_differentiable(loss));
    ck_assert_int_eq(gf_backward(loss, GF_RECORD_EDGES), GF_OK);
    ck_assert_double_eq(gradient(x), 3);
    const gf_edge *edge;
    ck_assert((edge = gf_edge_find(loss, 0)) && !edge->passed && edge->l2 == 0 && edge->max == 0 && edge->rms == 0);
    ck_assert((edge = gf_edge_find(cut, 0)) && !edge->passed);
    ck_assert((edge = gf_edge_find(loss, 1)) && edge->passed && edge->l2 == 3);
    gf_graph_free(g);
}
END_TEST

/* --- what has no gradient ---------------------------------------------------------- */

START_TEST(not_run_is_an_error_and_not_zero)
{
    small s = small_graph();
    ck_assert_ptr_null(gf_gradient(s.w));
    assert_failed(s.g, GF_ERROR_NOT_RUN, "gradient: of w: backward has not run since it was built");
    gf_graph_clear_status(s.g);
    gf_backward(s.loss, 0);
    gf_node *later = gf_named(gf_neg(s.w), "later");
    ck_assert_ptr_nonnull(gf_gradient(s.w));
    ck_assert_ptr_null(gf_gradient(later));
    assert_failed(s.g, GF_ERROR_NOT_RUN, "gradient: of later: backward has not run since it was built");
    gf_graph_clear_status(s.g);
    gf_backward(s.loss, 0);
    ck_assert_double_eq(gradient(later), 0);
    assert_fine(s.g);
    gf_graph_free(s.g);
}
END_TEST

START_TEST(constants_have_no_gradient)
{
    small s = small_graph();
    gf_node *built = gf_named(gf_exp(s.c), "e");
    gf_backward(s.loss, 0);
    ck_assert_ptr_null(gf_gradient(s.c));
    assert_failed(s.g, GF_ERROR_ARGUMENT, "gradient: of c: it is constant");
    gf_graph_clear_status(s.g);
    ck_assert(!gf_node_differentiable(built)); /* built from constants alone */
    ck_assert_ptr_null(gf_gradient(built));
    assert_failed(s.g, GF_ERROR_ARGUMENT, "gradient: of e: it is constant");
    gf_graph_clear_status(s.g);
    ck_assert_ptr_null(gf_gradient(NULL));
    ck_assert_ptr_null(gf_gradient(gf_add(s.w, NULL)));
    gf_graph_free(s.g);
}
END_TEST

START_TEST(a_failed_backward_leaves_gradients_alone)
{
    small s = small_graph();
    gf_node *row = gf_broadcast(s.w, 1, 3);
    gf_backward(s.product, 0);
    ck_assert_int_eq(gf_backward(row, 0), GF_ERROR_SHAPE);
    ck_assert_double_eq(gradient(s.w), 2);
    gf_graph_clear_status(s.g);
    ck_assert_int_eq(gf_backward(s.c, 0), GF_ERROR_ARGUMENT);
    ck_assert_double_eq(gradient(s.w), 2);
    gf_graph_free(s.g);
}
END_TEST

/* --- held nodes ----------------------------------------------------------------------- */

/* c = f(a) with f = exp, d = a * c, loss = c * d: the total derivative by a and those with c or d held. */
START_TEST(held_nodes_make_partial_derivatives)
{
    gf_graph *g = gf_graph_new();
    gf_node *a = gf_param(g, "a", 1, 1), *c = gf_exp(a), *d = gf_mul(a, c), *loss = gf_mul(c, d);
    double x = 0.7, e = exp(x);
    gf_set_scalar(a, x);
    gf_backward(loss, 0);
    assert_near(gradient(a), e * e + 2 * x * e * e, 1e-14);
    gf_backward_with(
        loss, &(gf_backward_options){.size = sizeof(gf_backward_options), .held = (gf_node *[]){c}, .held_count = 1});
    assert_near(gradient(a), e * e, 1e-14);         /* through d alone */
    assert_near(gradient(c), x * e + e * x, 1e-14); /* arrives, and does not pass on */
    gf_backward_with(
        loss, &(gf_backward_options){.size = sizeof(gf_backward_options), .held = (gf_node *[]){d}, .held_count = 1});
    assert_near(gradient(a), x * e * e, 1e-14); /* loss = c * d with d fixed: d e^a */
    assert_near(gradient(d), e, 1e-14);
    gf_backward_with(loss, &(gf_backward_options){
                               .size = sizeof(gf_backward_options), .held = (gf_node *[]){c, d, c}, .held_count = 3});
    ck_assert_double_eq(gradient(a), 0);
    gf_backward(loss, 0); /* held for one run only */
    assert_near(gradient(a), e * e + 2 * x * e * e, 1e-14);
    assert_fine(g);
    gf_graph_free(g);
}
END_TEST

START_TEST(holding_the_ends_changes_nothing)
{
    small s = small_graph();
    gf_backward(s.loss, 0);
    double before = gradient(s.w);
    gf_node *held[] = {s.loss, s.w, s.c};
    ck_assert_int_eq(
        gf_backward_with(s.loss,
                         &(gf_backward_options){.size = sizeof(gf_backward_options), .held = held, .held_count = 3}),
        GF_OK);
    ck_assert_double_eq(gradient(s.w), before);
    gf_graph_free(s.g);
}
END_TEST

START_TEST(edges_into_held_nodes_pass_nothing)
{
    small s = small_graph();
    gf_backward_options options = {.size = sizeof options, .flags = GF_RECORD_EDGES, .held = &s.y, .held_count = 1};
    ck_assert_int_eq(gf_backward_with(s.loss, &options), GF_OK);
    const gf_edge *edge;
    ck_assert((edge = gf_edge_find(s.loss, 0)) && edge->passed && edge->l2 == 3);
    ck_assert((edge = gf_edge_find(s.y, 0)) && !edge->passed && edge->l2 == 0);
    ck_assert_double_eq(gradient(s.w), 0);
    ck_assert_int_eq(gf_backward(s.loss, GF_RECORD_EDGES), GF_OK); /* flags are restored */
    ck_assert((edge = gf_edge_find(s.y, 0)) && edge->passed);
    gf_graph_free(s.g);
}
END_TEST

START_TEST(held_nodes_are_restored_after_an_error)
{
    small s = small_graph(), other = small_graph();
    gf_node *held[] = {s.y, NULL};
    gf_backward_options options = {.size = sizeof options, .held = held, .held_count = 2};
    ck_assert_int_eq(gf_backward_with(s.loss, &options), GF_ERROR_ARGUMENT);
    assert_failed(s.g, GF_ERROR_ARGUMENT, "held: node 1 is NULL");
    gf_graph_clear_status(s.g);
    held[1] = other.y;
    ck_assert_int_eq(gf_backward_with(s.loss, &options), GF_ERROR_ARGUMENT);
    assert_failed(s.g, GF_ERROR_ARGUMENT, "held: node 1 is of another graph");
    gf_graph_clear_status(s.g);
    ck_assert_int_eq(gf_backward(s.loss, 0), GF_OK);
    ck_assert_double_gt(gradient(s.w), 0);
    ck_assert_int_eq(gf_backward_with(s.loss, NULL), GF_OK); /* no options */
    gf_graph_free(s.g);
    gf_graph_free(other.g);
}
END_TEST

/* --- an operation of one's own ----------------------------------------------------------- */

static void softplus_forward(gf_matrix *y, const gf_call *call)
{
    for (int i = 0; i < y->rows; i++)
        for (int j = 0; j < y->cols; j++)
            y->data[i * y->stride + j] = log1p(exp(gf_matrix_at(call->in[0], i, j)));
}

static void softplus_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    for (int i = 0; i < out->rows; i++)
        for (int j = 0; j < out->cols; j++)
            gf_put(&out->data[i * out->stride + j], beta,
                   gf_matrix_at(G, i, j) / (1 + exp(-gf_matrix_at(call->in[0], i, j))));
}

static const gf_operation softplus = {.size = sizeof(gf_operation),
                                      .name = "softplus",
                                      .arity = 1,
                                      .forward = softplus_forward,
                                      .vjp = {softplus_vjp},
                                      .formula = {"G * sigmoid(a)"},
                                      .text = "log(1 + exp(a))",
                                      .doc = "log(1 + e^a), element by element."};

START_TEST(an_operation_of_ones_own_is_like_the_others)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 2), *y = gf_apply(&softplus, &x, 1, NULL), *loss = gf_sum(gf_mul(y, y));
    gf_set_entry(x, 0, 0, 1);
    gf_set_entry(x, 0, 1, -2);
    ck_assert_int_eq(gf_backward(loss, GF_RECORD_CONTRIBUTIONS), GF_OK);
    double a = 2 * log1p(exp(1)) / (1 + exp(-1)), b = 2 * log1p(exp(-2)) / (1 + exp(2));
    assert_matrix(gf_gradient(x), 1, 2, a, b);
    const gf_edge *edge;
    ck_assert((edge = gf_edge_find(y, 0)) && edge->passed && edge->from == x);
    assert_near(edge->l2, sqrt(a * a + b * b), 1e-14);
    ck_assert_str_eq(gf_node_operation(y)->name, "softplus");
    ck_assert_ptr_ne(gf_operation_find("softplus"), &softplus);
    gf_graph_free(g);
}
END_TEST

/* The vjp must take beta = 0 as "overwrite": gradients start as whatever lay in memory. */
START_TEST(old_gradients_do_not_leak_into_new_ones)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1), *y = gf_sqrt(x), *loss = gf_sum(y);
    gf_set_scalar(x, 0);
    gf_backward(loss, 0);
    ck_assert_double_infinite(gradient(x));
    gf_set_scalar(x, 4);
    gf_backward(loss, 0);
    ck_assert_double_eq(gradient(x), 0.25);
    gf_backward(x, 0);
    ck_assert_double_eq(gradient(y), 0);
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        gradients_of_a_known_function,
        backward_from_several_nodes_any_number_of_times,
        gradients_follow_new_values,
        gradients_add_up_if_asked,
        a_node_used_twice_receives_twice,
        no_gradient_passes_a_stop,
        not_run_is_an_error_and_not_zero,
        constants_have_no_gradient,
        a_failed_backward_leaves_gradients_alone,
        held_nodes_make_partial_derivatives,
        holding_the_ends_changes_nothing,
        edges_into_held_nodes_pass_nothing,
        held_nodes_are_restored_after_an_error,
        an_operation_of_ones_own_is_like_the_others,
        old_gradients_do_not_leak_into_new_ones,
    };
    return RUN_TESTS("backward", tests);
}
