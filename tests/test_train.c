/* Optimizers: against PyTorch's numbers (tests/pytorch/train/updates.txt), and what they refuse. */
#include "support.h"

#include <stdio.h>

#include <gradflow/model.h>
#include <gradflow/train.h>

enum { ROWS = 6, IN = 2, OUT = 3, UPDATES = 15 };

/* --- the network that the numbers are of: mse(tanh(X @ W), Y) ------------------------------------ */

static void read_matrix(FILE *file, const char *name, gf_matrix *out, int rows, int cols)
{
    char found[48];
    int r, c;
    ck_assert_int_eq(fscanf(file, " matrix %47s %d %d", found, &r, &c), 3);
    ck_assert_str_eq(found, name);
    ck_assert(r == rows && c == cols && !gf_matrix_new(out, rows, cols));
    for (int k = 0; k < rows * cols; k++)
        ck_assert_int_eq(fscanf(file, "%lf", &out->data[k]), 1);
}

static FILE *open_numbers(gf_matrix *X, gf_matrix *Y, gf_matrix *W)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/pytorch/train/updates.txt", getenv("GF_TESTS"));
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s cannot be read", path);
    read_matrix(file, "X", X, ROWS, IN);
    read_matrix(file, "Y", Y, ROWS, OUT);
    read_matrix(file, "W", W, IN, OUT);
    return file;
}

typedef struct network {
    gf_graph *g;
    gf_node *X, *Y, *W, *loss;
} network;

static network network_new(int rows)
{
    network n = {.g = gf_graph_new()};
    n.X = gf_input(n.g, "X", rows, IN);
    n.Y = gf_given(n.g, "Y", rows, OUT);
    n.W = gf_param(n.g, "W", IN, OUT);
    n.loss = gf_mse(gf_tanh(gf_matmul(n.X, n.W)), n.Y);
    return n;
}

static network network_of(gf_matrix *X, gf_matrix *Y, gf_matrix *W)
{
    network n = network_new(ROWS);
    ck_assert(!gf_set(n.X, X) && !gf_set(n.Y, Y) && !gf_set(n.W, W));
    return n;
}

/* In the order of the file. */
static const struct {
    const char *name;
    gf_optimizer_options options;
} cases[] = {
    {"sgd", {.rule = "sgd", .rate = 0.1}},
    {"momentum", {.rule = "momentum", .rate = 0.1}},
    {"nesterov", {.rule = "nesterov", .rate = 0.1, .momentum = 0.8}},
    {"rmsprop", {.rule = "rmsprop"}},
    {"adam", {.rule = NULL, .rate = 0.05}},
    {"adamw", {.rule = "adamw", .rate = 0.05}},
    {"sgd_l2", {.rule = "sgd", .rate = 0.1, .l2 = 0.2}},
    {"adam_l2", {.rule = "adam", .rate = 0.05, .beta1 = 0.8, .beta2 = 0.95, .epsilon = 1e-3, .l2 = 0.2}},
    {"adamw_decay", {.rule = "adamw", .rate = 0.05, .decay = 0.3}},
    {"clip_norm", {.rule = "sgd", .rate = 0.1, .clip_norm = 0.1}},
    {"clip_value", {.rule = "sgd", .rate = 0.1, .clip_value = 0.02}},
    {"step", {.rule = "sgd", .rate = 0.1, .schedule = GF_RATE_STEP, .factor = 0.5, .every = 4}},
    {"cosine", {.rule = "sgd", .rate = 0.1, .schedule = GF_RATE_COSINE, .every = 15}},
};

enum { CASES = sizeof cases / sizeof *cases };

static gf_optimizer *optimizer_of(gf_graph *g, gf_optimizer_options options)
{
    gf_optimizer *o;
    options.size = sizeof options;
    ck_assert_msg(!gf_optimizer_new(&o, g, &options), "%s", gf_graph_message(g));
    return o;
}

static void update(network *n, gf_optimizer *o)
{
    ck_assert(!gf_backward(n->loss, 0) && !gf_optimizer_step(o));
}

START_TEST(updates_are_those_of_pytorch)
{
    gf_matrix X, Y, W, rows;
    FILE *file = open_numbers(&X, &Y, &W);
    for (int c = 0; c < CASES; c++) {
        read_matrix(file, cases[c].name, &rows, UPDATES, IN * OUT);
        network n = network_of(&X, &Y, &W);
        gf_optimizer *o = optimizer_of(n.g, cases[c].options);
        for (int k = 0; k < UPDATES; k++) {
            update(&n, o);
            for (int e = 0; e < IN * OUT; e++)
                ck_assert_msg(near(gf_value(n.W)->data[e], gf_matrix_at(&rows, k, e), 1e-12),
                              "%s, update %d, entry %d: %.17g, not %.17g", cases[c].name, k + 1, e,
                              gf_value(n.W)->data[e], gf_matrix_at(&rows, k, e));
        }
        ck_assert_int_eq(gf_optimizer_updates(o), UPDATES);
        gf_optimizer_free(o);
        gf_graph_free(n.g);
        gf_matrix_free(&rows);
    }
    gf_matrix_free(&X), gf_matrix_free(&Y), gf_matrix_free(&W);
    fclose(file);
}
END_TEST

START_TEST(gathered_parts_equal_the_large_batch)
{
    gf_matrix X, Y, W;
    fclose(open_numbers(&X, &Y, &W));
    network whole = network_of(&X, &Y, &W), part = network_new(ROWS / 3);
    gf_set(part.W, &W);
    gf_optimizer *all = optimizer_of(whole.g, (gf_optimizer_options){.rate = 0.05, .clip_norm = 0.1});
    gf_optimizer *sum = optimizer_of(part.g, (gf_optimizer_options){.rate = 0.05, .clip_norm = 0.1});
    for (int k = 0; k < UPDATES; k++) {
        update(&whole, all);
        for (int p = 0; p < 3; p++) {
            gf_matrix x = gf_matrix_over(X.data + p * ROWS / 3 * IN, ROWS / 3, IN);
            gf_matrix y = gf_matrix_over(Y.data + p * ROWS / 3 * OUT, ROWS / 3, OUT);
            ck_assert(!gf_set(part.X, &x) && !gf_set(part.Y, &y) && !gf_backward(part.loss, 0));
            ck_assert(!gf_optimizer_gather(sum));
        }
        ck_assert(!gf_optimizer_step(sum));
        assert_near(gf_optimizer_norm(sum), gf_optimizer_norm(all), 1e-12);
        assert_close(gf_value(part.W), gf_value(whole.W), 1e-12);
    }
    gf_optimizer_free(all), gf_optimizer_free(sum);
    gf_graph_free(whole.g), gf_graph_free(part.g);
    gf_matrix_free(&X), gf_matrix_free(&Y), gf_matrix_free(&W);
}
END_TEST

START_TEST(a_step_is_undone_once)
{
    network n = network_new(1);
    gf_set_scalar(n.X, 1);
    gf_set_scalar(n.W, 0.5);
    gf_optimizer *o = optimizer_of(n.g, (gf_optimizer_options){.rule = "sgd", .rate = 1});
    double before = gf_scalar(gf_value(n.loss));
    ck_assert_int_eq(gf_optimizer_undo(o), GF_OK);
    update(&n, o);
    ck_assert(gf_scalar(gf_value(n.loss)) < before);
    ck_assert_int_eq(gf_optimizer_undo(o), GF_OK);
    ck_assert(gf_scalar(gf_value(n.loss)) == before && gf_matrix_at(gf_value(n.W), 0, 0) == 0.5);
    gf_optimizer_free(o);
    gf_graph_free(n.g);
}
END_TEST

START_TEST(what_is_not_finite_changes_nothing)
{
    network n = network_new(1);
    gf_set_scalar(n.X, 1);
    gf_set_scalar(n.W, 0.5);
    gf_set_scalar(n.Y, NAN);
    gf_optimizer *o = optimizer_of(n.g, (gf_optimizer_options){.rule = "sgd"});
    gf_backward(n.loss, 0);
    ck_assert_int_eq(gf_optimizer_step(o), GF_ERROR_FINITE);
    ck_assert(gf_graph_status(n.g) == GF_OK && gf_optimizer_nonfinite(o) == n.W);
    ck_assert(gf_matrix_at(gf_value(n.W), 0, 0) == 0.5 && gf_optimizer_updates(o) == 0);
    gf_set_scalar(n.Y, 0);
    update(&n, o); /* what was gathered is forgotten */
    ck_assert(gf_graph_status(n.g) == GF_OK && !gf_optimizer_nonfinite(o) && !gf_optimizer_nonfinite(NULL));
    gf_backward(n.loss, 0);
    gf_optimizer_gather(o);
    gf_set_scalar(n.Y, INFINITY);
    gf_backward(n.loss, 0);
    gf_optimizer_gather(o); /* the mean of both is not finite either */
    ck_assert(gf_optimizer_step(o) == GF_ERROR_FINITE && gf_optimizer_updates(o) == 1);
    gf_optimizer_free(o);
    gf_graph_free(n.g);
}
END_TEST

static void assert_refused(gf_optimizer_options options, const char *message)
{
    network n = network_new(1);
    gf_optimizer *o = (gf_optimizer *)&n;
    options.size = sizeof options;
    ck_assert_int_eq(gf_optimizer_new(&o, n.g, &options), GF_ERROR_ARGUMENT);
    ck_assert_ptr_null(o);
    assert_failed(n.g, GF_ERROR_ARGUMENT, message);
    gf_graph_free(n.g);
}

START_TEST(what_makes_no_sense_is_refused)
{
    assert_refused((gf_optimizer_options){.rule = "adm"}, "optimizer: there is no rule 'adm'");
    assert_refused((gf_optimizer_options){.rate = -1}, "optimizer: rate is -1, but must be 0 or more, and finite");
    assert_refused((gf_optimizer_options){.beta1 = 1}, "optimizer: beta1 is 1, but must be 0 or more, and below 1");
    assert_refused((gf_optimizer_options){.clip_norm = NAN},
                   "optimizer: clip_norm is nan, but must be 0 or more, and finite");
    assert_refused((gf_optimizer_options){.schedule = GF_RATE_STEP},
                   "optimizer: every is 0, but a schedule wants a number of updates, at least 1");
    assert_refused((gf_optimizer_options){.schedule = (gf_rate_schedule)7}, "optimizer: there is no schedule 7");
    gf_optimizer *o;
    gf_graph *g = gf_graph_new();
    ck_assert_int_eq(gf_optimizer_new(&o, g, NULL), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "optimizer: the graph has no parameters");
    gf_graph_free(g);
    ck_assert_int_eq(gf_optimizer_new(&o, NULL, NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_optimizer_step(NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_optimizer_gather(NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_optimizer_undo(NULL), GF_ERROR_ARGUMENT);
    ck_assert(isnan(gf_optimizer_rate(NULL)) && isnan(gf_optimizer_norm(NULL)) && !gf_optimizer_updates(NULL));
    gf_optimizer_free(NULL);
}
END_TEST

START_TEST(a_step_wants_a_backward_and_living_parameters)
{
    network n = network_new(1);
    gf_optimizer *o = optimizer_of(n.g, (gf_optimizer_options){.schedule = GF_RATE_CONSTANT, .decay = -1});
    ck_assert_int_eq(gf_optimizer_step(o), GF_ERROR_NOT_RUN);
    gf_graph_clear_status(n.g);
    gf_graph_rewind(n.g, 0);
    ck_assert_int_eq(gf_optimizer_step(o), GF_ERROR_ARGUMENT);
    assert_failed(n.g, GF_ERROR_ARGUMENT, "optimizer: W was dropped by gf_graph_rewind");
    gf_optimizer_free(o);
    gf_graph_free(n.g);
}
END_TEST

/* Each rule's function is of as many states as its row says: it is called with no more. */
START_TEST(every_rule_has_a_row)
{
    const gf_update_rule *rule;
    gf_update u = {.rate = 1, .momentum = 0.5, .beta1 = 0.5, .beta2 = 0.5, .epsilon = 1, .correct1 = 1, .correct2 = 1};
    for (size_t k = 0; (rule = gf_update_rule_at(k)); k++) {
        double p = 1, g = 1, m = 0, v = 0;
        ck_assert(rule->size == sizeof *rule && *rule->text && *rule->source && rule->rate > 0 && rule->decay >= 0);
        ck_assert_ptr_eq(gf_update_rule_find(rule->name), rule);
        rule->apply(&u, 1, &p, &g, rule->states > 0 ? &m : NULL, rule->states > 1 ? &v : NULL);
        ck_assert(p < 1);
    }
    ck_assert_ptr_null(gf_update_rule_find(NULL));
}
END_TEST

/* --- models ---------------------------------------------------------------------------------------- */

START_TEST(a_model_is_drawn_anew_and_loaded)
{
    gf_model *m;
    size_t count;
    ck_assert(
        !gf_model_parse(&m, "input x : 1 x 2\ngiven y : 1 x 2 = 3\nparam W : 1 x 2\nloss mse(W * x, y)\n", "m.gf"));
    ck_assert(!gf_model_examples(&count, m) && count == 1 && !gf_model_example(m, 0));
    double first = gf_matrix_at(gf_model_value(m, "x", 0), 0, 0),
           weight = gf_matrix_at(gf_model_value(m, "W", 0), 0, 0);
    ck_assert(!gf_model_redraw(m));
    double second = gf_matrix_at(gf_model_value(m, "x", 0), 0, 0);
    ck_assert(!gf_model_redraw(m));
    ck_assert(first != second && second != gf_matrix_at(gf_model_value(m, "x", 0), 0, 0));
    ck_assert(gf_matrix_at(gf_model_value(m, "y", 0), 0, 0) == 3);
    ck_assert(gf_matrix_at(gf_model_value(m, "W", 0), 0, 0) == weight);
    ck_assert(!gf_model_set(m, "seed", 0) && !gf_model_redraw(m)); /* the same draws again */
    ck_assert(gf_matrix_at(gf_model_value(m, "x", 0), 0, 0) == second);
    ck_assert(!gf_model_load(m, "/nowhere") && gf_model_unroll(m) == GF_ERROR_READ);
    ck_assert(strstr(gf_model_message(m), "/nowhere/W.csv: No such file or directory"));
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {updates_are_those_of_pytorch,   gathered_parts_equal_the_large_batch,
                            a_step_is_undone_once,          what_is_not_finite_changes_nothing,
                            what_makes_no_sense_is_refused, a_step_wants_a_backward_and_living_parameters,
                            every_rule_has_a_row,           a_model_is_drawn_anew_and_loaded};
    return RUN_TESTS("train", tests);
}
