/* Slopes from values: how exact they are, what they say next to a kink, and where the rounding of the loss hides one;
 * and the contract of a vjp. */
#include "support.h"

#include "check/slope.h"

/* --- one slope ------------------------------------------------------------------------ */

/* The estimate is about right: the difference is no further off than ten times that. */
START_TEST(slopes_and_their_error)
{
    static gf_node *(*const functions[])(gf_node *) = {gf_exp, gf_tanh, gf_sigmoid, gf_sqrt, gf_log};
    static const double points[] = {0.1, 0.5, 1, 3};
    for (size_t f = 0; f < sizeof functions / sizeof *functions; f++)
        for (size_t k = 0; k < sizeof points / sizeof *points; k++) {
            gf_graph *g = gf_graph_new();
            gf_node *x = gf_input(g, "x", 1, 1), *y = gf_mul(functions[f](x), x);
            gf_set_scalar(x, points[k]);
            gf_slope slope = gf_slope_find(y, x, 0, 0);
            gf_backward(y, 0);
            double exact = gf_scalar(gf_gradient(x)), off = fabs(slope.value - exact);
            assert_near(slope.value, exact, 2e-12);
            ck_assert_msg(off <= 10 * slope.estimate + 1e-14, "off by %g, not %g", off, slope.estimate);
            ck_assert(gf_scalar(gf_value(x)) == points[k]);
            gf_graph_free(g);
        }
}
END_TEST

/* Large steps cross the kink, or leave the domain; small ones do not. */
START_TEST(slopes_next_to_a_kink)
{
    static gf_node *(*const functions[])(gf_node *) = {gf_abs, gf_relu, gf_norm, gf_sqrt, gf_log};
    static const double points[] = {1e-3, 1e-5, 1e-8, -1e-3, -1e-8};
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 1, 1);
    for (size_t f = 0; f < sizeof functions / sizeof *functions; f++)
        for (size_t k = 0; k < (f < 3 ? 5 : 3); k++) {
            gf_node *y = functions[f](x);
            gf_set_scalar(x, points[k]);
            gf_slope slope = gf_slope_find(y, x, 0, 0);
            gf_backward(y, 0);
            double exact = gf_scalar(gf_gradient(x));
            ck_assert_msg(fabs(slope.value - exact) <= 1e-7 * fabs(exact), "function %zu at %g: %.12g, not %.12g", f,
                          points[k], slope.value, exact);
            ck_assert_double_le(fabs(slope.value - exact), 10 * slope.estimate + 1e-14);
        }
    gf_graph_free(g);
}
END_TEST

/* 100 x^2 + relu(x) / 100: the curvature that large steps meet is more than the kink. */
static gf_node *curved_kink(gf_node *x)
{
    return gf_add(gf_scale(gf_mul(x, x), 100), gf_scale(gf_relu(x), 0.01));
}

static gf_node *end_of_clip(gf_node *x)
{
    return gf_clip(gf_add_scalar(x, 1), 0, 1);
}

static gf_node *kink_aloft(gf_node *x)
{
    return gf_add_scalar(gf_relu(x), 1000);
}

START_TEST(no_slope_at_a_kink)
{
    static gf_node *(*const functions[])(gf_node *) = {gf_abs,      gf_relu,     gf_sqrt,   gf_log,
                                                       curved_kink, end_of_clip, kink_aloft};
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 1, 1);
    for (size_t f = 0; f < sizeof functions / sizeof *functions; f++) {
        gf_slope slope = gf_slope_find(functions[f](x), x, 0, 0);
        ck_assert_msg(isinf(slope.estimate), "function %zu: %g, to %g", f, slope.value, slope.estimate);
        ck_assert_double_eq(gf_scalar(gf_value(x)), 0);
    }
    gf_graph_free(g);
}
END_TEST

START_TEST(opinions)
{
    ck_assert_int_eq(gf_slope_opinion(1e-7, 1, 0, 1e-6), GF_AGREES);
    ck_assert_int_eq(gf_slope_opinion(1e-5, 1, 0, 1e-6), GF_DIFFERS);
    ck_assert_int_eq(gf_slope_opinion(1e-5, 1, 1e-5, 1e-6), GF_AGREES); /* and no better can be had */
    ck_assert_int_eq(gf_slope_opinion(2e-4, 1, 1e-5, 1e-6), GF_DIFFERS);
    ck_assert_int_eq(gf_slope_opinion(0.05, 1, 0.01, 1e-6), GF_UNTOLD);
    ck_assert_int_eq(gf_slope_opinion(0, 1, INFINITY, 1e-6), GF_UNTOLD);
    ck_assert_int_eq(gf_slope_opinion(NAN, 1, 0, 1e-6), GF_DIFFERS);
    ck_assert_int_eq(gf_slope_opinion(0, 0, 1e-14, 1e-6), GF_AGREES);
    ck_assert_int_eq(gf_slope_opinion(0, 0, 1, 1e-6), GF_UNTOLD);
}
END_TEST

/* --- the check of a gradient --------------------------------------------------------------- */

/* Neither field nor text says that an untold one matches or does not. */
#define assert_untold(check, why)                                                                                      \
    do {                                                                                                               \
        ck_assert((check).worst.untold && !(check).worst.match && (check).untold >= 1);                                \
        ck_assert_str_eq((check).worst.text, "cannot be told: " why);                                                  \
    } while (0)

#define assert_match(check)                                                                                            \
    do {                                                                                                               \
        ck_assert_msg((check).worst.match && !(check).worst.untold, "%s", (check).worst.text);                         \
        ck_assert(!strncmp((check).worst.text, "match", 5) && !(check).untold);                                        \
    } while (0)

START_TEST(a_right_gradient_near_a_kink_is_no_mismatch)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1);
    gf_node *functions[] = {gf_relu(x), gf_abs(x), gf_norm(x), gf_sqrt(x), gf_log(x), gf_add_scalar(gf_relu(x), 1000)};
    gf_check check;
    gf_set_scalar(x, 1e-8);
    for (int k = 0; k < 6; k++) {
        ck_assert_int_eq(gf_gradient_check(&check, functions[k], x, 0), GF_OK);
        assert_match(check);
    }
    gf_set_scalar(x, 0);
    gf_gradient_check(&check, functions[0], x, 0);
    assert_untold(check, "a kink, or the end of the domain, is next to entry (0, 0)");
    ck_assert(check.worst.row == 0 && check.worst.col == 0 && check.worst.a == 0 && near(check.worst.b, 0.5, 1e-9));
    gf_gradient_check(&check, functions[3], x, 0);
    assert_untold(check, "a kink, or the end of the domain, is next to entry (0, 0)");
    gf_gradient_check(&check, functions[4], x, 0);
    assert_untold(check, "the loss is not finite");
    assert_fine(g);
    gf_graph_free(g);
}
END_TEST

static void wrong_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)call, (void)slot;
    for (size_t k = 0; k < gf_matrix_size(out); k++)
        gf_put(&out->data[k], beta, -2 * G->data[k]);
}

static void twice(gf_matrix *y, const gf_call *call)
{
    for (size_t k = 0; k < gf_matrix_size(y); k++)
        y->data[k] = 2 * call->in[0]->data[k];
}

static void kinked(gf_matrix *y, const gf_call *call)
{
    for (size_t k = 0; k < gf_matrix_size(y); k++)
        y->data[k] = fabs(call->in[0]->data[k]);
}

static void nowhere_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)call, (void)slot, (void)G;
    for (size_t k = 0; k < gf_matrix_size(out); k++)
        gf_put(&out->data[k], beta, NAN);
}

/* A mismatch stays one: beside a kink, and where the gradient at the kink is none at all. */
START_TEST(a_wrong_gradient_near_a_kink_is_one)
{
    static const gf_operation wrong = {
        .size = sizeof(gf_operation), .name = "wrong", .arity = 1, .forward = twice, .vjp = {wrong_vjp}};
    static const gf_operation nowhere = {
        .size = sizeof(gf_operation), .name = "nowhere", .arity = 1, .forward = kinked, .vjp = {nowhere_vjp}};
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 2, 1), *y = gf_param(g, "y", 1, 1);
    gf_node *kink = gf_sum(gf_relu(x)), *loss = gf_add(kink, gf_apply(&wrong, &y, 1, NULL));
    gf_check check;
    gf_set_entry(x, 1, 0, 3); /* and the other entry is 0 */
    ck_assert_int_eq(gf_gradient_check(&check, loss, NULL, 0), GF_OK);
    ck_assert(!check.worst.match && !check.worst.untold && check.leaf == y && check.count == 2 && check.untold == 1);
    ck_assert_str_eq(check.worst.text, "MISMATCH, error 2.0e+00, worst at (0, 0): -2 and 2");
    gf_gradient_check(&check, kink, NULL, 0); /* what cannot be told is worse than a match */
    ck_assert(check.worst.untold && check.leaf == x && check.count == 2 && check.untold == 1);
    loss = gf_add(kink, gf_sum(gf_apply(&wrong, &x, 1, NULL)));
    gf_gradient_check(&check, loss, x, 0); /* the same leaf, its other entry */
    ck_assert(!check.worst.match && !check.worst.untold && check.worst.row == 1);
    gf_gradient_check(&check, gf_sum(gf_apply(&nowhere, &x, 1, NULL)), x, 0);
    ck_assert(!check.worst.match && !check.worst.untold && isnan(check.worst.a));
    gf_graph_free(g);
}
END_TEST

START_TEST(a_gradient_that_the_loss_hides_cannot_be_told)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1);
    gf_set_scalar(x, 0.5);
    gf_node *hidden[] = {gf_add_scalar(x, 1e20), gf_add_scalar(gf_scale(x, 1e-12), 1), gf_add_scalar(gf_tanh(x), 1e15),
                         gf_add_scalar(gf_scale(x, 0), 1e9)};
    gf_node *seen[] = {gf_add_scalar(x, 1e6), gf_add_scalar(gf_scale(x, 1e-6), 1), gf_add_scalar(gf_tanh(x), 1e4),
                       gf_add_scalar(gf_scale(x, 0), 1), gf_sum(gf_param(g, "another", 1, 1))};
    gf_check check;
    for (int k = 0; k < 4; k++) {
        ck_assert_int_eq(gf_gradient_check(&check, hidden[k], x, 0), GF_OK);
        assert_untold(check, "the rounding of the loss hides the gradient");
    }
    for (int k = 0; k < 5; k++) {
        ck_assert_int_eq(gf_gradient_check(&check, seen[k], x, 0), GF_OK);
        assert_match(check);
    }
    gf_gradient_check(&check, seen[1], x, 1e-14); /* so exact no difference is */
    assert_untold(check, "the differences are not that exact");
    gf_graph_free(g);
}
END_TEST

/* --- the contract of a vjp -------------------------------------------------------------------- */

static void ignores_beta(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)call, (void)slot, (void)beta;
    for (size_t k = 0; k < gf_matrix_size(out); k++)
        out->data[k] = 2 * G->data[k];
}

static void always_adds(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)call, (void)slot;
    for (size_t k = 0; k < gf_matrix_size(out); k++)
        out->data[k] = beta * out->data[k] + 2 * G->data[k]; /* 0 * NaN is NaN */
}

#define assert_starts(text, with) ck_assert_msg(strstr(text, with) == (text), "%s", text)

START_TEST(a_vjp_that_breaks_its_contract)
{
    gf_operation op = {
        .size = sizeof(gf_operation), .name = "twice", .arity = 1, .forward = twice, .vjp = {ignores_beta}};
    gf_check check;
    ck_assert_int_eq(gf_operation_check(&check, &op, NULL, 0, NULL), GF_OK);
    ck_assert(!check.worst.match && !check.worst.untold && check.count == 1);
    assert_starts(check.worst.text, "MISMATCH, with beta = 1 it does not add to what out holds: entry (");
    op.vjp[0] = always_adds;
    ck_assert_int_eq(gf_operation_check(&check, &op, NULL, 0, NULL), GF_OK);
    ck_assert(!check.worst.match && !check.worst.untold && check.count == 1);
    assert_starts(check.worst.text, "MISMATCH, with beta = 0 it uses what out holds, NaN too: entry (0, 0) is nan");
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        slopes_and_their_error,
        slopes_next_to_a_kink,
        no_slope_at_a_kink,
        opinions,
        a_right_gradient_near_a_kink_is_no_mismatch,
        a_wrong_gradient_near_a_kink_is_one,
        a_gradient_that_the_loss_hides_cannot_be_told,
        a_vjp_that_breaks_its_contract,
    };
    return RUN_TESTS("slope", tests);
}
