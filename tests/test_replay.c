/* Replay and rewinding: one graph for new inputs, and for a new unrolling. */
#include "support.h"

/* --- an RNN --------------------------------------------------------------------------- */

typedef struct rnn {
    gf_graph *g;
    gf_node *U, *W, *b, *x[8], *loss;
} rnn;

static void fill(gf_node *leaf, double seed)
{
    for (int i = 0; i < gf_node_rows(leaf); i++)
        for (int j = 0; j < gf_node_cols(leaf); j++)
            gf_set_entry(leaf, i, j, sin(seed + 3 * i + 7 * j));
}

static void add_params(rnn *r)
{
    r->U = gf_param(r->g, "U", 3, 3);
    r->W = gf_param(r->g, "W", 3, 2);
    r->b = gf_param(r->g, "b", 3, 1);
    fill(r->U, 1);
    fill(r->W, 2);
    fill(r->b, 3);
}

static void unroll(rnn *r, int steps)
{
    gf_graph_step(r->g, 0);
    gf_node *h = gf_zeros(r->g, "h[0]", 3, 1);
    gf_graph_scope(r->g, "rnn");
    r->loss = NULL;
    for (int t = 1; t <= steps; t++) {
        gf_graph_step(r->g, t);
        r->x[t - 1] = gf_input(r->g, "x", 2, 1);
        h = gf_named(gf_tanh(gf_add(gf_add(gf_matmul(r->U, h), gf_matmul(r->W, r->x[t - 1])), r->b)), "h");
        gf_node *loss = gf_sum(gf_mul(h, h));
        r->loss = r->loss ? gf_add(r->loss, loss) : loss;
    }
    gf_graph_step(r->g, 0);
    gf_graph_scope(r->g, NULL);
}

static void set_inputs(rnn *r, int steps, double seed)
{
    for (int t = 0; t < steps; t++)
        fill(r->x[t], seed + t);
}

static rnn fresh_rnn(int steps, double seed)
{
    rnn r = {.g = gf_graph_new()};
    add_params(&r);
    unroll(&r, steps);
    set_inputs(&r, steps, seed);
    ck_assert_int_eq(gf_backward(r.loss, 0), GF_OK);
    return r;
}

static void assert_same_results(rnn *a, rnn *b)
{
    ck_assert(same_bits(gf_value(a->loss), gf_value(b->loss)));
    ck_assert(same_bits(gf_gradient(a->U), gf_gradient(b->U)));
    ck_assert(same_bits(gf_gradient(a->W), gf_gradient(b->W)));
    ck_assert(same_bits(gf_gradient(a->b), gf_gradient(b->b)));
    ck_assert(same_bits(gf_gradient(a->x[0]), gf_gradient(b->x[0])));
}

/* --- replay and rewinding ---------------------------------------------------------------- */

static void assert_label(const gf_node *node, const char *wanted)
{
    char text[64];
    ck_assert_str_eq(gf_node_label(text, sizeof text, node), wanted);
}

/* What the caches do not hold is fetched ahead of the sweep, of nodes without operands, with few, and with many. */
START_TEST(a_graph_larger_than_the_caches_has_the_same_numbers)
{
    rnn small = fresh_rnn(8, 10), large = {.g = gf_graph_new()};
    gf_param(large.g, "unused", 1000, 700);
    add_params(&large);
    unroll(&large, 8);
    set_inputs(&large, 8, 10);
    for (int k = 0; k < 2; k++) {
        rnn *r = k ? &large : &small;
        gf_node *all = gf_hcat(r->x, 8);
        r->loss = gf_add(r->loss, gf_sum(gf_mul(all, all)));
        ck_assert_int_eq(gf_backward(r->loss, 0), GF_OK);
    }
    assert_same_results(&small, &large);
    gf_graph_free(small.g);
    gf_graph_free(large.g);
}
END_TEST

START_TEST(replay_equals_a_fresh_build)
{
    rnn replayed = fresh_rnn(8, 10), fresh = fresh_rnn(8, 20);
    size_t size = gf_graph_size(replayed.g), memory = gf_graph_memory(replayed.g);
    set_inputs(&replayed, 8, 20);
    ck_assert_int_eq(gf_backward(replayed.loss, 0), GF_OK);
    assert_same_results(&replayed, &fresh);
    ck_assert_uint_eq(gf_graph_size(replayed.g), size);
    ck_assert_uint_eq(gf_graph_memory(replayed.g), memory);
    gf_graph_free(replayed.g);
    gf_graph_free(fresh.g);
}
END_TEST

START_TEST(rewinding_drops_an_unrolling_and_keeps_parameters)
{
    rnn r = {.g = gf_graph_new()};
    add_params(&r);
    size_t mark = gf_graph_size(r.g);
    unroll(&r, 8);
    set_inputs(&r, 8, 10);
    gf_backward(r.loss, GF_RECORD_EDGES);
    const gf_matrix *value = gf_value(r.U), *gradient = gf_gradient(r.U);
    double before = gf_matrix_at(gradient, 1, 1);
    gf_graph_rewind(r.g, mark);
    ck_assert_uint_eq(gf_graph_size(r.g), mark);
    ck_assert_uint_eq(gf_edge_count(r.g), 0);
    ck_assert_ptr_null(gf_graph_find(r.g, "h", 3));
    ck_assert_ptr_eq(gf_graph_find(r.g, "U", 0), r.U);
    ck_assert_ptr_eq(gf_value(r.U), value);
    ck_assert_ptr_eq(gf_gradient(r.U), gradient);
    ck_assert_double_eq(gf_matrix_at(value, 0, 0), sin(1));
    ck_assert_double_eq(gf_matrix_at(gradient, 1, 1), before);
    unroll(&r, 5);
    set_inputs(&r, 5, 20);
    ck_assert_ptr_null(gf_gradient(r.loss)); /* a new node: backward has not run */
    ck_assert_int_eq(gf_graph_status(r.g), GF_ERROR_NOT_RUN);
    gf_graph_clear_status(r.g);
    ck_assert_int_eq(gf_backward(r.loss, 0), GF_OK);
    rnn fresh = fresh_rnn(5, 20);
    assert_same_results(&r, &fresh);
    gf_graph_free(fresh.g);
    gf_graph_free(r.g);
}
END_TEST

START_TEST(rewinding_gives_names_steps_and_scopes_back)
{
    rnn r = {.g = gf_graph_new()};
    add_params(&r);
    size_t mark = gf_graph_size(r.g);
    for (int steps = 6; steps >= 2; steps -= 2) {
        unroll(&r, steps);
        gf_node *h = gf_graph_find(r.g, "h", steps);
        ck_assert_ptr_nonnull(h);
        assert_label(h, steps == 6 ? "rnn.h[6]" : steps == 4 ? "rnn.h[4]" : "rnn.h[2]");
        ck_assert_ptr_null(gf_graph_find(r.g, "h", steps + 1));
        assert_label(r.loss, steps == 6 ? "n56" : steps == 4 ? "n38" : "n20");
        gf_graph_rewind(r.g, mark);
        assert_label(r.b, "b");
    }
    gf_graph_rewind(r.g, 0);
    ck_assert_uint_eq(gf_graph_size(r.g), 0);
    gf_graph_step(r.g, 9);
    assert_label(gf_param(r.g, "again", 1, 1), "again[9]");
    gf_graph_free(r.g);
}
END_TEST

START_TEST(rewinding_to_the_middle_of_a_step)
{
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 1, 1);
    gf_graph_step(g, 1);
    gf_node *a = gf_named(gf_neg(w), "a");
    size_t mark = gf_graph_size(g);
    gf_named(gf_exp(a), "b");
    gf_graph_step(g, 2);
    gf_named(gf_exp(a), "c");
    gf_graph_rewind(g, mark);
    gf_node *b = gf_named(gf_neg(a), "b"); /* the graph still builds at step 2 */
    assert_label(w, "w");
    assert_label(a, "a[1]");
    assert_label(b, "b[2]");
    gf_set_scalar(w, 3);
    ck_assert_double_eq(gf_scalar(gf_value(b)), 3);
    gf_graph_rewind(g, 100); /* there is nothing to drop */
    gf_graph_rewind(NULL, 0);
    ck_assert_uint_eq(gf_graph_size(g), 3);
    gf_graph_free(g);
}
END_TEST

START_TEST(rewinding_forgets_values)
{
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 1, 1);
    gf_set_scalar(w, 2);
    ck_assert_double_eq(gf_scalar(gf_value(gf_neg(gf_neg(w)))), 2);
    gf_graph_rewind(g, 1);
    ck_assert_double_eq(gf_scalar(gf_value(gf_scale(w, 5))), 10); /* where the first neg stood */
    gf_graph_free(g);
}
END_TEST

START_TEST(rewinding_a_hundred_times_takes_no_more_memory)
{
    rnn r = {.g = gf_graph_new()};
    add_params(&r);
    size_t mark = gf_graph_size(r.g), most = 0;
    for (int k = 0; k < 100; k++) {
        unroll(&r, 3 + k % 6);
        set_inputs(&r, 3 + k % 6, k);
        ck_assert_int_eq(gf_backward(r.loss, GF_RECORD_CONTRIBUTIONS), GF_OK);
        size_t memory = gf_graph_memory(r.g);
        if (k < 6)
            most = memory > most ? memory : most;
        ck_assert_uint_le(memory, most);
        gf_graph_rewind(r.g, mark);
    }
    gf_graph_free(r.g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_graph_larger_than_the_caches_has_the_same_numbers,
        replay_equals_a_fresh_build,
        rewinding_drops_an_unrolling_and_keeps_parameters,
        rewinding_gives_names_steps_and_scopes_back,
        rewinding_to_the_middle_of_a_step,
        rewinding_forgets_values,
        rewinding_a_hundred_times_takes_no_more_memory,
    };
    return RUN_TESTS("replay", tests);
}
