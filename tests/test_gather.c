/* Contributions that are put off, and gradients that a sum shares: as if they were neither. */
#include "support.h"

#include <gradflow/gradflow.h>

/* Where contributions are kept, each is worked out by itself: so what is put off is held against what is not. */
static void assert_same_as_apart(gf_graph *g, gf_node *loss, gf_node *const leaves[], size_t count)
{
    gf_matrix together[16];
    ck_assert_uint_le(count, 16);
    ck_assert_int_eq(gf_backward(loss, 0), GF_OK);
    for (size_t k = 0; k < count; k++) {
        ck_assert_int_eq(gf_matrix_new(&together[k], gf_node_rows(leaves[k]), gf_node_cols(leaves[k])), GF_OK);
        gf_matrix_copy(&together[k], gf_gradient(leaves[k]));
    }
    ck_assert_int_eq(gf_backward(loss, GF_RECORD_CONTRIBUTIONS), GF_OK);
    for (size_t k = 0; k < count; k++) {
        const gf_matrix *apart = gf_gradient(leaves[k]);
        double size = gf_matrix_norm(apart);
        for (int i = 0; i < apart->rows; i++)
            for (int j = 0; j < apart->cols; j++)
                ck_assert_double_eq_tol(gf_matrix_at(&together[k], i, j), gf_matrix_at(apart, i, j), 1e-13 * size);
        gf_matrix_free(&together[k]);
    }
    ck_assert_msg(gf_graph_status(g) == GF_OK, "%s", gf_graph_message(g));
}

static gf_node *drawn(gf_graph *g, const char *name, int rows, int cols)
{
    gf_node *leaf = gf_param(g, name, rows, cols);
    gf_init_normal(leaf, 0, 0.5);
    return leaf;
}

/* h[t] = tanh(h[t-1] @ W + b), or in columns tanh(W @ h[t-1] + b), of so many examples; W is used once outside, too. */
static gf_node *chain_of(gf_graph *g, gf_node *leaves[3], bool columns, int units, int examples, int steps)
{
    int rows = columns ? units : examples, cols = columns ? examples : units;
    gf_node *W = leaves[0] = drawn(g, "W", units, units);
    gf_node *b = leaves[1] = drawn(g, "b", columns ? units : 1, columns ? 1 : units);
    gf_node *h = leaves[2] = drawn(g, "h[0]", rows, cols);
    for (int t = 1; t <= steps; t++)
        h = gf_tanh(gf_add(columns ? gf_matmul(W, h) : gf_matmul(h, W), b));
    return gf_add(gf_sum(h), gf_sum(gf_mul(W, W)));
}

static gf_node *chain(gf_graph *g, gf_node *leaves[3], bool columns, int examples, int steps)
{
    return chain_of(g, leaves, columns, 3, examples, steps);
}

START_TEST(what_is_put_off_is_what_it_would_have_been)
{
    bool columns = _i;
    for (int examples = 1; examples <= 9; examples++)
        for (int steps = 1; steps <= 200; steps = 3 * steps + 1) {
            gf_graph *g = gf_graph_new();
            gf_node *leaves[3], *loss = chain(g, leaves, columns, examples, steps);
            assert_same_as_apart(g, loss, leaves, 3);
            gf_graph_free(g);
        }
}
END_TEST

/* Of many examples, too: 32,768 entries, and up to 64 rows or columns, of which a list takes 256 together. */
START_TEST(what_a_large_weight_gets_is_put_off)
{
    static const struct {
        int examples, steps;
    } cases[] = {{8, 3}, {30, 9}, {64, 2}, {65, 2}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        gf_graph *g = gf_graph_new();
        gf_node *leaves[3], *loss = chain_of(g, leaves, _i, 182, cases[k].examples, cases[k].steps);
        assert_same_as_apart(g, loss, leaves, 3);
        gf_graph_free(g);
    }
}
END_TEST

/* More weights than there are lists, uses in both slots, and of different shapes. */
START_TEST(lists_are_shared_out)
{
    enum { WEIGHTS = 80, SEEN = 16 };
    gf_graph *g = gf_graph_new();
    gf_node *W[WEIGHTS], *row = gf_input(g, "x", 1, 2), *loss = gf_zeros(g, "0", 1, 1);
    gf_init_normal(row, 0, 1);
    for (int k = 0; k < WEIGHTS; k++)
        W[k] = drawn(g, "W", 2, 2);
    for (int round = 0; round < 4; round++)
        for (int k = 0; k < WEIGHTS; k++) {
            row = gf_tanh(gf_matmul(row, W[k]));
            gf_node *three = gf_vcat((gf_node *[]){row, row, row}, 3);
            gf_node *column = gf_matmul(W[k], gf_transpose(row)), *more = gf_matmul(three, W[k]);
            loss = gf_add(loss, gf_add(gf_sum(gf_mul(column, column)), gf_sum(gf_mul(more, more))));
        }
    for (int first = 0; first < WEIGHTS; first += SEEN)
        assert_same_as_apart(g, loss, W + first, SEEN);
    gf_graph_free(g);
}
END_TEST

/* The magnitudes of edges that no contribution was formed for. */
START_TEST(edges_are_as_large_as_their_contributions)
{
    gf_graph *g = gf_graph_new();
    gf_node *leaves[3], *loss = gf_add(chain(g, leaves, _i, 1, 70), chain(g, leaves, _i, 3, 20));
    gf_backward(loss, GF_RECORD_EDGES);
    size_t count = gf_edge_count(g);
    gf_edge *before = calloc(count, sizeof *before);
    for (size_t k = 0; k < count; k++)
        before[k] = *gf_edge_at(g, k);
    gf_backward(loss, GF_RECORD_CONTRIBUTIONS);
    for (size_t k = 0; k < count; k++) {
        const gf_edge *edge = gf_edge_at(g, k);
        ck_assert(before[k].passed == edge->passed);
        ck_assert_double_eq_tol(before[k].l2, edge->l2, 1e-13 * edge->l2);
        ck_assert_double_eq_tol(before[k].rms, edge->rms, 1e-13 * edge->rms);
        ck_assert_double_eq_tol(before[k].max, edge->max, 1e-13 * edge->max);
    }
    free(before);
    gf_graph_free(g);
}
END_TEST

/* --- an operation of one's own ------------------------------------------------------------ */

/* y = a @ b', whose row says how contributions to b are gathered. */
static bool turned_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    (void)why;
    *rows = call->in[0]->rows;
    *cols = call->in[1]->rows;
    return call->in[0]->cols == call->in[1]->cols;
}

static void turned_forward(gf_matrix *y, const gf_call *call)
{
    for (int i = 0; i < y->rows; i++)
        for (int j = 0; j < y->cols; j++) {
            double sum = 0;
            for (int k = 0; k < call->in[0]->cols; k++)
                sum += gf_matrix_at(call->in[0], i, k) * gf_matrix_at(call->in[1], j, k);
            y->data[i * y->stride + j] = sum;
        }
}

static int calls;

/* da = G @ b, db = G' @ a. */
static void turned_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    calls += slot;
    for (int i = 0; i < out->rows; i++)
        for (int j = 0; j < out->cols; j++) {
            double sum = 0;
            for (int k = 0; k < (slot ? G->rows : G->cols); k++)
                sum += slot ? gf_matrix_at(G, k, i) * gf_matrix_at(call->in[0], k, j)
                            : gf_matrix_at(G, i, k) * gf_matrix_at(call->in[1], k, j);
            gf_put(&out->data[i * out->stride + j], beta, sum);
        }
}

static const gf_operation turned = {
    .size = sizeof(gf_operation),
    .name = "turned",
    .arity = 2,
    .shape = turned_shape,
    .forward = turned_forward,
    .vjp = {turned_vjp, turned_vjp},
    .gathers = {GF_APART, GF_BELOW},
};

/* The same from a program that knows nothing of gathering: its rows end before. */
static const gf_operation older = {
    .size = offsetof(gf_operation, gathers),
    .name = "older",
    .arity = 2,
    .shape = turned_shape,
    .forward = turned_forward,
    .vjp = {turned_vjp, turned_vjp},
    .gathers = {GF_BESIDE, GF_BESIDE},
    .passes = {true, true},
};

START_TEST(an_operation_says_how_it_gathers)
{
    const gf_operation *op = _i ? &older : &turned;
    gf_graph *g = gf_graph_new();
    gf_node *b = drawn(g, "b", 3, 3), *x = drawn(g, "x", 1, 3), *h = x;
    for (int t = 0; t < 10; t++)
        h = gf_tanh(gf_apply(op, (gf_node *[]){h, b}, 2, NULL));
    gf_node *loss = gf_sum(h);
    assert_same_as_apart(g, loss, (gf_node *[]){b, x}, 2);
    calls = 0;
    gf_backward(loss, 0);
    ck_assert_int_eq(calls, _i ? 10 : 1);
    gf_graph_free(g);
}
END_TEST

/* --- gradients that are shared --------------------------------------------------------------- */

START_TEST(a_sum_twice_and_a_sum_that_goes_on)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = drawn(g, "x", 2, 3), *y = gf_tanh(x), *twice = gf_add(y, y), *more = gf_sub(gf_add(twice, y), twice);
    gf_node *loss = gf_sum(gf_add(gf_mul(more, twice), y));
    assert_same_as_apart(g, loss, (gf_node *[]){x, y, twice, more}, 4);
    ck_assert_int_eq(gf_backward(loss, GF_ACCUMULATE), GF_OK);
    double once = gf_matrix_norm(gf_gradient(more));
    gf_backward(loss, 0);
    ck_assert_double_eq_tol(once, 2 * gf_matrix_norm(gf_gradient(more)), 1e-13 * once);
    gf_graph_free(g);
}
END_TEST

/* What is dropped held the numbers; what is built in its place writes over them. */
START_TEST(a_rewind_leaves_gradients)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = drawn(g, "x", 4, 4), *y = gf_tanh(x);
    size_t mark = gf_graph_size(g);
    gf_backward(gf_sum(gf_add(y, gf_exp(x))), 0);
    double before = gf_matrix_norm(gf_gradient(y));
    gf_graph_rewind(g, mark);
    gf_node *wide = gf_hcat((gf_node *[]){x, x, x, x, x, x, x}, 7), *loss = gf_sum(gf_scale(wide, 1e6));
    gf_forward(g);
    ck_assert_double_eq(gf_matrix_norm(gf_gradient(y)), before);
    ck_assert_double_eq(before, 4);
    ck_assert_int_eq(gf_backward(loss, 0), GF_OK);
    ck_assert_double_eq(gf_matrix_norm(gf_gradient(y)), 0);
    gf_graph_free(g);
}
END_TEST

/* A Jacobian leaves what backward found. */
START_TEST(a_jacobian_leaves_gradients)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = drawn(g, "x", 2, 2), *y = gf_tanh(x), *z = gf_add(y, gf_exp(x)), *loss = gf_sum(gf_mul(z, z));
    gf_backward(loss, 0);
    double before = gf_matrix_norm(gf_gradient(y));
    gf_matrix J;
    ck_assert_int_eq(gf_jacobian(&J, z, x), GF_OK);
    gf_matrix_free(&J);
    ck_assert_double_eq(gf_matrix_norm(gf_gradient(y)), before);
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {lists_are_shared_out, a_sum_twice_and_a_sum_that_goes_on, a_rewind_leaves_gradients,
                            a_jacobian_leaves_gradients};
    const TTest *in_rows_and_columns[] = {what_is_put_off_is_what_it_would_have_been,
                                          what_a_large_weight_gets_is_put_off,
                                          edges_are_as_large_as_their_contributions, an_operation_says_how_it_gathers};
    Suite *suite = tests_of("gather", tests, sizeof tests / sizeof *tests);
    add_seeded_tests(suite, in_rows_and_columns, sizeof in_rows_and_columns / sizeof *in_rows_and_columns, 2);
    return run_suite(suite);
}
