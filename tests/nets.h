/* What the tests of cells and of unrolling share: every cell there is, and a sequence to run it on. */
#ifndef GF_TESTS_NETS_H
#define GF_TESTS_NETS_H

#include "support.h"

#include <gradflow/cell.h>
#include <gradflow/init.h>

enum { RNN_TANH, RNN_RELU, RNN_SIGMOID, LSTM, PEEPHOLE, PEEPHOLE_FULL, GRU_BEFORE, GRU_AFTER, CELLS };

static inline gf_cell *make_cell(gf_graph *g, int which, const char *scope, int inputs, int hidden)
{
    static gf_activation *const activations[] = {gf_tanh, gf_relu, gf_sigmoid};
    switch (which) {
    case LSTM:
        return gf_lstm(g, scope, inputs, hidden);
    case PEEPHOLE:
    case PEEPHOLE_FULL:
        return gf_lstm_peephole(g, scope, inputs, hidden, which == PEEPHOLE ? GF_PEEPHOLE_DIAGONAL : GF_PEEPHOLE_FULL);
    case GRU_BEFORE:
    case GRU_AFTER:
        return gf_gru(g, scope, inputs, hidden, which == GRU_BEFORE ? GF_RESET_BEFORE : GF_RESET_AFTER);
    default:
        return gf_rnn(g, scope, inputs, hidden, activations[which]);
    }
}

/* A cell none of whose parameters is zero. */
static inline gf_cell *random_cell(gf_graph *g, int which, const char *scope, int inputs, int hidden)
{
    gf_cell *cell = make_cell(g, which, scope, inputs, hidden);
    for (int k = 0; k < GF_CELL_PARAMS && gf_cell_params(cell)[k]; k++)
        gf_init_normal(gf_cell_params(cell)[k], 0, 0.5);
    return cell;
}

/* Matrices x[1] … x[count] of normal random numbers. */
static inline void random_inputs(gf_graph *g, gf_node *x[], int count, const char *name, int rows, int cols)
{
    for (int t = 1; t <= count; t++) {
        gf_graph_step(g, t);
        x[t - 1] = gf_input(g, name, rows, cols);
        gf_init_normal(x[t - 1], 0, 1);
    }
    gf_graph_step(g, 0);
}

#endif
