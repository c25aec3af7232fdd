/* Graphs of scalars, where arithmetic is nothing and what the engine does for each node is all there is. */
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <gradflow/graph.h>

#include "parts.h"
#include "rounds.h"
#include "table.h"

enum { BUILD, FORWARD, BACKWARD, AGAIN, BYTES, NUMBERS, MOST_ROUNDS = 101 };

typedef gf_node *build_rule(gf_graph *g, size_t nodes);

gf_node *bench_chain(gf_graph *g, size_t nodes)
{
    gf_node *y = gf_param(g, "x", 1, 1);
    gf_set_scalar(y, 0.5);
    for (size_t k = 1; k < nodes; k++)
        y = gf_tanh(y);
    return y;
}

static uint32_t draw(uint32_t below)
{
    static uint64_t state = 1;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % below);
}

static gf_node *mixed(gf_graph *g, size_t nodes, size_t past)
{
    gf_node *y = gf_param(g, "x", 1, 1);
    gf_set_scalar(y, 0.5);
    for (size_t k = 1; k < nodes; k++) {
        gf_node *other = gf_graph_node(g, k - 1 - draw((uint32_t)(k < past ? k : past)));
        switch (draw(6)) {
        case 0:
            y = gf_add(y, other);
            break;
        case 1:
            y = gf_sub(y, other);
            break;
        case 2:
            y = gf_mul(y, other);
            break;
        case 3:
            y = gf_sigmoid(y);
            break;
        case 4:
            y = gf_scale(y, 0.5);
            break;
        default:
            y = gf_tanh(y);
        }
    }
    return y;
}

gf_node *bench_mixed(gf_graph *g, size_t nodes)
{
    return mixed(g, nodes, 1000);
}

static gf_node *scattered(gf_graph *g, size_t nodes)
{
    return mixed(g, nodes, nodes);
}

/* Nanoseconds a node, and bytes. */
static void run(double numbers[NUMBERS], build_rule *build, size_t nodes)
{
    gf_graph *g = gf_graph_new();
    gf_graph_limit(g, nodes, 1000);
    double at[AGAIN + 2];
    at[BUILD] = bench_seconds();
    gf_node *y = build(g, nodes);
    at[FORWARD] = bench_seconds();
    gf_forward(g);
    at[BACKWARD] = bench_seconds();
    gf_backward(y, 0);
    at[AGAIN] = bench_seconds();
    gf_backward(y, 0);
    at[AGAIN + 1] = bench_seconds();
    for (int k = BUILD; k <= AGAIN; k++)
        numbers[k] = 1e9 * (at[k + 1] - at[k]) / (double)nodes;
    numbers[BYTES] = (double)gf_graph_memory(g) / (double)nodes;
    if (gf_graph_status(g))
        fprintf(stderr, "%s\n", gf_graph_message(g));
    gf_graph_free(g);
}

static void measure(const char *name, build_rule *build, size_t nodes, int rounds)
{
    static double numbers[NUMBERS][MOST_ROUNDS];
    double told[NUMBERS + 1];
    rounds = rounds < MOST_ROUNDS ? rounds : MOST_ROUNDS;
    for (int r = 0; r < rounds; r++) {
        double one[NUMBERS];
        run(one, build, nodes);
        for (int k = 0; k < NUMBERS; k++)
            numbers[k][r] = one[k];
    }
    for (int k = 0; k < NUMBERS; k++)
        told[k] = bench_median(numbers[k], rounds);
    told[NUMBERS] = told[BYTES];
    told[BYTES] = told[FORWARD] + told[AGAIN];
    table_row(name, 1, told, "");
}

void bench_scalars(int rounds)
{
    static const char *const columns[] = {
        "build,\nns a node", "forward,\nns", "backward,\nns", "again,\nns", "replay,\nns", "memory,\nbytes", NULL};
    double memory = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    table_part("Scalars", "again: backward once more. replay: forward and backward again.", columns);
    measure("chain of 10,000", bench_chain, 10000, rounds);
    measure("chain of 1,000,000", bench_chain, 1000000, rounds);
    if (memory > 4e9)
        measure("chain of 10,000,000", bench_chain, 10000000, 1);
    measure("random mixed graph of 1,000,000", bench_mixed, 1000000, rounds);
    measure("the same, out of the whole past", scattered, 1000000, rounds);
}
