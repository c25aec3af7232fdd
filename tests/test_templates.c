/* The model files of `gradflow new`: each claim holds, at other sizes too; and those that have a C cell are held
 * against it: the same parameters and inputs must give the same values and gradients, node by node and name by name. */
#include "support.h"

#include <gradflow/gradflow.h>

enum { MOST_STEPS = 40 };

/* A file and its cells: what unrolls them, and how a node of theirs is called in the file. */
typedef struct pair {
    const char *name;
    gf_cell *(*forward)(gf_graph *g, const char *scope, int inputs, int hidden);
    const char *lower, *upper;   /* scopes of the layers, which the names in the file end in; upper NULL: one layer */
    const char *backward;        /* the same of a cell that reads backward in time; NULL: there is none */
    const char *inputs, *hidden; /* sizes in the file */
    const char *upper_hidden;
    const char *logits; /* what the file calls gf_unroll_loss's z */
} pair;

static gf_cell *rnn(gf_graph *g, const char *scope, int inputs, int hidden)
{
    return gf_rnn(g, scope, inputs, hidden, gf_tanh);
}

static gf_cell *peephole(gf_graph *g, const char *scope, int inputs, int hidden)
{
    return gf_lstm_peephole(g, scope, inputs, hidden, GF_PEEPHOLE_DIAGONAL);
}

static gf_cell *gru(gf_graph *g, const char *scope, int inputs, int hidden)
{
    return gf_gru(g, scope, inputs, hidden, GF_RESET_BEFORE);
}

static gf_cell *gru_after(gf_graph *g, const char *scope, int inputs, int hidden)
{
    return gf_gru(g, scope, inputs, hidden, GF_RESET_AFTER);
}

/* A scope of its own for single cells; nothing of it stands in the names of the file. */
#define CELL "cell"

static const pair pairs[] = {
    {"rnn", rnn, CELL, NULL, NULL, "n", "m", NULL, "z"},
    {"lstm", gf_lstm, CELL, NULL, NULL, "n", "m", NULL, "z"},
    {"peephole", peephole, CELL, NULL, NULL, "n", "m", NULL, "z"},
    {"gru", gru, CELL, NULL, NULL, "in", "m", NULL, "s"},
    {"gru-after", gru_after, CELL, NULL, NULL, "in", "m", NULL, "s"},
    {"birnn", rnn, "f", NULL, "b", "n", "m", NULL, "z"},
    {"deep-lstm", gf_lstm, "1", "2", NULL, "n", "m", "q", "z"},
};
enum { PAIRS = sizeof pairs / sizeof *pairs };

/* All models, and how many claims they make. */
static const struct model {
    const char *name, *inputs; /* the size of an input */
    size_t claims;
} models[] = {
    {"rnn", "n", 16},        {"lstm", "n", 38},      {"peephole", "n", 42},  {"gru", "in", 28},
    {"gru-after", "in", 29}, {"birnn", "n", 23},     {"deep-lstm", "n", 67}, {"residual", "n", 21},
    {"untied", "n", 18},     {"attention", "n", 22}, {"masked", "n", 21},
};
enum { MODELS = sizeof models / sizeof *models };

static int size_of(gf_model *m, const char *name)
{
    long long size = 0;
    ck_assert_msg(gf_model_size(&size, m, name), "no size %s", name);
    return (int)size;
}

/* What the file calls a node of the C graph. */
static const char *file_name(const pair *p, const gf_node *node, char text[64])
{
    const char *name = gf_node_name(node), *scope = gf_node_scope(node);
    if (!*scope && !strcmp(name, "z"))
        return p->logits;
    if (!strcmp(name, "dn"))
        return "cn"; /* dn is the gradient of n there */
    if (!strcmp(name, "h1") && p->backward)
        return "h"; /* both directions, side by side */
    snprintf(text, 64, "%s%s", name, strcmp(scope, CELL) ? scope : "");
    return text;
}

/* --- building the C side ------------------------------------------------------------------------- */

/* Inputs and targets with the values of the file; targets are given. */
static void copy_inputs(gf_graph *g, gf_node *to[], gf_model *m, const char *name, int steps)
{
    for (int t = 1; t <= steps; t++) {
        const gf_matrix *value = gf_model_value(m, name, t);
        ck_assert_ptr_nonnull(value);
        gf_graph_step(g, t);
        to[t - 1] = (strcmp(name, "y") ? gf_input : gf_given)(g, name, value->rows, value->cols);
        gf_set(to[t - 1], value);
    }
    gf_graph_step(g, 0);
}

static void copy_params(const pair *p, gf_graph *g, gf_model *m)
{
    for (size_t id = 0; id < gf_graph_size(g); id++) {
        gf_node *node = gf_graph_node(g, id);
        char text[64];
        if (!gf_node_is_param(node))
            continue;
        const gf_matrix *value = gf_model_value(m, file_name(p, node, text), 0);
        ck_assert_msg(value != NULL, "%s: no parameter %s", p->name, text);
        ck_assert_int_eq(gf_set(node, value), GF_OK);
    }
}

static gf_node *start_node(gf_graph *g, gf_model *m, const char *name, const char *scope, int t)
{
    char text[64];
    snprintf(text, sizeof text, "%s%s", name, strcmp(scope, CELL) ? scope : "");
    const gf_matrix *value = gf_model_value(m, text, t);
    return value ? gf_constant(g, NULL, value) : NULL;
}

/* The states of a layer before its first step, with the values of the file. */
static gf_state start_of(gf_graph *g, gf_model *m, const char *scope, int t)
{
    return (gf_state){.h = start_node(g, m, "h", scope, t), .c = start_node(g, m, "c", scope, t)};
}

/* The cells of the pair, unrolled on the inputs of the file; returns the loss. */
static gf_node *build(const pair *p, gf_graph *g, gf_model *m)
{
    int steps = gf_model_steps(m), inputs = size_of(m, p->inputs), hidden = size_of(m, p->hidden);
    int width = p->upper ? size_of(m, p->upper_hidden) : p->backward ? 2 * hidden : hidden, classes = size_of(m, "k");
    gf_node *x[MOST_STEPS], *y[MOST_STEPS], *h[MOST_STEPS];
    gf_cell *forward[2] = {p->forward(g, p->lower, inputs, hidden)}, *backward;
    if (p->upper)
        forward[1] = p->forward(g, p->upper, hidden, width);
    if (p->backward)
        backward = p->forward(g, p->backward, inputs, hidden);
    gf_node *V = gf_param(g, "V", width, classes), *d = gf_param(g, "d", 1, classes);
    copy_params(p, g, m);
    copy_inputs(g, x, m, "x", steps);
    copy_inputs(g, y, m, "y", steps);
    const char *second = p->upper ? p->upper : p->backward;
    gf_state start[] = {start_of(g, m, p->lower, 0),
                        second ? start_of(g, m, second, p->backward ? steps + 1 : 0) : (gf_state){0}};
    gf_stack stack = {.size = sizeof stack,
                      .start = start,
                      .forward = forward,
                      .backward = p->backward ? &backward : NULL,
                      .layers = p->upper ? 2 : 1};
    gf_unroll(h, x, steps, &stack);
    return gf_unroll_loss(h, y, steps, V, d, gf_cross_entropy);
}

/* --- comparing --------------------------------------------------------------------------------------- */

static void compare(const pair *p, const char *what, const char *name, int step, const gf_matrix *file,
                    const gf_matrix *cell)
{
    gf_comparison c;
    gf_compare_within(&c, file, cell, 1e-12);
    ck_assert_msg(c.match, "%s: the %s of %s[%d]: %s", p->name, what, name, step, c.text);
}

/* Every node of the cells that has a name is in the file, with the same value and gradient. Returns how many. */
static int compare_nodes(const pair *p, gf_graph *g, gf_model *m)
{
    int count = 0;
    for (size_t id = 0; id < gf_graph_size(g); id++) {
        gf_node *node = gf_graph_node(g, id);
        int step = gf_node_step(node);
        char text[64];
        if (!*gf_node_name(node) || gf_node_is_constant(node) || !strcmp(gf_node_name(node), "loss"))
            continue;
        const char *name = file_name(p, node, text);
        ck_assert_msg(gf_model_node(m, name, step) != NULL, "%s: no %s[%d]", p->name, name, step);
        compare(p, "value", name, step, gf_model_value(m, name, step), gf_value(node));
        ck_assert(gf_node_is_given(node) == gf_node_is_given(gf_model_node(m, name, step)));
        if (!gf_node_is_given(node))
            compare(p, "gradient", name, step, gf_model_gradient(m, name, step), gf_gradient(node));
        count++;
    }
    return count;
}

/* How many matrices the file has, each step counted. */
static int count_of_file(gf_model *m)
{
    int count = 0;
    const gf_model_name *name;
    for (size_t k = 0; (name = gf_model_name_at(m, k)); k++)
        if (name->kind != GF_MODEL_LET)
            count += name->timed ? gf_model_steps(m) : 1;
    return count;
}

static void hold_against_cell(const pair *p, gf_model *m)
{
    ck_assert_msg(!gf_model_unroll(m), "%s", gf_model_message(m));
    gf_graph *g = gf_graph_new();
    gf_node *loss = build(p, g, m);
    gf_backward(loss, 0);
    assert_fine(g);
    compare(p, "value", "loss", 0, gf_value(gf_model_loss(m)), gf_value(loss));
    ck_assert_int_eq(compare_nodes(p, g, m), count_of_file(m));
    gf_graph_free(g);
}

static gf_model *read_template(const char *name)
{
    const gf_template *template = gf_template_find(name);
    gf_model *m;
    ck_assert_msg(template != NULL, "no template %s", name);
    gf_status status = gf_model_parse(&m, template->text, name);
    ck_assert_msg(!status, "%s: %s", name, gf_model_message(m));
    return m;
}

START_TEST(each_is_its_cell)
{
    for (int k = 0; k < PAIRS; k++) {
        gf_model *m = read_template(pairs[k].name);
        hold_against_cell(&pairs[k], m);
        gf_model_free(m);
    }
}
END_TEST

/* Zeros hide an index that is off by one at the first step, two classes a 2 for a 1/k or 2/k. */
START_TEST(starts_and_classes_hide_nothing)
{
    for (int k = 0; k < MODELS; k++) {
        gf_model *m = read_template(models[k].name);
        ck_assert_int_eq(size_of(m, "k"), 3);
        ck_assert(!gf_model_unroll(m));
        const gf_model_name *name;
        for (size_t n = 0; (name = gf_model_name_at(m, n)); n++)
            for (int at = 0; name->started && at <= gf_model_steps(m) + 1; at += gf_model_steps(m) + 1) {
                const gf_matrix *value = gf_model_value(m, name->name, at);
                ck_assert_msg(!value || value->data[0] != 0, "%s: %s starts at 0", models[k].name, name->name);
            }
        gf_model_free(m);
    }
}
END_TEST

static const struct setting {
    int steps, inputs, hidden, classes, seed;
} settings[] = {{1, 2, 5, 3, 9}, {2, 3, 4, 2, 1}, {8, 1, 1, 4, 11}, {3, 4, 2, 5, 0}};
enum { SETTINGS = sizeof settings / sizeof *settings };

static void set(gf_model *m, const char *inputs, const struct setting *s)
{
    gf_model_set(m, "T", s->steps);
    gf_model_set(m, inputs, s->inputs);
    gf_model_set(m, "m", s->hidden);
    gf_model_set(m, "k", s->classes);
    gf_model_set(m, "seed", s->seed);
}

START_TEST(at_other_sizes_steps_and_seeds)
{
    for (int k = 0; k < PAIRS; k++) {
        gf_model *m = read_template(pairs[k].name);
        for (size_t j = 0; j < large(SETTINGS, 1); j++) {
            set(m, pairs[k].inputs, &settings[j]);
            hold_against_cell(&pairs[k], m);
        }
        gf_model_free(m);
    }
}
END_TEST

/* Every claim of the model holds. Returns how many there are. */
static size_t hold_claims(const char *name, gf_model *m)
{
    gf_report *report;
    ck_assert_int_eq(gf_model_claims(&report, m, NULL), GF_OK);
    size_t count = gf_report_count(report);
    for (size_t k = 0; k < count; k++) {
        const gf_claim *claim;
        claim = gf_report_claim(report, k);
        ck_assert_msg(claim->verdict == GF_HOLDS, "%s:%d: %s: error %g at %s\n%s", name, claim->line, claim->text,
                      claim->error, claim->at, claim->message);
        ck_assert_msg(claim->error < 1e-10, "%s:%d: %s: error %g", name, claim->line, claim->text, claim->error);
    }
    gf_report_free(report);
    return count;
}

START_TEST(every_claim_holds)
{
    for (int k = 0; k < MODELS; k++) {
        gf_model *m = read_template(models[k].name);
        ck_assert_uint_eq(hold_claims(models[k].name, m), models[k].claims);
        for (size_t j = 0; j < SETTINGS; j++) {
            set(m, models[k].inputs, &settings[j]);
            hold_claims(models[k].name, m);
        }
        gf_model_free(m);
    }
}
END_TEST

START_TEST(over_fifty_steps)
{
    for (int k = 0; k < MODELS; k++) {
        gf_model *m = read_template(models[k].name);
        gf_model_set(m, "T", (long long)large(50, 6));
        gf_model_set(m, "m", 8);
        hold_claims(models[k].name, m);
        gf_model_free(m);
    }
}
END_TEST

/* A derivation without truncation does not hold with it: the claims see what they are about. */
START_TEST(truncation_is_seen)
{
    for (int k = 0; k < MODELS; k++) {
        gf_model *m = read_template(models[k].name);
        gf_model_set(m, "truncate", 2);
        gf_report *report;
        ck_assert_int_eq(gf_model_claims(&report, m, NULL), GF_OK);
        ck_assert_uint_ge(gf_report_tally(report, GF_FAILS), 5);
        gf_report_free(report);
        gf_model_free(m);
    }
}
END_TEST

START_TEST(sizes_are_different)
{
    for (int k = 0; k < MODELS; k++) {
        gf_model *m = read_template(models[k].name);
        int sizes[] = {gf_model_steps(m), size_of(m, models[k].inputs), size_of(m, "m"), size_of(m, "k")};
        for (int a = 0; a < 4; a++)
            for (int b = 0; b < a; b++)
                ck_assert_int_ne(sizes[a], sizes[b]);
        gf_model_free(m);
    }
}
END_TEST

START_TEST(names)
{
    int count = 0;
    for (const gf_template *template; (template = gf_template_at(count)); count++) {
        ck_assert_ptr_eq(gf_template_find(template->name), template);
        ck_assert_str_ne(template->summary, "");
        ck_assert_str_eq(template->text + strlen(template->text) - 1, "\n");
    }
    ck_assert_int_eq(count, MODELS);
    ck_assert_ptr_null(gf_template_at(-1));
    ck_assert_ptr_null(gf_template_find("lstmm"));
    ck_assert_ptr_null(gf_template_find(NULL));
}
END_TEST

int main(void)
{
    const TTest *tests[] = {each_is_its_cell,
                            starts_and_classes_hide_nothing,
                            at_other_sizes_steps_and_seeds,
                            every_claim_holds,
                            over_fifty_steps,
                            truncation_is_seen,
                            sizes_are_different,
                            names};
    return RUN_TESTS("templates", tests);
}
