/* The judges: comparison with a derived matrix, central differences, the check of one operation. */
#include "support.h"

#include <float.h>
#include <stdio.h>

/* --- gf_compare --------------------------------------------------------------------- */

static gf_comparison compare(double *a, double *b, int rows, int cols)
{
    gf_comparison c;
    gf_matrix one = gf_matrix_over(a, rows, cols), two = gf_matrix_over(b, rows, cols);
    ck_assert_int_eq(gf_compare(&c, &one, &two), GF_OK);
    return c;
}

static gf_comparison compare_numbers(double a, double b)
{
    return compare(&a, &b, 1, 1);
}

START_TEST(equal_matrices_match)
{
    double a[] = {1, -2, 3, 4};
    gf_comparison c = compare(a, (double[]){1, -2, 3, 4}, 2, 2);
    ck_assert(c.match);
    ck_assert_double_eq(c.error, 0);
    ck_assert_str_eq(c.text, "match, error < 1e-12");
    ck_assert(c.row == 0 && c.col == 0 && c.a == 1 && c.b == 1); /* none is worse than the first */
    c = compare_numbers(0, 0);
    ck_assert(c.match && c.error == 0);
    ck_assert_str_eq(c.text, "match, error < 1e-12");
    c = compare_numbers(0, -0.0);
    ck_assert(c.match && c.error == 0);
}
END_TEST

START_TEST(the_worst_entry_is_named)
{
    double a[] = {1, -2, 3, 4, 5, 6}, b[] = {1, -2, 3, 4, 5, 6};
    b[3] = 4.5, b[5] = 5;
    gf_comparison c = compare(a, b, 2, 3);
    ck_assert(!c.match);
    assert_near(c.error, sqrt(1.25) / sqrt(91), 1e-12);
    ck_assert(c.row == 1 && c.col == 2 && c.a == 6 && c.b == 5);
    ck_assert_str_eq(c.text, "MISMATCH, error 1.2e-01, worst at (1, 2): 6 and 5");
}
END_TEST

START_TEST(signs_count)
{
    gf_comparison c = compare_numbers(0.25, -0.25);
    ck_assert(!c.match);
    ck_assert_double_eq(c.error, 2);
    ck_assert_str_eq(c.text, "MISMATCH, error 2.0e+00, worst at (0, 0): 0.25 and -0.25");
}
END_TEST

START_TEST(the_tolerance_is_relative)
{
    ck_assert(compare_numbers(1e9, 1e9 + 900).match && !compare_numbers(1e9, 1e9 + 1100).match);
    ck_assert(compare_numbers(1e-9, 1e-9 * (1 + 9e-7)).match && !compare_numbers(1e-9, 1e-9 * (1 + 2e-6)).match);
    ck_assert_str_eq(compare_numbers(1, 1 + 1e-7).text, "match, error 1.0e-07");
    gf_comparison c;
    double a = 1, b = 1.01;
    gf_matrix one = gf_matrix_over(&a, 1, 1), two = gf_matrix_over(&b, 1, 1);
    ck_assert_int_eq(gf_compare_within(&c, &one, &two, 0.02), GF_OK);
    ck_assert(c.match);
    gf_compare_within(&c, &one, &two, 0.001);
    ck_assert(!c.match);
    gf_compare_within(&c, &one, &one, 0);
    ck_assert(c.match);
}
END_TEST

START_TEST(exact_zero_matches_the_tiny)
{
    gf_comparison c = compare_numbers(0, 1e-15);
    ck_assert(c.match);
    ck_assert_double_eq(c.error, 1);
    ck_assert_str_eq(c.text, "match, one is zero, the other < 1e-12");
    ck_assert(compare_numbers(-1e-15, 0).match);
    ck_assert(!compare_numbers(0, 1e-11).match);
    ck_assert(!compare_numbers(1e-14, 2e-14).match); /* a vanishing gradient is judged like any other */
    ck_assert(compare_numbers(1e-14, 1e-14 * (1 + 1e-9)).match);
}
END_TEST

/* NaN, in either matrix, against anything at all: never a match. */
START_TEST(nan_never_matches)
{
    double others[] = {0, 1, 1e-15, NAN, INFINITY, -INFINITY};
    for (int k = 0; k < 6; k++) {
        gf_comparison c = compare_numbers(NAN, others[k]), d = compare_numbers(others[k], NAN);
        ck_assert_msg(!c.match && !d.match, "NaN and %g", others[k]);
        ck_assert_double_nan(c.error);
        ck_assert_double_nan(d.error);
    }
    double a[] = {5, 0, NAN, 0}, b[] = {1, 0, 0, 0};
    gf_comparison c = compare(a, b, 2, 2);
    ck_assert(!c.match && c.row == 1 && c.col == 0); /* worse than any difference */
    ck_assert_double_nan(c.a);
    ck_assert_str_eq(c.text, "MISMATCH, error nan, worst at (1, 0): nan and 0");
}
END_TEST

START_TEST(infinity_never_matches)
{
    ck_assert(!compare_numbers(INFINITY, INFINITY).match);
    ck_assert(!compare_numbers(INFINITY, 1).match);
    ck_assert(!compare_numbers(0, -INFINITY).match);
    double a[] = {1.7e308, 1.7e308}, b[] = {1e308, 1e308}; /* whose norm is past the largest double */
    ck_assert(!compare(a, b, 2, 1).match);
    double huge = DBL_MAX, minus = -DBL_MAX; /* whose difference is */
    ck_assert(!compare(&huge, &minus, 1, 1).match);
}
END_TEST

START_TEST(extreme_sizes_compare)
{
    double a[] = {3e200, 4e200}, b[] = {3e200, 4.4e200};
    gf_comparison c = compare(a, b, 2, 1);
    assert_near(c.error, 0.4 / sqrt(9 + 4.4 * 4.4), 1e-12);
    double d[] = {3e-200, 4e-200}, e[] = {3e-200, 4.4e-200};
    assert_near(compare(d, e, 2, 1).error, c.error, 1e-12);
    double f[] = {1, 2, 1e-3}, h[] = {1.5, 1, 2e-3};
    assert_near(compare(f, h, 3, 1).error, sqrt(0.25 + 1 + 1e-6) / sqrt(5 + 1e-6), 1e-12);
}
END_TEST

START_TEST(shapes_must_agree)
{
    double numbers[6] = {0};
    gf_matrix a = gf_matrix_over(numbers, 2, 3), b = gf_matrix_over(numbers, 3, 2), empty = {0};
    gf_comparison c;
    ck_assert_int_eq(gf_compare(&c, &a, &b), GF_ERROR_SHAPE);
    ck_assert(!c.match && c.row == -1 && c.col == -1 && isnan(c.error));
    ck_assert_str_eq(c.text, "MISMATCH, 2 x 3 and 3 x 2");
    ck_assert_int_eq(gf_compare(&c, NULL, &b), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(c.text, "MISMATCH, the first matrix is NULL");
    ck_assert_int_eq(gf_compare(&c, &a, NULL), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(c.text, "MISMATCH, the second matrix is NULL");
    ck_assert(!c.match);
    ck_assert_int_eq(gf_compare(&c, &empty, &empty), GF_OK);
    ck_assert(c.match && c.error == 0);
}
END_TEST

START_TEST(strides_are_followed)
{
    double wide[] = {1, 9, 2, 9}, narrow[] = {1, 2};
    gf_matrix a = {.data = wide, .rows = 2, .cols = 1, .stride = 2}, b = gf_matrix_over(narrow, 2, 1);
    gf_comparison c;
    gf_compare(&c, &a, &b);
    ck_assert(c.match);
}
END_TEST

/* --- finite differences ------------------------------------------------------------------ */

START_TEST(differences_are_close_to_derivatives)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 2, 2), *loss = gf_sum(gf_exp(x));
    double numbers[] = {0, 1, -20, 3};
    gf_matrix value = gf_matrix_over(numbers, 2, 2), D;
    gf_set(x, &value);
    const double *loss_now = gf_value(loss)->data;
    ck_assert_int_eq(gf_finite_differences(&D, loss, x, 0), GF_OK);
    for (int k = 0; k < 4; k++)
        ck_assert_double_eq_tol(D.data[k], exp(numbers[k]), 1e-8 * exp(3)); /* the rounding of the loss, over s */
    gf_matrix_free(&D);
    ck_assert(same_bits(gf_value(x), &value)); /* restored */
    assert_near(*loss_now, exp(0) + exp(1) + exp(-20) + exp(3), 1e-15);
    gf_graph_free(g);
}
END_TEST

START_TEST(differences_take_the_step_they_are_told)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 1, 1), *loss = gf_pow(x, 3), *unrelated = gf_param(g, "u", 1, 1);
    gf_matrix D;
    gf_set_scalar(x, 1);
    gf_finite_differences(&D, loss, x, 0.5); /* (1.5^3 - 0.5^3) / 1 */
    assert_matrix(&D, 1, 1, 3.25);
    gf_matrix_free(&D);
    gf_set_scalar(x, -4); /* the step grows with x: 2 */
    gf_finite_differences(&D, loss, x, 0.5);
    assert_matrix(&D, 1, 1, (-8.0 + 216) / 4);
    gf_matrix_free(&D);
    gf_finite_differences(&D, loss, unrelated, 0);
    assert_matrix(&D, 1, 1, 0);
    gf_matrix_free(&D);
    gf_graph_free(g);
}
END_TEST

START_TEST(differences_refuse)
{
    gf_graph *g = gf_graph_new(), *other = gf_graph_new();
    gf_node *x = gf_param(g, "x", 2, 1), *loss = gf_named(gf_sum(x), "L"), *stranger = gf_param(other, "s", 1, 1);
    gf_matrix D = {.rows = 9};
    ck_assert_int_eq(gf_finite_differences(&D, NULL, x, 0), GF_ERROR_ARGUMENT);
    ck_assert(D.rows == 0 && !D.data);
    ck_assert_int_eq(gf_finite_differences(&D, loss, NULL, 0), GF_ERROR_ARGUMENT);
    assert_fine(g);
    ck_assert_int_eq(gf_finite_differences(&D, x, x, 0), GF_ERROR_SHAPE);
    assert_failed(g, GF_ERROR_SHAPE, "finite differences: x is 2 x 1, not 1 x 1");
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_finite_differences(&D, loss, loss, 0), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "finite differences: L is neither a parameter nor an input of this graph");
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_finite_differences(&D, loss, stranger, 0), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "finite differences: s is neither a parameter nor an input of this graph");
    gf_graph_free(g);
    gf_graph_free(other);
}
END_TEST

/* --- an operation of one's own, right and wrong --------------------------------------------- */

static void softplus_forward(gf_matrix *y, const gf_call *call)
{
    for (int i = 0; i < y->rows; i++)
        for (int j = 0; j < y->cols; j++)
            y->data[i * y->stride + j] = log1p(exp(gf_matrix_at(call->in[0], i, j)));
}

/* factor * what it should be; added where beta = 0 should overwrite, if that is the mistake. */
static void put_softplus(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, double factor)
{
    for (int i = 0; i < out->rows; i++)
        for (int j = 0; j < out->cols; j++)
            gf_put(&out->data[i * out->stride + j], beta,
                   factor * gf_matrix_at(G, i, j) / (1 + exp(-gf_matrix_at(call->in[0], i, j))));
}

static void right(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    put_softplus(out, beta, G, call, 1);
}

static void flipped(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    put_softplus(out, beta, G, call, -1);
}

static void a_bit_large(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    put_softplus(out, beta, G, call, 1.0001);
}

static void nowhere(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    put_softplus(out, beta, G, call, NAN);
}

static gf_operation softplus_with(gf_vjp_rule *vjp)
{
    return (gf_operation){
        .size = sizeof(gf_operation), .name = "softplus", .arity = 1, .forward = softplus_forward, .vjp = {vjp}};
}

START_TEST(a_right_operation_passes)
{
    gf_operation op = softplus_with(right);
    gf_check check;
    ck_assert_int_eq(gf_operation_check(&check, &op, NULL, 0, NULL), GF_OK);
    ck_assert_msg(check.worst.match, "%s", check.worst.text);
    ck_assert_int_eq(check.count, 1);
    ck_assert_ptr_null(check.leaf);
    ck_assert_double_lt(check.worst.error, 1e-8);
}
END_TEST

START_TEST(a_wrong_operation_fails)
{
    gf_vjp_rule *wrong[] = {flipped, a_bit_large, nowhere};
    for (int k = 0; k < 3; k++) {
        gf_operation op = softplus_with(wrong[k]);
        gf_check check;
        ck_assert_int_eq(gf_operation_check(&check, &op, NULL, 0, NULL), GF_OK);
        ck_assert_msg(!check.worst.match, "wrong vjp %d: %s", k, check.worst.text);
    }
    gf_operation op = softplus_with(flipped);
    gf_check check;
    gf_operation_check(&check, &op, NULL, 0, NULL);
    assert_near(check.worst.error, 2, 1e-8);
    ck_assert_double_lt(check.worst.a * check.worst.b, 0);
}
END_TEST

static void product_forward(gf_matrix *y, const gf_call *call)
{
    for (int k = 0; k < y->rows * y->cols; k++)
        y->data[k] = call->in[0]->data[k] * call->in[1]->data[k];
}

static void product_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    for (int k = 0; k < out->rows * out->cols; k++)
        gf_put(&out->data[k], beta, G->data[k] * call->in[1 - slot]->data[k]);
}

static void wrong_product_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    product_vjp(out, beta, G, call, 1 - slot);
}

START_TEST(the_wrong_slot_is_named)
{
    gf_operation op = {.size = sizeof(gf_operation),
                       .name = "product",
                       .arity = 2,
                       .forward = product_forward,
                       .vjp = {product_vjp, product_vjp}};
    gf_check check;
    ck_assert_int_eq(gf_operation_check(&check, &op, NULL, 0, NULL), GF_OK);
    ck_assert(check.worst.match && check.count == 2);
    op.vjp[1] = wrong_product_vjp;
    gf_operation_check(&check, &op, NULL, 0, NULL);
    ck_assert(!check.worst.match && check.slot == 1 && check.count == 2);
    op.vjp[0] = wrong_product_vjp, op.vjp[1] = product_vjp;
    gf_operation_check(&check, &op, NULL, 0, NULL);
    ck_assert(!check.worst.match && check.slot == 0);
    op.vjp[0] = NULL; /* no gradient passes there: nothing to check */
    gf_operation_check(&check, &op, NULL, 0, NULL);
    ck_assert(check.worst.match && check.count == 1 && check.slot == 1);
    op.vjp[1] = NULL;
    ck_assert_int_eq(gf_operation_check(&check, &op, NULL, 0, NULL), GF_OK);
    ck_assert(check.count == 0 && !check.worst.match);
    ck_assert_str_eq(check.worst.text, "nothing was compared");
}
END_TEST

static void transposed_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    for (int i = 0; i < out->rows; i++)
        for (int j = 0; j < out->cols; j++)
            gf_put(&out->data[i * out->stride + j], beta,
                   gf_matrix_at(G, j, i) / (1 + exp(-gf_matrix_at(call->in[0], i, j))));
}

/* Of a plain sum, where G is all ones, it would not show. */
START_TEST(a_transposed_gradient_shows)
{
    double numbers[] = {1, 2, 3, 4};
    gf_matrix a = gf_matrix_over(numbers, 2, 2);
    gf_operation op = softplus_with(transposed_vjp);
    gf_check check;
    ck_assert_int_eq(gf_operation_check(&check, &op, (const gf_matrix *[]){&a}, 1, NULL), GF_OK);
    ck_assert(!check.worst.match);
}
END_TEST

START_TEST(given_operands_and_attributes_are_used)
{
    double numbers[] = {0.5, -0.3, 0.9, 2};
    gf_matrix a = gf_matrix_over(numbers, 2, 2);
    const gf_matrix *operands[] = {&a, &a};
    gf_check check;
    gf_attributes p = {.size = sizeof p, .p = 3};
    ck_assert_int_eq(gf_operation_check(&check, gf_operation_find("pow"), operands, 1, &p), GF_OK);
    ck_assert_msg(check.worst.match, "%s", check.worst.text);
    ck_assert_int_eq(gf_operation_check(&check, gf_operation_find("matmul"), operands, 2, NULL), GF_OK);
    ck_assert(check.worst.match && check.count == 2);
    ck_assert_int_eq(gf_operation_check(&check, gf_operation_find("hcat"), operands, 2, NULL), GF_OK);
    ck_assert(check.worst.match && check.count == 2);
}
END_TEST

START_TEST(operation_checks_refuse)
{
    double numbers[] = {1, 2, 3, 4};
    gf_matrix a = gf_matrix_over(numbers, 4, 1), empty = gf_matrix_over(numbers, 0, 1);
    const gf_matrix *many[9] = {&a, &a, &a, &a, &a, &a, &a, &a, &a}, *none[] = {&empty};
    gf_check check;
    ck_assert_int_eq(gf_operation_check(&check, gf_operation_find("matmul"), many, 2, NULL), GF_ERROR_SHAPE);
    ck_assert_str_eq(check.worst.text, "matmul: a is 4 x 1, b is 4 x 1: the inner sizes 1 and 4 differ");
    ck_assert(!check.worst.match && check.count == 0);
    ck_assert_int_eq(gf_operation_check(&check, gf_operation_find("tanh"), none, 1, NULL), GF_ERROR_SHAPE);
    ck_assert_int_eq(gf_operation_check(&check, gf_operation_find("tanh"), many, 2, NULL), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(check.worst.text, "tanh: 2 operands, not 1");
    ck_assert_int_eq(gf_operation_check(&check, gf_operation_find("hcat"), many, 9, NULL), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(check.worst.text, "operation check: it takes 1 to 8 operands");
    ck_assert_int_eq(gf_operation_check(&check, gf_operation_find("hcat"), many, 8, NULL), GF_OK);
    ck_assert_int_eq(gf_operation_check(&check, gf_operation_find("tanh"), many, 0, NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_operation_check(&check, NULL, NULL, 0, NULL), GF_ERROR_ARGUMENT);
    ck_assert(!check.worst.match);
    ck_assert_int_eq(gf_operation_check(&check, NULL, many, 1, NULL), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(check.worst.text, "apply: the operation has no name");
}
END_TEST

/* --- gf_gradient_check ------------------------------------------------------------------------ */

START_TEST(gradients_of_all_parameters_are_checked)
{
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 2, 2), *x = gf_input(g, "x", 2, 1), *b = gf_param(g, "b", 2, 1);
    gf_set_entry(w, 0, 1, 0.4);
    gf_set_entry(w, 1, 0, -0.8);
    gf_set_scalar(x, 0.3);
    gf_set_scalar(b, -0.1);
    gf_node *loss = gf_sum(gf_exp(gf_add(gf_matmul(w, x), b)));
    gf_check check;
    ck_assert_int_eq(gf_gradient_check(&check, loss, NULL, 0), GF_OK);
    ck_assert_msg(check.worst.match, "%s", check.worst.text);
    ck_assert_int_eq(check.count, 2);
    ck_assert(check.leaf == w || check.leaf == b);
    ck_assert_int_eq(gf_gradient_check(&check, loss, x, 0), GF_OK);
    ck_assert(check.worst.match && check.count == 1 && check.leaf == x);
    ck_assert_int_eq(gf_gradient_check(&check, loss, NULL, 1e-30), GF_OK);
    ck_assert(!check.worst.match); /* no difference is that exact */
    assert_fine(g);
    gf_graph_free(g);
}
END_TEST

/* What a check leaves behind: values, also those that nobody asks for anew, gradients, and what was recorded. */
START_TEST(gradient_checks_leave_everything_alone)
{
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 2, 2), *b = gf_param(g, "b", 2, 1), *loss = gf_sum(gf_exp(gf_matmul(w, b)));
    gf_set_scalar(w, 0.3);
    gf_set_scalar(b, -0.1);
    gf_check check;
    const gf_edge *before, *after;
    ck_assert_int_eq(gf_gradient_check(&check, loss, NULL, 0), GF_OK);
    ck_assert(check.worst.match && check.count == 2);
    ck_assert(gf_gradient(w) && gf_edge_count(g) == 0); /* but where there was no gradient, its own */
    ck_assert_int_eq(gf_backward(loss, GF_RECORD_CONTRIBUTIONS), GF_OK);
    gf_backward(loss, GF_RECORD_CONTRIBUTIONS | GF_ACCUMULATE);
    const double *value = gf_value(loss)->data, *gradient = gf_gradient(w)->data;
    double was = *value, slope = *gradient;
    gf_node *later = gf_tanh(w);
    const double *beyond = gf_value(later)->data;
    ck_assert((before = gf_edge_find(loss, 0)));
    ck_assert_int_eq(gf_gradient_check(&check, loss, NULL, 0), GF_OK);
    ck_assert(*value == was && *gradient == slope && *beyond == tanh(0.3));
    ck_assert((after = gf_edge_find(loss, 0)) && before->l2 == after->l2);
    ck_assert_ptr_eq(before->contribution, after->contribution);
    ck_assert_ptr_null(gf_gradient(later)); /* backward has still not run since it was built */
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_gradient_check(&check, w, NULL, 0), GF_ERROR_SHAPE); /* nor one that fails */
    ck_assert(*gradient == slope && (after = gf_edge_find(loss, 0)) && before->contribution == after->contribution);
    gf_graph_free(g);
}
END_TEST

START_TEST(the_wrong_gradient_is_named)
{
    gf_graph *g = gf_graph_new();
    gf_operation wrong = softplus_with(flipped), bad = softplus_with(nowhere);
    gf_node *a = gf_param(g, "a", 1, 1), *b = gf_param(g, "b", 1, 2), *c = gf_param(g, "c", 1, 1);
    gf_node *wrong_b = gf_apply(&wrong, &b, 1, NULL), *loss = gf_sum(gf_add(gf_add(gf_tanh(a), wrong_b), gf_exp(c)));
    gf_set_entry(b, 0, 1, 2);
    gf_check check;
    ck_assert_int_eq(gf_gradient_check(&check, loss, NULL, 0), GF_OK);
    ck_assert(!check.worst.match && check.leaf == b && check.count == 3);
    ck_assert(check.worst.row == 0 && check.worst.col == 1); /* sigmoid(2) > sigmoid(0) */
    assert_near(check.worst.a, -1 / (1 + exp(-2)), 1e-8);
    assert_near(check.worst.b, 1 / (1 + exp(-2)), 1e-8);
    gf_node *worse = gf_add(loss, gf_apply(&bad, &c, 1, NULL)); /* NaN is worse than any error */
    gf_gradient_check(&check, worse, NULL, 0);
    ck_assert(!check.worst.match && check.leaf == c);
    gf_graph_free(g);
}
END_TEST

START_TEST(gradient_checks_refuse)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 2, 1), *loss = gf_sum(x), *y = gf_neg(x);
    gf_check check;
    ck_assert_int_eq(gf_gradient_check(&check, y, NULL, 0), GF_ERROR_SHAPE);
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_gradient_check(&check, NULL, NULL, 0), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_gradient_check(&check, loss, y, 0), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "finite differences: n2 is neither a parameter nor an input of this graph");
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_gradient_check(&check, loss, NULL, 0), GF_OK); /* no parameter: nothing was compared */
    ck_assert(check.count == 0 && !check.worst.match);
    ck_assert_str_eq(check.worst.text, "nothing was compared");
    gf_graph_free(g);
}
END_TEST

/* y = a b + c, entry by entry: more operands than stand in a node. */
static void combine(gf_matrix *y, const gf_call *call)
{
    for (size_t k = 0; k < gf_matrix_size(y); k++)
        y->data[k] = call->in[0]->data[k] * call->in[1]->data[k] + call->in[2]->data[k];
}

static void combine_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    for (size_t k = 0; k < gf_matrix_size(out); k++)
        gf_put(&out->data[k], beta, G->data[k] * (slot == 2 ? 1 : call->in[1 - slot]->data[k]));
}

START_TEST(an_operation_of_three_operands)
{
    static const gf_operation combined = {.size = sizeof(gf_operation),
                                          .name = "combined",
                                          .arity = 3,
                                          .forward = combine,
                                          .vjp = {combine_vjp, combine_vjp, combine_vjp},
                                          .doc = "a b + c."};
    gf_check check;
    ck_assert_int_eq(gf_operation_check(&check, &combined, NULL, 0, NULL), GF_OK);
    ck_assert_msg(check.worst.match && check.count == 3, "%s", check.worst.text);
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 1, 1), *y = gf_apply(&combined, (gf_node *[]){w, w, w}, 3, NULL);
    gf_set_scalar(w, 3);
    gf_backward(y, GF_RECORD_EDGES);
    ck_assert(gf_scalar(gf_value(y)) == 12 && gf_scalar(gf_gradient(w)) == 7);
    ck_assert(gf_edge_count(g) == 3 && gf_edge_find(y, 2)->l2 == 1);
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        an_operation_of_three_operands,

        equal_matrices_match,
        the_worst_entry_is_named,
        signs_count,
        the_tolerance_is_relative,
        exact_zero_matches_the_tiny,
        nan_never_matches,
        infinity_never_matches,
        extreme_sizes_compare,
        shapes_must_agree,
        strides_are_followed,
        differences_are_close_to_derivatives,
        differences_take_the_step_they_are_told,
        differences_refuse,
        a_right_operation_passes,
        a_wrong_operation_fails,
        the_wrong_slot_is_named,
        a_transposed_gradient_shows,
        given_operands_and_attributes_are_used,
        operation_checks_refuse,
        gradients_of_all_parameters_are_checked,
        gradient_checks_leave_everything_alone,
        the_wrong_gradient_is_named,
        gradient_checks_refuse,
    };
    return RUN_TESTS("gradcheck", tests);
}
