/* What a step costs in a short unrolling and in a long one: an RNN with a loss at every step, the rows of one long
 * matrix, nodes found by name, an unrolling dropped and built again. Prints microseconds a step, and how many times
 * those of the shortest that is; nothing here is a test. Usage: bench_growth [steps of the longest] */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <gradflow/gradflow.h>

enum { HIDDEN = 16, INPUTS = 8, SHORTEST = 1000, PARTS = 6 };

static const char *const parts[PARTS] = {"build", "forward", "backward", "find", "build again", "rows, backward"};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* The parameters, and the nodes of each step. */
typedef struct net {
    gf_graph *g;
    gf_node *U, *W, *b, *V, *d, **h, **y;
    size_t mark;
    int steps;
} net;

static gf_node *drawn(gf_node *leaf)
{
    gf_init_normal(leaf, 0, 0.2);
    return leaf;
}

static gf_node *unroll(net *n)
{
    gf_node *h = gf_zeros(n->g, "h[0]", 1, HIDDEN);
    for (int t = 1; t <= n->steps; t++) {
        gf_graph_step(n->g, t);
        gf_node *x = gf_input(n->g, "x", 1, INPUTS), *a = gf_add(gf_matmul(x, n->U), gf_matmul(h, n->W));
        h = n->h[t - 1] = gf_named(gf_tanh(gf_add(a, n->b)), "h");
        n->y[t - 1] = gf_input(n->g, "y", 1, 4);
    }
    gf_graph_step(n->g, 0);
    return gf_unroll_loss(n->h, n->y, n->steps, n->V, n->d, gf_mse);
}

static void measure_net(double times[PARTS], int steps)
{
    gf_graph *g = gf_graph_new();
    net n = {.g = g, .steps = steps, .h = calloc((size_t)steps, sizeof(gf_node *))};
    n.y = calloc((size_t)steps, sizeof(gf_node *));
    n.U = drawn(gf_param(g, "U", INPUTS, HIDDEN));
    n.W = drawn(gf_param(g, "W", HIDDEN, HIDDEN));
    n.b = drawn(gf_param(g, "b", 1, HIDDEN));
    n.V = drawn(gf_param(g, "V", HIDDEN, 4));
    n.d = drawn(gf_param(g, "d", 1, 4));
    n.mark = gf_graph_size(g);
    double at[PARTS];
    at[0] = seconds();
    gf_node *loss = unroll(&n);
    at[1] = seconds();
    gf_forward(g);
    at[2] = seconds();
    gf_backward(loss, 0);
    at[3] = seconds();
    for (int t = 1; t <= steps; t++)
        gf_graph_find(g, "h", t);
    at[4] = seconds();
    gf_graph_rewind(g, n.mark);
    unroll(&n);
    at[5] = seconds();
    for (int k = 0; k < 5; k++)
        times[k] = at[k + 1] - at[k];
    if (gf_graph_status(g))
        fprintf(stderr, "%s\n", gf_graph_message(g));
    gf_graph_free(g);
    free(n.h);
    free(n.y);
}

/* Each row of a long matrix by itself, squared and summed up. */
static double measure_rows(int steps)
{
    gf_graph *g = gf_graph_new();
    gf_graph_limit(g, 10000000, (size_t)steps * INPUTS);
    gf_node *X = drawn(gf_param(g, "X", steps, INPUTS)), *loss = NULL;
    for (int t = 0; t < steps; t++) {
        gf_node *x = gf_rows(X, t, t), *square = gf_sum(gf_mul(x, x));
        loss = loss ? gf_add(loss, square) : square;
    }
    gf_forward(g);
    double start = seconds();
    gf_backward(loss, 0);
    double time = seconds() - start;
    if (gf_graph_status(g))
        fprintf(stderr, "%s\n", gf_graph_message(g));
    gf_graph_free(g);
    return time;
}

int main(int count, char **arguments)
{
    int longest = count > 1 ? atoi(arguments[1]) : 100000;
    double first[PARTS] = {0};
    printf("microseconds a step\n%8s", "steps");
    for (int k = 0; k < PARTS; k++)
        printf("  %18s", parts[k]);
    for (int steps = SHORTEST; steps <= longest; steps *= 10) {
        double times[PARTS];
        measure_net(times, steps);
        times[PARTS - 1] = measure_rows(steps);
        printf("\n%8d", steps);
        for (int k = 0; k < PARTS; k++) {
            times[k] *= 1e6 / steps;
            first[k] = steps == SHORTEST ? times[k] : first[k];
            printf("  %8.2f  x %6.2f", times[k], times[k] / first[k]);
        }
    }
    puts("");
    return 0;
}
