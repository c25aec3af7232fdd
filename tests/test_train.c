/* Optimizers: against PyTorch's numbers (tests/pytorch/train), and what they refuse. */
#include "support.h"

#include <stdio.h>

#include <gradflow/cell.h>
#include <gradflow/data.h>
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

static FILE *open_in_tests(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", getenv("GF_TESTS"), name);
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s cannot be read", path);
    return file;
}

static FILE *open_numbers(gf_matrix *X, gf_matrix *Y, gf_matrix *W)
{
    FILE *file = open_in_tests("pytorch/train/updates.txt");
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

/* --- the regression of article 004, whose numbers regression.py wrote --------------------------------- */

enum { EXAMPLES = 1000, TRAINED = 800, BATCH = 64, HIDDEN = 10, EPOCHS = 3, CURVE = 39 };

typedef struct regression {
    gf_graph *g;
    gf_cell *lstm;
    gf_node *x, *y, *w, *V, *d, *out, *loss;
    gf_matrix data, X, Y, initial[6];
} regression;

static void read_initial(regression *r, FILE *file)
{
    read_matrix(file, "lstm.weight_ih_l0", &r->initial[0], 4 * HIDDEN, 1);
    read_matrix(file, "lstm.weight_hh_l0", &r->initial[1], 4 * HIDDEN, HIDDEN);
    read_matrix(file, "lstm.bias_ih_l0", &r->initial[2], 1, 4 * HIDDEN);
    read_matrix(file, "lstm.bias_hh_l0", &r->initial[3], 1, 4 * HIDDEN);
    read_matrix(file, "linear.weight", &r->initial[4], 1, HIDDEN);
    read_matrix(file, "linear.bias", &r->initial[5], 1, 1);
}

/* The linear layer's weights are a row of numbers there, and a column here. */
static void set_initial(regression *r)
{
    const gf_matrix *m = r->initial, V = gf_matrix_over(m[4].data, HIDDEN, 1);
    ck_assert(!gf_cell_load_pytorch(r->lstm, &m[0], &m[1], &m[2], &m[3]) && !gf_set(r->V, &V) && !gf_set(r->d, &m[5]));
}

static regression regression_new(FILE *file)
{
    regression r = {.g = gf_graph_new()};
    char path[4096];
    snprintf(path, sizeof path, "%s/../tutorials/09-training/data.csv", getenv("GF_TESTS"));
    ck_assert_msg(!gf_data_read(&r.data, path, r.g), "%s", gf_graph_message(r.g));
    r.X = gf_matrix_part(&r.data, 0, 0, EXAMPLES, 1), r.Y = gf_matrix_part(&r.data, 0, 1, EXAMPLES, 1);
    r.x = gf_input(r.g, "x", BATCH, 1), r.y = gf_given(r.g, "y", BATCH, 1), r.w = gf_given(r.g, "w", BATCH, 1);
    r.lstm = gf_lstm(r.g, "lstm", 1, HIDDEN);
    r.V = gf_param(r.g, "V", HIDDEN, 1), r.d = gf_param(r.g, "d", 1, 1);
    gf_node *h = gf_cell_step(r.lstm, r.x, gf_cell_zeros(r.lstm, BATCH, 0)).h;
    r.out = gf_add(gf_matmul(h, r.V), r.d);
    read_initial(&r, file);
    return r;
}

/* The mean over the examples of a batch; over all pairs, where B outputs meet B x 1 labels. */
static gf_node *loss_of(const regression *r, bool mistaken)
{
    gf_node *out = mistaken ? gf_transpose(r->out) : r->out, *error = gf_sub(out, r->y);
    gf_node *w = mistaken ? gf_mul(r->w, gf_transpose(r->w)) : r->w;
    return gf_sum(gf_mul(w, gf_mul(error, error)));
}

static void assert_curve(regression *r, const char *name, FILE *file)
{
    gf_matrix losses, wanted, predicted;
    gf_batches *train, *rest;
    int k = 0;
    read_matrix(file, name, &losses, 1, CURVE);
    read_matrix(file, "r2", &wanted, 1, 1);
    ck_assert(!gf_batches_new(&train, EXAMPLES, BATCH, 0) && !gf_batches_split(&rest, train, 0.8));
    ck_assert(!gf_matrix_new(&predicted, EXAMPLES, 1));
    gf_optimizer *o = optimizer_of(r->g, (gf_optimizer_options){.rate = 0.01});
    for (int epoch = 0; epoch < EPOCHS; epoch++)
        for (; gf_batches_next(train); k++) {
            ck_assert(!gf_batch_set(&r->x, 1, &r->X, train) && !gf_batch_set(&r->y, 1, &r->Y, train));
            ck_assert(!gf_batch_weights(r->w, train));
            assert_near(gf_scalar(gf_value(r->loss)), losses.data[k], 1e-12);
            ck_assert(!gf_backward(r->loss, 0) && !gf_optimizer_step(o));
        }
    while (gf_batches_next(rest))
        ck_assert(!gf_batch_set(&r->x, 1, &r->X, rest) && !gf_batch_get(&predicted, r->out, rest));
    ck_assert_int_eq(k, CURVE);
    assert_near(gf_metric_r2(&predicted, &r->Y, rest), wanted.data[0], 1e-10);
    gf_optimizer_free(o);
    gf_batches_free(train), gf_batches_free(rest);
    gf_matrix_free(&losses), gf_matrix_free(&wanted), gf_matrix_free(&predicted);
}

START_TEST(a_regression_goes_as_in_pytorch)
{
    FILE *file = open_in_tests("pytorch/train/regression.txt");
    regression r = regression_new(file);
    for (int mistaken = 0; mistaken < 2; mistaken++) {
        set_initial(&r);
        r.loss = loss_of(&r, mistaken);
        assert_curve(&r, mistaken ? "mistaken" : "meant", file);
    }
    for (int k = 0; k < 6; k++)
        gf_matrix_free(&r.initial[k]);
    gf_matrix_free(&r.data);
    gf_graph_free(r.g);
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

/* sigmoid keeps the loss finite, however large W is. */
START_TEST(what_would_be_too_large_is_taken_back)
{
    gf_graph *g = gf_graph_new();
    gf_node *W = gf_param(g, "W", 1, 1), *far = gf_param(g, "far", 1, 1),
            *loss = gf_sigmoid(gf_add(W, gf_scale(far, 0)));
    gf_set_scalar(W, 0.5);
    gf_set_scalar(far, 1e17); /* was so before: that is no fault of a step's */
    gf_optimizer *o = optimizer_of(g, (gf_optimizer_options){.rate = 1e200});
    ck_assert(!gf_backward(loss, 0));
    ck_assert_int_eq(gf_optimizer_step(o), GF_ERROR_LIMIT);
    assert_failed(g, GF_ERROR_LIMIT,
                  "optimizer: W would reach -1e+200: the step was too large, at a learning rate of 1e+200");
    ck_assert(gf_scalar(gf_value(W)) == 0.5 && gf_optimizer_updates(o) == 0);
    gf_optimizer_free(o);
    gf_graph_free(g);
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
    assert_refused((gf_optimizer_options){.decay = NAN}, "optimizer: decay is nan, but must be finite");
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

/* What a program in C saved, a model file loads. */
START_TEST(a_model_loads_what_was_saved)
{
    gf_model *m;
    char folder[] = "/tmp/gradflow-saved-......", path[64];
    memset(strrchr(folder, '-') + 1, 'X', 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert(!gf_model_parse(&m, "input x : 1 x 2\nparam W : 1 x 2 = 1\nloss sum(W * x)\n", "m.gf"));
    gf_graph *g = gf_graph_new();
    gf_set(gf_param(g, "W", 1, 2), &(gf_matrix){.rows = 1, .cols = 2, .stride = 2, .data = (double[]){5, 7}});
    ck_assert(!gf_params_save(g, folder) && !gf_model_load(m, folder));
    ck_assert(gf_matrix_at(gf_model_value(m, "W", 0), 0, 1) == 7);
    gf_graph_free(g);
    gf_model_free(m);

    const struct {
        const char *text, *message;
    } wrong[] = {{"param W : 2 x 2\nloss sum(W)\n", "W.npy: this array is 1 x 2, but W is 2 x 2"},
                 {"steps T = 2\nparam W[t] : 1 x 2\nloss sum(t, sum(W[t]))\n", "W.csv: No such file or directory"},
                 {"param V, W, X : 1 x 2\nloss sum(V + W + X)\n", "; 2 of the file's 3 parameters have no file there"}};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        ck_assert(!gf_model_parse(&m, wrong[k].text, "m.gf") && !gf_model_load(m, folder));
        ck_assert_int_ne(gf_model_unroll(m), GF_OK);
        ck_assert_msg(strstr(gf_model_message(m), wrong[k].message) != NULL, "%s", gf_model_message(m));
        gf_model_free(m);
    }
    snprintf(path, sizeof path, "%s/W.npy", folder);
    FILE *file = fopen(path, "wb");
    fclose(file);
    ck_assert(!gf_model_parse(&m, "param W : 1 x 2\nloss sum(W)\n", "m.gf") && !gf_model_load(m, folder));
    ck_assert_int_eq(gf_model_unroll(m), GF_ERROR_READ);
    ck_assert_ptr_nonnull(strstr(gf_model_message(m), "W.npy: this is no array that NumPy saved"));
    gf_model_free(m);
    remove(path), remove(folder);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {updates_are_those_of_pytorch,
                            a_regression_goes_as_in_pytorch,
                            gathered_parts_equal_the_large_batch,
                            a_step_is_undone_once,
                            what_is_not_finite_changes_nothing,
                            what_would_be_too_large_is_taken_back,
                            what_makes_no_sense_is_refused,
                            a_step_wants_a_backward_and_living_parameters,
                            every_rule_has_a_row,
                            a_model_is_drawn_anew_and_loaded,
                            a_model_loads_what_was_saved};
    return RUN_TESTS("train", tests);
}
