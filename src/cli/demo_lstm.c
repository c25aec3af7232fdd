/* The LSTM of the demo: built from operations, and differentiated a second time by hand.
 *
 * The derivation is the usual one (it follows a widely read article's equations 15 to 38, row vectors, W for the
 * state, U for the input). Two equations which that article skips are filled in, (17) and (18); (15) needs the
 * transpose of V and (16) the second summand. delta_v stands for d loss / d v:
 *
 *   (15)  from the output     (p[t] - y[t]) @ V'
 *   (16)  delta_h[t]          = (15) + what step t + 1 sends back, (37)
 *   (17)  delta_zo[t]         = delta_h[t] * tanh(c[t]) * o[t] * (1 - o[t])
 *   (18)  delta_c[t]          = delta_h[t] * o[t] * (1 - tanh(c[t])^2) + delta_c[t+1] * f[t+1]
 *   (19)  delta_zg[t]         = delta_c[t] * i[t] * (1 - g[t]^2)
 *   (20)  delta_zi[t]         = delta_c[t] * g[t] * i[t] * (1 - i[t])
 *   (21)  delta_zf[t]         = delta_c[t] * c[t-1] * f[t] * (1 - f[t])
 *   (22)-(36)  dW = sum h[t-1]' @ delta_z[t],  dU = sum x[t]' @ delta_z[t],  db = sum delta_z[t], gate by gate
 *   (37)  delta_h[t-1] gets   sum over the gates of delta_z[t] @ W' */
#include "cli/demo_lstm.h"

#include <math.h>
#include <stdio.h>

/* --- the network --------------------------------------------------------------------- */

static const char gate_letter[GATES] = {'f', 'i', 'g', 'o'};

static void take_params(demo_lstm *net)
{
    for (int k = 0; k < GATES; k++) {
        gf_node **const of_kind[] = {&net->W[k], &net->U[k], &net->b[k]};
        for (int n = 0; n < 3; n++) {
            char name[3] = {"WUb"[n], gate_letter[k], '\0'};
            net->param[3 * k + n] = *of_kind[n] = gf_cell_find(net->cell, name, 0);
        }
    }
    net->param[PARAMS - 2] = net->V;
    net->param[PARAMS - 1] = net->d;
}

static void unroll(demo_lstm *net)
{
    gf_state state = gf_cell_zeros(net->cell, 1, 0);
    net->h[0] = state.h, net->c[0] = state.c;
    for (int t = 1; t <= STEPS; t++) {
        gf_graph_step(net->g, t);
        net->x[t] = gf_input(net->g, "x", 1, INPUTS);
        net->y[t] = gf_given(net->g, "y", 1, CLASSES);
        gf_init_normal(net->x[t], 0, 1);
        gf_init_onehot(net->y[t]);
        state = gf_cell_step(net->cell, net->x[t], state);
        net->h[t] = state.h, net->c[t] = state.c;
        for (int k = 0; k < GATES; k++)
            net->gate[t][k] = gf_cell_find(net->cell, (char[]){gate_letter[k], '\0'}, t);
        net->z[t] = gf_named(gf_add(gf_matmul(state.h, net->V), net->d), "z");
        net->p[t] = gf_named(gf_softmax(net->z[t]), "p");
        net->L[t] = gf_named(gf_cross_entropy(net->z[t], net->y[t]), "L");
    }
    gf_graph_step(net->g, 0);
    net->loss = net->L[1];
    for (int t = 2; t <= STEPS; t++)
        net->loss = gf_add(net->loss, net->L[t]);
    gf_named(net->loss, "loss");
}

void demo_lstm_build(demo_lstm *net)
{
    *net = (demo_lstm){.g = gf_graph_new()};
    gf_seed(net->g, 1);
    net->cell = gf_lstm(net->g, NULL, INPUTS, HIDDEN);
    net->V = gf_param(net->g, "V", HIDDEN, CLASSES);
    net->d = gf_param(net->g, "d", 1, CLASSES);
    take_params(net);
    for (int k = 0; k < PARAMS; k++)
        gf_init_normal(net->param[k], 0, 0.5);
    unroll(net);
}

/* --- by hand ---------------------------------------------------------------------------- */

static const double *row_of(gf_node *node)
{
    return gf_value(node)->data;
}

/* out += a' @ b, for rows a and b: an outer product. a == NULL stands for a single 1. */
static void add_outer(gf_matrix *out, const double *a, const double *b)
{
    for (int i = 0; i < out->rows; i++)
        for (int j = 0; j < out->cols; j++)
            out->data[i * out->stride + j] += (a ? a[i] : 1) * b[j];
}

/* out += a @ W', for a row a. */
static void add_times_transposed(double *out, const double *a, gf_node *W)
{
    const gf_matrix *m = gf_value(W);
    for (int i = 0; i < m->rows; i++)
        for (int j = 0; j < m->cols; j++)
            out[i] += a[j] * gf_matrix_at(m, i, j);
}

/* What travels from step t + 1 back to step t. */
typedef struct carry {
    double h[HIDDEN]; /* (37) */
    double c[HIDDEN]; /* delta_c[t+1] * f[t+1] */
} carry;

/* Equations (17) to (21): the errors of the four gates' inputs. */
static void gate_errors(const demo_lstm *net, int t, const double delta_h[HIDDEN], carry *back,
                        double delta_z[GATES][HIDDEN])
{
    const double *f = row_of(net->gate[t][FORGET]), *i = row_of(net->gate[t][INPUT]);
    const double *g = row_of(net->gate[t][CANDIDATE]), *o = row_of(net->gate[t][OUTPUT]);
    const double *c = row_of(net->c[t]), *c_before = row_of(net->c[t - 1]);
    for (int n = 0; n < HIDDEN; n++) {
        double squashed = tanh(c[n]);
        double delta_c = delta_h[n] * o[n] * (1 - squashed * squashed) + back->c[n];
        delta_z[OUTPUT][n] = delta_h[n] * squashed * o[n] * (1 - o[n]);
        delta_z[CANDIDATE][n] = delta_c * i[n] * (1 - g[n] * g[n]);
        delta_z[INPUT][n] = delta_c * g[n] * i[n] * (1 - i[n]);
        delta_z[FORGET][n] = delta_c * c_before[n] * f[n] * (1 - f[n]);
        back->c[n] = delta_c * f[n];
    }
}

/* One step of the way back: delta_h from above and from the right, then the gates, then the parameters. */
static void step_back(const demo_lstm *net, int t, carry *back, gf_matrix out[PARAMS])
{
    double error[CLASSES], delta_h[HIDDEN], delta_z[GATES][HIDDEN];
    for (int k = 0; k < CLASSES; k++)
        error[k] = row_of(net->p[t])[k] - row_of(net->y[t])[k];
    for (int n = 0; n < HIDDEN; n++)
        delta_h[n] = back->h[n], back->h[n] = 0;
    add_times_transposed(delta_h, error, net->V);
    gate_errors(net, t, delta_h, back, delta_z);
    for (int k = 0; k < GATES; k++) {
        add_outer(&out[3 * k], row_of(net->h[t - 1]), delta_z[k]);
        add_outer(&out[3 * k + 1], row_of(net->x[t]), delta_z[k]);
        add_outer(&out[3 * k + 2], NULL, delta_z[k]);
        add_times_transposed(back->h, delta_z[k], net->W[k]);
    }
    add_outer(&out[PARAMS - 2], row_of(net->h[t]), error);
    add_outer(&out[PARAMS - 1], NULL, error);
}

gf_status demo_lstm_by_hand(const demo_lstm *net, gf_matrix out[PARAMS])
{
    for (int k = 0; k < PARAMS; k++)
        if (gf_matrix_new(&out[k], gf_node_rows(net->param[k]), gf_node_cols(net->param[k]))) {
            while (k-- > 0)
                gf_matrix_free(&out[k]);
            return GF_ERROR_MEMORY;
        }
    carry back = {{0}, {0}};
    for (int t = STEPS; t >= 1; t--)
        step_back(net, t, &back, out);
    return GF_OK;
}
