/* The parts of the benchmark, in the order in which they are printed. */
#ifndef BENCH_PARTS_H
#define BENCH_PARTS_H

#include <gradflow/graph.h>

/* An LSTM layer against its arithmetic, and against PyTorch if there is a program that runs the script; else NULL. */
void bench_layers(int rounds, const char *program, const char *script);

/* Graphs of scalars: nanoseconds and bytes a node. */
void bench_scalars(int rounds);

/* So many scalar nodes, of which the last is returned: a chain of tanh; and a graph in which each node takes the one
 * before it, so that all have a gradient, and where it is one of two operands another out of the whole past: sums,
 * differences, products, tanh, sigmoid and multiples at random. */
gf_node *bench_chain(gf_graph *g, size_t nodes);
gf_node *bench_mixed(gf_graph *g, size_t nodes);

/* What a step costs the longer a model is. */
void bench_growth(void);

/* What commands spend, and where; `folder` has the articles' derivations. */
void bench_commands(int rounds, const char *folder);

#endif
