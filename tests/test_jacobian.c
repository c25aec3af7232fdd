/* Jacobians: known ones, with held nodes, by the uses of one step; and of random graphs. */
#include "random_graph.h"

#include "graph/node.h"

static void set_row_by_row(gf_node *leaf, const double *numbers)
{
    for (int i = 0; i < gf_node_rows(leaf); i++)
        for (int j = 0; j < gf_node_cols(leaf); j++)
            gf_set_entry(leaf, i, j, *numbers++);
}

/* assert_jacobian(y, x, rows, cols, numbers …) */
#define assert_jacobian(y, x, rows, cols, ...)                                                                         \
    do {                                                                                                               \
        gf_matrix J_;                                                                                                  \
        ck_assert_int_eq(gf_jacobian(&J_, y, x), GF_OK);                                                               \
        assert_matrix(&J_, rows, cols, __VA_ARGS__);                                                                   \
        gf_matrix_free(&J_);                                                                                           \
    } while (0)

START_TEST(of_a_product_by_its_factors)
{
    gf_graph *g = gf_graph_new();
    gf_node *A = gf_param(g, "A", 2, 2), *x = gf_input(g, "x", 2, 1), *y = gf_matmul(A, x);
    set_row_by_row(A, (double[]){1, 2, 3, 4});
    set_row_by_row(x, (double[]){5, 6});
    assert_jacobian(y, x, 2, 2, 1, 2, 3, 4);
    assert_jacobian(y, A, 2, 4, 5, 6, 0, 0, 0, 0, 5, 6); /* vec reads A row by row */
    assert_jacobian(gf_transpose(A), A, 4, 4, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1);
    assert_fine(g);
    gf_graph_free(g);
}
END_TEST

START_TEST(of_a_state_by_the_one_before)
{
    gf_graph *g = gf_graph_new();
    gf_node *U = gf_param(g, "U", 2, 2), *h = gf_input(g, "h", 2, 1), *next = gf_tanh(gf_matmul(U, h));
    set_row_by_row(U, (double[]){0.1, -0.7, 0.4, 0.9});
    set_row_by_row(h, (double[]){0.3, -0.6});
    double a = 1 - pow(tanh(0.03 + 0.42), 2), b = 1 - pow(tanh(0.12 - 0.54), 2);
    assert_jacobian(next, h, 2, 2, a * 0.1, a * -0.7, b * 0.4, b * 0.9); /* diag(1 - h^2) U */
    gf_graph_free(g);
}
END_TEST

START_TEST(of_a_node_by_itself_is_the_identity)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 2, 1), *y = gf_tanh(x);
    assert_jacobian(x, x, 2, 2, 1, 0, 0, 1);
    assert_jacobian(y, y, 2, 2, 1, 0, 0, 1);
    gf_graph_free(g);
}
END_TEST

START_TEST(is_zero_where_nothing_leads)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 2, 1), *other = gf_param(g, "other", 1, 2), *y = gf_tanh(x);
    gf_node *later = gf_exp(y), *constant = gf_ones(g, "c", 2, 1);
    assert_jacobian(y, other, 2, 2, 0, 0, 0, 0);
    assert_jacobian(y, later, 2, 2, 0, 0, 0, 0); /* built behind y */
    assert_jacobian(x, y, 2, 2, 0, 0, 0, 0);
    assert_jacobian(constant, x, 2, 2, 0, 0, 0, 0);
    assert_jacobian(gf_stop(y), x, 2, 2, 0, 0, 0, 0);
    assert_fine(g);
    gf_graph_free(g);
}
END_TEST

START_TEST(of_a_number_is_its_gradient)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 2, 3), *y = gf_tanh(gf_mul(x, x)), *loss = gf_norm(y);
    set_row_by_row(x, (double[]){0.1, -0.4, 0.7, 1.2, -0.2, 0.5});
    gf_matrix J, flat;
    ck_assert_int_eq(gf_jacobian(&J, loss, x), GF_OK);
    gf_backward(loss, 0);
    flat = gf_matrix_over(J.data, 2, 3);
    assert_close(gf_gradient(x), &flat, 1e-15);
    gf_matrix_free(&J);
    gf_graph_free(g);
}
END_TEST

START_TEST(leaves_the_gradients_as_they_are)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1), *y = gf_scale(x, 3), *z = gf_scale(y, 5);
    gf_backward(y, GF_RECORD_EDGES);
    assert_jacobian(z, x, 1, 1, 15);
    ck_assert_double_eq(gf_scalar(gf_gradient(x)), 3);
    const gf_edge *edge;
    ck_assert((edge = gf_edge_find(y, 0)) && edge->l2 == 3);
    gf_backward(z, 0); /* the marks of the sweep do no harm */
    ck_assert_double_eq(gf_scalar(gf_gradient(x)), 15);
    gf_graph_free(g);
}
END_TEST

START_TEST(works_on_new_values)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1), *y = gf_mul(x, x);
    gf_set_scalar(x, 3);
    assert_jacobian(y, x, 1, 1, 6);
    gf_set_scalar(x, 5);
    assert_jacobian(y, x, 1, 1, 10);
    gf_graph_free(g);
}
END_TEST

/* --- held nodes ------------------------------------------------------------------------ */

/* A little LSTM: h = o tanh(c), c' = f(h) c + i(h), with everything 1 x 1. */
typedef struct cell {
    gf_graph *g;
    gf_node *w, *c[4], *h[4], *f[4];
} cell;

static cell make_cell(void)
{
    cell k = {.g = gf_graph_new()};
    k.w = gf_param(k.g, "w", 1, 1);
    k.c[0] = gf_input(k.g, "c[0]", 1, 1);
    k.h[0] = gf_input(k.g, "h[0]", 1, 1);
    gf_set_scalar(k.w, 0.7);
    gf_set_scalar(k.c[0], 0.4);
    gf_set_scalar(k.h[0], -0.3);
    for (int t = 1; t <= 3; t++) {
        gf_graph_step(k.g, t);
        k.f[t] = gf_named(gf_sigmoid(gf_mul(k.w, k.h[t - 1])), "f");
        k.c[t] = gf_named(gf_add(gf_mul(k.f[t], k.c[t - 1]), gf_tanh(k.h[t - 1])), "c");
        k.h[t] = gf_named(gf_tanh(k.c[t]), "h");
    }
    return k;
}

static double entry(gf_node *node)
{
    return gf_scalar(gf_value(node));
}

static double jacobian_held(gf_node *y, gf_node *x, gf_node *const held[], size_t count)
{
    gf_matrix J;
    ck_assert_int_eq(jacobians(&J, y, &(variable){.node = x}, 1, held, count), GF_OK);
    double number = gf_scalar(&J);
    gf_matrix_free(&J);
    return number;
}

START_TEST(with_the_state_held_is_the_forget_gate)
{
    cell k = make_cell();
    double f2 = entry(k.f[2]), f3 = entry(k.f[3]), c1 = entry(k.c[1]), h1 = entry(k.h[1]);
    assert_near(jacobian_held(k.c[2], k.c[1], (gf_node *[]){k.h[1]}, 1), f2, 1e-14);
    assert_near(jacobian_held(k.c[3], k.c[1], (gf_node *[]){k.h[1], k.h[2], k.h[3]}, 3), f2 * f3, 1e-14);
    /* all paths: f + dh/dc * (f' w c + tanh'(h)) */
    double through = (1 - h1 * h1) * (f2 * (1 - f2) * 0.7 * c1 + 1 - pow(tanh(h1), 2));
    assert_near(jacobian_held(k.c[2], k.c[1], NULL, 0), f2 + through, 1e-14);
    assert_near(jacobian_held(k.c[2], k.c[1], (gf_node *[]){k.f[2]}, 1), f2 + (1 - h1 * h1) * (1 - pow(tanh(h1), 2)),
                1e-14);
    gf_graph_free(k.g);
}
END_TEST

START_TEST(holding_the_ends_changes_nothing)
{
    cell k = make_cell();
    double all = jacobian_held(k.c[3], k.c[1], NULL, 0);
    ck_assert_double_eq(jacobian_held(k.c[3], k.c[1], (gf_node *[]){k.c[1]}, 1), all);
    ck_assert_double_eq(jacobian_held(k.c[3], k.c[1], (gf_node *[]){k.c[3]}, 1), all);
    ck_assert_double_eq(jacobian_held(k.c[3], k.c[1], (gf_node *[]){k.c[0], k.w, k.h[3]}, 3), all); /* not between */
    ck_assert_double_eq(jacobian_held(k.c[3], k.c[3], (gf_node *[]){k.c[3]}, 1), 1);
    ck_assert_double_eq(jacobian_held(k.c[3], k.c[1], NULL, 0), all); /* nothing stays held */
    gf_graph_free(k.g);
}
END_TEST

START_TEST(everything_held_is_zero)
{
    cell k = make_cell();
    ck_assert_double_eq(jacobian_held(k.c[3], k.c[1], (gf_node *[]){k.c[2], k.h[1]}, 2), 0);
    gf_graph_free(k.g);
}
END_TEST

START_TEST(agrees_with_backward_where_nodes_are_held)
{
    cell k = make_cell();
    gf_node *held[] = {k.h[1], k.f[3]};
    gf_backward_with(k.h[3],
                     &(gf_backward_options){.size = sizeof(gf_backward_options), .held = held, .held_count = 2});
    assert_near(jacobian_held(k.h[3], k.w, held, 2), gf_scalar(gf_gradient(k.w)), 1e-15);
    assert_near(jacobian_held(k.h[3], k.c[0], held, 2), gf_scalar(gf_gradient(k.c[0])), 1e-15);
    gf_graph_free(k.g);
}
END_TEST

/* --- several variables; uses at one step ---------------------------------------------------- */

START_TEST(several_at_once)
{
    cell k = make_cell();
    variable x[] = {{.node = k.c[1]}, {.node = k.w},    {.node = k.h[3]}, {.node = k.h[0]},
                    {.node = k.c[1]}, {.node = k.c[3]}, {.node = k.f[2]}};
    gf_matrix J[7];
    ck_assert_int_eq(jacobians(J, k.c[3], x, 7, NULL, 0), GF_OK);
    for (int n = 0; n < 7; n++) {
        assert_near(gf_scalar(&J[n]), jacobian_held(k.c[3], x[n].node, NULL, 0), 1e-15);
        gf_matrix_free(&J[n]);
    }
    ck_assert_int_eq(jacobians(J, k.c[3], x, 0, NULL, 0), GF_OK); /* none is fine */
    gf_graph_free(k.g);
}
END_TEST

START_TEST(by_the_uses_of_one_step)
{
    cell k = make_cell();
    variable x[] = {{k.w, true, 1}, {k.w, true, 2}, {k.w, true, 3}, {k.w, true, 4}, {.node = k.w}, {k.c[1], true, 1}};
    gf_matrix J[6];
    ck_assert_int_eq(jacobians(J, k.h[3], x, 6, NULL, 0), GF_OK);
    gf_backward_with(k.h[3], &(gf_backward_options){.size = sizeof(gf_backward_options), .group = gf_group_by_step});
    const gf_flow *flow;
    double sum = 0;
    for (int t = 1; t <= 3; t++) {
        ck_assert((flow = gf_flow_find(k.w, t)));
        assert_near(gf_scalar(&J[t - 1]), gf_scalar(flow->sum), 1e-15);
        sum += gf_scalar(&J[t - 1]);
    }
    ck_assert_double_eq(gf_scalar(&J[3]), 0);
    assert_near(gf_scalar(&J[4]), sum, 1e-15);
    /* c[1] is used at step 1 by h[1] = tanh(c[1]) alone */
    assert_near(gf_scalar(&J[5]), jacobian_held(k.h[3], k.h[1], NULL, 0) * (1 - entry(k.h[1]) * entry(k.h[1])), 1e-15);
    for (int n = 0; n < 6; n++)
        gf_matrix_free(&J[n]);
    gf_graph_free(k.g);
}
END_TEST

START_TEST(uses_within_one_step_add_up)
{
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 1, 1);
    gf_set_scalar(w, 3);
    gf_graph_step(g, 1);
    gf_node *square = gf_mul(w, w), *y = gf_add(square, gf_scale(w, 5));
    gf_matrix J;
    ck_assert_int_eq(jacobians(&J, y, &(variable){w, true, 1}, 1, NULL, 0), GF_OK);
    assert_matrix(&J, 1, 1, 3 + 3 + 5);
    gf_matrix_free(&J);
    gf_graph_free(g);
}
END_TEST

/* The use of a node at a step while another variable lies behind it: both count, each by itself. */
START_TEST(by_a_use_and_by_what_lies_behind)
{
    gf_graph *g = gf_graph_new();
    gf_node *a = gf_param(g, "a", 1, 1), *v = gf_scale(a, 10);
    gf_graph_step(g, 1);
    gf_node *one = gf_scale(v, 2);
    gf_graph_step(g, 2);
    gf_node *y = gf_add(one, gf_scale(v, 3));
    variable x[] = {{v, true, 1}, {v, true, 2}, {.node = v}, {.node = a}, {y, true, 2}};
    double wanted[] = {2, 3, 5, 50, 0};
    gf_matrix J[5];
    ck_assert_int_eq(jacobians(J, y, x, 5, NULL, 0), GF_OK);
    for (int n = 0; n < 5; n++) {
        ck_assert_double_eq(gf_scalar(&J[n]), wanted[n]);
        gf_matrix_free(&J[n]);
    }
    ck_assert_int_eq(jacobians(J, y, x, 2, (gf_node *[]){one, v}, 2), GF_OK); /* one held: nothing at step 1 */
    ck_assert_double_eq(gf_scalar(&J[0]), 0);
    ck_assert_double_eq(gf_scalar(&J[1]), 3);
    gf_matrix_free(&J[0]);
    gf_matrix_free(&J[1]);
    gf_graph_free(g);
}
END_TEST

START_TEST(of_many_entries_through_many_steps)
{
    enum { N = 12, T = 40 };
    gf_graph *g = gf_graph_new();
    gf_node *U = gf_param(g, "U", N, N), *h[T + 1] = {gf_input(g, "h[0]", N, 1)};
    for (int i = 0; i < N; i++) {
        gf_set_entry(h[0], i, 0, 0.1 * i);
        for (int j = 0; j < N; j++)
            gf_set_entry(U, i, j, sin(1 + 5 * i + 3 * j) / 2);
    }
    for (int t = 1; t <= T; t++)
        h[t] = gf_tanh(gf_matmul(U, h[t - 1]));
    gf_matrix whole, first, second, product;
    gf_jacobian(&whole, h[T], h[0]); /* the chain rule: J(T, 0) = J(T, 7) J(7, 0) */
    gf_jacobian(&first, h[7], h[0]);
    gf_jacobian(&second, h[T], h[7]);
    gf_matrix_new(&product, N, N);
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            for (int k = 0; k < N; k++)
                product.data[i * N + j] += gf_matrix_at(&second, i, k) * gf_matrix_at(&first, k, j);
    assert_close(&whole, &product, 1e-12);
    gf_matrix *made[] = {&whole, &first, &second, &product};
    for (int k = 0; k < 4; k++)
        gf_matrix_free(made[k]);
    gf_graph_free(g);
}
END_TEST

/* --- bad input -------------------------------------------------------------------------------- */

START_TEST(bad_input_is_refused)
{
    gf_graph *g = gf_graph_new(), *other = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1), *y = gf_neg(x), *c = gf_ones(g, "c", 1, 1), *z = gf_mul(y, c);
    gf_node *stranger = gf_param(other, "s", 1, 1);
    gf_matrix J = {.rows = 5};
    ck_assert_int_eq(gf_jacobian(&J, NULL, x), GF_ERROR_ARGUMENT);
    ck_assert(!J.data && J.rows == 0);
    ck_assert_int_eq(gf_jacobian(&J, y, NULL), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "jacobian: variable 0 is NULL");
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_jacobian(&J, y, stranger), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "jacobian: variable 0 is of another graph");
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_jacobian(&J, z, c), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "jacobian: by c: it is constant");
    gf_graph_clear_status(g);
    ck_assert_int_eq(jacobians(&J, y, &(variable){.node = x}, 1, &stranger, 1), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "held: node 0 is of another graph");
    gf_graph_clear_status(g);
    gf_matrix both[2];
    variable variables[] = {{.node = x}, {.node = stranger}};
    ck_assert_int_eq(jacobians(both, y, variables, 2, NULL, 0), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "jacobian: variable 1 is of another graph");
    gf_graph_clear_status(g);
    gf_node *bad = gf_add(x, NULL); /* the first error stays */
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_jacobian(&J, bad, x), GF_ERROR_ARGUMENT);
    ck_assert_ptr_null(J.data);
    gf_add(x, NULL);
    ck_assert_int_eq(gf_jacobian(&J, bad, x), GF_ERROR_ARGUMENT);
    gf_graph_free(g);
    gf_graph_free(other);
}
END_TEST

/* --- random graphs ----------------------------------------------------------------------------- */

/* The node of a random graph with most entries that depends on something. */
static gf_node *widest(const random_graph *r)
{
    gf_node *best = r->loss;
    for (int k = r->count / 2; k < r->count; k++)
        if (gf_node_differentiable(r->nodes[k]) &&
            gf_node_rows(r->nodes[k]) * gf_node_cols(r->nodes[k]) > gf_node_rows(best) * gf_node_cols(best))
            best = r->nodes[k];
    return best;
}

/* Row i of the Jacobian is the gradient of entry i. */
static void assert_row(const gf_matrix *J, int i, gf_node *x)
{
    gf_matrix row = gf_matrix_over(J->data + i * J->stride, gf_node_rows(x), gf_node_cols(x));
    assert_close(gf_gradient(x), &row, 1e-11);
}

START_TEST(of_random_graphs_is_backward_row_by_row)
{
    random_graph r = make_random_graph((uint64_t)_i, false);
    gf_node *y = widest(&r), *held[] = {r.nodes[7], r.nodes[9]};
    gf_matrix J[4], J_held[4];
    variable x[4];
    for (int k = 0; k < 4; k++)
        x[k] = (variable){.node = r.nodes[k]};
    ck_assert_int_eq(jacobians(J, y, x, 4, NULL, 0), GF_OK);
    ck_assert_int_eq(jacobians(J_held, y, x, 4, held, 2), GF_OK);
    for (int i = 0; i < J[0].rows; i++) {
        gf_node *entry = gf_rows(gf_vec(y), i, i);
        gf_backward(entry, 0);
        for (int k = 0; k < 4; k++)
            assert_row(&J[k], i, r.nodes[k]);
        if (y == held[0] || y == held[1])
            continue; /* of y held itself, backward from an entry of it has no path */
        gf_backward_with(entry,
                         &(gf_backward_options){.size = sizeof(gf_backward_options), .held = held, .held_count = 2});
        for (int k = 0; k < 4; k++)
            assert_row(&J_held[k], i, r.nodes[k]);
    }
    for (int k = 0; k < 4; k++) {
        gf_matrix_free(&J[k]);
        gf_matrix_free(&J_held[k]);
    }
    assert_fine(r.g);
    gf_graph_free(r.g);
}
END_TEST

/* Column j of the Jacobian is the difference that entry j of x makes to y. */
START_TEST(of_random_graphs_agrees_with_differences)
{
    random_graph r = make_random_graph((uint64_t)_i, true);
    gf_node *y = widest(&r), *x = r.nodes[_i % 4];
    gf_matrix J, differences;
    ck_assert_int_eq(gf_jacobian(&J, y, x), GF_OK);
    gf_matrix_new(&differences, J.rows, J.cols);
    for (int i = 0; i < J.rows; i++) {
        gf_matrix one;
        gf_finite_differences(&one, gf_rows(gf_vec(y), i, i), x, 0);
        memcpy(differences.data + i * J.cols, one.data, (size_t)J.cols * sizeof(double));
        gf_matrix_free(&one);
    }
    gf_comparison c;
    gf_compare_within(&c, &J, &differences, 1e-6);
    ck_assert_msg(c.match || gf_matrix_max(&J) < 1e-4, "seed %d: %s", _i, c.text);
    gf_matrix_free(&J);
    gf_matrix_free(&differences);
    gf_graph_free(r.g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        of_a_product_by_its_factors,
        of_a_state_by_the_one_before,
        of_a_node_by_itself_is_the_identity,
        is_zero_where_nothing_leads,
        of_a_number_is_its_gradient,
        leaves_the_gradients_as_they_are,
        works_on_new_values,
        with_the_state_held_is_the_forget_gate,
        holding_the_ends_changes_nothing,
        everything_held_is_zero,
        agrees_with_backward_where_nodes_are_held,
        several_at_once,
        by_the_uses_of_one_step,
        uses_within_one_step_add_up,
        by_a_use_and_by_what_lies_behind,
        of_many_entries_through_many_steps,
        bad_input_is_refused,
    };
    const TTest *on_random_graphs[] = {of_random_graphs_is_backward_row_by_row,
                                       of_random_graphs_agrees_with_differences};
    Suite *suite = tests_of("jacobian", tests, sizeof tests / sizeof *tests);
    add_seeded_tests(suite, on_random_graphs, 2, 20);
    return run_suite(suite);
}
