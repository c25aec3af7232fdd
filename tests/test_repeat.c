/* Steps that are built by a list are those that their operations build. */
#include "nets.h"

enum { T = 5, INPUTS = 3, HIDDEN = 4 };

static gf_node *own_tanh(gf_node *a)
{
    return gf_tanh(a);
}

static gf_node *own_relu(gf_node *a)
{
    return gf_relu(a);
}

static gf_node *own_sigmoid(gf_node *a)
{
    return gf_sigmoid(a);
}

/* The same cell as a program defines it, which is built by its operations every time. */
static gf_cell *defined_by_a_program(gf_graph *g, int which, const gf_cell_kind *kind)
{
    static gf_activation *const activations[] = {own_tanh, own_relu, own_sigmoid};
    return which < LSTM ? gf_rnn(g, "net", INPUTS, HIDDEN, activations[which])
                        : gf_cell_new(g, kind, "net", INPUTS, HIDDEN);
}

typedef struct net {
    gf_graph *g;
    gf_cell *cell;
    gf_node *x[T], *h[T];
    size_t mark;
} net;

/* From constants, or from states that a gradient passes to; `wanted`: one passes to x. */
static void build(net *n, int rows, bool wanted, bool of_start, int truncate)
{
    gf_state start = {0}, end;
    int states = gf_cell_kind_of(n->cell)->states;
    for (int t = 1; t <= T; t++) {
        gf_graph_step(n->g, t);
        n->x[t - 1] = wanted ? gf_input(n->g, "x", rows, INPUTS) : gf_given(n->g, "x", rows, INPUTS);
    }
    gf_graph_step(n->g, 0);
    if (of_start) {
        start.h = gf_input(n->g, "h", rows, HIDDEN);
        start.c = gf_input(n->g, "c", rows, HIDDEN); /* of one state more than some have */
    }
    gf_unroll(n->h, n->x, T,
              &(gf_stack){.size = sizeof(gf_stack),
                          .forward = &n->cell,
                          .layers = 1,
                          .start = of_start ? &start : NULL,
                          .truncate = truncate,
                          .end = &end});
    ck_assert_int_eq(end.c != NULL, states == 2);
    ck_assert_msg(!gf_graph_status(n->g), "%s", gf_graph_message(n->g));
}

static void assert_same_node(const gf_node *a, const gf_node *b)
{
    ck_assert_str_eq(gf_node_operation(a)->name, gf_node_operation(b)->name);
    ck_assert_str_eq(gf_node_name(a), gf_node_name(b));
    ck_assert_str_eq(gf_node_scope(a), gf_node_scope(b));
    ck_assert_int_eq(gf_node_step(a), gf_node_step(b));
    ck_assert_int_eq(gf_node_rows(a), gf_node_rows(b));
    ck_assert_int_eq(gf_node_cols(a), gf_node_cols(b));
    ck_assert_int_eq(gf_node_differentiable(a), gf_node_differentiable(b));
    ck_assert_int_eq(gf_node_arity(a), gf_node_arity(b));
    ck_assert_mem_eq(gf_node_attributes(a), gf_node_attributes(b), sizeof(gf_attributes));
    for (int slot = 0; slot < gf_node_arity(a); slot++)
        ck_assert_uint_eq(gf_node_id(gf_node_operand(a, slot)), gf_node_id(gf_node_operand(b, slot)));
}

static void assert_same(const net *a, const net *b)
{
    ck_assert_uint_eq(gf_graph_size(a->g), gf_graph_size(b->g));
    for (size_t id = 0; id < gf_graph_size(a->g); id++)
        assert_same_node(gf_graph_node(a->g, id), gf_graph_node(b->g, id));
    for (int t = 0; t < T; t++)
        ck_assert_uint_eq(gf_node_id(a->h[t]), gf_node_id(b->h[t]));
}

/* Built, rewound and built again: with other examples, other gradients, another start, cuts; and a node renamed. */
static void compare(int which)
{
    static const struct {
        int rows;
        bool wanted, of_start;
        int truncate;
    } ways[] = {{2, false, false, 0}, {2, true, false, 0}, {2, false, true, 0}, {1, false, false, 2},
                {1, true, true, 3},   {1, true, true, 3},  {7, true, false, 0}, {2, false, false, 0}};
    net ours = {.g = gf_graph_new()}, theirs = {.g = gf_graph_new()};
    ours.cell = make_cell(ours.g, which, "net", INPUTS, HIDDEN);
    theirs.cell = defined_by_a_program(theirs.g, which, gf_cell_kind_of(ours.cell));
    ours.mark = gf_graph_size(ours.g);
    for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
        gf_graph_rewind(ours.g, ours.mark);
        gf_graph_rewind(theirs.g, ours.mark);
        build(&ours, ways[k].rows, ways[k].wanted, ways[k].of_start, ways[k].truncate);
        build(&theirs, ways[k].rows, ways[k].wanted, ways[k].of_start, ways[k].truncate);
        assert_same(&ours, &theirs);
        gf_named(ours.h[1], "renamed");
    }
    gf_graph_free(ours.g);
    gf_graph_free(theirs.g);
}

START_TEST(steps_are_those_that_the_operations_build)
{
    for (int which = 0; which < CELLS; which++)
        compare(which);
}
END_TEST

/* What may be x or the state before it, in a step that is written down, is the right one of them in the next. */
START_TEST(an_input_that_is_the_state_is_not_taken_for_it)
{
    gf_graph *g = gf_graph_new();
    gf_cell *cell = gf_rnn(g, "net", HIDDEN, HIDDEN, gf_tanh);
    gf_state before = {.h = gf_input(g, "h", 1, HIDDEN)};
    gf_cell_step(cell, before.h, before);
    gf_node *x = gf_input(g, "x", 1, HIDDEN);
    size_t first = gf_graph_size(g);
    gf_cell_step(cell, x, before);
    for (size_t id = first; id < first + 2; id++) {
        const gf_node *product = gf_graph_node(g, id);
        bool of_input = gf_node_operand(product, 1) == gf_cell_find(cell, "U", 0);
        ck_assert_ptr_eq(gf_node_operand(product, 0), of_input ? x : before.h);
    }
    gf_graph_free(g);
}
END_TEST

/* The limit is met in the middle of a step that is repeated. */
START_TEST(a_full_graph_ends_a_repeated_step)
{
    net n = {.g = gf_graph_new()};
    n.cell = gf_lstm(n.g, "net", INPUTS, HIDDEN);
    n.mark = gf_graph_size(n.g);
    build(&n, 1, false, false, 0);
    size_t size = gf_graph_size(n.g);
    gf_graph_rewind(n.g, n.mark);
    gf_graph_limit(n.g, size - 10, 1000);
    gf_node *out[T], *x[T];
    for (int t = 0; t < T; t++)
        x[t] = gf_given(n.g, "x", 1, INPUTS);
    ck_assert_int_eq(gf_unroll(out, x, T, &(gf_stack){.size = sizeof(gf_stack), .forward = &n.cell, .layers = 1}),
                     GF_ERROR_LIMIT);
    ck_assert_ptr_nonnull(strstr(gf_graph_message(n.g), "nodes, its limit"));
    ck_assert(gf_node_is_bad(out[T - 1]) && !gf_node_is_bad(out[T - 2]));
    gf_graph_free(n.g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {steps_are_those_that_the_operations_build, an_input_that_is_the_state_is_not_taken_for_it,
                            a_full_graph_ends_a_repeated_step};
    return RUN_TESTS("repeat", tests);
}
