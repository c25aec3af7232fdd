/* The network that explanations are asked of. */
#ifndef TESTS_EXPLAIN_H
#define TESTS_EXPLAIN_H

#define RNN                                                                                                            \
    "steps T = 3\nsize n = 2\ninput x[t] : n x 1 = {[1; 0], [0; 1], [1; 1]}\ngiven y[t] : n x 1 = [1; 0]\n"            \
    "param U : n x n = [0.5, -1; 0.25, 0.5]\nstart h[0] : n x 1\nh[t] = tanh(U @ h[t-1] + x[t])\n"                     \
    "L[t] = mse(h[t], y[t])\nloss sum(t, L[t])\nlet dh[t] = h[t]\n"

#endif
