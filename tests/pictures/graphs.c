/* Draws a graph of the list that pictures are judged by, built here, or a model file:
 *
 *     graphs NAME|FILE.gf T auto|ops|equations|steps light|dark|print json|svg|… >OUT
 *     graphs list
 *
 * What is built here is what a model file cannot say: names and steps as they come, nothing differentiated, nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/gradflow.h>

#include "base/random.h"

enum { MOST_STEPS = 1000, FAN = 60, RANDOM_NODES = 200, RANDOM_EDGES = 385 };

/* --- leaves ------------------------------------------------------------------------------------------ */

static gf_node *random_leaf(gf_node *leaf, double scale)
{
    gf_init_normal(leaf, 0, scale);
    return leaf;
}

static gf_node *param(gf_graph *g, const char *name, int rows, int cols)
{
    return random_leaf(gf_param(g, name, rows, cols), 0.5);
}

static gf_node *input(gf_graph *g, const char *name, int rows, int cols)
{
    return random_leaf(gf_input(g, name, rows, cols), 1);
}

/* --- without time ------------------------------------------------------------------------------------ */

/* One variable that sixty others use. */
static gf_node *fan_out(gf_graph *g, int T)
{
    (void)T;
    gf_node *x = input(g, "x", 1, 1), *loss = NULL;
    for (int k = 0; k < FAN; k++) {
        char name[32];
        snprintf(name, sizeof name, "y%d", k);
        gf_node *y = gf_named(gf_tanh(gf_scale(x, 0.1 * (k + 1))), name);
        loss = loss ? gf_add(loss, y) : y;
    }
    return gf_named(loss, "loss");
}

/* Two hundred named nodes; each but the first reads one to four of those before it, and all that nobody reads are
 * added up. */
static gf_node *random_graph(gf_graph *g, int T)
{
    (void)T;
    gf_node *nodes[RANDOM_NODES], *loss = NULL;
    bool used[RANDOM_NODES] = {false};
    gf_random random;
    gf_random_seed(&random, 443);
    int edges = RANDOM_EDGES, left = RANDOM_NODES - 8;
    for (int k = 0; k < RANDOM_NODES; k++) {
        char name[32];
        snprintf(name, sizeof name, "v%d", k);
        if (k < 8) {
            nodes[k] = input(g, name, 1, 1);
            continue;
        }
        int operands = edges > 2 * left && k % 2 ? 3 : edges >= 2 * left ? 2 : 1;
        gf_node *sum = NULL;
        for (int i = 0; i < operands; i++) {
            int from = (int)(gf_random_uniform(&random) * k);
            used[from] = true;
            sum = sum ? gf_add(sum, nodes[from]) : nodes[from];
        }
        nodes[k] = gf_named(gf_tanh(sum), name);
        edges -= operands, left--;
    }
    for (int k = 0; k < RANDOM_NODES; k++)
        if (!used[k])
            loss = loss ? gf_add(loss, nodes[k]) : nodes[k];
    return gf_named(loss, "loss");
}

static gf_node *one_leaf(gf_graph *g, int T)
{
    (void)T;
    return input(g, "x", 1, 1);
}

static gf_node *nothing(gf_graph *g, int T)
{
    (void)g, (void)T;
    return NULL;
}

/* A network of C without a step, as long as its words, without a name on half of its nodes. */
static gf_node *without_steps(gf_graph *g, int T)
{
    gf_node *h = input(g, "x", 1, 3), *W = param(g, "W", 3, 3);
    for (int k = 0; k < (T < 20 ? T : 20); k++)
        h = k % 2 ? gf_tanh(gf_matmul(h, W)) : gf_named(gf_sigmoid(gf_add(gf_matmul(h, W), h)), "h");
    return gf_named(gf_mean(h), "loss");
}

/* --- over time --------------------------------------------------------------------------------------- */

static gf_node *losses_of(gf_graph *g, gf_node *h[], int T, int width)
{
    gf_node *V = param(g, "V", width, 2), *d = param(g, "d", 1, 2), *y[MOST_STEPS];
    for (int t = 1; t <= T; t++) {
        gf_graph_step(g, t);
        y[t - 1] = gf_given(g, "y", 1, 2);
        gf_set_entry(y[t - 1], 0, t % 2, 1);
    }
    gf_graph_step(g, 0);
    return gf_unroll_loss(h, y, T, V, d, gf_cross_entropy);
}

static void inputs_of(gf_graph *g, gf_node *x[], int T)
{
    for (int t = 1; t <= T; t++) {
        gf_graph_step(g, t);
        x[t - 1] = input(g, "x", 1, 3);
    }
    gf_graph_step(g, 0);
}

/* An LSTM by gf_unroll: without a model, whose equations would stand at the foot. */
static gf_node *unrolled(gf_graph *g, int T)
{
    gf_node *x[MOST_STEPS], *h[MOST_STEPS];
    gf_cell *cell = gf_lstm(g, "", 3, 4);
    gf_cell_init(cell);
    inputs_of(g, x, T);
    gf_unroll(h, x, T, &(gf_stack){.size = sizeof(gf_stack), .forward = &cell, .layers = 1});
    return losses_of(g, h, T, 4);
}

/* Two layers in both directions. */
static gf_node *two_ways(gf_graph *g, int T)
{
    gf_node *x[MOST_STEPS], *h[MOST_STEPS];
    gf_cell *forward[] = {gf_gru(g, "a", 3, 4, GF_RESET_BEFORE), gf_gru(g, "c", 8, 2, GF_RESET_BEFORE)};
    gf_cell *backward[] = {gf_gru(g, "b", 3, 4, GF_RESET_BEFORE), gf_gru(g, "d", 8, 2, GF_RESET_BEFORE)};
    for (int k = 0; k < 2; k++) {
        gf_cell_init(forward[k]);
        gf_cell_init(backward[k]);
    }
    inputs_of(g, x, T);
    gf_unroll(h, x, T, &(gf_stack){.size = sizeof(gf_stack), .forward = forward, .backward = backward, .layers = 2});
    return losses_of(g, h, T, 4);
}

/* Each step reads the states of all steps before it, 0 to t - 1: no step has the arrows of another. */
static gf_node *attending(gf_graph *g, int T)
{
    gf_node *U = param(g, "U", 3, 4), *W = param(g, "W", 4, 4), *h[MOST_STEPS + 1];
    h[0] = gf_zeros(g, "h[0]", 1, 4);
    for (int t = 1; t <= T; t++) {
        gf_graph_step(g, t);
        gf_node *x = input(g, "x", 1, 3), *before = gf_vcat(h, t);
        gf_node *scores = gf_named(gf_softmax(gf_matmul(gf_matmul(x, U), gf_transpose(before))), "p");
        gf_node *context = gf_named(gf_matmul(scores, before), "C");
        h[t] = gf_named(gf_tanh(gf_add(gf_matmul(context, W), gf_matmul(x, U))), "h");
    }
    gf_graph_step(g, 0);
    return losses_of(g, h + 1, T, 4);
}

/* --- the list ---------------------------------------------------------------------------------------- */

static const struct entry {
    const char *name;
    gf_node *(*build)(gf_graph *g, int T);
    bool untouched; /* backward has not run */
} list[] = {
    {"fan-out", fan_out, false},     {"random", random_graph, false},
    {"one-leaf", one_leaf, false},   {"empty", nothing, true},
    {"untouched", unrolled, true},   {"without-steps", without_steps, false},
    {"unrolled", unrolled, false},   {"two-ways", two_ways, false},
    {"attending", attending, false}, {"untouched-random", random_graph, true},
};
enum { ENTRIES = sizeof list / sizeof *list };

static const struct entry *find_entry(const char *name)
{
    for (int k = 0; k < ENTRIES; k++)
        if (!strcmp(list[k].name, name))
            return &list[k];
    return NULL;
}

static int fail(const char *name, const char *why)
{
    fprintf(stderr, "%s: %s\n", name, why);
    return EXIT_FAILURE;
}

static int draw(gf_graph *g, const char *name, const char *format, const gf_draw_options *options)
{
    char *text;
    size_t size, written;
    if (gf_draw_text(&text, &size, g, format, options))
        return fail(name, gf_graph_message(g));
    written = fwrite(text, 1, size, stdout);
    free(text);
    return written == size ? EXIT_SUCCESS : fail(name, "cannot write");
}

static int draw_entry(const struct entry *entry, int T, const char *format, const gf_draw_options *options)
{
    gf_graph *g = gf_graph_new();
    gf_seed(g, 12);
    gf_node *loss = entry->build(g, T);
    int result = loss && !entry->untouched && gf_backward(loss, GF_RECORD_EDGES)
                     ? fail(entry->name, gf_graph_message(g))
                     : draw(g, entry->name, format, options);
    gf_graph_free(g);
    return result;
}

static int draw_file(const char *path, int T, const char *format, gf_draw_options options)
{
    gf_model *m = NULL;
    long long steps;
    int result;
    if (gf_model_read(&m, path) || (gf_model_size(&steps, m, "T") && gf_model_set(m, "T", T)) || gf_model_unroll(m)) {
        result = fail(path, gf_model_message(m));
    } else {
        options.model = m;
        options.title = *gf_model_title(m) ? gf_model_title(m) : NULL;
        gf_backward(gf_model_loss(m), GF_RECORD_EDGES);
        result = draw(gf_model_graph(m), path, format, &options);
    }
    gf_model_free(m);
    return result;
}

static int word_of(const char *word, const char *const words[])
{
    for (int k = 0; words[k]; k++)
        if (!strcmp(word, words[k]))
            return k;
    return -1;
}

int main(int count, char **words)
{
    static const char *const levels[] = {"auto", "ops", "equations", "steps", NULL}; /* as gf_level has them */
    for (int k = 0; count == 2 && k < ENTRIES && !strcmp(words[1], "list"); k++)
        puts(list[k].name);
    if (count != 6)
        return count == 2 ? EXIT_SUCCESS : fail("graphs", "NAME|FILE.gf T LEVEL THEME FORMAT");
    int T = atoi(words[2]), level = word_of(words[3], levels);
    const struct entry *entry = find_entry(words[1]);
    if (T < 1 || T > MOST_STEPS || level < 0)
        return fail("graphs", "which T, which level?");
    gf_draw_options options = {.size = sizeof options, .level = (gf_level)level, .theme = words[4]};
    return entry ? draw_entry(entry, T, words[5], &options) : draw_file(words[1], T, words[5], options);
}
