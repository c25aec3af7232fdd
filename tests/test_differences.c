/* Every gradient of a graph against central differences, in a copy where what lets no gradient pass is constant. */
#include "support.h"

#include "check/differences.h"

static gf_differences found(gf_node *loss, bool (*progress)(double share, void *data), void *data)
{
    gf_frozen frozen;
    gf_differences out;
    ck_assert_int_eq(gf_frozen_copy(&frozen, gf_node_graph(loss)), GF_OK);
    ck_assert_uint_eq(frozen.count, gf_graph_size(gf_node_graph(loss)));
    ck_assert_int_eq(gf_differences_find(&out, loss, &frozen, progress, data), GF_OK);
    gf_frozen_free(&frozen);
    ck_assert_ptr_null(frozen.copy);
    return out;
}

static void set(gf_node *leaf, double *numbers)
{
    gf_matrix value = gf_matrix_over(numbers, gf_node_rows(leaf), gf_node_cols(leaf));
    ck_assert_int_eq(gf_set(leaf, &value), GF_OK);
}

/* A parameter and an input that have names; what has none, and what is given, is not compared. */
static gf_node *loss_in(gf_graph *g, gf_node *(*f)(gf_node *))
{
    gf_node *W = gf_param(g, "W", 2, 2), *x = gf_input(g, "x", 2, 1), *other = gf_input(g, NULL, 2, 1);
    gf_node *y = gf_given(g, "y", 2, 1);
    set(W, (double[]){0.5, -0.25, 1.5, 2});
    set(x, (double[]){1, 2});
    set(y, (double[]){3, 1});
    return gf_sum(gf_mul(f(gf_add(gf_matmul(W, x), other)), y));
}

START_TEST(what_is_compared)
{
    gf_graph *g = gf_graph_new();
    gf_node *loss = loss_in(g, gf_tanh);
    gf_differences d = found(loss, NULL, NULL);
    ck_assert(d.agree && !d.ended);
    ck_assert_uint_eq(d.gradients, 2);
    ck_assert_uint_eq(d.differ + d.untold, 0);
    ck_assert(d.entries == 6 && d.all == 6);
    ck_assert(d.error < 1e-8 && d.estimate > 0 && d.estimate < 1e-6);
    ck_assert(!strcmp(d.worst, "W") || !strcmp(d.worst, "x"));
    assert_near(gf_scalar(gf_value(loss)), 3 * tanh(0) + tanh(5.5), 1e-15);
    gf_graph_free(g);
}
END_TEST

static bool end_at_once(double share, void *data)
{
    *(double *)data = share;
    return share < 0.5;
}

START_TEST(it_can_be_ended)
{
    gf_graph *g = gf_graph_new();
    double share = 0;
    gf_differences d = found(loss_in(g, gf_tanh), end_at_once, &share);
    ck_assert(d.ended && d.gradients == 0 && d.all == 6);
    ck_assert_double_eq(share, 0.5);
    gf_graph_free(g);
}
END_TEST

/* The first entry of the sum is 0, where relu has a kink, in both gradients. */
START_TEST(a_kink_cannot_be_told)
{
    gf_graph *g = gf_graph_new();
    gf_differences d = found(loss_in(g, gf_relu), NULL, NULL);
    ck_assert(d.agree && d.gradients == 2 && d.untold == 2 && d.differ == 0);
    ck_assert_str_eq(d.worst, "");
    gf_graph_free(g);
}
END_TEST

/* d sum(stop(W) * W) / d W is W, and not 2 W; a loss that no gradient reaches agrees with 0. */
START_TEST(what_is_stopped_is_constant)
{
    gf_graph *g = gf_graph_new();
    gf_node *W = gf_param(g, "W", 2, 2);
    set(W, (double[]){0.5, -0.25, 1.5, 2});
    gf_differences d = found(gf_sum(gf_mul(gf_stop(W), W)), NULL, NULL);
    ck_assert(d.agree && d.gradients == 1 && d.error < 1e-8);
    d = found(gf_sum(gf_stop(W)), NULL, NULL);
    ck_assert(d.agree && d.gradients == 1 && d.error == 0 && d.estimate == 0);
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {what_is_compared, it_can_be_ended, a_kink_cannot_be_told, what_is_stopped_is_constant};
    return RUN_TESTS("differences", tests);
}
