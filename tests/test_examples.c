/* The examples of the public headers, word for word (tests/scripts/check-quotes): they compile, and do what is said. */
#include "support.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <gradflow/gradflow.h>

/* What stands in a header keeps its layout. */
/* clang-format off */

/* --- what runs inside a folder of its own ----------------------------------------------------------------------- */

static char folder[] = "/tmp/gradflow-examples-......";
static int home, output;

/* There is the LSTM's model file; what is printed goes into `said`. */
static void enter(void)
{
    home = open(".", O_RDONLY);
    output = dup(STDOUT_FILENO);
    memset(strrchr(folder, '-') + 1, 'X', 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    FILE *file = fopen("lstm.gf", "w");
    fputs(gf_template_find("lstm")->text, file);
    fclose(file);
    fflush(stdout);
    int into = open("said", O_CREAT | O_WRONLY, 0600);
    ck_assert(dup2(into, STDOUT_FILENO) >= 0);
    close(into);
}

/* Does what was printed have that text? */
static bool said(const char *wanted)
{
    static char text[1 << 16];
    fflush(stdout);
    FILE *file = fopen("said", "r");
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return strstr(text, wanted);
}

static void leave(void)
{
    static const char *const files[] = {"lstm.gf", "rnn.svg", "said"};
    dup2(output, STDOUT_FILENO);
    close(output);
    for (int k = 0; k < 3; k++)
        remove(files[k]);
    ck_assert_int_eq(rmdir(folder), 0);
    ck_assert_int_eq(fchdir(home), 0);
    close(home);
}

/* --- matrices and graphs ------------------------------------------------------------------------------------------ */

START_TEST(matrix_over_numbers)
{
    double numbers[] = {1, 2, 3, 4, 5, 6};
    gf_matrix m = gf_matrix_over(numbers, 2, 3);
    assert_matrix(&m, 2, 3, 1, 2, 3, 4, 5, 6);
}
END_TEST

START_TEST(graph)
{
    enter();
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 1, 1), *x = gf_input(g, "x", 1, 1);
    gf_set_scalar(w, 0.5);
    gf_set_scalar(x, 2.0);
    gf_node *loss = gf_named(gf_tanh(gf_mul(w, x)), "loss");
    gf_backward(loss, GF_RECORD_EDGES);
    printf("d loss / d w = %g\n", gf_scalar(gf_gradient(w)));
    if (gf_graph_status(g))
        fprintf(stderr, "%s\n", gf_graph_message(g));
    gf_graph_free(g);
    ck_assert(said("d loss / d w = 0.839949\n")); /* 2 (1 - tanh(1)^2) */
    leave();
}
END_TEST

START_TEST(scopes)
{
    gf_graph *g = gf_graph_new();
    gf_graph_scope(g, "encoder");
    const char *scope = gf_graph_present_scope(g);
    gf_graph_scope(g, "attention");
    gf_node *inside = gf_param(g, "W", 1, 1);
    gf_graph_scope(g, scope);
    gf_node *outside = gf_param(g, "W", 1, 1);
    ck_assert_str_eq(gf_node_scope(inside), "attention");
    ck_assert_str_eq(gf_node_scope(outside), "encoder");
    gf_graph_free(g);
}
END_TEST

START_TEST(comparison)
{
    enter();
    gf_graph *g = gf_graph_new();
    gf_node *U = gf_param(g, "U", 1, 2);
    gf_backward(gf_sum(gf_scale(U, 3)), 0);
    gf_matrix dU_by_hand = gf_matrix_over((double[]){3, 3}, 1, 2);
    gf_comparison c;
    gf_compare(&c, gf_gradient(U), &dU_by_hand);
    puts(c.text);
    ck_assert(said("match, "));
    gf_graph_free(g);
    leave();
}
END_TEST

START_TEST(picture)
{
    enter();
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 1, 1), *loss = gf_mul(w, w);
    gf_backward(loss, GF_RECORD_EDGES);
    gf_draw(g, "rnn.svg", NULL);
    ck_assert_int_eq(gf_graph_status(g), GF_OK);
    ck_assert_int_eq(access("rnn.svg", R_OK), 0);
    gf_graph_free(g);
    leave();
}
END_TEST

/* --- operations -------------------------------------------------------------------------------------------------- */

START_TEST(attributes)
{
    gf_graph *g = gf_graph_new();
    gf_node *a = gf_param(g, "a", 1, 1), *y;
    const gf_operation *op = gf_operation_find("pow");
    gf_set_scalar(a, 3);
    y =
        gf_apply(op, &a, 1, &(gf_attributes){.size = sizeof(gf_attributes), .p = 2});
    ck_assert_double_eq(gf_scalar(gf_value(y)), 9);
    gf_graph_free(g);
}
END_TEST

static void forward(gf_matrix *y, const gf_call *c)
{
    for (size_t k = 0; k < gf_matrix_size(y); k++)
        y->data[k] = exp(-c->in[0]->data[k] * c->in[0]->data[k]);
}

static void vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *c, int slot)
{
    ck_assert_int_eq(slot, 0);
    for (size_t k = 0; k < gf_matrix_size(out); k++)
        gf_put(&out->data[k], beta, -2 * G->data[k] * c->in[0]->data[k] * c->y->data[k]);
}

START_TEST(own_operation)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1);
    static const gf_operation bell = {
        .size = sizeof(gf_operation), .name = "bell", .arity = 1, .forward = forward,
        .vjp = {vjp}, .formula = {"-2 * G * a * y"},
        .text = "exp(-a * a)", .doc = "e^(-a^2), element by element."};
    gf_node *y = gf_apply(&bell, (gf_node *[]){x}, 1, NULL);
    assert_near(gf_scalar(gf_value(y)), 1, 1e-15);
    gf_check check;
    ck_assert_int_eq(gf_operation_check(&check, &bell, NULL, 1, NULL), GF_OK);
    ck_assert_msg(check.worst.match, "%s", check.worst.text);
    gf_graph_free(g);
}
END_TEST

/* --- cells ------------------------------------------------------------------------------------------------------- */

    enum { U, W, b };
    static gf_state leaky_step(const gf_cell *cell, gf_node *x, gf_state before)
    {
        gf_node *const *p = gf_cell_params(cell);
        gf_node *a = gf_add(gf_add(gf_matmul(x, p[U]), gf_matmul(before.h, p[W])), p[b]);
        gf_node *n = gf_named(gf_tanh(gf_named(a, "a")), "n");
        gf_node *h = gf_add(gf_scale(before.h, 0.9), gf_scale(n, 0.1));
        return (gf_state){.h = gf_named(h, "h")};
    }
    static const gf_cell_kind leaky = {
        .size = sizeof(gf_cell_kind), .name = "leaky", .states = 1, .step = leaky_step,
        .params = {{"U", GF_INPUTS_BY_HIDDEN}, {"W", GF_HIDDEN_BY_HIDDEN}, {"b", GF_ONE_BY_HIDDEN}}};

START_TEST(own_cell)
{
    gf_graph *g = gf_graph_new();
    gf_cell *cell = gf_cell_new(g, &leaky, "slow", 1, 1);
    gf_set_scalar(gf_cell_params(cell)[b], 1);
    gf_state after = gf_cell_step(cell, gf_ones(g, "x", 1, 1), gf_cell_zeros(cell, 1, 0));
    assert_near(gf_scalar(gf_value(after.h)), 0.1 * tanh(1), 1e-15);
    gf_graph_free(g);
}
END_TEST

enum { T = 3 };

START_TEST(steps_of_a_cell)
{
    gf_graph *g = gf_graph_new();
    gf_cell *lstm = gf_lstm(g, "", 2, 3);
    gf_node *x[T];
    for (int t = 1; t <= T; t++)
        x[t - 1] = gf_ones(g, "x", 1, 2);
    gf_state s = gf_cell_zeros(lstm, 1, 0);
    for (int t = 1; t <= T; t++) {
        gf_graph_step(g, t);
        s = gf_cell_step(lstm, x[t - 1], s);
    }
    ck_assert_ptr_eq(gf_cell_find(lstm, "h", T), s.h);
    ck_assert_int_eq(gf_graph_status(g), GF_OK);
    gf_graph_free(g);
}
END_TEST

START_TEST(layers_of_cells)
{
    gf_graph *g = gf_graph_new();
    gf_node *x[T], *h[T];
    for (int t = 1; t <= T; t++)
        x[t - 1] = gf_ones(g, "x", 1, 3);
    gf_cell *layers[] = {gf_lstm(g, "low", 3, 5), gf_lstm(g, "high", 5, 4)};
    gf_stack stack = {.size = sizeof stack, .forward = layers, .layers = 2};
    gf_status status = gf_unroll(h, x, T, &stack);
    ck_assert_int_eq(status, GF_OK);
    ck_assert_ptr_eq(gf_cell_find(layers[1], "h", T), h[T - 1]);
    gf_graph_free(g);
}
END_TEST

/* --- models ------------------------------------------------------------------------------------------------------ */

START_TEST(model)
{
    enter();
    gf_model *m;
    if (gf_model_read(&m, "lstm.gf") == GF_OK && gf_model_set(m, "T", 20) == GF_OK &&
        gf_model_unroll(m) == GF_OK) {
        gf_matrix_print(gf_model_value(m, "h", 20), stdout);
        gf_matrix_print(gf_model_gradient(m, "Wf", 0), stdout);
    } else {
        fputs(gf_model_message(m), stderr);
    }
    gf_model_free(m);
    ck_assert(said(".") && !said("none"));
    leave();
}
END_TEST

START_TEST(derivation)
{
    enter();
    gf_model *m;
    char *text;
    gf_derivation_options options = {.size = sizeof options, .format = GF_DERIVATION_GF};
    if (gf_model_read(&m, "lstm.gf") == GF_OK && gf_derivation(&text, m, &options) == GF_OK) {
        puts(text);
        free(text);
    } else {
        fputs(gf_model_message(m), stderr);
    }
    gf_model_free(m);
    ck_assert(said("softmax(z[t]) - y[t]"));
    leave();
}
END_TEST

START_TEST(values)
{
    enter();
    gf_model *m;
    char *text;
    const char *wanted[] = {"norm(h[t])", "norm(grad(h[t]))"};
    if (gf_model_read(&m, "lstm.gf") == GF_OK &&
        gf_model_values(&text, NULL, m, wanted, 2, NULL) == GF_OK) {
        fputs(text, stdout);
        free(text);
    } else {
        fputs(gf_model_message(m), stderr);
    }
    gf_model_free(m);
    ck_assert(said("t   norm(h[t])   norm(grad(h[t]))\n1 "));
    leave();
}
END_TEST

START_TEST(flow)
{
    enter();
    gf_model *m;
    char *text;
    gf_flow_options options = {.size = sizeof options, .format = GF_FLOW_CHARACTERS, .of = "h"};
    if (gf_model_read(&m, "lstm.gf") == GF_OK && gf_flow_text(&text, NULL, &m, 1, &options) == GF_OK) {
        fputs(text, stdout);
        free(text);
    } else {
        fputs(gf_model_message(m), stderr);
    }
    gf_model_free(m);
    ck_assert(said("size of d L[k] / d h[t], T = 5"));
    leave();
}
END_TEST

START_TEST(explanation)
{
    enter();
    gf_model *m;
    char *text;
    gf_explanation_options options = {.size = sizeof options, .of = "c[2]"};
    if (gf_model_read(&m, "lstm.gf") == GF_OK && gf_explanation(&text, m, &options) == GF_OK) {
        puts(text);
        free(text);
    } else {
        fputs(gf_model_message(m), stderr);
    }
    gf_model_free(m);
    ck_assert(said("What arrives: dc[2]"));
    leave();
}
END_TEST

START_TEST(template)
{
    enter();
    const gf_template *lstm = gf_template_find("lstm");
    gf_model *m;
    if (gf_model_parse(&m, lstm->text, "lstm.gf") == GF_OK)
        gf_matrix_print(gf_model_gradient(m, "Wf", 0), stdout);
    gf_model_free(m);
    ck_assert(said(".") && !said("none"));
    leave();
}
END_TEST

static gf_model *lstm_model(void)
{
    gf_model *m;
    ck_assert_int_eq(gf_model_parse(&m, gf_template_find("lstm")->text, "lstm.gf"), GF_OK);
    return m;
}

START_TEST(claims)
{
    enter();
    gf_model *m = lstm_model();
    gf_report *report;
    if (gf_model_claims(&report, m, NULL) == GF_OK)
        for (size_t k = 0; k < gf_report_count(report); k++) {
            const gf_claim *claim = gf_report_claim(report, k);
            printf("%s %s\n", claim->text, claim->verdict == GF_HOLDS ? "holds" : "does not hold");
        }
    gf_report_free(report);
    gf_model_free(m);
    ck_assert(said(" holds\n") && !said("does not hold"));
    leave();
}
END_TEST

START_TEST(causes)
{
    enter();
    gf_model *m;
    gf_report *report;
    gf_model_parse(&m, "param a : 1 x 1\nloss a\nlet da = da + 1\nclaim grad(a) = da\n", "test.gf");
    gf_model_claims(&report, m, NULL);
    for (size_t k = 0; k < gf_report_cause_count(report); k++) {
        const gf_cause *cause = gf_report_cause(report, k);
        printf("%s, line %d: what fails because of it: %zu\n", cause->of, cause->line, cause->claim_count);
    }
    gf_report_free(report);
    gf_model_free(m);
    ck_assert(said("da, line 3: what fails because of it: 1\n"));
    leave();
}
END_TEST

START_TEST(report_as_text)
{
    enter();
    gf_model *m = lstm_model();
    gf_report *report;
    char *text;
    gf_model_claims(&report, m, NULL);
    if (gf_reports_write(&text, (const gf_report *[]){report}, 1, GF_REPORT_TEXT, 0) == GF_OK)
        fputs(text, stdout);
    free(text);
    gf_report_free(report);
    gf_model_free(m);
    ck_assert(said(" hold, 0 fail, 0 errors\n"));
    leave();
}
END_TEST

START_TEST(training)
{
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 1, 1), *b = gf_param(g, "b", 1, 1), *x = gf_input(g, "x", 1, 1);
    gf_node *loss = gf_mse(gf_add(gf_mul(w, x), b), gf_add_scalar(gf_scale(x, 3), 1));
    gf_optimizer *o;
    gf_optimizer_options options = {.size = sizeof options, .rule = "adam", .rate = 0.01, .clip_norm = 1};
    if (gf_optimizer_new(&o, g, &options) == GF_OK)
        for (int k = 0; k < 500; k++)
            if (gf_set_scalar(x, k % 2) || gf_backward(loss, 0) || gf_optimizer_step(o))
                break;
    gf_optimizer_free(o);
    assert_near(gf_scalar(gf_value(w)), 3, 0.2);
    assert_near(gf_scalar(gf_value(b)), 1, 0.2);
    gf_graph_free(g);
}
END_TEST

START_TEST(past)
{
    gf_history *h;
    char *picture;
    gf_values_options options = {.size = sizeof options, .format = GF_VALUES_SVG};
    if (gf_history_new(&h, "a line through two points") == GF_OK && gf_history_add(h, "loss", "training") == GF_OK) {
        for (int k = 0; k < 100; k++)
            gf_history_row(h, (double[]){exp(-0.1 * k)});
        if (gf_history_text(&picture, NULL, h, "loss", &options) == GF_OK)
            free(picture);
    }
    gf_history_free(h);
}
END_TEST

START_TEST(dropout)
{
    enum { B = 2, H = 50 };
    gf_graph *g = gf_graph_new();
    gf_node *h = gf_ones(g, "h", B, H);
    gf_node *mask = gf_given(g, "mask", B, H), *kept = gf_mul(h, mask);
    ck_assert(!gf_scalar(gf_value(gf_sum(kept))));
    gf_init_dropout(mask, 0.5);
    ck_assert(gf_matrix_max(gf_value(kept)) == 2 && gf_scalar(gf_value(gf_sum(kept))) < 150);
    gf_init_constant(mask, 1);
    ck_assert(gf_scalar(gf_value(gf_sum(kept))) == 100);
    gf_graph_free(g);
}
END_TEST

/* One piece of two numbers, whose sequence is said to be the next one. */
START_TEST(pieces_of_a_sequence)
{
    enum { T = 2 };
    double numbers[] = {0.5, -1};
    gf_graph *g = gf_graph_new();
    gf_cell *lstm = gf_lstm(g, "lstm", 1, 3);
    gf_node *x[] = {gf_input(g, "x", 1, 1), gf_input(g, "x", 1, 1)}, *h[T];
    gf_matrix X = gf_matrix_over(numbers, 1, T);
    gf_batches *b;
    gf_optimizer *o;
    ck_assert(!gf_cell_init(lstm) && !gf_batches_new(&b, 1, 1, 0) && !gf_optimizer_new(&o, g, NULL));
    gf_batches_next(b);
    gf_state start = gf_cell_given(lstm, 1, 0), end;
    gf_stack stack = {.size = sizeof stack, .forward = &lstm, .layers = 1, .start = &start, .end = &end};
    gf_unroll(h, x, T, &stack);
    gf_node *loss = gf_sum(h[T - 1]);
    for (int piece = 0; piece < 10; piece++)
        if (gf_batch_set(x, T, &X, b) || gf_backward(loss, 0) || gf_optimizer_step(o) ||
            gf_state_carry(&start, &end, 1))
            break;
    ck_assert(gf_optimizer_updates(o) == 10 && gf_matrix_norm(gf_value(start.c)) > 0 && !gf_graph_status(g));
    gf_optimizer_free(o);
    gf_batches_free(b);
    gf_graph_free(g);
}
END_TEST

static int learn(gf_optimizer *o, gf_node *loss, gf_node *x, gf_node *y, gf_node *w, gf_matrix X, gf_matrix Y)
{
    gf_batches *train, *rest;
    if (gf_batches_new(&train, X.rows, 64, 7) || gf_batches_split(&rest, train, 0.8))
        return EXIT_FAILURE;
    for (int epoch = 1; epoch <= 20; epoch++) {
        gf_batches_shuffle(train);
        while (gf_batches_next(train))
            if (gf_batch_set(&x, 1, &X, train) || gf_batch_set(&y, 1, &Y, train) || gf_batch_weights(w, train) ||
                gf_backward(loss, 0) || gf_optimizer_step(o))
                return EXIT_FAILURE;
    }
    gf_batches_free(train), gf_batches_free(rest);
    return EXIT_SUCCESS;
}

START_TEST(batches)
{
    gf_graph *g = gf_graph_new();
    gf_node *p = gf_param(g, "p", 1, 1), *x = gf_input(g, "x", 64, 1), *y = gf_given(g, "y", 64, 1);
    gf_node *w = gf_given(g, "w", 64, 1), *error = gf_sub(gf_matmul(x, p), y);
    gf_node *loss = gf_sum(gf_mul(w, gf_mul(error, error)));
    double numbers[200];
    for (int k = 0; k < 200; k++)
        numbers[k] = k % 100 / (k < 100 ? 100.0 : 50.0);
    gf_optimizer *o;
    gf_optimizer_options options = {.size = sizeof options, .rule = "sgd", .rate = 0.1};
    ck_assert(!gf_optimizer_new(&o, g, &options));
    ck_assert(!learn(o, loss, x, y, w, gf_matrix_over(numbers, 100, 1), gf_matrix_over(numbers + 100, 100, 1)));
    assert_near(gf_scalar(gf_value(p)), 2, 0.2);
    gf_optimizer_free(o);
    gf_graph_free(g);
}
END_TEST

/* clang-format on */

int main(void)
{
    const TTest *tests[] = {matrix_over_numbers,
                            graph,
                            scopes,
                            comparison,
                            picture,
                            attributes,
                            own_operation,
                            own_cell,
                            steps_of_a_cell,
                            layers_of_cells,
                            model,
                            template,
                            derivation,
                            claims,
                            causes,
                            report_as_text,
                            values,
                            flow,
                            explanation,
                            training,
                            batches,
                            dropout,
                            pieces_of_a_sequence,
                            past};
    return RUN_TESTS("examples", tests);
}
