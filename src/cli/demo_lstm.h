/* The LSTM of the demo, and its gradients by hand. */
#ifndef GF_CLI_DEMO_LSTM_H
#define GF_CLI_DEMO_LSTM_H

#include <gradflow/gradflow.h>

/* Steps, inputs, hidden units, classes: four different numbers, since equal ones hide faults of shape. */
enum { STEPS = 5, INPUTS = 3, HIDDEN = 4, CLASSES = 2 };

enum { FORGET, INPUT, CANDIDATE, OUTPUT, GATES };

enum { PARAMS = 3 * GATES + 2 };

/* Rows are vectors, as in the article: x[t] is 1 x INPUTS, h[t] 1 x HIDDEN. Index 0 of x, y, z, p is not used. */
typedef struct demo_lstm {
    gf_graph *g;
    gf_cell *cell;
    gf_node *x[STEPS + 1], *y[STEPS + 1];    /* inputs and one-hot targets */
    gf_node *c[STEPS + 1], *h[STEPS + 1];    /* states; index 0 before the first step */
    gf_node *gate[STEPS + 1][GATES];         /* f, i, the candidate g, o */
    gf_node *z[STEPS + 1], *p[STEPS + 1];    /* logits and their softmax */
    gf_node *L[STEPS + 1], *loss;            /* cross-entropy a step, and their sum */
    gf_node *W[GATES], *U[GATES], *b[GATES]; /* W: state to gate, U: input to gate */
    gf_node *V, *d;                          /* output layer */
    gf_node *param[PARAMS];                  /* the same: W, U, b of each gate, then V, d */
} demo_lstm;

/* Builds it in a new graph with random parameters, inputs and targets. */
void demo_lstm_build(demo_lstm *net);

/* Backpropagation through time as derived by hand, from the values of the forward pass alone. out[k], made here, is
 * d loss / d param[k]; the caller frees each. GF_ERROR_MEMORY where there is no room. */
gf_status demo_lstm_by_hand(const demo_lstm *net, gf_matrix out[PARAMS]);

#endif
