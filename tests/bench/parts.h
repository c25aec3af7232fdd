/* The parts of the benchmark, in the order in which they are printed. */
#ifndef BENCH_PARTS_H
#define BENCH_PARTS_H

/* An LSTM layer against its arithmetic, and against PyTorch if there is a program that runs the script; else NULL. */
void bench_layers(int rounds, const char *program, const char *script);

/* Graphs of scalars: nanoseconds and bytes a node. */
void bench_scalars(int rounds);

/* What a step costs the longer a model is. */
void bench_growth(void);

/* What commands spend, and where; `folder` has the articles' derivations. */
void bench_commands(int rounds, const char *folder);

#endif
