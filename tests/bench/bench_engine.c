/* How long the engine takes: a chain of scalar operations; an LSTM through time, with and without recording; and many
 * parts of one matrix. Prints a table; nothing here is a test.
 * Usage: bench_engine [operations of the chain] [steps of the LSTM] */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <gradflow/graph.h>

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void line(const char *what, double time, double unit, size_t nodes)
{
    printf("%-44s %9.2f ms %9.1f ns a node", what, 1e3 * time, 1e9 * time / (double)nodes);
    printf(unit > 0 ? "  x %.2f\n" : "\n", time / unit);
}

/* --- a chain ---------------------------------------------------------------------------- */

static void bench_chain(size_t operations)
{
    gf_graph *g = gf_graph_new();
    double start = seconds();
    gf_node *x = gf_param(g, "x", 1, 1), *y = x;
    gf_set_scalar(x, 0.5);
    for (size_t k = 0; k < operations; k++)
        y = gf_tanh(y);
    double built = seconds();
    gf_forward(g);
    double forward = seconds();
    gf_backward(y, 0);
    double backward = seconds();
    printf("\na chain of %zu scalar operations: %.1f bytes a node\n", operations,
           (double)gf_graph_memory(g) / (double)gf_graph_size(g));
    line("build", built - start, 0, operations);
    line("forward", forward - built, 0, operations);
    line("backward", backward - forward, 0, operations);
    start = seconds();
    gf_backward(y, 0);
    line("backward again", seconds() - start, 0, operations);
    gf_graph_free(g);
}

/* --- an LSTM ------------------------------------------------------------------------------- */

enum { HIDDEN = 32, INPUTS = 16 };

static void scatter(gf_node *leaf, double size)
{
    static unsigned long state = 1;
    for (int i = 0; i < gf_node_rows(leaf); i++)
        for (int j = 0; j < gf_node_cols(leaf); j++) {
            state = (state * 1103515245 + 12345) & 0x7fffffff;
            gf_set_entry(leaf, i, j, size * ((double)state / 0x40000000 - 1));
        }
}

static gf_node *gate(gf_node *W, gf_node *all, gf_node *b, int number)
{
    gf_node *sum = gf_add(gf_matmul(W, all), b);
    return number == 3 ? gf_tanh(sum) : gf_sigmoid(sum);
}

/* The loss: the mean square of every h[t]. */
static gf_node *lstm(gf_graph *g, int steps)
{
    gf_node *W[4], *b[4], *loss = NULL;
    for (int k = 0; k < 4; k++) {
        scatter(W[k] = gf_param(g, "W", HIDDEN, HIDDEN + INPUTS), 0.2);
        scatter(b[k] = gf_param(g, "b", HIDDEN, 1), 0.1);
    }
    gf_node *h = gf_zeros(g, "h[0]", HIDDEN, 1), *c = gf_zeros(g, "c[0]", HIDDEN, 1);
    for (int t = 1; t <= steps; t++) {
        gf_graph_step(g, t);
        gf_node *x = gf_input(g, "x", INPUTS, 1), *all = gf_vcat((gf_node *[]){h, x}, 2), *gates[4];
        scatter(x, 1);
        for (int k = 0; k < 4; k++)
            gates[k] = gate(W[k], all, b[k], k);
        c = gf_named(gf_add(gf_mul(gates[0], c), gf_mul(gates[1], gates[3])), "c");
        h = gf_named(gf_mul(gates[2], gf_tanh(c)), "h");
        gf_node *square = gf_mean(gf_mul(h, h));
        loss = loss ? gf_add(loss, square) : square;
    }
    return loss;
}

/* The best of a few runs. */
static double backward_time(gf_node *loss, const gf_backward_options *options)
{
    double best = 1e9;
    for (int k = 0; k < 5; k++) {
        double start = seconds();
        gf_backward_with(loss, options);
        double time = seconds() - start;
        best = time < best ? time : best;
    }
    return best;
}

static void bench_lstm(int steps)
{
    gf_graph *g = gf_graph_new();
    double start = seconds();
    gf_node *loss = lstm(g, steps);
    double built = seconds();
    gf_forward(g);
    double forward = seconds();
    size_t nodes = gf_graph_size(g);
    printf("\nan LSTM of %d units over %d steps: %zu nodes, %.1f MB\n", HIDDEN, steps, nodes,
           (double)gf_graph_memory(g) / 1e6);
    line("build", built - start, 0, nodes);
    line("forward", forward - built, 0, nodes);
    enum { size = sizeof(gf_backward_options) };
    static const struct {
        const char *what;
        gf_backward_options options;
    } ways[] = {{"backward", {.size = size}},
                {"backward, recording edges", {.size = size, .flags = GF_RECORD_EDGES}},
                {"backward, recording contributions", {.size = size, .flags = GF_RECORD_CONTRIBUTIONS}},
                {"backward, grouping by step", {.size = size, .group = gf_group_by_step}},
                {"backward, accumulating", {.size = size, .flags = GF_ACCUMULATE}}};
    double plain = backward_time(loss, &ways[0].options);
    for (size_t k = 0; k < sizeof ways / sizeof *ways; k++)
        line(ways[k].what, backward_time(loss, &ways[k].options), plain, nodes);
    if (gf_graph_status(g))
        fprintf(stderr, "%s\n", gf_graph_message(g));
    gf_graph_free(g);
}

/* --- parts -------------------------------------------------------------------------------- */

/* Backward through the slices of one long matrix, or through one concatenation of so many parts: ns a part. */
static double part_time(int parts, bool slices)
{
    gf_graph *g = gf_graph_new();
    gf_node *X = gf_param(g, "X", parts, 1), *loss = NULL, **part = malloc((size_t)parts * sizeof *part);
    for (int k = 0; part && k < parts; k++) {
        part[k] = slices ? gf_rows(X, k, k) : gf_param(g, NULL, 1, 1);
        loss = loss && slices ? gf_add(loss, part[k]) : part[k];
    }
    if (part && !slices)
        loss = gf_sum(gf_vcat(part, parts));
    gf_forward(g);
    double time = backward_time(loss, NULL);
    gf_graph_free(g);
    free(part);
    return 1e9 * time / parts;
}

static void bench_parts(void)
{
    printf("\nparts: backward, ns a part\n");
    for (int slices = 0; slices < 2; slices++) {
        double few = part_time(1000, slices), many = part_time(100000, slices);
        printf("%-44s %9.1f of 1,000 %9.1f of 100,000  x %.2f\n", slices ? "slices of one matrix" : "a concatenation",
               few, many, many / few);
    }
}

int main(int count, char **arguments)
{
    int operations = count > 1 ? atoi(arguments[1]) : 1000000, steps = count > 2 ? atoi(arguments[2]) : 1000;
    bench_chain(operations > 0 ? (size_t)operations : 1);
    bench_lstm(steps > 0 ? steps : 1);
    bench_parts();
    return 0;
}
