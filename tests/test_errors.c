/* Errors stick to the graph: what each says, and that the graph stays usable. */
#include "support.h"

#include "graph/node.h"

/* A graph with something of each kind in it. */
typedef struct zoo {
    gf_graph *g, *other;
    gf_node *U, *x, *c, *bad, *stranger, *bad_stranger;
} zoo;

static zoo open_zoo(void)
{
    zoo z = {.g = gf_graph_new(), .other = gf_graph_new()};
    z.U = gf_param(z.g, "U", 4, 4);
    gf_graph_step(z.g, 2);
    z.x = gf_input(z.g, "x", 3, 1);
    z.c = gf_ones(z.g, "c", 4, 1);
    z.bad = gf_matmul(z.U, z.x);
    gf_graph_clear_status(z.g);
    z.stranger = gf_param(z.other, "s", 4, 1);
    z.bad_stranger = gf_matmul(z.stranger, z.stranger);
    gf_graph_clear_status(z.other);
    return z;
}

static void close_zoo(zoo *z)
{
    gf_graph_free(z->g);
    gf_graph_free(z->other);
}

/* The builder returned a bad node of g, which says this; then the graph is as if nothing had been. */
#define assert_bad(g, node, status, message)                                                                           \
    do {                                                                                                               \
        size_t size_ = gf_graph_size(g);                                                                               \
        gf_node *node_ = (node);                                                                                       \
        ck_assert(gf_node_is_bad(node_) && node_ != NULL && gf_node_graph(node_) == (g));                              \
        assert_failed(g, status, message);                                                                             \
        ck_assert_uint_eq(gf_graph_size(g), size_);                                                                    \
        gf_graph_clear_status(g);                                                                                      \
    } while (0)

/* --- operands ------------------------------------------------------------------------ */

START_TEST(shapes_that_do_not_fit)
{
    zoo z = open_zoo();
    gf_node *a = gf_named(gf_tanh(z.U), "a");
    assert_bad(z.g, gf_matmul(z.U, z.x), GF_ERROR_SHAPE,
               "matmul: U is 4 x 4, x[2] is 3 x 1: the inner sizes 4 and 3 differ (step 2)");
    assert_bad(z.g, gf_add(a, z.x), GF_ERROR_SHAPE,
               "add: a[2] is 4 x 4, x[2] is 3 x 1: rows 4 and 3 differ and neither is 1 (step 2)");
    gf_graph_step(z.g, 0);
    assert_bad(z.g, gf_matmul(z.U, z.x), GF_ERROR_SHAPE,
               "matmul: U is 4 x 4, x[2] is 3 x 1: the inner sizes 4 and 3 differ");
    gf_graph_scope(z.g, "layer1");
    gf_node *V = gf_named(gf_neg(z.U), "V"), *nameless = gf_neg(z.U);
    assert_bad(z.g, gf_matmul(V, z.x), GF_ERROR_SHAPE,
               "matmul: layer1.V is 4 x 4, x[2] is 3 x 1: the inner sizes 4 and 3 differ");
    assert_bad(z.g, gf_matmul(nameless, z.x), GF_ERROR_SHAPE,
               "matmul: n5 is 4 x 4, x[2] is 3 x 1: the inner sizes 4 and 3 differ");
    close_zoo(&z);
}
END_TEST

START_TEST(shapes_of_many_operands)
{
    zoo z = open_zoo();
    gf_node *parts[] = {z.x, z.x, z.x, z.x, z.U, z.U};
    size_t memory = gf_graph_memory(z.g);
    ck_assert(gf_node_is_bad(gf_hcat(parts, 6)));
    ck_assert_ptr_eq(
        strstr(gf_graph_message(z.g), "hcat: x[2] is 3 x 1, x[2] is 3 x 1, x[2] is 3 x 1, x[2] is 3 x 1, …: "),
        gf_graph_message(z.g));
    ck_assert_ptr_null(strchr(gf_graph_message(z.g), '\n'));
    for (int k = 0; k < 1000; k++)
        gf_hcat(parts, 6);
    ck_assert_uint_eq(gf_graph_memory(z.g), memory); /* what was refused takes no room */
    close_zoo(&z);
}
END_TEST

START_TEST(long_names_are_cut)
{
    gf_graph *g = gf_graph_new();
    char name[1000] = "";
    memset(name, 'n', sizeof name - 1);
    gf_node *parts[4], *odd = gf_param(g, name, 2, 1);
    for (int k = 0; k < 4; k++)
        parts[k] = gf_param(g, name, 1, 1);
    ck_assert(gf_node_is_bad(gf_matmul(odd, odd)));
    ck_assert_uint_lt(strlen(gf_graph_message(g)), 512);
    ck_assert_ptr_nonnull(strstr(gf_graph_message(g), "the inner sizes 1 and 2 differ"));
    gf_graph_clear_status(g);
    parts[3] = odd;
    ck_assert(gf_node_is_bad(gf_hcat(parts, 4)));
    ck_assert_uint_lt(strlen(gf_graph_message(g)), 512);
    ck_assert_str_eq(gf_node_name(odd), name); /* the name itself is whole */
    gf_graph_free(g);
}
END_TEST

START_TEST(operands_that_are_missing)
{
    zoo z = open_zoo();
    assert_bad(z.g, gf_add(NULL, z.x), GF_ERROR_ARGUMENT, "add: operand 0 is NULL (step 2)");
    assert_bad(z.g, gf_add(z.x, NULL), GF_ERROR_ARGUMENT, "add: operand 1 is NULL (step 2)");
    assert_bad(z.g, gf_hcat((gf_node *[]){z.x, z.x, NULL}, 3), GF_ERROR_ARGUMENT, "hcat: operand 2 is NULL (step 2)");
    close_zoo(&z);
}
END_TEST

START_TEST(operands_of_two_graphs)
{
    zoo z = open_zoo();
    assert_bad(z.g, gf_add(z.c, z.stranger), GF_ERROR_ARGUMENT, "add: operand 1, s, is of another graph (step 2)");
    assert_bad(z.other, gf_add(z.stranger, z.c), GF_ERROR_ARGUMENT, "add: operand 1, c[2], is of another graph");
    assert_bad(z.g, gf_add(z.c, z.bad_stranger), GF_ERROR_ARGUMENT,
               "add: operand 1, a bad node, is of another graph (step 2)");
    assert_bad(z.g, gf_add(z.bad_stranger, z.c), GF_ERROR_ARGUMENT,
               "add: operand 0, a bad node, is of another graph (step 2)");
    assert_bad(z.g, gf_add(gf_tanh(NULL), z.c), GF_ERROR_ARGUMENT,
               "add: operand 0, a bad node, is of another graph (step 2)");
    close_zoo(&z);
}
END_TEST

START_TEST(operands_none_of_which_lives)
{
    zoo z = open_zoo();
    gf_node *nil = gf_add(NULL, NULL);
    ck_assert(gf_node_is_bad(nil) && nil != NULL);
    ck_assert_ptr_eq(gf_node_graph(nil), &gf_graph_nil);
    ck_assert_ptr_eq(gf_hcat(NULL, 3), nil);
    ck_assert_ptr_eq(gf_hcat((gf_node *[]){z.x}, 0), nil);
    ck_assert_ptr_eq(gf_apply(NULL, NULL, 0, NULL), nil);
    ck_assert_ptr_eq(gf_add(NULL, z.bad), z.bad); /* the graph of a bad node, where there is one */
    ck_assert_ptr_eq(gf_tanh(z.bad), z.bad);
    assert_failed(z.g, GF_ERROR_ARGUMENT, "add: operand 0 is NULL (step 2)");
    close_zoo(&z);
}
END_TEST

START_TEST(the_first_error_stays)
{
    zoo z = open_zoo();
    gf_node *bad = gf_matmul(z.U, z.x), *worse = gf_sum(gf_tanh(gf_add(bad, NULL)));
    ck_assert_ptr_eq(worse, bad);
    gf_backward(worse, 0);
    gf_set(z.x, NULL);
    assert_failed(z.g, GF_ERROR_SHAPE, "matmul: U is 4 x 4, x[2] is 3 x 1: the inner sizes 4 and 3 differ (step 2)");
    close_zoo(&z);
}
END_TEST

START_TEST(the_graph_stays_usable)
{
    zoo z = open_zoo();
    gf_matmul(z.U, z.x);
    gf_set_scalar(z.x, 2);
    gf_node *y = gf_sum(gf_mul(z.x, z.x)); /* an error elsewhere does not stop it */
    ck_assert(!gf_node_is_bad(y));
    ck_assert_double_eq(gf_scalar(gf_value(y)), 12);
    ck_assert_int_eq(gf_backward(y, 0), GF_OK);
    ck_assert_double_eq(gf_matrix_at(gf_gradient(z.x), 2, 0), 4);
    ck_assert_int_eq(gf_graph_status(z.g), GF_ERROR_SHAPE);
    gf_graph_clear_status(z.g);
    ck_assert_str_eq(gf_graph_message(z.g), "");
    assert_fine(z.g);
    close_zoo(&z);
}
END_TEST

/* --- leaves ----------------------------------------------------------------------------- */

START_TEST(leaves_without_entries)
{
    zoo z = open_zoo();
    assert_bad(z.g, gf_param(z.g, "W", 0, 3), GF_ERROR_SHAPE,
               "param: W cannot be 0 x 3: a matrix has at least one row and one column");
    assert_bad(z.g, gf_input(z.g, NULL, 3, -1), GF_ERROR_SHAPE,
               "input: input cannot be 3 x -1: a matrix has at least one row and one column");
    assert_bad(z.g, gf_zeros(z.g, "z", 2, -3), GF_ERROR_SHAPE,
               "constant: z cannot be 2 x -3: a matrix has at least 0 rows and 0 columns");
    assert_bad(z.g, gf_eye(z.g, "", -1), GF_ERROR_SHAPE,
               "constant: constant cannot be -1 x -1: a matrix has at least 0 rows and 0 columns");
    assert_bad(z.g, gf_constant(z.g, "k", NULL), GF_ERROR_ARGUMENT, "constant: the value of k is NULL");
    assert_bad(z.g, gf_constant(z.g, NULL, NULL), GF_ERROR_ARGUMENT, "constant: the value of a constant is NULL");
    close_zoo(&z);
}
END_TEST

/* The setter failed, and says this. */
#define assert_set_fails(g, call, code, text)                                                                          \
    do {                                                                                                               \
        ck_assert_int_eq(call, code);                                                                                  \
        assert_failed(g, code, text);                                                                                  \
        gf_graph_clear_status(g);                                                                                      \
    } while (0)

START_TEST(values_that_cannot_be_set)
{
    zoo z = open_zoo();
    double numbers[3] = {1, 2, 3};
    gf_matrix row = gf_matrix_over(numbers, 1, 3);
    gf_node *y = gf_tanh(z.x);
    assert_set_fails(z.g, gf_set(z.x, &row), GF_ERROR_SHAPE, "set: x[2] is 3 x 1, the value is 1 x 3");
    assert_set_fails(z.g, gf_set(z.x, NULL), GF_ERROR_ARGUMENT, "set: the value for x[2] is NULL");
    assert_set_fails(z.g, gf_set_entry(z.x, 3, 0, 1), GF_ERROR_ARGUMENT, "set: entry (3, 0) of x[2], which is 3 x 1");
    assert_set_fails(z.g, gf_set_entry(z.x, 0, 1, 1), GF_ERROR_ARGUMENT, "set: entry (0, 1) of x[2], which is 3 x 1");
    assert_set_fails(z.g, gf_set_entry(z.x, -1, 0, 1), GF_ERROR_ARGUMENT, "set: entry (-1, 0) of x[2], which is 3 x 1");
    assert_set_fails(z.g, gf_set_entry(z.x, 0, -1, 1), GF_ERROR_ARGUMENT, "set: entry (0, -1) of x[2], which is 3 x 1");
    assert_set_fails(z.g, gf_set_scalar(z.c, 1), GF_ERROR_ARGUMENT, "set: c[2] is neither a parameter nor an input");
    assert_set_fails(z.g, gf_set_entry(y, 0, 0, 1), GF_ERROR_ARGUMENT, "set: n3 is neither a parameter nor an input");
    assert_set_fails(z.g, gf_set(y, &row), GF_ERROR_ARGUMENT, "set: n3 is neither a parameter nor an input");
    assert_matrix(gf_value(z.x), 3, 1, 0, 0, 0);
    close_zoo(&z);
}
END_TEST

/* The graph may have forgotten its error, the bad node is still bad. */
START_TEST(bad_nodes_cannot_be_set)
{
    zoo z = open_zoo();
    double number = 1;
    gf_matrix one = gf_matrix_over(&number, 1, 1);
    ck_assert_int_eq(gf_set(z.bad, &one), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_set_scalar(z.bad, 1), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_set_entry(z.bad, 0, 0, 1), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_set(NULL, &one), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_set_scalar(NULL, 1), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_set_entry(NULL, 0, 0, 1), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_backward(z.bad, 0), GF_ERROR_ARGUMENT);
    gf_matmul(z.U, z.x);
    ck_assert_int_eq(gf_set_scalar(z.bad, 1), GF_ERROR_SHAPE); /* what the graph's error is */
    ck_assert_int_eq(gf_backward(z.bad, 0), GF_ERROR_SHAPE);
    close_zoo(&z);
}
END_TEST

/* --- backward ------------------------------------------------------------------------------ */

START_TEST(backward_from_what_has_no_gradient)
{
    zoo z = open_zoo();
    ck_assert_int_eq(gf_backward(z.x, 0), GF_ERROR_SHAPE);
    assert_failed(z.g, GF_ERROR_SHAPE, "backward: x[2] is 3 x 1: only a 1 x 1 node has a gradient");
    gf_graph_clear_status(z.g);
    ck_assert_int_eq(gf_backward(gf_named(gf_sum(z.c), "L"), 0), GF_ERROR_ARGUMENT);
    assert_failed(z.g, GF_ERROR_ARGUMENT,
                  "backward: L[2] depends on no parameter or input through which a gradient passes");
    gf_graph_clear_status(z.g);
    ck_assert_int_eq(gf_backward(gf_sum(gf_stop(z.x)), 0), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_backward(NULL, 0), GF_ERROR_ARGUMENT);
    ck_assert_ptr_null(gf_value(z.bad));
    ck_assert_ptr_null(gf_value(NULL));
    close_zoo(&z);
}
END_TEST

/* --- limits ----------------------------------------------------------------------------------- */

START_TEST(limits_hold)
{
    zoo z = open_zoo();
    assert_bad(z.g, gf_param(z.g, "big", 1001, 1000), GF_ERROR_LIMIT, "big: 1001 x 1000 has more than 1000000 entries");
    assert_bad(z.g, gf_ones(z.g, NULL, 2147483647, 2147483647), GF_ERROR_LIMIT,
               "constant: 2147483647 x 2147483647 has more than 1000000 entries");
    gf_graph_limit(z.g, 5, 16);
    gf_node *y = gf_tanh(z.U), *last = gf_neg(y);
    assert_bad(z.g, gf_transpose(last), GF_ERROR_LIMIT, "transpose: the graph has 5 nodes, its limit");
    gf_graph_rewind(z.g, 4);
    assert_bad(z.g, gf_vcat((gf_node *[]){z.U, z.U, z.U}, 3), GF_ERROR_LIMIT, "vcat: 12 x 4 has more than 16 entries");
    ck_assert_double_eq(gf_matrix_at(gf_value(y), 0, 0), 0);
    gf_graph_limit(z.g, SIZE_MAX, SIZE_MAX);
    assert_bad(z.g, gf_param(z.g, "vast", 2147483647, 2), GF_ERROR_LIMIT,
               "vast: 2147483647 x 2 has more than 2147483647 entries");
    gf_graph_limit(NULL, 1, 1);
    close_zoo(&z);
}
END_TEST

/* --- rows that are not whole ----------------------------------------------------------------- */

static void nothing_forward(gf_matrix *y, const gf_call *call)
{
    (void)call;
    y->data[0] = 0;
}

static bool empty_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    (void)why;
    *rows = call->in[0]->rows;
    *cols = -1;
    return true;
}

START_TEST(steps_that_are_far_away)
{
    static const int far[] = {GF_STEP_MOST + 1, -GF_STEP_MOST - 1, INT_MAX, INT_MIN};
    gf_graph *g = gf_graph_new();
    for (int sign = -1; sign <= 1; sign += 2) {
        gf_graph_step(g, sign * GF_STEP_MOST);
        assert_fine(g);
        ck_assert_int_eq(gf_graph_present_step(g), sign * GF_STEP_MOST);
    }
    for (size_t k = 0; k < sizeof far / sizeof *far; k++) {
        gf_graph_step(g, far[k]);
        ck_assert_int_eq(gf_graph_status(g), GF_ERROR_LIMIT);
        ck_assert_int_eq(gf_graph_present_step(g), GF_STEP_MOST);
        gf_graph_clear_status(g);
    }
    gf_graph_step(g, INT_MAX);
    assert_failed(g, GF_ERROR_LIMIT, "step: 2147483647 is more than 10000000 away from 0");
    gf_graph_step(NULL, INT_MAX);
    gf_graph_free(g);
}
END_TEST

START_TEST(operations_that_are_not_whole)
{
    zoo z = open_zoo();
    gf_operation op = {.size = sizeof(gf_operation), .arity = 1};
    gf_graph_step(z.g, 0);
    gf_node *three[] = {z.x, z.x, z.x};
    assert_bad(z.g, gf_apply(NULL, three, 1, NULL), GF_ERROR_ARGUMENT, "apply: the operation has no name");
    op.forward = nothing_forward;
    assert_bad(z.g, gf_apply(&op, three, 1, NULL), GF_ERROR_ARGUMENT, "apply: the operation has no name");
    op.name = "mine";
    op.forward = NULL;
    assert_bad(z.g, gf_apply(&op, three, 1, NULL), GF_ERROR_ARGUMENT, "mine: the operation has no forward");
    op.forward = nothing_forward;
    op.size = 0;
    assert_bad(z.g, gf_apply(&op, three, 1, NULL), GF_ERROR_ARGUMENT,
               "mine: the size of its row is 0: write .size = sizeof(gf_operation)");
    op.size = sizeof op;
    assert_bad(z.g, gf_apply(&op, three, 1, &(gf_attributes){.p = 2}), GF_ERROR_ARGUMENT,
               "mine: the size of its attributes is 0: write .size = sizeof(gf_attributes)");
    assert_bad(z.g, gf_apply(&op, three, 2, NULL), GF_ERROR_ARGUMENT, "mine: 2 operands, not 1");
    op.arity = 5; /* there is no place for a fifth vjp */
    assert_bad(z.g, gf_apply(&op, three, 3, NULL), GF_ERROR_ARGUMENT, "mine: its arity is 5, not 1 to 4, nor any");
    op.arity = 0;
    assert_bad(z.g, gf_apply(&op, three, 1, NULL), GF_ERROR_ARGUMENT, "mine: its arity is 0, not 1 to 4, nor any");
    op.arity = GF_ARITY_ANY;
    assert_bad(z.g, gf_apply(&op, three, 1 << 24, NULL), GF_ERROR_LIMIT, "mine: 16777216 operands are too many");
    op.shape = empty_shape;
    assert_bad(z.g, gf_apply(&op, three, 1, NULL), GF_ERROR_SHAPE, "mine: x[2] is 3 x 1: the result would be 3 x -1");
    close_zoo(&z);
}
END_TEST

/* --- what bad nodes, NULL and the nil graph answer ------------------------------------------- */

static void assert_answers_nothing(gf_node *node)
{
    ck_assert(gf_node_is_bad(node));
    ck_assert_str_eq(gf_node_name(node), "");
    ck_assert_str_eq(gf_node_scope(node), "");
    ck_assert_int_eq(gf_node_step(node), 0);
    ck_assert_int_eq(gf_node_rows(node), 0);
    ck_assert_int_eq(gf_node_cols(node), 0);
    ck_assert_int_eq(gf_node_arity(node), 0);
    ck_assert_uint_eq(gf_node_id(node), UINT32_MAX);
    ck_assert_double_eq(gf_node_attributes(node)->p, 0);
    ck_assert_ptr_null(gf_node_operand(node, 0));
    ck_assert_str_eq(gf_node_operation(node)->name, "bad");
    ck_assert(!gf_node_is_param(node) && !gf_node_is_input(node) && !gf_node_is_constant(node));
    ck_assert(!gf_node_differentiable(node));
    ck_assert(gf_node_is_bad(gf_named(node, "name")));
    ck_assert_str_eq(gf_node_name(node), "");
    ck_assert_ptr_null(gf_value(node));
    ck_assert_ptr_null(gf_gradient(node));
    const gf_edge *edge;
    const gf_flow *flow;
    ck_assert(!(edge = gf_edge_find(node, 0)) && !(flow = gf_flow_find(node, 0)));
    ck_assert_ptr_nonnull(gf_node_graph(node));
}

START_TEST(bad_nodes_answer_nothing)
{
    zoo z = open_zoo();
    assert_answers_nothing(z.bad);
    assert_answers_nothing(NULL);
    assert_answers_nothing(gf_tanh(NULL));
    assert_fine(z.g);
    close_zoo(&z);
}
END_TEST

static void assert_stays_nil(gf_graph *g)
{
    ck_assert_uint_eq(gf_graph_size(g), 0);
    ck_assert_ptr_null(gf_graph_node(g, 0));
    ck_assert_ptr_null(gf_graph_find(g, "x", 0));
    ck_assert_uint_eq(gf_graph_memory(g), 0);
    ck_assert_uint_eq(gf_edge_count(g), 0);
    ck_assert_uint_eq(gf_flow_count(g), 0);
    ck_assert_ptr_null(gf_graph_nonfinite_value(g));
    ck_assert_ptr_null(gf_graph_nonfinite_gradient(g));
}

static void try_everything(gf_graph *g)
{
    double number = 1;
    gf_matrix one = gf_matrix_over(&number, 1, 1);
    gf_graph_step(g, 3);
    gf_graph_scope(g, "scope");
    gf_graph_limit(g, 1, 1);
    gf_seed(g, 1);
    gf_graph_rewind(g, 0);
    gf_graph_clear_status(g);
    gf_node *nodes[] = {gf_param(g, "w", 1, 1),    gf_input(g, "x", 1, 1), gf_constant(g, "c", &one), gf_eye(g, "I", 2),
                        gf_constant(g, "c", NULL), gf_ones(g, "o", 1, 1),  gf_fill(g, "f", 1, 1, 2)};
    for (int k = 0; k < 7; k++) {
        assert_answers_nothing(nodes[k]);
        ck_assert_int_ne(gf_set_scalar(nodes[k], 1), GF_OK);
        ck_assert_int_ne(gf_backward(gf_tanh(nodes[k]), GF_RECORD_EDGES), GF_OK);
    }
    ck_assert_int_ne(gf_forward(g), GF_OK);
    ck_assert_int_ne(gf_graph_status(g), GF_OK);
    assert_stays_nil(g);
    gf_graph_free(g);
}

START_TEST(on_the_nil_graph_everything_fails)
{
    gf_graph *nil = &gf_graph_nil;
    gf_graph before = *nil;
    assert_failed(nil, GF_ERROR_MEMORY, "graph: out of memory, or a builder got no living node");
    try_everything(nil);
    ck_assert(memcmp(&before, nil, sizeof before) == 0); /* it is constant */
    assert_failed(nil, GF_ERROR_MEMORY, "graph: out of memory, or a builder got no living node");
    try_everything(NULL);
    assert_failed(NULL, GF_ERROR_ARGUMENT, "graph: NULL");
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        shapes_that_do_not_fit,
        shapes_of_many_operands,
        long_names_are_cut,
        operands_that_are_missing,
        operands_of_two_graphs,
        operands_none_of_which_lives,
        the_first_error_stays,
        the_graph_stays_usable,
        leaves_without_entries,
        values_that_cannot_be_set,
        bad_nodes_cannot_be_set,
        backward_from_what_has_no_gradient,
        limits_hold,
        steps_that_are_far_away,
        operations_that_are_not_whole,
        bad_nodes_answer_nothing,
        on_the_nil_graph_everything_fails,
    };
    return RUN_TESTS("errors", tests);
}
