/* Unrolling: layers, directions, cuts, losses, and what is refused. */
#include "nets.h"

enum { T = 5, B = 2, INPUTS = 3, HIDDEN = 4, OUTPUTS = 2, LAYERS = 2 };

/* Two layers of LSTM in both directions (or a part of that) over T steps. */
typedef struct network {
    gf_graph *g;
    gf_cell *forward[LAYERS], *backward[LAYERS];
    gf_node *x[T], *y[T], *h[T], *V, *d, *loss;
    size_t mark; /* behind the parameters */
} network;

static network make_network(int layers, int directions)
{
    network n = {.g = gf_graph_new()};
    gf_seed(n.g, 11);
    for (int layer = 0; layer < layers; layer++) {
        int inputs = layer ? directions * HIDDEN : INPUTS;
        n.forward[layer] = random_cell(n.g, LSTM, layer ? "high" : "low", inputs, HIDDEN);
        n.backward[layer] = random_cell(n.g, LSTM, layer ? "high_back" : "low_back", inputs, HIDDEN);
    }
    n.V = gf_param(n.g, "V", directions * HIDDEN, OUTPUTS);
    n.d = gf_param(n.g, "d", 1, OUTPUTS);
    gf_init_normal(n.V, 0, 1);
    random_inputs(n.g, n.x, T, "x", B, INPUTS);
    random_inputs(n.g, n.y, T, "y", B, OUTPUTS);
    n.mark = gf_graph_size(n.g);
    return n;
}

static gf_stack stack_of(const network *n, int layers, int directions, int truncate)
{
    return (gf_stack){.size = sizeof(gf_stack),
                      .forward = n->forward,
                      .backward = directions == 2 ? n->backward : NULL,
                      .layers = layers,
                      .truncate = truncate};
}

static network unrolled(int layers, int directions, int truncate)
{
    network n = make_network(layers, directions);
    gf_stack stack = stack_of(&n, layers, directions, truncate);
    ck_assert_int_eq(gf_unroll(n.h, n.x, T, &stack), GF_OK);
    n.loss = gf_unroll_loss(n.h, n.y, T, n.V, n.d, gf_cross_entropy);
    ck_assert_int_eq(gf_backward(n.loss, 0), GF_OK);
    return n;
}

/* --- the same by hand: plain loops over gf_cell_step ---------------------------------- */

static gf_state stopped(gf_state s)
{
    return (gf_state){gf_stop(s.h), gf_stop(s.c)};
}

static void run_up(const gf_cell *cell, gf_node *const x[], gf_node *h[], int cut)
{
    gf_state s = gf_cell_zeros(cell, B, 0);
    for (int t = 1; t <= T; t++) {
        gf_graph_step(gf_cell_graph(cell), t);
        if (cut && t > 1 && (t - 1) % cut == 0) /* between t - 1 and t */
            s = stopped(s);
        s = gf_cell_step(cell, x[t - 1], s);
        h[t - 1] = s.h;
    }
}

static void run_down(const gf_cell *cell, gf_node *const x[], gf_node *h[], int cut)
{
    gf_state s = gf_cell_zeros(cell, B, T + 1);
    for (int t = T; t >= 1; t--) {
        gf_graph_step(gf_cell_graph(cell), t);
        if (cut && t < T && t % cut == 0) /* between t + 1 and t */
            s = stopped(s);
        s = gf_cell_step(cell, x[t - 1], s);
        h[t - 1] = s.h;
    }
}

static network unrolled_by_hand(int layers, int directions, int cut)
{
    network n = make_network(layers, directions);
    gf_node *in[T], *up[T], *down[T];
    memcpy(in, n.x, sizeof in);
    for (int layer = 0; layer < layers; layer++) {
        run_up(n.forward[layer], in, up, cut);
        if (directions == 2)
            run_down(n.backward[layer], in, down, cut);
        for (int t = 0; t < T; t++)
            in[t] = directions == 2 ? gf_hcat((gf_node *[]){up[t], down[t]}, 2) : up[t];
    }
    memcpy(n.h, in, sizeof in);
    gf_node *parts[T];
    for (int t = 0; t < T; t++)
        parts[t] = gf_cross_entropy(gf_add(gf_matmul(n.h[t], n.V), n.d), n.y[t]);
    n.loss = gf_sum(gf_vcat(parts, T));
    ck_assert_int_eq(gf_backward(n.loss, 0), GF_OK);
    return n;
}

/* Values and the gradients of every leaf agree; the leaves come first, in the same order. */
static void check_same(const network *a, const network *b)
{
    for (int t = 0; t < T; t++)
        assert_close(gf_value(a->h[t]), gf_value(b->h[t]), 1e-15);
    assert_close(gf_value(a->loss), gf_value(b->loss), 1e-15);
    for (size_t id = 0; id < a->mark; id++)
        assert_close(gf_gradient(gf_graph_node(a->g, id)), gf_gradient(gf_graph_node(b->g, id)), 1e-13);
}

START_TEST(an_unrolling_is_what_loops_give)
{
    for (int layers = 1; layers <= 2; layers++)
        for (int directions = 1; directions <= 2; directions++)
            for (int cut = 0; cut <= T + 1; cut++) {
                network one = unrolled(layers, directions, cut), two = unrolled_by_hand(layers, directions, cut);
                check_same(&one, &two);
                gf_graph_free(one.g);
                gf_graph_free(two.g);
            }
}
END_TEST

/* --- cuts ------------------------------------------------------------------------------- */

/* The norm of d L[from] / d h[to] of a cell. */
static double reach(network *n, int from, const gf_cell *cell, int to)
{
    ck_assert_int_eq(gf_backward(gf_graph_find(n->g, "L", from), 0), GF_OK);
    return gf_matrix_norm(gf_gradient(gf_cell_find(cell, "h", to)));
}

START_TEST(no_gradient_passes_a_cut)
{
    network n = unrolled(1, 2, 2); /* 1 2 | 3 4 | 5 */
    const gf_cell *up = n.forward[0], *down = n.backward[0];
    for (int from = 1; from <= T; from++)
        for (int to = 1; to <= T; to++) {
            bool same_piece = (from - 1) / 2 == (to - 1) / 2;
            ck_assert_int_eq(reach(&n, from, up, to) > 0, same_piece && to <= from);
            ck_assert_int_eq(reach(&n, from, down, to) > 0, same_piece && to >= from);
        }
    gf_graph_free(n.g);
}
END_TEST

START_TEST(cuts_change_gradients_and_no_value)
{
    network plain = unrolled(2, 1, 0), cut = unrolled(2, 1, 2), late = unrolled(2, 1, T);
    gf_node *plain_W = gf_cell_find(plain.forward[0], "Wf", 0), *cut_W = gf_cell_find(cut.forward[0], "Wf", 0);
    gf_comparison c;
    ck_assert(same_bits(gf_value(plain.loss), gf_value(cut.loss)));
    ck_assert_int_eq(gf_compare(&c, gf_gradient(plain_W), gf_gradient(cut_W)), GF_OK);
    ck_assert(!c.match && c.error > 1e-3);
    check_same(&plain, &late); /* no step follows the last */
    gf_node *stop = gf_node_operand(gf_node_operand(gf_cell_find(cut.forward[1], "c", 3), 0), 1);
    ck_assert_str_eq(gf_node_operation(stop)->name, "stop"); /* it stands in the later step, in the cell's scope */
    ck_assert_str_eq(gf_node_scope(stop), "high");
    ck_assert_int_eq(gf_node_step(stop), 3);
    gf_graph_free(plain.g);
    gf_graph_free(cut.g);
    gf_graph_free(late.g);
}
END_TEST

/* A cut is no cut before the first step: given start states are trained. */
START_TEST(start_states_get_gradients_through_cuts)
{
    network n = make_network(1, 2);
    gf_state start[2], end[2];
    for (int k = 0; k < 2; k++) {
        start[k] = (gf_state){gf_param(n.g, "h0", B, HIDDEN), gf_param(n.g, "c0", B, HIDDEN)};
        gf_init_normal(start[k].h, 0, 1);
        gf_init_normal(start[k].c, 0, 1);
    }
    gf_stack stack = stack_of(&n, 1, 2, 1);
    stack.start = start;
    stack.end = end;
    ck_assert_int_eq(gf_unroll(n.h, n.x, T, &stack), GF_OK);
    ck_assert_ptr_eq(end[0].c, gf_cell_find(n.forward[0], "c", T));
    ck_assert_ptr_eq(end[1].h, gf_cell_find(n.backward[0], "h", 1));
    ck_assert_ptr_null(gf_cell_find(n.forward[0], "h[0]", 0)); /* no zeros were made */
    n.loss = gf_unroll_loss(n.h, n.y, T, n.V, n.d, gf_cross_entropy);
    ck_assert_int_eq(gf_backward(n.loss, 0), GF_OK);
    for (int k = 0; k < 2; k++)
        ck_assert(gf_matrix_norm(gf_gradient(start[k].h)) > 0 && gf_matrix_norm(gf_gradient(start[k].c)) > 0);
    gf_graph_free(n.g);
}
END_TEST

/* --- order and names ----------------------------------------------------------------------- */

START_TEST(two_directions_stand_side_by_side)
{
    network n = unrolled(2, 2, 0);
    for (int t = 1; t <= T; t++) {
        gf_node *low = gf_graph_find(n.g, "h1", t), *high = gf_graph_find(n.g, "h2", t);
        ck_assert_ptr_eq(high, n.h[t - 1]);
        ck_assert_int_eq(gf_node_cols(high), 2 * HIDDEN);
        ck_assert_ptr_eq(gf_node_operand(low, 0), gf_cell_find(n.forward[0], "h", t));
        ck_assert_ptr_eq(gf_node_operand(low, 1), gf_cell_find(n.backward[0], "h", t));
        ck_assert_ptr_eq(gf_node_operand(high, 1), gf_cell_find(n.backward[1], "h", t));
        ck_assert_str_eq(gf_node_scope(low), "");
    }
    char label[32];
    ck_assert_str_eq(gf_node_label(label, sizeof label, gf_cell_find(n.backward[1], "zf", 2)), "high_back.zf[2]");
    ck_assert_ptr_nonnull(gf_cell_find(n.backward[1], "c[6]", 0)); /* where it starts */
    ck_assert_int_eq(gf_node_step(gf_tanh(n.loss)), 0);
    gf_graph_free(n.g);
}
END_TEST

START_TEST(the_loss_is_the_sum_over_its_steps)
{
    network n = unrolled(1, 1, 0);
    double sum = 0;
    for (int t = 1; t <= T; t++) {
        gf_node *z = gf_graph_find(n.g, "z", t), *L = gf_graph_find(n.g, "L", t);
        ck_assert_ptr_eq(gf_node_operand(L, 0), z);
        sum += gf_scalar(gf_value(L));
    }
    assert_near(gf_scalar(gf_value(n.loss)), sum, 1e-14);
    ck_assert_str_eq(gf_node_name(n.loss), "loss");
    ck_assert_int_eq(gf_node_step(n.loss), 0);
    gf_graph_free(n.g);
}
END_TEST

START_TEST(a_loss_at_the_end_alone)
{
    network n = make_network(1, 1);
    gf_stack stack = stack_of(&n, 1, 1, 0);
    gf_unroll(n.h, n.x, T, &stack);
    gf_graph_step(n.g, 7);
    n.loss = gf_unroll_loss(n.h + T - 1, n.y + T - 1, 1, n.V, n.d, gf_mse);
    ck_assert_int_eq(gf_node_step(gf_tanh(n.loss)), 7); /* as before the call */
    ck_assert_ptr_null(gf_graph_find(n.g, "L", 1));
    gf_node *z = gf_graph_find(n.g, "z", T), *difference = gf_sub(z, n.y[T - 1]);
    assert_near(gf_scalar(gf_value(n.loss)), gf_scalar(gf_value(gf_mean(gf_mul(difference, difference)))), 1e-14);
    ck_assert_ptr_eq(gf_graph_find(n.g, "L", T), gf_node_operand(gf_node_operand(n.loss, 0), 0));
    gf_check check;
    gf_gradient_check(&check, n.loss, n.x[0], 0);
    ck_assert_msg(check.worst.match, "%s", check.worst.text);
    assert_fine(n.g);
    gf_graph_free(n.g);
}
END_TEST

/* --- rewinding ---------------------------------------------------------------------------------- */

START_TEST(after_a_rewind_another_length_fits)
{
    network n = make_network(2, 2);
    gf_stack stack = stack_of(&n, 2, 2, 0);
    double first = 0;
    for (int round = 0; round < 4; round++) {
        int steps = round % 2 ? 2 : T;
        gf_graph_rewind(n.g, n.mark);
        ck_assert_int_eq(gf_unroll(n.h, n.x, steps, &stack), GF_OK);
        n.loss = gf_unroll_loss(n.h, n.y, steps, n.V, n.d, gf_cross_entropy);
        ck_assert_int_eq(gf_backward(n.loss, 0), GF_OK);
        double norm = gf_matrix_norm(gf_gradient(gf_cell_params(n.forward[0])[0]));
        first = round ? first : norm;
        ck_assert_int_eq(norm == first, round % 2 == 0);
    }
    gf_graph_free(n.g);
}
END_TEST

/* --- what is refused -------------------------------------------------------------------------------- */

static void check_refused(network *n, gf_node *out[], gf_node *const x[], int steps, const gf_stack *stack,
                          const char *message)
{
    for (int k = 0; k < T; k++)
        n->h[k] = NULL;
    ck_assert_int_eq(gf_unroll(out, x, steps, stack), GF_ERROR_ARGUMENT);
    assert_failed(n->g, GF_ERROR_ARGUMENT, message);
    for (int k = 0; out && k < steps; k++)
        ck_assert(gf_node_is_bad(out[k]) && out[k]);
    gf_graph_clear_status(n->g);
}

/* --- sequences of unequal length, and in pieces ---------------------------------------------- */

/* The first example has T steps, the second SHORT. */
enum { SHORT = 3 };

static void make_mask(network *n, gf_node *mask[T])
{
    for (int t = 1; t <= T; t++) {
        mask[t - 1] = gf_given(n->g, "m", B, 1);
        gf_set_entry(mask[t - 1], 0, 0, 1), gf_set_entry(mask[t - 1], 1, 0, t <= SHORT);
    }
}

static bool same_row(gf_node *a, gf_node *b, int row)
{
    for (int j = 0; j < gf_node_cols(a); j++)
        if (gf_matrix_at(gf_value(a), row, j) != gf_matrix_at(gf_value(b), row, j))
            return false;
    return true;
}

/* Masked, each example is what it is in an unrolling of its own length. */
START_TEST(a_mask_ends_each_sequence_at_its_own_step)
{
    network n = make_network(2, 2), whole = unrolled(2, 2, 0), part = make_network(2, 2);
    gf_node *mask[T];
    gf_state end[2 * LAYERS], part_end[2 * LAYERS];
    gf_stack stack = stack_of(&n, 2, 2, 0), shorter = stack_of(&part, 2, 2, 0);
    make_mask(&n, mask);
    stack.mask = mask, stack.end = end, shorter.end = part_end;
    ck_assert(!gf_unroll(n.h, n.x, T, &stack) && !gf_unroll(part.h, part.x, SHORT, &shorter));
    for (int t = 0; t < T; t++) {
        ck_assert(same_row(n.h[t], whole.h[t], 0));
        ck_assert(t >= SHORT || same_row(n.h[t], part.h[t], 1));
    }
    for (int k = 0; k < 2 * LAYERS; k++)
        ck_assert(same_row(end[k].h, part_end[k].h, 1) && same_row(end[k].c, part_end[k].c, 1));
    gf_backward(gf_sum(gf_rows(gf_hcat(n.h, T), 1, 1)), 0);
    for (int t = 0; t < T; t++) /* no gradient comes from what is no step */
        for (int j = 0; j < INPUTS; j++)
            ck_assert_int_eq(gf_matrix_at(gf_gradient(n.x[t]), 1, j) != 0, t < SHORT);
    gf_graph_free(n.g), gf_graph_free(whole.g), gf_graph_free(part.g);
}
END_TEST

START_TEST(the_gradients_of_a_masked_end_are_those_of_its_own_length)
{
    network n = make_network(2, 1), part = make_network(2, 1);
    gf_node *mask[T];
    gf_stack stack = stack_of(&n, 2, 1, 0), shorter = stack_of(&part, 2, 1, 0);
    make_mask(&n, mask);
    stack.mask = mask;
    ck_assert(!gf_unroll(n.h, n.x, T, &stack) && !gf_unroll(part.h, part.x, SHORT, &shorter));
    ck_assert(!gf_backward(gf_sum(gf_rows(n.h[T - 1], 1, 1)), 0));
    ck_assert(!gf_backward(gf_sum(gf_rows(part.h[SHORT - 1], 1, 1)), 0));
    for (int layer = 0; layer < LAYERS; layer++)
        for (int k = 0; gf_cell_params(n.forward[layer])[k]; k++)
            assert_close(gf_gradient(gf_cell_params(n.forward[layer])[k]),
                         gf_gradient(gf_cell_params(part.forward[layer])[k]), 1e-12);
    ck_assert_ptr_eq(n.h[1], gf_cell_find(n.forward[1], "h_masked", 2)); /* as pictures show it */
    mask[2] = NULL;
    ck_assert_int_eq(gf_unroll(n.h, n.x, T, &stack), GF_ERROR_ARGUMENT);
    assert_failed(n.g, GF_ERROR_ARGUMENT, "unroll: the mask of step 3 is NULL");
    gf_graph_free(n.g), gf_graph_free(part.g);
}
END_TEST

static gf_node *sum_of(gf_node *const h[], int steps)
{
    return gf_sum(gf_hcat(h, steps));
}

/* Two pieces of two steps, carried on, are four steps with a cut in the middle. */
START_TEST(pieces_that_are_carried_on_are_a_cut_sequence)
{
    enum { PIECE = 2 };
    network whole = make_network(2, 1), n = make_network(2, 1);
    gf_stack cut = stack_of(&whole, 2, 1, PIECE), stack = stack_of(&n, 2, 1, 0);
    gf_state start[] = {gf_cell_given(n.forward[0], B, 0), gf_cell_given(n.forward[1], B, 0)}, end[LAYERS];
    stack.start = start, stack.end = end;
    ck_assert(!gf_unroll(whole.h, whole.x, 2 * PIECE, &cut) && !gf_backward(sum_of(whole.h, 2 * PIECE), 0));
    ck_assert(!gf_unroll(n.h, n.x, PIECE, &stack));
    gf_node *loss = sum_of(n.h, PIECE);
    ck_assert(!gf_backward(loss, 0) && !gf_state_carry(start, end, LAYERS));
    for (int t = 0; t < PIECE; t++)
        gf_set(n.x[t], gf_value(n.x[PIECE + t]));
    ck_assert(!gf_backward(loss, GF_ACCUMULATE));
    for (int t = 0; t < PIECE; t++)
        ck_assert(same_bits(gf_value(n.h[t]), gf_value(whole.h[PIECE + t])));
    for (int layer = 0; layer < LAYERS; layer++)
        for (int k = 0; gf_cell_params(n.forward[layer])[k]; k++)
            assert_close(gf_gradient(gf_cell_params(n.forward[layer])[k]),
                         gf_gradient(gf_cell_params(whole.forward[layer])[k]), 1e-12);
    gf_graph_free(whole.g), gf_graph_free(n.g);
}
END_TEST

START_TEST(what_cannot_be_carried_is_refused)
{
    network n = make_network(1, 1);
    gf_state start = gf_cell_given(n.forward[0], B, 0), few = gf_cell_given(n.forward[0], 1, 0), end = start;
    end.h = gf_tanh(start.h);
    ck_assert(gf_state_carry(NULL, &end, 1) && gf_state_carry(&start, NULL, 1) && gf_state_carry(&start, &end, 0));
    ck_assert_int_eq(gf_state_carry(&(gf_state){0}, &end, 1), GF_ERROR_ARGUMENT);
    assert_failed(n.g, GF_ERROR_ARGUMENT,
                  "carry: a state is missing: each of the 1 needs an h on both sides, and a c on both or on none");
    gf_graph_clear_status(n.g);
    ck_assert_int_eq(gf_state_carry(&end, &start, 1), GF_ERROR_ARGUMENT);
    ck_assert(strstr(gf_graph_message(n.g), "carry: ") && strstr(gf_graph_message(n.g), "is neither a parameter"));
    gf_graph_clear_status(n.g);
    ck_assert_int_eq(gf_state_carry(&few, &end, 1), GF_ERROR_SHAPE);
    assert_failed(n.g, GF_ERROR_SHAPE, "carry: low.h[0] is 1 x 4, but n40 is 2 x 4");
    gf_graph_clear_status(n.g);
    network other = make_network(1, 1);
    gf_state far = gf_cell_given(other.forward[0], B, 0);
    ck_assert_int_eq(gf_state_carry(&start, &far, 1), GF_ERROR_ARGUMENT);
    ck_assert(strstr(gf_graph_message(n.g), "is of another graph"));
    gf_graph_free(other.g);
    end.c = NULL;
    ck_assert_int_eq(gf_state_carry(&start, &end, 1), GF_ERROR_ARGUMENT);
    gf_graph_clear_status(n.g);
    ck_assert(gf_node_is_bad(gf_cell_given(n.forward[0], 0, 0).h));
    gf_graph_free(n.g);
}
END_TEST

START_TEST(what_cannot_be_unrolled_is_refused)
{
    network n = make_network(1, 1);
    gf_stack stack = stack_of(&n, 1, 1, 0), none = {.size = sizeof none, .layers = 1};
    check_refused(&n, n.h, n.x, 0, &stack, "unroll: T is 0: there must be at least one step");
    check_refused(&n, n.h, n.x, -3, &stack, "unroll: T is -3: there must be at least one step");
    check_refused(&n, NULL, n.x, T, &stack, "unroll: out is NULL");
    check_refused(&n, n.h, NULL, T, &stack, "unroll: x is NULL");
    check_refused(&n, n.h, n.x, T, NULL, "unroll: the stack is NULL");
    check_refused(&n, n.h, n.x, T, &none, "unroll: the stack has no forward cells");
    stack.layers = 0;
    check_refused(&n, n.h, n.x, T, &stack, "unroll: the stack has no layers: there must be at least one");
    stack = stack_of(&n, 1, 1, -1);
    check_refused(&n, n.h, n.x, T, &stack,
                  "unroll: truncate is negative: it is the number of steps between two cuts, or 0");
    stack = stack_of(&n, 1, 1, 0);
    n.x[2] = NULL;
    check_refused(&n, n.h, n.x, T, &stack, "unroll: the input of step 3 is NULL");
    ck_assert_int_eq(gf_unroll(NULL, NULL, 0, NULL), GF_ERROR_ARGUMENT);
    gf_graph_free(n.g);
}
END_TEST

START_TEST(shapes_that_do_not_fit_are_refused)
{
    network n = make_network(2, 2);
    gf_stack stack = stack_of(&n, 2, 1, 0); /* the upper cell reads both directions */
    ck_assert_int_eq(gf_unroll(n.h, n.x, T, &stack), GF_ERROR_SHAPE);
    assert_failed(n.g, GF_ERROR_SHAPE,
                  "lstm: low.h[1], the input, is 2 x 4: high needs 2 x 8, an example a row (step 1)");
    ck_assert(gf_node_is_bad(n.h[T - 1]));
    ck_assert_int_eq(gf_node_step(gf_tanh(n.V)), 0);
    gf_graph_clear_status(n.g);
    n.x[3] = gf_input(n.g, "short", 1, INPUTS);
    stack = stack_of(&n, 1, 2, 0);
    ck_assert_int_eq(gf_unroll(n.h, n.x, T, &stack), GF_ERROR_SHAPE);
    assert_failed(n.g, GF_ERROR_SHAPE,
                  "lstm: low.h[3], the state h, is 2 x 4: low needs 1 x 4, an example a row (step 4)");
    gf_graph_free(n.g);
}
END_TEST

START_TEST(a_loss_needs_its_parts)
{
    network n = unrolled(1, 1, 0);
    ck_assert(gf_node_is_bad(gf_unroll_loss(n.h, n.y, 0, n.V, n.d, gf_mse)));
    assert_failed(n.g, GF_ERROR_ARGUMENT, "unroll_loss: 0 outputs: there must be at least one");
    gf_graph_clear_status(n.g);
    gf_unroll_loss(NULL, n.y, T, n.V, n.d, gf_mse);
    assert_failed(n.g, GF_ERROR_ARGUMENT, "unroll_loss: h is NULL");
    gf_graph_clear_status(n.g);
    gf_unroll_loss(n.h, NULL, T, n.V, n.d, gf_mse);
    assert_failed(n.g, GF_ERROR_ARGUMENT, "unroll_loss: y is NULL");
    gf_graph_clear_status(n.g);
    gf_unroll_loss(n.h, n.y, T, n.V, n.d, NULL);
    assert_failed(n.g, GF_ERROR_ARGUMENT, "unroll_loss: the loss rule is NULL");
    gf_graph_clear_status(n.g);
    ck_assert(gf_node_is_bad(gf_unroll_loss(n.h, n.y, T, NULL, n.d, gf_mse)));
    assert_failed(n.g, GF_ERROR_ARGUMENT, "matmul: operand 1 is NULL (step 1)");
    gf_graph_clear_status(n.g);
    ck_assert(gf_node_is_bad(gf_unroll_loss(n.h, n.x, T, n.V, n.d, gf_mse)));
    ck_assert_int_eq(gf_graph_status(n.g), GF_ERROR_SHAPE);
    ck_assert(gf_node_is_bad(gf_unroll_loss(NULL, NULL, 1, NULL, NULL, gf_mse)));
    gf_graph_free(n.g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {an_unrolling_is_what_loops_give,
                            no_gradient_passes_a_cut,
                            cuts_change_gradients_and_no_value,
                            start_states_get_gradients_through_cuts,
                            two_directions_stand_side_by_side,
                            the_loss_is_the_sum_over_its_steps,
                            a_loss_at_the_end_alone,
                            after_a_rewind_another_length_fits,
                            a_mask_ends_each_sequence_at_its_own_step,
                            the_gradients_of_a_masked_end_are_those_of_its_own_length,
                            pieces_that_are_carried_on_are_a_cut_sequence,
                            what_cannot_be_carried_is_refused,
                            what_cannot_be_unrolled_is_refused,
                            shapes_that_do_not_fit_are_refused,
                            a_loss_needs_its_parts};
    return RUN_TESTS("unroll", tests);
}
