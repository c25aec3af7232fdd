/* Cells: their equations by hand, their names, their gradients, and what they refuse. */
#include "nets.h"

enum { T = 4, B = 2, INPUTS = 3, HIDDEN = 4, OUTPUTS = 2 };

/* One cell over T steps of B examples, a loss at each. */
typedef struct sequence {
    gf_graph *g;
    gf_cell *cell;
    gf_node *x[T], *y[T], *h[T], *V, *d, *loss;
    gf_state end;
} sequence;

static sequence make_sequence(int which, uint64_t seed)
{
    sequence s = {.g = gf_graph_new()};
    gf_seed(s.g, seed);
    s.cell = random_cell(s.g, which, "net", INPUTS, HIDDEN);
    s.V = gf_param(s.g, "V", HIDDEN, OUTPUTS);
    s.d = gf_param(s.g, "d", 1, OUTPUTS);
    gf_init_normal(s.V, 0, 1);
    random_inputs(s.g, s.x, T, "x", B, INPUTS);
    random_inputs(s.g, s.y, T, "y", B, OUTPUTS);
    gf_unroll(s.h, s.x, T, &(gf_stack){.size = sizeof(gf_stack), .forward = &s.cell, .layers = 1, .end = &s.end});
    s.loss = gf_unroll_loss(s.h, s.y, T, s.V, s.d, gf_cross_entropy);
    return s;
}

/* --- the equations, worked out by hand -------------------------------------------- */

static double at(gf_node *node, int i, int j)
{
    ck_assert_ptr_nonnull(node);
    return gf_matrix_at(gf_value(node), i, j);
}

/* Entry j of v @ M, M the parameter of that name. */
static double times(const gf_cell *cell, const double *v, int n, char letter, const char *gate, int j)
{
    char name[8];
    snprintf(name, sizeof name, "%c%s", letter, gate);
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += v[i] * at(gf_cell_find(cell, name, 0), i, j);
    return sum;
}

/* Entry j of x @ U + h @ W + b. */
static double affine(const gf_cell *cell, const double *x, const double *h, const char *gate, int j)
{
    return times(cell, x, INPUTS, 'U', gate, j) + times(cell, h, HIDDEN, 'W', gate, j) +
           times(cell, (double[]){1}, 1, 'b', gate, j);
}

static double sigmoid(double z)
{
    return 1 / (1 + exp(-z));
}

static double peep(const gf_cell *cell, int which, const double *c, const char *gate, int j)
{
    if (which == LSTM)
        return 0;
    return which == PEEPHOLE ? times(cell, &c[j], 1, 'P', gate, j) : times(cell, c, HIDDEN, 'P', gate, j);
}

/* One example, one step, by the textbook: h and c become the new ones. */
static void lstm_by_hand(const gf_cell *cell, int which, const double *x, double *h, double *c)
{
    double next_c[HIDDEN], next_h[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
        double f = sigmoid(affine(cell, x, h, "f", j) + peep(cell, which, c, "f", j));
        double i = sigmoid(affine(cell, x, h, "i", j) + peep(cell, which, c, "i", j));
        next_c[j] = f * c[j] + i * tanh(affine(cell, x, h, "g", j));
    }
    for (int j = 0; j < HIDDEN; j++)
        next_h[j] = sigmoid(affine(cell, x, h, "o", j) + peep(cell, which, next_c, "o", j)) * tanh(next_c[j]);
    memcpy(c, next_c, sizeof next_c);
    memcpy(h, next_h, sizeof next_h);
}

static void gru_by_hand(const gf_cell *cell, int which, const double *x, double *h)
{
    double r[HIDDEN], rh[HIDDEN], next[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
        r[j] = sigmoid(affine(cell, x, h, "r", j));
        rh[j] = r[j] * h[j];
    }
    for (int j = 0; j < HIDDEN; j++) {
        double z = sigmoid(affine(cell, x, h, "z", j)), one = 1, n;
        if (which == GRU_BEFORE)
            n = tanh(affine(cell, x, rh, "n", j));
        else
            n = tanh(times(cell, x, INPUTS, 'U', "n", j) + times(cell, &one, 1, 'b', "n", j) +
                     r[j] * (times(cell, h, HIDDEN, 'W', "n", j) + times(cell, &one, 1, 'd', "n", j)));
        next[j] = (1 - z) * n + z * h[j];
    }
    memcpy(h, next, sizeof next);
}

static void rnn_by_hand(const gf_cell *cell, int which, const double *x, double *h)
{
    double next[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
        double a = affine(cell, x, h, "", j);
        next[j] = which == RNN_TANH ? tanh(a) : which == RNN_RELU ? fmax(0, a) : sigmoid(a);
    }
    memcpy(h, next, sizeof next);
}

static void step_by_hand(const gf_cell *cell, int which, const double *x, double *h, double *c)
{
    if (which < LSTM)
        rnn_by_hand(cell, which, x, h);
    else if (which < GRU_BEFORE)
        lstm_by_hand(cell, which, x, h, c);
    else
        gru_by_hand(cell, which, x, h);
}

START_TEST(every_cell_follows_its_equations)
{
    for (int which = 0; which < CELLS; which++) {
        sequence s = make_sequence(which, 1);
        assert_fine(s.g);
        for (int example = 0; example < B; example++) {
            double h[HIDDEN] = {0}, c[HIDDEN] = {0};
            for (int t = 1; t <= T; t++) {
                step_by_hand(s.cell, which, gf_value(s.x[t - 1])->data + (size_t)example * INPUTS, h, c);
                for (int j = 0; j < HIDDEN; j++) {
                    assert_near(at(s.h[t - 1], example, j), h[j], 1e-14);
                    if (which >= LSTM && which < GRU_BEFORE)
                        assert_near(at(gf_cell_find(s.cell, "c", t), example, j), c[j], 1e-14);
                }
            }
        }
        gf_graph_free(s.g);
    }
}
END_TEST

/* --- names ---------------------------------------------------------------------------- */

static void check_names(const sequence *s, const char *names)
{
    char list[64], label[32], wanted[32];
    for (int t = 1; t <= T; t++) {
        strcpy(list, names);
        for (char *name = strtok(list, " "); name; name = strtok(NULL, " ")) {
            gf_node *node = gf_cell_find(s->cell, name, t);
            snprintf(wanted, sizeof wanted, "net.%s[%d]", name, t);
            ck_assert_msg(node != NULL, "there is no %s", wanted);
            ck_assert_str_eq(gf_node_label(label, sizeof label, node), wanted);
            ck_assert_int_eq(gf_node_rows(node), B);
            ck_assert_int_eq(gf_node_cols(node), HIDDEN);
        }
        ck_assert_ptr_eq(gf_cell_find(s->cell, "h", t), s->h[t - 1]);
    }
}

START_TEST(what_a_textbook_names_has_its_name)
{
    for (int which = 0; which < CELLS; which++) {
        sequence s = make_sequence(which, 1);
        check_names(&s, which < LSTM ? "a h" : which < GRU_BEFORE ? "zf zi zo zg f i o g c h" : "zr zz zn r z n h");
        ck_assert_ptr_eq(s.end.h, s.h[T - 1]);
        ck_assert_ptr_eq(s.end.c, gf_cell_find(s.cell, "c", T));
        ck_assert_ptr_nonnull(gf_cell_find(s.cell, "h[0]", 0));
        gf_graph_free(s.g);
    }
}
END_TEST

START_TEST(pre_activations_are_what_gates_squash)
{
    sequence s = make_sequence(PEEPHOLE, 1);
    static const char *const gates[] = {"f", "i", "o", "g"}, *const sums[] = {"zf", "zi", "zo", "zg"};
    for (int k = 0; k < 4; k++) {
        gf_node *gate = gf_cell_find(s.cell, gates[k], 2);
        ck_assert_ptr_eq(gf_node_operand(gate, 0), gf_cell_find(s.cell, sums[k], 2));
        ck_assert_str_eq(gf_node_operation(gate)->name, k < 3 ? "sigmoid" : "tanh");
    }
    gf_graph_free(s.g);
}
END_TEST

START_TEST(parameters_have_names_shapes_and_scope)
{
    gf_graph *g = gf_graph_new();
    gf_graph_step(g, 9); /* parameters stand outside time whatever the step */
    gf_cell *cell = gf_lstm_peephole(g, "low", 3, 4, GF_PEEPHOLE_DIAGONAL);
    gf_node *after = gf_ones(g, "after", 1, 1), *Uf = gf_cell_find(cell, "Uf", 0), *Po = gf_cell_find(cell, "Po", 0);
    ck_assert_ptr_eq(gf_cell_params(cell)[0], Uf);
    ck_assert(gf_node_is_param(Uf) && gf_node_is_param(Po));
    ck_assert_str_eq(gf_node_scope(Po), "low");
    assert_matrix(gf_value(Po), 1, 4, 0, 0, 0, 0);
    ck_assert_int_eq(gf_node_rows(Uf), 3);
    ck_assert_int_eq(gf_node_cols(Uf), 4);
    ck_assert_int_eq(gf_node_rows(gf_cell_find(cell, "Wf", 0)), 4);
    ck_assert_int_eq(gf_node_step(after), 9);
    ck_assert_str_eq(gf_node_scope(after), "");
    ck_assert_ptr_null(gf_cell_find(cell, "Uf", 1));
    ck_assert_ptr_null(gf_cell_find(cell, "after", 9)); /* another scope */
    ck_assert_ptr_null(gf_cell_find(cell, NULL, 0));
    ck_assert_ptr_null(gf_cell_find(NULL, "Uf", 0));
    gf_graph_free(g);
}
END_TEST

START_TEST(a_step_leaves_step_and_scope_as_they_were)
{
    gf_graph *g = gf_graph_new();
    gf_cell *cell = gf_gru(g, "net", 1, 1, GF_RESET_BEFORE);
    gf_graph_step(g, 3);
    gf_graph_scope(g, "mine");
    gf_state start = gf_cell_zeros(cell, 1, 0), next = gf_cell_step(cell, gf_ones(g, "x", 1, 1), start);
    gf_node *after = gf_tanh(next.h);
    ck_assert_str_eq(gf_node_scope(start.h), "net");
    ck_assert_str_eq(gf_node_name(start.h), "h[0]");
    ck_assert_int_eq(gf_node_step(start.h), 0);
    ck_assert_ptr_null(start.c);
    ck_assert_str_eq(gf_node_scope(next.h), "net");
    ck_assert_int_eq(gf_node_step(next.h), 3);
    ck_assert_str_eq(gf_node_scope(after), "mine");
    ck_assert_int_eq(gf_node_step(after), 3);
    gf_graph_free(g);
}
END_TEST

START_TEST(a_bad_cell_tells_nothing)
{
    gf_graph *g = gf_graph_new();
    gf_cell *bad = gf_lstm(g, "low", 0, 3), *const cells[] = {bad, NULL};
    for (int k = 0; k < 2; k++) {
        ck_assert(gf_cell_is_bad(cells[k]) && !gf_cell_kind_of(cells[k]) && !gf_cell_activation(cells[k]));
        ck_assert(gf_cell_inputs(cells[k]) == 0 && gf_cell_hidden(cells[k]) == 0 && !gf_cell_params(cells[k])[0]);
        ck_assert_ptr_null(gf_cell_find(cells[k], "Uf", 0));
    }
    ck_assert(gf_cell_graph(bad) == g && gf_cell_graph(NULL) != g);
    ck_assert_ptr_eq(gf_gru(g, "high", 3, 0, GF_RESET_AFTER), bad); /* a graph has one */
    gf_graph_clear_status(g);
    gf_node *x[] = {gf_ones(g, "x", 1, 2), gf_ones(g, "x", 1, 2)}, *h[2];
    gf_stack stack = {.size = sizeof stack, .forward = &bad, .layers = 1, .truncate = 1};
    ck_assert_int_eq(gf_unroll(h, x, 2, &stack), GF_ERROR_ARGUMENT);
    ck_assert(gf_node_is_bad(h[1]) && gf_node_graph(h[1]) == g);
    gf_graph_free(g);
}
END_TEST

/* --- gradients ---------------------------------------------------------------------------- */

START_TEST(every_cell_agrees_with_central_differences)
{
    for (int which = 0; which < CELLS; which++) {
        sequence s = make_sequence(which, 2);
        gf_check check;
        ck_assert_int_eq(gf_gradient_check(&check, s.loss, NULL, 0), GF_OK);
        ck_assert_msg(check.worst.match, "cell %d, %s: %s", which, gf_node_name(check.leaf), check.worst.text);
        ck_assert_int_ge(check.count, 5);
        for (int t = 0; t < T; t++) {
            ck_assert_int_eq(gf_gradient_check(&check, s.loss, s.x[t], 0), GF_OK);
            ck_assert_msg(check.worst.match, "cell %d, x[%d]: %s", which, t + 1, check.worst.text);
        }
        for (int k = 0; k < GF_CELL_PARAMS && gf_cell_params(s.cell)[k]; k++) /* every parameter matters */
            ck_assert(gf_matrix_norm(gf_gradient(gf_cell_params(s.cell)[k])) > 1e-6);
        gf_graph_free(s.g);
    }
}
END_TEST

START_TEST(replay_equals_a_fresh_build)
{
    for (int which = 0; which < CELLS; which++) {
        sequence s = make_sequence(which, 3), fresh = make_sequence(which, 4);
        gf_backward(s.loss, 0);
        size_t nodes = gf_graph_size(s.g), bytes = gf_graph_memory(s.g);
        for (size_t id = 0; id < nodes; id++)
            if (gf_node_is_param(gf_graph_node(s.g, id)) || gf_node_is_input(gf_graph_node(s.g, id)))
                gf_set(gf_graph_node(s.g, id), gf_value(gf_graph_node(fresh.g, id)));
        gf_backward(s.loss, 0);
        gf_backward(fresh.loss, 0);
        for (int k = 0; k < GF_CELL_PARAMS && gf_cell_params(s.cell)[k]; k++)
            ck_assert(same_bits(gf_gradient(gf_cell_params(s.cell)[k]), gf_gradient(gf_cell_params(fresh.cell)[k])));
        ck_assert(same_bits(gf_value(s.loss), gf_value(fresh.loss)));
        ck_assert_uint_eq(gf_graph_size(s.g), nodes);
        ck_assert_uint_eq(gf_graph_memory(s.g), bytes);
        gf_graph_free(s.g);
        gf_graph_free(fresh.g);
    }
}
END_TEST

START_TEST(the_same_seed_gives_the_same_bits)
{
    for (int which = 0; which < CELLS; which++) {
        sequence one = make_sequence(which, 5), two = make_sequence(which, 5), other = make_sequence(which, 6);
        ck_assert(same_bits(gf_value(one.loss), gf_value(two.loss)));
        ck_assert(!same_bits(gf_value(one.loss), gf_value(other.loss)));
        gf_graph_free(one.g);
        gf_graph_free(two.g);
        gf_graph_free(other.g);
    }
}
END_TEST

START_TEST(a_sensible_start)
{
    gf_graph *g = gf_graph_new();
    gf_cell *cell = gf_gru(g, "net", 3, 2, GF_RESET_AFTER);
    ck_assert_int_eq(gf_cell_init(cell), GF_OK);
    const gf_matrix *U = gf_value(gf_cell_find(cell, "Ur", 0)), *W = gf_value(gf_cell_find(cell, "Wn", 0));
    ck_assert(gf_matrix_norm(U) > 0 && gf_matrix_max(U) <= sqrt(6.0 / 5));
    assert_near(gf_matrix_at(W, 0, 0) * gf_matrix_at(W, 1, 0) + gf_matrix_at(W, 0, 1) * gf_matrix_at(W, 1, 1), 0,
                1e-14);
    assert_near(gf_matrix_norm(W), sqrt(2), 1e-14);
    assert_matrix(gf_value(gf_cell_find(cell, "dn", 0)), 1, 2, 0, 0);
    gf_graph_free(g);
}
END_TEST

/* --- a program's own kind ------------------------------------------------------------------ */

enum { U, W };

static gf_state leaky_step(const gf_cell *cell, gf_node *x, gf_state before)
{
    gf_node *n = gf_tanh(gf_add(gf_matmul(x, gf_cell_params(cell)[U]), gf_matmul(before.h, gf_cell_params(cell)[W])));
    return (gf_state){.h = gf_named(gf_add(gf_scale(before.h, 0.75), gf_scale(n, 0.25)), "h")};
}

static const gf_cell_kind leaky = {
    .size = sizeof(gf_cell_kind),
    .name = "leaky",
    .states = 1,
    .step = leaky_step,
    .params = {{"U", GF_INPUTS_BY_HIDDEN}, {"W", GF_HIDDEN_BY_HIDDEN}},
};

START_TEST(a_program_defines_its_own_kind)
{
    gf_graph *g = gf_graph_new();
    gf_cell *cell = gf_cell_new(g, &leaky, "slow", 1, 1);
    gf_node *x[2], *h[2];
    gf_set_scalar(gf_cell_params(cell)[U], 2);
    gf_set_scalar(gf_cell_params(cell)[W], -1);
    random_inputs(g, x, 2, "x", 1, 1);
    ck_assert_int_eq(gf_unroll(h, x, 2, &(gf_stack){.size = sizeof(gf_stack), .forward = &cell, .layers = 1}), GF_OK);
    double h1 = 0.25 * tanh(2 * at(x[0], 0, 0)), h2 = 0.75 * h1 + 0.25 * tanh(2 * at(x[1], 0, 0) - h1);
    assert_near(at(h[1], 0, 0), h2, 1e-15);
    ck_assert_ptr_eq(gf_cell_find(cell, "h", 2), h[1]);
    gf_graph_free(g);
}
END_TEST

/* --- what is refused --------------------------------------------------------------------------- */

static void check_refused(gf_graph *g, const gf_cell_kind *kind, gf_status status, const char *message)
{
    gf_cell *cell = gf_cell_new(g, kind, "net", 1, 1);
    assert_failed(g, status, message);
    ck_assert_ptr_null(gf_cell_kind_of(cell));
    ck_assert(gf_node_is_bad(gf_cell_params(cell)[0]));
    ck_assert(gf_node_is_bad(gf_cell_step(cell, gf_ones(g, "x", 1, 1), gf_cell_zeros(cell, 1, 0)).h));
    ck_assert_int_ne(gf_cell_init(cell), GF_OK);
    ck_assert_int_ne(gf_cell_load_pytorch(cell, NULL, NULL, NULL, NULL), GF_OK);
    ck_assert_str_eq(gf_graph_message(g), message);
    gf_graph_clear_status(g);
}

START_TEST(kinds_that_make_no_sense_are_refused)
{
    gf_graph *g = gf_graph_new();
    const char *message = "odd: a kind of cell needs a step, 1 or 2 states and a parameter";
    gf_cell_kind odd = leaky;
    check_refused(g, NULL, GF_ERROR_ARGUMENT, "cell: the kind is NULL");
    odd.name = NULL;
    check_refused(g, &odd, GF_ERROR_ARGUMENT, "cell: the kind has no name");
    odd.name = "odd";
    odd.states = 3;
    check_refused(g, &odd, GF_ERROR_ARGUMENT, message);
    odd.states = 0;
    check_refused(g, &odd, GF_ERROR_ARGUMENT, message);
    odd = (gf_cell_kind){.size = sizeof(gf_cell_kind), .name = "odd", .states = 1, .step = leaky_step};
    check_refused(g, &odd, GF_ERROR_ARGUMENT, message);
    odd = leaky;
    odd.name = "odd";
    odd.step = NULL;
    check_refused(g, &odd, GF_ERROR_ARGUMENT, message);
    gf_graph_free(g);
}
END_TEST

START_TEST(bad_sizes_are_refused)
{
    gf_graph *g = gf_graph_new();
    gf_cell *cell = gf_lstm(g, "low", 3, 0);
    assert_failed(g, GF_ERROR_SHAPE, "lstm: low has 3 inputs and 0 hidden units: there must be at least 1 of each");
    ck_assert(gf_node_is_bad(gf_cell_step(cell, gf_ones(g, "x", 1, 3), (gf_state){0}).c));
    gf_graph_clear_status(g);
    gf_gru(g, NULL, -1, 2, GF_RESET_AFTER);
    assert_failed(g, GF_ERROR_SHAPE, "gru: a cell has -1 inputs and 2 hidden units: there must be at least 1 of each");
    gf_graph_clear_status(g);
    gf_rnn(g, "low", 3, 4, NULL);
    assert_failed(g, GF_ERROR_ARGUMENT, "rnn: the activation is NULL");
    gf_graph_clear_status(g);
    gf_graph_limit(g, 100, 10);
    cell = gf_rnn(g, "large", 4, 4, gf_tanh);
    assert_failed(g, GF_ERROR_LIMIT, "U: 4 x 4 has more than 10 entries");
    ck_assert_int_eq(gf_cell_init(cell), GF_ERROR_LIMIT);
    ck_assert(gf_node_is_bad(gf_cell_step(cell, gf_ones(g, "x", 1, 4), gf_cell_zeros(cell, 1, 0)).h));
    gf_graph_free(g);
}
END_TEST

/* One step with these operands at step 2 fails, and says why. */
static void check_step(const gf_cell *cell, gf_node *x, gf_state before, const char *message)
{
    gf_graph_step(gf_cell_graph(cell), 2);
    gf_state after = gf_cell_step(cell, x, before);
    gf_graph_step(gf_cell_graph(cell), 0);
    ck_assert(gf_node_is_bad(after.h) && (gf_cell_kind_of(cell)->states == 1 ? !after.c : gf_node_is_bad(after.c)));
    ck_assert_str_eq(gf_graph_message(gf_cell_graph(cell)), message);
    gf_graph_clear_status(gf_cell_graph(cell));
}

START_TEST(operands_that_do_not_fit_are_refused)
{
    gf_graph *g = gf_graph_new(), *other = gf_graph_new();
    gf_cell *lstm = gf_lstm(g, "low", 3, 4), *rnn = gf_rnn(g, NULL, 3, 4, gf_tanh);
    gf_state start = gf_cell_zeros(lstm, 2, 0), one = gf_cell_zeros(lstm, 1, 0), none = {0};
    gf_graph_step(g, 2);
    gf_node *x = gf_input(g, "x", 2, 3), *wide = gf_input(g, "wide", 2, 5), *bad = gf_matmul(x, wide);
    gf_graph_clear_status(g);
    check_step(lstm, NULL, start, "lstm: input is NULL (step 2)");
    check_step(lstm, x, none, "lstm: state h is NULL (step 2)");
    check_step(lstm, x, (gf_state){.h = start.h}, "lstm: state c is NULL (step 2)");
    check_step(rnn, wide, start, "rnn: wide[2], the input, is 2 x 5: the cell needs 2 x 3, an example a row (step 2)");
    check_step(lstm, x, one, "lstm: low.h[0], the state h, is 1 x 4: low needs 2 x 4, an example a row (step 2)");
    check_step(lstm, x, (gf_state){start.h, one.c},
               "lstm: low.c[0], the state c, is 1 x 4: low needs 2 x 4, an example a row (step 2)");
    check_step(lstm, gf_input(other, "x", 2, 3), start, "lstm: x, the input, belongs to another graph (step 2)");
    check_step(lstm, bad, start, ""); /* reported when it was made */
    gf_cell_zeros(lstm, 0, 0);
    assert_failed(g, GF_ERROR_SHAPE, "lstm: states of 0 rows: there must be at least one example");
    ck_assert(gf_node_is_bad(gf_cell_step(NULL, x, start).h));
    ck_assert_int_eq(gf_cell_init(NULL), GF_ERROR_ARGUMENT);
    gf_graph_free(g);
    gf_graph_free(other);
}
END_TEST

START_TEST(a_cell_without_a_graph_is_harmless)
{
    gf_cell *cell = gf_rnn(NULL, "net", 2, 2, gf_tanh);
    ck_assert(gf_node_is_bad(gf_cell_params(cell)[0]));
    gf_state start = gf_cell_zeros(cell, 1, 0), after = gf_cell_step(cell, start.h, start);
    ck_assert(gf_node_is_bad(start.h) && gf_node_is_bad(after.h));
    ck_assert_int_eq(gf_cell_init(cell), GF_ERROR_MEMORY);
    ck_assert_int_eq(
        gf_unroll(&after.h, &start.h, 1, &(gf_stack){.size = sizeof(gf_stack), .forward = &cell, .layers = 1}),
        GF_ERROR_MEMORY);
    ck_assert_ptr_null(gf_cell_find(cell, "U", 0));
}
END_TEST

START_TEST(weights_that_do_not_fit_are_refused)
{
    gf_graph *g = gf_graph_new();
    gf_cell *gru = gf_gru(g, "net", 2, 3, GF_RESET_AFTER), *own = gf_gru(g, "own", 2, 3, GF_RESET_BEFORE);
    double numbers[27] = {0};
    gf_matrix ih = gf_matrix_over(numbers, 9, 2), hh = gf_matrix_over(numbers, 9, 3);
    gf_matrix row = gf_matrix_over(numbers, 1, 9), column = gf_matrix_over(numbers, 9, 1);
    ck_assert_int_eq(gf_cell_load_pytorch(gru, &ih, &hh, &row, &column), GF_OK);
    ck_assert_int_eq(gf_cell_load_pytorch(gru, NULL, &hh, &row, &row), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "load_pytorch: weight_ih is NULL");
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_cell_load_pytorch(gru, &ih, &ih, &row, &row), GF_ERROR_SHAPE);
    assert_failed(g, GF_ERROR_SHAPE,
                  "load_pytorch: weight_hh is 9 x 2: gru with 2 inputs and 3 hidden units needs 9 x 3");
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_cell_load_pytorch(gru, &ih, &hh, &hh, NULL), GF_ERROR_SHAPE);
    assert_failed(g, GF_ERROR_SHAPE,
                  "load_pytorch: bias_ih is 9 x 3: gru with 2 inputs and 3 hidden units needs 9 x 1");
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_cell_load_pytorch(own, &ih, &hh, &row, &row), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "load_pytorch: PyTorch has no cell like this gru");
    ck_assert_int_eq(gf_cell_load_pytorch(NULL, &ih, &hh, &row, &row), GF_ERROR_ARGUMENT);
    gf_graph_free(g);
}
END_TEST

/* --- kinds that are none, steps that keep to nothing -------------------------------------- */

static gf_state nothing_step(const gf_cell *cell, gf_node *x, gf_state before)
{
    (void)cell, (void)x, (void)before;
    return (gf_state){0};
}

static gf_state small_step(const gf_cell *cell, gf_node *x, gf_state before)
{
    (void)cell, (void)before;
    return (gf_state){.h = gf_sum(x)};
}

START_TEST(what_a_step_returns_is_checked)
{
    gf_graph *g = gf_graph_new();
    gf_cell_kind kind = {.size = sizeof kind, .name = "own", .states = 1, .step = nothing_step, .params = {{"U", 0}}};
    gf_node *x = gf_input(g, "x", 2, 3), *h;
    gf_cell *cell = gf_cell_new(g, &kind, "own", 3, 4);
    gf_stack stack = {.size = sizeof stack, .forward = &cell, .layers = 1};
    ck_assert_int_eq(gf_unroll(&h, &x, 1, &stack), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "own: h that its step returns is NULL (step 1)");
    ck_assert(h && gf_node_is_bad(h));
    gf_graph_clear_status(g);
    kind.step = small_step;
    ck_assert_int_eq(gf_unroll(&h, &x, 1, &stack), GF_ERROR_SHAPE);
    ck_assert_ptr_nonnull(
        strstr(gf_graph_message(g), ", the h that its step returns, is 1 x 1: own needs 2 x 4, an example a row"));
    gf_graph_clear_status(g);
    gf_node *out = gf_input(g, "out", 2, 3), *V = gf_param(g, "V", 3, 2), *d = gf_param(g, "d", 2, 2);
    ck_assert(gf_node_is_bad(gf_unroll_loss(&out, &out, 1, V, d, gf_mse)));
    assert_failed(g, GF_ERROR_SHAPE, "unroll_loss: the bias d is 2 x 2, but has one row");
    gf_graph_clear_status(g);
    kind.params[0].shape = 7;
    ck_assert(gf_cell_is_bad(gf_cell_new(g, &kind, "own", 3, 4)));
    assert_failed(g, GF_ERROR_ARGUMENT, "own: its parameter U has no gf_cell_shape");
    gf_graph_clear_status(g);
    ck_assert(gf_cell_is_bad(gf_gru(g, "net", 2, 3, 5)) && gf_cell_is_bad(gf_gru(NULL, "net", 2, 3, 5)));
    assert_failed(g, GF_ERROR_ARGUMENT, "gru: there is no form 5 of it");
    gf_graph_clear_status(g);
    ck_assert(gf_cell_is_bad(gf_lstm_peephole(g, "net", 2, 3, 2)));
    assert_failed(g, GF_ERROR_ARGUMENT, "lstm_peephole: there is no form 2 of it");
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {every_cell_follows_its_equations,
                            what_a_step_returns_is_checked,
                            what_a_textbook_names_has_its_name,
                            pre_activations_are_what_gates_squash,
                            parameters_have_names_shapes_and_scope,
                            a_step_leaves_step_and_scope_as_they_were,
                            a_bad_cell_tells_nothing,
                            every_cell_agrees_with_central_differences,
                            replay_equals_a_fresh_build,
                            the_same_seed_gives_the_same_bits,
                            a_sensible_start,
                            a_program_defines_its_own_kind,
                            kinds_that_make_no_sense_are_refused,
                            bad_sizes_are_refused,
                            operands_that_do_not_fit_are_refused,
                            a_cell_without_a_graph_is_harmless,
                            weights_that_do_not_fit_are_refused};
    return RUN_TESTS("nets", tests);
}
